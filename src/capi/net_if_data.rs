// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_core.h>` and the sending and receiving part of `<zephyr/net/net_if.h>`.
//!
//! Called by: C drivers (`net_recv_data`, from interrupts too), C programs that build packets.
//! Calls: `capi::queues`, `stack::raw`; callbacks in C without core lock.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;

use super::hook::Hook;
use super::instance;
use super::list::{List, Node, walk};
use crate::base::{Error, EthAddr, NetLinkaddr, Result};
use crate::buf::{NetPkt, Pkt, cursor};
use crate::iface::{IfFlag, IfRef, L2Kind, NetIf, NetVerdict};

type LinkCallback = unsafe extern "C" fn(*mut NetIf, *mut NetLinkaddr, c_int);

/// `struct net_if_link_cb`.
#[repr(C)]
#[allow(missing_docs)]
pub struct LinkCb {
    pub node: Node,
    pub cb: Option<LinkCallback>,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_if.h":
    LinkCb = "struct net_if_link_cb" { node, cb };
}

static LINK_CALLBACKS: List = List::new();
/// Comes with the first registration. Used by the linker: else the compiler notes that there is but one
/// value, and calls it where it was set.
#[used]
static SENT: Hook<fn(IfRef, &Pkt, c_int)> = Hook::new();

/// Takes a packet from a driver, or says why not; then it is still the driver's.
///
/// # Safety
/// Both pointers are valid, or null; the packet is the caller's.
unsafe fn receive(iface: *mut NetIf, pkt: *mut NetPkt) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        let iface = IfRef::from_raw(iface).ok_or(Error::Inval)?;
        if pkt.is_null() {
            return Err(Error::Inval);
        }
        let buf = (*pkt).frags;
        if buf.is_null() {
            return Err(Error::NoData);
        }
        if !iface.flag_is_set(IfFlag::Up) {
            return Err(Error::NetDown);
        }
        (*pkt).overwrite = 1;
        cursor::begin(pkt, buf);
        let instance = instance::of(iface);
        instance.queues.receive(instance, iface, Pkt::from_raw(pkt));
    }
    Ok(())
}

/// Hands a received packet to the stack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_recv_data(iface: *mut NetIf, pkt: *mut NetPkt) -> c_int {
    // SAFETY: a driver's interface and its packet.
    super::errno::negative(unsafe { receive(iface, pkt) })
}

/// Gives a packet that has not passed its link layer yet to the stack.
pub(super) fn input(iface: IfRef, mut pkt: Pkt) -> NetVerdict {
    pkt.set_iface(iface.as_ptr().cast());
    super::queues::to_stack(instance::of(iface), Some(iface), pkt);
    NetVerdict::Ok
}

/// Sends a packet without link header, or one of no IP version as it is.
///
/// # Errors
/// Why not, with the packet.
pub(super) fn output(iface: IfRef, mut pkt: Pkt) -> core::result::Result<(), (Error, Pkt)> {
    if !iface.is_up() || iface.flag_is_set(IfFlag::Suspended) {
        return Err((Error::NetDown, pkt));
    }
    pkt.set_iface(iface.as_ptr().cast());
    let instance = instance::of(iface);
    #[cfg(CONFIG_NET_IPV4)]
    if u16::from(pkt.family()) == crate::iface::AF_INET {
        return instance.core.with(|stack, env| stack.send_packet_v4(env, iface, pkt));
    }
    #[cfg(CONFIG_NET_IPV6)]
    if u16::from(pkt.family()) == crate::iface::AF_INET6 {
        return instance.core.with(|stack, env| stack.send_packet_v6(env, iface, pkt));
    }
    // The outcome is the driver's to report: a packet left to another thread counts as sent.
    let _ = instance.queues.send(instance, iface, pkt);
    Ok(())
}

/// Sends the caller's packet; it keeps it on failure.
///
/// # Safety
/// The interface is valid, or null; the packet is the caller's, or null.
unsafe fn send(iface: *mut NetIf, pkt: *mut NetPkt) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        let iface = IfRef::from_raw(iface).ok_or(Error::Inval)?;
        if pkt.is_null() {
            return Err(Error::Inval);
        }
        let buf = (*pkt).frags;
        if buf.is_null() {
            return Err(Error::NoData);
        }
        output(iface, Pkt::from_raw(pkt)).map_err(|(error, pkt)| {
            let _ = pkt.into_raw();
            error
        })
    }
}

/// Sends a packet over the interface it names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_send_data(pkt: *mut NetPkt) -> c_int {
    if pkt.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: the caller's packet.
    super::errno::negative(unsafe { send((*pkt).iface.cast(), pkt) })
}

/// Sends a packet that has no link header yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_send_data(iface: *mut NetIf, pkt: *mut NetPkt) -> NetVerdict {
    // SAFETY: an interface and the caller's packet.
    match unsafe { send(iface, pkt) } {
        Ok(()) => NetVerdict::Ok,
        Err(_) => NetVerdict::Drop,
    }
}

/// Gives a received packet to the interface's link layer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_recv_data(iface: *mut NetIf, pkt: *mut NetPkt) -> NetVerdict {
    // SAFETY: an interface and the caller's packet.
    unsafe {
        match IfRef::from_raw(iface) {
            Some(iface) if !pkt.is_null() => input(iface, Pkt::from_raw(pkt)),
            _ => NetVerdict::Drop,
        }
    }
}

/// Sends a packet that is complete, by the class of its priority.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_queue_tx(iface: *mut NetIf, pkt: *mut NetPkt) {
    if pkt.is_null() {
        return;
    }
    // SAFETY: an interface and the caller's packet, given up here.
    unsafe {
        let mut pkt = Pkt::from_raw(pkt);
        let Some(iface) = IfRef::from_raw(iface) else { return };
        pkt.set_iface(iface.as_ptr().cast());
        let instance = instance::of(iface);
        let _ = instance.queues.send(instance, iface, pkt);
    }
}

/// Has `cb` called with the outcome of each packet sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_register_link_cb(link: *mut LinkCb, cb: Option<LinkCallback>) {
    if link.is_null() {
        return;
    }
    // SAFETY: the application's structure, which it keeps in place until it unregisters it.
    unsafe {
        LINK_CALLBACKS.remove(&raw mut (*link).node);
        (*link).cb = cb;
        SENT.set(sent);
        LINK_CALLBACKS.prepend(&raw mut (*link).node);
    }
}

/// Ends a registration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_unregister_link_cb(link: *mut LinkCb) {
    if !link.is_null() {
        // SAFETY: the application's structure.
        unsafe { LINK_CALLBACKS.remove(&raw mut (*link).node) };
    }
}

/// Calls the registered functions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_call_link_cb(
    iface: *mut NetIf,
    lladdr: *mut NetLinkaddr,
    status: c_int,
) {
    walk::<LinkCb>(&LINK_CALLBACKS, |link| {
        // SAFETY: `walk` gives registrations that are in place.
        unsafe {
            if let Some(cb) = (*link).cb {
                cb(iface, lladdr, status);
            }
        }
    });
}

/// Tells those who want to know that a packet was sent, or not; `None` when nobody ever did.
#[inline]
pub(super) fn watcher() -> Option<fn(IfRef, &Pkt, c_int)> {
    SENT.get().filter(|_| !LINK_CALLBACKS.is_empty())
}

#[cold]
fn sent(iface: IfRef, pkt: &Pkt, status: c_int) {
    let addr = NetLinkaddr::new();
    match pkt.head().first_chunk() {
        Some(mac) if iface.l2_kind() == L2Kind::Ethernet => addr.set(EthAddr(*mac).into()),
        _ => addr.set(pkt.lladdr_dst()),
    }
    // SAFETY: an interface, and an address that outlives the call; its members are atomics.
    unsafe { net_if_call_link_cb(iface.as_ptr(), (&raw const addr).cast_mut(), status) };
}
