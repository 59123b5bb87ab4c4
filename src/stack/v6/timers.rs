// SPDX-License-Identifier: Apache-2.0
//! What the passing of time brings to IPv6. Nothing here is on a packet's way: the tables are walked
//! when something is due, and when an interface came up or went down.
//!
//! Called by: `stack::timers`.

use super::super::{Env, Ipv6Change, Stack};
use crate::base::{Duration, Instant, list};
use crate::config;
use crate::iface::{AddrState, IF_MAX};

/// Pause between two looks; zero where each looks when something is due.
const TICK: Duration = Duration::from_millis(config::ZNET_IPV6_TICK as u64);

impl Stack {
    /// Does all that is due now.
    pub(in crate::stack) fn ipv6_timers(&mut self, env: &dyn Env) {
        if TICK.as_micros() != 0 {
            self.v6.look_at = env.now() + TICK;
        }
        self.watch_links(env);
        #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
        self.neighbour_timers(env);
        #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
        self.fragment_timers_v6(env);
        self.address_timers(env);
        #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
        self.v6.dns.expire(env.now());
        self.expire_v6(env.now());
        #[cfg(CONFIG_NET_IPV6_ND)]
        for index in 1..=IF_MAX as u8 {
            let due = |link: &mut super::Link| link.solicit > 0 && link.solicit_at <= env.now();
            if self.v6.link_mut(index).is_some_and(due)
                && let Some(iface) = self.ifaces.get(index)
            {
                self.solicit_router(env, iface);
            }
        }
        #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
        self.advertise_timers(env);
        #[cfg(CONFIG_NET_IPV6_MLD)]
        self.report_timers(env);
    }

    /// Interfaces come up and go down behind the stack's back: from interrupts too.
    fn watch_links(&mut self, env: &dyn Env) {
        for index in 1..=IF_MAX as u8 {
            let is = self.ifaces.get(index).filter(|iface| iface.is_up());
            let was = self.v6.link_mut(index).is_some_and(|link| link.up);
            match (was, is) {
                (false, Some(iface)) => {
                    self.link_up_v6(env, iface);
                    #[cfg(CONFIG_NET_IPV6_MLD)]
                    self.report_all_v6(iface);
                }
                (true, None) => match self.ifaces.get(index) {
                    Some(iface) => self.link_down_v6(iface),
                    None => {
                        if let Some(link) = self.v6.link_mut(index) {
                            link.up = false;
                        }
                    }
                },
                _ => {}
            }
        }
    }

    /// Addresses being asked for, and those whose time is over (RFC 4862, 5.5.4).
    fn address_timers(&mut self, env: &dyn Env) {
        let now = env.now();
        let mut at = 0;
        while let Some(managed) = self.v6.managed.get(at).copied() {
            let over = |until: Option<Instant>| until.is_some_and(|until| until <= now);
            let Some(iface) = self.ifaces.get(managed.iface) else {
                list::take(&mut self.v6.managed, at);
                continue;
            };
            if over(managed.valid) {
                // Takes the entry with it.
                self.ipv6_addr_rm(iface, managed.addr);
                if self.v6.managed.get(at).is_some_and(|m| m.addr == managed.addr) {
                    list::take(&mut self.v6.managed, at);
                }
                continue;
            }
            #[cfg(CONFIG_NET_IPV6_DAD)]
            if managed.asking.is_some_and(|asking| asking.at <= now) {
                let before = self.v6.managed.len();
                self.ask_further(env, at);
                if self.v6.managed.len() < before {
                    continue;
                }
            }
            #[cfg(CONFIG_NET_IPV6_PE)]
            if managed.renewal(Some(iface)).is_some_and(|due| due <= now) {
                self.renew_temporary(env, at);
            }
            let slot = iface.ipv6_slot(managed.addr);
            if let Some(slot) = slot.filter(|s| s.addr_state() == AddrState::Preferred)
                && over(managed.preferred)
            {
                slot.set_addr_state(AddrState::Deprecated);
                self.tell_v6(Ipv6Change::AddrDeprecated, iface, managed.addr);
            }
            at += 1;
        }
    }

    /// Forgets prefixes, routers and routes whose time is over.
    fn expire_v6(&mut self, now: Instant) {
        let mut at = 0;
        while let Some(prefix) = self.v6.prefixes.get(at).copied() {
            if prefix.until > now {
                at += 1;
                continue;
            }
            list::take(&mut self.v6.prefixes, at);
            if let Some(iface) = self.ifaces.get(prefix.iface) {
                self.forget_prefix(iface, prefix.prefix, prefix.len);
            }
        }
        self.expire_routes(now);
        while let Some(gone) = self.v6.routers.expire(now) {
            crate::iface::note_change();
            if let Some(iface) = self.ifaces.get(gone.iface) {
                self.tell_v6(Ipv6Change::RouterDel, iface, gone.addr);
            }
        }
    }

    /// When [`ipv6_timers`](Self::ipv6_timers) has something to do next.
    pub(in crate::stack) fn ipv6_deadline(&self) -> Option<Instant> {
        if TICK.as_micros() != 0 {
            return self.v6.links.iter().any(|link| link.up).then_some(self.v6.look_at);
        }
        let managed = self.v6.managed.iter().flat_map(|m| {
            // A preference that is over is only waited for where it has not been seen yet.
            let slot = self.ifaces.get(m.iface).and_then(|iface| iface.ipv6_slot(m.addr));
            let preferred = slot.is_some_and(|s| s.addr_state() == AddrState::Preferred);
            let asking = m.asking.map(|asking| asking.at);
            [asking, m.valid, m.preferred.filter(|_| preferred)].into_iter().flatten()
        });
        let links = self.v6.links.iter().filter(|l| l.solicit > 0).map(|l| l.solicit_at);
        let prefixes = self.v6.prefixes.iter().map(|p| p.until);
        let routers = self.v6.routers.deadline();
        let known = managed.chain(links).chain(prefixes).chain(routers).min();
        #[cfg(CONFIG_NET_IPV6_PE)]
        let known = {
            let renewals =
                self.v6.managed.iter().filter_map(|m| m.renewal(self.ifaces.get(m.iface)));
            renewals.chain(known).min()
        };
        #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
        let known = [known, self.v6.dns.deadline()].into_iter().flatten().min();
        #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
        let known = [known, self.v6.neighbours.deadline()].into_iter().flatten().min();
        #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
        let known = [known, self.fragment_deadline_v6()].into_iter().flatten().min();
        #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
        let known = [known, self.v6.roles.deadline()].into_iter().flatten().min();
        #[cfg(CONFIG_NET_IPV6_MLD)]
        let known = [known, self.v6.reports.deadline()].into_iter().flatten().min();
        known
    }
}
