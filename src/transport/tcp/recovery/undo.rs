// SPDX-License-Identifier: Apache-2.0
//! Taking back a reduction of the window that was uncalled for.
//!
//! Three signs are used:
//! - the time-stamp of an acknowledgment is older than the first repetition: it was caused by a first
//!   copy (Eifel, RFC 3522), where time-stamps are agreed on;
//! - after a time-out, a segment is acknowledged that was not sent again: the first copies were only
//!   late (after F-RTO, RFC 5682, 3; for peers with SACK, since without it such a segment may have
//!   arrived before, unnoticed);
//! - the peer reports each repeated segment as a duplicate (RFC 2883; RFC 3708, 2).

use super::ack::{Found, in_flight};
use super::{Ack, Delivery, Phase, Records};
use crate::buf::SegFlags;
use crate::transport::tcp::congestion::{Algorithm, Window};

/// How much older than the repetition a time-stamp must be, for its granularity.
const STAMP: i32 = 1_000;

/// What is needed to take a reduction back.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Undo {
    /// The window before.
    cwnd: u32,
    /// The threshold before.
    ssthresh: u32,
    /// When the first segment was sent again since.
    first_at: u32,
    /// Segments sent again since and not reported as duplicates.
    repeated: u16,
    /// Some were sent again.
    any: bool,
    /// There is something to take back.
    armed: bool,
}

impl Undo {
    pub(super) const fn new() -> Self {
        Undo { cwnd: 0, ssthresh: 0, first_at: 0, repeated: 0, any: false, armed: false }
    }

    /// The window is about to be reduced.
    pub(super) fn remember(&mut self, w: &Window) {
        *self = Undo { cwnd: w.cwnd, ssthresh: w.ssthresh, armed: true, ..Undo::new() };
    }

    /// A segment was sent again.
    #[inline]
    pub(super) fn on_retransmitted(&mut self, now: u32) {
        if !self.any {
            self.any = true;
            self.first_at = now;
        }
        self.repeated = self.repeated.saturating_add(1);
    }
}

impl Delivery {
    /// Takes the last reduction back when this acknowledgment shows that nothing was lost.
    pub(super) fn undo_if_spurious(
        &mut self,
        queue: &mut impl Records,
        a: &Ack,
        found: &Found,
    ) -> bool {
        if !self.undo.armed {
            return false;
        }
        if found.dsack {
            self.undo.repeated = self.undo.repeated.saturating_sub(1);
        }
        let progress = a.ack != a.una && self.undo.any && a.ack.le(self.point);
        let original = self.phase == Phase::Loss && a.sack_permitted && found.original;
        // A stamp's millisecond may have begun before the repetition in the same one.
        let older = a.echo_rtt.is_some_and(|rtt| {
            self.undo.first_at.wrapping_sub(a.now.wrapping_sub(rtt)) as i32 >= STAMP
        });
        let late = progress && (original || older);
        let needless = found.dsack && self.undo.any && self.undo.repeated == 0;
        if !late && !needless {
            return false;
        }
        self.undo.armed = false;
        self.window.cwnd = self.window.cwnd.max(self.undo.cwnd);
        self.window.ssthresh = self.window.ssthresh.max(self.undo.ssthresh);
        self.rtt.forget_timeouts();
        self.control.undo(&mut self.window);
        if late {
            let lost = queue.records().filter(|r| r.flags.contains(SegFlags::LOST));
            for record in lost {
                record.flags.remove(SegFlags::LOST);
            }
            self.pipe = in_flight(queue, a.ack);
        }
        self.phase = Phase::Open;
        true
    }
}
