// SPDX-License-Identifier: Apache-2.0
//! The figures of `instructions` for znet and for its peers, in one run.

use crate::callgrind::{self, Profile};
use crate::instructions::{FIGURES, Figure};
use std::fmt::Write as _;
use std::path::PathBuf;

const USAGE: &str = "usage: cargo xtask bench peers [--json | --markdown] [figure]...

  --json          one JSON object a line: the figure's name, then _znet, _smoltcp or _lwip
  --markdown      the table as the README shows it";

/// A stack: its name in figures and in tables.
pub struct Stack {
    pub name: &'static str,
    pub title: &'static str,
}

/// znet first: tables compare it with the rest.
pub const STACKS: [Stack; 3] = [
    Stack { name: "znet", title: "znet, BSD sockets" },
    Stack { name: "smoltcp", title: "smoltcp 0.14" },
    Stack { name: "lwip", title: "lwIP 2.2, raw API" },
];

#[derive(Clone, Copy, Default, PartialEq)]
enum Format {
    #[default]
    Text,
    Json,
    Markdown,
}

/// Where the programs lie that do the work.
#[derive(Default)]
pub struct Programs {
    znet: PathBuf,
    znet6: PathBuf,
    peers: PathBuf,
}

impl Programs {
    /// Takes the option that names a program, when `name` is one.
    pub fn option(&mut self, name: &str, path: &str) -> bool {
        let place = match name {
            "--program" => &mut self.znet,
            "--program6" => &mut self.znet6,
            "--peers" => &mut self.peers,
            _ => return false,
        };
        *place = path.into();
        true
    }

    /// The program in which `stack` does the work of a figure.
    pub fn of(&self, stack: &Stack, figure: &str) -> PathBuf {
        match stack.name {
            "znet" if is_ipv6(figure) => self.znet6.clone(),
            "znet" => self.znet.clone(),
            peer => self.peer(variant(figure), peer),
        }
    }

    /// The program of a peer, from one of its builds.
    pub fn peer(&self, variant: &str, name: &str) -> PathBuf {
        self.peers.join(variant).join("release").join(name)
    }
}

#[derive(Default)]
struct Options {
    format: Format,
    programs: Programs,
    figures: Vec<&'static Figure>,
}

/// The figures whose work the peers do too.
const SHARED: [&str; 14] = [
    "udp4_64_oneway",
    "udp4_64_echo",
    "udp4_rx_1",
    "udp4_rx_1000",
    "tcp4_1460_64k",
    "tcp4_1460_2seg",
    "tcp4_connect_close",
    "tcp4_rx_1",
    "tcp4_rx_1000",
    "udp6_64_oneway",
    "udp6_64_echo",
    "tcp6_1460_64k",
    "tcp6_1460_2seg",
    "tcp6_connect_close",
];

/// Whether the peers do the work of a figure too.
pub fn is_shared(figure: &Figure) -> bool {
    SHARED.contains(&figure.name)
}

/// `peers [option]... [figure]...`
pub fn command(args: &[String]) -> Result<(), String> {
    let options = parse(args)?;
    let mut out = String::new();
    heading(options.format, &mut out);
    for figure in &options.figures {
        row(options.format, figure, &instructions(&options.programs, figure)?, &mut out);
        print!("{out}");
        out.clear();
    }
    Ok(())
}

fn is_ipv6(figure: &str) -> bool {
    figure.split('_').next().is_some_and(|what| what.ends_with('6'))
}

/// The build of the peers that does the work of a figure: xtask names their folders so.
fn variant(figure: &str) -> &'static str {
    let sockets = figure.split_once("_rx_").map_or("1", |(_, sockets)| sockets);
    match (is_ipv6(figure), sockets != "1") {
        (false, false) => "ipv4",
        (false, true) => "ipv4-many",
        (true, false) => "ipv6",
        (true, true) => "ipv6-many",
    }
}

/// What a figure's work costs each stack, in instructions.
pub fn instructions(programs: &Programs, figure: &Figure) -> Result<[f64; 3], String> {
    let mut values = [0.0; 3];
    for (value, stack) in values.iter_mut().zip(&STACKS) {
        *value = instructions_of(programs, stack, figure)?;
    }
    Ok(values)
}

/// What a figure's work costs one of the stacks.
pub fn instructions_of(programs: &Programs, stack: &Stack, figure: &Figure) -> Result<f64, String> {
    let program = programs.of(stack, figure.name);
    let short = callgrind::run(&program, figure.name, figure.short)?;
    let long = callgrind::run(&program, figure.name, figure.long)?;
    Ok(Profile::slope(&short, &long, figure.long - figure.short).total())
}

fn heading(format: Format, out: &mut String) {
    let titles = STACKS.map(|stack| stack.title);
    let _ = match format {
        Format::Json => Ok(()),
        Format::Text => {
            let [znet, smoltcp, lwip] = titles;
            writeln!(out, "{:18} {znet:>18} {smoltcp:>18} {lwip:>18}  work", "figure")
        }
        Format::Markdown => {
            writeln!(out, "| instructions | {} |\n| --- | ---: | ---: | ---: |", titles.join(" | "))
        }
    };
}

fn row(format: Format, figure: &Figure, values: &[f64; 3], out: &mut String) {
    let name = figure.name;
    let _ = match format {
        Format::Json => {
            STACKS.iter().zip(values).try_for_each(|(Stack { name: stack, .. }, value)| {
                writeln!(
                    out,
                    "{{\"name\":\"{name}_{stack}\",\"value\":{value:.1},\"unit\":\"instructions\"}}"
                )
            })
        }
        Format::Text => {
            let [znet, smoltcp, lwip] = values;
            writeln!(out, "{name:18} {znet:>18.0} {smoltcp:>18.0} {lwip:>18.0}  {}", figure.meaning)
        }
        Format::Markdown => {
            writeln!(out, "| {} (`{name}`) | {} |", figure.meaning, values.map(grouped).join(" | "))
        }
    };
}

/// A whole number with its thousands apart.
pub fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn parse(args: &[String]) -> Result<Options, String> {
    let mut options = Options::default();
    for arg in args {
        match arg.split_once('=').unwrap_or((arg, "")) {
            ("--json", "") => options.format = Format::Json,
            ("--markdown", "") => options.format = Format::Markdown,
            (name, path) if !path.is_empty() && options.programs.option(name, path) => {}
            (name, "") => {
                let figure = FIGURES.iter().find(|f| f.name == name && is_shared(f));
                let unknown = || format!("{arg}: neither an option nor a figure\n{USAGE}");
                options.figures.push(figure.ok_or_else(unknown)?);
            }
            _ => return Err(format!("{arg}: neither an option nor a figure\n{USAGE}")),
        }
    }
    if options.figures.is_empty() {
        options.figures.extend(FIGURES.iter().filter(|figure| is_shared(figure)));
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_measured_where_its_family_and_number_fit() {
        assert_eq!(variant("udp4_64_oneway"), "ipv4");
        assert_eq!(variant("udp4_rx_1"), "ipv4");
        assert_eq!(variant("udp4_rx_10"), "ipv4-many");
        assert_eq!(variant("udp4_rx_1000"), "ipv4-many");
        assert_eq!(variant("tcp6_1460_64k"), "ipv6");
    }

    #[test]
    fn thousands_are_apart() {
        let text: Vec<String> = [7.0, 999.6, 12_345.2, 1_234_567.0].map(grouped).into();
        assert_eq!(text, ["7", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn a_misspelt_word_is_named() {
        let why = parse(&["udp".into()]).err().expect("no such figure");
        assert!(why.contains("udp"), "{why}");
    }
}
