// SPDX-License-Identifier: Apache-2.0
//! 5: echo and errors (RFC 4443).

use super::bed::{
    ALL_NODES, Bed, Entry, FAR, NOBODY, NUT, NUT_GLOBAL, O, S, TN1, TR1, addr, advert, echo,
    mended, part, parts, usual_advert,
};
use testutil::check6::Packet6;
use testutil::lab6::{Ipv6, datagram};
use znet::base::{EthAddr, Ipv6Addr};
use znet::wire::icmpv6::kind;

/// A host that knows [`TN1`] by both addresses, and [`TR1`].
fn known() -> Bed {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &usual_advert().source_link(TR1.mac));
    bed.pass(5_000);
    bed.bring(TN1, Entry::Reachable, false);
    bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
    bed.now();
    bed.nd(TN1, (TN1.global, NUT_GLOBAL), &advert(TN1.global, S | O, Some(TN1.mac)));
    bed.now();
    bed
}

/// Requests the host sends.
#[test]
fn v6lc_5_1_1() {
    let rows = [(TN1.ll, NUT), (TN1.global, NUT_GLOBAL)];
    parts(rows, |(to, own)| {
        let mut bed = known();
        bed.lab.ping(to, b"a question").unwrap();
        let sent = bed.now();
        let request = sent.kind(kind::ECHO_REQUEST)[0];
        assert_eq!((request.repr.src, request.repr.dst, request.kind()), (own, to, Some((128, 0))));
        assert_eq!(request.payload[8..], *b"a question");
    });
}

/// Replies it sends: from which address, to what.
#[test]
fn v6lc_5_1_2() {
    let rows: [(Ipv6Addr, Ipv6Addr, Option<Ipv6Addr>); 7] = [
        (TN1.ll, NUT, Some(NUT)),
        (TN1.global, NUT_GLOBAL, Some(NUT_GLOBAL)),
        (TN1.ll, ALL_NODES, Some(NUT)),
        (TN1.global, ALL_NODES, Some(NUT_GLOBAL)),
        (NOBODY, NUT, None),
        (TN1.ll, addr("ff02::77"), None),
        (addr("::1"), NUT, None),
    ];
    parts(rows, |(src, dst, from)| {
        let mut bed = known();
        bed.icmp(TN1, (src, dst), 64, &echo(b"as it came"));
        let sent = bed.now();
        let got = sent.replies().first().map(|reply| {
            assert_eq!(
                (reply.repr.dst, &reply.payload[4..]),
                (src, &b"\0\x07\0\x01as it came"[..])
            );
            reply.repr.src
        });
        assert_eq!(got, from);
    });
    part("of every size", || {
        let mut bed = known();
        for len in [0, 1, 2, 511, 512, 1231, 1232, 1451, 1452] {
            let data = vec![0x5a; len];
            bed.icmp(TN1, (TN1.ll, NUT), 64, &echo(&data));
            assert_eq!(bed.now().reply().payload[8..], data);
        }
    });
}

/// What an error quotes: the packet as it came, as much as fits into 1,280 bytes.
fn assert_quotes(error: &Packet6, packet: &[u8]) {
    let quoted = &error.payload[8..];
    assert_eq!(quoted.len(), packet.len().min(1280 - 48));
    assert_eq!(quoted, &packet[..quoted.len()]);
}

/// Destination unreachable: a port nobody listens on.
#[test]
fn v6lc_5_1_3() {
    let rows = [(TN1.ll, NUT, 10), (TN1.global, NUT_GLOBAL, 10), (TN1.ll, NUT, 1300)];
    parts(rows, |(src, dst, len)| {
        let mut bed = known();
        let udp = datagram((src, 4000), (dst, 9), &vec![1; len]);
        let packet = Ipv6::new(src, dst, 17).build(&udp);
        bed.packet(TN1, &packet);
        let sent = bed.now();
        assert_eq!(sent.error(), (1, 4, 0));
        assert_eq!((sent.0[0].repr.src, sent.0[0].repr.dst), (dst, src));
        assert_quotes(&sent.0[0], &packet);
    });
    part("D: of a neighbour that does not answer the host itself is told", || {
        let mut bed = known();
        let socket = bed.lab.socket(4000);
        bed.lab.connect(socket, (addr("2001:db8:1::dead"), 9)).unwrap();
        bed.lab.send_to(socket, (addr("2001:db8:1::dead"), 9), b"x").unwrap();
        bed.pass(4_000);
        assert_eq!(bed.lab.host.try_udp_recv(socket), Err(testutil::Error::HostUnreach));
        bed.lab.host.close(socket);
    });
}

/// A header field that can't be: the pointer says where.
#[test]
fn v6lc_5_1_6() {
    // Fragments that are no multiple of eight bytes and not the last; ones past the longest packet.
    let fragment = |offset: u16, more: bool, len: usize| {
        let field = offset | u16::from(more);
        let mut bytes = vec![58, 0];
        bytes.extend(field.to_be_bytes());
        bytes.extend([0, 0, 0, 9]);
        bytes.extend(vec![kind::ECHO_REQUEST; len]);
        bytes
    };
    let rows = [(fragment(0, true, 11), 4), (fragment(0xfff8, false, 64), 42)];
    if cfg!(not(CONFIG_NET_IPV6_FRAGMENT)) {
        return;
    }
    parts(rows, |(payload, pointer)| {
        let mut bed = known();
        let packet = Ipv6::new(TN1.ll, NUT, 44).build(&payload);
        bed.packet(TN1, &packet);
        let sent = bed.now();
        assert_eq!(sent.error(), (4, 0, pointer));
        assert_quotes(&sent.0[0], &packet);
    });
}

/// A next header nobody knows.
#[test]
fn v6lc_5_1_7() {
    let rows = [(TN1.ll, NUT), (TN1.global, NUT_GLOBAL)];
    parts(rows, |(src, dst)| {
        let mut bed = known();
        let packet = Ipv6::new(src, dst, 252).build(&[0; 24]);
        bed.packet(TN1, &packet);
        let sent = bed.now();
        assert_eq!(sent.error(), (4, 1, 6));
        assert_quotes(&sent.0[0], &packet);
    });
}

/// Informational messages nobody knows are dropped.
#[test]
fn v6lc_5_1_8() {
    parts([255, 200, 254, 160], |unknown| {
        let mut bed = known();
        bed.icmp(TN1, (TN1.ll, NUT), 64, &[unknown, 0, 0, 0, 1, 2, 3, 4]);
        bed.now().assert_silent();
        bed.echo(TN1);
        bed.now().reply();
    });
}

/// What is in the frame `packet` in which something is wrong.
fn with_unknown_header(src: Ipv6Addr, dst: Ipv6Addr) -> Vec<u8> {
    Ipv6::new(src, dst, 252).build(&[0; 24])
}

/// An error is no reason for an error.
#[test]
fn v6lc_5_1_9() {
    let to_closed = Ipv6::new(NUT, TN1.ll, 17).build(&datagram((NUT, 9), (TN1.ll, 9), b"x"));
    let rows = [[1, 0], [1, 3], [1, 4], [2, 0], [3, 0], [3, 1], [4, 0], [4, 1], [99, 0], [127, 3]];
    parts(rows, |head| {
        let mut bed = known();
        let message = [&head[..], &[0, 0, 0, 0, 5, 0], &to_closed].concat();
        bed.icmp(TN1, (TN1.ll, NUT), 64, &message);
        bed.now().assert_silent();
        // Nor one behind a header in which something else is wrong.
        let message = mended(TN1.ll, NUT, message);
        let options = [&[58, 0, 0xc2, 1, 0, 1, 1, 0][..], &message].concat();
        bed.packet(TN1, &Ipv6::new(TN1.ll, NUT, 60).build(&options));
        bed.now().assert_silent();
    });
}

/// Nor is a packet to a group.
#[test]
fn v6lc_5_1_10() {
    parts([TN1.ll, TN1.global], |src| {
        let mut bed = known();
        bed.packet(TN1, &with_unknown_header(src, ALL_NODES));
        bed.now().assert_silent();
        let udp = datagram((src, 4000), (ALL_NODES, 9), b"x");
        bed.packet(TN1, &Ipv6::new(src, ALL_NODES, 17).build(&udp));
        bed.now().assert_silent();
    });
    part("nor one in a frame to many", || {
        let mut bed = known();
        let packet = with_unknown_header(TN1.ll, NUT);
        for mac in [EthAddr::BROADCAST, EthAddr::from_ipv6_multicast(ALL_NODES)] {
            let frame = testutil::frame::ethernet(mac, TN1.mac, 0x86dd, &packet);
            bed.lab.peer.send(frame);
            bed.now().assert_silent();
        }
    });
}

/// Nor one from an address that stands for nobody or for many.
#[test]
fn v6lc_5_1_11() {
    let mut bed = known();
    bed.packet(TN1, &with_unknown_header(NOBODY, NUT));
    bed.now().assert_silent();
}

#[test]
fn v6lc_5_1_12() {
    parts([ALL_NODES, addr("ff1e::1")], |src| {
        let mut bed = known();
        bed.packet(TN1, &with_unknown_header(src, NUT));
        bed.now().assert_silent();
    });
}

/// Errors come no faster than the rate allows (RFC 4443, 2.4 f).
#[test]
fn v6lc_5_rate() {
    let mut bed = known();
    for _ in 0..1000 {
        bed.packet(TN1, &with_unknown_header(TN1.ll, NUT));
        bed.pass(1);
    }
    let sent = bed.pass(10);
    assert!(sent.0.len() < 100);
    bed.pass(20_000);
    bed.packet(TN1, &with_unknown_header(TN1.ll, NUT));
    let first = bed.now();
    assert!(first.0.len() <= 1);
    bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
    bed.now().reply();
}
