// SPDX-License-Identifier: Apache-2.0
//! Packets for handlers that are no contexts (`net_conn_register`).
//!
//! Called by: `stack::{rx, rx_v4, v6, tcp::rx}` while there are handlers. Calls: `transport::handlers`.
//! As long as there is one, no packet takes the short way of `stack::plain`.

use super::frame::kind_of;
use super::{Call, Stack};
#[cfg(CONFIG_NET_TCP)]
use crate::base::Endpoint;
use crate::base::{DropReason, IpAddr};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::{IfRef, L2Kind};
use crate::transport::demux::Flow;
use crate::transport::handlers::{Rank, What};
use crate::wire::ethernet::HEADER_LEN;
#[cfg(CONFIG_NET_TCP)]
use crate::wire::ipv4::protocol;
#[cfg(CONFIG_NET_UDP)]
use crate::wire::udp::HEADER_LEN as UDP_HEADER_LEN;

impl Stack {
    /// Gives a datagram, headers pulled, to the handler it is for, which gets it from its transport header
    /// on; `None` when there was one. To a group
    /// (`to_all`) each that fits gets a copy, and the datagram goes on.
    #[cfg(CONFIG_NET_UDP)]
    pub(super) fn offer_to_handler(&mut self, flow: &Flow, to_all: bool, pkt: Pkt) -> Option<Pkt> {
        if self.handlers.is_empty() {
            return Some(pkt);
        }
        let mut pkt = pkt;
        if pkt.push(UDP_HEADER_LEN).is_none() {
            return Some(pkt);
        }
        if to_all {
            return self.offer_to_handlers(flow, pkt).map(behind_header);
        }
        let theirs = self.contexts.find(flow).and_then(|id| self.contexts.get(id).ok());
        let theirs = theirs.map(Rank::of);
        self.offer_to_better_handler(flow, theirs, pkt).map(behind_header)
    }

    /// The same for a segment, IP header pulled, from `ends.1` to `ends.0`.
    #[cfg(CONFIG_NET_TCP)]
    pub(super) fn segment_to_handler(
        &mut self,
        iface: IfRef,
        ends: (Endpoint, Endpoint),
        pkt: Pkt,
    ) -> Option<Pkt> {
        if self.handlers.is_empty() {
            return Some(pkt);
        }
        let (local, remote) = ends;
        let flow = Flow { protocol: protocol::TCP, iface: iface.index(), local, remote };
        let hash = self.tcp.hash(&local, &remote);
        let theirs = match self.tcp_between(hash, &local, &remote) {
            Some(_) => Some(Rank::CONNECTION),
            None => {
                self.contexts.find(&flow).and_then(|id| self.contexts.get(id).ok()).map(Rank::of)
            }
        };
        self.offer_to_better_handler(&flow, theirs, pkt)
    }

    /// The same, unless a context of the rank `theirs` is as good.
    pub(super) fn offer_to_better_handler(
        &mut self,
        flow: &Flow,
        theirs: Option<Rank>,
        pkt: Pkt,
    ) -> Option<Pkt> {
        let best = self.handlers.best(flow).filter(|(_, best)| Some(best.rank()) > theirs);
        let Some(handler) = best.map(|(_, best)| best.receiver) else { return Some(pkt) };
        self.effects.call(Call::Context { handler }, pkt);
        None
    }

    /// A copy to each; the last gets the datagram itself when no context wants it.
    #[cfg(CONFIG_NET_UDP)]
    fn offer_to_handlers(&mut self, flow: &Flow, mut pkt: Pkt) -> Option<Pkt> {
        let wanted = self.next_listener(flow, None).is_some();
        let mut from = 0;
        while let Some((at, found)) = self.handlers.find(from, |h| h.takes(flow)) {
            let handler = found.receiver;
            from = at + 1;
            if !wanted && self.handlers.find(from, |h| h.takes(flow)).is_none() {
                self.effects.call(Call::Context { handler }, pkt);
                return None;
            }
            match copy_with_ip(&mut pkt) {
                Some(copy) => self.effects.call(Call::Context { handler }, copy),
                None => self.count(DropReason::NoBuffer),
            }
        }
        Some(pkt)
    }

    /// Shows a frame that arrived to the handlers of frames.
    pub(super) fn frame_to_handlers(&mut self, iface: IfRef, pkt: &Pkt) {
        let Some(kind) = kind_of(iface, pkt) else { return };
        let ethernet = cfg!(CONFIG_NET_L2_ETHERNET) && iface.l2_kind() == L2Kind::Ethernet;
        let mut at = 0;
        while let Some((slot, found)) = self.handlers.find(at, |h| h.sees_frame(kind)) {
            let handler = found.receiver;
            let bare = matches!(found.what, What::Frames { header: false, .. });
            at = slot + 1;
            let less = if ethernet && bare { HEADER_LEN } else { 0 };
            self.copy_to_handler(iface, pkt, handler, less);
        }
    }

    /// Shows an IP packet, from its header on, to the handlers of what it carries; whether there was one.
    pub(super) fn packet_to_handlers(
        &mut self,
        iface: IfRef,
        pkt: &Pkt,
        carried: u8,
        (from, to): (IpAddr, IpAddr),
    ) -> bool {
        let mut seen = false;
        let mut at = 0;
        while let Some((slot, found)) = self.handlers.find(at, |h| h.sees_packet(carried, to, from))
        {
            let handler = found.receiver;
            (at, seen) = (slot + 1, true);
            self.copy_to_handler(iface, pkt, handler, 0);
        }
        seen
    }

    fn copy_to_handler(&mut self, iface: IfRef, pkt: &Pkt, handler: usize, less: usize) {
        let Some(mut copy) = pkt.deep_clone(NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        copy.set_iface(iface.as_ptr().cast());
        copy.pull(less);
        self.effects.call(Call::Context { handler }, copy);
    }
}

/// A copy of a datagram that starts at its UDP header, the IP header in front of it as in `pkt`. Who gets either
/// moves its beginning, so they share nothing.
#[cfg(CONFIG_NET_UDP)]
fn copy_with_ip(pkt: &mut Pkt) -> Option<Pkt> {
    #[cfg(CONFIG_NET_IPV6)]
    let six = pkt.family() == super::tx::AF_INET6;
    #[cfg(not(CONFIG_NET_IPV6))]
    let six = false;
    let more = match six {
        true => usize::from(pkt.ipv6_ext_len()),
        false => usize::from(pkt.ipv4_opts_len()),
    };
    let len = usize::from(pkt.ip_hdr_len()) + more;
    let whole = pkt.push(len).is_some();
    let copy = pkt.deep_clone(NO_WAIT);
    if whole {
        pkt.pull(len);
    }
    let mut copy = copy.filter(|_| whole)?;
    copy.pull(len).then_some(copy)
}

/// The packet without its UDP header.
#[cfg(CONFIG_NET_UDP)]
fn behind_header(mut pkt: Pkt) -> Pkt {
    pkt.pull(UDP_HEADER_LEN);
    pkt
}
