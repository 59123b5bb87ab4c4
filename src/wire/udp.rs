// SPDX-License-Identifier: Apache-2.0
//! UDP datagrams (RFC 768).

use super::checksum::{self, Sum};
use super::ipv4::protocol;
use crate::base::{DropReason, Ipv4Addr, Ipv6Addr};

/// Bytes of a UDP header.
pub const HEADER_LEN: usize = 8;

/// The header of a UDP datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Port of the sender; zero when it expects no answer.
    pub src_port: u16,
    /// Port of the receiver.
    pub dst_port: u16,
    /// Bytes of header and payload together. [`Header::parse`] makes sure it is at least
    /// [`HEADER_LEN`] and not more than the packet holds.
    pub len: u16,
    /// Checksum; zero when the sender made none.
    pub checksum: u16,
}

impl Header {
    /// Reads the header at the start of `head`, the first contiguous piece of a datagram of which
    /// the IP packet carries `available` bytes. What lies behind [`Header::len`] is padding.
    ///
    /// # Errors
    /// [`DropReason::UdpMalformed`] when header or payload are cut short.
    #[inline]
    pub fn parse(head: &[u8], available: usize) -> Result<Header, DropReason> {
        let h = head.first_chunk::<HEADER_LEN>().ok_or(DropReason::UdpMalformed)?;
        let header = Header {
            src_port: u16::from_be_bytes([h[0], h[1]]),
            dst_port: u16::from_be_bytes([h[2], h[3]]),
            len: u16::from_be_bytes([h[4], h[5]]),
            checksum: u16::from_be_bytes([h[6], h[7]]),
        };
        let len = usize::from(header.len);
        if len < HEADER_LEN || len > available {
            return Err(DropReason::UdpMalformed);
        }
        Ok(header)
    }

    /// Writes the header as it is, checksum included.
    #[inline]
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        let [s0, s1] = self.src_port.to_be_bytes();
        let [d0, d1] = self.dst_port.to_be_bytes();
        let [l0, l1] = self.len.to_be_bytes();
        let [c0, c1] = self.checksum.to_be_bytes();
        *out = [s0, s1, d0, d1, l0, l1, c0, c1];
    }

    /// Bytes of payload.
    #[inline]
    pub const fn payload_len(&self) -> usize {
        (self.len as usize).saturating_sub(HEADER_LEN)
    }

    /// The checksum field for this header, whatever its own checksum field holds, over `payload`
    /// and the IPv4 pseudo header.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn checksum_ipv4(&self, src: Ipv4Addr, dst: Ipv4Addr, payload: Sum) -> u16 {
        checksum::pseudo_ipv4(src, dst, protocol::UDP, self.len)
            .then_u16(self.src_port)
            .then_u16(self.dst_port)
            .then_u16(self.len)
            .join(payload)
            .finish_udp()
    }
}

impl Header {
    /// As [`checksum_ipv4`](Self::checksum_ipv4), with a pseudo header summed before.
    #[inline(always)]
    pub fn checksum_with(&self, pseudo: checksum::Words, payload: Sum) -> u16 {
        let sum = pseudo.then(self.src_port).then(self.dst_port).then(self.len).sum();
        sum.join(payload).finish_udp()
    }

    /// As [`checksum_ipv4`](Self::checksum_ipv4), over the IPv6 pseudo header.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn checksum_ipv6(&self, src: Ipv6Addr, dst: Ipv6Addr, payload: Sum) -> u16 {
        checksum::pseudo_ipv6(src, dst, protocol::UDP, self.len.into())
            .then_u16(self.src_port)
            .then_u16(self.dst_port)
            .then_u16(self.len)
            .join(payload)
            .finish_udp()
    }
}

/// As [`is_valid_ipv4`], over IPv6.
#[inline]
pub fn is_valid_ipv6(src: Ipv6Addr, dst: Ipv6Addr, len: u16, datagram: Sum) -> bool {
    checksum::pseudo_ipv6(src, dst, protocol::UDP, len.into()).join(datagram).is_valid()
}

/// True when a received datagram over IPv4 is intact: `datagram` sums its bytes, header and
/// checksum included, and `len` counts them.
///
/// A datagram without checksum is the caller's to accept or refuse, before it asks here.
#[inline]
pub fn is_valid_ipv4(src: Ipv4Addr, dst: Ipv4Addr, len: u16, datagram: Sum) -> bool {
    checksum::pseudo_ipv4(src, dst, protocol::UDP, len).join(datagram).is_valid()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SRC: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 1);
    const DST: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 2);
    /// 4660 to 22136, "znet", checksum worked out by hand.
    const DATAGRAM: [u8; 12] =
        [0x12, 0x34, 0x56, 0x78, 0x00, 0x0c, 0x33, 0xf3, b'z', b'n', b'e', b't'];

    #[test]
    fn parses_what_it_emits() {
        let header = Header::parse(&DATAGRAM, DATAGRAM.len()).unwrap();
        assert_eq!(
            header,
            Header { src_port: 0x1234, dst_port: 0x5678, len: 12, checksum: 0x33f3 }
        );
        assert_eq!(header.payload_len(), 4);
        let mut out = [0; HEADER_LEN];
        header.emit(&mut out);
        assert_eq!(out, DATAGRAM[..8]);
    }

    #[test]
    fn checksum_by_hand() {
        // c0a8+0101+c0a8+0102+0011+000c, +1234+5678+000c, +7a6e+6574 = 2cc0a; folded cc0c; inverted 33f3.
        let header = Header::parse(&DATAGRAM, DATAGRAM.len()).unwrap();
        assert_eq!(header.checksum_ipv4(SRC, DST, Sum::of(&DATAGRAM[8..])), 0x33f3);
        assert!(is_valid_ipv4(SRC, DST, 12, Sum::of(&DATAGRAM)));
        assert!(!is_valid_ipv4(SRC, SRC, 12, Sum::of(&DATAGRAM)));
    }

    #[test]
    fn every_single_bit_error_is_seen() {
        for at in 0..DATAGRAM.len() {
            for bit in 0..8 {
                let mut bad = DATAGRAM;
                bad[at] ^= 1 << bit;
                assert!(!is_valid_ipv4(SRC, DST, 12, Sum::of(&bad)), "byte {at} bit {bit}");
            }
        }
    }

    #[test]
    fn a_computed_zero_is_sent_as_all_ones() {
        let header = Header { src_port: 0, dst_port: 0, len: 10, checksum: 0 };
        let rest = checksum::pseudo_ipv4(SRC, DST, protocol::UDP, 10).then_u16(10).finish();
        let payload = rest.to_be_bytes();
        assert_eq!(header.checksum_ipv4(SRC, DST, Sum::of(&payload)), 0xffff);
    }

    #[test]
    fn every_cut_and_every_wrong_length_is_refused() {
        for len in 0..HEADER_LEN {
            assert_eq!(Header::parse(&DATAGRAM[..len], 12), Err(DropReason::UdpMalformed));
        }
        for available in 0..12 {
            assert_eq!(Header::parse(&DATAGRAM, available), Err(DropReason::UdpMalformed));
        }
        for field in 0..HEADER_LEN as u8 {
            let mut bad = DATAGRAM;
            bad[5] = field;
            assert_eq!(Header::parse(&bad, 12), Err(DropReason::UdpMalformed));
        }
    }

    #[test]
    fn padding_behind_the_datagram_is_allowed() {
        assert_eq!(Header::parse(&DATAGRAM, 26).unwrap().len, 12);
    }
}
