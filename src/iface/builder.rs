// SPDX-License-Identifier: Apache-2.0
//! Interfaces made in Rust: by tests, the simulator and benchmarks on hosts.

use std::boxed::Box;

use super::addr::NetIfIpv4;
use super::ifref::IfRef;
use super::kinds::{IfFlag, L2Kind};
use super::shell::{NetIf, NetIfDev};
use crate::base::{EthAddr, LinkAddr};

/// Describes an interface and leaks it: interfaces live as long as the program.
///
/// ```
/// use znet::base::EthAddr;
/// use znet::iface::IfBuilder;
/// let iface = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, 1])).ipv4([192, 0, 2, 1], 24).up().build();
/// assert!(iface.is_up() && iface.has_ipv4_addr([192, 0, 2, 1].into()));
/// ```
#[derive(Debug)]
pub struct IfBuilder {
    iface: IfRef,
}

impl IfBuilder {
    /// An interface of this kind: down, with carrier, without addresses.
    pub fn new(kind: L2Kind, mtu: u16) -> Self {
        let dev = Box::leak(Box::new(NetIfDev::new(mtu)));
        let ipv4 = Box::leak(Box::new(NetIfIpv4::new()));
        let iface = IfRef::from_static(Box::leak(Box::new(NetIf::new(dev, Some(ipv4), kind))));
        iface.flag_set(IfFlag::Ipv4);
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

    /// A link that returns what it is given, MTU 65,535 bytes, with 127.0.0.1/8.
    pub fn loopback() -> Self {
        Self::new(L2Kind::Loopback, u16::MAX).ipv4([127, 0, 0, 1], 8)
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

    /// Adds an IPv4 address.
    ///
    /// # Panics
    /// When the address table is full.
    pub fn ipv4(self, addr: impl Into<core::net::Ipv4Addr>, prefix: u8) -> Self {
        assert!(self.iface.ipv4_add(addr.into(), prefix), "no room for another address");
        self
    }

    /// Sets the IPv4 gateway.
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
