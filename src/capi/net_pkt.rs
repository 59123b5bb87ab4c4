// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_pkt.h>`: references, fragments, clones.

use core::ffi::c_int;
use core::ptr;

use super::instance::current;
use crate::base::Error;
use crate::buf::{KTimeout, MemSlab, NetBuf, NetBufPool, NetPkt, cursor, frag, pkt, pool};

/// Takes one reference more and returns `pkt`; null for one that is null or free already.
///
/// # Safety
/// `pkt` is a packet of a slab or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_ref(pkt: *mut NetPkt) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    if !pkt.is_null() && unsafe { pkt::try_hold(pkt) } { pkt } else { ptr::null_mut() }
}

/// Gives one reference up; with the last one the packet and its fragments are freed. A packet that
/// is free already is left alone.
///
/// # Safety
/// `pkt` is a packet of a slab or null; the caller gives its reference up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_unref(pkt: *mut NetPkt) {
    if !pkt.is_null() {
        // SAFETY: as the caller vouches.
        unsafe { pkt::unref(pkt) }
    }
}

/// Takes one reference more to a fragment and returns it.
///
/// # Safety
/// `frag` is live or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_frag_ref(frag: *mut NetBuf) -> *mut NetBuf {
    if !frag.is_null() {
        // SAFETY: as the caller vouches.
        unsafe { pool::hold(frag) };
    }
    frag
}

/// Gives one reference to a fragment up.
///
/// # Safety
/// `frag` is live or null; the caller gives its reference up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_frag_unref(frag: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe { pool::unref(frag) }
}

/// Takes `frag`, which follows `parent` or is the first, out of the packet and gives the reference
/// to it up. Returns the fragment that followed.
///
/// # Safety
/// All are live, `parent` may be null; `frag` is where that says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_frag_del(
    pkt: *mut NetPkt,
    parent: *mut NetBuf,
    frag: *mut NetBuf,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe {
        if (*pkt).cursor.buf == frag {
            cursor::leave(pkt);
        }
        let first = parent.is_null() && (*pkt).frags == frag;
        let next = frag::del(parent, frag);
        if first {
            (*pkt).frags = next;
        }
        next
    }
}

/// Appends the chain `frag` to the packet.
///
/// # Safety
/// Both are live; the packet takes the reference to `frag`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_frag_add(pkt: *mut NetPkt, frag: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe { (*pkt).frags = frag::add((*pkt).frags, frag) }
}

/// Puts the chain `frag` in front of the packet.
///
/// # Safety
/// Both are live; the packet takes the reference to `frag`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_frag_insert(pkt: *mut NetPkt, frag: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        (*frag::last(frag)).frags = (*pkt).frags;
        (*pkt).frags = frag;
    }
}

/// Moves content forward into the room of earlier fragments and frees those that become empty.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_compact(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe {
        cursor::leave(pkt);
        let mut to = (*pkt).frags;
        while !to.is_null() {
            let mut from = (*to).frags;
            while !from.is_null() && frag::tailroom(to) > 0 {
                let n = frag::tailroom(to).min(usize::from((*from).b.len));
                frag::tail(to).copy_from_nonoverlapping((*from).b.data, n);
                (*to).b.len += n as u16;
                (*from).b.data = (*from).b.data.add(n);
                (*from).b.len -= n as u16;
                if (*from).b.len == 0 {
                    from = frag::del(to, from);
                }
            }
            to = (*to).frags;
        }
        cursor::trim(pkt);
        cursor::init(pkt);
    }
}

/// # Safety
/// `pkt` is live, `slab` a slab of packets.
unsafe fn clone_to(
    pkt: *mut NetPkt,
    slab: *mut MemSlab,
    from: *mut NetBufPool,
    timeout: KTimeout,
) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe { pkt::clone_deep(pkt, slab, from, timeout.for_memory()) }
        .map_or(ptr::null_mut(), crate::buf::Pkt::into_raw)
}

/// A packet from the same slab with a copy of the content; null when memory was not free in time.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_clone(pkt: *mut NetPkt, timeout: KTimeout) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe { clone_to(pkt, (*pkt).slab, (*pkt).data_pool, timeout) }
}

/// A packet for receiving with a copy of the content; null when memory was not free in time.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_rx_clone(pkt: *mut NetPkt, timeout: KTimeout) -> *mut NetPkt {
    let pools = current().core.pools();
    // SAFETY: as the caller vouches.
    unsafe { clone_to(pkt, pools.rx_slab(), pools.rx_pool(), timeout) }
}

/// A packet for sending that shares the content; null when none was free in time.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_shallow_clone(pkt: *mut NetPkt, timeout: KTimeout) -> *mut NetPkt {
    let pools = current().core.pools();
    // SAFETY: as the caller vouches.
    unsafe { pkt::clone_shallow(pkt, pools.tx_slab(), pools.tx_pool(), timeout.for_memory()) }
        .map_or(ptr::null_mut(), crate::buf::Pkt::into_raw)
}

/// Frees fragments without content.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_trim_buffer(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe { cursor::trim(pkt) }
}

/// Cuts `length` bytes off the end, and the fragments behind. `-EINVAL` when there are fewer.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_remove_tail(pkt: *mut NetPkt, length: usize) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe {
        let Some(mut keep) = frag::chain_len((*pkt).frags).checked_sub(length) else {
            return -Error::Inval.errno();
        };
        let mut buf = (*pkt).frags;
        while !buf.is_null() {
            let len = usize::from((*buf).b.len);
            if len >= keep {
                (*buf).b.len = keep as u16;
                cursor::leave_behind(pkt, buf);
                pool::unref((*buf).frags);
                (*buf).frags = ptr::null_mut();
                break;
            }
            keep -= len;
            buf = (*buf).frags;
        }
    }
    0
}
