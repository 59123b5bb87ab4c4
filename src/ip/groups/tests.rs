// SPDX-License-Identifier: Apache-2.0
//! Reports of changes and answers to queries, version by version.

use std::slice;
use std::vec::Vec as List;

use core::iter::empty;

use super::*;

type Table = Groups<u32, 4, 2, 2>;

const GROUP: u32 = 0xe000_0101;
const OTHER: u32 = 0xe000_0102;

fn at(secs: u64) -> Instant {
    Instant::from_millis(secs * 1000)
}

/// All that is sent by `now`.
fn sent(table: &mut Table, now: Instant) -> List<Due<u32, 2>> {
    core::iter::from_fn(|| table.poll(now, u32::MAX)).collect()
}

fn reports(table: &mut Table, now: Instant) -> List<(u32, Why, Version)> {
    sent(table, now)
        .into_iter()
        .map(|due| match due {
            Due::Report { group, why, version, .. } => (group, why, version),
            Due::All { iface } => (u32::from(iface), Why::Asked, Version::V3),
        })
        .collect()
}

#[test]
fn a_change_is_reported_twice() {
    let mut table = Table::new(Version::V3);
    assert!(table.join(1, GROUP, Filter::ALL));
    assert_eq!(reports(&mut table, at(1)), [(GROUP, Why::Joined, Version::V3)]);
    assert_eq!(reports(&mut table, at(1)), []);
    assert_eq!(reports(&mut table, at(3)), [(GROUP, Why::Joined, Version::V3)]);
    assert_eq!(table.deadline(), None);
    table.leave(1, GROUP);
    assert_eq!(reports(&mut table, at(4)), [(GROUP, Why::Left, Version::V3)]);
    assert_eq!(reports(&mut table, at(6)), [(GROUP, Why::Left, Version::V3)]);
    assert_eq!((table.deadline(), table.of(1).count()), (None, 0));
}

#[test]
fn who_comes_back_while_leaving_is_a_member() {
    let mut table = Table::new(Version::V3);
    table.join(1, GROUP, Filter::ALL);
    sent(&mut table, at(1));
    table.leave(1, GROUP);
    sent(&mut table, at(2));
    table.join(1, GROUP, Filter::ALL);
    assert_eq!(reports(&mut table, at(5)), [(GROUP, Why::Joined, Version::V3)]);
    assert_eq!(table.of(1).count(), 1);
}

#[test]
fn one_answer_names_all_groups_after_a_delay() {
    let mut table = Table::new(Version::V3);
    table.join(1, GROUP, Filter::ALL);
    table.join(1, OTHER, Filter::ALL);
    sent(&mut table, at(1));
    sent(&mut table, at(9));
    table.query(at(10), u32::MAX / 2, 1, Version::V3, None, empty(), Duration::from_secs(10));
    assert!(table.deadline().unwrap() > at(14) && table.deadline().unwrap() < at(16));
    // An earlier answer stands.
    table.query(at(10), u32::MAX, 1, Version::V3, None, empty(), Duration::from_secs(10));
    assert!(table.deadline().unwrap() < at(16));
    assert_eq!(sent(&mut table, at(16)), [Due::All { iface: 1 }]);
    assert_eq!(table.of(1).count(), 2);
    assert_eq!(table.of(2).count(), 0);
}

#[test]
fn a_question_about_one_group_is_answered_for_it_alone() {
    let mut table = Table::new(Version::V3);
    table.join(1, GROUP, Filter::ALL);
    table.join(1, OTHER, Filter::ALL);
    sent(&mut table, at(1));
    sent(&mut table, at(9));
    table.query(at(10), 0, 1, Version::V3, Some(OTHER), empty(), Duration::from_secs(1));
    table.query(at(10), 0, 1, Version::V3, Some(0xe000_0199), empty(), Duration::from_secs(1));
    table.query(at(10), 0, 2, Version::V3, Some(GROUP), empty(), Duration::from_secs(1));
    assert_eq!(reports(&mut table, at(12)), [(OTHER, Why::Asked, Version::V3)]);
}

#[test]
fn older_routers_are_told_their_way_until_they_are_forgotten() {
    let mut table = Table::new(Version::V3);
    table.join(1, GROUP, Filter::ALL);
    sent(&mut table, at(1));
    sent(&mut table, at(9));
    table.query(at(10), 0, 1, Version::V2, None, empty(), Duration::from_secs(10));
    assert_eq!(reports(&mut table, at(11)), [(GROUP, Why::Asked, Version::V2)]);
    table.query(at(20), u32::MAX, 1, Version::V2, None, empty(), Duration::from_secs(10));
    table.heard(at(21), 1, GROUP);
    assert_eq!(reports(&mut table, at(40)), [], "somebody else has answered");
    table.leave(1, GROUP);
    assert_eq!(reports(&mut table, at(41)), [], "and will tell that it is left");
    table.join(1, GROUP, Filter::ALL);
    assert_eq!(reports(&mut table, at(42)), [(GROUP, Why::Joined, Version::V2)]);
    table.leave(1, GROUP);
    assert_eq!(reports(&mut table, at(43)), [(GROUP, Why::Left, Version::V2)]);
    assert_eq!(table.deadline(), None);
    table.query(at(50), 0, 1, Version::V1, None, empty(), Duration::from_secs(10));
    assert_eq!(table.version(at(51), 1), Version::V1);
    assert_eq!(table.version(at(309), 1), Version::V1);
    assert_eq!(table.version(at(311), 1), Version::V3);
    assert_eq!(table.version(at(51), 2), Version::V3, "each link for itself");
}

#[test]
fn nobody_is_told_of_leaving_in_the_first_version() {
    let mut table = Table::new(Version::V3);
    table.query(at(1), 0, 1, Version::V1, None, empty(), Duration::from_secs(10));
    table.join(1, GROUP, Filter::ALL);
    assert_eq!(reports(&mut table, at(2)), [(GROUP, Why::Joined, Version::V1)]);
    table.leave(1, GROUP);
    assert_eq!(reports(&mut table, at(3)), []);
    assert_eq!(table.deadline(), None);
}

#[test]
fn a_link_that_comes_back_hears_of_all_groups() {
    let mut table = Table::new(Version::V3);
    table.join(1, GROUP, Filter::ALL);
    table.join(2, OTHER, Filter::ALL);
    sent(&mut table, at(1));
    sent(&mut table, at(9));
    table.forget(1);
    table.rejoin(1);
    assert_eq!(reports(&mut table, at(10)), [(GROUP, Why::Joined, Version::V3)]);
    table.forget(1);
    assert_eq!(reports(&mut table, at(20)), []);
}

#[test]
fn senders_pass_as_the_filter_says() {
    let mut table = Table::new(Version::V3);
    let mut only = Filter { include: true, sources: Vec::new() };
    only.sources.push(7).unwrap();
    table.join(1, GROUP, only.clone());
    assert!(table.passes(1, GROUP, &7) && !table.passes(1, GROUP, &8));
    only.include = false;
    table.join(1, GROUP, only);
    assert!(!table.passes(1, GROUP, &7) && table.passes(1, GROUP, &8));
    assert!(table.passes(1, OTHER, &7) && table.passes(2, GROUP, &7));
}

#[test]
fn a_full_table_refuses_and_keeps_what_it_has() {
    let mut table = Table::new(Version::V3);
    for group in 0..4 {
        assert!(table.join(1, group, Filter::ALL));
    }
    assert!(!table.join(1, 9, Filter::ALL));
    assert!(table.join(1, 3, Filter::ALL));
    assert_eq!(sent(&mut table, at(1)).len(), 4);
}

/// What is said about the group by `now`: the records of each report.
fn said(table: &mut Table, now: Instant) -> List<List<(u8, List<u32>)>> {
    let list = |records: Vec<Said<u32, 2>, 2>| {
        records.into_iter().map(|(kind, sources)| (kind, sources.to_vec())).collect()
    };
    let records = |due| match due {
        Due::Report { records, .. } => list(records),
        Due::All { .. } => List::new(),
    };
    sent(table, now).into_iter().map(records).collect()
}

fn filter(include: bool, sources: &[u32]) -> Filter<u32, 2> {
    Filter { include, sources: Vec::from_slice(sources).unwrap() }
}

/// What a listener wants next, and the records that tell of it.
type Step<'a> = (Filter<u32, 2>, &'a [(u8, &'a [u32])]);

/// RFC 9776, 5.1: a change of the mode is told as one, one of the senders by who is new and who is not
/// wanted any more, and each of them twice.
#[test]
fn changes_of_the_senders_are_told() {
    let mut table = Table::new(Version::V3);
    let steps: [Step<'_>; 6] = [
        (filter(true, &[7]), &[(record::ALLOW_NEW_SOURCES, &[7])]),
        (
            filter(true, &[8]),
            &[(record::ALLOW_NEW_SOURCES, &[8]), (record::BLOCK_OLD_SOURCES, &[7])],
        ),
        (filter(false, &[9]), &[(record::CHANGE_TO_EXCLUDE, &[9])]),
        (filter(false, &[]), &[(record::ALLOW_NEW_SOURCES, &[9])]),
        (filter(false, &[7, 8]), &[(record::BLOCK_OLD_SOURCES, &[7, 8])]),
        (filter(true, &[7]), &[(record::CHANGE_TO_INCLUDE, &[7])]),
    ];
    for (step, (wanted, records)) in steps.into_iter().enumerate() {
        let now = at(10 * (step as u64 + 1));
        table.join(1, GROUP, wanted.clone());
        let expected: List<_> =
            records.iter().map(|(kind, sources)| (*kind, sources.to_vec())).collect();
        assert_eq!(said(&mut table, now), slice::from_ref(&expected), "step {step}");
        assert_eq!(said(&mut table, now + REPORT_INTERVAL + REPORT_INTERVAL), [expected]);
        assert_eq!(table.deadline(), None, "step {step}");
        table.join(1, GROUP, wanted);
        assert_eq!(table.deadline(), None, "the same again is no change");
    }
    table.leave(1, GROUP);
    assert_eq!(said(&mut table, at(90)), [[(record::BLOCK_OLD_SOURCES, [7].to_vec())]]);
}

/// A second change before the first was told twice takes over what is left of it.
#[test]
fn a_change_on_top_of_a_change() {
    let mut table = Table::new(Version::V3);
    table.join(1, GROUP, filter(true, &[7]));
    said(&mut table, at(1));
    table.join(1, GROUP, filter(true, &[8]));
    let both =
        [(record::ALLOW_NEW_SOURCES, [8].to_vec()), (record::BLOCK_OLD_SOURCES, [7].to_vec())];
    assert_eq!(said(&mut table, at(2)), [both.to_vec()]);
    table.join(1, GROUP, filter(true, &[7]));
    let back =
        [(record::ALLOW_NEW_SOURCES, [7].to_vec()), (record::BLOCK_OLD_SOURCES, [8].to_vec())];
    assert_eq!(said(&mut table, at(3)), [back.to_vec()], "and nobody is forgotten");
}

/// RFC 9776, 5.2: a question about some senders is answered for those of them that are wanted.
#[test]
fn questions_about_senders() {
    let mut table = Table::new(Version::V3);
    let ask = |table: &mut Table, now: u64, sources: &[u32]| {
        let sources = sources.iter().copied();
        table.query(at(now), 0, 1, Version::V3, Some(GROUP), sources, Duration::from_secs(1));
    };
    let is_in = |sources: &[u32]| [[(record::MODE_IS_INCLUDE, sources.to_vec())]];
    table.join(1, GROUP, filter(true, &[7, 8]));
    said(&mut table, at(1));
    said(&mut table, at(5));
    ask(&mut table, 10, &[8, 9]);
    assert_eq!(said(&mut table, at(12)), is_in(&[8]));
    ask(&mut table, 20, &[9, 10]);
    assert_eq!(table.deadline(), None, "nothing to answer");
    table.join(1, GROUP, filter(false, &[7]));
    said(&mut table, at(30));
    said(&mut table, at(35));
    ask(&mut table, 40, &[7, 8]);
    assert_eq!(said(&mut table, at(42)), is_in(&[8]));
    // More than can be kept, and a question about all: the whole state.
    for sources in [&[1, 2, 3][..], &[]] {
        ask(&mut table, 50, sources);
        assert_eq!(said(&mut table, at(52)), [[(record::MODE_IS_EXCLUDE, [7].to_vec())]]);
    }
}

/// RFC 9776, 3.2: what several users want together.
#[test]
fn filters_of_several_users() {
    for (users, merged) in [
        (&[filter(true, &[1]), filter(true, &[2])][..], filter(true, &[1, 2])),
        (&[filter(true, &[1, 2]), filter(true, &[3])], Filter::ALL),
        (&[filter(false, &[1, 2]), filter(false, &[2, 3])], filter(false, &[2])),
        (&[filter(false, &[1, 2]), filter(true, &[2])], filter(false, &[1])),
        (&[filter(true, &[2]), filter(false, &[1, 2])], filter(false, &[1])),
        (&[filter(true, &[2]), Filter::ALL], Filter::ALL),
        (&[], Filter::NONE),
    ] {
        let mut all = Filter::NONE;
        users.iter().for_each(|user| all.widen(user));
        assert_eq!(all, merged, "{users:?}");
    }
}
