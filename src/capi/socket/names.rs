// SPDX-License-Identifier: Apache-2.0
//! `getaddrinfo` and `getnameinfo`: names, addresses and services.
//!
//! Numbers are read here. Other names are for a resolver, which says so with [`set_resolver`]: a program
//! without one holds no code for it. What a call returns is one piece of memory from the C library's
//! heap, which the application gives back with `freeaddrinfo`.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::mem::offset_of;
use core::ptr::{self, null_mut};
use core::slice;

#[cfg(CONFIG_NET_IPV6)]
use super::super::current;
use super::super::hook::Hook;
use super::super::net_ip::net_addr_ntop;
use super::addr::{self, AF_INET, AF_INET6, AF_UNSPEC};
use super::{SOCK_DGRAM, SOCK_STREAM};
use crate::base::{Endpoint, IpAddr};
use crate::buf::shell::SOCKADDR_MAX;

/// `DNS_MAX_NAME_SIZE`.
const NAME_MAX: usize = 20;
/// Addresses told for one name.
const RESULTS: usize = 2;

const AI_PASSIVE: c_int = 0x1;
const AI_NUMERICHOST: c_int = 0x4;
const AI_V4MAPPED: c_int = 0x8;
const NI_NAMEREQD: c_int = 8;

const IPPROTO_TCP: c_int = 6;
const IPPROTO_UDP: c_int = 17;

const EAI_NONAME: c_int = -2;
const EAI_FAIL: c_int = -4;
const EAI_FAMILY: c_int = -6;
const EAI_SOCKTYPE: c_int = -7;
const EAI_ADDRFAMILY: c_int = -9;
const EAI_MEMORY: c_int = -10;
const EAI_OVERFLOW: c_int = -12;

/// `struct zsock_addrinfo`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct AddrInfo {
    next: *mut AddrInfo,
    flags: c_int,
    family: c_int,
    socktype: c_int,
    protocol: c_int,
    eflags: c_int,
    addrlen: usize,
    addr: *mut c_void,
    canonname: *mut c_char,
    own_addr: [u16; SOCKADDR_MAX / 2],
    own_name: [u8; NAME_MAX + 1],
}

/// Finds the addresses of a name: of `family`, or of any with AF_UNSPEC. Returns how many there are, or
/// an EAI_ code.
pub type Resolver = fn(name: &[u8], family: u16, found: &mut [IpAddr]) -> Result<usize, c_int>;

/// Used by the linker, as `capi::instance` says of its own.
#[used]
static RESOLVER: Hook<Resolver> = Hook::new();

/// Has `resolver` asked from now on for names that are no numbers.
pub fn set_resolver(resolver: Resolver) {
    // SAFETY: a function pointer.
    unsafe { RESOLVER.set(resolver) };
}

unsafe extern "C" {
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

/// What the caller wants.
#[derive(Clone, Copy)]
struct Hints {
    flags: c_int,
    family: u16,
    socktype: c_int,
    protocol: c_int,
}

impl Hints {
    /// # Safety
    /// `hints` is null or readable.
    unsafe fn read(hints: *const AddrInfo) -> Result<Hints, c_int> {
        // SAFETY: the caller's promise; only these members mean something.
        let (flags, family, socktype, protocol) = match hints.is_null() {
            true => (0, 0, 0, 0),
            // SAFETY: as above.
            false => unsafe {
                ((*hints).flags, (*hints).family, (*hints).socktype, (*hints).protocol)
            },
        };
        let family = u16::try_from(family).map_err(|_| EAI_FAMILY)?;
        if !matches!(family, AF_UNSPEC | AF_INET | AF_INET6) {
            return Err(EAI_FAMILY);
        }
        let socktype = match (socktype, protocol) {
            (0, IPPROTO_UDP) => SOCK_DGRAM,
            (0, _) => SOCK_STREAM,
            (SOCK_STREAM | SOCK_DGRAM | super::SOCK_RAW, _) => socktype,
            _ => return Err(EAI_SOCKTYPE),
        };
        let protocol = match (protocol, socktype) {
            (0, SOCK_STREAM) => IPPROTO_TCP,
            (0, SOCK_DGRAM) => IPPROTO_UDP,
            _ => protocol,
        };
        Ok(Hints { flags, family, socktype, protocol })
    }

    fn has(&self, flag: c_int) -> bool {
        self.flags & flag != 0
    }

    fn wants(&self, family: u16) -> bool {
        self.family == AF_UNSPEC || self.family == family
    }
}

/// The addresses of `host` and the port of `service`, as `struct zsock_addrinfo`: 0 or an EAI_ code. A
/// service is a number. Without a host it is our own address, or with AI_PASSIVE any.
///
/// # Safety
/// `host` and `service` are null or strings, `hints` null or readable, `found` writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_getaddrinfo(
    host: *const c_char,
    service: *const c_char,
    hints: *const AddrInfo,
    found: *mut *mut AddrInfo,
) -> c_int {
    #[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
    if super::offload::ops().is_some() {
        // SAFETY: the caller's promise.
        return unsafe { super::offload::socket_offload_getaddrinfo(host, service, hints, found) };
    }
    if found.is_null() {
        return EAI_FAIL;
    }
    // SAFETY: the caller's promise.
    let (host, service, hints) = unsafe { (text(host), text(service), Hints::read(hints)) };
    match hints.and_then(|hints| lookup(host, service, hints)) {
        Ok(first) => {
            // SAFETY: the caller's promise.
            unsafe { found.write(first) };
            0
        }
        Err(code) => {
            // As in Zephyr: who gives back what was not found does no harm.
            // SAFETY: the caller's promise.
            unsafe { found.write(null_mut()) };
            code
        }
    }
}

/// # Safety
/// `text` is null or a string that lives as long as the result is used.
unsafe fn text<'a>(text: *const c_char) -> Option<&'a [u8]> {
    // SAFETY: the caller's promise.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_bytes())
}

fn lookup(
    host: Option<&[u8]>,
    service: Option<&[u8]>,
    hints: Hints,
) -> Result<*mut AddrInfo, c_int> {
    if host.is_none() && service.is_none() {
        return Err(EAI_NONAME);
    }
    let port = match service {
        Some(service) => port(service).ok_or(EAI_NONAME)?,
        None => 0,
    };
    let mut addrs = [IpAddr::UNSPECIFIED; RESULTS];
    let mut scope = 0;
    let count = match host {
        None => own(&hints, &mut addrs),
        Some(host) => match number(host, &mut scope) {
            Some(addr) => {
                *addrs.first_mut().ok_or(EAI_MEMORY)? = fit(addr, &hints)?;
                1
            }
            // EAI_NONAME in POSIX.
            None if hints.has(AI_NUMERICHOST) => return Err(EAI_FAIL),
            None => {
                let resolver = RESOLVER.get().ok_or(EAI_FAIL)?;
                resolver(host, hints.family, &mut addrs)?
            }
        },
    };
    match addrs.get(..count) {
        Some(addrs @ [_, ..]) => build(addrs, port, scope, host.unwrap_or(&[]), hints),
        _ => Err(EAI_NONAME),
    }
}

/// A service's port: a number from 1 on.
fn port(service: &[u8]) -> Option<u16> {
    let port: u16 = str::from_utf8(service).ok()?.parse().ok()?;
    (port != 0).then_some(port)
}

/// Our own addresses.
fn own(hints: &Hints, addrs: &mut [IpAddr; RESULTS]) -> usize {
    let passive = hints.has(AI_PASSIVE);
    let [first, second] = addrs;
    let mut places = [first, second].into_iter();
    let mut count = 0;
    #[cfg(CONFIG_NET_IPV6)]
    if hints.wants(AF_INET6)
        && let Some(place) = places.next()
    {
        use core::net::Ipv6Addr;
        *place = IpAddr::V6(if passive { Ipv6Addr::UNSPECIFIED } else { Ipv6Addr::LOCALHOST });
        count += 1;
    }
    #[cfg(CONFIG_NET_IPV4)]
    if hints.wants(AF_INET)
        && let Some(place) = places.next()
    {
        use core::net::Ipv4Addr;
        *place = IpAddr::V4(if passive { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST });
        count += 1;
    }
    count
}

/// A host that is an address, and the index of the interface behind a `%`, by name or number.
fn number(host: &[u8], scope: &mut u8) -> Option<IpAddr> {
    let mut parts = host.splitn(2, |&byte| byte == b'%');
    let addr = str::from_utf8(parts.next()?).ok()?;
    #[cfg(CONFIG_NET_IPV4)]
    if let (Ok(addr), false) = (addr.parse(), host.contains(&b'%')) {
        return Some(IpAddr::V4(addr));
    }
    #[cfg(CONFIG_NET_IPV6)]
    {
        let addr = IpAddr::V6(addr.parse().ok()?);
        if let Some(zone) = parts.next() {
            let by_number = str::from_utf8(zone).ok().and_then(|zone| zone.parse().ok());
            let by_name = || {
                let found = current().core.with(|stack, _| stack.ifaces.by_name(zone));
                found.map(crate::iface::IfRef::index)
            };
            *scope = by_number.or_else(by_name)?;
        }
        Some(addr)
    }
    #[cfg(not(CONFIG_NET_IPV6))]
    {
        let _ = scope;
        None
    }
}

/// The address in the family that is asked for.
fn fit(addr: IpAddr, hints: &Hints) -> Result<IpAddr, c_int> {
    let family = if addr.v4().is_some() { AF_INET } else { AF_INET6 };
    if hints.wants(family) {
        return Ok(addr);
    }
    #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    if let (IpAddr::V4(addr), true) = (addr, hints.has(AI_V4MAPPED)) {
        return Ok(IpAddr::V6(addr.to_ipv6_mapped()));
    }
    let _ = AI_V4MAPPED;
    Err(EAI_ADDRFAMILY)
}

/// Makes the list the application gets.
fn build(
    addrs: &[IpAddr],
    port: u16,
    scope: u8,
    host: &[u8],
    hints: Hints,
) -> Result<*mut AddrInfo, c_int> {
    // SAFETY: zeroed memory for as many as are written, or null.
    let first = unsafe { calloc(addrs.len(), size_of::<AddrInfo>()) }.cast::<AddrInfo>();
    if first.is_null() {
        return Err(EAI_MEMORY);
    }
    for (index, &addr) in addrs.iter().enumerate() {
        let v6 = addr.v4().is_none();
        let last = index + 1 == addrs.len();
        let mut own_name = [0; NAME_MAX + 1];
        for (to, from) in own_name.iter_mut().take(NAME_MAX).zip(host) {
            *to = *from;
        }
        let info = AddrInfo {
            // SAFETY: within the list.
            next: if last { null_mut() } else { unsafe { first.add(index + 1) } },
            flags: hints.flags,
            family: if v6 { AF_INET6 } else { AF_INET }.into(),
            socktype: hints.socktype,
            protocol: hints.protocol,
            eflags: 0,
            addrlen: SOCKADDR_MAX,
            addr: null_mut(),
            canonname: null_mut(),
            own_addr: [0; SOCKADDR_MAX / 2],
            own_name,
        };
        // SAFETY: within the list; the address has room for any family there is, zeroed.
        unsafe {
            let place = first.add(index);
            place.write(info);
            (*place).addr = (&raw mut (*place).own_addr).cast();
            (*place).canonname = (&raw mut (*place).own_name).cast();
            let len = &raw mut (*place).addrlen;
            addr::write(Endpoint::new(addr, port), v6, (*place).addr, len);
            #[cfg(CONFIG_NET_IPV6)]
            if v6 {
                let at = offset_of!(addr::SockaddrIn6, sin6_scope_id);
                (*place).addr.byte_add(at).cast::<u8>().write(scope);
            }
        }
    }
    #[cfg(not(CONFIG_NET_IPV6))]
    let _ = (scope, offset_of!(addr::SockaddrIn, sin_addr));
    Ok(first)
}

/// Gives back what [`zsock_getaddrinfo`] found.
///
/// # Safety
/// `info` is null or what that call returned, and not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_freeaddrinfo(info: *mut AddrInfo) {
    #[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
    if super::offload::ops().is_some() {
        // SAFETY: the caller's promise: it came from there.
        return unsafe { super::offload::socket_offload_freeaddrinfo(info) };
    }
    // SAFETY: one piece of memory from `calloc`, or null.
    unsafe { free(info.cast()) };
}

/// The names of the EAI_ codes from -1 down, and of those from -100 down. One constant, which linkers leave out
/// where nobody asks: they keep strings that stand alone.
const NAMES: [&[u8]; 2] = [
    b"EAI_BADFLAGS\0EAI_NONAME\0EAI_AGAIN\0EAI_FAIL\0EAI_NODATA\0EAI_FAMILY\0EAI_SOCKTYPE\0EAI_SERVICE\0\
      EAI_ADDRFAMILY\0EAI_MEMORY\0EAI_SYSTEM\0EAI_OVERFLOW\0EAI_UNKNOWN\0",
    b"EAI_INPROGRESS\0EAI_CANCELED\0EAI_NOTCANCELED\0EAI_ALLDONE\0EAI_UNKNOWN\0EAI_IDN_ENCODE\0EAI_UNKNOWN\0",
];

/// The name of an EAI_ code.
#[unsafe(no_mangle)]
pub extern "C" fn zsock_gai_strerror(code: c_int) -> *const c_char {
    let (mut rest, place) = match code {
        ..=-100 => (NAMES[1], -100 - code),
        -99..=-1 => (NAMES[0], -1 - code),
        _ => (NAMES[0], c_int::MAX),
    };
    for _ in 0..place {
        // The last name stands for all codes that have none.
        match CStr::from_bytes_until_nul(rest).ok().and_then(|n| rest.get(n.count_bytes() + 1..)) {
            Some(more) if !more.is_empty() => rest = more,
            _ => break,
        }
    }
    rest.as_ptr().cast()
}

/// Writes an address and its port as text: numbers, for nobody here knows names of addresses. 0 or an
/// EAI_ code.
///
/// # Safety
/// `addr` is readable for `addrlen` bytes; `host` and `serv` are null or writable for their lengths.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_getnameinfo(
    addr: *const c_void,
    addrlen: usize,
    host: *mut c_char,
    hostlen: usize,
    serv: *mut c_char,
    servlen: usize,
    flags: c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    let Ok(endpoint) = (unsafe { addr::read(addr, addrlen) }) else { return EAI_FAMILY };
    // SAFETY: as above.
    let Ok(Some(family)) = (unsafe { addr::family(addr, addrlen) }) else { return EAI_FAMILY };
    if flags & NI_NAMEREQD != 0 {
        return EAI_NONAME;
    }
    if !host.is_null() && hostlen != 0 {
        // Zephyr's `struct sockaddr_in6` has no flow information in front of the address.
        let at = offset_of!(addr::SockaddrIn, sin_addr);
        // SAFETY: the address lies within the length that was checked when it was read.
        let written = unsafe { net_addr_ntop(family, addr.byte_add(at), host, hostlen) };
        if written.is_null() {
            return EAI_OVERFLOW;
        }
    }
    if !serv.is_null() && servlen != 0 {
        // SAFETY: the caller's promise.
        let room = unsafe { slice::from_raw_parts_mut(serv.cast::<u8>(), servlen) };
        if !decimal(endpoint.port, room) {
            return EAI_OVERFLOW;
        }
    }
    0
}

/// Writes a number with its NUL; false when it does not fit.
fn decimal(mut number: u16, room: &mut [u8]) -> bool {
    let mut digits = [0; 5];
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
        count += 1;
        if number == 0 {
            break;
        }
    }
    let text = digits.get(digits.len() - count..).unwrap_or(&[]);
    match room.get_mut(..=count) {
        Some(room) => {
            for (to, from) in room.iter_mut().zip(text.iter().chain(&[0])) {
                *to = *from;
            }
            true
        }
        None => false,
    }
}

/// Where the port begins in `host:port`, `[host]:port`; null without one.
///
/// # Safety
/// `text` is null or a string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_addr_str_find_port(text: *const c_char) -> *const c_char {
    if text.is_null() {
        return ptr::null();
    }
    // SAFETY: the caller's promise.
    let bytes = unsafe { CStr::from_ptr(text) }.to_bytes();
    let from = match bytes.first() {
        Some(b'[') => bytes.iter().position(|&byte| byte == b']').unwrap_or(bytes.len()),
        _ => 0,
    };
    let colon = bytes.iter().skip(from).position(|&byte| byte == b':').map(|at| from + at);
    let Some(colon) = colon else { return ptr::null() };
    // SAFETY: behind a byte of the string.
    unsafe { text.add(colon + 1) }
}

/// [`zsock_getaddrinfo`] for `host`, `host:port` or `[host]:port`.
///
/// # Safety
/// As for that; `text` is a string, `def_port` one or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_getaddrinfo_addr_str(
    text: *const c_char,
    def_port: *const c_char,
    hints: *const AddrInfo,
    found: *mut *mut AddrInfo,
) -> c_int {
    const ROOM: usize = 256;
    if text.is_null() {
        return -crate::base::Error::Inval.errno();
    }
    // SAFETY: the caller's promise.
    let (bytes, port) = unsafe { (CStr::from_ptr(text).to_bytes(), net_addr_str_find_port(text)) };
    let end = match port.is_null() {
        true => bytes.len(),
        false => port.addr() - text.addr() - 1,
    };
    let host = bytes.get(..end).unwrap_or(bytes);
    let host = host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]")).unwrap_or(host);
    let mut copy = [0u8; ROOM];
    if host.len() >= ROOM {
        return -crate::base::Error::Inval.errno();
    }
    for (to, from) in copy.iter_mut().zip(host) {
        *to = *from;
    }
    let port = if port.is_null() { def_port } else { port };
    // SAFETY: a string of ours, and the caller's promise.
    unsafe { zsock_getaddrinfo(copy.as_ptr().cast(), port, hints, found) }
}

/// Copies the host's name; -1 when it does not fit.
///
/// # Safety
/// `buf` is writable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_gethostname(buf: *mut c_char, len: usize) -> c_int {
    #[cfg(CONFIG_NET_HOSTNAME_ENABLE)]
    // SAFETY: a string that lives for ever.
    let name = unsafe { CStr::from_ptr(super::super::hostname::net_hostname_get()) }.to_bytes();
    #[cfg(not(CONFIG_NET_HOSTNAME_ENABLE))]
    let name = b"zephyr";
    if buf.is_null() || name.len() >= len {
        super::super::errno::set(crate::base::Error::NameTooLong);
        return -1;
    }
    // SAFETY: the caller's buffer is longer than the name.
    unsafe {
        ptr::copy_nonoverlapping(name.as_ptr(), buf.cast::<u8>(), name.len());
        buf.add(name.len()).write(0);
    }
    0
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket.h":
    AddrInfo = "struct zsock_addrinfo" {
        next = "ai_next", flags = "ai_flags", family = "ai_family", socktype = "ai_socktype",
        protocol = "ai_protocol", eflags = "ai_eflags", addrlen = "ai_addrlen", addr = "ai_addr",
        canonname = "ai_canonname", own_addr = "_ai_addr", own_name = "_ai_canonname",
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    NAME_MAX => "DNS_MAX_NAME_SIZE",
    AI_PASSIVE,
    AI_NUMERICHOST,
    AI_V4MAPPED,
    NI_NAMEREQD,
    EAI_NONAME => "DNS_EAI_NONAME",
    EAI_FAIL => "DNS_EAI_FAIL",
    EAI_FAMILY => "DNS_EAI_FAMILY",
    EAI_SOCKTYPE => "DNS_EAI_SOCKTYPE",
    EAI_ADDRFAMILY => "DNS_EAI_ADDRFAMILY",
    EAI_MEMORY => "DNS_EAI_MEMORY",
    EAI_OVERFLOW => "DNS_EAI_OVERFLOW",
}
