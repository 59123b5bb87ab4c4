// SPDX-License-Identifier: Apache-2.0
//! Zephyr's kernel API over the port: one file per kind of object, C's names.
//!
//! The structures are C's: applications define them statically in their own memory, zeroed or with the
//! macros of `<zephyr/kernel.h>`. Their members are cells touched under the irq lock, so shared
//! references to them are sound; a function takes `&T` where C promises a valid pointer, and a raw
//! pointer where it has to write a whole structure. `tests/layout` compares both sides.

pub mod base64;
mod boot;
mod condvar;
mod console;
pub mod crc;
mod device;
#[cfg(CONFIG_EVENTS)]
mod event;
mod fatal;
pub mod heap;
#[cfg(CONFIG_JSON_LIBRARY)]
mod json;
mod mbox;
mod msgq;
mod mutex;
mod pipe;
#[cfg(CONFIG_POLL)]
mod poll;
mod queue;
mod random;
pub mod ring_buffer;
mod sched;
mod sem;
mod slab;
mod stack;
mod text;
mod thread;
mod time;
mod timeout;
mod timer;
mod wait;
mod work;

pub use boot::{Section, Sections};
pub use condvar::Condvar;
pub use device::{Device, InitEntry};
pub use mutex::Mutex;
#[cfg(CONFIG_POLL)]
pub use poll::PollEvent;
pub use sem::Sem;
pub use thread::KThread;
pub use time::{Timeout, Timepoint};
pub use work::{
    Delayable, Work, WorkQueue, cancel_delayed, init_delayable, reschedule, submit_work,
};

#[cfg(all(any(test, znet_layout), CONFIG_POLL))]
pub(crate) use poll::CONSTANTS as POLL_CONSTANTS;

/// What `capi/layout.rs` compares with C's headers.
#[cfg(any(test, znet_layout))]
pub(crate) const LAYOUTS: &[&[crate::base::layout::Layout]] = &[
    boot::LAYOUTS,
    condvar::LAYOUTS,
    device::LAYOUTS,
    #[cfg(CONFIG_EVENTS)]
    event::LAYOUTS,
    heap::LAYOUTS,
    #[cfg(CONFIG_JSON_LIBRARY)]
    json::LAYOUTS,
    #[cfg(CONFIG_JSON_LIBRARY)]
    json::PROGRESS_LAYOUTS,
    mbox::LAYOUTS,
    msgq::LAYOUTS,
    mutex::LAYOUTS,
    pipe::LAYOUTS,
    #[cfg(CONFIG_POLL)]
    poll::LAYOUTS,
    queue::LAYOUTS,
    ring_buffer::LAYOUTS,
    sem::LAYOUTS,
    stack::LAYOUTS,
    thread::LAYOUTS,
    time::LAYOUTS,
    timeout::LAYOUTS,
    timer::LAYOUTS,
    work::DELAYABLE_LAYOUTS,
    work::ITEM_LAYOUTS,
    #[cfg(CONFIG_POLL)]
    work::POLL_LAYOUTS,
    work::QUEUE_LAYOUTS,
    work::USER_LAYOUTS,
];
