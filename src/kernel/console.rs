// SPDX-License-Identifier: Apache-2.0
//! What the formatter and the log in `c/` need of the port, and the end of a program.

use core::ffi::{c_char, c_int, c_uint, c_ulonglong};
use core::slice;

use crate::os;

/// Writes `len` bytes at `text` to the console.
///
/// # Safety
/// `text` points to `len` readable bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn znet_console_write(text: *const c_char, len: usize) {
    if text.is_null() || len == 0 {
        return;
    }
    // SAFETY: the caller vouches for the bytes, and nothing writes to them meanwhile.
    os::console::write(unsafe { slice::from_raw_parts(text.cast(), len) });
}

/// Microseconds since start-up.
#[unsafe(no_mangle)]
extern "C" fn znet_uptime_us() -> c_ulonglong {
    os::clock::now().as_micros()
}

/// `k_fatal_halt()`: the end, with the reason as the process's exit code.
#[unsafe(no_mangle)]
extern "C" fn k_fatal_halt(reason: c_uint) -> ! {
    // 0 is a reason too, but would look like success.
    os::exit(i32::try_from(reason).unwrap_or(1).max(1))
}

/// Ends the program: with `status` where there are processes, else by halting.
#[unsafe(no_mangle)]
extern "C" fn znet_exit(status: c_int) -> ! {
    os::exit(status)
}
