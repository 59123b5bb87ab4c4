// SPDX-License-Identifier: Apache-2.0
//! Storage as long as asked for, from a heap (`CONFIG_NET_BUF_VARIABLE_DATA_SIZE`): a packet is one
//! buffer.

use super::super::heap::{KHeap, UNIT};
use super::super::{NetBuf, NetBufDataAlloc, data};
use crate::config;

/// Bytes of storage for receiving.
pub(super) const RX_STORAGE: usize = config::NET_PKT_BUF_RX_DATA_POOL_SIZE;
/// Bytes of storage for sending.
pub(super) const TX_STORAGE: usize = config::NET_PKT_BUF_TX_DATA_POOL_SIZE;

/// Memory of the heap in its units; `BUFS` only so that both kinds of storage look alike.
pub(super) struct Storage<const BUFS: usize, const BYTES: usize> {
    heap: KHeap,
    mem: Memory<BYTES>,
}

#[repr(C, align(8))]
struct Memory<const BYTES: usize>([u8; BYTES]);

const _: () = assert!(align_of::<Memory<1>>() >= UNIT);

impl<const BUFS: usize, const BYTES: usize> Storage<BUFS, BYTES> {
    pub(super) const fn new() -> Self {
        Storage { heap: KHeap::empty(), mem: Memory([0; BYTES]) }
    }

    /// Makes `alloc` the allocator of this storage.
    ///
    /// # Safety
    /// Both live for ever and are the caller's alone.
    pub(super) unsafe fn describe(this: *mut Self, alloc: *mut NetBufDataAlloc) {
        // SAFETY: as the caller vouches.
        unsafe {
            (*this).heap.init_mem = (&raw mut (*this).mem).cast();
            (*this).heap.init_bytes = BYTES;
            (*alloc).cb = &raw const data::NET_BUF_VAR_CB;
            (*alloc).alloc_data = (&raw mut (*this).heap).cast();
            (*alloc).max_alloc_size = 0;
        }
    }

    /// May one buffer have room for `size` bytes?
    #[inline]
    pub(super) const fn fits_one(size: usize) -> bool {
        size <= u16::MAX as usize
    }

    /// Bytes of storage of a buffer that shall have room for `size`.
    #[inline]
    pub(super) const fn size_of_one(size: usize) -> usize {
        size
    }

    /// Sees to it that a free buffer has storage for `size` bytes; false when there is none.
    ///
    /// # Safety
    /// `buf` is free and the irq lock is held.
    #[inline]
    pub(super) unsafe fn fit_locked(buf: *mut NetBuf, size: usize) -> bool {
        // SAFETY: as the caller vouches.
        unsafe { data::fit_locked(buf, size) }
    }
}
