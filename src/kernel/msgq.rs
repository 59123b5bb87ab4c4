// SPDX-License-Identifier: Apache-2.0
//! `k_msgq_*`: a ring of messages of one size. Whoever finds the other side waiting copies straight
//! from its memory or into it.

use core::cell::Cell;
use core::ffi::{c_char, c_int, c_void};
use core::ptr::{copy_nonoverlapping, null_mut};

use crate::base::Error;
use crate::os::{WaitQ, irq};

use super::heap;
use super::time::Timeout;
use super::wait::{Blocked, ENOMSG, Outcome, attempt_or_wait, neg};

/// `struct k_msgq`.
#[repr(C)]
pub struct MsgQ {
    /// Writers when it is full, readers when it is empty, never both.
    wait_q: WaitQ,
    msg_size: Cell<usize>,
    max_msgs: Cell<u32>,
    used_msgs: Cell<u32>,
    start: Cell<*mut u8>,
    end: Cell<*mut u8>,
    read: Cell<*mut u8>,
    write: Cell<*mut u8>,
    #[cfg(CONFIG_POLL)]
    pub(super) poll_q: WaitQ,
    flags: Cell<u8>,
}

/// `struct k_msgq_attrs`.
#[repr(C)]
#[allow(missing_docs)]
pub struct MsgQAttrs {
    pub msg_size: usize,
    pub max_msgs: u32,
    pub used_msgs: u32,
}

const ALLOCATED: u8 = 1;

impl MsgQ {
    /// Messages in it.
    pub fn used(&self) -> u32 {
        irq::free(|| self.used_msgs.get())
    }

    fn wrapped(&self, at: *mut u8) -> *mut u8 {
        if at == self.end.get() { self.start.get() } else { at }
    }

    /// Copies the message at `from` into the ring, at the end or at the front. Under the irq lock.
    ///
    /// # Safety
    /// There is room, and `from` holds a message.
    unsafe fn store(&self, from: *const u8, at_front: bool) {
        let size = self.msg_size.get();
        let to = if at_front {
            let read = self.read.get();
            let read = if read == self.start.get() { self.end.get() } else { read };
            self.read.set(read.wrapping_sub(size));
            self.read.get()
        } else {
            let write = self.write.get();
            self.write.set(self.wrapped(write.wrapping_add(size)));
            write
        };
        self.used_msgs.set(self.used_msgs.get() + 1);
        // SAFETY: `to` is a free slot of the ring.
        unsafe { copy_nonoverlapping(from, to, size) };
    }

    /// See [`k_msgq_put`].
    fn put(&self, data: *const u8, at_front: bool, timeout: Timeout) -> c_int {
        let attempt = || {
            if self.used_msgs.get() < self.max_msgs.get() {
                match self.wait_q.first_value() {
                    // SAFETY: readers leave the address of their memory, and wait until woken.
                    Some(reader) => unsafe {
                        copy_nonoverlapping(data, reader as *mut u8, self.msg_size.get());
                        self.wait_q.wake_one();
                    },
                    // SAFETY: there is room, and `data` is the caller's message.
                    None => unsafe {
                        self.store(data, at_front);
                        #[cfg(CONFIG_POLL)]
                        self.poll_q.wake_all();
                    },
                }
                return Some(());
            }
            None
        };
        match attempt_or_wait(&self.wait_q, timeout, data as usize, attempt) {
            Blocked::Now(()) | Blocked::Waited(Outcome::Woken(_)) => 0,
            Blocked::WouldBlock | Blocked::Waited(Outcome::Cancelled) => -ENOMSG,
            Blocked::Waited(Outcome::TimedOut) => neg(Error::Again),
        }
    }

    /// Takes the oldest message, and lets a waiting writer fill the gap. Under the irq lock.
    ///
    /// # Safety
    /// There is one, and `to` has room for it.
    unsafe fn take(&self, to: *mut u8) {
        let (read, size) = (self.read.get(), self.msg_size.get());
        // SAFETY: the caller's promise.
        unsafe { copy_nonoverlapping(read, to, size) };
        self.read.set(self.wrapped(read.wrapping_add(size)));
        self.used_msgs.set(self.used_msgs.get() - 1);
        if let Some(writer) = self.wait_q.first_value() {
            // SAFETY: writers leave the address of their message, and wait until woken.
            unsafe { self.store(writer as *const u8, false) };
            self.wait_q.wake_one();
        }
    }
}

/// # Safety
/// `msgq` points to memory for one that nobody uses, `buffer` to room for the messages.
unsafe fn init(msgq: *mut MsgQ, buffer: *mut u8, msg_size: usize, max_msgs: u32, flags: u8) {
    let new = MsgQ {
        wait_q: WaitQ::new(),
        msg_size: Cell::new(msg_size),
        max_msgs: Cell::new(max_msgs),
        used_msgs: Cell::new(0),
        start: Cell::new(buffer),
        end: Cell::new(buffer.wrapping_add(msg_size * max_msgs as usize)),
        read: Cell::new(buffer),
        write: Cell::new(buffer),
        #[cfg(CONFIG_POLL)]
        poll_q: WaitQ::new(),
        flags: Cell::new(flags),
    };
    // SAFETY: the caller's memory.
    unsafe { msgq.write(new) };
}

/// Makes an empty queue for `max_msgs` messages of `msg_size` bytes at `buffer`.
///
/// # Safety
/// `msgq` points to memory for one that nobody uses, `buffer` to room for the messages.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_init(
    msgq: *mut MsgQ,
    buffer: *mut c_char,
    msg_size: usize,
    max_msgs: u32,
) {
    // SAFETY: passed on.
    unsafe { init(msgq, buffer.cast(), msg_size, max_msgs, 0) };
}

/// The same with memory from the system heap: 0, -ENOMEM, or -EINVAL when the product overflows.
///
/// # Safety
/// `msgq` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_alloc_init(
    msgq: *mut MsgQ,
    msg_size: usize,
    max_msgs: u32,
) -> c_int {
    let Some(bytes) = msg_size.checked_mul(max_msgs as usize) else { return neg(Error::Inval) };
    let buffer = heap::malloc(bytes);
    if buffer.is_null() {
        return neg(Error::NoMem);
    }
    // SAFETY: passed on.
    unsafe { init(msgq, buffer, msg_size, max_msgs, ALLOCATED) };
    0
}

/// Gives that memory back: 0, or -EBUSY while somebody waits.
#[unsafe(no_mangle)]
pub extern "C" fn k_msgq_cleanup(msgq: &MsgQ) -> c_int {
    if msgq.wait_q.has_waiters() {
        return neg(Error::Busy);
    }
    if msgq.flags.replace(0) & ALLOCATED != 0 {
        // SAFETY: allocated by `k_msgq_alloc_init`.
        unsafe { heap::free(msgq.start.replace(null_mut())) };
    }
    0
}

/// Puts a message in: 0, -ENOMSG without waiting or when purged, -EAGAIN when the time is up.
///
/// # Safety
/// `data` points to a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_put(msgq: &MsgQ, data: *const c_void, timeout: Timeout) -> c_int {
    msgq.put(data.cast(), false, timeout)
}

/// Puts a message in so that it is read next: 0 or -ENOMSG.
///
/// # Safety
/// `data` points to a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_put_front(msgq: &MsgQ, data: *const c_void) -> c_int {
    msgq.put(data.cast(), true, Timeout::NO_WAIT)
}

/// Takes the oldest: 0, -ENOMSG without waiting, -EAGAIN when none came.
///
/// # Safety
/// `data` has room for a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_get(msgq: &MsgQ, data: *mut c_void, timeout: Timeout) -> c_int {
    let data: *mut u8 = data.cast();
    // SAFETY: there is one.
    let attempt = || (msgq.used_msgs.get() > 0).then(|| unsafe { msgq.take(data) });
    match attempt_or_wait(&msgq.wait_q, timeout, data as usize, attempt) {
        Blocked::Now(()) | Blocked::Waited(Outcome::Woken(_)) => 0,
        Blocked::WouldBlock | Blocked::Waited(Outcome::Cancelled) => -ENOMSG,
        Blocked::Waited(Outcome::TimedOut) => neg(Error::Again),
    }
}

/// Copies the oldest: 0 or -ENOMSG.
///
/// # Safety
/// `data` has room for a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_peek(msgq: &MsgQ, data: *mut c_void) -> c_int {
    // SAFETY: passed on.
    unsafe { k_msgq_peek_at(msgq, data, 0) }
}

/// Copies the message `index` places behind the oldest: 0 or -ENOMSG.
///
/// # Safety
/// `data` has room for a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_peek_at(msgq: &MsgQ, data: *mut c_void, index: u32) -> c_int {
    irq::free(|| {
        if index >= msgq.used_msgs.get() {
            return -ENOMSG;
        }
        let size = msgq.msg_size.get();
        let first = (msgq.read.get() as usize - msgq.start.get() as usize) / size.max(1);
        let at = (first + index as usize) % msgq.max_msgs.get() as usize;
        // SAFETY: a slot of the ring that holds a message.
        unsafe { copy_nonoverlapping(msgq.start.get().add(at * size), data.cast(), size) };
        0
    })
}

/// Drops all messages; writers that wait get -ENOMSG.
#[unsafe(no_mangle)]
pub extern "C" fn k_msgq_purge(msgq: &MsgQ) {
    irq::free(|| {
        // Readers wait only while it is empty: nothing to purge then.
        if msgq.used_msgs.replace(0) > 0 {
            while msgq.wait_q.cancel_one() {}
        }
        msgq.read.set(msgq.write.get());
    });
}

/// Tells sizes and filling.
///
/// # Safety
/// `attrs` points to the structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_msgq_get_attrs(msgq: &MsgQ, attrs: *mut MsgQAttrs) {
    let now = MsgQAttrs {
        msg_size: msgq.msg_size.get(),
        max_msgs: msgq.max_msgs.get(),
        used_msgs: msgq.used(),
    };
    // SAFETY: the caller's memory.
    unsafe { attrs.write(now) };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/message.h":
    MsgQ = "struct k_msgq" {
        wait_q, msg_size, max_msgs, used_msgs, start = "buffer_start", end = "buffer_end", read
        = "read_ptr", write = "write_ptr", #[cfg(CONFIG_POLL)] poll_q, flags,
    };
    MsgQAttrs = "struct k_msgq_attrs" { msg_size, max_msgs, used_msgs };
}
