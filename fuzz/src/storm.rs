// SPDX-License-Identifier: Apache-2.0
//! The fast mode: inputs changed at random from those kept, as many as a core can take, in one process
//! and without the engine's counters.
//!
//! It finds what a million tries find and no feedback is needed for; the engine finds the rest, and what
//! the engine found interesting is what this mode starts from. An input follows from its number and
//! the beginnings alone, so that a run can be repeated.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::dictionary::Dictionary;
use crate::targets::Target;

/// Longest input, in bytes.
const MAX_LEN: usize = 2048;
/// A run that takes longer is taken for one without end.
const TOO_LONG: Duration = Duration::from_secs(120);

/// Numbers that lie beside where things change.
const EDGES: [u8; 12] = [0, 1, 2, 3, 7, 8, 0x40, 0x7f, 0x80, 0x81, 0xfe, 0xff];

/// splitmix64: each number gives another sequence.
#[derive(Clone, Copy, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence number `seed`.
    pub const fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub const fn below(&mut self, end: usize) -> usize {
        (((self.next() >> 32) * end as u64) >> 32) as usize
    }
}

/// What inputs are made of.
#[derive(Debug)]
pub struct Maker {
    beginnings: Vec<Vec<u8>>,
    words: Dictionary,
}

impl Maker {
    /// Makes inputs from `beginnings` and `words`.
    pub fn new(mut beginnings: Vec<Vec<u8>>, words: Dictionary) -> Self {
        beginnings.retain(|bytes| bytes.len() <= MAX_LEN);
        if beginnings.is_empty() {
            beginnings.push(vec![0; 64]);
        }
        Maker { beginnings, words }
    }

    /// Puts input number `number` into `out`.
    pub fn make(&self, number: u64, out: &mut Vec<u8>) {
        let mut random = Random::new(number);
        let first = &self.beginnings[random.below(self.beginnings.len())];
        out.clear();
        out.extend_from_slice(first);
        // One change mostly, several now and then.
        let changes = 1 + (random.next().trailing_zeros() as usize).min(7);
        for _ in 0..changes {
            self.change(&mut random, out);
        }
        out.truncate(MAX_LEN);
    }

    fn change(&self, random: &mut Random, out: &mut Vec<u8>) {
        let at = random.below(out.len() + 1);
        let how = random.below(16);
        match out.get_mut(at) {
            Some(byte) if how < 4 => *byte ^= 1 << random.below(8),
            Some(byte) if how < 7 => *byte = random.next() as u8,
            Some(byte) if how < 10 => *byte = EDGES[random.below(EDGES.len())],
            Some(_) if how == 10 => out.truncate(at),
            Some(_) if how == 11 => {
                let end = (at + 1 + random.below(8)).min(out.len());
                out.drain(at..end);
            }
            _ if how == 12 => {
                let other = &self.beginnings[random.below(self.beginnings.len())];
                let from = random.below(other.len() + 1);
                out.truncate(at);
                out.extend_from_slice(&other[from..]);
            }
            _ if how == 13 => {
                let new = random.next().to_le_bytes();
                let len = 1 + random.below(8);
                out.splice(at..at, new[..len].iter().copied());
            }
            _ => {
                if let Some(word) = self.words.pick(random.next()) {
                    let end = if how == 14 { at } else { (at + word.len()).min(out.len()) };
                    out.splice(at..end, word.iter().copied());
                }
            }
        }
    }
}

thread_local! {
    /// The input being tried, for whoever has to report that it failed.
    static CURRENT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The number of the input being tried.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// The input this thread is trying.
pub fn current() -> Vec<u8> {
    CURRENT.with(|input| input.try_borrow().map(|bytes| bytes.clone()).unwrap_or_default())
}

/// Runs `target` on inputs from number `from` on for `time`; returns how many there were.
pub fn run(target: Target, maker: &Maker, from: u64, time: Duration) -> u64 {
    let end = Instant::now() + time;
    let mut done = 0;
    CURRENT.with(|input| {
        loop {
            // The clock is looked at now and then only.
            for _ in 0..64 {
                NUMBER.store(from + done, Ordering::Relaxed);
                maker.make(from + done, &mut input.borrow_mut());
                target(&input.borrow());
                done += 1;
            }
            if Instant::now() >= end {
                return done;
            }
        }
    })
}

/// Ends the process when one input takes too long; runs for ever, in a thread of its own.
pub fn watch() {
    let mut last = (u64::MAX, Instant::now());
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let number = NUMBER.load(Ordering::Relaxed);
        if number != last.0 {
            last = (number, Instant::now());
        } else if last.1.elapsed() > TOO_LONG {
            eprintln!("storm: input {number} does not end");
            std::process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_follows_from_its_number() {
        let words = Dictionary::parse("\"ab\"\n").unwrap();
        let maker = Maker::new(vec![vec![1, 2, 3], vec![9; 40]], words);
        let (mut one, mut other) = (Vec::new(), Vec::new());
        let mut different = 0;
        for number in 0..1000 {
            maker.make(number, &mut one);
            maker.make(number, &mut other);
            assert_eq!(one, other);
            different += usize::from(one != [1, 2, 3] && one != [9; 40]);
        }
        assert!(different > 800, "{different}");
    }

    #[test]
    fn numbers_stay_below_their_end() {
        let mut random = Random::new(5);
        let drawn: Vec<usize> = (0..1000).map(|_| random.below(3)).collect();
        assert!((0..3).all(|n| drawn.contains(&n)) && drawn.iter().all(|n| *n < 3));
    }
}
