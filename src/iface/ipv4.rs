// SPDX-License-Identifier: Apache-2.0
//! The IPv4 side of an interface: addresses, netmasks, groups, gateway (RFC 1122, 3.3).

use core::net::Ipv4Addr;

use super::addr::{NetIfAddrIpv4, NetIfIpv4, NetIfMcastAddr};
use super::cell::raw;
use super::ifref::IfRef;
use super::kinds::{AddrState, AddrType};
use crate::config;

/// What a destination address is to an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ipv4Dst {
    /// One of the interface's own addresses.
    Unicast,
    /// Limited broadcast, or the directed broadcast of one of its subnets.
    Broadcast,
    /// A group it has joined, or the all-hosts group.
    Multicast,
    /// None of these.
    Other,
}

/// An address of an interface, by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv4IfAddr {
    /// The address.
    pub addr: Ipv4Addr,
    /// Its netmask.
    pub netmask: Ipv4Addr,
    /// How it came to be.
    pub kind: AddrType,
    /// Whether it may be used.
    pub state: AddrState,
}

/// What a destination is to the addresses of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ipv4Near {
    /// It is one of them.
    Own,
    /// A host in the subnet of this one, which is fit to be the source of packets to it.
    OnLink(Ipv4Addr),
    /// In the subnet of one, and more has to be asked: a broadcast, a subnet without one, or an
    /// address not yet fit to be a source.
    Unclear,
}

/// Netmask of an address until one is set for it.
pub const DEFAULT_NETMASK: Ipv4Addr = netmask(config::NET_IPV4_DEFAULT_NETMASK as u32);

/// The netmask with so many bits set.
const fn netmask(bits: u32) -> Ipv4Addr {
    let host = match u32::MAX.checked_shr(bits) {
        Some(host) => host,
        None => 0,
    };
    Ipv4Addr::from_bits(!host)
}

/// The all-hosts group, joined for good on every interface (RFC 1112, 4).
pub const ALL_SYSTEMS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 1);

/// True when `dst` is the directed broadcast address of the subnet `addr/mask`. A /31 (RFC 3021)
/// and a /32 have none.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
fn is_directed_broadcast(dst: u32, addr: u32, mask: u32) -> bool {
    let host = !mask;
    // More than one bit set: a population count is a loop where the machine has none.
    dst == addr | host && host & host.wrapping_sub(1) != 0
}

/// Number of leading bits two addresses share.
fn common_bits(a: Ipv4Addr, b: Ipv4Addr) -> u32 {
    (a.to_bits() ^ b.to_bits()).leading_zeros()
}

impl IfRef {
    /// The IPv4 block; `None` when the interface has been given none.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn ipv4_config(self) -> Option<&'static NetIfIpv4> {
        // SAFETY: the pointer is null or names a block that lives as long as the program; all its
        // members are atomics.
        unsafe { self.shell().config.ip.ipv4.get().as_ref() }
    }

    /// Gives the interface its IPv4 block, or takes it away.
    pub fn set_ipv4_config(self, block: Option<&'static NetIfIpv4>) {
        let p = block.map_or(core::ptr::null_mut(), |b| core::ptr::from_ref(b).cast_mut());
        self.shell().config.ip.ipv4.set(p);
        super::changes::note();
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn unicast(self) -> &'static [NetIfAddrIpv4] {
        self.ipv4_config().map_or(&[], |c| &c.unicast)
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn groups(self) -> &'static [NetIfMcastAddr] {
        self.ipv4_config().map_or(&[], |c| &c.mcast)
    }

    /// The first slot that fits. How many there are is known here, and one is no loop.
    #[inline(always)]
    fn slot_with(self, fits: impl Fn(&NetIfAddrIpv4) -> bool) -> Option<&'static NetIfAddrIpv4> {
        self.ipv4_config()?.unicast.iter().find(|slot| fits(slot))
    }

    /// What `dst` is to this interface. Asked once for every received packet.
    #[inline]
    pub fn classify_ipv4(self, dst: Ipv4Addr) -> Ipv4Dst {
        let d = raw(dst);
        // A free slot holds 0.0.0.0, which is no destination: address first, then `is_used`.
        let ours = self.slot_with(|slot| slot.ipv4.address.ipv4_raw() == d && slot.ipv4.in_use());
        if ours.is_some_and(|slot| !slot.ipv4.is_tried()) {
            return Ipv4Dst::Unicast;
        }
        if dst.is_multicast() {
            return match self.is_ipv4_group_joined(dst) {
                true => Ipv4Dst::Multicast,
                false => Ipv4Dst::Other,
            };
        }
        let taken = cfg!(CONFIG_ZNET_IPV4_DIRECTED_BROADCAST) || dst.is_broadcast();
        match taken && self.is_ipv4_broadcast(dst) {
            true => Ipv4Dst::Broadcast,
            false => Ipv4Dst::Other,
        }
    }

    /// True when `addr` is one of the interface's addresses, whatever its state.
    #[inline]
    pub fn has_ipv4_addr(self, addr: Ipv4Addr) -> bool {
        self.ipv4_slot(addr).is_some()
    }

    /// The slot that holds `addr`.
    #[inline]
    pub fn ipv4_slot(self, addr: Ipv4Addr) -> Option<&'static NetIfAddrIpv4> {
        let a = raw(addr);
        self.slot_with(|s| s.ipv4.address.ipv4_raw() == a && s.ipv4.in_use())
    }

    /// The interface's addresses.
    pub fn ipv4_addrs(self) -> impl Iterator<Item = Ipv4IfAddr> {
        self.unicast().iter().filter(|s| s.ipv4.in_use()).map(|s| Ipv4IfAddr {
            addr: s.ipv4.address.ipv4(),
            netmask: s.netmask.get(),
            kind: s.ipv4.addr_type(),
            state: s.ipv4.addr_state(),
        })
    }

    /// True for 255.255.255.255 and for the directed broadcast address of each of its subnets.
    #[inline]
    pub fn is_ipv4_broadcast(self, dst: Ipv4Addr) -> bool {
        let d = raw(dst);
        d == u32::MAX
            || self
                .slot_with(|s| {
                    s.ipv4.in_use()
                        && is_directed_broadcast(d, s.ipv4.address.ipv4_raw(), s.netmask.raw())
                })
                .is_some()
    }

    /// True when `addr` lies in the subnet of one of the interface's addresses.
    #[inline]
    pub fn is_ipv4_onlink(self, addr: Ipv4Addr) -> bool {
        self.ipv4_subnet_of(addr).is_some()
    }

    /// The narrowest subnet of the interface that contains `addr`.
    #[inline]
    fn ipv4_subnet_of(self, addr: Ipv4Addr) -> Option<&'static NetIfAddrIpv4> {
        let a = raw(addr);
        if config::NET_IF_UNICAST_IPV4_ADDR_COUNT == 1 {
            return self.slot_with(|slot| {
                let mask = slot.netmask.raw();
                slot.ipv4.in_use() && mask != 0 && (slot.ipv4.address.ipv4_raw() ^ a) & mask == 0
            });
        }
        let mut best: Option<&NetIfAddrIpv4> = None;
        for slot in self.unicast() {
            let mask = slot.netmask.raw();
            // A zero mask is one nobody has set, not a claim to the whole Internet.
            if slot.ipv4.in_use()
                && mask != 0
                && (slot.ipv4.address.ipv4_raw() ^ a) & mask == 0
                // The narrower mask is the larger number in the host's order.
                && best.is_none_or(|b| u32::from_be(b.netmask.raw()) < u32::from_be(mask))
            {
                best = Some(slot);
            }
        }
        best
    }

    /// What `dst`, which is no group, is to the interface's addresses, in one pass over them; `None`
    /// when it is neither one of them nor in the subnet of one. Asked for every packet sent.
    #[inline]
    pub fn ipv4_near(self, dst: Ipv4Addr) -> Option<Ipv4Near> {
        let d = raw(dst);
        let mut best: Option<(&NetIfAddrIpv4, u32)> = None;
        for slot in self.unicast() {
            let mask = slot.netmask.raw();
            let apart = slot.ipv4.address.ipv4_raw() ^ d;
            if apart != 0 && (apart & mask != 0 || mask == 0) || !slot.ipv4.in_use() {
                continue;
            }
            if apart == 0 {
                return Some(Ipv4Near::Own);
            }
            // The narrower mask is the larger number in the host's order.
            if best.is_none_or(|(_, other)| u32::from_be(other) < u32::from_be(mask)) {
                best = Some((slot, mask));
            }
        }
        let (slot, mask) = best?;
        let host = !u32::from_be(mask);
        let clear = host > 1
            && u32::from_be(d) & host != host
            && slot.ipv4.addr_state() == AddrState::Preferred;
        Some(if clear { Ipv4Near::OnLink(slot.ipv4.address.ipv4()) } else { Ipv4Near::Unclear })
    }

    /// True when `dst` is an address of this interface and `src` another host in its subnet, neither
    /// the network's own address nor its broadcast. Asked for every ordinary packet received.
    #[inline]
    pub fn is_ipv4_pair(self, src: Ipv4Addr, dst: Ipv4Addr) -> bool {
        let (s, d) = (raw(src), raw(dst));
        self.unicast().iter().any(|slot| {
            let mask = slot.netmask.raw();
            slot.ipv4.address.ipv4_raw() == d
                && slot.ipv4.in_use()
                && !slot.ipv4.is_tried()
                && (s ^ d) & mask == 0
                && s != d
                && s & !mask != 0
                && s | mask != u32::MAX
        })
    }

    /// Netmask of the narrowest subnet that contains `addr`.
    pub fn ipv4_onlink_netmask(self, addr: Ipv4Addr) -> Option<Ipv4Addr> {
        self.ipv4_subnet_of(addr).map(|s| s.netmask.get())
    }

    /// Length of the longest netmask among the subnets that contain `addr`.
    pub fn ipv4_prefix_match(self, addr: Ipv4Addr) -> Option<u32> {
        self.ipv4_subnet_of(addr).map(|s| s.netmask.raw().count_ones())
    }

    /// The gateway; `None` when there is none.
    #[inline]
    pub fn ipv4_gateway(self) -> Option<Ipv4Addr> {
        self.ipv4_config().map(|c| c.gw.get()).filter(|gw| !gw.is_unspecified())
    }

    /// Sets the gateway; `0.0.0.0` for none. False when the interface has no IPv4 block.
    pub fn set_ipv4_gateway(self, gw: Ipv4Addr) -> bool {
        self.ipv4_config().map(|c| c.gw.set(gw)).is_some()
    }

    /// Time to live for unicast packets.
    #[inline]
    pub fn ipv4_ttl(self) -> u8 {
        self.ipv4_config().map_or(crate::config::NET_INITIAL_TTL as u8, |c| c.ttl.get())
    }

    /// Time to live for multicast packets.
    #[inline]
    pub fn ipv4_mcast_ttl(self) -> u8 {
        self.ipv4_config().map_or(crate::config::NET_INITIAL_MCAST_TTL as u8, |c| c.mcast_ttl.get())
    }

    /// Adds `addr`, or finds it when it is there already.
    ///
    /// A full table gives up its first overridable address for a DHCP or autoconfigured one; a
    /// permanent slot is otherwise never taken. `lifetime` is in seconds, 0 for ever. Returns the
    /// slot, or `None` when the table is full, the interface has no IPv4 block, or `addr` cannot
    /// be a host's.
    pub fn ipv4_addr_add(
        self,
        addr: Ipv4Addr,
        kind: AddrType,
        lifetime: u32,
    ) -> Option<&'static NetIfAddrIpv4> {
        if addr.is_unspecified() || addr.is_multicast() || addr == Ipv4Addr::BROADCAST {
            return None;
        }
        if let Some(slot) = self.ipv4_slot(addr) {
            return Some(slot);
        }
        let gives_way = |s: &&NetIfAddrIpv4| {
            matches!(kind, AddrType::Dhcp | AddrType::Autoconf)
                && s.ipv4.addr_type() == AddrType::Overridable
        };
        let slots = self.unicast();
        // An overridable address is there to be replaced, so it goes before a free slot does.
        let slot = slots
            .iter()
            .find(|s| s.ipv4.in_use() && gives_way(s))
            .or_else(|| slots.iter().find(|s| !s.ipv4.in_use()))?;
        slot.ipv4.clear();
        slot.netmask.set(DEFAULT_NETMASK);
        slot.ipv4.set_addr_type(kind);
        slot.ipv4.set_addr_state(AddrState::Preferred);
        slot.ipv4.is_infinite.set(u8::from(lifetime == 0));
        slot.ipv4.is_added.set(1);
        slot.ipv4.atomic_ref.store(1, core::sync::atomic::Ordering::Relaxed);
        slot.ipv4.address.set_ipv4(addr);
        slot.ipv4.is_used.set(1);
        super::changes::note();
        Some(slot)
    }

    /// Removes `addr`; false when it is not there.
    pub fn ipv4_addr_rm(self, addr: Ipv4Addr) -> bool {
        self.ipv4_slot(addr)
            .map(|slot| {
                slot.ipv4.clear();
                slot.netmask.set(Ipv4Addr::UNSPECIFIED);
            })
            .is_some()
    }

    /// Sets the netmask of `addr`; false when the address is not there.
    pub fn set_ipv4_netmask(self, addr: Ipv4Addr, netmask: Ipv4Addr) -> bool {
        self.ipv4_slot(addr).map(|slot| slot.netmask.set(netmask)).is_some()
    }

    /// Adds `addr/prefix` as a manual address: the short way of tests and the simulator.
    pub fn ipv4_add(self, addr: Ipv4Addr, prefix: u8) -> bool {
        let mask = u32::MAX.checked_shl(32 - u32::from(prefix.min(32))).unwrap_or(0);
        self.ipv4_addr_add(addr, AddrType::Manual, 0)
            .map(|slot| slot.netmask.set(Ipv4Addr::from_bits(mask)))
            .is_some()
    }

    /// True when packets to `group` are wanted here: the group is joined, or it is all-hosts.
    #[inline]
    pub fn is_ipv4_group_joined(self, group: Ipv4Addr) -> bool {
        group == ALL_SYSTEMS || self.ipv4_group(group).is_some_and(NetIfMcastAddr::joined)
    }

    /// The slot that holds `group`.
    #[inline]
    pub fn ipv4_group(self, group: Ipv4Addr) -> Option<&'static NetIfMcastAddr> {
        let g = raw(group);
        self.groups().iter().find(|s| s.address.ipv4_raw() == g && s.in_use())
    }

    /// Adds `group`, not yet joined, or finds it; `None` when the table is full or `group` is not
    /// a multicast address.
    pub fn ipv4_group_add(self, group: Ipv4Addr) -> Option<&'static NetIfMcastAddr> {
        if !group.is_multicast() {
            return None;
        }
        if let Some(slot) = self.ipv4_group(group) {
            return Some(slot);
        }
        let slot = self.groups().iter().find(|s| !s.in_use())?;
        slot.clear();
        slot.address.set_ipv4(group);
        slot.is_used.set(1);
        Some(slot)
    }

    /// Removes `group`; false when it is not there.
    pub fn ipv4_group_rm(self, group: Ipv4Addr) -> bool {
        self.ipv4_group(group).map(NetIfMcastAddr::clear).is_some()
    }

    /// One more user of `group`: adds and joins it with the first. `Some(true)` when this call
    /// joined it, `None` when there is no room.
    pub fn ipv4_group_join(self, group: Ipv4Addr) -> Option<bool> {
        let slot = self.ipv4_group_add(group)?;
        slot.users.set(slot.users.get().saturating_add(1));
        let first = !slot.joined();
        slot.is_joined.set(1);
        Some(first)
    }

    /// One user of `group` less: leaves and removes it with the last. `Some(true)` when this call
    /// left it, `None` when it is not there.
    pub fn ipv4_group_leave(self, group: Ipv4Addr) -> Option<bool> {
        let slot = self.ipv4_group(group)?;
        let users = slot.users.get().saturating_sub(1);
        slot.users.set(users);
        if users == 0 {
            slot.clear();
        }
        Some(users == 0)
    }

    /// The groups the interface holds, joined or not.
    pub fn ipv4_groups(self) -> impl Iterator<Item = (Ipv4Addr, bool)> {
        self.groups().iter().filter(|s| s.in_use()).map(|s| (s.address.ipv4(), s.joined()))
    }

    /// The source address for packets to `dst` over this interface: the address of the subnet
    /// `dst` lies in, else the preferred address that shares most leading bits with it; a
    /// link-local one only for want of another, unless `dst` is link-local itself (RFC 1122,
    /// 3.3.4.3; RFC 3927, 2.6.2). `None` when the interface has no usable address.
    pub fn ipv4_select_src(self, dst: Ipv4Addr) -> Option<Ipv4Addr> {
        if config::NET_IF_UNICAST_IPV4_ADDR_COUNT == 1 {
            let usable =
                |s: &NetIfAddrIpv4| s.ipv4.in_use() && s.ipv4.addr_state() == AddrState::Preferred;
            return self.slot_with(usable).map(|s| s.ipv4.address.ipv4());
        }
        if self.ipv4_slot(dst).is_some_and(|s| s.ipv4.addr_state() == AddrState::Preferred) {
            return Some(dst);
        }
        let onlink = self.ipv4_subnet_of(dst).map(|s| &s.ipv4);
        if let Some(own) = onlink.filter(|a| a.addr_state() == AddrState::Preferred) {
            return Some(own.address.ipv4());
        }
        let local = dst.is_link_local() || dst.octets()[..3] == [224, 0, 0];
        self.unicast()
            .iter()
            .filter(|s| s.ipv4.in_use() && s.ipv4.addr_state() == AddrState::Preferred)
            .map(|s| s.ipv4.address.ipv4())
            .reduce(|best, next| {
                let rank = |a: Ipv4Addr| (a.is_link_local() == local, common_bits(a, dst));
                if rank(next) > rank(best) { next } else { best }
            })
    }

    /// The first link-local (169.254/16) address in this state.
    pub fn ipv4_link_local(self, state: AddrState) -> Option<&'static NetIfAddrIpv4> {
        self.ipv4_first(state, true)
    }

    /// The first address in this state that is not link-local.
    pub fn ipv4_global(self, state: AddrState) -> Option<&'static NetIfAddrIpv4> {
        self.ipv4_first(state, false)
    }

    fn ipv4_first(self, state: AddrState, link_local: bool) -> Option<&'static NetIfAddrIpv4> {
        self.unicast().iter().find(|s| {
            s.ipv4.in_use()
                && (state == AddrState::Any || s.ipv4.addr_state() == state)
                && s.ipv4.address.ipv4().is_link_local() == link_local
        })
    }
}
