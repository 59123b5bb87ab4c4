// SPDX-License-Identifier: Apache-2.0
//! Tries an echo server over TCP, wherever it listens: each function takes the peer's address.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use super::{at, difference, pattern};
use crate::proc::say;

/// How long nothing may happen. Loss does not occur on the way, a busy machine does.
const PATIENCE: Duration = Duration::from_secs(10);
/// Around one byte, one segment, one window, and more than all buffers on the way hold.
const SIZES: [usize; 12] =
    [1, 2, 535, 536, 1459, 1460, 1461, 2921, 4096, 65_535, 200_000, 1024 * 1024];
/// What is written at once.
const BLOCK: usize = 64 * 1024;
/// Connections at a time; the sample serves so many.
const TOGETHER: usize = 4;
/// Short connections one after the other.
const SHORT: usize = 50;

/// Every size on a connection of its own, written and read at the same time, closed half by half.
pub fn sizes(server: SocketAddr) -> io::Result<()> {
    SIZES.into_iter().try_for_each(|len| echo(server, len).map_err(|e| at(len, e)))
}

/// Several connections at a time.
pub fn together(server: SocketAddr) -> io::Result<()> {
    let clients: Vec<_> =
        (0..TOGETHER).map(|i| thread::spawn(move || echo(server, 100_000 + i))).collect();
    clients.into_iter().try_for_each(|client| client.join().unwrap_or_else(|_| Err(gave_up())))
}

/// More connections, one after the other, than there are places for.
pub fn one_after_the_other(server: SocketAddr) -> io::Result<()> {
    (0..SHORT).try_for_each(|i| {
        echo(server, 10 + i).map_err(|e| io::Error::new(e.kind(), format!("connection {i}: {e}")))
    })
}

/// `bytes` bytes there and back on one connection, never more in memory than a block of them; or as many
/// whole blocks as go within `span`.
pub fn bulk(server: SocketAddr, bytes: u64, span: Duration) -> io::Result<()> {
    let stream = connect(server)?;
    let start = Instant::now();
    let back = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let written = (&stream).write_numbers(bytes, start + span)?;
            stream.shutdown(Shutdown::Write).map(|()| written)
        });
        let read = (&stream).read_numbers(bytes);
        if read.is_err() {
            // Ends the writer too.
            let _ = stream.shutdown(Shutdown::Both);
        }
        let written = writer.join().unwrap_or_else(|_| Err(gave_up()));
        match (read?, written?) {
            (read, written) if read == written => Ok(read),
            (read, written) => {
                Err(behind(read, ErrorKind::UnexpectedEof, &format!("of {written}")))
            }
        }
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let (rate, bits) = (back as f64 / seconds / 1e6, back as f64 * 8.0 / seconds / 1e9);
    say(format!(
        "  {back} bytes each way in {seconds:.0} s: {rate:.1} MB/s, {bits:.2} Gbit/s in and as much out"
    ));
    Ok(())
}

/// A long sequence of bytes in which a shift, a swap or a repetition of any length shows: the
/// numbers from 0 on, eight bytes each, scrambled.
trait Numbers {
    /// Writes them, until then at most; how many bytes that were.
    fn write_numbers(&mut self, bytes: u64, until: Instant) -> io::Result<u64>
    where
        Self: Write,
    {
        let mut block = Vec::with_capacity(BLOCK);
        let mut at = 0;
        while at < bytes && Instant::now() < until {
            fill(&mut block, at, bytes);
            self.write_all(&block)?;
            at += block.len() as u64;
        }
        Ok(at)
    }

    /// Reads and compares them, up to the end; how many bytes that were.
    fn read_numbers(&mut self, bytes: u64) -> io::Result<u64>
    where
        Self: Read,
    {
        let (mut wanted, mut got) = (Vec::with_capacity(BLOCK), vec![0; BLOCK]);
        let mut at = 0;
        while at < bytes {
            fill(&mut wanted, at, bytes);
            let got = &mut got[..wanted.len()];
            let first = self.read(got).map_err(|e| behind(at, e.kind(), &e.to_string()))?;
            if first == 0 {
                return Ok(at);
            }
            self.read_exact(&mut got[first..]).map_err(|e| behind(at, e.kind(), &e.to_string()))?;
            if got != wanted {
                return Err(behind(at, ErrorKind::InvalidData, &difference(&wanted, got)));
            }
            at += wanted.len() as u64;
        }
        match self.read(&mut [0]) {
            Ok(0) => Ok(at),
            Ok(_) => Err(behind(at, ErrorKind::InvalidData, "more came than was sent")),
            Err(e) => Err(behind(at, e.kind(), &e.to_string())),
        }
    }
}

impl<T> Numbers for T {}

/// The block of the sequence at `at`, a multiple of [`BLOCK`].
fn fill(block: &mut Vec<u8>, at: u64, bytes: u64) {
    block.clear();
    for number in at / 8..(at + BLOCK as u64) / 8 {
        let scrambled = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        block.extend((scrambled ^ scrambled >> 29).to_be_bytes());
    }
    block.truncate(usize::try_from(bytes - at).unwrap_or(BLOCK));
}

fn behind(at: u64, kind: ErrorKind, what: &str) -> io::Error {
    io::Error::new(kind, format!("behind byte {at}: {what}"))
}

fn gave_up() -> io::Error {
    io::Error::other("a client gave up")
}

fn connect(server: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&server, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Nobody listens there, and the peer says so.
pub fn refused(closed: SocketAddr) -> io::Result<()> {
    match TcpStream::connect_timeout(&closed, PATIENCE) {
        Err(e) if e.kind() == ErrorKind::ConnectionRefused => Ok(()),
        Err(e) => Err(e),
        Ok(_) => Err(io::Error::other("a closed port accepted a connection")),
    }
}

/// Sends `len` bytes and says that was all; expects the same back, and the end.
fn echo(server: SocketAddr, len: usize) -> io::Result<()> {
    let mut stream = connect(server)?;
    let mut sending = stream.try_clone()?;
    let sent = pattern(len);
    let (got, written) = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            sending.write_all(&sent)?;
            sending.shutdown(Shutdown::Write)
        });
        let mut got = Vec::with_capacity(len);
        let read = stream.read_to_end(&mut got);
        if read.is_err() {
            // Ends the writer too.
            let _ = stream.shutdown(Shutdown::Both);
        }
        (read.map(|_| got), writer.join())
    });
    let got = got?;
    written.unwrap_or_else(|_| Err(gave_up()))?;
    if got != sent {
        return Err(io::Error::new(ErrorKind::InvalidData, difference(&sent, &got)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpListener};

    /// An echo server on the loopback that spoils the byte at `spoil` of each connection.
    fn server(spoil: Option<usize>) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let addr = listener.local_addr().unwrap();
        thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                thread::spawn(move || {
                    let mut data = Vec::new();
                    stream.read_to_end(&mut data).unwrap();
                    if let Some(byte) = spoil.and_then(|at| data.get_mut(at)) {
                        *byte ^= 1;
                    }
                    stream.write_all(&data).unwrap();
                });
            }
        });
        addr
    }

    #[test]
    fn a_good_server_passes() {
        let server = server(None);
        sizes(server).unwrap();
        together(server).unwrap();
        one_after_the_other(server).unwrap();
    }

    #[test]
    fn a_long_sequence_comes_back() {
        for bytes in [0, 1, 65_535, 65_537, 1_000_003] {
            bulk(server(None), bytes, PATIENCE).unwrap();
        }
        let why = bulk(server(Some(70_000)), 100_000, PATIENCE).unwrap_err().to_string();
        assert!(why.starts_with("behind byte 65536: byte 4464 came back"), "{why}");
    }

    #[test]
    fn a_spoilt_byte_is_named() {
        let why = sizes(server(Some(600))).unwrap_err().to_string();
        assert!(why.starts_with("1459 bytes: byte 600 came back"), "{why}");
    }

    #[test]
    fn an_open_port_does_not_refuse() {
        assert!(refused(server(None)).is_err());
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        refused(free).unwrap();
    }
}
