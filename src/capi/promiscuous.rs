// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/promiscuous.h>`: copies of what interfaces in promiscuous mode receive.
//!
//! Called by: C, `capi::queues` with each packet that comes up. Calls: `net_if_state`.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;
use core::ptr;

use super::net_if_state::{net_if_is_promisc, net_if_set_promisc, net_if_unset_promisc};
use crate::base::Error;
use crate::buf::{KTimeout, NO_WAIT, NetPkt, Pkt, PktList};
use crate::iface::{AF_INET, AF_INET6, IfFlag, IfRef, L2Kind, NetIf};
use crate::os::{IrqCell, LockClass, Semaphore};
use crate::wire::ethernet::{HEADER_LEN, Header, ethertype};
use crate::wire::{ipv4, ipv6};

/// A copy is made while more than a quarter of the pool is free: a listener that sleeps must not stop
/// what the host itself receives.
const RESERVED_SHARE: u32 = 4;

/// Copies that nobody has taken yet.
static WAITING: IrqCell<PktList> = IrqCell::with_class(LockClass::Queue, PktList::new());
static READY: Semaphore = Semaphore::new(0, u32::MAX);

/// Keeps a copy of a received packet when its interface is in promiscuous mode.
#[inline]
pub(super) fn show(pkt: &Pkt) {
    if IfRef::of(pkt).is_some_and(|iface| iface.flag_is_set(IfFlag::Promisc)) {
        keep(pkt);
    }
}

#[cold]
fn keep(pkt: &Pkt) {
    if pkt.home_is_scarce(RESERVED_SHARE) {
        return;
    }
    if let Some(mut copy) = pkt.deep_clone(NO_WAIT) {
        describe(&mut copy);
        WAITING.with(|list| list.push_back(copy));
        READY.give();
    }
}

/// Leaves the packet as listeners expect it: its IP header first, and what precedes it noted.
fn describe(pkt: &mut Pkt) {
    let ethernet = IfRef::of(pkt).is_some_and(|iface| iface.l2_kind() == L2Kind::Ethernet);
    if ethernet && pkt.pull_up(HEADER_LEN) {
        let Some(header) = pkt.head().first_chunk() else { return };
        let (dst, src, kind) = Header::fields(header);
        pkt.set_eth_bits(src, dst);
        pkt.set_ll_proto_type(kind);
        pkt.pull(HEADER_LEN);
        if kind != ethertype::IPV4 && kind != ethertype::IPV6 {
            return;
        }
    }
    let (family, len) = match pkt.head().first().map(|byte| byte >> 4) {
        Some(4) => (AF_INET, ipv4::HEADER_LEN),
        Some(6) => (AF_INET6, ipv6::HEADER_LEN),
        _ => return,
    };
    pkt.set_family(family as u8);
    pkt.set_ip_hdr_len(len as u8);
}

/// Waits for a packet; null when none came in time.
#[unsafe(no_mangle)]
pub extern "C" fn net_promisc_mode_wait_data(timeout: KTimeout) -> *mut NetPkt {
    let deadline = timeout.deadline();
    // A turn of the semaphore may belong to a packet that was thrown away since.
    while READY.take(deadline) {
        if let Some(mut pkt) = WAITING.with(PktList::pop_front) {
            pkt.cursor_init();
            return pkt.into_raw();
        }
    }
    ptr::null_mut()
}

/// Puts an interface into promiscuous mode.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_promisc_mode_on(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    unsafe { net_if_set_promisc(iface) }
}

/// Ends promiscuous mode of an interface, and throws away what nobody took of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_promisc_mode_off(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    unsafe {
        if !net_if_is_promisc(iface) {
            return if iface.is_null() { -Error::Inval.errno() } else { -Error::Already.errno() };
        }
        net_if_unset_promisc(iface);
    }
    let mut all = WAITING.with(core::mem::take);
    while let Some(pkt) = all.pop_front() {
        if !ptr::eq(pkt.iface().cast(), iface) {
            WAITING.with(|list| list.push_back(pkt));
        }
    }
    0
}
