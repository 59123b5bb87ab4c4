// SPDX-License-Identifier: Apache-2.0
//! Sockets over contexts without a transport protocol: frames of the link, and IP packets.
//!
//! Called by: `capi::socket`. Calls: [`Core::with`].

use super::context::{MAX_PAYLOAD, fill_across, wait_for_buffer, wait_until};
use crate::base::{Error, Result};
use crate::buf::{NO_WAIT, Pkt};
use crate::stack::{Core, Env, Stack, UDP_HEADROOM};
use crate::transport::ContextId;

/// Sends `parts`, joined, as one frame or packet; `hand_over` gives it to the stack.
///
/// # Errors
/// [`Error::MsgSize`] for more than a packet holds, [`Error::Again`] when no buffer came free in time,
/// and those of `hand_over`.
pub fn send(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    parts: &[&[u8]],
    hand_over: impl FnOnce(&mut Stack, &dyn Env, Pkt) -> Result<()>,
) -> Result<usize> {
    let len = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
    if len > MAX_PAYLOAD {
        return Err(Error::MsgSize);
    }
    let mut pkt = match core.pools().alloc_tx(UDP_HEADROOM, len, NO_WAIT) {
        Some(pkt) => pkt,
        None => wait_for_buffer(core, id, nonblock, len)?,
    };
    fill_across(&mut pkt, parts).ok_or(Error::NoBufs)?;
    core.with(|stack, env| hand_over(stack, env, pkt))?;
    Ok(len)
}

/// Waits for a frame or packet and shows it to `look`, with whether it stays in the queue; `None` when
/// there will be none.
///
/// # Errors
/// [`Error::Again`] when none came in time, the socket's error, [`Error::BadF`] when it was closed.
pub fn receive<R>(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    peek: bool,
    mut look: impl FnMut(&Pkt) -> R,
) -> Result<Option<R>> {
    let mut taken = None;
    let mut seen = None;
    wait_until(core, id, nonblock, &mut |stack| {
        if peek {
            seen = stack.contexts.get(id)?.rx.front().map(&mut look);
            return Ok(seen.is_some());
        }
        taken = stack.context_receive(id)?;
        Ok(taken.is_some())
    })?;
    // Looked at, and freed, after the lock was given back.
    Ok(seen.or_else(|| taken.as_ref().map(look)))
}
