// SPDX-License-Identifier: Apache-2.0
//! Reports of changes and answers to queries, version by version.

use std::vec::Vec as List;

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
    table.query(at(10), u32::MAX / 2, 1, Version::V3, None, Duration::from_secs(10));
    assert!(table.deadline().unwrap() > at(14) && table.deadline().unwrap() < at(16));
    // An earlier answer stands.
    table.query(at(10), u32::MAX, 1, Version::V3, None, Duration::from_secs(10));
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
    table.query(at(10), 0, 1, Version::V3, Some(OTHER), Duration::from_secs(1));
    table.query(at(10), 0, 1, Version::V3, Some(0xe000_0199), Duration::from_secs(1));
    table.query(at(10), 0, 2, Version::V3, Some(GROUP), Duration::from_secs(1));
    assert_eq!(reports(&mut table, at(12)), [(OTHER, Why::Asked, Version::V3)]);
}

#[test]
fn older_routers_are_told_their_way_until_they_are_forgotten() {
    let mut table = Table::new(Version::V3);
    table.join(1, GROUP, Filter::ALL);
    sent(&mut table, at(1));
    sent(&mut table, at(9));
    table.query(at(10), 0, 1, Version::V2, None, Duration::from_secs(10));
    assert_eq!(reports(&mut table, at(11)), [(GROUP, Why::Asked, Version::V2)]);
    table.query(at(20), u32::MAX, 1, Version::V2, None, Duration::from_secs(10));
    table.heard(at(21), 1, GROUP);
    assert_eq!(reports(&mut table, at(40)), [], "somebody else has answered");
    table.leave(1, GROUP);
    assert_eq!(reports(&mut table, at(41)), [], "and will tell that it is left");
    table.join(1, GROUP, Filter::ALL);
    assert_eq!(reports(&mut table, at(42)), [(GROUP, Why::Joined, Version::V2)]);
    table.leave(1, GROUP);
    assert_eq!(reports(&mut table, at(43)), [(GROUP, Why::Left, Version::V2)]);
    assert_eq!(table.deadline(), None);
    table.query(at(50), 0, 1, Version::V1, None, Duration::from_secs(10));
    assert_eq!(table.version(at(51), 1), Version::V1);
    assert_eq!(table.version(at(309), 1), Version::V1);
    assert_eq!(table.version(at(311), 1), Version::V3);
    assert_eq!(table.version(at(51), 2), Version::V3, "each link for itself");
}

#[test]
fn nobody_is_told_of_leaving_in_the_first_version() {
    let mut table = Table::new(Version::V3);
    table.query(at(1), 0, 1, Version::V1, None, Duration::from_secs(10));
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
