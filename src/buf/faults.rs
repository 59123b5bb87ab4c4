// SPDX-License-Identifier: Apache-2.0
//! Allocations that fail on demand, for tests: the n-th of a thread from now on, as if the pool were
//! empty just then. Without the feature `faults` nothing of this is compiled.

/// Whether the allocation that asks is to fail. Counts it.
#[cfg(feature = "faults")]
#[inline]
pub(super) fn strike() -> bool {
    plan::NEXT.with(|next| {
        let (count, target) = next.get();
        next.set((count + 1, target));
        target == Some(count)
    })
}

/// Whether the allocation that asks is to fail: never.
#[cfg(not(feature = "faults"))]
#[inline(always)]
pub(super) const fn strike() -> bool {
    false
}

#[cfg(feature = "faults")]
mod plan {
    extern crate std;
    use core::cell::Cell;

    std::thread_local! {
        /// Allocations of this thread so far, and which of them fails.
        pub(super) static NEXT: Cell<(u64, Option<u64>)> = const { Cell::new((0, None)) };
    }

    /// Makes the allocation of this thread fail before which `n` others succeed; none when `None`. Counts
    /// anew.
    pub fn fail(n: Option<u64>) {
        NEXT.set((0, n));
    }

    /// How many allocations this thread has tried since [`fail`].
    pub fn tried() -> u64 {
        NEXT.get().0
    }
}

#[cfg(feature = "faults")]
pub use plan::{fail, tried};
