// SPDX-License-Identifier: Apache-2.0
//! Routers, the routes they tell, and redirects (RFC 4861, 5.1 and 8; RFC 4191).
//!
//! Called by: `stack::ra`, `ip::v6::route`. Everything has a time after which it is forgotten.

use heapless::Vec;

#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use super::routes::RouteEntry;
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use super::routes::Routes;
use crate::base::{Instant, Ipv6Addr, list};
use crate::config;
use crate::wire::ndp::Preference;

/// Routers of all interfaces together.
const ROUTERS: usize = if config::NET_MAX_ROUTERS == 0 { 1 } else { config::NET_MAX_ROUTERS };
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

/// What is known of ways off the link.
pub struct Routers {
    routers: Vec<Router, ROUTERS>,
    /// Ways to some of what lies behind them.
    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    pub routes: Routes,
}

impl Routers {
    /// Nothing is known.
    pub const fn new() -> Self {
        Routers {
            routers: Vec::new(),
            #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
            routes: Routes::new(),
        }
    }

    /// The routers.
    pub fn iter(&self) -> impl Iterator<Item = &Router> {
        self.routers.iter()
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
            let least = self.routers.iter().enumerate().min_by_key(|(_, r)| r.preference);
            match least.map(|(at, r)| (at, r.preference)) {
                Some((at, preference)) if preference < new.preference => {
                    list::take(&mut self.routers, at);
                }
                _ => return false,
            }
        }
        self.routers.push(new).is_ok()
    }

    /// Forgets the default router at `addr`; true when it was one. Routes through it stay.
    pub fn remove(&mut self, iface: u8, addr: Ipv6Addr) -> bool {
        self.take(|r| r.iface == iface && r.addr == addr).is_some()
    }

    /// Forgets all routers on one interface.
    pub fn remove_iface(&mut self, iface: u8) {
        while self.take(|r| r.iface == iface).is_some() {}
    }

    /// Notes that the router at `addr` answers; true when that is news.
    pub fn answers(&mut self, iface: u8, addr: Ipv6Addr) -> bool {
        let found = self.routers.iter_mut().find(|r| r.iface == iface && r.addr == addr);
        found.is_some_and(|router| !core::mem::replace(&mut router.reachable, true))
    }

    /// Notes that the router at `addr` does not answer: it goes behind all others. False when there is
    /// no such router.
    pub fn fails(&mut self, iface: u8, addr: Ipv6Addr) -> bool {
        let Some(router) = self.take(|r| r.iface == iface && r.addr == addr) else { return false };
        // The place it had is free.
        self.routers.push(Router { reachable: false, ..router }).is_ok()
    }

    /// The most specific route to `dst` with its slot, over `iface` when that is not 0. One whose router does not
    /// answer, or whose interface is not `up`, is taken only for want of another.
    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    pub fn route(
        &self,
        iface: u8,
        dst: Ipv6Addr,
        up: impl Fn(u8) -> bool,
    ) -> Option<(usize, &RouteEntry)> {
        let answers = |r: &RouteEntry| self.get(r.iface, r.hop).is_none_or(|r| r.reachable);
        self.routes.find(iface, dst, |r| up(r.iface) && answers(r))
    }

    /// The default router to use, over `iface` when that is not 0: interface index and address. One that does not
    /// answer is taken only for want of another (RFC 4191, 3.2).
    pub fn default_router(&self, iface: u8) -> Option<(u8, Ipv6Addr)> {
        let on = |index: u8| iface == 0 || iface == index;
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

    /// The most specific way to `dst`, over `iface` when that is not 0: interface index and next hop.
    pub fn way(&self, iface: u8, dst: Ipv6Addr) -> Option<(u8, Ipv6Addr)> {
        #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
        if let Some((_, route)) = self.route(iface, dst, |_| true) {
            return Some((route.iface, route.hop));
        }
        let _ = dst;
        self.default_router(iface)
    }

    /// Forgets a default router whose time is over, and returns it.
    pub fn expire(&mut self, now: Instant) -> Option<Router> {
        self.take(|r| r.until.is_some_and(|at| at <= now))
    }

    /// Takes out the first router that is such; those behind it move up.
    fn take(&mut self, such: impl Fn(&Router) -> bool) -> Option<Router> {
        let at = self.routers.iter().position(such)?;
        list::take_in_order(&mut self.routers, at)
    }

    /// When the time of a router or a route is over next.
    pub fn deadline(&self) -> Option<Instant> {
        let routers = self.routers.iter().filter_map(|r| r.until);
        #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
        let routers = routers.chain(self.routes.iter().filter_map(|(_, r)| r.until));
        routers.min()
    }
}

impl Default for Routers {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    use super::super::routes::Origin;
    use super::*;

    const DST: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 5, 0, 0, 0, 0, 1);

    fn addr(last: u16) -> Ipv6Addr {
        Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, last)
    }

    fn router(last: u16, preference: Preference) -> Router {
        Router { iface: 1, addr: addr(last), preference, until: None, reachable: true }
    }

    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    fn route(len: u8, last: u16) -> RouteEntry {
        RouteEntry {
            iface: 1,
            prefix: DST,
            len,
            hop: addr(last),
            preference: Preference::Medium,
            until: None,
            origin: Origin::Redirect,
        }
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
        assert!(table.remove(1, addr(1)));
        assert_eq!(table.way(0, DST), Some((1, addr(2))), "better than none");
    }

    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    #[test]
    fn a_route_before_any_default_router() {
        let mut table = Routers::new();
        table.put(router(1, Preference::High));
        table.routes.put(route(32, 3));
        assert_eq!(table.way(0, DST), Some((1, addr(3))));
        table.routes.put(route(128, 4));
        assert_eq!(table.way(0, DST), Some((1, addr(4))));
        table.routes.put(route(128, 5));
        assert_eq!(table.way(0, DST), Some((1, addr(5))), "a redirect replaces another");
        assert_eq!(table.route(0, DST, |_| false).map(|(_, r)| r.len), Some(128));
        while table.routes.remove_next(0, |_| true).is_some() {}
        assert_eq!(table.way(0, DST), Some((1, addr(1))));
    }

    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    #[test]
    fn what_is_out_of_date_goes() {
        let (soon, late) = (Instant::from_millis(10), Instant::from_millis(20));
        let mut table = Routers::new();
        table.put(Router { until: Some(soon), ..router(1, Preference::Low) });
        table.routes.put(RouteEntry { until: Some(late), ..route(32, 3) });
        assert_eq!(table.expire(Instant::from_millis(9)), None);
        assert_eq!(table.deadline(), Some(soon));
        assert_eq!(table.expire(soon).map(|router| router.addr), Some(addr(1)));
        assert_eq!((table.expire(soon), table.deadline()), (None, Some(late)));
    }

    #[test]
    fn a_flood_of_routers_is_bounded() {
        let mut table = Routers::new();
        table.put(router(1, Preference::High));
        for last in 2..200 {
            table.put(router(last, Preference::Medium));
        }
        assert!(table.get(1, addr(1)).is_some(), "the wanted one stays");
        assert!(table.iter().count() <= ROUTERS);
    }
}
