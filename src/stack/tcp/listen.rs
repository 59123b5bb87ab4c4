// SPDX-License-Identifier: Apache-2.0
//! Segments that have no connection: requests for one, handshakes under way, stragglers
//! (RFC 9293, 3.10.7.1 and 3.10.7.2).

use super::rx::Arrival;
use super::tx::Way;
use crate::base::{DropReason, SeqNum};
use crate::buf::Pkt;
use crate::stack::{Env, Stack};
use crate::transport::demux::Flow;
use crate::transport::tcp::{self, Emit, Now, State, syn, timewait};
use crate::transport::{Context, Flags};
use crate::wire::ipv4::protocol;
use crate::wire::tcp::Control;

impl Stack {
    /// A segment between end points that no connection has.
    #[cold]
    pub(super) fn tcp_stranger(&mut self, env: &dyn Env, now: Now, a: &Arrival<'_>, pkt: Pkt) {
        let (local, remote) = a.ends;
        let s = a.segment;
        let mut floor = None;
        match self.tcp.waits.input(now, a.hash, &local, &remote, s) {
            Some(timewait::Answer::Send(emit, iface)) => {
                self.tcp_emit_bare(env, &Way::plain(local, remote, iface), &emit);
                return self.discard(DropReason::TcpTimeWait, pkt);
            }
            Some(timewait::Answer::Silence) => return self.discard(DropReason::TcpTimeWait, pkt),
            Some(timewait::Answer::Reopen(beyond)) => floor = Some(beyond),
            None => {}
        }
        let way = Way::plain(local, remote, 0);
        match self.tcp.syns.input(now, a.hash, (&local, &remote), s) {
            Some(syn::Answer::Again(request)) => {
                self.tcp_answer(env, now, &request);
                self.tcp_free(pkt);
            }
            Some(syn::Answer::Send(emit, iface)) => {
                self.tcp_emit_bare(env, &Way { iface, ..way }, &emit);
                self.tcp_free(pkt);
            }
            Some(syn::Answer::Challenge(emit, iface)) => {
                if self.tcp.may_challenge(now) {
                    self.tcp_emit_bare(env, &Way { iface, ..way }, &emit);
                }
                self.discard(DropReason::TcpOutOfWindow, pkt);
            }
            Some(syn::Answer::Silence) => self.tcp_free(pkt),
            Some(syn::Answer::Complete(request, record)) => {
                self.tcp_complete(env, now, a, &request, Some(record), pkt);
            }
            None => match self.tcp_listener(a) {
                Some(listener) => self.tcp_listen_input(env, now, listener, floor, a, pkt),
                None => self.tcp_refuse(env, a, pkt),
            },
        }
    }

    /// The slot of the listener that a segment is for.
    fn tcp_listener(&self, a: &Arrival<'_>) -> Option<usize> {
        let flow = Flow {
            protocol: protocol::TCP,
            iface: a.iface.index(),
            local: a.ends.0,
            remote: a.ends.1,
        };
        let listens = |context: &Context| {
            self.tcp.get(usize::from(context.tcb)).is_some_and(|t| t.state == State::Listen)
        };
        let id = self.contexts.find_where(&flow, &listens)?;
        Some(usize::from(self.contexts.get(id).ok()?.tcb))
    }

    /// LISTEN STATE (3.10.7.2).
    fn tcp_listen_input(
        &mut self,
        env: &dyn Env,
        now: Now,
        listener: usize,
        floor: Option<SeqNum>,
        a: &Arrival<'_>,
        pkt: Pkt,
    ) {
        let s = a.segment;
        // First, a reset is ignored.
        if s.has(Control::RST) {
            return self.discard(DropReason::TcpNoSocket, pkt);
        }
        // Second, an acknowledgement is of nothing, unless of a cookie.
        if s.has(Control::ACK) {
            #[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
            if !s.has(Control::SYN)
                && let Some(request) = self.tcp_cookie(now, listener, a)
            {
                return self.tcp_complete(env, now, a, &request, None, pkt);
            }
            return self.tcp_refuse(env, a, pkt);
        }
        // Third, a request. Flags that no request has are an attacker's (SYN and FIN).
        if !s.has(Control::SYN) || s.has(Control::FIN) {
            return self.discard(DropReason::TcpBadFlags, pkt);
        }
        let full = self.tcp.get(listener).is_none_or(|t| t.backlog.len >= t.backlog.limit);
        if full {
            // The peer tries again; answering now would promise what can't be kept.
            return self.discard(DropReason::TcpBacklogFull, pkt);
        }
        let (local, remote) = a.ends;
        let Some((request, mss)) = self.tcp_request(listener, a) else {
            return self.discard(DropReason::TcpNoContext, pkt);
        };
        let secret = if self.tcp_has_secret(env) { self.tcp.secret } else { None };
        let (Some(mut isn), Some(secret)) = (self.tcp_isn(env, &local, &remote), secret) else {
            return self.discard(DropReason::TcpNoContext, pkt);
        };
        if let Some(floor) = floor
            && isn.le(floor)
        {
            isn = floor + 64_000;
        }
        let request = self.tcp.syns.add(now, &secret, request, isn);
        self.tcp_tell_rare_deadline(self.tcp.syns.due());
        self.tcp_answer_by(env, now, &request, mss);
        self.tcp_free(pkt);
    }

    /// What a listener is asked for, and how large a segment we take from that peer.
    fn tcp_request(&mut self, listener: usize, a: &Arrival<'_>) -> Option<(syn::Request, u16)> {
        let mss = self.tcp_own_mss(&Way::plain(a.ends.0, a.ends.1, 0));
        let t = self.tcp.get(listener)?;
        let context = self.contexts.at(usize::from(t.context))?;
        // A link-local address means something on its link only (RFC 4007, 6).
        #[cfg(CONFIG_NET_IPV6)]
        let near = a.ends.1.addr.v6().is_some_and(|ip| ip.is_unicast_link_local());
        #[cfg(not(CONFIG_NET_IPV6))]
        let near = false;
        let iface = if near { a.iface.index() } else { context.iface };
        let mut request = syn::Request::new(a.segment, a.ends, a.hash, iface, listener, t);
        request.mss = request.mss.min(self.path_mss(a.ends.1.addr, mss));
        // No more than the pool holds, but for one segment, which who has nothing to read yet may keep.
        let spare = self.pools.get().rx_spare().max(u32::from(mss));
        request.window = u32::from(request.window).min(spare) as u16;
        Some((request, mss))
    }

    #[cfg(CONFIG_ZNET_TCP_SYN_COOKIES)]
    fn tcp_cookie(&mut self, now: Now, listener: usize, a: &Arrival<'_>) -> Option<syn::Request> {
        let (request, _) = self.tcp_request(listener, a)?;
        self.tcp.syns.check_cookie(now, self.tcp.secret.as_ref()?, request, a.segment)
    }

    /// Sends the answer to a connection request.
    pub(super) fn tcp_answer(&mut self, env: &dyn Env, now: Now, request: &syn::Request) {
        let way = Way::plain(request.local, request.remote, request.iface);
        let mss = self.tcp_own_mss(&way);
        self.tcp_answer_by(env, now, request, mss);
    }

    /// The same for who knows the segment size.
    fn tcp_answer_by(&mut self, env: &dyn Env, now: Now, request: &syn::Request, mss: u16) {
        let way = Way::plain(request.local, request.remote, request.iface);
        let wanted = self.tcp.get(usize::from(request.listener)).map_or(0, |t| t.user_mss);
        let mss = if wanted == 0 { mss } else { mss.min(wanted) };
        self.tcp_emit_bare(env, &way, &request.answer(now, mss));
    }

    /// A handshake is complete: the connection gets a context and waits to be accepted. `record` is its place
    /// among the handshakes, if it had one.
    fn tcp_complete(
        &mut self,
        env: &dyn Env,
        now: Now,
        a: &Arrival<'_>,
        request: &syn::Request,
        record: Option<u16>,
        pkt: Pkt,
    ) {
        let listener = usize::from(request.listener);
        let room = self
            .tcp
            .get(listener)
            .is_some_and(|t| t.state == State::Listen && t.backlog.len < t.backlog.limit);
        if !room {
            // The record stays: the peer sends its data again, or we our answer.
            return self.discard(DropReason::TcpBacklogFull, pkt);
        }
        let Some(slot) = self.tcp_admit(now, listener, request) else {
            return self.discard(DropReason::TcpNoContext, pkt);
        };
        if let Some(record) = record {
            self.tcp.syns.remove(usize::from(record));
        }
        if let Some(t) = self.tcp.get_mut(slot) {
            t.state = State::Established;
            t.take_first_window(a.segment);
            t.start_idle_timer(now.ms);
        }
        // It may bring data, or a FIN.
        self.tcp_arrives(env, now, slot, a, pkt);
        if let Some(index) = self.tcp.get(listener).map(|t| usize::from(t.context)) {
            self.effects.wake(index);
        }
    }

    /// Opens a context for a connection that a listener was asked for.
    fn tcp_admit(&mut self, now: Now, listener: usize, request: &syn::Request) -> Option<usize> {
        let parent = usize::from(self.tcp.get(listener)?.context);
        let id = match self.contexts.open(protocol::TCP) {
            Ok(id) => id,
            Err(_) => {
                self.tcp_shed_orphan();
                self.contexts.open(protocol::TCP).ok()?
            }
        };
        let Ok(slot) = self.tcp.open(id.index()) else {
            let _ = self.contexts.close(id);
            return None;
        };
        let inherited =
            self.contexts.at(parent).map(|p| (p.ttl, p.tos, p.priority, p.timeouts, p.flags));
        let context = self.contexts.get_mut(id).ok()?;
        if let Some((ttl, tos, priority, timeouts, flags)) = inherited {
            (context.ttl, context.tos, context.priority) = (ttl, tos, priority);
            context.timeouts = timeouts;
            let kept = Flags::REUSE_ADDR | Flags::REUSE_PORT | Flags::V6 | Flags::V6ONLY;
            context.flags |= flags & kept;
        }
        context.iface = request.iface;
        context.local = request.local;
        context.remote = request.remote;
        context.flags |= Flags::CONNECTED | Flags::BOUND_ADDR;
        context.tcb = slot as u16;
        let parent = self.tcp.get(listener).map(Inherited::of);
        if let (Some(t), Some(parent)) = (self.tcp.get_mut(slot), parent) {
            parent.give(t);
            request.open(t, now);
            #[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
            tcp::window::start_small(t);
        }
        self.tcp.list(slot, request.hash);
        self.tcp.enqueue(listener, slot);
        Some(slot)
    }

    /// Answers a segment that nobody wants with a reset (3.10.7.1).
    fn tcp_refuse(&mut self, env: &dyn Env, a: &Arrival<'_>, pkt: Pkt) {
        if cfg!(CONFIG_NET_TCP_REJECT_CONN_WITH_RST)
            && let Some(reset) = Emit::reset_for(a.segment)
        {
            self.tcp_emit_bare(env, &Way::plain(a.ends.0, a.ends.1, 0), &reset);
        }
        self.discard(DropReason::TcpNoSocket, pkt);
    }
}

/// What the application chose, which a connection takes over from its listener, or from the attempt
/// before.
pub(super) struct Inherited {
    flags: tcp::Flags,
    user_mss: u16,
    snd_limit: tcp::size::Size,
    rcv_limit: tcp::size::Size,
    linger: u16,
    kind: tcp::congestion::Kind,
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    keepalive: (tcp::timers::KeepAlive, u32),
}

impl Inherited {
    pub(super) fn of(t: &tcp::Tcb) -> Inherited {
        let flags = tcp::Flags::NODELAY
            | tcp::Flags::KEEPALIVE
            | tcp::Flags::LINGER
            | tcp::Flags::FIXED_WINDOW;
        Inherited {
            flags: t.flags & flags,
            user_mss: t.user_mss,
            snd_limit: t.snd_limit,
            rcv_limit: t.rcv_limit,
            linger: t.linger,
            kind: t.delivery.kind(),
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            keepalive: (t.keepalive, t.user_timeout),
        }
    }

    pub(super) fn give(self, t: &mut tcp::Tcb) {
        t.flags |= self.flags;
        t.user_mss = self.user_mss;
        t.snd_limit = self.snd_limit;
        t.rcv_limit = self.rcv_limit;
        t.linger = self.linger;
        t.delivery.choose(self.kind);
        #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
        {
            (t.keepalive, t.user_timeout) = self.keepalive;
        }
    }
}
