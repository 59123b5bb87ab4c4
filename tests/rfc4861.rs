// SPDX-License-Identifier: Apache-2.0
//! RFC 4861, what a node must do that can be seen from outside, section by section.
//!
//! Much of it is in the case list already (`v6lc`, whose names carry the list's numbers) and in `nd`; here is what
//! is not, and in this table all of it. What routers must do is in `rfc4861_router`.
//!
//! | section | what | tests |
//! | --- | --- | --- |
//! | 5.2 | next hop, who is on the link | `v6lc_2_1_1`, `v6lc_2_1_3`, `v6lc_2_2_19`, `v6lc_2_2_20` |
//! | 6.1.1 | router solicitations that are none | `rfc4861_router`; hosts ignore all: `v6lc_2_2_3` |
//! | 6.1.2 | router advertisements that are none | `v6lc_2_2_12`, `nd::hostile_16_...` |
//! | 6.1.2 | reserved and unknown parts are ignored | `v6lc_2_2_13`, `section_6_1_2` |
//! | 6.2 | routers | `rfc4861_router`, `advertise` |
//! | 6.3.4 | hop limit | `v6lc_2_2_14` |
//! | 6.3.4 | timers | `v6lc_2_2_16`, `section_6_3_4_zero` |
//! | 6.3.4 | MTU | `section_6_3_4_mtu` |
//! | 6.3.4 | the router's link address, that it is a router | `v6lc_2_2_17`, `v6lc_2_2_18` |
//! | 6.3.4 | prefixes | `v6lc_2_1_4`, `section_6_3_4_prefix_*` |
//! | 6.3.4, 6.3.5 | lifetimes of routers and prefixes | `v6lc_2_2_15`, `v6lc_2_1_4`, `section_6_3_5` |
//! | 6.3.6 | which router | `v6lc_2_2_11`, `v6lc_2_2_21`, `nd::several_routers` |
//! | 6.3.7 | router solicitations | `v6lc_2_2_1`, `v6lc_2_2_2`, `section_6_3_7` |
//! | 7.1.1 | neighbour solicitations that are none | `v6lc_2_1_7`, `section_7_1_1` |
//! | 7.1.2 | neighbour advertisements that are none | `v6lc_2_1_15`, `section_7_1_2` |
//! | 7.2 | nobody asks for groups | `section_7_2` |
//! | 7.2.1 | groups are joined | `nd::coming_up` |
//! | 7.2.2 | how one asks, what waits meanwhile | `v6lc_2_1_2`, `v6lc_2_1_5`, `section_7_2_2`, `nd::a_neighbour_that_...` |
//! | 7.2.3 | what is learnt from solicitations | `v6lc_2_1_8` to `v6lc_2_1_14`, `section_7_2_3` |
//! | 7.2.4 | answers | `nd::solicitations_are_answered`, `nd::who_asks_...`; of routers: `advertise` |
//! | 7.2.5 | what is learnt from advertisements | `v6lc_2_1_16` to `v6lc_2_1_22` |
//! | 7.2.6 | unsolicited ones | the same, rows without the flag S |
//! | 7.2.7, 7.2.8 | anycast, proxies | neither is built |
//! | 7.3.1 | what confirms | `section_7_3_1_*`, rows of `v6lc_2_1_18` to `v6lc_2_1_20` |
//! | 7.3.3 | how one finds out | `v6lc_2_1_6`, `nd::reachability_...`, `section_7_3_3_*` |
//! | 8.1 | redirects that are none | `v6lc_2_3_2`, `v6lc_2_3_3`, `v6lc_2_3_5`, `v6lc_2_3_6` |
//! | 8.2 | routers | `rfc4861_router`, `forward_v6::a_shorter_way_is_told` |
//! | 8.3 | hosts | `v6lc_2_3_1`, `v6lc_2_3_4`, `v6lc_2_3_7` to `v6lc_2_3_15`, `section_8_3` |
//! | 9 | options nobody knows, in any order | `v6lc_2_2_13`, `section_7_1_1`, `section_7_1_2` |
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
use testutil::lab6::{Advert, Ipv6};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;
use znet::wire::ndp::option;

/// How many routers are kept in this configuration.
fn routers() -> usize {
    if cfg!(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6)) { 2 } else { 1 }
}

/// Where a packet to somebody beyond the link goes.
fn way_out(bed: &mut Bed) -> Option<znet::base::EthAddr> {
    bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
    bed.now().replies().first().map(|reply| reply.link.dst)
}

/// Whether a node of the prefix is looked for on the link.
fn is_near(bed: &mut Bed) -> bool {
    bed.echo_between(TN1, TN1.global, NUT_GLOBAL);
    bed.now().solicits(TN1.global, true) > 0
}

/// 6.1.2: options that have no place in a router advertisement are passed over, whatever they say.
#[test]
fn section_6_1_2_options_of_others() {
    let mut bed = Bed::new();
    let quote = [&[option::REDIRECTED, 2][..], &[0; 14]].concat();
    let advert = usual_advert().option(&link_option(option::TARGET_LINK, OTHER_MAC)).option(&quote);
    bed.router_advert(TR1, &advert);
    bed.pass(5_000);
    assert!(bed.own(NUT_GLOBAL).is_some(), "the rest holds");
    assert_eq!(bed.look(TR1), (Entry::None, None), "no link address was told");
}

/// 6.3.4: a timer of zero says nothing.
#[test]
fn section_6_3_4_zero_leaves_what_was() {
    let mut bed = Bed::new();
    let config = bed.lab.iface.ipv6_config().expect("IPv6");
    bed.router_advert(TR1, &Advert::new(1800).timers(20_000, 2_500));
    bed.now();
    assert_eq!(config.retrans_timer.get(), 2_500);
    let reachable = config.reachable_time.get();
    assert!((10_000..=30_000).contains(&reachable), "{reachable}");
    bed.router_advert(TR1, &Advert::new(1800));
    bed.now();
    assert_eq!((config.retrans_timer.get(), config.reachable_time.get()), (2_500, reachable));
}

/// 6.3.4: an MTU counts from 1,280 up to that of the link.
#[test]
fn section_6_3_4_mtu() {
    let mut bed = Bed::new();
    let told = |bed: &mut Bed, mtu: u32| {
        let option = [&[option::MTU, 1, 0, 0][..], &mtu.to_be_bytes()].concat();
        bed.router_advert(TR1, &Advert::new(1800).option(&option));
        bed.now();
        bed.lab.iface.ipv6_mtu()
    };
    for (mtu, used) in [
        (1_501, 1_500),
        (0, 1_500),
        (1_279, 1_500),
        (1_400, 1_400),
        (1_279, 1_400),
        (u32::MAX, 1_400),
        (65_536 + 1_300, 1_400),
        (1_280, 1_280),
        (1_500, 1_500),
    ] {
        assert_eq!(told(&mut bed, mtu), used, "{mtu}");
    }
    assert_eq!(told(&mut bed, 1_300), 1_300);
    bed.router_advert(TR1, &Advert::new(1800));
    bed.now();
    assert_eq!(bed.lab.iface.ipv6_mtu(), 1_300, "no word about it changes nothing");
}

/// 6.3.4, 4.6.2: the bits behind a prefix are ignored.
#[test]
fn section_6_3_4_prefix_bits_behind_it() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &Advert::new(0).prefix(PREFIX, 64, 0x40, 9000, 9000));
    bed.pass(5_000);
    assert!(!is_near(&mut bed));
    let advert = Advert::new(0).prefix("2001:db8:1:0:dead:beef:1:1", 64, 0x80, 9000, 9000);
    bed.router_advert(TR1, &advert);
    bed.now();
    assert!(is_near(&mut bed));
}

/// 6.3.4: what is said about the link-local prefix is ignored; it is on the link.
#[test]
fn section_6_3_4_prefix_link_local() {
    let mut bed = Bed::new();
    for valid in [9000, 0] {
        bed.router_advert(TR1, &Advert::new(1800).prefix("fe80::", 64, 0x80, valid, valid));
        bed.pass(1_000);
    }
    bed.echo(TN1);
    assert_eq!(bed.now().solicits(TN1.ll, true), 1);
}

/// 6.3.4: the end of a prefix that nobody knows makes it none.
#[test]
fn section_6_3_4_prefix_of_zero() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &Advert::new(0).prefix(PREFIX, 64, 0x40, 9000, 9000));
    bed.router_advert(TR1, &Advert::new(0).prefix(PREFIX, 64, 0x80, 0, 0));
    bed.pass(5_000);
    assert!(!is_near(&mut bed));
}

/// 4.6.2, 6.3.5: a lifetime of all ones has no end.
#[test]
fn section_6_3_5_for_ever() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &Advert::new(0).prefix(PREFIX, 64, 0xc0, u32::MAX, u32::MAX));
    bed.pass(5_000);
    bed.pass(60 * 86_400_000);
    assert!(is_near(&mut bed));
}

/// 6.3.5: whatever went by a router that is none any more finds another way.
#[test]
fn section_6_3_5_the_next_router() {
    if routers() < 2 {
        return;
    }
    let mut bed = Bed::new();
    // High preference, and soon over.
    bed.router_advert(TR1, &Advert::new(20).flags(0x08).source_link(TR1.mac));
    bed.router_advert(TR2, &usual_advert().source_link(TR2.mac));
    bed.pass(5_000);
    assert_eq!(way_out(&mut bed), Some(TR1.mac));
    bed.pass(16_000);
    assert_eq!(way_out(&mut bed), Some(TR2.mac));
}

/// 6.3.7: three solicitations, no closer than the pause that is configured (the RFC would have four seconds, Zephyr
/// has one).
#[test]
fn section_6_3_7_when_routers_are_asked_for() {
    let mut bed = Bed::booting();
    bed.lab.net.run_for(znet::base::Duration::from_secs(60));
    let mut times = Vec::new();
    while let Some((at, frame)) = bed.lab.peer.next_with_time() {
        if frame[12..14] == [0x86, 0xdd] && (frame[20], frame[54]) == (58, kind::ROUTER_SOLICIT) {
            assert_eq!((frame[21], frame[55]), (255, 0), "hop limit, code");
            times.push(at.as_micros());
        }
    }
    assert_eq!(times.len(), 3);
    let pause = znet::config::NET_IPV6_RS_TIMEOUT as u64 * 1_000_000;
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= pause, "RTR_SOLICITATION_INTERVAL: {times:?}");
    }
}

/// 7.1.1: what is reserved, unknown or out of place is ignored, and the solicitation is none the less one.
#[test]
fn section_7_1_1_what_does_not_matter() {
    let good = solicit(NUT, Some(TN1.mac));
    let bare = solicit(NUT, None);
    let unknown = [0xfe, 1, 1, 2, 3, 4, 5, 6];
    let mut reserved = good.clone();
    reserved[4..8].fill(0xff);
    let link = link_option(option::SOURCE_LINK, TN1.mac);
    let target = link_option(option::TARGET_LINK, OTHER_MAC);
    let rows = [
        (reserved, true),
        ([&bare[..], &unknown, &link].concat(), true),
        ([&good[..], &unknown].concat(), true),
        ([&bare[..], &target, &link].concat(), true),
        ([&bare[..], &target].concat(), false),
    ];
    parts(rows, |(message, told)| {
        let mut bed = Bed::new();
        bed.nd(TN1, (TN1.ll, NUT_GROUP), &message);
        let sent = bed.now();
        if told {
            assert_eq!(sent.adverts()[0].link.dst, TN1.mac);
        } else {
            assert_eq!((sent.adverts().len(), sent.solicits(TN1.ll, true)), (0, 1));
        }
    });
}

/// 7.1.2: the same of advertisements.
#[test]
fn section_7_1_2_what_does_not_matter() {
    let good = advert(TN1.ll, S | O, Some(TN1.mac));
    let bare = advert(TN1.ll, S | O, None);
    let unknown = [0xfe, 1, 1, 2, 3, 4, 5, 6];
    let mut reserved = good.clone();
    reserved[4] |= 0x1f;
    reserved[5..8].fill(0xff);
    let link = link_option(option::TARGET_LINK, TN1.mac);
    let source = link_option(option::SOURCE_LINK, OTHER_MAC);
    let rows = [
        (reserved, true),
        ([&bare[..], &unknown, &link].concat(), true),
        ([&bare[..], &source, &link].concat(), true),
        ([&bare[..], &source].concat(), false),
    ];
    parts(rows, |(message, told)| {
        let mut bed = Bed::new();
        bed.bring(TN1, Entry::Incomplete, false);
        bed.nd(TN1, (TN1.ll, NUT), &message);
        let macs: Vec<_> = bed.now().replies().iter().map(|reply| reply.link.dst).collect();
        assert_eq!(macs, vec![TN1.mac; usize::from(told)]);
    });
}

/// 7.2: address resolution is never performed for groups.
#[test]
fn section_7_2_nobody_asks_for_groups() {
    let mut bed = Bed::new();
    let group = addr("ff02::77");
    bed.lab.ping(group, b"anybody").expect("a way to the group");
    let sent = bed.pass(5_000);
    assert_eq!(sent.kind(kind::NEIGHBOUR_SOLICIT).len(), 0);
    let requests = sent.kind(kind::ECHO_REQUEST);
    assert_eq!((requests.len(), requests[0].repr.dst), (1, group));
}

/// 7.2.2: however many packets wait, a neighbour is asked for once in RetransTimer, and no more than three times.
#[test]
fn section_7_2_2_once_a_second() {
    let mut bed = Bed::new();
    let mut asked = Vec::new();
    for _ in 0..29 {
        bed.echo(TN1);
        asked.push(bed.pass(100).solicits(TN1.ll, true));
    }
    let times: Vec<_> = (0..29).filter(|at| asked[*at] > 0).collect();
    assert_eq!(asked.iter().sum::<usize>(), 3, "{asked:?}");
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 9), "{times:?}");
}

/// 7.2.3: from one who has no address yet nothing is learnt.
#[test]
fn section_7_2_3_a_question_of_nobody() {
    let mut bed = Bed::new();
    bed.bring(TN1, Entry::Reachable, false);
    let stranger = Node { mac: OTHER_MAC, ..TN1 };
    bed.nd(stranger, (NOBODY, NUT_GROUP), &solicit(NUT, None));
    let sent = bed.now();
    let told = sent.adverts();
    assert_eq!((told.len(), told[0].repr.dst, told[0].repr.hop_limit), (1, ALL_NODES, 255));
    assert_eq!(told[0].payload[24..], link_option(option::TARGET_LINK, MAC));
    assert_eq!(bed.look(TN1), (Entry::Reachable, Some(TN1.mac)));
}

/// 7.3.1: that a neighbour sends something does not say that what is sent to it arrives.
#[test]
fn section_7_3_1_packets_confirm_nothing() {
    let rows: [fn(&mut Bed); 3] = [
        |bed| bed.echo(TN1),
        |bed| bed.nd(TN1, (TN1.ll, NUT), &advert(TN1.ll, 0, Some(TN1.mac))),
        |bed| bed.nd(TN1, (TN1.ll, NUT), &solicit(NUT, Some(TN1.mac))),
    ];
    parts(rows, |say| {
        let mut bed = Bed::new();
        bed.bring(TN1, Entry::Stale, false);
        bed.echo(TN1);
        bed.now().reply();
        for _ in 0..4 {
            say(&mut bed);
            assert_eq!(bed.pass(1_000).solicits(TN1.ll, false), 0, "DELAY_FIRST_PROBE_TIME");
        }
        assert_eq!(bed.pass(1_100).solicits(TN1.ll, false), 1);
    });
}

/// 7.3.1: what an upper layer knows spares the probes.
#[test]
fn section_7_3_1_an_upper_layer_confirms() {
    let mut bed = Bed::new();
    bed.bring(TN1, Entry::Stale, false);
    bed.echo(TN1);
    bed.now().reply();
    bed.pass(2_000);
    let iface = bed.lab.iface;
    bed.lab.host.core().with(|stack, env| stack.ipv6_confirm_neighbour(env, iface, TN1.ll));
    assert_eq!(bed.pass(10_000).solicits(TN1.ll, false), 0);
    assert_eq!(bed.look(TN1), (Entry::Reachable, Some(TN1.mac)));
}

/// 7.3.3: nobody is probed as long as nothing is sent to it.
#[test]
fn section_7_3_3_the_stale_are_left_alone() {
    let mut bed = Bed::new();
    bed.bring(TN1, Entry::Stale, false);
    bed.pass(3_600_000).assert_silent();
    assert_eq!(bed.look(TN1), (Entry::Stale, Some(TN1.mac)));
}

/// 7.3.3: probes are RetransTimer apart and go to the address that is doubted.
#[test]
fn section_7_3_3_time_between_probes() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &Advert::new(0).timers(0, 3_000));
    bed.now();
    bed.bring(TN1, Entry::Probe, false);
    assert_eq!(bed.pass(2_700).solicits(TN1.ll, false), 0);
    let sent = bed.pass(400);
    assert_eq!(sent.solicits(TN1.ll, false), 1);
    let probe = sent.kind(kind::NEIGHBOUR_SOLICIT)[0];
    assert_eq!((probe.link.dst, probe.repr.dst, probe.repr.hop_limit), (TN1.mac, TN1.ll, 255));
    assert_eq!(bed.pass(3_100).solicits(TN1.ll, false), 1);
    bed.pass(3_100).assert_silent();
    assert_eq!(bed.look(TN1), (Entry::None, None), "given up");
}

/// 8.3: a host redirects nobody, and passes nothing on.
#[cfg(not(CONFIG_NET_ROUTING))]
#[test]
fn section_8_3_hosts_redirect_nobody() {
    let mut bed = Bed::routed();
    bed.bring(TN2, Entry::Reachable, false);
    let dsts: [Ipv6Addr; 3] = [TN2.ll, TN2.global, FAR.global];
    parts(dsts, |dst| {
        let message = mended(TN1.global, dst, echo(b"data"));
        bed.packet(TN1, &Ipv6::new(TN1.global, dst, next_header::ICMPV6).build(&message));
        bed.pass(1_000).assert_silent();
    });
}
