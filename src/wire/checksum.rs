// SPDX-License-Identifier: Apache-2.0
//! The Internet checksum (RFC 1071), its incremental update (RFC 1624) and the pseudo headers.
//!
//! A checksum is summed as machine words in the machine's own byte order: ones' complement
//! addition does not care (RFC 1071, 2 B), so nothing is swapped until the result is written.
//! A block of bytes is one chain of add-with-carry instructions, which beats the vector code a
//! compiler makes of 16-bit additions, and is as good on a 32-bit core. In long runs every block has a
//! chain of its own: a processor that looks ahead works on two of them at once. Hosts with wider registers
//! have those summed in them (`os::lanes`).

use crate::base::{Ipv4Addr, Ipv6Addr};

/// A running ones' complement sum over bytes that may come in pieces of any length.
///
/// ```
/// use znet::wire::checksum::Sum;
/// let whole = Sum::of(b"an odd packet").finish();
/// let pieces = Sum::of(b"an odd").then(b" ").then(b"packet").finish();
/// assert_eq!(whole, pieces);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    /// Congruent, modulo 2^16 - 1, to the sum of the 16-bit words in the machine's byte order.
    /// Zero only when nothing but zeros was added.
    acc: usize,
    /// An odd number of bytes was added so far: the next byte is the second one of its word.
    odd: bool,
}

impl Sum {
    /// The sum of no bytes.
    pub const ZERO: Sum = Sum { acc: 0, odd: false };

    /// The sum of `bytes`.
    #[inline]
    pub fn of(bytes: &[u8]) -> Sum {
        Sum { acc: sum_words(bytes, 0), odd: bytes.len() & 1 != 0 }
    }

    /// A sum that was [folded](Self::fold) before, over `len` bytes.
    #[inline]
    pub fn of_folded(fold: u16, len: usize) -> Sum {
        Sum { acc: usize::from(fold.to_be()), odd: len & 1 != 0 }
    }

    /// The sum of a few 32-bit numbers as they will stand in the packet.
    #[inline(always)]
    pub fn of_words<const N: usize>(words: [u32; N]) -> Sum {
        let acc = words.iter().fold(0usize, |acc, word| match WORD {
            // No carry is lost where a register has room for it.
            8 => acc.wrapping_add(word.to_be() as usize),
            _ => add_word(acc, word.to_be() as usize),
        });
        Sum { acc, odd: false }
    }

    /// Continues over `bytes`, whatever the length of what came before.
    #[inline]
    #[must_use]
    pub fn then(self, bytes: &[u8]) -> Sum {
        if self.odd {
            self.join(Sum::of(bytes))
        } else {
            Sum { acc: sum_words(bytes, self.acc), odd: bytes.len() & 1 != 0 }
        }
    }

    /// Appends `next`, the sum of the bytes that follow those of `self`.
    #[inline]
    #[must_use]
    pub fn join(self, next: Sum) -> Sum {
        // Bytes that start in the middle of a word weigh 256 times more, or less: the same thing
        // modulo 2^16 - 1, and a rotation in both byte orders (RFC 1071, 2 B).
        let weighed = if self.odd { next.acc.rotate_left(8) } else { next.acc };
        Sum { acc: add_word(self.acc, weighed), odd: self.odd ^ next.odd }
    }

    /// Adds one 16-bit number as it will stand in the packet. The bytes so far must be even.
    #[inline]
    #[must_use]
    pub fn then_u16(self, value: u16) -> Sum {
        debug_assert!(!self.odd);
        Sum { acc: add_word(self.acc, usize::from(value.to_be())), odd: false }
    }

    /// The ones' complement sum itself, not inverted, as a number in host order.
    #[inline]
    pub fn fold(self) -> u16 {
        // A half plus the other half leaves the carry of the low one in the high one: rotating
        // adds both at once and the top half is the folded sum.
        #[cfg(target_pointer_width = "64")]
        let s = (self.acc.wrapping_add(self.acc.rotate_left(32)) >> 32) as u32;
        #[cfg(not(target_pointer_width = "64"))]
        let s = self.acc as u32;
        let s = s.wrapping_add(s.rotate_left(16)) >> 16;
        u16::from_be(s as u16)
    }

    /// The checksum field's value: the inverted sum, in host order.
    #[inline]
    pub fn finish(self) -> u16 {
        !self.fold()
    }

    /// The value of a UDP checksum field. Zero there means "no checksum", so a computed zero is
    /// sent as all ones (RFC 768).
    #[inline]
    pub fn finish_udp(self) -> u16 {
        match self.finish() {
            0 => 0xffff,
            sum => sum,
        }
    }

    /// True when the bytes, the checksum field among them, sum to all ones.
    #[inline]
    pub fn is_valid(self) -> bool {
        self.fold() == 0xffff
    }
}

/// A sum of a few 16-bit words, no more than there are in a header: no carry is lost in it, which makes it
/// cheaper to add to than a [`Sum`].
#[derive(Clone, Copy, Debug)]
pub struct Words(u32);

impl Words {
    /// The words of two IPv4 addresses.
    pub const fn of_addresses(src: Ipv4Addr, dst: Ipv4Addr) -> Words {
        let ([a, b, c, d], [e, f, g, h]) = (src.octets(), dst.octets());
        let src = u16::from_ne_bytes([a, b]) as u32 + u16::from_ne_bytes([c, d]) as u32;
        Words(src + u16::from_ne_bytes([e, f]) as u32 + u16::from_ne_bytes([g, h]) as u32)
    }

    /// Adds a number as it will stand in the packet.
    #[inline(always)]
    #[must_use]
    pub const fn then(self, value: u16) -> Words {
        Words(self.0 + value.to_be() as u32)
    }

    /// The checksum field's value, in host order.
    #[inline(always)]
    pub const fn finish(self) -> u16 {
        !u16::from_be((self.0.wrapping_add(self.0.rotate_left(16)) >> 16) as u16)
    }

    /// The same as a sum over bytes of which there were an even number.
    #[inline(always)]
    pub const fn sum(self) -> Sum {
        Sum { acc: self.0 as usize, odd: false }
    }
}

/// Copies `src` to `dst` and returns the sum of what was copied, over the shorter of the two.
///
/// The sum is taken from the copy, so it holds even for a source that changes meanwhile. Copying
/// a few kilobytes and then summing them while they are in the first-level cache costs fewer
/// instructions than a fused loop: the copy runs on vector registers, the sum on the carry chain.
#[inline]
pub fn copy_and_sum(dst: &mut [u8], src: &[u8]) -> Sum {
    const CACHED: usize = 4096;
    let len = dst.len().min(src.len());
    let (Some(dst), Some(src)) = (dst.get_mut(..len), src.get(..len)) else { return Sum::ZERO };
    let copy = |dst: &mut [u8], src: &[u8]| {
        // Where nothing is inlined, the other one may panic for all the compiler knows.
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            dst.iter_mut().zip(src).for_each(|(to, from)| *to = *from);
        } else {
            dst.copy_from_slice(src);
        }
    };
    if cfg!(CONFIG_ZNET_PROFILE_TINY) || len <= CACHED {
        copy(dst, src);
        return Sum::of(dst);
    }
    let mut sum = Sum::ZERO;
    for (to, from) in dst.chunks_mut(CACHED).zip(src.chunks(CACHED)) {
        copy(to, from);
        sum = sum.then(to);
    }
    sum
}

/// The checksum field after one 16-bit word of the packet went from `old` to `new`
/// (RFC 1624, equation 3). All three in host order.
///
/// Where the packet may be left with nothing but zeros, which no IP header can, a result of zero
/// has to be sent as all ones: the sum of a packet that is all zero is zero, not "minus zero".
#[inline]
pub fn update_u16(check: u16, old: u16, new: u16) -> u16 {
    let sum = u32::from(!check) + u32::from(!old) + u32::from(new);
    !(sum.wrapping_add(sum.rotate_left(16)) >> 16) as u16
}

/// [`update_u16`] for two adjacent words, an IPv4 address for example.
#[inline]
pub fn update_u32(check: u16, old: u32, new: u32) -> u16 {
    let check = update_u16(check, (old >> 16) as u16, (new >> 16) as u16);
    update_u16(check, old as u16, new as u16)
}

/// The pseudo header of UDP and TCP over IPv4 (RFC 768, RFC 9293 3.1). `len` counts the
/// transport header and its payload, in bytes.
#[inline]
pub fn pseudo_ipv4(src: Ipv4Addr, dst: Ipv4Addr, protocol: u8, len: u16) -> Sum {
    // Two 16-bit numbers: no carry is lost.
    let small = u32::from(u16::from(protocol).to_be()) + u32::from(len.to_be());
    let addresses = add_word(quad(src.octets()), quad(dst.octets()));
    Sum { acc: add_word(addresses, small as usize), odd: false }
}

/// The pseudo header of UDP, TCP and ICMPv6 over IPv6 (RFC 8200, 8.1). `len` counts the
/// transport header and its payload, in bytes.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
pub fn pseudo_ipv6(src: Ipv6Addr, dst: Ipv6Addr, next_header: u8, len: u32) -> Sum {
    let next_header = usize::from(u16::from(next_header).to_be());
    let acc = add_word(quad(len.to_be_bytes()), next_header);
    let acc = add_block(add_block(acc, &src.octets()), &dst.octets());
    Sum { acc, odd: false }
}

/// The sum of an IPv4 header without options.
#[inline]
pub(super) fn of_header(header: &[u8; 20]) -> Sum {
    let (words, last) = header.as_chunks::<16>();
    let acc = words.iter().fold(0, add_block);
    let acc = last.as_chunks::<4>().0.iter().fold(acc, |acc, word| add_word(acc, quad(*word)));
    Sum { acc, odd: false }
}

/// Bytes of a machine word.
const WORD: usize = size_of::<usize>();

/// Four bytes as they lie in memory.
#[inline]
fn quad(bytes: [u8; 4]) -> usize {
    u32::from_ne_bytes(bytes) as usize
}

/// `a + b` with the carry added in at the bottom.
#[inline]
fn add_word(a: usize, b: usize) -> usize {
    let (sum, carry) = a.overflowing_add(b);
    // A sum that carried is below all ones.
    sum + usize::from(carry)
}

/// Adds the words of `N` bytes to `acc` as one chain of add-with-carry instructions.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
fn add_block<const N: usize>(acc: usize, block: &[u8; N]) -> usize {
    let (words, _) = block.as_chunks::<WORD>();
    let mut acc = acc;
    let mut carry = false;
    for word in words {
        // The long way to write `carrying_add`; it compiles to one instruction.
        let (sum, first) = acc.overflowing_add(usize::from_ne_bytes(*word));
        let (sum, second) = sum.overflowing_add(usize::from(carry));
        acc = sum;
        carry = first | second;
    }
    // Cannot overflow: the chain begins without a carry, so a sum that carried is never all ones.
    acc.wrapping_add(usize::from(carry))
}

/// Adds `bytes`, which start at an even offset, to `acc`. A last odd byte is padded with zero.
#[inline]
fn sum_words(bytes: &[u8], mut acc: usize) -> usize {
    if cfg!(CONFIG_ZNET_PROFILE_TINY) {
        let (words, last) = bytes.as_chunks::<2>();
        acc = words
            .iter()
            .fold(acc, |acc, word| add_word(acc, usize::from(u16::from_ne_bytes(*word))));
        let last = last.first().map_or(0, |byte| u16::from_ne_bytes([*byte, 0]));
        return add_word(acc, usize::from(last));
    }
    if bytes.len() >= LONG { sum_long(bytes, acc) } else { sum_short(bytes, acc) }
}

/// From how many bytes on blocks are worth it that are summed side by side.
const LONG: usize = 512;

/// [`sum_words`] of many.
#[inline(never)]
fn sum_long(bytes: &[u8], acc: usize) -> usize {
    let (blocks, rest) = bytes.as_chunks::<128>();
    #[cfg(all(CONFIG_ARCH_POSIX, target_arch = "x86_64"))]
    if let Some(sum) = crate::os::lanes::sum(blocks) {
        return sum_short(rest, add_word(acc, sum as usize));
    }
    let acc = blocks.iter().fold(acc, |acc, block| add_word(acc, add_block(0, block)));
    sum_short(rest, acc)
}

/// [`sum_words`] of few.
#[inline(always)]
fn sum_short(bytes: &[u8], mut acc: usize) -> usize {
    let (blocks, mut rest) = bytes.as_chunks::<64>();
    for block in blocks {
        acc = add_block(acc, block);
    }
    if let Some((block, tail)) = rest.split_first_chunk::<32>() {
        acc = add_block(acc, block);
        rest = tail;
    }
    if let Some((block, tail)) = rest.split_first_chunk::<16>() {
        acc = add_block(acc, block);
        rest = tail;
    }
    if let Some((block, tail)) = rest.split_first_chunk::<8>() {
        acc = add_block(acc, block);
        rest = tail;
    }
    match (rest.len(), bytes.last_chunk::<8>()) {
        (0, _) => acc,
        // The last eight bytes without those of them that were added.
        (left @ 1..8, Some(last)) => {
            let last = u64::from_le_bytes(*last) >> (64 - 8 * left);
            add_u64(acc, last.to_le())
        }
        _ => add_u64(acc, sum_few(rest)),
    }
}

/// Adds a number as it lies in memory.
#[inline(always)]
fn add_u64(acc: usize, value: u64) -> usize {
    match WORD {
        8 => add_word(acc, value as usize),
        _ => add_word(add_word(acc, value as usize), (value >> 32) as usize),
    }
}

/// The sum of less than eight bytes.
#[inline]
fn sum_few(bytes: &[u8]) -> u64 {
    let (words, last) = bytes.as_chunks::<2>();
    let sum: u64 = words.iter().map(|word| u64::from(u16::from_ne_bytes(*word))).sum();
    sum + last.first().map_or(0, |byte| u64::from(u16::from_ne_bytes([*byte, 0])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, word by word, big-endian.
    fn reference(bytes: &[u8]) -> u16 {
        let mut sum = 0u32;
        for pair in bytes.chunks(2) {
            let low = pair.get(1).copied().unwrap_or(0);
            sum += u32::from(u16::from_be_bytes([pair[0], low]));
            sum = (sum & 0xffff) + (sum >> 16);
        }
        sum as u16
    }

    /// Bytes that repeat with no short period.
    fn noise<const N: usize>() -> [u8; N] {
        let mut state = 0x9e37_79b9_u32;
        core::array::from_fn(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
    }

    #[test]
    fn every_length_matches_the_definition() {
        let data = noise::<1600>();
        for len in 0..=data.len() {
            assert_eq!(Sum::of(&data[..len]).fold(), reference(&data[..len]), "length {len}");
        }
    }

    #[test]
    fn all_ones_carry_through_every_word() {
        let data = [0xff; 300];
        for len in 0..=data.len() {
            assert_eq!(Sum::of(&data[..len]).fold(), reference(&data[..len]), "length {len}");
        }
    }

    #[test]
    fn pieces_of_any_length_sum_as_the_whole() {
        let data = noise::<200>();
        for first in 0..70 {
            for second in 0..70 {
                let (a, rest) = data.split_at(first);
                let (b, c) = rest.split_at(second);
                let sum = Sum::ZERO.then(a).then(b).then(c);
                assert_eq!(sum.fold(), reference(&data), "cut at {first} and {second}");
                let joined = Sum::of(a).join(Sum::of(b)).join(Sum::of(c));
                assert_eq!(joined.fold(), reference(&data), "joined at {first} and {second}");
            }
        }
    }

    #[test]
    fn starting_unaligned_changes_nothing() {
        let data = noise::<120>();
        for start in 0..16 {
            assert_eq!(Sum::of(&data[start..]).fold(), reference(&data[start..]));
        }
    }

    #[test]
    fn the_example_of_rfc_1071() {
        let data = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7];
        assert_eq!(Sum::of(&data).fold(), 0xddf2);
        assert_eq!(Sum::of(&data).finish(), 0x220d);
    }

    #[test]
    fn nothing_but_zeros_sums_to_zero() {
        assert_eq!(Sum::of(&[0; 64]).fold(), 0);
        assert_eq!(Sum::of(&[0; 64]).finish(), 0xffff);
        assert!(!Sum::of(&[0; 64]).is_valid());
    }

    #[test]
    fn udp_never_sends_zero() {
        assert_eq!(Sum::of(&[0xff, 0xff]).finish(), 0);
        assert_eq!(Sum::of(&[0xff, 0xff]).finish_udp(), 0xffff);
        assert_eq!(Sum::of(&[0xff, 0xfe]).finish_udp(), 1);
    }

    #[test]
    fn copying_sums_what_it_copied() {
        let src = noise::<9000>();
        for len in [0, 1, 2, 63, 64, 65, 1459, 1460, 1500, 4095, 4096, 4097, 8193, 9000] {
            let mut dst = [0u8; 9000];
            let sum = copy_and_sum(&mut dst[..len], &src[..len]);
            assert_eq!(dst[..len], src[..len]);
            assert_eq!(sum.fold(), reference(&src[..len]), "length {len}");
        }
    }

    #[test]
    fn the_shorter_side_limits_the_copy() {
        let mut dst = [0u8; 4];
        assert_eq!(copy_and_sum(&mut dst, &[1, 2]).fold(), 0x0102);
        assert_eq!(copy_and_sum(&mut dst[..1], &[1, 2]).fold(), 0x0100);
    }

    #[test]
    fn incremental_update_equals_recomputing() {
        let mut data = noise::<40>();
        for (old, new) in [(0u16, 1u16), (0xffff, 0), (0, 0xffff), (0x5555, 0x5555), (7, 0xfff9)] {
            data[10..12].copy_from_slice(&old.to_be_bytes());
            let before = Sum::of(&data).finish();
            data[10..12].copy_from_slice(&new.to_be_bytes());
            assert_eq!(update_u16(before, old, new), Sum::of(&data).finish());
        }
        let before = Sum::of(&data).finish();
        let old = u32::from_be_bytes([data[20], data[21], data[22], data[23]]);
        data[20..24].copy_from_slice(&[192, 0, 2, 1]);
        assert_eq!(update_u32(before, old, 0xc000_0201), Sum::of(&data).finish());
    }

    #[test]
    fn the_example_of_rfc_1624() {
        assert_eq!(update_u16(0xdd2f, 0x5555, 0x3285), 0x0000);
    }

    #[test]
    fn pseudo_headers_equal_their_bytes() {
        let (src, dst) = (Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(198, 51, 100, 254));
        let bytes = [192, 0, 2, 1, 198, 51, 100, 254, 0, 17, 0x12, 0x34];
        assert_eq!(pseudo_ipv4(src, dst, 17, 0x1234).fold(), reference(&bytes));

        let src = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
        let dst = Ipv6Addr::new(0xfe80, 0, 0, 0, 1, 2, 3, 4);
        let mut bytes = [0u8; 40];
        bytes[..16].copy_from_slice(&src.octets());
        bytes[16..32].copy_from_slice(&dst.octets());
        bytes[32..36].copy_from_slice(&70_000u32.to_be_bytes());
        bytes[39] = 58;
        assert_eq!(pseudo_ipv6(src, dst, 58, 70_000).fold(), reference(&bytes));
    }

    #[test]
    fn header_sum_is_the_general_sum() {
        let data = noise::<20>();
        assert_eq!(of_header(&data).fold(), reference(&data));
    }

    #[test]
    fn numbers_add_as_they_stand_in_the_packet() {
        assert_eq!(Sum::ZERO.then_u16(0x1234).then(&[0, 1]).fold(), 0x1235);
    }
}
