// SPDX-License-Identifier: Apache-2.0
//! A router between two wires, IPv4: RFC 1812, 4.3 and 5.
#![cfg(all(CONFIG_ZNET_IPV4_FORWARDING, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::check::{from, icmp, ipv4, payload, to, ttl, udp};
use testutil::{
    DropReason, Duration, EthAddr, Host, Ipv4Addr, LinkConfig, Network, Station, frame,
};
use znet::iface::IfRef;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::{self, protocol};

const NEAR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const FAR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const NEAR_PEER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
const FAR_PEER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);

/// A router with a station on each side.
struct Lab {
    net: Network,
    router: &'static Host,
    near: IfRef,
    far: IfRef,
    near_peer: Station,
    far_peer: Station,
}

impl Lab {
    fn new() -> Lab {
        let mut net = Network::new(1);
        let (left, right) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
        let router = net.host("router");
        let (near, far) = (net.attach(router, left, NEAR, 24), net.attach(router, right, FAR, 24));
        let (near_peer, far_peer) = (net.station(left, NEAR_PEER), net.station(right, FAR_PEER));
        Lab { net, router, near, far, near_peer, far_peer }
    }

    /// Sends a packet from the near side and runs.
    fn send(&mut self, packet: &[u8]) {
        self.near_peer.send_ipv4(self.near.mac(), packet);
        self.net.run_until_idle();
    }

    /// Sends a datagram of `len` bytes and returns the packet.
    fn datagram(
        &mut self,
        dst: Ipv4Addr,
        len: usize,
        change: impl Fn(frame::Ipv4) -> frame::Ipv4,
    ) -> Vec<u8> {
        let data = vec![7; len];
        let datagram = frame::udp((NEAR_PEER, 4000), (dst, 9), &data);
        let packet = change(frame::Ipv4::new(NEAR_PEER, dst, protocol::UDP)).build(&datagram);
        self.send(&packet);
        packet
    }

    /// Makes sure that a packet is dropped for `reason` and nobody hears of it.
    #[track_caller]
    fn dropped(&mut self, reason: DropReason, packet: &[u8]) {
        let before = (self.router.drops(reason), self.router.drops_total());
        self.send(packet);
        let after = (self.router.drops(reason), self.router.drops_total());
        let counts = self.router.drop_counts();
        assert_eq!((after.0 - before.0, after.1 - before.1), (1, 1), "{reason:?}: {counts:?}");
        self.near_peer.expect_nothing();
        self.far_peer.expect_nothing();
    }

    /// Makes sure that the near station is told of its packet.
    #[track_caller]
    fn told(&mut self, message: Message, packet: &[u8]) {
        let quoted = &packet[..packet.len().min(576 - 28)];
        let checks = (ipv4(NEAR, NEAR_PEER), icmp(message), payload(quoted));
        self.near_peer.expect(&[&checks.0, &checks.1, &checks.2]);
        self.far_peer.expect_nothing();
    }
}

#[test]
fn a_packet_goes_on_with_one_hop_less() {
    let mut lab = Lab::new();
    lab.datagram(FAR_PEER, 100, |packet| packet);
    let (near, far) = (lab.near.mac(), lab.far.mac());
    lab.far_peer.expect(&[
        &from(far),
        &to(lab.far_peer.mac),
        &ipv4(NEAR_PEER, FAR_PEER),
        &ttl(63),
        &udp(4000, 9),
        &payload(&[7; 100]),
    ]);
    // And back.
    let datagram = frame::udp((FAR_PEER, 9), (NEAR_PEER, 4000), b"hello");
    let packet = frame::Ipv4::new(FAR_PEER, NEAR_PEER, protocol::UDP).ttl(2).build(&datagram);
    lab.far_peer.send_ipv4(far, &packet);
    lab.net.run_until_idle();
    lab.near_peer.expect(&[&from(near), &ipv4(FAR_PEER, NEAR_PEER), &ttl(1), &payload(b"hello")]);
    assert_eq!(lab.router.drops_total(), 0);
}

/// RFC 1812, 5.3.1 and 4.3.3.4.
#[test]
fn without_hops_left_the_sender_is_told() {
    for hops in [0, 1] {
        let mut lab = Lab::new();
        let packet = lab.datagram(FAR_PEER, 20, |packet| packet.ttl(hops));
        lab.told(Message::TimeExceeded { code: 0 }, &packet);
        assert_eq!(lab.router.drops(DropReason::HopLimit), 1);
    }
}

#[test]
fn what_leads_nowhere_is_unreachable() {
    let mut lab = Lab::new();
    let packet = lab.datagram(ELSEWHERE, 20, |packet| packet);
    lab.told(Message::DestUnreachable { code: 0, mtu: 0 }, &packet);
    lab.far.set_ipv4_gateway(FAR_PEER);
    lab.datagram(ELSEWHERE, 20, |packet| packet);
    lab.far_peer.expect(&[&to(lab.far_peer.mac), &ipv4(NEAR_PEER, ELSEWHERE)]);
}

/// RFC 1812, 5.2.7.1: a host that does not answer ARP.
#[test]
fn a_silent_host_is_unreachable() {
    let mut lab = Lab::new();
    lab.far_peer.answer_arp(false);
    let silent = Ipv4Addr::new(198, 51, 100, 77);
    let mut packet = lab.datagram(silent, 20, |packet| packet);
    lab.net.run_for(Duration::from_secs(10));
    ipv4::decrement_ttl(&mut packet).unwrap();
    lab.far_peer.take();
    lab.told(Message::DestUnreachable { code: 1, mtu: 0 }, &packet);
}

/// RFC 1191, 4.
#[test]
fn too_big_and_not_to_be_cut() {
    let mut lab = Lab::new();
    lab.far.set_mtu(600);
    let packet = lab.datagram(FAR_PEER, 700, |packet| {
        let mut packet = packet;
        packet.repr.dont_fragment = true;
        packet
    });
    lab.told(Message::DestUnreachable { code: 4, mtu: 600 }, &packet);
    assert_eq!(lab.router.drops(DropReason::TooBig), 1);
}

/// RFC 791, 3.2: each piece tells where it belongs, also when the whole was a fragment.
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
#[test]
fn too_big_goes_in_fragments() {
    let mut lab = Lab::new();
    lab.far.set_mtu(600);
    let payload: Vec<u8> = (0..1200u32).map(|i| i as u8).collect();
    for (at, more) in [(0, false), (800, true)] {
        let mut packet = frame::Ipv4::new(NEAR_PEER, FAR_PEER, 253).fragment(at, more);
        packet.repr.dont_fragment = false;
        lab.send(&packet.build(&payload));
        let mut got = Vec::new();
        while let Some(frame) = lab.far_peer.next() {
            let packet = ipv4::Packet::new_checked(&frame[14..]).unwrap();
            let header = packet.header;
            assert!(header.total_len() <= 600 && header.ttl() == 63);
            assert_eq!(usize::from(header.fragment_offset()), usize::from(at) + got.len());
            got.extend_from_slice(packet.payload);
            assert_eq!(header.more_fragments(), more || got.len() < payload.len());
        }
        assert_eq!(got, payload);
    }
    // Options would have to be copied to each.
    let mut packet = frame::Ipv4::new(NEAR_PEER, FAR_PEER, 253).options(&[148, 4, 0, 0]);
    packet.repr.dont_fragment = false;
    let packet = packet.build(&payload);
    lab.send(&packet);
    lab.told(Message::DestUnreachable { code: 4, mtu: 600 }, &packet);
}

/// RFC 1812, 5.3.7; RFC 2644; RFC 3927, 7.
#[test]
fn what_no_router_passes_on() {
    let mut lab = Lab::new();
    lab.far.set_ipv4_gateway(FAR_PEER);
    let packet = |src: [u8; 4], dst: [u8; 4]| {
        let (src, dst) = (src.into(), dst.into());
        frame::Ipv4::new(src, dst, protocol::UDP).build(&frame::udp((src, 1), (dst, 2), b"x"))
    };
    let near = NEAR_PEER.octets();
    let never = DropReason::Ipv4NotForwarded;
    for dst in [[198, 51, 100, 255], [169, 254, 1, 1], [240, 0, 0, 1], [224, 0, 1, 9], [0, 0, 0, 1]]
    {
        lab.dropped(never, &packet(near, dst));
    }
    lab.dropped(never, &packet(near, [127, 0, 0, 1]));
    for src in
        [[169, 254, 1, 1], [127, 0, 0, 1], [0, 0, 0, 0], [224, 0, 0, 1], [255, 255, 255, 255]]
    {
        lab.dropped(never, &packet(src, FAR_PEER.octets()));
    }
    for src in [NEAR, FAR, Ipv4Addr::new(192, 0, 2, 255)] {
        lab.dropped(DropReason::Ipv4BadSource, &packet(src.octets(), FAR_PEER.octets()));
    }
    // A checksum is no matter of taste.
    let mut broken = packet(near, FAR_PEER.octets());
    broken[10] ^= 1;
    lab.dropped(DropReason::Ipv4BadChecksum, &broken);
}

/// RFC 1812, 5.3.4: who heard it by chance does not pass it on, or one packet becomes many.
#[test]
fn only_what_was_handed_over_goes_on() {
    let mut lab = Lab::new();
    let datagram = frame::udp((NEAR_PEER, 1), (FAR_PEER, 2), b"x");
    let packet = frame::Ipv4::new(NEAR_PEER, FAR_PEER, protocol::UDP).build(&datagram);
    lab.near.flag_set(znet::iface::IfFlag::Promisc);
    for mac in [EthAddr::BROADCAST, EthAddr([1, 0, 0x5e, 0, 0, 1]), EthAddr([2, 9, 9, 9, 9, 9])] {
        lab.near_peer.send_ipv4(mac, &packet);
        lab.net.run_until_idle();
    }
    assert_eq!(lab.router.drops(DropReason::Ipv4NotForUs), 3);
    lab.far_peer.expect_nothing();
}

/// RFC 1122, 3.2.2: no error about an error, even about one that only passes.
#[test]
fn no_error_about_an_error() {
    let mut lab = Lab::new();
    let unreachable = frame::icmp(Message::DestUnreachable { code: 3, mtu: 0 }, &[0; 28]);
    let packet = frame::Ipv4::new(NEAR_PEER, FAR_PEER, protocol::ICMP).ttl(1).build(&unreachable);
    lab.dropped(DropReason::HopLimit, &packet);
}

/// What the link padded is not passed on.
#[test]
fn padding_stays_behind() {
    let mut lab = Lab::new();
    let datagram = frame::udp((NEAR_PEER, 1), (FAR_PEER, 2), b"x");
    let packet = frame::Ipv4::new(NEAR_PEER, FAR_PEER, protocol::UDP).build(&datagram);
    lab.near_peer.send(frame::padded(frame::ipv4_frame(
        lab.near.mac(),
        lab.near_peer.mac,
        &packet,
    )));
    lab.net.run_until_idle();
    let frame = lab.far_peer.expect(&[&payload(b"x")]);
    assert_eq!(frame.len(), 14 + packet.len());
}

/// Two hosts, a router between them, and a wire that loses nothing: what applications see.
#[test]
fn hosts_reach_each_other() {
    let mut net = Network::new(7);
    let (left, right) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
    let (a, b, router) = (net.host("a"), net.host("b"), net.host("router"));
    net.attach(router, left, NEAR, 24);
    net.attach(router, right, FAR, 24);
    net.attach(a, left, NEAR_PEER, 24).set_ipv4_gateway(NEAR);
    net.attach(b, right, FAR_PEER, 24).set_ipv4_gateway(FAR);
    let (here, there) = (a.udp_bind(4000), b.udp_bind(9));
    a.udp_send_to(here, (FAR_PEER, 9), b"ping").unwrap();
    net.run_until_idle();
    let got = b.udp_recv(there).expect("a datagram");
    assert_eq!((got.from, &got.data[..]), ((NEAR_PEER, 4000), &b"ping"[..]));
    b.udp_send_to(there, (NEAR_PEER, 4000), b"pong").unwrap();
    net.run_until_idle();
    assert_eq!(a.udp_recv(here).expect("a datagram").data, b"pong");
}

/// RFC 1812, 5.2.7.2: who could have sent it straight there is told, and the packet goes on.
#[cfg(CONFIG_ZNET_ICMP_REDIRECTS)]
#[test]
fn a_shorter_way_is_told() {
    let mut lab = Lab::new();
    let gateway = Ipv4Addr::new(192, 0, 2, 77);
    lab.near_peer.promiscuous(true);
    lab.near_peer.reply_arp((lab.near.mac(), NEAR));
    lab.near.set_ipv4_gateway(gateway);
    let packet = lab.datagram(ELSEWHERE, 20, |packet| packet);
    let told = Message::Redirect { code: 1, gateway };
    // Beside the question who the gateway is.
    let is_icmp = |frame: &Vec<u8>| frame[12..14] == [8, 0] && frame[23] == protocol::ICMP;
    let got = lab.near_peer.take();
    let frame = got.iter().find(|frame| is_icmp(frame)).expect("a redirect");
    let checks = (ipv4(NEAR, NEAR_PEER), icmp(told), payload(&packet));
    testutil::check::expect(frame, &[&checks.0, &checks.1, &checks.2]);
    // Whoever is no neighbour is told nothing.
    let datagram = frame::udp((ELSEWHERE, 1), (gateway, 2), b"x");
    let packet = frame::Ipv4::new(ELSEWHERE, gateway, protocol::UDP).build(&datagram);
    lab.send(&packet);
    assert!(!lab.near_peer.take().iter().any(is_icmp));
}
