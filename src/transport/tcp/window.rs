// SPDX-License-Identifier: Apache-2.0
//! How much the peer may send: windows that are honest, never shrink, and are not silly
//! (RFC 9293, 3.8.6).

use super::size::wide;
#[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
use super::state::Flags;
use super::state::Tcb;
use crate::base::SeqNum;

/// How much room a writer waits for, in bytes: a third of the send buffer.
#[inline]
pub fn send_low_mark(t: &Tcb) -> u32 {
    wide(t.snd_limit) / 3
}

/// Where the right edge of the window may be now. `spare` is what the receive buffers hold besides.
///
/// What came since the last acknowledgement does not count as long as it is little: a reader who is
/// awake takes it before the peer hears of the window. Else a window that just fills the path would
/// always be two segments short of that.
#[inline]
fn edge(t: &Tcb, spare: u32) -> SeqNum {
    let fresh = t.rcv_nxt.since(t.rcv_acked).min(wide(t.rcv_limit) / 16);
    let queued = wide(t.rcv_queued).saturating_sub(fresh);
    let room = wide(t.rcv_limit).saturating_sub(queued).min(spare);
    t.rcv_nxt + room
}

/// The window field of a segment that is sent now. Moves the edge when it is worth it: by a full
/// segment, or half the buffer (3.8.6.2.2), and never to the left.
#[inline]
pub fn offer(t: &mut Tcb, spare: u32) -> u16 {
    let edge = edge(t, spare);
    if edge.gt(t.rcv_edge) && edge.since(t.rcv_edge) >= step(t) {
        t.rcv_edge = edge;
    }
    let window = t.rcv_edge.since(t.rcv_nxt);
    let shift = t.own_shift();
    // Rounded up: rounding down would take back what was offered.
    let units = window.div_ceil(1 << shift).min(u32::from(u16::MAX));
    let offered = t.rcv_nxt + (units << shift);
    t.rcv_edge = t.rcv_edge.max(offered);
    units as u16
}

/// The window field of a SYN, which is never scaled.
pub fn offer_in_syn(t: &mut Tcb, spare: u32) -> u16 {
    let window = wide(t.rcv_limit).min(spare).min(u32::from(u16::MAX));
    t.rcv_edge = t.rcv_nxt + window;
    window as u16
}

/// What the receive buffer of a connection begins with: one that is to grow starts small.
pub fn first_limit(t: &Tcb) -> u32 {
    let limit = wide(t.rcv_limit);
    #[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
    if !t.flags.has(Flags::FIXED_WINDOW) {
        return (limit / 4).max(4 * 1460).min(limit);
    }
    limit
}

/// Has the reader made so much room that the peer should hear of it, without waiting for a segment
/// that goes there anyway? Not as long as it has more than half of what it could get.
#[inline]
pub fn is_update_due(t: &Tcb, spare: u32) -> bool {
    let edge = edge(t, spare);
    if !edge.gt(t.rcv_edge) || edge.since(t.rcv_edge) < step(t) {
        return false;
    }
    let (left, then) = (t.rcv_edge.since(t.rcv_nxt), edge.since(t.rcv_nxt));
    then >= 2 * left
}

/// The least by which the edge moves.
#[inline]
fn step(t: &Tcb) -> u32 {
    let full = if t.rcv_mss == 0 { u32::from(t.peer_mss) } else { u32::from(t.rcv_mss) };
    full.min(wide(t.rcv_limit) / 2).max(1)
}

impl Tcb {
    /// The shift of windows we offer.
    #[inline]
    pub fn own_shift(&self) -> u32 {
        #[cfg(CONFIG_ZNET_TCP_WINDOW_SCALE)]
        return u32::from(self.shifts.1);
        #[cfg(not(CONFIG_ZNET_TCP_WINDOW_SCALE))]
        0
    }

    /// The shift to be asked for in a SYN: so that all receive buffers could be offered.
    pub const SHIFT: u8 = {
        let mut shift = 0;
        while super::state::RX_BYTES >> shift > u16::MAX as usize && shift < 14 {
            shift += 1;
        }
        shift
    };
}

/// Growth of the receive window with the need: how much was read in a round trip.
#[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
#[derive(Clone, Copy, Debug)]
pub struct Tune {
    /// Bytes read since `since`.
    read: u32,
    /// Start of the measurement, in milliseconds.
    since: u32,
    /// What SO_RCVBUF allows.
    most: u32,
}

#[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
impl Tune {
    /// Nothing measured.
    pub const fn new() -> Self {
        Tune { read: 0, since: 0, most: super::state::RECV_LIMIT }
    }
}

#[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
impl Default for Tune {
    fn default() -> Self {
        Self::new()
    }
}

/// The application read `n` bytes: when it reads half a window in a round trip, the window is what
/// holds the peer back, and grows (dynamic right-sizing).
#[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
pub fn tune(t: &mut Tcb, n: u32, now: u32) {
    if t.flags.has(Flags::FIXED_WINDOW) || t.rcv_limit >= t.tune.most {
        return;
    }
    t.tune.read = t.tune.read.saturating_add(n);
    let trip = t.delivery.rtt.smoothed().unwrap_or(100_000).div_ceil(1_000);
    if now.wrapping_sub(t.tune.since) < trip {
        return;
    }
    if t.tune.read >= t.rcv_limit / 2 {
        t.rcv_limit = (t.rcv_limit * 2).min(t.tune.most);
    }
    t.tune.read = 0;
    t.tune.since = now;
}

/// A new connection starts with a quarter of its receive buffer, at least four full segments.
#[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
pub fn start_small(t: &mut Tcb) {
    if !t.flags.has(Flags::FIXED_WINDOW) {
        t.tune.most = t.rcv_limit;
        t.rcv_limit = super::size::narrow(first_limit(t));
    }
}
