// SPDX-License-Identifier: Apache-2.0
//! Which interface, which source and which neighbour a packet takes: RFC 1122 3.3.1.
#![cfg(CONFIG_NET_IPV4)]

use testutil::check::{from, ipv4, payload, to};
use testutil::{DropReason, Error, Host, Ipv4Addr, LinkConfig, Network, Station, frame};
use znet::config;
use znet::iface::IfRef;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;

/// A host between two wires with a station on each.
struct Two {
    net: Network,
    host: &'static Host,
    near: IfRef,
    far: IfRef,
    near_peer: Station,
    far_peer: Station,
}

const NEAR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const FAR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const NEAR_PEER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
const FAR_PEER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);

fn two() -> Two {
    let mut net = Network::new(1);
    let (left, right) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
    let host = net.host("host");
    let (near, far) = (net.attach(host, left, NEAR, 24), net.attach(host, right, FAR, 24));
    let (near_peer, far_peer) = (net.station(left, NEAR_PEER), net.station(right, FAR_PEER));
    Two { net, host, near, far, near_peer, far_peer }
}

impl Two {
    /// Sends a datagram and runs; an error is the stack's.
    fn send(&mut self, dst: Ipv4Addr) -> Result<(), Error> {
        let socket = self.host.udp_open();
        let sent = self.host.udp_send_to(socket, (dst, 7), b"which way?");
        self.host.close(socket);
        self.net.run_until_idle();
        sent
    }
}

#[test]
fn the_netmask_chooses_the_interface_and_the_source() {
    let mut two = two();
    two.send(NEAR_PEER).unwrap();
    two.near_peer.expect(&[&ipv4(NEAR, NEAR_PEER), &from(two.near.mac()), &to(two.near_peer.mac)]);
    two.send(FAR_PEER).unwrap();
    two.far_peer.expect(&[&ipv4(FAR, FAR_PEER), &from(two.far.mac()), &to(two.far_peer.mac)]);
    two.near_peer.expect_nothing();
    two.far_peer.expect_nothing();
}

#[test]
fn without_a_gateway_the_rest_of_the_world_is_unreachable() {
    let mut two = two();
    assert_eq!(two.send(ELSEWHERE), Err(Error::NetUnreach));
    two.near_peer.expect_nothing();
    two.far_peer.expect_nothing();
}

#[test]
fn the_gateway_gets_what_is_on_no_link() {
    let mut two = two();
    two.far.set_ipv4_gateway(FAR_PEER);
    two.send(ELSEWHERE).unwrap();
    two.far_peer.expect(&[&ipv4(FAR, ELSEWHERE), &to(two.far_peer.mac)]);
    // What is on a link still goes there directly.
    two.send(NEAR_PEER).unwrap();
    two.near_peer.expect(&[&to(two.near_peer.mac)]);
    two.far_peer.expect_nothing();
}

#[test]
fn the_default_interface_breaks_a_tie_between_gateways() {
    let mut two = two();
    two.near.set_ipv4_gateway(NEAR_PEER);
    two.far.set_ipv4_gateway(FAR_PEER);
    two.host.core().with(|stack, _| stack.ifaces.set_default(Some(two.far)));
    two.send(ELSEWHERE).unwrap();
    two.far_peer.expect(&[&ipv4(FAR, ELSEWHERE)]);
    two.host.core().with(|stack, _| stack.ifaces.set_default(Some(two.near)));
    two.send(ELSEWHERE).unwrap();
    two.near_peer.expect(&[&ipv4(NEAR, ELSEWHERE)]);
}

#[test]
fn an_interface_that_is_down_is_no_way() {
    let mut two = two();
    two.near.bring_down();
    assert!(matches!(two.send(NEAR_PEER), Err(Error::NetUnreach | Error::NetDown)));
    two.near_peer.send_udp((two.near.mac(), NEAR), (1, 7), b"x");
    two.net.run_until_idle();
    assert_eq!(two.host.drops(DropReason::IfaceDown), 1);
    two.near.bring_up();
    two.send(NEAR_PEER).unwrap();
    two.near_peer.expect(&[&payload(b"which way?")]);
}

#[test]
fn a_socket_bound_to_an_address_speaks_from_it() {
    if config::NET_IF_UNICAST_IPV4_ADDR_COUNT < 2 {
        return;
    }
    let mut two = two();
    let second = Ipv4Addr::new(192, 0, 2, 50);
    assert!(two.near.ipv4_add(second, 24));
    let socket = two.host.udp_open();
    two.host.bind(socket, (second, 4000)).unwrap();
    two.host.udp_send_to(socket, (NEAR_PEER, 7), b"x").unwrap();
    two.net.run_until_idle();
    two.near_peer.expect(&[&ipv4(second, NEAR_PEER)]);
    // It answers a ping to that address from that address, too.
    two.near_peer.send_icmp(
        (two.near.mac(), second),
        Message::EchoRequest { ident: 1, seq: 1 },
        b"",
    );
    two.net.run_until_idle();
    two.near_peer.expect(&[&ipv4(second, NEAR_PEER)]);
}

#[test]
fn a_socket_that_connects_anew_speaks_from_where_it_goes() {
    let mut two = two();
    let socket = two.host.udp_open();
    two.host.connect(socket, (NEAR_PEER, 7)).unwrap();
    two.host.connect(socket, (FAR_PEER, 7)).unwrap();
    two.host.udp_send(socket, b"x").unwrap();
    two.net.run_until_idle();
    two.far_peer.expect(&[&ipv4(FAR, FAR_PEER)]);
    // One bound to an address keeps it.
    let bound = two.host.udp_open();
    two.host.bind(bound, (NEAR, 4000)).unwrap();
    two.host.connect(bound, (FAR_PEER, 7)).unwrap();
    two.host.udp_send(bound, b"x").unwrap();
    two.net.run_until_idle();
    two.far_peer.expect(&[&ipv4(NEAR, FAR_PEER)]);
}

#[test]
fn an_address_of_another_interface_is_ours_all_the_same() {
    // RFC 1122, 3.3.4.2: the weak end system model.
    let mut two = two();
    let server = two.host.udp_bind(7);
    two.near_peer.send_udp((two.near.mac(), FAR), (1, 7), b"to the far side");
    two.net.run_until_idle();
    assert_eq!(two.host.udp_recv(server).unwrap().data, b"to the far side");
    two.far_peer.expect_nothing();
}

#[test]
fn a_host_does_not_forward() {
    let mut two = two();
    two.near_peer.send_udp((two.near.mac(), FAR_PEER), (1, 7), b"forward me");
    two.net.run_until_idle();
    assert_eq!(two.host.drops(DropReason::Ipv4NotForUs), 1);
    two.far_peer.expect_nothing();
    two.near_peer.expect_nothing();
}

#[test]
fn an_error_goes_back_the_way_the_packet_came() {
    let mut two = two();
    let udp = frame::udp((NEAR_PEER, 1), (FAR, 9), b"closed");
    let packet = frame::Ipv4::new(NEAR_PEER, FAR, protocol::UDP).build(&udp);
    two.near_peer.send_ipv4(two.near.mac(), &packet);
    two.net.run_until_idle();
    two.near_peer.expect(&[&ipv4(FAR, NEAR_PEER), &from(two.near.mac())]);
    two.far_peer.expect_nothing();
}

#[test]
fn the_narrower_network_wins() {
    let mut net = Network::new(1);
    let (left, right) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
    let host = net.host("host");
    net.attach(host, left, [10, 0, 0, 1], 8);
    net.attach(host, right, [10, 1, 2, 1], 24);
    let wide = net.station(left, [10, 9, 9, 9]);
    let narrow = net.station(right, [10, 1, 2, 9]);
    let socket = host.udp_open();
    host.udp_send_to(socket, ([10, 9, 9, 9], 7), b"wide").unwrap();
    host.udp_send_to(socket, ([10, 1, 2, 9], 7), b"narrow").unwrap();
    net.run_until_idle();
    wide.expect(&[&payload(b"wide")]);
    narrow.expect(&[&payload(b"narrow")]);
}

#[test]
fn a_host_without_an_address_may_only_broadcast() {
    let mut net = Network::new(1);
    let wire = net.link(LinkConfig::default());
    let host = net.host("host");
    let iface =
        znet::iface::IfBuilder::ethernet(testutil::EthAddr([2, 0, 0, 0, 9, 9])).up().build();
    net.attach_iface(host, wire, iface);
    let peer = net.station(wire, NEAR_PEER);
    let socket = host.udp_bind(68);
    host.udp_send_to(socket, (Ipv4Addr::BROADCAST, 67), b"discover").unwrap();
    assert!(host.udp_send_to(socket, (NEAR_PEER, 67), b"x").is_err());
    net.run_until_idle();
    peer.expect(&[&ipv4(Ipv4Addr::UNSPECIFIED, Ipv4Addr::BROADCAST), &payload(b"discover")]);
    peer.expect_nothing();
    // And hears the answer, which is a broadcast as well.
    let udp = frame::udp((NEAR_PEER, 67), (Ipv4Addr::BROADCAST, 68), b"offer");
    let packet = frame::Ipv4::new(NEAR_PEER, Ipv4Addr::BROADCAST, protocol::UDP).build(&udp);
    peer.send_ipv4(testutil::EthAddr::BROADCAST, &packet);
    net.run_until_idle();
    assert_eq!(host.udp_recv(socket).unwrap().data, b"offer");
}
