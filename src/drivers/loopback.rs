// SPDX-License-Identifier: Apache-2.0
//! The loopback interface: `lo`, with 127.0.0.1/8 and ::1.
//!
//! The stack takes packets to itself back without asking a driver, so there is nothing to send
//! here; the device exists so that the interface has a name, a link and an address like others.
//! The device itself is defined in `src/boot/c/loopback.c`.

use core::ffi::c_int;

use super::dummy::DummyApi;
#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
use crate::base::{LinkAddr, LinkType};
use crate::buf::NetPkt;
use crate::iface::{Device, IfRef, L2Kind, NetIf, NetIfApi};

/// Functions of the device that `src/boot/c/loopback.c` defines.
#[unsafe(export_name = "znet_loopback_api")]
pub static API: DummyApi = DummyApi {
    iface_api: NetIfApi { init: Some(init) },
    send: Some(send),
    start: None,
    stop: None,
};

/// An address for documentation (RFC 7042, 2.1.2): nothing ever carries it.
const LINK_ADDR: [u8; 6] = [0x00, 0x00, 0x5e, 0x00, 0x53, 0xff];

unsafe extern "C" fn init(iface: *mut NetIf) {
    // SAFETY: start-up passes a registered interface.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return };
    iface.set_l2_kind(L2Kind::Loopback);
    if let Some(addr) = LinkAddr::new(LinkType::Dummy, &LINK_ADDR) {
        iface.dev().link_addr.set(addr);
    }
    // Without names configured it has none.
    let _ = iface.set_name(b"lo");
    #[cfg(CONFIG_NET_IPV4)]
    super::upper::add_ipv4(iface, Ipv4Addr::LOCALHOST, Some(Ipv4Addr::new(255, 0, 0, 0)));
    #[cfg(CONFIG_NET_IPV6)]
    super::upper::add_ipv6(iface, crate::base::Ipv6Addr::LOCALHOST);
}

/// What reaches a driver is a complete packet that somebody queued himself: it vanishes.
unsafe extern "C" fn send(_device: *const Device, _pkt: *mut NetPkt) -> c_int {
    0
}
