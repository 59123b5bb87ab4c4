// SPDX-License-Identifier: Apache-2.0
//! Pools and their free lists in every order of events.

use std::sync::Arc;
use std::vec::Vec;

use super::*;
use crate::base::Instant;
use crate::os::port::{every_order, once, spawn, time_comes};
use crate::os::thread;

/// A slab with one block, on its own.
struct Single {
    slab: core::cell::UnsafeCell<MemSlab>,
    _block: std::boxed::Box<[usize; 4]>,
}

// SAFETY: slabs are made for sharing.
unsafe impl Sync for Single {}
// SAFETY: the block is as good anywhere.
unsafe impl Send for Single {}

impl Single {
    fn new() -> Arc<Single> {
        let mut block = std::boxed::Box::new([0; 4]);
        let slab = MemSlab::new((&raw mut *block).cast(), size_of::<[usize; 4]>(), 1);
        Arc::new(Single { slab: slab.into(), _block: block })
    }

    fn take(&self, deadline: Deadline) -> Option<Block> {
        // SAFETY: the slab lives as long as the model.
        let block = unsafe { slab::alloc(self.slab.get(), deadline) };
        (!block.is_null()).then_some(Block(block))
    }

    fn give(&self, block: Block) {
        // SAFETY: taken from this slab, and given up here.
        unsafe { slab::free(self.slab.get(), block.0) };
    }

    fn free(&self) -> usize {
        // SAFETY: as in `take`.
        unsafe { slab::num_free(self.slab.get()) }
    }
}

struct Block(*mut u8);

// SAFETY: whoever has it may write to it.
unsafe impl Send for Block {}

#[test]
fn who_waits_for_a_block_gets_it_when_it_comes_back() {
    every_order(2, || {
        let single = Single::new();
        let users = [(); 2].map(|()| {
            let single = single.clone();
            spawn(move || {
                let block = single.take(None).expect("it comes back");
                single.give(block);
            })
        });
        users.into_iter().for_each(|user| user.join().expect("no panic"));
        assert_eq!(single.free(), 1);
    });
}

#[test]
fn a_block_that_comes_back_at_the_deadline_is_not_lost() {
    let deadline = Instant::from_micros(10);
    every_order(2, move || {
        let single = Single::new();
        let block = single.take(NO_WAIT).expect("the only one");
        let (back, me) = (single.clone(), thread::current());
        let giver = spawn(move || back.give(block));
        let clock = spawn(move || time_comes(deadline, me));
        let got = single.take(Some(deadline));
        giver.join().expect("no panic");
        clock.join().expect("no panic");
        assert_eq!(single.free(), usize::from(got.is_none()));
    });
}

#[test]
fn packets_come_and_go_by_the_short_way_and_the_long_one() {
    static POOLS: Pools = Pools::new();
    // Blocks that nobody had yet are taken in another way.
    once(|| drop([(); 2].map(|()| POOLS.alloc_rx(1, NO_WAIT))));
    every_order(3, || {
        let users: Vec<_> = (0..2_u8)
            .map(|byte| {
                spawn(move || {
                    let mut pkt = POOLS.alloc_rx(1, NO_WAIT).expect("enough");
                    assert_eq!(pkt.append(&[byte]), 1);
                    assert_eq!(pkt.head(), [byte]);
                })
            })
            .collect();
        users.into_iter().for_each(|user| user.join().expect("no panic"));
        assert!(POOLS.all_free());
    });
}
