// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: IPv6 addresses of interfaces.
//!
//! Called by: C. Calls: `stack::v6` under the core lock. Groups, prefixes and routers are in
//! `net_if_ipv6_link`.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::net::Ipv6Addr;
use core::ptr;
use core::sync::atomic::Ordering::Relaxed;

use super::net_if::{by_index, find, raw};
use super::{core, errno, instance};
use crate::base::{Error, Result};
use crate::iface::{
    AddrState, AddrType, IPV6_ADDR_MAX, IfFlag, IfRef, In6Addr, Ipv6Pool, NetIf, NetIfAddr,
    NetIfIpv6,
};
use crate::ip::v6::select;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::stack::Stack;

static POOL: Ipv6Pool = Ipv6Pool::new();

/// The interface behind a pointer from C.
///
/// # Safety
/// `iface` is null or an interface that lives as long as the program.
pub(super) unsafe fn known(iface: *mut NetIf) -> Option<IfRef> {
    // SAFETY: the caller's promise.
    unsafe { IfRef::from_raw(iface) }
}

/// The address behind a pointer from C; `None` for null.
///
/// # Safety
/// `addr` is null or sixteen readable bytes.
pub(super) unsafe fn ip(addr: *const In6Addr) -> Option<Ipv6Addr> {
    // SAFETY: the caller's promise; addresses in packets may be unaligned.
    (!addr.is_null()).then(|| Ipv6Addr::from(unsafe { addr.cast::<[u8; 16]>().read() }))
}

/// The IPv6 block of `iface`, lent if it has none yet.
///
/// # Errors
/// `NotSup` when it does not carry IPv6, `NoMem` when all blocks are lent.
pub(super) fn config(iface: IfRef) -> Result<&'static NetIfIpv6> {
    if !iface.flag_is_set(IfFlag::Ipv6) {
        return Err(Error::NotSup);
    }
    instance::of(iface).core.with(|_, _| POOL.lend(iface))
}

/// The interface that has `addr`: only the one `iface` points to, if it points to one.
///
/// # Safety
/// `iface` is null or points to an interface or null.
unsafe fn owner(addr: Ipv6Addr, iface: *mut *mut NetIf) -> Option<(IfRef, &'static NetIfAddr)> {
    // SAFETY: the caller's promise.
    let only = unsafe { iface.as_ref().and_then(|iface| known(*iface)) };
    let mut slot = None;
    let owner = find(|candidate| {
        if only.is_none_or(|only| only == candidate) {
            slot = candidate.ipv6_slot(addr);
        }
        slot.is_some()
    })?;
    if !iface.is_null() {
        // SAFETY: not null.
        unsafe { iface.write(owner.as_ptr()) };
    }
    Some((owner, slot?))
}

fn addr_ptr(slot: Option<&'static NetIfAddr>) -> *mut NetIfAddr {
    slot.map_or(ptr::null_mut(), |slot| ptr::from_ref(slot).cast_mut())
}

fn in6_addr_ptr(slot: Option<&'static NetIfAddr>) -> *mut In6Addr {
    slot.map_or(ptr::null_mut(), |slot| slot.address.ipv6_ptr().cast_mut())
}

/// Gives an interface its IPv6 block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_config_ipv6_get(
    iface: *mut NetIf,
    ipv6: *mut *mut NetIfIpv6,
) -> c_int {
    // SAFETY: an interface, or null.
    let block = unsafe { known(iface) }.ok_or(Error::Inval).and_then(config);
    errno::negative(block.map(|block| {
        if !ipv6.is_null() {
            // SAFETY: not null.
            unsafe { ipv6.write(ptr::from_ref(block).cast_mut()) };
        }
    }))
}

/// Takes an interface's IPv6 block back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_config_ipv6_put(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { known(iface) }) else { return -Error::Inval.errno() };
    if !iface.flag_is_set(IfFlag::Ipv6) {
        return -Error::NotSup.errno();
    }
    let taken = instance::of(iface).core.with(|_, _| POOL.take_back(iface));
    errno::negative(taken.map_err(|_| Error::Already))
}

/// Hop limit of packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_get_hop_limit(iface: *mut NetIf) -> u8 {
    // SAFETY: an interface, or null.
    unsafe { known(iface) }.and_then(IfRef::ipv6_config).map_or(0, |c| c.hop_limit.get())
}

/// Sets the hop limit of packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_set_hop_limit(iface: *mut NetIf, hop_limit: u8) {
    // SAFETY: an interface, or null.
    if let Some(config) = unsafe { known(iface) }.and_then(IfRef::ipv6_config) {
        config.hop_limit.set(hop_limit);
    }
}

/// Hop limit of multicast packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_get_mcast_hop_limit(iface: *mut NetIf) -> u8 {
    // SAFETY: an interface, or null.
    unsafe { known(iface) }.and_then(IfRef::ipv6_config).map_or(0, |c| c.mcast_hop_limit.get())
}

/// Sets the hop limit of multicast packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_set_mcast_hop_limit(iface: *mut NetIf, hop_limit: u8) {
    // SAFETY: an interface, or null.
    if let Some(config) = unsafe { known(iface) }.and_then(IfRef::ipv6_config) {
        config.mcast_hop_limit.set(hop_limit);
    }
}

/// Finds an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_lookup(
    addr: *const In6Addr,
    iface: *mut *mut NetIf,
) -> *mut NetIfAddr {
    // SAFETY: an address and a place for an interface, or null.
    unsafe { addr_ptr(ip(addr).and_then(|addr| owner(addr, iface)).map(|(_, slot)| slot)) }
}

/// Finds an address of one interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_lookup_by_iface(
    iface: *mut NetIf,
    addr: *mut In6Addr,
) -> *mut NetIfAddr {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    addr_ptr(iface.zip(addr).and_then(|(iface, addr)| iface.ipv6_slot(addr)))
}

/// Index of the interface that has `addr`, 0 for none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_lookup_by_index(addr: *const In6Addr) -> c_int {
    // SAFETY: an address, or null.
    let owner = unsafe { ip(addr).and_then(|addr| owner(addr, ptr::null_mut())) };
    owner.map_or(0, |(iface, _)| c_int::from(iface.index()))
}

/// Adds an address, which is asked for before it may be used.
pub(super) fn add(
    iface: IfRef,
    addr: Ipv6Addr,
    kind: AddrType,
    lifetime: u32,
) -> Option<&'static NetIfAddr> {
    config(iface).ok()?;
    instance::of(iface).core.with(|stack, env| {
        match stack.ipv6_addr_add(env, iface, addr, kind, lifetime) {
            Ok(slot) => Some(slot),
            Err(Error::Already) => {
                let slot = iface.ipv6_slot(addr)?;
                // Others hold it already; whoever asks first becomes its owner.
                if slot.is_added.get() == 0 {
                    slot.atomic_ref.fetch_add(1, Relaxed);
                    slot.is_added.set(1);
                }
                Some(slot)
            }
            Err(_) => None,
        }
    })
}

/// Adds an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_add(
    iface: *mut NetIf,
    addr: *const In6Addr,
    kind: u8,
    lifetime: u32,
) -> *mut NetIfAddr {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return ptr::null_mut() };
    addr_ptr(add(iface, addr, AddrType::from_raw(kind), lifetime))
}

/// Adds an address to the interface with this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_add_by_index(
    index: c_int,
    addr: *const In6Addr,
    kind: u8,
    lifetime: u32,
) -> bool {
    // SAFETY: an address, or null.
    unsafe { !net_if_ipv6_addr_add(raw(by_index(index)), addr, kind, lifetime).is_null() }
}

/// Changes how long an address may be used; `UINT32_MAX` is for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_update_lifetime(ifaddr: *mut NetIfAddr, lifetime: u32) {
    // SAFETY: an address of an interface, or null; its members are atomics.
    let Some(addr) = unsafe { ifaddr.as_ref() }.map(|slot| slot.address.ipv6()) else { return };
    let holder = find(|iface| addr_ptr(iface.ipv6_slot(addr)) == ifaddr);
    if let Some(iface) = holder {
        instance::of(iface)
            .core
            .with(|stack, env| stack.ipv6_addr_lifetime(env, iface, addr, lifetime));
    }
}

/// One reference less to an address; removes it with the last. The references left.
pub(super) fn release(iface: IfRef, addr: Ipv6Addr) -> Option<isize> {
    instance::of(iface).core.with(|stack, _| {
        let left = iface.ipv6_slot(addr)?.atomic_ref.fetch_sub(1, Relaxed) - 1;
        if left <= 0 {
            stack.ipv6_addr_rm(iface, addr);
        }
        Some(left.max(0))
    })
}

/// Gives up an address; true when it is gone, which it is not as long as others hold references.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_rm(iface: *mut NetIf, addr: *const In6Addr) -> bool {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return false };
    // Only the one reference that adding it made: the rest are others'.
    let added = instance::of(iface).core.with(|_, _| {
        let slot = iface.ipv6_slot(addr).filter(|slot| slot.is_added.get() != 0);
        slot.map(|slot| slot.is_added.set(0)).is_some()
    });
    added && release(iface, addr) == Some(0)
}

/// Removes an address of the interface with this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_rm_by_index(index: c_int, addr: *const In6Addr) -> bool {
    // SAFETY: an address, or null.
    unsafe { net_if_ipv6_addr_rm(raw(by_index(index)), addr) }
}

/// Calls `cb` with each address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_addr_foreach(
    iface: *mut NetIf,
    cb: Option<unsafe extern "C" fn(*mut NetIf, *mut NetIfAddr, *mut c_void)>,
    user_data: *mut c_void,
) {
    let Some(cb) = cb else { return };
    // SAFETY: an interface, or null, which has no addresses.
    let Some(config) = (unsafe { known(iface) }).and_then(IfRef::ipv6_config) else { return };
    for index in 0..IPV6_ADDR_MAX {
        let slot = &config.unicast[index];
        if slot.in_use() {
            // SAFETY: the application's function, with what it asked for.
            unsafe { cb(iface, addr_ptr(Some(slot)), user_data) };
        }
    }
}

/// The interface that packets to `dst` leave by.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_select_src_iface(dst: *const In6Addr) -> *mut NetIf {
    // SAFETY: an address, or null.
    let dst = unsafe { ip(dst) };
    raw(core().with(|stack, _| match dst {
        Some(dst) => stack.ipv6_iface_to(dst),
        None => stack.ifaces.default_iface(),
    }))
}

/// The source address for packets to `dst` over `iface`; `::` for none. `flags` are of
/// `IPV6_ADDR_PREFERENCES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_select_src_addr_hint(
    iface: *mut NetIf,
    dst: *const In6Addr,
    flags: c_int,
) -> *const In6Addr {
    // SAFETY: an interface and an address, or null.
    let (iface, dst) = unsafe { (known(iface), ip(dst)) };
    let dst = dst.unwrap_or(Ipv6Addr::UNSPECIFIED);
    let iface = iface.or_else(|| core().with(|stack, _| stack.ipv6_iface_to(dst)));
    let slot = iface.and_then(|iface| {
        let public = select::prefers_public(iface, flags as u16);
        iface.ipv6_slot(Stack::ipv6_source(iface, dst, public)?)
    });
    match slot {
        Some(slot) => slot.address.ipv6_ptr(),
        None => super::net_ip::net_ipv6_unspecified_address().cast(),
    }
}

/// The source address for packets to `dst` over `iface`; `::` for none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_select_src_addr(
    iface: *mut NetIf,
    dst: *const In6Addr,
) -> *const In6Addr {
    // SAFETY: the caller's pointers.
    unsafe { net_if_ipv6_select_src_addr_hint(iface, dst, 0) }
}

/// A link-local address in this state, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_get_ll(iface: *mut NetIf, state: i8) -> *mut In6Addr {
    // SAFETY: an interface, or null.
    let iface = unsafe { known(iface) };
    in6_addr_ptr(iface.and_then(|iface| iface.ipv6_link_local(AddrState::from_raw(state))))
}

/// The first that `of` finds on an interface, and which that is.
///
/// # Safety
/// `iface` is null or writable.
unsafe fn first(
    iface: *mut *mut NetIf,
    of: impl Fn(IfRef) -> Option<&'static NetIfAddr>,
) -> *mut In6Addr {
    // SAFETY: the caller's promise.
    let only = unsafe { iface.as_ref().and_then(|iface| known(*iface)) };
    let Some(found) = find(|i| only.is_none_or(|only| only == i) && of(i).is_some()) else {
        return ptr::null_mut();
    };
    if !iface.is_null() {
        // SAFETY: not null.
        unsafe { iface.write(found.as_ptr()) };
    }
    in6_addr_ptr(of(found))
}

/// A link-local address in this state of any interface, or of the one `iface` points to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_get_ll_addr(
    state: i8,
    iface: *mut *mut NetIf,
) -> *mut In6Addr {
    // SAFETY: the caller's pointer.
    unsafe { first(iface, |i| i.ipv6_link_local(AddrState::from_raw(state))) }
}

/// An address in this state that is not link-local, of any interface, or of the one `iface` points to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_get_global_addr(
    state: i8,
    iface: *mut *mut NetIf,
) -> *mut In6Addr {
    let global = |i: IfRef| {
        i.ipv6_global(AddrState::from_raw(state)).filter(|s| !s.address.ipv6().is_loopback())
    };
    // SAFETY: the caller's pointer.
    unsafe { first(iface, global) }
}
