// SPDX-License-Identifier: Apache-2.0
//! The multicast routing table: by which interfaces packets to a group go on.
//!
//! Called by: `stack::v6::forward_group`. The table is filled by hand, or by whoever speaks a routing protocol.

use heapless::Vec;

use super::scope::{is_in, network};
use crate::base::Ipv6Addr;
use crate::config;

/// Entries of the table.
pub const MCAST_ROUTES: usize =
    if config::NET_MAX_MCAST_ROUTES == 0 { 1 } else { config::NET_MAX_MCAST_ROUTES };
/// Interfaces of one entry.
pub const MCAST_IFACES: usize =
    if config::NET_MCAST_ROUTE_MAX_IFACES == 0 { 1 } else { config::NET_MCAST_ROUTE_MAX_IFACES };

/// Where packets to some groups go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct McastRoute {
    /// The groups: those that begin like this.
    pub group: Ipv6Addr,
    /// So many bits long.
    pub len: u8,
    /// The interfaces by index.
    pub ifaces: Vec<u8, MCAST_IFACES>,
}

impl McastRoute {
    fn is_for(&self, group: Ipv6Addr, len: u8) -> bool {
        self.group == group && self.len == len
    }
}

/// The table. An entry keeps its slot as long as it lives.
pub struct McastRoutes {
    slots: [Option<McastRoute>; MCAST_ROUTES],
}

impl McastRoutes {
    /// No entries.
    pub const fn new() -> Self {
        McastRoutes { slots: [const { None }; MCAST_ROUTES] }
    }

    /// The entry for these groups, if there is one.
    pub fn exact(&self, group: Ipv6Addr, len: u8) -> Option<&McastRoute> {
        let group = network(group, len);
        self.slots.iter().flatten().find(|r| r.is_for(group, len))
    }

    /// The entry in a slot.
    pub fn get(&self, slot: usize) -> Option<&McastRoute> {
        self.slots.get(slot)?.as_ref()
    }

    /// Adds an interface to the entry for these groups, which is made if there is none. Returns its slot; `None` without
    /// room.
    pub fn add(&mut self, iface: u8, group: Ipv6Addr, len: u8) -> Option<usize> {
        let group = network(group, len);
        let same = |slot: &Option<McastRoute>| slot.as_ref().is_some_and(|r| r.is_for(group, len));
        if let Some(slot) = self.slots.iter().position(same) {
            return self.add_iface(slot, iface).then_some(slot);
        }
        let slot = self.slots.iter().position(Option::is_none)?;
        let ifaces = Vec::from_slice(&[iface]).ok()?;
        *self.slots.get_mut(slot)? = Some(McastRoute { group, len, ifaces });
        Some(slot)
    }

    /// Adds an interface to an entry; false without room.
    pub fn add_iface(&mut self, slot: usize, iface: u8) -> bool {
        let Some(Some(route)) = self.slots.get_mut(slot) else { return false };
        route.ifaces.contains(&iface) || route.ifaces.push(iface).is_ok()
    }

    /// Takes an interface out of an entry; false when it was not in it.
    pub fn remove_iface(&mut self, slot: usize, iface: u8) -> bool {
        let Some(Some(route)) = self.slots.get_mut(slot) else { return false };
        let before = route.ifaces.len();
        route.ifaces.retain(|i| *i != iface);
        before != route.ifaces.len()
    }

    /// Forgets an entry; false when there is none.
    pub fn remove(&mut self, slot: usize) -> bool {
        self.slots.get_mut(slot).is_some_and(|slot| slot.take().is_some())
    }

    /// The entry for a group whose prefix is the longest.
    pub fn find(&self, group: Ipv6Addr) -> Option<(usize, &McastRoute)> {
        let used = self.slots.iter().enumerate();
        used.filter_map(|(slot, route)| Some((slot, route.as_ref()?)))
            .filter(|(_, route)| is_in(group, route.group, route.len))
            .max_by_key(|(_, route)| route.len)
    }
}

impl Default for McastRoutes {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_wins() {
        let addr = |text: &str| text.parse::<Ipv6Addr>().unwrap();
        let mut table = McastRoutes::new();
        let wide = table.add(1, addr("ff05::"), 16).unwrap();
        assert_eq!(table.add(2, addr("ff05::9"), 16), (MCAST_IFACES > 1).then_some(wide));
        assert_eq!(
            table.find(addr("ff05::1")).map(|(slot, r)| (slot, r.ifaces[0])),
            Some((wide, 1))
        );
        assert_eq!(table.find(addr("ff08::1")), None);
        if let Some(narrow) = table.add(3, addr("ff05::1"), 128) {
            assert_eq!(table.find(addr("ff05::1")).map(|(slot, _)| slot), Some(narrow));
            assert!(table.remove(narrow) && !table.remove(narrow));
        }
        assert!(table.remove_iface(wide, 1) && !table.remove_iface(wide, 1));
        assert!(table.add_iface(wide, 4) && table.add_iface(wide, 4));
        assert!(!table.add_iface(MCAST_ROUTES, 1));
    }
}
