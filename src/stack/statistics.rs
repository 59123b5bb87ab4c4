// SPDX-License-Identifier: Apache-2.0
//! Counting what passes.
//!
//! Called by: `capi::{queues, transmit}` with each packet that comes up or goes to a driver, `stack::rx`
//! with those to ourselves. What a packet is is read from its headers where drivers and stack meet, so that no way
//! through the stack has to count; what is dropped is counted by its reason (`iface::stats`).
#![forbid(unsafe_code)]

use crate::buf::Pkt;
use crate::iface::stats::{self, NetStats};
use crate::iface::{IfRef, L2Kind};
use crate::wire::ethernet::ethertype;

/// Up, or out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Received,
    Sent,
}

/// What a packet is, as far as it is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Kind {
    /// IP version, 0 for none.
    version: u8,
    /// Its protocol, 0 for a fragment that has no header of one.
    protocol: u8,
    /// ICMP type.
    icmp: u8,
    /// Bytes of TCP payload.
    payload: usize,
    /// A TCP segment that resets.
    reset: bool,
}

// What is switched off is not looked for.
#[allow(dead_code)]
mod protocol {
    pub const ICMP: u8 = 1;
    pub const IGMP: u8 = 2;
    pub const TCP: u8 = 6;
    pub const UDP: u8 = 17;
    pub const HOP_BY_HOP: u8 = 0;
    pub const ROUTING: u8 = 43;
    pub const FRAGMENT: u8 = 44;
    pub const ICMPV6: u8 = 58;
    pub const DESTINATION: u8 = 60;
}

impl Kind {
    /// Of a frame of an Ethernet link, or a packet of any other. What is cut short counts for what can
    /// be seen of it.
    fn of(frame: &[u8], ethernet: bool) -> Kind {
        Self::read(frame, ethernet).unwrap_or_default()
    }

    fn read(frame: &[u8], ethernet: bool) -> Option<Kind> {
        let mut packet = frame;
        if ethernet {
            let (link, rest) = frame.split_first_chunk::<14>()?;
            packet = rest;
            let mut kind = u16::from_be_bytes([link[12], link[13]]);
            if kind == ethertype::VLAN {
                let (tag, rest) = rest.split_first_chunk::<4>()?;
                packet = rest;
                kind = u16::from_be_bytes([tag[2], tag[3]]);
            }
            if kind != ethertype::IPV4 && kind != ethertype::IPV6 {
                return None;
            }
        }
        match packet.first()? >> 4 {
            4 => Some(Self::of_v4(packet)),
            6 => Some(Self::of_v6(packet)),
            _ => None,
        }
    }

    fn of_v4(packet: &[u8]) -> Kind {
        let kind = Kind { version: 4, ..Kind::default() };
        let Some(header) = packet.first_chunk::<20>() else { return kind };
        let later = u16::from_be_bytes([header[6], header[7]]) & 0x1fff != 0;
        if later {
            return kind;
        }
        let start = usize::from(header[0] & 0xf) * 4;
        let total = usize::from(u16::from_be_bytes([header[2], header[3]]));
        kind.with(header[9], packet.get(start..), total.saturating_sub(start))
    }

    fn of_v6(packet: &[u8]) -> Kind {
        let kind = Kind { version: 6, ..Kind::default() };
        let Some((header, mut rest)) = packet.split_first_chunk::<40>() else { return kind };
        let mut left = usize::from(u16::from_be_bytes([header[4], header[5]]));
        let mut next = header[6];
        // No more than anybody sends.
        for _ in 0..4 {
            let Some(extension) = rest.first_chunk::<8>() else { break };
            let len = match next {
                protocol::HOP_BY_HOP | protocol::ROUTING | protocol::DESTINATION => {
                    8 + usize::from(extension[1]) * 8
                }
                protocol::FRAGMENT if u16::from_be_bytes([extension[2], extension[3]]) >= 8 => {
                    return kind;
                }
                protocol::FRAGMENT => 8,
                _ => break,
            };
            next = extension[0];
            left = left.saturating_sub(len);
            rest = rest.get(len..).unwrap_or_default();
        }
        kind.with(next, Some(rest), left)
    }

    /// The same with what the transport header, of a payload of `len` bytes, says.
    fn with(self, protocol: u8, payload: Option<&[u8]>, len: usize) -> Kind {
        let mut kind = Kind { protocol, ..self };
        let payload = payload.unwrap_or_default();
        match protocol {
            protocol::ICMP | protocol::ICMPV6 => {
                kind.icmp = payload.first().copied().unwrap_or_default();
            }
            protocol::TCP => {
                if let Some(header) = payload.first_chunk::<14>() {
                    kind.payload = len.saturating_sub(usize::from(header[12] >> 4) * 4);
                    kind.reset = header[13] & 0x04 != 0;
                }
            }
            _ => {}
        }
        kind
    }

    fn count(&self, stats: &NetStats, way: Way) {
        /// Counts one, received or sent.
        #[allow(unused_macros)]
        macro_rules! one {
            ($part:expr) => {
                if way == Way::Received { $part.recv.one() } else { $part.sent.one() }
            };
        }
        match self.version {
            #[cfg(CONFIG_NET_STATISTICS_IPV4)]
            4 => one!(stats.ipv4),
            #[cfg(CONFIG_NET_STATISTICS_IPV6)]
            6 => one!(stats.ipv6),
            _ => {}
        }
        match self.protocol {
            #[cfg(CONFIG_NET_STATISTICS_UDP)]
            protocol::UDP => one!(stats.udp),
            #[cfg(CONFIG_NET_STATISTICS_TCP)]
            protocol::TCP => {
                one!(stats.tcp);
                if way == Way::Sent {
                    stats.tcp.bytes.sent.add(self.payload);
                } else {
                    stats.tcp.bytes.received.add(self.payload);
                    if self.reset {
                        stats.tcp.rst.one();
                    }
                }
            }
            #[cfg(CONFIG_NET_STATISTICS_IGMP)]
            protocol::IGMP if self.version == 4 => one!(stats.ipv4_igmp),
            #[cfg(CONFIG_NET_STATISTICS_ICMP)]
            protocol::ICMP if self.version == 4 => one!(stats.icmp),
            protocol::ICMPV6 if self.version == 6 => {
                #[cfg(CONFIG_NET_STATISTICS_ICMP)]
                one!(stats.icmp);
                match self.icmp {
                    #[cfg(CONFIG_NET_STATISTICS_IPV6_ND)]
                    133..=137 => one!(stats.ipv6_nd),
                    #[cfg(CONFIG_NET_STATISTICS_MLD)]
                    130..=132 | 143 => one!(stats.ipv6_mld),
                    _ => {}
                }
            }
            _ => {}
        }
        let _ = (way, stats);
    }
}

fn note(iface: IfRef, pkt: &Pkt, ethernet: bool, way: Way) {
    let kind = Kind::of(pkt.head(), ethernet);
    let len = pkt.len();
    stats::with(Some(iface), |stats| {
        if way == Way::Received {
            stats.bytes.received.add(len);
        } else {
            stats.bytes.sent.add(len);
        }
        kind.count(stats, way);
        #[cfg(CONFIG_ZNET_STATISTICS_TC)]
        class(stats, pkt, len, way);
    });
}

/// Counts the packet in its traffic class.
#[cfg(CONFIG_ZNET_STATISTICS_TC)]
fn class(stats: &NetStats, pkt: &Pkt, len: usize, way: Way) {
    use super::tc::class_of;
    let priority = pkt.priority();
    if way == Way::Received {
        if let Some(class) = stats.tc_recv.get(class_of(priority, stats.tc_recv.len())) {
            class.pkts.one();
            class.bytes.add(len);
            class.priority.set(priority);
        }
    } else if let Some(class) = stats.tc_sent.get(class_of(priority, stats.tc_sent.len())) {
        class.pkts.one();
        class.bytes.add(len);
        class.priority.set(priority);
    }
}

/// A packet comes up.
pub fn received(pkt: &Pkt) {
    if let Some(iface) = IfRef::of(pkt) {
        note(iface, pkt, iface.l2_kind() == L2Kind::Ethernet, Way::Received);
    }
}

/// A packet goes to the driver.
pub fn sent(iface: IfRef, pkt: &Pkt) {
    note(iface, pkt, iface.l2_kind() == L2Kind::Ethernet, Way::Sent);
}

/// A packet to this host itself, which has no link header: it is sent and received.
pub(super) fn went_round(pkt: &Pkt) {
    if let Some(iface) = IfRef::of(pkt) {
        note(iface, pkt, false, Way::Sent);
        note(iface, pkt, false, Way::Received);
    }
}

/// A packet of IPv4 is passed on, by `out`.
#[cfg(all(CONFIG_NET_STATISTICS_IPV4, CONFIG_ZNET_IPV4_FORWARDING))]
pub(super) fn forwarded_v4(out: IfRef) {
    stats::with(Some(out), |stats| stats.ipv4.forwarded.one());
}

/// A packet of IPv6 is passed on, by `out`.
#[cfg(all(CONFIG_NET_STATISTICS_IPV6, CONFIG_NET_ROUTING))]
pub(super) fn forwarded_v6(out: IfRef) {
    stats::with(Some(out), |stats| stats.ipv6.forwarded.one());
}

/// A TCP segment with `payload` bytes is sent again.
#[cfg(CONFIG_NET_STATISTICS_TCP)]
pub(super) fn sent_again(payload: usize) {
    stats::with(None, |stats| {
        stats.tcp.rexmit.one();
        stats.tcp.resent.add(payload);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_told_apart() {
        let mut v4 = [0; 40];
        v4[0] = 0x45;
        v4[3] = 50;
        v4[9] = protocol::TCP;
        v4[32] = 0x50;
        v4[33] = 0x04;
        let kind = Kind::of(&v4, false);
        assert_eq!((kind.version, kind.protocol, kind.payload, kind.reset), (4, 6, 10, true));
        v4[7] = 1;
        assert_eq!(Kind::of(&v4, false).protocol, 0, "a later fragment");
        let mut v6 = [0; 14 + 40 + 8 + 8];
        v6[12] = 0x86;
        v6[13] = 0xdd;
        v6[14] = 0x60;
        v6[14 + 5] = 16;
        v6[14 + 6] = protocol::HOP_BY_HOP;
        v6[54] = protocol::ICMPV6;
        v6[62] = 143;
        let kind = Kind::of(&v6, true);
        assert_eq!((kind.version, kind.protocol, kind.icmp), (6, 58, 143));
        for len in 0..v6.len() {
            let _ = Kind::of(&v6[..len], true);
            let _ = Kind::of(&v4[..len.min(v4.len())], false);
        }
        assert_eq!(Kind::of(&[0xff; 60], true), Kind::default());
    }
}
