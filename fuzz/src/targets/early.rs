// SPDX-License-Identifier: Apache-2.0
//! Data that came too early: any segments of a stream, in any order, overlapping, of a peer that
//! contradicts itself.

use std::collections::BTreeMap;

use znet::base::SeqNum;
use znet::buf::{Early, NO_WAIT, Pkt, Pools, SegFlags};
use znet::transport::tcp::reassembly::{Kept, keep, note, report, take_next};
use znet::wire::tcp::SackBlocks;

use crate::input::Input;

thread_local! {
    static POOLS: &'static Pools = Box::leak(Box::new(Pools::new()));
}

/// The stream begins where numbers wrap.
const FIRST: SeqNum = SeqNum(u32::MAX - 700);

type Came = BTreeMap<u32, [bool; 2]>;

/// Two streams, of which the second contradicts the first at every byte.
fn byte_at(place: u32, other: bool) -> u8 {
    (place as u8).wrapping_mul(37) ^ if other { 0xff } else { 0 }
}

/// Each step is a segment that comes, or the application's side that takes what is next.
pub fn run(data: &[u8]) {
    let pools = POOLS.with(|pools| *pools);
    let mut early = Early::new();
    let mut latest = [FIRST; 4];
    // What came of a place: of the stream, and of the other one.
    let mut model = Came::new();
    let mut next = 0;
    let mut input = Input::new(data);
    while !input.is_empty() {
        let how = input.byte();
        if how % 8 == 7 {
            while let Some((pkt, end)) = take_next(&mut early, FIRST + next) {
                check(&pkt, next, &model);
                assert!(end.since(FIRST) >= next);
                next = end.since(FIRST);
            }
        } else {
            let place = next + u32::from(input.word() % 1500);
            let len = 1 + u32::from(input.byte());
            let other = how & 64 != 0;
            let Some(pkt) = segment(pools, place, len, other) else { continue };
            note(&early, &mut latest, pkt.segment().seq);
            if let Kept::All = keep(&mut early, pkt) {
                for at in place..place + len {
                    model.entry(at).or_default()[usize::from(other)] = true;
                }
            }
        }
        compare(&early, &mut model, next);
        let mut blocks = SackBlocks::new();
        report(&early, &latest, &mut blocks);
        for (left, right) in blocks.as_slice() {
            let (left, right) = (left.since(FIRST), right.since(FIRST));
            assert!(left < right && (left..right).all(|at| model.contains_key(&at)));
        }
    }
    drop(early);
    assert!(pools.all_free());
}

fn segment(pools: &'static Pools, place: u32, len: u32, other: bool) -> Option<Pkt> {
    let bytes: Vec<u8> = (place..place + len).map(|at| byte_at(at, other)).collect();
    let mut pkt = pools.alloc_rx(bytes.len(), NO_WAIT)?;
    if pkt.append(&bytes) != bytes.len() {
        return None;
    }
    let record = pkt.segment_mut();
    (record.seq, record.len, record.flags) = (FIRST + place, len as u16, SegFlags::empty());
    Some(pkt)
}

/// Nothing is read that did not come, nor two streams as one segment.
fn check(pkt: &Pkt, from: u32, model: &Came) {
    let holds = |other: bool| {
        let mut bytes = (from..).zip(pkt.fragments().flatten());
        bytes.all(|(at, byte)| {
            let came = model.get(&at).is_some_and(|came| came[usize::from(other)]);
            came && *byte == byte_at(at, other)
        })
    };
    assert!(holds(false) || holds(true), "at {from}");
}

/// The list is in sequence and without overlaps; what it does not hold any more has not come.
fn compare(early: &Early, model: &mut Came, next: u32) {
    let mut end = 0;
    let mut there = Vec::new();
    for pkt in early.iter() {
        let place = pkt.segment().seq.since(FIRST);
        assert!(place >= end, "{place} begins before {end}");
        assert_eq!(pkt.len(), usize::from(pkt.segment().len));
        check(pkt, place, model);
        end = place + pkt.len() as u32;
        there.push(place..end);
    }
    model.retain(|at, _| *at < next || there.iter().any(|range| range.contains(at)));
}
