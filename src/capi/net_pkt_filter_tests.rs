// SPDX-License-Identifier: Apache-2.0
//! The tests that `<zephyr/net/net_pkt_filter.h>` has ready for rules.
//!
//! Called by: `net_pkt_filter` through the pointers that the header's macros put into a test.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_uint, c_void};
use core::mem::ManuallyDrop;

use super::net_pkt_filter::Test;
use crate::buf::{NetPkt, Pkt, frag};
use crate::iface::{AF_INET, AF_INET6, NetIf};

/// `struct npf_test_iface`.
#[repr(C)]
#[allow(missing_docs)]
pub struct IfaceTest {
    pub test: Test,
    pub iface: *mut NetIf,
}

/// `struct npf_test_size_bounds`.
#[repr(C)]
#[allow(missing_docs)]
pub struct SizeTest {
    pub test: Test,
    pub min: usize,
    pub max: usize,
}

/// `struct npf_test_ip`.
#[repr(C)]
#[allow(missing_docs)]
pub struct IpTest {
    pub test: Test,
    pub addr_family: u8,
    pub ipaddr: *mut c_void,
    pub ipaddr_num: u32,
}

/// `struct npf_test_eth_addr`.
#[repr(C)]
#[allow(missing_docs)]
pub struct EthAddrTest {
    pub test: Test,
    pub nb_addresses: c_uint,
    pub addresses: *mut [u8; 6],
    pub mask: [u8; 6],
}

/// `struct npf_test_eth_type`.
#[repr(C)]
#[allow(missing_docs)]
pub struct EthTypeTest {
    pub test: Test,
    /// In network order.
    pub r#type: u16,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_pkt_filter.h":
    IfaceTest = "struct npf_test_iface" { test, iface };
    SizeTest = "struct npf_test_size_bounds" { test, min, max };
    IpTest = "struct npf_test_ip" { test, addr_family, ipaddr, ipaddr_num };
    EthAddrTest = "struct npf_test_eth_addr" { test, nb_addresses, addresses, mask };
    EthTypeTest = "struct npf_test_eth_type" { test, r#type };
}

/// `N` bytes of the packet from `offset`; `None` when it is shorter.
///
/// # Safety
/// `pkt` is valid.
unsafe fn bytes<const N: usize>(pkt: *mut NetPkt, offset: usize) -> Option<[u8; N]> {
    let mut out = [0; N];
    // SAFETY: the caller's promise; the reference stays the caller's.
    let pkt = ManuallyDrop::new(unsafe { Pkt::from_raw(pkt) });
    (pkt.copy_out(offset, &mut out) == N).then_some(out)
}

/// Defines a test and its contrary over a function that takes `&$test` and the packet.
macro_rules! tests {
    ($($(#[$doc:meta])* $yes:ident, $no:ident: $test:ty = $says:expr;)*) => {$(
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $yes(test: *mut Test, pkt: *mut NetPkt) -> bool {
            let says: unsafe fn(&$test, *mut NetPkt) -> bool = $says;
            // SAFETY: a test of this type, as the header's macro made it, and a packet.
            unsafe { says(&*test.cast::<$test>(), pkt) }
        }

        /// The contrary.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $no(test: *mut Test, pkt: *mut NetPkt) -> bool {
            // SAFETY: as above.
            unsafe { !$yes(test, pkt) }
        }
    )*};
}

tests! {
    /// The packet is on this interface.
    npf_iface_match, npf_iface_unmatch: IfaceTest = is_on;
    /// The packet came over this interface.
    npf_orig_iface_match, npf_orig_iface_unmatch: IfaceTest = came_over;
    /// Its IP source is one of these.
    npf_ip_src_addr_match, npf_ip_src_addr_unmatch: IpTest = is_from;
    /// The frame's source is one of these.
    npf_eth_src_addr_match, npf_eth_src_addr_unmatch: EthAddrTest = is_station::<6>;
    /// The frame's destination is one of these.
    npf_eth_dst_addr_match, npf_eth_dst_addr_unmatch: EthAddrTest = is_station::<0>;
    /// The frame's EtherType.
    npf_eth_type_match, npf_eth_type_unmatch: EthTypeTest = is_of_type;
}

/// # Safety
/// `pkt` is valid.
unsafe fn is_on(test: &IfaceTest, pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's promise.
    unsafe { (*pkt).iface.cast() == test.iface }
}

/// # Safety
/// `pkt` is valid.
unsafe fn came_over(test: &IfaceTest, pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        #[cfg(any(CONFIG_NET_ROUTING, CONFIG_NET_ETHERNET_BRIDGE))]
        if !(*pkt).orig_iface.is_null() {
            return (*pkt).orig_iface.cast() == test.iface;
        }
        is_on(test, pkt)
    }
}

/// # Safety
/// `pkt` is valid.
unsafe fn is_of_type(test: &EthTypeTest, pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's promise.
    unsafe { bytes(pkt, 12) == Some(test.r#type.to_ne_bytes()) }
}

/// # Safety
/// `pkt` is valid and begins with its IP header; the test's addresses are as many as it says.
unsafe fn is_from(test: &IpTest, pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's promise.
    unsafe fn any<const N: usize>(test: &IpTest, pkt: *mut NetPkt, offset: usize) -> bool {
        let list = test.ipaddr.cast::<[u8; N]>();
        // SAFETY: the caller's promise.
        unsafe {
            bytes::<N>(pkt, offset)
                .is_some_and(|src| (0..test.ipaddr_num as usize).any(|i| *list.add(i) == src))
        }
    }
    // SAFETY: as above.
    unsafe {
        let family = (*pkt).family;
        if test.addr_family != family || test.ipaddr.is_null() {
            return false;
        }
        match u16::from(family) {
            AF_INET => any::<4>(test, pkt, 12),
            AF_INET6 => any::<16>(test, pkt, 8),
            _ => false,
        }
    }
}

/// # Safety
/// `pkt` is valid and begins with its Ethernet header; the test's addresses are as many as it says.
unsafe fn is_station<const OFFSET: usize>(test: &EthAddrTest, pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(station) = bytes::<6>(pkt, OFFSET) else { return false };
        let same = |other: [u8; 6]| {
            station.iter().zip(other).zip(test.mask).all(|((a, b), mask)| (a ^ b) & mask == 0)
        };
        (0..test.nb_addresses as usize).any(|index| same(*test.addresses.add(index)))
    }
}

/// The packet's length is within bounds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn npf_size_inbounds(test: *mut Test, pkt: *mut NetPkt) -> bool {
    // SAFETY: a test of this type, and a packet.
    unsafe {
        let test = &*test.cast::<SizeTest>();
        let len = frag::chain_len((*pkt).frags);
        (test.min..=test.max).contains(&len)
    }
}
