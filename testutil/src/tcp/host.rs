// SPDX-License-Identifier: Apache-2.0
//! What an application on a [`Host`] does with TCP. No call waits.

use znet::base::{Endpoint, Error, IpAddr, Ipv4Addr};
use znet::buf::{NO_WAIT, PktList};
use znet::stack::{TCP_HEADROOM, TcpOpt};
use znet::transport::Flags;
use znet::transport::tcp::State;
use znet::transport::tcp::congestion::Kind;
use znet::wire::checksum::Sum;

use crate::Socket;
use crate::host::Host;

impl Host {
    /// Opens a TCP socket.
    ///
    /// # Errors
    /// When all contexts are in use.
    pub fn tcp_open(&self) -> Result<Socket, Error> {
        let socket = self.core().with(|stack, _| stack.tcp_open())?;
        self.remember(socket);
        Ok(socket)
    }

    /// Binds a socket to a port of all addresses.
    ///
    /// # Errors
    /// Those of `Stack::tcp_bind`.
    pub fn tcp_bind(&self, socket: Socket, port: u16) -> Result<(), Error> {
        let local = endpoint((Ipv4Addr::UNSPECIFIED, port));
        self.core().with(|stack, env| stack.tcp_bind(env, socket, local))
    }

    /// Makes a bound socket listen.
    ///
    /// # Errors
    /// Those of `Stack::tcp_listen`.
    pub fn tcp_listen(&self, socket: Socket, backlog: u16) -> Result<(), Error> {
        self.core().with(|stack, env| stack.tcp_listen(env, socket, backlog))
    }

    /// A socket that listens on `port`.
    ///
    /// # Panics
    /// When there is no context or the port is taken.
    #[track_caller]
    pub fn tcp_server(&self, port: u16) -> Socket {
        let socket = self.tcp_open().expect("a free context");
        self.tcp_bind(socket, port).expect("a free port");
        self.tcp_listen(socket, 8).expect("a bound socket listens");
        socket
    }

    /// The oldest connection that waits.
    ///
    /// # Errors
    /// [`Error::Again`] when none does.
    pub fn tcp_accept(&self, socket: Socket) -> Result<Socket, Error> {
        let new = self.core().with(|stack, env| stack.tcp_accept(env, socket))?;
        let new = new.ok_or(Error::Again)?;
        self.remember(new);
        Ok(new)
    }

    /// Begins to connect.
    ///
    /// # Errors
    /// Those of `Stack::tcp_connect`; that it is under way is none.
    pub fn tcp_connect(&self, socket: Socket, to: (impl Into<Ipv4Addr>, u16)) -> Result<(), Error> {
        let to = endpoint(to);
        self.core().with(|stack, env| stack.tcp_connect(env, socket, to))
    }

    /// Whether an attempt to connect is through.
    ///
    /// # Errors
    /// What it failed with.
    pub fn tcp_connected(&self, socket: Socket) -> Result<bool, Error> {
        self.core().with(|stack, _| stack.tcp_connected(socket))
    }

    /// Queues as much of `data` as there is room and memory for.
    ///
    /// # Errors
    /// [`Error::Again`] when there is none, and those of the connection.
    pub fn tcp_send(&self, socket: Socket, data: &[u8]) -> Result<usize, Error> {
        let mut done = 0;
        loop {
            let room = match self.core().with(|stack, _| stack.tcp_room(socket)) {
                Ok(room) => room,
                Err(error) if done == 0 => return Err(error),
                Err(_) => return Ok(done),
            };
            let most = (data.len() - done).min(room.bytes as usize);
            let mut segments = PktList::new();
            let mut bytes = 0;
            for piece in data[done..done + most].chunks(usize::from(room.mss)) {
                let pools = self.core().pools();
                let Some(mut pkt) = pools.alloc_tx(TCP_HEADROOM, piece.len(), NO_WAIT) else {
                    break;
                };
                // Pure acknowledgments need packets too.
                if pkt.home_is_scarce(4) || pkt.append(piece) != piece.len() {
                    break;
                }
                let record = pkt.segment_mut();
                record.len = piece.len() as u16;
                record.sum = Sum::of(piece).fold();
                segments.push_back(pkt);
                bytes += piece.len();
            }
            if bytes == 0 {
                return if done == 0 { Err(Error::Again) } else { Ok(done) };
            }
            let taken =
                self.core().with(|stack, env| stack.tcp_send(env, socket, segments, bytes))?;
            done += taken;
            if taken < bytes || done == data.len() {
                return if done == 0 { Err(Error::Again) } else { Ok(done) };
            }
        }
    }

    /// Takes up to `most` bytes that were received, or looks at them only; none at the end.
    ///
    /// # Errors
    /// [`Error::Again`] when nothing waits, and those of the connection.
    pub fn tcp_recv(&self, socket: Socket, most: usize, peek: bool) -> Result<Vec<u8>, Error> {
        let mut got = self.core().with(|stack, env| stack.tcp_receive(env, socket, most, peek))?;
        let mut data = Vec::new();
        let mut skip = got.skip;
        while let Some(pkt) = got.packets.pop_front() {
            data.extend(pkt.fragments().flatten().skip(skip));
            skip = 0;
        }
        for pkt in &got.lent {
            let left = most - data.len();
            data.extend(pkt.fragments().flatten().skip(skip).take(left));
            skip = 0;
        }
        if data.is_empty() && !got.end { Err(Error::Again) } else { Ok(data) }
    }

    /// Bytes that can be read at once.
    ///
    /// # Errors
    /// Those of `Stack::tcp_readable`.
    pub fn tcp_readable(&self, socket: Socket) -> Result<usize, Error> {
        self.core().with(|stack, _| stack.tcp_readable(socket))
    }

    /// Shuts down `rd`, `wr` or `both`.
    ///
    /// # Errors
    /// Those of `Stack::tcp_shutdown`.
    pub fn tcp_shutdown(&self, socket: Socket, what: &str) -> Result<(), Error> {
        let what = match what {
            "rd" => Flags::SHUT_RD,
            "wr" => Flags::SHUT_WR,
            _ => Flags::SHUT_RD | Flags::SHUT_WR,
        };
        self.core().with(|stack, env| stack.tcp_shutdown(env, socket, what))
    }

    /// Closes a socket as an application does that does not wait.
    ///
    /// # Errors
    /// For a socket that is closed.
    pub fn tcp_close(&self, socket: Socket) -> Result<(), Error> {
        self.forget(socket);
        self.core().with(|stack, env| stack.tcp_close(env, socket))
    }

    /// Ends a connection with a reset, and closes its socket.
    ///
    /// # Errors
    /// For a socket that is closed.
    pub fn tcp_abort(&self, socket: Socket) -> Result<(), Error> {
        self.forget(socket);
        self.core().with(|stack, env| stack.tcp_abort(env, socket))
    }

    /// Sets an option by its name in scripts.
    ///
    /// # Errors
    /// Those of `Stack::tcp_set`; [`Error::NoProtoOpt`] for a name nobody knows.
    pub fn tcp_set(&self, socket: Socket, name: &str, value: i64) -> Result<(), Error> {
        let flag = match name {
            "reuseaddr" => Some(Flags::REUSE_ADDR),
            "reuseport" => Some(Flags::REUSE_PORT),
            _ => None,
        };
        if let Some(flag) = flag {
            let set = |flags: &mut Flags| flags.set(flag, value != 0);
            return self
                .core()
                .with(|stack, _| stack.contexts.get_mut(socket).map(|c| set(&mut c.flags)));
        }
        let option = match name {
            "nodelay" => TcpOpt::NoDelay,
            "maxseg" => TcpOpt::MaxSeg,
            "keepalive" => TcpOpt::KeepAlive,
            "keepidle" => TcpOpt::KeepIdle,
            "keepintvl" => TcpOpt::KeepInterval,
            "keepcnt" => TcpOpt::KeepCount,
            "user_timeout" => TcpOpt::UserTimeout,
            "linger" => TcpOpt::Linger,
            "sndbuf" => TcpOpt::SendBuffer,
            "rcvbuf" => TcpOpt::ReceiveBuffer,
            _ => return Err(Error::NoProtoOpt),
        };
        self.core().with(|stack, env| stack.tcp_set(env, socket, option, value as i32))
    }

    /// Chooses the congestion control of a socket.
    ///
    /// # Errors
    /// Those of `Stack::tcp_set`.
    pub fn tcp_congestion(&self, socket: Socket, kind: Kind) -> Result<(), Error> {
        let kind = kind as i32;
        self.core().with(|stack, env| stack.tcp_set(env, socket, TcpOpt::Congestion, kind))
    }

    /// What `poll` would tell, in words.
    pub fn tcp_poll(&self, socket: Socket) -> Vec<&'static str> {
        let Ok(ready) = self.core().with(|stack, _| stack.tcp_ready(socket)) else {
            return vec!["nval"];
        };
        let all = [
            (ready.read, "in"),
            (ready.write, "out"),
            (ready.urgent, "pri"),
            (ready.error, "err"),
            (ready.hung_up, "hup"),
        ];
        all.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect()
    }

    /// Takes the pending error (SO_ERROR).
    pub fn tcp_error(&self, socket: Socket) -> Option<Error> {
        self.core().with(|stack, _| stack.contexts.get_mut(socket).ok()?.error.take())
    }

    /// The state of a socket's connection by its name in RFC 9293; or when that socket is closed, of the
    /// connection between a port of ours and a peer.
    pub fn tcp_state(
        &self,
        socket: Option<Socket>,
        flow: Option<(u16, (Ipv4Addr, u16))>,
    ) -> String {
        let state = self.core().with(|stack, _| {
            if let Some(info) = socket.and_then(|socket| stack.tcp_info(socket).ok()) {
                return info.state;
            }
            let Some((port, remote)) = flow else { return State::Closed };
            let remote = endpoint(remote);
            let ours = stack.tcp.iter().find(|(_, tcb)| {
                stack
                    .contexts
                    .at(usize::from(tcb.context))
                    .is_some_and(|c| c.remote == remote && c.local.port == port)
            });
            if let Some((_, tcb)) = ours {
                return tcb.state;
            }
            let addrs: Vec<_> = stack.ifaces.iter().flat_map(|i| i.ipv4_addrs()).collect();
            let waits = addrs.into_iter().any(|addr| {
                let local = endpoint((addr.addr, port));
                stack.tcp.waits.holds(stack.tcp.hash(&local, &remote), &local, &remote)
            });
            if waits { State::TimeWait } else { State::Closed }
        });
        let name = match state {
            State::Closed => "CLOSED",
            State::Listen => "LISTEN",
            State::SynSent => "SYN-SENT",
            State::SynReceived => "SYN-RECEIVED",
            State::Established => "ESTABLISHED",
            State::FinWait1 => "FIN-WAIT-1",
            State::FinWait2 => "FIN-WAIT-2",
            State::CloseWait => "CLOSE-WAIT",
            State::Closing => "CLOSING",
            State::LastAck => "LAST-ACK",
            State::TimeWait => "TIME-WAIT",
        };
        name.into()
    }

    /// A number of a connection by its name in scripts.
    pub fn tcp_number(&self, socket: Socket, field: &str) -> Option<i64> {
        let info = self.core().with(|stack, _| stack.tcp_info(socket)).ok()?;
        Some(match field {
            "mss" => info.mss.into(),
            "cwnd" => info.cwnd.into(),
            "ssthresh" => info.ssthresh.into(),
            "srtt" => info.rtt.0.into(),
            "rttvar" => info.rtt.1.into(),
            "rto" => info.rto.into(),
            "flight" => info.in_flight.into(),
            "unsent" => info.unsent.into(),
            "early" => info.early.into(),
            "timeouts" => info.timeouts.into(),
            _ => return None,
        })
    }

    /// What TCP keeps besides the sockets' own contexts and has to be empty at rest, in words.
    pub(crate) fn tcp_leaks(&self) -> Option<String> {
        let (orphans, requests, waits) = self
            .core()
            .with(|stack, _| (stack.tcp.orphans(), stack.tcp.syns.len(), stack.tcp.waits.len()));
        (orphans + requests + waits != 0).then(|| {
            format!("{}: {orphans} orphans, {requests} requests, {waits} in TIME-WAIT", self.name())
        })
    }
}

fn endpoint((addr, port): (impl Into<Ipv4Addr>, u16)) -> Endpoint {
    Endpoint::new(IpAddr::V4(addr.into()), port)
}
