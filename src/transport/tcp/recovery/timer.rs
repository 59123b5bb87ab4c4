// SPDX-License-Identifier: Apache-2.0
//! One timer for three purposes: retransmission (RFC 6298), the probe for tail losses and the wait
//! for reordered segments (RFC 8985, 8).

use super::ack::in_flight;
use super::{Delivery, Notes, Phase, Records};
use crate::base::SeqNum;
use crate::buf::SegFlags;
use crate::transport::tcp::congestion::{Algorithm, Window};
use crate::transport::tcp::size::{narrow, wide};

/// What the expired timer was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fired {
    /// Nothing is due yet.
    Nothing,
    /// Segments were marked LOST: send what may be sent.
    Reordering,
    /// Send one new segment if there is one and the peer has room for it, else the last one again,
    /// whatever the congestion window says; then call [`Delivery::on_probe_sent`].
    Probe,
    /// Time-out: all that was sent is LOST, the first goes out again. Counts towards giving up.
    Timeout,
}

/// The connection as the timer sees it.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// SND.UNA.
    pub una: SeqNum,
    /// SND.NXT.
    pub nxt: SeqNum,
    /// The peer sends SACK.
    pub sack_permitted: bool,
}

/// Whether a deadline in microseconds that wrap is still to come. None is further away than a time-out
/// can be, so that one which seems to be has passed long ago, as after a machine's sleep.
pub const fn is_ahead(at: u32, now: u32) -> bool {
    const FAR: u32 = 1 << 27;
    let ahead = at.wrapping_sub(now);
    ahead != 0 && ahead <= FAR
}

impl Delivery {
    /// When [`on_timer`](Self::on_timer) is to be called, in microseconds that wrap; `None` while
    /// nothing is on its way.
    pub fn deadline(&self, sent: &Sent) -> Option<u32> {
        if sent.una == sent.nxt {
            return None;
        }
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        {
            if let Some(at) = self.rack.reorder_deadline() {
                return Some(at);
            }
            if let Some(at) = self.probe_deadline(sent) {
                return Some(at);
            }
        }
        Some(self.armed_at.wrapping_add(self.rtt.timeout()))
    }

    /// When the probe is due, at the latest instead of the time-out (RFC 8985, 7.2).
    #[cfg(CONFIG_ZNET_TCP_RACK)]
    fn probe_deadline(&self, sent: &Sent) -> Option<u32> {
        let open = self.phase == Phase::Open && !self.rack.is_probing();
        if !open
            || !sent.sack_permitted
            || self.rtt.timeouts() != 0
            || self.notes.contains(Notes::MARKED)
        {
            return None;
        }
        let single = sent.nxt.since(sent.una) <= u32::from(self.window.mss);
        let at = self.last_sent().wrapping_add(self.probe_timeout(single));
        let timeout = self.armed_at.wrapping_add(self.rtt.timeout());
        Some(if (timeout.wrapping_sub(at) as i32) > 0 { at } else { timeout })
    }

    /// The time of [`deadline`](Self::deadline) has come. `random` varies the next time-out.
    pub fn on_timer(
        &mut self,
        queue: &mut impl Records,
        sent: &Sent,
        now: u32,
        random: u8,
    ) -> Fired {
        match self.deadline(sent) {
            Some(at) if !is_ahead(at, now) => {}
            _ => return Fired::Nothing,
        }
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        {
            if self.rack.reorder_deadline().is_some() {
                self.on_reorder_timer(queue, sent.una, sent.nxt, now);
                return Fired::Reordering;
            }
            if self.probe_deadline(sent).is_some() {
                return Fired::Probe;
            }
        }
        self.on_timeout(queue, sent, now, random);
        Fired::Timeout
    }

    /// The probe was sent at `now`: a new segment, or one `again`. `nxt` is SND.NXT after it. The
    /// time-out begins anew (RFC 8985, 7.3).
    pub fn on_probe_sent(&mut self, now: u32, nxt: SeqNum, again: bool) {
        self.armed_at = now;
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        self.rack.on_probe_sent(nxt, again);
        #[cfg(not(CONFIG_ZNET_TCP_RACK))]
        let _ = (nxt, again);
    }

    /// Nothing was heard for too long: all that was sent and is not known to have arrived is lost, and
    /// the window starts with one segment (RFC 6298, 5; RFC 5681, 3.1).
    fn on_timeout(&mut self, queue: &mut impl Records, sent: &Sent, now: u32, random: u8) {
        if self.phase != Phase::Loss || sent.una.ge(self.point) {
            #[cfg(CONFIG_ZNET_TCP_FRTO)]
            self.undo.remember(&self.window);
            let flight = wide(self.pipe);
            self.control.on_timeout(&mut self.window, now, flight);
        } else if self.control.yields() {
            // The repeated segment was lost too: the threshold stays (RFC 5681, (4) ff.).
            self.window.cwnd = narrow(u32::from(self.window.mss));
        }
        self.rtt.on_timeout(random);
        self.phase = Phase::Loss;
        self.point = sent.nxt;
        self.notes.insert(Notes::POINTED);
        self.dup_acks = 0;
        self.notes.insert(Notes::MARKED);
        self.armed_at = now;
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        self.rack.on_timeout();
        let all = queue.records().take_while(|r| r.flags.contains(SegFlags::SENT));
        for record in all.filter(|r| !r.flags.contains(SegFlags::SACKED)) {
            record.flags.insert(SegFlags::LOST);
        }
        self.pipe = narrow(in_flight(queue, sent.una));
    }

    /// The peer threw away what it had SACKed (RFC 2018, 8): that is lost as well. The machine calls
    /// this after a time-out that finds the first segment SACKED.
    pub fn renege(&mut self, queue: &mut impl Records) {
        let all = queue.records().take_while(|r| r.flags.contains(SegFlags::SENT));
        for record in all.filter(|r| r.flags.contains(SegFlags::SACKED)) {
            record.flags.remove(SegFlags::SACKED);
            record.flags.insert(SegFlags::LOST);
        }
    }

    /// Segments were marked LOST from outside: they are sent again.
    #[cfg(CONFIG_ZNET_TCP_PMTU)]
    pub fn resend(&mut self, queue: &mut impl Records, una: SeqNum) {
        self.notes.insert(Notes::MARKED);
        self.pipe = narrow(in_flight(queue, una));
    }

    /// The path's MTU shrank: what was sent in larger segments will be sent again without counting
    /// as a loss of congestion.
    pub fn set_mss(&mut self, mss: u16) {
        Window::set_mss(&mut self.window, mss);
    }
}
