// SPDX-License-Identifier: Apache-2.0
//! IPv4 packets for others (RFC 1812, 5.2 and 5.3).
//!
//! Called by: `stack::{rx_v4, neighbour}`. Calls: `ip::v4::route`, `stack::{tx_v4, icmp}`.

use super::forward::is_handed_to_us;
use super::tx::AF_INET;
use super::{Env, Stack};
use crate::base::{DropReason, Ipv4Addr};
use crate::buf::Pkt;
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
use crate::buf::{NO_WAIT, PktList};
use crate::iface::IfRef;
use crate::ip::v4::input::check_source;
use crate::ip::v4::{Cast, Hop, Info};
use crate::wire::icmpv4::{Message, redirect, time_exceeded, unreachable};
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
use crate::wire::ipv4::{HEADER_LEN, Repr};
use crate::wire::ipv4::{Header, decrement_ttl};

/// A packet's way on.
pub(super) struct Way {
    out: IfRef,
    hop: Hop,
    /// It has to go in fragments.
    #[cfg_attr(not(CONFIG_NET_IPV4_FRAGMENT), allow(dead_code))]
    pieces: bool,
}

/// What is known of a packet for another host, from its header.
fn info_of(header: &Header<'_>) -> Info {
    Info {
        src: header.src(),
        dst: header.dst(),
        cast: Cast::Unicast,
        protocol: header.protocol(),
        header_len: header.len() as u8,
        ttl: header.ttl(),
        tos: header.dscp() << 2 | header.ecn(),
        local: false,
    }
}

impl Stack {
    /// Sends a packet that is for somebody else on its way. Its header and checksum were found good.
    #[cold]
    #[inline(never)]
    pub(super) fn forward_v4(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt) {
        let available = pkt.len();
        let Ok(header) = Header::parse(pkt.head(), available) else {
            return self.discard(DropReason::Ipv4Malformed, pkt);
        };
        let info = info_of(&header);
        let total = usize::from(header.total_len());
        if header.options().any(|option| option.is_err()) {
            return self.discard(DropReason::Ipv4BadOption, pkt);
        }
        // What the link padded the frame with is no part of the packet.
        if !pkt.truncate(total.min(available)) {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        let way = self.way_on_v4(iface, &pkt, &info);
        #[cfg(CONFIG_NET_STATISTICS_IPV4)]
        if let Ok(way) = &way {
            super::statistics::forwarded_v4(way.out);
        }
        match way {
            #[cfg(CONFIG_ZNET_IPV4_NAT)]
            Ok(way) if self.hides_behind(iface, way.out) => {
                self.pass_on_hidden(env, iface, way, pkt)
            }
            Ok(way) => {
                if cfg!(CONFIG_ZNET_ICMP_REDIRECTS) && way.out == iface {
                    self.send_redirect(env, iface, &pkt, &info, way.hop);
                }
                self.pass_on(env, way, pkt);
            }
            Err((reason, message)) => {
                if let Some(message) = message {
                    self.send_error(env, iface, &pkt, &info, message);
                }
                self.discard(reason, pkt);
            }
        }
    }

    /// Tells the sender of a packet which neighbour of its own it should have sent it to, where that is one (RFC 1812,
    /// 5.2.7.2).
    #[cold]
    fn send_redirect(&mut self, env: &dyn Env, iface: IfRef, pkt: &Pkt, info: &Info, hop: Hop) {
        let Hop::Neighbour(gateway) = hop else { return };
        let header = Header::parse_quoted(pkt.head());
        let routed = header.is_ok_and(|h| h.options().flatten().any(|o| o.is_source_route()));
        if gateway != info.src && iface.is_ipv4_onlink(info.src) && !routed {
            let message = Message::Redirect { code: redirect::HOST, gateway };
            self.send_error(env, iface, pkt, info, message);
        }
    }

    /// Sends a packet on its way, in fragments where it has to go so.
    pub(super) fn pass_on(&mut self, env: &dyn Env, way: Way, pkt: Pkt) {
        #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
        if way.pieces {
            return self.pass_on_in_pieces(env, way, pkt);
        }
        self.pass_on_v4(env, way.out, way.hop, pkt);
    }

    /// The same behind an address of ours. Fragments are put together first: only one of them tells its ports
    /// (RFC 4787, REQ-14).
    #[cfg(CONFIG_ZNET_IPV4_NAT)]
    fn pass_on_hidden(&mut self, env: &dyn Env, iface: IfRef, way: Way, pkt: Pkt) {
        #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
        if Header::parse_quoted(pkt.head()).is_ok_and(|header| header.is_fragment()) {
            return self.rx_fragment(env, iface, pkt, false);
        }
        let _ = iface;
        match self.nat_out(env, way.out, pkt) {
            Ok(pkt) => self.pass_on(env, way, pkt),
            Err((reason, pkt)) => self.discard(reason, pkt),
        }
    }

    /// Where a packet to our address goes on that is meant for a host inside.
    #[cfg(CONFIG_ZNET_IPV4_NAT)]
    pub(super) fn way_inside(
        &self,
        pkt: &Pkt,
        info: &Info,
        inside: Ipv4Addr,
    ) -> Result<Way, (DropReason, Option<Message>)> {
        self.way_to(pkt, info.ttl, inside)
    }

    /// Where a packet goes on, or why it does not.
    fn way_on_v4(
        &self,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> Result<Way, (DropReason, Option<Message>)> {
        if !is_handed_to_us(iface, pkt) {
            return Err((DropReason::Ipv4NotForUs, None));
        }
        if !may_travel(info.dst) || !may_travel(info.src) {
            return Err((DropReason::Ipv4NotForwarded, None));
        }
        self.senders
            .pass(iface, info.src, || check_source(iface, &self.ifaces, info.src, Cast::Unicast))
            .map_err(|reason| (reason, None))?;
        self.way_to(pkt, info.ttl, info.dst)
    }

    /// The same for a packet whose addresses were found good.
    fn way_to(
        &self,
        pkt: &Pkt,
        ttl: u8,
        dst: Ipv4Addr,
    ) -> Result<Way, (DropReason, Option<Message>)> {
        if ttl <= 1 {
            let over = Message::TimeExceeded { code: time_exceeded::TRANSIT };
            return Err((DropReason::HopLimit, Some(over)));
        }
        let unreachable = |code, mtu| Some(Message::DestUnreachable { code, mtu });
        let Ok(route) = self.route_v4(0, None, dst) else {
            return Err((DropReason::NoRoute, unreachable(unreachable::NET, 0)));
        };
        let (out, hop) = (route.iface, route.hop);
        // A broadcast that comes from elsewhere would be answered by a whole network (RFC 2644).
        if !matches!(hop, Hop::Neighbour(_)) {
            return Err((DropReason::Ipv4NotForwarded, None));
        }
        let mtu = out.mtu();
        let pieces = pkt.len() > usize::from(mtu);
        if pieces && !can_be_cut(pkt) {
            let needed = unreachable(unreachable::FRAGMENTATION_NEEDED, mtu);
            return Err((DropReason::TooBig, needed));
        }
        Ok(Way { out, hop, pieces })
    }

    /// Takes one hop off and hands the packet to the link it goes on by.
    fn pass_on_v4(&mut self, env: &dyn Env, out: IfRef, hop: Hop, pkt: Pkt) {
        let mut pkt = match self.writable(pkt) {
            Ok(pkt) => pkt,
            Err(pkt) => return self.discard(DropReason::NoBuffer, pkt),
        };
        if pkt.head_mut().and_then(decrement_ttl).is_none() {
            return self.discard(DropReason::HopLimit, pkt);
        }
        self.hand_on_v4(env, out, hop, pkt);
    }

    fn hand_on_v4(&mut self, env: &dyn Env, out: IfRef, hop: Hop, mut pkt: Pkt) {
        pkt.set_family(AF_INET);
        pkt.set_forwarding(true);
        // The sender's sum stands; hardware is not to count anew.
        pkt.set_chksum_done(true);
        pkt.set_iface(out.as_ptr().cast());
        self.link_output_v4_apart(env, out, hop, pkt);
    }

    /// The same for a packet larger than the link carries (RFC 791, 3.2): all pieces or none.
    #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
    fn pass_on_in_pieces(&mut self, env: &dyn Env, way: Way, pkt: Pkt) {
        let room = usize::from(way.out.mtu()).saturating_sub(HEADER_LEN) & !7;
        let described = Header::parse_quoted(pkt.head()).ok().filter(|_| room > 0);
        let Some(whole) = described.map(|header| Repr::of(&header)) else {
            return self.discard(DropReason::TooBig, pkt);
        };
        let payload = pkt.len() - HEADER_LEN;
        let mut pieces = PktList::new();
        for offset in (0..payload).step_by(room) {
            let len = room.min(payload - offset);
            let repr = Repr {
                payload_len: len as u16,
                ttl: whole.ttl.saturating_sub(1),
                fragment_offset: whole.fragment_offset.saturating_add(offset as u16),
                more_fragments: whole.more_fragments || offset + len < payload,
                ..whole
            };
            let Some(piece) = self.piece_of(&pkt, repr, HEADER_LEN + offset) else {
                self.discard_all(DropReason::NoBuffer, pieces);
                return self.discard(DropReason::NoBuffer, pkt);
            };
            pieces.push_back(piece);
        }
        self.effects.free(pkt);
        while let Some(piece) = pieces.pop_front() {
            self.hand_on_v4(env, way.out, way.hop, piece);
        }
    }

    /// A packet with that header and the bytes of `whole` from `at` on.
    #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
    fn piece_of(&self, whole: &Pkt, repr: Repr, at: usize) -> Option<Pkt> {
        let len = usize::from(repr.payload_len);
        let mut piece = self.pools().alloc_tx(super::tx::HEADROOM, len, NO_WAIT)?;
        let mut copied = 0;
        while copied < len {
            let spare = piece.spare();
            let n = spare.len().min(len - copied);
            let n = whole.copy_out(at + copied, spare.get_mut(..n)?);
            if n == 0 {
                return None;
            }
            piece.commit(n);
            copied += n;
        }
        repr.emit(piece.push(HEADER_LEN)?.first_chunk_mut::<HEADER_LEN>()?);
        piece.set_priority(whole.priority());
        Some(piece)
    }

    /// Tells the sender of a packet on its way through us that the next hop does not answer (RFC 1812,
    /// 5.2.7.1). `pkt` starts at its IP header.
    #[cfg(all(CONFIG_NET_ARP, CONFIG_ZNET_ARP_TIMERS))]
    pub(super) fn tell_stranded_v4(&mut self, env: &dyn Env, pkt: Pkt) {
        let found = Header::parse_quoted(pkt.head()).ok().map(|header| info_of(&header));
        if let (Some(info), Some(iface)) = (found, IfRef::of(&pkt)) {
            let message = Message::DestUnreachable { code: unreachable::HOST, mtu: 0 };
            self.send_error(env, iface, &pkt, &info, message);
        }
        self.discard(DropReason::NeighbourUnreachable, pkt);
    }
}

/// Whether a packet may go in fragments. One with options may not: they would have to be sorted into
/// those for each fragment and those for the first, and nobody sends any.
fn can_be_cut(pkt: &Pkt) -> bool {
    let header = Header::parse_quoted(pkt.head());
    cfg!(CONFIG_NET_IPV4_FRAGMENT)
        && header.is_ok_and(|h| !h.dont_fragment() && h.option_bytes().is_empty())
}

/// True for addresses that mean the same host on every link (RFC 1812, 5.3.7; RFC 3927, 7).
fn may_travel(addr: Ipv4Addr) -> bool {
    let first = addr.octets()[0];
    !(matches!(first, 0 | 127 | 224..=255) || addr.is_link_local())
}
