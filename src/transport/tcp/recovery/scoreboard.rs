// SPDX-License-Identifier: Apache-2.0
//! Marks on segments: what SACK blocks cover, and which segments are lost by counting.

use super::{Ack, Block, DUP_THRESH, Delivery, Notes, Phase, Records};
use crate::base::SeqNum;
use crate::buf::{SegFlags, SegRecord};

/// What a search for losses found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// A segment was marked.
    pub(super) any: bool,
    /// Bytes that were marked and had been counted as on their way.
    pub(super) bytes: u32,
}

impl Verdict {
    /// Marks `record` as lost and counts it.
    pub(super) fn mark(&mut self, record: &mut SegRecord) {
        self.any = true;
        self.bytes += record.seq_len();
        record.flags.insert(SegFlags::LOST);
    }
}

/// Does a block cover the whole segment? One covered in part is as good as missing (RFC 2018, 8).
pub(super) fn covers(blocks: &[Block], record: &SegRecord) -> bool {
    blocks.iter().any(|(start, end)| record.seq.ge(*start) && record.end().le(*end))
}

/// Is the first block one of data that had arrived before (RFC 2883, 4): below the acknowledgment,
/// or inside the second block?
pub(super) fn is_dsack(a: &Ack) -> bool {
    match a.sacks() {
        [(start, _), ..] if start.lt(a.ack) => true,
        [(start, end), (outer, outer_end), ..] => start.ge(*outer) && end.le(*outer_end),
        _ => false,
    }
}

impl Delivery {
    /// Losses by duplicates, where the peer has no SACK: NewReno (RFC 6582, 3.2).
    pub(super) fn lost_by_duplicates(
        &mut self,
        queue: &mut impl Records,
        a: &Ack,
        acked: u32,
    ) -> Verdict {
        let first = match self.phase {
            // Step 2. What was sent before the last recovery ended may be the cause of duplicates.
            Phase::Open | Phase::Reduced => {
                a.duplicate
                    && self.is_third_duplicate()
                    && (!self.notes.contains(Notes::POINTED)
                        || a.ack.gt(self.point)
                        || self.phase == Phase::Reduced)
            }
            // Step 3: a partial acknowledgment tells that the next segment is lost as well.
            Phase::Recovery => acked != 0,
            Phase::Loss => false,
        };
        let mut verdict = Verdict::default();
        if first {
            let head = queue.records().find(|r| r.end().gt(a.ack));
            if let Some(record) = head.filter(|r| r.is_in_flight()) {
                verdict.mark(record);
            }
        }
        verdict
    }

    /// Losses by counting (RFC 6675, 4, IsLost): segments with three that arrived behind them, however
    /// small. What was sent again is left to the time-out.
    #[cfg_attr(CONFIG_ZNET_TCP_RACK, allow(dead_code))]
    pub(super) fn lost_by_counting(
        &mut self,
        queue: &mut impl Records,
        ack: SeqNum,
        sacked: u16,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        let mut behind = sacked;
        for record in queue.records().skip_while(|r| r.end().le(ack)) {
            if behind < u16::from(DUP_THRESH) || !record.flags.contains(SegFlags::SENT) {
                break;
            }
            if record.flags.contains(SegFlags::SACKED) {
                behind = behind.saturating_sub(1);
            } else if record.is_in_flight() && !record.flags.contains(SegFlags::RETRANSMITTED) {
                verdict.mark(record);
            }
        }
        verdict
    }
}
