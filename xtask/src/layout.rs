// SPDX-License-Identifier: Apache-2.0
//! The check that C and Rust agree about the structures they share: `src/capi/layout.rs` has the tables.

use crate::proc::{Outcome, cargo, failed, run, say};
use crate::setup;
use crate::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A board that the check is made for, whose structures another compiler lays out.
struct Target {
    board: &'static str,
    rust: &'static str,
    cc: &'static [&'static str],
}

const TARGETS: &[Target] = &[Target {
    board: "mps2/an385",
    rust: "thumbv7m-none-eabi",
    cc: &["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb"],
}];

/// What the assertions that the library brings begin and end with, as `src/capi/layout/text.rs` has it.
const BEGIN: &[u8] = b"/* znet: what Rust thinks of C */\n";
const END: &[u8] = b"/* znet: that is all */\n";

/// Has the host's C compiler confirm the structures, in a reference configuration.
pub fn host(name: &str) -> Outcome {
    let config = tree::root().join(format!("kconfig/configs/{name}.config"));
    if !has_ipv4(&config)? {
        return Ok(());
    }
    let mut command = cargo(["test", "--lib", "--package", "znet", "capi::layout"]);
    command.arg("--target-dir").arg(tree::target().join("lints").join(name));
    run(command.env("ZNET_DOTCONFIG", config))
}

/// The same on each board, with its compiler: the library is built and the assertions are taken out of it.
pub fn boards(name: &str) -> Outcome {
    TARGETS.iter().try_for_each(|target| board(target, name))
}

fn board(target: &Target, name: &str) -> Outcome {
    setup::firmware()?;
    let root = tree::root();
    let out = tree::target().join("lints").join(format!("{name}-{}", target.rust));
    run(Command::new(tree::python())
        .arg(root.join("scripts/kconfig.py"))
        .args(["--board", target.board, "--app"])
        .arg(root.join("cmake/blank"))
        .arg("--conf")
        .arg(root.join(format!("kconfig/configs/{name}.conf")))
        .arg("--out")
        .arg(&out))?;
    let config = out.join(".config");
    if !has_ipv4(&config)? {
        return Ok(());
    }
    let mut command = cargo(["rustc", "--quiet", "--lib", "--crate-type", "rlib"]);
    command.args(["--package", "znet", "--target", target.rust, "--target-dir"]).arg(&out);
    command.env("ZNET_DOTCONFIG", &config).env("ZNET_LAYOUT", "1");
    run(command.env(format!("CC_{}", target.rust), target.cc[0]))?;
    let library = out.join(target.rust).join("debug/libznet.rlib");
    let library =
        fs::read(&library).or_else(|why| failed(format!("{}: {why}", library.display())))?;
    let Some(text) = assertions(&library) else {
        return failed("the library brings no assertions");
    };
    let source = out.join("layout.c");
    fs::write(&source, text).or_else(|why| failed(format!("{}: {why}", source.display())))?;
    compile(target, &out, &source)
}

fn compile(target: &Target, out: &Path, source: &Path) -> Outcome {
    let (generated, include) = (out.join("include/generated"), tree::root().join("include"));
    let macros: [PathBuf; 2] =
        [generated.join("zephyr/autoconf.h"), include.join("zephyr/toolchain/zephyr_stdint.h")];
    let mut command = Command::new(target.cc[0]);
    command.args(&target.cc[1..]).args(["-std=c11", "-fsyntax-only", "-Wall", "-Wextra"]);
    command.args(["-Werror", "-Wno-unused-function"]);
    command.arg("-I").arg(&include).arg("-I").arg(&generated);
    for file in macros {
        command.arg("-imacros").arg(file);
    }
    run(command.arg(source))
}

/// The simulated hosts that come with the library's tests speak IPv4: without it there is nothing to compile
/// the check with.
fn has_ipv4(config: &Path) -> Outcome<bool> {
    let text =
        fs::read_to_string(config).or_else(|why| failed(format!("{}: {why}", config.display())))?;
    let has = text.lines().any(|line| line == "CONFIG_NET_IPV4=y");
    if !has {
        say(format!("{} has no IPv4: left out", tree::shown(config)));
    }
    Ok(has)
}

/// The assertions in a library.
fn assertions(library: &[u8]) -> Option<&[u8]> {
    let find = |what: &[u8], from: &[u8]| from.windows(what.len()).position(|at| at == what);
    let text = &library[find(BEGIN, library)?..];
    Some(&text[..find(END, text)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assertions_are_found() {
        let library = [b"\x7fELF\0", BEGIN, b"int x;\n", END, b"\0\0"].concat();
        assert_eq!(assertions(&library), Some([BEGIN, b"int x;\n"].concat().as_slice()));
        assert_eq!(assertions(&library[..30]), None);
        assert_eq!(assertions(END), None);
    }
}
