// SPDX-License-Identifier: Apache-2.0
//! What the chained index is where little flash and RAM count: a note for each slot whether it is in the
//! index. A walk over few slots takes less code than what would shorten it.

/// An index of `N` slots. As the hash index it tells which ones to look at: all that are in it.
#[derive(Debug)]
pub struct HashIndex<const B: usize, const N: usize> {
    listed: [bool; N],
}

impl<const B: usize, const N: usize> HashIndex<B, N> {
    /// An index with no slot in it.
    pub const fn new() -> Self {
        HashIndex { listed: [false; N] }
    }

    /// Puts `slot` in.
    pub fn insert(&mut self, _hash: u32, slot: usize) {
        if let Some(listed) = self.listed.get_mut(slot) {
            *listed = true;
        }
    }

    /// Takes `slot` out; false when it was not there.
    pub fn remove(&mut self, _hash: u32, slot: usize) -> bool {
        self.listed.get_mut(slot).is_some_and(core::mem::take)
    }

    /// The slots that may have this hash.
    #[inline]
    pub fn chain(&self, _hash: u32) -> impl Iterator<Item = usize> + '_ {
        (0..N).filter(|&slot| self.listed.get(slot).is_some_and(|listed| *listed))
    }
}

impl<const B: usize, const N: usize> Default for HashIndex<B, N> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::vec::Vec;

    #[test]
    fn slots_come_and_go() {
        let mut index: HashIndex<1, 8> = HashIndex::default();
        for slot in [1, 3, 7, 9] {
            index.insert(5, slot);
        }
        assert!(index.remove(5, 3) && !index.remove(5, 3) && !index.remove(5, 9));
        assert_eq!(index.chain(5).collect::<Vec<_>>(), [1, 7]);
    }
}
