// SPDX-License-Identifier: Apache-2.0
//! All connections of a stack, found by their four-tuple.

use super::Now;
use super::isn::Secret;
use super::state::{Flags, NONE, State, Tcb};
use super::syn::Syns;
use super::timewait::TimeWaits;
#[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
use super::wheel::Agenda;
use crate::base::hash::{HashIndex, buckets, mix};
use crate::base::{Endpoint, Error, IpAddr, Result};
use crate::buf::faults;
use crate::config;

/// Connections and listeners of one stack.
pub const CONNECTIONS: usize =
    if config::ZNET_TCP_CONNECTIONS == 0 { 1 } else { config::ZNET_TCP_CONNECTIONS };
const BUCKETS: usize = buckets(CONNECTIONS);

/// The blocks of all connections, and what is shared by them.
pub struct Connections {
    slots: [Tcb; CONNECTIONS],
    flows: HashIndex<BUCKETS, CONNECTIONS>,
    /// Which connection is to be looked at next.
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    agenda: Agenda<CONNECTIONS>,
    /// Handshakes of incoming connections.
    pub syns: Syns,
    /// Closed connections that are remembered.
    pub waits: TimeWaits,
    /// What sequence numbers are made with, once it was drawn.
    pub secret: Option<Secret>,
    /// The deadline that was told last, in milliseconds.
    pub told: Option<u32>,
    key: u32,
    /// Challenges left in the second that began at `challenge_at`.
    challenges: u16,
    challenge_at: u32,
    in_use: u16,
    orphans: u16,
    /// Where the search for a free slot begins.
    hand: u16,
}

impl Connections {
    /// No connections.
    pub const fn new() -> Self {
        Connections {
            slots: [const { Tcb::FREE }; CONNECTIONS],
            flows: HashIndex::new(),
            #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
            agenda: Agenda::new(),
            syns: Syns::new(),
            waits: TimeWaits::new(),
            secret: None,
            told: None,
            key: 0,
            challenges: 0,
            challenge_at: 0,
            in_use: 0,
            orphans: 0,
            hand: 0,
        }
    }

    /// Takes the secrets. The key of the index stays what it is while there are connections in it.
    pub fn set_secret(&mut self, bytes: [u8; 16], key: u32) {
        self.secret = Some(Secret::new(bytes));
        if self.in_use == 0 {
            self.key = key;
        }
    }

    /// Blocks in use.
    pub fn in_use(&self) -> usize {
        usize::from(self.in_use)
    }

    /// Connections whose socket is closed.
    pub fn orphans(&self) -> usize {
        usize::from(self.orphans)
    }

    /// The block of a slot.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn get(&self, slot: usize) -> Option<&Tcb> {
        self.slots.get(slot).filter(|t| t.is_in_use())
    }

    /// The block of a slot, to be changed.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn get_mut(&mut self, slot: usize) -> Option<&mut Tcb> {
        self.slots.get_mut(slot).filter(|t| t.is_in_use())
    }

    /// Blocks in use, with their slots.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Tcb)> {
        self.slots.iter().enumerate().filter(|(_, t)| t.is_in_use())
    }

    /// Takes a slot for a context.
    ///
    /// # Errors
    /// [`Error::NoMem`] when all are taken.
    pub fn open(&mut self, context: usize) -> Result<usize> {
        if faults::strike_place() {
            return Err(Error::NoMem);
        }
        for step in 0..CONNECTIONS {
            let slot = (usize::from(self.hand) + step) % CONNECTIONS;
            if let Some(t) = self.slots.get_mut(slot).filter(|t| !t.is_in_use()) {
                t.open(context as u16);
                self.in_use += 1;
                self.hand = ((slot + 1) % CONNECTIONS) as u16;
                return Ok(slot);
            }
        }
        Err(Error::NoMem)
    }

    /// Frees a slot; what its connection had queued is given up. `hash` is that of its end points.
    pub fn release(&mut self, slot: usize, hash: u32) {
        self.unlist(slot, hash);
        self.disarm(slot);
        let Some(t) = self.get_mut(slot) else { return };
        let orphan = t.flags.contains(Flags::ORPHAN);
        t.close();
        self.in_use -= 1;
        self.orphans -= u16::from(orphan);
    }

    /// Marks a connection as closed by its application.
    pub fn orphan(&mut self, slot: usize) {
        if let Some(t) = self.get_mut(slot)
            && !t.flags.contains(Flags::ORPHAN)
        {
            t.flags.insert(Flags::ORPHAN);
            self.orphans += 1;
        }
    }

    /// The hash of two end points.
    #[inline]
    pub fn hash(&self, local: &Endpoint, remote: &Endpoint) -> u32 {
        let ports = u32::from(remote.port) << 16 | u32::from(local.port);
        let ends = word(&remote.addr) ^ word(&local.addr).rotate_left(15);
        mix(ports, mix(ends, self.key))
    }

    /// Makes a connection findable.
    pub fn list(&mut self, slot: usize, hash: u32) {
        if let Some(t) = self.get_mut(slot)
            && !t.flags.contains(Flags::INDEXED)
        {
            t.flags.insert(Flags::INDEXED);
            self.flows.insert(hash, slot);
        }
    }

    /// The reverse of [`list`](Self::list).
    pub fn unlist(&mut self, slot: usize, hash: u32) {
        if let Some(t) = self.get_mut(slot)
            && t.flags.contains(Flags::INDEXED)
        {
            t.flags.remove(Flags::INDEXED);
            self.flows.remove(hash, slot);
        }
    }

    /// The connection with that hash whose context `is_it`.
    #[inline]
    pub fn find(&self, hash: u32, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        self.flows
            .chain(hash)
            .find(|&slot| self.slots.get(slot).is_some_and(|t| is_it(usize::from(t.context))))
    }

    /// Remembers a connection in TIME-WAIT; its block has nothing more to do.
    pub fn remember(
        &mut self,
        now: Now,
        hash: u32,
        slot: usize,
        ends: (Endpoint, Endpoint),
        iface: u8,
    ) {
        let Some(t) = self.slots.get_mut(slot) else { return };
        self.waits.add(now, hash, ends, iface, t);
        t.timers.stop_all();
        t.state = State::TimeWait;
    }

    /// May a challenge acknowledgement be sent (RFC 5961, 7)?
    pub fn may_challenge(&mut self, now: Now) -> bool {
        if now.ms.wrapping_sub(self.challenge_at) >= 1_000 {
            self.challenge_at = now.ms;
            self.challenges = config::ZNET_TCP_CHALLENGE_ACK_LIMIT as u16;
        }
        if self.challenges == 0 {
            return false;
        }
        self.challenges -= 1;
        true
    }

    /// The earliest deadline, in milliseconds.
    pub fn due(&self) -> Option<u32> {
        [self.first_due(), self.syns.due(), self.waits.due()].into_iter().flatten().reduce(earlier)
    }

    /// The earliest deadline of a connection; with an agenda it may be one that is past long ago.
    #[inline]
    pub fn first_due(&self) -> Option<u32> {
        #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
        return self.agenda.earliest();
        #[cfg(CONFIG_ZNET_PROFILE_TINY)]
        self.slots.iter().filter_map(|t| t.timers.earliest()).reduce(earlier)
    }

    /// A connection of which something may be due, and which is taken out of the agenda.
    pub fn pop_due(&mut self, now: u32) -> Option<usize> {
        #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
        return self.agenda.pop_due(now);
        #[cfg(CONFIG_ZNET_PROFILE_TINY)]
        self.slots.iter().position(|t| t.timers.is_due(now))
    }

    /// Puts a connection into the agenda for its earliest deadline.
    #[inline]
    pub fn rearm(&mut self, slot: usize) {
        #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
        if let Some(at) = self.get(slot).and_then(|t| t.timers.earliest()) {
            self.agenda.arm(slot, at);
        }
        let _ = slot;
    }

    /// Takes a connection out of the agenda.
    pub fn disarm(&mut self, slot: usize) {
        #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
        self.agenda.disarm(slot);
        let _ = slot;
    }

    /// Puts a new connection behind those that wait at its listener; false when they are enough.
    pub fn enqueue(&mut self, listener: usize, slot: usize) -> bool {
        let Some(l) = self.get(listener) else { return false };
        if l.state != State::Listen || l.backlog.len >= l.backlog.limit {
            return false;
        }
        let last = l.backlog.link;
        // The ring: the last one links to the first.
        let first = match self.get(usize::from(last)) {
            Some(t) => t.backlog.link,
            None => slot as u16,
        };
        if let Some(t) = self.get_mut(slot) {
            t.backlog.link = first;
            t.backlog.listener = listener as u16;
        }
        if let Some(t) = self.get_mut(usize::from(last)) {
            t.backlog.link = slot as u16;
        }
        if let Some(l) = self.get_mut(listener) {
            l.backlog.link = slot as u16;
            l.backlog.len += 1;
        }
        true
    }

    /// Takes the connection that has waited longest at a listener.
    pub fn dequeue(&mut self, listener: usize) -> Option<usize> {
        let last = usize::from(self.get(listener)?.backlog.link);
        let first = usize::from(self.get(last)?.backlog.link);
        let next = self.get(first)?.backlog.link;
        if let Some(t) = self.get_mut(first) {
            t.backlog.link = NONE;
            t.backlog.listener = NONE;
        }
        if let Some(t) = self.get_mut(last) {
            t.backlog.link = if first == last { NONE } else { next };
        }
        let l = self.get_mut(listener)?;
        if first == last {
            l.backlog.link = NONE;
        }
        l.backlog.len -= 1;
        Some(first)
    }

    /// Takes a connection that died out of its listener's queue.
    pub fn leave_queue(&mut self, slot: usize) {
        let Some(t) = self.get(slot) else { return };
        let listener = usize::from(t.backlog.listener);
        let Some(l) = self.get_mut(listener) else { return };
        // They wait already, even where fewer may since.
        let (len, limit) = (l.backlog.len, core::mem::replace(&mut l.backlog.limit, u16::MAX));
        // All others go round once.
        for _ in 0..len {
            match self.dequeue(listener) {
                Some(first) if first != slot => {
                    self.enqueue(listener, first);
                }
                _ => {}
            }
        }
        if let Some(l) = self.get_mut(listener) {
            l.backlog.limit = limit;
        }
    }
}

impl Default for Connections {
    fn default() -> Self {
        Self::new()
    }
}

/// The earlier of two points in time that wrap.
fn earlier(a: u32, b: u32) -> u32 {
    if (b.wrapping_sub(a) as i32) < 0 { b } else { a }
}

/// An address as a word, to be hashed.
#[inline]
fn word(addr: &IpAddr) -> u32 {
    match addr {
        #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
        IpAddr::V4(a) => u32::from_ne_bytes(a.octets()),
        #[cfg(CONFIG_NET_IPV6)]
        IpAddr::V6(a) => {
            let bits = a.to_bits();
            let half = (bits >> 64) as u64 ^ (bits as u64).rotate_left(29);
            half as u32 ^ (half >> 32) as u32
        }
    }
}
