// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/znet_nbr.h>`: the IPv6 neighbour cache, as `subsys/net/ip/ipv6.h` shows it in Zephyr.
//!
//! Called by: C. Calls: `stack::v6::neighbour_table` under the core lock. C sees copies: each slot of the cache
//! has a structure, filled whenever a pointer to it is given out.
#![allow(clippy::missing_safety_doc)]

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::ptr;

use super::net_if_ipv6::{ip, known};
use super::net_nbr::{Idx, NetNbr, UNKNOWN};
use super::{core, errno, instance};
use crate::base::{Error, Ipv6Addr, NetLinkaddr, Result};
use crate::buf::{NetPkt, Pkt};
#[cfg(CONFIG_NET_IPV6_DAD)]
use crate::iface::NetIfAddr;
use crate::iface::{IfRef, In6Addr, NetIf};
use crate::ip::v6::neighbour::{NEIGHBOURS, State};
use crate::os::clock;
use crate::stack::Stack;

/// `struct net_ipv6_nbr_data`.
#[repr(C)]
#[allow(missing_docs)]
pub struct NetIpv6NbrData {
    pub pending: *mut NetPkt,
    pub addr: [u8; 16],
    pub reachable: i64,
    pub reachable_timeout: i32,
    pub send_ns: i64,
    pub state: c_int,
    pub link_metric: u16,
    pub ns_count: u8,
    pub is_router: bool,
    pub stale_counter: u32,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/znet_nbr.h":
    NetIpv6NbrData = "struct net_ipv6_nbr_data" {
        pending, addr, reachable, reachable_timeout, send_ns, state, link_metric, ns_count, is_router,
        stale_counter
    };
}

type NbrCb = unsafe extern "C" fn(*mut NetNbr, *mut c_void);

/// `enum net_ipv6_nbr_state`.
const STATES: [State; 6] = [
    State::Incomplete,
    State::Reachable,
    State::Stale,
    State::Delay,
    State::Probe,
    State::Permanent,
];

/// What C sees of a neighbour.
struct Shell {
    nbr: UnsafeCell<NetNbr>,
    data: UnsafeCell<NetIpv6NbrData>,
    link: NetLinkaddr,
}

struct Shells([Shell; NEIGHBOURS]);

// SAFETY: written under the core lock only; C reads what it was given a pointer to, as it does in Zephyr.
unsafe impl Sync for Shells {}

static SHELLS: Shells = Shells(
    [const {
        Shell {
            nbr: UnsafeCell::new(NetNbr::FREE),
            data: UnsafeCell::new(NetIpv6NbrData {
                pending: ptr::null_mut(),
                addr: [0; 16],
                reachable: 0,
                reachable_timeout: 0,
                send_ns: 0,
                state: 0,
                link_metric: 0,
                ns_count: 0,
                is_router: false,
                stale_counter: 0,
            }),
            link: NetLinkaddr::new(),
        }
    }; NEIGHBOURS],
);

/// The link address of the neighbour in a slot, as it was last shown.
pub(super) fn link_of(slot: usize) -> Option<&'static NetLinkaddr> {
    Some(&SHELLS.0.get(slot)?.link)
}

/// The slot that `nbr` shows.
#[cfg(CONFIG_NET_IPV6_ND)]
fn slot_of(nbr: *const NetNbr) -> Option<usize> {
    SHELLS.0.iter().position(|shell| ptr::eq(shell.nbr.get(), nbr))
}

/// Shows the neighbour in `slot` to C; null when there is none. Under the core lock.
fn show(stack: &Stack, slot: usize) -> *mut NetNbr {
    let Some(shell) = SHELLS.0.get(slot) else { return ptr::null_mut() };
    let Some(known) = stack.ipv6_neighbour(slot) else {
        // SAFETY: nobody else writes while we hold the core lock.
        unsafe { shell.nbr.get().write(NetNbr::FREE) };
        return ptr::null_mut();
    };
    let now = clock::now();
    let left = known.at.map_or(0, |at| at.since(now).as_millis().min(i32::MAX as u64) as i32);
    let asked = matches!(known.state, State::Incomplete | State::Probe);
    let uptime = now.as_millis() as i64;
    let state = if known.state == State::Touched { State::Delay } else { known.state };
    let data = NetIpv6NbrData {
        pending: ptr::null_mut(),
        addr: known.ip.octets(),
        reachable: uptime,
        reachable_timeout: left,
        send_ns: if asked { uptime } else { 0 },
        state: STATES.iter().position(|s| *s == state).unwrap_or(0) as c_int,
        link_metric: 0,
        ns_count: known.tries,
        is_router: known.router,
        stale_counter: 0,
    };
    if let Some(mac) = known.mac {
        shell.link.set(mac.into());
    }
    let nbr = NetNbr {
        ref_: 1,
        idx: if known.mac.is_some() { slot as Idx } else { UNKNOWN },
        size: size_of::<NetIpv6NbrData>() as u16,
        iface: stack.ifaces.get(known.iface).map_or(ptr::null_mut(), IfRef::as_ptr),
        data: shell.data.get().cast(),
        ..NetNbr::FREE
    };
    // SAFETY: nobody else writes while we hold the core lock.
    unsafe {
        shell.data.get().write(data);
        shell.nbr.get().write(nbr);
    }
    shell.nbr.get()
}

/// The neighbour whose link address is at `idx`, with its slot.
fn by_index(iface: Option<IfRef>, idx: Idx) -> Option<&'static Shell> {
    let slot = usize::from(idx);
    let stack = iface.map_or_else(core, |iface| &instance::of(iface).core);
    let shown = stack.with(|stack, _| {
        let known = stack.ipv6_neighbour(slot).filter(|known| known.mac.is_some())?;
        let fits = iface.is_none_or(|iface| iface.index() == known.iface);
        fits.then(|| show(stack, slot))
    });
    shown.and_then(|_| SHELLS.0.get(slot))
}

/// Finds a neighbour, on any interface for null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_nbr_lookup(iface: *mut NetIf, addr: *mut In6Addr) -> *mut NetNbr {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let Some(addr) = addr else { return ptr::null_mut() };
    iface.map_or_else(core, |iface| &instance::of(iface).core).with(|stack, _| {
        let slot = stack.ipv6_neighbour_slot(iface, addr);
        slot.map_or(ptr::null_mut(), |slot| show(stack, slot))
    })
}

/// Finds a neighbour by the place of its link address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_get_nbr(iface: *mut NetIf, idx: Idx) -> *mut NetNbr {
    // SAFETY: an interface, or null.
    by_index(unsafe { known(iface) }, idx).map_or(ptr::null_mut(), |shell| shell.nbr.get())
}

/// The address of a neighbour by the place of its link address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_nbr_lookup_by_index(iface: *mut NetIf, idx: Idx) -> *mut In6Addr {
    // SAFETY: an interface, or null.
    match by_index(unsafe { known(iface) }, idx) {
        // SAFETY: a slot's structure lives as long as the program.
        Some(shell) => unsafe { &raw mut (*shell.data.get()).addr }.cast(),
        None => ptr::null_mut(),
    }
}

/// Notes a neighbour by hand, or changes what is known of one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_nbr_add(
    iface: *mut NetIf,
    addr: *const In6Addr,
    lladdr: *const NetLinkaddr,
    is_router: bool,
    state: c_int,
) -> *mut NetNbr {
    // SAFETY: an interface and addresses, or null.
    let (iface, addr, link) = unsafe { (known(iface), ip(addr), lladdr.as_ref()) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return ptr::null_mut() };
    let state = usize::try_from(state).ok().and_then(|at| STATES.get(at).copied());
    let Some(state) = state else { return ptr::null_mut() };
    let link = link.map(NetLinkaddr::get).filter(|link| !link.is_empty());
    let mac = link.map(|link| link.eth());
    instance::of(iface).core.with(|stack, env| {
        let slot = stack.ipv6_neighbour_set(env, iface, addr, mac, is_router, state);
        slot.map_or(ptr::null_mut(), |slot| show(stack, slot))
    })
}

/// Forgets a neighbour and the routes by it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_nbr_rm(iface: *mut NetIf, addr: *mut In6Addr) -> bool {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return false };
    instance::of(iface).core.with(|stack, _| {
        let slot = stack.ipv6_neighbour_slot(Some(iface), addr);
        let gone = stack.ipv6_neighbour_rm(iface, addr);
        // Who still has a pointer to it sees that it is gone.
        let _ = slot.map(|slot| show(stack, slot));
        gone
    })
}

/// Shows all neighbours to `cb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_nbr_foreach(cb: Option<NbrCb>, user_data: *mut c_void) {
    let Some(cb) = cb else { return };
    for slot in 0..NEIGHBOURS {
        let nbr = core().with(|stack, _| show(stack, slot));
        if !nbr.is_null() {
            // SAFETY: a callback of the application's, on a structure that lives as long as the program.
            unsafe { cb(nbr, user_data) };
        }
    }
}

/// Asks who has an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_send_ns(
    iface: *mut NetIf,
    pending: *mut NetPkt,
    src: *const In6Addr,
    dst: *const In6Addr,
    tgt: *const In6Addr,
    is_my_address: bool,
) -> c_int {
    // SAFETY: an interface and addresses, or null.
    let (iface, src, dst, target) = unsafe { (known(iface), ip(src), ip(dst), ip(tgt)) };
    let ask = || -> Result<()> {
        let (iface, target) = (iface.ok_or(Error::Inval)?, target.ok_or(Error::Inval)?);
        let src = if is_my_address { Some(Ipv6Addr::UNSPECIFIED) } else { src };
        // SAFETY: the caller gives the packet away.
        let pending = (!pending.is_null()).then(|| unsafe { Pkt::from_raw(pending) });
        instance::of(iface)
            .core
            .with(|stack, env| stack.ipv6_send_ns(env, iface, src, dst, target, pending))
    };
    errno::negative(ask())
}

/// Tells that an address is at our link address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_send_na(
    iface: *mut NetIf,
    src: *const In6Addr,
    dst: *const In6Addr,
    tgt: *const In6Addr,
    flags: u8,
) -> c_int {
    // SAFETY: an interface and addresses, or null.
    let (iface, src, dst, target) = unsafe { (known(iface), ip(src), ip(dst), ip(tgt)) };
    let (Some(iface), Some(src), Some(dst), Some(target)) = (iface, src, dst, target) else {
        return errno::negative(Err(Error::Inval));
    };
    instance::of(iface)
        .core
        .with(|stack, env| stack.ipv6_send_na(env, iface, src, dst, target, flags));
    0
}

/// Asks whether somebody else has an address of ours.
#[cfg(CONFIG_NET_IPV6_DAD)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_start_dad(iface: *mut NetIf, ifaddr: *mut NetIfAddr) -> c_int {
    // SAFETY: an interface and an address of it, or null; its members are atomics.
    let (iface, slot) = unsafe { (known(iface), ifaddr.as_ref()) };
    let (Some(iface), Some(slot)) = (iface, slot) else {
        return errno::negative(Err(Error::Inval));
    };
    let addr = slot.address.ipv6();
    let asked = instance::of(iface).core.with(|stack, env| stack.ipv6_ask_for(env, iface, addr));
    errno::negative(asked)
}

/// Asks for routers once.
#[cfg(CONFIG_NET_IPV6_ND)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_send_rs(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { known(iface) }) else {
        return errno::negative(Err(Error::Inval));
    };
    instance::of(iface).core.with(|stack, env| stack.ipv6_send_rs(env, iface));
    0
}

/// Asks for routers until one answers.
#[cfg(CONFIG_NET_IPV6_ND)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_start_rs(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { known(iface) }) else {
        return errno::negative(Err(Error::Inval));
    };
    instance::of(iface).core.with(|stack, env| stack.ipv6_solicit_routers(env, iface));
    0
}

/// Has a neighbour believed reachable from now on.
#[cfg(CONFIG_NET_IPV6_ND)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_nbr_set_reachable_timer(iface: *mut NetIf, nbr: *mut NetNbr) {
    // SAFETY: an interface, or null.
    let iface = unsafe { known(iface) };
    if let (Some(iface), Some(slot)) = (iface, slot_of(nbr)) {
        instance::of(iface).core.with(|stack, env| {
            stack.ipv6_neighbour_renew(env, slot);
            show(stack, slot);
        });
    }
}
