// SPDX-License-Identifier: Apache-2.0
//! Ethernet II frames and the IEEE 802.1Q tag.

use crate::base::EthAddr;

/// Bytes of an Ethernet header: destination, source, EtherType.
pub const HEADER_LEN: usize = 14;
/// Bytes a VLAN tag adds behind the EtherType of a frame: the tag and the EtherType within.
pub const VLAN_TAG_LEN: usize = 4;
/// Bytes of the shortest frame without its check sequence; senders pad with zeros (IEEE 802.3, 3.2.8).
pub const MIN_FRAME_LEN: usize = 60;
/// EtherTypes below this are the length of an IEEE 802.3 frame (IEEE 802.3, 3.2.6).
pub const MIN_ETHERTYPE: u16 = 0x0600;

/// EtherTypes, by their names in the IEEE registry.
pub mod ethertype {
    /// IPv4 (RFC 894).
    pub const IPV4: u16 = 0x0800;
    /// ARP (RFC 826).
    pub const ARP: u16 = 0x0806;
    /// IEEE 802.1Q customer VLAN tag.
    pub const VLAN: u16 = 0x8100;
    /// IPv6 (RFC 2464).
    pub const IPV6: u16 = 0x86dd;
    /// IEEE 802.1X port access.
    pub const EAPOL: u16 = 0x888e;
    /// IEEE 802.1AB link layer discovery.
    pub const LLDP: u16 = 0x88cc;
    /// IEEE 1588 precision time.
    pub const PTP: u16 = 0x88f7;
}

/// The header of an Ethernet frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Destination station or group.
    pub dst: EthAddr,
    /// Sending station.
    pub src: EthAddr,
    /// What the frame carries: one of [`ethertype`], or below [`MIN_ETHERTYPE`] a length.
    pub ethertype: u16,
}

impl Header {
    /// Splits `frame` into its header and the rest; `None` when it ends before the header does.
    #[inline]
    pub fn parse(frame: &[u8]) -> Option<(Header, &[u8])> {
        let (header, payload) = frame.split_first_chunk::<HEADER_LEN>()?;
        let [d0, d1, d2, d3, d4, d5, s0, s1, s2, s3, s4, s5, t0, t1] = *header;
        let header = Header {
            dst: EthAddr([d0, d1, d2, d3, d4, d5]),
            src: EthAddr([s0, s1, s2, s3, s4, s5]),
            ethertype: u16::from_be_bytes([t0, t1]),
        };
        Some((header, payload))
    }

    /// The fields of a header by themselves: destination and source as [`EthAddr::to_bits`] has them,
    /// and the EtherType.
    #[inline]
    pub fn fields(header: &[u8; HEADER_LEN]) -> (u64, u64, u16) {
        const ADDRESS: u64 = (1 << 48) - 1;
        let [d0, d1, d2, d3, d4, d5, s0, s1, s2, s3, s4, s5, t0, t1] = *header;
        let dst = u64::from_le_bytes([d0, d1, d2, d3, d4, d5, s0, s1]) & ADDRESS;
        let src = u64::from_le_bytes([s0, s1, s2, s3, s4, s5, t0, t1]) & ADDRESS;
        (dst, src, u16::from_be_bytes([t0, t1]))
    }

    /// Writes a header of these fields, the opposite of [`fields`](Self::fields).
    #[inline]
    pub fn put(out: &mut [u8; HEADER_LEN], dst: u64, src: u64, ethertype: u16) {
        let [d0, d1, d2, d3, d4, d5, s0, s1] = (dst | src << 48).to_le_bytes();
        let [s2, s3, s4, s5] = ((src >> 16) as u32).to_le_bytes();
        let [t0, t1] = ethertype.to_be_bytes();
        *out = [d0, d1, d2, d3, d4, d5, s0, s1, s2, s3, s4, s5, t0, t1];
    }

    /// Writes the header.
    #[inline]
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        let [d0, d1, d2, d3, d4, d5] = self.dst.0;
        let [s0, s1, s2, s3, s4, s5] = self.src.0;
        let [t0, t1] = self.ethertype.to_be_bytes();
        *out = [d0, d1, d2, d3, d4, d5, s0, s1, s2, s3, s4, s5, t0, t1];
    }
}

/// The four bytes behind EtherType [`ethertype::VLAN`] (IEEE 802.1Q, 9.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VlanTag {
    /// Priority, drop eligibility and VLAN identifier as they are sent.
    pub tci: u16,
    /// What the tagged frame carries.
    pub ethertype: u16,
}

impl VlanTag {
    /// The identifier that says "priority only, no VLAN".
    pub const PRIORITY_ONLY: u16 = 0;
    /// The highest identifier a VLAN may have; 4095 is reserved.
    pub const MAX_ID: u16 = 4094;

    /// A tag for VLAN `id` (12 bits) with priority `pcp` (3 bits); higher bits are ignored.
    pub const fn new(id: u16, pcp: u8, ethertype: u16) -> Self {
        VlanTag { tci: (pcp as u16 & 7) << 13 | id & 0x0fff, ethertype }
    }

    /// VLAN identifier, 0 to 4095.
    pub const fn id(self) -> u16 {
        self.tci & 0x0fff
    }

    /// Priority code point, 0 to 7.
    pub const fn pcp(self) -> u8 {
        (self.tci >> 13) as u8
    }

    /// Drop eligible indicator.
    pub const fn dei(self) -> bool {
        self.tci & 0x1000 != 0
    }

    /// Splits what follows the outer Ethernet header into tag and rest; `None` when it is short.
    #[inline]
    pub fn parse(bytes: &[u8]) -> Option<(VlanTag, &[u8])> {
        let (&[c0, c1, t0, t1], payload) = bytes.split_first_chunk::<VLAN_TAG_LEN>()?;
        let tag =
            VlanTag { tci: u16::from_be_bytes([c0, c1]), ethertype: u16::from_be_bytes([t0, t1]) };
        Some((tag, payload))
    }

    /// Writes the tag.
    #[inline]
    pub fn emit(&self, out: &mut [u8; VLAN_TAG_LEN]) {
        let [c0, c1] = self.tci.to_be_bytes();
        let [t0, t1] = self.ethertype.to_be_bytes();
        *out = [c0, c1, t0, t1];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_as_numbers_are_those_of_the_header() {
        let frame = core::array::from_fn(|i| 0xf1 - 7 * i as u8);
        let (header, _) = Header::parse(&frame).unwrap();
        let (dst, src, kind) = Header::fields(&frame);
        let expected = (header.dst.to_bits(), header.src.to_bits(), header.ethertype);
        assert_eq!((dst, src, kind), expected);
        let mut out = [0; HEADER_LEN];
        Header::put(&mut out, dst, src, kind);
        assert_eq!(out, frame);
    }

    const FRAME: [u8; 16] =
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 0x08, 0x06, 0xaa, 0xbb];
    const HEADER: Header = Header {
        dst: EthAddr::BROADCAST,
        src: EthAddr([2, 0, 0, 0, 0, 1]),
        ethertype: ethertype::ARP,
    };

    #[test]
    fn parses_what_it_emits() {
        assert_eq!(Header::parse(&FRAME), Some((HEADER, &[0xaa, 0xbb][..])));
        let mut out = [0; HEADER_LEN];
        HEADER.emit(&mut out);
        assert_eq!(out, FRAME[..14]);
    }

    #[test]
    fn every_short_frame_is_refused() {
        for len in 0..HEADER_LEN {
            assert_eq!(Header::parse(&FRAME[..len]), None, "length {len}");
        }
        assert_eq!(Header::parse(&FRAME[..HEADER_LEN]), Some((HEADER, &[][..])));
    }

    #[test]
    fn vlan_tag_byte_for_byte() {
        let bytes = [0xb0, 0x64, 0x08, 0x00, 0x45];
        let (tag, rest) = VlanTag::parse(&bytes).unwrap();
        assert_eq!((tag.id(), tag.pcp(), tag.dei()), (100, 5, true));
        assert_eq!((tag.ethertype, rest), (ethertype::IPV4, &[0x45][..]));
        let mut out = [0; VLAN_TAG_LEN];
        tag.emit(&mut out);
        assert_eq!(out, bytes[..4]);
        for len in 0..VLAN_TAG_LEN {
            assert_eq!(VlanTag::parse(&bytes[..len]), None, "length {len}");
        }
    }

    #[test]
    fn vlan_fields_do_not_spill() {
        let tag = VlanTag::new(0xffff, 0xff, ethertype::IPV6);
        assert_eq!((tag.id(), tag.pcp(), tag.dei()), (4095, 7, false));
    }
}
