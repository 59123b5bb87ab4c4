// SPDX-License-Identifier: Apache-2.0
//! Allocators of buffer storage that varies in size.
//!
//! A word in front of the storage counts the buffers that use it, so that clones share it. The
//! fixed allocator is in `pool`.

use core::sync::atomic::{AtomicUsize, Ordering};

use super::heap::{self, KHeap};
use super::{Deadline, KTimeout, NetBuf, NetBufDataCb};

/// Bytes in front of the storage: the count.
const PREFIX: usize = size_of::<usize>();

/// The allocator of pools that share a `k_heap`, which is their `alloc_data`. C initialisers name
/// it, hence the symbol.
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

/// Makes `mem`, which has room for `PREFIX` bytes more than asked for, storage with one user.
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
/// `buf` belongs to a pool whose `alloc_data` is a [`KHeap`].
unsafe fn heap_of(buf: *mut NetBuf) -> *mut KHeap {
    // SAFETY: as the caller vouches.
    unsafe { (*(*(*buf).pool).alloc).alloc_data.cast() }
}

/// Storage of `size` bytes from the heap of the buffer's pool; null when there was none in time.
///
/// # Safety
/// As for [`heap_of`].
pub(super) unsafe fn var_alloc_until(buf: *mut NetBuf, size: usize, deadline: Deadline) -> *mut u8 {
    let Some(bytes) = size.checked_add(PREFIX) else { return core::ptr::null_mut() };
    // SAFETY: as the caller vouches.
    unsafe { begin(heap::alloc(heap_of(buf), bytes, PREFIX, deadline)) }
}

unsafe extern "C" fn var_alloc(buf: *mut NetBuf, size: *mut usize, timeout: KTimeout) -> *mut u8 {
    // SAFETY: called through the table of such a pool, with a valid size.
    unsafe { var_alloc_until(buf, *size, timeout.deadline()) }
}

unsafe extern "C" fn var_unref(buf: *mut NetBuf, data: *mut u8) {
    // SAFETY: called through the table of such a pool, with storage it gave.
    unsafe {
        if let Some(mem) = end(data) {
            heap::free(heap_of(buf), mem);
        }
    }
}
