// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`: finding interfaces and asking about them.
//!
//! Called by: C. Calls: `iface::IfTable` under the core lock; callbacks run after it is released.
//!
//! In all files for this header a pointer to an interface is null or names one that lives as long
//! as the program, and other pointers are null or valid as the header says.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr;

use super::core;
use crate::base::Error;
use crate::base::NetLinkaddr;
use crate::iface::{Checksum, Device, IF_MAX, IfRef, NetIf, NetL2};

/// An interface as C names it; null for none.
pub(super) fn raw(iface: Option<IfRef>) -> *mut NetIf {
    iface.map_or(ptr::null_mut(), IfRef::as_ptr)
}

/// The first interface that `wanted` holds for.
pub(super) fn find(mut wanted: impl FnMut(IfRef) -> bool) -> Option<IfRef> {
    core().with(|stack, _| stack.ifaces.iter().find(|iface| wanted(*iface)))
}

/// The interface with this index.
pub(super) fn by_index(index: c_int) -> Option<IfRef> {
    let index = u8::try_from(index).ok()?;
    core().with(|stack, _| stack.ifaces.get(index))
}

/// Calls `f` with every interface, without lock.
pub(super) fn for_each(mut f: impl FnMut(IfRef)) {
    for index in 1..=IF_MAX as c_int {
        if let Some(iface) = by_index(index) {
            f(iface);
        }
    }
}

/// The interface with this index (from 1), or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_get_by_index(index: c_int) -> *mut NetIf {
    raw(by_index(index))
}

/// The index of an interface, -1 when it is none of ours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_get_by_iface(iface: *mut NetIf) -> c_int {
    // SAFETY: see the head of the file.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return -1 };
    let index = c_int::from(iface.index());
    if by_index(index) == Some(iface) { index } else { -1 }
}

/// The interface of a device, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_lookup_by_dev(dev: *const Device) -> *mut NetIf {
    raw(find(|iface| !dev.is_null() && ptr::eq(iface.device(), dev)))
}

/// The interface with this link address, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_get_by_link_addr(addr: *mut NetLinkaddr) -> *mut NetIf {
    // SAFETY: see the head of the file.
    let Some(addr) = (unsafe { addr.as_ref() }) else { return ptr::null_mut() };
    let addr = addr.get();
    raw(core().with(|stack, _| stack.ifaces.by_link_addr(addr.as_bytes())))
}

/// Makes an interface the default. NULL leaves the choice to the configuration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_set_default(iface: *mut NetIf) {
    // SAFETY: see the head of the file.
    let iface = unsafe { IfRef::from_raw(iface) };
    core().with(|stack, _| stack.ifaces.set_default(iface));
}

/// The default interface, or NULL when there is none at all.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_get_default() -> *mut NetIf {
    raw(core().with(|stack, _| stack.ifaces.default_iface()))
}

/// The first interface with this link layer, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_get_first_by_type(l2: *const NetL2) -> *mut NetIf {
    raw(find(|iface| !l2.is_null() && ptr::eq(iface.l2(), l2)))
}

/// The first interface that is up, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_get_first_up() -> *mut NetIf {
    raw(find(IfRef::is_up))
}

/// Calls `cb` with each interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_foreach(
    cb: Option<unsafe extern "C" fn(*mut NetIf, *mut c_void)>,
    user_data: *mut c_void,
) {
    let Some(cb) = cb else { return };
    // SAFETY: the application's function, with what it asked for.
    for_each(|iface| unsafe { cb(iface.as_ptr(), user_data) });
}

/// Copies an interface's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_get_name(iface: *mut NetIf, buf: *mut c_char, len: c_int) -> c_int {
    if cfg!(not(CONFIG_NET_INTERFACE_NAME)) {
        return -Error::NotSup.errno();
    }
    // SAFETY: see the head of the file.
    let iface = unsafe { IfRef::from_raw(iface) };
    let (Some(iface), false, Ok(room)) = (iface, buf.is_null(), usize::try_from(len)) else {
        return -Error::Inval.errno();
    };
    let mut bytes = [0; NAME_MAX];
    let name = iface.name(&mut bytes);
    if name.len() >= room {
        return -Error::Range.errno();
    }
    // SAFETY: the caller's buffer holds `len` bytes, more than the name.
    unsafe {
        ptr::copy_nonoverlapping(name.as_ptr(), buf.cast::<u8>(), name.len());
        buf.add(name.len()).write(0);
    }
    name.len() as c_int
}

/// Room for the longest name that Kconfig allows.
const NAME_MAX: usize = 64;

/// Names an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_set_name(iface: *mut NetIf, buf: *const c_char) -> c_int {
    if cfg!(not(CONFIG_NET_INTERFACE_NAME)) {
        return -Error::NotSup.errno();
    }
    // SAFETY: see the head of the file.
    let iface = unsafe { IfRef::from_raw(iface) };
    let (Some(iface), false) = (iface, buf.is_null()) else { return -Error::Inval.errno() };
    // SAFETY: the caller's string is NUL-terminated.
    let name = unsafe { CStr::from_ptr(buf) }.to_bytes();
    if iface.set_name(name) { 0 } else { -Error::NameTooLong.errno() }
}

/// The index of the interface with this name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_get_by_name(name: *const c_char) -> c_int {
    if cfg!(not(CONFIG_NET_INTERFACE_NAME)) {
        return -Error::NotSup.errno();
    }
    if name.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: the caller's string is NUL-terminated.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes();
    match core().with(|stack, _| stack.ifaces.by_name(name)) {
        Some(iface) => c_int::from(iface.index()),
        None => -Error::NoEnt.errno(),
    }
}

/// Whether the stack must verify this checksum of packets received.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_need_calc_rx_checksum(iface: *mut NetIf, kind: u32) -> bool {
    // SAFETY: see the head of the file.
    unsafe { IfRef::from_raw(iface) }.is_none_or(|i| i.needs_rx_checksum(Checksum(kind)))
}

/// Whether the stack must compute this checksum of packets sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_need_calc_tx_checksum(iface: *mut NetIf, kind: u32) -> bool {
    // SAFETY: see the head of the file.
    unsafe { IfRef::from_raw(iface) }.is_none_or(|i| i.needs_tx_checksum(Checksum(kind)))
}

/// Whether a device with its own IP stack or sockets stands behind the interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_is_offloaded(iface: *mut NetIf) -> bool {
    // SAFETY: see the head of the file.
    unsafe { IfRef::from_raw(iface) }.is_some_and(IfRef::is_offloaded)
}

/// Whether it is a Wi-Fi interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_is_wifi(iface: *mut NetIf) -> bool {
    // SAFETY: see the head of the file.
    unsafe { IfRef::from_raw(iface) }.is_some_and(is_wifi)
}

#[cfg(CONFIG_NET_L2_ETHERNET)]
use super::ethernet::is_wifi;
/// Wi-Fi stands on Ethernet.
#[cfg(not(CONFIG_NET_L2_ETHERNET))]
fn is_wifi(_iface: IfRef) -> bool {
    false
}

/// The first Wi-Fi interface, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_get_first_wifi() -> *mut NetIf {
    raw(find(is_wifi))
}

/// The Wi-Fi station interface, or NULL: the first, as long as no device has two roles.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_get_wifi_sta() -> *mut NetIf {
    net_if_get_first_wifi()
}

/// The Wi-Fi access point interface, or NULL: the first, as long as no device has two roles.
#[unsafe(no_mangle)]
pub extern "C" fn net_if_get_wifi_sap() -> *mut NetIf {
    net_if_get_first_wifi()
}
