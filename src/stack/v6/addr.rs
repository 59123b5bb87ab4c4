// SPDX-License-Identifier: Apache-2.0
//! Addresses come, are asked for, and go; interfaces come up and go down (RFC 4862).
//!
//! Called by: `capi::net_if_ipv6`, `stack::v6::{neighbour, router, timers}`. Calls: the interface's
//! tables, `stack::v6::{mld, neighbour}`.

use super::super::platform::HEARD;
use super::super::{Env, Event, Ipv6Change, Stack};
use super::{Asking, Managed};
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
use crate::base::DropReason;
use crate::base::{Duration, Error, Instant, Ipv6Addr, Result, list};
use crate::iface::{AddrState, AddrType, IfFlag, IfRef, L2Kind, NetIfAddr};
use crate::ip::v6::routes::Origin;
use crate::ip::v6::scope::{ALL_NODES, solicited_node};
use crate::ip::v6::slaac;
use crate::wire::ndp::INFINITE;

/// DupAddrDetectTransmits (RFC 4862, 5.1).
const SOLICITATIONS: u8 = 1;
/// MAX_RTR_SOLICITATION_DELAY: the first message of a host that has just come up waits up to this
/// long, so that those of a whole building after a power cut do not collide (RFC 4862, 5.4.2).
pub(super) const FIRST_DELAY: Duration = Duration::from_millis(1_000);
/// IDGEN_RETRIES: how many identifiers are tried when one after the other is taken (RFC 7217, 6).
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
const RETRIES: u8 = 3;

/// How long an address may be used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lifetime {
    pub preferred: Option<Instant>,
    pub valid: Option<Instant>,
}

impl Lifetime {
    /// Without end.
    pub(super) const FOREVER: Lifetime = Lifetime { preferred: None, valid: None };
}

/// A random time up to `most`.
pub(super) fn random_below(env: &dyn Env, most: Duration) -> Duration {
    let mut bytes = [0; 4];
    // Without entropy everybody is a bit more at one.
    let _ = env.random(&mut bytes);
    let share = u64::from(u32::from_ne_bytes(bytes));
    // Nothing here takes longer than seven weeks.
    let millis = most.as_millis().min(u32::MAX.into());
    Duration::from_millis((millis * share) >> 32)
}

impl Stack {
    /// Gives `iface` an address, which is asked for before it is used where the link has others;
    /// `lifetime` is in seconds, 0 for ever.
    ///
    /// # Errors
    /// [`Error::Already`] when it has it, [`Error::Inval`] for an address no host can have,
    /// [`Error::NoMem`] without room for it or its group.
    pub fn ipv6_addr_add(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        addr: Ipv6Addr,
        kind: AddrType,
        lifetime: u32,
    ) -> Result<&'static NetIfAddr> {
        let seconds = if lifetime == 0 { INFINITE } else { lifetime };
        let until = slaac::until(env.now(), seconds);
        self.add_address(env, iface, addr, kind, Lifetime { preferred: until, valid: until }, 0)
    }

    pub(super) fn add_address(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        addr: Ipv6Addr,
        kind: AddrType,
        life: Lifetime,
        conflicts: u8,
    ) -> Result<&'static NetIfAddr> {
        if addr.is_unspecified() || addr.is_multicast() {
            return Err(Error::Inval);
        }
        if iface.ipv6_slot(addr).is_some() {
            return Err(Error::Already);
        }
        let seconds = u32::from(life.valid.is_some());
        let slot =
            iface.ipv6_addr_add(addr, kind, seconds, AddrState::Tentative).ok_or(Error::NoMem)?;
        if life.valid.is_some() || life.preferred.is_some() || conflicts != 0 {
            let new = Managed { conflicts, ..Managed::new(iface.index(), addr, life) };
            if self.v6.managed.push(new).is_err() {
                iface.ipv6_addr_rm(addr);
                return Err(Error::NoMem);
            }
        }
        self.tell_v6(Ipv6Change::AddrAdd, iface, addr);
        if needs_group(iface, addr) && !shares_group(iface, addr) {
            // Without room the address works all the same, until a neighbour forgets us.
            let _ = self.join_v6_group(env, iface, solicited_node(addr));
        }
        self.begin_address(env, iface, slot);
        Ok(slot)
    }

    /// Takes an address away; false when it was not there.
    pub fn ipv6_addr_rm(&mut self, iface: IfRef, addr: Ipv6Addr) -> bool {
        if iface.ipv6_slot(addr).is_none() {
            return false;
        }
        iface.ipv6_addr_rm(addr);
        self.v6.managed.retain(|m| m.iface != iface.index() || m.addr != addr);
        if needs_group(iface, addr) && !shares_group(iface, addr) {
            self.leave_v6_group(iface, solicited_node(addr));
        }
        self.tell_v6(Ipv6Change::AddrDel, iface, addr);
        true
    }

    /// Asks for an address, in the group in which others do (RFC 4862, 5.4.2).
    fn begin_address(&mut self, env: &dyn Env, iface: IfRef, slot: &'static NetIfAddr) {
        let addr = slot.address.ipv6();
        if !asks(iface, addr) {
            return slot.set_addr_state(AddrState::Preferred);
        }
        slot.set_addr_state(AddrState::Tentative);
        if !iface.is_up() {
            return;
        }
        let mut nonce = [0; 6];
        let _ = env.random(&mut nonce);
        let at = env.now() + random_below(env, FIRST_DELAY);
        let asking = Some(Asking { left: SOLICITATIONS, at, nonce });
        let index = iface.index();
        match self.v6.managed.iter_mut().find(|m| m.iface == index && m.addr == addr) {
            Some(managed) => managed.asking = asking,
            None => {
                let new = Managed { asking, ..Managed::new(index, addr, Lifetime::FOREVER) };
                if self.v6.managed.push(new).is_err() {
                    // More addresses than places for questions: it is used unasked.
                    slot.set_addr_state(AddrState::Preferred);
                }
            }
        }
        self.effects.deadline(at);
    }

    /// The next step of asking for an address: one more solicitation, or it is ours.
    #[cfg(CONFIG_NET_IPV6_DAD)]
    pub(super) fn ask_further(&mut self, env: &dyn Env, at: usize) {
        let Some(managed) = self.v6.managed.get_mut(at) else { return };
        let (index, addr) = (managed.iface, managed.addr);
        let Some(asking) = &mut managed.asking else { return };
        let Some(iface) = self.ifaces.get(index) else { return };
        if asking.left > 0 {
            asking.left -= 1;
            let retrans = iface.ipv6_config().map_or(1_000, |c| c.retrans_timer.get());
            asking.at = env.now() + Duration::from_millis(retrans.into());
            let message = crate::wire::ndp::Builder::neighbour_solicit(addr).nonce(asking.nonce);
            let group = solicited_node(addr);
            return self.send_nd(env, iface, Ipv6Addr::UNSPECIFIED, group, &message);
        }
        managed.asking = None;
        let forever = managed.valid.is_none() && managed.preferred.is_none();
        let over = managed.preferred.is_some_and(|until| until <= env.now());
        if forever && managed.conflicts == 0 {
            list::take(&mut self.v6.managed, at);
        }
        if let Some(slot) = iface.ipv6_slot(addr) {
            slot.set_addr_state(if over { AddrState::Deprecated } else { AddrState::Preferred });
        }
        self.tell_v6(Ipv6Change::DadSucceed, iface, addr);
    }

    /// Somebody else asks for an address we ask for, unless it is our own question that came back
    /// (RFC 7527, 4.2).
    #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
    pub(super) fn asked_for_ours(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        addr: Ipv6Addr,
        nonce: Option<[u8; 6]>,
    ) -> core::result::Result<(), DropReason> {
        let index = iface.index();
        let managed = self.v6.managed.iter().find(|m| m.iface == index && m.addr == addr);
        let ours = managed.and_then(|m| m.asking).map(|asking| asking.nonce);
        if nonce.is_some() && nonce == ours {
            return Err(DropReason::NdNotForUs);
        }
        self.address_is_taken(env, iface, addr);
        Err(DropReason::NdDuplicate)
    }

    /// Gives up an address somebody else has (RFC 4862, 5.4.5): another identifier is tried where there
    /// are others (RFC 7217, 6); a link whose every station has an identifier from its link address is
    /// silenced when ours is not unique.
    #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
    pub(super) fn address_is_taken(&mut self, env: &dyn Env, iface: IfRef, addr: Ipv6Addr) {
        let index = iface.index();
        let known = self.v6.managed.iter().find(|m| m.iface == index && m.addr == addr).copied();
        let kind = iface.ipv6_slot(addr).map(NetIfAddr::addr_type);
        self.ipv6_addr_rm(iface, addr);
        self.tell_v6(Ipv6Change::DadFailed, iface, addr);
        if kind != Some(AddrType::Autoconf) {
            return;
        }
        #[cfg(CONFIG_NET_IPV6_PE)]
        if self.temporary_is_taken(env, iface, known.as_ref()) {
            return;
        }
        let conflicts = known.map_or(0, |m| m.conflicts).saturating_add(1);
        if cfg!(CONFIG_NET_IPV6_IID_STABLE) {
            if conflicts <= RETRIES {
                let life = known.map_or(Lifetime::FOREVER, |m| Lifetime {
                    preferred: m.preferred,
                    valid: m.valid,
                });
                let other = slaac::join(addr, self.ipv6_identifier(iface, addr, conflicts));
                let _ = self.add_address(env, iface, other, AddrType::Autoconf, life, conflicts);
            }
        } else if addr.is_unicast_link_local()
            && let Some(link) = self.v6.link_mut(index)
        {
            link.silenced = true;
            crate::iface::note_change();
        }
    }

    /// The interface identifier behind `prefix`, after so many that were taken.
    pub fn ipv6_identifier(&self, iface: IfRef, prefix: Ipv6Addr, conflicts: u8) -> u64 {
        if !cfg!(CONFIG_NET_IPV6_IID_STABLE) {
            return slaac::eui64(iface.mac());
        }
        // What is set aside for everybody is passed over; two in a row do not happen.
        let of = |n| slaac::stable(&self.v6.secret, prefix, iface.mac(), iface.index(), n);
        let first = of(conflicts);
        if slaac::is_reserved(first) { of(conflicts.wrapping_add(128)) } else { first }
    }

    /// An interface came up: it gets a link-local address, asks for all it has, and for routers.
    pub(super) fn link_up_v6(&mut self, env: &dyn Env, iface: IfRef) {
        if let Some(link) = self.v6.link_mut(iface.index()) {
            link.up = true;
            link.silenced = false;
        }
        if iface.ipv6_config().is_none() || iface.l2_kind() == L2Kind::Loopback {
            return;
        }
        // Every host is in it (RFC 4291, 2.8); the table shows it, and hardware that filters is to know.
        if iface.ipv6_group(ALL_NODES).is_none()
            && self.join_v6_group(env, iface, ALL_NODES).is_none()
        {
            self.tell_v6(Ipv6Change::GroupJoined, iface, ALL_NODES);
        }
        for own in iface.ipv6_addrs() {
            let Some(slot) = iface.ipv6_slot(own.addr) else { continue };
            // An address that was there before the stack has no group yet.
            if needs_group(iface, own.addr) && !iface.is_ipv6_group_joined(solicited_node(own.addr))
            {
                let _ = self.join_v6_group(env, iface, solicited_node(own.addr));
            }
            if own.state == AddrState::Tentative {
                self.begin_address(env, iface, slot);
            }
        }
        self.form_link_local(env, iface);
        #[cfg(CONFIG_NET_IPV6_ND)]
        self.begin_soliciting(env, iface);
    }

    /// Gives `iface` a link-local address if it has none.
    fn form_link_local(&mut self, env: &dyn Env, iface: IfRef) {
        let has_identifier = cfg!(CONFIG_NET_IPV6_IID_STABLE) || iface.link_addr().len() >= 6;
        if iface.ipv6_link_local(AddrState::Any).is_none() && has_identifier {
            let iid = self.ipv6_identifier(iface, slaac::LINK_LOCAL_PREFIX, 0);
            let addr = slaac::join(slaac::LINK_LOCAL_PREFIX, iid);
            let _ = self.add_address(env, iface, addr, AddrType::Autoconf, Lifetime::FOREVER, 0);
        }
    }

    /// Asks anew for all addresses of an interface that is up.
    pub fn ipv6_ask_again(&mut self, env: &dyn Env, iface: IfRef) {
        if !iface.is_up() || iface.l2_kind() == L2Kind::Loopback {
            return;
        }
        self.form_link_local(env, iface);
        for own in iface.ipv6_addrs() {
            let asking = |m: &Managed| m.addr == own.addr && m.asking.is_some();
            if !self.v6.managed.iter().any(|m| m.iface == iface.index() && asking(m))
                && let Some(slot) = iface.ipv6_slot(own.addr)
            {
                self.begin_address(env, iface, slot);
            }
        }
    }

    /// Asks anew for one address.
    ///
    /// # Errors
    /// [`Error::Inval`] when `iface` does not have it.
    #[cfg(CONFIG_NET_IPV6_DAD)]
    pub fn ipv6_ask_for(&mut self, env: &dyn Env, iface: IfRef, addr: Ipv6Addr) -> Result<()> {
        let slot = iface.ipv6_slot(addr).ok_or(Error::Inval)?;
        self.begin_address(env, iface, slot);
        Ok(())
    }

    /// Gives up an address that somebody else was found to have.
    #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
    pub fn ipv6_is_taken(&mut self, env: &dyn Env, iface: IfRef, addr: Ipv6Addr) {
        if iface.ipv6_slot(addr).is_some() {
            self.address_is_taken(env, iface, addr);
        }
    }

    /// An interface went down: what its link told is forgotten, what the application set stays and will
    /// be asked for again.
    pub(super) fn link_down_v6(&mut self, iface: IfRef) {
        let index = iface.index();
        if let Some(link) = self.v6.link_mut(index) {
            link.up = false;
            link.solicit = 0;
        }
        #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
        self.forget_neighbours_v6(index);
        self.v6.routers.remove_iface(index);
        #[cfg(CONFIG_NET_IPV6_MLD)]
        self.report_none_v6(iface);
        #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
        self.v6.dns.forget(index);
        self.forget_routes(|r| r.iface == index && r.origin != Origin::Manual);
        while let Some(at) = self.v6.prefixes.iter().position(|p| p.iface == index) {
            let Some(gone) = list::take(&mut self.v6.prefixes, at) else { break };
            self.forget_prefix(iface, gone.prefix, gone.len);
        }
        if let Some(config) = iface.ipv6_config() {
            config.forget_link();
        }
        self.v6.managed.iter_mut().filter(|m| m.iface == index).for_each(|m| m.asking = None);
        for own in iface.ipv6_addrs() {
            if own.kind == AddrType::Autoconf {
                self.ipv6_addr_rm(iface, own.addr);
            } else if asks(iface, own.addr)
                && let Some(slot) = iface.ipv6_slot(own.addr)
            {
                slot.set_addr_state(AddrState::Tentative);
            }
        }
        crate::iface::note_change();
    }

    /// Forgets a prefix of the link; who listens is told.
    pub(super) fn forget_prefix(&mut self, iface: IfRef, prefix: Ipv6Addr, len: u8) {
        let gone = iface.ipv6_prefix_rm(prefix, len);
        #[cfg(CONFIG_NET_MGMT_EVENT)]
        if gone {
            self.tell_v6(Ipv6Change::PrefixDel { len }, iface, prefix);
        }
        let _ = gone;
    }

    /// Leaves an event about an address.
    pub(super) fn tell_v6(&mut self, what: Ipv6Change, iface: IfRef, addr: Ipv6Addr) {
        let group = matches!(what, Ipv6Change::GroupJoined | Ipv6Change::GroupLeft);
        // Of groups drivers hear too.
        if HEARD || group {
            self.effects.event(Event::Ipv6 { what, iface: iface.index(), addr });
        }
    }
}

/// Whether others on the link may ask for `addr`.
fn needs_group(iface: IfRef, addr: Ipv6Addr) -> bool {
    iface.l2_kind() != L2Kind::Loopback && !addr.is_loopback()
}

/// Whether another address of the interface is asked for in the same group as `addr`: the group is
/// joined once for all of them.
fn shares_group(iface: IfRef, addr: Ipv6Addr) -> bool {
    let group = solicited_node(addr);
    let shares =
        |own: Ipv6Addr| own != addr && needs_group(iface, own) && solicited_node(own) == group;
    iface.ipv6_addrs().any(|own| shares(own.addr))
}

/// Whether `addr` is asked for before it is used.
fn asks(iface: IfRef, addr: Ipv6Addr) -> bool {
    cfg!(CONFIG_NET_IPV6_DAD) && needs_group(iface, addr) && !iface.flag_is_set(IfFlag::Ipv6NoNd)
}
