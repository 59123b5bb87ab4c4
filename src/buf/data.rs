// SPDX-License-Identifier: Apache-2.0
//! Allocators of buffer storage that varies in size.
//!
//! A word in front of the storage counts the buffers that use it, so that clones share it. The
//! fixed allocator is in `pool`.
//!
//! In a pool with a `k_heap` of its own a buffer that goes back keeps its storage, and serves the
//! next request of about that size without a turn through the heap. When the heap runs dry, free
//! buffers lose what they kept.

use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::heap::{self, KHeap};
use super::slab::wait_for;
use super::{Deadline, KTimeout, NO_WAIT, NetBuf, NetBufDataCb, NetBufPool};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::irq;

/// Bytes in front of the storage: the count.
pub const PREFIX: usize = size_of::<usize>();

/// Storage kept by a free buffer serves a request that leaves at most as many bytes idle as it
/// uses, and these.
const IDLE: usize = 192;

/// The allocator of pools that share a `k_heap`, which is their `alloc_data`. C initialisers name
/// it, hence the symbol.
// Its functions serve C code that calls through the table; `pool` uses the ones below.
#[unsafe(export_name = "net_buf_var_cb")]
pub static NET_BUF_VAR_CB: NetBufDataCb =
    NetBufDataCb { alloc: Some(var_alloc), r#ref: Some(share), r#unref: Some(var_unref) };

/// The count in front of `data`.
///
/// # Safety
/// `data` is storage that one of the allocators here gave.
unsafe fn users<'a>(data: *mut u8) -> &'a AtomicUsize {
    // SAFETY: as the caller vouches; the heap aligns like a word or better.
    unsafe { AtomicUsize::from_ptr(data.sub(PREFIX).cast()) }
}

/// Makes `mem`, which has room for [`PREFIX`] bytes more than asked for, storage with one user.
///
/// # Safety
/// `mem` is null or such memory.
pub unsafe fn begin(mem: *mut u8) -> *mut u8 {
    if mem.is_null() {
        return mem;
    }
    // SAFETY: as the caller vouches.
    unsafe {
        mem.cast::<usize>().write(1);
        mem.add(PREFIX)
    }
}

/// Gives up one use of `data`. The memory behind it when that was the last.
///
/// # Safety
/// `data` is storage made by [`begin`], and one of its uses is the caller's.
pub unsafe fn end(data: *mut u8) -> Option<*mut u8> {
    // SAFETY: as the caller vouches.
    unsafe { (users(data).fetch_sub(1, Ordering::AcqRel) == 1).then(|| data.sub(PREFIX)) }
}

/// One user more.
///
/// # Safety
/// `data` is storage made by [`begin`] and in use.
pub unsafe extern "C" fn share(_: *mut NetBuf, data: *mut u8) -> *mut u8 {
    // SAFETY: as the caller vouches.
    unsafe { users(data) }.fetch_add(1, Ordering::Relaxed);
    data
}

/// # Safety
/// `pool` has a [`KHeap`] as its `alloc_data`.
#[inline]
unsafe fn heap_of(pool: *const NetBufPool) -> *mut KHeap {
    // SAFETY: as the caller vouches.
    unsafe { (*(*pool).alloc).alloc_data.cast() }
}

/// Whether pools with a heap of their own have ways of their own here. Without them they work as
/// every pool with functions of its own does, and keep no storage.
pub(super) const VAR_POOLS: bool =
    cfg!(CONFIG_NET_BUF_VARIABLE_DATA_SIZE) || !cfg!(CONFIG_ZNET_PROFILE_TINY);

/// Is the storage of `pool` from a heap of its own?
///
/// # Safety
/// `pool` is valid.
#[inline]
pub(super) unsafe fn is_var(pool: *const NetBufPool) -> bool {
    // SAFETY: as the caller vouches.
    VAR_POOLS && unsafe { ptr::eq((*(*pool).alloc).cb, &raw const NET_BUF_VAR_CB) }
}

/// Sees to it that `buf` has storage for `size` bytes: what it kept, or other. False when there is
/// none.
///
/// # Safety
/// `buf` was just taken from a pool with a heap, and the irq lock is held.
#[inline]
pub(super) unsafe fn fit_locked(buf: *mut NetBuf, size: usize) -> bool {
    // SAFETY: as the caller vouches.
    unsafe {
        let kept = (*buf).b.__buf;
        if !kept.is_null() {
            let capacity = heap::size_in_use(kept.sub(PREFIX)) - PREFIX;
            // A size of 0 is never met: then there shall be no storage.
            if size.wrapping_sub(1) < capacity && capacity <= 2 * size + IDLE {
                return true;
            }
        }
        fit_anew(buf, size)
    }
}

/// # Safety
/// As for [`fit_locked`].
#[cold]
unsafe fn fit_anew(buf: *mut NetBuf, size: usize) -> bool {
    // SAFETY: as the caller vouches.
    unsafe {
        let pool = (*buf).pool;
        let heap = heap_of(pool);
        drop_kept(heap, buf);
        if size == 0 {
            return true;
        }
        let mut mem = heap::alloc_locked(heap, size + PREFIX, PREFIX);
        if mem.is_null() {
            let mut free = (*pool).free;
            while !free.is_null() {
                drop_kept(heap, free);
                free = (*free).node;
            }
            mem = heap::alloc_locked(heap, size + PREFIX, PREFIX);
        }
        (*buf).b.__buf = begin(mem);
        !mem.is_null()
    }
}

/// Gives the storage that a free buffer kept back to the heap.
///
/// # Safety
/// `buf` is free, `heap` that of its pool, and the irq lock is held.
unsafe fn drop_kept(heap: *mut KHeap, buf: *mut NetBuf) {
    // SAFETY: as the caller vouches; nobody else uses the storage of a free buffer.
    unsafe {
        let kept = (*buf).b.__buf;
        if !kept.is_null() {
            (*buf).b.__buf = ptr::null_mut();
            heap::free_locked(heap, kept.sub(PREFIX));
        }
    }
}

/// Keeps the storage of a buffer that goes back to its pool, unless clones use it too or somebody
/// waits for memory.
///
/// # Safety
/// Nobody holds a reference to `buf`, its storage is from its pool's heap, and the irq lock is held.
#[inline]
pub(super) unsafe fn keep_locked(pool: *mut NetBufPool, buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        let data = (*buf).b.__buf;
        let heap = heap_of(pool);
        let ours = !data.is_null() && users(data).load(Ordering::Acquire) == 1;
        if !ours || (*heap).wait_q.has_waiters_locked() {
            let_go(heap, buf);
        }
    }
}

/// # Safety
/// As for [`keep_locked`].
#[cold]
unsafe fn let_go(heap: *mut KHeap, buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        let data = (*buf).b.__buf;
        (*buf).b.__buf = ptr::null_mut();
        if data.is_null() {
            return;
        }
        if let Some(mem) = end(data) {
            heap::free_locked(heap, mem);
        }
    }
}

/// As [`fit_locked`], waiting for memory until `deadline`.
///
/// # Safety
/// `buf` was just taken from a pool with a heap.
pub(super) unsafe fn fit_until(buf: *mut NetBuf, size: usize, deadline: Deadline) -> bool {
    // SAFETY: as the caller vouches.
    let fit = || irq::free(|| unsafe { fit_locked(buf, size) });
    if fit() {
        return true;
    }
    if deadline == NO_WAIT || irq::in_isr() {
        return false;
    }
    // SAFETY: pool and heap live for ever; only the wait queue is borrowed.
    let wait_q = unsafe { &(*heap_of((*buf).pool)).wait_q };
    wait_for(wait_q, deadline, || fit().then_some(())).is_some()
}

unsafe extern "C" fn var_alloc(buf: *mut NetBuf, size: *mut usize, timeout: KTimeout) -> *mut u8 {
    // SAFETY: called through the table of such a pool, with a valid size.
    unsafe {
        let Some(bytes) = (*size).checked_add(PREFIX) else { return ptr::null_mut() };
        begin(heap::alloc(heap_of((*buf).pool), bytes, PREFIX, timeout.deadline()))
    }
}

unsafe extern "C" fn var_unref(buf: *mut NetBuf, data: *mut u8) {
    // SAFETY: called through the table of such a pool, with storage it gave.
    unsafe {
        if let Some(mem) = end(data) {
            heap::free(heap_of((*buf).pool), mem);
        }
    }
}
