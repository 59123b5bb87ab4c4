// SPDX-License-Identifier: Apache-2.0
//! ICMP for IPv4 (RFC 792).

use super::ipv4;
use crate::base::{DropReason, Ipv4Addr};

/// Bytes of an ICMP header: type, code, checksum and four bytes that depend on the type.
pub const HEADER_LEN: usize = 8;
/// Bytes behind the header of a timestamp message: three times.
pub const TIMESTAMP_LEN: usize = 12;
/// An error is no longer than this, IPv4 header included (RFC 1812, 4.3.2.3).
pub const MAX_ERROR_LEN: usize = 576;
/// Bytes of the transport header every error quotes at least (RFC 792).
pub const MIN_QUOTE: usize = 8;

/// Message types.
pub mod kind {
    /// Answer to an echo request.
    pub const ECHO_REPLY: u8 = 0;
    /// Destination unreachable.
    pub const DEST_UNREACHABLE: u8 = 3;
    /// Source quench; obsolete (RFC 6633).
    pub const SOURCE_QUENCH: u8 = 4;
    /// There is a better gateway.
    pub const REDIRECT: u8 = 5;
    /// Echo request.
    pub const ECHO_REQUEST: u8 = 8;
    /// Time to live, or the time to reassemble, ran out.
    pub const TIME_EXCEEDED: u8 = 11;
    /// A header field is wrong.
    pub const PARAMETER_PROBLEM: u8 = 12;
    /// What time is it?
    pub const TIMESTAMP: u8 = 13;
    /// Answer to a timestamp.
    pub const TIMESTAMP_REPLY: u8 = 14;
}

/// Codes of a [`kind::TIME_EXCEEDED`] (RFC 792).
pub mod time_exceeded {
    /// No hops were left.
    pub const TRANSIT: u8 = 0;
    /// Fragments were missing for too long.
    pub const REASSEMBLY: u8 = 1;
}

/// Codes of a [`kind::DEST_UNREACHABLE`] (RFC 792; RFC 1122, 3.2.2.1; RFC 1812, 5.2.7.1).
pub mod unreachable {
    /// No route to the network.
    pub const NET: u8 = 0;
    /// The host does not answer.
    pub const HOST: u8 = 1;
    /// No such protocol.
    pub const PROTOCOL: u8 = 2;
    /// Nobody listens on the port.
    pub const PORT: u8 = 3;
    /// The packet is too big for the next link and may not be fragmented (RFC 1191).
    pub const FRAGMENTATION_NEEDED: u8 = 4;
    /// The source route failed.
    pub const SOURCE_ROUTE_FAILED: u8 = 5;
    /// Destination network unknown.
    pub const NET_UNKNOWN: u8 = 6;
    /// Destination host unknown.
    pub const HOST_UNKNOWN: u8 = 7;
    /// Forbidden by a filter (RFC 1812).
    pub const ADMIN_PROHIBITED: u8 = 13;
}

/// Codes of a [`kind::TIME_EXCEEDED`].
pub mod exceeded {
    /// Time to live reached zero.
    pub const TTL: u8 = 0;
    /// Fragments were missing when the time was up.
    pub const REASSEMBLY: u8 = 1;
}

/// Codes of a [`kind::REDIRECT`].
pub mod redirect {
    /// For a network; treated as one for a host (RFC 1122, 3.2.2.2).
    pub const NET: u8 = 0;
    /// For a host.
    pub const HOST: u8 = 1;
}

/// The header all messages share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Message type: one of [`kind`].
    pub kind: u8,
    /// Refines the type.
    pub code: u8,
    /// Checksum over the whole message.
    pub checksum: u16,
    /// Four bytes whose meaning depends on the type.
    pub rest: [u8; 4],
}

impl Header {
    /// Reads the header at the start of `head`, the first contiguous piece of a message.
    ///
    /// # Errors
    /// [`DropReason::IcmpMalformed`] when it is cut short.
    #[inline]
    pub fn parse(head: &[u8]) -> Result<Header, DropReason> {
        let h = head.first_chunk::<HEADER_LEN>().ok_or(DropReason::IcmpMalformed)?;
        Ok(Header {
            kind: h[0],
            code: h[1],
            checksum: u16::from_be_bytes([h[2], h[3]]),
            rest: [h[4], h[5], h[6], h[7]],
        })
    }

    /// Writes the header as it is, checksum included.
    #[inline]
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        let [c0, c1] = self.checksum.to_be_bytes();
        let [r0, r1, r2, r3] = self.rest;
        *out = [self.kind, self.code, c0, c1, r0, r1, r2, r3];
    }

    /// What the header says, type by type; `None` for types that have no meaning here.
    #[inline]
    pub fn message(&self) -> Option<Message> {
        let [r0, r1, r2, r3] = self.rest;
        let (first, second) = (u16::from_be_bytes([r0, r1]), u16::from_be_bytes([r2, r3]));
        let code = self.code;
        Some(match self.kind {
            kind::ECHO_REPLY => Message::EchoReply { ident: first, seq: second },
            kind::ECHO_REQUEST => Message::EchoRequest { ident: first, seq: second },
            kind::DEST_UNREACHABLE => Message::DestUnreachable { code, mtu: second },
            kind::REDIRECT => Message::Redirect { code, gateway: Ipv4Addr::from(self.rest) },
            kind::TIME_EXCEEDED => Message::TimeExceeded { code },
            kind::PARAMETER_PROBLEM => Message::ParameterProblem { code, pointer: r0 },
            kind::TIMESTAMP => Message::Timestamp { ident: first, seq: second },
            kind::TIMESTAMP_REPLY => Message::TimestampReply { ident: first, seq: second },
            _ => return None,
        })
    }

    /// True for the types that report an error; such a message never causes another one
    /// (RFC 1122, 3.2.2).
    #[inline]
    pub const fn is_error(&self) -> bool {
        is_error(self.kind)
    }
}

/// True for the message types that report an error (RFC 1122, 3.2.2).
#[inline]
pub const fn is_error(kind: u8) -> bool {
    matches!(
        kind,
        kind::DEST_UNREACHABLE
            | kind::SOURCE_QUENCH
            | kind::REDIRECT
            | kind::TIME_EXCEEDED
            | kind::PARAMETER_PROBLEM
    )
}

/// A header in plain values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Message {
    /// Please send the data behind this header back.
    EchoRequest { ident: u16, seq: u16 },
    /// The data of the request follows.
    EchoReply { ident: u16, seq: u16 },
    /// A packet did not arrive. `mtu` is the next link's for
    /// [`unreachable::FRAGMENTATION_NEEDED`] (RFC 1191, 4), else zero.
    DestUnreachable { code: u8, mtu: u16 },
    /// Packets to the quoted destination should go to `gateway`.
    Redirect { code: u8, gateway: Ipv4Addr },
    /// A packet ran out of hops, or of time.
    TimeExceeded { code: u8 },
    /// The byte at `pointer` of the quoted packet is wrong.
    ParameterProblem { code: u8, pointer: u8 },
    /// Three times follow, of which the receiver fills in two.
    Timestamp { ident: u16, seq: u16 },
    /// Three times follow.
    TimestampReply { ident: u16, seq: u16 },
}

impl Message {
    /// The header with a checksum of zero. Sum it and what follows, then put the checksum in.
    #[inline]
    pub fn header(&self) -> Header {
        let pair = |a: u16, b: u16| {
            let ([a0, a1], [b0, b1]) = (a.to_be_bytes(), b.to_be_bytes());
            [a0, a1, b0, b1]
        };
        let (kind, code, rest) = match *self {
            Message::EchoReply { ident, seq } => (kind::ECHO_REPLY, 0, pair(ident, seq)),
            Message::EchoRequest { ident, seq } => (kind::ECHO_REQUEST, 0, pair(ident, seq)),
            Message::DestUnreachable { code, mtu } => (kind::DEST_UNREACHABLE, code, pair(0, mtu)),
            Message::Redirect { code, gateway } => (kind::REDIRECT, code, gateway.octets()),
            Message::TimeExceeded { code } => (kind::TIME_EXCEEDED, code, [0; 4]),
            Message::ParameterProblem { code, pointer } => {
                (kind::PARAMETER_PROBLEM, code, [pointer, 0, 0, 0])
            }
            Message::Timestamp { ident, seq } => (kind::TIMESTAMP, 0, pair(ident, seq)),
            Message::TimestampReply { ident, seq } => (kind::TIMESTAMP_REPLY, 0, pair(ident, seq)),
        };
        Header { kind, code, checksum: 0, rest }
    }
}

/// The three times of a timestamp message: milliseconds since midnight UT, or with the top bit
/// set any other clock (RFC 792).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When the asking host last touched the message.
    pub originate: u32,
    /// When the answering host received it.
    pub receive: u32,
    /// When the answering host sent it.
    pub transmit: u32,
}

impl Times {
    /// Reads what follows the header.
    ///
    /// # Errors
    /// [`DropReason::IcmpMalformed`] when it is cut short.
    pub fn parse(bytes: &[u8]) -> Result<Times, DropReason> {
        let t = bytes.first_chunk::<TIMESTAMP_LEN>().ok_or(DropReason::IcmpMalformed)?;
        Ok(Times {
            originate: u32::from_be_bytes([t[0], t[1], t[2], t[3]]),
            receive: u32::from_be_bytes([t[4], t[5], t[6], t[7]]),
            transmit: u32::from_be_bytes([t[8], t[9], t[10], t[11]]),
        })
    }

    /// Writes them.
    pub fn emit(&self, out: &mut [u8; TIMESTAMP_LEN]) {
        let [o0, o1, o2, o3] = self.originate.to_be_bytes();
        let [r0, r1, r2, r3] = self.receive.to_be_bytes();
        let [t0, t1, t2, t3] = self.transmit.to_be_bytes();
        *out = [o0, o1, o2, o3, r0, r1, r2, r3, t0, t1, t2, t3];
    }
}

/// The packet quoted by an error, as far as it is there.
#[derive(Clone, Copy, Debug)]
pub struct Quote<'a> {
    /// Its header.
    pub header: ipv4::Header<'a>,
    /// The first bytes behind it, at least [`MIN_QUOTE`].
    pub transport: &'a [u8],
}

impl<'a> Quote<'a> {
    /// Reads what follows the header of an error.
    ///
    /// # Errors
    /// [`DropReason::IcmpBadQuote`] when there is no IPv4 header, or fewer than eight bytes of
    /// transport header behind it, or a total length that is below what is needed for them, or when
    /// the quoted packet is a later fragment, which names no flow.
    pub fn parse(bytes: &'a [u8]) -> Result<Quote<'a>, DropReason> {
        let bad = DropReason::IcmpBadQuote;
        let header = ipv4::Header::parse_quoted(bytes).map_err(|_| bad)?;
        let transport = bytes.get(header.len()..).ok_or(bad)?;
        let len = transport.len().min(header.payload_len());
        let transport = transport.get(..len).ok_or(bad)?;
        if transport.len() < MIN_QUOTE || header.fragment_offset() != 0 {
            return Err(bad);
        }
        Ok(Quote { header, transport })
    }

    /// The first four bytes of UDP and TCP: source and destination port, as the quoted packet's
    /// sender, this host as a rule, wrote them.
    pub fn ports(&self) -> Option<(u16, u16)> {
        let &[s0, s1, d0, d1] = self.transport.first_chunk::<4>()?;
        Some((u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1])))
    }
}

/// How many bytes of a packet with `available` bytes, header included, an error quotes so that
/// it stays within [`MAX_ERROR_LEN`].
#[inline]
pub fn quote_len(available: usize) -> usize {
    available.min(MAX_ERROR_LEN - ipv4::HEADER_LEN - HEADER_LEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::ipv4::protocol;

    #[test]
    fn messages_byte_for_byte() {
        let gateway = Ipv4Addr::new(192, 0, 2, 1);
        let table: [(Message, [u8; HEADER_LEN]); 8] = [
            (Message::EchoReply { ident: 0x1234, seq: 5 }, [0, 0, 0, 0, 0x12, 0x34, 0, 5]),
            (Message::EchoRequest { ident: 7, seq: 0xffff }, [8, 0, 0, 0, 0, 7, 0xff, 0xff]),
            (Message::DestUnreachable { code: 4, mtu: 1400 }, [3, 4, 0, 0, 0, 0, 5, 0x78]),
            (Message::Redirect { code: 1, gateway }, [5, 1, 0, 0, 192, 0, 2, 1]),
            (Message::TimeExceeded { code: 1 }, [11, 1, 0, 0, 0, 0, 0, 0]),
            (Message::ParameterProblem { code: 0, pointer: 20 }, [12, 0, 0, 0, 20, 0, 0, 0]),
            (Message::Timestamp { ident: 1, seq: 2 }, [13, 0, 0, 0, 0, 1, 0, 2]),
            (Message::TimestampReply { ident: 3, seq: 4 }, [14, 0, 0, 0, 0, 3, 0, 4]),
        ];
        for (message, bytes) in table {
            let mut out = [0xee; HEADER_LEN];
            message.header().emit(&mut out);
            assert_eq!(out, bytes);
            assert_eq!(Header::parse(&bytes).unwrap().message(), Some(message));
        }
    }

    #[test]
    fn types_without_meaning_are_no_message() {
        for kind in (0..=255).filter(|k| ![0, 3, 5, 8, 11, 12, 13, 14].contains(k)) {
            let header = Header::parse(&[kind, 0, 0, 0, 0, 0, 0, 0]).unwrap();
            assert_eq!(header.message(), None, "type {kind}");
        }
    }

    #[test]
    fn errors_are_known_as_errors() {
        for kind in 0..=255 {
            assert_eq!(is_error(kind), [3, 4, 5, 11, 12].contains(&kind), "type {kind}");
        }
    }

    #[test]
    fn every_short_header_and_time_is_refused() {
        for len in 0..HEADER_LEN {
            assert_eq!(Header::parse(&[8; HEADER_LEN][..len]), Err(DropReason::IcmpMalformed));
        }
        for len in 0..TIMESTAMP_LEN {
            assert_eq!(Times::parse(&[8; TIMESTAMP_LEN][..len]), Err(DropReason::IcmpMalformed));
        }
    }

    #[test]
    fn times_parse_what_they_emit() {
        let times = Times { originate: 0x0102_0304, receive: 0x8506_0708, transmit: 9 };
        let mut out = [0xee; TIMESTAMP_LEN];
        times.emit(&mut out);
        assert_eq!(out, [1, 2, 3, 4, 0x85, 6, 7, 8, 0, 0, 0, 9]);
        assert_eq!(Times::parse(&out), Ok(times));
    }

    /// A UDP datagram of 100 bytes of payload, as much of it as an error quotes.
    fn quoted() -> [u8; 28] {
        let mut bytes = [0; 28];
        let (header, transport) = bytes.split_first_chunk_mut().unwrap();
        ipv4::Repr {
            src: Ipv4Addr::new(192, 0, 2, 1),
            dst: Ipv4Addr::new(192, 0, 2, 2),
            protocol: protocol::UDP,
            ttl: 1,
            tos: 0,
            ident: 0,
            dont_fragment: false,
            more_fragments: false,
            fragment_offset: 0,
            payload_len: 108,
        }
        .emit(header);
        transport.copy_from_slice(&[0x10, 0x00, 0x20, 0x00, 0, 108, 0, 0]);
        bytes
    }

    #[test]
    fn a_quote_names_its_flow() {
        let bytes = quoted();
        let quote = Quote::parse(&bytes).unwrap();
        assert_eq!(quote.header.dst(), Ipv4Addr::new(192, 0, 2, 2));
        assert_eq!(quote.ports(), Some((0x1000, 0x2000)));
    }

    #[test]
    fn every_short_quote_is_refused() {
        let bytes = quoted();
        for len in 0..bytes.len() {
            let got = Quote::parse(&bytes[..len]).map(|_| ());
            assert_eq!(got, Err(DropReason::IcmpBadQuote), "length {len}");
        }
    }

    #[test]
    fn a_quote_that_contradicts_itself_is_refused() {
        for (at, value) in [(0, 0x44), (0, 0x65), (0, 0x46), (3, 27), (7, 1)] {
            let mut bytes = quoted();
            if at == 3 {
                bytes[2] = 0;
            }
            bytes[at] = value;
            let got = Quote::parse(&bytes).map(|_| ());
            assert_eq!(got, Err(DropReason::IcmpBadQuote), "byte {at} = {value:#x}");
        }
    }

    #[test]
    fn an_error_stays_within_its_size() {
        assert_eq!(quote_len(100), 100);
        assert_eq!(quote_len(1500), 548);
    }
}
