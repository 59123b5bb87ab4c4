// SPDX-License-Identifier: Apache-2.0
//! Gives this crate the `cfg(CONFIG_X)` the library under test is built with.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

#[path = "../kconfig/rust/dotconfig.rs"]
#[allow(dead_code)]
mod dotconfig;
#[path = "../kconfig/rust/emit.rs"]
#[allow(dead_code)]
mod emit;
#[path = "../kconfig/rust/tree.rs"]
#[allow(dead_code)]
mod tree;

fn main() {
    if let Err(message) = run() {
        println!("cargo::error={message}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    println!("cargo::rerun-if-env-changed=ZNET_DOTCONFIG");
    let path = env::var_os("ZNET_DOTCONFIG")
        .map_or_else(|| root.join("kconfig/configs/default.config"), PathBuf::from);
    let tree = tree::read(&root.join("kconfig"), "Kconfig")?;
    for file in tree.files.iter().chain([&path]) {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let config = dotconfig::parse(&text, &tree.symbols)
        .map_err(|(line, reason)| format!("{}:{line}: {reason}", path.display()))?;
    for line in emit::cargo_lines(&config) {
        println!("{line}");
    }
    Ok(())
}
