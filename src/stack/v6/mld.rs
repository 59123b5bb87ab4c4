// SPDX-License-Identifier: Apache-2.0
//! Groups joined and left, and who is told: multicast listener discovery, version 2 (RFC 3810).
//!
//! Called by: `stack::{membership, v6}`, `capi::net_if_ipv6`. Calls: the interface's group table.
//!
//! A host that knows no source filters has two things to say of a group: that it listens to it (to
//! all sources but none), and that it does not any more.

use super::super::{Env, Ipv6Change, Stack};
use crate::base::Ipv6Addr;
use crate::iface::IfRef;

#[cfg(CONFIG_NET_IPV6_MLD)]
pub(super) use protocol::Reports;

impl Stack {
    /// One more user of `group` on `iface`; the first joins it. `None` without room.
    pub fn join_v6_group(&mut self, env: &dyn Env, iface: IfRef, group: Ipv6Addr) -> Option<bool> {
        let first = iface.ipv6_group_join(group)?;
        if first {
            self.group_joined_v6(env, iface, group);
        }
        Some(first)
    }

    /// One user of `group` less; the last leaves it. `None` when it is not joined.
    pub fn leave_v6_group(&mut self, iface: IfRef, group: Ipv6Addr) -> Option<bool> {
        let last = iface.ipv6_group_leave(group)?;
        if last {
            self.tell_v6(Ipv6Change::GroupLeft, iface, group);
            #[cfg(CONFIG_NET_IPV6_MLD)]
            self.schedule_report(iface, group, false, crate::base::Instant::ZERO);
        }
        Some(last)
    }

    fn group_joined_v6(&mut self, env: &dyn Env, iface: IfRef, group: Ipv6Addr) {
        self.tell_v6(Ipv6Change::GroupJoined, iface, group);
        #[cfg(CONFIG_NET_IPV6_MLD)]
        self.schedule_report(iface, group, true, env.now());
        let _ = env;
    }
}

#[cfg(CONFIG_NET_IPV6_MLD)]
mod protocol {
    use heapless::Vec;

    use super::super::super::tx::{AF_INET6, HEADROOM};
    use super::super::addr::random_below;
    use super::super::message::{Verdict, with_message};
    use super::*;
    use crate::base::{DropReason, Duration, Instant};
    use crate::buf::{NO_WAIT, Pkt};
    use crate::config;
    use crate::iface::{AddrState, IfFlag, L2Kind};
    use crate::ip::v6::scope::ALL_ROUTERS;
    use crate::ip::v6::scope::{LINK_LOCAL, MLD_ROUTERS, scope};
    use crate::ip::v6::{self, Hop, Info};
    use crate::wire::checksum::Sum;
    use crate::wire::icmpv6::{HEADER_LEN, kind, sum};
    use crate::wire::ipv6::{Repr, next_header};
    use crate::wire::mld::{Query, ROUTER_ALERT, Record, V1_LEN, emit_report_v2, emit_v1};

    /// Robustness variable: how often a change is told (RFC 3810, 9.1).
    const ROBUSTNESS: u8 = 2;
    /// Unsolicited report interval (RFC 3810, 9.11).
    const UNSOLICITED: Duration = Duration::from_millis(1_000);
    /// Older version querier present time-out: robustness times the query interval of 125 s, and a
    /// response time of 10 s (RFC 3810, 9.12).
    const OLDER_QUERIER: Duration = Duration::from_secs(260);
    /// As many as the interfaces have places for groups.
    const PENDING: usize = config::NET_IF_MAX_IPV6_COUNT * config::NET_IF_MCAST_IPV6_ADDR_COUNT;

    /// A report on its way.
    #[derive(Clone, Copy)]
    struct Pending {
        iface: u8,
        group: Ipv6Addr,
        kind: u8,
        left: u8,
        at: Instant,
    }

    /// The reports still to be sent.
    pub struct Reports {
        pending: Vec<Pending, PENDING>,
        /// Until when reports have the form of version 1, because a router knows no other.
        older: Instant,
    }

    impl Reports {
        pub(in crate::stack::v6) const fn new() -> Self {
            Reports { pending: Vec::new(), older: Instant::ZERO }
        }

        /// When the next is due.
        pub(in crate::stack::v6) fn deadline(&self) -> Option<Instant> {
            self.pending.iter().map(|p| p.at).min()
        }
    }

    /// Groups nobody reports: all nodes, and what never leaves the host (RFC 3810, 6).
    fn is_reported(iface: IfRef, group: Ipv6Addr) -> bool {
        iface.l2_kind() != L2Kind::Loopback
            && !iface.flag_is_set(IfFlag::Ipv6NoMld)
            && scope(group) >= LINK_LOCAL
            && group != crate::ip::v6::scope::ALL_NODES
    }

    impl Stack {
        /// Tells, from `at` on, that `group` was joined or left.
        pub(super) fn schedule_report(
            &mut self,
            iface: IfRef,
            group: Ipv6Addr,
            joined: bool,
            at: Instant,
        ) {
            if !is_reported(iface, group) || !iface.is_up() {
                return;
            }
            let kind = if joined { Record::CHANGE_TO_EXCLUDE } else { Record::CHANGE_TO_INCLUDE };
            self.put_report(Pending { iface: iface.index(), group, kind, left: ROBUSTNESS, at });
        }

        /// The newest word on a group counts.
        fn put_report(&mut self, new: Pending) {
            let pending = &mut self.v6.reports.pending;
            pending.retain(|p| p.iface != new.iface || p.group != new.group);
            if pending.is_full() {
                pending.remove(0);
            }
            let _ = pending.push(new);
            self.effects.deadline(new.at);
        }

        /// Tells every group again: the interface has come up.
        pub(in crate::stack::v6) fn report_all_v6(&mut self, env: &dyn Env, iface: IfRef) {
            for group in iface.ipv6_groups() {
                self.schedule_report(iface, group, true, env.now());
            }
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
            let (max, group, v2) = with_message(pkt, |bytes| {
                let query = Query::parse(bytes)?;
                Ok((query.max_response, query.group, query.v2))
            })?;
            if !group.is_unspecified()
                && (!group.is_multicast() || !iface.is_ipv6_group_joined(group))
            {
                return Err(DropReason::MldNotForUs);
            }
            let now = env.now();
            if !v2 {
                self.v6.reports.older = now + OLDER_QUERIER;
            }
            let most = Duration::from_millis(max.into());
            for own in iface.ipv6_groups() {
                if (!group.is_unspecified() && own != group) || !is_reported(iface, own) {
                    continue;
                }
                let at = now + random_below(env, most);
                let index = iface.index();
                let sooner = |p: &Pending| p.iface == index && p.group == own && p.at <= at;
                // A report that is on its way already, and comes sooner, answers too.
                if !self.v6.reports.pending.iter().any(sooner) {
                    let kind = Record::MODE_IS_EXCLUDE;
                    self.put_report(Pending { iface: index, group: own, kind, left: 1, at });
                }
            }
            Ok(())
        }

        /// Sends the reports that are due.
        pub(in crate::stack::v6) fn report_timers(&mut self, env: &dyn Env) {
            let now = env.now();
            let mut at = 0;
            while let Some(pending) = self.v6.reports.pending.get(at).copied() {
                if pending.at > now {
                    at += 1;
                    continue;
                }
                let iface = self.ifaces.get(pending.iface).filter(|iface| iface.is_up());
                if let Some(iface) = iface {
                    self.send_report(env, iface, &pending);
                }
                match self.v6.reports.pending.get_mut(at) {
                    Some(next) if next.left > 1 && iface.is_some() => {
                        next.left -= 1;
                        next.at = now + random_below(env, UNSOLICITED) + Duration::from_millis(1);
                        at += 1;
                    }
                    _ => {
                        self.v6.reports.pending.swap_remove(at);
                    }
                }
            }
        }

        fn send_report(&mut self, env: &dyn Env, iface: IfRef, report: &Pending) {
            let mut bytes = [0; HEADER_LEN + Record::LEN];
            let (dst, len) = match env.now() < self.v6.reports.older {
                true => {
                    let left = report.kind == Record::CHANGE_TO_INCLUDE;
                    let kind = if left { kind::MLD_DONE_V1 } else { kind::MLD_REPORT_V1 };
                    if let Some(room) = bytes.first_chunk_mut::<V1_LEN>() {
                        emit_v1(kind, report.group, room);
                    }
                    (if left { ALL_ROUTERS } else { report.group }, V1_LEN)
                }
                false => {
                    if let Some((head, record)) = bytes.split_first_chunk_mut::<HEADER_LEN>() {
                        emit_report_v2(1, head);
                        if let Some(room) = record.first_chunk_mut() {
                            Record { kind: report.kind, group: report.group }.emit(room);
                        }
                    }
                    (MLD_ROUTERS, HEADER_LEN + Record::LEN)
                }
            };
            let message = bytes.get_mut(..len).unwrap_or(&mut []);
            // Before there is an address that may be used it is `::` (RFC 3810, 5.2.13).
            let own = iface.ipv6_link_local(AddrState::Preferred);
            let src = own.map_or(Ipv6Addr::UNSPECIFIED, |slot| slot.address.ipv6());
            let check = sum(src, dst, message.len(), Sum::of(message)).finish();
            if let Some(field) = message.get_mut(2..4) {
                field.copy_from_slice(&check.to_be_bytes());
            }
            let all = message.len() + ROUTER_ALERT.len();
            let Some(mut pkt) = self.pools().alloc_tx(HEADROOM, all, NO_WAIT) else {
                return self.count(DropReason::NoBuffer);
            };
            let repr = Repr {
                src,
                dst,
                next_header: next_header::HOP_BY_HOP,
                hop_limit: 1,
                traffic_class: 0,
                flow_label: 0,
                payload_len: 0,
            };
            let whole = pkt.append(&ROUTER_ALERT) + pkt.append(message) == all;
            if !whole || v6::output::output(&mut pkt, repr).is_err() {
                return self.discard(DropReason::NoBuffer, pkt);
            }
            pkt.set_family(AF_INET6);
            pkt.set_iface(iface.as_ptr().cast());
            self.link_output_v6(env, iface, Hop::Group(dst), pkt);
        }
    }
}
