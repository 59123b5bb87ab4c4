// SPDX-License-Identifier: Apache-2.0
//! RFC 4861, what a router must do that can be seen from outside, section by section. `advertise` has some of it, and
//! the table in `rfc4861` says where the rest is.
//!
//! | section | what | tests |
//! | --- | --- | --- |
//! | 6.1.1 | router solicitations that are none | `section_6_1_1_*` |
//! | 6.2.2 | the group of all routers | `section_6_2_2` |
//! | 6.2.3 | what is told | `advertise::advertisements_tell_all_...` |
//! | 6.2.4 | when | `section_6_2_4` |
//! | 6.2.5 | ceasing to be one | `section_6_2_5`, `advertise::who_ceases_...` |
//! | 6.2.6 | answers to solicitations | `section_6_2_6_*`, `advertise::who_asks_...` |
//! | 6.2.7 | other routers' advertisements | `section_6_2_7` |
//! | 8.2 | redirects, sent and heard | `section_8_2_*`, `forward_v6::a_shorter_way_is_told` |
#![cfg(all(CONFIG_ZNET_IPV6_ROUTER_ADVERT, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::check6::Packet6;
use testutil::lab6::{Advert, Ipv6, Lab6, PEER, PEER_LL, datagram, mend_icmp};
use testutil::{Duration, EthAddr};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;
use znet::wire::ndp::{Builder, INFINITE, Preference};

/// Link address of the station.
const MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 2]);
/// A router solicitation without options.
const SOLICIT: [u8; 8] = [kind::ROUTER_SOLICIT, 0, 0, 0, 0, 0, 0, 0];
const SOURCE: [u8; 8] = [1, 1, 2, 0, 0, 0, 0, 2];

fn addr(text: &str) -> Ipv6Addr {
    text.parse().expect("an address")
}

fn all_routers() -> Ipv6Addr {
    addr("ff02::2")
}

fn of_kind(packets: &[Packet6], wanted: u8) -> Vec<&Packet6> {
    packets.iter().filter(|p| p.icmp().is_some_and(|h| h.kind == wanted)).collect()
}

/// A router that has been one for a while.
fn router() -> Lab6 {
    let mut lab = Lab6::new();
    enable(&lab);
    lab.run_for(100);
    lab
}

fn enable(lab: &Lab6) {
    lab.host.core().with(|stack, env| {
        stack.ipv6_router_enable(env, lab.iface, 1800, Preference::Medium).expect("a link");
    });
}

/// When advertisements came during so many seconds, in microseconds.
fn times(lab: &mut Lab6, seconds: u64) -> Vec<u64> {
    lab.net.run_for(Duration::from_secs(seconds));
    let mut times = Vec::new();
    while let Some((at, frame)) = lab.peer.next_with_time() {
        if frame[12..14] == [0x86, 0xdd] && (frame[20], frame[54]) == (58, kind::ROUTER_ADVERT) {
            times.push(at.as_micros());
        }
    }
    times
}

/// 6.1.1: what is no solicitation is not answered.
#[test]
fn section_6_1_1_what_is_none() {
    let good = [&SOLICIT[..], &SOURCE].concat();
    let mut code = good.clone();
    code[1] = 1;
    let none = Ipv6Addr::UNSPECIFIED;
    let rows: [(Ipv6Addr, u8, Vec<u8>, bool); 8] = [
        (PEER_LL, 254, good.clone(), false),
        (PEER_LL, 0, good.clone(), false),
        (PEER_LL, 255, good.clone(), true),
        (PEER_LL, 255, code, false),
        (PEER_LL, 255, SOLICIT[..7].to_vec(), false),
        (PEER_LL, 255, [&SOLICIT[..], &[14, 0, 0, 0, 0, 0, 0, 0]].concat(), false),
        (PEER_LL, 255, [&good[..], &[1, 2]].concat(), false),
        (none, 255, good, false),
    ];
    let mut lab = router();
    for (src, hops, mut message, bad_sum) in rows {
        if message.len() >= 8 {
            mend_icmp(src, all_routers(), &mut message);
        }
        message[2] ^= u8::from(bad_sum);
        let packet = Ipv6::new(src, all_routers(), next_header::ICMPV6).hop_limit(hops);
        let before = lab.host.drops_total();
        lab.packet(&packet.build(&message));
        // An advertisement of its own accord may fall into the time.
        let sent = times(&mut lab, 1);
        assert_eq!(sent.len(), 0, "{message:?}");
        assert_eq!(lab.host.drops_total(), before + 1, "{message:?}");
    }
}

/// 6.1.1: what is reserved, unknown or out of place does not matter.
#[test]
fn section_6_1_1_what_does_not_matter() {
    let mut reserved = SOLICIT.to_vec();
    reserved[4..8].fill(0xff);
    let unknown = [0xfe, 1, 1, 2, 3, 4, 5, 6];
    let none = Ipv6Addr::UNSPECIFIED;
    for (src, message) in [
        (PEER_LL, reserved),
        (PEER_LL, [&SOLICIT[..], &unknown, &SOURCE].concat()),
        (none, [&SOLICIT[..], &unknown].concat()),
        (none, SOLICIT.to_vec()),
    ] {
        let mut lab = router();
        lab.nd(src, all_routers(), &message);
        assert_eq!(times(&mut lab, 1).len(), 1, "{message:?}");
    }
}

/// 6.2.2: a router is in the group of all routers, and no longer than it is one.
#[test]
fn section_6_2_2_all_routers() {
    let mut lab = Lab6::new();
    let joined = |lab: &Lab6| lab.iface.is_ipv6_group_joined(all_routers());
    assert!(!joined(&lab));
    enable(&lab);
    assert!(joined(&lab));
    lab.run_for(10);
    lab.host.core().with(|stack, env| stack.ipv6_router_disable(env, lab.iface));
    assert!(!joined(&lab));
}

/// 6.2.4: between a third of the longest pause and the longest one, never the same; the first ones quicker.
#[test]
fn section_6_2_4_when_it_is_told() {
    let mut lab = Lab6::new();
    enable(&lab);
    let all = times(&mut lab, 4 * 3600);
    let pauses: Vec<_> = all.windows(2).map(|pair| (pair[1] - pair[0]) / 1_000_000).collect();
    assert!(pauses[..2].iter().all(|pause| (3..=16).contains(pause)), "{pauses:?}");
    let usual = &pauses[3..];
    assert!(usual.iter().all(|pause| (200..=600).contains(pause)), "{pauses:?}");
    let different: std::collections::HashSet<_> = usual.iter().collect();
    assert!(different.len() * 2 > usual.len(), "at random: {pauses:?}");
}

/// 6.2.5: whoever is no router any more answers none of what routers do.
#[test]
fn section_6_2_5_no_router_any_more() {
    let mut lab = router();
    lab.host.core().with(|stack, env| stack.ipv6_router_disable(env, lab.iface));
    assert_eq!(times(&mut lab, 10).len(), 1, "the last one");
    lab.nd(PEER_LL, all_routers(), &SOLICIT);
    assert_eq!(times(&mut lab, 10).len(), 0);
    let own = lab.own();
    lab.nd(PEER_LL, own, Builder::neighbour_solicit(own).source_link(MAC).as_bytes());
    let sent = lab.run();
    let told = of_kind(&sent, kind::NEIGHBOUR_ADVERT);
    assert_eq!((told.len(), told[0].payload[4] & 0x80), (1, 0), "nor does it say that it is one");
}

/// 6.2.6: answers come within half a second, at random, and three seconds apart however many ask.
#[test]
fn section_6_2_6_answers() {
    let mut delays = std::collections::HashSet::new();
    let mut lab = router();
    for _ in 0..10 {
        let start = lab.net.now().as_micros();
        lab.nd(PEER_LL, all_routers(), &SOLICIT);
        let answer = times(&mut lab, 1);
        assert_eq!(answer.len(), 1);
        let delay = answer[0] - start;
        assert!(delay < 510_000, "MAX_RA_DELAY_TIME: {delay}");
        delays.insert(delay / 10_000);
        times(&mut lab, 4);
    }
    assert!(delays.len() > 4, "{delays:?}");
    let mut all = Vec::new();
    for _ in 0..60 {
        lab.nd(PEER_LL, all_routers(), &SOLICIT);
        all.extend(times(&mut lab, 1));
    }
    assert!((12..=20).contains(&all.len()), "{}", all.len());
    for pair in all.windows(2) {
        assert!(pair[1] - pair[0] >= 3_000_000, "MIN_DELAY_BETWEEN_RAS: {all:?}");
    }
}

/// 6.2.6: the link address of whoever asks is learnt, and doubted.
#[test]
fn section_6_2_6_what_is_learnt() {
    let stranger = addr("fe80::77");
    let mut lab = router();
    let own = lab.own();
    lab.nd(stranger, all_routers(), &[&SOLICIT[..], &SOURCE].concat());
    lab.run_for(2);
    lab.echo(stranger, own, 1, b"data");
    let sent = lab.run();
    assert_eq!(of_kind(&sent, kind::ECHO_REPLY)[0].link.dst, MAC);
    // It is probed, for nothing has confirmed it.
    let sent = lab.run_for(6);
    assert!(sent.iter().any(|p| p.solicits() == Some(stranger) && p.repr.dst == stranger));
}

/// 6.2.7: what routers tell hosts does not make a host of a router.
#[test]
fn section_6_2_7_advertisements_of_others() {
    let mut lab = router();
    let before: Vec<_> = lab.iface.ipv6_addrs().map(|own| own.addr).collect();
    let advert = Advert::new(1800).hop_limit(9).prefix("2001:db8:1::", 64, 0xc0, 9000, 9000);
    lab.advert(PEER_LL, &advert);
    lab.run_for(5);
    let after: Vec<_> = lab.iface.ipv6_addrs().map(|own| own.addr).collect();
    assert_eq!((after, lab.iface.ipv6_hop_limit()), (before, 64));
}

/// 8.2: a router changes no route because of a redirect.
#[test]
fn section_8_2_redirects_are_not_for_routers() {
    let mut lab = router();
    let iface = lab.iface;
    let dst = addr("2001:db8:9::1");
    lab.host.core().with(|stack, env| {
        let to = (Ipv6Addr::UNSPECIFIED, 0);
        stack.ipv6_route_add(env, iface, to, PEER_LL, INFINITE, Preference::Medium).expect("room");
    });
    let hop = |lab: &Lab6| lab.host.core().with(|stack, _| stack.ipv6_next_hop(None, dst));
    assert_eq!(hop(&lab), Some(PEER_LL));
    let mut redirect = vec![kind::REDIRECT, 0, 0, 0, 0, 0, 0, 0];
    redirect.extend(addr("fe80::b").octets());
    redirect.extend(dst.octets());
    redirect.extend([2, 1, 2, 0, 0, 0, 9, 9]);
    let own = lab.own();
    lab.nd(PEER_LL, own, &redirect);
    lab.run();
    assert_eq!(hop(&lab), Some(PEER_LL));
}

/// 8.2: redirects are limited in rate, and fit 1,280 bytes; who is no neighbour gets none.
#[cfg(all(CONFIG_ZNET_ICMP_REDIRECTS, CONFIG_NET_ROUTING))]
#[test]
fn section_8_2_redirects_are_limited() {
    let mut lab = router();
    let dst = addr("2001:db8::77");
    lab.answers.push(dst);
    let send = |lab: &mut Lab6, src: Ipv6Addr| {
        let datagram = datagram((src, 4000), (dst, 9), &[7; 1400]);
        lab.packet(&Ipv6::new(src, dst, next_header::UDP).build(&datagram));
        lab.run()
    };
    let mut redirects = 0;
    for _ in 0..200 {
        let sent = send(&mut lab, PEER);
        for redirect in of_kind(&sent, kind::REDIRECT) {
            assert_eq!((redirect.repr.src, redirect.repr.dst), (lab.own(), PEER));
            assert!(redirect.payload.len() + 40 <= 1280);
            redirects += 1;
        }
    }
    assert!((1..100).contains(&redirects), "{redirects}");
    lab.run_for(60);
    let sent = send(&mut lab, addr("2001:db8:7::1"));
    assert!(of_kind(&sent, kind::REDIRECT).is_empty());
}
