// SPDX-License-Identifier: Apache-2.0
//! How errors reach C.

use core::ffi::c_int;

use crate::base::{Error, Result};

#[cfg(not(CONFIG_ARCH_POSIX))]
unsafe extern "C" {
    /// Newlib's and picolibc's way to the calling thread's `errno`.
    fn __errno() -> *mut c_int;
}

/// Sets the calling thread's `errno` to the value of `error` in the target's C library.
#[cold]
pub fn set(error: Error) {
    set_raw(error.errno());
}

/// Sets the calling thread's `errno`.
#[cold]
pub fn set_raw(value: c_int) {
    // SAFETY: both functions return the address of the calling thread's own variable.
    unsafe {
        #[cfg(CONFIG_ARCH_POSIX)]
        let place = libc::__errno_location();
        #[cfg(not(CONFIG_ARCH_POSIX))]
        let place = __errno();
        *place = value;
    }
}

/// The POSIX convention: the value, or -1 with `errno` set.
#[inline]
pub fn posix(result: Result<usize>) -> isize {
    match result {
        Ok(value) => value as isize,
        Err(error) => {
            set(error);
            -1
        }
    }
}

/// [`posix`] for calls without a value.
#[inline]
pub fn status(result: Result<()>) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => {
            set(error);
            -1
        }
    }
}

/// The kernel's convention: 0, or the negative errno value.
#[inline]
pub fn negative(result: Result<()>) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => -error.errno(),
    }
}
