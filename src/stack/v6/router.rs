// SPDX-License-Identifier: Apache-2.0
//! Router discovery: solicitations out, advertisements and redirects in (RFC 4861, 6 and 8;
//! RFC 4862, 5.5; RFC 4191).
//!
//! Called by: `stack::v6::{icmp, addr, timers}`. Calls: `ip::v6::{routers, slaac}`.

use super::super::{Env, Ipv6Change, Stack};
use super::Prefix;
use super::addr::{FIRST_DELAY, Lifetime, random_below};
use super::message::{Verdict, check, with_message};
use crate::base::{DropReason, Duration, Instant, Ipv6Addr};
use crate::buf::Pkt;
use crate::config;
use crate::iface::{AddrState, AddrType, IfFlag, IfRef, L2Kind, note_change};
use crate::ip::v6::Info;
use crate::ip::v6::routers::Router;
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::ip::v6::routes::{Origin, RouteEntry};
use crate::ip::v6::scope::ALL_ROUTERS;
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::ip::v6::scope::network;
use crate::ip::v6::slaac;
use crate::wire::ipv6::MIN_MTU;
use crate::wire::ndp::{self, Builder, NdOption, RouterAdvert};
#[cfg(CONFIG_ZNET_IPV6_ROUTES)]
use crate::wire::ndp::{Preference, Redirect};

/// MAX_RTR_SOLICITATIONS.
const SOLICITATIONS: u8 = 3;
/// RTR_SOLICITATION_INTERVAL, as configured.
const INTERVAL: Duration = Duration::from_secs(config::NET_IPV6_RS_TIMEOUT as u64);
/// A longer pause between solicitations would let anybody on the link keep us from ever being answered.
const RETRANS_MAX: u32 = 60_000;
/// A neighbour is not believed reachable for longer (RFC 4861, 6.2.1).
const REACHABLE_MAX: u32 = 3_600_000;

impl Stack {
    /// Begins to ask for routers on an interface that came up (RFC 4861, 6.3.7).
    pub(super) fn begin_soliciting(&mut self, env: &dyn Env, iface: IfRef) {
        if iface.flag_is_set(IfFlag::Ipv6NoNd) {
            return;
        }
        // Who is a router asks for none.
        #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
        if self.is_router_on(iface) {
            return self.begin_advertising(env, iface);
        }
        let at = env.now() + random_below(env, FIRST_DELAY);
        if let Some(link) = self.v6.link_mut(iface.index()) {
            link.solicit = SOLICITATIONS;
            link.solicit_at = at;
        }
        self.effects.deadline(at);
    }

    /// Asks for routers anew.
    pub fn ipv6_solicit_routers(&mut self, env: &dyn Env, iface: IfRef) {
        if iface.is_up() && iface.ipv6_config().is_some() && iface.l2_kind() != L2Kind::Loopback {
            self.begin_soliciting(env, iface);
        }
    }

    /// Asks for routers no more.
    pub fn ipv6_leave_routers(&mut self, iface: IfRef) {
        if let Some(link) = self.v6.link_mut(iface.index()) {
            link.solicit = 0;
        }
    }

    /// Sends the solicitation that is due on `iface`.
    pub(super) fn solicit_router(&mut self, env: &dyn Env, iface: IfRef) {
        let now = env.now();
        let Some(link) = self.v6.link_mut(iface.index()) else { return };
        link.solicit = link.solicit.saturating_sub(1);
        link.solicit_at = now + INTERVAL;
        if link.silenced {
            link.solicit = 0;
            return;
        }
        self.ipv6_send_rs(env, iface);
    }

    /// Asks for routers once, now.
    pub fn ipv6_send_rs(&mut self, env: &dyn Env, iface: IfRef) {
        let own = iface.ipv6_link_local(AddrState::Preferred);
        let mut message = Builder::router_solicit();
        let src = own.map_or(Ipv6Addr::UNSPECIFIED, |slot| slot.address.ipv6());
        // Without an address there is nobody to remember a link address for (RFC 4861, 4.1).
        if own.is_some() {
            message = self.with_own_link(iface, message, Builder::source_link);
        }
        self.send_nd(env, iface, src, ALL_ROUTERS, &message);
    }

    /// Takes a router advertisement, ICMP header first (RFC 4861, 6.1.2 and 6.3.4).
    pub(super) fn rx_router_advert(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> Verdict {
        check(pkt, info)?;
        if !info.src.is_unicast_link_local() || info.local || iface.flag_is_set(IfFlag::Ipv6NoNd) {
            return Err(DropReason::NdInvalid);
        }
        // Where our own identifier is somebody else's, nothing is done any more (RFC 4862, 5.4.5).
        if self.v6.is_silenced(iface.index()) {
            return Err(DropReason::NdNotForUs);
        }
        // What is told hosts is not told routers (RFC 4861, 6.2.7).
        #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
        if self.is_router_on(iface) {
            return Err(DropReason::NdNotForUs);
        }
        with_message(pkt, |bytes| {
            let advert = RouterAdvert::parse(bytes)?;
            self.follow(env, iface, info.src, &advert);
            Ok(())
        })
    }

    fn follow(&mut self, env: &dyn Env, iface: IfRef, from: Ipv6Addr, advert: &RouterAdvert<'_>) {
        let (now, index) = (env.now(), iface.index());
        self.follow_parameters(env, iface, advert);
        match advert.options.source_link() {
            Some(mac) => self.learn_v6(iface, from, mac, Some(true)),
            None => self.v6.neighbours.is_router(index, from),
        }
        if advert.lifetime == 0 {
            if self.v6.routers.remove(index, from) {
                self.tell_v6(Ipv6Change::RouterDel, iface, from);
            }
        } else {
            let until = Some(now + Duration::from_secs(advert.lifetime.into()));
            let preference = advert.preference;
            let new = Router { iface: index, addr: from, preference, until, reachable: true };
            if self.v6.routers.put(new) {
                self.tell_v6(Ipv6Change::RouterAdd, iface, from);
            }
            self.v6.routers.answers(index, from);
            // A default router has answered (RFC 4861, 6.3.7).
            if let Some(link) = self.v6.link_mut(index) {
                link.solicit = 0;
            }
        }
        for option in advert.options.iter() {
            match option {
                NdOption::Prefix(prefix) => {
                    if prefix.on_link {
                        self.follow_prefix(now, iface, &prefix);
                    }
                    if prefix.autonomous {
                        self.follow_autonomous(env, iface, &prefix);
                    }
                }
                NdOption::Mtu(mtu) => follow_mtu(iface, mtu),
                #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
                NdOption::Rdnss(seconds, servers) => {
                    let until = slaac::until(now, seconds);
                    for &octets in servers {
                        self.v6.dns.server(index, octets.into(), until, seconds == 0);
                    }
                }
                #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
                NdOption::Dnssl(seconds, domains) => {
                    self.v6.dns.search(index, domains, slaac::until(now, seconds), seconds == 0);
                }
                #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
                NdOption::Route(route) => self.follow_route(now, index, from, &route),
                _ => {}
            }
        }
        note_change();
        if let Some(at) = self.ipv6_deadline() {
            self.effects.deadline(at);
        }
    }

    /// Hop limit, reachable time and retransmission timer: zero leaves what was.
    fn follow_parameters(&mut self, env: &dyn Env, iface: IfRef, advert: &RouterAdvert<'_>) {
        let Some(config) = iface.ipv6_config() else { return };
        if advert.hop_limit != 0 {
            config.hop_limit.set(advert.hop_limit);
        }
        if (1..=RETRANS_MAX).contains(&advert.retrans) {
            config.retrans_timer.set(advert.retrans);
        }
        let base = advert.reachable.min(REACHABLE_MAX);
        if base != 0 && base != config.base_reachable_time.get() {
            config.base_reachable_time.set(base);
            // Between half and one and a half times that (RFC 4861, 6.3.2).
            let spread = random_below(env, Duration::from_millis(base.into()));
            config.reachable_time.set(base / 2 + spread.as_millis() as u32);
        }
    }

    /// Which addresses are neighbours (RFC 4861, 6.3.4).
    fn follow_prefix(&mut self, now: Instant, iface: IfRef, new: &ndp::Prefix) {
        if new.prefix.is_unicast_link_local() || new.prefix.is_multicast() {
            return;
        }
        let index = iface.index();
        let same = |p: &Prefix| p.iface == index && p.len == new.len && is_same(p.prefix, new);
        self.v6.prefixes.retain(|p| !same(p));
        if new.valid == 0 {
            return self.forget_prefix(iface, new.prefix, new.len);
        }
        let known = iface.ipv6_prefix(new.prefix, new.len).is_some();
        let Some(slot) = iface.ipv6_prefix_add(new.prefix, new.len) else { return };
        let until = slaac::until(now, new.valid);
        slot.is_infinite.set(u8::from(until.is_none()));
        if let Some(until) = until {
            let entry = Prefix { iface: index, prefix: new.prefix, len: new.len, until };
            // As many places as there are slots.
            let _ = self.v6.prefixes.push(entry);
        }
        #[cfg(CONFIG_NET_MGMT_EVENT)]
        if !known {
            let change = Ipv6Change::PrefixAdd { len: new.len, seconds: new.valid };
            self.tell_v6(change, iface, slot.prefix.get());
        }
        let _ = known;
    }

    /// Addresses formed from a prefix (RFC 4862, 5.5.3).
    fn follow_autonomous(&mut self, env: &dyn Env, iface: IfRef, new: &ndp::Prefix) {
        let usable = new.len == 128 - slaac::IID_BITS && new.preferred <= new.valid;
        if !usable || new.prefix.is_unicast_link_local() || new.prefix.is_multicast() {
            return;
        }
        let (now, index) = (env.now(), iface.index());
        let preferred = slaac::until(now, new.preferred);
        let formed = iface
            .ipv6_addrs()
            .find(|own| own.kind == AddrType::Autoconf && !own.temporary && is_same(own.addr, new))
            .map(|own| own.addr);
        let Some(addr) = formed else {
            if new.valid != 0 {
                let addr = slaac::join(new.prefix, self.ipv6_identifier(iface, new.prefix, 0));
                let life = Lifetime { preferred, valid: slaac::until(now, new.valid) };
                // A full table, or an address set by hand: then there is nothing to form.
                let _ = self.add_address(env, iface, addr, AddrType::Autoconf, life, 0);
                #[cfg(CONFIG_NET_IPV6_PE)]
                self.follow_temporary(env, iface, addr, life);
            }
            return;
        };
        let managed = &mut self.v6.managed;
        let old = managed.iter().position(|m| m.iface == index && m.addr == addr);
        let valid = old.and_then(|at| managed.get(at)).and_then(|m| m.valid);
        let valid = slaac::prolong(now, valid, new.valid);
        match old.and_then(|at| managed.get_mut(at)) {
            Some(managed) => (managed.preferred, managed.valid) = (preferred, valid),
            None if preferred.is_some() || valid.is_some() => {
                let new = super::Managed::new(index, addr, Lifetime { preferred, valid });
                let _ = managed.push(new);
            }
            None => {}
        }
        if let Some(slot) = iface.ipv6_slot(addr) {
            slot.is_infinite.set(u8::from(valid.is_none()));
            let over = preferred.is_some_and(|until| until <= now);
            match slot.addr_state() {
                AddrState::Preferred if over => slot.set_addr_state(AddrState::Deprecated),
                AddrState::Deprecated if !over => slot.set_addr_state(AddrState::Preferred),
                _ => {}
            }
        }
        #[cfg(CONFIG_NET_IPV6_PE)]
        self.follow_temporary(env, iface, addr, Lifetime { preferred, valid });
    }

    /// More specific routes (RFC 4191, 3.1). One for everything is the router's own preference.
    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    fn follow_route(&mut self, now: Instant, iface: u8, from: Ipv6Addr, new: &ndp::Route) {
        let prefix = network(new.prefix, new.len);
        if new.len == 0 || prefix.is_multicast() || prefix.is_unicast_link_local() {
            return;
        }
        if new.lifetime == 0 {
            let (told, len) = (Origin::Advertised, new.len);
            self.forget_routes(|r| {
                (r.iface, r.prefix, r.len, r.hop, r.origin) == (iface, prefix, len, from, told)
            });
            return;
        }
        self.put_route(RouteEntry {
            iface,
            prefix,
            len: new.len,
            hop: from,
            preference: new.preference,
            until: slaac::until(now, new.lifetime),
            origin: Origin::Advertised,
        });
    }

    /// Takes a redirect, ICMP header first (RFC 4861, 8.1 and 8.3): only from the router that is used
    /// for the destination now.
    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    pub(super) fn rx_redirect(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> Verdict {
        check(pkt, info)?;
        // A router's routes are not changed by redirects (RFC 4861, 8.2).
        #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
        if self.is_router_on(iface) {
            return Err(DropReason::NdNotForUs);
        }
        let (target, dst, mac) = with_message(pkt, |bytes| {
            let message = Redirect::parse(bytes)?;
            Ok((message.target, message.dst, message.options.target_link()))
        })?;
        let (onlink, index) = (target == dst, iface.index());
        let good_target = onlink && !target.is_unspecified() || target.is_unicast_link_local();
        if !info.src.is_unicast_link_local() || info.local || !good_target {
            return Err(DropReason::NdInvalid);
        }
        let current = self.v6.routers.way(index, dst);
        if current != Some((index, info.src)) || iface.ipv6_slot(target).is_some() {
            return Err(DropReason::NdNotForUs);
        }
        self.put_route(RouteEntry {
            iface: index,
            prefix: dst,
            len: 128,
            hop: target,
            preference: Preference::High,
            // It holds as long as what it corrects.
            until: self.v6.routers.get(index, info.src).and_then(|router| router.until),
            origin: Origin::Redirect,
        });
        if let Some(mac) = mac {
            self.learn_v6(iface, target, mac, (!onlink).then_some(true));
        }
        let _ = env;
        Ok(())
    }
}

/// An MTU the link can't have, or IPv6 can't use, is no MTU (RFC 4861, 6.3.4).
fn follow_mtu(iface: IfRef, mtu: u32) {
    let usable = (MIN_MTU as u32..=u32::from(iface.mtu())).contains(&mtu);
    if let Some(config) = iface.ipv6_config().filter(|_| usable) {
        config.network_mtu.set(mtu as u16);
    }
}

/// True when `addr` lies in the prefix.
fn is_same(addr: Ipv6Addr, prefix: &ndp::Prefix) -> bool {
    crate::ip::v6::scope::is_in(addr, prefix.prefix, prefix.len)
}
