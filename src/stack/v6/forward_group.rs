// SPDX-License-Identifier: Apache-2.0
//! Packets to groups that have members, or routers, behind other interfaces (RFC 4291, 2.7).
//!
//! Called by: `stack::v6::rx`, `capi::net_route_mcast`. Calls: `ip::v6::mcast_routes`, `stack::v6::forward`.

use super::super::{Env, Stack};
use super::forward::may_travel;
use crate::base::{Error, Ipv6Addr, Result};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::{IfFlag, IfRef, L2Kind};
use crate::ip::v6::mcast_routes::McastRoute;
use crate::ip::v6::scope::{LINK_LOCAL, scope};
use crate::ip::v6::{Cast, Hop, Info};
use crate::wire::icmpv6::kind;
use crate::wire::ipv6::{HEADER_LEN, Header};

impl Stack {
    /// Sends copies of a packet to a group by the interfaces that lead there; returns how many. `pkt` itself stays
    /// for whoever listens here.
    #[cold]
    #[inline(never)]
    pub(super) fn forward_group_v6(&mut self, env: &dyn Env, iface: IfRef, pkt: &Pkt) -> u32 {
        let Ok(header) = Header::parse(pkt.head(), pkt.len()) else { return 0 };
        let (src, dst, hops) = (header.src(), header.dst(), header.hop_limit());
        let len = header.payload_len() + HEADER_LEN;
        // No router passes on what is meant for a node or a link (RFC 4291, 2.7).
        if scope(dst) <= LINK_LOCAL || !may_travel(src) || hops <= 1 {
            return 0;
        }
        let Some(ifaces) = self.v6.mcast_routes.find(dst).map(|(_, route)| route.ifaces.clone())
        else {
            return 0;
        };
        let mut copies = 0;
        for index in ifaces {
            let out = self.ifaces.get(index).filter(|out| *out != iface && out.is_up());
            let Some(out) = out.filter(|out| out.flag_is_set(IfFlag::ForwardMulticasts)) else {
                continue;
            };
            let mtu = out.ipv6_mtu();
            if len > usize::from(mtu) {
                self.tell_group_too_big(env, iface, pkt, mtu);
                continue;
            }
            match pkt.deep_clone(NO_WAIT) {
                Some(mut copy) => {
                    copy.truncate(len);
                    self.pass_on_v6(env, out, Hop::Group(dst), copy);
                    copies += 1;
                }
                None => self.count(crate::base::DropReason::NoBuffer),
            }
        }
        copies
    }

    /// One of the few errors that may answer a packet to a group (RFC 4443, 2.4 e.3).
    fn tell_group_too_big(&mut self, env: &dyn Env, iface: IfRef, pkt: &Pkt, mtu: u16) {
        let Ok(header) = Header::parse_quoted(pkt.head()) else { return };
        let info = Info {
            src: header.src(),
            dst: header.dst(),
            cast: Cast::Multicast,
            protocol: header.next_header(),
            header_len: HEADER_LEN as u16,
            hop_limit: header.hop_limit(),
            traffic_class: header.traffic_class(),
            local: false,
            router_alert: false,
        };
        let complaint = crate::ip::v6::input::Complaint {
            kind: kind::PACKET_TOO_BIG,
            code: 0,
            value: mtu.into(),
            to_group: true,
        };
        self.send_error_v6(env, iface, pkt, &info, complaint);
    }

    /// Has packets to groups that begin with `len` bits of `group` go on by `iface`; returns the entry's slot.
    ///
    /// # Errors
    /// [`Error::Inval`] for what is no group, or a length past 128; [`Error::NotSup`] for an interface that is not to
    /// forward (`NET_IF_FORWARD_MULTICASTS`); [`Error::NoMem`] without room.
    pub fn ipv6_mcast_route_add(
        &mut self,
        iface: IfRef,
        group: Ipv6Addr,
        len: u8,
    ) -> Result<usize> {
        if !group.is_multicast() || len > 128 {
            return Err(Error::Inval);
        }
        if !iface.flag_is_set(IfFlag::ForwardMulticasts) {
            return Err(Error::NotSup);
        }
        let before = self.v6.mcast_routes.exact(group, len).cloned();
        let slot = self.v6.mcast_routes.add(iface.index(), group, len).ok_or(Error::NoMem)?;
        self.ask_for_group(before, slot);
        Ok(slot)
    }

    /// Joins the group of an entry on the interfaces by which its packets do not go on, and leaves it where they do now:
    /// so routers behind them know that somebody is here who wants it (the host's part of RFC 4605, 4.1). `before` is the
    /// entry as it was. Only an entry for one group can be told of.
    fn ask_for_group(&mut self, before: Option<McastRoute>, slot: usize) {
        if !cfg!(CONFIG_NET_MCAST_ROUTE_MLD_REPORTS) {
            return;
        }
        let after = self.v6.mcast_routes.get(slot).cloned();
        for index in 1..=crate::iface::IF_MAX as u8 {
            let Some(iface) = self.ifaces.get(index) else { continue };
            let asks = |route: &Option<McastRoute>| {
                let route = route.as_ref().filter(|r| r.len == 128 && !r.ifaces.contains(&index));
                route.map(|r| r.group)
            };
            if iface.l2_kind() == L2Kind::Loopback {
                continue;
            }
            match (asks(&before), asks(&after)) {
                (None, Some(group)) => {
                    let _ = self.enter_v6_group(iface, group);
                }
                (Some(group), None) => {
                    let _ = self.leave_v6_group(iface, group);
                }
                _ => {}
            }
        }
    }

    /// Has an entry's packets go on by `iface` too; false without room, or when that is not to forward.
    pub fn ipv6_mcast_route_join(&mut self, slot: usize, iface: IfRef) -> bool {
        let before = self.v6.mcast_routes.get(slot).cloned();
        let added = iface.flag_is_set(IfFlag::ForwardMulticasts)
            && self.v6.mcast_routes.add_iface(slot, iface.index());
        self.ask_for_group(before, slot);
        added
    }

    /// Has an entry's packets go on by `iface` no longer; false when they did not.
    pub fn ipv6_mcast_route_leave(&mut self, slot: usize, iface: IfRef) -> bool {
        let before = self.v6.mcast_routes.get(slot).cloned();
        let gone = self.v6.mcast_routes.remove_iface(slot, iface.index());
        self.ask_for_group(before, slot);
        gone
    }

    /// Forgets an entry; false when there is none.
    pub fn ipv6_mcast_route_rm(&mut self, slot: usize) -> bool {
        let before = self.v6.mcast_routes.get(slot).cloned();
        let gone = self.v6.mcast_routes.remove(slot);
        self.ask_for_group(before, slot);
        gone
    }

    /// The entry in a slot.
    pub fn ipv6_mcast_route(&self, slot: usize) -> Option<&McastRoute> {
        self.v6.mcast_routes.get(slot)
    }

    /// The slot of the entry for a group.
    pub fn ipv6_mcast_route_to(&self, group: Ipv6Addr) -> Option<usize> {
        self.v6.mcast_routes.find(group).map(|(slot, _)| slot)
    }
}
