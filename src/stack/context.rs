// SPDX-License-Identifier: Apache-2.0
//! What a context of any protocol can be asked to do: take a packet, give it away, close.
//!
//! Called by: `stack::{rx, packet, udp}`, `socket`, `capi::net_context`.

use super::tx::HEADROOM;
use super::{Call, Stack};
use crate::base::{DropReason, Result};
#[cfg(CONFIG_NET_IP)]
use crate::base::{Error, IpAddr};
use crate::buf::Pkt;
#[cfg(CONFIG_NET_IP)]
use crate::transport::Context;
use crate::transport::{ContextId, Flags};

/// Room in front of a datagram's payload for all headers.
pub const UDP_HEADROOM: usize = HEADROOM;

/// One in so many packets and buffers is out of reach for queues: without them, sockets nobody
/// reads would stop ARP and everything else that needs a buffer for a moment only.
const RESERVED_SHARE: u32 = 8;
/// The same for a queue that is empty: only the very last is out of its reach.
const RESERVED_LAST: u32 = u32::MAX;

impl Stack {
    /// Makes a context just opened one of AF_INET6.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    #[cfg(CONFIG_NET_IPV6)]
    pub fn context_set_v6(&mut self, id: ContextId) -> Result<()> {
        self.contexts.get_mut(id).map(crate::transport::Context::set_v6)
    }

    /// Closes a context of any protocol; its queued packets are freed after unlock.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn context_close(&mut self, id: ContextId) -> Result<()> {
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        self.raw_close(id);
        while let Some(pkt) = self.contexts.get_mut(id)?.rx.pop_front() {
            self.effects.free(pkt);
        }
        self.contexts.release(id);
        #[cfg(CONFIG_NET_IP)]
        self.leave_groups(id);
        self.effects.wake(id.index());
        Ok(())
    }

    /// Largest packet that the way to the context's peer carries in one piece, header included.
    ///
    /// # Errors
    /// [`Error::NotConn`] when it is not connected, and those of routing.
    #[cfg(CONFIG_NET_IP)]
    pub fn context_mtu(&self, id: ContextId) -> Result<u16> {
        let context = self.contexts.get(id)?;
        if !context.is_connected() {
            return Err(Error::NotConn);
        }
        self.mtu_between(context, context.remote.addr).map(|(mtu, _)| mtu)
    }

    /// The largest packet from a context to `dst` that goes in one piece, and the bytes of its IP header.
    #[cfg(CONFIG_NET_IP)]
    pub(super) fn mtu_between(&self, context: &Context, dst: IpAddr) -> Result<(u16, u8)> {
        let (bound, own) = self.restrictions(context, dst);
        match dst {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(dst) => {
                let link = self.route_v4(bound, own, dst)?.iface.mtu();
                Ok((self.path_mtu(IpAddr::V4(dst), link), 20))
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(dst) => {
                let _ = own;
                let own = self.own_v6(context, dst, true);
                let link = self.route_v6(bound, own, dst)?.iface.ipv6_mtu();
                Ok((self.path_mtu(IpAddr::V6(dst), link), 40))
            }
        }
    }

    /// As [`deliver`](Self::deliver), out of line: for datagrams to groups.
    #[inline(never)]
    pub(super) fn deliver_apart(&mut self, id: ContextId, pkt: Pkt) {
        self.deliver(id, pkt);
    }

    /// Gives a packet, headers pulled, to its context.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn deliver(&mut self, id: ContextId, pkt: Pkt) {
        let Ok(context) = self.contexts.get_mut(id) else {
            return self.discard(DropReason::UdpNoSocket, pkt);
        };
        if context.flags.contains(Flags::CALLBACK) {
            let handler = context.handler;
            return self.effects.call(Call::Context { handler }, pkt);
        }
        let queued = context.rx.len();
        let full = match queued {
            0 => pkt.home_is_scarce(RESERVED_LAST),
            _ => queued >= context.rx_limit as usize || pkt.home_is_scarce(RESERVED_SHARE),
        };
        if full || context.flags.contains(Flags::SHUT_RD) {
            return self.discard(DropReason::SocketQueueFull, pkt);
        }
        context.rx.push_back(pkt);
        self.effects.wake(id.index());
    }

    /// Takes the oldest packet, its headers pulled; `None` when there is none.
    ///
    /// # Errors
    /// The context's pending error, reported once; [`Error::BadF`] for a stale name.
    #[inline]
    pub fn context_receive(&mut self, id: ContextId) -> Result<Option<Pkt>> {
        let context = self.contexts.get_mut(id)?;
        match context.rx.pop_front() {
            Some(pkt) => Ok(Some(pkt)),
            None => context.error.take().map_or(Ok(None), Err),
        }
    }
}
