// SPDX-License-Identifier: Apache-2.0
//! The figures of `instructions` for znet and for its peers, in one run.

use crate::callgrind::{self, Profile};
use crate::instructions::{FIGURES, Figure};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const USAGE: &str = "usage: cargo xtask bench peers [--json | --markdown] [figure]...

  --json          one JSON object a line: the figure's name, then _znet, _smoltcp or _lwip
  --markdown      the table as the README shows it";

/// A stack: its name in figures, in tables, and where its program lies.
struct Stack {
    name: &'static str,
    title: &'static str,
}

/// znet first: tables compare it with the rest.
const STACKS: [Stack; 3] = [
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

#[derive(Default)]
struct Options {
    format: Format,
    znet: PathBuf,
    znet6: PathBuf,
    peers: PathBuf,
    figures: Vec<&'static Figure>,
}

/// `peers [option]... [figure]...`
pub fn command(args: &[String]) -> Result<(), String> {
    let options = parse(args)?;
    let mut out = String::new();
    heading(options.format, &mut out);
    for figure in &options.figures {
        let mut values = Vec::new();
        for stack in &STACKS {
            let program = match stack.name {
                "znet" if is_ipv6(figure.name) => options.znet6.clone(),
                "znet" => options.znet.clone(),
                peer => options.peers.join(variant(figure.name)).join("release").join(peer),
            };
            values.push(slope(&program, figure)?);
        }
        row(options.format, figure, &values, &mut out);
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
    match (is_ipv6(figure), figure.ends_with("_1000")) {
        (false, false) => "ipv4",
        (false, true) => "ipv4-many",
        (true, false) => "ipv6",
        (true, true) => "ipv6-many",
    }
}

fn slope(program: &Path, figure: &Figure) -> Result<f64, String> {
    let short = callgrind::run(program, figure.name, figure.short)?;
    let long = callgrind::run(program, figure.name, figure.long)?;
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

fn row(format: Format, figure: &Figure, values: &[f64], out: &mut String) {
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
            let [znet, smoltcp, lwip] = values else { return };
            writeln!(out, "{name:18} {znet:>18.0} {smoltcp:>18.0} {lwip:>18.0}  {}", figure.meaning)
        }
        Format::Markdown => {
            let values: Vec<String> = values.iter().map(|value| grouped(*value)).collect();
            writeln!(out, "| {} (`{name}`) | {} |", figure.meaning, values.join(" | "))
        }
    };
}

/// A whole number with its thousands apart.
fn grouped(value: f64) -> String {
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
            ("--program", path) => options.znet = path.into(),
            ("--program6", path) => options.znet6 = path.into(),
            ("--peers", path) => options.peers = path.into(),
            (name, "") => {
                let figure = FIGURES.iter().find(|figure| figure.name == name);
                let unknown = || format!("{arg}: neither an option nor a figure\n{USAGE}");
                options.figures.push(figure.ok_or_else(unknown)?);
            }
            _ => return Err(format!("{arg}: neither an option nor a figure\n{USAGE}")),
        }
    }
    if options.figures.is_empty() {
        options.figures.extend(FIGURES);
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_measured_where_its_family_and_number_fit() {
        assert_eq!(variant("udp4_64_oneway"), "ipv4");
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
