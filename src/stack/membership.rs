// SPDX-License-Identifier: Apache-2.0
//! Which context joined which multicast group, so that closing it leaves what it joined.
//!
//! Called by: `capi::socket_options`, `stack::udp`. Calls: the interface's group table.

#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
mod sources;

use heapless::Vec;

#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
pub use sources::SourceChange;

#[cfg(all(CONFIG_NET_IPV4, not(CONFIG_NET_IPV4_IGMP)))]
use super::Event;
use super::Stack;
#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
#[cfg(CONFIG_NET_IPV6)]
use crate::base::Ipv6Addr;
use crate::base::{Error, IpAddr, Result, list};
use crate::config;
use crate::iface::{IF_MAX, IfRef};
use crate::transport::ContextId;

/// As many memberships as the interfaces have places for groups.
const MEMBERSHIPS: usize = {
    let groups = config::NET_IF_MCAST_IPV4_ADDR_COUNT + config::NET_IF_MCAST_IPV6_ADDR_COUNT;
    let places = groups * IF_MAX;
    if places == 0 { 1 } else { places }
};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Membership {
    context: ContextId,
    iface: u8,
    group: IpAddr,
    /// From whom.
    #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
    filter: sources::Filter,
}

impl Membership {
    /// From everybody.
    const fn new(context: ContextId, iface: u8, group: IpAddr) -> Self {
        Membership {
            context,
            iface,
            group,
            #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
            filter: sources::Filter::ALL,
        }
    }

    fn is(&self, context: ContextId, iface: u8, group: IpAddr) -> bool {
        self.context == context && self.iface == iface && self.group == group
    }
}

/// The memberships of all contexts of one stack.
pub struct Memberships {
    list: Vec<Membership, MEMBERSHIPS>,
    /// How one is given up. Comes with the first: a program that joins no group holds no code for it.
    leave: Option<fn(&mut Stack, ContextId)>,
}

impl Memberships {
    pub(super) const fn new() -> Self {
        Memberships { list: Vec::new(), leave: None }
    }

    /// Is nobody a member of anything?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Stack {
    /// Joins or leaves a multicast group on `iface`, or where packets to the group would go.
    ///
    /// # Errors
    /// [`Error::Inval`] for an address that is no group, [`Error::NoDev`] without an interface,
    /// [`Error::AddrInUse`] when the context is a member, [`Error::NoBufs`] without room,
    /// [`Error::AddrNotAvail`] when leaving a group the context is no member of.
    #[cfg(CONFIG_NET_IPV4)]
    pub fn udp_membership(
        &mut self,
        id: ContextId,
        iface: Option<IfRef>,
        group: Ipv4Addr,
        join: bool,
    ) -> Result<()> {
        let iface = self.iface_of_group(id, iface, IpAddr::V4(group))?;
        self.change_membership(id, iface, IpAddr::V4(group), join, |stack| {
            stack.join_group(iface, group)
        })
    }

    /// The same for a group of IPv6.
    ///
    /// # Errors
    /// As for [`udp_membership`](Self::udp_membership).
    #[cfg(CONFIG_NET_IPV6)]
    pub fn udp_membership_v6(
        &mut self,
        env: &dyn super::Env,
        id: ContextId,
        iface: Option<IfRef>,
        group: Ipv6Addr,
        join: bool,
    ) -> Result<()> {
        let iface = self.iface_of_group(id, iface, IpAddr::V6(group))?;
        self.change_membership(id, iface, IpAddr::V6(group), join, |stack| {
            stack.join_v6_group(env, iface, group).map(|_| ()).ok_or(Error::NoBufs)
        })
    }

    /// The interface on which a context's group is meant: the one named, or where packets to it go.
    fn iface_of_group(&self, id: ContextId, iface: Option<IfRef>, group: IpAddr) -> Result<IfRef> {
        let context = self.contexts.get(id)?;
        if !group.is_multicast() {
            return Err(Error::Inval);
        }
        if let Some(iface) = iface {
            return Ok(iface);
        }
        let (bound, own) = self.restrictions(context, group);
        let found = match group {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(group) => self.route_v4(bound, own, group).map(|route| route.iface),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(group) => {
                let _ = own;
                self.route_v6(bound, None, group).map(|route| route.iface)
            }
        };
        found.map_err(|_| Error::NoDev)
    }

    fn change_membership(
        &mut self,
        id: ContextId,
        iface: IfRef,
        group: IpAddr,
        join: bool,
        join_group: impl FnOnce(&mut Stack) -> Result<()>,
    ) -> Result<()> {
        let new = Membership::new(id, iface.index(), group);
        let at = self.memberships.list.iter().position(|m| m.is(id, iface.index(), group));
        match (join, at) {
            (true, Some(_)) => Err(Error::AddrInUse),
            (false, None) => Err(Error::AddrNotAvail),
            (true, None) => {
                self.add_membership(new, join_group)?;
                #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
                self.refresh_filter(iface, group);
                Ok(())
            }
            (false, Some(at)) => {
                self.leave(at);
                Ok(())
            }
        }
    }

    /// The membership comes first, so that what the interface is told of the group has its filter.
    fn add_membership(
        &mut self,
        new: Membership,
        join_group: impl FnOnce(&mut Stack) -> Result<()>,
    ) -> Result<()> {
        self.memberships.list.push(new).map_err(|_| Error::NoBufs)?;
        self.memberships.leave = Some(Stack::leave_all);
        join_group(self).inspect_err(|_| {
            self.memberships.list.pop();
        })
    }

    /// Leaves every group the context joined.
    pub(super) fn leave_groups(&mut self, id: ContextId) {
        if let Some(leave) = self.memberships.leave {
            leave(self, id);
        }
    }

    fn leave_all(&mut self, id: ContextId) {
        while let Some(at) = self.memberships.list.iter().position(|m| m.context == id) {
            self.leave(at);
        }
    }

    fn leave(&mut self, at: usize) {
        let gone = list::take(&mut self.memberships.list, at);
        let Some(Membership { iface: index, group, .. }) = gone else { return };
        let Some(iface) = self.ifaces.get(index) else { return };
        match group {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(group) => self.leave_group(iface, group),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(group) => {
                self.leave_v6_group(iface, group);
            }
        }
        #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
        self.refresh_filter(iface, group);
    }

    /// One more user of a group.
    #[cfg(CONFIG_NET_IPV4_IGMP)]
    fn join_group(&mut self, iface: IfRef, group: Ipv4Addr) -> Result<()> {
        let joined = self.ipv4_group_join(iface, group, super::igmp::Filter::ALL);
        joined.map(|_| ()).map_err(|_| Error::NoBufs)
    }

    /// One user of a group less; one that is not there has been taken away by the application.
    #[cfg(CONFIG_NET_IPV4_IGMP)]
    fn leave_group(&mut self, iface: IfRef, group: Ipv4Addr) {
        let _ = self.ipv4_group_leave(iface, group);
    }

    /// One more user of a group; with the first, monitors and the hardware's filter are told.
    #[cfg(all(CONFIG_NET_IPV4, not(CONFIG_NET_IPV4_IGMP)))]
    fn join_group(&mut self, iface: IfRef, group: Ipv4Addr) -> Result<()> {
        if iface.ipv4_group_join(group).ok_or(Error::NoBufs)? {
            let index = iface.index();
            self.effects.event(Event::Ipv4Group { iface: index, group, joined: true });
        }
        Ok(())
    }

    /// One user of a group less; with the last, monitors and the hardware's filter are told.
    #[cfg(all(CONFIG_NET_IPV4, not(CONFIG_NET_IPV4_IGMP)))]
    fn leave_group(&mut self, iface: IfRef, group: Ipv4Addr) {
        if iface.ipv4_group_leave(group) == Some(true) {
            let index = iface.index();
            self.effects.event(Event::Ipv4Group { iface: index, group, joined: false });
        }
    }
}
