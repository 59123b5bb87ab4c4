// SPDX-License-Identifier: Apache-2.0
//! `sweep`: the library in configurations drawn at random.
//!
//! Reference configurations are what somebody thought of. These are not: each is one of them with some of
//! its options turned round (`scripts/znetconf/sweep.py`), and has to compile without a warning. A number
//! always gives the same configuration, so that one that failed can be looked at again.

use std::ffi::OsString;
use std::fs;
use std::process::Command;

use crate::ci;
use crate::proc::{Failure, Outcome, failed, run, say};
use crate::setup::{self, Purpose};
use crate::tree;

/// So many that each reference configuration is the beginning of one.
const USUAL: u32 = 11;

/// `cargo xtask sweep [--from <number>] [--count <n>]`.
pub fn command(args: &[OsString]) -> Outcome {
    let (mut from, mut count) = (0, USUAL);
    let mut words = args.iter();
    while let Some(word) = words.next() {
        let value = words.next().and_then(|value| value.to_str()?.parse::<u32>().ok());
        match (word.to_str(), value) {
            (Some("--from"), Some(value)) => from = value,
            (Some("--count"), Some(value)) => count = value,
            _ => return Err(Failure::Usage("sweep takes --from and --count with a number".into())),
        }
    }
    setup::ensure(Purpose::Build)?;
    sweep(from, count)
}

/// Looks at `count` configurations, the first of which is number `from`.
fn sweep(from: u32, count: u32) -> Outcome {
    let folder = tree::target().join("sweep");
    let mut draw = Command::new(tree::python());
    draw.arg(tree::root().join("scripts/kconfig.py")).arg("--sweep");
    run(draw.args([from.to_string(), count.to_string()]).arg("--out").arg(&folder))?;
    let mut refused = Vec::new();
    for number in from..from.saturating_add(count) {
        let config = folder.join(format!("{number}.config"));
        if let Err(why) = ci::clippy_with(&config, &folder.join("build")) {
            let text = fs::read_to_string(&config).unwrap_or_default();
            let origin = text.lines().next().unwrap_or_default().trim_start_matches("# ");
            eprintln!("error: {}\n  {origin}", why.text());
            refused.push(number.to_string());
        }
    }
    if refused.is_empty() {
        say(format!("{count} configurations compile without a warning"));
        return Ok(());
    }
    let (numbers, shown) = (refused.join(", "), tree::shown(&folder));
    failed(format!("{} of {count} do not: {numbers}; see {shown}/<number>.config", refused.len()))
}
