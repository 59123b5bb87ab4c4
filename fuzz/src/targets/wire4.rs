// SPDX-License-Identifier: Apache-2.0
//! The formats of the link, of IPv4 and of transports as views. Whatever is parsed lies within what was
//! given, every walk ends, and what is written again is what was read.

use znet::wire::{arp, ethernet, icmpv4, igmp, ipv4, tcp, udp};

/// Reads `data` as every format there is.
pub fn run(data: &[u8]) {
    link(data);
    network(data);
    messages(data);
    transport(data);
}

fn link(data: &[u8]) {
    if let Some((header, payload)) = ethernet::Header::parse(data) {
        let mut out = [0; ethernet::HEADER_LEN];
        header.emit(&mut out);
        assert_eq!(data.strip_prefix(&out), Some(payload));
        let (dst, src, kind) = ethernet::Header::fields(&out);
        let mut again = [0; ethernet::HEADER_LEN];
        ethernet::Header::put(&mut again, dst, src, kind);
        assert_eq!(again, out);
    }
    if let Some((tag, payload)) = ethernet::VlanTag::parse(data) {
        let mut out = [0; ethernet::VLAN_TAG_LEN];
        tag.emit(&mut out);
        assert_eq!(data.strip_prefix(&out), Some(payload));
        assert!(tag.id() < 4096 && tag.pcp() < 8);
    }
    if let Ok(repr) = arp::Repr::parse(data) {
        let mut out = [0; arp::PACKET_LEN];
        repr.emit(&mut out);
        assert!(data.starts_with(&out));
    }
}

fn network(data: &[u8]) {
    if let Ok(packet) = ipv4::Packet::new_checked(data) {
        let header = packet.header;
        assert_eq!(header.len() + packet.payload.len(), usize::from(header.total_len()));
        assert_eq!(header.option_bytes().len() + ipv4::HEADER_LEN, header.len());
        assert!(header.options().count() <= header.option_bytes().len());
        let mut out = [0; ipv4::HEADER_LEN];
        let repr = ipv4::Repr::of(&header);
        repr.emit(&mut out);
        let again = ipv4::Header::parse(&out, data.len()).expect("what is written can be read");
        assert!(again.is_checksum_valid());
        assert_eq!(ipv4::Repr::of(&again), repr);
    }
    if let Ok(header) = ipv4::Header::parse_quoted(data) {
        let mut bytes = data.get(..header.len()).expect("a header in one piece").to_vec();
        let good = header.is_checksum_valid();
        let before = header.ttl();
        if let Some(after) = ipv4::decrement_ttl(&mut bytes) {
            let header = ipv4::Header::parse_quoted(&bytes).expect("still a header");
            assert_eq!((header.ttl(), after), (after, before - 1));
            assert_eq!(header.is_checksum_valid(), good);
        }
        ipv4::make_whole(&mut bytes, 60).expect("it is one header");
        let header = ipv4::Header::parse_quoted(&bytes).expect("still a header");
        assert!(header.is_checksum_valid() && !header.is_fragment());
    }
}

fn messages(data: &[u8]) {
    if let Ok(header) = icmpv4::Header::parse(data) {
        let mut out = [0; icmpv4::HEADER_LEN];
        header.emit(&mut out);
        assert_eq!(out[..2], data[..2]);
        if let Some(message) = header.message() {
            assert_eq!(message.header().message(), Some(message));
        }
    }
    if let Ok(quote) = icmpv4::Quote::parse(data) {
        assert!(quote.ports().is_none() || quote.transport.len() >= 4);
        assert!(icmpv4::quote_len(data.len()) <= data.len());
    }
    if let Ok(times) = icmpv4::Times::parse(data) {
        let mut out = [0; icmpv4::TIMESTAMP_LEN];
        times.emit(&mut out);
        assert!(data.starts_with(&out));
    }
    if let Ok(header) = igmp::Header::parse(data) {
        let mut out = [0; igmp::HEADER_LEN];
        header.emit(&mut out);
        assert_eq!((out[0], &out[4..]), (data[0], &data[4..igmp::HEADER_LEN]));
    }
    if let Ok(query) = igmp::QueryV3::parse(data) {
        assert!(query.sources.len() * 4 + 12 <= data.len());
        assert!(igmp::decode_time(query.interval) <= 31_744);
    }
}

fn transport(data: &[u8]) {
    if let Ok(header) = udp::Header::parse(data, data.len()) {
        assert!(udp::HEADER_LEN + header.payload_len() <= data.len());
        let mut out = [0; udp::HEADER_LEN];
        header.emit(&mut out);
        assert!(data.starts_with(&out));
    }
    if let Ok(header) = tcp::Header::parse(data, data.len()) {
        assert!((tcp::HEADER_LEN..=60).contains(&usize::from(header.len)));
        let options = data.get(tcp::HEADER_LEN..header.len.into());
        read_options(options.expect("the header lies within the segment"));
    }
    read_options(data.get(..40).unwrap_or(data));
}

/// Options that were understood are understood alike when we have written them.
fn read_options(bytes: &[u8]) {
    let Ok(options) = tcp::Options::parse(bytes) else { return };
    let mut out = [0; 40];
    assert!(options.len() <= out.len() && options.len() % 4 == 0);
    let out = out.get_mut(..options.len()).expect("as asked");
    options.emit(out);
    let again = tcp::Options::parse(out).expect("what is written can be read");
    let mut fitting = options;
    fitting.sack.truncate(again.sack.as_slice().len());
    assert_eq!(again, fitting);
    assert!(again.window_scale.is_none_or(|shift| shift <= 14));
    if let Some(stamps) = tcp::Options::timestamps_alone(bytes) {
        assert_eq!(options.timestamps, Some(stamps));
    }
}
