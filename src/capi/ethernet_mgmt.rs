// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/ethernet_mgmt.h>`: requests to Ethernet hardware.
//!
//! Each request of the header is a function of its own, called by `net_mgmt()`. A request's data is
//! a `struct ethernet_req_params`, a union whose members all begin at its start and have the types
//! of the members of `struct ethernet_config`: it is passed to the driver as it is.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};

use super::ethernet::{Config, get_config, kind, set_config};
use crate::base::{Error, LinkAddr, LinkType};
use crate::iface::{IfRef, L2Kind, NetIf};

/// `ETHERNET_QAV`, `ETHERNET_QBV`, `ETHERNET_QBU`, `ETHERNET_TXTIME` ... as far as requests need them.
#[allow(missing_docs)]
mod cap {
    pub const NONE: u32 = 0;
    pub const QAV: u32 = 1 << 9;
    pub const PROMISC: u32 = 1 << 10;
    pub const PRIORITY_QUEUES: u32 = 1 << 11;
    pub const FILTERING: u32 = 1 << 12;
    pub const QBV: u32 = 1 << 17;
    pub const QBU: u32 = 1 << 18;
    pub const TXTIME: u32 = 1 << 19;
    pub const TXINJECTION: u32 = 1 << 20;
}

type Outcome = Result<(), c_int>;

/// An Ethernet interface whose hardware has `caps`.
///
/// # Safety
/// `iface` is null or an interface that lives as long as the program.
unsafe fn able(iface: *mut NetIf, caps: u32) -> Result<IfRef, c_int> {
    // SAFETY: the caller's promise.
    let iface = unsafe { IfRef::from_raw(iface) }.ok_or(Error::Inval.errno())?;
    if iface.l2_kind() != L2Kind::Ethernet {
        return Err(Error::NoEnt.errno());
    }
    if iface.hw_caps() & caps != caps {
        return Err(Error::NotSup.errno());
    }
    Ok(iface)
}

/// Sets what `data` holds.
///
/// # Safety
/// As [`able`]; `data` is null or a `struct ethernet_req_params` of which `len` bytes are valid.
unsafe fn set(
    iface: *mut NetIf,
    data: *const c_void,
    len: usize,
    caps: u32,
    what: u32,
    least: usize,
) -> Outcome {
    // SAFETY: the caller's promise.
    unsafe {
        let iface = able(iface, caps)?;
        // A copy: the driver may look at more of the union than a short request has.
        let mut config = Config::new();
        if data.is_null() || len < least {
            return Err(Error::Inval.errno());
        }
        let len = len.min(size_of::<Config>());
        core::ptr::copy_nonoverlapping(data.cast::<u8>(), config.0.as_mut_ptr(), len);
        set_config(iface, what, (&raw const config).cast())
    }
}

/// Reads into `data`, whose beginning may say what is asked for.
///
/// # Safety
/// As [`set`]; `data` is writable.
unsafe fn get(
    iface: *mut NetIf,
    data: *mut c_void,
    len: usize,
    caps: u32,
    what: u32,
    least: usize,
) -> Outcome {
    // SAFETY: the caller's promise.
    unsafe {
        let iface = able(iface, caps)?;
        if data.is_null() || len < least {
            return Err(Error::Inval.errno());
        }
        let len = len.min(size_of::<Config>());
        let mut config = Config::new();
        core::ptr::copy_nonoverlapping(data.cast::<u8>(), config.0.as_mut_ptr(), len);
        let config = get_config(iface, what, config)?;
        core::ptr::copy_nonoverlapping(config.0.as_ptr(), data.cast::<u8>(), len);
    }
    Ok(())
}

/// Sets the MAC address, of the hardware and of the interface, while that is down.
///
/// # Safety
/// As [`set`].
unsafe fn set_mac(iface: *mut NetIf, data: *const c_void, len: usize) -> Outcome {
    // SAFETY: the caller's promise.
    unsafe {
        let known = able(iface, cap::NONE)?;
        if known.is_admin_up() {
            return Err(Error::Access.errno());
        }
        set(iface, data, len, cap::NONE, kind::MAC_ADDRESS, 6)?;
        let mac = core::slice::from_raw_parts(data.cast::<u8>(), 6);
        let addr = LinkAddr::new(LinkType::Ethernet, mac).ok_or(Error::Inval.errno())?;
        known.set_link_addr(addr).then_some(()).ok_or(Error::Access.errno())
    }
}

/// Sizes of the smallest valid data: a `bool`, an `int`, a structure of three words.
const BOOL: usize = 1;
const INT: usize = 4;
const PARAM: usize = 12;

super::request::requests! {
    /// Sets the MAC address.
    net_mgmt_NET_REQUEST_ETHERNET_SET_MAC_ADDRESS = set_mac();
    /// Sets a parameter of shaping.
    net_mgmt_NET_REQUEST_ETHERNET_SET_QAV_PARAM = set(cap::QAV, kind::QAV_PARAM, PARAM);
    /// Reads a parameter of shaping.
    net_mgmt_NET_REQUEST_ETHERNET_GET_QAV_PARAM = get(cap::QAV, kind::QAV_PARAM, PARAM);
    /// Sets a parameter of the schedule.
    net_mgmt_NET_REQUEST_ETHERNET_SET_QBV_PARAM = set(cap::QBV, kind::QBV_PARAM, PARAM);
    /// Reads a parameter of the schedule.
    net_mgmt_NET_REQUEST_ETHERNET_GET_QBV_PARAM = get(cap::QBV, kind::QBV_PARAM, PARAM);
    /// Sets a parameter of pre-emption.
    net_mgmt_NET_REQUEST_ETHERNET_SET_QBU_PARAM = set(cap::QBU, kind::QBU_PARAM, PARAM);
    /// Reads a parameter of pre-emption.
    net_mgmt_NET_REQUEST_ETHERNET_GET_QBU_PARAM = get(cap::QBU, kind::QBU_PARAM, PARAM);
    /// Sets a parameter of sending at a given time.
    net_mgmt_NET_REQUEST_ETHERNET_SET_TXTIME_PARAM = set(cap::TXTIME, kind::TXTIME_PARAM, PARAM);
    /// Reads a parameter of sending at a given time.
    net_mgmt_NET_REQUEST_ETHERNET_GET_TXTIME_PARAM = get(cap::TXTIME, kind::TXTIME_PARAM, PARAM);
    /// Switches promiscuous mode.
    net_mgmt_NET_REQUEST_ETHERNET_SET_PROMISC_MODE = set(cap::PROMISC, kind::PROMISC_MODE, BOOL);
    /// Reads the number of queues.
    net_mgmt_NET_REQUEST_ETHERNET_GET_PRIORITY_QUEUES_NUM =
        get(cap::PRIORITY_QUEUES, kind::PRIORITY_QUEUES_NUM, INT);
    /// Reads the number of ports.
    net_mgmt_NET_REQUEST_ETHERNET_GET_PORTS_NUM = get(cap::NONE, kind::PORTS_NUM, INT);
    /// Sets a parameter of 10BASE-T1S.
    net_mgmt_NET_REQUEST_ETHERNET_SET_T1S_PARAM = set(cap::NONE, kind::T1S_PARAM, PARAM - 2);
    /// Switches sending of frames as they are.
    net_mgmt_NET_REQUEST_ETHERNET_SET_TXINJECTION_MODE =
        set(cap::TXINJECTION, kind::TXINJECTION_MODE, BOOL);
    /// Reads whether frames are sent as they are.
    net_mgmt_NET_REQUEST_ETHERNET_GET_TXINJECTION_MODE =
        get(cap::TXINJECTION, kind::TXINJECTION_MODE, BOOL);
    /// Sets or removes a MAC address filter.
    net_mgmt_NET_REQUEST_ETHERNET_SET_MAC_FILTER = set(cap::FILTERING, kind::FILTER, PARAM);
}
