// SPDX-License-Identifier: Apache-2.0
//! `threads`: the calls of `ffi-tests/noise_threads` under ThreadSanitizer, and the models of what threads share.

use crate::app::App;
use crate::proc::{Failure, Outcome, cargo, run};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// `cargo xtask threads [--seconds <n> | --models]`.
pub fn command(args: &[OsString]) -> Outcome {
    let words: Vec<_> = args.iter().map(|word| word.to_string_lossy()).collect();
    let seconds = match words.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        [] => 60,
        ["--models"] => return models(),
        ["--seconds", number] => number
            .parse()
            .map_err(|_| Failure::Usage(format!("threads: '{number}' is no number of seconds")))?,
        _ => return Err(Failure::Usage("threads takes --seconds <n> or --models".into())),
    };
    setup::ensure(Purpose::Test)?;
    models()?;
    check(Duration::from_secs(seconds))
}

/// Has loom run locks, wait queues, pools and packet queues in every order of events, as far as a few preemptions go
/// (`src/os/model`). Optimised: there are many orders.
pub fn models() -> Outcome {
    let mut command = cargo(["test", "--package", "znet", "--lib", "--profile", "fuzz"]);
    command.arg("--target-dir").arg(tree::target().join("models"));
    command.args(["models::", "--", "--show-output"]);
    let mut flags = std::env::var_os("RUSTFLAGS").unwrap_or_default();
    flags.push(" --cfg loom");
    run(command.env("RUSTFLAGS", flags))
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
