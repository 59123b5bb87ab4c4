// SPDX-License-Identifier: Apache-2.0
//! What goes wrong, and when: one kind of weather after the other, then again from the start.

use testutil::{Duration, LinkConfig, Rng};
use znet::buf::faults;

use super::world::World;

/// One kind of weather.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Nothing goes wrong.
    Calm,
    /// Frames are lost, doubled, overtaken and spoilt, a few in a hundred.
    Rain,
    /// The same, one in ten.
    Storm,
    /// Allocations fail.
    Hunger,
    /// Drivers refuse frames.
    Refusal,
    /// The wire is cut and mended.
    Flapping,
    /// Clocks leap forward.
    Leaps,
    /// All of it.
    All,
}

impl Weather {
    /// All there is, in the order in which it comes.
    pub const ALL: [Weather; 8] = [
        Weather::Calm,
        Weather::Rain,
        Weather::Storm,
        Weather::Hunger,
        Weather::Refusal,
        Weather::Flapping,
        Weather::Leaps,
        Weather::All,
    ];

    /// The wire in this weather.
    pub fn wire(self) -> LinkConfig {
        let wire = LinkConfig::delay(Duration::from_micros(500));
        match self {
            Weather::Calm | Weather::Hunger => wire,
            Weather::Storm => wire
                .loss(0.10)
                .duplicate(0.03)
                .corrupt(0.03)
                .reorder(0.05, Duration::from_millis(5)),
            _ => wire
                .loss(0.01)
                .duplicate(0.005)
                .corrupt(0.005)
                .reorder(0.01, Duration::from_millis(5)),
        }
    }
}

/// How often something went wrong that the wire does not count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mishaps {
    /// Allocations that failed.
    pub allocations: u64,
    /// Times a driver began to refuse.
    pub refusals: u64,
    /// Times the wire was cut.
    pub cuts: u64,
    /// Times the clock leapt.
    pub leaps: u64,
}

/// Lets it rain: called once a tick.
#[derive(Debug, Default)]
pub struct Sky {
    /// What went wrong so far.
    pub mishaps: Mishaps,
    /// The allocation that fails next, counted from the last one.
    target: Option<u64>,
    refuses: Spell,
    cut: Spell,
}

impl Sky {
    /// All is well from here on.
    pub fn clear(&mut self, world: &mut World) {
        self.count_strike();
        faults::fail(None);
        self.target = None;
        (self.refuses, self.cut) = (Spell::default(), Spell::default());
        world.hosts.iter().for_each(|host| host.fail_driver(false));
        world.net.set_link_up(world.wire, true);
        world.net.set_link(world.wire, Weather::Calm.wire());
    }

    /// One tick of it.
    pub fn tick(&mut self, weather: Weather, world: &mut World, rng: &mut Rng) {
        let is = |kind| weather == kind || weather == Weather::All;
        if is(Weather::Hunger) && (self.target.is_none() || self.count_strike()) {
            let next = rng.below(200);
            faults::fail(Some(next));
            self.target = Some(next);
        }
        if is(Weather::Refusal) && self.refuses.turns(rng, 30, 3) {
            let bad = self.refuses.bad;
            for (at, host) in world.hosts.iter().enumerate() {
                host.fail_driver(bad && rng.below(2) == at as u64);
            }
            self.mishaps.refusals += u64::from(bad);
        }
        if is(Weather::Flapping) && self.cut.turns(rng, 60, 40) {
            world.net.set_link_up(world.wire, !self.cut.bad);
            self.mishaps.cuts += u64::from(self.cut.bad);
        }
        if is(Weather::Leaps) && rng.below(60) == 0 {
            let most = [5, 200, 3_000][rng.below(3) as usize];
            world.net.jump(Duration::from_millis(rng.below(most)));
            self.mishaps.leaps += 1;
        }
    }

    /// Whether the allocation that was to fail has; counts it once.
    fn count_strike(&mut self) -> bool {
        let struck = self.target.is_some_and(|target| faults::tried() > target);
        if struck {
            self.mishaps.allocations += 1;
            self.target = None;
        }
        struck
    }
}

/// Something that is well for a while, then not, and so on.
#[derive(Debug, Default)]
struct Spell {
    bad: bool,
    /// Ticks for which it stays so.
    left: u64,
}

impl Spell {
    /// Whether good turns to bad or bad to good in this tick, as each lasts up to so many ticks.
    fn turns(&mut self, rng: &mut Rng, good: u64, bad: u64) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.bad = !self.bad;
        self.left = rng.below(if self.bad { bad } else { good });
        true
    }
}
