// SPDX-License-Identifier: Apache-2.0
//! `k_mem_slab_*` over the slabs of `buf`.

use core::ffi::{c_int, c_void};

use crate::base::Error;
use crate::buf::MemSlab;
use crate::buf::slab;
use crate::os::irq;

use super::heap::MemoryStats;
use super::time::{Timeout, TimeoutExt};
use super::wait::neg;

/// Makes a slab of free blocks: 0, or -EINVAL unless buffer and size are multiples of a word.
///
/// # Safety
/// `slab` points to memory for one that nobody uses, `buffer` to the blocks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mem_slab_init(
    slab: *mut MemSlab,
    buffer: *mut c_void,
    block_size: usize,
    num_blocks: u32,
) -> c_int {
    if block_size == 0 || !(block_size | buffer as usize).is_multiple_of(size_of::<usize>()) {
        return neg(Error::Inval);
    }
    // SAFETY: the caller's memory.
    unsafe { slab.write(MemSlab::new(buffer.cast(), block_size, num_blocks)) };
    0
}

/// Takes a block: 0, -ENOMEM without waiting, -EAGAIN when none came.
///
/// # Safety
/// `slab` points to a slab, `block` to a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mem_slab_alloc(
    slab: *mut MemSlab,
    block: *mut *mut c_void,
    timeout: Timeout,
) -> c_int {
    let deadline = if timeout.is_no_wait() { crate::buf::NO_WAIT } else { timeout.deadline() };
    // SAFETY: the caller's memory.
    let got = unsafe {
        let got = slab::alloc(slab, deadline);
        block.write(got.cast());
        got
    };
    match (got.is_null(), timeout.is_no_wait()) {
        (false, _) => 0,
        (true, true) => neg(Error::NoMem),
        (true, false) => neg(Error::Again),
    }
}

/// Gives a block back.
///
/// # Safety
/// `block` came from `slab` and is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mem_slab_free(slab: *mut MemSlab, block: *mut c_void) {
    // SAFETY: passed on.
    unsafe { slab::free(slab, block.cast()) };
}

/// Tells how much is free and used: 0, or -EINVAL for NULL.
///
/// # Safety
/// Both pointers are valid or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mem_slab_runtime_stats_get(
    slab: *const MemSlab,
    stats: *mut MemoryStats,
) -> c_int {
    if slab.is_null() || stats.is_null() {
        return neg(Error::Inval);
    }
    irq::free(|| {
        // SAFETY: the caller's memory.
        unsafe {
            let info = &raw const (*slab).info;
            let (size, used) = ((*info).block_size, (*info).num_used as usize);
            #[cfg(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)]
            let max_used = (*info).max_used as usize;
            #[cfg(not(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION))]
            let max_used = 0;
            stats.write(MemoryStats {
                free_bytes: ((*info).num_blocks as usize - used) * size,
                allocated_bytes: used * size,
                max_allocated_bytes: max_used * size,
            });
        }
    });
    0
}

/// Forgets the highest use: 0, or -EINVAL for NULL.
///
/// # Safety
/// The pointer is valid or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mem_slab_runtime_stats_reset_max(slab: *mut MemSlab) -> c_int {
    if slab.is_null() {
        return neg(Error::Inval);
    }
    #[cfg(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)]
    irq::free(|| {
        // SAFETY: the caller's slab.
        unsafe { (*slab).info.max_used = (*slab).info.num_used };
    });
    0
}
