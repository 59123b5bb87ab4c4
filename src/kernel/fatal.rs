// SPDX-License-Identifier: Apache-2.0
//! When nothing can go on: `k_oops`, `k_panic`, `sys_reboot`.

use core::ffi::{c_int, c_uint, c_void};

use crate::os;

unsafe extern "C" {
    /// The application's, or the weak one in `c/printk.c`.
    fn k_sys_fatal_error_handler(reason: c_uint, esf: *const c_void);
}

/// `enum k_fatal_error_reason`, as far as the library raises them.
#[repr(u32)]
pub(super) enum Reason {
    KernelPanic = 4,
}

/// Says why on the console and ends the program by the fatal error handler.
pub(super) fn fail(reason: Reason, why: &str) -> ! {
    if cfg!(CONFIG_PRINTK) {
        for part in ["znet: ", why, "\n"] {
            os::console::write(part.as_bytes());
        }
    }
    // SAFETY: there is no register dump.
    unsafe { z_fatal_error(reason as c_uint, core::ptr::null()) }
}

/// Calls the fatal error handler; if that returns, ends the calling thread.
///
/// # Safety
/// `esf` is what the handler expects: null, or the port's register dump.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn z_fatal_error(reason: c_uint, esf: *const c_void) -> ! {
    // SAFETY: passed on.
    unsafe { k_sys_fatal_error_handler(reason, esf) };
    loop {
        os::thread::current().end();
    }
}

/// Starts over, which for a process is its end.
#[unsafe(no_mangle)]
pub extern "C" fn sys_reboot(_kind: c_int) -> ! {
    os::restart()
}

/// The version of the API in the three upper bytes: 4.2.0.
#[unsafe(no_mangle)]
pub extern "C" fn sys_kernel_version_get() -> u32 {
    4 << 24 | 2 << 16
}
