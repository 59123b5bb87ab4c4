// SPDX-License-Identifier: Apache-2.0
//! Datagram sockets over UDP contexts.
//!
//! Called by: `capi::socket`. Calls: [`Core::with`], `context`.

use super::context::{MAX_PAYLOAD, TELLS, fill_across, wait_for_buffer, wait_until};
use crate::base::{Endpoint, Error, IpAddr, Result};
use crate::buf::{Deadline, Memory, NO_WAIT, Pkt};
use crate::iface::IfRef;
use crate::stack::{Core, Env, Marks, Stack, UDP_HEADROOM};
use crate::transport::{ContextId, Flags};
use crate::wire::checksum::{Sum, copy_and_sum};

/// How a received datagram is described to the caller.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Bytes given to the caller.
    pub copied: usize,
    /// Bytes the datagram had.
    pub len: usize,
    /// Who sent it.
    pub from: Endpoint,
    /// The interface by index on which that address means something; 0 for one that needs none.
    #[cfg(CONFIG_NET_IPV6)]
    pub scope: u8,
    /// Which ancillary data the socket asked for.
    pub wanted: Flags,
    /// When it was received, as its driver says.
    #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
    pub stamp: crate::buf::shell::NetPtpTime,
}

impl Message {
    /// Nothing, because receiving was shut down.
    const END: Message = Message {
        copied: 0,
        len: 0,
        from: Endpoint::UNSPECIFIED,
        #[cfg(CONFIG_NET_IPV6)]
        scope: 0,
        wanted: Flags::empty(),
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        stamp: crate::buf::shell::NetPtpTime { second: 0, nanosecond: 0 },
    };

    /// The interface by index on which the sender's address means something; 0 for one that needs none.
    #[inline]
    pub const fn scope(&self) -> u8 {
        #[cfg(CONFIG_NET_IPV6)]
        return self.scope;
        #[cfg(not(CONFIG_NET_IPV6))]
        return 0;
    }
}

/// What the headers of a received datagram said.
#[derive(Clone, Copy, Debug)]
pub struct Ancillary {
    /// To which of our addresses, or to which group, it was sent.
    pub to: IpAddr,
    /// Our own address an answer comes from: `to`, unless that is a group or a broadcast.
    pub local: IpAddr,
    /// On which interface, by index, it came.
    pub iface: u8,
    /// Its time to live on arrival.
    pub ttl: u8,
    /// Its DSCP and ECN.
    pub tos: u8,
}

/// Sends `parts`, joined, as one datagram to `to` or to whom the socket is connected.
///
/// # Errors
/// Those of [`Stack::udp_send`](crate::stack::Stack::udp_send); [`Error::MsgSize`] for more than a
/// datagram holds, [`Error::Again`] when no buffer came free in time.
#[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(always))]
#[cfg_attr(not(CONFIG_ZNET_PROFILE_FAST), inline)]
pub fn send(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    parts: &[&[u8]],
    to: Option<Endpoint>,
) -> Result<usize> {
    send_by(core, id, nonblock, parts, |stack, env, pkt, sum| stack.udp_send(env, id, to, pkt, sum))
}

/// The same, out of the way of who sends one piece.
///
/// # Errors
/// Those of [`send`].
#[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(never))]
pub fn send_parts(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    parts: &[&[u8]],
    to: Option<Endpoint>,
) -> Result<usize> {
    if !cfg!(CONFIG_ZNET_PROFILE_FAST) {
        return send(core, id, nonblock, parts, to);
    }
    send_by(core, id, nonblock, parts, |stack, env, pkt, sum| {
        stack.udp_send_apart(env, id, to, pkt, sum)
    })
}

/// Sends as `send` does it under the lock.
#[inline(always)]
fn send_by(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    parts: &[&[u8]],
    send: impl FnOnce(&mut Stack, &dyn Env, Pkt, Sum) -> Result<()>,
) -> Result<usize> {
    let len = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
    if len > MAX_PAYLOAD {
        return Err(Error::MsgSize);
    }
    let pools = core.pools();
    let mut pkt = match pools.alloc_tx(UDP_HEADROOM, len, NO_WAIT) {
        Some(pkt) => pkt,
        None => wait_for_buffer(core, id, nonblock, len)?,
    };
    // The payload is copied and summed before the lock is taken.
    let sum = fill(&mut pkt, parts).ok_or(Error::NoBufs)?;
    core.with_packet(|stack, env| send(stack, env, pkt, sum))?;
    Ok(len)
}

/// [`send`] to an address that means something on one interface only.
///
/// # Errors
/// Those of [`send_marked`].
#[cfg(CONFIG_NET_IPV6)]
#[cold]
pub fn send_on(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    parts: &[&[u8]],
    to: Endpoint,
    iface: u8,
) -> Result<usize> {
    let marks = Marks { iface, ..Marks::default() };
    send_marked(core, id, nonblock, parts, Some(to), &marks)
}

/// [`send`] of a datagram that says of itself what others leave to the socket.
///
/// # Errors
/// Those of [`Stack::udp_send_marked`](crate::stack::Stack::udp_send_marked), and of [`send`].
#[cold]
pub fn send_marked(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    parts: &[&[u8]],
    to: Option<Endpoint>,
    marks: &Marks,
) -> Result<usize> {
    let len = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
    if len > MAX_PAYLOAD {
        return Err(Error::MsgSize);
    }
    let mut pkt = match core.pools().alloc_tx(UDP_HEADROOM, len, NO_WAIT) {
        Some(pkt) => pkt,
        None => wait_for_buffer(core, id, nonblock, len)?,
    };
    let sum = fill_across(&mut pkt, parts).ok_or(Error::NoBufs)?;
    core.with(|stack, env| stack.udp_send_marked(env, id, to, pkt, sum, marks))?;
    Ok(len)
}

/// [`send`] with a deadline for the wait for a buffer in place of the socket's time-out, and with memory of
/// the context's own where it has some.
///
/// # Errors
/// Those of [`send`].
pub fn send_until(
    core: &Core,
    id: ContextId,
    deadline: Deadline,
    parts: &[&[u8]],
    to: Option<Endpoint>,
    memory: Option<Memory>,
) -> Result<usize> {
    let len = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
    if len > MAX_PAYLOAD {
        return Err(Error::MsgSize);
    }
    let pkt = match memory {
        Some(memory) => memory.alloc(UDP_HEADROOM, len, deadline),
        None => core.pools().alloc_tx(UDP_HEADROOM, len, deadline),
    };
    let mut pkt = pkt.ok_or(Error::Again)?;
    let sum = fill_across(&mut pkt, parts).ok_or(Error::NoBufs)?;
    core.with(|stack, env| stack.udp_send_apart(env, id, to, pkt, sum))?;
    Ok(len)
}

/// Receives one datagram into `parts`, in order; what does not fit is lost, as POSIX has it, unless
/// `peek` leaves it in the queue.
///
/// # Errors
/// [`Error::Again`] when none came in time, the socket's pending error, [`Error::Interrupted`]
/// when it was closed meanwhile.
#[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(always))]
#[cfg_attr(not(CONFIG_ZNET_PROFILE_FAST), inline)]
pub fn receive(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    peek: bool,
    parts: &mut [&mut [u8]],
    tell: Tell<'_>,
) -> Result<Message> {
    if peek && !cfg!(CONFIG_ZNET_SOCKET_PEEK) {
        return Err(Error::OpNotSupp);
    }
    if peek {
        return peek_at(core, id, nonblock, parts, tell);
    }
    // One look before anything is made ready for a wait; little flash has it in one place.
    let first = match cfg!(CONFIG_ZNET_PROFILE_TINY) {
        true => None,
        false => core.with_packet(|stack, _| take(stack, id))?,
    };
    let (pkt, flags) = match first {
        Some(found) => found,
        None => {
            let mut found = None;
            wait_until(core, id, nonblock, &mut |stack| {
                found = take(stack, id)?;
                Ok(found.is_some())
            })?;
            let Some(found) = found else { return Ok(Message::END) };
            found
        }
    };
    // The payload is copied, and the packet freed, after the lock was given back.
    Ok(describe(&pkt, flags, parts, tell))
}

/// Takes the oldest datagram with what its socket wants to know of it.
#[inline]
fn take(stack: &mut Stack, id: ContextId) -> Result<Option<(Pkt, Flags)>> {
    let pkt = stack.context_receive(id)?;
    Ok(pkt.map(|pkt| (pkt, stack.contexts.get(id).map_or(Flags::empty(), |c| c.flags))))
}

#[cold]
fn peek_at(
    core: &Core,
    id: ContextId,
    nonblock: bool,
    parts: &mut [&mut [u8]],
    tell: Tell<'_>,
) -> Result<Message> {
    let mut message = Message::END;
    wait_until(core, id, nonblock, &mut |stack| {
        let context = stack.contexts.get_mut(id)?;
        let flags = context.flags;
        match context.rx.front() {
            Some(pkt) => {
                message = describe(pkt, flags, parts, tell);
                Ok(true)
            }
            None => context.error.take().map_or(Ok(false), Err),
        }
    })?;
    Ok(message)
}

/// Copies `parts` behind the headroom of `pkt` and sums them; `None` when they do not fit.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
fn fill(pkt: &mut Pkt, parts: &[&[u8]]) -> Option<Sum> {
    if !cfg!(CONFIG_ZNET_PROFILE_TINY)
        && let [part] = parts
        && let Some(room) = pkt.extend(part.len())
    {
        return Some(copy_and_sum(room, part));
    }
    fill_across(pkt, parts)
}

/// Copies a datagram to the caller and says what it was.
#[inline]
fn describe(pkt: &Pkt, wanted: Flags, parts: &mut [&mut [u8]], tell: Tell<'_>) -> Message {
    let mut copied = 0;
    for part in parts.iter_mut() {
        copied += pkt.copy_out(copied, part);
    }
    if TELLS && wanted.intersects(ANCILLARY) {
        tell(pkt);
    }
    let from = from(pkt);
    Message {
        copied,
        len: pkt.len(),
        from,
        #[cfg(CONFIG_NET_IPV6)]
        scope: match from.addr {
            IpAddr::V6(ip) if ip.is_unicast_link_local() => IfRef::of(pkt).map_or(0, IfRef::index),
            _ => 0,
        },
        wanted,
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        stamp: pkt.timestamp(),
    }
}

/// The flags that ask for ancillary data.
const ANCILLARY: Flags = Flags::RECV_PKTINFO.union(Flags::RECV_TTL).union(Flags::RECV_TOS);

#[inline]
fn from(pkt: &Pkt) -> Endpoint {
    #[cfg(CONFIG_NET_IPV6)]
    if is_v6(pkt) {
        let (octets, port) = pkt.remote();
        return Endpoint::new(IpAddr::V6(octets.into()), port);
    }
    #[cfg(not(CONFIG_NET_IPV4))]
    return Endpoint::UNSPECIFIED;
    #[cfg(CONFIG_NET_IPV4)]
    from_v4(pkt)
}

#[cfg(CONFIG_NET_IPV6)]
#[inline]
fn is_v6(pkt: &Pkt) -> bool {
    u16::from(pkt.family()) == crate::iface::AF_INET6
}

#[cfg(CONFIG_NET_IPV4)]
#[inline]
fn from_v4(pkt: &Pkt) -> Endpoint {
    let (addr, port) = pkt.remote_v4();
    Endpoint::new(IpAddr::V4(addr), port)
}

/// Shown the packet when the socket asked for ancillary data, for which [`ancillary`] looks: a program whose
/// calls have no room for it holds no code for it, and those that have none do not pay for its place.
pub type Tell<'a> = &'a mut dyn FnMut(&Pkt);

/// For calls without room for ancillary data.
#[inline]
pub fn nothing(_pkt: &Pkt) {}

/// Reads the headers once more, which still lie in front of the content.
#[cold]
pub fn ancillary(pkt: &Pkt) -> Option<Ancillary> {
    #[cfg(CONFIG_NET_IPV6)]
    if is_v6(pkt) {
        return ancillary_v6(pkt);
    }
    #[cfg(not(CONFIG_NET_IPV4))]
    return None;
    #[cfg(CONFIG_NET_IPV4)]
    ancillary_v4(pkt)
}

/// Bytes of IP header in front of a received datagram, with options or extension headers.
pub fn ip_header_len(pkt: &Pkt) -> usize {
    #[cfg(CONFIG_NET_IPV6)]
    if is_v6(pkt) {
        return usize::from(pkt.ip_hdr_len()) + usize::from(pkt.ipv6_ext_len());
    }
    usize::from(pkt.ip_hdr_len()) + usize::from(pkt.ipv4_opts_len())
}

#[cfg(CONFIG_NET_IPV6)]
fn ancillary_v6(pkt: &Pkt) -> Option<Ancillary> {
    let headers = pkt.pulled(ip_header_len(pkt) + crate::wire::udp::HEADER_LEN)?;
    let header = crate::wire::ipv6::Header::parse_quoted(headers).ok()?;
    let (iface, to) = (IfRef::of(pkt), header.dst());
    let public = iface.is_some_and(IfRef::prefers_public_ipv6);
    let local = match to.is_multicast() {
        true => iface.and_then(|i| crate::ip::v6::select::source(i, header.src(), public)),
        false => Some(to),
    };
    Some(Ancillary {
        to: IpAddr::V6(to),
        local: IpAddr::V6(local.unwrap_or(to)),
        iface: iface.map_or(0, IfRef::index),
        ttl: header.hop_limit(),
        tos: header.traffic_class(),
    })
}

#[cfg(CONFIG_NET_IPV4)]
fn ancillary_v4(pkt: &Pkt) -> Option<Ancillary> {
    let headers = pkt.pulled(ip_header_len(pkt) + crate::wire::udp::HEADER_LEN)?;
    let header = crate::wire::ipv4::Header::parse_quoted(headers).ok()?;
    let (iface, to) = (IfRef::of(pkt), header.dst());
    let single = !to.is_multicast() && !iface.is_some_and(|i| i.is_ipv4_broadcast(to));
    let local = match single {
        true => to,
        false => iface.and_then(|i| i.ipv4_select_src(header.src())).unwrap_or(to),
    };
    Some(Ancillary {
        to: IpAddr::V4(to),
        local: IpAddr::V4(local),
        iface: iface.map_or(0, IfRef::index),
        ttl: header.ttl(),
        tos: header.dscp() << 2 | header.ecn(),
    })
}
