// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: who waits for the time at which a packet was sent.
//!
//! Called by: drivers (`net_if_add_tx_timestamp`, from interrupts too), C applications; the service
//! thread. Calls: callbacks in C without core lock.
#![allow(clippy::missing_safety_doc)]

use core::mem::ManuallyDrop;
use core::ptr;

use super::instance;
use super::list::{List, Node, walk};
use crate::buf::{NetPkt, Pkt, PktList};
use crate::iface::NetIf;
use crate::os::{IrqCell, LockClass};

type TimestampCallback = unsafe extern "C" fn(*mut NetPkt);

/// `struct net_if_timestamp_cb`.
#[repr(C)]
#[allow(missing_docs)]
pub struct TimestampCb {
    pub node: Node,
    pub pkt: *mut NetPkt,
    pub iface: *mut NetIf,
    pub cb: Option<TimestampCallback>,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_if.h":
    TimestampCb = "struct net_if_timestamp_cb" { node, pkt, iface, cb };
}

static CALLBACKS: List = List::new();

/// Packets whose time is known and has not been told.
static STAMPED: IrqCell<PktList> = IrqCell::with_class(LockClass::Queue, PktList::new());

/// Has `cb` called when the time of sending is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_register_timestamp_cb(
    handle: *mut TimestampCb,
    pkt: *mut NetPkt,
    iface: *mut NetIf,
    cb: Option<TimestampCallback>,
) {
    if handle.is_null() {
        return;
    }
    // SAFETY: the application's structure, which it keeps in place until it unregisters it.
    unsafe {
        CALLBACKS.remove(&raw mut (*handle).node);
        (*handle).pkt = pkt;
        (*handle).iface = iface;
        (*handle).cb = cb;
        CALLBACKS.prepend(&raw mut (*handle).node);
    }
}

/// Ends a registration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_unregister_timestamp_cb(handle: *mut TimestampCb) {
    if !handle.is_null() {
        // SAFETY: the application's structure.
        unsafe { CALLBACKS.remove(&raw mut (*handle).node) };
    }
}

/// Calls the functions registered for a packet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_call_timestamp_cb(pkt: *mut NetPkt) {
    if pkt.is_null() {
        return;
    }
    walk::<TimestampCb>(&CALLBACKS, |handle| {
        // SAFETY: `walk` gives registrations that are in place; the packet is the caller's.
        unsafe {
            let iface: *mut NetIf = (*pkt).iface.cast();
            let concerned = ((*handle).iface.is_null() || ptr::eq((*handle).iface, iface))
                && ((*handle).pkt.is_null() || ptr::eq((*handle).pkt, pkt));
            if let Some(cb) = (*handle).cb.filter(|_| concerned) {
                cb(pkt);
            }
        }
    });
}

/// The time of sending is in the packet now. Takes a reference of its own until it has been told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_add_tx_timestamp(pkt: *mut NetPkt) {
    if pkt.is_null() {
        return;
    }
    // SAFETY: the driver's packet, whose reference stays the driver's; it reads the packet at most
    // from now on, and has it in no list.
    let held = unsafe { ManuallyDrop::new(Pkt::from_raw(pkt)).share() };
    STAMPED.with(|list| list.push_back(held));
    instance::current().service.give();
}

/// Tells about the packets stamped since.
pub(super) fn drain() {
    while let Some(pkt) = STAMPED.with(PktList::pop_front) {
        // SAFETY: a packet to which we hold a reference.
        unsafe { net_if_call_timestamp_cb(pkt.as_ptr()) };
    }
}
