// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/sys/crc.h>`: checks computed bit by bit; small, and fast enough for what calls them.

use core::slice;

/// Highest bit first, in a register of `width` bits.
fn forward(width: u32, poly: u32, start: u32, bytes: &[u8]) -> u32 {
    let top = 1 << (width - 1);
    let mask = u32::MAX >> (32 - width);
    bytes.iter().fold(start, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte) << (width - 8), |crc, _| {
            (crc << 1 ^ if crc & top == 0 { 0 } else { poly }) & mask
        })
    })
}

/// Lowest bit first; `poly` is the reversed polynomial.
fn reflected(poly: u32, start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(start, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| crc >> 1 ^ if crc & 1 == 0 { 0 } else { poly })
    })
}

/// Reversed polynomial of IEEE 802.3.
const IEEE: u32 = 0xedb8_8320;
/// Castagnoli's reversed polynomial.
const CASTAGNOLI: u32 = 0x82f6_3b78;
/// OpenPGP's polynomial and start (RFC 4880, section 6.1).
const PGP: u32 = 0x86_4cfb;
const PGP_START: u32 = 0xb7_04ce;

/// # Safety
/// `src` points to `len` readable bytes; it may be NULL if that is 0.
unsafe fn bytes<'a>(src: *const u8, len: usize) -> &'a [u8] {
    if src.is_null() || len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(src, len) }
}

/// `crc8()`.
///
/// # Safety
/// `src` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc8(
    src: *const u8,
    len: usize,
    polynomial: u8,
    initial_value: u8,
    reversed: bool,
) -> u8 {
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes(src, len) };
    if reversed {
        reflected(polynomial.into(), initial_value.into(), bytes) as u8
    } else {
        forward(8, polynomial.into(), initial_value.into(), bytes) as u8
    }
}

/// `crc8_ccitt()`.
///
/// # Safety
/// `buf` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc8_ccitt(
    initial_value: u8,
    buf: *const core::ffi::c_void,
    len: usize,
) -> u8 {
    // SAFETY: the caller's promise.
    forward(8, 0x07, initial_value.into(), unsafe { bytes(buf.cast(), len) }) as u8
}

/// `crc8_rohc()`.
///
/// # Safety
/// `buf` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc8_rohc(
    initial_value: u8,
    buf: *const core::ffi::c_void,
    len: usize,
) -> u8 {
    // SAFETY: the caller's promise.
    reflected(0xe0, initial_value.into(), unsafe { bytes(buf.cast(), len) }) as u8
}

/// `crc7_be()`: seven bits in the upper part of a byte are eight with a polynomial of even value.
///
/// # Safety
/// `src` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc7_be(seed: u8, src: *const u8, len: usize) -> u8 {
    // SAFETY: the caller's promise.
    forward(8, 0x12, seed.into(), unsafe { bytes(src, len) }) as u8
}

/// `crc16()`.
///
/// # Safety
/// `src` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc16(poly: u16, seed: u16, src: *const u8, len: usize) -> u16 {
    // SAFETY: the caller's promise.
    forward(16, poly.into(), seed.into(), unsafe { bytes(src, len) }) as u16
}

/// `crc16_reflect()`.
///
/// # Safety
/// `src` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc16_reflect(poly: u16, seed: u16, src: *const u8, len: usize) -> u16 {
    // SAFETY: the caller's promise.
    reflected(poly.into(), seed.into(), unsafe { bytes(src, len) }) as u16
}

/// `crc16_ccitt()`.
///
/// # Safety
/// `src` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc16_ccitt(seed: u16, src: *const u8, len: usize) -> u16 {
    // SAFETY: the caller's promise.
    reflected(0x8408, seed.into(), unsafe { bytes(src, len) }) as u16
}

/// `crc16_itu_t()`.
///
/// # Safety
/// `src` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc16_itu_t(seed: u16, src: *const u8, len: usize) -> u16 {
    // SAFETY: the caller's promise.
    forward(16, 0x1021, seed.into(), unsafe { bytes(src, len) }) as u16
}

/// `crc24_pgp()`.
///
/// # Safety
/// `data` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc24_pgp(data: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's promise.
    forward(24, PGP, PGP_START, unsafe { bytes(data, len) })
}

/// `crc24_pgp_update()`.
///
/// # Safety
/// `data` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc24_pgp_update(crc: u32, data: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's promise.
    forward(24, PGP, crc & 0xff_ffff, unsafe { bytes(data, len) })
}

/// `crc32_ieee()`.
///
/// # Safety
/// `data` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc32_ieee(data: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's promise.
    !reflected(IEEE, !0, unsafe { bytes(data, len) })
}

/// `crc32_ieee_update()`.
///
/// # Safety
/// `data` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc32_ieee_update(crc: u32, data: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's promise.
    !reflected(IEEE, !crc, unsafe { bytes(data, len) })
}

/// `crc32_c()`.
///
/// # Safety
/// `data` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crc32_c(
    crc: u32,
    data: *const u8,
    len: usize,
    first_pkt: bool,
    last_pkt: bool,
) -> u32 {
    let start = if first_pkt { !0 } else { crc };
    // SAFETY: the caller's promise.
    let crc = reflected(CASTAGNOLI, start, unsafe { bytes(data, len) });
    if last_pkt { !crc } else { crc }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that catalogues of checks give results for.
    const TEXT: &[u8] = b"123456789";

    #[test]
    fn catalogued_results() {
        assert_eq!(forward(8, 0x07, 0, TEXT), 0xf4); // SMBUS
        assert_eq!(forward(8, 0x12, 0, TEXT), 0x75 << 1); // MMC, shifted up
        assert_eq!(forward(16, 0x1021, 0, TEXT), 0x31c3); // XMODEM
        assert_eq!(forward(24, PGP, PGP_START, TEXT), 0x21_cf02); // OPENPGP
        assert_eq!(reflected(0xe0, 0xff, TEXT), 0xd0); // ROHC
        assert_eq!(reflected(0x8408, 0, TEXT), 0x2189); // KERMIT
        assert_eq!(reflected(0xa001, 0xffff, TEXT), 0x4b37); // MODBUS
        assert_eq!(!reflected(IEEE, !0, TEXT), 0xcbf4_3926);
        assert_eq!(!reflected(CASTAGNOLI, !0, TEXT), 0xe306_9283);
    }

    #[test]
    fn pieces_give_the_same_as_the_whole() {
        let (head, tail) = TEXT.split_at(4);
        // SAFETY: the lengths are those of the slices.
        unsafe {
            let first = crc32_ieee_update(0, head.as_ptr(), head.len());
            assert_eq!(crc32_ieee_update(first, tail.as_ptr(), tail.len()), 0xcbf4_3926);
            let first = crc32_c(0, head.as_ptr(), head.len(), true, false);
            assert_eq!(crc32_c(first, tail.as_ptr(), tail.len(), false, true), 0xe306_9283);
            let first = crc24_pgp(head.as_ptr(), head.len());
            assert_eq!(crc24_pgp_update(first, tail.as_ptr(), tail.len()), 0x21_cf02);
        }
    }
}
