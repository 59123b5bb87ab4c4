// SPDX-License-Identifier: Apache-2.0
//! `storm SECONDS [TARGET]...`: the fast mode, target after target, for as long as is said.
//!
//! What was run is added to `executions.txt` beside the engine's findings, a line a target; the
//! numbering of inputs goes on from there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use fuzz::dictionary::{self, Dictionary};
use fuzz::storm::{self, Maker};
use fuzz::targets::{self, Target};

/// How long a target is tried before it is the next one's turn.
const TURN: Duration = Duration::from_secs(5);

fn main() {
    let mut args = env::args().skip(1);
    let seconds = args.next().and_then(|word| word.parse().ok()).expect("a number of seconds");
    let named: Vec<String> = args.collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|word| word == name);
    let chosen: Vec<(&str, Target, Maker)> = targets::ALL
        .iter()
        .filter(|(name, _)| wanted(name))
        .map(|(name, target)| (*name, *target, maker(name)))
        .collect();
    assert!(!chosen.is_empty(), "none of {named:?} is in this configuration");
    thread::spawn(storm::watch);
    let mut counts = read_counts();
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        for (name, target, maker) in &chosen {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            keep_what_fails(name);
            let count = counts.entry(name.to_string()).or_default();
            *count += storm::run(*target, maker, *count, TURN.min(left));
            write_counts(&counts);
        }
    }
    for (name, _, _) in &chosen {
        println!("{:>14} {name}", counts.get(*name).copied().unwrap_or(0));
    }
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `name` starts from: its seeds, what the engine found, and its words.
fn maker(name: &str) -> Maker {
    let folders =
        [home().join("corpus"), home().join("crashes"), home().join("../target/fuzz/corpus")];
    let files = folders.iter().filter_map(|folder| fs::read_dir(folder.join(name)).ok());
    let mut paths: Vec<PathBuf> = files.flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let beginnings = paths.iter().filter_map(|path| fs::read(path).ok()).collect();
    let words = fs::read_to_string(dictionary::file(name));
    let words = Dictionary::parse(&words.unwrap_or_default()).expect("a dictionary");
    Maker::new(beginnings, words)
}

/// An input that makes `name` fail lies in `crashes/` when the process has ended.
fn keep_what_fails(name: &'static str) {
    let folder = home().join("crashes").join(name);
    std::panic::set_hook(Box::new(move |why| {
        eprintln!("storm: {name}: {why}");
        let input = storm::current();
        let hash = input.iter().fold(0u64, |hash, byte| hash.wrapping_mul(31) ^ u64::from(*byte));
        let file = folder.join(format!("storm-{hash:016x}"));
        let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, input));
        eprintln!("storm: kept in {}: {kept:?}", file.display());
        process::abort();
    }));
}

fn counts_file() -> PathBuf {
    home().join("../target/fuzz/executions.txt")
}

fn read_counts() -> BTreeMap<String, u64> {
    let text = fs::read_to_string(counts_file()).unwrap_or_default();
    let pairs = text.lines().filter_map(|line| line.split_once(' '));
    pairs.filter_map(|(name, count)| Some((name.to_string(), count.parse().ok()?))).collect()
}

/// Another process may have run other targets meanwhile: only what this one ran changes.
fn write_counts(counts: &BTreeMap<String, u64>) {
    let mut all = read_counts();
    for (name, count) in counts {
        let known = all.entry(name.clone()).or_default();
        *known = (*known).max(*count);
    }
    let text: String = all.iter().map(|(name, count)| format!("{name} {count}\n")).collect();
    if let Some(folder) = counts_file().parent() {
        let _ = fs::create_dir_all(folder);
    }
    let _ = fs::write(counts_file(), text);
}
