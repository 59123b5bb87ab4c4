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

/// Bytes of an IP header that are looked at: with IPv6 some extension headers too.
const IP_MAX: usize = if cfg!(CONFIG_NET_IPV6) { 128 } else { 1 };

/// Where the UDP header begins.
fn offset(pkt: &Pkt) -> Option<usize> {
    let mut ip = [0; IP_MAX];
    let read = pkt.copy_out(0, &mut ip);
    match ip[0] >> 4 {
        4 if read != 0 => {
            let len = usize::from(ip[0] & 0xf) * 4;
            (len >= ipv4::HEADER_LEN).then_some(len)
        }
        #[cfg(CONFIG_NET_IPV6)]
        6 => crate::wire::ipv6::transport_of(ip.get(..read)?).map(|(_, at)| at),
        _ => None,
    }
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
