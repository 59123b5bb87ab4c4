// SPDX-License-Identifier: Apache-2.0
//! `k_mutex_*`: recursive, priority inheriting, handed over in order of urgency.

use core::cell::Cell;
use core::ffi::c_int;
use core::ptr::null;

use crate::base::Error;
use crate::os::thread::{self, Thread};
use crate::os::{WaitQ, irq};

use super::time::{Timeout, TimeoutExt};
use super::wait::{Blocked, Outcome, attempt_or_wait, neg};

/// `struct k_mutex`.
#[repr(C)]
pub struct Mutex {
    wait_q: WaitQ,
    owner: Cell<*const Thread>,
    lock_count: Cell<u32>,
    /// The owner's priority when it took the mutex.
    owner_orig_prio: Cell<i32>,
}

impl Mutex {
    /// Free.
    pub const fn new() -> Self {
        Mutex {
            wait_q: WaitQ::new(),
            owner: Cell::new(null()),
            lock_count: Cell::new(0),
            owner_orig_prio: Cell::new(0),
        }
    }

    /// The owner. Under the irq lock.
    fn owner(&self) -> Option<&Thread> {
        // SAFETY: a thread that owns a mutex is alive, or its block still in place.
        unsafe { self.owner.get().as_ref() }
    }

    /// Under the irq lock.
    fn give_to(&self, thread: &Thread) {
        self.owner.set(thread);
        self.lock_count.set(1);
        self.owner_orig_prio.set(thread.priority());
    }

    /// Takes the mutex, or one more time; else lends the owner the caller's priority. Under the irq lock.
    fn take_or_lend(&self, may_wait: bool) -> Option<()> {
        let me = thread::current();
        match self.owner() {
            None => self.give_to(me),
            Some(owner) if core::ptr::eq(owner, me) => {
                self.lock_count.set(self.lock_count.get() + 1);
            }
            Some(owner) => {
                if may_wait {
                    owner.lend_priority(me.priority());
                }
                return None;
            }
        }
        Some(())
    }

    /// A waiter has given up: the owner keeps only what the others lend.
    fn end_loan(&self) {
        irq::free(|| {
            let lent = self.wait_q.first().map_or(i32::MAX, |thread| {
                // SAFETY: a waiter's thread outlives its wait.
                unsafe { thread.as_ref() }.priority()
            });
            if let Some(owner) = self.owner() {
                owner.return_priority(self.owner_orig_prio.get().min(lent));
            }
        });
    }

    /// See [`k_mutex_lock`].
    pub fn lock(&self, timeout: Timeout) -> Result<(), Error> {
        irq::not_in_isr(c"k_mutex_lock()");
        let may_wait = !timeout.is_no_wait();
        match attempt_or_wait(&self.wait_q, timeout, 0, || self.take_or_lend(may_wait)) {
            Blocked::Now(()) | Blocked::Waited(Outcome::Woken(_)) => Ok(()),
            Blocked::WouldBlock => Err(Error::Busy),
            Blocked::Waited(_) => {
                self.end_loan();
                Err(Error::Again)
            }
        }
    }

    /// See [`k_mutex_unlock`].
    pub fn unlock(&self) -> Result<(), Error> {
        irq::not_in_isr(c"k_mutex_unlock()");
        irq::free(|| {
            let owner = self.owner().ok_or(Error::Inval)?;
            if !core::ptr::eq(owner, thread::current()) {
                return Err(Error::Perm);
            }
            let left = self.lock_count.get() - 1;
            self.lock_count.set(left);
            if left > 0 {
                return Ok(());
            }
            owner.return_priority(self.owner_orig_prio.get());
            match self.wait_q.first() {
                // SAFETY: a waiter's thread outlives its wait.
                Some(next) => self.give_to(unsafe { next.as_ref() }),
                None => self.owner.set(null()),
            }
            self.wait_q.wake_one();
            Ok(())
        })
    }
}

impl Default for Mutex {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes a free mutex; returns 0.
///
/// # Safety
/// `mutex` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mutex_init(mutex: *mut Mutex) -> c_int {
    // SAFETY: the caller's memory.
    unsafe { mutex.write(Mutex::new()) };
    0
}

/// Locks: 0, -EBUSY without waiting, -EAGAIN when the time is up.
#[unsafe(no_mangle)]
pub extern "C" fn k_mutex_lock(mutex: &Mutex, timeout: Timeout) -> c_int {
    mutex.lock(timeout).map_or_else(neg, |()| 0)
}

/// Unlocks: 0, -EINVAL when it is free, -EPERM when another thread has it.
#[unsafe(no_mangle)]
pub extern "C" fn k_mutex_unlock(mutex: &Mutex) -> c_int {
    mutex.unlock().map_or_else(neg, |()| 0)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/sync.h":
    Mutex = "struct k_mutex" { wait_q, owner, lock_count, owner_orig_prio };
}
