// SPDX-License-Identifier: Apache-2.0
//! `unsafe`: where the library has unsafe code, and why.
//!
//! The committed table, `docs/unsafe.txt`, counts by folder; what grows there is to be seen in a change
//! before it lands. `--list` gives each block with the reason its `SAFETY` comment states, which clippy
//! demands (`undocumented_unsafe_blocks`).

use crate::proc::{Failure, Outcome, failed, say};
use crate::tree;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "\
# Unsafe code in src/ by folder, tests aside: 'cargo xtask unsafe --write'; '--list' tells where and why.
# Functions are those that callers must use with care; most are the C API itself, which C calls so.
";

/// Unsafe code of a file or folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    blocks: usize,
    functions: usize,
    impls: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.blocks += other.blocks;
        self.functions += other.functions;
        self.impls += other.impls;
    }
}

/// A block, and the reason that stands before it.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    /// Line number, from 1.
    line: usize,
    reason: String,
}

/// `unsafe [--list | --check | --write]`
pub fn command(args: &[OsString]) -> Outcome {
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    match args.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        [] => {
            print!("{}", table(&folders()?));
            Ok(())
        }
        ["--list"] => list(),
        ["--check"] => check(),
        ["--write"] => {
            let path = path();
            fs::write(&path, format!("{HEAD}{}", table(&folders()?)))
                .or_else(|why| failed(format!("{}: {why}", path.display())))?;
            say(format!("wrote {}", tree::shown(&path)));
            Ok(())
        }
        _ => Err(Failure::Usage("unsafe takes --list, --check or --write".into())),
    }
}

fn path() -> PathBuf {
    tree::root().join("docs/unsafe.txt")
}

/// The Rust sources of the library.
fn sources() -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![tree::root().join("src")];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).or_else(|why| failed(format!("{}: {why}", folder.display())))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "rs" => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).or_else(|why| failed(format!("{}: {why}", path.display())))
}

/// The first folder below `src/`, or `.` for what lies in `src/` itself.
fn folder(path: &Path) -> String {
    let inside = path.strip_prefix(tree::root().join("src")).unwrap_or(path);
    match inside.parent().and_then(|parent| parent.components().next()) {
        Some(first) => first.as_os_str().to_string_lossy().into_owned(),
        None => ".".into(),
    }
}

fn folders() -> Outcome<BTreeMap<String, Count>> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for path in sources()? {
        *counts.entry(folder(&path)).or_default() += count(&read(&path)?);
    }
    counts.retain(|_, count| *count != Count::default());
    Ok(counts)
}

fn table(counts: &BTreeMap<String, Count>) -> String {
    let mut text = format!("{:10} {:>7} {:>9} {:>6}\n", "folder", "blocks", "functions", "impls");
    for (folder, Count { blocks, functions, impls }) in counts {
        let _ = writeln!(text, "{folder:10} {blocks:>7} {functions:>9} {impls:>6}");
    }
    text
}

fn list() -> Outcome {
    for path in sources()? {
        for Block { line, reason } in blocks(&read(&path)?) {
            println!("{}:{line}: {reason}", tree::shown(&path));
        }
    }
    Ok(())
}

fn check() -> Outcome {
    let kept = parse(&read(&path())?);
    let grown: Vec<String> = folders()?
        .into_iter()
        .filter_map(|(folder, now)| {
            let was = kept.get(&folder).copied().unwrap_or_default();
            let more =
                now.blocks > was.blocks || now.functions > was.functions || now.impls > was.impls;
            more.then(|| format!("{folder}: {now:?}, committed {was:?}"))
        })
        .collect();
    if grown.is_empty() {
        return Ok(());
    }
    failed(format!(
        "unsafe code grew:\n{}\nIf that is how it should be, run 'cargo xtask unsafe --write'.",
        grown.join("\n")
    ))
}

fn parse(text: &str) -> BTreeMap<String, Count> {
    let row = |line: &str| {
        let mut words = line.split_whitespace();
        let folder = words.next()?.to_string();
        let mut number = || words.next()?.parse().ok();
        let count = Count { blocks: number()?, functions: number()?, impls: number()? };
        Some((folder, count))
    };
    text.lines().filter_map(row).collect()
}

/// The product's lines of a source: those before its unit tests.
fn product(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair[0].trim() == "#[cfg(test)]" && pair[1].trim_start().starts_with("mod tests")
    });
    let end = tests.unwrap_or(lines.len());
    lines.into_iter().take(end).enumerate().map(|(i, line)| (i + 1, line))
}

/// A line without its comment.
fn code(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

fn count(text: &str) -> Count {
    let mut count = Count::default();
    for (_, line) in product(text) {
        let code = code(line);
        count.blocks += code.matches("unsafe {").count();
        count.impls += code.matches("unsafe impl").count();
        let declares = code.contains("unsafe fn ") || code.contains("unsafe extern \"C\" fn ");
        // The type of a pointer to a function has no name between `fn` and the parenthesis.
        count.functions += usize::from(declares);
    }
    count
}

/// The blocks of a source, each with what the last `SAFETY` comment before it says.
fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut reason = String::new();
    let mut in_reason = false;
    for (line, text) in product(text) {
        let trimmed = text.trim();
        if let Some((_, first)) = trimmed.split_once("SAFETY:") {
            reason = first.trim().into();
            in_reason = true;
        } else if let Some(more) = trimmed.strip_prefix("//").filter(|_| in_reason) {
            reason.push(' ');
            reason.push_str(more.trim());
        } else {
            in_reason = false;
        }
        for _ in code(text).matches("unsafe {") {
            found.push(Block { line, reason: reason.clone() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
// unsafe { in a comment }
type Callback = unsafe extern \"C\" fn(u8);
pub unsafe extern \"C\" fn call(f: Callback) {
    // SAFETY: the caller gave a function
    // that may be called.
    unsafe { f(1) }
}
// SAFETY: no thread sees it.
unsafe impl Send for X {}

#[cfg(test)]
mod tests {
    fn t() { unsafe { f() } }
}
";

    #[test]
    fn unsafe_code_of_the_product_is_counted() {
        assert_eq!(count(SOURCE), Count { blocks: 1, functions: 1, impls: 1 });
    }

    #[test]
    fn a_block_has_the_reason_before_it() {
        let reason = "the caller gave a function that may be called.".into();
        assert_eq!(blocks(SOURCE), [Block { line: 6, reason }]);
    }

    #[test]
    fn the_table_reads_as_it_was_written() {
        let counts = BTreeMap::from([("buf".into(), count(SOURCE))]);
        assert_eq!(parse(&format!("{HEAD}{}", table(&counts))), counts);
    }
}
