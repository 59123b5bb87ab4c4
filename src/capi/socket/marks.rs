// SPDX-License-Identifier: Apache-2.0
//! What the ancillary data of `sendmsg` asks for one datagram (RFC 3542, 6, and its like for IPv4).
//!
//! Items that mean nothing here are an error rather than ignored: a datagram that leaves otherwise than it
//! was told to would be worse.

use core::ffi::c_int;

use super::msg::{Cmsghdr, IP_PKTINFO, IP_TOS, IP_TTL, IPPROTO_IP, InPktinfo, Msghdr};
#[cfg(CONFIG_NET_IPV6)]
use super::msg::{IPPROTO_IPV6, IPV6_HOPLIMIT, IPV6_RECVPKTINFO, IPV6_TCLASS, In6Pktinfo};
#[cfg(CONFIG_NET_CONTEXT_TXTIME)]
use super::msg::{SCM_TXTIME, SOL_SOCKET};
#[cfg(CONFIG_NET_IPV6)]
use crate::base::Ipv6Addr;
use crate::base::{Endpoint, Error, IpAddr, Ipv4Addr, Result};
use crate::stack::Marks;

#[cfg(CONFIG_NET_IPV6)]
pub(super) const IPV6_PKTINFO: c_int = 50;

/// The marks that the ancillary data of `msg`, for a datagram to `to`, names; `None` without such data.
///
/// # Errors
/// [`Error::Inval`] for an item that is cut, of another kind, or with a value out of range.
///
/// # Safety
/// `control` of `msg` is null or readable for `controllen` bytes.
pub(super) unsafe fn of(msg: &Msghdr, to: Option<Endpoint>) -> Result<Option<Marks>> {
    const HEADER: usize = size_of::<Cmsghdr>();
    let (mut at, mut left) = (msg.control.cast_const().cast::<u8>(), msg.controllen);
    let mut marks = None;
    while !at.is_null() && left >= HEADER {
        // SAFETY: as much is left.
        let head = unsafe { at.cast::<Cmsghdr>().read_unaligned() };
        if head.len < HEADER || head.len > left {
            return Err(Error::Inval);
        }
        // SAFETY: the item is so long.
        let data = unsafe { core::slice::from_raw_parts(at.add(HEADER), head.len - HEADER) };
        let marks: &mut Marks = marks.get_or_insert_default();
        mark(marks, (head.level, head.kind), data)?;
        let step = head.len.next_multiple_of(align_of::<Cmsghdr>()).min(left);
        // SAFETY: within what is left, or just behind it.
        at = unsafe { at.add(step) };
        left -= step;
    }
    // An address of the other family is none to come from.
    if let (Some(Marks { from: Some(from), .. }), Some(to)) = (&marks, to)
        && from.v4().is_some() != to.addr.v4().is_some()
    {
        return Err(Error::Inval);
    }
    Ok(marks)
}

/// Takes one item over.
fn mark(marks: &mut Marks, what: (c_int, c_int), data: &[u8]) -> Result<()> {
    match what {
        (IPPROTO_IP, IP_PKTINFO) => {
            let info: InPktinfo = take(data)?;
            marks.iface = u8::try_from(info.ifindex).map_err(|_| Error::NoDev)?;
            let from = Ipv4Addr::from(info.spec_dst);
            marks.from = (!from.is_unspecified()).then(|| from_v4(from));
        }
        (IPPROTO_IP, IP_TTL) => marks.ttl = byte(data)?.filter(|ttl| *ttl != 0),
        (IPPROTO_IP, IP_TOS) => marks.tos = byte(data)?,
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, IPV6_PKTINFO | IPV6_RECVPKTINFO) => {
            let info: In6Pktinfo = take(data)?;
            marks.iface = u8::try_from(info.ifindex).map_err(|_| Error::NoDev)?;
            let from = Ipv6Addr::from(info.addr);
            marks.from = (!from.is_unspecified()).then_some(IpAddr::V6(from));
        }
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, IPV6_HOPLIMIT) => marks.ttl = byte(data)?.filter(|ttl| *ttl != 0),
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, IPV6_TCLASS) => marks.tos = byte(data)?,
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        (SOL_SOCKET, SCM_TXTIME) => marks.at = Some(take(data)?),
        _ => return Err(Error::Inval),
    }
    Ok(())
}

/// An IPv4 address, in the form that this build has for one.
fn from_v4(addr: Ipv4Addr) -> IpAddr {
    #[cfg(CONFIG_NET_IPV4)]
    return IpAddr::V4(addr);
    #[cfg(not(CONFIG_NET_IPV4))]
    IpAddr::V6(addr.to_ipv6_mapped())
}

/// A number of eight bits, as a byte or an `int`; -1 is the default (RFC 3542, 6.3).
fn byte(data: &[u8]) -> Result<Option<u8>> {
    if let [byte] = data {
        return Ok(Some(*byte));
    }
    match take::<c_int>(data)? {
        -1 => Ok(None),
        number => u8::try_from(number).map(Some).map_err(|_| Error::Inval),
    }
}

/// Reads a value of C's, of which any bits are one.
fn take<T: Bits>(data: &[u8]) -> Result<T> {
    if data.len() < size_of::<T>() {
        return Err(Error::Inval);
    }
    // SAFETY: the length was checked, and any bits are a value of these types.
    Ok(unsafe { data.as_ptr().cast::<T>().read_unaligned() })
}

/// Types of which any bits are a value.
trait Bits: Copy {}
impl Bits for c_int {}
impl Bits for u64 {}
impl Bits for InPktinfo {}
#[cfg(CONFIG_NET_IPV6)]
impl Bits for In6Pktinfo {}

#[cfg(all(any(test, znet_layout), CONFIG_NET_IPV6))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    IPV6_PKTINFO,
}
