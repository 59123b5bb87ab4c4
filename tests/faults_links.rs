// SPDX-License-Identifier: Apache-2.0
//! Interfaces that go and come under traffic, while others go on; and numbers that come to their end: the
//! clock of 32 bits in IPv6, identifications in IPv4.
#![cfg(all(CONFIG_NET_IPV4, CONFIG_NET_TCP))]

use testutil::tcp::pair::Pair;
use testutil::{Duration, LinkConfig};
use znet::iface::{IfFlag, IfRef};

fn wire() -> LinkConfig {
    LinkConfig::delay(Duration::from_millis(2))
}

fn carrier(iface: IfRef, there: bool) {
    let _ = if there { iface.flag_set(IfFlag::LowerUp) } else { iface.flag_clear(IfFlag::LowerUp) };
    iface.update_oper_state(true);
}

/// What befalls the interface in a round; the next round mends it.
#[derive(Clone, Copy)]
enum Loss {
    /// `net_if_down`, as a driver's removal does.
    Admin,
    /// `net_if_carrier_off`.
    Carrier,
    /// The cable is cut, and nobody says so.
    Cable,
}

/// Datagrams in and out, whole and in fragments, to neighbours that are known, new, and nowhere: some of each is
/// under way whenever the interface goes. A connection over another interface is none the worse.
#[test]
fn an_interface_goes_a_thousand_times_and_the_others_go_on() {
    const ROUNDS: u32 = 1_000;
    let mut pair = Pair::new(1, wire());
    let host = pair.hosts[0];
    let link = pair.net.link(wire());
    let iface = pair.net.attach(host, link, [198, 51, 100, 1], 24);
    let far = pair.net.host("far");
    pair.net.attach(far, link, [198, 51, 100, 2], 24);
    let (near_socket, far_socket) = (host.udp_bind(9), far.udp_bind(9));
    let (mut client, mut server) = pair.connected();
    let total = ROUNDS * 300;
    let losses = [Loss::Admin, Loss::Carrier, Loss::Cable];
    let mut heard = [0; 2];
    for round in 0..ROUNDS {
        let up = round % 2 == 0;
        match losses[(round.div_ceil(2) % 3) as usize] {
            Loss::Admin if up => iface.bring_up(),
            Loss::Admin => iface.bring_down(),
            Loss::Carrier if up => carrier(iface, true),
            Loss::Carrier => carrier(iface, false),
            Loss::Cable => pair.net.set_link_up(link, up),
        }
        host.core().with(|stack, env| stack.timers(env));
        let to = [198, 51, 100, if round % 5 == 4 { 77 } else { 2 }];
        let long = if cfg!(CONFIG_NET_IPV4_FRAGMENT) { 4_000 } else { 1_400 };
        let data = vec![round as u8; if round % 3 == 0 { long } else { 40 }];
        let _ = host.udp_send_to(near_socket, (to, 9), &data);
        let _ = far.udp_send_to(far_socket, ([198, 51, 100, 1], 9), &data);
        if client.sent < total {
            client.send(((total - client.sent) as usize).min(1_000));
        }
        pair.net.run_for(Duration::from_millis(u64::from(round % 13)));
        server.recv(64_000);
        for (heard, (host, socket)) in
            heard.iter_mut().zip([(host, near_socket), (far, far_socket)])
        {
            while host.udp_recv(socket).is_some() {
                *heard += 1;
            }
        }
    }
    iface.bring_up();
    carrier(iface, true);
    pair.net.set_link_up(link, true);
    for _ in 0..2_000 {
        if server.received == total {
            break;
        }
        if client.sent < total {
            client.send(((total - client.sent) as usize).min(1_000));
        }
        pair.net.run_for(Duration::from_millis(10));
        server.recv(64_000);
    }
    assert_eq!(server.received, total, "what goes over the other interface");
    assert!(heard.iter().all(|&heard| heard > 50), "{heard:?} datagrams came through in between");
    // As soon as it is back it is used again.
    pair.net.run_for(Duration::from_secs(90));
    while host.udp_recv(near_socket).is_some() || far.udp_recv(far_socket).is_some() {}
    host.udp_send_to(near_socket, ([198, 51, 100, 2], 9), b"back").expect("it is up");
    pair.net.run_for(Duration::from_secs(2));
    assert_eq!(far.udp_recv(far_socket).expect("it is back").data, b"back");
    host.close(near_socket);
    far.close(far_socket);
    pair.net.check_leaks();
}

/// Identifications begin somewhere and come round: no two fragments within reach of each other are mixed up.
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
#[test]
fn identifications_come_round_in_the_midst_of_fragments() {
    use std::cell::RefCell;
    use std::rc::Rc;
    let mut net = testutil::Network::new(1);
    let link = net.link(LinkConfig::default());
    let (a, b) = (net.host("a"), net.host("b"));
    net.attach(a, link, [192, 0, 2, 1], 24);
    net.attach(b, link, [192, 0, 2, 2], 24);
    let (from, to) = (a.udp_open(), b.udp_bind(7));
    let seen = Rc::new(RefCell::new(0_u16));
    let looking = seen.clone();
    net.filter(link, move |_, frame| {
        if frame[12..14] == [8, 0] {
            *looking.borrow_mut() = u16::from_be_bytes([frame[18], frame[19]]);
        }
        true
    });
    let mut send = |len: usize, byte: u8| {
        a.udp_send_to(from, ([192, 0, 2, 2], 7), &vec![byte; len]).expect("there is room");
        net.run_for(Duration::from_millis(5));
        std::iter::from_fn(|| b.udp_recv(to)).map(|datagram| datagram.data).last()
    };
    send(1, 0);
    let mut sent = 0_u32;
    while *seen.borrow() < u16::MAX - 8 {
        assert_eq!(send(1, 1), Some(vec![1]));
        sent += 1;
        assert!(sent < 70_000, "identifications do not count up");
    }
    let mut round = false;
    for byte in 0..40 {
        assert_eq!(send(3_000, byte), Some(vec![byte; 3_000]), "{byte}");
        round |= *seen.borrow() < 100;
    }
    assert!(round, "it did not come round");
    a.close(from);
    b.close(to);
    net.check_leaks();
}

#[cfg(CONFIG_NET_IPV6)]
mod ipv6 {
    use super::*;
    use testutil::lab6::{HOST, Ipv6, Lab6, PEER, datagram};
    use znet::base::Ipv6Addr;
    use znet::iface::AddrType;
    use znet::wire::ipv6::next_header;

    /// Moments at which a clock of 32 bits turns over, half-way or all the way, in microseconds and milliseconds,
    /// and how long before it the work begins.
    fn wraps() -> impl Iterator<Item = (u64, u64)> {
        let at = [1_u64 << 31, 1 << 32, 1_000 << 31, 1_000 << 32];
        at.into_iter().flat_map(|at| [200_000, 4_500_000].map(|ahead| (at, ahead)))
    }

    fn lab_before(at: u64, ahead: u64) -> Lab6 {
        let mut lab = Lab6::new();
        lab.net.run_for(Duration::from_micros(at - ahead - lab.net.now().as_micros()));
        lab.run();
        lab
    }

    #[test]
    fn an_address_is_tried_across_a_wrap() {
        let own = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x77);
        for (at, ahead) in wraps() {
            let mut lab = lab_before(at, ahead);
            let iface = lab.iface;
            lab.host.core().with(|stack, env| {
                stack.ipv6_addr_add(env, iface, own, AddrType::Manual, 0).expect("there is room");
            });
            lab.run_for(4);
            lab.echo(PEER, own, 1, b"whose?");
            assert_eq!(lab.run().len(), 1, "tried {ahead} us before {at} us, and never ours");
            lab.host.core().with(|stack, _| assert!(stack.ipv6_addr_rm(iface, own)));
            lab.assert_clean();
            lab.assert_alive();
        }
    }

    /// A neighbour that goes silent is asked, and given up; one that is there is not.
    #[test]
    fn neighbours_are_asked_and_given_up_across_a_wrap() {
        let nobody = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x99);
        for (at, ahead) in wraps() {
            let mut lab = lab_before(at, ahead);
            let socket = lab.socket(7);
            let _ = lab.send_to(socket, (nobody, 9), b"anybody?");
            let asked = lab.run_for(10).len();
            assert!((1..=4).contains(&asked), "asked {asked} times around {at} us");
            for _ in 0..3 {
                lab.echo(PEER, HOST, 2, b"here");
                assert!(!lab.run().is_empty());
                lab.run_for(40);
            }
            lab.host.close(socket);
            lab.assert_clean();
            lab.assert_alive();
        }
    }

    #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
    #[test]
    fn fragments_meet_across_a_wrap_or_are_given_up() {
        let whole = datagram((PEER, 9), (HOST, 7), &[0x5a; 2_000]);
        for (at, ahead) in wraps() {
            let mut lab = lab_before(at, ahead);
            let socket = lab.socket(7);
            let fragment = |lab: &mut Lab6, ident: u8, at: usize| {
                let piece = &whole[at..whole.len().min(at + 1_000)];
                let more = u16::from(at + 1_000 < whole.len());
                let [high, low] = ((at as u16) | more).to_be_bytes();
                let head = [next_header::UDP, 0, high, low, 0, 0, 0, ident];
                let packet = Ipv6::new(PEER, HOST, next_header::FRAGMENT);
                lab.packet(&packet.build(&[&head[..], piece].concat()));
                lab.run();
            };
            // The rest comes in time, and too late.
            let patience = znet::config::NET_IPV6_FRAGMENT_TIMEOUT as u64;
            fragment(&mut lab, 1, 0);
            fragment(&mut lab, 2, 0);
            lab.run_for(patience - 1);
            fragment(&mut lab, 1, 1_000);
            fragment(&mut lab, 1, 2_000);
            assert_eq!(std::iter::from_fn(|| lab.recv(socket)).count(), 1, "around {at} us");
            lab.run_for(2);
            fragment(&mut lab, 2, 1_000);
            fragment(&mut lab, 2, 2_000);
            assert_eq!(std::iter::from_fn(|| lab.recv(socket)).count(), 0, "around {at} us");
            lab.run_for(70);
            lab.host.close(socket);
            lab.assert_clean();
            lab.assert_alive();
        }
    }
}
