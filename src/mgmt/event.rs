// SPDX-License-Identifier: Apache-2.0
//! Event numbers, and the queue between those who raise events and the one who tells them.
//!
//! Called by: `capi::net_mgmt`. A number has 64 bits, as `<zephyr/net/net_mgmt.h>` says: one bit for each
//! event of a layer code, and in between event, interface, layer, synchronous and the layer code. All but
//! the seventeenth event and those after it fit into the lower half, where they lay before v4.2: a handler
//! that was written for 32 bits still knows them (ADR 0024).

use heapless::Deque;

use crate::config;
use crate::iface::{IF_MAX, IfRef};

/// The number is that of an event.
const EVENT_BIT: u64 = 1 << 31;
/// It concerns an interface.
const IFACE_BIT: u64 = 1 << 30;
const LAYER_SHIFT: u32 = 28;
const CODE_SHIFT: u32 = 16;
/// Layer and layer code.
const FAMILY_MASK: u64 = 0b11 << LAYER_SHIFT | 0x7ff << CODE_SHIFT;
/// Events of one code: sixteen, and 32 more.
const COMMAND_MASK: u64 = 0xffff_ffff_0000_ffff;

/// The bit of the event that comes `n`th in its code.
const fn nth(n: u32) -> u64 {
    1 << if n < CODE_SHIFT { n } else { n + 16 }
}

/// The base number of the interface events of `code` in `layer`.
const fn base(layer: u64, code: u64) -> u64 {
    EVENT_BIT | IFACE_BIT | layer << LAYER_SHIFT | code << CODE_SHIFT
}

const IF: u64 = base(1, 0x01);
const CONN: u64 = base(1, 0x02);
const IPV4: u64 = base(2, 0x03);
const IPV6: u64 = base(2, 0x04);
const L4: u64 = base(3, 0x05);
const ETHERNET: u64 = base(1, 0x06);

/// `NET_EVENT_IF_DOWN`.
pub const IF_DOWN: u64 = IF | nth(0);
/// `NET_EVENT_IF_UP`.
pub const IF_UP: u64 = IF | nth(1);
/// `NET_EVENT_IF_ADMIN_DOWN`.
pub const IF_ADMIN_DOWN: u64 = IF | nth(2);
/// `NET_EVENT_IF_ADMIN_UP`.
pub const IF_ADMIN_UP: u64 = IF | nth(3);
/// `NET_EVENT_IPV4_ADDR_ADD`.
pub const IPV4_ADDR_ADD: u64 = IPV4 | nth(0);
/// `NET_EVENT_IPV4_ADDR_DEL`.
pub const IPV4_ADDR_DEL: u64 = IPV4 | nth(1);
/// `NET_EVENT_IPV4_MADDR_ADD`.
pub const IPV4_MADDR_ADD: u64 = IPV4 | nth(2);
/// `NET_EVENT_IPV4_MADDR_DEL`.
pub const IPV4_MADDR_DEL: u64 = IPV4 | nth(3);
/// `NET_EVENT_IPV4_ROUTER_ADD`.
pub const IPV4_ROUTER_ADD: u64 = IPV4 | nth(4);
/// `NET_EVENT_IPV4_ROUTER_DEL`.
pub const IPV4_ROUTER_DEL: u64 = IPV4 | nth(5);
/// `NET_EVENT_IPV4_PMTU_CHANGED`.
pub const IPV4_PMTU_CHANGED: u64 = IPV4 | nth(14);
/// `NET_EVENT_IPV4_MCAST_JOIN`.
pub const IPV4_MCAST_JOIN: u64 = IPV4 | nth(9);
/// `NET_EVENT_IPV4_MCAST_LEAVE`.
pub const IPV4_MCAST_LEAVE: u64 = IPV4 | nth(10);
/// `NET_EVENT_IPV4_ACD_SUCCEED`.
pub const IPV4_ACD_SUCCEED: u64 = IPV4 | nth(11);
/// `NET_EVENT_IPV4_ACD_FAILED`.
pub const IPV4_ACD_FAILED: u64 = IPV4 | nth(12);
/// `NET_EVENT_IPV4_ACD_CONFLICT`.
pub const IPV4_ACD_CONFLICT: u64 = IPV4 | nth(13);
/// `NET_EVENT_IPV6_ADDR_ADD`.
pub const IPV6_ADDR_ADD: u64 = IPV6 | nth(0);
/// `NET_EVENT_IPV6_ADDR_DEL`.
pub const IPV6_ADDR_DEL: u64 = IPV6 | nth(1);
/// `NET_EVENT_IPV6_MADDR_ADD`.
pub const IPV6_MADDR_ADD: u64 = IPV6 | nth(2);
/// `NET_EVENT_IPV6_MADDR_DEL`.
pub const IPV6_MADDR_DEL: u64 = IPV6 | nth(3);
/// `NET_EVENT_IPV6_PREFIX_ADD`.
pub const IPV6_PREFIX_ADD: u64 = IPV6 | nth(4);
/// `NET_EVENT_IPV6_PREFIX_DEL`.
pub const IPV6_PREFIX_DEL: u64 = IPV6 | nth(5);
/// `NET_EVENT_IPV6_MCAST_JOIN`.
pub const IPV6_MCAST_JOIN: u64 = IPV6 | nth(6);
/// `NET_EVENT_IPV6_MCAST_LEAVE`.
pub const IPV6_MCAST_LEAVE: u64 = IPV6 | nth(7);
/// `NET_EVENT_IPV6_ROUTER_ADD`.
pub const IPV6_ROUTER_ADD: u64 = IPV6 | nth(8);
/// `NET_EVENT_IPV6_ROUTER_DEL`.
pub const IPV6_ROUTER_DEL: u64 = IPV6 | nth(9);
/// `NET_EVENT_IPV6_PMTU_CHANGED`.
pub const IPV6_PMTU_CHANGED: u64 = IPV6 | nth(24);
/// `NET_EVENT_IPV6_ROUTE_ADD`.
pub const IPV6_ROUTE_ADD: u64 = IPV6 | nth(10);
/// `NET_EVENT_IPV6_ROUTE_DEL`.
pub const IPV6_ROUTE_DEL: u64 = IPV6 | nth(11);
/// `NET_EVENT_IPV6_DAD_SUCCEED`.
pub const IPV6_DAD_SUCCEED: u64 = IPV6 | nth(12);
/// `NET_EVENT_IPV6_DAD_FAILED`.
pub const IPV6_DAD_FAILED: u64 = IPV6 | nth(13);
/// `NET_EVENT_IPV6_ADDR_DEPRECATED`.
pub const IPV6_ADDR_DEPRECATED: u64 = IPV6 | nth(19);
/// `NET_EVENT_IPV6_NBR_ADD`.
pub const IPV6_NBR_ADD: u64 = IPV6 | nth(14);
/// `NET_EVENT_IPV6_NBR_DEL`.
pub const IPV6_NBR_DEL: u64 = IPV6 | nth(15);
/// `NET_EVENT_IPV6_PE_ENABLED`.
pub const IPV6_PE_ENABLED: u64 = IPV6 | nth(20);
/// `NET_EVENT_IPV6_PE_DISABLED`.
pub const IPV6_PE_DISABLED: u64 = IPV6 | nth(21);
/// `NET_EVENT_IPV6_PE_FILTER_ADD`.
pub const IPV6_PE_FILTER_ADD: u64 = IPV6 | nth(22);
/// `NET_EVENT_IPV6_PE_FILTER_DEL`.
pub const IPV6_PE_FILTER_DEL: u64 = IPV6 | nth(23);
/// `NET_EVENT_ETHERNET_CARRIER_ON`.
pub const ETHERNET_CARRIER_ON: u64 = ETHERNET | nth(0);
/// `NET_EVENT_ETHERNET_CARRIER_OFF`.
pub const ETHERNET_CARRIER_OFF: u64 = ETHERNET | nth(1);
/// `NET_EVENT_CONN_IF_TIMEOUT`.
pub const CONN_IF_TIMEOUT: u64 = CONN | nth(0);
/// `NET_EVENT_CONN_IF_FATAL_ERROR`.
pub const CONN_IF_FATAL_ERROR: u64 = CONN | nth(1);
/// `NET_EVENT_L4_CONNECTED`.
pub const L4_CONNECTED: u64 = L4 | nth(0);
/// `NET_EVENT_L4_DISCONNECTED`.
pub const L4_DISCONNECTED: u64 = L4 | nth(1);
/// `NET_EVENT_L4_IPV4_CONNECTED`.
pub const L4_IPV4_CONNECTED: u64 = L4 | nth(2);
/// `NET_EVENT_L4_IPV4_DISCONNECTED`.
pub const L4_IPV4_DISCONNECTED: u64 = L4 | nth(3);
/// `NET_EVENT_L4_IPV6_CONNECTED`.
pub const L4_IPV6_CONNECTED: u64 = L4 | nth(4);
/// `NET_EVENT_L4_IPV6_DISCONNECTED`.
pub const L4_IPV6_DISCONNECTED: u64 = L4 | nth(5);
/// `NET_EVENT_HOSTNAME_CHANGED`.
pub const HOSTNAME_CHANGED: u64 = L4 | nth(8);

/// Whether a listener with `mask` hears `event`: layer and layer code are equal, and one of the
/// listener's events is it. A mask without events hears all of its code.
#[inline]
pub const fn hears(mask: u64, event: u64) -> bool {
    let wanted = mask & COMMAND_MASK;
    let raised = event & COMMAND_MASK;
    (mask ^ event) & FAMILY_MASK == 0 && (wanted == 0 || raised == 0 || wanted & raised != 0)
}

/// True when `event` concerns an interface.
pub const fn is_of_iface(event: u64) -> bool {
    event & IFACE_BIT != 0
}

/// True when `event` may change whether an interface is connected: its state, or an address.
#[cfg(CONFIG_NET_CONNECTION_MANAGER)]
pub const fn is_of_connectivity(event: u64) -> bool {
    let code = event & !COMMAND_MASK;
    code == IF || code == IPV4 || code == IPV6
}

/// Most bytes an event brings along: the largest of the stack's own, a host name.
pub const INFO_MAX: usize = {
    let hostname = config::NET_HOSTNAME_MAX_LEN + 1;
    match cfg!(CONFIG_NET_MGMT_EVENT_INFO) {
        false => 0,
        true if hostname > 64 => hostname,
        true => 64,
    }
};

/// Events kept while the listeners are busy.
const QUEUED: usize =
    if config::NET_MGMT_EVENT_QUEUE_SIZE == 0 { 1 } else { config::NET_MGMT_EVENT_QUEUE_SIZE };

/// An event on its way to the listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub event: u64,
    /// The interface it concerns.
    pub iface: Option<IfRef>,
    info: [u8; INFO_MAX],
    len: u8,
}

impl Record {
    /// An event that brings `info` along, which is left out where events bring nothing; `None`
    /// when it is longer than [`INFO_MAX`].
    pub fn new(event: u64, iface: Option<IfRef>, info: &[u8]) -> Option<Record> {
        let mut record = Record { event, iface, info: [0; INFO_MAX], len: 0 };
        if INFO_MAX != 0 {
            record.info.get_mut(..info.len())?.copy_from_slice(info);
            record.len = info.len() as u8;
        }
        Some(record)
    }

    /// What it brings along.
    pub fn info(&self) -> &[u8] {
        self.info.get(..usize::from(self.len)).unwrap_or(&[])
    }
}

/// States an interface goes in and out of: the base of their events, how many, and the place of
/// the first in [`Queue::states`]. Neighbouring bits are each other's contrary.
const STATES: [(u64, u32, u32); 2] = [(IF, 4, 0), (L4, 6, 4)];

/// Events in the order in which they were raised.
///
/// When more come than it holds, the changes of an interface's state are remembered as a set, so
/// that a listener who slept is still told how things ended; all others are dropped and counted.
#[derive(Debug)]
pub struct Queue {
    events: Deque<Record, QUEUED>,
    /// For each interface the states to be told when `events` is empty.
    states: [(Option<IfRef>, u16); IF_MAX],
    dropped: u32,
}

impl Queue {
    /// An empty queue.
    pub const fn new() -> Self {
        Queue { events: Deque::new(), states: [(None, 0); IF_MAX], dropped: 0 }
    }

    /// Takes an event; false when it was dropped.
    pub fn push(&mut self, record: Record) -> bool {
        let state = state_of(&record);
        let overtaken = state
            .and_then(|(iface, _)| self.states.get(place(iface)))
            .is_some_and(|&(_, states)| states != 0);
        if !overtaken && self.events.push_back(record).is_ok() {
            return true;
        }
        match state.and_then(|(iface, bit)| Some((iface, bit, self.states.get_mut(place(iface))?)))
        {
            Some((iface, bit, kept)) => {
                // A state takes its contrary's place.
                *kept = (Some(iface), kept.1 & !(1 << (bit ^ 1)) | 1 << bit);
                true
            }
            None => {
                self.dropped = self.dropped.wrapping_add(1);
                false
            }
        }
    }

    /// The next event to tell.
    pub fn pop(&mut self) -> Option<Record> {
        if let Some(record) = self.events.pop_front() {
            return Some(record);
        }
        let (iface, states) = self.states.iter_mut().find(|(_, states)| *states != 0)?;
        let bit = states.trailing_zeros();
        *states &= *states - 1;
        let &(base, _, first) = STATES.iter().rev().find(|(_, _, first)| bit >= *first)?;
        Record::new(base | 1 << (bit - first), *iface, &[])
    }

    /// Events that found no room.
    pub const fn dropped(&self) -> u32 {
        self.dropped
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self::new()
    }
}

fn place(iface: IfRef) -> usize {
    usize::from(iface.index()).wrapping_sub(1)
}

/// The interface and the bit in [`Queue::states`] when the event is a change of state.
fn state_of(record: &Record) -> Option<(IfRef, u32)> {
    let command = record.event & COMMAND_MASK;
    let (_, count, first) =
        STATES.iter().find(|(base, ..)| record.event & !COMMAND_MASK == *base)?;
    let bit = command.trailing_zeros();
    (command.is_power_of_two() && bit < *count && record.info().is_empty())
        .then_some((record.iface?, first + bit))
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::iface::IfBuilder;

    fn record(event: u64, iface: Option<IfRef>) -> Record {
        Record::new(event, iface, &[]).unwrap()
    }

    #[test]
    fn a_mask_names_events_of_one_code() {
        assert!(hears(IF_UP | IF_DOWN, IF_UP));
        assert!(!hears(IF_UP | IF_DOWN, IF_ADMIN_UP));
        assert!(!hears(IPV4_ADDR_ADD, IF_DOWN), "the same bit of another code");
        assert!(hears(IF, IF_ADMIN_DOWN), "no bit is every bit");
        assert!(is_of_iface(IF_UP) && !is_of_iface(EVENT_BIT | IF_UP & COMMAND_MASK));
    }

    #[test]
    fn early_events_fit_into_32_bits_and_no_two_are_equal() {
        let early = [IF_ADMIN_UP, IPV4_PMTU_CHANGED, IPV6_NBR_DEL, L4_CONNECTED, HOSTNAME_CHANGED];
        assert!(early.iter().all(|event| u32::try_from(*event).is_ok()));
        assert!(hears(IPV6_PE_ENABLED | IPV6_PMTU_CHANGED, IPV6_PMTU_CHANGED));
        assert!(!hears(IPV6_PE_ENABLED, IPV6_PMTU_CHANGED));
        // The last of the first half, the first of the second.
        assert_eq!((nth(15), nth(16), nth(47)), (1 << 15, 1 << 32, 1 << 63));
        assert_eq!((0..48).fold(0, |all, n| all | nth(n)), COMMAND_MASK);
        assert_eq!((EVENT_BIT | IFACE_BIT | FAMILY_MASK) & COMMAND_MASK, 0);
    }

    #[test]
    fn states_outlast_a_full_queue_and_keep_their_order() {
        let iface = IfBuilder::dummy().build();
        let mut table = crate::iface::IfTable::new();
        table.add(iface).unwrap();
        let mut queue = Queue::new();
        for _ in 0..QUEUED {
            assert!(queue.push(record(IPV4_ADDR_ADD, Some(iface))));
        }
        assert!(!queue.push(record(IPV4_ADDR_DEL, Some(iface))));
        assert_eq!(queue.dropped(), 1);
        for event in [IF_UP, IF_DOWN, IF_ADMIN_UP, IF_UP, IF_DOWN] {
            assert!(queue.push(record(event, Some(iface))));
        }
        queue.pop();
        assert!(queue.push(record(IF_UP, Some(iface))), "there is room, but not before its elders");
        let mut told = std::vec::Vec::new();
        while let Some(record) = queue.pop() {
            if record.event & FAMILY_MASK == IF & FAMILY_MASK {
                told.push((record.event, record.iface));
            }
        }
        assert_eq!(told, [(IF_UP, Some(iface)), (IF_ADMIN_UP, Some(iface))]);
        assert!(queue.push(record(IF_DOWN, Some(iface))));
        assert_eq!(queue.pop().map(|r| r.event), Some(IF_DOWN));
        assert_eq!(queue.pop(), None);
    }

    #[test]
    fn an_event_brings_its_information_or_is_refused() {
        if INFO_MAX == 0 {
            return;
        }
        assert_eq!(Record::new(IPV4_ADDR_ADD, None, &[1, 2]).unwrap().info(), [1, 2]);
        assert_eq!(Record::new(IPV4_ADDR_ADD, None, &[0; INFO_MAX + 1]), None);
    }
}
