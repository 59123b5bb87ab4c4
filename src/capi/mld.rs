// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/mld.h>`: joining IPv6 groups by hand.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;

use super::net_if_ipv6::{config, ip, known};
use super::{errno, instance};
use crate::base::Error;
use crate::iface::{In6Addr, NetIf};

/// Joins a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_mld_join(iface: *mut NetIf, addr: *const In6Addr) -> c_int {
    errno::negative((|| {
        // SAFETY: an interface and an address, or null.
        let (iface, group) = unsafe { (known(iface), ip(addr)) };
        let (iface, group) = iface.zip(group).ok_or(Error::Inval)?;
        if !group.is_multicast() {
            return Err(Error::Inval);
        }
        config(iface)?;
        instance::of(iface).core.with(|stack, env| {
            if iface.ipv6_group(group).is_some_and(|slot| slot.joined()) {
                return Err(Error::Already);
            }
            stack.join_v6_group(env, iface, group).map(|_| ()).ok_or(Error::NoMem)
        })
    })())
}

/// Leaves a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_mld_leave(iface: *mut NetIf, addr: *const In6Addr) -> c_int {
    errno::negative((|| {
        // SAFETY: an interface and an address, or null.
        let (iface, group) = unsafe { (known(iface), ip(addr)) };
        let (iface, group) = iface.zip(group).ok_or(Error::Inval)?;
        let left = instance::of(iface).core.with(|stack, _| stack.leave_v6_group(iface, group));
        left.map(|_| ()).ok_or(Error::NoEnt)
    })())
}
