// SPDX-License-Identifier: Apache-2.0
//! Goodput of TCP over a path that loses packets, in virtual time: `cargo xtask bench goodput`.
//!
//! # What is measured
//!
//! One host sends to another without pause over one connection; both run this stack.
//!
//! - **Path**: 10 Mbit/s and 25 ms each way. The rate counts Ethernet frames without preamble, check
//!   sequence and gap: a full segment of 1,460 bytes takes 1,514 bytes of it, so that no more than
//!   10 * 1460 / 1514 = 9.643 Mbit/s of payload fit. (No time stamps: those take 12 bytes a segment.)
//! - **Queue**: 72 KiB before each direction's line, a window of 64 KiB with its headers; what does
//!   not fit is dropped, the newest first.
//! - **Loss**: each frame, data or acknowledgment, is lost with the same probability, after it took
//!   its time on the line.
//! - **Buffers**: 64 KiB to send and 64 KiB to receive, set as an application would. In the rows
//!   `_auto` they are up to 256 KiB, and the receive window grows with the need.
//! - **Goodput**: bytes that the receiving application read, in order, in the time from the moment at
//!   which the sender's connection is established. Ten seconds without loss, else sixty. In the rows
//!   `_steady` the ten seconds begin two seconds later, after slow start.
//! - The figure is the **median** of runs from different seeds, 20 as a rule. A seed decides about
//!   every loss, so a run can be repeated exactly.
//!
//! Ten segments at the start and twice as many each round trip (RFC 6928, RFC 5681) leave the line idle for
//! 95 ms of the first four: 9.551 Mbit/s is what ten seconds from the very beginning can carry at most,
//! without slow start 9.6.
//!
//! With 64 KiB, no more than what the path holds, every loss stops the sender: the window is used up
//! while the lost segment is repaired, a round trip later. A sender without any congestion control
//! has about 7 and 5.7 Mbit/s then at 1 and 3 %.

mod figure;
mod transfer;

use figure::{FIGURES, Figure};
use std::process::ExitCode;
use transfer::Path;

const USAGE: &str = "usage: cargo xtask bench goodput [option]... [figure]...

  --json       one JSON object a line instead of the table
  --seeds=N    runs a figure, 20 when not said
  --quick      3 runs of 10 s a figure: for a look, and for CI
  --check      fail when a figure is below what is expected of it

Figures:";

/// What the command line asks for.
struct Options {
    json: bool,
    check: bool,
    seeds: u64,
    /// Longest run, in seconds.
    most: u64,
    figures: Vec<&'static Figure>,
}

fn parse(args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options =
        Options { json: false, check: false, seeds: 20, most: u64::MAX, figures: Vec::new() };
    for arg in args {
        match arg.split_once('=').unwrap_or((&arg, "")) {
            ("--json", "") => options.json = true,
            ("--check", "") => options.check = true,
            ("--quick", "") => (options.seeds, options.most) = (3, 10),
            ("--seeds", n) => {
                options.seeds = n.parse().ok().filter(|n| *n > 0).ok_or_else(|| usage(&arg))?;
            }
            (name, "") => {
                let exact = FIGURES.iter().any(|figure| figure.name == name);
                let named = |figure: &&Figure| match exact {
                    true => figure.name == name,
                    false => figure.name.starts_with(name),
                };
                let before = options.figures.len();
                options.figures.extend(FIGURES.iter().filter(named));
                if options.figures.len() == before {
                    return Err(usage(&arg));
                }
            }
            _ => return Err(usage(&arg)),
        }
    }
    if options.figures.is_empty() {
        options.figures.extend(FIGURES);
    }
    Ok(options)
}

fn usage(arg: &str) -> String {
    let mut text = format!("{arg}: neither an option nor the beginning of a figure\n{USAGE}");
    for figure in FIGURES {
        text += &format!("\n  {}", figure.name);
    }
    text
}

fn main() -> ExitCode {
    let options = match parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(text) => {
            eprintln!("{text}");
            return ExitCode::from(2);
        }
    };
    if !options.json {
        println!("{:28} {:>7} {:>7} {:>7}  Mbit/s", "figure", "median", "least", "most");
    }
    let mut poor = Vec::new();
    let mut path = Path::new();
    for figure in &options.figures {
        let runs = figure.measure(&mut path, options.seeds, options.most);
        let (least, median, most) = (runs[0], runs[runs.len() / 2], runs[runs.len() - 1]);
        if options.json {
            println!(
                "{{\"name\":\"{}\",\"value\":{median:.3},\"unit\":\"Mbit/s\",\"least\":{least:.3},\"most\":{most:.3}}}",
                figure.name
            );
        } else {
            println!("{:28} {median:>7.3} {least:>7.3} {most:>7.3}", figure.name);
        }
        if median < figure.expected {
            poor.push(format!("{} is {median:.3}, expected {}", figure.name, figure.expected));
        }
    }
    if !options.check || poor.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", poor.join("\n"));
    ExitCode::FAILURE
}
