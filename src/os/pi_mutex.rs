// SPDX-License-Identifier: Apache-2.0
//! A priority-inheriting mutex out of the irq lock and a wait queue, for ports without their own.

use core::pin::pin;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering::*};

use super::thread::{self, Thread};
use super::{WaitQ, WaitSet, irq, port};

/// The mutex, without a value.
pub struct RawMutex {
    owner: AtomicPtr<Thread>,
    waiters: WaitQ,
}

impl RawMutex {
    /// Free.
    pub const fn new() -> RawMutex {
        RawMutex { owner: AtomicPtr::new(null_mut()), waiters: WaitQ::new() }
    }

    /// Waits for the lock, and lends the owner the caller's priority meanwhile. The owner hands it
    /// to the most urgent waiter directly.
    pub fn lock(&self) {
        irq::not_in_isr(c"a lock of the library");
        let me = thread::current();
        let set = pin!(WaitSet::<1>::new());
        let waiting = irq::free(|| {
            if self.take(me) {
                return false;
            }
            let owner = self.owner.load(Relaxed);
            if core::ptr::eq(owner, me) {
                super::fatal("lock order: a thread takes a lock it holds");
            }
            // SAFETY: an owner can't end before it has given its mutexes back.
            unsafe { (*owner).lend_priority(me.priority()) };
            set.as_ref().add(&self.waiters);
            true
        });
        if waiting {
            set.as_ref().sleep();
        }
    }

    /// Takes the lock if it is free.
    pub fn try_lock(&self) -> bool {
        irq::free(|| self.take(thread::current()))
    }

    fn take(&self, me: &'static Thread) -> bool {
        let free = self.owner.load(Relaxed).is_null();
        if free {
            self.own(me);
        }
        free
    }

    /// Under the irq lock.
    fn own(&self, thread: &Thread) {
        self.owner.store(core::ptr::from_ref(thread).cast_mut(), Relaxed);
        thread.mutexes.store(thread.mutexes.load(Relaxed) + 1, Relaxed);
    }

    /// Gives the lock back.
    ///
    /// # Safety
    /// The calling thread holds it.
    pub unsafe fn unlock(&self) {
        let me = thread::current();
        irq::free(|| {
            let left = me.mutexes.load(Relaxed) - 1;
            me.mutexes.store(left, Relaxed);
            match self.waiters.first() {
                // SAFETY: a waiter's thread outlives its wait.
                Some(next) => self.own(unsafe { next.as_ref() }),
                None => self.owner.store(null_mut(), Relaxed),
            }
            self.waiters.wake_one();
            // Loans end together with the last mutex; that is when they can have no other cause.
            if left == 0 {
                me.return_priority(i32::MAX);
            }
        });
        if me.mutexes.load(Relaxed) == 0 && me.end_requested.load(Relaxed) != 0 && !port::irq_held()
        {
            me.end();
        }
    }
}
