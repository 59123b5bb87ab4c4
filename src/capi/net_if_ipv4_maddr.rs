// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: IPv4 multicast groups of interfaces.
//!
//! Called by: C. Calls: `net_if_maddr`.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_void;
use core::net::Ipv4Addr;

use super::net_if_ipv4::{config, ip};
use super::net_if_maddr::{self, Family};
use super::raise;
use crate::iface::{IfRef, InAddr, NetIf, NetIfMcastAddr};
use crate::mgmt::event;

struct V4;

impl Family for V4 {
    type Raw = InAddr;
    type Addr = Ipv4Addr;
    const ADDED: u64 = event::IPV4_MADDR_ADD;
    const REMOVED: u64 = event::IPV4_MADDR_DEL;

    unsafe fn ip(addr: *const InAddr) -> Option<Ipv4Addr> {
        // SAFETY: the caller's promise.
        unsafe { ip(addr) }
    }

    fn is_carried(iface: IfRef) -> bool {
        config(iface).is_ok()
    }

    fn slots(iface: IfRef) -> &'static [NetIfMcastAddr] {
        iface.ipv4_config().map_or(&[], |config| &config.mcast)
    }

    fn find(iface: IfRef, group: Ipv4Addr) -> Option<&'static NetIfMcastAddr> {
        iface.ipv4_group(group)
    }

    fn add(iface: IfRef, group: Ipv4Addr) -> Option<&'static NetIfMcastAddr> {
        iface.ipv4_group_add(group)
    }

    fn remove(iface: IfRef, group: Ipv4Addr) -> bool {
        iface.ipv4_group_rm(group)
    }

    fn raise(event: u64, iface: IfRef, group: Ipv4Addr) {
        raise(event, iface, &group.octets());
    }
}

/// Adds a group, not yet joined.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_add(
    iface: *mut NetIf,
    addr: *const InAddr,
) -> *mut NetIfMcastAddr {
    // SAFETY: both valid, or null.
    unsafe { net_if_maddr::add::<V4>(iface, addr) }
}

/// Removes a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_rm(iface: *mut NetIf, addr: *const InAddr) -> bool {
    // SAFETY: both valid, or null.
    unsafe { net_if_maddr::remove::<V4>(iface, addr) }
}

/// Calls `cb` with each group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_foreach(
    iface: *mut NetIf,
    cb: Option<unsafe extern "C" fn(*mut NetIf, *mut NetIfMcastAddr, *mut c_void)>,
    user_data: *mut c_void,
) {
    // SAFETY: an interface, or null, which has no groups; the application's function.
    unsafe { net_if_maddr::foreach::<V4>(iface, cb, user_data) }
}

/// Finds a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_lookup(
    addr: *const InAddr,
    iface: *mut *mut NetIf,
) -> *mut NetIfMcastAddr {
    // SAFETY: an address and a place for an interface, or null.
    unsafe { net_if_maddr::lookup::<V4>(addr, iface) }
}

/// Marks a group as joined.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_join(iface: *mut NetIf, addr: *mut NetIfMcastAddr) {
    // SAFETY: both valid, or null.
    unsafe { net_if_maddr::mark(iface, addr, true) }
}

/// Marks a group as left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_maddr_leave(iface: *mut NetIf, addr: *mut NetIfMcastAddr) {
    // SAFETY: both valid, or null.
    unsafe { net_if_maddr::mark(iface, addr, false) }
}
