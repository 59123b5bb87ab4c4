// SPDX-License-Identifier: Apache-2.0
//! What drivers call: the driver's side of Zephyr's network API, for drivers written in Rust.
//!
//! A driver stands below the stack's users and has no way to name the one global stack; like a driver
//! written in C it reaches it through the C functions below, which `capi` defines.

use crate::buf::{NetPkt, Pkt};
use crate::iface::{IfRef, NetIf};
use core::ffi::{c_int, c_void};

/// `k_timeout_t` with 64-bit ticks.
#[repr(C)]
#[derive(Clone, Copy)]
struct Timeout {
    ticks: i64,
}

const K_NO_WAIT: Timeout = Timeout { ticks: 0 };
const AF_UNSPEC: c_int = 0;

// A packet is only passed on here, so it matters little that its links are private to Rust.
#[allow(improper_ctypes)]
unsafe extern "C" {
    fn net_pkt_rx_alloc_with_buffer(
        iface: *mut NetIf,
        size: usize,
        family: c_int,
        proto: c_int,
        timeout: Timeout,
    ) -> *mut NetPkt;
    fn net_pkt_write(pkt: *mut NetPkt, data: *const c_void, length: usize) -> c_int;
    fn net_recv_data(iface: *mut NetIf, pkt: *mut NetPkt) -> c_int;
    fn ethernet_init(iface: *mut NetIf);
}

/// Prepares `iface` as an Ethernet interface; the first thing a driver's `init` does.
pub fn ethernet(iface: IfRef) {
    // SAFETY: a registered interface.
    unsafe { ethernet_init(iface.as_ptr()) }
}

/// Hands a received frame to the stack. False when it was dropped: no memory is free, or the interface
/// takes nothing. Never waits.
pub fn receive(iface: IfRef, frame: &[u8]) -> bool {
    // SAFETY: the interface is registered, the packet is ours until `net_recv_data` accepts it, and the frame
    // is valid for its length.
    unsafe {
        let pkt =
            net_pkt_rx_alloc_with_buffer(iface.as_ptr(), frame.len(), AF_UNSPEC, 0, K_NO_WAIT);
        if pkt.is_null() {
            return false;
        }
        let written = net_pkt_write(pkt, frame.as_ptr().cast(), frame.len());
        if written == 0 && net_recv_data(iface.as_ptr(), pkt) >= 0 {
            return true;
        }
        drop(Pkt::from_raw(pkt));
        false
    }
}
