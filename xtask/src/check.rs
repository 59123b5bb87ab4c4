// SPDX-License-Identifier: Apache-2.0
//! Tries a sample from the host's kernel.

pub mod http;
pub mod tcp;

use crate::icmp::Pinger;
use crate::join::{Sample, Trial};
use crate::proc::{Outcome, failed, say};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

/// Where the sample listens.
const ECHO_PORT: u16 = 4242;
/// Where the HTTP server does.
const HTTP_PORT: u16 = 8080;
/// Where nobody does.
const CLOSED_PORT: u16 = 4243;
/// What a 1,500 byte Ethernet frame carries beside the IP and UDP headers.
fn max_payload(to: SocketAddr) -> usize {
    if to.is_ipv6() { 1452 } else { 1472 }
}
/// How long an answer may take. Nothing is lost on the way, so nothing is sent again.
const PATIENCE: Duration = Duration::from_secs(2);

/// Longer than anybody waits.
const FOREVER: Duration = Duration::from_secs(u32::MAX as u64);

/// One thing to try, on the server at this address; its port is filled in.
type Step<'a> = (&'static str, &'a dyn Fn(SocketAddr) -> io::Result<()>);

const FIRST: [Step; 2] =
    [("answers to ping", &first_ping), ("ping with 0 bytes up to a whole frame", &pings)];

const UDP: [Step; 3] = [
    ("has opened its socket", &|app| first_echo(at_port(app, ECHO_PORT))),
    ("UDP echo of every size up to a whole frame", &|app| echoes_to(at_port(app, ECHO_PORT))),
    ("closed port refuses", &|app| refused_by(at_port(app, CLOSED_PORT))),
];

const TCP: [Step; 4] = [
    ("TCP echo of sizes up to 1 MiB, half-closed", &|app| tcp::sizes(at_port(app, ECHO_PORT))),
    ("TCP echo on several connections at a time", &|app| tcp::together(at_port(app, ECHO_PORT))),
    ("TCP echo on many connections in turn", &|app| {
        tcp::one_after_the_other(at_port(app, ECHO_PORT))
    }),
    ("closed TCP port refuses", &|app| tcp::refused(at_port(app, CLOSED_PORT))),
];

const HTTP: [Step; 4] = [
    ("has opened its socket", &|app| first_connection(at_port(app, HTTP_PORT))),
    ("serves a page", &|app| http::page(at_port(app, HTTP_PORT))),
    ("does not mind odd requests", &|app| http::odd(at_port(app, HTTP_PORT))),
    ("serves many requests at a time", &|app| http::load(at_port(app, HTTP_PORT))),
];

const LAST: [Step; 1] =
    [("still answers to ping", &|app| Pinger::new(app)?.ping(u16::MAX, b"after all", PATIENCE))];

/// Where a sample is reached.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// At this address over IPv4.
    pub v4: Ipv4Addr,
    /// Over IPv6 at this address, and at its link-local one by the interface with this index.
    pub v6: Option<(Ipv6Addr, u32)>,
}

/// Tries the sample that was joined to this network at `reach`. `ended` says how its process ended, if
/// it did.
pub fn sample(
    reach: Reach,
    sample: Sample,
    trial: Trial,
    ended: &mut dyn FnMut() -> Option<String>,
) -> Outcome {
    let (bulk, steady);
    let (what, steps): (_, Vec<Step>) = match (trial, sample) {
        (Trial::Bulk(bytes), Sample::EchoServerTcp) => {
            bulk = move |app| tcp::bulk(at_port(app, ECHO_PORT), bytes, FOREVER);
            ("bulk", vec![FIRST[0], UDP[0], ("bytes there and back", &bulk)])
        }
        (Trial::Steady(span), Sample::EchoServerTcp) => {
            steady = move |app| tcp::bulk(at_port(app, ECHO_PORT), u64::MAX, span);
            let steps: [Step; 3] = [FIRST[0], UDP[0], ("bytes there and back", &steady)];
            ("steady", [&steps[..], &TCP, &LAST].concat())
        }
        (Trial::Check, Sample::EchoServer) => ("check", [&FIRST[..], &UDP, &LAST].concat()),
        (Trial::Check, Sample::QuietEchoServer) => {
            ("check", [&FIRST[..], &UDP[..2], &LAST].concat())
        }
        (Trial::Check, Sample::EchoServerTcp) => {
            ("check", [&FIRST[..], &UDP, &TCP, &LAST].concat())
        }
        (Trial::Check, Sample::HttpServer) => ("check", [&FIRST[..], &HTTP, &LAST].concat()),
        _ => return failed("nothing is known to try this application with"),
    };
    try_at((reach.v4, 0).into(), &steps, ended)?;
    if let (Some((addr, iface)), Trial::Check) = (reach.v6, trial) {
        say(format!("over IPv6, at {addr}"));
        try_at((addr, 0).into(), &steps, ended)?;
        let near = link_local(iface)
            .or_else(|why| failed(format!("a link-local address that answers: {why}")))?;
        say(format!("over IPv6, at {near}"));
        try_at(near, &steps, ended)?;
    }
    println!("{what}: passed");
    Ok(())
}

fn try_at(app: SocketAddr, steps: &[Step], ended: &mut dyn FnMut() -> Option<String>) -> Outcome {
    for (what, step) in steps {
        let start = Instant::now();
        let result = step(app);
        if let Some(how) = ended() {
            return failed(format!("{what}: the application ended: {how}"));
        }
        match result {
            Ok(()) => say(format!("{what}: ok ({} ms)", start.elapsed().as_millis())),
            Err(why) => return failed(format!("{what}, at {app}: {why}")),
        }
    }
    Ok(())
}

fn at_port(mut app: SocketAddr, port: u16) -> SocketAddr {
    app.set_port(port);
    app
}

/// The link-local address at the other end of an interface: who answers there and is not ourselves.
fn link_local(iface: u32) -> io::Result<SocketAddr> {
    // Lines of /proc/net/if_inet6: address, index, prefix length, scope, flags, name.
    let table = std::fs::read_to_string("/proc/net/if_inet6")?;
    let number = |word: Option<&str>| u128::from_str_radix(word.unwrap_or(""), 16).ok();
    let own: Vec<Ipv6Addr> = table
        .lines()
        .filter_map(|line| number(line.split_whitespace().next()).map(Ipv6Addr::from_bits))
        .collect();
    let all_nodes = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
    let group = SocketAddrV6::new(all_nodes, 0, 0, iface);
    Pinger::ask(group.into(), PATIENCE, |from| match from {
        SocketAddr::V6(from) => from.ip().is_unicast_link_local() && !own.contains(from.ip()),
        SocketAddr::V4(_) => false,
    })
}

/// The application may still be starting.
fn first_ping(app: SocketAddr) -> io::Result<()> {
    let pinger = Pinger::new(app)?;
    let deadline = Instant::now() + Duration::from_secs(10);
    let mut sequence = 0;
    loop {
        let start = Instant::now();
        match pinger.ping(sequence, b"znet", Duration::from_millis(250)) {
            Err(_) if Instant::now() < deadline => sequence += 1,
            other => return other,
        }
        // An error may come at once, such as no route before the interface is up.
        std::thread::sleep(Duration::from_millis(100).saturating_sub(start.elapsed()));
    }
}

/// The stack answers before the application has come so far.
fn first_echo(server: SocketAddr) -> io::Result<()> {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let socket = connected(server)?;
        let tried = socket.send(b"znet").and_then(|_| socket.recv(&mut [0; 64]));
        match tried {
            Err(e) if not_yet(&e) && Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20));
            }
            other => return other.map(drop),
        }
    }
}

/// No socket is open: an error says so, or nothing does where there are no ICMP errors.
fn not_yet(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionRefused, TimedOut, WouldBlock};
    matches!(error.kind(), ConnectionRefused | TimedOut | WouldBlock)
}

/// The same over TCP.
fn first_connection(server: SocketAddr) -> io::Result<()> {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        match TcpStream::connect_timeout(&server, PATIENCE) {
            Err(e) if e.kind() == io::ErrorKind::ConnectionRefused && Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20));
            }
            other => return other.map(drop),
        }
    }
}

fn pings(app: SocketAddr) -> io::Result<()> {
    let pinger = Pinger::new(app)?;
    for (sequence, len) in (1000..).zip([0, 1, 56, 57, 512, max_payload(app) - 1, max_payload(app)])
    {
        pinger.ping(sequence, &pattern(len), PATIENCE).map_err(|e| at(len, e))?;
    }
    Ok(())
}

fn echoes_to(server: SocketAddr) -> io::Result<()> {
    let (socket, most) = (connected(server)?, max_payload(server));
    let mut answer = vec![0; most + 1];
    for len in 1..=most {
        let sent = pattern(len);
        socket.send(&sent).map_err(|e| at(len, e))?;
        let got = socket.recv(&mut answer).map_err(|e| at(len, e))?;
        if answer[..got] != sent {
            let what = difference(&sent, &answer[..got]);
            return Err(at(len, io::Error::new(io::ErrorKind::InvalidData, what)));
        }
        if len % 368 == 0 {
            say(format!("  {len} of {most}"));
        }
    }
    Ok(())
}

fn refused_by(server: SocketAddr) -> io::Result<()> {
    let socket = connected(server)?;
    socket.send(b"anybody there?")?;
    match socket.recv(&mut [0; 64]) {
        Err(e) if e.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
        Err(e) => Err(e),
        Ok(len) => Err(io::Error::other(format!("{len} bytes came from a closed port"))),
    }
}

fn connected(to: SocketAddr) -> io::Result<UdpSocket> {
    let any: SocketAddr = match to {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any)?;
    socket.connect(to)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    Ok(socket)
}

/// Bytes in which a shift, a swap or a repetition shows.
fn pattern(len: usize) -> Vec<u8> {
    (0..len)
        .map(|i| (i as u32 ^ (len as u32)).wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect()
}

fn difference(sent: &[u8], got: &[u8]) -> String {
    if sent.len() != got.len() {
        return format!("{} bytes came back", got.len());
    }
    let place = sent.iter().zip(got).position(|(a, b)| a != b).unwrap_or(0);
    format!("byte {place} came back as {:#04x} instead of {:#04x}", got[place], sent[place])
}

/// The error with the size at which it came.
fn at(len: usize, error: io::Error) -> io::Error {
    let text = match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            format!("no answer within {} s", PATIENCE.as_secs())
        }
        _ => error.to_string(),
    };
    io::Error::new(error.kind(), format!("{len} bytes: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    /// An echo server on the loopback that spoils datagrams of one size.
    fn server(spoil: usize) -> SocketAddr {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = socket.local_addr().unwrap();
        thread::spawn(move || {
            let mut buf = [0; 2000];
            while let Ok((len, from)) = socket.recv_from(&mut buf) {
                if len == spoil {
                    buf[len / 2] ^= 1;
                }
                let _ = socket.send_to(&buf[..len], from);
            }
        });
        address
    }

    #[test]
    fn a_good_server_passes() {
        echoes_to(server(0)).unwrap();
    }

    #[test]
    fn a_spoilt_byte_is_named() {
        let why = echoes_to(server(100)).unwrap_err().to_string();
        assert!(why.starts_with("100 bytes: byte 50 came back"), "{why}");
        assert_eq!(difference(b"abc", b"ab"), "2 bytes came back");
    }

    #[test]
    fn a_server_may_open_its_socket_late() {
        let free = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let address: SocketAddr = (Ipv4Addr::LOCALHOST, free).into();
        let late = thread::spawn(move || {
            thread::sleep(Duration::from_millis(60));
            let socket = UdpSocket::bind(address).unwrap();
            let (len, from) = socket.recv_from(&mut [0; 64]).unwrap();
            socket.send_to(&vec![0; len], from).unwrap();
        });
        first_echo(address).unwrap();
        late.join().unwrap();
    }

    #[test]
    fn an_open_port_does_not_refuse() {
        assert!(refused_by(server(0)).is_err());
    }

    #[test]
    fn a_closed_port_refuses() {
        let free = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        refused_by((Ipv4Addr::LOCALHOST, free).into()).unwrap();
    }

    #[test]
    fn patterns_differ() {
        assert_eq!(pattern(0), []);
        assert_ne!(pattern(64), pattern(65)[..64]);
        assert_ne!(pattern(1472)[..736], pattern(1472)[736..]);
    }
}
