// SPDX-License-Identifier: Apache-2.0
//! Which interface, which source address and which neighbour a packet takes (RFC 4861, 5.2).
//!
//! Called by: `stack::tx_v6`. Calls: the interface's address tests, `routers`, `select`.

use core::cell::Cell;

use super::routers::Routers;
use super::scope::{LINK_LOCAL, scope};
use super::select;
use crate::base::{Error, Ipv6Addr, Result};
use crate::iface::{IF_MAX, IfFlag, IfRef, IfTable, L2Kind, changes};

/// Whom a frame is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    /// Ourselves: the packet never reaches a wire.
    Local,
    /// The station with this address: the destination itself or a router.
    Neighbour(Ipv6Addr),
    /// The stations in this group.
    Group(Ipv6Addr),
}

/// The way of a packet out of this host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Interface it leaves by.
    pub iface: IfRef,
    /// Source address it carries.
    pub src: Ipv6Addr,
    /// Whom the frame is addressed to.
    pub hop: Hop,
}

/// Finds the way to `dst`.
///
/// `bound` restricts the search to one interface; `src`, when specified, is kept as the source.
///
/// # Errors
/// [`Error::NetUnreach`] when no interface leads there, [`Error::NetDown`] when the one asked for
/// is down, [`Error::AddrNotAvail`] when there is no address to send from or `::1` would get on a
/// wire, [`Error::DestAddrReq`] for `::`.
pub fn route(
    table: &IfTable,
    routers: &Routers,
    bound: Option<IfRef>,
    src: Option<Ipv6Addr>,
    dst: Ipv6Addr,
) -> Result<Route> {
    if dst.is_unspecified() {
        return Err(Error::DestAddrReq);
    }
    let owner = match bound.filter(|_| dst.is_unicast_link_local()) {
        Some(iface) => Some(iface).filter(|iface| iface.has_ipv6_addr(dst)),
        None => table.owner_of_ipv6(dst),
    };
    if let Some(own) = owner {
        return Ok(Route { iface: own, src: src.unwrap_or(dst), hop: Hop::Local });
    }
    let (iface, hop) = search(table, routers, bound, src, dst).ok_or(Error::NetUnreach)?;
    if !iface.is_up() {
        return Err(Error::NetDown);
    }
    let src = match src.or_else(|| select::source(iface, dst, iface.prefers_public_ipv6())) {
        Some(src) => src,
        // Neighbour and listener discovery speak before there is an address (RFC 4861, 4.1).
        None if matches!(hop, Hop::Group(_)) => Ipv6Addr::UNSPECIFIED,
        None => return Err(Error::AddrNotAvail),
    };
    if (src.is_loopback() || dst.is_loopback()) && iface.l2_kind() != L2Kind::Loopback {
        return Err(Error::AddrNotAvail);
    }
    Ok(Route { iface, src, hop })
}

/// The interface that leads to `dst`: for a link-local destination or group the one bound to, the
/// source's, the default one; else the longest prefix on a link, then the routers.
fn search(
    table: &IfTable,
    routers: &Routers,
    bound: Option<IfRef>,
    src: Option<Ipv6Addr>,
    dst: Ipv6Addr,
) -> Option<(IfRef, Hop)> {
    let speaks = |i: &IfRef| i.is_up() && i.ipv6_config().is_some();
    let near = || {
        if IF_MAX == 1 {
            return bound.or_else(|| table.iter().find(speaks));
        }
        bound
            .or_else(|| src.and_then(|addr| table.owner_of_ipv6(addr)))
            .or_else(|| {
                table.default_iface().filter(|i| speaks(i) && i.l2_kind() != L2Kind::Loopback)
            })
            .or_else(|| table.iter().find(|i| speaks(i) && i.l2_kind() != L2Kind::Loopback))
            .or_else(|| table.iter().find(|i| speaks(i)))
    };
    if dst.is_multicast() {
        return near().map(|iface| (iface, Hop::Group(dst)));
    }
    if scope(dst) == LINK_LOCAL {
        return near().map(|iface| (iface, Hop::Neighbour(dst)));
    }
    let on = |i: &IfRef| bound.is_none_or(|bound| bound == *i) && speaks(i);
    let onlink = table
        .iter()
        .filter(on)
        .filter_map(|i| i.ipv6_onlink(dst).map(|prefix| (prefix.len.get(), i)))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let index = bound.map_or(0, IfRef::index);
    let by = |(index, hop): (u8, Ipv6Addr)| {
        // Without a next hop every destination is its own.
        let hop = if hop.is_unspecified() { dst } else { hop };
        Some((table.get(index)?, Hop::Neighbour(hop)))
    };
    // A redirect may know a neighbour that no prefix tells of, or a longer way round.
    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    {
        let route = routers.route(index, dst, |index| table.get(index).is_some_and(|i| speaks(&i)));
        let narrower = route.filter(|(_, r)| onlink.is_none_or(|(len, _)| r.len > len));
        if let Some((_, route)) = narrower {
            return by((route.iface, route.hop));
        }
    }
    let direct = onlink.map(|(_, iface)| (iface, Hop::Neighbour(dst)));
    let routed = routers.default_router(index).and_then(by);
    let point_to_point = || {
        let iface = table.iter().find(|i| on(i) && i.flag_is_set(IfFlag::PointToPoint))?;
        Some((iface, Hop::Neighbour(dst)))
    };
    direct
        .or(routed)
        .or_else(point_to_point)
        .or_else(|| bound.filter(|i| !i.is_up()).map(|iface| (iface, Hop::Neighbour(dst))))
}

/// Ways to neighbours found lately, which hold until an interface or a router changes.
pub struct Cache {
    ways: [Cell<Option<Kept>>; WAYS],
}

/// How many; which of them a destination takes, its last byte says.
const WAYS: usize = if cfg!(CONFIG_ZNET_PROFILE_TINY) { 0 } else { 4 };

#[derive(Clone, Copy)]
struct Kept {
    changes: u32,
    dst: Ipv6Addr,
    /// `::` where the source was left to the search.
    src: Ipv6Addr,
    /// Index of the interface asked for; 0 for none.
    bound: u8,
    route: Route,
}

impl Cache {
    /// Nothing found yet.
    pub const fn new() -> Self {
        Cache { ways: [const { Cell::new(None) }; WAYS] }
    }

    /// As [`route`], which it asks for what it does not know; `bound` is the index of an interface or 0.
    ///
    /// # Errors
    /// Those of [`route`]; [`Error::NoDev`] for an index without interface.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn route(
        &self,
        table: &IfTable,
        routers: &Routers,
        bound: u8,
        src: Option<Ipv6Addr>,
        dst: Ipv6Addr,
    ) -> Result<Route> {
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            return self.search(table, routers, bound, src, dst);
        }
        let key = src.unwrap_or(Ipv6Addr::UNSPECIFIED);
        let way = &self.ways[usize::from(dst.octets()[15]) % self.ways.len()];
        if let Some(kept) = way.get()
            && kept.dst == dst
            && kept.changes == changes()
            && kept.src == key
            && kept.bound == bound
            && kept.route.iface.is_up()
        {
            return Ok(kept.route);
        }
        self.search(table, routers, bound, src, dst)
    }

    #[cold]
    fn search(
        &self,
        table: &IfTable,
        routers: &Routers,
        bound: u8,
        src: Option<Ipv6Addr>,
        dst: Ipv6Addr,
    ) -> Result<Route> {
        // Asked before the search, so that a change during it is noticed.
        let changes = changes();
        let on = match bound {
            0 => None,
            index => Some(table.get(index).ok_or(Error::NoDev)?),
        };
        let route = route(table, routers, on, src, dst)?;
        if !cfg!(CONFIG_ZNET_PROFILE_TINY) && matches!(route.hop, Hop::Neighbour(_)) {
            let src = src.unwrap_or(Ipv6Addr::UNSPECIFIED);
            let way = &self.ways[usize::from(dst.octets()[15]) % self.ways.len()];
            way.set(Some(Kept { changes, dst, src, bound, route }));
        }
        Ok(route)
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod tests {
    use super::super::routers::Router;
    use super::*;
    use crate::base::EthAddr;
    use crate::iface::IfBuilder;
    use crate::wire::ndp::Preference;

    fn addr(text: &str) -> Ipv6Addr {
        text.parse().unwrap()
    }

    fn ethernet(last: u8) -> IfBuilder {
        IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, last]))
    }

    /// Two links, each with a link-local address and a prefix, and a router on the first.
    fn two_links() -> (IfTable, Routers, IfRef, IfRef) {
        let a = ethernet(1).ipv6(addr("fe80::a"), 128).ipv6(addr("2001:db8:a::1"), 64).up().build();
        let b = ethernet(2).ipv6(addr("fe80::b"), 128).ipv6(addr("2001:db8:b::1"), 64).up().build();
        let mut table = IfTable::new();
        table.add(a).unwrap();
        table.add(b).unwrap();
        let mut routers = Routers::new();
        routers.put(Router {
            iface: 1,
            addr: addr("fe80::99"),
            preference: Preference::Medium,
            until: None,
            reachable: true,
        });
        (table, routers, a, b)
    }

    #[test]
    fn prefixes_then_routers() {
        let (table, routers, a, b) = two_links();
        let to = |dst: &str| route(&table, &routers, None, None, addr(dst));
        let way = |iface, src: &str, hop: &str| {
            Ok(Route { iface, src: addr(src), hop: Hop::Neighbour(addr(hop)) })
        };
        assert_eq!(to("2001:db8:b::9"), way(b, "2001:db8:b::1", "2001:db8:b::9"));
        assert_eq!(to("2001:db8:c::9"), way(a, "2001:db8:a::1", "fe80::99"));
        assert_eq!(to("fe80::77"), way(a, "fe80::a", "fe80::77"));
        assert_eq!(to("2001:db8:b::1").map(|r| r.hop), Ok(Hop::Local));
        assert_eq!(to("ff02::1").map(|r| r.hop), Ok(Hop::Group(addr("ff02::1"))));
        assert_eq!(to("::"), Err(Error::DestAddrReq));
        assert_eq!(to("::1"), Err(Error::AddrNotAvail), "there is no loopback interface");
    }

    #[test]
    fn an_interface_asked_for_is_kept_to() {
        let (table, routers, a, b) = two_links();
        let on = |iface, dst: &str| route(&table, &routers, Some(iface), None, addr(dst));
        assert_eq!(on(b, "fe80::77").map(|r| r.src), Ok(addr("fe80::b")));
        assert_eq!(on(b, "2001:db8:a::9"), Err(Error::NetUnreach), "no router there");
        assert_eq!(on(a, "2001:db8:b::9").map(|r| r.hop), Ok(Hop::Neighbour(addr("fe80::99"))));
        b.bring_down();
        assert_eq!(on(b, "fe80::77"), Err(Error::NetDown));
    }

    #[test]
    fn the_cache_says_what_a_search_would() {
        let (table, mut routers, a, _) = two_links();
        let cache = Cache::new();
        let all = ["2001:db8:a::2", "2001:db8:b::6", "2001:db8:c::2", "fe80::2", "2001:db8:a::1"];
        let agree = |routers: &Routers| {
            for dst in all.map(addr) {
                for _ in 0..2 {
                    let found = route(&table, routers, None, None, dst);
                    assert_eq!(cache.route(&table, routers, 0, None, dst), found, "{dst}");
                }
            }
        };
        agree(&routers);
        routers.remove(1, addr("fe80::99"));
        crate::iface::note_change();
        agree(&routers);
        assert!(a.ipv6_prefix_rm(addr("2001:db8:a::"), 64));
        agree(&routers);
        a.bring_down();
        agree(&routers);
        assert_eq!(cache.route(&table, &routers, 9, None, addr("fe80::2")), Err(Error::NoDev));
    }
}
