// SPDX-License-Identifier: Apache-2.0
//! Group membership by itself: what routers of all versions ask, and what sockets want, in any order.

use znet::base::{Duration, Instant};
use znet::ip::groups::{Due, Filter, Groups, Version, Why};

use crate::input::Input;

type Table = Groups<u8, 4, 2, 3>;

/// Up to three senders, to be heard or not.
fn filter(input: &mut Input<'_>) -> Filter<u8, 3> {
    let how = input.byte();
    let mut filter = if how & 1 == 0 { Filter::NONE } else { Filter::ALL };
    for source in [how >> 1 & 7, how >> 4 & 7, how >> 5 & 7] {
        if how & 8 != 0 && !filter.sources.contains(&source) {
            let _ = filter.sources.push(source);
        }
    }
    filter
}

/// Each step joins, leaves, asks, hears, takes a link down or up, or lets time pass.
pub fn run(data: &[u8]) {
    let mut groups = Table::new(Version::V3);
    let mut now = Instant::from_micros(1);
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, who) = (input.byte(), input.byte());
        // One link in three is none.
        let (iface, group) = (who % 3, who >> 2 & 7);
        match how % 8 {
            0 | 1 => {
                let wanted = filter(&mut input);
                if groups.join(iface, group, wanted.clone()) {
                    assert_eq!(groups.filter(iface, group), Some(&wanted));
                    assert!((0..8).all(|s| groups.passes(iface, group, &s) == wanted.passes(&s)));
                }
            }
            2 => {
                groups.leave(iface, group);
                assert_eq!(groups.filter(iface, group), None);
            }
            3 | 4 => {
                let version =
                    [Version::V3, Version::V3, Version::V2, Version::V1][usize::from(how >> 4) % 4];
                let sources: Vec<u8> = input.short().iter().map(|s| s % 8).take(5).collect();
                let within = Duration::from_millis(u64::from(input.word()));
                let about = (how & 8 == 0).then_some(group);
                let random = u32::from(input.word()) << 16;
                groups.query(now, random, iface, version, about, sources.iter().copied(), within);
            }
            5 => groups.heard(now, iface, group),
            6 if how & 8 == 0 => groups.forget(iface),
            6 => groups.rejoin(iface),
            _ => {
                now += Duration::from_millis(u64::from(input.word()) << (how >> 5));
                pass(&mut groups, now, u32::from(who) << 24);
            }
        }
    }
    // Reports end.
    for _ in 0..8 {
        now += Duration::from_secs(100_000);
        pass(&mut groups, now, 1);
    }
    assert_eq!(groups.deadline(), None);
}

fn pass(groups: &mut Table, now: Instant, random: u32) {
    for round in 0.. {
        assert!(round < 100, "for ever at one time");
        match groups.poll(now, random) {
            None => break,
            Some(Due::All { iface }) => assert!(iface != 0),
            Some(Due::Report { iface, group, records, why, version }) => {
                let member = groups.filter(iface, group).is_some();
                assert_eq!(member, why != Why::Left);
                assert_eq!(version, groups.version(now, iface));
                assert!(version != Version::V3 || !records.is_empty());
            }
        }
    }
    assert!(groups.deadline().is_none_or(|at| at > now));
}
