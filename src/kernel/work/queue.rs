// SPDX-License-Identifier: Apache-2.0
//! Work queues: a list of items and the thread that runs them.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::pin::pin;
use core::ptr::null;

use crate::base::Error;
use crate::config;
use crate::os::thread::{Stack, Thread};
use crate::os::{WaitQ, WaitSet, irq, thread};

use super::super::thread::{K_ESSENTIAL, KThread, k_thread_create};
use super::super::time::Timeout;
use super::super::wait::neg;
use super::item::Work;
use super::{FLUSHING, QUEUED, RUNNING};

const STARTED: u32 = 1 << 0;
const BUSY: u32 = 1 << 1;
const DRAIN: u32 = 1 << 2;
const PLUGGED: u32 = 1 << 3;
const STOP: u32 = 1 << 4;
const NO_YIELD: u32 = 1 << 8;

/// `struct k_work_q`.
#[repr(C)]
pub struct WorkQueue {
    thread: KThread,
    head: Cell<*const Work>,
    tail: Cell<*const Work>,
    notify_q: WaitQ,
    drain_q: WaitQ,
    /// Who runs the items: `thread`, or the caller of `k_work_queue_run`.
    runner: Cell<*const Thread>,
    flags: Cell<u32>,
}

// SAFETY: the cells are touched under the irq lock only.
unsafe impl Sync for WorkQueue {}

/// `struct k_work_queue_config`.
#[repr(C)]
#[allow(missing_docs)]
pub struct WorkQueueConfig {
    pub name: *const u8,
    pub no_yield: bool,
    pub essential: bool,
    pub work_timeout_ms: u32,
}

/// The system's queue.
#[unsafe(no_mangle)]
#[allow(non_upper_case_globals)]
static k_sys_work_q: WorkQueue = WorkQueue::new();
static SYSTEM_STACK: Stack<{ config::SYSTEM_WORKQUEUE_STACK_SIZE }> = Stack::new();

pub(super) fn system_queue() -> &'static WorkQueue {
    &k_sys_work_q
}

/// Starts the system's queue.
pub(in super::super) fn start_system_queue() {
    let config = WorkQueueConfig {
        name: c"sysworkq".as_ptr().cast(),
        no_yield: cfg!(CONFIG_SYSTEM_WORKQUEUE_NO_YIELD),
        essential: true,
        work_timeout_ms: 0,
    };
    let (stack, size) = SYSTEM_STACK.as_raw();
    // SAFETY: queue and stack are static and used for this alone.
    unsafe {
        let queue = core::ptr::from_ref(&k_sys_work_q).cast_mut();
        let priority = config::SYSTEM_WORKQUEUE_PRIORITY as c_int;
        k_work_queue_start(queue, stack.cast(), size, priority, Some(&config));
    }
}

impl WorkQueue {
    /// Empty and without a thread.
    pub const fn new() -> Self {
        WorkQueue {
            thread: KThread::new(),
            head: Cell::new(null()),
            tail: Cell::new(null()),
            notify_q: WaitQ::new(),
            drain_q: WaitQ::new(),
            runner: Cell::new(null()),
            flags: Cell::new(0),
        }
    }

    fn has(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    fn set(&self, flag: u32) {
        self.flags.set(self.flags.get() | flag);
    }

    fn clear(&self, flag: u32) {
        self.flags.set(self.flags.get() & !flag);
    }

    /// Adds `work` at the end, if the queue takes any. Under the irq lock.
    pub(super) fn push(&self, work: &Work) -> Result<(), Error> {
        // While it drains, its own items may go on submitting; nobody else.
        let own = core::ptr::eq(thread::current(), self.runner.get()) && !irq::in_isr();
        if !self.has(STARTED) {
            return Err(Error::NoDev);
        }
        if (self.has(DRAIN) && !own) || (self.has(PLUGGED) && !self.has(DRAIN)) {
            return Err(Error::Busy);
        }
        // SAFETY: the tail is null or in the queue.
        self.insert_after(unsafe { self.tail.get().as_ref() }, work);
        Ok(())
    }

    /// Links `work` behind `prev`, or in front of all. Under the irq lock.
    pub(super) fn insert_after(&self, prev: Option<&Work>, work: &Work) {
        let link = prev.map_or(&self.head, |prev| &prev.next);
        work.next.set(link.replace(work));
        if work.next.get().is_null() {
            self.tail.set(work);
        }
        self.notify_q.wake_one();
    }

    /// Under the irq lock.
    pub(super) fn remove(&self, work: &Work) {
        let (mut prev, mut link) = (null(), &self.head);
        // SAFETY: items in the queue are alive.
        while let Some(at) = unsafe { link.get().as_ref() } {
            if core::ptr::eq(at, work) {
                link.set(work.next.get());
                if work.next.get().is_null() {
                    self.tail.set(prev);
                }
                return;
            }
            prev = link.get();
            link = &at.next;
        }
    }

    /// Under the irq lock.
    fn pop(&self) -> Option<&'static Work> {
        // SAFETY: items in the queue are alive.
        let work: &'static Work = unsafe { self.head.get().as_ref()? };
        self.remove(work);
        Some(work)
    }

    /// Runs one item. What guards a flush ends with its handler: it may be gone after that.
    fn run_one(&self, work: &'static Work) {
        let (handler, flushing) = irq::free(|| (work.handler.get(), work.has(FLUSHING)));
        if let Some(handler) = handler {
            handler(work);
        }
        if !flushing {
            irq::free(|| work.finished());
        }
        if !self.has(NO_YIELD) {
            thread::yield_now();
        }
    }

    /// The body of the queue's thread; ends when stopped.
    fn run(&self) {
        irq::free(|| self.runner.set(thread::current()));
        loop {
            let set = pin!(WaitSet::<1>::new());
            let work = irq::free(|| {
                let work = self.pop();
                match work {
                    Some(work) => {
                        self.set(BUSY);
                        work.clear(QUEUED);
                        if !work.has(FLUSHING) {
                            work.set(RUNNING);
                        }
                    }
                    None => {
                        self.clear(BUSY);
                        if self.has(DRAIN) {
                            self.clear(DRAIN);
                            self.drain_q.wake_all();
                        }
                        if !self.has(STOP) {
                            set.as_ref().add(&self.notify_q);
                        }
                    }
                }
                work
            });
            match work {
                Some(work) => self.run_one(work),
                None if self.has(STOP) => break,
                None => {
                    set.as_ref().park(None);
                }
            }
        }
        irq::free(|| {
            self.runner.set(null());
            self.clear(STARTED | STOP);
            self.drain_q.wake_all();
        });
    }
}

impl Default for WorkQueue {
    fn default() -> Self {
        Self::new()
    }
}

extern "C" fn run(queue: *mut c_void, _p2: *mut c_void, _p3: *mut c_void) {
    // SAFETY: the queue given to `k_work_queue_start`.
    unsafe { &*queue.cast::<WorkQueue>() }.run();
}

/// Makes a queue.
///
/// # Safety
/// `queue` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_queue_init(queue: *mut WorkQueue) {
    // SAFETY: the caller's memory.
    unsafe { queue.write(WorkQueue::new()) };
}

fn prepare(queue: &WorkQueue, config: Option<&WorkQueueConfig>) {
    let no_yield = config.is_some_and(|c| c.no_yield);
    irq::free(|| queue.flags.set(STARTED | if no_yield { NO_YIELD } else { 0 }));
}

/// Starts the queue's thread.
///
/// # Safety
/// `queue` points to a queue that is not started; it and the stack stay as long as the thread lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_queue_start(
    queue: *mut WorkQueue,
    stack: *mut c_void,
    stack_size: usize,
    priority: c_int,
    config: Option<&WorkQueueConfig>,
) {
    // SAFETY: the caller's queue. Queues of C's need not be initialised but by zeros.
    unsafe {
        prepare(&*queue, config);
        let options = if config.is_some_and(|c| c.essential) { K_ESSENTIAL } else { 0 };
        let thread = &raw mut (*queue).thread;
        let (none, forever) = (core::ptr::null_mut(), Timeout::FOREVER);
        k_thread_create(
            thread,
            stack,
            stack_size,
            run,
            queue.cast(),
            none,
            none,
            priority,
            options,
            forever,
        );
        let thread: &'static KThread = &*thread;
        if let Some(config) = config.filter(|c| !c.name.is_null()) {
            thread.set_name(config.name);
        }
        thread.launch();
    }
}

/// Makes the calling thread the queue's.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_queue_run(queue: &'static WorkQueue, config: Option<&WorkQueueConfig>) {
    prepare(queue, config);
    queue.run();
}

/// Waits until the queue is empty, and with `plug` has it take nothing more: 1 it waited, 0 it was idle,
/// -EINTR the wait was called off.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_queue_drain(queue: &WorkQueue, plug: bool) -> c_int {
    let set = pin!(WaitSet::<1>::new());
    let wait = irq::free(|| {
        let busy = queue.has(BUSY | DRAIN) || !queue.head.get().is_null();
        if plug {
            queue.set(PLUGGED);
        }
        if busy {
            queue.set(DRAIN);
            set.as_ref().add(&queue.drain_q);
        }
        busy
    });
    match wait {
        false => 0,
        true if set.as_ref().park(None) => 1,
        true => neg(Error::Interrupted),
    }
}

/// Lets a plugged queue take work again: 0 or -EALREADY.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_queue_unplug(queue: &WorkQueue) -> c_int {
    irq::free(|| {
        let plugged = queue.has(PLUGGED);
        queue.clear(PLUGGED);
        if plugged { 0 } else { neg(Error::Already) }
    })
}

/// Ends the thread of a plugged, empty queue: 0, -EALREADY, -EBUSY, -ETIMEDOUT.
#[unsafe(no_mangle)]
pub extern "C" fn k_work_queue_stop(queue: &'static WorkQueue, timeout: Timeout) -> c_int {
    let begun = irq::free(|| {
        if !queue.has(STARTED) {
            return Err(Error::Already);
        }
        if !queue.has(PLUGGED) || queue.has(BUSY) {
            return Err(Error::Busy);
        }
        queue.set(STOP);
        queue.notify_q.wake_one();
        Ok(())
    });
    if let Err(error) = begun {
        return neg(error);
    }
    // The thread itself may be the caller's own, and live on: wait for it to leave the queue.
    let deadline = timeout.deadline();
    loop {
        let set = pin!(WaitSet::<1>::new());
        let stopped = irq::free(|| {
            let stopped = !queue.has(STARTED);
            if !stopped {
                set.as_ref().add(&queue.drain_q);
            }
            stopped
        });
        if stopped {
            // One of the queue's own is about to end, and its block may go after that.
            let ended = super::super::thread::k_thread_join(queue.thread.base(), timeout);
            return if ended == 0 { 0 } else { neg(Error::TimedOut) };
        }
        if !set.as_ref().park(deadline) {
            irq::free(|| queue.clear(STOP));
            return neg(Error::TimedOut);
        }
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/work.h":
    WorkQueue = "struct k_work_q" {
        thread, head = "pending.head", tail = "pending.tail", notify_q = "notifyq", drain_q = "drainq",
        runner = "thread_id", flags,
    };
    WorkQueueConfig = "struct k_work_queue_config" { name, no_yield, essential, work_timeout_ms };
}
