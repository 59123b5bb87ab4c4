// SPDX-License-Identifier: Apache-2.0
//! Loss recovery: what was sent arrives, however often it is lost.
//!
//! [`Delivery`] is the sending side's memory of the path: round-trip time, congestion window and
//! algorithm, and how far the repair of losses got. It works on the records of the send queue
//! ([`SegRecord`]): marks segments as arrived (SACKED) or LOST, and says what may be sent and when to
//! look again. It sends nothing itself; the machine asks, in this order:
//!
//! | when | call |
//! | --- | --- |
//! | an acceptable ACK came, before acknowledged segments leave the queue | [`Delivery::on_ack`] |
//! | data is to be sent and nothing is on its way | [`Delivery::resume`] |
//! | may this segment be sent now? those that are lost first | [`Delivery::may_send`], [`Delivery::is_repairing`] |
//! | a segment was sent, new or again | [`Delivery::on_sent`] |
//! | afterwards, to set the timer | [`Delivery::deadline`] |
//! | the timer expired | [`Delivery::on_timer`] |
//!
//! | file | what it holds |
//! | --- | --- |
//! | `ack` | what an acknowledgment says about each segment |
//! | `scoreboard` | marking by SACK (RFC 2018, RFC 2883), losses by counting (RFC 6675, RFC 6582) |
//! | `rack` | losses by time, and the probe for tail losses (RFC 8985) |
//! | `prr` | how much to send in recovery (RFC 6937) |
//! | `timer` | the retransmission timer, the probe's, the reordering timer |
//! | `undo` | taking back a reduction that was uncalled for (RFC 3522, RFC 5682, RFC 2883) |
//!
//! How many bytes are on their way (`pipe` of RFC 6675) is not kept by adding and subtracting but
//! taken from the records at each acknowledgment, in the same walk that marks them; while no record
//! has a mark it is simply what lies between SND.UNA and SND.NXT.

mod ack;
#[cfg(CONFIG_ZNET_TCP_PRR)]
mod prr;
#[cfg(CONFIG_ZNET_TCP_RACK)]
mod rack;
mod scoreboard;
#[cfg(all(test, not(CONFIG_ZNET_TCP_SHORT)))]
mod tests;
mod timer;
#[cfg(CONFIG_ZNET_TCP_FRTO)]
mod undo;

use bitflags::bitflags;

use super::congestion::{Algorithm, Cause, Control, Kind, Window};
use super::rtt::Rtt;
use super::size::{Size, narrow, wide};
use crate::base::SeqNum;
use crate::buf::{SegFlags, SegQueue, SegRecord};

pub use ack::{Ack, Block};
pub use timer::{Fired, Sent, is_ahead};

/// The records of the segments that are queued, in sequence: those sent before those unsent.
pub trait Records {
    /// All of them, to be changed.
    fn records(&mut self) -> impl Iterator<Item = &mut SegRecord>;
}

impl Records for SegQueue {
    fn records(&mut self) -> impl Iterator<Item = &mut SegRecord> {
        self.iter_mut()
    }
}

/// Duplicate acknowledgments that tell of a loss (RFC 5681, 3.2).
const DUP_THRESH: u8 = 3;

/// What the sender is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is known to be lost.
    #[default]
    Open,
    /// The window shrinks because a router marked a packet (RFC 3168).
    Reduced,
    /// Losses are being repaired (RFC 6675, RFC 6582).
    Recovery,
    /// The retransmission timer expired; all begins anew (RFC 5681, 3.1).
    Loss,
}

bitflags! {
    /// What an acknowledgment led to.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Outcome: u8 {
        /// SND.UNA moves.
        const PROGRESS = 1 << 0;
        /// Segments are marked LOST that were not before.
        const LOST = 1 << 1;
        /// The window was reduced because of ECE: the next new segment carries CWR.
        const CWR = 1 << 2;
        /// A reduction was taken back.
        const UNDONE = 1 << 3;
    }
}

bitflags! {
    /// What has to be kept in mind.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Notes: u8 {
        /// Some record in the queue is SACKED, LOST or RETRANSMITTED: acknowledgments are looked at
        /// closely.
        const MARKED = 1 << 0;
        /// `point` was set: a loss was noticed before.
        const POINTED = 1 << 1;
        /// The next segment is a fast retransmission, which the window does not hold back.
        const URGENT = 1 << 2;
    }
}

/// The sending side's memory of the path and of what was sent on it.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Round-trip time and time-out.
    pub rtt: Rtt,
    /// What is sent by.
    pub window: Window,
    control: Control,
    /// Where SND.NXT was when this phase began; it ends when everything before is acknowledged.
    point: SeqNum,
    /// Bytes on their way, as of the last acknowledgment, with what was sent since.
    pipe: Size,
    /// When the retransmission timer was started; of a handshake, when its SYN was sent.
    armed_at: u32,
    phase: Phase,
    /// Duplicate acknowledgments, where the peer sends no SACK: segments that left the network.
    dup_acks: u8,
    notes: Notes,
    #[cfg(CONFIG_ZNET_TCP_PRR)]
    prr: prr::Prr,
    #[cfg(CONFIG_ZNET_TCP_RACK)]
    rack: rack::Rack,
    #[cfg(CONFIG_ZNET_TCP_FRTO)]
    undo: undo::Undo,
}

impl Delivery {
    /// A new connection's, with segments of `mss` bytes.
    pub const fn new(kind: Kind, mss: u16) -> Self {
        Delivery {
            rtt: Rtt::new(),
            window: Window::new(mss),
            control: Control::new(kind),
            point: SeqNum::ZERO,
            pipe: 0,
            armed_at: 0,
            phase: Phase::Open,
            dup_acks: 0,
            notes: Notes::empty(),
            #[cfg(CONFIG_ZNET_TCP_PRR)]
            prr: prr::Prr::new(),
            #[cfg(CONFIG_ZNET_TCP_RACK)]
            rack: rack::Rack::new(),
            #[cfg(CONFIG_ZNET_TCP_FRTO)]
            undo: undo::Undo::new(),
        }
    }

    /// No connection's.
    pub const FREE: Delivery = {
        let mut free = Delivery::new(Kind::DEFAULT, 0);
        free.window.ssthresh = 0;
        free
    };

    /// Which congestion control it uses.
    pub const fn kind(&self) -> Kind {
        self.control.kind()
    }

    /// Uses another congestion control from now on, which starts from the window as it is.
    pub fn choose(&mut self, kind: Kind) {
        if kind != self.kind() {
            self.control = Control::new(kind);
        }
    }

    /// What the sender is about.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// Bytes on their way: sent, not acknowledged, not known to have arrived, not believed lost.
    pub const fn in_flight(&self) -> u32 {
        wide(self.pipe)
    }

    /// May there be segments marked LOST in the queue? They go before new ones.
    #[inline]
    pub const fn is_repairing(&self) -> bool {
        self.notes.contains(Notes::MARKED)
    }

    /// Is there room in the congestion window for a segment of `len` bytes? A fast retransmission
    /// goes in any case.
    #[inline]
    pub fn may_send(&self, len: u32) -> bool {
        wide(self.pipe).saturating_add(len) <= wide(self.window.cwnd)
            || self.pipe == 0
            || self.notes.contains(Notes::URGENT)
    }

    /// Room in the congestion window, in bytes.
    #[inline]
    pub fn room(&self) -> u32 {
        wide(self.window.cwnd.saturating_sub(self.pipe))
    }

    /// Bytes a second to be sent at most.
    #[cfg(CONFIG_ZNET_TCP_PACING)]
    #[inline]
    pub fn pacing_rate(&self) -> Option<u32> {
        self.control.pacing_rate(&self.window)
    }

    /// Data is about to be sent while none is on its way: after a pause longer than a time-out the
    /// window is the initial one again (RFC 5681, 4.1).
    pub fn resume(&mut self, now: u32) {
        let idle = now.wrapping_sub(self.armed_at);
        if self.rtt.smoothed().is_some() && idle > self.rtt.base_timeout() {
            self.control.on_idle(&mut self.window, now, idle);
        }
        self.armed_at = now;
        self.pipe = 0;
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        self.rack.begin();
    }

    /// A segment was sent at `now`, new or again: notes it in its record.
    #[inline]
    pub fn on_sent(&mut self, record: &mut SegRecord, now: u32) {
        let again = record.flags.contains(SegFlags::SENT);
        self.notes.remove(Notes::URGENT);
        record.sent_at = now;
        record.transmissions = record.transmissions.saturating_add(1);
        self.pipe = self.pipe.saturating_add(narrow(record.seq_len()));
        #[cfg(CONFIG_ZNET_TCP_PRR)]
        self.prr.on_sent(record.seq_len());
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        self.rack.on_sent(now);
        if again {
            #[cfg(CONFIG_ZNET_TCP_RACK)]
            self.rack.on_sent_again(now);
            #[cfg(CONFIG_ZNET_TCP_FRTO)]
            self.undo.on_retransmitted(now);
            if record.is_in_flight() {
                // A probe: the first copy still counts as on its way.
                self.pipe = self.pipe.saturating_sub(narrow(record.seq_len()));
            }
            record.flags.remove(SegFlags::LOST);
            record.flags.insert(SegFlags::RETRANSMITTED);
            self.notes.insert(Notes::MARKED);
            // It has a time-out of its own; what is still repaired by acknowledgments is not given up.
            self.armed_at = now;
        } else {
            record.flags.insert(SegFlags::SENT);
        }
    }

    /// The SYN was sent at `now`: when it is to be sent again.
    pub fn on_syn_sent(&mut self, now: u32) -> u32 {
        self.armed_at = now;
        now.wrapping_add(self.rtt.timeout())
    }

    /// A handshake ended whose SYN or SYN and ACK were sent `transmissions` times: the first round
    /// trip is measured when that was once, and else the window starts small (RFC 6298, (5.7);
    /// RFC 6928, 2). `sent_at` is none where [`on_syn_sent`](Self::on_syn_sent) was told.
    pub fn on_established(&mut self, now: u32, sent_at: Option<u32>, transmissions: u8) {
        let sent_at = sent_at.unwrap_or(self.armed_at);
        self.armed_at = now;
        if transmissions == 1 {
            self.rtt.sample(now.wrapping_sub(sent_at), 1);
            #[cfg(CONFIG_ZNET_TCP_RACK)]
            self.rack.on_rtt(now.wrapping_sub(sent_at));
        } else {
            self.rtt.forget_timeouts();
            if cfg!(CONFIG_NET_TCP_CONGESTION_AVOIDANCE) && transmissions > 2 {
                self.window.cwnd = narrow(u32::from(self.window.mss));
            }
        }
    }

    /// Congestion was noticed with `flight` bytes on their way: a phase in which the window shrinks
    /// begins.
    fn shrink(&mut self, now: u32, nxt: SeqNum, flight: u32, phase: Phase, cause: Cause) {
        self.point = nxt;
        self.notes.insert(Notes::POINTED);
        self.notes.set(Notes::URGENT, phase == Phase::Recovery);
        if core::mem::replace(&mut self.phase, phase) == Phase::Reduced {
            // One reduction a round trip (RFC 3168, 6.1.2).
            return;
        }
        #[cfg(CONFIG_ZNET_TCP_FRTO)]
        self.undo.remember(&self.window);
        self.control.on_congestion(&mut self.window, now, flight, cause);
        if self.control.yields() {
            #[cfg(CONFIG_ZNET_TCP_PRR)]
            self.prr.begin(flight);
            #[cfg(not(CONFIG_ZNET_TCP_PRR))]
            {
                self.window.cwnd = self.window.ssthresh;
            }
        }
    }

    /// Everything up to `point` is acknowledged: the phase is over.
    fn settle(&mut self, now: u32) {
        let before = core::mem::replace(&mut self.phase, Phase::Open);
        self.dup_acks = 0;
        if matches!(before, Phase::Recovery | Phase::Reduced) && self.control.yields() {
            self.window.cwnd = self.window.ssthresh;
        }
        self.control.on_recovered(&mut self.window, now);
    }
}
