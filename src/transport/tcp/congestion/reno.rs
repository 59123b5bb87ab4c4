// SPDX-License-Identifier: Apache-2.0
//! Reno (RFC 5681): the window grows by a segment a round trip and is halved by a loss.

use super::{AckEvent, Algorithm, Cause, Size, Window, narrow};

/// Segments by which one acknowledgment may open the window in slow start (RFC 3465, 2.3).
const SLOW_START_LIMIT: u32 = 2;

/// Its state: how much was acknowledged towards the next segment of window.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reno {
    acked: Size,
}

impl Reno {
    /// Nothing acknowledged yet.
    pub const fn new() -> Self {
        Reno { acked: 0 }
    }
}

impl Algorithm for Reno {
    fn on_ack(&mut self, w: &mut Window, e: &AckEvent) {
        if e.in_recovery || !e.used(w) {
            return;
        }
        let acked = w.slow_start(e.acked, SLOW_START_LIMIT);
        if w.in_slow_start() {
            return;
        }
        // A segment for each window acknowledged: RFC 5681, 3.1 in the form of RFC 3465, 2.1.
        self.acked = self.acked.saturating_add(narrow(acked));
        if self.acked >= w.cwnd {
            self.acked -= w.cwnd;
            w.grow(u32::from(w.mss));
        }
    }

    fn on_congestion(&mut self, w: &mut Window, _now: u32, flight: u32, _cause: Cause) {
        self.acked = 0;
        w.ssthresh = narrow((flight / 2).max(w.floor()));
    }
}

#[cfg(all(test, not(CONFIG_ZNET_TCP_SHORT)))]
mod tests {
    use super::*;

    fn ack(w: &Window, acked: u32) -> AckEvent {
        AckEvent { acked, flight_before: w.cwnd, flight: w.cwnd - acked, ..AckEvent::default() }
    }

    /// Acknowledges a window's worth in steps of `step`; returns the window after it.
    fn round(reno: &mut Reno, w: &mut Window, step: u32) -> u32 {
        let mut left = w.cwnd;
        while left > 0 {
            let acked = step.min(left);
            let e = ack(w, acked);
            reno.on_ack(w, &e);
            left -= acked;
        }
        w.cwnd
    }

    #[test]
    fn slow_start_doubles_each_round_trip() {
        let mut w = Window { cwnd: 10_000, ssthresh: 1 << 20, mss: 1_000 };
        let mut reno = Reno::new();
        assert_eq!(round(&mut reno, &mut w, 1_000), 20_000);
        // Delayed acknowledgments make no difference when bytes are counted.
        assert_eq!(round(&mut reno, &mut w, 2_000), 40_000);
    }

    #[test]
    fn avoidance_adds_a_segment_each_round_trip() {
        let mut w = Window { cwnd: 10_000, ssthresh: 10_000, mss: 1_000 };
        let mut reno = Reno::new();
        assert_eq!(round(&mut reno, &mut w, 1_000), 11_000);
        assert_eq!(round(&mut reno, &mut w, 2_000), 12_000);
        assert_eq!(round(&mut reno, &mut w, 12_000), 13_000);
    }

    #[test]
    fn a_loss_halves_what_is_on_its_way() {
        let mut w = Window { cwnd: 20_000, ssthresh: 1 << 20, mss: 1_000 };
        let mut reno = Reno::new();
        reno.on_congestion(&mut w, 0, 16_000, Cause::Loss);
        assert_eq!((w.ssthresh, w.cwnd), (8_000, 20_000));
        reno.on_congestion(&mut w, 0, 1_000, Cause::Loss);
        assert_eq!(w.ssthresh, 2_000);
        reno.on_timeout(&mut w, 0, 16_000);
        assert_eq!((w.ssthresh, w.cwnd), (8_000, 1_000));
    }

    #[test]
    fn a_pause_ends_what_was_earned() {
        let mut w = Window { cwnd: 200_000, ssthresh: 100_000, mss: 1_460 };
        Reno::new().on_idle(&mut w, 0, 1_000_000);
        assert_eq!((w.cwnd, w.ssthresh), (14_600, 100_000));
    }

    #[test]
    fn recovery_and_idleness_leave_it_alone() {
        let mut w = Window { cwnd: 10_000, ssthresh: 10_000, mss: 1_000 };
        let mut reno = Reno::new();
        for e in [
            AckEvent { in_recovery: true, ..ack(&w, 10_000) },
            AckEvent { flight_before: 3_000, ..ack(&w, 3_000) },
        ] {
            for _ in 0..10 {
                reno.on_ack(&mut w, &e);
            }
            assert_eq!(w.cwnd, 10_000);
        }
    }
}
