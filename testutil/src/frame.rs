// SPDX-License-Identifier: Apache-2.0
//! Frames made by hand: whole and correct, or wrong in just the way a test wants.

use znet::base::{EthAddr, Ipv4Addr};
use znet::wire::checksum::{Sum, pseudo_ipv4};
use znet::wire::ethernet::{self, ethertype};
use znet::wire::ipv4::{self, protocol};
use znet::wire::{arp, icmpv4, udp};

/// Shortest Ethernet frame, without its check sequence.
pub const MIN_FRAME: usize = ethernet::MIN_FRAME_LEN;

/// Puts an Ethernet header in front of `payload`. Nothing is padded.
pub fn ethernet(dst: EthAddr, src: EthAddr, ethertype: u16, payload: &[u8]) -> Vec<u8> {
    let mut header = [0; ethernet::HEADER_LEN];
    ethernet::Header { dst, src, ethertype }.emit(&mut header);
    [&header[..], payload].concat()
}

/// Pads a frame with zeros to the 60 bytes that go over a real wire at least.
pub fn padded(mut frame: Vec<u8>) -> Vec<u8> {
    frame.resize(frame.len().max(MIN_FRAME), 0);
    frame
}

/// An ARP packet without its Ethernet header.
pub fn arp(repr: &arp::Repr) -> Vec<u8> {
    let mut out = [0; arp::PACKET_LEN];
    repr.emit(&mut out);
    out.to_vec()
}

/// An IPv4 packet under construction: sensible values, each of which can be set.
#[derive(Clone, Debug)]
pub struct Ipv4 {
    /// The header's values; the payload length is filled in.
    pub repr: ipv4::Repr,
    /// Option bytes; padded to a multiple of four.
    pub options: Vec<u8>,
}

impl Ipv4 {
    /// A packet of `protocol` from `src` to `dst`, TTL 64.
    pub fn new(src: Ipv4Addr, dst: Ipv4Addr, protocol: u8) -> Self {
        let repr = ipv4::Repr {
            src,
            dst,
            protocol,
            ttl: 64,
            tos: 0,
            ident: 0x1234,
            dont_fragment: false,
            more_fragments: false,
            fragment_offset: 0,
            payload_len: 0,
        };
        Ipv4 { repr, options: Vec::new() }
    }

    /// Sets the time to live.
    pub fn ttl(mut self, ttl: u8) -> Self {
        self.repr.ttl = ttl;
        self
    }

    /// Adds option bytes.
    pub fn options(mut self, bytes: &[u8]) -> Self {
        self.options.extend_from_slice(bytes);
        self
    }

    /// Makes it the fragment at `offset` bytes.
    pub fn fragment(mut self, offset: u16, more: bool) -> Self {
        self.repr.fragment_offset = offset;
        self.repr.more_fragments = more;
        self
    }

    /// The packet's bytes around `payload`, lengths and checksum correct.
    ///
    /// # Panics
    /// When options or payload are longer than a packet can hold.
    pub fn build(&self, payload: &[u8]) -> Vec<u8> {
        let mut options = self.options.clone();
        options.resize(options.len().next_multiple_of(4), 0);
        assert!(options.len() <= 40, "options of {} bytes", options.len());
        let len = u16::try_from(options.len() + payload.len()).expect("a packet has 64 KiB");
        let mut header = [0; ipv4::HEADER_LEN];
        ipv4::Repr { payload_len: len, ..self.repr }.emit_without_checksum(&mut header);
        header[0] += (options.len() / 4) as u8;
        let mut packet = [&header[..], &options, payload].concat();
        mend_ipv4(&mut packet);
        packet
    }
}

/// Computes the header checksum of an IPv4 packet anew, after a test spoilt a field. A header
/// length that passes the packet counts as the packet.
pub fn mend_ipv4(packet: &mut [u8]) {
    let len = (usize::from(packet[0] & 15) * 4).clamp(ipv4::HEADER_LEN, packet.len());
    packet[10..12].fill(0);
    let sum = Sum::of(&packet[..len]).finish();
    packet[10..12].copy_from_slice(&sum.to_be_bytes());
}

/// A UDP datagram with its checksum, for the payload of an IPv4 packet.
pub fn udp(src: (Ipv4Addr, u16), dst: (Ipv4Addr, u16), data: &[u8]) -> Vec<u8> {
    let len = u16::try_from(udp::HEADER_LEN + data.len()).expect("a datagram has 64 KiB");
    let mut header = udp::Header { src_port: src.1, dst_port: dst.1, len, checksum: 0 };
    header.checksum = header.checksum_ipv4(src.0, dst.0, Sum::of(data));
    let mut out = [0; udp::HEADER_LEN];
    header.emit(&mut out);
    [&out[..], data].concat()
}

/// Computes the checksum of a UDP datagram anew, after a test spoilt a field.
pub fn mend_udp(src: Ipv4Addr, dst: Ipv4Addr, datagram: &mut [u8]) {
    datagram[6..8].fill(0);
    let sum = pseudo_ipv4(src, dst, protocol::UDP, datagram.len() as u16)
        .join(Sum::of(datagram))
        .finish_udp();
    datagram[6..8].copy_from_slice(&sum.to_be_bytes());
}

/// An ICMP message with its checksum.
pub fn icmp(message: icmpv4::Message, data: &[u8]) -> Vec<u8> {
    let mut header = [0; icmpv4::HEADER_LEN];
    message.header().emit(&mut header);
    let mut out = [&header[..], data].concat();
    mend_icmp(&mut out);
    out
}

/// An ICMP message of any type, code and rest of header, with its checksum.
pub fn icmp_raw(kind: u8, code: u8, rest: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = [&[kind, code, 0, 0][..], &rest, data].concat();
    mend_icmp(&mut out);
    out
}

/// Computes the checksum of an ICMP message of at least four bytes anew.
pub fn mend_icmp(message: &mut [u8]) {
    message[2..4].fill(0);
    let sum = Sum::of(message).finish();
    message[2..4].copy_from_slice(&sum.to_be_bytes());
}

/// A frame from one station to another with an IPv4 packet in it.
pub fn ipv4_frame(dst: EthAddr, src: EthAddr, packet: &[u8]) -> Vec<u8> {
    ethernet(dst, src, ethertype::IPV4, packet)
}
