// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_timeout.h>`: lifetimes of up to 2^32 - 1 seconds on a 32-bit millisecond clock.
#![allow(clippy::missing_safety_doc)]

use super::list::Node;

/// Longest stretch the clock can measure, `NET_TIMEOUT_MAX_VALUE`.
const STRETCH: u32 = i32::MAX as u32;

/// `struct net_timeout`.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct NetTimeout {
    pub node: Node,
    pub timer_start: u32,
    pub timer_timeout: u32,
    pub wrap_counter: u32,
}

impl NetTimeout {
    /// One that measures nothing.
    #[cfg(CONFIG_NET_ROUTE)]
    pub(super) const NEVER: Self =
        NetTimeout { node: Node::new(), timer_start: 0, timer_timeout: 0, wrap_counter: 0 };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_timeout.h":
    NetTimeout = "struct net_timeout" { node, timer_start, timer_timeout, wrap_counter };
}

/// What is left of a lifetime: whole stretches, and milliseconds of the one that runs now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    wraps: u32,
    /// Length of the last stretch.
    last: u32,
    /// When the present stretch began.
    start: u32,
}

impl Left {
    fn new(lifetime: u32, now: u32) -> Self {
        let total = u64::from(lifetime) * 1000;
        Left {
            wraps: (total / u64::from(STRETCH)) as u32,
            last: (total % u64::from(STRETCH)) as u32,
            start: now,
        }
    }

    /// Milliseconds left at `now`.
    fn millis(self, now: u32) -> u64 {
        let total = u64::from(self.wraps) * u64::from(STRETCH) + u64::from(self.last);
        total.saturating_sub(u64::from(now.wrapping_sub(self.start)))
    }

    /// The same lifetime, in the stretch that holds `now`; and how long that still runs.
    fn advance(self, now: u32) -> (Self, u32) {
        let mut left = self;
        let mut elapsed = now.wrapping_sub(self.start);
        while left.wraps > 0 && elapsed >= STRETCH {
            left.wraps -= 1;
            left.start = left.start.wrapping_add(STRETCH);
            elapsed -= STRETCH;
        }
        let stretch = if left.wraps > 0 { STRETCH } else { left.last };
        (left, stretch.saturating_sub(elapsed))
    }
}

/// # Safety
/// `timeout` is null or valid.
unsafe fn read(timeout: *const NetTimeout) -> Option<Left> {
    // SAFETY: the caller's promise.
    let t = unsafe { timeout.as_ref() }?;
    Some(Left { wraps: t.wrap_counter, last: t.timer_timeout, start: t.timer_start })
}

/// # Safety
/// `timeout` is null or valid.
unsafe fn write(timeout: *mut NetTimeout, left: Left) {
    // SAFETY: the caller's promise.
    if let Some(t) = unsafe { timeout.as_mut() } {
        t.wrap_counter = left.wraps;
        t.timer_timeout = left.last;
        t.timer_start = left.start;
    }
}

/// Starts a lifetime of `lifetime` seconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_timeout_set(timeout: *mut NetTimeout, lifetime: u32, now: u32) {
    // SAFETY: the caller's structure.
    unsafe { write(timeout, Left::new(lifetime, now)) }
}

/// When the lifetime ends, on a 64-bit clock.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_timeout_deadline(timeout: *const NetTimeout, now: i64) -> i64 {
    // SAFETY: the caller's structure.
    let left = unsafe { read(timeout) }.map_or(0, |left| left.millis(now as u32));
    now.saturating_add_unsigned(left)
}

/// Seconds left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_timeout_remaining(timeout: *const NetTimeout, now: u32) -> u32 {
    // SAFETY: the caller's structure.
    let left = unsafe { read(timeout) }.map_or(0, |left| left.millis(now));
    u32::try_from(left / 1000).unwrap_or(u32::MAX)
}

/// Moves on to the stretch that holds `now`; milliseconds until the next call is due.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_timeout_evaluate(timeout: *mut NetTimeout, now: u32) -> u32 {
    // SAFETY: the caller's structure.
    unsafe {
        let Some(left) = read(timeout) else { return 0 };
        let (left, wait) = left.advance(now);
        write(timeout, left);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lifetimes_run_down_once() {
        let left = Left::new(10, u32::MAX - 1_000);
        assert_eq!(left.millis(u32::MAX - 1_000), 10_000);
        assert_eq!(left.advance(1_000).1, 10_000 - 2_001, "across the wrap of the clock");
        assert_eq!(left.millis(20_000), 0);
        assert_eq!(left.advance(20_000).1, 0);
    }

    #[test]
    fn the_longest_lifetime_ends_on_time() {
        let mut left = Left::new(u32::MAX, 7);
        let (mut now, mut total) = (7u32, 0u64);
        loop {
            let (next, wait) = left.advance(now);
            if wait == 0 {
                break;
            }
            left = next;
            now = now.wrapping_add(wait);
            total += u64::from(wait);
        }
        assert_eq!(total, u64::from(u32::MAX) * 1000);
    }

    #[test]
    fn evaluation_may_come_late() {
        let left = Left::new(3_000_000, 0);
        let (late, wait) = left.advance(STRETCH + 5);
        assert_eq!((late.wraps, late.start), (left.wraps - 1, STRETCH));
        assert_eq!(u64::from(wait), 3_000_000_000 - u64::from(STRETCH) - 5);
        assert_eq!(late.millis(STRETCH + 5), left.millis(STRETCH + 5));
    }
}
