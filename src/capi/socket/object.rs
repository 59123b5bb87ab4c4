// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/sys/fdtable.h>`: descriptors of what applications, drivers and libraries bring along.
//!
//! Such an object is a pointer and a table of functions. While one of these runs, the descriptor's
//! mutex is held, as their authors expect; so a close waits until the calls before it are done, and the
//! calls behind it find another descriptor or none. No lock of this library's is held.
// An object may be the only other kind that a configuration has.
#![allow(irrefutable_let_patterns, unreachable_patterns)]

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering::*};

use super::super::{current, errno};
use super::msg::Msghdr;
use crate::base::{Error, Result};
use crate::kernel::{Condvar, Mutex, Timeout};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::socket::fd::{OPEN_MAX, Other};

/// `ZVFS_MODE_IFSOCK`.
pub(super) const MODE_SOCKET: u32 = 0o140_000;
const MODE_MASK: u32 = 0o170_000;

const SET_LOCK: u32 = 0x105;
const FSYNC: u32 = 0x100;

type Obj = *mut c_void;
type Addr = *const c_void;

/// `struct fd_op_vtable`. Of the last one only C knows how it is called.
#[repr(C)]
pub struct FdOps {
    pub(super) read: Option<unsafe extern "C" fn(Obj, *mut c_void, usize) -> isize>,
    pub(super) write: Option<unsafe extern "C" fn(Obj, *const c_void, usize) -> isize>,
    pub(super) close: Option<unsafe extern "C" fn(Obj, c_int) -> c_int>,
    pub(super) ioctl: Option<unsafe extern "C" fn()>,
}

/// `struct socket_op_vtable`.
#[repr(C)]
pub struct SocketOps {
    pub(super) fd: FdOps,
    pub(super) shutdown: Option<unsafe extern "C" fn(Obj, c_int) -> c_int>,
    pub(super) bind: Option<unsafe extern "C" fn(Obj, Addr, usize) -> c_int>,
    pub(super) connect: Option<unsafe extern "C" fn(Obj, Addr, usize) -> c_int>,
    pub(super) listen: Option<unsafe extern "C" fn(Obj, c_int) -> c_int>,
    pub(super) accept: Option<unsafe extern "C" fn(Obj, *mut c_void, *mut usize) -> c_int>,
    pub(super) sendto:
        Option<unsafe extern "C" fn(Obj, *const c_void, usize, c_int, Addr, usize) -> isize>,
    pub(super) recvfrom: Option<
        unsafe extern "C" fn(Obj, *mut c_void, usize, c_int, *mut c_void, *mut usize) -> isize,
    >,
    pub(super) getsockopt:
        Option<unsafe extern "C" fn(Obj, c_int, c_int, *mut c_void, *mut usize) -> c_int>,
    pub(super) setsockopt:
        Option<unsafe extern "C" fn(Obj, c_int, c_int, *const c_void, usize) -> c_int>,
    pub(super) sendmsg: Option<unsafe extern "C" fn(Obj, *const Msghdr, c_int) -> isize>,
    pub(super) recvmsg: Option<unsafe extern "C" fn(Obj, *mut Msghdr, c_int) -> isize>,
    pub(super) getpeername: Option<unsafe extern "C" fn(Obj, *mut c_void, *mut usize) -> c_int>,
    pub(super) getsockname: Option<unsafe extern "C" fn(Obj, *mut c_void, *mut usize) -> c_int>,
}

unsafe extern "C" {
    fn znet_fd_ioctl_int(ops: *const FdOps, obj: Obj, request: u32, arg: c_int) -> c_int;
    fn znet_fd_ioctl_ptr(ops: *const FdOps, obj: Obj, request: u32, arg: *mut c_void) -> c_int;
}

/// What a descriptor of that number stands for.
struct Slot {
    object: AtomicPtr<c_void>,
    ops: AtomicPtr<FdOps>,
    mode: AtomicU32,
    /// Counts those who had the number.
    tenant: AtomicU32,
    lock: UnsafeCell<Mutex>,
    cond: UnsafeCell<Condvar>,
}

// SAFETY: mutex and condition variable are the kernel's, for any thread; all else is atomic.
unsafe impl Sync for Slot {}

impl Slot {
    const fn new() -> Slot {
        Slot {
            object: AtomicPtr::new(null_mut()),
            ops: AtomicPtr::new(null_mut()),
            mode: AtomicU32::new(0),
            tenant: AtomicU32::new(0),
            lock: UnsafeCell::new(Mutex::new()),
            cond: UnsafeCell::new(Condvar::new()),
        }
    }

    fn lock(&self) -> &Mutex {
        // SAFETY: shared references only; the mutex guards itself.
        unsafe { &*self.lock.get() }
    }
}

static SLOTS: [Slot; OPEN_MAX] = [const { Slot::new() }; OPEN_MAX];

/// Bits of a name for the slot; those above count its tenants.
const SLOT_BITS: u32 = 12;
const _: () = assert!(OPEN_MAX <= 1 << SLOT_BITS, "names have room for the slot");

fn slot(fd: c_int) -> Option<&'static Slot> {
    SLOTS.get(usize::try_from(fd).ok()?)
}

/// Runs `f` on the object behind `fd`, with its mutex.
///
/// # Errors
/// [`Error::BadF`] when `fd` does not stand for the object `name` any more.
fn with<R>(fd: c_int, name: u32, f: impl FnOnce(Obj, &'static Slot) -> R) -> Result<R> {
    let slot = slot(fd).ok_or(Error::BadF)?;
    slot.lock().lock(Timeout::FOREVER)?;
    let still = matches!(current().fds.other(fd), Some((Other::Object(now), _)) if now == name);
    let result = match still {
        true => Ok(f(slot.object.load(Relaxed), slot)),
        false => Err(Error::BadF),
    };
    let _ = slot.lock().unlock();
    result
}

/// As [`with`], for what the table of functions holds.
pub(super) fn with_ops<R>(
    fd: c_int,
    name: u32,
    f: impl FnOnce(Obj, *const FdOps) -> Result<R>,
) -> Result<R> {
    with(fd, name, |object, slot| match slot.ops.load(Relaxed).cast_const() {
        ops if ops.is_null() => Err(Error::BadF),
        ops => f(object, ops),
    })?
}

/// As [`with`], for a socket.
///
/// # Errors
/// [`Error::NotSock`] when it is none, and those of [`with`].
pub(super) fn with_socket<R>(
    fd: c_int,
    name: u32,
    f: impl FnOnce(Obj, &SocketOps) -> Result<R>,
) -> Result<R> {
    with(fd, name, |object, slot| {
        let ops = slot.ops.load(Relaxed).cast_const().cast::<SocketOps>();
        if slot.mode.load(Relaxed) & MODE_MASK != MODE_SOCKET || ops.is_null() {
            return Err(Error::NotSock);
        }
        // SAFETY: whoever said that it is a socket gave a socket's table, which lives as long.
        f(object, unsafe { &*ops })
    })?
}

/// Closes the object and gives the descriptor back.
pub(super) fn close(fd: c_int, name: u32) -> Result<c_int> {
    with(fd, name, |object, slot| {
        let ops = slot.ops.load(Relaxed).cast_const();
        // SAFETY: the table lives as long as the object. What is no socket does not look at the number,
        // which the C calling convention allows.
        let closed = unsafe { ops.as_ref() }.and_then(|ops| ops.close);
        // SAFETY: the object's own function.
        let result = closed.map_or(0, |close| unsafe { close(object, fd) });
        let _ = current().fds.remove_other(fd, Other::Object(name));
        result
    })
}

/// Calls the object's `ioctl` with a number.
pub(super) fn ioctl_int(fd: c_int, name: u32, request: u32, arg: c_int) -> Result<c_int> {
    with_ioctl(fd, name, |object, ops| {
        // SAFETY: the object's own function, in a table that lives as long.
        unsafe { znet_fd_ioctl_int(ops, object, request, arg) }
    })
}

/// Calls the object's `ioctl` with a pointer.
///
/// # Safety
/// `arg` is what this request wants.
pub(super) unsafe fn ioctl_ptr(
    fd: c_int,
    name: u32,
    request: u32,
    arg: *mut c_void,
) -> Result<c_int> {
    with_ioctl(fd, name, |object, ops| {
        // SAFETY: as above, and the caller's promise.
        unsafe { znet_fd_ioctl_ptr(ops, object, request, arg) }
    })
}

fn with_ioctl(fd: c_int, name: u32, f: impl FnOnce(Obj, *const FdOps) -> c_int) -> Result<c_int> {
    with_ops(fd, name, |object, ops| {
        // SAFETY: the table lives as long as the object.
        match unsafe { (*ops).ioctl } {
            Some(_) => Ok(f(object, ops)),
            None => Err(Error::OpNotSupp),
        }
    })
}

/// Marks the object behind `fd` as a socket, where its maker did not: a handler of sockets returned it.
#[cfg(CONFIG_ZNET_SOCKET_REGISTRY)]
pub(super) fn is_socket(fd: c_int) {
    if let (Some((Other::Object(_), _)), Some(slot)) = (current().fds.other(fd), slot(fd)) {
        slot.mode.fetch_or(MODE_SOCKET, Relaxed);
    }
}

/// Reserves a descriptor; -1 when all are taken.
#[unsafe(no_mangle)]
pub extern "C" fn zvfs_reserve_fd() -> c_int {
    let fd = current().fds.reserve();
    if let Some(slot) = fd.ok().and_then(slot) {
        slot.object.store(null_mut(), Relaxed);
        slot.ops.store(null_mut(), Relaxed);
        slot.mode.store(0, Relaxed);
    }
    errno::posix(fd.map(|fd| fd as usize)) as c_int
}

/// Says what a reserved descriptor stands for: an object, its functions, and of which kind it is. The
/// object is told the descriptor's mutex.
///
/// # Safety
/// `ops` is null or lives as long as the descriptor stands for the object, and is a
/// `struct socket_op_vtable` where `mode` says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_finalize_typed_fd(
    fd: c_int,
    object: *mut c_void,
    ops: *const FdOps,
    mode: u32,
) {
    let Some(slot) = slot(fd) else { return };
    slot.object.store(object, Relaxed);
    slot.ops.store(ops.cast_mut(), Relaxed);
    slot.mode.store(mode, Relaxed);
    let tenant = slot.tenant.fetch_add(1, Relaxed).wrapping_add(1);
    let name = tenant << SLOT_BITS | fd as u32;
    current().fds.set_other(fd, Other::Object(name), false);
    // SAFETY: the caller's promise.
    if unsafe { ops.as_ref() }.is_some_and(|ops| ops.ioctl.is_some()) {
        // SAFETY: as above. Objects that know no such request say so, which changes nothing.
        let _ = unsafe { znet_fd_ioctl_ptr(ops, object, SET_LOCK, slot.lock.get().cast()) };
    }
}

/// [`zvfs_reserve_fd`] and [`zvfs_finalize_typed_fd`] in one.
///
/// # Safety
/// As for [`zvfs_finalize_typed_fd`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_alloc_fd(object: *mut c_void, ops: *const FdOps) -> c_int {
    let fd = zvfs_reserve_fd();
    if fd >= 0 {
        // SAFETY: the caller's promise.
        unsafe { zvfs_finalize_typed_fd(fd, object, ops, 0) };
    }
    fd
}

/// Gives a descriptor back without closing what it stands for.
#[unsafe(no_mangle)]
pub extern "C" fn zvfs_free_fd(fd: c_int) {
    let fds = &current().fds;
    if let Some((other @ Other::Object(_), _)) = fds.other(fd) {
        let _ = fds.remove_other(fd, other);
    } else if fds.is_reserved(fd) {
        fds.release(fd);
    }
}

/// The object behind `fd`; null with `errno` when there is none, or when its functions are others than
/// `ops`, which is then `err`.
#[unsafe(no_mangle)]
pub extern "C" fn zvfs_get_fd_obj(fd: c_int, ops: *const FdOps, err: c_int) -> *mut c_void {
    match find(fd) {
        Ok((_, now)) if !ops.is_null() && now != ops => {
            errno::set_raw(err);
            null_mut()
        }
        Ok((object, _)) => object,
        Err(error) => {
            errno::set(error);
            null_mut()
        }
    }
}

/// The object behind `fd`, its functions and its mutex; null with `errno` when there is none.
///
/// # Safety
/// Both pointers are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_get_fd_obj_and_vtable(
    fd: c_int,
    ops: *mut *const FdOps,
    lock: *mut *mut Mutex,
) -> *mut c_void {
    let (object, now) = match find(fd) {
        Ok(found) => found,
        Err(error) => {
            errno::set(error);
            return null_mut();
        }
    };
    // SAFETY: the caller's promise.
    unsafe {
        if !ops.is_null() {
            ops.write(now);
        }
        if let (false, Some(slot)) = (lock.is_null(), slot(fd)) {
            lock.write(slot.lock.get());
        }
    }
    object
}

/// The mutex and the condition variable of the descriptor that stands for `object` with these functions;
/// false when none does.
///
/// # Safety
/// Both pointers are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_get_obj_lock_and_cond(
    object: *mut c_void,
    ops: *const FdOps,
    lock: *mut *mut Mutex,
    cond: *mut *mut Condvar,
) -> bool {
    let is = |fd: &usize| {
        find(*fd as c_int).is_ok_and(|found| found == (object, ops)) && !object.is_null()
    };
    let Some(slot) = (0..OPEN_MAX).find(is).and_then(|fd| SLOTS.get(fd)) else { return false };
    // SAFETY: the caller's promise.
    unsafe {
        if !lock.is_null() {
            lock.write(slot.lock.get());
        }
        if !cond.is_null() {
            cond.write(slot.cond.get());
        }
    }
    true
}

/// Object and functions behind `fd`: none yet where it is only reserved.
fn find(fd: c_int) -> Result<(*mut c_void, *const FdOps)> {
    let fds = &current().fds;
    if fds.is_reserved(fd) {
        return Ok((null_mut(), null()));
    }
    match (fds.other(fd), slot(fd)) {
        (Some((Other::Object(_), _)), Some(slot)) => {
            Ok((slot.object.load(Relaxed), slot.ops.load(Relaxed)))
        }
        (None, _) => fds.get(fd).map(|_| super::native_ops::object(fd)),
        _ => Ok(super::native_ops::object(fd)),
    }
}

/// Has the object's descriptor `to` stand for what `from` does, which is free then: for an object that
/// has decided what it is. Called from one of its functions.
#[cfg(CONFIG_NET_SOCKETS_OFFLOAD_DISPATCHER)]
#[unsafe(no_mangle)]
pub extern "C" fn znet_fd_move(from: c_int, to: c_int) -> c_int {
    errno::status((|| {
        let fds = &current().fds;
        let Some((old @ Other::Object(_), _)) = fds.other(to) else { return Err(Error::BadF) };
        let (source, target) = (slot(from).ok_or(Error::BadF)?, slot(to).ok_or(Error::BadF)?);
        if let Some((Other::Object(_), _)) = fds.other(from) {
            let (object, ops) = (source.object.load(Relaxed), source.ops.load(Relaxed));
            let mode = source.mode.load(Relaxed) | MODE_SOCKET;
            // `to` stays taken: free for a moment, it could be given to another thread.
            zvfs_free_fd(from);
            // SAFETY: what its maker promised for the other descriptor.
            unsafe { zvfs_finalize_typed_fd(to, object, ops, mode) };
            return Ok(());
        }
        target.tenant.fetch_add(1, Relaxed);
        fds.rename(from, to, old)
    })())
}

/// Has the object write out what it holds back.
#[unsafe(no_mangle)]
pub extern "C" fn zvfs_fsync(fd: c_int) -> c_int {
    match current().fds.other(fd) {
        Some((Other::Object(name), _)) => match ioctl_int(fd, name, FSYNC, 0) {
            Ok(result) => result,
            Err(error) => errno::status(Err(error)),
        },
        Some(_) => errno::status(Err(Error::Inval)),
        None => errno::status(current().fds.get(fd).and(Err(Error::Inval))),
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket_offload.h":
    FdOps = "struct fd_op_vtable" { read, write, close, ioctl };
    SocketOps = "struct socket_op_vtable" {
        fd = "fd_vtable", shutdown, bind, connect, listen, accept, sendto, recvfrom, getsockopt,
        setsockopt, sendmsg, recvmsg, getpeername, getsockname,
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/sys/fdtable.h":
    MODE_SOCKET => "ZVFS_MODE_IFSOCK",
    MODE_MASK => "ZVFS_MODE_IFMT",
    SET_LOCK => "ZFD_IOCTL_SET_LOCK",
    FSYNC => "ZFD_IOCTL_FSYNC",
}
