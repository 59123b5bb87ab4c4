// SPDX-License-Identifier: Apache-2.0
//! The way up: from a driver's frame to whom it is for.
//!
//! Called by: `capi::net_core` (receive threads), the simulator. Calls: `l2::ethernet`,
//! `ip::v4::input`, `transport::udp`, then `stack::{icmp, neighbour}`.

use super::tx::AF_INET;
use super::{Call, Env, Stack};
use crate::base::{DropReason, Endpoint, IpAddr};
use crate::buf::{NO_WAIT, Pkt};
use crate::config;
use crate::iface::{Checksum, IfRef, L2Kind};
#[cfg(CONFIG_NET_IPV4)]
use crate::ip::v4::{self, Cast, Info};
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::l2::ethernet;
use crate::transport::demux::Flow;
use crate::transport::{ContextId, Flags, udp};
use crate::wire::ethernet::ethertype;
use crate::wire::ipv4::{HEADER_LEN, protocol};

/// Receive packets that queues may not take: without them, sockets nobody reads would stop ARP and
/// everything else that needs a buffer for a moment only.
const RX_RESERVE: usize = config::NET_PKT_RX_COUNT / 8 + 1;

impl Stack {
    /// Takes a frame that `iface` received.
    pub fn rx(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt) {
        if !iface.is_up() {
            return self.discard(DropReason::IfaceDown, pkt);
        }
        let kind = match iface.l2_kind() {
            #[cfg(CONFIG_NET_L2_ETHERNET)]
            L2Kind::Ethernet => match ethernet::input(iface, &mut pkt) {
                Ok(kind) => kind,
                Err(reason) => return self.discard(reason, pkt),
            },
            // Links without a header of their own carry IP, which tells its version itself.
            _ => match pkt.head().first().map(|b| b >> 4) {
                Some(4) => ethertype::IPV4,
                Some(6) => ethertype::IPV6,
                _ => return self.discard(DropReason::LinkTruncated, pkt),
            },
        };
        match kind {
            #[cfg(CONFIG_NET_IPV4)]
            ethertype::IPV4 => self.rx_v4(env, iface, pkt, false),
            #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
            ethertype::ARP => self.rx_arp(env, iface, pkt),
            _ => {
                let _ = env;
                self.discard(DropReason::LinkUnknownProtocol, pkt);
            }
        }
    }

    /// True when packets to ourselves wait.
    #[inline]
    pub(super) fn has_local(&self) -> bool {
        !self.local.is_empty()
    }

    /// Takes packets to ourselves back up, no more than one round of them: each may cause another.
    pub(super) fn deliver_local(&mut self, env: &dyn Env) {
        let mut round = self.local.len();
        while round > 0 {
            let Some(pkt) = self.local.pop_front() else { return };
            round -= 1;
            match IfRef::of(&pkt) {
                #[cfg(CONFIG_NET_IPV4)]
                Some(iface) => self.rx_v4(env, iface, pkt, true),
                _ => {
                    let _ = env;
                    self.discard(DropReason::IfaceDown, pkt);
                }
            }
            round = round.max(self.local.len().min(1));
        }
    }

    #[cfg(CONFIG_NET_IPV4)]
    #[inline]
    fn rx_v4(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, local: bool) {
        let verified = local || pkt.chksum_done();
        let header_ok = verified || !iface.needs_rx_checksum(Checksum::IPV4_HEADER);
        let info = match v4::input::input(&mut pkt, iface, &self.ifaces, local, header_ok) {
            Ok(info) => info,
            Err(reason) => return self.discard(reason, pkt),
        };
        match info.protocol {
            #[cfg(CONFIG_NET_UDP)]
            protocol::UDP => self.rx_udp(env, iface, pkt, info, verified),
            protocol::ICMP => self.rx_icmp(env, iface, pkt, info, verified),
            _ => self.refuse_protocol(env, iface, pkt, info),
        }
    }

    #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_UDP))]
    #[inline]
    fn rx_udp(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt, info: Info, verified: bool) {
        pkt.pull(info.header_len as usize);
        let verified = verified || !iface.needs_rx_checksum(Checksum::IPV4_UDP);
        let header = match udp::input_v4(&mut pkt, info.src, info.dst, verified) {
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
        if info.cast == Cast::Unicast {
            return match self.contexts.find(&flow) {
                Some(id) => self.deliver(id, pkt),
                None => self.refuse_port(env, iface, pkt, info),
            };
        }
        let Some(mut id) = self.contexts.find_next(&flow, None) else {
            return self.discard(DropReason::UdpNoSocket, pkt);
        };
        // Everybody who listens gets one; the last gets the packet itself.
        while let Some(next) = self.contexts.find_next(&flow, Some(id)) {
            match pkt.shallow_clone(NO_WAIT) {
                Some(copy) => self.deliver(id, copy),
                None => self.count(DropReason::NoBuffer),
            }
            id = next;
        }
        self.deliver(id, pkt);
    }

    /// Gives a datagram, headers pulled, to its context.
    #[inline]
    fn deliver(&mut self, id: ContextId, pkt: Pkt) {
        let pools = self.pools;
        let Ok(context) = self.contexts.get_mut(id) else {
            return self.discard(DropReason::UdpNoSocket, pkt);
        };
        if context.flags.contains(Flags::CALLBACK) {
            let handler = context.handler;
            return self.effects.call(Call::Context { handler }, pkt);
        }
        let queued = context.rx.len();
        let full =
            queued >= context.rx_limit as usize || queued != 0 && pools.rx_pkts_below(RX_RESERVE);
        if full || context.flags.contains(Flags::SHUT_RD) {
            return self.discard(DropReason::SocketQueueFull, pkt);
        }
        context.rx.push_back(pkt);
        self.effects.wake(id.index());
    }
}
