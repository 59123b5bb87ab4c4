// SPDX-License-Identifier: Apache-2.0
//! The packets nearly all others look like, in one look: UDP and TCP in IPv6 without extension headers
//! in Ethernet, to a neighbour or from one, in one buffer.
//!
//! Called by: `stack::rx`, `stack::v6::udp` and `stack::tcp::tx` before the long way. All functions say
//! "no" and leave everything as it was when anything is out of the ordinary; the long way then
//! decides. What they do say is what the long way would say: `tests/plain_ipv6.rs` compares the two.

use super::super::Stack;
use super::super::tx::{AF_INET6, Offer};
use super::lane::Lane;
use crate::base::Ipv6Addr;
use crate::buf::Pkt;
use crate::iface::{Checksum, IfFlag, IfRef, L2Kind};
use crate::ip::v6::input::may_be_pair;
use crate::wire::checksum::{Sum, pseudo_ipv6};
use crate::wire::ethernet::{self, ethertype};
use crate::wire::ipv6::{HEADER_LEN, Header, NEXT_HEADER_AT, Repr};

/// Bytes of link and IP header.
const OUTER: usize = ethernet::HEADER_LEN + HEADER_LEN;

/// Where the next-header field stands in an ordinary frame.
const NEXT_HEADER: usize = ethernet::HEADER_LEN + NEXT_HEADER_AT as usize;

/// What an ordinary frame says, from the link address of its sender on.
struct Parts<'a> {
    /// Link addresses as bits: sender, receiver.
    pub link: (u64, u64),
    /// The IPv6 header.
    pub ip: Header<'a>,
    /// All behind it, transport header first; its checksum is right.
    pub content: &'a [u8],
}

impl Stack {
    /// What the frame in `pkt` says, when it is an ordinary one of the transport `next_header`, whose
    /// checksum is `kind`'s.
    #[inline(always)]
    fn plain_parts_v6<'a>(
        &self,
        iface: IfRef,
        pkt: &'a Pkt,
        next_header: u8,
        kind: Checksum,
    ) -> Option<Parts<'a>> {
        let frame = pkt.plain()?;
        if frame.get(NEXT_HEADER) != Some(&next_header) {
            return None;
        }
        let (link, packet) = frame.split_first_chunk()?;
        let (link_dst, link_src, ethertype) = ethernet::Header::fields(link);
        if ethertype != ethertype::IPV6
            || link_dst != iface.dev().link_addr.eth_bits()
            || link_src & 1 != 0
            || iface.l2_kind() != L2Kind::Ethernet
            || iface.flag_is_set(IfFlag::Promisc)
        {
            return None;
        }
        let (ip, content) = Header::parse_plain(packet)?;
        let (src, dst) = (ip.src(), ip.dst());
        if !self.v6.pairs.pass(iface, src, dst, || may_be_pair(iface, &self.ifaces, src, dst)) {
            return None;
        }
        if !pkt.chksum_done() && iface.needs_rx_checksum(kind) {
            let pseudo = pseudo_ipv6(src, dst, next_header, content.len() as u32);
            if !pseudo.join(Sum::of(content)).is_valid() {
                return None;
            }
        }
        Some(Parts { link: (link_src, link_dst), ip, content })
    }

    /// The hop limit of a packet of `len` bytes that may go as it is; `None` where more is to be looked at.
    #[inline(always)]
    fn plain_hops_v6(&self, iface: IfRef, offer: Offer, len: usize) -> Option<u8> {
        let hop_limit = if offer.ttl == 0 { iface.ipv6_hop_limit() } else { offer.ttl };
        let fits = len <= usize::from(self.any_path_mtu(iface.ipv6_mtu()));
        (fits && hop_limit != 0).then_some(hop_limit)
    }

    /// Writes link and IP header.
    #[inline(always)]
    fn plain_headers_v6(lane: &Lane, repr: Repr, out: &mut [u8; OUTER]) {
        let (link, ip) = out.split_at_mut(ethernet::HEADER_LEN);
        if let (Some(link), Some(ip)) = (link.first_chunk_mut(), ip.first_chunk_mut()) {
            *link = lane.link;
            repr.emit(ip);
        }
    }

    /// Leaves a frame that has all its headers for the driver.
    #[inline(always)]
    fn plain_transmit_v6(&mut self, iface: IfRef, offer: Offer, mut pkt: Pkt) {
        pkt.set_ll_proto_type(ethertype::IPV6);
        pkt.set_family(AF_INET6);
        pkt.set_priority(offer.priority);
        self.effects.transmit(iface, pkt);
    }
}

#[cfg(CONFIG_NET_UDP)]
mod datagram {
    use super::{AF_INET6, Checksum, HEADER_LEN, IfRef, Ipv6Addr, OUTER, Offer, Pkt, Repr};
    use super::{Lane, Stack, Sum, ethertype};
    use crate::base::{Endpoint, IpAddr};
    use crate::transport::ContextId;
    use crate::transport::demux::Flow;
    use crate::wire::ipv6::next_header;
    use crate::wire::udp::{self, Header};

    /// Bytes of the three headers.
    const HEADERS: usize = OUTER + udp::HEADER_LEN;

    impl Stack {
        /// The context for the frame in `pkt`, whose headers are then pulled.
        #[inline]
        pub(in crate::stack) fn plain_input_v6(
            &self,
            iface: IfRef,
            pkt: &mut Pkt,
        ) -> Option<ContextId> {
            // A sum that is not verified is no reason to let a datagram without any pass.
            let parts = self.plain_parts_v6(iface, pkt, next_header::UDP, Checksum::IPV6_UDP)?;
            let len = parts.content.len();
            let header = Header::parse(parts.content, len).ok()?;
            if usize::from(header.len) != len || header.dst_port == 0 || header.checksum == 0 {
                return None;
            }
            let (src, dst) = (parts.ip.src(), parts.ip.dst());
            let id = self.contexts.find(&Flow {
                protocol: next_header::UDP,
                iface: iface.index(),
                local: Endpoint::new(IpAddr::V6(dst), header.dst_port),
                remote: Endpoint::new(IpAddr::V6(src), header.src_port),
            })?;
            let ((link_src, link_dst), hop_limit) = (parts.link, parts.ip.hop_limit());
            pkt.strip_plain(HEADERS, len - udp::HEADER_LEN);
            pkt.set_eth_bits(link_src, link_dst);
            pkt.set_ll_proto_type(ethertype::IPV6);
            pkt.set_family(AF_INET6);
            pkt.set_ttl(hop_limit);
            pkt.set_ip_hdr_len(HEADER_LEN as u8);
            pkt.set_remote(src.octets(), header.src_port);
            Some(id)
        }

        /// Puts the headers of a datagram from `ports.0` to `ports.1` in front of its payload, whose
        /// sum is `sum`, and leaves the frame for the driver; gives `pkt` back when it is not for this.
        #[inline(always)]
        pub(in crate::stack) fn plain_output_v6(
            &mut self,
            lane: &Lane,
            dst: Ipv6Addr,
            ports: (u16, u16),
            offer: Offer,
            mut pkt: Pkt,
            sum: Sum,
        ) -> Result<(), Pkt> {
            let Lane { iface, src, .. } = *lane;
            let Some(payload) = pkt.plain().map(<[u8]>::len) else { return Err(pkt) };
            let len = payload + udp::HEADER_LEN;
            if !iface.needs_tx_checksum(Checksum::IPV6_UDP) {
                return Err(pkt);
            }
            let Some(hop_limit) = self.plain_hops_v6(iface, offer, len + HEADER_LEN) else {
                return Err(pkt);
            };
            let Some(room) = pkt.push(HEADERS).and_then(|b| b.first_chunk_mut::<HEADERS>()) else {
                return Err(pkt);
            };
            let (outer, transport) = room.split_at_mut(OUTER);
            let (Some(outer), Some(transport)) =
                (outer.first_chunk_mut(), transport.first_chunk_mut())
            else {
                return Err(pkt);
            };
            let repr = Repr {
                src,
                dst,
                next_header: next_header::UDP,
                hop_limit,
                traffic_class: offer.tos,
                flow_label: 0,
                payload_len: len as u16,
            };
            Self::plain_headers_v6(lane, repr, outer);
            let len = len as u16;
            let mut header = Header { src_port: ports.0, dst_port: ports.1, len, checksum: 0 };
            header.checksum = header.checksum_ipv6(src, dst, sum);
            header.emit(transport);
            self.plain_transmit_v6(iface, offer, pkt);
            Ok(())
        }
    }
}

#[cfg(CONFIG_NET_TCP)]
mod segment {
    use super::{Checksum, HEADER_LEN, IfRef, Ipv6Addr, OUTER, Offer, Pkt, Repr};
    use super::{Lane, Stack, pseudo_ipv6};
    use crate::base::{Endpoint, IpAddr};
    use crate::stack::Env;
    use crate::transport::tcp::{Emit, Segment};
    use crate::wire::ipv6::next_header;
    use crate::wire::tcp::{self, Header};

    /// Bytes of all headers but a segment's options.
    const HEADERS: usize = OUTER + tcp::HEADER_LEN;

    impl Stack {
        /// Takes the frame in `pkt` when it is an ordinary segment.
        #[inline]
        pub(in crate::stack) fn plain_segment_v6(
            &mut self,
            env: &dyn Env,
            iface: IfRef,
            mut pkt: Pkt,
        ) -> Result<(), Pkt> {
            let Some((segment, ends, front)) = self.plain_fields_v6(iface, &pkt) else {
                return Err(pkt);
            };
            pkt.strip_plain(front, segment.len as usize);
            self.tcp_find(env, iface, pkt, ends, &segment);
            Ok(())
        }

        /// A segment, our end point and the peer's, and the bytes of all headers.
        #[inline(always)]
        fn plain_fields_v6(
            &self,
            iface: IfRef,
            pkt: &Pkt,
        ) -> Option<(Segment, (Endpoint, Endpoint), usize)> {
            let parts = self.plain_parts_v6(iface, pkt, next_header::TCP, Checksum::IPV6_TCP)?;
            let available = parts.content.len();
            let header = Header::parse(parts.content, available).ok()?;
            if header.src_port == 0 || header.dst_port == 0 {
                return None;
            }
            let len = usize::from(header.len);
            let options = parts.content.get(tcp::HEADER_LEN..len)?;
            let marked = parts.ip.traffic_class() & 3 == 3;
            // The long way gives the reason.
            let mut segment = Segment::new(&header, available - len, marked);
            segment.read_options(options).ok()?;
            let local = Endpoint::new(IpAddr::V6(parts.ip.dst()), header.dst_port);
            let remote = Endpoint::new(IpAddr::V6(parts.ip.src()), header.src_port);
            Some((segment, (local, remote), OUTER + len))
        }

        /// Puts all headers, `options` bytes of options among them, in front of a segment's payload and
        /// leaves the frame for the driver; gives `pkt` back when it is not for this.
        #[inline]
        #[allow(clippy::too_many_arguments)]
        pub(in crate::stack) fn plain_emit_v6(
            &mut self,
            lane: &Lane,
            dst: Ipv6Addr,
            ports: (u16, u16),
            offer: Offer,
            emit: &Emit,
            options: usize,
            mut pkt: Pkt,
        ) -> Result<(), Pkt> {
            let Lane { iface, src, .. } = *lane;
            let Some(payload) = pkt.plain().map(<[u8]>::len) else { return Err(pkt) };
            let len = tcp::HEADER_LEN + options + payload;
            if !iface.needs_tx_checksum(Checksum::IPV6_TCP) {
                return Err(pkt);
            }
            let Some(hop_limit) = self.plain_hops_v6(iface, offer, len + HEADER_LEN) else {
                return Err(pkt);
            };
            let Some(room) = pkt.push(HEADERS + options) else { return Err(pkt) };
            let Some((headers, rest)) = room.split_first_chunk_mut::<HEADERS>() else {
                return Err(pkt);
            };
            let (outer, transport) = headers.split_at_mut(OUTER);
            let (Some(outer), Some(transport)) =
                (outer.first_chunk_mut(), transport.first_chunk_mut())
            else {
                return Err(pkt);
            };
            let repr = Repr {
                src,
                dst,
                next_header: next_header::TCP,
                hop_limit,
                traffic_class: offer.tos | if emit.ecn { 2 } else { 0 },
                flow_label: 0,
                payload_len: len as u16,
            };
            Self::plain_headers_v6(lane, repr, outer);
            let mut sum = pseudo_ipv6(src, dst, next_header::TCP, len as u32);
            if options != 0 {
                emit.options.emit(rest);
                sum = sum.then(rest);
            }
            emit.header(ports.0, ports.1, tcp::HEADER_LEN + options)
                .emit_with(transport, sum.join(emit.sum));
            self.plain_transmit_v6(iface, offer, pkt);
            Ok(())
        }
    }
}
