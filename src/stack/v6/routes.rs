// SPDX-License-Identifier: Apache-2.0
//! The routing table as others change it: routes come and go, and listeners hear of it.
//!
//! Called by: `stack::v6::{router, timers, addr, table, neighbour}`, `capi::net_route`. Calls:
//! `ip::v6::routes`.

#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use super::super::Env;
use super::super::Stack;
use crate::base::Instant;
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::base::{Error, Ipv6Addr, Result};
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::iface::{IfRef, note_change};
use crate::ip::v6::routes::RouteEntry;
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::ip::v6::routes::{Origin, Put};
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::ip::v6::{Hop, slaac};
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::wire::ndp::Preference;

/// Where there are no routes there are none to forget.
#[cfg(not(CONFIG_ZNET_IPV6_ROUTES))]
impl Stack {
    pub(super) fn forget_routes(&mut self, _: impl Fn(&RouteEntry) -> bool) {}

    pub(super) fn expire_routes(&mut self, _: Instant) {}
}

#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
impl Stack {
    /// Adds a route or updates it; its slot, or `None` when there is no room.
    pub(super) fn put_route(&mut self, new: RouteEntry) -> Option<usize> {
        let slot = match self.v6.routers.routes.put(new) {
            Put::Added(slot, gone) => {
                if let Some(gone) = gone {
                    self.tell_route(&gone, false);
                }
                if let Some(route) = self.v6.routers.routes.get(slot).copied() {
                    self.tell_route(&route, true);
                }
                slot
            }
            Put::Updated(slot) => slot,
            Put::Full => return None,
        };
        note_change();
        if let Some(at) = new.until {
            self.effects.deadline(at);
        }
        Some(slot)
    }

    /// Forgets the routes that `which` holds for; returns how many.
    pub(super) fn forget_routes(&mut self, which: impl Fn(&RouteEntry) -> bool) -> usize {
        let (mut from, mut count) = (0, 0);
        while let Some((slot, gone)) = self.v6.routers.routes.remove_next(from, &which) {
            self.tell_route(&gone, false);
            (from, count) = (slot + 1, count + 1);
        }
        if count > 0 {
            note_change();
        }
        count
    }

    /// Forgets the routes whose time is over.
    pub(super) fn expire_routes(&mut self, now: Instant) {
        self.forget_routes(|route| route.until.is_some_and(|at| at <= now));
    }

    /// The routes with their slots, in no order.
    pub fn ipv6_routes(&self) -> impl Iterator<Item = (usize, &RouteEntry)> {
        self.v6.routers.routes.iter()
    }

    /// The route in a slot.
    pub fn ipv6_route(&self, slot: usize) -> Option<&RouteEntry> {
        self.v6.routers.routes.get(slot)
    }

    /// The route that packets to `dst` take, over `iface` if one is given. Default routers and prefixes on a
    /// link are no routes.
    pub fn ipv6_route_to(
        &self,
        iface: Option<IfRef>,
        dst: Ipv6Addr,
    ) -> Option<(usize, &RouteEntry)> {
        self.v6.routers.route(iface.map_or(0, IfRef::index), dst, |_| true)
    }

    /// The neighbour that packets to `dst` go to, over `iface` if one is given.
    pub fn ipv6_next_hop(&self, iface: Option<IfRef>, dst: Ipv6Addr) -> Option<Ipv6Addr> {
        match self.route_v6(iface.map_or(0, IfRef::index), None, dst).ok()?.hop {
            Hop::Neighbour(hop) => Some(hop),
            _ => None,
        }
    }

    /// Adds a route to `prefix`/`len` by the neighbour `hop` on `iface`, for so many seconds
    /// ([`INFINITE`](crate::wire::ndp::INFINITE) is for ever), or brings it up to date. A route of the application's
    /// by another neighbour gives way unless it is preferred more. Returns the slot.
    ///
    /// # Errors
    /// [`Error::Inval`] for a group or a length past 128, [`Error::Exist`] for one preferred less than what is there,
    /// [`Error::NoMem`] without room.
    pub fn ipv6_route_add(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        (prefix, len): (Ipv6Addr, u8),
        hop: Ipv6Addr,
        seconds: u32,
        preference: Preference,
    ) -> Result<usize> {
        if len > 128 || prefix.is_multicast() || hop.is_multicast() {
            return Err(Error::Inval);
        }
        let new = RouteEntry {
            iface: iface.index(),
            prefix: crate::ip::v6::scope::network(prefix, len),
            len,
            hop,
            preference,
            until: slaac::until(env.now(), seconds),
            origin: Origin::Manual,
        };
        let other = |r: &RouteEntry| {
            (r.iface, r.prefix, r.len, r.origin) == (new.iface, new.prefix, len, Origin::Manual)
                && r.hop != hop
        };
        if self.ipv6_routes().any(|(_, r)| other(r) && r.preference > preference) {
            return Err(Error::Exist);
        }
        self.forget_routes(other);
        self.put_route(new).ok_or(Error::NoMem)
    }

    /// Changes for how many seconds from now the route in a slot holds.
    pub fn ipv6_route_lifetime(&mut self, env: &dyn Env, slot: usize, seconds: u32) {
        let until = slaac::until(env.now(), seconds);
        self.v6.routers.routes.set_until(slot, until);
        if let Some(at) = until {
            self.effects.deadline(at);
        }
    }

    /// Forgets the route in a slot; false when there is none.
    pub fn ipv6_route_rm(&mut self, slot: usize) -> bool {
        let Some(gone) = self.v6.routers.routes.remove(slot) else { return false };
        self.tell_route(&gone, false);
        note_change();
        true
    }

    /// Forgets the routes by a neighbour; returns how many.
    pub fn ipv6_routes_rm_by(&mut self, iface: IfRef, hop: Ipv6Addr) -> usize {
        let iface = iface.index();
        self.forget_routes(|r| r.iface == iface && r.hop == hop)
    }

    /// Leaves an event about a route. Redirects are no routes to tell of: they come by the packet.
    fn tell_route(&mut self, route: &RouteEntry, added: bool) {
        let _ = (route, added);
        #[cfg(all(CONFIG_NET_ROUTE, CONFIG_NET_MGMT_EVENT))]
        if route.origin != Origin::Redirect {
            let &RouteEntry { iface, prefix, len, hop, .. } = route;
            self.effects.event(super::super::Event::Ipv6Route { added, iface, prefix, len, hop });
        }
    }
}
