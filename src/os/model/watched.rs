// SPDX-License-Identifier: Apache-2.0
//! Atomic values that loom watches.
//!
//! loom's own can't be made in constants, die with each order of events, and are larger than the value, where
//! C knows the layouts. So a value keeps its place, and loom's counterpart is looked up by its address. It is
//! one of those that were made before any thread began, since making one counts as a write; they are
//! zero, and hold the difference from the value that the constant had.

use core::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::thread_local;
use std::vec::Vec;

pub use core::sync::atomic::Ordering;
use loom::sync::atomic::AtomicU64;

thread_local! {
    /// loom runs its threads one after the other on one thread of the host.
    static KNOWN: RefCell<HashMap<usize, Rc<AtomicU64>>> = RefCell::default();
    static SPARE: RefCell<Vec<Rc<AtomicU64>>> = RefCell::default();
}

/// More than any model looks at.
const MOST: usize = 64;

/// Begins a run: every value is as its constant says.
pub fn begin() {
    KNOWN.take();
    SPARE.replace((0..MOST).map(|_| Rc::new(AtomicU64::new(0))).collect());
}

/// What fits into 64 bits.
pub trait Word: Copy {
    fn to_word(self) -> u64;
    fn from_word(word: u64) -> Self;
}

macro_rules! words {
    ($($word:ty)*) => {$(
        impl Word for $word {
            fn to_word(self) -> u64 {
                self as u64
            }
            fn from_word(word: u64) -> Self {
                word as Self
            }
        }
    )*};
}

words! { u8 u32 usize }

impl<T> Word for *mut T {
    fn to_word(self) -> u64 {
        self.expose_provenance() as u64
    }
    fn from_word(word: u64) -> Self {
        core::ptr::with_exposed_provenance_mut(word as usize)
    }
}

/// An atomic value of the size of `T`.
#[repr(transparent)]
pub struct Watched<T>(Cell<T>);

// SAFETY: the cell is only ever read; what changes is loom's.
unsafe impl<T> Sync for Watched<T> {}
// SAFETY: as above.
unsafe impl<T> Send for Watched<T> {}

pub type AtomicU8 = Watched<u8>;
pub type AtomicU32 = Watched<u32>;
pub type AtomicUsize = Watched<usize>;
pub type AtomicPtr<T> = Watched<*mut T>;

impl<T> Drop for Watched<T> {
    fn drop(&mut self) {
        let here = core::ptr::from_ref(self).addr();
        let _ = KNOWN.try_with(|known| known.try_borrow_mut().map(|mut known| known.remove(&here)));
    }
}

impl<T: Word> Watched<T> {
    pub const fn new(value: T) -> Self {
        Watched(Cell::new(value))
    }

    fn first(&self) -> u64 {
        self.0.get().to_word()
    }

    fn seen(&self) -> Rc<AtomicU64> {
        let here = core::ptr::from_ref(self).addr();
        let spare = || SPARE.with_borrow_mut(Vec::pop).expect("few values");
        KNOWN.with_borrow_mut(|known| known.entry(here).or_insert_with(spare).clone())
    }

    #[track_caller]
    pub fn load(&self, order: Ordering) -> T {
        T::from_word(self.seen().load(order) ^ self.first())
    }

    #[track_caller]
    pub fn store(&self, value: T, order: Ordering) {
        self.seen().store(value.to_word() ^ self.first(), order);
    }

    #[track_caller]
    pub fn swap(&self, value: T, order: Ordering) -> T {
        let value = value.to_word() ^ self.first();
        T::from_word(self.seen().swap(value, order) ^ self.first())
    }

    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: T,
        new: T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<T, T> {
        let first = self.first();
        let (current, new) = (current.to_word() ^ first, new.to_word() ^ first);
        let result = self.seen().compare_exchange(current, new, success, failure);
        let read = |word| T::from_word(word ^ first);
        result.map(read).map_err(read)
    }

    #[track_caller]
    pub fn fetch_or(&self, value: T, order: Ordering) -> T {
        assert_eq!(self.first(), 0, "bits of a difference are not those of the value");
        T::from_word(self.seen().fetch_or(value.to_word(), order))
    }

    #[track_caller]
    pub fn fetch_and(&self, value: T, order: Ordering) -> T {
        assert_eq!(self.first(), 0, "bits of a difference are not those of the value");
        T::from_word(self.seen().fetch_and(value.to_word(), order))
    }
}
