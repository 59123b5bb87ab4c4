// SPDX-License-Identifier: Apache-2.0
//! Goodput over the path of `benches/goodput`, for the peers: 10 Mbit/s, 25 ms each way, a queue of 72 KiB
//! before each line, every frame lost with the same probability after it took its time on the line.

use crate::{End, Ends, FIRST_PORT, Random};
use std::collections::VecDeque;

/// Nanoseconds that a byte takes.
const BYTE: u64 = 800;
/// One way, in nanoseconds.
const DELAY: u64 = 25_000_000;
/// Bytes that may wait for the line.
const QUEUE: u64 = 72 * 1024;
const BUFFER: usize = 65_535;
/// What the sender gives to one call.
const PIECE: usize = 16 * 1024;

/// One direction of the path.
#[derive(Default)]
struct Line {
    /// When it has nothing more to send, in nanoseconds.
    idle_at: u64,
    /// When each frame arrives.
    frames: VecDeque<(u64, Vec<u8>)>,
}

impl Line {
    /// Takes a frame at the time `now`, unless too many wait.
    fn send(&mut self, now: u64, frame: &[u8], lost: bool) {
        let length = frame.len() as u64;
        if self.idle_at.saturating_sub(now) / BYTE + length > QUEUE {
            return;
        }
        self.idle_at = self.idle_at.max(now) + length * BYTE;
        if !lost {
            self.frames.push_back((self.idle_at + DELAY, frame.to_vec()));
        }
    }
}

/// Two stacks and the path between them.
struct Path<E: Ends> {
    ends: E,
    /// To the client, to the server.
    lines: [Line; 2],
    /// Frames of 100,000 that are lost.
    loss: u32,
    random: Random,
    /// Nanoseconds since the start.
    now: u64,
    frame: Vec<u8>,
}

impl<E: Ends> Path<E> {
    /// Delivers what is due and lets both ends run.
    fn run(&mut self) {
        for (end, other) in [(End::Client, End::Server), (End::Server, End::Client)] {
            let frames = &mut self.lines[end as usize].frames;
            while frames.front().is_some_and(|(at, _)| *at <= self.now) {
                let (_, frame) = frames.pop_front().expect("it is there");
                self.ends.inject(end, &frame);
            }
            self.ends.run(end);
            while let Some(length) = self.ends.take(other, &mut self.frame) {
                let lost = self.random.below(100_000) < self.loss;
                self.lines[other as usize].send(self.now, &self.frame[..length], lost);
            }
        }
    }

    /// Goes on to when something happens next, but not beyond `end`; false when that was reached.
    fn step(&mut self, end: u64) -> bool {
        let frames = self.lines.iter().filter_map(|line| line.frames.front().map(|frame| frame.0));
        let timers = [End::Client, End::Server].map(|end| self.ends.deadline(end));
        let timers = timers.into_iter().flatten().map(|us| us * 1_000);
        let next = frames.chain(timers).min().unwrap_or(end).max(self.now + 1_000);
        self.now = next.min(end);
        self.ends.set_time(self.now / 1_000);
        next < end
    }
}

/// Goodput of one run in Mbit/s.
fn run<E: Ends>(control: &str, loss: f64, seconds: u64, seed: u32) -> f64 {
    let mut ends = E::new(BUFFER);
    assert!(ends.control(control), "{control}: no such congestion control");
    // So that no loss hits the look-up of addresses.
    let (from, to) = (ends.udp_open(End::Client, 1), ends.udp_open(End::Server, 1));
    ends.udp_send(End::Client, from, &[0], 1);
    ends.settle();
    ends.udp_receive(End::Server, to, 1);
    ends.tcp_listen(FIRST_PORT);

    let mut path = Path {
        ends,
        lines: Default::default(),
        loss: (loss * 100_000.0) as u32,
        // Seeds that follow one another make sequences that have nothing in common.
        random: Random(seed.wrapping_mul(2_654_435_761)),
        now: 0,
        frame: vec![0; 2048],
    };
    let client = path.ends.tcp_dial(FIRST_PORT);
    let server = loop {
        path.run();
        if let Some(server) = path.ends.tcp_joined(client) {
            break server;
        }
        path.step(u64::MAX);
    };
    let end = path.now + seconds * 1_000_000_000;
    let data = [0x5a; PIECE];
    let mut read = 0;
    loop {
        while path.ends.tcp_send(client, &data) > 0 {}
        path.run();
        read += path.ends.tcp_receive(server);
        // What reading made room for is said at once.
        path.run();
        if !path.step(end) {
            break;
        }
    }
    read as f64 * 8.0 / 1e6 / seconds as f64
}

/// `CONTROL LOSS SECONDS SEED`: prints the goodput of a run in Mbit/s.
pub fn main<E: Ends>(args: &[String]) {
    let [control, loss, seconds, seed] = args else {
        panic!("usage: --goodput CONTROL LOSS SECONDS SEED");
    };
    let loss: f64 = loss.parse().expect("a probability");
    let seconds = seconds.parse().expect("a number of seconds");
    let seed: u32 = seed.parse().expect("a number");
    println!("{:.3}", run::<E>(control, loss, seconds, seed));
}
