// SPDX-License-Identifier: Apache-2.0
//! `soak`: long runs, in virtual time or over TAP.

use crate::interop;
use crate::proc::{Failure, Outcome, cargo, run};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;
use std::process::Command;
use std::time::Duration;

/// `cargo xtask soak [argument]...`
pub fn command(args: &[OsString]) -> Outcome {
    let words: Vec<_> = args.iter().map(|word| word.to_string_lossy()).collect();
    match words.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        ["--tap", "--seconds", number] => match number.parse() {
            Ok(seconds) => interop::steady(Duration::from_secs(seconds)),
            Err(_) => Err(Failure::Usage(format!("soak: '{number}' is no number of seconds"))),
        },
        ["--tap"] => interop::steady(Duration::from_secs(3600)),
        _ => in_virtual_time(args),
    }
}

/// Connections and datagrams under faults, in virtual time. This is a program
/// with the library in it, in a configuration of its own, so in a folder of its own; optimised, with
/// every check of a debug build.
fn in_virtual_time(args: &[OsString]) -> Outcome {
    setup::ensure(Purpose::Build)?;
    let folder = tree::root().join("soak");
    let target = tree::target().join("soak");
    let config = target.join("config");
    let kconfig = tree::root().join("scripts/kconfig.py");
    let mut evaluate = Command::new(tree::python());
    evaluate.arg(kconfig).arg("--app").arg(&folder).args(["--board", "native_sim", "--out"]);
    run(evaluate.arg(&config))?;
    let mut program = cargo(["run", "--quiet", "--package", "soak", "--profile", "fuzz"]);
    program.arg("--target-dir").arg(&target).arg("--").args(args);
    run(program.env("ZNET_DOTCONFIG", config.join(".config")))
}
