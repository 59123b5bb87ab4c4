// SPDX-License-Identifier: Apache-2.0
//! Loss recovery and congestion control: acknowledgments that say anything within what was sent, time
//! that passes or jumps. Afterwards an honest receiver gets everything.

use std::collections::VecDeque;

use znet::base::SeqNum;
use znet::buf::{SegFlags, SegRecord};
use znet::transport::tcp::congestion::Kind;
use znet::transport::tcp::recovery::{Ack, Block, Delivery, Fired, Phase, Records, Sent};

use crate::input::Input;

const MSS: u16 = 1000;
/// Most segments in the queue: a peer's window.
const WINDOW: usize = 64;

struct Queue(VecDeque<SegRecord>);

impl Records for Queue {
    fn records(&mut self) -> impl Iterator<Item = &mut SegRecord> {
        self.0.iter_mut()
    }
}

struct Sender {
    d: Delivery,
    queue: Queue,
    una: SeqNum,
    nxt: SeqNum,
    now: u32,
    sack: bool,
}

/// The first byte chooses the algorithm and whether there is SACK; then each step is an
/// acknowledgment, something to send, or time.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let how = input.byte();
    let kind = Kind::ALL[usize::from(how >> 1) % Kind::ALL.len()];
    let first = SeqNum(u32::MAX - 20_000);
    let mut s = Sender {
        d: Delivery::new(kind, MSS),
        queue: Queue(VecDeque::new()),
        una: first,
        nxt: first,
        now: u32::MAX - 3_000_000,
        sack: how & 1 == 0,
    };
    s.d.on_established(s.now, Some(s.now.wrapping_sub(50_000)), 1 + how / 128);
    while !input.is_empty() {
        let step = input.byte();
        match step % 8 {
            0..=2 => s.send(1 + step / 8),
            3 => s.pass(u32::from(input.word()) << (step >> 3 & 7)),
            _ => s.hear(step, &mut input),
        }
        s.check();
    }
    s.finish();
}

impl Sender {
    fn sent(&self) -> Sent {
        Sent { una: self.una, nxt: self.nxt, sack_permitted: self.sack }
    }

    /// Sends up to `count` segments, those that are lost first.
    fn send(&mut self, count: u8) {
        for _ in 0..count {
            if self.una == self.nxt {
                self.d.resume(self.now);
            }
            let lost = self.queue.0.iter_mut().find(|r| r.flags.contains(SegFlags::LOST));
            if let Some(record) = lost {
                if !self.d.may_send(record.seq_len()) {
                    return;
                }
                self.d.on_sent(record, self.now);
                continue;
            }
            if self.queue.0.len() == WINDOW || !self.d.may_send(MSS.into()) {
                return;
            }
            self.send_new();
        }
    }

    fn send_new(&mut self) {
        let mut record = SegRecord { seq: self.nxt, len: MSS, ..SegRecord::default() };
        self.d.on_sent(&mut record, self.now);
        self.nxt = record.end();
        self.queue.0.push_back(record);
    }

    /// Time passes, and the timer with it.
    fn pass(&mut self, micros: u32) {
        self.now = self.now.wrapping_add(micros);
        let sent = self.sent();
        match self.d.on_timer(&mut self.queue, &sent, self.now, micros as u8) {
            Fired::Probe => {
                let new = self.queue.0.len() < WINDOW;
                if new {
                    self.send_new();
                } else if let Some(last) = self.queue.0.back_mut() {
                    self.d.on_sent(last, self.now);
                }
                self.d.on_probe_sent(self.now, self.nxt, !new);
            }
            Fired::Timeout if self.first_is_sacked() => self.d.renege(&mut self.queue),
            _ => {}
        }
    }

    fn first_is_sacked(&self) -> bool {
        self.queue.0.front().is_some_and(|r| r.flags.contains(SegFlags::SACKED))
    }

    /// An acceptable acknowledgment, true or not.
    fn hear(&mut self, step: u8, input: &mut Input<'_>) {
        let sent = self.nxt.since(self.una);
        let acked = match step & 8 {
            0 => 0,
            _ => u32::from(input.word()).min(sent),
        };
        let ack = self.una + acked;
        let block = |input: &mut Input<'_>| {
            let left = ack + u32::from(input.word());
            (left, left + u32::from(input.word()))
        };
        let count = if self.sack { usize::from(step >> 4 & 3) } else { 0 };
        let sacks: Vec<Block> = (0..count).map(|_| block(input)).collect();
        let echo = input.byte();
        self.acknowledge(&Ack {
            now: self.now,
            una: self.una,
            ack,
            nxt: self.nxt,
            sacks: &sacks,
            sack_permitted: self.sack,
            duplicate: acked == 0 && sent != 0 && step & 64 != 0,
            echo_rtt: (echo & 1 == 1).then_some(u32::from(echo) << 10),
            ece: echo & 14 == 14,
            app_limited: step & 128 != 0,
        });
    }

    fn acknowledge(&mut self, ack: &Ack<'_>) {
        self.d.on_ack(&mut self.queue, ack);
        self.una = ack.ack;
        while self.queue.0.front().is_some_and(|r| r.end().le(self.una)) {
            self.queue.0.pop_front();
        }
    }

    fn check(&self) {
        let sent = self.nxt.since(self.una);
        // The first segment may be acknowledged in part; it counts as a whole.
        assert!(self.d.in_flight() <= sent + u32::from(MSS), "{} of {sent}", self.d.in_flight());
        // None is left in recovery while nothing is on its way: then a segment goes all the same (RFC 6937, 3).
        let cwnd = self.d.window.cwnd;
        let repairs = matches!(self.d.phase(), Phase::Recovery | Phase::Reduced);
        assert!(cwnd <= 1 << 29 && (cwnd > 0 || repairs), "{cwnd} in {:?}", self.d.phase());
        assert!(self.d.window.ssthresh >= u32::from(MSS), "{:?}", self.d.window);
        assert!(self.d.rtt.timeout() > 0 && self.d.rtt.timeout() <= 60_000_000);
        assert_eq!(self.d.deadline(&self.sent()).is_some(), sent != 0);
        let both = SegFlags::SACKED | SegFlags::LOST;
        assert!(!self.queue.0.iter().any(|r| r.flags.contains(both)));
    }

    /// Everything is heard of from here on: nothing may stay unsent or unrepaired.
    fn finish(&mut self) {
        for _ in 0..2_000 {
            if self.una == self.nxt {
                return;
            }
            let at = self.d.deadline(&self.sent()).expect("something is on its way");
            self.pass(at.wrapping_sub(self.now).min(120_000_000));
            let before: Vec<_> = self.queue.0.iter().map(|r| r.transmissions).collect();
            self.send(1);
            self.check();
            // The peer has whatever lies in front of the first segment that is believed lost.
            let again = self.queue.0.front().zip(before.first());
            if again.is_some_and(|(now, before)| now.transmissions > *before) {
                let end = self.queue.0[0].end();
                self.acknowledge(&Ack {
                    now: self.now,
                    una: self.una,
                    ack: end,
                    nxt: self.nxt,
                    sacks: &[],
                    sack_permitted: self.sack,
                    duplicate: false,
                    echo_rtt: None,
                    ece: false,
                    app_limited: true,
                });
            }
        }
        panic!("{} bytes never arrive", self.nxt.since(self.una));
    }
}
