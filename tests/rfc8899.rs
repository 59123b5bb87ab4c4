// SPDX-License-Identifier: Apache-2.0
//! RFC 8899 for UDP (6.1): two hosts on a wire that swallows what is too big, an application that echoes probes, and
//! routers that tell the truth, lie, or say nothing. The rules themselves: `ip/plpmtud/tests.rs`.
#![cfg(all(CONFIG_ZNET_UDP_PLPMTUD, CONFIG_NET_L2_ETHERNET))]

use std::cell::Cell;
use std::rc::Rc;

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{
    DropReason, Duration, Error, Host, Ipv4Addr, Lab, LinkConfig, Network, Socket, frame,
};
use znet::ip::plpmtud::State;
use znet::stack::PlpmtudInfo;
use znet::wire::icmpv4::{Message, unreachable};
use znet::wire::ipv4::protocol;

/// A path between an application and one that echoes.
struct Path {
    net: Network,
    near: &'static Host,
    far: &'static Host,
    socket: Socket,
    echo: Socket,
    /// The largest packet that passes.
    carries: Rc<Cell<usize>>,
}

impl Path {
    fn new(carries: usize) -> Path {
        let mut net = Network::new(3);
        let wire = net.link(LinkConfig::default());
        let (near, far) = (net.host("near"), net.host("far"));
        net.attach(near, wire, HOST_IP, 24);
        net.attach(far, wire, PEER_IP, 24);
        let limit = Rc::new(Cell::new(carries));
        let carried = limit.clone();
        net.filter(wire, move |_, frame| frame.len() <= 14 + carried.get());
        let (socket, echo) = (near.udp_bind(4000), far.udp_bind(7));
        near.connect(socket, (PEER_IP, 7)).unwrap();
        near.core().with(|stack, _| stack.plpmtud_start(socket)).unwrap();
        Path { net, near, far, socket, echo, carries: limit }
    }

    fn info(&self) -> PlpmtudInfo {
        self.near.core().with(|stack, env| stack.plpmtud_info(env, self.socket)).unwrap()
    }

    fn at(&self) -> (State, u16) {
        let info = self.info();
        (info.state, info.payload)
    }

    /// What applications at both ends do for that long: probes and answers.
    fn run(&mut self, seconds: u64) {
        for _ in 0..seconds * 10 {
            let due = self.near.core().with(|stack, env| stack.plpmtud_due(env, self.socket));
            if let (Some(size), _) = due.unwrap() {
                self.near.udp_send(self.socket, &vec![0x5a; usize::from(size)]).unwrap();
            }
            self.net.run_for(Duration::from_millis(50));
            while let Some(probe) = self.far.udp_recv(self.echo) {
                // The answer names the size alone: it has to come back whatever the way back carries.
                let size = (probe.data.len() as u16).to_be_bytes();
                self.far.udp_send_to(self.echo, probe.from, &size).unwrap();
            }
            self.net.run_for(Duration::from_millis(50));
            while let Some(answer) = self.near.udp_recv(self.socket) {
                let size = u16::from_be_bytes([answer.data[0], answer.data[1]]);
                let confirm = |stack: &mut znet::stack::Stack, env: &dyn znet::stack::Env| {
                    stack.plpmtud_confirm(env, self.socket, size)
                };
                self.near.core().with(confirm).unwrap();
            }
        }
    }

    fn end(self) {
        self.near.close(self.socket);
        self.far.close(self.echo);
        assert_eq!((self.near.leaks(), self.far.leaks()), (None, None));
    }
}

/// 5.2: BASE, SEARCHING, SEARCH_COMPLETE on a path that carries what the link does.
#[test]
fn section_5_2_a_whole_link() {
    let mut path = Path::new(1500);
    assert_eq!(path.at(), (State::Base, 1192));
    path.run(2);
    assert_eq!(path.at(), (State::Complete, 1472));
    path.end();
}

/// 5.3: behind a link that carries less and says nothing.
#[test]
fn section_5_3_a_path_that_swallows() {
    for carries in [1300, 1400, 1492] {
        let mut path = Path::new(carries);
        path.run(300);
        let (state, payload) = path.at();
        assert_eq!(state, State::Complete);
        let packet = usize::from(payload) + 28;
        assert!(packet <= carries && carries - packet <= 16, "{packet} of {carries}");
        // What fits goes through in one piece, what does not is refused.
        path.near.udp_send(path.socket, &vec![1; usize::from(payload)]).unwrap();
        path.net.run_for(Duration::from_millis(10));
        assert_eq!(path.far.udp_recv(path.echo).unwrap().data.len(), usize::from(payload));
        let more = vec![1; usize::from(payload) + 1];
        assert_eq!(path.near.udp_send(path.socket, &more), Err(Error::MsgSize));
        path.end();
    }
}

/// 4.3, 5.2: a path that changes into a black hole for what it carried, and back.
#[test]
fn section_4_3_black_holes() {
    let mut path = Path::new(1500);
    path.run(2);
    path.carries.set(1260);
    path.run(300);
    let (state, payload) = path.at();
    assert_eq!(state, State::Complete);
    assert!((1192..=1232).contains(&payload), "{payload}");
    // Not even the base size.
    path.carries.set(800);
    path.run(120);
    assert_eq!(path.at(), (State::Error, 548));
    // All of it again: out of the error with the next attempt.
    path.carries.set(1500);
    path.run(80);
    assert_eq!(path.at(), (State::Complete, 1472));
    path.end();
}

/// 5.1.1: a search that has ended is begun again after ten minutes.
#[test]
fn section_5_1_1_pmtu_raise_timer() {
    let mut path = Path::new(1400);
    path.run(300);
    path.carries.set(1500);
    path.run(120);
    assert!(path.at().1 < 1400);
    path.run(600);
    assert_eq!(path.at(), (State::Complete, 1472));
    path.end();
}

/// 3, item 4: a lost probe is no reason to send less, and 5.1.3: a size is given up after three.
#[test]
fn section_5_1_2_max_probes() {
    let mut path = Path::new(1500);
    path.carries.set(0);
    path.run(20);
    path.carries.set(1500);
    path.run(20);
    assert_eq!(path.at(), (State::Complete, 1472), "the second probe did");
    path.end();
}

/// 3: datagrams to others, and of other sockets, go as ever.
#[test]
fn section_3_others_are_not_concerned() {
    let mut path = Path::new(1500);
    let other = path.near.udp_bind(5000);
    path.near.udp_send_to(other, (PEER_IP, 7), &[2; 1472]).unwrap();
    path.net.run_for(Duration::from_millis(10));
    assert_eq!(path.far.udp_recv(path.echo).unwrap().data.len(), 1472);
    path.near.close(other);
    // Nor the socket itself when it is connected anew.
    path.near.connect(path.socket, (PEER_IP, 9)).unwrap();
    let due = path.near.core().with(|stack, env| stack.plpmtud_due(env, path.socket));
    assert_eq!(due, Err(Error::NoEnt));
    path.near.udp_send(path.socket, &[2; 1472]).unwrap();
    path.near.core().with(|stack, _| stack.plpmtud_stop(path.socket));
    path.net.run_for(Duration::from_millis(10));
    path.end();
}

/// Sockets that look are as many as configured; closed ones make place.
#[test]
fn searches_are_few() {
    let path = Path::new(1500);
    let most = znet::config::ZNET_UDP_PLPMTUD_SOCKETS;
    let sockets: Vec<Socket> = (1..=most as u16)
        .map(|n| {
            let socket = path.near.udp_bind(6000 + n);
            path.near.connect(socket, (PEER_IP, 7)).unwrap();
            socket
        })
        .collect();
    let start = |socket: Socket| path.near.core().with(|stack, _| stack.plpmtud_start(socket));
    for (at, socket) in sockets.iter().enumerate() {
        let wanted = if at + 1 < most { Ok(()) } else { Err(Error::NoMem) };
        assert_eq!(start(*socket), wanted);
    }
    path.near.close(sockets[0]);
    if most > 1 {
        assert_eq!(start(*sockets.last().unwrap()), Ok(()));
    }
    sockets.iter().skip(1).for_each(|socket| path.near.close(*socket));
    let unconnected = path.near.udp_bind(7000);
    assert_eq!(start(unconnected), Err(Error::NotConn));
    path.near.close(unconnected);
    path.end();
}

/// A lab whose host looks what the path to the station carries, with the base size confirmed and the largest probed.
fn searching() -> (Lab, Socket) {
    let mut lab = Lab::new();
    lab.acquaint();
    let socket = lab.host.udp_bind(4000);
    lab.host.connect(socket, (PEER_IP, 7)).unwrap();
    lab.host.core().with(|stack, _| stack.plpmtud_start(socket)).unwrap();
    lab.host.udp_send(socket, &[0; 1192]).unwrap();
    lab.host.core().with(|stack, env| stack.plpmtud_confirm(env, socket, 1192)).unwrap();
    lab.host.udp_send(socket, &[0; 1472]).unwrap();
    lab.net.run_until_idle();
    lab.peer.take();
    (lab, socket)
}

fn due(lab: &Lab, socket: Socket) -> Option<u16> {
    lab.host.core().with(|stack, env| stack.plpmtud_due(env, socket)).unwrap().0
}

/// A router says that a packet of `len` bytes from these ports exceeds `mtu`.
fn too_big(lab: &mut Lab, ports: (u16, u16), dst: Ipv4Addr, mtu: u16, len: usize) {
    let datagram = frame::udp((HOST_IP, ports.0), (dst, ports.1), &vec![0; len - 28]);
    let packet = frame::Ipv4::new(HOST_IP, dst, protocol::UDP).build(&datagram);
    let message = Message::DestUnreachable { code: unreachable::FRAGMENTATION_NEEDED, mtu };
    lab.peer.send_icmp(lab.at(), message, &packet[..28 + 8]);
    lab.net.run_until_idle();
}

/// 4.6: packet too big names a size to probe, and changes nothing else; what quotes nothing of ours does nothing.
#[test]
fn section_4_6_packet_too_big_is_a_hint() {
    let (mut lab, socket) = searching();
    assert_eq!(due(&lab, socket), None);
    too_big(&mut lab, (4000, 7), PEER_IP, 1400, 1500);
    assert_eq!(due(&lab, socket), Some(1400 - 28), "probed next");
    let info = lab.host.core().with(|stack, env| stack.plpmtud_info(env, socket)).unwrap();
    assert_eq!((info.state, info.payload), (State::Searching, 1192), "not believed");
    // No error for the application, and nobody else's paths.
    assert!(lab.host.try_udp_recv(socket).unwrap().is_none());
    #[cfg(CONFIG_NET_PMTU)]
    assert_eq!(lab.host.core().with(|stack, _| stack.paths().count()), 0);
    lab.host.close(socket);
    lab.assert_alive();
}

/// 4.6.1: messages that can't be about what was sent.
#[test]
fn section_4_6_1_validation() {
    let (mut lab, socket) = searching();
    let cases = [
        ((4001, 7), 1400, 1500),
        ((4000, 8), 1400, 1500),
        ((4000, 7), 500, 1500),
        ((4000, 7), 0, 1500),
        ((4000, 7), 1500, 1500),
        ((4000, 7), 1400, 4000),
    ];
    for (ports, mtu, len) in cases {
        too_big(&mut lab, ports, PEER_IP, mtu, len);
        assert_eq!(due(&lab, socket), None, "{ports:?} {mtu} {len}");
    }
    too_big(&mut lab, (4000, 7), Ipv4Addr::new(192, 0, 2, 9), 1400, 1500);
    assert_eq!(due(&lab, socket), None, "another destination");
    assert!(lab.host.drops(DropReason::IcmpBadQuote) >= 2);
    lab.host.close(socket);
    lab.assert_alive();
}

/// The same over IPv6, where the base is what each link carries.
#[cfg(CONFIG_NET_IPV6)]
#[test]
fn section_5_1_2_ipv6() {
    use testutil::lab6::{Ipv6, Lab6, PEER, datagram};
    use znet::base::Ipv6Addr;
    use znet::wire::ipv6::next_header;
    let mut lab = Lab6::new();
    let socket = lab.socket(4000);
    lab.connect(socket, (PEER, 7)).unwrap();
    let start = lab.host.core().with(|stack, _| stack.plpmtud_start(socket));
    start.unwrap();
    let due =
        |lab: &Lab6| lab.host.core().with(|stack, env| stack.plpmtud_due(env, socket)).unwrap().0;
    let confirm = |lab: &Lab6, size| {
        lab.host.core().with(|stack, env| stack.plpmtud_confirm(env, socket, size)).unwrap();
    };
    let mut own = Ipv6Addr::UNSPECIFIED;
    for size in [1280 - 48, 1500 - 48] {
        assert_eq!(due(&lab), Some(size));
        lab.send_to(socket, (PEER, 7), &vec![0; usize::from(size)]).unwrap();
        let sent = lab.run();
        let probe = sent.iter().find(|p| p.payload.len() == usize::from(size) + 8);
        own = probe.expect("a probe in one piece").repr.src;
        confirm(&lab, size);
    }
    let info = lab.host.core().with(|stack, env| stack.plpmtud_info(env, socket)).unwrap();
    assert_eq!((info.state, info.payload), (State::Complete, 1452));
    // A router that says less: back to the base, which is probed at once.
    let router = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 9);
    let datagram = datagram((own, 4000), (PEER, 7), &[0; 1452]);
    let quoted = Ipv6::new(own, PEER, next_header::UDP).build(&datagram);
    let message = [&[2, 0, 0, 0][..], &1300u32.to_be_bytes(), &quoted[..1200]].concat();
    lab.icmp(router, own, 64, &message);
    lab.run();
    assert_eq!(due(&lab), Some(1232));
    lab.host.close(socket);
}
