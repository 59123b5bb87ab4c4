// SPDX-License-Identifier: Apache-2.0
//! IPv6 and ICMPv6 as seen from a station beside the host (RFC 8200, RFC 4443).
#![cfg(all(CONFIG_NET_IPV6, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::DropReason;
use testutil::lab6::{HOST, HOST_LL, Ipv6, Lab6, PEER, PEER_LL, datagram, icmp};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::{kind, problem, unreachable};
use znet::wire::ipv6::next_header;

const ALL_NODES: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);

/// RFC 4443, 4.2.
#[test]
fn echo_is_answered_from_the_address_it_was_sent_to() {
    let mut lab = Lab6::new();
    for (src, dst) in [(PEER_LL, HOST_LL), (PEER, HOST)] {
        lab.echo(src, dst, 3, b"odd data!");
        let reply = lab.one();
        assert_eq!((reply.repr.src, reply.repr.dst), (dst, src));
        assert_eq!(reply.icmp().unwrap().echo_fields(), (7, 3));
        assert_eq!((reply.kind(), reply.body()), (Some((kind::ECHO_REPLY, 0)), &b"odd data!"[..]));
    }
    lab.echo(PEER_LL, ALL_NODES, 4, b"all");
    let reply = lab.one();
    assert_eq!((reply.repr.src, reply.body()), (HOST_LL, &b"all"[..]));
}

#[test]
fn the_host_asks_and_hears_the_answer() {
    let mut lab = Lab6::new();
    lab.host.core().with(|stack, _| stack.icmp_listen(kind::ECHO_REPLY, true));
    lab.ping(PEER, b"hello").unwrap();
    let request = lab.one();
    assert_eq!((request.repr.src, request.kind()), (HOST, Some((kind::ECHO_REQUEST, 0))));
    let reply = icmp(PEER, HOST, [kind::ECHO_REPLY, 0], [0, 1, 0, 2], b"hello");
    lab.icmp(PEER, HOST, 64, &reply);
    assert!(lab.run().is_empty());
    assert_eq!(lab.host.take_calls().len(), 1);
}

#[test]
fn datagrams_go_both_ways() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    lab.udp((PEER, 4000), (HOST, 7), b"ping");
    lab.run();
    assert_eq!(lab.recv(socket), Some(((PEER, 4000), b"ping".to_vec())));
    lab.send_to(socket, (PEER, 4000), b"pong").unwrap();
    let sent = lab.one();
    assert_eq!((sent.repr.src, sent.repr.dst, sent.repr.hop_limit), (HOST, PEER, 64));
    assert_eq!(sent.udp(), Some((7, 4000, &b"pong"[..])));
    lab.host.close(socket);
    lab.assert_clean();
}

/// RFC 4443, 3.1: code 4; the error quotes as much as fits 1,280 bytes (2.4 c).
#[test]
fn a_closed_port_is_refused() {
    let mut lab = Lab6::new();
    for len in [0, 8, 1400] {
        let data = vec![7; len];
        lab.udp((PEER, 4000), (HOST, 9), &data);
        let error = lab.one();
        assert_eq!(error.kind(), Some((kind::DEST_UNREACHABLE, unreachable::PORT)));
        let packet = datagram((PEER, 4000), (HOST, 9), &data);
        let packet = Ipv6::new(PEER, HOST, next_header::UDP).build(&packet);
        assert_eq!(error.body(), &packet[..packet.len().min(1232)]);
    }
    // Not to a group (2.4 e.3).
    lab.dropped(DropReason::UdpNoSocket, |lab| lab.udp((PEER, 4000), (ALL_NODES, 9), b""));
}

#[test]
fn an_error_reaches_the_socket_it_is_about() {
    let mut lab = Lab6::new();
    let socket = lab.socket(5000);
    lab.connect(socket, (PEER, 9)).unwrap();
    let sent = datagram((HOST, 5000), (PEER, 9), b"x");
    let sent = Ipv6::new(HOST, PEER, next_header::UDP).build(&sent);
    let code = [kind::DEST_UNREACHABLE, unreachable::PORT];
    lab.icmp(PEER, HOST, 64, &icmp(PEER, HOST, code, [0; 4], &sent));
    lab.run();
    assert_eq!(lab.host.try_udp_recv(socket), Err(testutil::Error::ConnRefused));
    // One that quotes too little says nothing (hostile-inputs: neighbours of line 15).
    for len in 0..44 {
        lab.dropped(DropReason::IcmpBadQuote, |lab| {
            lab.icmp(PEER, HOST, 64, &icmp(PEER, HOST, code, [0; 4], &sent[..len]));
        });
    }
    lab.host.close(socket);
}

/// RFC 8200, 4: every legal order of headers in front of a datagram.
#[test]
fn extension_headers_in_any_order() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let pad = |next: u8| [next, 0, 1, 4, 0, 0, 0, 0];
    let routing = |next: u8| [next, 0, 0, 0, 0, 0, 0, 0];
    let atomic = |next: u8| [next, 0, 0, 0, 1, 2, 3, 4];
    const D: u8 = next_header::DEST_OPTIONS;
    const R: u8 = next_header::ROUTING;
    const F: u8 = next_header::FRAGMENT;
    let chains: [&[u8]; 7] = [&[0], &[D], &[0, D, R, F, D], &[F], &[R, R], &[D, F, R], &[0, F]];
    for chain in chains {
        let mut payload = datagram((PEER, 4000), (HOST, 7), b"behind");
        let mut next = next_header::UDP;
        for &kind in chain.iter().rev() {
            let header = match kind {
                R => routing(next),
                F => atomic(next),
                _ => pad(next),
            };
            payload = [&header[..], &payload].concat();
            next = kind;
        }
        lab.packet(&Ipv6::new(PEER, HOST, next).build(&payload));
        assert!(lab.run().is_empty(), "{chain:?}");
        assert_eq!(lab.recv(socket), Some(((PEER, 4000), b"behind".to_vec())), "{chain:?}");
    }
    lab.host.close(socket);
    lab.assert_clean();
}

/// RFC 8200, 4.2: what the high bits of an option ask for.
#[test]
fn unknown_options_are_treated_as_they_ask() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    for (kind, to_host, to_group) in [
        (0x3e, None, None),
        (0x7e, Some(false), Some(false)),
        (0xbe, Some(true), Some(true)),
        (0xfe, Some(true), Some(false)),
        // A jumbogram (RFC 2675) is no exception.
        (0xc2, Some(true), Some(false)),
    ] {
        for (dst, outcome) in [(HOST, to_host), (ALL_NODES, to_group)] {
            let options = [next_header::UDP, 0, 1, 0, kind, 2, 0, 0];
            let payload = [&options[..], &datagram((PEER, 4000), (dst, 7), b"x")].concat();
            for header in [0, next_header::DEST_OPTIONS] {
                lab.packet(&Ipv6::new(PEER, dst, header).build(&payload));
                let sent = lab.run();
                let got = lab.recv(socket).is_some();
                assert_eq!(got, outcome.is_none(), "{kind:#x} to {dst}");
                assert_eq!(sent.len(), usize::from(outcome == Some(true)), "{kind:#x} to {dst}");
                if let [error] = &sent[..] {
                    assert_eq!(error.kind(), Some((kind::PARAMETER_PROBLEM, problem::OPTION)));
                    assert_eq!(error.icmp().unwrap().value(), 44, "points to the option");
                }
            }
        }
    }
    lab.host.close(socket);
}

/// RFC 8200, 4 and 4.7; RFC 4443, 3.4.
#[test]
fn next_headers_nobody_knows() {
    let mut lab = Lab6::new();
    for (next, at) in [(200, 6), (6, 6)] {
        if cfg!(CONFIG_NET_TCP) && next == 6 {
            continue;
        }
        lab.packet(&Ipv6::new(PEER, HOST, next).build(&[0; 20]));
        let error = lab.one();
        assert_eq!(error.kind(), Some((kind::PARAMETER_PROBLEM, problem::NEXT_HEADER)));
        assert_eq!(error.icmp().unwrap().value(), at);
    }
    // Behind another header it points there; hop-by-hop options are known in front only.
    for next in [200, 0] {
        let options = [next, 0, 1, 4, 0, 0, 0, 0];
        let payload = [&options[..], &[17, 0, 1, 4, 0, 0, 0, 0]].concat();
        lab.packet(&Ipv6::new(PEER, HOST, next_header::DEST_OPTIONS).build(&payload));
        let error = lab.one();
        assert_eq!(error.icmp().unwrap().value(), 40, "{next}");
    }
    lab.dropped(DropReason::Ipv6NoNextHeader, |lab| {
        lab.packet(&Ipv6::new(PEER, HOST, next_header::NONE).build(&[]));
    });
}

/// RFC 4291, 2.5 and 2.7; RFC 4443, 2.4 e.
#[test]
fn addresses_that_cannot_be() {
    let mut lab = Lab6::new();
    let mapped: Ipv6Addr = "::ffff:192.0.2.1".parse().unwrap();
    for src in [ALL_NODES, Ipv6Addr::LOCALHOST, HOST, HOST_LL, mapped] {
        lab.dropped(DropReason::Ipv6BadSource, |lab| lab.echo(src, HOST, 1, b""));
    }
    for dst in [Ipv6Addr::UNSPECIFIED, Ipv6Addr::LOCALHOST] {
        lab.dropped(DropReason::Ipv6BadDestination, |lab| lab.echo(PEER, dst, 1, b""));
    }
    let other: Ipv6Addr = "2001:db8::9".parse().unwrap();
    lab.dropped(DropReason::Ipv6NotForUs, |lab| lab.echo(PEER, other, 1, b""));
    lab.dropped(DropReason::Ipv6BadSource, |lab| lab.echo(Ipv6Addr::UNSPECIFIED, HOST, 1, b""));
    lab.assert_alive();
}

/// RFC 4443, 2.4 f.
#[test]
fn errors_are_limited_in_rate() {
    let mut lab = Lab6::new();
    let mut errors = 0;
    for _ in 0..100 {
        lab.udp((PEER, 4000), (HOST, 9), b"");
        errors += lab.run().len();
    }
    assert!((10..=30).contains(&errors), "{errors}");
    assert_eq!(lab.host.drops(DropReason::IcmpRateLimited), 100 - errors as u32);
    lab.assert_alive();
}

/// RFC 8200, 8.1: over IPv6 the checksum is not optional.
#[test]
fn a_datagram_without_checksum_is_dropped() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let mut bytes = datagram((PEER, 4000), (HOST, 7), b"x");
    bytes[6..8].fill(0);
    lab.dropped(DropReason::UdpBadChecksum, |lab| {
        lab.packet(&Ipv6::new(PEER, HOST, next_header::UDP).build(&bytes));
    });
    lab.host.close(socket);
}

/// RFC 8200, 5: what the link does not carry is refused.
#[cfg(not(CONFIG_NET_IPV6_FRAGMENT))]
#[test]
fn a_datagram_past_the_mtu() {
    let lab = Lab6::new();
    let socket = lab.socket(7);
    assert_eq!(lab.send_to(socket, (PEER, 7), &[0; 1453]), Err(testutil::Error::MsgSize));
    lab.host.close(socket);
}

/// A connection to ourselves: every segment passes the IPv6 side of TCP twice.
#[cfg(CONFIG_NET_TCP)]
#[test]
fn tcp_over_ipv6() {
    use znet::base::{Endpoint, IpAddr};
    let mut lab = Lab6::new();
    let to = Endpoint::new(IpAddr::V6(HOST), 80);
    let core = lab.host.core();
    let (server, client) = core.with(|stack, env| {
        let server = stack.tcp_open().unwrap();
        stack.context_set_v6(server).unwrap();
        let any = Endpoint::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), 80);
        stack.tcp_bind(env, server, any).unwrap();
        stack.tcp_listen(env, server, 2).unwrap();
        let client = stack.tcp_open().unwrap();
        stack.context_set_v6(client).unwrap();
        stack.tcp_connect(env, client, to).unwrap();
        (server, client)
    });
    lab.run();
    let accepted = core.with(|stack, env| stack.tcp_accept(env, server)).unwrap().unwrap();
    let ends = core.with(|stack, _| {
        let context = stack.contexts.get(accepted).unwrap();
        (context.local, context.remote.addr)
    });
    assert_eq!(ends, (to, IpAddr::V6(HOST)));
    assert_eq!(core.with(|stack, _| stack.tcp_connected(client)), Ok(true));
    // A port nobody listens on refuses.
    let refused = core.with(|stack, env| {
        let other = stack.tcp_open().unwrap();
        stack.context_set_v6(other).unwrap();
        stack.tcp_connect(env, other, Endpoint::new(IpAddr::V6(HOST), 81)).unwrap();
        other
    });
    lab.run();
    let refusal = core.with(|stack, _| stack.tcp_connected(refused));
    assert_eq!(refusal, Err(testutil::Error::ConnRefused));
    for id in [refused, client, accepted, server] {
        let _ = core.with(|stack, env| stack.tcp_abort(env, id));
    }
    lab.run();
}
