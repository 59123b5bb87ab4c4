// SPDX-License-Identifier: Apache-2.0
//! The caller's memory as one sequence of bytes: what is to be sent, and room for what came.

use super::context::fill_across;
use crate::buf::Pkt;
use crate::wire::checksum::{Sum, copy_and_sum};

/// What is left to be sent of some pieces of memory. A copy is a bookmark.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    parts: &'a [&'a [u8]],
    /// Bytes of the first part that are done with.
    at: usize,
    left: usize,
}

impl<'a> Source<'a> {
    /// All of `parts`, in order.
    pub fn new(parts: &'a [&'a [u8]]) -> Self {
        let left = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
        Source { parts, at: 0, left }
    }

    /// Bytes left.
    #[inline]
    pub const fn left(&self) -> usize {
        self.left
    }

    /// Up to `most` of the next bytes, as they lie in one part; empty at the end only.
    #[inline]
    fn next(&mut self, most: usize) -> &'a [u8] {
        while let [first, rest @ ..] = self.parts {
            let piece = first.get(self.at..).unwrap_or_default();
            let piece = piece.get(..most).unwrap_or(piece);
            if !piece.is_empty() {
                self.at += piece.len();
                self.left -= piece.len();
                return piece;
            }
            (self.parts, self.at) = (rest, 0);
        }
        &[]
    }

    /// Passes over the next `n` bytes.
    pub fn skip(&mut self, mut n: usize) {
        while n > 0 {
            match self.next(n).len() {
                0 => return,
                done => n -= done,
            }
        }
    }

    /// Copies the next `n` bytes behind the content of `pkt` and sums them; `None` when there is no
    /// room for them.
    #[inline]
    pub fn fill(&mut self, pkt: &mut Pkt, n: usize) -> Option<Sum> {
        let mut sum = Sum::ZERO;
        let mut left = n;
        while left > 0 {
            let piece = self.next(left);
            if piece.is_empty() {
                return None;
            }
            left -= piece.len();
            if let Some(room) = pkt.extend(piece.len()) {
                sum = sum.join(copy_and_sum(room, piece));
                continue;
            }
            // A chain of small buffers.
            sum = sum.join(fill_across(pkt, &[piece])?);
        }
        Some(sum)
    }
}

/// Room that is left in some pieces of memory.
pub struct Sink<'a, 'b> {
    parts: &'a mut [&'b mut [u8]],
    /// The part in use, and how much of it is.
    index: usize,
    at: usize,
    size: usize,
    taken: usize,
    /// Nothing is written: data is counted and gone.
    discard: bool,
}

impl<'a, 'b> Sink<'a, 'b> {
    /// All of `parts`, in order.
    pub fn new(parts: &'a mut [&'b mut [u8]], discard: bool) -> Self {
        let size = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
        Sink { parts, index: 0, at: 0, size, taken: 0, discard }
    }

    /// Bytes it took.
    #[inline]
    pub const fn taken(&self) -> usize {
        self.taken
    }

    /// Bytes it takes yet.
    #[inline]
    pub const fn left(&self) -> usize {
        self.size - self.taken
    }

    /// Begins anew.
    pub fn rewind(&mut self) {
        (self.index, self.at, self.taken) = (0, 0, 0);
    }

    /// Takes the content of `pkt` from byte `from` on, as much as there is room for.
    #[inline]
    pub fn take(&mut self, pkt: &Pkt, from: usize) {
        if self.discard {
            self.taken += pkt.len().saturating_sub(from).min(self.left());
            return;
        }
        // Nearly always it is in one piece, for which there is room in one part.
        if !cfg!(CONFIG_ZNET_PROFILE_TINY)
            && pkt.is_linear()
            && let Some(content) = pkt.head().get(from..)
            && let Some(part) = self.parts.get_mut(self.index)
            && let Some(room) = part.get_mut(self.at..).and_then(|r| r.get_mut(..content.len()))
        {
            room.copy_from_slice(content);
            self.at += content.len();
            self.taken += content.len();
            return;
        }
        let mut at = from;
        while let Some(part) = self.parts.get_mut(self.index) {
            let room = part.get_mut(self.at..).unwrap_or_default();
            let wanted = room.len();
            let n = pkt.copy_out(at, room);
            at += n;
            self.at += n;
            if n < wanted {
                break;
            }
            (self.index, self.at) = (self.index + 1, 0);
        }
        self.taken += at - from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buf::{NO_WAIT, Pools};
    use std::vec::Vec;

    fn pools() -> &'static Pools {
        std::boxed::Box::leak(std::boxed::Box::new(Pools::new()))
    }

    fn parts_of(bytes: &[u8], at: [usize; 3]) -> [&[u8]; 4] {
        let [a, b, c] = at;
        [&bytes[..a], &bytes[a..b], &bytes[b..c], &bytes[c..]]
    }

    #[test]
    fn pieces_go_into_packets_in_order_and_summed() {
        let bytes: Vec<u8> = (0..2000u32).map(|i| (i * 31).wrapping_shr(3) as u8).collect();
        let pools = pools();
        for cuts in [[0, 0, 2000], [1, 2, 3], [7, 7, 1000], [1459, 1460, 1461]] {
            let parts = parts_of(&bytes, cuts);
            let mut source = Source::new(&parts);
            let mut joined = Vec::new();
            for len in [1, 536, 1000, 463] {
                let mut pkt = pools.alloc_tx(64, len, NO_WAIT).unwrap();
                let sum = source.fill(&mut pkt, len).unwrap();
                let mut content = std::vec![0; len];
                assert_eq!(pkt.copy_out(0, &mut content), len);
                assert_eq!(sum.fold(), Sum::of(&content).fold(), "{cuts:?}");
                joined.extend(content);
            }
            assert_eq!(joined, bytes);
            assert_eq!(source.left(), 0);
        }
    }

    #[test]
    fn a_bookmark_stays() {
        let parts: [&[u8]; 3] = [b"ab", b"", b"cdef"];
        let mut source = Source::new(&parts);
        source.skip(1);
        let mark = source;
        source.skip(3);
        assert_eq!((source.left(), mark.left()), (2, 5));
        source.skip(100);
        assert_eq!(source.left(), 0);
    }

    #[test]
    fn packets_go_into_pieces_in_order() {
        let pools = pools();
        let mut pkt = pools.alloc_tx(0, 600, NO_WAIT).unwrap();
        let bytes: Vec<u8> = (0..600u32).map(|i| i as u8).collect();
        assert_eq!(pkt.append(&bytes), 600);
        let (mut a, mut b, mut c) = ([0; 3], [0; 0], [0; 1000]);
        let mut parts = [&mut a[..], &mut b[..], &mut c[..]];
        let mut sink = Sink::new(&mut parts, false);
        sink.take(&pkt, 10);
        assert_eq!((sink.taken(), sink.left()), (590, 413));
        sink.take(&pkt, 0);
        assert_eq!((sink.taken(), sink.left()), (1003, 0));
        sink.take(&pkt, 0);
        assert_eq!(sink.taken(), 1003);
        assert_eq!(a, bytes[10..13]);
        assert_eq!(c[..587], bytes[13..]);
        assert_eq!(c[587..], bytes[..413]);
    }

    #[test]
    fn what_is_discarded_is_counted() {
        let mut pkt = pools().alloc_tx(0, 100, NO_WAIT).unwrap();
        assert_eq!(pkt.append(&[1; 100]), 100);
        let mut room = [0; 150];
        let mut parts = [&mut room[..]];
        let mut sink = Sink::new(&mut parts, true);
        sink.take(&pkt, 30);
        sink.take(&pkt, 0);
        assert_eq!((sink.taken(), sink.left()), (150, 0));
        sink.rewind();
        assert_eq!(sink.taken(), 0);
        assert_eq!(room, [0; 150]);
    }
}
