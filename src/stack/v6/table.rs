// SPDX-License-Identifier: Apache-2.0
//! What applications ask about IPv6 and change by hand: routers, prefixes, lifetimes.
//!
//! Called by: `capi::net_if_ipv6`.

use super::super::{Env, Ipv6Change, Stack};
use super::addr::Lifetime;
use super::{Managed, Prefix};
use crate::base::{Error, Ipv6Addr, Result};
#[cfg(CONFIG_ZNET_CONTEXTS)]
use crate::base::{IpAddr, list};
#[cfg(CONFIG_ZNET_CONTEXTS)]
use crate::iface::NetIfAddr;
use crate::iface::{AddrState, IfRef, NetIfIpv6Prefix, note_change};
#[cfg(CONFIG_ZNET_CONTEXTS)]
use crate::ip::v6::order::{self, Candidate};
use crate::ip::v6::routers::Router;
use crate::ip::v6::routes::Origin;
use crate::ip::v6::{select, slaac};
use crate::wire::ndp::{INFINITE, Preference};

impl Stack {
    /// The routers known: those that announced themselves, and those added here.
    pub fn ipv6_routers(&self) -> impl Iterator<Item = &Router> {
        self.v6.routers.iter()
    }

    /// Adds a default router, or updates it; `lifetime` is in seconds, 0 for ever.
    ///
    /// # Errors
    /// [`Error::NoMem`] without room.
    pub fn ipv6_router_add(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        addr: Ipv6Addr,
        lifetime: u16,
    ) -> Result<Router> {
        let seconds = if lifetime == 0 { INFINITE } else { lifetime.into() };
        let (index, until) = (iface.index(), slaac::until(env.now(), seconds));
        let preference = Preference::Medium;
        let new = Router { iface: index, addr, preference, until, reachable: true };
        if self.v6.routers.put(new) {
            self.tell_v6(Ipv6Change::RouterAdd, iface, addr);
        }
        note_change();
        if let Some(at) = until {
            self.effects.deadline(at);
        }
        self.v6.routers.get(index, addr).copied().ok_or(Error::NoMem)
    }

    /// Forgets a router; false when it was not known.
    pub fn ipv6_router_rm(&mut self, iface: IfRef, addr: Ipv6Addr) -> bool {
        let index = iface.index();
        let gone = self.v6.routers.remove(index, addr);
        self.forget_routes(|r| r.iface == index && r.hop == addr && r.origin != Origin::Manual);
        if gone {
            note_change();
            self.tell_v6(Ipv6Change::RouterDel, iface, addr);
        }
        gone
    }

    /// The interface, by index, on which an address of this context, its own or its peer's, means something;
    /// 0 for one that needs none (RFC 4007, 11).
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    pub fn ipv6_scope_of(&self, id: crate::transport::ContextId, addr: IpAddr) -> u8 {
        let (Ok(context), Some(addr)) = (self.contexts.get(id), addr.v6()) else { return 0 };
        if !addr.is_unicast_link_local() {
            return 0;
        }
        if context.iface != 0 {
            return context.iface;
        }
        let own = context.local.addr.v6().and_then(|own| self.ifaces.owner_of_ipv6(own));
        let near =
            own.filter(|_| context.local.addr.v6().is_some_and(|own| own.is_unicast_link_local()));
        let way = || self.route_v6(0, None, addr).ok().map(|route| route.iface);
        near.or_else(way).map_or(0, IfRef::index)
    }

    /// The router that packets to `dst` go to, over `iface` if one is given.
    pub fn ipv6_router_to(&self, iface: Option<IfRef>, dst: Ipv6Addr) -> Option<Router> {
        let (index, hop) = self.v6.routers.way(iface.map_or(0, IfRef::index), dst)?;
        self.v6.routers.get(index, hop).copied()
    }

    /// Notes that a prefix is on the link for so many seconds, [`INFINITE`] for ever.
    pub fn ipv6_prefix_add(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        prefix: Ipv6Addr,
        len: u8,
        seconds: u32,
    ) -> Option<&'static NetIfIpv6Prefix> {
        let slot = iface.ipv6_prefix_add(prefix, len)?;
        self.ipv6_prefix_lifetime(env, iface, prefix, len, seconds);
        Some(slot)
    }

    /// Changes how long a prefix is on the link.
    pub fn ipv6_prefix_lifetime(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        prefix: Ipv6Addr,
        len: u8,
        seconds: u32,
    ) {
        let Some(slot) = iface.ipv6_prefix(prefix, len) else { return };
        let (index, stored) = (iface.index(), slot.prefix.get());
        self.v6.prefixes.retain(|p| p.iface != index || p.len != len || p.prefix != stored);
        let until = slaac::until(env.now(), seconds);
        slot.is_infinite.set(u8::from(until.is_none()));
        if let Some(until) = until {
            let _ = self.v6.prefixes.push(Prefix { iface: index, prefix: stored, len, until });
            self.effects.deadline(until);
        }
    }

    /// Changes how long an address may be used, from now on; [`INFINITE`] is for ever.
    pub fn ipv6_addr_lifetime(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        addr: Ipv6Addr,
        seconds: u32,
    ) {
        let Some(slot) = iface.ipv6_slot(addr) else { return };
        let until = slaac::until(env.now(), seconds);
        slot.is_infinite.set(u8::from(until.is_none()));
        let index = iface.index();
        match self.v6.managed.iter_mut().find(|m| m.iface == index && m.addr == addr) {
            Some(managed) => (managed.preferred, managed.valid) = (until, until),
            None if until.is_some() => {
                let life = Lifetime { preferred: until, valid: until };
                let _ = self.v6.managed.push(Managed::new(index, addr, life));
            }
            None => {}
        }
        if slot.addr_state() == AddrState::Deprecated {
            slot.set_addr_state(AddrState::Preferred);
        }
        if let Some(at) = until {
            self.effects.deadline(at);
        }
    }

    /// The name servers that routers told of, with the interface each was told of on: that is where it
    /// is asked, when its address is link-local (RFC 8106, 5.1).
    #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
    pub fn ipv6_dns_servers(&self) -> impl Iterator<Item = (u8, Ipv6Addr)> {
        self.v6.dns.servers()
    }

    /// The search domains that routers told of, with the interface each was told of on.
    #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
    pub fn ipv6_search_domains(&self) -> impl Iterator<Item = (u8, &str)> {
        self.v6.dns.domains()
    }

    /// Puts the addresses of a peer into the order in which they are best tried (RFC 6724, 6); those
    /// past the first sixteen stay behind them.
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    pub fn sort_destinations(&self, addresses: &mut [IpAddr]) {
        let known = addresses.iter().map(|addr| (self.candidate(*addr), *addr));
        let mut known: heapless::Vec<(Candidate, IpAddr), 16> = list::gather(known);
        // By insertion, which leaves equals as they came.
        for end in 1..known.len() {
            let mut at = end;
            while at > 0
                && let Some([(before, _), (this, _)]) = known.get(at - 1..=at)
                && order::compare(this, before).is_lt()
            {
                known.swap(at - 1, at);
                at -= 1;
            }
        }
        for (place, (_, addr)) in addresses.iter_mut().zip(known) {
            *place = addr;
        }
    }

    /// What the rules of [`order`] want to know of a destination.
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    fn candidate(&self, addr: IpAddr) -> Candidate {
        match addr {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(dst) => {
                let src = self.route_v4(0, None, dst).ok().map(|way| way.src.to_ipv6_mapped());
                Candidate { dst: dst.to_ipv6_mapped(), src, deprecated: false }
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(dst) => {
                let way = self.route_v6(0, None, dst).ok();
                let slot = way.and_then(|way| way.iface.ipv6_slot(way.src));
                let old = |slot: &NetIfAddr| slot.addr_state() == AddrState::Deprecated;
                Candidate { dst, src: way.map(|way| way.src), deprecated: slot.is_some_and(old) }
            }
        }
    }

    /// The source address of packets to `dst` over `iface`.
    pub fn ipv6_source(iface: IfRef, dst: Ipv6Addr, prefer_public: bool) -> Option<Ipv6Addr> {
        select::source(iface, dst, prefer_public)
    }
}
