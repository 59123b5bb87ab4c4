// SPDX-License-Identifier: Apache-2.0
//! How far addresses reach (RFC 4007, RFC 4291) and which groups belong to them.

pub use crate::base::prefix::{common_bits, is_in, network};

use crate::base::Ipv6Addr;

/// Scope values of RFC 4291, 2.7; unicast addresses have them too (RFC 6724, 3.1).
pub const LINK_LOCAL: u8 = 2;
/// Site-local: deprecated, and still a scope of its own.
pub const SITE_LOCAL: u8 = 5;
/// Everywhere.
pub const GLOBAL: u8 = 14;

/// Every node on the link.
pub const ALL_NODES: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
/// Every router on the link.
pub const ALL_ROUTERS: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 2);
/// Every router that listens to MLDv2 reports (RFC 3810, 5.2.14).
pub const MLD_ROUTERS: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0x16);

/// How far `addr` reaches.
pub fn scope(addr: Ipv6Addr) -> u8 {
    let [first, ..] = addr.segments();
    match first {
        _ if addr.is_multicast() => (first & 15) as u8,
        _ if addr.is_loopback() || addr.is_unicast_link_local() => LINK_LOCAL,
        0xfec0..=0xfeff => SITE_LOCAL,
        _ => GLOBAL,
    }
}

/// The group in which a host asks for `addr` (RFC 4291, 2.7.1).
pub fn solicited_node(addr: Ipv6Addr) -> Ipv6Addr {
    let [.., high, low] = addr.segments();
    Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, 0xff00 | high & 0xff, low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes() {
        let of = |text: &str| scope(text.parse().unwrap());
        assert_eq!([of("fe80::1"), of("::1"), of("ff02::1"), of("ff05::2")], [2, 2, 2, 5]);
        assert_eq!(
            [of("fec0::1"), of("fd00::1"), of("2001:db8::1"), of("ff0e::1")],
            [5, 14, 14, 14]
        );
    }

    #[test]
    fn groups_of_an_address() {
        let group = solicited_node("2001:db8::a1b2:c3d4".parse().unwrap());
        assert_eq!(group, "ff02::1:ffb2:c3d4".parse::<Ipv6Addr>().unwrap());
        assert!(is_in(group, "ff00::".parse().unwrap(), 8));
        assert!(is_in(group, Ipv6Addr::UNSPECIFIED, 0) && !is_in(group, ALL_NODES, 128));
    }
}
