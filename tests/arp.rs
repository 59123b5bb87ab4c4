// SPDX-License-Identifier: Apache-2.0
//! Finding neighbours: RFC 826, RFC 1122 2.3.2, RFC 5227.
#![cfg(CONFIG_NET_IPV4)]

use testutil::check::{arp_reply, arp_request, payload, to, udp};
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Duration, EthAddr, Ipv4Addr, Lab};
use znet::config;
use znet::stack::Event;
use znet::wire::arp::{Operation, Repr};

const SILENT: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 99);
const SECOND: Duration = Duration::from_secs(1);

/// The neighbours the host knows.
fn known(lab: &Lab) -> Vec<(Ipv4Addr, EthAddr)> {
    lab.host.core().with(|stack, _| stack.neighbours().map(|(_, ip, mac, _)| (ip, mac)).collect())
}

/// An ARP packet from `mac`, which says it has `ip`, about `target`.
fn packet(operation: Operation, mac: EthAddr, ip: Ipv4Addr, target: Ipv4Addr) -> Repr {
    let target_hw = EthAddr::UNSPECIFIED;
    Repr { operation, sender_hw: mac, sender_ip: ip, target_hw, target_ip: target }
}

#[test]
fn asks_once_and_sends_what_waited_in_order() {
    let mut lab = Lab::new();
    lab.peer.answer_arp(false);
    let socket = lab.host.udp_open();
    for text in [b"1", b"2", b"3"] {
        lab.host.udp_send_to(socket, (PEER_IP, 7), text).unwrap();
    }
    lab.net.run_until_idle();
    lab.peer.expect(&[&arp_request(HOST_IP, PEER_IP)]);
    lab.peer.expect_nothing();
    lab.peer.reply_arp(lab.at());
    lab.net.run_until_idle();
    for text in [b"1", b"2", b"3"] {
        lab.peer.expect(&[&to(lab.peer.mac), &payload(text)]);
    }
    lab.peer.expect_nothing();
    assert_eq!(known(&lab), [(PEER_IP, lab.peer.mac)]);
    lab.assert_alive();
}

#[test]
fn a_full_queue_loses_its_oldest() {
    let mut lab = Lab::new();
    lab.peer.answer_arp(false);
    let socket = lab.host.udp_open();
    for number in 0..10u8 {
        lab.host.udp_send_to(socket, (PEER_IP, 7), &[number]).unwrap();
    }
    assert_eq!(lab.host.drops(DropReason::NeighbourQueueFull), 7);
    lab.peer.reply_arp(lab.at());
    lab.net.run_until_idle();
    lab.peer.expect(&[&arp_request(HOST_IP, PEER_IP)]);
    for number in 7..10 {
        lab.peer.expect(&[&payload(&[number])]);
    }
    lab.peer.expect_nothing();
}

#[test]
fn asks_no_more_than_once_a_second_and_gives_up() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_open();
    let start = lab.net.now();
    for _ in 0..40 {
        lab.host.udp_send_to(socket, (SILENT, 7), b"anybody?").unwrap();
        lab.net.run_for(Duration::from_millis(50));
    }
    lab.net.run_for(Duration::from_secs(3));
    let mut requests = Vec::new();
    while let Some((at, frame)) = lab.peer.next_with_time() {
        testutil::check::expect(&frame, &[&arp_request(HOST_IP, SILENT)]);
        requests.push((at - start).as_millis());
    }
    assert_eq!(requests, [0, 1_000, 2_000]);
    assert_eq!(lab.host.drops(DropReason::NeighbourUnreachable), 3);
    assert_eq!(known(&lab), []);
    lab.assert_clean();
}

#[test]
fn answers_for_its_own_address_and_remembers_who_asked() {
    let mut lab = Lab::new();
    lab.peer.ask_arp(HOST_IP);
    lab.net.run_until_idle();
    lab.peer.expect(&[&arp_reply(HOST_IP, PEER_IP), &to(lab.peer.mac)]);
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"no need to ask").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[&to(lab.peer.mac), &payload(b"no need to ask")]);
    lab.peer.expect_nothing();
}

#[test]
fn answers_for_nobody_else_and_learns_nothing_from_it() {
    let mut lab = Lab::new();
    lab.peer.ask_arp(SILENT);
    lab.net.run_until_idle();
    lab.peer.expect_nothing();
    assert_eq!(known(&lab), []);
    assert_eq!(lab.host.drops(DropReason::ArpNotForUs), 1);
    lab.assert_alive();
}

#[test]
fn an_answer_nobody_asked_for_is_not_learned() {
    let mut lab = Lab::new();
    lab.peer.reply_arp(lab.at());
    lab.net.run_until_idle();
    assert_eq!(known(&lab), []);
    lab.assert_alive();
}

#[test]
fn a_probe_is_answered_and_not_learned() {
    let mut lab = Lab::new();
    let probe = packet(Operation::Request, lab.peer.mac, Ipv4Addr::UNSPECIFIED, HOST_IP);
    lab.peer.send_arp(EthAddr::BROADCAST, probe);
    lab.net.run_until_idle();
    lab.peer.expect(&[&arp_reply(HOST_IP, Ipv4Addr::UNSPECIFIED), &to(lab.peer.mac)]);
    assert_eq!(known(&lab), []);
    lab.assert_alive();
}

#[test]
fn impossible_senders_are_refused() {
    let mut lab = Lab::new();
    let peer = lab.peer.mac;
    let mut refuse = |mac: EthAddr, ip: [u8; 4]| {
        let repr = packet(Operation::Request, mac, ip.into(), HOST_IP);
        let frame = testutil::frame::ethernet(
            EthAddr::BROADCAST,
            peer,
            znet::wire::ethernet::ethertype::ARP,
            &testutil::frame::arp(&repr),
        );
        lab.dropped(frame, DropReason::ArpBadSender);
    };
    refuse(EthAddr::BROADCAST, [192, 0, 2, 7]);
    refuse(EthAddr([1, 0, 0x5e, 0, 0, 1]), [192, 0, 2, 7]);
    refuse(EthAddr::UNSPECIFIED, [192, 0, 2, 7]);
    refuse(peer, [255, 255, 255, 255]);
    refuse(peer, [192, 0, 2, 255]);
    refuse(peer, [224, 0, 0, 1]);
    refuse(peer, [127, 0, 0, 1]);
    refuse(peer, [0, 0, 0, 1]);
    assert_eq!(known(&lab), []);
    lab.assert_alive();
}

#[test]
fn somebody_else_with_our_address_is_reported_and_not_believed() {
    let mut lab = Lab::new();
    for operation in [Operation::Request, Operation::Reply] {
        lab.peer.send_arp(EthAddr::BROADCAST, packet(operation, lab.peer.mac, HOST_IP, HOST_IP));
        lab.net.run_until_idle();
        let conflict = Event::Ipv4Conflict { iface: lab.iface.index(), addr: HOST_IP };
        // Nobody is told where nobody can listen.
        let heard = cfg!(any(CONFIG_NET_MGMT_EVENT, not(CONFIG_ZNET_PROFILE_TINY)));
        let told = if heard { vec![conflict] } else { Vec::new() };
        assert_eq!(lab.host.take_events(), told);
        lab.peer.expect_nothing();
    }
    assert_eq!(known(&lab), []);
    assert!(lab.iface.has_ipv4_addr(HOST_IP));
    lab.assert_alive();
}

#[test]
fn a_gratuitous_packet_moves_a_neighbour_but_not_at_once() {
    let mut lab = Lab::new();
    lab.acquaint();
    let new = EthAddr([2, 0, 0, 0, 0xff, 1]);
    let announce = |lab: &mut Lab, mac: EthAddr| {
        lab.peer.send_arp(EthAddr::BROADCAST, packet(Operation::Request, mac, PEER_IP, PEER_IP));
        lab.net.run_until_idle();
    };
    // Within a second of the first word the cache does not let itself be turned.
    announce(&mut lab, new);
    assert_eq!(known(&lab), [(PEER_IP, lab.peer.mac)]);
    lab.net.run_for(SECOND);
    announce(&mut lab, new);
    let moved = if cfg!(CONFIG_NET_ARP_GRATUITOUS) { new } else { lab.peer.mac };
    assert_eq!(known(&lab), [(PEER_IP, moved)]);
    // A stranger's announcement is no reason to remember it.
    lab.peer.send_arp(EthAddr::BROADCAST, packet(Operation::Request, new, SILENT, SILENT));
    lab.net.run_until_idle();
    assert_eq!(known(&lab).len(), 1);
}

#[test]
fn an_old_entry_is_used_and_confirmed_by_unicast() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.peer.answer_arp(false);
    lab.net.run_for(Duration::from_secs(61));
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"still there?").unwrap();
    lab.net.run_until_idle();
    let frames = lab.peer.take();
    assert_eq!(frames.len(), 2, "the datagram and one probe");
    let probe = frames.iter().filter_map(|f| testutil::check::dissect(f).ok());
    let probes = probe.filter(|f| {
        matches!(f.net, testutil::check::Net::Arp(arp)
            if arp.operation == Operation::Request && arp.target_ip == PEER_IP)
            && f.ethernet.dst == lab.peer.mac
    });
    assert_eq!(probes.count(), 1);
    lab.peer.reply_arp(lab.at());
    lab.net.run_for(Duration::from_secs(10));
    lab.peer.expect_nothing();
    assert_eq!(known(&lab), [(PEER_IP, lab.peer.mac)]);
}

#[test]
fn a_neighbour_that_fell_silent_is_forgotten() {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.peer.answer_arp(false);
    lab.net.run_for(Duration::from_secs(61));
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"still there?").unwrap();
    lab.net.run_for(Duration::from_secs(5));
    assert_eq!(lab.peer.take().len(), 4, "the datagram and three probes");
    assert_eq!(known(&lab), []);
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"who has?").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[&arp_request(HOST_IP, PEER_IP)]);
}

#[test]
fn the_cache_is_bounded_and_strangers_do_not_stop_a_resolution() {
    let mut lab = Lab::new();
    lab.peer.answer_arp(false);
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"waits").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[&arp_request(HOST_IP, PEER_IP)]);
    for stranger in 0..200u8 {
        let mac = EthAddr([2, 0, 0, 1, 0, stranger]);
        let ip = Ipv4Addr::new(192, 0, 2, 20 + stranger);
        if ip.octets()[3] != 255 {
            lab.peer.send_arp(EthAddr::BROADCAST, packet(Operation::Request, mac, ip, HOST_IP));
        }
    }
    lab.net.run_until_idle();
    assert!(known(&lab).len() < config::NET_ARP_TABLE_SIZE);
    lab.peer.take();
    lab.peer.reply_arp(lab.at());
    lab.net.run_until_idle();
    lab.peer.expect(&[&to(lab.peer.mac), &payload(b"waits")]);
    lab.assert_alive();
}

/// Sends a datagram to each of the first `count` silent addresses.
fn send_into_silence(lab: &Lab, socket: testutil::Socket, count: usize) {
    for last in (100u8..).take(count) {
        let silent = Ipv4Addr::new(192, 0, 2, last);
        // Where the table holds fewer, some find no room; that is what is tried here.
        let _ = lab.host.udp_send_to(socket, (silent, 7), b"anybody?");
    }
}

#[test]
fn strangers_do_not_stop_any_of_a_table_full_of_resolutions() {
    let mut lab = Lab::new();
    lab.peer.answer_arp(false);
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, (PEER_IP, 7), b"waits").unwrap();
    send_into_silence(&lab, socket, config::NET_ARP_TABLE_SIZE - 1);
    lab.net.run_until_idle();
    assert_eq!(lab.peer.take().len(), config::NET_ARP_TABLE_SIZE, "one request each");
    for stranger in 20..30u8 {
        let (mac, ip) = (EthAddr([2, 0, 0, 1, 0, stranger]), Ipv4Addr::new(192, 0, 2, stranger));
        lab.peer.send_arp(EthAddr::BROADCAST, packet(Operation::Request, mac, ip, HOST_IP));
    }
    lab.net.run_until_idle();
    lab.peer.take();
    lab.peer.reply_arp(lab.at());
    lab.net.run_until_idle();
    lab.peer.expect(&[&to(lab.peer.mac), &payload(b"waits")]);
}

#[test]
fn a_table_full_of_the_silent_asks_for_none_more_than_once_a_second() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_open();
    let start = lab.net.now();
    for _ in 0..200 {
        send_into_silence(&lab, socket, config::NET_ARP_TABLE_SIZE + 2);
        lab.net.run_for(Duration::from_millis(50));
    }
    let mut asked = std::collections::HashMap::new();
    while let Some((at, frame)) = lab.peer.next_with_time() {
        let testutil::check::Net::Arp(arp) = testutil::check::dissect(&frame).unwrap().net else {
            panic!("a request");
        };
        let at = (at - start).as_millis();
        if let Some(last) = asked.insert(arp.target_ip, at) {
            assert!(at - last >= 1_000, "{} at {last} and {at} ms", arp.target_ip);
        }
    }
    assert!(asked.len() > config::NET_ARP_TABLE_SIZE, "the table is no dead end");
    lab.net.run_for(Duration::from_secs(5));
    lab.assert_clean();
}

#[test]
fn many_unknown_neighbours_hold_no_more_than_the_table() {
    let mut lab = Lab::new();
    let socket = lab.host.udp_open();
    for stranger in 20..220u8 {
        let ip = Ipv4Addr::new(192, 0, 2, stranger);
        // Once the packets of the configuration all wait, there is no buffer for another.
        let _ = lab.host.udp_send_to(socket, (ip, 7), b"anybody?");
        lab.net.run_until_idle();
    }
    lab.net.run_for(Duration::from_secs(10));
    lab.assert_clean();
    lab.assert_alive();
}

#[test]
fn an_interface_that_goes_down_forgets_its_neighbours() {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, (SILENT, 7), b"waits").unwrap();
    lab.host.core().with(|stack, _| stack.forget_neighbours(lab.iface));
    assert_eq!(known(&lab), []);
    lab.assert_clean();
    lab.net.run_until_idle();
    lab.peer.take();
    lab.assert_alive();
}

#[test]
fn an_announcement_says_where_we_are() {
    let mut lab = Lab::new();
    lab.net.run_for(SECOND);
    lab.peer.hear_announcements(true);
    lab.host.core().with(|stack, _| stack.announce_ipv4(lab.iface, HOST_IP));
    lab.net.run_until_idle();
    lab.peer.expect(&[&arp_request(HOST_IP, HOST_IP)]);
    // Not an address of ours: nothing to announce.
    lab.host.core().with(|stack, _| stack.announce_ipv4(lab.iface, SILENT));
    lab.net.run_until_idle();
    lab.peer.expect_nothing();
}

#[test]
fn packets_off_the_link_go_to_the_gateway() {
    let mut lab = Lab::new();
    lab.iface.set_ipv4_gateway(PEER_IP);
    let socket = lab.host.udp_open();
    lab.host.udp_send_to(socket, ([198, 51, 100, 1], 7), b"far").unwrap();
    lab.net.run_until_idle();
    lab.peer.expect(&[&to(lab.peer.mac), &payload(b"far"), &udp(local_port(&lab), 7)]);
}

/// The port of the only context.
fn local_port(lab: &Lab) -> u16 {
    lab.host.core().with(|stack, _| {
        let (_, context) = stack.contexts.iter().next().expect("one context");
        context.local.port
    })
}
