// SPDX-License-Identifier: Apache-2.0
//! Fragments in every order, and such as can't belong together.

use std::boxed::Box;
use std::vec::Vec;

use super::*;
use crate::buf::{NO_WAIT, Pools};

const TIMEOUT: Duration = Duration::from_secs(5);

struct Bench {
    pools: &'static Pools,
    store: Reassembly<u8, 2>,
    now: Instant,
}

impl Bench {
    fn new() -> Bench {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        Bench { pools, store: Reassembly::new(4, TIMEOUT), now: Instant::from_millis(1) }
    }

    /// Adds bytes `offset..end` of a packet whose byte `n` is `n`.
    fn add(&mut self, key: u8, offset: u16, end: u16, more: bool) -> Outcome {
        let bytes: Vec<u8> = (offset..end).map(|at| at as u8).collect();
        let mut pkt = self.pools.alloc_rx(bytes.len() + 20, NO_WAIT).unwrap();
        assert_eq!(pkt.append(&[0xaa; 20]) + pkt.append(&bytes), bytes.len() + 20);
        assert!(pkt.pull(20));
        self.store.add(self.now, Piece { key, offset, more, header_len: 20, pkt })
    }

    fn refused(&mut self, key: u8, place: (u16, u16, bool)) -> (DropReason, usize) {
        match self.add(key, place.0, place.1, place.2) {
            Outcome::Refused(reason, list) => (reason, list.len()),
            _ => panic!("{place:?} was taken"),
        }
    }
}

#[test]
fn fragments_in_every_order_make_the_packet() {
    let places = [(0, 16, true), (16, 24, true), (24, 31, false)];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut bench = Bench::new();
        for (step, &at) in order.iter().enumerate() {
            let (offset, end, more) = places[at];
            match (step, bench.add(7, offset, end, more)) {
                (0, Outcome::Kept(true)) | (1, Outcome::Kept(false)) => {}
                (2, Outcome::Whole(pkt, header_len)) => {
                    let bytes: Vec<u8> = pkt.fragments().flatten().copied().collect();
                    assert_eq!(bytes, (0..31).collect::<Vec<u8>>());
                    assert_eq!(header_len, 20);
                }
                _ => panic!("step {step} of {order:?}"),
            }
        }
        assert!(bench.pools.all_free());
        assert_eq!(bench.store.deadline(), None);
    }
}

#[test]
fn what_overlaps_takes_all_with_it() {
    for second in [(8, 32, true), (16, 17, false), (0, 8, true), (8, 16, false)] {
        let mut bench = Bench::new();
        bench.add(1, 0, 24, true);
        assert_eq!(bench.refused(1, second), (DropReason::FragmentOverlap, 2), "{second:?}");
        assert!(bench.pools.all_free());
    }
}

#[test]
fn the_end_is_where_it_was_said_to_be() {
    for second in [(32, 40, true), (24, 32, true), (32, 35, false), (16, 17, false)] {
        let mut bench = Bench::new();
        bench.add(1, 24, 31, false);
        let reason = bench.refused(1, second);
        assert_eq!(reason, (DropReason::FragmentOverlap, 2), "{second:?}");
        assert!(bench.pools.all_free());
    }
}

#[test]
fn a_duplicate_goes_alone() {
    let mut bench = Bench::new();
    bench.add(1, 0, 8, true);
    assert_eq!(bench.refused(1, (0, 8, true)), (DropReason::FragmentDuplicate, 1));
    assert!(matches!(bench.add(1, 8, 9, false), Outcome::Whole(..)));
}

#[test]
fn impossible_fragments_go_alone() {
    let mut bench = Bench::new();
    bench.add(1, 0, 8, true);
    for place in [(8, 8, true), (8, 15, true), (65_528, 65_535, false)] {
        assert_eq!(bench.refused(1, place), (DropReason::FragmentMalformed, 1), "{place:?}");
    }
    assert!(matches!(bench.add(1, 8, 9, false), Outcome::Whole(..)));
}

#[test]
fn memory_is_bounded_in_both_directions() {
    let mut bench = Bench::new();
    for at in 0..4 {
        assert!(matches!(bench.add(1, at * 8, at * 8 + 8, true), Outcome::Kept(_)));
    }
    assert_eq!(bench.refused(1, (32, 33, false)), (DropReason::FragmentLimit, 5));
    bench.add(1, 0, 8, true);
    bench.now = Instant::from_millis(2);
    bench.add(2, 0, 8, true);
    assert_eq!(bench.refused(3, (0, 8, true)), (DropReason::FragmentLimit, 1));
    assert_eq!(bench.store.make_room(2).len(), 0, "it has its place");
    assert_eq!(bench.store.make_room(3).len(), 1, "the oldest makes room");
    assert!(matches!(bench.add(3, 0, 8, true), Outcome::Kept(true)));
    assert!(matches!(bench.add(2, 8, 9, false), Outcome::Whole(..)), "the younger stayed");
}

#[test]
fn time_runs_from_the_first_fragment() {
    let mut bench = Bench::new();
    bench.add(1, 8, 16, true);
    let due = bench.now + TIMEOUT;
    bench.now = Instant::from_millis(4_000);
    bench.add(1, 16, 24, true);
    assert_eq!(bench.store.deadline(), Some(due));
    assert!(bench.store.expire(bench.now).is_none());
    let (list, begins, _) = bench.store.expire(due).unwrap();
    assert_eq!((list.len(), begins), (2, false));
    drop(list);
    bench.add(2, 0, 8, true);
    let (list, begins, header_len) = bench.store.expire(due + TIMEOUT).unwrap();
    assert_eq!((list.len(), begins, header_len), (1, true, 20));
    drop(list);
    assert!(bench.pools.all_free());
}
