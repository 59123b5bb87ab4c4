// SPDX-License-Identifier: Apache-2.0
//! The global stack: the only one in a firmware, one of two in a benchmark.
//!
//! Everything in `capi` reaches it through [`current`]. [`Firmware`] is its platform: the port's
//! clock and entropy, and drivers and callbacks written in C.

use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};

#[cfg(CONFIG_NET_TCP)]
use super::hook::Hook;
use super::{queues::Queues, transmit};
use crate::base::{Instant, Result};
use crate::buf::{FIRST_POOLS, Home, Pkt, Pools};
use crate::config;
use crate::iface::{IfRef, NetIf};
use crate::os;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
#[cfg(CONFIG_ZNET_CONTEXTS)]
use crate::socket::FdTable;
use crate::stack::{Call, Core, Env, Event, Platform, Shared};

/// A stack with all that belongs to it in a firmware.
pub struct Instance {
    /// The stack behind its lock.
    pub core: Core,
    /// Descriptors.
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    pub fds: FdTable,
    /// Packets between drivers and stack.
    pub queues: Queues,
    /// Wakes the service thread: a deadline moved, or a queue without a thread has work.
    pub service: os::Semaphore,
    started: AtomicBool,
}

static SECOND_POOLS: Pools = Pools::new();
static PLATFORMS: [Firmware; 2] = [Firmware { index: 0 }, Firmware { index: 1 }];
/// All zero, unlike what names it: it takes no flash.
#[cfg(CONFIG_ZNET_PROFILE_TINY)]
static FIRST_STACK: Shared = Shared::new(Home::first());
#[cfg(CONFIG_ZNET_PROFILE_TINY)]
static SECOND_STACK: Shared = Shared::new(Home::new(&SECOND_POOLS));

static FIRST: Instance = Instance::new(Core::new(
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    Shared::new(Home::first()),
    #[cfg(CONFIG_ZNET_PROFILE_TINY)]
    &FIRST_STACK,
    &FIRST_POOLS,
    &PLATFORMS[0],
));
static SECOND: Instance = Instance::new(Core::new(
    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    Shared::new(Home::new(&SECOND_POOLS)),
    #[cfg(CONFIG_ZNET_PROFILE_TINY)]
    &SECOND_STACK,
    &SECOND_POOLS,
    &PLATFORMS[1],
));

/// Both, to be chosen from by one load; an `if` would be asked again at each use.
static BOTH: [&Instance; 2] = [&FIRST, &SECOND];

/// Which instance C calls act on.
static SELECTED: AtomicU8 = AtomicU8::new(0);

const _: () = assert!(config::ZNET_INSTANCES <= 2, "at most two instances are built");

/// The instance that calls act on.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
pub fn current() -> &'static Instance {
    if config::ZNET_INSTANCES > 1 { by_index(SELECTED.load(Ordering::Relaxed)) } else { &FIRST }
}

/// The stack that calls act on.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
pub fn core() -> &'static Core {
    &current().core
}

/// The instance to which an interface belongs.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
pub fn of(iface: IfRef) -> &'static Instance {
    if config::ZNET_INSTANCES > 1 { by_index(iface.instance()) } else { &FIRST }
}

/// Which instance [`current`] names, from 0.
pub fn selected() -> u8 {
    if config::ZNET_INSTANCES > 1 { SELECTED.load(Ordering::Relaxed) } else { 0 }
}

/// The first instance.
pub(super) fn first() -> &'static Instance {
    &FIRST
}

/// The instance with this index: 0, or 1 for the second.
#[inline]
pub(super) fn by_index(index: u8) -> &'static Instance {
    if config::ZNET_INSTANCES <= 1 { &FIRST } else { BOTH[usize::from(index & 1)] }
}

/// Chooses the instance later calls act on: 0, or 1 where `CONFIG_ZNET_INSTANCES` is 2. For
/// programs that hold two hosts, such as the benchmarks; not for use while other threads call.
/// Returns 0, or -1 for an instance that does not exist.
#[unsafe(no_mangle)]
pub extern "C" fn znet_instance_select(index: u8) -> core::ffi::c_int {
    if usize::from(index) >= config::ZNET_INSTANCES.max(1) {
        return -1;
    }
    SELECTED.store(index, Ordering::Relaxed);
    0
}

/// Gives an interface to the instance `index` and starts that one. For programs that hold two hosts,
/// before the interface is taken up. Returns 0, or -1 for an instance that does not exist, or
/// has no room.
///
/// # Safety
/// `iface` is null or an interface that lives as long as the program.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_instance_adopt(iface: *mut NetIf, index: u8) -> core::ffi::c_int {
    // SAFETY: the caller's promise.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return -1 };
    if usize::from(index) >= config::ZNET_INSTANCES.max(1) {
        return -1;
    }
    of(iface).core.with(|stack, _| stack.ifaces.remove(iface));
    iface.set_instance(index);
    let new = of(iface);
    let added = new.core.with(|stack, _| stack.ifaces.add(iface));
    if added.is_ok() && new.start().is_ok() { 0 } else { -1 }
}

impl Instance {
    const fn new(core: Core) -> Self {
        Instance {
            core,
            #[cfg(CONFIG_ZNET_CONTEXTS)]
            fds: FdTable::new(),
            queues: Queues::new(),
            service: os::Semaphore::new(0, 1),
            started: AtomicBool::new(false),
        }
    }

    /// Draws the stack's secrets and starts the threads. Once; later calls do nothing.
    pub fn start(&'static self) -> Result<()> {
        if self.started.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        self.core.with(|stack, env| stack.start(env));
        self.queues.start(self)
    }

    /// One turn of the service thread: timers, and packets for which there is no thread. Returns
    /// when it wants to run next; `None` when nothing is due.
    pub(super) fn serve(&'static self) -> Option<Instant> {
        self.queues.drain(self);
        #[cfg(CONFIG_NET_TCP)]
        WATCHER.get().inspect(|watch| watch(self));
        #[cfg(CONFIG_NET_MGMT_EVENT_DIRECT)]
        super::net_mgmt::serve();
        #[cfg(CONFIG_NET_IPV4_ACD)]
        super::ipv4_acd::serve(self);
        #[cfg(CONFIG_NET_PKT_TIMESTAMP)]
        super::net_if_timestamp::drain();
        self.core.with(|stack, env| {
            stack.timers(env);
            stack.deadline()
        })
    }
}

/// Who is asked in each turn of the service thread whether there is something to tell. A pointer, so
/// that programs without `net_context` do not link it. Used by the linker: else the compiler notes that
/// there is but one value, and calls it where it was set.
#[cfg(CONFIG_NET_TCP)]
#[used]
static WATCHER: Hook<fn(&'static Instance)> = Hook::new();

/// Has `watch` asked from now on.
#[cfg(CONFIG_NET_TCP)]
pub(super) fn set_watcher(watch: fn(&'static Instance)) {
    // SAFETY: a function pointer.
    unsafe { WATCHER.set(watch) };
}

/// The platform of a firmware's stack.
pub struct Firmware {
    index: u8,
}

impl Firmware {
    fn instance(&self) -> &'static Instance {
        by_index(self.index)
    }
}

impl Env for Firmware {
    fn now(&self) -> Instant {
        os::clock::now()
    }

    fn random(&self, out: &mut [u8]) -> Result<()> {
        os::entropy::fill(out)
    }
}

impl Platform for Firmware {
    #[inline]
    fn transmit(&self, iface: IfRef, pkt: Pkt) -> Result<()> {
        self.instance().queues.send(self.instance(), iface, pkt)
    }

    fn call(&self, call: Call, pkt: Pkt) {
        transmit::call(call, pkt);
    }

    fn event(&self, event: Event) {
        transmit::event(self.instance(), event);
    }

    fn deadline(&self, _at: Instant) {
        self.instance().service.give();
    }
}
