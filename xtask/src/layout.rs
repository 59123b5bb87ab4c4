// SPDX-License-Identifier: Apache-2.0
//! The library on other processors, and the check that C and Rust agree there about the structures they
//! share: `src/capi/layout.rs` has the tables.

use crate::proc::{Failure, Outcome, cargo, failed, run, say};
use crate::reference;
use crate::setup;
use crate::tree;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the check is made for, where another compiler lays out structures.
pub struct Target {
    /// Whose defaults the configuration starts from.
    board: &'static str,
    /// The target's name in Rust.
    pub rust: &'static str,
    cc: &'static [&'static str],
    /// The reference configurations that are tried.
    configurations: Configurations,
    /// A symbol that holds on the board and not there.
    without: Option<&'static str>,
}

#[derive(Clone, Copy)]
enum Configurations {
    All,
    /// The smallest and the largest.
    Ends,
}

const ENDS: [&str; 2] = ["minimal", "full"];
/// Those that are for the host alone.
const HOSTED: [&str; 1] = ["sim"];
const FIRMWARE: &str = "mps2/an385";

const fn firmware(rust: &'static str, cc: &'static [&'static str]) -> Target {
    Target { board: FIRMWARE, rust, cc, configurations: Configurations::Ends, without: None }
}

pub const TARGETS: &[Target] = &[
    Target {
        configurations: Configurations::All,
        ..firmware("thumbv7m-none-eabi", &["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb"])
    },
    // Has no atomic changes: src/os/atomic.rs.
    firmware("thumbv6m-none-eabi", &["arm-none-eabi-gcc", "-mcpu=cortex-m0", "-mthumb"]),
    firmware("thumbv7em-none-eabi", &["arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb"]),
    firmware(
        "riscv32imac-unknown-none-elf",
        &["riscv64-unknown-elf-gcc", "-march=rv32imac", "-mabi=ilp32", "--specs=picolibc.specs"],
    ),
    Target {
        board: "native_sim",
        without: Some("CONFIG_64BIT"),
        ..firmware("i686-unknown-linux-gnu", &["gcc", "-m32"])
    },
];

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

/// `cross [target]...`: every configuration that is tried, on these targets or all.
pub fn command(args: &[OsString]) -> Outcome {
    let wanted: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    if let Some(other) = wanted.iter().find(|name| TARGETS.iter().all(|t| t.rust != **name)) {
        let known: Vec<_> = TARGETS.iter().map(|target| target.rust).collect();
        let known = known.join(", ");
        return Err(Failure::Usage(format!("cross: no target '{other}'; there are: {known}")));
    }
    for target in TARGETS {
        if wanted.is_empty() || wanted.iter().any(|name| name == target.rust) {
            for name in reference::names()? {
                on(target, &name)?;
            }
        }
    }
    Ok(())
}

/// The same on each target, with its compiler: the library is built and the assertions are taken out of it.
pub fn boards(name: &str) -> Outcome {
    TARGETS.iter().try_for_each(|target| on(target, name))
}

fn on(target: &Target, name: &str) -> Outcome {
    let ends = matches!(target.configurations, Configurations::Ends);
    if ends && !ENDS.contains(&name) || target.board == FIRMWARE && HOSTED.contains(&name) {
        return Ok(());
    }
    say(format!("{}, {name}", target.rust));
    setup::cross()?;
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
    if let Some(symbol) = target.without {
        drop_symbol(&config, symbol)?;
        drop_symbol(&out.join("include/generated/zephyr/autoconf.h"), symbol)?;
    }
    if !has_ipv4(&config)? {
        return Ok(());
    }
    let mut command = cargo(["rustc", "--quiet", "--lib", "--crate-type", "rlib"]);
    command.args(["--package", "znet", "--target", target.rust, "--target-dir"]).arg(&out);
    command.env("ZNET_DOTCONFIG", &config).env("ZNET_LAYOUT", "1");
    let variable = target.rust.replace('-', "_");
    command.env(format!("CFLAGS_{variable}"), target.cc[1..].join(" "));
    run(command.env(format!("CC_{variable}"), target.cc[0]))?;
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

/// Takes the lines out of a configuration that give `symbol` a value.
fn drop_symbol(path: &Path, symbol: &str) -> Outcome {
    let text =
        fs::read_to_string(path).or_else(|why| failed(format!("{}: {why}", path.display())))?;
    let kept: Vec<&str> =
        text.lines().filter(|line| line.split([' ', '=']).all(|word| word != symbol)).collect();
    fs::write(path, kept.join("\n") + "\n")
        .or_else(|why| failed(format!("{}: {why}", path.display())))
}

fn compile(target: &Target, out: &Path, source: &Path) -> Outcome {
    let (generated, include) = (out.join("include/generated"), tree::root().join("include"));
    let macros: [PathBuf; 2] =
        [generated.join("zephyr/autoconf.h"), include.join("zephyr/toolchain/zephyr_stdint.h")];
    let mut command = Command::new(target.cc[0]);
    command.args(&target.cc[1..]).args(["-std=c11", "-fsyntax-only", "-Wall", "-Wextra"]);
    command.args(["-Werror", "-Wno-unused-function"]);
    if target.board != FIRMWARE {
        command.arg("-I").arg(include.join(target.board));
    }
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
