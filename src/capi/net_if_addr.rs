// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: references to addresses of interfaces, of either family.
//!
//! Called by: C. Calls: `iface::IfRef` and `stack::v6` under the core lock, by `net_if_ipv4` and
//! `net_if_ipv6`.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::ptr;
use core::sync::atomic::Ordering::Relaxed;

use super::instance;
use crate::base::Error;
#[cfg(CONFIG_NET_IPV4)]
use crate::iface::AF_INET;
#[cfg(CONFIG_NET_IPV6)]
use crate::iface::AF_INET6;
use crate::iface::{IfRef, NetIf, NetIfAddr};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

#[cfg(CONFIG_NET_IPV4)]
use super::net_if_ipv4 as v4;
#[cfg(CONFIG_NET_IPV6)]
use super::net_if_ipv6 as v6;

/// The slot of an address, and what gives one reference to it back and says how many are left.
struct Found {
    slot: &'static NetIfAddr,
    release: Release,
}

/// An address by its family.
enum Release {
    #[cfg(CONFIG_NET_IPV4)]
    V4(core::net::Ipv4Addr),
    #[cfg(CONFIG_NET_IPV6)]
    V6(core::net::Ipv6Addr),
}

/// Looks an address up.
///
/// # Safety
/// `addr` is null or an address of that family.
unsafe fn find(iface: IfRef, family: u16, addr: *const c_void) -> Option<Found> {
    match family {
        #[cfg(CONFIG_NET_IPV4)]
        AF_INET => {
            // SAFETY: the caller's promise.
            let addr = unsafe { v4::ip(addr.cast()) }?;
            let slot = &iface.ipv4_slot(addr)?.ipv4;
            Some(Found { slot, release: Release::V4(addr) })
        }
        #[cfg(CONFIG_NET_IPV6)]
        AF_INET6 => {
            // SAFETY: the caller's promise.
            let addr = unsafe { v6::ip(addr.cast()) }?;
            Some(Found { slot: iface.ipv6_slot(addr)?, release: Release::V6(addr) })
        }
        _ => None,
    }
}

/// One more reference to an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_addr_ref(
    iface: *mut NetIf,
    family: u16,
    addr: *const c_void,
) -> *mut NetIfAddr {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return ptr::null_mut() };
    let slot = instance::of(iface).core.with(|_, _| {
        // SAFETY: an address of that family, or null.
        let found = unsafe { find(iface, family, addr) }?;
        found.slot.atomic_ref.fetch_add(1, Relaxed);
        Some(found.slot)
    });
    slot.map_or(ptr::null_mut(), |slot| ptr::from_ref(slot).cast_mut())
}

/// One reference to an address less.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_addr_unref(
    iface: *mut NetIf,
    family: u16,
    addr: *const c_void,
    ifaddr: *mut *mut NetIfAddr,
) -> c_int {
    // SAFETY: an interface and an address of that family, or null.
    let found = unsafe {
        IfRef::from_raw(iface).and_then(|iface| Some((iface, find(iface, family, addr)?)))
    };
    let Some((iface, Found { slot, release })) = found else { return -Error::Inval.errno() };
    let left = match release {
        #[cfg(CONFIG_NET_IPV4)]
        Release::V4(addr) => v4::release(iface, addr),
        #[cfg(CONFIG_NET_IPV6)]
        Release::V6(addr) => v6::release(iface, addr),
    };
    let Some(left) = left else { return -Error::Inval.errno() };
    if left > 0 && !ifaddr.is_null() {
        // SAFETY: not null.
        unsafe { ifaddr.write(ptr::from_ref(slot).cast_mut()) };
    }
    c_int::try_from(left).unwrap_or(c_int::MAX)
}
