// SPDX-License-Identifier: Apache-2.0
//! Network buffers and packets.
//!
//! Two faces of the same memory:
//!
//! - the *shells* ([`shell`]), laid out as C sees them: `net_buf`, `net_buf_pool`, `net_pkt`,
//!   `k_mem_slab` ... C code reads and writes their members at any time, so Rust never makes a
//!   reference to one: every access goes through a raw pointer, counters are atomic;
//! - the *handles* the stack works with: [`Pkt`] (one counted reference to a packet, dropped by
//!   scope), [`PktList`] (a queue of them without storage of its own) and [`Pools`] (the slabs and
//!   data pools of one stack).
//!
//! The raw operations on shells live in `pool`, `frag`, `cursor` ... as `unsafe fn`s; `capi`
//! exports them under Zephyr's names and [`Pkt`] wraps the same ones, so both faces behave alike.
//!
//! Free lists are protected by the irq lock, held for a few instructions; allocation without
//! waiting and every release may be called from an interrupt handler.

#[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
pub mod alloc_stats;
pub mod cursor;
pub mod data;
#[cfg(CONFIG_NET_TCP)]
mod early;
pub mod faults;
pub mod frag;
mod handle;
pub mod heap;
#[cfg(CONFIG_NET_IP_FRAGMENT)]
mod join;
mod list;
mod memory;
pub mod pkt;
mod pkt_meta;
pub mod pool;
mod pools;
#[cfg(CONFIG_NET_TCP)]
mod segments;
pub mod shell;
pub mod slab;

#[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS))]
pub use crate::os::timeout::cycles;
pub use crate::os::timeout::{Deadline, KTicks, KTimeout, NO_WAIT};
#[cfg(CONFIG_NET_TCP)]
pub use early::Early;
pub use handle::{Fragments, Pkt};
pub use list::PktList;
#[cfg(CONFIG_NET_TCP)]
pub use list::PktRef;
pub use memory::Memory;
pub use pool::set_pool_section;
pub use pools::{FIRST as FIRST_POOLS, Home, Pools, Usage};
#[cfg(CONFIG_NET_TCP)]
pub use segments::{Held, SegFlags, SegQueue, SegRecord};
#[cfg(any(test, znet_layout))]
pub(crate) use shell::{BUF_LAYOUTS, KERNEL_LAYOUTS, PKT_LAYOUTS};
pub use shell::{
    MemSlab, NetBuf, NetBufDataAlloc, NetBufDataCb, NetBufPool, NetBufPoolFixed, NetBufSimple,
    NetContext, NetIf, NetPkt, NetPktCursor,
};

#[cfg(test)]
mod model_tests;
#[cfg(all(test, loom))]
mod models;
#[cfg(test)]
mod tests;
