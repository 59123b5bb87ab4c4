// SPDX-License-Identifier: Apache-2.0
//! Sockets of AF_PACKET, and those of AF_INET and AF_INET6 with SOCK_RAW.
//!
//! Called by: the functions of this folder, which C calls. Calls: `socket::raw`.

use core::ffi::{c_int, c_void};

use super::super::current;
use super::addr;
use super::{MSG_PEEK, MSG_TRUNC};
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
use crate::base::EthAddr;
use crate::base::{Error, Result};
use crate::buf::Pkt;
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
use crate::iface::{IfRef, L2Kind};
use crate::socket::raw;
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
use crate::stack::LinkTo;
#[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
use crate::transport::Flags;
use crate::transport::{ContextId, Raw};
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
use crate::wire::ethernet::{HEADER_LEN, ethertype};

/// `AF_PACKET` as Zephyr numbers it.
pub(in crate::capi) const AF_PACKET: u16 = 3;
/// `ETH_P_ALL`.
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
const ALL: u16 = 3;
/// `IPPROTO_RAW`.
const IPPROTO_RAW: c_int = 255;

/// `struct sockaddr_ll`.
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SockaddrLl {
    family: u16,
    /// Network byte order.
    protocol: [u8; 2],
    ifindex: c_int,
    hatype: u16,
    pkttype: u8,
    halen: u8,
    addr: [u8; 8],
}

/// What a socket of this family, type and protocol takes; `None` when there is none of these here.
pub(in crate::capi) fn of(family: c_int, kind: c_int, proto: c_int) -> Option<Result<Raw>> {
    #[cfg(CONFIG_NET_SOCKETS_PACKET)]
    if family == c_int::from(AF_PACKET) {
        let header = match kind {
            super::SOCK_RAW => true,
            super::SOCK_DGRAM if cfg!(CONFIG_NET_SOCKETS_PACKET_DGRAM) => false,
            super::SOCK_DGRAM | super::SOCK_STREAM => return Some(Err(Error::ProtoNoSupport)),
            _ => return Some(Err(Error::ProtoType)),
        };
        let ethertype = u16::try_from(proto).map(ethertype_of).map_err(|_| Error::ProtoNoSupport);
        return Some(ethertype.map(|ethertype| Raw::Frames { ethertype, header }));
    }
    #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
    if kind == super::SOCK_RAW {
        let protocol = match proto {
            IPPROTO_RAW => Ok(0),
            _ => u8::try_from(proto).map_err(|_| Error::ProtoNoSupport),
        };
        return Some(protocol.map(|protocol| Raw::Ip { protocol }));
    }
    let _ = (family, kind, proto);
    None
}

/// The EtherType a protocol stands for: it is in network byte order. That of the host was usual before,
/// so what is known in that order only is taken so.
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
fn ethertype_of(proto: u16) -> u16 {
    const KNOWN: &[u16] = &[
        ALL,
        ethertype::IPV4,
        ethertype::ARP,
        ethertype::VLAN,
        ethertype::IPV6,
        ethertype::EAPOL,
        ethertype::LLDP,
        ethertype::PTP,
    ];
    let network = u16::from_be(proto);
    match proto {
        0 => 0,
        _ if c_int::from(proto) == IPPROTO_RAW => ALL,
        _ if KNOWN.contains(&proto) && !KNOWN.contains(&network) => proto,
        _ => network,
    }
}

#[cfg(CONFIG_NET_SOCKETS_PACKET)]
unsafe fn read_ll(addr: *const c_void, len: usize) -> Result<SockaddrLl> {
    if addr.is_null() {
        return Err(Error::Fault);
    }
    if len < size_of::<SockaddrLl>() {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise, and the length was checked.
    Ok(unsafe { addr.cast::<SockaddrLl>().read_unaligned() })
}

#[cfg(CONFIG_NET_SOCKETS_PACKET)]
fn index_of(ifindex: c_int) -> Result<u8> {
    u8::try_from(ifindex).map_err(|_| if ifindex < 0 { Error::Inval } else { Error::AddrNotAvail })
}

fn raw_of(id: ContextId) -> Result<Raw> {
    current()
        .core
        .with(|stack, _| stack.contexts.get(id).map(|context| context.raw))?
        .ok_or(Error::BadF)
}

/// Family, type and protocol, as `getsockopt` tells them.
pub(super) fn description(id: ContextId) -> Result<(u32, u32, u32)> {
    Ok(match raw_of(id)? {
        #[cfg(CONFIG_NET_SOCKETS_PACKET)]
        Raw::Frames { ethertype, header } => {
            let kind = if header { super::SOCK_RAW } else { super::SOCK_DGRAM };
            (AF_PACKET.into(), kind as u32, ethertype.to_be().into())
        }
        #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
        Raw::Ip { protocol } => {
            let context = current()
                .core
                .with(|stack, _| stack.contexts.get(id).map(|context| context.flags))?;
            let family = if context.contains(Flags::V6) { addr::AF_INET6 } else { addr::AF_INET };
            (family.into(), super::SOCK_RAW as u32, protocol.into())
        }
    })
}

/// # Safety
/// As for `zsock_bind`.
pub(in crate::capi) unsafe fn bind(id: ContextId, addr: *const c_void, len: usize) -> Result<()> {
    match raw_of(id)? {
        #[cfg(CONFIG_NET_SOCKETS_PACKET)]
        Raw::Frames { .. } => {
            // SAFETY: the caller's promise.
            let name = unsafe { read_ll(addr, len)? };
            if name.family != AF_PACKET {
                return Err(Error::AfNoSupport);
            }
            let kind = ethertype_of(u16::from_ne_bytes(name.protocol));
            let index = index_of(name.ifindex)?;
            current().core.with(|stack, _| stack.packet_bind(id, index, kind))
        }
        #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
        Raw::Ip { .. } => {
            // SAFETY: the caller's promise.
            let name = unsafe { addr::read(addr, len)? };
            current().core.with(|stack, _| stack.raw_ip_bind(id, name.addr))
        }
    }
}

/// # Safety
/// `addr` is null or readable for `addrlen` bytes.
pub(in crate::capi) unsafe fn send(
    id: ContextId,
    nonblock: bool,
    parts: &[&[u8]],
    addr: *const c_void,
    addrlen: usize,
) -> Result<usize> {
    let core = &current().core;
    match raw_of(id)? {
        #[cfg(CONFIG_NET_SOCKETS_PACKET)]
        Raw::Frames { .. } => {
            let to = match addr.is_null() {
                true => None,
                false => {
                    // SAFETY: the caller's promise.
                    let name = unsafe { read_ll(addr, addrlen)? };
                    // Zephyr does not look at the family here, and its samples leave it out.
                    if name.family != AF_PACKET && name.family != addr::AF_UNSPEC {
                        return Err(Error::AfNoSupport);
                    }
                    let [a, b, c, d, e, f, ..] = name.addr;
                    Some(LinkTo {
                        iface: index_of(name.ifindex)?,
                        ethertype: ethertype_of(u16::from_ne_bytes(name.protocol)),
                        addr: EthAddr([a, b, c, d, e, f]),
                    })
                }
            };
            raw::send(core, id, nonblock, parts, |stack, _, pkt| stack.packet_send(id, to, pkt))
        }
        #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
        Raw::Ip { .. } => {
            // Where it goes the packet itself says.
            let _ = (addr, addrlen);
            raw::send(core, id, nonblock, parts, |stack, env, pkt| stack.raw_ip_send(env, id, pkt))
        }
    }
}

/// Receives into `parts`; returns what the call returns, and whether something did not fit.
///
/// # Safety
/// `name` and `namelen` are null, or writable as they say.
pub(super) unsafe fn receive(
    id: ContextId,
    nonblock: bool,
    flags: c_int,
    parts: &mut [&mut [u8]],
    name: *mut c_void,
    namelen: *mut usize,
) -> Result<(usize, bool)> {
    let kind = raw_of(id)?;
    let peek = flags & MSG_PEEK != 0;
    let seen = raw::receive(&current().core, id, nonblock, peek, |pkt| {
        let skip = header_len(kind, pkt);
        let mut copied = 0;
        for part in parts.iter_mut() {
            copied += pkt.copy_out(skip + copied, part);
        }
        // SAFETY: the caller's promise.
        unsafe { tell_name(kind, pkt, name, namelen) };
        (copied, pkt.len() - skip)
    })?;
    let (copied, len) = seen.unwrap_or_default();
    Ok((if flags & MSG_TRUNC != 0 { len } else { copied }, copied < len))
}

/// Bytes in front of what the application wants of what came for the context `id`.
pub(in crate::capi) fn header_of(id: Option<ContextId>, pkt: &Pkt) -> usize {
    id.and_then(|id| raw_of(id).ok()).map_or(0, |kind| header_len(kind, pkt))
}

/// Bytes in front of what the application wants.
fn header_len(kind: Raw, pkt: &Pkt) -> usize {
    match kind {
        #[cfg(CONFIG_NET_SOCKETS_PACKET)]
        Raw::Frames { header: false, .. } if is_ethernet(pkt) => HEADER_LEN.min(pkt.len()),
        _ => {
            let _ = pkt;
            0
        }
    }
}

#[cfg(CONFIG_NET_SOCKETS_PACKET)]
fn is_ethernet(pkt: &Pkt) -> bool {
    let ethernet = |iface: IfRef| iface.l2_kind() == L2Kind::Ethernet;
    cfg!(CONFIG_NET_L2_ETHERNET) && IfRef::of(pkt).is_some_and(ethernet)
}

/// Bytes the next one has.
pub(super) fn readable(id: ContextId) -> Result<usize> {
    let kind = raw_of(id)?;
    current().core.with(|stack, _| {
        let context = stack.contexts.get(id)?;
        Ok(context.rx.front().map_or(0, |pkt| pkt.len() - header_len(kind, pkt)))
    })
}

/// Writes who sent it.
///
/// # Safety
/// As for [`receive`].
unsafe fn tell_name(kind: Raw, pkt: &Pkt, name: *mut c_void, namelen: *mut usize) {
    match kind {
        #[cfg(CONFIG_NET_SOCKETS_PACKET)]
        Raw::Frames { .. } => {
            if name.is_null() || namelen.is_null() {
                return;
            }
            // SAFETY: the caller's promise.
            unsafe { addr::put(sender(pkt), name, namelen) };
        }
        #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
        Raw::Ip { .. } => {
            if let Some((from, six)) = crate::stack::sender_of(pkt) {
                let near = six && is_near(from);
                let scope =
                    if near { crate::iface::IfRef::of(pkt).map_or(0, |i| i.index()) } else { 0 };
                let from = crate::base::Endpoint::new(from, 0);
                // SAFETY: the caller's promise.
                unsafe { addr::write_scoped(from, six, scope, name, namelen) };
            }
        }
    }
}

/// Whether an address means something on its link only.
#[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
fn is_near(addr: crate::base::IpAddr) -> bool {
    #[cfg(CONFIG_NET_IPV6)]
    return addr.v6().is_some_and(|ip| ip.is_unicast_link_local());
    #[cfg(not(CONFIG_NET_IPV6))]
    {
        let _ = addr;
        false
    }
}

/// Who sent a frame, and how.
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
fn sender(pkt: &Pkt) -> SockaddrLl {
    const ETHER: u16 = 1;
    const NONE: u16 = 0xfffe;
    let iface = IfRef::of(pkt);
    let mut name = SockaddrLl {
        family: AF_PACKET,
        protocol: [0; 2],
        ifindex: iface.map_or(0, |iface| iface.index().into()),
        hatype: NONE,
        pkttype: 0,
        halen: 0,
        addr: [0; 8],
    };
    if let Some(iface) = iface {
        let kind = crate::stack::frame_kind(iface, pkt).unwrap_or(0);
        name.protocol = kind.to_be_bytes();
        let mut header = [0; HEADER_LEN];
        if is_ethernet(pkt) && pkt.copy_out(0, &mut header) == HEADER_LEN {
            let [a, b, c, d, e, f, g, h, i, j, k, l, ..] = header;
            let to = EthAddr([a, b, c, d, e, f]);
            name.hatype = ETHER;
            name.halen = 6;
            name.addr = [g, h, i, j, k, l, 0, 0];
            name.pkttype = match to {
                _ if to == iface.mac() => 0,
                EthAddr::BROADCAST => 1,
                _ if a & 1 != 0 => 2,
                _ => 3,
            };
        }
    }
    name
}

/// Writes the local name of a socket.
///
/// # Safety
/// `name` and `len` are writable as they say.
pub(super) unsafe fn local_name(id: ContextId, name: *mut c_void, len: *mut usize) -> Result<()> {
    let kind = raw_of(id)?;
    let (local, iface) = current()
        .core
        .with(|stack, _| stack.contexts.get(id).map(|context| (context.local, context.iface)))?;
    match kind {
        #[cfg(CONFIG_NET_SOCKETS_PACKET)]
        Raw::Frames { ethertype, .. } => {
            let raw = SockaddrLl {
                family: AF_PACKET,
                protocol: ethertype.to_be_bytes(),
                ifindex: iface.into(),
                hatype: 0,
                pkttype: 0,
                halen: 0,
                addr: [0; 8],
            };
            let _ = local;
            // SAFETY: the caller's promise.
            unsafe { addr::put(raw, name, len) };
        }
        #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
        Raw::Ip { .. } => {
            let _ = iface;
            // SAFETY: the caller's promise.
            unsafe { addr::write(local, local.addr.v4().is_none(), name, len) };
        }
    }
    Ok(())
}

#[cfg(all(any(test, znet_layout), CONFIG_NET_SOCKETS_PACKET))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_ip.h":
    SockaddrLl = "struct sockaddr_ll" {
        family = "sll_family", protocol = "sll_protocol", ifindex = "sll_ifindex",
        hatype = "sll_hatype", pkttype = "sll_pkttype", halen = "sll_halen", addr = "sll_addr",
    };
}

#[cfg(all(any(test, znet_layout), CONFIG_NET_SOCKETS_PACKET))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/net_ip.h":
    AF_PACKET,
    ALL => "IPPROTO_ETH_P_ALL",
    IPPROTO_RAW,
}
