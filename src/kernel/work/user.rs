// SPDX-License-Identifier: Apache-2.0
//! `k_work_user`: work for user mode, which does not exist, so it is work of another shape.

use core::cell::Cell;
use core::ffi::{c_int, c_long, c_void};
use core::sync::atomic::{AtomicIsize, Ordering::*};

use super::super::queue::{Queue, k_queue_get, k_queue_init};
use super::super::thread::{KThread, k_thread_create};
use super::super::time::Timeout;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

/// `struct k_work_user`. The first word is the queue's.
#[repr(C)]
pub struct UserWork {
    _reserved: Cell<*mut c_void>,
    handler: Option<extern "C" fn(&UserWork)>,
    flags: AtomicIsize,
}

const _: () = assert!(size_of::<c_long>() == size_of::<AtomicIsize>());

/// Bit 0 of the flags.
const PENDING: isize = 1;

/// `struct k_work_user_q`.
#[repr(C)]
pub struct UserQueue {
    queue: Queue,
    thread: KThread,
}

extern "C" fn run(queue: *mut c_void, _p2: *mut c_void, _p3: *mut c_void) {
    // SAFETY: the queue given to `k_work_user_queue_start`.
    let queue = unsafe { &(*queue.cast::<UserQueue>()).queue };
    loop {
        let work = k_queue_get(queue, Timeout::FOREVER).cast::<UserWork>();
        // SAFETY: only items of this type are submitted.
        if let Some(work) = unsafe { work.as_ref() } {
            work.flags.fetch_and(!PENDING, SeqCst);
            if let Some(handler) = work.handler {
                handler(work);
            }
        }
    }
}

/// Starts a queue for user work.
///
/// # Safety
/// `queue` points to memory for one; it and the stack stay as long as the thread lives. `name` is a
/// string or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_work_user_queue_start(
    queue: *mut UserQueue,
    stack: *mut c_void,
    stack_size: usize,
    priority: c_int,
    name: *const u8,
) {
    // SAFETY: the caller's memory.
    unsafe {
        k_queue_init(&raw mut (*queue).queue);
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
            0,
            forever,
        );
        let thread: &'static KThread = &*thread;
        if !name.is_null() {
            thread.set_name(name);
        }
        thread.launch();
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/work.h":
    UserWork = "struct k_work_user" { _reserved, handler, flags };
    UserQueue = "struct k_work_user_q" { queue, thread };
}
