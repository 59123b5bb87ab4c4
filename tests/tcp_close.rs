// SPDX-License-Identifier: Apache-2.0
//! The end of a connection, whoever begins it, whatever of it is lost, read or unread.
#![cfg(CONFIG_NET_TCP)]

use std::cell::Cell;
use std::rc::Rc;

use testutil::tcp::pair::{End, Pair};
use testutil::tcp::segment::flag;
use testutil::{Duration, Error, LinkConfig};

/// Who closes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Closer {
    Client,
    Server,
    Both,
}

/// What the wire loses, once.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lost {
    Nothing,
    FirstFin,
    SecondFin,
    AckOfFirstFin,
    AckOfSecondFin,
    FirstFinAndItsAck,
    AllFourOnce,
}

const LOST: [Lost; 7] = [
    Lost::Nothing,
    Lost::FirstFin,
    Lost::SecondFin,
    Lost::AckOfFirstFin,
    Lost::AckOfSecondFin,
    Lost::FirstFinAndItsAck,
    Lost::AllFourOnce,
];

/// Loses what `lost` names. The end whose FIN comes first is the first.
fn lose(pair: &mut Pair, lost: Lost) {
    let mut first = None;
    let mut fins: [Option<u32>; 2] = [None; 2];
    let mut done = [false; 4];
    pair.gate(move |from, segment| {
        let mut keep = true;
        let mut once = |n: usize, wanted: &[Lost]| {
            if wanted.contains(&lost) && !done[n] {
                done[n] = true;
                keep = false;
            }
        };
        if segment.has(flag::FIN) {
            let is_first = *first.get_or_insert(from) == from;
            fins[from] = Some(segment.seq.wrapping_add(segment.seq_len()));
            match is_first {
                true => once(0, &[Lost::FirstFin, Lost::FirstFinAndItsAck, Lost::AllFourOnce]),
                false => once(1, &[Lost::SecondFin, Lost::AllFourOnce]),
            }
        }
        let acknowledges = segment.has(flag::ACK) && fins[1 - from] == Some(segment.ack);
        if acknowledges && !segment.has(flag::RST) {
            match first == Some(1 - from) {
                true => once(2, &[Lost::AckOfFirstFin, Lost::FirstFinAndItsAck, Lost::AllFourOnce]),
                false => once(3, &[Lost::AckOfSecondFin, Lost::AllFourOnce]),
            }
        }
        keep
    });
}

/// Reads to the end.
fn drain(pair: &mut Pair, end: &mut End) {
    for _ in 0..600 {
        while end.recv(4096) > 0 {}
        if end.ended || end.failed.is_some() {
            return;
        }
        pair.net.run_for(Duration::from_millis(100));
    }
    panic!("no end within a minute");
}

fn close(end: &End) {
    end.host.tcp_close(end.socket).expect("an open socket");
}

fn run(closer: Closer, lost: Lost, unread: bool) {
    let mut pair = Pair::new(1, LinkConfig::delay(Duration::from_millis(10)));
    let (mut client, mut server) = pair.connected();
    assert_eq!((client.send(100), server.send(200)), (100, 200));
    pair.net.run_for(Duration::from_secs(1));
    if !unread {
        assert_eq!((client.recv(1000), server.recv(1000)), (200, 100));
    }
    lose(&mut pair, lost);
    match closer {
        Closer::Both => {
            close(&client);
            close(&server);
        }
        Closer::Client | Closer::Server => {
            let (first, second) = match closer {
                Closer::Client => (&mut client, &mut server),
                _ => (&mut server, &mut client),
            };
            close(first);
            pair.net.run_for(Duration::from_millis(5));
            drain(&mut pair, second);
            if unread {
                // Data that was thrown away is told by a reset, and what had arrived is a reader's
                // luck (RFC 1122, 4.2.2.13).
                assert_eq!(second.failed, Some(Error::ConnReset));
            } else {
                assert!(second.ended && second.failed.is_none(), "{:?}", second.failed);
                assert_eq!(second.received, first.sent);
            }
            close(second);
        }
    }
    pair.judge().unwrap();
    // Orphans, TIME-WAIT and all: nothing may be left.
    pair.net.check_leaks();
    pair.judge().unwrap();
}

#[test]
fn whoever_closes_whatever_is_lost() {
    for closer in [Closer::Client, Closer::Server, Closer::Both] {
        for lost in LOST {
            for unread in [false, true] {
                println!("{closer:?} closes, lost: {lost:?}, unread data: {unread}");
                run(closer, lost, unread);
            }
        }
    }
}

#[test]
fn a_listener_that_closes_leaves_nothing() {
    let mut pair = Pair::new(2, LinkConfig::delay(Duration::from_millis(10)));
    let mut clients: Vec<End> = (0..3).map(|_| pair.connect().unwrap()).collect();
    pair.net.run_for(Duration::from_secs(1));
    pair.hosts[1].tcp_close(pair.listener).unwrap();
    pair.net.run_for(Duration::from_secs(1));
    for client in &mut clients {
        client.recv(1);
        assert_eq!(client.failed, Some(Error::ConnReset));
        close(client);
    }
    pair.net.check_leaks();
}

#[test]
fn a_peer_that_vanishes_is_given_up() {
    let mut pair = Pair::new(3, LinkConfig::delay(Duration::from_millis(10)));
    let (mut client, server) = pair.connected();
    client.send(1000);
    pair.net.run_for(Duration::from_secs(1));
    close(&server);
    let cut = Rc::new(Cell::new(true));
    let of_gate = cut.clone();
    pair.gate(move |_, _| !of_gate.get());
    client.send(1000);
    close(&client);
    pair.net.run_for(Duration::from_secs(3600));
    pair.net.check_leaks();
}
