// SPDX-License-Identifier: Apache-2.0
//! `k_event_*`: 32 bits for which threads wait.

use core::cell::Cell;

use crate::os::{WaitQ, irq};

use super::time::Timeout;
use super::wait::{Blocked, Outcome, attempt_or_wait};

/// `struct k_event`.
#[repr(C)]
pub struct Event {
    wait_q: WaitQ,
    events: Cell<u32>,
}

// SAFETY: the cell is touched under the irq lock only.
unsafe impl Sync for Event {}

/// What a thread waits for; the waker finds it by its address.
struct Wish {
    events: u32,
    all: bool,
    /// Take the bits that end the wait.
    consume: bool,
}

impl Wish {
    /// The bits among `present` that fulfil the wish, or 0.
    fn met_by(&self, present: u32) -> u32 {
        let met = present & self.events;
        if self.all && met != self.events { 0 } else { met }
    }
}

impl Event {
    /// No bit set.
    pub const fn new() -> Self {
        Event { wait_q: WaitQ::new(), events: Cell::new(0) }
    }

    /// Sets the bits of `mask` as in `events` and wakes those whose wishes are fulfilled.
    fn change(&self, events: u32, mask: u32) -> u32 {
        irq::free(|| {
            let before = self.events.get();
            let now = (before & !mask) | (events & mask);
            self.events.set(now);
            let mut consumed = 0;
            self.wait_q.wake_where(|wish| {
                // SAFETY: a waiter leaves the address of its wish, which lives until it is woken.
                let wish = unsafe { &*(wish as *const Wish) };
                let met = wish.met_by(now);
                if met != 0 && wish.consume {
                    consumed |= met;
                }
                (met != 0).then_some(met as usize)
            });
            self.events.set(now & !consumed);
            before & mask
        })
    }

    fn wait(&self, wish: &Wish, reset: bool, timeout: Timeout) -> u32 {
        if wish.events == 0 {
            return 0;
        }
        let attempt = || {
            if reset {
                self.events.set(0);
            }
            let met = wish.met_by(self.events.get());
            if wish.consume {
                self.events.set(self.events.get() & !met);
            }
            (met != 0).then_some(met)
        };
        match attempt_or_wait(&self.wait_q, timeout, core::ptr::from_ref(wish) as usize, attempt) {
            Blocked::Now(met) => met,
            Blocked::Waited(Outcome::Woken(met)) => met as u32,
            _ => 0,
        }
    }
}

impl Default for Event {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes an event object without any bit set.
///
/// # Safety
/// `event` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_event_init(event: *mut Event) {
    // SAFETY: the caller's memory.
    unsafe { event.write(Event::new()) };
}

/// Adds bits; returns which of them were set.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_post(event: &Event, events: u32) -> u32 {
    event.change(events, events)
}

/// Replaces all bits; returns those set before.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_set(event: &Event, events: u32) -> u32 {
    event.change(events, u32::MAX)
}

/// Replaces the bits of `mask`; returns those of them set before.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_set_masked(event: &Event, events: u32, mask: u32) -> u32 {
    event.change(events, mask)
}

/// Takes bits away; returns which of them were set.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_clear(event: &Event, events: u32) -> u32 {
    event.change(0, events)
}

/// Waits for any of the bits; returns those found.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_wait(event: &Event, events: u32, reset: bool, timeout: Timeout) -> u32 {
    event.wait(&Wish { events, all: false, consume: false }, reset, timeout)
}

/// Waits for all of the bits.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_wait_all(
    event: &Event,
    events: u32,
    reset: bool,
    timeout: Timeout,
) -> u32 {
    event.wait(&Wish { events, all: true, consume: false }, reset, timeout)
}

/// As [`k_event_wait`], and takes the bits it returns.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_wait_safe(
    event: &Event,
    events: u32,
    reset: bool,
    timeout: Timeout,
) -> u32 {
    event.wait(&Wish { events, all: false, consume: true }, reset, timeout)
}

/// As [`k_event_wait_all`], and takes the bits it returns.
#[unsafe(no_mangle)]
pub extern "C" fn k_event_wait_all_safe(
    event: &Event,
    events: u32,
    reset: bool,
    timeout: Timeout,
) -> u32 {
    event.wait(&Wish { events, all: true, consume: true }, reset, timeout)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/sync.h":
    Event = "struct k_event" { wait_q, events };
}
