// SPDX-License-Identifier: Apache-2.0
//! C tests on boards that QEMU plays.

use crate::app::App;
use crate::proc::{Outcome, failed, run};
use crate::qemu;
use crate::reference;
use crate::setup;
use crate::tree;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The boards to test on.
pub const BOARDS: &[&str] = &["mps2/an385"];

/// The configuration fragment with which an application says that it is for `board`.
fn fragment(app: &Path, board: &str) -> PathBuf {
    app.join("boards").join(board.replace('/', "_") + ".conf")
}

/// Whether the application is for `board`: one without fragments for boards is for native_sim.
pub fn suits(app: &Path, board: &str) -> bool {
    fragment(app, board).is_file() || (board == "native_sim" && !app.join("boards").is_dir())
}

/// The applications among `apps` that are for a board, and for which.
pub fn tests(apps: &[PathBuf]) -> Vec<(&Path, &'static str)> {
    let on = |board: &'static str| {
        let suitable = apps.iter().filter(move |app| suits(app, board));
        suitable.map(move |app| (app.as_path(), board))
    };
    BOARDS.iter().flat_map(|board| on(board)).collect()
}

/// Builds one test application and runs it on the board: it prints its own summary and ends with its
/// status. QEMU counts instructions, 32 ns each, instead of looking at the clock, so that a loaded host
/// makes nothing late.
pub fn c_test(source: &Path, board: &str) -> Outcome {
    setup::firmware()?;
    let mut app = App::new(source, board)?;
    app.quiet = true;
    let program = app.build()?;
    let machine = qemu::machine(&app.config()?, board)?;
    setup::machine(machine)?;
    let qemu = machine.alone(&program);
    run(Command::new("timeout")
        .arg("120")
        .arg(qemu.get_program())
        .args(qemu.get_args())
        .args(["-icount", "shift=5,sleep=off"])
        .stdin(Stdio::null()))
}

/// A program with a network refuses to start on a board without a source of entropy, unless it is told that
/// its numbers may be guessed.
pub fn refuses_without_entropy(board: &str) -> Outcome {
    setup::firmware()?;
    let mut app = App::new(&tree::root().join("cmake/blank"), board)?;
    app.cmake_args = vec![reference::with_conf("CONF_FILE", "minimal")];
    app.cmake_args.push("-DCONFIG_TEST_RANDOM_GENERATOR=n".into());
    app.quiet = true;
    let program = app.build()?;
    let machine = qemu::machine(&app.config()?, board)?;
    setup::machine(machine)?;
    let qemu = machine.alone(&program);
    let done = Command::new("timeout")
        .arg("20")
        .arg(qemu.get_program())
        .args(qemu.get_args())
        .stdin(Stdio::null())
        .output();
    let done = done.or_else(|why| failed(format!("timeout: {why}")))?;
    let said = String::from_utf8_lossy(&done.stdout);
    if said.contains("no source of entropy") && done.status.code() == Some(KERNEL_PANIC) {
        return Ok(());
    }
    failed(format!("it did not refuse: {}\n{said}", done.status))
}

/// `K_ERR_KERNEL_PANIC`, which the program ends with.
const KERNEL_PANIC: i32 = 4;

/// One line of a step.
pub fn shown(app: &Path, board: &str) -> String {
    format!("C tests on {board}: {}", tree::shown(app))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_is_tested_on_the_host_and_on_a_board() {
        let app = tree::root().join("ffi-tests/kernel");
        assert!(suits(&app, "native_sim") && suits(&app, "mps2/an385"));
        let board_only = tree::root().join("ffi-tests/freertos");
        assert!(!suits(&board_only, "native_sim") && suits(&board_only, "mps2/an385"));
        assert!(tests(&[app, board_only]).len() == 2);
    }
}
