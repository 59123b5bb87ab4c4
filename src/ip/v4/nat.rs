// SPDX-License-Identifier: Apache-2.0
//! Network address and port translation (RFC 3022; RFC 4787 for UDP, RFC 5382 for TCP, RFC 5508 for ICMP).
//!
//! Called by: `stack::nat`. A mapping belongs to one address and port inside and is the same towards everybody
//! (RFC 4787, REQ-1); what comes back from anybody passes (REQ-8). No two share a port outside (REQ-3).

use crate::base::{Duration, Instant, Ipv4Addr};
use crate::config;
use crate::wire::checksum::{Sum, update_u16, update_u32};
use crate::wire::icmpv4::{self, kind};
use crate::wire::ipv4::{HEADER_LEN, Header, protocol};

const MAPPINGS: usize =
    if config::ZNET_IPV4_NAT_MAPPINGS == 0 { 1 } else { config::ZNET_IPV4_NAT_MAPPINGS };

/// How long a mapping outlives its last packet (RFC 4787, REQ-5: at least two minutes, five are better).
const UDP: Duration = Duration::from_secs(300);
/// A TCP connection that is open (RFC 5382, REQ-5).
const TCP_OPEN: Duration = Duration::from_secs(7_440);
/// One that comes or goes (RFC 5382, REQ-5).
const TCP_TRANSITORY: Duration = Duration::from_secs(240);
/// An echo (RFC 5508, REQ-2).
const ICMP: Duration = Duration::from_secs(60);

const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;

/// An address and a port, or the identifier of an echo.
pub type End = (Ipv4Addr, u16);

/// An end inside and the port it has outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Number of its protocol.
    pub protocol: u8,
    /// The end inside.
    pub inside: End,
    /// Its port outside.
    pub port: u16,
    until: Instant,
    /// TCP: both sides have spoken, and neither has ended it.
    open: bool,
    answered: bool,
}

/// The table.
pub struct Table {
    mappings: [Option<Mapping>; MAPPINGS],
}

impl Table {
    /// No mappings.
    pub const fn new() -> Self {
        Table { mappings: [None; MAPPINGS] }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.mappings = [None; MAPPINGS];
    }

    /// The mappings that hold.
    pub fn iter(&self, now: Instant) -> impl Iterator<Item = &Mapping> {
        self.mappings.iter().flatten().filter(move |m| now < m.until)
    }

    /// The port outside of an end inside, which is noted to have spoken with these TCP flags.
    pub fn outward(&mut self, now: Instant, protocol: u8, inside: End, flags: u8) -> Option<u16> {
        let held = self.mappings.iter_mut().flatten().filter(|m| now < m.until);
        let mapping = held.into_iter().find(|m| m.protocol == protocol && m.inside == inside)?;
        mapping.heard(now, flags, true);
        Some(mapping.port)
    }

    /// The end inside that has a port outside, to which somebody speaks with these TCP flags.
    pub fn inward(&mut self, now: Instant, protocol: u8, port: u16, flags: u8) -> Option<End> {
        let held = self.mappings.iter_mut().flatten().filter(|m| now < m.until);
        let mapping = held.into_iter().find(|m| m.protocol == protocol && m.port == port)?;
        mapping.heard(now, flags, false);
        Some(mapping.inside)
    }

    /// True when a port outside is somebody's.
    pub fn is_taken(&self, now: Instant, protocol: u8, port: u16) -> bool {
        self.iter(now).any(|m| m.protocol == protocol && m.port == port)
    }

    /// Gives an end inside that port. A full table gives up whatever is over soonest, but no connection that is open;
    /// false when there is nothing else.
    pub fn add(&mut self, now: Instant, protocol: u8, inside: End, port: u16) -> bool {
        let over = |m: &Option<Mapping>| m.is_none_or(|m| m.until <= now);
        let place = self.mappings.iter().position(over).or_else(|| {
            let loose = self.mappings.iter().enumerate();
            let loose = loose.filter_map(|(at, m)| Some((at, (*m)?))).filter(|(_, m)| !m.open);
            loose.min_by_key(|(_, m)| m.until).map(|(at, _)| at)
        });
        let Some(place) = place.and_then(|at| self.mappings.get_mut(at)) else { return false };
        let until = now;
        let mut new = Mapping { protocol, inside, port, until, open: false, answered: false };
        new.heard(now, 0, true);
        *place = Some(new);
        true
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

impl Mapping {
    /// A packet passed. What comes from outside keeps no datagram's mapping alive (RFC 4787, REQ-6).
    fn heard(&mut self, now: Instant, flags: u8, outward: bool) {
        let span = match self.protocol {
            protocol::TCP => {
                self.answered |= !outward && flags & RST == 0;
                self.open |= self.answered && outward && flags & SYN == 0;
                self.open &= flags & (FIN | RST) == 0;
                if self.open { TCP_OPEN } else { TCP_TRANSITORY }
            }
            _ if !outward => return,
            protocol::UDP => UDP,
            _ => ICMP,
        };
        self.until = now + span;
    }
}

/// What names the flow of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// A packet between two ends.
    Ends {
        /// Number of the protocol.
        protocol: u8,
        /// Who sent it.
        src: End,
        /// To whom.
        dst: End,
        /// Flags of TCP, type of ICMP.
        flags: u8,
    },
    /// An error about a packet between two ends.
    Error {
        /// Number of the protocol quoted.
        protocol: u8,
        /// Who had sent what is quoted.
        src: End,
        /// To whom.
        dst: End,
    },
}

/// Reads the flow of a packet from its IP header on; `None` for what can't be translated.
pub fn flow(packet: &[u8]) -> Option<Flow> {
    let header = Header::parse_quoted(packet).ok().filter(|h| !h.is_fragment())?;
    let transport = packet.get(header.len()..)?;
    if header.protocol() == protocol::ICMP && icmpv4::is_error(*transport.first()?) {
        let quoted = Header::parse_quoted(transport.get(icmpv4::HEADER_LEN..)?).ok()?;
        if quoted.fragment_offset() != 0 {
            return None;
        }
        let rest = transport.get(icmpv4::HEADER_LEN + quoted.len()..)?;
        // Whoever quotes less says nothing (RFC 792).
        rest.first_chunk::<{ icmpv4::MIN_QUOTE }>()?;
        let (from, to) = ports(quoted.protocol(), rest)?;
        let (src, dst) = ((quoted.src(), from), (quoted.dst(), to));
        return Some(Flow::Error { protocol: quoted.protocol(), src, dst });
    }
    let (from, to) = ports(header.protocol(), transport)?;
    let flags = match header.protocol() {
        protocol::TCP => *transport.get(13)?,
        protocol::ICMP => *transport.first()?,
        _ => 0,
    };
    let (src, dst) = ((header.src(), from), (header.dst(), to));
    Some(Flow::Ends { protocol: header.protocol(), src, dst, flags })
}

/// Both ports; of an echo its identifier, on the side of whoever asks.
fn ports(number: u8, transport: &[u8]) -> Option<(u16, u16)> {
    let word = |at: usize| {
        let bytes = transport.get(at..at + 2)?.first_chunk::<2>()?;
        Some(u16::from_be_bytes(*bytes))
    };
    match number {
        protocol::UDP | protocol::TCP => Some((word(0)?, word(2)?)),
        protocol::ICMP => match *transport.first()? {
            kind::ECHO_REQUEST | kind::TIMESTAMP => Some((word(4)?, 0)),
            kind::ECHO_REPLY | kind::TIMESTAMP_REPLY => Some((0, word(4)?)),
            _ => None,
        },
        _ => None,
    }
}

/// True for the ICMP messages that ask: only these make a mapping, and only what answers them comes in.
pub fn asks(kind: u8) -> bool {
    matches!(kind, kind::ECHO_REQUEST | kind::TIMESTAMP)
}

/// The end of a packet that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who sent it.
    Source,
    /// To whom.
    Destination,
}

/// Gives the packet that begins with `packet` another end, checksums included. Bytes behind the transport header need
/// not be there, except of an error: its quote changes the other way round.
pub fn translate(packet: &mut [u8], side: Side, end: End) -> Option<()> {
    let header = Header::parse_quoted(packet).ok()?;
    let (len, number) = (header.len(), header.protocol());
    let is_error = number == protocol::ICMP && icmpv4::is_error(*packet.get(len)?);
    if !is_error {
        return change(packet, side, end);
    }
    let other = match side {
        Side::Source => Side::Destination,
        Side::Destination => Side::Source,
    };
    change_address(packet, side, end.0)?;
    let message = packet.get_mut(len..)?;
    change(message.get_mut(icmpv4::HEADER_LEN..)?, other, end)?;
    message.get_mut(2..4)?.fill(0);
    let sum = Sum::of(message).finish();
    message.get_mut(2..4)?.copy_from_slice(&sum.to_be_bytes());
    Some(())
}

/// Writes another address into a header; returns the old one.
fn change_address(packet: &mut [u8], side: Side, addr: Ipv4Addr) -> Option<u32> {
    let header = packet.first_chunk_mut::<HEADER_LEN>()?;
    let at = if side == Side::Source { 12 } else { 16 };
    let place = header.get_mut(at..at + 4)?.first_chunk_mut::<4>()?;
    let old = u32::from_be_bytes(*place);
    *place = addr.octets();
    let check = u16::from_be_bytes([header[10], header[11]]);
    [header[10], header[11]] = update_u32(check, old, addr.to_bits()).to_be_bytes();
    Some(old)
}

/// Writes another address and port. A quote may end before the checksum of its transport header.
fn change(packet: &mut [u8], side: Side, (addr, port): End) -> Option<()> {
    let header = Header::parse_quoted(packet).ok()?;
    let (len, number) = (header.len(), header.protocol());
    let old_addr = change_address(packet, side, addr)?;
    let transport = packet.get_mut(len..)?;
    let (port_at, check_at) = match (number, side) {
        (protocol::UDP, Side::Source) => (0, 6),
        (protocol::UDP, Side::Destination) => (2, 6),
        (protocol::TCP, Side::Source) => (0, 16),
        (protocol::TCP, Side::Destination) => (2, 16),
        (protocol::ICMP, _) => (4, 2),
        _ => return None,
    };
    let place = transport.get_mut(port_at..port_at + 2)?.first_chunk_mut::<2>()?;
    let old_port = u16::from_be_bytes(*place);
    *place = port.to_be_bytes();
    let Some(place) = transport.get_mut(check_at..check_at + 2) else { return Some(()) };
    let place = place.first_chunk_mut::<2>()?;
    let check = u16::from_be_bytes(*place);
    // A datagram without a checksum keeps none (RFC 768); ICMP sums no addresses.
    if number == protocol::UDP && check == 0 {
        return Some(());
    }
    let mut new = update_u16(check, old_port, port);
    if number != protocol::ICMP {
        new = update_u32(new, old_addr, addr.to_bits());
    }
    if number == protocol::UDP && new == 0 {
        new = 0xffff;
    }
    *place = new.to_be_bytes();
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_millis(5_000);
    const INSIDE: End = (Ipv4Addr::new(10, 0, 0, 2), 4000);

    fn later(seconds: u64) -> Instant {
        NOW + Duration::from_secs(seconds)
    }

    #[test]
    fn a_datagrams_mapping_lives_by_what_goes_out() {
        let mut table = Table::new();
        assert!(table.add(NOW, protocol::UDP, INSIDE, 5000));
        assert_eq!(table.outward(later(299), protocol::UDP, INSIDE, 0), Some(5000));
        assert_eq!(table.inward(later(598), protocol::UDP, 5000, 0), Some(INSIDE));
        assert_eq!(table.inward(later(599), protocol::UDP, 5000, 0), None);
        assert_eq!(table.inward(NOW, protocol::TCP, 5000, 0), None);
    }

    #[test]
    fn a_connection_lives_while_it_is_open() {
        let mut table = Table::new();
        table.add(NOW, protocol::TCP, INSIDE, 5000);
        table.outward(NOW, protocol::TCP, INSIDE, SYN);
        assert!(!table.is_taken(later(240), protocol::TCP, 5000));
        table.inward(NOW, protocol::TCP, 5000, SYN | 16);
        table.outward(NOW, protocol::TCP, INSIDE, 16);
        assert!(table.is_taken(later(7_439), protocol::TCP, 5000));
        table.inward(NOW, protocol::TCP, 5000, RST);
        assert!(!table.is_taken(later(240), protocol::TCP, 5000));
    }

    #[test]
    fn a_flood_takes_no_open_connection() {
        let mut table = Table::new();
        table.add(NOW, protocol::TCP, INSIDE, 5000);
        table.inward(NOW, protocol::TCP, 5000, SYN | 16);
        table.outward(NOW, protocol::TCP, INSIDE, 16);
        for port in 0..2 * MAPPINGS as u16 {
            let added = table.add(later(1), protocol::UDP, (INSIDE.0, port), 6000 + port);
            assert_eq!(added, MAPPINGS > 1);
        }
        assert!(table.is_taken(later(1), protocol::TCP, 5000));
        assert!(table.iter(later(1)).count() <= MAPPINGS);
    }

    #[test]
    fn what_is_no_flow() {
        assert_eq!(flow(&[]), None);
        let mut packet = [0; 28];
        (packet[0], packet[3], packet[9]) = (0x45, 28, 47);
        assert_eq!(flow(&packet), None, "a protocol without ports");
        packet[9] = protocol::UDP;
        assert!(flow(&packet).is_some());
        packet[6] = 0x20;
        assert_eq!(flow(&packet), None, "a fragment");
        for len in 0..22 {
            assert_eq!(flow(&packet[..len]), None);
        }
    }
}
