// SPDX-License-Identifier: Apache-2.0
//! `k_timer_*`.

use core::cell::Cell;
use core::ffi::c_void;
use core::mem::offset_of;

use crate::os::{WaitQ, clock, irq};

use super::time::{Timeout, TimeoutExt};
use super::timeout::Entry;
use super::wait::attempt_or_wait;

/// A function of a timer's.
pub type TimerFunction = extern "C" fn(&'static Timer);

/// `struct k_timer`.
#[repr(C)]
pub struct Timer {
    timeout: Entry,
    wait_q: WaitQ,
    expiry_fn: Cell<Option<TimerFunction>>,
    stop_fn: Cell<Option<TimerFunction>>,
    period: Cell<Timeout>,
    status: Cell<u32>,
    user_data: Cell<*mut c_void>,
}

impl Timer {
    /// Takes the count of expiries.
    fn take_status(&self) -> u32 {
        self.status.replace(0)
    }
}

/// Called when a timer's time has come.
#[unsafe(no_mangle)]
pub extern "C" fn z_timer_expiration_handler(entry: &'static Entry) {
    // SAFETY: only timers are armed with this function.
    let timer: &'static Timer =
        unsafe { &*core::ptr::from_ref(entry).byte_sub(offset_of!(Timer, timeout)).cast() };
    let expiry = irq::free(|| {
        let period = timer.period.get();
        if period != Timeout::NO_WAIT
            && let Some(next) = period.deadline_after(entry.deadline())
        {
            entry.arm(z_timer_expiration_handler, next);
        }
        timer.status.set(timer.status.get().saturating_add(1));
        timer.expiry_fn.get()
    });
    if let Some(expiry) = expiry {
        expiry(timer);
    }
    irq::free(|| {
        // Whoever waits for the status takes it.
        if timer.wait_q.has_waiters() {
            let status = timer.take_status();
            timer.wait_q.wake_one_with(status as usize);
        }
    });
}

/// Makes a stopped timer.
///
/// # Safety
/// `timer` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_timer_init(
    timer: *mut Timer,
    expiry_fn: Option<TimerFunction>,
    stop_fn: Option<TimerFunction>,
) {
    let new = Timer {
        timeout: Entry::new(Some(z_timer_expiration_handler)),
        wait_q: WaitQ::new(),
        expiry_fn: Cell::new(expiry_fn),
        stop_fn: Cell::new(stop_fn),
        period: Cell::new(Timeout::NO_WAIT),
        status: Cell::new(0),
        user_data: Cell::new(core::ptr::null_mut()),
    };
    // SAFETY: the caller's memory.
    unsafe { timer.write(new) };
}

/// Starts the timer, or starts it over.
#[unsafe(no_mangle)]
pub extern "C" fn k_timer_start(timer: &'static Timer, duration: Timeout, period: Timeout) {
    let Some(deadline) = duration.deadline() else { return };
    // A period counts from the start, not from a past that the duration may name.
    let deadline = deadline.max(clock::now());
    irq::free(|| {
        timer.period.set(period);
        timer.status.set(0);
        timer.timeout.arm(z_timer_expiration_handler, deadline);
    });
}

/// Stops the timer; its stop function runs here if it was running.
#[unsafe(no_mangle)]
pub extern "C" fn k_timer_stop(timer: &'static Timer) {
    if !timer.timeout.disarm() {
        return;
    }
    if let Some(stop) = timer.stop_fn.get() {
        stop(timer);
    }
    timer.wait_q.wake_one_with(0);
}

/// Expiries since the last look.
#[unsafe(no_mangle)]
pub extern "C" fn k_timer_status_get(timer: &Timer) -> u32 {
    irq::free(|| timer.take_status())
}

/// The same; waits for an expiry, or the stop, if there was none.
#[unsafe(no_mangle)]
pub extern "C" fn k_timer_status_sync(timer: &Timer) -> u32 {
    use super::wait::{Blocked, Outcome};
    let attempt = || {
        let status = timer.take_status();
        (status > 0 || !timer.timeout.is_armed()).then_some(status)
    };
    match attempt_or_wait(&timer.wait_q, Timeout::FOREVER, 0, attempt) {
        Blocked::Now(status) => status,
        Blocked::Waited(Outcome::Woken(status)) => status as u32,
        _ => 0,
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/timer.h":
    Timer = "struct k_timer" { timeout, wait_q, expiry_fn, stop_fn, period, status, user_data };
}
