// SPDX-License-Identifier: Apache-2.0
//! The n-th allocation, the n-th frame given to the driver, the n-th draw of entropy: each fails in turn,
//! for every n, through what sockets of every kind do. What is lost may be lost; nothing of it is kept, and
//! the same works afterwards. And all of it across each wrap of a clock of 32 bits.
#![cfg(all(CONFIG_NET_IPV4, CONFIG_NET_TCP))]

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::tcp::pair::Pair;
use testutil::{Duration, Host, Lab, LinkConfig};
use znet::buf::faults;

/// What fails.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Allocation,
    Frame,
    Draw,
}

const KINDS: [Kind; 3] = [Kind::Allocation, Kind::Frame, Kind::Draw];

/// The one that fails in a run, and how many there were before [`Fault::end`].
struct Fault {
    kind: Kind,
    n: Option<u64>,
    hosts: Vec<&'static Host>,
    tried: Option<u64>,
}

impl Fault {
    /// From here on.
    fn begin(&mut self, hosts: &[&'static Host]) {
        self.hosts = hosts.to_vec();
        match self.kind {
            Kind::Allocation => faults::fail(self.n),
            Kind::Frame => hosts.iter().for_each(|host| host.fail_frame(self.n)),
            Kind::Draw => hosts.iter().for_each(|host| host.fail_draw(self.n)),
        }
    }

    /// No fault from here on.
    fn end(&mut self) {
        let most = |tried: fn(&Host) -> u64| self.hosts.iter().map(|host| tried(host)).max();
        let tried = match self.kind {
            Kind::Allocation => Some(faults::tried()),
            Kind::Frame => most(Host::frames_tried),
            Kind::Draw => most(Host::draws_tried),
        };
        self.tried = tried;
        faults::fail(None);
        for host in &self.hosts {
            host.fail_frame(None);
            host.fail_draw(None);
        }
    }
}

/// Does `work` once for each thing of each kind that can fail in it, with that one failing.
fn at_every_turn(mut work: impl FnMut(&mut Fault)) {
    for kind in KINDS {
        let mut run = |n| {
            let mut fault = Fault { kind, n, hosts: Vec::new(), tried: None };
            work(&mut fault);
            fault.tried.expect("the fault was ended")
        };
        let all = run(None);
        println!("{kind:?}: {all}");
        for n in 0..all {
            run(Some(n));
        }
    }
}

/// A neighbour looked for, datagrams both ways, an error, a ping, an address that is forgotten.
fn errands(lab: &mut Lab) {
    let socket = lab.host.udp_bind(7);
    for _ in 0..2 {
        let _ = lab.host.udp_send_to(socket, (PEER_IP, 9), b"datagram");
        lab.peer.send_udp(lab.at(), (9, 7), b"datagram");
        lab.peer.send_udp(lab.at(), (9, 8), b"to nobody");
        let _ = lab.host.ping(PEER_IP, 1, b"ping");
        lab.net.run_for(Duration::from_secs(1));
    }
    lab.peer.ask_arp(HOST_IP);
    // Nobody is there: what waits for it is given up.
    let _ = lab.host.udp_send_to(socket, ([192, 0, 2, 77], 9), b"for nobody");
    lab.net.run_for(Duration::from_secs(30));
    while lab.host.udp_recv(socket).is_some() {}
    lab.host.close(socket);
}

#[test]
fn datagrams_and_neighbours() {
    at_every_turn(|fault| {
        let mut lab = Lab::new();
        fault.begin(&[lab.host]);
        errands(&mut lab);
        fault.end();
        lab.assert_clean();
        lab.assert_alive();
    });
}

/// Connections accepted several at a time, data both ways, one end closed, one reset.
#[test]
fn connections() {
    let mut pair = Pair::new(1, LinkConfig::delay(Duration::from_millis(5)));
    at_every_turn(|fault| {
        pair.restart(1, LinkConfig::delay(Duration::from_millis(5)));
        fault.begin(&pair.hosts);
        several_connections(&mut pair);
        fault.end();
        pair.net.check_leaks();
        pair.restart(2, LinkConfig::delay(Duration::from_millis(5)));
        let (mut client, mut server) = pair.connected();
        client.send(100);
        pair.net.run_for(Duration::from_secs(1));
        server.recv(1_000);
        assert_eq!(server.received, 100);
        pair.net.check_leaks();
    });
}

fn several_connections(pair: &mut Pair) {
    let mut ends: Vec<_> = (0..2).filter_map(|_| pair.connect().ok()).collect();
    for _ in 0..40 {
        pair.net.run_for(Duration::from_millis(200));
        ends.extend(pair.accept());
        for end in &mut ends {
            if end.sent < 3_000 {
                end.send(1_500);
            }
            end.recv(64_000);
        }
    }
    for (at, end) in ends.iter().enumerate() {
        let _ = match at % 2 {
            0 => end.host.tcp_close(end.socket),
            _ => end.host.tcp_abort(end.socket),
        };
    }
    pair.net.run_for(Duration::from_secs(5));
}

#[cfg(CONFIG_NET_IPV4_IGMP)]
#[test]
fn groups() {
    at_every_turn(|fault| {
        let mut lab = Lab::new();
        fault.begin(&[lab.host]);
        groups_of(&mut lab);
        fault.end();
        lab.assert_clean();
        lab.assert_alive();
    });
}

#[cfg(CONFIG_NET_IPV4_IGMP)]
fn groups_of(lab: &mut Lab) {
    let socket = lab.host.udp_bind(7);
    let iface = Some(lab.iface);
    let change = |group: u8, join| {
        let group = [224, 1, 1, group].into();
        lab.host.core().with(|stack, _| stack.udp_membership(socket, iface, group, join))
    };
    for group in 1..4 {
        let _ = change(group, true);
    }
    lab.net.run_for(Duration::from_secs(5));
    let _ = change(2, false);
    lab.net.run_for(Duration::from_secs(5));
    lab.host.close(socket);
    lab.net.run_for(Duration::from_secs(20));
}

#[cfg(CONFIG_NET_IPV6)]
mod ipv6 {
    use super::*;
    use testutil::Lab6;
    use testutil::lab6::{HOST, PEER};

    /// An address that is tried and a neighbour looked for, groups reported, datagrams both ways.
    #[test]
    fn addresses_groups_and_datagrams() {
        at_every_turn(|fault| {
            let mut lab = Lab6::new();
            fault.begin(&[lab.host]);
            let socket = lab.socket(7);
            let iface = Some(lab.iface);
            let group = "ff05::1:3".parse().expect("a group");
            let member = |join| {
                lab.host
                    .core()
                    .with(|stack, env| stack.udp_membership_v6(env, socket, iface, group, join))
            };
            let _ = member(true);
            for _ in 0..2 {
                let _ = lab.send_to(socket, (PEER, 9), b"datagram");
                lab.udp((PEER, 9), (HOST, 7), b"datagram");
                lab.run_for(2);
            }
            lab.iface.bring_down();
            lab.run_for(1);
            lab.iface.bring_up();
            lab.run_for(10);
            lab.host.close(socket);
            lab.run_for(10);
            fault.end();
            // What DAD could not ask for is asked for anew.
            lab.iface.bring_down();
            lab.run_for(1);
            lab.iface.bring_up();
            lab.settle();
            lab.assert_clean();
            lab.assert_alive();
        });
    }
}

/// Clocks of 32 bits turn over half-way and all the way round, in microseconds and in milliseconds.
#[test]
fn clocks_wrap_within_all_of_it() {
    for at in [1u64 << 31, 1 << 32, 1_000 << 31, 1_000 << 32] {
        // A little before, and in the middle.
        for ahead in [200_000, 3_000_000, 20_000_000] {
            let mut lab = Lab::new();
            lab.net.run_for(Duration::from_micros(at - ahead - lab.net.now().as_micros()));
            errands(&mut lab);
            #[cfg(CONFIG_NET_IPV4_IGMP)]
            groups_of(&mut lab);
            lab.assert_clean();
            lab.assert_alive();
            let mut pair = Pair::new(1, LinkConfig::delay(Duration::from_millis(5)));
            pair.net.run_for(Duration::from_micros(at - ahead - pair.net.now().as_micros()));
            several_connections(&mut pair);
            // One that says nothing, asked now and then whether its peer is there.
            let (client, _server) = pair.connected();
            for (option, value) in [("keepidle", 2), ("keepintvl", 1), ("keepcnt", 3)] {
                let _ = client.host.tcp_set(client.socket, option, value);
            }
            let asks = client.host.tcp_set(client.socket, "keepalive", 1).is_ok();
            let before = pair.segments();
            pair.net.run_for(Duration::from_secs(30));
            assert!(!asks || pair.segments() > before + 10, "the peer was not asked");
            let state = client.host.tcp_state(Some(client.socket), None);
            assert_eq!(state, "ESTABLISHED", "around {at} us");
            pair.net.check_leaks();
        }
    }
}
