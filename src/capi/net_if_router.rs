// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: routers known on links.
//!
//! The table is C's to fill and search; packets go by the gateway of their interface.
#![allow(clippy::missing_safety_doc)]

use core::net::Ipv4Addr;
use core::ptr;
use core::sync::atomic::Ordering;

use super::net_if_ipv4::{ip, known};
use super::{core, raise};
use crate::config;
use crate::iface::{AF_INET, IfRef, InAddr, NetIf, NetIfRouter};
use crate::mgmt::event;
use crate::os::clock;

static ROUTERS: [NetIfRouter; config::NET_MAX_ROUTERS] =
    [const { NetIfRouter::new() }; config::NET_MAX_ROUTERS];

/// Milliseconds since start-up, as the table keeps them.
fn now() -> u32 {
    clock::now().as_millis() as u32
}

/// Whether a slot holds a router whose time has not run out.
fn is_alive(router: &NetIfRouter) -> bool {
    let age = now().wrapping_sub(router.life_start.load(Ordering::Relaxed));
    let expired =
        router.is_infinite.get() == 0 && age >= u32::from(router.lifetime.get()).wrapping_mul(1000);
    if expired {
        router.is_used.set(0);
    }
    router.is_used.get() != 0
}

/// The first living IPv4 router that `wanted` holds for.
fn find(wanted: impl Fn(&NetIfRouter) -> bool) -> *mut NetIfRouter {
    core().with(|_, _| {
        let found =
            ROUTERS.iter().find(|r| is_alive(r) && r.address.family.get() == AF_INET && wanted(r));
        found.map_or(ptr::null_mut(), |router| ptr::from_ref(router).cast_mut())
    })
}

fn is_on(router: &NetIfRouter, iface: Option<IfRef>) -> bool {
    iface.is_none_or(|iface| ptr::eq(router.iface.get(), iface.as_ptr()))
}

/// Finds a router by address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_router_lookup(
    iface: *mut NetIf,
    addr: *const InAddr,
) -> *mut NetIfRouter {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let Some(addr) = addr else { return ptr::null_mut() };
    find(|router| is_on(router, iface) && router.address.ipv4() == addr)
}

/// A default router for `addr`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_router_find_default(
    iface: *mut NetIf,
    _addr: *const InAddr,
) -> *mut NetIfRouter {
    // SAFETY: an interface, or null.
    let iface = unsafe { known(iface) };
    find(|router| is_on(router, iface) && router.is_default.get() != 0)
}

/// Adds a router, or updates it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_router_add(
    iface: *mut NetIf,
    addr: *const InAddr,
    is_default: bool,
    lifetime: u16,
) -> *mut NetIfRouter {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return ptr::null_mut() };
    let router = core().with(|_, _| {
        let same =
            |r: &&NetIfRouter| is_alive(r) && is_on(r, Some(iface)) && r.address.ipv4() == addr;
        let slot = ROUTERS.iter().find(same).or_else(|| ROUTERS.iter().find(|r| !is_alive(r)));
        let router = slot?;
        router.address.set_ipv4(addr);
        router.iface.set(iface.as_ptr());
        router.life_start.store(now(), Ordering::Relaxed);
        router.lifetime.set(lifetime);
        router.is_infinite.set(u8::from(lifetime == 0));
        router.is_default.set(u8::from(is_default));
        router.is_used.set(1);
        Some(ptr::from_ref(router).cast_mut())
    });
    if router.is_some() {
        raise(event::IPV4_ROUTER_ADD, iface, &addr.octets());
    }
    router.unwrap_or(ptr::null_mut())
}

/// Forgets a router; false when it was not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_router_rm(router: *mut NetIfRouter) -> bool {
    let gone = core().with(|_, _| {
        let router = ROUTERS.iter().find(|r| ptr::eq(*r, router) && r.is_used.get() != 0)?;
        let addr = router.address.ipv4();
        router.is_used.set(0);
        router.address.set_ipv4(Ipv4Addr::UNSPECIFIED);
        // SAFETY: an interface lives as long as the program.
        Some((unsafe { known(router.iface.get()) }, addr))
    });
    if let Some((Some(iface), addr)) = gone {
        raise(event::IPV4_ROUTER_DEL, iface, &addr.octets());
    }
    gone.is_some()
}

/// Forgets a router.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_router_rm(router: *mut NetIfRouter) {
    // SAFETY: the pointer is compared, not followed.
    unsafe { net_if_ipv4_router_rm(router) };
}
