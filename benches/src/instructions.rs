// SPDX-License-Identifier: Apache-2.0
//! Instructions per piece of work: the slope between two runs of different length, in which
//! start-up cancels out.

use crate::callgrind::{self, Profile};
use std::path::PathBuf;

const USAGE: &str = "usage: cargo xtask bench instructions [option]... [figure]...

  --json          one JSON object a line instead of the table
  --top[=COUNT]   then where the instructions went: functions, source files, source lines
  --program=PATH  measure this program instead of building one
  --program6=PATH the same for the figures over IPv6

Figures:";

/// A figure: what the measured program is told to do, and how often in the two runs.
pub struct Figure {
    pub name: &'static str,
    pub meaning: &'static str,
    pub short: u32,
    pub long: u32,
}

/// What the name of a figure ends with that is without sockets.
pub const STACK: &str = "_stack";

pub const FIGURES: &[Figure] = &[
    Figure {
        name: "udp4_64_oneway",
        meaning: "64 B datagram, zsock_sendto to zsock_recvfrom, both ends",
        short: 1_000,
        long: 3_000,
    },
    Figure { name: "udp4_64_echo", meaning: "the same and back", short: 1_000, long: 3_000 },
    Figure {
        name: "udp4_rx_1",
        meaning: "64 B frame to zsock_recvfrom, 1 socket open",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "udp4_rx_1000",
        meaning: "64 B frame to zsock_recvfrom, random one of 1,000 sockets",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "tcp4_1460_64k",
        meaning: "1,460 B of a stream with ACKs, buffers of 64 KiB, both ends",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "tcp4_1460_2seg",
        meaning: "the same, buffers of two segments",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "tcp4_connect_close",
        meaning: "connect, accept and close, both ends",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "tcp4_rx_1",
        meaning: "2,920 B of a stream and their ACK, 1 connection, both ends",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "tcp4_rx_1000",
        meaning: "2,920 B and their ACK, random one of 1,000 connections, both ends",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "udp6_64_oneway",
        meaning: "as udp4_64_oneway, over IPv6",
        short: 1_000,
        long: 3_000,
    },
    Figure { name: "udp6_64_echo", meaning: "the same and back", short: 1_000, long: 3_000 },
    Figure {
        name: "tcp6_1460_64k",
        meaning: "as tcp4_1460_64k: 1,460 B of a stream, in segments of 1,440",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "tcp6_1460_2seg",
        meaning: "as tcp4_1460_2seg, likewise",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "tcp6_connect_close",
        meaning: "as tcp4_connect_close",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "udp4_64_oneway_stack",
        meaning: "udp4_64_oneway without sockets, by the stack's own calls",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "udp4_64_echo_stack",
        meaning: "udp4_64_echo likewise",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "tcp4_1460_64k_stack",
        meaning: "tcp4_1460_64k likewise",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "tcp4_1460_2seg_stack",
        meaning: "tcp4_1460_2seg likewise",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "tcp4_connect_close_stack",
        meaning: "tcp4_connect_close likewise",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "udp6_64_oneway_stack",
        meaning: "udp6_64_oneway likewise",
        short: 1_000,
        long: 3_000,
    },
    Figure {
        name: "tcp6_1460_64k_stack",
        meaning: "tcp6_1460_64k likewise",
        short: 4_000,
        long: 12_000,
    },
    Figure {
        name: "sck4_poll_1000",
        meaning: "poll over 1,000 sockets of which one is ready",
        short: 10,
        long: 30,
    },
    Figure {
        name: "rte6_find_10",
        meaning: "the route to a random one of 10 destinations",
        short: 4_000,
        long: 12_000,
    },
    Figure { name: "rte6_find_1000", meaning: "the same among 1,000", short: 4_000, long: 12_000 },
    Figure {
        name: "nbr6_find_10",
        meaning: "a random one of 10 neighbours",
        short: 40_000,
        long: 120_000,
    },
    Figure {
        name: "nbr6_find_1000",
        meaning: "the same among 1,000",
        short: 40_000,
        long: 120_000,
    },
    Figure {
        name: "nbr4_send_10",
        meaning: "64 B datagram to a random one of 10 neighbours, zsock_sendto alone",
        short: 40_000,
        long: 120_000,
    },
    Figure {
        name: "nbr4_send_1000",
        meaning: "the same among 1,000",
        short: 40_000,
        long: 120_000,
    },
    Figure {
        name: "nbr6_send_10",
        meaning: "as nbr4_send_10, over IPv6",
        short: 40_000,
        long: 120_000,
    },
    Figure {
        name: "nbr6_send_1000",
        meaning: "the same among 1,000",
        short: 40_000,
        long: 120_000,
    },
];

impl Figure {
    /// Whether it is one over IPv6, which takes a program that has it.
    fn is_over_ipv6(&self) -> bool {
        self.name.as_bytes().get(3) == Some(&b'6')
    }

    /// The same work without sockets.
    pub fn without_sockets(&self) -> Option<&'static Figure> {
        FIGURES.iter().find(|other| other.name.strip_suffix(STACK) == Some(self.name))
    }
}

#[derive(Default)]
struct Options {
    json: bool,
    top: Option<usize>,
    program: Option<PathBuf>,
    program6: Option<PathBuf>,
    figures: Vec<&'static Figure>,
}

/// `instructions [option]... [figure]...`
pub fn command(args: &[String]) -> Result<(), String> {
    let options = parse(args)?;
    let programs = [options.program, options.program6];
    if !options.json {
        println!("{:24} {:>12}  work", "figure", "instructions");
    }
    for figure in options.figures {
        let program = programs[usize::from(figure.is_over_ipv6())].as_ref();
        let program = program.ok_or("--program=PATH is missing; cargo xtask bench gives it")?;
        let short = callgrind::run(program, figure.name, figure.short)?;
        let long = callgrind::run(program, figure.name, figure.long)?;
        let profile = Profile::slope(&short, &long, figure.long - figure.short);
        let value = profile.total();
        if options.json {
            let name = figure.name;
            println!("{{\"name\":\"{name}\",\"value\":{value:.1},\"unit\":\"instructions\"}}");
        } else {
            println!("{:24} {value:>12.1}  {}", figure.name, figure.meaning);
        }
        if let Some(count) = options.top {
            print_top(&profile, count);
        }
    }
    Ok(())
}

fn parse(args: &[String]) -> Result<Options, String> {
    let mut options = Options::default();
    for arg in args {
        match arg.split_once('=').unwrap_or((arg, "")) {
            ("--json", "") => options.json = true,
            ("--top", "") => options.top = Some(25),
            ("--top", count) => {
                options.top = Some(count.parse().map_err(|_| format!("{arg}: not a number"))?);
            }
            ("--program", path) if !path.is_empty() => options.program = Some(path.into()),
            ("--program6", path) if !path.is_empty() => options.program6 = Some(path.into()),
            (name, "") => {
                let figure = FIGURES.iter().find(|f| f.name == name);
                options.figures.push(figure.ok_or_else(|| usage(arg))?);
            }
            _ => return Err(usage(arg)),
        }
    }
    if options.figures.is_empty() {
        options.figures.extend(FIGURES);
    }
    Ok(options)
}

fn usage(arg: &str) -> String {
    let mut text = format!("{arg}: neither an option nor a figure\n{USAGE}");
    for figure in FIGURES {
        text += &format!("\n  {:24} {}", figure.name, figure.meaning);
    }
    text
}

/// On the error stream, so that `--json --top` leaves the output to the figures.
fn print_top(profile: &Profile, count: usize) {
    for (title, costs) in
        [("function", profile.functions()), ("file", profile.files()), ("line", profile.lines())]
    {
        eprintln!("\n{:>12}  {title}", "instructions");
        for (name, cost) in costs.into_iter().take(count).filter(|(_, cost)| *cost >= 1.0) {
            eprintln!("{cost:>12.1}  {name}");
        }
    }
    eprintln!();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(args: &[&str]) -> Vec<String> {
        args.iter().map(|a| a.to_string()).collect()
    }

    #[test]
    fn without_a_name_every_figure_is_measured() {
        let options = parse(&strings(&["--json", "--top=3", "--program=/x"])).expect("valid");
        assert!(options.json && options.top == Some(3));
        assert_eq!(options.figures.len(), FIGURES.len());
    }

    #[test]
    fn a_misspelt_word_is_named_with_what_there_is() {
        for bad in ["udp4", "--jsn", "--top=x", "--json=1"] {
            let why = parse(&strings(&[bad])).err().expect("not valid");
            assert!(why.contains(bad), "{why}");
        }
        assert!(parse(&strings(&["udp4"])).err().expect("no").contains("udp4_64_oneway"));
    }
}
