// SPDX-License-Identifier: Apache-2.0
//! Sums over pieces of any length, joined, copied and updated, against words added one by one.

use znet::wire::checksum::{Sum, copy_and_sum, update_u16, update_u32};

use crate::input::Input;

/// RFC 1071, word by word.
fn plain(bytes: &[u8]) -> u16 {
    let words = bytes
        .chunks(2)
        .map(|pair| u64::from(u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)])));
    let mut sum: u64 = words.sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u16
}

/// The input is cut into pieces, by lengths it brings along.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let (mut whole, mut then, mut joined) = (Vec::new(), Sum::ZERO, Sum::ZERO);
    while !input.is_empty() {
        let piece = input.short();
        whole.extend(piece);
        then = then.then(piece);
        let mut copy = vec![0; piece.len()];
        let sum = copy_and_sum(&mut copy, piece);
        assert_eq!(copy, piece);
        joined = joined.join(sum);
        assert_eq!(Sum::of_folded(sum.fold(), piece.len()).fold(), sum.fold());
    }
    assert_eq!((then.fold(), joined.fold()), (plain(&whole), plain(&whole)));
    update(&mut whole);
}

/// A word, and two, are changed: the sum follows without being taken anew.
fn update(bytes: &mut [u8]) {
    let Some((change, bytes)) = bytes.split_at_mut_checked(5) else { return };
    // A header is never all zero.
    bytes.fill(change[4] | 1);
    let Some((first, _)) = bytes.split_first_chunk_mut::<4>() else { return };
    let old = u32::from_be_bytes(*first);
    let new = u32::from_be_bytes([change[0], change[1], change[2], change[3]]);
    let high = |word: u32| (word >> 16) as u16;
    first[..2].copy_from_slice(&change[..2]);
    let before = {
        let mut old_bytes = bytes.to_vec();
        old_bytes[..4].copy_from_slice(&old.to_be_bytes());
        !plain(&old_bytes)
    };
    let after = !plain(bytes);
    if after != 0xffff {
        assert_eq!(update_u16(before, high(old), high(new)), after);
    }
    bytes[..4].copy_from_slice(&new.to_be_bytes());
    let after = !plain(bytes);
    if after != 0xffff {
        assert_eq!(update_u32(before, old, new), after);
    }
}
