// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/socket.h>`: descriptors, names and data.
//!
//! Called by: C applications. Calls: `socket::{inet, poll}`.

pub mod addr;
pub mod msg;
pub mod options;
pub mod select;

use core::ffi::{c_int, c_void};
use core::slice;

use self::addr::{AF_INET, AF_UNSPEC};
use super::{current, errno};
use crate::base::{Duration, Endpoint, Error, Result};
use crate::iface::IfRef;
use crate::socket::fd::{Kind, Open};
use crate::socket::poll::{self, PollFd};
use crate::socket::{inet as datagram, options as number};
use crate::transport::{ContextId, Flags};
use crate::wire::ipv4::protocol;

/// `SOCK_DGRAM` as Zephyr numbers it.
const SOCK_DGRAM: c_int = 2;
const SOCK_STREAM: c_int = 1;
const SOCK_RAW: c_int = 3;

pub(super) const MSG_PEEK: c_int = 0x02;
pub(super) const MSG_TRUNC: c_int = 0x20;
pub(super) const MSG_DONTWAIT: c_int = 0x40;

/// No datagram is longer; what a caller has room for beyond that does not matter.
pub(super) const DATAGRAM_MAX: usize = 65_535;

const SHUT_RD: c_int = 0;
const SHUT_WR: c_int = 1;
const SHUT_RDWR: c_int = 2;

const F_GETFL: c_int = 3;
const F_SETFL: c_int = 4;
/// `ZVFS_O_NONBLOCK`.
const O_NONBLOCK: c_int = 0x4000;
const O_RDWR: c_int = 2;

const FIONREAD: core::ffi::c_ulong = 0x541b;
const FIONBIO: core::ffi::c_ulong = 0x5421;

/// The context behind a descriptor, and whether calls on it may wait.
#[inline]
pub(super) fn inet(fd: c_int, flags: c_int) -> Result<(ContextId, bool)> {
    let Open { kind: Kind::Inet(id), nonblock } = current().fds.get(fd)?;
    Ok((id, nonblock || flags & MSG_DONTWAIT != 0))
}

/// Opens a socket: `AF_INET` with `SOCK_DGRAM`, protocol 0 or `IPPROTO_UDP`.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_socket(family: c_int, kind: c_int, proto: c_int) -> c_int {
    errno::posix(open(family, kind, proto).map(|fd| fd as usize)) as c_int
}

fn open(family: c_int, kind: c_int, proto: c_int) -> Result<c_int> {
    if family != c_int::from(AF_INET) {
        return Err(Error::AfNoSupport);
    }
    match (kind, proto) {
        (SOCK_DGRAM, proto) if proto == 0 || proto == c_int::from(protocol::UDP) => {}
        (SOCK_DGRAM | SOCK_STREAM | SOCK_RAW, _) => return Err(Error::ProtoNoSupport),
        _ => return Err(Error::ProtoType),
    }
    let instance = current();
    let fd = instance.fds.reserve()?;
    match instance.core.with(|stack, _| stack.udp_open()) {
        Ok(id) => {
            instance.fds.set(fd, Open { kind: Kind::Inet(id), nonblock: false });
            Ok(fd)
        }
        Err(error) => {
            instance.fds.release(fd);
            Err(error)
        }
    }
}

/// Closes a socket. Whoever waits on it returns with `EBADF`.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_close(fd: c_int) -> c_int {
    errno::status((|| {
        let instance = current();
        let Open { kind: Kind::Inet(id), .. } = instance.fds.remove(fd)?;
        instance.core.with(|stack, _| stack.context_close(id))
    })())
}

/// Stops receiving, sending, or both.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_shutdown(fd: c_int, how: c_int) -> c_int {
    errno::status((|| {
        let (id, _) = inet(fd, 0)?;
        let flags = match how {
            SHUT_RD => Flags::SHUT_RD,
            SHUT_WR => Flags::SHUT_WR,
            SHUT_RDWR => Flags::SHUT_RD | Flags::SHUT_WR,
            _ => return Err(Error::Inval),
        };
        current().core.with(|stack, _| stack.udp_shutdown(id, flags))
    })())
}

/// Gives the socket its local address.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_bind(fd: c_int, addr: *const c_void, len: usize) -> c_int {
    errno::status((|| {
        let (id, _) = inet(fd, 0)?;
        // SAFETY: the caller's promise.
        let local = unsafe { addr::read(addr, len)? };
        current().core.with(|stack, env| stack.udp_bind(env, id, local))
    })())
}

/// Ties the socket to one remote end point; `AF_UNSPEC` unties it.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_connect(fd: c_int, addr: *const c_void, len: usize) -> c_int {
    errno::status((|| {
        let (id, _) = inet(fd, 0)?;
        // SAFETY: the caller's promise.
        let family = unsafe { addr::family(addr, len)? };
        let remote = match family {
            Some(AF_UNSPEC) => None,
            // SAFETY: the caller's promise.
            _ => Some(unsafe { addr::read(addr, len)? }),
        };
        current().core.with(|stack, env| stack.udp_connect(env, id, remote))
    })())
}

/// Only for streams: `EOPNOTSUPP`.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_listen(fd: c_int, _backlog: c_int) -> c_int {
    errno::status(inet(fd, 0).and(Err(Error::OpNotSupp)))
}

/// Only for streams: `EOPNOTSUPP`.
///
/// # Safety
/// The pointers are not followed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_accept(fd: c_int, _addr: *mut c_void, _len: *mut usize) -> c_int {
    errno::status(inet(fd, 0).and(Err(Error::OpNotSupp)))
}

/// Sends one datagram; returns its length.
///
/// # Safety
/// `buf` is readable for `len` bytes; `addr` is null or readable for `addrlen` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_sendto(
    fd: c_int,
    buf: *const c_void,
    len: usize,
    flags: c_int,
    addr: *const c_void,
    addrlen: usize,
) -> isize {
    errno::posix((|| {
        let (id, nonblock) = inet(fd, flags)?;
        let to = match addr.is_null() {
            true => None,
            // SAFETY: the caller's promise.
            false => Some(unsafe { addr::read(addr, addrlen)? }),
        };
        if buf.is_null() && len != 0 {
            return Err(Error::Fault);
        }
        // SAFETY: the caller's promise; an empty slice needs no memory.
        let data = match len {
            0 => &[],
            // Before a slice is made of it: a negative number that became a length.
            _ if len > datagram::MAX_PAYLOAD => return Err(Error::MsgSize),
            // SAFETY: as above.
            _ => unsafe { slice::from_raw_parts(buf.cast::<u8>(), len) },
        };
        datagram::send(&current().core, id, nonblock, &[data], to)
    })())
}

/// Receives one datagram; returns the bytes copied, or with `MSG_TRUNC` its full length.
///
/// # Safety
/// `buf` is writable for `len` bytes; `addr` and `addrlen` are null, or writable as they say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_recvfrom(
    fd: c_int,
    buf: *mut c_void,
    len: usize,
    flags: c_int,
    addr: *mut c_void,
    addrlen: *mut usize,
) -> isize {
    errno::posix((|| {
        let (id, nonblock) = inet(fd, flags)?;
        if buf.is_null() && len != 0 {
            return Err(Error::Fault);
        }
        // SAFETY: the caller's promise; an empty slice needs no memory.
        let room = match len {
            0 => &mut [],
            // SAFETY: as above.
            _ => unsafe { slice::from_raw_parts_mut(buf.cast::<u8>(), len.min(DATAGRAM_MAX)) },
        };
        let peek = flags & MSG_PEEK != 0;
        let message = datagram::receive(&current().core, id, nonblock, peek, &mut [room])?;
        // SAFETY: the caller's promise.
        unsafe { addr::write(message.from, addr, addrlen) };
        Ok(if flags & MSG_TRUNC != 0 { message.len } else { message.copied })
    })())
}

/// [`zsock_sendto`] to whom the socket is connected.
///
/// # Safety
/// `buf` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_send(
    fd: c_int,
    buf: *const c_void,
    len: usize,
    flags: c_int,
) -> isize {
    // SAFETY: the caller's promise.
    unsafe { zsock_sendto(fd, buf, len, flags, core::ptr::null(), 0) }
}

/// [`zsock_recvfrom`] without the address.
///
/// # Safety
/// `buf` is writable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_recv(
    fd: c_int,
    buf: *mut c_void,
    len: usize,
    flags: c_int,
) -> isize {
    let none = core::ptr::null_mut();
    // SAFETY: the caller's promise.
    unsafe { zsock_recvfrom(fd, buf, len, flags, none, core::ptr::null_mut()) }
}

/// The address the socket is bound to.
///
/// # Safety
/// `addr` is writable for `*len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_getsockname(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { name(fd, addr, len, false) }
}

/// The address the socket is connected to; `ENOTCONN` when it is not.
///
/// # Safety
/// `addr` is writable for `*len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_getpeername(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { name(fd, addr, len, true) }
}

/// # Safety
/// `addr` is null or writable for `*len` bytes.
unsafe fn name(fd: c_int, addr: *mut c_void, len: *mut usize, peer: bool) -> c_int {
    errno::status((|| {
        let (id, _) = inet(fd, 0)?;
        if addr.is_null() || len.is_null() {
            return Err(Error::Fault);
        }
        let endpoint: Endpoint = current().core.with(|stack, _| {
            let context = stack.contexts.get(id)?;
            match (peer, context.is_connected()) {
                (true, false) => Err(Error::NotConn),
                (true, true) => Ok(context.remote),
                (false, _) => Ok(context.local),
            }
        })?;
        // SAFETY: the caller's promise.
        unsafe { addr::write(endpoint, addr, len) };
        Ok(())
    })())
}

/// Waits until one of `count` descriptors is ready, for `timeout` milliseconds; negative is for ever.
///
/// # Safety
/// `fds` is readable and writable for `count` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_poll(fds: *mut PollFd, count: c_int, timeout: c_int) -> c_int {
    let result = (|| {
        let count = usize::try_from(count).map_err(|_| Error::Inval)?;
        if count > poll::POLL_MAX {
            return Err(Error::NoMem);
        }
        if fds.is_null() && count != 0 {
            return Err(Error::Fault);
        }
        // SAFETY: the caller's promise; an empty slice needs no memory.
        let fds = match count {
            0 => &mut [],
            // SAFETY: as above.
            _ => unsafe { slice::from_raw_parts_mut(fds, count) },
        };
        let instance = current();
        let core = &instance.core;
        let millis = u64::try_from(timeout).ok();
        let deadline = millis.map(|ms| core.platform().now() + Duration::from_millis(ms));
        poll::poll(core, &instance.fds, fds, timeout != 0, deadline)
    })();
    errno::posix(result) as c_int
}

/// `F_GETFL` and `F_SETFL`; the wrapper in the header takes the variable argument apart.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_fcntl_impl(fd: c_int, cmd: c_int, flags: c_int) -> c_int {
    let result = (|| {
        let fds = &current().fds;
        match cmd {
            F_GETFL => {
                let nonblock = fds.get(fd)?.nonblock;
                Ok((O_RDWR | if nonblock { O_NONBLOCK } else { 0 }) as usize)
            }
            F_SETFL => fds.set_nonblock(fd, flags & O_NONBLOCK != 0).map(|()| 0),
            _ => fds.get(fd).and(Err(Error::Inval)),
        }
    })();
    errno::posix(result) as c_int
}

/// `FIONREAD` and `FIONBIO`; the wrapper in the header takes the variable argument apart.
///
/// # Safety
/// `arg` is null or points to an `int`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_ioctl(
    fd: c_int,
    request: core::ffi::c_ulong,
    arg: *mut c_int,
) -> c_int {
    errno::status((|| {
        let (id, _) = inet(fd, 0)?;
        if arg.is_null() {
            return Err(Error::Fault);
        }
        match request {
            FIONREAD => {
                let next = current().core.with(|stack, _| {
                    stack.contexts.get(id).map(|c| c.rx.front().map_or(0, |pkt| pkt.len()))
                })?;
                // SAFETY: the caller's promise.
                unsafe { arg.write_unaligned(next as c_int) };
                Ok(())
            }
            FIONBIO => {
                // SAFETY: the caller's promise.
                let on = unsafe { arg.read_unaligned() } != 0;
                current().fds.set_nonblock(fd, on)
            }
            _ => Err(Error::OpNotSupp),
        }
    })())
}

/// Reads a number option of the context behind `fd`.
pub(super) fn option(fd: c_int, opt: number::Opt) -> Result<u32> {
    let (id, _) = inet(fd, 0)?;
    current().core.with(|stack, _| stack.contexts.get(id).map(|c| number::get(c, opt)))
}

/// Sets a number option of the context behind `fd`.
pub(super) fn set_option(fd: c_int, opt: number::Opt, value: u32) -> Result<()> {
    let (id, _) = inet(fd, 0)?;
    current().core.with(|stack, _| number::set(stack.contexts.get_mut(id)?, opt, value))
}

/// The interface with this index.
pub(super) fn iface_by_index(index: u8) -> Result<IfRef> {
    current().core.with(|stack, _| stack.ifaces.get(index)).ok_or(Error::NoDev)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    SOCK_DGRAM,
    SOCK_STREAM,
    SOCK_RAW,
    SHUT_RD => "ZSOCK_SHUT_RD",
    SHUT_WR => "ZSOCK_SHUT_WR",
    SHUT_RDWR => "ZSOCK_SHUT_RDWR",
    MSG_PEEK => "ZSOCK_MSG_PEEK",
    MSG_TRUNC => "ZSOCK_MSG_TRUNC",
    MSG_DONTWAIT => "ZSOCK_MSG_DONTWAIT",
    F_GETFL => "ZVFS_F_GETFL",
    F_SETFL => "ZVFS_F_SETFL",
    O_NONBLOCK => "ZVFS_O_NONBLOCK",
}
