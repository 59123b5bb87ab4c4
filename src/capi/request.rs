// SPDX-License-Identifier: Apache-2.0
//! The functions behind management requests: all have the same form, and hand on to one that does the work.

use core::ffi::c_int;

/// What the one that does the work says.
pub(super) trait Answer {
    /// What the caller of `net_mgmt()` gets.
    fn code(self) -> c_int;
}

/// The code itself.
impl Answer for c_int {
    fn code(self) -> c_int {
        self
    }
}

/// A number of errno.
impl Answer for Result<(), c_int> {
    fn code(self) -> c_int {
        self.err().map_or(0, |errno| -errno)
    }
}

/// Defines the function behind each request: it calls the one after the `=` with the interface, the data and
/// their length, and what stands between the parentheses.
macro_rules! requests {
    ($($(#[$attr:meta])* $name:ident = $function:ident($($arg:expr),* $(,)?);)*) => {$(
        $(#[$attr])*
        #[unsafe(no_mangle)]
        #[allow(non_snake_case)]
        pub unsafe extern "C" fn $name(
            _request: u64,
            iface: *mut $crate::iface::NetIf,
            data: *mut core::ffi::c_void,
            len: usize,
        ) -> core::ffi::c_int {
            // SAFETY: the application's interface and data.
            $crate::capi::request::Answer::code(unsafe { $function(iface, data, len, $($arg),*) })
        }
    )*};
}

pub(super) use requests;
