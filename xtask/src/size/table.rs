// SPDX-License-Identifier: Apache-2.0
//! The committed table, `docs/size.txt`: what was measured when it was written.

use super::Figure;
use crate::proc::{Outcome, failed, say};
use crate::tree;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// By how much a figure may grow before somebody has to say so, in percent.
const TOLERANCE: u64 = 1;

const HEAD: &str = "\
# Bytes on a Cortex-M3, measured by 'cargo xtask size --write'; docs/configuration.md says what each counts.
";

fn path() -> PathBuf {
    tree::root().join("docs/size.txt")
}

/// The table as text.
pub fn print(figures: &[Figure]) -> String {
    let mut text = String::new();
    for Figure { name, bytes } in figures {
        let _ = writeln!(text, "{name:<20} {bytes:>8}");
    }
    text
}

/// Writes what was measured.
pub fn write(figures: &[Figure]) -> Outcome {
    let path = path();
    fs::write(&path, format!("{HEAD}{}", print(figures)))
        .or_else(|why| failed(format!("{}: {why}", path.display())))?;
    say(format!("wrote {}", tree::shown(&path)));
    Ok(())
}

/// Compares what was measured with what is committed.
pub fn check(figures: &[Figure]) -> Outcome {
    let path = path();
    let text =
        fs::read_to_string(&path).or_else(|why| failed(format!("{}: {why}", path.display())))?;
    let complaints = compare(&text, figures);
    if complaints.is_empty() {
        return Ok(());
    }
    failed(format!(
        "{}\nIf that is what it should cost, run 'cargo xtask size --write', commit {} and say why.",
        complaints.join("\n"),
        tree::shown(&path)
    ))
}

fn compare(text: &str, figures: &[Figure]) -> Vec<String> {
    let committed = |wanted: &str| {
        text.lines().find_map(|line| {
            let (name, bytes) = line.split_once(char::is_whitespace)?;
            bytes.trim().parse::<u64>().ok().filter(|_| name == wanted)
        })
    };
    let mut complaints = Vec::new();
    for Figure { name, bytes } in figures {
        match committed(name) {
            None => complaints.push(format!("{name} is {bytes} bytes, and not in the table")),
            Some(was) if bytes * 100 > was * (100 + TOLERANCE) => {
                complaints.push(format!("{name} grew from {was} to {bytes} bytes"));
            }
            Some(_) => {}
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_past_one_percent_is_named() {
        let figure = |bytes| [Figure { name: "udp_only_flash", bytes }];
        let table = format!("{HEAD}{}", print(&figure(9000)));
        assert!(compare(&table, &figure(9000)).is_empty());
        assert!(compare(&table, &figure(9090)).is_empty());
        assert!(compare(&table, &figure(100)).is_empty());
        assert_eq!(compare(&table, &figure(9091)), ["udp_only_flash grew from 9000 to 9091 bytes"]);
        assert_eq!(compare("", &figure(1)), ["udp_only_flash is 1 bytes, and not in the table"]);
    }
}
