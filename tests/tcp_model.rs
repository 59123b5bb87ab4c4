// SPDX-License-Identifier: Apache-2.0
//! Applications that do anything at any time, over networks that do anything to frames, in virtual
//! time. Every segment is held against the rules for all segments, every byte against the stream it
//! belongs to, and after each run pools and tables are as they were.
//!
//! `ZNET_STEPS` says how many steps; `ZNET_SEED` runs one seed only, to look at a failure.
#![cfg(CONFIG_NET_TCP)]

use std::env;
use std::time::Instant;

use testutil::tcp::pair::{End, Pair};
use testutil::{Duration, Error, Host, LinkConfig, Rng, Socket};
use znet::config;

/// Steps when nobody says how many: as many as a debug build makes in some seconds.
const STEPS: u64 = 20_000;
/// Connections open at a time.
const OPEN: usize = 4;
/// Longest time in which a connection on a good wire must be done, in virtual milliseconds.
const PATIENCE: u64 = 400_000;
/// The same for an end whose peer is closed: until then all that was to be repeated was.
const LONELY: u64 = 300_000;

struct Model {
    pair: Pair,
    rng: Rng,
    clients: Vec<End>,
    servers: Vec<End>,
    /// Some end was aborted, closed early, or the wire was too bad: not every byte need arrive.
    rough: bool,
    steps: u64,
}

/// A wire from the dice: from perfect to hardly usable.
fn wire(rng: &mut Rng) -> LinkConfig {
    let mut wire = LinkConfig::delay(Duration::from_micros(rng.below(80_000)));
    if rng.chance(0.7) {
        wire = wire.loss([0.01, 0.05, 0.2][rng.below(3) as usize]);
    }
    if rng.chance(0.5) {
        wire = wire.reorder(0.2, Duration::from_micros(rng.below(100_000)));
    }
    if rng.chance(0.3) {
        wire = wire.duplicate(0.1);
    }
    if rng.chance(0.3) {
        wire = wire.corrupt(0.05);
    }
    if rng.chance(0.5) {
        wire = wire.rate(100_000 << rng.below(8));
        wire.queue = 2_000 + rng.below(60_000) as usize;
    }
    wire
}

impl Model {
    fn new() -> Model {
        Model {
            pair: Pair::new(0, LinkConfig::default()),
            rng: Rng::new(0),
            clients: Vec::new(),
            servers: Vec::new(),
            rough: false,
            steps: 0,
        }
    }

    /// One run from one seed.
    fn run(&mut self, seed: u64) {
        self.rng = Rng::new(seed);
        let wire = wire(&mut self.rng);
        self.rough = false;
        self.pair.restart(seed, wire);
        for _ in 0..20 + self.rng.below(400) {
            self.step();
            self.steps += 1;
        }
        self.finish();
        self.pair.net.check_leaks();
        self.check();
    }

    fn step(&mut self) {
        match self.rng.below(100) {
            0..3 if self.clients.len() < OPEN => {
                if let Ok(end) = self.pair.connect() {
                    self.clients.push(end);
                }
            }
            3..8 => {
                if let Some(end) = self.pair.accept() {
                    self.servers.push(end);
                }
            }
            8..50 => {
                let len = 1 + self.rng.below(1 << self.rng.clone().below(15)) as usize;
                self.with_end(|end| {
                    end.send(len);
                });
            }
            50..85 => {
                let most = 1 + self.rng.below(1 << self.rng.clone().below(16)) as usize;
                self.with_end(|end| {
                    end.recv(most);
                });
            }
            85 => self.with_end(|end| {
                let _ = end.host.tcp_shutdown(end.socket, "wr");
            }),
            86 => self.close(false),
            87 if self.rng.chance(0.3) => self.close(true),
            88 => {
                let on = self.rng.chance(0.5);
                self.with_end(|end| {
                    let _ = end.host.tcp_set(end.socket, "nodelay", on.into());
                });
            }
            _ => {}
        }
        let pause = match self.rng.below(10) {
            0..6 => 0,
            6..9 => self.rng.below(50_000),
            _ => self.rng.below(3_000_000),
        };
        self.run_watched(Duration::from_micros(pause));
        self.check();
    }

    /// Lets time pass, and looks after each event whether what was sent fits the congestion window.
    fn run_watched(&mut self, span: Duration) {
        let ends: Vec<_> =
            self.clients.iter().chain(&self.servers).map(|end| (end.host, end.socket)).collect();
        let look = |(host, socket): &(&Host, Socket)| {
            let number = |field| host.tcp_number(*socket, field);
            Some((number("flight")?, number("cwnd")?, number("mss")?))
        };
        let mut before: Vec<_> = ends.iter().map(look).collect();
        let left = self.pair.net.now() + span;
        while self.pair.net.now() < left {
            let more = self.pair.net.run_until(left - self.pair.net.now(), || true);
            for (end, before) in ends.iter().zip(&mut before) {
                let now = look(end);
                if let (Some((had, ..)), Some((flight, cwnd, mss))) = (*before, now)
                    && flight > had
                {
                    // Beyond it go two segments of limited transmit (RFC 3042), and a probe of the
                    // tail (RFC 8985, 7.3).
                    let most = cwnd.max(had) + 3 * mss + 1;
                    assert!(flight <= most, "{flight} bytes in flight, with a window of {cwnd}");
                }
                *before = now;
            }
            if !more {
                break;
            }
        }
    }

    /// Does something to some end.
    fn with_end(&mut self, act: impl FnOnce(&mut End)) {
        let all = self.clients.len() + self.servers.len();
        let chosen = self.rng.below(all as u64) as usize;
        if let Some(end) = self.clients.iter_mut().chain(&mut self.servers).nth(chosen) {
            act(end);
        }
    }

    fn close(&mut self, abort: bool) {
        let ends = if self.rng.chance(0.5) { &mut self.clients } else { &mut self.servers };
        if ends.is_empty() {
            return;
        }
        let end = ends.swap_remove(self.rng.below(ends.len() as u64) as usize);
        // The other end need not get everything any more.
        self.rough = true;
        let closed = match abort {
            true => end.host.tcp_abort(end.socket),
            false => end.host.tcp_close(end.socket),
        };
        closed.expect("an open socket closes");
    }

    /// On a good wire everything that is open comes to its end, with every byte.
    fn finish(&mut self) {
        self.pair.net.set_link(self.pair.wire, LinkConfig::delay(Duration::from_millis(5)));
        let mut waited = 0;
        loop {
            while let Some(end) = self.pair.accept() {
                self.servers.push(end);
            }
            for end in self.clients.iter_mut().chain(&mut self.servers) {
                let connected = end.host.tcp_connected(end.socket);
                match connected {
                    Ok(true) => {
                        let _ = end.host.tcp_shutdown(end.socket, "wr");
                    }
                    Ok(false) => {}
                    Err(error) => {
                        end.failed.get_or_insert(error);
                    }
                }
                while end.recv(1 << 16) > 0 {}
            }
            let both = |port: u16| {
                let has = |ends: &[End]| ends.iter().any(|end| end.port == port);
                has(&self.clients) && has(&self.servers)
            };
            // Whose peer broke off, and whose reset was lost, may wait for ever: it has nothing to send.
            let alone = |end: &End| waited > LONELY && !both(end.port);
            let busy = |end: &End| !end.ended && end.failed.is_none() && !alone(end);
            if !self.clients.iter().chain(&self.servers).any(busy) {
                break;
            }
            self.pair.net.run_for(Duration::from_millis(100));
            waited += 100;
            if waited > PATIENCE {
                self.tell();
                panic!("a connection on a good wire does not come to its end");
            }
            self.check();
        }
        for client in &self.clients {
            let Some(server) = self.servers.iter().find(|s| s.port == client.port) else {
                continue;
            };
            if client.failed.is_none() && server.failed.is_none() {
                assert_eq!(client.sent, server.received, "port {}", client.port);
                assert_eq!(server.sent, client.received, "port {}", client.port);
            } else if !self.rough {
                // Only a wire that was bad for long may end a connection by itself.
                for error in [client.failed, server.failed].into_iter().flatten() {
                    let timed_out = matches!(error, Error::TimedOut | Error::ConnReset);
                    assert!(timed_out, "port {}: {error:?}", client.port);
                }
            }
        }
        for end in self.clients.drain(..).chain(self.servers.drain(..)) {
            let _ = end.host.tcp_close(end.socket);
        }
    }

    fn check(&self) {
        if let Err(what) = self.pair.judge() {
            panic!("{what}");
        }
    }

    fn tell(&self) {
        for (what, ends) in [("client", &self.clients), ("server", &self.servers)] {
            for end in ends {
                let state = end.host.tcp_state(Some(end.socket), None);
                eprintln!(
                    "{what} of port {}: {state}, sent {}, received {}, ended {}, {:?}",
                    end.port, end.sent, end.received, end.ended, end.failed
                );
                if !end.ended && end.failed.is_none() {
                    eprintln!("{}", self.pair.trace(end.port));
                }
            }
        }
    }
}

#[test]
fn anything_may_happen_and_every_byte_arrives() {
    if config::NET_PKT_TX_COUNT < 64 {
        println!("model: not with so few packets; see tests/tcp.conf");
        return;
    }
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let started = Instant::now();
    let mut model = Model::new();
    if let Some(seed) = number("ZNET_SEED") {
        return model.run(seed);
    }
    let (wanted, mut seed, mut segments) = (number("ZNET_STEPS").unwrap_or(STEPS), 0, 0);
    while model.steps < wanted {
        seed += 1;
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| model.run(seed)));
        if let Err(why) = caught {
            eprintln!("seed {seed} failed: ZNET_SEED={seed} runs it alone");
            std::mem::forget(model);
            std::panic::resume_unwind(why);
        }
        segments += model.pair.segments();
    }
    let (steps, took) = (model.steps, started.elapsed().as_secs());
    println!("model: {steps} steps in {seed} runs, {segments} segments, {took} s");
}
