// SPDX-License-Identifier: Apache-2.0
//! Has cbindgen write the declarations of a header's functions.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use cbindgen::{Builder, Config, Language, Style};

use crate::Generated;
use crate::source::Functions;
use crate::table::{Part, Table};

/// The generated part of one header.
pub fn generate(root: &Path, part: &Part, table: &Table) -> Result<Generated, String> {
    let mut functions = Functions::default();
    for source in &part.sources {
        functions.read(root, source, &table.by_hand)?;
    }
    if part.cells {
        functions.references_to_pointers();
    }
    let declarations = declare(&functions, part, table)?;
    for item in &functions.items {
        let name = item.sig.ident.to_string();
        if !declarations.contains(&format!("{name}(")) {
            return Err(format!("cbindgen finds no words in C for {name}(); declare it by hand"));
        }
    }
    let path = part.path();
    let text = wrap(part, &path, &shielded(&declarations, &functions));
    Ok(Generated { path, text })
}

/// Names in parentheses, so that a macro of the same name, as debugging configurations have, is not
/// taken for it.
fn shielded(declarations: &str, functions: &Functions) -> String {
    let names: BTreeSet<String> =
        functions.items.iter().map(|item| item.sig.ident.to_string()).collect();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut rest = declarations;
    while let Some(at) = rest.find(is_name) {
        let (before, word) = rest.split_at(at);
        let end = word.find(|c| !is_name(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        out.push_str(before);
        if after.starts_with('(') && names.contains(word) {
            out.extend(["(", word, ")"]);
        } else {
            out.push_str(word);
        }
        rest = after;
    }
    out + rest
}

fn config(functions: &Functions, part: &Part, table: &Table) -> Config {
    let mut config = Config {
        language: Language::C,
        style: Style::Tag,
        line_length: 100,
        tab_width: 8,
        documentation: false,
        no_includes: true,
        usize_is_size_t: true,
        ..Config::default()
    };
    config.function.no_return = Some("FUNC_NORETURN".into());
    config.defines =
        functions.symbols.iter().map(|symbol| (symbol.clone(), symbol.clone())).collect();
    config.export.rename = functions
        .types
        .iter()
        .filter(|name| !is_rusts(name))
        .map(|name| (name.clone(), table.c_name(part, name)))
        .collect::<HashMap<_, _>>();
    config
}

/// Types that cbindgen knows.
fn is_rusts(name: &str) -> bool {
    name.starts_with("c_")
        || name.starts_with(|c: char| c.is_lowercase())
        || ["Option", "NonNull", "MaybeUninit", "Self", "VaList"].contains(&name)
}

/// Declarations without includes, guards and comments.
fn declare(functions: &Functions, part: &Part, table: &Table) -> Result<String, String> {
    if functions.items.is_empty() {
        return Ok(String::new());
    }
    // cbindgen reads files only.
    let file: PathBuf = env::temp_dir().join(format!("xtask-headers-{}.rs", process::id()));
    fs::write(&file, functions.text()).map_err(|e| format!("{}: {e}", file.display()))?;
    let bindings = Builder::new()
        .with_config(config(functions, part, table))
        .with_src(&file)
        .generate()
        .map_err(|e| format!("cbindgen: {e}"));
    let _ = fs::remove_file(&file);
    let mut text = Vec::new();
    bindings?.write(&mut text);
    let text = String::from_utf8(text).map_err(|e| format!("cbindgen: {e}"))?;
    // What C calls the signed counterpart of size_t.
    Ok(tabs(grouped(text.trim()).replace("ptrdiff_t ", "ssize_t ").trim()))
}

/// Neighbours under the same condition share its `#if`.
fn grouped(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut open = None;
    for block in text.split("\n\n") {
        let condition = block.lines().next().filter(|line| line.starts_with("#if"));
        let inner =
            condition.and_then(|c| block.strip_prefix(c)?.trim_start().strip_suffix("#endif"));
        match (condition, inner) {
            (Some(condition), Some(inner)) if open == Some(condition) => {
                out.pop();
                out.extend(["", inner.trim_end(), "#endif"]);
            }
            (Some(condition), Some(inner)) => {
                out.extend(["", condition, inner.trim_end(), "#endif"]);
            }
            _ => out.extend(["", block]),
        }
        open = condition;
    }
    out.join("\n")
}

/// Eight spaces at the start of a line become a tab; what remains aligns.
fn tabs(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let bare = line.trim_start_matches(' ');
        let spaces = line.len() - bare.len();
        out.push_str(&"\t".repeat(spaces / 8));
        out.push_str(&" ".repeat(spaces % 8));
        out.push_str(bare.trim_end());
        out.push('\n');
    }
    out
}

fn wrap(part: &Part, path: &Path, declarations: &str) -> String {
    let guard: String = path
        .strip_prefix("include")
        .unwrap_or(path)
        .to_string_lossy()
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    let sources: Vec<String> = part.sources.iter().map(|s| s.display().to_string()).collect();
    format!(
        "// SPDX-License-Identifier: Apache-2.0\n\
         /*\n \
          * What the library defines for <{header}>.\n \
          * Written by `cargo xtask headers` from {sources}.\n \
          */\n\
         #ifndef {guard}_\n\
         #define {guard}_\n\n\
         #ifdef __cplusplus\n\
         extern \"C\" {{\n\
         #endif\n\n\
         {declarations}\n\
         #ifdef __cplusplus\n\
         }}\n\
         #endif\n\n\
         #endif /* {guard}_ */\n",
        header = part.header.display(),
        sources = sources.join(", "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn neighbours_share_their_condition() {
        let text = "#if A\nint f();\n#endif\n\n#if A\nint g();\n#endif\n\n#if B\nint h();\n#endif";
        assert_eq!(
            grouped(text).trim(),
            "#if A\nint f();\n\nint g();\n#endif\n\n#if B\nint h();\n#endif"
        );
    }

    #[test]
    fn signatures_become_zephyrs() {
        let file = syn::parse_file(
            "#[cfg(CONFIG_NET_IPV4)]
             #[unsafe(no_mangle)]
             pub unsafe extern \"C\" fn net_x(iface: *mut NetIf, addr: *const InAddr,
                 cb: Option<unsafe extern \"C\" fn(*mut NetIf, *mut c_void)>, t: KTimeout,
                 name: *const c_char, len: usize) -> c_int { 0 }",
        )
        .expect("Rust");
        let mut functions = Functions::default();
        for item in file.items {
            if let syn::Item::Fn(item) = item {
                functions.items.push(item);
            }
        }
        functions.symbols.insert("CONFIG_NET_IPV4".into());
        functions.types.extend(["NetIf", "InAddr", "KTimeout"].map(String::from));
        let types = BTreeMap::from([("KTimeout".to_string(), "k_timeout_t".to_string())]);
        let part =
            Part { header: "x.h".into(), sources: vec![], cells: false, types: BTreeMap::new() };
        let table = Table { internal: vec![], types, by_hand: BTreeSet::new(), part: vec![] };
        let text = declare(&functions, &part, &table).expect("C");
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            flat,
            "#if defined(CONFIG_NET_IPV4) int net_x(struct net_if *iface, const struct in_addr *addr, \
             void (*cb)(struct net_if*, void*), k_timeout_t t, const char *name, size_t len); #endif"
        );
        assert!(shielded(&text, &functions).contains("int (net_x)(struct net_if *iface"), "{text}");
    }
}
