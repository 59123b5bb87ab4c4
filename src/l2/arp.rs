// SPDX-License-Identifier: Apache-2.0
//! The ARP cache (RFC 826) and its upkeep (RFC 1122, 2.3.2).
//!
//! Called by: `stack::rx` (packets), `stack::tx` (resolution), `stack::timers`. Calls: nobody; it
//! returns what is to be sent and what is to be dropped.

use core::mem;

use crate::base::hash::{HashIndex, buckets, mix};
use crate::base::{Duration, EthAddr, Instant, Ipv4Addr};
use crate::buf::{Pkt, PktList};
use crate::config;

/// Entries of the cache. At least one, so that a gateway can always be resolved.
const ENTRIES: usize = if config::NET_ARP_TABLE_SIZE == 0 { 1 } else { config::NET_ARP_TABLE_SIZE };
const BUCKETS: usize = buckets(ENTRIES);

/// Packets that wait for one neighbour (RFC 1122, 2.3.2.2 asks for at least one).
const QUEUE_LIMIT: usize = 3;
/// Pause between two requests for one address: no more than one a second (RFC 1122, 2.3.2.1).
const RETRY: Duration = Duration::from_secs(1);
/// Requests before a neighbour counts as unreachable.
const TRIES: u8 = 3;
/// How long an answer is believed without being confirmed.
const FRESH: Duration = Duration::from_secs(60);
/// How long an unused entry stays in the cache after it went stale.
const KEEP: Duration = Duration::from_secs(20 * 60);
/// A fresh entry's address is not changed within this time, so that two stations which claim one
/// address, or a forger, cannot make it flap.
const LOCK: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Free,
    /// Requests are out, nothing is known yet; `at` is the time of the next request.
    Incomplete,
    /// Believed until `at`.
    Fresh,
    /// Not confirmed lately; used, and probed at first use. Forgotten at `at`.
    Stale,
    /// In use while a unicast probe is out (RFC 1122, 2.3.2.1, method 2); `at` is the next probe's time.
    Probe,
}

struct Entry {
    state: State,
    tries: u8,
    iface: u8,
    mac: EthAddr,
    ip: Ipv4Addr,
    at: Instant,
    queue: PktList,
}

impl Entry {
    const FREE: Entry = Entry {
        state: State::Free,
        tries: 0,
        iface: 0,
        mac: EthAddr::UNSPECIFIED,
        ip: Ipv4Addr::UNSPECIFIED,
        at: Instant::ZERO,
        queue: PktList::new(),
    };

    fn is(&self, iface: u8, ip: Ipv4Addr) -> bool {
        self.ip == ip && self.iface == iface && self.state != State::Free
    }
}

/// The neighbours of all Ethernet interfaces of one stack.
pub struct Cache {
    index: HashIndex<BUCKETS, ENTRIES>,
    entries: [Entry; ENTRIES],
    key: u32,
    changes: Changes,
    /// No entry is due before this time.
    due: Instant,
    /// Until then no resolution is given up for another's sake.
    patience: Instant,
}

/// How often an entry went or became another, where somebody asks.
struct Changes(#[cfg(not(CONFIG_ZNET_PROFILE_TINY))] u32);

impl Changes {
    const fn new() -> Self {
        Changes(
            #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
            0,
        )
    }

    #[inline]
    fn note(&mut self) {
        #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
        {
            self.0 = self.0.wrapping_add(1);
        }
    }
}

/// What the cache wants done when it is asked for an address it does not know.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolve {
    /// The packet waits and a request is to be sent now.
    Request,
    /// The packet waits for a request that is already out.
    Wait,
}

/// What the passing of time brings.
pub enum Due {
    /// Ask (again) for `ip`; straight to `mac` when it is a probe, else to everybody.
    Request {
        /// Interface index.
        iface: u8,
        /// Address asked for.
        ip: Ipv4Addr,
        /// The station probed.
        mac: Option<EthAddr>,
    },
    /// Nobody answered; these packets cannot be delivered.
    Unreachable(PktList),
}

/// The sender fields of an ARP packet, already checked.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    /// Interface index on which the packet came.
    pub iface: u8,
    /// Sender protocol address.
    pub ip: Ipv4Addr,
    /// Sender hardware address.
    pub mac: EthAddr,
}

impl Cache {
    /// An empty cache.
    pub const fn new() -> Self {
        Cache {
            index: HashIndex::new(),
            entries: [Entry::FREE; ENTRIES],
            key: 0,
            changes: Changes::new(),
            due: Instant::from_micros(u64::MAX),
            patience: Instant::ZERO,
        }
    }

    /// Chooses the hash key; only while the cache is empty.
    pub fn set_key(&mut self, key: u32) {
        if self.is_empty() {
            self.key = key;
        }
    }

    /// True when no neighbour is known or being asked for.
    pub fn is_empty(&self) -> bool {
        self.entries.iter().all(|e| e.state == State::Free)
    }

    /// When [`poll`](Self::poll) has something to do next.
    pub fn deadline(&self) -> Option<Instant> {
        (self.due.as_micros() != u64::MAX).then_some(self.due)
    }

    /// The known neighbours: interface index, address, link address, and whether it is confirmed.
    pub fn iter(&self) -> impl Iterator<Item = (u8, Ipv4Addr, EthAddr, bool)> {
        self.entries
            .iter()
            .filter(|e| !matches!(e.state, State::Free | State::Incomplete))
            .map(|e| (e.iface, e.ip, e.mac, e.state == State::Fresh))
    }

    /// The link address of a neighbour, when one is known. A stale one is used and marked for a
    /// probe; the deadline says so.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn lookup(&mut self, iface: u8, ip: Ipv4Addr) -> Option<EthAddr> {
        let slot = self.find(iface, ip)?;
        let entry = self.entries.get_mut(slot)?;
        match entry.state {
            State::Fresh | State::Probe => Some(entry.mac),
            State::Stale => {
                entry.state = State::Probe;
                entry.tries = 0;
                entry.at = Instant::ZERO;
                self.due = Instant::ZERO;
                Some(entry.mac)
            }
            State::Free | State::Incomplete => None,
        }
    }

    /// A number that changes with each entry that goes or becomes another: while it stays what it was, a
    /// [fresh](Self::is_fresh) entry is what it was.
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    #[inline]
    pub const fn changes(&self) -> u32 {
        self.changes.0
    }

    /// Was the neighbour heard of lately, so that looking it up changes nothing?
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    pub fn is_fresh(&self, iface: u8, ip: Ipv4Addr) -> bool {
        let entry = self.find(iface, ip).and_then(|slot| self.entries.get(slot));
        entry.is_some_and(|entry| entry.state == State::Fresh)
    }

    /// Queues `pkt` until `ip` is known. Gives back the packets that found no room: the oldest of a
    /// full queue, those of an entry that had to make place, or `pkt` itself.
    ///
    /// An address whose resolution was given up to make place may be asked for again at once; a
    /// table full of the unreachable would then send a request for every packet. So only one is
    /// given up in the time between two requests (RFC 1122, 2.3.2.1).
    pub fn resolve(
        &mut self,
        now: Instant,
        iface: u8,
        ip: Ipv4Addr,
        pkt: Pkt,
    ) -> (Resolve, PktList) {
        let mut dropped = PktList::new();
        let (slot, action) = match self.find(iface, ip) {
            Some(slot) => (slot, Resolve::Wait),
            None => {
                let Some(slot) = self.take_slot(now >= self.patience, &mut dropped) else {
                    dropped.push_back(pkt);
                    return (Resolve::Wait, dropped);
                };
                // Packets wait only for what is being resolved.
                if !dropped.is_empty() {
                    self.patience = now + RETRY;
                }
                self.fill(slot, State::Incomplete, Sender { iface, ip, mac: EthAddr::UNSPECIFIED });
                if let Some(entry) = self.entries.get_mut(slot) {
                    entry.tries = 1;
                    entry.at = now + RETRY;
                }
                self.due = self.due.min(now + RETRY);
                (slot, Resolve::Request)
            }
        };
        if let Some(entry) = self.entries.get_mut(slot) {
            entry.queue.push_back(pkt);
            if entry.queue.len() > QUEUE_LIMIT
                && let Some(oldest) = entry.queue.pop_front()
            {
                dropped.push_back(oldest);
            }
        }
        (action, dropped)
    }

    /// Learns from a packet's sender fields (RFC 826, "Packet Reception"). A new entry is made only
    /// when `create`: the packet was a request for one of our addresses, so an answer follows.
    /// Returns the link address and the packets that waited for it.
    pub fn learn(
        &mut self,
        now: Instant,
        sender: Sender,
        create: bool,
    ) -> (Option<PktList>, PktList) {
        let mut dropped = PktList::new();
        let Some(slot) = self.find(sender.iface, sender.ip) else {
            if create && let Some(slot) = self.take_slot(false, &mut dropped) {
                self.fill(slot, State::Fresh, sender);
                self.freshen(now, slot);
            }
            return (None, dropped);
        };
        let Some(entry) = self.entries.get_mut(slot) else { return (None, dropped) };
        let locked = entry.state == State::Fresh && now + FRESH < entry.at + LOCK;
        if locked && entry.mac != sender.mac {
            return (None, dropped);
        }
        self.changes.note();
        entry.mac = sender.mac;
        let waiting = mem::take(&mut entry.queue);
        self.freshen(now, slot);
        (Some(waiting), dropped)
    }

    /// Forgets the neighbours of one interface, or of all; returns what waited for them.
    pub fn clear(&mut self, iface: Option<u8>) -> PktList {
        let mut dropped = PktList::new();
        for slot in 0..ENTRIES {
            let matches = self
                .entries
                .get(slot)
                .is_some_and(|e| e.state != State::Free && iface.is_none_or(|i| i == e.iface));
            if matches {
                self.free(slot, &mut dropped);
            }
        }
        dropped
    }

    /// Does one thing that is due at `now`; `None` when nothing is, and the next deadline is set.
    pub fn poll(&mut self, now: Instant) -> Option<Due> {
        if now < self.due {
            return None;
        }
        let mut next = Instant::from_micros(u64::MAX);
        for slot in 0..ENTRIES {
            let Some(entry) = self.entries.get_mut(slot) else { break };
            if entry.state == State::Free {
                continue;
            }
            if now < entry.at {
                next = next.min(entry.at);
                continue;
            }
            match entry.state {
                State::Fresh => {
                    entry.state = State::Stale;
                    self.changes.note();
                    entry.at += KEEP;
                    next = next.min(entry.at);
                }
                State::Incomplete | State::Probe if entry.tries < TRIES => {
                    entry.tries += 1;
                    entry.at = now + RETRY;
                    let mac = (entry.state == State::Probe).then_some(entry.mac);
                    return Some(Due::Request { iface: entry.iface, ip: entry.ip, mac });
                }
                State::Incomplete => {
                    let mut dropped = PktList::new();
                    self.free(slot, &mut dropped);
                    return Some(Due::Unreachable(dropped));
                }
                State::Probe | State::Stale | State::Free => {
                    self.free(slot, &mut PktList::new());
                }
            }
        }
        self.due = next;
        None
    }

    #[inline]
    fn hash(&self, ip: Ipv4Addr) -> u32 {
        mix(ip.to_bits(), self.key)
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    // A closure would be called, where a loop is part of what it stands in.
    #[allow(clippy::manual_find)]
    fn find(&self, iface: u8, ip: Ipv4Addr) -> Option<usize> {
        for slot in self.index.chain(self.hash(ip)) {
            if self.entries.get(slot).is_some_and(|entry| entry.is(iface, ip)) {
                return Some(slot);
            }
        }
        None
    }

    fn freshen(&mut self, now: Instant, slot: usize) {
        if let Some(entry) = self.entries.get_mut(slot) {
            entry.state = State::Fresh;
            entry.tries = 0;
            entry.at = now + FRESH;
            self.due = self.due.min(entry.at);
        }
    }

    fn fill(&mut self, slot: usize, state: State, who: Sender) {
        if let Some(entry) = self.entries.get_mut(slot) {
            entry.state = state;
            entry.iface = who.iface;
            entry.ip = who.ip;
            entry.mac = who.mac;
        }
        self.index.insert(self.hash(who.ip), slot);
    }

    fn free(&mut self, slot: usize, dropped: &mut PktList) {
        let Some(entry) = self.entries.get_mut(slot) else { return };
        dropped.append(&mut entry.queue);
        entry.state = State::Free;
        self.changes.note();
        let ip = entry.ip;
        self.index.remove(self.hash(ip), slot);
    }

    /// A slot for a new entry: a free one, else the one that is least missed. One whose answer is
    /// awaited goes last, and only with `pending`: a flood of strangers cannot push it out.
    fn take_slot(&mut self, pending: bool, dropped: &mut PktList) -> Option<usize> {
        let rank = |e: &Entry| match e.state {
            State::Free => 0,
            State::Stale => 1,
            State::Fresh => 2,
            State::Probe => 3,
            State::Incomplete => 4,
        };
        let (slot, entry) = self.entries.iter().enumerate().min_by_key(|(_, e)| (rank(e), e.at))?;
        match entry.state {
            State::Free => {}
            State::Incomplete if !pending => return None,
            _ => self.free(slot, dropped),
        }
        Some(slot)
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}
