// SPDX-License-Identifier: Apache-2.0
//! The priority-inheriting futex lock, which stays out of the kernel while nobody waits.

use super::super::host::errno;
use super::super::host::futex::futex;
use super::super::sync::{AtomicU32, Ordering::*};
use super::tid::{own_tid, tid};

/// A lock word of futex(2), "Priority-inheritance futexes": 0 when free, else the owner's thread id,
/// with the top bit set while others wait in the kernel.
pub struct PiLock(AtomicU32);

impl PiLock {
    pub const fn new() -> PiLock {
        PiLock(AtomicU32::new(0))
    }

    /// Takes the lock without entering the kernel, if it is free.
    #[inline]
    pub fn try_lock(&self, tid: u32) -> bool {
        self.0.compare_exchange(0, tid, Acquire, Relaxed).is_ok()
    }

    /// Does the thread `tid` hold it?
    #[inline]
    pub fn is_held_by(&self, tid: u32) -> bool {
        self.0.load(Relaxed) & libc::FUTEX_TID_MASK == tid
    }

    /// Waits in the kernel, which lends the owner our priority. Panics when `tid` is the owner.
    #[cold]
    pub fn lock_slow(&self, tid: u32) {
        assert!(!self.is_held_by(tid), "lock order: a thread takes a lock it holds");
        loop {
            if futex(&self.0, libc::FUTEX_LOCK_PI, 0, core::ptr::null()) == 0 {
                // The kernel wrote the word: what the last owner did is to be seen here, which a compiler
                // and ThreadSanitizer learn from the word alone.
                self.0.fetch_or(0, Acquire);
                return;
            }
            // A kernel or a sandbox without these futexes: wait by trying.
            if errno() == libc::ENOSYS {
                std::thread::yield_now();
            }
            if self.try_lock(tid) {
                return;
            }
        }
    }

    /// Gives the lock back; only its owner may.
    #[inline]
    pub fn unlock(&self, tid: u32) {
        if !self.try_unlock(tid) {
            self.unlock_slow();
        }
    }

    /// Gives the lock back unless others wait for it in the kernel.
    #[inline(always)]
    pub fn try_unlock(&self, tid: u32) -> bool {
        self.0.compare_exchange(tid, 0, Release, Relaxed).is_ok()
    }

    #[cold]
    #[inline(never)]
    fn unlock_slow(&self) {
        // The counterpart of that in `lock_slow`.
        self.0.fetch_or(0, Release);
        futex(&self.0, libc::FUTEX_UNLOCK_PI, 0, core::ptr::null());
    }
}

/// The futex lock as a mutex.
pub struct RawMutex(PiLock);

impl RawMutex {
    pub const fn new() -> RawMutex {
        RawMutex(PiLock::new())
    }

    #[inline]
    pub fn lock(&self) {
        let tid = tid();
        if !self.0.try_lock(tid) {
            self.0.lock_slow(tid);
            super::clock::forget();
        }
    }

    #[inline]
    pub fn try_lock(&self) -> bool {
        self.0.try_lock(tid())
    }

    /// # Safety
    /// The calling thread holds it.
    #[inline]
    pub unsafe fn unlock(&self) {
        // Asked for by `lock`.
        self.0.unlock(own_tid());
    }
}
