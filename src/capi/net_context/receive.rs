// SPDX-License-Identifier: Apache-2.0
//! Received packets on their way to a callback.

use core::ffi::{c_int, c_void};
use core::ptr;
use core::sync::atomic::Ordering::Relaxed;

use super::super::errno;
use super::{RecvCb, Shell, State};
use crate::base::{Endpoint, Error, Result};
use crate::buf::{KTimeout, NetContext, Pkt, PktList, cursor};
#[cfg(CONFIG_NET_UDP)]
use crate::socket::inet;
use crate::transport::{ContextId, Flags};
use crate::wire::udp;

/// Has what is received given to `cb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_recv(
    context: *mut NetContext,
    cb: Option<RecvCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> c_int {
    #[cfg(CONFIG_NET_OFFLOAD)]
    if let Ok(shell) = Shell::of(context)
        && let Some(status) = super::offload::ask(shell, |device| {
            super::offload::receive(shell, device, cb, timeout, user_data)
        })
    {
        return status;
    }
    errno::negative((|| {
        let shell = Shell::of(context)?;
        // Without the means to wait the time-out means nothing, as net_context.h says.
        let waits = cfg!(CONFIG_NET_CONTEXT_SYNC_RECV) && timeout != KTimeout::NO_WAIT;
        shell.arrival.reset();
        shell.seen.user_data.store(user_data, Relaxed);
        shell.recv_data.store(user_data, Relaxed);
        // SAFETY: a function pointer.
        unsafe { shell.seen.recv_cb.replace(cb) };
        #[cfg(CONFIG_NET_TCP)]
        if shell.is_stream() {
            super::stream::receive(shell)?;
            return wait(shell, waits, timeout);
        }
        let mut before = listen(shell, cb.is_some())?;
        // What came before the callback was there.
        while let Some(pkt) = before.pop_front() {
            deliver(shell, pkt);
        }
        wait(shell, waits, timeout)
    })())
}

fn wait(shell: &Shell, waits: bool, timeout: KTimeout) -> Result<()> {
    if waits && !shell.arrival.take(timeout.deadline()) {
        return Err(Error::TimedOut);
    }
    Ok(())
}

/// Has datagrams left to the callback from now on, or not; returns those that waited.
fn listen(shell: &'static Shell, on: bool) -> Result<PktList> {
    let handler = ptr::from_ref(&shell.receiver).expose_provenance();
    let queue = shell.with(|stack, env, id| {
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        let has_port = stack.contexts.get(id)?.raw.is_none();
        #[cfg(not(CONFIG_ZNET_RAW_CONTEXTS))]
        let has_port = true;
        #[cfg(CONFIG_NET_UDP)]
        if has_port && !stack.contexts.get(id)?.flags.contains(Flags::BOUND) {
            stack.udp_bind(env, id, Endpoint::UNSPECIFIED)?;
        }
        let context = stack.contexts.get_mut(id)?;
        context.handler = handler;
        context.flags.set(Flags::CALLBACK, on);
        Ok(if on { core::mem::take(&mut context.rx) } else { PktList::new() })
    })?;
    if on {
        shell.set_state(State::Ready);
    }
    Ok(queue)
}

/// What the stack left for the callback of the shell at this address: see [`Receiver`].
///
/// [`Receiver`]: super::super::transmit::Receiver
pub(super) fn datagram(which: usize, pkt: Pkt) {
    // SAFETY: shells are static, and this address is one's (`furnish`).
    let shell = unsafe { &*ptr::with_exposed_provenance::<Shell>(which) };
    deliver(shell, pkt);
}

/// Gives a datagram to the callback, its headers in front again, the cursor at the payload.
fn deliver(shell: &'static Shell, pkt: Pkt) {
    let (Some(cb), Ok(id)) = (shell.seen.recv_cb.get(), shell.id()) else { return };
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    if shell.is_raw() {
        return deliver_raw(shell, id, pkt, cb);
    }
    #[cfg(CONFIG_NET_UDP)]
    deliver_datagram(shell, id, pkt, cb);
}

#[cfg(CONFIG_NET_UDP)]
fn deliver_datagram(shell: &'static Shell, id: ContextId, mut pkt: Pkt, cb: RecvCb) {
    let ip_len = inet::ip_header_len(&pkt);
    let headers = ip_len + udp::HEADER_LEN;
    let (mut ip, mut proto): (*mut c_void, *mut c_void) = (ptr::null_mut(), ptr::null_mut());
    let whole = pkt.push(headers).is_some();
    if whole {
        ip = pkt.head().as_ptr().cast_mut().cast();
        proto = ip.wrapping_byte_add(ip_len);
    }
    pkt.set_context(shell.as_ptr());
    let user_data = shell.recv_data.load(Relaxed);
    let raw = pkt.into_raw();
    // SAFETY: the packet is ours until the callback takes it over; the application's function, made
    // for this.
    shell.call(id, || unsafe {
        (*raw).overwrite = 1;
        cursor::init(raw);
        if whole {
            cursor::skip(raw, headers);
        }
        cb(shell.as_ptr(), raw, &raw mut ip, &raw mut proto, 0, user_data);
    });
}

/// Gives a frame or an IP packet to the callback as it is, or what a frame carries.
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
fn deliver_raw(shell: &'static Shell, id: ContextId, mut pkt: Pkt, cb: RecvCb) {
    let header = super::super::socket::raw::header_of(Some(id), &pkt);
    pkt.pull(header);
    pkt.set_context(shell.as_ptr());
    let user_data = shell.recv_data.load(Relaxed);
    let raw = pkt.into_raw();
    // SAFETY: as in `deliver_datagram`.
    shell.call(id, || unsafe {
        (*raw).overwrite = 1;
        cursor::init(raw);
        cb(shell.as_ptr(), raw, ptr::null_mut(), ptr::null_mut(), 0, user_data);
    });
}

/// Moves the receive window of a stream.
#[unsafe(no_mangle)]
pub extern "C" fn net_context_update_recv_wnd(context: *mut NetContext, delta: i32) -> c_int {
    errno::negative((|| {
        let shell = Shell::of(context)?;
        #[cfg(CONFIG_NET_OFFLOAD)]
        // The device keeps a window of its own.
        if super::offload::ask(shell, |_| 0).is_some() {
            return Ok(());
        }
        #[cfg(CONFIG_NET_TCP)]
        if shell.is_stream() {
            return super::stream::move_window(shell, delta);
        }
        let _ = (shell, delta);
        Err(Error::ProtoType)
    })())
}
