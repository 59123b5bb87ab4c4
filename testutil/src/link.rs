// SPDX-License-Identifier: Apache-2.0
//! What happens to a frame between the sender's port and the receivers'.

use znet::base::{Duration, Instant};

use crate::rng::Rng;

/// The nature of a link, the same in all directions. The default is a perfect wire.
#[derive(Clone, Debug)]
pub struct LinkConfig {
    /// From the last bit sent to the last bit received.
    pub delay: Duration,
    /// Bits a second, for each sender; 0 is infinite.
    pub rate: u64,
    /// Bytes that may wait for a sender's turn when there is a rate; more are lost.
    pub queue: usize,
    /// Probability that a frame is lost.
    pub loss: f64,
    /// Probability that a frame arrives twice.
    pub duplicate: f64,
    /// Probability that one bit of a frame is turned.
    pub corrupt: f64,
    /// Probability that a frame is held back by [`LinkConfig::held_back`], so that others overtake.
    pub reorder: f64,
    /// How long a frame is held back, at most; the time is drawn evenly.
    pub held_back: Duration,
    /// Longest frame carried, link header included; longer ones are lost.
    pub max_frame: usize,
}

impl Default for LinkConfig {
    fn default() -> Self {
        LinkConfig {
            delay: Duration::from_micros(1),
            rate: 0,
            queue: 256 * 1024,
            loss: 0.0,
            duplicate: 0.0,
            corrupt: 0.0,
            reorder: 0.0,
            held_back: Duration::from_millis(10),
            max_frame: 1518,
        }
    }
}

impl LinkConfig {
    /// A wire with this delay each way.
    pub fn delay(delay: Duration) -> Self {
        LinkConfig { delay, ..LinkConfig::default() }
    }

    /// Sets the rate in bits a second.
    pub fn rate(mut self, bits: u64) -> Self {
        self.rate = bits;
        self
    }

    /// Sets the probability of loss.
    pub fn loss(mut self, probability: f64) -> Self {
        self.loss = probability;
        self
    }

    /// Sets the probability of duplication.
    pub fn duplicate(mut self, probability: f64) -> Self {
        self.duplicate = probability;
        self
    }

    /// Sets the probability of corruption.
    pub fn corrupt(mut self, probability: f64) -> Self {
        self.corrupt = probability;
        self
    }

    /// Sets the probability that a frame is held back, and for how long at most.
    pub fn reorder(mut self, probability: f64, held_back: Duration) -> Self {
        self.reorder = probability;
        self.held_back = held_back;
        self
    }
}

/// What a link did to the frames that were given to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkStats {
    /// Frames given to it.
    pub sent: u64,
    /// Frames that arrived, copies included; a frame with several receivers counts for each.
    pub delivered: u64,
    /// Frames lost by chance or by a filter.
    pub lost: u64,
    /// Frames lost because too much was waiting.
    pub overflowed: u64,
    /// Frames lost because they were too long.
    pub oversized: u64,
    /// Frames that arrived twice.
    pub duplicated: u64,
    /// Frames that arrived with a bit turned.
    pub corrupted: u64,
    /// Frames held back.
    pub reordered: u64,
}

/// The sending side of one port: when its line is free again.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line {
    free_at: Instant,
}

impl Line {
    /// Puts `len` bytes on the line; returns when the last bit has left, or `None` when too much
    /// waits already.
    pub(crate) fn send(
        &mut self,
        now: Instant,
        len: usize,
        config: &LinkConfig,
    ) -> Option<Instant> {
        if config.rate == 0 {
            return Some(now);
        }
        let waiting = self.free_at.since(now).as_micros() as u128 * config.rate as u128 / 8_000_000;
        if waiting + len as u128 > config.queue as u128 {
            return None;
        }
        let bits = len as u64 * 8;
        let time = Duration::from_micros((bits * 1_000_000).div_ceil(config.rate));
        self.free_at = self.free_at.max(now) + time;
        Some(self.free_at)
    }
}

/// One arrival of a frame: how long after it left, and with which bit turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arrival {
    pub(crate) after: Duration,
    pub(crate) turned: Option<usize>,
}

/// Draws the fate of a frame of `len` bytes on its way to one receiver: its arrivals, if any.
pub(crate) fn fate(
    config: &LinkConfig,
    rng: &mut Rng,
    len: usize,
    stats: &mut LinkStats,
) -> Vec<Arrival> {
    if rng.chance(config.loss) {
        stats.lost += 1;
        return Vec::new();
    }
    let copies = if rng.chance(config.duplicate) { 2 } else { 1 };
    stats.duplicated += copies - 1;
    stats.delivered += copies;
    let mut arrivals = Vec::with_capacity(copies as usize);
    for _ in 0..copies {
        let mut after = config.delay;
        if rng.chance(config.reorder) {
            let extra = rng.below(config.held_back.as_micros() + 1);
            after = Duration::from_micros(after.as_micros().saturating_add(extra));
            stats.reordered += 1;
        }
        let turned = rng.chance(config.corrupt).then(|| rng.below(len as u64 * 8) as usize);
        stats.corrupted += u64::from(turned.is_some());
        arrivals.push(Arrival { after, turned });
    }
    arrivals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_megabit_takes_eight_microseconds_a_byte() {
        let config = LinkConfig::default().rate(1_000_000);
        let mut line = Line::default();
        let now = Instant::from_millis(5);
        assert_eq!(line.send(now, 100, &config), Some(now + Duration::from_micros(800)));
        assert_eq!(line.send(now, 100, &config), Some(now + Duration::from_micros(1_600)));
        let later = now + Duration::from_secs(1);
        assert_eq!(line.send(later, 1, &config), Some(later + Duration::from_micros(8)));
    }

    #[test]
    fn the_queue_is_bounded() {
        let config = LinkConfig { queue: 1_000, ..LinkConfig::default().rate(8_000) };
        let mut line = Line::default();
        for _ in 0..10 {
            assert!(line.send(Instant::ZERO, 100, &config).is_some());
        }
        assert_eq!(line.send(Instant::ZERO, 100, &config), None);
        assert!(line.send(Instant::from_millis(100), 100, &config).is_some());
    }

    #[test]
    fn a_perfect_wire_draws_nothing() {
        let (mut rng, mut stats) = (Rng::new(1), LinkStats::default());
        let config = LinkConfig::default();
        let got = fate(&config, &mut rng, 60, &mut stats);
        assert_eq!(got, [Arrival { after: config.delay, turned: None }]);
        assert_eq!(rng.draw(), Rng::new(1).draw());
    }

    #[test]
    fn impairments_come_about_as_often_as_asked() {
        let (mut rng, mut stats) = (Rng::new(9), LinkStats::default());
        let config = LinkConfig::default()
            .loss(0.1)
            .duplicate(0.1)
            .corrupt(0.1)
            .reorder(0.1, Duration::from_millis(1));
        for _ in 0..10_000 {
            for arrival in fate(&config, &mut rng, 60, &mut stats) {
                assert!(arrival.after.as_micros() <= 1_001);
                assert!(arrival.turned.is_none_or(|bit| bit < 480));
            }
        }
        let about = |n: u64, want: u64| n.abs_diff(want) < want / 5;
        assert!(about(stats.lost, 1_000) && about(stats.duplicated, 900), "{stats:?}");
        assert!(about(stats.corrupted, 990) && about(stats.reordered, 990), "{stats:?}");
    }
}
