// SPDX-License-Identifier: Apache-2.0
//! The figures that the README shows, and the plots beside them: measured in one run, written by one command.

use crate::instructions::{FIGURES, Figure};
use crate::peers::{self, Programs, STACKS, grouped};
use crate::plot::{Line, Plot};
use crate::{paths, wall};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const USAGE: &str = "usage: cargo xtask bench report";

/// Between these lines of the README all is written anew.
const BEGIN: &str = "<!-- figures: written by cargo xtask bench report -->";
const END: &str = "<!-- end of figures -->";

/// How many sockets, or connections, are open in the plots of growth.
const GROWTH: [u32; 4] = [1, 10, 100, 1000];

#[derive(Default)]
struct Options {
    programs: Programs,
    /// What `bench goodput --json` printed.
    goodput: PathBuf,
    /// What `size --peers --json` printed.
    sizes: PathBuf,
    /// The root of the repository.
    root: PathBuf,
}

/// `report`, with the programs' places from xtask.
pub fn command(args: &[String]) -> Result<(), String> {
    let mut options = Options::default();
    for arg in args {
        match arg.split_once('=').unwrap_or((arg, "")) {
            ("--goodput", path) => options.goodput = path.into(),
            ("--sizes", path) => options.sizes = path.into(),
            ("--root", path) => options.root = path.into(),
            (name, path) if options.programs.option(name, path) => {}
            _ => return Err(format!("{arg}: not an option\n{USAGE}")),
        }
    }
    let ours = read(&options.goodput)?;
    let mut text = heading();
    text += &instructions(&options.programs)?;
    text += &time(&options.programs)?;
    let goodput = paths::measure(&options.programs, &ours)?;
    text += &paths::table(&goodput);
    text += &footprint(&read(&options.root.join("docs/size.txt"))?, &read(&options.sizes)?);
    text += "\n![growth](docs/plots/growth.svg) ![goodput](docs/plots/goodput.svg)\n";

    let plots = options.root.join("docs/plots");
    fs::create_dir_all(&plots).map_err(|why| format!("{}: {why}", plots.display()))?;
    write(&plots.join("goodput.svg"), &paths::plot(&goodput).svg())?;
    write(&plots.join("growth.svg"), &growth(&options.programs)?.svg())?;
    let readme = options.root.join("README.md");
    write(&readme, &replaced(&read(&readme)?, &text)?)
}

fn heading() -> String {
    let date = printed("date", &["-u", "+%F"]);
    let rustc = printed("rustc", &["--version"]);
    let cc = printed("cc", &["--version"]);
    format!(
        "Measured on {} by `cargo xtask bench report`: {}; {}; smoltcp 0.14.0;\n\
         lwIP of crate lwip 0.4.0. Both peers are at their best: lwIP on its raw API with its fastest checksum, smoltcp on\n\
         its own sockets, both in bursts of 32 where a burst helps. znet is measured through BSD sockets, with its locks and\n\
         threads.\n\n",
        date,
        rustc.split('(').next().unwrap_or_default().trim(),
        cc.lines().next().unwrap_or_default().trim(),
    )
}

/// What a program prints; nothing when it is not there.
fn printed(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    output.map(|out| String::from_utf8_lossy(&out.stdout).trim().into()).unwrap_or_default()
}

fn instructions(programs: &Programs) -> Result<String, String> {
    let [znet, rest @ ..] = STACKS.map(|stack| stack.title);
    let titles = rest.join(" | ");
    let mut out = format!("| instructions | {znet} | without sockets | {titles} |\n");
    out += "| --- | ---: | ---: | ---: | ---: |\n";
    for figure in FIGURES.iter().filter(|figure| peers::is_shared(figure)) {
        let [znet, rest @ ..] = peers::instructions(programs, figure)?.map(grouped);
        let bare = match figure.without_sockets() {
            Some(bare) => grouped(peers::instructions_of(programs, &STACKS[0], bare)?),
            None => "-".into(),
        };
        let (name, rest) = (figure.name, rest.join(" | "));
        let _ = writeln!(out, "| {} (`{name}`) | {znet} | {bare} | {rest} |", figure.meaning);
    }
    Ok(out)
}

fn time(programs: &Programs) -> Result<String, String> {
    let mut out = String::from(
        "\n| time, both ends in one thread | smoltcp takes | lwIP takes |\n| --- | ---: | ---: |\n",
    );
    for times in wall::measure(programs)? {
        let [smoltcp, lwip] = times.ratios();
        let _ = writeln!(
            out,
            "| {} | {smoltcp:.2} times as long as znet | {lwip:.2} times |",
            times.meaning
        );
    }
    Ok(out)
}

/// Flash of like feature sets: znet's from the committed table, the peers' as measured now.
fn footprint(ours: &str, peers: &str) -> String {
    let mut out = String::from(
        "\n| flash on a Cortex-M3, bytes | znet, BSD sockets | smoltcp | lwIP, raw API |\n\
         | --- | ---: | ---: | ---: |\n",
    );
    for (row, what) in [
        ("udp_only_flash", "UDP over IPv4"),
        ("ipv4_udp_tcp_flash", "UDP and TCP over IPv4"),
        ("ipv4_ipv6_flash", "UDP and TCP over IPv4 and IPv6"),
    ] {
        let own = ours.lines().find_map(|line| {
            let mut words = line.split_whitespace();
            words.next().filter(|name| *name == row).and(words.next()?.parse().ok())
        });
        let peer = |name: &str| paths::printed(peers, &format!("{row}_{name}"));
        let values = [own, peer("smoltcp"), peer("lwip")];
        let values = values.map(|value| value.map(grouped).unwrap_or_default());
        let _ = writeln!(out, "| {what} | {} |", values.join(" | "));
    }
    out
}

/// What a datagram or a piece of a stream costs with more and more sockets open.
fn growth(programs: &Programs) -> Result<Plot, String> {
    let mut lines = Vec::new();
    for (work, title) in [("udp4_rx", "UDP"), ("tcp4_rx", "TCP")] {
        for (i, stack) in STACKS.iter().enumerate() {
            let mut points = Vec::new();
            for sockets in GROWTH {
                // Leaked: a figure has a name for ever, and these are a few.
                let name: &'static str = Box::leak(format!("{work}_{sockets}").into_boxed_str());
                let figure = Figure { name, meaning: "", short: 2_000, long: 6_000 };
                let value = peers::instructions_of(programs, stack, &figure)?;
                points.push((f64::from(sockets), value));
            }
            let short = ["znet", "smoltcp", "lwIP"][i];
            lines.push(Line { name: format!("{title}, {short}"), points });
        }
    }
    Ok(Plot {
        title: "Cost of a receive with many sockets open",
        x: "sockets",
        y: "instructions",
        logarithmic: true,
        lines,
    })
}

/// The README with `text` where the figures are.
fn replaced(readme: &str, text: &str) -> Result<String, String> {
    let parts = readme.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) =
        parts.ok_or("README.md: the lines that enclose the figures are missing")?;
    Ok(format!("{before}{BEGIN}\n{text}{END}{after}"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|why| format!("{}: {why}", path.display()))?;
    println!("==> wrote {}", path.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_go_between_their_lines() {
        let readme = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let new = replaced(&readme, "new\n").expect("both lines are there");
        assert_eq!(new, format!("a\n{BEGIN}\nnew\n{END}\nb\n"));
        assert!(replaced("a\n", "new").is_err());
    }
}
