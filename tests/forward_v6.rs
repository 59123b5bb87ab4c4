// SPDX-License-Identifier: Apache-2.0
//! A router between two wires, IPv6: RFC 8200, RFC 4443, RFC 4291.
#![cfg(all(CONFIG_NET_ROUTING, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::check6::{Packet6, dissect};
use testutil::lab6::{Ipv6, datagram, icmp};
use testutil::{DropReason, Duration, EthAddr, Host, LinkConfig, Network, Station, frame};
use znet::base::Ipv6Addr;
use znet::iface::{IfBuilder, IfRef};
use znet::wire::ethernet::{self, ethertype};
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;
use znet::wire::ndp::{self, Builder};

fn addr(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

/// A router with a station on each side that answers for its addresses.
struct Lab {
    net: Network,
    router: &'static Host,
    ifaces: [IfRef; 2],
    peers: [Station; 2],
}

const NEAR: usize = 0;
const FAR: usize = 1;

impl Lab {
    fn new() -> Lab {
        let mut net = Network::new(1);
        let links = [net.link(LinkConfig::default()), net.link(LinkConfig::default())];
        let router = net.host("router");
        let ifaces =
            [("fe80::a", "2001:db8:a::1"), ("fe80::b", "2001:db8:b::1")].map(|(ll, own)| {
                let mac = EthAddr([2, 0, 0, 0, 0xff, addr(ll).octets()[15]]);
                let iface =
                    IfBuilder::ethernet(mac).ipv6(addr(ll), 128).ipv6(addr(own), 64).up().build();
                #[cfg(CONFIG_NET_IPV4)]
                iface.set_ipv4_config(None);
                iface
            });
        for (link, iface) in links.iter().zip(ifaces) {
            net.attach_iface(router, *link, iface);
        }
        let peers = links.map(|link| net.station(link, [192, 0, 2, 2]));
        for peer in &peers {
            peer.promiscuous(true);
        }
        router.core().with(|stack, env| stack.timers(env));
        net.run_for(Duration::from_secs(8));
        for peer in &peers {
            peer.take();
        }
        Lab { net, router, ifaces, peers }
    }

    /// Sends a packet to the router from one side.
    fn send(&self, side: usize, packet: &[u8]) {
        let peer = &self.peers[side];
        peer.send(frame::ethernet(self.ifaces[side].mac(), peer.mac, ethertype::IPV6, packet));
    }

    /// Runs until all is quiet; stations answer for every address that ends in 2. Returns what each
    /// of them got besides.
    fn run(&mut self) -> [Vec<Packet6>; 2] {
        let mut got = [Vec::new(), Vec::new()];
        loop {
            self.net.run_until_idle();
            let mut quiet = true;
            for side in [NEAR, FAR] {
                for bytes in self.peers[side].take() {
                    if ethernet::Header::parse(&bytes).unwrap().0.ethertype != ethertype::IPV6 {
                        continue;
                    }
                    quiet = false;
                    let packet = dissect(&bytes).expect("a well-formed packet");
                    match packet.solicits() {
                        Some(target) if target.octets()[15] == 2 => {
                            self.answer(side, &packet, target)
                        }
                        Some(_) => {}
                        None => got[side].push(packet),
                    }
                }
            }
            if quiet {
                return got;
            }
        }
    }

    fn answer(&self, side: usize, asked: &Packet6, target: Ipv6Addr) {
        let advert =
            Builder::neighbour_advert(target, false, true).target_link(self.peers[side].mac);
        let mut message = advert.as_bytes().to_vec();
        testutil::lab6::mend_icmp(target, asked.repr.src, &mut message);
        let packet =
            Ipv6::new(target, asked.repr.src, next_header::ICMPV6).hop_limit(ndp::HOP_LIMIT);
        self.send(side, &packet.build(&message));
    }

    /// Sends a packet from the near side and returns what both sides got.
    fn pass(&mut self, packet: &[u8]) -> [Vec<Packet6>; 2] {
        self.send(NEAR, packet);
        self.run()
    }

    /// Makes sure that a packet is answered with this error, for this reason, and goes no further.
    #[track_caller]
    fn refused(&mut self, packet: &[u8], reason: DropReason, error: (u8, u8), value: u32) {
        let before = self.router.drops(reason);
        let [mut near, far] = self.pass(packet);
        assert_eq!(self.router.drops(reason), before + 1, "{:?}", self.router.drop_counts());
        assert_eq!((near.len(), far.len()), (1, 0), "{near:?} {far:?}");
        let told = near.remove(0);
        assert_eq!((told.kind(), told.icmp().unwrap().value()), (Some(error), value));
        assert_eq!(told.body(), &packet[..packet.len().min(1280 - 48)]);
    }

    /// Makes sure that a packet is dropped for this reason and nobody hears of it.
    #[track_caller]
    fn dropped(&mut self, packet: &[u8], reason: DropReason) {
        let before = (self.router.drops(reason), self.router.drops_total());
        let got = self.pass(packet);
        let after = (self.router.drops(reason), self.router.drops_total());
        let counts = self.router.drop_counts();
        assert_eq!((after.0 - before.0, after.1 - before.1), (1, 1), "{reason:?}: {counts:?}");
        assert!(got.iter().all(Vec::is_empty), "{got:?}");
    }
}

/// A datagram between two addresses.
fn packet(src: &str, dst: &str, len: usize) -> Vec<u8> {
    let (src, dst) = (addr(src), addr(dst));
    Ipv6::new(src, dst, next_header::UDP).build(&datagram((src, 4000), (dst, 9), &vec![7; len]))
}

const HOST: &str = "2001:db8:a::2";
const SERVER: &str = "2001:db8:b::2";

#[test]
fn a_packet_goes_on_with_one_hop_less() {
    let mut lab = Lab::new();
    let sent = packet(HOST, SERVER, 1000);
    let [near, far] = lab.pass(&sent);
    assert!(near.is_empty(), "{near:?}");
    assert_eq!(far.len(), 1, "{:?}", lab.router.drop_counts());
    let (got, want) = (
        &far[0],
        dissect(&frame::ethernet(
            lab.peers[FAR].mac,
            lab.ifaces[FAR].mac(),
            ethertype::IPV6,
            &sent,
        ))
        .unwrap(),
    );
    assert_eq!(
        (got.repr.src, got.repr.dst, got.repr.hop_limit),
        (want.repr.src, want.repr.dst, 63)
    );
    assert_eq!((got.link, &got.payload), (want.link, &want.payload));
}

/// Extension headers are no matter of a router's: unknown ones pass (RFC 8200, 4).
#[test]
fn extension_headers_pass() {
    let mut lab = Lab::new();
    let options = [next_header::NONE, 0, 0xc2, 4, 0, 0, 0, 0];
    let sent = Ipv6::new(addr(HOST), addr(SERVER), next_header::DEST_OPTIONS).build(&options);
    lab.send(NEAR, &sent);
    let mut bytes = Vec::new();
    lab.net.run_until_idle();
    for frame in lab.peers[FAR].take() {
        let asked = dissect(&frame).unwrap();
        lab.answer(FAR, &asked, asked.solicits().unwrap());
    }
    lab.net.run_until_idle();
    bytes.extend(lab.peers[FAR].take().into_iter().flatten().skip(14));
    assert_eq!(bytes[8..], sent[8..]);
}

/// RFC 8200, 3; RFC 4443, 3.3.
#[test]
fn without_hops_left_the_sender_is_told() {
    let mut lab = Lab::new();
    for hops in [0, 1] {
        let data = datagram((addr(HOST), 1), (addr(SERVER), 2), b"x");
        let sent =
            Ipv6::new(addr(HOST), addr(SERVER), next_header::UDP).hop_limit(hops).build(&data);
        lab.refused(&sent, DropReason::HopLimit, (kind::TIME_EXCEEDED, 0), 0);
    }
}

/// RFC 4443, 3.1 and 3.2.
#[test]
fn the_sender_is_told_what_is_wrong() {
    let mut lab = Lab::new();
    let unreachable = |code| (kind::DEST_UNREACHABLE, code);
    lab.refused(&packet(HOST, "2001:db8:c::2", 9), DropReason::NoRoute, unreachable(0), 0);
    lab.refused(&packet("fe80::2", SERVER, 9), DropReason::Ipv6NotForwarded, unreachable(2), 0);
    lab.ifaces[FAR].ipv6_config().unwrap().network_mtu.set(1300);
    let big = packet(HOST, SERVER, 1300 - 47);
    lab.refused(&big, DropReason::TooBig, (kind::PACKET_TOO_BIG, 0), 1300);
    let [_, far] = lab.pass(&packet(HOST, SERVER, 1300 - 48));
    assert_eq!(far.len(), 1, "what just fits");
}

/// RFC 4861, 7.2.2; RFC 4443, 3.1.
#[test]
fn a_silent_host_is_unreachable() {
    let mut lab = Lab::new();
    let mut sent = packet(HOST, "2001:db8:b::9", 9);
    lab.pass(&sent);
    lab.net.run_for(Duration::from_secs(5));
    let [near, far] = lab.run();
    assert_eq!((near.len(), far.len()), (1, 0), "{near:?} {far:?}");
    assert_eq!(near[0].kind(), Some((kind::DEST_UNREACHABLE, 3)));
    sent[7] -= 1;
    assert_eq!(near[0].body(), sent);
    assert_eq!(lab.router.drops(DropReason::NeighbourUnreachable), 1);
}

/// RFC 4291, 2.5.2, 2.5.3 and 2.5.6; RFC 5156, 2.1 and 2.2.
#[test]
fn what_no_router_passes_on() {
    let mut lab = Lab::new();
    let never = DropReason::Ipv6NotForwarded;
    lab.dropped(&packet(HOST, "fe80::2", 9), never);
    lab.dropped(&packet(HOST, "::ffff:192.0.2.1", 9), never);
    for own in ["2001:db8:a::1", "2001:db8:b::1"] {
        lab.dropped(&packet(own, SERVER, 9), never);
    }
    for src in ["::", "::1", "ff02::1", "::ffff:192.0.2.1"] {
        lab.dropped(&packet(src, SERVER, 9), DropReason::Ipv6BadSource);
    }
    for dst in ["::", "::1"] {
        lab.dropped(&packet(HOST, dst, 9), DropReason::Ipv6BadDestination);
    }
}

#[test]
fn only_what_was_handed_over_goes_on() {
    let mut lab = Lab::new();
    lab.ifaces[NEAR].flag_set(znet::iface::IfFlag::Promisc);
    let sent = packet(HOST, SERVER, 9);
    for mac in [EthAddr::BROADCAST, EthAddr([0x33, 0x33, 0, 0, 0, 1]), EthAddr([2, 9, 9, 9, 9, 9])]
    {
        lab.peers[NEAR].send(frame::ethernet(mac, lab.peers[NEAR].mac, ethertype::IPV6, &sent));
        let got = lab.run();
        assert!(got.iter().all(Vec::is_empty), "{got:?}");
    }
    assert_eq!(lab.router.drops(DropReason::Ipv6NotForUs), 3);
}

/// RFC 4443, 2.4 e: nothing about errors, nothing about redirects.
#[test]
fn no_error_about_an_error() {
    let mut lab = Lab::new();
    let (src, dst) = (addr(HOST), addr(SERVER));
    for message in [kind::DEST_UNREACHABLE, kind::REDIRECT] {
        let message = icmp(src, dst, [message, 0], [0; 4], &[0; 40]);
        let sent = Ipv6::new(src, dst, next_header::ICMPV6).hop_limit(1).build(&message);
        lab.dropped(&sent, DropReason::HopLimit);
        // Nor when it hides behind a header.
        let hidden = [&[next_header::ICMPV6, 0, 1, 4, 0, 0, 0, 0][..], &message].concat();
        let sent = Ipv6::new(src, dst, next_header::DEST_OPTIONS).hop_limit(1).build(&hidden);
        lab.dropped(&sent, DropReason::HopLimit);
    }
}

/// RFC 4291, 2.7: to groups that reach beyond a link, and only where the table says so.
#[cfg(CONFIG_NET_ROUTE_MCAST)]
#[test]
fn groups_go_where_the_table_says() {
    use znet::iface::IfFlag;
    let mut lab = Lab::new();
    let group = addr("ff05::1234");
    let packet = |src: &str, dst: &str, hops| {
        let (src, dst) = (addr(src), addr(dst));
        let data = datagram((src, 4000), (dst, 9), b"to many");
        Ipv6::new(src, dst, next_header::UDP).hop_limit(hops).build(&data)
    };
    let add = |lab: &Lab| {
        let far = lab.ifaces[FAR];
        lab.router.core().with(|stack, _| stack.ipv6_mcast_route_add(far, group, 128))
    };
    let mac = EthAddr::from_ipv6_multicast(group);
    let pass = |lab: &mut Lab, packet: &[u8]| {
        let peer = &lab.peers[NEAR];
        peer.send(frame::ethernet(mac, peer.mac, ethertype::IPV6, packet));
        let [mut near, mut far] = lab.run();
        for side in [&mut near, &mut far] {
            side.retain(|p| p.kind() != Some((143, 0)));
        }
        assert!(near.is_empty(), "{near:?}");
        far
    };
    let sent = packet(HOST, "ff05::1234", 5);
    assert!(pass(&mut lab, &sent).is_empty());
    assert_eq!(add(&lab), Err(testutil::Error::NotSup), "without the flag");
    lab.ifaces[FAR].flag_set(IfFlag::ForwardMulticasts);
    let slot = add(&lab).unwrap();
    let far = pass(&mut lab, &sent);
    assert_eq!(far.len(), 1, "{:?}", lab.router.drop_counts());
    assert_eq!((far[0].repr.dst, far[0].repr.hop_limit, far[0].link.dst), (group, 4, mac));
    for (src, dst, hops) in
        [(HOST, "ff05::1234", 1), ("fe80::2", "ff05::1234", 5), (HOST, "ff05::1235", 5)]
    {
        assert!(pass(&mut lab, &packet(src, dst, hops)).is_empty(), "{src} {dst} {hops}");
    }
    // Whoever listens here gets it as well.
    lab.ifaces[NEAR].ipv6_group_join(group);
    assert_eq!(pass(&mut lab, &sent).len(), 1);
    assert!(lab.router.drops(DropReason::UdpNoSocket) >= 1);
    assert!(lab.router.core().with(|stack, _| stack.ipv6_mcast_route_rm(slot)));
    assert!(pass(&mut lab, &sent).is_empty());
    // Even a table that says so sends nothing that is meant for one link.
    let near = addr("ff02::1234");
    let far = lab.ifaces[FAR];
    lab.router.core().with(|stack, _| stack.ipv6_mcast_route_add(far, near, 128)).unwrap();
    assert!(pass(&mut lab, &packet(HOST, "ff02::1234", 5)).is_empty());
}

/// RFC 4605, 4.1: routers on the other side hear that somebody wants a group that goes on here.
#[cfg(CONFIG_NET_MCAST_ROUTE_MLD_REPORTS)]
#[test]
fn groups_that_go_on_are_asked_for() {
    use znet::iface::IfFlag;
    let mut lab = Lab::new();
    let group = addr("ff05::1234");
    let (near, far) = (lab.ifaces[NEAR], lab.ifaces[FAR]);
    far.flag_set(IfFlag::ForwardMulticasts);
    lab.run();
    // The records about the group, by side.
    let told = |lab: &mut Lab| {
        lab.router.core().with(|stack, env| stack.timers(env));
        lab.run().map(|side| {
            let reports = side.iter().filter(|p| p.kind() == Some((143, 0)));
            let about = |r: &&Packet6| r.payload[12..28] == group.octets();
            reports.filter(about).map(|r| r.payload[8]).collect::<Vec<_>>()
        })
    };
    let add = |len| lab.router.core().with(|stack, _| stack.ipv6_mcast_route_add(far, group, len));
    let slot = add(128).unwrap();
    assert_eq!(add(128), Ok(slot), "once");
    assert_eq!(told(&mut lab), [vec![4], vec![]], "changed to exclude nobody");
    assert!(near.is_ipv6_group_joined(group) && !far.is_ipv6_group_joined(group));
    // A member of its own stays one.
    near.ipv6_group_join(group);
    assert!(lab.router.core().with(|stack, _| stack.ipv6_mcast_route_rm(slot)));
    assert!(near.is_ipv6_group_joined(group));
    lab.router.core().with(|stack, _| stack.leave_v6_group(near, group));
    assert_eq!(told(&mut lab)[0].first(), Some(&3), "changed to include nobody");
    // An entry for many groups is none that could be told of.
    let wide = lab.router.core().with(|stack, _| stack.ipv6_mcast_route_add(far, group, 16));
    assert!(wide.is_ok() && !near.is_ipv6_group_joined(group));
}

/// Routes added by hand: the longest prefix, until its time is over.
#[test]
fn routes_lead_through_neighbours() {
    use znet::wire::ndp::{INFINITE, Preference};
    let mut lab = Lab::new();
    let (far, inner) = (lab.ifaces[FAR], "2001:db8:b0::9");
    let add = |lab: &Lab, prefix: &str, len, hop: &str, seconds| {
        lab.router.core().with(|stack, env| {
            let to = (addr(prefix), len);
            stack.ipv6_route_add(env, far, to, addr(hop), seconds, Preference::Medium).unwrap()
        })
    };
    add(&lab, "2001:db8:b0::", 44, "fe80::2", INFINITE);
    let narrow = add(&lab, inner, 128, "fe80::5:2", 60);
    let asked = |lab: &mut Lab| {
        let [_, far] = lab.pass(&packet(HOST, inner, 9));
        far.iter().map(|p| p.repr.dst).collect::<Vec<_>>()
    };
    assert_eq!(asked(&mut lab), [addr(inner)]);
    let hop = |lab: &Lab| lab.router.core().with(|stack, _| stack.ipv6_next_hop(None, addr(inner)));
    assert_eq!(hop(&lab), Some(addr("fe80::5:2")));
    lab.net.run_for(Duration::from_secs(61));
    assert_eq!(hop(&lab), Some(addr("fe80::2")));
    assert_eq!(lab.router.core().with(|stack, _| stack.ipv6_route(narrow).copied()), None);
    far.bring_down();
    assert_eq!(hop(&lab), None, "the interface is down");
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    {
        use znet::stack::Event;
        let told = lab.router.take_events();
        let count = |want: bool| {
            let is = |e: &&Event| matches!(e, Event::Ipv6Route { added, .. } if *added == want);
            told.iter().filter(is).count()
        };
        assert_eq!((count(true), count(false)), (2, 1), "{told:?}");
    }
}

/// RFC 4861, 8.2: who could have sent it straight there is told, and the packet goes on.
#[cfg(CONFIG_ZNET_ICMP_REDIRECTS)]
#[test]
fn a_shorter_way_is_told() {
    use znet::wire::ndp::{INFINITE, Preference, Redirect};
    let mut lab = Lab::new();
    let near = lab.ifaces[NEAR];
    lab.router.core().with(|stack, env| {
        let to = (addr("2001:db8:d::"), 48);
        stack.ipv6_route_add(env, near, to, addr("fe80::2"), INFINITE, Preference::Medium).unwrap()
    });
    let cases = [("2001:db8:a::5:2", "2001:db8:a::5:2"), ("2001:db8:d::7", "fe80::2")];
    for (dst, target) in cases {
        // Until the neighbour is known its address is not told.
        for round in 0..2 {
            let sent = packet(HOST, dst, 100);
            let [got, far] = lab.pass(&sent);
            assert!(far.is_empty());
            let told: Vec<_> =
                got.iter().filter(|p| p.kind() == Some((kind::REDIRECT, 0))).collect();
            let on: Vec<_> = got.iter().filter(|p| p.repr.dst == addr(dst)).collect();
            assert_eq!((told.len(), on.len()), (1, 1), "{got:?}");
            assert_eq!((told[0].repr.src, told[0].repr.hop_limit), (addr("fe80::a"), 255));
            let message = Redirect::parse(&told[0].payload).unwrap();
            assert_eq!((message.target, message.dst), (addr(target), addr(dst)));
            let mac = (round > 0).then_some(lab.peers[NEAR].mac);
            assert_eq!(message.options.target_link(), mac);
            let quoted = &told[0].payload[told[0].payload.len() - sent.len().next_multiple_of(8)..];
            assert_eq!(quoted[..sent.len()], sent);
        }
    }
    // Whoever is no neighbour is told nothing.
    let [got, _] = lab.pass(&packet("2001:db8:c::2", "2001:db8:a::5:2", 9));
    assert_eq!(got.len(), 1, "{got:?}");
}
