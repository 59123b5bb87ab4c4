// SPDX-License-Identifier: Apache-2.0
//! `float` and `double` members (`CONFIG_JSON_LIBRARY_FP_SUPPORT`).
//!
//! Written with so many digits as `CONFIG_JSON_FLOAT_PRECISION` and `CONFIG_JSON_DOUBLE_PRECISION` say, as `%g` of C
//! does it. What JSON has no text for is `NaN`, `Infinity` and `-Infinity`.

use core::ffi::{c_char, c_int, c_void};

use crate::base::{Error, Result};
use crate::config;

unsafe extern "C" {
    /// In `src/kernel/c/printk.c`.
    fn snprintk(text: *mut c_char, size: usize, format: *const c_char, ...) -> c_int;
}

/// Reads a number into a `double`, or a `float`.
///
/// # Errors
/// [`Error::Inval`] for one that is too large.
///
/// # Safety
/// `at` has room for it.
pub(super) unsafe fn read(digits: &[u8], double: bool, at: *mut c_void) -> Result<()> {
    let text = core::str::from_utf8(digits).map_err(|_| Error::Inval)?;
    let may_be_infinite = digits.ends_with(b"y");
    // SAFETY: the caller's promise.
    unsafe {
        if double {
            let value: f64 = text.parse().map_err(|_| Error::Inval)?;
            if value.is_infinite() && !may_be_infinite {
                return Err(Error::Inval);
            }
            at.cast::<f64>().write_unaligned(value);
        } else {
            let value: f32 = text.parse().map_err(|_| Error::Inval)?;
            if value.is_infinite() && !may_be_infinite {
                return Err(Error::Inval);
            }
            at.cast::<f32>().write_unaligned(value);
        }
    }
    Ok(())
}

/// Writes the text of a `double`, or a `float`.
///
/// # Safety
/// `at` is one.
pub(super) unsafe fn with_text(
    double: bool,
    at: *const c_void,
    sink: &mut dyn FnMut(&[u8]) -> core::result::Result<(), c_int>,
) -> core::result::Result<(), c_int> {
    // SAFETY: the caller's promise.
    let (value, digits) = unsafe {
        if double {
            (at.cast::<f64>().read_unaligned(), config::JSON_DOUBLE_PRECISION)
        } else {
            (at.cast::<f32>().read_unaligned().into(), config::JSON_FLOAT_PRECISION)
        }
    };
    if value.is_nan() {
        return sink(b"NaN");
    }
    if value.is_infinite() {
        return sink(if value < 0.0 { b"-Infinity" } else { b"Infinity" });
    }
    let mut text = [0u8; 40];
    // SAFETY: room for all that the format makes: sign, point, exponent and at most 17 digits.
    let len = unsafe {
        snprintk(text.as_mut_ptr().cast(), text.len(), c"%.*g".as_ptr(), digits as c_int, value)
    };
    sink(text.get(..len as usize).unwrap_or_default())
}
