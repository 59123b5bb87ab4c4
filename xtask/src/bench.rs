// SPDX-License-Identifier: Apache-2.0
//! `bench`: builds the program that a benchmark measures, then runs the benchmark.

use crate::app::App;
use crate::proc::{Outcome, member};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;

/// `bench instructions [argument]...`
pub fn command(args: &[OsString]) -> Outcome {
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
