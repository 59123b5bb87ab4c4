// SPDX-License-Identifier: Apache-2.0
//! Goodput over a path that loses packets, for znet and its peers.

use crate::peers::Programs;
use crate::plot::{Line, Plot};
use std::fmt::Write as _;
use std::process::Command;

/// The build of the peers that has their congestion controls.
const VARIANT: &str = "ipv4-control";
/// Runs of a peer, each from a seed of its own.
const SEEDS: u32 = 20;

/// Losses in per cent, and how many seconds a run with each lasts.
const LOSSES: [(u32, u32); 3] = [(0, 10), (1, 60), (3, 60)];

/// A stack with a congestion control, and its goodput in Mbit/s at each loss.
pub struct Goodput {
    title: &'static str,
    values: [f64; 3],
}

/// znet's rows: a title, and what its figures' names begin and end with.
const OURS: [(&str, &str); 4] = [
    ("znet, CUBIC", "cubic"),
    ("znet, Reno", "reno"),
    ("znet, BBR", "bbr"),
    ("znet, BBR, buffers of 256 KiB", "bbr_auto"),
];

/// The peers' rows: a title, a program and a congestion control.
const THEIRS: [(&str, &str, &str); 4] = [
    ("smoltcp, no congestion control (its default)", "smoltcp", "none"),
    ("smoltcp, Reno", "smoltcp", "reno"),
    ("smoltcp, CUBIC", "smoltcp", "cubic"),
    ("lwIP, Reno", "lwip", "reno"),
];

/// All rows: znet's from what `bench goodput --json` printed, the peers' measured now.
pub fn measure(programs: &Programs, ours: &str) -> Result<Vec<Goodput>, String> {
    let mut rows = Vec::new();
    for (title, algorithm) in OURS {
        let mut values = [f64::NAN; 3];
        for (value, (loss, _)) in values.iter_mut().zip(LOSSES) {
            *value = printed(ours, &format!("goodput_{loss}_{algorithm}")).unwrap_or(f64::NAN);
        }
        rows.push(Goodput { title, values });
    }
    for (title, peer, control) in THEIRS {
        let mut values = [f64::NAN; 3];
        for (value, (loss, seconds)) in values.iter_mut().zip(LOSSES) {
            *value = median(programs, peer, control, loss, seconds)?;
        }
        rows.push(Goodput { title, values });
    }
    Ok(rows)
}

/// The value of a figure among lines of JSON.
pub fn printed(lines: &str, name: &str) -> Option<f64> {
    let begin = format!("{{\"name\":\"{name}\",\"value\":");
    let rest = lines.lines().find_map(|line| line.strip_prefix(&begin))?;
    rest.split(',').next()?.parse().ok()
}

fn median(
    programs: &Programs,
    peer: &str,
    control: &str,
    loss: u32,
    seconds: u32,
) -> Result<f64, String> {
    let program = programs.peer(VARIANT, peer);
    let mut values = Vec::new();
    for seed in 1..=SEEDS {
        let loss = format!("{}", f64::from(loss) / 100.0);
        let args = ["--goodput", control, &loss, &seconds.to_string(), &seed.to_string()];
        let output = Command::new(&program).args(args).output();
        let output = output.map_err(|why| format!("{}: {why}", program.display()))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let value = text.trim().parse();
        values
            .push(value.map_err(|_| format!("{} {args:?}: {}", program.display(), output.status))?);
    }
    values.sort_by(f64::total_cmp);
    Ok(values[values.len() / 2])
}

/// The rows as Markdown.
pub fn table(rows: &[Goodput]) -> String {
    let mut out = String::from(
        "\n| goodput in Mbit/s: 10 Mbit/s, 25 ms each way, buffers of 64 KiB | no loss (10 s) | 1 % (60 s) | 3 % (60 s) |\n\
         | --- | ---: | ---: | ---: |\n",
    );
    for row in rows {
        let values = row.values.map(|value| match value.is_nan() {
            true => String::new(),
            false => format!("{value:.2}"),
        });
        let _ = writeln!(out, "| {} | {} |", row.title, values.join(" | "));
    }
    out
}

/// The rows as lines over loss.
pub fn plot(rows: &[Goodput]) -> Plot {
    let line = |row: &Goodput| Line {
        name: row.title.split(" (").next().unwrap_or_default().replace(", buffers of", ","),
        points: LOSSES
            .iter()
            .zip(row.values)
            .filter(|(_, value)| !value.is_nan())
            .map(|((loss, _), value)| (f64::from(*loss), value))
            .collect(),
    };
    Plot {
        title: "Goodput over 10 Mbit/s, 25 ms each way",
        x: "loss, %",
        y: "Mbit/s",
        logarithmic: false,
        lines: rows.iter().map(line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_by_its_whole_name() {
        let lines = "{\"name\":\"goodput_1_bbr_auto\",\"value\":9.3,\"unit\":\"Mbit/s\"}\n\
                     {\"name\":\"goodput_1_bbr\",\"value\":6.9,\"unit\":\"Mbit/s\"}\n";
        assert_eq!(printed(lines, "goodput_1_bbr"), Some(6.9));
        assert_eq!(printed(lines, "goodput_1_reno"), None);
    }
}
