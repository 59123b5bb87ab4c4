// SPDX-License-Identifier: Apache-2.0
//! The C API, one file per header, and the one global stack.

pub mod errno;
pub mod instance;
pub mod queues;
#[cfg(CONFIG_NET_SOCKETS)]
pub mod select;
#[cfg(CONFIG_NET_SOCKETS)]
pub mod sockaddr;
#[cfg(CONFIG_NET_SOCKETS)]
pub mod socket;
#[cfg(CONFIG_NET_SOCKETS)]
pub mod socket_msg;
#[cfg(CONFIG_NET_SOCKETS)]
pub mod socket_options;
mod transmit;

pub use instance::{Instance, core, current};

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod layout;
