// SPDX-License-Identifier: Apache-2.0
//! Neighbour discovery: solicitations and advertisements (RFC 4861, 7; RFC 4862, 5.4; RFC 7527).
//!
//! Called by: `stack::v6::{icmp, tx, timers}`. Calls: `ip::v6::neighbour`, `stack::v6::tx`.

use super::super::tx::{AF_INET6, HEADROOM};
use super::super::{Env, Stack};
#[cfg(CONFIG_NET_MGMT_EVENT)]
use super::super::{Event, Ipv6Change};
use super::message::{Verdict, check, with_message};
#[cfg(CONFIG_NET_TCP_IPV6_ND_REACHABILITY_HINT)]
use crate::base::IpAddr;
use crate::base::{DropReason, Duration, EthAddr, Instant, Ipv6Addr};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::{IfFlag, IfRef, IfTable, Ipv6Dst, L2Kind};
#[cfg(CONFIG_NET_TCP_IPV6_ND_REACHABILITY_HINT)]
use crate::ip::v6::Route;
#[cfg(CONFIG_NET_MGMT_EVENT)]
use crate::ip::v6::neighbour::News;
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::ip::v6::neighbour::Resolve;
use crate::ip::v6::neighbour::{Advert, Due, Learnt, Sender, State, Times};
use crate::ip::v6::routes::Origin;
use crate::ip::v6::scope::{ALL_NODES, solicited_node};
use crate::ip::v6::{self, Hop, Info, select};
use crate::wire::checksum::Sum;
use crate::wire::icmpv6::sum;
use crate::wire::ipv6::{Repr, next_header};
use crate::wire::ndp::{Builder, HOP_LIMIT, NeighbourAdvert, NeighbourSolicit};

/// How long things take on the interface with this index.
pub(super) fn times(ifaces: &IfTable, index: u8) -> Times {
    let config = ifaces.get(index).and_then(IfRef::ipv6_config);
    let millis = |value: Option<u32>, default| {
        Duration::from_millis(u64::from(value.filter(|v| *v != 0).unwrap_or(default)))
    };
    Times {
        reachable: millis(config.map(|c| c.reachable_time.get()), 30_000),
        retrans: millis(config.map(|c| c.retrans_timer.get()), 1_000),
    }
}

impl Stack {
    /// The link address of `ip` on `iface`, when it is known.
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    #[inline]
    pub(super) fn neighbour_v6(&mut self, iface: IfRef, ip: Ipv6Addr) -> Option<EthAddr> {
        let mac = self.v6.neighbours.lookup(iface.index(), ip);
        if self.v6.neighbours.deadline() == Some(Instant::ZERO) {
            self.effects.deadline(Instant::ZERO);
        }
        mac
    }

    /// Queues `pkt` until the link address of `ip` is known, and asks for it.
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    #[cold]
    pub(super) fn resolve_v6(&mut self, env: &dyn Env, iface: IfRef, ip: Ipv6Addr, pkt: Pkt) {
        let (before, now) = (self.v6.neighbours.deadline(), env.now());
        let retrans = times(&self.ifaces, iface.index()).retrans;
        let (action, dropped) = self.v6.neighbours.resolve(now, retrans, iface.index(), ip, pkt);
        self.discard_all(DropReason::NeighbourQueueFull, dropped);
        self.tell_neighbours_v6();
        if action == Resolve::Solicit {
            self.solicit(env, iface, ip, None);
            self.tell_deadline_v6(before);
        }
    }

    /// The neighbours known: interface index, address, link address, state, and whether it is a router.
    pub fn ipv6_neighbours(&self) -> impl Iterator<Item = (u8, Ipv6Addr, EthAddr, State, bool)> {
        self.v6.neighbours.iter()
    }

    /// Somebody above has heard from `ip`, so it is reachable (RFC 4861, 7.3.1).
    pub fn ipv6_confirm_neighbour(&mut self, env: &dyn Env, iface: IfRef, ip: Ipv6Addr) {
        let reachable = times(&self.ifaces, iface.index()).reachable;
        self.v6.neighbours.confirm(env.now(), reachable, iface.index(), ip);
    }

    /// What was sent to `dst` has been acknowledged: the neighbour it went by is reachable
    /// (RFC 4861, 7.3.1). Costs a look unless that is in doubt.
    #[cfg(CONFIG_NET_TCP_IPV6_ND_REACHABILITY_HINT)]
    #[inline]
    pub(in crate::stack) fn hint_v6(&mut self, env: &dyn Env, bound: u8, dst: IpAddr) {
        if self.v6.neighbours.doubts()
            && let IpAddr::V6(dst) = dst
            && let Ok(Route { iface, hop: Hop::Neighbour(ip), .. }) =
                self.route_v6(bound, None, dst)
        {
            self.ipv6_confirm_neighbour(env, iface, ip);
        }
    }

    /// Forgets the neighbours on `iface`, as when it goes down.
    pub(super) fn forget_neighbours_v6(&mut self, iface: u8) {
        let dropped = self.v6.neighbours.clear(iface);
        self.discard_all(DropReason::NeighbourUnreachable, dropped);
        self.tell_neighbours_v6();
    }

    /// Tells of neighbours that came and went.
    pub(super) fn tell_neighbours_v6(&mut self) {
        #[cfg(CONFIG_NET_MGMT_EVENT)]
        for &News { iface, ip, slot } in &self.v6.neighbours.take_news() {
            let what = slot.map_or(Ipv6Change::NeighbourDel, Ipv6Change::NeighbourAdd);
            self.effects.event(Event::Ipv6 { what, iface, addr: ip });
        }
    }

    /// Learns who is at `mac`; from messages other than advertisements of neighbours.
    pub(super) fn learn_v6(
        &mut self,
        iface: IfRef,
        ip: Ipv6Addr,
        mac: EthAddr,
        router: Option<bool>,
    ) {
        let usable = mac.is_unicast() && iface.l2_kind() == L2Kind::Ethernet;
        if !usable || ip.is_unspecified() || ip.is_multicast() || iface.ipv6_slot(ip).is_some() {
            return;
        }
        let learnt = self.v6.neighbours.heard(Sender { iface: iface.index(), ip, mac }, router);
        self.use_learnt(iface, ip, learnt);
    }

    pub(super) fn use_learnt(&mut self, iface: IfRef, ip: Ipv6Addr, learnt: Learnt) {
        self.discard_all(DropReason::NeighbourQueueFull, learnt.dropped);
        self.tell_neighbours_v6();
        if learnt.no_router {
            let index = iface.index();
            self.v6.routers.remove(index, ip);
            self.forget_routes(|r| r.iface == index && r.hop == ip && r.origin != Origin::Manual);
            crate::iface::note_change();
        }
        if learnt.confirmed && self.v6.routers.answers(iface.index(), ip) {
            crate::iface::note_change();
        }
        if let Some((mac, mut waiting)) = learnt.waiting {
            while let Some(pkt) = waiting.pop_front() {
                self.frame_v6(iface, pkt, mac);
            }
        }
    }

    /// Takes a neighbour solicitation, ICMP header first (RFC 4861, 7.1.1 and 7.2.3).
    pub(super) fn rx_neighbour_solicit(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> Verdict {
        check(pkt, info)?;
        let (target, mac, nonce) = with_message(pkt, |bytes| {
            let message = NeighbourSolicit::parse(bytes)?;
            let nonce = message.options.nonce().and_then(|n| n.first_chunk::<6>().copied());
            Ok((message.target, message.options.source_link(), nonce))
        })?;
        let asks_for_itself = info.src.is_unspecified();
        if asks_for_itself && (info.dst != solicited_node(target) || mac.is_some()) {
            return Err(DropReason::NdInvalid);
        }
        match iface.classify_ipv6(target) {
            Ipv6Dst::Unicast => {}
            Ipv6Dst::Tentative if asks_for_itself => {
                return self.asked_for_ours(env, iface, target, nonce);
            }
            _ => return Err(DropReason::NdNotForUs),
        }
        if iface.flag_is_set(IfFlag::Ipv6NoNd) {
            return Err(DropReason::NdNotForUs);
        }
        if let Some(mac) = mac {
            self.learn_v6(iface, info.src, mac, None);
        }
        // Whoever has no address yet hears it among all nodes (RFC 4861, 7.2.4).
        let dst = if asks_for_itself { ALL_NODES } else { info.src };
        #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
        let router = self.is_router_on(iface);
        #[cfg(not(CONFIG_ZNET_IPV6_ROUTER_ADVERT))]
        let router = false;
        let advert = Builder::neighbour_advert(target, router, !asks_for_itself);
        let advert = self.with_own_link(iface, advert, Builder::target_link);
        self.send_nd(env, iface, target, dst, &advert);
        Ok(())
    }

    /// Takes a neighbour advertisement, ICMP header first (RFC 4861, 7.1.2 and 7.2.5).
    pub(super) fn rx_neighbour_advert(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
    ) -> Verdict {
        check(pkt, info)?;
        let advert = with_message(pkt, |bytes| {
            let message = NeighbourAdvert::parse(bytes)?;
            Ok(Advert {
                iface: iface.index(),
                ip: message.target,
                mac: message.options.target_link().filter(|mac| mac.is_unicast()),
                router: message.router,
                solicited: message.solicited,
                override_: message.override_,
            })
        })?;
        if info.dst.is_multicast() && advert.solicited {
            return Err(DropReason::NdInvalid);
        }
        match iface.classify_ipv6(advert.ip) {
            // Somebody has what we are asking for (RFC 4862, 5.4.4).
            Ipv6Dst::Tentative => {
                self.address_is_taken(env, iface, advert.ip);
                return Err(DropReason::NdDuplicate);
            }
            // Not ours to settle: we have it for good.
            Ipv6Dst::Unicast => return Err(DropReason::NdDuplicate),
            _ => {}
        }
        let (before, now) = (self.v6.neighbours.deadline(), env.now());
        let reachable = times(&self.ifaces, iface.index()).reachable;
        let learnt = self.v6.neighbours.advertised(now, reachable, advert);
        self.use_learnt(iface, advert.ip, learnt);
        self.tell_deadline_v6(before);
        Ok(())
    }

    /// Does what the cache wants done by now.
    pub(super) fn neighbour_timers(&mut self, env: &dyn Env) {
        let now = env.now();
        loop {
            let ifaces = &self.ifaces;
            match self.v6.neighbours.poll(now, |index| times(ifaces, index)) {
                None => return,
                Some(Due::Solicit { iface, ip, mac }) => {
                    if let Some(iface) = self.ifaces.get(iface) {
                        self.solicit(env, iface, ip, mac);
                    }
                }
                Some(Due::Unreachable { iface, ip, mut queue }) => {
                    self.tell_neighbours_v6();
                    // The next packet finds another router, or none (RFC 4861, 7.3.3).
                    if self.v6.routers.fails(iface, ip) {
                        crate::iface::note_change();
                    }
                    while let Some(pkt) = queue.pop_front() {
                        #[cfg(CONFIG_NET_ROUTING)]
                        if let Some(out) = self.ifaces.get(iface).filter(|_| pkt.forwarding()) {
                            self.tell_stranded_v6(env, out, pkt);
                            continue;
                        }
                        self.tell_unreachable(pkt);
                    }
                }
            }
        }
    }

    /// Tells whoever sent a packet through us, which is ourselves, that the neighbour does not answer
    /// (RFC 4861, 7.2.2): the context gets an error as if an ICMP message had come.
    fn tell_unreachable(&mut self, pkt: Pkt) {
        #[cfg(CONFIG_ZNET_ICMP_ERRORS)]
        {
            let iface = IfRef::of(&pkt).map_or(0, IfRef::index);
            let mut bytes = [0; 96];
            let len = pkt.copy_out(0, &mut bytes);
            let quote = crate::wire::icmpv6::Quote::parse(bytes.get(..len).unwrap_or(&[]));
            if let Ok(quote) = quote {
                self.fail_flow_v6(&quote, iface, crate::base::Error::HostUnreach);
            }
        }
        self.discard(DropReason::NeighbourUnreachable, pkt);
    }

    /// Asks for `ip`: its group, or when `mac` is given the station believed to have it.
    fn solicit(&mut self, env: &dyn Env, iface: IfRef, ip: Ipv6Addr, mac: Option<EthAddr>) {
        let Some(src) = select::source(iface, ip, iface.prefers_public_ipv6()) else { return };
        let message = Builder::neighbour_solicit(ip);
        let message = self.with_own_link(iface, message, Builder::source_link);
        let dst = if mac.is_some() { ip } else { solicited_node(ip) };
        self.send_nd(env, iface, src, dst, &message);
    }

    /// `message` with our link address, where the link has addresses.
    pub(super) fn with_own_link(
        &self,
        iface: IfRef,
        message: Builder,
        add: impl FnOnce(Builder, EthAddr) -> Builder,
    ) -> Builder {
        match iface.l2_kind() {
            L2Kind::Ethernet => add(message, iface.mac()),
            _ => message,
        }
    }

    /// Sends a message of neighbour discovery, with the hop limit that shows it was not forwarded.
    pub(super) fn send_nd(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        src: Ipv6Addr,
        dst: Ipv6Addr,
        message: &Builder,
    ) {
        self.send_nd_bytes(env, iface, src, dst, message.as_bytes());
    }

    /// The same for a message made elsewhere.
    pub(super) fn send_nd_bytes(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        src: Ipv6Addr,
        dst: Ipv6Addr,
        bytes: &[u8],
    ) {
        let Some(mut pkt) = self.pools().alloc_tx(HEADROOM, bytes.len(), NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        let check = sum(src, dst, bytes.len(), Sum::of(bytes)).finish();
        let repr = Repr {
            src,
            dst,
            next_header: next_header::ICMPV6,
            hop_limit: HOP_LIMIT,
            traffic_class: 0,
            flow_label: 0,
            payload_len: 0,
        };
        let whole = pkt.append(bytes) == bytes.len() && pkt.copy_in(2, &check.to_be_bytes());
        if !whole || v6::output::output(&mut pkt, repr).is_err() {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        pkt.set_family(AF_INET6);
        pkt.set_iface(iface.as_ptr().cast());
        let hop = if dst.is_multicast() { Hop::Group(dst) } else { Hop::Neighbour(dst) };
        self.link_output_v6(env, iface, hop, pkt);
    }

    /// Tells the deadline unless it is the one told `before`.
    pub(super) fn tell_deadline_v6(&mut self, before: Option<Instant>) {
        match self.v6.neighbours.deadline() {
            Some(at) if Some(at) != before => self.effects.deadline(at),
            _ => {}
        }
    }
}
