// SPDX-License-Identifier: Apache-2.0
//! Waiting for several descriptors of all kinds at once.
//!
//! An object of somebody else's says which events of the kernel it waits for
//! (`ZFD_IOCTL_POLL_PREPARE`), and afterwards what it is ready for (`ZFD_IOCTL_POLL_UPDATE`). The
//! caller stands in the queues of these events and of this library's descriptors. An object that can only
//! wait by itself (-EXDEV) is asked to, for all descriptors (`ZFD_IOCTL_POLL_OFFLOAD`).

use core::ffi::{c_int, c_void};
use core::pin::pin;

use super::super::{current, errno};
use super::object::{self, FdOps};
use crate::base::{Duration, Error, Instant};
use crate::kernel::PollEvent;
use crate::os::{WaitSet, clock};
use crate::socket::fd::Other;
use crate::socket::poll::{self, POLL_MAX, PollFd, Ready, wait_queue};

const PREPARE: u32 = 0x102;
const UPDATE: u32 = 0x103;
#[cfg(any(test, znet_layout))]
const OFFLOAD: u32 = 0x104;

/// EXDEV, which the stack has no use for.
const EXDEV: c_int = 18;

/// Events of all objects in one call, as in Zephyr.
const EVENTS: usize = POLL_MAX;
/// Queues in which the caller can stand.
const QUEUES: usize = POLL_MAX + EVENTS;

unsafe extern "C" {
    fn znet_fd_ioctl_poll(
        ops: *const FdOps,
        object: *mut c_void,
        request: u32,
        fd: *mut c_void,
        event: *mut c_void,
        end: *mut c_void,
    ) -> c_int;
    fn znet_fd_ioctl_offload(
        ops: *const FdOps,
        object: *mut c_void,
        fds: *mut c_void,
        count: c_int,
        timeout: c_int,
    ) -> c_int;
}

/// How long to wait.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    /// At all?
    pub wait: bool,
    /// Until when; `None` is for ever.
    pub deadline: Option<Instant>,
}

/// Waits until one of `fds` is ready; returns how many are, or `None` with `errno` set: `ENOMEM` for
/// more descriptors or events than are configured, or what an object answered.
pub(super) fn wait(fds: &mut [PollFd], limit: Limit) -> Option<usize> {
    let instance = current();
    let (core, table) = (&instance.core, &instance.fds);
    if fds.len() > POLL_MAX || !fds.iter().any(|fd| object_of(fd).is_some()) {
        let ready = poll::poll(core, table, fds, limit.wait, limit.deadline);
        return ready.map_err(errno::set).ok();
    }
    loop {
        let mut events = [const { PollEvent::ignored() }; EVENTS];
        let mut now = !limit.wait;
        let used = match prepare(fds, &mut events, &mut now)? {
            Prepared::Events(used) => used,
            Prepared::Elsewhere(index) => return offload(fds, index, limit),
        };
        let asked = events.get(..used).unwrap_or(&[]);
        let over = {
            let waiter = pin!(WaitSet::<QUEUES>::new());
            let waiter = waiter.as_ref();
            for queue in fds.iter().filter_map(|fd| wait_queue(core, table, fd.fd)) {
                waiter.add(queue);
            }
            for queue in asked.iter().filter_map(PollEvent::queue) {
                waiter.add(queue);
            }
            // In the queues before the look: what happens after the look wakes us.
            now |= PollEvent::collect(asked) | (poll::look(core, table, fds) != 0);
            !now && !waiter.park(limit.deadline)
        };
        PollEvent::collect(asked);
        poll::look(core, table, fds);
        update(fds, &mut events)?;
        let ready = fds.iter().filter(|fd| fd.revents != 0).count();
        if ready != 0 || over || !limit.wait {
            return Some(ready);
        }
    }
}

/// The object behind a descriptor, by its name.
fn object_of(fd: &PollFd) -> Option<u32> {
    match current().fds.other(fd.fd)? {
        (Other::Object(name), _) => Some(name),
        #[cfg(any(CONFIG_NET_SOCKETPAIR, CONFIG_ZVFS_EVENTFD))]
        _ => None,
    }
}

enum Prepared {
    /// So many events are to be waited for.
    Events(usize),
    /// The object behind the descriptor at this place waits by itself.
    Elsewhere(usize),
}

/// Asks each object which events it waits for; `now` when one need not wait.
fn prepare(fds: &mut [PollFd], events: &mut [PollEvent], now: &mut bool) -> Option<Prepared> {
    let already = -Error::Already.errno();
    let mut used = 0;
    for (index, fd) in fds.iter_mut().enumerate() {
        match ask(fd, PREPARE, events, &mut used) {
            Some(0) | None => {}
            Some(answer) if answer == already => *now = true,
            Some(answer) if answer == -EXDEV => return Some(Prepared::Elsewhere(index)),
            Some(answer) => {
                errno::set_raw(-answer);
                return None;
            }
        }
    }
    Some(Prepared::Events(used))
}

/// Has each object say what it is ready for.
fn update(fds: &mut [PollFd], events: &mut [PollEvent]) -> Option<()> {
    let again = -Error::Again.errno();
    let mut used = 0;
    for fd in fds.iter_mut() {
        match ask(fd, UPDATE, events, &mut used) {
            None | Some(0) => {}
            Some(answer) if answer == again => {}
            Some(answer) => {
                errno::set_raw(-answer);
                return None;
            }
        }
    }
    Some(())
}

/// Puts `request` to the object behind `fd`, which takes events from place `used` on and moves it on;
/// `None` when there is no such object, which is then said in `fd`.
fn ask(fd: &mut PollFd, request: u32, events: &mut [PollEvent], used: &mut usize) -> Option<c_int> {
    let name = object_of(fd)?;
    fd.revents = 0;
    let range = events.as_mut_ptr_range();
    let mut at = range.start.wrapping_add(*used);
    let answer = object::with_ops(fd.fd, name, |object, ops| {
        // SAFETY: the table lives as long as the object.
        if unsafe { (*ops).ioctl }.is_none() {
            return Err(Error::NotSup);
        }
        // SAFETY: the object's own function. The events it uses lie before the end.
        Ok(unsafe {
            let (fd, at) = ((&raw mut *fd).cast(), (&raw mut at).cast());
            znet_fd_ioctl_poll(ops, object, request, fd, at, range.end.cast())
        })
    });
    *used = at.addr().saturating_sub(range.start.addr()) / size_of::<PollEvent>();
    match answer {
        Ok(answer) => Some(answer),
        Err(Error::BadF) => {
            fd.revents = Ready::NVAL.bits();
            None
        }
        Err(error) => Some(-error.errno()),
    }
}

/// Has the object behind the descriptor at `index` wait for all of them.
fn offload(fds: &mut [PollFd], index: usize, limit: Limit) -> Option<usize> {
    let timeout = match (limit.wait, limit.deadline) {
        (false, _) => 0,
        (true, None) => -1,
        (true, Some(at)) => c_int::try_from(millis(at.since(clock::now()))).unwrap_or(c_int::MAX),
    };
    let fd = fds.get(index)?;
    let (number, name) = (fd.fd, object_of(fd)?);
    let ready = object::with_ops(number, name, |object, ops| {
        // SAFETY: the object's own function, which it has, for it was asked before.
        Ok(unsafe {
            let count = fds.len() as c_int;
            znet_fd_ioctl_offload(ops, object, fds.as_mut_ptr().cast(), count, timeout)
        })
    });
    // What went wrong there is in errno.
    usize::try_from(ready.map_err(errno::set).ok()?).ok()
}

fn millis(span: Duration) -> u64 {
    span.as_micros().div_ceil(1000)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/sys/fdtable.h":
    PREPARE => "ZFD_IOCTL_POLL_PREPARE",
    UPDATE => "ZFD_IOCTL_POLL_UPDATE",
    OFFLOAD => "ZFD_IOCTL_POLL_OFFLOAD",
    EXDEV,
}
