// SPDX-License-Identifier: Apache-2.0
//! znet: the Zephyr networking subsystem in Rust, behind Zephyr's C API.
//!
//! The folders stand in layers, lowest first; a folder imports only from folders above its own
//! line here (`tests/layering.rs` holds the rule). `docs/ARCHITECTURE.md` shows the way of a packet.
#![no_std]
// Without these much of what others need has nobody who asks for it.
#![cfg_attr(
    not(all(CONFIG_NET_IP, CONFIG_NET_UDP)),
    allow(
        unused,
        unreachable_code,
        unreachable_patterns,
        irrefutable_let_patterns,
        clippy::needless_return,
        clippy::absurd_extreme_comparisons
    )
)]

// The hosted ports stand on the host's C library and threads; `std` brings its panic handler along.
#[cfg(CONFIG_ARCH_POSIX)]
extern crate std;

/// Constants of the Kconfig configuration this library was built with, named without `CONFIG_`.
#[allow(missing_docs)]
pub mod config {
    include!(concat!(env!("OUT_DIR"), "/config.rs"));
}

#[forbid(unsafe_code)]
pub mod base;
pub mod buf;
pub mod capi;
pub mod drivers;
pub mod iface;
#[forbid(unsafe_code)]
pub mod ip;
pub mod kernel;
#[forbid(unsafe_code)]
pub mod l2;
#[forbid(unsafe_code)]
pub mod mgmt;
pub mod os;
#[cfg(CONFIG_ZNET_CONTEXTS)]
#[forbid(unsafe_code)]
pub mod socket;
#[forbid(unsafe_code)]
pub mod stack;
#[forbid(unsafe_code)]
pub mod transport;
#[forbid(unsafe_code)]
pub mod wire;
