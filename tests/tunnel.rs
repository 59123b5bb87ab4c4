// SPDX-License-Identifier: Apache-2.0
//! Tunnels of IP in IP as seen from the wire (RFC 2003, RFC 2473, RFC 4213, RFC 6040): two hosts with a
//! tunnel between them, and what strangers send.
#![cfg(all(CONFIG_NET_L2_IPIP, CONFIG_NET_IPV4, CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET))]

use testutil::frame;
use testutil::lab6::{self, Ipv6};
use testutil::{
    DropReason, Duration, Error, EthAddr, Host, Ipv4Addr, LinkConfig, Network, Rng, Station,
};
use znet::base::{IpAddr, Ipv6Addr};
use znet::iface::{IfBuilder, IfRef};
use znet::l2::ipip::{IPV4, IPV6, MAX_DEPTH, Tunnel};
use znet::stack::{Call, EchoRequest, Offer};
use znet::wire::icmpv4::Message;
use znet::wire::icmpv6;
use znet::wire::ipv4::protocol;

/// Outer addresses of the host with this number, 1 or 2.
fn outer4(n: u8) -> Ipv4Addr {
    Ipv4Addr::new(192, 0, 2, n)
}

fn outer6(n: u8) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, n.into())
}

/// Addresses in the tunnel.
fn inner4(n: u8) -> Ipv4Addr {
    Ipv4Addr::new(198, 51, 100, n)
}

fn inner6(n: u8) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 0xdb8, 0x100, 0, 0, 0, 0, n.into())
}

struct Lab {
    net: Network,
    hosts: [&'static Host; 2],
    wires: [IfRef; 2],
    tunnels: [IfRef; 2],
    /// Hears all that is on the wire.
    tap: Station,
}

impl Lab {
    /// Two hosts; what is in the tunnel goes in packets of IPv6 or of IPv4.
    fn new(over_v6: bool) -> Lab {
        let mut net = Network::new(1);
        let wire = net.link(LinkConfig::default());
        let side = |net: &mut Network, n: u8| {
            let host = net.host(if n == 1 { "one" } else { "two" });
            let mac = EthAddr([2, 0, 0, 0, 0, n]);
            let eth = IfBuilder::ethernet(mac).ipv4(outer4(n), 24).ipv6(outer6(n), 64).up().build();
            net.attach_iface(host, wire, eth);
            let end = IfBuilder::dummy().ipv4(inner4(n), 24).ipv6(inner6(n), 64).up().build();
            let peer = if over_v6 { IpAddr::V6(outer6(3 - n)) } else { IpAddr::V4(outer4(3 - n)) };
            host.core().with(|stack, env| {
                stack.ifaces.add(end).unwrap();
                assert_eq!(stack.tunnel_way(peer), Ok(eth), "the wire leads to the peer");
                let tunnel = Tunnel { peer: Some(peer), lower: eth.index() };
                stack.set_tunnel(end, Some(tunnel)).unwrap();
                stack.icmp_listen(0, true);
                stack.icmp_listen(icmpv6::kind::ECHO_REPLY, true);
                stack.timers(env);
            });
            (host, eth, end)
        };
        let (one, two) = (side(&mut net, 1), side(&mut net, 2));
        let tap = net.station(wire, [192, 0, 2, 9]);
        tap.promiscuous(true);
        net.run_for(Duration::from_secs(8));
        tap.take();
        Lab { net, hosts: [one.0, two.0], wires: [one.1, two.1], tunnels: [one.2, two.2], tap }
    }

    /// Pings the other end through the tunnel; how many echo replies came.
    fn ping(&mut self, v6: bool, len: usize, tos: u8) -> usize {
        let data = vec![0x5a; len];
        let offer = Offer { tos, ..Offer::default() };
        let request = EchoRequest { ident: 1, seq: 2, payload: &[&data], offer };
        let sent = self.hosts[0].core().with(|stack, env| match v6 {
            true => stack.icmpv6_echo_request(env, None, inner6(2), request),
            false => stack.icmp_echo_request(env, None, inner4(2), request),
        });
        assert_eq!(sent, Ok(()));
        self.net.run_for(Duration::from_secs(2));
        let reply = |call: &Call| match *call {
            Call::Icmp { kind, .. } => kind == if v6 { icmpv6::kind::ECHO_REPLY } else { 0 },
            Call::Context { .. } => false,
        };
        self.hosts[0].take_calls().iter().filter(|(call, _)| reply(call)).count()
    }

    /// IP packets that were on the wire, neighbour discovery and the like apart.
    fn carried(&self, over: u8) -> Vec<Vec<u8>> {
        let is = |packet: &Vec<u8>| match over {
            4 => packet[0] >> 4 == 4 && [IPV4, IPV6].contains(&packet[9]),
            _ => packet[0] >> 4 == 6 && [IPV4, IPV6].contains(&packet[6]),
        };
        self.tap.take().iter().map(|frame| frame[14..].to_vec()).filter(is).collect()
    }

    /// Sends an outer packet of IPv4 to the first host as if from its peer, or from `src`.
    fn arrive(&mut self, src: Ipv4Addr, proto: u8, tos: u8, inner: &[u8]) {
        let mut packet = frame::Ipv4::new(src, outer4(1), proto).build(inner);
        packet[1] = tos;
        frame::mend_ipv4(&mut packet);
        self.tap.send(frame::ipv4_frame(self.wires[0].mac(), self.wires[1].mac(), &packet));
        self.net.run_for(Duration::from_millis(500));
    }

    /// Sends an outer packet that must be dropped for this reason.
    #[track_caller]
    fn dropped(&mut self, reason: DropReason, src: Ipv4Addr, proto: u8, tos: u8, inner: &[u8]) {
        let (before, all) = (self.hosts[0].drops(reason), self.hosts[0].drops_total());
        self.arrive(src, proto, tos, inner);
        let host = self.hosts[0];
        let all_now = host.drops_total();
        assert_eq!(
            (host.drops(reason) - before, all_now - all),
            (1, 1),
            "{reason:?} wanted: {:?}",
            host.drop_counts()
        );
    }

    fn assert_clean(&self) {
        for host in self.hosts {
            assert_eq!(host.leaks(), None);
        }
    }
}

/// An echo request in the tunnel, towards the first host.
fn echo4(tos: u8) -> Vec<u8> {
    let message = frame::icmp(Message::EchoRequest { ident: 7, seq: 1 }, b"hello");
    let mut packet = frame::Ipv4::new(inner4(2), inner4(1), protocol::ICMP).build(&message);
    packet[1] = tos;
    frame::mend_ipv4(&mut packet);
    packet
}

/// Wraps a packet in another from the peer.
fn wrap(inner: &[u8], proto: u8) -> Vec<u8> {
    frame::Ipv4::new(outer4(2), outer4(1), proto).build(inner)
}

/// Both families over both.
#[test]
fn packets_pass() {
    for over_v6 in [false, true] {
        let mut lab = Lab::new(over_v6);
        for v6 in [false, true] {
            for len in [0, 1, 64, 1200] {
                assert_eq!(lab.ping(v6, len, 0), 1, "over v6: {over_v6}, v6: {v6}, {len} bytes");
                let packets = lab.carried(if over_v6 { 6 } else { 4 });
                assert_eq!(packets.len(), 2, "a request and a reply");
                for packet in packets {
                    let (proto, head) = if over_v6 { (packet[6], 40) } else { (packet[9], 20) };
                    assert_eq!(proto, if v6 { IPV6 } else { IPV4 });
                    assert_eq!(packet[head] >> 4, if v6 { 6 } else { 4 });
                    let hops = if over_v6 { packet[7] } else { packet[8] };
                    assert_eq!(hops, 64, "the hop limit of the interface below");
                }
            }
        }
        lab.assert_clean();
    }
}

/// RFC 2003, 3.1 and RFC 4213, 3.2.1: don't-fragment is that of IPv4 within, and clear for IPv6.
#[test]
fn may_be_fragmented_if_what_is_within_may() {
    let mut lab = Lab::new(false);
    assert_eq!((lab.ping(false, 8, 0), lab.ping(true, 8, 0)), (1, 1));
    for packet in lab.carried(4) {
        assert_eq!(packet[6] & 0x40 != 0, packet[9] == IPV4 && packet[26] & 0x40 != 0);
    }
}

/// RFC 6040, 4.1: an outer header has what the inner one has.
#[test]
fn class_and_congestion_are_copied() {
    for over_v6 in [false, true] {
        let mut lab = Lab::new(over_v6);
        for tos in [0x00, 0xb8, 0xb9, 0x02, 0xff] {
            assert_eq!((lab.ping(false, 8, tos), lab.ping(true, 8, tos)), (1, 1), "{tos:#04x}");
            for packet in lab.carried(if over_v6 { 6 } else { 4 }) {
                let of = |p: &[u8]| if p[0] >> 4 == 4 { p[1] } else { p[0] << 4 | p[1] >> 4 };
                assert_eq!(of(&packet), of(&packet[if over_v6 { 40 } else { 20 }..]));
            }
        }
    }
}

/// RFC 6040, 4.2: congestion on the way of the tunnel is seen behind it, or the packet is lost.
#[test]
fn congestion_in_the_tunnel() {
    let mut lab = Lab::new(false);
    lab.dropped(DropReason::TunnelCongested, outer4(2), IPV4, 3, &echo4(0));
    lab.tap.take();
    lab.arrive(outer4(2), IPV4, 3, &echo4(0xb8 | 2));
    let replies = lab.carried(4);
    let to_peer: Vec<_> = replies.iter().filter(|p| p[16..20] == outer4(2).octets()).collect();
    assert_eq!(to_peer.len(), 1, "marked, its checksum mended, and answered");
    assert_eq!(to_peer[0][21] & 3, 3, "an echo reply has what the request had");
}

/// What fits the wire fits the tunnel less its header; more does not leave.
#[test]
fn the_mtu_leaves_room_for_the_outer_header() {
    for (over_v6, most) in [(false, 1480), (true, 1460)] {
        let mut lab = Lab::new(over_v6);
        assert_eq!(lab.tunnels[0].mtu(), most);
        assert_eq!(lab.ping(true, usize::from(most) - 48, 0), 1);
        assert_eq!(lab.carried(if over_v6 { 6 } else { 4 }).len(), 2, "whole");
        lab.tunnels[0].set_mtu(1500);
        let before = lab.hosts[0].drops(DropReason::TooBig);
        assert_eq!(lab.ping(true, usize::from(most) - 47, 0), 0);
        assert_eq!(lab.hosts[0].drops(DropReason::TooBig), before + 1);
        lab.assert_clean();
    }
}

/// RFC 4213, 3.6: who is not the other end is not listened to.
#[test]
fn strangers_get_nothing_through() {
    let mut lab = Lab::new(false);
    lab.dropped(DropReason::Ipv4UnknownProtocol, outer4(9), IPV4, 0, &echo4(0));
    lab.tap.take();
    lab.arrive(outer4(2), IPV4, 0, &echo4(0));
    assert_eq!(lab.carried(4).len(), 1, "the peer's is answered");
    lab.tunnels[0].flag_clear(znet::iface::IfFlag::Up);
    lab.dropped(DropReason::Ipv4UnknownProtocol, outer4(2), IPV4, 0, &echo4(0));
    lab.assert_clean();
}

#[test]
fn what_is_no_packet_is_dropped() {
    let mut lab = Lab::new(false);
    let echo = echo4(0);
    let malformed = DropReason::TunnelMalformed;
    for inner in [&[][..], &echo[..7], &[0x55; 40], &[0x05; 40]] {
        lab.dropped(malformed, outer4(2), IPV4, 0, inner);
    }
    lab.dropped(malformed, outer4(2), IPV6, 0, &echo);
    let six = Ipv6::new(inner6(2), inner6(1), 59).build(&[]);
    lab.dropped(malformed, outer4(2), IPV4, 0, &six);
    lab.dropped(DropReason::Ipv4Malformed, outer4(2), IPV4, 0, &echo[..19]);
    lab.dropped(malformed, outer4(2), IPV4, 3, &{
        let mut short = echo[..12].to_vec();
        short[1] = 2;
        short
    });
    lab.dropped(DropReason::Ipv4BadSource, outer4(2), IPV4, 0, &{
        let mut ours = echo.clone();
        ours[12..16].copy_from_slice(&inner4(1).octets());
        frame::mend_ipv4(&mut ours);
        ours
    });
    lab.assert_clean();
}

/// RFC 2473, 4.1 and 6.6: a packet in itself, again and again, ends where the tunnels do, of which only so
/// many stand on each other, whichever is put up first.
#[test]
fn tunnels_in_tunnels_end() {
    let mut lab = Lab::new(false);
    let host = lab.hosts[0];
    // What comes by the tunnel is from no other tunnel's end.
    let before = host.drops(DropReason::Ipv4UnknownProtocol);
    lab.arrive(outer4(2), IPV4, 0, &wrap(&echo4(0), IPV4));
    assert_eq!(host.drops(DropReason::Ipv4UnknownProtocol), before + 1);

    // Tunnels that stand on each other, the uppermost first, all with the same peer.
    let upper: Vec<IfRef> = (1..MAX_DEPTH).map(|_| IfBuilder::dummy().up().build()).collect();
    host.core().with(|stack, _| {
        let mut above = None;
        for &end in upper.iter().chain([&lab.tunnels[0]]) {
            if stack.tunnel(end).is_none() {
                stack.ifaces.add(end).expect("room for an interface");
            }
            if let Some(above) = above.replace(end) {
                let peer = Some(IpAddr::V4(outer4(2)));
                stack.set_tunnel(above, Some(Tunnel { peer, lower: end.index() })).unwrap();
            }
        }
        let one_more = Tunnel { peer: None, lower: upper[0].index() };
        assert_eq!(stack.set_tunnel(upper[1], Some(one_more)), Err(Error::Inval), "in a circle");
        let top = IfBuilder::dummy().up().build();
        stack.ifaces.add(top).expect("room for an interface");
        assert_eq!(stack.set_tunnel(top, Some(one_more)), Err(Error::Inval), "too high");
        let (wire, beneath) = (lab.wires[0], Tunnel { peer: None, lower: top.index() });
        assert_eq!(stack.set_tunnel(wire, Some(beneath)), Err(Error::Inval), "too deep");
        let highest = stack.tunnel(upper[0]);
        stack.set_tunnel(upper[0], None).unwrap();
        assert_eq!(stack.set_tunnel(wire, Some(beneath)), Ok(()), "one less above");
        stack.set_tunnel(wire, None).unwrap();
        stack.set_tunnel(upper[0], highest).unwrap();
    });
    let mut packet = echo4(0);
    for _ in 0..40 {
        packet = wrap(&packet, IPV4);
    }
    let before = host.drops(DropReason::Ipv4UnknownProtocol);
    lab.arrive(outer4(2), IPV4, 0, &packet);
    assert_eq!(host.drops(DropReason::Ipv4UnknownProtocol), before + 1, "behind the highest");
    lab.assert_clean();
}

/// Errors that the first host hears about packets of its own within the tunnel: kind, code and number.
fn told(lab: &mut Lab, v6: bool) -> Vec<(u8, u8, u32)> {
    let about_own = |packet: &Vec<u8>| match v6 {
        false => packet[0] >> 4 == 4 && packet[28 + 12..28 + 16] == inner4(1).octets(),
        true => packet[0] >> 4 == 6 && packet[48 + 8..48 + 24] == inner6(1).octets(),
    };
    let fields = |packet: Vec<u8>| {
        let message = &packet[if v6 { 40 } else { 20 }..];
        let rest = message[4..8].try_into().unwrap();
        (message[0], message[1], u32::from_be_bytes(rest))
    };
    let calls = lab.hosts[0].take_calls().into_iter();
    calls.map(|(_, packet)| packet).filter(about_own).map(fields).collect()
}

/// RFC 2003, 4; RFC 2473, 8; RFC 4213, 3.4: who sent what a tunnel's packet carried is told what became of
/// it.
#[test]
fn errors_on_the_way_are_relayed() {
    // What is within, what a router says of the packet around it, and what the sender hears.
    let four: [(u8, u8, u32, Option<(u8, u8, u32)>); 10] = [
        (3, 4, 1400, Some((3, 4, 1380))),
        (3, 4, 0, Some((3, 4, 0))),
        (3, 4, 15, Some((3, 4, 68))),
        (3, 0, 0, Some((3, 0, 0))),
        (3, 1, 0, Some((3, 1, 0))),
        (3, 2, 0, Some((3, 0, 0))),
        (3, 3, 0, None),
        (3, 5, 0, None),
        (11, 0, 0, Some((3, 1, 0))),
        (11, 1, 0, None),
    ];
    let six: [(u8, u8, u32, Option<(u8, u8, u32)>); 4] = [
        (2, 0, 1400, Some((3, 4, 1360))),
        (1, 3, 0, Some((3, 1, 0))),
        (3, 0, 0, Some((3, 1, 0))),
        (3, 1, 0, None),
    ];
    for over_v6 in [false, true] {
        for v6 in [false, true] {
            let mut lab = Lab::new(over_v6);
            lab.hosts[0].core().with(|stack, _| {
                [1, 2, 3].iter().for_each(|&kind| stack.icmp_listen(kind, true));
            });
            assert_eq!(lab.ping(v6, 64, 0), 1);
            let request = lab.carried(if over_v6 { 6 } else { 4 }).remove(0);
            for &(kind, code, value, expected) in if over_v6 { &six[..] } else { &four } {
                lab.hosts[0].take_calls();
                error(&mut lab, over_v6, (kind, code, value), &request);
                let expected = expected.map(|(kind, code, number)| match (v6, kind, code) {
                    (false, ..) => (kind, code, number),
                    (true, 3, 4) => (2, 0, number.max(1280)),
                    (true, ..) => (1, 3, 0),
                });
                assert_eq!(
                    told(&mut lab, v6),
                    Vec::from_iter(expected),
                    "over v6: {over_v6}, v6: {v6}, {kind} {code}"
                );
            }
            lab.assert_clean();
        }
    }
}

/// An error about a packet that went to nobody's end of a tunnel is none of ours, nor one that does not say
/// enough of what was within.
#[test]
fn errors_about_others_packets_are_not_relayed() {
    let mut lab = Lab::new(false);
    lab.hosts[0].core().with(|stack, _| stack.icmp_listen(3, true));
    assert_eq!(lab.ping(false, 64, 0), 1);
    let request = lab.carried(4).remove(0);
    let mut elsewhere = request.clone();
    elsewhere[16..20].copy_from_slice(&outer4(7).octets());
    let before = lab.hosts[0].drops(DropReason::IcmpBadQuote);
    for quoted in [&elsewhere[..], &request[..28], &request[..47], &request[..39]] {
        lab.hosts[0].take_calls();
        error(&mut lab, false, (3, 1, 0), quoted);
        assert_eq!(told(&mut lab, false), []);
    }
    assert_eq!(lab.hosts[0].drops(DropReason::IcmpBadQuote), before + 4);
    lab.assert_clean();
}

/// Has a router tell the first host of what it sent.
fn error(lab: &mut Lab, v6: bool, (kind, code, value): (u8, u8, u32), about: &[u8]) {
    let (to, from) = (lab.wires[0].mac(), EthAddr([2, 0, 0, 0, 0, 9]));
    let rest = value.to_be_bytes();
    let frame = if v6 {
        let message = lab6::icmp(outer6(9), outer6(1), [kind, code], rest, about);
        let packet = Ipv6::new(outer6(9), outer6(1), 58).build(&message);
        frame::ethernet(to, from, 0x86dd, &packet)
    } else {
        let message = frame::icmp_raw(kind, code, rest, about);
        frame::ipv4_frame(to, from, &frame::Ipv4::new(outer4(9), outer4(1), 1).build(&message))
    };
    lab.tap.send(frame);
    lab.net.run_for(Duration::from_secs(2));
}

/// A tunnel does not carry itself, and goes to a host.
#[test]
fn impossible_tunnels() {
    let lab = Lab::new(false);
    let (end, wire) = (lab.tunnels[0], lab.wires[0]);
    lab.hosts[0].core().with(|stack, _| {
        let mut set = |peer: [u8; 4], lower| {
            stack.set_tunnel(end, Some(Tunnel { peer: Some(IpAddr::V4(peer.into())), lower }))
        };
        assert_eq!(set([192, 0, 2, 2], end.index()), Err(Error::Inval), "itself");
        assert_eq!(set([0, 0, 0, 0], wire.index()), Err(Error::Inval));
        assert_eq!(set([224, 0, 0, 1], wire.index()), Err(Error::Inval));
        assert_eq!(stack.tunnel_way(IpAddr::V4(outer4(1))), Err(Error::Inval), "ourselves");
        let before = stack.tunnel(end);
        assert_eq!(before.map(|t| t.lower), Some(wire.index()), "nothing has changed");
        stack.set_tunnel(end, None).unwrap();
        assert_eq!(stack.tunnel(end), None);
    });
}

/// Damaged packets of every kind change nothing and leave nothing behind.
#[test]
fn noise() {
    let mut lab = Lab::new(false);
    lab.net.allow_malformed();
    let mut rng = Rng::new(7);
    let six = Ipv6::new(inner6(2), inner6(1), 17).build(&[9; 24]);
    let nested = wrap(&wrap(&echo4(0), IPV4), IPV4);
    let reply = frame::Ipv4::new(inner4(1), inner4(2), protocol::ICMP);
    let sent = frame::Ipv4::new(outer4(1), outer4(2), IPV4).build(&reply.build(&[9; 24]));
    for round in 0..4000u32 {
        let (mut packet, proto) = match round % 4 {
            0 => (echo4(2), IPV4),
            1 => (six.clone(), IPV6),
            2 => (frame::icmp_raw(3, 4, [0, 0, 5, 0], &sent), protocol::ICMP),
            _ => (nested.clone(), IPV4),
        };
        for _ in 0..1 + rng.draw() % 4 {
            let at = rng.draw() as usize % packet.len();
            packet[at] = rng.draw() as u8;
        }
        let len = if rng.draw().is_multiple_of(4) {
            rng.draw() as usize % packet.len()
        } else {
            packet.len()
        };
        if proto == protocol::ICMP && len > 8 {
            frame::mend_icmp(&mut packet[..len]);
        }
        let mut outer = frame::Ipv4::new(outer4(2), outer4(1), proto).build(&packet[..len]);
        outer[1] = rng.draw() as u8;
        frame::mend_ipv4(&mut outer);
        lab.tap.send(frame::ipv4_frame(lab.wires[0].mac(), lab.wires[1].mac(), &outer));
        if round.is_multiple_of(16) {
            lab.net.run_until_idle();
            lab.tap.take();
        }
    }
    lab.net.run_for(Duration::from_secs(90));
    lab.tap.take();
    lab.hosts[0].take_calls();
    assert_eq!(lab.ping(false, 8, 0), 1, "it still works");
    lab.assert_clean();
}
