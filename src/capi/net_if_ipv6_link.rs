// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: IPv6 prefixes and routers of interfaces.
//!
//! Called by: C. Calls: `stack::v6` under the core lock.
#![allow(clippy::missing_safety_doc)]

use core::net::Ipv6Addr;
use core::ptr;
use core::sync::atomic::Ordering::Relaxed;

use super::net_if::find;
use super::net_if_ipv6::{config, ip, known};
use super::{core, instance, raise};
use crate::iface::{IfRef, In6Addr, NetIf, NetIfIpv6Prefix, NetIfRouter};
use crate::ip::v6::routers::Router;
use crate::mgmt::event;
use crate::os::clock;

/// `struct net_event_ipv6_prefix`: what events of prefixes bring along.
pub(super) fn prefix_info(prefix: Ipv6Addr, len: u8, seconds: u32) -> [u8; 24] {
    let mut info = [0; 24];
    info[..16].copy_from_slice(&prefix.octets());
    info[16] = len;
    info[20..].copy_from_slice(&seconds.to_ne_bytes());
    info
}

fn prefix_ptr(slot: Option<&'static NetIfIpv6Prefix>) -> *mut NetIfIpv6Prefix {
    slot.map_or(ptr::null_mut(), |slot| ptr::from_ref(slot).cast_mut())
}

/// The longest prefix of `iface` (of the default one for NULL) that `addr` lies in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_prefix_get(
    iface: *mut NetIf,
    addr: *const In6Addr,
) -> *mut NetIfIpv6Prefix {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let iface = iface.or_else(|| core().with(|stack, _| stack.ifaces.default_iface()));
    prefix_ptr(iface.zip(addr).and_then(|(iface, addr)| iface.ipv6_onlink(addr)))
}

/// Finds a prefix.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_prefix_lookup(
    iface: *mut NetIf,
    addr: *mut In6Addr,
    len: u8,
) -> *mut NetIfIpv6Prefix {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    prefix_ptr(iface.zip(addr).and_then(|(iface, addr)| iface.ipv6_prefix(addr, len)))
}

/// Adds a prefix for so many seconds; `UINT32_MAX` is for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_prefix_add(
    iface: *mut NetIf,
    prefix: *mut In6Addr,
    len: u8,
    lifetime: u32,
) -> *mut NetIfIpv6Prefix {
    // SAFETY: an interface and an address, or null.
    let (iface, prefix) = unsafe { (known(iface), ip(prefix)) };
    let (Some(iface), Some(prefix)) = (iface, prefix) else { return ptr::null_mut() };
    if config(iface).is_err() {
        return ptr::null_mut();
    }
    let (known, slot) = instance::of(iface).core.with(|stack, env| {
        let known = iface.ipv6_prefix(prefix, len).is_some();
        (known, stack.ipv6_prefix_add(env, iface, prefix, len, lifetime))
    });
    if slot.is_some() && !known {
        raise(event::IPV6_PREFIX_ADD, iface, &prefix_info(prefix, len, lifetime));
    }
    prefix_ptr(slot)
}

/// Forgets a prefix; false when it was not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_prefix_rm(
    iface: *mut NetIf,
    addr: *mut In6Addr,
    len: u8,
) -> bool {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return false };
    let gone = instance::of(iface).core.with(|_, _| iface.ipv6_prefix_rm(addr, len));
    if gone {
        raise(event::IPV6_PREFIX_DEL, iface, &prefix_info(addr, len, 0));
    }
    gone
}

/// Changes how long a prefix is on the link.
///
/// # Safety
/// `prefix` is null or a prefix of an interface.
unsafe fn lifetime(prefix: *mut NetIfIpv6Prefix, seconds: u32) {
    // SAFETY: the caller's promise; its members are atomics.
    let Some(slot) = (unsafe { prefix.as_ref() }) else { return };
    // SAFETY: set from an interface.
    let Some(iface) = (unsafe { known(slot.iface.get()) }) else { return };
    let (addr, len) = (slot.prefix.get(), slot.len.get());
    instance::of(iface)
        .core
        .with(|stack, env| stack.ipv6_prefix_lifetime(env, iface, addr, len, seconds));
}

/// Changes how long a prefix is on the link, in seconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_prefix_set_timer(prefix: *mut NetIfIpv6Prefix, seconds: u32) {
    // SAFETY: the caller's prefix.
    unsafe { lifetime(prefix, seconds) }
}

/// Keeps a prefix for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_prefix_unset_timer(prefix: *mut NetIfIpv6Prefix) {
    // SAFETY: the caller's prefix.
    unsafe { lifetime(prefix, u32::MAX) }
}

/// Whether `addr` is a neighbour by a prefix of the interface `iface` points to, or of any, which is
/// then stored there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_onlink(
    iface: *mut *mut NetIf,
    addr: *mut In6Addr,
) -> bool {
    // SAFETY: a place for an interface and an address, or null.
    let (addr, only) = unsafe { (ip(addr), iface.as_ref().and_then(|iface| known(*iface))) };
    let Some(addr) = addr else { return false };
    let found = find(|i| only.is_none_or(|only| only == i) && i.ipv6_onlink(addr).is_some());
    if let (Some(found), false) = (found, iface.is_null()) {
        // SAFETY: not null.
        unsafe { iface.write(found.as_ptr()) };
    }
    found.is_some()
}

/// What C sees of the routers the stack knows: written when it asks.
static ROUTERS: [NetIfRouter; crate::config::NET_MAX_ROUTERS] =
    [const { NetIfRouter::new() }; crate::config::NET_MAX_ROUTERS];

/// The shell of a router, which keeps its place as long as the router is known.
fn shell(router: Option<Router>) -> *mut NetIfRouter {
    let Some(router) = router else { return ptr::null_mut() };
    let found = core().with(|stack, _| {
        let iface = stack.ifaces.get(router.iface)?;
        let is = |s: &&NetIfRouter, r: &Router| {
            let iface = stack.ifaces.get(r.iface).map_or(ptr::null_mut(), IfRef::as_ptr);
            s.is_used.get() != 0 && s.address.ipv6() == r.addr && ptr::eq(s.iface.get(), iface)
        };
        // Those of routers that are gone are free.
        let alive = |s: &&NetIfRouter| stack.ipv6_routers().any(|r| is(s, r));
        let slot = ROUTERS
            .iter()
            .find(|s| is(s, &router))
            .or_else(|| ROUTERS.iter().find(|s| !alive(s)))?;
        let left = router.until.map(|until| until.since(clock::now()).as_millis() / 1000);
        slot.address.set_ipv6(router.addr);
        slot.iface.set(iface.as_ptr());
        slot.life_start.store(clock::now().as_millis() as u32, Relaxed);
        slot.lifetime.set(left.map_or(0, |s| u16::try_from(s).unwrap_or(u16::MAX)));
        slot.is_infinite.set(u8::from(left.is_none()));
        slot.is_default.set(1);
        slot.is_used.set(1);
        Some(ptr::from_ref(slot).cast_mut())
    });
    found.unwrap_or(ptr::null_mut())
}

/// Finds a router by address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_router_lookup(
    iface: *mut NetIf,
    addr: *mut In6Addr,
) -> *mut NetIfRouter {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let Some(addr) = addr else { return ptr::null_mut() };
    let on = |r: &&Router| iface.is_none_or(|iface| iface.index() == r.iface) && r.addr == addr;
    shell(core().with(|stack, _| stack.ipv6_routers().find(on).copied()))
}

/// The router packets to `addr` go to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_router_find_default(
    iface: *mut NetIf,
    addr: *mut In6Addr,
) -> *mut NetIfRouter {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let dst = addr.unwrap_or(Ipv6Addr::UNSPECIFIED);
    shell(core().with(|stack, _| stack.ipv6_router_to(iface, dst)))
}

/// Adds a router, or updates it; `lifetime` is in seconds, 0 for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_router_add(
    iface: *mut NetIf,
    addr: *mut In6Addr,
    lifetime: u16,
) -> *mut NetIfRouter {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return ptr::null_mut() };
    let added = instance::of(iface)
        .core
        .with(|stack, env| stack.ipv6_router_add(env, iface, addr, lifetime));
    shell(added.ok())
}

/// The interface and address in a router's shell.
///
/// # Safety
/// `router` is null or a shell made here.
unsafe fn behind(router: *mut NetIfRouter) -> Option<(IfRef, Ipv6Addr)> {
    // SAFETY: the pointer is compared before it is followed.
    let slot = ROUTERS.iter().find(|r| ptr::eq(*r, router) && r.is_used.get() != 0)?;
    // SAFETY: set from an interface.
    Some((unsafe { known(slot.iface.get()) }?, slot.address.ipv6()))
}

/// Changes how long a router is one, in seconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_router_update_lifetime(
    router: *mut NetIfRouter,
    lifetime: u16,
) {
    // SAFETY: the caller's router.
    if let Some((iface, addr)) = unsafe { behind(router) } {
        let updated = instance::of(iface)
            .core
            .with(|stack, env| stack.ipv6_router_add(env, iface, addr, lifetime));
        shell(updated.ok());
    }
}

/// Forgets a router; false when it was not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_router_rm(router: *mut NetIfRouter) -> bool {
    // SAFETY: the caller's router.
    let Some((iface, addr)) = (unsafe { behind(router) }) else { return false };
    instance::of(iface).core.with(|stack, _| stack.ipv6_router_rm(iface, addr))
}
