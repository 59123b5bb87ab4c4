// SPDX-License-Identifier: Apache-2.0
//! The irq lock: short sections shared with interrupts (on hosts: with every other thread).

use core::cell::UnsafeCell;
use core::ffi::CStr;

use super::order::{self, LockClass};
use super::port;

/// What [`lock`] returns and [`unlock`] wants back.
#[must_use = "the irq lock stays held until the key is handed to unlock()"]
#[derive(Debug)]
pub struct Key(u32);

impl Key {
    /// The key as C keeps it (`unsigned int key = irq_lock()`).
    pub fn into_raw(self) -> u32 {
        self.0
    }

    /// The key C kept.
    pub fn from_raw(raw: u32) -> Key {
        Key(raw)
    }
}

/// Takes the lock. Sections nest; leave them in the opposite order.
#[inline]
pub fn lock() -> Key {
    Key(port::irq_lock())
}

/// Leaves the section that `key` opened.
#[inline]
pub fn unlock(key: Key) {
    port::irq_unlock(key.0);
}

/// Takes the lock when nobody has it, which a short way can do without a call; `None` is for the long
/// way, and says no more than that it is to be taken.
#[inline(always)]
pub fn lock_at_once() -> Option<Key> {
    #[cfg(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM)))]
    return port::irq_lock_at_once().map(Key);
    #[cfg(not(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM))))]
    Some(lock())
}

/// Leaves the section that `key` of [`lock_at_once`] opened; gives the key back when somebody waits, who
/// is let in by [`unlock`].
#[inline(always)]
pub fn unlock_at_once(key: Key) -> Option<Key> {
    #[cfg(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM)))]
    return (!port::irq_unlock_at_once(key.0)).then_some(key);
    #[cfg(not(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM))))]
    {
        unlock(key);
        None
    }
}

/// Runs `f` under the lock.
#[inline]
pub fn free<R>(f: impl FnOnce() -> R) -> R {
    struct Unlock(u32);
    impl Drop for Unlock {
        #[inline]
        fn drop(&mut self) {
            port::irq_unlock(self.0);
        }
    }
    let _unlock = Unlock(port::irq_lock());
    f()
}

/// Is the caller an interrupt handler (or a timer callback, which Zephyr runs as one)?
#[inline]
pub fn in_isr() -> bool {
    port::in_isr()
}

/// Ends the program if the caller is an interrupt handler, which may not do `what`.
#[inline]
pub fn not_in_isr(what: &'static CStr) {
    if in_isr() {
        port::misuse(what);
    }
}

/// Runs `f` as though it were an interrupt handler: [`in_isr`] is true and blocking is refused.
pub fn as_isr<R>(f: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            port::set_isr(self.0);
        }
    }
    let _restore = Restore(port::set_isr(true));
    f()
}

/// A value touched only under the irq lock.
pub struct IrqCell<T> {
    class: order::Kept,
    value: UnsafeCell<T>,
}

// SAFETY: `with` hands out the only reference while the irq lock keeps every other thread and
// interrupt away, and the order check refuses a nested `with` of the same class in debug builds.
unsafe impl<T: Send> Sync for IrqCell<T> {}

impl<T> IrqCell<T> {
    /// A cell outside the checked order.
    pub const fn new(value: T) -> Self {
        Self::with_class(LockClass::Free, value)
    }

    /// A cell that takes its place in the lock order.
    pub const fn with_class(class: LockClass, value: T) -> Self {
        IrqCell { class: order::keep(class), value: UnsafeCell::new(value) }
    }

    /// Runs `f` on the value under the irq lock. `f` must not come back to the same cell.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        free(|| {
            let _held = order::enter(self.class, self.value.get() as usize);
            // SAFETY: the irq lock is held, so no other thread or interrupt is in here, and
            // the contract above forbids `f` to enter the same cell again.
            f(unsafe { &mut *self.value.get() })
        })
    }

    /// The value, when no one else can reach the cell.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}
