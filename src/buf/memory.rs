// SPDX-License-Identifier: Apache-2.0
//! Packets from memory of an application's own: a slab and a pool that it defined.

use super::{Deadline, MemSlab, NetBufPool, Pkt};
#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
use super::{NetPkt, frag, pkt};
#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
use crate::config;

/// A slab of packets and a pool of buffers.
#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    slab: *mut MemSlab,
    pool: *mut NetBufPool,
}

/// There is none.
#[cfg(not(CONFIG_NET_CONTEXT_NET_PKT_POOL))]
#[derive(Clone, Copy, Debug)]
pub enum Memory {}

#[cfg(not(CONFIG_NET_CONTEXT_NET_PKT_POOL))]
impl Memory {
    /// Slab and pool, as C knows them.
    pub fn parts(self) -> (*mut MemSlab, *mut NetBufPool) {
        match self {}
    }

    /// As [`Pools::alloc_tx`](super::Pools::alloc_tx).
    pub fn alloc(self, _headroom: usize, _len: usize, _deadline: Deadline) -> Option<Pkt> {
        match self {}
    }
}

#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
impl Memory {
    /// These.
    ///
    /// # Safety
    /// Both are set up and stay so for as long as packets from them are about; the blocks of `slab` are at
    /// least as large as a packet and aligned as one is.
    pub unsafe fn new(slab: *mut MemSlab, pool: *mut NetBufPool) -> Self {
        Memory { slab, pool }
    }

    /// Slab and pool, as C knows them.
    pub fn parts(self) -> (*mut MemSlab, *mut NetBufPool) {
        (self.slab, self.pool)
    }

    /// As [`Pools::alloc_tx`](super::Pools::alloc_tx).
    #[cold]
    pub fn alloc(self, headroom: usize, len: usize, deadline: Deadline) -> Option<Pkt> {
        // SAFETY: see `new`; what was taken is ours alone.
        unsafe {
            if (*self.slab).info.block_size < size_of::<NetPkt>() {
                return None;
            }
            let raw = pkt::alloc(self.slab, config::NET_TX_DEFAULT_PRIORITY as u8, deadline);
            if raw.is_null() {
                return None;
            }
            (*raw).data_pool = self.pool;
            let pkt = Pkt::from_raw(raw);
            (*raw).frags = frag::alloc_chain(self.pool, len, headroom, deadline)?;
            Some(pkt)
        }
    }
}
