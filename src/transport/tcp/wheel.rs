// SPDX-License-Identifier: Apache-2.0
//! Which connection has to be looked at next: a heap of deadlines, indexed by slot.
//!
//! A connection's deadline moves with nearly every segment, nearly always to a later time. Its
//! entry is moved only when it gets earlier: one that comes up too soon is put back by whoever
//! finds nothing due. So a busy connection costs nothing here, and the earliest deadline is at hand.

/// Not in the heap.
const OUT: u16 = u16::MAX;

/// Deadlines of `N` slots, in milliseconds on a clock that wraps.
pub struct Agenda<const N: usize> {
    /// Slots, as a binary heap.
    heap: [u16; N],
    /// Where a slot stands in the heap.
    place: [u16; N],
    at: [u32; N],
    len: u16,
}

impl<const N: usize> Agenda<N> {
    /// Nothing to do.
    pub const fn new() -> Self {
        Agenda { heap: [0; N], place: [OUT; N], at: [0; N], len: 0 }
    }

    /// Sees to it that `slot` comes up at `at` or before.
    #[inline]
    pub fn arm(&mut self, slot: usize, at: u32) {
        let (Some(&place), Some(&known)) = (self.place.get(slot), self.at.get(slot)) else {
            return;
        };
        if place != OUT && !before(at, known) {
            return;
        }
        self.put(slot, place, at);
    }

    #[cold]
    fn put(&mut self, slot: usize, place: u16, at: u32) {
        if let Some(known) = self.at.get_mut(slot) {
            *known = at;
        }
        let place = if place == OUT {
            let end = usize::from(self.len);
            if end >= N {
                return;
            }
            self.len += 1;
            end
        } else {
            usize::from(place)
        };
        self.rise(place, slot as u16);
    }

    /// Takes `slot` out.
    pub fn disarm(&mut self, slot: usize) {
        let Some(place) = self.place.get_mut(slot).filter(|place| **place != OUT) else { return };
        let hole = usize::from(core::mem::replace(place, OUT));
        self.len -= 1;
        let end = usize::from(self.len);
        if hole == end {
            return;
        }
        let moved = self.slot_at(end);
        let place = self.sink(hole, moved);
        self.rise(place, moved);
    }

    /// The earliest deadline.
    #[inline]
    pub fn earliest(&self) -> Option<u32> {
        (self.len != 0).then(|| self.key(0))
    }

    /// Takes out the slot whose deadline has passed.
    pub fn pop_due(&mut self, now: u32) -> Option<usize> {
        let at = self.earliest()?;
        if before(now, at) {
            return None;
        }
        let slot = usize::from(self.slot_at(0));
        self.disarm(slot);
        Some(slot)
    }

    /// The slot at a place of the heap.
    #[inline]
    fn slot_at(&self, place: usize) -> u16 {
        self.heap.get(place).copied().unwrap_or(OUT)
    }

    /// The deadline of a slot.
    #[inline]
    fn at(&self, slot: u16) -> u32 {
        self.at.get(usize::from(slot)).copied().unwrap_or(0)
    }

    /// The deadline at a place of the heap.
    #[inline]
    fn key(&self, place: usize) -> u32 {
        self.at(self.slot_at(place))
    }

    /// Puts `slot` where it belongs, at `place` or above.
    fn rise(&mut self, mut place: usize, slot: u16) {
        while place > 0 {
            let parent = (place - 1) / 2;
            if !before(self.at(slot), self.key(parent)) {
                break;
            }
            self.set(place, self.slot_at(parent));
            place = parent;
        }
        self.set(place, slot);
    }

    /// Makes room for `slot` where it belongs, at `place` or below; returns the place.
    fn sink(&mut self, mut place: usize, slot: u16) -> usize {
        loop {
            let mut child = 2 * place + 1;
            if child >= usize::from(self.len) {
                return place;
            }
            if child + 1 < usize::from(self.len) && before(self.key(child + 1), self.key(child)) {
                child += 1;
            }
            if !before(self.key(child), self.at(slot)) {
                return place;
            }
            self.set(place, self.slot_at(child));
            place = child;
        }
    }

    fn set(&mut self, place: usize, slot: u16) {
        if let (Some(entry), Some(known)) =
            (self.heap.get_mut(place), self.place.get_mut(usize::from(slot)))
        {
            *entry = slot;
            *known = place as u16;
        }
    }
}

impl<const N: usize> Default for Agenda<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// Is `a` earlier than `b`?
#[inline]
const fn before(a: u32, b: u32) -> bool {
    (a.wrapping_sub(b) as i32) < 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_come_up_in_order_across_the_wrap() {
        let mut agenda: Agenda<64> = Agenda::new();
        let start = u32::MAX - 100;
        for slot in 0..64 {
            agenda.arm(slot, start.wrapping_add((slot as u32 * 37) % 64 * 5));
        }
        let mut last = start;
        for n in 0..64 {
            let at = agenda.earliest().unwrap();
            assert!(!before(at, last));
            assert!(agenda.pop_due(at.wrapping_sub(1)).is_none());
            let slot = agenda.pop_due(at).unwrap();
            assert_eq!(at, start.wrapping_add((slot as u32 * 37) % 64 * 5), "the {n}th");
            last = at;
        }
        assert_eq!(agenda.earliest(), None);
    }

    #[test]
    fn an_entry_moves_forward_only() {
        let mut agenda: Agenda<4> = Agenda::new();
        agenda.arm(1, 100);
        agenda.arm(2, 50);
        agenda.arm(2, 200);
        assert_eq!(agenda.earliest(), Some(50));
        agenda.arm(1, 10);
        assert_eq!(agenda.pop_due(10), Some(1));
        agenda.disarm(2);
        agenda.disarm(2);
        agenda.disarm(9);
        assert_eq!(agenda.earliest(), None);
    }

    #[test]
    fn any_slot_may_be_taken_out() {
        for out in 0..16 {
            let mut agenda: Agenda<16> = Agenda::new();
            for slot in 0..16 {
                agenda.arm(slot, ((slot * 7) % 16) as u32);
            }
            agenda.disarm(out);
            let mut last = 0;
            while let Some(slot) = agenda.pop_due(100) {
                let at = (slot as u32 * 7) % 16;
                assert!(slot != out && at >= last);
                last = at;
            }
        }
    }
}
