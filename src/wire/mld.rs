// SPDX-License-Identifier: Apache-2.0
//! Multicast listener discovery, versions 1 and 2 (RFC 2710, RFC 3810).

use super::icmpv6::{HEADER_LEN, kind};
use super::ipv6::addr_at;
use crate::base::{DropReason, Ipv6Addr};

/// Bytes of a version 1 message, and what a version 2 query begins with.
pub const V1_LEN: usize = 24;
/// Bytes of a version 2 query without sources.
pub const QUERY_V2_LEN: usize = 28;
/// Hop-by-hop header with the router alert that every message carries (RFC 3810, 5): the first byte
/// is what follows it, ICMPv6.
pub const ROUTER_ALERT: [u8; 8] = [58, 0, 5, 2, 0, 0, 1, 0];

/// A query of either version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query<'a> {
    /// Time to answer in, in milliseconds.
    pub max_response: u32,
    /// The group; `::` in a general query.
    pub group: Ipv6Addr,
    /// The sources asked for; none in version 1.
    pub sources: &'a [[u8; 16]],
    /// It is of version 2.
    pub v2: bool,
}

impl<'a> Query<'a> {
    /// Reads a query, ICMP header first.
    ///
    /// # Errors
    /// [`DropReason::MldMalformed`] when its length is none of a query (RFC 3810, 8.1) or it counts
    /// more sources than it has.
    pub fn parse(bytes: &'a [u8]) -> Result<Query<'a>, DropReason> {
        let bad = DropReason::MldMalformed;
        let head = bytes.first_chunk::<V1_LEN>().ok_or(bad)?;
        let code = u16::from_be_bytes([head[4], head[5]]);
        let group = addr_at(head, 8);
        if bytes.len() == V1_LEN {
            return Ok(Query { max_response: code.into(), group, sources: &[], v2: false });
        }
        let tail = bytes.get(V1_LEN..QUERY_V2_LEN).ok_or(bad)?;
        let count = usize::from(u16::from_be_bytes([tail[2], tail[3]]));
        let sources = bytes.get(QUERY_V2_LEN..).unwrap_or(&[]).as_chunks::<16>().0;
        let sources = sources.get(..count).ok_or(bad)?;
        Ok(Query { max_response: decode(code), group, sources, v2: true })
    }
}

/// A coded time: the value itself below 32,768, else a mantissa of twelve bits and an exponent of
/// three (RFC 3810, 5.1.3). At most 8,387,584.
pub const fn decode(code: u16) -> u32 {
    if code < 0x8000 {
        return code as u32;
    }
    ((code & 0x0fff) as u32 | 0x1000) << ((code >> 12 & 7) + 3)
}

/// A record of a version 2 report; its sources, sixteen bytes each, follow (RFC 3810, 5.2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Record type, 1 to 6.
    pub kind: u8,
    /// Sources that follow.
    pub sources: u16,
    /// The group.
    pub group: Ipv6Addr,
}

impl Record {
    /// Bytes of a record.
    pub const LEN: usize = 20;
    /// Current state: all sources but those listed.
    pub const MODE_IS_EXCLUDE: u8 = 2;
    /// Changed to: only the sources listed; with none, the group is left.
    pub const CHANGE_TO_INCLUDE: u8 = 3;
    /// Changed to: all sources but those listed; with none, the group is joined.
    pub const CHANGE_TO_EXCLUDE: u8 = 4;

    /// Writes the record.
    pub fn emit(&self, out: &mut [u8; Self::LEN]) {
        let [n0, n1] = self.sources.to_be_bytes();
        out[..4].copy_from_slice(&[self.kind, 0, n0, n1]);
        out[4..].copy_from_slice(&self.group.octets());
    }
}

/// The header of a version 2 report with `records` records, checksum zero.
pub fn emit_report_v2(records: u16, out: &mut [u8; HEADER_LEN]) {
    let [n0, n1] = records.to_be_bytes();
    *out = [kind::MLD_REPORT_V2, 0, 0, 0, 0, 0, n0, n1];
}

/// A version 1 report or done (`kind`), checksum zero.
pub fn emit_v1(kind: u8, group: Ipv6Addr, out: &mut [u8; V1_LEN]) {
    out.fill(0);
    out[0] = kind;
    out[8..].copy_from_slice(&group.octets());
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0xfb);

    fn query() -> [u8; 60] {
        let mut bytes = [0; 60];
        bytes[0] = kind::MLD_QUERY;
        bytes[4..6].copy_from_slice(&1000u16.to_be_bytes());
        bytes[8..24].copy_from_slice(&GROUP.octets());
        bytes[27] = 2;
        bytes[43] = 1;
        bytes[59] = 2;
        bytes
    }

    #[test]
    fn version_follows_from_the_length() {
        let bytes = query();
        let v2 = Query::parse(&bytes).unwrap();
        assert_eq!((v2.max_response, v2.group, v2.sources.len(), v2.v2), (1000, GROUP, 2, true));
        let v1 = Query::parse(&bytes[..V1_LEN]).unwrap();
        assert_eq!((v1.group, v1.sources.len(), v1.v2), (GROUP, 0, false));
        for len in (0..V1_LEN).chain(25..60) {
            assert_eq!(Query::parse(&bytes[..len]), Err(DropReason::MldMalformed), "length {len}");
        }
    }

    #[test]
    fn a_source_count_past_the_packet_is_refused() {
        for count in 3..=u16::MAX {
            let mut bytes = query();
            bytes[26..28].copy_from_slice(&count.to_be_bytes());
            assert_eq!(Query::parse(&bytes), Err(DropReason::MldMalformed), "count {count}");
        }
    }

    #[test]
    fn times_decode_as_the_rfc_says() {
        assert_eq!((decode(0), decode(0x7fff)), (0, 32_767));
        assert_eq!((decode(0x8000), decode(0xffff)), (32_768, 8_387_584));
    }

    #[test]
    fn report_byte_for_byte() {
        let mut header = [0xee; HEADER_LEN];
        emit_report_v2(1, &mut header);
        assert_eq!(header, [143, 0, 0, 0, 0, 0, 0, 1]);
        let mut record = [0xee; Record::LEN];
        Record { kind: Record::CHANGE_TO_EXCLUDE, sources: 3, group: GROUP }.emit(&mut record);
        assert_eq!(record[..8], [4, 0, 0, 3, 0xff, 2, 0, 0]);
        assert_eq!(record[19], 0xfb);
        let mut done = [0xee; V1_LEN];
        emit_v1(kind::MLD_DONE_V1, GROUP, &mut done);
        assert_eq!((done[0], done[4], done[8], done[23]), (132, 0, 0xff, 0xfb));
    }
}
