// SPDX-License-Identifier: Apache-2.0
//! Good packets of IPv6 with something spoilt, by the thousand: the host neither falls nor leaks, and
//! answers afterwards.
#![cfg(all(CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::lab6::{HOST, HOST_LL, Ipv6, Lab6, PEER, PEER_LL, datagram, icmp, mend_icmp};
use testutil::{Duration, Rng};
use znet::base::Ipv6Addr;
use znet::wire::ipv6::{HEADER_LEN, next_header};
use znet::wire::ndp::Builder;

/// Packets to start from: transport protocols, chains of headers, discovery of every kind.
fn seeds() -> Vec<Vec<u8>> {
    let all: Ipv6Addr = "ff02::1".parse().unwrap();
    let group: Ipv6Addr = "ff02::1:ff00:1".parse().unwrap();
    let mac = testutil::EthAddr([2, 0, 0, 0, 0, 2]);
    let nd = |src, dst, message: &[u8]| {
        let mut message = message.to_vec();
        mend_icmp(src, dst, &mut message);
        Ipv6::new(src, dst, next_header::ICMPV6).hop_limit(255).build(&message)
    };
    let mut router =
        vec![134, 0, 0, 0, 64, 8, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 2];
    router.extend([3, 4, 64, 0xc0, 0, 0, 0, 60, 0, 0, 0, 30, 0, 0, 0, 0]);
    router.extend([0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    router.extend([5, 1, 0, 0, 0, 0, 5, 0, 24, 2, 32, 8, 0, 0, 2, 0, 0x20, 2, 0, 0, 0, 0, 0, 0]);
    router.extend([25, 3, 0, 0, 0, 0, 4, 0]);
    router.extend(PEER.octets());
    let mut redirect = vec![137, 0, 0, 0, 0, 0, 0, 0];
    redirect.extend(PEER_LL.octets());
    redirect.extend("2001:db8:9::1".parse::<Ipv6Addr>().unwrap().octets());
    let mut query = vec![130, 0, 0, 0, 0, 9, 0, 0];
    query.extend([0; 20]);
    mend_icmp(PEER_LL, all, &mut query);
    let query = [&[58, 0, 5, 2, 0, 0, 1, 0][..], &query].concat();
    let udp = datagram((PEER, 4000), (HOST, 7), b"datagram");
    let chain =
        [&[60, 0, 1, 4, 0, 0, 0, 0, 43, 0, 1, 4, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0][..], &udp]
            .concat();
    let quoted = datagram((HOST, 5000), (PEER, 9), b"x");
    let quoted = Ipv6::new(HOST, PEER, next_header::UDP).build(&quoted);
    vec![
        Ipv6::new(PEER, HOST, next_header::UDP).build(&udp),
        Ipv6::new(PEER, HOST, 0).build(&chain),
        nd(PEER_LL, HOST_LL, &icmp(PEER_LL, HOST_LL, [128, 0], [0, 1, 0, 1], b"echo")),
        nd(PEER, group, Builder::neighbour_solicit(HOST).source_link(mac).as_bytes()),
        nd(PEER, HOST, Builder::neighbour_advert(PEER, true, true).target_link(mac).as_bytes()),
        nd(PEER_LL, all, &router),
        nd(PEER_LL, HOST_LL, &redirect),
        Ipv6::new(PEER_LL, all, 0).hop_limit(1).build(&query),
        nd(PEER, HOST, &icmp(PEER, HOST, [2, 0], [0, 0, 5, 0], &quoted)),
        Ipv6::new(PEER, HOST, next_header::FRAGMENT).build(&[17, 0, 0, 1, 1, 2, 3, 4, 9, 9, 9, 9]),
    ]
}

/// Spoils a packet: bytes, length, order; half the time with lengths and checksum mended, so that what
/// lies behind them is reached.
fn spoil(rng: &mut Rng, packet: &mut Vec<u8>) {
    for _ in 0..=rng.below(4) {
        let at = rng.below(packet.len() as u64) as usize;
        match rng.below(5) {
            0 => packet[at] ^= 1 << rng.below(8),
            1 => packet[at] = [0, 1, 0x7f, 0x80, 0xff][rng.below(5) as usize],
            2 => packet.truncate(at.max(HEADER_LEN)),
            3 => packet.extend(rng.bytes(8)),
            _ => {
                let piece = packet[at..].to_vec();
                packet.splice(at..at, piece.into_iter().take(24));
            }
        }
    }
    if rng.chance(0.5) && packet.len() > HEADER_LEN {
        packet[0] = 0x60;
        let len = (packet.len() - HEADER_LEN) as u16;
        packet[4..6].copy_from_slice(&len.to_be_bytes());
        if packet[6] == next_header::ICMPV6 {
            let octets = |at: usize| -> [u8; 16] { packet[at..at + 16].try_into().unwrap() };
            let (src, dst) = (octets(8).into(), octets(24).into());
            mend_icmp(src, dst, &mut packet[HEADER_LEN..]);
        }
    }
}

#[test]
fn spoilt_packets_do_no_harm() {
    let seeds = seeds();
    for seed in 0..8 {
        let mut rng = Rng::new(seed);
        let mut lab = Lab6::new();
        let (open, connected) = (lab.socket(7), lab.socket(5000));
        lab.connect(connected, (PEER, 9)).unwrap();
        lab.host.core().with(|stack, _| (0..=255).for_each(|kind| stack.icmp_listen(kind, true)));
        for round in 0..1500 {
            let mut packet = seeds[rng.below(seeds.len() as u64) as usize].clone();
            spoil(&mut rng, &mut packet);
            lab.packet(&packet);
            if round % 16 == 0 {
                lab.net.run_for(Duration::from_millis(rng.below(3000)));
                let _ = lab.send_to(open, (PEER, 9), b"still there");
            }
            lab.run();
            while lab.recv(open).is_some() {}
            lab.host.take_calls();
            lab.host.take_events();
        }
        lab.host.close(open);
        lab.host.close(connected);
        // What was believed of routers and neighbours wears off.
        lab.iface.bring_down();
        lab.host.core().with(|stack, env| stack.timers(env));
        lab.iface.bring_up();
        lab.host.core().with(|stack, env| stack.timers(env));
        lab.net.run_for(Duration::from_secs(30));
        lab.run();
        lab.assert_clean();
        lab.host.core().with(|stack, _| (0..=255).for_each(|kind| stack.icmp_listen(kind, false)));
        lab.assert_alive();
    }
}
