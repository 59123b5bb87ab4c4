// SPDX-License-Identifier: Apache-2.0
//! The calls of sockets on what is no socket over a context: pairs, counters, objects of others.
//!
//! Each returns `None` when the descriptor is not of these; the caller goes on then.
// An object may be the only other kind that a configuration has.
#![allow(irrefutable_let_patterns, unreachable_patterns)]

use core::ffi::{c_int, c_ulong, c_void};

use super::super::{current, errno};
use super::control::{F_GETFL, F_SETFL, FIONBIO, NONBLOCK, O_NONBLOCK, O_RDWR};
use super::msg::Msghdr;
use super::object::{self, SocketOps};
use crate::base::{Error, Result};
use crate::socket::fd::Other;

/// The value, or -1 with `errno` set; what an object's own function returned is left alone.
pub(super) fn raw(result: Result<isize>) -> isize {
    result.unwrap_or_else(|error| errno::posix(Err(error)))
}

fn status(result: Result<isize>) -> Option<c_int> {
    Some(raw(result) as c_int)
}

/// Calls the function of a socket that `which` finds in its table.
fn call<F>(
    fd: c_int,
    name: u32,
    which: impl FnOnce(&SocketOps) -> Option<F>,
    call: impl FnOnce(F, *mut c_void) -> isize,
) -> Result<isize> {
    object::with_socket(fd, name, |object, ops| {
        Ok(call(which(ops).ok_or(Error::OpNotSupp)?, object))
    })
}

pub(super) fn close(fd: c_int) -> Option<c_int> {
    let fds = &current().fds;
    let (other, _) = fds.other(fd)?;
    let result = match other {
        Other::Object(name) => object::close(fd, name),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(end) => {
            fds.remove_other(fd, other).and_then(|()| fds.pairs.close(end)).map(|()| 0)
        }
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(id) => {
            fds.remove_other(fd, other).and_then(|()| fds.events.close(id)).map(|()| 0)
        }
    };
    status(result.map(|result| result as isize))
}

pub(super) fn shutdown(fd: c_int, how: c_int) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.shutdown,
            // SAFETY: the object's own function.
            |shutdown, object| unsafe { shutdown(object, how) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(end) => super::pair::shutdown(end, how).map(|()| 0),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

/// # Safety
/// As for `zsock_bind`.
pub(super) unsafe fn bind(fd: c_int, addr: *const c_void, len: usize) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.bind,
            // SAFETY: the object's own function, and the caller's promise; so below.
            |bind, object| unsafe { bind(object, addr, len) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(_) => Err(Error::IsConn),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

/// # Safety
/// As for `zsock_connect`.
pub(super) unsafe fn connect(fd: c_int, addr: *const c_void, len: usize) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.connect,
            // SAFETY: as in `bind`.
            |connect, object| unsafe { connect(object, addr, len) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(_) => Err(Error::IsConn),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

pub(super) fn listen(fd: c_int, backlog: c_int) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.listen,
            // SAFETY: the object's own function.
            |listen, object| unsafe { listen(object, backlog) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(_) => Err(Error::Inval),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

/// # Safety
/// As for `zsock_accept`.
pub(super) unsafe fn accept(fd: c_int, addr: *mut c_void, len: *mut usize) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.accept,
            // SAFETY: as in `bind`.
            |accept, object| unsafe { accept(object, addr, len) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(_) => Err(Error::OpNotSupp),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

/// # Safety
/// As for `zsock_sendto`.
pub(super) unsafe fn sendto(
    fd: c_int,
    buf: *const c_void,
    len: usize,
    flags: c_int,
    addr: *const c_void,
    addrlen: usize,
) -> Option<isize> {
    let (other, _nonblock) = current().fds.other(fd)?;
    Some(raw(match other {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.sendto,
            // SAFETY: as in `bind`.
            |sendto, object| unsafe { sendto(object, buf, len, flags, addr, addrlen) },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(_) if !addr.is_null() => Err(Error::IsConn),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        // SAFETY: the caller's promise.
        Other::Pair(end) => unsafe { super::pair::send(end, _nonblock, flags, buf, len) },
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    }))
}

/// # Safety
/// As for `zsock_recvfrom`.
pub(super) unsafe fn recvfrom(
    fd: c_int,
    buf: *mut c_void,
    len: usize,
    flags: c_int,
    addr: *mut c_void,
    addrlen: *mut usize,
) -> Option<isize> {
    let (other, _nonblock) = current().fds.other(fd)?;
    Some(raw(match other {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.recvfrom,
            // SAFETY: as in `bind`.
            |recvfrom, object| unsafe { recvfrom(object, buf, len, flags, addr, addrlen) },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(end) => {
            if !addrlen.is_null() {
                // SAFETY: the caller's promise. A pair has no names.
                unsafe { addrlen.write_unaligned(0) };
            }
            // SAFETY: the caller's promise.
            unsafe { super::pair::receive(end, _nonblock, flags, buf, len) }
        }
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    }))
}

/// # Safety
/// As for `zsock_sendmsg`.
pub(super) unsafe fn sendmsg(fd: c_int, msg: *const Msghdr, flags: c_int) -> Option<isize> {
    let (other, _nonblock) = current().fds.other(fd)?;
    Some(raw(match other {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.sendmsg,
            // SAFETY: as in `bind`.
            |sendmsg, object| unsafe { sendmsg(object, msg, flags) },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        // SAFETY: the caller's promise.
        Other::Pair(end) => unsafe { super::pair::sendmsg(end, _nonblock, flags, msg) },
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    }))
}

/// # Safety
/// As for `zsock_recvmsg`.
pub(super) unsafe fn recvmsg(fd: c_int, msg: *mut Msghdr, flags: c_int) -> Option<isize> {
    let (other, _nonblock) = current().fds.other(fd)?;
    Some(raw(match other {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.recvmsg,
            // SAFETY: as in `bind`.
            |recvmsg, object| unsafe { recvmsg(object, msg, flags) },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        // SAFETY: the caller's promise.
        Other::Pair(end) => unsafe { super::pair::recvmsg(end, _nonblock, flags, msg) },
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    }))
}

/// # Safety
/// As for `zsock_getsockopt`.
pub(super) unsafe fn getsockopt(
    fd: c_int,
    level: c_int,
    option: c_int,
    value: *mut c_void,
    len: *mut usize,
) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.getsockopt,
            // SAFETY: as in `bind`.
            |get, object| unsafe { get(object, level, option, value, len) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        // SAFETY: the caller's promise.
        Other::Pair(_) => unsafe { super::pair::getsockopt(level, option, value, len) },
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

/// # Safety
/// As for `zsock_setsockopt`.
pub(super) unsafe fn setsockopt(
    fd: c_int,
    level: c_int,
    option: c_int,
    value: *const c_void,
    len: usize,
) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| ops.setsockopt,
            // SAFETY: as in `bind`.
            |set, object| unsafe { set(object, level, option, value, len) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        Other::Pair(_) => Err(Error::NoProtoOpt),
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

/// # Safety
/// As for `zsock_getsockname`, or with `peer` `zsock_getpeername`.
pub(super) unsafe fn name(
    fd: c_int,
    addr: *mut c_void,
    len: *mut usize,
    peer: bool,
) -> Option<c_int> {
    status(match current().fds.other(fd)?.0 {
        Other::Object(name) => call(
            fd,
            name,
            |ops| if peer { ops.getpeername } else { ops.getsockname },
            // SAFETY: as in `bind`.
            |get, object| unsafe { get(object, addr, len) as isize },
        ),
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        // SAFETY: the caller's promise.
        Other::Pair(_) => unsafe { super::pair::name(addr, len) },
        #[cfg(CONFIG_ZVFS_EVENTFD)]
        Other::Event(_) => Err(Error::NotSock),
    })
}

pub(super) fn fcntl(fd: c_int, cmd: c_int, flags: c_int) -> Option<c_int> {
    let (other, nonblock) = current().fds.other(fd)?;
    if let Other::Object(name) = other {
        let done = object::ioctl_int(fd, name, cmd as u32, flags);
        return status(done.map(|result| result as isize));
    }
    status(match cmd {
        F_GETFL => Ok((O_RDWR | if nonblock { O_NONBLOCK } else { 0 }) as isize),
        F_SETFL => current().fds.set_nonblock(fd, flags & NONBLOCK != 0).map(|()| 0),
        _ => Err(Error::Inval),
    })
}

/// # Safety
/// `arg` is what `request` wants: a pointer to an `int` for what is known here.
pub(super) unsafe fn ioctl(fd: c_int, request: c_ulong, arg: *mut c_int) -> Option<c_int> {
    let (other, _) = current().fds.other(fd)?;
    if let Other::Object(name) = other {
        // SAFETY: the caller's promise.
        let done = unsafe { object::ioctl_ptr(fd, name, request as u32, arg.cast()) };
        return status(done.map(|result| result as isize));
    }
    if arg.is_null() {
        return status(Err(Error::Fault));
    }
    status(match (request, other) {
        (FIONBIO, _) => {
            // SAFETY: the caller's promise.
            let on = unsafe { arg.read_unaligned() } != 0;
            current().fds.set_nonblock(fd, on).map(|()| 0)
        }
        #[cfg(CONFIG_NET_SOCKETPAIR)]
        (super::control::FIONREAD, Other::Pair(end)) => {
            current().fds.pairs.readable(end).map(|bytes| {
                // SAFETY: the caller's promise.
                unsafe { arg.write_unaligned(bytes as c_int) };
                0
            })
        }
        _ => Err(Error::OpNotSupp),
    })
}
