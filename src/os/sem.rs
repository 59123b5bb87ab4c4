// SPDX-License-Identifier: Apache-2.0
//! A counting semaphore with a limit; giving is allowed in interrupts.

use core::cell::Cell;
use core::pin::pin;

use super::{WaitQ, WaitSet, irq};
use crate::base::Instant;

/// A counting semaphore. The layout is that of C's `struct k_sem`.
#[repr(C)]
pub struct Semaphore {
    waiters: WaitQ,
    count: Cell<u32>,
    limit: Cell<u32>,
}

// SAFETY: the cells are touched under the irq lock only.
unsafe impl Sync for Semaphore {}
// SAFETY: nothing in it belongs to a thread.
unsafe impl Send for Semaphore {}

impl Semaphore {
    /// A semaphore holding `initial` of at most `limit` tokens.
    pub const fn new(initial: u32, limit: u32) -> Self {
        Semaphore { waiters: WaitQ::new(), count: Cell::new(initial), limit: Cell::new(limit) }
    }

    /// Hands a token to the most urgent waiter, or keeps it if there is room. ISR safe.
    pub fn give(&self) {
        irq::free(|| {
            // The token goes straight to a waiter, so that a running thread can't snatch it.
            if self.waiters.has_waiters_locked() {
                self.waiters.wake_one();
            } else if self.count.get() < self.limit.get() {
                self.count.set(self.count.get() + 1);
            }
        });
    }

    /// Takes a token, waiting for one until `deadline`. False when none came.
    pub fn take(&self, deadline: Option<Instant>) -> bool {
        if self.try_take() {
            return true;
        }
        let set = pin!(WaitSet::<1>::new());
        let waiting = irq::free(|| {
            if self.try_take() {
                return false;
            }
            set.as_ref().add(&self.waiters);
            true
        });
        !waiting || set.as_ref().park(deadline)
    }

    /// Takes a token if there is one. ISR safe.
    pub fn try_take(&self) -> bool {
        irq::free(|| {
            let count = self.count.get();
            if count > 0 {
                self.count.set(count - 1);
            }
            count > 0
        })
    }

    /// Tokens left.
    pub fn count(&self) -> u32 {
        irq::free(|| self.count.get())
    }

    /// Takes all tokens away and sends every waiter off empty-handed (its `take` returns false).
    pub fn reset(&self) {
        irq::free(|| {
            while self.waiters.cancel_one() {}
            self.count.set(0);
        });
    }
}
