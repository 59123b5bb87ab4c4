// SPDX-License-Identifier: Apache-2.0
//! Time instead of instructions: the same work on the machine itself, as ratios.
//!
//! Machines differ and are busy with other things. So the processor's time counts and not the clock on the
//! wall, which is the same for programs that never wait; the programs take turns; the shortest of a few runs
//! of each is taken; and what is told is how many times as long a peer takes.

use crate::peers::{Programs, STACKS, Stack};
use std::process::{Command, Stdio};
use std::time::Duration;

const USAGE: &str = "usage: cargo xtask bench wall [--json]";

/// Turns that each program has.
const TURNS: u32 = 7;

/// A figure and how often its work is done: about half a second.
struct Work {
    figure: &'static str,
    meaning: &'static str,
    count: u32,
}

const WORK: [Work; 3] = [
    Work { figure: "udp4_64_oneway", meaning: "64 B datagrams, one way", count: 1_000_000 },
    Work { figure: "tcp4_1460_64k", meaning: "a stream, buffers of 64 KiB", count: 500_000 },
    Work { figure: "tcp4_connect_close", meaning: "connect, accept and close", count: 100_000 },
];

/// How long a piece of work takes each stack.
pub struct Times {
    pub figure: &'static str,
    pub meaning: &'static str,
    /// In nanoseconds, in the order of `STACKS`.
    pub each: [f64; 3],
}

impl Times {
    /// How many times as long as znet each peer takes.
    pub fn ratios(&self) -> [f64; 2] {
        let [znet, smoltcp, lwip] = self.each;
        [smoltcp / znet, lwip / znet]
    }
}

/// `wall [option]...`
pub fn command(args: &[String]) -> Result<(), String> {
    let (mut programs, mut json) = (Programs::default(), false);
    for arg in args {
        match arg.split_once('=').unwrap_or((arg, "")) {
            ("--json", "") => json = true,
            (name, path) if programs.option(name, path) => {}
            _ => return Err(format!("{arg}: not an option\n{USAGE}")),
        }
    }
    if !json {
        println!(
            "{:20} {:>9} {:>9} {:>9}  ns, then times as long as znet",
            "work", "znet", "smoltcp", "lwIP"
        );
    }
    for times in measure(&programs)? {
        let Times { figure, each: [znet, smoltcp, lwip], .. } = times;
        let [by_smoltcp, by_lwip] = times.ratios();
        if json {
            for (stack, value) in [("smoltcp", by_smoltcp), ("lwip", by_lwip)] {
                println!(
                    "{{\"name\":\"{figure}_wall_{stack}\",\"value\":{value:.3},\"unit\":\"times\"}}"
                );
            }
        } else {
            println!(
                "{figure:20} {znet:>9.0} {smoltcp:>9.0} {lwip:>9.0}  {by_smoltcp:.2} {by_lwip:.2}"
            );
        }
    }
    Ok(())
}

/// Times all work.
pub fn measure(programs: &Programs) -> Result<Vec<Times>, String> {
    let mut all = Vec::new();
    for work in &WORK {
        let mut best = [Duration::MAX; 3];
        for _ in 0..TURNS {
            for (best, stack) in best.iter_mut().zip(&STACKS) {
                *best = elapsed(programs, stack, work)?.min(*best);
            }
        }
        let each = best.map(|time| time.as_secs_f64() * 1e9 / f64::from(work.count));
        all.push(Times { figure: work.figure, meaning: work.meaning, each });
    }
    Ok(all)
}

/// How long the work takes beyond start-up.
fn elapsed(programs: &Programs, stack: &Stack, work: &Work) -> Result<Duration, String> {
    let run = |count: u32| -> Result<Duration, String> {
        let program = programs.of(stack, work.figure);
        let mut command = Command::new(&program);
        command.args(["--testargs", work.figure, &count.to_string()]).stdout(Stdio::null());
        let before = childrens_time();
        let status = command.status().map_err(|why| format!("{}: {why}", program.display()))?;
        let time = childrens_time() - before;
        status.success().then_some(time).ok_or_else(|| format!("{}: {status}", program.display()))
    };
    Ok(run(work.count)?.saturating_sub(run(1)?))
}

/// How long the processor worked for the programs that have ended.
fn childrens_time() -> Duration {
    // SAFETY: all bytes of it may be zero.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: it is ours to write to.
    let done = unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage) };
    assert_eq!(done, 0, "the kernel knows RUSAGE_CHILDREN");
    let time = |of: libc::timeval| Duration::new(of.tv_sec as u64, of.tv_usec as u32 * 1_000);
    time(usage.ru_utime) + time(usage.ru_stime)
}
