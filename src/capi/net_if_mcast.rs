// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: who watches the multicast groups of interfaces.
//!
//! Called by: C. Calls: monitors and drivers in C, without core lock.
#![allow(clippy::missing_safety_doc)]

#[cfg(CONFIG_NET_IPV4)]
use core::net::Ipv4Addr;
use core::ptr;

use super::hook::Hook;
#[cfg(CONFIG_NET_IPV4)]
use super::instance::Instance;
use super::list::{List, Node, walk};
use super::raise;
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
