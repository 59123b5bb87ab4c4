// SPDX-License-Identifier: Apache-2.0
//! `k_pipe_*` as of Zephyr 4.1: a stream of bytes through a ring.

use core::cell::Cell;
use core::ffi::c_int;
use core::pin::pin;
use core::ptr::copy_nonoverlapping;

use crate::base::Error;
use crate::os::{WaitQ, WaitSet, irq};

use super::time::{Timeout, TimeoutExt};
use super::wait::neg;

/// `struct k_pipe`.
#[repr(C)]
pub struct Pipe {
    readers: WaitQ,
    writers: WaitQ,
    buffer: Cell<*mut u8>,
    size: Cell<usize>,
    head: Cell<usize>,
    used: Cell<usize>,
    #[cfg(CONFIG_POLL)]
    pub(super) poll_q: WaitQ,
    /// Counts resets, so that who waited through one knows.
    resets: Cell<u32>,
    flags: Cell<u8>,
}

const OPEN: u8 = 1;

impl Pipe {
    /// Is there something to read?
    pub fn is_readable(&self) -> bool {
        irq::free(|| self.used.get() > 0 || self.flags.get() & OPEN == 0)
    }

    /// Copies up to `len` bytes of `data` into the ring; how many. Under the irq lock.
    ///
    /// # Safety
    /// `data` points to `len` bytes.
    unsafe fn store(&self, data: *const u8, len: usize) -> usize {
        let (size, used) = (self.size.get(), self.used.get());
        let count = len.min(size - used);
        if count == 0 {
            return 0;
        }
        let at = (self.head.get() + used) % size;
        let first = count.min(size - at);
        // SAFETY: both pieces lie in the ring's free part and in the caller's bytes.
        unsafe {
            copy_nonoverlapping(data, self.buffer.get().add(at), first);
            copy_nonoverlapping(data.add(first), self.buffer.get(), count - first);
        }
        self.used.set(used + count);
        count
    }

    /// Copies up to `len` bytes from the ring to `data`; how many. Under the irq lock.
    ///
    /// # Safety
    /// `data` has room for `len` bytes.
    unsafe fn take(&self, data: *mut u8, len: usize) -> usize {
        let (size, used, at) = (self.size.get(), self.used.get(), self.head.get());
        let count = len.min(used);
        if count == 0 {
            return 0;
        }
        let first = count.min(size - at);
        // SAFETY: both pieces lie in the ring's used part and in the caller's room.
        unsafe {
            copy_nonoverlapping(self.buffer.get().add(at), data, first);
            copy_nonoverlapping(self.buffer.get(), data.add(first), count - first);
        }
        self.head.set((at + count) % size);
        self.used.set(used - count);
        count
    }

    /// Moves bytes by `step` until `len` are moved, the time is up, or the pipe is reset or closed.
    fn transfer(
        &self,
        len: usize,
        timeout: Timeout,
        mine: &WaitQ,
        theirs: &WaitQ,
        mut step: impl FnMut(usize) -> usize,
    ) -> c_int {
        let no_wait = timeout.is_no_wait();
        let deadline = timeout.deadline();
        let resets = irq::free(|| self.resets.get());
        let mut done = 0;
        loop {
            let set = pin!(WaitSet::<1>::new());
            let end = irq::free(|| {
                if self.resets.get() != resets {
                    return Some(neg(Error::Canceled));
                }
                let moved = step(done);
                done += moved;
                if moved > 0 {
                    theirs.wake_all();
                    #[cfg(CONFIG_POLL)]
                    self.poll_q.wake_all();
                }
                if done == len {
                    return Some(done as c_int);
                }
                if self.flags.get() & OPEN == 0 {
                    return Some(if done > 0 { done as c_int } else { neg(Error::Pipe) });
                }
                if no_wait {
                    return Some(if done > 0 { done as c_int } else { neg(Error::Again) });
                }
                set.as_ref().add(mine);
                None
            });
            if let Some(end) = end {
                return end;
            }
            if !set.as_ref().park(deadline) {
                return if done > 0 { done as c_int } else { neg(Error::Again) };
            }
        }
    }
}

/// Makes an empty, open pipe.
///
/// # Safety
/// `pipe` points to memory for one that nobody uses, `buffer` to `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_pipe_init(pipe: *mut Pipe, buffer: *mut u8, size: usize) {
    let new = Pipe {
        readers: WaitQ::new(),
        writers: WaitQ::new(),
        buffer: Cell::new(buffer),
        size: Cell::new(size),
        head: Cell::new(0),
        used: Cell::new(0),
        #[cfg(CONFIG_POLL)]
        poll_q: WaitQ::new(),
        resets: Cell::new(0),
        flags: Cell::new(OPEN),
    };
    // SAFETY: the caller's memory.
    unsafe { pipe.write(new) };
}

/// Writes: the bytes written, or -EAGAIN, -ECANCELED, -EPIPE.
///
/// # Safety
/// `data` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_pipe_write(
    pipe: &Pipe,
    data: *const u8,
    len: usize,
    timeout: Timeout,
) -> c_int {
    pipe.transfer(len, timeout, &pipe.writers, &pipe.readers, |done| {
        if pipe.flags.get() & OPEN == 0 {
            return 0;
        }
        // SAFETY: what is left of the caller's bytes.
        unsafe { pipe.store(data.add(done), len - done) }
    })
}

/// Reads: the bytes read, or -EAGAIN, -ECANCELED, -EPIPE.
///
/// # Safety
/// `data` has room for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_pipe_read(
    pipe: &Pipe,
    data: *mut u8,
    len: usize,
    timeout: Timeout,
) -> c_int {
    // SAFETY: what is left of the caller's room.
    let step = |done| unsafe { pipe.take(data.add(done), len - done) };
    pipe.transfer(len, timeout, &pipe.readers, &pipe.writers, step)
}

/// Drops what is in the pipe; waiters get -ECANCELED.
#[unsafe(no_mangle)]
pub extern "C" fn k_pipe_reset(pipe: &Pipe) {
    irq::free(|| {
        pipe.head.set(0);
        pipe.used.set(0);
        pipe.resets.set(pipe.resets.get().wrapping_add(1));
        pipe.readers.wake_all();
        pipe.writers.wake_all();
    });
}

/// Closes the pipe; waiters get -EPIPE, readers after what is left.
#[unsafe(no_mangle)]
pub extern "C" fn k_pipe_close(pipe: &Pipe) {
    irq::free(|| {
        pipe.flags.set(0);
        pipe.readers.wake_all();
        pipe.writers.wake_all();
        #[cfg(CONFIG_POLL)]
        pipe.poll_q.wake_all();
    });
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/message.h":
    Pipe = "struct k_pipe" {
        readers, writers, buffer, size, head, used, #[cfg(CONFIG_POLL)] poll_q, resets, flags,
    };
}
