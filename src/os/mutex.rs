// SPDX-License-Identifier: Apache-2.0
//! A mutex around a value: priority inheriting, not recursive.

use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};

use super::order::{self, Held, LockClass};
use super::port;

/// A value behind a lock.
pub struct Mutex<T> {
    class: order::Kept,
    raw: port::RawMutex,
    value: UnsafeCell<T>,
}

// SAFETY: the raw mutex gives out one guard at a time, and only the guard reaches the value.
unsafe impl<T: Send> Sync for Mutex<T> {}
// SAFETY: moving an unlocked mutex moves its value, and a locked one is borrowed by its guard.
unsafe impl<T: Send> Send for Mutex<T> {}

impl<T> Mutex<T> {
    /// A mutex outside the checked order.
    pub const fn new(value: T) -> Self {
        Self::with_class(LockClass::Free, value)
    }

    /// A mutex that takes its place in the lock order.
    pub const fn with_class(class: LockClass, value: T) -> Self {
        Mutex {
            class: order::keep(class),
            raw: port::RawMutex::new(),
            value: UnsafeCell::new(value),
        }
    }

    /// Waits for the lock. A thread that holds it already panics.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        let held = order::enter(self.class, &raw const self.raw as usize);
        self.raw.lock();
        MutexGuard { mutex: self, held: ManuallyDrop::new(held), here: PhantomData }
    }

    /// Takes the lock if no one has it.
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        if !self.raw.try_lock() {
            return None;
        }
        let held = order::enter(self.class, &raw const self.raw as usize);
        Some(MutexGuard { mutex: self, held: ManuallyDrop::new(held), here: PhantomData })
    }

    /// The value, when no one else can reach the mutex.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

/// Access to the value until dropped. Stays on its thread: a priority is lent to that thread.
#[must_use = "the lock is released as soon as the guard is dropped"]
pub struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    held: ManuallyDrop<Held>,
    here: PhantomData<*mut ()>,
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: this guard holds the lock.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard holds the lock and is borrowed mutably.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: dropped here and nowhere else. It goes first: in the simulator the unlock below may
        // hand the processor to another thread.
        unsafe { ManuallyDrop::drop(&mut self.held) };
        // SAFETY: this guard holds the lock, and is of the thread that took it (it is not `Send`).
        unsafe { self.mutex.raw.unlock() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "taken twice")]
    fn relock_panics() {
        let mutex = Mutex::new(());
        let _first = mutex.lock();
        let _second = mutex.lock();
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "lock order")]
    fn going_back_panics() {
        let descriptors = Mutex::with_class(LockClass::Descriptor, ());
        let core = Mutex::with_class(LockClass::Core, ());
        let _core = core.lock();
        let _descriptors = descriptors.lock();
    }

    #[test]
    fn the_order_is_accepted() {
        let descriptors = Mutex::with_class(LockClass::Descriptor, ());
        let core = Mutex::with_class(LockClass::Core, ());
        let queue = crate::os::IrqCell::with_class(LockClass::Queue, ());
        let pool = crate::os::IrqCell::with_class(LockClass::Pool, ());
        let _descriptors = descriptors.lock();
        let _core = core.lock();
        queue.with(|()| pool.with(|()| ()));
    }
}
