// SPDX-License-Identifier: Apache-2.0
//! What a thread does about itself and others while it lives: sleep, priorities, names.

use core::ffi::{c_char, c_int, c_void};
use core::sync::atomic::Ordering::*;

use crate::base::{Duration, Error, Instant};
use crate::os::thread::{self, Thread};
use crate::os::{clock, irq};

use super::thread::{KThread, for_each};
use super::time::{Timeout, TimeoutExt, ticks_at};
use super::wait::neg;

/// The calling thread.
#[unsafe(no_mangle)]
pub extern "C" fn k_sched_current_thread_query() -> &'static Thread {
    thread::current()
}

/// The thread's priority, whatever a mutex has lent it included.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_priority_get(thread: &Thread) -> c_int {
    thread.priority()
}

/// Gives the thread another priority.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_priority_set(thread: &Thread, priority: c_int) {
    thread.set_priority(priority);
}

/// Stops the thread until [`k_thread_resume`].
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_suspend(thread: &'static Thread) {
    thread.suspend();
}

/// Lets a suspended thread go on.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_resume(thread: &Thread) {
    thread.resume();
}

/// Sleeps until `deadline`; the time left if woken early.
fn sleep_until(deadline: Instant) -> Duration {
    if thread::sleep_until(Some(deadline)) { Duration::ZERO } else { deadline.since(clock::now()) }
}

/// Sleeps; the milliseconds left if woken early, -1 after `K_FOREVER`.
#[unsafe(no_mangle)]
pub extern "C" fn k_sleep(timeout: Timeout) -> i32 {
    irq::not_in_isr(c"k_sleep()");
    if timeout.is_no_wait() {
        k_yield();
        return 0;
    }
    match timeout.deadline() {
        None => {
            thread::sleep_until(None);
            -1
        }
        Some(deadline) => {
            let left = sleep_until(deadline).as_micros().div_ceil(1_000);
            left.min(i32::MAX as u64) as i32
        }
    }
}

/// Sleeps `micros` microseconds; those left if woken early.
#[unsafe(no_mangle)]
pub extern "C" fn k_usleep(micros: i32) -> i32 {
    irq::not_in_isr(c"k_usleep()");
    let span = Duration::from_micros(u64::try_from(micros).unwrap_or(0));
    sleep_until(clock::now() + span).as_micros().min(i32::MAX as u64) as i32
}

/// Keeps the processor busy.
#[unsafe(no_mangle)]
pub extern "C" fn k_busy_wait(micros: u32) {
    clock::busy_wait(Duration::from_micros(micros.into()));
}

/// Ends the thread's sleep or wait, or starts it.
#[unsafe(no_mangle)]
pub extern "C" fn k_wakeup(thread: &'static Thread) {
    match KThread::of(thread) {
        Some(k_thread) if thread.is_prepared() => k_thread.launch(),
        _ => {
            thread.wake_up();
        }
    }
}

/// Lets others of the same priority run.
#[unsafe(no_mangle)]
pub extern "C" fn k_yield() {
    if !irq::in_isr() {
        thread::yield_now();
    }
}

/// May the caller yield?
#[unsafe(no_mangle)]
pub extern "C" fn k_can_yield() -> bool {
    !irq::in_isr()
}

/// Lets a more urgent thread run that became ready meanwhile: leaving the irq lock does that.
#[unsafe(no_mangle)]
pub extern "C" fn k_reschedule() {
    irq::free(|| ());
}

/// Keeps the processor.
#[unsafe(no_mangle)]
pub extern "C" fn k_sched_lock() {
    thread::sched_lock();
}

/// Ends [`k_sched_lock`].
#[unsafe(no_mangle)]
pub extern "C" fn k_sched_unlock() {
    thread::sched_unlock();
}

/// Nothing: the host shares the processor out.
#[unsafe(no_mangle)]
pub extern "C" fn k_sched_time_slice_set(_slice_ms: i32, _priority: c_int) {}

/// Is the caller an interrupt, or a callback that Zephyr runs in one?
#[unsafe(no_mangle)]
pub extern "C" fn k_is_in_isr() -> bool {
    irq::in_isr()
}

/// Calls `routine` as an interrupt would: nothing in it may wait, and threads that it wakes run when it is over.
///
/// # Safety
/// `routine` may be called with `parameter`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn irq_offload(
    routine: unsafe extern "C" fn(*const c_void),
    parameter: *const c_void,
) {
    thread::sched_lock();
    // SAFETY: the caller's promise.
    irq::as_isr(|| unsafe { routine(parameter) });
    thread::sched_unlock();
}

/// May the calling thread be preempted?
#[unsafe(no_mangle)]
pub extern "C" fn k_is_preempt_thread() -> c_int {
    (!irq::in_isr() && thread::current().priority() >= 0).into()
}

/// Takes the irq lock; the key is for [`irq_unlock`].
#[unsafe(no_mangle)]
pub extern "C" fn irq_lock() -> u32 {
    irq::lock().into_raw()
}

/// Ends the section that [`irq_lock`] with this key began.
#[unsafe(no_mangle)]
pub extern "C" fn irq_unlock(key: u32) {
    irq::unlock(irq::Key::from_raw(key));
}

/// Waits for an interrupt, which on a host is some time.
#[unsafe(no_mangle)]
pub extern "C" fn k_cpu_idle() {
    thread::sleep_until(Some(clock::now() + Duration::from_millis(1)));
}

/// The same, with the irq lock given back first.
#[unsafe(no_mangle)]
pub extern "C" fn k_cpu_atomic_idle(key: u32) {
    irq_unlock(key);
    k_cpu_idle();
}

/// Sets the calling thread's own pointer.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_custom_data_set(value: *mut c_void) {
    thread::current().custom_data.store(value, Relaxed);
}

/// The calling thread's own pointer.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_custom_data_get() -> *mut c_void {
    thread::current().custom_data.load(Relaxed)
}

/// Names a thread, or the caller: 0, or -ENOSYS without `CONFIG_THREAD_NAME`.
///
/// # Safety
/// `name` is a string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_thread_name_set(
    thread: Option<&'static Thread>,
    name: *const c_char,
) -> c_int {
    if !cfg!(CONFIG_THREAD_NAME) {
        return neg(Error::NoSys);
    }
    if let Some(thread) = KThread::of(thread.unwrap_or_else(thread::current)) {
        // SAFETY: the caller's string.
        unsafe { thread.set_name(name.cast()) };
    }
    0
}

/// The name, empty if there is none; NULL without `CONFIG_THREAD_NAME`.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_name_get(thread: Option<&Thread>) -> *const c_char {
    let name = thread.unwrap_or_else(|| thread::current()).name();
    match (cfg!(CONFIG_THREAD_NAME), name.is_null()) {
        (false, _) => core::ptr::null(),
        (true, true) => c"".as_ptr(),
        (true, false) => name.cast(),
    }
}

/// Copies the name: 0, -ENOSPC when it does not fit, -ENOSYS without `CONFIG_THREAD_NAME`.
///
/// # Safety
/// `buffer` has room for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_thread_name_copy(
    thread: Option<&Thread>,
    buffer: *mut c_char,
    size: usize,
) -> c_int {
    const ENOSPC: c_int = 28; // on Linux and in newlib alike
    let name = k_thread_name_get(thread);
    if name.is_null() {
        return neg(Error::NoSys);
    }
    // SAFETY: names are zero terminated.
    let name = unsafe { core::ffi::CStr::from_ptr(name) }.to_bytes_with_nul();
    if name.len() > size {
        return -ENOSPC;
    }
    // SAFETY: it fits into the caller's buffer.
    unsafe { core::ptr::copy_nonoverlapping(name.as_ptr(), buffer.cast(), name.len()) };
    0
}

/// Writes what the thread does into `buffer`; returns that.
///
/// # Safety
/// `buffer` has room for `size` bytes, or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_thread_state_str(
    thread: &Thread,
    buffer: *mut c_char,
    size: usize,
) -> *const c_char {
    let state: &core::ffi::CStr = match () {
        () if thread.is_prepared() => c"prestart",
        () if !thread.is_alive() => c"dead",
        () if thread.is_waiting() => c"pending",
        () => c"queued",
    };
    if buffer.is_null() || size == 0 {
        return c"".as_ptr();
    }
    let length = state.to_bytes().len().min(size - 1);
    // SAFETY: the length and a zero fit into the caller's buffer.
    unsafe {
        core::ptr::copy_nonoverlapping(state.as_ptr(), buffer, length);
        buffer.add(length).write(0);
    }
    buffer
}

type ForEach = extern "C" fn(&KThread, *mut c_void);

/// Calls `f` with each thread, the list locked.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_foreach(f: ForEach, data: *mut c_void) {
    for_each(true, |thread| f(thread, data));
}

/// The same, unlocked.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_foreach_unlocked(f: ForEach, data: *mut c_void) {
    for_each(false, |thread| f(thread, data));
}

/// How many bytes of the thread's stack were never used: 0, or -ENOTSUP where nobody knows.
///
/// # Safety
/// `unused` points to memory for the number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_thread_stack_space_get(thread: &Thread, unused: *mut usize) -> c_int {
    match thread.stack_unused() {
        Some(bytes) => {
            // SAFETY: the caller's memory.
            unsafe { unused.write(bytes) };
            0
        }
        None => neg(Error::NotSup),
    }
}

/// Nobody counts: -ENOTSUP.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_runtime_stats_get(_thread: &Thread, _stats: *mut c_void) -> c_int {
    neg(Error::NotSup)
}

/// Nobody counts: -ENOTSUP.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_runtime_stats_all_get(_stats: *mut c_void) -> c_int {
    neg(Error::NotSup)
}

/// Uptime in ticks at which the thread is due to start.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_timeout_expires_ticks(thread: &Thread) -> i64 {
    match KThread::of(thread) {
        Some(thread) => super::timeout::z_timeout_expires(thread.timeout()),
        None => ticks_at(clock::now()) as i64,
    }
}

/// Ticks until then.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_timeout_remaining_ticks(thread: &Thread) -> i64 {
    KThread::of(thread).map_or(0, |thread| super::timeout::z_timeout_remaining(thread.timeout()))
}
