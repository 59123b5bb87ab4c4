// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/zvfs/eventfd.h>`: counters to wait for.
//!
//! Called by: C, `read_write`. Calls: `socket::event`.

use core::ffi::{c_int, c_void};

use super::super::{current, errno};
use super::control::O_NONBLOCK;
use crate::base::{Error, Result};
use crate::socket::event::EventId;
use crate::socket::fd::Other;

const SEMAPHORE: c_int = 2;

/// Opens a counter that stands at `count`.
#[unsafe(no_mangle)]
pub extern "C" fn zvfs_eventfd(count: u32, flags: c_int) -> c_int {
    let result = (|| {
        if flags & !(SEMAPHORE | O_NONBLOCK) != 0 {
            return Err(Error::Inval);
        }
        let fds = &current().fds;
        let fd = fds.reserve()?;
        let opened = fds.events.open(count.into(), flags & SEMAPHORE != 0);
        let id = opened.inspect_err(|_| fds.release(fd))?;
        fds.set_other(fd, Other::Event(id), flags & O_NONBLOCK != 0);
        Ok(fd as usize)
    })();
    errno::posix(result) as c_int
}

fn counter(fd: c_int) -> Result<(EventId, bool)> {
    match current().fds.other(fd) {
        Some((Other::Event(id), nonblock)) => Ok((id, nonblock)),
        _ => Err(Error::BadF),
    }
}

/// Waits until the counter is not zero, and takes it, or one of it.
///
/// # Safety
/// `value` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_eventfd_read(fd: c_int, value: *mut u64) -> c_int {
    errno::status((|| {
        let (id, nonblock) = counter(fd)?;
        if value.is_null() {
            return Err(Error::Fault);
        }
        let count = current().fds.events.read(id, nonblock)?;
        // SAFETY: the caller's promise.
        unsafe { value.write_unaligned(count) };
        Ok(())
    })())
}

/// Adds to the counter; waits until there is room.
#[unsafe(no_mangle)]
pub extern "C" fn zvfs_eventfd_write(fd: c_int, value: u64) -> c_int {
    errno::status((|| {
        let (id, nonblock) = counter(fd)?;
        current().fds.events.write(id, nonblock, value)
    })())
}

/// Reads the count as `read` does, into room for it at least.
///
/// # Safety
/// `buf` is writable for `len` bytes.
pub(super) unsafe fn read(
    id: EventId,
    nonblock: bool,
    buf: *mut c_void,
    len: usize,
) -> Result<isize> {
    if len < size_of::<u64>() {
        return Err(Error::Inval);
    }
    if buf.is_null() {
        return Err(Error::Fault);
    }
    let count = current().fds.events.read(id, nonblock)?;
    // SAFETY: the caller's promise, and the length was checked.
    unsafe { buf.cast::<u64>().write_unaligned(count) };
    Ok(size_of::<u64>() as isize)
}

/// Adds what `write` was given.
///
/// # Safety
/// `buf` is readable for `len` bytes.
pub(super) unsafe fn write(
    id: EventId,
    nonblock: bool,
    buf: *const c_void,
    len: usize,
) -> Result<isize> {
    if len < size_of::<u64>() {
        return Err(Error::Inval);
    }
    if buf.is_null() {
        return Err(Error::Fault);
    }
    // SAFETY: the caller's promise, and the length was checked.
    let count = unsafe { buf.cast::<u64>().read_unaligned() };
    current().fds.events.write(id, nonblock, count)?;
    Ok(size_of::<u64>() as isize)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/zvfs/eventfd.h":
    SEMAPHORE => "ZVFS_EFD_SEMAPHORE",
    O_NONBLOCK => "ZVFS_EFD_NONBLOCK",
}
