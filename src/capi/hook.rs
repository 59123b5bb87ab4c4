// SPDX-License-Identifier: Apache-2.0
//! What comes into a program together with those who ask for it.
//!
//! A list of callbacks that nobody registers in stays empty, which no linker knows: it keeps the code
//! that walks it. So registering also says which function walks, and the paths call that one if any.

use core::marker::PhantomData;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A function pointer of type `F`, none at first. In memory it is just that, as C has it.
#[repr(transparent)]
pub(super) struct Hook<F> {
    function: AtomicPtr<()>,
    of: PhantomData<F>,
}

// SAFETY: functions belong to no thread.
unsafe impl<F: Copy> Sync for Hook<F> {}

impl<F: Copy> Hook<F> {
    const IS_POINTER: () = assert!(size_of::<F>() == size_of::<*mut ()>());

    pub(super) const fn new() -> Self {
        Hook { function: AtomicPtr::new(null_mut()), of: PhantomData }
    }

    /// Has `function` called from now on.
    ///
    /// # Safety
    /// `F` is a function pointer.
    pub(super) unsafe fn set(&self, function: F) {
        let () = Self::IS_POINTER;
        // SAFETY: a function pointer is as large as this one.
        let function = unsafe { core::mem::transmute_copy::<F, *mut ()>(&function) };
        self.function.store(function, Ordering::Release);
    }

    /// As [`set`](Self::set), or none again.
    ///
    /// # Safety
    /// `F` is a function pointer.
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    pub(super) unsafe fn replace(&self, function: Option<F>) {
        match function {
            // SAFETY: the caller's promise.
            Some(function) => unsafe { self.set(function) },
            None => self.function.store(null_mut(), Ordering::Release),
        }
    }

    /// The function, once it was set.
    #[inline]
    pub(super) fn get(&self) -> Option<F> {
        let function = self.function.load(Ordering::Acquire);
        // SAFETY: not null, so what `set` was given.
        (!function.is_null()).then(|| unsafe { core::mem::transmute_copy(&function) })
    }
}

#[cfg(test)]
mod tests {
    use super::Hook;

    #[test]
    fn none_at_first() {
        static HOOK: Hook<fn(u32) -> u32> = Hook::new();
        assert!(HOOK.get().is_none());
        // SAFETY: a function pointer.
        unsafe { HOOK.set(|n| n + 1) };
        assert_eq!(HOOK.get().map(|f| f(1)), Some(2));
    }
}
