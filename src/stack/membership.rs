// SPDX-License-Identifier: Apache-2.0
//! Which context joined which multicast group, so that closing it leaves what it joined.
//!
//! Called by: `capi::socket_options`, `stack::udp`. Calls: the interface's group table.

use heapless::Vec;

#[cfg(all(CONFIG_NET_IPV4, not(CONFIG_NET_IPV4_IGMP)))]
use super::Event;
use super::Stack;
#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
#[cfg(CONFIG_NET_IPV6)]
use crate::base::Ipv6Addr;
use crate::base::{Error, IpAddr, Result};
use crate::config;
use crate::iface::{IF_MAX, IfRef};
use crate::transport::ContextId;

/// As many memberships as the interfaces have places for groups.
const MEMBERSHIPS: usize = {
    let groups = config::NET_IF_MCAST_IPV4_ADDR_COUNT + config::NET_IF_MCAST_IPV6_ADDR_COUNT;
    let places = groups * IF_MAX;
    if places == 0 { 1 } else { places }
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Membership {
    context: ContextId,
    iface: u8,
    group: IpAddr,
}

/// The memberships of all contexts of one stack.
pub struct Memberships {
    list: Vec<Membership, MEMBERSHIPS>,
    /// How one is given up. Comes with the first: a program that joins no group holds no code for it.
    leave: Option<fn(&mut Stack, usize)>,
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
        let context = self.contexts.get(id)?;
        if !group.is_multicast() {
            return Err(Error::Inval);
        }
        let (bound, own) = self.restrictions(context, IpAddr::V4(group));
        let iface = match iface {
            Some(iface) => iface,
            None => self.route_v4(bound, own, group).map_err(|_| Error::NoDev)?.iface,
        };
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
        let context = self.contexts.get(id)?;
        if !group.is_multicast() {
            return Err(Error::Inval);
        }
        let (bound, _) = self.restrictions(context, IpAddr::V6(group));
        let iface = match iface {
            Some(iface) => iface,
            None => self.route_v6(bound, None, group).map_err(|_| Error::NoDev)?.iface,
        };
        self.change_membership(id, iface, IpAddr::V6(group), join, |stack| {
            stack.join_v6_group(env, iface, group).map(|_| ()).ok_or(Error::NoBufs)
        })
    }

    fn change_membership(
        &mut self,
        id: ContextId,
        iface: IfRef,
        group: IpAddr,
        join: bool,
        join_group: impl FnOnce(&mut Stack) -> Result<()>,
    ) -> Result<()> {
        let new = Membership { context: id, iface: iface.index(), group };
        let at = self.memberships.list.iter().position(|m| *m == new);
        match (join, at) {
            (true, Some(_)) => Err(Error::AddrInUse),
            (false, None) => Err(Error::AddrNotAvail),
            (true, None) => {
                if self.memberships.list.is_full() {
                    return Err(Error::NoBufs);
                }
                join_group(self)?;
                self.memberships.leave = Some(Stack::leave);
                self.memberships.list.push(new).map_err(|_| Error::NoBufs)
            }
            (false, Some(at)) => {
                self.leave(at);
                Ok(())
            }
        }
    }

    /// Leaves every group the context joined.
    pub(super) fn leave_groups(&mut self, id: ContextId) {
        let Some(leave) = self.memberships.leave else { return };
        while let Some(at) = self.memberships.list.iter().position(|m| m.context == id) {
            leave(self, at);
        }
    }

    fn leave(&mut self, at: usize) {
        let Membership { iface: index, group, .. } = self.memberships.list.swap_remove(at);
        let Some(iface) = self.ifaces.get(index) else { return };
        match group {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(group) => self.leave_group(iface, group),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(group) => {
                self.leave_v6_group(iface, group);
            }
        }
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
