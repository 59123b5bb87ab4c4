// SPDX-License-Identifier: Apache-2.0
//! What an application asks for at the end: shut down, close, abort (RFC 9293, 3.10.4, 3.10.5).
//!
//! Called by: `socket::stream`, `capi::net_context`.

use crate::base::{Error, Result};
use crate::config;
use crate::stack::{Env, Stack};
use crate::transport::tcp::close::{self, Closing};
use crate::transport::tcp::{Flags as TcpFlags, NONE, Now, State, Tcb};
use crate::transport::{ContextId, Flags};

impl Stack {
    /// Ends a direction or both: no more is received ([`Flags::SHUT_RD`]), or a FIN follows what is
    /// queued ([`Flags::SHUT_WR`]).
    ///
    /// # Errors
    /// [`Error::NotConn`] when the context is not connected.
    pub fn tcp_shutdown(&mut self, env: &dyn Env, id: ContextId, what: Flags) -> Result<()> {
        let now = self.tcp_now(env);
        let (context, t, slot) = self.tcp_pair(id)?;
        match t.state {
            State::Closed | State::SynSent => return Err(Error::NotConn),
            State::Listen => {
                self.tcp_stop_listening(env, slot);
                let (_, t, _) = self.tcp_pair(id)?;
                t.state = State::Closed;
                self.effects.wake(id.index());
                return Ok(());
            }
            _ => {}
        }
        context.flags |= what & (Flags::SHUT_RD | Flags::SHUT_WR);
        if what.contains(Flags::SHUT_RD) {
            t.flags.insert(TcpFlags::DEAF);
        }
        if what.contains(Flags::SHUT_WR) && close::shut_down(t) == Closing::Orderly {
            self.tcp_output(env, now, slot);
            self.tcp_rearm(slot);
            self.tcp_tell_deadline();
        }
        self.effects.wake(id.index());
        Ok(())
    }

    /// Gives a context up. What is queued is still sent, by an orphan without context name; data that
    /// nobody will read resets the connection (RFC 9293, 3.6.1; RFC 2525, 2.17), and so does
    /// SO_LINGER with a time of zero.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn tcp_close(&mut self, env: &dyn Env, id: ContextId) -> Result<()> {
        self.tcp_slot(id)?;
        let many = self.tcp.orphans() >= config::ZNET_TCP_ORPHANS && !self.tcp_shed_orphan();
        let (_, t, slot) = self.tcp_pair(id)?;
        let unread = t.rcv_queued != 0 && !t.flags.contains(TcpFlags::DEAF);
        let hard = t.flags.contains(TcpFlags::LINGER) && t.linger == 0;
        let over = match t.state {
            State::Listen => {
                self.tcp_stop_listening(env, slot);
                true
            }
            State::Closed | State::TimeWait | State::SynSent => true,
            _ if unread || hard || many => {
                self.tcp_break(env, slot);
                true
            }
            _ => close::shut_down(t) == Closing::Over,
        };
        if over {
            self.tcp_release(slot);
            return Ok(());
        }
        let now = self.tcp_now(env);
        let (context, t, _) = self.tcp_pair(id)?;
        let mut unread = core::mem::take(&mut context.rx);
        context.flags -= Flags::CALLBACK;
        drop(core::mem::take(&mut t.early));
        if t.state == State::FinWait2 {
            let patience = config::ZNET_TCP_ORPHAN_TIMEOUT as u32;
            let at = now.ms.wrapping_add(patience);
            t.timers.arm(crate::transport::tcp::timers::Timer::Idle, at);
        }
        while let Some(pkt) = unread.pop_front() {
            self.tcp_free(pkt);
        }
        self.tcp.orphan(slot);
        self.contexts.rename(id)?;
        self.tcp_output(env, now, slot);
        self.tcp_rearm(slot);
        self.tcp_tell_deadline();
        self.effects.wake(id.index());
        Ok(())
    }

    /// Forgets an orphan to make room, of those that have sent everything and only wait for the peer to
    /// close, the one that has waited longest: the peer has lost nothing. False when there is none.
    #[cold]
    pub(super) fn tcp_shed_orphan(&mut self) -> bool {
        let now = Now::of(self.tcp_clock).ms;
        let waits = |t: &&Tcb| t.flags.contains(TcpFlags::ORPHAN) && t.state == State::FinWait2;
        let waiting = self.tcp.iter().filter(|(_, t)| waits(t));
        let oldest =
            waiting.max_by_key(|(_, t)| now.wrapping_sub(t.heard_at)).map(|(slot, _)| slot);
        oldest.map(|slot| self.tcp_release(slot)).is_some()
    }

    /// Breaks a connection off and gives its context up: the peer is sent a reset.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn tcp_abort(&mut self, env: &dyn Env, id: ContextId) -> Result<()> {
        let slot = self.tcp_slot(id)?;
        if self.tcp.get(slot).is_some_and(|t| t.state == State::Listen) {
            self.tcp_stop_listening(env, slot);
        }
        self.tcp_break(env, slot);
        self.tcp_release(slot);
        Ok(())
    }

    /// Sends a reset, when the peer knows of the connection.
    pub(super) fn tcp_break(&mut self, env: &dyn Env, slot: usize) {
        let reset = self.tcp.get(slot).and_then(close::abort);
        if let (Some(reset), Some(way)) = (reset, self.tcp_way(slot)) {
            self.tcp_emit_bare(env, &way, &reset);
        }
    }

    /// Resets the connections that nobody accepted, and forgets the handshakes.
    pub(super) fn tcp_stop_listening(&mut self, env: &dyn Env, slot: usize) {
        self.tcp.syns.forget_listener(slot);
        while let Some(child) = self.tcp.dequeue(slot) {
            self.tcp_break(env, child);
            self.tcp_release(child);
        }
        if let Some(t) = self.tcp.get_mut(slot) {
            t.backlog.limit = 0;
            t.backlog.link = NONE;
        }
    }

    /// All connections by an interface that went down fail.
    #[cfg(not(CONFIG_NET_TCP_PRESERVE_CONTEXT_STATE_ON_IFACE_DOWN))]
    pub fn tcp_iface_down(&mut self, iface: crate::iface::IfRef) {
        for slot in 0..crate::transport::tcp::table::CONNECTIONS {
            let Some((local, _)) = self.tcp_ends(slot) else { continue };
            let state = self.tcp.get(slot).map_or(State::Closed, |t| t.state);
            if matches!(state, State::Closed | State::Listen | State::TimeWait) {
                continue;
            }
            let affected = match local.addr {
                #[cfg(CONFIG_NET_IPV4)]
                crate::base::IpAddr::V4(own) => iface.has_ipv4_addr(own),
                #[cfg(CONFIG_NET_IPV6)]
                crate::base::IpAddr::V6(own) => iface.has_ipv6_addr(own),
            };
            if affected {
                self.tcp_over(slot, Some(Error::NetDown));
            }
        }
    }
}
