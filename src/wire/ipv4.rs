// SPDX-License-Identifier: Apache-2.0
//! The IPv4 header and its options (RFC 791).

mod options;

pub use options::{BadOption, IpOption, Options, option};

use super::checksum::{self, Sum, Words};
use crate::base::{DropReason, Ipv4Addr};

/// Bytes of a header without options.
pub const HEADER_LEN: usize = 20;
/// Bytes of the longest header: 15 words.
pub const MAX_HEADER_LEN: usize = 60;
/// Every link carries packets of this size whole, and fragments may not be smaller (RFC 791, 3.2).
pub const MIN_MTU: usize = 68;
/// Every host accepts datagrams of this size (RFC 791, 3.1; RFC 1122, 3.3.2).
pub const MIN_REASSEMBLY: usize = 576;

/// Protocol numbers, by their names in the IANA registry.
pub mod protocol {
    /// ICMP (RFC 792).
    pub const ICMP: u8 = 1;
    /// IGMP (RFC 2236, RFC 3376).
    pub const IGMP: u8 = 2;
    /// TCP (RFC 9293).
    pub const TCP: u8 = 6;
    /// UDP (RFC 768).
    pub const UDP: u8 = 17;
    /// ICMP of IPv6 (RFC 4443): never valid in an IPv4 packet.
    pub const ICMPV6: u8 = 58;
}

/// "Don't fragment" in [`Header::flags_and_offset`].
const DONT_FRAGMENT: u16 = 0x4000;
/// "More fragments" in [`Header::flags_and_offset`].
const MORE_FRAGMENTS: u16 = 0x2000;
/// The fragment's offset in units of eight bytes, in [`Header::flags_and_offset`].
const OFFSET_MASK: u16 = 0x1fff;

/// A header whose version and lengths are sound. Its checksum is not verified by parsing.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    fixed: &'a [u8; HEADER_LEN],
    options: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the header at the start of `head`, the first contiguous piece of a packet that has
    /// `available` bytes in all.
    ///
    /// # Errors
    /// [`DropReason::Ipv4BadVersion`] when the version is not 4; [`DropReason::Ipv4Malformed`] when
    /// the header does not lie in `head` as a whole, claims fewer than 20 bytes, or when the total
    /// length is less than the header or more than `available`.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn parse(head: &'a [u8], available: usize) -> Result<Header<'a>, DropReason> {
        let header = Self::parse_quoted(head)?;
        let total = usize::from(header.total_len());
        if total < header.len() || total > available {
            return Err(DropReason::Ipv4Malformed);
        }
        Ok(header)
    }

    /// [`Header::parse`] for the header nearly all packets have, without options, of a whole datagram,
    /// with what follows it. `None` for any other, good or bad. Inlined: ordinary packets pass here.
    #[inline(always)]
    pub fn parse_plain(packet: &'a [u8]) -> Option<(Header<'a>, &'a [u8])> {
        let (fixed, _) = packet.split_first_chunk::<HEADER_LEN>()?;
        let header = Header { fixed, options: &[] };
        if fixed[0] != 0x45 || header.is_fragment() {
            return None;
        }
        let content = packet.get(HEADER_LEN..usize::from(header.total_len()))?;
        Some((header, content))
    }

    /// [`Header::parse`] without a look at the total length: for the header in an ICMP error,
    /// behind which most of the packet is missing (RFC 792).
    ///
    /// # Errors
    /// As for [`Header::parse`].
    #[inline]
    pub fn parse_quoted(head: &'a [u8]) -> Result<Header<'a>, DropReason> {
        let (fixed, rest) =
            head.split_first_chunk::<HEADER_LEN>().ok_or(DropReason::Ipv4Malformed)?;
        if fixed[0] == 0x45 {
            return Ok(Header { fixed, options: &[] });
        }
        if fixed[0] >> 4 != 4 {
            return Err(DropReason::Ipv4BadVersion);
        }
        let len = usize::from(fixed[0] & 0x0f) * 4;
        let options = len
            .checked_sub(HEADER_LEN)
            .and_then(|len| rest.get(..len))
            .ok_or(DropReason::Ipv4Malformed)?;
        Ok(Header { fixed, options })
    }

    /// Bytes of the header with its options: 20 to 60, a multiple of 4.
    #[inline]
    pub fn len(&self) -> usize {
        HEADER_LEN + self.options.len()
    }

    /// Never: a header has at least 20 bytes.
    pub const fn is_empty(&self) -> bool {
        false
    }

    /// Differentiated services code point, 6 bits (RFC 2474).
    #[inline]
    pub const fn dscp(&self) -> u8 {
        self.fixed[1] >> 2
    }

    /// Explicit congestion notification, 2 bits (RFC 3168).
    #[inline]
    pub const fn ecn(&self) -> u8 {
        self.fixed[1] & 3
    }

    /// Bytes of header and payload together.
    #[inline]
    pub const fn total_len(&self) -> u16 {
        u16::from_be_bytes([self.fixed[2], self.fixed[3]])
    }

    /// Bytes of payload; for a quoted header, of the payload there once was.
    #[inline]
    pub fn payload_len(&self) -> usize {
        usize::from(self.total_len()).saturating_sub(self.len())
    }

    /// Identification: equal in all fragments of one packet.
    #[inline]
    pub const fn ident(&self) -> u16 {
        u16::from_be_bytes([self.fixed[4], self.fixed[5]])
    }

    /// Flags and fragment offset as they are sent.
    #[inline]
    pub const fn flags_and_offset(&self) -> u16 {
        u16::from_be_bytes([self.fixed[6], self.fixed[7]])
    }

    /// The packet may not be fragmented on its way.
    #[inline]
    pub const fn dont_fragment(&self) -> bool {
        self.flags_and_offset() & DONT_FRAGMENT != 0
    }

    /// Fragments with higher offsets exist.
    #[inline]
    pub const fn more_fragments(&self) -> bool {
        self.flags_and_offset() & MORE_FRAGMENTS != 0
    }

    /// Where the payload belongs in the whole packet's payload, in bytes: a multiple of 8.
    #[inline]
    pub const fn fragment_offset(&self) -> u16 {
        (self.flags_and_offset() & OFFSET_MASK) << 3
    }

    /// The packet is one of several fragments.
    #[inline]
    pub const fn is_fragment(&self) -> bool {
        self.flags_and_offset() & (MORE_FRAGMENTS | OFFSET_MASK) != 0
    }

    /// Time to live.
    #[inline]
    pub const fn ttl(&self) -> u8 {
        self.fixed[8]
    }

    /// What the payload is: one of [`protocol`].
    #[inline]
    pub const fn protocol(&self) -> u8 {
        self.fixed[9]
    }

    /// The checksum field.
    #[inline]
    pub const fn checksum(&self) -> u16 {
        u16::from_be_bytes([self.fixed[10], self.fixed[11]])
    }

    /// Source address.
    #[inline]
    pub const fn src(&self) -> Ipv4Addr {
        let h = self.fixed;
        Ipv4Addr::new(h[12], h[13], h[14], h[15])
    }

    /// Destination address.
    #[inline]
    pub const fn dst(&self) -> Ipv4Addr {
        let h = self.fixed;
        Ipv4Addr::new(h[16], h[17], h[18], h[19])
    }

    /// The options' bytes, padding included.
    #[inline]
    pub const fn option_bytes(&self) -> &'a [u8] {
        self.options
    }

    /// Walks the options.
    #[inline]
    pub const fn options(&self) -> Options<'a> {
        Options::new(self.options)
    }

    /// True when the header is intact.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn is_checksum_valid(&self) -> bool {
        let sum = checksum::of_header(self.fixed);
        if self.options.is_empty() { sum.is_valid() } else { sum.then(self.options).is_valid() }
    }
}

/// A packet that lies in one piece.
#[derive(Clone, Copy, Debug)]
pub struct Packet<'a> {
    /// Its header.
    pub header: Header<'a>,
    /// What the total length says is payload; padding of the frame is cut off.
    pub payload: &'a [u8],
}

impl<'a> Packet<'a> {
    /// Splits `bytes` into header and payload.
    ///
    /// # Errors
    /// As for [`Header::parse`].
    #[inline]
    pub fn new_checked(bytes: &'a [u8]) -> Result<Packet<'a>, DropReason> {
        let header = Header::parse(bytes, bytes.len())?;
        let payload = bytes
            .get(header.len()..usize::from(header.total_len()))
            .ok_or(DropReason::Ipv4Malformed)?;
        Ok(Packet { header, payload })
    }
}

/// A header without options, in plain values: what the stack sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repr {
    /// Source address.
    pub src: Ipv4Addr,
    /// Destination address.
    pub dst: Ipv4Addr,
    /// What the payload is: one of [`protocol`].
    pub protocol: u8,
    /// Time to live.
    pub ttl: u8,
    /// Differentiated services code point (6 bits) and, below it, ECN (2 bits).
    pub tos: u8,
    /// Identification.
    pub ident: u16,
    /// The packet may not be fragmented.
    pub dont_fragment: bool,
    /// More fragments follow this one.
    pub more_fragments: bool,
    /// Place of the payload in the whole, in bytes; the low three bits are not sent.
    pub fragment_offset: u16,
    /// Bytes of payload; with the header at most 65,535.
    pub payload_len: u16,
}

impl Repr {
    /// The values of `header`; its options are left out.
    pub fn of(header: &Header<'_>) -> Repr {
        Repr {
            src: header.src(),
            dst: header.dst(),
            protocol: header.protocol(),
            ttl: header.ttl(),
            tos: header.dscp() << 2 | header.ecn(),
            ident: header.ident(),
            dont_fragment: header.dont_fragment(),
            more_fragments: header.more_fragments(),
            fragment_offset: header.fragment_offset(),
            payload_len: header.payload_len() as u16,
        }
    }

    /// Writes the header and its checksum.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        self.emit_without_checksum(out);
        let [c0, c1] = checksum::of_header(out).finish().to_be_bytes();
        out[10] = c0;
        out[11] = c1;
    }

    /// Writes the header with a checksum of zero, for a link that computes it.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn emit_without_checksum(&self, out: &mut [u8; HEADER_LEN]) {
        let [l0, l1] = self.payload_len.saturating_add(HEADER_LEN as u16).to_be_bytes();
        let [i0, i1] = self.ident.to_be_bytes();
        let mut fragment = self.fragment_offset >> 3;
        if self.dont_fragment {
            fragment |= DONT_FRAGMENT;
        }
        if self.more_fragments {
            fragment |= MORE_FRAGMENTS;
        }
        let [f0, f1] = fragment.to_be_bytes();
        let [s0, s1, s2, s3] = self.src.octets();
        let [d0, d1, d2, d3] = self.dst.octets();
        *out = [
            0x45,
            self.tos,
            l0,
            l1,
            i0,
            i1,
            f0,
            f1,
            self.ttl,
            self.protocol,
            0,
            0,
            s0,
            s1,
            s2,
            s3,
            d0,
            d1,
            d2,
            d3,
        ];
    }
}

/// What the headers have in common of all datagrams from one address to another that may not be
/// fragmented.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    bytes: [u8; HEADER_LEN],
    addresses: Words,
}

impl Template {
    /// That between two addresses.
    pub fn new(src: Ipv4Addr, dst: Ipv4Addr) -> Template {
        let mut bytes = [0; HEADER_LEN];
        let repr = Repr {
            src,
            dst,
            protocol: 0,
            ttl: 0,
            tos: 0,
            ident: 0,
            dont_fragment: true,
            more_fragments: false,
            fragment_offset: 0,
            payload_len: 0,
        };
        repr.emit_without_checksum(&mut bytes);
        Template { bytes, addresses: Words::of_addresses(src, dst) }
    }

    /// The header without what [`complete`](Self::complete) adds to it.
    #[inline(always)]
    pub const fn bytes(&self) -> &[u8; HEADER_LEN] {
        &self.bytes
    }

    /// The pseudo header of UDP and TCP; `len` counts the transport header and its payload.
    #[inline(always)]
    pub const fn pseudo(&self, protocol: u8, len: u16) -> Words {
        self.addresses.then(protocol as u16).then(len)
    }

    /// Completes a header that begins as [`bytes`](Self::bytes): with the packet's length, header and all,
    /// and its checksum.
    #[inline(always)]
    pub fn complete(
        &self,
        header: &mut [u8; HEADER_LEN],
        (ttl, tos, protocol): (u8, u8, u8),
        ident: u16,
        total_len: u16,
    ) {
        let live = u16::from_be_bytes([ttl, protocol]);
        let sum = self.addresses.then(0x4500 | u16::from(tos)).then(total_len).then(ident);
        let sum = sum.then(DONT_FRAGMENT).then(live).finish();
        let [l0, l1] = total_len.to_be_bytes();
        let [i0, i1] = ident.to_be_bytes();
        let [c0, c1] = sum.to_be_bytes();
        header[1] = tos;
        [header[2], header[3], header[4], header[5]] = [l0, l1, i0, i1];
        [header[8], header[9], header[10], header[11]] = [ttl, protocol, c0, c1];
    }
}

/// Lowers the time to live of the packet at the start of `packet` by one and mends its checksum,
/// as a forwarder does (RFC 1812, 5.3.1; RFC 1624). Returns the new value, or `None` when
/// it was zero already or the bytes are no header.
pub fn decrement_ttl(packet: &mut [u8]) -> Option<u8> {
    let header = packet.first_chunk_mut::<HEADER_LEN>()?;
    let ttl = header[8].checked_sub(1)?;
    let old = u16::from_be_bytes([header[8], header[9]]);
    header[8] = ttl;
    let new = u16::from_be_bytes([header[8], header[9]]);
    let check = u16::from_be_bytes([header[10], header[11]]);
    let [c0, c1] = checksum::update_u16(check, old, new).to_be_bytes();
    header[10] = c0;
    header[11] = c1;
    Some(ttl)
}

/// Makes the header of a first fragment that of the whole packet, `total_len` bytes long. `None` when
/// `header` is not one header with its options.
pub fn make_whole(header: &mut [u8], total_len: u16) -> Option<()> {
    let fixed = header.first_chunk_mut::<HEADER_LEN>()?;
    [fixed[2], fixed[3]] = total_len.to_be_bytes();
    [fixed[6], fixed[7]] = [0, 0];
    [fixed[10], fixed[11]] = [0, 0];
    let [c0, c1] = Sum::of(header).finish().to_be_bytes();
    let fixed = header.first_chunk_mut::<HEADER_LEN>()?;
    [fixed[10], fixed[11]] = [c0, c1];
    Some(())
}

/// The sum of the pseudo header for a transport of this packet ([`checksum::pseudo_ipv4`]).
#[inline]
pub fn pseudo_header(header: &Header<'_>) -> Sum {
    checksum::pseudo_ipv4(
        header.src(),
        header.dst(),
        header.protocol(),
        header.payload_len() as u16,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 192.168.0.1 to 192.168.0.199, UDP, 115 bytes, the widely printed example of this checksum.
    const HEADER: [u8; HEADER_LEN] = [
        0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11, 0xb8, 0x61, 0xc0, 0xa8, 0x00,
        0x01, 0xc0, 0xa8, 0x00, 0xc7,
    ];
    const REPR: Repr = Repr {
        src: Ipv4Addr::new(192, 168, 0, 1),
        dst: Ipv4Addr::new(192, 168, 0, 199),
        protocol: protocol::UDP,
        ttl: 64,
        tos: 0,
        ident: 0,
        dont_fragment: true,
        more_fragments: false,
        fragment_offset: 0,
        payload_len: 95,
    };

    #[test]
    fn a_template_completed_is_the_header_written_whole() {
        let (src, dst) = (Ipv4Addr::new(255, 255, 0, 1), Ipv4Addr::new(192, 168, 0, 199));
        for n in 0..70_000u32 {
            let (tos, ttl) = ((n / 3) as u8, (n / 257) as u8);
            let (ident, payload_len) = (n as u16, (n.wrapping_mul(7) % 65_515) as u16);
            let repr =
                Repr { src, dst, tos, ttl, ident, payload_len, protocol: protocol::TCP, ..REPR };
            let mut whole = [0; HEADER_LEN];
            repr.emit(&mut whole);
            let template = Template::new(src, dst);
            let mut header = *template.bytes();
            template.complete(&mut header, (ttl, tos, protocol::TCP), ident, payload_len + 20);
            assert_eq!(header, whole);
            let pseudo = template.pseudo(protocol::TCP, payload_len).finish();
            let long = checksum::pseudo_ipv4(src, dst, protocol::TCP, payload_len).finish();
            assert_eq!(pseudo, long);
        }
    }

    #[test]
    fn plain_headers_are_those_without_options_of_whole_datagrams() {
        let mut packet = [0; 115];
        packet[..HEADER_LEN].copy_from_slice(&HEADER);
        let (good, content) = Header::parse_plain(&packet).unwrap();
        assert_eq!((good.len(), content.len()), (HEADER_LEN, 115 - HEADER_LEN));
        assert!(Header::parse_plain(&packet[..114]).is_none());
        assert!(Header::parse_plain(&packet[..19]).is_none());
        for (at, value) in [(0, 0x46), (0, 0x65), (3, 19), (3, 116), (6, 0x20), (7, 1)] {
            let mut other = packet;
            other[at] = value;
            assert!(Header::parse_plain(&other).is_none(), "byte {at}");
        }
    }

    #[test]
    fn parses_what_it_emits() {
        let header = Header::parse(&HEADER, 115).unwrap();
        assert!(header.is_checksum_valid());
        assert_eq!(Repr::of(&header), REPR);
        let mut out = [0xee; HEADER_LEN];
        REPR.emit(&mut out);
        assert_eq!(out, HEADER);
        REPR.emit_without_checksum(&mut out);
        assert_eq!(out[10..12], [0, 0]);
    }

    #[test]
    fn every_field_has_its_place() {
        let repr = Repr {
            src: Ipv4Addr::new(1, 2, 3, 4),
            dst: Ipv4Addr::new(5, 6, 7, 8),
            protocol: 0xab,
            ttl: 0xcd,
            tos: 0xb9,
            ident: 0x1234,
            dont_fragment: false,
            more_fragments: true,
            fragment_offset: 0xfff8,
            payload_len: 1480,
        };
        let mut out = [0; HEADER_LEN];
        repr.emit(&mut out);
        assert_eq!(out[..10], [0x45, 0xb9, 0x05, 0xdc, 0x12, 0x34, 0x3f, 0xff, 0xcd, 0xab]);
        assert_eq!(out[12..], [1, 2, 3, 4, 5, 6, 7, 8]);
        let header = Header::parse(&out, 1500).unwrap();
        assert_eq!(Repr::of(&header), repr);
        assert_eq!((header.dscp(), header.ecn()), (46, 1));
        assert!(header.is_fragment() && header.is_checksum_valid());
    }

    #[test]
    fn every_truncated_length_is_refused() {
        for len in 0..HEADER_LEN {
            let got = Header::parse(&HEADER[..len], 115).map(|_| ());
            assert_eq!(got, Err(DropReason::Ipv4Malformed), "length {len}");
        }
        for available in 0..115 {
            let got = Header::parse(&HEADER, available).map(|_| ());
            assert_eq!(got, Err(DropReason::Ipv4Malformed), "available {available}");
        }
    }

    #[test]
    fn version_and_header_length_are_checked() {
        for first in 0..=255u8 {
            let mut bytes = [0u8; 64];
            bytes[0] = first;
            bytes[3] = 64;
            let want = match (first >> 4, first & 15) {
                (4, 5..) => Ok(usize::from(first & 15) * 4),
                (4, _) => Err(DropReason::Ipv4Malformed),
                _ => Err(DropReason::Ipv4BadVersion),
            };
            assert_eq!(Header::parse(&bytes, 64).map(|h| h.len()), want, "first byte {first:#x}");
        }
    }

    #[test]
    fn total_length_below_the_header_is_refused() {
        let mut bytes = [0u8; 60];
        bytes[0] = 0x47;
        for total in 0..28 {
            bytes[3] = total;
            let got = Packet::new_checked(&bytes).map(|_| ());
            assert_eq!(got, Err(DropReason::Ipv4Malformed), "total length {total}");
        }
        bytes[3] = 28;
        let packet = Packet::new_checked(&bytes).unwrap();
        assert_eq!((packet.header.option_bytes().len(), packet.payload.len()), (8, 0));
    }

    #[test]
    fn padding_of_the_frame_is_cut_off() {
        let mut bytes = [0u8; 46];
        bytes[0] = 0x45;
        bytes[3] = 23;
        assert_eq!(Packet::new_checked(&bytes).unwrap().payload.len(), 3);
    }

    #[test]
    fn every_single_bit_error_breaks_the_checksum() {
        for at in 1..HEADER_LEN {
            for bit in 0..8 {
                let mut bad = HEADER;
                bad[at] ^= 1 << bit;
                let header = Header::parse_quoted(&bad).unwrap();
                assert!(!header.is_checksum_valid(), "byte {at} bit {bit}");
            }
        }
    }

    #[test]
    fn checksum_covers_options() {
        let mut bytes = [0u8; 24];
        bytes[..20].copy_from_slice(&HEADER);
        bytes[0] = 0x46;
        bytes[20..].copy_from_slice(&[0x94, 0x04, 0, 0]);
        bytes[10..12].copy_from_slice(&[0, 0]);
        let sum = Sum::of(&bytes).finish();
        bytes[10..12].copy_from_slice(&sum.to_be_bytes());
        assert!(Header::parse(&bytes, 115).unwrap().is_checksum_valid());
        bytes[23] = 1;
        assert!(!Header::parse(&bytes, 115).unwrap().is_checksum_valid());
    }

    #[test]
    fn ttl_falls_to_zero_and_the_checksum_holds() {
        let mut bytes = HEADER;
        for want in (0..64).rev() {
            assert_eq!(decrement_ttl(&mut bytes), Some(want));
            assert!(Header::parse(&bytes, 115).unwrap().is_checksum_valid());
        }
        assert_eq!(decrement_ttl(&mut bytes), None);
        assert_eq!(decrement_ttl(&mut bytes[..19]), None);
    }

    #[test]
    fn a_quoted_header_may_promise_more_than_is_there() {
        assert_eq!(Header::parse_quoted(&HEADER).unwrap().payload_len(), 95);
    }
}
