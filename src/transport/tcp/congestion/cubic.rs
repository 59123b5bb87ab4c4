// SPDX-License-Identifier: Apache-2.0
//! CUBIC (RFC 9438): the window grows with the cube of the time since the last loss, flat where the
//! loss was, and at least as fast as Reno's.
//!
//! Integers only. Time counts in units of 1024 us, so that a shift converts it. No acknowledgment
//! divides 64-bit numbers; the cube root and its division come once for each congestion event.

use super::{AckEvent, Algorithm, Cause, Window};

/// Segments by which one acknowledgment may open the window in slow start: 2 as in RFC 3465.
const SLOW_START_LIMIT: u32 = 2;
/// The constant C (section 5: 0.4 segments a cubed second) in segments a cubed unit of time, as a
/// fraction of 2^44: 0.4 * 0.001024^3 * 2^44.
const C: u64 = 7_556;
/// 2^44 / [`C`]: turns segments into the cube of a time.
const PER_C: u64 = 2_328_306_437;
/// The factor beta (section 4.6), 0.7, in 1024ths.
const BETA: u32 = 717;
/// With fast convergence the loss counts as if it had come at this share of the window: (1 + beta)/2
/// (section 4.7), in 1024ths.
const CONVERGE: u32 = 870;
/// The factor alpha (section 4.3), 3 (1 - beta)/(1 + beta), in 1024ths: with it the estimate grows as
/// Reno's window does on average.
const ALPHA: u32 = 542;
/// Longest time from the inflection point that is computed with, 33 s: the window has long outgrown
/// every buffer then.
const MAX_SPAN: u32 = 1 << 15;

/// Its state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cubic {
    /// Window before the last reduction, where the curve is flat; 0 before the first.
    w_max: u32,
    /// The window Reno would have (section 4.3).
    w_est: u32,
    /// The window before the reduction, as it was; where the estimate reaches it, it grows as fast as
    /// Reno.
    prior: u32,
    /// What `w_max` was before the last reduction, should that be undone.
    undo_w_max: u32,
    /// When this period of growth began.
    epoch: u32,
    /// When the last acknowledgment came.
    last: u32,
    /// Time from the beginning of the period to the flat part of the curve, in units of 1024 us.
    k: u16,
    /// Has a period begun?
    growing: bool,
}

impl Cubic {
    /// Before the first loss.
    pub const fn new() -> Self {
        Cubic {
            w_max: 0,
            w_est: 0,
            prior: 0,
            undo_w_max: 0,
            epoch: 0,
            last: 0,
            k: 0,
            growing: false,
        }
    }

    /// Begins a period of growth (section 4.2): K is the cube root of (W_max - cwnd)/C.
    fn begin(&mut self, w: &Window, now: u32) {
        self.growing = true;
        self.epoch = now;
        self.w_est = w.cwnd;
        if self.w_max <= w.cwnd {
            self.w_max = w.cwnd;
            self.k = 0;
            return;
        }
        let below = u64::from(self.w_max - w.cwnd);
        let cube = below * PER_C / u64::from(w.mss.max(1));
        self.k = cube_root(cube).min(MAX_SPAN) as u16;
    }

    /// The curve at `time` units after the beginning of the period (section 4.2).
    fn curve(&self, w: &Window, time: u32) -> u32 {
        let k = u32::from(self.k);
        let span = u64::from(time.abs_diff(k).min(MAX_SPAN));
        // Segments in 1024ths: below 2^(3*15 + 13 - 34).
        let segments = (C * span * span * span) >> 34;
        let bytes = ((segments * u64::from(w.mss)) >> 10).min(1 << 29) as u32;
        if time < k { self.w_max.saturating_sub(bytes) } else { self.w_max.saturating_add(bytes) }
    }

    /// Grows Reno's window (section 4.3).
    fn follow_reno(&mut self, w: &Window, acked: u32) {
        let alpha = if self.w_est >= self.prior { 1024 } else { ALPHA };
        let share = (acked.min(0xffff) * alpha) >> 10;
        self.w_est = self.w_est.saturating_add(share * u32::from(w.mss) / w.cwnd.max(1));
    }
}

impl Algorithm for Cubic {
    fn on_ack(&mut self, w: &mut Window, e: &AckEvent) {
        let pause = e.now.wrapping_sub(self.last);
        self.last = e.now;
        if e.in_recovery || !e.used(w) {
            // Time in which the window did not limit is not time to grow in (section 4.2).
            self.epoch = self.epoch.wrapping_add(pause);
            return;
        }
        let acked = w.slow_start(e.acked, SLOW_START_LIMIT);
        if w.in_slow_start() || acked == 0 {
            return;
        }
        if !self.growing {
            self.begin(w, e.now);
        }
        self.follow_reno(w, acked);
        let mut time = e.now.wrapping_sub(self.epoch) >> 10;
        if time > u32::from(self.k) + MAX_SPAN {
            // The clock would wrap before long: go on from here.
            self.w_max = w.cwnd;
            self.begin(w, e.now);
            time = 0;
        }
        let most = w.cwnd.saturating_add(w.cwnd / 2);
        let target = self.curve(w, time + (e.srtt >> 10)).min(most).max(w.cwnd);
        w.grow(share_of(target - w.cwnd, acked, w.cwnd));
        if self.w_est > w.cwnd {
            w.grow(self.w_est - w.cwnd);
        }
    }

    fn on_congestion(&mut self, w: &mut Window, _now: u32, flight: u32, _cause: Cause) {
        self.growing = false;
        self.undo_w_max = self.w_max;
        self.prior = w.cwnd;
        // Section 4.7: who loses before it came back to where it was leaves room for others.
        self.w_max = if w.cwnd < self.w_max { scale(w.cwnd, CONVERGE) } else { w.cwnd };
        // Section 4.6 leaves the choice between the window and what is on its way.
        w.ssthresh = scale(flight.min(w.cwnd), BETA).max(w.floor());
    }

    fn undo(&mut self, _w: &mut Window) {
        self.growing = false;
        self.w_max = self.undo_w_max;
    }

    fn on_idle(&mut self, w: &mut Window, _now: u32, _idle: u32) {
        self.growing = false;
        w.cwnd = w.cwnd.min(super::initial_window(w.mss));
    }
}

/// `n` times `share`/1024.
const fn scale(n: u32, share: u32) -> u32 {
    ((n as u64 * share as u64) >> 10) as u32
}

/// `gap * acked / window` with 32-bit numbers: `gap` is at most half of `window`.
fn share_of(gap: u32, acked: u32, window: u32) -> u32 {
    let acked = acked.min(0xffff);
    let shift = (32 - window.leading_zeros()).saturating_sub(16);
    (gap >> shift) * acked / (window >> shift).max(1)
}

/// The cube root of `n`, rounded down, found bit by bit.
fn cube_root(n: u64) -> u32 {
    let mut root: u64 = 0;
    for bit in (0..22).rev() {
        let more = root | 1 << bit;
        if more <= 2_642_245 && more * more * more <= n {
            root = more;
        }
    }
    root as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const MSS: u32 = 1_000;

    fn ack(w: &Window, now: u32, srtt: u32) -> AckEvent {
        AckEvent {
            now,
            acked: MSS,
            delivered: MSS,
            flight_before: w.cwnd,
            flight: w.cwnd - MSS,
            srtt,
            ..AckEvent::default()
        }
    }

    /// A connection with round trips of `srtt` runs for `micros`; returns the time at its end.
    fn run(cubic: &mut Cubic, w: &mut Window, mut now: u32, srtt: u32, micros: u32) -> u32 {
        let start = now;
        while now.wrapping_sub(start) < micros {
            let e = ack(w, now, srtt);
            cubic.on_ack(w, &e);
            now = now.wrapping_add(srtt / (w.cwnd / MSS).max(1)).wrapping_add(1);
        }
        now
    }

    /// The formula of section 4.2 in floating point, in bytes.
    fn formula(w_max: f64, start: f64, seconds: f64) -> f64 {
        let k = ((w_max - start) / 1000.0 / 0.4).cbrt();
        (0.4 * (seconds - k).powi(3)) * 1000.0 + w_max
    }

    #[test]
    fn cube_roots_are_exact() {
        for n in (0..2_000).chain([65_535, 2_642_244, 2_642_245]) {
            let cube = n * n * n;
            assert_eq!(u64::from(cube_root(cube)), n);
            if n > 1 {
                assert_eq!(u64::from(cube_root(cube - 1)), n - 1);
            }
        }
        assert_eq!(cube_root(u64::MAX), 2_642_245);
    }

    #[test]
    fn the_window_follows_the_curve() {
        // A long path, so that Reno is far below.
        let mut w = Window { cwnd: 1_000_000, ssthresh: 500_000, mss: MSS as u16 };
        let mut cubic = Cubic::new();
        cubic.on_congestion(&mut w, 0, 1_000_000, Cause::Loss);
        w.cwnd = w.ssthresh;
        assert!((699_000..=701_000).contains(&w.cwnd), "{}", w.cwnd);
        let start = f64::from(w.cwnd);
        let mut now = 0xffff_0000;
        let began = now;
        for _ in 0..14 {
            now = run(&mut cubic, &mut w, now, 200_000, 1_000_000);
            let seconds = f64::from(now.wrapping_sub(began)) / 1e6;
            let want = formula(1_000_000.0, start, seconds);
            let off = (f64::from(w.cwnd) - want).abs() / want;
            assert!(off < 0.03, "after {seconds} s {} instead of {want}", w.cwnd);
        }
    }

    #[test]
    fn on_short_paths_it_is_as_fast_as_reno() {
        let mut w = Window { cwnd: 20_000, ssthresh: 10_000, mss: MSS as u16 };
        let mut cubic = Cubic::new();
        cubic.on_congestion(&mut w, 0, 20_000, Cause::Loss);
        w.cwnd = w.ssthresh;
        let before = w.cwnd;
        run(&mut cubic, &mut w, 0, 10_000, 200_000);
        // 20 round trips: 0.53 segments each until 20 segments, then one.
        let gained = (w.cwnd - before) / MSS;
        assert!((9..=14).contains(&gained), "{gained}");
    }

    #[test]
    fn a_loss_below_the_last_one_makes_room() {
        let mut w = Window { cwnd: 100_000, ssthresh: 50_000, mss: MSS as u16 };
        let mut cubic = Cubic::new();
        cubic.on_congestion(&mut w, 0, 100_000, Cause::Loss);
        assert_eq!(cubic.w_max, 100_000);
        w.cwnd = 70_000;
        cubic.on_congestion(&mut w, 0, 70_000, Cause::Loss);
        assert_eq!(cubic.w_max, scale(70_000, CONVERGE));
        assert_eq!(w.ssthresh, scale(70_000, BETA));
        cubic.undo(&mut w);
        assert_eq!(cubic.w_max, 100_000);
    }

    #[test]
    fn time_without_need_of_the_window_does_not_count() {
        let mut w = Window { cwnd: 100_000, ssthresh: 50_000, mss: MSS as u16 };
        let mut cubic = Cubic::new();
        cubic.on_congestion(&mut w, 0, 100_000, Cause::Loss);
        w.cwnd = w.ssthresh;
        let now = run(&mut cubic, &mut w, 0, 50_000, 500_000);
        let before = w.cwnd;
        // A minute of single segments, then a full window again.
        for i in 0..600 {
            let e = AckEvent { flight_before: MSS, ..ack(&w, now + i * 100_000, 50_000) };
            cubic.on_ack(&mut w, &e);
        }
        assert_eq!(w.cwnd, before);
        let e = ack(&w, now + 60_000_000, 50_000);
        cubic.on_ack(&mut w, &e);
        assert!(w.cwnd < before + 2 * MSS, "{} after {before}", w.cwnd);
    }

    #[test]
    fn extremes_break_nothing() {
        for mss in [1, 536, u16::MAX] {
            let mut w = Window::new(mss);
            let mut cubic = Cubic::new();
            let mut now = 0u32;
            for step in 0..10_000u32 {
                let e = AckEvent {
                    now,
                    acked: u32::MAX,
                    flight_before: u32::MAX,
                    srtt: step.wrapping_mul(0x9e37_79b9),
                    ..AckEvent::default()
                };
                cubic.on_ack(&mut w, &e);
                if step % 97 == 0 {
                    let flight = step.wrapping_mul(0x85eb_ca6b);
                    cubic.on_congestion(&mut w, now, flight, Cause::Loss);
                }
                now = now.wrapping_add(step * 1_000);
                assert!(w.cwnd <= super::super::MAX_WINDOW && w.ssthresh >= w.floor());
            }
        }
    }
}
