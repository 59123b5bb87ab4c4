// SPDX-License-Identifier: Apache-2.0
//! The neighbour cache: who is reachable at which link address, what waits for an answer, and whether
//! the answer still holds (RFC 4861, 5.1 and 7).
//!
//! Called by: `stack::v6::neighbour`. It sends nothing: it says what is to be asked, and gives back
//! what is to be sent or dropped.

mod manage;

use core::mem;

pub use manage::Known;

use crate::base::hash::{HashIndex, buckets, mix};
use crate::base::{Duration, EthAddr, Instant, Ipv6Addr};
use crate::buf::{Pkt, PktList};
use crate::config;

const ENTRIES: usize =
    if config::NET_IPV6_MAX_NEIGHBORS == 0 { 1 } else { config::NET_IPV6_MAX_NEIGHBORS };
const BUCKETS: usize = buckets(ENTRIES);
/// Neighbours known at a time.
pub const NEIGHBOURS: usize = ENTRIES;

/// Packets that wait for one neighbour (RFC 4861, 7.2.2 asks for at least one).
const QUEUE_LIMIT: usize = 3;
/// MAX_MULTICAST_SOLICIT and MAX_UNICAST_SOLICIT.
const TRIES: u8 = 3;
/// DELAY_FIRST_PROBE_TIME.
const DELAY: Duration = Duration::from_secs(5);
const NEVER: Instant = Instant::from_micros(u64::MAX);

/// Reachability of a neighbour (RFC 4861, 7.3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// No entry.
    Free,
    /// Solicitations are out, nothing is known yet; due is the next one.
    Incomplete,
    /// Confirmed lately.
    Reachable,
    /// Not confirmed lately, and not used since.
    Stale,
    /// Used since it went stale; the time of that is found out at the next poll.
    Touched,
    /// Used since it went stale: somebody above may confirm it, or it is probed.
    Delay,
    /// Unicast solicitations are out.
    Probe,
    /// Set by hand: neither messages nor time change it.
    Permanent,
}

impl State {
    /// Whether time changes it.
    fn is_timed(self) -> bool {
        !matches!(self, State::Free | State::Stale | State::Permanent)
    }
}

struct Entry {
    state: State,
    tries: u8,
    iface: u8,
    router: bool,
    mac: EthAddr,
    ip: Ipv6Addr,
    at: Instant,
    queue: PktList,
}

impl Entry {
    /// All of it is zero, so that a table of them takes no flash.
    const FREE: Entry = Entry {
        state: State::Free,
        tries: 0,
        iface: 0,
        router: false,
        mac: EthAddr::UNSPECIFIED,
        ip: Ipv6Addr::UNSPECIFIED,
        at: Instant::ZERO,
        queue: PktList::new(),
    };
}

/// How long things take on an interface, as its routers say.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// How long a confirmation is believed.
    pub reachable: Duration,
    /// Pause between two solicitations.
    pub retrans: Duration,
}

/// A neighbour and its link address, as a message tells it.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    /// Interface index on which the message came.
    pub iface: u8,
    /// The neighbour.
    pub ip: Ipv6Addr,
    /// Its link address.
    pub mac: EthAddr,
}

/// A neighbour advertisement, already checked.
#[derive(Clone, Copy, Debug)]
pub struct Advert {
    /// Interface index on which it came.
    pub iface: u8,
    /// Whom it is about.
    pub ip: Ipv6Addr,
    /// The link address, when it tells one.
    pub mac: Option<EthAddr>,
    /// Its flag R.
    pub router: bool,
    /// Its flag S.
    pub solicited: bool,
    /// Its flag O.
    pub override_: bool,
}

/// What a message about a neighbour brings.
#[derive(Default)]
pub struct Learnt {
    /// Packets that waited, and where they go.
    pub waiting: Option<(EthAddr, PktList)>,
    /// Packets of an entry that had to make place.
    pub dropped: PktList,
    /// The neighbour was a router and is none any more (RFC 4861, 7.2.5).
    pub no_router: bool,
    /// It has been found to be reachable.
    pub confirmed: bool,
}

/// What the cache wants done when it is asked for an address it does not know.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolve {
    /// The packet waits and a solicitation is to be sent now.
    Solicit,
    /// The packet waits for an answer to one that is out, or was dropped.
    Wait,
}

/// What the passing of time brings.
pub enum Due {
    /// Ask for `ip`; straight to `mac` when it is a probe, else to its group.
    Solicit {
        /// Interface index.
        iface: u8,
        /// Whom to ask for.
        ip: Ipv6Addr,
        /// The station probed.
        mac: Option<EthAddr>,
    },
    /// Nobody answered; the packets cannot be delivered.
    Unreachable {
        /// Interface index.
        iface: u8,
        /// Who does not answer.
        ip: Ipv6Addr,
        /// What waited.
        queue: PktList,
    },
}

/// Entries that can come and go between two looks; nobody is told of more.
#[cfg(CONFIG_NET_MGMT_EVENT)]
const NEWS: usize = 4;

/// An entry that came or went.
#[cfg(CONFIG_NET_MGMT_EVENT)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// Interface index.
    pub iface: u8,
    /// The neighbour.
    pub ip: Ipv6Addr,
    /// Its place in the cache; `None` when it went.
    pub slot: Option<u16>,
}

/// The neighbours of all interfaces of one stack.
pub struct Cache {
    index: HashIndex<BUCKETS, ENTRIES>,
    entries: [Entry; ENTRIES],
    key: u32,
    /// The slot looked up last.
    recent: u16,
    /// Counts what [`changes`](Self::changes) says.
    changes: u32,
    /// No entry is due before this time.
    due: Instant,
    /// Until then no resolution is given up for another's sake.
    patience: Instant,
    /// Entries that came and went and of whom nobody has been told.
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    news: heapless::Vec<News, NEWS>,
}

impl Cache {
    /// An empty cache.
    pub const fn new() -> Self {
        Cache {
            index: HashIndex::new(),
            entries: [const { Entry::FREE }; ENTRIES],
            key: 0,
            recent: 0,
            changes: 0,
            due: Instant::ZERO,
            patience: Instant::ZERO,
            #[cfg(CONFIG_NET_MGMT_EVENT)]
            news: heapless::Vec::new(),
        }
    }

    /// Chooses the hash key; only while the cache is empty.
    pub fn set_key(&mut self, key: u32) {
        if self.entries.iter().all(|e| e.state == State::Free) {
            self.key = key;
            self.due = NEVER;
        }
    }

    /// When [`poll`](Self::poll) has something to do next.
    pub fn deadline(&self) -> Option<Instant> {
        (self.due != NEVER).then_some(self.due)
    }

    /// The neighbours: interface index, address, link address, state, and whether it is a router.
    pub fn iter(&self) -> impl Iterator<Item = (u8, Ipv6Addr, EthAddr, State, bool)> {
        let used = self.entries.iter().filter(|e| e.state != State::Free);
        used.map(|e| (e.iface, e.ip, e.mac, e.state, e.router))
    }

    /// The link address of a neighbour, when one is known. A stale one is used; the deadline then asks
    /// for a poll that begins its probation.
    #[inline]
    pub fn lookup(&mut self, iface: u8, ip: Ipv6Addr) -> Option<EthAddr> {
        let slot = self.find(iface, ip)?;
        self.recent = slot as u16;
        let entry = self.entries.get_mut(slot)?;
        match entry.state {
            State::Free | State::Incomplete => return None,
            State::Stale => {
                entry.state = State::Touched;
                entry.at = Instant::ZERO;
                self.due = Instant::ZERO;
            }
            _ => {}
        }
        Some(entry.mac)
    }

    /// A number that changes when a neighbour goes, moves, or is in doubt: while it stays what it was, a
    /// [settled](Self::is_settled) one is where it was.
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    #[inline]
    pub const fn changes(&self) -> u32 {
        self.changes
    }

    /// Is a neighbour known so that looking it up changes nothing?
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    pub fn is_settled(&self, iface: u8, ip: Ipv6Addr) -> bool {
        let entry = self.find(iface, ip).and_then(|slot| self.entries.get(slot));
        entry.is_some_and(|e| !matches!(e.state, State::Free | State::Incomplete | State::Stale))
    }

    /// Queues `pkt` until `ip` is known. Gives back the packets that found no room: the oldest of a
    /// full queue, those of an entry that had to make place, or `pkt` itself.
    ///
    /// As in the ARP cache only one unanswered resolution is given up for another's sake in the time
    /// between two solicitations: a table full of the unreachable sends no storm.
    pub fn resolve(
        &mut self,
        now: Instant,
        retrans: Duration,
        iface: u8,
        ip: Ipv6Addr,
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
                if !dropped.is_empty() {
                    self.patience = now + retrans;
                }
                self.fill(slot, State::Incomplete, Sender { iface, ip, mac: EthAddr::UNSPECIFIED });
                if let Some(entry) = self.entries.get_mut(slot) {
                    entry.tries = 1;
                }
                self.schedule(slot, now + retrans);
                (slot, Resolve::Solicit)
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

    /// Notes that a neighbour that is known is a router: it advertised itself without a link address
    /// (RFC 4861, 6.3.4).
    pub fn is_router(&mut self, iface: u8, ip: Ipv6Addr) {
        if let Some(entry) = self.find(iface, ip).and_then(|slot| self.entries.get_mut(slot)) {
            entry.router = true;
        }
    }

    /// Learns the link address of who sent a solicitation, a router advertisement or a redirect: news
    /// is stale until it is confirmed (RFC 4861, 7.2.3). `router` is set where the message tells.
    pub fn heard(&mut self, who: Sender, router: Option<bool>) -> Learnt {
        let mut learnt = Learnt::default();
        let slot = match self.find(who.iface, who.ip) {
            Some(slot) => slot,
            None => {
                let Some(slot) = self.take_slot(false, &mut learnt.dropped) else { return learnt };
                self.fill(slot, State::Stale, who);
                slot
            }
        };
        let Some(entry) = self.entries.get_mut(slot) else { return learnt };
        if let Some(router) = router {
            entry.router = router;
        }
        if entry.state == State::Permanent {
            return learnt;
        }
        if entry.state == State::Incomplete || entry.mac != who.mac {
            self.changes = self.changes.wrapping_add(1);
            entry.mac = who.mac;
            entry.state = State::Stale;
            entry.at = NEVER;
            learnt.waiting = Some((who.mac, mem::take(&mut entry.queue)));
        }
        learnt
    }

    /// Learns from a neighbour advertisement (RFC 4861, 7.2.5). One about somebody nobody asked for is
    /// of no interest.
    pub fn advertised(&mut self, now: Instant, reachable: Duration, advert: Advert) -> Learnt {
        let mut learnt = Learnt::default();
        let Some(slot) = self.find(advert.iface, advert.ip) else { return learnt };
        let Some(entry) = self.entries.get_mut(slot) else { return learnt };
        if entry.state == State::Permanent {
            return learnt;
        }
        self.changes = self.changes.wrapping_add(1);
        let asked = entry.state == State::Incomplete;
        let Some(mac) = advert.mac.or((!asked).then_some(entry.mac)) else { return learnt };
        let other = mac != entry.mac;
        if !asked && other && !advert.override_ {
            // What is known stands, but is in doubt.
            if entry.state == State::Reachable {
                entry.state = State::Stale;
                entry.at = NEVER;
            }
            return learnt;
        }
        learnt.no_router = entry.router && !advert.router;
        entry.router = advert.router;
        entry.mac = mac;
        if advert.solicited {
            entry.state = State::Reachable;
            learnt.confirmed = true;
        } else if asked || other {
            entry.state = State::Stale;
            entry.at = NEVER;
        }
        if asked {
            learnt.waiting = Some((mac, mem::take(&mut entry.queue)));
        }
        if advert.solicited {
            self.schedule(slot, now + reachable);
        }
        learnt
    }

    /// Somebody above has heard from the neighbour just now (RFC 4861, 7.3.1).
    pub fn confirm(&mut self, now: Instant, reachable: Duration, iface: u8, ip: Ipv6Addr) {
        let Some(slot) = self.find(iface, ip) else { return };
        let Some(entry) = self.entries.get_mut(slot) else { return };
        if !matches!(entry.state, State::Free | State::Incomplete | State::Permanent) {
            entry.state = State::Reachable;
            self.schedule(slot, now + reachable);
        }
    }

    /// Forgets the neighbours of one interface; returns what waited for them.
    pub fn clear(&mut self, iface: u8) -> PktList {
        let mut dropped = PktList::new();
        for slot in 0..ENTRIES {
            let used = |e: &Entry| e.state != State::Free && e.iface == iface;
            if self.entries.get(slot).is_some_and(used) {
                self.free(slot, &mut dropped);
            }
        }
        dropped
    }

    /// Does one thing that is due at `now`; `None` when nothing is, and the next deadline is set.
    pub fn poll(&mut self, now: Instant, times: impl Fn(u8) -> Times) -> Option<Due> {
        if now < self.due {
            return None;
        }
        let mut next = NEVER;
        for slot in 0..ENTRIES {
            let Some(entry) = self.entries.get_mut(slot) else { break };
            if !entry.state.is_timed() {
                continue;
            }
            if now < entry.at {
                next = next.min(entry.at);
                continue;
            }
            match entry.state {
                State::Free | State::Stale | State::Permanent => {}
                State::Reachable => {
                    self.changes = self.changes.wrapping_add(1);
                    entry.state = State::Stale;
                    entry.at = NEVER;
                }
                State::Touched => {
                    entry.state = State::Delay;
                    entry.at = now + DELAY;
                    next = next.min(entry.at);
                }
                State::Delay => {
                    entry.state = State::Probe;
                    return Some(solicit(entry, now, 1, &times));
                }
                State::Incomplete | State::Probe if entry.tries < TRIES => {
                    let tries = entry.tries + 1;
                    return Some(solicit(entry, now, tries, &times));
                }
                State::Incomplete | State::Probe => {
                    let (iface, ip) = (entry.iface, entry.ip);
                    let mut queue = PktList::new();
                    self.free(slot, &mut queue);
                    return Some(Due::Unreachable { iface, ip, queue });
                }
            }
        }
        self.due = next;
        None
    }

    #[inline]
    fn hash(&self, ip: Ipv6Addr) -> u32 {
        // The last byte, in which neighbours differ most, goes lowest: a product carries upwards only.
        let bits = ip.to_bits();
        let halves = bits as u64 ^ ((bits >> 64) as u64).rotate_left(5);
        mix(halves as u32 ^ (halves >> 32) as u32, self.key)
    }

    #[inline]
    fn find(&self, iface: u8, ip: Ipv6Addr) -> Option<usize> {
        self.index.chain(self.hash(ip)).find(|&slot| {
            self.entries
                .get(slot)
                .is_some_and(|e| e.ip == ip && e.iface == iface && e.state != State::Free)
        })
    }

    fn schedule(&mut self, slot: usize, at: Instant) {
        if let Some(entry) = self.entries.get_mut(slot) {
            entry.at = at;
            self.due = self.due.min(at);
        }
    }

    fn fill(&mut self, slot: usize, state: State, who: Sender) {
        if let Some(entry) = self.entries.get_mut(slot) {
            let Sender { iface, ip, mac } = who;
            *entry = Entry { state, iface, ip, mac, at: NEVER, ..Entry::FREE };
        }
        self.index.insert(self.hash(who.ip), slot);
        self.note(who.iface, who.ip, Some(slot as u16));
    }

    fn free(&mut self, slot: usize, dropped: &mut PktList) {
        let Some(entry) = self.entries.get_mut(slot) else { return };
        self.changes = self.changes.wrapping_add(1);
        dropped.append(&mut entry.queue);
        entry.state = State::Free;
        entry.at = NEVER;
        let (iface, ip) = (entry.iface, entry.ip);
        self.index.remove(self.hash(ip), slot);
        self.note(iface, ip, None);
    }

    #[cfg(CONFIG_NET_MGMT_EVENT)]
    fn note(&mut self, iface: u8, ip: Ipv6Addr, slot: Option<u16>) {
        let _ = self.news.push(News { iface, ip, slot });
    }

    #[cfg(not(CONFIG_NET_MGMT_EVENT))]
    fn note(&self, _: u8, _: Ipv6Addr, _: Option<u16>) {}

    /// The entries that came and went since the last call.
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    pub fn take_news(&mut self) -> heapless::Vec<News, NEWS> {
        mem::take(&mut self.news)
    }

    /// Whether the neighbour looked up last is used without being known to be reachable: a hint about
    /// it would spare a probe.
    #[inline]
    pub fn doubts(&self) -> bool {
        let recent = self.entries.get(usize::from(self.recent));
        recent.is_some_and(|e| matches!(e.state, State::Touched | State::Delay | State::Probe))
    }

    /// A slot for a new entry: a free one, else the one that is least missed. One whose answer is
    /// awaited goes last, and only with `pending`: a flood of strangers cannot push it out.
    fn take_slot(&mut self, pending: bool, dropped: &mut PktList) -> Option<usize> {
        let rank = |e: &Entry| match e.state {
            State::Free => 0,
            State::Stale => 1 + u8::from(e.router),
            State::Reachable => 3 + u8::from(e.router),
            State::Touched | State::Delay | State::Probe => 5,
            State::Incomplete => 6,
            State::Permanent => 7,
        };
        let (slot, entry) = self.entries.iter().enumerate().min_by_key(|(_, e)| (rank(e), e.at))?;
        match entry.state {
            State::Free => {}
            State::Permanent => return None,
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

fn solicit(entry: &mut Entry, now: Instant, tries: u8, times: &impl Fn(u8) -> Times) -> Due {
    entry.tries = tries;
    entry.at = now + times(entry.iface).retrans;
    let mac = (entry.state == State::Probe).then_some(entry.mac);
    Due::Solicit { iface: entry.iface, ip: entry.ip, mac }
}

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod tests {
    use super::*;
    use crate::buf::{NO_WAIT, Pools};

    static POOLS: Pools = Pools::new();
    const MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 9]);
    const OTHER: EthAddr = EthAddr([2, 0, 0, 0, 0, 8]);
    const IP: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 9);
    const REACHABLE: Duration = Duration::from_secs(30);
    const RETRANS: Duration = Duration::from_secs(1);

    fn at(seconds: u64) -> Instant {
        Instant::from_millis(seconds * 1000)
    }

    fn times(_: u8) -> Times {
        Times { reachable: REACHABLE, retrans: RETRANS }
    }

    fn pkt() -> Pkt {
        POOLS.alloc_rx(8, NO_WAIT).expect("a packet")
    }

    fn advert(mac: Option<EthAddr>, solicited: bool, override_: bool) -> Advert {
        Advert { iface: 1, ip: IP, mac, router: false, solicited, override_ }
    }

    fn state(cache: &Cache) -> Option<State> {
        cache.iter().find(|entry| entry.1 == IP).map(|entry| entry.3)
    }

    fn known(state: State) -> Cache {
        let mut cache = Cache::new();
        cache.heard(Sender { iface: 1, ip: IP, mac: MAC }, None);
        match state {
            State::Reachable => cache.confirm(at(0), REACHABLE, 1, IP),
            State::Delay | State::Probe => {
                cache.lookup(1, IP);
                assert!(cache.poll(at(0), times).is_none());
                if state == State::Probe {
                    assert!(matches!(
                        cache.poll(at(5), times),
                        Some(Due::Solicit { mac: Some(MAC), .. })
                    ));
                }
            }
            _ => {}
        }
        assert_eq!(self::state(&cache), Some(state));
        cache
    }

    #[test]
    fn resolution_asks_three_times_and_gives_up() {
        let mut cache = Cache::new();
        let (action, dropped) = cache.resolve(at(0), RETRANS, 1, IP, pkt());
        assert_eq!((action, dropped.len()), (Resolve::Solicit, 0));
        for queued in 2..=4 {
            let (action, dropped) = cache.resolve(at(0), RETRANS, 1, IP, pkt());
            assert_eq!(action, Resolve::Wait);
            assert_eq!(dropped.len(), usize::from(queued > QUEUE_LIMIT), "{queued} packets");
        }
        for second in 1..=2 {
            assert!(matches!(cache.poll(at(second), times), Some(Due::Solicit { mac: None, .. })));
            assert!(cache.poll(at(second), times).is_none());
        }
        let Some(Due::Unreachable { queue, .. }) = cache.poll(at(3), times) else { panic!() };
        assert_eq!((queue.len(), state(&cache)), (QUEUE_LIMIT, None));
        assert!(cache.poll(at(3), times).is_none() && cache.deadline().is_none());
    }

    /// The table of RFC 4861, appendix C, for advertisements.
    #[test]
    fn advertisements_change_states_as_the_appendix_says() {
        use State::*;
        // State, link address, solicited, override: new state, link address.
        for (old, mac, solicited, override_, new, known_mac) in [
            (Reachable, Some(MAC), true, false, Reachable, MAC),
            (Stale, Some(MAC), true, false, Reachable, MAC),
            (Probe, Some(MAC), true, false, Reachable, MAC),
            (Delay, None, true, false, Reachable, MAC),
            (Reachable, Some(OTHER), true, false, Stale, MAC),
            (Stale, Some(OTHER), true, false, Stale, MAC),
            (Probe, Some(OTHER), true, false, Probe, MAC),
            (Delay, Some(OTHER), true, false, Delay, MAC),
            (Probe, Some(OTHER), true, true, Reachable, OTHER),
            (Reachable, Some(OTHER), false, true, Stale, OTHER),
            (Probe, Some(OTHER), false, true, Stale, OTHER),
            (Reachable, Some(MAC), false, true, Reachable, MAC),
            (Stale, Some(MAC), false, true, Stale, MAC),
            (Reachable, None, false, false, Reachable, MAC),
        ] {
            let mut cache = known(old);
            cache.advertised(at(5), REACHABLE, advert(mac, solicited, override_));
            let entry = cache.iter().next().map(|entry| (entry.3, entry.2));
            let case = (old, mac, solicited, override_);
            assert_eq!(entry, Some((new, known_mac)), "{case:?}");
        }
    }

    #[test]
    fn an_answer_releases_what_waited() {
        for (solicited, new) in [(true, State::Reachable), (false, State::Stale)] {
            let mut cache = Cache::new();
            cache.resolve(at(0), RETRANS, 1, IP, pkt());
            let none = cache.advertised(at(0), REACHABLE, advert(None, solicited, true));
            assert!(none.waiting.is_none(), "it does not tell the address");
            let learnt = cache.advertised(at(0), REACHABLE, advert(Some(MAC), solicited, false));
            assert_eq!(learnt.waiting.map(|(mac, list)| (mac, list.len())), Some((MAC, 1)));
            assert_eq!(state(&cache), Some(new));
        }
    }

    #[test]
    fn nobody_is_learnt_from_an_advertisement_alone() {
        let mut cache = Cache::new();
        cache.advertised(at(0), REACHABLE, advert(Some(MAC), true, true));
        assert_eq!(state(&cache), None);
    }

    #[test]
    fn what_is_not_confirmed_is_probed_when_used() {
        let mut cache = known(State::Reachable);
        assert!(cache.poll(at(30), times).is_none());
        assert_eq!(state(&cache), Some(State::Stale));
        assert!(cache.deadline().is_none(), "unused it may rest");
        assert_eq!(cache.lookup(1, IP), Some(MAC));
        assert!(cache.poll(at(40), times).is_none());
        assert_eq!((state(&cache), cache.deadline()), (Some(State::Delay), Some(at(45))));
        for second in [45, 46, 47] {
            assert!(matches!(
                cache.poll(at(second), times),
                Some(Due::Solicit { mac: Some(MAC), .. })
            ));
        }
        assert!(matches!(cache.poll(at(48), times), Some(Due::Unreachable { .. })));
        assert_eq!(cache.lookup(1, IP), None);
    }

    #[test]
    fn a_hint_from_above_spares_the_probe() {
        assert!(!known(State::Reachable).doubts() && !known(State::Stale).doubts());
        let mut cache = known(State::Delay);
        assert!(cache.doubts());
        cache.confirm(at(3), REACHABLE, 1, IP);
        assert!(!cache.doubts());
        assert!(cache.poll(at(5), times).is_none());
        assert_eq!(state(&cache), Some(State::Reachable));
        cache.confirm(at(3), REACHABLE, 2, IP);
        assert_eq!(cache.iter().count(), 1, "a hint makes no entry");
    }

    #[test]
    fn a_router_that_is_none_any_more_is_told() {
        let mut cache = Cache::new();
        cache.heard(Sender { iface: 1, ip: IP, mac: MAC }, Some(true));
        assert!(cache.advertised(at(0), REACHABLE, advert(Some(MAC), true, true)).no_router);
        assert!(!cache.advertised(at(0), REACHABLE, advert(Some(MAC), true, true)).no_router);
    }

    #[test]
    fn strangers_do_not_push_out_who_is_asked_for() {
        let mut cache = Cache::new();
        for last in 0..ENTRIES as u16 {
            let ip = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 1, last);
            let (_, mut dropped) = cache.resolve(at(0), RETRANS, 1, ip, pkt());
            assert!(dropped.pop_front().is_none());
        }
        cache.heard(Sender { iface: 1, ip: IP, mac: MAC }, None);
        assert_eq!(state(&cache), None);
        let (action, dropped) = cache.resolve(at(0), RETRANS, 1, IP, pkt());
        assert_eq!((action, dropped.len()), (Resolve::Solicit, 1), "one gives way");
        let ip = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 2, 1);
        let (action, dropped) = cache.resolve(at(0), RETRANS, 1, ip, pkt());
        assert_eq!((action, dropped.len()), (Resolve::Wait, 1), "the next waits");
        assert_eq!(cache.clear(1).len(), ENTRIES);
    }
}
