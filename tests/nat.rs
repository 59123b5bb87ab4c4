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

/// A segment without data.
fn segment(src: (Ipv4Addr, u16), dst: (Ipv4Addr, u16), flags: u8) -> Vec<u8> {
    let mut bytes = vec![0; 20];
    bytes[..2].copy_from_slice(&src.1.to_be_bytes());
    bytes[2..4].copy_from_slice(&dst.1.to_be_bytes());
    (bytes[12], bytes[13]) = (0x50, flags);
    let sum = znet::wire::checksum::pseudo_ipv4(src.0, dst.0, protocol::TCP, 20);
    let sum = sum.join(znet::wire::checksum::Sum::of(&bytes)).finish();
    bytes[16..18].copy_from_slice(&sum.to_be_bytes());
    frame::Ipv4::new(src.0, dst.0, protocol::TCP).build(&bytes)
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

/// A router with a station on each side.
struct Bare {
    net: Network,
    router: &'static Host,
    inner: IfRef,
    out: IfRef,
    host: Station,
    peer: Station,
}

impl Bare {
    fn new() -> Bare {
        let mut net = Network::new(5);
        let (inside, outside) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
        let router = net.host("router");
        let inner = net.attach(router, inside, INNER, 24);
        let out = net.attach(router, outside, OUTER, 24);
        router.core().with(|stack, _| stack.nat_set_outside(Some(out)));
        let (host, peer) = (net.station(inside, A), net.station(outside, PEER));
        Bare { net, router, inner, out, host, peer }
    }

    fn out(&mut self, packet: &[u8]) {
        self.host.send_ipv4(self.inner.mac(), packet);
        self.net.run_until_idle();
    }

    fn back(&mut self, packet: &[u8]) {
        self.peer.send_ipv4(self.out.mac(), packet);
        self.net.run_until_idle();
    }

    fn mappings(&self) -> usize {
        self.router.core().with(|stack, env| stack.nat_mappings(env).count())
    }

    /// A datagram from that port inside; the port outside, if it went.
    fn mapped(&mut self, port: u16) -> Option<u16> {
        let udp = frame::udp((A, port), (PEER, 9), b"out");
        self.out(&frame::Ipv4::new(A, PEER, protocol::UDP).build(&udp));
        let frame = self.peer.next()?;
        assert_eq!(frame[26..30], OUTER.octets());
        Some(u16::from_be_bytes([frame[34], frame[35]]))
    }

    /// The router holds nothing, answers, and still translates.
    fn assert_alive(&mut self) {
        assert_eq!(self.router.leaks(), None);
        self.host.take();
        self.peer.take();
        self.host.send_icmp(
            (self.inner.mac(), INNER),
            Message::EchoRequest { ident: 1, seq: 1 },
            b"?",
        );
        self.net.run_until_idle();
        self.host.expect(&[&ipv4(INNER, A), &payload(b"?")]);
        assert!(self.mapped(0xa11e).is_some());
    }
}

/// Errors that quote too little, or what no host inside can have sent, reach nobody inside.
#[test]
fn hostile_errors_with_broken_quotes() {
    let mut lab = Bare::new();
    let port = lab.mapped(4000).unwrap();
    let quoted = frame::Ipv4::new(OUTER, PEER, protocol::UDP).build(&frame::udp(
        (OUTER, port),
        (PEER, 9),
        b"out",
    ));
    let error = |quote: &[u8]| {
        let icmp = frame::icmp(Message::DestUnreachable { code: 3, mtu: 0 }, quote);
        frame::Ipv4::new(PEER, OUTER, protocol::ICMP).build(&icmp)
    };
    for len in 0..28 {
        lab.back(&error(&quoted[..len]));
        lab.host.expect_nothing();
    }
    let damage: [(usize, u8); 9] = [
        (0, 0x65),
        (0, 0x44),
        (0, 0x4f),
        (0, 0x40),
        (6, 0x1f),
        (7, 0x01),
        (9, protocol::ICMP),
        (9, 47),
        (20, 0xee),
    ];
    for (at, value) in damage {
        let mut quote = quoted.clone();
        quote[at] = value;
        lab.back(&error(&quote));
        lab.host.expect_nothing();
    }
    // An error about an error.
    let nested = error(&quoted);
    lab.back(&error(&nested));
    lab.host.expect_nothing();
    lab.back(&error(&quoted));
    let frame = lab.host.next().expect("a whole one goes in");
    assert_eq!(frame[14 + 28 + 12..14 + 28 + 16], A.octets(), "and quotes what was sent");
    assert_eq!(lab.mappings(), 1);
    lab.assert_alive();
}

/// Errors from inside that quote nothing that had come in do not leave.
#[test]
fn hostile_errors_from_inside() {
    let mut lab = Bare::new();
    lab.mapped(4000).unwrap();
    for (src, dst, port) in [(PEER, A, 4001), (PEER, B, 4000), (A, PEER, 4000), (OUTER, PEER, 4000)]
    {
        let udp = frame::udp((src, 9), (dst, port), b"in");
        let quoted = frame::Ipv4::new(src, dst, protocol::UDP).build(&udp);
        let icmp = frame::icmp(Message::DestUnreachable { code: 3, mtu: 0 }, &quoted);
        lab.out(&frame::Ipv4::new(A, PEER, protocol::ICMP).build(&icmp));
        lab.peer.expect_nothing();
    }
    assert_eq!(lab.mappings(), 1);
    lab.assert_alive();
}

/// Fragments that never become whole, overlap or lie, from both sides, are forgotten.
#[test]
fn hostile_fragments() {
    let mut lab = Bare::new();
    lab.mapped(4000).unwrap();
    let udp = frame::udp((A, 4000), (PEER, 9), &[7; 64]);
    let back = frame::udp((PEER, 9), (OUTER, 4000), &[7; 64]);
    for ident in 0..200u16 {
        for (offset, more, len) in [(0, true, 16), (8, true, 32), (40, false, 8), (0, true, 7)] {
            let piece = |src, dst, bytes: &[u8]| {
                let mut packet = frame::Ipv4::new(src, dst, protocol::UDP).fragment(offset, more);
                packet.repr.ident = ident;
                packet.repr.dont_fragment = false;
                packet.build(&bytes[..len])
            };
            let (there, here) = (piece(A, PEER, &udp), piece(PEER, OUTER, &back));
            lab.out(&there);
            lab.back(&here);
        }
    }
    assert!(lab.host.take().iter().all(|frame| frame[14 + 9] == protocol::ICMP));
    assert!(lab.peer.take().iter().all(|frame| frame[14 + 9] == protocol::ICMP));
    lab.net.run_for(Duration::from_secs(90));
    lab.assert_alive();
}

/// A host inside that speaks from all its ports takes others' mappings, but no more than there are.
#[test]
fn hostile_more_flows_than_mappings() {
    let mut lab = Bare::new();
    let most = znet::config::ZNET_IPV4_NAT_MAPPINGS;
    for n in 0..10 * most as u16 {
        assert!(lab.mapped(1024 + 3 * n).is_some(), "{n}");
        assert!(lab.mappings() <= most);
    }
    lab.assert_alive();
}

/// Connections that are open give no way: the next is refused until one ends.
#[cfg(CONFIG_NET_TCP)]
#[test]
fn hostile_more_connections_than_mappings() {
    const SYN: u8 = 2;
    const ACK: u8 = 0x10;
    const RST: u8 = 4;
    let mut lab = Bare::new();
    let most = znet::config::ZNET_IPV4_NAT_MAPPINGS as u16;
    for n in 0..most {
        lab.out(&segment((A, 5000 + n), (PEER, 80), SYN));
        lab.back(&segment((PEER, 80), (OUTER, 5000 + n), SYN | ACK));
        lab.out(&segment((A, 5000 + n), (PEER, 80), ACK));
        assert_eq!((lab.peer.take().len(), lab.host.take().len()), (2, 1), "{n}");
    }
    lab.out(&segment((A, 9000), (PEER, 80), SYN));
    lab.peer.expect_nothing();
    assert_eq!(lab.router.drops(DropReason::NatFull), 1);
    lab.back(&segment((PEER, 80), (OUTER, 5000), RST));
    lab.host.take();
    lab.out(&segment((A, 9000), (PEER, 80), SYN));
    assert_eq!(lab.peer.take().len(), 1);
    lab.back(&segment((PEER, 80), (OUTER, 5001), RST));
    lab.assert_alive();
}
