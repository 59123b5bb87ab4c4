// SPDX-License-Identifier: Apache-2.0
//! TCP segments (RFC 9293, 3.1).

mod options;

pub use options::{Options, SackBlock, SackBlocks, Timestamps};

use bitflags::bitflags;

use super::checksum::{self, Sum};
use super::ipv4::protocol;
use crate::base::{DropReason, IpAddr, SeqNum};

/// Bytes of a TCP header without options.
pub const HEADER_LEN: usize = 20;
/// Bytes of the longest header there is.
pub const MAX_HEADER_LEN: usize = 60;

bitflags! {
    /// The control bits.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Control: u8 {
        /// No more data from the sender.
        const FIN = 1 << 0;
        /// Synchronise sequence numbers.
        const SYN = 1 << 1;
        /// Reset the connection.
        const RST = 1 << 2;
        /// Push.
        const PSH = 1 << 3;
        /// The acknowledgement field counts.
        const ACK = 1 << 4;
        /// The urgent pointer counts.
        const URG = 1 << 5;
        /// ECN echo (RFC 3168).
        const ECE = 1 << 6;
        /// Congestion window reduced (RFC 3168).
        const CWR = 1 << 7;
    }
}

/// The fixed part of a segment's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Port of the sender.
    pub src_port: u16,
    /// Port of the receiver.
    pub dst_port: u16,
    /// Sequence number of the first byte, or of the SYN.
    pub seq: SeqNum,
    /// The next sequence number the sender expects; counts with [`Control::ACK`].
    pub ack: SeqNum,
    /// Bytes of the header with its options, 20 to 60.
    pub len: u8,
    /// Control bits.
    pub control: Control,
    /// Window, not scaled.
    pub window: u16,
    /// Urgent pointer; counts with [`Control::URG`].
    pub urgent: u16,
}

impl Header {
    /// Reads the header at the start of `head`, the first contiguous piece of a segment of
    /// `available` bytes in all.
    ///
    /// # Errors
    /// [`DropReason::TcpMalformed`] when the header is cut short or its length impossible.
    #[inline(always)]
    pub fn parse(head: &[u8], available: usize) -> Result<Header, DropReason> {
        let h = head.first_chunk::<HEADER_LEN>().ok_or(DropReason::TcpMalformed)?;
        let len = (h[12] >> 4) * 4;
        if usize::from(len) < HEADER_LEN || usize::from(len) > available {
            return Err(DropReason::TcpMalformed);
        }
        Ok(Header {
            src_port: u16::from_be_bytes([h[0], h[1]]),
            dst_port: u16::from_be_bytes([h[2], h[3]]),
            seq: SeqNum(u32::from_be_bytes([h[4], h[5], h[6], h[7]])),
            ack: SeqNum(u32::from_be_bytes([h[8], h[9], h[10], h[11]])),
            len,
            control: Control::from_bits_retain(h[13]),
            window: u16::from_be_bytes([h[14], h[15]]),
            urgent: u16::from_be_bytes([h[18], h[19]]),
        })
    }

    /// Writes the header with a checksum field of zero. [`Header::len`] is the caller's to get right.
    #[inline(always)]
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        for (to, word) in out.as_chunks_mut::<4>().0.iter_mut().zip(self.words(0)) {
            *to = word.to_be_bytes();
        }
    }

    /// Writes the header with its checksum; `rest` sums pseudo header, options and payload. Summed from
    /// registers: what was just written in pieces of one size is slow to read in pieces of another.
    #[inline(always)]
    pub fn emit_with(&self, out: &mut [u8; HEADER_LEN], rest: Sum) {
        let sum = Sum::of_words(self.words(0)).join(rest).finish();
        for (to, word) in out.as_chunks_mut::<4>().0.iter_mut().zip(self.words(sum)) {
            *to = word.to_be_bytes();
        }
    }

    #[inline(always)]
    fn words(&self, checksum: u16) -> [u32; HEADER_LEN / 4] {
        let ports = u32::from(self.src_port) << 16 | u32::from(self.dst_port);
        let rest = u32::from(self.len / 4) << 28
            | u32::from(self.control.bits()) << 16
            | u32::from(self.window);
        let last = u32::from(checksum) << 16 | u32::from(self.urgent);
        [ports, self.seq.0, self.ack.0, rest, last]
    }

    /// Puts a checksum into a header that was written.
    #[inline]
    pub fn put_checksum(out: &mut [u8; HEADER_LEN], checksum: u16) {
        let [a, b] = checksum.to_be_bytes();
        out[16] = a;
        out[17] = b;
    }
}

/// The pseudo header of a segment of `len` bytes. Both addresses are of one family.
#[inline]
pub fn pseudo(src: IpAddr, dst: IpAddr, len: usize) -> Sum {
    match (src, dst) {
        #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
        (IpAddr::V4(src), IpAddr::V4(dst)) => {
            checksum::pseudo_ipv4(src, dst, protocol::TCP, len as u16)
        }
        #[cfg(CONFIG_NET_IPV6)]
        (IpAddr::V6(src), IpAddr::V6(dst)) => {
            checksum::pseudo_ipv6(src, dst, protocol::TCP, len as u32)
        }
        #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
        _ => Sum::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Ipv4Addr;

    /// A SYN with MSS 1460, window scale 7, SACK permitted and timestamps, as Linux sends it.
    const SYN: [u8; 40] = [
        0xd4, 0x31, 0x00, 0x50, 0x12, 0x34, 0x56, 0x78, 0, 0, 0, 0, 0xa0, 0x02, 0xfa, 0xf0, 0, 0,
        0, 0, 2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 0, 1, 3, 3, 7,
    ];

    #[test]
    fn a_header_is_read_as_it_is_written() {
        let header = Header::parse(&SYN, SYN.len()).unwrap();
        assert_eq!((header.src_port, header.dst_port), (54321, 80));
        assert_eq!((header.seq, header.len), (SeqNum(0x1234_5678), 40));
        assert_eq!((header.control, header.window), (Control::SYN, 0xfaf0));
        let mut out = [0xff; HEADER_LEN];
        header.emit(&mut out);
        assert_eq!(out, SYN[..HEADER_LEN]);
    }

    #[test]
    fn every_truncation_and_every_wrong_length_is_refused() {
        for len in 0..HEADER_LEN {
            assert_eq!(Header::parse(&SYN[..len], 40), Err(DropReason::TcpMalformed));
        }
        for available in 0..40 {
            assert_eq!(Header::parse(&SYN, available), Err(DropReason::TcpMalformed));
        }
        for offset in 0..5 {
            let mut bad = SYN;
            bad[12] = offset << 4;
            assert_eq!(Header::parse(&bad, 40), Err(DropReason::TcpMalformed));
        }
    }

    #[test]
    fn the_checksum_covers_pseudo_header_header_and_payload() {
        let (src, dst) = (Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2));
        let (src, dst) = (IpAddr::V4(src), IpAddr::V4(dst));
        let mut segment = [0; 23];
        let header = Header { len: 20, ..Header::parse(&SYN, 40).unwrap() };
        let (head, data) = segment.split_first_chunk_mut::<HEADER_LEN>().unwrap();
        header.emit(head);
        data.copy_from_slice(b"odd");
        let sum = pseudo(src, dst, 23).then(head).then(data).finish();
        Header::put_checksum(head, sum);
        assert!(pseudo(src, dst, 23).then(&segment).is_valid());
        segment[22] ^= 1;
        assert!(!pseudo(src, dst, 23).then(&segment).is_valid());
    }
}
