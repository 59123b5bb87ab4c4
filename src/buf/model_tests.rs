// SPDX-License-Identifier: Apache-2.0
//! Random operations on packets against a plain vector, memory running out at every point, and
//! threads that share pools.

use std::boxed::Box;
use std::sync::Mutex;
use std::vec::Vec;

use super::*;
use crate::base::{Duration, Error};
use crate::os::clock;

/// A generator good enough to choose operations; the seed reproduces a failure.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.0 >> 33
    }

    fn below(&mut self, n: usize) -> usize {
        self.next() as usize % n.max(1)
    }

    fn up_to(&mut self, n: usize) -> Vec<u8> {
        let n = self.below(n);
        self.bytes(n)
    }

    fn bytes(&mut self, n: usize) -> Vec<u8> {
        (0..n).map(|_| self.next() as u8).collect()
    }
}

fn pools() -> &'static Pools {
    Box::leak(Box::new(Pools::new()))
}

fn content(pkt: &Pkt) -> Vec<u8> {
    pkt.fragments().flatten().copied().collect()
}

/// A packet whose fragments have the given room, each behind some headroom.
fn with_rooms(pools: &'static Pools, rng: &mut Rng, rooms: &[usize]) -> Option<Pkt> {
    // SAFETY: packet and buffers are ours alone; what is asked for fits a buffer.
    unsafe {
        let raw = pkt::alloc(pools.rx_slab(), 0, NO_WAIT);
        if raw.is_null() {
            return None;
        }
        let pkt = Pkt::from_raw(raw);
        (*raw).data_pool = pools.rx_pool();
        for &room in rooms {
            let front = rng.below(20);
            let buf = pool::alloc_len(pools.rx_pool(), room + front, NO_WAIT);
            if buf.is_null() {
                return None;
            }
            (*buf).b.data = (*buf).b.data.add(front);
            (*buf).b.size = (room + front) as u16;
            (*raw).frags = frag::add((*raw).frags, buf);
        }
        Some(pkt)
    }
}

fn some_rooms(rng: &mut Rng) -> Vec<usize> {
    match rng.below(3) {
        0 => std::vec![1; 1 + rng.below(14)],
        1 => std::vec![1 + rng.below(90)],
        _ => (0..1 + rng.below(6)).map(|_| 1 + rng.below(40)).collect(),
    }
}

/// A packet in overwriting mode beside what its content should be.
struct Twin {
    pkt: Pkt,
    model: Vec<u8>,
    at: usize,
}

impl Twin {
    /// Fills a new packet through its cursor, in pieces.
    fn new(pools: &'static Pools, rng: &mut Rng) -> Twin {
        let rooms = some_rooms(rng);
        let total: usize = rooms.iter().sum();
        let mut pkt = with_rooms(pools, rng, &rooms).expect("the pools are large enough");
        let fill = rng.below(total + 1);
        let model = rng.bytes(fill);
        pkt.cursor_init();
        let mut done = 0;
        while done < fill {
            let n = (1 + rng.below(20)).min(fill - done);
            match rng.below(8) {
                0 => {
                    pkt.fill(0xaa, n).unwrap();
                    let at = pkt.cursor_offset();
                    assert!(at == done + n || done + n == total);
                    pkt.copy_in(done, &model[done..done + n]);
                }
                _ => pkt.write(&model[done..done + n]).unwrap(),
            }
            done += n;
        }
        assert_eq!(pkt.write(&std::vec![0; total - fill + 1]), Err(Error::NoBufs));
        assert!(pkt.update_length(fill).is_ok());
        let mut twin = Twin { pkt, model, at: 0 };
        twin.pkt.set_overwrite(true);
        twin.restart();
        twin
    }

    fn restart(&mut self) {
        self.pkt.cursor_init();
        self.at = 0;
    }

    /// One random operation on both.
    fn step(&mut self, pools: &'static Pools, rng: &mut Rng) {
        let left = self.model.len() - self.at;
        let n = rng.below(left + 3);
        let fits = n <= left;
        match rng.below(16) {
            0 | 1 => {
                let mut got = std::vec![0; n];
                assert_eq!(self.pkt.read(&mut got).is_ok(), fits);
                let have = n.min(left);
                assert_eq!(got[..have], self.model[self.at..self.at + have]);
                self.moved(n, fits);
            }
            2 => {
                assert_eq!(self.pkt.skip(n).is_ok(), fits);
                self.moved(n, fits);
            }
            3 | 4 => {
                let data = rng.bytes(n);
                assert_eq!(self.pkt.write(&data).is_ok(), fits);
                let have = n.min(left);
                self.model[self.at..self.at + have].copy_from_slice(&data[..have]);
                self.moved(n, fits);
            }
            5 => {
                assert_eq!(self.pkt.fill(7, n).is_ok(), fits);
                let have = n.min(left);
                self.model[self.at..self.at + have].fill(7);
                self.moved(n, fits);
            }
            6 if self.model.len() > 4 && n < 6 => {
                assert_eq!(self.pkt.pull_at_cursor(n).is_ok(), fits);
                self.model.drain(self.at..self.at + n.min(left));
                self.at = 0;
            }
            7 => {
                let n = rng.below(5);
                assert_eq!(self.pkt.pull(n), n <= self.model.len());
                if n <= self.model.len() {
                    self.model.drain(..n);
                }
                self.restart();
            }
            8 => {
                let front = rng.up_to(12);
                if let Some(room) = self.pkt.push(front.len()) {
                    room.copy_from_slice(&front);
                    self.model.splice(..0, front);
                }
                self.restart();
            }
            9 if self.pkt.fragments().count() < 8 => {
                let front = rng.up_to(30);
                if let Some(room) = self.pkt.prepend(front.len(), rng.below(30)) {
                    room.copy_from_slice(&front);
                    self.model.splice(..0, front);
                }
                self.restart();
            }
            10 => {
                let back = rng.up_to(20);
                let done = self.pkt.append(&back);
                assert!(done == back.len() || self.pkt.tailroom() == 0);
                self.model.extend(&back[..done]);
                self.restart();
            }
            11 => {
                let n = rng.below(self.model.len() + 2);
                let upped = self.pkt.pull_up(n);
                assert!(!upped || self.pkt.head().len() >= n);
                assert!(n <= self.model.len() || !upped);
                self.restart();
            }
            12 if self.model.len() > 30 => {
                let n = self.model.len() - rng.below(4);
                assert!(self.pkt.truncate(n));
                self.model.truncate(n);
                self.restart();
            }
            13 => {
                if let Some(mut clone) = self.pkt.deep_clone(NO_WAIT) {
                    assert_eq!(content(&clone), self.model);
                    let at = clone.cursor_offset();
                    assert!(at == self.at || self.at == self.model.len());
                    clone.cursor_init();
                    let _ = clone.fill(0xff, self.model.len());
                }
            }
            14 => {
                let shared = self.pkt.shallow_clone(NO_WAIT).expect("packets are left");
                assert_eq!(content(&shared), self.model);
                let refused =
                    if self.pkt.fragments().next().is_none() { Error::NoBufs } else { Error::Busy };
                assert_eq!(self.pkt.write(b"x"), Err(refused));
                assert!(self.pkt.push(0).is_none());
            }
            _ => {
                let mut other = pools.alloc_tx(3, n + 1, NO_WAIT).expect("buffers are left");
                other.cursor_init();
                assert_eq!(other.copy_from(&mut self.pkt, n).is_ok(), fits);
                let have = n.min(left);
                assert_eq!(content(&other), self.model[self.at..self.at + have]);
                self.moved(n, fits);
            }
        }
        assert_eq!(content(&self.pkt), self.model);
        assert_eq!(self.pkt.len(), self.model.len());
    }

    /// The cursor went over `n` bytes, or stopped where there were no more.
    fn moved(&mut self, n: usize, fits: bool) {
        self.at += n;
        if !fits || self.at == self.model.len() {
            // At the end the cursor may have left the packet.
            self.restart();
        } else {
            assert_eq!(self.pkt.cursor_offset(), self.at);
            assert_eq!(self.pkt.remaining(), self.model.len() - self.at);
        }
    }
}

#[test]
fn cursor_and_content_follow_the_model() {
    let pools = pools();
    for seed in 0..1500 {
        let rng = &mut Rng(seed);
        let mut twin = Twin::new(pools, rng);
        for _ in 0..40 {
            twin.step(pools, rng);
        }
        drop(twin);
        assert!(pools.all_free(), "seed {seed}");
    }
}

#[test]
fn memory_running_out_anywhere_loses_nothing() {
    let pools = pools();
    let all = Pools::capacity();
    for free_bufs in 0..8 {
        for free_pkts in 0..3 {
            // Leave that much free, then try everything that allocates.
            let mut rng = Rng(free_bufs as u64);
            let mut hoard = Vec::new();
            let mut pkts = PktList::new();
            let mut original = with_rooms(pools, &mut rng, &[3; 5]).unwrap();
            original.cursor_init();
            original.write(b"fifteen bytes..").unwrap();
            let used = original.fragments().count();
            for _ in 0..all.rx_bufs - used - free_bufs {
                // SAFETY: the pool lives for ever.
                let buf = unsafe { pool::alloc_len(pools.rx_pool(), 8, NO_WAIT) };
                assert!(!buf.is_null());
                hoard.push(buf);
            }
            for _ in 0..all.rx_pkts - 1 - free_pkts {
                // SAFETY: the slab lives for ever; the packet is live.
                unsafe { pkts.push_back(Pkt::from_raw(pkt::alloc(pools.rx_slab(), 0, NO_WAIT))) };
            }
            let clone = original.deep_clone(NO_WAIT);
            assert!(clone.is_some() || free_pkts == 0 || free_bufs == 0);
            assert!(clone.is_none_or(|clone| content(&clone) == b"fifteen bytes.."));
            let shallow = original.shallow_clone(NO_WAIT);
            assert_eq!(shallow.is_some(), free_pkts > 0);
            drop(shallow);
            assert_eq!(pools.alloc_rx(1, NO_WAIT).is_some(), free_pkts > 0 && free_bufs > 0);
            let up = original.pull_up(15);
            assert!(up || content(&original) == b"fifteen bytes..");
            let before = content(&original).len();
            let front = original.prepend(120, 0).map(|room| room.len());
            assert!(front.is_none_or(|n| n == 120));
            assert_eq!(original.len(), before + front.unwrap_or(0));
            for buf in hoard {
                // SAFETY: the reference is ours.
                unsafe { pool::unref(buf) };
            }
            drop((original, pkts));
            assert!(pools.all_free(), "{free_bufs} {free_pkts}");
        }
    }
}

#[test]
fn threads_share_pools() {
    const ROUNDS: usize = 3000;
    let pools = pools();
    let exchange = Mutex::new(PktList::new());
    std::thread::scope(|scope| {
        for id in 0..4u64 {
            let exchange = &exchange;
            scope.spawn(move || {
                let rng = &mut Rng(id);
                let mut mine = PktList::new();
                for _ in 0..ROUNDS {
                    match rng.below(6) {
                        0 | 1 => {
                            if let Some(mut pkt) = pools.alloc_rx(60, NO_WAIT) {
                                pkt.append(&[id as u8; 60]);
                                pkt.set_ll_proto_type(id as u16);
                                mine.push_back(pkt);
                            }
                        }
                        2 => {
                            if let Some(pkt) = mine.pop_front() {
                                exchange.lock().unwrap().push_back(pkt);
                            }
                        }
                        3 => {
                            let taken = exchange.lock().unwrap().pop_front();
                            if let Some(pkt) = taken {
                                let by = pkt.ll_proto_type() as u8;
                                assert!(pkt.head().iter().all(|&b| b == by), "torn content");
                                mine.push_back(pkt);
                            }
                        }
                        4 => {
                            let clone = mine.front().and_then(|p| p.shallow_clone(NO_WAIT));
                            if let Some(clone) = clone {
                                exchange.lock().unwrap().push_back(clone);
                            }
                        }
                        _ => drop(mine.pop_front()),
                    }
                }
            });
        }
    });
    drop(exchange);
    assert!(pools.all_free());
}

#[test]
fn waiting_threads_get_what_others_give_back() {
    let pools = pools();
    let count = 4 * Pools::capacity().tx_pkts;
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(move || {
                for _ in 0..count {
                    let until = Some(clock::now() + Duration::from_secs(20));
                    let held = pools.alloc_tx(20, 30, until).expect("somebody gives one back");
                    let more = pools.alloc_tx(0, 100, NO_WAIT);
                    std::thread::yield_now();
                    drop((held, more));
                }
            });
        }
    });
    assert!(pools.all_free());
}

#[test]
fn a_wait_ends_at_its_deadline() {
    let pools = pools();
    let mut all = PktList::new();
    while let Some(pkt) = pools.alloc_tx(0, 1, NO_WAIT) {
        all.push_back(pkt);
    }
    let begin = clock::now();
    assert!(pools.alloc_tx(0, 1, Some(begin + Duration::from_millis(20))).is_none());
    assert!(clock::now() - begin >= Duration::from_millis(20));
}

#[test]
fn references_to_one_buffer_from_many_threads() {
    let pools = pools();
    // SAFETY: the pool lives for ever; each thread gives up as many references as it takes.
    let buf = unsafe { pool::alloc_len(pools.rx_pool(), 8, NO_WAIT) } as usize;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            // SAFETY: we hold a reference, and this one is the thread's.
            unsafe { pool::hold(buf as *mut NetBuf) };
            scope.spawn(move || {
                for _ in 0..20_000 {
                    // SAFETY: the thread holds one.
                    unsafe {
                        pool::hold(buf as *mut NetBuf);
                        pool::unref(buf as *mut NetBuf);
                    }
                }
                // SAFETY: the thread's own.
                unsafe { pool::unref(buf as *mut NetBuf) };
            });
        }
    });
    // SAFETY: ours is the only one left.
    unsafe {
        assert_eq!(pool::refs(buf as *mut NetBuf), 1);
        pool::unref(buf as *mut NetBuf);
    }
    assert!(pools.all_free());
}
