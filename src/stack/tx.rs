// SPDX-License-Identifier: Apache-2.0
//! What packets of every IP version have in common on their way down.

/// Room in front of a payload for every header the stack may put there.
pub const HEADROOM: usize = {
    let link = if cfg!(CONFIG_NET_L2_ETHERNET) { crate::wire::ethernet::HEADER_LEN } else { 0 };
    let v6 = cfg!(CONFIG_NET_IPV6);
    let ip = if v6 { crate::wire::ipv6::HEADER_LEN } else { crate::wire::ipv4::HEADER_LEN };
    if cfg!(CONFIG_NET_IP) { link + ip + crate::wire::udp::HEADER_LEN } else { link }
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

/// An echo request to send.
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
#[derive(Clone, Copy, Debug)]
pub struct EchoRequest<'a> {
    /// Tells one asker from another.
    pub ident: u16,
    /// Tells one question from another.
    pub seq: u16,
    /// What the other end shall send back, in pieces.
    pub payload: &'a [&'a [u8]],
    /// How the packet is marked.
    pub offer: Offer,
}

/// `AF_INET` as Zephyr numbers it, kept in packets for C to read.
#[cfg(CONFIG_NET_IPV4)]
pub(super) const AF_INET: u8 = 1;
/// `AF_INET6` as Zephyr numbers it.
#[cfg(CONFIG_NET_IPV6)]
pub(super) const AF_INET6: u8 = 2;

impl super::Stack {
    /// Says whether applications want to see messages of ICMP type `kind`.
    #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    pub fn icmp_listen(&mut self, kind: u8, wanted: bool) {
        if let Some(word) = self.icmp_interest.get_mut(kind as usize / 32) {
            let bit = 1 << (kind % 32);
            *word = if wanted { *word | bit } else { *word & !bit };
            #[cfg(CONFIG_NET_IPV4)]
            {
                self.icmp_show = Some(super::Stack::show);
            }
            #[cfg(CONFIG_NET_IPV6)]
            {
                self.icmp_show_v6 = Some(super::Stack::show_v6);
            }
        }
    }

    /// A packet to ourselves: it comes back up before the lock is released.
    #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    #[inline]
    pub(super) fn take_back(&mut self, pkt: crate::buf::Pkt) {
        #[cfg(CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP)]
        if self.loss.next() {
            return self.discard(crate::base::DropReason::Simulated, pkt);
        }
        if cfg!(CONFIG_ZNET_LOCAL_DELIVERY) {
            return self.local.push_back(pkt);
        }
        self.discard(crate::base::DropReason::NoRoute, pkt);
    }
}
