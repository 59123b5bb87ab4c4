// SPDX-License-Identifier: Apache-2.0
//! `k_stack_*`: last in, first out, of words.

use core::cell::Cell;
use core::ffi::c_int;
use core::ptr::null_mut;

use crate::base::Error;
use crate::os::{WaitQ, irq};

use super::heap;
use super::time::Timeout;
use super::wait::{Blocked, Outcome, attempt_or_wait, neg};

/// `struct k_stack`.
#[repr(C)]
pub struct WordStack {
    wait_q: WaitQ,
    base: Cell<*mut usize>,
    next: Cell<*mut usize>,
    top: Cell<*mut usize>,
    flags: Cell<u8>,
}

const ALLOCATED: u8 = 1;

/// # Safety
/// `stack` points to memory for one that nobody uses, `buffer` to `entries` words.
unsafe fn init(stack: *mut WordStack, buffer: *mut usize, entries: u32, flags: u8) {
    let new = WordStack {
        wait_q: WaitQ::new(),
        base: Cell::new(buffer),
        next: Cell::new(buffer),
        top: Cell::new(buffer.wrapping_add(entries as usize)),
        flags: Cell::new(flags),
    };
    // SAFETY: the caller's memory.
    unsafe { stack.write(new) };
}

/// Makes an empty stack for `entries` words at `buffer`.
///
/// # Safety
/// `stack` points to memory for one that nobody uses, `buffer` to `entries` words.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_stack_init(stack: *mut WordStack, buffer: *mut usize, entries: u32) {
    // SAFETY: passed on.
    unsafe { init(stack, buffer, entries, 0) };
}

/// The same with memory from the system heap: 0 or -ENOMEM.
///
/// # Safety
/// `stack` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_stack_alloc_init(stack: *mut WordStack, entries: u32) -> c_int {
    let buffer: *mut usize = heap::calloc(entries as usize, size_of::<usize>()).cast();
    if buffer.is_null() {
        return neg(Error::NoMem);
    }
    // SAFETY: passed on.
    unsafe { init(stack, buffer, entries, ALLOCATED) };
    0
}

/// Gives that memory back: 0, or -EAGAIN while somebody waits.
#[unsafe(no_mangle)]
pub extern "C" fn k_stack_cleanup(stack: &WordStack) -> c_int {
    if stack.wait_q.has_waiters() {
        return neg(Error::Again);
    }
    if stack.flags.replace(0) & ALLOCATED != 0 {
        // SAFETY: allocated by `k_stack_alloc_init`.
        unsafe { heap::free(stack.base.replace(null_mut()).cast()) };
    }
    0
}

/// Puts a word on it, or hands it to a waiter: 0, or -ENOMEM when it is full.
#[unsafe(no_mangle)]
pub extern "C" fn k_stack_push(stack: &WordStack, data: usize) -> c_int {
    irq::free(|| {
        if stack.wait_q.wake_one_with(data) {
            return 0;
        }
        let next = stack.next.get();
        if next == stack.top.get() {
            return neg(Error::NoMem);
        }
        // SAFETY: below the top, in the creator's buffer.
        unsafe {
            next.write(data);
            stack.next.set(next.add(1));
        }
        0
    })
}

/// Takes a word off: 0, -EBUSY without waiting, -EAGAIN when none came.
///
/// # Safety
/// `data` points to a word.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_stack_pop(
    stack: &WordStack,
    data: *mut usize,
    timeout: Timeout,
) -> c_int {
    let attempt = || {
        let next = stack.next.get();
        if next == stack.base.get() {
            return None;
        }
        // SAFETY: above the base, in the creator's buffer, and written by a push.
        unsafe {
            stack.next.set(next.sub(1));
            Some(next.sub(1).read())
        }
    };
    let word = match attempt_or_wait(&stack.wait_q, timeout, 0, attempt) {
        Blocked::Now(word) | Blocked::Waited(Outcome::Woken(word)) => word,
        Blocked::WouldBlock => return neg(Error::Busy),
        Blocked::Waited(_) => return neg(Error::Again),
    };
    // SAFETY: the caller's word.
    unsafe { data.write(word) };
    0
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/queue.h":
    WordStack = "struct k_stack" { wait_q, base, next, top, flags };
}
