// SPDX-License-Identifier: Apache-2.0
//! The usual set-up of a test of IPv6: one host and one station on a wire, and packets made by hand.

use znet::base::{DropReason, Duration, Endpoint, Error, EthAddr, IpAddr, Ipv6Addr};
use znet::buf::NO_WAIT;
use znet::iface::{IfBuilder, IfRef};
use znet::stack::{EchoRequest, Offer, UDP_HEADROOM};
use znet::wire::checksum::Sum;
use znet::wire::ethernet::{self, ethertype};
use znet::wire::icmpv6::{self, kind};
use znet::wire::ipv6::{self, next_header};
use znet::wire::{ndp, udp};

use crate::check6::{Packet6, dissect};
use crate::frame;
use crate::host::{Host, Socket};
use crate::link::LinkConfig;
use crate::network::{LinkId, Network};
use crate::station::Station;

/// The host's link-local address.
pub const HOST_LL: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1);
/// The host's address in 2001:db8::/64.
pub const HOST: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
/// The station's link-local address.
pub const PEER_LL: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 2);
/// The station's address in the same prefix.
pub const PEER: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 2);

/// An IPv6 packet under construction.
#[derive(Clone, Debug)]
pub struct Ipv6 {
    /// The header's values; the payload length is filled in.
    pub repr: ipv6::Repr,
}

impl Ipv6 {
    /// A packet from `src` to `dst`, hop limit 64.
    pub fn new(src: Ipv6Addr, dst: Ipv6Addr, next_header: u8) -> Self {
        let repr = ipv6::Repr {
            src,
            dst,
            next_header,
            hop_limit: 64,
            traffic_class: 0,
            flow_label: 0,
            payload_len: 0,
        };
        Ipv6 { repr }
    }

    /// Sets the hop limit.
    pub fn hop_limit(mut self, limit: u8) -> Self {
        self.repr.hop_limit = limit;
        self
    }

    /// The packet's bytes around `payload`.
    ///
    /// # Panics
    /// When the payload is longer than a packet can hold.
    pub fn build(&self, payload: &[u8]) -> Vec<u8> {
        let payload_len = u16::try_from(payload.len()).expect("a packet has 64 KiB");
        let mut header = [0; ipv6::HEADER_LEN];
        ipv6::Repr { payload_len, ..self.repr }.emit(&mut header);
        [&header[..], payload].concat()
    }
}

/// An ICMPv6 message from its type, code, four bytes and the rest, with its checksum.
pub fn icmp(src: Ipv6Addr, dst: Ipv6Addr, head: [u8; 2], rest: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = [&head[..], &[0, 0], &rest, data].concat();
    mend_icmp(src, dst, &mut out);
    out
}

/// Computes the checksum of an ICMPv6 message anew.
pub fn mend_icmp(src: Ipv6Addr, dst: Ipv6Addr, message: &mut [u8]) {
    if message.len() < 4 {
        return;
    }
    message[2..4].fill(0);
    let sum = icmpv6::sum(src, dst, message.len(), Sum::of(message)).finish();
    message[2..4].copy_from_slice(&sum.to_be_bytes());
}

/// A UDP datagram with its checksum.
pub fn datagram(src: (Ipv6Addr, u16), dst: (Ipv6Addr, u16), data: &[u8]) -> Vec<u8> {
    let len = u16::try_from(udp::HEADER_LEN + data.len()).expect("a datagram has 64 KiB");
    let mut header = udp::Header { src_port: src.1, dst_port: dst.1, len, checksum: 0 };
    header.checksum = header.checksum_ipv6(src.0, dst.0, Sum::of(data));
    let mut out = [0; udp::HEADER_LEN];
    header.emit(&mut out);
    [&out[..], data].concat()
}

/// A router advertisement's body behind type, code and checksum.
#[derive(Clone, Debug)]
pub struct Advert {
    bytes: Vec<u8>,
}

impl Advert {
    /// One with this lifetime in seconds and nothing else.
    pub fn new(lifetime: u16) -> Self {
        let mut bytes = vec![0; 12];
        bytes[2..4].copy_from_slice(&lifetime.to_be_bytes());
        Advert { bytes }
    }

    /// What is behind type, code and checksum.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Sets the hop limit.
    pub fn hop_limit(mut self, limit: u8) -> Self {
        self.bytes[0] = limit;
        self
    }

    /// Sets the flags byte: M, O, preference.
    pub fn flags(mut self, flags: u8) -> Self {
        self.bytes[1] = flags;
        self
    }

    /// Sets reachable time and retransmission timer, in milliseconds.
    pub fn timers(mut self, reachable: u32, retrans: u32) -> Self {
        self.bytes[4..8].copy_from_slice(&reachable.to_be_bytes());
        self.bytes[8..12].copy_from_slice(&retrans.to_be_bytes());
        self
    }

    /// Adds option bytes.
    pub fn option(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend(bytes);
        self
    }

    /// Adds a prefix: flags (0x80 on-link, 0x40 autonomous), lifetimes in seconds.
    pub fn prefix(self, prefix: &str, len: u8, flags: u8, valid: u32, preferred: u32) -> Self {
        let mut option = vec![ndp::option::PREFIX, 4, len, flags];
        option.extend(valid.to_be_bytes());
        option.extend(preferred.to_be_bytes());
        option.extend([0; 4]);
        option.extend(prefix.parse::<Ipv6Addr>().expect("an address").octets());
        self.option(&option)
    }

    /// Adds the router's link address.
    pub fn source_link(self, mac: EthAddr) -> Self {
        let mut option = vec![ndp::option::SOURCE_LINK, 1];
        option.extend(mac.0);
        self.option(&option)
    }
}

/// A host under test and the station that tries it.
pub struct Lab6 {
    /// The network they are in.
    pub net: Network,
    /// The wire between them.
    pub wire: LinkId,
    /// The host under test.
    pub host: &'static Host,
    /// Its only interface.
    pub iface: IfRef,
    /// The station.
    pub peer: Station,
    /// Addresses the station answers for when it is solicited.
    pub answers: Vec<Ipv6Addr>,
}

impl Lab6 {
    /// A fresh host with [`HOST_LL`] and [`HOST`], settled, and a station that answers for its own
    /// addresses, on a perfect wire.
    pub fn new() -> Lab6 {
        let mut lab = Self::with(|iface| iface.ipv6(HOST_LL, 128).ipv6(HOST, 64));
        lab.settle();
        lab
    }

    /// A fresh host without addresses that has just been switched on.
    pub fn bare() -> Lab6 {
        Self::with(|iface| iface)
    }

    fn with(addresses: impl FnOnce(IfBuilder) -> IfBuilder) -> Lab6 {
        let mut net = Network::new(1);
        let wire = net.link(LinkConfig::default());
        let host = net.host("host");
        let iface = addresses(IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, 1]))).up().build();
        #[cfg(CONFIG_NET_IPV4)]
        iface.set_ipv4_config(None);
        net.attach_iface(host, wire, iface);
        let peer = net.station(wire, [192, 0, 2, 2]);
        peer.promiscuous(true);
        host.core().with(|stack, env| stack.timers(env));
        Lab6 { net, wire, host, iface, peer, answers: vec![PEER_LL, PEER] }
    }

    /// Lets the host come to rest and forgets what it sent meanwhile.
    pub fn settle(&mut self) {
        self.net.run_for(Duration::from_secs(8));
        self.peer.take();
    }

    /// Sends a packet from the station to the host.
    pub fn packet(&mut self, packet: &[u8]) {
        let dst = ipv6::Header::parse_quoted(packet).map(|header| header.dst());
        let mac = match dst {
            Ok(group) if group.is_multicast() => EthAddr::from_ipv6_multicast(group),
            _ => self.iface.mac(),
        };
        self.peer.send(frame::ethernet(mac, self.peer.mac, ethertype::IPV6, packet));
    }

    /// Sends an ICMPv6 message with this hop limit.
    pub fn icmp(&mut self, src: Ipv6Addr, dst: Ipv6Addr, hops: u8, message: &[u8]) {
        let mut message = message.to_vec();
        mend_icmp(src, dst, &mut message);
        let packet = Ipv6::new(src, dst, next_header::ICMPV6).hop_limit(hops).build(&message);
        self.packet(&packet);
    }

    /// Sends a message of neighbour discovery: hop limit 255.
    pub fn nd(&mut self, src: Ipv6Addr, dst: Ipv6Addr, message: &[u8]) {
        self.icmp(src, dst, ndp::HOP_LIMIT, message);
    }

    /// Sends a router advertisement from `src` to all nodes.
    pub fn advert(&mut self, src: Ipv6Addr, advert: &Advert) {
        let message = [&[kind::ROUTER_ADVERT, 0, 0, 0][..], &advert.bytes].concat();
        self.nd(src, "ff02::1".parse().expect("an address"), &message);
    }

    /// Sends an echo request to the host.
    pub fn echo(&mut self, src: Ipv6Addr, dst: Ipv6Addr, seq: u16, data: &[u8]) {
        let [s0, s1] = seq.to_be_bytes();
        let message = [&[kind::ECHO_REQUEST, 0, 0, 0, 0, 7, s0, s1][..], data].concat();
        self.icmp(src, dst, 64, &message);
    }

    /// Sends a UDP datagram to the host.
    pub fn udp(&mut self, src: (Ipv6Addr, u16), dst: (Ipv6Addr, u16), data: &[u8]) {
        let packet = Ipv6::new(src.0, dst.0, next_header::UDP).build(&datagram(src, dst, data));
        self.packet(&packet);
    }

    /// Runs until all is quiet; solicitations for the station's addresses are answered. Returns the
    /// other packets the host sent.
    ///
    /// # Panics
    /// When one of them is malformed.
    pub fn run(&mut self) -> Vec<Packet6> {
        let mut kept = Vec::new();
        loop {
            self.net.run_until_idle();
            let frames = self.peer.take();
            if frames.is_empty() {
                return kept;
            }
            for bytes in frames {
                let Ok((header, _)) = ethernet::Header::parse(&bytes).ok_or(()) else { continue };
                if header.ethertype != ethertype::IPV6 {
                    continue;
                }
                let packet = dissect(&bytes).expect("a well-formed packet");
                match packet.solicits().filter(|target| self.answers.contains(target)) {
                    Some(target) if !packet.repr.src.is_unspecified() => {
                        let advert = ndp::Builder::neighbour_advert(target, false, true)
                            .target_link(self.peer.mac);
                        self.nd(target, packet.repr.src, advert.as_bytes());
                    }
                    _ => kept.push(packet),
                }
            }
        }
    }

    /// Runs for a while and returns what the host sent.
    pub fn run_for(&mut self, seconds: u64) -> Vec<Packet6> {
        self.net.run_for(Duration::from_secs(seconds));
        self.run()
    }

    /// Runs and returns the one packet that should come.
    ///
    /// # Panics
    /// When none or several come.
    #[track_caller]
    pub fn one(&mut self) -> Packet6 {
        let mut all = self.run();
        assert_eq!(all.len(), 1, "one packet wanted: {all:?}; drops {:?}", self.host.drop_counts());
        all.remove(0)
    }

    /// Runs and makes sure that the host dropped exactly one packet, for this reason, and said nothing.
    ///
    /// # Panics
    /// When it did anything else.
    #[track_caller]
    pub fn dropped(&mut self, reason: DropReason, send: impl FnOnce(&mut Lab6)) {
        let (before, all) = (self.host.drops(reason), self.host.drops_total());
        send(self);
        let sent = self.run();
        let (now, total) = (self.host.drops(reason), self.host.drops_total());
        let counts = self.host.drop_counts();
        assert_eq!((now - before, total - all), (1, 1), "{reason:?} wanted; so far {counts:?}");
        assert!(sent.is_empty(), "{sent:?}");
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
        self.run();
        self.echo(PEER_LL, self.own(), 0xa11e, b"alive?");
        let replies = self.run();
        let is_reply = |p: &Packet6| p.icmp().is_some_and(|h| h.kind == kind::ECHO_REPLY);
        assert!(replies.iter().any(is_reply), "{replies:?} {:?}", self.host.drop_counts());
        let socket = self.socket(0xa11e);
        let own = self.own();
        self.udp((PEER_LL, 9), (own, 0xa11e), b"alive");
        self.run();
        assert_eq!(self.recv(socket), Some(((PEER_LL, 9), b"alive".to_vec())));
        self.host.close(socket);
        self.assert_clean();
    }

    /// The host's link-local address.
    pub fn own(&self) -> Ipv6Addr {
        let own = self.iface.ipv6_addrs().find(|own| own.addr.is_unicast_link_local());
        own.expect("a link-local address").addr
    }

    /// A socket of AF_INET6 bound to `port`.
    ///
    /// # Panics
    /// When there is none free.
    pub fn socket(&self, port: u16) -> Socket {
        let socket = self.host.udp_open();
        self.host.core().with(|stack, env| {
            stack.context_set_v6(socket).expect("an open socket");
            let any = Endpoint::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), port);
            stack.udp_bind(env, socket, any).expect("a free port");
        });
        socket
    }

    /// Ties a socket to one peer.
    ///
    /// # Errors
    /// Those of `Stack::udp_connect`.
    pub fn connect(&self, socket: Socket, to: (Ipv6Addr, u16)) -> Result<(), Error> {
        let to = Endpoint::new(IpAddr::V6(to.0), to.1);
        self.host.core().with(|stack, env| stack.udp_connect(env, socket, Some(to)))
    }

    /// Sends a datagram from a socket.
    ///
    /// # Errors
    /// Those of `Stack::udp_send`.
    pub fn send_to(&self, socket: Socket, to: (Ipv6Addr, u16), data: &[u8]) -> Result<(), Error> {
        let pools = self.host.core().pools();
        let mut pkt = pools.alloc_tx(UDP_HEADROOM, data.len(), NO_WAIT).ok_or(Error::NoBufs)?;
        assert_eq!(pkt.append(data), data.len());
        let to = Endpoint::new(IpAddr::V6(to.0), to.1);
        let sum = Sum::of(data);
        self.host.core().with(|stack, env| stack.udp_send(env, socket, Some(to), pkt, sum))
    }

    /// The oldest datagram that waits for a socket, and who sent it.
    pub fn recv(&self, socket: Socket) -> Option<((Ipv6Addr, u16), Vec<u8>)> {
        let pkt = self.host.core().with(|stack, _| stack.context_receive(socket)).ok()??;
        let (octets, port) = pkt.remote();
        Some(((octets.into(), port), pkt.fragments().flatten().copied().collect()))
    }

    /// Sends an echo request from the host.
    ///
    /// # Errors
    /// Those of `Stack::icmpv6_echo_request`.
    pub fn ping(&self, to: Ipv6Addr, payload: &[u8]) -> Result<(), Error> {
        let payload = &[payload];
        let request = EchoRequest { ident: 1, seq: 2, payload, offer: Offer::default() };
        self.host.core().with(|stack, env| stack.icmpv6_echo_request(env, None, to, request))
    }
}

impl Default for Lab6 {
    fn default() -> Self {
        Self::new()
    }
}
