// SPDX-License-Identifier: Apache-2.0
//! From whom a context wants what is sent to a group (RFC 3678), and what that makes of the interface's
//! filter (RFC 9776, 3.2; RFC 3810, 4.2).
//!
//! Called by: `capi::socket::group_options`, `stack::{igmp, rx_v4, v6}`. Calls: `ip::groups`.

use super::{Membership, Memberships};
use crate::base::{Error, IpAddr, Result, list};
use crate::config;
use crate::iface::IfRef;
use crate::ip::groups;
use crate::stack::{Env, Stack};
use crate::transport::ContextId;
use crate::transport::demux::Flow;

/// Senders a filter can name.
const SOURCES: usize = {
    let (v4, v6) =
        (config::NET_IF_MCAST_IPV4_SOURCE_COUNT, config::ZNET_IF_MCAST_IPV6_SOURCE_COUNT);
    if v4 > v6 { v4 } else { v6 }
};

/// From whom.
pub(super) type Filter = groups::Filter<IpAddr, SOURCES>;

/// What changes about a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceChange {
    /// It is wanted, besides others that were named so; the first joins the group.
    Join,
    /// It is not wanted any more; the last leaves the group.
    Leave,
    /// It is not wanted, though everybody else is.
    Block,
    /// It is wanted again.
    Unblock,
}

impl Memberships {
    /// The filter of an interface's group: of the contexts that are in it, and when there are more
    /// `users` than those, of `others` too.
    pub(in crate::stack) fn merged<A: Copy + PartialEq, const S: usize>(
        &self,
        iface: u8,
        group: IpAddr,
        users: u16,
        others: groups::Filter<A, S>,
        of_family: impl Fn(IpAddr) -> Option<A>,
    ) -> groups::Filter<A, S> {
        let mut merged = groups::Filter::NONE;
        let mut known = 0;
        for member in self.list.iter().filter(|m| m.iface == iface && m.group == group) {
            known += 1;
            let Filter { include, sources } = &member.filter;
            let sources = list::gather(sources.iter().filter_map(|source| of_family(*source)));
            merged.widen(&groups::Filter { include: *include, sources });
        }
        if users > known {
            merged.widen(&others);
        }
        merged
    }

    /// Whether a context wants what came to a group from this sender. One that is not in the group is
    /// not asked: it is bound to the port, and the interface takes the packet.
    pub(in crate::stack) fn accept(&self, context: ContextId, flow: &Flow) -> bool {
        let found = self.list.iter().find(|m| m.is(context, flow.iface, flow.local.addr));
        found.is_none_or(|member| member.filter.passes(&flow.remote.addr))
    }
}

impl Stack {
    /// Changes whether a context wants what `source` sends to `group`.
    ///
    /// # Errors
    /// [`Error::NoProtoOpt`] where senders are not told apart, [`Error::Inval`] for addresses that
    /// cannot be, or when the context names those wanted and not those unwanted, or the reverse;
    /// [`Error::AddrNotAvail`] when nothing would change, [`Error::NoDev`], [`Error::NoBufs`].
    pub fn udp_source(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        iface: Option<IfRef>,
        (group, source): (IpAddr, IpAddr),
        change: SourceChange,
    ) -> Result<()> {
        let most = match (group.v4(), source.v4()) {
            (Some(_), Some(_)) => config::NET_IF_MCAST_IPV4_SOURCE_COUNT,
            (None, None) => config::ZNET_IF_MCAST_IPV6_SOURCE_COUNT,
            _ => return Err(Error::Inval),
        };
        if most == 0 {
            return Err(Error::NoProtoOpt);
        }
        if source.is_multicast() || source.is_unspecified() {
            return Err(Error::Inval);
        }
        let iface = self.iface_of_group(id, iface, group)?;
        let index = iface.index();
        let at = self.memberships.list.iter().position(|m| m.is(id, index, group));
        let Some(member) = at.and_then(|at| self.memberships.list.get_mut(at)) else {
            return match change {
                SourceChange::Join => {
                    let mut new = Membership::new(id, index, group);
                    new.filter = Filter::NONE;
                    new.filter.sources.push(source).map_err(|_| Error::NoBufs)?;
                    self.add_membership(new, |stack| stack.join_any(env, iface, group))
                        .map(|()| self.refresh_filter(iface, group))
                }
                SourceChange::Leave => Err(Error::AddrNotAvail),
                SourceChange::Block | SourceChange::Unblock => Err(Error::Inval),
            };
        };
        if member.filter.include != matches!(change, SourceChange::Join | SourceChange::Leave) {
            return Err(Error::Inval);
        }
        let sources = &mut member.filter.sources;
        let listed = sources.iter().position(|known| *known == source);
        match (change, listed) {
            (SourceChange::Join | SourceChange::Block, None) => {
                if sources.len() >= most {
                    return Err(Error::NoBufs);
                }
                sources.push(source).map_err(|_| Error::NoBufs)?;
            }
            (SourceChange::Leave | SourceChange::Unblock, Some(place)) => {
                list::take(sources, place);
                if change == SourceChange::Leave && sources.is_empty() {
                    at.into_iter().for_each(|at| self.leave(at));
                    return Ok(());
                }
            }
            _ => return Err(Error::AddrNotAvail),
        }
        self.refresh_filter(iface, group);
        Ok(())
    }

    /// The next context after `after` that wants what came to a group or to everybody.
    pub(in crate::stack) fn next_accepting(
        &self,
        flow: &Flow,
        after: Option<ContextId>,
    ) -> Option<ContextId> {
        let mut id = self.contexts.find_next(flow, after)?;
        while !self.memberships.accept(id, flow) {
            id = self.contexts.find_next(flow, Some(id))?;
        }
        Some(id)
    }

    fn join_any(&mut self, env: &dyn Env, iface: IfRef, group: IpAddr) -> Result<()> {
        match group {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(group) => {
                let _ = env;
                self.join_group(iface, group)
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(group) => {
                self.join_v6_group(env, iface, group).map(|_| ()).ok_or(Error::NoBufs)
            }
        }
    }

    /// Tells the routers of a group that somebody is in which senders are wanted now, if that is news.
    pub(super) fn refresh_filter(&mut self, iface: IfRef, group: IpAddr) {
        match group {
            #[cfg(CONFIG_NET_IPV4_IGMP)]
            IpAddr::V4(group) if iface.is_ipv4_group_joined(group) => {
                self.report_group(iface, group);
            }
            #[cfg(all(CONFIG_NET_IPV6, CONFIG_ZNET_IPV6_MLD_FULL))]
            IpAddr::V6(group) if iface.is_ipv6_group_joined(group) => {
                self.report_group_v6(iface, group);
            }
            _ => {}
        }
    }
}
