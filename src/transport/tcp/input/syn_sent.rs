// SPDX-License-Identifier: Apache-2.0
//! The answer to our connection request (RFC 9293, 3.10.7.3), and the request of a peer that opened at
//! the same time (3.5, figure 7).

use crate::base::{DropReason, Error};
use crate::buf::Pkt;
use crate::transport::tcp::size::narrow;
use crate::transport::tcp::state::DEFAULT_MSS;
use crate::transport::tcp::timers::Timer;
use crate::transport::tcp::{Conn, Flags, Segment, State, Tcb, Todo};
use crate::wire::tcp::{Control, Options};

/// SEGMENT ARRIVES in SYN-SENT.
#[cold]
pub(super) fn input(c: &mut Conn, s: &Segment, pkt: &mut Option<Pkt>) -> Result<(), DropReason> {
    // First, check the ACK bit: SEG.ACK has to be ISS + 1, for we send no data with a SYN.
    if s.has(Control::ACK) && s.ack != c.tcb.snd_nxt {
        if !s.has(Control::RST) {
            c.todo |= Todo::RESET;
        }
        return Err(DropReason::TcpBadAck);
    }
    // Second, check the RST bit: a blind one has no acceptable ACK.
    if s.has(Control::RST) {
        if !s.has(Control::ACK) {
            return Err(DropReason::TcpBadReset);
        }
        c.over(Some(Error::ConnRefused));
        return Ok(());
    }
    // Fourth, check the SYN bit.
    if !s.has(Control::SYN) {
        return Err(DropReason::TcpBadFlags);
    }
    let ecn_setup = if s.has(Control::ACK) { Control::ECE } else { Control::ECE | Control::CWR };
    let ecn = s.control & (Control::ECE | Control::CWR) == ecn_setup;
    open_from(c.tcb, &s.options, ecn);
    #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
    if let Some(ts) = s.options.stamps() {
        c.tcb.ts_recent = (ts.value, c.now.ms);
    }
    let t = &mut *c.tcb;
    let window = t.rcv_edge.since(t.rcv_nxt);
    t.rcv_nxt = s.seq + 1;
    t.rcv_acked = t.rcv_nxt;
    t.rcv_edge = t.rcv_nxt + window;
    t.heard_at = c.now.ms;
    if !s.has(Control::ACK) {
        // Both opened: answer with SYN and ACK, and wait for theirs.
        t.state = State::SynReceived;
        t.take_first_window(s);
        t.flags.insert(Flags::ACK_NOW);
        c.todo |= Todo::OUTPUT;
        return Ok(());
    }
    established(c, s);
    c.tcb.flags.insert(Flags::ACK_NOW);
    c.todo |= Todo::OUTPUT;
    // Data and FIN may come along.
    if s.len != 0 || s.has(Control::FIN) {
        let rest = Segment { seq: s.seq + 1, control: s.control - Control::SYN, ..*s };
        return super::data::input(c, &rest, pkt);
    }
    Ok(())
}

/// SYN-RECEIVED of a simultaneous open: the acknowledgement of our SYN (3.10.7.4, fifth).
pub(super) fn acknowledged(c: &mut Conn, s: &Segment) -> Result<(), DropReason> {
    if !(s.ack.gt(c.tcb.snd_una) && s.ack.le(c.tcb.snd_nxt)) {
        c.todo |= Todo::RESET;
        return Err(DropReason::TcpBadAck);
    }
    established(c, s);
    Ok(())
}

/// SYN-SENT or SYN-RECEIVED to ESTABLISHED.
fn established(c: &mut Conn, s: &Segment) {
    let t = &mut *c.tcb;
    t.state = State::Established;
    t.flags.insert(Flags::WAS_OPEN);
    t.snd_una = s.ack;
    t.take_first_window(s);
    t.timers.stop(Timer::Send);
    let repeated = t.delivery.rtt.timeouts();
    t.delivery.on_established(c.now.us, None, repeated + 1);
    c.tcb.start_idle_timer(c.now.ms);
    c.todo |= Todo::ESTABLISHED | Todo::WAKE | Todo::OUTPUT;
    if c.tcb.flags.intersects(Flags::FIN_QUEUED | Flags::FIN_WANTED) {
        c.tcb.state = State::FinWait1;
    }
}

/// Takes over what the peer's SYN says: segment size, scales, what it understands.
fn open_from(t: &mut Tcb, options: &Options, ecn: bool) {
    // No more than what our own link takes, which was there before.
    t.peer_mss = t.peer_mss.min(options.mss.unwrap_or(DEFAULT_MSS));
    #[cfg(CONFIG_ZNET_TCP_WINDOW_SCALE)]
    {
        let both = options.window_scale.filter(|_| t.flags.has(Flags::SCALE));
        t.flags.set(Flags::SCALE, both.is_some());
        t.shifts = match both {
            Some(theirs) => (theirs, t.shifts.1),
            None => (0, 0),
        };
    }
    if cfg!(CONFIG_ZNET_TCP_SACK) {
        let both = options.sack_permitted && t.flags.has(Flags::SACK);
        t.flags.set(Flags::SACK, both);
    }
    if cfg!(CONFIG_ZNET_TCP_TIMESTAMPS) {
        let both = options.stamps().is_some() && t.flags.has(Flags::TIMESTAMPS);
        t.flags.set(Flags::TIMESTAMPS, both);
    }
    if cfg!(CONFIG_ZNET_TCP_ECN) {
        t.flags.set(Flags::ECN, ecn && t.flags.has(Flags::ECN));
    }
    let mss = t.mss();
    t.delivery.set_mss(mss);
}

impl Tcb {
    /// SND.WND, SND.WL1 and SND.WL2 from a SYN, or the segment that completes the handshake. The
    /// window of a SYN is not scaled (RFC 7323, 2.2).
    pub fn take_first_window(&mut self, s: &Segment) {
        let syn = s.has(Control::SYN);
        let window = if syn { u32::from(s.window) } else { self.scaled_window(s) };
        self.snd_wnd = narrow(window);
        self.snd_wnd_max = self.snd_wnd_max.max(self.snd_wnd);
        self.snd_wl1 = s.seq;
    }

    /// Starts the keep-alive timer where it is wanted.
    pub fn start_idle_timer(&mut self, now: u32) {
        #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
        if self.flags.has(Flags::KEEPALIVE) {
            let idle = u32::from(self.keepalive.idle) * 1_000;
            self.timers.arm(Timer::Idle, now.wrapping_add(idle));
        }
        let _ = now;
    }
}
