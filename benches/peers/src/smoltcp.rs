// SPDX-License-Identifier: Apache-2.0
//! smoltcp: two interfaces, each with its sockets, on a wire of two rings of frames.

use crate::{End, Ends};
use smoltcp::iface::{Config, Interface, PollResult, SocketHandle, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::{tcp, udp};
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::{EthernetAddress, IpAddress, IpCidr, IpEndpoint};

const FRAME: usize = 1514;
const RING: usize = 256;
/// Datagrams that a socket holds.
const DATAGRAMS: usize = 32;
const CLIENT_PORT: u16 = 20_000;

/// Frames on their way to an end.
struct Ring {
    frames: Box<[[u8; FRAME]; RING]>,
    lengths: [usize; RING],
    first: usize,
    last: usize,
}

impl Ring {
    fn new() -> Ring {
        let frames = vec![[0; FRAME]; RING].into_boxed_slice().try_into().expect("as many");
        Ring { frames, lengths: [0; RING], first: 0, last: 0 }
    }

    /// Room for a frame at the end.
    fn push(&mut self, length: usize) -> &mut [u8] {
        assert!(self.last - self.first < RING, "the wire is full");
        let at = self.last % RING;
        self.last += 1;
        self.lengths[at] = length;
        &mut self.frames[at][..length]
    }

    fn pop(&mut self) -> Option<&[u8]> {
        if self.first == self.last {
            return None;
        }
        let at = self.first % RING;
        self.first += 1;
        Some(&self.frames[at][..self.lengths[at]])
    }
}

/// What an end sees of the wire: frames to it, and where its own go.
struct Port<'a> {
    rx: &'a mut Ring,
    tx: &'a mut Ring,
}

struct Rx<'a>(&'a [u8]);
struct Tx<'a>(&'a mut Ring);

impl RxToken for Rx<'_> {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(self.0)
    }
}

impl TxToken for Tx<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, f: F) -> R {
        f(self.0.push(length))
    }
}

impl Device for Port<'_> {
    type RxToken<'a>
        = Rx<'a>
    where
        Self: 'a;
    type TxToken<'a>
        = Tx<'a>
    where
        Self: 'a;

    fn receive(&mut self, _: Instant) -> Option<(Rx<'_>, Tx<'_>)> {
        Some((Rx(self.rx.pop()?), Tx(self.tx)))
    }

    fn transmit(&mut self, _: Instant) -> Option<Tx<'_>> {
        Some(Tx(self.tx))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = FRAME;
        capabilities
    }
}

struct Host {
    interface: Interface,
    sockets: SocketSet<'static>,
    /// Frames to this host.
    ring: Ring,
}

#[cfg(feature = "ipv6")]
fn address(number: u8) -> IpAddress {
    IpAddress::v6(0x2001, 0xdb8, 0, 0, 0, 0, 0, number.into())
}

#[cfg(not(feature = "ipv6"))]
fn address(number: u8) -> IpAddress {
    IpAddress::v4(192, 0, 2, number)
}

impl Host {
    fn new(number: u8) -> Host {
        let mut ring = Ring::new();
        let mut nowhere = Ring::new();
        let mut port = Port { rx: &mut ring, tx: &mut nowhere };
        let mac = EthernetAddress([0x02, 0, 0x5e, 0, 0x53, number]);
        let mut interface = Interface::new(Config::new(mac.into()), &mut port, Instant::ZERO);
        interface.update_ip_addrs(|addresses| {
            let prefix = if cfg!(feature = "ipv6") { 64 } else { 24 };
            addresses.push(IpCidr::new(address(number), prefix)).expect("there is room");
        });
        Host { interface, sockets: SocketSet::new(Vec::new()), ring }
    }
}

/// Two stacks on a wire.
pub struct Smoltcp {
    hosts: [Host; 2],
    now: Instant,
    buffer: usize,
    /// The server's socket that waits for a connection.
    listening: Option<SocketHandle>,
    /// The one that listens after it, and where.
    next: Option<(SocketHandle, u16)>,
    control: tcp::CongestionControl,
    /// Where the last connection began.
    client_port: u16,
    /// Streams that were closed: their buffers serve again.
    spare: Option<(SocketHandle, SocketHandle)>,
    received: Box<[u8; 65_536]>,
}

impl Smoltcp {
    /// Polls an end; whether anything came of it.
    fn poll(&mut self, end: End) -> bool {
        let [client, server] = &mut self.hosts;
        let (host, other) = match end {
            End::Client => (client, server),
            End::Server => (server, client),
        };
        let mut port = Port { rx: &mut host.ring, tx: &mut other.ring };
        let before = (port.rx.first, port.tx.last);
        let result = host.interface.poll(self.now, &mut port, &mut host.sockets);
        result != PollResult::None || before != (port.rx.first, port.tx.last)
    }

    fn stream(&mut self) -> tcp::Socket<'static> {
        let buffer = || tcp::SocketBuffer::new(vec![0; self.buffer]);
        let mut socket = tcp::Socket::new(buffer(), buffer());
        socket.set_nagle_enabled(false);
        socket.set_congestion_control(self.control);
        socket
    }

    fn listen(&mut self, handle: SocketHandle, port: u16) {
        let socket = self.hosts[1].sockets.get_mut::<tcp::Socket>(handle);
        socket.listen(port).expect("a closed socket listens");
        self.listening = Some(handle);
    }
}

impl Ends for Smoltcp {
    type Datagram = SocketHandle;
    type Stream = SocketHandle;

    fn new(buffer: usize) -> Self {
        Smoltcp {
            hosts: [Host::new(1), Host::new(2)],
            now: Instant::ZERO,
            buffer,
            listening: None,
            next: None,
            control: tcp::CongestionControl::None,
            client_port: CLIENT_PORT,
            spare: None,
            received: Box::new([0; 65_536]),
        }
    }

    fn control(&mut self, name: &str) -> bool {
        self.control = match name {
            "none" => tcp::CongestionControl::None,
            #[cfg(feature = "control")]
            "reno" => tcp::CongestionControl::Reno,
            #[cfg(feature = "control")]
            "cubic" => tcp::CongestionControl::Cubic,
            _ => return false,
        };
        true
    }

    fn settle(&mut self) -> u32 {
        let mut moved = 0;
        while self.poll(End::Client) | self.poll(End::Server) {
            moved += 1;
        }
        moved
    }

    fn run(&mut self, end: End) {
        self.poll(end);
    }

    fn take(&mut self, end: End, into: &mut [u8]) -> Option<usize> {
        let frame = self.hosts[end as usize].ring.pop()?;
        into[..frame.len()].copy_from_slice(frame);
        Some(frame.len())
    }

    fn inject(&mut self, end: End, frame: &[u8]) {
        self.hosts[end as usize].ring.push(frame.len()).copy_from_slice(frame);
    }

    fn wait(&mut self) {
        self.now += Duration::from_millis(250);
    }

    fn set_time(&mut self, us: u64) {
        self.now = Instant::from_micros(us as i64);
    }

    fn deadline(&mut self, end: End) -> Option<u64> {
        let host = &mut self.hosts[end as usize];
        Some(host.interface.poll_at(self.now, &host.sockets)?.total_micros() as u64)
    }

    fn udp_open(&mut self, end: End, port: u16) -> SocketHandle {
        let buffer = || {
            let meta = vec![udp::PacketMetadata::EMPTY; DATAGRAMS];
            udp::PacketBuffer::new(meta, vec![0; DATAGRAMS * crate::PAYLOAD])
        };
        let mut socket = udp::Socket::new(buffer(), buffer());
        socket.bind(port).expect("the port is free");
        self.hosts[end as usize].sockets.add(socket)
    }

    fn udp_send(&mut self, end: End, socket: SocketHandle, data: &[u8], to: u16) {
        let other = if end == End::Client { 2 } else { 1 };
        let socket = self.hosts[end as usize].sockets.get_mut::<udp::Socket>(socket);
        let to = IpEndpoint::new(address(other), to);
        socket.send_slice(data, to).expect("there is room");
    }

    fn udp_receive(&mut self, end: End, socket: SocketHandle, count: u32) {
        let socket = self.hosts[end as usize].sockets.get_mut::<udp::Socket>(socket);
        for _ in 0..count {
            socket.recv_slice(&mut self.received[..]).expect("a datagram arrived");
        }
    }

    fn tcp_listen(&mut self, port: u16) {
        let socket = self.stream();
        let handle = self.hosts[1].sockets.add(socket);
        self.listen(handle, port);
    }

    fn tcp_dial(&mut self, port: u16) -> SocketHandle {
        let (client, next) = self.spare.take().unwrap_or_else(|| {
            let (client, server) = (self.stream(), self.stream());
            (self.hosts[0].sockets.add(client), self.hosts[1].sockets.add(server))
        });
        self.next = Some((next, port));
        self.client_port = self.client_port.checked_add(1).unwrap_or(CLIENT_PORT);
        let host = &mut self.hosts[0];
        let socket = host.sockets.get_mut::<tcp::Socket>(client);
        let context = host.interface.context();
        socket.connect(context, (address(2), port), self.client_port).expect("it was closed");
        client
    }

    fn tcp_joined(&mut self, client: SocketHandle) -> Option<SocketHandle> {
        let open = |host: &Host, handle| host.sockets.get::<tcp::Socket>(handle).may_send();
        let server = self.listening.expect("somebody listens");
        if !open(&self.hosts[0], client) || !open(&self.hosts[1], server) {
            return None;
        }
        let (next, port) = self.next.take().expect("a connection was begun");
        self.listen(next, port);
        Some(server)
    }

    fn tcp_send(&mut self, client: SocketHandle, data: &[u8]) -> usize {
        let socket = self.hosts[0].sockets.get_mut::<tcp::Socket>(client);
        socket.send_slice(data).expect("the connection is open")
    }

    fn tcp_receive(&mut self, server: SocketHandle) -> usize {
        let socket = self.hosts[1].sockets.get_mut::<tcp::Socket>(server);
        let mut came = 0;
        while socket.can_recv() {
            came += socket.recv_slice(&mut self.received[..]).expect("the connection is open");
        }
        came
    }

    fn tcp_close(&mut self, client: SocketHandle, server: SocketHandle) {
        for (host, handle) in [(0, client), (1, server)] {
            self.hosts[host].sockets.get_mut::<tcp::Socket>(handle).close();
            self.settle();
        }
        // Past TIME-WAIT, so that the buffers are free again.
        self.now += Duration::from_secs(11);
        self.poll(End::Client);
        for (host, handle) in [(0, client), (1, server)] {
            let socket = self.hosts[host].sockets.get::<tcp::Socket>(handle);
            assert_eq!(socket.state(), tcp::State::Closed);
        }
        self.spare = Some((client, server));
    }
}
