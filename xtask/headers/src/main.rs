// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask headers [--check]`: the generated parts of the C headers.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `table` | `headers.toml`: which Rust files make which header |
//! | `source` | reads a Rust file and keeps what C can see of it |
//! | `declare` | has cbindgen turn that into declarations |
//! | `util_tables` | the tables behind `<zephyr/sys/util_macro.h>` |

mod declare;
mod source;
mod table;
mod util_tables;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// A generated file.
struct Generated {
    /// Its path from the root of the tree.
    path: PathBuf,
    /// Its whole text.
    text: String,
}

fn main() -> ExitCode {
    let mut check = false;
    for argument in env::args().skip(1) {
        match argument.as_str() {
            "--check" => check = true,
            _ => {
                eprintln!("usage: cargo xtask headers [--check]");
                return ExitCode::from(2);
            }
        }
    }
    match run(&root(), check) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the tree.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("xtask/headers").to_path_buf()
}

/// All generated files, as they should be.
fn generate(root: &Path) -> Result<Vec<Generated>, String> {
    let table = table::read(root, Path::new("xtask/headers/headers.toml"))?;
    let mut files = vec![util_tables::generate()];
    for part in &table.part {
        files.push(declare::generate(root, part, &table)?);
    }
    Ok(files)
}

fn run(root: &Path, check: bool) -> Result<(), String> {
    let mut stale = Vec::new();
    for Generated { path, text } in generate(root)? {
        let full = root.join(&path);
        if fs::read_to_string(&full).is_ok_and(|old| old == text) {
            continue;
        }
        stale.push(path.display().to_string());
        if !check {
            let made = full.parent().map_or(Ok(()), fs::create_dir_all);
            made.and_then(|()| fs::write(&full, text))
                .map_err(|e| format!("{}: {e}", path.display()))?;
        }
    }
    match (check, stale.is_empty()) {
        (_, true) => println!("headers: up to date"),
        (false, false) => println!("headers: wrote {}", stale.join(", ")),
        (true, false) => {
            return Err(format!(
                "not what the Rust sources say; run `cargo xtask headers`:\n  {}",
                stale.join("\n  ")
            ));
        }
    }
    Ok(())
}
