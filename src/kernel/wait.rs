// SPDX-License-Identifier: Apache-2.0
//! The one way in which calls of the kernel block.

use core::ffi::c_int;
use core::pin::pin;

use crate::base::Error;
use crate::os::{WaitQ, WaitSet, irq};

use super::time::{Timeout, TimeoutExt};

pub(super) use crate::os::thread::Outcome;

/// ENOMSG and EDEADLK, which the stack has no use for.
pub(super) const ENOMSG: c_int = if cfg!(target_os = "linux") { 42 } else { 35 };
pub(super) const EDEADLK: c_int = if cfg!(target_os = "linux") { 35 } else { 45 };

/// What C gets for `error`: its negative errno.
pub(super) fn neg(error: Error) -> c_int {
    -error.errno()
}

/// What came of [`attempt_or_wait`].
pub(super) enum Blocked<T> {
    /// The attempt gave it at once.
    Now(T),
    /// It gave nothing, and the caller must not wait.
    WouldBlock,
    /// The wait ended this way.
    Waited(Outcome),
}

/// Makes an attempt under the irq lock. If it gives nothing, waits in `queue` until somebody ends the
/// wait, with `value` for him to see; no attempt follows: he who wakes also hands over.
pub(super) fn attempt_or_wait<T>(
    queue: &WaitQ,
    timeout: Timeout,
    value: usize,
    attempt: impl FnOnce() -> Option<T>,
) -> Blocked<T> {
    let set = pin!(WaitSet::<1>::new());
    let now = irq::free(|| {
        if let Some(got) = attempt() {
            return Some(Blocked::Now(got));
        }
        if timeout.is_no_wait() {
            return Some(Blocked::WouldBlock);
        }
        set.set_value(value);
        set.as_ref().add(queue);
        None
    });
    now.unwrap_or_else(|| Blocked::Waited(set.as_ref().wait(timeout.deadline())))
}
