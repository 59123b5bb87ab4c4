// SPDX-License-Identifier: Apache-2.0
//! `k_queue_*`, on which `k_fifo` and `k_lifo` stand.
//!
//! Items are chained by their first word. Its lowest bit marks a link that the `alloc` calls took from
//! the system heap and that holds the address of the item.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

use crate::base::Error;
use crate::os::{WaitQ, irq};

use super::heap;
#[cfg(CONFIG_POLL)]
use super::poll::CANCELLED;
use super::time::Timeout;
use super::wait::{Blocked, Outcome, attempt_or_wait, neg};

/// The first word of an item, or an allocated link.
#[repr(C)]
struct Link {
    next_and_flag: usize,
    /// Of allocated links only.
    data: *mut c_void,
}

const ALLOCATED: usize = 1;

type LinkPtr = *mut Link;

/// `struct k_queue`.
#[repr(C)]
pub struct Queue {
    head: Cell<LinkPtr>,
    tail: Cell<LinkPtr>,
    wait_q: WaitQ,
    #[cfg(CONFIG_POLL)]
    pub(super) poll_q: WaitQ,
}

/// # Safety
/// `link` is in a queue, and the irq lock is held.
unsafe fn next(link: LinkPtr) -> LinkPtr {
    // SAFETY: the caller's promise.
    (unsafe { (*link).next_and_flag } & !ALLOCATED) as LinkPtr
}

/// # Safety
/// `link` is a link or an item that the queue may write to, and the irq lock is held.
unsafe fn set_next(link: LinkPtr, next: LinkPtr) {
    // SAFETY: the caller's promise.
    unsafe {
        let flag = (*link).next_and_flag & ALLOCATED;
        (*link).next_and_flag = next as usize | flag;
    }
}

/// What `link` stands for.
///
/// # Safety
/// As for [`next`].
unsafe fn data_of(link: LinkPtr) -> *mut c_void {
    // SAFETY: the caller's promise.
    match unsafe { (*link).next_and_flag } & ALLOCATED {
        0 => link.cast(),
        // SAFETY: allocated links have a second word.
        _ => unsafe { (*link).data },
    }
}

impl Queue {
    /// Empty.
    pub const fn new() -> Self {
        Queue {
            head: Cell::new(null_mut()),
            tail: Cell::new(null_mut()),
            wait_q: WaitQ::new(),
            #[cfg(CONFIG_POLL)]
            poll_q: WaitQ::new(),
        }
    }

    /// Is there nothing in it?
    pub fn is_empty(&self) -> bool {
        irq::free(|| self.head.get().is_null())
    }

    /// Hands `data` to a waiter, or links it behind `prev` (null: at the front).
    ///
    /// # Safety
    /// `data` is an item, `prev` null or in the queue, and the irq lock is held.
    unsafe fn insert(&self, prev: LinkPtr, data: *mut c_void) {
        if self.wait_q.wake_one_with(data as usize) {
            return;
        }
        let link: LinkPtr = data.cast();
        // SAFETY: the first word of an item is the queue's.
        unsafe {
            (*link).next_and_flag = 0;
            self.link(prev, link);
        }
    }

    /// # Safety
    /// `link` is initialised, else as for [`insert`](Self::insert).
    unsafe fn link(&self, prev: LinkPtr, link: LinkPtr) {
        // SAFETY: the caller's promise.
        unsafe {
            let after = if prev.is_null() { self.head.get() } else { next(prev) };
            set_next(link, after);
            if prev.is_null() {
                self.head.set(link);
            } else {
                set_next(prev, link);
            }
            if after.is_null() {
                self.tail.set(link);
            }
        }
        #[cfg(CONFIG_POLL)]
        self.poll_q.wake_all();
    }

    /// As [`insert`](Self::insert), with an allocated link.
    unsafe fn alloc_insert(&self, at_front: bool, data: *mut c_void) -> c_int {
        irq::free(|| {
            if self.wait_q.wake_one_with(data as usize) {
                return 0;
            }
            let link: LinkPtr = heap::malloc(size_of::<Link>()).cast();
            if link.is_null() {
                return neg(Error::NoMem);
            }
            let prev = if at_front { null_mut() } else { self.tail.get() };
            // SAFETY: fresh memory of the right size; the tail is in the queue.
            unsafe {
                link.write(Link { next_and_flag: ALLOCATED, data });
                self.link(prev, link);
            }
            0
        })
    }

    /// Takes the link behind `prev` (null: the first) out. Under the irq lock.
    ///
    /// # Safety
    /// There is one.
    unsafe fn unlink(&self, prev: LinkPtr) -> *mut c_void {
        // SAFETY: the caller's promise.
        unsafe {
            let link = if prev.is_null() { self.head.get() } else { next(prev) };
            let after = next(link);
            if prev.is_null() {
                self.head.set(after);
            } else {
                set_next(prev, after);
            }
            if after.is_null() {
                self.tail.set(prev);
            }
            let data = data_of(link);
            if (*link).next_and_flag & ALLOCATED != 0 {
                heap::free(link.cast());
            }
            data
        }
    }

    /// The link before the one that stands for `data`: `Some(null)` if that is the first. Under the irq
    /// lock.
    fn before(&self, data: *mut c_void) -> Option<LinkPtr> {
        let (mut prev, mut at) = (null_mut(), self.head.get());
        while !at.is_null() {
            // SAFETY: `at` is in the queue.
            unsafe {
                if data_of(at) == data {
                    return Some(prev);
                }
                prev = at;
                at = next(at);
            }
        }
        None
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes an empty queue.
///
/// # Safety
/// `queue` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_queue_init(queue: *mut Queue) {
    // SAFETY: the caller's memory.
    unsafe { queue.write(Queue::new()) };
}

/// Sends the first waiter off with NULL, and tells pollers.
#[unsafe(no_mangle)]
pub extern "C" fn k_queue_cancel_wait(queue: &Queue) {
    irq::free(|| {
        queue.wait_q.wake_one_with(0);
        #[cfg(CONFIG_POLL)]
        while queue.poll_q.wake_one_with(CANCELLED) {}
    });
}

/// Adds an item at the end.
///
/// # Safety
/// `data` points to an item whose first word is the queue's until it is taken.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_queue_append(queue: &Queue, data: *mut c_void) {
    // SAFETY: the tail is null or in the queue.
    irq::free(|| unsafe { queue.insert(queue.tail.get(), data) });
}

/// Adds an item at the front.
///
/// # Safety
/// As for [`k_queue_append`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_queue_prepend(queue: &Queue, data: *mut c_void) {
    // SAFETY: as the caller promises.
    irq::free(|| unsafe { queue.insert(null_mut(), data) });
}

/// Adds an item behind `prev`.
///
/// # Safety
/// As for [`k_queue_append`]; `prev` is null or an item in the queue.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_queue_insert(queue: &Queue, prev: *mut c_void, data: *mut c_void) {
    // SAFETY: as the caller promises.
    irq::free(|| unsafe { queue.insert(prev.cast(), data) });
}

/// Adds any pointer at the end: 0 or -ENOMEM.
#[unsafe(no_mangle)]
pub extern "C" fn k_queue_alloc_append(queue: &Queue, data: *mut c_void) -> c_int {
    // SAFETY: the pointer is not followed.
    unsafe { queue.alloc_insert(false, data) }
}

/// Adds any pointer at the front: 0 or -ENOMEM.
#[unsafe(no_mangle)]
pub extern "C" fn k_queue_alloc_prepend(queue: &Queue, data: *mut c_void) -> c_int {
    // SAFETY: the pointer is not followed.
    unsafe { queue.alloc_insert(true, data) }
}

/// Adds the chain from `head` to `tail`: 0, or -EINVAL for NULL.
///
/// # Safety
/// The items are chained by their first words, the last of which is zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_queue_append_list(
    queue: &Queue,
    head: *mut c_void,
    tail: *mut c_void,
) -> c_int {
    if head.is_null() || tail.is_null() {
        return neg(Error::Inval);
    }
    irq::free(|| {
        let mut at: LinkPtr = head.cast();
        while !at.is_null() {
            // SAFETY: the caller's chain; the next is read before the item is anyone else's.
            unsafe {
                let after = if at.cast() == tail { null_mut() } else { next(at) };
                queue.insert(queue.tail.get(), at.cast());
                at = after;
            }
        }
    });
    0
}

/// Moves the list `[head, tail]` at `list` to the end: 0, or -EINVAL when it is empty.
///
/// # Safety
/// `list` points to a `sys_slist_t` of items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_queue_merge_slist(queue: &Queue, list: *mut [*mut c_void; 2]) -> c_int {
    // SAFETY: the caller's list.
    unsafe {
        let [head, tail] = list.read();
        list.write([null_mut(); 2]);
        k_queue_append_list(queue, head, tail)
    }
}

/// Takes the first item, NULL when none came.
#[unsafe(no_mangle)]
pub extern "C" fn k_queue_get(queue: &Queue, timeout: Timeout) -> *mut c_void {
    let attempt = || {
        // SAFETY: there is a first one.
        (!queue.head.get().is_null()).then(|| unsafe { queue.unlink(null_mut()) })
    };
    match attempt_or_wait(&queue.wait_q, timeout, 0, attempt) {
        Blocked::Now(data) => data,
        Blocked::Waited(Outcome::Woken(data)) => data as *mut c_void,
        _ => null_mut(),
    }
}

/// Takes an item out wherever it is; says whether it was in.
#[unsafe(no_mangle)]
pub extern "C" fn k_queue_remove(queue: &Queue, data: *mut c_void) -> bool {
    irq::free(|| {
        let before = queue.before(data);
        if let Some(prev) = before {
            // SAFETY: the item follows `prev`.
            unsafe { queue.unlink(prev) };
        }
        before.is_some()
    })
}

/// Appends an item unless it is in already; says whether it did.
///
/// # Safety
/// As for [`k_queue_append`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_queue_unique_append(queue: &Queue, data: *mut c_void) -> bool {
    irq::free(|| {
        let new = queue.before(data).is_none();
        if new {
            // SAFETY: as the caller promises.
            unsafe { k_queue_append(queue, data) };
        }
        new
    })
}

/// The first item, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn k_queue_peek_head(queue: &Queue) -> *mut c_void {
    peek(&queue.head)
}

/// The last item, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn k_queue_peek_tail(queue: &Queue) -> *mut c_void {
    peek(&queue.tail)
}

fn peek(end: &Cell<LinkPtr>) -> *mut c_void {
    irq::free(|| {
        let link = end.get();
        // SAFETY: both ends are null or in the queue.
        if link.is_null() { null_mut() } else { unsafe { data_of(link) } }
    })
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/queue.h":
    Queue = "struct k_queue" {
        head = "data_q.head", tail = "data_q.tail", wait_q, #[cfg(CONFIG_POLL)] poll_q,
    };
}
