// SPDX-License-Identifier: Apache-2.0
//! A router that advertises itself (RFC 4861, 6.2), and a host that finds it.
#![cfg(all(CONFIG_ZNET_IPV6_ROUTER_ADVERT, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::check6::Packet6;
use testutil::lab6::{Lab6, PEER_LL};
use testutil::{Duration, EthAddr, LinkConfig, Network};
use znet::base::Ipv6Addr;
use znet::iface::{IfBuilder, IfRef};
use znet::stack::Told;
use znet::wire::icmpv6::kind;
use znet::wire::ndp::{NdOption, Preference, Prefix, Route, RouterAdvert};

fn addr(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

fn prefix() -> Told {
    Told::Prefix(Prefix {
        prefix: addr("2001:db8:7::"),
        len: 64,
        on_link: true,
        autonomous: true,
        valid: 7200,
        preferred: 3600,
    })
}

fn route() -> Told {
    let (len, lifetime) = (48, 600);
    Told::Route(Route { prefix: addr("2001:db8:8::"), len, preference: Preference::High, lifetime })
}

fn adverts(packets: &[Packet6]) -> Vec<&Packet6> {
    packets.iter().filter(|p| p.icmp().is_some_and(|h| h.kind == kind::ROUTER_ADVERT)).collect()
}

fn enable(lab: &Lab6, lifetime: u16) {
    lab.host.core().with(|stack, env| {
        stack.ipv6_router_enable(env, lab.iface, lifetime, Preference::Medium).unwrap();
        for told in [prefix(), route(), Told::DnsServer(addr("2001:db8::53"), 99)] {
            stack.ipv6_advertise(env, lab.iface, told).unwrap();
        }
    });
}

/// RFC 4861, 6.2.3 and 6.2.4.
#[test]
fn advertisements_tell_all_and_come_at_their_times() {
    let mut lab = Lab6::new();
    assert!(adverts(&lab.run_for(1000)).is_empty(), "a host does not");
    enable(&lab, 1800);
    let first = lab.run_for(33);
    let first = adverts(&first);
    assert!((3..=5).contains(&first.len()), "MAX_INITIAL_RTR_ADVERTISEMENTS: {}", first.len());
    let packet = first[0];
    assert_eq!((packet.repr.dst, packet.repr.hop_limit), (addr("ff02::1"), 255));
    assert_eq!(packet.repr.src, lab.own());
    let advert = RouterAdvert::parse(&packet.payload).unwrap();
    assert_eq!((advert.lifetime, advert.hop_limit), (1800, 64));
    assert_eq!(advert.options.source_link(), Some(lab.iface.mac()));
    let options: Vec<_> = advert.options.iter().collect();
    assert!(options.contains(&NdOption::Mtu(1500)), "{options:?}");
    let (Told::Prefix(prefix), Told::Route(route)) = (prefix(), route()) else { unreachable!() };
    assert!(
        options.contains(&NdOption::Prefix(prefix)) && options.contains(&NdOption::Route(route))
    );
    assert!(options.iter().any(|o| matches!(o, NdOption::Rdnss(99, _))));
    let later = lab.run_for(6000).len();
    assert!((10..=31).contains(&later), "every 200 to 600 seconds: {later}");
}

/// RFC 4861, 6.1.1 and 6.2.6.
#[test]
fn who_asks_is_answered_but_not_flooded() {
    let mut lab = Lab6::new();
    let all = addr("ff02::2");
    let message = [kind::ROUTER_SOLICIT, 0, 0, 0, 0, 0, 0, 0];
    lab.nd(PEER_LL, all, &message);
    assert!(adverts(&lab.run_for(5)).is_empty(), "no router");
    enable(&lab, 1800);
    lab.run_for(100);
    for _ in 0..20 {
        lab.nd(PEER_LL, all, &message);
    }
    assert_eq!(adverts(&lab.run_for(2)).len(), 1);
    // From a wrong hop limit, from far away, or with an address nobody has.
    lab.icmp(PEER_LL, all, 64, &message);
    let told = [&message[..], &[1, 1, 2, 0, 0, 0, 0, 2]].concat();
    lab.nd(Ipv6Addr::UNSPECIFIED, all, &told);
    assert!(adverts(&lab.run_for(5)).is_empty());
    // It says that it is a router when asked for its address (RFC 4861, 7.2.4).
    let own = lab.own();
    let solicit = znet::wire::ndp::Builder::neighbour_solicit(own).source_link(lab.peer.mac);
    lab.nd(PEER_LL, own, solicit.as_bytes());
    let sent = lab.run();
    let advert = sent.iter().find(|p| p.kind() == Some((kind::NEIGHBOUR_ADVERT, 0))).unwrap();
    assert_eq!(advert.payload[4] & 0x80, 0x80);
}

/// RFC 4861, 6.2.5.
#[test]
fn who_ceases_to_be_a_router_says_so() {
    let mut lab = Lab6::new();
    enable(&lab, 1800);
    lab.run_for(60);
    lab.host.core().with(|stack, env| stack.ipv6_router_disable(env, lab.iface));
    let last = lab.run_for(2000);
    let last = adverts(&last);
    assert_eq!(last.len(), 1);
    assert_eq!(RouterAdvert::parse(&last[0].payload).unwrap().lifetime, 0);
}

/// A host of ours forms its address and finds its way by what a router of ours tells.
#[test]
fn a_host_finds_the_router() {
    let mut net = Network::new(9);
    let wire = net.link(LinkConfig::default());
    let mut attach = |name: &str, last: u8| {
        let host = net.host(name);
        let iface = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, last])).up().build();
        #[cfg(CONFIG_NET_IPV4)]
        iface.set_ipv4_config(None);
        net.attach_iface(host, wire, iface);
        host.core().with(|stack, env| stack.timers(env));
        (host, iface)
    };
    let ((router, near), (host, own)) = (attach("router", 1), attach("host", 2));
    router.core().with(|stack, env| {
        stack.ipv6_router_enable(env, near, 1800, Preference::Medium).unwrap();
        stack.ipv6_advertise(env, near, prefix()).unwrap();
        stack.ipv6_advertise(env, near, route()).unwrap();
    });
    net.run_for(Duration::from_secs(20));
    let formed = addr("2001:db8:7::ff:fe00:2");
    assert!(own.has_ipv6_addr(formed), "{:?}", own.ipv6_addrs().collect::<Vec<_>>());
    let ll =
        |iface: IfRef| iface.ipv6_addrs().find(|a| a.addr.is_unicast_link_local()).unwrap().addr;
    let hop = |dst: &str| host.core().with(|stack, _| stack.ipv6_next_hop(None, addr(dst)));
    assert_eq!(hop("2001:db8:ffff::1"), Some(ll(near)), "the default router");
    assert_eq!(hop("2001:db8:7::99"), Some(addr("2001:db8:7::99")), "a neighbour");
    let routes = host.core().with(|stack, _| stack.ipv6_routes().count());
    assert_eq!(routes, 1, "the network behind it");
    router.core().with(|stack, env| stack.ipv6_router_disable(env, near));
    net.run_until_idle();
    assert_eq!(hop("2001:db8:ffff::1"), None);
}
