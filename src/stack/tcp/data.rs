// SPDX-License-Identifier: Apache-2.0
//! What an application does with a connection: send and receive (RFC 9293, 3.10.2, 3.10.3).
//!
//! Called by: `socket::stream`, `capi::net_context`. Payload is copied by the caller, outside the lock.

use heapless::Vec;

use crate::base::{Error, Result};
use crate::buf::{NO_WAIT, Pkt, PktList, PktRef, Pools, SegFlags, SegRecord};
use crate::stack::{Env, Stack};
use crate::transport::ContextId;
use crate::transport::tcp::size::{narrow, wide};
use crate::transport::tcp::{Flags, State, Tcb, window};
use crate::wire::checksum::Sum;

/// Packets of which a reader gets handles at once.
const LENT: usize = 8;

/// How much may be queued for sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendRoom {
    /// Bytes.
    pub bytes: u32,
    /// Those of them that make whole segments: who has more than fits queues so much, or the buffer
    /// would end with a crumb each time it fills.
    pub whole: u32,
    /// Bytes a segment takes at most.
    pub mss: u16,
}

impl SendRoom {
    /// How many of `left` bytes to queue now.
    #[inline]
    pub fn take(&self, left: usize) -> usize {
        if left <= self.bytes as usize { left } else { self.whole as usize }
    }
}

/// What a reader gets.
pub struct Received {
    /// Packets taken out, of which all is the reader's.
    pub packets: PktList,
    /// Packets that stay, to be read behind those: the one that is wanted in part, or with "peek" all.
    pub lent: Vec<PktRef, LENT>,
    /// Bytes at the front of the first packet that were read before.
    pub skip: usize,
    /// Nothing comes behind what is here.
    pub end: bool,
}

impl Stack {
    /// How much may be queued for sending now, and how large a segment is.
    ///
    /// # Errors
    /// The connection's error, [`Error::Pipe`] behind a shut down, [`Error::NotConn`].
    #[inline]
    pub fn tcp_room(&mut self, id: ContextId) -> Result<SendRoom> {
        let (context, t, _) = self.tcp_pair(id)?;
        match t.state {
            State::Established | State::CloseWait => {}
            State::SynSent | State::SynReceived => {
                return Ok(SendRoom { bytes: 0, whole: 0, mss: t.mss() });
            }
            _ => return Err(context.error.take().unwrap_or(cannot_send(t))),
        }
        // Not more than half of the peer's largest window, or the sender's silly window avoidance
        // would have to part it.
        let mss = t.mss();
        let half = wide(t.snd_wnd_max) / 2;
        let mss = if half < u32::from(mss) && half != 0 { half.max(64) as u16 } else { mss };
        let mss = mss.min(t.mss());
        let bytes = wide(t.snd_limit).saturating_sub(t.queue.bytes());
        // A buffer for less than three segments has no room to spare.
        let full = u32::from(mss);
        let spare = wide(t.snd_limit) >= 3 * full;
        let crumb = if spare { bytes.checked_rem(full).unwrap_or(0) } else { 0 };
        Ok(SendRoom { bytes, whole: bytes - crumb, mss })
    }

    /// Queues segments, `bytes` in all, each with length and sum in its record, and sends what may be
    /// sent. Returns how many bytes were taken: whole segments, as many as there is room for.
    ///
    /// # Errors
    /// As [`tcp_room`](Self::tcp_room).
    #[inline]
    pub fn tcp_send(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        mut segments: PktList,
        bytes: usize,
    ) -> Result<usize> {
        let room = match self.tcp_room(id) {
            Ok(room) => room.bytes,
            Err(error) => {
                self.tcp_free_all(segments);
                return Err(error);
            }
        };
        let now = self.tcp_now(env);
        let pools = self.pools();
        let (_, t, slot) = self.tcp_pair(id)?;
        let mut seq = t.snd_end();
        let mut taken = 0;
        while let Some(next) = segments.front().map(|pkt| u32::from(pkt.segment().len)) {
            if taken + next > room {
                break;
            }
            let Some(mut pkt) = segments.pop_front() else { break };
            let sum = pkt.segment().sum;
            let last = segments.is_empty();
            let flags = if last { SegFlags::PSH } else { SegFlags::empty() };
            *pkt.segment_mut() =
                SegRecord { seq, sum, len: next as u16, flags, ..SegRecord::default() };
            seq += next;
            taken += next;
            if let Some(joined) = join(pools, t, pkt) {
                drop(joined);
            }
        }
        let _ = bytes;
        if !segments.is_empty() {
            self.tcp_free_all(segments);
        }
        if taken != 0 {
            self.tcp_output(env, now, slot);
            self.tcp_rearm(slot);
            self.tcp_tell_deadline();
        }
        Ok(taken as usize)
    }

    /// Marks the last byte queued as urgent (RFC 6093).
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    #[cfg(CONFIG_ZNET_TCP_URGENT)]
    pub fn tcp_mark_urgent(&mut self, id: ContextId) -> Result<()> {
        let (_, t, _) = self.tcp_pair(id)?;
        t.snd_urgent = t.snd_end();
        t.flags.insert(Flags::URGENT_OUT);
        Ok(())
    }

    /// Takes received data: about `want` bytes, never more, or with `peek` lends what is there without
    /// taking it.
    ///
    /// # Errors
    /// The connection's error, reported once when all data before it was read; [`Error::NotConn`].
    #[inline]
    pub fn tcp_receive(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        want: usize,
        peek: bool,
    ) -> Result<Received> {
        let (context, t, slot) = self.tcp_pair(id)?;
        let mut received = Received {
            packets: PktList::new(),
            lent: Vec::new(),
            skip: usize::from(t.rcv_offset),
            end: false,
        };
        if context.rx.is_empty() {
            received.end = at_end(t)?;
            if let Some(error) = context.error.filter(|_| t.state == State::Closed) {
                context.error = None;
                return Err(error);
            }
            return Ok(received);
        }
        if peek {
            context.rx.lend(LENT, &mut received.lent);
            received.end = t.rcv_queued as usize <= want && !t.state.can_receive();
            return Ok(received);
        }
        let mut left = want;
        let mut offset = received.skip;
        while left != 0 {
            let Some(first) = context.rx.front().map(|pkt| pkt.len() - offset) else { break };
            if first <= left {
                if let Some(pkt) = context.rx.pop_front() {
                    received.packets.push_back(pkt);
                }
                left -= first;
                offset = 0;
            } else {
                context.rx.lend(1, &mut received.lent);
                offset += left;
                left = 0;
            }
        }
        t.rcv_offset = offset as u16;
        let read = (want - left) as u32;
        t.rcv_queued = narrow(wide(t.rcv_queued).saturating_sub(read));
        received.end = context.rx.is_empty() && !t.state.can_receive() && t.state != State::Closed;
        self.tcp_window_moved(env, slot, read);
        Ok(received)
    }

    /// A reader took `read` bytes: the peer may have to hear of the room.
    #[inline]
    fn tcp_window_moved(&mut self, env: &dyn Env, slot: usize, read: u32) {
        // The packets that hold it are about to be freed: nobody looks again when they are.
        let spare = self.pools.get().rx_spare().saturating_add(read);
        let Some(t) = self.tcp.get_mut(slot) else { return };
        #[cfg(CONFIG_ZNET_TCP_URGENT)]
        if t.flags.has(Flags::URGENT_IN) && (t.rcv_nxt - wide(t.rcv_queued)).ge(t.rcv_urgent) {
            t.flags.remove(Flags::URGENT_IN);
        }
        let due = t.state.can_receive() && window::is_update_due(t, spare);
        if due || cfg!(CONFIG_ZNET_TCP_AUTOTUNE) {
            let now = self.tcp_now(env);
            let Some(t) = self.tcp.get_mut(slot) else { return };
            #[cfg(CONFIG_ZNET_TCP_AUTOTUNE)]
            window::tune(t, read, now.ms);
            if due {
                // Here, for what is sent looks at the memory that is free now.
                window::offer(t, spare);
                t.flags.insert(Flags::ACK_NOW);
                self.tcp_output(env, now, slot);
                self.tcp_rearm(slot);
            }
        }
        let _ = read;
    }

    /// Bytes that can be read at once. At the end of the stream there are none.
    ///
    /// # Errors
    /// [`Error::Inval`] for a listener, [`Error::BadF`] for a stale name.
    pub fn tcp_readable(&self, id: ContextId) -> Result<usize> {
        let t = self.tcp.get(self.tcp_slot(id)?).ok_or(Error::BadF)?;
        if t.state == State::Listen {
            return Err(Error::Inval);
        }
        Ok(t.rcv_queued as usize)
    }

    /// Bytes queued and not acknowledged yet.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn tcp_unsent(&self, id: ContextId) -> Result<usize> {
        let t = self.tcp.get(self.tcp_slot(id)?).ok_or(Error::BadF)?;
        let fin = t.flags.intersects(Flags::FIN_WANTED | Flags::FIN_QUEUED) && !t.queue.is_empty();
        Ok(t.queue.bytes() as usize + usize::from(fin))
    }

    /// What a call of `poll()` finds: data or the end of it to be read, room to write, and whether
    /// urgent data is on its way.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn tcp_ready(&self, id: ContextId) -> Result<Ready> {
        let t = self.tcp.get(self.tcp_slot(id)?).ok_or(Error::BadF)?;
        let error = self.contexts.get(id)?.error.is_some();
        let over = matches!(t.state, State::Closed | State::TimeWait)
            && t.flags.intersects(Flags::WAS_OPEN | Flags::FAILED);
        let no_more = over
            || t.flags.contains(Flags::DEAF)
            || (t.state.is_synchronized() && !t.state.can_receive());
        let never = t.state == State::Closed && !over;
        let mute = t.state.is_synchronized() && !t.state.can_send();
        let room = t.queue.bytes() <= wide(t.snd_limit).saturating_sub(window::send_low_mark(t));
        Ok(Ready {
            read: t.rcv_queued != 0 || no_more || t.backlog.limit != 0 && t.backlog.len != 0,
            // Without a connection a write fails at once, which is not waiting either.
            write: over || never || (t.state.can_send() && room) || mute,
            urgent: t.flags.has(Flags::URGENT_IN),
            peer_closed: no_more,
            hung_up: over || never || mute && no_more,
            error,
        })
    }

    fn tcp_free_all(&mut self, mut list: PktList) {
        while let Some(pkt) = list.pop_front() {
            self.tcp_free(pkt);
        }
    }
}

/// What a context is ready for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ready {
    /// Reading, or accepting, would not wait.
    pub read: bool,
    /// Writing would not wait.
    pub write: bool,
    /// Urgent data has not been read past (POLLPRI).
    pub urgent: bool,
    /// Nothing more will be received (POLLRDHUP).
    pub peer_closed: bool,
    /// Neither direction works any more, or never did (POLLHUP).
    pub hung_up: bool,
    /// An error waits to be asked for (POLLERR).
    pub error: bool,
}

/// Why nothing can be sent.
fn cannot_send(t: &Tcb) -> Error {
    let never = matches!(t.state, State::Closed | State::Listen);
    if never && !t.flags.contains(Flags::WAS_OPEN) { Error::NotConn } else { Error::Pipe }
}

/// Is an empty queue the end of the stream?
fn at_end(t: &Tcb) -> Result<bool> {
    match t.state {
        _ if t.flags.contains(Flags::DEAF) => Ok(true),
        State::Listen => Err(Error::NotConn),
        State::Closed if t.flags.intersects(Flags::WAS_OPEN | Flags::FAILED) => Ok(true),
        State::Closed => Err(Error::NotConn),
        state => Ok(state.is_synchronized() && !state.can_receive()),
    }
}

/// Queues a segment; a small one is joined to the last, when that waits to be sent and both make no
/// more than one segment. Returns the packet that is left over.
#[inline]
fn join(pools: &'static Pools, t: &mut Tcb, pkt: Pkt) -> Option<Pkt> {
    let added = *pkt.segment();
    if t.queue.has_unsent()
        && let Some(last) = t.queue.back().copied()
        && last.len + added.len <= t.mss()
        && !last.flags.contains(SegFlags::FIN)
    {
        return join_small(pools, t, last, pkt);
    }
    t.queue.push_back(pkt);
    None
}

/// Joins a payload to the last segment: into its room, or both into a packet with room for more.
#[inline(never)]
fn join_small(pools: &'static Pools, t: &mut Tcb, last: SegRecord, pkt: Pkt) -> Option<Pkt> {
    let added = *pkt.segment();
    let sum = Sum::of_folded(last.sum, usize::from(last.len));
    let sum = sum.join(Sum::of_folded(added.sum, usize::from(added.len))).fold();
    let pkt = match t.queue.join(pkt, sum) {
        Ok(left_over) => return Some(left_over),
        Err(pkt) => pkt,
    };
    if cfg!(CONFIG_ZNET_PROFILE_TINY) {
        t.queue.push_back(pkt);
        return None;
    }
    let len = last.len + added.len;
    let room = usize::from(len.saturating_mul(2).max(256).min(t.mss()));
    if let Some(mut both) = pools.alloc_tx(super::TCP_HEADROOM, room, NO_WAIT)
        && !both.home_is_scarce(RESERVED_SHARE)
        && t.queue.last().is_some_and(|mut held| held.append_to(&mut both))
        && pkt.fragments().all(|piece| both.append(piece) == piece.len())
    {
        *both.segment_mut() = SegRecord { len, sum, flags: last.flags | added.flags, ..last };
        t.queue.replace_last(both);
        return Some(pkt);
    }
    t.queue.push_back(pkt);
    None
}

/// One in so many transmit packets stays free for others when small writes are gathered.
const RESERVED_SHARE: u32 = 8;
