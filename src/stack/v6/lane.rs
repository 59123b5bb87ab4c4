// SPDX-License-Identifier: Apache-2.0
//! Lanes over IPv6, as `stack::lane` has them over IPv4: ways to neighbours together with the link header of
//! each frame that takes them.
//!
//! Called by: `stack::v6::plain`'s callers for each packet they send. A lane holds until an interface or a
//! neighbour changes (docs/adr/0015); the neighbour is one that looking at would not change.

use super::super::Stack;
use crate::base::Ipv6Addr;
use crate::iface::{IfRef, L2Kind, changes};
use crate::ip::v6::Hop;
use crate::wire::ethernet::{self, ethertype};

/// How many; which of them a destination takes, its last byte says.
const LANES: usize = 2;

/// The way to a destination behind a neighbour.
#[derive(Clone, Copy)]
pub(in crate::stack) struct Lane {
    /// Interface it leaves by.
    pub iface: IfRef,
    /// Source address.
    pub src: Ipv6Addr,
    /// The header of each frame.
    pub link: [u8; ethernet::HEADER_LEN],
}

#[derive(Clone, Copy)]
struct Kept {
    dst: Ipv6Addr,
    /// Index of the interface asked for; 0 for none.
    bound: u8,
    /// Changes of interfaces and of neighbours when it was found.
    found_at: (u32, u32),
    lane: Lane,
}

/// The lanes found lately.
pub(super) struct Lanes([Option<Kept>; LANES]);

impl Lanes {
    /// Nothing found yet.
    pub(super) const fn new() -> Self {
        Lanes([None; LANES])
    }
}

impl Stack {
    /// The lane from `own`, or any address of ours, to `dst`.
    #[inline(always)]
    pub(in crate::stack) fn lane_v6(
        &mut self,
        bound: u8,
        own: Option<Ipv6Addr>,
        dst: Ipv6Addr,
    ) -> Option<Lane> {
        if let Some(kept) = &self.v6.lanes.0[usize::from(dst.octets()[15]) % LANES]
            && kept.dst == dst
            && kept.bound == bound
            && kept.found_at == (changes(), self.v6.neighbours.changes())
            && own.is_none_or(|own| own == kept.lane.src)
            && kept.lane.iface.is_up()
        {
            return Some(kept.lane);
        }
        self.find_lane_v6(bound, own, dst)
    }

    #[cold]
    #[inline(never)]
    fn find_lane_v6(&mut self, bound: u8, own: Option<Ipv6Addr>, dst: Ipv6Addr) -> Option<Lane> {
        let found_at = (changes(), self.v6.neighbours.changes());
        let usual = self.route_v6(bound, None, dst).ok();
        let usual = usual.filter(|route| own.is_none_or(|own| own == route.src));
        let route = match usual {
            Some(route) => route,
            None => self.route_v6(bound, own, dst).ok()?,
        };
        let (iface, Hop::Neighbour(ip)) = (route.iface, route.hop) else { return None };
        if iface.l2_kind() != L2Kind::Ethernet || self.v6.is_silenced(iface.index()) {
            return None;
        }
        let mac = self.neighbour_v6(iface, ip)?;
        let mut link = [0; ethernet::HEADER_LEN];
        let from = iface.dev().link_addr.eth_bits();
        ethernet::Header::put(&mut link, mac.to_bits(), from, ethertype::IPV6);
        let lane = Lane { iface, src: route.src, link };
        if usual.is_some() && self.v6.neighbours.is_settled(iface.index(), ip) {
            self.v6.lanes.0[usize::from(dst.octets()[15]) % LANES] =
                Some(Kept { dst, bound, found_at, lane });
        }
        Some(lane)
    }
}
