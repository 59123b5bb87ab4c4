// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/trickle.h>`: the Trickle algorithm (RFC 6206), for protocols that gossip.
//!
//! Called by: C, the system's work queue. Calls: the application's callback, without any lock.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::mem::offset_of;

use crate::base::{Duration, Error, Result};
use crate::kernel::{Delayable, Timeout, Work, cancel_delayed, init_delayable, reschedule};
use crate::os::{clock, entropy, irq};

/// `net_trickle_cb_t`.
type TrickleCb = unsafe extern "C" fn(*mut Trickle, bool, *mut c_void);

/// `struct net_trickle`.
#[repr(C)]
#[allow(missing_docs, non_snake_case)]
pub struct Trickle {
    pub I: u32,
    pub Imin: u32,
    pub Istart: u32,
    pub Imax_abs: u32,
    pub Imax: u8,
    pub k: u8,
    pub c: u8,
    pub double_to: bool,
    pub timer: Delayable,
    pub cb: Option<TrickleCb>,
    pub user_data: *mut c_void,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/trickle.h":
    Trickle = "struct net_trickle" {
        I, Imin, Istart, Imax_abs, Imax, k, c, double_to, timer, cb, user_data
    };
}

/// Milliseconds on a clock that wraps.
fn now() -> u32 {
    clock::now().as_millis() as u32
}

/// A random number. Without entropy all nodes speak at once, and still say the right things.
fn draw() -> u32 {
    let mut bytes = [0; 4];
    let _ = entropy::fill(&mut bytes);
    u32::from_ne_bytes(bytes)
}

/// A number below `end` made from `random`; 0 for 0.
fn below(end: u32, random: u32) -> u32 {
    random.checked_rem(end).unwrap_or(0)
}

/// The longest interval: `min` doubled `times` times; `None` when the clock can't measure it.
fn longest(min: u32, times: u8) -> Option<u32> {
    let longest = u64::from(min).checked_shl(u32::from(times)).filter(|_| times < 32)?;
    u32::try_from(longest).ok().filter(|&ms| ms <= i32::MAX as u32)
}

impl Trickle {
    /// Whether this node may speak in this interval (RFC 6206, 4.2, rule 4).
    fn may_speak(&self) -> bool {
        self.k == 0 || self.c < self.k
    }

    /// Begins an interval of `length` ms; the wait until this node speaks, or not: in its second
    /// half (rule 2).
    fn begin(&mut self, length: u32, random: u32) -> u32 {
        self.I = length;
        self.c = 0;
        self.Istart = now();
        self.double_to = false;
        length / 2 + below(length - length / 2, random)
    }

    /// The node has spoken, or not; the wait until the interval ends.
    fn finish(&mut self) -> u32 {
        self.double_to = true;
        self.I.saturating_sub(now().wrapping_sub(self.Istart))
    }
}

/// Runs `f` on the structure, then sets its timer to the wait that `f` names, if any.
///
/// # Safety
/// `trickle` is valid, and stays so while it runs.
unsafe fn with(trickle: *mut Trickle, f: impl FnOnce(&mut Trickle) -> Option<u32>) {
    // SAFETY: under the irq lock nobody else touches it; the timer is a member of it.
    irq::free(|| unsafe {
        if let Some(wait) = f(&mut *trickle) {
            let until = Timeout::until(Some(clock::now() + Duration::from_millis(wait.into())));
            reschedule(&(*trickle).timer, until);
        }
    });
}

/// The moment to speak, or the end of an interval, has come.
extern "C" fn due(work: &'static Work) {
    let at = core::ptr::from_ref(work).cast_mut();
    // SAFETY: a work item is the beginning of its delayable, and that a member of the structure.
    let trickle = unsafe { at.byte_sub(offset_of!(Trickle, timer)).cast::<Trickle>() };
    let mut tell = None;
    let random = draw();
    // SAFETY: its timer is running, so it is in use.
    unsafe {
        with(trickle, |t| {
            if t.I == 0 {
                return None;
            }
            if t.double_to {
                return Some(t.begin(t.I.saturating_mul(2).min(t.Imax_abs), random));
            }
            tell = t.cb.map(|cb| (cb, t.may_speak(), t.user_data));
            Some(t.finish())
        });
        if let Some((cb, may_speak, user_data)) = tell {
            cb(trickle, may_speak, user_data);
        }
    }
}

/// # Safety
/// `trickle` is null or valid.
unsafe fn given(trickle: *mut Trickle) -> Result<*mut Trickle> {
    if trickle.is_null() { Err(Error::Inval) } else { Ok(trickle) }
}

/// Prepares a structure.
#[unsafe(no_mangle)]
#[allow(non_snake_case)]
pub unsafe extern "C" fn net_trickle_create(
    trickle: *mut Trickle,
    Imin: u32,
    Imax: u8,
    k: u8,
) -> c_int {
    let longest = longest(Imin, Imax).filter(|_| Imin >= 2 && Imax > 0);
    let (Some(longest), false) = (longest, trickle.is_null()) else {
        return -Error::Inval.errno();
    };
    // SAFETY: the caller's memory, which nobody uses yet.
    unsafe {
        trickle.write_bytes(0, 1);
        (*trickle).Imin = Imin;
        (*trickle).Imax = Imax;
        (*trickle).Imax_abs = longest;
        (*trickle).k = k;
        init_delayable(&raw mut (*trickle).timer, Some(due));
    }
    0
}

/// Begins with an interval of any length between the shortest and the longest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_trickle_start(
    trickle: *mut Trickle,
    cb: Option<TrickleCb>,
    user_data: *mut c_void,
) -> c_int {
    let (first, second) = (draw(), draw());
    // SAFETY: the caller's structure.
    super::errno::negative(unsafe { given(trickle) }.map(|trickle| unsafe {
        with(trickle, |t| {
            t.cb = cb;
            t.user_data = user_data;
            let length = t.Imin + below(t.Imax_abs - t.Imin + 1, first);
            Some(t.begin(length, second))
        });
    }))
}

/// Falls silent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_trickle_stop(trickle: *mut Trickle) -> c_int {
    // SAFETY: the caller's structure.
    super::errno::negative(unsafe { given(trickle) }.map(|trickle| unsafe {
        cancel_delayed(&(*trickle).timer);
        with(trickle, |t| {
            t.I = 0;
            None
        });
    }))
}

/// Somebody else has said what this node would say (rule 3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_trickle_consistency(trickle: *mut Trickle) {
    // SAFETY: the caller's structure.
    if let Ok(trickle) = unsafe { given(trickle) } {
        // SAFETY: as above.
        unsafe {
            with(trickle, |t| {
                t.c = t.c.saturating_add(1);
                None
            });
        }
    }
}

/// Somebody else says something different: the shortest interval begins, unless it runs (rule 6).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_trickle_inconsistency(trickle: *mut Trickle) {
    // SAFETY: the caller's structure.
    if let Ok(trickle) = unsafe { given(trickle) } {
        let random = draw();
        // SAFETY: as above.
        unsafe { with(trickle, |t| (t.I > t.Imin).then(|| t.begin(t.Imin, random))) };
    }
}

#[cfg(test)]
mod tests {
    use super::longest;

    #[test]
    fn the_longest_interval_must_be_measurable() {
        assert_eq!(longest(100, 3), Some(800));
        assert_eq!(longest(1, 30), Some(1 << 30));
        assert_eq!(longest(1, 31), None);
        assert_eq!(longest(u32::MAX, 255), None);
    }
}
