// SPDX-License-Identifier: Apache-2.0
//! Links that compute or verify checksums themselves: the stack leaves them what they take over,
//! and nothing else.
#![cfg(CONFIG_NET_IPV4)]

use testutil::check::{icmp, payload};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Lab, frame};
use znet::iface::Checksum;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;

const NONE: Checksum = Checksum(0);

/// A datagram for port 7 whose UDP checksum is wrong.
fn spoilt(lab: &Lab) -> Vec<u8> {
    let mut udp = frame::udp((PEER_IP, 1), (HOST_IP, 7), b"spoilt");
    udp[6] ^= 0x55;
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP).build(&udp);
    frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet)
}

#[test]
fn a_link_that_sums_gets_datagrams_without_checksum() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.iface.set_checksum_offload(Checksum::IPV4_UDP, NONE);
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"hardware").unwrap();
    lab.net.run_until_idle();
    let frame = lab.peer.expect(&[&payload(b"hardware")]);
    assert_eq!(frame[40..42], [0, 0]);
    // The offer for UDP alone, without the IPv4 header, is none for UDP over IPv4.
    lab.iface.set_checksum_offload(Checksum::UDP, NONE);
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"software").unwrap();
    lab.net.run_until_idle();
    let frame = lab.peer.expect(&[&payload(b"software")]);
    assert_eq!(frame[40..42] != [0, 0], cfg!(CONFIG_NET_UDP_CHECKSUM));
    lab.assert_alive();
}

#[test]
fn datagrams_to_ourselves_need_no_hardware() {
    let lab = Lab::new();
    lab.iface.set_checksum_offload(Checksum::ALL, NONE);
    let (client, server) = (lab.host.udp_open(), lab.host.udp_bind(7));
    lab.host.udp_send_to(client, (HOST_IP, 7), b"self").unwrap();
    assert_eq!(lab.host.udp_recv(server).unwrap().data, b"self");
}

#[test]
fn a_link_that_verifies_is_believed() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.udp_bind(7);
    let frame = spoilt(&lab);
    if cfg!(CONFIG_NET_UDP_CHECKSUM) {
        lab.dropped(frame.clone(), DropReason::UdpBadChecksum);
    }
    lab.iface.set_checksum_offload(NONE, Checksum::IPV4_UDP);
    lab.send(frame);
    assert_eq!(lab.host.udp_recv(server).unwrap().data, b"spoilt");

    // What it does not verify, the stack still does.
    let mut message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"ping");
    message[2] ^= 0x55;
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message);
    let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet);
    lab.dropped(frame, DropReason::IcmpBadChecksum);
    lab.assert_alive();
}

#[test]
fn an_offer_for_everything_leaves_lengths_and_addresses_checked() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.iface.set_checksum_offload(NONE, Checksum::ALL);
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"ping");
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message);
    for cut in 0..packet.len() {
        let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet[..cut]);
        lab.dropped(frame, DropReason::Ipv4Malformed);
    }
    lab.send(frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet));
    lab.peer.expect(&[&icmp(Message::EchoReply { ident: 1, seq: 1 })]);
    lab.assert_alive();
}
