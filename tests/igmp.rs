// SPDX-License-Identifier: Apache-2.0
//! What routers are told of multicast groups (RFC 9776, RFC 2236), where IGMPv3 is built.
#![cfg(CONFIG_NET_IPV4_IGMPV3)]

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Duration, Error, EthAddr, Ipv4Addr, Lab, frame};
use znet::base::IpAddr;
use znet::stack::SourceChange;
use znet::stack::igmp::Filter;
use znet::transport::Flags;
use znet::wire::ipv4::{option, protocol};

const GROUP: Ipv4Addr = Ipv4Addr::new(239, 1, 2, 3);
const ALL_HOSTS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 1);
const V3_ROUTERS: [u8; 4] = [224, 0, 0, 22];

/// An IGMP message that was sent, checked for what all have in common: its destination and bytes.
fn heard(lab: &Lab) -> Vec<([u8; 4], Vec<u8>)> {
    let mut messages = Vec::new();
    for frame in lab.peer.take() {
        let packet = &frame[14..];
        assert_eq!(packet[0], 0x46, "a header with one option");
        assert_eq!((packet[1], packet[8], packet[9]), (0xc0, 1, protocol::IGMP));
        assert_eq!(packet[12..16], HOST_IP.octets());
        assert_eq!(packet[20..24], [option::ROUTER_ALERT, 4, 0, 0]);
        let to = <[u8; 4]>::try_from(&packet[16..20]).unwrap();
        assert_eq!(frame[..6], EthAddr::from_ipv4_multicast(to.into()).0);
        let total = usize::from(u16::from_be_bytes([packet[2], packet[3]]));
        let message = packet[24..total].to_vec();
        assert_eq!(znet::wire::checksum::Sum::of(&message).fold(), 0xffff);
        messages.push((to, message));
    }
    messages
}

/// A lab whose station hears everything, and a socket of the host.
fn lab() -> (Lab, testutil::Socket) {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.peer.promiscuous(true);
    let socket = lab.host.udp_bind(7);
    (lab, socket)
}

fn membership(lab: &Lab, socket: testutil::Socket, join: bool) {
    let iface = Some(lab.iface);
    lab.host
        .core()
        .with(|stack, _| stack.udp_membership(socket, iface, GROUP, join))
        .expect("room for a group");
}

fn query(lab: &mut Lab, bytes: &[u8]) {
    let mut message = bytes.to_vec();
    frame::mend_icmp(&mut message);
    let packet = frame::Ipv4::new(PEER_IP, ALL_HOSTS, protocol::IGMP)
        .ttl(1)
        .options(&[option::ROUTER_ALERT, 4, 0, 0])
        .build(&message);
    lab.peer.send(frame::ipv4_frame(
        EthAddr::from_ipv4_multicast(ALL_HOSTS),
        lab.peer.mac,
        &packet,
    ));
}

/// A record of one group without sources.
fn record(kind: u8) -> Vec<u8> {
    let mut record = vec![kind, 0, 0, 0];
    record.extend(GROUP.octets());
    record
}

/// RFC 9776, 5.1: a change is reported at once, and once more within a second.
#[test]
fn joining_and_leaving_are_reported_twice() {
    let (mut lab, socket) = lab();
    for (join, kind) in [(true, 4), (false, 3)] {
        membership(&lab, socket, join);
        lab.net.run_for(Duration::from_millis(1));
        let first = heard(&lab);
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].0, V3_ROUTERS);
        assert_eq!(first[0].1[0], 0x22);
        assert_eq!(first[0].1[6..], [&[0, 1][..], &record(kind)].concat());
        lab.net.run_for(Duration::from_secs(2));
        assert_eq!(heard(&lab), first);
        lab.net.run_for(Duration::from_secs(100));
        assert_eq!(heard(&lab), []);
    }
    lab.host.close(socket);
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// RFC 9776, 5.2: a general query is answered with all groups, within the time it gives.
#[test]
fn a_general_query_is_answered_in_time() {
    let (mut lab, socket) = lab();
    membership(&lab, socket, true);
    lab.net.run_for(Duration::from_secs(5));
    heard(&lab);
    query(&mut lab, &[0x11, 100, 0, 0, 0, 0, 0, 0, 2, 125, 0, 0]);
    lab.net.run_for(Duration::from_millis(10_001));
    let answers = heard(&lab);
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].1[6..], [&[0, 1][..], &record(2)].concat());
    // About a group nobody joined: silence.
    query(&mut lab, &[0x11, 10, 0, 0, 239, 9, 9, 9, 2, 125, 0, 0]);
    lab.net.run_for(Duration::from_secs(20));
    assert_eq!(heard(&lab), []);
    lab.host.close(socket);
}

/// RFC 2236, 3, and RFC 9776, 7.2: to a router of the second version its own reports.
#[test]
fn an_older_router_is_spoken_to_in_its_version() {
    let (mut lab, socket) = lab();
    query(&mut lab, &[0x11, 20, 0, 0, 0, 0, 0, 0]);
    lab.net.run_until_idle();
    membership(&lab, socket, true);
    lab.net.run_for(Duration::from_secs(30));
    let reports = heard(&lab);
    assert_eq!(reports.len(), 2);
    for (to, message) in reports {
        assert_eq!((to, message[0], &message[4..]), (GROUP.octets(), 0x16, &GROUP.octets()[..]));
    }
    membership(&lab, socket, false);
    lab.net.run_for(Duration::from_secs(30));
    let leaves = heard(&lab);
    assert_eq!(leaves.len(), 1);
    assert_eq!((leaves[0].0, leaves[0].1[0]), ([224, 0, 0, 2], 0x17));
    lab.host.close(socket);
}

/// RFC 9776, 4.2.13 to 4.2.16: who joins for one sender says so, and hears only that one.
#[test]
fn a_group_joined_for_one_sender() {
    let (mut lab, socket) = lab();
    let stranger = Ipv4Addr::new(192, 0, 2, 99);
    let mut filter = Filter { include: true, ..Filter::ALL };
    filter.sources.push(PEER_IP).unwrap();
    let iface = lab.iface;
    lab.host
        .core()
        .with(|stack, _| stack.ipv4_group_join(iface, GROUP, filter))
        .expect("room for a group");
    lab.net.run_for(Duration::from_secs(5));
    let mut allow = record(5);
    allow[3] = 1;
    allow.extend(PEER_IP.octets());
    for (_, message) in heard(&lab) {
        assert_eq!(message[6..], [&[0, 1][..], &allow].concat());
    }
    let from = |src: Ipv4Addr| {
        let udp = frame::udp((src, 9), (GROUP, 7), b"news");
        let packet = frame::Ipv4::new(src, GROUP, protocol::UDP).ttl(1).build(&udp);
        frame::ipv4_frame(EthAddr::from_ipv4_multicast(GROUP), lab.peer.mac, &packet)
    };
    let (wanted, unwanted) = (from(PEER_IP), from(stranger));
    lab.dropped(unwanted, DropReason::GroupSource);
    lab.send(wanted);
    assert_eq!(lab.host.udp_recv(socket).expect("the datagram").data, b"news");
    lab.host.core().with(|stack, _| stack.ipv4_group_leave(iface, GROUP)).expect("a member");
    lab.net.run_for(Duration::from_secs(5));
    assert_eq!(heard(&lab)[0].1[8], 6, "block old sources");
    lab.host.close(socket);
}

#[test]
fn messages_from_afar_or_broken_are_dropped() {
    let (mut lab, socket) = lab();
    lab.host.close(socket);
    let to = EthAddr::from_ipv4_multicast(ALL_HOSTS);
    let message = |ttl: u8, bytes: &[u8], mend: bool| {
        let mut message = bytes.to_vec();
        if mend {
            frame::mend_icmp(&mut message);
        }
        let packet = frame::Ipv4::new(PEER_IP, ALL_HOSTS, protocol::IGMP).ttl(ttl).build(&message);
        frame::ipv4_frame(to, lab.peer.mac, &packet)
    };
    let query = [0x11, 100, 0, 0, 0, 0, 0, 0, 2, 125, 0, 0];
    let cases = [
        (message(2, &query, true), DropReason::IgmpMalformed),
        (message(1, &query, false), DropReason::IgmpBadChecksum),
        (message(1, &query[..7], true), DropReason::IgmpMalformed),
        (message(1, &query[..10], true), DropReason::IgmpMalformed),
        (message(1, &[0x55, 0, 0, 0, 0, 0, 0, 0], true), DropReason::IgmpUnknownType),
    ];
    for (frame, reason) in cases {
        lab.dropped(frame, reason);
    }
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// RFC 3678, 4.1, and RFC 9776, 3.2: what sockets want together is told; each hears what it wants.
#[test]
fn sockets_filter_senders() {
    let (mut lab, alone) = lab();
    lab.host.close(alone);
    let shared = |lab: &Lab| {
        let socket = lab.host.udp_open();
        lab.host.core().with(|stack, _| {
            let both = Flags::REUSE_ADDR | Flags::REUSE_PORT;
            stack.contexts.get_mut(socket).expect("an open socket").flags |= both;
        });
        lab.host.bind(socket, (Ipv4Addr::UNSPECIFIED, 7)).expect("a shared port");
        socket
    };
    let (first, second) = (shared(&lab), shared(&lab));
    let (wanted, other) = (PEER_IP, Ipv4Addr::new(192, 0, 2, 98));
    let iface = lab.iface;
    let change = |lab: &Lab, socket, source: Ipv4Addr, change| {
        let pair = (IpAddr::V4(GROUP), IpAddr::V4(source));
        lab.host.core().with(|stack, env| stack.udp_source(env, socket, Some(iface), pair, change))
    };
    let records = |lab: &mut Lab| {
        lab.net.run_for(Duration::from_secs(5));
        heard(lab).into_iter().map(|(_, message)| message[6..].to_vec()).next()
    };
    let said = |kind: u8, sources: &[Ipv4Addr]| {
        let mut bytes = record(kind);
        bytes[3] = sources.len() as u8;
        sources.iter().for_each(|source| bytes.extend(source.octets()));
        Some([&[0, 1][..], &bytes].concat())
    };
    let send = |lab: &mut Lab, src: Ipv4Addr| {
        let udp = frame::udp((src, 9), (GROUP, 7), b"news");
        let packet = frame::Ipv4::new(src, GROUP, protocol::UDP).ttl(1).build(&udp);
        let mac = EthAddr::from_ipv4_multicast(GROUP);
        lab.send(frame::ipv4_frame(mac, lab.peer.mac, &packet));
        [first, second].map(|socket| lab.host.udp_recv(socket).is_some())
    };
    assert_eq!(change(&lab, first, wanted, SourceChange::Block), Err(Error::Inval), "no member");
    change(&lab, first, wanted, SourceChange::Join).unwrap();
    assert_eq!(records(&mut lab), said(5, &[wanted]));
    assert_eq!(change(&lab, first, wanted, SourceChange::Join), Err(Error::AddrNotAvail));
    assert_eq!(change(&lab, first, wanted, SourceChange::Block), Err(Error::Inval));
    change(&lab, second, other, SourceChange::Join).unwrap();
    assert_eq!(records(&mut lab), said(5, &[other]), "the second sender is new");
    assert_eq!(send(&mut lab, wanted), [true, false]);
    assert_eq!(send(&mut lab, other), [false, true]);

    change(&lab, second, other, SourceChange::Leave).unwrap();
    assert_eq!(records(&mut lab), said(6, &[other]));
    assert_eq!(change(&lab, second, other, SourceChange::Leave), Err(Error::AddrNotAvail));
    membership(&lab, second, true);
    assert_eq!(records(&mut lab), said(4, &[]), "one of them wants everybody");
    change(&lab, second, wanted, SourceChange::Block).unwrap();
    change(&lab, second, other, SourceChange::Block).unwrap();
    assert_eq!(records(&mut lab), said(6, &[other]), "the first still wants the other one");
    assert_eq!(send(&mut lab, wanted), [true, false]);
    change(&lab, second, other, SourceChange::Unblock).unwrap();
    assert_eq!(records(&mut lab), said(5, &[other]));
    assert_eq!(send(&mut lab, other), [false, true]);

    lab.host.close(second);
    assert_eq!(records(&mut lab), said(3, &[wanted]));
    lab.host.close(first);
    assert_eq!(records(&mut lab), said(6, &[wanted]));
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// RFC 9776, 5.2: a question about senders is answered for those of them that are wanted.
#[test]
fn a_question_about_senders() {
    let (mut lab, socket) = lab();
    let pair = (IpAddr::V4(GROUP), IpAddr::V4(PEER_IP));
    let iface = Some(lab.iface);
    lab.host
        .core()
        .with(|stack, env| stack.udp_source(env, socket, iface, pair, SourceChange::Join))
        .unwrap();
    lab.net.run_for(Duration::from_secs(5));
    heard(&lab);
    let mut asked = vec![0x11, 10, 0, 0];
    asked.extend(GROUP.octets());
    asked.extend([2, 125, 0, 2, 192, 0, 2, 77]);
    asked.extend(PEER_IP.octets());
    query(&mut lab, &asked);
    lab.net.run_for(Duration::from_secs(2));
    let answers = heard(&lab);
    assert_eq!(answers.len(), 1);
    let mut current = record(1);
    current[3] = 1;
    current.extend(PEER_IP.octets());
    assert_eq!(answers[0].1[6..], [&[0, 1][..], &current].concat());
    lab.host.close(socket);
    lab.peer.promiscuous(false);
}
