// SPDX-License-Identifier: Apache-2.0
//! Threads: static blocks, Zephyr's priorities (lower is more urgent, negative is cooperative).

use core::cell::Cell;
use core::pin::pin;
use core::ptr::{NonNull, null, null_mut};
use core::sync::atomic::{AtomicI32, AtomicPtr, AtomicU8, AtomicU32, Ordering::*};

#[cfg(not(target_has_atomic = "ptr"))]
use super::atomic::*;
use super::wait::Waiter;
use super::{WaitQ, WaitSet, irq, port};
use crate::base::{Error, Instant, Result};
use crate::config;

pub use super::wait::Outcome;

/// The block of one thread, in static storage (C: the head of `struct k_thread`).
#[repr(C)]
pub struct Thread {
    pub(super) port: port::ThreadData,
    entry: Cell<Option<fn(usize)>>,
    argument: Cell<usize>,
    waiter: AtomicPtr<Waiter>,
    name: Cell<*const u8>,
    on_end: Cell<Option<fn(&Thread)>>,
    /// One word for the thread itself (`k_thread_custom_data_set`).
    pub custom_data: AtomicPtr<core::ffi::c_void>,
    joiners: WaitQ,
    /// The priority in force, which a mutex may have raised.
    priority: AtomicI32,
    base_priority: AtomicI32,
    /// Mutexes held that must be given back before the thread may be ended from outside.
    pub(super) mutexes: AtomicU32,
    state: AtomicU8,
    pub(super) end_requested: AtomicU8,
    /// The block is the head of a larger one of the kernel layer's (C's `struct k_thread`).
    pub is_k_thread: AtomicU8,
}

const NEW: u8 = 0;
const ALIVE: u8 = 1;
const DEAD: u8 = 2;
const FOREIGN: u8 = 3;
const PREPARED: u8 = 4;

// SAFETY: the cells are written before the thread starts or under the irq lock.
unsafe impl Sync for Thread {}

/// What a port needs to start a thread.
pub struct StartInfo {
    /// Lowest address of the stack. Hosts bring their own and ignore it.
    pub stack: *mut u8,
    /// Size of the stack in bytes; `CONFIG_ZNET_STACK_RESERVED` more follow.
    pub stack_size: usize,
    /// Name for debuggers, zero terminated, or null.
    pub name: *const u8,
}

/// Bytes that the port keeps behind the thread's own.
const RESERVED: usize = config::ZNET_STACK_RESERVED;

/// Stack memory in static storage.
#[repr(C, align(16))]
pub struct Stack<const N: usize>(
    core::cell::UnsafeCell<core::mem::MaybeUninit<[u8; N]>>,
    core::cell::UnsafeCell<core::mem::MaybeUninit<[u8; RESERVED]>>,
);

// SAFETY: only the thread started on it uses it.
unsafe impl<const N: usize> Sync for Stack<N> {}

impl<const N: usize> Stack<N> {
    /// Uninitialised memory.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Stack(
            core::cell::UnsafeCell::new(core::mem::MaybeUninit::uninit()),
            core::cell::UnsafeCell::new(core::mem::MaybeUninit::uninit()),
        )
    }

    /// Lowest address and size in bytes, the port's aside.
    pub fn as_raw(&'static self) -> (*mut u8, usize) {
        (core::ptr::from_ref(self).cast_mut().cast(), N)
    }
}

impl Thread {
    /// A block no thread has used yet.
    pub const fn new() -> Self {
        Thread {
            port: port::ThreadData::new(),
            entry: Cell::new(None),
            argument: Cell::new(0),
            waiter: AtomicPtr::new(null_mut()),
            name: Cell::new(null()),
            on_end: Cell::new(None),
            custom_data: AtomicPtr::new(null_mut()),
            joiners: WaitQ::new(),
            priority: AtomicI32::new(0),
            base_priority: AtomicI32::new(0),
            mutexes: AtomicU32::new(0),
            state: AtomicU8::new(NEW),
            end_requested: AtomicU8::new(0),
            is_k_thread: AtomicU8::new(0),
        }
    }

    /// The block of a thread the port did not start.
    #[cfg_attr(not(CONFIG_ARCH_POSIX), allow(dead_code))]
    pub(super) const fn foreign() -> Self {
        let mut thread = Self::new();
        thread.state = AtomicU8::new(FOREIGN);
        thread
    }

    /// The priority in force.
    #[inline]
    pub fn priority(&self) -> i32 {
        self.priority.load(Relaxed)
    }

    /// The priority the thread was given, whatever it has inherited since.
    pub fn base_priority(&self) -> i32 {
        self.base_priority.load(Relaxed)
    }

    /// Started, and neither returned nor ended.
    pub fn is_alive(&self) -> bool {
        matches!(self.state.load(Acquire), ALIVE | FOREIGN | PREPARED)
    }

    /// Waits for [`launch`](Self::launch).
    pub fn is_prepared(&self) -> bool {
        self.state.load(Acquire) == PREPARED
    }

    /// Is it blocked in a wait?
    pub fn is_waiting(&self) -> bool {
        !self.waiter.load(Acquire).is_null()
    }

    /// Threads waiting for this one's end.
    pub fn joiners(&self) -> &WaitQ {
        &self.joiners
    }

    /// The zero-terminated name, or null.
    pub fn name(&self) -> *const u8 {
        self.name.get()
    }

    /// Sets the name: zero terminated and alive as long as the thread, or null.
    ///
    /// # Safety
    /// The name is what is said above.
    pub unsafe fn set_name(&self, name: *const u8) {
        self.name.set(name);
    }

    /// Bytes of the stack that were never used, where the port knows.
    pub fn stack_unused(&self) -> Option<usize> {
        port::stack_unused(self)
    }

    /// Has `f` called under the irq lock when the thread ends.
    pub fn on_end(&self, f: fn(&Thread)) {
        self.on_end.set(Some(f));
    }

    pub(super) fn set_waiter(&self, waiter: *const Waiter) {
        self.waiter.store(waiter.cast_mut(), Release);
    }

    /// Gives the thread another priority for good.
    pub fn set_priority(&self, priority: i32) {
        irq::free(|| {
            let inherited = self.priority() < self.base_priority();
            self.base_priority.store(priority, Relaxed);
            if !inherited || priority < self.priority() {
                self.apply_priority(priority);
            }
        });
    }

    /// Raises the priority while the thread holds something a more urgent one waits for.
    pub fn lend_priority(&self, priority: i32) {
        irq::free(|| {
            if priority < self.priority() {
                self.apply_priority(priority);
            }
        });
    }

    /// Ends a loan: back to `priority`, but not above what the thread was given.
    pub fn return_priority(&self, priority: i32) {
        irq::free(|| self.apply_priority(priority.min(self.base_priority())));
    }

    fn apply_priority(&self, priority: i32) {
        if self.priority.swap(priority, Relaxed) == priority {
            return;
        }
        // SAFETY: a registered waiter is in place until `set_waiter(null)`, which its thread does
        // after the wait; reading it here is under the irq lock, and so is its unlinking.
        if let Some(waiter) = unsafe { self.waiter.load(Acquire).as_ref() } {
            waiter.reorder();
        }
        port::set_priority(self);
    }

    /// Starts the thread. `Busy` when the block belongs to one that lives.
    ///
    /// # Safety
    /// The stack is valid and used for nothing else as long as the thread lives.
    pub unsafe fn start(
        &'static self,
        priority: i32,
        info: &StartInfo,
        entry: fn(usize),
        argument: usize,
    ) -> Result<()> {
        self.prepare(priority, entry, argument)?;
        // SAFETY: the caller's promise.
        unsafe { self.launch(info) }
    }

    /// The first half of [`start`](Self::start): the thread counts as alive, and can be ended, but does
    /// not run.
    pub fn prepare(&'static self, priority: i32, entry: fn(usize), argument: usize) -> Result<()> {
        irq::free(|| {
            if !matches!(self.state.load(Relaxed), NEW | DEAD) {
                return Err(Error::Busy);
            }
            self.entry.set(Some(entry));
            self.argument.set(argument);
            self.priority.store(priority, Relaxed);
            self.base_priority.store(priority, Relaxed);
            self.mutexes.store(0, Relaxed);
            self.end_requested.store(0, Relaxed);
            self.waiter.store(null_mut(), Relaxed);
            self.state.store(PREPARED, Relaxed);
            Ok(())
        })
    }

    /// The second half. `Already` when the thread runs or has been ended.
    ///
    /// # Safety
    /// The stack is valid and used for nothing else as long as the thread lives.
    pub unsafe fn launch(&'static self, info: &StartInfo) -> Result<()> {
        let prepared = irq::free(|| {
            let prepared = self.is_prepared();
            if prepared {
                self.state.store(ALIVE, Relaxed);
            }
            prepared
        });
        if !prepared {
            return Err(Error::Already);
        }
        self.name.set(info.name);
        let started = port::start(self, info);
        if started.is_err() {
            self.state.store(DEAD, Release);
        }
        started
    }

    /// Ends the thread from outside: it leaves the queues it waits in and never runs again. One
    /// that runs on another processor of a host stops at its next wait; one that holds a mutex of
    /// the stack gives it back first. Ending oneself does not return.
    pub fn end(&'static self) {
        let me = core::ptr::eq(self, current());
        irq::free(|| {
            if !self.is_alive() {
                if !me {
                    port::reap(self);
                }
                return;
            }
            if self.mutexes.load(Relaxed) > 0 {
                self.end_requested.store(1, Relaxed);
                return;
            }
            // SAFETY: as in `apply_priority`.
            if let Some(waiter) = unsafe { self.waiter.swap(null_mut(), AcqRel).as_ref() } {
                waiter.abandon();
            }
            port::kill(self);
            self.finish(DEAD);
        });
        if me && !self.is_alive() {
            port::finish();
        }
    }

    /// Under the irq lock.
    fn finish(&self, state: u8) {
        self.state.store(state, Release);
        if let Some(on_end) = self.on_end.take() {
            on_end(self);
        }
        self.joiners.wake_all();
    }

    /// Stops the thread until [`resume`](Self::resume): at once if it is the caller or waits, else
    /// at its next wait.
    pub fn suspend(&'static self) {
        irq::free(|| port::suspend(self));
        if core::ptr::eq(self, current()) {
            port::checkpoint(self);
        }
    }

    /// Lets a suspended thread go on.
    pub fn resume(&self) {
        irq::free(|| port::resume(self));
    }

    /// Calls off whatever the thread waits for. False if it waits for nothing.
    pub fn wake_up(&self) -> bool {
        irq::free(|| {
            // SAFETY: as in `apply_priority`.
            let waiter = unsafe { self.waiter.load(Acquire).as_ref() };
            if let Some(waiter) = waiter {
                waiter.cancel();
            }
            waiter.is_some()
        })
    }
}

impl Default for Thread {
    fn default() -> Self {
        Self::new()
    }
}

/// Starts a thread on static storage: the safe form of [`Thread::start`] for the library's own.
pub fn spawn<const N: usize>(
    thread: &'static Thread,
    stack: &'static Stack<N>,
    name: &'static core::ffi::CStr,
    priority: i32,
    entry: fn(usize),
    argument: usize,
) -> Result<()> {
    let (stack, stack_size) = stack.as_raw();
    let info = StartInfo { stack, stack_size, name: name.as_ptr().cast() };
    // SAFETY: the stack is static. That no two living threads share it is held by `Busy` for the
    // block; a stack belongs to one block by convention (both are neighbouring statics).
    unsafe { thread.start(priority, &info, entry, argument) }
}

/// The body of every started thread; ports call it on the new stack.
pub(super) fn run(thread: &'static Thread) {
    if let Some(entry) = thread.entry.get() {
        entry(thread.argument.get());
    }
    retire(thread);
}

/// Marks a thread that came to its end and tells those who wait for it.
fn retire(thread: &Thread) {
    irq::free(|| {
        // The block of one that was ended from outside may be another thread's by now.
        if thread.state.load(Relaxed) == ALIVE && port::last_look(thread) {
            thread.finish(DEAD);
        }
    });
}

/// The calling thread.
#[inline]
pub fn current() -> &'static Thread {
    port::current()
}

/// Lets others of the same priority run.
pub fn yield_now() {
    port::yield_now();
}

/// Sleeps until `deadline` (`None`: until woken by [`Thread::wake_up`]). False when woken early.
pub fn sleep_until(deadline: Option<Instant>) -> bool {
    let set = pin!(WaitSet::<0>::new());
    set.as_ref().wait(deadline) == Outcome::TimedOut
}

/// Keeps other threads from preempting the caller. Nests.
pub fn sched_lock() {
    port::sched_lock();
}

/// Ends [`sched_lock`].
pub fn sched_unlock() {
    port::sched_unlock();
}

/// Waits until `thread` has ended. False when the deadline comes first.
///
/// # Safety
/// The block stays in place meanwhile.
pub unsafe fn join(thread: NonNull<Thread>, deadline: Option<Instant>) -> bool {
    // SAFETY: the caller keeps the block in place.
    let thread = unsafe { thread.as_ref() };
    let set = pin!(WaitSet::<1>::new());
    let waiting = irq::free(|| {
        let alive = thread.is_alive();
        if alive {
            set.as_ref().add(thread.joiners());
        }
        alive
    });
    let ended = !waiting || set.as_ref().park(deadline);
    if ended {
        irq::free(|| {
            // Unless the block has been used anew meanwhile.
            if !thread.is_alive() {
                port::reap(thread);
            }
        });
    }
    ended
}
