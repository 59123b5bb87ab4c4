// SPDX-License-Identifier: Apache-2.0
//! The descriptor table: small numbers for what applications have open.
//!
//! A lookup is two loads and takes no lock. It yields a *name*, not a reference: the object behind
//! it is looked up again under its own lock, where a name of something closed meanwhile is refused.

use core::sync::atomic::{AtomicU32, Ordering};

use crate::base::{Error, Result};
use crate::buf::faults;
use crate::config;
use crate::os::irq;
use crate::transport::ContextId;

/// Descriptors at once.
pub const OPEN_MAX: usize = if config::ZVFS_OPEN_MAX == 0 { 4 } else { config::ZVFS_OPEN_MAX };

/// What a descriptor stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A datagram socket over this context.
    #[cfg(CONFIG_NET_UDP)]
    Datagram(ContextId),
    /// A stream socket over this context.
    #[cfg(CONFIG_NET_TCP)]
    Stream(ContextId),
    /// A socket without a transport protocol, over this context.
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    Raw(ContextId),
}

impl Kind {
    /// The context behind it, whatever its kind.
    #[inline]
    pub const fn context(self) -> ContextId {
        match self {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(id) => id,
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => id,
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(id) => id,
        }
    }
}

/// What else a descriptor can stand for: what is no socket over a context.
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// One end of a pair.
    #[cfg(CONFIG_NET_SOCKETPAIR)]
    Pair(super::pair::End),
    /// A counter to wait for.
    #[cfg(CONFIG_ZVFS_EVENTFD)]
    Event(super::event::EventId),
    /// Something of the application's, of a driver's or of a library's, by the name that the table
    /// of such things gave it.
    Object(u32),
}

#[cfg(CONFIG_ZNET_FD_OBJECTS)]
impl Other {
    /// As two words: what it is, and its name.
    const fn to_words(self) -> (u32, u32) {
        match self {
            #[cfg(CONFIG_NET_SOCKETPAIR)]
            Other::Pair(end) => (PAIR, end.to_bits()),
            #[cfg(CONFIG_ZVFS_EVENTFD)]
            Other::Event(id) => (EVENT, id.to_bits()),
            Other::Object(name) => (OBJECT, name),
        }
    }

    /// The reverse of [`to_words`](Self::to_words).
    const fn from_words(kind: u32, name: u32) -> Option<Other> {
        match kind {
            #[cfg(CONFIG_NET_SOCKETPAIR)]
            PAIR => Some(Other::Pair(super::pair::End::from_bits(name))),
            #[cfg(CONFIG_ZVFS_EVENTFD)]
            EVENT => Some(Other::Event(super::event::EventId::from_bits(name))),
            OBJECT => Some(Other::Object(name)),
            _ => None,
        }
    }
}

/// A descriptor's entry as it was at the time of the look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The object.
    pub kind: Kind,
    /// O_NONBLOCK is set.
    pub nonblock: bool,
}

const FREE: u32 = 0;
const RESERVED: u32 = 1;
#[cfg(CONFIG_NET_UDP)]
const DATAGRAM: u32 = 2;
#[cfg(CONFIG_NET_TCP)]
const STREAM: u32 = 3;
#[cfg(CONFIG_NET_SOCKETPAIR)]
const PAIR: u32 = 4;
#[cfg(CONFIG_ZVFS_EVENTFD)]
const EVENT: u32 = 5;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
const OBJECT: u32 = 6;
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
const RAW: u32 = 7;
const TYPE_MASK: u32 = 0xff;
const NONBLOCK: u32 = 1 << 8;

struct Entry {
    /// Type in the low byte, flags above.
    word: AtomicU32,
    /// The object's name.
    object: AtomicU32,
}

impl Entry {
    #[allow(clippy::declare_interior_mutable_const)]
    const CLOSED: Entry = Entry { word: AtomicU32::new(FREE), object: AtomicU32::new(0) };
}

/// All descriptors of one instance, and those of their objects that no other layer has.
pub struct FdTable {
    entries: [Entry; OPEN_MAX],
    /// Pairs of sockets.
    #[cfg(CONFIG_NET_SOCKETPAIR)]
    pub pairs: super::pair::Pairs,
    /// Counters to wait for.
    #[cfg(CONFIG_ZVFS_EVENTFD)]
    pub events: super::event::Events,
}

impl FdTable {
    /// A table with nothing open.
    pub const fn new() -> Self {
        FdTable {
            entries: [const { Entry::CLOSED }; OPEN_MAX],
            #[cfg(CONFIG_NET_SOCKETPAIR)]
            pairs: super::pair::Pairs::new(),
            #[cfg(CONFIG_ZVFS_EVENTFD)]
            events: super::event::Events::new(),
        }
    }

    /// Takes the lowest free descriptor; it stands for nothing until [`set`](Self::set).
    ///
    /// # Errors
    /// [`Error::MFile`] when all are open.
    pub fn reserve(&self) -> Result<i32> {
        irq::free(|| {
            let free = |e: &Entry| e.word.load(Ordering::Relaxed) == FREE;
            let index = self.entries.iter().position(free).ok_or(Error::MFile)?;
            if faults::strike_place() {
                return Err(Error::MFile);
            }
            if let Some(entry) = self.entries.get(index) {
                entry.word.store(RESERVED, Ordering::Relaxed);
            }
            Ok(index as i32)
        })
    }

    /// Says what a reserved descriptor stands for.
    pub fn set(&self, fd: i32, open: Open) {
        let Some(entry) = self.entry(fd) else { return };
        entry.object.store(open.kind.context().to_bits(), Ordering::Relaxed);
        let kind: u32 = match open.kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(_) => DATAGRAM,
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(_) => STREAM,
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(_) => RAW,
        };
        let word = kind | if open.nonblock { NONBLOCK } else { 0 };
        entry.word.store(word, Ordering::Release);
    }

    /// Says what a reserved descriptor stands for, when it is no socket over a context.
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    pub fn set_other(&self, fd: i32, other: Other, nonblock: bool) {
        let Some(entry) = self.entry(fd) else { return };
        let (kind, name) = other.to_words();
        entry.object.store(name, Ordering::Relaxed);
        entry.word.store(kind | if nonblock { NONBLOCK } else { 0 }, Ordering::Release);
    }

    /// What `fd` stands for and whether calls on it may not wait, when it is no socket over a context.
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    #[inline]
    pub fn other(&self, fd: i32) -> Option<(Other, bool)> {
        let entry = self.entry(fd)?;
        let word = entry.word.load(Ordering::Acquire);
        let other = Other::from_words(word & TYPE_MASK, entry.object.load(Ordering::Relaxed))?;
        Some((other, word & NONBLOCK != 0))
    }

    /// Closes `fd` if it still stands for `other`.
    ///
    /// # Errors
    /// [`Error::BadF`] when it does not.
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    pub fn remove_other(&self, fd: i32, other: Other) -> Result<()> {
        irq::free(|| {
            let same = self.other(fd).is_some_and(|(now, _)| now == other);
            let entry = self.entry(fd).filter(|_| same).ok_or(Error::BadF)?;
            entry.word.store(FREE, Ordering::Release);
            Ok(())
        })
    }

    /// Has `to`, which stands for `expected`, stand for what `from` does from now on; `from` is free then.
    ///
    /// # Errors
    /// [`Error::BadF`] when either is something else.
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    pub fn rename(&self, from: i32, to: i32, expected: Other) -> Result<()> {
        irq::free(|| {
            let same = self.other(to).is_some_and(|(now, _)| now == expected);
            let to = self.entry(to).filter(|_| same).ok_or(Error::BadF)?;
            let from = self.entry(from).ok_or(Error::BadF)?;
            let word = from.word.load(Ordering::Relaxed);
            if matches!(word & TYPE_MASK, FREE | RESERVED) {
                return Err(Error::BadF);
            }
            to.object.store(from.object.load(Ordering::Relaxed), Ordering::Relaxed);
            to.word.store(word, Ordering::Release);
            from.word.store(FREE, Ordering::Release);
            Ok(())
        })
    }

    /// Is `fd` taken, but does not stand for anything yet?
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    pub fn is_reserved(&self, fd: i32) -> bool {
        self.entry(fd).is_some_and(|e| e.word.load(Ordering::Acquire) & TYPE_MASK == RESERVED)
    }

    /// The context behind `fd` and whether calls on it may not wait, when it is a datagram socket.
    #[cfg(CONFIG_NET_UDP)]
    #[inline]
    pub fn datagram(&self, fd: i32) -> Option<(ContextId, bool)> {
        let entry = self.entry(fd)?;
        let word = entry.word.load(Ordering::Acquire);
        let id = ContextId::from_bits(entry.object.load(Ordering::Relaxed));
        (word & TYPE_MASK == DATAGRAM).then_some((id, word & NONBLOCK != 0))
    }

    /// What `fd` stands for.
    ///
    /// # Errors
    /// [`Error::BadF`] when it is not open.
    #[inline]
    pub fn get(&self, fd: i32) -> Result<Open> {
        let entry = self.entry(fd).ok_or(Error::BadF)?;
        let word = entry.word.load(Ordering::Acquire);
        let id = ContextId::from_bits(entry.object.load(Ordering::Relaxed));
        let kind = match word & TYPE_MASK {
            #[cfg(CONFIG_NET_UDP)]
            DATAGRAM => Kind::Datagram(id),
            #[cfg(CONFIG_NET_TCP)]
            STREAM => Kind::Stream(id),
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            RAW => Kind::Raw(id),
            _ => return Err(Error::BadF),
        };
        Ok(Open { kind, nonblock: word & NONBLOCK != 0 })
    }

    /// Closes `fd` and says what it stood for. Of two that close it at once, one gets the error.
    ///
    /// # Errors
    /// [`Error::BadF`] when it is not open.
    pub fn remove(&self, fd: i32) -> Result<Open> {
        irq::free(|| {
            let open = self.get(fd)?;
            self.entry(fd).ok_or(Error::BadF)?.word.store(FREE, Ordering::Release);
            Ok(open)
        })
    }

    /// Gives a reserved descriptor back.
    pub fn release(&self, fd: i32) {
        if let Some(entry) = self.entry(fd) {
            entry.word.store(FREE, Ordering::Release);
        }
    }

    /// Sets or clears O_NONBLOCK.
    ///
    /// # Errors
    /// [`Error::BadF`] when it is not open.
    pub fn set_nonblock(&self, fd: i32, on: bool) -> Result<()> {
        irq::free(|| {
            let entry = self.entry(fd).ok_or(Error::BadF)?;
            let word = entry.word.load(Ordering::Relaxed);
            if matches!(word & TYPE_MASK, FREE | RESERVED) {
                return Err(Error::BadF);
            }
            let word = if on { word | NONBLOCK } else { word & !NONBLOCK };
            entry.word.store(word, Ordering::Relaxed);
            Ok(())
        })
    }

    /// How many descriptors are open or reserved.
    pub fn in_use(&self) -> usize {
        self.entries.iter().filter(|e| e.word.load(Ordering::Relaxed) != FREE).count()
    }

    #[inline]
    fn entry(&self, fd: i32) -> Option<&Entry> {
        self.entries.get(usize::try_from(fd).ok()?)
    }
}

impl Default for FdTable {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(bits: u32) -> Open {
        Open { kind: Kind::Datagram(ContextId::from_bits(bits)), nonblock: false }
    }

    #[test]
    fn lowest_first_and_no_more_than_there_are() {
        let table = FdTable::new();
        for fd in 0..OPEN_MAX as i32 {
            assert_eq!(table.reserve(), Ok(fd));
            table.set(fd, open(fd as u32));
        }
        assert_eq!(table.reserve(), Err(Error::MFile));
        assert_eq!(table.remove(1), Ok(open(1)));
        assert_eq!(table.remove(1), Err(Error::BadF));
        assert_eq!(table.reserve(), Ok(1));
        assert_eq!(table.get(1), Err(Error::BadF), "reserved is not open");
        table.release(1);
        assert_eq!(table.in_use(), OPEN_MAX - 1);
    }

    #[test]
    fn numbers_out_of_range_are_bad() {
        let table = FdTable::new();
        for fd in [-1, i32::MIN, OPEN_MAX as i32, i32::MAX] {
            assert_eq!(table.get(fd), Err(Error::BadF));
            assert_eq!(table.remove(fd), Err(Error::BadF));
            assert_eq!(table.set_nonblock(fd, true), Err(Error::BadF));
        }
    }

    #[test]
    #[cfg(CONFIG_NET_TCP)]
    fn kinds_are_told_apart() {
        let table = FdTable::new();
        let id = ContextId::from_bits(9);
        for kind in [Kind::Datagram(id), Kind::Stream(id)] {
            let fd = table.reserve().unwrap();
            table.set(fd, Open { kind, nonblock: true });
            assert_eq!(table.get(fd), Ok(Open { kind, nonblock: true }));
            assert_eq!(kind.context(), id);
        }
    }

    #[test]
    fn nonblock_is_remembered() {
        let table = FdTable::new();
        let fd = table.reserve().unwrap();
        table.set(fd, open(7));
        table.set_nonblock(fd, true).unwrap();
        assert!(table.get(fd).unwrap().nonblock);
        table.set_nonblock(fd, false).unwrap();
        assert_eq!(table.get(fd), Ok(open(7)));
    }
}
