// SPDX-License-Identifier: Apache-2.0
//! Reassembly by itself: what becomes whole is what was cut up, whatever came between, and all else
//! goes.

use znet::base::{Duration, Instant};
use znet::buf::{NO_WAIT, Pkt, Pools};
use znet::ip::reassembly::{Outcome, Piece, Reassembly};

use crate::input::Input;

thread_local! {
    static POOLS: &'static Pools = Box::leak(Box::new(Pools::new()));
}

const KEYS: u8 = 4;
const TIMEOUT: Duration = Duration::from_secs(5);

fn byte_at(key: u8, place: usize) -> u8 {
    (place as u8).wrapping_mul(31) ^ key << 6
}

fn pkt(pools: &'static Pools, key: u8, offset: u16, len: usize) -> Option<Pkt> {
    let bytes: Vec<u8> = (0..len).map(|at| byte_at(key, usize::from(offset) + at)).collect();
    let mut pkt = pools.alloc_rx(len, NO_WAIT)?;
    (pkt.append(&bytes) == len).then_some(pkt)
}

/// Each step is a fragment of one of four packets, or time that passes.
pub fn run(data: &[u8]) {
    let pools = POOLS.with(|pools| *pools);
    let mut table = Reassembly::<u8, 2>::new(6, TIMEOUT);
    let mut now = Instant::from_micros(1);
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, key) = (input.byte(), input.byte() % KEYS);
        if how % 8 == 7 {
            now += Duration::from_millis(u64::from(input.word()));
            while let Some((pieces, begins, header)) = table.expire(now) {
                assert!(!pieces.is_empty() && pieces.len() <= 6);
                assert!(begins || header == 0);
            }
            assert!(table.deadline().is_none_or(|at| at > now));
            continue;
        }
        assert!(table.make_room(key).len() <= 6);
        // Mostly pieces that fit each other.
        let offset = match how & 8 {
            0 => u16::from(input.byte() % 8) * 64,
            _ => input.word() & !7,
        };
        let len = if how & 16 == 0 { 64 } else { usize::from(input.byte()) };
        let Some(pkt) = pkt(pools, key, offset, len) else { continue };
        let header_len = if offset == 0 { 20 } else { 0 };
        let piece = Piece { key, offset, more: how & 3 != 0, header_len, pkt };
        match table.add(now, piece) {
            Outcome::Kept(_) => assert!(table.deadline().is_some()),
            Outcome::Refused(_, list) => assert!(!list.is_empty() && list.len() <= 7),
            Outcome::Whole(pkt, header) => {
                let bytes: Vec<u8> = pkt.fragments().flatten().copied().collect();
                assert!(bytes.iter().enumerate().all(|(at, b)| *b == byte_at(key, at)));
                assert_eq!((header, pkt.effect_arg()), (20, 0));
            }
        }
    }
    while let Some((pieces, ..)) = table.expire(now + TIMEOUT) {
        drop(pieces);
    }
    assert!(table.deadline().is_none() && pools.all_free());
}
