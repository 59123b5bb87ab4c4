// SPDX-License-Identifier: Apache-2.0
//! `read` and `write`, for descriptors of every kind.

use core::ffi::{c_int, c_void};

use super::super::{current, errno};
use super::{object, other};
use crate::base::Error;
use crate::socket::fd::Other;

/// Receives from a socket, or reads what the descriptor stands for.
///
/// # Safety
/// `buf` is writable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_read(fd: c_int, buf: *mut c_void, len: usize) -> isize {
    let result = match current().fds.other(fd) {
        Some((Other::Object(name), _)) => object::with_ops(fd, name, |object, ops| {
            // SAFETY: the table lives as long as the object.
            let read = unsafe { (*ops).read }.ok_or(Error::NotSup)?;
            // SAFETY: the object's own function, and the caller's promise.
            Ok(unsafe { read(object, buf, len) })
        }),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        // SAFETY: the caller's promise.
        Some((Other::Event(id), nonblock)) => unsafe {
            super::eventfd::read(id, nonblock, buf, len)
        },
        // SAFETY: the caller's promise.
        _ => return unsafe { super::zsock_recv(fd, buf, len, 0) },
    };
    other::raw(result)
}

/// Sends on a socket, or writes to what the descriptor stands for.
///
/// # Safety
/// `buf` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_write(fd: c_int, buf: *const c_void, len: usize) -> isize {
    let result = match current().fds.other(fd) {
        Some((Other::Object(name), _)) => object::with_ops(fd, name, |object, ops| {
            // SAFETY: the table lives as long as the object.
            let write = unsafe { (*ops).write }.ok_or(Error::NotSup)?;
            // SAFETY: the object's own function, and the caller's promise.
            Ok(unsafe { write(object, buf, len) })
        }),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        // SAFETY: the caller's promise.
        Some((Other::Event(id), nonblock)) => unsafe {
            super::eventfd::write(id, nonblock, buf, len)
        },
        // SAFETY: the caller's promise.
        _ => return unsafe { super::zsock_send(fd, buf, len, 0) },
    };
    other::raw(result)
}

/// [`znet_read`] with a place to read at, which nothing here has: only null is taken.
///
/// # Safety
/// As for [`znet_read`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_read(
    fd: c_int,
    buf: *mut c_void,
    len: usize,
    offset: *const usize,
) -> isize {
    match offset.is_null() {
        // SAFETY: the caller's promise.
        true => unsafe { znet_read(fd, buf, len) },
        false => errno::posix(Err(Error::NotSup)),
    }
}

/// [`znet_write`] with a place to write at, which nothing here has: only null is taken.
///
/// # Safety
/// As for [`znet_write`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_write(
    fd: c_int,
    buf: *const c_void,
    len: usize,
    offset: *const usize,
) -> isize {
    match offset.is_null() {
        // SAFETY: the caller's promise.
        true => unsafe { znet_write(fd, buf, len) },
        false => errno::posix(Err(Error::NotSup)),
    }
}

/// Closes a descriptor of any kind.
#[unsafe(no_mangle)]
pub extern "C" fn zvfs_close(fd: c_int) -> c_int {
    super::zsock_close(fd)
}
