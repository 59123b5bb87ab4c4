// SPDX-License-Identifier: Apache-2.0
//! Connections between two hosts in the simulator: the ordinary life of TCP, and links that lose.
#![cfg(CONFIG_NET_TCP)]

use testutil::{Host, LinkConfig, Network};
use znet::base::{Duration, Endpoint, Error, IpAddr, Ipv4Addr};
use znet::buf::{NO_WAIT, PktList};
use znet::stack::TCP_HEADROOM;
use znet::transport::tcp::State;
use znet::transport::tcp::state::{RECV_LIMIT, SEND_LIMIT};
use znet::transport::{ContextId, Flags};
use znet::wire::checksum::Sum;

const A: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const B: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);

fn at(ip: Ipv4Addr, port: u16) -> Endpoint {
    Endpoint::new(IpAddr::V4(ip), port)
}

/// Two hosts on a link.
struct Pair {
    net: Network,
    a: &'static Host,
    b: &'static Host,
}

impl Pair {
    fn new(seed: u64, link: LinkConfig) -> Pair {
        let mut net = Network::new(seed);
        let wire = net.link(link);
        let (a, b) = (net.host("a"), net.host("b"));
        net.attach(a, wire, A, 24);
        net.attach(b, wire, B, 24);
        Pair { net, a, b }
    }

    /// A connection from `a` to port 7 of `b`: both ends and the listener.
    fn connected(&mut self) -> (ContextId, ContextId, ContextId) {
        let listener = listen(self.b, 7);
        let client = self.a.core().with(|s, _| s.tcp_open()).unwrap();
        self.a.core().with(|s, env| s.tcp_connect(env, client, at(B, 7))).unwrap();
        for _ in 0..200 {
            self.net.run_for(Duration::from_millis(50));
            if let Some(server) = accept(self.b, listener) {
                assert_eq!(self.a.core().with(|s, _| s.tcp_connected(client)), Ok(true));
                return (client, server, listener);
            }
        }
        panic!("no connection");
    }

    fn assert_clean(&mut self) {
        self.net.run_for(Duration::from_secs(130));
        for host in [self.a, self.b] {
            assert_eq!(host.leaks(), None);
            let left = host.core().with(|s, _| {
                (s.tcp.in_use(), s.tcp.orphans(), s.tcp.syns.len(), s.tcp.waits.len())
            });
            assert_eq!(left, (0, 0, 0, 0), "{}", host.name());
        }
    }
}

fn listen(host: &Host, port: u16) -> ContextId {
    host.core().with(|s, env| {
        let id = s.tcp_open().unwrap();
        s.tcp_bind(env, id, at(Ipv4Addr::UNSPECIFIED, port)).unwrap();
        s.tcp_listen(env, id, 4).unwrap();
        id
    })
}

fn accept(host: &Host, listener: ContextId) -> Option<ContextId> {
    host.core().with(|s, env| s.tcp_accept(env, listener)).unwrap()
}

/// Queues as much of `data` as there is room and memory for.
fn send(host: &Host, id: ContextId, data: &[u8]) -> Result<usize, Error> {
    let room = host.core().with(|s, _| s.tcp_room(id))?;
    let mut list = PktList::new();
    let mut bytes = 0;
    for piece in data[..data.len().min(room.bytes as usize)].chunks(usize::from(room.mss)) {
        let pools = host.core().pools();
        let Some(mut pkt) = pools.alloc_tx(TCP_HEADROOM, piece.len(), NO_WAIT) else { break };
        if pkt.home_is_scarce(4) || pkt.append(piece) != piece.len() {
            break;
        }
        let record = pkt.segment_mut();
        record.len = piece.len() as u16;
        record.sum = Sum::of(piece).fold();
        list.push_back(pkt);
        bytes += piece.len();
    }
    host.core().with(|s, env| s.tcp_send(env, id, list, bytes))
}

/// Takes up to `most` bytes; the second says whether the stream ended.
fn receive(host: &Host, id: ContextId, most: usize) -> Result<(Vec<u8>, bool), Error> {
    let mut got = host.core().with(|s, env| s.tcp_receive(env, id, most, false))?;
    let mut data = Vec::new();
    let mut skip = got.skip;
    while let Some(pkt) = got.packets.pop_front() {
        data.extend(pkt.fragments().flatten().skip(skip));
        skip = 0;
    }
    for pkt in &got.lent {
        let left = most - data.len();
        data.extend(pkt.fragments().flatten().skip(skip).take(left));
    }
    Ok((data, got.end))
}

fn state(host: &Host, id: ContextId) -> State {
    host.core().with(|s, _| s.tcp_info(id)).unwrap().state
}

fn close(host: &Host, id: ContextId) {
    host.core().with(|s, env| s.tcp_close(env, id)).unwrap();
}

fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|n| (n * 7 + n / 251) as u8).collect()
}

/// Sends `data` from one end to the other, and returns what arrived.
fn transfer(pair: &mut Pair, from: (&Host, ContextId), to: (&Host, ContextId), data: &[u8]) {
    let mut sent = 0;
    let mut got = Vec::new();
    for _ in 0..400_000 {
        if sent < data.len() {
            sent += send(from.0, from.1, &data[sent..]).unwrap();
        }
        let (part, _) = receive(to.0, to.1, 3_000).unwrap();
        got.extend(part);
        if got.len() >= data.len() {
            break;
        }
        pair.net.run_for(Duration::from_millis(1));
    }
    assert_eq!(got.len(), data.len(), "all of it should have come");
    assert!(got == data, "what came is not what was sent");
}

#[test]
fn a_connection_lives_and_ends() {
    let mut pair = Pair::new(1, LinkConfig::default());
    let (client, server, listener) = pair.connected();
    let (a, b) = (pair.a, pair.b);
    transfer(&mut pair, (a, client), (b, server), &pattern(100_000));
    transfer(&mut pair, (b, server), (a, client), &pattern(50_000));
    a.core().with(|s, env| s.tcp_shutdown(env, client, Flags::SHUT_WR)).unwrap();
    pair.net.run_for(Duration::from_millis(100));
    assert_eq!((state(a, client), state(b, server)), (State::FinWait2, State::CloseWait));
    assert_eq!(receive(b, server, 10), Ok((vec![], true)));
    // The other direction still works.
    transfer(&mut pair, (b, server), (a, client), &pattern(10_000));
    close(b, server);
    pair.net.run_for(Duration::from_millis(100));
    assert_eq!(receive(a, client, 10), Ok((vec![], true)));
    assert_eq!(state(a, client), State::TimeWait);
    close(a, client);
    close(b, listener);
    pair.assert_clean();
}

#[test]
fn a_port_where_nobody_listens_refuses() {
    let mut pair = Pair::new(2, LinkConfig::default());
    let a = pair.a;
    let client = a.core().with(|s, _| s.tcp_open()).unwrap();
    a.core().with(|s, env| s.tcp_connect(env, client, at(B, 9))).unwrap();
    pair.net.run_for(Duration::from_secs(1));
    assert_eq!(a.core().with(|s, _| s.tcp_connected(client)), Err(Error::ConnRefused));
    close(a, client);
    pair.assert_clean();
}

#[test]
fn a_host_that_is_not_there_times_out() {
    let mut pair = Pair::new(3, LinkConfig::default());
    let a = pair.a;
    let client = a.core().with(|s, _| s.tcp_open()).unwrap();
    let nobody = at(Ipv4Addr::new(192, 0, 2, 99), 9);
    a.core().with(|s, env| s.tcp_connect(env, client, nobody)).unwrap();
    assert_eq!(a.core().with(|s, _| s.tcp_connected(client)), Ok(false));
    pair.net.run_for(Duration::from_secs(300));
    assert_eq!(a.core().with(|s, _| s.tcp_connected(client)), Err(Error::TimedOut));
    close(a, client);
    pair.assert_clean();
}

#[test]
fn losses_are_repaired() {
    for seed in 0..8 {
        let delay = Duration::from_millis(5);
        let link = LinkConfig::delay(delay)
            .loss(0.05)
            .duplicate(0.02)
            .corrupt(0.01)
            .reorder(0.05, Duration::from_millis(7));
        let mut pair = Pair::new(seed, link);
        pair.net.allow_malformed();
        let (client, server, listener) = pair.connected();
        let (a, b) = (pair.a, pair.b);
        transfer(&mut pair, (a, client), (b, server), &pattern(60_000));
        transfer(&mut pair, (b, server), (a, client), &pattern(60_000));
        close(a, client);
        close(b, server);
        close(b, listener);
        pair.assert_clean();
    }
}

#[test]
fn a_reader_who_rests_stops_the_sender_and_starts_it_again() {
    let mut pair = Pair::new(4, LinkConfig::delay(Duration::from_millis(2)));
    let (client, server, listener) = pair.connected();
    let (a, b) = (pair.a, pair.b);
    // More than both buffers hold.
    let data = pattern(3 * (RECV_LIMIT + SEND_LIMIT) as usize);
    let mut sent = 0;
    for _ in 0..200 {
        sent += send(a, client, &data[sent..]).unwrap();
        pair.net.run_for(Duration::from_millis(100));
    }
    let held = b.core().with(|s, _| s.tcp_info(server)).unwrap();
    assert!(sent < data.len() && held.unread > 0 && held.windows.1 < 1460, "{held:?}");
    let mut got = Vec::new();
    for _ in 0..20_000 {
        got.extend(receive(b, server, data.len() / 50).unwrap().0);
        sent += send(a, client, &data[sent..]).unwrap();
        pair.net.run_for(Duration::from_millis(5));
        if got.len() == data.len() {
            break;
        }
    }
    assert!(got == data, "{} of {}", got.len(), data.len());
    for (host, id) in [(a, client), (b, server), (b, listener)] {
        close(host, id);
    }
    pair.assert_clean();
}

#[test]
fn data_left_unread_resets() {
    let mut pair = Pair::new(5, LinkConfig::default());
    let (client, server, listener) = pair.connected();
    let (a, b) = (pair.a, pair.b);
    assert_eq!(send(a, client, b"nobody reads this"), Ok(17));
    pair.net.run_for(Duration::from_millis(100));
    close(b, server);
    pair.net.run_for(Duration::from_millis(100));
    assert_eq!(receive(a, client, 1), Err(Error::ConnReset));
    assert_eq!(send(a, client, b"x"), Err(Error::Pipe));
    close(a, client);
    close(b, listener);
    pair.assert_clean();
}

#[test]
fn both_may_open_at_once_and_close_at_once() {
    let mut pair = Pair::new(6, LinkConfig::delay(Duration::from_millis(20)));
    let (a, b) = (pair.a, pair.b);
    let open = |host: &Host, own: Ipv4Addr, to: Ipv4Addr| {
        host.core().with(|s, env| {
            let id = s.tcp_open().unwrap();
            s.tcp_bind(env, id, at(own, 5000)).unwrap();
            s.tcp_connect(env, id, at(to, 5000)).unwrap();
            id
        })
    };
    let (x, y) = (open(a, A, B), open(b, B, A));
    pair.net.run_for(Duration::from_secs(3));
    assert_eq!((state(a, x), state(b, y)), (State::Established, State::Established));
    transfer(&mut pair, (a, x), (b, y), &pattern(5_000));
    close(a, x);
    close(b, y);
    pair.assert_clean();
}

#[test]
fn a_connection_to_ourselves_works() {
    let mut pair = Pair::new(7, LinkConfig::default());
    let a = pair.a;
    let listener = listen(a, 7);
    let client = a.core().with(|s, _| s.tcp_open()).unwrap();
    a.core().with(|s, env| s.tcp_connect(env, client, at(A, 7))).unwrap();
    pair.net.run_for(Duration::from_millis(10));
    let server = accept(a, listener).expect("a connection");
    transfer(&mut pair, (a, client), (a, server), &pattern(20_000));
    for id in [client, server, listener] {
        close(a, id);
    }
    pair.assert_clean();
}

#[test]
fn without_nagle_each_write_goes_at_once() {
    let mut pair = Pair::new(8, LinkConfig::default());
    let (client, server, listener) = pair.connected();
    let (a, b) = (pair.a, pair.b);
    a.core().with(|s, env| s.tcp_set(env, client, znet::stack::TcpOpt::NoDelay, 1)).unwrap();
    for n in 0..8u8 {
        assert_eq!(send(a, client, &[n; 64]), Ok(64));
        pair.net.run_for(Duration::from_micros(10));
        assert_eq!(receive(b, server, 100).unwrap().0, [n; 64], "the {n}th");
    }
    for (host, id) in [(a, client), (b, server), (b, listener)] {
        close(host, id);
    }
    pair.assert_clean();
}
