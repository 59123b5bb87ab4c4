// SPDX-License-Identifier: Apache-2.0
//! Which interface, which source address and which neighbour a packet takes (RFC 1122, 3.3.1).
//!
//! Called by: `stack::tx`. Calls: the interface's address tests.

use crate::base::{Error, Ipv4Addr, Result};
use crate::iface::{IfFlag, IfRef, IfTable};

/// Whom a frame is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    /// Ourselves: the packet never reaches a wire.
    Local,
    /// The station with this address: the destination itself or a gateway.
    Neighbour(Ipv4Addr),
    /// Every station.
    Broadcast,
    /// The stations in this group.
    Group(Ipv4Addr),
}

/// The way of a packet out of this host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Interface it leaves by.
    pub iface: IfRef,
    /// Source address it carries.
    pub src: Ipv4Addr,
    /// Whom the frame is addressed to.
    pub hop: Hop,
}

/// Finds the way to `dst`.
///
/// `bound` restricts the search to one interface; `src`, when specified, is kept as the source.
///
/// # Errors
/// [`Error::NetUnreach`] when no interface leads there, [`Error::NetDown`] when the one asked for
/// is down, [`Error::AddrNotAvail`] when there is no address to send from.
pub fn route(
    table: &IfTable,
    bound: Option<IfRef>,
    src: Option<Ipv4Addr>,
    dst: Ipv4Addr,
) -> Result<Route> {
    if let Some(own) = owner(table, dst) {
        return Ok(Route { iface: own, src: src.unwrap_or(dst), hop: Hop::Local });
    }
    let (iface, hop) = match bound {
        Some(iface) => (iface, hop_on(iface, dst).ok_or(Error::NetUnreach)?),
        None => search(table, src, dst).ok_or(Error::NetUnreach)?,
    };
    if !iface.is_up() {
        return Err(Error::NetDown);
    }
    let src = src.or_else(|| iface.ipv4_select_src(dst));
    // A host that has no address yet may still ask everybody for one (RFC 1122, 3.2.1.3 a).
    let src = match hop {
        Hop::Broadcast | Hop::Group(_) => src.unwrap_or(Ipv4Addr::UNSPECIFIED),
        _ => src.ok_or(Error::AddrNotAvail)?,
    };
    Ok(Route { iface, src, hop })
}

/// The interface that has `dst` for its own; any of 127/8 belongs to the loopback interface.
#[inline]
fn owner(table: &IfTable, dst: Ipv4Addr) -> Option<IfRef> {
    if dst.is_loopback() {
        return table.iter().find(|i| i.ipv4_addrs().any(|a| a.addr.is_loopback()));
    }
    table.owner_of_ipv4(dst)
}

/// The first interface that leads to `dst`, best kind of way first: its own network, the network
/// of the source's interface, a gateway.
fn search(table: &IfTable, src: Option<Ipv4Addr>, dst: Ipv4Addr) -> Option<(IfRef, Hop)> {
    let up = || table.iter().filter(|i| i.is_up());
    if dst.is_multicast() || dst.is_broadcast() {
        let iface = src
            .and_then(|addr| up().find(|i| i.has_ipv4_addr(addr)))
            .or_else(|| table.default_iface().filter(|i| i.is_up()))
            .or_else(|| up().next())?;
        return Some((iface, hop_on(iface, dst)?));
    }
    if let Some(iface) = up().find(|i| i.is_ipv4_onlink(dst)) {
        return Some((iface, hop_on(iface, dst)?));
    }
    let from_source = src.and_then(|addr| up().find(|i| i.has_ipv4_addr(addr)));
    let gatewayed = |i: &IfRef| i.ipv4_gateway().is_some();
    let iface = from_source
        .filter(gatewayed)
        .or_else(|| table.default_iface().filter(|i| i.is_up()).filter(gatewayed))
        .or_else(|| up().find(gatewayed))?;
    Some((iface, hop_on(iface, dst)?))
}

/// Whom a frame for `dst` is addressed to on `iface`; `None` when `iface` does not lead there.
#[inline]
fn hop_on(iface: IfRef, dst: Ipv4Addr) -> Option<Hop> {
    if dst.is_multicast() {
        return Some(Hop::Group(dst));
    }
    if iface.is_ipv4_broadcast(dst) {
        return Some(Hop::Broadcast);
    }
    if iface.is_ipv4_onlink(dst) || iface.flag_is_set(IfFlag::PointToPoint) {
        return Some(Hop::Neighbour(dst));
    }
    iface.ipv4_gateway().map(Hop::Neighbour)
}
