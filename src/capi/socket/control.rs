// SPDX-License-Identifier: Apache-2.0
//! `fcntl` and `ioctl`: whether calls wait, and how much there is to read.

use core::ffi::c_int;

use super::super::{current, errno};
use super::kind;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
use super::other;
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
use super::raw;
use crate::base::{Error, Result};
use crate::socket::fd::Kind;

pub(super) const F_GETFL: c_int = 3;
pub(super) const F_SETFL: c_int = 4;
/// `ZVFS_O_NONBLOCK`.
pub(super) const O_NONBLOCK: c_int = 0x4000;
/// What the C library of the host has for it: a process may include either header.
const HOST_O_NONBLOCK: c_int = if cfg!(target_os = "linux") { 0x800 } else { 0 };
/// The bits that ask for it; the first tells of it.
pub(super) const NONBLOCK: c_int = O_NONBLOCK | HOST_O_NONBLOCK;
pub(super) const O_RDWR: c_int = 2;

pub(super) const FIONREAD: core::ffi::c_ulong = 0x541b;
pub(super) const FIONBIO: core::ffi::c_ulong = 0x5421;

/// `F_GETFL` and `F_SETFL`; the wrapper in the header takes the variable argument apart.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_fcntl_impl(fd: c_int, cmd: c_int, flags: c_int) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    if let Some(result) = other::fcntl(fd, cmd, flags) {
        return result;
    }
    let result = (|| {
        let fds = &current().fds;
        match cmd {
            F_GETFL => {
                let nonblock = fds.get(fd)?.nonblock;
                Ok((O_RDWR | if nonblock { O_NONBLOCK } else { 0 }) as usize)
            }
            F_SETFL => fds.set_nonblock(fd, flags & NONBLOCK != 0).map(|()| 0),
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
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { other::ioctl(fd, request, arg) } {
        return result;
    }
    errno::status((|| {
        let (kind, _) = kind(fd, 0)?;
        if arg.is_null() {
            return Err(Error::Fault);
        }
        match request {
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            FIONREAD if matches!(kind, Kind::Raw(_)) => {
                let next = raw::readable(kind.context())?;
                // SAFETY: the caller's promise.
                unsafe { arg.write_unaligned(next as c_int) };
                Ok(())
            }
            FIONREAD => {
                let next = current().core.with(|stack, _| -> Result<usize> {
                    match kind {
                        #[cfg(CONFIG_NET_UDP)]
                        Kind::Datagram(id) => {
                            stack.contexts.get(id).map(|c| c.rx.front().map_or(0, |pkt| pkt.len()))
                        }
                        #[cfg(CONFIG_NET_TCP)]
                        Kind::Stream(id) => stack.tcp_readable(id),
                        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
                        Kind::Raw(_) => Err(Error::BadF),
                    }
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

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    F_GETFL => "ZVFS_F_GETFL",
    F_SETFL => "ZVFS_F_SETFL",
    O_NONBLOCK => "ZVFS_O_NONBLOCK",
}
