// SPDX-License-Identifier: Apache-2.0
//! Datagrams of contexts over IPv6.
//!
//! Called by: `stack::{udp, v6::rx}`. Calls: `transport::{demux, udp}`, `stack::v6::tx`.

use super::super::tx::{AF_INET6, Offer};
use super::super::{Env, Stack};
use super::rx::in_wrong_frame;
use crate::base::{DropReason, Endpoint, Error, IpAddr, Ipv6Addr, Result};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::{AddrState, Checksum, IfRef};
use crate::ip::v6::input::Complaint;
use crate::ip::v6::{Cast, Info};
use crate::transport::{demux::Flow, udp};
use crate::wire::checksum::Sum;
use crate::wire::icmpv6::{kind, unreachable};
use crate::wire::ipv6::{HEADER_LEN, next_header};
use crate::wire::udp::HEADER_LEN as UDP_HEADER_LEN;

impl Stack {
    /// Takes a UDP datagram; `pkt` starts at the IP header.
    #[inline]
    pub(super) fn rx_udp_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
        info: Info,
        verified: bool,
    ) {
        if info.cast == Cast::Tentative {
            return self.discard(DropReason::Ipv6NotForUs, pkt);
        }
        if in_wrong_frame(&pkt, &info) {
            return self.discard(DropReason::Ipv4LinkBroadcast, pkt);
        }
        let headers = usize::from(info.header_len);
        pkt.pull(headers);
        let verified = verified || !iface.needs_rx_checksum(Checksum::IPV6_UDP);
        let header = match udp::input_v6(&mut pkt, &info, verified) {
            Ok(header) => header,
            Err(reason) => return self.discard(reason, pkt),
        };
        let flow = Flow {
            protocol: next_header::UDP,
            iface: iface.index(),
            local: Endpoint::new(IpAddr::V6(info.dst), header.dst_port),
            remote: Endpoint::new(IpAddr::V6(info.src), header.src_port),
        };
        pkt.set_family(AF_INET6);
        pkt.set_ttl(info.hop_limit);
        pkt.set_ip_hdr_len(HEADER_LEN as u8);
        pkt.set_ipv6_ext_len(info.header_len - HEADER_LEN as u16);
        pkt.set_remote(info.src.octets(), header.src_port);
        #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
        let Some(pkt) = self.offer_to_handler(&flow, info.cast != Cast::Unicast, pkt) else {
            return;
        };
        if info.cast == Cast::Unicast {
            return match self.contexts.find(&flow) {
                Some(id) => self.deliver(id, pkt),
                None => self.refuse_port_v6(env, iface, pkt, &info),
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

    /// Answers a datagram for a port nobody listens on. `pkt` starts behind the UDP header.
    #[cold]
    fn refuse_port_v6(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: &Info) {
        let whole = pkt.push(usize::from(info.header_len) + UDP_HEADER_LEN).is_some();
        let complaint = Complaint {
            kind: kind::DEST_UNREACHABLE,
            code: unreachable::PORT,
            value: 0,
            to_group: false,
        };
        let complaint = whole.then_some(complaint);
        self.refuse_v6(env, iface, pkt, info, DropReason::UdpNoSocket, complaint);
    }

    /// Sends a datagram, a payload whose sum is `sum`.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    #[allow(clippy::too_many_arguments)]
    pub(in crate::stack) fn udp_send_v6(
        &mut self,
        env: &dyn Env,
        bound: u8,
        own: Option<Ipv6Addr>,
        ports: (u16, u16),
        dst: Ipv6Addr,
        offer: Offer,
        pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        #[cfg(all(
            CONFIG_NET_L2_ETHERNET,
            CONFIG_NET_IPV6_NBR_CACHE,
            not(CONFIG_ZNET_PROFILE_TINY)
        ))]
        let pkt = match self.lane_v6(bound, own, dst) {
            Some(lane) => match self.plain_output_v6(&lane, dst, ports, offer, pkt, sum) {
                Ok(()) => return Ok(()),
                Err(pkt) => pkt,
            },
            None => pkt,
        };
        self.udp_send_v6_slowly(env, (bound, own), ports, dst, offer, pkt, sum)
    }

    /// The same for any datagram.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), cold)]
    #[allow(clippy::too_many_arguments)]
    fn udp_send_v6_slowly(
        &mut self,
        env: &dyn Env,
        (bound, own): (u8, Option<Ipv6Addr>),
        (src_port, dst_port): (u16, u16),
        dst: Ipv6Addr,
        offer: Offer,
        mut pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        let route = match self.route_v6(bound, own, dst) {
            Ok(route) => route,
            Err(Error::AddrNotAvail) if own.is_none() && self.checks_addresses(bound, dst) => {
                self.discard(DropReason::NoSource, pkt);
                return Ok(());
            }
            Err(error) => {
                self.discard(DropReason::NoRoute, pkt);
                return Err(error);
            }
        };
        // Hardware sums only what leaves this host; over IPv6 there is no datagram without a sum.
        // It sums no fragments either.
        let mtu = self.path_mtu(IpAddr::V6(dst), route.iface.ipv6_mtu());
        let whole = pkt.len() + UDP_HEADER_LEN + HEADER_LEN <= usize::from(mtu);
        let by_us = route.iface.needs_tx_checksum(Checksum::IPV6_UDP) || !whole;
        let (src, to) = ((route.src, src_port), (dst, dst_port));
        match udp::output_v6(&mut pkt, src, to, by_us.then_some(sum)) {
            Ok(()) => self.send_v6(env, route, dst, next_header::UDP, offer, pkt),
            Err(reason) => {
                self.discard(reason, pkt);
                Err(reason.refusal())
            }
        }
    }

    /// Whether there would be an address to send from to `dst`, were all checked that are being checked
    /// (RFC 4862, 5.4). What is sent meanwhile is lost, as on a link that takes its time, but not refused:
    /// applications start to send as soon as the interface is up, and give up for good when told no.
    fn checks_addresses(&self, bound: u8, dst: Ipv6Addr) -> bool {
        let checks = |iface: IfRef| {
            let mut own = iface.ipv6_addrs();
            iface.is_up() && own.any(|own| own.state == AddrState::Tentative)
        };
        cfg!(all(CONFIG_NET_IPV6_DAD, not(CONFIG_ZNET_PROFILE_TINY)))
            && !dst.is_loopback()
            && self.ifaces.iter().any(|i| (bound == 0 || i.index() == bound) && checks(i))
    }
}
