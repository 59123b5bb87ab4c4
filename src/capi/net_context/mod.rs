// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_context.h>`: contexts with callbacks.
//!
//! Called by: C. Calls: `socket::inet`, `socket::stream`, [`Stack`]; callbacks in C without any lock.
//! What C sees of a context is a [`Shell`]; the context proper is the stack's, under the shell's `id`.
#![allow(clippy::missing_safety_doc)]

#[cfg(CONFIG_NET_OFFLOAD)]
pub mod offload;
pub mod option;
mod pools;
pub mod receive;
pub mod send;
#[cfg(CONFIG_NET_TCP)]
pub mod stream;

use core::ffi::{c_int, c_void};
use core::mem::offset_of;
use core::ptr;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::sync::atomic::{
    AtomicI8, AtomicIsize, AtomicPtr, AtomicU8, AtomicU16, AtomicU32, AtomicUsize,
};

use super::errno;
use super::hook::Hook;
use super::instance::{by_index, selected};
use super::net_if;
use super::socket::addr::{self, AF_INET, AF_INET6, AF_UNSPEC};
use super::transmit::Receiver;
use crate::base::{Endpoint, Error, Result};
use crate::buf::{KTimeout, NetContext, NetPkt};
use crate::iface::IfRef;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::{self, irq};
use crate::stack::{CONTEXTS, Core, Env, Stack};
use crate::transport::ContextId;
use crate::wire::ipv4::protocol;

const SOCK_STREAM: c_int = 1;
const SOCK_DGRAM: c_int = 2;
const SOCK_RAW: c_int = 3;

const IN_USE: u16 = 1 << 0;
const REMOTE_ADDR_SET: u16 = 1 << 8;
const BOUND_TO_IFACE: u16 = 1 << 11;
const STATE: u16 = 3 << 1;

/// `enum net_context_state` where it is in the flags.
#[derive(Clone, Copy)]
#[repr(u16)]
enum State {
    #[cfg(CONFIG_NET_TCP)]
    Idle = 0,
    #[cfg(CONFIG_NET_TCP)]
    Connecting = 1 << 1,
    Ready = 2 << 1,
    #[cfg(CONFIG_NET_TCP)]
    Listening = 3 << 1,
}

type RecvCb = unsafe extern "C" fn(
    *mut NetContext,
    *mut NetPkt,
    *mut *mut c_void,
    *mut *mut c_void,
    c_int,
    *mut c_void,
);
type SendCb = unsafe extern "C" fn(*mut NetContext, c_int, *mut c_void);
type ConnectCb = unsafe extern "C" fn(*mut NetContext, c_int, *mut c_void);
type AcceptCb = unsafe extern "C" fn(*mut NetContext, *mut c_void, usize, c_int, *mut c_void);
type ForeachCb = unsafe extern "C" fn(*mut NetContext, *mut c_void);

/// `struct net_context`. C reads and writes it without asking, so every member is an atomic.
#[repr(C)]
pub struct Seen {
    fifo_reserved: AtomicPtr<c_void>,
    user_data: AtomicPtr<c_void>,
    refcount: AtomicIsize,
    recv_cb: Hook<RecvCb>,
    send_cb: Hook<SendCb>,
    connect_cb: Hook<ConnectCb>,
    #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
    tx_slab: Hook<pools::SlabFn>,
    #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
    data_pool: Hook<pools::PoolFn>,
    #[cfg(CONFIG_NET_OFFLOAD)]
    offload_context: AtomicPtr<c_void>,
    #[cfg(CONFIG_NET_OFFLOAD)]
    remote: offload::Remote,
    proto: AtomicU16,
    flags: AtomicU16,
    iface: AtomicI8,
    ipv4_ttl: AtomicU8,
    ipv4_mcast_ttl: AtomicU8,
}

impl Seen {
    /// No callbacks any more.
    fn forget(&self) {
        // SAFETY: function pointers.
        unsafe {
            self.recv_cb.replace(None);
            self.send_cb.replace(None);
            self.connect_cb.replace(None);
        }
    }
}

/// A context's outside, and what the library keeps beside it.
pub(super) struct Shell {
    seen: Seen,
    /// The stack's context, as bits; 0 once it was closed.
    id: AtomicU32,
    /// In which stack.
    instance: AtomicU8,
    /// Where the stack leaves packets.
    receiver: Receiver,
    recv_data: AtomicPtr<c_void>,
    #[cfg(CONFIG_NET_TCP)]
    connect_data: AtomicPtr<c_void>,
    #[cfg(CONFIG_NET_OFFLOAD)]
    held: offload::Held,
    /// Given with each packet, for who waits for the first.
    arrival: os::Semaphore,
    #[cfg(CONFIG_NET_TCP)]
    stream: stream::Watch,
}

impl Shell {
    const fn new() -> Shell {
        Shell {
            seen: Seen {
                fifo_reserved: AtomicPtr::new(ptr::null_mut()),
                user_data: AtomicPtr::new(ptr::null_mut()),
                refcount: AtomicIsize::new(0),
                recv_cb: Hook::new(),
                send_cb: Hook::new(),
                connect_cb: Hook::new(),
                #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
                tx_slab: Hook::new(),
                #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
                data_pool: Hook::new(),
                #[cfg(CONFIG_NET_OFFLOAD)]
                offload_context: AtomicPtr::new(ptr::null_mut()),
                #[cfg(CONFIG_NET_OFFLOAD)]
                remote: offload::Remote::new(),
                proto: AtomicU16::new(0),
                flags: AtomicU16::new(0),
                iface: AtomicI8::new(0),
                ipv4_ttl: AtomicU8::new(0),
                ipv4_mcast_ttl: AtomicU8::new(0),
            },
            id: AtomicU32::new(0),
            instance: AtomicU8::new(0),
            receiver: Receiver { run: receive::datagram, which: AtomicUsize::new(0) },
            recv_data: AtomicPtr::new(ptr::null_mut()),
            #[cfg(CONFIG_NET_TCP)]
            connect_data: AtomicPtr::new(ptr::null_mut()),
            #[cfg(CONFIG_NET_OFFLOAD)]
            held: offload::Held::new(),
            arrival: os::Semaphore::new(0, 1),
            #[cfg(CONFIG_NET_TCP)]
            stream: stream::Watch::new(),
        }
    }

    /// The shell as C knows it.
    fn as_ptr(&self) -> *mut NetContext {
        ptr::from_ref(&self.seen).cast_mut().cast()
    }

    /// The shell C means.
    ///
    /// # Errors
    /// [`Error::Inval`] for what is none, [`Error::BadF`] for one not in use.
    fn of(context: *mut NetContext) -> Result<&'static Shell> {
        let first = SHELLS.as_ptr().addr() + offset_of!(Shell, seen);
        let offset = context.addr().wrapping_sub(first);
        if !offset.is_multiple_of(size_of::<Shell>()) {
            return Err(Error::Inval);
        }
        let shell = SHELLS.get(offset / size_of::<Shell>()).ok_or(Error::Inval)?;
        if shell.seen.refcount.load(Acquire) > 0 { Ok(shell) } else { Err(Error::BadF) }
    }

    /// The stack it belongs to.
    fn core(&self) -> &'static Core {
        &by_index(self.instance.load(Relaxed)).core
    }

    fn id(&self) -> Result<ContextId> {
        match self.id.load(Acquire) {
            0 => Err(Error::BadF),
            bits => Ok(ContextId::from_bits(bits)),
        }
    }

    #[cfg(CONFIG_NET_TCP)]
    fn is_stream(&self) -> bool {
        self.seen.proto.load(Relaxed) == u16::from(protocol::TCP)
    }

    /// Is it one without a transport protocol?
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    fn is_raw(&self) -> bool {
        let flags = self.seen.flags.load(Relaxed);
        flags >> 6 & 3 == SOCK_RAW as u16 || flags >> 3 & 7 == super::socket::raw::AF_PACKET
    }

    /// Runs `f` on the locked stack, after what C wrote into the context was taken over.
    fn with<R>(&self, f: impl FnOnce(&mut Stack, &dyn Env, ContextId) -> Result<R>) -> Result<R> {
        let id = self.id()?;
        self.core().with(|stack, env| {
            let context = stack.contexts.get_mut(id)?;
            let seen = &self.seen;
            context.ttl = seen.ipv4_ttl.load(Relaxed);
            context.mcast_ttl = seen.ipv4_mcast_ttl.load(Relaxed);
            let bound = seen.flags.load(Relaxed) & BOUND_TO_IFACE != 0;
            context.iface = if bound { seen.iface.load(Relaxed).cast_unsigned() } else { 0 };
            f(stack, env, id)
        })
    }

    /// Its address family, as C sees it.
    #[cfg(CONFIG_NET_TCP)]
    fn family(&self) -> u16 {
        self.seen.flags.load(Relaxed) >> 3 & 7
    }

    fn set_state(&self, state: State) {
        let _ = self
            .seen
            .flags
            .fetch_update(Relaxed, Relaxed, |flags| Some(flags & !STATE | state as u16));
    }

    /// Runs a callback of the context `id`. Who waits for that is told afterwards, unless it was closed
    /// meanwhile: then the place may be another's.
    fn call(&self, id: ContextId, run: impl FnOnce()) {
        run();
        if self.id() == Ok(id) {
            self.arrival.give();
        }
    }

    /// Closes the context behind it, once.
    fn close(&self) -> Result<()> {
        self.seen.forget();
        let bits = self.id.swap(0, AcqRel);
        if bits == 0 {
            return Err(Error::BadF);
        }
        // Nothing more arrives.
        self.arrival.give();
        let id = ContextId::from_bits(bits);
        #[cfg(CONFIG_NET_TCP)]
        if self.is_stream() {
            self.stream.forget();
            return self.core().with(|stack, env| stack.tcp_close(env, id));
        }
        self.core().with(|stack, _| stack.context_close(id))
    }

    /// Gives up one reference; returns how many are left.
    fn unref(&self) -> isize {
        let fewer = |count: isize| (count > 1).then_some(count - 1);
        if let Ok(before) = self.seen.refcount.fetch_update(AcqRel, Acquire, fewer) {
            return before - 1;
        }
        let _ = self.close();
        self.seen.flags.store(0, Relaxed);
        self.seen.refcount.store(0, Release);
        0
    }
}

/// Where a packet of this context's gets buffers, when not from the stack's pool.
#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
pub(super) fn pool_of(context: *mut NetContext) -> Option<*mut crate::buf::NetBufPool> {
    pools::buffers(Shell::of(context).ok()?)
}

static SHELLS: [Shell; CONTEXTS] = [const { Shell::new() }; CONTEXTS];

/// Takes a free shell, with one reference.
fn claim() -> Option<&'static Shell> {
    irq::free(|| {
        let shell = SHELLS.iter().find(|shell| shell.seen.refcount.load(Acquire) == 0)?;
        shell.seen.refcount.store(1, Release);
        Some(shell)
    })
}

/// Makes a claimed shell that of the context `id`, of this family, type and protocol.
fn furnish(shell: &'static Shell, instance: u8, id: ContextId, kind: (u16, c_int, u8)) {
    let (family, kind, proto) = kind;
    let seen = &shell.seen;
    seen.user_data.store(ptr::null_mut(), Relaxed);
    seen.forget();
    seen.proto.store(proto.into(), Relaxed);
    seen.flags.store(IN_USE | family << 3 | (kind as u16) << 6, Relaxed);
    seen.iface.store(0, Relaxed);
    seen.ipv4_ttl.store(0, Relaxed);
    seen.ipv4_mcast_ttl.store(0, Relaxed);
    #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
    // SAFETY: function pointers.
    unsafe {
        seen.tx_slab.replace(None);
        seen.data_pool.replace(None);
    }
    #[cfg(CONFIG_NET_OFFLOAD)]
    offload::begin(shell);
    shell.arrival.reset();
    shell.instance.store(instance, Relaxed);
    shell.receiver.which.store(ptr::from_ref(shell).expose_provenance(), Relaxed);
    shell.id.store(id.to_bits(), Release);
}

fn open(family: u16, kind: c_int, proto: u16) -> Result<&'static Shell> {
    let v6 = cfg!(CONFIG_NET_IPV6) && family == AF_INET6;
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    if let Some(raw) = super::socket::raw::of(family.into(), kind, proto.into()) {
        let raw = raw?;
        let shell = open_as(v6, (family, kind, 0), |stack| stack.raw_open(raw))?;
        shell.seen.proto.store(proto, Relaxed);
        return Ok(shell);
    }
    if !v6 && (family != AF_INET || !cfg!(CONFIG_NET_IPV4)) {
        return Err(Error::AfNoSupport);
    }
    let is = |number: u8| proto == 0 || proto == u16::from(number);
    let (make, proto): (fn(&mut Stack) -> Result<ContextId>, u8) = match kind {
        #[cfg(CONFIG_NET_UDP)]
        SOCK_DGRAM if is(protocol::UDP) => (|stack| stack.udp_open(), protocol::UDP),
        #[cfg(CONFIG_NET_TCP)]
        SOCK_STREAM if is(protocol::TCP) => (|stack| stack.tcp_open(), protocol::TCP),
        SOCK_DGRAM | SOCK_STREAM | SOCK_RAW => return Err(Error::ProtoNoSupport),
        _ => return Err(Error::ProtoType),
    };
    open_as(v6, (family, kind, proto), make)
}

/// Takes a shell for the context that `make` opens.
fn open_as(
    v6: bool,
    (family, kind, proto): (u16, c_int, u8),
    make: impl FnOnce(&mut Stack) -> Result<ContextId>,
) -> Result<&'static Shell> {
    #[cfg(not(CONFIG_NET_IPV6))]
    let _ = v6;
    let shell = claim().ok_or(Error::NoEnt)?;
    let instance = selected();
    let opened = by_index(instance).core.with(|stack, _| {
        let id = make(stack)?;
        #[cfg(CONFIG_NET_IPV6)]
        if v6 {
            stack.context_set_v6(id)?;
        }
        Ok(id)
    });
    match opened {
        Ok(id) => {
            furnish(shell, instance, id, (family, kind, proto));
            Ok(shell)
        }
        Err(error) => {
            shell.seen.refcount.store(0, Release);
            Err(if error == Error::NoMem { Error::NoEnt } else { error })
        }
    }
}

/// Takes a context.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_get(
    family: u16,
    kind: c_int,
    proto: u16,
    context: *mut *mut NetContext,
) -> c_int {
    if context.is_null() {
        return -Error::Inval.errno();
    }
    match open(family, kind, proto) {
        Ok(shell) => {
            // SAFETY: the caller's pointer.
            unsafe { context.write(shell.as_ptr()) };
            #[cfg(CONFIG_NET_OFFLOAD)]
            // SAFETY: as above.
            return unsafe { offload::opened(shell, context) };
            #[cfg(not(CONFIG_NET_OFFLOAD))]
            0
        }
        Err(error) => -error.errno(),
    }
}

/// Closes a context and gives up a reference.
#[unsafe(no_mangle)]
pub extern "C" fn net_context_put(context: *mut NetContext) -> c_int {
    let shell = match Shell::of(context) {
        Ok(shell) => shell,
        Err(error) => return -error.errno(),
    };
    #[cfg(CONFIG_NET_OFFLOAD)]
    let heard = offload::close(shell);
    let closed = shell.close();
    shell.unref();
    #[cfg(CONFIG_NET_OFFLOAD)]
    if let Some(status) = heard {
        return status;
    }
    errno::negative(closed)
}

/// One reference more.
#[unsafe(no_mangle)]
pub extern "C" fn net_context_ref(context: *mut NetContext) -> c_int {
    match Shell::of(context) {
        Ok(shell) => (shell.seen.refcount.fetch_add(1, AcqRel) + 1) as c_int,
        Err(error) => -error.errno(),
    }
}

/// One reference fewer.
#[unsafe(no_mangle)]
pub extern "C" fn net_context_unref(context: *mut NetContext) -> c_int {
    match Shell::of(context) {
        #[cfg(CONFIG_NET_OFFLOAD)]
        Ok(shell) if offload::keeps_reference(shell) => {
            (shell.seen.refcount.load(Acquire) - 1) as c_int
        }
        Ok(shell) => shell.unref() as c_int,
        Err(error) => -error.errno(),
    }
}

/// The interface C sees in the context.
fn iface_of(shell: &Shell) -> Option<IfRef> {
    net_if::by_index(shell.seen.iface.load(Relaxed).into())
}

/// The interface that a context with this local address is on: the one it is tied to, else that of the address,
/// else the default one.
fn iface_at(shell: &Shell, local: Endpoint) -> Option<IfRef> {
    if shell.seen.flags.load(Relaxed) & BOUND_TO_IFACE != 0 {
        return iface_of(shell);
    }
    let own = iface_of(shell);
    shell.core().with(|stack, _| {
        if local.addr.is_unspecified() {
            return own.or_else(|| stack.ifaces.default_iface());
        }
        #[cfg(CONFIG_NET_IPV6)]
        if let Some(addr) = local.addr.v6() {
            return stack.ifaces.owner_of_ipv6(addr);
        }
        #[cfg(CONFIG_NET_IPV4)]
        return local.addr.v4().and_then(|addr| stack.ifaces.owner_of_ipv4(addr));
        #[cfg(not(CONFIG_NET_IPV4))]
        None
    })
}

/// Gives the context its local address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_bind(
    context: *mut NetContext,
    addr: *const c_void,
    len: usize,
) -> c_int {
    #[cfg(CONFIG_NET_OFFLOAD)]
    if let Ok(shell) = Shell::of(context)
        // SAFETY: the caller's promise.
        && let Some(status) = unsafe { offload::bind(shell, addr, len) }
    {
        return status;
    }
    errno::negative((|| {
        let shell = Shell::of(context)?;
        if addr.is_null() {
            return Err(Error::Inval);
        }
        #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
        if shell.is_raw() {
            // SAFETY: the caller's promise.
            return unsafe { bind_raw(shell, addr, len) };
        }
        // SAFETY: the caller's promise.
        let local = unsafe { addr::read(addr, len)? };
        shell
            .with(|stack, env, id| {
                #[cfg(CONFIG_NET_TCP)]
                if shell.is_stream() {
                    return stack.tcp_bind(env, id, local);
                }
                #[cfg(CONFIG_NET_UDP)]
                return stack.udp_bind(env, id, local);
                #[cfg(not(CONFIG_NET_UDP))]
                Err(Error::OpNotSupp)
            })
            .map_err(|error| match error {
                // An address that nobody here has is not found, as Zephyr puts it.
                Error::AddrNotAvail => Error::NoEnt,
                error => error,
            })?;
        // For C to see; packets go by the routes all the same.
        if let Some(iface) = iface_at(shell, local) {
            shell.seen.iface.store(iface.index().cast_signed(), Relaxed);
        }
        Ok(())
    })())
}

/// As [`net_context_bind`], without a transport protocol; the interface is C's to see.
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
unsafe fn bind_raw(shell: &Shell, addr: *const c_void, len: usize) -> Result<()> {
    let id = shell.with(|_, _, id| Ok(id))?;
    // SAFETY: the caller's promise.
    unsafe { super::socket::raw::bind(id, addr, len)? };
    let iface = shell.core().with(|stack, _| stack.contexts.get(id).map(|c| c.iface))?;
    shell.seen.iface.store(iface.cast_signed(), Relaxed);
    if iface != 0 {
        shell.seen.flags.fetch_or(BOUND_TO_IFACE, Relaxed);
    }
    Ok(())
}

/// Accepts connections from now on.
#[unsafe(no_mangle)]
pub extern "C" fn net_context_listen(context: *mut NetContext, backlog: c_int) -> c_int {
    let shell = match Shell::of(context) {
        Ok(shell) => shell,
        Err(error) => return -error.errno(),
    };
    #[cfg(CONFIG_NET_OFFLOAD)]
    if let Some(status) = offload::ask(shell, |device| offload::listen(shell, device, backlog)) {
        return status;
    }
    #[cfg(CONFIG_NET_TCP)]
    if shell.is_stream() {
        return errno::negative(stream::listen(shell, backlog));
    }
    let _ = (shell, backlog);
    -Error::OpNotSupp.errno()
}

/// Connects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_connect(
    context: *mut NetContext,
    addr: *const c_void,
    len: usize,
    cb: Option<ConnectCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> c_int {
    #[cfg(CONFIG_NET_OFFLOAD)]
    if let Ok(shell) = Shell::of(context)
        && let Some(status) = offload::ask(shell, |device| {
            // SAFETY: the caller's promise.
            unsafe { offload::connect(shell, device, (addr, len), cb, timeout, user_data) }
        })
    {
        return status;
    }
    errno::negative((|| {
        let shell = Shell::of(context)?;
        if addr.is_null() {
            return Err(Error::Inval);
        }
        // SAFETY: the caller's promise.
        let remote = match unsafe { addr::family(addr, len)? } {
            Some(AF_UNSPEC) => None,
            // SAFETY: the caller's promise.
            _ => Some(unsafe { addr::read(addr, len)? }),
        };
        shell.seen.user_data.store(user_data, Relaxed);
        #[cfg(CONFIG_NET_TCP)]
        if shell.is_stream() {
            return stream::connect(shell, remote, cb, timeout, user_data);
        }
        let _ = timeout;
        #[cfg(CONFIG_NET_UDP)]
        {
            connect(shell, remote)?;
            if let Some(cb) = cb {
                // SAFETY: the caller's function, made for this.
                unsafe { cb(shell.as_ptr(), 0, user_data) };
            }
            Ok(())
        }
        #[cfg(not(CONFIG_NET_UDP))]
        Err(Error::OpNotSupp)
    })())
}

#[cfg(CONFIG_NET_UDP)]
fn connect(shell: &Shell, remote: Option<Endpoint>) -> Result<()> {
    shell.with(|stack, env, id| stack.udp_connect(env, id, remote))?;
    match remote {
        Some(_) => shell.seen.flags.fetch_or(REMOTE_ADDR_SET, Relaxed),
        None => shell.seen.flags.fetch_and(!REMOTE_ADDR_SET, Relaxed),
    };
    shell.set_state(State::Ready);
    Ok(())
}

/// Accepts connections: each is given to `cb`.
#[unsafe(no_mangle)]
pub extern "C" fn net_context_accept(
    context: *mut NetContext,
    cb: Option<AcceptCb>,
    timeout: KTimeout,
    user_data: *mut c_void,
) -> c_int {
    let shell = match Shell::of(context) {
        Ok(shell) => shell,
        Err(error) => return -error.errno(),
    };
    #[cfg(CONFIG_NET_OFFLOAD)]
    if let Some(status) =
        offload::ask(shell, |device| offload::accept(shell, device, cb, timeout, user_data))
    {
        return status;
    }
    #[cfg(CONFIG_NET_TCP)]
    if shell.is_stream() {
        return errno::negative(stream::accept(shell, cb, timeout, user_data));
    }
    let _ = (shell, cb, timeout, user_data);
    -Error::Inval.errno()
}

/// Shows each context in use to `cb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_foreach(cb: Option<ForeachCb>, user_data: *mut c_void) {
    let Some(cb) = cb else { return };
    for shell in &SHELLS {
        if shell.seen.refcount.load(Acquire) > 0 {
            // SAFETY: the caller's function, made for this.
            unsafe { cb(shell.as_ptr(), user_data) };
        }
    }
}

/// Is this port taken at this address? Without an address: at any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_port_in_use(
    proto: c_int,
    port: u16,
    addr: *const c_void,
) -> bool {
    // SAFETY: the caller's promise; a null pointer is allowed.
    let local = match unsafe { addr::family(addr, size_of::<u16>()) } {
        // SAFETY: as above: an address of this family, of its length.
        Ok(Some(family)) => unsafe { addr::read(addr, addr::len_of(family)) }.ok(),
        _ => None,
    };
    super::core().with(|stack, _| {
        stack.contexts.iter().any(|(_, context)| {
            let here = local.is_none_or(|local| {
                local.addr.is_unspecified()
                    || context.local.addr.is_unspecified()
                    || local.addr == context.local.addr
            });
            c_int::from(context.protocol) == proto && context.local.port == port && here
        })
    })
}

/// Writes an IPv4 header at the packet's cursor.
#[cfg(CONFIG_NET_IPV4)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_create_ipv4_new(
    context: *mut NetContext,
    pkt: *mut NetPkt,
    src: *const [u8; 4],
    dst: *const [u8; 4],
) -> c_int {
    let result = (|| {
        let shell = Shell::of(context)?;
        if pkt.is_null() || dst.is_null() {
            return Err(Error::Inval);
        }
        // SAFETY: the caller's pointers.
        let (src, dst) = unsafe { (src.as_ref().copied(), *dst) };
        let own = shell.with(|stack, _, id| Ok(stack.contexts.get(id)?.local.addr))?;
        let own = own.v4().ok_or(Error::AfNoSupport)?;
        let ttl = shell.seen.ipv4_ttl.load(Relaxed);
        // SAFETY: the caller's packet.
        unsafe { send::write_ipv4(pkt, src.unwrap_or(own.octets()), dst, ttl) }
    })();
    errno::negative(result)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_context.h":
    Seen = "struct net_context" {
        fifo_reserved, user_data, refcount, recv_cb, send_cb, connect_cb,
        #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
        tx_slab,
        #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
        data_pool,
        #[cfg(CONFIG_NET_OFFLOAD)]
        offload_context,
        #[cfg(CONFIG_NET_OFFLOAD)]
        remote,
        proto, flags, iface, ipv4_ttl, ipv4_mcast_ttl,
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/net_context.h":
    IN_USE => "NET_CONTEXT_IN_USE",
    REMOTE_ADDR_SET => "NET_CONTEXT_REMOTE_ADDR_SET",
    BOUND_TO_IFACE => "NET_CONTEXT_BOUND_TO_IFACE",
    STATE => "(NET_CONTEXT_STATE_MASK << NET_CONTEXT_STATE_SHIFT)",
    State::Ready => "(NET_CONTEXT_READY << NET_CONTEXT_STATE_SHIFT)",
    SOCK_STREAM,
    SOCK_DGRAM,
    SOCK_RAW,
}
