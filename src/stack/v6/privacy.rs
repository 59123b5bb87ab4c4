// SPDX-License-Identifier: Apache-2.0
//! Temporary addresses: identifiers that nobody can follow for longer than a day or so (RFC 8981).
//!
//! Called by: `stack::v6::{router, addr, timers}`, `capi::net_ipv6_pe`. Calls: `stack::v6::addr`.
//!
//! Beside the public address of each prefix stands a temporary one with a random identifier. Before it
//! is deprecated the next is formed.

use heapless::Vec;

use super::super::{Env, Ipv6Change, Stack};
use super::Managed;
use super::addr::{Lifetime, random_below};
use crate::base::{Duration, Error, Instant, Ipv6Addr, Result, list};
use crate::config;
use crate::iface::{AddrState, AddrType, IfRef};
use crate::ip::v6::scope::is_in;
use crate::ip::v6::slaac;

/// TEMP_VALID_LIFETIME (RFC 8981, 3.8).
const VALID: Duration = Duration::from_secs(config::NET_IPV6_PE_TEMP_VALID_LIFETIME as u64 * 60);
/// TEMP_PREFERRED_LIFETIME.
const PREFERRED: Duration =
    Duration::from_secs(config::NET_IPV6_PE_TEMP_PREFERRED_LIFETIME as u64 * 60);
/// MAX_DESYNC_FACTOR: hosts that came up together do not change their addresses together.
const DESYNC: Duration =
    Duration::from_millis(config::NET_IPV6_PE_TEMP_PREFERRED_LIFETIME as u64 * 60 * 400);
/// TEMP_IDGEN_RETRIES.
const RETRIES: u8 = config::NET_IPV6_PE_TEMP_IDGEN_RETRIES as u8;
const FILTERS: usize = config::NET_IPV6_PE_FILTER_PREFIX_COUNT;
const PREFIX_BITS: u8 = 128 - slaac::IID_BITS;

/// What makes an address a temporary one.
#[derive(Clone, Copy)]
pub(super) struct Temporary {
    /// When it was formed: its lifetimes count from there, whatever routers say.
    born: Instant,
    /// DESYNC_FACTOR.
    desync: Duration,
    /// The one that takes its place has been formed, or could not be.
    renewed: bool,
}

impl Temporary {
    /// The lifetimes of the address, where its prefix has those of `public`.
    fn life(&self, public: Lifetime) -> Lifetime {
        let cap = |end: Instant, other: Option<Instant>| Some(other.map_or(end, |o| o.min(end)));
        Lifetime {
            preferred: cap(self.born + PREFERRED.less(self.desync), public.preferred),
            valid: cap(self.born + VALID, public.valid),
        }
    }
}

/// Prefixes with, or without, temporary addresses.
pub(super) struct Filters {
    prefixes: Vec<Ipv6Addr, FILTERS>,
    /// The list names those without.
    deny: bool,
}

impl Filters {
    pub(super) const fn new() -> Self {
        Filters { prefixes: Vec::new(), deny: false }
    }

    fn find(&self, addr: Ipv6Addr) -> Option<usize> {
        self.prefixes.iter().position(|prefix| is_in(addr, *prefix, PREFIX_BITS))
    }

    fn admits(&self, addr: Ipv6Addr) -> bool {
        self.prefixes.is_empty() || self.find(addr).is_some() != self.deny
    }
}

impl Managed {
    /// When the next temporary address is to be formed.
    pub(super) fn renewal(&self, iface: Option<IfRef>) -> Option<Instant> {
        let wanted = self.temporary.is_some_and(|t| !t.renewed);
        self.preferred.filter(|_| wanted).map(|end| end.before(advance(iface)))
    }
}

impl Stack {
    /// Gives the prefix of `addr`, whose public address lives as long as `public` says, a temporary
    /// address, or cuts the lifetimes of those it has (RFC 8981, 3.4).
    pub(super) fn follow_temporary(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        addr: Ipv6Addr,
        public: Lifetime,
    ) {
        if !iface.has_privacy() || !self.v6.privacy.admits(addr) {
            return;
        }
        let (now, index) = (env.now(), iface.index());
        let mut current = false;
        for managed in &mut self.v6.managed {
            let Some(temporary) = managed.temporary else { continue };
            if managed.iface != index || !is_in(managed.addr, addr, PREFIX_BITS) {
                continue;
            }
            let life = temporary.life(public);
            (managed.preferred, managed.valid) = (life.preferred, life.valid);
            current |= !temporary.renewed;
            // What is over by now the timers will find.
            if let Some(slot) = iface.ipv6_slot(managed.addr)
                && slot.addr_state() == AddrState::Deprecated
                && life.preferred.is_some_and(|end| end > now)
            {
                slot.set_addr_state(AddrState::Preferred);
            }
        }
        if !current {
            self.form_temporary(env, iface, addr, public, 0);
        }
    }

    /// Forms a temporary address, after so many whose identifier was taken.
    fn form_temporary(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        prefix: Ipv6Addr,
        public: Lifetime,
        conflicts: u8,
    ) {
        let now = env.now();
        let desync = random_below(env, DESYNC);
        let temporary = Temporary { born: now, desync, renewed: false };
        let life = temporary.life(public);
        if life.preferred.is_none_or(|end| end <= now + advance(Some(iface))) {
            return;
        }
        let mut iid = [0; 8];
        // An identifier that can be guessed is worse than none.
        if env.random(&mut iid).is_err() {
            return;
        }
        let iid = u64::from_be_bytes(iid);
        let addr = slaac::join(prefix, iid);
        if slaac::is_reserved(iid) {
            return;
        }
        let kind = AddrType::Autoconf;
        let Ok(slot) = self.add_address(env, iface, addr, kind, life, conflicts) else { return };
        slot.is_temporary.set(1);
        let index = iface.index();
        let entry = self.v6.managed.iter_mut().find(|m| m.iface == index && m.addr == addr);
        if let Some(managed) = entry {
            managed.temporary = Some(temporary);
        }
    }

    /// Somebody else has a temporary address: another is tried, up to a point (RFC 8981, 3.4). True
    /// when `known`, which is gone, was one.
    pub(super) fn temporary_is_taken(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        known: Option<&Managed>,
    ) -> bool {
        let Some(known) = known.filter(|m| m.temporary.is_some()) else { return false };
        let conflicts = known.conflicts.saturating_add(1);
        if conflicts >= RETRIES {
            iface.set_privacy(false);
            self.tell_v6(Ipv6Change::PrivacyOff, iface, known.addr);
            return true;
        }
        let public = self.public_life(iface, known.addr);
        self.form_temporary(env, iface, known.addr, public, conflicts);
        true
    }

    /// Forms the address that takes the place of one whose time comes.
    pub(super) fn renew_temporary(&mut self, env: &dyn Env, at: usize) {
        let Some(managed) = self.v6.managed.get_mut(at) else { return };
        let (index, addr) = (managed.iface, managed.addr);
        if let Some(temporary) = &mut managed.temporary {
            temporary.renewed = true;
        }
        let Some(iface) = self.ifaces.get(index) else { return };
        if iface.has_privacy() && self.v6.privacy.admits(addr) {
            let public = self.public_life(iface, addr);
            self.form_temporary(env, iface, addr, public, 0);
        }
    }

    /// How long the public address of a prefix lives; without one there is to be none.
    fn public_life(&self, iface: IfRef, addr: Ipv6Addr) -> Lifetime {
        let public = iface.ipv6_addrs().find(|own| {
            own.kind == AddrType::Autoconf && !own.temporary && is_in(own.addr, addr, PREFIX_BITS)
        });
        let Some(public) = public else {
            let over = Some(Instant::ZERO);
            return Lifetime { preferred: over, valid: over };
        };
        let index = iface.index();
        let entry = self.v6.managed.iter().find(|m| m.iface == index && m.addr == public.addr);
        entry.map_or(Lifetime::FOREVER, |m| Lifetime { preferred: m.preferred, valid: m.valid })
    }

    /// Notes that the prefix of `addr` has no temporary addresses, or that it, and others noted so,
    /// are the only ones that have. The last word on which of both counts for all.
    ///
    /// # Errors
    /// [`Error::Already`] for a prefix that is noted, [`Error::NoMem`] without room.
    pub fn ipv6_privacy_filter_add(&mut self, addr: Ipv6Addr, deny: bool) -> Result<()> {
        if self.v6.privacy.find(addr).is_some() {
            return Err(Error::Already);
        }
        self.v6.privacy.prefixes.push(addr).map_err(|_| Error::NoMem)?;
        self.v6.privacy.deny = deny;
        self.drop_unwanted();
        Ok(())
    }

    /// Forgets what was noted of the prefix of `addr`; tells whether it was to have none.
    ///
    /// # Errors
    /// [`Error::NoEnt`] when nothing was.
    pub fn ipv6_privacy_filter_rm(&mut self, addr: Ipv6Addr) -> Result<bool> {
        let at = self.v6.privacy.find(addr).ok_or(Error::NoEnt)?;
        list::take(&mut self.v6.privacy.prefixes, at);
        self.drop_unwanted();
        Ok(self.v6.privacy.deny)
    }

    /// The prefixes noted, and whether they are to have no temporary addresses.
    pub fn ipv6_privacy_filters(&self) -> (&[Ipv6Addr], bool) {
        (&self.v6.privacy.prefixes, self.v6.privacy.deny)
    }

    /// Takes the temporary addresses away that the filters do not admit any more.
    fn drop_unwanted(&mut self) {
        let unwanted = |stack: &Stack| {
            let filters = &stack.v6.privacy;
            let found = stack
                .v6
                .managed
                .iter()
                .find(|m| m.temporary.is_some() && !filters.admits(m.addr))?;
            Some((stack.ifaces.get(found.iface)?, found.addr))
        };
        while let Some((iface, addr)) = unwanted(self) {
            self.ipv6_addr_rm(iface, addr);
            self.v6.managed.retain(|m| m.iface != iface.index() || m.addr != addr);
        }
    }
}

/// REGEN_ADVANCE: how long before an address is deprecated the next is formed, so that it has been
/// asked for by then (RFC 8981, 3.8).
fn advance(iface: Option<IfRef>) -> Duration {
    let retrans = iface.and_then(IfRef::ipv6_config).map_or(1_000, |c| c.retrans_timer.get());
    Duration::from_millis(2_000 + u64::from(RETRIES) * u64::from(retrans))
}
