// SPDX-License-Identifier: Apache-2.0
//! The bed of a case: a host, and a wire on which every other node is played by hand.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use testutil::check6::{Packet6, dissect};
use testutil::frame;
use testutil::lab6::{Advert, Ipv6, Lab6, mend_icmp};
use znet::base::{Duration, EthAddr, Ipv6Addr};
use znet::iface::AddrState;
use znet::wire::ethernet::{self, ethertype};
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;
use znet::wire::ndp::{Builder, option};

/// A node on the wire, or behind a router.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Its link address, or that of its router.
    pub mac: EthAddr,
    /// Its link-local address.
    pub ll: Ipv6Addr,
    /// Its global address.
    pub global: Ipv6Addr,
}

const fn node(last: u8, prefix: u16) -> Node {
    let id = 0x100 + last as u16;
    Node {
        mac: EthAddr([2, 0, 0, 0, 1, last]),
        ll: Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, id),
        global: Ipv6Addr::new(0x2001, 0xdb8, prefix, 0, 0, 0, 0, id),
    }
}

/// A host beside the one under test.
pub const TN1: Node = node(1, 1);
/// Another one.
pub const TN2: Node = node(2, 1);
/// A router.
pub const TR1: Node = node(0xa1, 1);
/// Another one.
pub const TR2: Node = node(0xa2, 1);
/// A host behind the first router.
pub const FAR: Node = Node { mac: TR1.mac, ..node(3, 0xfa) };

/// Link address of the host under test.
pub const MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 1]);
/// A link address nobody had before.
pub const OTHER_MAC: EthAddr = EthAddr([2, 0, 0, 0, 9, 9]);
/// The link-local address the host makes.
pub const NUT: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0xff, 0xfe00, 1);
/// The address it makes from the prefix of the first router.
pub const NUT_GLOBAL: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 1, 0, 0, 0xff, 0xfe00, 1);
/// Where its own addresses are asked for.
pub const NUT_GROUP: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, 0xff00, 1);
pub const ALL_NODES: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
pub const NOBODY: Ipv6Addr = Ipv6Addr::UNSPECIFIED;

/// The prefix that the first router advertises.
pub const PREFIX: &str = "2001:db8:1::";

/// What is known of a neighbour, as far as that shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry {
    None,
    Incomplete,
    Reachable,
    Stale,
    Probe,
}

/// Runs one part of a case and says which it was when it fails; with `V6LC_PARTS` set and `--nocapture`,
/// in any case.
pub fn part(name: &str, body: impl FnOnce()) {
    if std::env::var_os("V6LC_PARTS").is_some() {
        println!("part {} {name}", std::thread::current().name().unwrap_or_default());
    }
    if let Err(why) = catch_unwind(AssertUnwindSafe(body)) {
        eprintln!("part {name} failed");
        resume_unwind(why);
    }
}

/// Runs a table of parts, named by letters from A on.
pub fn parts<T>(table: impl IntoIterator<Item = T>, mut body: impl FnMut(T)) {
    for (at, row) in table.into_iter().enumerate() {
        part(&char::from(b'A' + at as u8).to_string(), || body(row));
    }
}

pub fn addr(text: &str) -> Ipv6Addr {
    text.parse().expect("an address")
}

/// Options: a link address.
pub fn link_option(kind: u8, mac: EthAddr) -> Vec<u8> {
    [&[kind, 1][..], &mac.0].concat()
}

/// A neighbour solicitation without checksum; `mac` goes into the source option.
pub fn solicit(target: Ipv6Addr, mac: Option<EthAddr>) -> Vec<u8> {
    let message = Builder::neighbour_solicit(target);
    let message = match mac {
        Some(mac) => message.source_link(mac),
        None => message,
    };
    message.as_bytes().to_vec()
}

/// Flags of an advertisement.
pub const R: u8 = 0x80;
pub const S: u8 = 0x40;
pub const O: u8 = 0x20;

/// A neighbour advertisement without checksum; `mac` goes into the target option.
pub fn advert(target: Ipv6Addr, flags: u8, mac: Option<EthAddr>) -> Vec<u8> {
    let mut bytes = vec![kind::NEIGHBOUR_ADVERT, 0, 0, 0, flags, 0, 0, 0];
    bytes.extend(target.octets());
    bytes.extend(mac.into_iter().flat_map(|mac| link_option(option::TARGET_LINK, mac)));
    bytes
}

/// A router solicitation without checksum.
pub fn router_solicit(mac: Option<EthAddr>) -> Vec<u8> {
    let mut bytes = vec![kind::ROUTER_SOLICIT, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend(mac.into_iter().flat_map(|mac| link_option(option::SOURCE_LINK, mac)));
    bytes
}

/// A redirect without checksum.
pub fn redirect(target: Ipv6Addr, dst: Ipv6Addr, options: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind::REDIRECT, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend(target.octets());
    bytes.extend(dst.octets());
    bytes.extend(options);
    bytes
}

/// An echo request without checksum.
pub fn echo(data: &[u8]) -> Vec<u8> {
    [&[kind::ECHO_REQUEST, 0, 0, 0, 0, 7, 0, 1][..], data].concat()
}

/// A message with its checksum.
pub fn mended(src: Ipv6Addr, dst: Ipv6Addr, mut message: Vec<u8>) -> Vec<u8> {
    mend_icmp(src, dst, &mut message);
    message
}

/// What the host sent, with the questions one asks of it.
#[derive(Debug)]
pub struct Sent(pub Vec<Packet6>);

impl Sent {
    fn of(&self, wanted: u8) -> impl Iterator<Item = &Packet6> {
        self.0.iter().filter(move |p| p.icmp().is_some_and(|h| h.kind == wanted))
    }

    /// Echo replies.
    pub fn replies(&self) -> Vec<&Packet6> {
        self.of(kind::ECHO_REPLY).collect()
    }

    /// The one echo reply that should be there.
    #[track_caller]
    pub fn reply(&self) -> &Packet6 {
        let replies = self.replies();
        assert_eq!(replies.len(), 1, "one reply wanted: {self:?}");
        replies[0]
    }

    /// Solicitations for `target`, to its group or straight.
    pub fn solicits(&self, target: Ipv6Addr, multicast: bool) -> usize {
        let asks = |p: &&Packet6| p.solicits() == Some(target);
        self.0.iter().filter(asks).filter(|p| p.repr.dst.is_multicast() == multicast).count()
    }

    /// Neighbour advertisements.
    pub fn adverts(&self) -> Vec<&Packet6> {
        self.of(kind::NEIGHBOUR_ADVERT).collect()
    }

    /// Messages of that type.
    pub fn kind(&self, wanted: u8) -> Vec<&Packet6> {
        self.of(wanted).collect()
    }

    /// The one ICMP error that should be there: type, code, and the value behind them.
    #[track_caller]
    pub fn error(&self) -> (u8, u8, u32) {
        let errors: Vec<_> =
            self.0.iter().filter_map(Packet6::icmp).filter(|h| h.kind < 128).collect();
        assert_eq!(errors.len(), 1, "one error wanted: {self:?}");
        (errors[0].kind, errors[0].code, u32::from_be_bytes(errors[0].rest))
    }

    /// Nothing but what discovery says of its own accord.
    #[track_caller]
    pub fn assert_silent(&self) {
        assert!(self.0.is_empty(), "{self:?}");
    }
}

/// A host under test and the wire.
pub struct Bed {
    pub lab: Lab6,
}

impl Bed {
    /// A host that has been switched on and has found no router.
    pub fn new() -> Bed {
        let mut bed = Bed { lab: Lab6::bare() };
        bed.pass(15_000);
        bed
    }

    /// A host that is just being switched on.
    pub fn booting() -> Bed {
        Bed { lab: Lab6::bare() }
    }

    /// A host that the first router has given a prefix and a way out. Of the router's link address it
    /// knows nothing yet.
    pub fn routed() -> Bed {
        let mut bed = Bed::new();
        bed.router_advert(TR1, &usual_advert());
        bed.pass(5_000);
        bed
    }

    /// Runs for so many milliseconds; what the host sent meanwhile.
    pub fn pass(&mut self, millis: u64) -> Sent {
        self.lab.net.run_for(Duration::from_millis(millis));
        let mut sent = Vec::new();
        for bytes in self.lab.peer.take() {
            let Some((header, _)) = ethernet::Header::parse(&bytes) else { continue };
            if header.ethertype == ethertype::IPV6 {
                sent.push(dissect(&bytes).expect("a well-formed packet"));
            }
        }
        Sent(sent)
    }

    /// What the host says at once.
    pub fn now(&mut self) -> Sent {
        self.pass(50)
    }

    /// Sends a packet from a node.
    pub fn packet(&mut self, from: Node, packet: &[u8]) {
        let dst = packet.get(24..40).and_then(|d| <[u8; 16]>::try_from(d).ok());
        let dst = dst.map_or(NOBODY, Ipv6Addr::from);
        let mac = if dst.is_multicast() { EthAddr::from_ipv6_multicast(dst) } else { MAC };
        self.lab.peer.send(frame::ethernet(mac, from.mac, ethertype::IPV6, packet));
    }

    /// Sends an ICMPv6 message, its checksum mended, with this hop limit.
    pub fn icmp(&mut self, from: Node, ends: (Ipv6Addr, Ipv6Addr), hops: u8, message: &[u8]) {
        let message = mended(ends.0, ends.1, message.to_vec());
        let packet = Ipv6::new(ends.0, ends.1, next_header::ICMPV6).hop_limit(hops);
        self.packet(from, &packet.build(&message));
    }

    /// Sends a message of neighbour discovery.
    pub fn nd(&mut self, from: Node, ends: (Ipv6Addr, Ipv6Addr), message: &[u8]) {
        self.icmp(from, ends, 255, message);
    }

    /// Sends a router advertisement to all nodes.
    pub fn router_advert(&mut self, from: Node, advert: &Advert) {
        let message = [&[kind::ROUTER_ADVERT, 0, 0, 0][..], advert.as_bytes()].concat();
        self.nd(from, (from.ll, ALL_NODES), &message);
    }

    /// Sends an echo request between link-local addresses.
    pub fn echo(&mut self, from: Node) {
        self.icmp(from, (from.ll, NUT), 64, &echo(b"data"));
    }

    /// Sends one between other addresses.
    pub fn echo_between(&mut self, from: Node, src: Ipv6Addr, dst: Ipv6Addr) {
        self.icmp(from, (src, dst), 64, &echo(b"data"));
    }

    /// Answers a solicitation for the node's link-local address.
    pub fn answer(&mut self, from: Node) {
        self.nd(from, (from.ll, NUT), &advert(from.ll, S | O, Some(from.mac)));
    }

    /// The same of a router.
    pub fn answer_as_router(&mut self, from: Node) {
        self.nd(from, (from.ll, NUT), &advert(from.ll, R | S | O, Some(from.mac)));
    }

    /// Lets the host find out that a router it knows is reachable.
    pub fn confirm(&mut self, router: Node) {
        self.echo(router);
        self.pass(5_100);
        self.answer_as_router(router);
        self.now();
    }

    /// Brings what the host knows of a node into this state.
    #[track_caller]
    pub fn bring(&mut self, node: Node, entry: Entry, router: bool) {
        if entry == Entry::None {
            return;
        }
        self.echo(node);
        let sent = self.now();
        assert_eq!(sent.solicits(node.ll, true), 1, "{sent:?}");
        if entry == Entry::Incomplete {
            return;
        }
        if router {
            self.answer_as_router(node);
        } else {
            self.answer(node);
        }
        assert_eq!(self.now().reply().link.dst, node.mac);
        if entry == Entry::Reachable {
            return;
        }
        self.pass(46_000).assert_silent();
        if entry == Entry::Stale {
            return;
        }
        self.echo(node);
        assert_eq!(self.now().reply().link.dst, node.mac);
        let sent = self.pass(5_100);
        assert_eq!(sent.solicits(node.ll, false), 1, "{sent:?}");
    }

    /// Finds out what the host knows of a node, and the link address it has for it. Takes some seconds
    /// in which the node answers nothing.
    #[track_caller]
    pub fn look(&mut self, node: Node) -> (Entry, Option<EthAddr>) {
        let before = self.pass(1_100);
        self.echo(node);
        let sent = self.now();
        let mac = sent.replies().first().map(|reply| reply.link.dst);
        if before.solicits(node.ll, false) > 0 {
            return (Entry::Probe, mac);
        }
        if before.solicits(node.ll, true) > 0 {
            assert!(mac.is_none(), "{sent:?}");
            return (Entry::Incomplete, None);
        }
        if mac.is_none() {
            assert_eq!(sent.solicits(node.ll, true), 1, "{sent:?}");
            return (Entry::None, None);
        }
        let later = self.pass(5_200);
        match later.solicits(node.ll, false) {
            0 => (Entry::Reachable, mac),
            _ => (Entry::Stale, mac),
        }
    }

    /// The state of one of the host's addresses.
    pub fn own(&self, addr: Ipv6Addr) -> Option<AddrState> {
        self.lab.iface.ipv6_addrs().find(|own| own.addr == addr).map(|own| own.state)
    }

    /// Whether the host answers for an address: as one that it has.
    pub fn defends(&mut self, addr: Ipv6Addr) -> bool {
        let group = solicited_node(addr);
        self.nd(TN1, (TN1.ll, group), &solicit(addr, Some(TN1.mac)));
        let sent = self.now();
        sent.adverts().iter().any(|p| p.payload.get(8..24) == Some(&addr.octets()[..]))
    }
}

/// The solicited-node group of an address (RFC 4291, 2.7.1).
pub fn solicited_node(addr: Ipv6Addr) -> Ipv6Addr {
    let o = addr.octets();
    let last = u16::from_be_bytes([o[14], o[15]]);
    Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, 0xff00 | u16::from(o[13]), last)
}

/// The advertisement of the first router: half an hour, and its prefix for a month.
pub fn usual_advert() -> Advert {
    Advert::new(1800).prefix(PREFIX, 64, 0xc0, 2_592_000, 604_800)
}
