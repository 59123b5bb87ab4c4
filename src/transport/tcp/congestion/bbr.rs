// SPDX-License-Identifier: Apache-2.0
//! Congestion control by the path's measured rate, for links that lose packets by chance.
//!
//! Follows the first version of BBR (draft-cardwell-iccrg-bbr-congestion-control-00): the model of the
//! path is the largest rate at which data arrived lately and the least round-trip time; their product
//! is what the path holds. Losses don't enter, so random ones do no harm, and neither do those that
//! mean congestion: among other traffic this algorithm takes more than its share. Differences:
//!
//! - The rate is sampled once a round trip from counters here, not per segment: records of segments
//!   stay small. An interval of a whole round trip also evens out bunched acknowledgments.
//! - To measure the least round-trip time anew, the window goes down to half of what the path holds,
//!   as in later versions, not to four segments.
//! - Recovery from a time-out grows back by what arrives; other recoveries leave the window alone.
//!
//! Rates are bytes in 2^20 us (1.05 s), so that a shift makes bytes of rate and time.

use super::{AckEvent, Algorithm, Cause, Window};

/// Gains in 256ths. 2/ln 2 doubles the rate each round trip.
const HIGH_GAIN: u32 = 739;
/// Its inverse empties the queue that start-up made.
const DRAIN_GAIN: u32 = 88;
/// The window in 256ths of what the path holds, for delayed and bunched acknowledgments.
const WINDOW_GAIN: u32 = 512;
/// Pacing in the phases of probing for more: up, back down, and six round trips of cruising.
const CYCLE: [u32; 8] = [320, 192, 256, 256, 256, 256, 256, 256];
/// Start-up ends when the rate grew by less than a quarter in so many round trips.
const FULL_ROUNDS: u8 = 3;
/// How long a least round-trip time counts.
const MIN_RTT_AGE: u32 = 10_000_000;
/// How long the window stays low to measure it.
const PROBE_RTT_TIME: u32 = 200_000;
/// Fewest segments in the window.
const FLOOR: u32 = 4;

/// What it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Looks for the rate, doubling.
    Startup,
    /// Lets the queue run empty that this made.
    Drain,
    /// Cruises, and tries now and then whether there is more.
    ProbeBw,
    /// Measures the round-trip time without a queue.
    ProbeRtt,
}

/// Its state.
#[derive(Clone, Copy, Debug)]
pub struct Bbr {
    /// Largest rates of this probing cycle and the one before.
    rates: [u32; 2],
    /// Least round-trip time; 0 before the first.
    min_rtt: u32,
    /// When it was measured.
    min_rtt_at: u32,
    /// Bytes that arrived so far.
    delivered: u32,
    /// `delivered` at which this round trip ends.
    round_end: u32,
    /// `delivered` when it began.
    round_from: u32,
    /// When it began.
    round_at: u32,
    /// The rate that start-up has to beat by a quarter.
    full_rate: u32,
    /// When the phase of the cycle began, or when measuring the round-trip time ends.
    phase_at: u32,
    /// Round trips in which it did not.
    full_rounds: u8,
    /// Phase of the cycle.
    phase: u8,
    mode: Mode,
    /// A round trip is being measured.
    started: bool,
    /// What the application gave limited this round trip.
    limited: bool,
    /// A loss came in this phase of the cycle.
    lost: bool,
}

impl Bbr {
    /// Nothing known of the path.
    pub const fn new() -> Self {
        Bbr {
            rates: [0; 2],
            min_rtt: 0,
            min_rtt_at: 0,
            delivered: 0,
            round_end: 0,
            round_from: 0,
            round_at: 0,
            full_rate: 0,
            phase_at: 0,
            full_rounds: 0,
            phase: 0,
            mode: Mode::Startup,
            started: false,
            limited: false,
            lost: false,
        }
    }

    /// The path's rate.
    fn rate(&self) -> u32 {
        self.rates[0].max(self.rates[1])
    }

    /// `gain` 256ths of what the path holds, in bytes.
    fn holds(&self, gain: u32) -> u32 {
        let bytes = (u64::from(self.rate()) * u64::from(self.min_rtt)) >> 20;
        ((bytes * u64::from(gain)) >> 8).min(u64::from(super::MAX_WINDOW)) as u32
    }

    /// Counts what arrived; at the end of a round trip takes its rate. True then.
    fn end_round(&mut self, e: &AckEvent) -> bool {
        self.delivered = self.delivered.wrapping_add(e.delivered);
        self.limited |= e.app_limited;
        if self.started && (self.delivered.wrapping_sub(self.round_end) as i32) < 0 {
            return false;
        }
        let ended = self.started;
        if self.started {
            let bytes = self.delivered.wrapping_sub(self.round_from);
            let span = e.now.wrapping_sub(self.round_at).max(self.min_rtt).max(1);
            let rate = ((u64::from(bytes) << 20) / u64::from(span)).min(1 << 31) as u32;
            if !self.limited || rate > self.rate() {
                self.rates[0] = self.rates[0].max(rate);
            }
        }
        self.started = true;
        self.limited = e.app_limited;
        self.round_at = e.now;
        self.round_from = self.delivered;
        self.round_end = self.delivered.wrapping_add(e.flight.max(1));
        ended
    }

    /// Takes a round-trip time. True when the least one is too old to be trusted.
    fn measure(&mut self, e: &AckEvent) -> bool {
        let aged = e.now.wrapping_sub(self.min_rtt_at) > MIN_RTT_AGE && self.min_rtt != 0;
        if let Some(rtt) = e.rtt
            && (self.min_rtt == 0 || rtt <= self.min_rtt || aged)
        {
            self.min_rtt = rtt.max(1);
            self.min_rtt_at = e.now;
        }
        aged
    }

    /// Did start-up find the path's rate?
    fn check_full(&mut self) {
        let rate = self.rate();
        if rate >= self.full_rate.saturating_add(self.full_rate / 4) {
            self.full_rate = rate;
            self.full_rounds = 0;
        } else if !self.limited {
            self.full_rounds += 1;
        }
        if self.full_rounds >= FULL_ROUNDS {
            self.mode = Mode::Drain;
        }
    }

    /// Begins to cruise, in a phase that depends on nothing but the time, so that connections don't
    /// all probe at once.
    fn cruise(&mut self, now: u32) {
        self.mode = Mode::ProbeBw;
        self.phase = 2 + (now >> 4) as u8 % 6;
        self.phase_at = now;
        self.lost = false;
    }

    /// Moves on in the cycle of probing.
    fn advance_cycle(&mut self, e: &AckEvent) {
        let lasted = e.now.wrapping_sub(self.phase_at) > self.min_rtt;
        let over = match self.phase {
            // Up: until the path is really filled further, or a queue overflowed.
            0 => lasted && (self.lost || e.flight_before >= self.holds(CYCLE[0])),
            // Down: until the queue is gone.
            1 => lasted || e.flight <= self.holds(256),
            _ => lasted,
        };
        if over {
            self.phase = (self.phase + 1) % CYCLE.len() as u8;
            self.phase_at = e.now;
            self.lost = false;
            if self.phase == 0 {
                self.rates = [0, self.rate()];
            }
        }
    }

    /// Sets the window from the model.
    fn set_window(&self, w: &mut Window, e: &AckEvent) {
        let mss = u32::from(w.mss);
        let gain = if self.mode == Mode::Startup { HIGH_GAIN } else { WINDOW_GAIN };
        let target = self.holds(gain).saturating_add(3 * mss);
        let full = self.full_rounds >= FULL_ROUNDS;
        if full {
            w.cwnd = w.cwnd.saturating_add(e.delivered).min(target);
        } else if w.cwnd < target || self.rate() == 0 {
            w.grow(e.delivered);
        }
        w.cwnd = w.cwnd.max(FLOOR * mss);
        if self.mode == Mode::ProbeRtt {
            w.cwnd = w.cwnd.min(self.holds(128).max(FLOOR * mss));
        }
    }
}

impl Default for Bbr {
    fn default() -> Self {
        Self::new()
    }
}

impl Algorithm for Bbr {
    fn on_ack(&mut self, w: &mut Window, e: &AckEvent) {
        let round = self.end_round(e);
        let aged = self.measure(e);
        match self.mode {
            Mode::Startup if round => self.check_full(),
            Mode::ProbeBw => self.advance_cycle(e),
            Mode::ProbeRtt if (e.now.wrapping_sub(self.phase_at) as i32) >= 0 => {
                if self.full_rounds >= FULL_ROUNDS {
                    self.cruise(e.now);
                } else {
                    self.mode = Mode::Startup;
                }
            }
            _ => {}
        }
        if self.mode == Mode::Drain && e.flight <= self.holds(256) {
            self.cruise(e.now);
        }
        if aged && self.mode != Mode::ProbeRtt {
            self.mode = Mode::ProbeRtt;
            self.phase_at = e.now.wrapping_add(PROBE_RTT_TIME.max(self.min_rtt));
        }
        self.set_window(w, e);
    }

    fn on_congestion(&mut self, _w: &mut Window, _now: u32, _flight: u32, _cause: Cause) {
        self.lost = true;
    }

    fn on_timeout(&mut self, w: &mut Window, _now: u32, _flight: u32) {
        self.started = false;
        w.cwnd = u32::from(w.mss);
    }

    fn on_idle(&mut self, _w: &mut Window, _now: u32, _idle: u32) {
        // The model holds; pacing keeps the first window from being a burst.
        self.started = false;
    }

    fn yields(&self) -> bool {
        false
    }

    fn pacing_rate(&self, w: &Window) -> Option<u32> {
        let gain = match self.mode {
            Mode::Startup => HIGH_GAIN,
            Mode::Drain => DRAIN_GAIN,
            Mode::ProbeBw => CYCLE[usize::from(self.phase)],
            Mode::ProbeRtt => 256,
        };
        let rate = match self.rate() {
            // The first window, as if it were what the path holds.
            0 if self.min_rtt == 0 => return None,
            0 => ((u64::from(w.cwnd) << 20) / u64::from(self.min_rtt)).min(1 << 31) as u32,
            rate => rate,
        };
        // 2^20 us are 16,384/15,625 s.
        let bytes = (u64::from(rate) * u64::from(gain) * 15_625) >> 22;
        Some(bytes.min(u64::from(u32::MAX)) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    const MSS: u32 = 1_460;

    /// A path of `rate` bytes a second and `rtt`, with a queue without end, that loses every
    /// `lose`th segment and tells the sender so an extra round trip later.
    struct Path {
        bbr: Bbr,
        w: Window,
        now: u32,
        delivered: u64,
        longest_queue: u32,
    }

    fn run(rate: u32, rtt: u32, lose: u32, seconds: u32) -> Path {
        let mut path = Path {
            bbr: Bbr::new(),
            w: Window::new(MSS as u16),
            now: 0xfff0_0000,
            delivered: 0,
            longest_queue: 0,
        };
        let step = (u64::from(MSS) * 1_000_000 / u64::from(rate)) as u32;
        let (start, mut free_at, mut next_at) = (path.now, path.now, path.now);
        // Arrivals of acknowledgments: when, when sent, lost.
        let mut acks: VecDeque<(u32, u32, bool)> = VecDeque::new();
        let (mut flight, mut sent) = (0, 0);
        while path.now.wrapping_sub(start) < seconds * 1_000_000 {
            while flight + MSS <= path.w.cwnd && (path.now.wrapping_sub(next_at) as i32) >= 0 {
                if (path.now.wrapping_sub(free_at) as i32) > 0 {
                    free_at = path.now;
                }
                path.longest_queue = path.longest_queue.max(free_at.wrapping_sub(path.now));
                free_at = free_at.wrapping_add(step);
                sent += 1;
                acks.push_back((
                    free_at.wrapping_add(rtt),
                    path.now,
                    lose != 0 && sent % lose == 0,
                ));
                flight += MSS;
                let pace = path.bbr.pacing_rate(&path.w);
                let gap =
                    pace.map_or(0, |rate| (u64::from(MSS) * 1_000_000 / u64::from(rate)) as u32);
                next_at = path.now.wrapping_add(gap);
            }
            while let Some((at, sent_at, lost)) = acks.front().copied() {
                if (path.now.wrapping_sub(at) as i32) < 0 {
                    break;
                }
                acks.pop_front();
                let before = flight;
                flight -= MSS;
                if lost {
                    path.bbr.on_congestion(&mut path.w, path.now, before, Cause::Loss);
                    continue;
                }
                path.delivered += u64::from(MSS);
                let e = AckEvent {
                    now: path.now,
                    acked: MSS,
                    delivered: MSS,
                    flight_before: before,
                    flight,
                    rtt: Some(path.now.wrapping_sub(sent_at)),
                    ..AckEvent::default()
                };
                path.bbr.on_ack(&mut path.w, &e);
            }
            path.now = path.now.wrapping_add(100);
        }
        path
    }

    #[test]
    fn it_finds_the_rate_and_keeps_it() {
        let path = run(1_250_000, 50_000, 0, 20);
        let share = path.delivered as f64 / (20.0 * 1_250_000.0);
        assert!(share > 0.95, "{share}");
        let rate = f64::from(path.bbr.rate()) / 1.048_576;
        assert!((1_200_000.0..1_400_000.0).contains(&rate), "{rate}");
        assert!((50_000..52_500).contains(&path.bbr.min_rtt), "{}", path.bbr.min_rtt);
    }

    #[test]
    fn losses_by_chance_cost_what_is_lost() {
        let path = run(1_250_000, 50_000, 30, 20);
        let share = path.delivered as f64 / (20.0 * 1_250_000.0);
        assert!(share > 0.9, "{share}");
    }

    #[test]
    fn the_queue_stays_within_what_the_path_holds() {
        let path = run(1_250_000, 50_000, 0, 20);
        // Start-up overshoots; two round trips' worth is its bound.
        assert!(path.longest_queue < 120_000, "{}", path.longest_queue);
    }

    #[test]
    fn extremes_break_nothing() {
        let mut bbr = Bbr::new();
        let mut w = Window::new(u16::MAX);
        let mut now = 0u32;
        for step in 0..5_000u32 {
            let e = AckEvent {
                now,
                acked: u32::MAX,
                delivered: u32::MAX - step,
                flight_before: u32::MAX,
                flight: u32::MAX,
                rtt: Some(step % 3),
                ..AckEvent::default()
            };
            bbr.on_ack(&mut w, &e);
            if step % 501 == 0 {
                bbr.on_timeout(&mut w, now, u32::MAX);
            }
            assert!(w.cwnd <= super::super::MAX_WINDOW && bbr.pacing_rate(&w).is_some());
            now = now.wrapping_add(step * 77_777);
        }
    }
}
