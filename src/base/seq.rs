// SPDX-License-Identifier: Apache-2.0
//! TCP sequence numbers (RFC 9293, 3.4).

use core::fmt;
use core::ops::{Add, AddAssign, Sub};

/// A sequence number: 32 bits that wrap.
///
/// Two numbers compare by the shorter way round, so a comparison means something only for numbers
/// less than 2^31 apart. That is no order in the sense of [`Ord`], hence the methods.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct SeqNum(pub u32);

impl SeqNum {
    /// Zero.
    pub const ZERO: SeqNum = SeqNum(0);

    /// Is it before `other`?
    #[inline]
    pub const fn lt(self, other: SeqNum) -> bool {
        (self.0.wrapping_sub(other.0) as i32) < 0
    }

    /// Is it `other` or before it?
    #[inline]
    pub const fn le(self, other: SeqNum) -> bool {
        !other.lt(self)
    }

    /// Is it after `other`?
    #[inline]
    pub const fn gt(self, other: SeqNum) -> bool {
        other.lt(self)
    }

    /// Is it `other` or after it?
    #[inline]
    pub const fn ge(self, other: SeqNum) -> bool {
        !self.lt(other)
    }

    /// How far it is behind `earlier`, modulo 2^32.
    #[inline]
    pub const fn since(self, earlier: SeqNum) -> u32 {
        self.0.wrapping_sub(earlier.0)
    }

    /// Does it lie in the `len` numbers from `start` on?
    #[inline]
    pub const fn is_in(self, start: SeqNum, len: u32) -> bool {
        self.since(start) < len
    }

    /// The later of the two.
    #[inline]
    #[must_use]
    pub const fn max(self, other: SeqNum) -> SeqNum {
        if self.lt(other) { other } else { self }
    }

    /// The earlier of the two.
    #[inline]
    #[must_use]
    pub const fn min(self, other: SeqNum) -> SeqNum {
        if other.lt(self) { other } else { self }
    }
}

impl Add<u32> for SeqNum {
    type Output = SeqNum;
    #[inline]
    fn add(self, n: u32) -> SeqNum {
        SeqNum(self.0.wrapping_add(n))
    }
}

impl AddAssign<u32> for SeqNum {
    #[inline]
    fn add_assign(&mut self, n: u32) {
        *self = *self + n;
    }
}

impl Sub<u32> for SeqNum {
    type Output = SeqNum;
    #[inline]
    fn sub(self, n: u32) -> SeqNum {
        SeqNum(self.0.wrapping_sub(n))
    }
}

impl fmt::Debug for SeqNum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_hold_across_the_wrap() {
        for start in [0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX - 5, u32::MAX] {
            let a = SeqNum(start);
            for n in [1, 2, 1460, 0x7fff_ffff] {
                let b = a + n;
                assert!(a.lt(b) && a.le(b) && b.gt(a) && b.ge(a) && !b.lt(a) && !a.ge(b));
                assert_eq!((b.since(a), b - n, a.max(b), a.min(b)), (n, a, b, a));
            }
            assert!(a.le(a) && a.ge(a) && !a.lt(a) && !a.gt(a));
        }
    }

    #[test]
    fn a_span_contains_its_start_and_not_its_end() {
        let start = SeqNum(u32::MAX - 1);
        assert!(start.is_in(start, 1) && (start + 3).is_in(start, 4));
        assert!(!(start + 4).is_in(start, 4) && !(start - 1).is_in(start, 4));
        assert!(!start.is_in(start, 0));
    }
}
