// SPDX-License-Identifier: Apache-2.0
//! The ARP cache by itself: no packet is lost or kept twice, and nobody is found where nobody said to be.

use znet::base::{Duration, EthAddr, Instant, Ipv4Addr};
use znet::buf::{NO_WAIT, PktList, Pools};
use znet::l2::arp::{Cache, Due, Sender};

use crate::input::Input;

thread_local! {
    static POOLS: &'static Pools = Box::leak(Box::new(Pools::new()));
}

/// Each step resolves, learns, looks, forgets, or lets time pass.
pub fn run(data: &[u8]) {
    let pools = POOLS.with(|pools| *pools);
    let mut cache = Cache::new();
    cache.set_key(0x1234_5678);
    let mut now = Instant::from_micros(1);
    // Packets that wait, and whom anybody ever said to be where.
    let (mut waiting, mut said) = (0, Vec::new());
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, who) = (input.byte(), input.byte());
        let (iface, ip) = (1 + who % 2, Ipv4Addr::new(192, 0, 2, who >> 1));
        match how % 8 {
            0..=2 => {
                let Some(pkt) = pools.alloc_tx(0, 10, NO_WAIT) else { continue };
                if cache.lookup(iface, ip).is_none() {
                    let (_, dropped) = cache.resolve(now, iface, ip, pkt);
                    waiting = waiting + 1 - dropped.len();
                }
            }
            3 | 4 => {
                let mac = EthAddr([2, 0, 0, 0, 0, how >> 4]);
                let (sent, dropped) = cache.learn(now, Sender { iface, ip, mac }, how & 8 != 0);
                waiting -= sent.map_or(0, |list| list.len()) + dropped.len();
                said.push((iface, ip, mac));
            }
            5 => {
                let gone = cache.clear((how & 8 == 0).then_some(iface));
                waiting -= gone.len();
            }
            _ => {
                now += Duration::from_millis(u64::from(who) << (how >> 4));
                waiting -= pass(&mut cache, now);
            }
        }
        for (iface, ip, mac, _) in cache.iter() {
            assert!(said.contains(&(iface, ip, mac)), "nobody said that {ip} is at {mac:?}");
        }
    }
    assert_eq!(cache.clear(None).len(), waiting);
    assert!(cache.is_empty() && pools.all_free());
}

/// Does what is due; returns how many packets were given up.
fn pass(cache: &mut Cache, now: Instant) -> usize {
    let mut gone = 0;
    // An entry that is too old in two ways takes two looks.
    for round in 0.. {
        assert!(round < 1_000, "for ever at one time");
        match cache.poll(now) {
            None if cache.deadline().is_none_or(|at| at > now) => break,
            None => {}
            Some(Due::Unreachable(list)) => gone += PktList::len(&list),
            Some(Due::Request { .. }) => {}
        }
    }
    gone
}
