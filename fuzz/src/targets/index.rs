// SPDX-License-Identifier: Apache-2.0
//! The hash index over a fixed table against a list, latest first.

use znet::base::hash::{HashIndex, buckets, mix};

use crate::input::Input;

const SLOTS: usize = 12;
const BUCKETS: usize = buckets(SLOTS);

/// Each step puts a slot in, takes one out, or looks.
pub fn run(data: &[u8]) {
    let mut index = HashIndex::<BUCKETS, SLOTS>::new();
    // Slot and hash, latest first.
    let mut model: Vec<(usize, u32)> = Vec::new();
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, word) = (input.byte(), input.byte());
        let slot = usize::from(how >> 1) % SLOTS;
        let hash = mix(u32::from(word % 16), 7);
        let known = model.iter().position(|(s, _)| *s == slot);
        match known {
            Some(at) if how & 1 == 0 => {
                let (_, hash) = model.remove(at);
                assert!(index.remove(hash, slot));
            }
            Some(_) => {}
            None if how & 1 == 0 => {
                index.insert(hash, slot);
                model.insert(0, (slot, hash));
            }
            None => assert!(!index.remove(hash, slot), "it is not there"),
        }
        let bucket = |hash: u32| hash as usize % BUCKETS;
        let there = model.iter().filter(|(_, h)| bucket(*h) == bucket(hash)).map(|(s, _)| *s);
        assert!(index.chain(hash).eq(there));
    }
}
