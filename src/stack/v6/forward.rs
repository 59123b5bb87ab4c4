// SPDX-License-Identifier: Apache-2.0
//! Packets for others (RFC 8200; RFC 4443, 3; RFC 4291, 2.5.6).
//!
//! Called by: `stack::v6::{rx, neighbour}`. Calls: `ip::v6::route`, `stack::v6::{tx, icmp}`.

use super::super::forward::is_handed_to_us;
use super::super::tx::AF_INET6;
use super::super::{Env, Stack};
use crate::base::{DropReason, Ipv6Addr};
use crate::buf::Pkt;
use crate::iface::IfRef;
use crate::ip::v6::input::Complaint;
use crate::ip::v6::input::transport_in;
use crate::ip::v6::{Cast, Hop, Info};
use crate::wire::icmpv6::{exceeded, kind, unreachable};
use crate::wire::ipv6::{HEADER_LEN, Header};

/// Where the hop limit stands in the header.
const HOP_LIMIT_AT: usize = 7;

/// An error about a packet for somebody else.
const fn complaint(kind: u8, code: u8, value: u32) -> Option<Complaint> {
    Some(Complaint { kind, code, value, to_group: false })
}

/// What is known of a packet for another host, from its header.
fn info_of(header: &Header<'_>) -> Info {
    Info {
        src: header.src(),
        dst: header.dst(),
        cast: Cast::Unicast,
        protocol: header.next_header(),
        header_len: HEADER_LEN as u16,
        hop_limit: header.hop_limit(),
        traffic_class: header.traffic_class(),
        local: false,
        router_alert: false,
    }
}

/// `info` with what stands behind the extension headers, where an error may hide that gets no answer.
fn with_transport(pkt: &Pkt, info: Info) -> Info {
    match transport_in(pkt) {
        Some((protocol, at)) => Info { protocol, header_len: at as u16, ..info },
        None => info,
    }
}

impl Stack {
    /// Sends a packet that is for somebody else on its way. Its header was found good.
    #[cold]
    #[inline(never)]
    pub(super) fn forward_v6(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt) {
        let available = pkt.len();
        let Ok(header) = Header::parse(pkt.head(), available) else {
            return self.discard(DropReason::Ipv6Malformed, pkt);
        };
        let (info, total) = (info_of(&header), header.payload_len() + HEADER_LEN);
        // What the link padded the frame with is no part of the packet.
        if !pkt.truncate(total.min(available)) {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        #[cfg(CONFIG_NET_ROUTE_MCAST)]
        if info.dst.is_multicast() {
            return match self.forward_group_v6(env, iface, &pkt) {
                0 => self.discard(DropReason::Ipv6NotForUs, pkt),
                _ => self.effects.free(pkt),
            };
        }
        let way = self.way_on_v6(iface, &pkt, &info);
        #[cfg(CONFIG_NET_STATISTICS_IPV6)]
        if let Ok((out, _)) = &way {
            crate::stack::statistics::forwarded_v6(*out);
        }
        match way {
            Ok((out, hop)) => {
                if cfg!(CONFIG_ZNET_ICMP_REDIRECTS) && out == iface {
                    self.send_redirect_v6(env, iface, &pkt, &info, hop);
                }
                self.pass_on_v6(env, out, hop, pkt);
            }
            Err((reason, complaint)) => {
                let info = with_transport(&pkt, info);
                self.refuse_v6(env, iface, pkt, &info, reason, complaint);
            }
        }
    }

    /// Where a packet goes on, or why it does not.
    fn way_on_v6(
        &self,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> Result<(IfRef, Hop), (DropReason, Option<Complaint>)> {
        let refused = DropReason::Ipv6NotForwarded;
        if !is_handed_to_us(iface, pkt) {
            return Err((DropReason::Ipv6NotForUs, None));
        }
        if !may_travel(info.dst) || self.ifaces.owner_of_ipv6(info.src).is_some() {
            return Err((refused, None));
        }
        // RFC 4443, 3.1: the source means nobody beyond its link.
        if info.src.is_unicast_link_local() {
            let beyond = complaint(kind::DEST_UNREACHABLE, unreachable::BEYOND_SCOPE, 0);
            return Err((refused, beyond));
        }
        if !may_travel(info.src) {
            return Err((DropReason::Ipv6BadSource, None));
        }
        if info.hop_limit <= 1 {
            let over = complaint(kind::TIME_EXCEEDED, exceeded::HOP_LIMIT, 0);
            return Err((DropReason::HopLimit, over));
        }
        let no_route = complaint(kind::DEST_UNREACHABLE, unreachable::NO_ROUTE, 0);
        let Ok(route) = self.route_by_table_v6(0, None, info.dst) else {
            return Err((DropReason::NoRoute, no_route));
        };
        let (out, hop) = (route.iface, route.hop);
        if !matches!(hop, Hop::Neighbour(_)) || self.v6.is_silenced(out.index()) {
            return Err((DropReason::NoRoute, no_route));
        }
        let mtu = out.ipv6_mtu();
        if pkt.len() > usize::from(mtu) {
            let too_big = complaint(kind::PACKET_TOO_BIG, 0, mtu.into());
            return Err((DropReason::TooBig, too_big));
        }
        Ok((out, hop))
    }

    /// Takes one hop off and hands the packet to the link it goes on by.
    pub(super) fn pass_on_v6(&mut self, env: &dyn Env, out: IfRef, hop: Hop, pkt: Pkt) {
        let mut pkt = match self.writable(pkt) {
            Ok(pkt) => pkt,
            Err(pkt) => return self.discard(DropReason::NoBuffer, pkt),
        };
        let limit = pkt.head_mut().and_then(|head| head.get_mut(HOP_LIMIT_AT));
        let Some(limit) = limit.filter(|limit| **limit > 1) else {
            return self.discard(DropReason::HopLimit, pkt);
        };
        *limit -= 1;
        pkt.set_family(AF_INET6);
        pkt.set_forwarding(true);
        // The sender's sum stands; hardware is not to count anew.
        pkt.set_chksum_done(true);
        pkt.set_iface(out.as_ptr().cast());
        self.link_output_v6(env, out, hop, pkt);
    }

    /// Tells the sender of a packet on its way through us that the next hop does not answer (RFC 4443,
    /// 3.1). `pkt` starts at its IP header.
    pub(super) fn tell_stranded_v6(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt) {
        let reason = DropReason::NeighbourUnreachable;
        let Ok(header) = Header::parse_quoted(pkt.head()) else {
            return self.discard(reason, pkt);
        };
        let info = with_transport(&pkt, info_of(&header));
        let stranded = complaint(kind::DEST_UNREACHABLE, unreachable::ADDRESS, 0);
        self.refuse_v6(env, iface, pkt, &info, reason, stranded);
    }
}

/// True for addresses that mean the same host on every link: no groups (they go other ways), nothing
/// unspecified, loopback, link-local or mapped (RFC 4291, 2.5.2, 2.5.3, 2.5.6; RFC 5156).
pub(super) fn may_travel(addr: Ipv6Addr) -> bool {
    !(addr.is_multicast()
        || addr.is_unspecified()
        || addr.is_loopback()
        || addr.is_unicast_link_local()
        || addr.to_ipv4_mapped().is_some())
}
