// SPDX-License-Identifier: Apache-2.0
//! The port to Linux processes: host threads run side by side, time is the monotonic clock.
//!
//! Priorities order the wait queues; the processor is shared as the host sees fit. The irq lock is
//! one process-wide futex lock, which lends priorities as the mutexes do.

mod clock;
mod lock;
mod reserve;
mod tid;

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering::*};

use super::host::threads::{self, Host};
use super::thread::{StartInfo, Thread};
use crate::base::{Duration, Instant, Result};

use lock::PiLock;
use tid::tid;

pub use clock::{Hold, now};

pub use super::host::threads::{
    ThreadData, current, finish, in_isr, last_look, reap, set_isr, stack_unused,
};
pub use lock::RawMutex;

pub use super::host::{console, exit, misuse, restart};

static IRQ: PiLock = PiLock::new();
static ORIGIN: AtomicU64 = AtomicU64::new(0);

/// Nothing: the host's scheduler does it all.
#[derive(Debug)]
pub struct HostData;

impl HostData {
    pub const fn new() -> Self {
        HostData
    }
}

pub fn starting(_host: &'static Host) {}
pub fn attached(_host: &'static Host, _foreign: bool) {}
pub fn detached(_host: &'static Host) {}

/// Key of a section inside another; that of an outer one is the thread's id, so that giving the lock
/// back needs no second look at it.
const INNER: u32 = 0;

#[inline]
pub fn irq_lock() -> u32 {
    let tid = tid();
    if IRQ.try_lock(tid) { tid } else { irq_lock_slow(tid) }
}

#[cold]
fn irq_lock_slow(tid: u32) -> u32 {
    if IRQ.is_held_by(tid) {
        return INNER;
    }
    IRQ.lock_slow(tid);
    tid
}

#[inline]
pub fn irq_unlock(key: u32) {
    if key != INNER {
        IRQ.unlock(key);
    }
}

/// [`irq_lock`] of a thread that came here before, when nobody has the lock, not even that thread.
#[inline(always)]
pub fn irq_lock_at_once() -> Option<u32> {
    let tid = tid::known_tid()?;
    IRQ.try_lock(tid).then_some(tid)
}

/// [`irq_unlock`] when nobody waits; false when somebody does, and the lock is still held.
#[inline(always)]
pub fn irq_unlock_at_once(key: u32) -> bool {
    IRQ.try_unlock(key)
}

pub fn irq_held() -> bool {
    IRQ.is_held_by(tid())
}

pub fn start(thread: &'static Thread, info: &StartInfo) -> Result<()> {
    threads::start(thread, info)
}

pub fn park(deadline: Option<Instant>) {
    let host = threads::host();
    let deadline = deadline.map(|d| {
        let nanos = u128::from(ORIGIN.load(Relaxed)) + u128::from(d.as_micros()) * 1_000;
        let secs = (nanos / 1_000_000_000).min(i64::MAX as u128) as i64;
        timespec(secs, (nanos % 1_000_000_000) as i64)
    });
    clock::forget();
    host.parker.park(deadline.as_ref());
    stop_if_told(host);
}

fn timespec(secs: i64, nanos: i64) -> libc::timespec {
    libc::timespec { tv_sec: secs as libc::time_t, tv_nsec: nanos as libc::c_long }
}

fn stop_if_told(host: &'static Host) {
    while host.suspended.load(Acquire) && !host.dead.load(Acquire) {
        host.parker.park(None);
    }
    if host.dead.load(Acquire) {
        finish();
    }
}

pub fn checkpoint(_thread: &'static Thread) {
    stop_if_told(threads::host());
}

pub fn unpark(thread: &Thread) {
    if let Some(host) = thread.port.host() {
        host.parker.unpark();
    }
}

pub fn kill(thread: &Thread) {
    if let Some(host) = thread.port.host() {
        host.dead.store(true, Release);
        thread.port.forget();
        host.parker.unpark();
    }
}

pub fn suspend(thread: &Thread) {
    if let Some(host) = thread.port.host() {
        host.suspended.store(true, Release);
    }
}

pub fn resume(thread: &Thread) {
    if let Some(host) = thread.port.host() {
        host.suspended.store(false, Release);
        host.parker.unpark();
    }
}

pub fn set_priority(_thread: &Thread) {}

pub fn yield_now() {
    stop_if_told(threads::host());
    std::thread::yield_now();
}

/// Other processors run on, as on Zephyr with SMP.
pub fn sched_lock() {}
pub fn sched_unlock() {}

/// State of the reproducible generator, and whether it takes the place of the host's.
static SEEDED: AtomicBool = AtomicBool::new(false);
static GENERATOR: AtomicU64 = AtomicU64::new(0);

/// Draws what [`entropy`] gives from `seed` from now on, so that a run can be repeated. No secret
/// may be made of it.
pub fn set_seed(seed: u64) {
    GENERATOR.store(seed, Relaxed);
    SEEDED.store(true, Release);
}

pub fn entropy(bytes: &mut [u8]) -> Result<()> {
    if !SEEDED.load(Acquire) {
        return reserve::entropy(bytes);
    }
    for chunk in bytes.chunks_mut(8) {
        // SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
        const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = GENERATOR.fetch_add(GAMMA, Relaxed).wrapping_add(GAMMA);
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        chunk.copy_from_slice(&(z ^ z >> 31).to_le_bytes()[..chunk.len()]);
    }
    Ok(())
}

fn monotonic_nanos() -> u64 {
    let mut now = timespec(0, 0);
    // SAFETY: `now` is a live timespec; this clock exists on every Linux.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut now) };
    now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
}

/// The time by the host's clock.
#[inline]
fn read_clock() -> Instant {
    let nanos = monotonic_nanos();
    let origin = match ORIGIN.load(Relaxed) {
        0 => begin(nanos),
        origin => origin,
    };
    Instant::from_micros(nanos.saturating_sub(origin) / 1_000)
}

/// Time begins with the first look at the clock.
#[cold]
fn begin(nanos: u64) -> u64 {
    match ORIGIN.compare_exchange(0, nanos, Relaxed, Relaxed) {
        Ok(_) => nanos,
        Err(earlier) => earlier,
    }
}

pub fn busy_wait(span: Duration) {
    let end = read_clock() + span;
    while read_clock() < end {
        core::hint::spin_loop();
    }
}
