// SPDX-License-Identifier: Apache-2.0
//! Contexts of a device with its own IP stack: `<zephyr/net/net_offload.h>`.
//!
//! A context is the device's while its interface is: the default one at first, then that of the address it
//! is bound to, or the one it is tied to. The device is told by `get` before anything else, and by `put` when
//! the context is closed or goes elsewhere. Its functions are called without any lock, and what they return
//! is returned as it is.

use core::ffi::{c_int, c_void};
use core::ptr;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicU16};

use super::super::socket::addr::{self, AF_INET, AF_INET6};
use super::super::{net_if, net_pkt_alloc};
use super::{
    AcceptCb, ConnectCb, REMOTE_ADDR_SET, RecvCb, SOCK_DGRAM, SOCK_STREAM, SendCb, Shell, iface_at,
    iface_of,
};
use crate::base::Error;
use crate::buf::shell::SOCKADDR_MAX;
use crate::buf::{KTimeout, NetContext, NetPkt, cursor, pkt};
use crate::config::SYS_CLOCK_TICKS_PER_SEC;
use crate::iface::IfRef;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::thread::{self, Thread};

type Ctx = *mut NetContext;
type Addr = *const c_void;
type Data = *mut c_void;

/// `struct net_offload`.
#[repr(C)]
pub struct NetOffload {
    get: Option<unsafe extern "C" fn(u16, c_int, c_int, *mut Ctx) -> c_int>,
    bind: Option<unsafe extern "C" fn(Ctx, Addr, usize) -> c_int>,
    listen: Option<unsafe extern "C" fn(Ctx, c_int) -> c_int>,
    connect: Option<unsafe extern "C" fn(Ctx, Addr, usize, Option<ConnectCb>, i32, Data) -> c_int>,
    accept: Option<unsafe extern "C" fn(Ctx, Option<AcceptCb>, i32, Data) -> c_int>,
    send: Option<unsafe extern "C" fn(*mut NetPkt, Option<SendCb>, i32, Data) -> c_int>,
    sendto:
        Option<unsafe extern "C" fn(*mut NetPkt, Addr, usize, Option<SendCb>, i32, Data) -> c_int>,
    recv: Option<unsafe extern "C" fn(Ctx, Option<RecvCb>, i32, Data) -> c_int>,
    put: Option<unsafe extern "C" fn(Ctx) -> c_int>,
}

/// What is remembered of the device beside a context.
pub(super) struct Held {
    /// The interface, by index, whose device was told of the context; 0 for none.
    by: AtomicU8,
    /// The thread in a device's `put`, until that gave the context's reference up; null for none.
    leaving: AtomicPtr<Thread>,
}

impl Held {
    pub(super) const fn new() -> Held {
        Held { by: AtomicU8::new(0), leaving: AtomicPtr::new(ptr::null_mut()) }
    }
}

/// `struct sockaddr remote` of a context: to whom it is connected.
#[repr(transparent)]
pub(super) struct Remote([AtomicU16; SOCKADDR_MAX / 2]);

impl Remote {
    pub(super) const fn new() -> Remote {
        Remote([const { AtomicU16::new(0) }; SOCKADDR_MAX / 2])
    }

    fn clear(&self) {
        self.0.iter().for_each(|word| word.store(0, Relaxed));
    }

    /// # Safety
    /// `addr` is readable for `len` bytes.
    unsafe fn copy(&self, addr: Addr, len: usize) {
        self.clear();
        for (at, word) in self.0.iter().enumerate().take_while(|(at, _)| (at + 1) * 2 <= len) {
            // SAFETY: the caller's promise, and within the length.
            word.store(unsafe { addr.cast::<u16>().add(at).read_unaligned() }, Relaxed);
        }
    }
}

/// The functions of the device behind `iface`, when it has an IP stack.
fn functions(iface: IfRef) -> Option<&'static NetOffload> {
    // SAFETY: null, or what its driver stored there, which lives as long as the interface.
    unsafe { iface.dev().offload.get().cast::<NetOffload>().as_ref() }
}

/// Has the device that `shell` belongs to answer; `None` when it belongs to none.
pub(super) fn ask(
    shell: &'static Shell,
    answer: impl FnOnce(&NetOffload) -> c_int,
) -> Option<c_int> {
    let own = iface_of(shell).and_then(|iface| Some((iface, functions(iface)?)));
    let Some((iface, device)) = own else {
        leave(shell);
        return None;
    };
    // C may have tied it to another interface meanwhile.
    match belongs_to(shell, iface) {
        0.. => Some(answer(device)),
        refused => Some(refused),
    }
}

/// Forgets what an earlier context of this shell left.
pub(super) fn begin(shell: &Shell) {
    shell.held.by.store(0, Relaxed);
    shell.seen.offload_context.store(ptr::null_mut(), Relaxed);
    shell.seen.remote.clear();
}

/// Gives a new context to the device behind the default interface, when it has an IP stack. The context is
/// gone when that refuses.
///
/// # Safety
/// `place` is where C keeps the context.
pub(super) unsafe fn opened(shell: &'static Shell, place: *mut Ctx) -> c_int {
    let flags = shell.seen.flags.load(Relaxed);
    let family_fits = matches!(flags >> 3 & 7, AF_INET | AF_INET6);
    let type_fits = matches!(c_int::from(flags >> 6 & 3), SOCK_DGRAM | SOCK_STREAM);
    // SAFETY: an interface or null.
    let iface = unsafe { IfRef::from_raw(net_if::net_if_get_default()) };
    let device = iface.filter(|_| family_fits && type_fits).and_then(|i| Some((i, functions(i)?)));
    let Some((iface, device)) = device else { return 0 };
    // SAFETY: the caller's promise.
    let status = unsafe { take(shell, iface, device, place) };
    if status < 0 {
        // SAFETY: as above.
        unsafe { place.write(ptr::null_mut()) };
        if shell.seen.refcount.load(Acquire) > 0 {
            shell.unref();
        }
    }
    status
}

/// Tells the device of a context, which is its own from then on.
///
/// # Safety
/// `place` is where a pointer to the context is kept.
unsafe fn take(shell: &Shell, iface: IfRef, device: &NetOffload, place: *mut Ctx) -> c_int {
    let Some(get) = device.get else { return -Error::OpNotSupp.errno() };
    let flags = shell.seen.flags.load(Relaxed);
    let (family, kind) = (flags >> 3 & 7, c_int::from(flags >> 6 & 3));
    let proto = c_int::from(shell.seen.proto.load(Relaxed));
    // SAFETY: the driver's function.
    let status = unsafe { get(family, kind, proto, place) };
    if status >= 0 {
        shell.held.by.store(iface.index(), Relaxed);
        shell.seen.iface.store(iface.index().cast_signed(), Relaxed);
    }
    status
}

/// Has the context be that of `iface`, whose device hears of it, and one that had it before too.
pub(super) fn belongs_to(shell: &'static Shell, iface: IfRef) -> c_int {
    let index = iface.index();
    if shell.held.by.load(Relaxed) != index {
        leave(shell);
        if let Some(device) = functions(iface) {
            let mut context = shell.as_ptr();
            // SAFETY: a pointer of ours.
            let status = unsafe { take(shell, iface, device, &raw mut context) };
            if status < 0 {
                return status;
            }
        }
    }
    shell.seen.iface.store(index.cast_signed(), Relaxed);
    0
}

/// Takes the context from the device that has it, which keeps its reference as it was. What the device says.
fn leave(shell: &'static Shell) -> c_int {
    let by = match shell.held.by.swap(0, AcqRel) {
        0 => return 0,
        index => net_if::by_index(index.into()),
    };
    let Some(put) = by.and_then(functions).and_then(|device| device.put) else { return 0 };
    // Drivers give up the context's reference here, or leave it to the library.
    shell.held.leaving.store(me(), Release);
    // SAFETY: the driver's function.
    let status = unsafe { put(shell.as_ptr()) };
    shell.held.leaving.store(ptr::null_mut(), Release);
    status
}

/// Whether the reference that this thread gives up is the one a device's `put` need not: the library gives
/// it up itself. References of others count meanwhile as ever.
pub(super) fn keeps_reference(shell: &Shell) -> bool {
    let leaving = &shell.held.leaving;
    leaving.compare_exchange(me(), ptr::null_mut(), AcqRel, Relaxed).is_ok()
}

fn me() -> *mut Thread {
    ptr::from_ref(thread::current()).cast_mut()
}

/// Closes what the device has of the context; `None` when it has nothing.
pub(super) fn close(shell: &'static Shell) -> Option<c_int> {
    (shell.held.by.load(Relaxed) != 0).then(|| leave(shell))
}

/// Gives the context its local address: the interface of that address decides whose it is. `None` when it
/// is the library's.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
pub(super) unsafe fn bind(shell: &'static Shell, addr: Addr, len: usize) -> Option<c_int> {
    // SAFETY: the caller's promise.
    let local = unsafe { addr::read(addr, len) }.ok();
    let iface = local.and_then(|local| iface_at(shell, local)).or_else(|| iface_of(shell));
    let device = functions(iface?);
    if device.is_none() && shell.held.by.load(Relaxed) == 0 {
        return None;
    }
    if local.is_none() {
        return Some(-Error::Inval.errno());
    }
    let status = belongs_to(shell, iface?);
    if status < 0 {
        return Some(status);
    }
    let device = device?;
    Some(device.bind.map_or(-Error::OpNotSupp.errno(), |bind| {
        // SAFETY: the driver's function, and the caller's promise.
        unsafe { bind(shell.as_ptr(), addr, len) }
    }))
}

/// Whole milliseconds, -1 for ever: as drivers are told how long to wait.
fn millis(timeout: KTimeout) -> i32 {
    match timeout.ticks {
        ticks @ 0.. => {
            let millis = (ticks as u64).saturating_mul(1000) / SYS_CLOCK_TICKS_PER_SEC as u64;
            i32::try_from(millis).unwrap_or(i32::MAX)
        }
        _ => -1,
    }
}

const NONE: c_int = -Error::OpNotSupp.errno();

/// Accepts connections from now on.
pub(super) fn listen(shell: &Shell, device: &NetOffload, backlog: c_int) -> c_int {
    // SAFETY: the driver's function; so below.
    device.listen.map_or(NONE, |listen| unsafe { listen(shell.as_ptr(), backlog) })
}

/// Connects; who it is connected to is remembered for those who ask.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
pub(super) unsafe fn connect(
    shell: &Shell,
    device: &NetOffload,
    (addr, len): (Addr, usize),
    cb: Option<ConnectCb>,
    timeout: KTimeout,
    data: Data,
) -> c_int {
    // SAFETY: the caller's promise.
    let family = unsafe { addr::family(addr, len) };
    if family != Ok(Some(shell.seen.flags.load(Relaxed) >> 3 & 7)) {
        return -Error::Inval.errno();
    }
    shell.seen.user_data.store(data, Relaxed);
    let Some(connect) = device.connect else { return NONE };
    // Callbacks may run before the call is back.
    // SAFETY: as above.
    unsafe { shell.seen.remote.copy(addr, len) };
    shell.seen.flags.fetch_or(REMOTE_ADDR_SET, Relaxed);
    // SAFETY: as above.
    let status = unsafe { connect(shell.as_ptr(), addr, len, cb, millis(timeout), data) };
    if status < 0 && status != -Error::InProgress.errno() {
        shell.seen.flags.fetch_and(!REMOTE_ADDR_SET, Relaxed);
        shell.seen.remote.clear();
    }
    status
}

/// Has connections given to `cb`.
pub(super) fn accept(
    shell: &Shell,
    device: &NetOffload,
    cb: Option<AcceptCb>,
    timeout: KTimeout,
    data: Data,
) -> c_int {
    shell.seen.user_data.store(data, Relaxed);
    let accept = device.accept;
    // SAFETY: as in `listen`.
    accept.map_or(NONE, |accept| unsafe { accept(shell.as_ptr(), cb, millis(timeout), data) })
}

/// Has what is received given to `cb`.
pub(super) fn receive(
    shell: &Shell,
    device: &NetOffload,
    cb: Option<RecvCb>,
    timeout: KTimeout,
    data: Data,
) -> c_int {
    shell.seen.user_data.store(data, Relaxed);
    let recv = device.recv;
    // SAFETY: as in `listen`.
    recv.map_or(NONE, |recv| unsafe { recv(shell.as_ptr(), cb, millis(timeout), data) })
}

/// What a packet is sent with.
pub(super) struct Sending {
    /// To whom, with a length; null for whom the context is connected to.
    pub to: (Addr, usize),
    pub cb: Option<SendCb>,
    pub timeout: KTimeout,
    pub data: Data,
}

/// Sends `parts`, joined, in one packet, which belongs to the driver unless it refuses. How many bytes, which
/// of a stream may be fewer than given, or what the driver says; `-ENOMEM` when there is no memory.
///
/// # Safety
/// The address is null or readable for its length.
pub(super) unsafe fn send(
    shell: &Shell,
    device: &NetOffload,
    parts: &[&[u8]],
    sending: &Sending,
) -> c_int {
    let whole = parts.iter().map(|part| part.len()).sum::<usize>();
    let datagram = shell.seen.flags.load(Relaxed) >> 6 & 3 == SOCK_DGRAM as u16;
    let Some(raw) = packet(shell, whole, sending.timeout) else { return -Error::NoMem.errno() };
    let proto = shell.seen.proto.load(Relaxed).into();
    // SAFETY: the packet is ours until the driver takes it; the driver's functions, and the caller's
    // promise.
    unsafe {
        let len = net_pkt_alloc::net_pkt_available_payload_buffer(raw, proto).min(whole);
        let status = match len == whole || !datagram && len > 0 {
            true if fill(raw, parts, len) => hand_over(raw, device, sending),
            _ => -Error::NoMem.errno(),
        };
        if status < 0 {
            pkt::unref(raw);
            return status;
        }
        len as c_int
    }
}

/// Writes the first `len` bytes of `parts`, and puts the cursor in front of them.
///
/// # Safety
/// `raw` is the caller's packet.
unsafe fn fill(raw: *mut NetPkt, parts: &[&[u8]], len: usize) -> bool {
    let mut left = len;
    // SAFETY: the caller's packet; each part is readable for its length.
    unsafe {
        for part in parts {
            let n = left.min(part.len());
            if !cursor::write(raw, part.as_ptr().cast(), n) {
                return false;
            }
            left -= n;
        }
        cursor::init(raw);
    }
    true
}

/// # Safety
/// As for [`send`]; the packet is the driver's from here on, unless that refuses.
unsafe fn hand_over(raw: *mut NetPkt, device: &NetOffload, sending: &Sending) -> c_int {
    let (to, tolen) = sending.to;
    let timeout = millis(sending.timeout);
    // SAFETY: the driver's functions, and the caller's promise.
    unsafe {
        match (to.is_null(), device.send, device.sendto) {
            (true, Some(send), _) => send(raw, sending.cb, timeout, sending.data),
            (false, _, Some(sendto)) => sendto(raw, to, tolen, sending.cb, timeout, sending.data),
            _ => NONE,
        }
    }
}

/// A packet of the context's with room for `len` bytes, or for as many as the interface carries at once.
fn packet(shell: &Shell, len: usize, timeout: KTimeout) -> Option<*mut NetPkt> {
    let iface = iface_of(shell).map_or(ptr::null_mut(), IfRef::as_ptr);
    let (slab, from) = super::pools::of(shell);
    let proto = shell.seen.proto.load(Relaxed).into();
    // SAFETY: slabs and pools live for ever; the packet is ours alone.
    unsafe {
        let raw = net_pkt_alloc::alloc(slab, from, iface.cast(), timeout.for_memory());
        if raw.is_null() {
            return None;
        }
        (*raw).context = shell.as_ptr();
        (*raw).family = (shell.seen.flags.load(Relaxed) >> 3 & 7) as u8;
        let status = net_pkt_alloc::net_pkt_alloc_buffer(raw, len, proto, timeout);
        if status < 0 {
            pkt::unref(raw);
            return None;
        }
        Some(raw)
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_offload.h":
    NetOffload = "struct net_offload" {
        get, bind, listen, connect, accept, send, sendto, recv, put,
    };
}
