// SPDX-License-Identifier: Apache-2.0
//! Interfaces made in Rust: by tests, the simulator and benchmarks on hosts.

use std::boxed::Box;

#[cfg(CONFIG_NET_IPV4)]
use super::addr::NetIfIpv4;
#[cfg(CONFIG_NET_IPV6)]
use super::addr::NetIfIpv6;
use super::ifref::IfRef;
use super::kinds::{IfFlag, L2Kind};
use super::shell::{NetIf, NetIfDev};
use crate::base::{EthAddr, LinkAddr};

/// Describes an interface and leaks it: interfaces live as long as the program.
///
/// ```
/// use znet::base::EthAddr;
/// use znet::iface::IfBuilder;
/// let iface = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, 1])).mtu(1400).up().build();
/// assert!(iface.is_up() && iface.mtu() == 1400);
/// ```
#[derive(Debug)]
pub struct IfBuilder {
    iface: IfRef,
}

impl IfBuilder {
    /// An interface of this kind: down, with carrier, without addresses.
    pub fn new(kind: L2Kind, mtu: u16) -> Self {
        let dev = Box::leak(Box::new(NetIfDev::new(mtu)));
        let iface = IfRef::from_static(Box::leak(Box::new(NetIf::new(dev, None, kind))));
        #[cfg(CONFIG_NET_IPV4)]
        {
            iface.set_ipv4_config(Some(Box::leak(Box::new(NetIfIpv4::new()))));
            iface.flag_set(IfFlag::Ipv4);
        }
        #[cfg(CONFIG_NET_IPV6)]
        {
            iface.set_ipv6_config(Some(Box::leak(Box::new(NetIfIpv6::new()))));
            iface.flag_set(IfFlag::Ipv6);
        }
        IfBuilder { iface }
    }

    /// Ethernet with this address and an MTU of 1,500 bytes.
    pub fn ethernet(mac: EthAddr) -> Self {
        Self::new(L2Kind::Ethernet, 1500).link_addr(mac.into())
    }

    /// A link without headers, MTU 1,500 bytes.
    pub fn dummy() -> Self {
        Self::new(L2Kind::Dummy, 1500)
    }

    /// A link that returns what it is given, MTU 65,535 bytes, with 127.0.0.1/8 and ::1.
    pub fn loopback() -> Self {
        let new = Self::new(L2Kind::Loopback, u16::MAX);
        #[cfg(CONFIG_NET_IPV4)]
        let new = new.ipv4([127, 0, 0, 1], 8);
        #[cfg(CONFIG_NET_IPV6)]
        let new = new.ipv6(core::net::Ipv6Addr::LOCALHOST, 128);
        new
    }

    /// Sets the link address.
    pub fn link_addr(self, addr: LinkAddr) -> Self {
        self.iface.dev().link_addr.set(addr);
        self
    }

    /// Sets the MTU in bytes.
    pub fn mtu(self, mtu: u16) -> Self {
        self.iface.set_mtu(mtu);
        self
    }

    /// Adds an IPv6 address that needs no asking, and its prefix.
    ///
    /// # Panics
    /// When the address table is full.
    #[cfg(CONFIG_NET_IPV6)]
    pub fn ipv6(self, addr: impl Into<core::net::Ipv6Addr>, prefix: u8) -> Self {
        assert!(self.iface.ipv6_add(addr.into(), prefix), "no room for another address");
        self
    }

    /// Adds an IPv4 address.
    ///
    /// # Panics
    /// When the address table is full.
    #[cfg(CONFIG_NET_IPV4)]
    pub fn ipv4(self, addr: impl Into<core::net::Ipv4Addr>, prefix: u8) -> Self {
        assert!(self.iface.ipv4_add(addr.into(), prefix), "no room for another address");
        self
    }

    /// Sets the IPv4 gateway.
    #[cfg(CONFIG_NET_IPV4)]
    pub fn gateway(self, gw: impl Into<core::net::Ipv4Addr>) -> Self {
        self.iface.set_ipv4_gateway(gw.into());
        self
    }

    /// Takes the interface up.
    pub fn up(self) -> Self {
        self.iface.bring_up();
        self
    }

    /// The interface.
    pub fn build(self) -> IfRef {
        self.iface
    }
}
