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
        let Some(&place) = self.place.get(slot) else { return };
        if place != OUT && !before(at, self.time(slot as u16)) {
            return;
        }
        self.put(slot, place, at);
    }

    #[cold]
    fn put(&mut self, slot: usize, place: u16, at: u32) {
        if let Some(old) = self.at.get_mut(slot) {
            *old = at;
        }
        let place = if place == OUT {
            let end = usize::from(self.len);
            let Some(free) = self.heap.get_mut(end) else { return };
            *free = slot as u16;
            self.len += 1;
            end
        } else {
            usize::from(place)
        };
        self.rise(place);
    }

    /// Takes `slot` out.
    pub fn disarm(&mut self, slot: usize) {
        let Some(entry) = self.place.get_mut(slot) else { return };
        let place = core::mem::replace(entry, OUT);
        if place == OUT {
            return;
        }
        self.len -= 1;
        let (hole, end) = (usize::from(place), usize::from(self.len));
        if hole == end {
            return;
        }
        self.set(hole, self.slot(end));
        self.sink(hole);
        self.rise(hole);
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
        let slot = usize::from(self.slot(0));
        self.disarm(slot);
        Some(slot)
    }

    /// The slot at a place of the heap. Places are below `len`; what panics otherwise has no business on
    /// a segment's way, so one that is not there reads as no slot.
    fn slot(&self, place: usize) -> u16 {
        self.heap.get(place).copied().unwrap_or(OUT)
    }

    fn time(&self, slot: u16) -> u32 {
        self.at.get(usize::from(slot)).copied().unwrap_or(0)
    }

    fn key(&self, place: usize) -> u32 {
        self.time(self.slot(place))
    }

    fn rise(&mut self, mut place: usize) {
        let slot = self.slot(place);
        while place > 0 {
            let parent = (place - 1) / 2;
            if !before(self.time(slot), self.key(parent)) {
                break;
            }
            self.set(place, self.slot(parent));
            place = parent;
        }
        self.set(place, slot);
    }

    fn sink(&mut self, mut place: usize) {
        let slot = self.slot(place);
        loop {
            let mut child = 2 * place + 1;
            if child >= usize::from(self.len) {
                break;
            }
            if child + 1 < usize::from(self.len) && before(self.key(child + 1), self.key(child)) {
                child += 1;
            }
            if !before(self.key(child), self.time(slot)) {
                break;
            }
            self.set(place, self.slot(child));
            place = child;
        }
        self.set(place, slot);
    }

    fn set(&mut self, place: usize, slot: u16) {
        if let (Some(at), Some(back)) =
            (self.heap.get_mut(place), self.place.get_mut(usize::from(slot)))
        {
            *at = slot;
            *back = place as u16;
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
