// SPDX-License-Identifier: Apache-2.0
//! What [`wheel`](super::wheel) is where little flash and RAM count: the deadlines, and a walk over them.

/// Deadlines of `N` slots, in milliseconds on a clock that wraps.
pub struct Agenda<const N: usize> {
    /// 0 is none; what would be 0 is a millisecond later.
    at: [u32; N],
}

impl<const N: usize> Agenda<N> {
    /// Nothing to do.
    pub const fn new() -> Self {
        Agenda { at: [0; N] }
    }

    /// Sees to it that `slot` comes up at `at` or before.
    pub fn arm(&mut self, slot: usize, at: u32) {
        if let Some(known) = self.at.get_mut(slot)
            && (*known == 0 || before(at, *known))
        {
            *known = at.max(1);
        }
    }

    /// Takes `slot` out.
    pub fn disarm(&mut self, slot: usize) {
        if let Some(at) = self.at.get_mut(slot) {
            *at = 0;
        }
    }

    /// The earliest deadline.
    pub fn earliest(&self) -> Option<u32> {
        self.first().map(|(_, at)| at)
    }

    /// Takes out the slot whose deadline has passed.
    pub fn pop_due(&mut self, now: u32) -> Option<usize> {
        let (slot, _) = self.first().filter(|&(_, at)| !before(now, at))?;
        self.disarm(slot);
        Some(slot)
    }

    fn first(&self) -> Option<(usize, u32)> {
        let armed = self.at.iter().copied().enumerate().filter(|&(_, at)| at != 0);
        armed.reduce(|best, next| if before(next.1, best.1) { next } else { best })
    }
}

impl<const N: usize> Default for Agenda<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// Is `a` earlier than `b`?
const fn before(a: u32, b: u32) -> bool {
    (a.wrapping_sub(b) as i32) < 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_come_up_in_order_across_the_wrap() {
        let mut agenda: Agenda<64> = Agenda::default();
        let start = u32::MAX - 100;
        let at = |slot: usize| start.wrapping_add((slot as u32 * 37) % 64 * 5).max(1);
        for slot in 0..64 {
            agenda.arm(slot, at(slot));
            agenda.arm(slot, at(slot).wrapping_add(7));
        }
        let mut last = start;
        for n in 0..64 {
            let next = agenda.earliest().unwrap();
            assert!(!before(next, last));
            assert!(agenda.pop_due(next.wrapping_sub(1)).is_none());
            let slot = agenda.pop_due(next).unwrap();
            assert_eq!(next, at(slot), "the {n}th");
            last = next;
        }
        assert_eq!(agenda.earliest(), None);
    }

    #[test]
    fn an_entry_moves_forward_only_and_may_be_taken_out() {
        let mut agenda: Agenda<4> = Agenda::new();
        agenda.arm(1, 100);
        agenda.arm(2, 50);
        agenda.arm(2, 200);
        assert_eq!(agenda.earliest(), Some(50));
        agenda.arm(1, 10);
        assert_eq!(agenda.pop_due(10), Some(1));
        agenda.disarm(2);
        agenda.disarm(9);
        assert_eq!(agenda.earliest(), None);
    }
}
