// SPDX-License-Identifier: Apache-2.0
//! Stream sockets: what their calls have beyond those of datagrams.
//!
//! Called by: the functions of this folder, which C calls. Calls: `socket::stream`.

use core::ffi::{c_int, c_void};
use core::slice;

use super::super::current;
use super::{MSG_PEEK, MSG_TRUNC, MSG_WAITALL};
use crate::base::{Endpoint, Error, Result};
use crate::socket::fd::{Kind, Open};
use crate::socket::stream::{self, How};
use crate::transport::ContextId;

pub(super) use crate::socket::stream::{close, connect};

/// What the flags of a receiving call ask for.
pub(super) fn how(nonblock: bool, flags: c_int) -> How {
    How {
        nonblock,
        peek: flags & MSG_PEEK != 0,
        all: flags & MSG_WAITALL != 0,
        discard: flags & MSG_TRUNC != 0,
    }
}

/// Listens with room for `backlog` connections that nobody has accepted yet; as everywhere, a
/// negative one is the least.
pub(super) fn listen(id: ContextId, backlog: c_int) -> Result<()> {
    let backlog = u16::try_from(backlog.max(0)).unwrap_or(u16::MAX);
    current().core.with(|stack, env| stack.tcp_listen(env, id, backlog))
}

/// Waits for a connection; returns its descriptor and its peer.
pub(super) fn accept(id: ContextId, nonblock: bool) -> Result<(c_int, Endpoint)> {
    let instance = current();
    // First the descriptor: a connection that was taken out could not be put back.
    let fd = instance.fds.reserve()?;
    match stream::accept(&instance.core, id, nonblock) {
        Ok((id, from)) => {
            instance.fds.set(fd, Open { kind: Kind::Stream(id), nonblock: false });
            Ok((fd, from))
        }
        Err(error) => {
            instance.fds.release(fd);
            Err(error)
        }
    }
}

/// Sends `len` bytes at `buf`, as many as there is room for.
///
/// # Safety
/// `buf` is readable for `len` bytes.
pub(super) unsafe fn send(
    id: ContextId,
    nonblock: bool,
    buf: *const c_void,
    len: usize,
) -> Result<usize> {
    let data = match len {
        0 => &[],
        // Before a slice is made of it: a negative number that became a length.
        _ if len > isize::MAX as usize => return Err(Error::Inval),
        // SAFETY: the caller's promise.
        _ => unsafe { slice::from_raw_parts(buf.cast::<u8>(), len) },
    };
    stream::send(&current().core, id, nonblock, &[data])
}

/// Receives up to `len` bytes to `buf`.
///
/// # Safety
/// `buf` is writable for `len` bytes.
pub(super) unsafe fn receive(
    id: ContextId,
    nonblock: bool,
    flags: c_int,
    buf: *mut c_void,
    len: usize,
) -> Result<usize> {
    let room = match len {
        0 => &mut [],
        _ if len > isize::MAX as usize => return Err(Error::Inval),
        // SAFETY: the caller's promise.
        _ => unsafe { slice::from_raw_parts_mut(buf.cast::<u8>(), len) },
    };
    stream::receive(&current().core, id, how(nonblock, flags), &mut [room])
}
