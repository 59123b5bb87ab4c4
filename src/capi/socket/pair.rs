// SPDX-License-Identifier: Apache-2.0
//! `socketpair`: the calls on pairs of sockets.
//!
//! Called by: `other`. Calls: `socket::pair`.

use core::ffi::{c_int, c_void};
use core::slice;

use super::super::{current, errno};
use super::msg::{IOV_MAX, Msghdr, Pieces};
use super::{MSG_DONTWAIT, MSG_PEEK, SHUT_RD, SHUT_RDWR, SHUT_WR, SOCK_STREAM, options};
use crate::base::{Error, Result};
use crate::socket::fd::Other;
use crate::socket::pair::End;

/// `AF_UNIX` as Zephyr numbers it.
const AF_UNIX: c_int = 6;

/// Makes a pair of stream sockets within the device: what is sent into one is received from the other.
/// For AF_UNIX and SOCK_STREAM only.
///
/// # Safety
/// `ends` is null or writable for two numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_socketpair(
    family: c_int,
    kind: c_int,
    proto: c_int,
    ends: *mut c_int,
) -> c_int {
    errno::status((|| {
        if family != AF_UNIX {
            return Err(Error::AfNoSupport);
        }
        if kind != SOCK_STREAM {
            return Err(Error::ProtoType);
        }
        if proto != 0 {
            return Err(Error::ProtoNoSupport);
        }
        if ends.is_null() {
            return Err(Error::Fault);
        }
        let pair = open()?;
        // SAFETY: the caller's promise.
        unsafe { ends.cast::<[c_int; 2]>().write_unaligned(pair) };
        Ok(())
    })())
}

fn open() -> Result<[c_int; 2]> {
    let fds = &current().fds;
    let first = fds.reserve()?;
    let made = fds.reserve().and_then(|second| {
        let pair = fds.pairs.open().inspect_err(|_| fds.release(second))?;
        Ok((second, pair))
    });
    let (second, [one, other]) = made.inspect_err(|_| fds.release(first))?;
    fds.set_other(first, Other::Pair(one), false);
    fds.set_other(second, Other::Pair(other), false);
    Ok([first, second])
}

pub(super) fn shutdown(end: End, how: c_int) -> Result<()> {
    let (receive, send) = match how {
        SHUT_RD => (true, false),
        SHUT_WR => (false, true),
        SHUT_RDWR => (true, true),
        _ => return Err(Error::Inval),
    };
    current().fds.pairs.shutdown(end, receive, send)
}

/// # Safety
/// `buf` is readable for `len` bytes.
pub(super) unsafe fn send(
    end: End,
    nonblock: bool,
    flags: c_int,
    buf: *const c_void,
    len: usize,
) -> Result<isize> {
    let data = match len {
        0 => &[],
        _ if buf.is_null() => return Err(Error::Fault),
        // SAFETY: the caller's promise; more than fits is not sent at once.
        _ => unsafe { slice::from_raw_parts(buf.cast::<u8>(), len.min(isize::MAX as usize)) },
    };
    let nonblock = nonblock || flags & MSG_DONTWAIT != 0;
    current().fds.pairs.send(end, nonblock, &[data]).map(|sent| sent as isize)
}

/// # Safety
/// `buf` is writable for `len` bytes.
pub(super) unsafe fn receive(
    end: End,
    nonblock: bool,
    flags: c_int,
    buf: *mut c_void,
    len: usize,
) -> Result<isize> {
    let room = match len {
        0 => &mut [],
        _ if buf.is_null() => return Err(Error::Fault),
        // SAFETY: the caller's promise.
        _ => unsafe { slice::from_raw_parts_mut(buf.cast::<u8>(), len.min(isize::MAX as usize)) },
    };
    let (nonblock, peek) = (nonblock || flags & MSG_DONTWAIT != 0, flags & MSG_PEEK != 0);
    let received = current().fds.pairs.receive(end, nonblock, peek, &mut [room]);
    received.map(|count| count as isize)
}

/// # Safety
/// As for `zsock_sendmsg`.
pub(super) unsafe fn sendmsg(
    end: End,
    nonblock: bool,
    flags: c_int,
    msg: *const Msghdr,
) -> Result<isize> {
    if msg.is_null() {
        return Err(Error::Fault);
    }
    let mut parts: [&[u8]; IOV_MAX] = [&[]; IOV_MAX];
    // SAFETY: the caller's promise; each member is read once.
    let count = unsafe {
        let msg = msg.read_unaligned();
        if !msg.name.is_null() {
            return Err(Error::IsConn);
        }
        Pieces::snapshot(msg.iov, msg.iovlen)?.read(&mut parts, isize::MAX as usize)?
    };
    let nonblock = nonblock || flags & MSG_DONTWAIT != 0;
    let parts = parts.get(..count).unwrap_or(&[]);
    current().fds.pairs.send(end, nonblock, parts).map(|sent| sent as isize)
}

/// # Safety
/// As for `zsock_recvmsg`.
pub(super) unsafe fn recvmsg(
    end: End,
    nonblock: bool,
    flags: c_int,
    msg: *mut Msghdr,
) -> Result<isize> {
    if msg.is_null() {
        return Err(Error::Fault);
    }
    let mut parts: [&mut [u8]; IOV_MAX] = core::array::from_fn(|_| &mut [][..]);
    // SAFETY: the caller's promise; each member is read once.
    let count = unsafe {
        let msg = msg.read_unaligned();
        Pieces::snapshot(msg.iov, msg.iovlen)?.write(&mut parts, isize::MAX as usize)
    };
    let parts = parts.get_mut(..count).unwrap_or(&mut []);
    let (nonblock, peek) = (nonblock || flags & MSG_DONTWAIT != 0, flags & MSG_PEEK != 0);
    let received = current().fds.pairs.receive(end, nonblock, peek, parts)?;
    // SAFETY: the caller's promise. A pair has no names and no ancillary data.
    unsafe { Msghdr::say_nothing(msg) };
    Ok(received as isize)
}

/// # Safety
/// As for `zsock_getsockopt`.
pub(super) unsafe fn getsockopt(
    level: c_int,
    option: c_int,
    value: *mut c_void,
    len: *mut usize,
) -> Result<isize> {
    let number = match (level, option) {
        (options::SOL_SOCKET, options::SO_TYPE) => SOCK_STREAM,
        (options::SOL_SOCKET, options::SO_DOMAIN) => AF_UNIX,
        (options::SOL_SOCKET, options::SO_PROTOCOL | options::SO_ERROR) => 0,
        _ => return Err(Error::NoProtoOpt),
    };
    if value.is_null() || len.is_null() {
        return Err(Error::Fault);
    }
    // SAFETY: the caller's promise.
    unsafe { options::put(&number.to_ne_bytes(), value, len) }.map(|()| 0)
}

/// The name of either end: of AF_UNIX, and empty.
///
/// # Safety
/// As for `zsock_getsockname`.
pub(super) unsafe fn name(addr: *mut c_void, len: *mut usize) -> Result<isize> {
    if addr.is_null() || len.is_null() {
        return Err(Error::Fault);
    }
    let family = (AF_UNIX as u16).to_ne_bytes();
    // SAFETY: the caller's promise; no more than `*len` bytes are written.
    unsafe {
        let room = len.read_unaligned().min(family.len());
        core::ptr::copy_nonoverlapping(family.as_ptr(), addr.cast::<u8>(), room);
        len.write_unaligned(family.len());
    }
    Ok(0)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/net_ip.h":
    AF_UNIX,
}
