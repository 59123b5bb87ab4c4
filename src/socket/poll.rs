// SPDX-License-Identifier: Apache-2.0
//! Waiting for several sockets at once.
//!
//! Called by: `capi::poll`. A waiter stands in the queue of every socket it asks about while it
//! sleeps; whatever happens to one of them wakes it, and it looks at all of them again.

use core::pin::pin;

use bitflags::bitflags;

use super::context;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
use super::fd::Other;
use super::fd::{FdTable, Kind};
use crate::base::{Error, Instant, Result};
use crate::config;
use crate::os::{WaitQ, WaitSet};
use crate::stack::{Core, Stack};

/// Descriptors one call may wait for.
pub const POLL_MAX: usize = if config::ZVFS_POLL_MAX == 0 { 4 } else { config::ZVFS_POLL_MAX };

bitflags! {
    /// What a descriptor is ready for; the bits of `ZSOCK_POLL*`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Ready: i16 {
        /// A read would not block.
        const IN = 0x01;
        /// Urgent data.
        const PRI = 0x02;
        /// A write would not block.
        const OUT = 0x04;
        /// An error is pending; always reported.
        const ERR = 0x08;
        /// The connection is gone; always reported.
        const HUP = 0x10;
        /// Not an open descriptor; always reported.
        const NVAL = 0x20;
    }
}

/// What a caller asks about one descriptor, and the answer. The layout of `struct zsock_pollfd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PollFd {
    /// The descriptor; a negative one is passed over.
    pub fd: i32,
    /// Bits of interest.
    pub events: i16,
    /// Bits that hold.
    pub revents: i16,
}

/// Waits until one of `fds` is ready or `deadline` has come (`None` is never). Returns how many are.
///
/// # Errors
/// [`Error::NoMem`] for more descriptors than are configured.
pub fn poll(
    core: &Core,
    table: &FdTable,
    fds: &mut [PollFd],
    wait: bool,
    deadline: Option<Instant>,
) -> Result<usize> {
    if fds.len() > POLL_MAX {
        return Err(Error::NoMem);
    }
    let ready = look(core, table, fds);
    if ready != 0 || !wait {
        return Ok(ready);
    }
    loop {
        let waiter = pin!(WaitSet::<POLL_MAX>::new());
        let waiter = waiter.as_ref();
        for fd in fds.iter() {
            if let Some(queue) = wait_queue(core, table, fd.fd) {
                waiter.add(queue);
            }
        }
        let ready = look(core, table, fds);
        if ready != 0 {
            return Ok(ready);
        }
        if !waiter.park(deadline) {
            return Ok(look(core, table, fds));
        }
    }
}

/// Where those stand who wait for what `fd` stands for.
pub fn wait_queue<'a>(core: &'a Core, table: &'a FdTable, fd: i32) -> Option<&'a WaitQ> {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    if let Some((other, _)) = table.other(fd) {
        return match other {
            #[cfg(CONFIG_NET_SOCKETPAIR)]
            Other::Pair(end) => table.pairs.wait_queue(end),
            #[cfg(CONFIG_ZVFS_EVENTFD)]
            Other::Event(id) => table.events.wait_queue(id),
            Other::Object(_) => None,
        };
    }
    core.wait_queue(table.get(fd).ok()?.kind.context().index())
}

/// Fills in what holds now; one lock for all descriptors.
pub fn look(core: &Core, table: &FdTable, fds: &mut [PollFd]) -> usize {
    core.with(|stack, _| {
        let mut ready = 0;
        for fd in fds.iter_mut() {
            let asked =
                Ready::from_bits_truncate(fd.events) | Ready::ERR | Ready::HUP | Ready::NVAL;
            let holds = if fd.fd < 0 { Ready::empty() } else { readiness(stack, table, fd.fd) };
            fd.revents = (holds & asked).bits();
            ready += usize::from(fd.revents != 0);
        }
        ready
    })
}

/// What `fd` is ready for. Datagram sockets first, of which there may be many.
#[inline]
fn readiness(stack: &Stack, table: &FdTable, fd: i32) -> Ready {
    #[cfg(all(CONFIG_NET_UDP, not(CONFIG_ZNET_PROFILE_TINY)))]
    if let Some((id, _)) = table.datagram(fd) {
        return stack.contexts.get(id).map_or(Ready::NVAL, context::readiness);
    }
    readiness_of_any(stack, table, fd)
}

#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(never))]
fn readiness_of_any(stack: &Stack, table: &FdTable, fd: i32) -> Ready {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    if let Some((other, _)) = table.other(fd) {
        let ready: crate::base::Result<Ready> = match other {
            #[cfg(CONFIG_NET_SOCKETPAIR)]
            Other::Pair(end) => table.pairs.readiness(end),
            #[cfg(CONFIG_ZVFS_EVENTFD)]
            Other::Event(id) => table.events.readiness(id),
            // Asked by others, for C is not called under the lock.
            Other::Object(_) => Ok(Ready::empty()),
        };
        return ready.unwrap_or(Ready::NVAL);
    }
    // Without any protocol there is no descriptor of one.
    #[allow(clippy::bind_instead_of_map)]
    let found = table.get(fd).and_then(|open| match open.kind {
        #[cfg(CONFIG_NET_UDP)]
        Kind::Datagram(id) => stack.contexts.get(id).map(context::readiness),
        #[cfg(CONFIG_NET_TCP)]
        Kind::Stream(id) => super::stream::readiness(stack, id),
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        Kind::Raw(id) => stack.contexts.get(id).map(context::readiness),
    });
    found.unwrap_or(Ready::NVAL)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket_poll.h":
    PollFd = "struct zsock_pollfd" { fd, events, revents };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    Ready::IN.bits() => "ZSOCK_POLLIN",
    Ready::PRI.bits() => "ZSOCK_POLLPRI",
    Ready::OUT.bits() => "ZSOCK_POLLOUT",
    Ready::ERR.bits() => "ZSOCK_POLLERR",
    Ready::HUP.bits() => "ZSOCK_POLLHUP",
    Ready::NVAL.bits() => "ZSOCK_POLLNVAL",
}
