// SPDX-License-Identifier: Apache-2.0
//! Neighbours on Ethernet: ARP packets in, requests out (RFC 826, RFC 5227).
//!
//! Called by: `stack::{rx, tx, timers}`. Calls: `l2::arp`, `l2::ethernet`.

use super::platform::HEARD;
use super::{Env, Event, Stack};
#[cfg(CONFIG_ZNET_ARP_TIMERS)]
use crate::base::Instant;
use crate::base::{DropReason, EthAddr, Ipv4Addr};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::IfRef;
#[cfg(CONFIG_ZNET_ARP_TIMERS)]
use crate::l2::arp::Due;
use crate::l2::arp::{Resolve, Sender};
use crate::l2::ethernet;
use crate::wire::arp::{Operation, PACKET_LEN, Repr};
use crate::wire::ethernet::{HEADER_LEN, ethertype};

/// Pause between two announcements of an address.
#[cfg(CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION)]
const ANNOUNCE_INTERVAL: crate::base::Duration =
    crate::base::Duration::from_secs(crate::config::NET_ARP_GRATUITOUS_INTERVAL as u64);

impl Stack {
    /// The link address of `ip` on `iface`, when it is known.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    #[cfg(CONFIG_ZNET_ARP_TIMERS)]
    pub(super) fn neighbour(&mut self, iface: IfRef, ip: Ipv4Addr) -> Option<EthAddr> {
        let mac = self.arp.lookup(iface.index(), ip);
        if self.arp.deadline() == Some(Instant::ZERO) {
            self.effects.deadline(Instant::ZERO);
        }
        mac
    }

    /// The link address of `ip` on `iface`, when it is known and the knowledge is not too old now.
    #[cfg(not(CONFIG_ZNET_ARP_TIMERS))]
    pub(super) fn neighbour_now(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        ip: Ipv4Addr,
    ) -> Option<EthAddr> {
        self.arp.lookup(env.now(), iface.index(), ip)
    }

    /// Keeps `pkt` until the link address of `ip` is known, and asks for it.
    #[cold]
    #[cfg(not(CONFIG_ZNET_ARP_TIMERS))]
    pub(super) fn resolve(&mut self, env: &dyn Env, iface: IfRef, ip: Ipv4Addr, pkt: Pkt) {
        let (action, dropped) = self.arp.resolve(env.now(), iface.index(), ip, pkt);
        if let Some(pkt) = dropped {
            self.discard(DropReason::NeighbourQueueFull, pkt);
        }
        if action == Resolve::Request {
            self.request(iface, ip, None);
        }
    }

    /// Notes what an ARP packet says of its sender, and sends what waited for it.
    #[cfg(not(CONFIG_ZNET_ARP_TIMERS))]
    fn note(&mut self, env: &dyn Env, iface: IfRef, sender: Sender, asked: bool) {
        match self.arp.learn(env.now(), sender, asked) {
            (Some(pkt), true) => self.frame(iface, pkt, sender.mac, ethertype::IPV4),
            (Some(pkt), false) => self.discard(DropReason::NeighbourQueueFull, pkt),
            (None, _) => {}
        }
    }

    /// Notes what an ARP packet says of its sender, and sends what waited for it.
    #[cfg(CONFIG_ZNET_ARP_TIMERS)]
    fn note(&mut self, env: &dyn Env, iface: IfRef, sender: Sender, asked: bool) {
        let before = self.arp.deadline();
        let (waiting, dropped) = self.arp.learn(env.now(), sender, asked);
        self.discard_all(DropReason::NeighbourQueueFull, dropped);
        if let Some(mut waiting) = waiting {
            while let Some(pkt) = waiting.pop_front() {
                self.frame(iface, pkt, sender.mac, ethertype::IPV4);
            }
        }
        self.tell_deadline(before);
    }

    /// Queues `pkt` until the link address of `ip` is known, and asks for it.
    #[cold]
    #[cfg(CONFIG_ZNET_ARP_TIMERS)]
    pub(super) fn resolve(&mut self, env: &dyn Env, iface: IfRef, ip: Ipv4Addr, pkt: Pkt) {
        let before = self.arp.deadline();
        let (action, dropped) = self.arp.resolve(env.now(), iface.index(), ip, pkt);
        self.discard_all(DropReason::NeighbourQueueFull, dropped);
        if action == Resolve::Request {
            self.request(iface, ip, None);
            self.tell_deadline(before);
        }
    }

    /// Takes an ARP packet, link header pulled.
    pub(super) fn rx_arp(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt) {
        pkt.pull_up(PACKET_LEN);
        let verdict = Repr::parse(pkt.head()).and_then(|arp| self.learn(env, iface, arp));
        match verdict {
            Ok(()) => self.effects.free(pkt),
            Err(reason) => self.discard(reason, pkt),
        }
    }

    /// True when `iface`, or another interface of ours, has this link address.
    pub(super) fn is_own_station(&self, iface: IfRef, mac: EthAddr) -> bool {
        let others = crate::iface::IF_MAX > 1;
        mac == iface.mac() || others && self.ifaces.iter().any(|own| own.mac() == mac)
    }

    fn learn(&mut self, env: &dyn Env, iface: IfRef, arp: Repr) -> Result<(), DropReason> {
        if !arp.sender_hw.is_unicast() {
            return Err(DropReason::ArpBadSender);
        }
        #[cfg(CONFIG_NET_IPV4_ACD)]
        if self.acd_heard(env, iface, &arp) {
            return Err(DropReason::ArpBadSender);
        }
        let (ip, probe) = (arp.sender_ip, arp.sender_ip.is_unspecified());
        if iface.has_ipv4_addr(ip) {
            if self.is_own_station(iface, arp.sender_hw) {
                return Err(DropReason::ArpNotForUs);
            }
            // Somebody else has our address. Its word is not taken; the application is told.
            if HEARD {
                self.effects.event(Event::Ipv4Conflict { iface: iface.index(), addr: ip });
            }
            return Err(DropReason::ArpBadSender);
        }
        let host = !ip.is_multicast() && !ip.is_loopback() && !iface.is_ipv4_broadcast(ip);
        if !probe && (!host || ip.octets()[0] == 0) {
            return Err(DropReason::ArpBadSender);
        }
        let for_us = speaks_for(iface, arp.target_ip);
        if !probe {
            let sender = Sender { iface: iface.index(), ip, mac: arp.sender_hw };
            let gratuitous = ip == arp.target_ip;
            if for_us || !gratuitous || cfg!(CONFIG_NET_ARP_GRATUITOUS) {
                let asked = for_us && arp.operation == Operation::Request;
                self.note(env, iface, sender, asked);
            }
        }
        match (for_us, arp.operation) {
            (true, Operation::Request) => {
                // Of a link-local address all shall hear, or conflicts go unseen (RFC 3927, 2.5).
                let all = cfg!(CONFIG_NET_IPV4_AUTO) && arp.target_ip.is_link_local();
                self.send_arp(
                    iface,
                    if all { EthAddr::BROADCAST } else { arp.sender_hw },
                    Repr {
                        operation: Operation::Reply,
                        sender_hw: iface.mac(),
                        sender_ip: arp.target_ip,
                        target_hw: arp.sender_hw,
                        target_ip: ip,
                    },
                );
                Ok(())
            }
            (true, Operation::Reply) => Ok(()),
            (false, _) => Err(DropReason::ArpNotForUs),
        }
    }

    /// Asks who has `ip`: everybody, or when `mac` is given the station believed to have it.
    pub(super) fn request(&mut self, iface: IfRef, ip: Ipv4Addr, mac: Option<EthAddr>) {
        let Some(sender_ip) = iface.ipv4_select_src(ip) else { return };
        let repr = Repr {
            operation: Operation::Request,
            sender_hw: iface.mac(),
            sender_ip,
            target_hw: EthAddr::UNSPECIFIED,
            target_ip: ip,
        };
        self.send_arp(iface, mac.unwrap_or(EthAddr::BROADCAST), repr);
    }

    /// Tells the link that `ip` is ours now (RFC 5227, 2.3: an announcement).
    pub fn announce_ipv4(&mut self, iface: IfRef, ip: Ipv4Addr) {
        let usable = iface.is_up() && speaks_for(iface, ip);
        if !usable || iface.l2_kind() != crate::iface::L2Kind::Ethernet {
            return;
        }
        let repr = Repr {
            operation: Operation::Request,
            sender_hw: iface.mac(),
            sender_ip: ip,
            target_hw: EthAddr::UNSPECIFIED,
            target_ip: ip,
        };
        self.send_arp(iface, EthAddr::BROADCAST, repr);
    }

    /// Announces every address of every interface, and says when to do so again.
    #[cfg(CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION)]
    pub(super) fn announce_all(&mut self, now: Instant) {
        if now < self.announce_at {
            return;
        }
        self.announce_at = now + ANNOUNCE_INTERVAL;
        for index in 1..=crate::iface::IF_MAX {
            let Some(iface) = self.ifaces.get(index as u8) else { continue };
            for addr in iface.ipv4_addrs() {
                self.announce_ipv4(iface, addr.addr);
            }
        }
    }

    /// Forgets the neighbours on `iface`, as when it goes down.
    pub fn forget_neighbours(&mut self, iface: IfRef) {
        let dropped = self.arp.clear(Some(iface.index()));
        self.discard_all(DropReason::NeighbourUnreachable, dropped);
    }

    /// The neighbours known: interface index, address, link address, and whether it is confirmed.
    pub fn neighbours(&self) -> impl Iterator<Item = (u8, Ipv4Addr, EthAddr, bool)> {
        self.arp.iter()
    }

    /// Sends what the cache wants sent by now.
    #[cfg(CONFIG_ZNET_ARP_TIMERS)]
    pub(super) fn arp_timers(&mut self, env: &dyn Env) {
        let now = env.now();
        while let Some(due) = self.arp.poll(now) {
            match due {
                Due::Request { iface, ip, mac } => {
                    if let Some(iface) = self.ifaces.get(iface) {
                        self.request(iface, ip, mac);
                    }
                }
                #[cfg(CONFIG_ZNET_IPV4_FORWARDING)]
                Due::Unreachable(mut list) => {
                    while let Some(pkt) = list.pop_front() {
                        match pkt.forwarding() {
                            true => self.tell_stranded_v4(env, pkt),
                            false => self.discard(DropReason::NeighbourUnreachable, pkt),
                        }
                    }
                }
                #[cfg(not(CONFIG_ZNET_IPV4_FORWARDING))]
                Due::Unreachable(list) => self.discard_all(DropReason::NeighbourUnreachable, list),
            }
        }
    }

    /// Tells the deadline unless it is the one told `before`: an ARP packet that changes nothing
    /// shall not wake the timer thread.
    #[cfg(CONFIG_ZNET_ARP_TIMERS)]
    fn tell_deadline(&mut self, before: Option<Instant>) {
        match self.arp.deadline() {
            Some(at) if Some(at) != before => self.effects.deadline(at),
            _ => {}
        }
    }

    pub(super) fn send_arp(&mut self, iface: IfRef, to: EthAddr, repr: Repr) {
        let Some(mut pkt) = self.pools.get().alloc_tx(HEADER_LEN, PACKET_LEN, NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        let mut body = [0; PACKET_LEN];
        repr.emit(&mut body);
        if pkt.append(&body) != PACKET_LEN {
            return self.discard(DropReason::NoBuffer, pkt);
        }
        self.frame(iface, pkt, to, ethertype::ARP);
    }

    /// Puts the link header on and leaves the frame for the driver.
    fn frame(&mut self, iface: IfRef, mut pkt: Pkt, to: EthAddr, kind: u16) {
        match ethernet::output(iface, &mut pkt, to, kind) {
            Ok(()) => self.effects.transmit(iface, pkt),
            Err(reason) => self.discard(reason, pkt),
        }
    }
}

/// True for an address of the interface's; one that is still tried is nobody's (RFC 5227, 2.1.1).
fn speaks_for(iface: IfRef, ip: Ipv4Addr) -> bool {
    iface.ipv4_slot(ip).is_some_and(|slot| !slot.ipv4.is_tried())
}
