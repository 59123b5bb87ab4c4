// SPDX-License-Identifier: Apache-2.0
//! Addresses of the configured IP versions.

use core::net::Ipv4Addr;
#[cfg(CONFIG_NET_IPV6)]
use core::net::Ipv6Addr;

/// An address of a configured family: four bytes large where only IPv4 is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IpAddr {
    /// An IPv4 address.
    #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
    V4(Ipv4Addr),
    /// An IPv6 address.
    #[cfg(CONFIG_NET_IPV6)]
    V6(Ipv6Addr),
}

/// A transport address: host address and port, the port in host byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// Host address.
    pub addr: IpAddr,
    /// Port; 0 is "any" or "none".
    pub port: u16,
}

impl IpAddr {
    /// True for `0.0.0.0` and `::`.
    pub const fn is_unspecified(&self) -> bool {
        match self {
            #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
            IpAddr::V4(a) => a.is_unspecified(),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(a) => a.is_unspecified(),
        }
    }

    /// True for a multicast group.
    pub const fn is_multicast(&self) -> bool {
        match self {
            #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
            IpAddr::V4(a) => a.is_multicast(),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(a) => a.is_multicast(),
        }
    }

    /// The IPv4 address, if it is one.
    #[inline(always)]
    pub const fn v4(self) -> Option<Ipv4Addr> {
        match self {
            #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
            IpAddr::V4(a) => Some(a),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(_) => None,
        }
    }

    /// The IPv6 address, if it is one.
    #[cfg(CONFIG_NET_IPV6)]
    #[inline(always)]
    pub const fn v6(self) -> Option<Ipv6Addr> {
        match self {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(_) => None,
            IpAddr::V6(a) => Some(a),
        }
    }

    /// The unspecified address of the first configured family.
    pub const UNSPECIFIED: IpAddr = {
        #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
        {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED)
        }
        #[cfg(not(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6))))]
        {
            IpAddr::V6(Ipv6Addr::UNSPECIFIED)
        }
    };
}

impl Endpoint {
    /// No address and no port.
    pub const UNSPECIFIED: Endpoint = Endpoint { addr: IpAddr::UNSPECIFIED, port: 0 };

    /// Joins an address and a port.
    pub const fn new(addr: IpAddr, port: u16) -> Self {
        Endpoint { addr, port }
    }
}
