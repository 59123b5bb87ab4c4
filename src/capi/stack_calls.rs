// SPDX-License-Identifier: Apache-2.0
//! The stack's own calls for C, with neither descriptors nor anybody who waits: what sockets cost is what a
//! benchmark spends on them beyond these. Built with `CONFIG_ZNET_STACK_CALLS` only.
//!
//! Called by: `benches/instructions`. Calls: [`Stack`](crate::stack::Stack) under its lock, as `socket`
//! does. Connections and end points are named by a number; [`NOTHING`] is none.

use core::ffi::c_void;
use core::slice;

use super::current;
use super::socket::addr;
use crate::base::{Endpoint, Error, Result};
use crate::buf::{NO_WAIT, PktList};
use crate::stack::{TCP_HEADROOM, TcpOpt, UDP_HEADROOM};
use crate::transport::ContextId;
use crate::wire::checksum::copy_and_sum;

/// No end point.
const NOTHING: u32 = u32::MAX;

fn name(found: Result<ContextId>) -> u32 {
    found.map_or(NOTHING, ContextId::to_bits)
}

fn count(done: Result<usize>) -> isize {
    done.map_or(-1, |bytes| bytes as isize)
}

/// # Safety
/// `addr` is readable for `len` bytes.
unsafe fn endpoint(addr: *const c_void, len: usize) -> Result<(Endpoint, bool)> {
    // SAFETY: the caller's promise.
    let to = unsafe { addr::read(addr, len)? };
    Ok((to, to.addr.v4().is_none()))
}

/// Opens a UDP end point at `local`, for datagrams to `remote`.
///
/// # Safety
/// Both addresses are readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_stack_udp(
    local: *const c_void,
    remote: *const c_void,
    len: usize,
) -> u32 {
    name((|| {
        // SAFETY: the caller's promise.
        let ((local, v6), (remote, _)) = unsafe { (endpoint(local, len)?, endpoint(remote, len)?) };
        current().core.with(|stack, env| {
            let id = stack.udp_open()?;
            #[cfg(CONFIG_NET_IPV6)]
            if v6 {
                stack.context_set_v6(id)?;
            }
            let _ = v6;
            stack.udp_bind(env, id, local)?;
            stack.udp_connect(env, id, Some(remote))?;
            Ok(id)
        })
    })())
}

/// Sends a datagram; returns its bytes, or -1.
///
/// # Safety
/// `data` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_stack_udp_send(id: u32, data: *const u8, len: usize) -> isize {
    let core = &current().core;
    count((|| {
        let mut pkt = core.pools().alloc_tx(UDP_HEADROOM, len, NO_WAIT).ok_or(Error::NoBufs)?;
        // SAFETY: the caller's promise.
        let data = unsafe { slice::from_raw_parts(data, len) };
        let sum = copy_and_sum(pkt.extend(len).ok_or(Error::NoBufs)?, data);
        let id = ContextId::from_bits(id);
        core.with_packet(|stack, env| stack.udp_send(env, id, None, pkt, sum))?;
        Ok(len)
    })())
}

/// Receives a datagram that is there; returns its bytes, or -1.
///
/// # Safety
/// `room` is writable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_stack_udp_receive(id: u32, room: *mut u8, len: usize) -> isize {
    count((|| {
        let id = ContextId::from_bits(id);
        let pkt = current().core.with_packet(|stack, _| stack.context_receive(id))?;
        // SAFETY: the caller's promise.
        let room = unsafe { slice::from_raw_parts_mut(room, len) };
        Ok(pkt.ok_or(Error::Again)?.copy_out(0, room))
    })())
}

/// Waits for connections at `local`.
///
/// # Safety
/// `local` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_stack_listen(local: *const c_void, len: usize, buffer: u32) -> u32 {
    name((|| {
        // SAFETY: the caller's promise.
        let (local, v6) = unsafe { endpoint(local, len)? };
        let id = open(v6, buffer)?;
        current().core.with(|stack, env| {
            stack.tcp_bind(env, id, local)?;
            stack.tcp_listen(env, id, 8)?;
            Ok(id)
        })
    })())
}

/// A TCP end point whose buffers take `buffer` bytes each; 0 leaves them as they are.
fn open(v6: bool, buffer: u32) -> Result<ContextId> {
    current().core.with(|stack, env| {
        let id = stack.tcp_open()?;
        #[cfg(CONFIG_NET_IPV6)]
        if v6 {
            stack.context_set_v6(id)?;
        }
        let _ = v6;
        if buffer != 0 {
            stack.tcp_set(env, id, TcpOpt::SendBuffer, buffer as i32)?;
            stack.tcp_set(env, id, TcpOpt::ReceiveBuffer, buffer as i32)?;
        }
        Ok(id)
    })
}

/// Asks `remote` for a connection.
///
/// # Safety
/// `remote` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_stack_connect(remote: *const c_void, len: usize, buffer: u32) -> u32 {
    name((|| {
        // SAFETY: the caller's promise.
        let (remote, v6) = unsafe { endpoint(remote, len)? };
        let id = open(v6, buffer)?;
        current().core.with(|stack, env| stack.tcp_connect(env, id, remote))?;
        Ok(id)
    })())
}

/// Takes a connection that a listener has.
#[unsafe(no_mangle)]
pub extern "C" fn znet_stack_accept(listener: u32) -> u32 {
    let listener = ContextId::from_bits(listener);
    let found = current().core.with(|stack, env| stack.tcp_accept(env, listener));
    name(found.and_then(|new| new.ok_or(Error::Again)))
}

/// Sends as much as there is room for; returns how many bytes, or -1.
///
/// # Safety
/// `data` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_stack_send(id: u32, data: *const u8, len: usize) -> isize {
    let core = &current().core;
    let id = ContextId::from_bits(id);
    // SAFETY: the caller's promise.
    let data = unsafe { slice::from_raw_parts(data, len) };
    count((|| {
        let room = core.with_packet(|stack, _| stack.tcp_room(id))?;
        let data = data.get(..room.take(len)).unwrap_or(data);
        let (mut list, mut bytes) = (PktList::new(), 0);
        for part in data.chunks(usize::from(room.mss).max(1)) {
            let Some(mut pkt) = core.pools().alloc_tx(TCP_HEADROOM, part.len(), NO_WAIT) else {
                break;
            };
            let Some(space) = pkt.extend(part.len()) else { break };
            let sum = copy_and_sum(space, part);
            let record = pkt.segment_mut();
            (record.len, record.sum) = (part.len() as u16, sum.fold());
            list.push_back(pkt);
            bytes += part.len();
        }
        core.with_packet(|stack, env| stack.tcp_send(env, id, list, bytes))
    })())
}

/// Receives what is there of a stream; returns how many bytes, or -1.
///
/// # Safety
/// `room` is writable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_stack_receive(id: u32, room: *mut u8, len: usize) -> isize {
    let id = ContextId::from_bits(id);
    // SAFETY: the caller's promise.
    let room = unsafe { slice::from_raw_parts_mut(room, len) };
    count((|| {
        let core = &current().core;
        let mut received = core.with_packet(|stack, env| stack.tcp_receive(env, id, len, false))?;
        let (mut at, mut skip) = (0, received.skip);
        while let Some(pkt) = received.packets.pop_front() {
            at += pkt.copy_out(skip, room.get_mut(at..).unwrap_or_default());
            skip = 0;
        }
        for pkt in &received.lent {
            at += pkt.copy_out(skip, room.get_mut(at..).unwrap_or_default());
            skip = 0;
        }
        Ok(at)
    })())
}

/// Closes a connection or a listener.
#[unsafe(no_mangle)]
pub extern "C" fn znet_stack_close(id: u32) -> i32 {
    let id = ContextId::from_bits(id);
    current().core.with(|stack, env| stack.tcp_close(env, id)).map_or(-1, |()| 0)
}
