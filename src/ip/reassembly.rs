// SPDX-License-Identifier: Apache-2.0
//! Packets put together from fragments (RFC 791, 3.2; RFC 815; RFC 8200, 4.5).
//!
//! Called by: `stack::fragments`. Which fragments belong together is the caller's `K`; the rest is
//! alike for both IP versions. Memory is bounded: so many packets at a time, so many fragments each.
//!
//! Fragments that overlap tell of an attack or of a broken host; the whole packet goes, as RFC 5722, 4
//! demands for IPv6 and Linux does for both. One that is there already, of the same place and length,
//! is dropped alone: networks do duplicate packets.

use crate::base::{DropReason, Duration, Instant};
use crate::buf::{Pkt, PktList};

/// Bytes a packet of either version may have behind its headers.
const LONGEST: u32 = 65_535;
/// Fragments other than the last are a multiple of this long (RFC 791, 3.1).
const UNIT: u32 = 8;
/// Fragments may not take one in so many of the last buffers: others are waiting.
const RESERVED_SHARE: u32 = 8;

/// Fragments of up to `N` packets; `K` tells whose they are.
pub struct Reassembly<K, const N: usize> {
    slots: [Option<Partial<K>>; N],
    /// Most fragments of one packet.
    pieces_max: u8,
    /// How long a packet may take from its first fragment on.
    timeout: Duration,
}

/// A packet of which some fragments are there.
struct Partial<K> {
    key: K,
    /// In the order of their place, which lies in [`Pkt::effect_arg`].
    pieces: PktList,
    /// Bytes that are there.
    received: u32,
    /// Bytes there will be, once the last fragment is there.
    total: Option<u32>,
    /// Bytes of headers in front of the first fragment's content.
    header_len: u16,
    deadline: Instant,
}

/// A fragment: its content is the part of the payload, its headers have been pulled.
pub struct Piece<K> {
    /// Whose it is.
    pub key: K,
    /// Where it belongs, in bytes.
    pub offset: u16,
    /// More follow behind it.
    pub more: bool,
    /// Bytes of headers that were pulled off it.
    pub header_len: u16,
    /// The fragment.
    pub pkt: Pkt,
}

/// What became of a fragment.
pub enum Outcome {
    /// It waits for the others. True when it is the first there: the deadline may have moved.
    Kept(bool),
    /// All are there: the first with the others behind it, headers pulled, and their length.
    Whole(Pkt, u16),
    /// These are to be dropped.
    Refused(DropReason, PktList),
}

impl<K: Copy + PartialEq, const N: usize> Reassembly<K, N> {
    /// Nothing there yet.
    pub const fn new(pieces_max: u8, timeout: Duration) -> Self {
        Reassembly { slots: [const { None }; N], pieces_max, timeout }
    }

    /// Makes room for a fragment of `key`: when all places are taken by others, the oldest of them
    /// has to go, lest a flood of first fragments keep everybody out. What had to go.
    pub fn make_room(&mut self, key: K) -> PktList {
        let room = self.slots.iter().any(|s| s.as_ref().is_none_or(|p| p.key == key));
        if room {
            return PktList::new();
        }
        let oldest = self.slots.iter_mut().min_by_key(|s| s.as_ref().map(|p| p.deadline));
        oldest.and_then(Option::take).map_or(PktList::new(), |partial| partial.pieces)
    }

    /// Takes a fragment.
    pub fn add(&mut self, now: Instant, piece: Piece<K>) -> Outcome {
        let len = piece.pkt.len() as u32;
        let offset = u32::from(piece.offset);
        let end = offset + len;
        let odd = piece.more && !len.is_multiple_of(UNIT);
        if len == 0 || odd || end + u32::from(piece.header_len) > LONGEST {
            return refuse::<K>(DropReason::FragmentMalformed, None, piece.pkt);
        }
        let known = self.slots.iter().position(|s| s.as_ref().is_some_and(|p| p.key == piece.key));
        let place = known.or_else(|| self.slots.iter().position(Option::is_none));
        let Some(slot) = place.and_then(|at| self.slots.get_mut(at)) else {
            return refuse::<K>(DropReason::FragmentLimit, None, piece.pkt);
        };
        let deadline = now + self.timeout;
        let partial = slot.get_or_insert_with(|| Partial::new(piece.key, deadline));
        if partial.has(offset, len) {
            return refuse::<K>(DropReason::FragmentDuplicate, None, piece.pkt);
        }
        let reason = if partial.contradicts(offset, end, piece.more) {
            Some(DropReason::FragmentOverlap)
        } else if partial.pieces.len() >= usize::from(self.pieces_max) {
            Some(DropReason::FragmentLimit)
        } else {
            piece.pkt.home_is_scarce(RESERVED_SHARE).then_some(DropReason::NoBuffer)
        };
        if let Some(reason) = reason {
            return refuse(reason, slot.take(), piece.pkt);
        }
        partial.keep(piece, len, end);
        if partial.total == Some(partial.received) {
            return slot.take().map_or(Outcome::Kept(false), Partial::whole);
        }
        Outcome::Kept(known.is_none())
    }

    /// Takes a packet that was not completed in time: its fragments, the first of the packet in front
    /// if `true`, and the length of the headers pulled off that one.
    pub fn expire(&mut self, now: Instant) -> Option<(PktList, bool, u16)> {
        let slot = self.slots.iter_mut().find(|s| s.as_ref().is_some_and(|p| p.deadline <= now))?;
        let partial = slot.take()?;
        let begins = partial.pieces.front().is_some_and(|pkt| pkt.effect_arg() == 0);
        Some((partial.pieces, begins, partial.header_len))
    }

    /// When [`expire`](Self::expire) has something to do next.
    pub fn deadline(&self) -> Option<Instant> {
        self.slots.iter().flatten().map(|partial| partial.deadline).min()
    }
}

impl<K> Partial<K> {
    const fn new(key: K, deadline: Instant) -> Self {
        Partial { key, pieces: PktList::new(), received: 0, total: None, header_len: 0, deadline }
    }

    /// Is there a fragment of just this place and length?
    fn has(&self, offset: u32, len: u32) -> bool {
        self.pieces.any(|pkt| start_of(pkt) == offset && pkt.len() as u32 == len)
    }

    /// Does `offset..end` overlap with what is there, or with where the packet ends?
    fn contradicts(&self, offset: u32, end: u32, more: bool) -> bool {
        let beyond = match (self.total, more) {
            (Some(total), true) => end >= total,
            (Some(total), false) => end != total,
            (None, true) => false,
            (None, false) => self.pieces.any(|pkt| end_of(pkt) > end),
        };
        beyond || self.pieces.any(|pkt| offset < end_of(pkt) && start_of(pkt) < end)
    }

    /// Puts a fragment in its place.
    fn keep(&mut self, piece: Piece<K>, len: u32, end: u32) {
        let Piece { offset, more, header_len, mut pkt, .. } = piece;
        pkt.set_effect_arg(usize::from(offset));
        self.received += len;
        if !more {
            self.total = Some(end);
        }
        if offset == 0 {
            self.header_len = header_len;
        }
        let mut rest = core::mem::take(&mut self.pieces);
        while rest.front().is_some_and(|other| other.effect_arg() < usize::from(offset)) {
            if let Some(other) = rest.pop_front() {
                self.pieces.push_back(other);
            }
        }
        self.pieces.push_back(pkt);
        self.pieces.append(&mut rest);
    }

    /// Joins the fragments, of which none is missing.
    fn whole(mut self) -> Outcome {
        let Some(mut pkt) = self.pieces.pop_front() else { return Outcome::Kept(false) };
        while let Some(next) = self.pieces.pop_front() {
            if let Err(next) = pkt.join(next) {
                // Somebody else holds the buffers; they can't be chained.
                self.pieces.push_front(next);
                self.pieces.push_front(pkt);
                return Outcome::Refused(DropReason::NoBuffer, self.pieces);
            }
        }
        pkt.set_effect_arg(0);
        Outcome::Whole(pkt, self.header_len)
    }
}

fn start_of(pkt: &Pkt) -> u32 {
    pkt.effect_arg() as u32
}

fn end_of(pkt: &Pkt) -> u32 {
    start_of(pkt) + pkt.len() as u32
}

/// Drops a fragment together with those of its packet that are there already.
fn refuse<K>(reason: DropReason, partial: Option<Partial<K>>, pkt: Pkt) -> Outcome {
    let mut list = partial.map_or(PktList::new(), |partial| partial.pieces);
    list.push_back(pkt);
    Outcome::Refused(reason, list)
}

#[cfg(test)]
mod tests;
