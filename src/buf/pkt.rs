// SPDX-License-Identifier: Apache-2.0
//! Packets as raw pointers: allocation, references, clones.
//!
//! Callers: [`Pkt`], `pools` and `capi::net_pkt`. Calls: `slab`, `pool`, `frag`.

use core::ptr;
use core::sync::atomic::{AtomicIsize, Ordering};

use super::{Deadline, MemSlab, NetBufPool, NetPkt, Pkt, cursor, frag, pool, slab};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::{self, irq};

/// The reference count of a packet, free or not.
///
/// # Safety
/// `pkt` is a packet of a slab.
#[inline]
pub(super) unsafe fn count_of<'a>(pkt: *mut NetPkt) -> &'a AtomicIsize {
    // SAFETY: the count is only ever touched atomically, and slabs live for ever.
    unsafe { AtomicIsize::from_ptr(&raw mut (*pkt).atomic_ref) }
}

/// Makes a block of a slab a live, empty packet with one reference.
///
/// # Safety
/// `pkt` was just taken from `slab`.
#[inline]
pub unsafe fn init(pkt: *mut NetPkt, slab: *mut MemSlab, priority: u8) {
    // SAFETY: nobody else knows the block yet.
    unsafe {
        pkt.cast::<u8>().write_bytes(0, core::mem::offset_of!(NetPkt, remote_addr));
        (*pkt).slab = slab;
        (*pkt).atomic_ref = 1;
        (*pkt).priority = priority;
        #[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS))]
        {
            (*pkt).create_time = super::cycles();
        }
        #[cfg(any(CONFIG_NET_OFFLOAD, CONFIG_NET_L2_IPIP))]
        {
            (&raw mut (*pkt).remote).write_bytes(0, 1);
        }
        #[cfg(CONFIG_NET_VLAN)]
        {
            (*pkt).vlan_tci = 0x0fff;
        }
        #[cfg(CONFIG_NET_IPV6)]
        {
            // "Not set": 0 would be hop-by-hop options.
            (*pkt).ipv6_next_hdr = 255;
        }
    }
}

/// An empty packet from `slab`, waiting for it until `deadline`; null when there was none.
///
/// # Safety
/// `slab` is valid, stays so, and its blocks hold a `NetPkt` each.
pub unsafe fn alloc(slab: *mut MemSlab, priority: u8, deadline: Deadline) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe {
        let pkt = slab::alloc(slab, deadline).cast::<NetPkt>();
        if !pkt.is_null() {
            init(pkt, slab, priority);
        }
        pkt
    }
}

/// One reference more.
///
/// # Safety
/// The caller holds a reference to `pkt`.
#[inline]
pub unsafe fn hold(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    let count = unsafe { count_of(pkt) };
    // Whoever sees the only reference owns it: no need for a locked instruction.
    if count.load(Ordering::Relaxed) == 1 {
        count.store(2, Ordering::Relaxed);
    } else {
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// One reference more, unless the packet is free.
///
/// # Safety
/// `pkt` is a packet of a slab.
pub unsafe fn try_hold(pkt: *mut NetPkt) -> bool {
    // SAFETY: as the caller vouches.
    unsafe { count_of(pkt) }
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| (n > 0).then_some(n + 1))
        .is_ok()
}

/// Gives one reference up; with the last one the packet and its fragments are freed. Nothing
/// happens to a packet that is free already.
///
/// # Safety
/// The caller held a reference to `pkt`, and does not any more.
#[inline]
pub unsafe fn unref(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe {
        // Whoever sees the only reference owns it: no need for a locked instruction.
        if count_of(pkt).load(os::ACQUIRE) == 1 {
            os::after_load();
            free(pkt);
        } else {
            unref_shared(pkt);
        }
    }
}

/// # Safety
/// As for [`unref`].
#[cold]
unsafe fn unref_shared(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe {
        let last = count_of(pkt)
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| (n > 0).then_some(n - 1))
            .is_ok_and(|before| before == 1);
        if last {
            free(pkt);
        }
    }
}

/// Returns a packet and its fragments. The common packet has one plain fragment, and both go back
/// in one critical section.
///
/// # Safety
/// Nobody else holds a reference to `pkt`.
unsafe fn free(pkt: *mut NetPkt) {
    // SAFETY: the packet is ours, and with it the reference it holds to its first fragment.
    unsafe {
        let (slab, buf) = ((*pkt).slab, (*pkt).frags);
        if cfg!(CONFIG_ZNET_PROFILE_TINY) || buf.is_null() || !frag::is_plain(buf) {
            return free_slowly(pkt);
        }
        // Every other way out is the last call, so that nothing has to be kept over one.
        let Some(key) = irq::lock_at_once() else { return free_slowly(pkt) };
        (*pkt).atomic_ref = 0;
        (*buf).r#ref = 0;
        let pool = (*buf).pool;
        let buf_awaited = pool::put_locked(pool, buf);
        let pkt_awaited = slab::put_locked(slab, pkt.cast());
        match irq::unlock_at_once(key) {
            None if !(buf_awaited | pkt_awaited) => {}
            left => wake(left, pool, slab),
        }
    }
}

/// Leaves the section that `key` opened, if it is still open, and wakes whoever waits for a packet or a
/// buffer.
///
/// # Safety
/// Both are valid.
#[cold]
#[inline(never)]
unsafe fn wake(key: Option<irq::Key>, pool: *mut NetBufPool, slab: *mut MemSlab) {
    if let Some(key) = key {
        irq::unlock(key);
    }
    // SAFETY: as the caller vouches.
    unsafe {
        (*pool).wait_q.wake_one();
        (*slab).wait_q.wake_one();
    }
}

/// # Safety
/// As for [`free`].
#[cold]
unsafe fn free_slowly(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe {
        let chain = (*pkt).frags;
        (*pkt).frags = ptr::null_mut();
        (*pkt).atomic_ref = 0;
        pool::unref(chain);
        slab::free((*pkt).slab, pkt.cast());
    }
}

/// A packet from `slab` with the description of `model` and without content.
///
/// # Safety
/// The caller holds a reference to `model`; `slab` is a slab of packets.
unsafe fn new_like(
    model: *mut NetPkt,
    slab: *mut MemSlab,
    from: *mut NetBufPool,
    deadline: Deadline,
) -> Option<Pkt> {
    // SAFETY: as the caller vouches; the new packet is ours alone.
    unsafe {
        let raw = alloc(slab, 0, deadline);
        if raw.is_null() {
            return None;
        }
        super::pkt_meta::copy_description(model, raw);
        (*raw).data_pool = from;
        Some(Pkt::from_raw(raw))
    }
}

/// See [`Pkt::shallow_clone`]; the new packet is from `slab`, its later fragments from `from`.
///
/// # Safety
/// The caller holds a reference to `model`; `slab` is a slab of packets.
pub unsafe fn clone_shallow(
    model: *mut NetPkt,
    slab: *mut MemSlab,
    from: *mut NetBufPool,
    deadline: Deadline,
) -> Option<Pkt> {
    // SAFETY: as the caller vouches; the new packet is ours alone.
    unsafe {
        let new = new_like(model, slab, from, deadline)?;
        let pkt = new.as_ptr();
        (*pkt).frags = (*model).frags;
        (*pkt).cursor = (*model).cursor;
        // The first fragment holds the next, and so on.
        if !(*pkt).frags.is_null() {
            pool::hold((*pkt).frags);
        }
        Some(new)
    }
}

/// See [`Pkt::deep_clone`]; the new packet is from `slab`, its fragments from `from`.
///
/// # Safety
/// The caller holds a reference to `model`; `slab` is a slab of packets, `from` a pool or null (then
/// that of the first fragment is used).
pub unsafe fn clone_deep(
    model: *mut NetPkt,
    slab: *mut MemSlab,
    from: *mut NetBufPool,
    deadline: Deadline,
) -> Option<Pkt> {
    // SAFETY: as the caller vouches; the new packet is ours alone.
    unsafe {
        let new = new_like(model, slab, from, deadline)?;
        let (pkt, chain) = (new.as_ptr(), (*model).frags);
        let room = if chain.is_null() { 0 } else { frag::headroom(chain) };
        (*pkt).frags = frag::copy_chain(chain, from, room, deadline)?;
        cursor::follow(model, pkt);
        Some(new)
    }
}
