// SPDX-License-Identifier: Apache-2.0
//! `k_timeout_t`: how C says how long to wait.

use super::clock;
use crate::base::{Duration, Instant};
use crate::config::SYS_CLOCK_TICKS_PER_SEC;

/// When to stop waiting: `None` waits for ever, [`NO_WAIT`] not at all.
pub type Deadline = Option<Instant>;

/// The deadline that has always passed: the caller takes what is free now or goes without.
pub const NO_WAIT: Deadline = Some(Instant::ZERO);

/// `k_ticks_t`: 64 bits in every configuration.
pub type KTicks = i64;

/// `k_timeout_t`: ticks from now; 0 is not at all, -1 for ever. -2 and below stand for the
/// absolute tick `-2 - ticks`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KTimeout {
    /// See above.
    pub ticks: KTicks,
}

const MICROS: u64 = 1_000_000;
const TICKS: u64 = SYS_CLOCK_TICKS_PER_SEC as u64;

/// `amount` of what there are `from` of in a second, in that of which there are `to`; rounded up. In
/// 64 bits: the division of 128 by a compiler that has no function for it takes a kilobyte.
fn convert(amount: u64, from: u64, to: u64) -> u64 {
    let (whole, rest) = (amount / from, amount % from);
    whole.saturating_mul(to).saturating_add((rest * to).div_ceil(from))
}

/// Ticks as a span of time, rounded up: a wait may be longer than asked for, never shorter.
fn span(ticks: u64) -> Duration {
    Duration::from_micros(convert(ticks, TICKS, MICROS))
}

impl KTimeout {
    /// `K_NO_WAIT`.
    pub const NO_WAIT: KTimeout = KTimeout { ticks: 0 };
    /// `K_FOREVER`.
    pub const FOREVER: KTimeout = KTimeout { ticks: -1 };

    /// The moment a wait that begins now ends.
    pub fn deadline(self) -> Deadline {
        if self == Self::NO_WAIT {
            return NO_WAIT;
        }
        if self == Self::FOREVER {
            return None;
        }
        if self.ticks < -1 {
            let at = Instant::ZERO.after(span((-2 - self.ticks) as u64));
            return Some(at);
        }
        Some(clock::now().after(span(self.ticks as u64)))
    }

    /// When an allocation that may take this long gives up.
    #[inline]
    pub fn for_memory(self) -> Deadline {
        if cfg!(CONFIG_ZNET_BUF_WAIT) { self.deadline() } else { NO_WAIT }
    }

    /// What is left of a wait until `deadline`.
    pub fn until(deadline: Deadline) -> KTimeout {
        match deadline {
            None => Self::FOREVER,
            Some(_) if deadline == NO_WAIT => Self::NO_WAIT,
            Some(at) => {
                let ticks = convert((at - clock::now()).as_micros(), MICROS, TICKS);
                KTimeout { ticks: ticks.min(KTicks::MAX as u64) as KTicks }
            }
        }
    }
}

/// The clock as `k_cycle_get_32()` has it, for packets that are timed.
#[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS, CONFIG_NET_PKT_ALLOC_STATS))]
pub fn cycles() -> u32 {
    let hz = crate::config::SYS_CLOCK_HW_CYCLES_PER_SEC as u64;
    let now = clock::now().as_micros();
    let whole = (now / MICROS).wrapping_mul(hz);
    whole.wrapping_add((now % MICROS) * hz / MICROS) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values() {
        assert_eq!(KTimeout::NO_WAIT.deadline(), NO_WAIT);
        assert_eq!(KTimeout::FOREVER.deadline(), None);
        assert_eq!(KTimeout::until(None), KTimeout::FOREVER);
        assert_eq!(KTimeout::until(NO_WAIT), KTimeout::NO_WAIT);
        assert_eq!(KTimeout::FOREVER.ticks, !0);
    }

    #[test]
    fn relative_times_round_trip() {
        let ticks = 5 * SYS_CLOCK_TICKS_PER_SEC as KTicks;
        let deadline = KTimeout { ticks }.deadline();
        let left = KTimeout::until(deadline).ticks;
        assert!(left <= ticks && left > ticks - SYS_CLOCK_TICKS_PER_SEC as KTicks, "{left}");
    }

    #[test]
    fn absolute_times_are_not_added_to_now() {
        let per_sec = SYS_CLOCK_TICKS_PER_SEC as i64;
        let at = KTimeout { ticks: -2 - 7 * per_sec };
        assert_eq!(at.deadline(), Some(Instant::from_millis(7000)));
    }
}
