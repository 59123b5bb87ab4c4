// SPDX-License-Identifier: Apache-2.0
//! The rounds of a soak, and the account of it.

mod connections;
mod datagrams;
mod weather;
mod world;

use connections::Connections;
use datagrams::Datagrams;
use std::process::ExitCode;
use std::time::Instant;
use testutil::{Duration, LinkStats, Rng};
use weather::{Sky, Weather};
use world::World;

/// Connections open at a time, at most.
const AT_A_TIME: usize = 24;
/// Connections begun in one kind of weather.
const LASTS: u64 = 2_000;
/// Datagrams a connection.
const RATIO: u64 = 10;
/// Share of the connections that may fail: those that storms, cuts and refused ARP frames outlast.
const MAY_FAIL: f64 = 0.02;

const USAGE: &str = "usage: cargo xtask soak [option]...

  --connections=N   how many, a million when not said; datagrams are ten times as many
  --seed=N          of all chances, 1 when not said
  --brief           20,000 of them, for CI";

struct Soak {
    world: World,
    rng: Rng,
    sky: Sky,
    connections: Connections,
    datagrams: Datagrams,
    /// Times that all came to rest.
    rounds: u64,
}

impl Soak {
    fn new(seed: u64) -> Soak {
        Soak {
            world: World::new(seed),
            rng: Rng::new(seed),
            sky: Sky::default(),
            connections: Connections::default(),
            datagrams: Datagrams::default(),
            rounds: 0,
        }
    }

    /// So many more connections, one kind of weather after the other; then rest.
    fn round(&mut self, most: u64) {
        for weather in Weather::ALL {
            let upto = most.min(self.connections.begun + LASTS);
            self.world.net.set_link(self.world.wire, weather.wire());
            while self.connections.begun < upto {
                self.sky.tick(weather, &mut self.world, &mut self.rng);
                self.tick(upto);
            }
            self.sky.clear(&mut self.world);
        }
        while !self.connections.at_rest() {
            self.tick(0);
        }
        self.world.net.check_leaks();
        for host in self.world.hosts {
            host.take_events();
        }
        self.world.open();
        self.rounds += 1;
    }

    fn tick(&mut self, upto: u64) {
        if self.connections.begun < upto && self.connections.open() < AT_A_TIME {
            self.connections.begin(&self.world);
        }
        for _ in 0..8 {
            if self.datagrams.sent < self.connections.begun * RATIO {
                self.datagrams.send(&self.world);
            }
        }
        self.world.net.run_for(Duration::from_millis(1));
        self.connections.tick(&self.world);
        self.datagrams.receive(&self.world);
    }

    fn report(&self, begin: Instant) {
        let c = &self.connections;
        let d = &self.datagrams;
        let m = self.sky.mishaps;
        let LinkStats { sent, lost, duplicated, corrupted, reordered, .. } =
            self.world.net.stats(self.world.wire);
        println!("connections  {:>10}", c.begun);
        println!("  in order   {:>10}", c.in_order);
        println!("  cut short  {:>10}  on purpose", c.cut_short);
        for (error, count) in &c.failed {
            println!("  failed     {count:>10}  {error}");
        }
        println!("  left alone {:>10}  by a server whose reset was lost", c.left_alone);
        println!("  put off    {:>10}  for want of memory", c.refused);
        println!("datagrams    {:>10}  and {} refused", d.sent, d.refused);
        println!("  arrived    {:>10}  and {} twice", d.arrived, d.again);
        println!("  spoilt     {:>10}  in two fragments, unseen by a sum of 16 bits", d.unseen);
        println!("frames       {sent:>10}");
        println!(
            "  lost {lost}, doubled {duplicated}, with a bit turned {corrupted}, overtaken {reordered}"
        );
        println!(
            "allocations failed {}, drivers refused {} times, wire cut {} times, clock leapt {} times",
            m.allocations, m.refusals, m.cuts, m.leaps
        );
        println!(
            "pools and tables at their baseline {} times; {} s of virtual time in {} s",
            self.rounds,
            self.world.net.now().as_millis() / 1_000,
            begin.elapsed().as_secs()
        );
    }
}

/// Reads the command line and does it.
pub fn main() -> ExitCode {
    let (mut connections, mut seed) = (1_000_000, 1);
    for arg in std::env::args().skip(1) {
        let number = |text: &str| text.parse().ok();
        match arg.split_once('=') {
            None if arg == "--brief" => connections = 20_000,
            Some(("--connections", text)) if number(text).is_some() => {
                connections = number(text).unwrap_or_default();
            }
            Some(("--seed", text)) if number(text).is_some() => {
                seed = number(text).unwrap_or_default();
            }
            _ => {
                eprintln!("{arg}: not an option\n{USAGE}");
                return ExitCode::from(2);
            }
        }
    }
    let begin = Instant::now();
    let mut soak = Soak::new(seed);
    while soak.connections.begun < connections {
        soak.round(connections);
        if soak.rounds.is_multiple_of(10) {
            eprintln!("{} connections, {} s", soak.connections.begun, begin.elapsed().as_secs());
        }
    }
    soak.report(begin);
    let failed: u64 = soak.connections.failed.values().sum();
    if failed as f64 > connections as f64 * MAY_FAIL {
        eprintln!("{failed} connections failed, which is too many");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
