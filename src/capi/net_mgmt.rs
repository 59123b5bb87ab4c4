// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_mgmt.h>`: events, told to callbacks, static handlers and those who wait.
//!
//! Called by: C, `capi` where something happens. Calls: listeners in C, without any lock of the
//! stack. Events are told one after the other in the order in which they were raised: by a thread of
//! their own, by the system's work queue, or by whoever raises them, as configured.
#![allow(clippy::missing_safety_doc)]

use core::cell::{Cell, UnsafeCell};
use core::ffi::{c_int, c_void};
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use super::list::{List, Node, walk};
use crate::base::{Error, Result};
use crate::buf::{Deadline, KTimeout};
use crate::iface::{IfRef, NetIf};
use crate::mgmt::event::{INFO_MAX, Queue, Record, hears, is_of_iface};
use crate::os::{IrqCell, Mutex, Semaphore, thread};

/// `net_mgmt_event_handler_t`.
type Handler = unsafe extern "C" fn(*mut Callback, u64, *mut NetIf);
/// `net_mgmt_event_static_handler_t`.
type StaticHandlerFn = unsafe extern "C" fn(u64, *mut NetIf, *mut c_void, usize, *mut c_void);

/// `struct net_mgmt_event_callback`.
#[repr(C)]
#[allow(missing_docs)]
pub struct Callback {
    pub node: Node,
    pub handler: Option<Handler>,
    #[cfg(CONFIG_NET_MGMT_EVENT_INFO)]
    pub info: *const c_void,
    #[cfg(CONFIG_NET_MGMT_EVENT_INFO)]
    pub info_length: usize,
    pub event_mask: u64,
}

/// `struct net_mgmt_event_static_handler`.
#[repr(C)]
#[allow(missing_docs)]
pub struct StaticHandler {
    pub event_mask: u64,
    pub handler: Option<StaticHandlerFn>,
    pub user_data: *mut c_void,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_mgmt.h":
    Callback = "struct net_mgmt_event_callback" {
        node, handler,
        #[cfg(CONFIG_NET_MGMT_EVENT_INFO)]
        info,
        #[cfg(CONFIG_NET_MGMT_EVENT_INFO)]
        info_length,
        event_mask,
    };
    StaticHandler = "struct net_mgmt_event_static_handler" { event_mask, handler, user_data };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/net_event.h":
    crate::mgmt::event::IF_DOWN => "NET_EVENT_IF_DOWN",
    crate::mgmt::event::IF_UP => "NET_EVENT_IF_UP",
    crate::mgmt::event::IF_ADMIN_DOWN => "NET_EVENT_IF_ADMIN_DOWN",
    crate::mgmt::event::IF_ADMIN_UP => "NET_EVENT_IF_ADMIN_UP",
    crate::mgmt::event::IPV4_ADDR_ADD => "NET_EVENT_IPV4_ADDR_ADD",
    crate::mgmt::event::IPV4_MCAST_LEAVE => "NET_EVENT_IPV4_MCAST_LEAVE",
    crate::mgmt::event::IPV4_ACD_CONFLICT => "NET_EVENT_IPV4_ACD_CONFLICT",
    crate::mgmt::event::HOSTNAME_CHANGED => "NET_EVENT_HOSTNAME_CHANGED",
    crate::mgmt::event::L4_CONNECTED => "NET_EVENT_L4_CONNECTED",
    crate::mgmt::event::L4_IPV6_DISCONNECTED => "NET_EVENT_L4_IPV6_DISCONNECTED",
}

static QUEUE: IrqCell<Queue> = IrqCell::new(Queue::new());
static CALLBACKS: List = List::new();
static WAITERS: List = List::new();
/// The program's static handlers: the first, and how many.
static STATIC: (AtomicPtr<StaticHandler>, AtomicUsize) =
    (AtomicPtr::new(ptr::null_mut()), AtomicUsize::new(0));
/// Held by whoever tells events.
static TELLING: Mutex<()> = Mutex::new(());
/// That thread, so that listeners may register and raise; null for nobody.
static TELLER: AtomicPtr<thread::Thread> = AtomicPtr::new(ptr::null_mut());

/// Someone who sleeps until an event comes; on the sleeper's stack.
#[repr(C)]
struct Sleeper {
    node: Node,
    mask: u64,
    only: *mut NetIf,
    woken: Semaphore,
    event: Cell<u64>,
    iface: Cell<*mut NetIf>,
    info_length: Cell<usize>,
}

/// What the last event that somebody waited for brought along.
struct Brought(UnsafeCell<[u8; INFO_MAX]>);

// SAFETY: written under the irq lock. Whoever reads it later, as the header says, may find what a
// later event brought.
unsafe impl Sync for Brought {}

static BROUGHT: Brought = Brought(UnsafeCell::new([0; INFO_MAX]));

/// Raises an event, also from an interrupt. False when nobody will be told: it was dropped for
/// want of room.
pub(super) fn raise(event: u64, iface: Option<IfRef>, info: &[u8]) -> bool {
    let kept = queue(event, iface, info);
    #[cfg(CONFIG_NET_CONNECTION_MANAGER)]
    if let Some(iface) = iface.filter(|_| crate::mgmt::event::is_of_connectivity(event)) {
        super::conn_mgr_monitor::changed(iface);
    }
    work();
    kept
}

/// The first half of [`raise`]; [`work`] is the second.
pub(super) fn queue(event: u64, iface: Option<IfRef>, info: &[u8]) -> bool {
    if nobody_listens() {
        return true;
    }
    let Some(record) = Record::new(event, iface, info) else { return false };
    QUEUE.with(|queue| queue.push(record))
}

/// Has events told that were queued.
pub(super) fn work() {
    if !nobody_listens() {
        worker::work();
    }
}

/// How many events were dropped for want of room.
pub fn dropped() -> u32 {
    QUEUE.with(|queue| queue.dropped())
}

fn nobody_listens() -> bool {
    // The connection manager does.
    !cfg!(CONFIG_NET_CONNECTION_MANAGER)
        && CALLBACKS.is_empty()
        && WAITERS.is_empty()
        && STATIC.1.load(Ordering::Relaxed) == 0
}

fn am_teller() -> bool {
    ptr::eq(TELLER.load(Ordering::Acquire), thread::current())
}

/// Tells all events that were raised.
fn tell_all() {
    // A listener that raises an event hears of it after it has returned.
    if am_teller() {
        return;
    }
    let _telling = TELLING.lock();
    TELLER.store(ptr::from_ref(thread::current()).cast_mut(), Ordering::Release);
    while let Some(record) = QUEUE.with(Queue::pop) {
        tell(&record);
    }
    TELLER.store(ptr::null_mut(), Ordering::Release);
}

fn tell(record: &Record) {
    let event = record.event;
    let iface = record.iface.map_or(ptr::null_mut(), IfRef::as_ptr);
    #[cfg(CONFIG_NET_CONNECTION_MANAGER)]
    if let Some(iface) = record.iface {
        super::conn_mgr_connectivity::hear(event, iface);
    }
    wake_waiters(record, iface);
    walk::<Callback>(&CALLBACKS, |callback| {
        // SAFETY: in the list, so valid: taking it out waits for us.
        unsafe {
            if !hears((*callback).event_mask, event) {
                return;
            }
            #[cfg(CONFIG_NET_MGMT_EVENT_INFO)]
            {
                let info = record.info();
                (*callback).info = if info.is_empty() { ptr::null() } else { info.as_ptr().cast() };
                (*callback).info_length = info.len();
            }
            if let Some(handler) = (*callback).handler {
                handler(callback, event, iface);
            }
        }
    });
    let (first, count) = (STATIC.0.load(Ordering::Acquire), STATIC.1.load(Ordering::Acquire));
    for index in 0..count {
        // SAFETY: the bounds of the program's list.
        let entry = unsafe { &*first.add(index) };
        if let Some(handler) = entry.handler
            && hears(entry.event_mask, event)
        {
            let info = record.info();
            let at =
                if info.is_empty() { ptr::null_mut() } else { info.as_ptr().cast_mut().cast() };
            // SAFETY: the program's function; it gets what it registered for.
            unsafe { handler(event, iface, at, info.len(), entry.user_data) };
        }
    }
}

fn wake_waiters(record: &Record, iface: *mut NetIf) {
    let is_for = |node: *mut Node| {
        // SAFETY: in the list and under the irq lock: whoever sleeps can't be gone.
        let waiter = unsafe { &*node.cast::<Sleeper>() };
        hears(waiter.mask, record.event) && (waiter.only.is_null() || waiter.only == iface)
    };
    while let Some(node) = WAITERS.take(is_for) {
        // SAFETY: we took it out, and the sleeper stays until its semaphore is given.
        let waiter = unsafe { &*node.cast::<Sleeper>() };
        waiter.event.set(record.event);
        waiter.iface.set(iface);
        let info = record.info();
        waiter.info_length.set(info.len());
        // SAFETY: an event brings no more than there is room for; written under the irq lock.
        crate::os::irq::free(|| unsafe {
            ptr::copy_nonoverlapping(info.as_ptr(), BROUGHT.0.get().cast(), info.len());
        });
        waiter.woken.give();
    }
}

/// Sleeps until an event of `mask` comes, of interface `only` unless that is null.
fn wait(mask: u64, only: *mut NetIf, deadline: Deadline) -> Result<(u64, *mut NetIf, usize)> {
    let waiter = Sleeper {
        node: Node::new(),
        mask,
        only,
        woken: Semaphore::new(0, 1),
        event: Cell::new(0),
        iface: Cell::new(ptr::null_mut()),
        info_length: Cell::new(0),
    };
    let node = ptr::from_ref(&waiter).cast_mut().cast::<Node>();
    // SAFETY: it is taken out below, by us or by who gives the semaphore, before it goes.
    unsafe { WAITERS.prepend(node) };
    if !waiter.woken.take(deadline) {
        // SAFETY: compared before it is read.
        if unsafe { WAITERS.remove(node) } {
            return Err(Error::TimedOut);
        }
        // Somebody took it out this moment and is about to give the semaphore.
        waiter.woken.take(None);
    }
    Ok((waiter.event.get(), waiter.iface.get(), waiter.info_length.get()))
}

/// Registers a callback.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_mgmt_add_event_callback(cb: *mut Callback) {
    if cb.is_null() {
        return;
    }
    // Registered twice it is there once.
    // SAFETY: the application's, valid until it is taken out.
    unsafe {
        CALLBACKS.remove(cb.cast());
        CALLBACKS.prepend(cb.cast());
    }
}

/// Takes a callback out. Unless a listener calls this, it has run for the last time on return.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_mgmt_del_event_callback(cb: *mut Callback) {
    // SAFETY: compared before it is read.
    if unsafe { CALLBACKS.remove(cb.cast()) } && !am_teller() {
        drop(TELLING.lock());
    }
}

/// Raises an event that brings `length` bytes at `info` along.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_mgmt_event_notify_with_info(
    mgmt_event: u64,
    iface: *mut NetIf,
    info: *const c_void,
    length: usize,
) {
    let info = match cfg!(CONFIG_NET_MGMT_EVENT_INFO)
        && !info.is_null()
        && (0..=INFO_MAX).contains(&length)
    {
        // SAFETY: the caller's bytes.
        true => unsafe { core::slice::from_raw_parts(info.cast::<u8>(), length) },
        false if cfg!(CONFIG_NET_MGMT_EVENT_INFO) && length > INFO_MAX => return,
        false => &[],
    };
    // SAFETY: an interface, or null.
    raise(mgmt_event, unsafe { IfRef::from_raw(iface) }, info);
}

/// # Safety
/// The places are null or writable.
unsafe fn answer(
    found: Result<(u64, *mut NetIf, usize)>,
    raised_event: *mut u64,
    iface: *mut *mut NetIf,
    info: *mut *const c_void,
    info_length: *mut usize,
) -> c_int {
    let (event, on, len) = match found {
        Ok(found) => found,
        Err(error) => return -error.errno(),
    };
    // SAFETY: the caller's promise.
    unsafe {
        if !raised_event.is_null() {
            raised_event.write(event);
        }
        if !iface.is_null() && is_of_iface(event) {
            iface.write(on);
        }
        if !info.is_null() {
            info.write(if len == 0 { ptr::null() } else { BROUGHT.0.get().cast_const().cast() });
            if !info_length.is_null() {
                info_length.write(len);
            }
        }
    }
    0
}

/// Sleeps until an event comes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_mgmt_event_wait(
    mgmt_event_mask: u64,
    raised_event: *mut u64,
    iface: *mut *mut NetIf,
    info: *mut *const c_void,
    info_length: *mut usize,
    timeout: KTimeout,
) -> c_int {
    let found = wait(mgmt_event_mask, ptr::null_mut(), timeout.deadline());
    // SAFETY: the caller's places.
    unsafe { answer(found, raised_event, iface, info, info_length) }
}

/// Sleeps until an event of an interface comes; `-EINVAL` for events that are of none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_mgmt_event_wait_on_iface(
    iface: *mut NetIf,
    mgmt_event_mask: u64,
    raised_event: *mut u64,
    info: *mut *const c_void,
    info_length: *mut usize,
    timeout: KTimeout,
) -> c_int {
    if iface.is_null() || !is_of_iface(mgmt_event_mask) {
        return -Error::Inval.errno();
    }
    let found = wait(mgmt_event_mask, iface, timeout.deadline());
    // SAFETY: the caller's places.
    unsafe { answer(found, raised_event, ptr::null_mut(), info, info_length) }
}

/// Gets ready to tell events. The stack's start calls it; again does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn net_mgmt_event_init() {
    worker::start();
}

/// Tells where the program's static handlers are.
///
/// # Safety
/// The bounds of one array that lives as long as the program, or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_mgmt_handlers(
    first: *const StaticHandler,
    end: *const StaticHandler,
) {
    // SAFETY: the caller's promise.
    let count = if first.is_null() { 0 } else { unsafe { end.offset_from(first) } };
    STATIC.0.store(first.cast_mut(), Ordering::Release);
    STATIC.1.store(usize::try_from(count).unwrap_or(0), Ordering::Release);
}

/// A thread of their own.
#[cfg(CONFIG_NET_MGMT_EVENT_THREAD)]
mod worker {
    use core::sync::atomic::{AtomicBool, Ordering};

    use crate::config;
    #[cfg(not(target_has_atomic = "ptr"))]
    use crate::os::atomic::*;
    use crate::os::{Semaphore, thread};

    static READY: Semaphore = Semaphore::new(0, 1);
    static THREAD: thread::Thread = thread::Thread::new();
    static STACK: thread::Stack<{ config::NET_MGMT_EVENT_STACK_SIZE }> = thread::Stack::new();
    static STARTED: AtomicBool = AtomicBool::new(false);
    /// The least urgent of its kind: listeners give way to packets.
    const PRIORITY: i32 = match cfg!(CONFIG_NET_TC_THREAD_COOPERATIVE) {
        true => -1,
        false => config::NUM_PREEMPT_PRIORITIES as i32 - 1,
    };

    pub(super) fn work() {
        READY.give();
    }

    pub(super) fn start() {
        if !STARTED.swap(true, Ordering::AcqRel) {
            let _ = thread::spawn(&THREAD, &STACK, c"net_mgmt", PRIORITY, run, 0);
        }
    }

    fn run(_: usize) {
        loop {
            READY.take(None);
            super::tell_all();
        }
    }
}

/// The system's work queue.
#[cfg(CONFIG_NET_MGMT_EVENT_SYSTEM_WORKQUEUE)]
mod worker {
    use crate::kernel::{Work, submit_work};

    static WORK: Work = Work::new(Some(run), 0);

    extern "C" fn run(_: &Work) {
        super::tell_all();
    }

    pub(super) fn work() {
        submit_work(&WORK);
    }

    pub(super) fn start() {}
}

/// Whoever raises an event tells it; from an interrupt the service thread does.
#[cfg(CONFIG_NET_MGMT_EVENT_DIRECT)]
mod worker {
    use crate::os::irq;

    pub(super) fn work() {
        if irq::in_isr() {
            super::super::instance::first().service.give();
        } else {
            super::tell_all();
        }
    }

    pub(super) fn start() {}
}

/// Tells what an interrupt raised.
#[cfg(CONFIG_NET_MGMT_EVENT_DIRECT)]
pub(super) fn serve() {
    tell_all();
}
