// SPDX-License-Identifier: Apache-2.0
//! Hostile use of the socket calls, by the numbers of the list of known attacks. The calls are made
//! as C makes them, on the global stack over its loopback interface. Each test ends with sockets
//! that still work, and with descriptors, contexts and pools as they were.

use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, Once};
use std::thread;
use std::time::Duration;

use znet::buf::Pools;
use znet::capi;
use znet::iface::IfBuilder;
use znet::socket::poll::POLL_MAX;

#[repr(C)]
#[derive(Clone, Copy)]
struct SockaddrIn {
    family: u16,
    port: [u8; 2],
    addr: [u8; 4],
}

#[repr(C)]
struct Iovec {
    base: *mut c_void,
    len: usize,
}

#[repr(C)]
struct Msghdr {
    name: *mut c_void,
    namelen: usize,
    iov: *mut Iovec,
    iovlen: usize,
    control: *mut c_void,
    controllen: usize,
    flags: c_int,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct PollFd {
    fd: c_int,
    events: i16,
    revents: i16,
}

unsafe extern "C" {
    safe fn zsock_socket(family: c_int, kind: c_int, proto: c_int) -> c_int;
    safe fn zsock_close(fd: c_int) -> c_int;
    fn zsock_bind(fd: c_int, addr: *const c_void, len: usize) -> c_int;
    fn zsock_connect(fd: c_int, addr: *const c_void, len: usize) -> c_int;
    fn zsock_getsockname(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int;
    fn zsock_getpeername(fd: c_int, addr: *mut c_void, len: *mut usize) -> c_int;
    fn zsock_sendto(
        fd: c_int,
        buf: *const c_void,
        len: usize,
        flags: c_int,
        addr: *const c_void,
        addrlen: usize,
    ) -> isize;
    fn zsock_recvfrom(
        fd: c_int,
        buf: *mut c_void,
        len: usize,
        flags: c_int,
        addr: *mut c_void,
        addrlen: *mut usize,
    ) -> isize;
    fn zsock_sendmsg(fd: c_int, msg: *const Msghdr, flags: c_int) -> isize;
    fn zsock_recvmsg(fd: c_int, msg: *mut Msghdr, flags: c_int) -> isize;
    fn zsock_setsockopt(
        fd: c_int,
        level: c_int,
        name: c_int,
        value: *const c_void,
        len: usize,
    ) -> c_int;
    fn zsock_getaddrinfo(
        host: *const c_char,
        service: *const c_char,
        hints: *const c_void,
        found: *mut *mut c_void,
    ) -> c_int;
    fn zvfs_poll(fds: *mut PollFd, count: c_int, timeout: c_int) -> c_int;
}

const AF_INET: c_int = 1;
const SOCK_DGRAM: c_int = 2;
const IPPROTO_IP: c_int = 0;
const IP_PKTINFO: c_int = 8;
const MSG_CTRUNC: c_int = 0x08;
const MSG_TRUNC: c_int = 0x20;
const MSG_DONTWAIT: c_int = 0x40;
const POLLIN: i16 = 1;
const POLLNVAL: i16 = 0x20;

/// The global stack is one: its tests take turns.
static TURN: Mutex<()> = Mutex::new(());
static START: Once = Once::new();
/// A port of its own for each socket.
static PORT: AtomicUsize = AtomicUsize::new(2_000);

/// A turn at the global stack; what must be as it was is looked at when it ends.
struct Turn {
    _guard: MutexGuard<'static, ()>,
    contexts: usize,
    descriptors: usize,
}

fn turn() -> Turn {
    let guard = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    START.call_once(|| {
        let loopback = IfBuilder::loopback().up().build();
        capi::core().with(|stack, _| stack.ifaces.add(loopback)).unwrap();
    });
    let contexts = capi::core().with(|stack, _| stack.contexts.in_use());
    Turn { _guard: guard, contexts, descriptors: capi::current().fds.in_use() }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        assert_eq!(capi::core().with(|stack, _| stack.contexts.in_use()), self.contexts);
        assert_eq!(capi::current().fds.in_use(), self.descriptors);
        assert!(capi::core().pools().all_free(), "{:?}", capi::core().pools().free());
        assert_eq!(Pools::capacity(), capi::core().pools().free());
        // And it still works.
        let (fd, to) = open();
        send(fd, to, b"alive");
        assert_eq!(receive(fd), b"alive");
        zsock_close(fd);
    }
}

fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap()
}

fn loopback(port: u16) -> SockaddrIn {
    SockaddrIn { family: AF_INET as u16, port: port.to_be_bytes(), addr: [127, 0, 0, 1] }
}

/// A socket bound to a port of its own on the loopback interface.
fn open() -> (c_int, SockaddrIn) {
    let fd = zsock_socket(AF_INET, SOCK_DGRAM, 0);
    assert!(fd >= 0, "errno {}", errno());
    let addr = loopback(PORT.fetch_add(1, SeqCst) as u16);
    // SAFETY: the address is as long as it says.
    let bound = unsafe { zsock_bind(fd, (&raw const addr).cast(), size_of::<SockaddrIn>()) };
    assert_eq!(bound, 0, "errno {}", errno());
    (fd, addr)
}

fn send(fd: c_int, to: SockaddrIn, data: &[u8]) {
    let (addr, len) = ((&raw const to).cast(), size_of::<SockaddrIn>());
    // SAFETY: buffer and address are as long as they say.
    let sent = unsafe { zsock_sendto(fd, data.as_ptr().cast(), data.len(), 0, addr, len) };
    assert_eq!(sent, data.len() as isize, "errno {}", errno());
}

fn receive(fd: c_int) -> Vec<u8> {
    let mut buf = vec![0u8; 2_000];
    // SAFETY: the buffer is as long as it says.
    let got = unsafe {
        zsock_recvfrom(fd, buf.as_mut_ptr().cast(), buf.len(), MSG_DONTWAIT, null_mut(), null_mut())
    };
    assert!(got >= 0, "errno {}", errno());
    buf.truncate(got as usize);
    buf
}

/// 44: ancillary data into room of every size: never written past, and its lack is told.
#[test]
fn hostile_44_short_control_buffer() {
    let _turn = turn();
    let (fd, addr) = open();
    let on: c_int = 1;
    // SAFETY: the value is as long as it says.
    let set = unsafe {
        zsock_setsockopt(fd, IPPROTO_IP, IP_PKTINFO, (&raw const on).cast(), size_of::<c_int>())
    };
    assert_eq!(set, 0, "errno {}", errno());
    let mut fitted = false;
    for room in 0..=64 {
        send(fd, addr, b"data");
        let (mut data, mut control) = ([0u8; 16], [0xaau8; 96]);
        let mut iov = Iovec { base: data.as_mut_ptr().cast(), len: data.len() };
        let mut msg = Msghdr {
            name: null_mut(),
            namelen: 0,
            iov: &mut iov,
            iovlen: 1,
            control: control.as_mut_ptr().cast(),
            controllen: room,
            flags: 0,
        };
        // SAFETY: everything is as long as it says.
        let got = unsafe { zsock_recvmsg(fd, &mut msg, 0) };
        assert_eq!((got, &data[..4]), (4, &b"data"[..]), "room {room}");
        assert!(control[room..].iter().all(|b| *b == 0xaa), "written past room {room}");
        assert!(msg.controllen <= room, "{} of {room} used", msg.controllen);
        let complete = msg.flags & MSG_CTRUNC == 0;
        assert_eq!(complete, msg.controllen > 0, "room {room}");
        assert!(complete >= fitted, "fitted in less than {room}");
        fitted = complete;
    }
    assert!(fitted, "64 bytes are enough");
    zsock_close(fd);
}

/// 45: the application changes its iovec while the call waits: what counts is what it was.
#[test]
fn hostile_45_iovec_changes_during_the_call() {
    let _turn = turn();
    let (fd, addr) = open();
    let mut data = [0xaau8; 64];
    let mut iov = Iovec { base: data.as_mut_ptr().cast(), len: 16 };
    let mut msg = Msghdr {
        name: null_mut(),
        namelen: 0,
        iov: &mut iov,
        iovlen: 1,
        control: null_mut(),
        controllen: 0,
        flags: 0,
    };
    let shared = (&raw mut msg) as usize;
    let caller = thread::spawn(move || {
        // SAFETY: the message outlives the thread, which is joined below.
        unsafe { zsock_recvmsg(fd, shared as *mut Msghdr, 0) }
    });
    thread::sleep(Duration::from_millis(50));
    let (piece, message) = (&raw mut iov, &raw mut msg);
    // SAFETY: the call under way has made its own copy; this is what the test is about.
    unsafe {
        (&raw mut (*piece).len).write_volatile(1 << 20);
        (&raw mut (*piece).base).write_volatile(null_mut());
        (&raw mut (*message).iovlen).write_volatile(1 << 20);
    }
    send(fd, addr, &[0x55; 64]);
    assert_eq!(caller.join().unwrap(), 16);
    assert_eq!(msg.flags & MSG_TRUNC, MSG_TRUNC);
    assert!(data[..16].iter().all(|b| *b == 0x55) && data[16..].iter().all(|b| *b == 0xaa));
    zsock_close(fd);
}

/// 45, neighbours: more pieces than there may be, pieces of no length, pieces that are nowhere.
#[test]
fn hostile_45_impossible_iovec() {
    let _turn = turn();
    let (fd, addr) = open();
    let mut to = addr;
    let mut data = *b"data";
    let mut list: Vec<Iovec> = (0..1_000).map(|_| Iovec { base: null_mut(), len: 0 }).collect();
    let mut message = |list: &mut Vec<Iovec>, count: usize| Msghdr {
        name: (&raw mut to).cast(),
        namelen: size_of::<SockaddrIn>(),
        iov: list.as_mut_ptr(),
        iovlen: count,
        control: null_mut(),
        controllen: 0,
        flags: 0,
    };
    let refused = |msg: &Msghdr| {
        // SAFETY: whatever is wrong with the message, it is all there.
        let sent = unsafe { zsock_sendmsg(fd, msg, 0) };
        if sent < 0 { Some(errno()) } else { None }
    };
    assert_eq!(refused(&message(&mut list, 1_000)), Some(libc::EMSGSIZE));
    assert_eq!(refused(&message(&mut list, usize::MAX)), Some(libc::EMSGSIZE));
    list[1] = Iovec { base: null_mut(), len: 8 };
    assert_eq!(refused(&message(&mut list, 3)), Some(libc::EFAULT));
    list[1] = Iovec { base: data.as_mut_ptr().cast(), len: data.len() };
    assert_eq!(refused(&message(&mut list, 3)), None);
    assert_eq!(receive(fd), b"data");
    // Lengths whose sum wraps around.
    list[0] = Iovec { base: data.as_mut_ptr().cast(), len: isize::MAX as usize };
    list[2] = Iovec { base: data.as_mut_ptr().cast(), len: isize::MAX as usize };
    assert_eq!(refused(&message(&mut list, 3)), Some(libc::EMSGSIZE));
    zsock_close(fd);
}

/// 46: another thread closes the descriptor of a call that waits.
#[test]
fn hostile_46_close_during_recv() {
    let _turn = turn();
    for _ in 0..20 {
        let (fd, _) = open();
        let caller = thread::spawn(move || {
            let mut buf = [0u8; 16];
            // SAFETY: the buffer is as long as it says.
            let got = unsafe {
                zsock_recvfrom(fd, buf.as_mut_ptr().cast(), 16, 0, null_mut(), null_mut())
            };
            (got, errno())
        });
        thread::sleep(Duration::from_millis(5));
        assert_eq!(zsock_close(fd), 0);
        // The profile tiny spares the difference.
        let why = if cfg!(CONFIG_ZNET_PROFILE_TINY) { libc::EBADF } else { libc::EINTR };
        assert_eq!(caller.join().unwrap(), (-1, why));
    }
}

/// 46: the same, while several threads poll, and the number is given to another socket at once.
#[test]
fn hostile_46_close_during_poll() {
    let _turn = turn();
    for _ in 0..20 {
        let (fd, _) = open();
        let callers: Vec<_> = (0..3)
            .map(|_| {
                thread::spawn(move || {
                    let mut fds = [PollFd { fd, events: POLLIN, revents: 0 }];
                    // SAFETY: there is one element.
                    let ready = unsafe { zvfs_poll(fds.as_mut_ptr(), 1, 2_000) };
                    (ready, fds[0].revents)
                })
            })
            .collect();
        thread::sleep(Duration::from_millis(5));
        assert_eq!(zsock_close(fd), 0);
        for caller in callers {
            assert_eq!(caller.join().unwrap(), (1, POLLNVAL));
        }
    }
}

/// 46, neighbours: two threads close the same descriptor; one of them did it.
#[test]
fn hostile_46_close_twice() {
    let _turn = turn();
    for _ in 0..50 {
        let (fd, _) = open();
        let closers: Vec<_> = (0..2).map(|_| thread::spawn(move || zsock_close(fd))).collect();
        let results: Vec<c_int> = closers.into_iter().map(|c| c.join().unwrap()).collect();
        assert_eq!(results.iter().filter(|r| **r == 0).count(), 1, "{results:?}");
    }
}

/// Calls `with` with every bad address there is, and the errno values that are right for it.
fn bad_addresses(with: impl Fn(*const c_void, usize) -> isize) {
    let good = loopback(9);
    let at = (&raw const good).cast::<c_void>();
    for len in 0..size_of::<SockaddrIn>() {
        let result = with(at, len);
        assert_eq!((result, errno()), (-1, libc::EINVAL), "length {len}");
    }
    for family in [0xffffu16, 2, 3, 17] {
        let wrong = SockaddrIn { family, ..good };
        let result = with((&raw const wrong).cast(), size_of::<SockaddrIn>());
        assert_eq!(result, -1, "family {family}");
        assert!([libc::EAFNOSUPPORT, libc::EINVAL].contains(&errno()), "family {family}");
    }
    let result = with(null(), size_of::<SockaddrIn>());
    assert_eq!(result, -1, "null");
    assert!([libc::EFAULT, libc::EINVAL, libc::EDESTADDRREQ].contains(&errno()));
}

/// 48: short lengths, wrong families and null, for every call that takes an address.
#[test]
fn hostile_48_bad_addresses() {
    let _turn = turn();
    let fd = zsock_socket(AF_INET, SOCK_DGRAM, 0);
    // SAFETY: the addresses are readable for the lengths given, or null.
    unsafe {
        bad_addresses(|addr, len| zsock_bind(fd, addr, len) as isize);
        bad_addresses(|addr, len| zsock_connect(fd, addr, len) as isize);
        bad_addresses(|addr, len| zsock_sendto(fd, b"x".as_ptr().cast(), 1, 0, addr, len));
    }
    zsock_close(fd);
}

/// 48: addresses at odd places are read and written all the same.
#[test]
fn hostile_48_unaligned_addresses() {
    let _turn = turn();
    for offset in 1..8 {
        let fd = zsock_socket(AF_INET, SOCK_DGRAM, 0);
        let port = PORT.fetch_add(1, SeqCst) as u16;
        let len = size_of::<SockaddrIn>();
        let mut memory = [0xaau8; 32];
        memory[offset..offset + 2].copy_from_slice(&(AF_INET as u16).to_ne_bytes());
        memory[offset + 2..offset + 4].copy_from_slice(&port.to_be_bytes());
        memory[offset + 4..offset + 8].copy_from_slice(&[127, 0, 0, 1]);
        let before = memory;
        let at = memory[offset..].as_mut_ptr().cast::<c_void>();
        let mut name = len;
        // SAFETY: eight bytes are there, and readable and writable.
        unsafe {
            assert_eq!(zsock_bind(fd, at, len), 0, "errno {}", errno());
            assert_eq!(zsock_sendto(fd, b"x".as_ptr().cast(), 1, 0, at, len), 1);
            assert_eq!(zsock_connect(fd, at, len), 0);
            at.cast::<u8>().write_bytes(0, len);
            assert_eq!(zsock_getsockname(fd, at, &mut name), 0);
        }
        assert_eq!((memory, name), (before, len));
        assert_eq!(receive(fd), b"x");
        zsock_close(fd);
    }
}

/// 48: an answer is cut to the length that is there, and never written past it.
#[test]
fn hostile_48_short_room_for_a_name() {
    let _turn = turn();
    let (fd, addr) = open();
    // SAFETY: everything is as long as it says.
    unsafe {
        let connected = zsock_connect(fd, (&raw const addr).cast(), size_of::<SockaddrIn>());
        assert_eq!(connected, 0);
        for room in 0..=16usize {
            for peer in [false, true] {
                let (mut memory, mut len) = ([0xaau8; 32], room);
                let at = memory.as_mut_ptr().cast();
                let result = match peer {
                    true => zsock_getpeername(fd, at, &mut len),
                    false => zsock_getsockname(fd, at, &mut len),
                };
                assert_eq!(result, 0);
                assert!(memory[room.min(8)..].iter().all(|b| *b == 0xaa), "room {room}");
            }
            send(fd, addr, b"x");
            let (mut memory, mut len, mut byte) = ([0xaau8; 32], room, 0u8);
            let (buf, at) = ((&raw mut byte).cast(), memory.as_mut_ptr().cast());
            assert_eq!(zsock_recvfrom(fd, buf, 1, 0, at, &mut len), 1);
            assert!(memory[room.min(8)..].iter().all(|b| *b == 0xaa), "room {room}");
        }
        assert_eq!(zsock_getsockname(fd, null_mut(), null_mut()), -1);
        assert_eq!(errno(), libc::EFAULT);
    }
    zsock_close(fd);
}

/// 47: names and services of every length: an error of EAI, and nothing is given out.
#[test]
fn hostile_47_names_of_every_length() {
    let _turn = turn();
    let lengths = (1..300).chain([1_000, 4_096, 65_536]);
    for (len, byte) in lengths.flat_map(|len| [b'a', b'1', b'.', b':', b'['].map(|b| (len, b))) {
        let long = CString::new(vec![byte; len]).unwrap();
        for (host, service) in [(long.as_c_str(), c"80"), (c"127.0.0.1", long.as_c_str())] {
            // "1" is an address and a port, "::" an address.
            if len < 6 && (byte == b'1' || byte == b':') {
                continue;
            }
            let mut found = null_mut();
            // SAFETY: texts with an end; hints may be null.
            let status = unsafe {
                zsock_getaddrinfo(host.as_ptr(), service.as_ptr(), null(), &raw mut found)
            };
            assert!(status < 0 && found.is_null(), "{len} times {:?}", char::from(byte));
        }
    }
}

/// 49: more descriptors than one call may ask about: refused, and nothing written.
#[test]
fn hostile_49_poll_with_too_many() {
    let _turn = turn();
    let (fd, _) = open();
    let mut fds = vec![PollFd { fd, events: POLLIN, revents: 0x5a5a }; POLL_MAX + 100];
    for count in [POLL_MAX as c_int + 1, POLL_MAX as c_int + 100, c_int::MAX] {
        // SAFETY: more than are configured are not looked at; that many are there.
        let result = unsafe { zvfs_poll(fds.as_mut_ptr(), count, 0) };
        assert_eq!((result, errno()), (-1, libc::ENOMEM), "{count} descriptors");
        assert!(fds.iter().all(|fd| fd.revents == 0x5a5a));
    }
    // SAFETY: nothing is looked at.
    assert_eq!(unsafe { zvfs_poll(fds.as_mut_ptr(), -1, 0) }, -1);
    // As many as are configured, the same one over and over, are well.
    // SAFETY: that many are there.
    assert_eq!(unsafe { zvfs_poll(fds.as_mut_ptr(), POLL_MAX as c_int, 10) }, 0);
    assert!(fds[..POLL_MAX].iter().all(|fd| fd.revents == 0));
    assert!(fds[POLL_MAX..].iter().all(|fd| fd.revents == 0x5a5a));
    zsock_close(fd);
}

/// 49, neighbours: descriptors that are none.
#[test]
fn hostile_49_descriptors_out_of_range() {
    let _turn = turn();
    for fd in [-1, c_int::MIN, c_int::MAX, 1_000_000, 15] {
        assert_eq!((zsock_close(fd), errno()), (-1, libc::EBADF), "close {fd}");
        // SAFETY: the buffer is as long as it says.
        let got = unsafe {
            zsock_recvfrom(fd, [0u8; 4].as_mut_ptr().cast(), 4, 0, null_mut(), null_mut())
        };
        assert_eq!((got, errno()), (-1, libc::EBADF), "recvfrom {fd}");
        let mut fds = [PollFd { fd, events: POLLIN, revents: 0 }];
        // SAFETY: there is one element.
        let ready = unsafe { zvfs_poll(fds.as_mut_ptr(), 1, 0) };
        // Negative ones are passed over, as POSIX has it.
        let want = if fd < 0 { (0, 0) } else { (1, POLLNVAL) };
        assert_eq!((ready, fds[0].revents), want, "poll {fd}");
    }
}
