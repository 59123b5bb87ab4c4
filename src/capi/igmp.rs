// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/igmp.h>`: joining IPv4 groups by hand.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;

use super::net_if_ipv4::{config, ip, known};
use super::{errno, instance};
use crate::base::{Error, Result};
use crate::iface::{InAddr, NetIf};
use crate::stack::igmp::Filter;

/// `struct igmp_param`.
#[repr(C)]
#[allow(missing_docs)]
pub struct Param {
    pub source_list: *mut InAddr,
    pub sources_len: usize,
    pub include: bool,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/igmp.h":
    Param = "struct igmp_param" { source_list, sources_len, include };
}

/// The filter that `param` describes.
///
/// # Errors
/// `NoMem` for more senders than a filter can name, `NotSup` for any where senders are not told
/// apart, `Fault` for a list that is not there.
///
/// # Safety
/// `param` is null or valid with its list.
unsafe fn filter(param: *const Param) -> Result<Filter> {
    let mut filter = Filter::ALL;
    // SAFETY: the caller's promise.
    let Some(param) = (unsafe { param.as_ref() }).filter(|param| param.sources_len != 0) else {
        return Ok(filter);
    };
    if !cfg!(CONFIG_NET_IPV4_IGMPV3) {
        return Err(Error::NotSup);
    }
    filter.include = param.include;
    for at in 0..param.sources_len {
        // SAFETY: the list has so many elements, unless it is null.
        let source = unsafe { ip(param.source_list.cast_const().wrapping_add(at)) };
        let source = source.filter(|_| !param.source_list.is_null()).ok_or(Error::Fault)?;
        filter.sources.push(source).map_err(|_| Error::NoMem)?;
    }
    Ok(filter)
}

/// Joins a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv4_igmp_join(
    iface: *mut NetIf,
    addr: *const InAddr,
    param: *const Param,
) -> c_int {
    errno::negative((|| {
        // SAFETY: an interface, an address and a description, or null.
        let (iface, group, filter) = unsafe { (known(iface), ip(addr), filter(param)?) };
        let (iface, group) = iface.zip(group).ok_or(Error::Inval)?;
        if !group.is_multicast() {
            return Err(Error::Inval);
        }
        config(iface)?;
        super::net_if_mcast::expect_groups();
        instance::of(iface).core.with(|stack, _| {
            if iface.is_ipv4_group_joined(group) {
                return Err(Error::Already);
            }
            stack.ipv4_group_join(iface, group, filter).map(|_| ())
        })
    })())
}

/// Leaves a group.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipv4_igmp_leave(iface: *mut NetIf, addr: *const InAddr) -> c_int {
    errno::negative((|| {
        // SAFETY: an interface and an address, or null.
        let (iface, group) = unsafe { (known(iface), ip(addr)) };
        let (iface, group) = iface.zip(group).ok_or(Error::Inval)?;
        instance::of(iface).core.with(|stack, _| stack.ipv4_group_leave(iface, group))
    })())
}
