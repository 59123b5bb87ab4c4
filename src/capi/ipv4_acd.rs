// SPDX-License-Identifier: Apache-2.0
//! IPv4 addresses tried before they are used (RFC 5227), and `<zephyr/net/ipv4_autoconf.h>`: those
//! chosen without a server (RFC 3927).
//!
//! Called by: C, `net_if_state` when a link comes up, the service thread, `transmit` with verdicts.
#![allow(clippy::missing_safety_doc)]

#[cfg(CONFIG_NET_IPV4_AUTO)]
use core::net::Ipv4Addr;
use core::sync::atomic::{AtomicU32, Ordering};

use super::instance::{self, Instance};
use super::raise;
use crate::iface::IfRef;
#[cfg(CONFIG_NET_IPV4_AUTO)]
use crate::iface::{AddrType, IF_MAX, L2Kind, NetIf};
use crate::mgmt::event;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::stack::acd::Verdict;

/// Links that have come up, a bit each by index: some tell so from an interrupt, where nothing more
/// than this can be done.
static CAME_UP: [AtomicU32; 8] = [const { AtomicU32::new(0) }; 8];

/// The link of `iface` has come up. From interrupts too.
pub(super) fn link_up(iface: IfRef) {
    let index = usize::from(iface.index());
    if let Some(word) = CAME_UP.get(index / 32) {
        word.fetch_or(1 << (index % 32), Ordering::AcqRel);
        instance::of(iface).service.give();
    }
}

/// The address has been added or the link has come up: it is tried.
pub(super) fn begin(iface: IfRef, addr: core::net::Ipv4Addr) {
    instance::of(iface).core.with(|stack, env| stack.acd_begin(env, iface, addr));
}

/// The service thread's share: links that have come up.
pub(super) fn serve(instance: &Instance) {
    for (at, word) in CAME_UP.iter().enumerate() {
        let mut bits = word.swap(0, Ordering::AcqRel);
        while bits != 0 {
            let index = (at as u32 * 32 + bits.trailing_zeros()) as u8;
            bits &= bits - 1;
            let iface = instance.core.with(|stack, env| {
                let iface = stack.ifaces.get(index)?;
                stack.acd_begin_all(env, iface);
                Some(iface)
            });
            #[cfg(CONFIG_NET_IPV4_AUTO)]
            if let Some(iface) = iface {
                start(iface);
            }
            let _ = iface;
        }
    }
}

/// Tells what became of an address.
pub(super) fn verdict(iface: IfRef, addr: core::net::Ipv4Addr, verdict: Verdict) {
    let told = match verdict {
        Verdict::Ours => event::IPV4_ACD_SUCCEED,
        Verdict::Taken => event::IPV4_ACD_FAILED,
        Verdict::Lost => event::IPV4_ACD_CONFLICT,
    };
    raise(told, iface, &addr.octets());
    if verdict != Verdict::Ours {
        raise(event::IPV4_ADDR_DEL, iface, &addr.octets());
        #[cfg(CONFIG_NET_IPV4_AUTO)]
        if addr.is_link_local() {
            choose_another(iface);
        }
    }
}

/// For each interface how many addresses it has tried, plus one; 0 for one that shall choose none.
#[cfg(CONFIG_NET_IPV4_AUTO)]
static ATTEMPTS: [AtomicU32; IF_MAX] = [const { AtomicU32::new(0) }; IF_MAX];

#[cfg(CONFIG_NET_IPV4_AUTO)]
fn attempts(iface: IfRef) -> Option<&'static AtomicU32> {
    ATTEMPTS.get(usize::from(iface.index()).wrapping_sub(1))
}

/// Chooses an address for `iface` unless it has chosen one.
#[cfg(CONFIG_NET_IPV4_AUTO)]
fn start(iface: IfRef) {
    if iface.l2_kind() != L2Kind::Ethernet {
        return;
    }
    let Some(attempts) = attempts(iface) else { return };
    let first = attempts.compare_exchange(0, 1, Ordering::AcqRel, Ordering::Acquire).is_ok();
    if first || iface.ipv4_addrs().all(|own| !own.addr.is_link_local()) {
        claim(iface, attempts.load(Ordering::Acquire));
    }
}

#[cfg(CONFIG_NET_IPV4_AUTO)]
fn choose_another(iface: IfRef) {
    let Some(attempts) = attempts(iface) else { return };
    if attempts.load(Ordering::Acquire) != 0 {
        claim(iface, attempts.fetch_add(1, Ordering::AcqRel) + 1);
    }
}

#[cfg(CONFIG_NET_IPV4_AUTO)]
fn claim(iface: IfRef, attempt: u32) {
    let addr = crate::stack::acd::link_local(iface.mac(), attempt);
    if super::net_if_ipv4::add(iface, addr, AddrType::Autoconf, 0).is_some() {
        instance::of(iface)
            .core
            .with(|_, _| iface.set_ipv4_netmask(addr, Ipv4Addr::new(255, 255, 0, 0)));
    }
}

/// Chooses an address for an interface.
#[cfg(CONFIG_NET_IPV4_AUTO)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv4_autoconf_start(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { IfRef::from_raw(iface) } {
        start(iface);
    }
}

/// Gives the address of an interface up, and chooses none any more until started again.
#[cfg(CONFIG_NET_IPV4_AUTO)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv4_autoconf_reset(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return };
    if let Some(attempts) = attempts(iface) {
        attempts.store(0, Ordering::Release);
    }
    let own =
        iface.ipv4_addrs().find(|own| own.addr.is_link_local() && own.kind == AddrType::Autoconf);
    if let Some(own) = own {
        super::net_if_ipv4::take_away(iface, own.addr);
    }
}

/// Chooses addresses for the interfaces that are up; the others do when they come up.
#[cfg(CONFIG_NET_IPV4_AUTO)]
#[unsafe(no_mangle)]
pub extern "C" fn net_ipv4_autoconf_init() {
    super::net_if::for_each(|iface| {
        if iface.is_up() {
            start(iface);
        }
    });
}
