// SPDX-License-Identifier: Apache-2.0
//! Slabs: blocks of one size. Packets come from here; `kernel` exports the same as `k_mem_slab_*`.

use core::pin::pin;
use core::ptr;

use super::{Deadline, MemSlab, NO_WAIT, faults};
use crate::os::{WaitQ, WaitSet, irq};

impl MemSlab {
    /// A slab of `num_blocks` blocks of `block_size` bytes at `buffer`.
    pub const fn new(buffer: *mut u8, block_size: usize, num_blocks: u32) -> Self {
        MemSlab {
            wait_q: WaitQ::new(),
            buffer,
            free_list: ptr::null_mut(),
            num_touched: 0,
            info: super::shell::MemSlabInfo {
                num_blocks,
                block_size,
                num_used: 0,
                #[cfg(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)]
                max_used: 0,
            },
        }
    }
}

/// Takes a block, or null when none is free.
///
/// # Safety
/// `slab` is valid and the irq lock is held.
#[inline]
pub(super) unsafe fn take_locked(slab: *mut MemSlab) -> *mut u8 {
    // SAFETY: the caller vouches for `slab`; the lock makes us the only user of its lists. A free
    // block is ours to read, and its first word is the link `put_locked` left there.
    unsafe {
        let block = (*slab).free_list;
        if block.is_null() {
            return take_untouched(slab);
        }
        (*slab).free_list = *block.cast::<*mut u8>();
        count_taken(slab);
        block
    }
}

/// The block behind the last one that was ever handed out.
///
/// # Safety
/// As for [`take_locked`].
#[cold]
unsafe fn take_untouched(slab: *mut MemSlab) -> *mut u8 {
    // SAFETY: as in `take_locked`; the block lies in `buffer` because its number is below
    // `num_blocks`.
    unsafe {
        let n = (*slab).num_touched;
        if n >= (*slab).info.num_blocks {
            return ptr::null_mut();
        }
        (*slab).num_touched = n + 1;
        count_taken(slab);
        (*slab).buffer.add(n as usize * (*slab).info.block_size)
    }
}

/// # Safety
/// As for [`take_locked`].
#[inline]
unsafe fn count_taken(slab: *mut MemSlab) {
    // SAFETY: as in `take_locked`.
    unsafe {
        (*slab).info.num_used += 1;
        #[cfg(CONFIG_MEM_SLAB_TRACE_MAX_UTILIZATION)]
        {
            (*slab).info.max_used = (*slab).info.max_used.max((*slab).info.num_used);
        }
    }
}

/// Gives a block back. True when somebody waits for one: wake them.
///
/// # Safety
/// `slab` is valid, `block` came from it and is not used any more, the irq lock is held.
#[inline]
#[must_use]
pub(super) unsafe fn put_locked(slab: *mut MemSlab, block: *mut u8) -> bool {
    // SAFETY: the caller vouches for both; blocks are at least a word long and word aligned.
    unsafe {
        *block.cast::<*mut u8>() = (*slab).free_list;
        (*slab).free_list = block;
        (*slab).info.num_used -= 1;
        cfg!(CONFIG_ZNET_BUF_WAIT) && (*slab).wait_q.has_waiters_locked()
    }
}

/// Takes a block, waiting for one until `deadline`. Null when there was none. Blocks are not
/// cleared.
///
/// # Safety
/// `slab` is valid and stays so.
pub unsafe fn alloc(slab: *mut MemSlab, deadline: Deadline) -> *mut u8 {
    if faults::strike() {
        return ptr::null_mut();
    }
    // SAFETY: as the caller vouches.
    let take = || irq::free(|| unsafe { take_locked(slab) });
    let block = take();
    if !cfg!(CONFIG_ZNET_BUF_WAIT) || !block.is_null() || deadline == NO_WAIT || irq::in_isr() {
        return block;
    }
    // SAFETY: as the caller vouches; only the wait queue is borrowed, and it is made for sharing.
    let wait_q = unsafe { &(*slab).wait_q };
    wait_for(wait_q, deadline, || {
        let block = take();
        (!block.is_null()).then_some(block)
    })
    .unwrap_or(ptr::null_mut())
}

/// Gives a block back and wakes whoever waits for it longest.
///
/// # Safety
/// `slab` is valid, `block` came from it and is not used any more.
pub unsafe fn free(slab: *mut MemSlab, block: *mut u8) {
    // SAFETY: as the caller vouches.
    unsafe {
        if irq::free(|| put_locked(slab, block)) {
            (*slab).wait_q.wake_one();
        }
    }
}

/// Blocks free now.
///
/// # Safety
/// `slab` is valid.
pub unsafe fn num_free(slab: *const MemSlab) -> usize {
    // SAFETY: as the caller vouches.
    irq::free(|| unsafe { ((*slab).info.num_blocks - (*slab).info.num_used) as usize })
}

/// Parks the thread on `wait_q` until `attempt` gives something or `deadline` passes.
#[cold]
pub(super) fn wait_for<T>(
    wait_q: &WaitQ,
    deadline: Deadline,
    mut attempt: impl FnMut() -> Option<T>,
) -> Option<T> {
    loop {
        let set = pin!(WaitSet::<1>::new());
        set.as_ref().add(wait_q);
        // What was given back before we stood in the queue woke nobody: look again.
        if let Some(got) = attempt() {
            return Some(got);
        }
        let woken = set.as_ref().park(deadline);
        if let Some(got) = attempt() {
            return Some(got);
        }
        if !woken {
            return None;
        }
    }
}
