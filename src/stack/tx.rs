// SPDX-License-Identifier: Apache-2.0
//! What packets of every IP version have in common on their way down.

/// Room in front of a payload for every header the stack may put there.
#[cfg(CONFIG_NET_IPV4)]
pub const HEADROOM: usize = {
    let link = if cfg!(CONFIG_NET_L2_ETHERNET) { crate::wire::ethernet::HEADER_LEN } else { 0 };
    let ip = if cfg!(CONFIG_NET_IPV6) { 40 } else { crate::wire::ipv4::HEADER_LEN };
    link + ip + crate::wire::udp::HEADER_LEN
};

/// How a packet is to be marked on its way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offer {
    /// Time to live; 0 takes the interface's.
    pub ttl: u8,
    /// DSCP and ECN.
    pub tos: u8,
    /// Priority for the traffic classes.
    pub priority: u8,
}

/// `AF_INET` as Zephyr numbers it, kept in packets for C to read.
#[cfg(CONFIG_NET_IPV4)]
pub(super) const AF_INET: u8 = 1;
