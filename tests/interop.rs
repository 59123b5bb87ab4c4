// SPDX-License-Identifier: Apache-2.0
//! The echo server sample as a process, over each of its host links: a packet socket on a veth against the
//! host's kernel, and a unix datagram socket against frames made here. `cargo xtask test` builds the sample and
//! names it in `ZNET_ECHO_SERVER`; without that, and without the right to make a network namespace, a test
//! says so and passes. The TAP is tried by `cargo xtask run --check`.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use znet::wire::checksum::Sum;

#[path = "interop/lossy.rs"]
mod lossy;

const ECHO_PORT: u16 = 4242;
/// The address the sample is configured with, and ours.
const SERVER: [u8; 4] = [192, 0, 2, 1];
const US: [u8; 4] = [192, 0, 2, 2];
const SERVER_MAC: [u8; 6] = [0x02, 0, 0x5e, 0, 0x53, 0x01];
const OUR_MAC: [u8; 6] = [0x02, 0, 0x5e, 0, 0x53, 0x02];

/// The sample's executable; `None` after saying why the test cannot run.
fn echo_server(test: &str) -> Option<PathBuf> {
    let exe = std::env::var_os("ZNET_ECHO_SERVER").map(PathBuf::from);
    if exe.is_none() {
        eprintln!("{test}: SKIPPED, ZNET_ECHO_SERVER does not name the built sample");
    }
    exe
}

/// Moves the calling thread, and what it starts, into a network namespace of its own.
fn enter_namespace(test: &str) -> bool {
    // SAFETY: affects the calling thread only.
    let entered = unsafe { libc::unshare(libc::CLONE_NEWNET) } == 0;
    if !entered {
        let why = std::io::Error::last_os_error();
        eprintln!("{test}: SKIPPED, cannot make a network namespace: {why} (run as root)");
    }
    entered
}

fn ip(words: &str) {
    let done = Command::new("ip").args(words.split_whitespace()).output().expect("ip is installed");
    assert!(done.status.success(), "ip {words}: {}", String::from_utf8_lossy(&done.stderr));
}

/// The running sample; ends with this value.
struct Server(Child);

impl Server {
    fn start(exe: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(exe);
        command.args(args).arg("--mac-addr=02:00:5e:00:53:01");
        Server(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("it starts"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs the sample to its end, which must come within five seconds.
fn finish(exe: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(exe);
    let child =
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut server = Server(child.spawn().expect("it starts"));
    let end = Instant::now() + Duration::from_secs(5);
    while server.0.try_wait().expect("our child").is_none() {
        assert!(Instant::now() < end, "{args:?} does not end");
        sleep(Duration::from_millis(5));
    }
    let read = |from: &mut dyn std::io::Read| {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("readable");
        bytes
    };
    Output {
        status: server.0.wait().expect("ended"),
        stdout: read(&mut server.0.stdout.take().expect("piped")),
        stderr: read(&mut server.0.stderr.take().expect("piped")),
    }
}

#[test]
fn the_command_line_explains_itself() {
    let Some(exe) = echo_server("the_command_line_explains_itself") else { return };
    let help = finish(&exe, &["--help"]);
    let text = String::from_utf8_lossy(&help.stdout);
    assert_eq!(help.status.code(), Some(0));
    for option in
        ["--eth-if=<name>", "--mac-addr=<mac>", "--seed=<r_seed>", "--stop_at=<time>", "--rt"]
    {
        assert!(text.contains(option), "{option} in {text}");
    }
    let version = finish(&exe, &["--version"]);
    assert!(version.status.success() && version.stdout.starts_with(b"znet "));
    for (wrong, reason) in [
        ("--ethif=zeth", "unknown option '--ethif=zeth'"),
        ("--eth-if=udp:1", "unknown kind 'udp'"),
        ("--eth-if=packet:nosuch0", "no interface of this name"),
        ("--mac-addr=01:00:5e:00:00:01", "not the MAC address of one station"),
        ("--stop_at=soon", "not a number of seconds"),
    ] {
        let refused = finish(&exe, &[wrong]);
        let text = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{wrong}: {text}");
        assert!(text.contains(reason), "{wrong}: {text}");
    }
}

#[test]
fn it_stops_when_told() {
    let Some(exe) = echo_server("it_stops_when_told") else { return };
    let dir = Directory::new("stop");
    let started = Instant::now();
    let done = finish(&exe, &[&dir.link(), "--stop_at=0.5"]);
    assert_eq!(done.status.code(), Some(0));
    assert!(started.elapsed() >= Duration::from_millis(500));
}

#[test]
fn packet_socket_against_the_kernel() {
    const TEST: &str = "packet_socket_against_the_kernel";
    let Some(exe) = echo_server(TEST) else { return };
    if !enter_namespace(TEST) {
        return;
    }
    ip("link add veth0 type veth peer name veth1");
    ip("link set veth1 arp off up");
    ip("addr add 192.0.2.2/24 dev veth0");
    ip("link set veth0 up");
    let _server = Server::start(&exe, &["--eth-if=packet:veth1"]);
    let socket = UdpSocket::bind((Ipv4Addr::from(US), 0)).expect("bindable");
    socket.connect((Ipv4Addr::from(SERVER), ECHO_PORT)).expect("routable");
    socket.set_read_timeout(Some(Duration::from_millis(200))).expect("settable");
    await_echo(&socket);
    let mut back = [0; 2048];
    for size in (1..=1472).step_by(7).chain([1471, 1472]) {
        let datagram: Vec<u8> = (0..size).map(|i| (i * 7 + size) as u8).collect();
        socket.send(&datagram).expect("sent");
        let len = socket.recv(&mut back).unwrap_or_else(|why| panic!("{size} bytes: {why}"));
        assert!(back[..len] == datagram, "{size} bytes came back changed");
    }
}

/// Sends until the server, which is starting, answers; then takes the answers to all that was sent.
fn await_echo(socket: &UdpSocket) {
    let end = Instant::now() + Duration::from_secs(5);
    let mut back = [0; 16];
    loop {
        assert!(Instant::now() < end, "the server does not answer");
        // Refused, or unreachable, until the server is there.
        let _ = socket.send(b"?");
        match socket.recv(&mut back) {
            Ok(_) => break,
            Err(why) if matches!(why.kind(), ErrorKind::WouldBlock) => {}
            Err(_) => sleep(Duration::from_millis(10)),
        }
    }
    while socket.recv(&mut back).is_ok() {}
}

/// A directory with the two ends of a link by unix datagram sockets.
struct Directory(PathBuf);

impl Directory {
    fn new(test: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("znet-interop-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a temporary directory");
        Directory(dir)
    }

    /// The server's option: `own` is its end, `peer` ours.
    fn link(&self) -> String {
        let dir = self.0.display();
        format!("--eth-if=unix:{dir}/own,{dir}/peer")
    }

    fn bind(&self) -> UnixDatagram {
        let socket = UnixDatagram::bind(self.0.join("peer")).expect("bindable");
        socket.set_read_timeout(Some(Duration::from_millis(200))).expect("settable");
        socket
    }

    fn send(&self, socket: &UnixDatagram, frame: &[u8]) -> std::io::Result<usize> {
        socket.send_to(frame, self.0.join("own"))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn ethernet(dst: [u8; 6], kind: u16) -> Vec<u8> {
    [&dst[..], &OUR_MAC, &kind.to_be_bytes()].concat()
}

fn arp(operation: u8, dst: [u8; 6], target: [u8; 6]) -> Vec<u8> {
    let mut frame = ethernet(dst, 0x0806);
    frame.extend([0, 1, 8, 0, 6, 4, 0, operation]);
    frame.extend([&OUR_MAC[..], &US, &target, &SERVER].concat());
    frame
}

/// A datagram to the echo port from our port 5000, with its checksums.
fn datagram(payload: &[u8]) -> Vec<u8> {
    let udp_len = (8 + payload.len()) as u16;
    let mut header = vec![0x45, 0];
    header.extend((20 + udp_len).to_be_bytes());
    header.extend([0, 0, 0, 0, 64, 17, 0, 0]);
    header.extend([US, SERVER].concat());
    let sum = Sum::of(&header).finish();
    header[10..12].copy_from_slice(&sum.to_be_bytes());
    let mut udp = [5000u16, ECHO_PORT, udp_len, 0].map(u16::to_be_bytes).concat();
    udp.extend(payload);
    let pseudo = [&US[..], &SERVER, &[0, 17], &udp_len.to_be_bytes(), &udp].concat();
    let sum = Sum::of(&pseudo).finish_udp();
    udp[6..8].copy_from_slice(&sum.to_be_bytes());
    [ethernet(SERVER_MAC, 0x0800), header, udp].concat()
}

/// Frames until `wanted` gives something; answers ARP requests for our address on the way.
fn frames<T>(
    dir: &Directory,
    socket: &UnixDatagram,
    mut wanted: impl FnMut(&[u8]) -> Option<T>,
) -> Option<T> {
    let mut frame = [0; 2048];
    while let Ok(len) = socket.recv(&mut frame) {
        let frame = &frame[..len];
        if frame[12..14] == [8, 6] && frame[20..22] == [0, 1] && frame[38..42] == US {
            dir.send(socket, &arp(2, SERVER_MAC, SERVER_MAC)).expect("sent");
        }
        if let Some(found) = wanted(frame) {
            return Some(found);
        }
    }
    None
}

/// The payload of an echo in `frame`.
fn echo_in(frame: &[u8]) -> Option<Vec<u8>> {
    let ours = frame.len() >= 42 && frame[..6] == OUR_MAC && frame[12..14] == [8, 0];
    let echo = ours && frame[23] == 17 && frame[34..36] == ECHO_PORT.to_be_bytes();
    echo.then(|| frame[42..].to_vec())
}

#[test]
fn unix_socket_with_frames_made_here() {
    let Some(exe) = echo_server("unix_socket_with_frames_made_here") else { return };
    let dir = Directory::new("frames");
    let socket = dir.bind();
    let _server = Server::start(&exe, &[&dir.link()]);
    let end = Instant::now() + Duration::from_secs(5);
    let is_reply =
        |f: &[u8]| (f[12..14] == [8, 6] && f[20..22] == [0, 2]).then(|| f[22..32].to_vec());
    let reply = loop {
        assert!(Instant::now() < end, "the server does not answer ARP");
        if dir.send(&socket, &arp(1, [0xff; 6], [0; 6])).is_err() {
            sleep(Duration::from_millis(10));
        } else if let Some(reply) = frames(&dir, &socket, is_reply) {
            break reply;
        }
    };
    assert_eq!(reply, [&SERVER_MAC[..], &SERVER].concat());
    for size in [1, 60, 500, 1472] {
        let payload: Vec<u8> = (0..size).map(|i| i as u8).collect();
        let back = (0..20).find_map(|_| {
            // The thread that answers may not be there yet.
            dir.send(&socket, &datagram(&payload)).expect("sent");
            frames(&dir, &socket, echo_in)
        });
        assert_eq!(back.expect("an echo"), payload);
    }
    // More than every buffer there is, faster than they are answered: frames are lost, the server is not.
    let flood = datagram(&[0x55; 1472]);
    for _ in 0..5_000 {
        let _ = dir.send(&socket, &flood);
    }
    while frames(&dir, &socket, echo_in).is_some() {}
    dir.send(&socket, &datagram(b"still there?")).expect("sent");
    assert_eq!(frames(&dir, &socket, echo_in).expect("an echo"), b"still there?");
}
