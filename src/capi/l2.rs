// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_l2.h>`: the link layers of this library as C names them.
//!
//! The stack runs its own link layers itself and knows them by the address of these tables; the
//! functions are for programs that go through a table. Links written in C (`NET_L2_INIT`) are
//! called through theirs.

use core::ffi::{c_int, c_void};

use super::{errno, net_if_data};
use crate::base::{Error, Result};
use crate::buf::Pkt;
use crate::drivers::dummy::DummyApi;
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::drivers::ethernet::EthernetApi;
use crate::iface::{Device, IfRef, L2Kind, NetIf, NetL2, NetVerdict};

/// `NET_L2_MULTICAST`.
pub const MULTICAST: u8 = 1 << 0;
/// `NET_L2_PROMISC_MODE`.
pub const PROMISC_MODE: u8 = 1 << 2;
/// `ETHERNET_PROMISC_MODE`.
pub const CAP_PROMISC: u32 = 1 << 10;

/// `ETHERNET_L2`.
#[cfg(CONFIG_NET_L2_ETHERNET)]
#[unsafe(export_name = "_net_l2_ETHERNET")]
pub static ETHERNET: NetL2 = table_of(ethernet_flags);

/// `DUMMY_L2`.
#[cfg(CONFIG_NET_L2_DUMMY)]
#[unsafe(export_name = "_net_l2_DUMMY")]
pub static DUMMY: NetL2 = table_of(dummy_flags);

/// What stands in the table of a link layer of ours whose flags `get_flags` tells.
const fn table_of(get_flags: unsafe extern "C" fn(*mut NetIf) -> u8) -> NetL2 {
    if !cfg!(CONFIG_ZNET_L2_C) {
        return NetL2 { recv: None, send: None, enable: None, get_flags: None, alloc: None };
    }
    NetL2 {
        recv: Some(recv),
        send: Some(send),
        enable: Some(enable_c),
        get_flags: Some(get_flags),
        alloc: None,
    }
}

/// Which of our link layers `table` is.
pub fn kind_of(table: *const NetL2) -> L2Kind {
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    if core::ptr::eq(table, &raw const ETHERNET) {
        return L2Kind::Ethernet;
    }
    #[cfg(CONFIG_NET_L2_DUMMY)]
    if core::ptr::eq(table, &raw const DUMMY) {
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

/// The interface behind a pointer from C.
///
/// # Safety
/// `iface` is null or an interface that lives as long as the program.
unsafe fn known(iface: *mut NetIf) -> Result<IfRef> {
    // SAFETY: the caller's promise.
    unsafe { IfRef::from_raw(iface) }.ok_or(Error::Inval)
}

unsafe extern "C" fn recv(iface: *mut NetIf, pkt: *mut c_void) -> NetVerdict {
    // SAFETY: the caller passes an interface and a packet of its own.
    unsafe {
        match known(iface) {
            Ok(iface) if !pkt.is_null() => net_if_data::input(iface, Pkt::from_raw(pkt.cast())),
            _ => NetVerdict::Drop,
        }
    }
}

unsafe extern "C" fn send(iface: *mut NetIf, pkt: *mut c_void) -> c_int {
    // SAFETY: the caller passes an interface and a packet of its own, which it keeps on failure.
    unsafe {
        let Ok(iface) = known(iface) else { return -Error::Inval.errno() };
        if pkt.is_null() {
            return -Error::Inval.errno();
        }
        let pkt = Pkt::from_raw(pkt.cast());
        let len = pkt.len();
        match net_if_data::output(iface, pkt) {
            Ok(()) => c_int::try_from(len).unwrap_or(c_int::MAX),
            Err((error, pkt)) => {
                let _ = pkt.into_raw();
                -error.errno()
            }
        }
    }
}

unsafe extern "C" fn enable_c(iface: *mut NetIf, on: bool) -> c_int {
    // SAFETY: the caller passes an interface.
    match unsafe { known(iface) } {
        Ok(iface) => enable(iface, on).err().map_or(0, |e| -e),
        Err(error) => errno::negative(Err(error)),
    }
}

#[cfg(CONFIG_NET_L2_ETHERNET)]
unsafe extern "C" fn ethernet_flags(iface: *mut NetIf) -> u8 {
    // SAFETY: the caller passes an interface.
    let caps = unsafe { IfRef::from_raw(iface) }.map_or(0, IfRef::hw_caps);
    MULTICAST | if caps & CAP_PROMISC != 0 { PROMISC_MODE } else { 0 }
}

#[cfg(CONFIG_NET_L2_DUMMY)]
unsafe extern "C" fn dummy_flags(_iface: *mut NetIf) -> u8 {
    MULTICAST
}
