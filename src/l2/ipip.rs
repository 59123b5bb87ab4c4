// SPDX-License-Identifier: Apache-2.0
//! IP in IP: what an outer header says and how congestion marks pass a tunnel (RFC 2003, RFC 2473,
//! RFC 4213, RFC 6040).
//!
//! Called by: `stack::tunnel`. Calls nothing: headers in, values out.

use crate::base::IpAddr;

/// Tunnels in each other that a packet may pass, either way (RFC 2473, 6.6: the default limit).
pub const MAX_DEPTH: u8 = 4;
/// Protocol number of an IPv4 packet in another (RFC 2003, 3.1).
pub const IPV4: u8 = 4;
/// Protocol number of an IPv6 packet in another (RFC 2473, 3; RFC 4213, 3).
pub const IPV6: u8 = 41;
/// Bytes of an inner header that [`Inner::read`] looks at.
pub const PEEK: usize = 8;

/// The ECN field: not capable, and congestion experienced (RFC 3168, 5).
const NOT_ECT: u8 = 0;
const ECT_1: u8 = 1;
const CE: u8 = 3;
const ECN: u8 = 3;

/// One end of a tunnel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tunnel {
    /// Address of the other end, once it is told.
    pub peer: Option<IpAddr>,
    /// Index of the interface that packets leave and arrive by; 0 for none.
    pub lower: u8,
}

/// What the tunnel needs to know of a packet it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inner {
    /// Protocol number that the outer header names it by.
    pub protocol: u8,
    /// DSCP and ECN.
    pub tos: u8,
    /// It must not be fragmented on its way: IPv4's flag (RFC 2003, 3.1 has it copied).
    pub dont_fragment: bool,
}

impl Inner {
    /// Reads the beginning of an IP packet; `None` for what is neither IPv4 nor IPv6.
    pub fn read(first: &[u8; PEEK]) -> Option<Inner> {
        let [a, b, ..] = *first;
        match a >> 4 {
            4 => Some(Inner { protocol: IPV4, tos: b, dont_fragment: first[6] & 0x40 != 0 }),
            // A tunnel with a fixed MTU leaves fragmenting to IPv4 (RFC 4213, 3.2.1).
            6 => Some(Inner { protocol: IPV6, tos: a << 4 | b >> 4, dont_fragment: false }),
            _ => None,
        }
    }

    /// DSCP and ECN of the outer header: normal mode copies both (RFC 6040, 4.1; RFC 2983, 3.1).
    pub fn outer_tos(self) -> u8 {
        self.tos
    }

    /// DSCP and ECN with which the packet goes on behind the tunnel, after an outer header with `outer`;
    /// `None` when it must be dropped (RFC 6040, 4.2, figure 4).
    pub fn leave(self, outer: u8) -> Option<u8> {
        let ecn = match (self.tos & ECN, outer & ECN) {
            // Congestion that its ends would not be told of.
            (NOT_ECT, CE) => return None,
            (NOT_ECT, _) => NOT_ECT,
            (_, CE) | (CE, _) => CE,
            (_, ECT_1) => ECT_1,
            (own, _) => own,
        };
        Some(self.tos & !ECN | ecn)
    }
}

/// Writes DSCP and ECN into an IP header; IPv4's checksum follows (RFC 1624, 3). What is too short
/// stays as it is.
pub fn set_tos(header: &mut [u8], tos: u8) {
    match *header {
        [a, ref mut b, ..] if a >> 4 == 4 => {
            let old = u16::from_be_bytes([a, *b]);
            *b = tos;
            let new = u16::from_be_bytes([a, tos]);
            if let Some(sum) = header.get_mut(10..12).and_then(|at| at.first_chunk_mut::<2>()) {
                let total = u32::from(!u16::from_be_bytes(*sum)) + u32::from(!old) + u32::from(new);
                let folded = (total & 0xffff) + (total >> 16);
                let folded = (folded & 0xffff) + (folded >> 16);
                *sum = (!(folded as u16)).to_be_bytes();
            }
        }
        [ref mut a, ref mut b, ..] => {
            *a = *a & 0xf0 | tos >> 4;
            *b = *b & 0x0f | tos << 4;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::checksum::Sum;

    fn inner(ecn: u8) -> Inner {
        Inner { protocol: IPV4, tos: 0xb8 | ecn, dont_fragment: false }
    }

    #[test]
    fn reads_both_families() {
        let four = Inner::read(&[0x45, 0x2e, 0, 40, 0, 1, 0x40, 0]);
        assert_eq!(four, Some(Inner { protocol: 4, tos: 0x2e, dont_fragment: true }));
        let six = Inner::read(&[0x62, 0xe1, 0x23, 0x45, 0, 8, 17, 64]);
        assert_eq!(six, Some(Inner { protocol: 41, tos: 0x2e, dont_fragment: false }));
        for version in [0u8, 1, 5, 7, 15] {
            assert_eq!(Inner::read(&[version << 4, 0, 0, 0, 0, 0, 0, 0]), None);
        }
    }

    /// RFC 6040, figure 4; rows: inner, columns: outer, in the order 00, 10, 01, 11.
    #[test]
    fn congestion_marks_leave_the_tunnel() {
        let (ect0, ect1) = (2, 1);
        let order = [NOT_ECT, ect0, ect1, CE];
        let expected = [
            [Some(NOT_ECT), Some(NOT_ECT), Some(NOT_ECT), None],
            [Some(ect0), Some(ect0), Some(ect1), Some(CE)],
            [Some(ect1), Some(ect1), Some(ect1), Some(CE)],
            [Some(CE), Some(CE), Some(CE), Some(CE)],
        ];
        for (own, row) in order.into_iter().zip(expected) {
            for (outer, want) in order.into_iter().zip(row) {
                let left = inner(own).leave(0x50 | outer);
                assert_eq!(left, want.map(|ecn| 0xb8 | ecn), "inner {own:02b}, outer {outer:02b}");
            }
        }
        assert_eq!(inner(ect0).outer_tos(), 0xb8 | ect0, "DSCP and ECN are copied");
    }

    #[test]
    fn the_checksum_follows() {
        let mut header = [0x45, 0, 0, 40, 0, 7, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2];
        for (from, to) in [(0, 0xff), (0xff, 3), (3, 0), (0xb8, 0xbb)] {
            header[1] = from;
            header[10..12].fill(0);
            let sum = Sum::of(&header).finish();
            header[10..12].copy_from_slice(&sum.to_be_bytes());
            set_tos(&mut header, to);
            assert_eq!((header[1], Sum::of(&header).is_valid()), (to, true));
        }
        let mut six = [0x6f, 0xff, 0xff, 0xff];
        set_tos(&mut six, 0x12);
        assert_eq!(six, [0x61, 0x2f, 0xff, 0xff], "version and flow label stay");
        set_tos(&mut [0x45], 1);
        set_tos(&mut [], 1);
    }
}
