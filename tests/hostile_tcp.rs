// SPDX-License-Identifier: Apache-2.0
//! Hostile TCP, by the numbers of the list of known attacks. Each test is a script
//! ([`testutil::tcp::script`]), or many made from one; after each the host must hold nothing, answer a
//! ping and take a connection.
#![cfg(CONFIG_NET_TCP)]

use std::collections::HashSet;
use std::fmt::Write as _;

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::tcp::script::{self, Names};
use testutil::tcp::segment::{Opt, Segment, flag};
use testutil::tcp::{alive, pair::Pair};
use testutil::{Duration, Lab, LinkConfig, Rng, frame};
use znet::config;
use znet::wire::ipv4::protocol;

/// Runs a script, whose host is tried afterwards.
#[track_caller]
fn script(text: &str) {
    let text = format!("rule: RFC 9293, hostile\n{text}");
    // What the packets of this configuration have room for.
    let much = if config::NET_PKT_TX_COUNT < 64 { 500 } else { 3000 };
    let names = Names::from([
        ("much".into(), much),
        ("mss".into(), 1460),
        ("rto".into(), config::NET_TCP_INIT_RETRANSMISSION_TIMEOUT as i64),
        ("delack".into(), config::ZNET_TCP_ACK_DELAY as i64),
    ]);
    let parsed = script::parse(&text).unwrap_or_else(|(line, what)| panic!("line {line}: {what}"));
    if let Err(failure) = script::run(&parsed, &names) {
        let line = text.lines().nth(failure.line - 1).unwrap_or("");
        panic!("line {} ({line}): {failure}", failure.line);
    }
}

/// Puts a segment of the station on the wire.
fn send(lab: &mut Lab, segment: &Segment) {
    let bytes = segment.build(PEER_IP, HOST_IP);
    send_bytes(lab, &bytes);
}

fn send_bytes(lab: &mut Lab, bytes: &[u8]) {
    let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::TCP).build(bytes);
    lab.send(frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet));
}

/// The TCP segments the host sent since the last look.
fn answers(lab: &Lab) -> Vec<Segment> {
    let segment = |frame: &Vec<u8>| match testutil::check::dissect(frame).ok()?.net {
        testutil::check::Net::Ipv4(_, testutil::check::Transport::Tcp(segment)) => Some(*segment),
        _ => None,
    };
    lab.peer.take().iter().filter_map(segment).collect()
}

/// 30: a SYN while the connection of the same four-tuple ends, in each state of its end, with a
/// sequence number before, in and behind the window.
#[test]
fn hostile_30_syn_races_the_teardown() {
    let ends: &[(&str, &str)] = &[
        ("established", "open\n"),
        ("fin-wait-1", "open\nclose\n> FA 1\n"),
        ("fin-wait-2", "open\nclose\n> FA 1\n< A 1 ack 2\n"),
        ("closing", "open\nclose\n> FA 1\n< FA 1 ack 1\n> A 2 ack 2\n"),
        ("time-wait", "open\nclose\n> FA 1\n< FA 1 ack 2\n> A 2 ack 2\n"),
        ("close-wait", "open\n< FA 1\n+0ms..500ms > A 1 ack 2\n"),
        ("last-ack", "open\n< FA 1\nclose\n> FA 1\n"),
        ("aborted", "open\nabort\n> RA 1 ack 1\n"),
    ];
    for (_, end) in ends {
        for seq in ["-1000", "0", "1", "2", "3", "500", "1000000", "2000000000", "-2000000000"] {
            // Whatever is answered, a client that tries again gets its connection.
            script(&format!(
                "{end}< S {seq} <mss 1460>\ndrain\n< S {seq}+1 <mss 1460>\ndrain\n\
                 flow 1\n< S <mss 1460>\n> SA\n< A\nd: accept\n"
            ));
        }
    }
    // RFC 6191: out of TIME-WAIT a later number opens, an earlier one does not.
    let time_wait = ends[4].1;
    script(&format!("{time_wait}renew 5000\n< S <mss 1460>\n> SA\n< A\nd: accept\n"));
    script(&format!("{time_wait}< S -5000 <mss 1460>\n> A 2 ack 2\nstate TIME-WAIT\n"));
}

/// 31: resets for many connections while the table is walked by a timer.
#[test]
fn hostile_31_storm_of_resets() {
    let mut rng = Rng::new(31);
    let count = 8.min(config::NET_MAX_CONTEXTS / 2);
    let mut text = format!("listen {count}\n");
    for flow in 0..count {
        let _ = write!(text, "flow {flow}\n< S <mss 1460>\n> SA\n< A\nc{flow}: accept\n");
        let _ = write!(text, "c{flow}: send 10\n> A 1:11\n");
    }
    // All retransmit at the same time; some of them lose their connection in between.
    for round in 0..40 {
        let flow = rng.below(count as u64);
        let seq = if round % 4 == 0 { 1 } else { rng.below(1 << 32) };
        let _ = write!(text, "+{}ms flow {flow}\n< R {seq}\ndrain\n", rng.below(3));
    }
    text.push_str("wait 2*rto\ndrain\n");
    script(&text);
}

/// 32: without entropy no connection is begun or answered with a number that can be told in advance.
#[test]
fn hostile_32_no_entropy() {
    let number = |seed: u64| {
        let mut net = testutil::Network::new(seed);
        let wire = net.link(LinkConfig::default());
        let host = net.host("host");
        net.attach(host, wire, HOST_IP, 24);
        let peer = net.station(wire, PEER_IP);
        host.fail_entropy(true);
        host.restart(seed);
        let socket = host.tcp_open().expect("a context");
        let connected = host.tcp_connect(socket, (PEER_IP, 80));
        net.run_for(Duration::from_secs(1));
        let frames = peer.take();
        let syn = frames.iter().find_map(|f| match testutil::check::dissect(f).ok()?.net {
            testutil::check::Net::Ipv4(_, testutil::check::Transport::Tcp(s)) => Some(s.seq),
            _ => None,
        });
        host.fail_entropy(false);
        (connected.is_err(), syn)
    };
    for seed in 1..20 {
        let (refused, syn) = number(seed);
        assert!(refused && syn.is_none(), "refused {refused}, number {syn:?}");
    }
    // Nor is one answered, until there is entropy.
    let mut lab = Lab::new();
    lab.acquaint();
    lab.host.fail_entropy(true);
    lab.host.restart(1);
    let server = lab.host.tcp_server(80);
    let syn = Segment {
        src_port: 4000,
        dst_port: 80,
        flags: flag::SYN,
        window: 1000,
        ..Segment::default()
    };
    send(&mut lab, &syn);
    assert!(answers(&lab).is_empty(), "an answer without entropy");
    assert_eq!(lab.host.drops_total(), 1);
    lab.host.fail_entropy(false);
    send(&mut lab, &syn);
    assert_eq!(answers(&lab).len(), 1);
    lab.host.tcp_close(server).unwrap();
    lab.net.run_for(Duration::from_secs(1));
    alive(&mut lab);
}

/// 33: the numbers of 10,000 connections have no pattern: not in their order, not in their bits, not
/// from one four-tuple to the next.
#[test]
fn hostile_33_initial_sequence_numbers() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.tcp_server(80);
    let mut numbers = Vec::new();
    for n in 0..10_000u32 {
        let mut syn = Segment {
            src_port: 1024 + n as u16,
            dst_port: 80,
            seq: n,
            flags: flag::SYN,
            window: 1000,
            ..Segment::default()
        };
        send(&mut lab, &syn);
        let answer = answers(&lab).pop().expect("an answer");
        assert!(answer.has(flag::SYN | flag::ACK));
        numbers.push(answer.seq);
        (syn.flags, syn.seq) = (flag::RST, n + 1);
        send(&mut lab, &syn);
        if n % 10 == 0 {
            lab.net.run_for(Duration::from_millis(1));
        }
    }
    lab.host.tcp_close(server).unwrap();
    // No collisions beyond chance (about 0.01 expected among 10,000), no small steps.
    let distinct: HashSet<u32> = numbers.iter().copied().collect();
    assert!(distinct.len() > 9_990, "{} distinct numbers", distinct.len());
    let steps: Vec<u32> = numbers.windows(2).map(|w| w[1].wrapping_sub(w[0])).collect();
    let small = steps.iter().filter(|s| **s < 1 << 20 || **s > u32::MAX - (1 << 20)).count();
    assert!(small < 30, "{small} steps are small");
    // Each bit of numbers and steps is set half of the time: five sigma of 10,000 is 250.
    for (what, values) in [("number", &numbers), ("step", &steps)] {
        for bit in 0..32 {
            let set = values.iter().filter(|v| **v >> bit & 1 == 1).count();
            assert!(set.abs_diff(values.len() / 2) < 250, "bit {bit} of the {what}: {set}");
        }
    }
    alive(&mut lab);
}

/// 34: the urgent pointer at its limits, in each state, with whatever options.
#[test]
fn hostile_34_urgent_pointer() {
    for pointer in ["0", "1", "9", "10", "11", "32768", "65535"] {
        script(&format!(
            "open\n< PAU 1:11 urg {pointer}\ndrain\nrecv 10\n< AU 11 urg {pointer}\ndrain\n\
             < PA 11:21\ndrain\nrecv 10\nstate ESTABLISHED\n"
        ));
        script(&format!(
            "connect\n> S\n< SAU 0 ack 1 urg {pointer} <mss 1460>\n> A 1 ack 1\n\
             state ESTABLISHED\n"
        ));
        script(&format!(
            "listen\n< SU 0 urg {pointer} <mss 1460>\n> SA\n< AU 1 urg {pointer}\ndrain\n\
             accept\n< FAU 1 urg {pointer}\ndrain\nrecv 1 = 0\n"
        ));
        for options in ["raw 0800", "raw 0501", "nop, nop, nop, raw 05", "raw 02ff"] {
            script(&format!(
                "open\n< PAU 1:11 urg {pointer} <{options}>\ndrain\n< PA 1:11\ndrain\nrecv 10\n\
                 state ESTABLISHED\n"
            ));
        }
    }
}

/// Options of every kind and length, cut short everywhere: what a host may find behind a header.
fn options() -> impl Iterator<Item = Vec<u8>> {
    let kinds = [0u8, 1, 2, 3, 4, 5, 6, 8, 19, 28, 29, 30, 34, 253, 254, 255];
    kinds.into_iter().flat_map(|kind| {
        (0..=41u8).chain([127, 128, 254, 255]).flat_map(move |len| {
            [1usize, 2, 3, 4, 11, 12, 39, 40].into_iter().map(move |room| {
                let mut bytes = vec![kind, len];
                bytes.extend((2..40).map(|n| n as u8 ^ 0x5a));
                bytes.truncate(room);
                bytes
            })
        })
    })
}

/// A connection of the station with the host; returns the host's socket and its next number.
fn connect(lab: &mut Lab, port: u16, offer: &[Opt]) -> (testutil::Socket, testutil::Socket, u32) {
    let server = lab.host.tcp_server(80);
    let mut segment = Segment {
        src_port: port,
        dst_port: 80,
        seq: 1000,
        flags: flag::SYN,
        window: 1000,
        options: offer.to_vec(),
        ..Segment::default()
    };
    send(lab, &segment);
    let answer = answers(lab).pop().expect("an answer to the SYN");
    let next = answer.seq.wrapping_add(1);
    segment.options.retain(|o| matches!(o, Opt::Timestamps(..)));
    (segment.seq, segment.ack, segment.flags) = (1001, next, flag::ACK);
    send(lab, &segment);
    (server, lab.host.tcp_accept(server).expect("a connection"), next)
}

/// 35, 36, 39, 41: malformed options on a connection: it stays, whatever becomes of the segment.
#[test]
fn hostile_35_36_39_41_options_on_a_connection() {
    let mut lab = Lab::new();
    lab.acquaint();
    let offers =
        [vec![Opt::Mss(1460)], vec![Opt::Mss(1460), Opt::SackPermitted, Opt::Timestamps(7, 0)]];
    for (n, offer) in offers.into_iter().enumerate() {
        let stamps = offer.iter().any(|o| matches!(o, Opt::Timestamps(..)));
        let (server, socket, next) = connect(&mut lab, 5000 + n as u16, &offer);
        // A stamp that is well formed and far in the future would be believed, as it must be.
        let believed = |option: &Vec<u8>| stamps && option.starts_with(&[8, 10]);
        for option in options().filter(|option| !believed(option)) {
            let segment = Segment {
                src_port: 5000 + n as u16,
                dst_port: 80,
                seq: 1001,
                ack: next,
                flags: flag::ACK,
                window: 1000,
                options: vec![Opt::Raw(option)],
                ..Segment::default()
            };
            send(&mut lab, &segment);
        }
        lab.net.run_for(Duration::from_secs(1));
        lab.peer.take();
        let data = Segment {
            src_port: 5000 + n as u16,
            dst_port: 80,
            seq: 1001,
            ack: next,
            flags: flag::ACK | flag::PSH,
            window: 1000,
            options: if stamps { vec![Opt::Timestamps(8, 0)] } else { Vec::new() },
            payload: b"still here".to_vec(),
            ..Segment::default()
        };
        send(&mut lab, &data);
        assert_eq!(lab.host.tcp_recv(socket, 100, false).unwrap(), b"still here");
        lab.host.tcp_abort(socket).unwrap();
        lab.host.tcp_close(server).unwrap();
        lab.net.run_for(Duration::from_secs(1));
        lab.peer.take();
    }
    alive(&mut lab);
}

/// The same on SYNs to a listener, and on answers to a SYN of ours.
#[test]
fn hostile_36_38_39_41_options_on_a_syn() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.tcp_server(80);
    for (n, option) in options().enumerate() {
        let mut segment = Segment {
            src_port: 1024 + n as u16,
            dst_port: 80,
            seq: 1000,
            flags: flag::SYN,
            window: 1000,
            options: vec![Opt::Raw(option)],
            ..Segment::default()
        };
        send(&mut lab, &segment);
        for answer in answers(&lab) {
            assert!(answer.has(flag::SYN | flag::ACK) || answer.has(flag::RST), "{answer:?}");
        }
        (segment.flags, segment.seq) = (flag::RST, 1001);
        segment.options.clear();
        send(&mut lab, &segment);
    }
    lab.host.tcp_close(server).unwrap();
    alive(&mut lab);
}

/// 37: data offsets of every size, and segments of every length.
#[test]
fn hostile_37_data_offset() {
    let mut lab = Lab::new();
    lab.acquaint();
    let (server, socket, next) = connect(&mut lab, 5000, &[Opt::Mss(1460)]);
    let good = Segment {
        src_port: 5000,
        dst_port: 80,
        seq: 1001,
        ack: next,
        flags: flag::ACK | flag::PSH,
        window: 1000,
        ..Segment::default()
    }
    .build(PEER_IP, HOST_IP);
    for len in 0..=good.len() {
        for offset in 0..16u8 {
            if len == good.len() && offset == 5 {
                continue;
            }
            let mut bad = good[..len].to_vec();
            if len >= 18 {
                bad[12] = offset << 4;
                testutil::tcp::segment::mend(PEER_IP, HOST_IP, &mut bad);
            }
            let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::TCP).build(&bad);
            let frame = frame::ipv4_frame(lab.iface.mac(), lab.peer.mac, &packet);
            let before = lab.host.drops(testutil::DropReason::TcpMalformed);
            lab.send(frame);
            let dropped = lab.host.drops(testutil::DropReason::TcpMalformed) - before;
            assert_eq!(dropped, 1, "length {len}, offset {offset}: {}", lab.drop_list());
        }
    }
    lab.peer.expect_nothing();
    assert_eq!(lab.host.tcp_recv(socket, 1, false), Err(testutil::Error::Again));
    lab.host.tcp_abort(socket).unwrap();
    lab.host.tcp_close(server).unwrap();
    alive(&mut lab);
}

/// 38: an MSS of 0, 1, 65535 and about the limits: segments of a size that makes sense.
#[test]
fn hostile_38_mss() {
    for mss in [0, 1, 39, 40, 63, 64, 65, 535, 1459, 1460, 1461, 32768, 65535] {
        script(&format!(
            "listen\n< S <mss {mss}>\n> SA\n< A\naccept\nsend much\ndrain\n< A 1 ack 1\n\
             drain\nwait 10*rto\ndrain\nstate ESTABLISHED\ninfo mss >= 48\ninfo mss <= 1460\n"
        ));
    }
}

/// 40: a small MSS and a peer that acknowledges every other segment; a flood of pieces out of order.
#[test]
fn hostile_40_many_holes() {
    // Work for each ACK is bounded by the queue, and that by its packets: this ends.
    script(
        "listen\n< S <mss 88, sackok>\n> SA\n< A\naccept\nset nodelay 1\nsend much\ndrain\n\
         repeat 200\n\
         < A 1 ack 1 <sack 89+176*(i-i/4*4):177+176*(i-i/4*4) 441:529 617:705>\ndrain\nend\n\
         wait 10*rto\ndrain\n",
    );
    // A thousand single bytes, each with a gap before it; then what they wait for.
    script(
        "open <mss 1460, sackok>\nrepeat 1000\n< A 3+2*i:4+2*i\ndrain\nend\n\
         < A 1:1001\ndrain\nrecv 1000\ndrain\n",
    );
    // The same with every byte where it was before, backwards, and over one another.
    script(
        "open <mss 1460, sackok>\nrepeat 500\n< A 1000-i:1010-i\ndrain\nend\n\
         repeat 500\n< A 2+i:502+i\ndrain\nend\n< A 1:501\ndrain\nrecv 500\ndrain\n",
    );
}

/// 42: a flood of SYNs, segments of every kind to a listener: a good client connects within three
/// seconds.
#[test]
fn hostile_42_syn_flood() {
    let mut lab = Lab::new();
    lab.acquaint();
    let server = lab.host.tcp_server(80);
    let mut rng = Rng::new(42);
    for n in 0..5_000u32 {
        let letters = ["S", "S", "S", "S", "A", "R", "RA", "F", "SA", "FA", "-"];
        let letters = if n < 4_000 { "S" } else { letters[rng.below(11) as usize] };
        let segment = Segment {
            src_port: 1024 + rng.below(60_000) as u16,
            dst_port: 80,
            seq: rng.draw() as u32,
            ack: rng.draw() as u32,
            flags: testutil::tcp::segment::flags_of(letters).unwrap_or(0),
            window: 1000,
            options: vec![Opt::Mss(1460)],
            ..Segment::default()
        };
        send(&mut lab, &segment);
        lab.peer.take();
    }
    // The good client, which repeats its SYN as clients do, in the middle of the flood's aftermath.
    let mut syn = Segment {
        src_port: 999,
        dst_port: 80,
        seq: 1,
        flags: flag::SYN,
        window: 1000,
        options: vec![Opt::Mss(1460)],
        ..Segment::default()
    };
    let mut connection = None;
    for _ in 0..3 {
        send(&mut lab, &syn);
        let answer = answers(&lab).into_iter().find(|a| a.dst_port == 999);
        if let Some(answer) = answer {
            (syn.flags, syn.seq) = (flag::ACK, 2);
            syn.ack = answer.seq.wrapping_add(1);
            syn.options.clear();
            send(&mut lab, &syn);
            connection = lab.host.tcp_accept(server).ok();
            break;
        }
        lab.net.run_for(Duration::from_secs(1));
    }
    let connection = connection.expect("a good client connects within three seconds");
    lab.host.tcp_abort(connection).unwrap();
    lab.host.tcp_close(server).unwrap();
    alive(&mut lab);
}

/// 43: windows of nothing and of one byte for ever.
#[test]
fn hostile_43_closed_windows() {
    for window in [0, 1] {
        // It is probed, and never flooded with single bytes.
        script(&format!(
            "open win {window}\nsend much/3\ndrain\nwait 30*rto\ndrain\nstate ESTABLISHED\n\
             < A 1 ack 1 win {window}\ndrain\nwait 30*rto\ndrain\nstate ESTABLISHED\n"
        ));
        // An application that is gone does not keep the connection of a peer that is gone for ever.
        script(&format!(
            "open win {window}\nsend much/3\ndrain\nclose\ndrain\nwait 1800s\ndrain\nstate CLOSED\n"
        ));
    }
    if cfg!(CONFIG_NET_TCP_KEEPALIVE) {
        script(
            "open win 0\nset keepidle 5\nset keepintvl 1\nset keepcnt 3\nset keepalive 1\n\
             wait 20s\ndrain\nstate CLOSED\nerror ETIMEDOUT\n",
        );
    }
}

/// 50: a refused connect is writable and in error, and SO_ERROR is ECONNREFUSED.
#[test]
fn hostile_50_refused_connect() {
    script("connect\n> S\n< RA 0 ack 1\npoll in out err hup\nerror ECONNREFUSED\nerror none\n");
    script("connect\n> S\nicmp port-unreachable\npoll in out err hup\nerror ECONNREFUSED\n");
    // Between two hosts.
    let mut pair = Pair::new(50, LinkConfig::default());
    let socket = pair.hosts[1].tcp_open().unwrap();
    pair.hosts[1].tcp_connect(socket, (testutil::tcp::pair::ADDRESSES[0], 81)).unwrap();
    pair.net.run_for(Duration::from_secs(1));
    assert_eq!(pair.hosts[1].tcp_connected(socket), Err(testutil::Error::ConnRefused));
    pair.hosts[1].tcp_close(socket).unwrap();
}
