// SPDX-License-Identifier: Apache-2.0
//! The one rule of the tree, and the habits that a machine can check.
//!
//! `src/lib.rs` names the folders; a folder imports only from folders before it in [`FLOORS`].

use std::fs;
use std::path::{Path, PathBuf};

/// The folders of `src/`, lowest first.
const FLOORS: &[&str] = &[
    "base",
    "os",
    "wire",
    "buf",
    "iface",
    "l2",
    "ip",
    "transport",
    "stack",
    "socket",
    "mgmt",
    "app",
    "kernel",
    "drivers",
    "shell",
    "capi",
];

/// Folders that may hold unsafe code.
const UNSAFE: &[&str] = &["os", "buf", "iface", "kernel", "drivers", "capi"];

/// The first line of a source.
const SPDX: &[&str] =
    &["// SPDX-License-Identifier: Apache-2.0", "/* SPDX-License-Identifier: Apache-2.0 */"];

/// Lines past which a file has grown out of itself.
const LONGEST: usize = 800;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` whose extension is in `extensions`, as paths from the root of the tree.
fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| extensions.iter().any(|wanted| e == *wanted))
            {
                found.push(path.strip_prefix(root()).expect("below the root").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The code of a line: without a comment at its end. A `//` inside a string cuts too much, which
/// hides no import.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or(line)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first names after each occurrence of `prefix` in `text`: one for a path, several for a group.
fn names_after<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        if text[..at].chars().next_back().is_some_and(|c| is_name(c) || c == ':') {
            continue; // part of a longer path
        }
        let rest = &text[at + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut expected = true;
            for (i, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' => expected = depth == 1,
                    c if is_name(c) && expected => {
                        names.push(group[i..].split(|c| !is_name(c)).next().unwrap_or(""));
                        expected = false;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            names.push(rest.split(|c| !is_name(c)).next().unwrap_or(""));
        }
    }
    names
}

/// What a file of the crate names of the crate's folders, given its module's depth below the root.
fn imports(text: &str, depth: usize) -> Vec<String> {
    let code: String = text.lines().map(code).flat_map(|line| [line, "\n"]).collect();
    let mut names = names_after(&code, "crate::");
    // So many `super::` lead to the root of the crate as well.
    let to_root = "super::".repeat(depth);
    names.extend(names_after(&code, &to_root).into_iter().filter(|n| FLOORS.contains(n)));
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(String::from).collect()
}

/// The floor of a file below `src/`, and the depth of its module.
fn place(path: &Path) -> Option<(usize, usize)> {
    let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    let floor = FLOORS.iter().position(|name| Some(name) == parts.get(1))?;
    let depth = parts.len() - 1 - usize::from(path.ends_with("mod.rs"));
    Some((floor, depth))
}

/// Test modules may look up: a test of `l2` may run a whole stack.
fn is_test(path: &Path) -> bool {
    path.file_stem().and_then(|s| s.to_str()).is_some_and(|s| s == "tests" || s.ends_with("_tests"))
        || path.iter().any(|part| part == "tests")
}

#[test]
fn a_folder_imports_only_from_below() {
    let mut wrong = Vec::new();
    for path in files("src", &["rs"]) {
        let Some((floor, depth)) = place(&path) else { continue };
        if is_test(&path) {
            continue;
        }
        for name in imports(&read(&path), depth) {
            if FLOORS.iter().position(|n| **n == name).is_some_and(|used| used > floor) {
                wrong.push(format!("{} uses crate::{name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "a lower floor calls a higher one:\n{}", wrong.join("\n"));
}

#[test]
fn every_folder_has_its_floor() {
    for entry in fs::read_dir(root().join("src")).expect("src").flatten() {
        let path = entry.path();
        let name = entry.file_name().into_string().expect("UTF-8");
        // boot/ holds C only: it belongs to the application's part of the image.
        if path.is_dir() && name != "boot" {
            assert!(FLOORS.contains(&name.as_str()), "src/{name} is not in the list of floors");
        }
    }
}

#[test]
fn unsafe_code_stays_where_it_may_be() {
    let lib = read(Path::new("src/lib.rs"));
    let lines: Vec<&str> = lib.lines().map(str::trim).collect();
    for (i, line) in lines.iter().enumerate() {
        let Some(name) = line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';')) else {
            continue;
        };
        let attributes = lines[..i].iter().rev().take_while(|l| l.starts_with("#["));
        let forbidden = attributes.into_iter().any(|l| l.contains("forbid(unsafe_code)"));
        assert!(
            forbidden || UNSAFE.contains(&name),
            "src/lib.rs: mod {name} lacks #[forbid(unsafe_code)]"
        );
    }
}

#[test]
fn no_file_has_grown_out_of_itself() {
    let mut long = Vec::new();
    for folder in ["src", "include", "xtask", "tests", "samples", "ffi-tests", "benches", "fuzz"] {
        for path in files(folder, &["rs", "c", "h"]) {
            let lines = read(&path).lines().count();
            if lines > LONGEST && !path.iter().any(|part| part == "generated") {
                long.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "split these by verb:\n{}", long.join("\n"));
}

/// Structures in C's layout that no public header defines, by what they are.
const NOT_IN_HEADERS: &[&str] = &[
    // The host's own, or handed to it.
    "Control",
    "PacketMreq",
    "TpacketAuxdata",
    "VirtioNetHdr",
    // Parts of a structure that is compared, opaque names, memory seen from one side only.
    "Addr",
    "Aligned",
    "Block",
    "BufSlist",
    "Config",
    "Heap",
    "InAddr",
    "InAddrValue",
    "Ipv4Fragment",
    "Ipv6Fragment",
    "Link",
    "MemSlabInfo",
    "Memory",
    "NetContext",
    "NetPktDetail",
    "Node",
    "RemoteStorage",
    "Section",
    "SegRecord",
    "Sleeper",
    "Slot",
    "Stack",
    // A uint64_t.
    "Sum",
    // Inside the kernel's objects, which are compared.
    "Semaphore",
    "Thread",
    "WaitQ",
    "Waiter",
];

/// `capi/layout.rs` compares what the tables hold; this finds what no table holds.
#[test]
fn every_shared_structure_is_compared_with_c() {
    let mut tables = String::new();
    let mut defined = Vec::new();
    for path in files("src", &["rs"]) {
        let text = read(&path);
        for table in text.split("layouts! {").skip(1) {
            tables.push_str(table.split("\n}").next().unwrap_or(""));
        }
        let mut c_layout = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("#[repr(C") {
                c_layout = true;
            } else if c_layout && !line.starts_with("#[") && !line.starts_with("//") {
                c_layout = false;
                let name = line.split("struct ").nth(1).unwrap_or("");
                let name = name.split(|c| !is_name(c)).next().unwrap_or("");
                defined.push((name.to_string(), path.display().to_string()));
            }
        }
    }
    defined.retain(|(name, _)| {
        let listed = tables
            .match_indices(name.as_str())
            .any(|(at, _)| tables[at + name.len()..].trim_start().starts_with("= \""));
        !name.is_empty() && !listed && !NOT_IN_HEADERS.contains(&name.as_str())
    });
    assert!(defined.is_empty(), "in no table of base::layout::layouts!: {defined:?}");
}

/// A table for tests alone is missing where `cargo xtask ci` compares structures on boards.
#[test]
fn tables_of_structures_are_there_for_every_target() {
    let mut hidden = Vec::new();
    for path in files("src", &["rs"]) {
        if read(&path).contains("#[cfg(test)]\ncrate::base::layout::") {
            hidden.push(path.display().to_string());
        }
    }
    assert!(hidden.is_empty(), "want #[cfg(any(test, znet_layout))]: {hidden:?}");
}

#[test]
fn every_source_names_its_licence() {
    let mut bare = Vec::new();
    for folder in
        ["src", "include", "xtask", "tests", "samples", "ffi-tests", "benches", "fuzz", "kconfig"]
    {
        for path in files(folder, &["rs", "c", "h"]) {
            let text = read(&path);
            if !SPDX.contains(&text.lines().next().unwrap_or("")) {
                bare.push(path.display().to_string());
            }
        }
    }
    assert!(bare.is_empty(), "no SPDX line at the top of:\n{}", bare.join("\n"));
}

#[test]
fn imports_are_found_in_every_form() {
    let text = "use crate::os;\nuse crate::{base::{Error, time}, stack,\n    buf::Pkt};\n\
                let x = crate::capi::core(); // crate::shell\nsuper::super::socket::Poll; mycrate::app::x();";
    assert_eq!(imports(text, 2), ["base", "buf", "capi", "os", "socket", "stack"]);
    assert_eq!(imports("use super::super::base::Error;", 3), [""; 0]);
    assert_eq!(place(Path::new("src/ip/v4.rs")), Some((6, 2)));
    assert_eq!(place(Path::new("src/ip/mod.rs")), Some((6, 1)));
    assert_eq!(place(Path::new("src/lib.rs")), None);
}
