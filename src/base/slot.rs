// SPDX-License-Identifier: Apache-2.0
//! A place in a table, zero while it is free.

/// As `Option`, whose `None` may be any number that what it holds leaves over: a static table of such places would
/// lie in flash to be copied at the start.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub enum Slot<T> {
    /// Nothing is there.
    Free = 0,
    /// This is.
    Taken(T) = 1,
}

impl<T> Slot<T> {
    /// What is there.
    #[inline]
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Slot::Free => None,
            Slot::Taken(held) => Some(held),
        }
    }

    /// What is there, to be changed.
    #[inline]
    pub const fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Slot::Free => None,
            Slot::Taken(held) => Some(held),
        }
    }

    /// Frees the place and returns what was there.
    #[inline]
    pub fn take(&mut self) -> Option<T> {
        match core::mem::replace(self, Slot::Free) {
            Slot::Free => None,
            Slot::Taken(held) => Some(held),
        }
    }
}
