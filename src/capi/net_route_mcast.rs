// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_route.h>`: the multicast routing table.
//!
//! Called by: C. Calls: `stack::v6::forward_group` under the core lock. C sees copies, as of routes.
#![allow(clippy::missing_safety_doc)]

use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::ptr;

use super::core;
use super::net_if_ipv6::{ip, known};
use super::net_route::slot_in;
use crate::iface::{IfRef, In6Addr, NetIf};
use crate::ip::v6::mcast_routes::{MCAST_IFACES, MCAST_ROUTES};
use crate::stack::Stack;

/// `struct net_route_entry_mcast`.
#[repr(C)]
#[allow(missing_docs)]
pub struct NetRouteEntryMcast {
    pub ifaces: [*mut NetIf; MCAST_IFACES],
    pub data: *mut c_void,
    pub group: In6Addr,
    pub lifetime: u32,
    pub is_used: bool,
    pub prefix_len: u8,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_route.h":
    NetRouteEntryMcast = "struct net_route_entry_mcast" {
        ifaces, data, group, lifetime, is_used, prefix_len
    };
}

type McastRouteCb = unsafe extern "C" fn(*mut NetRouteEntryMcast, *mut c_void);

/// What C sees of the table.
struct Shells([UnsafeCell<NetRouteEntryMcast>; MCAST_ROUTES]);

// SAFETY: written under the core lock only; C reads what it was given a pointer to, as it does in Zephyr.
unsafe impl Sync for Shells {}

static SHELLS: Shells = Shells(
    [const {
        UnsafeCell::new(NetRouteEntryMcast {
            ifaces: [ptr::null_mut(); MCAST_IFACES],
            data: ptr::null_mut(),
            group: In6Addr::unspecified(),
            lifetime: 0,
            is_used: false,
            prefix_len: 0,
        })
    }; MCAST_ROUTES],
);

/// Brings what C sees of `slot` up to date; null when there is no entry. Under the core lock.
fn show(stack: &Stack, slot: usize) -> *mut NetRouteEntryMcast {
    let Some(shell) = SHELLS.0.get(slot).map(UnsafeCell::get) else { return ptr::null_mut() };
    let route = stack.ipv6_mcast_route(slot);
    // SAFETY: nobody else writes while we hold the core lock; `data` is the application's and stays.
    unsafe {
        (*shell).is_used = route.is_some();
        let Some(route) = route else { return ptr::null_mut() };
        let mut ifaces = [ptr::null_mut(); MCAST_IFACES];
        for (place, index) in ifaces.iter_mut().zip(&route.ifaces) {
            *place = stack.ifaces.get(*index).map_or(ptr::null_mut(), IfRef::as_ptr);
        }
        (*shell).ifaces = ifaces;
        (*shell).group.set(route.group);
        (*shell).prefix_len = route.len;
    }
    shell
}

/// Adds an interface to the entry for some groups, which is made if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_mcast_add(
    iface: *mut NetIf,
    group: *const In6Addr,
    prefix_len: u8,
) -> *mut NetRouteEntryMcast {
    // SAFETY: an interface and an address, or null.
    let (iface, group) = unsafe { (known(iface), ip(group)) };
    let (Some(iface), Some(group)) = (iface, group) else { return ptr::null_mut() };
    core().with(|stack, _| {
        let added = stack.ipv6_mcast_route_add(iface, group, prefix_len);
        added.map_or(ptr::null_mut(), |slot| show(stack, slot))
    })
}

/// Forgets an entry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_mcast_del(route: *mut NetRouteEntryMcast) -> bool {
    let Some(slot) = slot_in(&SHELLS.0, route) else { return false };
    core().with(|stack, _| {
        let gone = stack.ipv6_mcast_route_rm(slot);
        show(stack, slot);
        gone
    })
}

/// The entry for a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_mcast_lookup(group: *const In6Addr) -> *mut NetRouteEntryMcast {
    // SAFETY: an address, or null.
    let Some(group) = (unsafe { ip(group) }) else { return ptr::null_mut() };
    core().with(|stack, _| {
        stack.ipv6_mcast_route_to(group).map_or(ptr::null_mut(), |slot| show(stack, slot))
    })
}

/// Adds an interface to an entry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_mcast_iface_add(
    entry: *mut NetRouteEntryMcast,
    iface: *mut NetIf,
) -> bool {
    // SAFETY: an interface, or null.
    let (Some(slot), Some(iface)) = (slot_in(&SHELLS.0, entry), unsafe { known(iface) }) else {
        return false;
    };
    core().with(|stack, _| {
        let added = stack.ipv6_mcast_route_join(slot, iface);
        show(stack, slot);
        added
    })
}

/// Takes an interface out of an entry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_mcast_iface_del(
    entry: *mut NetRouteEntryMcast,
    iface: *mut NetIf,
) -> bool {
    // SAFETY: an interface, or null.
    let (Some(slot), Some(iface)) = (slot_in(&SHELLS.0, entry), unsafe { known(iface) }) else {
        return false;
    };
    core().with(|stack, _| {
        let gone = stack.ipv6_mcast_route_leave(slot, iface);
        show(stack, slot);
        gone
    })
}

/// Shows all entries but those for the group `skip` to `cb`; returns how many were shown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_mcast_foreach(
    cb: Option<McastRouteCb>,
    skip: *const In6Addr,
    user_data: *mut c_void,
) -> ::core::ffi::c_int {
    // SAFETY: an address, or null.
    let skip = unsafe { ip(skip) };
    let mut count = 0;
    for slot in 0..MCAST_ROUTES {
        let entry = core().with(|stack, _| match stack.ipv6_mcast_route(slot) {
            Some(route) if Some(route.group) != skip => show(stack, slot),
            _ => ptr::null_mut(),
        });
        if entry.is_null() {
            continue;
        }
        count += 1;
        if let Some(cb) = cb {
            // SAFETY: a callback of the application's, on a structure that lives as long as the program.
            unsafe { cb(entry, user_data) };
        }
    }
    count
}
