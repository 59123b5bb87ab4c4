// SPDX-License-Identifier: Apache-2.0
//! The way down of IPv4 packets: route, header, neighbour, link header, driver.
//!
//! Called by: `stack::{udp, icmp, neighbour}`. Calls: `ip::v4::{route, output}`, `l2::arp`,
//! `l2::ethernet`; the frame is left as an effect for the driver.

use super::tx::{AF_INET, Offer};
use super::{Env, Stack};
use crate::base::{DropReason, Error, IpAddr, Ipv4Addr, Result};
use crate::buf::Pkt;
use crate::iface::{IfRef, L2Kind};
use crate::ip::v4::{self, Hop, Route};
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::l2::ethernet;
use crate::wire::ethernet::ethertype;

impl Stack {
    /// The way to `dst`, under the restrictions of [`route`](v4::route::route).
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn route_v4(
        &self,
        bound: u8,
        src: Option<Ipv4Addr>,
        dst: Ipv4Addr,
    ) -> Result<Route> {
        let way = self.routes.route(&self.ifaces, bound, src, dst);
        #[cfg(CONFIG_NET_L2_DUMMY)]
        let way = match way {
            Err(Error::NetUnreach) => {
                self.route_unaddressed_v4(bound, src, dst).ok_or(Error::NetUnreach)
            }
            way => way,
        };
        way
    }

    /// The way over a link without link addresses, where nothing else leads anywhere: whoever is at its other end
    /// hears all that is sent. The interface is the one bound to or the source's; on a host the default one, too.
    #[cfg(CONFIG_NET_L2_DUMMY)]
    #[cold]
    fn route_unaddressed_v4(
        &self,
        bound: u8,
        src: Option<Ipv4Addr>,
        dst: Ipv4Addr,
    ) -> Option<Route> {
        let host = !cfg!(CONFIG_ZNET_IPV4_FORWARDING);
        let iface = match bound {
            0 => src
                .and_then(|addr| self.ifaces.owner_of_ipv4(addr))
                .or_else(|| self.ifaces.default_iface().filter(|_| host)),
            index => self.ifaces.get(index),
        };
        let iface = iface.filter(|i| i.is_up() && i.l2_kind() == L2Kind::Dummy)?;
        if dst.is_unspecified() || dst.is_loopback() || dst.is_multicast() {
            return None;
        }
        let src = src.or_else(|| iface.ipv4_select_src(dst))?;
        Some(Route { iface, src, hop: Hop::Neighbour(dst) })
    }

    /// The interface by which packets to `dst` leave; the default one where nothing leads there.
    pub fn ipv4_iface_to(&self, dst: Ipv4Addr) -> Option<IfRef> {
        v4::route::iface_to(&self.ifaces, dst).or_else(|| self.ifaces.default_iface())
    }

    /// As [`send_v4`](Self::send_v4), out of line: for those who send now and then.
    #[inline(never)]
    pub(super) fn send_v4_apart(
        &mut self,
        env: &dyn Env,
        route: Route,
        dst: Ipv4Addr,
        protocol: u8,
        offer: Offer,
        pkt: Pkt,
    ) -> Result<()> {
        self.send_v4(env, route, dst, protocol, offer, pkt)
    }

    /// As [`link_output_v4`](Self::link_output_v4), out of line.
    #[inline(never)]
    pub(super) fn link_output_v4_apart(&mut self, env: &dyn Env, iface: IfRef, hop: Hop, pkt: Pkt) {
        self.link_output_v4(env, iface, hop, pkt);
    }

    /// Sends `pkt`, whose content is the payload of an IPv4 packet.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn send_v4(
        &mut self,
        env: &dyn Env,
        route: Route,
        dst: Ipv4Addr,
        protocol: u8,
        offer: Offer,
        mut pkt: Pkt,
    ) -> Result<()> {
        let Route { iface, src, hop } = route;
        let ttl = match (offer.ttl, hop) {
            (0, Hop::Group(_)) => iface.ipv4_mcast_ttl(),
            (0, _) => iface.ipv4_ttl(),
            (ttl, _) => ttl,
        };
        self.ident = self.ident.wrapping_add(1);
        #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
        let whole = self.manner != super::pmtu::Manner::Loose;
        #[cfg(not(CONFIG_ZNET_MTU_DISCOVER))]
        let whole = true;
        let ident = self.ident;
        let params = v4::output::Params { src, dst, protocol, ttl, tos: offer.tos, ident, whole };
        #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
        if self.needs_fragments(&route, dst, pkt.len()) {
            return self.send_in_fragments(env, route, params, offer, pkt);
        }
        if let Err(reason) = v4::output::output(&mut pkt, params) {
            self.discard(reason, pkt);
            return Err(reason.refusal());
        }
        let mtu = self.path_mtu(IpAddr::V4(dst), iface.mtu());
        if pkt.len() > usize::from(mtu) && hop != Hop::Local {
            self.discard(DropReason::TooBig, pkt);
            return Err(Error::MsgSize);
        }
        pkt.set_family(AF_INET);
        pkt.set_priority(offer.priority);
        pkt.set_iface(iface.as_ptr().cast());
        self.link_output_v4(env, iface, hop, pkt);
        Ok(())
    }

    /// Puts the link header on, or queues the packet until the neighbour is known.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn link_output_v4(&mut self, env: &dyn Env, iface: IfRef, hop: Hop, mut pkt: Pkt) {
        if hop == Hop::Local {
            return self.take_back(pkt);
        }
        match iface.l2_kind() {
            #[cfg(CONFIG_NET_L2_ETHERNET)]
            L2Kind::Ethernet => {
                let mac = match hop {
                    #[cfg(all(CONFIG_NET_ARP, CONFIG_ZNET_ARP_TIMERS))]
                    Hop::Neighbour(ip) => match self.neighbour(iface, ip) {
                        Some(mac) => mac,
                        None => return self.resolve(env, iface, ip, pkt),
                    },
                    #[cfg(all(CONFIG_NET_ARP, not(CONFIG_ZNET_ARP_TIMERS)))]
                    Hop::Neighbour(ip) => match self.neighbour_now(env, iface, ip) {
                        Some(mac) => mac,
                        None => return self.resolve(env, iface, ip, pkt),
                    },
                    Hop::Group(group) => crate::base::EthAddr::from_ipv4_multicast(group),
                    Hop::Broadcast | Hop::Local => crate::base::EthAddr::BROADCAST,
                    // Nobody knows who has the address: everybody hears it, as in Zephyr.
                    #[cfg(not(CONFIG_NET_ARP))]
                    Hop::Neighbour(_) => crate::base::EthAddr::BROADCAST,
                };
                match ethernet::output(iface, &mut pkt, mac, ethertype::IPV4) {
                    Ok(()) => self.effects.transmit(iface, pkt),
                    Err(reason) => self.discard(reason, pkt),
                }
            }
            L2Kind::Loopback => self.take_back(pkt),
            _ => {
                let _ = env;
                #[cfg(CONFIG_NET_L2_IPIP)]
                if self.tunnel(iface).is_some() {
                    return self.tunnel_out(env, iface, pkt);
                }
                pkt.set_ll_proto_type(ethertype::IPV4);
                self.effects.transmit(iface, pkt);
            }
        }
    }
}
