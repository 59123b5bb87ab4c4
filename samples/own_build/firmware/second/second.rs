// SPDX-License-Identifier: Apache-2.0
//! Stands for whatever else of a firmware is written in Rust: a C function, and a panic handler that is
//! really called for.
#![no_std]

/// FNV-1a, 32 bits.
///
/// # Safety
/// `bytes` points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn second_digest(bytes: *const u8, len: usize) -> u32 {
    assert!(!bytes.is_null(), "no bytes");
    // SAFETY: the caller's promise.
    let bytes = unsafe { core::slice::from_raw_parts(bytes, len) };
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
