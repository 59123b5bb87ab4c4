// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/znet_router.h>`: the part of an IPv6 router. Zephyr v4.2 has no such thing.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;

use super::core;
use super::errno::negative;
use super::net_if_ipv6::{ip, known};
use crate::base::{Error, Result};
use crate::iface::{IfRef, In6Addr, NetIf};
use crate::stack::Told;
use crate::wire::ndp::{Preference, Prefix, Route};

/// The preference that C names by a number of `net_route.h`.
fn preference(number: u8) -> Preference {
    match number & 3 {
        1 => Preference::High,
        3 => Preference::Low,
        _ => Preference::Medium,
    }
}

/// Makes us a router on an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_router_enable(
    iface: *mut NetIf,
    lifetime: u16,
    router_preference: u8,
) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { known(iface) }) else { return negative(Err(Error::Inval)) };
    let preference = preference(router_preference);
    negative(core().with(|stack, env| stack.ipv6_router_enable(env, iface, lifetime, preference)))
}

/// Ends that.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_router_disable(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { known(iface) } {
        core().with(|stack, env| stack.ipv6_router_disable(env, iface));
    }
}

fn tell(iface: Option<IfRef>, told: Option<Told>) -> Result<()> {
    let (Some(iface), Some(told)) = (iface, told) else { return Err(Error::Inval) };
    core().with(|stack, env| stack.ipv6_advertise(env, iface, told))
}

/// Tells a prefix of the link, from which hosts form addresses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_router_prefix(
    iface: *mut NetIf,
    prefix: *const In6Addr,
    prefix_len: u8,
    valid: u32,
    preferred: u32,
) -> c_int {
    // SAFETY: an interface and an address, or null.
    let (iface, prefix) = unsafe { (known(iface), ip(prefix)) };
    let told = prefix.map(|prefix| {
        let (on_link, autonomous) = (true, true);
        Told::Prefix(Prefix { prefix, len: prefix_len, on_link, autonomous, valid, preferred })
    });
    negative(tell(iface, told))
}

/// Tells a network behind us.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_router_route(
    iface: *mut NetIf,
    prefix: *const In6Addr,
    prefix_len: u8,
    lifetime: u32,
    route_preference: u8,
) -> c_int {
    // SAFETY: an interface and an address, or null.
    let (iface, prefix) = unsafe { (known(iface), ip(prefix)) };
    let preference = preference(route_preference);
    let told =
        prefix.map(|prefix| Told::Route(Route { prefix, len: prefix_len, preference, lifetime }));
    negative(tell(iface, told))
}

/// Tells a DNS server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_router_dns_server(
    iface: *mut NetIf,
    addr: *const In6Addr,
    lifetime: u32,
) -> c_int {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    negative(tell(iface, addr.map(|addr| Told::DnsServer(addr, lifetime))))
}
