// SPDX-License-Identifier: Apache-2.0
//! 2.2: router and prefix discovery, as hosts have part in it (RFC 4861, 6.1 and 6.3; RFC 4191).

use super::bed::{
    ALL_NODES, Bed, Entry, FAR, MAC, NOBODY, NUT, NUT_GLOBAL, Node, OTHER_MAC, PREFIX, Sent, TN1,
    TR1, TR2, addr, link_option, mended, part, parts, router_solicit, usual_advert,
};
use testutil::lab6::{Advert, Ipv6};
use znet::base::{EthAddr, Ipv6Addr};
use znet::wire::icmpv6::kind;
use znet::wire::ndp::option;

/// Where a packet to [`FAR`] goes: the link address, if any.
fn way_out(bed: &mut Bed) -> Option<EthAddr> {
    bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
    bed.now().replies().first().map(|reply| reply.link.dst)
}

/// An advertisement of both the prefix and the router's link address.
fn full(node: Node) -> Advert {
    usual_advert().source_link(node.mac)
}

fn router_solicits(sent: &Sent) -> usize {
    sent.kind(kind::ROUTER_SOLICIT).len()
}

/// Solicitations of routers: three, a while apart, and none from an address that is still being asked for.
#[test]
fn v6lc_2_2_1() {
    let mut bed = Bed::booting();
    let sent = bed.pass(30_000);
    let solicits = sent.kind(kind::ROUTER_SOLICIT);
    assert_eq!(solicits.len(), 3, "MAX_RTR_SOLICITATIONS");
    let asked = sent.0.iter().position(|p| p.solicits() == Some(NUT));
    for (at, packet) in sent.0.iter().enumerate() {
        let Some((kind::ROUTER_SOLICIT, 0)) = packet.kind() else { continue };
        assert_eq!(packet.repr.dst, addr("ff02::2"));
        let link = packet.payload.get(8..).unwrap_or(&[]);
        match packet.repr.src {
            NOBODY => assert!(link.is_empty(), "RFC 4861, 4.1"),
            src => {
                assert_eq!((src, link), (NUT, &link_option(option::SOURCE_LINK, MAC)[..]));
                assert!(asked.is_some_and(|asked| asked < at), "asked for before it is used");
            }
        }
    }
}

/// An advertisement ends that; one that does not count does not.
#[test]
fn v6lc_2_2_2() {
    let rows: [(Advert, usize); 3] =
        [(Advert::new(1800), 0), (Advert::new(1800).source_link(TR1.mac), 0), (Advert::new(0), 2)];
    parts(rows, |(advert, more)| {
        let mut bed = Bed::booting();
        let mut before = 0;
        while before == 0 {
            before = router_solicits(&bed.pass(100));
        }
        bed.router_advert(TR1, &advert);
        assert!(router_solicits(&bed.pass(20_000)) >= more.min(1));
        if more == 0 {
            let mut bed = Bed::booting();
            while router_solicits(&bed.pass(100)) == 0 {}
            bed.router_advert(TR1, &advert);
            assert_eq!(router_solicits(&bed.pass(20_000)), 0);
        }
    });
    part("invalid ones do not end it", || {
        let mut bed = Bed::booting();
        while router_solicits(&bed.pass(100)) == 0 {}
        let message = [&[kind::ROUTER_ADVERT, 0, 0, 0][..], Advert::new(1800).as_bytes()].concat();
        bed.icmp(TR1, (TR1.ll, ALL_NODES), 254, &message);
        assert!(router_solicits(&bed.pass(20_000)) > 0);
    });
}

/// A host ignores solicitations of routers.
#[test]
fn v6lc_2_2_3() {
    let all_routers = addr("ff02::2");
    let rows = [(TN1.ll, all_routers), (TN1.ll, NUT), (TN1.ll, ALL_NODES), (NOBODY, all_routers)];
    parts(rows, |(src, dst)| {
        let mut bed = Bed::new();
        let mac = (src != NOBODY).then_some(TN1.mac);
        bed.nd(TN1, (src, dst), &router_solicit(mac));
        bed.now().assert_silent();
        assert_eq!(bed.look(TN1), (Entry::None, None), "nor does it learn from them");
    });
}

/// Another router takes over when the one in use does not answer.
#[test]
fn v6lc_2_2_11() {
    let takes_over = |quiet: fn(&mut Bed)| {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &full(TR1));
        bed.pass(5_000);
        bed.confirm(TR1);
        bed.router_advert(TR2, &full(TR2));
        bed.pass(100);
        assert_eq!(way_out(&mut bed), Some(TR1.mac), "no need to change");
        quiet(&mut bed);
        assert_eq!(way_out(&mut bed), Some(TR2.mac));
    };
    if znet_routers() < 2 {
        return;
    }
    part("A: it is not reachable any more", || {
        takes_over(|bed| {
            bed.pass(46_000);
            assert_eq!(way_out(bed), Some(TR1.mac), "it may still be there");
            bed.pass(9_000);
        });
    });
    part("B: its lifetime is over", || {
        takes_over(|bed| {
            bed.router_advert(TR1, &Advert::new(0));
            bed.now();
        });
    });
}

/// How many routers are kept in this configuration.
fn znet_routers() -> usize {
    if cfg!(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6)) { 2 } else { 1 }
}

/// Invalid advertisements of routers.
#[test]
fn v6lc_2_2_12() {
    let good = [&[kind::ROUTER_ADVERT, 0, 0, 0][..], full(TR1).as_bytes()].concat();
    let code = {
        let mut message = good.clone();
        message[1] = 1;
        message
    };
    let zero = [&good[..], &[14, 0, 0, 0, 0, 0, 0, 0]].concat();
    let rows: [(Ipv6Addr, u8, Vec<u8>, bool); 7] = [
        (TR1.global, 255, good.clone(), false),
        (TR1.ll, 2, good.clone(), false),
        (TR1.ll, 255, good.clone(), true),
        (TR1.ll, 255, code, false),
        (TR1.ll, 255, good[..14].to_vec(), false),
        (TR1.ll, 255, zero, false),
        (NOBODY, 255, good.clone(), false),
    ];
    parts(rows, |(src, hops, message, bad_sum)| {
        let mut bed = Bed::new();
        let mut message = mended(src, ALL_NODES, message);
        message[2] ^= u8::from(bad_sum);
        bed.packet(TR1, &Ipv6::new(src, ALL_NODES, 58).hop_limit(hops).build(&message));
        bed.pass(5_000);
        assert_eq!(bed.own(NUT_GLOBAL), None);
        assert_eq!(bed.look(TR1), (Entry::None, None));
    });
}

/// Fields and options that are reserved or not known are ignored.
#[test]
fn v6lc_2_2_13() {
    let rows: [Advert; 4] = [
        full(TR1),
        full(TR1).flags(0x07),
        full(TR1).option(&[0xfe, 1, 1, 2, 3, 4, 5, 6]),
        Advert::new(1800)
            .option(&[0xfd, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            .prefix(PREFIX, 64, 0xc0 | 0x1f, 9000, 9000)
            .source_link(TR1.mac),
    ];
    parts(rows, |advert| {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &advert);
        bed.pass(5_000);
        assert!(bed.own(NUT_GLOBAL).is_some());
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
    });
}

/// The hop limit of packets sent.
#[test]
fn v6lc_2_2_14() {
    let hops = |bed: &mut Bed| {
        bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
        bed.now().reply().repr.hop_limit
    };
    let rows: [(u8, u8); 4] = [(0, 64), (15, 15), (255, 255), (1, 1)];
    parts(rows, |(told, used)| {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &full(TR1).hop_limit(told));
        bed.pass(5_000);
        assert_eq!(hops(&mut bed), used);
        bed.router_advert(TR1, &full(TR1).hop_limit(0));
        bed.now();
        assert_eq!(hops(&mut bed), used, "zero leaves what was");
    });
}

/// The lifetime of a router.
#[test]
fn v6lc_2_2_15() {
    let start = |lifetime| {
        let mut bed = Bed::new();
        let advert = Advert::new(lifetime).prefix(PREFIX, 64, 0xc0, 9000, 9000);
        bed.router_advert(TR1, &advert.source_link(TR1.mac));
        bed.pass(2_500);
        bed
    };
    part("A: another advertisement prolongs it", || {
        let mut bed = start(10);
        bed.router_advert(TR1, &Advert::new(100));
        bed.pass(20_000);
        bed.bring(TR1, Entry::None, true);
        bed.answer_as_router(TR1);
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
    });
    part("B: zero ends it", || {
        let mut bed = start(100);
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
        bed.router_advert(TR1, &Advert::new(0));
        bed.now();
        assert_eq!(way_out(&mut bed), None);
    });
    part("C: so does time", || {
        let mut bed = start(10);
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
        bed.pass(11_000);
        assert_eq!(way_out(&mut bed), None);
    });
    part("D: one of zero makes it no router", || {
        let mut bed = start(0);
        assert_eq!(way_out(&mut bed), None);
    });
}

/// How long a neighbour is believed reachable, as routers say.
#[test]
fn v6lc_2_2_16() {
    // Told, and after how many milliseconds it is certainly stale, and certainly not yet.
    let rows: [(u32, u64, u64); 3] =
        [(10_000, 15_100, 4_800), (60_000, 90_100, 29_000), (0, 45_100, 14_000)];
    parts(rows, |(told, stale, fresh)| {
        for (wait, then) in [(stale, true), (fresh, false)] {
            let mut bed = Bed::new();
            bed.router_advert(TR1, &Advert::new(0).timers(told, 0));
            bed.now();
            bed.bring(TN1, Entry::Reachable, false);
            bed.pass(wait);
            bed.echo(TN1);
            bed.now().reply();
            let probes = if then { 1 } else { 0 };
            let later = bed.pass(if then { 5_100 } else { 100 });
            assert_eq!(later.solicits(TN1.ll, false), probes, "after {wait} ms");
        }
    });
    part("the time between solicitations", || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &Advert::new(0).timers(0, 5_000));
        bed.now();
        bed.echo(TN1);
        assert_eq!(bed.pass(4_900).solicits(TN1.ll, true), 1);
        assert_eq!(bed.pass(5_000).solicits(TN1.ll, true), 1);
        assert_eq!(bed.pass(5_000).solicits(TN1.ll, true), 1);
    });
}

/// What the host learns of the router's link address.
#[test]
fn v6lc_2_2_17() {
    let (same, other) = (Some(TR1.mac), Some(OTHER_MAC));
    let mut rows = Vec::new();
    for now in [Entry::None, Entry::Incomplete, Entry::Reachable, Entry::Stale, Entry::Probe] {
        for told in [None, same, other] {
            let known = !matches!(now, Entry::None | Entry::Incomplete);
            let (then, mac) = match told {
                None => (now, same.filter(|_| known)),
                Some(mac) if known && told == same => (now, Some(mac)),
                Some(mac) => (Entry::Stale, Some(mac)),
            };
            rows.push((now, told, then, mac));
        }
    }
    parts(rows, |(now, told, then, mac)| {
        let mut bed = Bed::new();
        bed.bring(TR1, now, true);
        let advert = told.map_or(Advert::new(1800), |mac| Advert::new(1800).source_link(mac));
        bed.router_advert(TR1, &advert);
        assert_eq!(bed.look(TR1), (then, mac), "{now:?} told {told:?}");
    });
}

/// Whoever advertises is a router, whatever it was before (RFC 4861, 6.3.4).
#[test]
fn v6lc_2_2_18() {
    let rows = [None, Some(TR1.mac), Some(OTHER_MAC)];
    parts(rows, |mac| {
        let mut bed = Bed::new();
        bed.bring(TR1, Entry::Reachable, false);
        let advert = usual_advert();
        let advert = match mac {
            Some(mac) => advert.source_link(mac),
            None => advert,
        };
        bed.router_advert(TR1, &advert);
        bed.pass(3_000);
        assert_eq!(way_out(&mut bed), Some(mac.unwrap_or(TR1.mac)));
        // It takes the flag R to say otherwise: without it, it is none any more.
        bed.nd(TR1, (TR1.ll, NUT), &super::bed::advert(TR1.ll, 0x60, mac));
        bed.now();
        assert_eq!(way_out(&mut bed), None, "its flag was set, and then cleared");
    });
}

/// The next hop: neighbours straight, others by a router.
#[test]
fn v6lc_2_2_19() {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &full(TR1));
    bed.pass(5_000);
    part("A: beyond the link", || {
        bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
        assert_eq!(bed.now().reply().link.dst, TR1.mac);
    });
    part("B: on the link, even when it came by the router", || {
        bed.echo_between(TR1, TN1.global, NUT_GLOBAL);
        let sent = bed.now();
        assert_eq!(sent.solicits(TN1.global, true), 1);
    });
    part("C: link-local", || {
        bed.echo(TN1);
        assert_eq!(bed.now().solicits(TN1.ll, true), 1);
    });
}

/// Two routers, two prefixes: what is on the link is not a matter of who said so.
#[test]
fn v6lc_2_2_20() {
    let rows: [(&str, u8, bool); 5] = [
        ("2001:db8:7::", 64, true),
        ("2001:db8:7::", 48, true),
        ("2001:db8:7:0:8000::", 65, false),
        ("2001:db8:8::", 64, false),
        ("::", 0, true),
    ];
    let stranger = Node { global: addr("2001:db8:7::9"), ..TN1 };
    parts(rows, |(prefix, len, near)| {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &full(TR1));
        bed.pass(5_000);
        bed.router_advert(TR2, &Advert::new(0).prefix(prefix, len, 0x80, 9000, 9000));
        bed.now();
        bed.echo_between(stranger, stranger.global, NUT_GLOBAL);
        let sent = bed.now();
        assert_eq!(sent.solicits(stranger.global, true), usize::from(near));
        assert_eq!(sent.replies().len(), usize::from(!near), "else by the router");
    });
}

/// Preferences of routers (RFC 4191, 3.2): high, medium, low; the reserved value is medium.
#[test]
fn v6lc_2_2_21() {
    let (high, medium, low, reserved) = (0x08, 0x00, 0x18, 0x10);
    let rows = [(high, medium), (high, low), (medium, low), (reserved, low), (high, reserved)];
    if znet_routers() < 2 {
        return;
    }
    parts(rows, |(better, worse)| {
        for first in [true, false] {
            let mut bed = Bed::new();
            let mut adverts = vec![(TR1, full(TR1).flags(better)), (TR2, full(TR2).flags(worse))];
            if !first {
                adverts.reverse();
            }
            for (node, advert) in adverts {
                bed.router_advert(node, &advert);
                bed.pass(3_000);
            }
            assert_eq!(way_out(&mut bed), Some(TR1.mac));
        }
    });
}

/// Specific routes (RFC 4191, 3.1): the longest one counts, then its preference; zero ends it.
#[test]
fn v6lc_2_2_22() {
    if znet_routers() < 2 {
        return;
    }
    let route = |prefix: &str, len: u8, preference: u8, lifetime: u32| {
        let mut bytes = vec![option::ROUTE, 3, len, preference];
        bytes.extend(lifetime.to_be_bytes());
        bytes.extend(addr(prefix).octets());
        bytes
    };
    let setup = || {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &full(TR1));
        bed.pass(3_000);
        bed.router_advert(TR2, &full(TR2).flags(0x18));
        bed.pass(3_000);
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
        bed
    };
    part("A: a route to the destination", || {
        let mut bed = setup();
        let advert = full(TR2).flags(0x18).option(&route("2001:db8:fa::", 48, 0, 9000));
        bed.router_advert(TR2, &advert);
        bed.now();
        assert_eq!(way_out(&mut bed), Some(TR2.mac));
    });
    part("B: to others", || {
        let mut bed = setup();
        let advert = full(TR2).flags(0x18).option(&route("2001:db8:fb::", 48, 0, 9000));
        bed.router_advert(TR2, &advert);
        bed.now();
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
    });
    part("C: withdrawn", || {
        let mut bed = setup();
        for lifetime in [9000, 0] {
            let advert = full(TR2).flags(0x18).option(&route("2001:db8:fa::", 48, 0, lifetime));
            bed.router_advert(TR2, &advert);
            bed.now();
        }
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
    });
    part("D: over", || {
        let mut bed = setup();
        let advert = full(TR2).flags(0x18).option(&route("2001:db8:fa::", 48, 0, 10));
        bed.router_advert(TR2, &advert);
        bed.pass(11_000);
        // It did not answer meanwhile, and is there all the same.
        bed.router_advert(TR1, &full(TR1));
        bed.now();
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
    });
    part("E: the longer one", || {
        let mut bed = setup();
        bed.router_advert(TR1, &full(TR1).option(&route("2001:db8:fa::", 48, 0x08, 9000)));
        let advert = full(TR2).flags(0x18).option(&route("2001:db8:fa::", 64, 0x18, 9000));
        bed.router_advert(TR2, &advert);
        bed.now();
        assert_eq!(way_out(&mut bed), Some(TR2.mac));
    });
    part("F: the preferred one", || {
        let mut bed = setup();
        bed.router_advert(TR1, &full(TR1).option(&route("2001:db8:fa::", 48, 0x18, 9000)));
        let advert = full(TR2).flags(0x18).option(&route("2001:db8:fa::", 48, 0x08, 9000));
        bed.router_advert(TR2, &advert);
        bed.now();
        assert_eq!(way_out(&mut bed), Some(TR2.mac));
    });
}
