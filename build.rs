// SPDX-License-Identifier: Apache-2.0
//! Turns a Kconfig `.config` into `cfg(CONFIG_X)` and typed constants.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-env-changed=ZNET_DOTCONFIG");
    let dotconfig = env::var_os("ZNET_DOTCONFIG")
        .map(PathBuf::from)
        .unwrap_or_else(|| root.join("kconfig/configs/default.config"));
    println!("cargo:rerun-if-changed={}", dotconfig.display());
    let mut known = BTreeMap::new();
    scan(&root.join("kconfig"), &mut known);

    let text = fs::read_to_string(&dotconfig)
        .unwrap_or_else(|e| panic!("cannot read {}: {e}", dotconfig.display()));
    let mut values = BTreeMap::new();
    for line in text.lines() {
        if let Some((k, v)) = line.strip_prefix("CONFIG_").and_then(|l| l.split_once('=')) {
            values.insert(k.to_string(), v.to_string());
        }
    }
    let mut out = String::new();
    for (name, kind) in &known {
        println!("cargo:rustc-check-cfg=cfg(CONFIG_{name})");
        let value = values.get(name);
        match kind.as_str() {
            "bool" => {
                if value.is_some_and(|v| v == "y") {
                    println!("cargo:rustc-cfg=CONFIG_{name}");
                }
            }
            "string" => {
                let v = value.cloned().unwrap_or_else(|| "\"\"".into());
                let _ = writeln!(out, "pub const {name}: &str = {v};");
            }
            _ => {
                let v = value.cloned().unwrap_or_else(|| "0".into());
                let ty = if v.starts_with('-') { "i64" } else { "usize" };
                let _ = writeln!(out, "pub const {name}: {ty} = {v};");
            }
        }
    }
    let dir = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(dir.join("config.rs"), out).expect("OUT_DIR is writable");
}

/// Collects `config NAME` entries and their types from every Kconfig file below `dir`.
fn scan(dir: &Path, known: &mut BTreeMap<String, String>) {
    println!("cargo:rerun-if-changed={}", dir.display());
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            scan(&path, known);
            continue;
        }
        if !path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("Kconfig")) {
            continue;
        }
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).unwrap_or_default();
        let mut current: Option<String> = None;
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["config" | "menuconfig", name] => current = Some((*name).to_string()),
                [kind @ ("bool" | "int" | "hex" | "string"), ..] => {
                    if let Some(name) = current.take() {
                        known.entry(name).or_insert_with(|| (*kind).to_string());
                    }
                }
                [kind @ ("def_bool" | "def_int"), ..] => {
                    if let Some(name) = current.take() {
                        known.entry(name).or_insert_with(|| kind[4..].to_string());
                    }
                }
                _ => {}
            }
        }
    }
}
