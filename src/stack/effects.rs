// SPDX-License-Identifier: Apache-2.0
//! What a locked section leaves to be done after unlock: frames to transmit, callbacks to run,
//! sleepers to wake, events to tell.
//!
//! Called by: everything in `stack`. Carried out by: [`Core::with`](super::Core::with).

use heapless::Vec;

use super::platform::{Call, Event};
use crate::base::Instant;
use crate::buf::{Pkt, PktList};
use crate::iface::IfRef;

/// Wake-ups remembered one by one; a section that leaves more wakes everybody.
const WAKES: usize = 4;
/// Events kept between two settlements, so many that closing one socket can tell which groups it
/// left; more are counted as lost.
const EVENTS: usize = {
    let groups = crate::config::NET_IF_MCAST_IPV4_ADDR_COUNT;
    match cfg!(CONFIG_ZNET_PROFILE_TINY) {
        true => groups + super::platform::HEARD as usize,
        false if groups > 8 => groups,
        false => 8,
    }
};

/// Effect tag of a packet that goes to the driver of its interface.
const TAG_TRANSMIT: u8 = 0;
/// Effect tag of a packet for an ICMP handler.
const TAG_ICMP: u8 = 1;
/// Effect tag of a packet for a context's receive callback.
const TAG_CONTEXT: u8 = 2;

/// Effect tag of a packet to be freed.
const TAG_FREE: u8 = 3;
/// Effect tag of a packet that goes to the driver of its interface, from a section that read the clock.
const TAG_TRANSMIT_NOW: u8 = 4;

/// The effects of one locked section, in the order in which they were left.
///
/// Nearly every section leaves one: a frame to transmit, or a sleeper to wake. That one has a
/// place of its own, so that nothing else is touched for it.
pub struct Effects {
    /// How many were left.
    count: u32,
    /// The first, unless it was an event or a deadline.
    first: Option<One>,
    pkts: PktList,
    wakes: Vec<u16, WAKES>,
    wake_all: bool,
    events: Vec<Event, EVENTS>,
    events_lost: u32,
    deadline: Option<Instant>,
}

/// One effect. None has the number 0: no effects are zero, so that a stack at rest takes no flash.
#[repr(u8)]
pub(super) enum One {
    /// Wake those who wait on this context.
    Wake(u16) = 1,
    /// Do to the packet what its tag says.
    Packet(Pkt) = 2,
}

/// One packet with what is to be done with it.
pub enum PktEffect {
    /// Give it to the driver of its interface.
    Transmit(Pkt),
    /// The same, soon after the clock was read.
    TransmitNow(Pkt),
    /// Run a callback on it.
    Call(Call, Pkt),
    /// Give it up.
    Free(Pkt),
}

impl Effects {
    /// Nothing to do.
    pub const fn new() -> Self {
        Effects {
            count: 0,
            first: None,
            pkts: PktList::new(),
            wakes: Vec::new(),
            wake_all: false,
            events: Vec::new(),
            events_lost: 0,
            deadline: None,
        }
    }

    /// True when there is nothing to do.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes the effect when it is the only one.
    #[inline]
    pub(super) fn take_only(&mut self) -> Option<One> {
        if self.count != 1 {
            return None;
        }
        let only = self.first.take()?;
        self.count = 0;
        Some(only)
    }

    /// Takes the effects when they are two, and neither an event nor a deadline.
    pub(super) fn take_pair(&mut self) -> Option<(One, One)> {
        if self.count != 2 || self.first.is_none() {
            return None;
        }
        let second = match self.wakes.pop() {
            Some(index) => One::Wake(index),
            None => One::Packet(self.pkts.pop_front()?),
        };
        self.count = 0;
        Some((self.first.take()?, second))
    }

    /// Takes all that has gathered.
    #[inline]
    pub fn take(&mut self) -> Effects {
        core::mem::take(self)
    }

    /// Leaves a complete frame for the driver of `iface`.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn transmit(&mut self, iface: IfRef, mut pkt: Pkt) {
        pkt.set_iface(iface.as_ptr().cast());
        pkt.set_effect(TAG_TRANSMIT);
        self.leave(pkt);
    }

    /// The same in a section that read the clock: who receives the frame inside of the driver's `send` need
    /// not read it again.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn transmit_now(&mut self, iface: IfRef, mut pkt: Pkt) {
        let tells = cfg!(all(
            CONFIG_ZNET_PORT_POSIX,
            not(CONFIG_ZNET_PORT_SIM),
            // Those measure what the hold would hide.
            not(any(
                CONFIG_NET_PKT_RXTIME_STATS,
                CONFIG_NET_PKT_TXTIME_STATS,
                CONFIG_NET_PKT_ALLOC_STATS
            ))
        ));
        pkt.set_iface(iface.as_ptr().cast());
        pkt.set_effect(if tells { TAG_TRANSMIT_NOW } else { TAG_TRANSMIT });
        self.leave(pkt);
    }

    /// Leaves `pkt` to be freed.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn free(&mut self, mut pkt: Pkt) {
        pkt.set_effect(TAG_FREE);
        self.leave(pkt);
    }

    /// Leaves a callback to be run on `pkt`.
    pub fn call(&mut self, call: Call, mut pkt: Pkt) {
        match call {
            Call::Icmp { kind, code } => {
                pkt.set_effect(TAG_ICMP);
                pkt.set_effect_arg(u16::from_be_bytes([kind, code]) as usize);
            }
            Call::Context { handler } => {
                pkt.set_effect(TAG_CONTEXT);
                pkt.set_effect_arg(handler);
            }
        }
        self.leave(pkt);
    }

    /// There is no first effect yet, so there is none to drop, which the compiler can't know.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn put_first(&mut self, effect: One) {
        core::mem::forget(self.first.replace(effect));
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn leave(&mut self, pkt: Pkt) {
        self.count += 1;
        if self.count == 1 {
            self.put_first(One::Packet(pkt));
        } else {
            self.pkts.push_back(pkt);
        }
    }

    /// Leaves a wake-up for those who wait on context `index`.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn wake(&mut self, index: usize) {
        let known = |first: &One| matches!(first, One::Wake(known) if usize::from(*known) == index);
        self.count += 1;
        if self.count == 1 {
            self.put_first(One::Wake(index as u16));
        } else if !cfg!(CONFIG_ZNET_PROFILE_TINY) && self.first.as_ref().is_some_and(known) {
            // Who has several reasons to wake somebody may give each.
            self.count -= 1;
        } else if self.wakes.push(index as u16).is_err() {
            self.wake_all = true;
        }
    }

    /// Leaves an event to be told.
    pub fn event(&mut self, event: Event) {
        self.count += 1;
        if self.events.push(event).is_err() {
            self.events_lost += 1;
        }
    }

    /// Asks for the timers to be looked at again no later than `at`.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    pub fn deadline(&mut self, at: Instant) {
        self.count += 1;
        self.deadline = Some(self.deadline.map_or(at, |d| d.min(at)));
    }

    /// Takes the first effect.
    pub(super) fn take_first(&mut self) -> Option<One> {
        self.first.take()
    }

    /// The next packet to act on, behind the first effect.
    pub(super) fn pop(&mut self) -> Option<Pkt> {
        self.pkts.pop_front()
    }

    /// The contexts to wake; `None` when all are to be woken.
    pub(super) fn wakes(&self) -> Option<&[u16]> {
        if self.wake_all { None } else { Some(&self.wakes) }
    }

    /// The events to tell.
    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    /// How many events found no room.
    pub(super) fn events_lost(&self) -> u32 {
        self.events_lost
    }

    /// The earliest deadline asked for.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.deadline
    }
}

impl PktEffect {
    /// Is `pkt` to be given to its driver, and that is all?
    #[inline(always)]
    pub(super) fn is_transmit(pkt: &Pkt) -> bool {
        pkt.effect() == TAG_TRANSMIT
    }

    /// The same, soon after the clock was read?
    #[inline(always)]
    pub(super) fn is_transmit_now(pkt: &Pkt) -> bool {
        cfg!(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM)))
            && pkt.effect() == TAG_TRANSMIT_NOW
    }

    /// What the tag of `pkt` says.
    #[inline]
    pub(super) fn of(pkt: Pkt) -> PktEffect {
        let tag = pkt.effect();
        if tag == TAG_TRANSMIT {
            return PktEffect::Transmit(pkt);
        }
        if cfg!(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM))) && tag == TAG_TRANSMIT_NOW {
            return PktEffect::TransmitNow(pkt);
        }
        let arg = pkt.effect_arg();
        match tag {
            TAG_ICMP => {
                let [kind, code] = (arg as u16).to_be_bytes();
                PktEffect::Call(Call::Icmp { kind, code }, pkt)
            }
            TAG_CONTEXT => PktEffect::Call(Call::Context { handler: arg }, pkt),
            _ => PktEffect::Free(pkt),
        }
    }
}

impl Default for Effects {
    fn default() -> Self {
        Self::new()
    }
}
