// SPDX-License-Identifier: Apache-2.0
//! The simulator itself: does it do what it says, and always the same?
#![cfg(CONFIG_NET_IPV4)]

use testutil::pcapng::{self, Direction};
use testutil::{Duration, Host, LinkConfig, LinkId, Network, Socket};

const IP_A: [u8; 4] = [192, 0, 2, 1];
const IP_B: [u8; 4] = [192, 0, 2, 2];

struct Pair {
    net: Network,
    wire: LinkId,
    a: &'static Host,
    b: &'static Host,
    client: Socket,
    server: Socket,
}

fn pair(seed: u64, config: LinkConfig) -> Pair {
    let mut net = Network::new(seed);
    let wire = net.link(config);
    let (a, b) = (net.host("a"), net.host("b"));
    net.attach(a, wire, IP_A, 24);
    net.attach(b, wire, IP_B, 24);
    let (client, server) = (a.udp_open(), b.udp_bind(7));
    Pair { net, wire, a, b, client, server }
}

impl Pair {
    /// Sends `count` numbered datagrams a millisecond apart; returns the numbers that arrived, in
    /// the order in which they did.
    fn stream(&mut self, count: u32) -> Vec<u32> {
        let mut got = Vec::new();
        for number in 0..count {
            self.a.udp_send_to(self.client, (IP_B, 7), &number.to_be_bytes()).unwrap();
            self.net.run_for(Duration::from_millis(1));
            self.drain(&mut got);
        }
        self.net.run_for(Duration::from_secs(1));
        self.drain(&mut got);
        got
    }

    fn drain(&self, got: &mut Vec<u32>) {
        while let Some(datagram) = self.b.udp_recv(self.server) {
            got.push(u32::from_be_bytes(datagram.data.try_into().unwrap()));
        }
    }

    /// Makes the two known to each other, so that ARP does not get in the way.
    fn acquaint(&mut self) {
        self.a.udp_send_to(self.client, (IP_B, 7), b"hi").unwrap();
        self.net.run_until_idle();
        self.b.udp_recv(self.server).unwrap();
    }
}

#[test]
fn a_perfect_wire_loses_and_reorders_nothing() {
    let mut pair = pair(1, LinkConfig::default());
    assert_eq!(pair.stream(100), (0..100).collect::<Vec<_>>());
    let stats = pair.net.stats(pair.wire);
    // And ARP: a request, a reply, announcements in some configurations.
    assert!(stats.sent >= 102 && stats.sent == stats.delivered, "{stats:?}");
}

#[test]
fn delay_is_kept_to_the_microsecond() {
    let mut pair = pair(1, LinkConfig::delay(Duration::from_millis(5)));
    pair.acquaint();
    let start = pair.net.now();
    pair.a.udp_send_to(pair.client, (IP_B, 7), b"x").unwrap();
    pair.net.run_for(Duration::from_micros(4_999));
    assert_eq!(pair.b.udp_recv(pair.server), None);
    pair.net.run_for(Duration::from_micros(1));
    assert!(pair.b.udp_recv(pair.server).is_some());
    assert_eq!(pair.net.now() - start, Duration::from_millis(5));
}

#[test]
fn a_rate_spaces_frames_out() {
    let mut pair = pair(1, LinkConfig::default());
    pair.acquaint();
    let slow = LinkConfig::delay(Duration::ZERO).rate(1_000_000);
    pair.net.set_link(pair.wire, slow);
    for _ in 0..3 {
        pair.a.udp_send_to(pair.client, (IP_B, 7), &[0; 58]).unwrap();
    }
    let mut arrivals = Vec::new();
    for micros in 1..=3_000 {
        pair.net.run_for(Duration::from_micros(1));
        if pair.b.udp_recv(pair.server).is_some() {
            arrivals.push(micros);
        }
    }
    // 100 bytes at a megabit a second.
    assert_eq!(arrivals, [800, 1_600, 2_400]);
}

#[test]
fn impairments_do_what_their_names_say() {
    let span = Duration::from_millis(20);
    let mut lossy = pair(2, LinkConfig::default());
    lossy.acquaint();
    lossy.net.set_link(lossy.wire, LinkConfig::default().loss(0.3));
    let got = lossy.stream(500);
    assert!((300..400).contains(&got.len()) && got.is_sorted(), "{} arrived", got.len());

    let mut doubling = pair(3, LinkConfig::default());
    doubling.acquaint();
    doubling.net.set_link(doubling.wire, LinkConfig::default().duplicate(0.5));
    let got = doubling.stream(200);
    assert!((250..350).contains(&got.len()) && got.is_sorted(), "{} arrived", got.len());

    let mut shuffling = pair(4, LinkConfig::default());
    shuffling.acquaint();
    shuffling.net.set_link(shuffling.wire, LinkConfig::default().reorder(0.5, span));
    let mut got = shuffling.stream(200);
    assert!(got.len() == 200 && !got.is_sorted());
    got.sort_unstable();
    assert_eq!(got, (0..200).collect::<Vec<_>>());
}

#[test]
fn what_is_corrupted_is_not_delivered() {
    let mut pair = pair(5, LinkConfig::default());
    pair.acquaint();
    pair.net.set_link(pair.wire, LinkConfig::default().corrupt(0.5));
    let got = pair.stream(400);
    // Whatever arrives is one of those sent: no bit error passes a checksum.
    assert!(got.is_sorted() && got.iter().all(|n| *n < 400));
    assert!((150..280).contains(&got.len()), "{} arrived", got.len());
    assert!(pair.net.stats(pair.wire).corrupted > 100);
}

#[test]
fn a_cut_link_carries_nothing_until_it_is_mended() {
    let mut pair = pair(6, LinkConfig::default());
    pair.acquaint();
    pair.net.set_link_up(pair.wire, false);
    assert_eq!(pair.stream(5), []);
    pair.net.set_link_up(pair.wire, true);
    assert_eq!(pair.stream(5).len(), 5);
}

#[test]
fn a_filter_chooses_what_is_lost() {
    let mut pair = pair(7, LinkConfig::default());
    pair.acquaint();
    let mut seen = 0;
    pair.net.filter(pair.wire, move |_, _| {
        seen += 1;
        seen != 3
    });
    assert_eq!(pair.stream(5), [0, 1, 3, 4]);
}

#[test]
fn the_same_seed_gives_the_same_capture() {
    let folder = std::env::temp_dir().join(format!("znet-sim-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let run = |seed: u64, name: &str| {
        let path = folder.join(name);
        {
            let config = LinkConfig::default()
                .loss(0.1)
                .duplicate(0.1)
                .corrupt(0.1)
                .reorder(0.3, Duration::from_millis(3));
            let mut pair = pair(seed, LinkConfig::default());
            pair.acquaint();
            pair.net.set_link(pair.wire, config);
            pair.net.capture(&path);
            pair.stream(100);
        }
        pcapng::read(&std::fs::read(path).unwrap()).unwrap()
    };
    let (first, second, other) = (run(11, "1"), run(11, "2"), run(12, "3"));
    std::fs::remove_dir_all(folder).unwrap();
    assert!(first == second, "two runs of one seed differ");
    assert!(first != other, "two seeds give the same run");
    let sent = |p: &&pcapng::Packet| p.interface == "a:1" && p.direction == Some(Direction::Out);
    assert!(first.iter().filter(sent).count() >= 100);
    assert!(first.is_sorted_by_key(|p| p.at));
}
