// SPDX-License-Identifier: Apache-2.0
//! Unix datagram sockets: one frame a datagram, to another process, a test, or QEMU's `-netdev dgram`.

use super::link::{BATCH, Host, SEND_PATIENCE, Slots};
use super::sys::{self, check};
use std::io::{self, ErrorKind, IoSlice};
use std::os::fd::{AsRawFd as _, RawFd};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::FileTypeExt as _;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

/// A socket bound to a path, and the path it sends to.
///
/// It is not connected: the peer may start later than we do, end, and start again.
pub(super) struct Unix {
    socket: UnixDatagram,
    peer: libc::sockaddr_un,
}

impl Unix {
    /// Binds to `own`, in the place of a socket that an earlier run left there.
    pub(super) fn open(own: &Path, peer: &Path) -> io::Result<Unix> {
        if std::fs::symlink_metadata(own).is_ok_and(|m| m.file_type().is_socket()) {
            std::fs::remove_file(own)?;
        }
        let socket = UnixDatagram::bind(own)?;
        socket.set_write_timeout(Some(SEND_PATIENCE))?;
        // SAFETY: all zeros are valid for this structure of integers.
        let mut address: libc::sockaddr_un = unsafe { core::mem::zeroed() };
        address.sun_family = libc::AF_UNIX as libc::sa_family_t;
        let last = address.sun_path.len() - 1;
        for (to, from) in address.sun_path[..last].iter_mut().zip(peer.as_os_str().as_bytes()) {
            *to = *from as libc::c_char;
        }
        Ok(Unix { socket, peer: address })
    }
}

impl Host for Unix {
    fn fd(&self) -> RawFd {
        self.socket.as_raw_fd()
    }

    fn mtu(&self) -> usize {
        // The socket would carry more; this is Ethernet.
        1500
    }

    fn receive(&self, slots: &mut Slots) -> io::Result<usize> {
        for index in 0..BATCH {
            let space = slots.space(index);
            let (start, len) = (space.as_mut_ptr().cast(), space.len());
            // SAFETY: the buffer is valid for its length. With MSG_TRUNC the result is the datagram's length.
            let got =
                unsafe { libc::recv(self.fd(), start, len, libc::MSG_DONTWAIT | libc::MSG_TRUNC) };
            match check(got) {
                Ok(len) => slots.set_len(index, len),
                Err(e) if index > 0 || e.kind() == ErrorKind::WouldBlock => return Ok(index),
                Err(e) => return Err(e),
            }
        }
        Ok(BATCH)
    }

    fn send(&self, pieces: &[IoSlice<'_>]) -> io::Result<()> {
        let len = size_of::<libc::sockaddr_un>() as libc::socklen_t;
        // SAFETY: the address is valid for its length.
        let sent = unsafe {
            sys::send_pieces(self.fd(), pieces, (core::ptr::from_ref(&self.peer).cast(), len))
        };
        match sent {
            // Nobody at the other end: the cable is unplugged, and frames vanish as they would there.
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
                Ok(())
            }
            other => other,
        }
    }
}
