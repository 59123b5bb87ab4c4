// SPDX-License-Identifier: Apache-2.0
//! Options that say from whom a socket wants what is sent to a group (RFC 3678), with
//! `CONFIG_ZNET_MCAST_FILTERS`.
//!
//! Called by: `capi::socket::options`. Calls: `stack::membership`.

use core::ffi::{c_int, c_void};

use super::super::current;
use super::{addr, iface_by_index};
use crate::base::{Error, IpAddr, Result};
use crate::iface::IfRef;
use crate::stack::SourceChange;
use crate::transport::ContextId;

const IPPROTO_IP: c_int = 0;
const IPPROTO_IPV6: c_int = 41;
#[cfg(CONFIG_NET_IPV4)]
mod v4 {
    use core::ffi::c_int;
    pub const IP_UNBLOCK_SOURCE: c_int = 37;
    pub const IP_BLOCK_SOURCE: c_int = 38;
    pub const IP_ADD_SOURCE_MEMBERSHIP: c_int = 39;
    pub const IP_DROP_SOURCE_MEMBERSHIP: c_int = 40;
}
const MCAST_JOIN_GROUP: c_int = 42;
const MCAST_BLOCK_SOURCE: c_int = 43;
const MCAST_UNBLOCK_SOURCE: c_int = 44;
const MCAST_LEAVE_GROUP: c_int = 45;
const MCAST_JOIN_SOURCE_GROUP: c_int = 46;
const MCAST_LEAVE_SOURCE_GROUP: c_int = 47;

/// `struct ip_mreq_source`.
#[cfg(CONFIG_NET_IPV4)]
#[repr(C)]
#[derive(Clone, Copy)]
struct IpMreqSource {
    group: [u8; 4],
    source: [u8; 4],
    interface: [u8; 4],
}

/// Sets an option of this file; `None` for any other.
///
/// # Safety
/// `value` is null or readable for `len` bytes.
pub(super) unsafe fn set(
    id: ContextId,
    level: c_int,
    name: c_int,
    value: *const c_void,
    len: usize,
) -> Option<Result<()>> {
    let change = match name {
        #[cfg(CONFIG_NET_IPV4)]
        v4::IP_UNBLOCK_SOURCE => SourceChange::Unblock,
        #[cfg(CONFIG_NET_IPV4)]
        v4::IP_BLOCK_SOURCE => SourceChange::Block,
        #[cfg(CONFIG_NET_IPV4)]
        v4::IP_ADD_SOURCE_MEMBERSHIP => SourceChange::Join,
        #[cfg(CONFIG_NET_IPV4)]
        v4::IP_DROP_SOURCE_MEMBERSHIP => SourceChange::Leave,
        MCAST_BLOCK_SOURCE => SourceChange::Block,
        MCAST_UNBLOCK_SOURCE => SourceChange::Unblock,
        MCAST_JOIN_SOURCE_GROUP => SourceChange::Join,
        MCAST_LEAVE_SOURCE_GROUP => SourceChange::Leave,
        MCAST_JOIN_GROUP | MCAST_LEAVE_GROUP if matches!(level, IPPROTO_IP | IPPROTO_IPV6) => {
            // SAFETY: the caller's promise.
            return Some(unsafe { whole_group(id, level, name == MCAST_JOIN_GROUP, value, len) });
        }
        _ => return None,
    };
    match (level, name) {
        (IPPROTO_IP | IPPROTO_IPV6, MCAST_BLOCK_SOURCE..) => {
            // SAFETY: the caller's promise.
            Some(unsafe { source_group(id, level, change, value, len) })
        }
        #[cfg(CONFIG_NET_IPV4)]
        // SAFETY: the caller's promise.
        (IPPROTO_IP, _) => Some(unsafe { source_v4(id, change, value, len) }),
        _ => None,
    }
}

/// The interface with this index; `None` leaves the choice to the stack.
fn named(index: u32) -> Result<Option<IfRef>> {
    match index {
        0 => Ok(None),
        _ => iface_by_index(u8::try_from(index).map_err(|_| Error::NoDev)?).map(Some),
    }
}

/// Reads the index every request of this form begins with, and the addresses behind it: `count` of
/// them, each as long as `struct sockaddr_storage` is where the caller was compiled.
///
/// # Safety
/// `value` is null or readable for `len` bytes.
unsafe fn request<const N: usize>(
    level: c_int,
    value: *const c_void,
    len: usize,
) -> Result<(Option<IfRef>, [IpAddr; N])> {
    if value.is_null() {
        return Err(Error::Fault);
    }
    let room = len.checked_sub(size_of::<u32>()).ok_or(Error::Inval)? / N;
    // SAFETY: the caller's promise, and the length was checked.
    let iface = named(unsafe { value.cast::<u32>().read_unaligned() })?;
    let mut found = [IpAddr::UNSPECIFIED; N];
    for (at, place) in found.iter_mut().enumerate() {
        // SAFETY: so much room lies behind the index.
        let addr = unsafe { addr::read(value.byte_add(size_of::<u32>() + at * room), room)? }.addr;
        if (level == IPPROTO_IP) != addr.v4().is_some() {
            return Err(Error::Inval);
        }
        *place = addr;
    }
    Ok((iface, found))
}

/// Joins or leaves a group for all senders: a `struct group_req`.
///
/// # Safety
/// `value` is null or readable for `len` bytes.
unsafe fn whole_group(
    id: ContextId,
    level: c_int,
    join: bool,
    value: *const c_void,
    len: usize,
) -> Result<()> {
    // SAFETY: the caller's promise.
    let (iface, [group]) = unsafe { request(level, value, len)? };
    match group {
        #[cfg(CONFIG_NET_IPV4)]
        IpAddr::V4(group) => {
            crate::capi::net_if_mcast::expect_groups();
            current().core.with(|stack, _| stack.udp_membership(id, iface, group, join))
        }
        #[cfg(CONFIG_NET_IPV6)]
        IpAddr::V6(group) => {
            current().core.with(|stack, env| stack.udp_membership_v6(env, id, iface, group, join))
        }
    }
}

/// Changes what is wanted of one sender: a `struct group_source_req`.
///
/// # Safety
/// `value` is null or readable for `len` bytes.
unsafe fn source_group(
    id: ContextId,
    level: c_int,
    change: SourceChange,
    value: *const c_void,
    len: usize,
) -> Result<()> {
    // SAFETY: the caller's promise.
    let (iface, [group, source]) = unsafe { request(level, value, len)? };
    change_source(id, iface, (group, source), change)
}

/// The same by a `struct ip_mreq_source`.
///
/// # Safety
/// `value` is null or readable for `len` bytes.
#[cfg(CONFIG_NET_IPV4)]
unsafe fn source_v4(
    id: ContextId,
    change: SourceChange,
    value: *const c_void,
    len: usize,
) -> Result<()> {
    if value.is_null() {
        return Err(Error::Fault);
    }
    if len < size_of::<IpMreqSource>() {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise, and the length was checked.
    let request = unsafe { value.cast::<IpMreqSource>().read_unaligned() };
    let own = core::net::Ipv4Addr::from(request.interface);
    let iface = match own.is_unspecified() {
        true => None,
        false => {
            let owner = current().core.with(|stack, _| stack.ifaces.owner_of_ipv4(own));
            Some(owner.ok_or(Error::AddrNotAvail)?)
        }
    };
    let pair = (IpAddr::V4(request.group.into()), IpAddr::V4(request.source.into()));
    change_source(id, iface, pair, change)
}

fn change_source(
    id: ContextId,
    iface: Option<IfRef>,
    pair: (IpAddr, IpAddr),
    change: SourceChange,
) -> Result<()> {
    #[cfg(CONFIG_NET_IPV4)]
    crate::capi::net_if_mcast::expect_groups();
    current().core.with(|stack, env| stack.udp_source(env, id, iface, pair, change))
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket.h":
    #[cfg(CONFIG_NET_IPV4)]
    IpMreqSource = "struct ip_mreq_source" {
        group = "imr_multiaddr", source = "imr_sourceaddr", interface = "imr_interface",
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    IPPROTO_IP,
    IPPROTO_IPV6,
    MCAST_JOIN_GROUP,
    MCAST_BLOCK_SOURCE,
    MCAST_UNBLOCK_SOURCE,
    MCAST_LEAVE_GROUP,
    MCAST_JOIN_SOURCE_GROUP,
    MCAST_LEAVE_SOURCE_GROUP,
}

#[cfg(all(any(test, znet_layout), CONFIG_NET_IPV4))]
crate::base::layout::constants! { pub(crate) CONSTANTS4 in "zephyr/net/socket.h":
    v4::IP_UNBLOCK_SOURCE => "IP_UNBLOCK_SOURCE",
    v4::IP_BLOCK_SOURCE => "IP_BLOCK_SOURCE",
    v4::IP_ADD_SOURCE_MEMBERSHIP => "IP_ADD_SOURCE_MEMBERSHIP",
    v4::IP_DROP_SOURCE_MEMBERSHIP => "IP_DROP_SOURCE_MEMBERSHIP",
}
