// SPDX-License-Identifier: Apache-2.0
//! The time, which is not asked for again where it can't have changed by much.
//!
//! A wire in memory brings a frame to its other end inside of the driver's `send`. There the host's clock
//! would be asked again by each end for what the sender just knew, at the price of a tenth of the way.

use std::cell::Cell;
use std::thread_local;

use crate::base::Instant;

/// How often the time of a sender may serve those it reaches: what one frame and its answer take. A
/// driver that keeps its caller for long has the clock read again.
const FEW: u32 = 4;

/// No time.
const UNREAD: u64 = u64::MAX;

thread_local! {
    /// What the thread last read from the clock, in microseconds; [`UNREAD`] when that is long ago.
    static LAST: Cell<u64> = const { Cell::new(UNREAD) };
    /// How often that still is the time.
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// The present moment.
#[inline]
pub fn now() -> Instant {
    let left = LEFT.get();
    if left != 0 {
        LEFT.set(left - 1);
        return Instant::from_micros(LAST.get());
    }
    let now = super::read_clock();
    LAST.set(now.as_micros());
    now
}

/// As long as it lives, the time that the calling thread read last serves a few times more.
pub struct Hold;

impl Hold {
    /// To be called soon after the thread read the clock.
    #[inline]
    pub fn begin() -> Hold {
        // One inside another gives no more.
        if LEFT.get() == 0 && LAST.get() != UNREAD {
            LEFT.set(FEW);
        }
        Hold
    }
}

impl Drop for Hold {
    #[inline]
    fn drop(&mut self) {
        go_on();
    }
}

/// Has the clock read again.
#[inline]
fn go_on() {
    LEFT.set(0);
}

/// The same, and what was read is of no use any more: the thread sleeps.
#[inline]
pub fn forget() {
    go_on();
    LAST.set(UNREAD);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Duration;

    fn later() {
        let begin = super::super::read_clock();
        while super::super::read_clock() < begin + Duration::from_micros(20) {}
    }

    #[test]
    fn a_held_time_serves_a_few_times() {
        let first = now();
        let hold = Hold::begin();
        later();
        for _ in 0..FEW {
            assert_eq!(now(), first);
        }
        let next = now();
        assert!(next > first);
        drop(hold);
        later();
        assert!(now() > next);
    }

    #[test]
    fn holding_inside_of_a_hold_gives_no_more() {
        let first = now();
        let _hold = Hold::begin();
        later();
        for _ in 0..FEW {
            assert_eq!(now(), first);
            let inner = Hold::begin();
            core::mem::forget(inner);
        }
        let _ = LEFT.replace(0);
        assert!(now() > first);
    }

    #[test]
    fn a_dropped_hold_serves_no_more() {
        let first = now();
        drop(Hold::begin());
        later();
        assert!(now() > first);
    }
}
