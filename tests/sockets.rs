// SPDX-License-Identifier: Apache-2.0
//! The C socket functions over the loopback interface of the global stack.
//!
//! One test function: the stack and its descriptors are the process's only ones.
#![cfg(CONFIG_NET_IPV4)]
// Calls pass locals that are valid for the lengths given with them; where one lies about that, the
// case says so and the library refuses before it follows the pointer.
#![allow(clippy::undocumented_unsafe_blocks)]

use std::ffi::{c_int, c_void};
use std::mem::size_of;
use std::net::Ipv4Addr;
use std::ptr::{null, null_mut};
use std::thread;

use znet::capi::instance;
use znet::capi::socket::addr::SockaddrIn;
use znet::capi::socket::msg::{zsock_recvmsg, zsock_sendmsg};
use znet::capi::socket::options::{zsock_getsockopt, zsock_setsockopt};
use znet::capi::socket::select::zsock_select;
use znet::capi::socket::*;
use znet::config;
use znet::iface::IfBuilder;
use znet::socket::poll::PollFd;

const AF_INET: c_int = 1;
const SOCK_STREAM: c_int = 1;
const SOCK_DGRAM: c_int = 2;
const IN: i16 = 1;
const OUT: i16 = 4;
const NVAL: i16 = 0x20;
const DONTWAIT: c_int = 0x40;
const PEEK: c_int = 2;
const TRUNC: c_int = 0x20;

fn errno() -> c_int {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

#[track_caller]
fn fails(result: impl Into<i64>, expected: c_int) {
    assert_eq!(result.into(), -1);
    assert_eq!(errno(), expected, "errno: {}", std::io::Error::last_os_error());
}

fn address(ip: Ipv4Addr, port: u16) -> SockaddrIn {
    SockaddrIn { sin_family: 1, sin_port: port.to_be_bytes(), sin_addr: ip.octets() }
}

fn localhost(port: u16) -> SockaddrIn {
    address(Ipv4Addr::LOCALHOST, port)
}

const LEN: usize = size_of::<SockaddrIn>();

fn open() -> c_int {
    let fd = zsock_socket(AF_INET, SOCK_DGRAM, 0);
    assert!(fd >= 0, "errno {}", errno());
    fd
}

fn bind(fd: c_int, addr: &SockaddrIn) -> c_int {
    unsafe { zsock_bind(fd, std::ptr::from_ref(addr).cast(), LEN) }
}

fn connect(fd: c_int, addr: &SockaddrIn) -> c_int {
    unsafe { zsock_connect(fd, std::ptr::from_ref(addr).cast(), LEN) }
}

fn bound(port: u16) -> c_int {
    let fd = open();
    assert_eq!(bind(fd, &localhost(port)), 0, "errno {}", errno());
    fd
}

fn send(fd: c_int, data: &[u8], to: &SockaddrIn) -> isize {
    let to = std::ptr::from_ref(to).cast();
    unsafe { zsock_sendto(fd, data.as_ptr().cast(), data.len(), 0, to, LEN) }
}

fn receive(fd: c_int, room: &mut [u8], flags: c_int) -> (isize, SockaddrIn) {
    let mut from = address(Ipv4Addr::UNSPECIFIED, 0);
    let mut len = LEN;
    let from_ptr = (&raw mut from).cast::<c_void>();
    let n = unsafe {
        zsock_recvfrom(fd, room.as_mut_ptr().cast(), room.len(), flags, from_ptr, &raw mut len)
    };
    if n >= 0 {
        assert_eq!(len, LEN);
    }
    (n, from)
}

fn close(fd: c_int) {
    assert_eq!(zsock_close(fd), 0, "errno {}", errno());
}

fn poll(fds: &mut [PollFd], timeout: c_int) -> c_int {
    unsafe { zvfs_poll(fds.as_mut_ptr(), fds.len() as c_int, timeout) }
}

fn set_int(fd: c_int, level: c_int, name: c_int, value: c_int) -> c_int {
    let value = std::ptr::from_ref(&value).cast();
    unsafe { zsock_setsockopt(fd, level, name, value, size_of::<c_int>()) }
}

fn get_int(fd: c_int, level: c_int, name: c_int) -> c_int {
    let (mut value, mut len): (c_int, usize) = (-1, size_of::<c_int>());
    let value_ptr = (&raw mut value).cast::<c_void>();
    assert_eq!(unsafe { zsock_getsockopt(fd, level, name, value_ptr, &raw mut len) }, 0);
    assert_eq!(len, size_of::<c_int>());
    value
}

/// Nothing is left behind: no descriptor, no context, no packet.
#[track_caller]
fn at_baseline() {
    let instance = instance::current();
    assert_eq!(instance.fds.in_use(), 0);
    assert_eq!(instance.core.with(|stack, _| stack.contexts.in_use()), 0);
    assert!(instance.core.with(|stack, _| stack.memberships.is_empty()));
    assert!(instance.core.pools().all_free(), "{:?}", instance.core.pools().free());
}

#[test]
fn sockets() {
    let iface = IfBuilder::loopback().ipv4(Ipv4Addr::LOCALHOST, 8).up().build();
    instance::core().with(|stack, _| stack.ifaces.add(iface)).unwrap();
    let cases: &[(&str, fn())] = &[
        ("a datagram there and back", there_and_back),
        ("every size a link carries", every_size),
        ("descriptors that are none", bad_descriptors),
        ("hostile_48_addresses", hostile_48_addresses),
        ("families, types and protocols", what_cannot_be_opened),
        ("binding", binding),
        ("connecting", connecting),
        ("refused", refused),
        ("peek and trunc", peek_and_trunc),
        ("not waiting", not_waiting),
        ("hostile_44_control_lengths", hostile_44_control_lengths),
        ("hostile_45_iovec_snapshot", hostile_45_iovec_snapshot),
        ("hostile_46_close_under_a_call", hostile_46_close_under_a_call),
        ("hostile_49_poll_with_too_many", hostile_49_poll_with_too_many),
        ("poll", poll_tells),
        ("select", select_tells),
        ("options", options),
        ("groups are left at close", groups_are_left_at_close),
        ("the interface for groups", the_interface_for_groups),
        ("lengths that are negative", lengths_that_are_negative),
        ("queues are bounded", queues_are_bounded),
        ("all descriptors", all_descriptors),
    ];
    for (name, case) in cases {
        println!("{name}");
        case();
        at_baseline();
    }
}

fn there_and_back() {
    let (server, client) = (bound(4242), open());
    assert_eq!(send(client, b"hello", &localhost(4242)), 5);
    let mut room = [0; 16];
    let (n, from) = receive(server, &mut room, 0);
    assert_eq!((n, &room[..5]), (5, &b"hello"[..]));
    assert_eq!(from.sin_addr, [127, 0, 0, 1]);
    assert!(u16::from_be_bytes(from.sin_port) >= 49152, "an ephemeral port");
    assert_eq!(send(server, b"", &from), 0);
    assert_eq!(receive(client, &mut room, 0).0, 0, "an empty datagram is one");
    close(server);
    close(client);
}

fn every_size() {
    let (server, client) = (bound(4242), open());
    let data: Vec<u8> = (0..1472u32).map(|i| (i * 7) as u8).collect();
    let mut room = [0; 1500];
    for len in 0..=data.len() {
        assert_eq!(send(client, &data[..len], &localhost(4242)), len as isize, "size {len}");
        assert_eq!(receive(server, &mut room, 0).0, len as isize);
        assert_eq!(room[..len], data[..len]);
    }
    let mtu = iface_mtu();
    let huge = vec![0; 70_000];
    fails(send(client, &huge, &localhost(4242)) as i64, libc::EMSGSIZE);
    fails(send(client, &huge[..mtu - 27], &localhost(4242)) as i64, libc::EMSGSIZE);
    close(server);
    close(client);
}

fn iface_mtu() -> usize {
    instance::core().with(|stack, _| stack.ifaces.get(1).map_or(0, |i| i.mtu() as usize))
}

fn bad_descriptors() {
    for fd in [-1, 0, 5, config::ZVFS_OPEN_MAX as c_int, c_int::MAX, c_int::MIN] {
        let mut room = [0; 4];
        fails(zsock_close(fd), libc::EBADF);
        fails(bind(fd, &localhost(1)), libc::EBADF);
        fails(connect(fd, &localhost(1)), libc::EBADF);
        fails(send(fd, b"x", &localhost(1)) as i64, libc::EBADF);
        fails(receive(fd, &mut room, DONTWAIT).0 as i64, libc::EBADF);
        fails(zsock_shutdown(fd, 2), libc::EBADF);
        fails(zsock_listen(fd, 1), libc::EBADF);
        fails(zsock_fcntl_impl(fd, 3, 0), libc::EBADF);
        fails(set_int(fd, 1, 2, 1), libc::EBADF);
    }
}

fn hostile_48_addresses() {
    let fd = open();
    let good = localhost(4242);
    let ptr: *const c_void = std::ptr::from_ref(&good).cast();
    for len in 0..LEN {
        fails(unsafe { zsock_bind(fd, ptr, len) }, libc::EINVAL);
        fails(unsafe { zsock_connect(fd, ptr, len) }, libc::EINVAL);
        let sent = unsafe { zsock_sendto(fd, ptr, 1, 0, ptr, len) };
        fails(sent as i64, libc::EINVAL);
    }
    fails(unsafe { zsock_bind(fd, null(), LEN) }, libc::EFAULT);
    fails(unsafe { zsock_connect(fd, null(), LEN) }, libc::EFAULT);
    fails(unsafe { zsock_sendto(fd, null(), 1, 0, ptr, LEN) } as i64, libc::EFAULT);
    fails(
        unsafe { zsock_recvfrom(fd, null_mut(), 1, 0, null_mut(), null_mut()) } as i64,
        libc::EFAULT,
    );
    fails(unsafe { zsock_getsockname(fd, null_mut(), null_mut()) }, libc::EFAULT);
    fails(unsafe { zsock_sendmsg(fd, null(), 0) } as i64, libc::EFAULT);
    fails(unsafe { zsock_recvmsg(fd, null_mut(), 0) } as i64, libc::EINVAL);
    let wrong = SockaddrIn { sin_family: 10, ..good };
    fails(bind(fd, &wrong), libc::EAFNOSUPPORT);
    // An address need not be aligned.
    let mut bytes = [0u8; LEN + 1];
    unsafe { bytes.as_mut_ptr().add(1).cast::<SockaddrIn>().write_unaligned(good) };
    assert_eq!(unsafe { zsock_bind(fd, bytes.as_ptr().add(1).cast(), LEN) }, 0);
    // A short buffer for the answer is filled as far as it goes, and told the full length.
    let (mut out, mut len) = ([0xeeu8; LEN], 3usize);
    assert_eq!(unsafe { zsock_getsockname(fd, out.as_mut_ptr().cast(), &raw mut len) }, 0);
    assert_eq!((len, out[3]), (LEN, 0xee));
    close(fd);
}

fn what_cannot_be_opened() {
    fails(zsock_socket(77, SOCK_DGRAM, 0), libc::EAFNOSUPPORT);
    fails(zsock_socket(AF_INET, SOCK_STREAM, 17), libc::EPROTONOSUPPORT);
    fails(zsock_socket(AF_INET, SOCK_DGRAM, 6), libc::EPROTONOSUPPORT);
    fails(zsock_socket(AF_INET, 99, 0), libc::EPROTOTYPE);
    let fd = zsock_socket(AF_INET, SOCK_DGRAM, 17);
    fails(zsock_listen(fd, 1), libc::EOPNOTSUPP);
    fails(unsafe { zsock_accept(fd, null_mut(), null_mut()) }, libc::EOPNOTSUPP);
    close(fd);
}

fn binding() {
    let (first, second) = (bound(4242), open());
    fails(bind(second, &localhost(4242)), libc::EADDRINUSE);
    fails(bind(second, &address(Ipv4Addr::UNSPECIFIED, 4242)), libc::EADDRINUSE);
    fails(bind(second, &address(Ipv4Addr::new(10, 9, 8, 7), 1)), libc::EADDRNOTAVAIL);
    assert_eq!(bind(second, &localhost(0)), 0);
    fails(bind(second, &localhost(4243)), libc::EINVAL);
    let (mut name, mut len) = (localhost(0), LEN);
    let name_ptr = (&raw mut name).cast::<c_void>();
    assert_eq!(unsafe { zsock_getsockname(second, name_ptr, &raw mut len) }, 0);
    assert!(u16::from_be_bytes(name.sin_port) >= 49152);
    close(first);
    let third = bound(4242);
    close(second);
    close(third);
    // SO_REUSEPORT on both sides shares a port, on one side it does not.
    let (first, second) = (open(), open());
    assert_eq!(set_int(first, 1, 15, 1), 0);
    assert_eq!(bind(first, &localhost(4242)), 0);
    fails(bind(second, &localhost(4242)), libc::EADDRINUSE);
    assert_eq!(set_int(second, 1, 15, 1), 0);
    assert_eq!(bind(second, &localhost(4242)), 0);
    close(first);
    close(second);
}

fn connecting() {
    let (server, client, stranger) = (bound(4242), open(), open());
    fails(send_connected(client), libc::EDESTADDRREQ);
    fails(unsafe { zsock_getpeername(client, null_mut(), null_mut()) }, libc::EFAULT);
    let (mut name, mut len) = (localhost(0), LEN);
    let name_ptr = (&raw mut name).cast::<c_void>();
    fails(unsafe { zsock_getpeername(client, name_ptr, &raw mut len) }, libc::ENOTCONN);
    assert_eq!(connect(client, &localhost(4242)), 0);
    assert_eq!(unsafe { zsock_getpeername(client, name_ptr, &raw mut len) }, 0);
    assert_eq!((name.sin_port, name.sin_addr), (4242u16.to_be_bytes(), [127, 0, 0, 1]));
    assert_eq!(send_connected(client), 4);
    let mut room = [0; 8];
    let (_, from) = receive(server, &mut room, 0);
    // A connected socket hears its peer only.
    assert_eq!(send(stranger, b"spam", &from), 4);
    fails(receive(client, &mut room, DONTWAIT).0 as i64, libc::EAGAIN);
    assert_eq!(send(server, b"peer", &from), 4);
    assert_eq!(receive(client, &mut room, DONTWAIT).0, 4);
    // AF_UNSPEC unties it.
    let nobody = SockaddrIn { sin_family: 0, ..localhost(0) };
    assert_eq!(connect(client, &nobody), 0);
    fails(send_connected(client), libc::EDESTADDRREQ);
    assert_eq!(send(stranger, b"now?", &from), 4);
    assert_eq!(receive(client, &mut room, DONTWAIT).0, 4);
    for fd in [server, client, stranger] {
        close(fd);
    }
}

fn send_connected(fd: c_int) -> i64 {
    unsafe { zsock_send(fd, b"data".as_ptr().cast(), 4, 0) as i64 }
}

fn refused() {
    let client = open();
    assert_eq!(connect(client, &localhost(9)), 0);
    assert_eq!(send_connected(client), 4);
    let mut fds = [PollFd { fd: client, events: 0, revents: 0 }];
    assert_eq!(poll(&mut fds, 0), 1);
    assert_eq!(fds[0].revents, 8, "an error is told unasked");
    assert_eq!(get_int(client, 1, 4), libc::ECONNREFUSED);
    assert_eq!(get_int(client, 1, 4), 0, "told once");
    assert_eq!(send_connected(client), 4);
    let mut room = [0; 8];
    fails(receive(client, &mut room, DONTWAIT).0 as i64, libc::ECONNREFUSED);
    fails(receive(client, &mut room, DONTWAIT).0 as i64, libc::EAGAIN);
    close(client);
}

fn peek_and_trunc() {
    let (server, client) = (bound(4242), open());
    send(client, b"0123456789", &localhost(4242));
    let mut room = [0; 4];
    assert_eq!(receive(server, &mut room, PEEK).0, 4);
    assert_eq!(receive(server, &mut room, PEEK | TRUNC).0, 10);
    let mut next: c_int = 0;
    assert_eq!(unsafe { znet_ioctl(server, 0x541b, &raw mut next) }, 0);
    assert_eq!(next, 10);
    assert_eq!(receive(server, &mut room, TRUNC).0, 10);
    assert_eq!(&room, b"0123");
    fails(receive(server, &mut room, DONTWAIT).0 as i64, libc::EAGAIN);
    close(server);
    close(client);
}

fn not_waiting() {
    let server = bound(4242);
    let mut room = [0; 4];
    assert_eq!(zsock_fcntl_impl(server, 3, 0) & 0x4000, 0);
    assert_eq!(zsock_fcntl_impl(server, 4, 0x4000), 0);
    assert_eq!(zsock_fcntl_impl(server, 3, 0) & 0x4000, 0x4000);
    fails(receive(server, &mut room, 0).0 as i64, libc::EAGAIN);
    let mut off: c_int = 0;
    assert_eq!(unsafe { znet_ioctl(server, 0x5421, &raw mut off) }, 0);
    // SO_RCVTIMEO ends a wait: this one is as short as can be told from none.
    let time: [i64; 2] = [0, 1000];
    let time_ptr = time.as_ptr().cast();
    assert_eq!(unsafe { zsock_setsockopt(server, 1, 20, time_ptr, size_of_val(&time)) }, 0);
    fails(receive(server, &mut room, 0).0 as i64, libc::EAGAIN);
    let bad: [i64; 2] = [0, 1_000_000];
    let bad_ptr = bad.as_ptr().cast();
    fails(unsafe { zsock_setsockopt(server, 1, 20, bad_ptr, size_of_val(&bad)) }, libc::EINVAL);
    fails(unsafe { zsock_setsockopt(server, 1, 20, time_ptr, 7) }, libc::EINVAL);
    close(server);
}

/// `struct msghdr`, whose members the library keeps to itself.
#[repr(C)]
struct Message {
    name: *mut c_void,
    namelen: usize,
    iov: *mut [usize; 2],
    iovlen: usize,
    control: *mut c_void,
    controllen: usize,
    flags: c_int,
}

fn message(iov: &mut [[usize; 2]], control: &mut [u8]) -> Message {
    Message {
        name: null_mut(),
        namelen: 0,
        iov: iov.as_mut_ptr(),
        iovlen: iov.len(),
        control: control.as_mut_ptr().cast(),
        controllen: control.len(),
        flags: 0,
    }
}

fn hostile_44_control_lengths() {
    let (server, client) = (bound(4242), open());
    assert_eq!(set_int(server, 0, 8, 1), 0, "IP_PKTINFO");
    let mut data = [0u8; 8];
    // A header takes 16 bytes, the data 12: less is CTRUNC, and nothing is written past the end.
    for len in 0..=64usize {
        send(client, b"ping", &localhost(4242));
        let mut control = [0xee; 80];
        let mut iov = [[data.as_mut_ptr() as usize, data.len()]];
        let mut msg = message(&mut iov, &mut control[..len]);
        let n = unsafe { zsock_recvmsg(server, (&raw mut msg).cast(), 0) };
        assert_eq!(n, 4);
        assert!(control[len..].iter().all(|&b| b == 0xee), "length {len}");
        assert_eq!(msg.flags & 8 != 0, len < 28, "length {len}");
        assert_eq!(msg.controllen, if len < 28 { 0 } else { len.min(32) });
        if len >= 28 {
            assert_eq!(control[24..28], [127, 0, 0, 1], "the destination");
            assert_eq!(control[16..20], 1u32.to_ne_bytes(), "the interface");
        }
    }
    close(server);
    close(client);
}

fn hostile_45_iovec_snapshot() {
    let (server, client) = (bound(4242), open());
    let (mut one, mut two) = ([1u8, 2, 3], [4u8, 5]);
    let mut iov = [[one.as_mut_ptr() as usize, 3], [0, 0], [two.as_mut_ptr() as usize, 2]];
    assert_eq!(connect(client, &localhost(4242)), 0);
    let msg = message(&mut iov, &mut []);
    assert_eq!(unsafe { zsock_sendmsg(client, (&raw const msg).cast(), 0) }, 5);
    let mut room = [0; 8];
    assert_eq!(receive(server, &mut room, 0).0, 5);
    assert_eq!(room[..5], [1, 2, 3, 4, 5]);
    // Past the limit of pieces, or with no memory behind one, nothing is sent.
    let mut many = [[one.as_mut_ptr() as usize, 1]; 17];
    let msg = message(&mut many, &mut []);
    fails(unsafe { zsock_sendmsg(client, (&raw const msg).cast(), 0) } as i64, libc::EMSGSIZE);
    let mut nothing = [[0usize, 1]];
    let msg = message(&mut nothing, &mut []);
    fails(unsafe { zsock_sendmsg(client, (&raw const msg).cast(), 0) } as i64, libc::EFAULT);
    fails(receive(server, &mut room, DONTWAIT).0 as i64, libc::EAGAIN);
    // Another thread changes the lengths while calls run: bounds hold all the same.
    let mut shared = [[one.as_mut_ptr() as usize, 3]];
    let shared_at = shared.as_mut_ptr() as usize;
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let changer = thread::spawn({
        let stop = stop.clone();
        move || {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                for len in [0, 1, 2, 3] {
                    unsafe { (shared_at as *mut usize).add(1).write_volatile(len) };
                }
            }
        }
    });
    for _ in 0..2000 {
        let msg = message(&mut shared, &mut []);
        let n = unsafe { zsock_sendmsg(client, (&raw const msg).cast(), 0) };
        assert!((0..=3).contains(&n));
        assert_eq!(receive(server, &mut room, 0).0, n);
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    changer.join().unwrap();
    close(server);
    close(client);
}

/// Waits until somebody sleeps on a context of the stack.
fn until_somebody_waits() {
    let core = instance::core();
    while !(0..config::NET_MAX_CONTEXTS)
        .any(|i| core.wait_queue(i).is_some_and(|queue| queue.has_waiters()))
    {
        thread::yield_now();
    }
}

fn hostile_46_close_under_a_call() {
    for _ in 0..50 {
        let server = bound(4242);
        let reader = thread::spawn(move || {
            let n = receive(server, &mut [0; 4], 0).0;
            (n, errno())
        });
        until_somebody_waits();
        close(server);
        assert_eq!(reader.join().unwrap(), (-1, libc::EINTR));

        let server = bound(4242);
        let poller = thread::spawn(move || {
            let mut fds = [PollFd { fd: server, events: IN, revents: 0 }];
            (poll(&mut fds, -1), fds[0].revents)
        });
        until_somebody_waits();
        close(server);
        assert_eq!(poller.join().unwrap(), (1, NVAL));
    }
    // shutdown ends a wait too.
    let server = bound(4242);
    assert_eq!(connect(server, &localhost(9999)), 0);
    let reader = thread::spawn(move || (receive(server, &mut [0; 4], 0).0, errno()));
    until_somebody_waits();
    fails(zsock_shutdown(server, 3), libc::EINVAL);
    assert_eq!(zsock_shutdown(server, 0), 0);
    assert_eq!(reader.join().unwrap().0, 0, "end of data, as on Linux");
    close(server);
}

fn hostile_49_poll_with_too_many() {
    let most = config::ZVFS_POLL_MAX;
    let mut fds = vec![PollFd { fd: -1, events: IN, revents: 0x55 }; most + 1];
    fails(poll(&mut fds, 0), libc::ENOMEM);
    assert!(fds.iter().all(|f| f.revents == 0x55), "nothing is written");
    assert_eq!(poll(&mut fds[..most], 0), 0);
    fails(unsafe { zvfs_poll(fds.as_mut_ptr(), -1, 0) }, libc::EINVAL);
    fails(unsafe { zvfs_poll(null_mut(), 1, 0) }, libc::EFAULT);
    assert_eq!(unsafe { zvfs_poll(null_mut(), 0, 0) }, 0);
}

fn poll_tells() {
    let (server, client) = (bound(4242), open());
    let ask = |events| PollFd { fd: server, events, revents: 0 };
    let mut fds = [ask(IN), PollFd { fd: client, events: OUT, revents: 0 }, ask(0)];
    fds[2].fd = 11;
    assert_eq!(poll(&mut fds, 0), 2);
    assert_eq!([fds[0].revents, fds[1].revents, fds[2].revents], [0, OUT, NVAL]);
    // A datagram from another thread ends the wait.
    let sender = thread::spawn(move || {
        until_somebody_waits();
        send(client, b"x", &localhost(4242))
    });
    let mut fds = [ask(IN)];
    assert_eq!(poll(&mut fds, -1), 1);
    assert_eq!(fds[0].revents, IN);
    assert_eq!(sender.join().unwrap(), 1);
    // Many wait at once, and each is told.
    let waiters: Vec<_> = (0..4)
        .map(|_| {
            thread::spawn(move || poll(&mut [PollFd { fd: server, events: IN, revents: 0 }], -1))
        })
        .collect();
    for waiter in waiters {
        assert_eq!(waiter.join().unwrap(), 1);
    }
    receive(server, &mut [0; 4], 0);
    assert_eq!(poll(&mut [ask(IN)], 1), 0, "time runs out");
    close(server);
    close(client);
}

fn select_tells() {
    let (server, client) = (bound(4242), open());
    let mut bits = [0u32; 8];
    let nfds = server.max(client) + 1;
    let set = |bits: &mut [u32; 8], fds: &[c_int]| {
        *bits = [0; 8];
        fds.iter().for_each(|fd| bits[*fd as usize / 32] |= 1 << (fd % 32));
    };
    let mut zero = [0i64; 2];
    let mut writable = [0u32; 8];
    set(&mut bits, &[server]);
    set(&mut writable, &[client]);
    let mut select = |r: &mut [u32; 8], w: &mut [u32; 8]| unsafe {
        let (r, w) = (r.as_mut_ptr().cast(), w.as_mut_ptr().cast());
        zsock_select(nfds, r, w, null_mut(), zero.as_mut_ptr().cast())
    };
    assert_eq!(select(&mut bits, &mut writable), 1);
    assert_eq!((bits[0], writable[0]), (0, 1 << client));
    send(client, b"x", &localhost(4242));
    set(&mut bits, &[server]);
    assert_eq!(select(&mut bits, &mut [0; 8]), 1);
    assert_eq!(bits[0], 1 << server);
    close(client);
    set(&mut bits, &[client]);
    fails(select(&mut bits, &mut [0; 8]), libc::EBADF);
    close(server);
}

fn options() {
    let fd = open();
    for (level, name) in [(1, 2), (1, 6), (1, 15), (0, 8)] {
        assert_eq!(get_int(fd, level, name), 0);
        assert_eq!(set_int(fd, level, name, 5), 0);
        assert_eq!(get_int(fd, level, name), 1);
    }
    assert_eq!((get_int(fd, 1, 3), get_int(fd, 1, 38), get_int(fd, 1, 39)), (2, 17, 1));
    for (level, name, good, bad) in
        [(0, 2, 200, 256), (0, 1, 0xb8, 256), (1, 12, 7, 8), (0, 33, 9, -1)]
    {
        assert_eq!(set_int(fd, level, name, good), 0);
        assert_eq!(get_int(fd, level, name), good);
        fails(set_int(fd, level, name, bad), libc::EINVAL);
    }
    fails(set_int(fd, 1, 999, 1), libc::ENOPROTOOPT);
    fails(set_int(fd, 77, 1, 1), libc::ENOPROTOOPT);
    let mut name = [0u8; 16];
    name[..4].copy_from_slice(b"none");
    let name_ptr = name.as_ptr().cast();
    fails(unsafe { zsock_setsockopt(fd, 1, 25, name_ptr, name.len()) }, libc::ENODEV);
    fails(unsafe { zsock_setsockopt(fd, 0, 2, null(), 4) }, libc::EINVAL);
    let (mut value, mut len) = (0i32, 0usize);
    let value_ptr = (&raw mut value).cast::<c_void>();
    fails(unsafe { zsock_getsockopt(fd, 1, 3, value_ptr, &raw mut len) }, libc::EINVAL);
    close(fd);
}

fn groups_are_left_at_close() {
    let fd = open();
    let group = Ipv4Addr::new(239, 1, 2, 3);
    let request: [[u8; 4]; 2] = [group.octets(), [127, 0, 0, 1]];
    let ask = |name, bytes: &[[u8; 4]; 2]| unsafe {
        zsock_setsockopt(fd, 0, name, bytes.as_ptr().cast(), 8)
    };
    let joined = || {
        instance::core().with(|s, _| s.ifaces.get(1).is_some_and(|i| i.is_ipv4_group_joined(group)))
    };
    fails(ask(36, &request), libc::EADDRNOTAVAIL);
    assert_eq!(ask(35, &request), 0);
    fails(ask(35, &request), libc::EADDRINUSE);
    assert!(joined());
    fails(ask(35, &[[10, 0, 0, 1], [127, 0, 0, 1]]), libc::EINVAL);
    fails(ask(35, &[group.octets(), [10, 0, 0, 99]]), libc::EADDRNOTAVAIL);
    close(fd);
    assert!(!joined());
}

/// IP_MULTICAST_IF takes an address or an index and gives an address; a datagram to a group says
/// which group it was and from which address to answer.
fn the_interface_for_groups() {
    const GROUP: [u8; 4] = [239, 1, 2, 3];
    const HOME: [u8; 4] = [127, 0, 0, 1];
    let (server, client) = (bound_to_all(4242), open());
    let get = || {
        let (mut addr, mut len) = ([0xeeu8; 8], 4usize);
        let status =
            unsafe { zsock_getsockopt(client, 0, 32, addr.as_mut_ptr().cast(), &raw mut len) };
        assert_eq!((status, len), (0, 4));
        addr.first_chunk::<4>().copied()
    };
    let set = |bytes: &[u8]| unsafe {
        zsock_setsockopt(client, 0, 32, bytes.as_ptr().cast(), bytes.len())
    };
    assert_eq!(get(), Some([0; 4]));
    assert_eq!(set(&HOME), 0);
    assert_eq!(get(), Some(HOME));
    assert_eq!((set(&[0; 4]), get()), (0, Some([0; 4])));
    let by_index = [[0; 4], [0; 4], 1i32.to_ne_bytes()].concat();
    assert_eq!((set(&by_index), get()), (0, Some(HOME)));
    assert_eq!((set(&[0; 4]), get()), (0, Some([0; 4])));
    let with_a_group = [GROUP, HOME].concat();
    assert_eq!((set(&with_a_group), get()), (0, Some(HOME)));
    fails(set(&[10, 0, 0, 99]), libc::EADDRNOTAVAIL);
    fails(set(&[127, 0]), libc::EINVAL);

    let join = [GROUP, HOME].concat();
    assert_eq!(unsafe { zsock_setsockopt(server, 0, 35, join.as_ptr().cast(), 8) }, 0);
    assert_eq!(set_int(server, 0, 8, 1), 0, "IP_PKTINFO");
    assert_eq!(send(client, b"all", &address(GROUP.into(), 4242)), 3);
    let (mut data, mut control) = ([0u8; 8], [0u8; 32]);
    let mut iov = [[data.as_mut_ptr() as usize, data.len()]];
    let mut msg = message(&mut iov, &mut control);
    assert_eq!(unsafe { zsock_recvmsg(server, (&raw mut msg).cast(), DONTWAIT) }, 3);
    assert_eq!((&control[20..24], &control[24..28]), (&HOME[..], &GROUP[..]));
    close(server);
    close(client);
}

fn bound_to_all(port: u16) -> c_int {
    let fd = open();
    assert_eq!(bind(fd, &address(Ipv4Addr::UNSPECIFIED, port)), 0);
    fd
}

/// -1 as a length is no length; as room for a datagram it is more than enough.
fn lengths_that_are_negative() {
    let (server, client) = (bound(4242), open());
    let mut room = [0u8; 8];
    let to = localhost(4242);
    let to_ptr = std::ptr::from_ref(&to).cast();
    let sent = unsafe { zsock_sendto(client, room.as_ptr().cast(), usize::MAX, 0, to_ptr, LEN) };
    fails(sent as i64, libc::EMSGSIZE);
    let mut iov = [[room.as_mut_ptr() as usize, usize::MAX]];
    let mut msg = message(&mut iov, &mut []);
    msg.name = to_ptr.cast_mut();
    msg.namelen = LEN;
    fails(unsafe { zsock_sendmsg(client, (&raw const msg).cast(), 0) } as i64, libc::EMSGSIZE);
    assert_eq!((send(client, b"one", &to), send(client, b"two", &to)), (3, 3));
    let room_ptr = room.as_mut_ptr().cast();
    let none = null_mut();
    let n = unsafe { zsock_recvfrom(server, room_ptr, usize::MAX, 0, none, null_mut()) };
    assert_eq!(n, 3);
    msg.name = null_mut();
    assert_eq!(unsafe { zsock_recvmsg(server, (&raw mut msg).cast(), 0) }, 3);
    assert_eq!(&room[..3], b"two");
    close(server);
    close(client);
}

fn queues_are_bounded() {
    let (server, other, client) = (bound(4242), bound(4243), open());
    // Nobody reads: the queue fills, further datagrams are dropped, and there is room for others.
    for _ in 0..100 {
        assert_eq!(send(client, &[0; 100], &localhost(4242)), 100, "errno {}", errno());
    }
    assert_eq!(send(client, b"still here", &localhost(4243)), 10);
    assert_eq!(receive(other, &mut [0; 16], DONTWAIT).0, 10);
    let full = znet::base::DropReason::SocketQueueFull;
    assert!(instance::core().with(|stack, _| stack.drops(full)) > 0);
    for fd in [server, other, client] {
        close(fd);
    }
}

fn all_descriptors() {
    let most = config::ZVFS_OPEN_MAX.min(config::NET_MAX_CONTEXTS);
    let fds: Vec<c_int> = (0..most).map(|_| open()).collect();
    let fd = zsock_socket(AF_INET, SOCK_DGRAM, 0);
    assert_eq!(fd, -1);
    assert!([libc::EMFILE, libc::ENOMEM].contains(&errno()));
    fds.into_iter().for_each(close);
}
