// SPDX-License-Identifier: Apache-2.0
//! The way up of segments: checks, connection, machine, and what that leaves to be done.
//!
//! Called by: `stack::rx_v4`. Calls: `transport::tcp::input`; `stack::tcp::listen` for what has no
//! connection.

use super::tx::Way;
use crate::base::{DropReason, Endpoint, Error};
use crate::buf::Pkt;
use crate::iface::IfRef;
use crate::stack::{Call, Env, Stack};
use crate::transport::tcp::{
    Conn, Emit, Flags as TcpFlags, NONE, Now, Segment, State, Todo, input, output,
};
use crate::transport::{Context, Flags, sum_of};
use crate::wire::tcp::{HEADER_LEN, Header, pseudo};

/// A segment with all that its packet says about it.
pub(super) struct Arrival<'a> {
    pub segment: &'a Segment,
    /// Our end point and the peer's.
    pub ends: (Endpoint, Endpoint),
    /// Hash of the end points.
    pub hash: u32,
    pub iface: IfRef,
}

impl Stack {
    /// Takes a segment, IP header pulled. `marked` tells of a congestion mark, `verified` that link or
    /// driver vouch for the checksum.
    pub(in crate::stack) fn rx_tcp(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        (src, dst): (crate::base::IpAddr, crate::base::IpAddr),
        marked: bool,
        verified: bool,
    ) {
        let header = match check(&mut pkt, src, dst, verified) {
            Ok(header) => header,
            Err(reason) => return self.discard(reason, pkt),
        };
        let len = usize::from(header.len);
        let options = pkt.head().get(HEADER_LEN..len).unwrap_or(&[]);
        let mut segment = Segment::new(&header, pkt.len() - len, marked);
        if let Err(reason) = segment.read_options(options) {
            return self.discard(reason, pkt);
        }
        let ends = (Endpoint::new(dst, header.dst_port), Endpoint::new(src, header.src_port));
        #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
        let Some(mut pkt) = self.segment_to_handler(iface, ends, pkt) else { return };
        if !pkt.pull(len) {
            return self.discard(DropReason::TcpMalformed, pkt);
        }
        self.tcp_find_apart(env, iface, pkt, ends, &segment);
    }

    /// [`tcp_find`](Self::tcp_find) out of line, for segments out of the ordinary.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(never))]
    fn tcp_find_apart(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: Pkt,
        ends: (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        self.tcp_find(env, iface, pkt, ends, segment);
    }

    /// Finds the connection of a segment, headers pulled.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(in crate::stack) fn tcp_find(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: Pkt,
        (local, remote): (Endpoint, Endpoint),
        segment: &Segment,
    ) {
        let hash = self.tcp.hash(&local, &remote);
        let slot = self.tcp_between(hash, &local, &remote);
        let now = self.tcp_now(env);
        let arrival = Arrival { segment, ends: (local, remote), hash, iface };
        match slot {
            Some(slot) => self.tcp_arrives(env, now, slot, &arrival, pkt),
            None => self.tcp_stranger(env, now, &arrival, pkt),
        }
        self.tcp_tell_deadline();
    }

    /// SEGMENT ARRIVES at a connection (RFC 9293, 3.10.7).
    pub(super) fn tcp_arrives(
        &mut self,
        env: &dyn Env,
        now: Now,
        slot: usize,
        arrival: &Arrival<'_>,
        pkt: Pkt,
    ) {
        let Some(tcb) = self.tcp.get_mut(slot) else { return self.effects.free(pkt) };
        let context = usize::from(tcb.context);
        let Some(owner) = self.contexts.at_mut(context) else { return self.effects.free(pkt) };
        let prompt = owner.flags.contains(Flags::CALLBACK);
        let (todo, error) = (Todo::empty(), None);
        #[cfg(CONFIG_NET_TCP_IPV6_ND_REACHABILITY_HINT)]
        let (una, bound) = (tcb.snd_una, owner.iface);
        let mut conn = Conn { tcb, rx: &mut owner.rx, now, prompt, todo, error };
        let mut pkt = Some(pkt);
        let verdict = input::input(&mut conn, arrival.segment, &mut pkt);
        let (todo, error) = (conn.todo, conn.error);
        #[cfg(CONFIG_NET_TCP_IPV6_ND_REACHABILITY_HINT)]
        if conn.tcb.snd_una != una {
            self.hint_v6(env, bound, arrival.ends.1.addr);
        }
        match verdict {
            Ok(()) => {}
            Err(reason) => self.count(reason),
        }
        if let Some(pkt) = pkt {
            self.tcp_free(pkt);
        }
        self.tcp_settle(env, now, slot, todo, error, Some(arrival.segment));
    }

    /// Frees a packet, at once when that calls nobody.
    #[inline]
    pub(super) fn tcp_free(&mut self, pkt: Pkt) {
        if pkt.is_plain() {
            drop(pkt);
        } else {
            self.effects.free(pkt);
        }
    }

    /// Does what the machine left to be done with a connection. `cause` is the segment that it is
    /// about.
    #[inline]
    pub(super) fn tcp_settle(
        &mut self,
        env: &dyn Env,
        now: Now,
        slot: usize,
        todo: Todo,
        error: Option<Error>,
        cause: Option<&Segment>,
    ) {
        let rare = Todo::CHALLENGE | Todo::RESET | Todo::TIME_WAIT | Todo::CLOSED;
        if todo.contains(Todo::WAKE) {
            self.tcp_wake(slot);
        }
        if todo.contains(Todo::OUTPUT) {
            self.tcp_output(env, now, slot);
        }
        if todo.intersects(rare) {
            return self.tcp_settle_rest(env, now, slot, todo, error, cause);
        }
        self.tcp_rearm(slot);
    }

    #[cold]
    fn tcp_settle_rest(
        &mut self,
        env: &dyn Env,
        now: Now,
        slot: usize,
        todo: Todo,
        error: Option<Error>,
        cause: Option<&Segment>,
    ) {
        if todo.intersects(Todo::RESET | Todo::CHALLENGE)
            && let Some(way) = self.tcp_way(slot)
        {
            if todo.contains(Todo::RESET)
                && let Some(reset) = cause.and_then(Emit::reset_for)
            {
                self.tcp_emit_bare(env, &way, &reset);
            }
            if todo.contains(Todo::CHALLENGE) && self.tcp.may_challenge(now) {
                self.tcp_challenge(env, now, slot, &way);
            }
        }
        if todo.contains(Todo::TIME_WAIT) {
            self.tcp_time_wait(now, slot);
        }
        if todo.contains(Todo::CLOSED) {
            self.tcp_over(slot, error);
        }
        self.tcp_rearm(slot);
    }

    /// An acknowledgement that makes the peer prove what it says (RFC 5961).
    fn tcp_challenge(&mut self, env: &dyn Env, now: Now, slot: usize, way: &Way) {
        let spare = self.pools.get().rx_spare();
        let Some(t) = self.tcp.get_mut(slot) else { return };
        if t.state == State::SynSent {
            return;
        }
        let emit = output::acknowledgement(t, now, spare);
        self.tcp_emit_bare(env, way, &emit);
    }

    /// Wakes whoever waits on a connection; hands data to the callback of one that has it.
    #[inline]
    pub(super) fn tcp_wake(&mut self, slot: usize) {
        let Some(t) = self.tcp.get_mut(slot) else { return };
        if t.flags.contains(TcpFlags::ORPHAN) {
            // Whoever waited was woken when it became one.
            return;
        }
        let index = usize::from(t.context);
        let Some(context) = self.contexts.at_mut(index) else { return };
        if context.flags.contains(Flags::CALLBACK) {
            let handler = context.handler;
            let freed = core::mem::take(&mut t.rcv_queued);
            t.rcv_offset = 0;
            let _ = freed;
            while let Some(pkt) = context.rx.pop_front() {
                self.effects.call(Call::Context { handler }, pkt);
            }
        }
        self.effects.wake(index);
    }

    /// Puts a connection into the agenda for its earliest deadline.
    #[inline]
    pub(super) fn tcp_rearm(&mut self, slot: usize) {
        self.tcp.rearm(slot);
    }

    /// Both ends closed: the connection becomes a record, and its context free when nobody has it
    /// any more.
    pub(super) fn tcp_time_wait(&mut self, now: Now, slot: usize) {
        let Some(context) = self.tcp.get(slot).map(|t| usize::from(t.context)) else { return };
        let Some(owner) = self.contexts.at(context) else { return };
        let (local, remote, iface) = (owner.local, owner.remote, owner.iface);
        let hash = self.tcp.hash(&local, &remote);
        self.tcp.unlist(slot, hash);
        self.tcp.remember(now, hash, slot, (local, remote), iface);
        self.tcp_tell_rare_deadline(self.tcp.waits.due());
        if self.tcp.get(slot).is_some_and(|t| t.flags.contains(TcpFlags::ORPHAN)) {
            self.tcp_release_hashed(slot, hash);
        }
    }

    /// A connection is over: its application is told, or, when there is none, all of it is freed.
    pub(super) fn tcp_over(&mut self, slot: usize, error: Option<Error>) {
        let hash = self.tcp_hash(slot);
        let Some(t) = self.tcp.get(slot) else { return };
        if t.flags.contains(TcpFlags::ORPHAN) {
            return self.tcp_release_hashed(slot, hash);
        }
        self.tcp.unlist(slot, hash);
        let Some(t) = self.tcp.get_mut(slot) else { return };
        t.state = State::Closed;
        t.timers.stop_all();
        let queue = core::mem::take(&mut t.queue);
        let early = core::mem::take(&mut t.early);
        drop((queue, early));
        let waits_at = t.backlog.listener;
        let context = usize::from(t.context);
        if let Some(error) = error {
            t.flags.insert(TcpFlags::FAILED);
            if let Some(context) = self.contexts.at_mut(context) {
                context.error = Some(error);
            }
        }
        self.effects.wake(context);
        if waits_at != NONE {
            // Nobody accepted it, and nobody will.
            self.tcp.leave_queue(slot);
            self.tcp_release_hashed(slot, hash);
        }
    }

    /// Frees a connection and its context.
    pub(super) fn tcp_release(&mut self, slot: usize) {
        let hash = self.tcp_hash(slot);
        self.tcp_release_hashed(slot, hash);
    }

    fn tcp_release_hashed(&mut self, slot: usize, hash: u32) {
        let Some(t) = self.tcp.get(slot) else { return };
        let (index, orphan) = (usize::from(t.context), t.flags.contains(TcpFlags::ORPHAN));
        self.tcp.release(slot, hash);
        if let Some(id) = self.contexts.id_of(index)
            && let Ok(mut rest) = self.contexts.close(id)
        {
            while let Some(pkt) = rest.pop_front() {
                self.tcp_free(pkt);
            }
        }
        if !orphan {
            self.effects.wake(index);
        }
    }

    /// Is a context's connection such that its end point can't be shared?
    pub(super) fn tcp_holds(context: &Context, local: &Endpoint) -> bool {
        context.is_connected()
            && context.local.port == local.port
            && (local.addr.is_unspecified() || context.local.addr == local.addr)
    }
}

/// Checks header and checksum (RFC 9293, 3.1), which stay in place.
#[inline]
fn check(
    pkt: &mut Pkt,
    src: crate::base::IpAddr,
    dst: crate::base::IpAddr,
    verified: bool,
) -> Result<Header, DropReason> {
    let len = pkt.len();
    if !pkt.pull_up(HEADER_LEN.min(len)) {
        return Err(DropReason::NoBuffer);
    }
    let header = Header::parse(pkt.head(), len)?;
    if cfg!(CONFIG_NET_TCP_CHECKSUM) && !verified {
        let sum = pseudo(src, dst, len).join(sum_of(pkt));
        if !sum.is_valid() {
            return Err(DropReason::TcpBadChecksum);
        }
    }
    if header.src_port == 0 || header.dst_port == 0 {
        return Err(DropReason::TcpBadAddress);
    }
    if !pkt.pull_up(usize::from(header.len)) {
        return Err(DropReason::NoBuffer);
    }
    Ok(header)
}
