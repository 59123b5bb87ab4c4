// SPDX-License-Identifier: Apache-2.0
//! Handlers of packets that are no contexts: whom Zephyr's `net_conn_register` knows.
//!
//! Called by: `stack::handlers`. Each names as much of a packet's way as it likes; of those that fit, the
//! one that names most gets a packet to one host. The order is Zephyr's (subsys/net/ip/connection.c): the
//! remote port counts most, then the local one, then the remote address, then the local one.

use super::context::{Context, Flags};
use super::demux::Flow;
use crate::base::{Endpoint, Error, IpAddr, Result};
use crate::config;

/// Handlers of one stack.
pub const HANDLERS: usize = config::NET_MAX_CONN;

/// Every EtherType (`ETH_P_ALL`).
const ALL: u16 = 3;

/// How much of a packet's way is named; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(u8);

impl Rank {
    const LOCAL_ANY: u8 = 1 << 1;
    const REMOTE_ANY: u8 = 1 << 2;
    const LOCAL_ADDR: u8 = 1 << 3;
    const REMOTE_ADDR: u8 = 1 << 4;
    const LOCAL_PORT: u8 = 1 << 5;
    const REMOTE_PORT: u8 = 1 << 6;

    /// The rank of a context that was found for a packet.
    pub fn of(context: &Context) -> Rank {
        let mut rank = Self::LOCAL_PORT;
        rank |= match context.local.addr.is_unspecified() {
            true => Self::LOCAL_ANY,
            false => Self::LOCAL_ADDR,
        };
        if context.flags.contains(Flags::CONNECTED) {
            rank |= Self::REMOTE_ADDR | Self::REMOTE_PORT;
        }
        Rank(rank)
    }

    /// That of a connection, both ends of which are known.
    pub const CONNECTION: Rank =
        Rank(Self::LOCAL_PORT | Self::LOCAL_ADDR | Self::REMOTE_ADDR | Self::REMOTE_PORT);

    /// As in the flags of C's `struct net_conn`.
    pub const fn bits(self) -> u8 {
        self.0
    }
}

/// One end of the packets that a handler wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The address; all of them when it is unspecified or not given, which differ in rank.
    pub addr: Option<IpAddr>,
    /// The port; 0 for all.
    pub port: u16,
}

impl End {
    /// Does a packet with this end fit?
    fn takes(&self, end: Endpoint) -> bool {
        let addr = self.addr.is_none_or(|addr| addr.is_unspecified() || addr == end.addr);
        addr && (self.port == 0 || self.port == end.port)
    }
}

/// What kind of packets a handler wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Those of a transport protocol, by its number; 0 for any.
    Transport(u8),
    /// Copies of IP packets that carry this protocol; 0 for any.
    Ip(u8),
    /// Copies of frames of this EtherType, 3 for any; with the link header (SOCK_RAW).
    Frames {
        /// See above.
        ethertype: u16,
        /// See above.
        header: bool,
    },
}

/// A handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// Which packets.
    pub what: What,
    /// Of IPv6, else of IPv4; `None` for both.
    pub six: Option<bool>,
    /// Where they go.
    pub local: End,
    /// Where they come from.
    pub remote: End,
    /// Whom to call: what a context's `handler` is.
    pub receiver: usize,
}

impl Handler {
    /// How much it names.
    pub fn rank(&self) -> Rank {
        let addr = |addr: Option<IpAddr>, any, one| match addr {
            None => 0,
            Some(addr) if addr.is_unspecified() => any,
            Some(_) => one,
        };
        let port = |port, bit| if port == 0 { 0 } else { bit };
        Rank(
            addr(self.local.addr, Rank::LOCAL_ANY, Rank::LOCAL_ADDR)
                | addr(self.remote.addr, Rank::REMOTE_ANY, Rank::REMOTE_ADDR)
                | port(self.local.port, Rank::LOCAL_PORT)
                | port(self.remote.port, Rank::REMOTE_PORT),
        )
    }

    fn is_of(&self, six: bool) -> bool {
        self.six.is_none_or(|own| own == six)
    }

    /// Does it want what goes this way?
    pub fn takes(&self, flow: &Flow) -> bool {
        matches!(self.what, What::Transport(protocol) if protocol == 0 || protocol == flow.protocol)
            && self.is_of(flow.local.addr.v4().is_none())
            && self.local.takes(flow.local)
            && self.remote.takes(flow.remote)
    }

    /// Does it want to see a frame of this EtherType?
    pub fn sees_frame(&self, kind: u16) -> bool {
        matches!(self.what, What::Frames { ethertype, .. } if ethertype == ALL || ethertype == kind)
    }

    /// Does it want to see an IP packet?
    pub fn sees_packet(&self, carried: u8, to: IpAddr, from: IpAddr) -> bool {
        matches!(self.what, What::Ip(protocol) if protocol == 0 || protocol == carried)
            && self.is_of(to.v4().is_none())
            && self.local.takes(Endpoint::new(to, self.local.port))
            && self.remote.takes(Endpoint::new(from, self.remote.port))
    }

    /// Does it want the same packets as `other`?
    fn is_same(&self, other: &Handler) -> bool {
        let Handler { what, six, local, remote, receiver: _ } = *other;
        self.what == what && self.six == six && self.local == local && self.remote == remote
    }
}

/// All handlers.
pub struct Handlers {
    slots: [Option<Handler>; HANDLERS],
    count: u16,
}

impl Handlers {
    /// None yet.
    pub const fn new() -> Self {
        Handlers { slots: [None; HANDLERS], count: 0 }
    }

    /// Is there none?
    #[inline(always)]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Puts a handler into a slot, whatever was there.
    ///
    /// # Errors
    /// [`Error::AddrInUse`] when another wants the same packets, [`Error::Inval`] for a slot that is none.
    pub fn set(&mut self, at: usize, handler: Handler) -> Result<()> {
        let twin = |(slot, other): (usize, &Option<Handler>)| {
            slot != at && other.as_ref().is_some_and(|other| other.is_same(&handler))
        };
        if self.slots.iter().enumerate().any(twin) {
            return Err(Error::AddrInUse);
        }
        let slot = self.slots.get_mut(at).ok_or(Error::Inval)?;
        if slot.replace(handler).is_none() {
            self.count += 1;
        }
        Ok(())
    }

    /// Empties a slot.
    pub fn clear(&mut self, at: usize) {
        if self.slots.get_mut(at).is_some_and(|slot| slot.take().is_some()) {
            self.count -= 1;
        }
    }

    /// The handler that names most of a packet's way, and its slot; the first of equals.
    pub fn best(&self, flow: &Flow) -> Option<(usize, &Handler)> {
        let mut best: Option<(usize, &Handler)> = None;
        for (slot, handler) in self.iter() {
            if handler.takes(flow) && best.is_none_or(|(_, top)| handler.rank() > top.rank()) {
                best = Some((slot, handler));
            }
        }
        best
    }

    /// The first handler that `fits`, from the slot `from` on.
    pub fn find(&self, from: usize, fits: impl Fn(&Handler) -> bool) -> Option<(usize, Handler)> {
        let mut rest = self.iter().skip_while(|(slot, _)| *slot < from);
        rest.find(|(_, handler)| fits(handler)).map(|(slot, handler)| (slot, *handler))
    }

    fn iter(&self) -> impl Iterator<Item = (usize, &Handler)> {
        self.slots.iter().enumerate().filter_map(|(at, slot)| Some((at, slot.as_ref()?)))
    }
}

impl Default for Handlers {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, CONFIG_NET_IPV4))]
mod tests {
    use core::net::Ipv4Addr;

    use super::*;

    const OWN: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
    const PEER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
    const UDP: u8 = 17;

    fn end(addr: Option<Ipv4Addr>, port: u16) -> End {
        End { addr: addr.map(IpAddr::V4), port }
    }

    fn handler(remote: End, local: End, receiver: usize) -> Handler {
        Handler { what: What::Transport(UDP), six: Some(false), local, remote, receiver }
    }

    fn flow() -> Flow {
        Flow {
            protocol: UDP,
            iface: 1,
            local: Endpoint::new(IpAddr::V4(OWN), 4242),
            remote: Endpoint::new(IpAddr::V4(PEER), 1234),
        }
    }

    /// Each names more than the one before it, so each gets the packet from then on.
    #[test]
    fn who_names_more_comes_first() {
        let any = Some(Ipv4Addr::UNSPECIFIED);
        let ends = [
            (end(None, 0), end(None, 0)),
            (end(None, 0), end(any, 0)),
            (end(any, 0), end(any, 0)),
            (end(any, 0), end(Some(OWN), 0)),
            (end(Some(PEER), 0), end(any, 0)),
            (end(Some(PEER), 0), end(Some(OWN), 0)),
            (end(None, 0), end(None, 4242)),
            (end(Some(PEER), 0), end(Some(OWN), 4242)),
            (end(None, 1234), end(None, 0)),
            (end(None, 1234), end(None, 4242)),
            (end(Some(PEER), 1234), end(Some(OWN), 4242)),
        ];
        for (last, _) in ends.iter().enumerate().take(HANDLERS) {
            let mut handlers = Handlers::new();
            for (at, (remote, local)) in ends.iter().enumerate().take(last + 1).rev() {
                assert_eq!(handlers.set(last - at, handler(*remote, *local, at)), Ok(()));
            }
            assert_eq!(handlers.best(&flow()).map(|(_, best)| best.receiver), Some(last));
        }
    }

    #[test]
    fn what_differs_does_not_fit() {
        let others = [
            handler(end(Some(OWN), 0), end(None, 0), 1),
            handler(end(None, 0), end(Some(PEER), 0), 1),
            handler(end(None, 1), end(None, 0), 1),
            handler(end(None, 0), end(None, 1), 1),
            Handler { what: What::Transport(6), ..handler(end(None, 0), end(None, 0), 1) },
            Handler { what: What::Ip(UDP), ..handler(end(None, 0), end(None, 0), 1) },
            Handler { six: Some(true), ..handler(end(None, 0), end(None, 0), 1) },
        ];
        for other in others {
            let mut handlers = Handlers::new();
            assert_eq!(handlers.set(0, other), Ok(()));
            assert_eq!(handlers.best(&flow()), None, "{other:?}");
        }
    }

    #[test]
    fn two_cannot_want_the_same() {
        let mut handlers = Handlers::new();
        let first = handler(end(None, 0), end(None, 4242), 1);
        assert_eq!(handlers.set(0, first), Ok(()));
        assert_eq!(handlers.set(1, Handler { receiver: 2, ..first }), Err(Error::AddrInUse));
        assert_eq!(handlers.set(0, Handler { receiver: 2, ..first }), Ok(()));
        assert_eq!(
            handlers.set(HANDLERS, handler(end(None, 0), end(None, 1), 1)),
            Err(Error::Inval)
        );
        handlers.clear(0);
        assert!(handlers.is_empty());
        handlers.clear(0);
        assert_eq!(handlers.set(1, first), Ok(()));
        assert!(!handlers.is_empty());
    }
}
