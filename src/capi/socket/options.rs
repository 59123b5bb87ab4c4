// SPDX-License-Identifier: Apache-2.0
//! `getsockopt` and `setsockopt`: levels and numbers of `<zephyr/net/socket.h>`.

use core::ffi::{c_char, c_int, c_void};
#[cfg(CONFIG_NET_IPV4)]
use core::net::Ipv4Addr;

use super::super::{current, errno};
#[cfg(CONFIG_NET_TCP)]
use super::tcp_options;
use super::{iface_by_index, kind, option, set_option};
use crate::base::{Error, Result};
use crate::iface::IfRef;
#[cfg(any(CONFIG_NET_TCP, CONFIG_ZNET_RAW_CONTEXTS))]
use crate::socket::Kind;
use crate::socket::context::TELLS;
use crate::socket::options::Opt;
use crate::transport::Flags;
use crate::wire::ipv4::protocol;

pub(super) const SOL_SOCKET: c_int = 1;
const IPPROTO_IP: c_int = 0;

#[cfg(CONFIG_NET_IPV6)]
const IPPROTO_IPV6: c_int = 41;
#[cfg(CONFIG_NET_IPV6)]
mod v6 {
    use core::ffi::c_int;
    pub const IPV6_UNICAST_HOPS: c_int = 16;
    pub const IPV6_MULTICAST_IF: c_int = 17;
    pub const IPV6_MULTICAST_HOPS: c_int = 18;
    pub const IPV6_ADD_MEMBERSHIP: c_int = 20;
    pub const IPV6_DROP_MEMBERSHIP: c_int = 21;
    pub const IPV6_MTU: c_int = 24;
    pub const IPV6_V6ONLY: c_int = 26;
    pub const IPV6_RECVPKTINFO: c_int = 49;
    pub const IPV6_RECVHOPLIMIT: c_int = 51;
    pub const IPV6_RECVTCLASS: c_int = 66;
    pub const IPV6_TCLASS: c_int = 67;
    pub const IPV6_ADDR_PREFERENCES: c_int = 72;
}

const SO_REUSEADDR: c_int = 2;
pub(super) const SO_TYPE: c_int = 3;
pub(super) const SO_ERROR: c_int = 4;
const SO_BROADCAST: c_int = 6;
pub(super) const SO_RCVBUF: c_int = 8;
const SO_PRIORITY: c_int = 12;
const SO_LINGER: c_int = 13;
const SO_REUSEPORT: c_int = 15;
#[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
const SO_SNDBUF: c_int = 7;
#[cfg(CONFIG_NET_CONTEXT_TXTIME)]
const SO_TXTIME: c_int = 61;
#[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
const SO_TIMESTAMPING: c_int = 37;
#[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
const IP_LOCAL_PORT_RANGE: c_int = 51;
#[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
const IP_MULTICAST_LOOP: c_int = 34;
#[cfg(all(CONFIG_ZNET_MULTICAST_LOOP, CONFIG_NET_IPV6))]
const IPV6_MULTICAST_LOOP: c_int = 19;
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
const IP_MTU_DISCOVER: c_int = 10;
#[cfg(all(CONFIG_ZNET_MTU_DISCOVER, CONFIG_NET_IPV6))]
const IPV6_MTU_DISCOVER: c_int = 23;
const SO_RCVTIMEO: c_int = 20;
const SO_SNDTIMEO: c_int = 21;
const SO_BINDTODEVICE: c_int = 25;
pub(super) const SO_ACCEPTCONN: c_int = 30;
pub(super) const SO_PROTOCOL: c_int = 38;
pub(super) const SO_DOMAIN: c_int = 39;

const IP_TOS: c_int = 1;
const IP_TTL: c_int = 2;
const IP_PKTINFO: c_int = 8;
const IP_RECVTOS: c_int = 13;
const IP_RECVTTL: c_int = 12;
const IP_MTU: c_int = 14;
#[cfg(CONFIG_NET_IPV4)]
const IP_MULTICAST_IF: c_int = 32;
const IP_MULTICAST_TTL: c_int = 33;
#[cfg(CONFIG_NET_IPV4)]
const IP_ADD_MEMBERSHIP: c_int = 35;
#[cfg(CONFIG_NET_IPV4)]
const IP_DROP_MEMBERSHIP: c_int = 36;

const SOCK_DGRAM: u32 = 2;
const AF_INET: u32 = 1;
const AF_INET6: u32 = 2;

/// `struct timeval` of the target's C library.
#[repr(C)]
#[derive(Clone, Copy)]
struct Timeval {
    sec: Time,
    usec: core::ffi::c_long,
}

/// `time_t`: 64 bits wide in the C libraries in use, newlib and picolibc included; a `long` of 32 bits is
/// what glibc has where a program does not ask for more.
#[cfg(not(all(target_os = "linux", target_pointer_width = "32")))]
pub(super) type Time = i64;
/// See above.
#[cfg(all(target_os = "linux", target_pointer_width = "32"))]
pub(super) type Time = core::ffi::c_long;

/// `struct ip_mreqn`; `struct ip_mreq` is its beginning.
#[cfg(CONFIG_NET_IPV4)]
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct IpMreqn {
    group: [u8; 4],
    address: [u8; 4],
    ifindex: c_int,
}

/// `struct ipv6_mreq`.
#[cfg(CONFIG_NET_IPV6)]
#[repr(C, align(4))]
#[derive(Clone, Copy)]
struct Ipv6Mreq {
    group: [u8; 16],
    ifindex: c_int,
}

/// Options whose value is one `int`.
fn number(level: c_int, name: c_int) -> Option<Opt> {
    Some(match (level, name) {
        (SOL_SOCKET, SO_REUSEADDR) => Opt::Flag(Flags::REUSE_ADDR),
        (SOL_SOCKET, SO_REUSEPORT) => Opt::Flag(Flags::REUSE_PORT),
        (SOL_SOCKET, SO_BROADCAST) => Opt::Flag(Flags::BROADCAST),
        (SOL_SOCKET, SO_RCVBUF) => Opt::ReceiveBuffer,
        (SOL_SOCKET, SO_PRIORITY) => Opt::Priority,
        #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
        (SOL_SOCKET, SO_SNDBUF) => Opt::SendBuffer,
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        (SOL_SOCKET, SO_TXTIME) => Opt::TxTime,
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        (SOL_SOCKET, SO_TIMESTAMPING) => Opt::TimeStamping,
        #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
        (IPPROTO_IP, IP_LOCAL_PORT_RANGE) => Opt::PortRange,
        #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
        (IPPROTO_IP, IP_MULTICAST_LOOP) => Opt::MulticastLoop,
        #[cfg(all(CONFIG_ZNET_MULTICAST_LOOP, CONFIG_NET_IPV6))]
        (IPPROTO_IPV6, IPV6_MULTICAST_LOOP) => Opt::MulticastLoop,
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_UNICAST_HOPS) => Opt::Ttl,
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_MULTICAST_HOPS) => Opt::MulticastTtl,
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_MULTICAST_IF) => Opt::MulticastIface,
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_TCLASS) => Opt::Tos,
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_ADDR_PREFERENCES) => Opt::AddrPreferences,
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_RECVPKTINFO) if TELLS => Opt::Flag(Flags::RECV_PKTINFO),
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_RECVHOPLIMIT) if TELLS => Opt::Flag(Flags::RECV_TTL),
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_RECVTCLASS) if TELLS => Opt::Flag(Flags::RECV_TOS),
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_V6ONLY) => Opt::V6Only,
        #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
        (IPPROTO_IP, IP_MTU_DISCOVER) => Opt::MtuDiscover,
        #[cfg(all(CONFIG_ZNET_MTU_DISCOVER, CONFIG_NET_IPV6))]
        (IPPROTO_IPV6, IPV6_MTU_DISCOVER) => Opt::MtuDiscover,
        (IPPROTO_IP, IP_TOS) => Opt::Tos,
        (IPPROTO_IP, IP_TTL) => Opt::Ttl,
        (IPPROTO_IP, IP_MULTICAST_TTL) => Opt::MulticastTtl,
        (IPPROTO_IP, IP_PKTINFO) if TELLS => Opt::Flag(Flags::RECV_PKTINFO),
        (IPPROTO_IP, IP_RECVTTL) if TELLS => Opt::Flag(Flags::RECV_TTL),
        (IPPROTO_IP, IP_RECVTOS) if TELLS => Opt::Flag(Flags::RECV_TOS),
        _ => return None,
    })
}

/// Whether Zephyr has the option's value in one byte too.
fn is_byte(opt: Opt) -> bool {
    match opt {
        Opt::Priority => true,
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        Opt::TxTime => true,
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        Opt::TimeStamping => true,
        _ => false,
    }
}

/// Reads an option. `*len` says how much room there is, and afterwards how much was written.
///
/// # Safety
/// `len` is null or readable and writable; `value` is null or writable for `*len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_getsockopt(
    fd: c_int,
    level: c_int,
    name: c_int,
    value: *mut c_void,
    len: *mut usize,
) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { super::other::getsockopt(fd, level, name, value, len) } {
        return result;
    }
    // SAFETY: the caller's promise.
    errno::status(unsafe { get(fd, level, name, value, len) })
}

/// Sets an option.
///
/// # Safety
/// `value` is null or readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_setsockopt(
    fd: c_int,
    level: c_int,
    name: c_int,
    value: *const c_void,
    len: usize,
) -> c_int {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { super::other::setsockopt(fd, level, name, value, len) } {
        return result;
    }
    // SAFETY: the caller's promise.
    errno::status(unsafe { set(fd, level, name, value, len) })
}

unsafe fn get(
    fd: c_int,
    level: c_int,
    name: c_int,
    value: *mut c_void,
    len: *mut usize,
) -> Result<()> {
    let (kind, _) = kind(fd, 0)?;
    let id = kind.context();
    if value.is_null() || len.is_null() {
        return Err(Error::Fault);
    }
    // SAFETY: the caller's promise.
    let room = unsafe { len.read_unaligned() };
    // What a socket is comes whole or, as in Zephyr, not at all.
    let whole = matches!(name, SO_TYPE | SO_ERROR | SO_PROTOCOL | SO_DOMAIN | SO_ACCEPTCONN);
    if cfg!(not(CONFIG_ZNET_PROFILE_TINY))
        && level == SOL_SOCKET
        && whole
        && room < size_of::<c_int>()
    {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise, here and below: `value` holds `*len` bytes.
    let put = |bytes: &[u8]| unsafe { put(bytes, value, len) };
    let put_int = |number: u32| put(&number.to_ne_bytes());
    #[cfg(CONFIG_NET_TCP)]
    if let Kind::Stream(id) = kind
        && let Some(found) = tcp_options::get(id, level, name)
    {
        return match found? {
            tcp_options::Value::Number(number) => put_int(number.cast_unsigned()),
            tcp_options::Value::Bytes(bytes, len) => put(bytes.get(..len).unwrap_or(&bytes)),
        };
    }
    if let Some(opt) = number(level, name) {
        return put_int(option(fd, opt)?);
    }
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    if let (Kind::Raw(id), SOL_SOCKET, SO_TYPE | SO_DOMAIN | SO_PROTOCOL) = (kind, level, name) {
        let (family, kind, protocol) = super::raw::description(id)?;
        return put_int(match name {
            SO_TYPE => kind,
            SO_DOMAIN => family,
            _ => protocol,
        });
    }
    match (level, name) {
        (SOL_SOCKET, SO_TYPE) => put_int(SOCK_DGRAM),
        (SOL_SOCKET, SO_DOMAIN) => {
            let v6 = option(fd, Opt::Flag(Flags::V6))? != 0;
            put_int(if v6 { AF_INET6 } else { AF_INET })
        }
        (SOL_SOCKET, SO_PROTOCOL) => put_int(u32::from(protocol::UDP)),
        (SOL_SOCKET, SO_ACCEPTCONN) => put_int(0),
        (SOL_SOCKET, SO_ERROR) => {
            let error = current()
                .core
                .with(|stack, _| stack.contexts.get_mut(id).map(|context| context.error.take()))?;
            put_int(error.map_or(0, Error::errno) as u32)
        }
        (SOL_SOCKET, SO_RCVTIMEO | SO_SNDTIMEO) => {
            let opt = if name == SO_RCVTIMEO { Opt::ReceiveTimeout } else { Opt::SendTimeout };
            let millis = option(fd, opt)?;
            let time = Timeval {
                sec: (millis / 1000) as Time,
                usec: (millis % 1000 * 1000) as core::ffi::c_long,
            };
            // SAFETY: a plain struct read as its bytes; padding does not exist in it.
            put(unsafe {
                core::slice::from_raw_parts((&raw const time).cast::<u8>(), size_of::<Timeval>())
            })
        }
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_MTU) => {
            let mtu = current().core.with(|stack, _| stack.context_mtu(id))?;
            put_int(u32::from(mtu))
        }
        #[cfg(CONFIG_NET_IPV4)]
        (IPPROTO_IP, IP_MULTICAST_IF) => {
            let index = option(fd, Opt::MulticastIface)?;
            put(&multicast_addr(index)?.octets())
        }
        #[cfg(CONFIG_NET_IP)]
        (IPPROTO_IP, IP_MTU) => {
            let mtu = current().core.with(|stack, _| stack.context_mtu(id))?;
            put_int(u32::from(mtu))
        }
        _ => Err(Error::NoProtoOpt),
    }
}

unsafe fn set(
    fd: c_int,
    level: c_int,
    name: c_int,
    value: *const c_void,
    len: usize,
) -> Result<()> {
    let (kind, _) = kind(fd, 0)?;
    let id = kind.context();
    if value.is_null() && len != 0 {
        return Err(Error::Inval);
    }
    #[cfg(CONFIG_NET_TCP)]
    if let Kind::Stream(id) = kind {
        // SAFETY: the caller's promise; no value is longer than that.
        let bytes = match len.min(tcp_options::VALUE_MAX) {
            0 => &[],
            // SAFETY: as above.
            len => unsafe { core::slice::from_raw_parts(value.cast::<u8>(), len) },
        };
        if let Some(done) = tcp_options::set(id, level, name, bytes) {
            return done;
        }
    }
    #[cfg(CONFIG_ZNET_MCAST_FILTERS)]
    // SAFETY: the caller's promise.
    if let Some(done) = unsafe { super::group_options::set(id, level, name, value, len) } {
        return done;
    }
    if let Some(opt) = number(level, name) {
        // SAFETY: the caller's promise, here and below: `value` holds `len` bytes.
        let mut number: c_int = match (opt, len) {
            // Sixteen bits in Zephyr, an `int` in RFC 5014.
            #[cfg(CONFIG_NET_IPV6)]
            // SAFETY: as above.
            (Opt::AddrPreferences, 2) => c_int::from(unsafe { take::<u16>(value, len)? }),
            // One byte in Zephyr: SO_PRIORITY, SO_TXTIME, SO_TIMESTAMPING.
            (_, 1) if cfg!(not(CONFIG_ZNET_PROFILE_TINY)) && is_byte(opt) => {
                // SAFETY: as above.
                c_int::from(unsafe { take::<u8>(value, len)? })
            }
            // SAFETY: as above.
            _ => unsafe { take(value, len)? },
        };
        // -1 is the default (RFC 3493, 5.1).
        if number == -1 && matches!(opt, Opt::Ttl | Opt::MulticastTtl) && level != IPPROTO_IP {
            number = 0;
        }
        // As IP_MULTICAST_IF below; 0 is any.
        if opt == Opt::MulticastIface && number > 0 {
            iface_by_index(u8::try_from(number).map_err(|_| Error::NoDev)?)?;
        }
        #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
        if opt == Opt::PortRange {
            return set_option(fd, opt, number.cast_unsigned());
        }
        return set_option(fd, opt, u32::try_from(number).map_err(|_| Error::Inval)?);
    }
    match (level, name) {
        (SOL_SOCKET, SO_RCVTIMEO | SO_SNDTIMEO) => {
            let opt = if name == SO_RCVTIMEO { Opt::ReceiveTimeout } else { Opt::SendTimeout };
            // SAFETY: as above.
            let time: Timeval = unsafe { take(value, len)? };
            set_option(fd, opt, millis(time)?)
        }
        (SOL_SOCKET, SO_BINDTODEVICE) => {
            // SAFETY: as above.
            let index = unsafe { iface_by_name(value.cast(), len)? };
            set_option(fd, Opt::Device, u32::from(index))
        }
        #[cfg(CONFIG_NET_IPV4)]
        (IPPROTO_IP, IP_MULTICAST_IF) => {
            // SAFETY: as above.
            let index = u32::from(unsafe { multicast_iface(value, len)? });
            set_option(fd, Opt::MulticastIface, index)
        }
        #[cfg(CONFIG_NET_IPV6)]
        (IPPROTO_IPV6, v6::IPV6_ADD_MEMBERSHIP | v6::IPV6_DROP_MEMBERSHIP) => {
            // SAFETY: as above.
            let request: Ipv6Mreq = unsafe { take(value, len)? };
            let index = u8::try_from(request.ifindex).map_err(|_| Error::NoDev)?;
            let iface = match index {
                0 => None,
                _ => Some(iface_by_index(index)?),
            };
            let (group, join) = (request.group.into(), name == v6::IPV6_ADD_MEMBERSHIP);
            current().core.with(|stack, env| stack.udp_membership_v6(env, id, iface, group, join))
        }
        #[cfg(CONFIG_NET_IPV4)]
        (IPPROTO_IP, IP_ADD_MEMBERSHIP | IP_DROP_MEMBERSHIP) => {
            // SAFETY: as above.
            let request = unsafe { membership(value, len)? };
            let group = Ipv4Addr::from(request.group);
            let iface = group_iface(&request)?;
            let join = name == IP_ADD_MEMBERSHIP;
            crate::capi::net_if_mcast::expect_groups();
            current().core.with(|stack, _| stack.udp_membership(id, iface, group, join))
        }
        // It means something to streams only; elsewhere Zephyr takes it and does nothing.
        (SOL_SOCKET, SO_LINGER) if cfg!(not(CONFIG_ZNET_PROFILE_TINY)) => Ok(()),
        _ => Err(Error::NoProtoOpt),
    }
}

/// Writes an option's value, cut to the room there is.
pub(super) unsafe fn put(bytes: &[u8], value: *mut c_void, len: *mut usize) -> Result<()> {
    // SAFETY: the caller's promise; no more than `*len` bytes are written.
    unsafe {
        let room = len.read_unaligned();
        if room == 0 {
            return Err(Error::Inval);
        }
        let n = room.min(bytes.len());
        core::ptr::copy_nonoverlapping(bytes.as_ptr(), value.cast::<u8>(), n);
        len.write_unaligned(n);
    }
    Ok(())
}

/// Reads an option's value of type `T`.
unsafe fn take<T: Copy>(value: *const c_void, len: usize) -> Result<T> {
    if len < size_of::<T>() {
        return Err(Error::Inval);
    }
    // SAFETY: the caller's promise, and the length was checked.
    Ok(unsafe { value.cast::<T>().read_unaligned() })
}

/// A time in milliseconds, rounded up, so that a short time does not become "for ever".
fn millis(time: Timeval) -> Result<u32> {
    // Both are as wide as this on some targets only.
    #[allow(clippy::useless_conversion)]
    let (sec, usec) = (i64::from(time.sec), i64::from(time.usec));
    if sec < 0 || !(0..1_000_000).contains(&usec) {
        return Err(Error::Inval);
    }
    let millis = sec.saturating_mul(1000).saturating_add((usec + 999) / 1000);
    Ok(u32::try_from(millis).unwrap_or(u32::MAX))
}

/// The index of the interface named in a `struct ifreq`; 0 for an empty name, which unbinds.
unsafe fn iface_by_name(name: *const c_char, len: usize) -> Result<u8> {
    // SAFETY: the caller's promise: `len` bytes.
    let bytes = match len {
        0 => &[],
        // SAFETY: as above.
        _ => unsafe { core::slice::from_raw_parts(name.cast::<u8>(), len) },
    };
    let end = bytes.iter().position(|&b| b == 0).unwrap_or(len);
    let name = bytes.get(..end).unwrap_or(&[]);
    if name.is_empty() {
        return Ok(0);
    }
    let found = current().core.with(|stack, _| stack.ifaces.by_name(name));
    found.map(IfRef::index).ok_or(Error::NoDev)
}

#[cfg(CONFIG_NET_IPV4)]
/// IP_MULTICAST_IF takes a `struct ip_mreqn`, a `struct ip_mreq`, of which the group means nothing here, or
/// a `struct in_addr` of the interface.
unsafe fn multicast_iface(value: *const c_void, len: usize) -> Result<u8> {
    let request = match len {
        // SAFETY: the caller's promise.
        ..8 => IpMreqn { address: unsafe { take(value, len)? }, ..IpMreqn::default() },
        // SAFETY: the caller's promise.
        _ => unsafe { membership(value, len)? },
    };
    if request.ifindex == 0 && request.address == [0; 4] {
        return Ok(0);
    }
    Ok(group_iface(&request)?.map_or(0, IfRef::index))
}

#[cfg(CONFIG_NET_IPV4)]
/// What IP_MULTICAST_IF reads: an address of the interface, 0.0.0.0 while none is chosen.
fn multicast_addr(index: u32) -> Result<Ipv4Addr> {
    if index == 0 {
        return Ok(Ipv4Addr::UNSPECIFIED);
    }
    let iface = iface_by_index(u8::try_from(index).map_err(|_| Error::NoDev)?)?;
    let first = iface.ipv4_addrs().next();
    first.map(|own| own.addr).ok_or(Error::AddrNotAvail)
}

#[cfg(CONFIG_NET_IPV4)]
/// A `struct ip_mreqn` or a `struct ip_mreq`.
unsafe fn membership(value: *const c_void, len: usize) -> Result<IpMreqn> {
    if len >= size_of::<IpMreqn>() {
        // SAFETY: the caller's promise.
        return unsafe { take(value, len) };
    }
    // SAFETY: the caller's promise.
    let [group, address] = unsafe { take::<[[u8; 4]; 2]>(value, len)? };
    Ok(IpMreqn { group, address, ifindex: 0 })
}

#[cfg(CONFIG_NET_IPV4)]
/// The interface a request names by index or address; `None` leaves the choice to the stack.
fn group_iface(request: &IpMreqn) -> Result<Option<IfRef>> {
    if request.ifindex != 0 {
        let index = u8::try_from(request.ifindex).map_err(|_| Error::NoDev)?;
        return iface_by_index(index).map(Some);
    }
    let address = Ipv4Addr::from(request.address);
    if address.is_unspecified() {
        return Ok(None);
    }
    let owner = current().core.with(|stack, _| stack.ifaces.owner_of_ipv4(address));
    owner.map(Some).ok_or(Error::AddrNotAvail)
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket.h":
    Timeval = "struct timeval" { sec = "tv_sec", usec = "tv_usec" };
    #[cfg(CONFIG_NET_IPV6)]
    Ipv6Mreq = "struct ipv6_mreq" { group = "ipv6mr_multiaddr", ifindex = "ipv6mr_ifindex" };
    #[cfg(CONFIG_NET_IPV4)]
    IpMreqn = "struct ip_mreqn" {
        group = "imr_multiaddr", address = "imr_address", ifindex = "imr_ifindex",
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    SOL_SOCKET,
    IPPROTO_IP,
    SO_REUSEADDR,
    SO_TYPE,
    SO_ERROR,
    SO_BROADCAST,
    SO_RCVBUF,
    SO_PRIORITY,
    SO_REUSEPORT,
    SO_RCVTIMEO,
    SO_SNDTIMEO,
    SO_BINDTODEVICE,
    SO_ACCEPTCONN,
    SO_PROTOCOL,
    SO_DOMAIN,
    IP_TOS,
    IP_TTL,
    IP_PKTINFO,
    IP_RECVTOS,
    IP_RECVTTL,
    IP_MTU,
    IP_MULTICAST_TTL,
    SOCK_DGRAM,
    AF_INET,
    AF_INET6,
}

#[cfg(all(any(test, znet_layout), CONFIG_NET_IPV6))]
crate::base::layout::constants! { pub(crate) CONSTANTS6 in "zephyr/net/socket.h":
    v6::IPV6_UNICAST_HOPS => "IPV6_UNICAST_HOPS",
    v6::IPV6_MULTICAST_IF => "IPV6_MULTICAST_IF",
    v6::IPV6_MULTICAST_HOPS => "IPV6_MULTICAST_HOPS",
    v6::IPV6_ADD_MEMBERSHIP => "IPV6_ADD_MEMBERSHIP",
    v6::IPV6_DROP_MEMBERSHIP => "IPV6_DROP_MEMBERSHIP",
    v6::IPV6_MTU => "IPV6_MTU",
    v6::IPV6_V6ONLY => "IPV6_V6ONLY",
    v6::IPV6_RECVPKTINFO => "IPV6_RECVPKTINFO",
    v6::IPV6_RECVTCLASS => "IPV6_RECVTCLASS",
    v6::IPV6_RECVHOPLIMIT => "IPV6_RECVHOPLIMIT",
    v6::IPV6_TCLASS => "IPV6_TCLASS",
    v6::IPV6_ADDR_PREFERENCES => "IPV6_ADDR_PREFERENCES",
    IPPROTO_IPV6,
}

#[cfg(all(any(test, znet_layout), CONFIG_NET_IPV4))]
crate::base::layout::constants! { pub(crate) CONSTANTS4 in "zephyr/net/socket.h":
    IP_MULTICAST_IF,
    IP_ADD_MEMBERSHIP,
    IP_DROP_MEMBERSHIP,
}
