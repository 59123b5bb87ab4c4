// SPDX-License-Identifier: Apache-2.0
//! Which segment is to be sent next, if any.
//!
//! Called by: `stack::tcp::tx`, until there is none. Lost segments go first, then new ones as far as
//! the peer's window, the congestion window, Nagle's algorithm and the sender's side of silly window
//! avoidance let them.

use super::recovery::Delivery;
use super::segment::Emit;
use super::size::{Size, wide};
use super::state::{Flags, State, Tcb};
use super::timers::{Timer, is_window_closed};
use super::{Now, window};
use crate::base::SeqNum;
use crate::buf::{Pkt, SegFlags, SegRecord};
use crate::config;
use crate::wire::checksum::Sum;
use crate::wire::tcp::Control;

/// What to do next.
pub enum Step {
    /// Send this segment, as the caller's `emit` has it. The packet holds the payload alone; the queue
    /// holds it too.
    Send(Pkt),
    /// The segment that begins at `seq` has to be parted behind `at` bytes first.
    Split {
        /// Its sequence number.
        seq: SeqNum,
        /// Bytes that stay in it.
        at: u16,
    },
    /// Nothing may be sent now.
    Rest,
}

/// The next step. What is returned counts as sent.
#[inline]
pub fn next(t: &mut Tcb, now: Now, spare: u32, emit: &mut Emit) -> Step {
    if cfg!(CONFIG_ZNET_TCP_PACING) {
        t.flags.remove(Flags::PACED);
    }
    if t.delivery.is_repairing()
        && let Some(step) = repair(t, now, spare, emit)
    {
        return step;
    }
    if !t.queue.has_unsent() {
        return Step::Rest;
    }
    new(t, now, spare, emit)
}

/// A segment that was lost.
#[cold]
fn repair(t: &mut Tcb, now: Now, spare: u32, emit: &mut Emit) -> Option<Step> {
    let mss = t.mss();
    let unsent_or_lost = |r: &SegRecord| {
        !r.flags.contains(SegFlags::SENT)
            || r.flags.intersection(SegFlags::LOST | SegFlags::SACKED) == SegFlags::LOST
    };
    let record = *t.queue.find(unsent_or_lost)?.record();
    if !record.flags.contains(SegFlags::SENT) {
        return None;
    }
    if !t.delivery.may_send(record.seq_len()) {
        return Some(Step::Rest);
    }
    // The path, or the peer's window, may have become smaller than the segment is.
    if record.len > mss {
        return Some(Step::Split { seq: record.seq, at: mss });
    }
    Some(again(t, record.seq, now, spare, emit).unwrap_or(Step::Rest))
}

/// Sends the segment at `seq` again, unless somebody still has it from the last time.
fn again(t: &mut Tcb, seq: SeqNum, now: Now, spare: u32, emit: &mut Emit) -> Option<Step> {
    let last = t.queue.back().map(SegRecord::end);
    let mut held = t.queue.find(|r| r.seq == seq)?;
    let Some(pkt) = held.send() else {
        // The driver is slow: look again soon.
        t.timers.arm(Timer::Send, now.ms.wrapping_add(RETRY));
        return None;
    };
    let delivery = &mut t.delivery;
    delivery.on_sent(held.record_mut(), now.us);
    let record = *held.record();
    pace(t, now, record.len);
    begin(emit, &record, last == Some(record.end()));
    stamp_beside(t, now, spare, record.len, emit);
    Some(Step::Send(pkt))
}

/// How soon to try again what found no packet, or found it away, in milliseconds.
pub const RETRY: u32 = config::NET_TCP_PKT_ALLOC_TIMEOUT as u32;

/// A segment that was never sent.
#[inline]
fn new(t: &mut Tcb, now: Now, spare: u32, emit: &mut Emit) -> Step {
    if t.snd_una == t.snd_nxt {
        t.delivery.resume(now.us);
        // The application's patience is counted from here (TCP_USER_TIMEOUT).
        t.heard_at = now.ms;
    }
    let Some(record) = t.queue.next_unsent().copied() else { return Step::Rest };
    // A FIN alone is never too large.
    let mss = if record.len == 0 { 1 } else { t.mss() };
    // What the peer's window has room for behind this sequence number.
    let usable = usable_window(t, &record);
    if record.len > mss {
        return Step::Split { seq: record.seq, at: mss };
    }
    if record.seq_len() > usable {
        if !may_send_part(t, usable) || usable >= u32::from(record.len) {
            return Step::Rest;
        }
        return Step::Split { seq: record.seq, at: usable as u16 };
    }
    if !t.delivery.may_send(record.seq_len()) || is_held_back(t, &record, mss) || is_paced(t, now) {
        return Step::Rest;
    }
    let small = record.len < mss;
    let last = t.queue.back().map(SegRecord::end) == Some(record.end());
    let Some(mut held) = t.queue.unsent() else { return Step::Rest };
    let Some(pkt) = held.send() else { return Step::Rest };
    let delivery: &mut Delivery = &mut t.delivery;
    delivery.on_sent(held.record_mut(), now.us);
    t.queue.advance();
    t.snd_nxt = t.snd_nxt.max(record.end());
    t.flags -= Flags::OVERRIDE | Flags::PROBED;
    if small {
        t.snd_small = record.end();
    }
    pace(t, now, record.len);
    begin(emit, &record, last);
    if t.flags.has(Flags::ECN) && record.len != 0 {
        // RFC 3168, 6.1.2 and 6.1.5: new data only.
        emit.ecn = true;
        if t.flags.has(Flags::ECN_REDUCED) {
            emit.control |= Control::CWR;
            t.flags.remove(Flags::ECN_REDUCED);
        }
    }
    #[cfg(CONFIG_ZNET_TCP_URGENT)]
    if t.flags.has(Flags::URGENT_OUT) && t.snd_urgent.gt(record.seq) {
        // Too far for the pointer's 16 bits, it is told when it is nearer (RFC 6093, 3.1).
        if let Ok(ahead) = u16::try_from(t.snd_urgent.since(record.seq)) {
            emit.control |= Control::URG;
            emit.urgent = ahead;
        }
    }
    stamp_beside(t, now, spare, record.len, emit);
    Step::Send(pkt)
}

/// Room in the peer's window from the start of `record` on.
#[inline]
fn usable_window(t: &Tcb, record: &SegRecord) -> u32 {
    let edge = t.snd_una + wide(t.snd_wnd);
    if record.seq.lt(edge) { edge.since(record.seq) } else { 0 }
}

/// May a part of the next segment be sent, as much as the window has room for (RFC 9293,
/// 3.8.6.2.1)? When it is half of the largest window ever, or time has run out.
#[inline]
fn may_send_part(t: &Tcb, usable: u32) -> bool {
    usable != 0
        && t.state != State::SynReceived
        && (usable >= wide(t.snd_wnd_max).div_ceil(2) || t.flags.contains(Flags::OVERRIDE))
}

/// Nagle's algorithm (RFC 9293, 3.7.4) in Minshall's variant: a small segment waits while another
/// small one is on its way, unless it is the last there will be.
#[inline]
fn is_held_back(t: &Tcb, record: &SegRecord, mss: u16) -> bool {
    record.len < mss
        && !t.flags.contains(Flags::NODELAY)
        && !record.flags.contains(SegFlags::FIN)
        && t.snd_small.gt(t.snd_una)
        && t.queue.back().map(SegRecord::end) == Some(record.end())
}

/// Would the peer's window let the next new segment go, or a part of it?
pub fn can_send_new(t: &Tcb) -> bool {
    t.queue.next_unsent().is_some_and(|record| {
        let usable = usable_window(t, record);
        record.seq_len() <= usable || may_send_part(t, usable) && usable < u32::from(record.len)
    })
}

#[cfg(CONFIG_ZNET_TCP_PACING)]
fn is_paced(t: &mut Tcb, now: Now) -> bool {
    let ahead = t.pace_at.wrapping_sub(now.us) as i32;
    if ahead <= 0 || t.delivery.pacing_rate().is_none() || ahead > 10_000_000 {
        return false;
    }
    t.flags.insert(Flags::PACED);
    true
}

#[cfg(not(CONFIG_ZNET_TCP_PACING))]
#[inline]
fn is_paced(_: &mut Tcb, _: Now) -> bool {
    false
}

/// The next segment may go when this one has had its share of the rate. Up to two milliseconds'
/// worth goes at once, since timers are no finer than that.
#[inline]
fn pace(t: &mut Tcb, now: Now, len: u16) {
    #[cfg(CONFIG_ZNET_TCP_PACING)]
    if let Some(rate) = t.delivery.pacing_rate() {
        const BURST: u32 = 2_000;
        let span = (u64::from(len) + 40) * 1_000_000 / u64::from(rate.max(1));
        let late = (t.pace_at.wrapping_sub(now.us) as i32) < -(BURST as i32);
        let from = if late { now.us.wrapping_sub(BURST) } else { t.pace_at };
        t.pace_at = from.wrapping_add(span as u32);
    }
    let _ = (t, now, len);
}

/// The fields of a segment that its record says.
#[inline]
fn begin(emit: &mut Emit, record: &SegRecord, last: bool) {
    let mut control = Control::ACK;
    if record.flags.contains(SegFlags::FIN) {
        control |= Control::FIN;
    }
    // RFC 9293, 3.9.1.2: the end of what there is to send.
    if record.len != 0 && (last || record.flags.contains(SegFlags::PSH)) {
        control |= Control::PSH;
    }
    emit.seq = record.seq;
    emit.control = control;
    emit.urgent = 0;
    emit.ecn = false;
    emit.sum = Sum::of_folded(record.sum, usize::from(record.len));
}

/// Stamps a segment with `len` bytes of payload. Those sent in one go say the same of what we received,
/// unless there is something to report.
#[inline]
fn stamp_beside(t: &mut Tcb, now: Now, spare: u32, len: u16, emit: &mut Emit) {
    if emit.stamped {
        return;
    }
    emit.options.sack.truncate(0);
    emit.stamped = !has_report(t) && !t.flags.has(Flags::ECN_ECHO);
    stamp(t, now, spare, emit);
    fill_options(t, now, emit);
    report_beside(t, len, emit);
}

/// Puts acknowledgement and window into a segment that is sent now: all that waited to be
/// acknowledged is.
#[inline]
pub fn stamp(t: &mut Tcb, now: Now, spare: u32, emit: &mut Emit) {
    emit.ack = t.rcv_nxt;
    emit.window = window::offer(t, spare);
    if t.flags.has(Flags::ECN_ECHO) {
        emit.control |= Control::ECE;
    }
    if t.flags.contains(Flags::ACK_DELAYED) {
        t.timers.stop(Timer::Ack);
    }
    t.flags -= Flags::ACK_NOW | Flags::ACK_DELAYED;
    t.rcv_acked = t.rcv_nxt;
    let _ = now;
}

/// Puts in the options that each segment of a synchronised connection has.
#[inline]
fn fill_options(t: &Tcb, now: Now, emit: &mut Emit) {
    #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
    if t.flags.has(Flags::TIMESTAMPS) {
        emit.options.stamp(now.ms, t.ts_recent.0);
    }
    let _ = (t, now, emit);
}

/// Has an acknowledgement more to tell than how far the stream goes? Then it goes in a segment of its
/// own, where there is room.
#[inline]
pub fn has_report(t: &Tcb) -> bool {
    cfg!(CONFIG_ZNET_TCP_SACK)
        && t.flags.has(Flags::SACK)
        && (!t.early.is_empty() || t.flags.has(Flags::DUPLICATE))
}

/// What arrived out of order (RFC 2018, 4), a duplicate first (RFC 2883, 4).
#[cfg(CONFIG_ZNET_TCP_SACK)]
#[cold]
fn report(t: &mut Tcb, emit: &mut Emit) {
    if t.flags.has(Flags::DUPLICATE) {
        t.flags.remove(Flags::DUPLICATE);
        emit.options.sack.push(t.duplicate);
    }
    super::reassembly::report(&t.early, &t.latest, &mut emit.options.sack);
}

/// The latest block beside `len` bytes of payload, where the path takes both (RFC 2018, 4).
#[inline]
fn report_beside(t: &mut Tcb, len: u16, emit: &mut Emit) {
    #[cfg(CONFIG_ZNET_TCP_SACK)]
    if has_report(t) && u32::from(len) + 12 <= u32::from(t.mss()) {
        report(t, emit);
        emit.options.sack.truncate(1);
    }
    let _ = (t, len, emit);
}

/// A segment without payload: an acknowledgement.
pub fn acknowledgement(t: &mut Tcb, now: Now, spare: u32) -> Emit {
    let mut emit = Emit::bare(t.snd_nxt, SeqNum::ZERO, Control::ACK);
    stamp(t, now, spare, &mut emit);
    fill_options(t, now, &mut emit);
    #[cfg(CONFIG_ZNET_TCP_SACK)]
    if has_report(t) {
        report(t, &mut emit);
    }
    emit
}

/// A segment that no receiver accepts and each must answer: empty, and just before what the peer
/// expects (RFC 9293, 3.8.4).
#[cfg(CONFIG_NET_TCP_KEEPALIVE)]
pub fn keep_alive(t: &mut Tcb, now: Now, spare: u32) -> Emit {
    let mut emit = acknowledgement(t, now, spare);
    emit.seq = t.snd_una - 1;
    emit
}

/// The SYN, or in SYN-RECEIVED the SYN and ACK.
pub fn syn(t: &mut Tcb, now: Now, spare: u32, mss: u16) -> Emit {
    let answer = t.state == State::SynReceived;
    let control = if answer { Control::SYN | Control::ACK } else { Control::SYN };
    let mut emit = Emit::bare(t.snd_una, SeqNum::ZERO, control);
    if answer {
        emit.window = (t.rcv_edge.since(t.rcv_nxt)).min(u32::from(u16::MAX)) as u16;
        emit.ack = t.rcv_nxt;
        t.flags -= Flags::ACK_NOW | Flags::ACK_DELAYED;
    } else {
        emit.window = window::offer_in_syn(t, spare);
    }
    emit.options.mss = Some(mss);
    if t.flags.has(Flags::SCALE) {
        emit.options.window_scale = Some(Tcb::SHIFT);
    }
    emit.options.sack_permitted = t.flags.has(Flags::SACK);
    if t.flags.has(Flags::TIMESTAMPS) {
        #[cfg(CONFIG_ZNET_TCP_TIMESTAMPS)]
        {
            let echo = if answer { t.ts_recent.0 } else { 0 };
            emit.options.stamp(now.ms, echo);
        }
    }
    if t.flags.has(Flags::ECN) {
        // RFC 3168, 6.1.1. A request that got no answer is repeated without.
        match (answer, t.delivery.rtt.timeouts()) {
            (true, _) => emit.control |= Control::ECE,
            (false, 0) => emit.control |= Control::ECE | Control::CWR,
            (false, _) => t.flags.remove(Flags::ECN),
        }
    }
    let at = t.delivery.on_syn_sent(now.us);
    t.timers.arm(Timer::Send, now.millis_at(at));
    emit
}

/// The probe of a lost tail (RFC 8985, 7.3): the next new segment, or the last one again, whatever
/// the congestion window says.
pub fn probe_tail(t: &mut Tcb, now: Now, spare: u32, emit: &mut Emit) -> Step {
    let mss = t.mss();
    let fits =
        t.queue.next_unsent().is_some_and(|r| r.len <= mss && r.seq_len() <= usable_window(t, r));
    if fits {
        let cwnd = core::mem::replace(&mut t.delivery.window.cwnd, Size::MAX >> 1);
        let step = new(t, now, spare, emit);
        t.delivery.window.cwnd = cwnd;
        if matches!(step, Step::Send(_)) {
            t.delivery.on_probe_sent(now.us, t.snd_nxt, false);
            return step;
        }
    }
    let mut last = None;
    for record in t.queue.iter().take_while(|r| r.flags.contains(SegFlags::SENT)) {
        last = Some(record.seq);
    }
    let step = last.and_then(|seq| again(t, seq, now, spare, emit)).unwrap_or(Step::Rest);
    t.delivery.on_probe_sent(now.us, t.snd_nxt, true);
    step
}

/// When pacing lets the next segment go, if it holds one back.
#[inline]
fn pacing_deadline(t: &Tcb, now: Now) -> Option<u32> {
    #[cfg(CONFIG_ZNET_TCP_PACING)]
    if t.flags.has(Flags::PACED) && super::recovery::is_ahead(t.pace_at, now.us) {
        return Some(now.millis_at(t.pace_at));
    }
    let _ = (t, now);
    None
}

/// The earlier of two deadlines.
#[inline]
fn sooner(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    match (a, b) {
        (Some(a), Some(b)) if (b.wrapping_sub(a) as i32) < 0 => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    }
}

/// Sets the timer of sending by what is on its way: for its loss, or for the peer's window.
#[inline]
pub fn set_timer(t: &mut Tcb, now: Now) {
    if t.queue.is_empty() && !t.flags.contains(Flags::FIN_WANTED) {
        // Nothing is on its way and nothing waits.
        t.flags -= Flags::PERSIST | Flags::PACED;
        t.timers.stop(Timer::Send);
        return;
    }
    set_timer_for(t, now);
}

fn set_timer_for(t: &mut Tcb, now: Now) {
    let sent = t.sent();
    let loss = t.delivery.deadline(&sent).map(|at| now.millis_at(at));
    if let Some(at) = sooner(loss, pacing_deadline(t, now)) {
        t.flags.remove(Flags::PERSIST);
        t.timers.arm(Timer::Send, within_patience(t, now, at));
        return;
    }
    if t.flags.contains(Flags::FIN_WANTED) {
        t.timers.arm(Timer::Send, now.ms.wrapping_add(RETRY));
    } else if is_window_closed(t) {
        if !t.flags.contains(Flags::PERSIST) || !t.timers.is_armed(Timer::Send) {
            t.flags.insert(Flags::PERSIST);
            t.timers.arm(Timer::Send, now.ms.wrapping_add(persist_interval(t)));
        }
    } else if !t.queue.has_unsent() {
        t.flags.remove(Flags::PERSIST);
        t.timers.stop(Timer::Send);
    } else if !t.timers.is_armed(Timer::Send) {
        // Something may be sent and was not: the driver has it.
        t.timers.arm(Timer::Send, now.ms.wrapping_add(RETRY));
    }
}

/// A deadline, or the end of the application's patience when that is sooner (TCP_USER_TIMEOUT).
#[inline]
fn within_patience(t: &Tcb, now: Now, at: u32) -> u32 {
    #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
    if t.user_timeout != 0 {
        let left = t.heard_at.wrapping_add(t.user_timeout).wrapping_sub(now.ms);
        let left = if (left as i32) < 0 { 0 } else { left };
        return now.ms.wrapping_add(at.wrapping_sub(now.ms).min(left));
    }
    let _ = (t, now);
    at
}

/// Time to the next probe of a closed window, in milliseconds: as a retransmission's, doubling up to
/// a minute (RFC 9293, 3.8.6.1).
fn persist_interval(t: &Tcb) -> u32 {
    const LONGEST: u32 = 60_000;
    let first = (t.delivery.rtt.base_timeout() / 1_000).max(1);
    first.checked_shl(u32::from(t.probes.min(16))).unwrap_or(LONGEST).min(LONGEST)
}
