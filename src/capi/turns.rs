// SPDX-License-Identifier: Apache-2.0
//! A queue without a thread: whoever brings a packet works, unless somebody is at work already.
//!
//! Called by: `capi::queues`. One who comes to an idle queue and leaves it idle again takes no lock.

use crate::buf::{Pkt, PktList};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::sync::{AtomicU8, Ordering};
use crate::os::{IrqCell, LockClass};

/// Somebody is at work.
const BUSY: u8 = 1;
/// The list has packets. Changed under the list's lock, together with the list.
const LEFT: u8 = 2;

/// Packets that are handled one at a time, in the order in which they come.
pub(super) struct Turns {
    state: AtomicU8,
    list: IrqCell<PktList>,
}

impl Turns {
    pub(super) const fn new() -> Self {
        Turns {
            state: AtomicU8::new(0),
            list: IrqCell::with_class(LockClass::Queue, PktList::new()),
        }
    }

    /// Brings a packet. The caller is at work when it gets one to handle, and then asks for the
    /// [`next`](Self::next) until there is none; else somebody else will see to the packet.
    #[inline]
    pub(super) fn enter(&self, pkt: Pkt) -> Option<Pkt> {
        match self.change(0, BUSY) {
            true => Some(pkt),
            false => self.leave(pkt),
        }
    }

    /// The next packet; `None` ends the caller's turn.
    #[inline]
    pub(super) fn next(&self) -> Option<Pkt> {
        match self.change(BUSY, 0) {
            true => None,
            false => self.take(),
        }
    }

    /// Leaves a packet for the next one at work. For interrupts, which work at nothing.
    pub(super) fn post(&self, pkt: Pkt) {
        self.list.with(|list| {
            list.push_back(pkt);
            self.state.fetch_or(LEFT, Ordering::Release);
        });
    }

    /// Begins a turn if packets were left and nobody is at work; returns the first of them.
    pub(super) fn resume(&self) -> Option<Pkt> {
        match self.change(LEFT, LEFT | BUSY) {
            true => self.take(),
            false => None,
        }
    }

    #[inline]
    fn change(&self, from: u8, to: u8) -> bool {
        self.state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    #[cold]
    fn leave(&self, pkt: Pkt) -> Option<Pkt> {
        let idle = self.list.with(|list| {
            list.push_back(pkt);
            // Acquire: if the turn is ours now, we go on from where the last one ended.
            let before = self.state.fetch_or(LEFT | BUSY, Ordering::AcqRel);
            before & BUSY == 0
        });
        if idle { self.take() } else { None }
    }

    /// The first packet of the list, which is not empty as long as `LEFT` stands.
    #[cold]
    fn take(&self) -> Option<Pkt> {
        self.list.with(|list| {
            let pkt = list.pop_front();
            if list.is_empty() {
                self.state.fetch_and(!LEFT, Ordering::Relaxed);
            }
            pkt
        })
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::buf::{NO_WAIT, Pools};
    use std::boxed::Box;
    use std::sync::atomic::{AtomicBool, AtomicUsize};
    use std::thread;

    fn pools() -> &'static Pools {
        Box::leak(Box::new(Pools::new()))
    }

    fn numbered(pools: &'static Pools, number: u8) -> Pkt {
        let mut pkt = pools.alloc_rx(1, NO_WAIT).expect("enough");
        assert_eq!(pkt.append(&[number]), 1);
        pkt
    }

    #[test]
    fn what_comes_during_a_turn_is_handled_in_it() {
        let pools = pools();
        let turns = Turns::new();
        let mut order = std::vec::Vec::new();
        let mut next = turns.enter(numbered(pools, 0));
        while let Some(pkt) = next {
            order.push(pkt.head()[0]);
            if order.len() <= 3 {
                assert!(turns.enter(numbered(pools, order.len() as u8)).is_none());
                turns.post(numbered(pools, 10 + order.len() as u8));
            }
            assert!(turns.resume().is_none(), "one at a time");
            drop(pkt);
            next = turns.next();
        }
        assert_eq!(order, [0, 1, 11, 2, 12, 3, 13]);
        assert!(pools.all_free());
    }

    #[test]
    fn what_an_interrupt_left_comes_before_what_comes_later() {
        let pools = pools();
        let turns = Turns::new();
        turns.post(numbered(pools, 1));
        let first = turns.enter(numbered(pools, 2)).expect("nobody is at work");
        assert_eq!(first.head(), [1]);
        assert_eq!(turns.next().expect("our own").head(), [2]);
        assert!(turns.next().is_none());
        turns.post(numbered(pools, 3));
        assert_eq!(turns.resume().expect("left").head(), [3]);
        assert!(turns.next().is_none() && turns.resume().is_none());
    }

    #[test]
    fn threads_take_turns_and_forget_nothing() {
        const EACH: usize = 20_000;
        static TURNS: Turns = Turns::new();
        static WORKING: AtomicBool = AtomicBool::new(false);
        static HANDLED: AtomicUsize = AtomicUsize::new(0);
        let pools = pools();
        let work = move |post: bool| {
            for _ in 0..EACH {
                let pkt = loop {
                    match pools.alloc_rx(1, NO_WAIT) {
                        Some(pkt) => break pkt,
                        None => thread::yield_now(),
                    }
                };
                let mut next = match post {
                    true => {
                        TURNS.post(pkt);
                        TURNS.resume()
                    }
                    false => TURNS.enter(pkt),
                };
                while let Some(pkt) = next {
                    assert!(!WORKING.swap(true, Ordering::SeqCst), "two at work");
                    HANDLED.fetch_add(1, Ordering::Relaxed);
                    drop(pkt);
                    WORKING.store(false, Ordering::SeqCst);
                    next = TURNS.next();
                }
            }
        };
        let threads = [false, true, false].map(|post| thread::spawn(move || work(post)));
        for thread in threads {
            thread.join().expect("no panic");
        }
        // The last one at work saw to everything: nothing waits for a visitor.
        assert_eq!(HANDLED.load(Ordering::Relaxed), 3 * EACH);
        assert!(TURNS.resume().is_none() && pools.all_free());
    }
}
