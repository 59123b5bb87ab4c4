// SPDX-License-Identifier: Apache-2.0
//! The way up of IPv4 packets: header, protocol, context.
//!
//! Called by: `stack::rx`. Calls: `ip::v4::input`, `transport::udp`, then `stack::{icmp, udp}`.

#[cfg(CONFIG_NET_UDP)]
use super::tx::AF_INET;
use super::{Env, Stack};
#[cfg(CONFIG_NET_UDP)]
use crate::base::Endpoint;
#[cfg(any(CONFIG_NET_UDP, CONFIG_NET_TCP))]
use crate::base::IpAddr;
use crate::base::{DropReason, EthAddr};
#[cfg(CONFIG_NET_UDP)]
use crate::buf::NO_WAIT;
use crate::buf::Pkt;
use crate::iface::{Checksum, IfRef};
use crate::ip::v4::{self, Cast, Info};
#[cfg(CONFIG_NET_L2_IPIP)]
use crate::l2::ipip;
#[cfg(CONFIG_NET_UDP)]
use crate::transport::{demux::Flow, udp};
#[cfg(CONFIG_NET_UDP)]
use crate::wire::ipv4::HEADER_LEN;
use crate::wire::ipv4::protocol;

impl Stack {
    /// Takes an IPv4 packet; `local` tells that it went round inside this host.
    #[inline]
    pub(super) fn rx_v4(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, local: bool) {
        let verified = local || cfg!(CONFIG_ZNET_CHECKSUM_OFFLOAD) && pkt.chksum_done();
        let header_ok = verified || !iface.needs_rx_checksum(Checksum::IPV4_HEADER);
        let info = match v4::input::input(
            &mut pkt,
            iface,
            &self.ifaces,
            &self.senders,
            local,
            header_ok,
        ) {
            Ok(info) => info,
            #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
            Err(DropReason::Ipv4Fragment) => return self.rx_fragment(env, iface, pkt, local),
            #[cfg(CONFIG_ZNET_IPV4_FORWARDING)]
            Err(DropReason::Ipv4NotForUs) if !local => return self.forward_v4(env, iface, pkt),
            Err(reason) => return self.discard(reason, pkt),
        };
        if !local && in_wrong_frame(&pkt, &info) {
            return self.discard(DropReason::Ipv4LinkBroadcast, pkt);
        }
        #[cfg(CONFIG_ZNET_IPV4_NAT)]
        let Some(pkt) = self.nat_in(env, iface, pkt, &info) else { return };
        // Routers are heard whoever else is wanted (RFC 3376, 4.1.12).
        #[cfg(CONFIG_NET_IPV4_IGMP)]
        if info.cast == Cast::Multicast
            && info.protocol != protocol::IGMP
            && !self.wants_source(iface, info.dst, info.src)
        {
            return self.discard(DropReason::GroupSource, pkt);
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
                (IpAddr::V4(info.src), IpAddr::V4(info.dst)),
            );
        match info.protocol {
            #[cfg(CONFIG_NET_UDP)]
            protocol::UDP => self.rx_udp(env, iface, pkt, info, verified),
            #[cfg(CONFIG_NET_TCP)]
            protocol::TCP => self.rx_tcp_v4(env, iface, pkt, info, verified),
            protocol::ICMP => self.rx_icmp(env, iface, pkt, info, verified),
            #[cfg(CONFIG_NET_IPV4_IGMP)]
            protocol::IGMP => self.rx_igmp(env, iface, pkt, info),
            #[cfg(CONFIG_NET_L2_IPIP)]
            ipip::IPV4 | ipip::IPV6 => self.rx_tunnel_v4(env, iface, pkt, info, shown),
            _ if shown => self.effects.free(pkt),
            _ => self.refuse_protocol(env, iface, pkt, info),
        }
    }

    /// As [`rx_v4`](Self::rx_v4), out of line: for a packet put together from fragments.
    #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
    #[inline(never)]
    pub(super) fn rx_v4_apart(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt, local: bool) {
        self.rx_v4(env, iface, pkt, local);
    }

    /// A packet that carries another one.
    #[cfg(CONFIG_NET_L2_IPIP)]
    #[cold]
    fn rx_tunnel_v4(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt, info: Info, shown: bool) {
        let outer = super::tunnel::Outer {
            src: crate::base::IpAddr::V4(info.src),
            protocol: info.protocol,
            header_len: usize::from(info.header_len),
            tos: info.tos,
            for_us: info.cast == Cast::Unicast && !info.local,
        };
        match self.tunnel_in(iface, pkt, outer) {
            Ok(()) => {}
            Err(pkt) if shown => self.effects.free(pkt),
            Err(pkt) => self.refuse_protocol(env, iface, pkt, info),
        }
    }

    #[cfg(CONFIG_NET_TCP)]
    #[inline]
    fn rx_tcp_v4(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info, verified: bool) {
        // Never to or from a group (RFC 9293, 3.9.2.3).
        if info.cast != Cast::Unicast {
            return self.discard(DropReason::TcpBadAddress, pkt);
        }
        pkt.pull(info.header_len as usize);
        #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
        {
            pkt.set_family(super::tx::AF_INET);
            pkt.set_ip_hdr_len(crate::wire::ipv4::HEADER_LEN as u8);
            pkt.set_ipv4_opts_len(info.header_len - crate::wire::ipv4::HEADER_LEN as u8);
        }
        let verified = verified || !iface.needs_rx_checksum(Checksum::IPV4_TCP);
        let ends = (IpAddr::V4(info.src), IpAddr::V4(info.dst));
        self.rx_tcp(env, iface, pkt, ends, info.tos & 3 == 3, verified);
    }

    #[cfg(CONFIG_NET_UDP)]
    #[inline]
    fn rx_udp(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info, verified: bool) {
        pkt.pull(info.header_len as usize);
        let verified = verified || !iface.needs_rx_checksum(Checksum::IPV4_UDP);
        let header = match udp::input_v4(&mut pkt, &info, verified) {
            Ok(header) => header,
            Err(reason) => return self.discard(reason, pkt),
        };
        let flow = Flow {
            protocol: protocol::UDP,
            iface: iface.index(),
            local: Endpoint::new(IpAddr::V4(info.dst), header.dst_port),
            remote: Endpoint::new(IpAddr::V4(info.src), header.src_port),
        };
        pkt.set_family(AF_INET);
        pkt.set_ttl(info.ttl);
        pkt.set_ip_hdr_len(HEADER_LEN as u8);
        pkt.set_ipv4_opts_len(info.header_len - HEADER_LEN as u8);
        pkt.set_remote_v4(info.src, header.src_port);
        #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
        let Some(pkt) = self.offer_to_handler(&flow, info.cast != Cast::Unicast, pkt) else {
            return;
        };
        if info.cast == Cast::Unicast || !cfg!(CONFIG_ZNET_UDP_FAN_OUT) {
            return match self.contexts.find(&flow) {
                Some(id) => self.deliver(id, pkt),
                None => self.refuse_port(env, iface, pkt, info),
            };
        }
        let Some(mut id) = self.next_listener(&flow, None) else {
            return self.discard(DropReason::UdpNoSocket, pkt);
        };
        // Everybody who listens gets one; the last gets the packet itself.
        while let Some(next) = self.next_listener(&flow, Some(id)) {
            match pkt.shallow_clone(NO_WAIT) {
                Some(copy) => self.deliver_apart(id, copy),
                None => self.count(DropReason::NoBuffer),
            }
            id = next;
        }
        self.deliver_apart(id, pkt);
    }
}

/// True for a packet to one host in a frame to every station: a host that answered those would
/// let one frame raise a storm of answers (RFC 1122, 3.3.6).
#[inline]
fn in_wrong_frame(pkt: &Pkt, info: &Info) -> bool {
    !cfg!(CONFIG_NET_L2_ETHERNET_ACCEPT_MISMATCH_L3_L2_ADDR)
        && info.cast == Cast::Unicast
        && pkt.eth_dst() == EthAddr::BROADCAST
}
