// SPDX-License-Identifier: Apache-2.0
//! Finds every symbol the Kconfig tree declares, by following its `source` lines.
//!
//! Only declarations are read: values come from a `.config` that a full evaluator wrote. Of the
//! preprocessor the tree uses variables, which templates such as the log levels are filled in with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The type of a symbol, as far as the compiler needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Becomes a `cfg`.
    Bool,
    /// `int` and `hex`: becomes a `usize`.
    Unsigned,
    /// `int` with a negative default or range: becomes an `i64` in every configuration.
    Signed,
    /// Becomes a `&str`.
    Text,
}

/// Declared symbols, named without `CONFIG_`.
pub type Symbols = BTreeMap<String, Kind>;

/// What was found, and the files and folders it depends on.
#[derive(Default)]
pub struct Tree {
    pub symbols: Symbols,
    pub files: Vec<PathBuf>,
}

/// Reads the tree that starts at `root/top`; `source` paths are relative to `root`.
pub fn read(root: &Path, top: &str) -> Result<Tree, String> {
    let mut reader = Reader { root, tree: Tree::default(), variables: BTreeMap::new() };
    reader.file(&root.join(top))?;
    Ok(reader.tree)
}

struct Reader<'a> {
    root: &'a Path,
    tree: Tree,
    variables: BTreeMap<String, String>,
}

impl Reader<'_> {
    fn file(&mut self, path: &Path) -> Result<(), String> {
        let text =
            fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        if !self.tree.files.iter().any(|known| known == path) {
            self.tree.files.push(path.to_path_buf());
        }
        let mut current = String::new();
        let mut help_indent = None;
        for line in text.lines() {
            if line.trim().is_empty() {
                continue;
            }
            let indent = indentation(line);
            if help_indent.is_some_and(|help| indent > help) {
                continue;
            }
            help_indent = None;
            let (word, rest) = split_word(line.trim());
            match word {
                "help" => help_indent = Some(indent),
                "config" | "menuconfig" => current = self.expand(rest),
                "choice" | "menu" | "comment" => current.clear(),
                "source" => self.sourced(&self.root.join(self.expand(unquote(rest))), false)?,
                "osource" => self.sourced(&self.root.join(self.expand(unquote(rest))), true)?,
                "rsource" | "orsource" => {
                    let here = path.parent().unwrap_or(self.root);
                    self.sourced(&here.join(self.expand(unquote(rest))), word == "orsource")?;
                }
                "bool" | "def_bool" => self.declare(&current, Kind::Bool),
                "string" | "def_string" => self.declare(&current, Kind::Text),
                "int" | "hex" | "def_int" | "def_hex" => self.declare(&current, Kind::Unsigned),
                "default" | "range" if rest.starts_with('-') => self.declare_signed(&current),
                _ => {
                    if let Some(value) = rest.strip_prefix('=').or(rest.strip_prefix(":=")) {
                        let value = self.expand(value.trim());
                        self.variables.insert(word.to_string(), value);
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads the file a `source` line names; a `*` in its last part stands for anything.
    fn sourced(&mut self, path: &Path, optional: bool) -> Result<(), String> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((before, after)) = name.split_once('*') else {
            return if optional && !path.is_file() { Ok(()) } else { self.file(path) };
        };
        let folder = path.parent().unwrap_or(self.root).to_path_buf();
        let mut found: Vec<PathBuf> = fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                name.starts_with(before) && name.ends_with(after)
            })
            .collect();
        found.sort();
        self.tree.files.push(folder);
        found.iter().try_for_each(|path| self.file(path))
    }

    fn declare(&mut self, name: &str, kind: Kind) {
        if !name.is_empty() && self.tree.symbols.get(name) != Some(&Kind::Signed) {
            self.tree.symbols.insert(name.to_string(), kind);
        }
    }

    fn declare_signed(&mut self, name: &str) {
        if !name.is_empty() {
            self.tree.symbols.insert(name.to_string(), Kind::Signed);
        }
    }

    /// Replaces each `$(name)` by the variable's value, or by nothing.
    fn expand(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once("$(") {
            let (name, after) = tail.split_once(')').unwrap_or((tail, ""));
            out.push_str(before);
            out.push_str(self.variables.get(name).map_or("", String::as_str));
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

fn split_word(line: &str) -> (&str, &str) {
    line.split_once(char::is_whitespace).map_or((line, ""), |(word, rest)| (word, rest.trim()))
}

fn unquote(text: &str) -> &str {
    text.trim_matches('"')
}
