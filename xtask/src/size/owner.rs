// SPDX-License-Identifier: Apache-2.0
//! To which part of the project a section belongs.
//!
//! Rust symbols carry their path, `znet::<folder>::...`. C names do not: they are looked up in the
//! sources, where they are defined. What the compiler made for several functions at once (constants
//! without a name, outlined code) and the parts of Rust's `core` that are compiled for the library
//! count as networking, since they cannot be told apart.

use super::map::Section;
use crate::proc::{Outcome, failed};
use crate::tree;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Parts that are not networking: the kernel, the system's and the compiler's own, the program.
const ASIDE: &[&str] = &["kernel", "os", KERNEL_C, BUILTINS, LIBC, PROGRAM, PADDING];

const KERNEL_C: &str = "kernel, in C";
const BOOT: &str = "boot, in C";
const BUILTINS: &str = "compiler builtins";
const LIBC: &str = "C library";
const PROGRAM: &str = "program and port";
const PADDING: &str = "padding";
const CORE: &str = "Rust core";
const SHARED: &str = "shared by several";

/// Whether the part counts as networking with its sockets.
pub fn is_networking(part: &str) -> bool {
    !ASIDE.contains(&part)
}

/// Which folder of `src/` defines a function or variable that has a name in C.
pub struct Index(BTreeMap<String, String>);

impl Index {
    /// Reads the sources.
    pub fn read() -> Self {
        let mut names = BTreeMap::new();
        let source = tree::root().join("src");
        for folder in fs::read_dir(&source).into_iter().flatten().flatten() {
            let folder = folder.path();
            if let Some(name) = folder.file_name().and_then(|name| name.to_str()) {
                index(&folder, name, &mut names);
            }
        }
        Index(names)
    }

    /// The part that owns `section`, whose symbol is `symbol` (demangled).
    pub fn part(&self, section: &Section, symbol: &str) -> String {
        let member = section.file.rsplit('/').next().unwrap_or_default();
        if section.file.is_empty() {
            PADDING.into()
        } else if !section.file.contains("libznet.a(") {
            outside(&section.file, member).into()
        } else if member.contains("compiler_builtins") {
            BUILTINS.into()
        } else if !member.contains(".rcgu.o") {
            KERNEL_C.into()
        } else {
            self.rust(symbol)
        }
    }

    fn rust(&self, symbol: &str) -> String {
        if let Some((_, path)) = symbol.split_once("znet::") {
            let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
            return path[..end].into();
        }
        if let Some(folder) = self.0.get(symbol) {
            return folder.clone();
        }
        if symbol.contains("core::") { CORE.into() } else { SHARED.into() }
    }
}

/// The part of what does not come from the library.
fn outside(file: &str, member: &str) -> &'static str {
    if file.contains("libgcc.a") {
        BUILTINS
    } else if file.contains("libc") || file.contains("libnosys") || file.contains("crt") {
        LIBC
    } else if ["net_init", "net_config"].iter().any(|name| member.starts_with(name)) {
        BOOT
    } else {
        PROGRAM
    }
}

/// Notes the C names that the sources below `path` define.
fn index(path: &Path, folder: &str, names: &mut BTreeMap<String, String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            index(&entry.path(), folder, names);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        for name in c_names(&fs::read_to_string(path).unwrap_or_default()) {
            names.insert(name, folder.into());
        }
    }
}

/// The names of functions and statics that have `no_mangle` or are `extern "C"`.
fn c_names(text: &str) -> Vec<String> {
    let mut exported = false;
    let mut found = Vec::new();
    for line in text.lines() {
        exported |= line.contains("no_mangle");
        let words = line.split_once("fn ").filter(|_| exported || line.contains("extern \"C\""));
        let words = words.or_else(|| line.split_once("static ").filter(|_| exported));
        if let Some((_, rest)) = words {
            let rest = rest.trim_start_matches("mut ");
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            found.push(rest[..end].into());
            exported = false;
        }
    }
    found
}

/// The symbol that a section is named after: `.text.zsock_close` holds `zsock_close`.
fn symbol(section: &str) -> &str {
    [".text.unlikely.", ".text.", ".rodata.", ".data.rel.ro.", ".data.", ".bss.", ".noinit."]
        .iter()
        .find_map(|prefix| section.strip_prefix(prefix))
        .unwrap_or(section)
}

/// The symbols of all sections, as one reads them.
pub fn symbols(sections: &[Section]) -> Outcome<Vec<String>> {
    let names: Vec<&str> = sections.iter().map(|section| symbol(&section.name)).collect();
    demangle(&names)
}

/// `names` without mangling and without hashes, in their order.
fn demangle(names: &[&str]) -> Outcome<Vec<String>> {
    let mut command = Command::new("c++filt");
    command.args(["--format", "rust", "--no-verbose"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut work = || {
        let mut child = command.spawn()?;
        let mut input = child.stdin.take();
        let text = names.join("\n");
        let writer = std::thread::spawn(move || {
            input.as_mut().map_or(Ok(()), |input| writeln!(input, "{text}"))
        });
        let done = child.wait_with_output()?;
        let _ = writer.join();
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let text: std::io::Result<String> = work();
    let text = text.or_else(|why| failed(format!("c++filt: {why}")))?;
    let lines: Vec<String> = text.lines().map(|line| without_hash(line).into()).collect();
    if lines.len() == names.len() { Ok(lines) } else { failed("c++filt lost symbols") }
}

/// Without the `::h0123456789abcdef` at the end.
pub fn without_hash(name: &str) -> &str {
    match name.rsplit_once("::h") {
        Some((path, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            path
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::map::Place;

    fn part(file: &str, symbol: &str) -> String {
        let names = BTreeMap::from([("zsock_close".to_string(), "capi".to_string())]);
        let section =
            Section { name: String::new(), file: file.into(), bytes: 1, place: Place::Ram };
        Index(names).part(&section, symbol)
    }

    #[test]
    fn parts() {
        const LIBRARY: &str = "target/libznet.a(znet-1.znet.2-cgu.0.rcgu.o)";
        assert_eq!(part(LIBRARY, "znet::stack::rx_v4::<impl znet::stack::Stack>::rx_v4"), "stack");
        assert_eq!(part(LIBRARY, "<znet::capi::I as znet::stack::Platform>::call"), "capi");
        assert_eq!(part(LIBRARY, "zsock_close"), "capi");
        assert_eq!(part(LIBRARY, "core::panicking::panic"), CORE);
        assert_eq!(part(LIBRARY, "OUTLINED_FUNCTION_3"), SHARED);
        assert_eq!(part("t/libznet.a(compiler_builtins-1.rcgu.o)", "memcpy"), BUILTINS);
        assert_eq!(part("t/libznet.a(0a1b-printk.o)", "printk"), KERNEL_C);
        assert_eq!(part("/usr/lib/libgcc.a(_udivdi3.o)", "x"), BUILTINS);
        assert_eq!(part("out/net_config.o", "x"), BOOT);
        assert_eq!(part("out/main.o", "main"), PROGRAM);
        assert!(is_networking("stack") && is_networking(SHARED) && !is_networking("kernel"));
    }

    #[test]
    fn names_in_c() {
        let text = "#[unsafe(no_mangle)]\npub extern \"C\" fn zsock_close(fd: i32) -> i32 {}\n\
                    #[unsafe(no_mangle)]\npub static _net_l2_ETHERNET: L2 = L2;\nfn other() {}\n";
        assert_eq!(c_names(text), ["zsock_close", "_net_l2_ETHERNET"]);
    }

    #[test]
    fn hashes_go() {
        assert_eq!(without_hash("znet::a::h0123456789abcdef"), "znet::a");
        assert_eq!(without_hash("znet::a::help"), "znet::a::help");
    }
}
