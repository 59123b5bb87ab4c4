// SPDX-License-Identifier: Apache-2.0
//! Tunnels of IP in IP: the packets of an interface that are carried by another one (RFC 2003, RFC 2473,
//! RFC 4213).
//!
//! Called by: the links' output, `stack::{rx, rx_v4, v6::rx}`, `capi::ipip`. Calls: `l2::ipip`, routes,
//! the output of the interface below. What comes out of a tunnel waits until the packet that brought it is
//! done with, so that tunnels in tunnels take no more stack than one.

use super::{Env, Stack};
use crate::base::{DropReason, Error, IpAddr, Result};
use crate::buf::{Pkt, PktList};
use crate::iface::{IF_MAX, IfRef};
#[cfg(CONFIG_NET_IPV4)]
use crate::ip::v4;
#[cfg(CONFIG_NET_IPV6)]
use crate::ip::v6;
use crate::l2::ipip::{self, Inner, MAX_DEPTH, PEEK, Tunnel};
use crate::wire;

/// Smallest MTU of a tunnel that carries IPv4 alone (RFC 791, 3.1).
pub(super) const MTU_MIN: u16 = 68;
/// Room for the link header in front of an outer header that gets a buffer of its own.
const LINK_ROOM: usize = 32;

/// The tunnels of this host.
pub(super) struct State {
    /// By index of their interfaces, from 1.
    ends: [Option<Tunnel>; IF_MAX],
    /// Packets that have come out of one.
    arrived: PktList,
}

/// The outer header of a packet that arrived.
#[derive(Clone, Copy)]
pub(super) struct Outer {
    pub src: IpAddr,
    pub protocol: u8,
    /// Bytes of all headers in front of the inner packet.
    pub header_len: usize,
    pub tos: u8,
    /// To one host, and off a wire.
    pub for_us: bool,
}

impl State {
    pub(super) const fn new() -> Self {
        State { ends: [None; IF_MAX], arrived: PktList::new() }
    }

    fn get(&self, index: u8) -> Option<Tunnel> {
        *self.ends.get(usize::from(index).checked_sub(1)?)?
    }

    /// The interface below another, 0 for none.
    fn below(&self, index: u8) -> u8 {
        self.get(index).map_or(0, |tunnel| tunnel.lower)
    }

    /// How many tunnels stand on each other from the interface `top` down to `index`, with which it
    /// does not count; 0 when it is not among them.
    fn above(&self, top: u8, index: u8) -> u8 {
        let (mut at, mut tunnels) = (top, 0);
        while at != index && at != 0 && tunnels < MAX_DEPTH {
            at = self.below(at);
            tunnels += 1;
        }
        if at == index { tunnels } else { 0 }
    }

    /// May `index` be the end of a tunnel by `lower`? Not where it would carry itself, nor where more than
    /// [`MAX_DEPTH`] would stand on each other: no packet passes more, either way.
    fn may_stand_on(&self, index: u8, lower: u8) -> bool {
        let above = (1..=IF_MAX as u8).map(|top| self.above(top, index)).max();
        let (mut at, mut tunnels) = (lower, above.unwrap_or(0) + 1);
        while at != 0 && at != index && tunnels <= MAX_DEPTH {
            tunnels += u8::from(self.get(at).is_some());
            at = self.below(at);
        }
        at == 0 && tunnels <= MAX_DEPTH
    }
}

/// Bytes that the outer header takes.
const fn overhead(peer: IpAddr) -> u16 {
    match peer {
        #[cfg(CONFIG_NET_IPV4)]
        IpAddr::V4(_) => wire::ipv4::HEADER_LEN as u16,
        #[cfg(CONFIG_NET_IPV6)]
        IpAddr::V6(_) => wire::ipv6::HEADER_LEN as u16,
    }
}

impl Stack {
    /// The tunnel behind an interface.
    pub fn tunnel(&self, iface: IfRef) -> Option<Tunnel> {
        self.tunnels.get(iface.index())
    }

    /// Makes `iface` the end of a tunnel, or with `None` of none any more. Its MTU is what the interface
    /// below leaves.
    ///
    /// # Errors
    /// [`Error::Inval`] for a tunnel that would carry itself or stand on too many others, and for a peer
    /// that is nobody's address; [`Error::NoDev`] for an interface that is not registered.
    pub fn set_tunnel(&mut self, iface: IfRef, tunnel: Option<Tunnel>) -> Result<()> {
        if let Some(new) = tunnel {
            let nobody = |peer: IpAddr| peer.is_unspecified() || peer.is_multicast();
            if new.peer.is_some_and(nobody) {
                return Err(Error::Inval);
            }
            if !self.tunnels.may_stand_on(iface.index(), new.lower) {
                return Err(Error::Inval);
            }
        }
        let at = usize::from(iface.index()).checked_sub(1);
        let end = at.and_then(|at| self.tunnels.ends.get_mut(at)).ok_or(Error::NoDev)?;
        *end = tunnel;
        if let Some(most) = tunnel.and_then(|tunnel| self.tunnel_mtu(tunnel)) {
            iface.set_mtu(most);
        }
        Ok(())
    }

    /// The largest packet a tunnel carries, once both its ends are known.
    pub fn tunnel_mtu(&self, tunnel: Tunnel) -> Option<u16> {
        let lower = self.ifaces.get(tunnel.lower)?;
        let peer = tunnel.peer?;
        let carried = match peer {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(_) => lower.mtu(),
            // A router may have told of less.
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(_) => lower.ipv6_mtu(),
        };
        Some(carried.saturating_sub(overhead(peer)).max(MTU_MIN))
    }

    /// The interface by which packets to `peer` leave.
    ///
    /// # Errors
    /// Those of the routes; [`Error::Inval`] for an address of ours.
    pub fn tunnel_way(&self, peer: IpAddr) -> Result<IfRef> {
        match peer {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(peer) => {
                let route = self.route_v4(0, None, peer)?;
                if route.hop == v4::Hop::Local { Err(Error::Inval) } else { Ok(route.iface) }
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(peer) => {
                let route = self.route_v6(0, None, peer)?;
                if route.hop == v6::Hop::Local { Err(Error::Inval) } else { Ok(route.iface) }
            }
        }
    }

    /// Puts `pkt`, an IP packet that leaves by the tunnel `iface`, into one to the other end.
    pub fn tunnel_out(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt) {
        #[cfg(CONFIG_NET_STATISTICS)]
        super::statistics::sent(iface, &pkt);
        if let Err((reason, pkt)) = self.carry(env, iface, pkt) {
            self.discard(reason, pkt);
        }
    }

    fn carry(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: Pkt,
    ) -> core::result::Result<(), (DropReason, Pkt)> {
        let mut first = [0; PEEK];
        pkt.copy_out(0, &mut first);
        let Some(inner) = Inner::read(&first) else {
            return Err((DropReason::TunnelMalformed, pkt));
        };
        let Some((tunnel, peer)) = self.tunnel(iface).and_then(|t| Some((t, t.peer?))) else {
            return Err((DropReason::NoRoute, pkt));
        };
        if tunnel.lower == 0 {
            return Err((DropReason::NoRoute, pkt));
        }
        // TCP keeps what it sent; what is in front of that is not ours to write to.
        let mut pkt = self.writable(pkt).map_err(|pkt| (DropReason::NoBuffer, pkt))?;
        let Ok(payload_len) = u16::try_from(pkt.len()) else {
            return Err((DropReason::TooBig, pkt));
        };
        match peer {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(dst) => {
                use v4::Hop;
                use wire::ipv4::{HEADER_LEN, Repr};
                let route = match self.route_v4(tunnel.lower, None, dst) {
                    Ok(route) if !matches!(route.hop, Hop::Local) => route,
                    _ => return Err((DropReason::NoRoute, pkt)),
                };
                if pkt.len() + HEADER_LEN > usize::from(route.iface.mtu()) {
                    return Err((DropReason::TooBig, pkt));
                }
                self.ident = self.ident.wrapping_add(1);
                let repr = Repr {
                    src: route.src,
                    dst,
                    protocol: inner.protocol,
                    payload_len,
                    ttl: route.iface.ipv4_ttl(),
                    tos: inner.outer_tos(),
                    ident: self.ident,
                    dont_fragment: inner.dont_fragment,
                    more_fragments: false,
                    fragment_offset: 0,
                };
                let room = pkt.prepend(HEADER_LEN, LINK_ROOM);
                let Some(room) = room.and_then(|b| b.first_chunk_mut::<HEADER_LEN>()) else {
                    return Err((DropReason::NoBuffer, pkt));
                };
                repr.emit(room);
                pkt.set_family(super::tx::AF_INET);
                pkt.set_iface(route.iface.as_ptr().cast());
                self.link_output_v4_apart(env, route.iface, route.hop, pkt);
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(dst) => {
                use v6::Hop;
                use wire::ipv6::{HEADER_LEN, Repr};
                let route = match self.route_v6(tunnel.lower, None, dst) {
                    Ok(route) if !matches!(route.hop, Hop::Local) => route,
                    _ => return Err((DropReason::NoRoute, pkt)),
                };
                if pkt.len() + HEADER_LEN > usize::from(route.iface.ipv6_mtu()) {
                    return Err((DropReason::TooBig, pkt));
                }
                let repr = Repr {
                    src: route.src,
                    dst,
                    next_header: inner.protocol,
                    hop_limit: route.iface.ipv6_hop_limit(),
                    traffic_class: inner.outer_tos(),
                    flow_label: 0,
                    payload_len,
                };
                let room = pkt.prepend(HEADER_LEN, LINK_ROOM);
                let Some(room) = room.and_then(|b| b.first_chunk_mut::<HEADER_LEN>()) else {
                    return Err((DropReason::NoBuffer, pkt));
                };
                repr.emit(room);
                pkt.set_family(super::tx::AF_INET6);
                pkt.set_iface(route.iface.as_ptr().cast());
                self.link_output_v6(env, route.iface, route.hop, pkt);
            }
        }
        Ok(())
    }

    /// Takes the packet within `pkt`, which `iface` received and which starts at its outer header.
    ///
    /// # Errors
    /// The packet, when it is from no tunnel's other end (RFC 4213, 3.6: that is the whole check there is).
    #[cold]
    pub(super) fn tunnel_in(
        &mut self,
        iface: IfRef,
        mut pkt: Pkt,
        outer: Outer,
    ) -> core::result::Result<(), Pkt> {
        let from = Some(Tunnel { peer: Some(outer.src), lower: iface.index() });
        let end = self.ifaces.iter().find(|end| self.tunnel(*end) == from);
        let Some(end) = end.filter(|end| outer.for_us && end.is_up()) else { return Err(pkt) };
        if let Err(reason) = Self::open(&mut pkt, outer) {
            self.discard(reason, pkt);
            return Ok(());
        }
        pkt.set_iface(end.as_ptr().cast());
        self.tunnels.arrived.push_back(pkt);
        Ok(())
    }

    /// Takes the outer header off.
    fn open(pkt: &mut Pkt, outer: Outer) -> core::result::Result<(), DropReason> {
        if !pkt.pull(outer.header_len) {
            return Err(DropReason::NoBuffer);
        }
        let mut first = [0; PEEK];
        if pkt.copy_out(0, &mut first) < PEEK {
            return Err(DropReason::TunnelMalformed);
        }
        let inner = Inner::read(&first).filter(|inner| inner.protocol == outer.protocol);
        let inner = inner.ok_or(DropReason::TunnelMalformed)?;
        let tos = inner.leave(outer.tos).ok_or(DropReason::TunnelCongested)?;
        if tos != inner.tos {
            // The checksum lies in the twelve bytes behind.
            if !pkt.pull_up(wire::ipv4::HEADER_LEN) {
                return Err(DropReason::TunnelMalformed);
            }
            ipip::set_tos(pkt.head_mut().ok_or(DropReason::NoBuffer)?, tos);
        }
        // What is known of the outer packet says nothing of this one.
        pkt.set_chksum_done(false);
        #[cfg(CONFIG_NET_IP_FRAGMENT)]
        pkt.set_ip_reassembled(false);
        pkt.set_l2_processed(false);
        Ok(())
    }

    /// True when packets have come out of tunnels.
    #[inline]
    pub(super) fn has_arrived(&self) -> bool {
        !self.tunnels.arrived.is_empty()
    }

    /// Takes them up. Each is shorter than what brought it, and tunnels stand on each other only so high,
    /// so that comes to an end.
    pub(super) fn deliver_arrived(&mut self, env: &dyn Env) {
        while let Some(pkt) = self.tunnels.arrived.pop_front() {
            #[cfg(CONFIG_NET_STATISTICS)]
            super::statistics::received(&pkt);
            match IfRef::of(&pkt) {
                Some(iface) => self.rx(env, iface, pkt),
                None => self.discard(DropReason::IfaceDown, pkt),
            }
        }
    }
}
