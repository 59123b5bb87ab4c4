// SPDX-License-Identifier: Apache-2.0
//! Futexes, and the parker made of one.

use super::super::sync::{AtomicU32, Ordering::*};

#[cfg(all(test, loom))]
pub use super::super::port::futex::futex;

/// futex(2) on a word private to the process. The result is the kernel's; see `errno`.
#[cfg(not(all(test, loom)))]
pub fn futex(
    word: &AtomicU32,
    op: i32,
    value: u32,
    timeout: *const libc::timespec,
) -> libc::c_long {
    // SAFETY: `word` is a live futex word, `timeout` null or live, and the operations used here take
    // no second word. The bit mask (all ones) is read by FUTEX_WAIT_BITSET only.
    unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            op | libc::FUTEX_PRIVATE_FLAG,
            value,
            timeout,
            core::ptr::null::<u32>(),
            u32::MAX,
        )
    }
}

const EMPTY: u32 = 0;
const TOKEN: u32 = 1;
const PARKED: u32 = 2;

/// One token that a thread sleeps for.
pub struct Parker(AtomicU32);

impl Parker {
    pub const fn new() -> Parker {
        Parker(AtomicU32::new(EMPTY))
    }

    /// What it sleeps on.
    #[cfg(all(test, loom))]
    pub fn word(&self) -> &AtomicU32 {
        &self.0
    }

    /// Sleeps until a token comes and takes it, or until `deadline` of the monotonic clock, or less.
    pub fn park(&self, deadline: Option<&libc::timespec>) {
        if self.0.compare_exchange(TOKEN, EMPTY, Acquire, Relaxed).is_ok() {
            return;
        }
        if self.0.compare_exchange(EMPTY, PARKED, Acquire, Relaxed).is_ok() {
            let timeout = deadline.map_or(core::ptr::null(), |t| t as *const _);
            futex(&self.0, libc::FUTEX_WAIT_BITSET, PARKED, timeout);
        }
        self.0.swap(EMPTY, Acquire);
    }

    /// Leaves a token, and wakes the sleeper.
    pub fn unpark(&self) {
        if self.0.swap(TOKEN, Release) == PARKED {
            futex(&self.0, libc::FUTEX_WAKE, 1, core::ptr::null());
        }
    }
}
