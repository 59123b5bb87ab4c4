// SPDX-License-Identifier: Apache-2.0
//! Repeatable randomness: SplitMix64 (Steele, Lea, Flood, 2014).

/// A generator whose every draw follows from its seed.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// A generator from a seed; every seed is as good as any other.
    pub const fn new(seed: u64) -> Self {
        Rng { state: seed }
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 when `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(bound)) >> 64) as u64
    }

    /// True with this probability, 0.0 to 1.0. Draws nothing for a probability of zero, so that
    /// switching an impairment on does not change the others' dice.
    pub fn chance(&mut self, probability: f64) -> bool {
        probability > 0.0 && (self.draw() >> 11) as f64 / (1u64 << 53) as f64 <= probability
    }

    /// Fills `out`.
    pub fn fill(&mut self, out: &mut [u8]) {
        for chunk in out.chunks_mut(8) {
            let bytes = self.draw().to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }

    /// A vector of `len` random bytes.
    pub fn bytes(&mut self, len: usize) -> Vec<u8> {
        let mut out = vec![0; len];
        self.fill(&mut out);
        out
    }

    /// A generator of its own for a part, independent of how much the others draw.
    pub fn fork(&mut self) -> Rng {
        Rng::new(self.draw())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        assert_eq!(Rng::new(7).bytes(100), Rng::new(7).bytes(100));
        assert_ne!(Rng::new(7).draw(), Rng::new(8).draw());
    }

    /// The published first output for seed 0.
    #[test]
    fn is_splitmix64() {
        assert_eq!(Rng::new(0).draw(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn stays_below_and_reaches_all() {
        let mut rng = Rng::new(3);
        let mut seen = [false; 6];
        for _ in 0..200 {
            seen[rng.below(6) as usize] = true;
        }
        assert_eq!(seen, [true; 6]);
        assert_eq!(rng.below(0), 0);
    }

    #[test]
    fn chance_is_about_right() {
        let mut rng = Rng::new(5);
        let hits = (0..10_000).filter(|_| rng.chance(0.25)).count();
        assert!((2_300..2_700).contains(&hits), "{hits}");
        assert!(!rng.chance(0.0) && rng.chance(1.0));
    }
}
