// SPDX-License-Identifier: Apache-2.0
//! `k_work_*`: items, the queues whose threads run them, items with a delay, items that poll.
//!
//! All state is guarded by the irq lock; handlers run without it.

mod delayable;
mod item;
#[cfg(CONFIG_POLL)]
mod poll;
mod queue;
mod user;

pub use delayable::{
    Delayable, k_work_cancel_delayable as cancel_delayed, k_work_init_delayable as init_delayable,
    k_work_reschedule as reschedule,
};
pub use item::{Work, k_work_submit as submit_work};
pub use queue::WorkQueue;

pub(super) use queue::start_system_queue;

#[cfg(any(test, znet_layout))]
pub(super) use delayable::LAYOUTS as DELAYABLE_LAYOUTS;
#[cfg(any(test, znet_layout))]
pub(super) use item::LAYOUTS as ITEM_LAYOUTS;
#[cfg(all(any(test, znet_layout), CONFIG_POLL))]
pub(super) use poll::LAYOUTS as POLL_LAYOUTS;
#[cfg(any(test, znet_layout))]
pub(super) use queue::LAYOUTS as QUEUE_LAYOUTS;
#[cfg(any(test, znet_layout))]
pub(super) use user::LAYOUTS as USER_LAYOUTS;

/// A thread of a queue runs the handler.
const RUNNING: u32 = 1 << 0;
/// Cancelled while running.
const CANCELING: u32 = 1 << 1;
/// Waits in a queue.
const QUEUED: u32 = 1 << 2;
/// Waits for its time.
const DELAYED: u32 = 1 << 3;
/// Marks the end of a flush.
const FLUSHING: u32 = 1 << 4;
/// What `k_work_busy_get` tells.
const BUSY_MASK: u32 = RUNNING | CANCELING | QUEUED | DELAYED | FLUSHING;
/// The item is the head of a [`Delayable`].
const IS_DELAYABLE: u32 = 1 << 8;
