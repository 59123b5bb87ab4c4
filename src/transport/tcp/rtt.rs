// SPDX-License-Identifier: Apache-2.0
//! Round-trip time and retransmission time-out (RFC 6298).
//!
//! All times are microseconds on a clock that wraps at 32 bits; what is kept of them is about
//! milliseconds where windows are [short](super::size). What may be measured is the caller's
//! business: a segment that was sent twice has no round-trip time (Karn's algorithm, section 3)
//! unless a time-stamp tells which transmission was acknowledged (RFC 7323, 4.1).

use super::size::{Size, narrow, wide};
use crate::config;

/// Longest time-out: RFC 6298, (2.5) wants at least 60 s.
const MAX_RTO: u32 = 60_000_000;

/// Time-out before anything was measured, from Kconfig; RFC 6298, (2.1) proposes a second.
const FIRST_RTO: u32 = match config::NET_TCP_INIT_RETRANSMISSION_TIMEOUT {
    0 => 1_000_000,
    millis if millis > 60_000 => MAX_RTO,
    millis => millis as u32 * 1_000,
};

/// The variance term is never taken for less than this, so that a peer that delays its
/// acknowledgments (RFC 1122, 4.2.3.2) causes no time-out. RFC 6298, (2.4) asks for a whole second as
/// the least time-out; like other stacks of today we go below where Kconfig does.
const MIN_VARIANCE: u32 = if FIRST_RTO < 1_000_000 { FIRST_RTO } else { 1_000_000 };

/// What is kept of a time in microseconds: it is divided by two so often.
const UNIT: u32 = if cfg!(CONFIG_ZNET_TCP_SHORT) { 10 } else { 0 };

/// Longest sample taken for real, in units: 268 s, for longer ones come from a confused clock, or what
/// can be kept of its eightfold, 8 s.
const MAX_SAMPLE: u32 = if cfg!(CONFIG_ZNET_TCP_SHORT) { 0x1fff } else { 1 << 28 };

/// Most doublings of the time-out that are counted: more than CONFIG_NET_TCP_RETRY_COUNT can be, or no
/// count would ever be past that.
const MAX_BACKOFF: u8 = 32;

/// Smoothed round-trip time, its variance, and how often the time-out was doubled.
#[derive(Clone, Copy, Debug)]
pub struct Rtt {
    /// Smoothed round-trip time in eighths of a unit; 0 before the first sample.
    srtt: Size,
    /// Mean deviation in quarters of a unit.
    rttvar: Size,
    /// Time-outs in a row without an acknowledgment of new data.
    backoff: u8,
    /// Share of a random addition to the time-out, in 256ths of an eighth of it.
    #[cfg(CONFIG_NET_TCP_RANDOMIZED_RTO)]
    jitter: u8,
}

impl Rtt {
    /// Nothing measured yet.
    pub const fn new() -> Self {
        Rtt {
            srtt: 0,
            rttvar: 0,
            backoff: 0,
            #[cfg(CONFIG_NET_TCP_RANDOMIZED_RTO)]
            jitter: 0,
        }
    }

    /// Takes a measurement of `micros` while `samples` measurements a round trip are to be expected.
    ///
    /// With more than one the gains shrink accordingly (RFC 7323, appendix G), else a full window of
    /// equal samples would make the estimate forget what came before within one round trip.
    pub fn sample(&mut self, micros: u32, samples: u32) {
        let sample = (micros >> UNIT).clamp(1, MAX_SAMPLE);
        self.backoff = 0;
        if self.srtt == 0 {
            self.srtt = narrow(sample << 3);
            self.rttvar = narrow(sample << 1);
            return;
        }
        let share = samples.max(1).ilog2().min(8);
        let (srtt, rttvar) = (wide(self.srtt), wide(self.rttvar));
        let error = sample as i32 - (srtt >> 3) as i32;
        let deviation = error.unsigned_abs() as i32 - (rttvar >> 2) as i32;
        self.rttvar = narrow(rttvar.saturating_add_signed(deviation >> share));
        self.srtt = narrow(srtt.saturating_add_signed(error >> share).max(8));
    }

    /// Smoothed round-trip time; `None` before the first sample.
    #[inline]
    pub const fn smoothed(&self) -> Option<u32> {
        if self.srtt == 0 { None } else { Some(wide(self.srtt >> 3) << UNIT) }
    }

    /// Mean deviation of the round-trip time.
    pub const fn variance(&self) -> u32 {
        wide(self.rttvar >> 2) << UNIT
    }

    /// The time-out without doublings (RFC 6298, (2.2) and (2.3)).
    pub fn base_timeout(&self) -> u32 {
        if self.srtt == 0 {
            return FIRST_RTO;
        }
        let variance = (wide(self.rttvar) << UNIT).max(MIN_VARIANCE);
        ((wide(self.srtt >> 3) << UNIT) + variance).min(MAX_RTO)
    }

    /// The time-out that holds now: doubled for each time-out in a row ((5.5)), with the random part
    /// where that is configured.
    pub fn timeout(&self) -> u32 {
        let base = self.base_timeout();
        #[cfg(CONFIG_NET_TCP_RANDOMIZED_RTO)]
        let base = base + ((base >> 11) * u32::from(self.jitter));
        let doublings = u32::from(self.backoff);
        if base.leading_zeros() <= doublings { MAX_RTO } else { (base << doublings).min(MAX_RTO) }
    }

    /// The retransmission timer expired. With `CONFIG_NET_TCP_RANDOMIZED_RTO` the next time-out is up
    /// to an eighth longer, by `random`, so that connections that lost together part.
    pub fn on_timeout(&mut self, random: u8) {
        self.backoff = (self.backoff + 1).min(MAX_BACKOFF);
        #[cfg(CONFIG_NET_TCP_RANDOMIZED_RTO)]
        {
            self.jitter = random;
        }
        #[cfg(not(CONFIG_NET_TCP_RANDOMIZED_RTO))]
        let _ = random;
    }

    /// New data was acknowledged without giving a sample: the doublings end. RFC 6298 (5.7) keeps
    /// them until there is a sample; when every segment of a window was retransmitted that would
    /// leave a living connection with time-outs of minutes.
    #[inline]
    pub fn on_progress(&mut self) {
        self.backoff = 0;
    }

    /// Takes back the doublings after a time-out that turned out to be spurious.
    pub fn forget_timeouts(&mut self) {
        self.backoff = 0;
    }

    /// Time-outs in a row.
    pub const fn timeouts(&self) -> u8 {
        self.backoff
    }
}

impl Default for Rtt {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, not(CONFIG_ZNET_TCP_SHORT)))]
mod tests {
    use super::*;

    #[test]
    fn the_first_sample_sets_both() {
        let mut rtt = Rtt::new();
        assert_eq!((rtt.smoothed(), rtt.timeout()), (None, FIRST_RTO));
        rtt.sample(400_000, 1);
        assert_eq!((rtt.smoothed(), rtt.variance()), (Some(400_000), 200_000));
        assert_eq!(rtt.timeout(), 400_000 + 4 * 200_000);
    }

    #[test]
    fn later_samples_move_it_by_an_eighth_and_a_quarter() {
        let mut rtt = Rtt::new();
        rtt.sample(400_000, 1);
        rtt.sample(480_000, 1);
        // 400 + 80/8; 200 + (80 - 200)/4.
        assert_eq!((rtt.smoothed(), rtt.variance()), (Some(410_000), 170_000));
        rtt.sample(410_000, 1);
        assert_eq!((rtt.smoothed(), rtt.variance()), (Some(410_000), 127_500));
    }

    #[test]
    fn more_samples_a_round_trip_move_it_less() {
        let mut rtt = Rtt::new();
        rtt.sample(400_000, 1);
        for _ in 0..16 {
            rtt.sample(480_000, 16);
        }
        let moved = rtt.smoothed().expect("samples") - 400_000;
        assert!((8_000..=10_000).contains(&moved), "{moved}");
    }

    #[test]
    fn a_steady_path_keeps_room_for_delayed_acknowledgments() {
        let mut rtt = Rtt::new();
        for _ in 0..1_000 {
            rtt.sample(1_000, 1);
        }
        assert_eq!(rtt.timeout(), 1_000 + MIN_VARIANCE);
    }

    #[test]
    fn time_outs_double_up_to_a_minute_and_end_with_a_sample() {
        let mut rtt = Rtt::new();
        rtt.sample(100_000, 1);
        let base = rtt.timeout();
        rtt.on_timeout(0);
        assert_eq!(rtt.timeout(), base * 2);
        for _ in 0..300 {
            rtt.on_timeout(0);
        }
        assert_eq!((rtt.timeout(), rtt.timeouts()), (MAX_RTO, MAX_BACKOFF));
        rtt.sample(100_000, 1);
        assert_eq!(rtt.timeouts(), 0);
    }

    #[test]
    #[cfg(CONFIG_NET_TCP_RANDOMIZED_RTO)]
    fn randomness_adds_an_eighth_at_most() {
        let mut rtt = Rtt::new();
        rtt.sample(100_000, 1);
        let base = rtt.base_timeout();
        rtt.on_timeout(255);
        let most = rtt.timeout() / 2;
        assert!(most > base + base / 9 && most <= base + base / 8, "{most}");
        assert_eq!(rtt.base_timeout(), base);
    }

    #[test]
    fn absurd_samples_break_nothing() {
        let mut rtt = Rtt::new();
        for micros in [0, u32::MAX, 0, 1, u32::MAX, 7] {
            rtt.sample(micros, u32::MAX);
            assert!(rtt.timeout() <= MAX_RTO && rtt.smoothed().is_some());
            rtt.sample(micros, 0);
            assert!(rtt.timeout() <= MAX_RTO && rtt.smoothed().is_some());
        }
    }
}
