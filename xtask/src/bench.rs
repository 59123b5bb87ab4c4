// SPDX-License-Identifier: Apache-2.0
//! `bench`: builds the program that a benchmark measures, then runs the benchmark.

use crate::app::App;
use crate::proc::{Outcome, cargo, member, run};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// `bench instructions [argument]...` or `bench goodput [argument]...`
pub fn command(args: &[OsString]) -> Outcome {
    if let [name, rest @ ..] = args
        && name == "goodput"
    {
        return goodput(rest);
    }
    let mut args = args.to_vec();
    if args.first().is_some_and(|name| name == "instructions") {
        for (option, conf) in [("--program=", None), ("--program6=", Some("ipv6.conf"))] {
            if !args.iter().any(|arg| arg.to_string_lossy().starts_with(option)) {
                let mut program = OsString::from(option);
                program.push(measured(conf)?);
                args.push(program);
            }
        }
    }
    member("benches", &args)
}

/// The program whose instructions are counted, with what a further fragment of configuration asks for.
fn measured(conf: Option<&str>) -> Outcome<PathBuf> {
    setup::ensure(Purpose::Test)?;
    let source = tree::root().join("benches/instructions");
    let mut app = App::new(&source, "native_sim")?;
    app.quiet = true;
    if let Some(conf) = conf {
        app.build.as_mut_os_string().push(format!("-{}", conf.trim_end_matches(".conf")));
        let mut fragment = OsString::from("-DEXTRA_CONF_FILE=");
        fragment.push(source.join(conf));
        app.cmake_args.push(fragment);
    }
    app.build()
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
