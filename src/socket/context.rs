// SPDX-License-Identifier: Apache-2.0
//! What sockets over contexts of all kinds share: waiting, and filling packets.
//!
//! Called by: the other files of this folder. A call that has to wait gives the lock up, sleeps on the
//! context's queue and looks again; a context closed meanwhile is noticed by its name.

use core::pin::pin;

use super::deadline_in;
use crate::base::{Error, Instant, Result};
use crate::buf::Pkt;
use crate::config;
use crate::os::WaitSet;
use crate::stack::{Core, UDP_HEADROOM};
use crate::transport::{Context, ContextId, Flags};
use crate::wire::checksum::{Sum, copy_and_sum};

/// Largest payload of a datagram that could ever be sent: what IPv4's total length leaves, and no
/// more than the transmit pool holds, which a wait for buffers would never end for.
pub const MAX_PAYLOAD: usize = {
    let wire = 65_535 - crate::wire::ipv4::HEADER_LEN - crate::wire::udp::HEADER_LEN;
    let storage = match cfg!(CONFIG_NET_BUF_VARIABLE_DATA_SIZE) {
        true => config::NET_PKT_BUF_TX_DATA_POOL_SIZE,
        false => config::NET_BUF_TX_COUNT * config::NET_BUF_DATA_SIZE,
    };
    let pool = storage.saturating_sub(UDP_HEADROOM);
    if pool < wire { pool } else { wire }
};

/// Longest wait for a transmit buffer when the socket has no time-out of its own.
const SEND_WAIT_MS: u32 = config::NET_SOCKET_MAX_SEND_WAIT as u32;

/// Whether ancillary data can be asked for. Where little flash counts the configuration has to say so.
pub const TELLS: bool = cfg!(any(CONFIG_NET_CONTEXT_RECV_PKTINFO, not(CONFIG_ZNET_PROFILE_TINY)));

/// Waits until `look` finds something or nothing will come any more, the socket's receive time-out is
/// over, or it is closed.
#[cold]
pub(super) fn wait_until(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    look: &mut dyn FnMut(&mut crate::stack::Stack) -> Result<bool>,
) -> Result<()> {
    let queue = core.wait_queue(id.index()).ok_or(Error::BadF)?;
    let deadline: Option<Instant> =
        match cfg!(any(CONFIG_NET_CONTEXT_RCVTIMEO, not(CONFIG_ZNET_PROFILE_TINY))) {
            true => {
                let timeout =
                    core.with(|stack, _| stack.contexts.get(id).map(|c| c.timeouts.recv()))?;
                deadline_in(core, timeout)
            }
            false => None,
        };
    let mut waited = false;
    loop {
        // In the queue before the look: what arrives after the look wakes us.
        let waiter = pin!(WaitSet::<1>::new());
        waiter.as_ref().add(queue);
        let done: Result<bool> = core.with(|stack, _| {
            Ok(look(stack)? || stack.contexts.get(id)?.flags.contains(Flags::SHUT_RD))
        });
        match done {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(error) if waited => return Err(error.while_waiting()),
            Err(error) => return Err(error),
        }
        if nonblock || !waiter.as_ref().park(deadline) {
            return Err(Error::Again);
        }
        waited = true;
    }
}

#[cold]
pub(super) fn wait_for_buffer(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    len: usize,
) -> Result<Pkt> {
    if nonblock || !cfg!(CONFIG_ZNET_BUF_WAIT) {
        return Err(Error::Again);
    }
    let timeout = core.with(|stack, _| stack.contexts.get(id).map(|c| c.timeouts.send()))?;
    let millis = if timeout == 0 { SEND_WAIT_MS } else { timeout };
    core.pools().alloc_tx(UDP_HEADROOM, len, deadline_in(core, millis)).ok_or(Error::Again)
}

/// Copies `parts` behind the headroom of `pkt`, into several buffers where one is too small, and sums
/// them; `None` when they do not fit.
#[inline(never)]
pub(super) fn fill_across(pkt: &mut Pkt, parts: &[&[u8]]) -> Option<Sum> {
    let mut sum = Sum::ZERO;
    for part in parts {
        let mut rest = *part;
        while !rest.is_empty() {
            let spare = pkt.spare();
            let n = spare.len().min(rest.len());
            if n == 0 {
                return None;
            }
            sum = sum.join(copy_and_sum(spare, rest));
            pkt.commit(n);
            rest = rest.get(n..)?;
        }
    }
    Some(sum)
}

/// Is there something to read, room to write, or an error? As `poll` asks it.
pub fn readiness(context: &Context) -> super::poll::Ready {
    use super::poll::Ready;
    let mut ready = Ready::OUT;
    if !context.rx.is_empty() || context.flags.contains(Flags::SHUT_RD) {
        ready |= Ready::IN;
    }
    if context.error.is_some() {
        ready |= Ready::ERR;
    }
    if context.flags.contains(Flags::SHUT_RD | Flags::SHUT_WR) {
        ready |= Ready::HUP;
    }
    ready
}
