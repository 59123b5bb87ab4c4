// SPDX-License-Identifier: Apache-2.0
//! The segment nearly all others look like, in one look: IPv4 without options in Ethernet, from and
//! to a neighbour, in one buffer.
//!
//! Called by: `stack::rx` and `stack::tcp::tx` before the long way. Both functions say "no" and leave
//! everything as it was when anything is out of the ordinary.

use super::tx::Way;
use crate::base::{Endpoint, IpAddr};
use crate::buf::Pkt;
use crate::iface::{Checksum, IfRef};
use crate::stack::lane::{FRONT, Lane};
use crate::stack::tx::AF_INET;
use crate::stack::{Effects, Env, Stack};
use crate::transport::tcp::{Emit, Segment};
use crate::wire::checksum::{self, Sum};
use crate::wire::ethernet::{self, ethertype};
use crate::wire::ipv4::{self, protocol};
use crate::wire::tcp::{HEADER_LEN, Header};

/// What an ordinary frame says.
struct Parts {
    header: Header,
    /// Bytes of payload.
    len: usize,
    /// It carries a congestion mark.
    marked: bool,
    local: Endpoint,
    remote: Endpoint,
}

impl Stack {
    /// Takes the frame in `pkt` when it is an ordinary segment.
    #[inline]
    pub(in crate::stack) fn plain_segment(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
    ) -> Result<(), Pkt> {
        let summed = pkt.chksum_done();
        let Some(plain) = pkt.plain_mut() else { return Err(pkt) };
        let frame = plain.bytes();
        let Some(parts) = self.plain_parts(iface, frame, summed) else { return Err(pkt) };
        let Parts { header, len, marked, local, remote } = parts;
        let front = FRONT + usize::from(header.len);
        let options = frame.get(FRONT + HEADER_LEN..front).unwrap_or(&[]);
        let mut segment = Segment::new(&header, len, marked);
        if segment.read_options(options).is_err() {
            // The long way gives the reason.
            return Err(pkt);
        }
        plain.strip(front, len);
        self.tcp_find(env, iface, pkt, (local, remote), &segment);
        Ok(())
    }

    /// What an ordinary frame says. `summed` tells that its checksums are known to be right.
    #[inline]
    fn plain_parts(&self, iface: IfRef, frame: &[u8], summed: bool) -> Option<Parts> {
        if frame.get(ethernet::HEADER_LEN + 9) != Some(&protocol::TCP) {
            return None;
        }
        let front = frame.first_chunk()?;
        let packet = frame.get(ethernet::HEADER_LEN..)?;
        let (ip, bytes) = ipv4::Header::parse_plain(packet)?;
        let header = Header::parse(bytes, bytes.len()).ok()?;
        let (src, dst) = (ip.src(), ip.dst());
        if header.src_port == 0 || header.dst_port == 0 {
            return None;
        }
        if !self.enters(iface, front) {
            return None;
        }
        // It may be for somebody behind us.
        #[cfg(CONFIG_ZNET_IPV4_NAT)]
        if self.hides_anybody() {
            return None;
        }
        if !summed {
            let header_ok =
                !iface.needs_rx_checksum(Checksum::IPV4_HEADER) || ip.is_checksum_valid();
            let unchecked =
                !cfg!(CONFIG_NET_TCP_CHECKSUM) || !iface.needs_rx_checksum(Checksum::IPV4_TCP);
            let sum_ok = unchecked || {
                let pseudo = checksum::pseudo_ipv4(src, dst, protocol::TCP, bytes.len() as u16);
                pseudo.join(Sum::of(bytes)).is_valid()
            };
            if !header_ok || !sum_ok {
                return None;
            }
        }
        Some(Parts {
            header,
            len: bytes.len() - usize::from(header.len),
            marked: ip.ecn() == 3,
            local: Endpoint::new(IpAddr::V4(dst), header.dst_port),
            remote: Endpoint::new(IpAddr::V4(src), header.src_port),
        })
    }

    /// Puts all headers, `options` bytes of options among them, in front of a segment's payload and leaves
    /// the frame for the driver; gives `pkt` back when it is not for this.
    #[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(always))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_FAST), inline)]
    #[allow(clippy::too_many_arguments)]
    pub(super) fn plain_emit(
        lane: &Lane,
        ident: &mut u16,
        effects: &mut Effects,
        way: &Way,
        emit: &Emit,
        options: usize,
        mut pkt: Pkt,
    ) -> Result<(), Pkt> {
        let iface = lane.iface;
        let Some(frame) = pkt.plain_mut() else { return Err(pkt) };
        let len = HEADER_LEN + options + frame.len();
        if len + ipv4::HEADER_LEN > usize::from(iface.mtu())
            || !iface.needs_tx_checksum(Checksum::IPV4_TCP)
        {
            return Err(pkt);
        }
        let Some(room) = frame.push_front(FRONT + HEADER_LEN + options) else { return Err(pkt) };
        let Some((front, room)) = room.split_first_chunk_mut() else { return Err(pkt) };
        let Some((tcp, rest)) = room.split_first_chunk_mut() else { return Err(pkt) };
        let mut offer = way.offer;
        offer.tos |= if emit.ecn { 2 } else { 0 };
        let mut sum = lane.put(front, protocol::TCP, offer, ident, len as u16).sum();
        if options != 0 {
            emit.options.emit(rest);
            sum = sum.then(rest);
        }
        emit.header(way.local.port, way.remote.port, HEADER_LEN + options)
            .emit_with(tcp, sum.join(emit.sum));
        pkt.set_ll_proto_type(ethertype::IPV4);
        pkt.set_family(AF_INET);
        pkt.set_priority(way.offer.priority);
        effects.transmit_now(iface, pkt);
        Ok(())
    }
}
