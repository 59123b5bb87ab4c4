// SPDX-License-Identifier: Apache-2.0
//! `soak`: long runs, in virtual time or over TAP.

use crate::proc::{Outcome, cargo, run};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;
use std::process::Command;

/// `cargo xtask soak [argument]...`: connections and datagrams under faults, in virtual time. A program
/// with the library in it, in a configuration of its own, so in a folder of its own; optimised, with
/// every check of a debug build.
pub fn command(args: &[OsString]) -> Outcome {
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
