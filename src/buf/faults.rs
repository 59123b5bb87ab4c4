// SPDX-License-Identifier: Apache-2.0
//! Allocations that fail on demand, for tests: the n-th from now on, as if the pool were empty just then. Without
//! the feature `faults` (of a thread of Rust's) or `CONFIG_ZNET_FAULTS` (of all threads, for tests in C)
//! nothing of this is compiled.

/// Whether the allocation that asks is to fail. Counts it.
#[cfg(any(feature = "faults", CONFIG_ZNET_FAULTS))]
#[inline]
pub(crate) fn strike() -> bool {
    plan::change(|(count, target)| {
        let strikes = *target == Some(*count);
        *count += 1;
        strikes
    })
}

/// Whether the allocation that asks is to fail: never.
#[cfg(not(any(feature = "faults", CONFIG_ZNET_FAULTS)))]
#[inline(always)]
pub(crate) const fn strike() -> bool {
    false
}

/// The same for places in tables, which count where C asks.
#[inline(always)]
pub(crate) fn strike_place() -> bool {
    cfg!(CONFIG_ZNET_FAULTS) && strike()
}

/// Allocations so far, and which of them fails.
#[cfg(any(feature = "faults", CONFIG_ZNET_FAULTS))]
type Plan = (u64, Option<u64>);

#[cfg(CONFIG_ZNET_FAULTS)]
mod plan {
    use super::Plan;
    use crate::os::IrqCell;

    static PLAN: IrqCell<Plan> = IrqCell::new((0, None));

    pub(super) fn change<R>(f: impl FnOnce(&mut Plan) -> R) -> R {
        PLAN.with(f)
    }
}

#[cfg(all(feature = "faults", not(CONFIG_ZNET_FAULTS)))]
mod plan {
    extern crate std;
    use super::Plan;
    use core::cell::RefCell;

    std::thread_local! {
        static PLAN: RefCell<Plan> = const { RefCell::new((0, None)) };
    }

    pub(super) fn change<R>(f: impl FnOnce(&mut Plan) -> R) -> R {
        PLAN.with_borrow_mut(f)
    }
}

/// Makes the allocation fail before which `n` others succeed; none when `None`. Counts anew.
#[cfg(any(feature = "faults", CONFIG_ZNET_FAULTS))]
pub fn fail(n: Option<u64>) {
    plan::change(|plan| *plan = (0, n));
}

/// How many allocations were tried since [`fail`].
#[cfg(any(feature = "faults", CONFIG_ZNET_FAULTS))]
pub fn tried() -> u64 {
    plan::change(|plan| plan.0)
}
