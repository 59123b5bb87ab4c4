// SPDX-License-Identifier: Apache-2.0
//! What drivers call: the driver's side of Zephyr's network API, for drivers written in Rust.
//!
//! A driver stands below the stack's users and has no way to name the one global stack; like a driver
//! written in C it reaches it through the C functions below, which `capi` defines.

#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
use crate::buf::{KTimeout, NetPkt, Pkt};
use crate::iface::{IfRef, NetIf};
use core::ffi::{c_int, c_void};

/// `struct in_addr`.
#[cfg(CONFIG_NET_IPV4)]
#[repr(C, align(4))]
struct InAddr([u8; 4]);

const AF_UNSPEC: u16 = 0;

// A packet is only passed on here, so it matters little that its links are private to Rust.
#[allow(improper_ctypes)]
unsafe extern "C" {
    fn net_pkt_rx_alloc_with_buffer(
        iface: *mut NetIf,
        size: usize,
        family: u16,
        proto: c_int,
        timeout: KTimeout,
    ) -> *mut NetPkt;
    fn net_pkt_write(pkt: *mut NetPkt, data: *const c_void, length: usize) -> c_int;
    fn net_recv_data(iface: *mut NetIf, pkt: *mut NetPkt) -> c_int;
    fn ethernet_init(iface: *mut NetIf);
    #[cfg(CONFIG_NET_IPV6)]
    fn net_if_ipv6_addr_add(
        iface: *mut NetIf,
        addr: *mut [u32; 4],
        kind: c_int,
        lifetime: u32,
    ) -> *mut c_void;
    #[cfg(CONFIG_NET_IPV4)]
    fn net_if_ipv4_addr_add(
        iface: *mut NetIf,
        addr: *mut InAddr,
        kind: c_int,
        lifetime: u32,
    ) -> *mut c_void;
    #[cfg(CONFIG_NET_IPV4)]
    fn net_if_ipv4_set_netmask_by_addr(
        iface: *mut NetIf,
        addr: *const InAddr,
        netmask: *const InAddr,
    ) -> bool;
    #[cfg(CONFIG_NET_IPV4)]
    fn net_if_ipv4_set_gw(iface: *mut NetIf, gateway: *const InAddr);
}

/// Gives `iface` an IPv6 address; false when it can't have this one.
#[cfg(CONFIG_NET_IPV6)]
pub fn add_ipv6(iface: IfRef, addr: crate::base::Ipv6Addr) -> bool {
    const NET_ADDR_MANUAL: c_int = 3;
    let bits = addr.to_bits();
    let mut words = [96, 64, 32, 0].map(|shift| ((bits >> shift) as u32).to_be());
    // SAFETY: a registered interface, and an address as `struct in6_addr` holds it.
    unsafe { !net_if_ipv6_addr_add(iface.as_ptr(), &mut words, NET_ADDR_MANUAL, 0).is_null() }
}

/// Gives `iface` an address, and `netmask` to it; false when it can't have this one.
#[cfg(CONFIG_NET_IPV4)]
pub fn add_ipv4(iface: IfRef, addr: Ipv4Addr, netmask: Option<Ipv4Addr>) -> bool {
    const NET_ADDR_MANUAL: c_int = 3;
    let iface = iface.as_ptr();
    let mut addr = InAddr(addr.octets());
    // SAFETY: a registered interface, and addresses as `struct in_addr` holds them.
    unsafe {
        if net_if_ipv4_addr_add(iface, &mut addr, NET_ADDR_MANUAL, 0).is_null() {
            return false;
        }
        let set = |mask| net_if_ipv4_set_netmask_by_addr(iface, &addr, &mask);
        netmask.is_none_or(|mask| set(InAddr(mask.octets())))
    }
}

/// Sets the gateway of `iface`.
#[cfg(CONFIG_NET_IPV4)]
pub fn set_ipv4_gateway(iface: IfRef, gateway: Ipv4Addr) {
    // SAFETY: a registered interface, and an address as `struct in_addr` holds it.
    unsafe { net_if_ipv4_set_gw(iface.as_ptr(), &InAddr(gateway.octets())) }
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
        let pkt = net_pkt_rx_alloc_with_buffer(
            iface.as_ptr(),
            frame.len(),
            AF_UNSPEC,
            0,
            KTimeout::NO_WAIT,
        );
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
