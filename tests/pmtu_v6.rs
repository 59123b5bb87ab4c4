// SPDX-License-Identifier: Apache-2.0
//! Path MTU discovery over IPv6: RFC 8201.
#![cfg(all(
    CONFIG_NET_IPV6_PMTU,
    CONFIG_NET_IPV6_FRAGMENT,
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_UDP
))]

use testutil::DropReason;
use testutil::lab6::{HOST, Ipv6, Lab6, PEER, datagram, icmp};
use znet::base::IpAddr;
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;

fn path(lab: &Lab6) -> Option<u16> {
    let dst = IpAddr::V6(PEER);
    lab.host.core().with(|stack, _| stack.paths().find(|p| p.dst == dst).map(|p| p.mtu))
}

/// Tells the host that `quoted` was too big.
fn tell(lab: &mut Lab6, mtu: u32, quoted: &[u8]) {
    let quoted = &quoted[..quoted.len().min(1232)];
    let message = icmp(PEER, HOST, [kind::PACKET_TOO_BIG, 0], mtu.to_be_bytes(), quoted);
    lab.icmp(PEER, HOST, 64, &message);
    lab.run();
}

fn sent(ports: (u16, u16)) -> Vec<u8> {
    let data = vec![1; 1400];
    Ipv6::new(HOST, PEER, next_header::UDP).build(&datagram(
        (HOST, ports.0),
        (PEER, ports.1),
        &data,
    ))
}

#[test]
fn datagrams_go_in_fragments_the_path_carries() {
    let mut lab = Lab6::new();
    let socket = lab.socket(4000);
    lab.connect(socket, (PEER, 9)).unwrap();
    for (mtu, ports) in
        [(1400, (4001, 9)), (1400, (4000, 10)), (1279, (4000, 9)), (1500, (4000, 9))]
    {
        tell(&mut lab, mtu, &sent(ports));
        assert_eq!(path(&lab), None, "{mtu} {ports:?}");
    }
    assert_eq!(lab.host.drops(DropReason::IcmpBadQuote), 2);
    tell(&mut lab, 1300, &sent((4000, 9)));
    assert_eq!(path(&lab), Some(1300));
    tell(&mut lab, 1350, &sent((4000, 9)));
    assert_eq!(path(&lab), Some(1300), "never up");

    lab.send_to(socket, (PEER, 9), &[2; 1240]).unwrap();
    assert_eq!(lab.one().protocol, next_header::UDP, "what just fits");
    lab.send_to(socket, (PEER, 9), &[2; 1400]).unwrap();
    lab.net.run_until_idle();
    let lengths: Vec<usize> = lab.peer.take().iter().map(|frame| frame.len() - 14).collect();
    assert_eq!(lengths.len(), 2);
    assert!(lengths.iter().all(|len| *len <= 1300), "{lengths:?}");
    let neighbour_first = lab.host.core().with(|stack, _| stack.context_mtu(socket));
    assert_eq!(neighbour_first, Ok(1300));
}

/// An echo reply has no socket; what was sent is remembered (RFC 8201, 4).
#[test]
fn echo_replies_learn_it_too() {
    let mut lab = Lab6::new();
    let data = vec![3; 1400];
    let reply = |seq: u8| {
        let message = icmp(HOST, PEER, [kind::ECHO_REPLY, 0], [0, 7, 0, seq], &data);
        Ipv6::new(HOST, PEER, next_header::ICMPV6).build(&message)
    };
    tell(&mut lab, 1280, &reply(5));
    assert_eq!(path(&lab), None, "never sent");
    lab.echo(PEER, HOST, 5, &data);
    lab.run();
    tell(&mut lab, 1280, &reply(6));
    assert_eq!(path(&lab), None, "another one");
    tell(&mut lab, 1280, &reply(5));
    assert_eq!(path(&lab), Some(1280));
}

/// RFC 8201, 5.2: a group has a path MTU too, the least of those of its members; whoever is behind the narrowest
/// link tells it (v6LC 4.1.10, 4.1.11).
#[test]
fn a_group_is_sent_what_its_narrowest_path_carries() {
    const GROUP: std::net::Ipv6Addr = std::net::Ipv6Addr::new(0xff1e, 0, 0, 0, 0, 0, 1, 2);
    let mut lab = Lab6::new();
    let group_path = |lab: &Lab6| {
        let of = |stack: &mut znet::stack::Stack| {
            stack.paths().find(|p| p.dst == IpAddr::V6(GROUP)).map(|p| p.mtu)
        };
        lab.host.core().with(|stack, _| of(stack))
    };
    let socket = lab.socket(4000);
    let data = [1; 1400];
    let quoted = |port| {
        let payload = datagram((HOST, port), (GROUP, 9), &data);
        Ipv6::new(HOST, GROUP, next_header::UDP).build(&payload)
    };
    lab.send_to(socket, (GROUP, 9), &data).unwrap();
    assert_eq!(lab.one().protocol, next_header::UDP, "in one piece");
    tell(&mut lab, 1400, &quoted(4001));
    assert_eq!(group_path(&lab), None, "nobody sends from there");
    for (mtu, known) in [(1400, 1400), (1280, 1280), (1350, 1280)] {
        tell(&mut lab, mtu, &quoted(4000));
        assert_eq!(group_path(&lab), Some(known), "the least");
    }
    lab.send_to(socket, (GROUP, 9), &data).unwrap();
    lab.net.run_until_idle();
    let lengths: Vec<usize> = lab.peer.take().iter().map(|frame| frame.len() - 14).collect();
    assert_eq!(lengths.len(), 2);
    assert!(lengths.iter().all(|len| *len <= 1280), "{lengths:?}");
    assert_eq!(path(&lab), None, "other paths are others'");
}

/// IPV6_MTU_DISCOVER: refused where it is larger, or whole whatever is known.
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
#[test]
fn a_socket_may_have_it_otherwise() {
    use znet::base::Error;
    use znet::transport::context::MtuDiscover;

    let mut lab = Lab6::new();
    let socket = lab.socket(4000);
    lab.connect(socket, (PEER, 9)).unwrap();
    tell(&mut lab, 1300, &sent((4000, 9)));
    let choose = |lab: &Lab6, how| {
        lab.host.core().with(|stack, _| stack.contexts.get_mut(socket).unwrap().mtu_discover = how);
    };
    choose(&lab, MtuDiscover::Refuse);
    assert_eq!(lab.send_to(socket, (PEER, 9), &[2; 1253]), Err(Error::MsgSize));
    lab.send_to(socket, (PEER, 9), &[2; 1252]).unwrap();
    assert_eq!(lab.one().protocol, next_header::UDP);
    choose(&lab, MtuDiscover::Probe);
    lab.send_to(socket, (PEER, 9), &[2; 1452]).unwrap();
    assert_eq!(lab.one().protocol, next_header::UDP, "as the link carries it");
    assert_eq!(lab.send_to(socket, (PEER, 9), &[2; 1453]), Err(Error::MsgSize));
}
