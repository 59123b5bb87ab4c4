// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_route.h>`: the IPv6 routing table, as `subsys/net/ip/route.h` shows it in Zephyr.
//!
//! Called by: C. Calls: `stack::v6::routes` under the core lock. C sees copies: each slot of the table has a
//! structure, filled whenever a pointer to it is given out.
#![allow(clippy::missing_safety_doc)]

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::ptr;

use super::core;
use super::errno::negative;
use super::net_if_ipv6::{ip, known};
use super::net_timeout::{NetTimeout, net_timeout_set};
use crate::base::Error;
use crate::iface::{IfRef, In6Addr, NetIf};
use crate::ip::v6::routes::ROUTES;
use crate::os::clock;
use crate::stack::Stack;
use crate::wire::ndp::Preference;

/// `struct net_route_entry`.
#[repr(C)]
#[allow(missing_docs)]
pub struct NetRouteEntry {
    pub node: *mut c_void,
    pub nexthop: [*mut c_void; 2],
    pub iface: *mut NetIf,
    pub lifetime: NetTimeout,
    pub addr: [u8; 16],
    pub hop: [u8; 16],
    pub prefix_len: u8,
    pub preference: u8,
    pub is_infinite: u8,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_route.h":
    NetRouteEntry = "struct net_route_entry" {
        node, nexthop, iface, lifetime, addr, hop = "znet_hop", prefix_len, preference, is_infinite
    };
}

type RouteCb = unsafe extern "C" fn(*mut NetRouteEntry, *mut c_void);

/// `NET_ROUTE_PREFERENCE_HIGH`.
const HIGH: u8 = 1;
/// `NET_ROUTE_PREFERENCE_LOW`: minus one in two bits.
const LOW: u8 = 3;

/// What C sees of the table.
struct Shells([UnsafeCell<NetRouteEntry>; ROUTES]);

// SAFETY: written under the core lock only; C reads what it was given a pointer to, as it does in Zephyr.
unsafe impl Sync for Shells {}

static SHELLS: Shells = Shells(
    [const {
        UnsafeCell::new(NetRouteEntry {
            node: ptr::null_mut(),
            nexthop: [ptr::null_mut(); 2],
            iface: ptr::null_mut(),
            lifetime: NetTimeout::NEVER,
            addr: [0; 16],
            hop: [0; 16],
            prefix_len: 0,
            preference: 0,
            is_infinite: 0,
        })
    }; ROUTES],
);

/// The slot of `shells` that `entry` is, when it is one.
pub(super) fn slot_in<T>(shells: &[UnsafeCell<T>], entry: *const T) -> Option<usize> {
    let offset = entry.addr().checked_sub(shells.as_ptr().addr())?;
    let slot = offset / size_of::<T>();
    (offset % size_of::<T>() == 0 && slot < shells.len()).then_some(slot)
}

/// Shows the route in `slot` to C. Under the core lock.
fn show(stack: &Stack, slot: usize) -> *mut NetRouteEntry {
    let (Some(shell), Some(route)) = (SHELLS.0.get(slot), stack.ipv6_route(slot)) else {
        return ptr::null_mut();
    };
    let iface = stack.ifaces.get(route.iface).map_or(ptr::null_mut(), IfRef::as_ptr);
    let now = clock::now();
    let mut lifetime = NetTimeout::NEVER;
    if let Some(until) = route.until {
        let seconds = until.since(now).as_millis().div_ceil(1000) as u32;
        // SAFETY: the structure is ours.
        unsafe { net_timeout_set(&mut lifetime, seconds, now.as_millis() as u32) };
    }
    let entry = NetRouteEntry {
        node: ptr::null_mut(),
        nexthop: [ptr::null_mut(); 2],
        iface,
        lifetime,
        addr: route.prefix.octets(),
        hop: route.hop.octets(),
        prefix_len: route.len,
        preference: match route.preference {
            Preference::High => HIGH,
            Preference::Medium => 0,
            Preference::Low => LOW,
        },
        is_infinite: u8::from(route.until.is_none()),
    };
    // SAFETY: nobody else writes while we hold the core lock.
    unsafe { shell.get().write(entry) };
    shell.get()
}

/// The route that packets to `dst` take, over `iface` when it is not null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_lookup(
    iface: *mut NetIf,
    dst: *const In6Addr,
) -> *mut NetRouteEntry {
    // SAFETY: an interface and an address, or null.
    let (iface, dst) = unsafe { (known(iface), ip(dst)) };
    let Some(dst) = dst else { return ptr::null_mut() };
    core().with(|stack, _| {
        let slot = stack.ipv6_route_to(iface, dst).map(|(slot, _)| slot);
        slot.map_or(ptr::null_mut(), |slot| show(stack, slot))
    })
}

/// Adds a route or brings it up to date.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_add(
    iface: *mut NetIf,
    addr: *const In6Addr,
    prefix_len: u8,
    nexthop: *const In6Addr,
    lifetime: u32,
    preference: u8,
) -> *mut NetRouteEntry {
    // SAFETY: an interface and addresses, or null.
    let (iface, addr, hop) = unsafe { (known(iface), ip(addr), ip(nexthop)) };
    let (Some(iface), Some(addr), Some(hop)) = (iface, addr, hop) else { return ptr::null_mut() };
    let preference = match preference & 3 {
        HIGH => Preference::High,
        LOW => Preference::Low,
        _ => Preference::Medium,
    };
    core().with(|stack, env| {
        let added = stack.ipv6_route_add(env, iface, (addr, prefix_len), hop, lifetime, preference);
        added.map_or(ptr::null_mut(), |slot| show(stack, slot))
    })
}

/// Forgets a route.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_del(entry: *mut NetRouteEntry) -> c_int {
    let Some(slot) = slot_in(&SHELLS.0, entry) else { return negative(Err(Error::Inval)) };
    match core().with(|stack, _| stack.ipv6_route_rm(slot)) {
        true => 0,
        false => negative(Err(Error::NoEnt)),
    }
}

/// Forgets the routes by a neighbour.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_del_by_nexthop(
    iface: *mut NetIf,
    nexthop: *const In6Addr,
) -> c_int {
    // SAFETY: an interface and an address, or null.
    let (iface, hop) = unsafe { (known(iface), ip(nexthop)) };
    let (Some(iface), Some(hop)) = (iface, hop) else {
        return negative(Err(Error::Inval));
    };
    match core().with(|stack, _| stack.ipv6_routes_rm_by(iface, hop)) {
        0 => negative(Err(Error::NoEnt)),
        count => count as c_int,
    }
}

/// Changes for how many seconds from now a route holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_update_lifetime(entry: *mut NetRouteEntry, lifetime: u32) {
    if let Some(slot) = slot_in(&SHELLS.0, entry) {
        core().with(|stack, env| {
            stack.ipv6_route_lifetime(env, slot, lifetime);
            show(stack, slot);
        });
    }
}

/// The neighbour a route goes by.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_get_nexthop(entry: *mut NetRouteEntry) -> *mut In6Addr {
    match slot_in(&SHELLS.0, entry) {
        // SAFETY: a slot's structure lives as long as the program.
        Some(_) => unsafe { &raw mut (*entry).hop }.cast(),
        None => ptr::null_mut(),
    }
}

/// Shows all routes to `cb`; returns how many there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_foreach(cb: Option<RouteCb>, user_data: *mut c_void) -> c_int {
    let mut count = 0;
    for slot in 0..ROUTES {
        let entry = core().with(|stack, _| show(stack, slot));
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

/// The default router that [`net_route_get_info`] found last.
static ROUTER: In6Addr = In6Addr::unspecified();

/// Whether packets to `dst` find a way, by which route and which neighbour.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_route_get_info(
    iface: *mut NetIf,
    dst: *mut In6Addr,
    route: *mut *mut NetRouteEntry,
    nexthop: *mut *mut In6Addr,
) -> bool {
    // SAFETY: an interface and an address, or null.
    let (on, addr) = unsafe { (known(iface), ip(dst)) };
    let Some(addr) = addr else { return false };
    if route.is_null() || nexthop.is_null() {
        return false;
    }
    let (hop, entry) = core().with(|stack, _| {
        let hop = stack.ipv6_next_hop(on, addr);
        let entry = stack.ipv6_route_to(on, addr).map(|(slot, r)| (slot, r.hop));
        let by = entry.filter(|(_, via)| hop == Some(*via));
        (hop, by.map(|(slot, _)| show(stack, slot)))
    });
    let Some(hop) = hop else { return false };
    let address = match entry {
        // SAFETY: a slot's structure lives as long as the program.
        Some(entry) => unsafe { &raw mut (*entry).hop }.cast(),
        None if hop == addr => dst,
        None => {
            ROUTER.set(hop);
            (&raw const ROUTER).cast_mut()
        }
    };
    // SAFETY: not null, and the caller's to write.
    unsafe {
        route.write(entry.unwrap_or(ptr::null_mut()));
        nexthop.write(address);
    }
    true
}

/// Tells listeners that a route came or went.
#[cfg(CONFIG_NET_MGMT_EVENT)]
pub(super) fn tell(
    iface: IfRef,
    added: bool,
    (prefix, len): (crate::base::Ipv6Addr, u8),
    hop: crate::base::Ipv6Addr,
) {
    use crate::mgmt::event;
    let number = if added { event::IPV6_ROUTE_ADD } else { event::IPV6_ROUTE_DEL };
    // `struct net_event_ipv6_route`, which is as long as its alignment has it.
    let mut info = [0; 36];
    info[..16].copy_from_slice(&hop.octets());
    info[16..32].copy_from_slice(&prefix.octets());
    info[32] = len;
    super::raise(number, iface, &info);
}
