// SPDX-License-Identifier: Apache-2.0
//! Path MTU discovery over a router whose second link carries less: RFC 1191, RFC 8201.
#![cfg(all(CONFIG_NET_IPV4_PMTU, CONFIG_ZNET_IPV4_FORWARDING, CONFIG_NET_IPV4_FRAGMENT))]

use testutil::{DropReason, Duration, Host, Ipv4Addr, LinkConfig, Network, frame};
use znet::base::IpAddr;
use znet::iface::IfRef;
use znet::stack::Event;
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::protocol;

const A: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
const B: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
const NEAR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const FAR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);

struct Lab {
    net: Network,
    a: &'static Host,
    b: &'static Host,
    router: &'static Host,
    far: IfRef,
}

/// Two hosts and a router whose link to the second carries 1,000 bytes.
fn lab() -> Lab {
    let mut net = Network::new(3);
    let (left, right) = (net.link(LinkConfig::default()), net.link(LinkConfig::default()));
    let (a, b, router) = (net.host("a"), net.host("b"), net.host("router"));
    net.attach(router, left, NEAR, 24);
    let far = net.attach(router, right, FAR, 24);
    far.set_mtu(1000);
    net.attach(a, left, A, 24).set_ipv4_gateway(NEAR);
    net.attach(b, right, B, 24).set_ipv4_gateway(FAR);
    Lab { net, a, b, router, far }
}

fn path(host: &Host, dst: Ipv4Addr) -> Option<u16> {
    let dst = IpAddr::V4(dst);
    host.core().with(|stack, _| stack.paths().find(|p| p.dst == dst).map(|p| p.mtu))
}

/// The first is lost, the next goes in fragments, and after ten minutes it is tried again.
#[test]
fn datagrams_go_in_fragments_the_path_carries() {
    let mut lab = lab();
    let (here, there) = (lab.a.udp_bind(4000), lab.b.udp_bind(9));
    lab.a.connect(here, (B, 9)).unwrap();
    let data = vec![5; 1400];
    lab.a.udp_send(here, &data).unwrap();
    lab.net.run_until_idle();
    assert_eq!(lab.b.udp_recv(there), None);
    assert_eq!((path(lab.a, B), lab.router.drops(DropReason::TooBig)), (Some(1000), 1));
    let told = Event::PathMtu { dst: IpAddr::V4(B), mtu: 1000 };
    assert!(lab.a.take_events().contains(&told));
    let mtu = |lab: &Lab| lab.a.core().with(|stack, _| stack.context_mtu(here)).unwrap();
    assert_eq!(mtu(&lab), 1000);

    lab.a.udp_send(here, &data).unwrap();
    lab.net.run_until_idle();
    assert_eq!(lab.b.udp_recv(there).expect("a datagram").data, data);
    assert_eq!(lab.router.drops(DropReason::TooBig), 1, "nothing was cut on the way");

    lab.net.run_for(Duration::from_secs(601));
    assert_eq!((path(lab.a, B), mtu(&lab)), (None, 1500));
    lab.far.set_mtu(1500);
    lab.a.udp_send(here, &data).unwrap();
    lab.net.run_until_idle();
    assert_eq!(lab.b.udp_recv(there).expect("a datagram").data, data);
}

/// IP_MTU_DISCOVER: refused where it is larger, whole whatever is known, or cut by the router.
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
#[test]
fn a_socket_may_have_it_otherwise() {
    use znet::base::Error;
    use znet::transport::context::MtuDiscover;

    let mut lab = lab();
    let (here, there) = (lab.a.udp_bind(4000), lab.b.udp_bind(9));
    lab.a.connect(here, (B, 9)).unwrap();
    let choose = |lab: &Lab, how| {
        lab.a.core().with(|stack, _| stack.contexts.get_mut(here).unwrap().mtu_discover = how);
    };
    let data = vec![5; 1400];

    choose(&lab, MtuDiscover::Never);
    lab.a.udp_send(here, &data).unwrap();
    lab.net.run_until_idle();
    assert_eq!(lab.b.udp_recv(there).expect("in fragments of the router").data, data);
    assert_eq!(path(lab.a, B), None);

    choose(&lab, MtuDiscover::Refuse);
    assert_eq!(lab.a.udp_send(here, &vec![5; 1473]), Err(Error::MsgSize), "past the link");
    lab.a.udp_send(here, &data).unwrap();
    lab.net.run_until_idle();
    assert_eq!((lab.b.udp_recv(there), path(lab.a, B)), (None, Some(1000)));
    assert_eq!(lab.a.udp_send(here, &data), Err(Error::MsgSize));
    assert_eq!(lab.a.udp_send(here, &[5; 973]), Err(Error::MsgSize));
    lab.a.udp_send(here, &[5; 972]).unwrap();
    lab.net.run_until_idle();
    assert_eq!(lab.b.udp_recv(there).expect("just fits").data.len(), 972);

    choose(&lab, MtuDiscover::Probe);
    let refused = lab.router.drops(DropReason::TooBig);
    assert_eq!(lab.a.udp_send(here, &vec![5; 1473]), Err(Error::MsgSize));
    lab.a.udp_send(here, &data).unwrap();
    lab.net.run_until_idle();
    assert_eq!((lab.b.udp_recv(there), lab.router.drops(DropReason::TooBig)), (None, refused + 1));

    choose(&lab, MtuDiscover::Usual);
    lab.a.udp_send(here, &data).unwrap();
    lab.net.run_until_idle();
    assert_eq!(lab.b.udp_recv(there).expect("in fragments").data, data);
}

/// An echo has no socket; what was sent is remembered.
#[test]
fn echoes_learn_it_too() {
    let mut lab = lab();
    let request = |seq| {
        let payload: &[&[u8]] = &[&[7; 1300]];
        znet::stack::EchoRequest { ident: 9, seq, payload, offer: Default::default() }
    };
    lab.a.core().with(|stack, env| stack.icmp_echo_request(env, None, B, request(1))).unwrap();
    lab.net.run_until_idle();
    assert_eq!(path(lab.a, B), Some(1000));
}

/// RFC 8201, 4 and RFC 5927: nobody makes us send crumbs who can't quote what we sent.
#[test]
fn what_quotes_nothing_of_ours_changes_nothing() {
    let mut net = Network::new(3);
    let wire = net.link(LinkConfig::default());
    let host = net.host("host");
    let iface = net.attach(host, wire, A, 24);
    let peer = net.station(wire, NEAR);
    let socket = host.udp_bind(4000);
    host.connect(socket, (B, 9)).unwrap_err();
    iface.set_ipv4_gateway(NEAR);
    host.connect(socket, (B, 9)).unwrap();
    let mut tell = |protocol, ports: (u16, u16), dst, mtu, len| {
        let inner = match protocol {
            protocol::UDP => frame::udp((A, ports.0), (dst, ports.1), &vec![0; len]),
            _ => frame::icmp(Message::EchoRequest { ident: ports.0, seq: ports.1 }, &vec![0; len]),
        };
        let quoted = frame::Ipv4::new(A, dst, protocol).build(&inner);
        let message = Message::DestUnreachable { code: 4, mtu };
        peer.send_icmp((iface.mac(), A), message, &quoted[..28]);
        net.run_until_idle();
        peer.take();
        path(host, dst)
    };
    assert_eq!(tell(protocol::UDP, (4001, 9), B, 1000, 1400), None, "no socket");
    assert_eq!(tell(protocol::UDP, (4000, 10), B, 1000, 1400), None, "not its peer");
    assert_eq!(tell(protocol::ICMP, (4000, 9), B, 1000, 1400), None, "no echo of ours");
    assert_eq!(tell(protocol::UDP, (4000, 9), B, 1500, 1400), None, "it would have fitted");
    assert_eq!(tell(protocol::UDP, (4000, 9), B, 0, 1400), Some(1006), "an old router");
    assert_eq!(tell(protocol::UDP, (4000, 9), B, 1300, 1400), Some(1006), "never up");
    assert_eq!(tell(protocol::UDP, (4000, 9), B, 68, 1400), Some(576));
    assert_eq!(host.drops(DropReason::IcmpBadQuote), 3);
    assert_eq!(host.drops_total(), 3);
}
