// SPDX-License-Identifier: Apache-2.0
//! Finding records of a fixed table by what they hold: [`HashIndex`], and the hash for it.

#[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
#[path = "hash_chain.rs"]
mod index;
#[cfg(CONFIG_ZNET_PROFILE_TINY)]
#[path = "hash_few.rs"]
mod index;

#[cfg(all(test, not(CONFIG_ZNET_PROFILE_TINY)))]
#[path = "hash_few.rs"]
mod few;

pub use index::HashIndex;

/// The number of buckets for a table of `slots` records: the power of two that is at least `slots`.
pub const fn buckets(slots: usize) -> usize {
    let n = slots.next_power_of_two();
    if n < 4 { 4 } else { n }
}

/// Spreads the bits of `word` with the stack's random `key`, so that a peer cannot aim at a bucket.
#[inline]
pub const fn mix(word: u32, key: u32) -> u32 {
    let h = (word ^ key).wrapping_mul(0x9e37_79b1);
    h ^ (h >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bucket_counts() {
        assert_eq!([buckets(0), buckets(3), buckets(5), buckets(1000)], [4, 4, 8, 1024]);
    }
}
