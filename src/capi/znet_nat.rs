// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/znet_nat.h>`: which interface others hide behind. Zephyr v4.2 has no such thing.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;

use super::core;
use super::errno::negative;
use super::net_if_ipv4::known;
use crate::base::Error;
use crate::iface::NetIf;

/// Hides what is forwarded to `outside` behind its address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_nat_enable(outside: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { known(outside) }) else { return negative(Err(Error::Inval)) };
    core().with(|stack, _| stack.nat_set_outside(Some(iface)));
    0
}

/// Hides nobody any more.
#[unsafe(no_mangle)]
pub extern "C" fn znet_nat_disable() {
    core().with(|stack, _| stack.nat_set_outside(None));
}
