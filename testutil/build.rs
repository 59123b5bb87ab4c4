// SPDX-License-Identifier: Apache-2.0
//! Tells the simulator whether the stack it is built with has TCP: it is built with the same `.config`.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=ZNET_DOTCONFIG");
    println!("cargo::rustc-check-cfg=cfg(CONFIG_NET_TCP)");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let default = root.join("../kconfig/configs/default.config");
    let config = env::var_os("ZNET_DOTCONFIG").map_or(default, PathBuf::from);
    println!("cargo::rerun-if-changed={}", config.display());
    // A file that cannot be read is told by the build of the stack.
    let text = fs::read_to_string(config).unwrap_or_default();
    if text.lines().any(|line| line == "CONFIG_NET_TCP=y") {
        println!("cargo::rustc-cfg=CONFIG_NET_TCP");
    }
}
