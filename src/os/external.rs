// SPDX-License-Identifier: Apache-2.0
//! The port to whatever system a firmware brings: C functions, declared in `<zephyr/znet_port.h>`, which
//! the firmware defines; those for FreeRTOS are in `freertos/`. One processor.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering::*};

use super::thread::{self, StartInfo, Thread};
use crate::base::{Duration, Error, Instant, Result};

pub use super::pi_mutex::RawMutex;

// C uses the first member of a `Thread` only; what else is in it is not for C.
#[allow(improper_ctypes)]
mod c {
    use super::*;

    // The header says what each owes; `Thread` is C's `struct _thread_base`.
    unsafe extern "C" {
        pub safe fn znet_port_irq_lock() -> u32;
        pub safe fn znet_port_irq_unlock(key: u32);
        pub safe fn znet_port_in_isr() -> bool;
        pub safe fn znet_port_current() -> &'static Thread;
        pub fn znet_port_start(
            thread: &'static Thread,
            stack: *mut c_void,
            stack_size: usize,
            name: *const u8,
            priority: c_int,
        ) -> c_int;
        pub safe fn znet_port_park(deadline_us: u64);
        pub safe fn znet_port_unpark(thread: &Thread);
        pub safe fn znet_port_kill(thread: &Thread);
        pub safe fn znet_port_suspend(thread: &Thread);
        pub safe fn znet_port_resume(thread: &Thread);
        pub safe fn znet_port_checkpoint();
        pub safe fn znet_port_set_priority(thread: &Thread, priority: c_int);
        pub safe fn znet_port_stack_unused(thread: &Thread) -> usize;
        pub safe fn znet_port_yield();
        pub safe fn znet_port_sched_lock();
        pub safe fn znet_port_sched_unlock();
        pub safe fn znet_port_finish() -> !;
        pub safe fn znet_port_now_us() -> u64;
        pub fn znet_port_entropy(bytes: *mut u8, len: usize) -> c_int;
        pub fn znet_port_console(bytes: *const u8, len: usize);
        pub fn znet_port_misuse(what: *const c_char) -> !;
        pub safe fn znet_port_restart() -> !;
        pub safe fn znet_port_exit(code: c_int) -> !;
    }
}

/// The system's handle of the thread; the firmware keeps it in `struct _thread_base`.
#[repr(transparent)]
pub struct ThreadData(#[allow(dead_code)] AtomicPtr<c_void>);

impl ThreadData {
    pub const fn new() -> Self {
        ThreadData(AtomicPtr::new(null_mut()))
    }
}

/// Depth of the irq lock, known while it is held.
static DEPTH: AtomicU32 = AtomicU32::new(0);
/// The thread that plays interrupt.
static PLAYER: AtomicPtr<Thread> = AtomicPtr::new(null_mut());

#[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
pub fn irq_lock() -> u32 {
    let key = c::znet_port_irq_lock();
    DEPTH.store(DEPTH.load(Relaxed) + 1, Relaxed);
    key
}

#[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
pub fn irq_unlock(key: u32) {
    DEPTH.store(DEPTH.load(Relaxed) - 1, Relaxed);
    c::znet_port_irq_unlock(key);
}

pub fn irq_held() -> bool {
    DEPTH.load(Relaxed) > 0
}

pub fn in_isr() -> bool {
    c::znet_port_in_isr() || is_player()
}

fn is_player() -> bool {
    let player = PLAYER.load(Relaxed);
    !player.is_null() && core::ptr::eq(player, current())
}

pub fn set_isr(on: bool) -> bool {
    let before = is_player();
    let player = if on { core::ptr::from_ref(current()).cast_mut() } else { null_mut() };
    PLAYER.store(player, Relaxed);
    before
}

#[inline]
pub fn current() -> &'static Thread {
    c::znet_port_current()
}

pub fn start(thread: &'static Thread, info: &StartInfo) -> Result<()> {
    let (stack, size) = (info.stack.cast(), info.stack_size);
    // SAFETY: the stack is what `Thread::launch` was promised.
    match unsafe { c::znet_port_start(thread, stack, size, info.name, thread.priority()) } {
        0 => Ok(()),
        _ => Err(Error::NoMem),
    }
}

/// What the firmware calls on the stack of a thread that `znet_port_start` made. When it returns, the
/// thread is over.
#[unsafe(no_mangle)]
pub extern "C" fn znet_port_run(thread: &'static Thread) {
    thread::run(thread);
}

pub fn park(deadline: Option<Instant>) {
    c::znet_port_park(deadline.map_or(u64::MAX, Instant::as_micros));
}

pub fn checkpoint(_thread: &'static Thread) {
    c::znet_port_checkpoint();
}

pub fn unpark(thread: &Thread) {
    c::znet_port_unpark(thread);
}

pub fn kill(thread: &Thread) {
    c::znet_port_kill(thread);
}

/// Nothing: who reaps it finds the thread by its block.
pub fn last_look(_thread: &Thread) -> bool {
    true
}

/// It may not have come to its last instruction.
pub fn reap(thread: &Thread) {
    c::znet_port_kill(thread);
}

pub fn suspend(thread: &Thread) {
    c::znet_port_suspend(thread);
}

pub fn resume(thread: &Thread) {
    c::znet_port_resume(thread);
}

pub fn set_priority(thread: &Thread) {
    c::znet_port_set_priority(thread, thread.priority());
}

pub fn stack_unused(thread: &Thread) -> Option<usize> {
    match c::znet_port_stack_unused(thread) {
        usize::MAX => None,
        bytes => Some(bytes),
    }
}

pub fn yield_now() {
    c::znet_port_yield();
}

pub fn sched_lock() {
    c::znet_port_sched_lock();
}

pub fn sched_unlock() {
    c::znet_port_sched_unlock();
}

pub fn finish() -> ! {
    c::znet_port_finish()
}

pub fn now() -> Instant {
    Instant::from_micros(c::znet_port_now_us())
}

pub fn busy_wait(span: Duration) {
    let end = now() + span;
    while now() < end {
        core::hint::spin_loop();
    }
}

pub fn entropy(bytes: &mut [u8]) -> Result<()> {
    // SAFETY: pointer and length of a live slice.
    match unsafe { c::znet_port_entropy(bytes.as_mut_ptr(), bytes.len()) } {
        0 => Ok(()),
        _ => Err(Error::Io),
    }
}

pub fn console(bytes: &[u8]) {
    // SAFETY: pointer and length of a live slice.
    unsafe { c::znet_port_console(bytes.as_ptr(), bytes.len()) };
}

#[cold]
pub fn misuse(what: &'static CStr) -> ! {
    // SAFETY: a string that lives for ever.
    unsafe { c::znet_port_misuse(what.as_ptr()) }
}

pub fn restart() -> ! {
    c::znet_port_restart()
}

pub fn exit(code: i32) -> ! {
    c::znet_port_exit(code)
}
