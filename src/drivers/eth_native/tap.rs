// SPDX-License-Identifier: Apache-2.0
//! TAP interfaces: the host's kernel at the other end of the cable.

use super::link::{BATCH, Host, Slots};
use super::sys::{self, check};
use std::format;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, IoSlice};
use std::os::fd::{AsRawFd as _, OwnedFd, RawFd};
use std::os::unix::fs::OpenOptionsExt as _;
use std::string::String;

/// An attached TAP.
pub(super) struct Tap {
    fd: OwnedFd,
    mtu: usize,
}

impl Tap {
    /// Attaches to the TAP `name`, which is made when there is none.
    pub(super) fn open(name: &str, tun_device: &str) -> io::Result<Tap> {
        let control = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(libc::O_NONBLOCK | libc::O_CLOEXEC)
            .open(tun_device)?;
        let fd = OwnedFd::from(control);
        let mut request = sys::ifreq(name);
        // No packet information before the frames.
        request.ifr_ifru.ifru_flags = (libc::IFF_TAP | libc::IFF_NO_PI) as libc::c_short;
        // SAFETY: TUNSETIFF takes an `ifreq`.
        unsafe { sys::ioctl(fd.as_raw_fd(), libc::TUNSETIFF, &mut request)? };
        // Without offloads, which a TAP made by somebody else may have, frames come with complete checksums
        // and never longer than the MTU.
        // SAFETY: TUNSETOFFLOAD takes a number.
        let done = unsafe { libc::ioctl(fd.as_raw_fd(), libc::TUNSETOFFLOAD as libc::Ioctl, 0) };
        check(done as isize)?;
        Ok(Tap { fd, mtu: sys::interface_mtu(name)? })
    }
}

impl Host for Tap {
    fn fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }

    fn mtu(&self) -> usize {
        self.mtu
    }

    fn receive(&self, slots: &mut Slots) -> io::Result<usize> {
        // A TAP has no call for several frames.
        for index in 0..BATCH {
            let space = slots.space(index);
            // SAFETY: the buffer is valid for its length.
            let got = unsafe { libc::read(self.fd(), space.as_mut_ptr().cast(), space.len()) };
            match check(got) {
                Ok(len) => slots.set_len(index, len),
                Err(e) if index > 0 || e.kind() == ErrorKind::WouldBlock => return Ok(index),
                Err(e) => return Err(e),
            }
        }
        Ok(BATCH)
    }

    fn send(&self, pieces: &[IoSlice<'_>]) -> io::Result<()> {
        let count = pieces.len() as libc::c_int;
        // A write to a TAP does not block: the kernel takes the frame in the call.
        // SAFETY: `IoSlice` has the layout of `iovec`, and the pieces are valid for reading.
        check(unsafe { libc::writev(self.fd(), pieces.as_ptr().cast(), count) })?;
        Ok(())
    }
}

/// What `error` of [`Tap::open`] means, and what the user can do about it.
pub(super) fn explain(name: &str, tun_device: &str, error: &io::Error) -> String {
    let advice = match (error.kind(), error.raw_os_error()) {
        (ErrorKind::NotFound, _) => ": the kernel's tun module is not there",
        (ErrorKind::PermissionDenied, _) => {
            ". Run as root or inside 'unshare --user --map-root-user --net'; or have root make it for you: \
             'ip tuntap add NAME mode tap user USER'; or join another interface with --eth-if=packet:NAME, \
             or another process with --eth-if=unix:OWN,PEER"
        }
        (_, Some(libc::EBUSY)) => ": another process is attached to it",
        (_, Some(libc::EINVAL)) => ": an interface of this name exists and is no TAP",
        _ => "",
    };
    format!("cannot attach to the TAP {name} through {tun_device}: {error}{advice}")
}
