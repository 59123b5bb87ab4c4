// SPDX-License-Identifier: Apache-2.0
//! Which of several sockets gets a datagram, with few sockets and with as many as there can be.
#![cfg(CONFIG_NET_IPV4)]

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{DropReason, Error, Ipv4Addr, Lab, LinkConfig, Network, Rng, Socket};
use znet::base::Endpoint;
use znet::config;
use znet::stack::CONTEXTS;
use znet::transport::Flags;

const ANY: Ipv4Addr = Ipv4Addr::UNSPECIFIED;

fn set(lab: &Lab, socket: Socket, flags: Flags) {
    lab.host.core().with(|stack, _| stack.contexts.get_mut(socket).unwrap().flags |= flags);
}

/// Sends a datagram from the station's `port` to the host's port 7; says which of `sockets` got it.
fn who(lab: &mut Lab, port: u16, sockets: &[Socket]) -> Vec<usize> {
    lab.peer.send_udp(lab.at(), (port, 7), b"whose?");
    lab.net.run_until_idle();
    let got = |s: &Socket| lab.host.udp_recv(*s).is_some();
    sockets.iter().enumerate().filter(|(_, s)| got(s)).map(|(n, _)| n).collect()
}

#[test]
fn the_socket_that_names_most_of_the_flow_wins() {
    let mut lab = Lab::new();
    let sockets: Vec<Socket> = (0..3).map(|_| lab.host.udp_open()).collect();
    for socket in &sockets {
        set(&lab, *socket, Flags::REUSE_ADDR | Flags::REUSE_PORT);
    }
    let [any, own, connected] = sockets[..] else { unreachable!() };
    lab.host.bind(any, (ANY, 7)).unwrap();
    assert_eq!(who(&mut lab, 4000, &sockets), [0]);
    lab.host.bind(own, (HOST_IP, 7)).unwrap();
    assert_eq!(who(&mut lab, 4000, &sockets), [1]);
    lab.host.bind(connected, (HOST_IP, 7)).unwrap();
    lab.host.connect(connected, (PEER_IP, 4000)).unwrap();
    assert_eq!(who(&mut lab, 4000, &sockets), [2]);
    // From another port of the peer it is not the connected one's.
    assert_eq!(who(&mut lab, 4001, &sockets), [1]);
    lab.host.close(own);
    assert_eq!(who(&mut lab, 4001, &sockets), [0]);
    lab.host.close(connected);
    assert_eq!(who(&mut lab, 4000, &sockets), [0]);
    lab.assert_alive();
}

#[test]
fn a_socket_bound_to_another_address_hears_nothing() {
    if config::NET_IF_UNICAST_IPV4_ADDR_COUNT < 2 {
        return;
    }
    let mut lab = Lab::new();
    let second = Ipv4Addr::new(192, 0, 2, 3);
    assert!(lab.iface.ipv4_add(second, 24));
    let socket = lab.host.udp_open();
    lab.host.bind(socket, (second, 7)).unwrap();
    assert_eq!(who(&mut lab, 4000, &[socket]), [] as [usize; 0]);
    lab.peer.send_udp((lab.iface.mac(), second), (4000, 7), b"here");
    lab.net.run_until_idle();
    assert!(lab.host.udp_recv(socket).is_some());
    lab.net.run_until_idle();
    lab.peer.take();
    lab.assert_alive();
}

#[test]
fn a_socket_bound_to_an_interface_hears_only_that_one() {
    let mut net = Network::new(1);
    let (left, right) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
    let host = net.host("host");
    let mac = net.attach(host, left, [192, 0, 2, 1], 24).mac();
    let far = net.attach(host, right, [198, 51, 100, 1], 24);
    let (near_peer, far_peer) =
        (net.station(left, [192, 0, 2, 2]), net.station(right, [198, 51, 100, 2]));
    let (any, bound) = (host.udp_open(), host.udp_open());
    host.core().with(|stack, _| {
        for socket in [any, bound] {
            stack.contexts.get_mut(socket).unwrap().flags |= Flags::REUSE_ADDR | Flags::REUSE_PORT;
        }
        stack.contexts.get_mut(bound).unwrap().iface = far.index();
    });
    host.bind(any, (ANY, 7)).unwrap();
    host.bind(bound, (ANY, 7)).unwrap();
    near_peer.send_udp((mac, [192, 0, 2, 1].into()), (1, 7), b"near");
    far_peer.send_udp((far.mac(), [198, 51, 100, 1].into()), (1, 7), b"far");
    net.run_until_idle();
    assert_eq!(host.udp_recv(any).unwrap().data, b"near");
    assert_eq!(host.udp_recv(bound).unwrap().data, b"far");
    assert_eq!((host.udp_recv(any), host.udp_recv(bound)), (None, None));
}

#[test]
fn a_port_has_one_owner_unless_all_agree() {
    let lab = Lab::new();
    let bind = |address: Ipv4Addr, flags: Flags| {
        let socket = lab.host.udp_open();
        set(&lab, socket, flags);
        (socket, lab.host.bind(socket, (address, 7)))
    };
    let (first, bound) = bind(ANY, Flags::empty());
    assert_eq!(bound, Ok(()));
    assert_eq!(bind(ANY, Flags::empty()).1, Err(Error::AddrInUse));
    assert_eq!(bind(HOST_IP, Flags::empty()).1, Err(Error::AddrInUse));
    assert_eq!(
        bind(HOST_IP, Flags::REUSE_PORT).1,
        Err(Error::AddrInUse),
        "the first did not agree"
    );
    assert_eq!(lab.host.bind(first, (ANY, 8)), Err(Error::Inval), "it is bound already");
    lab.host.close(first);
    assert_eq!(bind(ANY, Flags::REUSE_PORT).1, Ok(()));
    assert_eq!(bind(ANY, Flags::REUSE_PORT).1, Ok(()));
    assert_eq!(bind([198, 51, 100, 1].into(), Flags::REUSE_PORT).1, Err(Error::AddrNotAvail));
}

#[test]
fn ports_given_out_are_free_and_differ() {
    let lab = Lab::new();
    let mut ports: Vec<u16> = Vec::new();
    for _ in 0..CONTEXTS.min(1_000) {
        let socket = lab.host.udp_open();
        lab.host.bind(socket, (ANY, 0)).unwrap();
        ports.push(lab.host.core().with(|s, _| s.contexts.get(socket).unwrap().local.port));
    }
    assert!(ports.iter().all(|port| *port >= 49_152), "{ports:?}");
    assert!(!ports.is_sorted() || ports.len() < 3, "ports in a row are easy to guess");
    ports.sort_unstable();
    ports.dedup();
    assert_eq!(ports.len(), CONTEXTS.min(1_000));
}

#[test]
fn without_entropy_sockets_still_work() {
    let mut lab = Lab::new();
    lab.host.fail_entropy(true);
    for _ in 0..3 {
        let socket = lab.host.udp_open();
        lab.host.udp_send_to(socket, (PEER_IP, 7), b"x").unwrap();
    }
    lab.net.run_until_idle();
    assert_eq!(lab.peer.take().len(), 3);
}

/// As many sockets as the configuration has, a thousand with the benchmark's.
#[test]
fn every_one_of_many_sockets_gets_its_own() {
    let mut lab = Lab::new();
    lab.acquaint();
    let port = |n: usize| 1_000 + n as u16;
    let sockets: Vec<Socket> = (0..CONTEXTS).map(|n| lab.host.udp_bind(port(n))).collect();
    assert_eq!(lab.host.try_udp_open(), Err(Error::NoMem));
    let mut rng = Rng::new(1);
    for _ in 0..2 * CONTEXTS {
        let n = rng.below(CONTEXTS as u64) as usize;
        lab.peer.send_udp(lab.at(), (4000, port(n)), &(n as u32).to_be_bytes());
        lab.net.run_until_idle();
        assert_eq!(lab.host.udp_recv(sockets[n]).unwrap().data, (n as u32).to_be_bytes());
    }
    assert_eq!(lab.host.drops_total(), 0);
    // One closes in the middle: its port is nobody's, the others' still theirs.
    lab.host.close(sockets[CONTEXTS / 2]);
    lab.peer.send_udp(lab.at(), (4000, port(CONTEXTS / 2)), b"gone");
    lab.peer.send_udp(lab.at(), (4000, port(0)), b"here");
    lab.net.run_until_idle();
    assert_eq!(lab.host.drops(DropReason::UdpNoSocket), 1);
    assert!(lab.host.udp_recv(sockets[0]).is_some());
    lab.peer.take();
    lab.assert_alive();
}

#[test]
fn the_name_of_a_closed_socket_is_refused_for_ever() {
    let lab = Lab::new();
    let stale = lab.host.udp_bind(7);
    lab.host.close(stale);
    for _ in 0..2 * CONTEXTS {
        let socket = lab.host.udp_open();
        assert_ne!(socket, stale);
        lab.host.close(socket);
    }
    let refused = Err(Error::BadF);
    assert_eq!(lab.host.bind(stale, (ANY, 7)), refused);
    assert_eq!(lab.host.connect(stale, (PEER_IP, 7)), refused);
    assert_eq!(lab.host.udp_send_to(stale, (PEER_IP, 7), b"x"), refused);
    assert_eq!(lab.host.try_udp_recv(stale), Err(Error::BadF));
    lab.assert_clean();
}

#[test]
fn any_port_is_a_port_of_ones_own() {
    let lab = Lab::new();
    let bind = |flags| {
        let socket = lab.host.udp_open();
        set(&lab, socket, flags);
        lab.host.core().with(|stack, _| {
            // The search begins at the same port each time.
            stack.contexts.bind(socket, Endpoint::UNSPECIFIED, 0).unwrap();
            stack.contexts.get(socket).unwrap().local.port
        })
    };
    let ports: Vec<u16> = (0..3).map(|_| bind(Flags::REUSE_ADDR | Flags::REUSE_PORT)).collect();
    assert!(ports[0] != ports[1] && ports[1] != ports[2] && ports[0] != ports[2], "{ports:?}");
}
