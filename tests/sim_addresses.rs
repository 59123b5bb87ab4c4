// SPDX-License-Identifier: Apache-2.0
//! Several IPv4 addresses on one interface, and packets to all hosts of a network: RFC 1122, 3.3.1.6 and 3.3.6; RFC 1812,
//! 5.3.5; RFC 2644. That no router passes the latter on is in `forward_v4.rs`; how each address is tried and defended, in
//! `rfc5227.rs`.
#![cfg(all(CONFIG_NET_L2_ETHERNET, CONFIG_NET_ARP))]

use testutil::check::{arp_reply, icmp, ipv4, payload, to, udp};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Duration, Error, EthAddr, Ipv4Addr, Lab, frame};
use znet::config;
use znet::wire::arp::{Operation, Repr};
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;

/// A second address, in another network on the same wire, and a host there.
const SECOND: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const NEIGHBOUR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 9);
/// All hosts of the two networks.
const ALL: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 255);
const ALL_SECOND: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 255);

/// A host with two addresses, known to the station, which stands for a host in each network; `None` where there is room
/// for one only.
fn lab() -> Option<Lab> {
    if config::NET_IF_UNICAST_IPV4_ADDR_COUNT < 2 {
        return None;
    }
    let mut lab = Lab::new();
    lab.acquaint();
    assert!(lab.iface.ipv4_add(SECOND, 24));
    lab.peer.promiscuous(true);
    Some(lab)
}

/// An ARP packet of the station, or of its neighbour in the second network.
fn arp(lab: &Lab, operation: Operation, sender_ip: Ipv4Addr, target_ip: Ipv4Addr) -> Repr {
    let target_hw =
        if operation == Operation::Reply { lab.iface.mac() } else { EthAddr::UNSPECIFIED };
    Repr { operation, sender_hw: lab.peer.mac, sender_ip, target_hw, target_ip }
}

/// Asks who has `target`.
fn ask(lab: &mut Lab, sender: Ipv4Addr, target: Ipv4Addr) {
    lab.peer.send_arp(EthAddr::BROADCAST, arp(lab, Operation::Request, sender, target));
    lab.net.run_until_idle();
}

/// RFC 826: each address is answered for, the removed one is not.
#[test]
fn arp_for_each_address() {
    let Some(mut lab) = lab() else { return };
    for (own, peer) in [(HOST_IP, PEER_IP), (SECOND, NEIGHBOUR), (SECOND, PEER_IP)] {
        ask(&mut lab, peer, own);
        lab.peer.expect(&[&arp_reply(own, peer)]);
    }
    lab.iface.ipv4_addr_rm(SECOND);
    ask(&mut lab, NEIGHBOUR, SECOND);
    lab.peer.expect_nothing();
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// RFC 1122, 3.3.4.3: packets come from the address of the network they go to, and so do questions who has an address.
#[test]
fn the_source_is_of_the_destinations_network() {
    let Some(mut lab) = lab() else { return };
    let socket = lab.host.udp_bind(7);
    lab.peer.answer_arp(false);
    for (own, peer) in [(HOST_IP, Ipv4Addr::new(192, 0, 2, 9)), (SECOND, NEIGHBOUR)] {
        lab.host.udp_send_to(socket, (peer, 9), b"from where?").unwrap();
        lab.net.run_for(Duration::from_millis(10));
        let question = Repr::parse(&lab.peer.next().expect("a question")[14..]).unwrap();
        assert_eq!((question.sender_ip, question.target_ip), (own, peer));
        let answer = arp(&lab, Operation::Reply, peer, own);
        lab.peer.send_arp(lab.iface.mac(), answer);
        lab.net.run_for(Duration::from_millis(10));
        lab.peer.expect(&[&ipv4(own, peer), &udp(7, 9)]);
    }
    lab.host.close(socket);
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// RFC 1122, 3.2.2.6 and 3.3.4.2: what is sent to an address is answered from it, whoever asks.
#[test]
fn answers_come_from_the_address_asked() {
    let Some(mut lab) = lab() else { return };
    for own in [HOST_IP, SECOND] {
        let asked = Message::EchoRequest { ident: 5, seq: 6 };
        lab.peer.send_icmp((lab.iface.mac(), own), asked, b"you?");
        lab.net.run_until_idle();
        let reply = Message::EchoReply { ident: 5, seq: 6 };
        lab.peer.expect(&[&ipv4(own, PEER_IP), &icmp(reply), &payload(b"you?")]);
        // A port nobody listens on.
        lab.peer.send_udp((lab.iface.mac(), own), (9, 999), b"anybody?");
        lab.net.run_until_idle();
        lab.peer.expect(&[&ipv4(own, PEER_IP)]);
    }
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// A socket bound to one address hears what is sent to that one, and speaks from it even to the other network.
#[test]
fn a_socket_of_one_address() {
    let Some(mut lab) = lab() else { return };
    let socket = lab.host.udp_open();
    lab.host.bind(socket, (SECOND, 7)).unwrap();
    let to_first = frame::udp((PEER_IP, 9), (HOST_IP, 7), b"first");
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP).build(&to_first);
    lab.peer.send_ipv4(lab.iface.mac(), &packet);
    lab.peer.send_udp((lab.iface.mac(), SECOND), (9, 7), b"second");
    lab.net.run_until_idle();
    assert_eq!(lab.host.udp_recv(socket).unwrap().data, b"second");
    assert_eq!(lab.host.udp_recv(socket), None);
    lab.peer.take();
    lab.host.udp_send_to(socket, (PEER_IP, 9), b"over there").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[&ipv4(SECOND, PEER_IP), &payload(b"over there")]);
    lab.host.close(socket);
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// An address that is removed is nobody's: nothing is taken for it, its network is not ours, the rest goes on.
#[test]
fn an_address_is_removed() {
    let Some(mut lab) = lab() else { return };
    let socket = lab.host.udp_bind(7);
    lab.iface.ipv4_addr_rm(SECOND);
    let asked = frame::icmp(Message::EchoRequest { ident: 5, seq: 6 }, b"you?");
    let packet = frame::Ipv4::new(PEER_IP, SECOND, protocol::ICMP).build(&asked);
    let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet);
    lab.dropped(frame, DropReason::Ipv4NotForUs);
    let sent = lab.host.udp_send_to(socket, (NEIGHBOUR, 9), b"gone");
    assert_eq!(sent, Err(Error::NetUnreach));
    assert!(!lab.iface.is_ipv4_broadcast(ALL_SECOND));
    lab.host.udp_send_to(socket, (PEER_IP, 9), b"still").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[&ipv4(HOST_IP, PEER_IP), &payload(b"still")]);
    lab.host.close(socket);
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// RFC 1122, 3.3.6: packets to all hosts of each network are taken or refused, as configured; those to all hosts of the
/// link are taken always. They go to everybody, from the address of that network, without leave (`SO_BROADCAST`).
#[test]
fn directed_broadcasts() {
    let Some(mut lab) = lab() else { return };
    let socket = lab.host.udp_bind(7);
    for dst in [ALL, ALL_SECOND, Ipv4Addr::BROADCAST] {
        let data = frame::udp((PEER_IP, 9), (dst, 7), b"all");
        let packet = frame::Ipv4::new(PEER_IP, dst, protocol::UDP).build(&data);
        let frame = frame::ipv4_frame(EthAddr::BROADCAST, lab.peer.mac, &packet);
        if cfg!(CONFIG_ZNET_IPV4_DIRECTED_BROADCAST) || dst == Ipv4Addr::BROADCAST {
            lab.send(frame);
            assert_eq!(lab.host.udp_recv(socket).expect("a datagram").data, b"all");
        } else {
            lab.dropped(frame, DropReason::Ipv4NotForUs);
        }
    }
    lab.peer.expect_nothing();
    for (dst, own) in [(ALL, HOST_IP), (ALL_SECOND, SECOND)] {
        lab.host.udp_send_to(socket, (dst, 9), b"you all").unwrap();
        lab.net.run_until_idle();
        lab.peer.expect(&[&to(EthAddr::BROADCAST), &ipv4(own, dst), &payload(b"you all")]);
    }
    // The broadcast address of a network we are not in is a host like any other.
    let elsewhere = Ipv4Addr::new(203, 0, 113, 255);
    assert_eq!(lab.host.udp_send_to(socket, (elsewhere, 9), b"x"), Err(Error::NetUnreach));
    // Nor does anybody speak from one.
    let data = frame::udp((ALL_SECOND, 9), (HOST_IP, 7), b"all");
    let packet = frame::Ipv4::new(ALL_SECOND, HOST_IP, protocol::UDP).build(&data);
    let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet);
    lab.dropped(frame, DropReason::Ipv4BadSource);
    lab.host.close(socket);
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// RFC 1122, 3.2.2: nobody is told of an error about a packet to all; an echo to all is answered where that is configured.
#[test]
fn no_storm_of_answers() {
    let Some(mut lab) = lab() else { return };
    for dst in [ALL, ALL_SECOND, Ipv4Addr::BROADCAST] {
        for (number, payload) in
            [(protocol::UDP, frame::udp((PEER_IP, 9), (dst, 999), b"anybody?")), (200, vec![0; 8])]
        {
            let packet = frame::Ipv4::new(PEER_IP, dst, number).build(&payload);
            lab.send(frame::ipv4_frame(EthAddr::BROADCAST, lab.peer.mac, &packet));
            lab.peer.expect_nothing();
        }
    }
    lab.peer.promiscuous(false);
    lab.assert_alive();
}
