// SPDX-License-Identifier: Apache-2.0
//! Which context joined which multicast group, so that closing it leaves what it joined.
//!
//! Called by: `capi::socket_options`, `stack::udp`. Calls: the interface's group table.

use heapless::Vec;

#[cfg(not(CONFIG_NET_IPV4_IGMP))]
use super::Event;
use super::Stack;
use crate::base::{Error, IpAddr, Ipv4Addr, Result};
use crate::config;
use crate::iface::{IF_MAX, IfRef};
use crate::transport::ContextId;

/// As many memberships as the interfaces have places for groups.
const MEMBERSHIPS: usize = {
    let places = config::NET_IF_MCAST_IPV4_ADDR_COUNT * IF_MAX;
    if places == 0 { 1 } else { places }
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Membership {
    context: ContextId,
    iface: u8,
    group: Ipv4Addr,
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
        let new = Membership { context: id, iface: iface.index(), group };
        let at = self.memberships.list.iter().position(|m| *m == new);
        match (join, at) {
            (true, Some(_)) => Err(Error::AddrInUse),
            (false, None) => Err(Error::AddrNotAvail),
            (true, None) => {
                if self.memberships.list.is_full() {
                    return Err(Error::NoBufs);
                }
                self.join_group(iface, group)?;
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
        if let Some(iface) = self.ifaces.get(index) {
            self.leave_group(iface, group);
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
    #[cfg(not(CONFIG_NET_IPV4_IGMP))]
    fn join_group(&mut self, iface: IfRef, group: Ipv4Addr) -> Result<()> {
        if iface.ipv4_group_join(group).ok_or(Error::NoBufs)? {
            let index = iface.index();
            self.effects.event(Event::Ipv4Group { iface: index, group, joined: true });
        }
        Ok(())
    }

    /// One user of a group less; with the last, monitors and the hardware's filter are told.
    #[cfg(not(CONFIG_NET_IPV4_IGMP))]
    fn leave_group(&mut self, iface: IfRef, group: Ipv4Addr) {
        if iface.ipv4_group_leave(group) == Some(true) {
            let index = iface.index();
            self.effects.event(Event::Ipv4Group { iface: index, group, joined: false });
        }
    }
}
