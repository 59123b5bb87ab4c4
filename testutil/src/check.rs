// SPDX-License-Identifier: Apache-2.0
//! Checks of what a stack sent, combined at will:
//!
//! ```no_run
//! # let frame: Vec<u8> = Vec::new();
//! use testutil::check::{expect, ipv4, payload, ttl, udp};
//! expect(&frame, &[&ipv4([192, 0, 2, 1], [192, 0, 2, 2]), &ttl(64), &udp(7, 4000), &payload(b"x")]);
//! ```
//!
//! Whatever else is asked, a frame must be well formed: lengths that agree, checksums that are
//! right by a computation independent of the stack's, fields that make sense together.

use std::fmt::Write as _;

use znet::base::{EthAddr, Ipv4Addr};
use znet::wire::arp::{self, Operation};
use znet::wire::ethernet::{self, ethertype};
use znet::wire::ipv4::{self as ip4, protocol};
use znet::wire::{icmpv4, udp as udp_wire};

use crate::tcp::Segment;

/// A frame taken apart.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// Its link header.
    pub ethernet: ethernet::Header,
    /// What is in it.
    pub net: Net<'a>,
}

/// The network layer of a frame.
#[derive(Clone, Debug)]
pub enum Net<'a> {
    /// An ARP packet.
    Arp(arp::Repr),
    /// An IPv4 packet.
    Ipv4(ip4::Packet<'a>, Transport<'a>),
    /// Anything else.
    Other(&'a [u8]),
}

/// The transport layer of an IPv4 packet.
#[derive(Clone, Debug)]
pub enum Transport<'a> {
    /// A UDP datagram and its payload.
    Udp(udp_wire::Header, &'a [u8]),
    /// An ICMP message and what follows its header.
    Icmp(icmpv4::Header, &'a [u8]),
    /// A TCP segment.
    Tcp(Box<Segment>),
    /// Another protocol, or a fragment.
    Other(&'a [u8]),
}

/// One thing asked of a frame.
pub type Check = dyn Fn(&Frame<'_>) -> Result<(), String>;

/// Takes a frame apart and looks whether it is well formed.
///
/// # Errors
/// What is wrong with it, in words.
pub fn dissect(frame: &[u8]) -> Result<Frame<'_>, String> {
    let (ethernet, payload) =
        ethernet::Header::parse(frame).ok_or("shorter than an Ethernet header")?;
    if !ethernet.src.is_unicast() {
        return Err(format!("sent from {:?}, which is no station", ethernet.src));
    }
    let net = match ethernet.ethertype {
        ethertype::ARP => Net::Arp(dissect_arp(&ethernet, payload)?),
        ethertype::IPV4 => {
            let packet = ip4::Packet::new_checked(payload).map_err(|e| format!("{e:?}"))?;
            let transport = dissect_ipv4(&ethernet, payload, &packet)?;
            Net::Ipv4(packet, transport)
        }
        #[cfg(CONFIG_NET_IPV6)]
        ethertype::IPV6 => {
            crate::check6::dissect(frame)?;
            Net::Other(payload)
        }
        _ => Net::Other(payload),
    };
    Ok(Frame { ethernet, net })
}

fn dissect_arp(ethernet: &ethernet::Header, payload: &[u8]) -> Result<arp::Repr, String> {
    let arp = arp::Repr::parse(payload).map_err(|e| format!("{e:?}"))?;
    if arp.sender_hw != ethernet.src {
        return Err("ARP sender and Ethernet source differ".into());
    }
    if arp.target_ip.is_multicast() || arp.target_ip.is_broadcast() {
        return Err(format!("ARP for {}", arp.target_ip));
    }
    Ok(arp)
}

fn dissect_ipv4<'a>(
    ethernet: &ethernet::Header,
    bytes: &[u8],
    packet: &ip4::Packet<'a>,
) -> Result<Transport<'a>, String> {
    let header = &packet.header;
    if ones_sum(&bytes[..header.len()]) != 0xffff {
        return Err("IPv4 header checksum is wrong".into());
    }
    if header.ttl() == 0 {
        return Err("sent with a TTL of zero".into());
    }
    if header.src().is_multicast() || header.src().is_broadcast() {
        return Err(format!("sent from {}", header.src()));
    }
    if header.dst().is_multicast() && ethernet.dst != EthAddr::from_ipv4_multicast(header.dst()) {
        return Err(format!("group {} sent to {:?}", header.dst(), ethernet.dst));
    }
    if bytes.len() > usize::from(header.total_len()) && bytes.len() != 46 {
        return Err("bytes behind the packet that are not padding to 60".into());
    }
    if header.flags_and_offset() & 0x8000 != 0 {
        return Err("reserved flag set".into());
    }
    if header.is_fragment() {
        return Ok(Transport::Other(packet.payload));
    }
    match header.protocol() {
        protocol::UDP => dissect_udp(header, packet.payload),
        protocol::ICMP => dissect_icmp(header, packet.payload),
        protocol::TCP => {
            let segment = Segment::parse(header.src(), header.dst(), packet.payload)?;
            Ok(Transport::Tcp(Box::new(Segment { ecn: header.ecn(), ..segment })))
        }
        _ => Ok(Transport::Other(packet.payload)),
    }
}

fn dissect_udp<'a>(ip: &ip4::Header<'_>, bytes: &'a [u8]) -> Result<Transport<'a>, String> {
    let header = udp_wire::Header::parse(bytes, bytes.len()).map_err(|e| format!("{e:?}"))?;
    if usize::from(header.len) != bytes.len() {
        return Err("UDP length differs from the packet's".into());
    }
    if header.dst_port == 0 {
        return Err("sent to port 0".into());
    }
    if header.checksum != 0 {
        let mut pseudo = [ip.src().octets(), ip.dst().octets()].concat();
        pseudo.extend([0, protocol::UDP]);
        pseudo.extend(header.len.to_be_bytes());
        pseudo.extend(bytes);
        if ones_sum(&pseudo) != 0xffff {
            return Err("UDP checksum is wrong".into());
        }
    }
    Ok(Transport::Udp(header, &bytes[udp_wire::HEADER_LEN..]))
}

fn dissect_icmp<'a>(ip: &ip4::Header<'_>, bytes: &'a [u8]) -> Result<Transport<'a>, String> {
    let header = icmpv4::Header::parse(bytes).map_err(|e| format!("{e:?}"))?;
    if ones_sum(bytes) != 0xffff {
        return Err("ICMP checksum is wrong".into());
    }
    let data = &bytes[icmpv4::HEADER_LEN..];
    if header.is_error() {
        if ip.dst().is_multicast() || ip.dst().is_broadcast() {
            return Err("ICMP error to a group".into());
        }
        let quote = ip4::Header::parse_quoted(data).map_err(|e| format!("quote: {e:?}"))?;
        let needed = quote.len() + quote.payload_len().min(icmpv4::MIN_QUOTE);
        if data.len() < needed {
            return Err("ICMP error quotes less than eight bytes of transport".into());
        }
        if usize::from(ip.total_len()) > icmpv4::MAX_ERROR_LEN {
            return Err("ICMP error longer than 576 bytes".into());
        }
    }
    Ok(Transport::Icmp(header, data))
}

/// The sum of RFC 1071, written as its definition.
pub(crate) fn ones_sum(bytes: &[u8]) -> u16 {
    let mut sum = 0u32;
    for pair in bytes.chunks(2) {
        sum += u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u16
}

/// Applies all checks.
///
/// # Errors
/// The first that fails, in words.
pub fn matches(frame: &[u8], checks: &[&Check]) -> Result<(), String> {
    let dissected = dissect(frame)?;
    checks.iter().try_for_each(|check| check(&dissected))
}

/// Applies all checks.
///
/// # Panics
/// With the frame in hexadecimal when one fails.
#[track_caller]
pub fn expect(frame: &[u8], checks: &[&Check]) {
    if let Err(what) = matches(frame, checks) {
        panic!("{what}\n{}", hex(frame));
    }
}

/// Bytes as lines of sixteen.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (line, chunk) in bytes.chunks(16).enumerate() {
        let _ = write!(out, "{:04x} ", line * 16);
        for byte in chunk {
            let _ = write!(out, " {byte:02x}");
        }
        out.push('\n');
    }
    out
}

/// `got` equals `want`, or `Err` that names both.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, got: T, want: T) -> Result<(), String> {
    if got == want { Ok(()) } else { Err(format!("{what} is {got:?}, not {want:?}")) }
}

/// The frame goes to this station or group.
pub fn to(dst: EthAddr) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    move |frame| same("Ethernet destination", frame.ethernet.dst, dst)
}

/// The frame comes from this station.
pub fn from(src: EthAddr) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    move |frame| same("Ethernet source", frame.ethernet.src, src)
}

/// A broadcast ARP request for `target` by `sender`.
pub fn arp_request(
    sender: impl Into<Ipv4Addr>,
    target: impl Into<Ipv4Addr>,
) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    let (sender, target) = (sender.into(), target.into());
    move |frame| {
        let Net::Arp(arp) = &frame.net else { return Err("no ARP packet".into()) };
        same("ARP operation", arp.operation, Operation::Request)?;
        same("ARP sender", arp.sender_ip, sender)?;
        same("ARP target", arp.target_ip, target)?;
        same("Ethernet destination", frame.ethernet.dst, EthAddr::BROADCAST)
    }
}

/// A unicast ARP reply that says `sender` is at the frame's source.
pub fn arp_reply(
    sender: impl Into<Ipv4Addr>,
    target: impl Into<Ipv4Addr>,
) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    let (sender, target) = (sender.into(), target.into());
    move |frame| {
        let Net::Arp(arp) = &frame.net else { return Err("no ARP packet".into()) };
        same("ARP operation", arp.operation, Operation::Reply)?;
        same("ARP sender", arp.sender_ip, sender)?;
        same("ARP target", arp.target_ip, target)?;
        same("Ethernet destination", frame.ethernet.dst, arp.target_hw)
    }
}

/// An IPv4 packet from `src` to `dst`.
pub fn ipv4(
    src: impl Into<Ipv4Addr>,
    dst: impl Into<Ipv4Addr>,
) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    let (src, dst) = (src.into(), dst.into());
    move |frame| {
        let packet = ipv4_of(frame)?;
        same("IPv4 source", packet.header.src(), src)?;
        same("IPv4 destination", packet.header.dst(), dst)
    }
}

/// An IPv4 packet with this time to live.
pub fn ttl(want: u8) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    move |frame| same("TTL", ipv4_of(frame)?.header.ttl(), want)
}

/// An IPv4 packet with this DSCP and ECN.
pub fn tos(want: u8) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    move |frame| {
        let header = ipv4_of(frame)?.header;
        same("type of service", header.dscp() << 2 | header.ecn(), want)
    }
}

/// A UDP datagram between these ports.
pub fn udp(src: u16, dst: u16) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    move |frame| match &frame.net {
        Net::Ipv4(_, Transport::Udp(header, _)) => {
            same("UDP source port", header.src_port, src)?;
            same("UDP destination port", header.dst_port, dst)
        }
        _ => Err("no UDP datagram".into()),
    }
}

/// A UDP datagram with a checksum (or, for false, without one).
pub fn udp_checksum(present: bool) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    move |frame| match &frame.net {
        Net::Ipv4(_, Transport::Udp(header, _)) => {
            same("presence of a UDP checksum", header.checksum != 0, present)
        }
        _ => Err("no UDP datagram".into()),
    }
}

/// An ICMP message that says this.
pub fn icmp(want: icmpv4::Message) -> impl Fn(&Frame<'_>) -> Result<(), String> {
    move |frame| match &frame.net {
        Net::Ipv4(_, Transport::Icmp(header, _)) => {
            same("ICMP message", header.message(), Some(want))
        }
        _ => Err("no ICMP message".into()),
    }
}

/// A UDP datagram, ICMP message or other IPv4 payload with exactly these bytes behind its header.
pub fn payload(want: &[u8]) -> impl Fn(&Frame<'_>) -> Result<(), String> + use<> {
    let want = want.to_vec();
    move |frame| {
        let got = match &frame.net {
            Net::Ipv4(
                _,
                Transport::Udp(_, data) | Transport::Icmp(_, data) | Transport::Other(data),
            ) => *data,
            Net::Ipv4(_, Transport::Tcp(segment)) => &segment.payload[..],
            Net::Other(data) => *data,
            Net::Arp(_) => return Err("ARP has no payload".into()),
        };
        same("payload", got, &want)
    }
}

/// An ICMP error that quotes the beginning of this packet.
pub fn quotes(packet: &[u8]) -> impl Fn(&Frame<'_>) -> Result<(), String> + use<> {
    let packet = packet.to_vec();
    move |frame| match &frame.net {
        Net::Ipv4(_, Transport::Icmp(header, data)) if header.is_error() => {
            let want = packet.get(..data.len()).ok_or("quotes more than there was")?;
            same("quote", *data, want)
        }
        _ => Err("no ICMP error".into()),
    }
}

fn ipv4_of<'a>(frame: &Frame<'a>) -> Result<ip4::Packet<'a>, String> {
    match &frame.net {
        Net::Ipv4(packet, _) => Ok(*packet),
        _ => Err("no IPv4 packet".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame;

    const A: EthAddr = EthAddr([2, 0, 0, 0, 0, 1]);
    const B: EthAddr = EthAddr([2, 0, 0, 0, 0, 2]);
    const IP_A: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
    const IP_B: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);

    fn datagram() -> Vec<u8> {
        let udp = frame::udp((IP_A, 1), (IP_B, 2), b"data");
        frame::ipv4_frame(B, A, &frame::Ipv4::new(IP_A, IP_B, protocol::UDP).build(&udp))
    }

    #[test]
    fn a_good_frame_passes_and_each_wrong_wish_fails() {
        let frame = datagram();
        expect(&frame, &[&from(A), &to(B), &ipv4(IP_A, IP_B), &ttl(64), &tos(0), &udp(1, 2)]);
        expect(&frame, &[&payload(b"data"), &udp_checksum(true)]);
        let wrong: [&Check; 9] = [
            &from(B),
            &to(A),
            &ipv4(IP_B, IP_A),
            &ttl(63),
            &tos(1),
            &udp(2, 1),
            &payload(b"dat"),
            &arp_request(IP_A, IP_B),
            &quotes(b""),
        ];
        for check in wrong {
            assert!(matches(&frame, &[check]).is_err());
        }
    }

    #[test]
    fn every_bit_error_behind_the_ethernet_header_is_seen() {
        let good = datagram();
        for bit in 14 * 8..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(matches(&bad, &[&udp(1, 2)]).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn every_cut_is_seen() {
        let good = datagram();
        for len in 0..good.len() {
            assert!(dissect(&good[..len]).is_err(), "length {len}");
        }
    }

    #[test]
    fn an_icmp_error_needs_its_quote() {
        let packet = frame::Ipv4::new(IP_A, IP_B, protocol::UDP).build(&frame::udp(
            (IP_A, 1),
            (IP_B, 2),
            b"data",
        ));
        let message = icmpv4::Message::DestUnreachable { code: 3, mtu: 0 };
        for len in 0..=packet.len() {
            let error = frame::icmp(message, &packet[..len]);
            let error = frame::Ipv4::new(IP_B, IP_A, protocol::ICMP).build(&error);
            let error = frame::ipv4_frame(A, B, &error);
            let got = matches(&error, &[&icmp(message), &quotes(&packet)]);
            assert_eq!(got.is_ok(), len >= 28, "{got:?}");
        }
    }
}
