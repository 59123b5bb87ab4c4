// SPDX-License-Identifier: Apache-2.0
//! `zvfs_select`: sets of descriptors in terms of [`poll`].

use core::ffi::{c_int, c_long, c_void};

use super::super::{current, errno};
use super::options::Time;
use super::wait_for;
use crate::base::{Duration, Error, Result};
use crate::socket::fd::OPEN_MAX;
use crate::socket::poll::{POLL_MAX, PollFd, Ready};

const WORDS: usize = OPEN_MAX.div_ceil(32);

/// `struct zvfs_fd_set`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct FdSet {
    bits: [u32; WORDS],
}

/// `struct timespec` of the target's C library.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Timespec {
    sec: Time,
    nsec: c_long,
}

/// `struct timeval` of the target's C library.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Timeval {
    sec: Time,
    usec: c_long,
}

impl FdSet {
    const EMPTY: FdSet = FdSet { bits: [0; WORDS] };

    fn has(&self, fd: usize) -> bool {
        self.bits.get(fd / 32).is_some_and(|word| word >> (fd % 32) & 1 != 0)
    }

    fn add(&mut self, fd: usize) {
        if let Some(word) = self.bits.get_mut(fd / 32) {
            *word |= 1 << (fd % 32);
        }
    }
}

/// Waits until a descriptor of one of the sets is ready, and leaves in the sets those that are.
/// Returns how many bits are left; `EBADF` when a set names a descriptor that is not open.
///
/// # Safety
/// Each pointer is null or points to a valid object of its type; the sets are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_select(
    nfds: c_int,
    readfds: *mut FdSet,
    writefds: *mut FdSet,
    errorfds: *mut FdSet,
    timeout: *const Timespec,
    _sigmask: *const c_void,
) -> c_int {
    // SAFETY: the caller's promise.
    let timeout = unsafe { timeout.as_ref() };
    let timeout = timeout.map(|t| micros(t.sec, t.nsec, 1_000_000_000)).transpose();
    // SAFETY: the caller's promise.
    unsafe { select_in_place(nfds, [readfds, writefds, errorfds], timeout) }
}

/// [`zvfs_select`] with the time-out of POSIX `select`.
///
/// # Safety
/// As for [`zvfs_select`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_select(
    nfds: c_int,
    readfds: *mut FdSet,
    writefds: *mut FdSet,
    exceptfds: *mut FdSet,
    timeout: *mut Timeval,
) -> c_int {
    // SAFETY: the caller's promise.
    let timeout = unsafe { timeout.as_ref() };
    let timeout = timeout.map(|t| micros(t.sec, t.usec, 1_000_000)).transpose();
    // SAFETY: the caller's promise.
    unsafe { select_in_place(nfds, [readfds, writefds, exceptfds], timeout) }
}

/// Runs [`select`] on sets in the application's memory; counts the bits left in them.
///
/// # Safety
/// Each pointer is null or points to a writable set.
unsafe fn select_in_place(
    nfds: c_int,
    sets: [*mut FdSet; 3],
    timeout: Result<Option<Duration>>,
) -> c_int {
    // SAFETY: the caller's promise.
    let read = |set: *mut FdSet| if set.is_null() { FdSet::EMPTY } else { unsafe { set.read() } };
    let asked = sets.map(read);
    let mut fds = [PollFd { fd: -1, events: 0, revents: 0 }; POLL_MAX];
    let count = match list(nfds, &asked, &mut fds) {
        Ok(count) => count,
        Err(error) => return errno::posix(Err(error)) as c_int,
    };
    let timeout = match timeout {
        Ok(timeout) => timeout,
        Err(error) => return errno::posix(Err(error)) as c_int,
    };
    let deadline = timeout.map(|span| current().core.platform().now() + span);
    let fds = fds.get_mut(..count).unwrap_or(&mut []);
    if wait_for(fds, timeout != Some(Duration::ZERO), deadline).is_none() {
        return -1;
    }
    let ready = match sort(&asked, fds) {
        Ok(ready) => ready,
        Err(error) => return errno::posix(Err(error)) as c_int,
    };
    let mut bits = 0;
    for (set, out) in ready.iter().zip(sets) {
        if !out.is_null() {
            bits += set.bits.iter().map(|word| word.count_ones() as c_int).sum::<c_int>();
            // SAFETY: the caller's promise.
            unsafe { out.write(*set) };
        }
    }
    bits
}

/// Lists the descriptors in the sets; returns how many there are.
fn list(nfds: c_int, sets: &[FdSet; 3], fds: &mut [PollFd; POLL_MAX]) -> Result<usize> {
    let [reading, writing, excepting] = sets;
    let nfds = usize::try_from(nfds).map_err(|_| Error::Inval)?;
    let mut count = 0;
    for fd in 0..nfds.min(OPEN_MAX) {
        let mut events = Ready::empty();
        events.set(Ready::IN, reading.has(fd));
        events.set(Ready::OUT, writing.has(fd));
        events.set(Ready::PRI, excepting.has(fd));
        if events.is_empty() {
            continue;
        }
        let slot = fds.get_mut(count).ok_or(Error::NoMem)?;
        *slot = PollFd { fd: fd as i32, events: events.bits(), revents: 0 };
        count += 1;
    }
    Ok(count)
}

/// The sets of those that are ready.
fn sort(sets: &[FdSet; 3], fds: &[PollFd]) -> Result<[FdSet; 3]> {
    let [reading, writing, excepting] = sets;
    let mut ready = [FdSet::EMPTY; 3];
    let [readable, writable, exceptional] = &mut ready;
    for asked in fds {
        let (fd, holds) = (asked.fd as usize, Ready::from_bits_truncate(asked.revents));
        if holds.contains(Ready::NVAL) {
            return Err(Error::BadF);
        }
        // An error or the end of the stream makes a read return at once, so it counts as readable.
        if reading.has(fd) && holds.intersects(Ready::IN | Ready::HUP | Ready::ERR) {
            readable.add(fd);
        }
        if writing.has(fd) && holds.intersects(Ready::OUT | Ready::HUP | Ready::ERR) {
            writable.add(fd);
        }
        // As in Zephyr: these end the wait whatever was asked, so that no set would tell why otherwise.
        if excepting.has(fd) && holds.intersects(Ready::PRI | Ready::HUP | Ready::ERR) {
            exceptional.add(fd);
        }
    }
    Ok(ready)
}

/// Seconds and a fraction, of which `unit` make a second, as a span rounded up to microseconds.
fn micros(sec: Time, fraction: c_long, unit: i64) -> Result<Duration> {
    // Both are as wide as this on some targets only.
    #[allow(clippy::useless_conversion)]
    let (sec, fraction) = (i64::from(sec), i64::from(fraction));
    if sec < 0 || !(0..unit).contains(&fraction) {
        return Err(Error::Inval);
    }
    let per_micro = unit / 1_000_000;
    let micros = (fraction + per_micro - 1) / per_micro;
    Ok(Duration::from_micros(sec.saturating_mul(1_000_000).saturating_add(micros) as u64))
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket_select.h":
    FdSet = "zsock_fd_set" { bits = "bitset" };
    Timespec = "struct timespec" { sec = "tv_sec", nsec = "tv_nsec" };
    Timeval = "struct timeval" { sec = "tv_sec", usec = "tv_usec" };
}
