// SPDX-License-Identifier: Apache-2.0
//! 4: path MTU discovery (RFC 8201; RFC 4861, 6.3.4 for what a link carries).

use super::bed::{
    Bed, FAR, NUT, NUT_GLOBAL, O, S, TN1, TN2, TR1, addr, advert, echo, mended, part, parts,
    usual_advert,
};
use testutil::lab6::{Advert, Ipv6, datagram};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;

/// Bytes of IPv6 and ICMP header.
const HEADERS: usize = 48;

/// A host with a router and a neighbour that it knows.
fn known() -> Bed {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &usual_advert().source_link(TR1.mac));
    bed.pass(5_000);
    bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
    bed.now();
    bed.nd(TN1, (TN1.global, NUT_GLOBAL), &advert(TN1.global, S | O, Some(TN1.mac)));
    bed.now();
    bed
}

/// An echo of `len` bytes in all, requested by `peer`; the packets in which the answer comes. The router
/// answers for itself in between.
fn exchange(bed: &mut Bed, peer: Ipv6Addr, len: usize) -> Vec<Vec<u8>> {
    bed.router_advert(TR1, &usual_advert().source_link(TR1.mac));
    let data = vec![9; len - HEADERS];
    bed.now();
    bed.icmp(TR1, (peer, NUT_GLOBAL), 64, &echo(&data));
    let sent = bed.now();
    let answers = sent.0.iter().filter(|p| p.repr.dst == peer);
    answers.map(|p| [&p.ext[..], &p.payload].concat()).collect()
}

/// How long the packets are in which an answer of `len` bytes comes: the largest of them.
fn largest(bed: &mut Bed, peer: Ipv6Addr, len: usize) -> usize {
    exchange(bed, peer, len).iter().map(|payload| payload.len() + 40).max().unwrap_or(0)
}

/// A router says that the answer to the last such echo was too big.
fn too_big(bed: &mut Bed, from: Ipv6Addr, peer: Ipv6Addr, code: u8, mtu: u32) {
    let mut message = echo(&[9; 1400]);
    message[0] = kind::ECHO_REPLY;
    let quoted = Ipv6::new(NUT_GLOBAL, peer, 58).build(&mended(NUT_GLOBAL, peer, message));
    let head = [&[kind::PACKET_TOO_BIG, code, 0, 0][..], &mtu.to_be_bytes()].concat();
    let message = [&head[..], &quoted[..1232]].concat();
    bed.icmp(TR1, (from, NUT_GLOBAL), 64, &message);
    bed.now();
}

/// Packets as large as the link goes through both ways.
#[test]
fn v6lc_4_1_1() {
    parts([(TN1.global, 1500), (FAR.global, 1500), (FAR.global, 1280)], |(peer, len)| {
        assert_eq!(largest(&mut known(), peer, len), len);
    });
}

/// What is learnt is kept for each destination.
#[test]
fn v6lc_4_1_2() {
    let other = addr("2001:db8:fb::3");
    let mut bed = known();
    assert_eq!(largest(&mut bed, FAR.global, 1448), 1448);
    too_big(&mut bed, FAR.global, FAR.global, 0, 1400);
    assert_eq!(largest(&mut bed, other, 1448), 1448);
    too_big(&mut bed, FAR.global, other, 0, 1280);
    part("A: of one", || assert!(largest(&mut bed, FAR.global, 1448) <= 1400));
    part("B: and of another", || assert!(largest(&mut bed, other, 1448) <= 1280));
    part("C: not of a third", || {
        assert_eq!(largest(&mut bed, addr("2001:db8:fc::3"), 1448), 1448);
    });
}

/// The code says nothing.
#[test]
fn v6lc_4_1_3() {
    parts([1, 0xff, 0], |code| {
        let mut bed = known();
        largest(&mut bed, FAR.global, 1448);
        too_big(&mut bed, FAR.global, FAR.global, code, 1280);
        assert!(largest(&mut bed, FAR.global, 1448) <= 1280);
    });
}

/// To a neighbour.
#[test]
fn v6lc_4_1_4() {
    let mut bed = known();
    assert_eq!(largest(&mut bed, TN1.global, 1448), 1448);
    too_big(&mut bed, TR1.global, TN1.global, 0, 1280);
    assert!(largest(&mut bed, TN1.global, 1448) <= 1280);
}

/// Beyond routers, in steps.
#[test]
fn v6lc_4_1_5() {
    let mut bed = known();
    for mtu in [1420, 1400, 1280] {
        largest(&mut bed, FAR.global, 1448);
        too_big(&mut bed, FAR.global, FAR.global, 0, mtu);
        let largest = largest(&mut bed, FAR.global, 1448);
        assert!(largest <= mtu as usize && largest > mtu as usize - 8, "{largest} of {mtu}");
    }
}

/// Below what every link carries nothing is believed (RFC 8201, 4).
#[test]
fn v6lc_4_1_6() {
    parts([1279, 56, 0, 1], |mtu| {
        let mut bed = known();
        largest(&mut bed, FAR.global, 1448);
        too_big(&mut bed, FAR.global, FAR.global, 0, mtu);
        assert_eq!(largest(&mut bed, FAR.global, 1448), 1448);
        assert_eq!(largest(&mut bed, FAR.global, 1280), 1280);
    });
}

/// An estimate never grows for what a router says.
#[test]
fn v6lc_4_1_7() {
    parts([1400, 1500, 9000, u32::MAX], |mtu| {
        let mut bed = known();
        largest(&mut bed, FAR.global, 1448);
        too_big(&mut bed, FAR.global, FAR.global, 0, 1304);
        largest(&mut bed, FAR.global, 1448);
        too_big(&mut bed, FAR.global, FAR.global, 0, mtu);
        assert!(largest(&mut bed, FAR.global, 1448) <= 1304);
    });
}

/// The MTU of the link as a router tells it.
#[test]
fn v6lc_4_1_8() {
    let rows: [(u32, usize); 5] =
        [(1280, 1280), (1400, 1400), (1279, 1448), (9000, 1448), (0, 1448)];
    parts(rows, |(mtu, most)| {
        let mut bed = known();
        let mut option = vec![5, 1, 0, 0];
        option.extend(mtu.to_be_bytes());
        bed.router_advert(TR1, &Advert::new(1800).option(&option));
        bed.now();
        let largest = largest(&mut bed, FAR.global, 1448);
        assert!(largest <= most && largest > most - 8, "{largest} of {most}");
    });
}

/// After ten minutes it is tried whether more goes through; not before five (RFC 8201, 4).
#[test]
fn v6lc_4_1_9() {
    let mut bed = known();
    largest(&mut bed, FAR.global, 1448);
    too_big(&mut bed, FAR.global, FAR.global, 0, 1304);
    bed.pass(300_000);
    assert!(largest(&mut bed, FAR.global, 1448) <= 1304);
    bed.pass(310_000);
    assert_eq!(largest(&mut bed, FAR.global, 1448), 1448);
}

/// Only what quotes a packet of ours is believed (RFC 8201, 4; hostile-inputs, line 28).
#[test]
fn v6lc_4_1_12() {
    let quotes: [Vec<u8>; 4] = [
        // Of an echo nobody asked for, of a datagram nobody sent, of somebody else's, of nothing.
        Ipv6::new(NUT_GLOBAL, FAR.global, 58).build(&mended(
            NUT_GLOBAL,
            FAR.global,
            [&[kind::ECHO_REPLY, 0, 0, 0, 1, 2, 3, 4][..], &[0; 1300]].concat(),
        )),
        Ipv6::new(NUT_GLOBAL, FAR.global, next_header::UDP).build(&datagram(
            (NUT_GLOBAL, 1),
            (FAR.global, 2),
            &[0; 1300],
        )),
        Ipv6::new(TN2.global, FAR.global, 58).build(&[129; 1300]),
        vec![],
    ];
    parts(quotes, |quoted| {
        let mut bed = known();
        assert_eq!(largest(&mut bed, FAR.global, 1448), 1448);
        let quoted = &quoted[..quoted.len().min(1232)];
        let head = [&[kind::PACKET_TOO_BIG, 0, 0, 0][..], &1280u32.to_be_bytes()].concat();
        bed.icmp(TR1, (FAR.global, NUT_GLOBAL), 64, &[&head[..], quoted].concat());
        bed.now();
        assert_eq!(largest(&mut bed, FAR.global, 1448), 1448);
    });
    assert_ne!(NUT, NUT_GLOBAL);
}
