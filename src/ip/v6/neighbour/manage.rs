// SPDX-License-Identifier: Apache-2.0
//! Neighbours as others see and set them: what C and the shell ask of the cache.
//!
//! Called by: `stack::v6::neighbours`. An entry keeps its slot as long as it lives.

use super::{Cache, Entry, Learnt, NEVER, Sender, State, Times};
use crate::base::{EthAddr, Instant, Ipv6Addr};
use crate::buf::PktList;
use core::mem;

/// A neighbour as the cache has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Interface index.
    pub iface: u8,
    /// Its address.
    pub ip: Ipv6Addr,
    /// Its link address, once there is one.
    pub mac: Option<EthAddr>,
    /// How far it is believed.
    pub state: State,
    /// It is a router.
    pub router: bool,
    /// Solicitations sent since it was last heard.
    pub tries: u8,
    /// When time changes its state.
    pub at: Option<Instant>,
}

impl Entry {
    fn known(&self) -> Option<Known> {
        let Entry { state, tries, iface, router, mac, ip, at, .. } = *self;
        let mac = (state != State::Incomplete).then_some(mac);
        let at = (at != NEVER).then_some(at);
        (state != State::Free).then_some(Known { iface, ip, mac, state, router, tries, at })
    }
}

impl Cache {
    /// The neighbour in a slot.
    pub fn get(&self, slot: usize) -> Option<Known> {
        self.entries.get(slot)?.known()
    }

    /// The slot of a neighbour, on any interface when `iface` is 0. Looking changes nothing.
    pub fn slot_of(&self, iface: u8, ip: Ipv6Addr) -> Option<usize> {
        if iface != 0 {
            return self.find(iface, ip);
        }
        let is = |e: &Entry| e.ip == ip && e.state != State::Free;
        self.index.chain(self.hash(ip)).find(|&slot| self.entries.get(slot).is_some_and(is))
    }

    /// Sets a neighbour by hand, in a state other than [`State::Free`]. With [`State::Incomplete`] it is
    /// asked for. `None` when all slots are taken by neighbours that do not give way.
    pub fn set(
        &mut self,
        now: Instant,
        times: Times,
        who: Sender,
        router: bool,
        state: State,
    ) -> Option<(usize, Learnt)> {
        let mut learnt = Learnt::default();
        let slot = match self.find(who.iface, who.ip) {
            Some(slot) => slot,
            None => {
                let slot = self.take_slot(false, &mut learnt.dropped)?;
                self.fill(slot, state, who);
                slot
            }
        };
        self.changes = self.changes.wrapping_add(1);
        let entry = self.entries.get_mut(slot)?;
        (entry.state, entry.router, entry.mac) = (state, router, who.mac);
        entry.tries = u8::from(matches!(state, State::Incomplete | State::Probe));
        entry.at = NEVER;
        match state {
            State::Free | State::Stale | State::Permanent => {}
            State::Incomplete | State::Probe => self.schedule(slot, now + times.retrans),
            State::Reachable => self.schedule(slot, now + times.reachable),
            State::Touched | State::Delay => self.schedule(slot, now),
        }
        if state != State::Incomplete {
            let waiting = self.entries.get_mut(slot).map(|e| mem::take(&mut e.queue));
            learnt.waiting = waiting.map(|queue| (who.mac, queue));
        }
        Some((slot, learnt))
    }

    /// Forgets a neighbour; what waited for it, or `None` when it was not known.
    pub fn remove(&mut self, iface: u8, ip: Ipv6Addr) -> Option<PktList> {
        let slot = self.find(iface, ip)?;
        let mut dropped = PktList::new();
        self.free(slot, &mut dropped);
        Some(dropped)
    }
}

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod tests {
    use super::*;
    use crate::base::Duration;
    use crate::ip::v6::neighbour::{Advert, Due, NEIGHBOURS};

    const MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 9]);
    const OTHER: EthAddr = EthAddr([2, 0, 0, 0, 0, 8]);
    const TIMES: Times =
        Times { reachable: Duration::from_secs(30), retrans: Duration::from_secs(1) };

    fn ip(n: u16) -> Ipv6Addr {
        Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, n)
    }

    fn at(seconds: u64) -> Instant {
        Instant::from_millis(seconds * 1000)
    }

    fn set(cache: &mut Cache, n: u16, state: State) -> Option<usize> {
        let who = Sender { iface: 1, ip: ip(n), mac: MAC };
        cache.set(at(0), TIMES, who, false, state).map(|(slot, _)| slot)
    }

    #[test]
    fn neighbours_come_and_go_by_hand() {
        let mut cache = Cache::new();
        let slot = set(&mut cache, 1, State::Stale).expect("there is room");
        assert_eq!((cache.slot_of(1, ip(1)), cache.slot_of(0, ip(1))), (Some(slot), Some(slot)));
        assert_eq!(cache.slot_of(2, ip(1)), None);
        let known = cache.get(slot).expect("known");
        assert_eq!((known.mac, known.state, known.at), (Some(MAC), State::Stale, None));
        assert_eq!(set(&mut cache, 1, State::Reachable), Some(slot), "the same again");
        assert_eq!(cache.get(slot).and_then(|k| k.at), Some(at(30)));
        assert!(cache.remove(1, ip(1)).is_some() && cache.remove(1, ip(1)).is_none());
        assert_eq!((cache.get(slot), cache.slot_of(0, ip(1))), (None, None));
    }

    #[test]
    fn addresses_in_a_row_are_spread() {
        let mut cache = Cache::new();
        for key in [0, 1, 0x1234_5678, 0xdead_beef, u32::MAX] {
            cache.set_key(key);
            let mut counts = [0usize; 1024];
            for n in 0..1000 {
                let ip = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x1000 + n);
                counts[cache.hash(ip) as usize % counts.len()] += 1;
            }
            let steps: usize = counts.iter().map(|count| count * (count + 1) / 2).sum();
            assert!(steps < 2_000, "{steps} steps to find each of 1,000 once, with key {key:x}");
        }
    }

    #[test]
    fn one_without_a_link_address_is_asked_for() {
        let mut cache = Cache::new();
        let slot = set(&mut cache, 1, State::Incomplete).expect("there is room");
        assert_eq!(cache.get(slot).and_then(|k| k.mac), None);
        assert!(matches!(cache.poll(at(1), |_| TIMES), Some(Due::Solicit { mac: None, .. })));
    }

    #[test]
    fn what_is_permanent_stays() {
        let mut cache = Cache::new();
        let slot = set(&mut cache, 1, State::Permanent).expect("there is room");
        cache.heard(Sender { iface: 1, ip: ip(1), mac: OTHER }, None);
        let (mac, solicited, override_) = (Some(OTHER), true, true);
        let advert = Advert { iface: 1, ip: ip(1), mac, router: true, solicited, override_ };
        cache.advertised(at(0), TIMES.reachable, advert);
        cache.confirm(at(0), TIMES.reachable, 1, ip(1));
        assert!(cache.poll(at(0), |_| TIMES).is_none(), "nothing is due");
        assert_eq!((cache.lookup(1, ip(1)), cache.deadline()), (Some(MAC), None));
        for n in 2..=NEIGHBOURS as u16 + 2 {
            cache.heard(Sender { iface: 1, ip: ip(n), mac: OTHER }, None);
        }
        let known = cache.get(slot).expect("the last to give way");
        assert_eq!((known.mac, known.state), (Some(MAC), State::Permanent));
    }

    #[test]
    fn a_table_of_permanent_neighbours_takes_no_more() {
        let mut cache = Cache::new();
        for n in 1..=NEIGHBOURS as u16 {
            assert!(set(&mut cache, n, State::Permanent).is_some());
        }
        assert_eq!(set(&mut cache, 0, State::Permanent), None);
        cache.heard(Sender { iface: 1, ip: ip(0), mac: OTHER }, None);
        assert_eq!(cache.slot_of(0, ip(0)), None);
    }
}
