// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/znet_plpmtud.h>`: path MTU discovery for applications over UDP. Zephyr v4.2 has no such thing.
#![allow(clippy::missing_safety_doc)]

use core::ffi::c_int;

use super::current;
use super::errno::posix;
use crate::base::{Error, Result};
use crate::ip::plpmtud::State;
use crate::transport::ContextId;

fn context(sock: c_int) -> Result<ContextId> {
    current().fds.datagram(sock).map(|(id, _)| id).ok_or(Error::BadF)
}

/// Begins to look what the path to the peer carries.
#[unsafe(no_mangle)]
pub extern "C" fn znet_plpmtud_start(sock: c_int) -> c_int {
    posix(context(sock).and_then(|id| {
        current().core.with(|stack, _| stack.plpmtud_start(id))?;
        Ok(0)
    })) as c_int
}

/// Ends that.
#[unsafe(no_mangle)]
pub extern "C" fn znet_plpmtud_stop(sock: c_int) -> c_int {
    posix(context(sock).map(|id| {
        current().core.with(|stack, _| stack.plpmtud_stop(id));
        0
    })) as c_int
}

/// The size of the probe to be sent now, 0 for none; `wait_ms` gets how long to wait before asking again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_plpmtud_due(sock: c_int, wait_ms: *mut u32) -> c_int {
    posix(context(sock).and_then(|id| {
        let (size, wait) = current().core.with(|stack, env| {
            let (size, at) = stack.plpmtud_due(env, id)?;
            Ok((size, at.since(env.now())))
        })?;
        // Rounded up, or who waits so long would ask too early.
        let millis = wait.as_micros().div_ceil(1000);
        if !wait_ms.is_null() {
            // SAFETY: not null, and the caller's promise is a place for a number.
            unsafe { wait_ms.write(u32::try_from(millis).unwrap_or(u32::MAX)) };
        }
        Ok(usize::from(size.unwrap_or(0)))
    })) as c_int
}

/// The peer has confirmed a datagram of `len` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn znet_plpmtud_confirm(sock: c_int, len: usize) -> c_int {
    posix(context(sock).and_then(|id| {
        let len = u16::try_from(len).map_err(|_| Error::Inval)?;
        current().core.with(|stack, env| stack.plpmtud_confirm(env, id, len))?;
        Ok(0)
    })) as c_int
}

/// The largest payload that may be sent.
#[unsafe(no_mangle)]
pub extern "C" fn znet_plpmtud_size(sock: c_int) -> c_int {
    posix(context(sock).and_then(|id| {
        let info = current().core.with(|stack, env| stack.plpmtud_info(env, id))?;
        Ok(usize::from(info.payload))
    })) as c_int
}

/// Where the search stands: `enum znet_plpmtud_state`.
#[unsafe(no_mangle)]
pub extern "C" fn znet_plpmtud_state(sock: c_int) -> c_int {
    posix(context(sock).and_then(|id| {
        let info = current().core.with(|stack, env| stack.plpmtud_info(env, id))?;
        Ok(match info.state {
            State::Base => 1,
            State::Searching => 2,
            State::Complete => 3,
            State::Error => 4,
        })
    })) as c_int
}
