// SPDX-License-Identifier: Apache-2.0
//! RFC 3376 (kept word for word in these by RFC 9776), what a member of groups must do, section by section, as seen
//! on the wire.
#![cfg(all(CONFIG_NET_IPV4_IGMPV3, CONFIG_NET_L2_ETHERNET))]

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Duration, EthAddr, Ipv4Addr, Lab, frame};
use znet::stack::igmp::{Filter, SOURCES};
use znet::wire::checksum::Sum;
use znet::wire::igmp::kind;
use znet::wire::ipv4::{option, protocol};

const GROUP: Ipv4Addr = Ipv4Addr::new(239, 1, 2, 3);
const OTHER: Ipv4Addr = Ipv4Addr::new(239, 1, 2, 4);
const NONE: Ipv4Addr = Ipv4Addr::UNSPECIFIED;
const ALL_SYSTEMS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 1);
const ALL_ROUTERS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 2);
const V3_ROUTERS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 22);
const ALERT: [u8; 4] = [option::ROUTER_ALERT, 4, 0, 0];

/// Senders.
const A: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const B: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
const C: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 3);

/// Record types (4.2.12).
const IS_IN: u8 = 1;
const IS_EX: u8 = 2;
const TO_IN: u8 = 3;
const TO_EX: u8 = 4;
const ALLOW: u8 = 5;
const BLOCK: u8 = 6;

type Record = (u8, Ipv4Addr, Vec<Ipv4Addr>);

/// An IGMP message that was sent.
#[derive(Debug, PartialEq, Eq)]
struct Message {
    src: Ipv4Addr,
    dst: Ipv4Addr,
    bytes: Vec<u8>,
}

impl Message {
    fn kind(&self) -> u8 {
        self.bytes[0]
    }

    /// The records of a report of version 3, whose reserved fields are zero, with nothing behind them (4.2.1 to
    /// 4.2.11).
    fn records(&self) -> Vec<Record> {
        assert_eq!(
            (self.kind(), self.bytes[1], &self.bytes[4..6]),
            (kind::REPORT_V3, 0, &[0, 0][..])
        );
        let count = u16::from_be_bytes([self.bytes[6], self.bytes[7]]);
        let mut rest = &self.bytes[8..];
        let mut records = Vec::new();
        for _ in 0..count {
            assert_eq!(rest[1], 0, "no auxiliary data");
            let sources = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
            let addr = |bytes: &[u8]| Ipv4Addr::from(<[u8; 4]>::try_from(bytes).unwrap());
            let listed = rest[8..8 + 4 * sources].chunks(4).map(addr).collect();
            records.push((rest[0], addr(&rest[4..8]), listed));
            rest = &rest[8 + 4 * sources..];
        }
        assert!(rest.is_empty(), "nothing behind the last record");
        records
    }
}

fn lab() -> Lab {
    let mut lab = Lab::new();
    lab.acquaint();
    lab.peer.promiscuous(true);
    lab
}

/// A host in [`GROUP`], long since.
fn member() -> Lab {
    let mut lab = lab();
    want(&lab, GROUP, Filter::ALL);
    run(&mut lab, 30_000);
    lab
}

/// Only these senders.
fn only(senders: &[Ipv4Addr]) -> Filter {
    Filter { include: true, sources: senders.iter().copied().collect() }
}

/// All but these senders.
fn all_but(senders: &[Ipv4Addr]) -> Filter {
    Filter { include: false, sources: senders.iter().copied().collect() }
}

fn want(lab: &Lab, group: Ipv4Addr, filter: Filter) {
    let iface = lab.iface;
    lab.host.core().with(|stack, _| stack.ipv4_group_join(iface, group, filter)).expect("room");
}

fn leave(lab: &Lab, group: Ipv4Addr) {
    let iface = lab.iface;
    lab.host.core().with(|stack, _| stack.ipv4_group_leave(iface, group)).expect("a member");
}

/// Lets time pass; the messages that were sent meanwhile, checked for what all have in common (4): TTL 1, precedence
/// "internetwork control", router alert.
fn run(lab: &mut Lab, millis: u64) -> Vec<Message> {
    lab.net.run_for(Duration::from_millis(millis));
    let mut messages = Vec::new();
    for frame in lab.peer.take() {
        let packet = &frame[14..];
        if frame[12..14] != [8, 0] || packet[9] != protocol::IGMP {
            continue;
        }
        assert_eq!((packet[0], packet[1], packet[8]), (0x46, 0xc0, 1));
        assert_eq!(packet[20..24], ALERT);
        let addr = |at: usize| Ipv4Addr::from(<[u8; 4]>::try_from(&packet[at..at + 4]).unwrap());
        assert_eq!(frame[..6], EthAddr::from_ipv4_multicast(addr(16)).0);
        let total = usize::from(u16::from_be_bytes([packet[2], packet[3]]));
        let bytes = packet[24..total].to_vec();
        assert_eq!(Sum::of(&bytes).fold(), 0xffff);
        messages.push(Message { src: addr(12), dst: addr(16), bytes });
    }
    messages
}

/// The records of all reports of version 3 sent meanwhile.
fn told(lab: &mut Lab, millis: u64) -> Vec<Record> {
    run(lab, millis).iter().flat_map(Message::records).collect()
}

/// A query of version 3, checksum missing.
fn query(group: Ipv4Addr, code: u8, sources: &[Ipv4Addr]) -> Vec<u8> {
    let mut bytes = vec![kind::QUERY, code, 0, 0];
    bytes.extend(group.octets());
    bytes.extend([2, 125]);
    bytes.extend((sources.len() as u16).to_be_bytes());
    bytes.extend(sources.iter().flat_map(|source| source.octets()));
    bytes
}

/// A query of version 1 or 2, checksum missing.
fn old_query(group: Ipv4Addr, code: u8) -> Vec<u8> {
    [&[kind::QUERY, code, 0, 0][..], &group.octets()].concat()
}

/// Sends a message as it should be: to all systems, or to the group it is about.
fn ask(lab: &mut Lab, message: &[u8]) {
    let group = Ipv4Addr::from(<[u8; 4]>::try_from(&message[4..8]).unwrap());
    ask_at(lab, if group.is_unspecified() { ALL_SYSTEMS } else { group }, message);
}

fn ask_at(lab: &mut Lab, dst: Ipv4Addr, message: &[u8]) {
    let frame = made(lab, dst, message);
    lab.peer.send(frame);
    lab.net.run_for(Duration::from_micros(1));
}

fn made(lab: &Lab, dst: Ipv4Addr, message: &[u8]) -> Vec<u8> {
    let mut message = message.to_vec();
    frame::mend_icmp(&mut message);
    let packet =
        frame::Ipv4::new(PEER_IP, dst, protocol::IGMP).ttl(1).options(&ALERT).build(&message);
    let to = if dst.is_multicast() { EthAddr::from_ipv4_multicast(dst) } else { lab.iface.mac() };
    frame::ipv4_frame(to, lab.peer.mac, &packet)
}

fn alive(lab: &mut Lab) {
    lab.peer.promiscuous(false);
    lab.assert_alive();
}

/// 4: messages of unknown types are ignored in silence.
#[test]
fn section_4_unknown_types() {
    let mut lab = member();
    for kind in (0..=255).filter(|k| ![0x11, 0x12, 0x16, 0x17, 0x22].contains(k)) {
        let frame = made(&lab, ALL_SYSTEMS, &[kind, 10, 0, 0, 0, 0, 0, 0]);
        lab.dropped(frame, DropReason::IgmpUnknownType);
    }
    alive(&mut lab);
}

/// 4: whether a message came over a router its TTL tells.
#[test]
fn section_4_from_afar() {
    let mut lab = member();
    let mut far = made(&lab, ALL_SYSTEMS, &query(NONE, 10, &[]));
    far[14 + 8] = 64;
    frame::mend_ipv4(&mut far[14..]);
    lab.dropped(far, DropReason::IgmpMalformed);
    assert_eq!(told(&mut lab, 5_000), []);
}

/// 4.1.1: the time to answer in, also as a mantissa and an exponent.
#[test]
fn section_4_1_1_max_resp_code() {
    for (code, tenths) in
        [(1, 1), (127, 127), (0x80, 128), (0x8f, 248), (0xa5, 672), (0xff, 31_744)]
    {
        let mut lab = member();
        ask(&mut lab, &query(NONE, code, &[]));
        assert_eq!(told(&mut lab, tenths * 100 + 10), [(IS_EX, GROUP, vec![])], "{code:#x}");
    }
    // None at all is at once, or as good as.
    let mut lab = member();
    ask(&mut lab, &query(NONE, 0, &[]));
    assert_eq!(run(&mut lab, 10_100).len(), 1);
}

/// 4.1.2: the checksum is looked at first.
#[test]
fn section_4_1_2_checksum() {
    let mut lab = member();
    let mut broken = made(&lab, ALL_SYSTEMS, &query(NONE, 10, &[]));
    let last = broken.len() - 1;
    broken[last] ^= 1;
    lab.dropped(broken, DropReason::IgmpBadChecksum);
    assert_eq!(told(&mut lab, 5_000), []);
}

/// 4.1.10: what is behind the sources counts in the checksum, and for nothing else.
#[test]
fn section_4_1_10_additional_data() {
    let mut lab = member();
    ask(&mut lab, &[query(NONE, 10, &[]), vec![1, 2, 3, 4, 5]].concat());
    assert_eq!(told(&mut lab, 1_100), [(IS_EX, GROUP, vec![])]);
}

/// 4.1.12: a query is taken at every address of the interface.
#[test]
fn section_4_1_12_a_query_to_one_host() {
    let mut lab = member();
    for dst in [HOST_IP, ALL_SYSTEMS, GROUP] {
        ask_at(&mut lab, dst, &query(NONE, 10, &[]));
        assert_eq!(told(&mut lab, 1_100), [(IS_EX, GROUP, vec![])], "{dst}");
    }
}

/// 4.2.13, 4.2.14: reports come from an address of ours, or from none before there is one, and go to all routers of
/// version 3.
#[test]
fn section_4_2_13_where_reports_go() {
    let mut lab = lab();
    want(&lab, GROUP, Filter::ALL);
    let reports = run(&mut lab, 10);
    assert_eq!((reports[0].src, reports[0].dst), (HOST_IP, V3_ROUTERS));
    lab.iface.ipv4_addr_rm(HOST_IP);
    want(&lab, OTHER, Filter::ALL);
    let reports = run(&mut lab, 10);
    assert_eq!((reports[0].src, reports[0].dst), (NONE, V3_ROUTERS));
}

/// 4.2.14: reports of older versions to any address of ours are taken, which end our own duty to report.
#[test]
fn section_4_2_14_reports_of_others() {
    for dst in [GROUP, HOST_IP] {
        let mut lab = member();
        ask(&mut lab, &old_query(NONE, 100));
        let report = [&[kind::REPORT_V2, 0, 0, 0][..], &GROUP.octets()].concat();
        ask_at(&mut lab, dst, &report);
        assert_eq!(run(&mut lab, 20_000), [], "{dst}");
    }
}

/// 4.2.16: what does not fit one report goes in several, whole.
#[test]
fn section_4_2_16_many_records() {
    let mut lab = lab();
    let mut wanted = Vec::new();
    for last in 0.. {
        let group = Ipv4Addr::new(239, 9, 9, last);
        let iface = lab.iface;
        let joined =
            lab.host.core().with(|stack, _| stack.ipv4_group_join(iface, group, Filter::ALL));
        if joined.is_err() {
            break;
        }
        wanted.push((IS_EX, group, vec![]));
    }
    assert!(wanted.len() > 2);
    run(&mut lab, 30_000);
    // A link that carries two records with all their senders.
    lab.iface.set_mtu((24 + 8 + 2 * (8 + 4 * SOURCES)) as u16);
    ask(&mut lab, &query(NONE, 10, &[]));
    let reports = run(&mut lab, 1_100);
    assert_eq!(reports.len(), wanted.len().div_ceil(2));
    let all: Vec<Record> = reports.iter().flat_map(Message::records).collect();
    assert_eq!(all, wanted);
}

/// 5: nothing is ever said of the group of all systems, which is heard always.
#[test]
fn section_5_all_systems() {
    let mut lab = lab();
    want(&lab, ALL_SYSTEMS, Filter::ALL);
    assert_eq!(run(&mut lab, 30_000), []);
    ask_at(&mut lab, ALL_SYSTEMS, &query(ALL_SYSTEMS, 10, &[]));
    ask(&mut lab, &query(NONE, 10, &[]));
    assert_eq!(told(&mut lab, 30_000), []);
    leave(&lab, ALL_SYSTEMS);
    assert_eq!(run(&mut lab, 30_000), []);
    let socket = lab.host.udp_bind(7);
    let udp = frame::udp((PEER_IP, 9), (ALL_SYSTEMS, 7), b"all");
    let packet = frame::Ipv4::new(PEER_IP, ALL_SYSTEMS, protocol::UDP).ttl(1).build(&udp);
    lab.send(frame::ipv4_frame(EthAddr::from_ipv4_multicast(ALL_SYSTEMS), lab.peer.mac, &packet));
    assert_eq!(lab.host.udp_recv(socket).expect("a datagram").data, b"all");
    lab.host.close(socket);
}

/// 5.1: a change is reported at once, and [robustness variable] - 1 more times, within a second each.
#[test]
fn section_5_1_changes_are_reported() {
    let mut lab = lab();
    for (change, kind) in [(true, TO_EX), (false, TO_IN)] {
        if change {
            want(&lab, GROUP, Filter::ALL);
        } else {
            leave(&lab, GROUP);
        }
        assert_eq!(told(&mut lab, 1), [(kind, GROUP, vec![])], "at once");
        assert_eq!(told(&mut lab, 1_001), [(kind, GROUP, vec![])], "once more");
        assert_eq!(told(&mut lab, 300_000), []);
    }
}

/// 5.1: which records tell of which change.
#[test]
fn section_5_1_the_records_of_a_change() {
    let rows = [
        (only(&[A, B]), only(&[B, C]), vec![(ALLOW, GROUP, vec![C]), (BLOCK, GROUP, vec![A])]),
        (all_but(&[A]), all_but(&[B]), vec![(ALLOW, GROUP, vec![A]), (BLOCK, GROUP, vec![B])]),
        (only(&[A]), all_but(&[B]), vec![(TO_EX, GROUP, vec![B])]),
        (all_but(&[A]), only(&[B]), vec![(TO_IN, GROUP, vec![B])]),
        (only(&[A]), only(&[A, B]), vec![(ALLOW, GROUP, vec![B])]),
        (all_but(&[]), all_but(&[B]), vec![(BLOCK, GROUP, vec![B])]),
        (only(&[A]), only(&[A]), vec![]),
    ];
    for (old, new, records) in rows {
        let mut lab = lab();
        let sorted = |mut records: Vec<Record>| {
            records.sort();
            records
        };
        want(&lab, GROUP, old.clone());
        run(&mut lab, 30_000);
        want(&lab, GROUP, new.clone());
        assert_eq!(sorted(told(&mut lab, 1)), records, "{old:?} {new:?}");
        assert_eq!(sorted(told(&mut lab, 1_001)), records, "once more");
        assert_eq!(told(&mut lab, 60_000), []);
    }
}

/// 5.1: a change before the last one was told often enough tells of both.
#[test]
fn section_5_1_changes_run_together() {
    let mut lab = lab();
    want(&lab, GROUP, only(&[A]));
    assert_eq!(told(&mut lab, 1), [(ALLOW, GROUP, vec![A])]);
    want(&lab, GROUP, only(&[A, B]));
    assert_eq!(told(&mut lab, 1), [(ALLOW, GROUP, vec![A, B])], "at once, with what was due");
    let again = told(&mut lab, 5_000);
    assert!(again.iter().any(|r| r.2.contains(&B)), "{again:?}");
    leave(&lab, GROUP);
    leave(&lab, GROUP);
    run(&mut lab, 1);
    want(&lab, GROUP, Filter::ALL);
    assert_eq!(told(&mut lab, 1), [(TO_EX, GROUP, vec![])]);
}

/// 5.2: answers come at a random time.
#[test]
fn section_5_2_answers_are_spread() {
    let mut lab = member();
    let mut early = 0;
    for _ in 0..40 {
        ask(&mut lab, &query(NONE, 100, &[]));
        early += run(&mut lab, 5_000).len();
        run(&mut lab, 5_100);
    }
    assert!((8..=32).contains(&early), "{early} of 40 in the first half");
}

/// 5.2, rule 1: who is about to tell all need not be asked.
#[test]
fn section_5_2_rule_1_one_answer_for_many_questions() {
    let mut lab = member();
    for _ in 0..5 {
        ask(&mut lab, &query(NONE, 20, &[]));
    }
    ask(&mut lab, &query(GROUP, 100, &[]));
    assert_eq!(told(&mut lab, 20_000), [(IS_EX, GROUP, vec![])]);
}

/// 5.2, rule 2: a question about all groups, and its time, goes for a later answer.
#[test]
fn section_5_2_rule_2_a_sooner_question() {
    let mut lab = member();
    ask(&mut lab, &query(NONE, 0xff, &[]));
    ask(&mut lab, &query(NONE, 1, &[]));
    assert_eq!(told(&mut lab, 110), [(IS_EX, GROUP, vec![])]);
    assert_eq!(told(&mut lab, 4_000_000), []);
}

/// 5.2, rule 3: about one group; about those who are not members: silence.
#[test]
fn section_5_2_rule_3_one_group() {
    let mut lab = member();
    ask(&mut lab, &query(GROUP, 10, &[]));
    assert_eq!(told(&mut lab, 1_100), [(IS_EX, GROUP, vec![])]);
    ask_at(&mut lab, ALL_SYSTEMS, &query(OTHER, 10, &[]));
    assert_eq!(told(&mut lab, 10_000), []);
}

/// 5.2, rules 4 and 5: what is asked while an answer is due is answered with it.
#[test]
fn section_5_2_rules_4_and_5_questions_add_up() {
    let mut lab = lab();
    want(&lab, GROUP, only(&[A, B]));
    run(&mut lab, 30_000);
    ask(&mut lab, &query(GROUP, 20, &[A]));
    ask(&mut lab, &query(GROUP, 20, &[B, C]));
    assert_eq!(told(&mut lab, 10_000), [(IS_IN, GROUP, vec![A, B])]);
    ask(&mut lab, &query(GROUP, 20, &[A]));
    ask(&mut lab, &query(GROUP, 20, &[]));
    let all = told(&mut lab, 10_000);
    assert_eq!(all, [(IS_IN, GROUP, vec![A, B])], "the whole state is asked for");
}

/// 5.2: which records answer a question about senders.
#[test]
fn section_5_2_questions_about_senders() {
    let rows: [(Filter, &[Ipv4Addr], &[Ipv4Addr]); 5] = [
        (only(&[A, B]), &[A, C], &[A]),
        (only(&[A]), &[C], &[]),
        (all_but(&[A]), &[A, B], &[B]),
        (all_but(&[A]), &[A], &[]),
        (Filter::ALL, &[A, B], &[A, B]),
    ];
    for (filter, asked, wanted) in rows {
        let mut lab = lab();
        want(&lab, GROUP, filter.clone());
        run(&mut lab, 30_000);
        ask(&mut lab, &query(GROUP, 10, asked));
        let expected = match wanted {
            [] => vec![],
            wanted => vec![(IS_IN, GROUP, wanted.to_vec())],
        };
        assert_eq!(told(&mut lab, 10_000), expected, "{filter:?} asked for {asked:?}");
    }
}

/// 5.2: current state, as it is.
#[test]
fn section_5_2_current_state() {
    let mut lab = lab();
    want(&lab, GROUP, only(&[A, B]));
    want(&lab, OTHER, all_but(&[C]));
    run(&mut lab, 30_000);
    ask(&mut lab, &query(NONE, 10, &[]));
    let all = told(&mut lab, 1_100);
    assert_eq!(all, [(IS_IN, GROUP, vec![A, B]), (IS_EX, OTHER, vec![C])]);
}

/// 7.2.1: to routers of version 2 and 1 their own reports, to the group; no message of version 3.
#[test]
fn section_7_2_1_older_routers() {
    for (code, report) in [(100, kind::REPORT_V2), (0, kind::REPORT_V1)] {
        let mut lab = member();
        ask(&mut lab, &old_query(NONE, code));
        let answers = run(&mut lab, 10_100);
        assert_eq!(answers.len(), 1);
        assert_eq!((answers[0].kind(), answers[0].dst), (report, GROUP));
        assert_eq!(answers[0].bytes[4..], GROUP.octets());
        // As long as it is there, its version is spoken, whatever else is asked.
        ask(&mut lab, &query(NONE, 100, &[]));
        let answers = run(&mut lab, 20_000);
        assert!(answers.iter().all(|m| m.kind() == report) && !answers.is_empty(), "{answers:?}");
        leave(&lab, GROUP);
        let said = run(&mut lab, 30_000);
        match report {
            kind::REPORT_V2 => {
                assert_eq!(said.len(), 1);
                assert_eq!((said[0].kind(), said[0].dst), (kind::LEAVE, ALL_ROUTERS));
            }
            _ => assert_eq!(said, [], "version 1 leaves in silence"),
        }
        alive(&mut lab);
    }
}

/// 7.2.1: version 1 is the oldest; a router of version 2 beside it changes nothing.
#[test]
fn section_7_2_1_the_oldest_counts() {
    let mut lab = member();
    ask(&mut lab, &old_query(NONE, 0));
    run(&mut lab, 20_000);
    ask(&mut lab, &old_query(NONE, 10));
    let answers = run(&mut lab, 20_000);
    assert!(!answers.is_empty() && answers.iter().all(|m| m.kind() == kind::REPORT_V1));
}

/// 7.2.1: who changes its version forgets what it had still to say in the other one.
#[test]
fn section_7_2_1_a_change_of_version_cancels() {
    let mut lab = member();
    ask(&mut lab, &query(NONE, 0xff, &[]));
    ask(&mut lab, &query(GROUP, 0xff, &[]));
    want(&lab, OTHER, Filter::ALL);
    assert_eq!(told(&mut lab, 1), [(TO_EX, OTHER, vec![])]);
    ask_at(&mut lab, ALL_SYSTEMS, &old_query(Ipv4Addr::new(239, 9, 9, 9), 100));
    assert_eq!(run(&mut lab, 200_000), [], "neither the answers nor the second report");
    alive(&mut lab);
}

/// 7.2.1, 8.12: an older router is there for 260 seconds from its last question.
#[test]
fn section_8_12_an_older_router_is_forgotten() {
    let mut lab = member();
    for _ in 0..2 {
        ask(&mut lab, &old_query(NONE, 10));
        run(&mut lab, 250_000);
    }
    ask(&mut lab, &query(NONE, 10, &[]));
    assert_eq!(run(&mut lab, 2_000)[0].kind(), kind::REPORT_V2);
    run(&mut lab, 9_000);
    ask(&mut lab, &query(NONE, 10, &[]));
    assert_eq!(told(&mut lab, 2_000), [(IS_EX, GROUP, vec![])]);
}

/// 9.1: questions about many senders do not take memory for ever: who can't keep them all tells its whole state.
#[test]
fn section_9_1_a_flood_of_questions() {
    let mut lab = member();
    let baseline = lab.host.drops_total();
    for round in 0..50u8 {
        let sources: Vec<Ipv4Addr> = (0..250).map(|n| Ipv4Addr::new(198, 18, round, n)).collect();
        ask(&mut lab, &query(GROUP, 0xff, &sources));
    }
    assert_eq!(told(&mut lab, 4_000_000), [(IS_EX, GROUP, vec![])]);
    assert_eq!(lab.host.drops_total(), baseline);
    alive(&mut lab);
}
