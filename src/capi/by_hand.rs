// SPDX-License-Identifier: Apache-2.0
//! What stands under the input of packets and the ICMP errors of Zephyr's private headers: tests hand
//! over packets that came over no link.
//!
//! Called by: `subsys/net/ip/{net_private,icmpv4,icmpv6}.h`, `subsys/net/l2/ethernet/arp.h`. Calls: `stack.by_hand` under the core lock.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;

use super::{errno, instance};
use crate::base::{Error, Result};
use crate::buf::{NO_WAIT, NetPkt, Pkt};
#[cfg(CONFIG_NET_ARP)]
use crate::iface::NetIf;
use crate::iface::{IfRef, NetVerdict};

/// A copy of the caller's packet, and the interface it names.
///
/// # Safety
/// `raw` is null or the caller's packet.
unsafe fn copied(raw: *mut NetPkt) -> Result<(IfRef, Pkt)> {
    if raw.is_null() {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise; the packet stays its own.
    unsafe {
        let iface = IfRef::from_raw((*raw).iface.cast()).ok_or(Error::Inval)?;
        let pkt = core::mem::ManuallyDrop::new(Pkt::from_raw(raw));
        Ok((iface, pkt.deep_clone(NO_WAIT).ok_or(Error::NoBufs)?))
    }
}

/// Takes an IP packet without its link as if the interface it names had received it. The packet is the
/// caller's as long as this says that it was dropped.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_ip_input(pkt: *mut NetPkt) -> NetVerdict {
    // SAFETY: the caller's packet, or null.
    let Ok((iface, copy)) = (unsafe { copied(pkt) }) else { return NetVerdict::Drop };
    let taken = instance::of(iface).core.with(|stack, env| stack.rx_ip(env, iface, copy));
    if !taken {
        return NetVerdict::Drop;
    }
    // SAFETY: taken over.
    drop(unsafe { Pkt::from_raw(pkt) });
    NetVerdict::Ok
}

/// Takes an ARP packet without its link header as if the interface it names had received it; otherwise as
/// `znet_ip_input`.
#[cfg(CONFIG_NET_ARP)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_arp_input(pkt: *mut NetPkt) -> NetVerdict {
    // SAFETY: the caller's packet, or null.
    let Ok((iface, copy)) = (unsafe { copied(pkt) }) else { return NetVerdict::Drop };
    if !instance::of(iface).core.with(|stack, env| stack.rx_arp_alone(env, iface, copy)) {
        return NetVerdict::Drop;
    }
    // SAFETY: taken over.
    drop(unsafe { Pkt::from_raw(pkt) });
    NetVerdict::Ok
}

/// The neighbour number `which` that ARP knows: its four bytes of IPv4 address, its six of link address, and
/// as the result the index of its interface; 0 behind the last.
#[cfg(CONFIG_NET_ARP)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_arp_neighbour(which: usize, ip: *mut u8, mac: *mut u8) -> c_int {
    let found = instance::current().core.with(|stack, _| stack.neighbours().nth(which));
    let Some((iface, addr, link, _)) = found else { return 0 };
    // SAFETY: the caller's arrays, of four and of six bytes.
    unsafe {
        ip.copy_from(addr.octets().as_ptr(), 4);
        mac.copy_from(link.0.as_ptr(), 6);
    }
    c_int::from(iface)
}

/// Forgets the neighbours on an interface.
#[cfg(CONFIG_NET_ARP)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_arp_forget(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { IfRef::from_raw(iface) } {
        instance::of(iface).core.with(|stack, _| stack.forget_neighbours(iface));
    }
}

/// Sends an ICMP error about a packet that the interface it names received; `value` is the pointer or the
/// MTU of some. 0, `-EINVAL` for a packet that may not be answered, `-ENOBUFS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_icmp_error(
    pkt: *mut NetPkt,
    kind: u8,
    code: u8,
    value: u32,
) -> c_int {
    // SAFETY: the caller's packet, or null.
    let sent = unsafe { copied(pkt) }.and_then(|(iface, mut copy)| {
        let what = (kind, code, value);
        instance::of(iface)
            .core
            .with(|stack, env| stack.send_icmp_error(env, iface, &mut copy, what))
    });
    errno::negative(sent)
}
