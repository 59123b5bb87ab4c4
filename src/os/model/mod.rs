// SPDX-License-Identifier: Apache-2.0
//! The port to loom, which runs a few threads in every order that the memory model of Rust allows, as far as a
//! number of preemptions goes.
//!
//! Locks, parkers, wait queues, semaphores and all that stands on them are the library's own; what the
//! [kernel](futex) does for them is told, and the time is what a model says. Compiled for models alone:
//! `cargo xtask threads --models`, or `RUSTFLAGS="--cfg loom" cargo test --lib models`. Why loom: docs/adr/0025.

pub mod futex;
#[path = "../posix/lock.rs"]
pub mod lock;
pub mod watched;

use core::cell::Cell;
use std::boxed::Box;
use std::sync::Arc;
use std::thread_local;

use super::host::futex::Parker;
use super::thread::{StartInfo, Thread};
use crate::base::{Duration, Error, Instant, Result};

use lock::PiLock;
pub use lock::RawMutex;

static IRQ: PiLock = PiLock::new();

/// One thread of a model.
pub struct Own {
    thread: Thread,
    parker: Parker,
    isr: Cell<bool>,
    tid: u32,
}

thread_local! {
    static NOW: Cell<u64> = const { Cell::new(0) };
    static THREADS: Cell<u32> = const { Cell::new(0) };
    static RUNS: Cell<u64> = const { Cell::new(0) };
}

loom::thread_local! {
    static OWN: &'static Own = attach();
}

fn attach() -> &'static Own {
    let tid = THREADS.get() + 1;
    THREADS.set(tid);
    let own: &Own = Box::leak(Box::new(Own {
        thread: Thread::foreign(),
        parker: Parker::new(),
        isr: Cell::new(false),
        tid,
    }));
    own.thread.port.0.set(own);
    own
}

fn own() -> &'static Own {
    OWN.with(|own| *own)
}

/// Words of stack: a debug build's frames are large.
const STACK: usize = 1 << 16;

/// Runs `model` in every order with up to `preemptions` of them. Says how many orders there were.
pub fn every_order(preemptions: usize, model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound.get_or_insert(preemptions);
    builder.max_branches = 100_000;
    RUNS.set(0);
    let model = Arc::new(model);
    builder.check(move || {
        watched::begin();
        futex::begin();
        NOW.set(0);
        THREADS.set(0);
        RUNS.set(RUNS.get() + 1);
        let model = model.clone();
        // loom gives the first thread a small stack.
        spawn(move || model()).join().expect("a model does not panic");
    });
    if RUNS.get() > 1 {
        std::println!("{} orders", RUNS.get());
    }
}

/// Runs `work` once, ahead of a model: so that what is lazy about statics is not different in the first of its orders.
pub fn once(work: impl Fn() + Send + Sync + 'static) {
    every_order(0, work);
}

/// Starts a thread of a model.
pub fn spawn<T>(f: impl FnOnce() -> T + Send + 'static) -> loom::thread::JoinHandle<T>
where
    T: Send + 'static,
{
    loom::thread::Builder::new().stack_size(STACK).spawn(f).expect("loom has room for it")
}

/// Moves the clock to `at`; a sleeper whose deadline that is wakes.
pub fn time_comes(at: Instant, sleeper: &Thread) {
    NOW.set(at.as_micros());
    // SAFETY: only leaked ones are kept.
    if let Some(own) = unsafe { sleeper.port.0.get().as_ref() } {
        futex::time_passes(own.parker.word());
    }
}

/// What a block keeps: its thread.
#[repr(transparent)]
pub struct ThreadData(Cell<*const Own>);

impl ThreadData {
    pub const fn new() -> ThreadData {
        ThreadData(Cell::new(core::ptr::null()))
    }
}

/// Ids of the kernel.
pub mod tid {
    pub fn tid() -> u32 {
        super::own().tid
    }

    pub fn own_tid() -> u32 {
        tid()
    }

    pub fn known_tid() -> Option<u32> {
        Some(tid())
    }
}

/// The clock that is held, as the real one can be: here it is never read anew.
pub mod clock {
    pub fn forget() {}
}

/// Holding the clock: here it moves when a model says so, and not else.
pub struct Hold;

impl Hold {
    /// Holds it.
    pub fn begin() -> Hold {
        Hold
    }
}

pub fn now() -> Instant {
    Instant::from_micros(NOW.get())
}

const INNER: u32 = 0;

pub fn irq_lock() -> u32 {
    let tid = tid::tid();
    if IRQ.try_lock(tid) {
        return tid;
    }
    if IRQ.is_held_by(tid) {
        return INNER;
    }
    IRQ.lock_slow(tid);
    tid
}

pub fn irq_unlock(key: u32) {
    if key != INNER {
        IRQ.unlock(key);
    }
}

pub fn irq_lock_at_once() -> Option<u32> {
    let tid = tid::known_tid()?;
    IRQ.try_lock(tid).then_some(tid)
}

pub fn irq_unlock_at_once(key: u32) -> bool {
    IRQ.try_unlock(key)
}

pub fn irq_held() -> bool {
    IRQ.is_held_by(tid::tid())
}

pub fn in_isr() -> bool {
    own().isr.get()
}

pub fn set_isr(on: bool) -> bool {
    own().isr.replace(on)
}

pub fn current() -> &'static Thread {
    &own().thread
}

pub fn park(deadline: Option<Instant>) {
    let none = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    own().parker.park(deadline.map(|_| &none));
}

pub fn unpark(thread: &Thread) {
    // SAFETY: only leaked ones are kept.
    if let Some(own) = unsafe { thread.port.0.get().as_ref() } {
        own.parker.unpark();
    }
}

pub fn yield_now() {
    loom::thread::yield_now();
}

/// Threads of a model are loom's.
pub fn start(_thread: &'static Thread, _info: &StartInfo) -> Result<()> {
    Err(Error::NotSup)
}

pub fn kill(_thread: &Thread) {}
pub fn suspend(_thread: &Thread) {}
pub fn resume(_thread: &Thread) {}
pub fn reap(_thread: &Thread) {}
pub fn checkpoint(_thread: &Thread) {}
pub fn set_priority(_thread: &Thread) {}
pub fn sched_lock() {}
pub fn sched_unlock() {}

pub fn last_look(_thread: &Thread) -> bool {
    true
}

pub fn stack_unused(_thread: &Thread) -> Option<usize> {
    None
}

pub fn busy_wait(_span: Duration) {}

/// Nothing is drawn here.
pub fn set_seed(_seed: u64) {}

pub fn entropy(bytes: &mut [u8]) -> Result<()> {
    bytes.fill(4);
    Ok(())
}

pub fn console(_bytes: &[u8]) {}

pub fn misuse(what: &'static core::ffi::CStr) -> ! {
    panic!("{} in an interrupt", what.to_string_lossy())
}

pub fn finish() -> ! {
    panic!("a model ends no thread")
}

pub fn restart() -> ! {
    exit(0)
}

pub fn exit(code: i32) -> ! {
    std::process::exit(code)
}
