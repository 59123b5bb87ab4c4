// SPDX-License-Identifier: Apache-2.0
//! Turns a Kconfig `.config` into what the crate is compiled with.
//!
//! Reads the file named by `ZNET_DOTCONFIG`, or `kconfig/configs/default.config`, and gives
//! - `cfg(CONFIG_X)` for every `CONFIG_X=y`, and a declaration of every symbol the Kconfig tree or
//!   the file knows, so that the compiler reports a misspelt one;
//! - `$OUT_DIR/config.rs`, the module `crate::config`: a constant for every number and string;
//! - `cfg(znet_layout)` where `ZNET_LAYOUT` is set, for `src/capi/layout.rs`;
//! - `$OUT_DIR/include/zephyr/autoconf.h` for the C sources in `src/kernel/c`, which are compiled into
//!   the library: variadic functions cannot be defined in stable Rust.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

#[path = "kconfig/rust/dotconfig.rs"]
mod dotconfig;
#[path = "kconfig/rust/emit.rs"]
mod emit;
#[path = "kconfig/rust/tree.rs"]
mod tree;

/// Folder of the C sources that belong to the library.
const C_SOURCES: &str = "src/kernel/c";

fn main() {
    if let Err(message) = run() {
        // Cargo shows such a line without the noise of a panic.
        println!("cargo::error={message}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let root = env_path("CARGO_MANIFEST_DIR")?;
    let out = env_path("OUT_DIR")?;
    println!("cargo::rerun-if-env-changed=ZNET_DOTCONFIG");
    println!("cargo::rerun-if-env-changed=ZNET_LAYOUT");
    println!("cargo::rustc-check-cfg=cfg(znet_layout)");
    println!("cargo::rustc-check-cfg=cfg(loom)");
    if env::var_os("ZNET_LAYOUT").is_some() {
        println!("cargo::rustc-cfg=znet_layout");
    }
    // What scripts/tiny.py tells the compiler beside the flags that cargo knows of.
    println!("cargo::rerun-if-env-changed=ZNET_FUNCTIONS");
    if let Some(list) = env::var_os("ZNET_FUNCTIONS") {
        rerun_if_changed(Path::new(&list));
    }
    let dotconfig = env::var_os("ZNET_DOTCONFIG")
        .map_or_else(|| root.join("kconfig/configs/default.config"), PathBuf::from);

    let tree = tree::read(&root.join("kconfig"), "Kconfig")?;
    for path in &tree.files {
        rerun_if_changed(path);
    }
    rerun_if_changed(&dotconfig);
    let text = fs::read_to_string(&dotconfig)
        .map_err(|e| format!("cannot read the configuration {}: {e}", dotconfig.display()))?;
    let config = dotconfig::parse(&text, &tree.symbols)
        .map_err(|(line, reason)| format!("{}:{line}: {reason}", dotconfig.display()))?;

    for line in emit::cargo_lines(&config) {
        println!("{line}");
    }
    write(&out.join("config.rs"), &emit::rust_constants(&config))?;
    let include = out.join("include");
    write(&include.join("zephyr/autoconf.h"), &emit::autoconf(&config))?;
    compile_c(&root, &include)
}

/// Compiles the C sources, for the target that cargo builds for.
fn compile_c(root: &Path, generated: &Path) -> Result<(), String> {
    let folder = root.join(C_SOURCES);
    rerun_if_changed(&folder);
    let mut sources: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "c"))
        .collect();
    if sources.is_empty() {
        return Ok(());
    }
    sources.sort();
    rerun_if_changed(&root.join("include"));
    cc::Build::new()
        .files(sources)
        .std("c11")
        .include(root.join("include"))
        .include(generated)
        .flag("-imacros")
        .flag(generated.join("zephyr/autoconf.h"))
        .flag("-ffunction-sections")
        .flag("-fdata-sections")
        .warnings(true)
        .extra_warnings(true)
        .try_compile("znet_c")
        .map_err(|e| format!("the C sources in {C_SOURCES} do not compile: {e}").replace('\n', " "))
}

fn env_path(name: &str) -> Result<PathBuf, String> {
    env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("{name} is not set; run cargo"))
}

fn rerun_if_changed(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Writes a file unless it holds that text already, so that nothing is rebuilt for it.
fn write(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text))
        .map_err(|e| format!("cannot write {}: {e}", path.display()))
}
