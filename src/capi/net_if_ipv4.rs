// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: IPv4 addresses, netmasks and gateways of interfaces.
//!
//! Called by: C. Calls: `iface::IfRef` under the core lock. Multicast groups are in
//! `net_if_mcast`, routers in `net_if_router`.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::net::Ipv4Addr;
use core::ptr;
use core::sync::atomic::Ordering;

use super::net_if::{by_index, find, raw};
use super::{core, errno, instance, raise};
use crate::base::{Error, Result};
use crate::iface::{
    AF_INET, AddrState, AddrType, IPV4_ADDR_MAX, IfFlag, IfRef, InAddr, Ipv4Pool, NetIf, NetIfAddr,
    NetIfAddrIpv4, NetIfIpv4,
};
use crate::mgmt::event;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

static POOL: Ipv4Pool = Ipv4Pool::new();

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
/// `addr` is null or four readable bytes.
pub(super) unsafe fn ip(addr: *const InAddr) -> Option<Ipv4Addr> {
    // SAFETY: the caller's promise; addresses in packets may be unaligned.
    (!addr.is_null()).then(|| Ipv4Addr::from(unsafe { addr.cast::<[u8; 4]>().read() }))
}

/// `struct in_addr` by value.
#[repr(C, align(4))]
#[derive(Clone, Copy, Debug)]
pub struct InAddrValue([u8; 4]);

impl From<Ipv4Addr> for InAddrValue {
    fn from(addr: Ipv4Addr) -> Self {
        InAddrValue(addr.octets())
    }
}

/// The IPv4 block of `iface`, lent if it has none yet.
///
/// # Errors
/// `NotSup` when it does not carry IPv4, `NoMem` when all blocks are lent.
pub(super) fn config(iface: IfRef) -> Result<&'static NetIfIpv4> {
    if !iface.flag_is_set(IfFlag::Ipv4) {
        return Err(Error::NotSup);
    }
    instance::of(iface).core.with(|_, _| POOL.lend(iface))
}

/// The interface that has `addr`: only the one `iface` points to, if it points to one.
///
/// # Safety
/// `iface` is null or points to an interface or null.
unsafe fn owner(addr: Ipv4Addr, iface: *mut *mut NetIf) -> Option<(IfRef, &'static NetIfAddrIpv4)> {
    // SAFETY: the caller's promise.
    let only = unsafe { iface.as_ref().and_then(|iface| known(*iface)) };
    let mut slot = None;
    let owner = find(|candidate| {
        if only.is_none_or(|only| only == candidate) {
            slot = candidate.ipv4_slot(addr);
        }
        slot.is_some()
    })?;
    if !iface.is_null() {
        // SAFETY: not null.
        unsafe { iface.write(owner.as_ptr()) };
    }
    Some((owner, slot?))
}

fn addr_ptr(slot: Option<&'static NetIfAddrIpv4>) -> *mut NetIfAddr {
    slot.map_or(ptr::null_mut(), |slot| ptr::from_ref(&slot.ipv4).cast_mut())
}

fn in_addr_ptr(slot: Option<&'static NetIfAddrIpv4>) -> *mut InAddr {
    slot.map_or(ptr::null_mut(), |slot| slot.ipv4.address.ipv4_ptr().cast_mut())
}

/// Gives an interface its IPv4 block.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_config_ipv4_get(
    iface: *mut NetIf,
    ipv4: *mut *mut NetIfIpv4,
) -> c_int {
    // SAFETY: an interface, or null.
    let block = unsafe { known(iface) }.ok_or(Error::Inval).and_then(config);
    errno::negative(block.map(|block| {
        if !ipv4.is_null() {
            // SAFETY: not null.
            unsafe { ipv4.write(ptr::from_ref(block).cast_mut()) };
        }
    }))
}

/// Takes an interface's IPv4 block back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_config_ipv4_put(iface: *mut NetIf) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { known(iface) }) else { return -Error::Inval.errno() };
    if !iface.flag_is_set(IfFlag::Ipv4) {
        return -Error::NotSup.errno();
    }
    let taken = instance::of(iface).core.with(|_, _| POOL.take_back(iface));
    errno::negative(taken.map_err(|_| Error::Already))
}

/// Time to live of packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_get_ttl(iface: *mut NetIf) -> u8 {
    // SAFETY: an interface, or null.
    unsafe { known(iface) }.and_then(IfRef::ipv4_config).map_or(0, |c| c.ttl.get())
}

/// Sets the time to live of packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_ttl(iface: *mut NetIf, ttl: u8) {
    // SAFETY: an interface, or null.
    if let Some(config) = unsafe { known(iface) }.and_then(IfRef::ipv4_config) {
        config.ttl.set(ttl);
    }
}

/// Time to live of multicast packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_get_mcast_ttl(iface: *mut NetIf) -> u8 {
    // SAFETY: an interface, or null.
    unsafe { known(iface) }.and_then(IfRef::ipv4_config).map_or(0, |c| c.mcast_ttl.get())
}

/// Sets the time to live of multicast packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_mcast_ttl(iface: *mut NetIf, ttl: u8) {
    // SAFETY: an interface, or null.
    if let Some(config) = unsafe { known(iface) }.and_then(IfRef::ipv4_config) {
        config.mcast_ttl.set(ttl);
    }
}

/// Finds an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_addr_lookup(
    addr: *const InAddr,
    iface: *mut *mut NetIf,
) -> *mut NetIfAddr {
    // SAFETY: an address and a place for an interface, or null.
    unsafe { addr_ptr(ip(addr).and_then(|addr| owner(addr, iface)).map(|(_, slot)| slot)) }
}

/// Index of the interface that has `addr`, 0 for none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_addr_lookup_by_index(addr: *const InAddr) -> c_int {
    // SAFETY: an address, or null.
    let owner = unsafe { ip(addr).and_then(|addr| owner(addr, ptr::null_mut())) };
    owner.map_or(0, |(iface, _)| c_int::from(iface.index()))
}

/// Adds an address and tells the link about it.
pub(super) fn add(
    iface: IfRef,
    addr: Ipv4Addr,
    kind: AddrType,
    lifetime: u32,
) -> Option<&'static NetIfAddrIpv4> {
    config(iface).ok()?;
    let (slot, new) = instance::of(iface).core.with(|stack, _| {
        if let Some(slot) = iface.ipv4_slot(addr) {
            // Somebody else holds it already; whoever asks first becomes its owner.
            if slot.ipv4.is_added.get() == 0 {
                slot.ipv4.atomic_ref.fetch_add(1, Ordering::Relaxed);
                slot.ipv4.is_added.set(1);
            }
            return Some((slot, false));
        }
        let slot = iface.ipv4_addr_add(addr, kind, lifetime)?;
        // Where it is tried first, that announces it too (RFC 5227, 2.3).
        #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_L2_ETHERNET, not(CONFIG_NET_IPV4_ACD)))]
        stack.announce_ipv4(iface, addr);
        let _ = stack;
        Some((slot, true))
    })?;
    if new {
        #[cfg(CONFIG_NET_IPV4_ACD)]
        super::ipv4_acd::begin(iface, addr);
        raise(event::IPV4_ADDR_ADD, iface, &addr.octets());
    }
    Some(slot)
}

/// Adds an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_addr_add(
    iface: *mut NetIf,
    addr: *const InAddr,
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
pub unsafe extern "C" fn net_if_ipv4_addr_add_by_index(
    index: c_int,
    addr: *const InAddr,
    kind: u8,
    lifetime: u32,
) -> bool {
    // SAFETY: an address, or null.
    unsafe { !net_if_ipv4_addr_add(raw(by_index(index)), addr, kind, lifetime).is_null() }
}

/// One reference less to an address; removes it with the last. The references left.
pub(super) fn release(iface: IfRef, addr: Ipv4Addr) -> Option<isize> {
    let left = instance::of(iface).core.with(|stack, _| {
        let slot = iface.ipv4_slot(addr)?;
        let left = slot.ipv4.atomic_ref.fetch_sub(1, Ordering::Relaxed) - 1;
        if left <= 0 {
            iface.ipv4_addr_rm(addr);
            #[cfg(CONFIG_NET_IPV4_ACD)]
            stack.acd_forget(iface, addr);
        }
        let _ = stack;
        Some(left.max(0))
    })?;
    if left == 0 {
        raise(event::IPV4_ADDR_DEL, iface, &addr.octets());
    }
    Some(left)
}

/// Gives up an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_addr_rm(iface: *mut NetIf, addr: *const InAddr) -> bool {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return false };
    take_away(iface, addr)
}

/// Takes back what adding the address gave; true when it is gone.
pub(super) fn take_away(iface: IfRef, addr: Ipv4Addr) -> bool {
    // Only the one reference that adding it made: the rest are others'. Under the lock, or two at once
    // gave it back twice.
    let added = instance::of(iface).core.with(|_, _| {
        let slot = iface.ipv4_slot(addr).filter(|slot| slot.ipv4.is_added.get() != 0);
        slot.map(|slot| slot.ipv4.is_added.set(0)).is_some()
    });
    added && release(iface, addr) == Some(0)
}

/// Gives up an address of the interface with this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_addr_rm_by_index(index: c_int, addr: *const InAddr) -> bool {
    // SAFETY: an address, or null.
    unsafe { net_if_ipv4_addr_rm(raw(by_index(index)), addr) }
}

/// Calls `cb` with each address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_addr_foreach(
    iface: *mut NetIf,
    cb: Option<unsafe extern "C" fn(*mut NetIf, *mut NetIfAddr, *mut c_void)>,
    user_data: *mut c_void,
) {
    let Some(cb) = cb else { return };
    // SAFETY: an interface, or null, which has no addresses.
    let Some(config) = (unsafe { known(iface) }).and_then(IfRef::ipv4_config) else { return };
    for index in 0..IPV4_ADDR_MAX {
        let slot = &config.unicast[index];
        if slot.ipv4.in_use() {
            // SAFETY: the application's function, with what it asked for.
            unsafe { cb(iface, addr_ptr(Some(slot)), user_data) };
        }
    }
}

/// Whether `addr` is in a subnet of `iface`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_addr_mask_cmp(iface: *mut NetIf, addr: *const InAddr) -> bool {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    iface.zip(addr).is_some_and(|(iface, addr)| iface.is_ipv4_onlink(addr))
}

/// Whether `addr` is a broadcast address of `iface`, of any interface when that is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_is_addr_bcast(iface: *mut NetIf, addr: *const InAddr) -> bool {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let Some(addr) = addr else { return false };
    match iface {
        Some(iface) => iface.is_ipv4_broadcast(addr),
        None => addr.is_broadcast() || find(|iface| iface.is_ipv4_broadcast(addr)).is_some(),
    }
}

/// The interface that packets to `dst` leave by.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_select_src_iface(dst: *const InAddr) -> *mut NetIf {
    // SAFETY: an address, or null.
    let dst = unsafe { ip(dst) };
    raw(core().with(|stack, _| match dst {
        Some(dst) => stack.ipv4_iface_to(dst),
        None => stack.ifaces.default_iface(),
    }))
}

/// The source address for packets to `dst` over `iface`; 0.0.0.0 for none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_select_src_addr(
    iface: *mut NetIf,
    dst: *const InAddr,
) -> *const InAddr {
    // SAFETY: an interface and an address, or null.
    let (iface, dst) = unsafe { (known(iface), ip(dst)) };
    let dst = dst.unwrap_or(Ipv4Addr::UNSPECIFIED);
    let iface = iface.or_else(|| core().with(|stack, _| stack.ipv4_iface_to(dst)));
    let slot = iface.and_then(|iface| iface.ipv4_slot(iface.ipv4_select_src(dst)?));
    match slot {
        Some(slot) => slot.ipv4.address.ipv4_ptr(),
        None => super::net_ip::net_ipv4_unspecified_address().cast(),
    }
}

/// A link-local address in this state, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_get_ll(iface: *mut NetIf, state: i8) -> *mut InAddr {
    // SAFETY: an interface, or null.
    let iface = unsafe { known(iface) };
    in_addr_ptr(iface.and_then(|iface| iface.ipv4_link_local(AddrState::from_raw(state))))
}

/// An address in this state that is not link-local, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_get_global_addr(iface: *mut NetIf, state: i8) -> *mut InAddr {
    // SAFETY: an interface, or null.
    let iface = unsafe { known(iface) };
    in_addr_ptr(iface.and_then(|iface| iface.ipv4_global(AddrState::from_raw(state))))
}

/// Netmask of the address whose subnet holds `addr`; 0.0.0.0 for none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_get_netmask_by_addr(
    iface: *mut NetIf,
    addr: *const InAddr,
) -> InAddrValue {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    let mask = iface.zip(addr).and_then(|(iface, addr)| {
        let own = iface.ipv4_slot(addr).map(|slot| slot.netmask.get());
        own.or_else(|| iface.ipv4_onlink_netmask(addr))
    });
    mask.unwrap_or(Ipv4Addr::UNSPECIFIED).into()
}

/// Sets the netmask of an address; false when it is not there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_netmask_by_addr(
    iface: *mut NetIf,
    addr: *const InAddr,
    netmask: *const InAddr,
) -> bool {
    // SAFETY: an interface and two addresses, or null.
    let (iface, addr, netmask) = unsafe { (known(iface), ip(addr), ip(netmask)) };
    let (Some(iface), Some(addr), Some(netmask)) = (iface, addr, netmask) else { return false };
    instance::of(iface).core.with(|_, _| iface.set_ipv4_netmask(addr, netmask))
}

/// Sets the netmask of an address of the interface with this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_netmask_by_addr_by_index(
    index: c_int,
    addr: *const InAddr,
    netmask: *const InAddr,
) -> bool {
    // SAFETY: two addresses, or null.
    unsafe { net_if_ipv4_set_netmask_by_addr(raw(by_index(index)), addr, netmask) }
}

/// The first address of an interface.
fn first(iface: IfRef) -> Option<&'static NetIfAddrIpv4> {
    iface.ipv4_config()?.unicast.iter().find(|slot| slot.ipv4.in_use())
}

/// Netmask of the first address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_get_netmask(iface: *mut NetIf) -> InAddrValue {
    // SAFETY: an interface, or null.
    let slot = unsafe { known(iface) }.and_then(first);
    slot.map_or(Ipv4Addr::UNSPECIFIED, |slot| slot.netmask.get()).into()
}

/// Sets the netmask of the first address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_netmask(iface: *mut NetIf, netmask: *const InAddr) {
    // SAFETY: an interface and an address, or null.
    unsafe {
        if let (Some(slot), Some(netmask)) = (known(iface).and_then(first), ip(netmask)) {
            slot.netmask.set(netmask);
        }
    }
}

/// Sets the netmask of the first address of the interface with this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_netmask_by_index(
    index: c_int,
    netmask: *const InAddr,
) -> bool {
    // SAFETY: an address, or null.
    let netmask = unsafe { ip(netmask) };
    let slot = by_index(index).and_then(first);
    slot.zip(netmask).map(|(slot, netmask)| slot.netmask.set(netmask)).is_some()
}

/// Gateway, 0.0.0.0 for none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_get_gw(iface: *mut NetIf) -> InAddrValue {
    // SAFETY: an interface, or null.
    let gw = unsafe { known(iface) }.and_then(IfRef::ipv4_gateway);
    gw.unwrap_or(Ipv4Addr::UNSPECIFIED).into()
}

/// Sets the gateway.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_gw(iface: *mut NetIf, gw: *const InAddr) {
    // SAFETY: an interface and an address, or null.
    let (iface, gw) = unsafe { (known(iface), ip(gw)) };
    if let Some((iface, gw)) = iface.zip(gw) {
        set_gateway(iface, gw);
    }
}

fn set_gateway(iface: IfRef, gw: Ipv4Addr) -> bool {
    config(iface).is_ok() && instance::of(iface).core.with(|_, _| iface.set_ipv4_gateway(gw))
}

/// Sets the gateway of the interface with this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv4_set_gw_by_index(index: c_int, gw: *const InAddr) -> bool {
    // SAFETY: an address, or null.
    let gw = unsafe { ip(gw) };
    by_index(index).zip(gw).is_some_and(|(iface, gw)| set_gateway(iface, gw))
}

/// The interface that packets to a socket address leave by.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_select_src_iface(dst: *const c_void) -> *mut NetIf {
    // SAFETY: a socket address, or null; an IPv4 one has its address behind family and port.
    unsafe {
        if !dst.is_null() && dst.cast::<u16>().read_unaligned() == AF_INET {
            return net_if_ipv4_select_src_iface(dst.byte_add(4).cast());
        }
        #[cfg(CONFIG_NET_IPV6)]
        if !dst.is_null() && dst.cast::<u16>().read_unaligned() == crate::iface::AF_INET6 {
            return super::net_if_ipv6::net_if_ipv6_select_src_iface(dst.byte_add(4).cast());
        }
    }
    raw(core().with(|stack, _| stack.ifaces.default_iface()))
}
