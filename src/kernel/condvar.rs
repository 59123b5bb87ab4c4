// SPDX-License-Identifier: Apache-2.0
//! `k_condvar_*`.

use core::ffi::c_int;
use core::pin::pin;

use crate::base::Error;
use crate::os::{WaitQ, WaitSet, irq};

use super::mutex::Mutex;
use super::time::Timeout;
use super::wait::neg;

/// `struct k_condvar`.
#[repr(C)]
pub struct Condvar {
    wait_q: WaitQ,
}

impl Condvar {
    /// Nobody waits.
    pub const fn new() -> Self {
        Condvar { wait_q: WaitQ::new() }
    }
}

impl Default for Condvar {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes a condition variable; returns 0.
///
/// # Safety
/// `condvar` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_condvar_init(condvar: *mut Condvar) -> c_int {
    // SAFETY: the caller's memory.
    unsafe { condvar.write(Condvar::new()) };
    0
}

/// Wakes the most urgent waiter; returns 0.
#[unsafe(no_mangle)]
pub extern "C" fn k_condvar_signal(condvar: &Condvar) -> c_int {
    condvar.wait_q.wake_one();
    0
}

/// Wakes all; returns their number.
#[unsafe(no_mangle)]
pub extern "C" fn k_condvar_broadcast(condvar: &Condvar) -> c_int {
    irq::free(|| {
        let mut woken = 0;
        while condvar.wait_q.wake_one() {
            woken += 1;
        }
        woken
    })
}

/// Unlocks `mutex`, waits, locks it again: 0, or -EAGAIN when the time is up.
#[unsafe(no_mangle)]
pub extern "C" fn k_condvar_wait(condvar: &Condvar, mutex: &Mutex, timeout: Timeout) -> c_int {
    let deadline = timeout.deadline();
    let set = pin!(WaitSet::<1>::new());
    // In the queue before the mutex is free: a signal in between is ours.
    set.as_ref().add(&condvar.wait_q);
    // As in Zephyr, what the caller did wrong here shows in the state of the mutex only.
    let _ = mutex.unlock();
    let woken = set.as_ref().park(deadline);
    let _ = mutex.lock(Timeout::FOREVER);
    if woken { 0 } else { neg(Error::Again) }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/sync.h":
    Condvar = "struct k_condvar" { wait_q };
}
