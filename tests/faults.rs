// SPDX-License-Identifier: Apache-2.0
//! What can fail does, at every place in turn: allocations, the driver, the wire, the clock. Work that
//! retries must come through; other work may be lost, with nothing of it kept.
#![cfg(all(CONFIG_NET_IPV4, CONFIG_NET_TCP))]

use testutil::lab::HOST_IP;
use testutil::tcp::pair::{End, Pair};
use testutil::{Duration, Error, Lab, LinkConfig};
use znet::buf::faults;

/// Does `work` once and counts its allocations, then once for each of them with that one failing. What
/// comes behind [`Fault::end`] is not counted, and nothing fails there.
fn at_every_allocation(mut work: impl FnMut(&mut Fault)) {
    let mut run = |failing| {
        let mut fault = Fault { tried: 0 };
        faults::fail(failing);
        work(&mut fault);
        fault.end();
        fault.tried
    };
    let all = run(None);
    assert!(all > 0, "work without an allocation proves nothing");
    println!("{all} allocations");
    for n in 0..all {
        run(Some(n));
    }
}

/// The fault of one run, and how many allocations there were before its end.
struct Fault {
    tried: u64,
}

impl Fault {
    /// No fault from here on.
    fn end(&mut self) {
        if self.tried == 0 {
            self.tried = faults::tried();
        }
        faults::fail(None);
    }
}

#[test]
fn a_ping_and_a_datagram_may_be_lost_but_not_their_successors() {
    at_every_allocation(|fault| {
        let mut lab = Lab::new();
        let socket = lab.host.udp_bind(7);
        // The first one asks for the neighbour.
        for _ in 0..2 {
            let _ = lab.host.udp_send_to(socket, ([192, 0, 2, 2], 9), b"datagram");
            lab.net.run_for(Duration::from_secs(1));
        }
        lab.peer.ask_arp(HOST_IP);
        lab.peer.send_udp(lab.at(), (9, 7), b"datagram");
        // To a port that nobody has, which makes an error.
        lab.peer.send_udp(lab.at(), (9, 8), b"datagram");
        lab.net.run_for(Duration::from_secs(60));
        fault.end();
        lab.host.udp_recv(socket);
        lab.host.close(socket);
        lab.assert_alive();
    });
}

#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
#[test]
fn a_datagram_in_fragments_may_be_lost_but_keeps_nothing() {
    let data: Vec<u8> = (0..4000).map(|at| at as u8).collect();
    at_every_allocation(|fault| {
        let mut net = testutil::Network::new(1);
        let wire = net.link(LinkConfig::default());
        let (a, b) = (net.host("a"), net.host("b"));
        net.attach(a, wire, [192, 0, 2, 1], 24);
        net.attach(b, wire, [192, 0, 2, 2], 24);
        let (client, server) = (a.udp_open(), b.udp_bind(7));
        let mut arrived = Vec::new();
        // The second one finds the neighbour known; the last comes when no fault is left.
        for last in [false, false, true] {
            if last {
                fault.end();
            }
            let _ = a.udp_send_to(client, ([192, 0, 2, 2], 7), &data);
            net.run_for(Duration::from_secs(90));
            let got = std::iter::from_fn(|| b.udp_recv(server)).count();
            arrived.push(got);
        }
        assert_eq!(arrived[2], 1, "{arrived:?} arrived");
        net.check_leaks();
    });
}

/// The same over IPv6, where an address is asked for before it is used.
#[cfg(CONFIG_NET_IPV6)]
mod ipv6 {
    use super::*;
    use testutil::lab6::{HOST, Ipv6, Lab6, PEER, PEER_LL, datagram};
    use znet::base::Ipv6Addr;
    use znet::iface::AddrType;
    use znet::wire::ipv6::next_header;

    #[test]
    fn an_address_is_ours_in_the_end_whatever_fails_while_it_is_asked_for() {
        let own = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x77);
        at_every_allocation(|fault| {
            let mut lab = Lab6::new();
            let iface = lab.iface;
            lab.host.core().with(|stack, env| {
                stack.ipv6_addr_add(env, iface, own, AddrType::Manual, 0).expect("there is room");
            });
            lab.run_for(10);
            fault.end();
            lab.echo(PEER, own, 1, b"whose?");
            assert_eq!(lab.run().len(), 1, "it is not used");
            lab.host.core().with(|stack, _| assert!(stack.ipv6_addr_rm(iface, own)));
            lab.assert_clean();
            lab.assert_alive();
        });
    }

    #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
    #[test]
    fn a_packet_in_fragments_may_be_lost_but_keeps_nothing() {
        let whole = datagram((PEER, 9), (HOST, 7), &[0x5a; 2_000]);
        at_every_allocation(|fault| {
            let mut lab = Lab6::new();
            let socket = lab.socket(7);
            for ident in 0..3 {
                if ident == 2 {
                    fault.end();
                }
                for (at, piece) in whole.chunks(1_000).enumerate() {
                    let more = u16::from((at + 1) * 1_000 < whole.len());
                    let [high, low] = ((at as u16 * 1_000) | more).to_be_bytes();
                    let head = [next_header::UDP, 0, high, low, 0, 0, 0, ident];
                    let packet = Ipv6::new(PEER, HOST, next_header::FRAGMENT);
                    lab.packet(&packet.build(&[&head[..], piece].concat()));
                }
                // Longer than what did not become whole is kept.
                lab.run_for(70);
            }
            let arrived = std::iter::from_fn(|| lab.recv(socket)).count();
            assert!((1..=3).contains(&arrived), "{arrived} arrived");
            lab.host.close(socket);
            lab.assert_clean();
            lab.assert_alive();
        });
    }

    /// A link that goes and comes asks for its addresses each time, and routers and neighbours are
    /// forgotten with it.
    #[test]
    fn an_interface_goes_and_comes_a_thousand_times_under_traffic() {
        let mut lab = Lab6::new();
        let socket = lab.socket(7);
        for round in 0..1_000u16 {
            if round % 2 == 0 {
                lab.iface.bring_down();
            } else {
                lab.iface.bring_up();
            }
            lab.host.core().with(|stack, env| stack.timers(env));
            // Some wait for a neighbour, some for an address, when the link goes.
            let _ = lab.send_to(socket, (PEER, 9), b"out");
            let _ = lab.send_to(socket, (PEER_LL, 9), b"out");
            lab.echo(PEER, HOST, round, b"in");
            lab.net.run_for(Duration::from_millis(u64::from(round % 37) * 60));
            lab.run();
            while lab.recv(socket).is_some() {}
        }
        lab.settle();
        lab.host.close(socket);
        lab.assert_clean();
        lab.assert_alive();
    }
}

/// Without entropy no connection begins, since its numbers could be guessed; all else goes on, and
/// connections too as soon as there is some.
#[test]
fn without_entropy_nothing_leaks_and_all_works_afterwards() {
    let mut pair = Pair::new(1, wire());
    // A machine that is switched on before its entropy source works.
    pair.hosts[0].fail_entropy(true);
    pair.restart(1, wire());
    assert!(pair.connect().is_err(), "its numbers could be guessed");
    pair.hosts[0].fail_entropy(false);
    let (mut old, mut its_peer) = pair.connected();
    // One that has drawn its secret goes on without.
    for fails in [true, false, true, false] {
        pair.hosts[0].fail_entropy(fails);
        let begun = pair.connect();
        pair.net.run_for(Duration::from_secs(1));
        if let Ok(end) = begun {
            let _ = end.host.tcp_abort(end.socket);
        }
        if let Some(end) = pair.accept() {
            let _ = end.host.tcp_abort(end.socket);
        }
        // One that is open needs no more of it.
        old.send(2_000);
        pair.net.run_for(Duration::from_secs(2));
        its_peer.recv(64_000);
        assert_eq!((its_peer.received, old.failed, its_peer.failed), (old.sent, None, None));
    }
    pair.judge().unwrap_or_else(|wrong| panic!("{wrong}"));
    pair.net.check_leaks();
}

/// Sockets of both kinds, as many as there are, at each allocation.
#[test]
fn sockets_open_or_do_not_but_stay_nowhere_between() {
    let mut pair = Pair::new(1, wire());
    at_every_allocation(|fault| {
        pair.restart(1, wire());
        let host = pair.hosts[0];
        let mut open = Vec::new();
        while let Ok(socket) =
            if open.len() % 2 == 0 { host.tcp_open() } else { host.try_udp_open() }
        {
            open.push(socket);
        }
        let end = pair.connect();
        assert_eq!(end.err(), Some(Error::NoMem), "all are taken");
        pair.hosts.iter().for_each(|host| host.close_all());
        let end = pair.connect().map(|end| end.socket);
        pair.net.run_for(Duration::from_secs(5));
        fault.end();
        if let Ok(socket) = end {
            let _ = host.tcp_abort(socket);
        }
        pair.net.check_leaks();
    });
}

/// A connection, so many bytes each way, and its end; the application tries again what was refused for
/// want of memory.
fn session(pair: &mut Pair, bytes: u32) {
    let mut client = persist(pair, |pair| match pair.connect() {
        Ok(end) => Some(end),
        Err(error) => {
            assert_eq!(error, Error::NoBufs);
            None
        }
    });
    let mut server = persist(pair, Pair::accept);
    persist(pair, |_| {
        for (from, to) in [(0, 1), (1, 0)] {
            let ends = [&mut client, &mut server];
            if ends[from].sent < bytes {
                let left = (bytes - ends[from].sent).min(4_000);
                ends[from].send(left as usize);
            }
            ends[to].recv(64_000);
        }
        let come = |end: &End| end.received == bytes;
        assert_eq!((client.failed, server.failed), (None, None));
        (come(&client) && come(&server)).then_some(())
    });
    for end in [&client, &server] {
        end.host.tcp_close(end.socket).expect("it was open");
    }
    // TIME-WAIT and whatever is repeated.
    pair.net.run_for(Duration::from_secs(300));
    pair.judge().unwrap_or_else(|wrong| panic!("{wrong}"));
    for host in pair.hosts {
        assert_eq!(host.leaks(), None);
    }
}

/// Tries every ten milliseconds until there is a result.
fn persist<T>(pair: &mut Pair, mut attempt: impl FnMut(&mut Pair) -> Option<T>) -> T {
    for _ in 0..60_000 {
        if let Some(result) = attempt(pair) {
            return result;
        }
        pair.net.run_for(Duration::from_millis(10));
    }
    panic!("nothing within ten minutes");
}

fn wire() -> LinkConfig {
    LinkConfig::delay(Duration::from_millis(5))
}

#[test]
fn a_connection_outlives_any_allocation_that_fails() {
    let mut pair = Pair::new(1, wire());
    at_every_allocation(|fault| {
        pair.restart(1, wire());
        session(&mut pair, 12_000);
        fault.end();
    });
}

#[test]
fn a_connection_outlives_a_driver_that_fails_now_and_then() {
    let mut pair = Pair::new(1, wire());
    for period in [2, 3, 7] {
        pair.restart(period, wire());
        let hosts = pair.hosts;
        let mut count = 0;
        // Decided by the frame before, since a frame that the driver refuses is not seen.
        pair.spoil(move |_| {
            count += 1;
            hosts[(count % 2) as usize].fail_driver(count % period == 0);
            true
        });
        let mut idle = 0;
        let mut mend = |pair: &mut Pair| {
            idle += 1;
            if idle % 100 == 0 {
                pair.hosts.iter().for_each(|host| host.fail_driver(false));
            }
        };
        let mut client = persist(&mut pair, |pair| pair.connect().ok());
        let mut server = persist(&mut pair, |pair| {
            mend(pair);
            pair.accept()
        });
        persist(&mut pair, |pair| {
            mend(pair);
            if client.sent < 30_000 {
                client.send(((30_000 - client.sent) as usize).min(4_000));
            }
            server.recv(64_000);
            (server.received == 30_000).then_some(())
        });
        pair.hosts.iter().for_each(|host| host.fail_driver(false));
        pair.net.check_leaks();
    }
}

#[test]
fn a_connection_outlives_a_wire_that_is_cut_a_thousand_times() {
    let mut pair = Pair::new(1, wire());
    let (mut client, mut server) = pair.connected();
    for cut in 0..1_000 {
        let link = pair.wire;
        pair.net.set_link_up(link, cut % 2 == 0);
        if client.sent < 200_000 {
            client.send(1_000);
        }
        pair.net.run_for(Duration::from_millis(37));
        server.recv(64_000);
        assert_eq!((client.failed, server.failed), (None, None), "cut {cut}");
    }
    let link = pair.wire;
    pair.net.set_link_up(link, true);
    let sent = client.sent;
    persist(&mut pair, |_| {
        server.recv(64_000);
        (server.received == sent).then_some(())
    });
    pair.net.check_leaks();
}

/// The stack keeps times in 32 bits, of milliseconds and of microseconds; sequence numbers and
/// generations wrap as well, which the scripts of TCP try.
#[test]
fn clocks_wrap_within_a_connection() {
    let mut pair = Pair::new(1, wire());
    // Half and whole turns, in microseconds.
    for (seed, at) in [1 << 31, 1 << 32, 1_000 << 31, 1_000 << 32].into_iter().enumerate() {
        pair.restart(seed as u64, LinkConfig { loss: 0.05, ..wire() });
        let early = at - pair.net.now().as_micros() - 500_000;
        pair.net.run_for(Duration::from_micros(early));
        session(&mut pair, 100_000);
    }
}

/// Time that jumps: a system that slept, or whose interrupts were off.
#[test]
fn a_clock_may_jump() {
    let mut pair = Pair::new(1, wire());
    let (mut client, mut server) = pair.connected();
    for jump in [1, 10, 100, 1_000, 60_000, 3_600_000, 86_400_000] {
        client.send(3_000);
        pair.net.jump(Duration::from_millis(jump));
        let sent = client.sent;
        persist(&mut pair, |_| {
            server.recv(64_000);
            (server.received == sent).then_some(())
        });
        assert_eq!((client.failed, server.failed), (None, None), "{jump} ms");
    }
    pair.net.check_leaks();
}
