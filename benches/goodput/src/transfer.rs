// SPDX-License-Identifier: Apache-2.0
//! One run: a connection, a sender that never pauses, a receiver that always reads.

use testutil::{Duration, Host, Instant, LinkConfig, LinkId, Network, Socket};
use znet::base::{Endpoint, IpAddr, Ipv4Addr};
use znet::socket::stream::{self, How};
use znet::stack::TcpOpt;
use znet::transport::tcp::congestion::Kind;

const ADDRESSES: [Ipv4Addr; 2] = [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2)];
const PORT: u16 = 5001;
/// Bits a second of the path.
const RATE: u64 = 10_000_000;
/// One way.
const DELAY: Duration = Duration::from_millis(25);
/// Bytes that may wait for the line.
const QUEUE: usize = 72 * 1024;
/// What the sender gives to one call, and the receiver takes with one.
const PIECE: usize = 16 * 1024;

/// What a run is like.
#[derive(Clone, Copy)]
pub struct Setup {
    /// Name of the congestion control.
    pub algorithm: &'static str,
    /// Probability that a frame is lost.
    pub loss: f64,
    /// Bytes of the send buffer and of the receive buffer.
    pub buffer: u32,
    /// How long is counted.
    pub seconds: u64,
    /// Seconds before that.
    pub warm_up: u64,
}

/// The two hosts and what is between them. One serves for many runs: hosts live until the process
/// ends.
pub struct Path {
    net: Network,
    wire: LinkId,
    sender: &'static Host,
    receiver: &'static Host,
}

/// The connection of a run.
struct Transfer {
    out: Socket,
    listener: Socket,
    accepted: Option<Socket>,
    /// Bytes that the receiving application read.
    read: u64,
    buffer: Vec<u8>,
}

impl Path {
    /// Two hosts that know nothing of one another.
    pub fn new() -> Path {
        let mut net = Network::new(0);
        let wire = net.link(LinkConfig::default());
        let (sender, receiver) = (net.host("sender"), net.host("receiver"));
        net.attach(sender, wire, ADDRESSES[0], 24);
        net.attach(receiver, wire, ADDRESSES[1], 24);
        Path { net, wire, sender, receiver }
    }

    /// Goodput of a run in Mbit/s. The hosts begin as new.
    pub fn run(&mut self, setup: &Setup, seed: u64) -> f64 {
        self.net.restart(seed);
        let perfect = LinkConfig { queue: QUEUE, ..LinkConfig::delay(DELAY).rate(RATE) };
        self.net.set_link(self.wire, perfect.clone());
        // So that no loss hits ARP.
        self.sender.ping(ADDRESSES[1], 1, &[]).expect("a way");
        self.net.run_until_idle();
        self.net.set_link(self.wire, perfect.loss(setup.loss));

        let mut transfer = self.connect(setup);
        let start = self.net.now() + Duration::from_secs(setup.warm_up);
        self.run_until(&mut transfer, start);
        let before = transfer.read;
        self.run_until(&mut transfer, start + Duration::from_secs(setup.seconds));
        self.close(&transfer);
        (transfer.read - before) as f64 * 8.0 / 1e6 / setup.seconds as f64
    }

    /// Runs until the sender's connection is established.
    fn connect(&mut self, setup: &Setup) -> Transfer {
        let size = setup.buffer as i32;
        let kind = Kind::named(setup.algorithm.as_bytes()).expect("a configured algorithm");
        let listener = self.receiver.core().with(|stack, env| {
            let id = stack.tcp_open()?;
            stack.tcp_set(env, id, TcpOpt::ReceiveBuffer, size)?;
            stack.tcp_bind(env, id, Endpoint::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), PORT))?;
            stack.tcp_listen(env, id, 1).map(|()| id)
        });
        let out = self.sender.core().with(|stack, env| {
            let id = stack.tcp_open()?;
            stack.tcp_set(env, id, TcpOpt::SendBuffer, size)?;
            stack.tcp_set(env, id, TcpOpt::Congestion, kind as i32)?;
            stack.tcp_connect(env, id, Endpoint::new(IpAddr::V4(ADDRESSES[1]), PORT)).map(|()| id)
        });
        let (listener, out) = (listener.expect("a listener"), out.expect("a way"));
        let is_open = |host: &Host| host.core().with(|stack, _| stack.tcp_connected(out));
        while !is_open(self.sender).expect("a peer that listens") {
            assert!(self.net.step(), "the handshake stopped");
        }
        Transfer { out, listener, accepted: None, read: 0, buffer: vec![0x5a; PIECE] }
    }

    fn run_until(&mut self, transfer: &mut Transfer, end: Instant) {
        while self.net.now() < end {
            transfer.pump(self.sender, self.receiver);
            if !self.net.step() {
                break;
            }
        }
    }

    /// Gives up what is still on its way.
    fn close(&mut self, transfer: &Transfer) {
        let at_receiver = [Some(transfer.listener), transfer.accepted];
        let sockets = at_receiver.into_iter().flatten().map(|socket| (self.receiver, socket));
        for (host, socket) in sockets.chain([(self.sender, transfer.out)]) {
            let closed = host.core().with(|stack, env| stack.tcp_abort(env, socket));
            closed.expect("an open socket");
        }
        self.net.set_link(self.wire, LinkConfig::default());
        self.net.run_until_idle();
    }
}

impl Transfer {
    /// Lets both applications do what they can.
    fn pump(&mut self, sender: &Host, receiver: &Host) {
        while stream::send(sender.core(), self.out, true, &[&self.buffer]).is_ok() {}
        if self.accepted.is_none() {
            let new = stream::accept(receiver.core(), self.listener, true);
            self.accepted = new.ok().map(|(socket, _)| socket);
        }
        let Some(socket) = self.accepted else { return };
        let how = How { nonblock: true, ..How::default() };
        let mut buffer = [0; PIECE];
        while let Ok(len) = stream::receive(receiver.core(), socket, how, &mut [&mut buffer[..]])
            && len > 0
        {
            self.read += len as u64;
        }
    }
}
