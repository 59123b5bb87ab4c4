// SPDX-License-Identifier: Apache-2.0
//! The way down of segments: header, checksum, route.
//!
//! Called by: `stack::tcp`. Calls: `transport::tcp::output`, `stack::tx_v4`.

#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
#[cfg(CONFIG_NET_IPV6)]
use crate::base::Ipv6Addr;
use crate::base::{DropReason, Endpoint, IpAddr, SeqNum};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::{IF_MAX, IfRef, L2Kind};
#[cfg(CONFIG_NET_IPV4)]
use crate::ip::v4::Route;
#[cfg(CONFIG_NET_IPV6)]
use crate::ip::v6 as ip6;
use crate::stack::tx::Offer;
use crate::stack::{Env, Stack};
use crate::transport::tcp::output::{self, Step};
use crate::transport::tcp::timers::Timer;
use crate::transport::tcp::{Emit, Flags, Now, State, close};
use crate::wire::tcp::{Control, HEADER_LEN, Header, MAX_HEADER_LEN, pseudo};

/// Bytes of options that a segment with payload may have.
const OPTIONS_ROOM: usize = {
    let stamps = if cfg!(CONFIG_ZNET_TCP_TIMESTAMPS) { 12 } else { 0 };
    let block = if cfg!(CONFIG_ZNET_TCP_SACK) { 12 } else { 0 };
    stamps + block
};

/// Room in front of a segment's payload for all headers.
pub const TCP_HEADROOM: usize = IP_HEADROOM + HEADER_LEN + OPTIONS_ROOM;

/// Room for link and IP header.
const IP_HEADROOM: usize = {
    let link = if cfg!(CONFIG_NET_L2_ETHERNET) { crate::wire::ethernet::HEADER_LEN } else { 0 };
    let ip = if cfg!(CONFIG_NET_IPV6) { 40 } else { crate::wire::ipv4::HEADER_LEN };
    link + ip
};

/// Where a segment goes, and how it is marked.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub local: Endpoint,
    pub remote: Endpoint,
    /// Interface index, 0 for any.
    pub iface: u8,
    pub offer: Offer,
}

impl Way {
    /// A way without anything special about it.
    pub(super) fn plain(local: Endpoint, remote: Endpoint, iface: u8) -> Way {
        Way { local, remote, iface, offer: Offer::default() }
    }
}

impl Stack {
    /// Sends all that a connection may send now, and sets its timer.
    pub(super) fn tcp_output(&mut self, env: &dyn Env, now: Now, slot: usize) {
        let Some(way) = self.tcp_way(slot) else { return };
        let spare = self.pools.get().rx_spare();
        let Some(t) = self.tcp.get_mut(slot) else { return };
        if !t.state.is_synchronized() {
            if t.state == State::SynReceived && t.flags.contains(Flags::ACK_NOW) {
                self.tcp_send_syn(env, now, slot);
            }
            return;
        }
        if t.flags.contains(Flags::FIN_WANTED)
            && !close::join_fin(t)
            && let Some(pkt) = self.pools.get().alloc_tx(TCP_HEADROOM, 0, NO_WAIT)
        {
            close::queue_fin(t, pkt);
        }
        if t.flags.contains(Flags::ACK_NOW) && output::has_report(t) && t.queue.bytes() != 0 {
            let emit = output::acknowledgement(t, now, spare);
            self.tcp_emit_bare(env, &way, &emit);
        }
        let Some(t) = self.tcp.get_mut(slot) else { return };
        if t.queue.has_unsent() || t.delivery.is_repairing() {
            self.tcp_output_queued(env, now, slot, &way, spare);
        }
        let Some(t) = self.tcp.get_mut(slot) else { return };
        if t.flags.contains(Flags::ACK_NOW) {
            let emit = output::acknowledgement(t, now, spare);
            if !self.tcp_emit_bare(env, &way, &emit)
                && let Some(t) = self.tcp.get_mut(slot)
            {
                // No packet for it: soon there will be.
                t.flags.insert(Flags::ACK_DELAYED);
                t.timers.arm(Timer::Ack, now.ms.wrapping_add(output::RETRY));
            }
        }
        if let Some(t) = self.tcp.get_mut(slot) {
            output::set_timer(t, now);
        }
    }

    /// Sends of what is queued, and of what was lost, as much as may be sent.
    fn tcp_output_queued(&mut self, env: &dyn Env, now: Now, slot: usize, way: &Way, spare: u32) {
        let mut emit = Emit::bare(SeqNum::ZERO, SeqNum::ZERO, Control::ACK);
        while let Some(t) = self.tcp.get_mut(slot) {
            #[cfg(CONFIG_NET_STATISTICS_TCP)]
            let sent_before = t.snd_nxt;
            match output::next(t, now, spare, &mut emit) {
                Step::Send(pkt) => {
                    #[cfg(CONFIG_NET_STATISTICS_TCP)]
                    if emit.seq.lt(sent_before) {
                        crate::stack::statistics::sent_again(pkt.len());
                    }
                    self.tcp_emit_with(env, way, pkt, &emit, emit.options.len());
                }
                Step::Split { seq, at } => {
                    if !self.tcp_split(slot, seq, at) {
                        if let Some(t) = self.tcp.get_mut(slot) {
                            t.timers.arm(Timer::Send, now.ms.wrapping_add(output::RETRY));
                        }
                        break;
                    }
                }
                Step::Rest => break,
            }
        }
    }

    /// Sends the SYN of a connection, or its SYN and ACK.
    pub(super) fn tcp_send_syn(&mut self, env: &dyn Env, now: Now, slot: usize) {
        let Some(way) = self.tcp_way(slot) else { return };
        let mss = self.tcp_own_mss(&way);
        self.tcp_send_syn_by(env, now, slot, &way, mss);
    }

    /// The same for who knows way and segment size.
    pub(super) fn tcp_send_syn_by(
        &mut self,
        env: &dyn Env,
        now: Now,
        slot: usize,
        way: &Way,
        mss: u16,
    ) {
        let spare = self.pools.get().rx_spare();
        let Some(t) = self.tcp.get_mut(slot) else { return };
        // What the application wants holds in both directions (TCP_MAXSEG).
        let mss = if t.user_mss == 0 { mss } else { mss.min(t.user_mss) };
        let emit = output::syn(t, now, spare, mss);
        self.tcp_emit_bare(env, way, &emit);
    }

    /// The way of a connection's segments.
    #[inline]
    pub(super) fn tcp_way(&self, slot: usize) -> Option<Way> {
        let context = self.contexts.at(usize::from(self.tcp.get(slot)?.context))?;
        Some(Way {
            local: context.local,
            remote: context.remote,
            iface: context.iface,
            offer: Offer { ttl: context.ttl, tos: context.tos & !3, priority: context.priority },
        })
    }

    /// Largest segment we take from that peer (RFC 6691: without options).
    pub(super) fn tcp_own_mss(&mut self, way: &Way) -> u16 {
        if cfg!(CONFIG_ZNET_PROFILE_TINY)
            && IF_MAX == 1
            && let Some(only) = self.ifaces.get(1)
        {
            let (mtu, headers) = match way.remote.addr {
                #[cfg(CONFIG_NET_IPV4)]
                IpAddr::V4(_) => (only.mtu(), 40),
                #[cfg(CONFIG_NET_IPV6)]
                IpAddr::V6(_) => (only.ipv6_mtu(), 60),
            };
            return mtu.saturating_sub(headers).max(crate::transport::tcp::state::MIN_MSS);
        }
        let (mtu, headers) = match (way.local.addr, way.remote.addr) {
            #[cfg(CONFIG_NET_IPV4)]
            (IpAddr::V4(own), IpAddr::V4(dst)) => {
                #[cfg(all(
                    CONFIG_NET_L2_ETHERNET,
                    CONFIG_NET_ARP,
                    CONFIG_NET_UDP,
                    not(CONFIG_ZNET_PROFILE_TINY)
                ))]
                let iface = self.lane_ends(way.iface, Some(own), dst).map(|(iface, _)| iface);
                #[cfg(not(all(
                    CONFIG_NET_L2_ETHERNET,
                    CONFIG_NET_ARP,
                    CONFIG_NET_UDP,
                    not(CONFIG_ZNET_PROFILE_TINY)
                )))]
                let iface = None;
                let other = || self.tcp_route_v4(way.iface, own, dst).map(|route| route.iface);
                (iface.or_else(other).map_or(576, IfRef::mtu), 40)
            }
            #[cfg(CONFIG_NET_IPV6)]
            (IpAddr::V6(own), IpAddr::V6(dst)) => {
                #[cfg(all(
                    CONFIG_NET_L2_ETHERNET,
                    CONFIG_NET_IPV6_NBR_CACHE,
                    not(CONFIG_ZNET_PROFILE_TINY)
                ))]
                let iface = self.lane_v6(way.iface, Some(own), dst).map(|lane| lane.iface);
                #[cfg(not(all(
                    CONFIG_NET_L2_ETHERNET,
                    CONFIG_NET_IPV6_NBR_CACHE,
                    not(CONFIG_ZNET_PROFILE_TINY)
                )))]
                let iface = None;
                let other = || self.tcp_route_v6(way.iface, own, dst).map(|route| route.iface);
                (iface.or_else(other).map_or(1280, IfRef::ipv6_mtu), 60)
            }
            #[allow(unreachable_patterns)]
            _ => (1280, 60),
        };
        own_mss(mtu, headers)
    }

    /// The way from `own` to `dst`. It is nearly always the one that is taken when nobody names an own
    /// address, which is asked for at the beginning of a connection: so one search serves both.
    #[cfg(CONFIG_NET_IPV4)]
    fn tcp_route_v4(&self, iface: u8, own: Ipv4Addr, dst: Ipv4Addr) -> Option<Route> {
        match self.route_v4(iface, None, dst) {
            Ok(route) if route.src == own => Some(route),
            _ => self.tcp_other_route_v4(iface, own, dst),
        }
    }

    #[cfg(CONFIG_NET_IPV4)]
    #[cold]
    fn tcp_other_route_v4(&self, iface: u8, own: Ipv4Addr, dst: Ipv4Addr) -> Option<Route> {
        self.route_v4(iface, Some(own), dst).ok()
    }

    /// As [`tcp_route_v4`](Self::tcp_route_v4), over IPv6.
    #[cfg(CONFIG_NET_IPV6)]
    #[inline]
    fn tcp_route_v6(&self, iface: u8, own: Ipv6Addr, dst: Ipv6Addr) -> Option<ip6::Route> {
        match self.route_v6(iface, None, dst) {
            Ok(route) if route.src == own || own.is_unspecified() => Some(route),
            _ => self.tcp_other_route_v6(iface, own, dst),
        }
    }

    #[cfg(CONFIG_NET_IPV6)]
    #[cold]
    fn tcp_other_route_v6(&self, iface: u8, own: Ipv6Addr, dst: Ipv6Addr) -> Option<ip6::Route> {
        let own = (!own.is_unspecified()).then_some(own);
        self.route_v6(iface, own, dst).ok()
    }

    /// Sends a segment without payload. False when there was no packet for it.
    pub(super) fn tcp_emit_bare(&mut self, env: &dyn Env, way: &Way, emit: &Emit) -> bool {
        let options = emit.options.len();
        match self.pools.get().alloc_tx(IP_HEADROOM + HEADER_LEN + options, 0, NO_WAIT) {
            Some(pkt) => {
                self.tcp_emit_with(env, way, pkt, emit, options);
                true
            }
            None => {
                self.count(DropReason::NoBuffer);
                false
            }
        }
    }

    /// Sends `pkt`, the payload of a segment, with headers in front. What can't be sent is dropped:
    /// the timers bring it back.
    #[inline(never)]
    pub(super) fn tcp_emit(&mut self, env: &dyn Env, way: &Way, pkt: Pkt, emit: &Emit) {
        self.tcp_emit_with(env, way, pkt, emit, emit.options.len());
    }

    /// The same, in place, for who knows how many bytes the options take.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    fn tcp_emit_with(&mut self, env: &dyn Env, way: &Way, pkt: Pkt, emit: &Emit, options: usize) {
        #[cfg(all(
            CONFIG_NET_IPV4,
            CONFIG_NET_L2_ETHERNET,
            CONFIG_NET_ARP,
            CONFIG_NET_UDP,
            not(CONFIG_ZNET_PROFILE_TINY)
        ))]
        let pkt = match (way.local.addr, way.remote.addr) {
            (IpAddr::V4(own), IpAddr::V4(dst)) => {
                let found;
                let lane = match self.lanes.get(way.iface, Some(own), dst, self.arp.changes()) {
                    Some(lane) => Some(lane),
                    None => {
                        found = self.find_lane(way.iface, Some(own), dst);
                        found.as_ref()
                    }
                };
                let Some(lane) = lane else { return self.tcp_emit_slowly(env, way, pkt, emit) };
                let (ident, effects) = (&mut self.ident, &mut self.effects);
                match Self::plain_emit(lane, ident, effects, way, emit, options, pkt) {
                    Ok(()) => return,
                    Err(pkt) => pkt,
                }
            }
            #[cfg(CONFIG_NET_IPV6)]
            _ => pkt,
        };
        #[cfg(all(
            CONFIG_NET_L2_ETHERNET,
            CONFIG_NET_IPV6_NBR_CACHE,
            not(CONFIG_ZNET_PROFILE_TINY)
        ))]
        let pkt = if let (IpAddr::V6(own), IpAddr::V6(dst)) = (way.local.addr, way.remote.addr)
            && let Some(lane) = self.lane_v6(way.iface, Some(own), dst)
        {
            let ports = (way.local.port, way.remote.port);
            match self.plain_emit_v6(&lane, dst, ports, way.offer, emit, options, pkt) {
                Ok(()) => return,
                Err(pkt) => pkt,
            }
        } else {
            pkt
        };
        let _ = options;
        self.tcp_emit_slowly(env, way, pkt, emit);
    }

    /// The same for any segment.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), cold)]
    fn tcp_emit_slowly(&mut self, env: &dyn Env, way: &Way, pkt: Pkt, emit: &Emit) {
        match (way.local.addr, way.remote.addr) {
            #[cfg(CONFIG_NET_IPV4)]
            (IpAddr::V4(own), IpAddr::V4(dst)) => {
                let Some(route) = self.tcp_route_v4(way.iface, own, dst) else {
                    return self.discard(DropReason::NoRoute, pkt);
                };
                let local = route.hop == crate::ip::v4::Hop::Local
                    || route.iface.l2_kind() == L2Kind::Loopback;
                let Some(mut pkt) = self.tcp_own_copy(pkt, local) else { return };
                let src = Endpoint::new(IpAddr::V4(route.src), way.local.port);
                let by_us = route.iface.needs_tx_checksum(crate::iface::Checksum::IPV4_TCP);
                if !put_header(&mut pkt, &src, &way.remote, emit, by_us) {
                    return self.discard(DropReason::NoBuffer, pkt);
                }
                let mut offer = way.offer;
                offer.tos |= if emit.ecn { 2 } else { 0 };
                // Counted where it is dropped; the timers bring it back.
                let _ = self.send_v4(env, route, dst, crate::wire::ipv4::protocol::TCP, offer, pkt);
            }
            #[cfg(CONFIG_NET_IPV6)]
            (IpAddr::V6(own), IpAddr::V6(dst)) => {
                let Some(route) = self.tcp_route_v6(way.iface, own, dst) else {
                    return self.discard(DropReason::NoRoute, pkt);
                };
                let local = route.hop == crate::ip::v6::Hop::Local
                    || route.iface.l2_kind() == L2Kind::Loopback;
                let Some(mut pkt) = self.tcp_own_copy(pkt, local) else { return };
                let src = Endpoint::new(IpAddr::V6(route.src), way.local.port);
                let by_us = route.iface.needs_tx_checksum(crate::iface::Checksum::IPV6_TCP);
                if !put_header(&mut pkt, &src, &way.remote, emit, by_us) {
                    return self.discard(DropReason::NoBuffer, pkt);
                }
                let mut offer = way.offer;
                offer.tos |= if emit.ecn { 2 } else { 0 };
                // Counted where it is dropped; the timers bring it back.
                let tcp = crate::wire::ipv6::next_header::TCP;
                let _ = self.send_v6(env, route, dst, tcp, offer, pkt);
            }
            #[allow(unreachable_patterns)]
            _ => {
                let _ = (env, Option::<IfRef>::None);
                self.discard(DropReason::NoRoute, pkt);
            }
        }
    }

    /// A packet that comes back up to ourselves has its headers pulled, so it is a copy when the send
    /// queue has it too: among the received packets, lest what the reader leaves lying kept us from
    /// sending.
    #[inline]
    fn tcp_own_copy(&mut self, pkt: Pkt, local: bool) -> Option<Pkt> {
        if !local || pkt.refs() == 1 {
            return Some(pkt);
        }
        let copy = self.pools.get().clone_rx(&pkt);
        drop(pkt);
        if copy.is_none() {
            self.count(DropReason::NoBuffer);
        }
        copy
    }

    /// Parts the segment at `seq` behind `at` bytes. False when there is no packet for the rest, or
    /// somebody still has the segment.
    #[cold]
    fn tcp_split(&mut self, slot: usize, seq: SeqNum, at: u16) -> bool {
        let pools = self.pools.get();
        let Some(t) = self.tcp.get_mut(slot) else { return false };
        let Some(mut held) = t.queue.find(|r| r.seq == seq) else { return false };
        let whole = usize::from(held.record().len);
        let keep = usize::from(at);
        if held.is_away() || keep == 0 || keep >= whole {
            return false;
        }
        let Some(mut rest) = pools.alloc_tx(TCP_HEADROOM, whole - keep, NO_WAIT) else {
            return false;
        };
        let mut piece = [0; 128];
        let mut offset = keep;
        while offset < whole {
            let Some(room) = piece.get_mut(..(whole - offset).min(128)) else { return false };
            let Some(n) = held.copy_out(offset, room) else { return false };
            if n == 0 || rest.append(room.get(..n).unwrap_or(&[])) != n {
                return false;
            }
            offset += n;
        }
        t.queue.split(seq, at, rest).is_none()
    }
}

/// The largest segment a link takes that carries `mtu` bytes, `headers` of them for IP and TCP.
pub(super) fn own_mss(mtu: u16, headers: u16) -> u16 {
    mtu.saturating_sub(headers).max(crate::transport::tcp::state::MIN_MSS)
}

/// Puts the TCP header in front of the payload; false when there is no room.
#[inline]
fn put_header(pkt: &mut Pkt, src: &Endpoint, dst: &Endpoint, emit: &Emit, sum: bool) -> bool {
    let options = emit.options.len();
    let payload = pkt.len();
    let len = HEADER_LEN + options;
    if len > MAX_HEADER_LEN {
        return false;
    }
    let Some(room) = pkt.push(len) else { return false };
    let Some((head, rest)) = room.split_first_chunk_mut::<HEADER_LEN>() else { return false };
    let header = emit.header(src.port, dst.port, len);
    header.emit(head);
    if options != 0 {
        emit.options.emit(rest);
    }
    if sum {
        let sum = pseudo(src.addr, dst.addr, len + payload).then(head).then(rest).join(emit.sum);
        Header::put_checksum(head, sum.finish());
    }
    true
}
