// SPDX-License-Identifier: Apache-2.0
//! What is checked before an IPv4 packet is believed (RFC 1122, 3.2.1).
//!
//! Called by: `stack::rx`. Calls: `wire::ipv4`, the interface's address tests.

use super::senders::Senders;
use crate::base::{DropReason, Ipv4Addr};
use crate::buf::Pkt;
use crate::iface::{IfRef, IfTable, Ipv4Dst};
use crate::wire::ipv4::{self, Header};
use crate::wire::udp;

/// To whom a packet was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// One host: us.
    Unicast,
    /// All hosts of a network, limited or directed.
    Broadcast,
    /// A group.
    Multicast,
}

/// What later stages need of a packet's header.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// Source address.
    pub src: Ipv4Addr,
    /// Destination address.
    pub dst: Ipv4Addr,
    /// To whom it was sent.
    pub cast: Cast,
    /// Protocol number of the payload.
    pub protocol: u8,
    /// Bytes of the header with its options.
    pub header_len: u8,
    /// Time to live as received.
    pub ttl: u8,
    /// DSCP and ECN as received.
    pub tos: u8,
    /// It went round inside this host and never was on a wire.
    pub local: bool,
}

/// Checks the header at the front of `pkt` and cuts link padding off. The header stays in place.
///
/// `local` tells that the packet went round inside this host: then the sender is us.
///
/// # Errors
/// The reason to drop it.
#[inline]
pub fn input(
    pkt: &mut Pkt,
    iface: IfRef,
    table: &IfTable,
    senders: &Senders,
    local: bool,
    sum_verified: bool,
) -> Result<Info, DropReason> {
    let available = pkt.len();
    if pkt.head().len() < ipv4::HEADER_LEN || !pkt.is_linear() {
        gather(pkt, available)?;
    }
    let header = Header::parse(pkt.head(), available)?;
    let options = cfg!(CONFIG_ZNET_IPV4_OPTIONS);
    if !options && header.len() != ipv4::HEADER_LEN {
        return Err(DropReason::Ipv4BadOption);
    }
    if !sum_verified && !header.is_checksum_valid() {
        return Err(DropReason::Ipv4BadChecksum);
    }
    let (src, dst) = (header.src(), header.dst());
    let cast = classify(iface, table, dst, local)?;
    if !local {
        senders.pass(iface, src, || check_source(iface, table, src, cast))?;
    }
    if options && !header.option_bytes().is_empty() && header.options().any(|o| o.is_err()) {
        return Err(DropReason::Ipv4BadOption);
    }
    if header.is_fragment() {
        return Err(DropReason::Ipv4Fragment);
    }
    let info = Info {
        src,
        dst,
        cast,
        protocol: header.protocol(),
        header_len: if options { header.len() as u8 } else { ipv4::HEADER_LEN as u8 },
        ttl: header.ttl(),
        tos: header.dscp() << 2 | header.ecn(),
        local,
    };
    let total = header.total_len() as usize;
    if total < available {
        pkt.truncate(total);
    }
    Ok(info)
}

/// Brings the headers of a packet in pieces together, and a byte more if there is one: then pulling
/// them leaves their fragment in front, where an answer that quotes them finds them again.
#[cold]
fn gather(pkt: &mut Pkt, available: usize) -> Result<(), DropReason> {
    let front = available.min(ipv4::MAX_HEADER_LEN + udp::HEADER_LEN + 1);
    // When that is all, empty fragments behind it go.
    let gathered = pkt.pull_up(front) && (front < available || pkt.truncate(available));
    if gathered { Ok(()) } else { Err(DropReason::NoBuffer) }
}

/// Whether `dst` is ours, and how.
#[inline]
fn classify(iface: IfRef, table: &IfTable, dst: Ipv4Addr, local: bool) -> Result<Cast, DropReason> {
    match iface.classify_ipv4(dst) {
        Ipv4Dst::Unicast => Ok(Cast::Unicast),
        Ipv4Dst::Broadcast => Ok(Cast::Broadcast),
        Ipv4Dst::Multicast => Ok(Cast::Multicast),
        Ipv4Dst::Other => classify_elsewhere(table, dst, local),
    }
}

/// 0.0.0.0 is an old form of broadcast (RFC 1122, 3.3.6), taken where the configuration says so.
/// Any other address of ours is ours on every interface (RFC 1122, 3.3.4.2: the weak model), except
/// that 127/8 must not be seen outside a host (RFC 1122, 3.2.1.3 g).
#[cold]
fn classify_elsewhere(table: &IfTable, dst: Ipv4Addr, local: bool) -> Result<Cast, DropReason> {
    if cfg!(CONFIG_NET_IPV4_ACCEPT_ZERO_BROADCAST) && dst.is_unspecified() {
        return Ok(Cast::Broadcast);
    }
    // The interface it came by was asked.
    let others = crate::iface::IF_MAX > 1;
    let used = |i: IfRef| i.ipv4_slot(dst).is_some_and(|slot| !slot.ipv4.is_tried());
    let ours = if dst.is_loopback() { local } else { others && table.iter().any(used) };
    if ours { Ok(Cast::Unicast) } else { Err(DropReason::Ipv4NotForUs) }
}

/// Refuses what cannot be the address of a single other host (RFC 1122, 3.2.1.3).
///
/// # Errors
/// [`DropReason::Ipv4BadSource`].
#[cold]
pub fn check_source(
    iface: IfRef,
    table: &IfTable,
    src: Ipv4Addr,
    cast: Cast,
) -> Result<(), DropReason> {
    let group = src.is_multicast() || iface.is_ipv4_broadcast(src);
    let own = match crate::iface::IF_MAX {
        1 => iface.has_ipv4_addr(src),
        _ => table.owner_of_ipv4(src).is_some(),
    };
    if group || src.is_loopback() || own {
        return Err(DropReason::Ipv4BadSource);
    }
    // A host without an address yet may only speak to everybody (DHCP, IGMP).
    if src.octets()[0] == 0 && (cast == Cast::Unicast || !src.is_unspecified()) {
        return Err(DropReason::Ipv4BadSource);
    }
    Ok(())
}
