// SPDX-License-Identifier: Apache-2.0
//! The datagram nearly all others look like, in one look: UDP in IPv4 without options in Ethernet,
//! from and to a neighbour, in one buffer.
//!
//! Called by: `stack::{rx, udp}` before the long way. Both functions say "no" and leave everything
//! as it was when anything is out of the ordinary; the long way then decides. What they do say is
//! what the long way would say: `tests/plain.rs` compares the two.

use super::door;
use super::lane::Lane;
use super::tx::{AF_INET, Offer};
use super::{Effects, Stack};
use crate::base::{Endpoint, IpAddr, Ipv4Addr};
use crate::buf::Pkt;
use crate::iface::{Checksum, IfRef};
use crate::transport::ContextId;
use crate::transport::demux::Flow;
use crate::wire::checksum::Sum;
use crate::wire::ethernet::{self, ethertype};
use crate::wire::ipv4::{self, protocol};
use crate::wire::udp;

/// Bytes of the three headers.
const HEADERS: usize = ethernet::HEADER_LEN + ipv4::HEADER_LEN + udp::HEADER_LEN;

/// Where the protocol stands in an ordinary frame.
const PROTOCOL: usize = ethernet::HEADER_LEN + 9;

impl Stack {
    /// The context for the frame in `pkt`, whose headers are then pulled.
    #[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(always))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_FAST), inline)]
    pub(super) fn plain_input(&self, iface: IfRef, pkt: &mut Pkt) -> Option<ContextId> {
        let summed = pkt.chksum_done();
        let plain = pkt.plain_mut()?;
        let frame = plain.bytes();
        // First of all, so that segments lose no time here.
        if frame.get(PROTOCOL) != Some(&protocol::UDP) {
            return None;
        }
        let front = frame.first_chunk()?;
        let packet = frame.get(ethernet::HEADER_LEN..)?;
        let (ip, datagram) = ipv4::Header::parse_plain(packet)?;
        let header = udp::Header::parse(datagram, datagram.len()).ok()?;
        let len = datagram.len();
        if usize::from(header.len) != len || header.dst_port == 0 || header.checksum == 0 {
            return None;
        }
        let (src, dst) = (ip.src(), ip.dst());
        if !self.enters(iface, front) {
            return None;
        }
        if !summed {
            let header_ok =
                !iface.needs_rx_checksum(Checksum::IPV4_HEADER) || ip.is_checksum_valid();
            let unchecked =
                !cfg!(CONFIG_NET_UDP_CHECKSUM) || !iface.needs_rx_checksum(Checksum::IPV4_UDP);
            let sum_ok = unchecked || udp::is_valid_ipv4(src, dst, header.len, Sum::of(datagram));
            if !header_ok || !sum_ok {
                return None;
            }
        }
        let id = self.contexts.find(&Flow {
            protocol: protocol::UDP,
            iface: iface.index(),
            local: Endpoint::new(IpAddr::V4(dst), header.dst_port),
            remote: Endpoint::new(IpAddr::V4(src), header.src_port),
        })?;
        let (ttl, link) = (ip.ttl(), door::link(front));
        plain.strip(HEADERS, len - udp::HEADER_LEN);
        pkt.set_eth_link(link);
        pkt.set_ll_proto_type(ethertype::IPV4);
        pkt.set_family(AF_INET);
        pkt.set_ttl(ttl);
        pkt.set_ip_hdr_len(ipv4::HEADER_LEN as u8);
        pkt.set_remote_v4(src, header.src_port);
        Some(id)
    }

    /// True when `dst` is this interface's, and `src` a sender seen lately, or a neighbour on it and
    /// nothing to any other interface.
    #[cold]
    pub(super) fn is_plain_pair(&self, iface: IfRef, src: Ipv4Addr, dst: Ipv4Addr) -> bool {
        let neighbour = || {
            let plain = iface.is_ipv4_pair(src, dst)
                && !src.is_loopback()
                && self.ifaces.iter().all(|other| other == iface || other.ipv4_near(src).is_none());
            if plain { Ok(()) } else { Err(()) }
        };
        iface.has_ipv4_addr(dst) && self.senders.pass(iface, src, neighbour).is_ok()
    }

    /// Puts the headers of a datagram from `ports.0` to `ports.1` in front of its payload, whose sum
    /// is `sum`, and leaves the frame for the driver; gives `pkt` back when it is not for this, as when
    /// it makes more than `mtu` bytes.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    pub(super) fn plain_output(
        lane: &Lane,
        mtu: u16,
        ident: &mut u16,
        effects: &mut Effects,
        ports: (u16, u16),
        offer: Offer,
        mut pkt: Pkt,
        sum: Sum,
    ) -> Result<(), Pkt> {
        let iface = lane.iface;
        let Some(frame) = pkt.plain_mut() else { return Err(pkt) };
        let len = frame.len() + udp::HEADER_LEN;
        if len + ipv4::HEADER_LEN > usize::from(mtu)
            || !iface.needs_tx_checksum(Checksum::IPV4_UDP)
            || !cfg!(CONFIG_NET_UDP_CHECKSUM)
        {
            return Err(pkt);
        }
        let Some(room) = frame.push::<HEADERS>() else { return Err(pkt) };
        let Some((front, rest)) = room.split_first_chunk_mut() else { return Err(pkt) };
        let Some(transport) = rest.first_chunk_mut() else { return Err(pkt) };
        let len = len as u16;
        let pseudo = lane.put(front, protocol::UDP, offer, ident, len);
        let mut header = udp::Header { src_port: ports.0, dst_port: ports.1, len, checksum: 0 };
        header.checksum = header.checksum_with(pseudo, sum);
        header.emit(transport);
        pkt.set_ll_proto_type(ethertype::IPV4);
        pkt.set_family(AF_INET);
        pkt.set_priority(offer.priority);
        effects.transmit(iface, pkt);
        Ok(())
    }
}
