// SPDX-License-Identifier: Apache-2.0
//! Developer commands: `cargo xtask <command>`.

fn main() {
    eprintln!("usage: cargo xtask <command>");
    std::process::exit(2);
}
