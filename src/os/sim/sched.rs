// SPDX-License-Identifier: Apache-2.0
//! Who runs next, and what time it is.

use std::sync::{Mutex, MutexGuard};
use std::vec::Vec;

use super::super::host::quick_exit;
use super::super::host::threads::Host;
use crate::base::{Duration, Instant};
use core::sync::atomic::Ordering::*;

/// Looks at the clock after which it moves by a microsecond.
const LOOKS_PER_MICRO: u32 = 256;

pub struct Sched {
    /// Holder of the baton.
    running: Option<&'static Host>,
    /// In order of arrival.
    ready: Vec<&'static Host>,
    asleep: Vec<(Option<Instant>, &'static Host)>,
    now: Instant,
    looks: u32,
    seed: u64,
    lots: u64,
    entropy: u64,
}

pub struct Global(Mutex<Sched>);

pub static SCHED: Global = Global(Mutex::new(Sched {
    running: None,
    ready: Vec::new(),
    asleep: Vec::new(),
    now: Instant::ZERO,
    looks: 0,
    seed: 0,
    lots: 0,
    entropy: 0x5eed,
}));

impl Global {
    pub fn lock(&self) -> MutexGuard<'_, Sched> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
}

/// Returns when `host`, the caller, holds the baton.
pub fn wait_for_baton(host: &'static Host) {
    while !SCHED.lock().running.is_some_and(|r| core::ptr::eq(r, host)) {
        host.parker.park(None);
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): every seed gives a full-length sequence.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn may_run(host: &Host) -> bool {
    !host.suspended.load(Acquire)
}

fn urgency(host: &Host) -> i32 {
    host.thread().priority()
}

impl Sched {
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = seed;
        self.lots = seed;
        self.entropy = seed ^ 0x5eed;
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    pub fn random(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = next_random(&mut self.entropy).to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }

    /// The time, and whether looking at it made a sleeper's deadline pass.
    pub fn look_at_clock(&mut self) -> (Instant, bool) {
        self.looks += 1;
        if self.looks < LOOKS_PER_MICRO || self.running.is_none() {
            return (self.now, false);
        }
        self.looks = 0;
        self.now += Duration::from_micros(1);
        (self.now, self.wake_expired())
    }

    /// Moves the clock to the next deadline on the way to `end`. False once there.
    pub fn advance_towards(&mut self, end: Instant) -> bool {
        if self.now >= end {
            return false;
        }
        self.now = self.earliest().map_or(end, |d| d.clamp(self.now, end));
        self.wake_expired();
        super::RESCHEDULE.store(true, Relaxed);
        self.now < end
    }

    pub fn make_ready(&mut self, host: &'static Host) {
        self.ready.push(host);
        super::RESCHEDULE.store(true, Relaxed);
    }

    /// A host thread from outside comes in.
    pub fn join(&mut self, host: &'static Host) {
        self.ready.push(host);
        if self.running.is_none() {
            self.dispatch();
        }
    }

    /// A host thread goes for good.
    pub fn leave(&mut self, host: &'static Host) {
        self.remove(host);
        if self.running.is_some_and(|r| core::ptr::eq(r, host)) {
            self.dispatch();
        }
    }

    pub fn remove(&mut self, host: &'static Host) {
        self.ready.retain(|h| !core::ptr::eq(*h, host));
        self.asleep.retain(|(_, h)| !core::ptr::eq(*h, host));
    }

    pub fn sleep(&mut self, host: &'static Host, deadline: Option<Instant>) {
        self.asleep.push((deadline, host));
        self.dispatch();
    }

    /// Makes a sleeper ready. False if it does not sleep.
    pub fn wake(&mut self, host: &'static Host) -> bool {
        let Some(at) = self.asleep.iter().position(|(_, h)| core::ptr::eq(*h, host)) else {
            return false;
        };
        self.asleep.remove(at);
        self.ready.push(host);
        true
    }

    pub fn go_last(&mut self, host: &'static Host) {
        self.ready.push(host);
        self.dispatch();
    }

    /// Lets the others of the same priority go first. If there are none, a moment passes, so that a
    /// loop that yields until something happens comes to see it happen.
    pub fn yield_to_equals(&mut self, host: &'static Host) {
        if !self.ready.iter().any(|h| may_run(h) && urgency(h) <= urgency(host)) {
            self.now += Duration::from_micros(1);
        }
        self.go_last(host);
    }

    /// Passes the baton if someone more urgent than its holder waits for it. The holder then stays
    /// the first among its equals.
    pub fn give_way(&mut self, host: &'static Host) -> bool {
        let better = self.ready.iter().any(|h| may_run(h) && urgency(h) < urgency(host));
        if better {
            self.ready.insert(0, host);
            self.dispatch();
        }
        better
    }

    fn earliest(&self) -> Option<Instant> {
        let deadlines = self.asleep.iter().filter(|(_, h)| may_run(h)).filter_map(|(d, _)| *d);
        // The end of time never comes: what would be the time after it?
        deadlines.filter(|deadline| deadline.as_micros() < u64::MAX).min()
    }

    /// Makes ready whose deadline has passed, the earlier the sooner.
    fn wake_expired(&mut self) -> bool {
        let mut woke = false;
        while let Some(deadline) = self.earliest().filter(|d| *d <= self.now) {
            let due =
                |(d, h): &(Option<Instant>, &'static Host)| *d == Some(deadline) && may_run(h);
            let Some(at) = self.asleep.iter().position(due) else { break };
            let (_, host) = self.asleep.remove(at);
            self.ready.push(host);
            woke = true;
        }
        woke
    }

    /// Chooses who runs next, and wakes its host thread.
    fn dispatch(&mut self) {
        self.running = None;
        self.looks = 0;
        loop {
            self.wake_expired();
            if let Some(host) = self.choose() {
                self.running = Some(host);
                host.parker.unpark();
                return;
            }
            match self.earliest() {
                Some(deadline) => self.now = self.now.max(deadline),
                None => return self.nothing_left(),
            }
        }
    }

    fn choose(&mut self) -> Option<&'static Host> {
        let best = self.ready.iter().filter(|h| may_run(h)).map(|h| urgency(h)).min()?;
        let equals = || {
            let ready = self.ready.iter().enumerate();
            ready.filter(|(_, h)| may_run(h) && urgency(h) == best).map(|(at, _)| at)
        };
        let at = match self.seed {
            0 => equals().next()?,
            _ => {
                let count = equals().count() as u64;
                let mut lots = self.lots;
                let lot = next_random(&mut lots) % count;
                let at = equals().nth(lot as usize)?;
                self.lots = lots;
                at
            }
        };
        Some(self.ready.remove(at))
    }

    /// Everyone sleeps without a deadline. If one of them came from outside, it waits for what can't
    /// happen; otherwise the next to come in will find the threads as they are.
    fn nothing_left(&self) {
        let mut hosts = self.asleep.iter().map(|(_, h)| *h).chain(self.ready.iter().copied());
        if !hosts.clone().any(|h| h.data.foreign.load(Relaxed)) {
            return;
        }
        std::eprintln!(
            "sim: deadlock at {} us: every thread sleeps and no deadline is left",
            self.now.as_micros()
        );
        for host in hosts.by_ref() {
            let name = host.thread().name();
            let name = match name.is_null() {
                true => "(from outside)".into(),
                // SAFETY: names are zero terminated and outlive their threads.
                false => unsafe { core::ffi::CStr::from_ptr(name.cast()) }.to_string_lossy(),
            };
            std::eprintln!("sim:   {name}, priority {}", urgency(host));
        }
        quick_exit(1);
    }
}
