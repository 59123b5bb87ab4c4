// SPDX-License-Identifier: Apache-2.0
//! `struct sockaddr` and its kin, read from and written to memory of the application's.
//!
//! Such memory may be unaligned, short or of another family: it is read byte by byte within the
//! length the caller gave, and never written past it.

use core::ffi::c_void;
use core::net::Ipv4Addr;

use crate::base::{Endpoint, Error, IpAddr, Result};

/// `AF_UNSPEC` as Zephyr numbers it.
pub const AF_UNSPEC: u16 = 0;
/// `AF_INET` as Zephyr numbers it.
pub const AF_INET: u16 = 1;

/// `struct sockaddr_in`. There is no padding behind the address, as in Zephyr.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct SockaddrIn {
    pub sin_family: u16,
    /// Network byte order.
    pub sin_port: [u8; 2],
    /// Network byte order.
    pub sin_addr: [u8; 4],
}

/// The family of an address; `None` for a null pointer.
///
/// # Errors
/// [`Error::Inval`] when `len` is too short for one.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
pub unsafe fn family(addr: *const c_void, len: usize) -> Result<Option<u16>> {
    if addr.is_null() {
        return Ok(None);
    }
    if len < size_of::<u16>() {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise, and the length was checked.
    Ok(Some(unsafe { addr.cast::<u16>().read_unaligned() }))
}

/// Reads an AF_INET address.
///
/// # Errors
/// [`Error::Inval`] for a short length, [`Error::AfNoSupport`] for another family.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
#[inline]
pub unsafe fn read(addr: *const c_void, len: usize) -> Result<Endpoint> {
    // SAFETY: the caller's promise.
    let family = unsafe { family(addr, len)? }.ok_or(Error::Fault)?;
    if family != AF_INET {
        return Err(Error::AfNoSupport);
    }
    if len < size_of::<SockaddrIn>() {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise, and the length was checked.
    let raw = unsafe { addr.cast::<SockaddrIn>().read_unaligned() };
    let addr = IpAddr::V4(Ipv4Addr::from(raw.sin_addr));
    Ok(Endpoint::new(addr, u16::from_be_bytes(raw.sin_port)))
}

/// Writes `endpoint`, as much of it as `*len` bytes hold, and sets `*len` to its full size. Does
/// nothing when either pointer is null.
///
/// # Safety
/// `len` is null or readable and writable; `addr` is null or writable for `*len` bytes.
#[inline]
pub unsafe fn write(endpoint: Endpoint, addr: *mut c_void, len: *mut usize) {
    if addr.is_null() || len.is_null() {
        return;
    }
    let IpAddr::V4(ip) = endpoint.addr;
    let raw = SockaddrIn {
        sin_family: AF_INET,
        sin_port: endpoint.port.to_be_bytes(),
        sin_addr: ip.octets(),
    };
    let full = size_of::<SockaddrIn>();
    // SAFETY: the caller's promise; no more than `*len` bytes are written.
    unsafe {
        if len.read_unaligned() >= full {
            // Of constant size: no call to copy eight bytes.
            addr.cast::<SockaddrIn>().write_unaligned(raw);
            len.write_unaligned(full);
            return;
        }
        let room = len.read_unaligned();
        core::ptr::copy_nonoverlapping((&raw const raw).cast::<u8>(), addr.cast::<u8>(), room);
        len.write_unaligned(full);
    }
}

/// Says that there is no address to tell: that of a stream's peer is known from the connection.
///
/// # Safety
/// `len` is null or writable.
#[cfg(CONFIG_NET_TCP)]
pub unsafe fn write_none(len: *mut usize) {
    if !len.is_null() {
        // SAFETY: the caller's promise.
        unsafe { len.write_unaligned(0) };
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_ip.h":
    SockaddrIn = "struct sockaddr_in" { sin_family, sin_port, sin_addr };
}
