// SPDX-License-Identifier: Apache-2.0
//! UDP between hosts: RFC 768, RFC 1122 4.1.
#![cfg(CONFIG_NET_IPV4)]

use testutil::check::{ipv4, payload, to, ttl, udp, udp_checksum};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{Datagram, DropReason, Error, EthAddr, Ipv4Addr, Lab, LinkConfig, Network, frame};
use znet::config;
use znet::stack::CONTEXTS;
use znet::wire::ipv4::protocol;

const GROUP: Ipv4Addr = Ipv4Addr::new(239, 1, 2, 3);
const SUBNET: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 255);

/// A frame with a datagram from port 4000 of the station, as `spoil` leaves it.
fn datagram(
    lab: &Lab,
    dst: (Ipv4Addr, u16),
    data: &[u8],
    spoil: impl FnOnce(&mut Vec<u8>),
) -> Vec<u8> {
    let mut bytes = frame::udp((PEER_IP, 4000), dst, data);
    spoil(&mut bytes);
    let mac = match dst.0 {
        group if group.is_multicast() => EthAddr::from_ipv4_multicast(group),
        SUBNET | Ipv4Addr::BROADCAST => EthAddr::BROADCAST,
        _ => lab.iface.mac(),
    };
    let packet = frame::Ipv4::new(PEER_IP, dst.0, protocol::UDP).build(&bytes);
    frame::ipv4_frame(mac, lab.peer.mac, &packet)
}

#[test]
fn every_length_arrives_as_it_was_sent() {
    let mut net = Network::new(1);
    let wire = net.link(LinkConfig::default());
    let (a, b) = (net.host("a"), net.host("b"));
    net.attach(a, wire, [192, 0, 2, 1], 24);
    net.attach(b, wire, [192, 0, 2, 2], 24);
    let (client, server) = (a.udp_open(), b.udp_bind(7));
    a.bind(client, ([192, 0, 2, 1], 4000)).unwrap();
    let data: Vec<u8> = (0..1472u32).map(|n| (n * 7) as u8).collect();
    for len in 0..=1472 {
        a.udp_send_to(client, ([192, 0, 2, 2], 7), &data[..len]).unwrap();
        net.run_until_idle();
        let got = b.udp_recv(server).expect("a datagram");
        let from = (Ipv4Addr::new(192, 0, 2, 1), 4000);
        assert!(got == Datagram { from, data: data[..len].to_vec() }, "length {len}");
        b.udp_send_to(server, got.from, &got.data).unwrap();
        net.run_until_idle();
        assert!(a.udp_recv(client).unwrap().data == data[..len], "echo of length {len}");
    }
    assert_eq!((a.drops_total(), b.drops_total()), (0, 0));
}

/// Where fragments are built `tests/fragments.rs` sends it.
#[cfg(not(CONFIG_NET_IPV4_FRAGMENT))]
#[test]
fn what_exceeds_the_link_is_refused() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_open();
    let send = |len: usize| lab.host.udp_send_to(socket, (PEER_IP, 7), &vec![0; len]);
    assert_eq!(send(1472), Ok(()));
    assert_eq!(send(1473), Err(Error::MsgSize));
    lab.net.run_until_idle();
    lab.peer.expect(&[&payload(&[0; 1472])]);
    lab.assert_alive();
}

#[test]
fn a_frame_is_what_the_standards_say() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_bind(4000);
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"data").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[
        &to(lab.peer.mac),
        &ipv4(HOST_IP, PEER_IP),
        &ttl(config::NET_INITIAL_TTL as u8),
        &udp(4000, 7),
        &udp_checksum(cfg!(CONFIG_NET_UDP_CHECKSUM)),
        &payload(b"data"),
    ]);
}

#[test]
fn zero_means_no_checksum_and_any_other_must_be_right() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_bind(7);
    let dst = (HOST_IP, 7);
    let none = datagram(&lab, dst, b"unsummed", |d| d[6..8].fill(0));
    if cfg!(CONFIG_NET_UDP_MISSING_CHECKSUM) {
        lab.send(none);
        assert_eq!(lab.host.udp_recv(socket).unwrap().data, b"unsummed");
    } else {
        lab.dropped(none, DropReason::UdpBadChecksum);
    }
    if cfg!(CONFIG_NET_UDP_CHECKSUM) {
        let good = u16::from_be_bytes({
            let frame = datagram(&lab, dst, b"x", |_| ());
            [frame[40], frame[41]]
        });
        for wrong in (1..=u16::MAX).step_by(251).filter(|sum| *sum != good) {
            let bad = datagram(&lab, dst, b"x", |d| d[6..8].copy_from_slice(&wrong.to_be_bytes()));
            lab.dropped(bad, DropReason::UdpBadChecksum);
        }
    }
    lab.assert_alive();
}

#[test]
fn a_sum_of_zero_travels_as_all_ones() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_bind(4000);
    let server = lab.host.udp_bind(4001);
    // Two bytes chosen so that the computed checksum is zero, in both directions.
    let probe = frame::udp((HOST_IP, 4000), (PEER_IP, 4001), &[0, 0]);
    let data = [probe[6], probe[7]];
    lab.host.udp_send_to(socket, (PEER_IP, 4001), &data).unwrap();
    lab.net.run_until_idle();
    let frame = lab.peer.expect(&[&payload(&data)]);
    assert_eq!(frame[40..42], [0xff, 0xff]);
    lab.peer.send_udp(lab.at(), (4000, 4001), &data);
    lab.net.run_until_idle();
    assert_eq!(lab.host.udp_recv(server).unwrap().data, data);
}

#[test]
fn lengths_that_contradict_the_packet_are_refused() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_bind(7);
    for len in (0..8).chain([13, 14, 100, 0x8000, 0xffff]) {
        let bad = datagram(&lab, (HOST_IP, 7), b"data", |d| {
            d[4..6].copy_from_slice(&u16::to_be_bytes(len));
            frame::mend_udp(PEER_IP, HOST_IP, d);
        });
        lab.dropped(bad, DropReason::UdpMalformed);
    }
    for len in 0..8 {
        let bad = datagram(&lab, (HOST_IP, 7), b"", |d| d.truncate(len));
        lab.dropped(bad, DropReason::UdpMalformed);
    }
    assert_eq!(lab.host.udp_recv(socket), None);
    lab.assert_alive();
}

#[test]
fn bytes_behind_the_datagram_are_not_delivered() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_bind(7);
    let padded = datagram(&lab, (HOST_IP, 7), b"data", |d| d.extend([0xee; 300]));
    lab.send(padded);
    assert_eq!(lab.host.udp_recv(socket).unwrap().data, b"data");
    let short = frame::padded(datagram(&lab, (HOST_IP, 7), b"x", |_| ()));
    assert_eq!(short.len(), frame::MIN_FRAME);
    lab.send(short);
    assert_eq!(lab.host.udp_recv(socket).unwrap().data, b"x");
    lab.assert_alive();
}

#[test]
fn port_zero_is_nobodys() {
    let mut lab = Lab::new();
    let zero = datagram(&lab, (HOST_IP, 0), b"x", |_| ());
    lab.dropped(zero, DropReason::UdpBadPort);
    let socket = lab.host.udp_open();
    let before = lab.host.leaks();
    assert!(lab.host.udp_send_to(socket, (PEER_IP, 0), b"x").is_err());
    assert_eq!(lab.host.leaks(), before);
    // A source port of zero says "no answer, please" and is no reason to drop (RFC 768).
    let server = lab.host.udp_bind(7);
    let from_zero = datagram(&lab, (HOST_IP, 7), b"x", |d| {
        d[0..2].fill(0);
        frame::mend_udp(PEER_IP, HOST_IP, d);
    });
    lab.send(from_zero);
    assert_eq!(lab.host.udp_recv(server).unwrap().from, (PEER_IP, 0));
    lab.assert_alive();
}

#[test]
fn a_broadcast_reaches_every_socket_on_the_port() {
    let directed = cfg!(CONFIG_ZNET_IPV4_DIRECTED_BROADCAST).then_some(SUBNET);
    for dst in [Ipv4Addr::BROADCAST].into_iter().chain(directed) {
        let mut lab = Lab::new();
        let sockets: Vec<_> = (0..3).map(|_| lab.host.udp_open()).collect();
        for socket in &sockets {
            share_port(&lab, *socket);
            lab.host.bind(*socket, (Ipv4Addr::UNSPECIFIED, 7)).unwrap();
        }
        let other = lab.host.udp_bind(8);
        lab.send(datagram(&lab, (dst, 7), b"to all", |_| ()));
        for socket in sockets {
            assert_eq!(lab.host.udp_recv(socket).unwrap().data, b"to all");
            assert_eq!(lab.host.udp_recv(socket), None);
        }
        assert_eq!(lab.host.udp_recv(other), None);
        lab.peer.expect_nothing();
        lab.assert_alive();
    }
}

/// SO_REUSEPORT.
fn share_port(lab: &Lab, socket: testutil::Socket) {
    lab.host.core().with(|stack, _| {
        stack.contexts.get_mut(socket).unwrap().flags |= znet::transport::Flags::REUSE_PORT;
    });
}

#[test]
fn a_group_is_heard_only_by_members() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_bind(7);
    let stranger = datagram(&lab, (GROUP, 7), b"nobody joined", |_| ());
    lab.dropped(stranger.clone(), DropReason::Ipv4NotForUs);
    lab.iface.ipv4_group_join(GROUP).unwrap();
    lab.send(stranger.clone());
    assert_eq!(lab.host.udp_recv(socket).unwrap().data, b"nobody joined");
    // A group with the same Ethernet address is still another group.
    let twin = Ipv4Addr::new(224, 1, 2, 3);
    assert_eq!(EthAddr::from_ipv4_multicast(twin), EthAddr::from_ipv4_multicast(GROUP));
    let frame = datagram(&lab, (twin, 7), b"twin", |_| ());
    lab.dropped(frame, DropReason::Ipv4NotForUs);
    lab.iface.ipv4_group_leave(GROUP).unwrap();
    lab.dropped(stranger, DropReason::Ipv4NotForUs);
    lab.assert_alive();
}

#[test]
fn sending_to_groups_and_broadcasts_needs_no_neighbour() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_bind(4000);
    lab.host.udp_send_to(socket, (GROUP, 7), b"group").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[
        &to(EthAddr::from_ipv4_multicast(GROUP)),
        &ipv4(HOST_IP, GROUP),
        &ttl(config::NET_INITIAL_MCAST_TTL as u8),
        &payload(b"group"),
    ]);
    for dst in [Ipv4Addr::BROADCAST, SUBNET] {
        lab.host.udp_send_to(socket, (dst, 7), b"all").unwrap();
        lab.net.run_until_idle();
        lab.peer.expect(&[&to(EthAddr::BROADCAST), &ipv4(HOST_IP, dst), &payload(b"all")]);
    }
    lab.peer.expect_nothing();
}

#[test]
fn a_full_queue_drops_the_newest_and_nothing_else_suffers() {
    let mut lab = Lab::new();
    lab.acquaint();
    let lazy = lab.host.udp_bind(7);
    for number in 0..100u8 {
        lab.peer.send_udp(lab.at(), (4000, 7), &[number]);
    }
    lab.net.run_until_idle();
    // Whatever a lazy reader holds, the rest of the host still works.
    lab.peer.send_icmp(
        lab.at(),
        znet::wire::icmpv4::Message::EchoRequest { ident: 1, seq: 1 },
        b"ping",
    );
    lab.net.run_until_idle();
    lab.peer.expect(&[&payload(b"ping")]);
    let other = lab.host.udp_bind(8);
    lab.peer.send_udp(lab.at(), (4000, 8), b"for another");
    lab.net.run_until_idle();
    assert_eq!(lab.host.udp_recv(other).unwrap().data, b"for another");

    let mut kept = 0;
    while let Some(datagram) = lab.host.udp_recv(lazy) {
        assert_eq!(datagram.data, [kept], "oldest first, without gaps");
        kept += 1;
    }
    assert!(kept > 0 && usize::from(kept) < config::NET_PKT_RX_COUNT);
    let dropped = lab.host.drops(DropReason::SocketQueueFull);
    assert_eq!(dropped, 100 - u32::from(kept));
    lab.assert_alive();
}

#[test]
fn not_even_all_the_sockets_take_the_last_packet() {
    let mut lab = Lab::new();
    lab.acquaint();
    let count = CONTEXTS.min(config::NET_PKT_RX_COUNT * 2);
    let sockets: Vec<_> = (100..).take(count).map(|port| lab.host.udp_bind(port)).collect();
    for port in (100..).take(sockets.len()) {
        for _ in 0..config::NET_PKT_RX_COUNT {
            lab.peer.send_udp(lab.at(), (4000, port), b"nobody reads this");
            lab.net.run_until_idle();
        }
    }
    let ping = znet::wire::icmpv4::Message::EchoRequest { ident: 1, seq: 1 };
    lab.peer.send_icmp(lab.at(), ping, b"still there?");
    lab.net.run_until_idle();
    lab.peer.expect(&[&payload(b"still there?")]);
    for socket in sockets {
        lab.host.close(socket);
    }
    lab.assert_alive();
}

#[test]
fn closing_a_socket_frees_what_waited() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_bind(7);
    for _ in 0..5 {
        lab.peer.send_udp(lab.at(), (4000, 7), &[1; 600]);
    }
    lab.net.run_until_idle();
    assert!(lab.host.leaks().is_some(), "packets wait");
    lab.host.close(socket);
    lab.assert_clean();
    lab.assert_alive();
}

#[test]
fn without_buffers_frames_are_lost_and_come_again_with_them() {
    let mut lab = Lab::new();
    let ports = 100..100 + CONTEXTS.min(8) as u16;
    let sockets: Vec<_> = ports.clone().map(|port| lab.host.udp_bind(port)).collect();
    for round in 0..50 {
        for port in ports.clone() {
            lab.peer.send_udp(lab.at(), (4000, port), &[round; 1000]);
        }
        lab.net.run_until_idle();
    }
    for socket in sockets {
        lab.host.close(socket);
    }
    lab.assert_clean();
    lab.assert_alive();
}

#[test]
fn a_driver_that_refuses_frames_costs_no_buffer() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_open();
    lab.host.fail_driver(true);
    for _ in 0..50 {
        lab.host.udp_send_to(socket, (PEER_IP, 7), b"x").unwrap();
    }
    assert_eq!(lab.host.drops(DropReason::DriverError), 50);
    // Each is told at once, where somebody can listen; the last does not wait for another call.
    let heard = cfg!(any(CONFIG_NET_MGMT_EVENT, not(CONFIG_ZNET_PROFILE_TINY)));
    assert_eq!(lab.host.take_events().len(), if heard { 50 } else { 0 });
    lab.assert_clean();
    lab.host.fail_driver(false);
    lab.assert_alive();
}

#[test]
fn a_datagram_to_ourselves_never_reaches_the_wire() {
    let mut lab = Lab::new();
    let (client, server) = (lab.host.udp_open(), lab.host.udp_bind(7));
    lab.host.udp_send_to(client, (HOST_IP, 7), b"self").unwrap();
    assert_eq!(lab.host.udp_recv(server).unwrap().data, b"self");
    // Nobody listens: the sender is told, as it would be by another host.
    lab.host.connect(client, (HOST_IP, 8)).unwrap();
    lab.host.udp_send(client, b"x").unwrap();
    assert_eq!(lab.host.try_udp_recv(client), Err(Error::ConnRefused));
    lab.net.run_until_idle();
    lab.peer.expect_nothing();
    lab.assert_alive();
}
