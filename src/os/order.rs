// SPDX-License-Identifier: Apache-2.0
//! The lock order, checked at run time in debug builds on hosts.
//!
//! A thread takes locks in the order of [`LockClass`]; going back, or taking one class twice, is a
//! deadlock waiting for its day, so it panics on the first run that does it, contended or not.

/// A lock's place in the order. Later ones are taken inside earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum LockClass {
    /// The table of socket descriptors.
    Descriptor = 0,
    /// The core lock, whose guard is the stack.
    Core = 1,
    /// A packet queue (irq lock).
    Queue = 2,
    /// A buffer pool (irq lock).
    Pool = 3,
    /// Outside the order: held for a few instructions, nothing is taken inside.
    Free = 7,
}

#[cfg(all(debug_assertions, CONFIG_ARCH_POSIX, not(all(test, loom))))]
mod imp {
    use super::LockClass;
    use core::cell::Cell;
    use std::thread_local;

    const DEPTH: usize = 16;

    /// What a lock remembers of its class.
    pub type Kept = LockClass;

    /// Has a lock remember its class.
    pub const fn keep(class: LockClass) -> Kept {
        class
    }

    thread_local! {
        static HELD: Cell<([(u8, usize); DEPTH], usize)> = const { Cell::new(([(0, 0); DEPTH], 0)) };
    }

    /// Marks the lock as held until dropped.
    pub struct Held(usize);

    /// Notes that the thread takes `lock`; panics if that is against the order.
    #[track_caller]
    pub fn enter(class: LockClass, lock: usize) -> Held {
        HELD.with(|cell| {
            let (mut held, depth) = cell.get();
            for &(other, address) in &held[..depth] {
                assert!(address != lock, "lock order: {class:?} lock taken twice by one thread");
                assert!(
                    class == LockClass::Free
                        || other == LockClass::Free as u8
                        || other < class as u8,
                    "lock order: {class:?} taken while class {other} is held"
                );
            }
            assert!(depth < DEPTH, "lock order: {DEPTH} locks held by one thread");
            held[depth] = (class as u8, lock);
            cell.set((held, depth + 1));
        });
        Held(lock)
    }

    /// Asserts that a thread about to sleep holds no lock that others need meanwhile.
    #[track_caller]
    pub fn before_sleep() {
        HELD.with(|cell| {
            let (held, depth) = cell.get();
            assert!(
                depth == 0 || std::thread::panicking(),
                "lock order: going to sleep with a lock of class {} held",
                held[depth - 1].0
            );
        });
    }

    impl Drop for Held {
        fn drop(&mut self) {
            HELD.with(|cell| {
                let (mut held, depth) = cell.get();
                // Guards may be dropped out of order; close the gap.
                if let Some(at) = held[..depth].iter().rposition(|&(_, lock)| lock == self.0) {
                    held.copy_within(at + 1..depth, at);
                    cell.set((held, depth - 1));
                }
            });
        }
    }
}

#[cfg(not(all(debug_assertions, CONFIG_ARCH_POSIX, not(all(test, loom)))))]
mod imp {
    use super::LockClass;

    /// Nothing: the check is off.
    #[derive(Clone, Copy)]
    pub struct Kept;

    /// Nothing.
    pub const fn keep(_class: LockClass) -> Kept {
        Kept
    }

    /// Nothing.
    pub struct Held;

    /// Nothing.
    #[inline(always)]
    pub fn enter(_class: Kept, _lock: usize) -> Held {
        Held
    }

    /// Nothing.
    #[inline(always)]
    pub fn before_sleep() {}
}

pub use imp::{Held, Kept, before_sleep, enter, keep};
