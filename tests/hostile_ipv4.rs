// SPDX-License-Identifier: Apache-2.0
//! Hostile IPv4 packets, by the numbers of the list of known attacks. Each test ends with a host
//! that still answers and holds nothing ([`Lab::assert_alive`]).
#![cfg(CONFIG_NET_IPV4)]

use testutil::check::{icmp, payload};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, EthAddr, Ipv4Addr, Lab, Rng, frame};
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::{option, protocol};

/// A frame from the station to the host with these bytes as IPv4 packet.
fn ip(lab: &Lab, packet: &[u8]) -> Vec<u8> {
    frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, packet)
}

/// A good echo request of the station.
fn echo(data: &[u8]) -> Vec<u8> {
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, data);
    frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message)
}

const ECHO_REPLY: Message = Message::EchoReply { ident: 1, seq: 1 };

/// 4: ICMPv6 in an IPv4 packet, and its types in an ICMP one, are not taken for ICMPv6.
#[test]
fn hostile_4_icmpv6_over_ipv4() {
    let mut lab = Lab::new();
    lab.acquaint();
    let echo6 = frame::icmp_raw(128, 0, [0, 1, 0, 1], b"ping");
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMPV6).build(&echo6);
    lab.send(ip(&lab, &packet));
    assert_eq!(lab.host.drops(DropReason::Ipv4UnknownProtocol), 1);
    lab.peer.expect(&[&icmp(Message::DestUnreachable { code: 2, mtu: 0 })]);
    for kind in 128..=137 {
        let message = frame::icmp_raw(kind, 0, [0; 4], &[0; 40]);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message);
        lab.dropped(ip(&lab, &packet), DropReason::IcmpUnknownType);
    }
    lab.assert_alive();
}

/// 5: what was handed to the driver is not looked at again, whoever has its buffers by then.
#[test]
fn hostile_5_echo_is_not_touched_after_send() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.host.scribble_after_send(true);
    for len in [0, 1, 100, 500, 1472] {
        let data = vec![0x5a; len];
        lab.send(ip(&lab, &echo(&data)));
        lab.peer.expect(&[&icmp(ECHO_REPLY), &payload(&data)]);
        lab.assert_clean();
    }
    // A datagram that waited for its neighbour, an error, and a packet to ourselves.
    let socket = lab.host.udp_bind(7);
    for dst in [HOST_IP, PEER_IP] {
        lab.host.udp_send_to(socket, (dst, 9), &[1; 600]).unwrap();
    }
    lab.net.run_until_idle();
    lab.peer.expect(&[&payload(&[1; 600])]);
    lab.host.close(socket);
    lab.assert_alive();
}

/// 6 and 12: IGMP queries, with and without sources, whole and with a count past the packet.
#[test]
fn hostile_6_and_12_igmp_queries() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.host.scribble_after_send(true);
    let all = Ipv4Addr::new(224, 0, 0, 1);
    for (len, count) in [(8, 0), (12, 0), (16, 1), (12, 1), (12, 0xffff), (16, 0x4000), (1400, 400)]
    {
        let mut query = vec![0u8; len];
        query[0] = 0x11;
        if len >= 12 {
            query[10..12].copy_from_slice(&u16::to_be_bytes(count));
        }
        frame::mend_icmp(&mut query);
        let packet = frame::Ipv4::new(PEER_IP, all, protocol::IGMP)
            .ttl(1)
            .options(&[option::ROUTER_ALERT, 4, 0, 0])
            .build(&query);
        lab.send(frame::ipv4_frame(EthAddr::from_ipv4_multicast(all), lab.peer.mac, &packet));
        // Reports, where IGMP is there; never an error.
        for frame in lab.peer.take() {
            assert_eq!(frame[23], protocol::IGMP);
        }
        lab.assert_clean();
    }
    lab.assert_alive();
}

/// 7: sources that cannot be another host's.
#[test]
fn hostile_7_impossible_source() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.udp_bind(7);
    let sources = [
        [127, 0, 0, 1],
        [127, 255, 255, 254],
        [255, 255, 255, 255],
        [192, 0, 2, 255],
        [224, 0, 0, 1],
        [239, 255, 255, 255],
        HOST_IP.octets(),
        [0, 0, 0, 0],
        [0, 1, 2, 3],
    ];
    for src in sources.map(Ipv4Addr::from) {
        let udp = frame::udp((src, 7), (HOST_IP, 7), b"x");
        let packet = frame::Ipv4::new(src, HOST_IP, protocol::UDP).build(&udp);
        lab.dropped(ip(&lab, &packet), DropReason::Ipv4BadSource);
        let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"x");
        let packet = frame::Ipv4::new(src, HOST_IP, protocol::ICMP).build(&message);
        lab.dropped(ip(&lab, &packet), DropReason::Ipv4BadSource);
    }
    assert_eq!(lab.host.udp_recv(server), None);
    lab.assert_alive();
}

/// 7, neighbours: destinations that are not ours, 127/8 from outside among them.
#[test]
fn hostile_7_impossible_destination() {
    let mut lab = Lab::new();
    lab.acquaint();
    for dst in [[127, 0, 0, 1], [192, 0, 2, 77], [0, 0, 0, 0], [224, 9, 9, 9], [198, 51, 100, 255]]
    {
        let dst = Ipv4Addr::from(dst);
        // The broadcast address of old, where the configuration asks for it.
        if cfg!(CONFIG_NET_IPV4_ACCEPT_ZERO_BROADCAST) && dst.is_unspecified() {
            continue;
        }
        let udp = frame::udp((PEER_IP, 7), (dst, 7), b"x");
        let packet = frame::Ipv4::new(PEER_IP, dst, protocol::UDP).build(&udp);
        lab.dropped(ip(&lab, &packet), DropReason::Ipv4NotForUs);
    }
    lab.assert_alive();
}

/// 8: fragments that contradict each other, overlap, or pass 65,535. Nothing is kept of them.
#[test]
fn hostile_8_contradicting_fragments() {
    let mut lab = Lab::new();
    lab.acquaint();
    let mut rng = Rng::new(8);
    let server = lab.host.udp_bind(7);
    let edges =
        [(0, true), (8, true), (8, false), (0, true), (16, false), (0xfff8, true), (0xfff8, false)];
    let random = (0..500).map(|_| (rng.below(0x2000) as u16 * 8, rng.chance(0.5)));
    for (offset, more) in edges.into_iter().chain(random.collect::<Vec<_>>()) {
        if offset == 0 && !more {
            continue;
        }
        let len = 8 * (1 + rng.below(180) as usize);
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP).fragment(offset, more);
        lab.send(ip(&lab, &packet.build(&vec![0x5a; len])));
        assert!(lab.peer.take().iter().all(|frame| frame[14 + 9] == protocol::ICMP));
    }
    assert_eq!(lab.host.udp_recv(server), None);
    // Whatever is kept for reassembly goes with time.
    lab.net.run_for(testutil::Duration::from_secs(120));
    lab.peer.take();
    lab.assert_alive();
}

/// 9: source routes are ignored: nothing is forwarded, and the answer takes the usual way.
#[test]
fn hostile_9_source_routes() {
    for kind in [option::LOOSE_SOURCE_ROUTE, option::STRICT_SOURCE_ROUTE] {
        let mut lab = Lab::new();
        lab.acquaint();
        for pointer in [4, 8, 0, 3, 5, 255] {
            let mut route = vec![kind, 11, pointer];
            route.extend([192, 0, 2, 77, 198, 51, 100, 1]);
            let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"by way of");
            let packet =
                frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).options(&route).build(&message);
            lab.send(ip(&lab, &packet));
            let reply = lab.peer.expect(&[&icmp(ECHO_REPLY), &payload(b"by way of")]);
            assert_eq!(reply[14], 0x45, "no options in the answer");
            lab.peer.expect_nothing();

            // To another host by way of us: not ours, and not forwarded.
            let there = Ipv4Addr::new(192, 0, 2, 77);
            let packet =
                frame::Ipv4::new(PEER_IP, there, protocol::ICMP).options(&route).build(&message);
            lab.dropped(ip(&lab, &packet), DropReason::Ipv4NotForUs);
        }
        lab.assert_alive();
    }
}

/// 10: "fragmentation needed" that nobody can have meant, or with absurd sizes.
#[test]
fn hostile_10_forged_fragmentation_needed() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_bind(4000);
    let needed = |mtu, quote: &[u8]| {
        let message = frame::icmp(Message::DestUnreachable { code: 4, mtu }, quote);
        frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message)
    };
    // No such flow.
    let udp = frame::udp((HOST_IP, 4000), (PEER_IP, 7), b"12345678");
    let quote = frame::Ipv4::new(HOST_IP, PEER_IP, protocol::UDP).build(&udp);
    lab.host.connect(socket, ([192, 0, 2, 3], 7)).unwrap();
    for mtu in [0, 1, 67, 68, 575, 576, 1400, 1500, 65535] {
        lab.dropped(ip(&lab, &needed(mtu, &quote)), DropReason::IcmpBadQuote);
    }
    // A live flow: whatever the size, packets up to the floor of 576 bytes still go out.
    lab.host.connect(socket, (PEER_IP, 7)).unwrap();
    for mtu in [0, 1, 67, 68, 575] {
        lab.send(ip(&lab, &needed(mtu, &quote)));
        let _ = lab.host.try_udp_recv(socket);
        lab.host.udp_send(socket, &[0; 548]).unwrap();
        lab.net.run_until_idle();
        lab.peer.expect(&[&payload(&[0; 548])]);
        assert_eq!(lab.iface.mtu(), 1500);
    }
    lab.assert_alive();
}

/// 11: options of every kind with many lengths, in headers of several sizes.
#[test]
fn hostile_11_malformed_options() {
    let mut lab = Lab::new();
    lab.acquaint();
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"");
    for kind in 0..=255u8 {
        for len in [0, 1, 2, 3, 4, 5, 7, 8, 9, 39, 40, 41, 127, 255] {
            for room in [4, 8, 40] {
                let mut options = vec![0xa5; room];
                options[0] = kind;
                options[1] = len;
                // What follows a good option ends the list.
                if let Some(end) = options.get_mut(usize::from(len).max(2)) {
                    *end = option::END;
                }
                let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP);
                let packet = packet.options(&options).build(&message);
                let before = lab.host.drops(DropReason::Ipv4BadOption);
                lab.send(ip(&lab, &packet));
                let good = match kind {
                    option::END => true,
                    // The length is then the kind of the next option.
                    option::NOP => len == 0 || len == 1,
                    _ => len >= 2 && usize::from(len) <= room,
                };
                let replies = lab.peer.take();
                if kind == option::NOP && !good {
                    continue;
                }
                assert_eq!(replies.len() == 1, good, "kind {kind} length {len} room {room}");
                let dropped = lab.host.drops(DropReason::Ipv4BadOption) - before;
                assert_eq!(dropped == 1, !good, "kind {kind} length {len} room {room}");
            }
        }
    }
    lab.assert_alive();
}

/// 11, neighbours: random option bytes.
#[test]
fn hostile_11_random_options() {
    let mut lab = Lab::new();
    lab.acquaint();
    let mut rng = Rng::new(11);
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"");
    for _ in 0..3_000 {
        let options = rng.bytes(4 * (1 + rng.clone().below(10) as usize));
        let packet =
            frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).options(&options).build(&message);
        let before = lab.host.drops(DropReason::Ipv4BadOption);
        lab.send(ip(&lab, &packet));
        let dropped = lab.host.drops(DropReason::Ipv4BadOption) - before;
        assert_eq!(lab.peer.take().len() as u32 + dropped, 1);
    }
    lab.assert_alive();
}

/// 13: header lengths below 20, total lengths below the header or past the frame, other versions.
#[test]
fn hostile_13_contradicting_lengths() {
    let mut lab = Lab::new();
    lab.acquaint();
    let good = echo(&[0x5a; 40]);
    for first in 0..=255u8 {
        let mut bad = good.clone();
        bad[0] = first;
        let reason = match (first >> 4, usize::from(first & 15) * 4) {
            (4, 20) => continue,
            (4, len) if len < 20 => DropReason::Ipv4Malformed,
            // Long enough: then the checksum covers other bytes.
            (4, _) => DropReason::Ipv4BadChecksum,
            _ => DropReason::Ipv4BadVersion,
        };
        lab.dropped(ip(&lab, &bad), reason);
    }
    let whole = good.len() as u16;
    for total in (0..20).chain([whole + 1, whole + 100, 0x7fff, 0xffff]) {
        let mut bad = good.clone();
        bad[2..4].copy_from_slice(&total.to_be_bytes());
        frame::mend_ipv4(&mut bad);
        lab.dropped(ip(&lab, &bad), DropReason::Ipv4Malformed);
    }
    // A header of 60 bytes in a packet of 40.
    let mut bad = good[..40].to_vec();
    bad[0] = 0x4f;
    bad[2..4].copy_from_slice(&[0, 40]);
    frame::mend_ipv4(&mut bad);
    lab.dropped(ip(&lab, &bad), DropReason::Ipv4Malformed);
    lab.assert_alive();
}

/// 13, neighbours: a good packet cut at every byte.
#[test]
fn hostile_13_cut_at_every_byte() {
    let mut lab = Lab::new();
    lab.acquaint();
    let good = echo(&[0x5a; 300]);
    for len in 0..good.len() {
        lab.dropped(ip(&lab, &good[..len]), DropReason::Ipv4Malformed);
    }
    lab.send(ip(&lab, &good));
    lab.peer.expect(&[&icmp(ECHO_REPLY)]);
    lab.assert_alive();
}

/// 14: ICMP messages shorter than their header; the answer to a short frame has no stale byte.
#[test]
fn hostile_14_short_icmp_of_every_length() {
    let mut lab = Lab::new();
    lab.acquaint();
    // Something for a careless stack to find in its buffers.
    lab.send(ip(&lab, &echo(&[0xee; 1400])));
    lab.peer.take();
    let message = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"");
    for len in 0..8 {
        let mut cut = message[..len].to_vec();
        if len >= 4 {
            frame::mend_icmp(&mut cut);
        }
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&cut);
        lab.dropped(ip(&lab, &packet), DropReason::IcmpMalformed);
        lab.dropped(frame::padded(ip(&lab, &packet)), DropReason::IcmpMalformed);
    }
    // The smallest one, and padding that must not come back.
    let mut padded = ip(&lab, &echo(b""));
    padded.resize(60, 0xee);
    lab.send(padded);
    let reply = lab.peer.expect(&[&icmp(ECHO_REPLY), &payload(b"")]);
    assert!(!reply.contains(&0xee));
    lab.assert_alive();
}

/// 15: ICMP errors that quote too little to name a flow.
#[test]
fn hostile_15_error_with_a_short_quote() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_bind(4000);
    lab.host.connect(socket, (PEER_IP, 7)).unwrap();
    lab.host.udp_send(socket, b"12345678").unwrap();
    lab.net.run_until_idle();
    let sent = lab.peer.next().unwrap()[14..].to_vec();
    let error = |kind, quote: &[u8]| {
        let message = frame::icmp_raw(kind, 3, [0; 4], quote);
        frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message)
    };
    for kind in [3, 11, 12] {
        for len in 0..28 {
            lab.dropped(ip(&lab, &error(kind, &sent[..len])), DropReason::IcmpBadQuote);
            assert_eq!(lab.host.try_udp_recv(socket), Ok(None), "type {kind} length {len}");
        }
        // Enough bytes, but a header that claims them all for options, or is none.
        for first in [0x4f, 0x44, 0x65, 0x00] {
            let mut quote = sent[..28].to_vec();
            quote[0] = first;
            lab.dropped(ip(&lab, &error(kind, &quote)), DropReason::IcmpBadQuote);
        }
        lab.send(ip(&lab, &error(kind, &sent[..28])));
        assert!(lab.host.try_udp_recv(socket).is_err(), "with eight bytes it counts");
    }
    lab.assert_alive();
}

/// A packet for one host in a frame to all of them: nobody answers, or all would (RFC 1122, 3.3.6).
#[test]
fn hostile_unicast_in_a_broadcast_frame() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.udp_bind(7);
    let ping = frame::icmp(Message::EchoRequest { ident: 1, seq: 1 }, b"all of you");
    let udp = |port| frame::udp((PEER_IP, 4000), (HOST_IP, port), b"all of you");
    let cases = [(protocol::ICMP, ping), (protocol::UDP, udp(7)), (protocol::UDP, udp(8))];
    for (protocol, bytes) in cases {
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol).build(&bytes);
        let frame = frame::ipv4_frame(EthAddr::BROADCAST, lab.peer.mac, &packet);
        match cfg!(CONFIG_NET_L2_ETHERNET_ACCEPT_MISMATCH_L3_L2_ADDR) {
            true => lab.send(frame),
            false => lab.dropped(frame, DropReason::Ipv4LinkBroadcast),
        }
    }
    let heard = cfg!(CONFIG_NET_L2_ETHERNET_ACCEPT_MISMATCH_L3_L2_ADDR);
    assert_eq!(lab.host.udp_recv(server).is_some(), heard);
    // The reverse is nobody's fault: a bridge may know that there is one station only.
    let all = frame::udp((PEER_IP, 4000), (Ipv4Addr::BROADCAST, 7), b"all of you");
    let packet = frame::Ipv4::new(PEER_IP, Ipv4Addr::BROADCAST, protocol::UDP).build(&all);
    lab.send(ip(&lab, &packet));
    assert_eq!(lab.host.udp_recv(server).unwrap().data, b"all of you");
    lab.assert_alive();
}
