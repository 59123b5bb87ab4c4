// SPDX-License-Identifier: Apache-2.0
//! Work that is submitted when one of several objects is ready.

use core::cell::{Cell, UnsafeCell};
use core::ffi::c_int;
use core::mem::offset_of;
use core::ptr::null;

use crate::base::Error;
use crate::os::{Waiter, irq};

use super::super::poll::{PollEvent, collect, enlist, slice};
use super::super::time::Timeout;
use super::super::timeout::Entry;
use super::super::wait::neg;
use super::item::{Handler, Work};
use super::queue::{WorkQueue, system_queue};

/// `struct k_work_poll`.
#[repr(C)]
pub struct PollWork {
    work: Work,
    /// Where the item goes; null while it does not wait.
    queue: Cell<*const WorkQueue>,
    events: Cell<*const PollEvent>,
    num_events: Cell<c_int>,
    real_handler: Cell<Option<Handler>>,
    timeout: Entry,
    poll_result: Cell<c_int>,
    waiter: UnsafeCell<Waiter>,
}

// SAFETY: everything is touched under the irq lock only.
unsafe impl Sync for PollWork {}

impl PollWork {
    /// Ends the wait and submits. Under the irq lock.
    fn fire(&'static self, result: c_int) {
        // SAFETY: queues outlive the items submitted to them.
        let queue: Option<&'static WorkQueue> = unsafe { self.queue.replace(null()).as_ref() };
        self.timeout.disarm();
        self.poll_result.set(result);
        // Nobody is left to hear that the queue takes nothing.
        let _ = self.work.submit(queue);
    }

    fn waiter(&self) -> &Waiter {
        // SAFETY: replaced only while nobody waits with it, under the irq lock.
        unsafe { &*self.waiter.get() }
    }
}

/// A queue woke the waiter. Under the irq lock.
fn ready(waiter: *const Waiter) {
    // SAFETY: set up by `k_work_poll_submit_to_queue` for the member of an item.
    let work: &'static PollWork = unsafe { &*waiter.byte_sub(offset_of!(PollWork, waiter)).cast() };
    // SAFETY: the caller of that keeps the events until the item runs.
    if let Some(events) = unsafe { slice(work.events.get(), work.num_events.get()) } {
        collect(events);
    }
    work.fire(0);
}

/// The time is up.
extern "C" fn expired(entry: &'static Entry) {
    // SAFETY: armed below only.
    let work: &'static PollWork =
        unsafe { &*core::ptr::from_ref(entry).byte_sub(offset_of!(PollWork, timeout)).cast() };
    irq::free(|| {
        if !work.queue.get().is_null() && work.waiter().leave() {
            work.fire(neg(Error::Again));
        }
    });
}

extern "C" fn run(work: &'static Work) {
    // SAFETY: only items of this type have this handler, and they begin with the plain one.
    let poll = unsafe { &*core::ptr::from_ref(work).cast::<PollWork>() };
    if let Some(handler) = poll.real_handler.get() {
        handler(work);
    }
}

/// Makes an idle item.
///
/// # Safety
/// `work` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_poll_init(work: *mut PollWork, handler: Option<Handler>) {
    let new = PollWork {
        work: Work::new(Some(run), 0),
        queue: Cell::new(null()),
        events: Cell::new(null()),
        num_events: Cell::new(0),
        real_handler: Cell::new(handler),
        timeout: Entry::new(None),
        poll_result: Cell::new(0),
        waiter: UnsafeCell::new(Waiter::new()),
    };
    // SAFETY: the caller's memory.
    unsafe { work.write(new) };
}

/// Has the item submitted to `queue` when an event is ready or the time is up: 0 or -EINVAL.
///
/// # Safety
/// `events` points to `count` events of live objects, which stay until the item runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_poll_submit_to_queue(
    queue: &'static WorkQueue,
    work: &'static PollWork,
    events: *const PollEvent,
    count: c_int,
    timeout: Timeout,
) -> c_int {
    // SAFETY: the caller's events.
    let Some(list) = (unsafe { slice(events, count) }).filter(|l| !l.is_empty()) else {
        return neg(Error::Inval);
    };
    let deadline = timeout.deadline();
    irq::free(|| {
        if !work.queue.get().is_null() || work.work.busy() & super::QUEUED != 0 {
            return neg(Error::Inval);
        }
        work.queue.set(queue);
        work.events.set(events);
        work.num_events.set(count);
        if collect(list) {
            work.fire(0);
        } else if timeout == Timeout::NO_WAIT {
            work.fire(neg(Error::Again));
        } else {
            // SAFETY: nobody waits with the old one; the new one leaves before the item runs.
            unsafe {
                work.waiter.get().write(Waiter::new());
                work.waiter().for_function(ready);
                enlist(work.waiter(), list);
            }
            if let Some(deadline) = deadline {
                work.timeout.arm(expired, deadline);
            }
        }
        0
    })
}

/// The same with the system's queue.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_poll_submit(
    work: &'static PollWork,
    events: *const PollEvent,
    count: c_int,
    timeout: Timeout,
) -> c_int {
    // SAFETY: passed on.
    unsafe { k_work_poll_submit_to_queue(system_queue(), work, events, count, timeout) }
}

/// Calls the wait off: 0, or -EINVAL when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_poll_cancel(work: &PollWork) -> c_int {
    irq::free(|| {
        if work.queue.replace(null()).is_null() {
            return neg(Error::Inval);
        }
        work.timeout.disarm();
        work.waiter().leave();
        0
    })
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/work.h":
    PollWork = "struct k_work_poll" {
        work, queue = "workq", events, num_events, real_handler, timeout, poll_result, waiter =
        "_waiter",
    };
}
