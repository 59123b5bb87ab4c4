// SPDX-License-Identifier: Apache-2.0
//! The way up of IPv6 packets: header, extension headers, protocol, context.
//!
//! Called by: `stack::rx`. Calls: `ip::v6::input`, `transport::udp`, then `stack::v6::icmp` or the
//! context.

use super::super::{Env, Stack};
#[cfg(CONFIG_NET_TCP)]
use crate::base::IpAddr;
use crate::base::{DropReason, EthAddr};
use crate::buf::Pkt;
use crate::iface::IfRef;
use crate::ip::v6::input::{Complaint, Walk, gather, unknown, walk};
use crate::ip::v6::{self, Cast, Info};
#[cfg(CONFIG_NET_L2_IPIP)]
use crate::l2::ipip;
use crate::wire::ipv6::{FRAGMENT_LEN, NEXT_HEADER_AT, is_extension, next_header};

impl Stack {
    /// Takes an IPv6 packet; `local` tells that it went round inside this host.
    #[inline]
    pub(in crate::stack) fn rx_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        local: bool,
    ) {
        let verified = local || pkt.chksum_done();
        let info = match v6::input::input(&mut pkt, iface, &self.ifaces, local) {
            Ok(info) => info,
            #[cfg(CONFIG_NET_ROUTING)]
            Err(DropReason::Ipv6NotForUs) if !local => return self.forward_v6(env, iface, pkt),
            Err(reason) => return self.discard(reason, pkt),
        };
        // What was put together from fragments went on as fragments.
        #[cfg(CONFIG_NET_ROUTE_MCAST)]
        if info.cast == Cast::Multicast && !local && !pkt.ip_reassembled() {
            self.forward_group_v6(env, iface, &pkt);
        }
        #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
        let shown = self.show_packet(iface, &pkt, info.protocol);
        #[cfg(not(CONFIG_NET_SOCKETS_INET_RAW))]
        let shown = false;
        #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
        let shown = shown
            | self.packet_to_handlers(
                iface,
                &pkt,
                info.protocol,
                (crate::base::IpAddr::V6(info.src), crate::base::IpAddr::V6(info.dst)),
            );
        // What routers ask, which has a hop-by-hop header, is heard whoever else is wanted (RFC 3810, 5.1.15).
        #[cfg(all(CONFIG_ZNET_MCAST_FILTERS, CONFIG_ZNET_IPV6_MLD_FULL))]
        if info.cast == Cast::Multicast
            && info.protocol != next_header::HOP_BY_HOP
            && !self.wants_source_v6(iface, info.dst, info.src)
        {
            return self.discard(DropReason::GroupSource, pkt);
        }
        match info.protocol {
            #[cfg(CONFIG_NET_UDP)]
            next_header::UDP => self.rx_udp_v6(env, iface, pkt, info, verified),
            #[cfg(CONFIG_NET_TCP)]
            next_header::TCP => self.rx_tcp_v6(env, iface, pkt, info, verified),
            next_header::ICMPV6 => self.rx_icmpv6(env, iface, pkt, info, verified),
            #[cfg(CONFIG_NET_L2_IPIP)]
            ipip::IPV4 | ipip::IPV6 => {
                self.rx_tunnel_v6(env, iface, pkt, info, NEXT_HEADER_AT as usize, shown);
            }
            // Who wants every protocol was shown its headers too; they are still to be obeyed.
            carried if shown && !is_extension(carried) => self.effects.free(pkt),
            _ => self.rx_behind_headers(env, iface, pkt, info, verified),
        }
    }

    /// The same for packets with extension headers, and for those nobody wants.
    #[cold]
    fn rx_behind_headers(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        mut info: Info,
        verified: bool,
    ) {
        let mut named_at = NEXT_HEADER_AT as usize;
        loop {
            match walk(&pkt, &mut info, named_at) {
                Walk::Drop(reason, complaint) => {
                    return self.refuse_v6(env, iface, pkt, &info, reason, complaint);
                }
                // A fragment that is the whole needs no other (RFC 6946, 4).
                Walk::Fragment { header, at } if header.is_atomic() => {
                    info.protocol = header.next_header;
                    info.header_len = (at + FRAGMENT_LEN) as u16;
                    named_at = at;
                }
                #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
                Walk::Fragment { header, .. } => {
                    if !gather(&mut pkt, &mut info) {
                        return self.discard(DropReason::NoBuffer, pkt);
                    }
                    let at = usize::from(info.header_len);
                    return self.rx_fragment_v6(env, iface, pkt, &info, (header, at));
                }
                #[cfg(not(CONFIG_NET_IPV6_FRAGMENT))]
                Walk::Fragment { .. } => return self.discard(DropReason::Ipv6Fragment, pkt),
                Walk::Transport { named_at: at } => {
                    named_at = at;
                    break;
                }
            }
        }
        // What nobody handles is quoted as it came.
        let known =
            matches!(info.protocol, next_header::UDP | next_header::TCP | next_header::ICMPV6);
        if known && !gather(&mut pkt, &mut info) {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        match info.protocol {
            #[cfg(CONFIG_NET_UDP)]
            next_header::UDP => self.rx_udp_v6(env, iface, pkt, info, verified),
            #[cfg(CONFIG_NET_TCP)]
            next_header::TCP => self.rx_tcp_v6(env, iface, pkt, info, verified),
            next_header::ICMPV6 => self.rx_icmpv6(env, iface, pkt, info, verified),
            #[cfg(CONFIG_NET_L2_IPIP)]
            ipip::IPV4 | ipip::IPV6 => self.rx_tunnel_v6(env, iface, pkt, info, named_at, false),
            _ => {
                if let Walk::Drop(reason, complaint) = unknown(named_at) {
                    self.refuse_v6(env, iface, pkt, &info, reason, complaint);
                }
            }
        }
    }

    /// A packet that carries another one; the byte at `named_at` says so.
    #[cfg(CONFIG_NET_L2_IPIP)]
    #[cold]
    fn rx_tunnel_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: Pkt,
        info: Info,
        named_at: usize,
        shown: bool,
    ) {
        let outer = crate::stack::tunnel::Outer {
            src: crate::base::IpAddr::V6(info.src),
            protocol: info.protocol,
            header_len: usize::from(info.header_len),
            tos: info.traffic_class,
            for_us: info.cast == Cast::Unicast && !info.local,
        };
        match self.tunnel_in(iface, pkt, outer) {
            Ok(()) => {}
            Err(pkt) if shown => self.effects.free(pkt),
            Err(pkt) => {
                if let Walk::Drop(reason, complaint) = unknown(named_at) {
                    self.refuse_v6(env, iface, pkt, &info, reason, complaint);
                }
            }
        }
    }

    #[cfg(CONFIG_NET_TCP)]
    fn rx_tcp_v6(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info, verified: bool) {
        // Never to or from a group (RFC 9293, 3.9.2.3).
        if info.cast != Cast::Unicast || info.src.is_unspecified() || in_wrong_frame(&pkt, &info) {
            return self.discard(DropReason::TcpBadAddress, pkt);
        }
        pkt.pull(usize::from(info.header_len));
        #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
        {
            pkt.set_family(super::super::tx::AF_INET6);
            pkt.set_ip_hdr_len(crate::wire::ipv6::HEADER_LEN as u8);
            pkt.set_ipv6_ext_len(info.header_len - crate::wire::ipv6::HEADER_LEN as u16);
        }
        let verified = verified || !iface.needs_rx_checksum(crate::iface::Checksum::IPV6_TCP);
        let ends = (IpAddr::V6(info.src), IpAddr::V6(info.dst));
        self.rx_tcp(env, iface, pkt, ends, info.traffic_class & 3 == 3, verified);
    }

    /// Drops a packet, which starts at its IP header, and tells the sender where that is allowed.
    #[cold]
    pub(super) fn refuse_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: Pkt,
        info: &Info,
        reason: DropReason,
        complaint: Option<Complaint>,
    ) {
        if cfg!(CONFIG_ZNET_IPV6_ERRORS)
            && let Some(complaint) = complaint
        {
            self.send_error_v6(env, iface, &pkt, info, complaint);
        }
        self.discard(reason, pkt);
    }
}

/// True for a packet to one host in a frame to every station: answers to it would multiply.
#[inline]
pub(super) fn in_wrong_frame(pkt: &Pkt, info: &Info) -> bool {
    !cfg!(CONFIG_NET_L2_ETHERNET_ACCEPT_MISMATCH_L3_L2_ADDR)
        && !info.local
        && info.cast == Cast::Unicast
        && pkt.eth_dst() == EthAddr::BROADCAST
}
