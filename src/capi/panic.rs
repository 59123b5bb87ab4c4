// SPDX-License-Identifier: Apache-2.0
//! What a panic does where there is no `std`: it stops, and formats nothing.
//!
//! No input reaches a panic; this is for broken invariants. Hosts have `std`'s handler.

use crate::os;

#[panic_handler]
fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
    os::console::write(b"znet: panic\n");
    os::exit(1)
}
