// SPDX-License-Identifier: Apache-2.0
//! `k_sem_*` and `sys_sem_*`.

use core::ffi::{c_int, c_uint};

use crate::base::Error;
#[cfg(CONFIG_POLL)]
use crate::os::WaitQ;
use crate::os::{Semaphore, irq};

use super::time::{Timeout, TimeoutExt};
use super::wait::neg;

/// `struct k_sem`.
#[repr(C)]
pub struct Sem {
    semaphore: Semaphore,
    #[cfg(CONFIG_POLL)]
    pub(super) poll_q: WaitQ,
}

impl Sem {
    /// A semaphore holding `initial` of at most `limit` tokens.
    pub const fn new(initial: u32, limit: u32) -> Self {
        Sem {
            semaphore: Semaphore::new(initial, limit),
            #[cfg(CONFIG_POLL)]
            poll_q: WaitQ::new(),
        }
    }

    /// Tokens left.
    pub fn count(&self) -> u32 {
        self.semaphore.count()
    }

    /// See [`k_sem_give`].
    pub fn give(&self) {
        irq::free(|| {
            self.semaphore.give();
            #[cfg(CONFIG_POLL)]
            if self.count() > 0 {
                self.poll_q.wake_all();
            }
        });
    }

    /// See [`k_sem_take`].
    pub fn take(&self, timeout: Timeout) -> Result<(), Error> {
        if self.semaphore.try_take() {
            Ok(())
        } else if timeout.is_no_wait() {
            Err(Error::Busy)
        } else if self.semaphore.take(timeout.deadline()) {
            Ok(())
        } else {
            Err(Error::Again)
        }
    }
}

/// Makes a semaphore of `initial` of at most `limit` tokens.
///
/// # Safety
/// `sem` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_sem_init(sem: *mut Sem, initial: c_uint, limit: c_uint) -> c_int {
    if limit == 0 || initial > limit {
        return neg(Error::Inval);
    }
    // SAFETY: the caller's memory.
    unsafe { sem.write(Sem::new(initial, limit)) };
    0
}

/// Takes a token: 0, -EBUSY without waiting, -EAGAIN when none came.
#[unsafe(no_mangle)]
pub extern "C" fn k_sem_take(sem: &Sem, timeout: Timeout) -> c_int {
    sem.take(timeout).map_or_else(neg, |()| 0)
}

/// Gives a token to the most urgent waiter, or keeps it.
#[unsafe(no_mangle)]
pub extern "C" fn k_sem_give(sem: &Sem) {
    sem.give();
}

/// Takes all tokens away and sends the waiters off.
#[unsafe(no_mangle)]
pub extern "C" fn k_sem_reset(sem: &Sem) {
    sem.semaphore.reset();
}

/// As [`k_sem_init`].
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_sem_init(sem: *mut Sem, initial: c_uint, limit: c_uint) -> c_int {
    // SAFETY: passed on.
    unsafe { k_sem_init(sem, initial, limit) }
}

/// As [`k_sem_give`]; returns 0.
#[unsafe(no_mangle)]
pub extern "C" fn sys_sem_give(sem: &Sem) -> c_int {
    sem.give();
    0
}

/// As [`k_sem_take`], but every failure is -ETIMEDOUT.
#[unsafe(no_mangle)]
pub extern "C" fn sys_sem_take(sem: &Sem, timeout: Timeout) -> c_int {
    sem.take(timeout).map_or_else(|_| neg(Error::TimedOut), |()| 0)
}

/// Tokens left.
#[unsafe(no_mangle)]
pub extern "C" fn sys_sem_count_get(sem: &Sem) -> c_uint {
    sem.count()
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/sync.h":
    Sem = "struct k_sem" { #[cfg(CONFIG_POLL)] poll_q };
}
