// SPDX-License-Identifier: Apache-2.0
//! `k_poll`: one wait in many queues. The nodes lie in the events, which C owns.

use core::cell::{Cell, UnsafeCell};
use core::ffi::{c_int, c_uint, c_void};

use crate::base::Error;
use crate::os::{Node, WaitQ, Waiter, irq};

use super::msgq::MsgQ;
use super::pipe::Pipe;
use super::queue::Queue;
use super::sem::Sem;
use super::time::{Timeout, TimeoutExt};
use super::wait::{Outcome, neg};

const TYPE_SIGNAL: u8 = 1 << 0;
const TYPE_SEM: u8 = 1 << 1;
const TYPE_QUEUE: u8 = 1 << 2;
const TYPE_MSGQ: u8 = 1 << 3;
const TYPE_PIPE: u8 = 1 << 4;

const STATE_SIGNALED: u8 = 1 << 0;
const STATE_SEM: u8 = 1 << 1;
const STATE_QUEUE: u8 = 1 << 2;
const STATE_CANCELLED: u8 = 1 << 3;
const STATE_MSGQ: u8 = 1 << 4;
const STATE_PIPE: u8 = 1 << 5;

/// The value with which a queue wakes those whose wait it calls off.
pub(super) const CANCELLED: usize = 1;

/// `struct k_poll_signal`.
#[repr(C)]
pub struct PollSignal {
    poll_q: WaitQ,
    signaled: Cell<c_uint>,
    result: Cell<c_int>,
}

/// `struct k_poll_event`.
#[repr(C)]
pub struct PollEvent {
    node: UnsafeCell<Node>,
    tag: u8,
    kind: u8,
    state: Cell<u8>,
    mode: u8,
    object: *mut c_void,
}

impl PollEvent {
    /// An event to ignore.
    pub const fn ignored() -> PollEvent {
        PollEvent {
            node: UnsafeCell::new(Node::new()),
            tag: 0,
            kind: 0,
            state: Cell::new(0),
            mode: 0,
            object: core::ptr::null_mut(),
        }
    }

    /// The queue of the object's pollers; `None` for an event to ignore.
    pub fn queue(&self) -> Option<&WaitQ> {
        // SAFETY: the type says what the object is; C's initialisers hold both together.
        unsafe {
            match self.kind {
                TYPE_SIGNAL => Some(&(*self.object.cast::<PollSignal>()).poll_q),
                TYPE_SEM => Some(&(*self.object.cast::<Sem>()).poll_q),
                TYPE_QUEUE => Some(&(*self.object.cast::<Queue>()).poll_q),
                TYPE_MSGQ => Some(&(*self.object.cast::<MsgQ>()).poll_q),
                TYPE_PIPE => Some(&(*self.object.cast::<Pipe>()).poll_q),
                _ => None,
            }
        }
    }

    /// The state in which the object is ready now, or 0.
    fn readiness(&self) -> u8 {
        // SAFETY: as in `queue`.
        let (ready, state) = unsafe {
            match self.kind {
                TYPE_SIGNAL => {
                    ((*self.object.cast::<PollSignal>()).signaled.get() != 0, STATE_SIGNALED)
                }
                TYPE_SEM => ((*self.object.cast::<Sem>()).count() > 0, STATE_SEM),
                TYPE_QUEUE => (!(*self.object.cast::<Queue>()).is_empty(), STATE_QUEUE),
                TYPE_MSGQ => ((*self.object.cast::<MsgQ>()).used() > 0, STATE_MSGQ),
                TYPE_PIPE => ((*self.object.cast::<Pipe>()).is_readable(), STATE_PIPE),
                _ => (false, 0),
            }
        };
        if ready { state } else { 0 }
    }

    fn add_state(&self, state: u8) {
        self.state.set(self.state.get() | state);
    }
}

impl PollEvent {
    /// Notes in each event what is ready; whether anything is.
    pub fn collect(events: &[PollEvent]) -> bool {
        irq::free(|| collect(events))
    }
}

/// Notes what is ready; whether anything is. Under the irq lock.
pub(super) fn collect(events: &[PollEvent]) -> bool {
    let mut any = false;
    for event in events {
        let state = event.readiness();
        event.add_state(state);
        any |= state != 0;
    }
    any
}

/// Puts `waiter` into the queue of every event. Under the irq lock.
///
/// # Safety
/// Waiter and events stay in place until the waiter is woken or has left.
pub(super) unsafe fn enlist(waiter: &Waiter, events: &[PollEvent]) {
    let Some(first) = events.first() else { return };
    for event in events {
        // SAFETY: as the caller promises. The nodes of C's events hold anything before they are
        // written here.
        unsafe {
            event.node.get().write(Node::new());
            waiter.add_at(first.node.get(), size_of::<PollEvent>(), event.queue());
        }
    }
}

/// Marks the event whose queue called the wait off. Whether there is one.
pub(super) fn mark_cancelled(events: &[PollEvent], source: *const WaitQ) -> bool {
    let cancelled = events.iter().find(|e| e.queue().is_some_and(|q| core::ptr::eq(q, source)));
    if let Some(event) = cancelled {
        event.add_state(STATE_CANCELLED);
    }
    cancelled.is_some()
}

/// Makes an event.
///
/// # Safety
/// `event` points to memory for one; `object` is what `kind` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_poll_event_init(
    event: *mut PollEvent,
    kind: u32,
    mode: c_int,
    object: *mut c_void,
) {
    let new = PollEvent {
        node: UnsafeCell::new(Node::new()),
        tag: 0,
        kind: kind as u8,
        state: Cell::new(0),
        mode: mode as u8,
        object,
    };
    // SAFETY: the caller's memory.
    unsafe { event.write(new) };
}

/// The events C handed over; `None` for bad arguments.
///
/// # Safety
/// `events` points to `count` events, or is null.
pub(super) unsafe fn slice<'a>(events: *const PollEvent, count: c_int) -> Option<&'a [PollEvent]> {
    let count = usize::try_from(count).ok()?;
    if events.is_null() {
        return (count == 0).then_some(&[]);
    }
    // SAFETY: the caller's promise.
    Some(unsafe { core::slice::from_raw_parts(events, count) })
}

/// Waits until one of the events is ready: 0, -EAGAIN, -EINTR, -EINVAL.
///
/// # Safety
/// `events` points to `count` events of live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_poll(events: *mut PollEvent, count: c_int, timeout: Timeout) -> c_int {
    // SAFETY: the caller's events.
    let Some(events) = (unsafe { slice(events, count) }) else { return neg(Error::Inval) };
    let deadline = timeout.deadline();
    loop {
        let waiter = Waiter::new();
        let ready = irq::free(|| {
            let ready = collect(events);
            if !ready && !timeout.is_no_wait() {
                waiter.for_current_thread();
                // SAFETY: the waiter is left below, whatever happens.
                unsafe { enlist(&waiter, events) };
            }
            ready
        });
        if ready {
            return 0;
        }
        if timeout.is_no_wait() {
            return neg(Error::Again);
        }
        match waiter.wait(deadline) {
            Outcome::Woken(CANCELLED) => {
                mark_cancelled(events, waiter.source());
                return neg(Error::Interrupted);
            }
            Outcome::Woken(_) => {}
            Outcome::Cancelled | Outcome::TimedOut => return neg(Error::Again),
        }
    }
}

/// Makes a signal that is not raised.
///
/// # Safety
/// `signal` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_poll_signal_init(signal: *mut PollSignal) {
    let new = PollSignal { poll_q: WaitQ::new(), signaled: Cell::new(0), result: Cell::new(0) };
    // SAFETY: the caller's memory.
    unsafe { signal.write(new) };
}

/// Takes the signal back.
#[unsafe(no_mangle)]
pub extern "C" fn k_poll_signal_reset(signal: &PollSignal) {
    irq::free(|| signal.signaled.set(0));
}

/// Tells whether the signal is raised, and with what result.
///
/// # Safety
/// Both pointers are valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_poll_signal_check(
    signal: &PollSignal,
    signaled: *mut c_uint,
    result: *mut c_int,
) {
    let (is_signaled, its_result) = irq::free(|| (signal.signaled.get(), signal.result.get()));
    // SAFETY: the caller's memory.
    unsafe {
        signaled.write(is_signaled);
        result.write(its_result);
    }
}

/// Raises the signal; returns 0.
#[unsafe(no_mangle)]
pub extern "C" fn k_poll_signal_raise(signal: &PollSignal, result: c_int) -> c_int {
    irq::free(|| {
        signal.result.set(result);
        signal.signaled.set(1);
        signal.poll_q.wake_all();
    });
    0
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/poll.h":
    PollSignal = "struct k_poll_signal" { poll_q, signaled, result };
    PollEvent = "struct k_poll_event" {
        node = "_node", tag, kind = "type", state, mode, object = "obj",
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/kernel.h":
    TYPE_SIGNAL => "K_POLL_TYPE_SIGNAL",
    TYPE_SEM => "K_POLL_TYPE_SEM_AVAILABLE",
    TYPE_QUEUE => "K_POLL_TYPE_DATA_AVAILABLE",
    TYPE_MSGQ => "K_POLL_TYPE_MSGQ_DATA_AVAILABLE",
    TYPE_PIPE => "K_POLL_TYPE_PIPE_DATA_AVAILABLE",
    STATE_SIGNALED => "K_POLL_STATE_SIGNALED",
    STATE_SEM => "K_POLL_STATE_SEM_AVAILABLE",
    STATE_QUEUE => "K_POLL_STATE_DATA_AVAILABLE",
    STATE_CANCELLED => "K_POLL_STATE_CANCELLED",
    STATE_MSGQ => "K_POLL_STATE_MSGQ_DATA_AVAILABLE",
    STATE_PIPE => "K_POLL_STATE_PIPE_DATA_AVAILABLE",
}
