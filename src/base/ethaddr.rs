// SPDX-License-Identifier: Apache-2.0
//! IEEE 802 MAC addresses.

/// A 48-bit MAC address in transmission order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct EthAddr(pub [u8; 6]);

impl EthAddr {
    /// `ff:ff:ff:ff:ff:ff`.
    pub const BROADCAST: EthAddr = EthAddr([0xff; 6]);
    /// `00:00:00:00:00:00`.
    pub const UNSPECIFIED: EthAddr = EthAddr([0; 6]);

    /// The address as a number of 48 bits, its first byte the lowest. Bit 0 is the group bit.
    ///
    /// The path of a packet handles addresses so: a register holds one, where six bytes take six.
    #[inline]
    pub const fn to_bits(self) -> u64 {
        let [a, b, c, d, e, f] = self.0;
        u64::from_le_bytes([a, b, c, d, e, f, 0, 0])
    }

    /// True for the broadcast address.
    pub fn is_broadcast(self) -> bool {
        self == Self::BROADCAST
    }

    /// True when the group bit is set; broadcast counts.
    pub fn is_multicast(self) -> bool {
        self.0[0] & 1 != 0
    }

    /// True for an address that one station can own: neither a group nor all zeros.
    pub fn is_unicast(self) -> bool {
        !self.is_multicast() && self != Self::UNSPECIFIED
    }

    /// The group address that carries an IPv4 multicast group (RFC 1112, 6.4).
    pub fn from_ipv4_multicast(group: core::net::Ipv4Addr) -> Self {
        let [_, b, c, d] = group.octets();
        EthAddr([0x01, 0x00, 0x5e, b & 0x7f, c, d])
    }

    /// The group address that carries an IPv6 multicast group (RFC 2464, 7).
    pub fn from_ipv6_multicast(group: core::net::Ipv6Addr) -> Self {
        let [.., a, b, c, d] = group.octets();
        EthAddr([0x33, 0x33, a, b, c, d])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert!(EthAddr::BROADCAST.is_multicast());
        assert!(!EthAddr::UNSPECIFIED.is_unicast());
        assert!(EthAddr([2, 0, 0, 0, 0, 1]).is_unicast());
    }

    #[test]
    fn ipv6_group_keeps_32_bits() {
        let group = core::net::Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, 0xff00, 0x5301);
        assert_eq!(EthAddr::from_ipv6_multicast(group).0, [0x33, 0x33, 0xff, 0, 0x53, 1]);
    }

    #[test]
    fn ipv4_group_keeps_23_bits() {
        let group = core::net::Ipv4Addr::new(239, 255, 1, 2);
        assert_eq!(EthAddr::from_ipv4_multicast(group).0, [1, 0, 0x5e, 0x7f, 1, 2]);
    }
}
