// SPDX-License-Identifier: Apache-2.0
//! Stream sockets over TCP contexts.
//!
//! Called by: `capi::socket`. Calls: [`Core::with`]. Data is copied once in each direction, and
//! outside the lock: into packets of one segment each before they are queued, and out of packets
//! after they were taken. A call that has to wait gives the lock up, sleeps on the context's queue and
//! looks again; a context closed meanwhile is noticed by its name.

use core::pin::pin;

use super::deadline_in;
use super::pieces::{Sink, Source};
use super::poll::Ready;
use crate::base::{Duration, Endpoint, Error, Instant, Result};
use crate::buf::{NO_WAIT, PktList};
use crate::config;
use crate::os::WaitSet;
use crate::stack::{Core, Env, SendRoom, Stack, TCP_HEADROOM, TcpOpt};
use crate::transport::{Context, ContextId, Flags};

/// How data is to be received.
#[derive(Clone, Copy, Debug, Default)]
pub struct How {
    /// Do not wait.
    pub nonblock: bool,
    /// Leave the data where it is (MSG_PEEK).
    pub peek: bool,
    /// Wait until all room is filled (MSG_WAITALL).
    pub all: bool,
    /// Drop the data instead of copying it (MSG_TRUNC).
    pub discard: bool,
}

/// Only the very last packet and buffer stay free when data is queued: ARP and pure acknowledgements
/// need them, which free the others.
const RESERVED_LAST: u32 = u32::MAX;
/// How long a sender leaves the last ones to others before it takes them, lest nothing move; and how
/// long it waits for memory before it looks whether the connection is still there.
const STARVED: Duration = Duration::from_millis(20);

/// Connects; waits until that is done unless `nonblock`, and then fails with [`Error::InProgress`].
/// `None` gives up an attempt or a connection (AF_UNSPEC).
///
/// # Errors
/// [`Error::Already`] while an attempt is under way, [`Error::IsConn`], those of routing, what the
/// attempt ended with. [`Error::InProgress`] also when SO_SNDTIMEO is over, as on Linux;
/// [`Error::TimedOut`] when without it `CONFIG_NET_SOCKETS_CONNECT_TIMEOUT` is, and the attempt is
/// given up.
pub fn connect(core: &Core, id: ContextId, nonblock: bool, to: Option<Endpoint>) -> Result<()> {
    let Some(to) = to else { return core.with(|stack, env| stack.tcp_disconnect(env, id)) };
    core.with(|stack, env| stack.tcp_connect(env, id, to))?;
    if nonblock {
        // Even where the peer, as near as this host, answered already: how is for poll() and SO_ERROR to say.
        return Err(Error::InProgress);
    }
    let done = |stack: &mut Stack, _: &dyn Env| Ok(stack.tcp_connected(id)?.then_some(()));
    if cfg!(CONFIG_ZNET_PROFILE_TINY) {
        return connect_rest(core, id, done);
    }
    match core.with(|stack, env| done(stack, env))? {
        Some(()) => Ok(()),
        None => connect_rest(core, id, done),
    }
}

/// Waits until a connection that was asked for is there.
#[cold]
fn connect_rest(
    core: &Core,
    id: ContextId,
    done: impl FnMut(&mut Stack, &dyn Env) -> Result<Option<()>>,
) -> Result<()> {
    let limit = core.with(|stack, _| stack.contexts.get(id).map(|c| c.timeouts.send()))?;
    let millis = if limit == 0 { CONNECT_TIMEOUT_MS } else { limit };
    match wait(core, id, false, deadline_in(core, millis), done) {
        Err(Error::Again) if limit != 0 => Err(Error::InProgress),
        Err(Error::Again) => {
            core.with(|stack, env| stack.tcp_disconnect(env, id))?;
            Err(Error::TimedOut)
        }
        result => result,
    }
}

/// Longest wait of a blocking connect when the socket has no time-out of its own.
const CONNECT_TIMEOUT_MS: u32 = config::NET_SOCKETS_CONNECT_TIMEOUT as u32;

/// Takes the oldest connection that nobody accepted yet; returns it with its peer.
///
/// # Errors
/// [`Error::Again`] when none came in time (SO_RCVTIMEO), [`Error::Inval`] when the socket does not
/// listen, [`Error::NoMem`] when there is no context for it.
pub fn accept(core: &Core, id: ContextId, nonblock: bool) -> Result<(ContextId, Endpoint)> {
    let look = |stack: &mut Stack, env: &dyn Env| match stack.tcp_accept(env, id)? {
        Some(new) => Ok(Some((new, stack.contexts.get(new)?.remote))),
        None => Ok(None),
    };
    if !cfg!(CONFIG_ZNET_PROFILE_TINY) {
        if let Some(found) = core.with(look)? {
            return Ok(found);
        }
        if nonblock {
            return Err(Error::Again);
        }
    }
    wait(core, id, nonblock, deadline(core, id, |c| c.timeouts.recv())?, look)
}

/// Sends `parts`, joined; returns how many bytes were queued. Waits until all are, unless `nonblock`
/// or SO_SNDTIMEO is over.
///
/// # Errors
/// Before anything was queued: [`Error::Again`], [`Error::NotConn`], [`Error::Pipe`] behind a shut
/// down, the connection's error, [`Error::Interrupted`] when it was closed meanwhile.
pub fn send(core: &Core, id: ContextId, nonblock: bool, parts: &[&[u8]]) -> Result<usize> {
    send_until(core, id, nonblock, None, parts)
}

/// [`send`] with a deadline in place of SO_SNDTIMEO; `None` leaves it to that.
///
/// # Errors
/// Those of [`send`].
#[inline]
pub fn send_until(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    limit: Option<Instant>,
    parts: &[&[u8]],
) -> Result<usize> {
    let mut source = Source::new(parts);
    let total = source.left();
    let mut result = queue(core, id, &mut source, false);
    if let (Ok(()), false) = (result, source.left() == 0) {
        result = match nonblock {
            true => Err(Error::Again),
            false => queue_rest(core, id, &mut source, limit),
        };
    }
    result.map(|()| total).or_else(|error| in_part(core, id, total - source.left(), error))
}

/// Queues what there is room and memory for, without waiting.
#[inline]
fn queue(core: &Core, id: ContextId, source: &mut Source, last: bool) -> Result<()> {
    loop {
        let room = core.with_packet(|stack, _| stack.tcp_room(id))?;
        let (segments, bytes) = segments(core, room, *source, last);
        if bytes == 0 {
            return Ok(());
        }
        let done = core.with_packet(|stack, env| stack.tcp_send(env, id, segments, bytes))?;
        source.skip(done);
        if done < bytes || source.left() == 0 {
            return Ok(());
        }
    }
}

/// Queues all that is left, waiting for room and memory.
#[cold]
fn queue_rest(
    core: &Core,
    id: ContextId,
    source: &mut Source,
    limit: Option<Instant>,
) -> Result<()> {
    let changes = core.wait_queue(id.index()).ok_or(Error::BadF)?;
    let deadline = match limit {
        Some(_) => limit,
        None => deadline(core, id, |c| c.timeouts.send())?,
    };
    let mut last = false;
    loop {
        let waiter = pin!(WaitSet::<1>::new());
        waiter.as_ref().add(changes);
        queue(core, id, source, last).map_err(Error::while_waiting)?;
        if source.left() == 0 {
            return Ok(());
        }
        let room = core.with(|stack, _| stack.tcp_room(id)).map_err(Error::while_waiting)?;
        last = false;
        let most = room.take(source.left());
        if most == 0 {
            if !waiter.as_ref().park(deadline) {
                return Err(Error::Again);
            }
            continue;
        }
        // There is room but no memory, which others give back: that wakes who waits in the pool.
        let soon = core.platform().now() + STARVED;
        let until = deadline.map_or(soon, |deadline| deadline.min(soon));
        let len = most.min(usize::from(room.mss));
        let found = core.pools().alloc_tx(TCP_HEADROOM, len, Some(until));
        if found.is_some_and(|pkt| pkt.home_is_scarce(RESERVED_LAST)) {
            // The last one: something has to happen first, or nothing for a while.
            last = !waiter.as_ref().park(Some(until));
        }
        if deadline.is_some_and(|deadline| core.platform().now() >= deadline) {
            return Err(Error::Again);
        }
    }
}

/// Makes packets of as much of `source` as there is room for; returns them with their bytes. The
/// last packets and buffers are left to others, unless `last`.
#[inline]
fn segments(core: &Core, room: SendRoom, mut source: Source, last: bool) -> (PktList, usize) {
    let mut list = PktList::new();
    let most = room.take(source.left());
    let mut bytes = 0;
    while bytes < most {
        let len = (most - bytes).min(usize::from(room.mss));
        let Some(mut pkt) = core.pools().alloc_tx(TCP_HEADROOM, len, NO_WAIT) else { break };
        if pkt.home_is_scarce(RESERVED_LAST) && !(last && bytes == 0) {
            break;
        }
        let Some(sum) = source.fill(&mut pkt, len) else { break };
        let record = pkt.segment_mut();
        record.len = len as u16;
        record.sum = sum.fold();
        list.push_back(pkt);
        bytes += len;
    }
    (list, bytes)
}

/// Receives into `parts`, in order; returns how many bytes, 0 at the end of the stream.
///
/// # Errors
/// [`Error::Again`] when none came in time, [`Error::NotConn`], the connection's error,
/// [`Error::Interrupted`] when it was closed meanwhile.
pub fn receive(core: &Core, id: ContextId, how: How, parts: &mut [&mut [u8]]) -> Result<usize> {
    let mut sink = Sink::new(parts, how.discard);
    match take(core, id, how, &mut sink) {
        Ok(true) => return Ok(sink.taken()),
        Ok(false) if how.nonblock => return in_part(core, id, sink.taken(), Error::Again),
        Ok(false) => {}
        Err(error) => return in_part(core, id, sink.taken(), error),
    }
    match take_rest(core, id, how, &mut sink) {
        Ok(()) => Ok(sink.taken()),
        Err(error) => in_part(core, id, sink.taken(), error),
    }
}

/// Takes what is there, without waiting; true when that is enough.
#[inline]
fn take(core: &Core, id: ContextId, how: How, sink: &mut Sink) -> Result<bool> {
    if how.peek {
        sink.rewind();
    }
    let want = sink.left();
    let mut received = core.with_packet(|stack, env| stack.tcp_receive(env, id, want, how.peek))?;
    // Copied, and the packets freed, after the lock was given back.
    let mut from = received.skip;
    while let Some(pkt) = received.packets.pop_front() {
        sink.take(&pkt, from);
        from = 0;
    }
    for pkt in &received.lent {
        sink.take(pkt, from);
        from = 0;
    }
    let some = sink.taken() != 0 && !how.all;
    // No more packets than those can be looked at, so it is no use to wait for more.
    let all = sink.left() == 0 || how.peek && received.lent.is_full();
    Ok(some || all || received.end)
}

/// Takes what comes until it is enough.
#[cold]
fn take_rest(core: &Core, id: ContextId, how: How, sink: &mut Sink) -> Result<()> {
    let queue = core.wait_queue(id.index()).ok_or(Error::BadF)?;
    let deadline = deadline(core, id, |c| c.timeouts.recv())?;
    loop {
        let waiter = pin!(WaitSet::<1>::new());
        waiter.as_ref().add(queue);
        if take(core, id, how, sink).map_err(Error::while_waiting)? {
            return Ok(());
        }
        if !waiter.as_ref().park(deadline) {
            return Err(Error::Again);
        }
    }
}

/// Closes the socket. What is queued is still sent; with SO_LINGER the call waits for that.
///
/// # Errors
/// [`Error::BadF`] when it was closed meanwhile.
pub fn close(core: &Core, id: ContextId) -> Result<()> {
    let lingers = core.with(|stack, env| match stack.tcp_get(id, TcpOpt::Linger) {
        Ok(seconds) if seconds > 0 => Ok(true),
        _ => stack.tcp_close(env, id).map(|()| false),
    })?;
    if !lingers {
        return Ok(());
    }
    linger(core, id);
    core.with(|stack, env| stack.tcp_close(env, id))
}

/// With SO_LINGER waits until all is acknowledged, for the time that says.
#[cold]
fn linger(core: &Core, id: ContextId) {
    let seconds = core.with(|stack, env| {
        let seconds = stack.tcp_get(id, TcpOpt::Linger).ok().filter(|&seconds| seconds > 0)?;
        // Data that nobody will read resets the connection at once (RFC 1122, 4.2.2.13).
        let unread = stack.tcp_readable(id).is_ok_and(|bytes| bytes != 0);
        (!unread && stack.tcp_shutdown(env, id, Flags::SHUT_WR).is_ok()).then_some(seconds as u32)
    });
    let Some(seconds) = seconds else { return };
    let acknowledged =
        |stack: &mut Stack, _: &dyn Env| Ok(stack.tcp_unsent(id)?.eq(&0).then_some(()));
    // Over in time or not: the rest happens without us.
    let _ = wait(core, id, false, deadline_in(core, seconds.saturating_mul(1000)), acknowledged);
}

/// Waits until `look` finds something, or `deadline`; looks once with `nonblock`.
///
/// # Errors
/// [`Error::Again`] when nothing was found in time; those of `look`.
#[cold]
fn wait<R>(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    deadline: Option<Instant>,
    mut look: impl FnMut(&mut Stack, &dyn Env) -> Result<Option<R>>,
) -> Result<R> {
    let queue = core.wait_queue(id.index()).ok_or(Error::BadF)?;
    let mut waited = false;
    loop {
        // In the queue before the look: what happens after the look wakes us.
        let waiter = pin!(WaitSet::<1>::new());
        waiter.as_ref().add(queue);
        match core.with(&mut look) {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => {}
            Err(error) if waited => return Err(error.while_waiting()),
            Err(error) => return Err(error),
        }
        if nonblock || !waiter.as_ref().park(deadline) {
            return Err(Error::Again);
        }
        waited = true;
    }
}

/// When a call that begins now is over, by one of the socket's time-outs.
#[cold]
fn deadline(
    core: &Core,
    id: ContextId,
    timeout: impl FnOnce(&Context) -> u32,
) -> Result<Option<Instant>> {
    let millis = core.with(|stack, _| stack.contexts.get(id).map(timeout))?;
    Ok(deadline_in(core, millis))
}

/// The result of a call that did part of its work before `error`: the part. An error of the
/// connection is kept for the next call.
#[cold]
fn in_part(core: &Core, id: ContextId, done: usize, error: Error) -> Result<usize> {
    if done == 0 {
        return Err(error);
    }
    if !matches!(
        error,
        Error::Again | Error::BadF | Error::Interrupted | Error::Pipe | Error::NotConn
    ) {
        core.with(|stack, _| {
            if let Ok(context) = stack.contexts.get_mut(id) {
                context.error.get_or_insert(error);
            }
        });
    }
    Ok(done)
}

/// What the socket is ready for, as `poll` asks it: the bits are Linux's choice for each state.
///
/// # Errors
/// [`Error::BadF`] for a stale name.
pub fn readiness(stack: &Stack, id: ContextId) -> Result<Ready> {
    let found = stack.tcp_ready(id)?;
    let mut ready = Ready::empty();
    ready.set(Ready::IN, found.read);
    ready.set(Ready::OUT, found.write);
    ready.set(Ready::PRI, found.urgent);
    ready.set(Ready::ERR, found.error);
    ready.set(Ready::HUP, found.hung_up);
    Ok(ready)
}
