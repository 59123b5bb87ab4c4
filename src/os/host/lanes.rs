// SPDX-License-Identifier: Apache-2.0
//! Sums in the widest registers that the machine turns out to have.
//!
//! Called by: `wire::checksum`. A host's library is built for every processor of its kind, so what this
//! one can do more is asked at run time, and worth asking for long runs only.

use core::arch::x86_64::*;
use std::arch::is_x86_feature_detected;

/// Bytes of one round: four registers.
const ROUND: usize = 128;

/// Rounds of which the sum of all lanes fits 32 bits: each adds 64 numbers of 16 bits.
const FULL: usize = 512;

/// The sum of the 16-bit words in `rounds`, in the machine's byte order; `None` where the machine has no
/// such registers, or there are too many.
#[inline(always)]
pub fn sum(rounds: &[[u8; ROUND]]) -> Option<u64> {
    let able = rounds.len() <= FULL && is_x86_feature_detected!("avx2");
    // SAFETY: the processor has AVX2.
    able.then(|| unsafe { sum_avx2(rounds) })
}

/// # Safety
/// The processor has AVX2.
#[target_feature(enable = "avx2")]
unsafe fn sum_avx2(rounds: &[[u8; ROUND]]) -> u64 {
    // Multiplying and adding takes words as signed: turn the top bit, which takes 2^15 off each.
    let turn = _mm256_set1_epi16(i16::MIN);
    let ones = _mm256_set1_epi16(1);
    let mut lanes = [_mm256_setzero_si256(); ROUND / 32];
    for round in rounds {
        for (lane, part) in lanes.iter_mut().zip(round.as_chunks::<32>().0) {
            // SAFETY: `part` has the 32 bytes that are loaded, at any alignment.
            let words = unsafe { _mm256_loadu_si256(part.as_ptr().cast()) };
            let pairs = _mm256_madd_epi16(_mm256_xor_si256(words, turn), ones);
            *lane = _mm256_add_epi32(*lane, pairs);
        }
    }
    let [a, b, c, d] = lanes;
    let lanes = _mm256_add_epi32(_mm256_add_epi32(a, b), _mm256_add_epi32(c, d));
    let low = _mm256_castsi256_si128(lanes);
    let quads = _mm_add_epi32(low, _mm256_extracti128_si256::<1>(lanes));
    let twos = _mm_add_epi32(quads, _mm_shuffle_epi32::<0b01_00_11_10>(quads));
    let one = _mm_add_epi32(twos, _mm_shuffle_epi32::<0b10_11_00_01>(twos));
    let taken_off = (rounds.len() * (ROUND / 2)) as i64 * 0x8000;
    (i64::from(_mm_cvtsi128_si32(one)) + taken_off) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_counted() {
        let byte = |n: usize| (n.wrapping_mul(n) >> 3) as u8;
        let noise: std::vec::Vec<[u8; ROUND]> =
            (0..=FULL).map(|round| core::array::from_fn(|n| byte(round * ROUND + n))).collect();
        for len in (0..100).chain([FULL - 1, FULL, FULL + 1]) {
            for rounds in
                [&noise[..len], &std::vec![[0xff; ROUND]; len], &std::vec![[0; ROUND]; len]]
            {
                let words = rounds.iter().flat_map(|round| round.as_chunks::<2>().0);
                let all: u64 = words.map(|word| u64::from(u16::from_ne_bytes(*word))).sum();
                let able = len <= FULL && is_x86_feature_detected!("avx2");
                assert_eq!(sum(rounds), able.then_some(all), "{len} rounds");
            }
        }
    }
}
