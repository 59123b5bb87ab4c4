// SPDX-License-Identifier: Apache-2.0
//! Neighbour discovery and address autoconfiguration as seen from the wire (RFC 4861, RFC 4862,
//! RFC 4191, RFC 7527), and listener discovery (RFC 3810).
#![cfg(all(CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::check6::Packet6;
use testutil::lab6::{Advert, HOST, HOST_LL, Lab6, PEER, PEER_LL};
use testutil::{DropReason, EthAddr};
use znet::base::{Error, Ipv6Addr};
use znet::iface::AddrState;
use znet::stack::{Event, Ipv6Change};
use znet::wire::icmpv6::kind;
use znet::wire::ndp::Builder;

const MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 2]);

fn addr(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

fn of_kind(packets: &[Packet6], wanted: u8) -> Vec<&Packet6> {
    packets.iter().filter(|p| p.icmp().is_some_and(|h| h.kind == wanted)).collect()
}

/// The host's addresses and what they may be used for.
fn addresses(lab: &Lab6) -> Vec<(Ipv6Addr, AddrState)> {
    lab.iface.ipv6_addrs().map(|own| (own.addr, own.state)).collect()
}

fn solicit(target: Ipv6Addr) -> Vec<u8> {
    Builder::neighbour_solicit(target).source_link(MAC).as_bytes().to_vec()
}

/// What a host sends when it comes up (RFC 4862, 5.4; RFC 4861, 6.3.7; RFC 3810, 6.1).
#[test]
fn coming_up() {
    let mut lab = Lab6::bare();
    let sent = lab.run_for(10);
    let own = addr("fe80::ff:fe00:1");
    let group = addr("ff02::1:ff00:1");

    let asked = of_kind(&sent, kind::NEIGHBOUR_SOLICIT);
    assert_eq!(asked.len(), 1, "DupAddrDetectTransmits");
    assert_eq!((asked[0].repr.src, asked[0].repr.dst), (Ipv6Addr::UNSPECIFIED, group));
    assert_eq!(asked[0].solicits(), Some(own));
    assert_eq!(asked[0].payload[24..26], [14, 1], "a nonce, and no link address");
    assert_eq!(addresses(&lab), [(own, AddrState::Preferred)]);

    let routers = of_kind(&sent, kind::ROUTER_SOLICIT);
    assert_eq!(routers.len(), 3, "MAX_RTR_SOLICITATIONS");
    assert!(routers.iter().all(|p| p.repr.dst == addr("ff02::2")));
    for solicit in routers {
        let told = solicit.payload.len() > 8;
        assert_eq!(told, !solicit.repr.src.is_unspecified(), "a link address needs an address");
    }

    let reports = of_kind(&sent, kind::MLD_REPORT_V2);
    assert!(reports.len() >= 2, "robustness variable");
    for report in reports {
        assert_eq!((report.repr.dst, report.repr.hop_limit), (addr("ff02::16"), 1));
        assert_eq!(report.ext, [58, 0, 5, 2, 0, 0, 1, 0], "router alert");
        assert_eq!((report.payload[8], &report.payload[12..28]), (4, &group.octets()[..]));
    }
    lab.assert_alive();
}

#[test]
fn solicitations_are_answered() {
    let mut lab = Lab6::new();
    for (src, target) in [(PEER_LL, HOST_LL), (PEER, HOST)] {
        let group = addr("ff02::1:ff00:1");
        for dst in [group, target] {
            lab.nd(src, dst, &solicit(target));
            let advert = lab.one();
            assert_eq!(advert.kind(), Some((kind::NEIGHBOUR_ADVERT, 0)));
            assert_eq!((advert.repr.src, advert.repr.dst, advert.link.dst), (target, src, MAC));
            assert_eq!(advert.payload[4], 0x60, "solicited, override, no router");
            assert_eq!(advert.payload[24..], [2, 1, 2, 0, 0, 0, 0, 1]);
        }
    }
}

/// An address without a prefix: whoever asked for it is answered, others stay unreachable.
#[test]
fn a_neighbour_that_no_prefix_tells_of() {
    let mut lab = Lab6::new();
    let stranger = addr("2001:db8:7::2");
    lab.dropped(DropReason::NoRoute, |lab| lab.echo(stranger, HOST, 1, b"lost"));
    lab.nd(stranger, addr("ff02::1:ff00:1"), &solicit(HOST));
    let sent = lab.run();
    assert_eq!(of_kind(&sent, kind::NEIGHBOUR_ADVERT).len(), 1);
    lab.echo(stranger, HOST, 2, b"found");
    let reply = lab.one();
    assert_eq!(reply.kind(), Some((kind::ECHO_REPLY, 0)));
    assert_eq!((reply.repr.src, reply.repr.dst, reply.link.dst), (HOST, stranger, MAC));
    lab.assert_alive();
}

/// RFC 4861, 7.2.4: who has no address yet hears it among all nodes.
#[test]
fn who_asks_for_an_address_of_ours_is_told() {
    let mut lab = Lab6::new();
    let question = Builder::neighbour_solicit(HOST).nonce([9; 6]);
    lab.nd(Ipv6Addr::UNSPECIFIED, addr("ff02::1:ff00:1"), question.as_bytes());
    let advert = lab.one();
    assert_eq!((advert.repr.src, advert.repr.dst), (HOST, addr("ff02::1")));
    assert_eq!(advert.payload[4], 0x20, "not solicited");
    assert_eq!(addresses(&lab).len(), 2, "and keeps it");
}

/// RFC 4861, 7.1.1 and 7.1.2, rule by rule.
#[test]
fn invalid_solicitations_and_advertisements() {
    let mut lab = Lab6::new();
    let group = addr("ff02::1:ff00:1");
    let none = Ipv6Addr::UNSPECIFIED;
    let good = solicit(HOST);
    let bare = Builder::neighbour_solicit(HOST);
    let mut code = good.clone();
    code[1] = 1;
    let cases: [(Ipv6Addr, Ipv6Addr, u8, &[u8], DropReason); 6] = [
        (PEER, group, 254, &good, DropReason::NdInvalid),
        (PEER, group, 255, &code, DropReason::NdInvalid),
        (none, group, 255, &good, DropReason::NdInvalid),
        (none, HOST, 255, bare.as_bytes(), DropReason::NdInvalid),
        (PEER, group, 255, &good[..23], DropReason::NdMalformed),
        (PEER, group, 255, &[&good[..24], &[1, 0]].concat(), DropReason::NdMalformed),
    ];
    for (src, dst, hops, message, reason) in cases {
        lab.dropped(reason, |lab| lab.icmp(src, dst, hops, message));
    }
    let elsewhere = solicit(addr("2001:db8::77"));
    lab.dropped(DropReason::NdNotForUs, |lab| lab.nd(PEER, addr("ff02::1:ff00:1"), &elsewhere));
    let advert = Builder::neighbour_advert(PEER, false, true).target_link(MAC);
    lab.dropped(DropReason::NdInvalid, |lab| lab.nd(PEER, addr("ff02::1"), advert.as_bytes()));
    lab.assert_alive();
}

/// RFC 4861, 7.2.2: three solicitations, then the packets are given up and the sender told.
#[test]
fn a_neighbour_that_does_not_answer() {
    let mut lab = Lab6::new();
    lab.answers.clear();
    let socket = lab.socket(5000);
    lab.connect(socket, (PEER, 7)).unwrap();
    for _ in 0..5 {
        lab.send_to(socket, (PEER, 7), b"lost").unwrap();
    }
    let sent = lab.run_for(10);
    let asked = of_kind(&sent, kind::NEIGHBOUR_SOLICIT);
    assert_eq!(asked.len(), 3, "{sent:?}");
    assert!(asked.iter().all(|p| p.repr.dst == addr("ff02::1:ff00:2") && p.repr.src == HOST));
    assert_eq!(lab.host.drops(DropReason::NeighbourQueueFull), 2);
    assert_eq!(lab.host.drops(DropReason::NeighbourUnreachable), 3);
    assert_eq!(lab.host.try_udp_recv(socket), Err(testutil::Error::HostUnreach));
    lab.host.close(socket);
    lab.assert_clean();
}

/// RFC 4861, 7.3: a neighbour not confirmed for long is probed, straight, when it is used.
#[test]
fn reachability_is_found_out() {
    let mut lab = Lab6::new();
    let socket = lab.socket(5000);
    lab.send_to(socket, (PEER, 7), b"1").unwrap();
    assert_eq!(lab.one().udp(), Some((5000, 7, &b"1"[..])));
    lab.run_for(60);
    lab.send_to(socket, (PEER, 7), b"2").unwrap();
    assert_eq!(lab.one().udp().map(|u| u.2), Some(&b"2"[..]), "a stale address is used");
    lab.answers.clear();
    let sent = lab.run_for(20);
    let probes = of_kind(&sent, kind::NEIGHBOUR_SOLICIT);
    assert_eq!(probes.len(), 3, "MAX_UNICAST_SOLICIT");
    assert!(probes.iter().all(|p| p.repr.dst == PEER && p.link.dst == MAC));
    lab.host.close(socket);
}

/// RFC 4862, 5.4.3 to 5.4.5, RFC 7527, 4.2.
#[test]
fn an_address_somebody_else_has_is_not_taken() {
    let own = addr("fe80::ff:fe00:1");
    let group = addr("ff02::1:ff00:1");
    let advert = Builder::neighbour_advert(own, false, false).target_link(MAC);
    let question = Builder::neighbour_solicit(own).nonce([9; 6]);
    for (src, dst, message) in [
        (own, addr("ff02::1"), advert.as_bytes()),
        (Ipv6Addr::UNSPECIFIED, group, question.as_bytes()),
    ] {
        let mut lab = Lab6::bare();
        assert_eq!(addresses(&lab), [(own, AddrState::Tentative)]);
        lab.nd(src, dst, message);
        lab.net.run_until_idle();
        let events = lab.host.take_events();
        let failed = |e: &Event| matches!(e, Event::Ipv6 { what: Ipv6Change::DadFailed, .. });
        assert!(events.iter().any(failed), "{events:?}");
        if cfg!(CONFIG_NET_IPV6_IID_EUI_64) {
            assert_eq!(addresses(&lab), []);
            let sent = lab.run_for(20);
            assert!(of_kind(&sent, kind::ROUTER_SOLICIT).is_empty(), "the link is left alone");
        }
    }
}

/// RFC 7527: a solicitation that comes back is no duplicate; neither is one that asks for resolution
/// (RFC 4862, 5.4.3).
#[test]
fn our_own_question_is_no_duplicate() {
    let mut lab = Lab6::bare();
    let own = addr("fe80::ff:fe00:1");
    let sent = lab.run_for(1);
    let asked = of_kind(&sent, kind::NEIGHBOUR_SOLICIT)[0].clone();
    lab.nd(Ipv6Addr::UNSPECIFIED, asked.repr.dst, &asked.payload);
    lab.nd(PEER_LL, asked.repr.dst, &solicit(own));
    lab.run_for(5);
    assert_eq!(addresses(&lab), [(own, AddrState::Preferred)]);
}

/// RFC 4862, 5.4: nothing but neighbour discovery hears a tentative address.
#[test]
fn a_tentative_address_is_not_ours_yet() {
    let mut lab = Lab6::bare();
    lab.run();
    lab.dropped(DropReason::Ipv6NotForUs, |lab| {
        lab.echo(PEER_LL, addr("fe80::ff:fe00:1"), 1, b"");
    });
}

/// A datagram sent before there is an address to send from is lost, not refused: whoever sends it would take
/// a refusal for lasting.
#[test]
fn a_datagram_sent_during_the_check_is_lost() {
    let mut lab = Lab6::bare();
    let socket = lab.socket(5000);
    lab.run();
    lab.dropped(DropReason::NoSource, |lab| {
        lab.send_to(socket, (PEER_LL, 7), b"early").unwrap();
    });
    lab.settle();
    lab.answers.push(PEER_LL);
    lab.send_to(socket, (PEER_LL, 7), b"in time").unwrap();
    assert_eq!(lab.one().repr.src, addr("fe80::ff:fe00:1"));
    let loopback = lab.send_to(socket, (addr("::1"), 7), b"nowhere");
    assert_eq!(loopback, Err(Error::AddrNotAvail), "there is no loopback interface");
}

/// RFC 4861, 6.3.4; RFC 4862, 5.5.3.
#[test]
fn an_advertisement_configures_the_host() {
    let mut lab = Lab6::bare();
    lab.settle();
    let advert = Advert::new(1800)
        .hop_limit(42)
        .timers(20_000, 500)
        .prefix("2001:db8:1::", 64, 0xc0, 7200, 3600)
        .prefix("2001:db8:2::", 64, 0x80, 7200, 3600)
        .option(&[5, 1, 0, 0, 0, 0, 5, 120])
        .source_link(MAC);
    lab.advert(PEER_LL, &advert);
    let sent = lab.run_for(5);
    let own = addr("2001:db8:1::ff:fe00:1");
    assert_eq!(of_kind(&sent, kind::NEIGHBOUR_SOLICIT).len(), 1, "it is asked for");
    assert!(addresses(&lab).contains(&(own, AddrState::Preferred)));
    assert_eq!(addresses(&lab).len(), 2, "the second prefix is only on the link");
    assert_eq!((lab.iface.ipv6_hop_limit(), lab.iface.ipv6_mtu()), (42, 1400));
    let config = lab.iface.ipv6_config().unwrap();
    assert_eq!(config.retrans_timer.get(), 500);
    assert!((10_000..=30_000).contains(&config.reachable_time.get()));

    let socket = lab.socket(5000);
    // A neighbour by its prefix.
    lab.answers.push(addr("2001:db8:2::9"));
    lab.send_to(socket, (addr("2001:db8:2::9"), 7), b"near").unwrap();
    let near = lab.one();
    assert_eq!((near.repr.src, near.repr.hop_limit), (own, 42));
    // Anybody else by the router, whose link address is known from its advertisement.
    lab.send_to(socket, (addr("2001:db8:9::9"), 7), b"far").unwrap();
    let far = lab.one();
    assert_eq!((far.link.dst, far.repr.dst), (MAC, addr("2001:db8:9::9")));
    if cfg!(not(CONFIG_NET_IPV6_FRAGMENT)) {
        let sent = lab.send_to(socket, (addr("2001:db8:9::9"), 7), &[0; 1353]);
        assert_eq!(sent, Err(testutil::Error::MsgSize), "the link's MTU");
    }
    lab.host.close(socket);
}

/// RFC 4861, 6.1.2: what is no advertisement (hostile-inputs, line 16).
#[test]
fn hostile_16_messages_that_were_forwarded() {
    let mut lab = Lab6::new();
    let before = addresses(&lab);
    let router = |lab: &mut Lab6, src, hops| {
        let message = [&[134, 0, 0, 0][..], &[64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0]].concat();
        lab.icmp(src, addr("ff02::1"), hops, &message);
    };
    for (src, hops) in [(PEER_LL, 254), (PEER_LL, 0), (PEER_LL, 64), (PEER, 255)] {
        lab.dropped(DropReason::NdInvalid, |lab| router(lab, src, hops));
    }
    let advert = Builder::neighbour_advert(PEER, false, true).target_link(MAC);
    let mut redirect = vec![137, 0, 0, 0, 0, 0, 0, 0];
    redirect.extend(PEER_LL.octets());
    redirect.extend(addr("2001:db8:9::1").octets());
    for message in [&solicit(HOST)[..], advert.as_bytes(), &redirect] {
        for hops in [0, 1, 64, 254] {
            lab.dropped(DropReason::NdInvalid, |lab| lab.icmp(PEER_LL, HOST_LL, hops, message));
        }
    }
    assert_eq!(addresses(&lab), before);
    lab.assert_alive();
}

/// RFC 4862, 5.5.3: prefixes no address is formed from, and lifetimes (hostile-inputs, line 22).
#[test]
fn hostile_22_prefixes_and_routers_of_every_lifetime() {
    let mut lab = Lab6::bare();
    lab.settle();
    let count = |lab: &Lab6| addresses(lab).len();
    for advert in [
        Advert::new(0),
        Advert::new(0).prefix("2001:db8:1::", 64, 0x40, 0, 0),
        Advert::new(0).prefix("2001:db8:1::", 64, 0xc0, 10, 20),
        Advert::new(0).prefix("2001:db8:1::", 63, 0xc0, 20, 10),
        Advert::new(0).prefix("2001:db8:1::", 128, 0xc0, 20, 10),
        Advert::new(0).prefix("2001:db8:1::", 129, 0xc0, 20, 10),
        Advert::new(0).prefix("fe80::", 64, 0xc0, 20, 10),
        Advert::new(0).prefix("ff02::", 64, 0xc0, 20, 10),
    ] {
        lab.advert(PEER_LL, &advert);
        lab.run_for(3);
        assert_eq!(count(&lab), 1, "{advert:?}");
    }
    for (valid, preferred) in [(u32::MAX, u32::MAX), (u32::MAX, 0), (7200, 0), (0, 0)] {
        lab.advert(
            PEER_LL,
            &Advert::new(0xffff).prefix("2001:db8:1::", 64, 0xc0, valid, preferred),
        );
        lab.run_for(3);
    }
    assert_eq!(count(&lab), 2);
    lab.advert(PEER_LL, &Advert::new(0));
    let socket = lab.socket(5000);
    let far = (addr("2001:db8:9::9"), 7);
    lab.run();
    assert_eq!(lab.send_to(socket, far, b""), Err(testutil::Error::NetUnreach));
    lab.host.close(socket);
    lab.assert_alive();
}

/// RFC 4862, 5.5.4: preferred, deprecated, gone; and the two-hour rule of 5.5.3 e.
#[test]
fn addresses_grow_old() {
    let mut lab = Lab6::bare();
    lab.settle();
    let own = addr("2001:db8:1::ff:fe00:1");
    let state = |lab: &Lab6| addresses(lab).iter().find(|a| a.0 == own).map(|a| a.1);
    let prefix =
        |valid, preferred| Advert::new(1800).prefix("2001:db8:1::", 64, 0xc0, valid, preferred);
    lab.advert(PEER_LL, &prefix(100, 50));
    lab.run_for(5);
    assert_eq!(state(&lab), Some(AddrState::Preferred));
    lab.run_for(60);
    assert_eq!(state(&lab), Some(AddrState::Deprecated));
    lab.run_for(60);
    assert_eq!(state(&lab), None);

    lab.advert(PEER_LL, &prefix(20_000, 20_000));
    lab.run_for(5);
    // Nobody can take it away at once, only after two hours.
    lab.advert(PEER_LL, &prefix(60, 60));
    lab.run_for(7000);
    assert_eq!(state(&lab), Some(AddrState::Deprecated));
    lab.run_for(300);
    assert_eq!(state(&lab), None);
}

/// RFC 4191: preferences and specific routes; a router that fails gives way (RFC 4861, 6.3.6).
#[test]
fn several_routers() {
    let mut lab = Lab6::new();
    let (low, high) = (addr("fe80::a"), addr("fe80::b"));
    if znet_routers() < 2 {
        return;
    }
    let macs = [EthAddr([2, 0, 0, 0, 9, 1]), EthAddr([2, 0, 0, 0, 9, 2])];
    lab.advert(low, &Advert::new(1800).flags(0x18).source_link(macs[0]));
    lab.run();
    // The preferred one says that it is the low one's business to reach 2001:db8:5::/48.
    lab.advert(high, &Advert::new(1800).flags(0x08).source_link(macs[1]));
    let mut route = vec![24, 2, 48, 0, 0, 0, 2, 88];
    route.extend(&addr("2001:db8:5::").octets()[..8]);
    lab.advert(low, &Advert::new(1800).flags(0x18).option(&route));
    lab.run();
    let socket = lab.socket(5000);
    let hop = |lab: &mut Lab6, dst: &str| {
        lab.send_to(socket, (addr(dst), 7), b"x").unwrap();
        let sent = lab.run();
        sent.iter().find(|p| p.udp().is_some()).map(|p| p.link.dst)
    };
    assert_eq!(hop(&mut lab, "2001:db8:9::1"), Some(macs[1]));
    assert_eq!(hop(&mut lab, "2001:db8:5::1"), Some(macs[0]));
    // It does not answer when probed: packets go by the other one.
    lab.run_for(30);
    assert_eq!(hop(&mut lab, "2001:db8:9::1"), None, "both are silent now, and being asked for");
    lab.answers.push(low);
    lab.run_for(10);
    assert!(hop(&mut lab, "2001:db8:9::1").is_some());
    lab.host.close(socket);
}

fn znet_routers() -> usize {
    if cfg!(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6)) { 2 } else { 1 }
}

/// RFC 4861, 8.1 and 8.3.
#[test]
fn redirects_are_followed_from_the_router_in_use() {
    let mut lab = Lab6::new();
    let (router, better, dst) = (PEER_LL, addr("fe80::b"), addr("2001:db8:9::1"));
    lab.advert(router, &Advert::new(1800).source_link(MAC));
    lab.run();
    let redirect = |target: Ipv6Addr, dst: Ipv6Addr| {
        let mut bytes = vec![137, 0, 0, 0, 0, 0, 0, 0];
        bytes.extend(target.octets());
        bytes.extend(dst.octets());
        bytes.extend([2, 1, 2, 0, 0, 0, 9, 9]);
        bytes
    };
    lab.dropped(DropReason::NdNotForUs, |lab| lab.nd(better, HOST_LL, &redirect(better, dst)));
    lab.dropped(DropReason::NdInvalid, |lab| lab.nd(PEER, HOST, &redirect(better, dst)));
    let global = addr("2001:db8:77::1");
    lab.dropped(DropReason::NdInvalid, |lab| lab.nd(router, HOST_LL, &redirect(global, dst)));
    lab.nd(router, HOST_LL, &redirect(better, dst));
    lab.run();
    let socket = lab.socket(5000);
    lab.send_to(socket, (dst, 7), b"x").unwrap();
    assert_eq!(lab.one().link.dst, EthAddr([2, 0, 0, 0, 9, 9]));
    lab.send_to(socket, (addr("2001:db8:9::2"), 7), b"x").unwrap();
    assert_eq!(lab.one().link.dst, MAC, "others as before");
    lab.host.close(socket);
}

/// RFC 3810, 6.2; RFC 2710: queries are answered in time, and only those of routers.
#[test]
fn queries_are_answered() {
    let mut lab = Lab6::new();
    let query = |group: Ipv6Addr, code: u16, v2: bool| {
        let mut bytes = vec![130, 0, 0, 0];
        bytes.extend(code.to_be_bytes());
        bytes.extend([0, 0]);
        bytes.extend(group.octets());
        bytes.extend(if v2 { &[0; 4][..] } else { &[] });
        bytes
    };
    let ask = |lab: &mut Lab6, src: Ipv6Addr, hops: u8, alert: bool, message: &[u8]| {
        let dst = addr("ff02::1");
        let mut message = message.to_vec();
        testutil::lab6::mend_icmp(src, dst, &mut message);
        let (next, header): (u8, &[u8]) = match alert {
            true => (0, &[58, 0, 5, 2, 0, 0, 1, 0]),
            false => (58, &[]),
        };
        let payload = [header, &message].concat();
        lab.packet(&testutil::lab6::Ipv6::new(src, dst, next).hop_limit(hops).build(&payload));
    };
    let general = query(Ipv6Addr::UNSPECIFIED, 1000, true);
    ask(&mut lab, PEER_LL, 1, true, &general);
    let reports = lab.run_for(2);
    let group = addr("ff02::1:ff00:1");
    assert_eq!(reports.len(), 1, "one group: both addresses share it");
    assert_eq!((reports[0].payload[8], &reports[0].payload[12..28]), (2, &group.octets()[..]));
    assert_eq!(reports[0].repr.src, HOST_LL);
    for (src, hops, alert) in [(PEER, 1, true), (PEER_LL, 2, true), (PEER_LL, 1, false)] {
        lab.dropped(DropReason::MldInvalid, |lab| ask(lab, src, hops, alert, &general));
    }
    let stranger = query(addr("ff02::77"), 1000, true);
    lab.dropped(DropReason::MldNotForUs, |lab| ask(lab, PEER_LL, 1, true, &stranger));
    lab.dropped(DropReason::MldMalformed, |lab| ask(lab, PEER_LL, 1, true, &general[..26]));
    // A router that knows version 1 only hears version 1.
    ask(&mut lab, PEER_LL, 1, true, &query(group, 1000, false));
    let reports = lab.run_for(2);
    assert_eq!(reports[0].kind(), Some((kind::MLD_REPORT_V1, 0)));
    assert_eq!(reports[0].repr.dst, group);
    lab.assert_alive();
}

/// hostile-inputs, line 18: the queue of one neighbour is bounded, and so are questions.
#[test]
fn hostile_18_a_thousand_packets_to_nobody() {
    let mut lab = Lab6::new();
    lab.answers.clear();
    let socket = lab.socket(5000);
    for _ in 0..1000 {
        lab.send_to(socket, (PEER, 7), b"x").unwrap();
    }
    let asked = lab.run_for(10);
    assert_eq!(asked.len(), 3, "{asked:?}");
    for host in 0..200 {
        let to = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 1, host);
        let _ = lab.send_to(socket, (to, 7), b"x");
    }
    assert!(lab.run_for(10).len() <= 60);
    lab.host.close(socket);
    lab.answers = vec![PEER, PEER_LL];
    lab.assert_alive();
}

/// What a link told is forgotten with it; what was set by hand is asked for again.
#[test]
fn a_link_that_goes_and_comes_back() {
    let mut lab = Lab6::new();
    let advert = Advert::new(1800)
        .hop_limit(9)
        .timers(20_000, 5_000)
        .prefix("2001:db8:1::", 64, 0xc0, 7200, 3600)
        .option(&[5, 1, 0, 0, 0, 0, 5, 0]);
    lab.advert(PEER_LL, &advert);
    lab.run_for(8);
    assert_eq!((addresses(&lab).len(), lab.iface.ipv6_mtu()), (3, 1280));
    lab.iface.bring_down();
    lab.host.core().with(|stack, env| stack.timers(env));
    assert_eq!(addresses(&lab), [(HOST_LL, AddrState::Tentative), (HOST, AddrState::Tentative)]);
    assert_eq!((lab.iface.ipv6_mtu(), lab.iface.ipv6_hop_limit()), (1500, 64));
    assert!(lab.iface.ipv6_onlink(addr("2001:db8:1::9")).is_none());
    lab.iface.bring_up();
    lab.host.core().with(|stack, env| stack.timers(env));
    let sent = lab.run_for(8);
    assert_eq!(of_kind(&sent, kind::NEIGHBOUR_SOLICIT).len(), 2);
    assert_eq!(addresses(&lab), [(HOST_LL, AddrState::Preferred), (HOST, AddrState::Preferred)]);
    lab.assert_alive();
}

/// RFC 8106, 5: name servers and search domains, which wear off.
#[test]
#[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
fn routers_tell_of_name_servers() {
    let mut lab = Lab6::new();
    let known = |lab: &Lab6| {
        lab.host.core().with(|stack, _| {
            let servers: Vec<_> = stack.ipv6_dns_servers().collect();
            let domains: Vec<_> =
                stack.ipv6_search_domains().map(|(_, name)| name.to_string()).collect();
            (servers, domains)
        })
    };
    let mut rdnss = vec![25, 3, 0, 0, 0, 0, 0, 100];
    rdnss.extend(PEER.octets());
    let dnssl = [31, 2, 0, 0, 0, 0, 0, 50, 3, b'l', b'a', b'n', 0, 0, 0, 0];
    lab.advert(PEER_LL, &Advert::new(0).option(&rdnss).option(&dnssl));
    lab.run_for(10);
    assert_eq!(known(&lab), (vec![(1, PEER)], vec!["lan".to_string()]));
    lab.run_for(60);
    assert_eq!(known(&lab), (vec![(1, PEER)], vec![]));
    lab.run_for(60);
    assert_eq!(known(&lab), (vec![], vec![]));
    lab.advert(PEER_LL, &Advert::new(0).option(&rdnss));
    lab.run_for(1);
    rdnss[7] = 0;
    lab.advert(PEER_LL, &Advert::new(0).option(&rdnss));
    lab.run_for(1);
    assert_eq!(known(&lab), (vec![], vec![]), "a lifetime of zero takes it back");
}

/// RFC 6724, 6: what cannot be reached goes last, and the rest by the table.
#[test]
fn destinations_are_sorted() {
    use znet::base::IpAddr;

    let lab = Lab6::new();
    let v6 = |text: &str| IpAddr::V6(addr(text));
    let order = ["2001:db8:1::5", "fd00::5", "fe80::5", "2001:db8::5"].map(v6);
    let mut sorted = order;
    lab.host.core().with(|stack, _| stack.sort_destinations(&mut sorted));
    assert_eq!(sorted, ["fe80::5", "2001:db8::5", "2001:db8:1::5", "fd00::5"].map(v6));
}

/// Who listens hears of neighbours that are looked for and of those that are forgotten.
#[test]
#[cfg(CONFIG_NET_MGMT_EVENT)]
fn neighbours_come_and_go_with_events() {
    let mut lab = Lab6::new();
    lab.host.take_events();
    let told = |lab: &Lab6, peer: Ipv6Addr| -> Vec<Ipv6Change> {
        let events = lab.host.take_events();
        let change = |event: &Event| match *event {
            Event::Ipv6 { what, addr, .. } if addr == peer => Some(what),
            _ => None,
        };
        events.iter().filter_map(change).collect()
    };
    let socket = lab.socket(5000);
    lab.send_to(socket, (PEER, 7), b"hello").unwrap();
    lab.run();
    assert!(matches!(told(&lab, PEER)[..], [Ipv6Change::NeighbourAdd(_)]));
    lab.answers.clear();
    let nobody = addr("2001:db8::77");
    lab.send_to(socket, (nobody, 7), b"hello").unwrap();
    lab.run_for(10);
    let heard = told(&lab, nobody);
    assert!(matches!(heard[..], [Ipv6Change::NeighbourAdd(_), Ipv6Change::NeighbourDel]));
    lab.iface.bring_down();
    lab.host.core().with(|stack, env| stack.timers(env));
    assert_eq!(told(&lab, PEER), [Ipv6Change::NeighbourDel]);
    lab.host.close(socket);
}

/// A message of listener discovery from the station, behind a router alert.
fn listener_message(lab: &mut Lab6, kind: u8, code: u16, group: Ipv6Addr, rest: &[u8]) {
    let dst = addr("ff02::1");
    let mut message = vec![kind, 0, 0, 0];
    message.extend(code.to_be_bytes());
    message.extend([0, 0]);
    message.extend(group.octets());
    message.extend(rest);
    testutil::lab6::mend_icmp(PEER_LL, dst, &mut message);
    let payload = [&[58, 0, 5, 2, 0, 0, 1, 0][..], &message].concat();
    lab.packet(&testutil::lab6::Ipv6::new(PEER_LL, dst, 0).hop_limit(1).build(&payload));
}

/// RFC 2710, 4 and 5, RFC 3810, 8: to a router of version 1 its reports, which others' spare, and a
/// word on leaving; until it has not been heard for long enough.
#[test]
fn a_router_of_the_first_version() {
    let mut lab = Lab6::new();
    let (iface, group) = (lab.iface, addr("ff05::1234"));
    let any = Ipv6Addr::UNSPECIFIED;
    let change = |lab: &Lab6, join: bool| {
        lab.host.core().with(|stack, env| match join {
            true => stack.join_v6_group(env, iface, group),
            false => stack.leave_v6_group(iface, group),
        })
    };
    listener_message(&mut lab, kind::MLD_QUERY, 100, any, &[]);
    lab.run_for(1);
    change(&lab, true);
    let joined = lab.run_for(30);
    assert_eq!(of_kind(&joined, kind::MLD_REPORT_V1).len(), 2, "{joined:?}");
    assert!(joined.iter().all(|p| p.repr.dst == group && p.payload[8..24] == group.octets()));
    // Another host answers first: ours is not needed.
    listener_message(&mut lab, kind::MLD_QUERY, 10_000, group, &[]);
    listener_message(&mut lab, kind::MLD_REPORT_V1, 0, group, &[]);
    assert!(lab.run_for(20).is_empty());
    change(&lab, false);
    assert!(lab.run_for(5).is_empty(), "the other host is still in the group");
    change(&lab, true);
    lab.run_for(30);
    change(&lab, false);
    let left = lab.run_for(30);
    assert_eq!((left.len(), left[0].kind()), (1, Some((kind::MLD_DONE_V1, 0))));
    assert_eq!(left[0].repr.dst, addr("ff02::2"));
    lab.run_for(300);
    change(&lab, true);
    let reports = lab.run_for(5);
    assert_eq!(of_kind(&reports, kind::MLD_REPORT_V2).len(), 2, "and then version 2 again");
    lab.assert_alive();
}

/// RFC 3678, RFC 3810, 4.2 and 6: a socket that wants one sender says so, and hears it alone.
#[test]
#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
fn sockets_filter_senders() {
    use znet::base::IpAddr;
    use znet::stack::SourceChange;

    let mut lab = Lab6::new();
    let (iface, group, other) = (lab.iface, addr("ff05::1234"), addr("2001:db8::3"));
    let socket = lab.socket(7);
    let change = |lab: &Lab6, source: Ipv6Addr, change| {
        let pair = (IpAddr::V6(group), IpAddr::V6(source));
        lab.host.core().with(|stack, env| stack.udp_source(env, socket, Some(iface), pair, change))
    };
    let said = |lab: &mut Lab6| -> Vec<Vec<u8>> {
        let sent = lab.run_for(5);
        of_kind(&sent, kind::MLD_REPORT_V2).iter().map(|p| p.payload[8..].to_vec()).collect()
    };
    let record = |kind: u8, sources: &[Ipv6Addr]| {
        let mut bytes = vec![kind, 0, 0, sources.len() as u8];
        bytes.extend(group.octets());
        sources.iter().for_each(|source| bytes.extend(source.octets()));
        bytes
    };
    change(&lab, PEER, SourceChange::Join).unwrap();
    assert_eq!(said(&mut lab), vec![record(5, &[PEER]); 2]);
    change(&lab, other, SourceChange::Join).unwrap();
    assert_eq!(said(&mut lab), vec![record(5, &[other]); 2]);
    change(&lab, other, SourceChange::Leave).unwrap();
    assert_eq!(said(&mut lab), vec![record(6, &[other]); 2]);
    lab.udp((PEER, 9), (group, 7), b"wanted");
    lab.run();
    assert_eq!(lab.recv(socket), Some(((PEER, 9), b"wanted".to_vec())));
    lab.dropped(DropReason::GroupSource, |lab| lab.udp((other, 9), (group, 7), b"not"));
    // A question about senders is answered for those of them that are wanted.
    let mut asked = vec![2, 125, 0, 2];
    asked.extend(other.octets());
    asked.extend(PEER.octets());
    listener_message(&mut lab, kind::MLD_QUERY, 1000, group, &asked);
    assert_eq!(said(&mut lab), [record(1, &[PEER])]);
    change(&lab, PEER, SourceChange::Leave).unwrap();
    assert_eq!(said(&mut lab), vec![record(6, &[PEER]); 2]);
    assert!(!iface.is_ipv6_group_joined(group), "the last one leaves");
    lab.host.close(socket);
    lab.assert_alive();
}

/// Who listens hears of prefixes that routers tell of, and of their end.
#[test]
#[cfg(CONFIG_NET_MGMT_EVENT)]
fn prefixes_come_and_go_with_events() {
    let mut lab = Lab6::new();
    lab.host.take_events();
    let prefix = addr("2001:db8:1::");
    let told = |lab: &Lab6| -> Vec<Ipv6Change> {
        let events = lab.host.take_events();
        let change = |event: &Event| match *event {
            Event::Ipv6 { what, addr, .. } if addr == prefix => Some(what),
            _ => None,
        };
        events.iter().filter_map(change).collect()
    };
    let advert = Advert::new(0).prefix("2001:db8:1::", 64, 0x80, 100, 50);
    lab.advert(PEER_LL, &advert);
    lab.advert(PEER_LL, &advert);
    lab.run_for(1);
    assert_eq!(told(&lab), [Ipv6Change::PrefixAdd { len: 64, seconds: 100 }]);
    lab.run_for(110);
    assert_eq!(told(&lab), [Ipv6Change::PrefixDel { len: 64 }]);
    lab.advert(PEER_LL, &advert);
    lab.advert(PEER_LL, &Advert::new(0).prefix("2001:db8:1::", 64, 0x80, 0, 0));
    lab.run_for(1);
    assert_eq!(told(&lab).last(), Some(&Ipv6Change::PrefixDel { len: 64 }));
}
