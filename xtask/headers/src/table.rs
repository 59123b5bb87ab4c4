// SPDX-License-Identifier: Apache-2.0
//! `headers.toml`: which Rust files make which header, and what Rust types are called in C.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The folders whose files define C functions.
const FOLDERS: &[&str] = &["src/capi", "src/kernel"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Files whose functions no public header declares: C sources of ours call them.
    pub internal: Vec<PathBuf>,
    /// The C spelling of Rust types, where it is not `struct` and the name in snake case.
    pub types: BTreeMap<String, String>,
    /// Functions that a header defines as inline code or macros over others, or spells with types
    /// that say more than Rust's; they are left out of its generated part.
    pub by_hand: BTreeSet<String>,
    /// The generated parts.
    pub part: Vec<Part>,
}

/// The generated part of one header.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The public header, as an application names it.
    pub header: PathBuf,
    /// The Rust files with its functions. A folder, or a path that ends in `*`, stands for what is
    /// there and not named elsewhere.
    pub sources: Vec<PathBuf>,
    /// References stand for pointers without const: the members of what they lead to are cells.
    #[serde(default)]
    pub cells: bool,
    /// Spellings of types that hold in these files only.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
}

impl Part {
    /// The generated file, from the root of the tree: `generated/<name>` beside the header.
    pub fn path(&self) -> PathBuf {
        let folder = self.header.parent().unwrap_or(Path::new(""));
        let name = self.header.file_name().unwrap_or_default();
        Path::new("include").join(folder).join("generated").join(name)
    }
}

/// Reads the table and gives each folder named in it its files.
pub fn read(root: &Path, path: &Path) -> Result<Table, String> {
    let name = path.display();
    let text = fs::read_to_string(root.join(path)).map_err(|e| format!("{name}: {e}"))?;
    let mut table: Table = toml::from_str(&text).map_err(|e| format!("{name}: {e}"))?;
    table.expand(root)?;
    Ok(table)
}

impl Table {
    /// Puts the files of a folder in its place, except those named themselves, and sees to it that
    /// no file with C functions is forgotten.
    fn expand(&mut self, root: &Path) -> Result<(), String> {
        let mut named = BTreeSet::new();
        for path in
            self.lists().flatten().map(|path| &*path).filter(|path| path.extension().is_some())
        {
            if !named.insert(path.clone()) {
                return Err(format!("headers.toml names {} twice", path.display()));
            }
            if !root.join(path).is_file() {
                return Err(format!("headers.toml names {}, which is not there", path.display()));
            }
        }
        for list in self.lists() {
            let (files, folders): (Vec<_>, Vec<_>) =
                list.drain(..).partition(|path| path.extension().is_some());
            list.extend(files);
            for folder in folders {
                let found = matching(root, &folder);
                list.extend(found.into_iter().filter(|path| named.insert(path.clone())));
            }
        }
        for path in FOLDERS.iter().flat_map(|folder| rust_files(root, Path::new(folder))) {
            if !named.contains(&path) {
                return Err(format!(
                    "{} defines C functions; name it in xtask/headers/headers.toml",
                    path.display()
                ));
            }
        }
        Ok(())
    }

    /// The lists of paths.
    fn lists(&mut self) -> impl Iterator<Item = &mut Vec<PathBuf>> {
        self.part.iter_mut().map(|part| &mut part.sources).chain([&mut self.internal])
    }

    /// What C calls a Rust type.
    pub fn c_name(&self, part: &Part, rust: &str) -> String {
        let own = part.types.get(rust).or_else(|| self.types.get(rust));
        own.cloned().unwrap_or_else(|| format!("struct {}", snake(rust)))
    }
}

/// The files that a folder, or a path that ends in `*`, stands for.
fn matching(root: &Path, pattern: &Path) -> Vec<PathBuf> {
    let text = pattern.to_string_lossy();
    let Some(prefix) = text.strip_suffix('*') else { return rust_files(root, pattern) };
    let mut found = rust_files(root, pattern.parent().unwrap_or(Path::new("")));
    found.retain(|path| path.to_string_lossy().starts_with(prefix));
    found
}

/// The Rust files below `folder` that define C functions.
fn rust_files(root: &Path, folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            found.extend(rust_files(root, &path));
        } else if path.extension().is_some_and(|e| e == "rs")
            && fs::read_to_string(entry.path()).is_ok_and(|text| text.contains("no_mangle"))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// `NetIfIpv4` to `net_if_ipv4`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(snake("NetIfIpv4"), "net_if_ipv4");
        assert_eq!(snake("In6Addr"), "in6_addr");
        let part = Part {
            header: "zephyr/net/net_if.h".into(),
            sources: vec![],
            cells: false,
            types: BTreeMap::new(),
        };
        assert_eq!(part.path(), Path::new("include/zephyr/net/generated/net_if.h"));
    }
}
