// SPDX-License-Identifier: Apache-2.0
//! The IPv6 header and its extension headers (RFC 8200).

mod ext;

pub use ext::{
    Action, Ext, FRAGMENT_LEN, Fragment, OPTIONS_MIN, Options, TlvOption, action_of,
    is_chain_whole, is_extension, option, transport_by, transport_of,
};

use crate::base::{DropReason, Ipv6Addr};

/// Bytes of the header.
pub const HEADER_LEN: usize = 40;
/// Every link carries packets of this size whole (RFC 8200, 5).
pub const MIN_MTU: usize = 1280;
/// Place of the next-header field in the header: what errors point to.
pub const NEXT_HEADER_AT: u32 = 6;

/// Values of a next-header field, by their names in the IANA registry; transports have the numbers
/// of [`ipv4::protocol`](super::ipv4::protocol).
pub mod next_header {
    /// Hop-by-hop options; only right behind the IPv6 header.
    pub const HOP_BY_HOP: u8 = 0;
    /// TCP.
    pub const TCP: u8 = 6;
    /// UDP.
    pub const UDP: u8 = 17;
    /// Routing header.
    pub const ROUTING: u8 = 43;
    /// Fragment header.
    pub const FRAGMENT: u8 = 44;
    /// ICMPv6.
    pub const ICMPV6: u8 = 58;
    /// Nothing follows.
    pub const NONE: u8 = 59;
    /// Destination options.
    pub const DEST_OPTIONS: u8 = 60;
}

/// A header whose version and length are sound.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    fixed: &'a [u8; HEADER_LEN],
}

impl<'a> Header<'a> {
    /// Reads the header at the start of `head`, the first contiguous piece of a packet that has
    /// `available` bytes in all.
    ///
    /// # Errors
    /// [`DropReason::Ipv6BadVersion`] when the version is not 6; [`DropReason::Ipv6Malformed`] when
    /// the header is cut short or counts more payload than there is.
    #[inline]
    pub fn parse(head: &'a [u8], available: usize) -> Result<Header<'a>, DropReason> {
        let header = Self::parse_quoted(head)?;
        if header.payload_len() + HEADER_LEN > available {
            return Err(DropReason::Ipv6Malformed);
        }
        Ok(header)
    }

    /// The header at the front of `packet`, and as much behind it as it counts; `None` where
    /// [`parse`](Self::parse) has something to say. Inlined: ordinary packets pass here.
    #[inline(always)]
    pub fn parse_plain(packet: &'a [u8]) -> Option<(Header<'a>, &'a [u8])> {
        let (fixed, rest) = packet.split_first_chunk::<HEADER_LEN>()?;
        let header = Header { fixed };
        if fixed[0] >> 4 != 6 {
            return None;
        }
        Some((header, rest.get(..header.payload_len())?))
    }

    /// [`Header::parse`] without a look at the payload length: for the header in an ICMP error,
    /// which quotes a part of the packet (RFC 4443, 3).
    ///
    /// # Errors
    /// As for [`Header::parse`].
    #[inline]
    pub fn parse_quoted(head: &'a [u8]) -> Result<Header<'a>, DropReason> {
        let fixed = head.first_chunk::<HEADER_LEN>().ok_or(DropReason::Ipv6Malformed)?;
        if fixed[0] >> 4 != 6 {
            return Err(DropReason::Ipv6BadVersion);
        }
        Ok(Header { fixed })
    }

    /// DSCP and ECN, as IPv4's type of service has them.
    #[inline]
    pub const fn traffic_class(&self) -> u8 {
        self.fixed[0] << 4 | self.fixed[1] >> 4
    }

    /// Flow label, 20 bits (RFC 6437).
    #[inline]
    pub const fn flow_label(&self) -> u32 {
        u32::from_be_bytes([0, self.fixed[1] & 0x0f, self.fixed[2], self.fixed[3]])
    }

    /// Bytes behind the header, extension headers included.
    #[inline]
    pub const fn payload_len(&self) -> usize {
        u16::from_be_bytes([self.fixed[4], self.fixed[5]]) as usize
    }

    /// What the payload begins with: one of [`next_header`].
    #[inline]
    pub const fn next_header(&self) -> u8 {
        self.fixed[6]
    }

    /// How many more times the packet may be forwarded.
    #[inline]
    pub const fn hop_limit(&self) -> u8 {
        self.fixed[7]
    }

    /// Source address.
    #[inline]
    pub fn src(&self) -> Ipv6Addr {
        addr_at(self.fixed, 8)
    }

    /// Destination address.
    #[inline]
    pub fn dst(&self) -> Ipv6Addr {
        addr_at(self.fixed, 24)
    }
}

/// The address at byte `at`; `::` when `bytes` end before it does.
#[inline]
pub(super) fn addr_at(bytes: &[u8], at: usize) -> Ipv6Addr {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        Some(octets) => Ipv6Addr::from(*octets),
        None => Ipv6Addr::UNSPECIFIED,
    }
}

/// A header in plain values: what the stack sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repr {
    /// Source address.
    pub src: Ipv6Addr,
    /// Destination address.
    pub dst: Ipv6Addr,
    /// What the payload begins with: one of [`next_header`].
    pub next_header: u8,
    /// How many times the packet may be forwarded.
    pub hop_limit: u8,
    /// DSCP and ECN.
    pub traffic_class: u8,
    /// Flow label, 20 bits.
    pub flow_label: u32,
    /// Bytes behind the header.
    pub payload_len: u16,
}

impl Repr {
    /// The values of `header`.
    pub fn of(header: &Header<'_>) -> Repr {
        Repr {
            src: header.src(),
            dst: header.dst(),
            next_header: header.next_header(),
            hop_limit: header.hop_limit(),
            traffic_class: header.traffic_class(),
            flow_label: header.flow_label(),
            payload_len: header.payload_len() as u16,
        }
    }

    /// Writes the header.
    #[inline]
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        let first = 6 << 28 | u32::from(self.traffic_class) << 20 | self.flow_label & 0x000f_ffff;
        let (head, addresses) = out.split_at_mut(8);
        head[..4].copy_from_slice(&first.to_be_bytes());
        head[4..6].copy_from_slice(&self.payload_len.to_be_bytes());
        head[6] = self.next_header;
        head[7] = self.hop_limit;
        addresses[..16].copy_from_slice(&self.src.octets());
        addresses[16..].copy_from_slice(&self.dst.octets());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: [u8; 44] = {
        let mut b = [0; 44];
        let head = [0x6b, 0xa1, 0x23, 0x45, 0, 4, 17, 64];
        let mut i = 0;
        while i < 8 {
            b[i] = head[i];
            i += 1;
        }
        (b[8], b[9], b[23]) = (0xfe, 0x80, 1);
        (b[24], b[25], b[39]) = (0xff, 0x02, 2);
        b
    };

    #[test]
    fn header_parses_what_it_emits() {
        let header = Header::parse(&BYTES, BYTES.len()).unwrap();
        let repr = Repr {
            src: Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1),
            dst: Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 2),
            next_header: next_header::UDP,
            hop_limit: 64,
            traffic_class: 0xba,
            flow_label: 0x1_2345,
            payload_len: 4,
        };
        assert_eq!(Repr::of(&header), repr);
        let mut out = [0xee; HEADER_LEN];
        repr.emit(&mut out);
        assert_eq!(out, BYTES[..HEADER_LEN]);
    }

    #[test]
    fn a_plain_header_comes_with_what_it_counts() {
        let (header, content) = Header::parse_plain(&BYTES).unwrap();
        assert_eq!((header.next_header(), content), (17, &BYTES[40..]));
        let padded = [&BYTES[..], &[9; 6]].concat();
        assert_eq!(Header::parse_plain(&padded).unwrap().1.len(), 4);
        for len in 0..BYTES.len() {
            assert!(Header::parse_plain(&BYTES[..len]).is_none(), "{len}");
        }
        let mut other = BYTES;
        other[0] = 0x4b;
        assert!(Header::parse_plain(&other).is_none());
    }

    #[test]
    fn every_cut_and_every_other_version_is_refused() {
        for len in 0..BYTES.len() {
            assert_eq!(Header::parse(&BYTES[..len], len).err(), Some(DropReason::Ipv6Malformed));
        }
        for version in (0..16).filter(|v| *v != 6) {
            let mut bytes = BYTES;
            bytes[0] = version << 4;
            assert_eq!(Header::parse(&bytes, 44).err(), Some(DropReason::Ipv6BadVersion));
        }
    }

    #[test]
    fn a_payload_length_past_the_frame_is_refused() {
        for len in 5..=u16::MAX {
            let mut bytes = BYTES;
            bytes[4..6].copy_from_slice(&len.to_be_bytes());
            assert_eq!(Header::parse(&bytes, 44).err(), Some(DropReason::Ipv6Malformed));
        }
    }

    #[test]
    fn only_twenty_bits_of_a_label_are_sent() {
        let mut repr = Repr::of(&Header::parse(&BYTES, 44).unwrap());
        repr.flow_label = u32::MAX;
        let mut out = [0; HEADER_LEN];
        repr.emit(&mut out);
        let back = Repr::of(&Header::parse_quoted(&out).unwrap());
        assert_eq!((back.flow_label, back.traffic_class), (0x000f_ffff, 0xba));
    }
}
