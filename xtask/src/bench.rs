// SPDX-License-Identifier: Apache-2.0
//! `bench`: builds the program that a benchmark measures, then runs the benchmark.

use crate::app::App;
use crate::proc::{Outcome, cargo, member, run};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;
use std::process::Command;

/// `bench instructions [argument]...` or `bench goodput [argument]...`
pub fn command(args: &[OsString]) -> Outcome {
    if let [name, rest @ ..] = args
        && name == "goodput"
    {
        return goodput(rest);
    }
    let mut args = args.to_vec();
    let given = |arg: &OsString| arg.to_string_lossy().starts_with("--program=");
    if args.first().is_some_and(|name| name == "instructions") && !args.iter().any(given) {
        setup::ensure(Purpose::Test)?;
        let mut app = App::new(&tree::root().join("benches/instructions"), "native_sim")?;
        app.quiet = true;
        let mut program = OsString::from("--program=");
        program.push(app.build()?);
        args.push(program);
    }
    member("benches", &args)
}

/// Goodput over a simulated path: a program with the library in it, in a configuration of its own, so
/// in a folder of its own.
pub fn goodput(args: &[OsString]) -> Outcome {
    setup::ensure(Purpose::Build)?;
    let folder = tree::root().join("benches/goodput");
    let target = tree::target().join("goodput");
    let config = target.join("config");
    let kconfig = tree::root().join("scripts/kconfig.py");
    let mut evaluate = Command::new(tree::python());
    evaluate.arg(kconfig).arg("--app").arg(&folder).args(["--board", "native_sim", "--out"]);
    run(evaluate.arg(&config))?;
    let mut program = cargo(["run", "--quiet", "--package", "goodput", "--profile", "simulate"]);
    program.arg("--target-dir").arg(&target).arg("--").args(args);
    run(program.env("ZNET_DOTCONFIG", config.join(".config")))
}
