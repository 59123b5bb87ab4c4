// SPDX-License-Identifier: Apache-2.0
//! Known ways in which IPv6 of embedded stacks was broken, by their numbers in the list of hostile
//! inputs. Lines 16, 18 and 22 are in `nd.rs`, 27 in `fragments_ipv6.rs`.
#![cfg(all(CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::DropReason;
use testutil::lab6::{Advert, HOST, Ipv6, Lab6, PEER, PEER_LL, datagram, icmp};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::{kind, problem};
use znet::wire::ipv6::next_header;
use znet::wire::ndp::Builder;

/// Fragments that cause an error: the packet received is freed, every time.
#[test]
fn hostile_17_malformed_fragments() {
    let mut lab = Lab6::new();
    for offset in [0u16, 8, 1448, 0xfff8] {
        for more in [0u16, 1] {
            for next in [next_header::UDP, next_header::FRAGMENT, 0, 200] {
                for len in [0, 1, 7, 8, 40] {
                    let mut payload = vec![next, 0];
                    payload.extend((offset | more).to_be_bytes());
                    payload.extend([1, 2, 3, 4]);
                    payload.extend(vec![0xaa; len]);
                    lab.packet(&Ipv6::new(PEER, HOST, next_header::FRAGMENT).build(&payload));
                    lab.run();
                    lab.net.run_for(testutil::Duration::from_secs(1));
                }
            }
        }
    }
    lab.net.run_for(testutil::Duration::from_secs(70));
    lab.run();
    lab.assert_clean();
    lab.assert_alive();
}

/// Prefixes, contexts (6CO) and routes longer than an address: passed over, and what is good beside them is taken.
#[test]
fn hostile_19_options_longer_than_an_address() {
    let mut lab = Lab6::new();
    let before = lab.iface.ipv6_addrs().count();
    for len in [129u8, 130, 192, 255] {
        let mut context = [0xaa; 24];
        context[..4].copy_from_slice(&[34, 3, len, 0x10]);
        let mut route = [0xaa; 24];
        route[..4].copy_from_slice(&[24, 3, len, 0]);
        let advert = Advert::new(1800)
            .prefix("2001:db8:1::", len, 0xc0, 7200, 3600)
            .option(&context)
            .option(&context[..16])
            .option(&route);
        lab.advert(PEER_LL, &advert);
        lab.run_for(3);
        assert_eq!(lab.iface.ipv6_addrs().count(), before, "{len}");
    }
    lab.assert_clean();
    lab.assert_alive();
}

/// Nothing is looked at after it was handed to the driver, which overwrites what is free.
#[test]
fn hostile_20_nothing_is_used_after_send() {
    let mut lab = Lab6::new();
    lab.host.scribble_after_send(true);
    lab.echo(PEER, HOST, 1, b"data");
    assert_eq!(lab.one().body(), b"data");
    lab.udp((PEER, 4000), (HOST, 9), b"refused");
    assert_eq!(lab.one().kind(), Some((kind::DEST_UNREACHABLE, 4)));
    let question = Builder::neighbour_solicit(HOST).source_link(lab.peer.mac);
    lab.nd(PEER, HOST, question.as_bytes());
    assert_eq!(lab.one().kind(), Some((kind::NEIGHBOUR_ADVERT, 0)));
    let mut query = vec![130, 0, 0, 0, 0, 1, 0, 0];
    query.extend([0; 20]);
    let all: Ipv6Addr = "ff02::1".parse().unwrap();
    testutil::lab6::mend_icmp(PEER_LL, all, &mut query);
    let payload = [&[58, 0, 5, 2, 0, 0, 1, 0][..], &query].concat();
    lab.packet(&Ipv6::new(PEER_LL, all, 0).hop_limit(1).build(&payload));
    assert_eq!(lab.run_for(1).len(), 1, "a report");
    lab.assert_alive();
}

/// A packet for a neighbour whose advertisement tells no link address waits, and is given up.
#[test]
fn hostile_21_a_neighbour_without_a_link_address() {
    let mut lab = Lab6::new();
    lab.answers.clear();
    let socket = lab.socket(5000);
    lab.send_to(socket, (PEER, 7), b"x").unwrap();
    let advert = Builder::neighbour_advert(PEER, false, true);
    lab.nd(PEER, HOST, advert.as_bytes());
    lab.nd(PEER, HOST, &[advert.as_bytes(), &[2, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]].concat());
    let sent = lab.run_for(10);
    assert!(sent.iter().all(|p| p.udp().is_none()), "{sent:?}");
    assert_eq!(lab.host.drops(DropReason::NeighbourUnreachable), 1);
    lab.host.close(socket);
    lab.answers = vec![PEER, PEER_LL];
    lab.assert_alive();
}

/// Extension headers of every length the field can tell, most of which pass the packet.
#[test]
fn hostile_23_lengths_of_extension_headers() {
    let mut lab = Lab6::new();
    for next in [0, next_header::ROUTING, next_header::DEST_OPTIONS] {
        for units in 2..=255u8 {
            let payload = [&[next_header::UDP, units][..], &[0; 14]].concat();
            lab.dropped(DropReason::Ipv6BadExtension, |lab| {
                lab.packet(&Ipv6::new(PEER, HOST, next).build(&payload));
            });
        }
    }
    lab.assert_alive();
}

/// Chains that end in the middle of a header.
#[test]
fn hostile_24_chains_that_contradict_the_payload_length() {
    let mut lab = Lab6::new();
    let whole = [60, 0, 1, 4, 0, 0, 0, 0, 43, 0, 0, 0, 0, 0, 0, 0, 44, 0, 1, 4, 0, 0, 0, 0];
    for len in 1..whole.len() {
        lab.dropped(DropReason::Ipv6BadExtension, |lab| {
            lab.packet(&Ipv6::new(PEER, HOST, 0).build(&whole[..len]));
        });
    }
    lab.assert_alive();
}

/// A payload length past the frame; and what is behind the payload is no part of it.
#[test]
fn hostile_25_payload_lengths() {
    let mut lab = Lab6::new();
    let good = Ipv6::new(PEER, HOST, next_header::UDP).build(&datagram((PEER, 1), (HOST, 9), b"x"));
    for len in [10, 11, 100, 1500, u16::MAX] {
        let mut packet = good.clone();
        packet[4..6].copy_from_slice(&len.to_be_bytes());
        lab.dropped(DropReason::Ipv6Malformed, |lab| lab.packet(&packet));
    }
    for len in 0..40 {
        lab.dropped(DropReason::Ipv6Malformed, |lab| {
            lab.peer.send(testutil::frame::ethernet(
                lab.iface.mac(),
                lab.peer.mac,
                0x86dd,
                &good[..len],
            ));
        });
    }
    lab.assert_alive();
}

#[test]
fn hostile_26_undersized_echo_requests() {
    let mut lab = Lab6::new();
    let request = icmp(PEER, HOST, [kind::ECHO_REQUEST, 0], [0, 7, 0, 1], b"");
    for len in 0..request.len() {
        lab.dropped(DropReason::IcmpMalformed, |lab| {
            let packet = Ipv6::new(PEER, HOST, next_header::ICMPV6).build(&request[..len]);
            lab.packet(&packet);
        });
    }
    lab.assert_alive();
}

/// "Packet too big" about nothing of ours, and below what any link carries.
#[test]
fn hostile_28_forged_packet_too_big() {
    let mut lab = Lab6::new();
    let forged = datagram((HOST, 5000), (PEER, 9), b"x");
    let forged = Ipv6::new(HOST, PEER, next_header::UDP).build(&forged);
    for mtu in [0u32, 68, 1279, 1280, u32::MAX] {
        let message = icmp(PEER, HOST, [kind::PACKET_TOO_BIG, 0], mtu.to_be_bytes(), &forged);
        lab.dropped(DropReason::IcmpBadQuote, |lab| lab.icmp(PEER, HOST, 64, &message));
    }
    assert_eq!(lab.iface.ipv6_mtu(), 1500);
    lab.assert_alive();
}

/// RFC 5095, 3: a routing header of any type with segments left is refused, and nothing is forwarded.
#[test]
fn hostile_29_routing_headers() {
    let mut lab = Lab6::new();
    for (kind_of, left) in [(0u8, 1u8), (0, 255), (2, 1), (3, 1), (4, 7), (253, 1)] {
        let mut payload = vec![next_header::UDP, 2, kind_of, left, 0, 0, 0, 0];
        payload.extend("2001:db8::77".parse::<Ipv6Addr>().unwrap().octets());
        payload.extend(datagram((PEER, 1), (HOST, 9), b"x"));
        lab.packet(&Ipv6::new(PEER, HOST, next_header::ROUTING).build(&payload));
        let error = lab.one();
        assert_eq!(error.kind(), Some((kind::PARAMETER_PROBLEM, problem::FIELD)));
        assert_eq!((error.icmp().unwrap().value(), error.repr.dst), (42, PEER), "the type");
        lab.run_for(1);
    }
    lab.assert_clean();
    lab.assert_alive();
}
