// SPDX-License-Identifier: Apache-2.0
//! Storage of buffers from the system heap: `net_buf_heap_alloc` of `<zephyr/net_buf.h>`.

use core::ptr;

use crate::buf::{KTimeout, NetBuf, NetBufDataAlloc, NetBufDataCb, data};
use crate::kernel::heap::{k_free, k_malloc};

/// What pools defined by `NET_BUF_POOL_HEAP_DEFINE` name as their allocator.
#[unsafe(export_name = "net_buf_heap_alloc")]
pub static NET_BUF_HEAP_ALLOC: HeapAlloc = HeapAlloc(NetBufDataAlloc {
    cb: &raw const NET_BUF_HEAP_CB,
    alloc_data: ptr::null_mut(),
    max_alloc_size: 0,
});

/// A description of an allocator that nobody changes.
#[repr(transparent)]
pub struct HeapAlloc(NetBufDataAlloc);

// SAFETY: what it points to is constant.
unsafe impl Sync for HeapAlloc {}

static NET_BUF_HEAP_CB: NetBufDataCb =
    NetBufDataCb { alloc: Some(alloc), r#ref: Some(data::share), r#unref: Some(unref) };

/// The system heap has no queue: nobody waits for it, whatever the time-out.
unsafe extern "C" fn alloc(_: *mut NetBuf, size: *mut usize, _: KTimeout) -> *mut u8 {
    // SAFETY: called through the table, with a valid size.
    unsafe {
        match (*size).checked_add(data::PREFIX) {
            Some(bytes) => data::begin(k_malloc(bytes).cast()),
            None => ptr::null_mut(),
        }
    }
}

unsafe extern "C" fn unref(_: *mut NetBuf, storage: *mut u8) {
    // SAFETY: called through the table, with storage that `alloc` gave.
    unsafe {
        if let Some(memory) = data::end(storage) {
            k_free(memory.cast());
        }
    }
}
