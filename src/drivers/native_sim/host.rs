// SPDX-License-Identifier: Apache-2.0
//! The process around the simulated board: its output and its end.

use core::ffi::c_int;
use std::io::Write as _;
use std::sync::OnceLock;

/// Status of a process whose command line could not be understood.
const USAGE_ERROR: i32 = 2;

/// Prints to the standard output.
pub(super) fn print(text: &str) {
    let mut out = std::io::stdout();
    // Nobody is left to tell when the terminal is gone.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints a warning to the standard error.
pub(crate) fn warn(text: &str) {
    let _ = std::writeln!(std::io::stderr(), "native_sim: {text}");
}

/// Prints why the command line is wrong and ends the process.
pub(crate) fn fail(why: &str) -> ! {
    warn(why);
    exit(USAGE_ERROR)
}

/// Ends the process through C's `exit()`, so that buffered output of C code is written and exit tasks run.
pub(super) fn exit(status: c_int) -> ! {
    // SAFETY: `exit` may be called from any thread.
    unsafe { libc::exit(status) }
}

/// Has `f` called when the process ends through `exit()`.
pub(super) fn at_exit(f: fn()) {
    static HOOK: OnceLock<fn()> = OnceLock::new();
    extern "C" fn run() {
        if let Some(f) = HOOK.get() {
            f();
        }
    }
    if HOOK.set(f).is_ok() {
        // SAFETY: `run` is a function without arguments, as `atexit` wants.
        unsafe { libc::atexit(run) };
    }
}

/// Ends the process with `exit_code`, exit tasks first.
#[unsafe(no_mangle)]
pub extern "C" fn nsi_exit(exit_code: c_int) {
    exit(exit_code)
}
