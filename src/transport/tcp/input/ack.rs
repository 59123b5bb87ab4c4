// SPDX-License-Identifier: Apache-2.0
//! Fifth, check the ACK field (RFC 9293, 3.10.7.4): what arrived, what the peer can take, and which
//! state that leads to.

use crate::base::DropReason;
use crate::transport::tcp::recovery::{Ack, Outcome};
use crate::transport::tcp::size::{narrow, wide};
use crate::transport::tcp::timers::Timer;
use crate::transport::tcp::{Conn, Flags, Segment, State, Tcb, Todo, output, window};
use crate::wire::tcp::Control;

/// The acknowledgement of a segment in a synchronised state.
pub(super) fn input(c: &mut Conn, s: &Segment) -> Result<(), DropReason> {
    let t = &mut *c.tcb;
    if t.flags.contains(Flags::PROBED) && s.ack == t.snd_nxt + 1 {
        // The peer took the byte with which its window was probed.
        t.snd_nxt += 1;
        t.flags.remove(Flags::PROBED);
    }
    // RFC 5961, 5.2: not of what was never sent, nor of what is long past.
    if s.ack.gt(t.snd_nxt) || s.ack.lt(t.snd_una - wide(t.snd_wnd_max)) {
        c.todo |= Todo::CHALLENGE;
        return Err(DropReason::TcpBadAck);
    }
    if s.ack.gt(t.snd_una) {
        advance(c, s, true);
        return Ok(());
    }
    let window = t.scaled_window(s);
    // RFC 5681, 2, and with SACK RFC 6675, 2.
    let duplicate = s.ack == t.snd_una
        && s.seq_len() == 0
        && window == wide(t.snd_wnd)
        && t.snd_una != t.snd_nxt
        && !s.has(Control::SYN);
    if s.ack == t.snd_una {
        // By its sequence number the window is newer than the one that was told last (3.10.7.4).
        if t.snd_wl1.le(s.seq) {
            take_window(t, s);
        }
        let news = duplicate || !s.options.sack.is_empty() || s.has(Control::ECE);
        if news && t.snd_una != t.snd_nxt {
            learn(c, s, duplicate);
        }
        let t = &*c.tcb;
        if t.queue.has_unsent() || t.delivery.is_repairing() || t.flags.contains(Flags::ACK_NOW) {
            c.todo |= Todo::OUTPUT;
        }
    }
    Ok(())
}

/// The acknowledgement of something new. `examine` tells whether the window has to be looked at.
#[inline]
pub(super) fn advance(c: &mut Conn, s: &Segment, examine: bool) {
    let closing = c.tcb.flags.contains(Flags::FIN_QUEUED);
    if closing && s.ack == c.tcb.snd_nxt && !c.tcb.queue.has_unsent() {
        return all_arrived(c);
    }
    learn(c, s, false);
    let t = &mut *c.tcb;
    let low = wide(t.snd_limit) - window::send_low_mark(t);
    let full = t.queue.bytes() >= low;
    t.snd_una = s.ack;
    while t.queue.front().is_some_and(|first| first.end().le(s.ack)) {
        drop(t.queue.pop_front());
    }
    if t.queue.front().is_some_and(|first| first.seq.lt(s.ack)) {
        trim(t, s);
    }
    if examine {
        take_window(t, s);
    } else {
        t.snd_wl1 = s.seq;
    }
    if full && t.queue.bytes() < low {
        c.todo |= Todo::WAKE;
    }
    #[cfg(CONFIG_ZNET_TCP_URGENT)]
    if t.flags.has(Flags::URGENT_OUT) && s.ack.ge(t.snd_urgent) {
        t.flags.remove(Flags::URGENT_OUT);
    }
    if t.queue.has_unsent() || t.delivery.is_repairing() {
        c.todo |= Todo::OUTPUT;
    } else {
        output::set_timer(t, c.now);
    }
    // It may have gone out as a probe of the peer's window.
    if closing && c.tcb.fin_is_acknowledged() {
        fin_acknowledged(c);
    }
}

/// All is acknowledged, and our FIN was the last of it: nothing will be sent any more, so how the path
/// does and what the peer has room for matters no longer.
fn all_arrived(c: &mut Conn) {
    let t = &mut *c.tcb;
    t.snd_una = t.snd_nxt;
    drop(core::mem::take(&mut t.queue));
    t.flags -= Flags::URGENT_OUT | Flags::PERSIST | Flags::PACED;
    t.timers.stop(Timer::Send);
    fin_acknowledged(c);
}

/// Part of a segment is acknowledged. One that was sent is sent again whole if need be; one that was
/// not begins behind the byte that probed the peer's window.
#[cold]
fn trim(t: &mut Tcb, s: &Segment) {
    if let Some(known) = t.queue.front().map(|first| s.ack.since(first.seq)) {
        t.queue.trim_front(known as u16);
    }
}

/// Tells loss recovery and congestion control.
#[inline]
fn learn(c: &mut Conn, s: &Segment, duplicate: bool) {
    let t = &mut *c.tcb;
    let ece = t.flags.has(Flags::ECN) && s.has(Control::ECE);
    let ack = Ack {
        now: c.now.us,
        una: t.snd_una,
        ack: s.ack,
        nxt: t.snd_nxt,
        sacks: s.options.sack.as_slice(),
        sack_permitted: t.flags.has(Flags::SACK),
        duplicate,
        echo_rtt: echo_rtt(t, s, c.now.ms),
        ece,
        app_limited: !output::can_send_new(t),
    };
    let outcome = t.delivery.on_ack(&mut t.queue, &ack);
    if outcome.contains(Outcome::CWR) {
        t.flags.insert(Flags::ECN_REDUCED);
    }
}

/// The round-trip time by the echoed time stamp, in microseconds (RFC 7323, 4.1).
#[inline]
fn echo_rtt(t: &Tcb, s: &Segment, now: u32) -> Option<u32> {
    if !cfg!(CONFIG_ZNET_TCP_TIMESTAMPS) || !t.flags.has(Flags::TIMESTAMPS) {
        return None;
    }
    let echo = s.options.stamps()?.echo;
    let age = now.wrapping_sub(echo);
    (echo != 0 && age < 1 << 20).then(|| age * 1_000)
}

/// The window of a segment that is newer than the one that told it last: by its sequence number, as
/// RFC 9293, 3.10.7.4 has it, or by what it acknowledges. Without the latter the window of a
/// retransmission that came from behind a gap were ignored while what it acknowledges counted, and
/// the edge of the old window moved right with it.
fn take_window(t: &mut Tcb, s: &Segment) {
    let shut = t.snd_wnd == 0;
    t.snd_wnd = narrow(t.scaled_window(s));
    if shut && t.snd_wnd != 0 {
        // What lay beyond the window was probed with: that it was not taken says nothing of the path.
        t.delivery.rtt.forget_timeouts();
    }
    t.snd_wnd_max = t.snd_wnd_max.max(t.snd_wnd);
    t.snd_wl1 = s.seq;
    if t.snd_wnd != 0 {
        t.probes = 0;
    }
}

/// All we sent has arrived, our FIN too.
fn fin_acknowledged(c: &mut Conn) {
    match c.tcb.state {
        State::FinWait1 => {
            c.tcb.enter_fin_wait_2(c.now.ms);
            c.todo |= Todo::WAKE;
        }
        State::Closing => {
            c.tcb.state = State::TimeWait;
            c.todo |= Todo::TIME_WAIT | Todo::WAKE;
        }
        State::LastAck => c.over(None),
        _ => {}
    }
}
