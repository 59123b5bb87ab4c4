// SPDX-License-Identifier: Apache-2.0
//! The seeds the engine starts from: good input, from which bad input is not far.
//! `cargo xtask fuzz --seeds` writes them to `corpus/`.

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{EthAddr, Ipv4Addr, frame};
use znet::wire::arp::{Operation, Repr};
use znet::wire::ethernet::ethertype;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::{option, protocol};

use crate::input::write_piece;
use crate::targets::steps;

/// The link addresses of the host and the station in a [`testutil::Lab`].
const HOST: EthAddr = EthAddr([2, 0, 0, 0, 0, 1]);
const PEER: EthAddr = EthAddr([2, 0, 0, 0, 0, 2]);

/// A seed: its target, its name, its bytes.
pub type Seed = (&'static str, &'static str, Vec<u8>);

/// All seeds.
pub fn all() -> Vec<Seed> {
    [
        arp(),
        ipv4(),
        icmp(),
        udp(),
        cursor(),
        network(),
        ethernet(),
        wire6(),
        tcp(),
        extensions(),
        fragments6(),
        discovery(),
        routers(),
        listeners(),
        machines(),
    ]
    .concat()
}

/// Steps for the parts that are tried by themselves: many, of all kinds, and few.
fn machines() -> Vec<Seed> {
    let names = [
        "agenda",
        "calls",
        "checksum",
        "claims",
        "delivery",
        "early",
        "groups",
        "index",
        "nat",
        "neighbours",
        "neighbours6",
        "paths",
        "pieces",
        "rate",
        "routes",
        "syns",
        "timewaits",
    ];
    let draw = |len: usize, seed: u32| -> Vec<u8> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..len).map(|_| next()).collect()
    };
    let seeds = |name| [(name, "few", draw(12, 3)), (name, "many", draw(400, 4))];
    // Those of live hosts are cut into pieces.
    let live = ["conflicts", "dad", "floods", "forward4", "forward6", "fragments4"];
    let pieces = |seed: u32| -> Vec<u8> {
        let bytes = draw(480, seed);
        steps(&bytes.chunks(24).collect::<Vec<_>>())
    };
    let packet = |number: u8, content: &[u8]| from_peer(number, &[], content);
    let new_end = [0, 10, 0, 0, 1, 0x30, 0x39];
    let datagram = packet(protocol::UDP, &datagram(7, b"out"));
    let error = frame::icmp(Message::DestUnreachable { code: 3, mtu: 0 }, &datagram);
    let translated = |packet: Vec<u8>| [&new_end[..], &packet].concat();
    let mut all: Vec<Seed> = names.into_iter().flat_map(seeds).collect();
    all.extend(live.into_iter().flat_map(|name| {
        // A router's begin with a byte more.
        let lead = vec![1; usize::from(name.starts_with("forward"))];
        [
            (name, "many", [&lead[..], &pieces(5)].concat()),
            (name, "others", [lead, pieces(6)].concat()),
        ]
    }));
    all.extend([
        ("nat", "datagram", translated(datagram)),
        ("nat", "error", translated(packet(protocol::ICMP, &error))),
        ("nat", "echo", translated(packet(protocol::ICMP, &echo()))),
        ("wire4", "datagram", packet(protocol::UDP, &[0; 8])),
        ("wire4", "options", vec![2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 0, 1, 3, 3, 7]),
    ]);
    all
}

fn arp_packet(operation: Operation, sender: Ipv4Addr, target: Ipv4Addr) -> Vec<u8> {
    let repr =
        Repr { operation, sender_hw: PEER, sender_ip: sender, target_hw: HOST, target_ip: target };
    frame::arp(&repr)
}

fn arp() -> Vec<Seed> {
    let how = |how: u8, packet: Vec<u8>| [vec![how], packet].concat();
    let request = how(2, arp_packet(Operation::Request, PEER_IP, HOST_IP));
    let reply = how(1, arp_packet(Operation::Reply, PEER_IP, HOST_IP));
    let gratuitous = how(2, arp_packet(Operation::Request, PEER_IP, PEER_IP));
    let conflict = how(2, arp_packet(Operation::Request, HOST_IP, HOST_IP));
    let probe = how(2, arp_packet(Operation::Request, Ipv4Addr::UNSPECIFIED, HOST_IP));
    vec![
        ("arp", "request", steps(&[&request])),
        ("arp", "reply", steps(&[&reply, &reply])),
        ("arp", "all", steps(&[&request, &gratuitous, &conflict, &probe, &reply])),
    ]
}

fn wire6() -> Vec<Seed> {
    let mut router =
        vec![134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 2];
    router.extend([3, 4, 64, 0xc0, 0, 0, 0, 60, 0, 0, 0, 30, 0, 0, 0, 0]);
    router.extend([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut chain = vec![0x60, 0, 0, 0, 0, 24, 0, 64];
    chain.extend([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1].repeat(2));
    chain.extend([60, 0, 1, 4, 0, 0, 0, 0, 44, 0, 1, 4, 0, 0, 0, 0, 17, 0, 0, 0, 1, 2, 3, 4]);
    let mut query = vec![130, 0, 0, 0, 0x27, 0x10, 0, 0];
    query.extend([0; 20]);
    vec![("wire6", "router", router), ("wire6", "chain", chain), ("wire6", "query", query)]
}

/// Bytes as `targets::extensions` reads them: how many headers, each with its kind, its content and a
/// length that is right, then what follows.
fn extensions() -> Vec<Seed> {
    let options = [2, 0, 6, 1, 4, 0, 0, 0, 0, 0, 1, 6, 1, 4, 0, 0, 0, 0, 0, 3];
    let routing = [1, 2, 6, 4, 1, 0, 0, 0, 0, 0, 0];
    let unknown = [2, 1, 6, 0xc5, 4, 0, 0, 0, 0, 0, 7, 6, 0, 0, 0, 0, 0, 0, 0, 1];
    let atomic = [1, 3, 0, 0, 9, 0];
    vec![
        ("extensions", "options", steps(&[&options, &options])),
        ("extensions", "all", steps(&[&routing, &unknown, &atomic, &options])),
    ]
}

/// Bytes as `targets::fragments6` reads them: a datagram in three, in and out of order.
fn fragments6() -> Vec<Seed> {
    let piece = |more: u8, offset: u16, len: u16| {
        let ([o0, o1], [n0, n1]) = (offset.to_le_bytes(), len.to_le_bytes());
        vec![1 | more << 1, 1, o0, o1, n0, n1]
    };
    let three = [piece(1, 0, 1360), piece(1, 1360, 1360), piece(0, 2720, 1288)];
    let overlap = piece(1, 1352, 1360);
    vec![
        ("fragments6", "whole", steps(&[&three[0], &three[1], &three[2]])),
        ("fragments6", "backwards", steps(&[&three[2], &three[1], &three[0]])),
        ("fragments6", "overlap", steps(&[&three[0], &overlap, &three[2]])),
    ]
}

/// Bytes as `targets::discovery` reads them: kind, source, destination, flags, target, hop limit,
/// options.
fn discovery() -> Vec<Seed> {
    let solicit = [0, 2, 5, 0, 0, 0, 0, 6, 2, 0, 0, 0, 0, 2, 0];
    let advert = [1, 2, 0, 0x60, 2, 0, 1, 6, 2, 0, 0, 0, 0, 2, 0];
    let stolen = [1, 0, 6, 0x20, 0, 0, 1, 6, 2, 0, 0, 0, 0, 9, 0];
    let redirect = [2, 3, 1, 0, 17, 18, 0, 1, 6, 2, 0, 0, 0, 0, 2, 0];
    vec![
        ("discovery", "ask", steps(&[&solicit, &advert])),
        ("discovery", "all", steps(&[&solicit, &advert, &stolen, &redirect])),
    ]
}

/// Bytes as `targets::routers` reads them: privacy, router, lifetime, hop limit, flags, times,
/// prefixes, options.
fn routers() -> Vec<Seed> {
    let prefix = [1, 0, 8, 7, 64, 0, 0, 0, 0, 0, 1, 4, 3, 1, 0xc0];
    let mut options = vec![0, 1, 8, 7, 64, 8, 0, 0, 0, 0, 0];
    options.extend([2, 6, 0, 0, 0, 0, 5, 0, 0]);
    options.extend([3, 14, 32, 8, 0, 0, 2, 0, 0x20, 2, 0, 0, 0, 0, 0, 0, 0]);
    options.extend([4, 22, 0, 0, 0, 0, 4, 0]);
    options.extend([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x53, 0]);
    options.extend([5, 14, 0, 0, 0, 0, 4, 0, 3, b'l', b'a', b'n', 0, 0, 0, 0, 0]);
    options.extend([6, 14, 64, 0x11, 0, 0, 0, 9, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0]);
    let gone = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0xc0];
    vec![
        ("routers", "prefix", steps(&[&prefix, &gone])),
        ("routers", "options", steps(&[&options, &prefix])),
    ]
}

/// Bytes as `targets::{mld, igmp}` read them: kind and flags, group, time, sources.
fn listeners() -> Vec<Seed> {
    let (join, leave) = ([0xc0, 2], [0xc1, 2]);
    let general = [4, 0, 1, 0, 0, 0];
    let sources = [4, 2, 1, 0, 0, 1, 16, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
    let (old, heard) = ([0, 2, 0, 10], [1, 2, 0, 0]);
    let query = [40, 0, 10, 0, 0];
    let asked = [40, 2, 10, 1, 0, 4, 192, 0, 2, 2];
    let (old_query, report) = ([0, 2, 100], [2, 2, 0]);
    vec![
        ("mld", "current", steps(&[&join, &general, &sources, &leave])),
        ("mld", "older", steps(&[&join, &old, &heard, &leave])),
        ("igmp", "current", steps(&[&join, &query, &asked, &leave])),
        ("igmp", "older", steps(&[&join, &old_query, &report, &leave])),
    ]
}

fn echo() -> Vec<u8> {
    frame::icmp(Message::EchoRequest { ident: 1, seq: 2 }, b"echo echo echo")
}

/// A datagram of the station's.
fn datagram(port: u16, data: &[u8]) -> Vec<u8> {
    frame::udp((PEER_IP, 4001), (HOST_IP, port), data)
}

fn from_peer(kind: u8, options: &[u8], content: &[u8]) -> Vec<u8> {
    frame::Ipv4::new(PEER_IP, HOST_IP, kind).options(options).build(content)
}

fn ipv4() -> Vec<Seed> {
    let options =
        [option::NOP, option::RECORD_ROUTE, 7, 4, 0, 0, 0, 0, option::ROUTER_ALERT, 4, 0, 0];
    let echo = from_peer(protocol::ICMP, &options, &echo());
    let udp = from_peer(protocol::UDP, &[], &datagram(7, b"data"));
    let closed =
        from_peer(protocol::UDP, &[option::LOOSE_SOURCE_ROUTE, 3, 4], &datagram(9, &[1; 700]));
    let fragment =
        frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP).fragment(8, true).build(&[7; 64]);
    let group =
        frame::Ipv4::new(PEER_IP, Ipv4Addr::new(224, 0, 0, 1), protocol::IGMP).build(&[0x11; 8]);
    vec![
        ("ipv4", "echo_with_options", steps(&[&echo])),
        ("ipv4", "udp_open_and_closed", steps(&[&udp, &closed])),
        ("ipv4", "fragment", steps(&[&fragment, &udp])),
        ("ipv4", "group", steps(&[&group])),
    ]
}

fn icmp() -> Vec<Seed> {
    let sent = frame::Ipv4::new(HOST_IP, PEER_IP, protocol::UDP).build(&frame::udp(
        (HOST_IP, 4000),
        (PEER_IP, 7),
        b"still there",
    ));
    let unreachable = frame::icmp(Message::DestUnreachable { code: 3, mtu: 0 }, &sent);
    let too_big = frame::icmp(Message::DestUnreachable { code: 4, mtu: 576 }, &sent);
    let exceeded = frame::icmp(Message::TimeExceeded { code: 0 }, &sent[..28]);
    let redirect = frame::icmp(Message::Redirect { code: 1, gateway: PEER_IP }, &sent[..28]);
    let stamp = frame::icmp(Message::Timestamp { ident: 1, seq: 1 }, &[0; 12]);
    vec![
        ("icmp", "echo", steps(&[&echo()])),
        ("icmp", "errors", steps(&[&unreachable, &too_big, &exceeded, &redirect])),
        ("icmp", "timestamp", steps(&[&stamp])),
    ]
}

fn udp() -> Vec<Seed> {
    let mut unsummed = datagram(7, b"no checksum");
    unsummed[6..8].fill(0);
    vec![
        ("udp", "two_sockets", steps(&[&datagram(7, b"echo"), &datagram(4000, b"connected")])),
        ("udp", "closed_port", steps(&[&datagram(9, &[3; 600])])),
        ("udp", "unsummed", steps(&[&unsummed])),
    ]
}

fn cursor() -> Vec<Seed> {
    // Headroom, room, then one of each operation with small arguments.
    let mut all = vec![32, 0xe8, 3];
    for operation in 0..16u8 {
        all.extend([0, 200, 0]);
        all.extend([operation; 200]);
        all.extend([operation, 20, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    vec![("cursor", "every_operation", all), ("cursor", "small", vec![0, 10, 0, 0, 9, 0, 1, 2, 3])]
}

fn network() -> Vec<Seed> {
    let script: Vec<u8> = (0..16).map(|step| step * 15 + step).collect();
    let with = |wire: &[u8]| {
        let mut out = Vec::new();
        write_piece(&mut out, &script);
        [&out, wire].concat()
    };
    vec![
        ("network", "good_wire", with(&[])),
        ("network", "lossy", with(&[0, 4, 0, 0, 4, 4, 0, 4])),
        (
            "network",
            "spoiling",
            with(&[5, 20, 0, 1, 0, 6, 33, 0, 0x80, 7, 30, 0, 0, 5, 40, 0, 255]),
        ),
    ]
}

fn ethernet() -> Vec<Seed> {
    let in_frame = |packet: &[u8]| frame::padded(frame::ipv4_frame(HOST, PEER, packet));
    let ask = frame::ethernet(
        EthAddr::BROADCAST,
        PEER,
        ethertype::ARP,
        &arp_packet(Operation::Request, PEER_IP, HOST_IP),
    );
    let vlan = frame::ethernet(HOST, PEER, ethertype::VLAN, &[0, 100, 8, 0, 0x45, 0]);
    let ping = in_frame(&from_peer(protocol::ICMP, &[], &echo()));
    let udp = in_frame(&from_peer(protocol::UDP, &[], &datagram(7, b"data")));
    vec![
        ("ethernet", "arp", steps(&[&frame::padded(ask)])),
        ("ethernet", "ping", steps(&[&ping])),
        ("ethernet", "udp", steps(&[&udp, &udp])),
        ("ethernet", "vlan", steps(&[&vlan])),
        // A priority tag before a datagram, two tags before a ping, one that is cut off.
        ("vlan", "priority", steps(&[&[0x01, 0xa0, 0, 0, 4, b'd', b'a', b't', b'a']])),
        ("vlan", "double", steps(&[&[0x22, 0, 101, 0, 0, 1, 4, b'p', b'i', b'n', b'g']])),
        ("vlan", "short", steps(&[&[0x3d, 0, 0, 1]])),
    ]
}

fn tcp() -> Vec<Seed> {
    // Control bits, sequence and acknowledgment number as they should be, a window, options, length.
    let segment = |flags: u8, tail: &[u8]| [&[flags, 0, 0, 0, 0, 0, 0, 0][..], tail].concat();
    let data = segment(0x18, &[0x47, 100, 0, 0, 200, 0]);
    let ahead = [0x10, 4, 100, 0, 0, 0, 0, 0, 0x47, 50, 0, 5, 200, 0].to_vec();
    let sack = segment(0x10, &[0x41, 4, 10, 0, 20, 0, 0, 0, 15, 0, 0]);
    let fin = segment(0x11, &[0x47, 0, 0, 12, 0, 0]);
    let reset = segment(0x04, &[0x07, 0, 0, 15, 0, 0]);
    let after = |offer: u8, pieces: &[&[u8]]| [vec![offer], steps(pieces)].concat();
    let script: Vec<u8> = (0..32u8).map(|step| step.wrapping_mul(37)).collect();
    let with = |wire: &[u8]| {
        let mut out = Vec::new();
        write_piece(&mut out, &script);
        [&out, wire].concat()
    };
    let all: &[u8] = &[2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 0, 1, 3, 3, 7];
    vec![
        ("options", "every_one", steps(&[all, &[5, 10, 0, 0, 0, 1, 0, 0, 0, 2]])),
        (
            "options",
            "lengths",
            steps(&[&[8, 0], &[5, 1], &[2, 3, 0], &[3, 40, 1], &[1, 1, 1, 254]]),
        ),
        ("segments", "in_order", after(0, &[&data, &data, &fin])),
        ("segments", "gaps", after(1, &[&ahead, &sack, &data, &data])),
        ("segments", "everything_on", after(0x17, &[&data, &sack, &ahead, &fin, &reset])),
        ("streams", "good_wire", with(&[])),
        ("streams", "losses", with(&[0, 4, 0, 0, 4, 4, 0, 0, 0, 4, 0, 5, 5, 0, 4])),
        ("streams", "spoiling", with(&[6, 3, 0, 0, 7, 5, 0, 15, 6, 0, 0, 0, 7, 9, 4])),
    ]
}
