// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/ethernet.h>`: what drivers tell the link layer, and what it asks of them.
//!
//! Called by: C drivers (carrier, from interrupts too), C applications. Calls: drivers, without
//! core lock.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::net::{Ipv4Addr, Ipv6Addr};
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::l2::{CAP_PROMISC, MULTICAST, PROMISC_MODE, table};
use super::net_if_state::{net_if_carrier_off, net_if_carrier_on};
use crate::base::{Error, EthAddr};
use crate::drivers::ethernet::EthernetApi;
#[cfg(any(test, znet_layout))]
use crate::drivers::ethernet::TxTimeParam;
use crate::iface::{Byte, Checksum, Device, IfRef, L2Kind, NetIf, Ptr};
use crate::mgmt::event;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

/// `struct ethernet_context`.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct EthernetContext {
    pub flags: AtomicUsize,
    pub iface: Ptr<NetIf>,
    pub ethernet_l2_flags: Byte,
    pub is_net_carrier_up: Byte,
    pub is_init: Byte,
    pub eth_if_type: Byte,
}

/// Room for any `struct ethernet_config`: a union whose members all begin at its start.
#[repr(C, align(8))]
pub(super) struct Config(pub [u8; 64]);

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/ethernet.h":
    EthernetContext = "struct ethernet_context" {
        flags, iface, ethernet_l2_flags, is_net_carrier_up, is_init, eth_if_type
    };
    EthernetApi = "struct ethernet_api" {
        iface_api, start, stop, get_capabilities, set_config, get_config, get_phy, send
    };
    TxTimeParam = "struct ethernet_txtime_param" {
        kind = "type", queue = "queue_id", enabled = "enable_txtime"
    };
    Filter = "struct ethernet_filter" { kind = "type", mac = "mac_address", set };
}

/// `enum ethernet_config_type`.
#[allow(missing_docs)]
#[cfg_attr(not(CONFIG_NET_L2_ETHERNET_MGMT), allow(dead_code))]
pub(super) mod kind {
    pub const MAC_ADDRESS: u32 = 0;
    pub const QAV_PARAM: u32 = 1;
    pub const QBV_PARAM: u32 = 2;
    pub const QBU_PARAM: u32 = 3;
    pub const TXTIME_PARAM: u32 = 4;
    pub const PROMISC_MODE: u32 = 5;
    pub const PRIORITY_QUEUES_NUM: u32 = 6;
    pub const FILTER: u32 = 7;
    pub const PORTS_NUM: u32 = 8;
    pub const T1S_PARAM: u32 = 9;
    pub const TXINJECTION_MODE: u32 = 10;
    pub const RX_CHECKSUM_SUPPORT: u32 = 11;
    pub const TX_CHECKSUM_SUPPORT: u32 = 12;
}

const CAP_TX_CHECKSUM: u32 = 1 << 0;
const CAP_RX_CHECKSUM: u32 = 1 << 1;
const CAP_FILTERING: u32 = 1 << 12;
const CAP_TXINJECTION: u32 = 1 << 20;

const CARRIER_UP: usize = 1 << 0;
const WIFI: u8 = 1;
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
const FILTER_DST: u8 = 1;

/// `struct ethernet_filter`.
#[repr(C)]
struct Filter {
    kind: u8,
    mac: [u8; 6],
    set: bool,
}

impl Config {
    pub(super) fn new() -> Self {
        Config([0; 64])
    }

    fn with<T>(value: T) -> Self {
        const { assert!(size_of::<T>() <= 64 && align_of::<T>() <= 8) };
        let mut config = Config::new();
        // SAFETY: the value fits and is aligned, as asserted.
        unsafe { (&raw mut config).cast::<T>().write(value) };
        config
    }

    fn word(&self) -> u32 {
        let [a, b, c, d, ..] = self.0;
        u32::from_ne_bytes([a, b, c, d])
    }
}

/// The driver of an Ethernet interface.
fn driver(iface: IfRef) -> Option<(&'static Device, &'static EthernetApi)> {
    if iface.l2_kind() != L2Kind::Ethernet {
        return None;
    }
    // SAFETY: an interface's device lives as long as the program, and one under Ethernet has a
    // table of this type.
    unsafe {
        let device: &'static Device = iface.device().as_ref()?;
        Some((device, table::<EthernetApi>(device)?))
    }
}

/// The link layer's data of an interface that is defined in C.
fn context(iface: IfRef) -> Option<&'static EthernetContext> {
    if iface.l2_kind() != L2Kind::Ethernet {
        return None;
    }
    // SAFETY: the definition gave an Ethernet interface data of this type, or none.
    unsafe { iface.dev().l2_data.cast::<EthernetContext>().as_ref() }
}

pub(super) fn is_wifi(iface: IfRef) -> bool {
    context(iface).is_some_and(|context| context.eth_if_type.get() == WIFI)
}

/// The driver's capabilities, and the checksums it computes when sending and verifies when
/// receiving: all of them unless it says which.
pub(super) fn capabilities(iface: IfRef) -> (u32, Checksum, Checksum) {
    let Some((device, api)) = driver(iface) else { return (0, Checksum(0), Checksum(0)) };
    // SAFETY: the driver's own function on its own device.
    let caps = api.get_capabilities.map_or(0, |get| unsafe { get(device) });
    let which = |cap, question| {
        if !cfg!(CONFIG_ZNET_CHECKSUM_OFFLOAD) || caps & cap == 0 {
            return Checksum(0);
        }
        match get_config(iface, question, Config::new()) {
            Ok(config) => Checksum(config.word()),
            Err(_) => Checksum::ALL,
        }
    };
    let tx = which(CAP_TX_CHECKSUM, kind::TX_CHECKSUM_SUPPORT);
    let rx = which(CAP_RX_CHECKSUM, kind::RX_CHECKSUM_SUPPORT);
    (caps, tx, rx)
}

/// Reads a parameter of the hardware; `config` may say which of several. The error is a positive
/// errno value.
pub(super) fn get_config(iface: IfRef, what: u32, mut config: Config) -> Result<Config, c_int> {
    let unsupported = Error::NotSup.errno();
    let (device, api) = driver(iface).ok_or(unsupported)?;
    let get = api.get_config.ok_or(unsupported)?;
    // SAFETY: the driver's own function on its own device; `config` has room for every member.
    match unsafe { get(device, what, (&raw mut config).cast::<c_void>()) } {
        status if status < 0 => Err(-status),
        _ => Ok(config),
    }
}

/// Sets a parameter of the hardware; the error is a positive errno value.
///
/// # Safety
/// `config` points to a `struct ethernet_config` whose member for `what` is set.
pub(super) unsafe fn set_config(
    iface: IfRef,
    what: u32,
    config: *const c_void,
) -> Result<(), c_int> {
    let unsupported = Error::NotSup.errno();
    let (device, api) = driver(iface).ok_or(unsupported)?;
    let set = api.set_config.ok_or(unsupported)?;
    // SAFETY: the driver's own function on its own device; the rest is the caller's promise.
    match unsafe { set(device, what, config) } {
        status if status < 0 => Err(-status),
        _ => Ok(()),
    }
}

/// The driver's `struct net_stats_eth`.
#[cfg(all(CONFIG_NET_STATISTICS_USER_API, CONFIG_NET_STATISTICS_ETHERNET))]
pub(super) fn driver_stats(iface: IfRef) -> Option<*mut c_void> {
    let (device, api) = driver(iface)?;
    let get = api.get_stats?;
    // SAFETY: the driver's own function on its own device.
    let found = unsafe { get(device) };
    (!found.is_null()).then_some(found)
}

/// Sets a parameter of a type that Rust knows.
fn set<T>(iface: IfRef, what: u32, cap: u32, value: T) -> Result<(), c_int> {
    if iface.hw_caps() & cap != cap {
        return Err(Error::NotSup.errno());
    }
    let config = Config::with(value);
    // SAFETY: the member for `what` has the type `T` in each of the callers.
    unsafe { set_config(iface, what, (&raw const config).cast()) }
}

/// Switches promiscuous mode of the hardware.
pub(super) fn promisc(iface: IfRef, on: bool) -> Result<(), c_int> {
    set(iface, kind::PROMISC_MODE, CAP_PROMISC, on)
}

/// Has hardware with address filters let `mac` in, or no more. Without filters it lets all in.
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
pub(super) fn filter(iface: IfRef, mac: EthAddr, on: bool) {
    let filter = Filter { kind: FILTER_DST, mac: mac.0, set: on };
    let _ = set(iface, kind::FILTER, CAP_FILTERING, filter);
}

/// # Safety
/// `iface` is null or an interface that lives as long as the program.
unsafe fn ask(iface: *mut NetIf, f: impl FnOnce(IfRef) -> Result<(), c_int>) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { IfRef::from_raw(iface) } {
        Some(iface) => f(iface).err().map_or(0, |e| -e),
        None => -Error::Inval.errno(),
    }
}

/// Prepares the link layer of an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ethernet_init(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return };
    let Some(context) = context(iface) else { return };
    let (caps, ..) = capabilities(iface);
    iface.set_hw_caps(caps);
    let promisc = if caps & CAP_PROMISC != 0 { PROMISC_MODE } else { 0 };
    context.ethernet_l2_flags.set(MULTICAST | promisc);
    context.iface.set(iface.as_ptr());
    context.is_init.set(1);
}

/// Notes whether there is a carrier; tells it when that is news.
fn carrier(iface: IfRef, on: bool) {
    let Some(context) = context(iface) else { return };
    let before = match on {
        true => context.flags.fetch_or(CARRIER_UP, Ordering::Relaxed),
        false => context.flags.fetch_and(!CARRIER_UP, Ordering::Relaxed),
    };
    context.is_net_carrier_up.set(on.into());
    if (before & CARRIER_UP != 0) != on {
        let told = if on { event::ETHERNET_CARRIER_ON } else { event::ETHERNET_CARRIER_OFF };
        super::raise(told, iface, &[]);
    }
}

/// The carrier has come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_carrier_on(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe {
        if let Some(iface) = IfRef::from_raw(iface) {
            carrier(iface, true);
        }
        net_if_carrier_on(iface);
    }
}

/// The carrier has gone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_carrier_off(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe {
        if let Some(iface) = IfRef::from_raw(iface) {
            carrier(iface, false);
        }
        net_if_carrier_off(iface);
    }
}

/// Switches promiscuous mode.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_promisc_mode(iface: *mut NetIf, enable: bool) -> c_int {
    // SAFETY: an interface, or null.
    unsafe { ask(iface, |iface| promisc(iface, enable)) }
}

/// Switches sending of frames as they are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_txinjection_mode(iface: *mut NetIf, enable: bool) -> c_int {
    // SAFETY: an interface, or null.
    unsafe { ask(iface, |iface| set(iface, kind::TXINJECTION_MODE, CAP_TXINJECTION, enable)) }
}

/// Sets or removes a MAC address filter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_mac_filter(
    iface: *mut NetIf,
    mac: *const [u8; 6],
    kind: u8,
    enable: bool,
) -> c_int {
    // SAFETY: an address, or null.
    let Some(mac) = (unsafe { mac.as_ref() }) else { return -Error::Inval.errno() };
    let filter = Filter { kind, mac: *mac, set: enable };
    // SAFETY: an interface, or null.
    unsafe { ask(iface, |iface| set(iface, self::kind::FILTER, CAP_FILTERING, filter)) }
}

/// The interface's PHY, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_get_phy(iface: *mut NetIf) -> *const Device {
    // SAFETY: an interface, or null; the driver's own function on its own device.
    unsafe {
        let known = IfRef::from_raw(iface).and_then(driver);
        match known.and_then(|(device, api)| Some((device, api.get_phy?))) {
            Some((device, get_phy)) => get_phy(device),
            None => ptr::null(),
        }
    }
}

/// ff:ff:ff:ff:ff:ff.
#[unsafe(no_mangle)]
pub extern "C" fn net_eth_broadcast_addr() -> *const [u8; 6] {
    static BROADCAST: [u8; 6] = EthAddr::BROADCAST.0;
    &raw const BROADCAST
}

/// The group address that carries an IPv4 multicast group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_ipv4_mcast_to_mac_addr(addr: *const [u8; 4], mac: *mut [u8; 6]) {
    // SAFETY: both are valid, or null.
    if let (Some(addr), false) = (unsafe { addr.as_ref() }, mac.is_null()) {
        // SAFETY: not null.
        unsafe { mac.write(EthAddr::from_ipv4_multicast(Ipv4Addr::from(*addr)).0) };
    }
}

/// The group address that carries an IPv6 multicast group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_eth_ipv6_mcast_to_mac_addr(addr: *const [u8; 16], mac: *mut [u8; 6]) {
    // SAFETY: both are valid, or null.
    if let (Some(addr), false) = (unsafe { addr.as_ref() }, mac.is_null()) {
        let [.., a, b, c, d] = Ipv6Addr::from(*addr).octets();
        // SAFETY: not null. RFC 2464, 7: 33:33 and the last four bytes.
        unsafe { mac.write([0x33, 0x33, a, b, c, d]) };
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/ethernet.h":
    kind::MAC_ADDRESS => "ETHERNET_CONFIG_TYPE_MAC_ADDRESS",
    kind::QAV_PARAM => "ETHERNET_CONFIG_TYPE_QAV_PARAM",
    kind::QBV_PARAM => "ETHERNET_CONFIG_TYPE_QBV_PARAM",
    kind::QBU_PARAM => "ETHERNET_CONFIG_TYPE_QBU_PARAM",
    kind::TXTIME_PARAM => "ETHERNET_CONFIG_TYPE_TXTIME_PARAM",
    kind::PROMISC_MODE => "ETHERNET_CONFIG_TYPE_PROMISC_MODE",
    kind::PRIORITY_QUEUES_NUM => "ETHERNET_CONFIG_TYPE_PRIORITY_QUEUES_NUM",
    kind::FILTER => "ETHERNET_CONFIG_TYPE_FILTER",
    kind::PORTS_NUM => "ETHERNET_CONFIG_TYPE_PORTS_NUM",
    kind::T1S_PARAM => "ETHERNET_CONFIG_TYPE_T1S_PARAM",
    kind::TXINJECTION_MODE => "ETHERNET_CONFIG_TYPE_TXINJECTION_MODE",
    kind::RX_CHECKSUM_SUPPORT => "ETHERNET_CONFIG_TYPE_RX_CHECKSUM_SUPPORT",
    kind::TX_CHECKSUM_SUPPORT => "ETHERNET_CONFIG_TYPE_TX_CHECKSUM_SUPPORT",
    CAP_TX_CHECKSUM => "ETHERNET_HW_TX_CHKSUM_OFFLOAD",
    CAP_RX_CHECKSUM => "ETHERNET_HW_RX_CHKSUM_OFFLOAD",
    CAP_FILTERING => "ETHERNET_HW_FILTERING",
    CAP_TXINJECTION => "ETHERNET_TXINJECTION_MODE",
    WIFI => "L2_ETH_IF_TYPE_WIFI",
    FILTER_DST => "ETHERNET_FILTER_TYPE_DST_MAC_ADDRESS",
}
