// SPDX-License-Identifier: Apache-2.0
//! A chained hash index over the slots of a fixed table.
//!
//! The table keeps its records; the index keeps one link a slot and one head a bucket. Lookup cost
//! depends on the load, not on the size of the table, and nothing is ever moved.

/// Marks the end of a chain and an empty bucket.
const END: u16 = u16::MAX;

/// An index of `N` slots in `B` buckets. `B` is a power of two ([`buckets`](super::buckets)).
#[derive(Debug)]
pub struct HashIndex<const B: usize, const N: usize> {
    heads: [u16; B],
    next: [u16; N],
}

impl<const B: usize, const N: usize> HashIndex<B, N> {
    /// An index with no slot in it.
    pub const fn new() -> Self {
        HashIndex { heads: [END; B], next: [END; N] }
    }

    /// Puts `slot` into the bucket of `hash`. The slot must not be in the index already.
    pub fn insert(&mut self, hash: u32, slot: usize) {
        let Some(head) = self.heads.get_mut(hash as usize & (B - 1)) else { return };
        if let Some(link) = self.next.get_mut(slot) {
            *link = *head;
            *head = slot as u16;
        }
    }

    /// Takes `slot` out of the bucket of `hash`; false when it was not there.
    pub fn remove(&mut self, hash: u32, slot: usize) -> bool {
        let bucket = hash as usize & (B - 1);
        let Some(mut at) = self.heads.get(bucket).copied() else { return false };
        let after = self.next.get(slot).copied().unwrap_or(END);
        if at as usize == slot {
            if let Some(head) = self.heads.get_mut(bucket) {
                *head = after;
            }
            return true;
        }
        while let Some(link) = self.next.get_mut(at as usize) {
            if *link as usize == slot {
                *link = after;
                return true;
            }
            at = *link;
        }
        false
    }

    /// The slot in the bucket of `hash` when it is the only one.
    #[cfg(CONFIG_ZNET_PROFILE_FAST)]
    #[inline]
    pub fn only(&self, hash: u32) -> Option<usize> {
        let slot = usize::from(*self.heads.get(hash as usize & (B - 1))?);
        (*self.next.get(slot)? == END).then_some(slot)
    }

    /// The slots in the bucket of `hash`, latest first.
    #[inline]
    pub fn chain(&self, hash: u32) -> Chain<'_> {
        let at = self.heads.get(hash as usize & (B - 1)).copied().unwrap_or(END);
        Chain { next: &self.next, at }
    }
}

impl<const B: usize, const N: usize> Default for HashIndex<B, N> {
    fn default() -> Self {
        Self::new()
    }
}

/// Iterator over one bucket's slots.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    next: &'a [u16],
    at: u16,
}

impl Iterator for Chain<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let slot = self.at as usize;
        self.at = *self.next.get(slot)?;
        Some(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::vec::Vec;

    #[test]
    fn slots_come_and_go() {
        let mut index: HashIndex<4, 8> = HashIndex::new();
        for slot in 0..8 {
            index.insert(1, slot);
        }
        assert!(index.remove(1, 7) && index.remove(1, 0) && index.remove(1, 4));
        assert!(!index.remove(1, 4));
        assert_eq!(index.chain(1).collect::<Vec<_>>(), [6, 5, 3, 2, 1]);
        assert_eq!(index.chain(2).count(), 0);
        assert_eq!(index.chain(5).count(), 5, "the hash is taken modulo the buckets");
    }
}
