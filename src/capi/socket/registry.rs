// SPDX-License-Identifier: Apache-2.0
//! Sockets of others: who makes them is in a list of the application's (`NET_SOCKET_REGISTER`).
//!
//! Called by: `src/boot/c/socket_register.c`, [`super::zsock_socket`].

use core::ffi::c_int;

use super::super::errno;
use super::super::hook::Hook;
use super::addr::{AF_INET, AF_INET6};
use super::object;

/// Makes a socket: a descriptor, or -1 with `errno`.
type Maker = unsafe extern "C" fn(c_int, c_int, c_int) -> c_int;

static MAKER: Hook<Maker> = Hook::new();

/// Has `open` make all sockets from now on.
#[unsafe(no_mangle)]
pub extern "C" fn znet_socket_registry(open: Maker) {
    // SAFETY: a function pointer.
    unsafe { MAKER.set(open) };
}

pub(super) fn maker() -> Option<Maker> {
    MAKER.get()
}

/// Has the list make a socket. What is none of this library's is a socket from here on, whatever its
/// maker said when it was given the descriptor.
pub(super) fn open(maker: Maker, family: c_int, kind: c_int, proto: c_int) -> c_int {
    // SAFETY: the function of the application's part of the image.
    let fd = unsafe { maker(family, kind, proto) };
    object::is_socket(fd);
    fd
}

/// Is a socket of this family one of the library's?
#[unsafe(no_mangle)]
pub extern "C" fn znet_socket_is_native(family: c_int, _kind: c_int, _proto: c_int) -> bool {
    let is = |number: u16| family == c_int::from(number);
    cfg!(CONFIG_NET_IPV4) && is(AF_INET)
        || cfg!(CONFIG_NET_IPV6) && is(AF_INET6)
        || cfg!(CONFIG_NET_SOCKETS_PACKET) && family == 3
}

/// Makes a socket of the library's.
#[unsafe(no_mangle)]
pub extern "C" fn znet_socket_native(family: c_int, kind: c_int, proto: c_int) -> c_int {
    errno::posix(super::open(family, kind, proto).map(|fd| fd as usize)) as c_int
}
