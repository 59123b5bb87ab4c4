// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_ip.h>`: which prefixes have temporary addresses (RFC 8981).
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;
use core::net::Ipv6Addr;

use super::net_if_ipv6::ip;
use super::{core, errno, raise};
use crate::base::{Error, Result};
use crate::config;
use crate::iface::{IfRef, In6Addr};
use crate::mgmt::event;

/// Has an interface that is being registered form temporary addresses.
pub(super) fn enable(iface: IfRef) {
    iface.set_privacy(true);
    iface.set_prefers_public_ipv6(cfg!(CONFIG_NET_IPV6_PE_PREFER_PUBLIC_ADDRESSES));
    raise(event::IPV6_PE_ENABLED, iface, &[]);
}

/// Raises an event that concerns no interface, with a `struct net_event_ipv6_pe_filter`.
fn tell(event: u64, prefix: Ipv6Addr, deny: bool) {
    let mut info = [0; 20];
    if let Some((addr, rest)) = info.split_first_chunk_mut() {
        *addr = prefix.octets();
        rest[0] = u8::from(deny);
    }
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    super::net_mgmt::raise(event, None, &info);
    let _ = (event, info);
}

/// Runs `f` where there is room for filters at all.
fn change(addr: Option<Ipv6Addr>, f: impl FnOnce(Ipv6Addr) -> Result<()>) -> c_int {
    if config::NET_IPV6_PE_FILTER_PREFIX_COUNT == 0 {
        return -Error::NotSup.errno();
    }
    errno::negative(addr.ok_or(Error::Inval).and_then(f))
}

/// Notes that a prefix has no temporary addresses, or that only prefixes noted so have.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_pe_add_filter(addr: *mut In6Addr, is_denylist: bool) -> c_int {
    // SAFETY: an address, or null.
    let addr = unsafe { ip(addr) };
    change(addr, |addr| {
        core().with(|stack, _| stack.ipv6_privacy_filter_add(addr, is_denylist))?;
        tell(event::IPV6_PE_FILTER_ADD, addr, is_denylist);
        Ok(())
    })
}

/// Forgets what was noted of a prefix.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv6_pe_del_filter(addr: *mut In6Addr) -> c_int {
    // SAFETY: an address, or null.
    let addr = unsafe { ip(addr) };
    change(addr, |addr| {
        let deny = core().with(|stack, _| stack.ipv6_privacy_filter_rm(addr))?;
        tell(event::IPV6_PE_FILTER_DEL, addr, deny);
        Ok(())
    })
}
