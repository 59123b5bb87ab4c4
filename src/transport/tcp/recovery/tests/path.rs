// SPDX-License-Identifier: Apache-2.0
//! A sender made of [`Delivery`] alone, a path, and a receiver that acknowledges as RFC 2018 and
//! RFC 5681 say: enough to see losses repaired.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::vec::Vec;

use super::super::{Ack, Block, Delivery, Fired, Records, Sent};
use crate::base::SeqNum;
use crate::buf::{SegFlags, SegRecord};
use crate::transport::tcp::congestion::Kind;

pub(super) const MSS: u32 = 1_460;
/// Headers of a frame around a segment: Ethernet, IPv4, TCP.
const HEADERS: u32 = 14 + 40;
/// A receiver's longest delay of an acknowledgment.
const ACK_DELAY: u64 = 40_000;

impl Records for VecDeque<SegRecord> {
    fn records(&mut self) -> impl Iterator<Item = &mut SegRecord> {
        self.iter_mut()
    }
}

/// What the path and the ends are like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Config {
    pub(super) kind: Kind,
    pub(super) sack: bool,
    pub(super) stamps: bool,
    /// Bytes a second.
    pub(super) rate: u32,
    /// Microseconds each way.
    pub(super) delay: u64,
    /// Bytes that may wait for the line.
    pub(super) queue: u32,
    /// Lost of 10,000 frames, each way.
    pub(super) loss: u64,
    /// Held back of 10,000 frames, by up to `jitter`.
    pub(super) reorder: u64,
    /// Microseconds.
    pub(super) jitter: u64,
    /// Send and receive buffer.
    pub(super) buffer: u32,
    /// Bytes to send.
    pub(super) total: u32,
}

impl Config {
    /// 10 Mbit/s, 25 ms each way.
    pub(super) const fn new(kind: Kind) -> Self {
        Config {
            kind,
            sack: true,
            stamps: false,
            rate: 1_250_000,
            delay: 25_000,
            queue: 64 * 1024,
            loss: 0,
            reorder: 0,
            jitter: 0,
            buffer: 65_535,
            total: 1 << 30,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Segment(u32, u32, u32),
    Acknowledgment(u32, Vec<(u32, u32)>, u32),
    DelayedAck(u64),
}

/// A transmission of a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Of all, from 1 on.
    pub(super) number: u64,
    /// Of this segment, from 1 on.
    pub(super) times: u8,
    /// Where the segment lies in the stream.
    pub(super) place: u32,
}

pub(super) struct Path {
    pub(super) d: Delivery,
    pub(super) config: Config,
    pub(super) now: u64,
    pub(super) queue: VecDeque<SegRecord>,
    pub(super) una: SeqNum,
    pub(super) nxt: SeqNum,
    /// Loses the segments of which it is true.
    pub(super) drop: fn(Frame) -> bool,
    pub(super) timeouts: u32,
    pub(super) probes: u32,
    pub(super) repeated: u32,
    pub(super) sent: u64,
    rng: u64,
    free_at: [u64; 2],
    events: BinaryHeap<Reverse<(u64, u64, What)>>,
    order: u64,
    next_at: u64,
    /// The receiver.
    pub(super) rcv_nxt: SeqNum,
    early: Vec<(SeqNum, SeqNum)>,
    duplicate: Option<Block>,
    owed: u32,
    owed_since: u64,
    /// What it acknowledged last, and the time-stamp it echoes.
    last_ack: SeqNum,
    stamp: u32,
}

const FIRST: SeqNum = SeqNum(0xffff_8000);

impl Path {
    pub(super) fn new(config: Config, seed: u64) -> Self {
        let mut d = Delivery::new(config.kind, MSS as u16);
        d.on_established(1_000_000, Some(1_000_000 - 2 * config.delay as u32), 1);
        Path {
            d,
            config,
            now: 1_000_000,
            queue: VecDeque::new(),
            una: FIRST,
            nxt: FIRST,
            drop: |_| false,
            timeouts: 0,
            probes: 0,
            repeated: 0,
            sent: 0,
            rng: seed,
            free_at: [0; 2],
            events: BinaryHeap::new(),
            order: 0,
            next_at: 0,
            rcv_nxt: FIRST,
            early: Vec::new(),
            duplicate: None,
            owed: 0,
            owed_since: 0,
            last_ack: FIRST,
            stamp: 0,
        }
    }

    fn draw(&mut self) -> u64 {
        self.rng = self.rng.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.rng ^ (self.rng >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn clock(&self) -> u32 {
        self.now as u32
    }

    fn push(&mut self, at: u64, what: What) {
        self.order += 1;
        self.events.push(Reverse((at, self.order, what)));
    }

    /// Puts a frame on the line of a direction.
    fn transmit(&mut self, direction: usize, bytes: u32, lose: bool, what: What) {
        let free = self.free_at[direction].max(self.now);
        let rate = u64::from(self.config.rate);
        if (free - self.now) * rate / 1_000_000 + u64::from(bytes) > u64::from(self.config.queue) {
            return;
        }
        self.free_at[direction] = free + (u64::from(bytes) * 1_000_000).div_ceil(rate);
        if lose || self.draw() % 10_000 < self.config.loss {
            return;
        }
        let mut at = self.free_at[direction] + self.config.delay;
        if self.draw() % 10_000 < self.config.reorder {
            at += self.draw() % self.config.jitter.max(1);
        }
        self.push(at, what);
    }

    fn sent(&self) -> Sent {
        Sent { una: self.una, nxt: self.nxt, sack_permitted: self.config.sack }
    }

    /// Bytes that arrived in order.
    pub(super) fn arrived(&self) -> u32 {
        self.rcv_nxt.since(FIRST)
    }

    /// Runs for a time, or until everything is acknowledged.
    pub(super) fn run(&mut self, micros: u64) {
        let end = self.now + micros;
        loop {
            self.output();
            if self.una.since(FIRST) >= self.config.total {
                return;
            }
            let timer = self.d.deadline(&self.sent()).map(|at| {
                let wait = at.wrapping_sub(self.clock()) as i32;
                self.now + wait.max(0) as u64
            });
            let event = self.events.peek().map(|Reverse((at, ..))| *at);
            let pace = (self.next_at > self.now).then_some(self.next_at);
            let Some(at) = timer.into_iter().chain(event).chain(pace).min() else { return };
            if at > end {
                self.now = end;
                return;
            }
            self.now = at;
            if event == Some(at) {
                let Some(Reverse((_, _, what))) = self.events.pop() else { return };
                self.happen(what);
            } else if timer == Some(at) {
                self.expire();
            }
        }
    }

    fn expire(&mut self) {
        let (sent, now) = (self.sent(), self.clock());
        match self.d.on_timer(&mut self.queue, &sent, now, 0) {
            Fired::Timeout => self.timeouts += 1,
            Fired::Probe => {
                self.probes += 1;
                self.fill();
                let new = self.queue.iter().position(|r| !r.flags.contains(SegFlags::SENT));
                let index = new.unwrap_or(self.queue.len() - 1);
                self.emit(index);
                self.d.on_probe_sent(now, self.nxt, new.is_none());
            }
            Fired::Reordering | Fired::Nothing => {}
        }
    }

    /// The application fills the send buffer; only what the peer's window takes is queued.
    fn fill(&mut self) {
        loop {
            let end = self.queue.back().map_or(self.una, |r| r.end());
            let left = self.config.total.saturating_sub(end.since(FIRST)).min(MSS);
            if left == 0 || (end + left).since(self.una) > self.config.buffer {
                return;
            }
            self.queue.push_back(SegRecord { seq: end, len: left as u16, ..SegRecord::default() });
        }
    }

    fn output(&mut self) {
        self.fill();
        if self.una == self.nxt && !self.queue.is_empty() {
            let now = self.clock();
            self.d.resume(now);
        }
        while self.next_at <= self.now {
            let lost = self.queue.iter().position(|r| r.flags.contains(SegFlags::LOST));
            let new = || self.queue.iter().position(|r| !r.flags.contains(SegFlags::SENT));
            let Some(index) = lost.or_else(new) else { return };
            if !self.d.may_send(self.queue[index].seq_len()) {
                return;
            }
            self.emit(index);
        }
    }

    fn emit(&mut self, index: usize) {
        let now = self.clock();
        let record = &mut self.queue[index];
        self.repeated += u32::from(record.flags.contains(SegFlags::SENT));
        self.d.on_sent(record, now);
        let (seq, end, times) = (record.seq, record.end(), record.transmissions);
        self.nxt = self.nxt.max(end);
        self.sent += 1;
        let lose = (self.drop)(Frame { number: self.sent, times, place: seq.since(FIRST) });
        let len = end.since(seq);
        #[cfg(CONFIG_ZNET_TCP_PACING)]
        if let Some(rate) = self.d.pacing_rate() {
            self.next_at = self.now + u64::from(len) * 1_000_000 / u64::from(rate.max(1));
        }
        self.transmit(0, len + HEADERS, lose, What::Segment(seq.0, end.0, now));
    }

    fn happen(&mut self, what: What) {
        match what {
            What::Segment(seq, end, stamp) => {
                // RFC 7323, 4.3: the stamp of the segment that the next acknowledgment is for.
                if SeqNum(seq).le(self.last_ack) && SeqNum(end).gt(self.last_ack) {
                    self.stamp = stamp;
                }
                self.receive(SeqNum(seq), SeqNum(end));
            }
            What::Acknowledgment(ack, sacks, stamp) => {
                self.acknowledged(SeqNum(ack), &sacks, stamp);
            }
            What::DelayedAck(since) => {
                if self.owed != 0 && self.owed_since == since {
                    self.acknowledge();
                }
            }
        }
    }

    fn receive(&mut self, seq: SeqNum, end: SeqNum) {
        if seq.gt(self.rcv_nxt) {
            let known = self.early.iter().any(|(s, e)| s.le(seq) && end.le(*e));
            self.duplicate = known.then_some((seq, end));
            if !known {
                self.keep(seq, end);
            }
            return self.acknowledge();
        }
        if end.le(self.rcv_nxt) {
            self.duplicate = Some((seq, end));
            return self.acknowledge();
        }
        self.rcv_nxt = end;
        let filled = !self.early.is_empty();
        while let Some(at) = self.early.iter().position(|(s, _)| s.le(self.rcv_nxt)) {
            let (_, e) = self.early.remove(at);
            self.rcv_nxt = self.rcv_nxt.max(e);
        }
        self.owed += 1;
        if self.owed >= 2 || filled {
            self.acknowledge();
        } else {
            self.owed_since = self.now;
            self.push(self.now + ACK_DELAY, What::DelayedAck(self.now));
        }
    }

    /// Joins a segment to the blocks; the newest comes first.
    fn keep(&mut self, mut seq: SeqNum, mut end: SeqNum) {
        self.early.retain(|(s, e)| {
            let touches = s.le(end) && seq.le(*e);
            if touches {
                seq = seq.min(*s);
                end = end.max(*e);
            }
            !touches
        });
        self.early.insert(0, (seq, end));
    }

    fn acknowledge(&mut self) {
        self.owed = 0;
        let mut sacks = Vec::new();
        if self.config.sack {
            sacks.extend(self.duplicate.take().map(|(s, e)| (s.0, e.0)));
            sacks.extend(self.early.iter().map(|(s, e)| (s.0, e.0)));
            sacks.truncate(4);
        }
        let options = if sacks.is_empty() { 0 } else { 4 + 8 * sacks.len() as u32 };
        self.last_ack = self.rcv_nxt;
        let what = What::Acknowledgment(self.rcv_nxt.0, sacks, self.stamp);
        self.transmit(1, HEADERS + options, false, what);
    }

    fn acknowledged(&mut self, ack: SeqNum, sacks: &[(u32, u32)], stamp: u32) {
        if ack.lt(self.una) {
            return;
        }
        let sacks: Vec<Block> = sacks.iter().map(|(s, e)| (SeqNum(*s), SeqNum(*e))).collect();
        let a = Ack {
            now: self.clock(),
            una: self.una,
            ack,
            nxt: self.nxt,
            sacks: &sacks,
            sack_permitted: self.config.sack,
            duplicate: ack == self.una && self.nxt != self.una,
            echo_rtt: self.config.stamps.then(|| self.clock().wrapping_sub(stamp)),
            ece: false,
            app_limited: self.nxt.since(ack) + MSS > self.config.buffer,
        };
        self.d.on_ack(&mut self.queue, &a);
        self.una = ack;
        while self.queue.front().is_some_and(|r| r.end().le(ack)) {
            self.queue.pop_front();
        }
        self.check();
    }

    /// What the window counts on must be what the records say.
    fn check(&mut self) {
        let pipe: u32 = self.queue.iter().filter(|r| r.is_in_flight()).map(|r| r.seq_len()).sum();
        if self.config.sack {
            assert_eq!(self.d.in_flight(), pipe);
        } else {
            assert!(self.d.in_flight() <= pipe);
        }
        assert!(self.d.window.cwnd > 0);
    }
}
