// SPDX-License-Identifier: Apache-2.0
//! The part of a router: advertisements at times of its own and when somebody asks (RFC 4861, 6.2).
//!
//! Called by: `stack::v6::{icmp, addr, timers}`, `capi::znet_router`. Calls: `wire::advert`, `stack::v6::neighbour`.

use heapless::Vec;

use super::super::{Env, Stack};
use super::addr::random_below;
use super::message::{Verdict, check, with_message};
use crate::base::{DropReason, Duration, Error, Instant, Ipv6Addr, Result};
use crate::buf::Pkt;
use crate::config;
use crate::iface::{AddrState, IF_MAX, IfRef, L2Kind};
use crate::ip::v6::Info;
use crate::ip::v6::scope::{ALL_NODES, ALL_ROUTERS};
use crate::wire::advert::Advert;
use crate::wire::ndp::{Preference, Prefix, Route, RouterSolicit};

/// Things told, of all interfaces together.
const ITEMS: usize = if config::ZNET_IPV6_ROUTER_ADVERT_ITEMS == 0 {
    1
} else {
    config::ZNET_IPV6_ROUTER_ADVERT_ITEMS
};
/// MAX_INITIAL_RTR_ADVERTISEMENTS and MAX_INITIAL_RTR_ADVERT_INTERVAL.
const INITIAL: u8 = 3;
const INITIAL_INTERVAL: Duration = Duration::from_secs(16);
/// MAX_RA_DELAY_TIME and MIN_DELAY_BETWEEN_RAS.
const DELAY: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_secs(3);
/// While there is no address to send from.
const RETRY: Duration = Duration::from_secs(1);

/// What a router tells about itself and its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A prefix of the link's.
    Prefix(Prefix),
    /// A network behind the router.
    Route(Route),
    /// A DNS server and for how many seconds it may be used.
    DnsServer(Ipv6Addr, u32),
}

/// An interface on which we are a router.
#[derive(Clone, Copy)]
struct Role {
    /// AdvDefaultLifetime, in seconds.
    lifetime: u16,
    preference: Preference,
    /// Advertisements that come quicker than the others still.
    initial: u8,
    next: Instant,
    last: Option<Instant>,
}

/// What the stack knows of its part as a router.
pub(super) struct Roles {
    links: [Option<Role>; IF_MAX],
    items: Vec<(u8, Told), ITEMS>,
}

impl Roles {
    pub(super) const fn new() -> Self {
        Roles { links: [None; IF_MAX], items: Vec::new() }
    }

    fn get_mut(&mut self, iface: u8) -> Option<&mut Role> {
        self.links.get_mut(usize::from(iface).checked_sub(1)?)?.as_mut()
    }

    /// When the next advertisement is due.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.links.iter().flatten().map(|role| role.next).min()
    }
}

/// Pause between two advertisements: up to a third of the lifetime, and no less than a third of that (RFC 4861, 6.2.1).
fn interval(env: &dyn Env, role: &Role) -> Duration {
    let most = match role.lifetime {
        0 => 600,
        lifetime => u64::from(lifetime / 3).clamp(4, 1_800),
    };
    let least = most / 3;
    let spread = random_below(env, Duration::from_secs(most - least));
    let usual = Duration::from_micros(least * 1_000_000 + spread.as_micros());
    if role.initial > 0 { usual.min(INITIAL_INTERVAL) } else { usual }
}

impl Stack {
    /// Makes us a router on `iface`, a default router for so many seconds after each advertisement; 0 makes us one for
    /// what [`ipv6_advertise`](Self::ipv6_advertise) adds only.
    ///
    /// # Errors
    /// [`Error::NotSup`] on an interface without IPv6, [`Error::Inval`] for a lifetime over 9,000 (RFC 4861, 6.2.1).
    pub fn ipv6_router_enable(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        lifetime: u16,
        preference: Preference,
    ) -> Result<()> {
        if iface.ipv6_config().is_none() || iface.l2_kind() == L2Kind::Loopback {
            return Err(Error::NotSup);
        }
        if lifetime > 9_000 {
            return Err(Error::Inval);
        }
        let place = usize::from(iface.index()).checked_sub(1);
        let place = place.and_then(|at| self.v6.roles.links.get_mut(at)).ok_or(Error::NoDev)?;
        let next = env.now() + random_below(env, DELAY);
        *place = Some(Role { lifetime, preference, initial: INITIAL, next, last: None });
        self.ipv6_leave_routers(iface);
        // RFC 4861, 6.2.2.
        let _ = self.join_v6_group(env, iface, ALL_ROUTERS);
        self.effects.deadline(next);
        Ok(())
    }

    /// Ends that, and says so; forgets what was told.
    pub fn ipv6_router_disable(&mut self, env: &dyn Env, iface: IfRef) {
        let index = iface.index();
        if let Some(role) = self.v6.roles.get_mut(index) {
            // RFC 4861, 6.2.5.
            role.lifetime = 0;
            self.send_router_advert(env, iface);
        }
        self.v6.roles.items.retain(|(on, _)| *on != index);
        let place = usize::from(index).checked_sub(1);
        if let Some(place) = place.and_then(|at| self.v6.roles.links.get_mut(at)) {
            *place = None;
        }
        iface.ipv6_group_leave(ALL_ROUTERS);
    }

    /// Tells something more on `iface`, or something else of the same prefix or server.
    ///
    /// # Errors
    /// [`Error::Inval`] for what RFC 4861, 6.2.1 or RFC 4191, 2.3 does not allow, [`Error::NoMem`] without room.
    pub fn ipv6_advertise(&mut self, env: &dyn Env, iface: IfRef, told: Told) -> Result<()> {
        let good = match &told {
            Told::Prefix(p) => {
                let link = p.prefix.is_unicast_link_local() || p.prefix.is_multicast();
                p.len <= 128 && p.preferred <= p.valid && !link
            }
            Told::Route(r) => r.len <= 128 && !r.prefix.is_multicast(),
            Told::DnsServer(addr, _) => !addr.is_multicast() && !addr.is_unspecified(),
        };
        if !good {
            return Err(Error::Inval);
        }
        let index = iface.index();
        self.v6.roles.items.retain(|(on, old)| *on != index || !is_about_the_same(old, &told));
        self.v6.roles.items.push((index, told)).map_err(|_| Error::NoMem)?;
        // News travel as quickly as at the beginning (RFC 4861, 6.2.4).
        let next = env.now() + random_below(env, DELAY);
        if let Some(role) = self.v6.roles.get_mut(index) {
            role.initial = INITIAL;
            role.next = role.last.map_or(next, |last| next.max(last + PAUSE));
            let at = role.next;
            self.effects.deadline(at);
        }
        Ok(())
    }

    /// True on interfaces where we are a router.
    pub(super) fn is_router_on(&self, iface: IfRef) -> bool {
        let at = usize::from(iface.index()).checked_sub(1);
        at.and_then(|at| self.v6.roles.links.get(at)).is_some_and(Option::is_some)
    }

    /// An interface came up: what it tells is news there.
    pub(super) fn begin_advertising(&mut self, env: &dyn Env, iface: IfRef) {
        let next = env.now() + random_below(env, DELAY);
        if let Some(role) = self.v6.roles.get_mut(iface.index()) {
            (role.initial, role.next, role.last) = (INITIAL, next, None);
            self.effects.deadline(next);
        }
    }

    /// Takes a router solicitation, ICMP header first (RFC 4861, 6.1.1 and 6.2.6). The answer goes to all.
    pub(super) fn rx_router_solicit(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> Verdict {
        check(pkt, info)?;
        if !self.is_router_on(iface) {
            return Err(DropReason::NdNotForUs);
        }
        let mac =
            with_message(pkt, |bytes| Ok(RouterSolicit::parse(bytes)?.options.source_link()))?;
        if info.src.is_unspecified() && mac.is_some() {
            return Err(DropReason::NdInvalid);
        }
        if let Some(mac) = mac {
            self.learn_v6(iface, info.src, mac, Some(false));
        }
        let now = env.now();
        let soon = now + random_below(env, DELAY);
        if let Some(role) = self.v6.roles.get_mut(iface.index()) {
            let at = role.last.map_or(soon, |last| soon.max(last + PAUSE));
            role.next = role.next.min(at);
            let at = role.next;
            self.effects.deadline(at);
        }
        Ok(())
    }

    /// Sends the advertisements that are due.
    pub(super) fn advertise_timers(&mut self, env: &dyn Env) {
        for index in 1..=IF_MAX as u8 {
            let now = env.now();
            if self.v6.roles.get_mut(index).is_none_or(|role| role.next > now) {
                continue;
            }
            let iface = self.ifaces.get(index).filter(|iface| iface.is_up());
            let sent = iface.is_some_and(|iface| self.send_router_advert(env, iface));
            if let Some(role) = self.v6.roles.get_mut(index) {
                if sent {
                    role.initial = role.initial.saturating_sub(1);
                    role.last = Some(now);
                    role.next = now + interval(env, role);
                } else {
                    role.next = now + RETRY;
                }
            }
        }
    }

    /// Sends one; false when there is no address to send it from yet.
    fn send_router_advert(&mut self, env: &dyn Env, iface: IfRef) -> bool {
        let index = iface.index();
        let Some(role) = self.v6.roles.get_mut(index).copied() else { return false };
        let Some(own) = iface.ipv6_link_local(AddrState::Preferred) else { return false };
        let mut advert = Advert::new(iface.ipv6_hop_limit(), role.lifetime, role.preference);
        if iface.l2_kind() == L2Kind::Ethernet {
            advert.source_link(iface.mac());
        }
        advert.mtu(iface.ipv6_mtu().into());
        for (_, told) in self.v6.roles.items.iter().filter(|(on, _)| *on == index) {
            match told {
                Told::Prefix(prefix) => advert.prefix(prefix),
                Told::Route(route) => advert.route(route),
                Told::DnsServer(addr, lifetime) => advert.dns_server(*addr, *lifetime),
            }
        }
        let src = own.address.ipv6();
        self.send_nd_bytes(env, iface, src, ALL_NODES, advert.as_bytes());
        true
    }
}

/// Whether the second replaces the first.
fn is_about_the_same(old: &Told, new: &Told) -> bool {
    match (old, new) {
        (Told::Prefix(a), Told::Prefix(b)) => (a.prefix, a.len) == (b.prefix, b.len),
        (Told::Route(a), Told::Route(b)) => (a.prefix, a.len) == (b.prefix, b.len),
        (Told::DnsServer(a, _), Told::DnsServer(b, _)) => a == b,
        _ => false,
    }
}
