// SPDX-License-Identifier: Apache-2.0
//! Storage of one size for every buffer (`CONFIG_NET_BUF_FIXED_DATA_SIZE`).

use super::super::{NetBuf, NetBufDataAlloc, NetBufPoolFixed, pool};
use crate::config;

/// Bytes in a buffer: storage comes in units of a pointer, so that each piece is aligned like one.
const DATA_SIZE: usize = config::NET_BUF_DATA_SIZE.next_multiple_of(size_of::<usize>());
const DATA_WORDS: usize = DATA_SIZE / size_of::<usize>();

/// Bytes of storage for receiving.
pub(super) const RX_STORAGE: usize = config::NET_BUF_RX_COUNT * DATA_SIZE;
/// Bytes of storage for sending.
pub(super) const TX_STORAGE: usize = config::NET_BUF_TX_COUNT * DATA_SIZE;

/// The pieces, and what the allocator knows of them.
pub(super) struct Storage<const BUFS: usize, const BYTES: usize> {
    fixed: NetBufPoolFixed,
    data: [[usize; DATA_WORDS]; BUFS],
}

impl<const BUFS: usize, const BYTES: usize> Storage<BUFS, BYTES> {
    pub(super) const fn new() -> Self {
        Storage {
            fixed: NetBufPoolFixed { data_pool: core::ptr::null_mut() },
            data: [[0; DATA_WORDS]; BUFS],
        }
    }

    /// Makes `alloc` the allocator of this storage.
    ///
    /// # Safety
    /// Both live for ever and are the caller's alone.
    pub(super) unsafe fn describe(this: *mut Self, alloc: *mut NetBufDataAlloc) {
        // SAFETY: as the caller vouches.
        unsafe {
            (*this).fixed.data_pool = (&raw mut (*this).data).cast();
            (*alloc).cb = &raw const pool::NET_BUF_FIXED_CB;
            (*alloc).alloc_data = (&raw mut (*this).fixed).cast();
            (*alloc).max_alloc_size = DATA_SIZE;
        }
    }

    /// May one buffer have room for `size` bytes?
    #[inline]
    pub(super) const fn fits_one(size: usize) -> bool {
        size <= DATA_SIZE
    }

    /// Bytes of storage of a buffer that shall have room for `size`.
    #[inline]
    pub(super) const fn size_of_one(_size: usize) -> usize {
        DATA_SIZE
    }

    /// Sees to it that a free buffer has storage: it always has.
    ///
    /// # Safety
    /// None; that of the other kind of storage.
    #[inline]
    pub(super) unsafe fn fit_locked(_buf: *mut NetBuf, _size: usize) -> bool {
        true
    }
}
