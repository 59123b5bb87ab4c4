// SPDX-License-Identifier: Apache-2.0
//! Streams through callbacks.
//!
//! A context stands in the stack's queue of those who wait for it, as a thread would. When it is
//! woken, the service thread looks at what happened and runs the callbacks, one at a time, without
//! any lock. So a callback may send, close and open; it must not wait long, for timers wait with it.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::mem::offset_of;
use core::ptr;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr};

use super::super::hook::Hook;
use super::super::instance::{Instance, by_index, set_watcher};
use super::super::socket::addr;
use super::{
    AcceptCb, ConnectCb, REMOTE_ADDR_SET, SHELLS, SOCK_STREAM, Shell, State, claim, furnish,
};
use crate::base::{Endpoint, Error, Result};
use crate::buf::{KTimeout, Pkt, cursor};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::{IrqCell, Node, Waiter, irq};
use crate::socket::stream as socket;
use crate::stack::TcpOpt;
use crate::transport::ContextId;
use crate::wire::ipv4::protocol;

/// How a stream's context learns what happens.
pub(super) struct Watch {
    waiter: UnsafeCell<Waiter>,
    node: Node,
    /// It stands in the queue.
    armed: AtomicBool,
    /// Something may have happened.
    pending: AtomicBool,
    /// An attempt to connect is under way.
    connecting: AtomicBool,
    /// The end was told.
    ended: AtomicBool,
    /// How the attempt to connect ended.
    outcome: IrqCell<Option<Error>>,
    /// Bytes by which the application made the window smaller.
    kept: AtomicI32,
    accept_cb: Hook<AcceptCb>,
    accept_data: AtomicPtr<c_void>,
}

// SAFETY: `waiter` and `node` are changed by who takes `armed` from false to true, before they stand
// in the queue, and then under the irq lock by the queue alone.
unsafe impl Sync for Watch {}

impl Watch {
    pub(super) const fn new() -> Watch {
        Watch {
            waiter: UnsafeCell::new(Waiter::new()),
            node: Node::new(),
            armed: AtomicBool::new(false),
            pending: AtomicBool::new(false),
            connecting: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            outcome: IrqCell::new(None),
            kept: AtomicI32::new(0),
            accept_cb: Hook::new(),
            accept_data: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// Leaves the queue and forgets the callbacks.
    pub(super) fn forget(&self) {
        // SAFETY: a function pointer.
        unsafe { self.accept_cb.replace(None) };
        self.connecting.store(false, Relaxed);
        self.ended.store(false, Relaxed);
        self.kept.store(0, Relaxed);
        irq::free(|| {
            // SAFETY: the waiter is valid; leaving is done under the irq lock.
            unsafe { (*self.waiter.get()).leave() };
            self.armed.store(false, Release);
        });
    }
}

/// Stands in the queue of the context again, and has somebody look whether anything happened.
fn watch(shell: &'static Shell) -> Result<()> {
    set_watcher(serve);
    let watch = &shell.stream;
    // In one piece: who closes the context meanwhile finds the waiter in the queue, or we no context.
    irq::free(|| {
        let queue = shell.core().wait_queue(shell.id()?.index()).ok_or(Error::BadF)?;
        if !watch.armed.swap(true, AcqRel) {
            // SAFETY: not in a queue, and ours until it is in one; static, so it stays in place.
            unsafe {
                let waiter = watch.waiter.get();
                waiter.write(Waiter::new());
                (*waiter).for_function(woken);
                (*waiter).add_at(&raw const watch.node, size_of::<Node>(), Some(queue));
            }
        }
        Ok(())
    })
}

/// Has the service thread look.
fn kick(shell: &Shell) {
    shell.stream.pending.store(true, Release);
    by_index(shell.instance.load(Relaxed)).service.give();
}

/// Called by the queue, under the irq lock: the waiter is out of it.
fn woken(waiter: *const Waiter) {
    let offset = offset_of!(Shell, stream) + offset_of!(Watch, waiter);
    // SAFETY: waiters with this function are those of shells, which are static.
    let shell = unsafe { &*waiter.byte_sub(offset).cast::<Shell>() };
    shell.stream.armed.store(false, Release);
    kick(shell);
}

/// Runs the callbacks of contexts to which something happened. Called by the service thread.
fn serve(instance: &'static Instance) {
    for shell in &SHELLS {
        let here = ptr::eq(by_index(shell.instance.load(Relaxed)), instance);
        if here && shell.stream.pending.swap(false, AcqRel) {
            // In the queue before the look: what happens after the look has us look again.
            while watch(shell).is_ok() && look(shell) {}
        }
    }
}

/// Looks for one thing to tell and tells it; false when there is none.
fn look(shell: &'static Shell) -> bool {
    let Ok(id) = shell.id() else { return false };
    if shell.stream.connecting.load(Acquire) {
        return connected(shell, id);
    }
    if let Some(cb) = shell.stream.accept_cb.get() {
        return accepted(shell, id, cb);
    }
    received(shell, id)
}

fn connected(shell: &'static Shell, id: ContextId) -> bool {
    let error = match shell.core().with(|stack, _| stack.tcp_connected(id)) {
        Ok(false) => return false,
        Ok(true) => None,
        Err(error) => Some(error),
    };
    // Unless who waited for it has given it up this moment.
    if !shell.stream.connecting.swap(false, AcqRel) {
        return false;
    }
    shell.stream.outcome.with(|outcome| *outcome = error);
    if error.is_none() {
        shell.set_state(State::Ready);
        shell.seen.flags.fetch_or(REMOTE_ADDR_SET, Relaxed);
    } else {
        shell.set_state(State::Idle);
    }
    shell.call(id, || {
        if let Some(cb) = shell.seen.connect_cb.get() {
            let status = error.map_or(0, |error| -error.errno());
            // SAFETY: the application's function, made for this.
            unsafe { cb(shell.as_ptr(), status, shell.connect_data.load(Relaxed)) };
        }
    });
    true
}

/// Room for an address of any family, aligned as C has it.
const NAME_WORDS: usize = 8;

fn accepted(shell: &'static Shell, id: ContextId, cb: AcceptCb) -> bool {
    let core = shell.core();
    let new = core.with(|stack, env| match stack.tcp_accept(env, id)? {
        Some(new) => Ok(Some((new, stack.contexts.get(new)?.remote))),
        None => Ok::<_, Error>(None),
    });
    let Ok(Some((new, from))) = new else { return false };
    let Some(connection) = claim() else {
        let _ = core.with(|stack, env| stack.tcp_abort(env, new));
        return true;
    };
    let kind = (shell.family(), SOCK_STREAM, protocol::TCP);
    furnish(connection, shell.instance.load(Relaxed), new, kind);
    connection.set_state(State::Ready);
    connection.seen.flags.fetch_or(REMOTE_ADDR_SET, Relaxed);
    let mut name = [0u32; NAME_WORDS];
    let mut len = size_of_val(&name);
    let data = shell.stream.accept_data.load(Relaxed);
    // SAFETY: the storage is writable for its length; the application's function, made for this.
    shell.call(id, || unsafe {
        let name = name.as_mut_ptr().cast::<c_void>();
        addr::write(from, shell.family() == addr::AF_INET6, name, &raw mut len);
        cb(connection.as_ptr(), name, len, 0, data);
    });
    true
}

fn received(shell: &'static Shell, id: ContextId) -> bool {
    let Some(cb) = shell.seen.recv_cb.get() else { return false };
    if shell.stream.ended.load(Acquire) {
        return false;
    }
    let got = shell.core().with(|stack, env| stack.tcp_receive(env, id, usize::MAX, false));
    let (end, status, some) = match got {
        Ok(mut received) => {
            let some = !received.packets.is_empty();
            let mut skip = received.skip;
            while let Some(mut pkt) = received.packets.pop_front() {
                pkt.pull(skip);
                skip = 0;
                give(shell, id, pkt);
            }
            (received.end, 0, some)
        }
        Err(Error::NotConn) => return false,
        Err(error) => (true, -error.errno(), false),
    };
    if end && !shell.stream.ended.swap(true, AcqRel) {
        let (no_pkt, none) = (ptr::null_mut(), ptr::null_mut());
        let data = shell.recv_data.load(Relaxed);
        // SAFETY: the application's function, made for this.
        shell.call(id, || unsafe { cb(shell.as_ptr(), no_pkt, none, none, status, data) });
    }
    some
}

/// Gives one packet of the context `id` to the callback, or drops it when there is none any more.
fn give(shell: &'static Shell, id: ContextId, mut pkt: Pkt) {
    let Some(cb) = shell.seen.recv_cb.get().filter(|_| shell.id() == Ok(id)) else { return };
    pkt.set_context(shell.as_ptr());
    let data = shell.recv_data.load(Relaxed);
    let raw = pkt.into_raw();
    // SAFETY: the packet is ours until the callback takes it over; the application's function, made
    // for this.
    shell.call(id, || unsafe {
        (*raw).overwrite = 1;
        cursor::init(raw);
        cb(shell.as_ptr(), raw, ptr::null_mut(), ptr::null_mut(), 0, data);
    });
}

/// Listens.
pub(super) fn listen(shell: &'static Shell, backlog: c_int) -> Result<()> {
    let backlog = u16::try_from(backlog.max(0)).unwrap_or(u16::MAX);
    shell.with(|stack, env, id| stack.tcp_listen(env, id, backlog))?;
    shell.set_state(State::Listening);
    Ok(())
}

/// Has connections given to `cb`, and with a time-out waits for one.
pub(super) fn accept(
    shell: &'static Shell,
    cb: Option<AcceptCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> Result<()> {
    if shell.seen.flags.load(Relaxed) & super::STATE != State::Listening as u16 {
        return Err(Error::Inval);
    }
    shell.seen.user_data.store(user_data, Relaxed);
    shell.stream.accept_data.store(user_data, Relaxed);
    // SAFETY: a function pointer.
    unsafe { shell.stream.accept_cb.replace(cb) };
    shell.arrival.reset();
    watch(shell)?;
    kick(shell);
    wait(shell, timeout)
}

/// Connects; `cb` is told how that went.
pub(super) fn connect(
    shell: &'static Shell,
    remote: Option<Endpoint>,
    cb: Option<ConnectCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> Result<()> {
    let remote = remote.ok_or(Error::AfNoSupport)?;
    // SAFETY: a function pointer.
    unsafe { shell.seen.connect_cb.replace(cb) };
    shell.connect_data.store(user_data, Relaxed);
    shell.with(|stack, env, id| stack.tcp_connect(env, id, remote))?;
    shell.set_state(State::Connecting);
    shell.arrival.reset();
    shell.stream.connecting.store(true, Release);
    watch(shell)?;
    kick(shell);
    if timeout == KTimeout::NO_WAIT {
        return Err(Error::InProgress);
    }
    let waited = wait(shell, timeout);
    if waited.is_err() && shell.stream.connecting.swap(false, AcqRel) {
        // Given up, so that another attempt may follow.
        shell.with(|stack, env, id| stack.tcp_disconnect(env, id))?;
        shell.set_state(State::Idle);
    }
    waited?;
    shell.stream.outcome.with(|outcome| outcome.take()).map_or(Ok(()), Err)
}

fn wait(shell: &Shell, timeout: KTimeout) -> Result<()> {
    if timeout != KTimeout::NO_WAIT && !shell.arrival.take(timeout.deadline()) {
        return Err(Error::TimedOut);
    }
    Ok(())
}

/// What came already, and what will come, goes to the receive callback.
pub(super) fn receive(shell: &'static Shell) -> Result<()> {
    watch(shell)?;
    kick(shell);
    Ok(())
}

/// Queues data; waits for room unless `timeout` forbids it.
pub(super) fn send(
    shell: &Shell,
    id: ContextId,
    parts: &[&[u8]],
    timeout: KTimeout,
) -> Result<usize> {
    let nonblock = timeout == KTimeout::NO_WAIT;
    socket::send_until(shell.core(), id, nonblock, timeout.deadline(), parts)
}

/// Makes the receive window smaller by what the application keeps, or larger again.
pub(super) fn move_window(shell: &Shell, delta: i32) -> Result<()> {
    let kept = shell.stream.kept.load(Relaxed).checked_sub(delta).ok_or(Error::Inval)?;
    if kept < 0 {
        return Err(Error::Inval);
    }
    shell.with(|stack, env, id| {
        let limit = stack.tcp_get(id, TcpOpt::ReceiveBuffer)?;
        stack.tcp_set(env, id, TcpOpt::ReceiveBuffer, limit.saturating_add(delta).max(0))
    })?;
    shell.stream.kept.store(kept, Relaxed);
    Ok(())
}
