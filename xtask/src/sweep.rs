// SPDX-License-Identifier: Apache-2.0
//! `sweep`: the library in configurations drawn at random.
//!
//! Reference configurations are what somebody thought of. These are not: each is one of them with some of
//! its options turned round (`scripts/znetconf/sweep.py`). The library and all headers in one C file have to
//! compile in it without a warning. A number always gives the same configuration, so that one that failed can
//! be looked at again.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ci;
use crate::proc::{Failure, Outcome, failed, run, say};
use crate::setup::{self, Purpose};
use crate::tree;

/// Headers that are not for all: parts of others, what linker scripts read, other systems' ports.
const APART: [&str; 2] = ["/generated/", "iterable_sections.h"];

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
        let library = ci::clippy_with(&config, &folder.join("build"));
        if let Err(why) = library.and_then(|()| compile_headers(&folder, number)) {
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

/// Compiles a C file that includes every public header, with the configuration `number` of `folder`.
fn compile_headers(folder: &Path, number: u32) -> Outcome {
    let base = tree::root().join("include");
    let mut names = Vec::new();
    collect(&base, &mut names).or_else(|e| failed(format!("{}: {e}", base.display())))?;
    names.sort();
    let includes: String = names
        .iter()
        .filter_map(|path| path.strip_prefix(&base).ok()?.to_str())
        .filter(|name| !APART.iter().any(|apart| name.contains(apart)))
        .map(|name| format!("#include <{name}>\n"))
        .collect();
    let source = folder.join("headers.c");
    fs::write(&source, includes).or_else(|e| failed(format!("{}: {e}", source.display())))?;
    let mut compiler = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
    compiler.args(["-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I"]).arg(base);
    run(compiler.arg("-imacros").arg(folder.join(format!("{number}.h"))).arg(source))
}

/// The headers below `folder`.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "h") {
            found.push(path);
        }
    }
    Ok(())
}
