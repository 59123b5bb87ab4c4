// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/znet_faults.h>`: allocations that fail on demand, for tests.

use crate::buf::faults;

/// Makes the allocation fail before which `n` others succeed; none when `n` is negative.
#[unsafe(no_mangle)]
pub extern "C" fn znet_faults_fail(n: i32) {
    faults::fail(u64::try_from(n).ok());
}

/// How many allocations were tried since.
#[unsafe(no_mangle)]
pub extern "C" fn znet_faults_tried() -> u32 {
    faults::tried() as u32
}
