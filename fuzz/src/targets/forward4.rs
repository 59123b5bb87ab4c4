// SPDX-License-Identifier: Apache-2.0
//! A router between two wires, and packets for the other side and for itself that are more or less right;
//! with and without address translation.

use std::cell::RefCell;

use testutil::{Duration, EthAddr, Host, Ipv4Addr, LinkConfig, Network, Station, frame};
use znet::base::Ipv6Addr;
use znet::iface::{IfBuilder, IfRef};
use znet::wire::ethernet::ethertype;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::{option, protocol};

use crate::input::Input;

const INSIDE: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);
const OUR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
const PEER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);

/// A router with a station on each side.
pub(super) struct Lab {
    pub(super) net: Network,
    pub(super) router: &'static Host,
    pub(super) ifaces: [IfRef; 2],
    pub(super) peers: [Station; 2],
}

thread_local! {
    static LAB: RefCell<Lab> = RefCell::new(Lab::new());
}

impl Lab {
    fn new() -> Lab {
        let mut net = Network::new(1);
        // What is passed on is no better than what came.
        net.allow_malformed();
        let links = [net.link(LinkConfig::default()), net.link(LinkConfig::default())];
        let router = net.host("router");
        let ends = [(Ipv4Addr::new(10, 0, 0, 1), 0xa), (OUR, 0xb)];
        let ifaces = ends.map(|(own, net6)| {
            let six = Ipv6Addr::new(0x2001, 0xdb8, net6, 0, 0, 0, 0, 1);
            let mac = EthAddr([2, 0, 0, 0, 0xff, net6 as u8]);
            IfBuilder::ethernet(mac).ipv4(own, 24).ipv6(six, 64).up().build()
        });
        for (link, iface) in links.iter().zip(ifaces) {
            net.attach_iface(router, *link, iface);
        }
        let peers = [net.station(links[0], INSIDE), net.station(links[1], PEER)];
        peers.iter().for_each(|peer| peer.promiscuous(true));
        Lab { net, router, ifaces, peers }
    }

    pub(super) fn send(&mut self, side: usize, kind: u16, packet: &[u8]) {
        let frame = frame::ethernet(self.ifaces[side].mac(), self.peers[side].mac, kind, packet);
        self.peers[side].send(frame);
        self.net.run_until_idle();
    }

    /// Takes what the stations got.
    pub(super) fn take(&self) -> [Vec<Vec<u8>>; 2] {
        [self.peers[0].take(), self.peers[1].take()]
    }

    fn ends_well(&mut self) {
        self.net.run_for(Duration::from_secs(60));
        self.take();
        for _ in 0..2 {
            let udp = frame::udp((INSIDE, 5000), (PEER, 9), b"still there?");
            let packet = frame::Ipv4::new(INSIDE, PEER, protocol::UDP).build(&udp);
            self.send(0, ethertype::IPV4, &packet);
            self.net.run_for(Duration::from_secs(5));
        }
        let [_, outside] = self.take();
        let passed = |frame: &&Vec<u8>| frame[12..14] == [8, 0] && frame.ends_with(b"still there?");
        assert!(outside.iter().any(|frame| passed(&frame)), "{:?}", self.router.drop_counts());
        self.net.check_leaks();
    }
}

/// Runs `step` for each piece of `data` on a router that is as new, which has to be well afterwards. The
/// first byte says whether addresses are translated.
pub(super) fn against_router(data: &[u8], mut step: impl FnMut(&mut Lab, &[u8])) {
    LAB.with_borrow_mut(|lab| {
        lab.net.restart(1);
        lab.take();
        let mut input = Input::new(data);
        let outside = (input.byte() & 1 != 0).then_some(lab.ifaces[1]);
        lab.router.core().with(|stack, env| {
            stack.timers(env);
            stack.nat_set_outside(outside);
        });
        lab.net.run_for(Duration::from_secs(5));
        while !input.is_empty() {
            let pause = input.byte();
            step(lab, input.piece(1500));
            lab.net.run_for(Duration::from_millis(u64::from(pause) * 16));
            lab.take();
        }
        lab.ends_well();
    });
}

fn address(byte: u8) -> Ipv4Addr {
    match byte % 8 {
        0 => INSIDE,
        1 | 2 => PEER,
        3 => OUR,
        4 => Ipv4Addr::new(10, 0, 0, 1),
        5 => Ipv4Addr::new(203, 0, 113, 9),
        6 => Ipv4Addr::new(224, 0, 0, byte),
        _ => Ipv4Addr::new(10, 0, 0, 255),
    }
}

fn content(input: &mut Input<'_>, src: Ipv4Addr, dst: Ipv4Addr) -> (u8, Vec<u8>) {
    let (kind, ports, bytes) = (input.byte(), (input.byte(), input.byte()), input.short());
    let ports = (4000 + u16::from(ports.0 % 8), 4000 + u16::from(ports.1 % 8));
    match kind % 6 {
        0 | 1 => (protocol::UDP, frame::udp((src, ports.0), (dst, ports.1), bytes)),
        2 => {
            let message = Message::EchoRequest { ident: ports.0, seq: 1 };
            (protocol::ICMP, frame::icmp(message, bytes))
        }
        3 => {
            let quoted = frame::udp((dst, ports.1), (src, ports.0), bytes);
            let quoted = frame::Ipv4::new(dst, src, protocol::UDP).build(&quoted);
            let message = Message::DestUnreachable { code: kind >> 5, mtu: ports.0 };
            (protocol::ICMP, frame::icmp(message, &quoted))
        }
        4 => {
            let mut segment = vec![0; 20];
            segment[..2].copy_from_slice(&ports.0.to_be_bytes());
            segment[2..4].copy_from_slice(&ports.1.to_be_bytes());
            (segment[12], segment[13]) = (0x50, kind >> 3);
            (protocol::TCP, segment)
        }
        _ => (kind, bytes.to_vec()),
    }
}

/// Each step is one packet.
pub fn run(data: &[u8]) {
    against_router(data, |lab, piece| {
        let mut input = Input::new(piece);
        let (how, ttl) = (input.byte(), input.byte());
        let (src, dst) = (address(input.byte()), address(input.byte()));
        let options: &[u8] = match how & 6 {
            0 => &[option::RECORD_ROUTE, 7, 4, 0, 0, 0, 0, 0],
            2 => &[option::LOOSE_SOURCE_ROUTE, 7, 4, 198, 51, 100, 2, 0],
            _ => &[],
        };
        let (number, bytes) = content(&mut input, src, dst);
        let mut packet = frame::Ipv4::new(src, dst, number).ttl(ttl).options(options);
        packet.repr.dont_fragment = how & 8 != 0;
        if how & 0x30 == 0x30 {
            packet = packet.fragment(input.word() >> 4 & !7, how & 64 != 0);
        }
        let mut packet = packet.build(&bytes);
        if how & 128 != 0 {
            let (at, bits) = (usize::from(input.byte()), input.byte());
            let len = packet.len();
            packet[at % len] ^= bits;
        }
        lab.send(usize::from(how & 1), ethertype::IPV4, &packet);
    });
}
