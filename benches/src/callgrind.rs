// SPDX-License-Identifier: Apache-2.0
//! Running a program under callgrind, and reading the profile it leaves.
//!
//! The format is described in the Valgrind manual, "Callgrind Format Specification".

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Without this glibc copies by `rep movsb`, which valgrind counts as one instruction a byte.
const TUNABLES: (&str, &str) = ("GLIBC_TUNABLES", "glibc.cpu.x86_rep_movsb_threshold=100000000");

/// Instructions by function and source line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    costs: HashMap<Place, f64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    function: String,
    file: String,
    line: u64,
}

impl Profile {
    /// What one piece of work costs, from two runs that differ by `count` of them.
    pub fn slope(short: &Profile, long: &Profile, count: u32) -> Profile {
        let mut costs = long.costs.clone();
        for (place, cost) in &short.costs {
            *costs.entry(place.clone()).or_default() -= cost;
        }
        costs.retain(|_, cost| *cost != 0.0);
        for cost in costs.values_mut() {
            *cost /= f64::from(count);
        }
        Profile { costs }
    }

    /// All instructions.
    pub fn total(&self) -> f64 {
        self.costs.values().sum()
    }

    /// By function, most first; what the compiler inlined counts for the function it went into.
    pub fn functions(&self) -> Vec<(String, f64)> {
        self.grouped(|place| place.function.clone())
    }

    /// By the file that the instructions come from, most first.
    pub fn files(&self) -> Vec<(String, f64)> {
        self.grouped(|place| tail(&place.file).to_string())
    }

    /// By source line, most first.
    pub fn lines(&self) -> Vec<(String, f64)> {
        self.grouped(|place| format!("{}:{}", tail(&place.file), place.line))
    }

    fn grouped(&self, name: impl Fn(&Place) -> String) -> Vec<(String, f64)> {
        let mut groups: HashMap<String, f64> = HashMap::new();
        for (place, cost) in &self.costs {
            *groups.entry(name(place)).or_default() += cost;
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        groups
    }

    /// Reads a profile.
    fn parse(text: &str) -> Result<Profile, String> {
        let mut names = Names::default();
        let mut files = Names::default();
        let mut profile = Profile::default();
        let mut place = Place { function: String::new(), file: String::new(), line: 0 };
        // The line after `calls=` holds what the callee cost, which its own entry tells already.
        let mut inclusive = false;
        for text in text.lines() {
            if let Some((key, value)) = text.split_once('=')
                && key.chars().all(|c| c.is_ascii_lowercase())
            {
                match key {
                    "fn" => place.function = names.resolve(value),
                    "fl" | "fi" | "fe" => place.file = files.resolve(value),
                    "cfn" => drop(names.resolve(value)),
                    "cfl" | "cfi" => drop(files.resolve(value)),
                    "calls" => inclusive = true,
                    _ => {}
                }
                continue;
            }
            let mut words = text.split_ascii_whitespace();
            let Some(line) = words.next().and_then(|word| position(word, place.line)) else {
                continue;
            };
            place.line = line;
            if std::mem::take(&mut inclusive) {
                continue;
            }
            let Some(cost) = words.next() else { continue };
            let cost: u64 = cost.parse().map_err(|_| format!("callgrind wrote '{text}'"))?;
            *profile.costs.entry(place.clone()).or_default() += cost as f64;
        }
        if profile.costs.is_empty() {
            Err("callgrind wrote no profile".into())
        } else {
            Ok(profile)
        }
    }
}

/// Names are written once, with a number, and by the number alone after that.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn resolve(&mut self, text: &str) -> String {
        let Some((number, name)) = text.split_once(')') else { return text.into() };
        let name = name.trim_start();
        if name.is_empty() {
            return self.0.get(number).cloned().unwrap_or_default();
        }
        self.0.insert(number.into(), name.into());
        name.into()
    }
}

/// A line number: as it is, relative to the last one (`+3`, `-3`), or the last one (`*`).
fn position(word: &str, last: u64) -> Option<u64> {
    match word.split_at_checked(1)? {
        ("*", "") => Some(last),
        ("+", more) => Some(last + more.parse::<u64>().ok()?),
        ("-", less) => last.checked_sub(less.parse().ok()?),
        _ => word.parse().ok(),
    }
}

/// The part of a path behind its last `src`, which names files of every origin well enough.
fn tail(path: &str) -> &str {
    path.rsplit_once("/src/").map_or(path, |(_, tail)| tail)
}

/// Runs `program` so that it does `count` times what `figure` says.
pub fn run(program: &Path, figure: &str, count: u32) -> Result<Profile, String> {
    let out = Scratch(
        std::env::temp_dir().join(format!("callgrind.{}.{figure}.{count}", std::process::id())),
    );
    let done = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", out.0.display()))
        .arg(program)
        .args(["--testargs", figure, &count.to_string()])
        .env(TUNABLES.0, TUNABLES.1)
        .output()
        .map_err(|why| format!("valgrind: {why}"))?;
    if !done.status.success() {
        return Err(format!(
            "{} under valgrind: {}\n{}{}",
            program.display(),
            done.status,
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        ));
    }
    let text = std::fs::read(&out.0).map_err(|why| format!("{}: {why}", out.0.display()))?;
    Profile::parse(&String::from_utf8_lossy(&text))
}

/// A file that goes when its owner does.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "\
version: 1
positions: line
events: Ir

fl=(1) /a/src/one.c
fn=(1) main
10 5
+2 3
fi=(2) /b/src/two.h
* 4
fe=(1)
cfi=(2)
cfn=(2) helper
calls=1 7
-2 100

fl=(2)
fn=(2)
7 100
totals: 112
";

    #[test]
    fn costs_go_to_functions_files_and_lines_once() {
        let profile = Profile::parse(PROFILE).expect("well formed");
        assert_eq!(profile.total(), 112.0);
        assert_eq!(profile.functions(), [("helper".into(), 100.0), ("main".into(), 12.0)]);
        assert_eq!(profile.files(), [("two.h".into(), 104.0), ("one.c".into(), 8.0)]);
        let lines = profile.lines();
        assert_eq!(lines[0], ("two.h:7".into(), 100.0));
        assert!(lines.contains(&("two.h:12".into(), 4.0)), "{lines:?}");
    }

    #[test]
    fn start_up_cancels_out() {
        let short = Profile::parse("fl=(1) a\nfn=(1) init\n1 1000\nfn=(2) work\n2 50\n");
        let long = Profile::parse("fl=(1) a\nfn=(1) work\n2 150\nfn=(2) init\n1 1000\n");
        let slope = Profile::slope(&short.expect("ok"), &long.expect("ok"), 10);
        assert_eq!(slope.functions(), [("work".into(), 10.0)]);
    }

    #[test]
    fn an_empty_profile_is_an_error() {
        assert!(Profile::parse("version: 1\n").is_err());
    }
}
