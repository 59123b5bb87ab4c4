// SPDX-License-Identifier: Apache-2.0
//! One communication end point: what sockets and `net_context` are made of.

use bitflags::bitflags;

use crate::base::{Endpoint, Error};
use crate::buf::PktList;
use crate::config;

/// Names a context. A stale name, kept after the context was released, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextId {
    index: u16,
    generation: u16,
}

impl ContextId {
    pub(super) const fn new(index: usize, generation: u16) -> Self {
        ContextId { index: index as u16, generation }
    }

    /// The slot in the table.
    #[inline]
    pub const fn index(self) -> usize {
        self.index as usize
    }

    /// Which tenant of the slot.
    #[inline]
    pub const fn generation(self) -> u16 {
        self.generation
    }

    /// As one word, for tables outside.
    pub const fn to_bits(self) -> u32 {
        (self.generation as u32) << 16 | self.index as u32
    }

    /// The reverse of [`to_bits`](Self::to_bits).
    #[inline]
    pub const fn from_bits(bits: u32) -> Self {
        ContextId { index: bits as u16, generation: (bits >> 16) as u16 }
    }
}

bitflags! {
    /// What is switched on for a context.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Flags: u16 {
        /// The slot is taken.
        const IN_USE = 1 << 0;
        /// It has a local port and stands in the index.
        const BOUND = 1 << 1;
        /// It has a remote end point and takes datagrams from nobody else.
        const CONNECTED = 1 << 2;
        /// SO_REUSEADDR.
        const REUSE_ADDR = 1 << 3;
        /// SO_REUSEPORT.
        const REUSE_PORT = 1 << 4;
        /// SO_BROADCAST.
        const BROADCAST = 1 << 5;
        /// Ancillary data: IP_PKTINFO.
        const RECV_PKTINFO = 1 << 6;
        /// Ancillary data: IP_RECVTTL.
        const RECV_TTL = 1 << 7;
        /// shutdown(SHUT_RD) was called.
        const SHUT_RD = 1 << 8;
        /// shutdown(SHUT_WR) was called.
        const SHUT_WR = 1 << 9;
        /// Received packets go to a callback instead of the queue.
        const CALLBACK = 1 << 10;
        /// A multicast interface was chosen (IP_MULTICAST_IF).
        const MULTICAST_IF = 1 << 11;
        /// Ancillary data: IP_RECVTOS.
        const RECV_TOS = 1 << 12;
        /// It was bound to an address by the application, so a new route does not change the source.
        const BOUND_ADDR = 1 << 13;
        /// It is of AF_INET6: its addresses are told in that form.
        const V6 = 1 << 14;
        /// IPV6_V6ONLY: it carries no IPv4.
        const V6ONLY = 1 << 15;
    }
}

/// How a context's datagrams heed what their path carries (IP_MTU_DISCOVER).
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MtuDiscover {
    /// In fragments where they are larger, else whole.
    #[default]
    Usual,
    /// Routers may fragment them.
    Never,
    /// Refused where they are larger.
    Refuse,
    /// Whole, whatever is known of the path.
    Probe,
}

/// What a context without a transport protocol takes and sends.
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw {
    /// Frames of the link (AF_PACKET): of this EtherType, or with 0 of none yet, with 3 of all.
    #[cfg(CONFIG_NET_SOCKETS_PACKET)]
    Frames {
        /// See above.
        ethertype: u16,
        /// The link's header belongs to what is sent and received (SOCK_RAW).
        header: bool,
    },
    /// IP packets with their headers, of this protocol, or with 0 of all.
    #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
    Ip {
        /// See above.
        protocol: u8,
    },
}

/// A UDP end point (TCP and raw ones join it later): addresses, options and the receive queue.
pub struct Context {
    /// Local address and port; unspecified parts match everything.
    pub local: Endpoint,
    /// Whom it is connected to.
    pub remote: Endpoint,
    /// Received packets, headers pulled, oldest first.
    pub rx: PktList,
    /// Switches.
    pub flags: Flags,
    generation: u16,
    /// Most packets in `rx`.
    pub rx_limit: u16,
    /// SO_RCVBUF as it was set; 0 before.
    #[cfg(CONFIG_NET_CONTEXT_RCVBUF)]
    pub rx_bytes: u16,
    /// IP protocol number.
    pub protocol: u8,
    /// Bound to this interface index; 0 is any.
    pub iface: u8,
    /// Interface for multicast, by index; 0 is the default one.
    pub mcast_iface: u8,
    /// TTL of unicast packets; 0 takes the interface's.
    pub ttl: u8,
    /// TTL of multicast packets; 0 takes the interface's.
    pub mcast_ttl: u8,
    /// Type of service: DSCP and ECN.
    pub tos: u8,
    /// Packet priority for the traffic classes.
    pub priority: u8,
    /// Which own address is chosen: IPV6_ADDR_PREFERENCES (RFC 5014); 0 leaves it to the interface.
    #[cfg(CONFIG_NET_IPV6)]
    pub addr_preferences: u16,
    /// An asynchronous error, reported once.
    pub error: Option<Error>,
    /// How long its calls wait (SO_RCVTIMEO, SO_SNDTIMEO).
    pub timeouts: Timeouts,
    /// Slot of the connection's block; [`NO_TCB`](Self::NO_TCB) when there is none.
    #[cfg(CONFIG_NET_TCP)]
    pub tcb: u16,
    /// Own packets to groups come back to this host (IP_MULTICAST_LOOP).
    #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
    pub mcast_loop: bool,
    /// How its datagrams heed what their path carries.
    #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
    pub mtu_discover: MtuDiscover,
    /// Ports the stack chooses from, lowest and highest; 0 leaves an end open (IP_LOCAL_PORT_RANGE).
    #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
    pub port_range: (u16, u16),
    /// Most bytes of a datagram to send; 0 for no such limit (SO_SNDBUF).
    #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
    pub send_limit: u16,
    /// A datagram may say when it is to be sent (SO_TXTIME).
    #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
    pub txtime: bool,
    /// Which packets get time stamps (SO_TIMESTAMPING).
    #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
    pub timestamping: u8,
    /// It has no transport protocol.
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    pub raw: Option<Raw>,
    /// What the receive callback is given, with [`Flags::CALLBACK`].
    pub handler: usize,
}

/// Longest waits of a context's calls, in milliseconds; 0 is for ever. Where little RAM counts there is none
/// unless the configuration asks for it.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    #[cfg(any(CONFIG_NET_CONTEXT_RCVTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
    recv: u32,
    #[cfg(any(CONFIG_NET_CONTEXT_SNDTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
    send: u32,
}

impl Timeouts {
    const NONE: Timeouts = Timeouts {
        #[cfg(any(CONFIG_NET_CONTEXT_RCVTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
        recv: 0,
        #[cfg(any(CONFIG_NET_CONTEXT_SNDTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
        send: 0,
    };

    /// For data or a connection.
    #[inline]
    pub const fn recv(self) -> u32 {
        #[cfg(any(CONFIG_NET_CONTEXT_RCVTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
        return self.recv;
        #[cfg(not(any(CONFIG_NET_CONTEXT_RCVTIMEO, not(CONFIG_ZNET_PROFILE_TINY))))]
        0
    }

    /// For a buffer or room.
    #[inline]
    pub const fn send(self) -> u32 {
        #[cfg(any(CONFIG_NET_CONTEXT_SNDTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
        return self.send;
        #[cfg(not(any(CONFIG_NET_CONTEXT_SNDTIMEO, not(CONFIG_ZNET_PROFILE_TINY))))]
        0
    }

    /// Sets the first.
    ///
    /// # Errors
    /// [`Error::NoProtoOpt`] where there is none.
    pub fn set_recv(&mut self, millis: u32) -> Result<(), Error> {
        #[cfg(any(CONFIG_NET_CONTEXT_RCVTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
        {
            self.recv = millis;
        }
        let kept = self.recv() == millis;
        if kept { Ok(()) } else { Err(Error::NoProtoOpt) }
    }

    /// Sets the second.
    ///
    /// # Errors
    /// [`Error::NoProtoOpt`] where there is none.
    pub fn set_send(&mut self, millis: u32) -> Result<(), Error> {
        #[cfg(any(CONFIG_NET_CONTEXT_SNDTIMEO, not(CONFIG_ZNET_PROFILE_TINY)))]
        {
            self.send = millis;
        }
        let kept = self.send() == millis;
        if kept { Ok(()) } else { Err(Error::NoProtoOpt) }
    }
}

/// Most packets one context holds: at least one, and no more than there are.
const RX_LIMIT: u16 =
    if config::NET_PKT_RX_COUNT == 0 { 1 } else { config::NET_PKT_RX_COUNT as u16 };

impl Context {
    /// Is this what `id` names?
    #[inline]
    pub(super) fn is(&self, id: ContextId) -> bool {
        self.generation == id.generation && self.flags.contains(Flags::IN_USE)
    }

    /// All of it is zero, so that a table of them takes no flash; [`occupy`](Self::occupy) does the rest.
    pub(super) const FREE: Context = Context {
        local: Endpoint::UNSPECIFIED,
        remote: Endpoint::UNSPECIFIED,
        rx: PktList::new(),
        flags: Flags::empty(),
        generation: 0,
        rx_limit: 0,
        #[cfg(CONFIG_NET_CONTEXT_RCVBUF)]
        rx_bytes: 0,
        protocol: 0,
        iface: 0,
        mcast_iface: 0,
        ttl: 0,
        mcast_ttl: 0,
        tos: 0,
        priority: 0,
        #[cfg(CONFIG_NET_IPV6)]
        addr_preferences: 0,
        error: None,
        timeouts: Timeouts::NONE,
        #[cfg(CONFIG_NET_TCP)]
        tcb: 0,
        #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
        mcast_loop: false,
        #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
        mtu_discover: MtuDiscover::Usual,
        #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
        port_range: (0, 0),
        #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
        send_limit: 0,
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        txtime: false,
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        timestamping: 0,
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        raw: None,
        handler: 0,
    };

    /// Not a TCP context.
    #[cfg(CONFIG_NET_TCP)]
    pub const NO_TCB: u16 = u16::MAX;

    /// Which tenant of its slot this is.
    #[inline]
    pub const fn generation(&self) -> u16 {
        self.generation
    }

    /// No address and no port, of the family the context is of.
    #[inline]
    pub const fn nowhere(&self) -> Endpoint {
        #[cfg(CONFIG_NET_IPV6)]
        if self.flags.contains(Flags::V6) {
            let addr = crate::base::IpAddr::V6(crate::base::Ipv6Addr::UNSPECIFIED);
            return Endpoint::new(addr, 0);
        }
        Endpoint::UNSPECIFIED
    }

    /// Makes a fresh context one of AF_INET6. As in Zephyr it carries IPv4 only where IPV6_V6ONLY is switched
    /// off, so that a port of one family does not take that of the other.
    #[cfg(CONFIG_NET_IPV6)]
    pub fn set_v6(&mut self) {
        self.flags |= Flags::V6 | Flags::V6ONLY;
        self.local = self.nowhere();
        self.remote = self.nowhere();
    }

    /// Can it send to `addr`, as far as its family goes?
    #[inline(always)]
    pub const fn speaks(&self, addr: crate::base::IpAddr) -> bool {
        if !cfg!(CONFIG_NET_IPV6) {
            return true;
        }
        match addr.v4() {
            Some(_) => !self.flags.contains(Flags::V6ONLY),
            None => self.flags.contains(Flags::V6),
        }
    }

    /// Has it a remote end point?
    #[inline]
    pub const fn is_connected(&self) -> bool {
        self.flags.contains(Flags::CONNECTED)
    }

    /// Makes a free slot a context's of this IP protocol.
    pub(super) fn occupy(&mut self, protocol: u8) {
        self.flags = Flags::IN_USE;
        self.protocol = protocol;
        self.rx_limit = RX_LIMIT;
        // No name is 0.
        self.generation = self.generation.max(1);
        #[cfg(CONFIG_NET_TCP)]
        {
            self.tcb = Context::NO_TCB;
        }
    }

    /// Makes the slot a new tenant's. Nothing waits for the old one: there is nothing to drop, which the
    /// compiler can't know.
    pub(super) fn recycle(&mut self) {
        debug_assert!(self.rx.is_empty());
        let fresh = Context { generation: self.next_generation(), ..Context::FREE };
        core::mem::forget(core::mem::replace(self, fresh));
    }

    /// Makes names of it stale.
    #[cfg(CONFIG_NET_TCP)]
    pub(super) fn renew(&mut self) {
        self.generation = self.next_generation();
    }

    fn next_generation(&self) -> u16 {
        if self.generation == u16::MAX { 1 } else { self.generation + 1 }
    }
}
