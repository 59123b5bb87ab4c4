// SPDX-License-Identifier: Apache-2.0
//! Packets for others with something spoilt, by the thousand, through a router that translates addresses: it neither
//! falls nor leaks, and passes good ones on afterwards. What lies behind the IP header is no router's to mend.
#![cfg(all(CONFIG_ZNET_IPV4_NAT, CONFIG_NET_ROUTE_MCAST, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::lab6::{Ipv6, datagram, icmp};
use testutil::{Duration, EthAddr, Ipv4Addr, LinkConfig, Network, Rng, frame};
use znet::base::Ipv6Addr;
use znet::iface::{IfBuilder, IfFlag};
use znet::wire::ethernet::ethertype;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;
use znet::wire::ipv6::next_header;

const INSIDE: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);
const OUR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const PEER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);

fn addr(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

/// Packets to start from: which side they come from, and their bytes.
fn seeds() -> Vec<(usize, u16, Vec<u8>)> {
    let v4 = |src, dst, number, payload: &[u8]| frame::Ipv4::new(src, dst, number).build(payload);
    let udp = |src: Ipv4Addr, dst: Ipv4Addr| frame::udp((src, 4000), (dst, 4000), &[7; 300]);
    let quoted = v4(OUR, PEER, protocol::UDP, &udp(OUR, PEER));
    let error = frame::icmp(Message::DestUnreachable { code: 3, mtu: 0 }, &quoted[..28]);
    let echo = frame::icmp(Message::EchoRequest { ident: 5, seq: 1 }, &[1; 40]);
    let mut tcp = vec![0; 40];
    tcp[..4].copy_from_slice(&[0x10, 0, 0, 80]);
    (tcp[12], tcp[13]) = (0x50, 2);
    let (a, b) = (addr("2001:db8:a::2"), addr("2001:db8:b::2"));
    let six = |dst, next, payload: &[u8]| Ipv6::new(a, dst, next).build(payload);
    let chain = [&[next_header::UDP, 0, 1, 4, 0, 0, 0, 0][..], &datagram((a, 1), (b, 2), b"x")];
    vec![
        (0, ethertype::IPV4, v4(INSIDE, PEER, protocol::UDP, &udp(INSIDE, PEER))),
        (0, ethertype::IPV4, v4(INSIDE, PEER, protocol::TCP, &tcp)),
        (0, ethertype::IPV4, v4(INSIDE, PEER, protocol::ICMP, &echo)),
        (0, ethertype::IPV4, v4(INSIDE, OUR, protocol::UDP, &udp(INSIDE, OUR))),
        (1, ethertype::IPV4, v4(PEER, OUR, protocol::UDP, &udp(PEER, OUR))),
        (1, ethertype::IPV4, v4(PEER, OUR, protocol::ICMP, &error)),
        (0, ethertype::IPV6, six(b, next_header::UDP, &datagram((a, 1), (b, 2), &[3; 200]))),
        (0, ethertype::IPV6, six(b, next_header::DEST_OPTIONS, &chain.concat())),
        (0, ethertype::IPV6, six(b, next_header::ICMPV6, &icmp(a, b, [128, 0], [0; 4], b"echo"))),
        (
            0,
            ethertype::IPV6,
            six(addr("ff05::7"), next_header::UDP, &datagram((a, 1), (b, 2), b"y")),
        ),
    ]
}

/// Spoils a packet; half the time the header is mended, so that what lies behind it is reached.
fn spoil(rng: &mut Rng, packet: &mut Vec<u8>) {
    for _ in 0..=rng.below(3) {
        let at = rng.below(packet.len() as u64) as usize;
        match rng.below(5) {
            0 => packet[at] ^= 1 << rng.below(8),
            1 => packet[at] = [0, 1, 0x7f, 0x80, 0xff][rng.below(5) as usize],
            2 => packet.truncate(at.max(20)),
            3 => packet.extend(rng.bytes(8)),
            _ => packet[at.min(19)] = rng.below(256) as u8,
        }
    }
    if rng.chance(0.6) && packet.len() >= 40 {
        let len = packet.len() as u16;
        if packet[0] >> 4 == 4 {
            packet[2..4].copy_from_slice(&len.to_be_bytes());
            frame::mend_ipv4(packet);
        } else {
            packet[4..6].copy_from_slice(&(len - 40).to_be_bytes());
        }
    }
}

#[test]
fn spoilt_packets_do_no_harm() {
    let mut net = Network::new(11);
    net.allow_malformed();
    let links = [net.link(LinkConfig::default()), net.link(LinkConfig::default())];
    let router = net.host("router");
    let ends = [([10, 0, 0, 1], 'a'), ([198, 51, 100, 1], 'b')];
    let ifaces = ends.map(|(own, net6)| {
        let six = addr(&format!("2001:db8:{net6}::1"));
        let mac = EthAddr([2, 0, 0, 0, 0xff, own[0]]);
        IfBuilder::ethernet(mac).ipv4(own, 24).ipv6(six, 64).up().build()
    });
    for (link, iface) in links.iter().zip(ifaces) {
        iface.flag_set(IfFlag::ForwardMulticasts);
        net.attach_iface(router, *link, iface);
    }
    router.core().with(|stack, env| {
        stack.timers(env);
        stack.nat_set_outside(Some(ifaces[1]));
        stack.ipv6_mcast_route_add(ifaces[1], addr("ff05::"), 16).unwrap();
    });
    let peers = [net.station(links[0], INSIDE), net.station(links[1], PEER)];
    net.run_for(Duration::from_secs(5));
    let (mut rng, seeds) = (Rng::new(7), seeds());
    for round in 0..20_000 {
        let (side, kind, mut packet) = seeds[rng.below(seeds.len() as u64) as usize].clone();
        spoil(&mut rng, &mut packet);
        let frame = frame::ethernet(ifaces[side].mac(), peers[side].mac, kind, &packet);
        peers[side].send(frame);
        if round % 16 == 0 {
            net.run_for(Duration::from_millis(200));
            peers.iter().for_each(|peer| drop(peer.take()));
        }
    }
    net.run_for(Duration::from_secs(60));
    peers.iter().for_each(|peer| drop(peer.take()));
    let udp = frame::udp((INSIDE, 5000), (PEER, 9), b"still there?");
    let packet = frame::Ipv4::new(INSIDE, PEER, protocol::UDP).build(&udp);
    peers[0].send_ipv4(ifaces[0].mac(), &packet);
    net.run_for(Duration::from_secs(1));
    let frames = peers[1].take();
    let passed = |frame: &Vec<u8>| frame[12..14] == [8, 0] && frame.ends_with(b"still there?");
    assert!(frames.iter().any(passed), "{:?}", router.drop_counts());
    assert_eq!(router.leaks(), None);
}
