// SPDX-License-Identifier: Apache-2.0
//! The Linux calls that the kinds of link share, and what the `libc` crate lacks of `<linux/if_packet.h>`.

use std::io::{self, IoSlice};
use std::os::fd::{AsRawFd as _, RawFd};
use std::os::unix::net::UnixDatagram;

/// `struct tpacket_auxdata`: what the kernel took off a received packet.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct TpacketAuxdata {
    pub status: u32,
    pub len: u32,
    pub snaplen: u32,
    pub mac: u16,
    pub net: u16,
    pub vlan_tci: u16,
    pub vlan_tpid: u16,
}

/// `struct packet_mreq`.
#[repr(C)]
pub(super) struct PacketMreq {
    pub ifindex: libc::c_int,
    pub kind: u16,
    pub address_len: u16,
    pub address: [u8; 8],
}

/// `struct virtio_net_hdr` in the byte order of the host.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct VirtioNetHdr {
    pub flags: u8,
    pub gso_type: u8,
    pub hdr_len: u16,
    pub gso_size: u16,
    pub csum_start: u16,
    pub csum_offset: u16,
}

pub(super) const PACKET_AUXDATA: libc::c_int = 8;
pub(super) const PACKET_ADD_MEMBERSHIP: libc::c_int = 1;
pub(super) const PACKET_VNET_HDR: libc::c_int = 15;
pub(super) const PACKET_IGNORE_OUTGOING: libc::c_int = 23;
pub(super) const PACKET_MR_PROMISC: u16 = 1;
pub(super) const TP_STATUS_VLAN_VALID: u32 = 1 << 4;
pub(super) const TP_STATUS_VLAN_TPID_VALID: u32 = 1 << 6;
pub(super) const VIRTIO_NET_HDR_F_NEEDS_CSUM: u8 = 1;
pub(super) const VIRTIO_NET_HDR_GSO_NONE: u8 = 0;

/// An `ifreq` that names an interface; `name` was checked to fit.
pub(super) fn ifreq(name: &str) -> libc::ifreq {
    // SAFETY: all zeros are valid for this structure of integers and unions of them.
    let mut request: libc::ifreq = unsafe { core::mem::zeroed() };
    let last = request.ifr_name.len() - 1;
    for (to, from) in request.ifr_name[..last].iter_mut().zip(name.bytes()) {
        *to = from as libc::c_char;
    }
    request
}

/// `ioctl` with an `ifreq`.
///
/// # Safety
/// `call` is a request that takes an `ifreq`.
pub(super) unsafe fn ioctl(
    fd: RawFd,
    call: libc::Ioctl,
    request: &mut libc::ifreq,
) -> io::Result<()> {
    // SAFETY: the caller's promise; the reference is valid for reading and writing.
    check(unsafe { libc::ioctl(fd, call, core::ptr::from_mut(request)) } as isize)?;
    Ok(())
}

/// MTU of the interface `name`.
pub(super) fn interface_mtu(name: &str) -> io::Result<usize> {
    let request = query(name, libc::SIOCGIFMTU as libc::Ioctl)?;
    // SAFETY: SIOCGIFMTU sets this member.
    Ok(usize::try_from(unsafe { request.ifr_ifru.ifru_mtu }).unwrap_or(0))
}

/// Index of the interface `name`.
pub(super) fn interface_index(name: &str) -> io::Result<libc::c_int> {
    let request = query(name, libc::SIOCGIFINDEX as libc::Ioctl)?;
    // SAFETY: SIOCGIFINDEX sets this member.
    Ok(unsafe { request.ifr_ifru.ifru_ifindex })
}

/// True when the interface `name` is administratively up.
pub(super) fn interface_is_up(name: &str) -> io::Result<bool> {
    let request = query(name, libc::SIOCGIFFLAGS as libc::Ioctl)?;
    // SAFETY: SIOCGIFFLAGS sets this member.
    Ok(unsafe { request.ifr_ifru.ifru_flags } & libc::IFF_UP as libc::c_short != 0)
}

fn query(name: &str, call: libc::Ioctl) -> io::Result<libc::ifreq> {
    // Any socket will do to ask about interfaces.
    let socket = UnixDatagram::unbound()?;
    let mut request = ifreq(name);
    // SAFETY: the callers pass SIOCGIF requests, which take an `ifreq`.
    unsafe { ioctl(socket.as_raw_fd(), call, &mut request)? };
    Ok(request)
}

/// `setsockopt` with a plain value.
pub(super) fn set_option<T>(
    fd: RawFd,
    level: libc::c_int,
    name: libc::c_int,
    value: &T,
) -> io::Result<()> {
    let len = size_of::<T>() as libc::socklen_t;
    // SAFETY: the pointer is valid for `len` bytes.
    let done = unsafe { libc::setsockopt(fd, level, name, core::ptr::from_ref(value).cast(), len) };
    check(done as isize)?;
    Ok(())
}

/// `sendmsg` of `pieces` to `address`, a pointer with its length, or to where the socket is bound when null.
///
/// # Safety
/// `address` is null or valid for its length.
pub(super) unsafe fn send_pieces(
    fd: RawFd,
    pieces: &[IoSlice<'_>],
    address: (*const libc::c_void, libc::socklen_t),
) -> io::Result<()> {
    // SAFETY: all zeros are valid for this structure of pointers and lengths.
    let mut message: libc::msghdr = unsafe { core::mem::zeroed() };
    message.msg_name = address.0.cast_mut();
    message.msg_namelen = address.1;
    // `IoSlice` has the layout of `iovec`; the call only reads.
    message.msg_iov = pieces.as_ptr().cast_mut().cast();
    message.msg_iovlen = pieces.len() as _;
    // SAFETY: the message points to valid pieces and, by the caller's promise, a valid address.
    check(unsafe { libc::sendmsg(fd, &message, libc::MSG_NOSIGNAL) })?;
    Ok(())
}

/// The result of a system call that returns a length, or -1 and `errno`.
pub(super) fn check(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}
