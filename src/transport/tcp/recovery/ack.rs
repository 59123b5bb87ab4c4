// SPDX-License-Identifier: Apache-2.0
//! What an acknowledgment says.

use super::scoreboard::Verdict;
use super::{DUP_THRESH, Delivery, Notes, Outcome, Phase, Records};
use crate::base::SeqNum;
use crate::buf::SegFlags;
use crate::transport::tcp::congestion::{AckEvent, Algorithm, Cause};
use crate::transport::tcp::size::{narrow, wide};

/// A block of a SACK option: from its first number up to, not including, its second.
pub type Block = (SeqNum, SeqNum);

/// An acceptable acknowledgment: SND.UNA =< SEG.ACK =< SND.NXT.
#[derive(Clone, Copy, Debug)]
pub struct Ack<'a> {
    /// When it came, in microseconds that wrap.
    pub now: u32,
    /// SND.UNA before it.
    pub una: SeqNum,
    /// SEG.ACK.
    pub ack: SeqNum,
    /// SND.NXT.
    pub nxt: SeqNum,
    /// Its SACK blocks, as they came.
    pub sacks: &'a [Block],
    /// The peer sends SACK blocks where there is reason to.
    pub sack_permitted: bool,
    /// It is a duplicate in the sense of RFC 5681, 2: acknowledges nothing new, carries no data, does
    /// not move the window, while data is on its way.
    pub duplicate: bool,
    /// The round-trip time by its time-stamp (RFC 7323, 4.1).
    pub echo_rtt: Option<u32>,
    /// It carries ECE, and ECN was agreed on.
    pub ece: bool,
    /// When the last segment was sent there was nothing more to send, or the peer had no room for it.
    pub app_limited: bool,
}

impl<'a> Ack<'a> {
    /// Its SACK blocks, where these are built.
    #[inline(always)]
    pub(super) const fn sacks(&self) -> &'a [Block] {
        if cfg!(CONFIG_ZNET_TCP_SACK) { self.sacks } else { &[] }
    }

    /// Does the peer send SACK blocks?
    #[inline(always)]
    pub(super) const fn sack_permitted(&self) -> bool {
        cfg!(CONFIG_ZNET_TCP_SACK) && self.sack_permitted
    }
}

/// What a walk over the records found.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// Bytes newly known to have arrived.
    pub(super) delivered: u32,
    /// Bytes still on their way.
    pub(super) pipe: u32,
    /// Segments that arrived out of order.
    pub(super) sacked: u16,
    /// A round-trip time, of a segment that was sent once.
    pub(super) rtt: Option<u32>,
    /// A segment arrived that was sent more than once.
    pub(super) repeated: bool,
    /// A segment arrived that was sent once, before the latest time-out.
    pub(super) original: bool,
    /// Some segment in the queue still has a mark.
    pub(super) marked: bool,
    /// The acknowledgment tells of a segment that arrived twice (RFC 2883).
    #[cfg_attr(not(any(CONFIG_ZNET_TCP_RACK, CONFIG_ZNET_TCP_FRTO)), expect(dead_code))]
    pub(super) dsack: bool,
}

impl Delivery {
    /// An acceptable acknowledgment came. To be called before the acknowledged segments leave
    /// `queue`; afterwards the machine sends what it may.
    #[inline]
    pub fn on_ack(&mut self, queue: &mut impl Records, a: &Ack) -> Outcome {
        let acked = a.ack.since(a.una);
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            return self.on_any_ack(queue, a, acked);
        }
        if acked != 0 && self.is_quiet() && a.sacks().is_empty() && !a.ece {
            self.on_plain_ack(queue, a, acked);
            return Outcome::PROGRESS;
        }
        self.on_any_ack(queue, a, acked)
    }

    /// Is nothing known, or suspected, to be lost?
    #[inline]
    fn is_quiet(&self) -> bool {
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        if !self.rack.is_quiet() {
            return false;
        }
        self.phase == Phase::Open && !self.notes.contains(Notes::MARKED) && self.dup_acks == 0
    }

    /// The ordinary acknowledgment: all that matters is the newest segment it covers. Comes to the same
    /// as [`on_any_ack`](Self::on_any_ack).
    #[inline]
    fn on_plain_ack(&mut self, queue: &mut impl Records, a: &Ack, acked: u32) {
        let before = wide(self.pipe);
        let mut newest = None;
        for record in queue.records() {
            if record.end().gt(a.ack) {
                break;
            }
            newest = Some(record);
        }
        let mut rtt = None;
        if let Some(record) = newest {
            let sample = a.now.wrapping_sub(record.sent_at);
            rtt = Some(sample);
            #[cfg(CONFIG_ZNET_TCP_RACK)]
            self.rack.on_delivered(record, a.now);
            self.take_sample(sample, before);
        }
        self.pipe = narrow(a.nxt.since(a.ack));
        self.rtt.on_progress();
        self.armed_at = a.now;
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        self.rack.on_progress(a.now);
        let event = AckEvent {
            now: a.now,
            acked,
            delivered: acked,
            flight_before: before,
            flight: wide(self.pipe),
            rtt,
            srtt: self.rtt.smoothed().unwrap_or(0),
            app_limited: a.app_limited,
            in_recovery: false,
        };
        self.control.on_ack(&mut self.window, &event);
    }

    /// An acknowledgment of any kind.
    #[inline(never)]
    fn on_any_ack(&mut self, queue: &mut impl Records, a: &Ack, acked: u32) -> Outcome {
        let before = wide(self.pipe);
        let mut outcome = Outcome::empty();
        outcome.set(Outcome::PROGRESS, acked != 0);
        if acked == 0 && a.sacks().is_empty() && !a.duplicate && !a.ece {
            return outcome;
        }

        let found = if self.notes.contains(Notes::MARKED) || !a.sacks().is_empty() {
            self.walk(queue, a)
        } else {
            self.glance(queue, a)
        };
        self.notes.set(Notes::MARKED, found.marked);
        self.pipe = narrow(found.pipe);
        let delivered = self.count_duplicates(a, acked, found.delivered);
        self.measure(a, &found, before);
        if acked != 0 {
            self.armed_at = a.now;
            self.rtt.on_progress();
        }

        if self.undo_if_spurious(queue, a, &found) {
            outcome |= Outcome::UNDONE;
        }
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        self.check_probe(a, &found);
        if self.phase != Phase::Open && acked != 0 && a.ack.ge(self.point) {
            self.settle(a.now);
        }
        if self.find_losses(queue, a, &found, acked) {
            outcome |= Outcome::LOST;
            if matches!(self.phase, Phase::Open | Phase::Reduced) {
                // FlightSize (RFC 5681, 2) as it was before the loss was noticed.
                self.shrink(a.now, a.nxt, before, Phase::Recovery, Cause::Loss);
            }
        }
        if a.ece && self.phase == Phase::Open {
            self.shrink(a.now, a.nxt, before, Phase::Reduced, Cause::Ecn);
            outcome |= Outcome::CWR;
        }

        let in_recovery = matches!(self.phase, Phase::Recovery | Phase::Reduced);
        #[cfg(CONFIG_ZNET_TCP_PRR)]
        if in_recovery && self.control.yields() {
            let clean = !outcome.contains(Outcome::LOST) && acked != 0;
            self.prr.on_ack(&mut self.window, self.pipe, delivered, clean);
        }
        let event = AckEvent {
            now: a.now,
            acked,
            delivered,
            flight_before: before,
            flight: wide(self.pipe),
            rtt: found.rtt,
            srtt: self.rtt.smoothed().unwrap_or(0),
            app_limited: a.app_limited,
            in_recovery,
        };
        self.control.on_ack(&mut self.window, &event);
        outcome
    }

    /// The ordinary case: nothing is marked, so all that matters is the newest segment acknowledged.
    fn glance(&mut self, queue: &mut impl Records, a: &Ack) -> Found {
        let mut found =
            Found { delivered: a.ack.since(a.una), pipe: a.nxt.since(a.ack), ..Found::default() };
        for record in queue.records() {
            if record.end().gt(a.ack) || !record.flags.contains(SegFlags::SENT) {
                break;
            }
            found.rtt = Some(a.now.wrapping_sub(record.sent_at));
            #[cfg(CONFIG_ZNET_TCP_RACK)]
            self.rack.on_delivered(record, a.now);
        }
        found
    }

    /// Marks what the SACK blocks tell of, and counts.
    fn walk(&mut self, queue: &mut impl Records, a: &Ack) -> Found {
        let mut found = Found { dsack: super::scoreboard::is_dsack(a), ..Found::default() };
        let mut before = 0;
        for record in queue.records().take_while(|r| r.flags.contains(SegFlags::SENT)) {
            let (len, was) = (record.seq_len(), record.flags);
            let here = record.end().le(a.ack);
            let known = was.contains(SegFlags::SACKED);
            if !here && !known && super::scoreboard::covers(a.sacks(), record) {
                record.flags.insert(SegFlags::SACKED);
                record.flags.remove(SegFlags::LOST);
                found.delivered += len;
            }
            if !known && (here || record.flags.contains(SegFlags::SACKED)) {
                if was.contains(SegFlags::RETRANSMITTED) {
                    found.repeated = true;
                } else {
                    found.original = true;
                    found.rtt = Some(a.now.wrapping_sub(record.sent_at));
                }
                #[cfg(CONFIG_ZNET_TCP_RACK)]
                self.rack.on_delivered(record, a.now);
            }
            if here {
                // Bytes that a SACK block told of before were counted then.
                before += if known { len } else { 0 };
                continue;
            }
            let marks = SegFlags::SACKED | SegFlags::LOST | SegFlags::RETRANSMITTED;
            found.marked |= record.flags.intersects(marks);
            if record.is_in_flight() {
                found.pipe += len;
            } else if record.flags.contains(SegFlags::SACKED) {
                found.sacked = found.sacked.saturating_add(1);
            }
        }
        found.delivered += a.ack.since(a.una).saturating_sub(before);
        if found.repeated {
            // An acknowledgment that waited for a repeated segment measures the repair, not the path.
            found.rtt = None;
        }
        found
    }

    /// Without SACK each duplicate tells that one segment arrived; an acknowledgment of new data
    /// then covers those. Returns the bytes this acknowledgment tells of.
    fn count_duplicates(&mut self, a: &Ack, acked: u32, delivered: u32) -> u32 {
        if a.sack_permitted() {
            return delivered;
        }
        let mss = u32::from(self.window.mss);
        if acked == 0 {
            if a.duplicate {
                self.dup_acks = self.dup_acks.saturating_add(1);
                self.pipe = self.pipe.saturating_sub(narrow(self.duplicates()));
                return mss;
            }
            return 0;
        }
        // All but the segment that filled the gap were counted before.
        let segments = acked.div_ceil(mss.max(1)).saturating_sub(1).min(255) as u8;
        let counted = self.dup_acks.min(segments);
        self.dup_acks -= counted;
        if self.phase == Phase::Open {
            self.dup_acks = 0;
        }
        self.pipe = self.pipe.saturating_sub(narrow(self.duplicates()));
        delivered.saturating_sub(u32::from(counted) * mss)
    }

    /// Bytes that duplicates say have arrived.
    pub(super) fn duplicates(&self) -> u32 {
        u32::from(self.dup_acks) * u32::from(self.window.mss)
    }

    /// Takes the round-trip time: from the record, else from the time-stamp.
    fn measure(&mut self, a: &Ack, found: &Found, before: u32) {
        if let Some(rtt) = found.rtt.or(a.echo_rtt.filter(|_| found.repeated)) {
            self.take_sample(rtt, before);
        }
    }

    /// Takes a round-trip time, of which a flight of `flight` bytes gives one for every two segments.
    #[inline]
    fn take_sample(&mut self, rtt: u32, flight: u32) {
        let samples = flight / (2 * u32::from(self.window.mss.max(1)));
        self.rtt.sample(rtt, samples);
        #[cfg(CONFIG_ZNET_TCP_RACK)]
        self.rack.on_rtt(rtt);
    }

    /// Marks what is lost; true when a segment was marked.
    fn find_losses(
        &mut self,
        queue: &mut impl Records,
        a: &Ack,
        found: &Found,
        acked: u32,
    ) -> bool {
        if !cfg!(CONFIG_NET_TCP_FAST_RETRANSMIT) {
            return false;
        }
        let verdict = if !a.sack_permitted() {
            self.lost_by_duplicates(queue, a, acked)
        } else if self.notes.contains(Notes::MARKED) {
            #[cfg(CONFIG_ZNET_TCP_RACK)]
            {
                self.lost_by_time(queue, a.ack, a.now, found.sacked)
            }
            #[cfg(not(CONFIG_ZNET_TCP_RACK))]
            {
                self.lost_by_counting(queue, a.ack, found.sacked)
            }
        } else {
            Verdict::default()
        };
        self.pipe = self.pipe.saturating_sub(narrow(verdict.bytes));
        self.notes.set(Notes::MARKED, self.notes.contains(Notes::MARKED) | (verdict.any));
        // Each acknowledgment of new data tells of one more, which goes at once (RFC 6582, 3.2, step 3).
        self.notes.set(
            Notes::URGENT,
            self.notes.contains(Notes::URGENT) | (verdict.any && !a.sack_permitted()),
        );
        verdict.any
    }

    /// Is this the duplicate that starts a fast retransmit?
    pub(super) fn is_third_duplicate(&self) -> bool {
        self.dup_acks == DUP_THRESH
    }

    #[cfg(not(CONFIG_ZNET_TCP_FRTO))]
    fn undo_if_spurious(&mut self, _: &mut impl Records, _: &Ack, _: &Found) -> bool {
        false
    }
}

/// Bytes on their way behind `ack` by the records.
pub(super) fn in_flight(queue: &mut impl Records, ack: SeqNum) -> u32 {
    let sent = queue.records().take_while(|r| r.flags.contains(SegFlags::SENT));
    sent.filter(|r| r.is_in_flight() && r.end().gt(ack)).map(|r| r.seq_len()).sum()
}
