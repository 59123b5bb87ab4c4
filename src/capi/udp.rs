// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/udp.h>`: the UDP header of a packet that begins with its IP header.
#![allow(clippy::missing_safety_doc)]

use core::mem::ManuallyDrop;
use core::ptr;

use crate::buf::{NetPkt, Pkt};
use crate::wire::ipv4;
use crate::wire::udp::HEADER_LEN;

/// `struct net_udp_hdr`: packed, so at any alignment.
type Header = [u8; HEADER_LEN];

/// Where the UDP header begins.
fn offset(pkt: &Pkt) -> Option<usize> {
    let mut first = [0; 1];
    if pkt.copy_out(0, &mut first) == 0 || first[0] >> 4 != 4 {
        return None;
    }
    let len = usize::from(first[0] & 0xf) * 4;
    (len >= ipv4::HEADER_LEN).then_some(len)
}

/// Reads the UDP header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_udp_get_hdr(pkt: *mut NetPkt, hdr: *mut Header) -> *mut Header {
    if pkt.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: the caller's packet, whose reference stays the caller's.
    let pkt = ManuallyDrop::new(unsafe { Pkt::from_raw(pkt) });
    let Some(at) = offset(&pkt) else { return ptr::null_mut() };
    if let Some(header) = pkt.head().get(at..at + HEADER_LEN) {
        return header.as_ptr().cast_mut().cast();
    }
    let mut bytes = [0; HEADER_LEN];
    if hdr.is_null() || pkt.copy_out(at, &mut bytes) != HEADER_LEN {
        return ptr::null_mut();
    }
    // SAFETY: the caller's header.
    unsafe { hdr.write(bytes) };
    hdr
}

/// Writes the UDP header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_udp_set_hdr(pkt: *mut NetPkt, hdr: *mut Header) -> *mut Header {
    if pkt.is_null() || hdr.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: the caller's packet, whose reference stays the caller's, and its header.
    let (mut pkt, bytes) = unsafe { (ManuallyDrop::new(Pkt::from_raw(pkt)), hdr.read()) };
    match offset(&pkt) {
        Some(at) if pkt.copy_in(at, &bytes) => hdr,
        _ => ptr::null_mut(),
    }
}
