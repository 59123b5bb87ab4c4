// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_l2.h>`: what is below an interface, by the kind of its link layer.
//!
//! The stack runs its own link layers itself and knows them by the address of their tables
//! (`l2_tables`). Links written in C (`NET_L2_INIT`) are called through theirs.

use core::ffi::c_int;

#[cfg(any(CONFIG_NET_L2_ETHERNET, CONFIG_NET_L2_DUMMY))]
use super::l2_tables;
use crate::drivers::dummy::DummyApi;
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::drivers::ethernet::EthernetApi;
use crate::iface::{Device, IfRef, L2Kind, NetL2};

/// `NET_L2_MULTICAST`.
pub const MULTICAST: u8 = 1 << 0;
/// `NET_L2_PROMISC_MODE`.
pub const PROMISC_MODE: u8 = 1 << 2;
/// `ETHERNET_PROMISC_MODE`.
pub const CAP_PROMISC: u32 = 1 << 10;

/// Which of our link layers `table` is.
pub fn kind_of(table: *const NetL2) -> L2Kind {
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    if core::ptr::eq(table, &raw const l2_tables::ETHERNET) {
        return L2Kind::Ethernet;
    }
    #[cfg(CONFIG_NET_L2_DUMMY)]
    if core::ptr::eq(table, &raw const l2_tables::DUMMY) {
        return L2Kind::Dummy;
    }
    let _ = table;
    L2Kind::Foreign
}

/// Starts or stops what is below `iface`.
///
/// # Errors
/// The driver's, as a positive errno value.
pub(super) fn enable(iface: IfRef, on: bool) -> core::result::Result<(), c_int> {
    // SAFETY: an interface's link layer, device and the tables they name live as long as the
    // program and are of the types that its definition in C gave them.
    let status = unsafe {
        match iface.l2_kind() {
            L2Kind::Foreign => match iface.l2().as_ref().and_then(|l2| l2.enable) {
                Some(enable) => enable(iface.as_ptr(), on),
                None => 0,
            },
            kind => {
                let Some(device) = iface.device().as_ref() else { return Ok(()) };
                let step = match (kind, on) {
                    #[cfg(CONFIG_NET_L2_ETHERNET)]
                    (L2Kind::Ethernet, true) => table::<EthernetApi>(device).and_then(|a| a.start),
                    #[cfg(CONFIG_NET_L2_ETHERNET)]
                    (L2Kind::Ethernet, false) => table::<EthernetApi>(device).and_then(|a| a.stop),
                    (_, true) => table::<DummyApi>(device).and_then(|a| a.start),
                    (_, false) => table::<DummyApi>(device).and_then(|a| a.stop),
                };
                step.map_or(0, |step| step(device))
            }
        }
    };
    if status < 0 { Err(-status) } else { Ok(()) }
}

/// Properties of the link (`enum net_l2_flags`).
#[cfg(CONFIG_NET_PROMISCUOUS_MODE)]
pub(super) fn flags(iface: IfRef) -> u8 {
    // SAFETY: as in `enable`.
    unsafe {
        let get = iface.l2().as_ref().and_then(|l2| l2.get_flags);
        get.map_or(0, |get| get(iface.as_ptr()))
    }
}

/// The driver's function table as a `T`.
///
/// # Safety
/// The device's driver is of the kind whose table `T` is.
pub(super) unsafe fn table<T>(device: &Device) -> Option<&'static T> {
    // SAFETY: function tables live as long as the program; the type is the caller's promise.
    unsafe { device.api.cast::<T>().as_ref() }
}
