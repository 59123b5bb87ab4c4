// SPDX-License-Identifier: Apache-2.0
//! Two hosts of both families on a wire, and what applications do on them.

use testutil::{EthAddr, Host, LinkId, Network, Socket};
use znet::base::{Endpoint, Error, IpAddr, Ipv4Addr, Ipv6Addr};
use znet::buf::NO_WAIT;
use znet::iface::IfBuilder;
use znet::stack::UDP_HEADROOM;
use znet::wire::checksum::Sum;

use super::weather::Weather;

/// Where the server listens, and where datagrams go.
const PORT: u16 = 7;

/// The client, [`hosts`](Self::hosts)`[0]`, and the server.
pub struct World {
    /// The network they are in.
    pub net: Network,
    /// The wire between them.
    pub wire: LinkId,
    /// The two.
    pub hosts: [&'static Host; 2],
    /// The server's listening sockets, one a family.
    pub listeners: [Socket; 2],
    /// Sockets for datagrams: host, then family.
    pub datagrams: [[Socket; 2]; 2],
}

/// The address of host `host` in family `family`: 0 is IPv4.
fn address(host: usize, family: usize) -> IpAddr {
    let last = host as u8 + 1;
    match family {
        0 => IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)),
        _ => IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last.into())),
    }
}

impl World {
    /// Fresh hosts with their sockets open.
    pub fn new(seed: u64) -> World {
        let mut net = Network::new(seed);
        let wire = net.link(Weather::Calm.wire());
        let hosts = [net.host("client"), net.host("server")];
        for (at, host) in hosts.iter().enumerate() {
            let [IpAddr::V4(v4), IpAddr::V6(v6)] = [address(at, 0), address(at, 1)] else {
                unreachable!("a family each")
            };
            let iface = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, at as u8 + 1]));
            net.attach_iface(host, wire, iface.ipv4(v4, 24).ipv6(v6, 64).up().build());
        }
        let none = hosts[0].udp_open();
        hosts[0].close(none);
        let mut world = World { net, wire, hosts, listeners: [none; 2], datagrams: [[none; 2]; 2] };
        world.open();
        world
    }

    /// Opens the sockets that stay open.
    pub fn open(&mut self) {
        for family in 0..2 {
            let any = match family {
                0 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
                _ => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            };
            let any = Endpoint::new(any, PORT);
            for (at, host) in self.hosts.iter().enumerate() {
                let socket = host.udp_open();
                self.datagrams[at][family] = socket;
                host.core().with(|stack, env| {
                    if family == 1 {
                        stack.context_set_v6(socket).expect("an open socket");
                    }
                    stack.udp_bind(env, socket, any).expect("a free port");
                });
            }
            let server = self.hosts[1];
            let listener = server.tcp_open().expect("a free context");
            self.listeners[family] = listener;
            server.core().with(|stack, env| {
                if family == 1 {
                    stack.context_set_v6(listener).expect("an open socket");
                }
                stack.tcp_bind(env, listener, any).expect("a free port");
                stack.tcp_listen(env, listener, 8).expect("a bound socket listens");
            });
        }
    }

    /// Begins a connection from client to server.
    ///
    /// # Errors
    /// When there is no context, no port or no memory.
    pub fn connect(&self, family: usize) -> Result<Socket, Error> {
        let client = self.hosts[0];
        let socket = client.tcp_open()?;
        let to = Endpoint::new(address(1, family), PORT);
        let begun = client.core().with(|stack, env| {
            if family == 1 {
                stack.context_set_v6(socket)?;
            }
            stack.tcp_connect(env, socket, to)
        });
        if let Err(error) = begun {
            client.tcp_abort(socket).expect("it is open");
            return Err(error);
        }
        Ok(socket)
    }

    /// Sends a datagram from host `from` to the other.
    ///
    /// # Errors
    /// When there is no memory, and those of the socket.
    pub fn send(&self, from: usize, family: usize, data: &[u8]) -> Result<(), Error> {
        let core = self.hosts[from].core();
        let mut pkt =
            core.pools().alloc_tx(UDP_HEADROOM, data.len(), NO_WAIT).ok_or(Error::NoBufs)?;
        if pkt.append(data) != data.len() {
            return Err(Error::NoBufs);
        }
        let (socket, sum) = (self.datagrams[from][family], Sum::of(data));
        let to = Endpoint::new(address(1 - from, family), PORT);
        core.with(|stack, env| stack.udp_send(env, socket, Some(to), pkt, sum))
    }

    /// Takes the oldest datagram that waits at `host`.
    pub fn recv(&self, host: usize, family: usize) -> Option<Vec<u8>> {
        let socket = self.datagrams[host][family];
        let core = self.hosts[host].core();
        // An error that came by ICMP is no datagram, and no end of them.
        let pkt = core.with(|stack, _| {
            stack.context_receive(socket).or_else(|_| stack.context_receive(socket))
        });
        Some(pkt.ok()??.fragments().flatten().copied().collect())
    }
}
