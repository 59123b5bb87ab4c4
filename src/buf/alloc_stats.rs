// SPDX-License-Identifier: Apache-2.0
//! What allocations of packets cost, slab by slab (`CONFIG_NET_PKT_ALLOC_STATS`).
//!
//! The application's part of the image has a list of counters, one for each slab that was defined
//! (`NET_PKT_ALLOC_STATS_DEFINE`). A slab that is not in it is not counted.

use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::shell::NetPktAllocStatsSlab;
use super::{MemSlab, NetPkt};
use crate::os::irq;

pub use crate::os::timeout::cycles;

static FIRST: AtomicPtr<NetPktAllocStatsSlab> = AtomicPtr::new(ptr::null_mut());
static END: AtomicPtr<NetPktAllocStatsSlab> = AtomicPtr::new(ptr::null_mut());

/// Has the counters from `first` to `end` count from now on.
///
/// # Safety
/// They are one array, which lives for ever.
pub unsafe fn set_section(first: *mut NetPktAllocStatsSlab, end: *mut NetPktAllocStatsSlab) {
    FIRST.store(first, Ordering::Relaxed);
    END.store(end, Ordering::Release);
}

/// The counters of `slab`; null when it has none.
fn of(slab: *const MemSlab) -> *mut NetPktAllocStatsSlab {
    let end = END.load(Ordering::Acquire);
    let mut at = FIRST.load(Ordering::Relaxed);
    while at.addr() < end.addr() {
        // SAFETY: within the array, of which `slab` is not written any more.
        unsafe {
            if ptr::eq((*at).slab, slab) {
                return at;
            }
            at = at.add(1);
        }
    }
    ptr::null_mut()
}

/// Counts an allocation of `len` bytes for `pkt` that began at `since`, of which the packet knows.
///
/// # Safety
/// `pkt` is live, and the caller alone uses it.
pub unsafe fn done(pkt: *mut NetPkt, len: usize, since: u32, ok: bool) {
    // SAFETY: as the caller vouches.
    unsafe {
        if (*pkt).alloc_stats.is_null() {
            (*pkt).alloc_stats = of((*pkt).slab);
        }
        count((*pkt).alloc_stats, len, since, ok);
    }
}

/// Counts an allocation of `len` bytes that failed for want of a packet.
pub fn failed(slab: *const MemSlab, len: usize, since: u32) {
    // SAFETY: null or in the list.
    unsafe { count(of(slab), len, since, false) };
}

/// # Safety
/// `stats` is null or in the list.
unsafe fn count(stats: *mut NetPktAllocStatsSlab, len: usize, since: u32, ok: bool) {
    if stats.is_null() {
        return;
    }
    let spent = cycles().wrapping_sub(since);
    // SAFETY: counters are changed under the lock only.
    irq::free(|| unsafe {
        let stats = if ok { &raw mut (*stats).ok } else { &raw mut (*stats).fail };
        (*stats).count = (*stats).count.wrapping_add(1);
        if (*stats).count == 0 {
            // A new round: averages are of what was counted.
            ((*stats).alloc_sum, (*stats).time_sum) = (0, 0);
        } else {
            (*stats).alloc_sum = (*stats).alloc_sum.wrapping_add(len as u64);
            (*stats).time_sum = (*stats).time_sum.wrapping_add(spent.into());
        }
    });
}
