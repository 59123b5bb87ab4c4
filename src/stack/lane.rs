// SPDX-License-Identifier: Apache-2.0
//! Lanes: ways to neighbours together with the link header of each frame that takes them.
//!
//! Called by: `stack::plain` and `stack::tcp::{plain, tx}` for each packet they send. A lane holds until
//! an interface or a neighbour changes (docs/adr/0015); the neighbour's entry is one that looking at
//! would not change.

use super::Stack;
use super::tx::Offer;
use crate::base::Ipv4Addr;
use crate::iface::{IfRef, L2Kind, changes};
use crate::ip::v4::Hop;
use crate::wire::checksum::Words;
use crate::wire::ethernet::{self, ethertype};
use crate::wire::ipv4;

/// How many; which of them a destination takes, its last byte says.
const LANES: usize = 2;

/// The way to a destination behind a neighbour.
#[derive(Clone, Copy)]
pub(super) struct Lane {
    /// Interface it leaves by.
    pub iface: IfRef,
    /// Source address.
    pub src: Ipv4Addr,
    /// The beginning of each frame: link header, and IP header as `ip` has it.
    head: [u8; FRONT],
    /// Completes the IP header.
    ip: ipv4::Template,
}

/// Bytes of link and IP header.
pub(super) const FRONT: usize = ethernet::HEADER_LEN + ipv4::HEADER_LEN;

impl Lane {
    fn new(iface: IfRef, src: Ipv4Addr, dst: Ipv4Addr, link: [u8; ethernet::HEADER_LEN]) -> Lane {
        let ip = ipv4::Template::new(src, dst);
        let mut head = [0; FRONT];
        for (to, from) in head.iter_mut().zip(link.iter().chain(ip.bytes())) {
            *to = *from;
        }
        Lane { iface, src, head, ip }
    }

    /// Writes link and IP header in front of `len` bytes of `protocol`; returns the sum of its pseudo
    /// header.
    #[inline(always)]
    pub fn put(
        &self,
        front: &mut [u8; FRONT],
        protocol: u8,
        offer: Offer,
        ident: &mut u16,
        len: u16,
    ) -> Words {
        *front = self.head;
        *ident = ident.wrapping_add(1);
        let ttl = if offer.ttl == 0 { self.iface.ipv4_ttl() } else { offer.ttl };
        if let Some(header) = front.last_chunk_mut() {
            let total = len.wrapping_add(ipv4::HEADER_LEN as u16);
            self.ip.complete(header, (ttl, offer.tos, protocol), *ident, total);
        }
        self.ip.pseudo(protocol, len)
    }
}

#[derive(Clone, Copy)]
struct Kept {
    dst: Ipv4Addr,
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

    /// The lane from `own`, or any address of ours, to `dst`, when it was found lately. `neighbours` is
    /// how often these changed.
    #[inline(always)]
    pub(super) fn get(
        &self,
        bound: u8,
        own: Option<Ipv4Addr>,
        dst: Ipv4Addr,
        neighbours: u32,
    ) -> Option<&Lane> {
        let kept = self.0[usize::from(dst.octets()[3]) % LANES].as_ref()?;
        let fits = kept.dst == dst
            && kept.bound == bound
            && kept.found_at == (changes(), neighbours)
            && own.is_none_or(|own| own == kept.lane.src)
            && kept.lane.iface.is_up();
        fits.then_some(&kept.lane)
    }
}

impl Stack {
    /// Is there a lane from `dst`, which then is `iface`'s address, to `src`, which then is a host's?
    #[cfg(CONFIG_NET_TCP)]
    #[inline(always)]
    pub(super) fn is_lane(&self, iface: IfRef, src: Ipv4Addr, dst: Ipv4Addr) -> bool {
        let Some(kept) = &self.lanes.0[usize::from(src.octets()[3]) % LANES] else { return false };
        kept.dst == src
            && kept.lane.src == dst
            && kept.lane.iface == iface
            && kept.found_at == (changes(), self.arp.changes())
    }

    /// Interface and source address of the lane from `own`, or any address of ours, to `dst`.
    #[cfg(CONFIG_NET_TCP)]
    pub(super) fn lane_ends(
        &mut self,
        bound: u8,
        own: Option<Ipv4Addr>,
        dst: Ipv4Addr,
    ) -> Option<(IfRef, Ipv4Addr)> {
        match self.lanes.get(bound, own, dst, self.arp.changes()) {
            Some(lane) => Some((lane.iface, lane.src)),
            None => self.find_lane(bound, own, dst).map(|lane| (lane.iface, lane.src)),
        }
    }

    /// As [`lane`](Self::lane), by a search.
    #[cold]
    #[inline(never)]
    pub(super) fn find_lane(
        &mut self,
        bound: u8,
        own: Option<Ipv4Addr>,
        dst: Ipv4Addr,
    ) -> Option<Lane> {
        let found_at = (changes(), self.arp.changes());
        let usual = self.route_v4(bound, None, dst).ok();
        let fits = |src| own.is_none_or(|own| own == src);
        let usual = usual.filter(|route| fits(route.src));
        let route = match usual {
            Some(route) => route,
            None => self.route_v4(bound, own, dst).ok()?,
        };
        let Hop::Neighbour(ip) = route.hop else { return None };
        let iface = route.iface;
        if iface.l2_kind() != L2Kind::Ethernet {
            return None;
        }
        let mac = self.neighbour(iface, ip)?;
        let mut link = [0; ethernet::HEADER_LEN];
        let from = iface.dev().link_addr.eth_bits();
        ethernet::Header::put(&mut link, mac.to_bits(), from, ethertype::IPV4);
        let lane = Lane::new(iface, route.src, dst, link);
        if usual.is_some() && self.arp.is_fresh(iface.index(), ip) {
            self.lanes.0[usize::from(dst.octets()[3]) % LANES] =
                Some(Kept { dst, bound, found_at, lane });
        }
        Some(lane)
    }
}
