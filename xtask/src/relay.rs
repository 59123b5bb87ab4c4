// SPDX-License-Identifier: Apache-2.0
//! Carries frames between an interface of the host's kernel and a machine that QEMU plays.
//!
//! QEMU has its end of a pair of datagram sockets, one frame a datagram; the other end and the host's
//! interface are here. So QEMU needs no right to open interfaces, and no set-up of its own.

use crate::proc::{Outcome, failed};
use std::ffi::CString;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::net::UnixDatagram;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Room for the longest frame, with a VLAN tag and the large packets that a kernel may send itself.
const FRAME_MAX: usize = 65536;
/// How often the relay looks whether it is to end, in milliseconds.
const LOOK_AGAIN: libc::c_int = 100;

/// A relay at work; ends with this value.
pub struct Relay {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Relay {
    /// Joins `host`, an interface's descriptor, to the socket that is returned: QEMU's end.
    pub fn start(host: File) -> Outcome<(Self, OwnedFd)> {
        let start = || -> io::Result<(Self, OwnedFd)> {
            let (near, far) = UnixDatagram::pair()?;
            let stop = Arc::new(AtomicBool::new(false));
            let ends = [host, File::from(OwnedFd::from(near))];
            let flag = Arc::clone(&stop);
            let thread = std::thread::Builder::new()
                .name("relay".into())
                .spawn(move || carry(&ends, &flag))?;
            Ok((Self { stop, thread: Some(thread) }, far.into()))
        };
        start().or_else(|why| failed(format!("relay: {why}")))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Carries frames both ways until `stop`.
fn carry(ends: &[File; 2], stop: &AtomicBool) {
    let mut frame = vec![0; FRAME_MAX];
    while !stop.load(Ordering::Relaxed) {
        let mut waiting = ends.each_ref().map(|end| libc::pollfd {
            fd: end.as_raw_fd(),
            events: libc::POLLIN,
            revents: 0,
        });
        // SAFETY: two valid structures for the time of the call.
        if unsafe { libc::poll(waiting.as_mut_ptr(), 2, LOOK_AGAIN) } <= 0 {
            continue;
        }
        for (from, to) in [(0, 1), (1, 0)] {
            if waiting[from].revents == 0 {
                continue;
            }
            // A frame that cannot be delivered is lost, as on a cable: the interface may be down, or the
            // machine may have ended, which whoever started it notices.
            match (&ends[from]).read(&mut frame) {
                Ok(len) if len > 0 => drop((&ends[to]).write(&frame[..len])),
                _ => std::thread::sleep(std::time::Duration::from_millis(1)),
            }
        }
    }
}

/// Makes the TAP interface `name`, or one that the kernel names if that is empty. It goes when the file is
/// closed.
pub fn open_tap(name: &str) -> io::Result<File> {
    const TUNSETIFF: libc::c_ulong = 0x4004_54ca;
    const IFF_TAP_NO_PI: [u8; 2] = 0x1002u16.to_ne_bytes();
    let tun = OpenOptions::new().read(true).write(true).open("/dev/net/tun")?;
    let mut request = Ifreq::new(name);
    request.0[NAME_LEN..NAME_LEN + 2].copy_from_slice(&IFF_TAP_NO_PI);
    // SAFETY: the descriptor is open and TUNSETIFF reads and writes one ifreq.
    check(unsafe { libc::ioctl(tun.as_raw_fd(), TUNSETIFF, request.0.as_mut_ptr()) })?;
    Ok(tun)
}

/// Opens a packet socket on the interface `name`: what others send there comes, what is written is sent.
pub fn open_packet(name: &str) -> io::Result<File> {
    /// Our own frames do not come back; not in every version of the libc crate.
    const PACKET_IGNORE_OUTGOING: libc::c_int = 23;
    let c_name = CString::new(name)?;
    // SAFETY: a C string.
    let index = unsafe { libc::if_nametoindex(c_name.as_ptr()) }.cast_signed();
    if index == 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: a call without pointers. With protocol 0 nothing comes before the socket is bound.
    let fd =
        check(unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, 0) })?;
    // SAFETY: the descriptor is new and ours.
    let socket = unsafe { OwnedFd::from_raw_fd(fd) };
    let on: libc::c_int = 1;
    // SAFETY: the option is an int.
    check(unsafe {
        let value = (&raw const on).cast();
        libc::setsockopt(fd, libc::SOL_PACKET, PACKET_IGNORE_OUTGOING, value, 4)
    })?;
    // SAFETY: all zeros are valid for these structures of integers.
    let (mut promiscuous, mut address): (libc::packet_mreq, libc::sockaddr_ll) =
        unsafe { std::mem::zeroed() };
    promiscuous.mr_ifindex = index;
    promiscuous.mr_type = libc::PACKET_MR_PROMISC as u16;
    address.sll_family = libc::AF_PACKET as u16;
    address.sll_protocol = (libc::ETH_P_ALL as u16).to_be();
    address.sll_ifindex = index;
    // SAFETY: both structures are valid for their lengths.
    unsafe {
        check(libc::setsockopt(
            fd,
            libc::SOL_PACKET,
            libc::PACKET_ADD_MEMBERSHIP,
            (&raw const promiscuous).cast(),
            size_of_val(&promiscuous) as libc::socklen_t,
        ))?;
        let len = size_of_val(&address) as libc::socklen_t;
        check(libc::bind(fd, (&raw const address).cast(), len))?;
    }
    Ok(socket.into())
}

/// Has the kernel compute the checksums of what it sends on the interface `name`. A veth leaves them to
/// a network card that is not there; its other end sees frames without.
pub fn complete_checksums(name: &str) -> io::Result<()> {
    const SIOCETHTOOL: libc::c_ulong = 0x8946;
    const ETHTOOL_STXCSUM: u32 = 0x17;
    let socket = UnixDatagram::unbound()?;
    let off = [ETHTOOL_STXCSUM, 0];
    let mut request = Ifreq::new(name);
    let data = off.as_ptr().expose_provenance().to_ne_bytes();
    request.0[NAME_LEN..NAME_LEN + data.len()].copy_from_slice(&data);
    // SAFETY: an ifreq whose data is an ethtool_value, two words that live through the call.
    check(unsafe { libc::ioctl(socket.as_raw_fd(), SIOCETHTOOL, request.0.as_mut_ptr()) })?;
    Ok(())
}

/// Bytes of an interface's name in an ifreq, and of the whole on 64-bit hosts, where it is longest.
const NAME_LEN: usize = libc::IFNAMSIZ;
const IFREQ_LEN: usize = 40;

/// `struct ifreq`: a name, then what the request wants.
#[repr(C, align(8))]
struct Ifreq([u8; IFREQ_LEN]);

impl Ifreq {
    fn new(name: &str) -> Self {
        let mut request = Self([0; IFREQ_LEN]);
        let len = name.len().min(NAME_LEN - 1);
        request.0[..len].copy_from_slice(&name.as_bytes()[..len]);
        request
    }
}

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Two sockets in the place of an interface and of QEMU.
    fn joined() -> (Relay, UnixDatagram, UnixDatagram) {
        let (host, interface) = UnixDatagram::pair().unwrap();
        let (relay, far) = Relay::start(File::from(OwnedFd::from(interface))).unwrap();
        for socket in [&host, &UnixDatagram::from(far.try_clone().unwrap())] {
            socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        }
        (relay, host, far.into())
    }

    #[test]
    fn frames_pass_both_ways_whole() {
        let (_relay, host, machine) = joined();
        let mut got = [0; 2000];
        for len in [1, 60, 1514] {
            let frame = vec![len as u8; len];
            host.send(&frame).unwrap();
            assert_eq!(machine.recv(&mut got).unwrap(), len);
            machine.send(&frame).unwrap();
            assert_eq!(host.recv(&mut got).unwrap(), len);
            assert_eq!(got[..len], frame);
        }
    }

    #[test]
    fn a_machine_that_is_gone_takes_nothing_with_it() {
        let (relay, host, machine) = joined();
        drop(machine);
        host.send(b"frame").unwrap();
        drop(relay);
    }
}
