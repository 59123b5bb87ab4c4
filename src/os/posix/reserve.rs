// SPDX-License-Identifier: Apache-2.0
//! Random bytes drawn ahead: a port number or an identification need not cost a call of the kernel each.

use core::cell::RefCell;
use std::thread_local;

use super::super::host;
use crate::base::Result;

/// The most that is taken from the reserve. Keys are longer, and come from the kernel when they are asked
/// for.
const SHORT: usize = 8;

/// What getrandom(2) gives in one piece.
const SIZE: usize = 256;

/// Bytes that nobody was given yet; those that somebody was are zero.
struct Reserve {
    bytes: [u8; SIZE],
    left: usize,
}

thread_local! {
    static RESERVE: RefCell<Reserve> = const { RefCell::new(Reserve { bytes: [0; SIZE], left: 0 }) };
}

/// Fills `out` from the kernel, or with what a short call before had it draw for this thread.
pub fn entropy(out: &mut [u8]) -> Result<()> {
    if out.len() > SHORT {
        return host::entropy(out);
    }
    RESERVE.with_borrow_mut(|reserve| {
        if reserve.left < out.len() {
            reserve.left = 0;
            host::entropy(&mut reserve.bytes)?;
            reserve.left = SIZE;
        }
        let (_, rest) = reserve.bytes.split_at_mut(SIZE - reserve.left);
        for (to, from) in out.iter_mut().zip(rest) {
            *to = core::mem::take(from);
            reserve.left -= 1;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_byte_is_given_twice() {
        let mut seen = HashSet::new();
        for _ in 0..10_000 {
            let mut number = [0; 8];
            entropy(&mut number).expect("the host has entropy");
            assert!(seen.insert(number), "as likely as a meteorite");
        }
    }

    #[test]
    fn every_length_is_filled() {
        for len in (0..40).cycle().take(4000) {
            // That 64 numbers of this length all end in zero has one chance in 2^512.
            let mut ends = (0..64).map(|_| {
                let mut bytes = std::vec![0; len];
                entropy(&mut bytes).expect("the host has entropy");
                bytes.last().copied()
            });
            assert!(ends.any(|end| end != Some(0)), "length {len}");
        }
    }
}
