// SPDX-License-Identifier: Apache-2.0
//! IPv6 case by case, as `v6lc.rs` has it: the cases for routers.
#![cfg(all(
    CONFIG_NET_ROUTING,
    CONFIG_NET_IPV6_IID_EUI_64,
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_UDP
))]

use testutil::check6::{Packet6, dissect};
use testutil::lab6::{Ipv6, mend_icmp};
use testutil::{Duration, EthAddr, LinkConfig, Network, Station, frame};
use znet::base::Ipv6Addr;
use znet::iface::{IfBuilder, IfRef};
use znet::wire::ethernet::ethertype;
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;
use znet::wire::ndp::Builder;

const ECHO: u8 = next_header::ICMPV6;
const NEAR: usize = 0;
const FAR: usize = 1;
/// Hosts on either side.
const TN1: &str = "2001:db8:a::2";
const TN2: &str = "2001:db8:b::2";

fn addr(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

/// A router between two links, and a station on each that answers for addresses ending in 2.
struct Bed {
    net: Network,
    ifaces: [IfRef; 2],
    peers: [Station; 2],
}

impl Bed {
    fn new() -> Bed {
        let mut net = Network::new(1);
        let links = [net.link(LinkConfig::default()), net.link(LinkConfig::default())];
        let router = net.host("router");
        let ifaces =
            [("fe80::a", "2001:db8:a::1", 1500), ("fe80::b", "2001:db8:b::1", 1280)].map(|own| {
                let mac = EthAddr([2, 0, 0, 0, 0xff, addr(own.0).octets()[15]]);
                let iface = IfBuilder::ethernet(mac).ipv6(addr(own.0), 128).ipv6(addr(own.1), 64);
                let iface = iface.up().build();
                #[cfg(CONFIG_NET_IPV4)]
                iface.set_ipv4_config(None);
                iface.set_mtu(own.2);
                iface
            });
        for (link, iface) in links.iter().zip(ifaces) {
            net.attach_iface(router, *link, iface);
        }
        let peers = links.map(|link| net.station(link, [192, 0, 2, 2]));
        peers.iter().for_each(|peer| peer.promiscuous(true));
        router.core().with(|stack, env| stack.timers(env));
        net.run_for(Duration::from_secs(8));
        peers.iter().for_each(|peer| drop(peer.take()));
        Bed { net, ifaces, peers }
    }

    /// Sends a packet to the router from the near side; what both sides get.
    fn pass(&mut self, packet: &[u8]) -> [Vec<Packet6>; 2] {
        let mac = match ethernet_group(packet) {
            Some(group) => EthAddr::from_ipv6_multicast(group),
            None => self.ifaces[NEAR].mac(),
        };
        self.peers[NEAR].send(frame::ethernet(mac, self.peers[NEAR].mac, ethertype::IPV6, packet));
        self.run()
    }

    /// Runs until all is quiet; what both sides get.
    fn run(&mut self) -> [Vec<Packet6>; 2] {
        let mut got = [Vec::new(), Vec::new()];
        loop {
            self.net.run_until_idle();
            let mut quiet = true;
            for side in [NEAR, FAR] {
                for bytes in self.peers[side].take() {
                    quiet = false;
                    let packet = dissect(&bytes).expect("a well-formed packet");
                    match packet.solicits() {
                        Some(target) if target.octets()[15] == 2 => {
                            self.answer(side, packet.repr.src, target);
                        }
                        Some(_) => {}
                        None => got[side].push(packet),
                    }
                }
            }
            if quiet {
                return got;
            }
        }
    }

    fn answer(&self, side: usize, to: Ipv6Addr, target: Ipv6Addr) {
        let mac = self.peers[side].mac;
        let mut message =
            Builder::neighbour_advert(target, false, true).target_link(mac).as_bytes().to_vec();
        mend_icmp(target, to, &mut message);
        let packet = Ipv6::new(target, to, ECHO).hop_limit(255).build(&message);
        let frame = frame::ethernet(self.ifaces[side].mac(), mac, ethertype::IPV6, &packet);
        self.peers[side].send(frame);
    }
}

fn ethernet_group(packet: &[u8]) -> Option<Ipv6Addr> {
    let dst = <[u8; 16]>::try_from(packet.get(24..40)?).ok().map(Ipv6Addr::from)?;
    dst.is_multicast().then_some(dst)
}

/// Runs a table of parts, named by letters from A on.
fn parts<T>(table: impl IntoIterator<Item = T>, mut body: impl FnMut(T)) {
    for (at, row) in table.into_iter().enumerate() {
        if std::env::var_os("V6LC_PARTS").is_some() {
            let name = (b'A' + at as u8) as char;
            println!("part {} {name}", std::thread::current().name().unwrap_or_default());
        }
        body(row);
    }
}

/// An echo request between two hosts, of `len` bytes of data.
fn request(src: &str, dst: &str, len: usize) -> (Ipv6, Vec<u8>) {
    let (src, dst) = (addr(src), addr(dst));
    let mut message = [&[kind::ECHO_REQUEST, 0, 0, 0, 0, 7, 0, 1][..], &vec![3; len]].concat();
    mend_icmp(src, dst, &mut message);
    (Ipv6::new(src, dst, ECHO), message)
}

fn packet(src: &str, dst: &str, len: usize) -> Vec<u8> {
    let (header, message) = request(src, dst, len);
    header.build(&message)
}

/// Passes a packet on and looks at what comes out.
#[track_caller]
fn passed(bytes: &[u8]) -> Packet6 {
    let [near, mut far] = Bed::new().pass(bytes);
    assert!(near.is_empty() && far.len() == 1, "{near:?} {far:?}");
    far.remove(0)
}

/// The error that comes back: type, code, value; nothing goes on.
#[track_caller]
fn refused(bytes: &[u8]) -> (u8, u8, u32) {
    let [near, far] = Bed::new().pass(bytes);
    assert!(near.len() == 1 && far.is_empty(), "{near:?} {far:?}");
    let header = near[0].icmp().expect("an error");
    assert_eq!(near[0].body(), &bytes[..bytes.len().min(1280 - 48)]);
    (header.kind, header.code, header.value())
}

#[track_caller]
fn dropped(bytes: &[u8]) {
    let got = Bed::new().pass(bytes);
    assert!(got.iter().all(Vec::is_empty), "{got:?}");
}

/// The traffic class goes on as it came.
#[test]
fn v6lc_1_1_3() {
    parts([0x20, 0xff, 1], |class: u8| {
        let mut bytes = packet(TN1, TN2, 9);
        bytes[0] |= class >> 4;
        bytes[1] |= class << 4;
        assert_eq!(passed(&bytes).repr.traffic_class, class);
    });
}

/// So does the flow label.
#[test]
fn v6lc_1_1_4_router() {
    parts([1, 0x3_4567, 0xf_ffff], |label: u32| {
        let mut bytes = packet(TN1, TN2, 9);
        bytes[1..4].copy_from_slice(&label.to_be_bytes()[1..]);
        assert_eq!(passed(&bytes).repr.flow_label, label);
    });
}

/// Payloads of odd length, and the longest that fits.
#[test]
fn v6lc_1_1_5_router() {
    parts([0, 1, 45, 1232], |len| {
        let bytes = packet(TN1, TN2, len);
        assert_eq!(passed(&bytes).payload, bytes[40..]);
    });
}

/// Nothing follows, or something nobody here knows: no matter for a router.
#[test]
fn v6lc_1_1_6_router() {
    parts([59, 143, 0xfd, 60], |next| {
        let payload = [next_header::NONE, 0, 1, 4, 0, 0, 0, 0, 1, 2, 3];
        let bytes = Ipv6::new(addr(TN1), addr(TN2), next).build(&payload);
        assert_eq!(passed(&bytes).repr.next_header, next);
    });
}

/// One hop less each time; none left, no further.
#[test]
fn v6lc_1_1_9() {
    parts(
        [(255, Some(254)), (15, Some(14)), (2, Some(1)), (1, None), (0, None)],
        |(came, goes)| {
            let (header, message) = request(TN1, TN2, 9);
            let bytes = header.hop_limit(came).build(&message);
            match goes {
                Some(limit) => assert_eq!(passed(&bytes).repr.hop_limit, limit),
                None => assert_eq!(refused(&bytes), (3, 0, 0)),
            }
        },
    );
}

/// Which packets go on, by their addresses (RFC 4291, 2.5).
#[test]
fn v6lc_1_1_10_router() {
    parts([(TN1, TN2), ("2001:db8:c::2", TN2)], |(src, dst)| {
        assert_eq!(passed(&packet(src, dst, 9)).repr.src, addr(src));
    });
    let stuck = [
        ("::", TN2),
        ("::1", TN2),
        ("ff02::1", TN2),
        (TN1, "::1"),
        (TN1, "::"),
        (TN1, "fe80::2"),
        (TN1, "ff01::77"),
        (TN1, "ff02::77"),
        (TN1, "ff05::77"),
        ("2001:db8:b::1", TN2),
    ];
    parts(stuck, |(src, dst)| dropped(&packet(src, dst, 9)));
    // What only this link knows is told so (RFC 4443, 3.1: beyond the scope of its source).
    assert_eq!(refused(&packet("fe80::2", TN2, 9)), (1, 2, 0));
}

/// An extension header of eight bytes around `options`, in front of a request.
fn with_options(first: u8, options: [u8; 6], dst: &str) -> Vec<u8> {
    let (header, message) = request(TN1, dst, 9);
    let mut header = header;
    header.repr.next_header = first;
    header.build(&[&[ECHO, 0][..], &options, &message].concat())
}

/// Hop-by-hop options concern routers that are told to look at them (RFC 8200, 4), which this one is not.
#[test]
fn v6lc_1_2_7() {
    let rows = [0, 1, 0x1e, 0x5e, 0x9e, 0xde];
    parts(rows, |kind| {
        let options = [kind, if kind == 0 { 0 } else { 4 }, 0, 0, 0, 0];
        assert_eq!(passed(&with_options(0, options, TN2)).ext[2..], options);
    });
    // Those to itself do.
    dropped(&with_options(0, [0x5e, 4, 1, 2, 3, 4], "2001:db8:a::1"));
    parts([0x9e, 0xde], |kind| {
        assert_eq!(refused(&with_options(0, [kind, 4, 1, 2, 3, 4], "2001:db8:a::1")), (4, 2, 42));
    });
}

/// Nor do destination options.
#[test]
fn v6lc_1_2_9() {
    let rows = [0, 1, 0x1e, 0x5e, 0x9e, 0xde];
    parts(rows, |kind| {
        let options = [kind, if kind == 0 { 0 } else { 4 }, 0, 0, 0, 0];
        assert_eq!(passed(&with_options(60, options, TN2)).ext[2..], options);
    });
}

/// Nor are routing headers of packets to others.
#[test]
fn v6lc_1_2_11() {
    parts([(33, 0), (33, 1), (0, 1), (0, 0)], |(kind, left)| {
        let options = [kind, left, 0, 0, 0, 0];
        assert_eq!(passed(&with_options(43, options, TN2)).ext[2..], options);
    });
    parts([33, 0], |kind| {
        assert_eq!(refused(&with_options(43, [kind, 1, 0, 0, 0, 0], "2001:db8:a::1")), (4, 0, 42));
    });
}

/// Nowhere to go, and nobody there (RFC 4443, 3.1).
#[test]
fn v6lc_5_1_3_router() {
    parts(["2001:db8:dead::2", "2001:db8:ffff:ffff::2"], |dst| {
        assert_eq!(refused(&packet(TN1, dst, 9)), (1, 0, 0));
    });
    let mut bed = Bed::new();
    let bytes = packet(TN1, "2001:db8:b::77", 9);
    bed.pass(&bytes);
    bed.net.run_for(Duration::from_secs(5));
    let [near, _] = bed.run();
    assert!(near.iter().any(|p| p.kind() == Some((1, 3))), "{near:?}");
}

/// Too big for the next link (RFC 4443, 3.2).
#[test]
fn v6lc_5_1_4() {
    parts([1233, 1400, 1452], |len| {
        assert_eq!(refused(&packet(TN1, TN2, len)), (2, 0, 1280));
    });
}

/// The hop limit ran out (RFC 4443, 3.3).
#[test]
fn v6lc_5_1_5() {
    parts([0, 1], |limit| {
        let (header, message) = request(TN1, TN2, 9);
        assert_eq!(refused(&header.hop_limit(limit).build(&message)), (3, 0, 0));
    });
}
