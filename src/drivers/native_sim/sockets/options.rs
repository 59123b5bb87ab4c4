// SPDX-License-Identifier: Apache-2.0
//! Options of the host's sockets, by the numbers that applications know.

use core::ffi::{c_int, c_void};

use super::addr::our_family;
use super::{answer, errno};

const SOL_SOCKET: c_int = 1;
const IPPROTO_IP: c_int = 0;
const IPPROTO_TCP: c_int = 6;
const IPPROTO_IPV6: c_int = 41;

/// `SO_DOMAIN` as applications number it: its value has a number of its own too.
const SO_DOMAIN: c_int = 39;

/// Level and name here, then those of the host. Values are integers or structures that look alike.
const OPTIONS: &[(c_int, c_int, c_int, c_int)] = &[
    (SOL_SOCKET, 2, libc::SOL_SOCKET, libc::SO_REUSEADDR),
    (SOL_SOCKET, 3, libc::SOL_SOCKET, libc::SO_TYPE),
    (SOL_SOCKET, 4, libc::SOL_SOCKET, libc::SO_ERROR),
    (SOL_SOCKET, 6, libc::SOL_SOCKET, libc::SO_BROADCAST),
    (SOL_SOCKET, 7, libc::SOL_SOCKET, libc::SO_SNDBUF),
    (SOL_SOCKET, 8, libc::SOL_SOCKET, libc::SO_RCVBUF),
    (SOL_SOCKET, 9, libc::SOL_SOCKET, libc::SO_KEEPALIVE),
    (SOL_SOCKET, 10, libc::SOL_SOCKET, libc::SO_OOBINLINE),
    (SOL_SOCKET, 12, libc::SOL_SOCKET, libc::SO_PRIORITY),
    (SOL_SOCKET, 13, libc::SOL_SOCKET, libc::SO_LINGER),
    (SOL_SOCKET, 15, libc::SOL_SOCKET, libc::SO_REUSEPORT),
    (SOL_SOCKET, 18, libc::SOL_SOCKET, libc::SO_RCVLOWAT),
    (SOL_SOCKET, 30, libc::SOL_SOCKET, libc::SO_ACCEPTCONN),
    (SOL_SOCKET, 38, libc::SOL_SOCKET, libc::SO_PROTOCOL),
    (SOL_SOCKET, SO_DOMAIN, libc::SOL_SOCKET, libc::SO_DOMAIN),
    (IPPROTO_TCP, 1, libc::IPPROTO_TCP, libc::TCP_NODELAY),
    (IPPROTO_TCP, 2, libc::IPPROTO_TCP, libc::TCP_KEEPIDLE),
    (IPPROTO_TCP, 3, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL),
    (IPPROTO_TCP, 4, libc::IPPROTO_TCP, libc::TCP_KEEPCNT),
    (IPPROTO_IP, 1, libc::IPPROTO_IP, libc::IP_TOS),
    (IPPROTO_IP, 2, libc::IPPROTO_IP, libc::IP_TTL),
    (IPPROTO_IP, 14, libc::IPPROTO_IP, libc::IP_MTU),
    (IPPROTO_IP, 33, libc::IPPROTO_IP, libc::IP_MULTICAST_TTL),
    (IPPROTO_IP, 34, libc::IPPROTO_IP, libc::IP_MULTICAST_LOOP),
    (IPPROTO_IP, 35, libc::IPPROTO_IP, libc::IP_ADD_MEMBERSHIP),
    (IPPROTO_IP, 36, libc::IPPROTO_IP, libc::IP_DROP_MEMBERSHIP),
    (IPPROTO_IPV6, 16, libc::IPPROTO_IPV6, libc::IPV6_UNICAST_HOPS),
    (IPPROTO_IPV6, 18, libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_HOPS),
    (IPPROTO_IPV6, 19, libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_LOOP),
    (IPPROTO_IPV6, 20, libc::IPPROTO_IPV6, libc::IPV6_ADD_MEMBERSHIP),
    (IPPROTO_IPV6, 21, libc::IPPROTO_IPV6, libc::IPV6_DROP_MEMBERSHIP),
    (IPPROTO_IPV6, 26, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY),
    (IPPROTO_IPV6, 67, libc::IPPROTO_IPV6, libc::IPV6_TCLASS),
];

fn of(level: c_int, name: c_int) -> Option<(c_int, c_int)> {
    let found = OPTIONS.iter().find(|option| (option.0, option.1) == (level, name))?;
    Some((found.2, found.3))
}

/// Reads an option: 0 or a negative errno value.
///
/// # Safety
/// `value` is writable for `*len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_getsockopt(
    fd: c_int,
    level: c_int,
    name: c_int,
    value: *mut c_void,
    len: *mut usize,
) -> c_int {
    let Some((host_level, host_name)) = of(level, name) else { return -libc::ENOPROTOOPT };
    // SAFETY: the caller's promise.
    unsafe {
        let mut host_len = len.read() as libc::socklen_t;
        if libc::getsockopt(fd, host_level, host_name, value, &raw mut host_len) != 0 {
            return -errno();
        }
        if (level, name) == (SOL_SOCKET, SO_DOMAIN) && host_len as usize == size_of::<c_int>() {
            let family = value.cast::<c_int>();
            family.write_unaligned(our_family(family.read_unaligned()));
        }
        len.write(host_len as usize);
    }
    0
}

/// Sets an option: 0 or a negative errno value.
///
/// # Safety
/// `value` is readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_setsockopt(
    fd: c_int,
    level: c_int,
    name: c_int,
    value: *const c_void,
    len: usize,
) -> c_int {
    let Some((host_level, host_name)) = of(level, name) else { return -libc::ENOPROTOOPT };
    // SAFETY: the caller's promise.
    answer(unsafe { libc::setsockopt(fd, host_level, host_name, value, len as libc::socklen_t) })
}
