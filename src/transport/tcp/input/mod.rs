// SPDX-License-Identifier: Apache-2.0
//! What an arriving segment does to a connection: RFC 9293, 3.10.7, in the order of its steps.
//!
//! Called by: `stack::tcp::rx`. Segments for no connection (3.10.7.1), for listeners (3.10.7.2) and for
//! TIME-WAIT do not come here: see [`syn`](super::syn) and [`timewait`](super::timewait).

mod ack;
mod data;
mod reset;
mod syn_sent;
mod urgent;

use super::size::wide;
use super::state::{Flags, State, Tcb};
use super::timers::Timer;
use super::{Conn, Segment, Todo};
use crate::base::DropReason;
use crate::buf::Pkt;
use crate::wire::tcp::Control;

/// SEGMENT ARRIVES. `pkt` holds the payload; it is taken when it is kept.
///
/// # Errors
/// Why the segment was not accepted.
#[inline]
pub fn input(c: &mut Conn, s: &Segment, pkt: &mut Option<Pkt>) -> Result<(), DropReason> {
    if !cfg!(CONFIG_ZNET_PROFILE_TINY) && c.tcb.state == State::Established && predicted(c, s, pkt)
    {
        // Data that is still here was not taken.
        let refused = s.len != 0 && pkt.is_some();
        return if refused { Err(DropReason::SocketQueueFull) } else { Ok(()) };
    }
    if c.tcb.state == State::SynSent {
        return syn_sent::input(c, s, pkt);
    }
    otherwise(c, s, pkt)
}

/// The two segments that nearly all others look like: the next data in order, and the
/// acknowledgement of new data. They need none of the checks below: what these would find is seen
/// from a few comparisons.
#[inline(always)]
fn predicted(c: &mut Conn, s: &Segment, pkt: &mut Option<Pkt>) -> bool {
    let t = &mut *c.tcb;
    let plain = s.control - Control::PSH == Control::ACK;
    let unusual = Flags::ECN | Flags::URGENT_IN | Flags::DEAF;
    if !plain || s.seq != t.rcv_nxt || s.marked || t.flags.intersects(unusual) {
        return false;
    }
    let same_window = t.scaled_window(s) == wide(t.snd_wnd);
    if !t.early.is_empty() || !s.options.sack.is_empty() || (s.len != 0 && !same_window) {
        return false;
    }
    if t.flags.has(Flags::TIMESTAMPS) && !t.take_timestamp_of_next(s, c.now.ms) {
        return false;
    }
    if s.len == 0 {
        // The acknowledgement of new data, and nothing special going on.
        if !s.ack.gt(t.snd_una) || s.ack.gt(t.snd_nxt) || t.delivery.is_repairing() {
            return false;
        }
        t.heard_at = c.now.ms;
        ack::advance(c, s, !same_window);
        return true;
    }
    if s.ack != t.snd_una || s.len > t.rcv_edge.since(t.rcv_nxt) {
        return false;
    }
    t.heard_at = c.now.ms;
    data::in_order(c, s, pkt);
    true
}

/// 3.10.7.4: all states but CLOSED, LISTEN and SYN-SENT.
fn otherwise(c: &mut Conn, s: &Segment, pkt: &mut Option<Pkt>) -> Result<(), DropReason> {
    let without;
    let s = match without_known_syn(c.tcb, s) {
        Some(rest) => {
            without = rest;
            &without
        }
        None => s,
    };
    paws(c, s)?;
    first_sequence_number(c, s)?;
    if s.has(Control::RST) {
        return reset::input(c, s);
    }
    // Third, security: there is none.
    fourth_syn(c, s)?;
    c.tcb.take_timestamp(s, c.now.ms);
    fifth_ack(c, s)?;
    // What came now is from the peer without doubt.
    c.tcb.heard_at = c.now.ms;
    c.tcb.probes = if c.tcb.snd_wnd != 0 { 0 } else { c.tcb.probes };
    #[cfg(CONFIG_ZNET_TCP_ECN)]
    congestion_marks(c, s);
    if s.has(Control::URG) {
        urgent::input(c, s);
    }
    data::input(c, s, pkt)
}

/// Where requests crossed, the peer's answer to ours repeats its SYN, which we know: only the rest of
/// the segment is new (RFC 9293, 3.5, figure 7).
fn without_known_syn(t: &Tcb, s: &Segment) -> Option<Segment> {
    let crossed = t.state == State::SynReceived && s.seq + 1 == t.rcv_nxt;
    if crossed && s.has(Control::SYN | Control::ACK) && !s.has(Control::RST) {
        return Some(Segment { seq: s.seq + 1, control: s.control - Control::SYN, ..*s });
    }
    None
}

/// RFC 7323, 5.3: a time stamp from the past means an old segment. A reset is let through (5.2), as
/// is everything after 24 days of silence (5.5).
fn paws(c: &mut Conn, s: &Segment) -> Result<(), DropReason> {
    #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
    {
        const OUTDATED: u32 = 24 * 24 * 3_600 * 1_000;
        let t = &mut *c.tcb;
        if !t.flags.has(Flags::TIMESTAMPS) || s.has(Control::RST) {
            return Ok(());
        }
        // Once agreed on, each segment has one (3.2).
        let Some(ts) = s.options.stamps() else { return Err(DropReason::TcpPaws) };
        let (recent, taken) = t.ts_recent;
        let old = (ts.value.wrapping_sub(recent) as i32) < 0;
        if old && c.now.ms.wrapping_sub(taken) < OUTDATED {
            answer(c, s);
            return Err(DropReason::TcpPaws);
        }
    }
    let _ = (c, s);
    Ok(())
}

/// First, check the sequence number: the segment has to reach into the window.
fn first_sequence_number(c: &mut Conn, s: &Segment) -> Result<(), DropReason> {
    let t = &mut *c.tcb;
    let window = t.rcv_edge.since(t.rcv_nxt);
    let len = s.seq_len();
    let acceptable = match (len, window) {
        (0, 0) => s.seq == t.rcv_nxt,
        (0, _) => s.seq.is_in(t.rcv_nxt, window),
        // With the window shut acknowledgements, resets and urgent pointers still count, but an
        // empty window takes no data.
        (_, 0) => false,
        _ => s.seq.is_in(t.rcv_nxt, window) || (s.seq + (len - 1)).is_in(t.rcv_nxt, window),
    };
    // A segment around the whole window fits too, for all that the RFC's test says.
    if acceptable || (window != 0 && len > window && s.seq.lt(t.rcv_nxt) && s.end().gt(t.rcv_edge))
    {
        return Ok(());
    }
    if s.has(Control::RST) {
        return Err(DropReason::TcpOutOfWindow);
    }
    let duplicate = s.len != 0 && s.end().le(t.rcv_nxt);
    if duplicate {
        t.note_duplicate(s.seq, s.end());
    }
    if s.has(Control::SYN) {
        // RFC 5961, 4.2, irrespective of the sequence number.
        c.todo |= Todo::CHALLENGE;
        return Err(DropReason::TcpUnexpectedSyn);
    }
    // What it acknowledges is taken nevertheless when the segment is the peer's probe of our window
    // (3.8.6.1) or a repetition: our acknowledgement may have been lost while theirs is new.
    if s.has(Control::ACK)
        && t.state.is_synchronized()
        && s.ack.gt(t.snd_una)
        && s.ack.le(t.snd_nxt)
        && (window == 0 || duplicate)
    {
        ack::advance(c, s, true);
    }
    answer(c, s);
    Err(if duplicate { DropReason::TcpDuplicate } else { DropReason::TcpOutOfWindow })
}

/// Acknowledges a segment that can't be accepted. One with payload, a SYN or a FIN was sent for a
/// reason and is answered at once; empty ones are answered within limits, or two ends that
/// disagree would answer each other for ever.
fn answer(c: &mut Conn, s: &Segment) {
    if s.seq_len() != 0 && c.tcb.state != State::SynReceived {
        c.tcb.flags.insert(Flags::ACK_NOW);
        c.todo |= Todo::OUTPUT;
    } else {
        c.todo |= Todo::CHALLENGE;
    }
}

/// Fourth, check the SYN bit: in a synchronised connection it is a stranger's, or the peer was
/// restarted, which the challenge tells it (RFC 5961, 4.2).
fn fourth_syn(c: &mut Conn, s: &Segment) -> Result<(), DropReason> {
    if !s.has(Control::SYN) {
        return Ok(());
    }
    c.todo |= Todo::CHALLENGE;
    Err(DropReason::TcpUnexpectedSyn)
}

/// Fifth, check the ACK field.
fn fifth_ack(c: &mut Conn, s: &Segment) -> Result<(), DropReason> {
    if !s.has(Control::ACK) {
        return Err(DropReason::TcpBadFlags);
    }
    if c.tcb.state == State::SynReceived {
        return syn_sent::acknowledged(c, s);
    }
    ack::input(c, s)
}

/// RFC 3168, 6.1.3: a mark is echoed until the peer says that it has reacted.
#[cfg(CONFIG_ZNET_TCP_ECN)]
fn congestion_marks(c: &mut Conn, s: &Segment) {
    let t = &mut *c.tcb;
    if !t.flags.has(Flags::ECN) {
        return;
    }
    if s.has(Control::CWR) {
        t.flags.remove(Flags::ECN_ECHO);
    }
    if s.marked {
        t.flags.insert(Flags::ECN_ECHO);
        if s.len != 0 {
            t.flags.insert(Flags::ACK_NOW);
            c.todo |= Todo::OUTPUT;
        }
    }
}

impl Tcb {
    /// SEG.WND in bytes.
    #[inline]
    pub fn scaled_window(&self, s: &Segment) -> u32 {
        #[cfg(CONFIG_ZNET_TCP_WINDOW_SCALE)]
        return u32::from(s.window) << self.shifts.0;
        #[cfg(not(CONFIG_ZNET_TCP_WINDOW_SCALE))]
        u32::from(s.window)
    }

    /// The time stamp of a segment that is next in sequence; false when it is missing or old.
    #[inline]
    fn take_timestamp_of_next(&mut self, s: &Segment, now: u32) -> bool {
        #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
        {
            let Some(ts) = s.options.stamps() else { return false };
            if (ts.value.wrapping_sub(self.ts_recent.0) as i32) < 0 {
                return false;
            }
            // Only what follows our last acknowledgement: a delayed one echoes the earliest.
            if s.seq.le(self.rcv_acked) {
                self.ts_recent = (ts.value, now);
            }
        }
        let _ = (s, now);
        true
    }

    /// RFC 7323, 4.3 (2): the stamp of a segment that covers what we acknowledged last.
    fn take_timestamp(&mut self, s: &Segment, now: u32) {
        #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
        if self.flags.has(Flags::TIMESTAMPS)
            && let Some(ts) = s.options.stamps()
            && ts.value.wrapping_sub(self.ts_recent.0) as i32 >= 0
            && s.seq.le(self.rcv_acked)
        {
            self.ts_recent = (ts.value, now);
        }
        let _ = (s, now);
    }

    /// Something arrived twice: the next acknowledgement says so (RFC 2883, 4).
    pub(super) fn note_duplicate(&mut self, left: crate::base::SeqNum, right: crate::base::SeqNum) {
        #[cfg(CONFIG_ZNET_TCP_SACK)]
        if self.flags.has(Flags::SACK) {
            self.duplicate = (left, right);
            self.flags.insert(Flags::DUPLICATE);
        }
        let _ = (left, right);
    }

    /// Enters FIN-WAIT-2: an orphan does not wait for ever for the peer's FIN.
    pub(super) fn enter_fin_wait_2(&mut self, now: u32) {
        self.state = State::FinWait2;
        if self.flags.contains(Flags::ORPHAN) {
            let patience = crate::config::ZNET_TCP_ORPHAN_TIMEOUT as u32;
            self.timers.arm(Timer::Idle, now.wrapping_add(patience));
        }
    }
}
