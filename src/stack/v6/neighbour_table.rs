// SPDX-License-Identifier: Apache-2.0
//! The neighbour cache as others ask and change it by hand, and the messages of discovery as others send them.
//!
//! Called by: `capi::{net_ipv6_nbr, net_ipv6_nd}`. Calls: `ip::v6::neighbour`, `stack::v6::neighbour`.

use super::super::{Env, Stack};
use super::neighbour::times;
use crate::base::{DropReason, Error, EthAddr, Instant, Ipv6Addr, Result};
use crate::buf::Pkt;
use crate::iface::IfRef;
use crate::ip::v6::neighbour::{Known, Sender, State};
use crate::ip::v6::scope::solicited_node;
use crate::ip::v6::{Hop, select};
use crate::wire::ndp::Builder;

impl Stack {
    /// The slot of a neighbour, which it keeps as long as it is known; on any interface without one.
    pub fn ipv6_neighbour_slot(&self, iface: Option<IfRef>, ip: Ipv6Addr) -> Option<usize> {
        self.v6.neighbours.slot_of(iface.map_or(0, IfRef::index), ip)
    }

    /// The neighbour in a slot.
    pub fn ipv6_neighbour(&self, slot: usize) -> Option<Known> {
        self.v6.neighbours.get(slot)
    }

    /// Sets a neighbour by hand; its slot, or `None` without room. Without a link address it is asked for,
    /// whatever `state` says.
    pub fn ipv6_neighbour_set(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        ip: Ipv6Addr,
        mac: Option<EthAddr>,
        router: bool,
        state: State,
    ) -> Option<usize> {
        if ip.is_unspecified() || ip.is_multicast() || state == State::Free {
            return None;
        }
        let (before, now) = (self.v6.neighbours.deadline(), env.now());
        let times = times(&self.ifaces, iface.index());
        let state = if mac.is_none() { State::Incomplete } else { state };
        let mac = mac.unwrap_or(EthAddr::UNSPECIFIED);
        let who = Sender { iface: iface.index(), ip, mac };
        let (slot, learnt) = self.v6.neighbours.set(now, times, who, router, state)?;
        self.use_learnt(iface, ip, learnt);
        self.tell_deadline_v6(before);
        Some(slot)
    }

    /// Forgets a neighbour, and the routes by it; false when it was not known.
    pub fn ipv6_neighbour_rm(&mut self, iface: IfRef, ip: Ipv6Addr) -> bool {
        let Some(dropped) = self.v6.neighbours.remove(iface.index(), ip) else { return false };
        self.discard_all(DropReason::NeighbourUnreachable, dropped);
        self.tell_neighbours_v6();
        let index = iface.index();
        self.forget_routes(|route| route.iface == index && route.hop == ip);
        true
    }

    /// Asks who has `target`: from `src` or the usual address, to `dst` or the group of those who may. With
    /// `pending` it is that packet's way that is asked for: it goes out once the answer is there.
    ///
    /// # Errors
    /// [`Error::AddrNotAvail`] when there is no address to ask from.
    pub fn ipv6_send_ns(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        src: Option<Ipv6Addr>,
        dst: Option<Ipv6Addr>,
        target: Ipv6Addr,
        pending: Option<Pkt>,
    ) -> Result<()> {
        if let Some(mut pkt) = pending {
            pkt.set_iface(iface.as_ptr().cast());
            self.link_output_v6(env, iface, Hop::Neighbour(target), pkt);
            return Ok(());
        }
        let dst = dst.unwrap_or_else(|| solicited_node(target));
        let src = src.or_else(|| select::source(iface, target, iface.prefers_public_ipv6()));
        let src = src.ok_or(Error::AddrNotAvail)?;
        let mut message = Builder::neighbour_solicit(target);
        // Who has no address yet tells no link address (RFC 4861, 4.3).
        if !src.is_unspecified() {
            message = self.with_own_link(iface, message, Builder::source_link);
        }
        self.send_nd(env, iface, src, dst, &message);
        Ok(())
    }

    /// Tells of `target`, which is at our link address; `flags` are those of RFC 4861, 4.4.
    pub fn ipv6_send_na(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        src: Ipv6Addr,
        dst: Ipv6Addr,
        target: Ipv6Addr,
        flags: u8,
    ) {
        let message = Builder::neighbour_advert_with(target, flags);
        let message = self.with_own_link(iface, message, Builder::target_link);
        self.send_nd(env, iface, src, dst, &message);
    }

    /// A neighbour is believed reachable as long as its interface says, from now on.
    pub fn ipv6_neighbour_renew(&mut self, env: &dyn Env, slot: usize) -> Option<Instant> {
        let Known { iface, ip, .. } = self.v6.neighbours.get(slot)?;
        let iface = self.ifaces.get(iface)?;
        self.ipv6_confirm_neighbour(env, iface, ip);
        self.v6.neighbours.get(slot)?.at
    }
}
