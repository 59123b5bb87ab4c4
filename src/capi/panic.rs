// SPDX-License-Identifier: Apache-2.0
//! What a panic does where there is no `std`: it stops, and formats nothing.
//!
//! No input reaches a panic; this is for broken invariants. Hosts have `std`'s handler.

use crate::os;

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    os::console::write(b"znet: panic\n");
    if cfg!(debug_assertions)
        && let Some(place) = info.location()
    {
        os::console::write(place.file().as_bytes());
        line(place.line());
    }
    os::exit(1)
}

/// Writes `:number` and ends the line.
fn line(number: u32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    let mut rest = number;
    while at > 0 {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    os::console::write(b":");
    os::console::write(&digits[at..]);
    os::console::write(b"\n");
}
