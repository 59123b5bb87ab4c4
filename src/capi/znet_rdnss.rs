// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/znet_rdnss.h>`: name servers and search domains that routers told of. Zephyr v4.2 keeps them to its
//! resolver.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_char, c_int};
use core::ptr;

use super::core;
use super::errno::negative;
use crate::base::Error;
use crate::iface::{In6Addr, NetIf};

/// The name server at that place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_rdnss_server(
    index: usize,
    addr: *mut In6Addr,
    iface: *mut *mut NetIf,
) -> c_int {
    if addr.is_null() {
        return negative(Err(Error::Inval));
    }
    let found = core().with(|stack, _| {
        let (told_on, server) = stack.ipv6_dns_servers().nth(index)?;
        Some((stack.ifaces.get(told_on).map_or(ptr::null_mut(), |i| i.as_ptr()), server))
    });
    let Some((told_on, server)) = found else { return negative(Err(Error::NoEnt)) };
    // SAFETY: the caller's promise: places for an address and, unless it is null, an interface.
    unsafe {
        addr.cast::<[u8; 16]>().write(server.octets());
        if !iface.is_null() {
            iface.write(told_on);
        }
    }
    0
}

/// The search domain at that place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_rdnss_domain(index: usize, name: *mut c_char, size: usize) -> c_int {
    if name.is_null() {
        return negative(Err(Error::Inval));
    }
    negative(core().with(|stack, _| {
        let (_, domain) = stack.ipv6_search_domains().nth(index).ok_or(Error::NoEnt)?;
        if domain.len() >= size {
            return Err(Error::NoMem);
        }
        // SAFETY: the caller's promise: `size` bytes, and there are more of them than of the name.
        unsafe {
            ptr::copy_nonoverlapping(domain.as_ptr(), name.cast(), domain.len());
            name.add(domain.len()).write(0);
        }
        Ok(())
    }))
}
