// SPDX-License-Identifier: Apache-2.0
//! Routers, the routes they tell, and redirects (RFC 4861, 5.1 and 8; RFC 4191).
//!
//! Called by: `stack::ra`, `ip::v6::route`. Everything has a time after which it is forgotten.

use heapless::Vec;

use super::scope::is_in;
use crate::base::{Instant, Ipv6Addr};
use crate::config;
use crate::wire::ndp::Preference;

/// Routers of all interfaces together.
const ROUTERS: usize = if config::NET_MAX_ROUTERS == 0 { 1 } else { config::NET_MAX_ROUTERS };
/// Routes and redirects: as many as there are neighbours.
const ROUTES: usize =
    if config::NET_IPV6_MAX_NEIGHBORS == 0 { 1 } else { config::NET_IPV6_MAX_NEIGHBORS };

/// A router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Router {
    /// Interface by index.
    pub iface: u8,
    /// Its link-local address.
    pub addr: Ipv6Addr,
    /// How much it wants to be used.
    pub preference: Preference,
    /// Until when it is a default router; `None` is for ever.
    pub until: Option<Instant>,
    /// It has not failed to answer lately.
    pub reachable: bool,
}

/// Where packets to a prefix go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteEntry {
    /// Interface by index.
    pub iface: u8,
    /// The prefix.
    pub prefix: Ipv6Addr,
    /// Its length in bits.
    pub len: u8,
    /// The neighbour they go to.
    pub hop: Ipv6Addr,
    /// How much the router wants to be used.
    pub preference: Preference,
    /// Until when; `None` is for ever.
    pub until: Option<Instant>,
}

/// What is known of ways off the link.
pub struct Routers {
    routers: Vec<Router, ROUTERS>,
    routes: Vec<RouteEntry, ROUTES>,
}

impl Routers {
    /// Nothing is known.
    pub const fn new() -> Self {
        Routers { routers: Vec::new(), routes: Vec::new() }
    }

    /// The routers.
    pub fn iter(&self) -> impl Iterator<Item = &Router> {
        self.routers.iter()
    }

    /// The routes.
    pub fn routes(&self) -> impl Iterator<Item = &RouteEntry> {
        self.routes.iter()
    }

    /// The router at `addr`.
    pub fn get(&self, iface: u8, addr: Ipv6Addr) -> Option<&Router> {
        self.routers.iter().find(|r| r.iface == iface && r.addr == addr)
    }

    /// Adds a router or updates it. A full table gives up the router that is least wanted, if it is
    /// wanted less than the new one. True when it was not known before.
    pub fn put(&mut self, new: Router) -> bool {
        if let Some(old) =
            self.routers.iter_mut().find(|r| r.iface == new.iface && r.addr == new.addr)
        {
            // What was found out about it stays.
            *old = Router { reachable: old.reachable, ..new };
            return false;
        }
        if self.routers.is_full() {
            let least = (0..self.routers.len()).min_by_key(|&at| self.routers[at].preference);
            match least {
                Some(at) if self.routers[at].preference < new.preference => {
                    self.routers.swap_remove(at);
                }
                _ => return false,
            }
        }
        self.routers.push(new).is_ok()
    }

    /// Forgets the default router at `addr`, and what goes through it when `all`.
    pub fn remove(&mut self, iface: u8, addr: Ipv6Addr, all: bool) -> bool {
        let before = self.routers.len();
        self.routers.retain(|r| r.iface != iface || r.addr != addr);
        if all {
            self.routes.retain(|r| r.iface != iface || r.hop != addr);
        }
        before != self.routers.len()
    }

    /// Forgets everything about one interface.
    pub fn remove_iface(&mut self, iface: u8) {
        self.routers.retain(|r| r.iface != iface);
        self.routes.retain(|r| r.iface != iface);
    }

    /// Adds a route or updates it; the oldest gives way when there is no room.
    pub fn put_route(&mut self, new: RouteEntry) {
        // A redirect replaces whatever was known about its one destination.
        let same = |r: &RouteEntry| {
            r.iface == new.iface
                && r.len == new.len
                && r.prefix == new.prefix
                && (r.hop == new.hop || new.len == 128)
        };
        self.routes.retain(|r| !same(r));
        if self.routes.is_full() {
            self.routes.remove(0);
        }
        let _ = self.routes.push(new);
    }

    /// Forgets the route to `prefix`/`len` by `hop`.
    pub fn remove_route(&mut self, iface: u8, prefix: Ipv6Addr, len: u8, hop: Ipv6Addr) {
        self.routes
            .retain(|r| !(r.iface == iface && r.prefix == prefix && r.len == len && r.hop == hop));
    }

    /// Notes that the router at `addr` answers; true when that is news.
    pub fn answers(&mut self, iface: u8, addr: Ipv6Addr) -> bool {
        let found = self.routers.iter_mut().find(|r| r.iface == iface && r.addr == addr);
        found.is_some_and(|router| !core::mem::replace(&mut router.reachable, true))
    }

    /// Notes that the router at `addr` does not answer: it goes behind all others. False when there is
    /// no such router.
    pub fn fails(&mut self, iface: u8, addr: Ipv6Addr) -> bool {
        let Some(at) = self.routers.iter().position(|r| r.iface == iface && r.addr == addr) else {
            return false;
        };
        let router = self.routers.remove(at);
        // The place it had is free.
        let _ = self.routers.push(Router { reachable: false, ..router });
        true
    }

    /// The most specific way to `dst`, over `iface` when that is not 0: interface index and next hop. A
    /// router that does not answer is taken only for want of another (RFC 4191, 3.2).
    pub fn way(&self, iface: u8, dst: Ipv6Addr) -> Option<(u8, Ipv6Addr)> {
        let on = |index: u8| iface == 0 || iface == index;
        let answers = |iface: u8, hop: Ipv6Addr| self.get(iface, hop).is_none_or(|r| r.reachable);
        let specific = self
            .routes
            .iter()
            .filter(|r| on(r.iface) && is_in(dst, r.prefix, r.len))
            .max_by_key(|r| (answers(r.iface, r.hop), r.len, r.preference));
        if let Some(route) = specific {
            return Some((route.iface, route.hop));
        }
        let mut best: Option<&Router> = None;
        for router in self.routers.iter().filter(|r| on(r.iface)) {
            // Of those that do not answer each has its turn (RFC 4861, 6.3.6).
            let rank = |r: &Router| (r.reachable, r.reachable.then_some(r.preference));
            // The first of equals stays.
            if best.is_none_or(|b| rank(router) > rank(b)) {
                best = Some(router);
            }
        }
        best.map(|router| (router.iface, router.addr))
    }

    /// Forgets what is out of date and returns when to look again; the callback is told of each
    /// default router that goes.
    pub fn expire(&mut self, now: Instant, mut gone: impl FnMut(&Router)) -> Option<Instant> {
        let over = |until: Option<Instant>| until.is_some_and(|at| at <= now);
        self.routers.retain(|r| {
            if over(r.until) {
                gone(r);
            }
            !over(r.until)
        });
        self.routes.retain(|r| !over(r.until));
        let routers = self.routers.iter().filter_map(|r| r.until);
        routers.chain(self.routes.iter().filter_map(|r| r.until)).min()
    }
}

impl Default for Routers {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DST: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 5, 0, 0, 0, 0, 1);

    fn addr(last: u16) -> Ipv6Addr {
        Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, last)
    }

    fn router(last: u16, preference: Preference) -> Router {
        Router { iface: 1, addr: addr(last), preference, until: None, reachable: true }
    }

    fn route(len: u8, last: u16) -> RouteEntry {
        let preference = Preference::Medium;
        RouteEntry { iface: 1, prefix: DST, len, hop: addr(last), preference, until: None }
    }

    #[test]
    fn the_preferred_router_that_answers() {
        if ROUTERS < 2 {
            return;
        }
        let mut table = Routers::new();
        assert_eq!(table.way(0, DST), None);
        assert!(table.put(router(1, Preference::Medium)) && table.put(router(2, Preference::High)));
        assert_eq!(table.way(0, DST), Some((1, addr(2))));
        assert!(table.fails(1, addr(2)));
        assert_eq!(table.way(0, DST), Some((1, addr(1))));
        assert!(!table.put(router(2, Preference::High)), "an update");
        assert_eq!(table.way(0, DST), Some((1, addr(1))), "does not make it answer");
        assert_eq!(table.way(2, DST), None, "on another interface");
        assert!(table.remove(1, addr(1), true));
        assert_eq!(table.way(0, DST), Some((1, addr(2))), "better than none");
    }

    #[test]
    fn the_longest_prefix_wins() {
        let mut table = Routers::new();
        table.put(router(1, Preference::High));
        table.put_route(route(32, 3));
        assert_eq!(table.way(0, DST), Some((1, addr(3))));
        table.put_route(route(128, 4));
        assert_eq!(table.way(0, DST), Some((1, addr(4))));
        table.put_route(route(128, 5));
        assert_eq!(table.way(0, DST), Some((1, addr(5))), "a redirect replaces another");
        table.remove_route(1, DST, 128, addr(5));
        assert_eq!(table.way(0, DST), Some((1, addr(3))));
    }

    #[test]
    fn what_is_out_of_date_goes() {
        let (soon, late) = (Instant::from_millis(10), Instant::from_millis(20));
        let mut table = Routers::new();
        table.put(Router { until: Some(soon), ..router(1, Preference::Low) });
        table.put_route(RouteEntry { until: Some(late), ..route(32, 3) });
        let mut gone = 0;
        assert_eq!(table.expire(Instant::from_millis(9), |_| gone += 1), Some(soon));
        assert_eq!(table.expire(soon, |_| gone += 1), Some(late));
        assert_eq!(gone, 1);
        assert_eq!(table.expire(late, |_| gone += 1), None);
        assert_eq!((gone, table.way(0, DST)), (1, None));
    }

    #[test]
    fn a_flood_of_routers_and_routes_is_bounded() {
        let mut table = Routers::new();
        table.put(router(1, Preference::High));
        for last in 2..200 {
            table.put(router(last, Preference::Medium));
            table.put_route(route(64, last));
        }
        assert!(table.get(1, addr(1)).is_some(), "the wanted one stays");
        assert!(table.iter().count() <= ROUTERS && table.routes().count() <= ROUTES);
    }
}
