// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/loopback.h>`: losing packets on purpose.

use core::ffi::c_int;

use super::core;
use crate::base::Error;
use crate::stack::loss;

/// Sets which part of the packets to ourselves is lost.
#[unsafe(no_mangle)]
pub extern "C" fn loopback_set_packet_drop_ratio(ratio: f32) -> c_int {
    if !(0.0..=1.0).contains(&ratio) {
        return -Error::Inval.errno();
    }
    let share = (ratio * loss::ALL as f32) as u32;
    core().with(|stack, _| stack.loss.set(share));
    0
}

/// Packets lost so since the ratio was set.
#[unsafe(no_mangle)]
pub extern "C" fn loopback_get_num_dropped_packets() -> c_int {
    core().with(|stack, _| c_int::try_from(stack.loss.lost()).unwrap_or(c_int::MAX))
}
