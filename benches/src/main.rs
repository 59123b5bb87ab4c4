// SPDX-License-Identifier: Apache-2.0
//! Benchmarks. `cargo xtask bench instructions` builds the program to be measured and calls this.
//!
//! | file | holds |
//! | --- | --- |
//! | `instructions` | the figures and how they are printed |
//! | `peers` | the same figures for smoltcp and lwIP beside ours |
//! | `wall` | the time that some of the work takes, as ratios |
//! | `paths` | goodput over a path that loses packets, with the peers' |
//! | `report` | all of it in one run, for the README; `plot` draws |
//! | `callgrind` | running a program under callgrind, reading what it wrote |
//! | `../instructions` | the measured program: a Zephyr application with two stacks on a wire |
//! | `../peers` | the same work for smoltcp and lwIP, on their own APIs |

mod callgrind;
mod instructions;
mod paths;
mod peers;
mod plot;
mod report;
mod wall;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.split_first() {
        Some((first, rest)) if first == "instructions" => instructions::command(rest),
        Some((first, rest)) if first == "peers" => peers::command(rest),
        Some((first, rest)) if first == "wall" => wall::command(rest),
        Some((first, rest)) if first == "report" => report::command(rest),
        _ => Err("the benchmarks there are: instructions, peers, wall, report".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}
