// SPDX-License-Identifier: Apache-2.0
//! Writes a configuration down for rustc and for the C compiler.

use std::fmt::Write as _;

use super::dotconfig::{Config, Value};

/// The lines that tell cargo which `cfg`s there are and which of them hold.
pub fn cargo_lines(config: &Config) -> Vec<String> {
    let names: Vec<String> = config.keys().map(|name| format!("CONFIG_{name}")).collect();
    let mut lines = vec![format!("cargo::rustc-check-cfg=cfg({})", names.join(", "))];
    for (name, entry) in config {
        if entry.value == Value::Bool(true) {
            lines.push(format!("cargo::rustc-cfg=CONFIG_{name}"));
        }
    }
    lines
}

/// The module `config`: a constant for every number and string.
pub fn rust_constants(config: &Config) -> String {
    let mut out = String::new();
    for (name, entry) in config {
        let _ = match &entry.value {
            Value::Bool(_) => Ok(()),
            Value::Unsigned(v) => writeln!(out, "pub const {name}: usize = {v};"),
            Value::Signed(v) => writeln!(out, "pub const {name}: i64 = {v};"),
            Value::Text(v) => writeln!(out, "pub const {name}: &str = {v:?};"),
        };
    }
    out
}

/// `autoconf.h`: every symbol that is set, as the C sources of Zephyr applications see it.
pub fn autoconf(config: &Config) -> String {
    let mut out = String::from("#pragma once\n\n");
    for (name, entry) in config.iter().filter(|(_, entry)| entry.given) {
        let _ = match &entry.value {
            Value::Bool(false) => Ok(()),
            Value::Bool(true) => writeln!(out, "#define CONFIG_{name} 1"),
            Value::Unsigned(v) => writeln!(out, "#define CONFIG_{name} {v}"),
            Value::Signed(v) => writeln!(out, "#define CONFIG_{name} {v}"),
            Value::Text(v) => {
                let escaped = v.replace('\\', "\\\\").replace('"', "\\\"");
                writeln!(out, "#define CONFIG_{name} \"{escaped}\"")
            }
        };
    }
    out
}
