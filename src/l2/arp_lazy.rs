// SPDX-License-Identifier: Apache-2.0
//! The ARP cache (RFC 826) without timers, for devices with little flash (`CONFIG_ZNET_ARP_TIMERS` off).
//!
//! Called by: `stack::neighbour`. What `l2::arp` does when time has passed, this does when a packet comes
//! by: an answer too old is asked for anew, and so is one that did not come, once a second at most
//! (RFC 1122, 2.3.2.1). A packet whose neighbour never answers waits until another takes its place.

use crate::base::{EthAddr, Instant, Ipv4Addr};
use crate::buf::{Pkt, PktList};
use crate::config;

/// Entries of the cache. At least one, so that a gateway can always be resolved.
const ENTRIES: usize = if config::NET_ARP_TABLE_SIZE == 0 { 1 } else { config::NET_ARP_TABLE_SIZE };

/// Ticks of 2^20 microseconds, about a second: a shift where seconds were a division of 64 bits.
type Ticks = u32;

/// How long an answer is believed (RFC 1122, 2.3.2.1, method 1).
const KEEP: Ticks = 300;

fn ticks(now: Instant) -> Ticks {
    (now.as_micros() >> 20) as Ticks
}

struct Entry {
    ip: Ipv4Addr,
    /// When it was answered; while it is not, when it was asked for.
    at: Ticks,
    /// The newest packet that waits (RFC 1122, 2.3.2.2 asks for one); none when it is answered.
    waiting: Option<Pkt>,
    mac: EthAddr,
    /// Of a free entry 0.
    iface: u8,
    answered: bool,
}

impl Entry {
    const FREE: Entry = Entry {
        ip: Ipv4Addr::UNSPECIFIED,
        at: 0,
        waiting: None,
        mac: EthAddr::UNSPECIFIED,
        iface: 0,
        answered: false,
    };
}

/// The neighbours of all Ethernet interfaces of one stack.
pub struct Cache {
    entries: [Entry; ENTRIES],
}

/// What the cache wants done when it is asked for an address it does not know.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolve {
    /// The packet waits and a request is to be sent now.
    Request,
    /// The packet waits for a request that is already out.
    Wait,
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
        Cache { entries: [const { Entry::FREE }; ENTRIES] }
    }

    /// True when no neighbour is known or being asked for.
    pub fn is_empty(&self) -> bool {
        self.entries.iter().all(|e| e.iface == 0)
    }

    /// The known neighbours: interface index, address, link address, and whether it is confirmed.
    pub fn iter(&self) -> impl Iterator<Item = (u8, Ipv4Addr, EthAddr, bool)> {
        self.entries.iter().filter(|e| e.answered).map(|e| (e.iface, e.ip, e.mac, true))
    }

    /// The entry of a neighbour. One that has none gets, with `make`, the oldest there is, unless its
    /// answer is awaited and was asked for in this tick: strangers cannot push it out.
    fn entry(&mut self, now: Ticks, iface: u8, ip: Ipv4Addr, make: bool) -> Option<&mut Entry> {
        let age = |e: &Entry| if e.iface == 0 { Ticks::MAX } else { now.wrapping_sub(e.at) };
        let known = |e: &Entry| e.ip == ip && e.iface == iface;
        let slot = match self.entries.iter().position(known) {
            Some(slot) => slot,
            None if !make => return None,
            None => {
                let slot = (1..ENTRIES).fold(0, |best, next| {
                    let older = age(&self.entries[next]) > age(&self.entries[best]);
                    if older { next } else { best }
                });
                let oldest = &self.entries[slot];
                if oldest.waiting.is_some() && age(oldest) == 0 {
                    return None;
                }
                slot
            }
        };
        self.entries.get_mut(slot)
    }

    /// The link address of a neighbour, when one is known and not too old.
    pub fn lookup(&mut self, now: Instant, iface: u8, ip: Ipv4Addr) -> Option<EthAddr> {
        let now = ticks(now);
        let entry = self.entry(now, iface, ip, false)?;
        (entry.answered && now.wrapping_sub(entry.at) < KEEP).then_some(entry.mac)
    }

    /// Keeps `pkt` until `ip` is known. Gives back the packet that found no room: the one that waited
    /// before, or `pkt` itself.
    pub fn resolve(
        &mut self,
        now: Instant,
        iface: u8,
        ip: Ipv4Addr,
        pkt: Pkt,
    ) -> (Resolve, Option<Pkt>) {
        let now = ticks(now);
        let Some(entry) = self.entry(now, iface, ip, true) else {
            return (Resolve::Wait, Some(pkt));
        };
        let asked = entry.ip == ip && entry.iface == iface && !entry.answered && entry.at == now;
        (entry.ip, entry.iface, entry.at, entry.answered) = (ip, iface, now, false);
        let before = entry.waiting.replace(pkt);
        (if asked { Resolve::Wait } else { Resolve::Request }, before)
    }

    /// Takes what an ARP packet says of its sender. One that is not known is noted only when it asks for
    /// us (`create`; RFC 826, "Packet Reception"). Returns the packet that waited for it, or for the entry
    /// that gave way to it, and whether it is the sender's.
    pub fn learn(&mut self, now: Instant, sender: Sender, create: bool) -> (Option<Pkt>, bool) {
        let now = ticks(now);
        let Some(entry) = self.entry(now, sender.iface, sender.ip, create) else {
            return (None, false);
        };
        let known = entry.ip == sender.ip && entry.iface == sender.iface;
        // Two stations that claim one address shall not make it flap.
        if !(known && entry.answered && entry.at == now) {
            entry.mac = sender.mac;
        }
        (entry.ip, entry.iface, entry.at, entry.answered) = (sender.ip, sender.iface, now, true);
        (entry.waiting.take(), known)
    }

    /// Forgets the neighbours of one interface, or of all; returns what waited for them.
    pub fn clear(&mut self, iface: Option<u8>) -> PktList {
        let mut dropped = PktList::new();
        for entry in &mut self.entries {
            if iface.is_none_or(|i| i == entry.iface) {
                let old = core::mem::replace(entry, Entry::FREE);
                if let Some(pkt) = old.waiting {
                    dropped.push_back(pkt);
                }
            }
        }
        dropped
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buf::{NO_WAIT, Pools};
    use std::boxed::Box;

    const PEER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 9);
    const MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 9]);

    fn at(tick: u64) -> Instant {
        Instant::from_micros(tick << 20)
    }

    fn pkt(pools: &'static Pools) -> Pkt {
        pools.alloc_tx(0, 1, NO_WAIT).expect("enough")
    }

    fn peer(ip: Ipv4Addr) -> Sender {
        Sender { iface: 1, ip, mac: MAC }
    }

    #[test]
    fn a_packet_waits_for_the_answer() {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        let mut cache = Cache::new();
        assert_eq!(cache.lookup(at(5), 1, PEER), None);
        let (action, dropped) = cache.resolve(at(5), 1, PEER, pkt(pools));
        assert!(action == Resolve::Request && dropped.is_none());
        let (action, dropped) = cache.resolve(at(5), 1, PEER, pkt(pools));
        assert!(action == Resolve::Wait && dropped.is_some(), "one request a second, one packet");
        let (action, _) = cache.resolve(at(6), 1, PEER, pkt(pools));
        assert_eq!(action, Resolve::Request, "it is asked for again with the next packet");
        let (waited, its_own) = cache.learn(at(6), peer(PEER), false);
        assert!(waited.is_some() && its_own);
        assert_eq!(cache.lookup(at(7), 1, PEER), Some(MAC));
        assert_eq!(cache.iter().next(), Some((1, PEER, MAC, true)));
        assert_eq!(cache.lookup(at(7), 2, PEER), None, "another interface's");
        assert_eq!(cache.lookup(at(6 + u64::from(KEEP)), 1, PEER), None, "too old");
        drop((waited, dropped));
        drop(cache);
        assert!(pools.all_free());
    }

    #[test]
    fn strangers_are_not_noted_and_push_out_nobody_who_is_awaited() {
        let pools: &'static Pools = Box::leak(Box::new(Pools::new()));
        let mut cache = Cache::new();
        cache.learn(at(1), peer(PEER), false);
        assert!(cache.is_empty());
        for last in 0..ENTRIES as u8 {
            let ip = Ipv4Addr::new(198, 51, 100, last);
            assert_eq!(cache.resolve(at(1), 1, ip, pkt(pools)).0, Resolve::Request);
        }
        cache.learn(at(1), peer(PEER), true);
        assert_eq!(cache.lookup(at(1), 1, PEER), None);
        let (action, back) = cache.resolve(at(1), 1, PEER, pkt(pools));
        assert!(action == Resolve::Wait && back.is_some());
        let (dropped, its_own) = cache.learn(at(2), peer(PEER), true);
        assert!(dropped.is_some() && !its_own, "what waited for the one that gave way");
        assert_eq!(cache.lookup(at(2), 1, PEER), Some(MAC));
        assert_eq!(cache.clear(Some(1)).len(), ENTRIES - 1);
        assert!(cache.is_empty());
    }

    #[test]
    fn two_that_claim_one_address_do_not_make_it_flap() {
        let mut cache = Cache::new();
        cache.learn(at(1), peer(PEER), true);
        let other = Sender { mac: EthAddr([2, 0, 0, 0, 0, 66]), ..peer(PEER) };
        cache.learn(at(1), other, false);
        assert_eq!(cache.lookup(at(1), 1, PEER), Some(MAC));
        cache.learn(at(2), other, false);
        assert_eq!(cache.lookup(at(2), 1, PEER), Some(other.mac));
    }
}
