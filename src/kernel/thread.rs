// SPDX-License-Identifier: Apache-2.0
//! `struct k_thread` and its life: creation, delayed start, end, join, the list of all threads.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr::{NonNull, null};
use core::sync::atomic::Ordering::*;

use crate::base::Error;
use crate::config;
use crate::os::irq;
use crate::os::thread::{self, StartInfo, Thread};

use super::fatal::{self, Reason};
use super::time::{Timeout, TimeoutExt};
use super::timeout::Entry;
use super::wait::{EDEADLK, neg};

/// `k_thread_entry_t`.
pub type ThreadEntry = extern "C" fn(*mut c_void, *mut c_void, *mut c_void);

/// The system can't do without the thread.
pub(super) const K_ESSENTIAL: u32 = 1;

pub(super) const NAME_LEN: usize =
    if config::THREAD_MAX_NAME_LEN == 0 { 1 } else { config::THREAD_MAX_NAME_LEN };

/// `struct k_thread`.
#[repr(C)]
pub struct KThread {
    base: Thread,
    next_thread: Cell<*const KThread>,
    entry: Cell<Option<ThreadEntry>>,
    parameters: [Cell<*mut c_void>; 3],
    start: Entry,
    stack_start: Cell<usize>,
    stack_size: Cell<usize>,
    stack_delta: Cell<usize>,
    resource_pool: Cell<*mut c_void>,
    user_options: Cell<u32>,
    pub(super) name: [Cell<u8>; NAME_LEN],
}

// SAFETY: the cells are written before the thread starts or under the irq lock.
unsafe impl Sync for KThread {}

/// All threads that live, the newest first.
struct All(Cell<*const KThread>);

// SAFETY: touched under the irq lock only.
unsafe impl Sync for All {}

static ALL: All = All(Cell::new(null()));

/// `struct _static_thread_data`, which `K_THREAD_DEFINE` leaves.
#[repr(C)]
#[allow(missing_docs)]
pub struct StaticThread {
    pub thread: *mut KThread,
    pub stack: *mut c_void,
    pub stack_size: u32,
    pub entry: ThreadEntry,
    pub parameters: [*mut c_void; 3],
    pub priority: c_int,
    pub options: u32,
    pub name: *const u8,
    pub delay: Timeout,
}

impl KThread {
    /// A block no thread uses.
    pub const fn new() -> Self {
        KThread {
            base: Thread::new(),
            next_thread: Cell::new(null()),
            entry: Cell::new(None),
            parameters: [const { Cell::new(core::ptr::null_mut()) }; 3],
            start: Entry::new(None),
            stack_start: Cell::new(0),
            stack_size: Cell::new(0),
            stack_delta: Cell::new(0),
            resource_pool: Cell::new(core::ptr::null_mut()),
            user_options: Cell::new(0),
            name: [const { Cell::new(0) }; NAME_LEN],
        }
    }

    /// The block of which `thread` is the head, unless it is one of the port's own.
    pub(super) fn of(thread: &Thread) -> Option<&KThread> {
        let is_k_thread = thread.is_k_thread.load(Relaxed) != 0;
        // SAFETY: the mark is set on blocks made by `k_thread_create` only.
        is_k_thread.then(|| unsafe { &*core::ptr::from_ref(thread).cast() })
    }

    /// The part the port knows.
    pub(super) fn base(&'static self) -> &'static Thread {
        &self.base
    }

    pub(super) fn timeout(&self) -> &Entry {
        &self.start
    }

    /// Sets the name, cut to what there is room for.
    ///
    /// # Safety
    /// `name` is zero terminated.
    pub(super) unsafe fn set_name(&'static self, name: *const u8) {
        irq::free(|| {
            let mut at = 0;
            while at + 1 < NAME_LEN {
                // SAFETY: not behind the terminating zero.
                let byte = unsafe { name.add(at).read() };
                if byte == 0 {
                    break;
                }
                self.name[at].set(byte);
                at += 1;
            }
            self.name[at].set(0);
            // SAFETY: zero terminated and part of the block.
            unsafe { self.base.set_name(self.name.as_ptr().cast()) };
        });
    }

    /// Lets a prepared thread run.
    pub(super) fn launch(&'static self) {
        self.start.disarm();
        let info = StartInfo {
            stack: self.stack_start.get() as *mut u8,
            stack_size: self.stack_size.get(),
            name: self.base.name(),
        };
        // SAFETY: the creator's stack.
        match unsafe { self.base.launch(&info) } {
            Ok(()) | Err(Error::Already) => {}
            Err(_) => fatal::fail(Reason::KernelPanic, "the host has no thread left"),
        }
    }

    fn link(&'static self) {
        irq::free(|| self.next_thread.set(ALL.0.replace(self)));
    }

    fn unlink(&self) {
        irq::free(|| {
            let mut link = &ALL.0;
            // SAFETY: linked threads live.
            while let Some(thread) = unsafe { link.get().as_ref() } {
                if core::ptr::eq(thread, self) {
                    link.set(self.next_thread.get());
                    return;
                }
                link = &thread.next_thread;
            }
        });
    }
}

impl Default for KThread {
    fn default() -> Self {
        Self::new()
    }
}

/// Calls `f` with each thread; with `locked` all under the lock, else only the steps.
pub(super) fn for_each(locked: bool, mut f: impl FnMut(&KThread)) {
    let walk = |f: &mut dyn FnMut(&KThread)| {
        let mut next = irq::free(|| ALL.0.get());
        // SAFETY: linked threads live; without the lock the caller accepts what Zephyr warns of.
        while let Some(thread) = unsafe { next.as_ref() } {
            next = irq::free(|| thread.next_thread.get());
            f(thread);
        }
    };
    if locked { irq::free(|| walk(&mut f)) } else { walk(&mut f) }
}

/// The body of every thread made here.
fn run(argument: usize) {
    // SAFETY: the address of the block, which stays in place while its thread lives.
    let thread = unsafe { &*(argument as *const KThread) };
    let [p1, p2, p3] = thread.parameters.each_ref().map(Cell::get);
    if let Some(entry) = thread.entry.get() {
        entry(p1, p2, p3);
    }
    check_essential(thread);
}

fn check_essential(thread: &KThread) {
    if thread.user_options.get() & K_ESSENTIAL != 0 {
        fatal::fail(Reason::KernelPanic, "an essential thread has ended");
    }
}

/// Makes a thread out of `thread` and starts it after `delay`. Returns its handle.
///
/// # Safety
/// `thread` points to memory for one that does not live; it and the stack stay as long as it does.
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments)]
pub unsafe extern "C" fn k_thread_create(
    thread: *mut KThread,
    stack: *mut c_void,
    stack_size: usize,
    entry: ThreadEntry,
    p1: *mut c_void,
    p2: *mut c_void,
    p3: *mut c_void,
    priority: c_int,
    options: u32,
    delay: Timeout,
) -> *const KThread {
    // SAFETY: the caller's memory, used by nobody.
    let thread: &'static KThread = unsafe {
        thread.write(KThread::new());
        &*thread
    };
    thread.base.is_k_thread.store(1, Relaxed);
    thread.entry.set(Some(entry));
    for (cell, parameter) in thread.parameters.iter().zip([p1, p2, p3]) {
        cell.set(parameter);
    }
    thread.stack_start.set(stack as usize);
    thread.stack_size.set(stack_size);
    thread.user_options.set(options);
    // The memory is fresh: it can't be busy.
    let _ = thread.base.prepare(priority, run, core::ptr::from_ref(thread) as usize);
    thread.base.on_end(|base| {
        if let Some(thread) = KThread::of(base) {
            thread.start.disarm();
            thread.unlink();
        }
    });
    thread.link();
    if delay == Timeout::NO_WAIT {
        thread.launch();
    } else if let Some(deadline) = delay.deadline() {
        thread.start.arm(start_delayed, deadline);
    }
    thread
}

extern "C" fn start_delayed(entry: &'static Entry) {
    let offset = core::mem::offset_of!(KThread, start);
    // SAFETY: armed above with the member of a thread's block.
    let thread: &'static KThread = unsafe { &*core::ptr::from_ref(entry).byte_sub(offset).cast() };
    thread.launch();
}

/// Starts the threads of `K_THREAD_DEFINE`.
///
/// # Safety
/// The entries are valid and their threads unused.
pub(super) unsafe fn start_static(threads: &[StaticThread]) {
    for t in threads {
        let [p1, p2, p3] = t.parameters;
        // SAFETY: the caller's promise.
        unsafe {
            let size = t.stack_size as usize;
            // Named before it runs.
            k_thread_create(
                t.thread,
                t.stack,
                size,
                t.entry,
                p1,
                p2,
                p3,
                t.priority,
                t.options,
                Timeout::FOREVER,
            );
            let thread: &'static KThread = &*t.thread;
            thread.set_name(t.name);
            if t.delay == Timeout::NO_WAIT {
                thread.launch();
            } else if let Some(deadline) = t.delay.deadline() {
                thread.start.arm(start_delayed, deadline);
            }
        }
    }
}

/// Starts a thread that waits for it.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_start(thread: &'static Thread) {
    if let Some(thread) = KThread::of(thread) {
        thread.launch();
    }
}

/// Ends the thread.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_abort(thread: &'static Thread) {
    if let Some(thread) = KThread::of(thread) {
        check_essential(thread);
    }
    thread.end();
}

/// Waits for the thread's end: 0, -EBUSY without waiting, -EAGAIN when the time is up, -EDEADLK for
/// the caller itself.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_join(thread: &'static Thread, timeout: Timeout) -> c_int {
    if core::ptr::eq(thread, thread::current()) {
        return -EDEADLK;
    }
    if timeout.is_no_wait() && thread.is_alive() {
        return neg(Error::Busy);
    }
    // SAFETY: the caller keeps the block in place.
    let ended = unsafe { thread::join(NonNull::from(thread), timeout.deadline()) };
    if ended { 0 } else { neg(Error::Again) }
}

/// Goes on with `entry` in the calling thread, and ends it after that.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_user_mode_enter(
    entry: ThreadEntry,
    p1: *mut c_void,
    p2: *mut c_void,
    p3: *mut c_void,
) -> ! {
    entry(p1, p2, p3);
    loop {
        k_thread_abort(thread::current());
    }
}

/// Removes [`K_ESSENTIAL`] from the calling thread: main may return.
pub(super) fn make_inessential() {
    if let Some(thread) = KThread::of(thread::current()) {
        thread.user_options.set(thread.user_options.get() & !K_ESSENTIAL);
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/thread.h":
    KThread = "struct k_thread" {
        base, next_thread, entry = "entry.pEntry", start, stack_start = "stack_info.start",
        stack_size = "stack_info.size", stack_delta = "stack_info.delta", resource_pool,
        user_options, name,
    };
    StaticThread = "struct _static_thread_data" {
        thread = "init_thread", stack = "init_stack", stack_size = "init_stack_size", entry =
        "init_entry", priority = "init_prio", options = "init_options", name = "init_name",
        delay = "init_delay",
    };
}
