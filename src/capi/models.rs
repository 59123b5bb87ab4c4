// SPDX-License-Identifier: Apache-2.0
//! The queues between drivers and stack in every order of events: those with a thread, and those without.

use std::sync::Arc;

use loom::cell::UnsafeCell;

use super::queues::Class;
use super::turns::Turns;
use crate::buf::{NO_WAIT, Pkt, Pools};
use crate::os::port::{self, spawn};

std::thread_local! {
    /// Each test has a thread of the host's, on which loom's run.
    static POOLS: &'static Pools = std::boxed::Box::leak(std::boxed::Box::new(Pools::new()));
}

fn pools() -> &'static Pools {
    POOLS.with(|pools| *pools)
}

fn packet() -> Pkt {
    pools().alloc_rx(1, NO_WAIT).expect("enough")
}

/// The same, with packets that somebody had before: those that nobody had yet are taken in another way.
fn every_order(preemptions: usize, model: impl Fn() + Send + Sync + 'static) {
    port::once(|| drop([(); 3].map(|()| packet())));
    port::every_order(preemptions, model);
}

/// A driver's state: whoever is at work has it alone, and sees what the last one left.
struct Work {
    turns: Turns,
    handled: UnsafeCell<usize>,
}

// SAFETY: loom ends the model when two are at work.
unsafe impl Sync for Work {}
// SAFETY: as above.
unsafe impl Send for Work {}

impl Work {
    fn new() -> Arc<Work> {
        Arc::new(Work { turns: Turns::new(), handled: UnsafeCell::new(0) })
    }

    /// Works as long as there is something to do, as `Queues` does.
    fn work(&self, first: Option<Pkt>) {
        let mut next = first;
        while let Some(pkt) = next {
            // SAFETY: loom checks that nobody else is here.
            self.handled.with_mut(|handled| unsafe { *handled += 1 });
            drop(pkt);
            next = self.turns.next();
        }
    }

    fn check(&self, packets: usize) {
        assert!(self.turns.resume().is_none(), "something was left");
        // SAFETY: as above.
        assert_eq!(self.handled.with(|handled| unsafe { *handled }), packets);
        assert!(pools().all_free());
    }
}

#[test]
fn senders_take_turns_and_leave_nothing() {
    every_order(2, || {
        let work = Work::new();
        let senders = [(); 2].map(|()| {
            let work = work.clone();
            spawn(move || work.work(work.turns.enter(packet())))
        });
        work.work(work.turns.enter(packet()));
        senders.into_iter().for_each(|sender| sender.join().expect("no panic"));
        work.check(3);
    });
}

#[test]
fn what_interrupts_leave_is_seen_to_by_whoever_comes() {
    every_order(3, || {
        let work = Work::new();
        let (posting, sending) = (work.clone(), work.clone());
        let interrupt = spawn(move || {
            posting.turns.post(packet());
            // The service thread, which the interrupt woke.
            posting.work(posting.turns.resume());
        });
        let sender = spawn(move || sending.work(sending.turns.enter(packet())));
        interrupt.join().expect("no panic");
        sender.join().expect("no panic");
        work.check(2);
    });
}

#[test]
fn the_thread_of_a_queue_sleeps_through_nothing() {
    every_order(2, || {
        let class = Arc::new(Class::new());
        let filling = class.clone();
        let driver = spawn(move || {
            filling.push(packet());
            filling.push(packet());
        });
        // As `rx_thread` and `tx_thread` do.
        let mut left = 2;
        loop {
            while class.pop().is_some() {
                left -= 1;
            }
            if left == 0 {
                break;
            }
            class.ready.take(None);
        }
        driver.join().expect("no panic");
        assert!(pools().all_free());
    });
}
