// SPDX-License-Identifier: Apache-2.0
//! Points in time and the uptime (`<zephyr/sys_clock.h>`, `<zephyr/kernel/timer.h>`).

use crate::base::{Duration, Instant};
use crate::buf::KTicks;
use crate::config;
use crate::os::{clock, irq};

const TICKS_PER_SEC: u64 = config::SYS_CLOCK_TICKS_PER_SEC as u64;
const MICROS_PER_SEC: u64 = 1_000_000;

pub use crate::buf::KTimeout as Timeout;

/// `k_timepoint_t`: uptime in ticks; 0 is always over, the greatest value never.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timepoint {
    /// See above.
    pub tick: u64,
}

/// What the kernel asks a time-out besides.
pub trait TimeoutExt {
    /// Must the caller not wait? In an interrupt it never may.
    fn is_no_wait(&self) -> bool;
    /// The end of the time-out counted from `begin`, for periods without drift; `None`: never.
    fn deadline_after(self, begin: Instant) -> Option<Instant>;
}

impl TimeoutExt for Timeout {
    fn is_no_wait(&self) -> bool {
        *self == Self::NO_WAIT || irq::in_isr()
    }

    fn deadline_after(self, begin: Instant) -> Option<Instant> {
        self.deadline().map(|_| begin + span(self.ticks as u64))
    }
}

/// The time `ticks` take, rounded up.
fn span(ticks: u64) -> Duration {
    let (secs, rest) = (ticks / TICKS_PER_SEC, ticks % TICKS_PER_SEC);
    let micros = secs.saturating_mul(MICROS_PER_SEC);
    Duration::from_micros(micros.saturating_add((rest * MICROS_PER_SEC).div_ceil(TICKS_PER_SEC)))
}

/// Whole ticks up to `at`.
pub(super) fn ticks_at(at: Instant) -> u64 {
    let (secs, rest) = (at.as_micros() / MICROS_PER_SEC, at.as_micros() % MICROS_PER_SEC);
    secs.saturating_mul(TICKS_PER_SEC).saturating_add(rest * TICKS_PER_SEC / MICROS_PER_SEC)
}

/// Ticks after which `at` has come: rounded up.
pub(super) fn ticks_until(at: Instant) -> u64 {
    let ticks = ticks_at(at);
    if Instant::ZERO + span(ticks) < at { ticks + 1 } else { ticks }
}

/// Ticks since start-up.
#[unsafe(no_mangle)]
pub extern "C" fn k_uptime_ticks() -> i64 {
    ticks_at(clock::now()) as i64
}

/// The same under its older name.
#[unsafe(no_mangle)]
pub extern "C" fn sys_clock_tick_get() -> i64 {
    k_uptime_ticks()
}

/// Its low half.
#[unsafe(no_mangle)]
pub extern "C" fn sys_clock_tick_get_32() -> u32 {
    k_uptime_ticks() as u32
}

/// Hardware cycles since start-up.
#[unsafe(no_mangle)]
pub extern "C" fn k_cycle_get_64() -> u64 {
    let hz = config::SYS_CLOCK_HW_CYCLES_PER_SEC as u64;
    let now = clock::now().as_micros();
    (now / MICROS_PER_SEC)
        .wrapping_mul(hz)
        .wrapping_add((now % MICROS_PER_SEC) * hz / MICROS_PER_SEC)
}

/// The point in time at which `timeout`, begun now, ends.
#[unsafe(no_mangle)]
pub extern "C" fn sys_timepoint_calc(timeout: Timeout) -> Timepoint {
    let tick = match timeout.ticks {
        0 => 0,
        // Whole ticks from the current one, so that asking back at once gives the same time-out.
        ticks if ticks > 0 && timeout != Timeout::FOREVER => {
            ticks_at(clock::now()).saturating_add(ticks as u64)
        }
        _ => timeout.deadline().map_or(u64::MAX, ticks_until),
    };
    Timepoint { tick }
}

/// What is left until `timepoint`.
#[unsafe(no_mangle)]
pub extern "C" fn sys_timepoint_timeout(timepoint: Timepoint) -> Timeout {
    match timepoint.tick {
        u64::MAX => Timeout::FOREVER,
        0 => Timeout::NO_WAIT,
        tick => {
            let left = tick.saturating_sub(ticks_at(clock::now()));
            Timeout { ticks: left.min(KTicks::MAX as u64) as KTicks }
        }
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/sys_clock.h":
    Timepoint = "k_timepoint_t" { tick };
    Timeout = "k_timeout_t" { ticks };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_round_towards_later() {
        let one = span(1);
        assert_eq!(one.as_micros(), MICROS_PER_SEC.div_ceil(TICKS_PER_SEC));
        assert_eq!(ticks_at(Instant::ZERO + one), 1);
        let late = Instant::from_micros(one.as_micros() + 1);
        assert_eq!((ticks_at(late), ticks_until(late)), (1, 2));
    }

    #[test]
    fn a_period_counts_from_its_beginning() {
        let begin = Instant::from_millis(5);
        assert_eq!(Timeout { ticks: 3 }.deadline_after(begin), Some(begin + span(3)));
        assert_eq!(Timeout::FOREVER.deadline_after(begin), None);
    }

    #[test]
    fn timepoints_keep_the_extremes() {
        assert_eq!(sys_timepoint_timeout(sys_timepoint_calc(Timeout::FOREVER)), Timeout::FOREVER);
        assert_eq!(sys_timepoint_timeout(sys_timepoint_calc(Timeout::NO_WAIT)), Timeout::NO_WAIT);
        let long = sys_timepoint_timeout(sys_timepoint_calc(Timeout { ticks: 1_000_000 })).ticks;
        assert!((990_000..=1_000_000).contains(&long));
    }
}
