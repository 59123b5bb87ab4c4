// SPDX-License-Identifier: Apache-2.0
//! What the passing of time brings to connections.

use crate::base::{Duration, Instant, SeqNum};
use crate::buf::NO_WAIT;
use crate::stack::{Env, Stack};
use crate::transport::tcp::output::{self, Step};
use crate::transport::tcp::timers::{Due, due};
use crate::transport::tcp::{Emit, Flags, Now};
use crate::wire::tcp::Control;

impl Stack {
    /// Does all that is due now.
    pub(in crate::stack) fn tcp_timers(&mut self, env: &dyn Env) {
        let now = self.tcp_now(env);
        self.tcp.waits.expire(now);
        while let Some(request) = self.tcp.syns.next_due(now) {
            self.tcp_answer(env, now, &request);
        }
        while let Some(slot) = self.tcp.pop_due(now.ms) {
            let random = random_byte(env);
            while let Some(t) = self.tcp.get_mut(slot) {
                let Some(what) = due(t, now, random) else { break };
                self.tcp_do(env, now, slot, what);
            }
            self.tcp_rearm(slot);
        }
        self.tcp.told = self.tcp.due();
    }

    fn tcp_do(&mut self, env: &dyn Env, now: Now, slot: usize, what: Due) {
        match what {
            Due::Output => self.tcp_output(env, now, slot),
            Due::Syn => self.tcp_send_syn(env, now, slot),
            Due::ProbeTail => {
                let (Some(way), spare) = (self.tcp_way(slot), self.pools().rx_spare()) else {
                    return;
                };
                let Some(t) = self.tcp.get_mut(slot) else { return };
                let mut emit = Emit::bare(SeqNum::ZERO, SeqNum::ZERO, Control::ACK);
                if let Step::Send(pkt) = output::probe_tail(t, now, spare, &mut emit) {
                    self.tcp_emit(env, &way, pkt, &emit);
                }
                if let Some(t) = self.tcp.get_mut(slot) {
                    output::set_timer(t, now);
                }
            }
            Due::ProbeWindow => self.tcp_probe_window(env, now, slot),
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            Due::ProbePeer => {
                let (Some(way), spare) = (self.tcp_way(slot), self.pools().rx_spare()) else {
                    return;
                };
                let Some(t) = self.tcp.get_mut(slot) else { return };
                let probe = output::keep_alive(t, now, spare);
                self.tcp_emit_bare(env, &way, &probe);
            }
            Due::Fail(error) => {
                // The peer may live and wait: tell it.
                self.tcp_break(env, slot);
                self.tcp_over(slot, Some(error));
            }
            Due::Forget => self.tcp_over(slot, None),
        }
    }

    /// The peer's window holds us back. One that has a little room gets that much; one that is shut
    /// is probed with the next byte (RFC 9293, 3.8.6.1).
    fn tcp_probe_window(&mut self, env: &dyn Env, now: Now, slot: usize) {
        let (Some(way), spare) = (self.tcp_way(slot), self.pools().rx_spare()) else { return };
        let pools = self.pools();
        let Some(t) = self.tcp.get_mut(slot) else { return };
        t.probes = t.probes.saturating_add(1);
        t.flags.remove(Flags::PERSIST);
        if t.snd_wnd != 0 {
            t.flags.insert(Flags::OVERRIDE);
            return self.tcp_output(env, now, slot);
        }
        let fin = t.queue.next_unsent().is_some_and(|r| r.len == 0);
        let seq = t.queue.next_unsent().map(|r| r.seq);
        let mut byte = [0];
        let read =
            !fin && t.queue.unsent().and_then(|mut held| held.copy_out(0, &mut byte)) == Some(1);
        if let Some(mut pkt) = pools.alloc_tx(super::TCP_HEADROOM, 1, NO_WAIT)
            && let Some(seq) = seq
            && (fin || (read && pkt.append(&byte) == 1))
        {
            let mut emit = output::acknowledgement(t, now, spare);
            let control = if fin { Control::FIN } else { Control::PSH };
            emit = Emit {
                seq,
                control: emit.control | control,
                sum: crate::wire::checksum::Sum::of(if fin { &[] } else { &byte }),
                ..emit
            };
            emit.options.sack = Default::default();
            t.flags.insert(Flags::PROBED);
            self.tcp_emit(env, &way, pkt, &emit);
        }
        if let Some(t) = self.tcp.get_mut(slot) {
            output::set_timer(t, now);
        }
    }

    /// When [`tcp_timers`](Self::tcp_timers) has something to do next.
    #[inline]
    pub(in crate::stack) fn tcp_deadline(&self) -> Option<Instant> {
        self.tcp.due().map(|at| self.tcp_instant(at))
    }

    /// A deadline in wrapping milliseconds as a point in time.
    fn tcp_instant(&self, at: u32) -> Instant {
        let clock = self.tcp_clock;
        let ahead = at.wrapping_sub(clock.as_millis() as u32) as i32;
        if ahead <= 0 {
            return clock;
        }
        Instant::from_millis(clock.as_millis()) + Duration::from_millis(ahead as u64)
    }

    /// Tells the connections' deadline when it became earlier than what was told last.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub(super) fn tcp_tell_deadline(&mut self) {
        let at = self.tcp.first_due();
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            return self.tcp_tell_rare_deadline(at);
        }
        let Some(at) = at else { return };
        let earlier = |told: u32| (at.wrapping_sub(told) as i32) < 0;
        if self.tcp.told.is_none_or(earlier) {
            self.tcp_tell(at);
        }
    }

    /// Tells a deadline of handshakes or records, where there may be a new one.
    pub(super) fn tcp_tell_rare_deadline(&mut self, at: Option<u32>) {
        let Some(at) = at else { return };
        let earlier = |told: u32| (at.wrapping_sub(told) as i32) < 0;
        if self.tcp.told.is_none_or(earlier) {
            self.tcp_tell(at);
        }
    }

    #[cold]
    fn tcp_tell(&mut self, at: u32) {
        self.tcp.told = Some(at);
        let at = self.tcp_instant(at);
        self.effects.deadline(at);
    }
}

/// A byte that varies a time-out; 0 without entropy, or where nothing is varied.
fn random_byte(env: &dyn Env) -> u8 {
    let mut byte = [0];
    if cfg!(CONFIG_NET_TCP_RANDOMIZED_RTO) && env.random(&mut byte).is_err() {
        return 0;
    }
    byte[0]
}
