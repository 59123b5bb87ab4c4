// SPDX-License-Identifier: Apache-2.0
//! The usual set-up of a test: one host and one station on a wire.

use znet::base::{DropReason, Duration, EthAddr, Ipv4Addr};
use znet::iface::IfRef;
use znet::wire::icmpv4::Message;

use crate::check::{arp_reply, icmp, ipv4, payload};
use crate::host::Host;
use crate::link::LinkConfig;
use crate::network::{LinkId, Network};
use crate::station::Station;

/// The host's address, in 192.0.2.0/24.
pub const HOST_IP: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
/// The station's address.
pub const PEER_IP: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);

/// A host under test and the station that tries it.
pub struct Lab {
    /// The network they are in.
    pub net: Network,
    /// The wire between them.
    pub wire: LinkId,
    /// The host under test.
    pub host: &'static Host,
    /// Its only interface, [`HOST_IP`]/24.
    pub iface: IfRef,
    /// The station at [`PEER_IP`], which answers ARP by itself.
    pub peer: Station,
}

impl Lab {
    /// A fresh host and a station beside it, on a perfect wire.
    pub fn new() -> Lab {
        let mut net = Network::new(1);
        let wire = net.link(LinkConfig::default());
        let host = net.host("host");
        let iface = net.attach(host, wire, HOST_IP, 24);
        let peer = net.station(wire, PEER_IP);
        Lab { net, wire, host, iface, peer }
    }

    /// The host's link and IPv4 address: where the station sends to.
    pub fn at(&self) -> (EthAddr, Ipv4Addr) {
        (self.iface.mac(), HOST_IP)
    }

    /// Makes host and station known to each other, so that ARP does not get in the way.
    pub fn acquaint(&mut self) {
        self.peer.ask_arp(HOST_IP);
        self.net.run_until_idle();
        assert_eq!(self.peer.take().len(), 1, "an ARP reply should have come");
    }

    /// Sends a frame from the station and runs until all is quiet.
    pub fn send(&mut self, frame: Vec<u8>) {
        self.peer.send(frame);
        self.net.run_until_idle();
    }

    /// Sends a frame that the host must drop for exactly this reason, without an answer and
    /// without keeping anything.
    ///
    /// # Panics
    /// When the host does anything else.
    #[track_caller]
    pub fn dropped(&mut self, frame: Vec<u8>, reason: DropReason) {
        let (before, all) = (self.host.drops(reason), self.host.drops_total());
        self.send(frame);
        let (now, total) = (self.host.drops(reason), self.host.drops_total());
        let others = self.drop_list();
        assert_eq!((now - before, total - all), (1, 1), "{reason:?} wanted; so far: {others}");
        self.peer.expect_nothing();
        self.assert_clean();
    }

    /// Makes sure that the host holds no packet and no context that no socket has.
    ///
    /// # Panics
    /// When it does.
    #[track_caller]
    pub fn assert_clean(&self) {
        if let Some(leak) = self.host.leaks() {
            panic!("{leak}");
        }
    }

    /// Makes sure that the host still answers a ping and delivers a datagram.
    ///
    /// # Panics
    /// When it does not.
    #[track_caller]
    pub fn assert_alive(&mut self) {
        // What came before this shall not be taken for an answer.
        self.net.run_until_idle();
        self.peer.take();
        self.peer.answer_arp(true);
        // Somebody may have told the host that the station is elsewhere, and ARP believes.
        self.net.run_for(Duration::from_secs(2));
        self.peer.ask_arp(HOST_IP);
        self.net.run_until_idle();
        self.peer.expect(&[&arp_reply(HOST_IP, PEER_IP)]);

        let (ident, seq) = (0xa11e, self.host.drops_total() as u16);
        self.peer.send_icmp(self.at(), Message::EchoRequest { ident, seq }, b"alive?");
        self.net.run_until_idle();
        let reply = Message::EchoReply { ident, seq };
        self.peer.expect(&[&ipv4(HOST_IP, PEER_IP), &icmp(reply), &payload(b"alive?")]);

        let socket = self.host.udp_open();
        self.host.bind(socket, (HOST_IP, 0xa11e)).expect("the port is free");
        self.peer.send_udp(self.at(), (9, 0xa11e), b"alive");
        self.net.run_until_idle();
        let datagram = self.host.udp_recv(socket).expect("a datagram should have come");
        assert_eq!((datagram.from, &datagram.data[..]), ((PEER_IP, 9), &b"alive"[..]));
        self.host.close(socket);
        self.assert_clean();
    }

    /// All drops of the host so far, by name.
    pub fn drop_list(&self) -> String {
        self.host
            .drop_counts()
            .iter()
            .map(|(r, n)| format!("{r:?} {n}"))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl Default for Lab {
    fn default() -> Self {
        Self::new()
    }
}
