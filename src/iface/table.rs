// SPDX-License-Identifier: Apache-2.0
//! [`IfTable`]: the interfaces of one stack.

#[cfg(CONFIG_NET_IPV4)]
use core::net::Ipv4Addr;

use super::changes;
use super::ifref::IfRef;
use super::kinds::L2Kind;
use crate::base::{Error, Result};
use crate::config;

/// Interfaces one stack can have.
pub const IF_MAX: usize = config::ZNET_IF_MAX_COUNT;

/// The interfaces of one stack, by index. An interface keeps its index until it is removed.
#[derive(Debug)]
pub struct IfTable {
    slots: [Option<IfRef>; IF_MAX],
    /// Slots from here on have never been used; walks end here.
    end: usize,
    default: Option<IfRef>,
}

impl IfTable {
    /// An empty table.
    pub const fn new() -> Self {
        IfTable { slots: [None; IF_MAX], end: 0, default: None }
    }

    /// Registers an interface and returns its index, from 1. `NoMem` when the table is full,
    /// `Already` when the interface is in it.
    pub fn add(&mut self, iface: IfRef) -> Result<u8> {
        if self.slots.contains(&Some(iface)) {
            return Err(Error::Already);
        }
        let free = self.slots.iter().position(Option::is_none).ok_or(Error::NoMem)?;
        let index = u8::try_from(free + 1).map_err(|_| Error::NoMem)?;
        self.slots[free] = Some(iface);
        self.end = self.end.max(free + 1);
        iface.set_index(index);
        changes::note();
        Ok(index)
    }

    /// Takes an interface out; false when it is not in the table.
    pub fn remove(&mut self, iface: IfRef) -> bool {
        let Some(slot) = self.slots.iter_mut().find(|s| **s == Some(iface)) else {
            return false;
        };
        *slot = None;
        if self.default == Some(iface) {
            self.default = None;
        }
        iface.set_index(0);
        changes::note();
        true
    }

    /// The interface with this index, from 1.
    #[inline]
    pub fn get(&self, index: u8) -> Option<IfRef> {
        *self.slots.get(usize::from(index).checked_sub(1)?)?
    }

    /// The interfaces in the order of their indices.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = IfRef> + '_ {
        let end = if IF_MAX == 1 { 1 } else { self.end };
        self.slots.get(..end).unwrap_or(&self.slots).iter().flatten().copied()
    }

    /// Number of interfaces.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes `iface` the default interface, or leaves the choice to the configuration again.
    pub fn set_default(&mut self, iface: Option<IfRef>) {
        self.default = iface;
        changes::note();
    }

    /// The default interface: the one set, else the first of the kind Kconfig names
    /// (`NET_DEFAULT_IF_*`), else the first of all.
    pub fn default_iface(&self) -> Option<IfRef> {
        let configured = if cfg!(CONFIG_NET_DEFAULT_IF_UP) {
            self.iter().find(|i| i.is_up())
        } else if cfg!(CONFIG_NET_DEFAULT_IF_ETHERNET) {
            self.first_of_kind(L2Kind::Ethernet)
        } else if cfg!(CONFIG_NET_DEFAULT_IF_DUMMY) {
            self.first_of_kind(L2Kind::Dummy)
        } else {
            None
        };
        self.default.or(configured).or_else(|| self.iter().next())
    }

    /// The first interface driven by this link layer.
    pub fn first_of_kind(&self, kind: L2Kind) -> Option<IfRef> {
        self.iter().find(|i| i.l2_kind() == kind)
    }

    /// The interface with this link address.
    pub fn by_link_addr(&self, addr: &[u8]) -> Option<IfRef> {
        self.iter().find(|i| i.link_addr().as_bytes() == addr)
    }

    /// The interface with this name.
    pub fn by_name(&self, name: &[u8]) -> Option<IfRef> {
        let mut buf = [0; 64];
        self.iter().find(|i| !name.is_empty() && i.name(&mut buf) == name)
    }
}

#[cfg(CONFIG_NET_IPV4)]
impl IfTable {
    /// The interface that owns `addr`.
    #[inline]
    pub fn owner_of_ipv4(&self, addr: Ipv4Addr) -> Option<IfRef> {
        self.iter().find(|i| i.has_ipv4_addr(addr))
    }
}

#[cfg(CONFIG_NET_IPV6)]
impl IfTable {
    /// The interface that owns `addr`.
    pub fn owner_of_ipv6(&self, addr: core::net::Ipv6Addr) -> Option<IfRef> {
        self.iter().find(|i| i.has_ipv6_addr(addr))
    }
}

impl Default for IfTable {
    fn default() -> Self {
        Self::new()
    }
}
