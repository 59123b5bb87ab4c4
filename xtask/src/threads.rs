// SPDX-License-Identifier: Apache-2.0
//! `threads`: the calls of `ffi-tests/noise_threads` under ThreadSanitizer.

use crate::app::App;
use crate::proc::{Failure, Outcome, run};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// `cargo xtask threads [--seconds <n>]`.
pub fn command(args: &[OsString]) -> Outcome {
    let words: Vec<_> = args.iter().map(|word| word.to_string_lossy()).collect();
    let seconds = match words.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        [] => 60,
        ["--seconds", number] => number
            .parse()
            .map_err(|_| Failure::Usage(format!("threads: '{number}' is no number of seconds")))?,
        _ => return Err(Failure::Usage("threads takes --seconds <n> and nothing else".into())),
    };
    setup::ensure(Purpose::Test)?;
    check(Duration::from_secs(seconds))
}

/// Runs the noise again and again for so long, once at least. It draws the same calls each time; how
/// they fall together is the host's choice.
pub fn check(span: Duration) -> Outcome {
    setup::rust_sources()?;
    let mut app = App::new(&tree::root().join("ffi-tests/noise_threads"), "native_sim")?;
    app.quiet = true;
    app.build.as_mut_os_string().push("-threads");
    app.cmake_args.push("-DZNET_SANITIZE_THREADS=ON".into());
    // Quick, and with every check of a debug build, that of the order of locks among them.
    app.cmake_args.push("-DZNET_CARGO_PROFILE=fuzz".into());
    let exe = app.build()?;
    let start = Instant::now();
    let mut times = 0;
    loop {
        let mut noise = Command::new("timeout");
        // Reports end the program: one is enough, and it can't be overlooked.
        noise.args(["300".as_ref(), exe.as_os_str()]).stdin(Stdio::null());
        let options = "halt_on_error=1:second_deadlock_stack=1:suppressions=";
        let allowed = app.source.join("allowed_races.txt");
        run(noise.env("TSAN_OPTIONS", format!("{options}{}", allowed.display())))?;
        times += 1;
        if start.elapsed() >= span {
            println!("{times} times in {} s", start.elapsed().as_secs());
            return Ok(());
        }
    }
}
