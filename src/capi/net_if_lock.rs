// SPDX-License-Identifier: Apache-2.0
//! The locks of an interface that C may take: they nest, as a `k_mutex` does.
//!
//! The first is also held while an interface changes between up and down, so that a driver's
//! start and stop functions never overlap, and may themselves ask for the interface's state.
#![allow(clippy::missing_safety_doc)]

use core::pin::pin;
use core::ptr;

use crate::iface::{IF_MAX, IfFlag, IfRef, NetIf};
use crate::os::{IrqCell, Thread, WaitQ, WaitSet, thread};

/// A lock that its holder may take again.
pub(super) struct Nesting {
    state: IrqCell<State>,
    waiters: WaitQ,
}

struct State {
    owner: *const Thread,
    depth: u32,
}

// SAFETY: the owner is compared, never followed.
unsafe impl Send for State {}

impl Nesting {
    const fn new() -> Self {
        Nesting {
            state: IrqCell::new(State { owner: ptr::null(), depth: 0 }),
            waiters: WaitQ::new(),
        }
    }

    fn try_lock(&self) -> bool {
        let me = ptr::from_ref(thread::current());
        self.state.with(|s| {
            let mine = s.depth == 0 || s.owner == me;
            if mine {
                s.owner = me;
                s.depth += 1;
            }
            mine
        })
    }

    pub(super) fn lock(&self) {
        while !self.try_lock() {
            let set = pin!(WaitSet::<1>::new());
            set.as_ref().add(&self.waiters);
            // The holder may have let go before the node was in the queue.
            if self.try_lock() {
                return;
            }
            set.as_ref().park(None);
        }
    }

    pub(super) fn unlock(&self) {
        let me = ptr::from_ref(thread::current());
        let free = self.state.with(|s| {
            if s.owner != me || s.depth == 0 {
                return false;
            }
            s.depth -= 1;
            if s.depth == 0 {
                s.owner = ptr::null();
            }
            s.depth == 0
        });
        if free {
            self.waiters.wake_one();
        }
    }
}

static GENERAL: [Nesting; IF_MAX] = [const { Nesting::new() }; IF_MAX];
static TRANSMIT: [Nesting; IF_MAX] = [const { Nesting::new() }; IF_MAX];

fn of(locks: &'static [Nesting; IF_MAX], iface: IfRef) -> Option<&'static Nesting> {
    locks.get(usize::from(iface.index()).checked_sub(1)?)
}

/// Runs `f` while nobody else changes the interface between up and down.
pub(super) fn exclusive<R>(iface: IfRef, f: impl FnOnce() -> R) -> R {
    if !cfg!(CONFIG_ZNET_IF_SERIAL) {
        return f();
    }
    let lock = of(&GENERAL, iface);
    if let Some(lock) = lock {
        lock.lock();
    }
    let result = f();
    if let Some(lock) = lock {
        lock.unlock();
    }
    result
}

/// # Safety
/// `iface` is null or an interface that lives as long as the program.
unsafe fn general(iface: *mut NetIf) -> Option<&'static Nesting> {
    // SAFETY: the caller's promise.
    of(&GENERAL, unsafe { IfRef::from_raw(iface) }?)
}

/// # Safety
/// As [`general`].
unsafe fn transmit(iface: *mut NetIf) -> Option<&'static Nesting> {
    // SAFETY: the caller's promise.
    let iface = unsafe { IfRef::from_raw(iface) }?;
    if iface.flag_is_set(IfFlag::NoTxLock) { None } else { of(&TRANSMIT, iface) }
}

/// Takes the interface's lock.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_lock(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(lock) = unsafe { general(iface) } {
        lock.lock();
    }
}

/// Releases the interface's lock.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_unlock(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(lock) = unsafe { general(iface) } {
        lock.unlock();
    }
}

/// Takes the interface's transmit lock, unless its driver needs none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_tx_lock(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(lock) = unsafe { transmit(iface) } {
        lock.lock();
    }
}

/// Releases the interface's transmit lock.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_tx_unlock(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(lock) = unsafe { transmit(iface) } {
        lock.unlock();
    }
}

#[cfg(all(test, CONFIG_ARCH_POSIX, not(CONFIG_ZNET_PORT_SIM)))]
mod tests {
    use super::Nesting;
    use core::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    #[test]
    fn nests_and_excludes() {
        static LOCK: Nesting = Nesting::new();
        static INSIDE: AtomicU32 = AtomicU32::new(0);
        let work = || {
            for _ in 0..200 {
                LOCK.lock();
                LOCK.lock();
                assert_eq!(INSIDE.fetch_add(1, Ordering::SeqCst), 0);
                thread::yield_now();
                INSIDE.fetch_sub(1, Ordering::SeqCst);
                LOCK.unlock();
                LOCK.unlock();
            }
        };
        let threads: std::vec::Vec<_> = (0..4).map(|_| thread::spawn(work)).collect();
        for t in threads {
            t.join().unwrap();
        }
    }

    #[test]
    fn a_stranger_cannot_release() {
        static LOCK: Nesting = Nesting::new();
        LOCK.lock();
        thread::spawn(|| LOCK.unlock()).join().unwrap();
        assert!(!thread::spawn(|| LOCK.try_lock()).join().unwrap());
        LOCK.unlock();
        assert!(thread::spawn(|| LOCK.try_lock()).join().unwrap());
    }
}
