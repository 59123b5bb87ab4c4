// SPDX-License-Identifier: Apache-2.0
//! IGMP versions 1 to 3 (RFC 1112, RFC 2236, RFC 3376).

use crate::base::{DropReason, Ipv4Addr};

/// Bytes of a message of version 1 or 2, and of what all messages begin with.
pub const HEADER_LEN: usize = 8;
/// Bytes a version 3 query adds before its sources.
const QUERY_V3_EXTRA: usize = 4;
/// Bytes of a version 3 group record before its sources.
const RECORD_LEN: usize = 8;

/// Message types.
pub mod kind {
    /// Membership query of any version.
    pub const QUERY: u8 = 0x11;
    /// Version 1 report.
    pub const REPORT_V1: u8 = 0x12;
    /// Version 2 report.
    pub const REPORT_V2: u8 = 0x16;
    /// Version 2 leave.
    pub const LEAVE: u8 = 0x17;
    /// Version 3 report.
    pub const REPORT_V3: u8 = 0x22;
}

/// What all messages begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Message type: one of [`kind`].
    pub kind: u8,
    /// Time to answer in, as it is coded; zero in a version 1 query and in all but queries.
    pub max_resp: u8,
    /// Checksum over the whole message.
    pub checksum: u16,
    /// The group; unspecified in a general query. Not a group in a [`kind::REPORT_V3`], which has
    /// its number of records there.
    pub group: Ipv4Addr,
}

impl Header {
    /// Reads the header of a message.
    ///
    /// # Errors
    /// [`DropReason::Ipv4Malformed`] when it is cut short.
    pub fn parse(bytes: &[u8]) -> Result<Header, DropReason> {
        let h = bytes.first_chunk::<HEADER_LEN>().ok_or(DropReason::Ipv4Malformed)?;
        Ok(Header {
            kind: h[0],
            max_resp: h[1],
            checksum: u16::from_be_bytes([h[2], h[3]]),
            group: Ipv4Addr::new(h[4], h[5], h[6], h[7]),
        })
    }

    /// Writes the header as it is, checksum included.
    pub fn emit(&self, out: &mut [u8; HEADER_LEN]) {
        let [c0, c1] = self.checksum.to_be_bytes();
        let [g0, g1, g2, g3] = self.group.octets();
        *out = [self.kind, self.max_resp, c0, c1, g0, g1, g2, g3];
    }
}

/// What a version 3 query adds (RFC 3376, 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryV3<'a> {
    /// The querier asks that routers do not update their timers.
    pub suppress: bool,
    /// Querier's robustness variable, 0 to 7.
    pub robustness: u8,
    /// Querier's query interval, as it is coded.
    pub interval: u8,
    /// The sources asked for.
    pub sources: &'a [[u8; 4]],
}

impl<'a> QueryV3<'a> {
    /// Reads a query as a whole.
    ///
    /// # Errors
    /// [`DropReason::Ipv4Malformed`] when it is cut short or counts more sources than it has.
    pub fn parse(bytes: &'a [u8]) -> Result<QueryV3<'a>, DropReason> {
        let bad = DropReason::Ipv4Malformed;
        let (_, rest) = bytes.split_first_chunk::<HEADER_LEN>().ok_or(bad)?;
        let (&[flags, interval, n0, n1], rest) =
            rest.split_first_chunk::<QUERY_V3_EXTRA>().ok_or(bad)?;
        let count = usize::from(u16::from_be_bytes([n0, n1]));
        let sources = rest.as_chunks::<4>().0.get(..count).ok_or(bad)?;
        Ok(QueryV3 { suppress: flags & 8 != 0, robustness: flags & 7, interval, sources })
    }
}

/// A coded time of a version 3 query: the value itself below 128, else a mantissa of four bits
/// and an exponent of three (RFC 3376, 4.1.1). At most 31,744.
pub const fn decode_time(code: u8) -> u16 {
    if code < 128 {
        return code as u16;
    }
    let mantissa = (code & 0x0f) as u16 | 0x10;
    mantissa << ((code >> 4 & 7) + 3)
}

/// A record of a version 3 report; its sources, four bytes each, follow (RFC 3376, 4.2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Record type, 1 to 6.
    pub kind: u8,
    /// Sources that follow.
    pub sources: u16,
    /// The group.
    pub group: Ipv4Addr,
}

impl Record {
    /// Bytes of a record.
    pub const LEN: usize = RECORD_LEN;
    /// Current state: only the sources listed.
    pub const MODE_IS_INCLUDE: u8 = 1;
    /// Current state: all sources but those listed.
    pub const MODE_IS_EXCLUDE: u8 = 2;
    /// Changed to: only the sources listed; with none, the group is left.
    pub const CHANGE_TO_INCLUDE: u8 = 3;
    /// Changed to: all sources but those listed; with none, the group is joined.
    pub const CHANGE_TO_EXCLUDE: u8 = 4;
    /// The sources listed are wanted too.
    pub const ALLOW_NEW_SOURCES: u8 = 5;
    /// The sources listed are not wanted any more.
    pub const BLOCK_OLD_SOURCES: u8 = 6;

    /// Writes the record.
    pub fn emit(&self, out: &mut [u8; RECORD_LEN]) {
        let [g0, g1, g2, g3] = self.group.octets();
        let [n0, n1] = self.sources.to_be_bytes();
        *out = [self.kind, 0, n0, n1, g0, g1, g2, g3];
    }
}

/// The header of a version 3 report with `records` records, checksum zero.
pub fn emit_report_v3(records: u16, out: &mut [u8; HEADER_LEN]) {
    let [n0, n1] = records.to_be_bytes();
    *out = [kind::REPORT_V3, 0, 0, 0, 0, 0, n0, n1];
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);
    const QUERY: [u8; 20] =
        [0x11, 100, 0xec, 0x1e, 224, 0, 0, 251, 0x0a, 125, 0, 2, 192, 0, 2, 1, 192, 0, 2, 2];

    #[test]
    fn header_parses_what_it_emits() {
        let header = Header::parse(&QUERY).unwrap();
        let want = Header { kind: kind::QUERY, max_resp: 100, checksum: 0xec1e, group: GROUP };
        assert_eq!(header, want);
        let mut out = [0xee; HEADER_LEN];
        header.emit(&mut out);
        assert_eq!(out, QUERY[..8]);
    }

    #[test]
    fn query_lists_its_sources() {
        let query = QueryV3::parse(&QUERY).unwrap();
        assert_eq!((query.suppress, query.robustness, query.interval), (true, 2, 125));
        assert_eq!(query.sources, [[192, 0, 2, 1], [192, 0, 2, 2]]);
    }

    #[test]
    fn every_cut_is_refused() {
        for len in 0..QUERY.len() {
            let header = Header::parse(&QUERY[..len]);
            assert_eq!(header.is_err(), len < HEADER_LEN, "length {len}");
            assert_eq!(QueryV3::parse(&QUERY[..len]), Err(DropReason::Ipv4Malformed));
        }
    }

    #[test]
    fn a_source_count_past_the_packet_is_refused() {
        for count in 3..=u16::MAX {
            let mut bytes = QUERY;
            bytes[10..12].copy_from_slice(&count.to_be_bytes());
            assert_eq!(QueryV3::parse(&bytes), Err(DropReason::Ipv4Malformed), "count {count}");
        }
    }

    #[test]
    fn times_decode_as_the_rfc_says() {
        assert_eq!((decode_time(0), decode_time(127)), (0, 127));
        assert_eq!((decode_time(128), decode_time(255)), (128, 31_744));
    }

    #[test]
    fn report_byte_for_byte() {
        let mut header = [0xee; HEADER_LEN];
        emit_report_v3(2, &mut header);
        assert_eq!(header, [0x22, 0, 0, 0, 0, 0, 0, 2]);
        let mut record = [0xee; Record::LEN];
        Record { kind: Record::CHANGE_TO_EXCLUDE, sources: 3, group: GROUP }.emit(&mut record);
        assert_eq!(record, [4, 0, 0, 3, 224, 0, 0, 251]);
    }
}
