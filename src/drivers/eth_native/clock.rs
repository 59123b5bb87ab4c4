// SPDX-License-Identifier: Apache-2.0
//! The clocks of the devices, behind `<zephyr/drivers/ptp_clock.h>`: the host's, moved and scaled as the application says.
//!
//! The host's own clock is left alone. Times count from the host's epoch (`CLOCK_REALTIME` when first asked).

use crate::buf::shell::NetPtpTime;
use crate::config;
use crate::iface::Device;
use core::ffi::c_int;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

const SECOND: u64 = 1_000_000_000;
/// Rates beyond these are no correction of a clock: more likely parts per billion were meant.
const RATES: core::ops::RangeInclusive<f64> = 0.5..=2.0;

/// A clock that keeps its rate since it was last set.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The host's time, and this clock's, in nanoseconds, when it was last changed.
    since: (u64, u64),
    /// Seconds of this clock in one of the host.
    rate: f64,
}

impl Clock {
    /// Tells the host's time.
    pub const fn new() -> Self {
        Clock { since: (0, 0), rate: 1.0 }
    }

    /// Its time when the host's is `host`, in nanoseconds.
    pub fn at(&self, host: u64) -> u64 {
        let passed = host.saturating_sub(self.since.0);
        if self.rate == 1.0 {
            return self.since.1.saturating_add(passed);
        }
        self.since.1.saturating_add((passed as f64 * self.rate) as u64)
    }

    /// How long it takes by the host's clock until it tells `time`, in nanoseconds; 0 when that is past.
    pub fn until(&self, host: u64, time: u64) -> u64 {
        let left = time.saturating_sub(self.at(host));
        if self.rate == 1.0 {
            return left;
        }
        (left as f64 / self.rate) as u64
    }

    /// Lets it tell `time` now.
    pub fn set(&mut self, host: u64, time: u64) {
        self.since = (host, time);
    }

    /// Moves it by nanoseconds.
    pub fn adjust(&mut self, host: u64, by: i32) {
        self.set(host, self.at(host).saturating_add_signed(by.into()));
    }

    /// Lets it run at a multiple of the host's rate from now on; false for one that is no correction.
    pub fn scale(&mut self, host: u64, rate: f64) -> bool {
        let plausible = RATES.contains(&rate);
        if plausible {
            self.set(host, self.at(host));
            self.rate = rate;
        }
        plausible
    }
}

static CLOCKS: [Mutex<Clock>; config::ETH_NATIVE_TAP_INTERFACE_COUNT] =
    [const { Mutex::new(Clock::new()) }; config::ETH_NATIVE_TAP_INTERFACE_COUNT];

/// The clock of interface `index`.
pub(super) fn of(index: usize) -> Option<MutexGuard<'static, Clock>> {
    Some(CLOCKS.get(index)?.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The host's time in nanoseconds, which never steps back.
pub(super) fn host() -> u64 {
    static START: std::sync::OnceLock<(Instant, u64)> = std::sync::OnceLock::new();
    let (start, epoch) = START.get_or_init(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        (Instant::now(), since.as_nanos() as u64)
    });
    epoch.saturating_add(start.elapsed().as_nanos() as u64)
}

/// `struct ptp_clock_driver_api`.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct PtpClockApi {
    pub set: unsafe extern "C" fn(*const Device, *const NetPtpTime) -> c_int,
    pub get: unsafe extern "C" fn(*const Device, *mut NetPtpTime) -> c_int,
    pub adjust: unsafe extern "C" fn(*const Device, c_int) -> c_int,
    pub rate_adjust: unsafe extern "C" fn(*const Device, f64) -> c_int,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/drivers/ptp_clock.h":
    PtpClockApi = "struct ptp_clock_driver_api" { set, get, adjust, rate_adjust };
}

/// The function table of the clocks; the boot code in C defines the devices over it.
#[unsafe(no_mangle)]
pub static znet_eth_native_clock_api: PtpClockApi =
    PtpClockApi { set, get, adjust, rate_adjust: scale };

/// Does `what` with the clock of `device` and the host's time, and returns 0, or a negative errno.
///
/// # Safety
/// `device` is null or a device that lives as long as the program.
unsafe fn with(device: *const Device, what: impl FnOnce(&mut Clock, u64) -> bool) -> c_int {
    // SAFETY: the caller's promise. Its number takes the place of its configuration.
    let index = unsafe { device.as_ref() }.map(|device| device.config.addr());
    let Some(mut clock) = index.and_then(of) else { return -libc::ENODEV };
    if what(&mut clock, host()) { 0 } else { -libc::EINVAL }
}

unsafe extern "C" fn set(device: *const Device, time: *const NetPtpTime) -> c_int {
    // SAFETY: whoever calls passes the device of a clock, and null or a time.
    unsafe {
        let Some(time) = time.as_ref().filter(|t| u64::from(t.nanosecond) < SECOND) else {
            return -libc::EINVAL;
        };
        let Some(seconds) = time.second.checked_mul(SECOND) else { return -libc::EINVAL };
        let time = seconds.saturating_add(time.nanosecond.into());
        with(device, |clock, host| {
            clock.set(host, time);
            true
        })
    }
}

unsafe extern "C" fn get(device: *const Device, time: *mut NetPtpTime) -> c_int {
    // SAFETY: whoever calls passes the device of a clock, and null or room for a time.
    unsafe {
        let Some(time) = time.as_mut() else { return -libc::EINVAL };
        with(device, |clock, host| {
            let now = clock.at(host);
            *time = NetPtpTime { second: now / SECOND, nanosecond: (now % SECOND) as u32 };
            true
        })
    }
}

unsafe extern "C" fn adjust(device: *const Device, by: c_int) -> c_int {
    // SAFETY: whoever calls passes the device of a clock.
    unsafe {
        with(device, |clock, host| {
            clock.adjust(host, by);
            true
        })
    }
}

unsafe extern "C" fn scale(device: *const Device, rate: f64) -> c_int {
    // SAFETY: whoever calls passes the device of a clock.
    unsafe { with(device, |clock, host| clock.scale(host, rate)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_moves_and_keeps_its_rate() {
        let mut clock = Clock::new();
        assert_eq!(clock.at(5), 5);
        clock.set(100, 1000);
        assert_eq!(clock.at(150), 1050);
        clock.adjust(150, -50);
        assert_eq!(clock.at(150), 1000);
        assert!(clock.scale(150, 2.0));
        assert_eq!((clock.at(150), clock.at(250)), (1000, 1200));
        assert_eq!((clock.until(250, 1300), clock.until(250, 1100)), (50, 0));
    }

    #[test]
    fn what_is_no_correction_is_refused() {
        let mut clock = Clock::new();
        for rate in [0.0, -1.0, 0.49, 2.01, f64::NAN, f64::INFINITY] {
            assert!(!clock.scale(10, rate), "{rate}");
        }
        clock.adjust(3, i32::MIN);
        assert_eq!(clock.at(3), 0, "there is no time before the epoch");
        clock.set(3, u64::MAX);
        assert_eq!(clock.at(10), u64::MAX);
    }
}
