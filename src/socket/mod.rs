// SPDX-License-Identifier: Apache-2.0
//! Sockets: descriptors, and what each kind of socket does when it is called.
//!
//! | file | holds |
//! | --- | --- |
//! | `fd` | the descriptor table |
//! | `context` | what all sockets over contexts share |
//! | `inet` | datagram sockets over contexts, blocking and not |
//! | `stream` | stream sockets, the same |
//! | `raw` | sockets without a transport protocol |
//! | `pair`, `event` | pairs of sockets and counters: no packets, no stack |
//! | `pieces` | the caller's memory as one sequence of bytes |
//! | `options` | `setsockopt` and `getsockopt` by level and name |
//! | `poll` | waiting for several sockets at once |
//!
//! Nothing here knows C: `capi::socket` turns pointers into slices and errors into `errno`.

pub mod context;
#[cfg(CONFIG_ZVFS_EVENTFD)]
pub mod event;
pub mod fd;
#[cfg(CONFIG_NET_UDP)]
pub mod inet;
#[cfg(all(test, loom))]
mod models;
pub mod options;
#[cfg(CONFIG_NET_SOCKETPAIR)]
pub mod pair;
#[cfg(CONFIG_NET_TCP)]
pub mod pieces;
pub mod poll;
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
pub mod raw;
#[cfg(CONFIG_NET_TCP)]
pub mod stream;

use crate::base::Instant;
use crate::stack::Core;

pub use fd::{FdTable, Kind};
#[cfg(CONFIG_NET_UDP)]
pub use inet::Message;

/// A deadline `millis` from now; 0 is for ever, as in `SO_RCVTIMEO`.
fn deadline_in(core: &Core, millis: u32) -> Option<Instant> {
    (millis != 0).then(|| core.platform().now() + crate::base::Duration::from_millis(millis.into()))
}
