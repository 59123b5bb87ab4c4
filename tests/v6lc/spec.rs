// SPDX-License-Identifier: Apache-2.0
//! 1: the header, extension headers and fragments (RFC 8200, 3 and 4; RFC 5095; RFC 5722; RFC 6946).

use super::bed::{ALL_NODES, Bed, Entry, FAR, NUT, Sent, TN1, TN2, addr, echo, mended, parts};
use testutil::lab6::Ipv6;
use znet::base::Ipv6Addr;
use znet::wire::ipv6::next_header;

const ECHO: u8 = next_header::ICMPV6;

/// A host that knows [`TN1`].
fn known() -> Bed {
    let mut bed = Bed::new();
    bed.bring(TN1, Entry::Reachable, false);
    bed
}

/// An echo request with its checksum.
fn request(dst: Ipv6Addr, data: &[u8]) -> Vec<u8> {
    mended(TN1.ll, dst, echo(data))
}

/// A packet of [`TN1`] to the host's link-local address.
fn packet(next_header: u8, payload: &[u8]) -> Vec<u8> {
    Ipv6::new(TN1.ll, NUT, next_header).build(payload)
}

/// What the host says to a packet of [`TN1`].
fn answer(packet: &[u8]) -> Sent {
    let mut bed = known();
    bed.packet(TN1, packet);
    bed.now()
}

/// An extension header of eight bytes and more around `options`.
fn ext(next: u8, options: &[u8]) -> Vec<u8> {
    let len = (options.len() + 2).next_multiple_of(8);
    let mut bytes = vec![next, (len / 8 - 1) as u8];
    bytes.extend(options);
    bytes.resize(len, 0);
    bytes
}

/// A fragment header.
fn fragment(next: u8, offset: usize, more: bool, id: u32) -> Vec<u8> {
    let mut bytes = vec![next, 0];
    bytes.extend((offset as u16 | u16::from(more)).to_be_bytes());
    bytes.extend(id.to_be_bytes());
    bytes
}

/// Versions other than 6.
#[test]
fn v6lc_1_1_1() {
    parts((0..16).filter(|version| *version != 6), |version: u8| {
        let mut bytes = packet(ECHO, &request(NUT, b"x"));
        bytes[0] = version << 4;
        answer(&bytes).assert_silent();
    });
}

/// A traffic class is no reason not to answer.
#[test]
fn v6lc_1_1_2() {
    parts([0x20, 0xff, 0x03, 0xfc], |class: u8| {
        let mut bytes = packet(ECHO, &request(NUT, b"x"));
        bytes[0] |= class >> 4;
        bytes[1] |= class << 4;
        answer(&bytes).reply();
    });
}

/// Nor is a flow label; the answer's is its own.
#[test]
fn v6lc_1_1_4() {
    parts([0x3_4567, 0xf_ffff, 1], |label: u32| {
        let mut bytes = packet(ECHO, &request(NUT, b"x"));
        bytes[1..4].copy_from_slice(&label.to_be_bytes()[1..]);
        assert_eq!(answer(&bytes).reply().repr.flow_label, 0);
    });
}

/// Payloads of odd and even length, shorter and longer than the frame.
#[test]
fn v6lc_1_1_5() {
    parts([51, 52, 53], |len| {
        let data = vec![7; len - 8];
        assert_eq!(answer(&packet(ECHO, &request(NUT, &data))).reply().payload[8..], data);
    });
    parts([-1i32, 1, 1000], |more| {
        let mut bytes = packet(ECHO, &request(NUT, b"12345678"));
        let claimed = (16 + more) as u16;
        bytes[4..6].copy_from_slice(&claimed.to_be_bytes());
        // Cut short the checksum is wrong, and there can't be more than there is.
        answer(&bytes).assert_silent();
    });
    // Padding of the link is none of the packet's.
    let padded = [packet(ECHO, &request(NUT, b"12")), vec![0xee; 20]].concat();
    assert_eq!(answer(&padded).reply().payload.len(), 10);
}

/// Nothing follows: nothing is said, whatever is there.
#[test]
fn v6lc_1_1_6() {
    parts([vec![], request(NUT, b"x"), vec![0xff; 100]], |payload| {
        answer(&packet(next_header::NONE, &payload)).assert_silent();
    });
}

/// Next headers nobody knows, or that may not stand there.
#[test]
fn v6lc_1_1_7() {
    parts((138..=252).step_by(6), |unknown: u8| {
        assert_eq!(answer(&packet(unknown, &request(NUT, b"x"))).error(), (4, 1, 6));
    });
    // A hop-by-hop header that is not the first, and IPv4's protocols.
    let second = [ext(0, &[1, 4, 0, 0, 0, 0]), ext(ECHO, &[1, 4, 0, 0, 0, 0])].concat();
    let second = [second, request(NUT, b"x")].concat();
    assert_eq!(answer(&packet(0, &second)).error(), (4, 1, 40));
    assert_eq!(answer(&packet(1, &request(NUT, b"x"))).error(), (4, 1, 6));
    assert_eq!(answer(&packet(2, &[0x16; 8])).error(), (4, 1, 6));
}

/// A hop limit of zero concerns routers only.
#[test]
fn v6lc_1_1_8() {
    parts([0, 1, 255], |limit| {
        let bytes = Ipv6::new(TN1.ll, NUT, ECHO).hop_limit(limit).build(&request(NUT, b"x"));
        answer(&bytes).reply();
    });
}

/// Packets with impossible ends: neither answered nor passed on.
#[test]
fn v6lc_1_1_10() {
    let rows = [
        (addr("::"), NUT),
        (addr("::1"), NUT),
        (addr("ff02::1"), NUT),
        (NUT, NUT),
        (TN1.ll, addr("::1")),
        (TN1.ll, addr("::")),
        (TN1.ll, TN2.ll),
        (TN1.global, FAR.global),
        (TN1.global, addr("fe80::ff:fe00:2")),
        (TN1.ll, addr("ff05::1")),
    ];
    parts(rows, |(src, dst)| {
        let mut bed = known();
        let bytes = Ipv6::new(src, dst, ECHO).build(&mended(src, dst, echo(b"x")));
        let frame = testutil::frame::ethernet(super::bed::MAC, TN1.mac, 0x86dd, &bytes);
        bed.lab.peer.send(frame);
        bed.now().assert_silent();
    });
}

/// Zero in the next-header field of an extension header is a hop-by-hop header in the wrong place.
#[test]
fn v6lc_1_2_1() {
    for first in [next_header::HOP_BY_HOP, next_header::DEST_OPTIONS] {
        let bytes = [ext(0, &[1, 4, 0, 0, 0, 0]), ext(ECHO, &[1, 4, 0, 0, 0, 0])].concat();
        let bytes = [bytes, request(NUT, b"x")].concat();
        assert_eq!(answer(&packet(first, &bytes)).error(), (4, 1, 40));
    }
}

/// Nothing follows behind an extension header.
#[test]
fn v6lc_1_2_2() {
    let headers = [next_header::HOP_BY_HOP, next_header::DEST_OPTIONS, next_header::ROUTING];
    parts(headers, |first| {
        let bytes = [ext(next_header::NONE, &[0; 6]), request(NUT, b"x")].concat();
        answer(&packet(first, &bytes)).assert_silent();
    });
}

/// Unknown ones behind extension headers; the pointer is to the field that names them.
#[test]
fn v6lc_1_2_3() {
    let rows = [
        (next_header::HOP_BY_HOP, 1),
        (next_header::DEST_OPTIONS, 1),
        (next_header::DEST_OPTIONS, 2),
        (next_header::ROUTING, 1),
        (next_header::DEST_OPTIONS, 3),
    ];
    parts(rows, |(first, count)| {
        let mut bytes = Vec::new();
        for _ in 1..count {
            bytes.extend(ext(next_header::DEST_OPTIONS, &[1, 4, 0, 0, 0, 0]));
        }
        bytes.extend(ext(143, &[0; 6]));
        bytes.extend(request(NUT, b"x"));
        let pointer = 40 + 8 * (count - 1);
        assert_eq!(answer(&packet(first, &bytes)).error(), (4, 1, pointer));
    });
}

/// Extension headers are processed in the order in which they stand: the first that is wrong counts.
#[test]
fn v6lc_1_2_4() {
    // An option to complain of, and a fragment that is no multiple of eight bytes long.
    let bad_option = [0x87, 0, 0, 0, 0, 0];
    let good_option = [1, 4, 0, 0, 0, 0];
    let (dst, frag) = (next_header::DEST_OPTIONS, next_header::FRAGMENT);
    let first_option =
        |option: &[u8]| [ext(frag, option), fragment(ECHO, 0, true, 9), vec![128; 11]].concat();
    let first_fragment = |more, option: &[u8], rest: usize| {
        [fragment(dst, 0, more, 9), ext(ECHO, option), vec![128; rest]].concat()
    };
    if cfg!(not(CONFIG_NET_IPV6_FRAGMENT)) {
        return;
    }
    type Row = (u8, Vec<u8>, (u8, u8, u32));
    let rows: [Row; 4] = [
        (dst, first_option(&bad_option), (4, 2, 42)),
        (dst, first_option(&good_option), (4, 0, 4)),
        (frag, first_fragment(true, &bad_option, 11), (4, 0, 4)),
        (frag, first_fragment(false, &bad_option, 16), (4, 2, 50)),
    ];
    parts(rows, |(first, bytes, error)| {
        assert_eq!(answer(&packet(first, &bytes)).error(), error);
    });
}

/// So are options.
#[test]
fn v6lc_1_2_5() {
    // Unknown options of the four kinds, one after the other.
    let all = [0x07u8, 0x47, 0x87, 0xc7];
    parts(0..4, |from| {
        let options: Vec<u8> = all[from..].iter().flat_map(|kind| [*kind, 0]).collect();
        let bytes = [ext(ECHO, &options), request(NUT, b"x")].concat();
        let sent = answer(&packet(next_header::DEST_OPTIONS, &bytes));
        match from {
            0 | 1 => sent.assert_silent(),
            _ => assert_eq!(sent.error(), (4, 2, 42)),
        }
    });
}

/// What becomes of a packet for the option in it: rows of both headers with options.
fn options(header: u8) {
    #[derive(Clone, Copy)]
    enum Then {
        Reply,
        Silence,
        Error,
    }
    use Then::{Error, Reply, Silence};
    let pad1 = [0; 6];
    let padn = [1, 4, 0, 0, 0, 0];
    let unknown = |kind| [kind, 4, 1, 2, 3, 4];
    let rows: [([u8; 6], bool, Then); 10] = [
        (pad1, false, Reply),
        (padn, false, Reply),
        (unknown(0x1e), false, Reply),
        (unknown(0x5e), false, Silence),
        (unknown(0x9e), false, Error),
        (unknown(0xde), false, Error),
        (unknown(0x9e), true, Error),
        (unknown(0xde), true, Silence),
        (unknown(0x5e), true, Silence),
        (unknown(0x3e), false, Reply),
    ];
    parts(rows, |(option, multicast, then)| {
        let dst = if multicast { ALL_NODES } else { NUT };
        let bytes = [ext(ECHO, &option), request(dst, b"x")].concat();
        let sent = answer(&Ipv6::new(TN1.ll, dst, header).build(&bytes));
        match then {
            Reply => assert_eq!(sent.replies().len(), 1),
            Silence => sent.assert_silent(),
            Error => {
                assert_eq!(sent.error(), (4, 2, 42));
                assert_eq!(sent.0[0].repr.src, NUT);
            }
        }
    });
}

#[test]
fn v6lc_1_2_6() {
    options(next_header::HOP_BY_HOP);
}

#[test]
fn v6lc_1_2_8() {
    options(next_header::DEST_OPTIONS);
}

/// Routing headers: passed over when nothing is left of them, refused otherwise.
#[test]
fn v6lc_1_2_10() {
    let rows =
        [(33, 0, false), (33, 1, true), (0, 0, false), (0, 1, true), (2, 1, true), (4, 2, true)];
    parts(rows, |(kind, left, refused)| {
        let bytes = [ext(ECHO, &[kind, left, 0, 0, 0, 0]), request(NUT, b"x")].concat();
        let sent = answer(&packet(next_header::ROUTING, &bytes));
        if refused {
            // Type 0 may be pointed at as a whole (RFC 5095, 3): the type, which is what is not known.
            assert_eq!(sent.error(), (4, 0, 42));
        } else {
            sent.reply();
        }
    });
}

/// The parts of a request of `len` bytes of data, cut behind every 64 bytes.
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
fn cut(id: u32, len: usize) -> Vec<Vec<u8>> {
    let whole = request(NUT, &vec![5; len]);
    let count = whole.len().div_ceil(64);
    let pieces = whole.chunks(64).enumerate();
    pieces
        .map(|(at, piece)| {
            let header = fragment(ECHO, at * 64, at + 1 < count, id);
            packet(next_header::FRAGMENT, &[&header[..], piece].concat())
        })
        .collect()
}

/// Packets in fragments.
#[test]
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
fn v6lc_1_3_1() {
    use super::bed::part;
    const LEN: usize = 128 - 8;
    let answer_all = |packets: &[Vec<u8>]| {
        let mut bed = known();
        for packet in packets {
            bed.packet(TN1, packet);
        }
        bed.now()
    };
    part("A: in order", || {
        answer_all(&cut(1, LEN)).reply();
    });
    part("B: in the other", || {
        let mut parts = cut(1, LEN);
        parts.reverse();
        answer_all(&parts).reply();
    });
    part("C: of different packets", || {
        answer_all(&[cut(1, LEN)[0].clone(), cut(2, LEN)[1].clone()]).assert_silent();
    });
    part("D: from different senders", || {
        let mut parts = cut(1, LEN);
        parts[1][8..24].copy_from_slice(&TN2.ll.octets());
        answer_all(&parts).assert_silent();
    });
    part("E: to different receivers", || {
        let mut parts = cut(1, LEN);
        parts[1][24..40].copy_from_slice(&ALL_NODES.octets());
        answer_all(&parts).assert_silent();
    });
    part("F: sent twice", || {
        let parts = cut(1, LEN);
        answer_all(&[parts[0].clone(), parts[0].clone(), parts[1].clone()]).reply();
    });
    part("G: many", || {
        answer_all(&cut(1, 64 * 7)).reply();
    });
    part("H: overlapping: all of it is dropped (RFC 5722)", || {
        let parts = cut(1, LEN);
        let mut over = parts[1].clone();
        // Eight bytes further to the front.
        over[42..44].copy_from_slice(&(56u16).to_be_bytes());
        answer_all(&[parts[0].clone(), over, parts[1].clone()]).assert_silent();
    });
}

/// Fragments that do not come.
#[test]
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
fn v6lc_1_3_2() {
    use super::bed::part;
    let limit = 1000 * znet::config::NET_IPV6_FRAGMENT_TIMEOUT as u64;
    let parts = cut(1, 128 - 8);
    let mut rows: Vec<(&str, u64, bool, [Vec<u8>; 2])> = vec![
        ("A: late", limit - 500, true, [parts[0].clone(), parts[1].clone()]),
        ("B: too late", limit + 500, false, [parts[0].clone(), parts[1].clone()]),
        ("C: the first one too late", limit + 500, false, [parts[1].clone(), parts[0].clone()]),
    ];
    for (name, wait, whole, [first, second]) in rows.drain(..) {
        part(name, || {
            let mut bed = known();
            bed.packet(TN1, &first);
            let sent = bed.pass(wait);
            let told = !whole && first == parts[0];
            if told {
                assert_eq!(sent.error(), (3, 1, 0));
                assert_eq!(sent.0[0].payload[8..][..first.len()], first);
            } else {
                sent.assert_silent();
            }
            bed.packet(TN1, &second);
            assert_eq!(bed.now().replies().len(), usize::from(whole));
        });
    }
}

/// A fragment that is not the last and no multiple of eight bytes long.
#[test]
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
fn v6lc_1_3_3() {
    parts([1, 7, 9, 63], |len| {
        let bytes = [fragment(ECHO, 0, true, 3), vec![128; len]].concat();
        assert_eq!(answer(&packet(next_header::FRAGMENT, &bytes)).error(), (4, 0, 4));
    });
}

/// A fragment that is the whole (RFC 6946).
#[test]
fn v6lc_1_3_4() {
    let bytes = [fragment(ECHO, 0, false, 4), request(NUT, b"whole")].concat();
    let reply = answer(&packet(next_header::FRAGMENT, &bytes));
    assert_eq!(reply.reply().payload[8..], *b"whole");
    assert!(reply.reply().ext.is_empty(), "the answer is no fragment");
}

/// The first fragment must hold all headers (RFC 8200, 4.5; RFC 7112): else the sender is told.
#[test]
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
fn v6lc_1_3_6() {
    use super::bed::{NUT_GLOBAL, O, S, TR1, advert, usual_advert};
    let (dst, routing) = (next_header::DEST_OPTIONS, next_header::ROUTING);
    let rows = [(dst, TN1.ll, NUT), (routing, TN1.ll, NUT), (dst, TN1.global, NUT_GLOBAL)];
    parts(rows, |(first, src, own)| {
        let mut bed = known();
        bed.router_advert(TR1, &usual_advert());
        bed.pass(5_000);
        bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
        bed.now();
        bed.nd(TN1, (TN1.global, NUT_GLOBAL), &advert(TN1.global, S | O, Some(TN1.mac)));
        bed.now();
        let message = mended(src, own, echo(&[1; 80]));
        let chain = ext(ECHO, &if first == dst { [1, 4, 0, 0, 0, 0] } else { [0; 6] });
        let send = |bed: &mut Bed, header: Vec<u8>, piece: &[u8]| {
            let payload = [&header[..], piece].concat();
            bed.packet(TN1, &Ipv6::new(src, own, next_header::FRAGMENT).build(&payload));
        };
        // The extension header is in the first one, what it leads to is not.
        send(&mut bed, fragment(first, 0, true, 5), &chain);
        send(&mut bed, fragment(first, 8, false, 5), &message);
        let sent = bed.now();
        assert_eq!(sent.replies().len(), 0);
        let (kind, code, _) = sent.error();
        assert_eq!((kind, code), (4, 3));
    });
}
