// SPDX-License-Identifier: Apache-2.0
//! Listener discovery in short: each message tells of all groups of a link, so there is nothing to be remembered
//! of any one of them. Routers understand it as they do one that tells of the group that changed (RFC 9777, 7.4).
//!
//! Called by: `stack::v6::{mld, icmp, timers, addr}`.

use super::super::super::{Env, Stack};
use super::super::message::{Verdict, with_message};
use super::send::{OVERHEAD, is_reported};
use crate::base::{DropReason, Duration, Instant, Ipv6Addr};
use crate::buf::{NO_WAIT, Pkt};
use crate::config;
use crate::iface::{IF_MAX, IfRef};
use crate::ip::v6::Info;
use crate::ip::v6::scope::MLD_ROUTERS;
use crate::stack::tx::HEADROOM;
use crate::stack::v6::addr::random_below;
use crate::wire::icmpv6::HEADER_LEN;
use crate::wire::ipv6::MIN_MTU;
use crate::wire::mld::{Query, Record, emit_report_v2};

/// How often a change is told (RFC 9777, 9.1: the robustness variable), and the longest pause between (9.11).
const ROBUSTNESS: u8 = 2;
const INTERVAL: Duration = Duration::from_secs(1);

const GROUPS: usize = config::NET_IF_MCAST_IPV6_ADDR_COUNT;
const _: () = assert!(OVERHEAD + (GROUPS + 1) * Record::LEN <= MIN_MTU, "one report tells all");

/// What is still to be told on each link.
pub struct Reports([Told; IF_MAX]);

#[derive(Clone, Copy)]
struct Told {
    /// So many reports, the next then.
    left: u8,
    at: Instant,
    /// What each says of a group: the type of its record.
    kind: u8,
    /// The group that was left last; `::` for none.
    gone: Ipv6Addr,
}

/// Nothing to be reported.
pub const fn reports() -> Reports {
    let none = Told { left: 0, at: Instant::ZERO, kind: 0, gone: Ipv6Addr::UNSPECIFIED };
    Reports([none; IF_MAX])
}

impl Reports {
    fn of(&mut self, iface: IfRef) -> Option<&mut Told> {
        self.0.get_mut(usize::from(iface.index()).wrapping_sub(1))
    }

    /// When there is something to say next.
    pub fn deadline(&self) -> Option<Instant> {
        self.0.iter().filter(|told| told.left > 0).map(|told| told.at).min()
    }
}

impl Stack {
    /// Tells, or will tell when the link is there, that a group is joined.
    pub(in crate::stack) fn report_group_v6(&mut self, iface: IfRef, group: Ipv6Addr) {
        self.report_change(iface, group, Ipv6Addr::UNSPECIFIED);
    }

    /// Tells that a group is left.
    pub(in crate::stack::v6) fn report_left_v6(&mut self, iface: IfRef, group: Ipv6Addr) {
        self.report_change(iface, group, group);
    }

    fn report_change(&mut self, iface: IfRef, group: Ipv6Addr, gone: Ipv6Addr) {
        if !iface.is_up() || !is_reported(iface, group) {
            return;
        }
        if let Some(told) = self.v6.reports.of(iface) {
            if !gone.is_unspecified() {
                told.gone = gone;
            }
            told.left = ROBUSTNESS;
            told.kind = Record::CHANGE_TO_EXCLUDE;
            told.at = Instant::ZERO;
        }
        self.effects.deadline(Instant::ZERO);
    }

    /// Tells every group again: the interface has come up.
    pub(in crate::stack::v6) fn report_all_v6(&mut self, iface: IfRef) {
        if let Some(group) = iface.ipv6_groups().find(|&group| is_reported(iface, group)) {
            self.report_group_v6(iface, group);
        }
    }

    /// The interface has gone down.
    pub(in crate::stack::v6) fn report_none_v6(&mut self, iface: IfRef) {
        if let Some(told) = self.v6.reports.of(iface) {
            told.left = 0;
            told.gone = Ipv6Addr::UNSPECIFIED;
        }
    }

    /// Takes a query, ICMP header first, of whichever version (RFC 9777, 6.2): it is answered with all groups.
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
        let (group, within) = with_message(pkt, |bytes| {
            let query = Query::parse(bytes)?;
            Ok((query.group, query.max_response))
        })?;
        if !group.is_unspecified() && !iface.is_ipv6_group_joined(group) {
            return Err(DropReason::MldNotForUs);
        }
        let at = env.now() + random_below(env, Duration::from_millis(within.into()));
        if let Some(told) = self.v6.reports.of(iface)
            // What is to be told earlier tells this router too.
            && (told.left == 0 || told.at > at)
        {
            if told.left == 0 {
                told.left = 1;
                told.kind = Record::MODE_IS_EXCLUDE;
            }
            told.at = at;
            self.effects.deadline(at);
        }
        Ok(())
    }

    /// Sends the reports that are due.
    pub(in crate::stack::v6) fn report_timers(&mut self, env: &dyn Env) {
        for index in 1..=IF_MAX as u8 {
            let Some(iface) = self.ifaces.get(index) else { continue };
            let Some(told) = self.v6.reports.of(iface) else { continue };
            if told.left == 0 || told.at > env.now() {
                continue;
            }
            told.left -= 1;
            told.at = env.now() + random_below(env, INTERVAL);
            let (kind, gone) = (told.kind, told.gone);
            if told.left == 0 {
                told.gone = Ipv6Addr::UNSPECIFIED;
            }
            self.report_state_v6(env, iface, kind, gone);
        }
    }

    /// Tells all groups of a link, and one that was left.
    fn report_state_v6(&mut self, env: &dyn Env, iface: IfRef, kind: u8, gone: Ipv6Addr) {
        let mut records = [[0; Record::LEN]; GROUPS + 1];
        let mut count = 0;
        let mut tell = |kind, group| {
            if is_reported(iface, group)
                && let Some(record) = records.get_mut(count)
            {
                Record { kind, sources: 0, group }.emit(record);
                count += 1;
            }
        };
        iface.ipv6_groups().for_each(|group| tell(kind, group));
        if !gone.is_unspecified() && !iface.is_ipv6_group_joined(gone) {
            tell(Record::CHANGE_TO_INCLUDE, gone);
        }
        let records = records.get(..count).unwrap_or(&[]).as_flattened();
        let mut head = [0; HEADER_LEN];
        emit_report_v2(count as u16, &mut head);
        let len = HEADER_LEN + records.len();
        let Some(mut pkt) = self.pools().alloc_tx(HEADROOM + 8, len, NO_WAIT) else {
            return self.count(DropReason::NoBuffer);
        };
        let whole = pkt.append(&head) + pkt.append(records) == len;
        self.send_mld(env, iface, MLD_ROUTERS, pkt, whole);
    }
}
