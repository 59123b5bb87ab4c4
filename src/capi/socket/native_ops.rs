// SPDX-License-Identifier: Apache-2.0
//! This library's own descriptors as objects with functions, for C code that goes by those: it calls
//! a socket without knowing whose it is.
//!
//! The object is the descriptor's number plus one, as a pointer that nobody follows.

use core::ffi::{c_int, c_ulong, c_void};
use core::ptr;

use super::msg::Msghdr;
use super::object::{FdOps, SocketOps};
use super::{msg, options, read_write};

unsafe extern "C" {
    /// In C, for its arguments are a variable list.
    fn znet_native_ioctl();
}

/// The functions of all descriptors of the library's own.
static OPS: SocketOps = SocketOps {
    fd: FdOps {
        read: Some(read),
        write: Some(write),
        close: Some(close),
        ioctl: Some(znet_native_ioctl),
    },
    shutdown: Some(shutdown),
    bind: Some(bind),
    connect: Some(connect),
    listen: Some(listen),
    accept: Some(accept),
    sendto: Some(sendto),
    recvfrom: Some(recvfrom),
    getsockopt: Some(getsockopt),
    setsockopt: Some(setsockopt),
    sendmsg: Some(sendmsg),
    recvmsg: Some(recvmsg),
    getpeername: Some(getpeername),
    getsockname: Some(getsockname),
};

/// Descriptor `fd` as an object with its functions.
pub(super) fn object(fd: c_int) -> (*mut c_void, *const FdOps) {
    (ptr::without_provenance_mut(fd as usize + 1), ptr::from_ref(&OPS.fd))
}

fn fd(object: *mut c_void) -> c_int {
    object.addr().wrapping_sub(1) as c_int
}

/// What `ioctl` of such an object does, its arguments taken apart.
///
/// # Safety
/// `arg` is what `request` wants.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_native_fd_ioctl(
    object: *mut c_void,
    request: c_ulong,
    arg: *mut c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { super::control::znet_ioctl(fd(object), request, arg) }
}

/// What `ioctl` of such an object does with the numbers of `fcntl`.
#[unsafe(no_mangle)]
pub extern "C" fn znet_native_fd_fcntl(object: *mut c_void, cmd: c_int, flags: c_int) -> c_int {
    super::control::zsock_fcntl_impl(fd(object), cmd, flags)
}

unsafe extern "C" fn read(object: *mut c_void, buf: *mut c_void, len: usize) -> isize {
    // SAFETY: the caller's promise, here and below: as for the call of the same name.
    unsafe { read_write::znet_read(fd(object), buf, len) }
}

unsafe extern "C" fn write(object: *mut c_void, buf: *const c_void, len: usize) -> isize {
    // SAFETY: as above.
    unsafe { read_write::znet_write(fd(object), buf, len) }
}

unsafe extern "C" fn close(object: *mut c_void, _fd: c_int) -> c_int {
    super::zsock_close(fd(object))
}

unsafe extern "C" fn shutdown(object: *mut c_void, how: c_int) -> c_int {
    super::zsock_shutdown(fd(object), how)
}

unsafe extern "C" fn bind(object: *mut c_void, addr: *const c_void, len: usize) -> c_int {
    // SAFETY: as above.
    unsafe { super::zsock_bind(fd(object), addr, len) }
}

unsafe extern "C" fn connect(object: *mut c_void, addr: *const c_void, len: usize) -> c_int {
    // SAFETY: as above.
    unsafe { super::zsock_connect(fd(object), addr, len) }
}

unsafe extern "C" fn listen(object: *mut c_void, backlog: c_int) -> c_int {
    super::zsock_listen(fd(object), backlog)
}

unsafe extern "C" fn accept(object: *mut c_void, addr: *mut c_void, len: *mut usize) -> c_int {
    // SAFETY: as above.
    unsafe { super::zsock_accept(fd(object), addr, len) }
}

unsafe extern "C" fn sendto(
    object: *mut c_void,
    buf: *const c_void,
    len: usize,
    flags: c_int,
    addr: *const c_void,
    addrlen: usize,
) -> isize {
    // SAFETY: as above.
    unsafe { super::zsock_sendto(fd(object), buf, len, flags, addr, addrlen) }
}

unsafe extern "C" fn recvfrom(
    object: *mut c_void,
    buf: *mut c_void,
    len: usize,
    flags: c_int,
    addr: *mut c_void,
    addrlen: *mut usize,
) -> isize {
    // SAFETY: as above.
    unsafe { super::zsock_recvfrom(fd(object), buf, len, flags, addr, addrlen) }
}

unsafe extern "C" fn getsockopt(
    object: *mut c_void,
    level: c_int,
    name: c_int,
    value: *mut c_void,
    len: *mut usize,
) -> c_int {
    // SAFETY: as above.
    unsafe { options::zsock_getsockopt(fd(object), level, name, value, len) }
}

unsafe extern "C" fn setsockopt(
    object: *mut c_void,
    level: c_int,
    name: c_int,
    value: *const c_void,
    len: usize,
) -> c_int {
    // SAFETY: as above.
    unsafe { options::zsock_setsockopt(fd(object), level, name, value, len) }
}

unsafe extern "C" fn sendmsg(object: *mut c_void, message: *const Msghdr, flags: c_int) -> isize {
    // SAFETY: as above.
    unsafe { msg::zsock_sendmsg(fd(object), message, flags) }
}

unsafe extern "C" fn recvmsg(object: *mut c_void, message: *mut Msghdr, flags: c_int) -> isize {
    // SAFETY: as above.
    unsafe { msg::zsock_recvmsg(fd(object), message, flags) }
}

unsafe extern "C" fn getpeername(object: *mut c_void, addr: *mut c_void, len: *mut usize) -> c_int {
    // SAFETY: as above.
    unsafe { super::zsock_getpeername(fd(object), addr, len) }
}

unsafe extern "C" fn getsockname(object: *mut c_void, addr: *mut c_void, len: *mut usize) -> c_int {
    // SAFETY: as above.
    unsafe { super::zsock_getsockname(fd(object), addr, len) }
}
