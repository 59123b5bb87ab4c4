// SPDX-License-Identifier: Apache-2.0
//! `k_mbox_*`: messages that sender and receiver exchange in person.

use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::pin::pin;
use core::ptr::{null, null_mut};

use crate::base::Error;
use crate::os::{Thread, WaitQ, WaitSet, irq, thread};

use super::sem::Sem;
use super::time::{Timeout, TimeoutExt};
use super::wait::{ENOMSG, neg};

/// `struct k_mbox_msg`.
#[repr(C)]
pub struct Message {
    size: Cell<usize>,
    info: Cell<u32>,
    tx_data: Cell<*mut c_void>,
    rx_source: Cell<*const Thread>,
    tx_target: Cell<*const Thread>,
    /// Whose message it is.
    owner: Cell<*const Thread>,
    async_sem: Cell<*const Sem>,
    /// The next in the box; of a received message, the sender's.
    next: Cell<*const Message>,
    /// Where its owner waits.
    done: WaitQ,
    state: Cell<u8>,
}

/// In the box.
const LISTED: u8 = 1;
/// Exchanged; the sender's data are not fetched yet.
const MATCHED: u8 = 2;
/// All done.
const DONE: u8 = 3;

type List = Cell<*const Message>;

/// `struct k_mbox`.
#[repr(C)]
pub struct Mailbox {
    senders: List,
    receivers: List,
}

impl Message {
    /// May `self`, of a sender, go to `receiver`?
    fn suits(&self, receiver: &Message) -> bool {
        let target = self.tx_target.get();
        let source = receiver.rx_source.get();
        (target.is_null() || core::ptr::eq(target, receiver.owner.get()))
            && (source.is_null() || core::ptr::eq(source, self.owner.get()))
    }

    /// Tells both what they got. Under the irq lock.
    fn exchange(&self, receiver: &Message) {
        let size = self.size.get().min(receiver.size.get());
        self.size.set(size);
        receiver.size.set(size);
        self.info.swap(&receiver.info);
        receiver.tx_data.set(self.tx_data.get());
        receiver.rx_source.set(self.owner.get());
        self.tx_target.set(receiver.owner.get());
        receiver.next.set(self);
        self.state.set(MATCHED);
        receiver.state.set(MATCHED);
    }

    /// The receiver has the data: lets the sender go. Under the irq lock.
    fn complete(&self) {
        self.state.set(DONE);
        // SAFETY: the semaphore given to `k_mbox_async_put`.
        if let Some(sem) = unsafe { self.async_sem.get().as_ref() } {
            sem.give();
        }
        self.done.wake_one();
    }

    /// Waits until the state is `state` or beyond, for as long as it takes unless the message is still
    /// in the box. Whether it came to that.
    fn wait_for(&self, list: &List, state: u8, timeout: Timeout) -> bool {
        let mut deadline = timeout.deadline();
        loop {
            let set = pin!(WaitSet::<1>::new());
            let reached = irq::free(|| {
                let reached = self.state.get() >= state;
                if !reached {
                    set.as_ref().add(&self.done);
                }
                reached
            });
            if reached {
                return true;
            }
            if set.as_ref().park(deadline) {
                continue;
            }
            let given_up = irq::free(|| {
                let listed = self.state.get() == LISTED;
                if listed {
                    unlist(list, self);
                }
                listed
            });
            if given_up {
                return false;
            }
            deadline = None;
        }
    }
}

/// Adds at the end. Under the irq lock.
fn enlist(list: &List, message: &Message) {
    message.state.set(LISTED);
    message.next.set(null());
    let mut link = list;
    // SAFETY: listed messages are alive.
    while let Some(at) = unsafe { link.get().as_ref() } {
        link = &at.next;
    }
    link.set(message);
}

/// Under the irq lock.
fn unlist(list: &List, message: &Message) {
    let mut link = list;
    // SAFETY: listed messages are alive.
    while let Some(at) = unsafe { link.get().as_ref() } {
        if core::ptr::eq(at, message) {
            link.set(at.next.get());
            return;
        }
        link = &at.next;
    }
}

/// Takes the first that fits out of the list. Under the irq lock.
fn take(list: &List, fits: impl Fn(&Message) -> bool) -> Option<&Message> {
    let mut link = list;
    // SAFETY: listed messages are alive.
    while let Some(at) = unsafe { link.get().as_ref() } {
        if fits(at) {
            link.set(at.next.get());
            return Some(at);
        }
        link = &at.next;
    }
    None
}

fn begin(message: &Message, sem: *const Sem) {
    message.owner.set(thread::current());
    message.async_sem.set(sem);
    message.state.set(0);
}

/// Gives `message` to a receiver that waits. Under the irq lock.
fn send(mbox: &Mailbox, message: &Message) -> bool {
    let Some(receiver) = take(&mbox.receivers, |receiver| message.suits(receiver)) else {
        return false;
    };
    message.exchange(receiver);
    receiver.done.wake_one();
    true
}

/// Makes an empty mailbox.
///
/// # Safety
/// `mbox` points to memory for one that nobody uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mbox_init(mbox: *mut Mailbox) {
    // SAFETY: the caller's memory.
    unsafe { mbox.write(Mailbox { senders: List::new(null()), receivers: List::new(null()) }) };
}

/// # Safety
/// `message` points to a message whose public members are set.
unsafe fn prepare<'a>(message: *mut Message, sem: *const Sem) -> &'a Message {
    // SAFETY: the caller's message; the queue in it may hold anything yet.
    let message = unsafe {
        (&raw mut (*message).done).write(WaitQ::new());
        &*message
    };
    begin(message, sem);
    message
}

/// Sends and waits for the receiver: 0, -ENOMSG without waiting, -EAGAIN when none came.
///
/// # Safety
/// `message` points to a message whose public members are set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mbox_put(
    mbox: &Mailbox,
    message: *mut Message,
    timeout: Timeout,
) -> c_int {
    // SAFETY: passed on.
    let message = unsafe { prepare(message, null()) };
    let listed = irq::free(|| {
        if send(mbox, message) {
            return true;
        }
        if !timeout.is_no_wait() {
            enlist(&mbox.senders, message);
        }
        !timeout.is_no_wait()
    });
    if !listed {
        return -ENOMSG;
    }
    if message.wait_for(&mbox.senders, DONE, timeout) { 0 } else { neg(Error::Again) }
}

/// Sends without waiting; `sem`, unless it is null, is given when the receiver has the data.
///
/// # Safety
/// `message` points to a message whose public members are set, and stays until then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mbox_async_put(mbox: &Mailbox, message: *mut Message, sem: *const Sem) {
    // SAFETY: passed on.
    let message = unsafe { prepare(message, sem) };
    irq::free(|| {
        if !send(mbox, message) {
            enlist(&mbox.senders, message);
        }
    });
}

/// Receives: 0, -ENOMSG without waiting, -EAGAIN when none came.
///
/// # Safety
/// `message` points to a message whose public members are set; `buffer` has room for its size or is
/// null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mbox_get(
    mbox: &Mailbox,
    message: *mut Message,
    buffer: *mut c_void,
    timeout: Timeout,
) -> c_int {
    // SAFETY: passed on.
    let message = unsafe { prepare(message, null()) };
    let found = irq::free(|| {
        if let Some(sender) = take(&mbox.senders, |sender| sender.suits(message)) {
            sender.exchange(message);
            return true;
        }
        if !timeout.is_no_wait() {
            enlist(&mbox.receivers, message);
        }
        !timeout.is_no_wait()
    });
    if !found {
        return -ENOMSG;
    }
    if !message.wait_for(&mbox.receivers, MATCHED, timeout) {
        return neg(Error::Again);
    }
    if !buffer.is_null() || message.size.get() == 0 {
        // SAFETY: passed on.
        unsafe { k_mbox_data_get(message, buffer) };
    }
    0
}

/// Fetches the data of a received message, or drops them, and lets the sender go.
///
/// # Safety
/// `message` was received; `buffer` has room for its size or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_mbox_data_get(message: &Message, buffer: *mut c_void) {
    // SAFETY: the sender waits, or keeps its message, until `complete`.
    let Some(sender) = (unsafe { message.next.replace(null()).as_ref() }) else { return };
    let data = message.tx_data.replace(null_mut());
    if !buffer.is_null() && !data.is_null() {
        // SAFETY: the sender's bytes and the caller's room.
        unsafe {
            core::ptr::copy_nonoverlapping(data.cast::<u8>(), buffer.cast(), message.size.get())
        };
    } else {
        message.size.set(0);
    }
    irq::free(|| sender.complete());
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/message.h":
    Message = "struct k_mbox_msg" {
        size, info, tx_data, rx_source = "rx_source_thread", tx_target = "tx_target_thread",
        owner = "_syncing_thread", async_sem = "_async_sem", next = "_next", done = "_done",
        state = "_state",
    };
    Mailbox = "struct k_mbox" { senders = "tx_head", receivers = "rx_head" };
}
