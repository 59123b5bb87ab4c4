// SPDX-License-Identifier: Apache-2.0
//! Work items: submit, flush, cancel.

use core::cell::Cell;
use core::ffi::c_int;
use core::pin::pin;
use core::ptr::null;

use crate::base::Error;
use crate::os::{WaitQ, WaitSet, irq};

use super::super::sem::Sem;
use super::super::time::Timeout;
use super::super::wait::neg;
use super::queue::{WorkQueue, system_queue};
use super::{BUSY_MASK, CANCELING, FLUSHING, QUEUED, RUNNING};

/// `k_work_handler_t`.
pub type Handler = extern "C" fn(&'static Work);

/// `struct k_work`.
#[repr(C)]
pub struct Work {
    pub(super) next: Cell<*const Work>,
    pub(super) handler: Cell<Option<Handler>>,
    pub(super) queue: Cell<*const WorkQueue>,
    pub(super) flags: Cell<u32>,
}

// SAFETY: the cells are touched under the irq lock only.
unsafe impl Sync for Work {}

/// `struct k_work_sync`: a marker that follows an item through its queue.
#[repr(C)]
pub struct WorkSync {
    work: Work,
    done: Sem,
}

/// Threads that wait for the end of a cancelled item look again whenever one ends.
static CANCELLED: WaitQ = WaitQ::new();

impl Work {
    /// An idle item.
    pub const fn new(handler: Option<Handler>, flags: u32) -> Self {
        Work {
            next: Cell::new(null()),
            handler: Cell::new(handler),
            queue: Cell::new(null()),
            flags: Cell::new(flags),
        }
    }

    pub(super) fn has(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    pub(super) fn set(&self, flag: u32) {
        self.flags.set(self.flags.get() | flag);
    }

    pub(super) fn clear(&self, flag: u32) {
        self.flags.set(self.flags.get() & !flag);
    }

    pub(super) fn busy(&self) -> u32 {
        self.flags.get() & BUSY_MASK
    }

    /// The queue it was last submitted to.
    pub(super) fn last_queue(&self) -> Option<&'static WorkQueue> {
        // SAFETY: queues outlive the items submitted to them.
        unsafe { self.queue.get().as_ref() }
    }

    /// Puts the item into `queue`, or the one it was last in. Under the irq lock. As
    /// [`k_work_submit_to_queue`].
    pub(super) fn submit(&'static self, queue: Option<&'static WorkQueue>) -> Result<c_int, Error> {
        if self.has(CANCELING) {
            return Err(Error::Busy);
        }
        if self.has(QUEUED) {
            return Ok(0);
        }
        let running = self.has(RUNNING);
        // A running item stays with its queue, lest two threads run it.
        let queue = if running { self.last_queue() } else { queue.or(self.last_queue()) };
        let queue = queue.ok_or(Error::Inval)?;
        queue.push(self)?;
        self.queue.set(queue);
        self.set(QUEUED);
        Ok(if running { 2 } else { 1 })
    }

    /// Takes the item out of its queue. Under the irq lock. What is left of its flags.
    pub(super) fn cancel(&self) -> u32 {
        if self.has(QUEUED) {
            if let Some(queue) = self.last_queue() {
                queue.remove(self);
            }
            self.clear(QUEUED);
        }
        if self.busy() != 0 {
            self.set(CANCELING);
        }
        self.busy()
    }

    /// The handler has returned. Under the irq lock.
    pub(super) fn finished(&self) {
        self.clear(RUNNING);
        if self.has(CANCELING) {
            self.clear(CANCELING);
            CANCELLED.wake_all();
        }
    }

    /// Waits until a cancelled item has run.
    pub(super) fn wait_cancelled(&self) {
        loop {
            let set = pin!(WaitSet::<1>::new());
            let done = irq::free(|| {
                let done = !self.has(CANCELING);
                if !done {
                    set.as_ref().add(&CANCELLED);
                }
                done
            });
            if done {
                return;
            }
            set.as_ref().park(None);
        }
    }

    /// Has `sync` follow the item. Under the irq lock. False when there is nothing to wait for.
    ///
    /// # Safety
    /// `sync` stays in place until its semaphore is given.
    pub(super) unsafe fn begin_flush(&self, sync: *mut WorkSync) -> bool {
        let Some(queue) = self.last_queue() else { return false };
        if !self.has(QUEUED | RUNNING) {
            return false;
        }
        // SAFETY: the caller's memory.
        let sync: &'static WorkSync = unsafe {
            sync.write(WorkSync {
                work: Work::new(Some(flushed), FLUSHING | QUEUED),
                done: Sem::new(0, 1),
            });
            &*sync
        };
        sync.work.queue.set(queue);
        // Behind the item, or in front of all while it runs.
        queue.insert_after(self.has(QUEUED).then_some(self), &sync.work);
        true
    }
}

/// The handler of the marker.
extern "C" fn flushed(work: &'static Work) {
    // SAFETY: only markers have this handler, and they begin with the item.
    let sync = unsafe { &*core::ptr::from_ref(work).cast::<WorkSync>() };
    sync.done.give();
}

/// Waits for the marker.
///
/// # Safety
/// [`Work::begin_flush`] has sent it off.
pub(super) unsafe fn end_flush(sync: *mut WorkSync) {
    // SAFETY: the caller's memory. The thread of the queue touches the marker no more after the
    // handler: see `WorkQueue::run_one`.
    let _ = unsafe { &(*sync).done }.take(Timeout::FOREVER);
}

/// Makes an idle item.
///
/// # Safety
/// `work` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_init(work: *mut Work, handler: Option<Handler>) {
    // SAFETY: the caller's memory.
    unsafe { work.write(Work::new(handler, 0)) };
}

/// The flags that say what the item is about; 0: nothing.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_busy_get(work: &Work) -> c_int {
    irq::free(|| work.busy()) as c_int
}

/// Puts the item into a queue: 0 it waits already, 1 it waits now, 2 the same while it runs; -EBUSY,
/// -EINVAL, -ENODEV.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_submit_to_queue(
    queue: Option<&'static WorkQueue>,
    work: &'static Work,
) -> c_int {
    irq::free(|| work.submit(queue)).unwrap_or_else(neg)
}

/// Puts the item into the system's queue.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_submit(work: &'static Work) -> c_int {
    k_work_submit_to_queue(Some(system_queue()), work)
}

/// Waits until the item has run; says whether there was anything to wait for.
///
/// # Safety
/// `sync` points to memory that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_flush(work: &Work, sync: *mut WorkSync) -> bool {
    // SAFETY: `sync` stays until the end of this call.
    let wait = irq::free(|| unsafe { work.begin_flush(sync) });
    if wait {
        // SAFETY: sent off.
        unsafe { end_flush(sync) };
    }
    wait
}

/// Takes the item out of its queue; what is left of its flags.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_cancel(work: &Work) -> c_int {
    irq::free(|| work.cancel()) as c_int
}

/// The same and waits for a running handler; says whether the item was pending.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_cancel_sync(work: &Work, _sync: *mut WorkSync) -> bool {
    let (pending, wait) = irq::free(|| {
        let pending = work.busy() != 0;
        (pending, work.cancel() != 0)
    });
    if wait {
        work.wait_cancelled();
    }
    pending
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/work.h":
    Work = "struct k_work" { next = "node", handler, queue, flags };
    WorkSync = "struct k_work_sync" { work, done = "sem" };
}
