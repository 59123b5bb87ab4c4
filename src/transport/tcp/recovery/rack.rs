// SPDX-License-Identifier: Apache-2.0
//! RACK-TLP (RFC 8985): a segment is lost when one that was sent sufficiently later has arrived; and
//! when the end of a burst may be lost, a probe finds out before the retransmission timer does.

use super::ack::Found;
use super::scoreboard::Verdict;
use super::{Ack, DUP_THRESH, Delivery, Outcome, Phase, Records};
use crate::base::SeqNum;
use crate::buf::{SegFlags, SegRecord};
use crate::transport::tcp::congestion::{Algorithm, Cause};

/// Recoveries for which a longer reordering window is kept (section 6.2, step 4).
const PERSIST: u8 = 16;
/// Most quarters of the least round-trip time in the reordering window.
const MAX_QUARTERS: u8 = 64;
/// How long a peer may delay the acknowledgment of a single segment (section 7.2).
const ACK_DELAY: u32 = 200_000;
/// The probe's time-out before anything was measured.
const FIRST_PROBE: u32 = 1_000_000;
/// A time so long ago says nothing about what is on its way; past twice as long it would seem to come.
const STALE: u32 = 1 << 30;
/// How long a least round-trip time counts.
const MIN_RTT_AGE: u32 = 300_000_000;

/// Its state, in the words of RFC 8985, 5.2 and 7.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rack {
    /// RACK.xmit_ts: when the latest sent of the segments was sent that arrived.
    sent_at: u32,
    /// RACK.end_seq: the number behind that segment.
    end: SeqNum,
    /// RACK.rtt: its round-trip time.
    rtt: u32,
    /// RACK.min_RTT; 0 before the first sample.
    min_rtt: u32,
    /// When that was measured.
    min_rtt_at: u32,
    /// RACK.fack: the highest number known to have arrived.
    fack: SeqNum,
    /// RACK.dsack_round: where SND.NXT was when the reordering window last grew.
    dsack_round: SeqNum,
    /// When the reordering timer expires.
    reorder_at: u32,
    /// When a segment was sent last, or SND.UNA last moved.
    last_sent: u32,
    /// TLP.end_seq: SND.NXT after the probe.
    probe_end: SeqNum,
    /// RACK.reo_wnd_mult.
    quarters: u8,
    /// RACK.reo_wnd_persist.
    persist: u8,
    /// What holds.
    is: Is,
}

bitflags::bitflags! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Is: u8 {
        /// Segments were seen to overtake one another: RACK.reordering_seen.
        const REORDERING = 1 << 0;
        /// The reordering timer runs.
        const WAITING = 1 << 1;
        /// A probe was sent and not answered.
        const PROBING = 1 << 2;
        /// The probe was a segment sent before: TLP.is_retrans.
        const PROBE_AGAIN = 1 << 3;
        /// `dsack_round` holds.
        const IN_ROUND = 1 << 4;
        /// Some segment has arrived: `sent_at` and `fack` hold.
        const STARTED = 1 << 5;
    }
}

impl Rack {
    pub(super) const fn new() -> Self {
        Rack {
            sent_at: 0,
            end: SeqNum::ZERO,
            rtt: 0,
            min_rtt: 0,
            min_rtt_at: 0,
            fack: SeqNum::ZERO,
            dsack_round: SeqNum::ZERO,
            reorder_at: 0,
            last_sent: 0,
            probe_end: SeqNum::ZERO,
            quarters: 1,
            persist: 0,
            is: Is::empty(),
        }
    }

    /// Takes a round-trip time for the least one.
    pub(super) fn on_rtt(&mut self, rtt: u32) {
        let aged = self.sent_at.wrapping_sub(self.min_rtt_at) > MIN_RTT_AGE;
        if self.min_rtt == 0 || rtt <= self.min_rtt || aged && self.is.contains(Is::STARTED) {
            self.min_rtt = rtt.max(1);
            self.min_rtt_at = self.sent_at;
        }
    }

    /// Is no probe out, no timer set, and no round trip with a duplicate under way?
    #[inline]
    pub(super) fn is_quiet(&self) -> bool {
        !self.is.intersects(Is::PROBING | Is::IN_ROUND | Is::WAITING)
    }

    /// SND.UNA moved.
    #[inline]
    pub(super) fn on_progress(&mut self, now: u32) {
        self.last_sent = now;
    }

    /// A segment was sent.
    #[inline]
    pub(super) fn on_sent(&mut self, now: u32) {
        self.last_sent = now;
    }

    /// Nothing is on its way: what arrived was sent before whatever is sent now, however long that takes.
    #[inline]
    pub(super) fn begin(&mut self) {
        self.is.remove(Is::STARTED);
    }

    /// A segment was sent again, which may go on for as long as a peer's window stays shut.
    #[inline]
    pub(super) fn on_sent_again(&mut self, now: u32) {
        if now.wrapping_sub(self.sent_at) > STALE {
            self.begin();
        }
    }

    /// A segment arrived that was not known to (section 6.2, steps 2 and 3).
    #[inline]
    pub(super) fn on_delivered(&mut self, record: &SegRecord, now: u32) {
        let rtt = now.wrapping_sub(record.sent_at);
        let again = record.flags.contains(SegFlags::RETRANSMITTED);
        if again && rtt < self.min_rtt {
            // Rather the first copy's acknowledgment.
            return;
        }
        if !self.is.contains(Is::STARTED) {
            self.is.insert(Is::STARTED);
            (self.sent_at, self.end, self.fack) = (record.sent_at, record.end(), record.end());
            self.rtt = rtt;
            return;
        }
        if record.end().gt(self.fack) {
            self.fack = record.end();
        } else if record.end().lt(self.fack) && !again {
            self.is.insert(Is::REORDERING);
        }
        if later(record.sent_at, record.end(), self.sent_at, self.end) {
            (self.sent_at, self.end) = (record.sent_at, record.end());
            self.rtt = rtt;
        }
    }

    /// Adapts the reordering window to segments that arrived twice (section 6.2, step 4).
    fn on_dsack(&mut self, nxt: SeqNum, ack: SeqNum, dsack: bool) {
        if self.is.contains(Is::IN_ROUND) && ack.ge(self.dsack_round) {
            self.is.remove(Is::IN_ROUND);
        }
        if dsack && !self.is.contains(Is::IN_ROUND) {
            self.is.insert(Is::IN_ROUND);
            self.dsack_round = nxt;
            self.quarters = (self.quarters + 1).min(MAX_QUARTERS);
            self.persist = PERSIST;
        }
    }

    /// A recovery ended.
    fn on_recovered(&mut self) {
        self.persist = self.persist.saturating_sub(1);
        if self.persist == 0 {
            self.quarters = 1;
        }
    }

    /// How much later a segment may have been sent than one that arrived without being lost.
    fn reordering_window(&self, repairing: bool, enough_sacked: bool, srtt: u32) -> u32 {
        if !self.is.contains(Is::REORDERING) && (repairing || enough_sacked) {
            return 0;
        }
        (self.min_rtt / 4).saturating_mul(u32::from(self.quarters)).min(srtt)
    }

    /// When the reordering timer expires.
    pub(super) fn reorder_deadline(&self) -> Option<u32> {
        self.is.contains(Is::WAITING).then_some(self.reorder_at)
    }

    /// The probe was sent, SND.NXT is `end` after it; `again` when it was a segment sent before.
    pub(super) fn on_probe_sent(&mut self, end: SeqNum, again: bool) {
        self.probe_end = end;
        self.is.insert(Is::PROBING);
        self.is.set(Is::PROBE_AGAIN, again);
    }

    /// Is a probe under way?
    pub(super) fn is_probing(&self) -> bool {
        self.is.contains(Is::PROBING)
    }

    /// The retransmission timer expired: neither probe nor reordering matters any more.
    pub(super) fn on_timeout(&mut self) {
        self.is.remove(Is::PROBING | Is::PROBE_AGAIN | Is::WAITING);
    }
}

/// Was one segment sent after the other? Of those sent at the same time the one behind.
fn later(at: u32, end: SeqNum, than: u32, than_end: SeqNum) -> bool {
    let apart = at.wrapping_sub(than) as i32;
    apart > 0 || apart == 0 && end.gt(than_end)
}

/// Longest time after which a segment that others overtook is lost, in microseconds.
const MAX_PATIENCE: u32 = 60_000_000;

impl Delivery {
    /// Marks what is lost by time (section 6.2, step 5), and sets the reordering timer for what may
    /// be soon. `sacked` segments arrived out of order.
    pub(super) fn lost_by_time(
        &mut self,
        queue: &mut impl Records,
        ack: SeqNum,
        now: u32,
        sacked: u16,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        self.rack.is.remove(Is::WAITING);
        if !self.rack.is.contains(Is::STARTED) {
            return verdict;
        }
        let repairing = matches!(self.phase, Phase::Recovery | Phase::Loss);
        let enough = sacked >= u16::from(DUP_THRESH);
        let srtt = self.rtt.smoothed().unwrap_or(0);
        let window = self.rack.reordering_window(repairing, enough, srtt);
        // A machine that slept measures hours; the time-out would not wait so long.
        let patience = self.rack.rtt.saturating_add(window).min(MAX_PATIENCE);
        let mut wait = 0;
        let sent = queue.records().take_while(|r| r.flags.contains(SegFlags::SENT));
        for record in sent.filter(|r| r.end().gt(ack)) {
            let overtaken = later(self.rack.sent_at, self.rack.end, record.sent_at, record.end());
            if !record.is_in_flight() || !overtaken {
                continue;
            }
            let age = now.wrapping_sub(record.sent_at);
            if age >= patience {
                verdict.mark(record);
            } else {
                wait = wait.max(patience - age);
            }
        }
        if wait != 0 {
            self.rack.is.insert(Is::WAITING);
            self.rack.reorder_at = now.wrapping_add(wait);
        }
        verdict
    }

    /// How long after the last transmission the probe is due (section 7.2).
    pub(super) fn probe_timeout(&self, single: bool) -> u32 {
        let Some(srtt) = self.rtt.smoothed() else { return FIRST_PROBE };
        let timeout = srtt.saturating_mul(2);
        if single { timeout + ACK_DELAY } else { timeout }
    }

    /// When something was sent last.
    pub(super) const fn last_sent(&self) -> u32 {
        self.rack.last_sent
    }

    /// What an acknowledgment means for the probe (section 7.4.2), and for the reordering window.
    pub(super) fn check_probe(&mut self, a: &Ack, found: &Found) {
        if a.ack != a.una {
            self.rack.on_progress(a.now);
        }
        let rack = &mut self.rack;
        if self.phase == Phase::Recovery && a.ack.ge(self.point) {
            rack.on_recovered();
        }
        let probed = rack.is.contains(Is::PROBING) && a.ack.ge(rack.probe_end);
        rack.on_dsack(a.nxt, a.ack, found.dsack && !probed);
        if !probed {
            return;
        }
        let again = rack.is.contains(Is::PROBE_AGAIN);
        let beyond = a.ack.gt(rack.probe_end);
        let plain_duplicate = a.duplicate && a.sacks.is_empty();
        let answered = found.dsack || beyond || plain_duplicate;
        if again && !answered {
            // One copy arrived. Whether the other did, the peer says when it comes.
            return;
        }
        rack.is.remove(Is::PROBING | Is::PROBE_AGAIN);
        if again && !found.dsack && beyond && self.phase == Phase::Open {
            // The probe filled a gap: a loss that nothing else tells of.
            let flight = self.pipe.saturating_add(a.ack.since(a.una));
            self.control.on_congestion(&mut self.window, a.now, flight, Cause::Loss);
            if self.control.yields() {
                self.window.cwnd = self.window.ssthresh;
            }
        }
    }

    /// The reordering timer expired.
    pub(super) fn on_reorder_timer(
        &mut self,
        queue: &mut impl Records,
        una: SeqNum,
        nxt: SeqNum,
        now: u32,
    ) -> Outcome {
        let sacked = queue.records().filter(|r| r.flags.contains(SegFlags::SACKED)).count();
        let sacked = sacked.min(usize::from(u16::MAX)) as u16;
        let before = self.pipe;
        let verdict = self.lost_by_time(queue, una, now, sacked);
        if !verdict.any {
            return Outcome::empty();
        }
        self.pipe = before.saturating_sub(verdict.bytes);
        if matches!(self.phase, Phase::Open | Phase::Reduced) {
            self.shrink(now, nxt, before, Phase::Recovery, Cause::Loss);
            #[cfg(CONFIG_ZNET_TCP_PRR)]
            if self.control.yields() {
                self.prr.on_ack(&mut self.window, self.pipe, 0, false);
            }
        }
        Outcome::LOST
    }
}
