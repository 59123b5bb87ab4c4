// SPDX-License-Identifier: Apache-2.0
//! Address shells: what `net_if.h` and `net_ip.h` call `net_addr`, `net_if_addr` and their kin.

use core::net::{Ipv4Addr, Ipv6Addr};
use core::sync::atomic::{AtomicIsize, AtomicU32, Ordering::Relaxed};

use super::cell::{Byte, Half, InAddr, Ptr, Word};
use super::kinds::{AddrState, AddrType};
use super::shell::NetIf;
use crate::config;

/// `AF_INET` as Zephyr numbers it.
pub const AF_INET: u16 = 1;
/// `AF_INET6` as Zephyr numbers it.
pub const AF_INET6: u16 = 2;

/// Unicast IPv4 addresses of one interface.
pub const IPV4_ADDR_MAX: usize = config::NET_IF_UNICAST_IPV4_ADDR_COUNT;
/// Multicast IPv4 groups of one interface.
pub const IPV4_MADDR_MAX: usize = config::NET_IF_MCAST_IPV4_ADDR_COUNT;

/// Unicast IPv6 addresses of one interface.
#[cfg(CONFIG_NET_IPV6)]
pub const IPV6_ADDR_MAX: usize = config::NET_IF_UNICAST_IPV6_ADDR_COUNT;
/// Multicast IPv6 groups of one interface.
#[cfg(CONFIG_NET_IPV6)]
pub const IPV6_MADDR_MAX: usize = config::NET_IF_MCAST_IPV6_ADDR_COUNT;
/// IPv6 prefixes of one interface.
#[cfg(CONFIG_NET_IPV6)]
pub const IPV6_PREFIX_MAX: usize = config::NET_IF_IPV6_PREFIX_COUNT;

/// `struct net_addr`: an address of either family.
#[repr(C)]
#[derive(Debug)]
pub struct NetAddr {
    /// `AF_INET` or `AF_INET6`.
    pub family: Half,
    // A union in C: `in6_addr` takes all of it, `in_addr` the first word.
    bytes: [Word; 4],
}

impl NetAddr {
    /// No address of no family.
    pub const fn unspecified() -> Self {
        NetAddr { family: Half::new(0), bytes: [const { Word::new(0) }; 4] }
    }

    /// The IPv4 address, whatever the family says.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn ipv4(&self) -> Ipv4Addr {
        Ipv4Addr::from(self.ipv4_raw().to_ne_bytes())
    }

    /// The IPv6 address, whatever the family says.
    #[inline]
    pub fn ipv6(&self) -> Ipv6Addr {
        read_ipv6(&self.bytes)
    }

    /// Where the IPv6 address lies, for C.
    pub fn ipv6_ptr(&self) -> *const In6Addr {
        self.bytes.as_ptr().cast()
    }

    /// Makes this the IPv6 address `addr`.
    pub fn set_ipv6(&self, addr: Ipv6Addr) {
        self.family.set(AF_INET6);
        write_ipv6(&self.bytes, addr);
    }

    /// Where the IPv4 address lies, for C.
    pub fn ipv4_ptr(&self) -> *const InAddr {
        self.bytes.as_ptr().cast()
    }

    /// Makes this the IPv4 address `addr`.
    pub fn set_ipv4(&self, addr: Ipv4Addr) {
        self.family.set(AF_INET);
        self.bytes[0].set(super::cell::raw(addr));
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn ipv4_raw(&self) -> u32 {
        self.bytes[0].get()
    }

    pub(super) fn clear(&self) {
        self.family.set(0);
        for word in &self.bytes {
            word.set(0);
        }
    }
}

#[inline]
fn read_ipv6(words: &[Word; 4]) -> Ipv6Addr {
    let [a, b, c, d] = words.each_ref().map(|word| u128::from(u32::from_be(word.get())));
    Ipv6Addr::from_bits(a << 96 | b << 64 | c << 32 | d)
}

fn write_ipv6(words: &[Word; 4], addr: Ipv6Addr) {
    let bits = addr.to_bits();
    for (word, shift) in words.iter().zip([96, 64, 32, 0]) {
        word.set(((bits >> shift) as u32).to_be());
    }
}

/// `struct in6_addr`: an IPv6 address in network byte order.
#[repr(transparent)]
#[derive(Debug)]
pub struct In6Addr([Word; 4]);

impl In6Addr {
    /// `::`.
    pub const fn unspecified() -> Self {
        In6Addr([const { Word::new(0) }; 4])
    }

    /// Reads the address.
    pub fn get(&self) -> Ipv6Addr {
        read_ipv6(&self.0)
    }

    /// Writes the address.
    pub fn set(&self, addr: Ipv6Addr) {
        write_ipv6(&self.0, addr);
    }
}

/// `struct net_if_ipv6_prefix`: a prefix whose addresses are neighbours.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfIpv6Prefix {
    /// The prefix; bits behind its length are zero.
    pub prefix: In6Addr,
    /// The interface it is on.
    pub iface: Ptr<NetIf>,
    /// Its length in bits.
    pub len: Byte,
    /// Valid without limit of time.
    pub is_infinite: Byte,
    /// Whether this slot holds a prefix.
    pub is_used: Byte,
}

impl NetIfIpv6Prefix {
    /// A free slot.
    pub const fn new() -> Self {
        NetIfIpv6Prefix {
            prefix: In6Addr::unspecified(),
            iface: Ptr::null(),
            len: Byte::new(0),
            is_infinite: Byte::new(0),
            is_used: Byte::new(0),
        }
    }

    /// True when the slot holds a prefix.
    #[inline]
    pub fn in_use(&self) -> bool {
        self.is_used.get() != 0
    }
}

impl Default for NetIfIpv6Prefix {
    fn default() -> Self {
        Self::new()
    }
}

/// `struct net_if_ipv6`: the IPv6 configuration of an interface.
#[cfg(CONFIG_NET_IPV6)]
#[repr(C)]
#[derive(Debug)]
pub struct NetIfIpv6 {
    /// Unicast addresses.
    pub unicast: [NetIfAddr; IPV6_ADDR_MAX],
    /// Multicast groups.
    pub mcast: [NetIfMcastAddr; IPV6_MADDR_MAX],
    /// Prefixes on the link.
    pub prefix: [NetIfIpv6Prefix; IPV6_PREFIX_MAX],
    /// Milliseconds a neighbour is believed reachable, on average.
    pub base_reachable_time: Word,
    /// The same, drawn anew now and then around that average (RFC 4861, 6.3.2).
    pub reachable_time: Word,
    /// Milliseconds between two solicitations.
    pub retrans_timer: Word,
    /// Largest packet of the link as its routers say; 0 leaves it to the device.
    pub network_mtu: Half,
    /// Hop limit of packets sent.
    pub hop_limit: Byte,
    /// Hop limit of multicast packets sent.
    pub mcast_hop_limit: Byte,
}

#[cfg(CONFIG_NET_IPV6)]
impl NetIfIpv6 {
    /// REACHABLE_TIME in milliseconds (RFC 4861, 10).
    pub const REACHABLE_TIME: u32 = 30_000;
    /// RETRANS_TIMER in milliseconds (RFC 4861, 10).
    pub const RETRANS_TIMER: u32 = 1_000;

    /// No addresses, and the values of RFC 4861 until a router has others.
    pub const fn new() -> Self {
        NetIfIpv6 {
            base_reachable_time: Word::new(Self::REACHABLE_TIME),
            reachable_time: Word::new(Self::REACHABLE_TIME),
            retrans_timer: Word::new(Self::RETRANS_TIMER),
            hop_limit: Byte::new(config::NET_INITIAL_HOP_LIMIT as u8),
            mcast_hop_limit: Byte::new(config::NET_INITIAL_MCAST_HOP_LIMIT as u8),
            ..Self::blank()
        }
    }

    /// All zero, to be reset before it is used.
    pub(super) const fn blank() -> Self {
        NetIfIpv6 {
            unicast: [const { NetIfAddr::new() }; IPV6_ADDR_MAX],
            mcast: [const { NetIfMcastAddr::new() }; IPV6_MADDR_MAX],
            prefix: [const { NetIfIpv6Prefix::new() }; IPV6_PREFIX_MAX],
            base_reachable_time: Word::new(0),
            reachable_time: Word::new(0),
            retrans_timer: Word::new(0),
            network_mtu: Half::new(0),
            hop_limit: Byte::new(0),
            mcast_hop_limit: Byte::new(0),
        }
    }

    /// Forgets what routers said of the link.
    pub fn forget_link(&self) {
        self.base_reachable_time.set(Self::REACHABLE_TIME);
        self.reachable_time.set(Self::REACHABLE_TIME);
        self.retrans_timer.set(Self::RETRANS_TIMER);
        self.network_mtu.set(0);
        self.hop_limit.set(config::NET_INITIAL_HOP_LIMIT as u8);
    }

    /// Back to the state of [`NetIfIpv6::new`].
    pub fn reset(&self) {
        for slot in &self.unicast {
            slot.clear();
        }
        for slot in &self.mcast {
            slot.clear();
        }
        for slot in &self.prefix {
            slot.is_used.set(0);
        }
        self.forget_link();
        self.mcast_hop_limit.set(config::NET_INITIAL_MCAST_HOP_LIMIT as u8);
    }
}

#[cfg(CONFIG_NET_IPV6)]
impl Default for NetIfIpv6 {
    fn default() -> Self {
        Self::new()
    }
}

/// `struct net_if_addr`: a unicast address of an interface.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfAddr {
    /// The address.
    pub address: NetAddr,
    /// References held by users of the address besides the interface itself (`atomic_t`).
    pub atomic_ref: AtomicIsize,
    addr_type: Byte,
    addr_state: Byte,
    /// Valid without limit of time.
    pub is_infinite: Byte,
    /// Whether this slot holds an address.
    pub is_used: Byte,
    /// Usable inside a mesh only.
    pub is_mesh_local: Byte,
    /// A temporary address (RFC 8981).
    pub is_temporary: Byte,
    /// Added, and not yet removed, by whoever asked for it.
    pub is_added: Byte,
}

impl NetIfAddr {
    /// A free slot.
    pub const fn new() -> Self {
        NetIfAddr {
            address: NetAddr::unspecified(),
            atomic_ref: AtomicIsize::new(0),
            addr_type: Byte::new(0),
            addr_state: Byte::new(0),
            is_infinite: Byte::new(0),
            is_used: Byte::new(0),
            is_mesh_local: Byte::new(0),
            is_temporary: Byte::new(0),
            is_added: Byte::new(0),
        }
    }

    /// True when the slot holds an address.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn in_use(&self) -> bool {
        self.is_used.get() != 0
    }

    /// How the address came to be.
    pub fn addr_type(&self) -> AddrType {
        AddrType::from_raw(self.addr_type.get())
    }

    /// Whether the address may be used.
    pub fn addr_state(&self) -> AddrState {
        AddrState::from_raw(self.addr_state.get() as i8)
    }

    /// True while nobody knows whether somebody else has this IPv4 address (RFC 5227, 2.1): then it is
    /// not used.
    #[inline]
    pub fn is_tried(&self) -> bool {
        cfg!(CONFIG_NET_IPV4_ACD) && self.addr_state() == AddrState::Tentative
    }

    /// Changes how the address came to be.
    pub fn set_addr_type(&self, kind: AddrType) {
        self.addr_type.set(kind as u8);
    }

    /// Changes whether the address may be used.
    pub fn set_addr_state(&self, state: AddrState) {
        self.addr_state.set(state as i8 as u8);
        super::changes::note();
    }

    pub(super) fn clear(&self) {
        // Readers look at the address before the rest: it goes first.
        self.address.clear();
        self.is_used.set(0);
        self.is_added.set(0);
        self.is_infinite.set(0);
        self.is_mesh_local.set(0);
        self.is_temporary.set(0);
        self.atomic_ref.store(0, Relaxed);
        self.set_addr_type(AddrType::Any);
        self.set_addr_state(AddrState::Tentative);
    }
}

impl Default for NetIfAddr {
    fn default() -> Self {
        Self::new()
    }
}

/// `struct net_if_addr_ipv4`: an IPv4 address with its own netmask.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfAddrIpv4 {
    /// The address.
    pub ipv4: NetIfAddr,
    /// Its netmask.
    pub netmask: InAddr,
}

/// `struct net_if_mcast_addr`: a multicast group an interface has joined or wants to.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfMcastAddr {
    /// The group.
    pub address: NetAddr,
    /// Whether this slot holds a group.
    pub is_used: Byte,
    /// Whether the group has been joined on the link.
    pub is_joined: Byte,
    /// How often the group has been asked for; it is left when the last asker leaves.
    pub users: Half,
}

impl NetIfMcastAddr {
    /// A free slot.
    pub const fn new() -> Self {
        NetIfMcastAddr {
            address: NetAddr::unspecified(),
            is_used: Byte::new(0),
            is_joined: Byte::new(0),
            users: Half::new(0),
        }
    }

    /// True when the slot holds a group.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn in_use(&self) -> bool {
        self.is_used.get() != 0
    }

    /// True when the group has been joined.
    pub fn joined(&self) -> bool {
        self.is_joined.get() != 0
    }

    pub(super) fn clear(&self) {
        self.address.clear();
        self.is_used.set(0);
        self.is_joined.set(0);
        self.users.set(0);
    }
}

impl Default for NetIfMcastAddr {
    fn default() -> Self {
        Self::new()
    }
}

/// `struct net_if_ipv4`: the IPv4 configuration of an interface.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfIpv4 {
    /// Unicast addresses.
    pub unicast: [NetIfAddrIpv4; IPV4_ADDR_MAX],
    /// Multicast groups.
    pub mcast: [NetIfMcastAddr; IPV4_MADDR_MAX],
    /// Gateway, `0.0.0.0` for none.
    pub gw: InAddr,
    /// Time to live of packets sent.
    pub ttl: Byte,
    /// Time to live of multicast packets sent.
    pub mcast_ttl: Byte,
}

impl NetIfIpv4 {
    /// No addresses, and the configured times to live.
    pub const fn new() -> Self {
        NetIfIpv4 {
            ttl: Byte::new(config::NET_INITIAL_TTL as u8),
            mcast_ttl: Byte::new(config::NET_INITIAL_MCAST_TTL as u8),
            ..Self::blank()
        }
    }

    /// All zero, to be reset before it is used.
    pub(super) const fn blank() -> Self {
        NetIfIpv4 {
            unicast: [const { NetIfAddrIpv4 { ipv4: NetIfAddr::new(), netmask: InAddr::unspecified() } };
                IPV4_ADDR_MAX],
            mcast: [const { NetIfMcastAddr::new() }; IPV4_MADDR_MAX],
            gw: InAddr::unspecified(),
            ttl: Byte::new(0),
            mcast_ttl: Byte::new(0),
        }
    }

    /// Back to the state of [`NetIfIpv4::new`].
    pub fn reset(&self) {
        for slot in &self.unicast {
            slot.ipv4.clear();
            slot.netmask.set(Ipv4Addr::UNSPECIFIED);
        }
        for slot in &self.mcast {
            slot.clear();
        }
        self.gw.set(Ipv4Addr::UNSPECIFIED);
        self.ttl.set(config::NET_INITIAL_TTL as u8);
        self.mcast_ttl.set(config::NET_INITIAL_MCAST_TTL as u8);
    }
}

impl Default for NetIfIpv4 {
    fn default() -> Self {
        Self::new()
    }
}

/// `struct net_if_router`: a router known on a link.
#[repr(C)]
#[derive(Debug)]
pub struct NetIfRouter {
    /// Its address.
    pub address: NetAddr,
    /// The interface it is reached through.
    pub iface: Ptr<NetIf>,
    /// When its lifetime began, in milliseconds since start-up.
    pub life_start: AtomicU32,
    /// Lifetime in seconds.
    pub lifetime: Half,
    /// Whether this slot holds a router.
    pub is_used: Byte,
    /// Usable as a default router.
    pub is_default: Byte,
    /// Valid without limit of time.
    pub is_infinite: Byte,
}

impl NetIfRouter {
    /// A free slot.
    pub const fn new() -> Self {
        NetIfRouter {
            address: NetAddr::unspecified(),
            iface: Ptr::null(),
            life_start: AtomicU32::new(0),
            lifetime: Half::new(0),
            is_used: Byte::new(0),
            is_default: Byte::new(0),
            is_infinite: Byte::new(0),
        }
    }
}

impl Default for NetIfRouter {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_if.h":
    NetAddr = "struct net_addr" { family, bytes = "in6_addr" };
    NetIfAddr = "struct net_if_addr" {
        address, atomic_ref, addr_type, addr_state, is_infinite, is_used, is_mesh_local,
        is_temporary, is_added,
    };
    #[cfg(CONFIG_NET_IPV4)]
    NetIfAddrIpv4 = "struct net_if_addr_ipv4" { ipv4, netmask };
    NetIfMcastAddr = "struct net_if_mcast_addr" { address, is_used, is_joined, users = "_users" };
    #[cfg(CONFIG_NET_IPV4)]
    NetIfIpv4 = "struct net_if_ipv4" { unicast, mcast, gw, ttl, mcast_ttl };
    #[cfg(CONFIG_NET_IPV6)]
    NetIfIpv6Prefix = "struct net_if_ipv6_prefix" { prefix, iface, len, is_infinite, is_used };
    #[cfg(CONFIG_NET_IPV6)]
    NetIfIpv6 = "struct net_if_ipv6" {
        unicast, mcast, prefix, base_reachable_time, reachable_time, retrans_timer, network_mtu,
        hop_limit, mcast_hop_limit,
    };
    NetIfRouter = "struct net_if_router" {
        address, iface, life_start, lifetime, is_used, is_default, is_infinite,
    };
}
