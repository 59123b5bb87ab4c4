// SPDX-License-Identifier: Apache-2.0
//! The IPv6 side of an interface: addresses, groups, prefixes (RFC 4291; RFC 4861, 5.1).

use core::net::Ipv6Addr;
use core::sync::atomic::Ordering::Relaxed;

use super::addr::{NetIfAddr, NetIfIpv6, NetIfIpv6Prefix, NetIfMcastAddr};
use super::ifref::IfRef;
use super::kinds::{AddrState, AddrType};
use crate::base::prefix::{is_in, network};
use crate::config;

/// What a destination address is to an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ipv6Dst {
    /// One of the interface's own addresses.
    Unicast,
    /// One it would like to have, and is still asking for (RFC 4862, 5.4).
    Tentative,
    /// A group it has joined, or the all-nodes group.
    Multicast,
    /// None of these.
    Other,
}

/// An address of an interface, by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv6IfAddr {
    /// The address.
    pub addr: Ipv6Addr,
    /// How it came to be.
    pub kind: AddrType,
    /// Whether it may be used.
    pub state: AddrState,
    /// It is a temporary one (RFC 8981).
    pub temporary: bool,
}

/// The groups of all nodes, on the interface and on the link: every host is in them for good.
fn is_all_nodes(group: Ipv6Addr) -> bool {
    matches!(group.segments(), [0xff01 | 0xff02, 0, 0, 0, 0, 0, 0, 1])
}

impl IfRef {
    /// The IPv6 block; `None` when the interface has been given none.
    #[inline]
    pub fn ipv6_config(self) -> Option<&'static NetIfIpv6> {
        // SAFETY: the pointer is null or names a block that lives as long as the program; all its
        // members are atomics.
        unsafe { self.shell().config.ip.ipv6.get().as_ref() }
    }

    /// Gives the interface its IPv6 block, or takes it away.
    pub fn set_ipv6_config(self, block: Option<&'static NetIfIpv6>) {
        let p = block.map_or(core::ptr::null_mut(), |b| core::ptr::from_ref(b).cast_mut());
        self.shell().config.ip.ipv6.set(p);
        super::changes::note();
    }

    fn unicast6(self) -> &'static [NetIfAddr] {
        self.ipv6_config().map_or(&[], |c| &c.unicast)
    }

    fn groups6(self) -> &'static [NetIfMcastAddr] {
        self.ipv6_config().map_or(&[], |c| &c.mcast)
    }

    fn prefixes6(self) -> &'static [NetIfIpv6Prefix] {
        self.ipv6_config().map_or(&[], |c| &c.prefix)
    }

    /// What `dst` is to this interface. Asked once for every received packet.
    #[inline]
    pub fn classify_ipv6(self, dst: Ipv6Addr) -> Ipv6Dst {
        if dst.is_multicast() {
            return match self.is_ipv6_group_joined(dst) {
                true => Ipv6Dst::Multicast,
                false => Ipv6Dst::Other,
            };
        }
        match self.ipv6_slot(dst).map(NetIfAddr::addr_state) {
            None => Ipv6Dst::Other,
            Some(AddrState::Tentative) => Ipv6Dst::Tentative,
            Some(_) => Ipv6Dst::Unicast,
        }
    }

    /// The slot that holds `addr`.
    #[inline]
    pub fn ipv6_slot(self, addr: Ipv6Addr) -> Option<&'static NetIfAddr> {
        self.unicast6().iter().find(|s| s.in_use() && s.address.ipv6() == addr)
    }

    /// True when `addr` is one of the interface's addresses and not tentative.
    #[inline]
    pub fn has_ipv6_addr(self, addr: Ipv6Addr) -> bool {
        self.classify_ipv6(addr) == Ipv6Dst::Unicast
    }

    /// The interface's addresses.
    pub fn ipv6_addrs(self) -> impl Iterator<Item = Ipv6IfAddr> {
        self.unicast6().iter().filter(|s| s.in_use()).map(|s| Ipv6IfAddr {
            addr: s.address.ipv6(),
            kind: s.addr_type(),
            state: s.addr_state(),
            temporary: s.is_temporary.get() != 0,
        })
    }

    /// Adds `addr` in `state`; `lifetime` is in seconds, 0 for ever. `None` when it is there already,
    /// the table is full, the interface has no IPv6 block, or `addr` can't be a host's.
    pub fn ipv6_addr_add(
        self,
        addr: Ipv6Addr,
        kind: AddrType,
        lifetime: u32,
        state: AddrState,
    ) -> Option<&'static NetIfAddr> {
        if addr.is_unspecified() || addr.is_multicast() || self.ipv6_slot(addr).is_some() {
            return None;
        }
        let slot = self.unicast6().iter().find(|s| !s.in_use())?;
        slot.clear();
        slot.set_addr_type(kind);
        slot.set_addr_state(state);
        slot.is_infinite.set(u8::from(lifetime == 0));
        slot.is_added.set(1);
        slot.atomic_ref.store(1, Relaxed);
        slot.address.set_ipv6(addr);
        slot.is_used.set(1);
        super::changes::note();
        Some(slot)
    }

    /// Removes `addr`; false when it is not there.
    pub fn ipv6_addr_rm(self, addr: Ipv6Addr) -> bool {
        self.ipv6_slot(addr).map(NetIfAddr::clear).is_some()
    }

    /// The first link-local address in this state.
    pub fn ipv6_link_local(self, state: AddrState) -> Option<&'static NetIfAddr> {
        self.ipv6_first(state, true)
    }

    /// The first address in this state that is not link-local.
    pub fn ipv6_global(self, state: AddrState) -> Option<&'static NetIfAddr> {
        self.ipv6_first(state, false)
    }

    fn ipv6_first(self, state: AddrState, link_local: bool) -> Option<&'static NetIfAddr> {
        self.unicast6().iter().find(|s| {
            s.in_use()
                && (state == AddrState::Any || s.addr_state() == state)
                && s.address.ipv6().is_unicast_link_local() == link_local
        })
    }

    /// True when packets to `group` are wanted here: the group is joined, or it is all-nodes.
    #[inline]
    pub fn is_ipv6_group_joined(self, group: Ipv6Addr) -> bool {
        is_all_nodes(group) || self.ipv6_group(group).is_some_and(NetIfMcastAddr::joined)
    }

    /// The slot that holds `group`.
    pub fn ipv6_group(self, group: Ipv6Addr) -> Option<&'static NetIfMcastAddr> {
        self.groups6().iter().find(|s| s.in_use() && s.address.ipv6() == group)
    }

    /// Adds `group`, not yet joined, or finds it; `None` when the table is full or `group` is not
    /// a multicast address.
    pub fn ipv6_group_add(self, group: Ipv6Addr) -> Option<&'static NetIfMcastAddr> {
        if !group.is_multicast() {
            return None;
        }
        if let Some(slot) = self.ipv6_group(group) {
            return Some(slot);
        }
        let slot = self.groups6().iter().find(|s| !s.in_use())?;
        slot.clear();
        slot.address.set_ipv6(group);
        slot.is_used.set(1);
        Some(slot)
    }

    /// Removes `group`; false when it is not there.
    pub fn ipv6_group_rm(self, group: Ipv6Addr) -> bool {
        self.ipv6_group(group).map(NetIfMcastAddr::clear).is_some()
    }

    /// One more user of `group`: adds and joins it with the first. `Some(true)` when this call
    /// joined it, `None` when there is no room.
    pub fn ipv6_group_join(self, group: Ipv6Addr) -> Option<bool> {
        let slot = self.ipv6_group_add(group)?;
        slot.users.set(slot.users.get().saturating_add(1));
        let first = !slot.joined();
        slot.is_joined.set(1);
        Some(first)
    }

    /// One user of `group` less: leaves and removes it with the last. `Some(true)` when this call
    /// left it, `None` when it is not there.
    pub fn ipv6_group_leave(self, group: Ipv6Addr) -> Option<bool> {
        let slot = self.ipv6_group(group)?;
        let users = slot.users.get().saturating_sub(1);
        slot.users.set(users);
        if users == 0 {
            slot.clear();
        }
        Some(users == 0)
    }

    /// The groups the interface has joined.
    pub fn ipv6_groups(self) -> impl Iterator<Item = Ipv6Addr> {
        self.groups6().iter().filter(|s| s.in_use() && s.joined()).map(|s| s.address.ipv6())
    }

    /// Notes that the addresses of `prefix`/`len` are neighbours, or finds the note; `None` when there
    /// is no room or the prefix is link-local, whose addresses always are.
    pub fn ipv6_prefix_add(self, prefix: Ipv6Addr, len: u8) -> Option<&'static NetIfIpv6Prefix> {
        if len > 128 || prefix.is_multicast() || prefix.is_unicast_link_local() {
            return None;
        }
        if let Some(slot) = self.ipv6_prefix(prefix, len) {
            return Some(slot);
        }
        let slot = self.prefixes6().iter().find(|s| !s.in_use())?;
        slot.prefix.set(network(prefix, len));
        slot.len.set(len);
        slot.iface.set(self.as_ptr());
        slot.is_infinite.set(1);
        slot.is_used.set(1);
        super::changes::note();
        Some(slot)
    }

    /// The slot that holds `prefix`/`len`.
    pub fn ipv6_prefix(self, prefix: Ipv6Addr, len: u8) -> Option<&'static NetIfIpv6Prefix> {
        let wanted = network(prefix, len);
        self.prefixes6()
            .iter()
            .find(|s| s.in_use() && s.len.get() == len && s.prefix.get() == wanted)
    }

    /// Forgets `prefix`/`len`; false when it was not known.
    pub fn ipv6_prefix_rm(self, prefix: Ipv6Addr, len: u8) -> bool {
        let found = self.ipv6_prefix(prefix, len).map(|slot| slot.is_used.set(0));
        super::changes::note();
        found.is_some()
    }

    /// The longest prefix of this link that `addr` lies in, and its length.
    pub fn ipv6_onlink(self, addr: Ipv6Addr) -> Option<&'static NetIfIpv6Prefix> {
        self.prefixes6()
            .iter()
            .filter(|s| s.in_use() && is_in(addr, s.prefix.get(), s.len.get()))
            .max_by_key(|s| s.len.get())
    }

    /// Largest IPv6 packet in bytes.
    #[inline]
    pub fn ipv6_mtu(self) -> u16 {
        match self.ipv6_config().map_or(0, |c| c.network_mtu.get()) {
            0 => self.mtu(),
            mtu => mtu.min(self.mtu()),
        }
    }

    /// Public addresses go before temporary ones here (RFC 6724, rule 7 turned round).
    pub fn prefers_public_ipv6(self) -> bool {
        self.shell().pe_prefer_public.get() != 0
    }

    /// Whether prefixes get temporary addresses here (RFC 8981).
    pub fn has_privacy(self) -> bool {
        self.shell().pe_enabled.get() != 0
    }

    /// Has, or has not, temporary addresses formed.
    pub fn set_privacy(self, on: bool) {
        self.shell().pe_enabled.set(u8::from(on));
    }

    /// Has public addresses go before temporary ones, or behind them.
    pub fn set_prefers_public_ipv6(self, prefer: bool) {
        self.shell().pe_prefer_public.set(u8::from(prefer));
    }

    /// Hop limit for unicast packets.
    #[inline]
    pub fn ipv6_hop_limit(self) -> u8 {
        self.ipv6_config().map_or(config::NET_INITIAL_HOP_LIMIT as u8, |c| c.hop_limit.get())
    }

    /// Hop limit for multicast packets.
    #[inline]
    pub fn ipv6_mcast_hop_limit(self) -> u8 {
        let initial = config::NET_INITIAL_MCAST_HOP_LIMIT as u8;
        self.ipv6_config().map_or(initial, |c| c.mcast_hop_limit.get())
    }

    /// Adds an address that needs no asking, and its prefix: the short way of tests and the
    /// simulator.
    pub fn ipv6_add(self, addr: Ipv6Addr, prefix: u8) -> bool {
        let slot = self.ipv6_addr_add(addr, AddrType::Manual, 0, AddrState::Preferred);
        // A host of its own, as ::1, has no neighbours.
        if prefix < 128 && slot.is_some() {
            self.ipv6_prefix_add(addr, prefix);
        }
        slot.is_some()
    }
}

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod tests {
    use super::*;
    use crate::iface::IfBuilder;

    const A: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, 1);
    const GROUP: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0xfb);

    #[test]
    fn addresses_come_and_go() {
        let i = IfBuilder::dummy().build();
        let slot = i.ipv6_addr_add(A, AddrType::Manual, 0, AddrState::Tentative).unwrap();
        assert_eq!(i.classify_ipv6(A), Ipv6Dst::Tentative);
        assert!(i.ipv6_addr_add(A, AddrType::Manual, 0, AddrState::Preferred).is_none());
        slot.set_addr_state(AddrState::Preferred);
        assert!(i.has_ipv6_addr(A) && i.ipv6_global(AddrState::Preferred).is_some());
        assert!(i.ipv6_link_local(AddrState::Any).is_none());
        assert!(i.ipv6_addr_rm(A) && !i.ipv6_addr_rm(A));
        for bad in [Ipv6Addr::UNSPECIFIED, GROUP] {
            assert!(i.ipv6_addr_add(bad, AddrType::Manual, 0, AddrState::Preferred).is_none());
        }
    }

    #[test]
    fn groups_are_left_by_the_last_user() {
        let i = IfBuilder::dummy().build();
        assert_eq!((i.ipv6_group_join(GROUP), i.ipv6_group_join(GROUP)), (Some(true), Some(false)));
        assert_eq!(i.classify_ipv6(GROUP), Ipv6Dst::Multicast);
        assert_eq!(i.ipv6_group_leave(GROUP), Some(false));
        assert_eq!((i.ipv6_group_leave(GROUP), i.ipv6_group_leave(GROUP)), (Some(true), None));
        assert_eq!(i.classify_ipv6(GROUP), Ipv6Dst::Other);
        assert_eq!(i.classify_ipv6(Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1)), Ipv6Dst::Multicast);
        assert_eq!(i.ipv6_group_join(A), None, "not a group");
    }

    #[test]
    fn prefixes_tell_neighbours() {
        let i = IfBuilder::dummy().build();
        let near = Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 9, 9, 9, 9);
        assert!(i.ipv6_prefix_add(A, 64).is_some());
        assert_eq!(i.ipv6_onlink(near).map(|p| p.len.get()), Some(64));
        assert!(i.ipv6_onlink(Ipv6Addr::new(0x2001, 0xdb8, 0, 2, 0, 0, 0, 1)).is_none());
        assert!(i.ipv6_prefix_rm(near, 64) && i.ipv6_onlink(near).is_none());
        assert!(i.ipv6_prefix_add(A, 129).is_none());
        assert_eq!((network(near, 0), network(near, 128)), (Ipv6Addr::UNSPECIFIED, near));
    }
}
