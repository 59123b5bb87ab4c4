// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/socket_offload.h>`: names that a device of its own looks up.

use core::ffi::{c_char, c_int};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::names::AddrInfo;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

type Lookup = unsafe extern "C" fn(
    *const c_char,
    *const c_char,
    *const AddrInfo,
    *mut *mut AddrInfo,
) -> c_int;

/// `struct socket_dns_offload`.
#[repr(C)]
pub struct DnsOffload {
    getaddrinfo: Option<Lookup>,
    freeaddrinfo: Option<unsafe extern "C" fn(*mut AddrInfo)>,
}

static OPS: AtomicPtr<DnsOffload> = AtomicPtr::new(null_mut());

/// The device's functions, when there is one.
pub(super) fn ops() -> Option<&'static DnsOffload> {
    // SAFETY: null, or what was registered, which lives for ever.
    unsafe { OPS.load(Ordering::Acquire).as_ref() }
}

/// Has a device answer from now on; the first who comes stays.
///
/// # Safety
/// `ops` is null or lives for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn socket_offload_dns_register(ops: *const DnsOffload) {
    let _ = OPS.compare_exchange(null_mut(), ops.cast_mut(), Ordering::AcqRel, Ordering::Relaxed);
}

/// What the device answers.
///
/// # Safety
/// As for `zsock_getaddrinfo`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn socket_offload_getaddrinfo(
    node: *const c_char,
    service: *const c_char,
    hints: *const AddrInfo,
    found: *mut *mut AddrInfo,
) -> c_int {
    const EAI_FAIL: c_int = -4;
    match ops().and_then(|ops| ops.getaddrinfo) {
        // SAFETY: the device's function, and the caller's promise.
        Some(lookup) => unsafe { lookup(node, service, hints, found) },
        None => EAI_FAIL,
    }
}

/// Gives back what the device answered.
///
/// # Safety
/// `info` is that, and not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn socket_offload_freeaddrinfo(info: *mut AddrInfo) {
    if let Some(give_back) = ops().and_then(|ops| ops.freeaddrinfo) {
        // SAFETY: the device's function, and the caller's promise.
        unsafe { give_back(info) };
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket_offload.h":
    DnsOffload = "struct socket_dns_offload" { getaddrinfo, freeaddrinfo };
}
