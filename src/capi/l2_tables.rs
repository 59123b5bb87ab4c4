// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_l2.h>`: the link layers of this library as C names them.
//!
//! The functions are for programs that go through a table; the stack does without them (`l2`).

use core::ffi::{c_int, c_void};

#[cfg(CONFIG_NET_L2_ETHERNET)]
use super::l2::{CAP_PROMISC, PROMISC_MODE};
use super::l2::{MULTICAST, enable};
use super::{errno, net_if_data};
use crate::base::{Error, Result};
use crate::buf::Pkt;
use crate::iface::{IfRef, NetIf, NetL2, NetVerdict};

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
