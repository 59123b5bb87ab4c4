// SPDX-License-Identifier: Apache-2.0
//! Addresses tried before use and defended (RFC 5227), where that is built.
#![cfg(CONFIG_NET_IPV4_ACD)]

use testutil::check::arp_reply;
use testutil::lab::PEER_IP;
use testutil::{DropReason, Duration, EthAddr, Ipv4Addr, Lab};
use znet::iface::{AddrState, AddrType};
use znet::stack::Event;
use znet::stack::acd::{Verdict, link_local};
use znet::wire::arp::{Operation, Repr};

const ADDR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 77);

/// A lab whose host has begun to try [`ADDR`] on an interface with room for it.
fn trying() -> Lab {
    let lab = Lab::new();
    lab.peer.hear_announcements(true);
    lab.iface.ipv4_addr_add(ADDR, AddrType::Manual, 0).expect("room for an address");
    let iface = lab.iface;
    lab.host.core().with(|stack, env| stack.acd_begin(env, iface, ADDR));
    lab
}

fn state(lab: &Lab) -> Option<AddrState> {
    lab.iface.ipv4_slot(ADDR).map(|slot| slot.ipv4.addr_state())
}

/// The ARP packets that were heard.
fn heard(lab: &Lab) -> Vec<Repr> {
    let all = lab.peer.take();
    let concerned = |arp: &Repr| arp.target_ip == ADDR || arp.sender_ip == ADDR;
    all.iter().map(|frame| Repr::parse(&frame[14..]).unwrap()).filter(concerned).collect()
}

fn verdicts(lab: &Lab) -> Vec<Verdict> {
    let events = lab.host.take_events();
    let verdict = |event: &Event| match event {
        Event::Ipv4Verdict { addr, verdict, .. } if *addr == ADDR => Some(*verdict),
        _ => None,
    };
    events.iter().filter_map(verdict).collect()
}

fn from_peer(lab: &mut Lab, sender_ip: Ipv4Addr, target_ip: Ipv4Addr) {
    let repr = Repr {
        operation: Operation::Request,
        sender_hw: lab.peer.mac,
        sender_ip,
        target_hw: EthAddr::UNSPECIFIED,
        target_ip,
    };
    lab.peer.send_arp(EthAddr::BROADCAST, repr);
    lab.net.run_for(Duration::from_millis(1));
}

/// RFC 5227, 2.1.1 and 2.3: three probes from nobody, then two announcements; used only then.
#[test]
fn an_address_nobody_objects_to_is_used_after_probes() {
    let mut lab = trying();
    assert_eq!(state(&lab), Some(AddrState::Tentative));
    lab.net.run_for(Duration::from_secs(20));
    let log = heard(&lab);
    assert_eq!(log.len(), 5);
    for (at, arp) in log.iter().enumerate() {
        let sender = if at < 3 { Ipv4Addr::UNSPECIFIED } else { ADDR };
        assert_eq!(
            (arp.operation, arp.sender_ip, arp.target_ip),
            (Operation::Request, sender, ADDR)
        );
        assert_eq!((arp.sender_hw, arp.target_hw), (lab.iface.mac(), EthAddr::UNSPECIFIED));
    }
    assert_eq!(state(&lab), Some(AddrState::Preferred));
    assert_eq!(verdicts(&lab), [Verdict::Ours]);
    from_peer(&mut lab, PEER_IP, ADDR);
    lab.peer.expect(&[&arp_reply(ADDR, PEER_IP)]);
    lab.peer.hear_announcements(false);
    lab.assert_alive();
}

/// RFC 5227, 2.1.1: while it is tried it is nobody's, so nobody is answered.
#[test]
fn while_it_is_tried_an_address_is_not_answered_for() {
    let mut lab = trying();
    from_peer(&mut lab, PEER_IP, ADDR);
    assert!(heard(&lab).iter().all(|arp| arp.operation == Operation::Request));
}

/// RFC 5227, 2.1.1: it is given up when somebody speaks from it, or tries it too.
#[test]
fn an_address_of_somebody_else_is_taken_away() {
    for (sender, target) in [(ADDR, PEER_IP), (ADDR, ADDR), (Ipv4Addr::UNSPECIFIED, ADDR)] {
        let mut lab = trying();
        lab.net.run_for(Duration::from_millis(1500));
        from_peer(&mut lab, sender, target);
        assert_eq!(state(&lab), None);
        assert_eq!(verdicts(&lab), [Verdict::Taken]);
        assert_eq!(lab.host.drops(DropReason::ArpBadSender), 1);
        lab.peer.take();
        lab.net.run_for(Duration::from_secs(20));
        assert!(heard(&lab).is_empty(), "nothing more is sent for it");
        lab.peer.hear_announcements(false);
        lab.assert_alive();
    }
}

/// RFC 5227, 2.4 b: it is defended, and given up to who insists within ten seconds.
#[test]
fn an_address_in_use_is_defended_once_in_ten_seconds() {
    let mut lab = trying();
    lab.net.run_for(Duration::from_secs(20));
    heard(&lab);
    for _ in 0..2 {
        from_peer(&mut lab, ADDR, ADDR);
        let answer = heard(&lab);
        assert_eq!(answer.len(), 1);
        assert_eq!((answer[0].sender_ip, answer[0].target_ip), (ADDR, ADDR));
        lab.net.run_for(Duration::from_secs(11));
    }
    from_peer(&mut lab, ADDR, ADDR);
    lab.net.run_for(Duration::from_secs(5));
    from_peer(&mut lab, ADDR, ADDR);
    assert_eq!(state(&lab), None);
    assert_eq!(verdicts(&lab), [Verdict::Ours, Verdict::Lost]);
    lab.peer.take();
    lab.peer.hear_announcements(false);
    lab.assert_alive();
}

/// RFC 3927, 2.1: spread over the range without its ends, and the same at each start.
#[test]
fn chosen_addresses_lie_in_the_range_and_differ() {
    let mut seen = std::collections::HashSet::new();
    for station in 0..100u8 {
        for attempt in 1..20 {
            let mac = EthAddr([2, 0, 0, 0, 1, station]);
            let addr = link_local(mac, attempt);
            assert!(addr.is_link_local() && !matches!(addr.octets()[2], 0 | 255), "{addr}");
            assert_eq!(addr, link_local(mac, attempt));
            seen.insert(addr);
        }
    }
    assert!(seen.len() > 1800, "{} different ones of 1900", seen.len());
}
