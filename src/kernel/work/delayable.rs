// SPDX-License-Identifier: Apache-2.0
//! Work items with a delay.

use core::cell::Cell;
use core::ffi::c_int;
use core::mem::offset_of;
use core::ptr::null;

use crate::base::Error;
use crate::os::irq;

use super::super::time::Timeout;
use super::super::timeout::Entry;
use super::super::wait::neg;
use super::item::{Handler, Work, WorkSync, end_flush};
use super::queue::{WorkQueue, system_queue};
use super::{CANCELING, DELAYED, IS_DELAYABLE, QUEUED, RUNNING};

/// `struct k_work_delayable`.
#[repr(C)]
pub struct Delayable {
    work: Work,
    timeout: Entry,
    /// Where it goes when the time has come.
    queue: Cell<*const WorkQueue>,
}

// SAFETY: the cells are touched under the irq lock only.
unsafe impl Sync for Delayable {}

impl Delayable {
    fn target(&self) -> Option<&'static WorkQueue> {
        // SAFETY: queues outlive the items scheduled for them.
        unsafe { self.queue.get().as_ref() }
    }

    /// Stops the delay. Under the irq lock.
    fn stop(&self) -> bool {
        let delayed = self.timeout.disarm();
        self.work.clear(DELAYED);
        delayed
    }

    /// Submits after `delay`. Under the irq lock.
    fn schedule(
        &'static self,
        queue: Option<&'static WorkQueue>,
        delay: Timeout,
    ) -> Result<c_int, Error> {
        if self.work.has(CANCELING) {
            return Err(Error::Busy);
        }
        if delay == Timeout::NO_WAIT {
            return self.work.submit(queue);
        }
        self.queue.set(queue.map_or(null(), core::ptr::from_ref));
        self.work.set(DELAYED);
        // For ever means: until it is rescheduled.
        if let Some(deadline) = delay.deadline() {
            self.timeout.arm(expired, deadline);
        }
        Ok(1)
    }

    fn cancel(&self) -> u32 {
        self.stop();
        self.work.cancel()
    }
}

/// The delay is over.
extern "C" fn expired(entry: &'static Entry) {
    // SAFETY: armed by `schedule` only.
    let delayable: &'static Delayable =
        unsafe { &*core::ptr::from_ref(entry).byte_sub(offset_of!(Delayable, timeout)).cast() };
    irq::free(|| {
        // Cancelled or set anew since the list let go of it?
        if delayable.work.has(DELAYED) && !entry.is_armed() {
            delayable.work.clear(DELAYED);
            // Nobody is left to hear that the queue takes nothing.
            let _ = delayable.work.submit(delayable.target());
        }
    });
}

/// Makes an idle item.
///
/// # Safety
/// `work` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_init_delayable(work: *mut Delayable, handler: Option<Handler>) {
    let new = Delayable {
        work: Work::new(handler, IS_DELAYABLE),
        timeout: Entry::new(None),
        queue: Cell::new(null()),
    };
    // SAFETY: the caller's memory.
    unsafe { work.write(new) };
}

/// The flags that say what the item is about; 0: nothing.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_delayable_busy_get(work: &Delayable) -> c_int {
    irq::free(|| work.work.busy()) as c_int
}

/// Submits after `delay`, unless the item waits already: 0 it does, 1 scheduled, else as
/// [`k_work_submit_to_queue`](super::item::k_work_submit_to_queue).
#[unsafe(no_mangle)]
pub extern "C" fn k_work_schedule_for_queue(
    queue: Option<&'static WorkQueue>,
    work: &'static Delayable,
    delay: Timeout,
) -> c_int {
    irq::free(|| match work.work.busy() & !RUNNING {
        0 => work.schedule(queue, delay),
        _ => Ok(0),
    })
    .unwrap_or_else(neg)
}

/// The same with the system's queue.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_schedule(work: &'static Delayable, delay: Timeout) -> c_int {
    k_work_schedule_for_queue(Some(system_queue()), work, delay)
}

/// Submits after `delay`, whatever delay was running.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_reschedule_for_queue(
    queue: Option<&'static WorkQueue>,
    work: &'static Delayable,
    delay: Timeout,
) -> c_int {
    irq::free(|| {
        work.stop();
        work.schedule(queue, delay)
    })
    .unwrap_or_else(neg)
}

/// The same with the system's queue.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_reschedule(work: &'static Delayable, delay: Timeout) -> c_int {
    k_work_reschedule_for_queue(Some(system_queue()), work, delay)
}

/// Submits a delayed item at once and waits until it has run; says whether there was anything to do.
///
/// # Safety
/// `sync` points to memory that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_flush_delayable(
    work: &'static Delayable,
    sync: *mut WorkSync,
) -> bool {
    let wait = irq::free(|| {
        if work.work.has(DELAYED) {
            work.stop();
            let _ = work.work.submit(work.target());
        }
        // SAFETY: `sync` stays until the end of this call.
        work.work.has(QUEUED | RUNNING) && unsafe { work.work.begin_flush(sync) }
    });
    if wait {
        // SAFETY: sent off.
        unsafe { end_flush(sync) };
    }
    wait
}

/// Calls the item off; what is left of its flags.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_cancel_delayable(work: &Delayable) -> c_int {
    irq::free(|| work.cancel()) as c_int
}

/// The same and waits for a running handler; says whether the item was pending.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_cancel_delayable_sync(work: &Delayable, _sync: *mut WorkSync) -> bool {
    let (pending, wait) = irq::free(|| {
        let pending = work.work.busy() != 0;
        (pending, work.cancel() != 0)
    });
    if wait {
        work.work.wait_cancelled();
    }
    pending
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/work.h":
    Delayable = "struct k_work_delayable" { work, timeout, queue };
}
