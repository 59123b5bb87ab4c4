// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: multicast groups of interfaces, for both families alike.
//!
//! Called by: `net_if_ipv4_maddr`, `net_if_ipv6_maddr`, which name the functions for C. Calls: `iface` under
//! the core lock, `net_if_mcast` without it.

use core::ffi::c_void;
use core::ptr;

use super::net_if::find;
use super::{instance, net_if_mcast};
use crate::iface::{IfRef, NetIf, NetIfMcastAddr};

/// What is the family's own.
pub(super) trait Family {
    /// The address in C.
    type Raw;
    /// The address.
    type Addr: Copy;
    /// The event of a group that is new.
    const ADDED: u64;
    /// The event of a group that is gone.
    const REMOVED: u64;

    /// The address behind a pointer.
    ///
    /// # Safety
    /// `addr` is null or a readable address.
    unsafe fn ip(addr: *const Self::Raw) -> Option<Self::Addr>;
    /// Whether the interface carries the family, and has room for its settings.
    fn is_carried(iface: IfRef) -> bool;
    /// All slots of an interface that carries it.
    fn slots(iface: IfRef) -> &'static [NetIfMcastAddr];
    /// The slot of a group.
    fn find(iface: IfRef, group: Self::Addr) -> Option<&'static NetIfMcastAddr>;
    /// A slot for a group; `None` when all are taken or it is no group.
    fn add(iface: IfRef, group: Self::Addr) -> Option<&'static NetIfMcastAddr>;
    /// Frees the slot of a group; false when it has none.
    fn remove(iface: IfRef, group: Self::Addr) -> bool;
    /// Raises an event with the group's address.
    fn raise(event: u64, iface: IfRef, group: Self::Addr);
}

/// A function that is called with each group.
pub(super) type ForEach =
    Option<unsafe extern "C" fn(*mut NetIf, *mut NetIfMcastAddr, *mut c_void)>;

fn pointer(slot: Option<&'static NetIfMcastAddr>) -> *mut NetIfMcastAddr {
    slot.map_or(ptr::null_mut(), |slot| ptr::from_ref(slot).cast_mut())
}

/// Adds a group, not yet joined.
///
/// # Safety
/// `iface` and `addr` are valid, or null.
pub(super) unsafe fn add<F: Family>(iface: *mut NetIf, addr: *const F::Raw) -> *mut NetIfMcastAddr {
    // SAFETY: the caller's promise.
    let (iface, addr) = unsafe { (IfRef::from_raw(iface), F::ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return ptr::null_mut() };
    if !F::is_carried(iface) {
        return ptr::null_mut();
    }
    let slot = instance::of(iface).core.with(|_, _| match F::find(iface, addr) {
        Some(_) => None,
        None => F::add(iface, addr),
    });
    if slot.is_some() {
        F::raise(F::ADDED, iface, addr);
    }
    pointer(slot)
}

/// Removes a group.
///
/// # Safety
/// `iface` and `addr` are valid, or null.
pub(super) unsafe fn remove<F: Family>(iface: *mut NetIf, addr: *const F::Raw) -> bool {
    // SAFETY: the caller's promise.
    let (iface, addr) = unsafe { (IfRef::from_raw(iface), F::ip(addr)) };
    let (Some(iface), Some(addr)) = (iface, addr) else { return false };
    let gone = instance::of(iface).core.with(|_, _| F::remove(iface, addr));
    if gone {
        F::raise(F::REMOVED, iface, addr);
    }
    gone
}

/// Calls `cb` with each group.
///
/// # Safety
/// `iface` is valid or null; `cb` may be called with `user_data`.
pub(super) unsafe fn foreach<F: Family>(iface: *mut NetIf, cb: ForEach, user_data: *mut c_void) {
    // SAFETY: the caller's promise.
    let (Some(cb), Some(known)) = (cb, unsafe { IfRef::from_raw(iface) }) else { return };
    for slot in F::slots(known) {
        if slot.in_use() {
            // SAFETY: the application's function, with what it asked for.
            unsafe { cb(iface, pointer(Some(slot)), user_data) };
        }
    }
}

/// Finds a group: at the interface that `iface` points to, else at any, which is then written there.
///
/// # Safety
/// `addr` and `iface`, and what it points to, are valid or null.
pub(super) unsafe fn lookup<F: Family>(
    addr: *const F::Raw,
    iface: *mut *mut NetIf,
) -> *mut NetIfMcastAddr {
    // SAFETY: the caller's promise.
    let (addr, only) =
        unsafe { (F::ip(addr), iface.as_ref().and_then(|iface| IfRef::from_raw(*iface))) };
    let Some(addr) = addr else { return ptr::null_mut() };
    let mut slot = None;
    let owner = find(|candidate| {
        if only.is_none_or(|only| only == candidate) {
            slot = F::find(candidate, addr);
        }
        slot.is_some()
    });
    if let (Some(owner), false) = (owner, iface.is_null()) {
        // SAFETY: not null.
        unsafe { iface.write(owner.as_ptr()) };
    }
    pointer(slot)
}

/// Marks a group as joined or left, and tells those concerned.
///
/// # Safety
/// `iface` and `group` are valid, or null.
pub(super) unsafe fn mark(iface: *mut NetIf, group: *mut NetIfMcastAddr, joined: bool) {
    // SAFETY: the caller's promise; members of a group's slot are atomics.
    let (iface, group) = unsafe { (IfRef::from_raw(iface), group.as_ref()) };
    if let (Some(iface), Some(group)) = (iface, group) {
        group.is_joined.set(u8::from(joined));
        net_if_mcast::tell(iface, &group.address, joined);
    }
}
