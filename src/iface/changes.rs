// SPDX-License-Identifier: Apache-2.0
//! A count of the changes to what routes depend on, so that what was found once need not be searched
//! again as long as nothing changed.
//!
//! Every setter of this folder that a route may depend on counts: addresses, netmasks, gateways, flags, the
//! table itself. C code changes these by functions that end here; what it may write itself, such as a
//! flag, whoever keeps a route asks again.

use core::sync::atomic::{AtomicU32, Ordering};

use crate::os::irq;

static CHANGES: AtomicU32 = AtomicU32::new(0);

/// How many there were, modulo 2^32. Ask before looking at interfaces: what was then found holds as long
/// as the answer stays the same.
#[inline]
pub fn changes() -> u32 {
    CHANGES.load(Ordering::Acquire)
}

/// Counts a change, after it was made. For those above who keep what routes depend on.
pub fn note() {
    irq::free(|| CHANGES.store(CHANGES.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release));
}
