// SPDX-License-Identifier: Apache-2.0
//! `AF_PACKET`: an interface of the host, such as one end of a veth pair, used as our own.
//!
//! The kernel hands a packet socket frames as it passes them inside: with the VLAN tag taken off, and, over a
//! veth, with a checksum still to be computed, or with more TCP data than a segment holds. All of it is put
//! right, here and in `segment`, so that the stack sees what a cable would have carried.

use super::link::{BATCH, Host, SEND_PATIENCE, SUPER_SLOT, Slots};
use super::sys::{self, PacketMreq, TpacketAuxdata, VirtioNetHdr, check};
use std::format;
use std::io::{self, ErrorKind, IoSlice};
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd};
use std::string::String;

/// Room for one control message with [`TpacketAuxdata`].
const CONTROL: usize = 64;
/// EtherType of a VLAN tag when the kernel does not say which it was.
const ETH_P_8021Q: u16 = 0x8100;

/// A packet socket bound to an interface.
pub(super) struct Packet {
    fd: OwnedFd,
    mtu: usize,
}

/// Memory for the control message, aligned as `cmsghdr` wants it.
#[repr(C, align(8))]
#[derive(Clone, Copy)]
struct Control([u8; CONTROL]);

impl Packet {
    /// Binds to the interface `name`.
    pub(super) fn open(name: &str) -> io::Result<Packet> {
        let ifindex = sys::interface_index(name)?;
        let mtu = sys::interface_mtu(name)?;
        // Protocol 0: nothing arrives before all options are set and the socket is bound.
        // SAFETY: a call without pointers.
        let fd =
            check(
                unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, 0) }
                    as isize,
            )?;
        // SAFETY: the descriptor is new and ours.
        let fd = unsafe { OwnedFd::from_raw_fd(fd as RawFd) };
        let raw = fd.as_raw_fd();
        let on: libc::c_int = 1;
        for option in [sys::PACKET_IGNORE_OUTGOING, sys::PACKET_VNET_HDR, sys::PACKET_AUXDATA] {
            sys::set_option(raw, libc::SOL_PACKET, option, &on)?;
        }
        let patience =
            libc::timeval { tv_sec: 0, tv_usec: SEND_PATIENCE.as_micros() as libc::suseconds_t };
        sys::set_option(raw, libc::SOL_SOCKET, libc::SO_SNDTIMEO, &patience)?;
        // Our MAC address is not the interface's.
        let promiscuous =
            PacketMreq { ifindex, kind: sys::PACKET_MR_PROMISC, address_len: 0, address: [0; 8] };
        sys::set_option(raw, libc::SOL_PACKET, sys::PACKET_ADD_MEMBERSHIP, &promiscuous)?;
        // SAFETY: all zeros are valid for this structure of integers.
        let mut address: libc::sockaddr_ll = unsafe { core::mem::zeroed() };
        address.sll_family = libc::AF_PACKET as u16;
        address.sll_protocol = (libc::ETH_P_ALL as u16).to_be();
        address.sll_ifindex = ifindex;
        let len = size_of::<libc::sockaddr_ll>() as libc::socklen_t;
        // SAFETY: the address is valid for its length.
        check(unsafe { libc::bind(raw, (&raw const address).cast(), len) } as isize)?;
        Ok(Packet { fd, mtu })
    }
}

impl Host for Packet {
    fn fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }

    fn mtu(&self) -> usize {
        self.mtu
    }

    fn slot(&self) -> usize {
        SUPER_SLOT
    }

    fn receive(&self, slots: &mut Slots) -> io::Result<usize> {
        let mut headers = [VirtioNetHdr::default(); BATCH];
        let mut controls = [Control([0; CONTROL]); BATCH];
        let none = libc::iovec { iov_base: core::ptr::null_mut(), iov_len: 0 };
        let mut pieces = [[none; 2]; BATCH];
        // SAFETY: all zeros are valid for this structure of pointers and lengths.
        let mut messages: [libc::mmsghdr; BATCH] = unsafe { core::mem::zeroed() };
        for (index, space) in slots.spaces().enumerate() {
            let header = core::ptr::from_mut(&mut headers[index]).cast();
            pieces[index] = [
                libc::iovec { iov_base: header, iov_len: size_of::<VirtioNetHdr>() },
                libc::iovec { iov_base: space.as_mut_ptr().cast(), iov_len: space.len() },
            ];
            let message = &mut messages[index].msg_hdr;
            message.msg_iov = pieces[index].as_mut_ptr();
            message.msg_iovlen = pieces[index].len() as _;
            message.msg_control = controls[index].0.as_mut_ptr().cast();
            message.msg_controllen = CONTROL as _;
        }
        let flags = libc::MSG_DONTWAIT | libc::MSG_TRUNC;
        // SAFETY: every message points to pieces, a header, a slot and control memory, all alive and apart.
        let got = unsafe {
            let count = messages.len() as libc::c_uint;
            libc::recvmmsg(
                self.fd(),
                messages.as_mut_ptr(),
                count,
                flags as _,
                core::ptr::null_mut(),
            )
        };
        let count = match check(got as isize) {
            Ok(count) => count,
            Err(e) if e.kind() == ErrorKind::WouldBlock => 0,
            Err(e) => return Err(e),
        };
        for index in 0..count {
            let len = messages[index].msg_len as usize;
            slots.set_len(index, len.saturating_sub(size_of::<VirtioNetHdr>()));
            // Frames that are to be cut get their checksums then.
            if headers[index].gso_type != sys::VIRTIO_NET_HDR_GSO_NONE {
                slots.set_segment(index, usize::from(headers[index].gso_size));
            } else if let Some(frame) = slots.frame_mut(index) {
                complete_checksum(frame, &headers[index]);
            }
            // SAFETY: the kernel filled in the message's control part.
            let aux = unsafe { auxdata(&messages[index].msg_hdr) };
            if aux.status & sys::TP_STATUS_VLAN_VALID != 0 {
                let known = aux.status & sys::TP_STATUS_VLAN_TPID_VALID != 0;
                let protocol = if known { aux.vlan_tpid } else { ETH_P_8021Q };
                slots.insert_vlan(index, protocol, aux.vlan_tci);
            }
        }
        Ok(count)
    }

    fn send(&self, pieces: &[IoSlice<'_>]) -> io::Result<()> {
        // An empty header before the frame: nothing is left for the kernel to compute.
        let header = [0; size_of::<VirtioNetHdr>()];
        let mut all = [IoSlice::new(&header); super::link::PIECES_MAX + 1];
        let Some(rest) = all.get_mut(1..=pieces.len()) else {
            return Err(ErrorKind::InvalidInput.into());
        };
        rest.copy_from_slice(pieces);
        // SAFETY: a null address: the socket is bound to where frames go.
        unsafe { sys::send_pieces(self.fd(), &all[..=pieces.len()], (core::ptr::null(), 0)) }
    }
}

/// Computes the checksum that the sender left to its network card, which a veth does not have: the
/// field already holds the sum over the pseudo-header.
fn complete_checksum(frame: &mut [u8], header: &VirtioNetHdr) {
    if header.flags & sys::VIRTIO_NET_HDR_F_NEEDS_CSUM == 0 {
        return;
    }
    let start = usize::from(header.csum_start);
    let field = start + usize::from(header.csum_offset);
    let Some(data) = frame.get(start..) else { return };
    let mut sum: u32 = 0;
    for pair in data.chunks(2) {
        let word = u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]);
        sum += u32::from(word);
    }
    while sum > 0xffff {
        sum = (sum >> 16) + (sum & 0xffff);
    }
    // An all-zero UDP checksum means "none" (RFC 768); TCP takes the other form of zero as well.
    let checksum = match !(sum as u16) {
        0 => 0xffff,
        other => other,
    };
    if let Some(field) = frame.get_mut(field..field + 2) {
        field.copy_from_slice(&checksum.to_be_bytes());
    }
}

/// The auxiliary data among the control messages; all zeros when there is none.
///
/// # Safety
/// `message` was filled in by a receiving call, and its control memory is still there.
unsafe fn auxdata(message: &libc::msghdr) -> TpacketAuxdata {
    // SAFETY: the macros walk the control memory within the length that the kernel wrote.
    unsafe {
        let mut next = libc::CMSG_FIRSTHDR(message);
        while let Some(header) = next.as_ref() {
            let wanted = libc::CMSG_LEN(size_of::<TpacketAuxdata>() as u32) as usize;
            if header.cmsg_level == libc::SOL_PACKET
                && header.cmsg_type == sys::PACKET_AUXDATA
                && header.cmsg_len >= wanted as _
            {
                return libc::CMSG_DATA(next).cast::<TpacketAuxdata>().read_unaligned();
            }
            next = libc::CMSG_NXTHDR(message, next);
        }
    }
    TpacketAuxdata::default()
}

/// What `error` of [`Packet::open`] means, and what the user can do about it.
pub(super) fn explain(name: &str, error: &io::Error) -> String {
    let advice = match error.raw_os_error() {
        Some(libc::ENODEV | libc::ENXIO) => ": there is no interface of this name here",
        Some(libc::EPERM | libc::EACCES) => {
            ". Run as root, with CAP_NET_RAW, or inside 'unshare --user --map-root-user --net'"
        }
        _ => "",
    };
    format!("cannot open a packet socket on {name}: {error}{advice}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_checksum_is_completed() {
        // Checksummed part of odd length; the field holds the sum over the pseudo-header, here 0x1234.
        let mut frame = [0xff, 0xff, 0x00, 0x01, 0x12, 0x34, 0x80];
        let header = VirtioNetHdr {
            flags: sys::VIRTIO_NET_HDR_F_NEEDS_CSUM,
            csum_start: 2,
            csum_offset: 2,
            ..VirtioNetHdr::default()
        };
        complete_checksum(&mut frame, &header);
        let expected = !(0x0001u16 + 0x1234 + 0x8000);
        assert_eq!(frame[4..6], expected.to_be_bytes());
        assert_eq!(frame[..4], [0xff, 0xff, 0x00, 0x01]);
    }

    #[test]
    fn offsets_outside_the_frame_are_ignored() {
        let before = [1, 2, 3, 4];
        for (start, offset) in [(4, 0), (5, 0), (0, 3), (0, 0xffff), (0xffff, 0xffff)] {
            let mut frame = before;
            let header = VirtioNetHdr {
                flags: sys::VIRTIO_NET_HDR_F_NEEDS_CSUM,
                csum_start: start,
                csum_offset: offset,
                ..VirtioNetHdr::default()
            };
            complete_checksum(&mut frame, &header);
            assert_eq!(frame, before, "{start} {offset}");
        }
    }
}
