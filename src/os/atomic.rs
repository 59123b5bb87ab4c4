// SPDX-License-Identifier: Apache-2.0
//! Atomic changes where the processor has none (ARMv6-M: Cortex-M0): under the irq lock.
//!
//! The types are Rust's own, which load and store there as well. What they lack comes as methods of the
//! same names and meanings, so that nothing reads otherwise; a file that changes an atomic value says
//!
//! ```text
//! #[cfg(not(target_has_atomic = "ptr"))]
//! use crate::os::atomic::*;
//! ```
//!
//! All goes through the irq lock, so a value that an interrupt changes is changed as a whole, and
//! every order is the strictest.

use core::sync::atomic::Ordering::{self, Relaxed};
use core::sync::atomic::{
    AtomicBool, AtomicI32, AtomicIsize, AtomicPtr, AtomicU8, AtomicU16, AtomicU32, AtomicUsize,
};

use super::irq;

/// An atomic value that can be loaded and stored.
pub trait Plain {
    /// What it holds.
    type Value: Copy + PartialEq;
    /// What it holds now.
    fn read(&self) -> Self::Value;
    /// Has it hold `value`.
    fn write(&self, value: Self::Value);
}

macro_rules! plain {
    ($([$($of:ident)?] $atomic:ty, $value:ty;)*) => {$(
        impl$(<$of>)? Plain for $atomic {
            type Value = $value;
            fn read(&self) -> $value {
                self.load(Relaxed)
            }
            fn write(&self, value: $value) {
                self.store(value, Relaxed);
            }
        }
    )*};
}

plain! {
    [] AtomicBool, bool;
    [] AtomicU8, u8;
    [] AtomicU16, u16;
    [] AtomicI32, i32;
    [] AtomicU32, u32;
    [] AtomicIsize, isize;
    [] AtomicUsize, usize;
    [T] AtomicPtr<T>, *mut T;
}

/// Changes of any value, as Rust's atomic types have them.
pub trait Change: Plain {
    /// Stores `value`; returns what was there.
    fn swap(&self, value: Self::Value, _order: Ordering) -> Self::Value {
        irq::free(|| {
            let old = self.read();
            self.write(value);
            old
        })
    }

    /// Stores `new` if `current` is there; `Ok` and `Err` hold what was there.
    fn compare_exchange(
        &self,
        current: Self::Value,
        new: Self::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<Self::Value, Self::Value> {
        self.fetch_update(success, failure, |old| (old == current).then_some(new))
    }

    /// Stores what `f` makes of the value, unless that is `None`; `Ok` and `Err` hold what was there.
    fn fetch_update(
        &self,
        _set: Ordering,
        _fetch: Ordering,
        mut f: impl FnMut(Self::Value) -> Option<Self::Value>,
    ) -> Result<Self::Value, Self::Value> {
        irq::free(|| {
            let old = self.read();
            match f(old) {
                Some(new) => {
                    self.write(new);
                    Ok(old)
                }
                None => Err(old),
            }
        })
    }
}

impl<T: Plain> Change for T {}

/// Arithmetic on integers, as Rust's atomic types have it. Each returns what was there.
#[allow(missing_docs)]
pub trait Compute: Change {
    fn fetch_add(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_sub(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_and(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_or(&self, value: Self::Value, order: Ordering) -> Self::Value;
}

macro_rules! compute {
    ($($atomic:ty)*) => {$(
        impl Compute for $atomic {
            fn fetch_add(&self, value: Self::Value, _order: Ordering) -> Self::Value {
                change(self, |old| old.wrapping_add(value))
            }
            fn fetch_sub(&self, value: Self::Value, _order: Ordering) -> Self::Value {
                change(self, |old| old.wrapping_sub(value))
            }
            fn fetch_and(&self, value: Self::Value, _order: Ordering) -> Self::Value {
                change(self, |old| old & value)
            }
            fn fetch_or(&self, value: Self::Value, _order: Ordering) -> Self::Value {
                change(self, |old| old | value)
            }
        }
    )*};
}

compute! { AtomicU8 AtomicU16 AtomicI32 AtomicU32 AtomicIsize AtomicUsize }

fn change<T: Plain>(at: &T, f: impl FnOnce(T::Value) -> T::Value) -> T::Value {
    irq::free(|| {
        let old = at.read();
        at.write(f(old));
        old
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_processor_would() {
        let (ours, theirs) = (AtomicU8::new(250), AtomicU8::new(250));
        let agree = |a: u8, b: u8| {
            assert_eq!(a, b);
            assert_eq!(ours.load(Relaxed), theirs.load(Relaxed));
        };
        agree(Compute::fetch_add(&ours, 10, Relaxed), theirs.fetch_add(10, Relaxed));
        agree(Compute::fetch_sub(&ours, 7, Relaxed), theirs.fetch_sub(7, Relaxed));
        agree(Compute::fetch_or(&ours, 0x81, Relaxed), theirs.fetch_or(0x81, Relaxed));
        agree(Compute::fetch_and(&ours, 0xf0, Relaxed), theirs.fetch_and(0xf0, Relaxed));
        agree(Change::swap(&ours, 5, Relaxed), theirs.swap(5, Relaxed));
        let exchange = |current| {
            let ours = Change::compare_exchange(&ours, current, 9, Relaxed, Relaxed);
            assert_eq!(ours, theirs.compare_exchange(current, 9, Relaxed, Relaxed));
        };
        exchange(4);
        exchange(5);
        agree(0, 0);
    }
}
