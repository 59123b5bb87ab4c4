// SPDX-License-Identifier: Apache-2.0
//! What the stack is given from outside: time, randomness, and somebody who carries out effects.

use crate::base::{Instant, Result};
use crate::buf::Pkt;
use crate::iface::IfRef;

/// Time and randomness, asked for only where a packet really needs them.
pub trait Env {
    /// The time now.
    fn now(&self) -> Instant;

    /// Fills `out` with unpredictable bytes. Fails when no entropy source is available.
    fn random(&self, out: &mut [u8]) -> Result<()>;
}

/// Carries out what the stack decided, after the core lock is released: calls C drivers and
/// callbacks in a firmware, moves frames between hosts in the simulator.
pub trait Platform: Env + Sync {
    /// Hands a complete frame to the driver of `iface`.
    fn transmit(&self, iface: IfRef, pkt: Pkt) -> Result<()>;

    /// Runs a callback registered by an application, on a packet it asked for.
    fn call(&self, call: Call, pkt: Pkt);

    /// Something happened that management listeners may want to know.
    fn event(&self, event: Event);

    /// The earliest deadline of the stack moved to `at`; whoever drives the timers looks again.
    fn deadline(&self, at: Instant);
}

/// A callback to run on a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The handlers of an ICMP message; the packet starts at its IP header.
    Icmp {
        /// ICMP type of the message.
        kind: u8,
        /// ICMP code of the message.
        code: u8,
    },
    /// The receive callback of a context.
    Context {
        /// What the application registered (`net_context` in C).
        handler: usize,
    },
}

/// Whether somebody can hear of events that only monitors care for.
pub(super) const HEARD: bool = cfg!(any(CONFIG_NET_MGMT_EVENT, not(CONFIG_ZNET_PROFILE_TINY)));

/// A change of state worth telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another station uses one of our addresses (RFC 5227, 2.4).
    Ipv4Conflict {
        /// Interface on which the other station was heard, by index.
        iface: u8,
        /// The contested address.
        addr: core::net::Ipv4Addr,
    },
    /// Whether somebody else has an address of ours has turned out (RFC 5227).
    #[cfg(CONFIG_NET_IPV4_ACD)]
    Ipv4Verdict {
        /// Interface by index.
        iface: u8,
        /// The address.
        addr: core::net::Ipv4Addr,
        /// What became of it.
        verdict: super::acd::Verdict,
    },
    /// The first socket joined a group, or the last one left it: monitors and the address filter
    /// of the hardware are to be told.
    Ipv4Group {
        /// Interface by index.
        iface: u8,
        /// The group.
        group: core::net::Ipv4Addr,
        /// Joined, else left.
        joined: bool,
    },
    /// Something about IPv6 changed on an interface.
    #[cfg(CONFIG_NET_IPV6)]
    Ipv6 {
        /// What.
        what: Ipv6Change,
        /// Interface by index.
        iface: u8,
        /// The address, group or router it is about.
        addr: core::net::Ipv6Addr,
    },
    /// A route came or went.
    #[cfg(all(CONFIG_NET_ROUTE, CONFIG_NET_MGMT_EVENT))]
    Ipv6Route {
        /// It came, else it went.
        added: bool,
        /// Interface by index.
        iface: u8,
        /// The prefix it leads to.
        prefix: core::net::Ipv6Addr,
        /// The prefix's length in bits.
        len: u8,
        /// The neighbour it goes by.
        hop: core::net::Ipv6Addr,
    },
    /// The path to a destination turned out to carry less, or what was said of it changed.
    #[cfg(CONFIG_NET_PMTU)]
    PathMtu {
        /// The destination.
        dst: crate::base::IpAddr,
        /// The largest packet it carries.
        mtu: u16,
    },
    /// A frame could not be handed to the driver.
    TransmitFailed {
        /// Interface by index.
        iface: u8,
    },
}

/// What can change about IPv6 on an interface.
#[cfg(CONFIG_NET_IPV6)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ipv6Change {
    /// An address was added; it may still be asked for.
    AddrAdd,
    /// An address was removed.
    AddrDel,
    /// An address shall not be used for anything new.
    AddrDeprecated,
    /// Nobody else has the address: it may be used.
    DadSucceed,
    /// Somebody else has the address: it was removed.
    DadFailed,
    /// A group was joined: monitors and the address filter of the hardware are to be told.
    GroupJoined,
    /// A group was left.
    GroupLeft,
    /// Too many temporary addresses were somebody else's: there are none any more.
    #[cfg(CONFIG_NET_IPV6_PE)]
    PrivacyOff,
    /// A neighbour is being looked for, or has been heard; its place in the cache.
    #[cfg(all(CONFIG_NET_IPV6_NBR_CACHE, CONFIG_NET_MGMT_EVENT))]
    NeighbourAdd(u16),
    /// A neighbour was forgotten.
    #[cfg(all(CONFIG_NET_IPV6_NBR_CACHE, CONFIG_NET_MGMT_EVENT))]
    NeighbourDel,
    /// A router told of a prefix of the link.
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    PrefixAdd {
        /// Its length in bits.
        len: u8,
        /// Seconds it holds; `u32::MAX` for ever.
        seconds: u32,
    },
    /// A prefix of the link was forgotten.
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    PrefixDel {
        /// Its length in bits.
        len: u8,
    },
    /// A default router was found.
    RouterAdd,
    /// A default router is none any more.
    RouterDel,
}
