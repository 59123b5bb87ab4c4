// SPDX-License-Identifier: Apache-2.0
//! Pairs of stream sockets: what is sent into one end is received from the other.
//!
//! Called by: `capi::socket`. No packet is involved: each direction is a ring of
//! `CONFIG_NET_SOCKETPAIR_BUFFER_SIZE` bytes.

use core::pin::pin;

use super::poll::Ready;
use crate::base::{Error, Result};
use crate::buf::faults;
use crate::config;
use crate::os::{Mutex, WaitQ, WaitSet};

/// Pairs at a time.
const PAIRS: usize = config::NET_SOCKETPAIR_MAX;
/// Bytes on their way in one direction.
const ROOM: usize = config::NET_SOCKETPAIR_BUFFER_SIZE;

/// Names one end of a pair; that of a pair closed meanwhile is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    slot: u8,
    side: u8,
    generation: u16,
}

impl End {
    /// As one word, for the descriptor table.
    pub const fn to_bits(self) -> u32 {
        (self.generation as u32) << 16 | (self.slot as u32) << 8 | self.side as u32
    }

    /// The reverse of [`to_bits`](Self::to_bits).
    pub const fn from_bits(bits: u32) -> Self {
        End { slot: (bits >> 8) as u8, side: bits as u8 & 1, generation: (bits >> 16) as u16 }
    }

    const fn peer(self) -> Self {
        End { side: self.side ^ 1, ..self }
    }
}

/// Bytes on their way to one end.
struct Ring {
    bytes: [u8; ROOM],
    first: usize,
    len: usize,
}

impl Ring {
    /// Takes as many of `from` as there is room for.
    fn put(&mut self, from: &[u8]) -> usize {
        let count = from.len().min(ROOM - self.len);
        let begin = (self.first + self.len) % ROOM;
        for (at, &byte) in from.iter().take(count).enumerate() {
            if let Some(place) = self.bytes.get_mut((begin + at) % ROOM) {
                *place = byte;
            }
        }
        self.len += count;
        count
    }

    /// Copies what there is behind the first `skip` bytes, as far as it fits.
    fn look(&self, skip: usize, to: &mut [u8]) -> usize {
        let count = to.len().min(self.len.saturating_sub(skip));
        for (at, place) in to.iter_mut().take(count).enumerate() {
            *place = self.bytes.get((self.first + skip + at) % ROOM).copied().unwrap_or(0);
        }
        count
    }

    fn drop_first(&mut self, count: usize) {
        self.first = (self.first + count) % ROOM;
        self.len -= count;
    }
}

struct Side {
    open: bool,
    /// It sends no more, for it said so or is closed.
    ended: bool,
    /// It receives no more.
    deaf: bool,
    incoming: Ring,
}

struct Slot {
    generation: u16,
    sides: [Side; 2],
}

impl Slot {
    const FREE: Slot = Slot { generation: 0, sides: [const { Side::CLOSED }; 2] };

    fn is_free(&self) -> bool {
        self.sides.iter().all(|side| !side.open)
    }

    /// This end and its peer.
    fn ends(&mut self, end: End) -> Result<(&mut Side, &mut Side)> {
        let same = self.generation == end.generation;
        let [a, b] = &mut self.sides;
        let (here, there) = if end.side == 0 { (a, b) } else { (b, a) };
        if same && here.open { Ok((here, there)) } else { Err(Error::BadF) }
    }
}

impl Side {
    const CLOSED: Side = Side {
        open: false,
        ended: false,
        deaf: false,
        incoming: Ring { bytes: [0; ROOM], first: 0, len: 0 },
    };
}

/// All pairs of one instance.
pub struct Pairs {
    slots: [Mutex<Slot>; PAIRS],
    waits: [[WaitQ; 2]; PAIRS],
}

impl Pairs {
    /// None yet.
    pub const fn new() -> Self {
        Pairs {
            slots: [const { Mutex::new(Slot::FREE) }; PAIRS],
            waits: [const { [const { WaitQ::new() }; 2] }; PAIRS],
        }
    }

    /// Makes a pair.
    ///
    /// # Errors
    /// [`Error::NoMem`] when all are in use.
    pub fn open(&self) -> Result<[End; 2]> {
        if faults::strike_place() {
            return Err(Error::NoMem);
        }
        for (index, slot) in self.slots.iter().enumerate() {
            let mut slot = slot.lock();
            if !slot.is_free() {
                continue;
            }
            slot.generation = slot.generation.wrapping_add(1);
            for side in &mut slot.sides {
                *side = Side { open: true, ..Side::CLOSED };
            }
            let generation = slot.generation;
            return Ok([0, 1].map(|side| End { slot: index as u8, side, generation }));
        }
        Err(Error::NoMem)
    }

    /// Closes one end. What it sent can still be received.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn close(&self, end: End) -> Result<()> {
        self.change(end, |here, _| {
            here.open = false;
            here.ended = true;
            here.deaf = true;
            Ok(())
        })
    }

    /// Receives no more, sends no more, or both.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn shutdown(&self, end: End, receive: bool, send: bool) -> Result<()> {
        self.change(end, |here, _| {
            here.deaf |= receive;
            here.ended |= send;
            Ok(())
        })
    }

    /// Sends as much of `parts`, joined, as there is room for; waits for room for some.
    ///
    /// # Errors
    /// [`Error::Pipe`] when nobody will receive it, [`Error::Again`] without room where waiting is not
    /// wanted, [`Error::BadF`] when the end was closed meanwhile.
    pub fn send(&self, end: End, nonblock: bool, parts: &[&[u8]]) -> Result<usize> {
        let nothing = parts.iter().all(|part| part.is_empty());
        self.until(end, nonblock, |here, there| {
            if here.ended || there.deaf {
                return Err(Error::Pipe);
            }
            let sent = parts.iter().map(|part| there.incoming.put(part)).sum();
            Ok((sent != 0 || nothing).then_some(sent))
        })
    }

    /// Receives what there is into `parts`, in order, as far as it fits; waits for some. 0 when the
    /// other end sends no more. With `peek` the data stays.
    ///
    /// # Errors
    /// [`Error::Again`] without data where waiting is not wanted, [`Error::BadF`] when the end was
    /// closed meanwhile.
    pub fn receive(
        &self,
        end: End,
        nonblock: bool,
        peek: bool,
        parts: &mut [&mut [u8]],
    ) -> Result<usize> {
        let nothing = parts.iter().all(|part| part.is_empty());
        self.until(end, nonblock, |here, there| {
            let mut taken = 0;
            for part in parts.iter_mut() {
                taken += here.incoming.look(taken, part);
            }
            if !peek {
                here.incoming.drop_first(taken);
            }
            Ok((taken != 0 || nothing || there.ended || here.deaf).then_some(taken))
        })
    }

    /// How many bytes can be received.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn readable(&self, end: End) -> Result<usize> {
        self.with(end, |here, _| Ok(here.incoming.len))
    }

    /// What the end is ready for.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn readiness(&self, end: End) -> Result<Ready> {
        self.with(end, |here, there| {
            let mut ready = Ready::empty();
            ready.set(Ready::IN, here.incoming.len != 0 || there.ended || here.deaf);
            ready.set(Ready::OUT, there.incoming.len < ROOM || there.deaf);
            ready.set(Ready::HUP, !there.open || there.ended && here.ended);
            Ok(ready)
        })
    }

    /// Who waits for one end.
    pub fn wait_queue(&self, end: End) -> Option<&WaitQ> {
        self.waits.get(usize::from(end.slot))?.get(usize::from(end.side))
    }

    fn with<R>(&self, end: End, f: impl FnOnce(&mut Side, &mut Side) -> Result<R>) -> Result<R> {
        let mut slot = self.slots.get(usize::from(end.slot)).ok_or(Error::BadF)?.lock();
        let (here, there) = slot.ends(end)?;
        f(here, there)
    }

    /// As [`with`](Self::with), for what those who wait for either end want to know.
    fn change<R>(&self, end: End, f: impl FnOnce(&mut Side, &mut Side) -> Result<R>) -> Result<R> {
        let result = self.with(end, f)?;
        for side in [end, end.peer()] {
            if let Some(queue) = self.wait_queue(side) {
                queue.wake_all();
            }
        }
        Ok(result)
    }

    /// Waits until `attempt` comes to something.
    fn until(
        &self,
        end: End,
        nonblock: bool,
        mut attempt: impl FnMut(&mut Side, &mut Side) -> Result<Option<usize>>,
    ) -> Result<usize> {
        let queue = self.wait_queue(end).ok_or(Error::BadF)?;
        loop {
            // In the queue before the look: what happens after the look wakes us.
            let waiter = pin!(WaitSet::<1>::new());
            waiter.as_ref().add(queue);
            if let Some(count) = self.with(end, &mut attempt)? {
                // Both ends: another thread may wait at this one for what is left.
                return self.change(end, |_, _| Ok(count)).or(Ok(count));
            }
            if nonblock || !waiter.as_ref().park(None) {
                return Err(Error::Again);
            }
        }
    }
}

impl Default for Pairs {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PAIR: Pairs = Pairs::new();

    #[test]
    fn bytes_come_out_at_the_other_end_in_order() {
        let [a, b] = PAIR.open().unwrap();
        assert_eq!(PAIR.send(a, true, &[b"ab", b"", b"cd"]), Ok(4));
        let (mut x, mut y) = ([0; 3], [0; 3]);
        assert_eq!(PAIR.receive(b, true, true, &mut [&mut x[..]]), Ok(3));
        assert_eq!(PAIR.receive(b, true, false, &mut [&mut x[..1], &mut y[..]]), Ok(4));
        assert_eq!((x[0], &y), (b'a', b"bcd"));
        assert_eq!(PAIR.receive(b, true, false, &mut [&mut x[..]]), Err(Error::Again));

        // Across the end of the ring, and no more than there is room for.
        let lot = [7; ROOM + 1];
        assert_eq!(PAIR.send(b, true, &[&lot]), Ok(ROOM));
        assert_eq!(PAIR.send(b, true, &[&lot]), Err(Error::Again));
        assert_eq!(PAIR.readable(a), Ok(ROOM));
        assert!(!PAIR.readiness(b).unwrap().contains(Ready::OUT));

        PAIR.close(b).unwrap();
        assert_eq!(PAIR.close(b), Err(Error::BadF));
        assert_eq!(PAIR.send(a, true, &[b"x"]), Err(Error::Pipe));
        let mut all = [0; ROOM + 1];
        assert_eq!(PAIR.receive(a, true, false, &mut [&mut all]), Ok(ROOM));
        assert_eq!(PAIR.receive(a, true, false, &mut [&mut all]), Ok(0));
        PAIR.close(a).unwrap();

        let [c, _] = PAIR.open().unwrap();
        assert_ne!(a, c, "names are not used twice");
        assert_eq!(PAIR.readable(a), Err(Error::BadF));
        PAIR.close(c).unwrap();
        PAIR.close(c.peer()).unwrap();
    }

    #[test]
    fn names_survive_the_table() {
        let end = End { slot: 3, side: 1, generation: 0xfedc };
        assert_eq!(End::from_bits(end.to_bits()), end);
    }
}
