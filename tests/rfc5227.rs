// SPDX-License-Identifier: Apache-2.0
//! RFC 5227, what a host must do about its IPv4 addresses, section by section, as seen on the wire.
#![cfg(all(CONFIG_NET_IPV4_ACD, CONFIG_NET_L2_ETHERNET))]

use testutil::check::arp_reply;
use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Duration, Error, EthAddr, Instant, Ipv4Addr, Lab, frame};
use znet::iface::{AddrState, AddrType};
use znet::stack::acd::Verdict;
use znet::stack::{Event, Stack};
use znet::wire::arp::{Operation, Repr};
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;

/// The address that is tried.
const ADDR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 77);
/// Another one.
const SECOND: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 78);
const NOBODY: Ipv4Addr = Ipv4Addr::UNSPECIFIED;
/// What a packet of somebody who has the address looks like.
const BOTH: [Operation; 2] = [Operation::Request, Operation::Reply];

/// A lab whose station hears all ARP packets.
fn lab() -> Lab {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.peer.hear_announcements(true);
    lab
}

/// Adds an address and begins to try it, as the C API does.
fn begin(lab: &Lab, addr: Ipv4Addr) {
    lab.iface.ipv4_addr_add(addr, AddrType::Manual, 0).expect("room for an address");
    let iface = lab.iface;
    lab.host.core().with(|stack, env| stack.acd_begin(env, iface, addr));
}

fn trying() -> Lab {
    let lab = lab();
    begin(&lab, ADDR);
    lab
}

/// A lab that has had the address for long.
fn holding() -> Lab {
    let mut lab = trying();
    lab.net.run_for(Duration::from_secs(60));
    assert_eq!(
        (state(&lab, ADDR), verdicts(&lab)),
        (Some(AddrState::Preferred), vec![Verdict::Ours])
    );
    lab.peer.take();
    lab
}

fn state(lab: &Lab, addr: Ipv4Addr) -> Option<AddrState> {
    lab.iface.ipv4_slot(addr).map(|slot| slot.ipv4.addr_state())
}

fn verdicts(lab: &Lab) -> Vec<Verdict> {
    let events = lab.host.take_events();
    let verdict = |event: &Event| match event {
        Event::Ipv4Verdict { verdict, .. } => Some(*verdict),
        _ => None,
    };
    events.iter().filter_map(verdict).collect()
}

/// The ARP packets about `addr` that were heard, with their times; all of them go to everybody.
fn heard(lab: &Lab, addr: Ipv4Addr) -> Vec<(Instant, Repr)> {
    let mut found = Vec::new();
    while let Some((at, frame)) = lab.peer.next_with_time() {
        let arp = Repr::parse(&frame[14..]).expect("nothing but ARP");
        if arp.target_ip == addr || arp.sender_ip == addr {
            assert_eq!(frame[..6], EthAddr::BROADCAST.0);
            assert_eq!(frame[6..12], lab.iface.mac().0);
            found.push((at, arp));
        }
    }
    found
}

/// The probes among them.
fn probes(lab: &Lab, addr: Ipv4Addr) -> Vec<Instant> {
    let probe = |(at, arp): (Instant, Repr)| arp.sender_ip.is_unspecified().then_some(at);
    heard(lab, addr).into_iter().filter_map(probe).collect()
}

/// Sends an ARP packet of the station `mac`.
fn say(lab: &mut Lab, mac: EthAddr, operation: Operation, sender: Ipv4Addr, target: Ipv4Addr) {
    let target_hw =
        if operation == Operation::Reply { lab.iface.mac() } else { EthAddr::UNSPECIFIED };
    let repr = Repr { operation, sender_hw: mac, sender_ip: sender, target_hw, target_ip: target };
    let to = if operation == Operation::Reply { lab.iface.mac() } else { EthAddr::BROADCAST };
    lab.peer.send(frame::ethernet(to, mac, 0x0806, &frame::arp(&repr)));
    lab.net.run_for(Duration::from_millis(1));
}

fn alive(lab: &mut Lab) {
    lab.peer.take();
    lab.peer.hear_announcements(false);
    lab.assert_alive();
}

/// 2.1: an address is tried before it is used, and again when the link comes back; not now and then.
#[test]
fn section_2_1_when_an_address_is_tried() {
    let mut lab = trying();
    lab.net.run_for(Duration::from_secs(10));
    assert_eq!(probes(&lab, ADDR).len(), 3);
    lab.net.run_for(Duration::from_secs(24 * 3600));
    assert_eq!(probes(&lab, ADDR), [], "never as a matter of course");
    let iface = lab.iface;
    lab.host.core().with(|stack, env| stack.acd_begin_all(env, iface));
    lab.net.run_for(Duration::from_secs(10));
    let frames = lab.peer.take();
    let tried = |addr: Ipv4Addr| {
        let all = frames.iter().filter_map(|frame| Repr::parse(&frame[14..]).ok());
        all.filter(|arp| arp.sender_ip == NOBODY && arp.target_ip == addr).count()
    };
    assert_eq!((tried(ADDR), tried(HOST_IP)), (3, 3), "each address");
    alive(&mut lab);
}

/// 2.1.1: what a probe says.
#[test]
fn section_2_1_1_what_a_probe_says() {
    let mut lab = trying();
    lab.net.run_for(Duration::from_millis(1100));
    let (_, probe) = heard(&lab, ADDR)[0];
    let wanted = Repr {
        operation: Operation::Request,
        sender_hw: lab.iface.mac(),
        sender_ip: NOBODY,
        target_hw: EthAddr::UNSPECIFIED,
        target_ip: ADDR,
    };
    assert_eq!(probe, wanted);
}

/// 2.1.1: three probes, the first within a second, the others one to two seconds apart, at random.
#[test]
fn section_2_1_1_when_probes_are_sent() {
    let mut lab = lab();
    let mut first = std::collections::HashSet::new();
    for _ in 0..20 {
        let start = lab.net.now();
        begin(&lab, ADDR);
        lab.net.run_for(Duration::from_secs(20));
        let sent = probes(&lab, ADDR);
        assert_eq!(sent.len(), 3);
        let apart = |a: Instant, b: Instant| b.as_micros() - a.as_micros();
        assert!(apart(start, sent[0]) < 1_001_000);
        for pair in sent.windows(2) {
            assert!((1_000_000..2_001_000).contains(&apart(pair[0], pair[1])), "{sent:?}");
        }
        first.insert(apart(start, sent[0]) / 1000);
        lab.iface.ipv4_addr_rm(ADDR);
        let iface = lab.iface;
        lab.host.core().with(|stack, _| stack.acd_forget(iface, ADDR));
    }
    assert!(first.len() > 15, "hosts that start together don't probe together");
}

/// 2.1.1: whoever speaks from the address has it, from the beginning until two seconds after the last
/// probe, in a request or a reply.
#[test]
fn section_2_1_1_an_address_that_is_taken() {
    for millis in [0, 500, 1500, 2500, 4000, 4900] {
        for operation in BOTH {
            let mut lab = trying();
            lab.net.run_for(Duration::from_millis(millis));
            if state(&lab, ADDR) != Some(AddrState::Tentative) {
                continue;
            }
            let peer = lab.peer.mac;
            say(&mut lab, peer, operation, ADDR, PEER_IP);
            assert_eq!(
                (state(&lab, ADDR), verdicts(&lab)),
                (None, vec![Verdict::Taken]),
                "{millis}"
            );
            lab.peer.take();
            lab.net.run_for(Duration::from_secs(20));
            assert!(heard(&lab, ADDR).is_empty(), "nothing more is said of it");
            alive(&mut lab);
        }
    }
}

/// 2.1.1: whoever tries the same address at the same time is a conflict; our own probes, that a
/// loop or another interface of ours brings back, are none.
#[test]
fn section_2_1_1_somebody_else_tries_it() {
    let mut lab = trying();
    let peer = lab.peer.mac;
    say(&mut lab, peer, Operation::Request, NOBODY, ADDR);
    assert_eq!((state(&lab, ADDR), verdicts(&lab)), (None, vec![Verdict::Taken]));
    alive(&mut lab);

    let mut lab = trying();
    let wire = lab.wire;
    let other = lab.net.attach(lab.host, wire, [198, 51, 100, 1], 24);
    for mac in [lab.iface.mac(), other.mac()] {
        say(&mut lab, mac, Operation::Request, NOBODY, ADDR);
        assert_eq!(state(&lab, ADDR), Some(AddrState::Tentative));
    }
}

/// 2.1.1: who only looks for the address does not have it.
#[test]
fn section_2_1_1_a_request_for_it_is_no_conflict() {
    let mut lab = trying();
    lab.peer.ask_arp(ADDR);
    lab.net.run_for(Duration::from_secs(10));
    assert_eq!(verdicts(&lab), [Verdict::Ours]);
    alive(&mut lab);
}

/// 2.1.1: while it is tried, nobody is answered for it, nothing is taken that is sent to it, and nothing
/// goes from it.
#[test]
fn section_2_1_1_not_used_before() {
    let mut lab = trying();
    lab.peer.ask_arp(ADDR);
    lab.net.run_for(Duration::from_millis(1));
    assert!(heard(&lab, ADDR).iter().all(|(_, arp)| arp.operation == Operation::Request));
    lab.peer.send_icmp((lab.iface.mac(), ADDR), Message::EchoRequest { ident: 1, seq: 1 }, b"you?");
    lab.net.run_for(Duration::from_millis(1));
    assert_eq!(lab.host.drops(DropReason::Ipv4NotForUs), 1);
    let socket = lab.host.udp_bind(7);
    lab.iface.ipv4_addr_rm(HOST_IP);
    assert_eq!(lab.host.udp_send_to(socket, (PEER_IP, 9), b"early"), Err(Error::AddrNotAvail));
    lab.net.run_for(Duration::from_secs(10));
    lab.peer.take();
    lab.host.udp_send_to(socket, (PEER_IP, 9), b"now").expect("an address to send from");
    lab.net.run_for(Duration::from_millis(10));
    let frames = lab.peer.take();
    assert!(frames.iter().any(|f| f[12..14] == [8, 0] && f[26..30] == ADDR.octets()));
    lab.host.close(socket);
}

/// 2.1.1: after ten conflicts on an interface no more than one address a minute is tried there, until one
/// is free.
#[test]
fn section_2_1_1_no_storm_of_probes() {
    let mut lab = lab();
    let peer = lab.peer.mac;
    let soonest = |lab: &mut Lab| {
        let start = lab.net.now();
        begin(lab, ADDR);
        lab.net.run_for(Duration::from_secs(90));
        let first = probes(lab, ADDR)[0];
        first.as_micros() - start.as_micros()
    };
    for _ in 0..10 {
        begin(&lab, ADDR);
        say(&mut lab, peer, Operation::Request, ADDR, ADDR);
    }
    assert!(soonest(&mut lab) >= 60_000_000);
    // It was free: from here on as before.
    lab.iface.ipv4_addr_rm(ADDR);
    assert!(soonest(&mut lab) < 1_001_000);
    alive(&mut lab);
}

/// 2.3: what is free is announced twice, two seconds apart, and used from the first time on.
#[test]
fn section_2_3_announcing() {
    let mut lab = trying();
    let iface = lab.iface;
    let used = lab.net.run_until(Duration::from_secs(10), || {
        iface.ipv4_slot(ADDR).is_some_and(|s| s.ipv4.addr_state() == AddrState::Preferred)
    });
    assert!(used);
    lab.net.run_for(Duration::from_secs(30));
    let log = heard(&lab, ADDR);
    let announcements: Vec<_> = log.iter().filter(|(_, arp)| arp.sender_ip == ADDR).collect();
    assert_eq!(announcements.len(), 2);
    for (_, arp) in &announcements {
        assert_eq!((arp.operation, arp.target_ip), (Operation::Request, ADDR));
        assert_eq!((arp.sender_hw, arp.target_hw), (lab.iface.mac(), EthAddr::UNSPECIFIED));
    }
    let at = |i: usize| announcements[i].0.as_micros();
    assert!((1_999_000..2_002_000).contains(&(at(1) - at(0))));
    let last_probe = log[2].0.as_micros();
    assert!(at(0) - last_probe >= 1_999_000, "ANNOUNCE_WAIT after the last probe");
    alive(&mut lab);
}

/// 2.4 b: a conflict, in a request or a reply, is answered with one announcement.
#[test]
fn section_2_4_b_an_address_is_defended() {
    for operation in BOTH {
        let mut lab = holding();
        let peer = lab.peer.mac;
        for _ in 0..3 {
            say(&mut lab, peer, operation, ADDR, PEER_IP);
            let said = heard(&lab, ADDR);
            lab.net.run_for(Duration::from_secs(11));
            // Some configurations announce their addresses now and then.
            heard(&lab, ADDR);
            assert_eq!(said.len(), 1, "once");
            let arp = said[0].1;
            assert_eq!(
                (arp.operation, arp.sender_ip, arp.target_ip),
                (Operation::Request, ADDR, ADDR)
            );
        }
        assert_eq!(state(&lab, ADDR), Some(AddrState::Preferred));
        alive(&mut lab);
    }
}

/// 2.4 b: who insists within ten seconds gets it; two hosts don't fight for ever.
#[test]
fn section_2_4_b_who_insists_gets_it() {
    let mut lab = holding();
    let peer = lab.peer.mac;
    say(&mut lab, peer, Operation::Reply, ADDR, PEER_IP);
    lab.net.run_for(Duration::from_millis(9_900));
    heard(&lab, ADDR);
    say(&mut lab, peer, Operation::Reply, ADDR, PEER_IP);
    assert_eq!((state(&lab, ADDR), verdicts(&lab)), (None, vec![Verdict::Lost]));
    lab.net.run_for(Duration::from_secs(60));
    assert!(heard(&lab, ADDR).is_empty());
    lab.peer.ask_arp(ADDR);
    lab.net.run_for(Duration::from_secs(1));
    lab.peer.expect_nothing();
    alive(&mut lab);
}

/// 2.4: each address has conflicts of its own.
#[test]
fn section_2_4_addresses_are_defended_one_by_one() {
    let mut lab = holding();
    begin(&lab, SECOND);
    lab.net.run_for(Duration::from_secs(60));
    lab.peer.take();
    let peer = lab.peer.mac;
    say(&mut lab, peer, Operation::Request, ADDR, ADDR);
    say(&mut lab, peer, Operation::Request, SECOND, SECOND);
    let frames = lab.peer.take();
    let senders: Vec<_> =
        frames.iter().map(|frame| Repr::parse(&frame[14..]).unwrap().sender_ip).collect();
    assert_eq!(senders, [ADDR, SECOND]);
    say(&mut lab, peer, Operation::Request, SECOND, SECOND);
    assert_eq!((state(&lab, ADDR), state(&lab, SECOND)), (Some(AddrState::Preferred), None));
    alive(&mut lab);
}

/// 2.4: what comes from an interface of ours is no conflict, nor is a probe.
#[test]
fn section_2_4_what_is_no_conflict() {
    let mut lab = holding();
    let wire = lab.wire;
    let other = lab.net.attach(lab.host, wire, [198, 51, 100, 1], 24);
    for mac in [lab.iface.mac(), other.mac()] {
        for _ in 0..3 {
            say(&mut lab, mac, Operation::Request, ADDR, PEER_IP);
        }
    }
    let peer = lab.peer.mac;
    for _ in 0..3 {
        say(&mut lab, peer, Operation::Request, NOBODY, ADDR);
    }
    assert_eq!((state(&lab, ADDR), verdicts(&lab)), (Some(AddrState::Preferred), vec![]));
}

/// 2.4: whoever claims our address is not believed to have it: nothing is sent there.
#[test]
fn section_2_4_a_conflict_is_not_learnt() {
    let mut lab = holding();
    let peer = lab.peer.mac;
    say(&mut lab, peer, Operation::Reply, ADDR, PEER_IP);
    let known = |stack: &mut Stack| stack.neighbours().any(|(_, ip, ..)| ip == ADDR);
    assert!(!lab.host.core().with(|stack, _| known(stack)));
}

/// 2.5: from the first announcement on requests are answered, those of nobody's too.
#[test]
fn section_2_5_requests_are_answered() {
    let mut lab = holding();
    lab.peer.ask_arp(ADDR);
    lab.net.run_for(Duration::from_millis(1));
    lab.peer.expect(&[&arp_reply(ADDR, PEER_IP)]);
    let peer = lab.peer.mac;
    say(&mut lab, peer, Operation::Request, NOBODY, ADDR);
    let reply = lab.peer.expect(&[&arp_reply(ADDR, NOBODY)]);
    assert_eq!(reply[..6], peer.0);
    // And what is sent there is taken.
    let udp = frame::udp((PEER_IP, 9), (ADDR, 7), b"here?");
    let socket = lab.host.udp_bind(7);
    lab.peer
        .send_ipv4(lab.iface.mac(), &frame::Ipv4::new(PEER_IP, ADDR, protocol::UDP).build(&udp));
    lab.net.run_for(Duration::from_millis(1));
    assert_eq!(lab.host.udp_recv(socket).expect("a datagram").data, b"here?");
    lab.host.close(socket);
    alive(&mut lab);
}
