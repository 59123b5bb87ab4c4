// SPDX-License-Identifier: Apache-2.0
//! Transfers that must not stall: a slow reader whose window fills, window updates that are lost.
#![cfg(CONFIG_NET_TCP)]

use std::cell::RefCell;
use std::rc::Rc;

use testutil::tcp::pair::{End, Pair};
use testutil::{Duration, LinkConfig};
use znet::buf::{NO_WAIT, Pkt, Pools};
use znet::config;

/// Longest time to the first probe of a closed window, in milliseconds.
const PERSIST: u64 = config::NET_TCP_INIT_RETRANSMISSION_TIMEOUT as u64 * 5 / 4 + 100;

/// Sends `total` bytes from `from` to `to`, which reads `chunk` bytes every `pause`; returns how long
/// it took, in milliseconds.
fn transfer(
    pair: &mut Pair,
    ends: (&mut End, &mut End),
    total: u32,
    chunk: usize,
    pause: u64,
) -> u64 {
    let (from, to) = ends;
    let start = pair.net.now();
    let mut last = pair.net.now();
    while to.received < total {
        if from.sent < total {
            from.send((total - from.sent).min(8192) as usize);
        }
        if to.recv(chunk) > 0 {
            last = pair.net.now();
        }
        pair.net.run_for(Duration::from_millis(pause));
        let idle = (pair.net.now() - last).as_millis();
        assert!(idle < 60_000, "nothing for a minute, {} of {total} received", to.received);
        assert_eq!((from.failed, to.failed), (None, None));
    }
    pair.judge().unwrap();
    (pair.net.now() - start).as_millis()
}

fn close(ends: [End; 2]) {
    for end in ends {
        end.host.tcp_close(end.socket).unwrap();
    }
}

/// False, after saying so, where a window is hardly more than one segment: there is nothing to lose.
fn has_windows(test: &str) -> bool {
    let enough = config::NET_PKT_RX_COUNT >= 64;
    if !enough {
        println!("{test}: not with so few packets; see tests/tcp.conf");
    }
    enough
}

#[test]
fn a_window_that_fills_costs_no_more_than_the_reader() {
    if !has_windows("a_window_that_fills_costs_no_more_than_the_reader") {
        return;
    }
    let mut pair = Pair::new(1, LinkConfig::delay(Duration::from_millis(1)));
    let (mut client, mut server) = pair.connected();
    let total = 200_000;
    let took = transfer(&mut pair, (&mut client, &mut server), total, 500, 10);
    let reading = u64::from(total) / 500 * 10;
    assert!(took < reading * 11 / 10 + 100, "{took} ms, where reading takes {reading}");
    close([client, server]);
}

#[test]
fn a_reader_that_stops_and_goes_on() {
    let mut pair = Pair::new(2, LinkConfig::delay(Duration::from_millis(1)));
    let (mut client, mut server) = pair.connected();
    while client.send(8192) > 0 {
        pair.net.run_for(Duration::from_millis(10));
    }
    // The window is shut, and probed, for a while.
    for pause in [1, 10, 100] {
        pair.net.run_for(Duration::from_secs(pause));
        let before = server.received;
        while server.recv(4096) > 0 {}
        assert!(server.received > before);
        let sent = client.send(8192);
        // The reader's window update gets it going again, not a timer.
        pair.net.run_for(Duration::from_millis(50));
        assert!(sent > 0 || client.send(8192) > 0, "no room after {pause} s");
        while client.send(8192) > 0 {
            pair.net.run_for(Duration::from_millis(10));
        }
    }
    close([client, server]);
}

/// Loses window updates of the server: acknowledgments of nothing new that offer more.
fn lose_updates(pair: &mut Pair, most: usize) -> Rc<RefCell<usize>> {
    let lost = Rc::new(RefCell::new(0));
    let count = lost.clone();
    let mut last = None;
    pair.gate(move |from, segment| {
        if from != 1 || !segment.payload.is_empty() {
            return true;
        }
        let now = (segment.ack, segment.window);
        let update = last.is_some_and(|(ack, window)| ack == now.0 && window < now.1);
        if update && *count.borrow() < most {
            *count.borrow_mut() += 1;
            return false;
        }
        last = Some(now);
        true
    });
    lost
}

#[test]
fn a_lost_window_update_costs_one_persist_interval() {
    if !has_windows("a_lost_window_update_costs_one_persist_interval") {
        return;
    }
    let mut pair = Pair::new(3, LinkConfig::delay(Duration::from_millis(1)));
    let (mut client, mut server) = pair.connected();
    let lost = lose_updates(&mut pair, 1);
    for _ in 0..1000 {
        client.send(8192);
        pair.net.run_for(Duration::from_millis(10));
    }
    while server.recv(1 << 16) > 0 {}
    let before = server.received;
    let start = pair.net.now();
    while server.received == before {
        pair.net.run_for(Duration::from_millis(1));
        server.recv(1 << 16);
        let waited = (pair.net.now() - start).as_millis();
        // The interval had grown while the window was shut: to twice ten seconds at most.
        assert!(waited < 20_000 + PERSIST, "still nothing after {waited} ms");
    }
    assert_eq!(*lost.borrow(), 1, "no update was lost");
    pair.judge().unwrap();
    close([client, server]);
}

#[test]
fn the_first_window_update_lost_costs_the_first_interval() {
    if !has_windows("the_first_window_update_lost_costs_the_first_interval") {
        return;
    }
    let mut pair = Pair::new(4, LinkConfig::delay(Duration::from_millis(1)));
    let (mut client, mut server) = pair.connected();
    let lost = lose_updates(&mut pair, 1);
    // Until the window has just shut.
    while client.send(8192) > 0 {
        pair.net.run_for(Duration::from_millis(5));
    }
    let start = pair.net.now();
    while server.recv(1 << 16) > 0 {}
    let before = server.received;
    while server.received == before {
        client.send(8192);
        pair.net.run_for(Duration::from_millis(1));
        server.recv(1 << 16);
        let waited = (pair.net.now() - start).as_millis();
        assert!(waited <= PERSIST, "still nothing after {waited} ms");
    }
    assert_eq!(*lost.borrow(), 1, "no update was lost");
    close([client, server]);
}

#[test]
fn whole_transfers_survive_the_loss_of_all_first_updates() {
    let mut pair = Pair::new(5, LinkConfig::delay(Duration::from_millis(1)));
    let (mut client, mut server) = pair.connected();
    let lost = lose_updates(&mut pair, 20);
    transfer(&mut pair, (&mut client, &mut server), 300_000, 1 << 16, 200);
    println!("{} updates lost", lost.borrow());
    close([client, server]);
}

/// Takes packets of the server's until no more than an eighth is left: others still come and go.
fn take_memory(pair: &Pair) -> Vec<Pkt> {
    let pools = pair.hosts[1].core().pools();
    let mut taken = Vec::new();
    while pools.free().rx_pkts > Pools::capacity().rx_pkts / 8 {
        taken.push(pools.alloc_rx(1, NO_WAIT).expect("packets are free"));
    }
    taken
}

/// RFC 9293, 3.8.6 and 3.8.6.1 (MUST-34, MUST-35, SHLD-17): who has no memory shuts its window, and who
/// sends goes on to probe it, however long that takes.
#[test]
fn a_receiver_without_memory_is_waited_for() {
    let mut pair = Pair::new(6, LinkConfig::delay(Duration::from_millis(1)));
    let (mut client, mut server) = pair.connected();
    let mut held = Vec::new();
    for round in 0..3 {
        // Something that nobody reads, then memory goes with segments on their way.
        client.send(1000);
        pair.net.run_for(Duration::from_secs(5));
        held = take_memory(&pair);
        client.send(8192);
        let waiting = client.sent;
        let before = pair.segments();
        pair.net.run_for(Duration::from_secs(3_600));
        client.send(1);
        assert_eq!(client.failed, None, "given up in round {round}: {}", pair.trace(client.port));
        let probes = pair.segments() - before;
        assert!((100..2_000).contains(&probes), "{probes} segments in an hour");
        assert!(server.received < waiting);
        held.clear();
        for _ in 0..1_000 {
            server.recv(1 << 16);
            pair.net.run_for(Duration::from_millis(10));
        }
        assert_eq!(server.received, client.sent, "{}", pair.trace(client.port));
    }
    drop(held);
    pair.judge().unwrap();
    close([client, server]);
}
