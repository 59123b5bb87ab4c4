// SPDX-License-Identifier: Apache-2.0
//! Running other programs, and how a command ends.

use crate::tree;
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The command line makes no sense; exit status 2.
    Usage(String),
    /// It was tried and did not work; exit status 1.
    Failed(String),
}

impl Failure {
    pub fn text(&self) -> &str {
        match self {
            Failure::Usage(text) | Failure::Failed(text) => text,
        }
    }
}

pub type Outcome<T = ()> = Result<T, Failure>;

/// A failure with this reason.
pub fn failed<T>(why: impl Into<String>) -> Outcome<T> {
    Err(Failure::Failed(why.into()))
}

/// Says what is being done, on the error stream: standard output belongs to results.
pub fn say(text: impl AsRef<str>) {
    eprintln!("==> {}", text.as_ref());
}

/// Runs the command to its end with the terminal's streams.
pub fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => failed(format!("{shown}: {status}")),
        Err(why) => failed(format!("{shown}: {why}")),
    }
}

/// Runs the command to its end and returns what it wrote to standard output.
pub fn output(command: &mut Command) -> Outcome<String> {
    let shown = shown(command);
    let done = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    match done {
        Ok(out) if out.status.success() => Ok(String::from_utf8_lossy(&out.stdout).into_owned()),
        Ok(out) => failed(format!("{shown}: {}", out.status)),
        Err(why) => failed(format!("{shown}: {why}")),
    }
}

/// Whether the command runs and ends well; its output is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether a program of this name is on `PATH`.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Makes the child end when the thread that starts it ends, however that happens.
pub fn die_with_parent(command: &mut Command) -> &mut Command {
    // SAFETY: prctl with these arguments is async-signal-safe and touches no memory.
    unsafe {
        command.pre_exec(|| match libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        })
    }
}

/// Whether this process may do everything on this machine.
pub fn is_root() -> bool {
    // SAFETY: geteuid has no preconditions.
    unsafe { libc::geteuid() == 0 }
}

/// `cargo <args>` at the root of the checkout.
pub fn cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(args).current_dir(tree::root());
    command
}

/// Runs the program of the workspace member in `folder` with these arguments. Not optimised: these
/// programs drive others, and the tests have compiled them so already.
pub fn member(folder: &str, args: &[OsString]) -> Outcome {
    let manifest = format!("{folder}/Cargo.toml");
    if !tree::root().join(&manifest).is_file() {
        return failed(format!("this checkout has no {folder}/"));
    }
    run(cargo(["run", "--quiet", "--manifest-path", &manifest, "--"]).args(args))
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
