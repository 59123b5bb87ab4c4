// SPDX-License-Identifier: Apache-2.0
//! 3: addresses the host makes, whether somebody else has them, and how long they last (RFC 4862; RFC 7527).

use super::bed::{
    ALL_NODES, Bed, MAC, NOBODY, NUT, NUT_GLOBAL, NUT_GROUP, Node, O, OTHER_MAC, PREFIX, S, TN1,
    TR1, addr, advert, link_option, mended, part, parts, solicit, usual_advert,
};
use testutil::lab6::{Advert, Ipv6};
use znet::base::{EthAddr, Ipv6Addr};
use znet::iface::AddrState;
use znet::wire::icmpv6::kind;
use znet::wire::ndp::option;

/// An address is asked for before it is used.
#[test]
fn v6lc_3_1_1() {
    let mut bed = Bed::booting();
    let sent = bed.pass(8_000);
    let asked: Vec<_> = sent.kind(kind::NEIGHBOUR_SOLICIT);
    assert_eq!(asked.len(), 1, "DupAddrDetectTransmits");
    let ask = asked[0];
    assert_eq!((ask.repr.src, ask.repr.dst, ask.solicits()), (NOBODY, NUT_GROUP, Some(NUT)));
    assert_eq!(ask.repr.hop_limit, 255);
    assert_ne!(ask.payload.get(24), Some(&option::SOURCE_LINK));
    assert!(bed.defends(NUT));
}

/// How a message that questions an address is made up: sender, receiver, message.
type Question = (Ipv6Addr, Ipv6Addr, Vec<u8>);

/// What others may ask or say while the host asks for its link-local address.
fn questions() -> [(&'static str, Question, bool); 4] {
    let stranger = addr("fe80::ff:fe00:77");
    [
        ("A: asked for another", (NOBODY, NUT_GROUP, solicit(stranger, None)), false),
        ("B: asked for the same", (NOBODY, NUT_GROUP, solicit(NUT, None)), true),
        ("C: told of another", (TN1.ll, ALL_NODES, advert(TN1.ll, O, Some(TN1.mac))), false),
        ("D: told of the same", (NUT, ALL_NODES, advert(NUT, O, Some(TN1.mac))), true),
    ]
}

/// Sends a packet to a host that asks for its link-local address, and says whether it has it then.
fn is_taken(packet: &[u8]) -> bool {
    let mut bed = Bed::booting();
    while bed.pass(50).solicits(NUT, true) == 0 {}
    bed.packet(TN1, packet);
    let sent = bed.pass(10_000);
    let has = bed.own(NUT) == Some(AddrState::Preferred);
    assert_eq!(bed.defends(NUT), has);
    if !has {
        assert_eq!(bed.own(NUT), None);
        assert_eq!(sent.kind(kind::ROUTER_SOLICIT).len(), 0, "RFC 4862, 5.4.5: no more is said");
        bed.echo(TN1);
        bed.now().assert_silent();
    }
    !has
}

fn message(question: &Question, hops: u8) -> Vec<u8> {
    let (src, dst, message) = question;
    let message = mended(*src, *dst, message.clone());
    Ipv6::new(*src, *dst, 58).hop_limit(hops).build(&message)
}

#[test]
fn v6lc_3_1_2() {
    for (name, question, taken) in questions() {
        part(name, || assert_eq!(is_taken(&message(&question, 255)), taken));
    }
}

/// Questions that are none, and odd ones that are.
#[test]
fn v6lc_3_1_3() {
    let good = solicit(NUT, None);
    let with = |options: &[u8]| [&good[..], options].concat();
    let set = |at: usize, value: u8| {
        let mut message = good.clone();
        message[at] = value;
        message
    };
    let reserved = {
        let mut message = good.clone();
        message[4..8].fill(0xff);
        message
    };
    let target_link = link_option(option::TARGET_LINK, TN1.mac);
    let source_link = link_option(option::SOURCE_LINK, TN1.mac);
    let rows: [(Ipv6Addr, u8, Vec<u8>, bool, bool); 11] = [
        (NUT_GROUP, 255, good[..16].to_vec(), false, false),
        (NUT_GROUP, 254, good.clone(), false, false),
        (NUT, 255, good.clone(), false, false),
        (ALL_NODES, 255, good.clone(), false, false),
        (NUT_GROUP, 255, set(1, 1), false, false),
        (NUT_GROUP, 255, good.clone(), true, false),
        (NUT_GROUP, 255, set(8, 0xff), false, false),
        (NUT_GROUP, 255, with(&source_link), false, false),
        (NUT_GROUP, 255, with(&[14, 0, 0, 0, 0, 0, 0, 0]), false, false),
        (NUT_GROUP, 255, reserved, false, true),
        (NUT_GROUP, 255, with(&target_link), false, true),
    ];
    parts(rows, |(dst, hops, message, bad_sum, taken)| {
        let mut message = mended(NOBODY, dst, message);
        message[2] ^= u8::from(bad_sum);
        let packet = Ipv6::new(NOBODY, dst, 58).hop_limit(hops).build(&message);
        assert_eq!(is_taken(&packet), taken);
    });
}

/// Statements that are none, and odd ones that are.
#[test]
fn v6lc_3_1_4() {
    let good = advert(NUT, O, Some(TN1.mac));
    let set = |at: usize, value: u8| {
        let mut message = good.clone();
        message[at] = value;
        message
    };
    let with = |options: &[u8]| [&good[..], options].concat();
    let reserved = {
        let mut message = good.clone();
        message[4] |= 0x1f;
        message[5..8].fill(0xff);
        message
    };
    let source_link = link_option(option::SOURCE_LINK, TN1.mac);
    let rows: [(u8, Vec<u8>, bool, bool); 10] = [
        (255, good[..16].to_vec(), false, false),
        (254, good.clone(), false, false),
        (255, good.clone(), true, false),
        (255, set(1, 1), false, false),
        (255, set(4, S | O), false, false),
        (255, set(8, 0xff), false, false),
        (255, with(&[14, 0, 0, 0, 0, 0, 0, 0]), false, false),
        (255, reserved, false, true),
        (255, with(&source_link), false, true),
        (255, advert(NUT, 0, None), false, true),
    ];
    parts(rows, |(hops, message, bad_sum, taken)| {
        let mut message = mended(NUT, ALL_NODES, message);
        message[2] ^= u8::from(bad_sum);
        let packet = Ipv6::new(NUT, ALL_NODES, 58).hop_limit(hops).build(&message);
        assert_eq!(is_taken(&packet), taken);
    });
}

/// Solicitations for an address that is still asked for are not answered.
#[test]
fn v6lc_3_1_5() {
    let rows = [(TN1.ll, NUT_GROUP), (TN1.ll, NUT), (TN1.global, NUT_GROUP), (TN1.global, NUT)];
    parts(rows, |(src, dst)| {
        let mut bed = Bed::booting();
        while bed.pass(50).solicits(NUT, true) == 0 {}
        bed.nd(TN1, (src, dst), &solicit(NUT, Some(TN1.mac)));
        assert_eq!(bed.pass(100).adverts().len(), 0);
        bed.echo(TN1);
        assert_eq!(bed.pass(100).0.len(), 0);
        bed.pass(5_000);
        assert!(bed.defends(NUT), "nobody has it for having asked");
    });
}

/// An address of every prefix, asked for first.
#[test]
fn v6lc_3_2_1() {
    let rows = [
        ("A: global", PREFIX, NUT_GLOBAL),
        ("B: unique local", "fd00:1:2:3::", addr("fd00:1:2:3::ff:fe00:1")),
        ("C: what once was site-local", "fec0:0:0:1::", addr("fec0:0:0:1::ff:fe00:1")),
    ];
    for (name, prefix, own) in rows {
        part(name, || {
            let mut bed = Bed::new();
            bed.router_advert(TR1, &Advert::new(1800).prefix(prefix, 64, 0xc0, 9000, 9000));
            let sent = bed.pass(5_000);
            assert_eq!(sent.solicits(own, true), 1);
            assert_eq!(sent.kind(kind::NEIGHBOUR_SOLICIT)[0].repr.src, NOBODY);
            assert!(bed.defends(own));
            // Somebody who would like to have it is told.
            bed.nd(TN1, (NOBODY, NUT_GROUP), &solicit(own, None));
            let sent = bed.now();
            let told = sent.adverts();
            assert_eq!(told.len(), 1);
            assert_eq!((told[0].repr.dst, told[0].payload[4]), (ALL_NODES, O));
        });
    }
    part("D: one somebody has is not taken", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &usual_advert());
        while bed.pass(50).solicits(NUT_GLOBAL, true) == 0 {}
        bed.nd(TN1, (NUT_GLOBAL, ALL_NODES), &advert(NUT_GLOBAL, O, Some(TN1.mac)));
        bed.pass(5_000);
        assert_eq!(bed.own(NUT_GLOBAL), None);
        assert!(bed.defends(NUT), "the other one works all the same");
    });
}

fn prefix(valid: u32, preferred: u32) -> Advert {
    Advert::new(1800).prefix(PREFIX, 64, 0xc0, valid, preferred)
}

/// Lifetimes end.
#[test]
fn v6lc_3_2_2() {
    part("A: the valid one", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(30, 30));
        bed.pass(20_000);
        assert!(bed.defends(NUT_GLOBAL));
        bed.pass(11_000);
        assert!(!bed.defends(NUT_GLOBAL));
        assert_eq!(bed.own(NUT_GLOBAL), None);
    });
    part("B: the preferred one", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(9000, 30));
        bed.pass(35_000);
        assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Deprecated));
        assert!(bed.defends(NUT_GLOBAL));
        bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
        bed.now();
        bed.nd(TN1, (TN1.global, NUT_GLOBAL), &advert(TN1.global, S | O, Some(TN1.mac)));
        assert_eq!(bed.now().reply().repr.src, NUT_GLOBAL, "it still answers");
    });
}

/// Two prefixes; the network is renumbered.
#[test]
fn v6lc_3_2_3() {
    let second = addr("2001:db8:2::ff:fe00:1");
    let both = |first: (u32, u32), other: (u32, u32)| {
        prefix(first.0, first.1).prefix("2001:db8:2::", 64, 0xc0, other.0, other.1)
    };
    let roomy = cfg!(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6));
    if !roomy {
        return;
    }
    let mut bed = Bed::new();
    bed.router_advert(TR1, &both((9000, 9000), (9000, 9000)));
    bed.pass(5_000);
    part("A: an address of each", || {
        assert!(bed.defends(NUT_GLOBAL) && bed.defends(second));
    });
    part("B: the first one is deprecated", || {
        bed.router_advert(TR1, &both((9000, 0), (9000, 9000)));
        bed.pass(1_000);
        assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Deprecated));
        assert_eq!(bed.own(second), Some(AddrState::Preferred));
        bed.lab.ping(addr("2001:db8:fa::1"), b"x").unwrap();
        let sent = bed.now();
        assert_eq!(sent.solicits(TR1.ll, true), 1);
        bed.answer_as_router(TR1);
        let request = &bed.now();
        assert_eq!(request.kind(kind::ECHO_REQUEST)[0].repr.src, second, "RFC 6724, rule 3");
    });
}

/// Prefixes no address is made of, and ones of which it is.
#[test]
fn v6lc_3_2_4() {
    let usual = addr(PREFIX);
    let option = |prefix: Ipv6Addr, len: u8, flags: u8, valid: u32, preferred: u32| {
        let mut bytes = vec![option::PREFIX, 4, len, flags];
        bytes.extend(valid.to_be_bytes());
        bytes.extend(preferred.to_be_bytes());
        bytes.extend([0; 4]);
        bytes.extend(prefix.octets());
        bytes
    };
    let reserved = {
        let mut bytes = option(usual, 64, 0xff, 9000, 9000);
        bytes[12..16].fill(0xff);
        bytes
    };
    let forever = u32::MAX;
    let rows: [(Vec<u8>, bool); 14] = [
        (option(usual, 64, 0xc0, 9000, 9000), true),
        (vec![], false),
        (option(usual, 64, 0x80, 9000, 9000), false),
        (option(addr("fe80::"), 64, 0xc0, 9000, 9000), false),
        (option(usual, 64, 0xc0, 10, 20), false),
        (option(usual, 128, 0xc0, 9000, 9000), false),
        (option(usual, 63, 0xc0, 9000, 9000), false),
        (option(usual, 0, 0xc0, 9000, 9000), false),
        (option(usual, 64, 0xc0, 0, 0), false),
        (option(usual, 64, 0xc0, forever, forever), true),
        (option(addr("ff02::"), 64, 0xc0, 9000, 9000), false),
        (reserved, true),
        (option(NUT_GLOBAL, 64, 0x40, 9000, 9000), true),
        (option(usual, 64, 0x40, 9000, 0), true),
    ];
    parts(rows, |(option, formed)| {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &Advert::new(1800).option(&option));
        bed.pass(5_000);
        assert_eq!(bed.defends(NUT_GLOBAL), formed);
        assert!(!bed.defends(addr("ff02::ff:fe00:1")) && bed.defends(NUT));
    });
}

/// An advertisement that is invalid makes no address either.
#[test]
fn v6lc_3_2_4_of_invalid_advertisements() {
    let good = [&[kind::ROUTER_ADVERT, 0, 0, 0][..], usual_advert().as_bytes()].concat();
    let rows: [(Node, Ipv6Addr, u8, u8); 4] = [
        (TR1, TR1.ll, 254, 0),
        (TR1, TR1.ll, 255, 1),
        (TR1, TR1.global, 255, 0),
        (TR1, NOBODY, 255, 0),
    ];
    parts(rows, |(node, src, hops, code)| {
        let mut bed = Bed::new();
        let mut message = good.clone();
        message[1] = code;
        bed.icmp(node, (src, ALL_NODES), hops, &message);
        bed.pass(5_000);
        assert!(!bed.defends(NUT_GLOBAL));
    });
}

/// Lifetimes are prolonged, and cut no shorter than two hours (RFC 4862, 5.5.3 e).
#[test]
fn v6lc_3_2_5() {
    // Told first, after so many seconds told again, and how many more seconds it then lasts.
    let rows: [(u32, u32, u32, u32); 7] = [
        (30, 10, 60, 60),
        (60, 20, 30, 40),
        (20_000, 10, 60, 7200),
        (20_000, 10, 0, 7200),
        (7_000, 10, 60, 6_990),
        (100, 10, 8_000, 8_000),
        (u32::MAX, 10, 60, 7200),
    ];
    parts(rows, |(first, after, again, lasts)| {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(first, first));
        bed.pass(u64::from(after) * 1000);
        bed.router_advert(TR1, &prefix(again, again));
        bed.pass(u64::from(lasts) * 1000 - 3_000);
        assert!(bed.own(NUT_GLOBAL).is_some());
        bed.pass(6_000);
        assert_eq!(bed.own(NUT_GLOBAL), None);
    });
    part("the preferred one follows in any case", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(20_000, 20_000));
        bed.pass(5_000);
        bed.router_advert(TR1, &prefix(60, 5));
        bed.pass(6_000);
        assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Deprecated));
        bed.router_advert(TR1, &prefix(9_000, 9_000));
        bed.pass(1_000);
        assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Preferred));
    });
}

/// A question of our own that comes back is no duplicate (RFC 7527, 4.2).
#[test]
fn v6lc_3_1_looped_back() {
    let mut bed = Bed::booting();
    let mut sent = bed.pass(50);
    while sent.solicits(NUT, true) == 0 {
        sent = bed.pass(50);
    }
    let asked = sent.kind(kind::NEIGHBOUR_SOLICIT)[0].clone();
    let looped = Node { mac: MAC, ..TN1 };
    bed.nd(looped, (NOBODY, NUT_GROUP), &asked.payload);
    bed.pass(8_000);
    assert_eq!(bed.own(NUT), Some(AddrState::Preferred));
    assert_ne!(OTHER_MAC, EthAddr::UNSPECIFIED);
}
