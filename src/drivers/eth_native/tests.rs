// SPDX-License-Identifier: Apache-2.0
//! The links against the host's kernel, in a network namespace of the testing thread's own, which ends with the thread.

use super::*;
use std::boxed::Box;
use std::format;
use std::io::IoSlice;
use std::net::UdpSocket;
use std::path::PathBuf;
use std::process::Command;
use std::string::String;
use std::time::{Duration, Instant};
use std::vec::Vec;

const TUN: &str = "/dev/net/tun";
const OUR_MAC: [u8; 6] = [0x02, 0, 0x5e, 0, 0x53, 0x01];

/// Moves the calling thread into a new network namespace; says so and returns false where that is not permitted.
fn enter_namespace(test: &str) -> bool {
    // SAFETY: affects the calling thread only.
    if unsafe { libc::unshare(libc::CLONE_NEWNET) } != 0 {
        let why = std::io::Error::last_os_error();
        std::eprintln!("{test}: SKIPPED, cannot make a network namespace: {why} (run as root)");
        return false;
    }
    true
}

/// `ip WORDS`.
fn ip(words: &str) {
    let done = Command::new("ip").args(words.split_whitespace()).output().expect("ip is installed");
    assert!(done.status.success(), "ip {words}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Frames from `link` until `wanted` likes one, within ten seconds.
fn receive(link: &Link, wanted: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    receive_what(link, || (), wanted)
}

/// The same, with `send` called every 200 ms: a link that was just set up may lose frames until the kernel
/// has seen its carrier, which takes it up to a second.
fn receive_what(link: &Link, send: impl Fn(), mut wanted: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let start = Instant::now();
    let mut sent = 0;
    let mut slots = Slots::new();
    let mut found = None;
    while found.is_none() {
        assert!(start.elapsed() < Duration::from_secs(10), "the frame did not arrive");
        if start.elapsed() >= Duration::from_millis(200) * sent {
            send();
            sent += 1;
        }
        let keep = |frame: &[u8]| {
            if found.is_none() && wanted(frame) {
                found = Some(frame.to_vec());
            }
        };
        link.receive(&mut slots, keep).expect("readable");
        std::thread::sleep(Duration::from_millis(1));
    }
    found.expect("set when the loop ends")
}

fn is_udp(frame: &[u8]) -> bool {
    frame.len() > 42 && frame[12..14] == [8, 0] && frame[23] == 17
}

/// The Internet checksum over the UDP datagram in `frame` and its pseudo-header: 0 when right.
fn udp_checksum(frame: &[u8]) -> u16 {
    let len = u16::from_be_bytes([frame[38], frame[39]]);
    let datagram = &frame[34..34 + usize::from(len)];
    let mut bytes = [&frame[26..34], &[0, 17][..], &len.to_be_bytes()[..], datagram].concat();
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    let sum = bytes.chunks_exact(2).fold(0u32, |s, p| s + u32::from(p[0]) * 256 + u32::from(p[1]));
    let sum = (sum & 0xffff) + (sum >> 16);
    !((sum & 0xffff) + (sum >> 16)) as u16
}

/// A broadcast ARP request for 192.0.2.2 by 192.0.2.1.
fn arp_request() -> Vec<u8> {
    let mut frame = [[0xff; 6], OUR_MAC].concat();
    frame.extend([8, 6, 0, 1, 8, 0, 6, 4, 0, 1]);
    frame.extend(OUR_MAC);
    frame.extend([192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 192, 0, 2, 2]);
    frame
}

/// Has the host's kernel, on `interface`, send a datagram that reaches `link`, and answer ARP over it.
fn exchange_with_kernel(link: &Link, interface: &str) {
    if link.description().ends_with(interface) {
        assert_eq!(link.interface_down(), Some(interface), "the user has still to set it up");
    }
    ip(&format!("addr add 192.0.2.2/24 dev {interface}"));
    ip(&format!("link set {interface} up"));
    assert_eq!(link.interface_down(), None);
    ip(&format!("neigh add 192.0.2.1 lladdr 02:00:5e:00:53:01 dev {interface}"));
    let socket = UdpSocket::bind("192.0.2.2:0").expect("bindable");
    for size in [1, 64, 1471, 1472] {
        let payload: Vec<u8> = (0..size).map(|i| i as u8).collect();
        let send = || assert_eq!(socket.send_to(&payload, "192.0.2.1:4242").expect("sent"), size);
        let len = (8 + size as u16).to_be_bytes();
        let frame = receive_what(link, send, |f| is_udp(f) && f[38..40] == len);
        assert_eq!(frame[..6], OUR_MAC);
        assert_eq!(frame[42..42 + size], payload);
        assert_eq!(udp_checksum(&frame), 0, "the checksum of {size} bytes is complete");
    }
    let request = arp_request();
    let (head, tail) = request.split_at(14);
    link.send(&[IoSlice::new(head), IoSlice::new(tail)]).expect("sent");
    let reply = receive(link, |f| f[12..14] == [8, 6] && f[20..22] == [0, 2]);
    assert_eq!(reply[28..32], [192, 0, 2, 2], "the kernel answers for its address");
}

#[test]
fn tap_to_the_kernel() {
    if !enter_namespace("tap_to_the_kernel") {
        return;
    }
    if !std::path::Path::new(TUN).exists() {
        std::eprintln!("tap_to_the_kernel: SKIPPED, there is no {TUN}");
        return;
    }
    let spec = Spec::parse("tap:zeth").expect("valid");
    let link = Link::open(&spec, TUN).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!((link.mtu(), link.description()), (1500, "tap:zeth"));
    exchange_with_kernel(&link, "zeth");
    let again = Link::open(&spec, TUN).err().expect("one process at a time");
    assert!(again.contains("another process is attached"), "{again}");
}

#[test]
fn packet_socket_on_a_veth() {
    if !enter_namespace("packet_socket_on_a_veth") {
        return;
    }
    ip("link add veth0 mtu 1500 type veth peer name veth1");
    ip("link set veth1 up");
    // A bare name of an interface that is no TAP.
    let spec = Spec::parse("veth1").expect("valid");
    let link = Link::open(&spec, TUN).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!((link.mtu(), link.description()), (1500, "packet:veth1"));
    exchange_with_kernel(&link, "veth0");
    let frame = arp_request();
    link.send(&[IoSlice::new(&frame)]).expect("sent");
    receive(&link, |f| {
        assert_ne!(f, frame, "our own frame does not come back");
        f[12..14] == [8, 6]
    });
}

#[test]
fn an_absent_interface_is_named_in_the_error() {
    if !enter_namespace("an_absent_interface_is_named_in_the_error") {
        return;
    }
    let spec = Spec::parse("packet:nosuch0").expect("valid");
    let why = Link::open(&spec, TUN).err().expect("absent");
    assert!(why.contains("nosuch0") && why.contains("no interface of this name"), "{why}");
    let why = Link::open(&Spec::Tap("zeth".into()), "/dev/nosuch").err().expect("absent");
    assert!(why.contains("/dev/nosuch") && why.contains("tun module"), "{why}");
}

/// Two paths in a directory of the test's own.
struct Paths(PathBuf);

impl Paths {
    fn new(test: &str) -> Self {
        let name = format!("znet-{test}-{}", std::process::id());
        let dir = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&dir).expect("a temporary directory");
        Paths(dir)
    }

    fn open(&self, own: &str, peer: &str) -> Link {
        let spec = Spec::Unix { own: self.0.join(own), peer: self.0.join(peer) };
        Link::open(&spec, TUN).unwrap_or_else(|why| panic!("{why}"))
    }
}

impl Drop for Paths {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn unix_sockets_carry_frames_both_ways() {
    let paths = Paths::new("both-ways");
    let a = paths.open("a", "b");
    // Before the peer is there, frames vanish as on an unplugged cable.
    a.send(&[IoSlice::new(&[0; 60])]).expect("no error");
    let b = paths.open("b", "a");
    for size in [14, 60, 1514] {
        let frame: Vec<u8> = (0..size).map(|i| i as u8).collect();
        let (head, tail) = frame.split_at(14);
        a.send(&[IoSlice::new(head), IoSlice::new(tail)]).expect("sent");
        assert_eq!(receive(&b, |_| true), frame);
        b.send(&[IoSlice::new(&frame)]).expect("sent");
        assert_eq!(receive(&a, |_| true), frame);
    }
    // The peer starts again.
    drop(b);
    let b = paths.open("b", "a");
    a.send(&[IoSlice::new(&[7; 60])]).expect("sent");
    assert_eq!(receive(&b, |_| true), [7; 60]);
}

#[test]
fn a_peer_that_does_not_read_costs_frames_but_no_hang() {
    let paths = Paths::new("no-hang");
    let (a, b) = (paths.open("a", "b"), paths.open("b", "a"));
    let started = Instant::now();
    let refused = (0..100_000).position(|_| a.send(&[IoSlice::new(&[1; 1514])]).is_err());
    assert!(refused.is_some(), "the queue of a socket has an end");
    assert!(started.elapsed() < Duration::from_secs(5));
    // What the queue holds comes in full batches.
    let mut slots = Slots::new();
    let seen = b.receive(&mut slots, |frame| assert_eq!(frame.len(), 1514)).expect("readable");
    assert!(seen.frames >= 2 && seen.oversize == 0, "{seen:?}");
}

#[test]
fn an_oversize_frame_is_counted_not_delivered() {
    let paths = Paths::new("oversize");
    let (a, b) = (paths.open("a", "b"), paths.open("b", "a"));
    let giant: Box<[u8]> = std::vec![0; 9000].into();
    let brief = Some(Duration::from_millis(1));
    assert!(!b.wait(brief).expect("waiting"), "nothing is there yet");
    a.send(&[IoSlice::new(&giant)]).expect("sent");
    assert!(b.wait(None).expect("readable"));
    let seen = b.receive(&mut Slots::new(), |_| panic!("not delivered")).expect("readable");
    assert_eq!(seen, Received { frames: 0, oversize: 1 });
}
