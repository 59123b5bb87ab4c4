// SPDX-License-Identifier: Apache-2.0
//! ICMP for IPv6 (RFC 4443). Neighbour discovery is in [`ndp`](super::ndp), listener discovery in
//! [`mld`](super::mld).

use super::checksum::{Sum, pseudo_ipv6};
use super::ipv6::{self, next_header};
use crate::base::{DropReason, Ipv6Addr};

/// Bytes of type, code, checksum and the four bytes that depend on the type.
pub const HEADER_LEN: usize = 8;
/// An error with its IPv6 header is no longer than this (RFC 4443, 2.4 c).
pub const MAX_ERROR_LEN: usize = ipv6::MIN_MTU;

/// Message types.
pub mod kind {
    /// Destination unreachable.
    pub const DEST_UNREACHABLE: u8 = 1;
    /// Too big for the next link.
    pub const PACKET_TOO_BIG: u8 = 2;
    /// Hop limit, or the time to reassemble, ran out.
    pub const TIME_EXCEEDED: u8 = 3;
    /// A header field is wrong.
    pub const PARAMETER_PROBLEM: u8 = 4;
    /// Echo request.
    pub const ECHO_REQUEST: u8 = 128;
    /// Answer to an echo request.
    pub const ECHO_REPLY: u8 = 129;
    /// Multicast listener query.
    pub const MLD_QUERY: u8 = 130;
    /// Version 1 report.
    pub const MLD_REPORT_V1: u8 = 131;
    /// Version 1 done.
    pub const MLD_DONE_V1: u8 = 132;
    /// Router solicitation.
    pub const ROUTER_SOLICIT: u8 = 133;
    /// Router advertisement.
    pub const ROUTER_ADVERT: u8 = 134;
    /// Neighbour solicitation.
    pub const NEIGHBOUR_SOLICIT: u8 = 135;
    /// Neighbour advertisement.
    pub const NEIGHBOUR_ADVERT: u8 = 136;
    /// Redirect.
    pub const REDIRECT: u8 = 137;
    /// Version 2 report.
    pub const MLD_REPORT_V2: u8 = 143;
}

/// Codes of a [`kind::DEST_UNREACHABLE`].
pub mod unreachable {
    /// No route.
    pub const NO_ROUTE: u8 = 0;
    /// Forbidden by a filter.
    pub const ADMIN_PROHIBITED: u8 = 1;
    /// Beyond the scope of the source address.
    pub const BEYOND_SCOPE: u8 = 2;
    /// The neighbour does not answer.
    pub const ADDRESS: u8 = 3;
    /// Nobody listens on the port.
    pub const PORT: u8 = 4;
}

/// Codes of a [`kind::PARAMETER_PROBLEM`].
pub mod problem {
    /// A field has an impossible value.
    pub const FIELD: u8 = 0;
    /// Unknown next header.
    pub const NEXT_HEADER: u8 = 1;
    /// Unknown option.
    pub const OPTION: u8 = 2;
    /// The first fragment does not hold all headers (RFC 7112, 6).
    pub const HEADER_CHAIN: u8 = 3;
}

/// Codes of a [`kind::TIME_EXCEEDED`].
pub mod exceeded {
    /// Hop limit.
    pub const HOP_LIMIT: u8 = 0;
    /// Reassembly.
    pub const REASSEMBLY: u8 = 1;
}

/// What all messages begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Message type: one of [`kind`].
    pub kind: u8,
    /// What it means depends on the type.
    pub code: u8,
    /// Checksum over pseudo header and message.
    pub checksum: u16,
    /// Four bytes that depend on the type.
    pub rest: [u8; 4],
}

impl Header {
    /// Reads the header of a message.
    ///
    /// # Errors
    /// [`DropReason::IcmpMalformed`] when it is cut short.
    pub fn parse(bytes: &[u8]) -> Result<Header, DropReason> {
        let h = bytes.first_chunk::<HEADER_LEN>().ok_or(DropReason::IcmpMalformed)?;
        let [kind, code, c0, c1, r0, r1, r2, r3] = *h;
        let checksum = u16::from_be_bytes([c0, c1]);
        Ok(Header { kind, code, checksum, rest: [r0, r1, r2, r3] })
    }

    /// Writes the header as it is, checksum included.
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        let [c0, c1] = self.checksum.to_be_bytes();
        let [r0, r1, r2, r3] = self.rest;
        *out = [self.kind, self.code, c0, c1, r0, r1, r2, r3];
    }

    /// The header of an echo message.
    pub const fn echo(kind: u8, ident: u16, seq: u16) -> Header {
        let ([i0, i1], [s0, s1]) = (ident.to_be_bytes(), seq.to_be_bytes());
        Header { kind, code: 0, checksum: 0, rest: [i0, i1, s0, s1] }
    }

    /// The header of an error; `value` is the MTU, the pointer or zero.
    pub const fn error(kind: u8, code: u8, value: u32) -> Header {
        Header { kind, code, checksum: 0, rest: value.to_be_bytes() }
    }

    /// The last four bytes as a number: MTU or pointer.
    pub const fn value(&self) -> u32 {
        u32::from_be_bytes(self.rest)
    }

    /// Identifier and sequence number of an echo message.
    pub const fn echo_fields(&self) -> (u16, u16) {
        let [i0, i1, s0, s1] = self.rest;
        (u16::from_be_bytes([i0, i1]), u16::from_be_bytes([s0, s1]))
    }
}

/// True for error messages: those below 128 (RFC 4443, 2.1).
pub const fn is_error(kind: u8) -> bool {
    kind < 128
}

/// The sum a message is to have: pseudo header and `message`, whose bytes it sums and counts.
#[inline]
pub fn sum(src: Ipv6Addr, dst: Ipv6Addr, len: usize, message: Sum) -> Sum {
    pseudo_ipv6(src, dst, next_header::ICMPV6, len as u32).join(message)
}

/// How many bytes of a packet of `len` bytes an error quotes: all that fit.
pub const fn quote_len(len: usize) -> usize {
    let most = MAX_ERROR_LEN - ipv6::HEADER_LEN - HEADER_LEN;
    if len < most { len } else { most }
}

/// What an error quotes: the packet we once sent, as much of it as came back.
#[derive(Clone, Copy, Debug)]
pub struct Quote<'a> {
    /// Its header.
    pub header: ipv6::Header<'a>,
    /// Number of its transport protocol.
    pub protocol: u8,
    /// Its transport header, as much of it as was quoted.
    pub transport: &'a [u8],
}

impl<'a> Quote<'a> {
    /// Reads the packet an error quotes.
    ///
    /// # Errors
    /// [`DropReason::IcmpBadQuote`] when the transport header is not reached.
    pub fn parse(bytes: &'a [u8]) -> Result<Quote<'a>, DropReason> {
        let bad = DropReason::IcmpBadQuote;
        let header = ipv6::Header::parse_quoted(bytes).map_err(|_| bad)?;
        let (protocol, at) = ipv6::transport_of(bytes).ok_or(bad)?;
        Ok(Quote { header, protocol, transport: bytes.get(at..).ok_or(bad)? })
    }

    /// The first two 16-bit numbers of the transport header: source and destination port.
    pub fn ports(&self) -> Option<(u16, u16)> {
        let [s0, s1, d0, d1] = *self.transport.first_chunk::<4>()?;
        Some((u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_parses_what_it_emits() {
        let header = Header { checksum: 0xabcd, ..Header::echo(kind::ECHO_REQUEST, 0x1234, 7) };
        let mut out = [0xee; HEADER_LEN];
        header.emit(&mut out);
        assert_eq!(out, [128, 0, 0xab, 0xcd, 0x12, 0x34, 0, 7]);
        assert_eq!(Header::parse(&out), Ok(header));
        assert_eq!(header.echo_fields(), (0x1234, 7));
        for len in 0..HEADER_LEN {
            assert_eq!(Header::parse(&out[..len]), Err(DropReason::IcmpMalformed));
        }
    }

    #[test]
    fn errors_carry_a_number() {
        let header = Header::error(kind::PACKET_TOO_BIG, 0, 1280);
        assert_eq!((header.value(), header.rest), (1280, [0, 0, 5, 0]));
        assert!(is_error(127) && !is_error(128));
    }

    #[test]
    fn an_error_fits_the_smallest_mtu() {
        assert_eq!((quote_len(0), quote_len(1232), quote_len(9000)), (0, 1232, 1232));
    }

    /// By the definition of RFC 8200, 8.1.
    #[test]
    fn checksum_covers_the_pseudo_header() {
        let (src, dst) = (Ipv6Addr::LOCALHOST, Ipv6Addr::LOCALHOST);
        let mut bytes = [128, 0, 0, 0, 0, 1, 0, 2];
        let check = sum(src, dst, 8, Sum::of(&bytes)).finish();
        // 1 + 1 (addresses) + 8 (length) + 58 (next header) + 0x8000 + 1 + 2.
        assert_eq!(check, !(0x8000 + 1 + 1 + 8 + 58 + 1 + 2));
        bytes[2..4].copy_from_slice(&check.to_be_bytes());
        assert!(sum(src, dst, 8, Sum::of(&bytes)).is_valid());
    }

    #[test]
    fn a_quote_shorter_than_the_ports_tells_none() {
        let mut packet = [0u8; 44];
        (packet[0], packet[6]) = (0x60, next_header::UDP);
        packet[40..].copy_from_slice(&[0, 7, 0, 9]);
        assert_eq!(Quote::parse(&packet).unwrap().ports(), Some((7, 9)));
        for len in 0..44 {
            let ports = Quote::parse(&packet[..len]).ok().and_then(|quote| quote.ports());
            assert_eq!(ports, None, "length {len}");
        }
    }
}
