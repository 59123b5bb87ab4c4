// SPDX-License-Identifier: Apache-2.0
//! The way up: from a driver's frame to whom it is for.
//!
//! Called by: `capi::queues` (receive threads), the simulator. Calls: `l2::ethernet`, then
//! `stack::{rx_v4, neighbour}`.

use super::{Env, Stack};
use crate::base::DropReason;
use crate::buf::Pkt;
use crate::iface::IfRef;
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::iface::L2Kind;
#[cfg(CONFIG_NET_L2_ETHERNET)]
use crate::l2::ethernet;
use crate::wire::ethernet::ethertype;

impl Stack {
    /// Takes a frame that `iface` received.
    #[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(never))]
    pub fn rx(&mut self, env: &dyn Env, iface: IfRef, pkt: Pkt) {
        self.rx_here(env, iface, pkt);
    }

    /// The same, in place.
    #[inline(always)]
    #[allow(unused_mut)]
    pub(crate) fn rx_here(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt) {
        if !iface.is_up() {
            return self.discard(DropReason::IfaceDown, pkt);
        }
        #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
        if !self.handlers.is_empty() {
            self.frame_to_handlers(iface, &pkt);
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            if self.raw_contexts != 0 {
                self.show_frame(iface, &pkt);
            }
            return self.rx_by_kind(env, iface, pkt);
        }
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        if self.raw_contexts != 0 {
            self.show_frame(iface, &pkt);
            return self.rx_by_kind(env, iface, pkt);
        }
        #[cfg(all(
            CONFIG_NET_L2_ETHERNET,
            CONFIG_NET_IPV4,
            CONFIG_NET_UDP,
            CONFIG_NET_ARP,
            not(CONFIG_ZNET_PROFILE_TINY)
        ))]
        if let Some(id) = self.plain_input(iface, &mut pkt) {
            return self.deliver(id, pkt);
        }
        #[cfg(all(
            CONFIG_NET_L2_ETHERNET,
            CONFIG_NET_IPV6_NBR_CACHE,
            CONFIG_NET_UDP,
            not(CONFIG_ZNET_PROFILE_TINY)
        ))]
        if let Some(id) = self.plain_input_v6(iface, &mut pkt) {
            return self.deliver(id, pkt);
        }
        self.rx_apart(env, iface, pkt);
    }

    /// What is no ordinary datagram; out of line for the sake of these.
    #[inline(never)]
    #[allow(unused_mut)]
    fn rx_apart(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt) {
        #[cfg(all(
            CONFIG_NET_L2_ETHERNET,
            CONFIG_NET_IPV4,
            CONFIG_NET_UDP,
            CONFIG_NET_TCP,
            CONFIG_NET_ARP,
            not(CONFIG_ZNET_PROFILE_TINY)
        ))]
        match self.plain_segment(env, iface, pkt) {
            Ok(()) => return,
            Err(other) => pkt = other,
        }
        #[cfg(all(
            CONFIG_NET_L2_ETHERNET,
            CONFIG_NET_IPV6_NBR_CACHE,
            CONFIG_NET_TCP,
            not(CONFIG_ZNET_PROFILE_TINY)
        ))]
        match self.plain_segment_v6(env, iface, pkt) {
            Ok(()) => return,
            Err(other) => pkt = other,
        }
        self.rx_by_kind(env, iface, pkt);
    }

    /// What is looked at header by header.
    #[cfg_attr(not(any(CONFIG_ZNET_RAW_CONTEXTS, CONFIG_ZNET_CONN_HANDLERS)), inline(always))]
    #[allow(unused_mut)]
    fn rx_by_kind(&mut self, env: &dyn Env, iface: IfRef, mut pkt: Pkt) {
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
            #[cfg(CONFIG_NET_IPV6)]
            ethertype::IPV6 => self.rx_v6(env, iface, pkt, false),
            _ => {
                let _ = env;
                self.discard(DropReason::LinkUnknownProtocol, pkt);
            }
        }
    }

    /// True when packets to ourselves wait.
    #[inline]
    pub(super) fn has_local(&self) -> bool {
        #[cfg(CONFIG_NET_L2_IPIP)]
        if self.has_arrived() {
            return true;
        }
        cfg!(CONFIG_ZNET_LOCAL_DELIVERY) && !self.local.is_empty()
    }

    /// Takes packets to ourselves back up, and those they cause. That comes to an end: a datagram
    /// causes an error or a reply at most, and these cause nothing.
    pub(super) fn deliver_local(&mut self, env: &dyn Env) {
        #[cfg(CONFIG_NET_L2_IPIP)]
        self.deliver_arrived(env);
        if !cfg!(CONFIG_ZNET_LOCAL_DELIVERY) {
            return;
        }
        while let Some(pkt) = self.local.pop_front() {
            #[cfg(CONFIG_NET_STATISTICS)]
            super::statistics::went_round(&pkt);
            match IfRef::of(&pkt) {
                #[cfg(CONFIG_NET_IPV6)]
                Some(iface) if pkt.family() == super::tx::AF_INET6 => {
                    self.rx_v6(env, iface, pkt, true)
                }
                #[cfg(CONFIG_NET_IPV4)]
                Some(iface) => self.rx_v4(env, iface, pkt, true),
                _ => {
                    let _ = env;
                    self.discard(DropReason::IfaceDown, pkt);
                }
            }
        }
    }
}
