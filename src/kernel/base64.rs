// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/sys/base64.h>` (RFC 4648, section 4).

use core::ffi::c_int;
use core::slice;

use crate::base::Error;

const EINVAL: c_int = Error::Inval.errno();
const ENOMEM: c_int = Error::NoMem.errno();

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Four characters for up to three bytes.
fn encode_group(bytes: &[u8]) -> [u8; 4] {
    let byte = |i: usize| u32::from(bytes.get(i).copied().unwrap_or(0));
    let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    let mut text = [b'='; 4];
    for (i, c) in text.iter_mut().enumerate().take(bytes.len() + 1) {
        *c = ALPHABET[(bits >> (18 - 6 * i) & 0x3f) as usize];
    }
    text
}

fn value(c: u8) -> Option<u32> {
    let value = match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

/// Hands each decoded byte to `put`; `None` if the text is not Base64.
fn decode(text: &[u8], mut put: impl FnMut(u8)) -> Option<()> {
    let (mut bits, mut count, mut padding) = (0u32, 0usize, 0usize);
    let mut spaces = false;
    for &c in text {
        match c {
            b'\r' | b'\n' => spaces = false,
            b' ' => spaces = true,
            // A space that no line end follows.
            _ if spaces => return None,
            b'=' => {
                padding += 1;
                count += 1;
                bits <<= 6;
            }
            _ if padding > 0 => return None,
            _ => {
                bits = bits << 6 | value(c)?;
                count += 1;
            }
        }
        if count == 4 {
            if padding > 2 {
                return None;
            }
            (0..3 - padding).for_each(|i| put((bits >> (16 - 8 * i)) as u8));
            (bits, count) = (0, 0);
        }
    }
    (count == 0).then_some(())
}

/// `base64_encode()`.
///
/// # Safety
/// `dst` is NULL or points to `dlen` bytes, `src` to `slen` others (NULL only if that is 0), `olen` to a size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn base64_encode(
    dst: *mut u8,
    dlen: usize,
    olen: *mut usize,
    src: *const u8,
    slen: usize,
) -> c_int {
    let len = slen.div_ceil(3).saturating_mul(4);
    if dst.is_null() || dlen <= len {
        // SAFETY: the caller vouches for `olen`.
        unsafe { olen.write(len.saturating_add(1)) };
        return -ENOMEM;
    }
    // SAFETY: not NULL, and the caller vouches for the lengths.
    let out = unsafe { slice::from_raw_parts_mut(dst, dlen) };
    let bytes: &[u8] = if slen == 0 {
        &[]
    } else {
        // SAFETY: the caller's promise.
        unsafe { slice::from_raw_parts(src, slen) }
    };
    for (group, text) in bytes.chunks(3).zip(out.chunks_exact_mut(4)) {
        text.copy_from_slice(&encode_group(group));
    }
    out[len] = 0;
    // SAFETY: the caller vouches for `olen`.
    unsafe { olen.write(len) };
    0
}

/// `base64_decode()`.
///
/// # Safety
/// As for [`base64_encode`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn base64_decode(
    dst: *mut u8,
    dlen: usize,
    olen: *mut usize,
    src: *const u8,
    slen: usize,
) -> c_int {
    let text: &[u8] = if slen == 0 {
        &[]
    } else {
        // SAFETY: the caller's promise.
        unsafe { slice::from_raw_parts(src, slen) }
    };
    let mut len = 0;
    let good = decode(text, |_| len += 1);
    // SAFETY: the caller vouches for `olen`.
    unsafe { olen.write(len) };
    if good.is_none() {
        return -EINVAL;
    }
    if len > 0 && (dst.is_null() || dlen < len) {
        return -ENOMEM;
    }
    let mut at = 0;
    decode(text, |byte| {
        // SAFETY: `at` stays below `len`, the number of bytes that the first pass counted.
        unsafe { dst.add(at).write(byte) };
        at += 1;
    });
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4648, section 10.
    const PAIRS: &[(&str, &str)] = &[
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ];

    fn decoded(text: &[u8]) -> Result<([u8; 16], usize), c_int> {
        let (mut out, mut len) = ([0; 16], 0);
        // SAFETY: the lengths are those of the arrays.
        match unsafe { base64_decode(out.as_mut_ptr(), 16, &mut len, text.as_ptr(), text.len()) } {
            0 => Ok((out, len)),
            error => Err(error),
        }
    }

    #[test]
    fn examples_both_ways() {
        for (plain, text) in PAIRS {
            let (mut out, mut len) = ([0xff; 16], 0);
            // SAFETY: the lengths are those of the arrays.
            let result = unsafe {
                base64_encode(out.as_mut_ptr(), 16, &mut len, plain.as_ptr(), plain.len())
            };
            assert_eq!((result, &out[..len], out[len]), (0, text.as_bytes(), 0));
            let (out, len) = decoded(text.as_bytes()).expect("decodes");
            assert_eq!(&out[..len], plain.as_bytes());
        }
    }

    #[test]
    fn bad_text_is_refused() {
        for text in ["Z", "Zg", "Zg=", "Zg===", "Zg==Zg==x", "Z===", "====", "Zm 9v", "Zg=v"] {
            assert_eq!(decoded(text.as_bytes()).err(), Some(-EINVAL), "{text}");
        }
        let (out, len) = decoded(b"Zm9v  \r\nYmFy\n").expect("lines");
        assert_eq!(&out[..len], b"foobar");
    }

    #[test]
    fn room_is_asked_for() {
        let mut len = 0;
        // SAFETY: a length of 0 goes with the NULL.
        unsafe {
            assert_eq!(
                base64_encode(core::ptr::null_mut(), 0, &mut len, b"foob".as_ptr(), 4),
                -ENOMEM
            );
            assert_eq!(len, 9);
            assert_eq!(
                base64_decode(core::ptr::null_mut(), 0, &mut len, b"Zm9v".as_ptr(), 4),
                -ENOMEM
            );
            assert_eq!(len, 3);
        }
    }
}
