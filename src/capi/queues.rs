// SPDX-License-Identifier: Apache-2.0
//! The queues between drivers and stack, one a traffic class, and the threads that empty them.
//!
//! Called by: drivers through `net_recv_data`, the stack through its platform. Calls: `Stack::rx`,
//! the driver's `send`.
//!
//! Without threads for a direction its packets are handled by the caller, one at a time: whoever
//! finds the queue busy leaves the packet to the one who is at work. So a driver that receives
//! while it sends (a loop-back, a wire in memory) does not nest, and a driver's `send` is never
//! entered twice at once.

use super::instance::Instance;
use super::transmit;
use super::turns::Turns;
use crate::base::{DropReason, Error, Result};
use crate::buf::{Pkt, PktList};
use crate::config;
use crate::iface::{IF_MAX, IfFlag, IfRef};
use crate::os::{self, IrqCell, LockClass, Semaphore, thread};
use crate::stack::tc::{self, class_of};
use crate::stack::{Env, Stack};

const RX_CLASSES: usize = config::NET_TC_RX_COUNT;
const TX_CLASSES: usize = config::NET_TC_TX_COUNT;

/// The service thread runs only where it has something to do.
const SERVICES: usize = if crate::stack::TIMERS
    || RX_CLASSES == 0
    || cfg!(any(CONFIG_NET_MGMT_EVENT_DIRECT, CONFIG_NET_PKT_TIMESTAMP))
{
    1
} else {
    0
};

/// Packets on their way, and the thread's reason to wake.
pub(super) struct Class {
    list: IrqCell<PktList>,
    pub(super) ready: Semaphore,
}

impl Class {
    pub(super) const fn new() -> Self {
        Class {
            list: IrqCell::with_class(LockClass::Queue, PktList::new()),
            ready: Semaphore::new(0, 1),
        }
    }

    pub(super) fn push(&self, pkt: Pkt) {
        self.list.with(|list| list.push_back(pkt));
        self.ready.give();
    }

    pub(super) fn pop(&self) -> Option<Pkt> {
        self.list.with(PktList::pop_front)
    }
}

/// All queues of one instance.
pub struct Queues {
    rx: [Class; RX_CLASSES],
    tx: [Class; TX_CLASSES],
    inline_rx: Turns,
    drivers: [Turns; DRIVERS],
    turn: os::Mutex<()>,
}

/// Senders wait for each other. Less code than leaving packets to one another, and as good where a driver
/// that receives while it sends only fills a queue.
const ONE_BY_ONE: bool = cfg!(CONFIG_ZNET_PROFILE_TINY) && RX_CLASSES != 0;
const DRIVERS: usize = if ONE_BY_ONE { 0 } else { IF_MAX };

impl Queues {
    pub(super) const fn new() -> Self {
        Queues {
            rx: [const { Class::new() }; RX_CLASSES],
            tx: [const { Class::new() }; TX_CLASSES],
            inline_rx: Turns::new(),
            drivers: [const { Turns::new() }; DRIVERS],
            turn: os::Mutex::new(()),
        }
    }

    /// Takes a frame from a driver. From an interrupt it is only queued.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn receive(&self, instance: &Instance, iface: IfRef, mut pkt: Pkt) {
        pkt.set_iface(iface.as_ptr().cast());
        #[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
        pkt.stamp_create_time();
        if RX_CLASSES != 0 && !skips(&pkt, cfg!(CONFIG_NET_TC_RX_SKIP_FOR_HIGH_PRIO)) {
            if let Some(class) = self.rx.get(class_of(pkt.priority(), RX_CLASSES)) {
                class.push(pkt);
            }
            return;
        }
        if os::irq::in_isr() {
            self.inline_rx.post(pkt);
            instance.service.give();
            return;
        }
        let Some(pkt) = self.inline_rx.enter(pkt) else { return };
        up(instance, Some(iface), pkt, to_stack_here);
        while let Some(pkt) = self.inline_rx.next() {
            up_apart(instance, pkt);
        }
    }

    /// Gives a frame to the driver of `iface`, or to the transmit thread of its class.
    ///
    /// # Errors
    /// The driver's; a frame left to somebody else counts as sent.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn send(&self, instance: &Instance, iface: IfRef, pkt: Pkt) -> Result<()> {
        #[cfg(CONFIG_NET_PKT_FILTER)]
        if !super::net_pkt_filter::may_leave(&pkt) {
            instance.core.with(|stack, _| stack.discard(DropReason::Filtered, pkt));
            return Ok(());
        }
        #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
        let pkt = {
            let mut pkt = pkt;
            pkt.pass_station();
            pkt
        };
        if TX_CLASSES != 0 && !skips(&pkt, cfg!(CONFIG_NET_TC_TX_SKIP_FOR_HIGH_PRIO)) {
            if let Some(class) = self.tx.get(class_of(pkt.priority(), TX_CLASSES)) {
                class.push(pkt);
            }
            return Ok(());
        }
        self.to_driver(instance, iface, pkt)
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn to_driver(&self, instance: &Instance, iface: IfRef, pkt: Pkt) -> Result<()> {
        if iface.flag_is_set(IfFlag::NoTxLock) {
            return transmit::transmit(iface, pkt);
        }
        if ONE_BY_ONE {
            let _turn = self.turn.lock();
            return transmit::transmit(iface, pkt);
        }
        let index = usize::from(iface.index()).wrapping_sub(1);
        let driver = self.drivers.get(index).ok_or(Error::NoDev)?;
        let Some(pkt) = driver.enter(pkt) else { return Ok(()) };
        let sent = transmit::transmit(iface, pkt);
        while let Some(pkt) = driver.next() {
            if transmit::transmit(iface, pkt).is_err() {
                instance.core.with(|stack, _| stack.transmit_failed(iface));
            }
        }
        sent
    }

    /// Handles what interrupts left where there is no receive thread.
    pub(super) fn drain(&self, instance: &Instance) {
        if RX_CLASSES != 0 {
            return;
        }
        let mut next = self.inline_rx.resume();
        while let Some(pkt) = next {
            up_apart(instance, pkt);
            next = self.inline_rx.next();
        }
    }

    /// Starts the threads of both directions and the service thread.
    pub(super) fn start(&'static self, instance: &'static Instance) -> Result<()> {
        let which = usize::from(!core::ptr::eq(instance, super::instance::first()));
        let Some(threads) = THREADS.get(which) else { return Err(Error::NoDev) };
        let base = which * CLASSES_MAX;
        for (index, unit) in threads.rx.iter().enumerate() {
            let priority = thread_priority(RX_BASE, index);
            unit.spawn(c"rx_q", priority, rx_thread, base + index)?;
        }
        for (index, unit) in threads.tx.iter().enumerate() {
            let priority = thread_priority(TX_BASE, index);
            unit.spawn(c"tx_q", priority, tx_thread, base + index)?;
        }
        for unit in &threads.service {
            let priority = thread_priority(LEAST_URGENT, 0);
            unit.spawn(c"net_service", priority, service_thread, which)?;
        }
        Ok(())
    }
}

/// Whether a packet does not wait in a queue where urgent ones `may` pass it. From an interrupt none
/// does: what follows takes locks.
#[inline]
fn skips(pkt: &Pkt, may: bool) -> bool {
    may && pkt.priority() >= tc::CRITICAL && !os::irq::in_isr()
}

/// [`up`] of a packet that waited.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(never))]
fn up_apart(instance: &Instance, pkt: Pkt) {
    up(instance, IfRef::of(&pkt), pkt, to_stack);
}

/// Packets of every kind go up here, from any thread, `to_stack` as a rule. `iface` is the packet's.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
#[cfg_attr(not(CONFIG_NET_PKT_FILTER), allow(unused_mut))]
fn up(
    instance: &Instance,
    iface: Option<IfRef>,
    mut pkt: Pkt,
    to_stack: impl FnOnce(&Instance, Option<IfRef>, Pkt),
) {
    #[cfg(CONFIG_NET_PKT_FILTER)]
    if !super::net_pkt_filter::may_enter(&mut pkt) {
        return instance.core.with(|stack, _| stack.discard(DropReason::Filtered, pkt));
    }
    #[cfg(CONFIG_NET_STATISTICS)]
    crate::stack::statistics::received(&pkt);
    #[cfg(CONFIG_NET_PROMISCUOUS_MODE)]
    super::promiscuous::show(&pkt);
    #[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
    let timed = super::net_stats::RxTimed::begin(&pkt);
    if transmit::bypass(iface, &pkt) {
        transmit::foreign_input(instance, pkt);
    } else {
        to_stack(instance, iface, pkt);
    }
    #[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
    timed.end();
}

/// Gives a packet that `iface` received to the stack, which pulls headers off and cuts padding away.
#[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(never))]
#[cfg_attr(not(CONFIG_ZNET_PROFILE_FAST), inline)]
pub(super) fn to_stack(instance: &Instance, iface: Option<IfRef>, pkt: Pkt) {
    to_stack_by(instance, iface, pkt, Stack::rx);
}

/// The same, in place where speed counts: for the way that nearly all packets go.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
fn to_stack_here(instance: &Instance, iface: Option<IfRef>, pkt: Pkt) {
    if cfg!(CONFIG_ZNET_PROFILE_FAST) {
        to_stack_by(instance, iface, pkt, Stack::rx_here);
    } else {
        to_stack(instance, iface, pkt);
    }
}

#[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(always))]
fn to_stack_by(
    instance: &Instance,
    iface: Option<IfRef>,
    mut pkt: Pkt,
    rx: impl FnOnce(&mut Stack, &dyn Env, IfRef, Pkt),
) {
    if !pkt.is_plain() {
        match pkt.own_copy() {
            Some(copy) => pkt = copy,
            None => return instance.core.with(|stack, _| stack.discard(DropReason::NoBuffer, pkt)),
        }
    }
    // Where the stack is small nothing is kept that can be asked for again.
    let iface = |pkt: &Pkt| if cfg!(CONFIG_ZNET_PROFILE_TINY) { IfRef::of(pkt) } else { iface };
    instance.core.with_packet(|stack, env| match iface(&pkt) {
        Some(iface) => rx(stack, env, iface, pkt),
        None => stack.discard(DropReason::IfaceDown, pkt),
    });
}

const CLASSES_MAX: usize = 8;

/// Zephyr's rule: class 0 of `base`, the others more urgent, threads cooperative or preemptible by Kconfig.
fn thread_priority(base: usize, class: usize) -> i32 {
    let level = base.saturating_sub(class) as i32;
    if cfg!(CONFIG_NET_TC_THREAD_PREEMPTIVE) {
        level
    } else {
        level - config::NUM_COOP_PRIORITIES as i32
    }
}

/// Of threads that Kconfig gives no priority of their own: the least urgent there is.
const LEAST_URGENT: usize = config::NET_TC_NUM_PRIORITIES.saturating_sub(1);

/// Where the classes of a direction begin.
const fn base(custom: usize) -> usize {
    if cfg!(CONFIG_NET_TC_THREAD_PRIO_CUSTOM) { custom } else { LEAST_URGENT }
}

const RX_BASE: usize = base(config::NET_TC_RX_THREAD_BASE_PRIO);
const TX_BASE: usize = base(config::NET_TC_TX_THREAD_BASE_PRIO);

struct Unit<const STACK: usize> {
    thread: os::Thread,
    stack: thread::Stack<STACK>,
}

impl<const STACK: usize> Unit<STACK> {
    const fn new() -> Self {
        Unit { thread: os::Thread::new(), stack: thread::Stack::new() }
    }

    fn spawn(
        &'static self,
        name: &'static core::ffi::CStr,
        priority: i32,
        entry: fn(usize),
        argument: usize,
    ) -> Result<()> {
        thread::spawn(&self.thread, &self.stack, name, priority, entry, argument)
    }
}

struct Threads {
    rx: [Unit<{ config::NET_RX_STACK_SIZE }>; RX_CLASSES],
    tx: [Unit<{ config::NET_TX_STACK_SIZE }>; TX_CLASSES],
    service: [Unit<{ config::NET_RX_STACK_SIZE }>; SERVICES],
}

const INSTANCES: usize = if config::ZNET_INSTANCES > 1 { 2 } else { 1 };

static THREADS: [Threads; INSTANCES] = [const {
    Threads {
        rx: [const { Unit::new() }; RX_CLASSES],
        tx: [const { Unit::new() }; TX_CLASSES],
        service: [const { Unit::new() }; SERVICES],
    }
}; INSTANCES];

fn rx_thread(which: usize) {
    let instance = super::instance::by_index((which / CLASSES_MAX) as u8);
    let Some(class) = instance.queues.rx.get(which % CLASSES_MAX) else { return };
    loop {
        while let Some(pkt) = class.pop() {
            up_apart(instance, pkt);
        }
        class.ready.take(None);
    }
}

fn tx_thread(which: usize) {
    let instance = super::instance::by_index((which / CLASSES_MAX) as u8);
    let Some(class) = instance.queues.tx.get(which % CLASSES_MAX) else { return };
    loop {
        while let Some(pkt) = class.pop() {
            let Some(iface) = IfRef::of(&pkt) else { continue };
            if instance.queues.to_driver(instance, iface, pkt).is_err() {
                instance.core.with(|stack, _| stack.transmit_failed(iface));
            }
        }
        class.ready.take(None);
    }
}

fn service_thread(which: usize) {
    let instance = super::instance::by_index(which as u8);
    loop {
        let deadline = instance.serve();
        instance.service.take(deadline);
    }
}
