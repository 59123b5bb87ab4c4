// SPDX-License-Identifier: Apache-2.0
//! Echo requests from the host's kernel (RFC 792, RFC 4443), so that nothing has to be installed for them.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::{FromRawFd, OwnedFd};
use std::time::{Duration, Instant};

const ECHO_REPLY: u8 = 0;
const ECHO_REQUEST: u8 = 8;
const ECHO_REQUEST_V6: u8 = 128;
const ECHO_REPLY_V6: u8 = 129;
const HEADER_LEN: usize = 8;

/// A raw ICMP socket towards one address.
pub struct Pinger {
    /// A raw socket behind the methods of a datagram socket: addresses are the same.
    socket: UdpSocket,
    id: u16,
    v6: bool,
}

impl Pinger {
    /// Wants the right to open raw sockets, which root of a namespace has in it. The port means nothing.
    pub fn new(to: SocketAddr) -> io::Result<Self> {
        let (pinger, mut to) = (Self::open(to.is_ipv6())?, to);
        // Where a raw socket would take a port for a protocol.
        to.set_port(0);
        pinger.socket.connect(to)?;
        Ok(pinger)
    }

    fn open(v6: bool) -> io::Result<Self> {
        let (family, protocol) = match v6 {
            true => (libc::AF_INET6, libc::IPPROTO_ICMPV6),
            false => (libc::AF_INET, libc::IPPROTO_ICMP),
        };
        // SAFETY: socket() takes no pointers.
        let fd = unsafe { libc::socket(family, libc::SOCK_RAW | libc::SOCK_CLOEXEC, protocol) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the descriptor was just opened and nobody else has it.
        let socket = UdpSocket::from(unsafe { OwnedFd::from_raw_fd(fd) });
        Ok(Self { socket, id: std::process::id() as u16, v6 })
    }

    /// Who answers an echo request to a group, of those that `wanted` accepts.
    pub fn ask(
        group: SocketAddr,
        wait: Duration,
        wanted: impl Fn(&SocketAddr) -> bool,
    ) -> io::Result<SocketAddr> {
        let (pinger, deadline) = (Self::open(group.is_ipv6())?, Instant::now() + wait);
        let mut packet = [0; 2048];
        pinger.socket.set_read_timeout(Some(Duration::from_millis(200)))?;
        while Instant::now() < deadline {
            pinger.socket.send_to(&pinger.request(0, b"who is there?"), group)?;
            while let Ok((len, from)) = pinger.socket.recv_from(&mut packet) {
                let is_reply = packet[..len].first() == Some(&ECHO_REPLY_V6);
                if is_reply && packet[4..6] == pinger.id.to_be_bytes() && wanted(&from) {
                    return Ok(from);
                }
            }
        }
        Err(io::ErrorKind::TimedOut.into())
    }

    fn request(&self, sequence: u16, payload: &[u8]) -> Vec<u8> {
        let kind = if self.v6 { ECHO_REQUEST_V6 } else { ECHO_REQUEST };
        message(kind, self.id, sequence, payload)
    }

    /// Sends `payload` and waits for it to come back unchanged. `TimedOut` when nothing comes,
    /// `InvalidData` when what comes differs.
    pub fn ping(&self, sequence: u16, payload: &[u8], wait: Duration) -> io::Result<()> {
        let deadline = Instant::now() + wait;
        self.socket.send(&self.request(sequence, payload))?;
        let kind = if self.v6 { ECHO_REPLY_V6 } else { ECHO_REPLY };
        let mut wanted = message(kind, self.id, sequence, payload);
        let mut packet = vec![0; 65536];
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            self.socket.set_read_timeout(Some(left))?;
            let len = match self.socket.recv(&mut packet) {
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => continue,
                other => other?,
            };
            // A raw socket hands the IPv4 header over too.
            let header_len = if self.v6 { 0 } else { usize::from(packet[0] & 0xf) * 4 };
            let reply = packet.get(header_len..len).unwrap_or_default();
            let ours = reply.len() >= HEADER_LEN && reply[0] == kind && reply[4..8] == wanted[4..8];
            if self.v6 && ours {
                // Over addresses that only the kernel knows, which has checked it.
                wanted[2..4].copy_from_slice(&reply[2..4]);
            }
            if ours && reply == wanted {
                return Ok(());
            }
            if ours {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    }
}

fn message(kind: u8, id: u16, sequence: u16, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind, 0, 0, 0];
    bytes.extend(id.to_be_bytes());
    bytes.extend(sequence.to_be_bytes());
    bytes.extend(payload);
    let sum = checksum(&bytes);
    bytes[2..4].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The Internet checksum of RFC 1071.
pub fn checksum(bytes: &[u8]) -> u16 {
    let sum = bytes.chunks(2).fold(0u32, |sum, pair| {
        sum + u32::from(u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]))
    });
    let folded = (sum & 0xffff) + (sum >> 16);
    !((folded + (folded >> 16)) as u16)
}

#[cfg(test)]
mod tests {
    use super::{ECHO_REQUEST, checksum, message};

    #[test]
    fn a_whole_message_sums_to_zero() {
        for payload in [&b""[..], b"odd", b"even"] {
            assert_eq!(checksum(&message(ECHO_REQUEST, 0x1234, 7, payload)), 0);
        }
    }

    #[test]
    fn known_message() {
        // Echo request, id 1, sequence 1, no data: 0800 + 0001 + 0001 = 0802.
        assert_eq!(message(ECHO_REQUEST, 1, 1, &[]), [8, 0, 0xf7, 0xfd, 0, 1, 0, 1]);
    }
}
