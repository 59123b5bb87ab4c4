// SPDX-License-Identifier: Apache-2.0
//! Sending through a context.

use core::ffi::{c_int, c_void};
use core::slice;
use core::sync::atomic::Ordering::Relaxed;

use super::super::errno;
use super::super::socket::addr;
use super::super::socket::msg::{IOV_MAX, Msghdr, Pieces};
use super::{SendCb, Shell};
use crate::base::{Endpoint, Error, Result};
use crate::buf::{KTimeout, NetContext};
#[cfg(CONFIG_NET_IPV4)]
use crate::buf::{NetPkt, cursor};
#[cfg(CONFIG_NET_UDP)]
use crate::socket::inet;
use crate::transport::ContextId;
#[cfg(CONFIG_NET_IPV4)]
use crate::wire::ipv4;

/// What every sending call ends with: whom to tell.
#[derive(Clone, Copy)]
struct Told {
    cb: Option<SendCb>,
    user_data: *mut c_void,
}

/// Sends to whom the context is connected.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_send(
    context: *mut NetContext,
    buf: *const c_void,
    len: usize,
    cb: Option<SendCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> c_int {
    let none = core::ptr::null();
    // SAFETY: the caller's promise.
    unsafe { net_context_sendto(context, buf, len, none, 0, cb, timeout, user_data) }
}

/// Sends to an address, or without one to whom the context is connected.
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments)]
pub unsafe extern "C" fn net_context_sendto(
    context: *mut NetContext,
    buf: *const c_void,
    len: usize,
    addr: *const c_void,
    addrlen: usize,
    cb: Option<SendCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> c_int {
    count((|| {
        let shell = Shell::of(context)?;
        if buf.is_null() && len != 0 {
            return Err(Error::Inval);
        }
        let data = match len {
            0 => &[],
            // Before a slice is made of it: a negative number that became a length.
            _ if len > c_int::MAX as usize => return Err(Error::MsgSize),
            // SAFETY: the caller's promise.
            _ => unsafe { slice::from_raw_parts(buf.cast::<u8>(), len) },
        };
        // SAFETY: the caller's promise.
        unsafe { send(shell, &[data], (addr, addrlen), timeout, Told { cb, user_data }) }
    })())
}

/// Sends the pieces of a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_sendmsg(
    context: *mut NetContext,
    msg: *const Msghdr,
    _flags: c_int,
    cb: Option<SendCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> c_int {
    count((|| {
        let shell = Shell::of(context)?;
        if msg.is_null() {
            return Err(Error::Inval);
        }
        let mut parts: [&[u8]; IOV_MAX] = [&[]; IOV_MAX];
        // SAFETY: the caller's promise; each member is read once.
        let (count, to) = unsafe {
            let msg = msg.read_unaligned();
            let pieces = Pieces::snapshot(msg.iov, msg.iovlen)?;
            let count = pieces.read(&mut parts, c_int::MAX as usize)?;
            (count, (msg.name.cast_const(), msg.namelen))
        };
        let parts = parts.get(..count).unwrap_or(&[]);
        // SAFETY: the caller's promise.
        unsafe { send(shell, parts, to, timeout, Told { cb, user_data }) }
    })())
}

unsafe fn destination(addr: *const c_void, len: usize) -> Result<Option<Endpoint>> {
    if addr.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    unsafe { addr::read(addr, len) }.map(Some)
}

/// # Safety
/// The address is null or readable for its length.
unsafe fn send(
    shell: &'static Shell,
    parts: &[&[u8]],
    (addr, addrlen): (*const c_void, usize),
    timeout: KTimeout,
    told: Told,
) -> Result<c_int> {
    shell.seen.user_data.store(told.user_data, Relaxed);
    // SAFETY: a function pointer.
    unsafe { shell.seen.send_cb.replace(told.cb) };
    #[cfg(CONFIG_NET_OFFLOAD)]
    if let Some(status) = super::offload::ask(shell, |device| {
        let Told { cb, user_data: data } = told;
        let sending = super::offload::Sending { to: (addr, addrlen), cb, timeout, data };
        // SAFETY: the caller's promise.
        unsafe { super::offload::send(shell, device, parts, &sending) }
    }) {
        return Ok(status);
    }
    // What C wrote into the context is taken over.
    let id = shell.with(|_, _, id| Ok(id))?;
    // SAFETY: the caller's promise.
    let sent = unsafe { hand_over(shell, id, parts, (addr, addrlen), timeout)? };
    if let Some(cb) = told.cb {
        // SAFETY: the caller's function, made for this.
        unsafe { cb(shell.as_ptr(), sent as c_int, told.user_data) };
    }
    Ok(sent as c_int)
}

/// Gives the data to the context, as its kind wants it.
///
/// # Safety
/// As for [`send`].
unsafe fn hand_over(
    shell: &'static Shell,
    id: ContextId,
    parts: &[&[u8]],
    (addr, addrlen): (*const c_void, usize),
    timeout: KTimeout,
) -> Result<usize> {
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    if shell.is_raw() {
        let nonblock = timeout == KTimeout::NO_WAIT;
        // SAFETY: the caller's promise.
        return unsafe { super::super::socket::raw::send(id, nonblock, parts, addr, addrlen) };
    }
    // SAFETY: the caller's promise.
    let to = unsafe { destination(addr, addrlen)? };
    #[cfg(CONFIG_NET_TCP)]
    if shell.is_stream() {
        return super::stream::send(shell, id, parts, timeout);
    }
    #[cfg(CONFIG_NET_UDP)]
    return inet::send_until(
        shell.core(),
        id,
        timeout.deadline(),
        parts,
        to,
        super::pools::own(shell),
    );
    #[cfg(not(CONFIG_NET_UDP))]
    Err(Error::OpNotSupp)
}

/// The kernel's convention for lengths.
fn count(result: Result<c_int>) -> c_int {
    result.unwrap_or_else(|error| errno::negative(Err(error)))
}

#[cfg(CONFIG_NET_IPV4)]
/// Writes an IPv4 header without a protocol and a length yet, which are known at the end only.
///
/// # Safety
/// `pkt` is a live packet of the caller's.
pub(super) unsafe fn write_ipv4(
    pkt: *mut NetPkt,
    src: [u8; 4],
    dst: [u8; 4],
    ttl: u8,
) -> Result<()> {
    let mut header = [0; ipv4::HEADER_LEN];
    let [first, .., a, b, c, d, e, f, g, h] = &mut header;
    *first = 0x45;
    for (to, from) in [a, b, c, d, e, f, g, h].into_iter().zip(src.iter().chain(&dst)) {
        *to = *from;
    }
    if let Some(place) = header.get_mut(8) {
        *place = if ttl == 0 { crate::config::NET_INITIAL_TTL as u8 } else { ttl };
    }
    // SAFETY: the caller's packet.
    match unsafe { cursor::write(pkt, header.as_ptr().cast(), header.len()) } {
        true => Ok(()),
        false => Err(Error::NoBufs),
    }
}
