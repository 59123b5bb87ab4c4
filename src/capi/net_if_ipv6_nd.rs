// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_if.h>`, `<zephyr/net/net_ip.h>`: what applications ask of neighbour discovery, and
//! the addresses it forms.
//!
//! Called by: C. Calls: `stack::v6` under the core lock.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;
use core::net::Ipv6Addr;

use super::net_if_ipv6::{ip, known};
use super::{errno, instance};
use crate::base::{Error, LinkAddr, NetLinkaddr, Result};
use crate::iface::{In6Addr, NetIf, NetIfIpv6};
use crate::ip::v6::slaac;
use crate::os::entropy;

/// Asks again for every address of an interface that is up, which gets a link-local one if it has
/// none.
#[cfg(CONFIG_NET_IPV6_DAD)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_start_dad(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { known(iface) } {
        instance::of(iface).core.with(|stack, env| stack.ipv6_ask_again(env, iface));
    }
}

/// Takes an address away that somebody else has, as if duplicate address detection had told so.
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_dad_failed(iface: *mut NetIf, addr: *const In6Addr) {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    if let (Some(iface), Some(addr)) = (iface, addr) {
        instance::of(iface).core.with(|stack, env| stack.ipv6_is_taken(env, iface, addr));
    }
}

/// Begins to ask for routers.
#[cfg(CONFIG_NET_IPV6_ND)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_start_rs(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { known(iface) } {
        instance::of(iface).core.with(|stack, env| stack.ipv6_solicit_routers(env, iface));
    }
}

/// Asks for routers no more.
#[cfg(CONFIG_NET_IPV6_ND)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_stop_rs(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    if let Some(iface) = unsafe { known(iface) } {
        instance::of(iface).core.with(|stack, _| stack.ipv6_leave_routers(iface));
    }
}

/// Somebody above has heard from a neighbour just now: it is reachable (RFC 4861, 7.3.1).
#[cfg(CONFIG_NET_IPV6_ND)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_nbr_reachability_hint(iface: *mut NetIf, addr: *const In6Addr) {
    // SAFETY: an interface and an address, or null.
    let (iface, addr) = unsafe { (known(iface), ip(addr)) };
    if let (Some(iface), Some(addr)) = (iface, addr) {
        instance::of(iface).core.with(|stack, env| stack.ipv6_confirm_neighbour(env, iface, addr));
    }
}

/// Milliseconds for which a neighbour is to be believed reachable: drawn between half and one and a
/// half times the average (RFC 4861, 6.3.2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_if_ipv6_calc_reachable_time(ipv6: *mut NetIfIpv6) -> u32 {
    // SAFETY: null, or a block, whose members are atomics.
    let Some(block) = (unsafe { ipv6.as_ref() }) else { return 0 };
    let mut bytes = [0; 4];
    // Without entropy it is the middle.
    let random = entropy::fill(&mut bytes).map_or(1 << 31, |()| u32::from_ne_bytes(bytes));
    let base = block.base_reachable_time.get();
    let spread = (u64::from(base) * u64::from(random)) >> 32;
    (base / 2).saturating_add(spread as u32)
}

/// The modified EUI-64 of a link address of any length that has one (RFC 4291, appendix A; RFC 4944,
/// 6 for short addresses).
fn modified_eui64(link: &LinkAddr) -> Result<u64> {
    match *link.as_bytes() {
        [a, b] => Ok(u64::from_be_bytes([0, 0, 0, 0xff, 0xfe, 0, a, b])),
        [a, b, c, d, e, f] => Ok(u64::from_be_bytes([a ^ 2, b, c, 0xff, 0xfe, d, e, f])),
        [a, b, c, d, e, f, g, h] => Ok(u64::from_be_bytes([a ^ 2, b, c, d, e, f, g, h])),
        _ => Err(Error::Inval),
    }
}

/// Forms an address. With stable identifiers and an interface it is that of `prefix`; else `fe80::`
/// and the modified EUI-64 of `lladdr`. The name of the network is not needed: an identifier hangs on
/// the prefix and on a secret as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_addr_generate_iid(
    iface: *mut NetIf,
    prefix: *const In6Addr,
    _network_id: *mut u8,
    _network_id_len: usize,
    dad_counter: u8,
    addr: *mut In6Addr,
    lladdr: *mut NetLinkaddr,
) -> c_int {
    // SAFETY: an interface, an address and a link address, or null.
    let (iface, prefix, link) = unsafe { (known(iface), ip(prefix), lladdr.as_ref()) };
    errno::negative((|| {
        let iface = iface.filter(|_| cfg!(CONFIG_NET_IPV6_IID_STABLE));
        let formed = match (iface, prefix) {
            (Some(iface), Some(prefix)) => instance::of(iface).core.with(|stack, _| {
                slaac::join(prefix, stack.ipv6_identifier(iface, prefix, dad_counter))
            }),
            _ => {
                let link = link.ok_or(Error::Inval)?;
                slaac::join(slaac::LINK_LOCAL_PREFIX, modified_eui64(&link.get())?)
            }
        };
        // SAFETY: null, or room for an address, aligned or not.
        unsafe { write(addr, formed) }
    })())
}

/// Writes an address.
///
/// # Errors
/// `Inval` for null.
///
/// # Safety
/// `to` is null or writable for sixteen bytes.
unsafe fn write(to: *mut In6Addr, addr: Ipv6Addr) -> Result<()> {
    if to.is_null() {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise.
    unsafe { to.cast::<[u8; 16]>().write(addr.octets()) };
    Ok(())
}
