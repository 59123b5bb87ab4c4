// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: multicast groups of interfaces, and who watches them.
//!
//! Called by: C. Calls: monitors and drivers in C, without core lock.
#![allow(clippy::missing_safety_doc)]

#[cfg(CONFIG_NET_IPV4)]
use core::ffi::c_void;
#[cfg(CONFIG_NET_IPV4)]
use core::net::Ipv4Addr;
use core::ptr;

use super::hook::Hook;
#[cfg(CONFIG_NET_IPV4)]
use super::instance::{self, Instance};
use super::list::{List, Node, walk};
#[cfg(CONFIG_NET_IPV4)]
use super::net_if::find;
#[cfg(CONFIG_NET_IPV4)]
use super::net_if_ipv4::{config, ip, known};
use super::raise;
#[cfg(CONFIG_NET_IPV4)]
use crate::iface::{IPV4_MADDR_MAX, InAddr, NetIfMcastAddr};
use crate::iface::{IfRef, NetAddr, NetIf};
use crate::mgmt::event;

/// `struct net_if_mcast_monitor`.
#[repr(C)]
#[allow(missing_docs)]
pub struct McastMonitor {
    pub node: Node,
    pub iface: *mut NetIf,
    pub cb: Option<unsafe extern "C" fn(*mut NetIf, *const NetAddr, bool)>,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_if.h":
    McastMonitor = "struct net_if_mcast_monitor" { node, iface, cb };
}

static MONITORS: List = List::new();
/// Comes with the first registration. Used by the linker: else the compiler notes that there is but one
/// value, and calls it where it was set.
#[used]
static CHANGED: Hook<Changed> = Hook::new();

type Changed = unsafe extern "C" fn(*mut NetIf, *const NetAddr, bool);

/// The group's slot, or null.
#[cfg(CONFIG_NET_IPV4)]
fn group_ptr(slot: Option<&'static NetIfMcastAddr>) -> *mut NetIfMcastAddr {
    slot.map_or(ptr::null_mut(), |slot| ptr::from_ref(slot).cast_mut())
}

/// Adds a group, not yet joined.
#[cfg(CONFIG_NET_IPV4)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_add(
    iface: *mut NetIf,
    addr: *const InAddr,
) -> *mut NetIfMcastAddr {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return ptr::null_mut() };
    if config(iface).is_err() {
        return ptr::null_mut();
    }
    let slot = instance::of(iface).core.with(|_, _| match iface.ipv4_group(addr) {
        Some(_) => None,
        None => iface.ipv4_group_add(addr),
    });
    if slot.is_some() {
        raise(event::IPV4_MADDR_ADD, iface, &addr.octets());
    }
    group_ptr(slot)
}

/// Removes a group.
#[cfg(CONFIG_NET_IPV4)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_rm(iface: *mut NetIf, addr: *const InAddr) -> bool {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return false };
    let gone = instance::of(iface).core.with(|_, _| iface.ipv4_group_rm(addr));
    if gone {
        raise(event::IPV4_MADDR_DEL, iface, &addr.octets());
    }
    gone
}

/// Calls `cb` with each group.
#[cfg(CONFIG_NET_IPV4)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_foreach(
    iface: *mut NetIf,
    cb: Option<unsafe extern "C" fn(*mut NetIf, *mut NetIfMcastAddr, *mut c_void)>,
    user_data: *mut c_void,
) {
    let Some(cb) = cb else { return };
    // SAFETY: an interface, or null, which has no groups.
    let Some(config) = (unsafe { known(iface) }).and_then(IfRef::ipv4_config) else { return };
    for index in 0..IPV4_MADDR_MAX {
        let slot = &config.mcast[index];
        if slot.in_use() {
            // SAFETY: the application's function, with what it asked for.
            unsafe { cb(iface, group_ptr(Some(slot)), user_data) };
        }
    }
}

/// Finds a group.
#[cfg(CONFIG_NET_IPV4)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_lookup(
    addr: *const InAddr,
    iface: *mut *mut NetIf,
) -> *mut NetIfMcastAddr {
    // SAFETY: an address and a place for an interface, or null.
    let (addr, only) = unsafe { (ip(addr), iface.as_ref().and_then(|iface| known(*iface))) };
    let Some(addr) = addr else { return ptr::null_mut() };
    let mut slot = None;
    let owner = find(|candidate| {
        if only.is_none_or(|only| only == candidate) {
            slot = candidate.ipv4_group(addr);
        }
        slot.is_some()
    });
    if let (Some(owner), false) = (owner, iface.is_null()) {
        // SAFETY: not null.
        unsafe { iface.write(owner.as_ptr()) };
    }
    group_ptr(slot)
}

/// Marks a group as joined or left, and tells those concerned.
///
/// # Safety
/// `iface` and `group` are valid, or null.
#[cfg(CONFIG_NET_IPV4)]
unsafe fn mark(iface: *mut NetIf, group: *mut NetIfMcastAddr, joined: bool) {
    // SAFETY: the caller's promise; members of a group's slot are atomics.
    let (iface, group) = unsafe { (known(iface), group.as_ref()) };
    if let (Some(iface), Some(group)) = (iface, group) {
        group.is_joined.set(u8::from(joined));
        tell(iface, &group.address, joined);
    }
}

/// Marks a group as joined.
#[cfg(CONFIG_NET_IPV4)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_join(iface: *mut NetIf, addr: *mut NetIfMcastAddr) {
    // SAFETY: both valid, or null.
    unsafe { mark(iface, addr, true) }
}

/// Marks a group as left.
#[cfg(CONFIG_NET_IPV4)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_leave(iface: *mut NetIf, addr: *mut NetIfMcastAddr) {
    // SAFETY: both valid, or null.
    unsafe { mark(iface, addr, false) }
}

/// Has `cb` called when `iface` joins or leaves a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_mcast_mon_register(
    mon: *mut McastMonitor,
    iface: *mut NetIf,
    cb: Option<unsafe extern "C" fn(*mut NetIf, *const NetAddr, bool)>,
) {
    if mon.is_null() {
        return;
    }
    // SAFETY: the application's structure, which it keeps in place until it unregisters it.
    unsafe {
        MONITORS.remove(&raw mut (*mon).node);
        (*mon).iface = iface;
        (*mon).cb = cb;
        CHANGED.set(net_if_mcast_monitor);
        MONITORS.prepend(&raw mut (*mon).node);
    }
}

/// Ends a registration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_mcast_mon_unregister(mon: *mut McastMonitor) {
    if !mon.is_null() {
        // SAFETY: the application's structure.
        unsafe { MONITORS.remove(&raw mut (*mon).node) };
    }
}

/// Calls the registered functions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_mcast_monitor(
    iface: *mut NetIf,
    addr: *const NetAddr,
    is_joined: bool,
) {
    walk::<McastMonitor>(&MONITORS, |mon| {
        // SAFETY: `walk` gives registrations that are in place.
        unsafe {
            let concerned = (*mon).iface.is_null() || ptr::eq((*mon).iface, iface);
            if let Some(cb) = (*mon).cb.filter(|_| concerned) {
                cb(iface, addr, is_joined);
            }
        }
    });
}

/// What is to be done when a socket joins or leaves a group: set by who lets them. Used by the linker:
/// see `CHANGED`.
#[cfg(CONFIG_NET_IPV4)]
#[used]
pub(super) static GROUP_CHANGED: Hook<GroupChanged> = Hook::new();

#[cfg(CONFIG_NET_IPV4)]
type GroupChanged = fn(&Instance, u8, Ipv4Addr, bool);

/// Before a socket joins a group.
#[cfg(CONFIG_NET_IPV4)]
pub(super) fn expect_groups() {
    // SAFETY: a function pointer.
    unsafe { GROUP_CHANGED.set(group_changed) };
}

#[cfg(CONFIG_NET_IPV4)]
fn group_changed(instance: &Instance, iface: u8, group: Ipv4Addr, joined: bool) {
    let Some(iface) = instance.core.with(|stack, _| stack.ifaces.get(iface)) else { return };
    let addr = NetAddr::unspecified();
    addr.set_ipv4(group);
    tell(iface, &addr, joined);
}

/// Tells monitors and the driver's address filter that a group was joined or left.
pub(super) fn tell(iface: IfRef, group: &NetAddr, joined: bool) {
    let v6 = group.family.get() == crate::iface::AF_INET6;
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    if iface.l2_kind() == crate::iface::L2Kind::Ethernet {
        let mac = match v6 {
            true => crate::base::EthAddr::from_ipv6_multicast(group.ipv6()),
            false => crate::base::EthAddr::from_ipv4_multicast(group.ipv4()),
        };
        super::ethernet::filter(iface, mac, joined);
    }
    if let Some(changed) = CHANGED.get() {
        // SAFETY: an interface and an address.
        unsafe { changed(iface.as_ptr(), ptr::from_ref(group), joined) };
    }
    if cfg!(CONFIG_NET_IPV6) && v6 {
        let happened = if joined { event::IPV6_MCAST_JOIN } else { event::IPV6_MCAST_LEAVE };
        return raise(happened, iface, &group.ipv6().octets());
    }
    let happened = if joined { event::IPV4_MCAST_JOIN } else { event::IPV4_MCAST_LEAVE };
    raise(happened, iface, &group.ipv4().octets());
}
