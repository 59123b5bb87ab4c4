// SPDX-License-Identifier: Apache-2.0
//! Seventh, process the segment text; eighth, check the FIN bit (RFC 9293, 3.10.7.4).

use crate::base::DropReason;
use crate::buf::{Pkt, SegFlags};
use crate::config;
use crate::transport::tcp::reassembly::{self, Kept};
use crate::transport::tcp::size::{narrow, wide};
use crate::transport::tcp::timers::Timer;
use crate::transport::tcp::{Conn, Flags, Segment, State, Todo};
use crate::wire::tcp::Control;

/// One in so many receive buffers is out of reach for data nobody reads.
const RESERVED_SHARE: u32 = 8;

/// Data and FIN of an acceptable segment, wherever in the window they lie.
pub(super) fn input(c: &mut Conn, s: &Segment, pkt: &mut Option<Pkt>) -> Result<(), DropReason> {
    if s.len == 0 && !s.has(Control::FIN) {
        return Ok(());
    }
    let t = &mut *c.tcb;
    if !t.state.can_receive() {
        // The peer closed before: there can't be more (3.10.7.4, seventh). A FIN again is a repeated one.
        t.flags.insert(Flags::ACK_NOW);
        c.todo |= Todo::OUTPUT;
        return Err(DropReason::TcpDuplicate);
    }
    if s.len != 0 && t.flags.contains(Flags::ORPHAN) {
        // Nobody will ever read it (RFC 9293, 3.6.1, MUST-17 ff.: tell the peer).
        c.todo |= Todo::RESET;
        c.over(None);
        return Err(DropReason::TcpClosed);
    }
    // What was received before is cut off, and what lies beyond the window.
    let mut s = *s;
    if s.seq.lt(t.rcv_nxt) {
        let known = t.rcv_nxt.since(s.seq).min(s.len);
        t.note_duplicate(s.seq, s.seq + known);
        s.seq = t.rcv_nxt;
        s.len -= known;
        cut_front(pkt, known);
        t.flags.insert(Flags::ACK_NOW);
    }
    let room = t.rcv_edge.since(s.seq);
    if s.len > room {
        s.len = room;
        s.control -= Control::FIN;
        cut_back(pkt, room);
    }
    if s.seq == t.rcv_nxt {
        if s.len != 0 {
            in_order(c, &s, pkt);
            if c.tcb.rcv_nxt == s.seq {
                return Err(DropReason::SocketQueueFull);
            }
        }
        let mut fin = s.has(Control::FIN);
        if !c.tcb.early.is_empty() {
            fin |= gap_filled(c);
        }
        if fin {
            finish(c);
        }
        return Ok(());
    }
    early(c, &s, pkt)
}

/// The next data: `s.seq` is RCV.NXT, `s.len` lies in the window.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
pub(super) fn in_order(c: &mut Conn, s: &Segment, pkt: &mut Option<Pkt>) {
    let t = &mut *c.tcb;
    let Some(data) = pkt.take() else { return };
    t.rcv_mss = t.rcv_mss.max(s.len as u16);
    if !t.flags.contains(Flags::DEAF) {
        match keep(c.rx, data) {
            Ok(()) => t.rcv_queued = narrow(wide(t.rcv_queued) + s.len),
            Err(data) => {
                *pkt = Some(data);
                return refuse(c);
            }
        }
        c.todo |= Todo::WAKE;
    }
    t.rcv_nxt += s.len;
    acknowledge(c);
}

/// There is no memory for the next data: the window is taken back, so that the peer probes it and does
/// not repeat the segment until it gives the connection up (RFC 9293, 3.8.6, MUST-35). Not as long as
/// data waits behind a gap, which lies inside.
#[cold]
fn refuse(c: &mut Conn) {
    let t = &mut *c.tcb;
    if t.early.is_empty() {
        t.rcv_edge = t.rcv_nxt;
    }
    t.flags.insert(Flags::ACK_NOW);
    c.todo |= Todo::OUTPUT;
}

/// Appends to what waits for the reader. Where packets are scarce a small one is copied into the
/// room of the one before; and when that can't be, only a reader who has nothing yet gets more.
#[inline]
fn keep(rx: &mut crate::buf::PktList, data: Pkt) -> Result<(), Pkt> {
    if !rx.is_empty() && data.home_is_scarce(RESERVED_SHARE) {
        return keep_scarce(rx, data);
    }
    rx.push_back(data);
    Ok(())
}

#[cold]
fn keep_scarce(rx: &mut crate::buf::PktList, data: Pkt) -> Result<(), Pkt> {
    let joined = data.is_linear() && rx.back_mut().is_some_and(|mut last| last.append(data.head()));
    if joined {
        return Ok(());
    }
    Err(data)
}

/// When to acknowledge data in order (RFC 9293, 3.8.6.3; RFC 5681, 4.2): at once when it is more than
/// one full segment, or when the peer may not send another one; else soon. A full segment and a small
/// one are reason enough, for the sender may wait with its next small one (Nagle's algorithm).
#[inline]
fn acknowledge(c: &mut Conn) {
    let t = &mut *c.tcb;
    let pending = t.rcv_nxt.since(t.rcv_acked);
    let full = u32::from(t.rcv_mss).max(512);
    let due = pending > full || t.rcv_edge.since(t.rcv_nxt) < full;
    if due || config::ZNET_TCP_ACK_DELAY == 0 || t.flags.contains(Flags::ACK_NOW) {
        t.flags.insert(Flags::ACK_NOW);
        c.todo |= Todo::OUTPUT;
    } else if !t.flags.contains(Flags::ACK_DELAYED) {
        t.flags.insert(Flags::ACK_DELAYED);
        let at = c.now.ms.wrapping_add(config::ZNET_TCP_ACK_DELAY as u32);
        t.timers.arm(Timer::Ack, at);
    }
}

/// Takes over what waited for the data that came just now; true when a FIN is behind it.
#[cold]
fn gap_filled(c: &mut Conn) -> bool {
    let mut fin = false;
    while let Some((data, end)) = reassembly::take_next(&mut c.tcb.early, c.tcb.rcv_nxt) {
        let len = end.since(c.tcb.rcv_nxt);
        fin = data.segment().flags.contains(SegFlags::FIN);
        if len != 0 {
            if !c.tcb.flags.contains(Flags::DEAF) {
                c.rx.push_back(data);
                c.tcb.rcv_queued = narrow(wide(c.tcb.rcv_queued) + len);
            }
            c.tcb.rcv_nxt = end;
        }
    }
    if c.tcb.early.is_empty() {
        c.tcb.timers.stop(Timer::Early);
    }
    // RFC 5681, 4.2: what fills a gap is acknowledged at once.
    c.tcb.flags.insert(Flags::ACK_NOW);
    c.todo |= Todo::OUTPUT | Todo::WAKE;
    fin
}

/// Data behind a gap.
#[cold]
fn early(c: &mut Conn, s: &Segment, pkt: &mut Option<Pkt>) -> Result<(), DropReason> {
    let t = &mut *c.tcb;
    // RFC 5681, 4.2: a duplicate acknowledgement at once.
    t.flags.insert(Flags::ACK_NOW);
    c.todo |= Todo::OUTPUT;
    let Some(mut data) = pkt.take() else { return Ok(()) };
    if config::NET_TCP_RECV_QUEUE_TIMEOUT == 0 || data.home_is_scarce(RESERVED_SHARE) {
        *pkt = Some(data);
        return Err(DropReason::TcpOutOfOrder);
    }
    let record = data.segment_mut();
    record.seq = s.seq;
    record.len = s.len as u16;
    record.flags = if s.has(Control::FIN) { SegFlags::FIN } else { SegFlags::empty() };
    #[cfg(CONFIG_ZNET_TCP_SACK)]
    {
        reassembly::note(&t.early, &mut t.latest, s.seq);
    }
    match reassembly::keep(&mut t.early, data) {
        Kept::All => {
            if !t.timers.is_armed(Timer::Early) {
                let patience = config::NET_TCP_RECV_QUEUE_TIMEOUT as u32;
                t.timers.arm(Timer::Early, c.now.ms.wrapping_add(patience));
            }
            Ok(())
        }
        Kept::Nothing(data, reason) => {
            if reason == DropReason::TcpDuplicate {
                t.note_duplicate(s.seq, s.seq + s.len);
            }
            *pkt = Some(data);
            Err(reason)
        }
    }
}

/// Eighth, check the FIN bit: the peer sends no more. Its acknowledgement may wait as that of data
/// does while our FIN is still to come, for an application that reads the end closes soon: one segment
/// says both then (RFC 9293, 3.6, case 2; 3.8.6.3).
#[cold]
fn finish(c: &mut Conn) {
    let ours_to_come = c.tcb.state == State::Established && !c.prompt;
    let t = &mut *c.tcb;
    t.rcv_nxt += 1;
    // The window stays where it was, but never left of what is expected.
    t.rcv_edge = t.rcv_edge.max(t.rcv_nxt);
    drop(core::mem::take(&mut t.early));
    t.timers.stop(Timer::Early);
    c.todo |= Todo::WAKE;
    if ours_to_come {
        acknowledge(c);
    } else {
        t.flags.insert(Flags::ACK_NOW);
        c.todo |= Todo::OUTPUT;
    }
    let t = &mut *c.tcb;
    match t.state {
        State::SynReceived | State::Established => t.state = State::CloseWait,
        // Our FIN is not acknowledged, or this were FIN-WAIT-2.
        State::FinWait1 => t.state = State::Closing,
        State::FinWait2 => {
            t.state = State::TimeWait;
            c.todo |= Todo::TIME_WAIT;
        }
        _ => {}
    }
}

fn cut_front(pkt: &mut Option<Pkt>, n: u32) {
    if n != 0 && !pkt.as_mut().is_some_and(|p| p.pull(n as usize)) {
        *pkt = None;
    }
}

fn cut_back(pkt: &mut Option<Pkt>, len: u32) {
    if !pkt.as_mut().is_some_and(|p| p.truncate(len as usize)) {
        *pkt = None;
    }
}
