// SPDX-License-Identifier: Apache-2.0
//! Hosts behind one address: RFC 4787, RFC 5382, RFC 5508. Two hosts inside, a station outside, a router between.
#![cfg(all(CONFIG_ZNET_IPV4_NAT, CONFIG_NET_IPV4_FRAGMENT, CONFIG_NET_UDP))]

use testutil::check::{icmp, ipv4, payload, ttl};
use testutil::{DropReason, Duration, Host, Ipv4Addr, LinkConfig, Network, Station, frame};
use znet::iface::IfRef;
use znet::stack::EchoRequest;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::{self as ip4, protocol};

const INNER: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
const A: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);
const B: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 3);
const OUTER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const PEER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);

struct Lab {
    net: Network,
    a: &'static Host,
    b: &'static Host,
    router: &'static Host,
    out: IfRef,
    peer: Station,
}

impl Lab {
    fn new() -> Lab {
        let mut net = Network::new(5);
        let (inside, outside) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
        let (a, b, router) = (net.host("a"), net.host("b"), net.host("router"));
        net.attach(router, inside, INNER, 24);
        let out = net.attach(router, outside, OUTER, 24);
        net.attach(a, inside, A, 24).set_ipv4_gateway(INNER);
        net.attach(b, inside, B, 24).set_ipv4_gateway(INNER);
        router.core().with(|stack, _| stack.nat_set_outside(Some(out)));
        let peer = net.station(outside, PEER);
        Lab { net, a, b, router, out, peer }
    }

    /// Sends a datagram from a host to the station; the port it came from.
    fn mapped(&mut self, host: &'static Host, socket: testutil::Socket, to: u16) -> u16 {
        host.udp_send_to(socket, (PEER, to), b"out").unwrap();
        self.net.run_until_idle();
        let frame = self.peer.expect(&[&payload(b"out"), &ttl(63)]);
        let packet = ip4::Packet::new_checked(&frame[14..]).unwrap();
        assert_eq!(packet.header.src(), OUTER);
        u16::from_be_bytes([packet.payload[0], packet.payload[1]])
    }

    /// Sends a datagram from the station to that port of the router's.
    fn back(&mut self, from: u16, port: u16, data: &[u8]) {
        self.peer.send_udp((self.out.mac(), OUTER), (from, port), data);
        self.net.run_until_idle();
    }
}

/// RFC 4787, REQ-1, 3, 4 and 8.
#[test]
fn an_end_inside_has_one_port_outside() {
    let mut lab = Lab::new();
    let (of_a, of_b) = (lab.a.udp_bind(4000), lab.b.udp_bind(4000));
    let (a, b) = (lab.a, lab.b);
    let first = lab.mapped(a, of_a, 9);
    assert_eq!(first, 4000, "the same port when it is free");
    assert_eq!(lab.mapped(a, of_a, 10), first, "towards everybody");
    let second = lab.mapped(b, of_b, 9);
    assert_ne!(first, second);
    assert_eq!(second & 1, 0, "of the same parity");
    lab.back(9, first, b"for a");
    lab.back(77, second, b"for b");
    let got = lab.a.udp_recv(of_a).expect("a datagram");
    assert_eq!((got.from, &got.data[..]), ((PEER, 9), &b"for a"[..]));
    assert_eq!(lab.b.udp_recv(of_b).expect("a datagram").from, (PEER, 77));
    assert_eq!(lab.router.drops_total(), 0);
}

/// RFC 4787, REQ-5 and 6.
#[test]
fn a_mapping_is_forgotten_and_the_port_is_ours_again() {
    let mut lab = Lab::new();
    let socket = lab.a.udp_bind(4000);
    let a = lab.a;
    let port = lab.mapped(a, socket, 9);
    lab.net.run_for(Duration::from_secs(299));
    lab.back(9, port, b"in time");
    assert!(lab.a.udp_recv(socket).is_some());
    lab.net.run_for(Duration::from_secs(2));
    lab.back(9, port, b"too late");
    assert_eq!(lab.a.udp_recv(socket), None);
    lab.peer.expect(&[&icmp(Message::DestUnreachable { code: 3, mtu: 0 })]);
}

/// RFC 4787, REQ-9.
#[test]
fn neighbours_inside_reach_each_other_by_the_outer_address() {
    let mut lab = Lab::new();
    let (of_a, of_b) = (lab.a.udp_bind(4000), lab.b.udp_bind(5000));
    let (a, b) = (lab.a, lab.b);
    let (port_a, port_b) = (lab.mapped(a, of_a, 9), lab.mapped(b, of_b, 9));
    lab.a.udp_send_to(of_a, (OUTER, port_b), b"hello neighbour").unwrap();
    lab.net.run_until_idle();
    let got = lab.b.udp_recv(of_b).expect("a datagram");
    assert_eq!((got.from, &got.data[..]), ((OUTER, port_a), &b"hello neighbour"[..]));
}

/// RFC 5508, REQ-1 and 2: an echo finds its way back; one from outside is answered by the router.
#[test]
fn echoes() {
    let mut lab = Lab::new();
    let ask: &[&[u8]] = &[b"who is there?"];
    let request = EchoRequest { ident: 77, seq: 3, payload: ask, offer: Default::default() };
    lab.a.core().with(|stack, env| {
        stack.icmp_listen(0, true);
        stack.icmp_echo_request(env, None, PEER, request).unwrap();
    });
    lab.net.run_until_idle();
    let asked = Message::EchoRequest { ident: 77, seq: 3 };
    lab.peer.expect(&[&ipv4(OUTER, PEER), &icmp(asked), &payload(b"who is there?")]);
    let reply = Message::EchoReply { ident: 77, seq: 3 };
    lab.peer.send_icmp((lab.out.mac(), OUTER), reply, b"it's me");
    lab.net.run_until_idle();
    assert_eq!(lab.a.take_calls().len(), 1);
    lab.peer.send_icmp((lab.out.mac(), OUTER), asked, b"and you?");
    lab.net.run_until_idle();
    lab.peer.expect(&[&icmp(reply), &payload(b"and you?"), &ttl(64)]);
}

/// RFC 5508, REQ-3 to 5: an error finds whoever sent what it quotes, and quotes what that host sent.
#[test]
fn errors_are_translated_with_what_they_quote() {
    let mut lab = Lab::new();
    let socket = lab.a.udp_bind(4000);
    lab.a.connect(socket, (PEER, 9)).unwrap();
    let a = lab.a;
    lab.a.udp_send(socket, b"out").unwrap();
    lab.net.run_until_idle();
    let frame = lab.peer.next().expect("a frame");
    let unreachable = Message::DestUnreachable { code: 3, mtu: 0 };
    lab.peer.send_icmp((lab.out.mac(), OUTER), unreachable, &frame[14..42]);
    lab.net.run_until_idle();
    assert_eq!(a.udp_send(socket, b"again"), Err(testutil::Error::ConnRefused));
    assert_eq!((lab.router.drops_total(), a.drops_total()), (0, 0));
    // About a port that nobody inside has: it is ours to hear, and means nothing.
    let mut other = frame[14..42].to_vec();
    other[20..22].copy_from_slice(&4001u16.to_be_bytes());
    lab.peer.send_icmp((lab.out.mac(), OUTER), unreachable, &other);
    lab.net.run_until_idle();
    assert_eq!(lab.router.drops(DropReason::IcmpBadQuote), 1);
}

/// RFC 4787, REQ-13 and 14: what comes in fragments is put together, and what does not fit goes in fragments.
#[test]
fn fragments() {
    let mut lab = Lab::new();
    let socket = lab.a.udp_bind(4000);
    let data: Vec<u8> = (0..3000u32).map(|n| n as u8).collect();
    lab.a.udp_send_to(socket, (PEER, 9), &data).unwrap();
    lab.net.run_until_idle();
    let mut got = Vec::new();
    while let Some(frame) = lab.peer.next() {
        let packet = ip4::Packet::new_checked(&frame[14..]).unwrap();
        assert_eq!(packet.header.src(), OUTER);
        got.extend_from_slice(packet.payload);
    }
    assert_eq!(got, frame::udp((OUTER, 4000), (PEER, 9), &data), "with the right checksum");
}

/// A connection finds its way back; what has no ports can't share an address.
#[cfg(CONFIG_NET_TCP)]
#[test]
fn connections_and_what_stays_inside() {
    let mut net = Network::new(5);
    let (inside, outside) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
    let router = net.host("router");
    let inner = net.attach(router, inside, INNER, 24);
    let out = net.attach(router, outside, OUTER, 24);
    router.core().with(|stack, _| stack.nat_set_outside(Some(out)));
    let (host, peer) = (net.station(inside, A), net.station(outside, PEER));
    // A SYN, and its answer.
    let segment = |src: (Ipv4Addr, u16), dst: (Ipv4Addr, u16), flags: u8| {
        let mut bytes = vec![0; 20];
        bytes[..2].copy_from_slice(&src.1.to_be_bytes());
        bytes[2..4].copy_from_slice(&dst.1.to_be_bytes());
        (bytes[12], bytes[13]) = (0x50, flags);
        let sum = znet::wire::checksum::pseudo_ipv4(src.0, dst.0, protocol::TCP, 20);
        let sum = sum.join(znet::wire::checksum::Sum::of(&bytes)).finish();
        bytes[16..18].copy_from_slice(&sum.to_be_bytes());
        frame::Ipv4::new(src.0, dst.0, protocol::TCP).build(&bytes)
    };
    host.send_ipv4(inner.mac(), &segment((A, 4000), (PEER, 80), 2));
    net.run_until_idle();
    // Its checksum is looked at by whoever takes it apart.
    peer.expect(&[&ipv4(OUTER, PEER), &ttl(63)]);
    peer.send_ipv4(out.mac(), &segment((PEER, 80), (OUTER, 4000), 0x12));
    net.run_until_idle();
    host.expect(&[&ipv4(PEER, A), &ttl(63)]);
    let gre = frame::Ipv4::new(A, PEER, 47).build(&[0; 20]);
    host.send_ipv4(inner.mac(), &gre);
    let reply = frame::icmp(Message::EchoReply { ident: 0, seq: 0 }, b"");
    host.send_ipv4(inner.mac(), &frame::Ipv4::new(A, PEER, protocol::ICMP).build(&reply));
    net.run_until_idle();
    peer.expect_nothing();
    assert_eq!(router.drops(DropReason::NatUnknown), 2);
}
