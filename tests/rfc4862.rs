// SPDX-License-Identifier: Apache-2.0
//! RFC 4862, what a host must do that can be seen from outside, section by section.
//!
//! Much of it is in the case list already (`v6lc`, whose names carry the list's numbers) and in `nd`; here is what
//! is not, and in this table all of it.
//!
//! | section | what | tests |
//! | --- | --- | --- |
//! | 5.3 | a link-local address, for ever, anew with the link | `section_5_3`, `nd::coming_up`, `nd::a_link_that_...` |
//! | 5.4 | every address is asked for, and not used before | `section_5_4_*`, `v6lc_3_1_1`, `v6lc_3_2_1`, `v6lc_3_1_5`, `nd::a_tentative_...` |
//! | 5.4.1 | messages that are none | `v6lc_3_1_3`, `v6lc_3_1_4` |
//! | 5.4.2 | how one asks | `v6lc_3_1_1`, `section_5_4_2_*` |
//! | 5.4.3 | solicitations of others | `v6lc_3_1_2`, `v6lc_3_1_5`, `nd::our_own_question_...`, `v6lc_3_1_looped_back` |
//! | 5.4.4 | advertisements of others | `v6lc_3_1_2`, `section_5_4_4` |
//! | 5.4.5 | when it is taken | `v6lc_3_1_2`, `v6lc_3_2_1` (D), `section_5_4_5` |
//! | 5.5.1, 5.5.2 | asking for routers, doing without | `v6lc_2_2_1`, `section_5_5_2` |
//! | 5.5.3 a to d | prefixes an address is made of | `v6lc_3_2_4`, `nd::hostile_22_...`, `section_5_5_3_d` |
//! | 5.5.3 e | lifetimes told anew | `v6lc_3_2_5`, `section_5_5_3_e` |
//! | 5.5.4 | lifetimes end | `v6lc_3_2_2`, `v6lc_3_2_3`, `nd::addresses_grow_old`, `section_5_5_4_*` |
#![cfg(all(
    CONFIG_NET_IPV6_ND,
    CONFIG_NET_IPV6_DAD,
    CONFIG_NET_IPV6_IID_EUI_64,
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_UDP
))]

#[allow(dead_code, reason = "the cases of v6lc need all of it")]
#[path = "v6lc/bed.rs"]
mod bed;

use bed::*;
use testutil::lab6::Advert;
use znet::base::Ipv6Addr;
use znet::iface::{AddrState, AddrType};
use znet::wire::icmpv6::kind;

const DAY: u64 = 86_400_000;

/// An advertisement of the usual prefix with these lifetimes.
fn prefix(valid: u32, preferred: u32) -> Advert {
    Advert::new(1800).prefix(PREFIX, 64, 0xc0, valid, preferred).source_link(TR1.mac)
}

/// Adds an address by hand.
fn add(bed: &Bed, addr: Ipv6Addr) {
    let iface = bed.lab.iface;
    bed.lab.host.core().with(|stack, env| {
        stack.ipv6_addr_add(env, iface, addr, AddrType::Manual, 0).expect("room for an address");
    });
}

/// Runs until an address has been asked for; the packets until then.
fn until_asked(bed: &mut Bed, addr: Ipv6Addr) -> Sent {
    let mut all = Vec::new();
    for _ in 0..100 {
        let sent = bed.pass(50);
        let asked = sent.solicits(addr, true) > 0;
        all.extend(sent.0);
        if asked {
            return Sent(all);
        }
    }
    panic!("{addr} is not asked for");
}

/// 5.3: the link-local address has no end.
#[test]
fn section_5_3_link_local_for_ever() {
    let mut bed = Bed::new();
    bed.pass(60 * DAY);
    assert_eq!(bed.own(NUT), Some(AddrState::Preferred));
    assert!(bed.defends(NUT));
}

/// 5.4: addresses made by hand are asked for as others are, each of them, whatever their identifier.
#[test]
fn section_5_4_addresses_made_by_hand() {
    let mut bed = Bed::new();
    // The second one has the identifier of the link-local address.
    for own in [addr("2001:db8:1::77"), NUT_GLOBAL] {
        add(&bed, own);
        assert_eq!(bed.own(own), Some(AddrState::Tentative));
        let sent = until_asked(&mut bed, own);
        let asked = sent.kind(kind::NEIGHBOUR_SOLICIT);
        assert_eq!((asked.len(), asked[0].repr.src), (1, NOBODY));
        assert_eq!(asked[0].repr.dst, solicited_node(own));
        bed.pass(3_000);
        assert_eq!(bed.own(own), Some(AddrState::Preferred));
        bed.lab.host.core().with(|stack, _| stack.ipv6_addr_rm(bed.lab.iface, own));
    }
}

/// 5.4: one made by hand that somebody has is not taken either, and others stay.
#[test]
fn section_5_4_an_address_made_by_hand_is_taken() {
    let own = addr("2001:db8:1::77");
    for told in [true, false] {
        let mut bed = Bed::new();
        add(&bed, own);
        until_asked(&mut bed, own);
        if told {
            bed.nd(TN1, (own, ALL_NODES), &advert(own, O, Some(TN1.mac)));
        } else {
            bed.nd(TN1, (NOBODY, solicited_node(own)), &solicit(own, None));
        }
        bed.pass(5_000);
        assert!(!bed.defends(own));
        assert!(bed.defends(NUT), "the interface goes on");
    }
}

/// 5.4: a tentative address is no source.
#[test]
fn section_5_4_no_source_before() {
    let mut bed = Bed::booting();
    // Whether there is a way at all does not matter here.
    let _ = bed.lab.ping(TN1.ll, b"early");
    let _ = bed.lab.ping(ALL_NODES, b"early");
    let sent = until_asked(&mut bed, NUT);
    assert!(sent.0.iter().all(|packet| packet.repr.src == NOBODY), "{sent:?}");
    bed.pass(10_000);

    bed.router_advert(TR1, &prefix(9000, 9000));
    let _ = bed.lab.ping(TN1.global, b"early");
    let sent = until_asked(&mut bed, NUT_GLOBAL);
    assert!(sent.0.iter().all(|packet| packet.repr.src != NUT_GLOBAL), "{sent:?}");
}

/// 5.4.2: the groups come first, so that switches let answers through.
#[cfg(CONFIG_NET_IPV6_MLD)]
#[test]
fn section_5_4_2_groups_first() {
    let mut bed = Bed::booting();
    let sent = until_asked(&mut bed, NUT);
    let joins = |group: Ipv6Addr| {
        let joined = |p: &&testutil::check6::Packet6| {
            p.payload[8..].chunks(20).any(|record| record[4..] == group.octets())
        };
        sent.kind(kind::MLD_REPORT_V2).into_iter().filter(joined).count()
    };
    assert!(joins(NUT_GROUP) > 0, "{sent:?}");
    assert!(bed.lab.iface.is_ipv6_group_joined(NUT_GROUP));
    assert!(bed.lab.iface.is_ipv6_group_joined(ALL_NODES));
}

/// 5.4.2: hosts that hear the same advertisement don't ask at the same time.
#[test]
fn section_5_4_2_when_one_asks() {
    let mut bed = Bed::new();
    let mut delays = std::collections::HashSet::new();
    for round in 0..12 {
        let prefix = format!("2001:db8:{:x}::", 0x10 + round);
        let own = addr(&format!("{prefix}ff:fe00:1"));
        bed.router_advert(TR1, &Advert::new(0).prefix(&prefix, 64, 0x40, 10, 10));
        let delay = (0..21).find(|_| bed.pass(50).solicits(own, true) > 0);
        delays.insert(delay.expect("MAX_RTR_SOLICITATION_DELAY"));
        bed.pass(15_000);
        assert_eq!(bed.own(own), None);
    }
    assert!(delays.len() > 5, "{delays:?}");
}

/// 5.4.4: an address that is had is not lost by somebody's claim to it.
#[test]
fn section_5_4_4_what_is_had_stays() {
    let mut bed = Bed::routed();
    for own in [NUT, NUT_GLOBAL] {
        for flags in [O, 0, R | O] {
            bed.nd(TN1, (own, ALL_NODES), &advert(own, flags, Some(TN1.mac)));
        }
        bed.nd(TN1, (NOBODY, NUT_GROUP), &solicit(own, None));
        bed.pass(5_000);
        assert_eq!(bed.own(own), Some(AddrState::Preferred));
        assert!(bed.defends(own));
    }
    bed.echo(TN1);
    assert_eq!(bed.now().reply().repr.src, NUT);
}

/// 5.4.5: an interface whose own identifier somebody has is given up: nothing is said or heard there.
#[test]
fn section_5_4_5_the_interface_is_given_up() {
    let mut bed = Bed::booting();
    until_asked(&mut bed, NUT);
    bed.nd(TN1, (NUT, ALL_NODES), &advert(NUT, O, Some(TN1.mac)));
    bed.pass(5_000);
    bed.router_advert(TR1, &prefix(9000, 9000));
    bed.pass(60_000).assert_silent();
    assert_eq!((bed.own(NUT), bed.own(NUT_GLOBAL)), (None, None));
    let _ = bed.lab.ping(TN1.ll, b"anybody");
    bed.echo(TN1);
    let (iface, group) = (bed.lab.iface, addr("ff05::77"));
    bed.lab.host.core().with(|stack, env| stack.join_v6_group(env, iface, group)).expect("room");
    bed.pass(60_000).assert_silent();
}

/// 5.5.2: without routers there is the link.
#[test]
fn section_5_5_2_without_routers() {
    let mut bed = Bed::new();
    bed.lab.ping(TN1.ll, b"hello").expect("a way");
    assert_eq!(bed.now().solicits(TN1.ll, true), 1);
    bed.answer(TN1);
    let sent = bed.now();
    assert_eq!(sent.kind(kind::ECHO_REQUEST)[0].repr.src, NUT);
}

/// 5.5.3 d: one address of a prefix, however often and by whomever it is told, and asked for once.
#[test]
fn section_5_5_3_d_one_address_of_a_prefix() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &prefix(9000, 9000));
    bed.router_advert(TR2, &usual_advert().prefix(PREFIX, 64, 0xc0, 9000, 9000));
    let mut asked = bed.pass(5_000).solicits(NUT_GLOBAL, true);
    for _ in 0..5 {
        bed.router_advert(TR1, &prefix(9000, 9000));
        asked += bed.pass(5_000).solicits(NUT_GLOBAL, true);
    }
    assert_eq!(asked, 1);
    assert_eq!(bed.lab.iface.ipv6_addrs().count(), 2);
}

/// 5.5.3 d: an address of that prefix that was made by hand is none of these, and is left as it is.
#[test]
fn section_5_5_3_d_an_address_made_by_hand_stays() {
    let mut bed = Bed::new();
    add(&bed, NUT_GLOBAL);
    bed.pass(5_000);
    bed.router_advert(TR1, &prefix(20, 10));
    bed.pass(30_000);
    assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Preferred));
}

/// 5.5.3 e: the edges of the rule of two hours.
#[test]
fn section_5_5_3_e_edges() {
    // Told first, told again ten seconds later, and how many more seconds it then lasts.
    let rows: [(u32, u32, u32); 7] = [
        (20_000, 7_201, 7_201),
        (20_000, 7_200, 7_200),
        (20_000, 7_199, 7_200),
        (7_200, 7_200, 7_200),
        (7_200, 7_000, 7_190),
        (1_000, 991, 991),
        (1_000, 0, 990),
    ];
    parts(rows, |(first, again, lasts)| {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &prefix(first, first));
        bed.pass(10_000);
        bed.router_advert(TR2, &prefix(again, again));
        bed.pass(u64::from(lasts) * 1000 - 500);
        assert!(bed.own(NUT_GLOBAL).is_some(), "{first} {again}");
        bed.pass(1_000);
        assert_eq!(bed.own(NUT_GLOBAL), None, "{first} {again}");
    });
}

/// 5.5.3 e, 5.5.4: all ones is for ever, and another word ends that.
#[test]
fn section_5_5_4_for_ever() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &prefix(u32::MAX, u32::MAX));
    bed.pass(60 * DAY);
    assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Preferred));
    bed.router_advert(TR1, &prefix(8_000, 10));
    bed.pass(11_000);
    assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Deprecated));
    bed.pass(8_000_000);
    assert_eq!(bed.own(NUT_GLOBAL), None);
}

/// 5.5.4: who has begun with an address goes on with it when it is deprecated, and it is heard.
#[test]
fn section_5_5_4_what_was_begun_goes_on() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &prefix(9000, 30));
    bed.pass(5_000);
    let socket = bed.lab.socket(5000);
    bed.lab.connect(socket, (FAR.global, 7)).expect("a way");
    let source = |bed: &mut Bed| {
        bed.lab.send_to(socket, (FAR.global, 7), b"x").expect("sent");
        bed.now().0.iter().find(|packet| packet.udp().is_some()).map(|packet| packet.repr.src)
    };
    assert_eq!(source(&mut bed), Some(NUT_GLOBAL));
    bed.pass(40_000);
    bed.answer_as_router(TR1);
    assert_eq!(bed.own(NUT_GLOBAL), Some(AddrState::Deprecated));
    bed.router_advert(TR1, &Advert::new(1800).source_link(TR1.mac));
    assert_eq!(source(&mut bed), Some(NUT_GLOBAL));
    let datagram = testutil::lab6::datagram((FAR.global, 7), (NUT_GLOBAL, 5000), b"answer");
    let packet = testutil::lab6::Ipv6::new(FAR.global, NUT_GLOBAL, 17).build(&datagram);
    bed.packet(TR1, &packet);
    bed.now();
    assert_eq!(bed.lab.recv(socket), Some(((FAR.global, 7), b"answer".to_vec())));
    bed.lab.host.close(socket);
}

/// 5.5.4: an address that is invalid is neither source nor destination.
#[test]
fn section_5_5_4_invalid() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &prefix(30, 30));
    bed.pass(5_000);
    bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
    assert_eq!(bed.now().reply().repr.src, NUT_GLOBAL);
    bed.pass(31_000);
    bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
    assert!(bed.pass(1_000).replies().is_empty());
    let _ = bed.lab.ping(FAR.global, b"x");
    let sent = bed.pass(5_000);
    assert!(sent.0.iter().all(|packet| packet.repr.src != NUT_GLOBAL), "{sent:?}");
}
