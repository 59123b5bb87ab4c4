// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/random/random.h>`.

use core::ffi::{c_int, c_void};
use core::slice;

use crate::base::Error;
use crate::os::entropy;

use super::wait::neg;

/// Fills `len` bytes at `bytes`; `Io` when the source fails.
///
/// # Safety
/// `bytes` has room for `len` bytes.
unsafe fn fill(bytes: *mut c_void, len: usize) -> Result<(), Error> {
    if len == 0 {
        return Ok(());
    }
    // Cleared first: what C hands over may be uninitialised, which a slice must not be.
    // SAFETY: the caller's memory.
    let bytes = unsafe {
        bytes.cast::<u8>().write_bytes(0, len);
        slice::from_raw_parts_mut(bytes.cast(), len)
    };
    entropy::fill(bytes)
}

/// Fills `len` bytes.
///
/// # Safety
/// `bytes` has room for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_rand_get(bytes: *mut c_void, len: usize) {
    // Without a source the zeros stand; Zephyr's callers can't be told either.
    // SAFETY: passed on.
    let _ = unsafe { fill(bytes, len) };
}

/// Fills `len` bytes fit for keys: 0 or -EIO.
///
/// # Safety
/// `bytes` has room for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_csrand_get(bytes: *mut c_void, len: usize) -> c_int {
    // SAFETY: passed on.
    unsafe { fill(bytes, len) }.map_or_else(neg, |()| 0)
}

/// A random word.
#[unsafe(no_mangle)]
pub extern "C" fn sys_rand32_get() -> u32 {
    let mut bytes = [0; 4];
    let _ = entropy::fill(&mut bytes);
    u32::from_ne_bytes(bytes)
}
