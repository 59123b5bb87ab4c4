// SPDX-License-Identifier: Apache-2.0
//! The host's own sockets, for applications of `native_sim`: what `src/boot/c/socket_host.c` calls.
//!
//! A socket of the host's never waits. Who has to wait says which events it waits for ([`znet_host_watch`]),
//! and one thread hears of them from the host ([`znet_host_ready`]). Functions answer with a negative
//! `errno` value of the host's, which is the application's too, for it is compiled with the host's headers.

mod addr;
mod lookup;
mod options;

use core::ffi::{c_int, c_short, c_void};
use std::io;
use std::sync::OnceLock;

use addr::Name;

/// What went wrong last on this thread.
fn errno() -> c_int {
    io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO)
}

/// The value, or a negative errno value.
fn answer(result: c_int) -> c_int {
    if result < 0 { -errno() } else { result }
}

fn answer_len(result: isize) -> isize {
    if result < 0 { -(errno() as isize) } else { result }
}

/// Are there such sockets?
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_supports(family: c_int, kind: c_int) -> bool {
    matches!(addr::family(family), Some(host) if host != libc::AF_UNSPEC)
        && matches!(kind, libc::SOCK_STREAM | libc::SOCK_DGRAM)
}

/// Opens one.
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_socket(family: c_int, kind: c_int, proto: c_int) -> c_int {
    let Some(family) = addr::family(family) else { return -libc::EAFNOSUPPORT };
    let kind = kind | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: plain numbers.
    let fd = answer(unsafe { libc::socket(family, kind, proto) });
    if fd >= 0 && family == libc::AF_INET6 {
        // As the library's own are: they carry no IPv4 unless somebody asks for it.
        let on: c_int = 1;
        let len = size_of::<c_int>() as libc::socklen_t;
        // SAFETY: the value is readable for its length.
        unsafe {
            let value = (&raw const on).cast();
            libc::setsockopt(fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, value, len);
        }
    }
    fd
}

/// Closes it, and forgets who waits for it.
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_close(fd: c_int) -> c_int {
    // SAFETY: a descriptor that the caller has, and does not use any more.
    answer(unsafe { libc::close(fd) })
}

/// Gives it a local address.
///
/// # Safety
/// `addr` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_bind(fd: c_int, addr: *const c_void, len: usize) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { Name::read(addr, len) } {
        // SAFETY: the name is whole.
        Ok(name) => answer(unsafe { libc::bind(fd, name.as_ptr(), name.len) }),
        Err(error) => -error,
    }
}

/// Begins to connect.
///
/// # Safety
/// `addr` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_connect(fd: c_int, addr: *const c_void, len: usize) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { Name::read(addr, len) } {
        // SAFETY: the name is whole.
        Ok(name) => answer(unsafe { libc::connect(fd, name.as_ptr(), name.len) }),
        Err(error) => -error,
    }
}

/// Listens.
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_listen(fd: c_int, backlog: c_int) -> c_int {
    // SAFETY: plain numbers.
    answer(unsafe { libc::listen(fd, backlog) })
}

/// Takes a connection that is there.
///
/// # Safety
/// `addr` and `len` are null, or writable as they say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_accept(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int {
    let mut name = Name::room();
    let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: the room is as large as it says; the caller's promise.
    unsafe {
        let mut name_len = name.len;
        let new = libc::accept4(fd, name.as_mut_ptr(), &raw mut name_len, flags);
        if new < 0 {
            return -errno();
        }
        name.len = name_len;
        name.write(addr, len);
        new
    }
}

/// Own name, or with `peer` that of whom it is connected to.
///
/// # Safety
/// `addr` and `len` are writable as they say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_name(
    fd: c_int,
    addr: *mut c_void,
    len: *mut usize,
    peer: bool,
) -> c_int {
    let mut name = Name::room();
    let get = if peer { libc::getpeername } else { libc::getsockname };
    // SAFETY: as in `znet_host_accept`.
    unsafe {
        let mut name_len = name.len;
        if get(fd, name.as_mut_ptr(), &raw mut name_len) != 0 {
            return -errno();
        }
        name.len = name_len;
        name.write(addr, len);
    }
    0
}

/// Ends one direction, or both.
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_shutdown(fd: c_int, how: c_int) -> c_int {
    // SAFETY: plain numbers.
    answer(unsafe { libc::shutdown(fd, how) })
}

/// Sends the pieces, to `addr` if there is one: how many bytes.
///
/// # Safety
/// `iov` names `count` pieces of memory that is readable; `addr` is null or readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_send(
    fd: c_int,
    iov: *mut c_void,
    count: usize,
    addr: *const c_void,
    len: usize,
) -> isize {
    let mut name = None;
    if !addr.is_null() {
        // SAFETY: the caller's promise.
        match unsafe { Name::read(addr, len) } {
            Ok(to) => name = Some(to),
            Err(error) => return -(error as isize),
        }
    }
    // SAFETY: all zeros are valid for this structure; the caller's promise about the pieces.
    unsafe {
        let mut message: libc::msghdr = core::mem::zeroed();
        message.msg_iov = iov.cast();
        message.msg_iovlen = count as _;
        if let Some(name) = &mut name {
            message.msg_namelen = name.len;
            message.msg_name = name.as_mut_ptr().cast();
        }
        answer_len(libc::sendmsg(fd, &raw const message, libc::MSG_NOSIGNAL))
    }
}

/// `MSG_PEEK` and `MSG_TRUNC`, which have the same numbers on both sides.
const RECEIVE_FLAGS: c_int = libc::MSG_PEEK | libc::MSG_TRUNC;

/// Receives into the pieces: how many bytes; `flags` become those of the message.
///
/// # Safety
/// `iov` names `count` pieces of memory that is writable; `addr` and `len` are null or writable as they say,
/// `flags` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_receive(
    fd: c_int,
    iov: *mut c_void,
    count: usize,
    flags: *mut c_int,
    addr: *mut c_void,
    len: *mut usize,
) -> isize {
    let mut name = Name::room();
    // SAFETY: as in `znet_host_send`.
    unsafe {
        let mut message: libc::msghdr = core::mem::zeroed();
        message.msg_iov = iov.cast();
        message.msg_iovlen = count as _;
        message.msg_namelen = name.len;
        message.msg_name = name.as_mut_ptr().cast();
        let received = libc::recvmsg(fd, &raw mut message, flags.read() & RECEIVE_FLAGS);
        if received < 0 {
            return -(errno() as isize);
        }
        // A stream tells nobody's name.
        if message.msg_namelen > 0 {
            name.len = message.msg_namelen;
            name.write(addr, len);
        }
        flags.write(message.msg_flags & libc::MSG_TRUNC);
        received
    }
}

/// Bytes that can be received at once.
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_readable(fd: c_int) -> c_int {
    let mut bytes: c_int = 0;
    // SAFETY: this request writes an integer.
    match unsafe { libc::ioctl(fd, libc::FIONREAD, &raw mut bytes) } {
        0 => bytes,
        _ => -errno(),
    }
}

/// For which of `events` of `poll` it is ready, and what befell it besides. The numbers are the same on both
/// sides.
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_poll(fd: c_int, events: c_int) -> c_int {
    let mut poll = libc::pollfd { fd, events: events as c_short, revents: 0 };
    // SAFETY: one entry.
    unsafe { libc::poll(&raw mut poll, 1, 0) };
    poll.revents.into()
}

/// Where the host says what is ready.
fn watched() -> c_int {
    static EPOLL: OnceLock<c_int> = OnceLock::new();
    // SAFETY: plain numbers.
    *EPOLL.get_or_init(|| unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })
}

/// Has [`znet_host_ready`] tell, once, when the socket is ready for one of `events` of `poll`, or broken. What
/// was asked for before is forgotten.
#[unsafe(no_mangle)]
pub extern "C" fn znet_host_watch(fd: c_int, events: c_int, key: u64) -> c_int {
    let mut event =
        libc::epoll_event { events: events as u32 | libc::EPOLLONESHOT as u32, u64: key };
    // SAFETY: the event is valid.
    unsafe {
        if libc::epoll_ctl(watched(), libc::EPOLL_CTL_MOD, fd, &raw mut event) == 0 {
            return 0;
        }
        answer(libc::epoll_ctl(watched(), libc::EPOLL_CTL_ADD, fd, &raw mut event))
    }
}

/// Waits until something that is watched is ready: its key, and the events of `poll`. Negative when the host
/// will say no more.
///
/// # Safety
/// Both pointers are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_ready(key: *mut u64, events: *mut c_int) -> c_int {
    let mut event = libc::epoll_event { events: 0, u64: 0 };
    loop {
        // SAFETY: room for one event.
        match unsafe { libc::epoll_wait(watched(), &raw mut event, 1, -1) } {
            1 => break,
            count if count < 0 && errno() != libc::EINTR => return -errno(),
            _ => {}
        }
    }
    // SAFETY: the caller's promise.
    unsafe {
        key.write(event.u64);
        events.write(event.events as c_int);
    }
    0
}
