// SPDX-License-Identifier: Apache-2.0
//! 2.1.1 to 2.1.14: whom the host takes for a neighbour, how it asks, and neighbour solicitations of others
//! (RFC 4861, 5.2, 7.1.1, 7.2 and 7.3).

use super::bed::{
    ALL_NODES, Bed, Entry, FAR, NOBODY, NUT, NUT_GLOBAL, NUT_GROUP, Node, O, OTHER_MAC, PREFIX, S,
    TN1, TN2, TR1, addr, advert, echo, mended, part, parts, solicit, solicited_node, usual_advert,
};
use testutil::lab6::{Advert, Ipv6};
use znet::base::{EthAddr, Ipv6Addr};
use znet::wire::icmpv6::kind;

/// On-link determination.
#[test]
fn v6lc_2_1_1() {
    part("A: link-local", || {
        let mut bed = Bed::new();
        bed.echo(TN1);
        assert_eq!(bed.now().solicits(TN1.ll, true), 1);
    });
    part("B: a global address in an on-link prefix", || {
        let mut bed = Bed::routed();
        bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
        assert_eq!(bed.now().solicits(TN1.global, true), 1);
    });
    part("C: one in no such prefix goes to the router", || {
        let mut bed = Bed::routed();
        bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
        let sent = bed.now();
        assert_eq!((sent.solicits(FAR.global, true), sent.solicits(TR1.ll, true)), (0, 1));
    });
    part("D: and without a router nowhere", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &Advert::new(0).prefix(PREFIX, 64, 0xc0, 9000, 9000));
        bed.pass(5_000);
        bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
        bed.now().assert_silent();
    });
}

/// The queue of packets that wait for an answer.
#[test]
fn v6lc_2_1_2() {
    let ask = |bed: &mut Bed, node: Node, seq: u8| {
        let mut message = echo(b"data");
        message[7] = seq;
        bed.icmp(node, (node.ll, NUT), 64, &message);
    };
    part("A: one neighbour, three packets", || {
        let mut bed = Bed::new();
        for seq in 1..=3 {
            ask(&mut bed, TN1, seq);
        }
        assert_eq!(bed.now().solicits(TN1.ll, true), 1);
        bed.answer(TN1);
        let sent = bed.now();
        let seqs: Vec<u8> = sent.replies().iter().map(|reply| reply.payload[7]).collect();
        assert!(seqs.ends_with(&[3]), "the latest at least, in order: {seqs:?}");
    });
    part("B: two neighbours", || {
        let mut bed = Bed::new();
        for seq in 1..=3 {
            ask(&mut bed, TN1, seq);
            ask(&mut bed, TN2, seq + 10);
        }
        let sent = bed.now();
        assert_eq!((sent.solicits(TN1.ll, true), sent.solicits(TN2.ll, true)), (1, 1));
        for (node, last) in [(TN2, 13), (TN1, 3)] {
            bed.answer(node);
            let sent = bed.now();
            assert!(sent.replies().iter().all(|reply| reply.repr.dst == node.ll));
            assert_eq!(sent.replies().last().map(|reply| reply.payload[7]), Some(last));
        }
    });
}

/// A prefix that is not said to be on the link is not.
#[test]
fn v6lc_2_1_3() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &Advert::new(1800).prefix(PREFIX, 64, 0x40, 9000, 9000));
    bed.pass(5_000);
    bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
    let sent = bed.now();
    assert_eq!((sent.solicits(TN1.global, true), sent.solicits(TR1.ll, true)), (0, 1));
}

/// The prefix list.
#[test]
fn v6lc_2_1_4() {
    let near = |bed: &mut Bed| {
        bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
        let sent = bed.pass(4_000);
        let (near, far) = (sent.solicits(TN1.global, true), sent.solicits(TR1.ll, true));
        assert!(near == 0 || far == 0);
        near > 0
    };
    let prefix = |on_link, valid| {
        let flags = if on_link { 0xc0 } else { 0x40 };
        Advert::new(1800).prefix(PREFIX, 64, flags, valid, valid)
    };
    part("A: until its lifetime is over", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(true, 20).prefix(PREFIX, 64, 0x40, 9000, 9000));
        bed.pass(8_000);
        assert!(near(&mut bed));
        bed.pass(15_000);
        assert!(!near(&mut bed));
    });
    part("B: an advertisement updates that", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(true, 20).prefix(PREFIX, 64, 0x40, 9000, 9000));
        bed.pass(8_000);
        bed.router_advert(TR1, &prefix(true, 60));
        bed.pass(25_000);
        assert!(near(&mut bed));
        // What is not said to be on the link says nothing about it.
        bed.router_advert(TR1, &prefix(false, 9000));
        bed.now();
        assert!(near(&mut bed));
    });
    part("C: zero ends it", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(true, 9000));
        bed.pass(8_000);
        let zero = Advert::new(1800).prefix(PREFIX, 64, 0x80, 0, 0);
        bed.router_advert(TR1, &zero);
        bed.now();
        assert!(!near(&mut bed));
    });
}

/// How the host asks.
#[test]
fn v6lc_2_1_5() {
    let ends = [(TN1.ll, NUT), (TN1.global, NUT_GLOBAL)];
    parts(ends, |(peer, own)| {
        let mut bed = Bed::routed();
        bed.echo_between(TN1, peer, own);
        let sent = bed.pass(5_000);
        let asked = sent.kind(kind::NEIGHBOUR_SOLICIT);
        assert_eq!(asked.len(), 3, "MAX_MULTICAST_SOLICIT");
        for solicit in asked {
            assert_eq!(solicit.repr.dst, solicited_node(peer));
            assert!([NUT, NUT_GLOBAL].contains(&solicit.repr.src));
            assert_eq!(solicit.payload[24..], [1, 1, 2, 0, 0, 0, 0, 1], "source link address");
        }
        // Nobody answered: it may be asked for anew.
        bed.echo_between(TN1, peer, own);
        assert_eq!(bed.now().solicits(peer, true), 1);
    });
}

/// How it makes sure that a neighbour is still there.
#[test]
fn v6lc_2_1_6() {
    let ends = [(TN1.ll, NUT), (TN1.global, NUT_GLOBAL), (TN1.ll, NUT_GLOBAL), (TN1.global, NUT)];
    parts(ends, |(peer, own)| {
        let mut bed = Bed::routed();
        let answer = |bed: &mut Bed| {
            bed.nd(TN1, (peer, own), &advert(peer, S | O, Some(TN1.mac)));
        };
        bed.echo_between(TN1, peer, own);
        assert_eq!(bed.now().solicits(peer, true), 1);
        answer(&mut bed);
        bed.now().reply();
        bed.pass(46_000);
        bed.echo_between(TN1, peer, own);
        bed.now().reply();
        let sent = bed.pass(5_100);
        assert_eq!(sent.solicits(peer, false), 1, "after DELAY_FIRST_PROBE_TIME");
        assert_eq!(sent.kind(kind::NEIGHBOUR_SOLICIT)[0].link.dst, TN1.mac);
        answer(&mut bed);
        assert_eq!(bed.pass(3_000).kind(kind::NEIGHBOUR_SOLICIT).len(), 0);
        // The second time nobody answers.
        bed.pass(46_000);
        bed.echo_between(TN1, peer, own);
        let sent = bed.pass(9_000);
        assert_eq!(sent.solicits(peer, false), 3, "MAX_UNICAST_SOLICIT");
        bed.echo_between(TN1, peer, own);
        let sent = bed.now();
        assert_eq!((sent.replies().len(), sent.solicits(peer, true)), (0, 1), "forgotten");
    });
}

/// Invalid solicitations are neither answered nor learnt from.
#[test]
fn v6lc_2_1_7() {
    let good = solicit(NUT, Some(TN1.mac));
    let bare = solicit(NUT, None);
    let code = {
        let mut message = good.clone();
        message[1] = 1;
        message
    };
    let zero = [&good[..], &[14, 0, 0, 0, 0, 0, 0, 0]].concat();
    let rows: [(Ipv6Addr, Ipv6Addr, u8, Vec<u8>, bool); 8] = [
        (TN1.ll, NUT_GROUP, 255, solicit(NUT_GROUP, Some(TN1.mac)), false),
        (NOBODY, ALL_NODES, 255, bare, false),
        (NOBODY, NUT_GROUP, 255, good.clone(), false),
        (TN1.ll, NUT_GROUP, 254, good.clone(), false),
        (TN1.ll, NUT_GROUP, 255, good.clone(), true),
        (TN1.ll, NUT_GROUP, 255, code, false),
        (TN1.ll, NUT_GROUP, 255, good[..16].to_vec(), false),
        (TN1.ll, NUT_GROUP, 255, zero, false),
    ];
    parts(rows, |(src, dst, hops, message, bad_sum)| {
        let mut bed = Bed::new();
        let mut message = mended(src, dst, message);
        message[2] ^= u8::from(bad_sum);
        bed.packet(TN1, &Ipv6::new(src, dst, 58).hop_limit(hops).build(&message));
        bed.now().assert_silent();
        assert_eq!(bed.look(TN1), (Entry::None, None));
    });
}

/// A solicitation of [`TN1`] for the host's link-local address; what the answer says is looked at.
fn ask(bed: &mut Bed, multicast: bool, mac: Option<EthAddr>) {
    let dst = if multicast { NUT_GROUP } else { NUT };
    bed.nd(TN1, (TN1.ll, dst), &solicit(NUT, mac));
    let sent = bed.now();
    for advert in sent.adverts() {
        assert_eq!((advert.repr.dst, advert.payload[4]), (TN1.ll, S | O));
    }
}

/// Of somebody the host knows nothing of.
#[test]
fn v6lc_2_1_8() {
    let rows = [
        (false, Some(TN1.mac), Entry::Stale),
        (true, Some(TN1.mac), Entry::Stale),
        (false, None, Entry::Incomplete),
    ];
    parts(rows, |(multicast, mac, then)| {
        let mut bed = Bed::new();
        ask(&mut bed, multicast, mac);
        // Without the link address, the answer itself has to be resolved.
        let then = if mac.is_some() { then } else { Entry::Incomplete };
        assert_eq!(bed.look(TN1), (then, mac));
    });
}

/// Of somebody who is being asked for.
#[test]
fn v6lc_2_1_9() {
    let rows = [(false, Some(TN1.mac)), (true, Some(TN1.mac)), (false, None)];
    parts(rows, |(multicast, mac)| {
        let mut bed = Bed::new();
        bed.bring(TN1, Entry::Incomplete, false);
        ask(&mut bed, multicast, mac);
        let then = if mac.is_some() { Entry::Stale } else { Entry::Incomplete };
        assert_eq!(bed.look(TN1), (then, mac));
    });
}

fn try_known(now: Entry) {
    let (same, other) = (Some(TN1.mac), Some(OTHER_MAC));
    let rows = [(false, same), (false, other), (true, same), (true, other), (false, None)];
    parts(rows, |(multicast, mac)| {
        let mut bed = Bed::new();
        bed.bring(TN1, now, false);
        ask(&mut bed, multicast, mac);
        let then = if mac == other { Entry::Stale } else { now };
        assert_eq!(bed.look(TN1), (then, mac.or(same)));
    });
}

#[test]
fn v6lc_2_1_10() {
    try_known(Entry::Reachable);
}

#[test]
fn v6lc_2_1_11() {
    try_known(Entry::Stale);
}

#[test]
fn v6lc_2_1_12() {
    try_known(Entry::Probe);
}

/// A solicitation of a router makes it no host: it stays the way out.
#[test]
fn v6lc_2_1_13() {
    let rows = [(false, Some(TR1.mac)), (true, Some(TR1.mac)), (false, None), (true, None)];
    parts(rows, |(multicast, mac)| {
        let mut bed = Bed::routed();
        bed.bring(TR1, Entry::Reachable, true);
        let dst = if multicast { NUT_GROUP } else { NUT };
        bed.nd(TR1, (TR1.ll, dst), &solicit(NUT, mac));
        bed.now();
        bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
        assert_eq!(bed.now().reply().link.dst, TR1.mac);
        bed.router_advert(TR1, &usual_advert());
        bed.now();
        bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
        assert_eq!(bed.now().reply().link.dst, TR1.mac);
    });
}

/// For addresses that are not the host's: nothing is said.
#[test]
fn v6lc_2_1_14() {
    let strangers = [addr("fe80::77"), TN2.ll, addr("2001:db8:1::ff:fe00:2"), NUT_GLOBAL];
    parts(strangers, |target| {
        let mut bed = Bed::new();
        for dst in [NUT_GROUP, NUT] {
            bed.nd(TN1, (TN1.ll, dst), &solicit(target, Some(TN1.mac)));
            bed.now().assert_silent();
        }
    });
}
