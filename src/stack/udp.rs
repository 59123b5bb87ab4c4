// SPDX-License-Identifier: Apache-2.0
//! What a UDP context can be asked to do.
//!
//! Called by: `socket::inet`, `capi::net_context`. Calls: `transport::{demux, udp}`, `stack::tx`.
//! What a context of any protocol can be asked is in `context`.

use super::tx::Offer;
use super::{Env, Stack};
#[cfg(any(CONFIG_NET_IPV4, CONFIG_ZNET_MULTICAST_LOOP))]
use crate::base::DropReason;
#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
#[cfg(CONFIG_NET_IPV6)]
use crate::base::Ipv6Addr;
use crate::base::{Endpoint, Error, IpAddr, Result};
use crate::buf::Pkt;
#[cfg(CONFIG_NET_IPV4)]
use crate::iface::Checksum;
use crate::stack::local::random_port;
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
use crate::transport::context::MtuDiscover;
#[cfg(CONFIG_NET_IPV4)]
use crate::transport::udp;
use crate::transport::{ContextId, Flags};
use crate::wire::checksum::Sum;
use crate::wire::ipv4::protocol;

/// What a datagram needs besides its payload.
struct Prepared {
    /// The port it comes from.
    port: u16,
    to: Endpoint,
    /// Index of the interface it is restricted to; 0 for none.
    bound: u8,
    own: Own,
    offer: Offer,
}

/// The addresses it is restricted to come from.
struct Own {
    #[cfg(CONFIG_NET_IPV4)]
    v4: Option<Ipv4Addr>,
    #[cfg(CONFIG_NET_IPV6)]
    v6: Option<Ipv6Addr>,
}

impl Stack {
    /// Opens a UDP context.
    ///
    /// # Errors
    /// [`Error::NoMem`] when all contexts are in use.
    pub fn udp_open(&mut self) -> Result<ContextId> {
        self.contexts.open(protocol::UDP)
    }

    /// Gives the context its local address and port; port 0 asks for any.
    ///
    /// # Errors
    /// [`Error::AddrNotAvail`] for an address this host does not have, [`Error::AddrInUse`],
    /// [`Error::Inval`] when it is bound already.
    pub fn udp_bind(&mut self, env: &dyn Env, id: ContextId, local: Endpoint) -> Result<()> {
        let iface = self.contexts.get(id)?.iface;
        if !self.contexts.get(id)?.speaks(local.addr) {
            return Err(Error::AfNoSupport);
        }
        if !self.may_bind(local.addr, iface) {
            return Err(Error::AddrNotAvail);
        }
        self.contexts.bind(id, local, random_port(env))?;
        if !local.addr.is_unspecified() {
            self.contexts.get_mut(id)?.flags |= Flags::BOUND_ADDR;
        }
        Ok(())
    }

    /// The next context after `after` for a datagram to a group or to everybody.
    #[inline]
    pub(super) fn next_listener(
        &self,
        flow: &crate::transport::demux::Flow,
        after: Option<ContextId>,
    ) -> Option<ContextId> {
        #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
        return self.next_accepting(flow, after);
        #[cfg(not(CONFIG_ZNET_MCAST_FILTERS))]
        self.contexts.find_next(flow, after)
    }

    /// Ties the context to one remote end point, or with `None` to nobody again.
    ///
    /// # Errors
    /// Those of routing; [`Error::AddrInUse`] when no port is free.
    pub fn udp_connect(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        remote: Option<Endpoint>,
    ) -> Result<()> {
        let Some(remote) = remote else {
            let context = self.contexts.get_mut(id)?;
            context.flags -= Flags::CONNECTED;
            context.remote = context.nowhere();
            context.error = None;
            if !context.flags.contains(Flags::BOUND_ADDR) {
                context.local.addr = context.nowhere().addr;
            }
            return Ok(());
        };
        if remote.port == 0 {
            return Err(Error::AddrNotAvail);
        }
        let context = self.contexts.get(id)?;
        if !context.speaks(remote.addr) {
            return Err(Error::AfNoSupport);
        }
        let (bound, own) = self.restrictions(context, remote.addr);
        // What an earlier connection chose is no restriction.
        let fixed = context.flags.contains(Flags::BOUND_ADDR);
        let src = match remote.addr {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(dst) => IpAddr::V4(self.route_v4(bound, own.filter(|_| fixed), dst)?.src),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(dst) => {
                let _ = own;
                let own = self.own_v6(context, dst, fixed);
                IpAddr::V6(self.route_v6(bound, own, dst)?.src)
            }
        };
        self.bind_if_unbound(env, id)?;
        let context = self.contexts.get_mut(id)?;
        // A socket for everybody hears only what is sent to the address it speaks from.
        if !context.flags.contains(Flags::BOUND_ADDR) && !remote.addr.is_multicast() {
            context.local.addr = src;
        }
        context.remote = remote;
        context.flags |= Flags::CONNECTED;
        context.error = None;
        Ok(())
    }

    /// Stops receiving ([`Flags::SHUT_RD`]), sending ([`Flags::SHUT_WR`]) or both, and wakes whoever
    /// waits for what will not come any more.
    ///
    /// # Errors
    /// [`Error::NotConn`] when the context is not connected, as POSIX has it, and more than receiving is
    /// to stop: that is how an application of Zephyr's has its readers return.
    pub fn udp_shutdown(&mut self, id: ContextId, what: Flags) -> Result<()> {
        let context = self.contexts.get_mut(id)?;
        if !context.is_connected() && what.contains(Flags::SHUT_WR) {
            return Err(Error::NotConn);
        }
        context.flags |= what & (Flags::SHUT_RD | Flags::SHUT_WR);
        self.effects.wake(id.index());
        Ok(())
    }

    /// Sends `pkt`, a payload whose sum is `sum`, to `to` or to whom the context is connected.
    ///
    /// # Errors
    /// [`Error::DestAddrReq`] without a destination, the context's pending error, those of routing,
    /// [`Error::MsgSize`] past what the link carries, [`Error::NoBufs`].
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn udp_send(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Option<Endpoint>,
        pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        #[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
        if self.plpmtud_concerns(id, to) {
            return self.plpmtud_send(env, id, to, pkt, sum);
        }
        #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
        if self.contexts.get(id).is_ok_and(|c| c.mtu_discover != MtuDiscover::Usual)
            && self.manner == super::pmtu::Manner::Usual
        {
            return self.udp_send_in_manner(env, id, to, pkt, sum);
        }
        self.udp_send_as_is(env, id, to, pkt, sum)
    }

    /// The same, in the manner that has been decided on.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn udp_send_as_is(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Option<Endpoint>,
        pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        #[cfg(any(CONFIG_NET_CONTEXT_SNDBUF, CONFIG_NET_CONTEXT_TIMESTAMPING))]
        let mut pkt = pkt;
        #[cfg(any(CONFIG_NET_CONTEXT_SNDBUF, CONFIG_NET_CONTEXT_TIMESTAMPING))]
        if let Err(error) = self.heed_options(id, &mut pkt) {
            self.effects.free(pkt);
            return Err(error);
        }
        match self.prepare_send(env, id, to) {
            Ok(Prepared { port, to, bound, own, offer }) => match to.addr {
                #[cfg(CONFIG_NET_IPV4)]
                IpAddr::V4(dst) => {
                    #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
                    if dst.is_multicast() {
                        self.send_to_ourselves(env, id, to, &pkt, sum);
                    }
                    let own = own.v4;
                    self.udp_send_v4(env, bound, own, (port, to.port), dst, offer, pkt, sum)
                }
                #[cfg(CONFIG_NET_IPV6)]
                IpAddr::V6(dst) => {
                    #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
                    if dst.is_multicast() {
                        self.send_to_ourselves(env, id, to, &pkt, sum);
                    }
                    let own = own.v6;
                    self.udp_send_v6(env, bound, own, (port, to.port), dst, offer, pkt, sum)
                }
            },
            Err(error) => {
                self.effects.free(pkt);
                Err(error)
            }
        }
    }

    /// What the context's options say of a datagram to send.
    #[cfg(any(CONFIG_NET_CONTEXT_SNDBUF, CONFIG_NET_CONTEXT_TIMESTAMPING))]
    fn heed_options(&self, id: ContextId, pkt: &mut Pkt) -> Result<()> {
        let context = self.contexts.get(id)?;
        #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
        if context.send_limit != 0 && pkt.len() > usize::from(context.send_limit) {
            return Err(Error::MsgSize);
        }
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        if context.timestamping & 2 != 0 {
            pkt.set_tx_timestamping(true);
        }
        let _ = (context, pkt);
        Ok(())
    }

    /// A datagram to a group comes back to this host too, where its sender wants that and the group is
    /// joined (RFC 1112, 6.1).
    #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
    #[cold]
    fn send_to_ourselves(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Endpoint,
        pkt: &Pkt,
        sum: Sum,
    ) {
        if !self.contexts.get(id).is_ok_and(|context| context.mcast_loop) {
            return;
        }
        let Some(mut copy) = pkt.deep_clone(crate::buf::NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        // What is wrong with it the packet itself will say.
        let prepared = self.prepare_send(env, id, Some(to));
        let Ok(Prepared { port, to, bound, own, offer }) = prepared else {
            return self.effects.free(copy);
        };
        match to.addr {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(dst) => {
                use crate::ip::v4::{Hop, Route};
                if let Ok(route) = self.route_v4(bound, own.v4, dst)
                    && udp::output_v4(&mut copy, (route.src, port), (dst, to.port), Some(sum))
                        .is_ok()
                {
                    let local = Route { hop: Hop::Local, ..route };
                    let _ = self.send_v4_apart(env, local, dst, protocol::UDP, offer, copy);
                    return;
                }
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(dst) => {
                use crate::ip::v6::{Hop, Route};
                use crate::transport::udp::output_v6;
                if let Ok(route) = self.route_v6(bound, own.v6, dst)
                    && output_v6(&mut copy, (route.src, port), (dst, to.port), Some(sum)).is_ok()
                {
                    let local = Route { hop: Hop::Local, ..route };
                    let _ = self.send_v6(env, local, dst, protocol::UDP, offer, copy);
                    return;
                }
            }
        }
        self.effects.free(copy);
    }

    /// As [`udp_send`](Self::udp_send), out of line: for those who send now and then.
    ///
    /// # Errors
    /// Those of [`udp_send`](Self::udp_send).
    #[inline(never)]
    pub fn udp_send_apart(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Option<Endpoint>,
        pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        self.udp_send(env, id, to, pkt, sum)
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn prepare_send(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Option<Endpoint>,
    ) -> Result<Prepared> {
        let context = self.contexts.get_mut(id)?;
        if let Some(error) = context.error.take() {
            return Err(error);
        }
        if context.flags.contains(Flags::SHUT_WR) {
            return Err(Error::Pipe);
        }
        let connected = context.flags.contains(Flags::CONNECTED).then_some(context.remote);
        let to = to.or(connected).ok_or(Error::DestAddrReq)?;
        if to.port == 0 {
            return Err(Error::Inval);
        }
        if !context.speaks(to.addr) {
            return Err(Error::AfNoSupport);
        }
        if !context.flags.contains(Flags::BOUND) {
            self.bind_if_unbound(env, id)?;
        }
        let context = self.contexts.get(id)?;
        let ttl = if to.addr.is_multicast() { context.mcast_ttl } else { context.ttl };
        let offer = Offer { ttl, tos: context.tos, priority: context.priority };
        #[cfg_attr(not(CONFIG_NET_IPV4), allow(unused_variables))]
        let (bound, own4) = self.restrictions(context, to.addr);
        let own = Own {
            #[cfg(CONFIG_NET_IPV4)]
            v4: own4,
            #[cfg(CONFIG_NET_IPV6)]
            v6: to.addr.v6().and_then(|dst| self.own_v6(context, dst, true)),
        };
        Ok(Prepared { port: context.local.port, to, bound, own, offer })
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    #[allow(clippy::too_many_arguments)]
    #[cfg(CONFIG_NET_IPV4)]
    fn udp_send_v4(
        &mut self,
        env: &dyn Env,
        bound: u8,
        own: Option<Ipv4Addr>,
        (src_port, dst_port): (u16, u16),
        dst: Ipv4Addr,
        offer: Offer,
        pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        #[cfg(all(CONFIG_NET_L2_ETHERNET, CONFIG_NET_ARP, not(CONFIG_ZNET_PROFILE_TINY)))]
        let pkt = {
            let found;
            let lane = match self.lanes.get(bound, own, dst, self.arp.changes()) {
                Some(lane) => Some(lane),
                None => {
                    found = self.find_lane(bound, own, dst);
                    found.as_ref()
                }
            };
            match lane {
                Some(lane) => {
                    let mtu = self.any_path_mtu(lane.iface.mtu());
                    let (ident, effects) = (&mut self.ident, &mut self.effects);
                    let ports = (src_port, dst_port);
                    match Self::plain_output(lane, mtu, ident, effects, ports, offer, pkt, sum) {
                        Ok(()) => return Ok(()),
                        Err(pkt) => pkt,
                    }
                }
                None => pkt,
            }
        };
        self.udp_send_v4_slowly(env, (bound, own), (src_port, dst_port), dst, offer, pkt, sum)
    }

    /// The same for any datagram.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(always))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), cold)]
    #[allow(clippy::too_many_arguments)]
    #[cfg(CONFIG_NET_IPV4)]
    fn udp_send_v4_slowly(
        &mut self,
        env: &dyn Env,
        (bound, own): (u8, Option<Ipv4Addr>),
        (src_port, dst_port): (u16, u16),
        dst: Ipv4Addr,
        offer: Offer,
        mut pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        let route = match self.route_v4(bound, own, dst) {
            Ok(route) => route,
            Err(error) => {
                self.discard(DropReason::NoRoute, pkt);
                return Err(error);
            }
        };
        // Hardware sums only what leaves this host; a packet to ourselves is not summed at all.
        let mut by_us = route.iface.needs_tx_checksum(Checksum::IPV4_UDP);
        // It can't sum what it never sees in one piece.
        #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
        {
            by_us |= self.needs_fragments(&route, dst, pkt.len() + crate::wire::udp::HEADER_LEN);
        }
        by_us &= cfg!(CONFIG_NET_UDP_CHECKSUM);
        let (src, to) = ((route.src, src_port), (dst, dst_port));
        match udp::output_v4(&mut pkt, src, to, by_us.then_some(sum)) {
            Ok(()) => self.send_v4(env, route, dst, protocol::UDP, offer, pkt),
            Err(reason) => {
                self.discard(reason, pkt);
                Err(reason.refusal())
            }
        }
    }

    fn bind_if_unbound(&mut self, env: &dyn Env, id: ContextId) -> Result<()> {
        let context = self.contexts.get(id)?;
        if context.flags.contains(Flags::BOUND) {
            return Ok(());
        }
        self.contexts.bind(id, context.nowhere(), random_port(env))
    }
}
