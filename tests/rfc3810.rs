// SPDX-License-Identifier: Apache-2.0
//! RFC 3810, what a listener must do, section by section, as seen on the wire.
#![cfg(all(CONFIG_NET_IPV6_MLD, CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::DropReason;
use testutil::check6::Packet6;
use testutil::lab6::{HOST_LL, Ipv6, Lab6, PEER, PEER_LL, mend_icmp};
use znet::base::{Duration, Ipv6Addr};
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;

const GROUP: Ipv6Addr = Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 0, 0x77);
const ALL_NODES: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
const NONE: Ipv6Addr = Ipv6Addr::UNSPECIFIED;
/// Hop-by-hop options with the router alert.
const ALERT: [u8; 8] = [58, 0, 5, 2, 0, 0, 1, 0];

/// Record types.
const IS_EXCLUDE: u8 = 2;
const TO_INCLUDE: u8 = 3;
const TO_EXCLUDE: u8 = 4;
#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
const IS_INCLUDE: u8 = 1;
#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
const ALLOW: u8 = 5;
#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
const BLOCK: u8 = 6;

/// A host in [`GROUP`], long since.
fn member() -> Lab6 {
    let mut lab = Lab6::new();
    join(&lab, GROUP);
    lab.settle();
    lab
}

fn join(lab: &Lab6, group: Ipv6Addr) {
    let joined = lab.host.core().with(|stack, env| stack.join_v6_group(env, lab.iface, group));
    assert_eq!(joined, Some(true));
    lab.host.core().with(|stack, env| stack.timers(env));
}

fn leave(lab: &Lab6, group: Ipv6Addr) {
    let left = lab.host.core().with(|stack, _| stack.leave_v6_group(lab.iface, group));
    assert_eq!(left, Some(true));
    lab.host.core().with(|stack, env| stack.timers(env));
}

/// A query without checksum: of version 2 with these sources, or of version 1.
fn query(group: Ipv6Addr, code: u16, sources: Option<&[Ipv6Addr]>) -> Vec<u8> {
    let mut bytes = vec![kind::MLD_QUERY, 0, 0, 0];
    bytes.extend(code.to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend(group.octets());
    if let Some(sources) = sources {
        bytes.extend([0, 0]);
        bytes.extend((sources.len() as u16).to_be_bytes());
        bytes.extend(sources.iter().flat_map(|source| source.octets()));
    }
    bytes
}

/// Sends a query as it should be: to all nodes, or to the group it is about.
fn ask(lab: &mut Lab6, message: &[u8]) {
    let group = Ipv6Addr::from(<[u8; 16]>::try_from(&message[8..24]).unwrap());
    let dst = if group.is_unspecified() { ALL_NODES } else { group };
    ask_as(lab, (PEER_LL, dst), 1, true, message);
}

fn ask_as(lab: &mut Lab6, (src, dst): (Ipv6Addr, Ipv6Addr), hops: u8, alert: bool, message: &[u8]) {
    let mut message = message.to_vec();
    mend_icmp(src, dst, &mut message);
    let (next, payload) = match alert {
        true => (next_header::HOP_BY_HOP, [&ALERT[..], &message].concat()),
        false => (next_header::ICMPV6, message),
    };
    lab.packet(&Ipv6::new(src, dst, next).hop_limit(hops).build(&payload));
}

/// The reports of version 2 among what was sent: their records, as type and group.
fn records(sent: &[Packet6]) -> Vec<(u8, Ipv6Addr)> {
    let reports = sent.iter().filter(|p| p.kind() == Some((kind::MLD_REPORT_V2, 0)));
    let mut found = Vec::new();
    for report in reports {
        let count = u16::from_be_bytes([report.payload[6], report.payload[7]]);
        let mut at = 8;
        for _ in 0..count {
            let record = &report.payload[at..];
            let sources = usize::from(u16::from_be_bytes([record[2], record[3]]));
            let group = Ipv6Addr::from(<[u8; 16]>::try_from(&record[4..20]).unwrap());
            found.push((record[0], group));
            at += 20 + 16 * sources + 4 * usize::from(record[1]);
        }
        assert_eq!(at, report.payload.len(), "nothing behind the last record");
    }
    found
}

fn about_group(sent: &[Packet6]) -> Vec<u8> {
    records(sent).into_iter().filter(|r| r.1 == GROUP).map(|r| r.0).collect()
}

/// 5, 5.2.13, 5.2.14: how reports are sent.
#[test]
fn section_5_how_reports_are_sent() {
    let mut lab = Lab6::new();
    join(&lab, GROUP);
    let sent = lab.run_for(5);
    assert!(!about_group(&sent).is_empty());
    for report in sent.iter().filter(|p| p.kind() == Some((kind::MLD_REPORT_V2, 0))) {
        assert_eq!((report.repr.src, report.repr.hop_limit), (HOST_LL, 1));
        assert_eq!(report.repr.dst, "ff02::16".parse::<Ipv6Addr>().unwrap());
        assert_eq!(report.ext, ALERT);
    }
    // Before there is an address, they come from none.
    let mut lab = Lab6::bare();
    let sent = lab.run_for(1);
    let report = sent.iter().find(|p| p.kind() == Some((kind::MLD_REPORT_V2, 0))).unwrap();
    assert_eq!((report.repr.src, &report.ext[..]), (NONE, &ALERT[..]));
}

/// 5.1.14, 6.2: queries that are none.
#[test]
fn section_6_2_queries_that_are_none() {
    let general = query(NONE, 1000, Some(&[]));
    let to = |src| (src, ALL_NODES);
    for (ends, hops, alert) in [
        (to(PEER), 1, true),
        (to(NONE), 1, true),
        (to(PEER_LL), 2, true),
        (to(PEER_LL), 255, true),
        (to(PEER_LL), 1, false),
    ] {
        let mut lab = member();
        lab.dropped(DropReason::MldInvalid, |lab| ask_as(lab, ends, hops, alert, &general));
        assert!(lab.run_for(3).is_empty());
    }
    // Shorter than version 1, or between the versions (8.1).
    for len in [8, 23, 25, 27] {
        let mut lab = member();
        ask_as(&mut lab, to(PEER_LL), 1, true, &general[..len]);
        assert!(lab.run_for(3).is_empty(), "{len} bytes");
    }
    // More sources than there are.
    let mut lab = member();
    let mut lying = query(GROUP, 1000, Some(&[PEER]));
    lying[27] = 9;
    ask(&mut lab, &lying);
    assert!(lab.run_for(3).is_empty());
}

/// 5.1.15: a query may be sent to any address of ours.
#[test]
fn section_5_1_15_a_query_to_one_host() {
    let mut lab = member();
    ask_as(&mut lab, (PEER_LL, HOST_LL), 1, true, &query(NONE, 1000, Some(&[])));
    assert_eq!(about_group(&lab.run_for(3)), [IS_EXCLUDE]);
}

/// 5.1.12: what is behind the sources is ignored, and counts in the checksum.
#[test]
fn section_5_1_12_additional_data() {
    let mut lab = member();
    let longer = [query(NONE, 1000, Some(&[])), vec![1, 2, 3, 4, 5]].concat();
    ask(&mut lab, &longer);
    assert_eq!(about_group(&lab.run_for(3)), [IS_EXCLUDE]);
}

/// 6.1: changes are told at once, and again; leaving too.
#[test]
fn section_6_1_changes_are_told_twice() {
    let mut lab = Lab6::new();
    join(&lab, GROUP);
    let now = lab.run();
    assert_eq!(about_group(&now), [TO_EXCLUDE], "at once");
    assert_eq!(about_group(&lab.run_for(5)), [TO_EXCLUDE], "robustness variable less one");
    leave(&lab, GROUP);
    let mut told = about_group(&lab.run());
    told.extend(about_group(&lab.run_for(5)));
    assert_eq!(told, [TO_INCLUDE; 2]);
    assert!(lab.run_for(10).is_empty());
}

/// 6, 5.2: groups nobody is told of: all nodes, and those that never leave the host.
#[test]
fn section_6_groups_nobody_is_told_of() {
    let mut lab = Lab6::new();
    let interface_local = Ipv6Addr::new(0xff01, 0, 0, 0, 0, 0, 0, 0x77);
    let reserved = Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0x77);
    for group in [interface_local, reserved] {
        join(&lab, group);
    }
    assert!(records(&lab.run_for(5)).is_empty());
    ask(&mut lab, &query(NONE, 1000, Some(&[])));
    let told = records(&lab.run_for(3));
    assert!(!told.is_empty());
    assert!(told.iter().all(|r| ![ALL_NODES, interface_local, reserved].contains(&r.1)));
    ask(&mut lab, &query(ALL_NODES, 1000, Some(&[])));
    assert!(lab.run_for(3).is_empty());
}

/// 6.2: an answer comes in time, at a time of its own, and says all.
#[test]
fn section_6_2_answers_come_in_time() {
    for (code, most) in [(1_000, 1_000), (10_000, 10_000), (0x8000 | 0x123, 0x1123 << 3)] {
        let mut lab = member();
        ask(&mut lab, &query(NONE, code, Some(&[])));
        lab.net.run_for(Duration::from_millis(most + 100));
        let sent = lab.run();
        assert_eq!(about_group(&sent), [IS_EXCLUDE], "within {most} ms");
        let solicited = "ff02::1:ff00:1".parse().unwrap();
        assert!(records(&sent).contains(&(IS_EXCLUDE, solicited)));
    }
    // Zero is at once.
    let mut lab = member();
    ask(&mut lab, &query(NONE, 0, Some(&[])));
    assert_eq!(about_group(&lab.run_for(1)), [IS_EXCLUDE]);
}

/// 6.2: about one group, and about nobody's.
#[test]
fn section_6_2_questions_about_a_group() {
    let mut lab = member();
    ask(&mut lab, &query(GROUP, 1000, Some(&[])));
    assert_eq!(records(&lab.run_for(3)), [(IS_EXCLUDE, GROUP)]);
    let other = Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 0, 0x78);
    ask_as(&mut lab, (PEER_LL, ALL_NODES), 1, true, &query(other, 1000, Some(&[])));
    assert!(lab.run_for(3).is_empty());
}

/// 6.2, rules 1 and 2: a question while an answer is due changes nothing.
#[test]
fn section_6_2_one_answer_for_many_questions() {
    let mut lab = member();
    for _ in 0..5 {
        ask(&mut lab, &query(NONE, 2000, Some(&[])));
    }
    assert_eq!(about_group(&lab.run_for(5)), [IS_EXCLUDE]);
}

/// 6.2: a member of a group for all senders says so when asked about some.
#[test]
fn section_6_2_questions_about_senders() {
    let mut lab = member();
    ask(&mut lab, &query(GROUP, 1000, Some(&[PEER])));
    let told = about_group(&lab.run_for(3));
    assert_eq!(told.len(), 1, "{told:?}");
}

/// 5.1.15: queries are heard whichever senders to the group are wanted, and are answered by what is (6.2).
#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
#[test]
fn section_6_2_a_member_for_some_senders() {
    use znet::base::IpAddr;
    use znet::stack::SourceChange;
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let pair = (IpAddr::V6(GROUP), IpAddr::V6(PEER));
    let iface = Some(lab.iface);
    let change = |lab: &Lab6, change| {
        lab.host.core().with(|stack, env| stack.udp_source(env, socket, iface, pair, change))
    };
    change(&lab, SourceChange::Join).unwrap();
    lab.host.core().with(|stack, env| stack.timers(env));
    assert_eq!(about_group(&lab.run()), [ALLOW], "6.1: a source more");
    lab.settle();
    lab.run_for(30);
    for (asked, wanted) in
        [(&[PEER][..], vec![IS_INCLUDE]), (&[PEER_LL], vec![]), (&[], vec![IS_INCLUDE])]
    {
        ask(&mut lab, &query(GROUP, 1000, Some(asked)));
        assert_eq!(about_group(&lab.run_for(3)), wanted, "{asked:?}");
    }
    ask(&mut lab, &query(NONE, 1000, Some(&[])));
    assert_eq!(about_group(&lab.run_for(3)), [IS_INCLUDE]);
    change(&lab, SourceChange::Leave).unwrap();
    lab.host.core().with(|stack, env| stack.timers(env));
    assert_eq!(about_group(&lab.run()), [BLOCK]);
    lab.host.close(socket);
}

/// 8.2.1: who changes its version forgets what it had still to say in the other one.
#[test]
fn section_8_2_1_a_change_of_version_cancels() {
    let mut lab = member();
    ask(&mut lab, &query(NONE, 0xffff, Some(&[])));
    let other = Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 0, 0x78);
    ask_as(&mut lab, (PEER_LL, ALL_NODES), 1, true, &query(other, 1000, None));
    assert!(lab.run_for(250).is_empty());
}

/// 5.2: reports that do not fit one packet go in several (5.2.15).
#[test]
fn section_5_2_15_many_records() {
    let mut lab = member();
    let mut joined = 1;
    for last in 0x100..0x140 {
        let group = Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 0, last);
        let (iface, mut place) = (lab.iface, None);
        lab.host.core().with(|stack, env| place = stack.join_v6_group(env, iface, group));
        joined += usize::from(place.is_some());
    }
    lab.settle();
    lab.run_for(30);
    ask(&mut lab, &query(NONE, 1000, Some(&[])));
    let sent = lab.run_for(3);
    let told = records(&sent).into_iter().filter(|r| r.1.segments()[0] == 0xff05).count();
    assert_eq!(told, joined);
}

/// 8.2.1, 8.3.1: a router of version 1 is answered in its version, to the group.
#[test]
fn section_8_2_1_an_older_router() {
    let mut lab = member();
    ask(&mut lab, &query(NONE, 1000, None));
    let sent = lab.run_for(3);
    let report = sent.iter().find(|p| p.repr.dst == GROUP).unwrap_or_else(|| panic!("{sent:?}"));
    assert_eq!(report.kind(), Some((kind::MLD_REPORT_V1, 0)));
    assert_eq!((report.repr.src, report.repr.hop_limit, &report.ext[..]), (HOST_LL, 1, &ALERT[..]));
    assert_eq!(report.payload[8..24], GROUP.octets());
    assert!(records(&sent).is_empty());
    // It is left in that version too.
    leave(&lab, GROUP);
    let sent = lab.run_for(3);
    let done = sent.iter().find(|p| p.kind() == Some((kind::MLD_DONE_V1, 0)));
    assert_eq!(done.map(|p| p.repr.dst), Some("ff02::2".parse().unwrap()));
    // Until it has been silent for long (9.12).
    lab.run_for(300);
    join(&lab, GROUP);
    assert_eq!(about_group(&lab.run_for(5)), [TO_EXCLUDE; 2]);
}
