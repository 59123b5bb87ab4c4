// SPDX-License-Identifier: Apache-2.0
//! The way down of IPv6 packets: route, header, neighbour, link header, driver.
//!
//! Called by: `stack::v6`, TCP. Calls: `ip::v6::{route, output}`, the neighbour cache, `l2::ethernet`;
//! the frame is left as an effect for the driver.

use super::super::tx::{AF_INET6, Offer};
use super::super::{Env, Stack};
#[cfg(any(CONFIG_NET_L2_ETHERNET, CONFIG_NET_IPV6_NBR_CACHE))]
use crate::base::EthAddr;
use crate::base::{DropReason, Error, IpAddr, Ipv6Addr, Result};
use crate::buf::Pkt;
use crate::iface::{IfRef, L2Kind};
use crate::ip::v6::{self, Hop, Route, select};
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::l2::ethernet;
use crate::wire::ethernet::ethertype;
use crate::wire::ipv6::{HEADER_LEN, Repr};

/// Whether addresses differ in what contexts may prefer.
#[cfg(CONFIG_ZNET_CONTEXTS)]
const PREFERENCES: bool = cfg!(any(CONFIG_NET_IPV6_PE, not(CONFIG_ZNET_PROFILE_TINY)));

impl Stack {
    /// The way to `dst`, under the restrictions of [`route`](v6::route::route).
    #[inline]
    pub(in crate::stack) fn route_v6(
        &self,
        bound: u8,
        src: Option<Ipv6Addr>,
        dst: Ipv6Addr,
    ) -> Result<Route> {
        let way = self.route_by_table_v6(bound, src, dst);
        #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
        let way = way.or_else(|error| self.route_to_known(bound, src, dst).ok_or(error));
        #[cfg(CONFIG_NET_L2_DUMMY)]
        let way = match way {
            Err(Error::NetUnreach) => {
                self.route_unaddressed_v6(bound, src, dst).ok_or(Error::NetUnreach)
            }
            way => way,
        };
        way
    }

    /// The way over a link without link addresses, where nothing else leads anywhere: whoever is at its other end
    /// hears all that is sent, as by a point-to-point link. The interface is the one bound to, the source's, or
    /// the default one.
    #[cfg(CONFIG_NET_L2_DUMMY)]
    #[cold]
    fn route_unaddressed_v6(
        &self,
        bound: u8,
        src: Option<Ipv6Addr>,
        dst: Ipv6Addr,
    ) -> Option<Route> {
        let iface = match bound {
            0 => src
                .and_then(|addr| self.ifaces.owner_of_ipv6(addr))
                .or_else(|| self.ifaces.default_iface()),
            index => self.ifaces.get(index),
        };
        let iface = iface.filter(|i| i.is_up() && i.l2_kind() == L2Kind::Dummy)?;
        if dst.is_unspecified() || dst.is_loopback() || dst.is_multicast() {
            return None;
        }
        let src = src.or_else(|| select::source(iface, dst, iface.prefers_public_ipv6()))?;
        Some(Route { iface, src, hop: Hop::Neighbour(dst) })
    }

    /// As [`route_v6`](Self::route_v6), by prefixes and routes alone.
    #[inline]
    pub(super) fn route_by_table_v6(
        &self,
        bound: u8,
        src: Option<Ipv6Addr>,
        dst: Ipv6Addr,
    ) -> Result<Route> {
        self.v6.routes.route(&self.ifaces, &self.v6.routers, bound, src, dst)
    }

    /// The way to a neighbour that no prefix tells of, but that spoke to us or was set by hand: an
    /// address given without a prefix answers its link. RFC 5942, 4 does not take such a host for
    /// on-link; this is the last resort before it is told unreachable, and takes nothing from any route.
    #[cfg(CONFIG_ZNET_IPV6_ROUTES)]
    #[cold]
    fn route_to_known(&self, bound: u8, src: Option<Ipv6Addr>, dst: Ipv6Addr) -> Option<Route> {
        let slot = self.v6.neighbours.slot_of(bound, dst)?;
        let known = self.v6.neighbours.get(slot).filter(|known| known.mac.is_some())?;
        let iface = self.ifaces.get(known.iface).filter(|iface| iface.is_up())?;
        let src = src.or_else(|| select::source(iface, dst, iface.prefers_public_ipv6()))?;
        Some(Route { iface, src, hop: Hop::Neighbour(dst) })
    }

    /// The interface by which packets to `dst` leave; the default one where nothing leads there.
    pub fn ipv6_iface_to(&self, dst: Ipv6Addr) -> Option<IfRef> {
        let way = v6::route::route(&self.ifaces, &self.v6.routers, None, None, dst);
        way.ok().map(|route| route.iface).or_else(|| self.ifaces.default_iface())
    }

    /// The source address a context's packets to `dst` are restricted to: the one it is bound to, unless
    /// that is a group or it is not `kept`, else one of the kind the context prefers.
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    #[inline]
    pub(in crate::stack) fn own_v6(
        &self,
        context: &crate::transport::Context,
        dst: Ipv6Addr,
        kept: bool,
    ) -> Option<Ipv6Addr> {
        let own = context.local.addr.v6()?;
        match own.is_unspecified() || !kept {
            true if PREFERENCES && context.addr_preferences != 0 => self.preferred_v6(context, dst),
            true => None,
            false => (!own.is_multicast()).then_some(own),
        }
    }

    /// The source address of the kind a context prefers (RFC 5014).
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    #[cold]
    fn preferred_v6(&self, context: &crate::transport::Context, dst: Ipv6Addr) -> Option<Ipv6Addr> {
        let (bound, _) = self.restrictions(context, crate::base::IpAddr::V6(dst));
        let route = self.route_v6(bound, None, dst).ok()?;
        // To ourselves it is the destination.
        if route.hop == Hop::Local {
            return None;
        }
        let public = select::prefers_public(route.iface, context.addr_preferences);
        select::source(route.iface, dst, public)
    }

    /// True when a context on `iface` (0 is any) may have `addr` for its own.
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    pub(in crate::stack) fn may_bind_v6(&self, addr: Ipv6Addr, iface: u8) -> bool {
        addr.is_unspecified()
            || addr.is_multicast()
            || self
                .ifaces
                .iter()
                .any(|i| (iface == 0 || i.index() == iface) && i.has_ipv6_addr(addr))
    }

    /// Sends `pkt`, whose content is the payload of an IPv6 packet that begins with `next_header`.
    ///
    /// # Errors
    /// [`Error::MsgSize`] past what the link carries, [`Error::NoBufs`] without room in front,
    /// [`Error::NetDown`] on a link that must keep silent.
    #[inline]
    pub(in crate::stack) fn send_v6(
        &mut self,
        env: &dyn Env,
        route: Route,
        dst: Ipv6Addr,
        next_header: u8,
        offer: Offer,
        mut pkt: Pkt,
    ) -> Result<()> {
        let Route { iface, src, hop } = route;
        let hop_limit = match (offer.ttl, hop) {
            (0, Hop::Group(_)) => iface.ipv6_mcast_hop_limit(),
            (0, _) => iface.ipv6_hop_limit(),
            (limit, _) => limit,
        };
        // One that may not even reach the neighbour is no packet to send (RFC 8200, 3).
        if hop_limit == 0 && hop != Hop::Local {
            self.discard(DropReason::NoRoute, pkt);
            return Err(Error::HostUnreach);
        }
        if hop != Hop::Local && self.v6.is_silenced(iface.index()) {
            self.discard(DropReason::NdDuplicate, pkt);
            return Err(Error::NetDown);
        }
        let repr = Repr {
            src,
            dst,
            next_header,
            hop_limit,
            traffic_class: offer.tos,
            flow_label: 0,
            payload_len: 0,
        };
        // A packet to ourselves sees no link.
        let mtu = usize::from(self.path_mtu(IpAddr::V6(dst), iface.ipv6_mtu()));
        let too_big = pkt.len() + HEADER_LEN > mtu && hop != Hop::Local;
        #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
        if too_big {
            return self.send_in_fragments_v6(env, route, repr, offer, pkt);
        }
        let pushed = match too_big {
            true => Err(DropReason::TooBig),
            false => v6::output::output(&mut pkt, repr),
        };
        if let Err(reason) = pushed {
            self.discard(reason, pkt);
            return Err(if too_big { Error::MsgSize } else { reason.refusal() });
        }
        pkt.set_family(AF_INET6);
        pkt.set_priority(offer.priority);
        pkt.set_iface(iface.as_ptr().cast());
        self.link_output_v6(env, iface, hop, pkt);
        Ok(())
    }

    /// Puts the link header on, or queues the packet until the neighbour is known.
    #[inline]
    pub(in crate::stack) fn link_output_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        hop: Hop,
        mut pkt: Pkt,
    ) {
        if hop == Hop::Local {
            return self.take_back(pkt);
        }
        match iface.l2_kind() {
            #[cfg(CONFIG_NET_L2_ETHERNET)]
            L2Kind::Ethernet => {
                let mac = match hop {
                    Hop::Group(group) => EthAddr::from_ipv6_multicast(group),
                    #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
                    Hop::Neighbour(ip) => match self.neighbour_v6(iface, ip) {
                        Some(mac) => mac,
                        None => return self.resolve_v6(env, iface, ip, pkt),
                    },
                    // Nobody keeps link addresses: everybody gets it, and one of them is meant.
                    #[cfg(not(CONFIG_NET_IPV6_NBR_CACHE))]
                    Hop::Neighbour(_) => EthAddr::BROADCAST,
                    Hop::Local => return self.discard(DropReason::NeighbourUnreachable, pkt),
                };
                let _ = env;
                self.frame_v6(iface, pkt, mac);
            }
            L2Kind::Loopback => self.take_back(pkt),
            _ => {
                let _ = env;
                #[cfg(CONFIG_NET_L2_IPIP)]
                if self.tunnel(iface).is_some() {
                    return self.tunnel_out(env, iface, pkt);
                }
                pkt.set_ll_proto_type(ethertype::IPV6);
                self.effects.transmit(iface, pkt);
            }
        }
    }

    /// Puts the link header on and leaves the frame for the driver.
    #[cfg(any(CONFIG_NET_L2_ETHERNET, CONFIG_NET_IPV6_NBR_CACHE))]
    #[cfg_attr(not(CONFIG_NET_L2_ETHERNET), allow(unused_mut, unused_variables))]
    #[inline]
    pub(super) fn frame_v6(&mut self, iface: IfRef, mut pkt: Pkt, to: EthAddr) {
        #[cfg(CONFIG_NET_L2_ETHERNET)]
        if let Err(reason) = ethernet::output(iface, &mut pkt, to, ethertype::IPV6) {
            return self.discard(reason, pkt);
        }
        self.effects.transmit(iface, pkt);
    }
}
