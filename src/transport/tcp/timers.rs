// SPDX-License-Identifier: Apache-2.0
//! When a connection has to be looked at again.
//!
//! Each connection has a few deadlines; the table of connections knows the earliest one. What is to be
//! done when one has passed, [`due`] says.

use super::Now;
use super::recovery::Fired;
use super::state::{Flags, State, Tcb};
use crate::base::Error;
use crate::buf::SegFlags;
use crate::config;

/// The deadlines of a connection. Without keep-alive [`Idle`](Timer::Idle) and [`Early`](Timer::Early)
/// are one: nothing that comes early is kept for an orphan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Timer {
    /// Retransmission, probe of a closed window, or another try after no packet was free.
    Send,
    /// Delayed acknowledgement (RFC 9293, 3.8.6.3).
    Ack,
    /// Keep-alive; in FIN-WAIT-2 the end of patience.
    Idle,
    /// Data that came too early is given up.
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    Early,
}

#[cfg(not(CONFIG_NET_TCP_KEEPALIVE))]
impl Timer {
    /// Data that came too early is given up.
    #[allow(non_upper_case_globals)]
    pub const Early: Timer = Timer::Idle;
}

const TIMERS: usize = if cfg!(CONFIG_NET_TCP_KEEPALIVE) { 4 } else { 3 };

/// The deadlines, in milliseconds on a clock that wraps; 0 is none, and what would be 0 is a millisecond
/// later.
#[derive(Clone, Copy, Debug)]
pub struct Timers {
    at: [u32; TIMERS],
}

impl Timers {
    /// None is armed.
    pub const fn new() -> Self {
        Timers { at: [0; TIMERS] }
    }

    /// Sets one.
    #[inline]
    pub fn arm(&mut self, timer: Timer, at: u32) {
        if let Some(deadline) = self.at.get_mut(timer as usize) {
            *deadline = at.max(1);
        }
    }

    /// Stops one.
    #[inline]
    pub fn stop(&mut self, timer: Timer) {
        if let Some(deadline) = self.at.get_mut(timer as usize) {
            *deadline = 0;
        }
    }

    /// Stops all.
    pub fn stop_all(&mut self) {
        self.at = [0; TIMERS];
    }

    /// Is it set?
    #[inline]
    pub fn is_armed(&self, timer: Timer) -> bool {
        self.at.get(timer as usize).is_some_and(|at| *at != 0)
    }

    /// The earliest deadline.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn earliest(&self) -> Option<u32> {
        let mut best: Option<u32> = None;
        for &at in &self.at {
            if at != 0 && best.is_none_or(|b| (at.wrapping_sub(b) as i32) < 0) {
                best = Some(at);
            }
        }
        best
    }

    /// Has one passed?
    #[cfg(CONFIG_ZNET_PROFILE_TINY)]
    pub fn is_due(&self, now: u32) -> bool {
        self.earliest().is_some_and(|at| now.wrapping_sub(at) as i32 >= 0)
    }

    /// Takes a deadline that has passed.
    fn take(&mut self, timer: Timer, now: u32) -> bool {
        let at = self.at.get(timer as usize).copied().unwrap_or(now);
        let passed = self.is_armed(timer) && now.wrapping_sub(at) as i32 >= 0;
        if passed {
            self.stop(timer);
        }
        passed
    }
}

impl Default for Timers {
    fn default() -> Self {
        Self::new()
    }
}

/// SO_KEEPALIVE's times.
#[cfg(CONFIG_NET_TCP_KEEPALIVE)]
#[derive(Clone, Copy, Debug)]
pub struct KeepAlive {
    /// Quiet before the first probe, in seconds (TCP_KEEPIDLE).
    pub idle: u16,
    /// Between probes, in seconds (TCP_KEEPINTVL).
    pub interval: u16,
    /// Probes without an answer (TCP_KEEPCNT).
    pub count: u8,
}

#[cfg(CONFIG_NET_TCP_KEEPALIVE)]
impl KeepAlive {
    /// Kconfig's.
    pub const DEFAULT: KeepAlive = KeepAlive {
        idle: config::NET_TCP_KEEPIDLE_DEFAULT as u16,
        interval: config::NET_TCP_KEEPINTVL_DEFAULT as u16,
        count: config::NET_TCP_KEEPCNT_DEFAULT as u8,
    };
}

/// What the passing of time asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Send what may be sent now.
    Output,
    /// Send the SYN again.
    Syn,
    /// Probe the peer's window (RFC 9293, 3.8.6.1).
    ProbeWindow,
    /// Send a new segment, or the last one again, to find out whether the end of a burst was lost
    /// (RFC 8985, 7).
    ProbeTail,
    /// Probe whether the peer is still there (RFC 9293, 3.8.4).
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    ProbePeer,
    /// Give the connection up.
    Fail(Error),
    /// Forget it: the peer never closed, and nobody waits for that.
    Forget,
}

/// What is due at `now`, one thing at a time; the earliest deadline afterwards is
/// [`Timers::earliest`]'s. `random` varies the time-out.
pub fn due(tcb: &mut Tcb, now: Now, random: u8) -> Option<Due> {
    if tcb.timers.take(Timer::Ack, now.ms) {
        if tcb.flags.contains(Flags::ACK_DELAYED) {
            tcb.flags.insert(Flags::ACK_NOW);
        }
        return Some(Due::Output);
    }
    if tcb.timers.take(Timer::Early, now.ms) {
        if !cfg!(CONFIG_NET_TCP_KEEPALIVE) && is_forgotten(tcb) {
            return Some(Due::Forget);
        }
        // Reported or not: a receiver may go back on what it said (RFC 2018, 8).
        drop(core::mem::take(&mut tcb.early));
        return Some(Due::Output);
    }
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    if tcb.timers.take(Timer::Idle, now.ms) {
        return idle(tcb, now);
    }
    if tcb.timers.take(Timer::Send, now.ms) {
        return Some(send(tcb, now, random));
    }
    None
}

/// The retransmission timer, whichever of its meanings it has now.
fn send(tcb: &mut Tcb, now: Now, random: u8) -> Due {
    if let Some(error) = gave_up(tcb, now) {
        return Due::Fail(error);
    }
    match tcb.state {
        State::SynSent | State::SynReceived => {
            if usize::from(tcb.delivery.rtt.timeouts()) >= SYN_RETRIES {
                return Due::Fail(Error::TimedOut);
            }
            tcb.delivery.rtt.on_timeout(random);
            Due::Syn
        }
        _ if is_window_closed(tcb) => Due::ProbeWindow,
        _ if tcb.snd_una == tcb.snd_nxt => Due::Output,
        _ => {
            let sent = tcb.sent();
            match tcb.delivery.on_timer(&mut tcb.queue, &sent, now.us, random) {
                Fired::Probe => Due::ProbeTail,
                Fired::Timeout
                    if tcb.delivery.rtt.timeouts() as usize > RETRIES && !is_shut(tcb, now) =>
                {
                    Due::Fail(Error::TimedOut)
                }
                Fired::Timeout => {
                    if tcb.queue.front().is_some_and(|r| r.flags.contains(SegFlags::SACKED)) {
                        tcb.delivery.renege(&mut tcb.queue);
                    }
                    #[cfg(CONFIG_ZNET_TCP_PMTU)]
                    super::pmtu::suspect_black_hole(tcb);
                    Due::Output
                }
                Fired::Nothing | Fired::Reordering => Due::Output,
            }
        }
    }
}

/// Time-outs of one segment before the connection is given up.
const RETRIES: usize = config::NET_TCP_RETRY_COUNT;

/// Connection requests are repeated so often, unless Kconfig says fewer (RFC 9293, 3.8.3 wants at
/// least three minutes in all; the back-off of a first time-out of a second gets there with seven).
const SYN_RETRIES: usize =
    if config::NET_TCP_RETRY_COUNT < 7 { config::NET_TCP_RETRY_COUNT } else { 7 };

/// Is there something to send that the peer's window alone holds back?
pub fn is_window_closed(tcb: &Tcb) -> bool {
    tcb.snd_una == tcb.snd_nxt && tcb.queue.has_unsent() && !super::output::can_send_new(tcb)
}

/// Has the peer taken its window back, and says so? Then what lies beyond may stay unacknowledged for
/// ever (RFC 9293, 3.8.6, SHLD-17): it is repeated as a probe of the window. Nobody waits for an orphan's.
fn is_shut(tcb: &Tcb, now: Now) -> bool {
    tcb.snd_wnd == 0
        && !tcb.flags.contains(Flags::ORPHAN)
        && now.ms.wrapping_sub(tcb.heard_at) < SILENCE
}

/// A peer that says nothing for so long is gone, in milliseconds.
const SILENCE: u32 = 100_000;

/// Has the application's patience ended (TCP_USER_TIMEOUT; RFC 9293, 3.8.3)?
fn gave_up(tcb: &Tcb, now: Now) -> Option<Error> {
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    if tcb.user_timeout != 0 && now.ms.wrapping_sub(tcb.heard_at) >= tcb.user_timeout {
        return Some(Error::TimedOut);
    }
    // A peer that keeps its window shut and says so may do that for ever; one that says nothing is
    // gone (3.8.6.1; RFC 1122, 4.2.2.17), and nobody waits for an orphan's.
    let silence = if tcb.flags.contains(Flags::ORPHAN) { 0 } else { SILENCE };
    if usize::from(tcb.probes) >= RETRIES
        && is_window_closed(tcb)
        && now.ms.wrapping_sub(tcb.heard_at) >= silence
    {
        return Some(Error::TimedOut);
    }
    let _ = now;
    None
}

/// Does nobody wait any more for the peer to close?
fn is_forgotten(tcb: &Tcb) -> bool {
    tcb.state == State::FinWait2 && tcb.flags.contains(Flags::ORPHAN)
}

#[cfg(CONFIG_NET_TCP_KEEPALIVE)]
fn idle(tcb: &mut Tcb, now: Now) -> Option<Due> {
    if is_forgotten(tcb) {
        return Some(Due::Forget);
    }
    if tcb.flags.has(Flags::KEEPALIVE) && tcb.state >= State::Established {
        let idle = u32::from(tcb.keepalive.idle) * 1_000;
        let quiet = now.ms.wrapping_sub(tcb.heard_at);
        if quiet < idle || tcb.snd_una != tcb.snd_nxt {
            // Heard of meanwhile, or the retransmission timer watches.
            tcb.probes = if tcb.snd_una == tcb.snd_nxt { 0 } else { tcb.probes };
            tcb.timers.arm(Timer::Idle, now.ms.wrapping_add(idle.saturating_sub(quiet).max(1_000)));
            return None;
        }
        let out_of_patience = if tcb.user_timeout != 0 {
            quiet >= tcb.user_timeout
        } else {
            tcb.probes >= tcb.keepalive.count
        };
        if out_of_patience {
            return Some(Due::Fail(Error::TimedOut));
        }
        tcb.probes = tcb.probes.saturating_add(1);
        let interval = u32::from(tcb.keepalive.interval) * 1_000;
        tcb.timers.arm(Timer::Idle, now.ms.wrapping_add(interval));
        return Some(Due::ProbePeer);
    }
    None
}
