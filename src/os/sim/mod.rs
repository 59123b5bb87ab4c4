// SPDX-License-Identifier: Apache-2.0
//! The port to virtual time: host threads that run one at a time.
//!
//! Threads pass a baton. Its holder runs until it sleeps, yields, or wakes a more urgent thread; the
//! next is chosen by priority, then by order of arrival (seed 0) or by lot (any other seed). When all
//! sleep, the clock jumps to the earliest deadline; when there is none either, nothing can ever
//! happen again, and the process ends with a list of the sleepers. So a run depends on its seed alone.
//!
//! A host thread that the port did not start (the main thread, a Rust test) joins at its first call
//! and leaves when it ends; it must not wait for another such thread by means of the host.

mod sched;

use core::sync::atomic::{AtomicBool, AtomicU32, Ordering::*};

use super::host::threads::{self, Host};
use super::thread::{StartInfo, Thread};
use crate::base::{Duration, Instant, Result};

use sched::SCHED;

pub use super::host::threads::{
    ThreadData, current, in_isr, last_look, reap, set_isr, stack_unused,
};
pub use super::host::{console, exit, misuse, restart};
pub use super::pi_mutex::RawMutex;

/// What the scheduler keeps with each host thread.
pub struct HostData {
    /// An `unpark` that came before its `park`.
    token: AtomicBool,
    /// Not started by the port.
    foreign: AtomicBool,
}

impl HostData {
    pub const fn new() -> Self {
        HostData { token: AtomicBool::new(false), foreign: AtomicBool::new(false) }
    }
}

/// Depth of the irq lock, of which only the holder of the baton can hold any.
static IRQ_DEPTH: AtomicU32 = AtomicU32::new(0);
static SCHED_LOCKS: AtomicU32 = AtomicU32::new(0);
/// A thread more urgent than the running one may be ready.
static RESCHEDULE: AtomicBool = AtomicBool::new(false);

/// Sets the seed of scheduling and of [`entropy`]. 0: equals run in order of arrival.
pub fn set_seed(seed: u64) {
    SCHED.lock().set_seed(seed);
}

pub fn starting(host: &'static Host) {
    host.data.foreign.store(false, Relaxed);
    host.data.token.store(false, Relaxed);
    SCHED.lock().make_ready(host);
}

pub fn attached(host: &'static Host, foreign: bool) {
    if foreign {
        host.data.foreign.store(true, Relaxed);
        host.data.token.store(false, Relaxed);
        SCHED.lock().join(host);
    }
    sched::wait_for_baton(host);
}

pub fn detached(host: &'static Host) {
    SCHED.lock().leave(host);
}

pub fn start(thread: &'static Thread, info: &StartInfo) -> Result<()> {
    // Join before the new thread becomes ready, lest it be chosen while there is no running one.
    threads::host();
    let started = threads::start(thread, info);
    if let (Err(_), Some(host)) = (started, thread.port.host()) {
        SCHED.lock().leave(host);
    }
    preempt();
    started
}

pub fn finish() -> ! {
    threads::finish()
}

pub fn irq_lock() -> u32 {
    threads::host();
    IRQ_DEPTH.fetch_add(1, Relaxed)
}

pub fn irq_unlock(key: u32) {
    IRQ_DEPTH.store(key, Relaxed);
    if key == 0 && RESCHEDULE.load(Relaxed) {
        preempt();
    }
}

pub fn irq_held() -> bool {
    // A thread seen for the first time waits for its turn first: until then the depth is another's.
    threads::host();
    IRQ_DEPTH.load(Relaxed) > 0
}

/// Gives way to a more urgent thread, if one is ready and the caller may be preempted.
fn preempt() {
    let host = threads::host();
    // While a callback plays interrupt, or the scheduler is locked, the flag waits.
    if irq_held() || in_isr() || SCHED_LOCKS.load(Relaxed) > 0 {
        return;
    }
    RESCHEDULE.store(false, Relaxed);
    let priority = host.thread().priority();
    // A cooperative thread keeps the processor until it sleeps.
    if priority >= 0 && SCHED.lock().give_way(host) {
        sched::wait_for_baton(host);
    }
}

pub fn park(deadline: Option<Instant>) {
    let host = threads::host();
    if host.data.token.swap(false, Relaxed) {
        return;
    }
    SCHED.lock().sleep(host, deadline);
    sched::wait_for_baton(host);
}

pub fn checkpoint(_thread: &'static Thread) {
    let host = threads::host();
    if host.dead.load(Acquire) {
        finish();
    }
    while host.suspended.load(Acquire) {
        SCHED.lock().go_last(host);
        sched::wait_for_baton(host);
    }
}

pub fn unpark(thread: &Thread) {
    if let Some(host) = thread.port.host() {
        if SCHED.lock().wake(host) {
            RESCHEDULE.store(true, Relaxed);
        } else {
            host.data.token.store(true, Relaxed);
        }
    }
}

pub fn kill(thread: &Thread) {
    if let Some(host) = thread.port.host() {
        host.dead.store(true, Release);
        thread.port.forget();
        SCHED.lock().remove(host);
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
        RESCHEDULE.store(true, Relaxed);
    }
}

pub fn set_priority(_thread: &Thread) {
    RESCHEDULE.store(true, Relaxed);
}

pub fn yield_now() {
    let host = threads::host();
    SCHED.lock().yield_to_equals(host);
    sched::wait_for_baton(host);
    checkpoint(host.thread());
}

pub fn sched_lock() {
    threads::host();
    SCHED_LOCKS.fetch_add(1, Relaxed);
}

pub fn sched_unlock() {
    let left = SCHED_LOCKS.load(Relaxed).saturating_sub(1);
    SCHED_LOCKS.store(left, Relaxed);
    if left == 0 && RESCHEDULE.load(Relaxed) {
        preempt();
    }
}

/// Time stands still while a thread runs, but not for one that only watches the clock: each so many
/// looks move it by a microsecond.
pub fn now() -> Instant {
    let (now, woke) = SCHED.lock().look_at_clock();
    if woke {
        RESCHEDULE.store(true, Relaxed);
        preempt();
    }
    now
}

pub fn busy_wait(span: Duration) {
    threads::host();
    let end = SCHED.lock().now() + span;
    while SCHED.lock().advance_towards(end) {
        preempt();
    }
    preempt();
}

pub fn entropy(bytes: &mut [u8]) -> Result<()> {
    SCHED.lock().random(bytes);
    Ok(())
}
