// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/socket.h>`: descriptors, names and data.
//!
//! Called by: C applications. Calls: `socket::{inet, poll}`.

pub mod addr;
pub mod control;
#[cfg(CONFIG_ZVFS_EVENTFD)]
pub mod eventfd;
#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
pub mod group_options;
#[cfg(CONFIG_NET_INTERFACE_NAME)]
pub mod interfaces;
#[cfg(CONFIG_NET_UDP)]
pub(super) mod marks;
pub mod msg;
pub mod names;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
pub mod native_ops;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
pub mod object;
#[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
pub mod offload;
pub mod options;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
mod other;
#[cfg(CONFIG_NET_SOCKETPAIR)]
pub mod pair;
#[cfg(CONFIG_POSIX_API)]
pub mod posix;
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
pub mod raw;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
pub mod read_write;
#[cfg(CONFIG_ZNET_SOCKET_REGISTRY)]
pub mod registry;
pub mod select;
#[cfg(CONFIG_NET_TCP)]
pub mod stream;
#[cfg(CONFIG_NET_TCP)]
pub mod tcp_options;
#[cfg(CONFIG_ZNET_FD_OBJECTS)]
pub mod wait;

use core::ffi::{c_int, c_void};
use core::slice;

use self::addr::{AF_INET, AF_INET6, AF_UNSPEC};
pub use self::control::{znet_ioctl, zsock_fcntl_impl};
use super::{current, errno};
use crate::base::{Duration, Endpoint, Error, Instant, Result};
use crate::iface::IfRef;
use crate::socket::context::MAX_PAYLOAD;
use crate::socket::fd::{Kind, Open};
#[cfg(CONFIG_NET_UDP)]
use crate::socket::inet as datagram;
use crate::socket::options as number;
use crate::socket::poll::{self, PollFd};
use crate::stack::Stack;
use crate::transport::{ContextId, Flags};
use crate::wire::ipv4::protocol;

/// `SOCK_DGRAM` as Zephyr numbers it.
const SOCK_DGRAM: c_int = 2;
const SOCK_STREAM: c_int = 1;
const SOCK_RAW: c_int = 3;

pub(super) const MSG_PEEK: c_int = 0x02;
pub(super) const MSG_TRUNC: c_int = 0x20;
pub(super) const MSG_DONTWAIT: c_int = 0x40;
#[cfg(CONFIG_NET_TCP)]
pub(super) const MSG_WAITALL: c_int = 0x100;

/// No datagram is longer; what a caller has room for beyond that does not matter.
pub(super) const DATAGRAM_MAX: usize = 65_535;

const SHUT_RD: c_int = 0;
const SHUT_WR: c_int = 1;
const SHUT_RDWR: c_int = 2;

/// What a descriptor stands for, and whether calls on it may wait.
#[inline]
pub(super) fn kind(fd: c_int, flags: c_int) -> Result<(Kind, bool)> {
    let Open { kind, nonblock } = current().fds.get(fd)?;
    Ok((kind, nonblock || flags & MSG_DONTWAIT != 0))
}

/// The context behind a descriptor, for what all kinds of sockets have.
#[inline]
pub(super) fn context(fd: c_int) -> Result<ContextId> {
    current().fds.get(fd).map(|open| open.kind.context())
}

/// Opens a socket: `AF_INET` or `AF_INET6` with `SOCK_DGRAM` for UDP or `SOCK_STREAM` for TCP;
/// protocol 0 is that of the type.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_socket(family: c_int, kind: c_int, proto: c_int) -> c_int {
    #[cfg(CONFIG_ZNET_SOCKET_REGISTRY)]
    if let Some(open) = registry::maker() {
        return registry::open(open, family, kind, proto);
    }
    errno::posix(open(family, kind, proto).map(|fd| fd as usize)) as c_int
}

fn open(family: c_int, kind: c_int, proto: c_int) -> Result<c_int> {
    let v6 = cfg!(CONFIG_NET_IPV6) && family == c_int::from(AF_INET6);
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    let raw = raw::of(family, kind, proto).transpose()?;
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    if let (Some(raw), true) = (raw, !v6 && family != c_int::from(AF_INET)) {
        return open_as(false, |stack| stack.raw_open(raw).map(Kind::Raw));
    }
    if !v6 && (family != c_int::from(AF_INET) || !cfg!(CONFIG_NET_IPV4)) {
        return Err(Error::AfNoSupport);
    }
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    if let Some(raw) = raw {
        return open_as(v6, |stack| stack.raw_open(raw).map(Kind::Raw));
    }
    let is = |number: u8| proto == 0 || proto == c_int::from(number);
    let make: fn(&mut Stack) -> Result<Kind> = match kind {
        #[cfg(CONFIG_NET_UDP)]
        SOCK_DGRAM if is(protocol::UDP) => |stack| stack.udp_open().map(Kind::Datagram),
        #[cfg(CONFIG_NET_TCP)]
        SOCK_STREAM if is(protocol::TCP) => |stack| stack.tcp_open().map(Kind::Stream),
        SOCK_DGRAM | SOCK_STREAM | SOCK_RAW => return Err(Error::ProtoNoSupport),
        _ => return Err(Error::ProtoType),
    };
    open_as(v6, make)
}

/// Gives a descriptor to what `make` makes.
#[cfg_attr(not(CONFIG_ZNET_RAW_CONTEXTS), inline(always))]
fn open_as(v6: bool, make: impl FnOnce(&mut Stack) -> Result<Kind>) -> Result<c_int> {
    let instance = current();
    #[cfg(not(CONFIG_NET_IPV6))]
    let _ = v6;
    let fd = instance.fds.reserve()?;
    let opened = instance.core.with(|stack, _| {
        let kind = make(stack)?;
        #[cfg(CONFIG_NET_IPV6)]
        if v6 {
            stack.context_set_v6(kind.context())?;
        }
        Ok(kind)
    });
    match opened {
        Ok(kind) => {
            instance.fds.set(fd, Open { kind, nonblock: false });
            Ok(fd)
        }
        Err(error) => {
            instance.fds.release(fd);
            Err(error)
        }
    }
}

/// The object behind a socket, as the kernel grants access to it: a name that nobody follows.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_get_context_object(fd: c_int) -> *mut c_void {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    return object::zvfs_get_fd_obj(fd, core::ptr::null(), 0);
    #[cfg(not(CONFIG_ZNET_FD_OBJECTS))]
    match current().fds.get(fd) {
        Ok(_) => core::ptr::without_provenance_mut(fd as usize + 1),
        Err(error) => {
            errno::set(error);
            core::ptr::null_mut()
        }
    }
}

/// Closes a socket. Whoever waits on it returns with `EBADF`.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_close(fd: c_int) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    if let Some(result) = other::close(fd) {
        return result;
    }
    errno::status((|| {
        let instance = current();
        match instance.fds.remove(fd)?.kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(id) => instance.core.with(|stack, _| stack.context_close(id)),
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => stream::close(&instance.core, id),
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(id) => instance.core.with(|stack, _| stack.context_close(id)),
        }
    })())
}

/// Stops receiving, sending, or both.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_shutdown(fd: c_int, how: c_int) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    if let Some(result) = other::shutdown(fd, how) {
        return result;
    }
    errno::status((|| {
        let (kind, _) = kind(fd, 0)?;
        let what = match how {
            SHUT_RD => Flags::SHUT_RD,
            SHUT_WR => Flags::SHUT_WR,
            SHUT_RDWR => Flags::SHUT_RD | Flags::SHUT_WR,
            _ => return Err(Error::Inval),
        };
        let core = &current().core;
        match kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(id) => core.with(|stack, _| stack.udp_shutdown(id, what)),
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => core.with(|stack, env| stack.tcp_shutdown(env, id, what)),
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(_) => Err(Error::NotConn),
        }
    })())
}

/// Gives the socket its local address.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_bind(fd: c_int, addr: *const c_void, len: usize) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { other::bind(fd, addr, len) } {
        return result;
    }
    errno::status((|| {
        let (kind, _) = kind(fd, 0)?;
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        if let Kind::Raw(id) = kind {
            // SAFETY: the caller's promise.
            return unsafe { raw::bind(id, addr, len) };
        }
        // SAFETY: the caller's promise.
        let local = unsafe { addr::read(addr, len)? };
        #[cfg(CONFIG_NET_IPV6)]
        // SAFETY: the caller's promise.
        tie(kind.context(), unsafe { addr::scope(local, addr, len) })?;
        current().core.with(|stack, env| match kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(id) => stack.udp_bind(env, id, local),
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => stack.tcp_bind(env, id, local),
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(_) => Err(Error::BadF),
        })
    })())
}

/// The interface on which `from`, whom a socket speaks to, means something; 0 when it needs none.
#[cfg(CONFIG_NET_TCP)]
fn scope_of(fd: c_int, from: Endpoint) -> Result<u8> {
    #[cfg(CONFIG_NET_IPV6)]
    {
        let id = current().fds.get(fd)?.kind.context();
        Ok(current().core.with(|stack, _| stack.ipv6_scope_of(id, from.addr)))
    }
    #[cfg(not(CONFIG_NET_IPV6))]
    {
        let _ = (fd, from);
        Ok(0)
    }
}

/// Ties a context to the interface that the scope of its address names; 0 names none.
#[cfg(CONFIG_NET_IPV6)]
fn tie(id: ContextId, scope: u8) -> Result<()> {
    if scope == 0 {
        return Ok(());
    }
    let iface = iface_by_index(scope)?;
    current().core.with(|stack, _| {
        let context = stack.contexts.get_mut(id)?;
        if context.iface != 0 && context.iface != iface.index() {
            return Err(Error::Inval);
        }
        context.iface = iface.index();
        Ok(())
    })
}

/// Ties the socket to one remote end point; `AF_UNSPEC` unties it.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_connect(fd: c_int, addr: *const c_void, len: usize) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { other::connect(fd, addr, len) } {
        return result;
    }
    errno::status((|| {
        let open = current().fds.get(fd)?;
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        if let Kind::Raw(_) = open.kind {
            return Err(Error::OpNotSupp);
        }
        // SAFETY: the caller's promise.
        let family = unsafe { addr::family(addr, len)? };
        let remote = match family {
            Some(AF_UNSPEC) => None,
            // SAFETY: the caller's promise.
            _ => Some(unsafe { addr::read(addr, len)? }),
        };
        let core = &current().core;
        #[cfg(CONFIG_NET_IPV6)]
        if let Some(remote) = remote {
            // SAFETY: the caller's promise.
            tie(open.kind.context(), unsafe { addr::scope(remote, addr, len) })?;
        }
        match open.kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(id) => core.with(|stack, env| stack.udp_connect(env, id, remote)),
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => stream::connect(core, id, open.nonblock, remote),
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(_) => Err(Error::OpNotSupp),
        }
    })())
}

/// Accepts connections from now on; only for streams, else `EOPNOTSUPP`.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_listen(fd: c_int, backlog: c_int) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    if let Some(result) = other::listen(fd, backlog) {
        return result;
    }
    #[cfg(not(CONFIG_NET_TCP))]
    let _ = backlog;
    errno::status((|| match kind(fd, 0)?.0 {
        #[cfg(CONFIG_NET_UDP)]
        Kind::Datagram(_) => Err(Error::OpNotSupp),
        #[cfg(CONFIG_NET_TCP)]
        Kind::Stream(id) => stream::listen(id, backlog),
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        Kind::Raw(_) => Err(Error::OpNotSupp),
    })())
}

/// Takes the oldest connection, as a new descriptor; only for streams, else `EOPNOTSUPP`.
///
/// # Safety
/// `addr` and `len` are null, or writable as they say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_accept(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { other::accept(fd, addr, len) } {
        return result;
    }
    #[cfg(not(CONFIG_NET_TCP))]
    let _ = (addr, len);
    let result = (|| {
        let open = current().fds.get(fd)?;
        match open.kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(_) => Err(Error::OpNotSupp),
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(_) => Err(Error::OpNotSupp),
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => {
                let (accepted, from) = stream::accept(id, open.nonblock)?;
                let v6 = cfg!(CONFIG_NET_IPV6)
                    && !addr.is_null()
                    && option(accepted, number::Opt::Flag(Flags::V6))? != 0;
                let scope = if v6 { scope_of(accepted, from)? } else { 0 };
                // SAFETY: the caller's promise.
                unsafe { addr::write_scoped(from, v6, scope, addr, len) };
                Ok(accepted as usize)
            }
        }
    })();
    errno::posix(result) as c_int
}

/// Sends one datagram, or as much of a stream as there is room for, waiting for some; returns how
/// much. The address is for datagrams.
///
/// # Safety
/// `buf` is readable for `len` bytes; `addr` is null or readable for `addrlen` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_sendto(
    fd: c_int,
    buf: *const c_void,
    len: usize,
    flags: c_int,
    addr: *const c_void,
    addrlen: usize,
) -> isize {
    #[cfg(not(CONFIG_NET_UDP))]
    // SAFETY: the caller's promise.
    return unsafe { send_otherwise(fd, buf, len, flags, addr, addrlen) };
    #[cfg(CONFIG_NET_UDP)]
    {
        let instance = current();
        let Some((id, nonblock)) = instance.fds.datagram(fd) else {
            // SAFETY: the caller's promise.
            return unsafe { send_otherwise(fd, buf, len, flags, addr, addrlen) };
        };
        errno::posix((|| {
            let nonblock = nonblock || flags & MSG_DONTWAIT != 0;
            if buf.is_null() && len != 0 {
                return Err(Error::Fault);
            }
            let to = match addr.is_null() {
                true => None,
                // SAFETY: the caller's promise.
                false => Some(unsafe { addr::read(addr, addrlen)? }),
            };
            // SAFETY: the caller's promise; an empty slice needs no memory.
            let data = match len {
                0 => &[],
                // Before a slice is made of it: a negative number that became a length.
                _ if len > MAX_PAYLOAD => return Err(Error::MsgSize),
                // SAFETY: as above.
                _ => unsafe { slice::from_raw_parts(buf.cast::<u8>(), len) },
            };
            #[cfg(CONFIG_NET_IPV6)]
            if let Some(to) = to
                // SAFETY: the caller's promise.
                && let scope @ 1.. = unsafe { addr::scope(to, addr, addrlen) }
            {
                return datagram::send_on(&instance.core, id, nonblock, &[data], to, scope);
            }
            datagram::send(&instance.core, id, nonblock, &[data], to)
        })())
    }
}

/// Receives one datagram, or what is there of a stream; returns the bytes copied, 0 at the end of a
/// stream. With `MSG_TRUNC` the full length of the datagram, or how much of the stream was dropped.
///
/// # Safety
/// `buf` is writable for `len` bytes; `addr` and `addrlen` are null, or writable as they say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_recvfrom(
    fd: c_int,
    buf: *mut c_void,
    len: usize,
    flags: c_int,
    addr: *mut c_void,
    addrlen: *mut usize,
) -> isize {
    #[cfg(not(CONFIG_NET_UDP))]
    // SAFETY: the caller's promise.
    return unsafe { receive_otherwise(fd, buf, len, flags, addr, addrlen) };
    #[cfg(CONFIG_NET_UDP)]
    {
        let instance = current();
        let Some((id, nonblock)) = instance.fds.datagram(fd) else {
            // SAFETY: the caller's promise.
            return unsafe { receive_otherwise(fd, buf, len, flags, addr, addrlen) };
        };
        errno::posix((|| {
            let nonblock = nonblock || flags & MSG_DONTWAIT != 0;
            if buf.is_null() && len != 0 {
                return Err(Error::Fault);
            }
            // SAFETY: the caller's promise; an empty slice needs no memory.
            let room = match len {
                0 => &mut [],
                // SAFETY: as above.
                _ => unsafe { slice::from_raw_parts_mut(buf.cast::<u8>(), len.min(DATAGRAM_MAX)) },
            };
            let peek = flags & MSG_PEEK != 0;
            let message = datagram::receive(
                &instance.core,
                id,
                nonblock,
                peek,
                &mut [room],
                &mut datagram::nothing,
            )?;
            // SAFETY: the caller's promise.
            unsafe {
                let v6 = message.wanted.contains(Flags::V6);
                addr::write_scoped(message.from, v6, message.scope(), addr, addrlen);
            }
            Ok(if flags & MSG_TRUNC != 0 { message.len } else { message.copied })
        })())
    }
}

/// Sends on what is no datagram socket.
///
/// # Safety
/// As [`zsock_sendto`].
#[inline(never)]
unsafe fn send_otherwise(
    fd: c_int,
    buf: *const c_void,
    len: usize,
    flags: c_int,
    addr: *const c_void,
    addrlen: usize,
) -> isize {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { other::sendto(fd, buf, len, flags, addr, addrlen) } {
        return result;
    }
    let _ = (addr, addrlen);
    errno::posix((|| {
        let (kind, nonblock) = kind(fd, flags)?;
        if buf.is_null() && len != 0 {
            return Err(Error::Fault);
        }
        match kind {
            // SAFETY: the caller's promise.
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => unsafe { stream::send(id, nonblock, buf, len) },
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(id) => {
                let data = match len {
                    0 => &[],
                    _ if len > MAX_PAYLOAD => return Err(Error::MsgSize),
                    // SAFETY: the caller's promise.
                    _ => unsafe { slice::from_raw_parts(buf.cast::<u8>(), len) },
                };
                // SAFETY: the caller's promise.
                unsafe { raw::send(id, nonblock, &[data], addr, addrlen) }
            }
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(_) => {
                let _ = nonblock;
                Err(Error::BadF)
            }
        }
    })())
}

/// Receives from what is no datagram socket.
///
/// # Safety
/// As [`zsock_recvfrom`].
#[inline(never)]
unsafe fn receive_otherwise(
    fd: c_int,
    buf: *mut c_void,
    len: usize,
    flags: c_int,
    addr: *mut c_void,
    addrlen: *mut usize,
) -> isize {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { other::recvfrom(fd, buf, len, flags, addr, addrlen) } {
        return result;
    }
    let _ = (addr, addrlen);
    errno::posix((|| {
        let (kind, nonblock) = kind(fd, flags)?;
        if buf.is_null() && len != 0 {
            return Err(Error::Fault);
        }
        match kind {
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => {
                // SAFETY: the caller's promise.
                let received = unsafe { stream::receive(id, nonblock, flags, buf, len)? };
                // SAFETY: the caller's promise.
                unsafe { addr::write_none(addrlen) };
                Ok(received)
            }
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(id) => {
                let room = match len {
                    0 => &mut [],
                    // SAFETY: the caller's promise.
                    _ => unsafe {
                        slice::from_raw_parts_mut(buf.cast::<u8>(), len.min(DATAGRAM_MAX))
                    },
                };
                // SAFETY: the caller's promise.
                let received =
                    unsafe { raw::receive(id, nonblock, flags, &mut [room], addr, addrlen)? };
                Ok(received.0)
            }
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(_) => {
                let _ = (nonblock, addrlen);
                Err(Error::BadF)
            }
        }
    })())
}

/// [`zsock_sendto`] to whom the socket is connected.
///
/// # Safety
/// `buf` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_send(
    fd: c_int,
    buf: *const c_void,
    len: usize,
    flags: c_int,
) -> isize {
    // SAFETY: the caller's promise.
    unsafe { zsock_sendto(fd, buf, len, flags, core::ptr::null(), 0) }
}

/// [`zsock_recvfrom`] without the address.
///
/// # Safety
/// `buf` is writable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_recv(
    fd: c_int,
    buf: *mut c_void,
    len: usize,
    flags: c_int,
) -> isize {
    let none = core::ptr::null_mut();
    // SAFETY: the caller's promise.
    unsafe { zsock_recvfrom(fd, buf, len, flags, none, core::ptr::null_mut()) }
}

/// The address the socket is bound to.
///
/// # Safety
/// `addr` is writable for `*len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_getsockname(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { name(fd, addr, len, false) }
}

/// The address the socket is connected to; `ENOTCONN` when it is not.
///
/// # Safety
/// `addr` is writable for `*len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_getpeername(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { name(fd, addr, len, true) }
}

/// # Safety
/// `addr` is null or writable for `*len` bytes.
unsafe fn name(fd: c_int, addr: *mut c_void, len: *mut usize, peer: bool) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { other::name(fd, addr, len, peer) } {
        return result;
    }
    errno::status((|| {
        let (kind, _) = kind(fd, 0)?;
        let id = kind.context();
        if addr.is_null() || len.is_null() {
            return Err(Error::Fault);
        }
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        if let Kind::Raw(id) = kind {
            if peer {
                return Err(Error::NotConn);
            }
            // SAFETY: the caller's promise.
            return unsafe { raw::local_name(id, addr, len) };
        }
        let (endpoint, v6, scope): (Endpoint, bool, u8) = current().core.with(|stack, _| {
            #[cfg(CONFIG_NET_TCP)]
            if peer
                && matches!(kind, Kind::Stream(_))
                && !stack.tcp_info(id)?.state.is_synchronized()
            {
                return Err(Error::NotConn);
            }
            let context = stack.contexts.get(id)?;
            let v6 = context.flags.contains(Flags::V6);
            let endpoint = match (peer, context.is_connected()) {
                (true, false) => return Err(Error::NotConn),
                (true, true) => context.remote,
                (false, _) => context.local,
            };
            #[cfg(CONFIG_NET_IPV6)]
            let scope = stack.ipv6_scope_of(id, endpoint.addr);
            #[cfg(not(CONFIG_NET_IPV6))]
            let scope = 0;
            Ok((endpoint, v6, scope))
        })?;
        // SAFETY: the caller's promise.
        unsafe { addr::write_scoped(endpoint, v6, scope, addr, len) };
        Ok(())
    })())
}

/// Waits until one of `count` descriptors is ready, for `timeout` milliseconds; negative is for ever.
///
/// # Safety
/// `fds` is readable and writable for `count` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zvfs_poll(fds: *mut PollFd, count: c_int, timeout: c_int) -> c_int {
    let fds = (|| {
        let count = usize::try_from(count).map_err(|_| Error::Inval)?;
        if count > poll::POLL_MAX {
            return Err(Error::NoMem);
        }
        if fds.is_null() && count != 0 {
            return Err(Error::Fault);
        }
        // SAFETY: the caller's promise; an empty slice needs no memory.
        Ok(match count {
            0 => &mut [],
            // SAFETY: as above.
            _ => unsafe { slice::from_raw_parts_mut(fds, count) },
        })
    })();
    match fds {
        Ok(fds) => {
            let millis = u64::try_from(timeout).ok();
            let now = || current().core.platform().now();
            let deadline = millis.map(|ms| now() + Duration::from_millis(ms));
            wait_for(fds, timeout != 0, deadline).map_or(-1, |ready| ready as c_int)
        }
        Err(error) => errno::posix(Err(error)) as c_int,
    }
}

/// Waits for several descriptors; `None` with `errno` set.
fn wait_for(fds: &mut [PollFd], wait: bool, deadline: Option<Instant>) -> Option<usize> {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    return wait::wait(fds, wait::Limit { wait, deadline });
    #[cfg(not(CONFIG_ZNET_FD_OBJECTS))]
    {
        let instance = current();
        poll::poll(&instance.core, &instance.fds, fds, wait, deadline).map_err(errno::set).ok()
    }
}

/// Reads a number option of the context behind `fd`.
pub(super) fn option(fd: c_int, opt: number::Opt) -> Result<u32> {
    let id = context(fd)?;
    current().core.with(|stack, _| stack.contexts.get(id).map(|c| number::get(c, opt)))
}

/// Sets a number option of the context behind `fd`.
pub(super) fn set_option(fd: c_int, opt: number::Opt, value: u32) -> Result<()> {
    let id = context(fd)?;
    current().core.with(|stack, _| number::set(stack.contexts.get_mut(id)?, opt, value))
}

/// The interface with this index.
pub(super) fn iface_by_index(index: u8) -> Result<IfRef> {
    current().core.with(|stack, _| stack.ifaces.get(index)).ok_or(Error::NoDev)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    SOCK_DGRAM,
    SOCK_STREAM,
    SOCK_RAW,
    SHUT_RD => "ZSOCK_SHUT_RD",
    SHUT_WR => "ZSOCK_SHUT_WR",
    SHUT_RDWR => "ZSOCK_SHUT_RDWR",
    MSG_PEEK => "ZSOCK_MSG_PEEK",
    MSG_TRUNC => "ZSOCK_MSG_TRUNC",
    MSG_DONTWAIT => "ZSOCK_MSG_DONTWAIT",
}
