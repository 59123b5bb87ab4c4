// SPDX-License-Identifier: Apache-2.0
//! A soak: connections and datagrams between two hosts, by the million, in virtual time, while the wire,
//! the memory, the drivers and the clock fail in turn: `cargo xtask soak`.
//!
//! Every byte is compared with what was sent, every frame with its format. After each round of weathers
//! all sockets are closed, and pools and tables have to be as they were.

#[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6, CONFIG_NET_TCP))]
mod run;

#[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6, CONFIG_NET_TCP))]
fn main() -> std::process::ExitCode {
    run::main()
}

/// Other configurations have nothing to try.
#[cfg(not(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6, CONFIG_NET_TCP)))]
fn main() {
    eprintln!("the soak wants both families and TCP: start it by `cargo xtask soak`");
}
