// SPDX-License-Identifier: Apache-2.0
//! Counters to wait for (`eventfd`): written, they count up; read, down to zero or by one.
//!
//! Called by: `capi::socket`.

use core::pin::pin;

use super::poll::Ready;
use crate::base::{Error, Result};
use crate::buf::faults;
use crate::config;
use crate::os::{IrqCell, WaitQ, WaitSet};

/// Counters at a time.
const EVENTS: usize = config::ZVFS_EVENTFD_MAX;
/// The highest count; one more is no count but a mistake.
const MOST: u64 = u64::MAX - 1;

/// Names a counter; that of one closed meanwhile is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId {
    slot: u16,
    generation: u16,
}

impl EventId {
    /// As one word, for the descriptor table.
    pub const fn to_bits(self) -> u32 {
        (self.generation as u32) << 16 | self.slot as u32
    }

    /// The reverse of [`to_bits`](Self::to_bits).
    pub const fn from_bits(bits: u32) -> Self {
        EventId { slot: bits as u16, generation: (bits >> 16) as u16 }
    }
}

struct Slot {
    generation: u16,
    open: bool,
    /// Read one at a time.
    semaphore: bool,
    count: u64,
}

/// All counters of one instance.
pub struct Events {
    slots: [IrqCell<Slot>; EVENTS],
    waits: [WaitQ; EVENTS],
}

impl Events {
    /// None yet.
    pub const fn new() -> Self {
        const FREE: Slot = Slot { generation: 0, open: false, semaphore: false, count: 0 };
        Events {
            slots: [const { IrqCell::new(FREE) }; EVENTS],
            waits: [const { WaitQ::new() }; EVENTS],
        }
    }

    /// Makes a counter that stands at `count`; with `semaphore` a read takes one.
    ///
    /// # Errors
    /// [`Error::NoMem`] when all are in use.
    pub fn open(&self, count: u64, semaphore: bool) -> Result<EventId> {
        if faults::strike_place() {
            return Err(Error::NoMem);
        }
        let claim = |index: usize, slot: &mut Slot| {
            if slot.open {
                return None;
            }
            let generation = slot.generation.wrapping_add(1);
            *slot = Slot { generation, open: true, semaphore, count };
            Some(EventId { slot: index as u16, generation })
        };
        let mut slots = self.slots.iter().enumerate();
        slots.find_map(|(index, slot)| slot.with(|slot| claim(index, slot))).ok_or(Error::NoMem)
    }

    /// Closes a counter.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn close(&self, id: EventId) -> Result<()> {
        self.with(id, |slot| {
            slot.open = false;
            Ok(())
        })?;
        self.wake(id);
        Ok(())
    }

    /// Waits until the count is not zero, and takes it, or one of it.
    ///
    /// # Errors
    /// [`Error::Again`] at zero where waiting is not wanted, [`Error::BadF`] when it was closed.
    pub fn read(&self, id: EventId, nonblock: bool) -> Result<u64> {
        self.until(id, nonblock, |slot| {
            let taken = if slot.semaphore { slot.count.min(1) } else { slot.count };
            slot.count -= taken;
            (taken != 0).then_some(taken)
        })
    }

    /// Adds `count`; waits until there is room for it.
    ///
    /// # Errors
    /// [`Error::Inval`] for more than ever fits, [`Error::Again`] where waiting is not wanted,
    /// [`Error::BadF`] when it was closed.
    pub fn write(&self, id: EventId, nonblock: bool, count: u64) -> Result<()> {
        if count > MOST {
            return Err(Error::Inval);
        }
        self.until(id, nonblock, |slot| {
            slot.count = slot.count.checked_add(count).filter(|&sum| sum <= MOST)?;
            Some(count)
        })
        .map(drop)
    }

    /// What the counter is ready for.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn readiness(&self, id: EventId) -> Result<Ready> {
        self.with(id, |slot| {
            let mut ready = Ready::empty();
            ready.set(Ready::IN, slot.count != 0);
            ready.set(Ready::OUT, slot.count < MOST);
            Ok(ready)
        })
    }

    /// Who waits for a counter.
    pub fn wait_queue(&self, id: EventId) -> Option<&WaitQ> {
        self.waits.get(usize::from(id.slot))
    }

    fn wake(&self, id: EventId) {
        if let Some(queue) = self.wait_queue(id) {
            queue.wake_all();
        }
    }

    fn with<R>(&self, id: EventId, f: impl FnOnce(&mut Slot) -> Result<R>) -> Result<R> {
        let slot = self.slots.get(usize::from(id.slot)).ok_or(Error::BadF)?;
        slot.with(|slot| match slot.open && slot.generation == id.generation {
            true => f(slot),
            false => Err(Error::BadF),
        })
    }

    /// Waits until `attempt` comes to something.
    fn until(
        &self,
        id: EventId,
        nonblock: bool,
        mut attempt: impl FnMut(&mut Slot) -> Option<u64>,
    ) -> Result<u64> {
        let queue = self.wait_queue(id).ok_or(Error::BadF)?;
        loop {
            // In the queue before the look: what happens after the look wakes us.
            let waiter = pin!(WaitSet::<1>::new());
            waiter.as_ref().add(queue);
            if let Some(done) = self.with(id, |slot| Ok(attempt(slot)))? {
                self.wake(id);
                return Ok(done);
            }
            if nonblock || !waiter.as_ref().park(None) {
                return Err(Error::Again);
            }
        }
    }
}

impl Default for Events {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_up_and_down() {
        static COUNTERS: Events = Events::new();
        let all = COUNTERS.open(2, false).unwrap();
        assert_eq!(COUNTERS.write(all, true, 3), Ok(()));
        assert_eq!(COUNTERS.readiness(all), Ok(Ready::IN | Ready::OUT));
        assert_eq!(COUNTERS.read(all, true), Ok(5));
        assert_eq!(COUNTERS.read(all, true), Err(Error::Again));
        assert_eq!(COUNTERS.write(all, true, u64::MAX), Err(Error::Inval));
        assert_eq!(COUNTERS.write(all, true, MOST), Ok(()));
        assert_eq!(COUNTERS.write(all, true, 0), Ok(()));
        assert_eq!(COUNTERS.write(all, true, 1), Err(Error::Again));
        assert_eq!(COUNTERS.readiness(all), Ok(Ready::IN));
        COUNTERS.close(all).unwrap();
        assert_eq!(COUNTERS.read(all, true), Err(Error::BadF));

        let one = COUNTERS.open(2, true).unwrap();
        assert_ne!(one, all, "names are not used twice");
        assert_eq!(COUNTERS.read(one, true), Ok(1));
        assert_eq!(COUNTERS.read(one, true), Ok(1));
        assert_eq!(COUNTERS.read(one, true), Err(Error::Again));
        assert_eq!(EventId::from_bits(one.to_bits()), one);
        COUNTERS.close(one).unwrap();
    }
}
