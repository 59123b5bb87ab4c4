// SPDX-License-Identifier: Apache-2.0
//! `struct sockaddr` and its kin, read from and written to memory of the application's.
//!
//! Such memory may be unaligned, short or of another family: it is read byte by byte within the
//! length the caller gave, and never written past it.

use core::ffi::c_void;
#[cfg(CONFIG_NET_IPV4)]
use core::net::Ipv4Addr;

use crate::base::{Endpoint, Error, IpAddr, Result};

/// `AF_UNSPEC` as Zephyr numbers it.
pub const AF_UNSPEC: u16 = 0;
/// `AF_INET` as Zephyr numbers it.
pub const AF_INET: u16 = 1;

/// `AF_INET6` as Zephyr numbers it.
pub const AF_INET6: u16 = 2;

/// `struct sockaddr_in6`.
#[cfg(CONFIG_NET_IPV6)]
#[repr(C, align(4))]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct SockaddrIn6 {
    pub sin6_family: u16,
    /// Network byte order.
    pub sin6_port: [u8; 2],
    /// Network byte order.
    pub sin6_addr: [u8; 16],
    pub sin6_scope_id: u8,
}

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

/// How long an address of this family is.
pub fn len_of(family: u16) -> usize {
    #[cfg(CONFIG_NET_IPV6)]
    if family == AF_INET6 {
        return size_of::<SockaddrIn6>();
    }
    let _ = family;
    size_of::<SockaddrIn>()
}

/// Reads an AF_INET or AF_INET6 address; a mapped IPv4 address becomes what it stands for.
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
    #[cfg(CONFIG_NET_IPV6)]
    if family == AF_INET6 {
        // What stands behind the address need not be given.
        if len < core::mem::offset_of!(SockaddrIn6, sin6_scope_id) {
            return Err(Error::Inval);
        }
        // SAFETY: the caller's promise, and the length was checked.
        let (port, octets) = unsafe {
            let port = addr.byte_add(core::mem::offset_of!(SockaddrIn6, sin6_port));
            let octets = addr.byte_add(core::mem::offset_of!(SockaddrIn6, sin6_addr));
            (port.cast::<[u8; 2]>().read(), octets.cast::<[u8; 16]>().read())
        };
        return Ok(Endpoint::new(from_octets(octets), u16::from_be_bytes(port)));
    }
    if family != AF_INET || !cfg!(CONFIG_NET_IPV4) {
        return Err(Error::AfNoSupport);
    }
    if len < size_of::<SockaddrIn>() {
        return Err(Error::Inval);
    }
    #[cfg(CONFIG_NET_IPV4)]
    {
        // SAFETY: the caller's promise, and the length was checked.
        let raw = unsafe { addr.cast::<SockaddrIn>().read_unaligned() };
        let addr = IpAddr::V4(Ipv4Addr::from(raw.sin_addr));
        Ok(Endpoint::new(addr, u16::from_be_bytes(raw.sin_port)))
    }
    #[cfg(not(CONFIG_NET_IPV4))]
    Err(Error::AfNoSupport)
}

/// The interface, by index, that the address just read names by its scope: 0 for none, and for addresses
/// that need none (RFC 4007, 11; RFC 3493, 3.3).
///
/// # Safety
/// `addr` is readable for `len` bytes.
#[cfg(CONFIG_NET_IPV6)]
pub unsafe fn scope(read: Endpoint, addr: *const c_void, len: usize) -> u8 {
    use crate::ip::v6::scope::{LINK_LOCAL, scope};
    let at = core::mem::offset_of!(SockaddrIn6, sin6_scope_id);
    let near = |ip: core::net::Ipv6Addr| scope(ip) == LINK_LOCAL && !ip.is_loopback();
    if !read.addr.v6().is_some_and(near) || len <= at {
        return 0;
    }
    // SAFETY: the caller's promise, and the length was checked.
    unsafe { addr.byte_add(at).cast::<u8>().read() }
}

/// The address in these bytes; a mapped one is the IPv4 address it stands for (RFC 4291, 2.5.5.2).
#[cfg(CONFIG_NET_IPV6)]
pub(super) fn from_octets(octets: [u8; 16]) -> IpAddr {
    let addr = core::net::Ipv6Addr::from(octets);
    #[cfg(CONFIG_NET_IPV4)]
    if let Some(mapped) = addr.to_ipv4_mapped() {
        return IpAddr::V4(mapped);
    }
    IpAddr::V6(addr)
}

/// The bytes of an address in a structure of AF_INET6.
#[cfg(CONFIG_NET_IPV6)]
pub(super) fn to_octets(addr: IpAddr) -> [u8; 16] {
    match addr {
        #[cfg(CONFIG_NET_IPV4)]
        IpAddr::V4(addr) => addr.to_ipv6_mapped().octets(),
        IpAddr::V6(addr) => addr.octets(),
    }
}

/// Writes `endpoint`, as much of it as `*len` bytes hold, and sets `*len` to its full size. Does
/// nothing when either pointer is null. With `v6` an IPv4 address is told as a mapped one: the socket
/// is of AF_INET6.
///
/// # Safety
/// `len` is null or readable and writable; `addr` is null or writable for `*len` bytes.
#[inline]
pub unsafe fn write(endpoint: Endpoint, v6: bool, addr: *mut c_void, len: *mut usize) {
    if addr.is_null() || len.is_null() {
        return;
    }
    #[cfg(CONFIG_NET_IPV6)]
    if v6 || endpoint.addr.v6().is_some() {
        let raw = SockaddrIn6 {
            sin6_family: AF_INET6,
            sin6_port: endpoint.port.to_be_bytes(),
            sin6_addr: to_octets(endpoint.addr),
            sin6_scope_id: 0,
        };
        // SAFETY: the caller's promise.
        return unsafe { put(raw, addr, len) };
    }
    let _ = v6;
    #[cfg(CONFIG_NET_IPV4)]
    let Some(ip) = endpoint.addr.v4() else { return };
    #[cfg(CONFIG_NET_IPV4)]
    let raw = SockaddrIn {
        sin_family: AF_INET,
        sin_port: endpoint.port.to_be_bytes(),
        sin_addr: ip.octets(),
    };
    // SAFETY: the caller's promise.
    #[cfg(CONFIG_NET_IPV4)]
    unsafe {
        put(raw, addr, len);
    }
}

/// [`write`], with the interface on which a link-local address means something (RFC 4007, 11); 0 for others.
///
/// # Safety
/// As for [`write`].
#[inline]
pub unsafe fn write_scoped(
    endpoint: Endpoint,
    v6: bool,
    scope: u8,
    addr: *mut c_void,
    len: *mut usize,
) {
    #[cfg(CONFIG_NET_IPV6)]
    if scope != 0 && !addr.is_null() && !len.is_null() {
        let at = core::mem::offset_of!(SockaddrIn6, sin6_scope_id);
        // SAFETY: the caller's promise; the byte lies within what `*len` says there is.
        unsafe {
            let room = len.read_unaligned();
            write(endpoint, v6, addr, len);
            if room > at {
                addr.byte_add(at).cast::<u8>().write(scope);
            }
        }
        return;
    }
    let _ = scope;
    // SAFETY: the caller's promise.
    unsafe { write(endpoint, v6, addr, len) };
}

/// Writes as much of `raw` as `*len` bytes hold, and sets `*len` to its full size.
///
/// # Safety
/// As for [`write`], of pointers that are not null.
#[inline(always)]
pub(super) unsafe fn put<T: Copy>(raw: T, addr: *mut c_void, len: *mut usize) {
    let full = size_of::<T>();
    // SAFETY: the caller's promise; no more than `*len` bytes are written.
    unsafe {
        if len.read_unaligned() >= full {
            // Of constant size: no call to copy eight bytes.
            addr.cast::<T>().write_unaligned(raw);
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
    #[cfg(CONFIG_NET_IPV6)]
    SockaddrIn6 = "struct sockaddr_in6" { sin6_family, sin6_port, sin6_addr, sin6_scope_id };
    SockaddrIn = "struct sockaddr_in" { sin_family, sin_port, sin_addr };
}
