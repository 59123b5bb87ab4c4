// SPDX-License-Identifier: Apache-2.0
//! What is to happen at a time: the list behind timers, delayed work and delayed threads.
//!
//! One thread, more urgent than any application's, sleeps until the earliest deadline and calls what
//! is due as though it were the clock's interrupt.

use core::cell::Cell;
use core::pin::pin;
use core::ptr::null;
use core::sync::atomic::{AtomicBool, Ordering::*};

use crate::base::Instant;
use crate::config;
use crate::os::thread::{self, Stack, Thread};
use crate::os::{WaitQ, WaitSet, clock, irq};

use super::time::{ticks_at, ticks_until};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

/// `struct _timeout`: one entry of the list. Zeroed memory is one that is not in it.
#[repr(C)]
pub struct Entry {
    next: Cell<*const Entry>,
    prev: Cell<*const Entry>,
    function: Cell<Option<Callback>>,
    deadline: Cell<Instant>,
    armed: Cell<u32>,
}

/// Called when the time has come, out of the list and without any lock.
pub type Callback = extern "C" fn(&'static Entry);

// SAFETY: the cells are touched under the irq lock only.
unsafe impl Sync for Entry {}

struct List {
    head: Cell<*const Entry>,
    changed: WaitQ,
}

// SAFETY: as for `Entry`.
unsafe impl Sync for List {}

static LIST: List = List { head: Cell::new(null()), changed: WaitQ::new() };
static STARTED: AtomicBool = AtomicBool::new(false);
static THREAD: Thread = Thread::new();
static STACK: Stack<{ config::ISR_STACK_SIZE }> = Stack::new();
const PRIORITY: i32 = -(config::NUM_COOP_PRIORITIES as i32) - 1;

impl Entry {
    /// Not in the list.
    pub const fn new(function: Option<Callback>) -> Self {
        Entry {
            next: Cell::new(null()),
            prev: Cell::new(null()),
            function: Cell::new(function),
            deadline: Cell::new(Instant::ZERO),
            armed: Cell::new(0),
        }
    }

    /// Has the function called at `deadline`, and no more at the time set before.
    pub fn arm(&'static self, function: Callback, deadline: Instant) {
        start_service();
        irq::free(|| {
            self.disarm();
            self.function.set(Some(function));
            self.deadline.set(deadline);
            self.armed.set(1);
            self.insert();
            if core::ptr::eq(LIST.head.get(), self) {
                LIST.changed.wake_one();
            }
        });
    }

    /// Calls it off. False if it was not in the list.
    pub fn disarm(&self) -> bool {
        irq::free(|| {
            if self.armed.replace(0) == 0 {
                return false;
            }
            let (prev, next) = (self.prev.get(), self.next.get());
            // SAFETY: armed entries stay in place and are linked to armed entries.
            match unsafe { prev.as_ref() } {
                Some(entry) => entry.next.set(next),
                None => LIST.head.set(next),
            }
            // SAFETY: as above.
            if let Some(entry) = unsafe { next.as_ref() } {
                entry.prev.set(prev);
            }
            true
        })
    }

    /// Is it in the list?
    pub fn is_armed(&self) -> bool {
        irq::free(|| self.armed.get() != 0)
    }

    /// The time it was last set for.
    pub fn deadline(&self) -> Instant {
        irq::free(|| self.deadline.get())
    }

    /// Behind all that are due no later. Under the irq lock.
    fn insert(&self) {
        let mut prev: *const Entry = null();
        let mut next = LIST.head.get();
        // SAFETY: armed entries stay in place.
        while let Some(entry) = unsafe { next.as_ref() } {
            if entry.deadline.get() > self.deadline.get() {
                break;
            }
            prev = next;
            next = entry.next.get();
        }
        self.prev.set(prev);
        self.next.set(next);
        // SAFETY: as above.
        match unsafe { prev.as_ref() } {
            Some(entry) => entry.next.set(self),
            None => LIST.head.set(self),
        }
        // SAFETY: as above.
        if let Some(entry) = unsafe { next.as_ref() } {
            entry.prev.set(self);
        }
    }
}

/// Starts the thread with the first deadline; the start-up does it too, before any interrupt can.
pub(super) fn start_service() {
    if !STARTED.load(Relaxed) && !STARTED.swap(true, AcqRel) {
        let started = thread::spawn(&THREAD, &STACK, c"timeouts", PRIORITY, serve, 0);
        assert!(started.is_ok(), "no thread for time-outs");
    }
}

enum Step {
    Call(&'static Entry, Option<Callback>),
    Sleep(Option<Instant>),
}

fn serve(_argument: usize) {
    loop {
        let set = pin!(WaitSet::<1>::new());
        let step = irq::free(|| {
            // SAFETY: armed entries are alive until disarmed, under this lock; C's promise about
            // the objects they are part of makes them live as long as they are armed.
            let head: Option<&'static Entry> = unsafe { LIST.head.get().as_ref() };
            match head {
                Some(entry) if entry.deadline.get() <= clock::now() => {
                    entry.disarm();
                    Step::Call(entry, entry.function.get())
                }
                _ => {
                    set.as_ref().add(&LIST.changed);
                    Step::Sleep(head.map(|entry| entry.deadline.get()))
                }
            }
        });
        match step {
            Step::Call(entry, Some(function)) => irq::as_isr(|| function(entry)),
            Step::Call(_, None) => {}
            Step::Sleep(deadline) => {
                set.as_ref().park(deadline);
            }
        }
    }
}

/// Uptime in ticks at which `timeout` is due; now if it is not in the list.
#[unsafe(no_mangle)]
pub extern "C" fn z_timeout_expires(timeout: &Entry) -> i64 {
    irq::free(|| match timeout.armed.get() {
        0 => ticks_at(clock::now()) as i64,
        _ => ticks_until(timeout.deadline.get()) as i64,
    })
}

/// Ticks until then.
#[unsafe(no_mangle)]
pub extern "C" fn z_timeout_remaining(timeout: &Entry) -> i64 {
    irq::free(|| match timeout.armed.get() {
        0 => 0,
        _ => {
            let due = ticks_until(timeout.deadline.get());
            due.saturating_sub(ticks_at(clock::now())) as i64
        }
    })
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/sys_clock.h":
    Entry = "struct _timeout" { next, prev, function = "fn", deadline = "deadline_us", armed };
}
