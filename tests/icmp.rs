// SPDX-License-Identifier: Apache-2.0
//! ICMP as a host owes it: RFC 792, RFC 1122 3.2.2, RFC 1812 4.3.2.
#![cfg(CONFIG_NET_IPV4)]

use testutil::check::{icmp, ipv4, payload, quotes, to, tos, ttl};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Duration, Error, EthAddr, Ipv4Addr, Lab, frame};
use znet::stack::Call;
use znet::wire::icmpv4::{Message, kind, unreachable};
use znet::wire::ipv4::{option, protocol};

const PORT_UNREACHABLE: Message = Message::DestUnreachable { code: unreachable::PORT, mtu: 0 };
const PROTOCOL_UNREACHABLE: Message =
    Message::DestUnreachable { code: unreachable::PROTOCOL, mtu: 0 };

/// A UDP packet from the station to a port of `dst` nobody listens on.
fn unwanted(dst: Ipv4Addr, data: &[u8]) -> Vec<u8> {
    let udp = frame::udp((PEER_IP, 4000), (dst, 9), data);
    frame::Ipv4::new(PEER_IP, dst, protocol::UDP).build(&udp)
}

#[test]
fn an_echo_request_of_every_size_comes_back() {
    let mut lab = Lab::new();
    lab.acquaint();
    let data: Vec<u8> = (0..1472u32).map(|n| n as u8).collect();
    for len in (0..70).chain(100..=140).chain(1400..=1472) {
        let seq = len as u16;
        lab.peer.send_icmp(lab.at(), Message::EchoRequest { ident: 7, seq }, &data[..len]);
        lab.net.run_until_idle();
        let reply = Message::EchoReply { ident: 7, seq };
        lab.peer.expect(&[&to(lab.peer.mac), &ipv4(HOST_IP, PEER_IP), &icmp(reply), &ttl(64)]);
        lab.assert_clean();
    }
}

#[test]
fn the_reply_carries_the_data_and_the_type_of_service() {
    let mut lab = Lab::new();
    lab.acquaint();
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 2 }, &[0xa5; 999]);
    let mut packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP);
    packet.repr.tos = 0xb8;
    lab.peer.send_ipv4(lab.iface.mac(), &packet.build(&message));
    lab.net.run_until_idle();
    let reply = Message::EchoReply { ident: 1, seq: 2 };
    lab.peer.expect(&[&icmp(reply), &payload(&[0xa5; 999]), &tos(0xb8)]);
    lab.assert_alive();
}

/// Whose checksum is updated, not computed: the update cannot tell zero from minus zero.
#[test]
fn a_reply_of_nothing_but_zeros_has_a_right_checksum() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.peer.send_icmp(lab.at(), Message::EchoRequest { ident: 0, seq: 0 }, &[0; 56]);
    lab.net.run_until_idle();
    lab.peer.expect(&[&icmp(Message::EchoReply { ident: 0, seq: 0 }), &payload(&[0; 56])]);
    // The sum of the rest is all ones.
    lab.peer.send_icmp(lab.at(), Message::EchoRequest { ident: 0xffff, seq: 0 }, &[0; 8]);
    lab.net.run_until_idle();
    lab.peer.expect(&[&icmp(Message::EchoReply { ident: 0xffff, seq: 0 })]);
}

#[test]
fn a_request_with_options_or_padding_is_answered_without_them() {
    let mut lab = Lab::new();
    lab.acquaint();
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 2 }, b"abc");
    for options in
        [&[option::NOP][..], &[option::RECORD_ROUTE, 39, 4], &[option::ROUTER_ALERT, 4, 0, 0]]
    {
        let mut options = options.to_vec();
        options.resize(usize::from(*options.get(1).unwrap_or(&1)), 0);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).options(&options);
        let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet.build(&message));
        lab.send(frame::padded(frame));
        lab.peer.expect(&[&icmp(Message::EchoReply { ident: 1, seq: 2 }), &payload(b"abc")]);
    }
    lab.assert_alive();
}

/// The broadcast address of the network, where it is heard.
fn subnet() -> Ipv4Addr {
    match cfg!(CONFIG_ZNET_IPV4_DIRECTED_BROADCAST) {
        true => Ipv4Addr::new(192, 0, 2, 255),
        false => Ipv4Addr::BROADCAST,
    }
}

#[test]
fn a_request_to_a_group_is_answered_only_if_configured() {
    for dst in [Ipv4Addr::BROADCAST, subnet(), Ipv4Addr::new(224, 0, 0, 1)] {
        let mut lab = Lab::new();
        lab.acquaint();
        let mac = match dst.is_multicast() {
            true => EthAddr::from_ipv4_multicast(dst),
            false => EthAddr::BROADCAST,
        };
        let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 2 }, b"all");
        let packet = frame::Ipv4::new(PEER_IP, dst, protocol::ICMP).build(&message);
        let frame = frame::ipv4_frame(mac, lab.peer.mac, &packet);
        if cfg!(CONFIG_NET_ICMPV4_ACCEPT_BROADCAST) {
            lab.send(frame);
            lab.peer.expect(&[&ipv4(HOST_IP, PEER_IP), &payload(b"all")]);
        } else {
            lab.dropped(frame, DropReason::IcmpEchoToGroup);
        }
        lab.assert_alive();
    }
}

#[test]
fn a_closed_port_and_an_unknown_protocol_are_told() {
    let mut lab = Lab::new();
    lab.acquaint();
    let at = lab.iface.mac();
    for len in [0, 1, 20, 100, 101, 500, 548, 549, 1472] {
        let packet = unwanted(HOST_IP, &vec![0x5a; len]);
        lab.peer.send_ipv4(at, &packet);
        lab.net.run_for(Duration::from_secs(1));
        let error =
            lab.peer.expect(&[&icmp(PORT_UNREACHABLE), &quotes(&packet), &ipv4(HOST_IP, PEER_IP)]);
        // As much of it as fits in 576 bytes (RFC 1812, 4.3.2.3).
        assert_eq!(error.len(), 14 + (28 + packet.len()).min(576), "payload of {len}");

        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, 253).build(&vec![0x5a; len]);
        lab.peer.send_ipv4(at, &packet);
        lab.net.run_for(Duration::from_secs(1));
        lab.peer.expect(&[&icmp(PROTOCOL_UNREACHABLE), &quotes(&packet)]);
        lab.assert_clean();
    }
    assert_eq!(lab.host.drops(DropReason::UdpNoSocket), 9);
    assert_eq!(lab.host.drops(DropReason::Ipv4UnknownProtocol), 9);
    lab.assert_alive();
}

/// RFC 1122, 3.2.2: the packets that no error may answer.
#[test]
fn errors_are_not_sent_where_they_are_forbidden() {
    let mut lab = Lab::new();
    lab.acquaint();
    let (host, peer) = (lab.iface.mac(), lab.peer.mac);
    let subnet = subnet();
    let group = Ipv4Addr::new(224, 0, 0, 1);
    let all = EthAddr::BROADCAST;

    // A datagram to an IP broadcast or multicast address.
    lab.dropped(frame::ipv4_frame(all, peer, &unwanted(subnet, b"x")), DropReason::UdpNoSocket);
    lab.dropped(
        frame::ipv4_frame(all, peer, &unwanted(Ipv4Addr::BROADCAST, b"x")),
        DropReason::UdpNoSocket,
    );
    let mac = EthAddr::from_ipv4_multicast(group);
    lab.dropped(frame::ipv4_frame(mac, peer, &unwanted(group, b"x")), DropReason::UdpNoSocket);
    let unknown = |dst| frame::Ipv4::new(PEER_IP, dst, 253).build(b"x");
    lab.dropped(frame::ipv4_frame(mac, peer, &unknown(group)), DropReason::Ipv4UnknownProtocol);
    lab.dropped(frame::ipv4_frame(all, peer, &unknown(subnet)), DropReason::Ipv4UnknownProtocol);

    // An ICMP error, of every type.
    let quote = unwanted(HOST_IP, b"12345678");
    for code in 0..16 {
        for kind in
            [kind::DEST_UNREACHABLE, kind::SOURCE_QUENCH, kind::REDIRECT, kind::TIME_EXCEEDED]
        {
            let error = frame::icmp_raw(kind, code, [0; 4], &quote);
            let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&error);
            lab.send(frame::ipv4_frame(host, peer, &packet));
            lab.peer.expect_nothing();
        }
    }

    // A source that does not name a single host.
    for src in [[0, 0, 0, 0], [127, 0, 0, 1], [224, 0, 0, 1], [192, 0, 2, 255], [255; 4]] {
        let src = Ipv4Addr::from(src);
        let udp = frame::udp((src, 4000), (HOST_IP, 9), b"x");
        let packet = frame::Ipv4::new(src, HOST_IP, protocol::UDP).build(&udp);
        lab.dropped(frame::ipv4_frame(host, peer, &packet), DropReason::Ipv4BadSource);
    }
    lab.assert_alive();
}

#[test]
fn a_unicast_packet_in_a_broadcast_frame_causes_no_error() {
    let mut lab = Lab::new();
    lab.acquaint();
    let frame = frame::ipv4_frame(EthAddr::BROADCAST, lab.peer.mac, &unwanted(HOST_IP, b"x"));
    lab.send(frame);
    lab.peer.expect_nothing();
    lab.assert_clean();
    lab.assert_alive();
}

#[test]
fn a_later_fragment_causes_no_error() {
    let mut lab = Lab::new();
    lab.acquaint();
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP).fragment(800, false);
    let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet.build(&[0; 64]));
    if cfg!(CONFIG_NET_IPV4_FRAGMENT) {
        // It waits for the first, which does not come; nobody is told then (RFC 792).
        lab.send(frame);
        lab.net.run_for(Duration::from_secs(120));
        assert_eq!(lab.host.drops(DropReason::FragmentTimeout), 1);
        lab.peer.expect_nothing();
    } else {
        lab.dropped(frame, DropReason::Ipv4Fragment);
    }
    lab.assert_alive();
}

#[test]
fn errors_are_rate_limited() {
    let mut lab = Lab::new();
    lab.acquaint();
    let packet = unwanted(HOST_IP, b"x");
    let flood = |lab: &mut Lab, count: usize| {
        for _ in 0..count {
            lab.peer.send_ipv4(lab.iface.mac(), &packet);
            lab.net.run_until_idle();
        }
        lab.peer.take().len()
    };
    let burst = flood(&mut lab, 500);
    assert!((5..=50).contains(&burst), "{burst} errors at once");
    assert_eq!(lab.host.drops(DropReason::IcmpRateLimited) as usize, 500 - burst);
    // The right to send comes back with time.
    lab.net.run_for(Duration::from_secs(10));
    assert_eq!(flood(&mut lab, 500), burst);
    lab.net.run_for(Duration::from_millis(100));
    let few = flood(&mut lab, 500);
    assert!(few >= 1 && few < burst, "{few} errors after a tenth of a second");
    lab.assert_alive();
}

#[test]
fn an_error_reaches_the_socket_it_is_about() {
    let mut lab = Lab::new();
    lab.acquaint();
    let table = [
        (kind::DEST_UNREACHABLE, unreachable::NET, Error::NetUnreach),
        (kind::DEST_UNREACHABLE, unreachable::HOST, Error::HostUnreach),
        (kind::DEST_UNREACHABLE, unreachable::PROTOCOL, Error::ConnRefused),
        (kind::DEST_UNREACHABLE, unreachable::PORT, Error::ConnRefused),
    ];
    for (kind, code, error) in table {
        let (socket, other) = (lab.host.udp_open(), lab.host.udp_open());
        lab.host.connect(socket, (PEER_IP, 7)).unwrap();
        lab.host.connect(other, (PEER_IP, 8)).unwrap();
        lab.host.udp_send(socket, b"hello").unwrap();
        lab.net.run_until_idle();
        let sent = lab.peer.next().unwrap();
        let message = frame::icmp_raw(kind, code, [0; 4], &sent[14..]);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message);
        lab.peer.send_ipv4(lab.iface.mac(), &packet);
        lab.net.run_until_idle();
        assert_eq!(lab.host.try_udp_recv(other), Ok(None));
        assert_eq!(lab.host.try_udp_recv(socket), Err(error), "type {kind} code {code}");
        assert_eq!(lab.host.try_udp_recv(socket), Ok(None), "an error is told once");
        lab.host.close(socket);
        lab.host.close(other);
    }
    lab.assert_alive();
}

#[test]
fn a_forged_error_about_no_socket_of_ours_changes_nothing() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_bind(4000);
    lab.host.connect(socket, (PEER_IP, 7)).unwrap();
    // Another port, another peer, another address of origin, another protocol.
    let stranger = Ipv4Addr::new(192, 0, 2, 66);
    let forged = [
        ((HOST_IP, 4000), (PEER_IP, 8), protocol::UDP),
        ((HOST_IP, 4001), (PEER_IP, 7), protocol::UDP),
        ((HOST_IP, 4000), (stranger, 7), protocol::UDP),
        ((stranger, 4000), (PEER_IP, 7), protocol::UDP),
        ((HOST_IP, 4000), (PEER_IP, 7), protocol::TCP),
    ];
    for (src, dst, proto) in forged {
        let quote = frame::Ipv4::new(src.0, dst.0, proto).build(&frame::udp(src, dst, b"x"));
        let message = frame::icmp(PORT_UNREACHABLE, &quote);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message);
        let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet);
        lab.dropped(frame, DropReason::IcmpBadQuote);
        assert_eq!(lab.host.try_udp_recv(socket), Ok(None));
    }
    lab.assert_alive();
}

#[test]
fn a_ping_goes_out_and_its_answer_reaches_who_listens() {
    let mut lab = Lab::new();
    lab.host.core().with(|stack, _| stack.icmp_listen(kind::ECHO_REPLY, true));
    lab.host.ping(PEER_IP, 3, b"ping").unwrap();
    lab.net.run_until_idle();
    let request = Message::EchoRequest { ident: 1, seq: 3 };
    lab.peer.expect(&[&icmp(request), &payload(b"ping"), &to(lab.peer.mac)]);
    lab.peer.send_icmp(lab.at(), Message::EchoReply { ident: 1, seq: 3 }, b"ping");
    lab.net.run_until_idle();
    let calls = lab.host.take_calls();
    assert_eq!(calls.len(), 1);
    let (call, bytes) = &calls[0];
    assert_eq!(*call, Call::Icmp { kind: kind::ECHO_REPLY, code: 0 });
    // The handler sees the packet from its IPv4 header on.
    assert_eq!((bytes[0], &bytes[28..]), (0x45, &b"ping"[..]));
    lab.host.core().with(|stack, _| stack.icmp_listen(kind::ECHO_REPLY, false));
    lab.assert_alive();
}

#[test]
fn pinging_ourselves_never_reaches_the_wire() {
    let mut lab = Lab::new();
    lab.host.core().with(|stack, _| stack.icmp_listen(kind::ECHO_REPLY, true));
    lab.host.ping(HOST_IP, 1, b"self").unwrap();
    lab.net.run_until_idle();
    assert_eq!(lab.host.take_calls().len(), 1);
    lab.peer.expect_nothing();
    lab.assert_alive();
}

#[test]
fn types_nobody_handles_are_dropped_silently() {
    let mut lab = Lab::new();
    lab.acquaint();
    for kind in (0..=255).filter(|k| ![3, 8, 11, 12].contains(k)) {
        let message = frame::icmp_raw(kind, 0, [0; 4], &[0; 12]);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message);
        let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet);
        lab.dropped(frame, DropReason::IcmpUnknownType);
    }
    lab.assert_alive();
}

#[test]
fn a_wrong_checksum_is_dropped() {
    let mut lab = Lab::new();
    lab.acquaint();
    let good = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"data!");
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&bad);
        let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet);
        lab.dropped(frame, DropReason::IcmpBadChecksum);
    }
    lab.assert_alive();
}

/// RFC 1122, 3.2.2.6: record route and time stamp come back with this host's entries.
#[test]
#[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
fn the_reply_carries_route_and_time() {
    let mut lab = Lab::new();
    lab.acquaint();
    let asked = [
        &[option::RECORD_ROUTE, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, option::NOP][..],
        &[option::TIMESTAMP, 8, 5, 0, 0, 0, 0, 0],
        &[option::ROUTER_ALERT, 4, 0, 0],
    ]
    .concat();
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 2 }, b"data");
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP);
    for len in [24, 12, 20] {
        lab.peer.send_ipv4(lab.iface.mac(), &packet.clone().options(&asked[..len]).build(&message));
        lab.net.run_until_idle();
        let frames = lab.peer.take();
        assert_eq!(frames.len(), 1);
        let reply = &frames[0][14..];
        assert_eq!(
            znet::wire::checksum::Sum::of(&reply[..usize::from(reply[0] & 15) * 4]).fold(),
            0xffff
        );
        let route = [&[option::RECORD_ROUTE, 11, 8][..], &HOST_IP.octets(), &[0; 4]].concat();
        assert_eq!(reply[20..31], route);
        assert_eq!(reply[0] & 15, if len > 12 { 10 } else { 8 }, "words of the header");
        if len > 12 {
            assert_eq!(reply[31..34], [option::TIMESTAMP, 8, 9], "entered");
            assert_eq!(reply[35] & 0x80, 0x80, "the host's own clock");
        }
        let words = usize::from(reply[0] & 15) * 4;
        assert_eq!((reply[words], &reply[words + 8..words + 12]), (0, &b"data"[..]));
        lab.assert_clean();
    }
    lab.assert_alive();
}
