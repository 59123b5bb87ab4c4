// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_pkt_debug.h>`: the functions of `net_pkt.h` with the place of the call.
//!
//! With `CONFIG_NET_DEBUG_NET_PKT_ALLOC` there is a record of who allocated and who freed each
//! packet and buffer. It knows of C callers only: what the stack takes and frees leaves no trace, so
//! whether something is in use is read from its reference count.

use core::ffi::{c_char, c_int};

#[cfg(CONFIG_NET_DEBUG_NET_PKT_ALLOC)]
use super::net_pkt_record as record;
use super::{net_pkt, net_pkt_alloc};
use crate::buf::{KTimeout, MemSlab, NetBuf, NetBufPool, NetIf, NetPkt};

/// Where a call stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) func: *const c_char,
    pub(super) line: c_int,
}

/// What was allocated or freed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Pkt(*mut NetPkt),
    Buf(*mut NetBuf),
}

/// Wraps functions that allocate: `name(arguments) -> kind = what they are without the place`.
macro_rules! allocating {
    ($($debug:ident = $path:path: ($($arg:ident: $ty:ty),*) -> $kind:ident($result:ty);)*) => {$(
        #[doc = concat!("As [`", stringify!($path), "`], called from `func` at `line`.")]
        ///
        /// # Safety
        /// As there.
        #[unsafe(no_mangle)]
        #[allow(unused_unsafe)]
        pub unsafe extern "C" fn $debug(
            $($arg: $ty,)*
            func: *const c_char,
            line: c_int,
        ) -> *mut $result {
            // SAFETY: as the caller vouches.
            let got = unsafe { $path($($arg),*) };
            if !got.is_null() {
                record::allocated(What::$kind(got), Place { func, line });
            }
            got
        }
    )*};
}

allocating! {
    net_pkt_alloc_debug = net_pkt_alloc::net_pkt_alloc: (timeout: KTimeout) -> Pkt(NetPkt);
    net_pkt_alloc_from_slab_debug = net_pkt_alloc::net_pkt_alloc_from_slab:
        (slab: *mut MemSlab, timeout: KTimeout) -> Pkt(NetPkt);
    net_pkt_rx_alloc_debug = net_pkt_alloc::net_pkt_rx_alloc: (timeout: KTimeout) -> Pkt(NetPkt);
    net_pkt_alloc_on_iface_debug = net_pkt_alloc::net_pkt_alloc_on_iface:
        (iface: *mut NetIf, timeout: KTimeout) -> Pkt(NetPkt);
    net_pkt_rx_alloc_on_iface_debug = net_pkt_alloc::net_pkt_rx_alloc_on_iface:
        (iface: *mut NetIf, timeout: KTimeout) -> Pkt(NetPkt);
    net_pkt_alloc_with_buffer_debug = net_pkt_alloc::net_pkt_alloc_with_buffer:
        (iface: *mut NetIf, size: usize, family: u16, proto: c_int, timeout: KTimeout)
        -> Pkt(NetPkt);
    net_pkt_rx_alloc_with_buffer_debug = net_pkt_alloc::net_pkt_rx_alloc_with_buffer:
        (iface: *mut NetIf, size: usize, family: u16, proto: c_int, timeout: KTimeout)
        -> Pkt(NetPkt);
    net_pkt_get_reserve_data_debug = net_pkt_alloc::net_pkt_get_reserve_data:
        (pool: *mut NetBufPool, min_len: usize, timeout: KTimeout) -> Buf(NetBuf);
    net_pkt_get_reserve_rx_data_debug = net_pkt_alloc::net_pkt_get_reserve_rx_data:
        (min_len: usize, timeout: KTimeout) -> Buf(NetBuf);
    net_pkt_get_reserve_tx_data_debug = net_pkt_alloc::net_pkt_get_reserve_tx_data:
        (min_len: usize, timeout: KTimeout) -> Buf(NetBuf);
    net_pkt_get_frag_debug = net_pkt_alloc::net_pkt_get_frag:
        (pkt: *mut NetPkt, min_len: usize, timeout: KTimeout) -> Buf(NetBuf);
}

/// Wraps functions of which no record is kept.
macro_rules! passing {
    ($($debug:ident = $path:path: ($($arg:ident: $ty:ty),*) $(-> $result:ty)?;)*) => {$(
        #[doc = concat!("As [`", stringify!($path), "`], called from `func` at `line`.")]
        ///
        /// # Safety
        /// As there.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $debug(
            $($arg: $ty,)*
            _func: *const c_char,
            _line: c_int,
        ) $(-> $result)? {
            // SAFETY: as the caller vouches.
            unsafe { $path($($arg),*) }
        }
    )*};
}

passing! {
    net_pkt_alloc_buffer_debug = net_pkt_alloc::net_pkt_alloc_buffer:
        (pkt: *mut NetPkt, size: usize, proto: c_int, timeout: KTimeout) -> c_int;
    net_pkt_alloc_buffer_with_reserve_debug = net_pkt_alloc::net_pkt_alloc_buffer_with_reserve:
        (pkt: *mut NetPkt, size: usize, reserve: usize, proto: c_int, timeout: KTimeout) -> c_int;
    net_pkt_alloc_buffer_raw_debug = net_pkt_alloc::net_pkt_alloc_buffer_raw:
        (pkt: *mut NetPkt, size: usize, timeout: KTimeout) -> c_int;
    net_pkt_ref_debug = net_pkt::net_pkt_ref: (pkt: *mut NetPkt) -> *mut NetPkt;
    net_pkt_frag_ref_debug = net_pkt::net_pkt_frag_ref: (frag: *mut NetBuf) -> *mut NetBuf;
    net_pkt_frag_add_debug = net_pkt::net_pkt_frag_add: (pkt: *mut NetPkt, frag: *mut NetBuf);
    net_pkt_frag_insert_debug = net_pkt::net_pkt_frag_insert:
        (pkt: *mut NetPkt, frag: *mut NetBuf);
}

/// As [`net_pkt::net_pkt_unref`], called from `func` at `line`.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_unref_debug(pkt: *mut NetPkt, func: *const c_char, line: c_int) {
    record::released(What::Pkt(pkt), Place { func, line });
    // SAFETY: as the caller vouches.
    unsafe { net_pkt::net_pkt_unref(pkt) }
}

/// As [`net_pkt::net_pkt_frag_unref`], called from `func` at `line`.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_frag_unref_debug(
    frag: *mut NetBuf,
    func: *const c_char,
    line: c_int,
) {
    record::released(What::Buf(frag), Place { func, line });
    // SAFETY: as the caller vouches.
    unsafe { net_pkt::net_pkt_frag_unref(frag) }
}

/// As [`net_pkt::net_pkt_frag_del`], called from `func` at `line`.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_frag_del_debug(
    pkt: *mut NetPkt,
    parent: *mut NetBuf,
    frag: *mut NetBuf,
    func: *const c_char,
    line: c_int,
) -> *mut NetBuf {
    record::released(What::Buf(frag), Place { func, line });
    // SAFETY: as the caller vouches.
    unsafe { net_pkt::net_pkt_frag_del(pkt, parent, frag) }
}

#[cfg(not(CONFIG_NET_DEBUG_NET_PKT_ALLOC))]
mod record {
    use super::{Place, What};

    pub(super) fn allocated(what: What, place: Place) {
        released(what, place);
    }

    pub(super) fn released(what: What, place: Place) {
        let _ = match what {
            What::Pkt(pkt) => (pkt.is_null(), place.func, place.line),
            What::Buf(buf) => (buf.is_null(), place.func, place.line),
        };
    }
}
