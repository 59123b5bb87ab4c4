// SPDX-License-Identifier: Apache-2.0
//! The record of allocations (`CONFIG_NET_DEBUG_NET_PKT_ALLOC`).

use core::ffi::{c_char, c_int, c_void};
use core::ptr;

use super::instance::current;
use super::net_pkt_debug::{Place, What};
use crate::buf::{MemSlab, NetBuf, NetBufPool, NetPkt, Pools};
use crate::config;
use crate::os::IrqCell;

/// Room for every packet and buffer of the stack, and some of the application's own.
const ENTRIES: usize = config::NET_PKT_RX_COUNT
    + config::NET_PKT_TX_COUNT
    + config::NET_BUF_RX_COUNT
    + config::NET_BUF_TX_COUNT
    + 32;

#[derive(Clone, Copy)]
struct Entry {
    what: What,
    allocated: Place,
    released: Option<Place>,
}

// SAFETY: the pointers lead to packets and buffers of pools, which live for ever, and to names of
// functions.
unsafe impl Send for Entry {}

static RECORD: IrqCell<[Option<Entry>; ENTRIES]> = IrqCell::new([None; ENTRIES]);

impl What {
    /// Does anybody hold it?
    fn in_use(self) -> bool {
        // SAFETY: packets and buffers of pools live for ever, free or not.
        unsafe {
            match self {
                What::Pkt(pkt) => (&raw const (*pkt).atomic_ref).read_volatile() > 0,
                What::Buf(buf) => crate::buf::pool::refs(buf) > 0,
            }
        }
    }
}

/// Notes an allocation. When the record is full, one that was freed makes way.
pub(super) fn allocated(what: What, place: Place) {
    RECORD.with(|entries| {
        let same = entries.iter().position(|e| e.is_some_and(|e| e.what == what));
        let slot = same
            .or_else(|| entries.iter().position(Option::is_none))
            .or_else(|| entries.iter().position(|e| e.is_some_and(|e| !e.what.in_use())));
        if let Some(slot) = slot {
            entries[slot] = Some(Entry { what, allocated: place, released: None });
        }
    });
}

/// Notes a release: if it was not the last, a later one overwrites it.
pub(super) fn released(what: What, place: Place) {
    RECORD.with(|entries| {
        for entry in entries.iter_mut().flatten().filter(|e| e.what == what) {
            entry.released = Some(place);
        }
    });
}

/// `net_pkt_allocs_cb_t`.
pub type AllocsCb = unsafe extern "C" fn(
    *mut NetPkt,
    *mut NetBuf,
    *const c_char,
    c_int,
    *const c_char,
    c_int,
    bool,
    *mut c_void,
);

/// Calls `cb` for each allocation on record.
///
/// # Safety
/// `cb` is fit to be called with `user_data`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_allocs_foreach(cb: Option<AllocsCb>, user_data: *mut c_void) {
    let Some(cb) = cb else { return };
    for n in 0..ENTRIES {
        // One at a time: the callback runs without the lock.
        let Some(entry) = RECORD.with(|entries| entries[n]) else { continue };
        let (pkt, buf) = match entry.what {
            What::Pkt(pkt) => (pkt, ptr::null_mut()),
            What::Buf(buf) => (ptr::null_mut(), buf),
        };
        let in_use = entry.what.in_use();
        let by = entry.allocated;
        let to = entry.released.filter(|_| !in_use).unwrap_or(Place { func: ptr::null(), line: 0 });
        // SAFETY: as the caller vouches.
        unsafe { cb(pkt, buf, by.func, by.line, to.func, to.line, in_use, user_data) };
    }
}

/// Says how many packets and buffers of the stack are free.
#[unsafe(no_mangle)]
pub extern "C" fn net_pkt_print() {
    let free = current().core.pools().free();
    let all = Pools::capacity();
    super::say(format_args!(
        "TX {}/{} RX {}/{} TDATA {}/{} RDATA {}/{}\n",
        free.tx_pkts,
        all.tx_pkts,
        free.rx_pkts,
        all.rx_pkts,
        free.tx_bufs,
        all.tx_bufs,
        free.rx_bufs,
        all.rx_bufs,
    ));
}

/// Name of a slab.
#[unsafe(no_mangle)]
pub extern "C" fn net_pkt_slab2str(slab: *mut MemSlab) -> *const c_char {
    let pools = current().core.pools();
    if ptr::eq(slab, pools.rx_slab()) {
        c"RX".as_ptr()
    } else if ptr::eq(slab, pools.tx_slab()) {
        c"TX".as_ptr()
    } else {
        c"EXT".as_ptr()
    }
}

/// Name of a pool.
#[unsafe(no_mangle)]
pub extern "C" fn net_pkt_pool2str(pool: *mut NetBufPool) -> *const c_char {
    let pools = current().core.pools();
    if ptr::eq(pool, pools.rx_pool()) {
        c"RDATA".as_ptr()
    } else if ptr::eq(pool, pools.tx_pool()) {
        c"TDATA".as_ptr()
    } else {
        c"EDATA".as_ptr()
    }
}
