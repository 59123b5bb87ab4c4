// SPDX-License-Identifier: Apache-2.0
//! The work of `benches/instructions`, done by other stacks: two ends on a wire, in one thread.
//!
//! The wire copies each frame once, into a buffer of the receiving end. Applications hand over and take
//! bytes of their own. Datagrams go in bursts of 32, which is where a stack that is polled is at its best.

mod goodput;
pub mod lwip;
pub mod smoltcp;

const PAYLOAD: usize = 64;
const BURST: u32 = 32;
const SEGMENT: usize = 1460;
const CHUNK: usize = 10 * SEGMENT;
const MESSAGE: usize = 2 * SEGMENT;
const FIRST_PORT: u16 = 10_000;

/// An end of the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Client,
    Server,
}

/// A stack at each end of a wire. Every call that can't do its work panics: a benchmark that did not do
/// what it counts has no result.
pub trait Ends {
    /// What names a datagram socket.
    type Datagram: Copy;
    /// What names an end of a connection.
    type Stream: Copy;

    /// Two stacks that have not spoken yet; streams send and receive through buffers of so many bytes.
    fn new(buffer: usize) -> Self;
    /// Chooses the congestion control of streams opened from now on; false when there is none of that name.
    fn control(&mut self, name: &str) -> bool;

    /// Moves frames until none moves any more; how many did.
    fn settle(&mut self) -> u32;
    /// Works off what arrived at `end` and what its timers ask for; what it sends waits at the other.
    fn run(&mut self, end: End);
    /// Takes the frame that waits first at `end` and writes it to `into`; its length, when there is one.
    fn take(&mut self, end: End, into: &mut [u8]) -> Option<usize>;
    /// Puts a frame on the wire to `end`.
    fn inject(&mut self, end: End, frame: &[u8]);
    /// Lets so much time pass that what waits for a timer happens.
    fn wait(&mut self);
    /// Makes it so many microseconds after the start.
    fn set_time(&mut self, us: u64);
    /// The time in microseconds at which `end` wants to run again, when there is one.
    fn deadline(&mut self, end: End) -> Option<u64>;

    fn udp_open(&mut self, end: End, port: u16) -> Self::Datagram;
    fn udp_send(&mut self, end: End, socket: Self::Datagram, data: &[u8], to: u16);
    /// Takes `count` datagrams.
    fn udp_receive(&mut self, end: End, socket: Self::Datagram, count: u32);

    /// Makes the server take connections at `port`.
    fn tcp_listen(&mut self, port: u16);
    /// Begins to open a connection: the client's end.
    fn tcp_dial(&mut self, port: u16) -> Self::Stream;
    /// The server's end of the connection that was begun last, once both ends know it.
    fn tcp_joined(&mut self, client: Self::Stream) -> Option<Self::Stream>;
    /// Opens a connection: the client's end and the server's.
    fn tcp_connect(&mut self, port: u16) -> (Self::Stream, Self::Stream) {
        let client = self.tcp_dial(port);
        self.settle();
        let server = self.tcp_joined(client).expect("a connection");
        (client, server)
    }
    /// Queues what there is room for; how many bytes that was.
    fn tcp_send(&mut self, client: Self::Stream, data: &[u8]) -> usize;
    /// Takes all that arrived at the server; how many bytes that was.
    fn tcp_receive(&mut self, server: Self::Stream) -> usize;
    /// The client closes, then the server, and no more moves.
    fn tcp_close(&mut self, client: Self::Stream, server: Self::Stream);
}

/// A linear congruential generator (Numerical Recipes); its high bits are the good ones.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((u64::from(self.0) * u64::from(limit)) >> 32) as u32
    }
}

/// Does what the command line says: `--testargs FIGURE COUNT`, or `--goodput CONTROL LOSS SECONDS SEED`.
pub fn main<E: Ends>() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (figure, count) = match &args[..] {
        [flag, figure, count] if flag == "--testargs" => (figure, count),
        [flag, rest @ ..] if flag == "--goodput" => return goodput::main::<E>(rest),
        _ => panic!("usage: --testargs FIGURE COUNT, or --goodput CONTROL LOSS SECONDS SEED"),
    };
    let count: u32 = count.parse().expect("a number");
    // The family was chosen when the program was compiled.
    let work = figure.replacen("p6_", "p4_", 1);
    if let Some(sockets) = work.strip_prefix("udp4_rx_").and_then(|number| number.parse().ok()) {
        return udp_receive(&mut E::new(65_535), sockets, count);
    }
    if let Some(connections) = work.strip_prefix("tcp4_rx_").and_then(|number| number.parse().ok())
    {
        return messages(&mut E::new(8_192), connections, count);
    }
    match work.as_str() {
        "udp4_64_oneway" => udp_oneway(&mut E::new(65_535), count),
        "udp4_64_echo" => udp_echo(&mut E::new(65_535), count),
        "tcp4_1460_64k" => stream(&mut E::new(65_535), count),
        "tcp4_1460_2seg" => stream(&mut E::new(2 * SEGMENT), count),
        "tcp4_connect_close" => connect_close(&mut E::new(8_192), count),
        _ => panic!("{figure}: no such figure"),
    }
}

/// The sizes of the bursts that make `count`.
fn bursts(count: u32) -> impl Iterator<Item = u32> {
    (0..count.div_ceil(BURST)).map(move |i| BURST.min(count - i * BURST))
}

/// A socket at each end that know each other: one datagram has gone each way.
fn udp_pair<E: Ends>(ends: &mut E) -> (E::Datagram, E::Datagram) {
    let server = ends.udp_open(End::Server, FIRST_PORT);
    let client = ends.udp_open(End::Client, FIRST_PORT);
    ends.udp_send(End::Client, client, &[0; PAYLOAD], FIRST_PORT);
    ends.settle();
    ends.udp_receive(End::Server, server, 1);
    ends.udp_send(End::Server, server, &[0; PAYLOAD], FIRST_PORT);
    ends.settle();
    ends.udp_receive(End::Client, client, 1);
    (client, server)
}

fn udp_oneway<E: Ends>(ends: &mut E, count: u32) {
    let (client, server) = udp_pair(ends);
    for burst in bursts(count) {
        for _ in 0..burst {
            ends.udp_send(End::Client, client, &[0; PAYLOAD], FIRST_PORT);
        }
        ends.settle();
        ends.udp_receive(End::Server, server, burst);
    }
}

fn udp_echo<E: Ends>(ends: &mut E, count: u32) {
    let (client, server) = udp_pair(ends);
    for burst in bursts(count) {
        for (from, socket, to, other) in
            [(End::Client, client, End::Server, server), (End::Server, server, End::Client, client)]
        {
            for _ in 0..burst {
                ends.udp_send(from, socket, &[0; PAYLOAD], FIRST_PORT);
            }
            ends.settle();
            ends.udp_receive(to, other, burst);
        }
    }
}

/// Where a UDP header lies in a frame of ours: behind Ethernet and IP without options.
const UDP_AT: usize = if cfg!(feature = "ipv6") { 14 + 40 } else { 14 + 20 };

/// Addresses the frame to another port and corrects its checksum (RFC 1624, equation 3).
fn readdress(frame: &mut [u8], port: u16) {
    let get = |frame: &[u8], at: usize| u16::from_be_bytes([frame[at], frame[at + 1]]);
    let mut sum = u32::from(!get(frame, UDP_AT + 6));
    sum += u32::from(!get(frame, UDP_AT + 2)) + u32::from(port);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    frame[UDP_AT + 6..UDP_AT + 8].copy_from_slice(&(!sum as u16).to_be_bytes());
    frame[UDP_AT + 2..UDP_AT + 4].copy_from_slice(&port.to_be_bytes());
}

fn udp_receive<E: Ends>(ends: &mut E, sockets: u32, count: u32) {
    let (client, server) = udp_pair(ends);
    let mut servers = vec![server];
    for i in 1..sockets {
        servers.push(ends.udp_open(End::Server, FIRST_PORT + i as u16));
    }
    let mut frame = [0; 128];
    ends.udp_send(End::Client, client, &[0; PAYLOAD], FIRST_PORT);
    ends.run(End::Client);
    let length = ends.take(End::Server, &mut frame).expect("a frame waits");
    let mut random = Random(1);
    for _ in 0..count {
        let i = random.below(sockets);
        readdress(&mut frame, FIRST_PORT + i as u16);
        ends.inject(End::Server, &frame[..length]);
        ends.settle();
        ends.udp_receive(End::Server, servers[i as usize], 1);
    }
}

fn stream<E: Ends>(ends: &mut E, count: u32) {
    let data = [0; CHUNK];
    ends.tcp_listen(FIRST_PORT);
    let (client, server) = ends.tcp_connect(FIRST_PORT);
    let mut to_send = count as usize * SEGMENT;
    let mut to_come = to_send;
    while to_come > 0 {
        let sent = ends.tcp_send(client, &data[..to_send.min(CHUNK)]);
        to_send -= sent;
        let moved = ends.settle();
        let came = ends.tcp_receive(server);
        to_come -= came;
        if sent == 0 && moved == 0 && came == 0 {
            ends.wait();
        }
    }
}

fn connect_close<E: Ends>(ends: &mut E, count: u32) {
    ends.tcp_listen(FIRST_PORT);
    for _ in 0..count {
        let (client, server) = ends.tcp_connect(FIRST_PORT);
        ends.tcp_close(client, server);
    }
}

fn messages<E: Ends>(ends: &mut E, connections: u32, count: u32) {
    let data = [0; MESSAGE];
    ends.tcp_listen(FIRST_PORT);
    let pairs: Vec<_> = (0..connections).map(|_| ends.tcp_connect(FIRST_PORT)).collect();
    let mut random = Random(1);
    for _ in 0..count {
        let (client, server) = pairs[random.below(connections) as usize];
        assert_eq!(ends.tcp_send(client, &data), MESSAGE, "a message was not sent");
        ends.settle();
        let mut came = ends.tcp_receive(server);
        while came < MESSAGE {
            ends.wait();
            ends.settle();
            came += ends.tcp_receive(server);
        }
        ends.settle();
    }
}
