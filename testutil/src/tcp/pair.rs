// SPDX-License-Identifier: Apache-2.0
//! Two hosts on a wire, with every segment watched and every byte checked.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::rc::Rc;

use znet::base::{Duration, Error, Instant, Ipv4Addr};

use super::segment::{Segment, letters_of};
use super::{Watch, stream};
use crate::check::{Net, Transport, dissect};
use crate::host::{Host, Socket};
use crate::link::LinkConfig;
use crate::network::{LinkId, Network};

/// Addresses of the two hosts.
pub const ADDRESSES: [Ipv4Addr; 2] = [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2)];
/// Port on which host 1 listens.
pub const PORT: u16 = 80;
/// Segments kept to be shown when a rule is broken.
const KEPT: usize = 100;

/// Decides about a segment that host `from` put on the wire; false loses it.
pub type Gate = Box<dyn FnMut(usize, &Segment) -> bool>;

/// Does something to a frame behind the gate; false loses it.
pub type Spoil = Box<dyn FnMut(&mut Vec<u8>) -> bool>;

#[derive(Default)]
struct Eyes {
    flows: HashMap<u16, Watch>,
    wrong: Option<String>,
    /// The last segments: when, whose, without payload but with its length.
    last: VecDeque<(Instant, usize, Segment, usize)>,
    gate: Option<Gate>,
    spoil: Option<Spoil>,
    /// Segments seen.
    seen: u64,
}

impl Eyes {
    /// Looks at a frame before the wire does anything to it; false loses it.
    fn look(&mut self, now: Instant, frame: &[u8]) -> bool {
        let Ok(dissected) = dissect(frame) else { return true };
        let Net::Ipv4(packet, Transport::Tcp(segment)) = dissected.net else { return true };
        let from = usize::from(packet.header.src() == ADDRESSES[1]);
        let port = if from == 0 { segment.src_port } else { segment.dst_port };
        self.seen += 1;
        let watch = self.flows.entry(port).or_insert_with(|| Watch::new(salts(port)));
        let verdict = watch.see(from, &segment);
        let (header, len) =
            (Segment { payload: Vec::new(), ..*segment.clone() }, segment.payload.len());
        self.last.push_back((now, from, header, len));
        if self.last.len() > KEPT {
            self.last.pop_front();
        }
        if let (Err(what), None) = (verdict, &self.wrong) {
            let trace = self.trace(port);
            self.wrong = Some(format!("host {from}, client port {port}: {what}\n{trace}"));
        }
        self.gate.as_mut().is_none_or(|gate| gate(from, &segment))
    }
}

impl Eyes {
    /// The last segments of a connection, numbers relative to those of the oldest one shown.
    fn trace(&self, port: u16) -> String {
        let mut bases: [Option<u32>; 2] = [None; 2];
        let mut out = String::new();
        for (at, from, segment, len) in &self.last {
            if [segment.src_port, segment.dst_port][*from] != port {
                continue;
            }
            let seq = *bases[*from].get_or_insert(segment.seq);
            let ack = *bases[1 - *from].get_or_insert(segment.ack);
            let options: Vec<String> = segment.options.iter().map(ToString::to_string).collect();
            let _ = writeln!(
                out,
                "{:>12} host {from} {} {}+{len} ack {} win {} <{}>",
                at.as_micros(),
                letters_of(segment.flags),
                segment.seq.wrapping_sub(seq) as i32,
                segment.ack.wrapping_sub(ack) as i32,
                segment.window,
                options.join(", ")
            );
        }
        out
    }
}

/// What names the streams of a connection, the client's first.
fn salts(client_port: u16) -> [u32; 2] {
    [u32::from(client_port) << 4, u32::from(client_port) << 4 | 1]
}

/// Host 0, the client, and host 1, the server, which listens on [`PORT`].
pub struct Pair {
    /// The network they are in.
    pub net: Network,
    /// The wire between them.
    pub wire: LinkId,
    /// The two.
    pub hosts: [&'static Host; 2],
    /// The server's listening socket.
    pub listener: Socket,
    eyes: Rc<RefCell<Eyes>>,
}

impl Pair {
    /// Two fresh hosts on such a wire.
    pub fn new(seed: u64, wire: LinkConfig) -> Pair {
        let mut net = Network::new(seed);
        let link = net.link(wire);
        let hosts = [net.host("client"), net.host("server")];
        for (host, addr) in hosts.iter().zip(ADDRESSES) {
            net.attach(host, link, addr, 24);
        }
        let eyes = Rc::new(RefCell::new(Eyes::default()));
        let of_wire = eyes.clone();
        net.filter(link, move |now, frame| {
            let mut eyes = of_wire.borrow_mut();
            eyes.look(now, frame) && eyes.spoil.as_mut().is_none_or(|spoil| spoil(frame))
        });
        let listener = hosts[1].tcp_server(PORT);
        Pair { net, wire: link, hosts, listener, eyes }
    }

    /// Starts again on another wire: hosts as new, which a run of many would run out of otherwise.
    pub fn restart(&mut self, seed: u64, wire: LinkConfig) {
        self.net.restart(seed);
        self.net.set_link(self.wire, wire);
        *self.eyes.borrow_mut() = Eyes::default();
        self.listener = self.hosts[1].tcp_server(PORT);
    }

    /// Lets `gate` decide which segments are lost.
    pub fn gate(&mut self, gate: impl FnMut(usize, &Segment) -> bool + 'static) {
        self.eyes.borrow_mut().gate = Some(Box::new(gate));
    }

    /// Lets `spoil` change or lose frames that were looked at.
    pub fn spoil(&mut self, spoil: impl FnMut(&mut Vec<u8>) -> bool + 'static) {
        self.eyes.borrow_mut().spoil = Some(Box::new(spoil));
    }

    /// No gate any more.
    pub fn open_gate(&mut self) {
        self.eyes.borrow_mut().gate = None;
    }

    /// Segments seen so far.
    pub fn segments(&self) -> u64 {
        self.eyes.borrow().seen
    }

    /// The last segments of the connection with this port of the client's.
    pub fn trace(&self, port: u16) -> String {
        self.eyes.borrow().trace(port)
    }

    /// Whether a rule for all segments was broken, and which.
    ///
    /// # Errors
    /// The first that was.
    pub fn judge(&self) -> Result<(), String> {
        self.eyes.borrow().wrong.clone().map_or(Ok(()), Err)
    }

    /// Begins to connect from host 0.
    ///
    /// # Errors
    /// When there is no context or no way.
    pub fn connect(&mut self) -> Result<End, Error> {
        let socket = self.hosts[0].tcp_open()?;
        if let Err(error) = self.hosts[0].tcp_connect(socket, (ADDRESSES[1], PORT)) {
            let _ = self.hosts[0].tcp_abort(socket);
            return Err(error);
        }
        Ok(End::new(self.hosts[0], socket, true))
    }

    /// Accepts what waits at host 1.
    pub fn accept(&mut self) -> Option<End> {
        let socket = self.hosts[1].tcp_accept(self.listener).ok()?;
        Some(End::new(self.hosts[1], socket, false))
    }

    /// A connection on a wire that loses nothing for the moment: the client's end and the server's.
    ///
    /// # Panics
    /// When there is none within ten seconds.
    pub fn connected(&mut self) -> (End, End) {
        let client = self.connect().expect("a way");
        for _ in 0..1000 {
            self.net.run_for(Duration::from_millis(10));
            if let Some(server) = self.accept() {
                return (client, server);
            }
        }
        panic!("no connection within ten seconds");
    }
}

/// One end of a connection, as its application sees it.
pub struct End {
    /// Its host.
    pub host: &'static Host,
    /// Its socket.
    pub socket: Socket,
    /// The client's port, which names the connection.
    pub port: u16,
    salt: u32,
    peer_salt: u32,
    /// Bytes given to the stack.
    pub sent: u32,
    /// Bytes taken from the stack.
    pub received: u32,
    /// The peer's end was read.
    pub ended: bool,
    /// What the connection failed with.
    pub failed: Option<Error>,
}

impl End {
    fn new(host: &'static Host, socket: Socket, client: bool) -> End {
        let port = host.core().with(|stack, _| {
            let context = stack.contexts.get(socket);
            context.map_or(0, |c| if client { c.local.port } else { c.remote.port })
        });
        let [mut salt, mut peer_salt] = salts(port);
        if !client {
            std::mem::swap(&mut salt, &mut peer_salt);
        }
        End {
            host,
            socket,
            port,
            salt,
            peer_salt,
            sent: 0,
            received: 0,
            ended: false,
            failed: None,
        }
    }

    /// Sends the next bytes of the stream; returns how many were taken.
    pub fn send(&mut self, len: usize) -> usize {
        let data = stream::bytes(self.salt, self.sent, len);
        match self.host.tcp_send(self.socket, &data) {
            Ok(sent) => {
                self.sent += sent as u32;
                sent
            }
            Err(error) => {
                self.note(error);
                0
            }
        }
    }

    /// Receives and checks; returns how many bytes came.
    ///
    /// # Panics
    /// When a byte is not what the peer sent there.
    pub fn recv(&mut self, most: usize) -> usize {
        match self.host.tcp_recv(self.socket, most, false) {
            Ok(data) => {
                let wrong = stream::first_wrong(self.peer_salt, self.received, &data);
                assert_eq!(wrong, None, "a byte is wrong behind {}", self.received);
                self.received += data.len() as u32;
                self.ended |= data.is_empty() && most > 0;
                data.len()
            }
            Err(error) => {
                self.note(error);
                0
            }
        }
    }

    /// Keeps an error that ends the connection.
    fn note(&mut self, error: Error) {
        if !matches!(error, Error::Again | Error::NotConn | Error::Pipe | Error::NoBufs) {
            self.failed.get_or_insert(error);
        }
    }
}
