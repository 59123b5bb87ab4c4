// SPDX-License-Identifier: Apache-2.0
//! `struct net_if` and what hangs on it, with the member names of `net_if.h`.
//!
//! C defines these statically in linker sections (`NET_DEVICE_INIT`); Rust code makes them with
//! [`NetIf::new`] and [`NetIfDev::new`] or the builder. Members that C applications never name
//! carry what the receive path asks on every packet.

use core::ffi::{c_char, c_int, c_void};
use core::sync::atomic::AtomicUsize;

use super::addr::NetIfIpv4;
#[cfg(CONFIG_NET_IPV6)]
use super::addr::NetIfIpv6;
use super::cell::{Byte, Half, Ptr, Word};
use super::kinds::{IfFlag, L2Kind};
use crate::base::NetLinkaddr;

/// `struct device`, as far as networking looks: the members at its head, which every release keeps.
///
/// Devices are only ever reached through pointers; the structure in C is longer.
#[repr(C)]
#[derive(Debug)]
pub struct Device {
    /// Name, NUL-terminated.
    pub name: *const c_char,
    /// The driver's constant configuration.
    pub config: *const c_void,
    /// The driver's function table, beginning with [`NetIfApi`].
    pub api: *const c_void,
    /// Initialisation state, the kernel's.
    pub state: *mut c_void,
    /// The driver's data.
    pub data: *mut c_void,
}

/// `struct net_if_api`: the head of every network driver's function table.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NetIfApi {
    /// Called once at start-up; sets the link address.
    pub init: Option<unsafe extern "C" fn(iface: *mut NetIf)>,
}

/// `enum net_verdict`: what became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum NetVerdict {
    /// Consumed; the callee owns it now.
    Ok,
    /// To be handed on.
    Continue,
    /// To be dropped by the caller.
    Drop,
}

/// `struct net_l2`: a link layer's functions.
///
/// The link layers of this library are known by address and run inside the stack; the functions
/// serve link layers written in C and callers that go through the table.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NetL2 {
    /// Takes a received packet.
    pub recv: Option<unsafe extern "C" fn(*mut NetIf, *mut c_void) -> NetVerdict>,
    /// Sends a packet: bytes sent, or a negative errno value.
    pub send: Option<unsafe extern "C" fn(*mut NetIf, *mut c_void) -> c_int>,
    /// Enables or disables the interface: 0, or a negative errno value.
    pub enable: Option<unsafe extern "C" fn(*mut NetIf, bool) -> c_int>,
    /// Properties of the link (`enum net_l2_flags`, one byte).
    pub get_flags: Option<unsafe extern "C" fn(*mut NetIf) -> u8>,
    /// Allocates buffer with room for the link header, for `net_pkt_alloc_buffer`; `-ENOTSUP` leaves
    /// that to the caller.
    pub alloc: Option<
        unsafe extern "C" fn(*mut NetIf, *mut c_void, usize, c_int, crate::buf::KTimeout) -> c_int,
    >,
}

/// `struct net_if_dev`: the device side of an interface.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfDev {
    /// The driver's device, null for interfaces made in Rust.
    pub dev: *const Device,
    /// The link layer, null for interfaces made in Rust.
    pub l2: *const NetL2,
    /// The link layer's data.
    pub l2_data: *mut c_void,
    /// Bits of [`IfFlag`].
    pub flags: [AtomicUsize; 1],
    /// Link address.
    pub link_addr: NetLinkaddr,
    /// Offload functions, null for none.
    #[cfg(CONFIG_NET_OFFLOAD)]
    pub offload: Ptr<c_void>,
    /// Largest network-layer packet in bytes.
    pub mtu: Half,
    /// Creates offloaded sockets, null for none.
    #[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
    pub socket_offload: Ptr<c_void>,
    /// `enum net_if_oper_state`.
    pub oper_state: Byte,
}

// SAFETY: `dev`, `l2` and `l2_data` are set before the structure is shared and never change; the
// rest are atomics. What the pointers lead to is only touched by unsafe code, with its own reasons.
unsafe impl Sync for NetIfDev {}
// SAFETY: as above; nothing in it belongs to a thread.
unsafe impl Send for NetIfDev {}

/// `struct net_if_ip`: the IP configuration blocks, null until the interface is given one.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfIp {
    /// The IPv6 block.
    #[cfg(CONFIG_NET_IPV6)]
    pub ipv6: Ptr<NetIfIpv6>,
    /// The IPv4 block.
    #[cfg(CONFIG_NET_IPV4)]
    pub ipv4: Ptr<NetIfIpv4>,
}

/// `struct net_if_config`: addresses, name and client states of an interface.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfConfig {
    /// IP addresses.
    #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    pub ip: NetIfIp,
    /// The interface's name, NUL-terminated.
    #[cfg(CONFIG_NET_INTERFACE_NAME)]
    pub name: [Byte; crate::config::NET_INTERFACE_NAME_LEN + 1],
}

/// `struct net_if`: a network interface.
#[repr(C)]
#[derive(Debug)]
pub struct NetIf {
    /// The device side.
    pub if_dev: Ptr<NetIfDev>,
    /// Addresses and name.
    pub config: NetIfConfig,
    /// Checksums the device computes on sending, bits of `net_if_checksum_type`.
    pub(super) tx_offload: Word,
    /// Checksums the device has verified on receiving.
    pub(super) rx_offload: Word,
    /// `enum ethernet_hw_caps` of the driver.
    pub(super) hw_caps: Word,
    /// Position in the table of interfaces, from 1; 0 before registration.
    pub(super) index: Byte,
    /// [`L2Kind`].
    pub(super) kind: Byte,
    /// Which stack of the process the interface belongs to.
    pub(super) instance: Byte,
    /// IPv6 privacy extensions are on.
    pub pe_enabled: Byte,
    /// Public addresses are preferred to temporary ones.
    pub pe_prefer_public: Byte,
    /// What it has received and sent.
    #[cfg(CONFIG_NET_STATISTICS_PER_INTERFACE)]
    pub stats: super::stats::NetStats,
}

impl NetIfDev {
    /// A device side without a C device behind it: carrier present, down, no address.
    pub const fn new(mtu: u16) -> Self {
        NetIfDev {
            dev: core::ptr::null(),
            l2: core::ptr::null(),
            l2_data: core::ptr::null_mut(),
            flags: [AtomicUsize::new(IfFlag::LowerUp.bit())],
            link_addr: NetLinkaddr::new(),
            #[cfg(CONFIG_NET_OFFLOAD)]
            offload: Ptr::null(),
            mtu: Half::new(mtu),
            #[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
            socket_offload: Ptr::null(),
            oper_state: Byte::new(0),
        }
    }
}

impl NetIf {
    /// An interface over `dev`, with `ipv4` as its IPv4 block where that is configured.
    ///
    /// ```
    /// use znet::iface::{IfRef, L2Kind, NetIf, NetIfDev, NetIfIpv4};
    /// static IPV4: NetIfIpv4 = NetIfIpv4::new();
    /// static DEV: NetIfDev = NetIfDev::new(1500);
    /// static IFACE: NetIf = NetIf::new(&DEV, Some(&IPV4), L2Kind::Dummy);
    /// assert_eq!(IfRef::from_static(&IFACE).mtu(), 1500);
    /// ```
    pub const fn new(
        dev: &'static NetIfDev,
        ipv4: Option<&'static NetIfIpv4>,
        kind: L2Kind,
    ) -> Self {
        // The pointers are `*mut` for C's sake; Rust only ever makes shared references from them.
        let ipv4 = match ipv4 {
            Some(block) => core::ptr::from_ref(block).cast_mut(),
            None => core::ptr::null_mut(),
        };
        let _ = ipv4;
        NetIf {
            if_dev: Ptr::new(core::ptr::from_ref(dev).cast_mut()),
            config: NetIfConfig {
                #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
                ip: NetIfIp {
                    #[cfg(CONFIG_NET_IPV6)]
                    ipv6: Ptr::null(),
                    #[cfg(CONFIG_NET_IPV4)]
                    ipv4: Ptr::new(ipv4),
                },
                #[cfg(CONFIG_NET_INTERFACE_NAME)]
                name: [const { Byte::new(0) }; crate::config::NET_INTERFACE_NAME_LEN + 1],
            },
            tx_offload: Word::new(0),
            rx_offload: Word::new(0),
            hw_caps: Word::new(0),
            index: Byte::new(0),
            kind: Byte::new(kind as u8),
            instance: Byte::new(0),
            pe_enabled: Byte::new(0),
            pe_prefer_public: Byte::new(0),
            #[cfg(CONFIG_NET_STATISTICS_PER_INTERFACE)]
            stats: super::stats::NetStats::zero(),
        }
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_if.h":
    NetIfApi = "struct net_if_api" { init };
    NetL2 = "struct net_l2" { recv, send, enable, get_flags, alloc };
    NetIfDev = "struct net_if_dev" {
        dev, l2, l2_data, flags, link_addr,
        #[cfg(CONFIG_NET_OFFLOAD)]
        offload,
        mtu,
        #[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
        socket_offload,
        oper_state,
    };
    NetIfIp = "struct net_if_ip" {
        #[cfg(CONFIG_NET_IPV6)]
        ipv6,
        #[cfg(CONFIG_NET_IPV4)]
        ipv4,
    };
    NetIfConfig = "struct net_if_config" {
        #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
        ip,
        #[cfg(CONFIG_NET_INTERFACE_NAME)]
        name,
    };
    NetIf = "struct net_if" {
        if_dev, config, tx_offload = "_tx_offload", rx_offload = "_rx_offload",
        hw_caps = "_hw_caps", index = "_index", kind = "_kind", instance = "_instance",
        pe_enabled, pe_prefer_public,
        #[cfg(CONFIG_NET_STATISTICS_PER_INTERFACE)]
        stats,
    };
    NetLinkaddr = "struct net_linkaddr" {};
}
