// SPDX-License-Identifier: Apache-2.0
//! Which interface, which source address and which neighbour a packet takes (RFC 1122, 3.3.1).
//!
//! Called by: `stack::tx`. Calls: the interface's address tests.

use core::cell::Cell;

use crate::base::{Error, Ipv4Addr, Result};
use crate::iface::{IF_MAX, IfFlag, IfRef, IfTable, Ipv4Near, L2Kind, changes};

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
/// is down, [`Error::AddrNotAvail`] when there is no address to send from or 127/8 would get on a
/// wire, [`Error::DestAddrReq`] for 0.0.0.0, which is nobody's (RFC 1122, 3.2.1.3).
pub fn route(
    table: &IfTable,
    bound: Option<IfRef>,
    src: Option<Ipv4Addr>,
    dst: Ipv4Addr,
) -> Result<Route> {
    if !cfg!(CONFIG_ZNET_PROFILE_TINY)
        && let Some(route) = direct(table, bound, src, dst)
    {
        return Ok(route);
    }
    route_slowly(table, bound, src, dst)
}

/// Ways to neighbours found lately, which hold until an interface changes.
pub struct Cache {
    ways: [Cell<Option<Kept>>; WAYS],
}

/// How many; which of them a destination takes, its last byte says.
const WAYS: usize = if cfg!(CONFIG_ZNET_PROFILE_TINY) { 0 } else { 4 };

#[derive(Clone, Copy)]
struct Kept {
    changes: u32,
    dst: Ipv4Addr,
    /// 0.0.0.0 where the source was left to the search.
    src: Ipv4Addr,
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
    #[inline]
    pub fn route(
        &self,
        table: &IfTable,
        bound: u8,
        src: Option<Ipv4Addr>,
        dst: Ipv4Addr,
    ) -> Result<Route> {
        let changes = changes();
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            return self.search(table, bound, src, dst, changes);
        }
        let key = src.unwrap_or(Ipv4Addr::UNSPECIFIED);
        if let Some(kept) = self.way(dst).get()
            && kept.dst == dst
            && kept.changes == changes
            && kept.src == key
            && kept.bound == bound
            && kept.route.iface.is_up()
        {
            return Ok(kept.route);
        }
        self.search(table, bound, src, dst, changes)
    }

    #[inline]
    fn way(&self, dst: Ipv4Addr) -> &Cell<Option<Kept>> {
        &self.ways[usize::from(dst.octets()[3]) % self.ways.len()]
    }

    #[cold]
    fn search(
        &self,
        table: &IfTable,
        bound: u8,
        src: Option<Ipv4Addr>,
        dst: Ipv4Addr,
        changes: u32,
    ) -> Result<Route> {
        let on = match bound {
            0 => None,
            index => Some(table.get(index).ok_or(Error::NoDev)?),
        };
        let route = route(table, on, src, dst)?;
        if !cfg!(CONFIG_ZNET_PROFILE_TINY) && matches!(route.hop, Hop::Neighbour(_)) {
            let src = src.unwrap_or(Ipv4Addr::UNSPECIFIED);
            self.way(dst).set(Some(Kept { changes, dst, src, bound, route }));
        }
        Ok(route)
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

/// The way where there is one interface, and the only question is what it does with `dst`.
fn route_by_one(
    iface: IfRef,
    asked_for: bool,
    src: Option<Ipv4Addr>,
    dst: Ipv4Addr,
) -> Result<Route> {
    let loopback = iface.l2_kind() == L2Kind::Loopback;
    let own = iface.has_ipv4_addr(dst) || loopback && dst.is_loopback();
    if own && !cfg!(CONFIG_ZNET_LOCAL_DELIVERY) {
        return Err(Error::NetUnreach);
    }
    let hop = if own { Some(Hop::Local) } else { hop_on(iface, dst) };
    let hop = hop.ok_or(Error::NetUnreach)?;
    if !own && !iface.is_up() {
        return Err(if asked_for { Error::NetDown } else { Error::NetUnreach });
    }
    let src = match (src, hop) {
        (Some(src), _) => src,
        (None, Hop::Local) => dst,
        (None, _) => match (iface.ipv4_select_src(dst), hop) {
            (Some(src), _) => src,
            // A host that has no address yet may still ask everybody for one (RFC 1122, 3.2.1.3 a).
            (None, Hop::Broadcast | Hop::Group(_)) => Ipv4Addr::UNSPECIFIED,
            (None, _) => return Err(Error::AddrNotAvail),
        },
    };
    if !own && !loopback && (src.is_loopback() || dst.is_loopback()) {
        return Err(Error::AddrNotAvail);
    }
    Ok(Route { iface, src, hop })
}

/// Every case, asked one question after the other.
#[cold]
fn route_slowly(
    table: &IfTable,
    bound: Option<IfRef>,
    src: Option<Ipv4Addr>,
    dst: Ipv4Addr,
) -> Result<Route> {
    if dst.is_unspecified() {
        return Err(Error::DestAddrReq);
    }
    if src.is_some_and(|src| is_tried(table, src)) {
        return Err(Error::AddrNotAvail);
    }
    if IF_MAX == 1 {
        let iface = table.iter().next().ok_or(Error::NetUnreach)?;
        return route_by_one(iface, bound.is_some(), src, dst);
    }
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
    if (src.is_loopback() || dst.is_loopback()) && iface.l2_kind() != L2Kind::Loopback {
        return Err(Error::AddrNotAvail);
    }
    Ok(Route { iface, src, hop })
}

/// True for an address of ours that is not to be used yet (RFC 5227, 2.1.1).
fn is_tried(table: &IfTable, src: Ipv4Addr) -> bool {
    cfg!(CONFIG_NET_IPV4_ACD)
        && table.iter().any(|i| i.ipv4_slot(src).is_some_and(|slot| slot.ipv4.is_tried()))
}

/// The common cases in one pass over all addresses: `dst` is ours, or a host in a subnet of ours.
/// `None` leaves it to the long way, which says the same of these.
#[inline]
fn direct(
    table: &IfTable,
    bound: Option<IfRef>,
    src: Option<Ipv4Addr>,
    dst: Ipv4Addr,
) -> Option<Route> {
    let unclear = |src: Ipv4Addr| src.is_loopback() || is_tried(table, src);
    if matches!(dst.octets()[0], 0 | 127 | 224..=239) || src.is_some_and(unclear) {
        return None;
    }
    let mut found: Option<(IfRef, Ipv4Addr)> = None;
    for iface in table.iter() {
        match iface.ipv4_near(dst) {
            None => {}
            Some(Ipv4Near::Own) => {
                return Some(Route { iface, src: src.unwrap_or(dst), hop: Hop::Local });
            }
            Some(Ipv4Near::OnLink(own)) => {
                let usable = iface.is_up() && bound.is_none_or(|b| b == iface);
                // Two networks around it: the narrower one has to be found.
                if usable && found.replace((iface, own)).is_some() {
                    return None;
                }
            }
            Some(Ipv4Near::Unclear) => return None,
        }
    }
    let (iface, own) = found?;
    Some(Route { iface, src: src.unwrap_or(own), hop: Hop::Neighbour(dst) })
}

/// The interface by which packets to `dst` leave, whatever address they leave from.
pub fn iface_to(table: &IfTable, dst: Ipv4Addr) -> Option<IfRef> {
    owner(table, dst).or_else(|| search(table, None, dst).map(|(iface, _)| iface))
}

/// The interface that has `dst` for its own; any of 127/8 belongs to the loopback interface.
#[inline]
fn owner(table: &IfTable, dst: Ipv4Addr) -> Option<IfRef> {
    if dst.is_loopback() {
        return table.iter().find(|i| i.ipv4_addrs().any(|a| a.addr.is_loopback()));
    }
    table.owner_of_ipv4(dst)
}

/// The interface that leads to `dst`, best kind of way first: the narrowest network around it, the
/// gateway (or the other end) of the source's interface, that of the default interface, any other.
fn search(table: &IfTable, src: Option<Ipv4Addr>, dst: Ipv4Addr) -> Option<(IfRef, Hop)> {
    let up = || table.iter().filter(|i| i.is_up());
    if dst.is_multicast() || dst.is_broadcast() {
        let iface = src
            .and_then(|addr| up().find(|i| i.has_ipv4_addr(addr)))
            .or_else(|| table.default_iface().filter(|i| i.is_up()))
            .or_else(|| up().next())?;
        return Some((iface, hop_on(iface, dst)?));
    }
    let narrower = |best: IfRef, next: IfRef| {
        if next.ipv4_prefix_match(dst) > best.ipv4_prefix_match(dst) { next } else { best }
    };
    if let Some(iface) = up().filter(|i| i.is_ipv4_onlink(dst)).reduce(narrower) {
        return Some((iface, hop_on(iface, dst)?));
    }
    let from_source = src.and_then(|addr| up().find(|i| i.has_ipv4_addr(addr)));
    let leads_on = |i: &IfRef| hop_on(*i, dst).is_some();
    let iface = from_source
        .filter(leads_on)
        .or_else(|| table.default_iface().filter(|i| i.is_up()).filter(leads_on))
        .or_else(|| up().find(leads_on))?;
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
    // No router takes a link-local destination any further (RFC 3927, 2.6.2).
    let link_local = dst.is_link_local() && iface.l2_kind() != L2Kind::Loopback;
    if iface.is_ipv4_onlink(dst) || link_local || iface.flag_is_set(IfFlag::PointToPoint) {
        return Some(Hop::Neighbour(dst));
    }
    iface.ipv4_gateway().map(Hop::Neighbour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::EthAddr;
    use crate::iface::{AddrState, IfBuilder};

    fn ethernet(last: u8) -> IfBuilder {
        IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, last]))
    }

    /// The short way may know no answer, but never another one.
    #[test]
    fn both_ways_agree() {
        let lo = IfBuilder::loopback().up().build();
        let a = ethernet(1).ipv4([10, 0, 0, 1], 8).ipv4([10, 1, 2, 1], 24).gateway([10, 0, 0, 9]);
        let b = ethernet(2).ipv4([192, 0, 2, 1], 30).ipv4([198, 51, 100, 1], 31).up().build();
        let c = ethernet(3).ipv4([192, 0, 2, 17], 0).ipv4([10, 1, 2, 129], 25).up().build();
        let down = ethernet(4).ipv4([203, 0, 113, 1], 24).build();
        let mut table = IfTable::new();
        for iface in [lo, a.up().build(), b, c, down] {
            table.add(iface).unwrap();
        }
        let mut destinations = std::vec![Ipv4Addr::UNSPECIFIED, Ipv4Addr::BROADCAST];
        for net in [[10, 0, 0], [10, 1, 2], [192, 0, 2], [198, 51, 100], [203, 0, 113], [127, 0, 0]]
        {
            destinations.extend((0..=255).map(|h| Ipv4Addr::new(net[0], net[1], net[2], h)));
        }
        destinations
            .extend([[10, 255, 255, 255], [224, 0, 0, 1], [8, 8, 8, 8]].map(Ipv4Addr::from));
        let mut short = 0;
        for &dst in &destinations {
            for bound in [None, table.get(1), table.get(2), table.get(4), table.get(5)] {
                for src in [None, Some([10, 1, 2, 1].into()), Some([192, 0, 2, 1].into())] {
                    let Some(direct) = direct(&table, bound, src, dst) else { continue };
                    let long = route_slowly(&table, bound, src, dst);
                    assert_eq!(Ok(direct), long, "to {dst} from {src:?} on {bound:?}");
                    short += 1;
                }
            }
        }
        assert!(short > 1000, "the short way is taken: {short}");
    }

    /// With room for one interface nothing is searched, and the way is the same.
    #[test]
    fn one_interface_is_as_many() {
        let eth = || ethernet(1).ipv4([192, 0, 2, 1], 24);
        let kinds = [
            eth().up().build(),
            eth().gateway([192, 0, 2, 9]).up().build(),
            eth().build(),
            ethernet(2).up().build(),
            IfBuilder::loopback().up().build(),
        ];
        for iface in kinds {
            let mut table = IfTable::new();
            table.add(iface).unwrap();
            for dst in [[192, 0, 2, 1], [192, 0, 2, 7], [192, 0, 2, 255], [255; 4], [127, 0, 0, 1]]
                .into_iter()
                .chain([[127, 0, 0, 9], [8, 8, 8, 8], [224, 0, 0, 5], [169, 254, 1, 1]])
                .map(Ipv4Addr::from)
            {
                for bound in [None, Some(iface)] {
                    for src in [None, Some(Ipv4Addr::new(192, 0, 2, 1)), Some(Ipv4Addr::LOCALHOST)]
                    {
                        let long = route_slowly(&table, bound, src, dst);
                        let short = route_by_one(iface, bound.is_some(), src, dst);
                        assert_eq!(short, long, "to {dst} from {src:?}, bound {}", bound.is_some());
                    }
                }
            }
        }
    }

    #[test]
    fn ways_go_by_owner_then_subnet_then_gateway() {
        let eth = ethernet(1).ipv4([192, 0, 2, 1], 24).up().build();
        let wan = IfBuilder::dummy().ipv4([10, 0, 0, 1], 8).gateway([10, 0, 0, 254]).up().build();
        let mut table = IfTable::new();
        let to = |table: &IfTable, dst: [u8; 4]| iface_to(table, dst.into());
        assert_eq!(to(&table, [192, 0, 2, 1]), None);
        table.add(eth).unwrap();
        table.add(wan).unwrap();
        assert_eq!(to(&table, [10, 0, 0, 1]), Some(wan));
        assert_eq!(to(&table, [10, 1, 1, 1]), Some(wan));
        assert_eq!(to(&table, [192, 0, 2, 77]), Some(eth));
        assert_eq!(to(&table, [198, 51, 100, 1]), Some(wan), "the default has no way there");
        assert_eq!(to(&table, [255; 4]), Some(eth), "the default interface");
        wan.bring_down();
        assert_eq!(to(&table, [10, 1, 1, 1]), None, "a link that is down leads nowhere");
    }

    /// The other end of a point-to-point link is a gateway that needs no address.
    #[test]
    fn a_point_to_point_link_leads_everywhere() {
        let eth = ethernet(1).ipv4([192, 0, 2, 1], 24).up().build();
        let ppp = IfBuilder::dummy().ipv4([10, 0, 0, 1], 32).up().build();
        let mut table = IfTable::new();
        table.add(eth).unwrap();
        table.add(ppp).unwrap();
        let dst = Ipv4Addr::new(8, 8, 8, 8);
        assert_eq!(route(&table, None, None, dst), Err(Error::NetUnreach));
        ppp.flag_set(IfFlag::PointToPoint);
        let way = Route { iface: ppp, src: [10, 0, 0, 1].into(), hop: Hop::Neighbour(dst) };
        assert_eq!(route(&table, None, None, dst), Ok(way));
    }

    #[test]
    fn link_local_destinations_pass_no_router() {
        let gateway = [192, 0, 2, 9];
        let eth = ethernet(1).ipv4([192, 0, 2, 1], 24).gateway(gateway).up().build();
        let mut table = IfTable::new();
        table.add(eth).unwrap();
        let hop = |dst: [u8; 4]| route(&table, None, None, dst.into()).unwrap().hop;
        assert_eq!(hop([8, 8, 8, 8]), Hop::Neighbour(gateway.into()));
        assert_eq!(hop([169, 254, 9, 9]), Hop::Neighbour([169, 254, 9, 9].into()));
    }

    /// RFC 1122, 3.2.1.3 a and g.
    #[test]
    fn what_no_wire_may_carry() {
        let eth = ethernet(1).ipv4([192, 0, 2, 1], 1).gateway([192, 0, 2, 9]).up().build();
        let mut table = IfTable::new();
        table.add(eth).unwrap();
        let peer = Ipv4Addr::new(192, 0, 2, 2);
        let local = Some(Ipv4Addr::LOCALHOST);
        for bound in [None, Some(eth)] {
            let route = |src, dst| route(&table, bound, src, dst);
            assert_eq!(route(None, Ipv4Addr::LOCALHOST), Err(Error::AddrNotAvail));
            assert_eq!(route(None, Ipv4Addr::UNSPECIFIED), Err(Error::DestAddrReq));
            for dst in [peer, [8, 8, 8, 8].into(), [224, 0, 0, 5].into(), [255; 4].into()] {
                assert_eq!(route(local, dst), Err(Error::AddrNotAvail), "to {dst}");
            }
            assert!(route(None, peer).is_ok());
        }
    }

    /// What is kept is forgotten with every change that could make it wrong.
    #[test]
    fn the_cache_says_what_a_search_would() {
        let a = ethernet(1).ipv4([10, 0, 0, 1], 8).gateway([10, 0, 0, 9]).up().build();
        let b = ethernet(2).ipv4([192, 0, 2, 1], 24).up().build();
        let mut table = IfTable::new();
        table.add(a).unwrap();
        table.add(b).unwrap();
        let cache = Cache::new();
        let destinations =
            [[10, 0, 0, 2], [10, 0, 0, 6], [192, 0, 2, 2], [8, 8, 8, 8], [203, 0, 113, 2]];
        let agree = |table: &IfTable, after: &str| {
            for dst in destinations.map(Ipv4Addr::from) {
                for bound in [0, b.index()] {
                    for src in [None, Some([10, 0, 0, 1].into())] {
                        for _ in 0..2 {
                            let kept = cache.route(table, bound, src, dst);
                            let found = route(table, table.get(bound), src, dst);
                            assert_eq!(kept, found, "to {dst} on {bound:?} from {src:?} {after}");
                        }
                    }
                }
            }
        };
        agree(&table, "at first");
        assert!(b.ipv4_add([10, 0, 0, 2].into(), 8));
        agree(&table, "with a destination our own");
        assert!(b.ipv4_addr_rm([10, 0, 0, 2].into()));
        agree(&table, "without it again");
        assert!(a.set_ipv4_netmask([10, 0, 0, 1].into(), [255, 255, 255, 252].into()));
        agree(&table, "with a narrower network");
        assert!(a.set_ipv4_gateway([10, 0, 0, 3].into()));
        agree(&table, "by another gateway");
        b.flag_clear(IfFlag::Up);
        agree(&table, "with an interface down");
        b.flag_set(IfFlag::Up);
        assert!(table.remove(a));
        agree(&table, "with an interface gone");
        let c = ethernet(3).ipv4([203, 0, 113, 1], 24).up().build();
        table.add(c).unwrap();
        agree(&table, "with a new one");
        c.ipv4_slot([203, 0, 113, 1].into()).unwrap().ipv4.set_addr_state(AddrState::Deprecated);
        agree(&table, "with an address out of favour");
        // As C may do it, behind our back.
        b.dev().flags[0].store(0, core::sync::atomic::Ordering::Relaxed);
        agree(&table, "with an interface taken down in C");
    }
}
