// SPDX-License-Identifier: Apache-2.0
//! The routing table: where packets to a prefix go.
//!
//! Called by: `ip::v6::routers`, `stack::v6::routes`. A route keeps its slot as long as it lives, so C can be
//! shown one. A look-up tries the lengths in use, longest first, each with one look into a hash index: it costs
//! the same among ten routes and among a thousand.

use super::scope::{is_in, network};
use crate::base::hash::{HashIndex, buckets, mix};
use crate::base::{Instant, Ipv6Addr, Slot};
use crate::config;
use crate::wire::ndp::Preference;

/// Routes and redirects of all interfaces together.
pub const ROUTES: usize = match (cfg!(CONFIG_NET_ROUTE), config::NET_MAX_ROUTES) {
    (true, routes) if routes > 0 => routes,
    _ if config::NET_IPV6_MAX_NEIGHBORS > 0 => config::NET_IPV6_MAX_NEIGHBORS,
    _ => 1,
};
/// A table no larger than this is walked: that is as quick, and less code.
const WALKED: usize = 16;
const INDEXED: bool = ROUTES > WALKED;
const INDEX_SLOTS: usize = if INDEXED { ROUTES } else { 1 };
const INDEX_BUCKETS: usize = buckets(INDEX_SLOTS);
/// One bit for each length of a prefix, 0 to 128.
const LENGTH_WORDS: usize = 5;

/// Who told of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A router that corrected another (RFC 4861, 8).
    Redirect,
    /// A router, of what lies behind it (RFC 4191).
    Advertised,
    /// The application.
    Manual,
}

/// Where packets to a prefix go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteEntry {
    /// Interface by index.
    pub iface: u8,
    /// The prefix; what lies behind its length is zero.
    pub prefix: Ipv6Addr,
    /// Its length in bits.
    pub len: u8,
    /// The neighbour they go to.
    pub hop: Ipv6Addr,
    /// How much the router wants to be used.
    pub preference: Preference,
    /// Until when; `None` is for ever.
    pub until: Option<Instant>,
    /// Who told of it.
    pub origin: Origin,
}

/// What became of a route that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It has a slot of its own now; the route that had to make place for it, if one had to.
    Added(usize, Option<RouteEntry>),
    /// It was known: the slot was brought up to date.
    Updated(usize),
    /// There is no room, and nothing that matters less.
    Full,
}

/// The table.
pub struct Routes {
    slots: [Slot<(RouteEntry, u32)>; ROUTES],
    index: HashIndex<INDEX_BUCKETS, INDEX_SLOTS>,
    lengths: [u32; LENGTH_WORDS],
    /// Counts routes added, to know the oldest.
    serial: u32,
}

/// Where a prefix stands in the index. Those who fill the table are on the link, and the table is bounded, so
/// no key is needed against them: it would have to be drawn before the first route.
fn hash(prefix: Ipv6Addr, len: u8) -> u32 {
    let bits = prefix.to_bits();
    let word = |shift: u32| (bits >> shift) as u32;
    [word(96), word(64), word(32), word(0)].into_iter().fold(u32::from(len), mix)
}

impl Routes {
    /// No routes.
    pub const fn new() -> Self {
        Routes {
            slots: [Slot::Free; ROUTES],
            index: HashIndex::new(),
            lengths: [0; LENGTH_WORDS],
            serial: 0,
        }
    }

    /// The routes with their slots.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &RouteEntry)> {
        self.slots.iter().enumerate().filter_map(|(at, slot)| Some((at, &slot.as_ref()?.0)))
    }

    /// The route in a slot.
    pub fn get(&self, slot: usize) -> Option<&RouteEntry> {
        self.slots.get(slot)?.as_ref().map(|(route, _)| route)
    }

    /// Changes until when the route in a slot holds.
    pub fn set_until(&mut self, slot: usize, until: Option<Instant>) {
        if let Some((route, _)) = self.slots.get_mut(slot).and_then(Slot::as_mut) {
            route.until = until;
        }
    }

    /// Adds a route or updates it. A full table gives up the oldest of those that matter least: redirects, then
    /// what routers told, then, for the application only, its own.
    pub fn put(&mut self, new: RouteEntry) -> Put {
        let new = RouteEntry { prefix: network(new.prefix, new.len), ..new };
        // A redirect replaces whatever another taught about its one destination.
        let same = |r: &RouteEntry| {
            r.iface == new.iface
                && r.len == new.len
                && r.prefix == new.prefix
                && (r.hop == new.hop
                    || (r.origin, new.origin) == (Origin::Redirect, Origin::Redirect))
        };
        let known = self.iter().find(|(_, r)| same(r)).map(|(slot, r)| (slot, r.origin));
        if let Some((slot, origin)) = known {
            // What the application added nobody else changes.
            if origin <= new.origin
                && let Some((route, _)) = self.slots.get_mut(slot).and_then(Slot::as_mut)
            {
                *route = new;
            }
            return Put::Updated(slot);
        }
        let free = self.slots.iter().position(|slot| slot.as_ref().is_none());
        let (slot, gone) = match free {
            Some(slot) => (slot, None),
            None => {
                let serial = self.serial;
                let age = |at: u32| serial.wrapping_sub(at);
                let least = self.slots.iter().enumerate().filter_map(|(at, slot)| {
                    let (route, since) = slot.as_ref()?;
                    Some(((route.origin, u32::MAX - age(*since)), at))
                });
                match least.min() {
                    Some(((origin, _), at)) if origin <= new.origin => (at, self.remove(at)),
                    _ => return Put::Full,
                }
            }
        };
        self.serial = self.serial.wrapping_add(1);
        if let Some(place) = self.slots.get_mut(slot) {
            *place = Slot::Taken((new, self.serial));
        }
        if INDEXED {
            self.index.insert(hash(new.prefix, new.len), slot);
            self.note_length(new.len);
        }
        Put::Added(slot, gone)
    }

    /// Forgets the route in a slot and returns it.
    pub fn remove(&mut self, slot: usize) -> Option<RouteEntry> {
        let (gone, _) = self.slots.get_mut(slot)?.take()?;
        if INDEXED {
            self.index.remove(hash(gone.prefix, gone.len), slot);
            self.lengths = [0; LENGTH_WORDS];
            for at in 0..ROUTES {
                if let Some(len) = self.get(at).map(|route| route.len) {
                    self.note_length(len);
                }
            }
        }
        Some(gone)
    }

    /// Forgets the first route from slot `from` on that `which` holds for: its slot and itself.
    pub fn remove_next(
        &mut self,
        from: usize,
        which: impl Fn(&RouteEntry) -> bool,
    ) -> Option<(usize, RouteEntry)> {
        let slot = self.iter().skip_while(|(at, _)| *at < from).find(|(_, r)| which(r))?.0;
        Some((slot, self.remove(slot)?))
    }

    fn note_length(&mut self, len: u8) {
        if let Some(word) = self.lengths.get_mut(usize::from(len / 32)) {
            *word |= 1 << (len % 32);
        }
    }

    /// The best route to `dst`, over `iface` when that is not 0: one that `answers` says is usable before any other,
    /// then the longest prefix, then preference (RFC 4191, 3.2).
    pub fn find(
        &self,
        iface: u8,
        dst: Ipv6Addr,
        answers: impl Fn(&RouteEntry) -> bool,
    ) -> Option<(usize, &RouteEntry)> {
        if INDEXED { self.look_up(iface, dst, answers) } else { self.walk(iface, dst, answers) }
    }

    fn walk(
        &self,
        iface: u8,
        dst: Ipv6Addr,
        answers: impl Fn(&RouteEntry) -> bool,
    ) -> Option<(usize, &RouteEntry)> {
        self.iter()
            .filter(|(_, r)| (iface == 0 || iface == r.iface) && is_in(dst, r.prefix, r.len))
            .max_by_key(|(at, r)| (answers(r), r.len, r.preference, usize::MAX - at))
    }

    fn look_up(
        &self,
        iface: u8,
        dst: Ipv6Addr,
        answers: impl Fn(&RouteEntry) -> bool,
    ) -> Option<(usize, &RouteEntry)> {
        let mut silent = None;
        for (at, word) in self.lengths.iter().enumerate().rev() {
            let mut left = *word;
            while left != 0 {
                let bit = 31 - left.leading_zeros();
                left &= !(1 << bit);
                let len = (at as u32 * 32 + bit) as u8;
                let prefix = network(dst, len);
                let best = self
                    .index
                    .chain(hash(prefix, len))
                    .filter_map(|slot| Some((slot, self.get(slot)?)))
                    .filter(|(_, r)| r.len == len && r.prefix == prefix)
                    .filter(|(_, r)| iface == 0 || iface == r.iface)
                    .max_by_key(|(slot, r)| (answers(r), r.preference, usize::MAX - slot));
                match best {
                    Some((slot, route)) if answers(route) => return Some((slot, route)),
                    Some(best) => silent = silent.or(Some(best)),
                    None => {}
                }
            }
        }
        silent
    }
}

impl Default for Routes {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::boxed::Box;

    fn addr(text: &str) -> Ipv6Addr {
        text.parse().unwrap()
    }

    fn route(prefix: &str, len: u8, hop: u16) -> RouteEntry {
        RouteEntry {
            iface: 1,
            prefix: addr(prefix),
            len,
            hop: Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, hop),
            preference: Preference::Medium,
            until: None,
            origin: Origin::Manual,
        }
    }

    fn hop(routes: &Routes, dst: &str) -> Option<u16> {
        routes.find(0, addr(dst), |_| true).map(|(_, route)| route.hop.segments()[7])
    }

    #[test]
    fn networks() {
        let whole = addr("2001:db8:ffff::1");
        assert_eq!(network(whole, 36), addr("2001:db8:f000::"));
        assert_eq!((network(whole, 0), network(whole, 128)), (Ipv6Addr::UNSPECIFIED, whole));
    }

    #[test]
    fn the_longest_prefix_wins() {
        let mut routes = Box::new(Routes::new());
        for (prefix, len, hop) in [
            ("::", 0, 1),
            ("2001:db8::", 32, 2),
            ("2001:db8:1::", 48, 3),
            ("2001:db8:1::7", 128, 4),
        ] {
            assert!(matches!(routes.put(route(prefix, len, hop)), Put::Added(_, None)));
        }
        for (dst, want) in
            [("2002::", 1), ("2001:db8:2::", 2), ("2001:db8:1::1", 3), ("2001:db8:1::7", 4)]
        {
            assert_eq!(hop(&routes, dst), Some(want), "{dst}");
        }
        let slot = routes.find(0, addr("2001:db8:1::7"), |_| true).unwrap().0;
        assert_eq!(routes.remove(slot).map(|r| r.len), Some(128));
        assert_eq!(hop(&routes, "2001:db8:1::7"), Some(3));
        let found = routes.find(0, addr("2001:db8:1::7"), |r| r.len == 0).unwrap().1;
        assert_eq!(found.len, 0, "one that answers before a longer one that does not");
        assert_eq!(routes.find(2, addr("2001:db8:1::7"), |_| true), None, "by another interface");
    }

    #[test]
    fn preference_decides_among_equals() {
        let mut routes = Box::new(Routes::new());
        for (hop, preference) in
            [(1, Preference::Low), (2, Preference::High), (3, Preference::Medium)]
        {
            routes.put(RouteEntry { preference, ..route("2001:db8::", 32, hop) });
        }
        assert_eq!(hop(&routes, "2001:db8::1"), Some(2));
        assert!(
            matches!(routes.put(route("2001:db8::5", 32, 2)), Put::Updated(1)),
            "the same network"
        );
        assert_eq!(routes.iter().count(), 3);
    }

    /// Nobody on the link may push out what the application has set.
    #[test]
    fn a_full_table_gives_up_what_matters_least() {
        let mut routes = Box::new(Routes::new());
        let nth = |n: usize, origin| RouteEntry {
            origin,
            ..route(&std::format!("2001:db8:{n:x}::"), 48, 1)
        };
        for n in 0..ROUTES {
            routes.put(nth(n, Origin::Manual));
        }
        assert_eq!(routes.put(nth(ROUTES, Origin::Advertised)), Put::Full);
        let Put::Added(_, Some(gone)) = routes.put(nth(ROUTES, Origin::Manual)) else { panic!() };
        assert_eq!(gone.prefix, addr("2001:db8:0::"), "the oldest");
        let taken = routes.remove_next(0, |r| r.prefix == addr("2001:db8:1::")).unwrap();
        routes.put(nth(1, Origin::Redirect));
        let Put::Added(slot, Some(gone)) = routes.put(nth(9999, Origin::Advertised)) else {
            panic!()
        };
        assert_eq!((slot, gone.origin), (taken.0, Origin::Redirect));
        assert_eq!(routes.iter().count(), ROUTES);
    }

    /// The index says what a walk over all routes would.
    #[test]
    fn a_look_up_finds_what_a_walk_does() {
        if !INDEXED {
            return;
        }
        let mut routes = Box::new(Routes::new());
        let mut seed = 1u64;
        let mut next = move |below: u64| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) % below
        };
        let mut found = 0;
        for round in 0..4000 {
            let bits = 0x2001_0db8u128 << 96 | u128::from(next(4)) << 90 | u128::from(next(8));
            let len = [0, 32, 33, 38, 64, 127, 128][next(7) as usize];
            let preference =
                [Preference::Low, Preference::Medium, Preference::High][next(3) as usize];
            let prefix = Ipv6Addr::from_bits(bits);
            match next(3) {
                0 if round > 50 => {
                    routes.remove(next(ROUTES as u64) as usize);
                }
                _ => {
                    let hop = Ipv6Addr::from_bits(u128::from(next(5)));
                    let iface = 1 + next(2) as u8;
                    routes.put(RouteEntry {
                        iface,
                        prefix,
                        len,
                        hop,
                        preference,
                        ..route("::", 0, 0)
                    });
                }
            }
            let (iface, silent) = (next(3) as u8, Ipv6Addr::from_bits(u128::from(next(5))));
            let answers = |r: &RouteEntry| r.hop != silent;
            let looked = routes.look_up(iface, prefix, answers);
            assert_eq!(looked, routes.walk(iface, prefix, answers), "round {round}");
            found += u32::from(looked.is_some());
        }
        assert!(found > 2000, "{found}");
    }
}
