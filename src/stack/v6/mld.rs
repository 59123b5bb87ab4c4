// SPDX-License-Identifier: Apache-2.0
//! Groups joined and left, and who is told: multicast listener discovery, version 2 (RFC 3810, RFC 9777),
//! and version 1 where a router knows no better (RFC 2710).
//!
//! Called by: `stack::{membership, v6}`, `capi::{mld, net_if_ipv6}`. Calls: the interface's group table;
//! `ip::groups`, which decides what is sent and when.

use super::super::{Env, Ipv6Change, Stack};
use crate::base::Ipv6Addr;
use crate::iface::IfRef;

#[cfg(all(CONFIG_NET_IPV6_MLD, not(CONFIG_ZNET_IPV6_MLD_FULL)))]
mod short;

#[cfg(CONFIG_ZNET_IPV6_MLD_FULL)]
pub(super) use protocol::{Reports, reports};
#[cfg(all(CONFIG_NET_IPV6_MLD, not(CONFIG_ZNET_IPV6_MLD_FULL)))]
pub(super) use short::{Reports, reports};

impl Stack {
    /// One more user of `group` on `iface`; the first joins it. `None` without room.
    pub fn join_v6_group(&mut self, env: &dyn Env, iface: IfRef, group: Ipv6Addr) -> Option<bool> {
        let _ = env;
        self.enter_v6_group(iface, group)
    }

    /// The same.
    pub(super) fn enter_v6_group(&mut self, iface: IfRef, group: Ipv6Addr) -> Option<bool> {
        let first = iface.ipv6_group_join(group)?;
        if first {
            self.tell_v6(Ipv6Change::GroupJoined, iface, group);
            #[cfg(CONFIG_NET_IPV6_MLD)]
            self.report_group_v6(iface, group);
        }
        Some(first)
    }

    /// One user of `group` less; the last leaves it. `None` when it is not joined.
    pub fn leave_v6_group(&mut self, iface: IfRef, group: Ipv6Addr) -> Option<bool> {
        let last = iface.ipv6_group_leave(group)?;
        if last {
            self.tell_v6(Ipv6Change::GroupLeft, iface, group);
            #[cfg(CONFIG_NET_IPV6_MLD)]
            self.report_left_v6(iface, group);
        }
        Some(last)
    }
}

#[cfg(CONFIG_ZNET_IPV6_MLD_FULL)]
mod protocol {
    use super::super::super::tx::HEADROOM;
    use super::super::message::{Verdict, with_message};
    use super::send::{OVERHEAD, is_reported};
    use super::*;
    use crate::base::{DropReason, Duration, Instant, list};
    use crate::buf::{NO_WAIT, Pkt};
    use crate::config;
    use crate::iface::IF_MAX;
    use crate::ip::groups::{self, Due, Groups, Said, Version, Why, state_of};
    use crate::ip::v6::Info;
    use crate::ip::v6::scope::{ALL_ROUTERS, MLD_ROUTERS};
    use crate::wire::icmpv6::{HEADER_LEN, kind};
    use crate::wire::mld::{Query, Record, V1_LEN, emit_report_v2, emit_v1};

    /// Senders a group's filter can name.
    pub const SOURCES: usize = config::ZNET_IF_MCAST_IPV6_SOURCE_COUNT;
    /// As many as the interfaces have places for groups.
    const GROUPS: usize = config::NET_IF_MAX_IPV6_COUNT * config::NET_IF_MCAST_IPV6_ADDR_COUNT;
    pub type Filter = groups::Filter<Ipv6Addr, SOURCES>;
    pub type Reports = Groups<Ipv6Addr, GROUPS, IF_MAX, SOURCES>;

    /// Nothing to be reported.
    pub const fn reports() -> Reports {
        Groups::new(Version::V3)
    }

    /// Spreads reports in time; without entropy they come late, not never.
    fn random(env: &dyn Env) -> u32 {
        let mut bytes = [0xff; 4];
        let _ = env.random(&mut bytes);
        u32::from_ne_bytes(bytes)
    }

    impl Stack {
        /// Tells, or will tell when the link is there, that a group is joined, and for which senders.
        pub(in crate::stack) fn report_group_v6(&mut self, iface: IfRef, group: Ipv6Addr) {
            if is_reported(iface, group) {
                let filter = self.merged_filter_v6(iface, group);
                self.v6.reports.join(iface.index(), group, filter);
                self.hush_v6(iface);
            }
        }

        /// Tells that a group is left.
        pub(super) fn report_left_v6(&mut self, iface: IfRef, group: Ipv6Addr) {
            self.v6.reports.leave(iface.index(), group);
            self.hush_v6(iface);
        }

        /// Nobody is told anything where there is nobody; else it is time to look.
        fn hush_v6(&mut self, iface: IfRef) {
            match iface.is_up() {
                true => self.effects.deadline(Instant::ZERO),
                false => self.v6.reports.forget(iface.index()),
            }
        }

        /// The senders to a group that its users want together.
        fn merged_filter_v6(&self, iface: IfRef, group: Ipv6Addr) -> Filter {
            #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
            {
                let users = iface.ipv6_group(group).map_or(0, |slot| slot.users.get());
                let group = crate::base::IpAddr::V6(group);
                self.memberships.merged(iface.index(), group, users, Filter::ALL, |ip| ip.v6())
            }
            #[cfg(not(CONFIG_ZNET_MCAST_FILTERS))]
            {
                let _ = (iface, group);
                Filter::ALL
            }
        }

        /// True when packets to `group` from `source` are wanted.
        #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
        pub(in crate::stack) fn wants_source_v6(
            &self,
            iface: IfRef,
            group: Ipv6Addr,
            source: Ipv6Addr,
        ) -> bool {
            SOURCES == 0 || self.v6.reports.passes(iface.index(), group, &source)
        }

        /// Tells every group again: the interface has come up.
        pub(in crate::stack::v6) fn report_all_v6(&mut self, iface: IfRef) {
            for group in iface.ipv6_groups() {
                // One that was there before the stack.
                if self.v6.reports.filter(iface.index(), group).is_none() {
                    self.report_group_v6(iface, group);
                }
            }
            self.v6.reports.rejoin(iface.index());
            self.effects.deadline(Instant::ZERO);
        }

        /// The interface has gone down.
        pub(in crate::stack::v6) fn report_none_v6(&mut self, iface: IfRef) {
            self.v6.reports.forget(iface.index());
        }

        /// Takes a query, ICMP header first (RFC 3810, 6.2; RFC 2710, 4).
        pub(in crate::stack::v6) fn rx_mld_query(
            &mut self,
            env: &dyn Env,
            iface: IfRef,
            pkt: &Pkt,
            info: &Info,
        ) -> Verdict {
            let from_router = info.src.is_unicast_link_local() && info.hop_limit == 1;
            if !from_router || !info.router_alert {
                return Err(DropReason::MldInvalid);
            }
            with_message(pkt, |bytes| {
                let query = Query::parse(bytes)?;
                let group = query.group;
                if !group.is_unspecified()
                    && (!group.is_multicast() || !iface.is_ipv6_group_joined(group))
                {
                    return Err(DropReason::MldNotForUs);
                }
                let version = if query.v2 { Version::V3 } else { Version::V2 };
                let within = Duration::from_millis(query.max_response.into());
                let sources = query.sources.iter().map(|&octets| Ipv6Addr::from(octets));
                let group = (!group.is_unspecified()).then_some(group);
                let (now, random, index) = (env.now(), random(env), iface.index());
                self.v6.reports.query(now, random, index, version, group, sources, within);
                Ok(())
            })?;
            if let Some(at) = self.v6.reports.deadline() {
                self.effects.deadline(at);
            }
            Ok(())
        }

        /// Takes another host's report of version 1, which spares ours (RFC 2710, 4).
        pub(in crate::stack::v6) fn rx_mld_report_v1(
            &mut self,
            env: &dyn Env,
            iface: IfRef,
            pkt: &Pkt,
            info: &Info,
        ) -> Verdict {
            let from_host = info.src.is_unicast_link_local() && info.hop_limit == 1;
            if !from_host || !info.router_alert {
                return Err(DropReason::MldInvalid);
            }
            let group = with_message(pkt, |bytes| Ok(Query::parse(bytes)?.group))?;
            self.v6.reports.heard(env.now(), iface.index(), group);
            Ok(())
        }

        /// Sends the reports that are due.
        pub(in crate::stack::v6) fn report_timers(&mut self, env: &dyn Env) {
            while let Some(due) = self.v6.reports.poll(env.now(), random(env)) {
                match due {
                    Due::All { iface } => self.report_state_v6(env, iface),
                    Due::Report { iface, group, records, why, version } => {
                        let Some(iface) = self.ifaces.get(iface) else { continue };
                        match version {
                            Version::V3 => {
                                let records = records.iter().map(|said| (group, said));
                                self.send_report_v2(env, iface, records);
                            }
                            _ => self.send_report_v1(env, iface, group, why),
                        }
                    }
                }
            }
        }

        /// Answers a question about all groups, in as many packets as it takes.
        fn report_state_v6(&mut self, env: &dyn Env, index: u8) {
            let Some(iface) = self.ifaces.get(index) else { return };
            let states: heapless::Vec<(Ipv6Addr, Said<Ipv6Addr, SOURCES>), GROUPS> = list::gather(
                self.v6.reports.of(index).map(|(group, filter)| (group, state_of(filter))),
            );
            let room = usize::from(iface.ipv6_mtu()).saturating_sub(OVERHEAD);
            let most = (room / (Record::LEN + 16 * SOURCES)).max(1);
            for states in states.chunks(most) {
                let records = states.iter().map(|(group, said)| (*group, said));
                self.send_report_v2(env, iface, records);
            }
        }

        fn send_report_v2<'a>(
            &mut self,
            env: &dyn Env,
            iface: IfRef,
            records: impl Iterator<Item = (Ipv6Addr, &'a Said<Ipv6Addr, SOURCES>)> + Clone,
        ) {
            let count = records.clone().count();
            let sources: usize = records.clone().map(|(_, (_, sources))| sources.len()).sum();
            let len = HEADER_LEN + count * Record::LEN + sources * 16;
            let Some(mut pkt) = self.pools().alloc_tx(HEADROOM + 8, len, NO_WAIT) else {
                return self.count(DropReason::NoBuffer);
            };
            let mut head = [0; HEADER_LEN];
            emit_report_v2(count as u16, &mut head);
            let mut written = pkt.append(&head);
            for (group, (kind, sources)) in records {
                let mut record = [0; Record::LEN];
                Record { kind: *kind, sources: sources.len() as u16, group }.emit(&mut record);
                written += pkt.append(&record);
                for source in sources {
                    written += pkt.append(&source.octets());
                }
            }
            self.send_mld(env, iface, MLD_ROUTERS, pkt, written == len);
        }

        fn send_report_v1(&mut self, env: &dyn Env, iface: IfRef, group: Ipv6Addr, why: Why) {
            let left = why == Why::Left;
            let kind = if left { kind::MLD_DONE_V1 } else { kind::MLD_REPORT_V1 };
            let Some(mut pkt) = self.pools().alloc_tx(HEADROOM + 8, V1_LEN, NO_WAIT) else {
                return self.count(DropReason::NoBuffer);
            };
            let mut message = [0; V1_LEN];
            emit_v1(kind, group, &mut message);
            let whole = pkt.append(&message) == V1_LEN;
            self.send_mld(env, iface, if left { ALL_ROUTERS } else { group }, pkt, whole);
        }
    }
}

/// What a report in full and one in short have in common.
#[cfg(CONFIG_NET_IPV6_MLD)]
mod send {
    use super::super::super::tx::AF_INET6;
    use super::*;
    use crate::base::DropReason;
    use crate::buf::Pkt;
    use crate::iface::{AddrState, IfFlag, L2Kind};
    use crate::ip::v6::scope::{ALL_NODES, LINK_LOCAL, scope};
    use crate::ip::v6::{self, Hop};
    use crate::transport::sum_of;
    use crate::wire::icmpv6::{HEADER_LEN, sum};
    use crate::wire::ipv6::{Repr, next_header};
    use crate::wire::mld::ROUTER_ALERT;

    /// Bytes of a packet before its records.
    pub const OVERHEAD: usize = crate::wire::ipv6::HEADER_LEN + ROUTER_ALERT.len() + HEADER_LEN;

    /// Groups nobody reports: all nodes, and what never leaves the host (RFC 3810, 6).
    pub fn is_reported(iface: IfRef, group: Ipv6Addr) -> bool {
        iface.l2_kind() != L2Kind::Loopback
            && !iface.flag_is_set(IfFlag::Ipv6NoMld)
            && scope(group) >= LINK_LOCAL
            && group != ALL_NODES
    }

    impl Stack {
        /// Sends a message whose checksum is missing, behind a router alert.
        pub(super) fn send_mld(
            &mut self,
            env: &dyn Env,
            iface: IfRef,
            dst: Ipv6Addr,
            mut pkt: Pkt,
            whole: bool,
        ) {
            // Where our own identifier is somebody else's, nothing is said (RFC 4862, 5.4.5).
            if self.v6.is_silenced(iface.index()) {
                return self.discard(DropReason::NdDuplicate, pkt);
            }
            // Before there is an address that may be used it is `::` (RFC 3810, 5.2.13).
            let own = iface.ipv6_link_local(AddrState::Preferred);
            let src = own.map_or(Ipv6Addr::UNSPECIFIED, |slot| slot.address.ipv6());
            let check = sum(src, dst, pkt.len(), sum_of(&pkt)).finish();
            let repr = Repr {
                src,
                dst,
                next_header: next_header::HOP_BY_HOP,
                hop_limit: 1,
                traffic_class: 0,
                flow_label: 0,
                payload_len: 0,
            };
            let alert = |pkt: &mut Pkt| {
                let room = pkt.push(ROUTER_ALERT.len()).and_then(|room| room.first_chunk_mut());
                room.map(|room: &mut [u8; ROUTER_ALERT.len()]| *room = ROUTER_ALERT).is_some()
            };
            let whole = whole && pkt.copy_in(2, &check.to_be_bytes()) && alert(&mut pkt);
            if !whole || v6::output::output(&mut pkt, repr).is_err() {
                return self.discard(DropReason::NoBuffer, pkt);
            }
            pkt.set_family(AF_INET6);
            pkt.set_iface(iface.as_ptr().cast());
            self.link_output_v6(env, iface, Hop::Group(dst), pkt);
        }
    }
}
