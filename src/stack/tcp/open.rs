// SPDX-License-Identifier: Apache-2.0
//! What an application asks for at the beginning: open, bind, listen, accept, connect
//! (RFC 9293, 3.10.1).
//!
//! Called by: `socket::stream`, `capi::net_context`.

use super::listen::Inherited;
use super::tx::own_mss;
use crate::base::{Endpoint, Error, IpAddr, Result, SeqNum};
use crate::stack::{Env, Stack};
use crate::transport::tcp::{Flags as TcpFlags, Now, State, Tcb};
use crate::transport::{Context, ContextId, Flags};
use crate::wire::ipv4::protocol;

impl Stack {
    /// Opens a TCP context.
    ///
    /// # Errors
    /// [`Error::NoMem`] when all contexts or all connections are in use.
    pub fn tcp_open(&mut self) -> Result<ContextId> {
        let id = self.contexts.open(protocol::TCP)?;
        match self.tcp.open(id.index()) {
            Ok(slot) => {
                self.contexts.get_mut(id)?.tcb = slot as u16;
                Ok(id)
            }
            Err(error) => {
                let _ = self.contexts.close(id);
                Err(error)
            }
        }
    }

    /// Gives the context its local address and port; port 0 asks for any.
    ///
    /// # Errors
    /// [`Error::AddrNotAvail`] for an address this host does not have, [`Error::AddrInUse`],
    /// [`Error::Inval`] when it is bound already.
    pub fn tcp_bind(&mut self, env: &dyn Env, id: ContextId, local: Endpoint) -> Result<()> {
        let context = self.contexts.get(id)?;
        if !context.speaks(local.addr) {
            return Err(Error::AfNoSupport);
        }
        if local.addr.is_multicast() || !self.may_bind(local.addr, context.iface) {
            return Err(Error::AddrNotAvail);
        }
        if context.flags.contains(Flags::BOUND) {
            return Err(Error::Inval);
        }
        let shares = context.flags.intersects(Flags::REUSE_ADDR | Flags::REUSE_PORT);
        if local.port != 0 && !shares && self.tcp_lingers(&local) {
            return Err(Error::AddrInUse);
        }
        self.contexts.bind(id, local, crate::stack::local::random_port(env))?;
        if !local.addr.is_unspecified() {
            self.contexts.get_mut(id)?.flags |= Flags::BOUND_ADDR;
        }
        Ok(())
    }

    /// Is there a connection from that end point, open or in TIME-WAIT, whose listener may be gone?
    fn tcp_lingers(&self, local: &Endpoint) -> bool {
        let open = |c: &Context| c.protocol == protocol::TCP && Stack::tcp_holds(c, local);
        self.contexts.iter().any(|(_, c)| open(c)) || self.tcp.waits.has_local(local)
    }

    /// Waits for connections from now on; asked again it changes how many may wait to be accepted.
    ///
    /// # Errors
    /// [`Error::Inval`] for a context that is connected or was; those of binding.
    pub fn tcp_listen(&mut self, env: &dyn Env, id: ContextId, backlog: u16) -> Result<()> {
        let bound = self.contexts.get(id)?.flags.contains(Flags::BOUND);
        let (_, t, _) = self.tcp_pair(id)?;
        if !matches!(t.state, State::Closed | State::Listen) || t.flags.contains(TcpFlags::WAS_OPEN)
        {
            return Err(Error::Inval);
        }
        if !bound {
            let any = self.contexts.get(id)?.nowhere();
            self.contexts.bind(id, any, crate::stack::local::random_port(env))?;
        }
        let (_, t, _) = self.tcp_pair(id)?;
        t.state = State::Listen;
        t.backlog.limit = backlog.max(1);
        Ok(())
    }

    /// Takes the connection that has waited longest; `None` when none does.
    ///
    /// # Errors
    /// [`Error::Inval`] when the context does not listen.
    pub fn tcp_accept(&mut self, _env: &dyn Env, id: ContextId) -> Result<Option<ContextId>> {
        let slot = self.tcp_slot(id)?;
        if self.tcp.get(slot).is_none_or(|t| t.state != State::Listen) {
            return Err(Error::Inval);
        }
        let Some(child) = self.tcp.dequeue(slot) else { return Ok(None) };
        let index = self.tcp.get(child).map(|t| usize::from(t.context));
        Ok(index.and_then(|index| self.contexts.id_of(index)))
    }

    /// Connects to a peer: sends the request; the context is woken when the answer comes.
    ///
    /// # Errors
    /// [`Error::Already`] while an attempt is under way, [`Error::IsConn`], [`Error::OpNotSupp`] for a
    /// listener, those of routing, [`Error::AddrNotAvail`] when that pair of end points is in use,
    /// [`Error::Io`] without entropy.
    pub fn tcp_connect(&mut self, env: &dyn Env, id: ContextId, to: Endpoint) -> Result<()> {
        let now = self.tcp_now(env);
        let (context, t, slot) = self.tcp_pair(id)?;
        match t.state {
            State::Closed if !t.flags.contains(TcpFlags::WAS_OPEN) => {}
            State::Closed => return Err(context.error.take().unwrap_or(Error::IsConn)),
            State::Listen => return Err(Error::OpNotSupp),
            State::SynSent | State::SynReceived => return Err(Error::Already),
            _ => return Err(Error::IsConn),
        }
        if to.port == 0 {
            return Err(Error::AddrNotAvail);
        }
        if to.addr.is_multicast() || is_broadcast(&to.addr) {
            return Err(Error::NetUnreach);
        }
        context.error = None;
        if !self.tcp_has_secret(env) {
            return Err(Error::Io);
        }
        let to = self.tcp_destination(to);
        let (src, mss) = self.tcp_source(id, &to)?;
        let hash;
        if self.contexts.get(id)?.flags.contains(Flags::BOUND) {
            let local = Endpoint::new(src, self.contexts.get(id)?.local.port);
            hash = self.tcp.hash(&local, &to);
            if self.tcp_is_used(hash, &local, &to) {
                return Err(Error::AddrNotAvail);
            }
        } else {
            hash = self.tcp_bind_any(env, id, src, &to)?;
        }
        let isn;
        {
            let context = self.contexts.get_mut(id)?;
            context.local.addr = src;
            context.remote = to;
            context.flags |= Flags::CONNECTED;
            let local = context.local;
            isn = self.tcp_isn(env, &local, &to).ok_or(Error::Io)?;
        }
        let way = self.tcp_way(slot).ok_or(Error::BadF)?;
        let path = self.path_mss(way.remote.addr, mss);
        let (_, t, _) = self.tcp_pair(id)?;
        start(t, now, isn, mss);
        #[cfg(CONFIG_ZNET_TCP_PMTU)]
        {
            t.path_mss = path;
        }
        let _ = path;
        self.tcp.list(slot, hash);
        self.tcp_send_syn_by(env, now, slot, &way, mss);
        self.tcp_rearm(slot);
        self.tcp_tell_deadline();
        Ok(())
    }

    /// Where a connection "to any address" goes: to ourselves, as everywhere.
    fn tcp_destination(&self, to: Endpoint) -> Endpoint {
        match to.addr {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(a) if a.is_unspecified() => {
                Endpoint::new(IpAddr::V4(crate::base::Ipv4Addr::LOCALHOST), to.port)
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(a) if a.is_unspecified() => {
                Endpoint::new(IpAddr::V6(crate::base::Ipv6Addr::LOCALHOST), to.port)
            }
            _ => to,
        }
    }

    /// The address a connection to `to` leaves from, and the largest segment we take there.
    fn tcp_source(&mut self, id: ContextId, to: &Endpoint) -> Result<(IpAddr, u16)> {
        let context = self.contexts.get(id)?;
        if !context.speaks(to.addr) {
            return Err(Error::AfNoSupport);
        }
        match to.addr {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(dst) => {
                let (bound, own) = self.restrictions(context, to.addr);
                let own = own.filter(|_| context.flags.contains(Flags::BOUND_ADDR));
                #[cfg(all(
                    CONFIG_NET_L2_ETHERNET,
                    CONFIG_NET_ARP,
                    CONFIG_NET_UDP,
                    not(CONFIG_ZNET_PROFILE_TINY)
                ))]
                if let Some((iface, src)) = self.lane_ends(bound, own, dst) {
                    return Ok((IpAddr::V4(src), own_mss(iface.mtu(), 40)));
                }
                let route = self.route_v4(bound, own, dst)?;
                Ok((IpAddr::V4(route.src), own_mss(route.iface.mtu(), 40)))
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(dst) => {
                let kept = context.flags.contains(Flags::BOUND_ADDR);
                let own = self.own_v6(context, dst, kept);
                let route = self.route_v6(context.iface, own, dst)?;
                Ok((IpAddr::V6(route.src), own_mss(route.iface.ipv6_mtu(), 60)))
            }
        }
    }

    /// Binds to a port of which the pair of end points is not in use; returns the pair's hash.
    fn tcp_bind_any(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        src: IpAddr,
        to: &Endpoint,
    ) -> Result<u32> {
        const TRIES: usize = 16;
        for _ in 0..TRIES {
            let any = Endpoint::new(src, 0);
            self.contexts.bind(id, any, crate::stack::local::random_port(env))?;
            let local = self.contexts.get(id)?.local;
            let hash = self.tcp.hash(&local, to);
            if !self.tcp_is_used(hash, &local, to) {
                return Ok(hash);
            }
            self.contexts.unbind(id);
        }
        Err(Error::AddrNotAvail)
    }

    /// Is there a connection between these end points, or was there one just now?
    fn tcp_is_used(&self, hash: u32, local: &Endpoint, remote: &Endpoint) -> bool {
        self.tcp_between(hash, local, remote).is_some() || self.tcp.waits.holds(hash, local, remote)
    }

    /// The initial sequence number of a connection that begins now.
    pub(super) fn tcp_isn(
        &self,
        env: &dyn Env,
        local: &Endpoint,
        remote: &Endpoint,
    ) -> Option<SeqNum> {
        if !cfg!(CONFIG_NET_TCP_ISN_RFC6528) {
            let mut bytes = [0; 4];
            env.random(&mut bytes).ok()?;
            return Some(SeqNum(u32::from_ne_bytes(bytes)));
        }
        Some(self.tcp.secret?.initial(local, remote, self.tcp_clock.as_micros()))
    }

    /// Is the connection that [`tcp_connect`](Self::tcp_connect) asked for there? False while the
    /// attempt is under way.
    ///
    /// # Errors
    /// What the attempt ended with, reported once; [`Error::NotConn`] when there was none.
    pub fn tcp_connected(&mut self, id: ContextId) -> Result<bool> {
        let (context, t, _) = self.tcp_pair(id)?;
        match t.state {
            State::SynSent | State::SynReceived => Ok(false),
            State::Closed | State::Listen => match context.error.take() {
                Some(error) => Err(error),
                None if t.flags.contains(TcpFlags::WAS_OPEN) => Ok(true),
                None => Err(Error::NotConn),
            },
            _ => Ok(true),
        }
    }

    /// Gives up a connection or an attempt, and makes the context one that may connect again
    /// (connect() to AF_UNSPEC). A connection is reset.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn tcp_disconnect(&mut self, env: &dyn Env, id: ContextId) -> Result<()> {
        let slot = self.tcp_slot(id)?;
        if self.tcp.get(slot).is_some_and(|t| t.state == State::Listen) {
            self.tcp_stop_listening(env, slot);
        }
        self.tcp_break(env, slot);
        let hash = self.tcp_hash(slot);
        self.tcp.unlist(slot, hash);
        self.tcp.disarm(slot);
        let (context, t, _) = self.tcp_pair(id)?;
        let kept = Inherited::of(t);
        t.open(t.context);
        kept.give(t);
        context.error = None;
        context.flags -= Flags::CONNECTED;
        context.remote = context.nowhere();
        let mut rest = core::mem::take(&mut context.rx);
        if !context.flags.contains(Flags::BOUND_ADDR) {
            context.local.addr = context.nowhere().addr;
        }
        while let Some(pkt) = rest.pop_front() {
            self.tcp_free(pkt);
        }
        self.effects.wake(id.index());
        Ok(())
    }
}

/// A block that sends its request now.
fn start(t: &mut Tcb, now: Now, isn: SeqNum, mss: u16) {
    t.state = State::SynSent;
    t.snd_una = isn;
    t.snd_nxt = isn + 1;
    t.snd_small = isn + 1;
    t.peer_mss = mss;
    t.heard_at = now.ms;
    t.flags |= TcpFlags::OFFERED;
    #[cfg(CONFIG_ZNET_TCP_WINDOW_SCALE)]
    {
        t.shifts = (0, Tcb::SHIFT);
    }
    #[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
    crate::transport::tcp::window::start_small(t);
}

fn is_broadcast(addr: &IpAddr) -> bool {
    match addr {
        #[cfg(CONFIG_NET_IPV4)]
        IpAddr::V4(a) => a.is_broadcast(),
        #[allow(unreachable_patterns)]
        _ => false,
    }
}
