// SPDX-License-Identifier: Apache-2.0
//! Connections, many at a time. The first bytes of each tell the server its number, from which both
//! ends know what they have to say, and how it ends.

use std::collections::HashMap;

use testutil::tcp::stream;
use testutil::{Error, Host, Instant, Socket};

use super::world::World;

/// Longer than TCP tries: what is not over by then never will be.
const STUCK: u64 = 3_600;
/// Most that one call sends or receives.
const PIECE: u32 = 4_000;

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The client closes its direction, reads to the end, and closes.
    ClientFirst,
    /// The server closes as soon as it has said all, and heard all.
    ServerFirst,
    /// The client resets it half-way.
    ClientAborts,
    /// The server resets it when it knows which it is.
    ServerAborts,
    /// The client closes without reading what comes.
    Unread,
}

/// What a connection is about.
#[derive(Clone, Copy, Debug)]
struct Plan {
    number: u32,
    /// Bytes from client to server, the number among them, and back.
    up: u32,
    down: u32,
    way: Way,
}

impl Plan {
    fn of(number: u32) -> Plan {
        let drawn = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let length = |drawn: u64| match drawn % 16 {
            0 => drawn / 16 % 20_000,
            1..5 => drawn / 16 % 3_000,
            _ => drawn / 16 % 300,
        };
        let way = match (drawn >> 32) % 20 {
            0 => Way::ClientAborts,
            1 => Way::ServerAborts,
            2 => Way::Unread,
            3..10 => Way::ServerFirst,
            _ => Way::ClientFirst,
        };
        let (up, down) =
            (length(drawn >> 36 & 0xff_ffff) as u32 + 4, length(drawn >> 8 & 0xff_ffff));
        Plan { number, up, down: down as u32, way }
    }

    /// Up to a piece of what the client says.
    fn said(&self, from: u32, to: u32) -> Vec<u8> {
        let whole = stream::bytes(self.number, from, (to - from) as usize);
        let head = self.number.to_be_bytes();
        let named = (from as usize..4).zip(&head[from.min(4) as usize..]);
        let mut data = whole;
        for (at, byte) in named.take(data.len()) {
            data[at - from as usize] = *byte;
        }
        data
    }

    /// The same of the server.
    fn answered(&self, from: u32, to: u32) -> Vec<u8> {
        stream::bytes(!self.number, from, (to - from) as usize)
    }
}

/// One end.
struct End {
    host: &'static Host,
    socket: Socket,
    sent: u32,
    received: u32,
    /// The other's end was read.
    ended: bool,
    shut: bool,
    failed: Option<Error>,
    since: Instant,
}

impl End {
    fn new(host: &'static Host, socket: Socket, since: Instant) -> End {
        End { host, socket, sent: 0, received: 0, ended: false, shut: false, failed: None, since }
    }

    fn note<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result
            .map_err(|error| {
                if !matches!(error, Error::Again | Error::NoBufs | Error::NoMem) {
                    self.failed.get_or_insert(error);
                }
            })
            .ok()
    }

    fn send(&mut self, upto: u32, say: impl Fn(u32, u32) -> Vec<u8>) {
        if self.sent < upto {
            let data = say(self.sent, upto.min(self.sent + PIECE));
            let result = self.host.tcp_send(self.socket, &data);
            self.sent += self.note(result).unwrap_or(0) as u32;
        }
    }

    fn recv(&mut self) -> Vec<u8> {
        let result = self.host.tcp_recv(self.socket, PIECE as usize, false);
        let data = self.note(result);
        self.ended |= data.as_ref().is_some_and(Vec::is_empty);
        data.unwrap_or_default()
    }

    /// Ends what this end says.
    fn shut(&mut self) {
        if !self.shut {
            let result = self.host.tcp_shutdown(self.socket, "wr");
            self.shut = self.note(result).is_some();
        }
    }

    fn describe(&self) -> String {
        format!(
            "{} sent {} received {} ended {} shut {} failed {:?}",
            self.host.tcp_state(Some(self.socket), None),
            self.sent,
            self.received,
            self.ended,
            self.shut,
            self.failed
        )
    }

    fn close(self) {
        self.host.tcp_close(self.socket).expect("it is open");
    }

    fn abort(self) {
        self.host.tcp_abort(self.socket).expect("it is open");
    }
}

struct Client {
    end: End,
    plan: Plan,
    connected: bool,
}

struct Server {
    end: End,
    /// What was received of the number.
    head: Vec<u8>,
    plan: Option<Plan>,
}

/// How connections ended.
#[derive(Default)]
pub struct Connections {
    /// Begun.
    pub begun: u64,
    /// That could not begin, for want of something; tried again.
    pub refused: u64,
    /// Both ends said all they had to say, heard it unspoilt, and ended in order.
    pub in_order: u64,
    /// Reset on purpose, or closed with bytes unread.
    pub cut_short: u64,
    /// What the others failed with, at the client's.
    pub failed: HashMap<String, u64>,
    /// Whose server was gone without a word that arrived, so that they heard nothing for an hour: without
    /// keep-alive that is how it is. They count as failed, or as cut short on purpose.
    pub left_alone: u64,
    clients: Vec<Client>,
    servers: Vec<Server>,
}

impl Connections {
    /// Connections whose client is not done.
    pub fn open(&self) -> usize {
        self.clients.len()
    }

    /// Whether all is over, at the server too.
    pub fn at_rest(&self) -> bool {
        self.clients.is_empty() && self.servers.is_empty()
    }

    /// Begins one more, if that is possible now.
    pub fn begin(&mut self, world: &World) {
        let plan = Plan::of(self.begun as u32);
        match world.connect(plan.number as usize & 1) {
            Ok(socket) => {
                let end = End::new(world.hosts[0], socket, world.net.now());
                self.clients.push(Client { end, plan, connected: false });
                self.begun += 1;
            }
            Err(_) => self.refused += 1,
        }
    }

    /// Lets each end do what it can.
    ///
    /// # Panics
    /// When a byte is wrong, or a connection is not over after an hour.
    pub fn tick(&mut self, world: &World) {
        let now = world.net.now();
        for listener in world.listeners {
            while let Ok(socket) = world.hosts[1].tcp_accept(listener) {
                let end = End::new(world.hosts[1], socket, now);
                self.servers.push(Server { end, head: Vec::new(), plan: None });
            }
        }
        for at in (0..self.clients.len()).rev() {
            let age = now.since(self.clients[at].end.since).as_micros() / 1_000_000;
            let alone = age >= STUCK && self.server_of(at).is_none();
            assert!(age < STUCK || alone, "stuck: {}", self.describe(at));
            let client = &mut self.clients[at];
            if alone {
                client.end.failed.get_or_insert(Error::TimedOut);
                self.left_alone += 1;
            }
            client.turn();
            if client.is_over() {
                let client = self.clients.swap_remove(at);
                self.end_client(client);
            }
        }
        for at in (0..self.servers.len()).rev() {
            let server = &mut self.servers[at];
            let age = now.since(server.end.since).as_micros() / 1_000_000;
            server.turn();
            // Of a client that is gone nobody might tell: RFC 9293 leaves that to applications.
            if server.is_over() || age > 600 {
                let server = self.servers.swap_remove(at);
                Self::end_server(server);
            }
        }
    }

    fn server_of(&self, at: usize) -> Option<&Server> {
        let number = self.clients[at].plan.number;
        self.servers.iter().find(|server| server.plan.is_some_and(|plan| plan.number == number))
    }

    /// What a client and its server are about.
    fn describe(&self, at: usize) -> String {
        let Client { end, plan, .. } = &self.clients[at];
        let mut text = format!("{plan:?}, client {}", end.describe());
        match self.server_of(at) {
            Some(server) => text += &format!(", server {}", server.end.describe()),
            None => text += ", no server",
        }
        text
    }

    fn end_client(&mut self, client: Client) {
        let Client { end, plan, .. } = client;
        match (end.failed, plan.way) {
            (None, Way::ClientFirst | Way::ServerFirst) => {
                assert_eq!((end.sent, end.received), (plan.up, plan.down), "{plan:?}");
                self.in_order += 1;
            }
            (None, _) | (Some(_), Way::ServerAborts) => {
                self.cut_short += 1;
            }
            (Some(error), _) => *self.failed.entry(format!("{error:?}")).or_default() += 1,
        }
        if plan.way == Way::ClientAborts { end.abort() } else { end.close() }
    }

    fn end_server(server: Server) {
        let Server { end, plan, .. } = server;
        let orderly = |plan: &Plan| matches!(plan.way, Way::ClientFirst | Way::ServerFirst);
        if let (None, true, Some(plan)) = (end.failed, end.ended, plan.filter(orderly)) {
            assert_eq!((end.sent, end.received), (plan.down, plan.up), "{plan:?}");
        }
        if plan.is_some_and(|plan| plan.way == Way::ServerAborts) {
            end.abort()
        } else {
            end.close()
        }
    }
}

impl Client {
    fn turn(&mut self) {
        let end = &mut self.end;
        if !self.connected {
            let result = end.host.tcp_connected(end.socket);
            self.connected = end.note(result).unwrap_or(false);
            if !self.connected {
                return;
            }
        }
        let plan = self.plan;
        let most = if plan.way == Way::ClientAborts { plan.up / 2 } else { plan.up };
        end.send(most, |from, to| plan.said(from, to));
        if matches!(plan.way, Way::ClientAborts | Way::Unread) {
            return;
        }
        let data = end.recv();
        if !data.is_empty() {
            let to = end.received + data.len() as u32;
            assert!(to <= plan.down, "more than was said: {plan:?}");
            assert!(data == plan.answered(end.received, to), "a byte is wrong: {plan:?}");
            end.received = to;
        }
        if plan.way == Way::ClientFirst && end.sent == plan.up || end.ended {
            end.shut();
        }
    }

    fn is_over(&self) -> bool {
        let end = &self.end;
        end.failed.is_some()
            || match self.plan.way {
                Way::ClientAborts => self.connected && end.sent == self.plan.up / 2,
                Way::Unread => end.sent == self.plan.up,
                _ => end.ended && end.sent == self.plan.up,
            }
    }
}

impl Server {
    fn turn(&mut self) {
        let end = &mut self.end;
        let data = end.recv();
        let mut rest = &data[..];
        if self.plan.is_none() {
            let (head, more) = rest.split_at(rest.len().min(4 - self.head.len()));
            self.head.extend(head);
            end.received += head.len() as u32;
            rest = more;
            let Ok(number) = <[u8; 4]>::try_from(&self.head[..]) else { return };
            self.plan = Some(Plan::of(u32::from_be_bytes(number)));
        }
        let Some(plan) = self.plan else { return };
        if !rest.is_empty() {
            let to = end.received + rest.len() as u32;
            assert!(to <= plan.up, "more than was said: {plan:?}");
            assert!(rest == plan.said(end.received, to), "a byte is wrong: {plan:?}");
            end.received = to;
        }
        if plan.way == Way::ServerAborts {
            return;
        }
        end.send(plan.down, |from, to| plan.answered(from, to));
        if end.sent == plan.down && end.received == plan.up {
            end.shut();
        }
    }

    fn is_over(&self) -> bool {
        let end = &self.end;
        let Some(plan) = self.plan else { return end.failed.is_some() || end.ended };
        end.failed.is_some()
            || plan.way == Way::ServerAborts
            || end.ended
                && (end.sent == plan.down || plan.way != Way::ServerFirst && end.received < plan.up)
    }
}
