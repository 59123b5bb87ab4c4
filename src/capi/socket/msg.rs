// SPDX-License-Identifier: Apache-2.0
//! `sendmsg` and `recvmsg`: data in pieces, and ancillary data.
//!
//! Everything the application's structures say is read once, at the start: what another thread
//! changes meanwhile has no effect on bounds that were checked before.

use core::ffi::{c_int, c_void};
use core::slice;

use super::super::{current, errno};
use super::{DATAGRAM_MAX, MSG_PEEK, MSG_TRUNC, addr, kind};
use crate::base::{Error, Result};
use crate::socket::Kind;
use crate::socket::context::{MAX_PAYLOAD, TELLS};
#[cfg(CONFIG_NET_UDP)]
use crate::socket::inet::{self as datagram, Ancillary};
#[cfg(CONFIG_NET_TCP)]
use crate::socket::stream;
use crate::transport::{ContextId, Flags};

/// Pieces of one message: what POSIX asks for at least (`_XOPEN_IOV_MAX`).
pub(in crate::capi) const IOV_MAX: usize = 16;

const MSG_CTRUNC: c_int = 0x08;
#[cfg(any(CONFIG_NET_CONTEXT_TXTIME, CONFIG_NET_CONTEXT_TIMESTAMPING))]
pub(super) const SOL_SOCKET: c_int = 1;
#[cfg(CONFIG_NET_CONTEXT_TXTIME)]
pub(super) const SCM_TXTIME: c_int = 61;
#[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
const SO_TIMESTAMPING: c_int = 37;
pub(super) const IPPROTO_IP: c_int = 0;
pub(super) const IP_TOS: c_int = 1;
pub(super) const IP_TTL: c_int = 2;
pub(super) const IP_PKTINFO: c_int = 8;
#[cfg(CONFIG_NET_IPV6)]
pub(super) const IPPROTO_IPV6: c_int = 41;
#[cfg(CONFIG_NET_IPV6)]
pub(super) const IPV6_RECVPKTINFO: c_int = 49;
#[cfg(CONFIG_NET_IPV6)]
pub(super) const IPV6_HOPLIMIT: c_int = 52;
#[cfg(CONFIG_NET_IPV6)]
pub(super) const IPV6_TCLASS: c_int = 67;

/// `struct iovec`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(in crate::capi) struct Iovec {
    base: *mut c_void,
    len: usize,
}

/// `struct msghdr`.
#[repr(C)]
pub struct Msghdr {
    pub(in crate::capi) name: *mut c_void,
    pub(in crate::capi) namelen: usize,
    pub(in crate::capi) iov: *mut Iovec,
    pub(in crate::capi) iovlen: usize,
    pub(super) control: *mut c_void,
    pub(super) controllen: usize,
    flags: c_int,
}

/// `struct cmsghdr`, without the data, which begins aligned for any scalar (`z_max_align_t`).
#[repr(C)]
#[cfg_attr(any(target_pointer_width = "64", target_arch = "riscv32"), repr(align(16)))]
#[cfg_attr(target_arch = "arm", repr(align(8)))]
#[derive(Clone, Copy)]
pub(super) struct Cmsghdr {
    pub(super) len: usize,
    pub(super) level: c_int,
    pub(super) kind: c_int,
}

/// `struct in_pktinfo`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct InPktinfo {
    pub(super) ifindex: u32,
    pub(super) spec_dst: [u8; 4],
    addr: [u8; 4],
}

/// `struct in6_pktinfo`.
#[cfg(CONFIG_NET_IPV6)]
#[repr(C, align(4))]
#[derive(Clone, Copy)]
pub(super) struct In6Pktinfo {
    pub(super) addr: [u8; 16],
    pub(super) ifindex: u32,
}

/// The pieces of a message as they were when the call was made.
pub(in crate::capi) struct Pieces {
    list: [Iovec; IOV_MAX],
    count: usize,
}

impl Pieces {
    /// # Safety
    /// `iov` is null or readable for `count` elements.
    pub(in crate::capi) unsafe fn snapshot(iov: *const Iovec, count: usize) -> Result<Pieces> {
        if count > IOV_MAX {
            return Err(Error::MsgSize);
        }
        if iov.is_null() && count != 0 {
            return Err(Error::Fault);
        }
        let mut list = [Iovec { base: core::ptr::null_mut(), len: 0 }; IOV_MAX];
        for (index, piece) in list.iter_mut().enumerate().take(count) {
            // SAFETY: the caller's promise.
            *piece = unsafe { iov.add(index).read_unaligned() };
            if piece.base.is_null() && piece.len != 0 {
                return Err(Error::Fault);
            }
        }
        Ok(Pieces { list, count })
    }

    /// The pieces for reading, into `parts`; returns how many there are.
    ///
    /// # Errors
    /// [`Error::MsgSize`] when one is longer than `most`.
    ///
    /// # Safety
    /// The pieces are readable as long as `parts` is used.
    pub(in crate::capi) unsafe fn read(
        &self,
        parts: &mut [&[u8]; IOV_MAX],
        most: usize,
    ) -> Result<usize> {
        for (part, piece) in parts.iter_mut().zip(&self.list).take(self.count) {
            // Before a slice is made of it: a negative number that became a length.
            if piece.len > most {
                return Err(Error::MsgSize);
            }
            if piece.len != 0 {
                // SAFETY: the caller's promise.
                *part = unsafe { slice::from_raw_parts(piece.base.cast::<u8>(), piece.len) };
            }
        }
        Ok(self.count)
    }

    /// The pieces for writing, into `parts`, none longer than `most`; returns how many there are.
    ///
    /// # Safety
    /// The pieces are writable, and no two are the same, as long as `parts` is used.
    pub(super) unsafe fn write(&self, parts: &mut [&mut [u8]; IOV_MAX], most: usize) -> usize {
        for (part, piece) in parts.iter_mut().zip(&self.list).take(self.count) {
            if piece.len != 0 {
                let len = piece.len.min(most);
                // SAFETY: the caller's promise.
                *part = unsafe { slice::from_raw_parts_mut(piece.base.cast::<u8>(), len) };
            }
        }
        self.count
    }
}

impl Msghdr {
    /// Writes that there is neither a name nor ancillary data.
    ///
    /// # Safety
    /// `msg` is writable.
    #[cfg(any(CONFIG_NET_TCP, CONFIG_NET_SOCKETPAIR, CONFIG_ZNET_RAW_CONTEXTS))]
    pub(super) unsafe fn say_nothing(msg: *mut Msghdr) {
        // SAFETY: the caller's promise.
        unsafe {
            (&raw mut (*msg).namelen).write_unaligned(0);
            (&raw mut (*msg).controllen).write_unaligned(0);
            (&raw mut (*msg).flags).write_unaligned(0);
        }
    }
}

/// Sends the pieces of `msg` as one datagram, or one after the other on a stream.
///
/// # Safety
/// `msg` is null or a valid message whose pointers are valid for the lengths it gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_sendmsg(fd: c_int, msg: *const Msghdr, flags: c_int) -> isize {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { super::other::sendmsg(fd, msg, flags) } {
        return result;
    }
    errno::posix((|| {
        let (kind, nonblock) = kind(fd, flags)?;
        if msg.is_null() {
            return Err(Error::Fault);
        }
        // SAFETY: the caller's promise; each member is read once.
        let (msg, pieces) = unsafe {
            let msg = msg.read_unaligned();
            let pieces = Pieces::snapshot(msg.iov, msg.iovlen)?;
            (msg, pieces)
        };
        let mut parts: [&[u8]; IOV_MAX] = [&[]; IOV_MAX];
        let most = match kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(_) => MAX_PAYLOAD,
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(_) => isize::MAX as usize,
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(_) => MAX_PAYLOAD,
        };
        // SAFETY: the caller's promise.
        unsafe { pieces.read(&mut parts, most)? };
        let parts = parts.get(..pieces.count).unwrap_or(&[]);
        match kind {
            // SAFETY: the caller's promise.
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(id) => unsafe { send_datagram(id, nonblock, &msg, parts) },
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => stream::send(&current().core, id, nonblock, parts),
            // SAFETY: the caller's promise.
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(id) => unsafe {
                super::raw::send(id, nonblock, parts, msg.name, msg.namelen)
            },
        }
    })())
}

/// # Safety
/// The pointers of `msg` are valid for the lengths it gives.
#[cfg(CONFIG_NET_UDP)]
unsafe fn send_datagram(
    id: ContextId,
    nonblock: bool,
    msg: &Msghdr,
    parts: &[&[u8]],
) -> Result<usize> {
    let to = match msg.name.is_null() {
        true => None,
        // SAFETY: the caller's promise.
        false => Some(unsafe { addr::read(msg.name, msg.namelen)? }),
    };
    #[cfg(CONFIG_NET_IPV6)]
    // SAFETY: the caller's promise.
    let scope = to.map_or(0, |to| unsafe { addr::scope(to, msg.name, msg.namelen) });
    #[cfg(not(CONFIG_NET_IPV6))]
    let scope = 0;
    // SAFETY: the caller's promise.
    if TELLS && let Some(mut marks) = unsafe { super::marks::of(msg, to)? } {
        if scope != 0 && marks.iface != 0 && scope != marks.iface {
            return Err(Error::Inval);
        }
        marks.iface = marks.iface.max(scope);
        return datagram::send_marked(&current().core, id, nonblock, parts, to, &marks);
    }
    #[cfg(CONFIG_NET_IPV6)]
    if let (Some(to), 1..) = (to, scope) {
        return datagram::send_on(&current().core, id, nonblock, parts, to, scope);
    }
    datagram::send_parts(&current().core, id, nonblock, parts, to)
}

/// Receives one datagram into the pieces of `msg`, with the ancillary data the socket asked for; of
/// a stream what is there.
///
/// # Safety
/// `msg` is null or a valid message whose pointers are valid for the lengths it gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zsock_recvmsg(fd: c_int, msg: *mut Msghdr, flags: c_int) -> isize {
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { super::other::recvmsg(fd, msg, flags) } {
        return result;
    }
    errno::posix((|| {
        let (kind, nonblock) = kind(fd, flags)?;
        if msg.is_null() {
            return Err(Error::Inval);
        }
        // SAFETY: the caller's promise; each member is read once.
        let (header, pieces) = unsafe {
            let header = msg.read_unaligned();
            if header.iov.is_null() {
                return Err(Error::NoMem);
            }
            let pieces = Pieces::snapshot(header.iov, header.iovlen)?;
            (header, pieces)
        };
        let mut parts: [&mut [u8]; IOV_MAX] = core::array::from_fn(|_| &mut [][..]);
        let most = match kind {
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(_) => DATAGRAM_MAX,
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(_) => isize::MAX as usize,
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(_) => DATAGRAM_MAX,
        };
        // SAFETY: the caller's promise.
        unsafe { pieces.write(&mut parts, most) };
        let parts = parts.get_mut(..pieces.count).unwrap_or(&mut []);
        match kind {
            // SAFETY: the caller's promise.
            #[cfg(CONFIG_NET_UDP)]
            Kind::Datagram(id) => unsafe {
                receive_datagram(id, nonblock, flags, (msg, &header), parts)
            },
            #[cfg(CONFIG_NET_TCP)]
            Kind::Stream(id) => {
                let how = super::stream::how(nonblock, flags);
                let received = stream::receive(&current().core, id, how, parts)?;
                // SAFETY: the caller's promise.
                unsafe { Msghdr::say_nothing(msg) };
                Ok(received)
            }
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            Kind::Raw(id) => {
                let (name, mut len) = (header.name, header.namelen);
                // SAFETY: the caller's promise.
                let (received, cut) =
                    unsafe { super::raw::receive(id, nonblock, flags, parts, name, &raw mut len)? };
                // SAFETY: the caller's promise.
                unsafe {
                    Msghdr::say_nothing(msg);
                    (&raw mut (*msg).namelen).write_unaligned(len);
                    (&raw mut (*msg).flags).write_unaligned(if cut { MSG_TRUNC } else { 0 });
                }
                Ok(received)
            }
        }
    })())
}

/// # Safety
/// `msg` is writable, and the pointers of `header`, which was read from it, are valid for the lengths
/// it gives.
#[cfg(CONFIG_NET_UDP)]
unsafe fn receive_datagram(
    id: ContextId,
    nonblock: bool,
    flags: c_int,
    (msg, header): (*mut Msghdr, &Msghdr),
    parts: &mut [&mut [u8]],
) -> Result<usize> {
    let peek = flags & MSG_PEEK != 0;
    let mut ancillary = None;
    let mut tell = |pkt: &crate::buf::Pkt| ancillary = datagram::ancillary(pkt);
    let message = datagram::receive(&current().core, id, nonblock, peek, parts, &mut tell)?;

    let mut result = if message.copied < message.len { MSG_TRUNC } else { 0 };
    let mut control = Control { at: header.control.cast(), left: header.controllen, used: 0 };
    #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
    if wants_stamp(id)? {
        // SAFETY: as below.
        if !unsafe { control.put(SOL_SOCKET, SO_TIMESTAMPING, &message.stamp) } {
            result |= MSG_CTRUNC;
        }
    }
    if let Some(ancillary) = ancillary {
        // SAFETY: the caller's promise: `control` is writable for `controllen` bytes.
        if !unsafe { control.describe(message.wanted, &ancillary) } {
            result |= MSG_CTRUNC;
        }
    }
    // SAFETY: the caller's promise.
    unsafe {
        let mut namelen = header.namelen;
        let v6 = message.wanted.contains(Flags::V6);
        addr::write_scoped(message.from, v6, message.scope(), header.name, &raw mut namelen);
        (&raw mut (*msg).namelen).write_unaligned(namelen);
        (&raw mut (*msg).controllen).write_unaligned(control.used);
        (&raw mut (*msg).flags).write_unaligned(result);
    }
    Ok(if flags & MSG_TRUNC != 0 { message.len } else { message.copied })
}

/// Does the socket want to know when a datagram was received?
#[cfg(all(CONFIG_NET_UDP, CONFIG_NET_CONTEXT_TIMESTAMPING))]
fn wants_stamp(id: ContextId) -> Result<bool> {
    let stamps = current().core.with(|stack, _| stack.contexts.get(id).map(|c| c.timestamping))?;
    Ok(u32::from(stamps) & crate::socket::options::STAMP_RX != 0)
}

/// Room for ancillary data.
#[cfg(CONFIG_NET_UDP)]
struct Control {
    at: *mut u8,
    left: usize,
    used: usize,
}

#[cfg(CONFIG_NET_UDP)]
impl Control {
    /// Writes what was asked for; false when something did not fit.
    ///
    /// # Safety
    /// `at` is null or writable for `left` bytes.
    unsafe fn describe(&mut self, wanted: Flags, ancillary: &Ancillary) -> bool {
        #[cfg(CONFIG_NET_IPV6)]
        if wanted.contains(Flags::V6) {
            // SAFETY: the caller's promise.
            return unsafe { self.describe_v6(wanted, ancillary) };
        }
        let (Some(to), Some(local)) = (ancillary.to.v4(), ancillary.local.v4()) else {
            return true;
        };
        let mut all = true;
        if wanted.contains(Flags::RECV_PKTINFO) {
            let info = InPktinfo {
                ifindex: u32::from(ancillary.iface),
                spec_dst: local.octets(),
                addr: to.octets(),
            };
            // SAFETY: the caller's promise.
            all &= unsafe { self.put(IPPROTO_IP, IP_PKTINFO, &info) };
        }
        if wanted.contains(Flags::RECV_TTL) {
            // SAFETY: the caller's promise.
            all &= unsafe { self.put(IPPROTO_IP, IP_TTL, &c_int::from(ancillary.ttl)) };
        }
        if wanted.contains(Flags::RECV_TOS) {
            // SAFETY: the caller's promise.
            all &= unsafe { self.put(IPPROTO_IP, IP_TOS, &ancillary.tos) };
        }
        all
    }

    /// The same for a socket of AF_INET6 (RFC 3542, 6).
    ///
    /// # Safety
    /// As for [`describe`](Self::describe).
    #[cfg(CONFIG_NET_IPV6)]
    unsafe fn describe_v6(&mut self, wanted: Flags, ancillary: &Ancillary) -> bool {
        let mut all = true;
        if wanted.contains(Flags::RECV_PKTINFO) {
            let info = In6Pktinfo {
                addr: addr::to_octets(ancillary.to),
                ifindex: u32::from(ancillary.iface),
            };
            // SAFETY: the caller's promise.
            all &= unsafe { self.put(IPPROTO_IPV6, IPV6_RECVPKTINFO, &info) };
        }
        if wanted.contains(Flags::RECV_TTL) {
            // SAFETY: the caller's promise.
            all &= unsafe { self.put(IPPROTO_IPV6, IPV6_HOPLIMIT, &c_int::from(ancillary.ttl)) };
        }
        if wanted.contains(Flags::RECV_TOS) {
            // SAFETY: the caller's promise.
            all &= unsafe { self.put(IPPROTO_IPV6, IPV6_TCLASS, &c_int::from(ancillary.tos)) };
        }
        all
    }

    /// # Safety
    /// As for [`describe`](Self::describe).
    unsafe fn put<T>(&mut self, level: c_int, kind: c_int, data: &T) -> bool {
        let header = size_of::<Cmsghdr>();
        let len = header + size_of::<T>();
        let space = header + size_of::<T>().next_multiple_of(align_of::<Cmsghdr>());
        if self.at.is_null() || self.left < len {
            return false;
        }
        // SAFETY: the caller's promise, and the room was checked.
        unsafe {
            let head = Cmsghdr { len, level, kind };
            self.at.cast::<Cmsghdr>().write_unaligned(head);
            core::ptr::copy_nonoverlapping(
                core::ptr::from_ref(data).cast::<u8>(),
                self.at.add(header),
                size_of::<T>(),
            );
            let step = space.min(self.left);
            self.at = self.at.add(step);
            self.left -= step;
            self.used += step;
        }
        true
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_ip.h":
    Iovec = "struct iovec" { base = "iov_base", len = "iov_len" };
    Msghdr = "struct msghdr" {
        name = "msg_name", namelen = "msg_namelen", iov = "msg_iov", iovlen = "msg_iovlen",
        control = "msg_control", controllen = "msg_controllen", flags = "msg_flags",
    };
    Cmsghdr = "struct cmsghdr" { len = "cmsg_len", level = "cmsg_level", kind = "cmsg_type" };
    #[cfg(CONFIG_NET_IPV6)]
    In6Pktinfo = "struct in6_pktinfo" { addr = "ipi6_addr", ifindex = "ipi6_ifindex" };
    InPktinfo = "struct in_pktinfo" {
        ifindex = "ipi_ifindex", spec_dst = "ipi_spec_dst", addr = "ipi_addr",
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    MSG_CTRUNC => "ZSOCK_MSG_CTRUNC",
    IPPROTO_IP,
    IP_TOS,
    IP_TTL,
    IP_PKTINFO,
}

#[cfg(all(any(test, znet_layout), CONFIG_NET_IPV6))]
crate::base::layout::constants! { pub(crate) CONSTANTS6 in "zephyr/net/socket.h":
    IPPROTO_IPV6,
    IPV6_RECVPKTINFO,
    IPV6_HOPLIMIT,
    IPV6_TCLASS,
}
