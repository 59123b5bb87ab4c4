// SPDX-License-Identifier: Apache-2.0
//! IPv4 packets larger than a link carries (RFC 791, 3.2; RFC 1122, 3.3.2), where they are built.
#![cfg(CONFIG_NET_IPV4_FRAGMENT)]

use testutil::check::{icmp, ipv4, quotes};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Duration, Error, Lab, LinkConfig, Network, Rng, frame};
use znet::wire::icmpv4::{Message, time_exceeded};
use znet::wire::ipv4::{HEADER_LEN, Packet, protocol};

fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at % 251) as u8).collect()
}

/// Cuts the payload of an IPv4 packet into fragments of `room` bytes.
fn cut(payload: &[u8], protocol: u8, room: usize) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    for (at, chunk) in payload.chunks(room).enumerate() {
        let offset = at * room;
        let more = offset + chunk.len() < payload.len();
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol).fragment(offset as u16, more);
        pieces.push(packet.build(chunk));
    }
    pieces
}

#[test]
fn datagrams_of_every_size_pass_between_two_hosts() {
    let mut net = Network::new(1);
    let wire = net.link(LinkConfig::default());
    let (a, b) = (net.host("a"), net.host("b"));
    net.attach(a, wire, [192, 0, 2, 1], 24);
    net.attach(b, wire, [192, 0, 2, 2], 24);
    let (client, server) = (a.udp_open(), b.udp_bind(7));
    a.udp_send_to(client, ([192, 0, 2, 2], 7), b"hi").unwrap();
    net.run_until_idle();
    b.udp_recv(server).unwrap();
    for len in [1472, 1473, 1480, 1481, 2952, 2953, 4000, 9000] {
        let data = pattern(len);
        a.udp_send_to(client, ([192, 0, 2, 2], 7), &data).unwrap();
        net.run_until_idle();
        let got = b.udp_recv(server).unwrap_or_else(|| panic!("{len} bytes did not arrive"));
        assert!(got.data == data, "{len} bytes arrived otherwise");
    }
    net.check_leaks();
}

#[test]
fn fragments_out_of_order_and_twice_make_the_datagram() {
    let mut rng = Rng::new(3);
    let data = pattern(1000);
    let udp = frame::udp((PEER_IP, 9), (HOST_IP, 7), &data);
    for _ in 0..50 {
        let mut lab = Lab::new();
        lab.acquaint();
        let server = lab.host.udp_bind(7);
        let mut pieces = cut(&udp, protocol::UDP, 104);
        for at in (1..pieces.len()).rev() {
            pieces.swap(at, rng.below(at as u64 + 1) as usize);
        }
        let twice = pieces[0].clone();
        pieces.insert(1, twice);
        for piece in &pieces {
            lab.send(frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, piece));
        }
        assert_eq!(lab.host.udp_recv(server).expect("the datagram").data, data);
        assert_eq!(lab.host.drops(DropReason::FragmentDuplicate), 1);
        lab.host.close(server);
        lab.assert_alive();
    }
}

#[test]
fn a_large_echo_comes_back_in_fragments_that_fit() {
    let mut lab = Lab::new();
    lab.acquaint();
    let data = pattern(4000);
    let message = frame::icmp(Message::EchoRequest { ident: 7, seq: 1 }, &data);
    for piece in cut(&message, protocol::ICMP, 1480) {
        lab.peer.send_ipv4(lab.iface.mac(), &piece);
    }
    lab.net.run_until_idle();
    let frames = lab.peer.take();
    assert_eq!(frames.len(), 3);
    let mut reply = Vec::new();
    for frame in &frames {
        let packet = Packet::new_checked(&frame[14..]).unwrap();
        let header = packet.header;
        assert!(frame.len() <= 1514 && header.is_checksum_valid() && !header.dont_fragment());
        assert_eq!(usize::from(header.fragment_offset()), reply.len());
        reply.extend(&frame[14 + HEADER_LEN..14 + usize::from(header.total_len())]);
    }
    assert_eq!(reply[0], 0, "an echo reply");
    assert_eq!(&reply[8..], data);
    assert_eq!(znet::wire::checksum::Sum::of(&reply).fold(), 0xffff);
    lab.assert_alive();
}

#[test]
fn what_stays_incomplete_is_given_up_and_its_sender_told() {
    let mut lab = Lab::new();
    lab.acquaint();
    let udp = frame::udp((PEER_IP, 9), (HOST_IP, 7), &pattern(500));
    let pieces = cut(&udp, protocol::UDP, 256);
    lab.peer.send_ipv4(lab.iface.mac(), &pieces[0]);
    lab.net.run_for(Duration::from_secs(30));
    let timeout = Message::TimeExceeded { code: time_exceeded::REASSEMBLY };
    lab.peer.expect(&[&ipv4(HOST_IP, PEER_IP), &icmp(timeout), &quotes(&pieces[0])]);
    assert_eq!(lab.host.drops(DropReason::FragmentTimeout), 1);
    // Without the first fragment there is nobody to tell (RFC 792).
    lab.peer.send_ipv4(lab.iface.mac(), &pieces[1]);
    lab.net.run_for(Duration::from_secs(30));
    lab.peer.expect_nothing();
    assert_eq!(lab.host.drops(DropReason::FragmentTimeout), 2);
    lab.assert_alive();
}

#[test]
fn fragments_of_different_packets_do_not_mix() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.udp_bind(7);
    let (one, two) = (pattern(300), vec![0x5a; 300]);
    let of = |data: &[u8], ident: u16| -> Vec<Vec<u8>> {
        let udp = frame::udp((PEER_IP, 9), (HOST_IP, 7), data);
        let ends = [(0usize, 160usize, true), (160, udp.len(), false)];
        ends.iter()
            .map(|&(from, to, more)| {
                let mut packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP);
                packet.repr.ident = ident;
                packet.fragment(from as u16, more).build(&udp[from..to])
            })
            .collect()
    };
    let (a, b) = (of(&one, 1), of(&two, 2));
    for piece in [&a[0], &b[1], &b[0], &a[1]] {
        lab.send(frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, piece));
    }
    assert_eq!(lab.host.udp_recv(server).unwrap().data, two);
    assert_eq!(lab.host.udp_recv(server).unwrap().data, one);
    lab.host.close(server);
    lab.assert_alive();
}

#[test]
fn a_flood_of_first_fragments_keeps_nobody_out() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.udp_bind(7);
    for ident in 0..500u16 {
        let mut packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP);
        packet.repr.ident = 1000 + ident;
        let first = packet.fragment(0, true).build(&[0; 800]);
        lab.send(frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &first));
    }
    let data = pattern(700);
    let udp = frame::udp((PEER_IP, 9), (HOST_IP, 7), &data);
    for piece in cut(&udp, protocol::UDP, 400) {
        lab.send(frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &piece));
    }
    assert_eq!(lab.host.udp_recv(server).expect("the datagram").data, data);
    lab.host.close(server);
    lab.net.run_for(Duration::from_secs(30));
    lab.peer.take();
    lab.assert_alive();
}

#[test]
fn without_memory_for_all_fragments_none_is_sent() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_open();
    let largest = znet::socket::context::MAX_PAYLOAD;
    let sent = lab.host.udp_send_to(socket, (PEER_IP, 7), &pattern(largest));
    lab.net.run_until_idle();
    match sent {
        Ok(()) => assert!(lab.peer.take().len() > 40),
        Err(error) => {
            assert_eq!(error, Error::NoBufs);
            lab.peer.expect_nothing();
        }
    }
    lab.host.close(socket);
    lab.assert_alive();
}
