// SPDX-License-Identifier: Apache-2.0
//! Text conversions of `<zephyr/sys/util.h>`: hexadecimal, decimal, UTF-8.

use core::ffi::{CStr, c_char, c_int};
use core::slice;

use crate::base::Error;

const EINVAL: c_int = Error::Inval.errno();

fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

fn hex_digit(value: u8) -> Option<u8> {
    char::from_digit(u32::from(value), 16).map(|digit| digit as u8)
}

/// Digits and a NUL; the number of digits, or `None` without room.
fn encode_hex(bytes: &[u8], out: &mut [u8]) -> Option<usize> {
    let len = bytes.len().checked_mul(2)?;
    let (digits, rest) = out.split_at_mut_checked(len)?;
    *rest.first_mut()? = 0;
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair[0] = hex_digit(byte >> 4)?;
        pair[1] = hex_digit(byte & 0xf)?;
    }
    Some(len)
}

/// The number of bytes; `None` without room or with a character that is no digit.
fn decode_hex(digits: &[u8], out: &mut [u8]) -> Option<usize> {
    let len = digits.len().div_ceil(2);
    let out = out.get_mut(..len)?;
    // An odd number of digits: the first byte has one.
    let (first, pairs) = digits.split_at(digits.len() % 2);
    let (head, tail) = out.split_at_mut(first.len());
    for (byte, &digit) in head.iter_mut().zip(first) {
        *byte = hex_value(digit)?;
    }
    for (byte, pair) in tail.iter_mut().zip(pairs.chunks_exact(2)) {
        *byte = hex_value(pair[0])? << 4 | hex_value(pair[1])?;
    }
    Some(len)
}

/// Length of `text` without a sequence that is cut off at its end.
fn whole_utf8(text: &[u8]) -> usize {
    let tail = text.iter().rev().take_while(|&&byte| byte & 0xc0 == 0x80).count().min(text.len());
    let Some(lead) = text.len().checked_sub(tail + 1) else {
        return text.len();
    };
    let needed = match text[lead] {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => 1,
    };
    if tail + 1 < needed { lead } else { text.len() }
}

/// `char2hex()`.
///
/// # Safety
/// `x` is NULL or points to a byte.
#[unsafe(no_mangle)]
unsafe extern "C" fn char2hex(c: c_char, x: *mut u8) -> c_int {
    #[allow(clippy::unnecessary_cast)] // unsigned on ARM, signed on x86
    match hex_value(c as u8) {
        Some(value) if !x.is_null() => {
            // SAFETY: not NULL, and the caller vouches for it.
            unsafe { x.write(value) };
            0
        }
        _ => -EINVAL,
    }
}

/// `hex2char()`.
///
/// # Safety
/// `c` is NULL or points to a byte.
#[unsafe(no_mangle)]
unsafe extern "C" fn hex2char(x: u8, c: *mut c_char) -> c_int {
    match hex_digit(x) {
        Some(digit) if !c.is_null() => {
            // SAFETY: not NULL, and the caller vouches for it.
            unsafe { c.write(digit as c_char) };
            0
        }
        _ => -EINVAL,
    }
}

/// `bin2hex()`.
///
/// # Safety
/// `buf` points to `buflen` bytes and `hex` to `hexlen` others; either may be NULL if its length is 0.
#[unsafe(no_mangle)]
unsafe extern "C" fn bin2hex(
    buf: *const u8,
    buflen: usize,
    hex: *mut c_char,
    hexlen: usize,
) -> usize {
    // SAFETY: the caller's promise.
    let (bytes, out) = unsafe { (bytes_of(buf, buflen), bytes_of_mut(hex.cast(), hexlen)) };
    encode_hex(bytes, out).unwrap_or(0)
}

/// `hex2bin()`.
///
/// # Safety
/// `hex` points to `hexlen` bytes and `buf` to `buflen` others; either may be NULL if its length is 0.
#[unsafe(no_mangle)]
unsafe extern "C" fn hex2bin(
    hex: *const c_char,
    hexlen: usize,
    buf: *mut u8,
    buflen: usize,
) -> usize {
    // SAFETY: the caller's promise.
    let (digits, out) = unsafe { (bytes_of(hex.cast(), hexlen), bytes_of_mut(buf, buflen)) };
    decode_hex(digits, out).unwrap_or(0)
}

/// `u8_to_dec()`.
///
/// # Safety
/// `buf` points to `buflen` bytes; it may be NULL if that is 0.
#[unsafe(no_mangle)]
unsafe extern "C" fn u8_to_dec(buf: *mut c_char, buflen: u8, value: u8) -> u8 {
    // SAFETY: the caller's promise.
    let out = unsafe { bytes_of_mut(buf.cast(), usize::from(buflen)) };
    let digits = [value / 100, value / 10 % 10, value % 10];
    let skip = if value >= 100 {
        0
    } else if value >= 10 {
        1
    } else {
        2
    };
    let written = out.iter_mut().zip(&digits[skip..]).map(|(at, digit)| *at = b'0' + digit).count();
    if let Some(end) = out.get_mut(written) {
        *end = 0;
    }
    written as u8
}

/// `utf8_trunc()`.
///
/// # Safety
/// `utf8_str` is NULL or a string that may be written to.
#[unsafe(no_mangle)]
unsafe extern "C" fn utf8_trunc(utf8_str: *mut c_char) -> *mut c_char {
    if !utf8_str.is_null() {
        // SAFETY: a string, as the caller says; the NUL goes to a place inside it.
        unsafe {
            let len = whole_utf8(CStr::from_ptr(utf8_str).to_bytes());
            utf8_str.add(len).write(0);
        }
    }
    utf8_str
}

/// `utf8_lcpy()`.
///
/// # Safety
/// `src` is a string, `dst` points to `n` other bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn utf8_lcpy(dst: *mut c_char, src: *const c_char, n: usize) -> *mut c_char {
    if n > 0 && !dst.is_null() && !src.is_null() {
        // SAFETY: the caller's promise.
        let (text, out) = unsafe { (CStr::from_ptr(src).to_bytes(), bytes_of_mut(dst.cast(), n)) };
        let len = if text.len() < n { text.len() } else { whole_utf8(&text[..n - 1]) };
        out[..len].copy_from_slice(&text[..len]);
        out[len] = 0;
    }
    dst
}

/// # Safety
/// As for [`slice::from_raw_parts`], but `len` may be 0 with any pointer.
unsafe fn bytes_of<'a>(at: *const u8, len: usize) -> &'a [u8] {
    if at.is_null() || len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(at, len) }
}

/// # Safety
/// As for [`slice::from_raw_parts_mut`], but `len` may be 0 with any pointer.
unsafe fn bytes_of_mut<'a>(at: *mut u8, len: usize) -> &'a mut [u8] {
    if at.is_null() || len == 0 {
        return &mut [];
    }
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts_mut(at, len) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_both_ways() {
        let mut text = [0xee; 9];
        assert_eq!(encode_hex(&[0x00, 0x1f, 0xa0, 0xff], &mut text), Some(8));
        assert_eq!(&text, b"001fa0ff\0");
        assert_eq!(encode_hex(&[1, 2, 3, 4, 5], &mut text), None);
        let mut bytes = [0; 4];
        assert_eq!(decode_hex(b"001FA0ff", &mut bytes), Some(4));
        assert_eq!(bytes, [0x00, 0x1f, 0xa0, 0xff]);
        assert_eq!(decode_hex(b"abc", &mut bytes), Some(2));
        assert_eq!(&bytes[..2], &[0x0a, 0xbc]);
        assert_eq!(decode_hex(b"0g", &mut bytes), None);
        assert_eq!(decode_hex(b"0123456789", &mut bytes), None);
        assert_eq!(decode_hex(b"", &mut bytes), Some(0));
    }

    #[test]
    fn decimal_stops_at_the_end_of_the_buffer() {
        let mut buf = [0x7f_u8; 4];
        // SAFETY: the lengths are those of the array, or less.
        unsafe {
            assert_eq!(u8_to_dec(buf.as_mut_ptr().cast(), 4, 205), 3);
            assert_eq!(&buf, b"205\0");
            assert_eq!(u8_to_dec(buf.as_mut_ptr().cast(), 4, 0), 1);
            assert_eq!(&buf[..2], b"0\0");
            assert_eq!(u8_to_dec(buf.as_mut_ptr().cast(), 2, 205), 2);
            assert_eq!(&buf[..2], b"20");
        }
    }

    #[test]
    fn utf8_is_cut_between_characters() {
        assert_eq!(whole_utf8("aé".as_bytes()), 3);
        assert_eq!(whole_utf8(&"aé".as_bytes()[..2]), 1);
        assert_eq!(whole_utf8(&"€".as_bytes()[..2]), 0);
        assert_eq!(whole_utf8(b""), 0);
        assert_eq!(whole_utf8(&[0x80, 0x80]), 2);
        let mut out = [0x7f_u8; 4];
        // SAFETY: four bytes, and a string.
        unsafe { utf8_lcpy(out.as_mut_ptr().cast(), c"ab€".as_ptr(), 4) };
        assert_eq!(&out[..3], b"ab\0");
    }
}
