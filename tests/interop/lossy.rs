// SPDX-License-Identifier: Apache-2.0
//! TCP between the sample and the host's kernel, through a relay in user space that delays, loses and
//! turns round frames.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use testutil::Rng;

use super::{Directory, ECHO_PORT, SERVER, Server, echo_server, enter_namespace, ip};

/// Makes the TAP interface `name`; it goes with the file.
fn open_tap(name: &str) -> io::Result<File> {
    const TUNSETIFF: libc::c_ulong = 0x4004_54ca;
    const IFF_TAP_NO_PI: u16 = 0x1002;
    let tun = OpenOptions::new().read(true).write(true).open("/dev/net/tun")?;
    let mut request = [0u8; 40];
    request[..name.len()].copy_from_slice(name.as_bytes());
    request[16..18].copy_from_slice(&IFF_TAP_NO_PI.to_ne_bytes());
    // SAFETY: the descriptor is open, and the call reads and writes one ifreq of 40 bytes.
    match unsafe { libc::ioctl(tun.as_raw_fd(), TUNSETIFF, request.as_mut_ptr()) } {
        0 => Ok(tun),
        _ => Err(io::Error::last_os_error()),
    }
}

/// What the relay does to a frame.
#[derive(Clone, Copy)]
struct Wire {
    loss: f64,
    reorder: f64,
    delay: Duration,
}

/// A relay at work; ends with this value.
struct Relay {
    stop: Arc<AtomicBool>,
    lost: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Relay {
    fn start(tap: File, socket: UnixDatagram, own: PathBuf, wire: Wire) -> Relay {
        let (stop, lost) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (stopped, losses) = (stop.clone(), lost.clone());
        let thread = thread::spawn(move || carry(&tap, &socket, &own, wire, &stopped, &losses));
        Relay { stop, lost, thread: Some(thread) }
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

/// A frame that waits for its time: towards the kernel, or from it.
struct Waiting {
    at: Instant,
    to_kernel: bool,
    frame: Vec<u8>,
}

fn carry(
    tap: &File,
    socket: &UnixDatagram,
    own: &PathBuf,
    wire: Wire,
    stop: &AtomicBool,
    lost: &AtomicU64,
) {
    let mut rng = Rng::new(7);
    let mut queue: VecDeque<Waiting> = VecDeque::new();
    let mut frame = [0; 2048];
    while !stop.load(Ordering::Relaxed) {
        let mut ends = [tap.as_raw_fd(), socket.as_raw_fd()].map(|fd| libc::pollfd {
            fd,
            events: libc::POLLIN,
            revents: 0,
        });
        // SAFETY: two valid structures for the time of the call.
        unsafe { libc::poll(ends.as_mut_ptr(), 2, 1) };
        for (from, end) in ends.iter().enumerate() {
            if end.revents & libc::POLLIN == 0 {
                continue;
            }
            let got = if from == 0 { (&*tap).read(&mut frame) } else { socket.recv(&mut frame) };
            let Ok(len) = got else { continue };
            let is_tcp = len > 34 && frame[12..14] == [8, 0] && frame[23] == 6;
            if is_tcp && rng.chance(wire.loss) {
                lost.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            let held = if is_tcp && rng.chance(wire.reorder) { wire.delay * 2 } else { wire.delay };
            let at = Instant::now() + held;
            let waiting = Waiting { at, to_kernel: from == 1, frame: frame[..len].to_vec() };
            let place = queue.iter().rposition(|w| w.at <= at).map_or(0, |n| n + 1);
            queue.insert(place, waiting);
        }
        while queue.front().is_some_and(|w| w.at <= Instant::now()) {
            let Some(next) = queue.pop_front() else { break };
            // Nobody there: lost, as on a cable.
            let _ = match next.to_kernel {
                true => (&*tap).write(&next.frame),
                false => socket.send_to(&next.frame, own),
            };
        }
    }
}

/// Connects to the server, which may still be starting.
fn connect() -> TcpStream {
    let to = SocketAddr::from((SERVER, ECHO_PORT));
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        match TcpStream::connect_timeout(&to, Duration::from_secs(5)) {
            Ok(stream) => return stream,
            Err(why) => assert!(Instant::now() < end, "no connection: {why}"),
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Sends `len` bytes, closes that direction, and compares what comes back to the end.
fn echo(len: usize, seed: u64) {
    let data = Rng::new(seed).bytes(len);
    let mut stream = connect();
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("settable");
    let mut writer = stream.try_clone().expect("a second handle");
    let to_send = data.clone();
    let sender = thread::spawn(move || {
        writer.write_all(&to_send).expect("sent");
        writer.shutdown(Shutdown::Write).expect("shut down");
    });
    let mut back = Vec::with_capacity(len);
    stream.read_to_end(&mut back).expect("received to the end");
    sender.join().expect("the sender");
    assert_eq!(back.len(), len, "not as much came back as was sent");
    assert!(back == data, "what came back is not what was sent");
}

fn over(test: &'static str, wire: Wire, runs: &[usize]) {
    let Some(exe) = echo_server(test) else { return };
    if !enter_namespace(test) {
        return;
    }
    let tap = match open_tap("zlossy") {
        Ok(tap) => tap,
        Err(why) => return eprintln!("{test}: SKIPPED, cannot make a TAP interface: {why}"),
    };
    ip("addr add 192.0.2.2/24 dev zlossy");
    ip("link set zlossy up");
    let dir = Directory::new(test);
    let relay = Relay::start(tap, dir.bind(), dir.0.join("own"), wire);
    let _server = Server::start(&exe, &[&dir.link()]);
    for (n, len) in runs.iter().enumerate() {
        let started = Instant::now();
        echo(*len, n as u64);
        println!("{test}: {len} bytes and back in {:?}", started.elapsed());
    }
    println!("{test}: {} frames lost", relay.lost.load(Ordering::Relaxed));
    assert!(wire.loss == 0.0 || relay.lost.load(Ordering::Relaxed) > 0, "nothing was lost");
}

#[test]
fn tcp_through_a_relay() {
    let wire = Wire { loss: 0.0, reorder: 0.0, delay: Duration::from_millis(1) };
    over("tcp_through_a_relay", wire, &[1, 1_000, 300_000]);
}

#[test]
fn tcp_through_a_relay_that_loses() {
    let wire = Wire { loss: 0.02, reorder: 0.0, delay: Duration::from_millis(2) };
    over("tcp_through_a_relay_that_loses", wire, &[1, 10_000, 200_000, 0]);
}

#[test]
fn tcp_through_a_relay_that_loses_much_and_reorders() {
    let wire = Wire { loss: 0.1, reorder: 0.2, delay: Duration::from_millis(5) };
    over("tcp_through_a_relay_that_loses_much_and_reorders", wire, &[1, 10_000, 60_000]);
}
