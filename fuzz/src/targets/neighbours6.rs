// SPDX-License-Identifier: Apache-2.0
//! The neighbour cache of IPv6 by itself: every state, every flag of an advertisement, and time.

use znet::base::{Duration, EthAddr, Instant, Ipv6Addr};
use znet::buf::{NO_WAIT, Pools};
use znet::ip::v6::neighbour::{Advert, Cache, Due, Learnt, Sender, State, Times};

use crate::input::Input;

thread_local! {
    static POOLS: &'static Pools = Box::leak(Box::new(Pools::new()));
}

const TIMES: Times = Times { reachable: Duration::from_secs(30), retrans: Duration::from_secs(1) };

fn packets(learnt: &Learnt) -> usize {
    learnt.dropped.len() + learnt.waiting.as_ref().map_or(0, |(_, list)| list.len())
}

/// Each step resolves, hears, looks, confirms, forgets, or lets time pass.
pub fn run(data: &[u8]) {
    let pools = POOLS.with(|pools| *pools);
    let mut cache = Cache::new();
    let mut now = Instant::from_micros(1);
    let (mut waiting, mut said) = (0, Vec::new());
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, who) = (input.byte(), input.byte());
        let iface = 1 + who % 2;
        let ip = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, u16::from(who >> 1));
        let mac = EthAddr([2, 0, 0, 0, 0, how >> 6]);
        match how % 8 {
            0 | 1 => {
                let Some(pkt) = pools.alloc_tx(0, 10, NO_WAIT) else { continue };
                if cache.lookup(iface, ip).is_none() {
                    let (_, dropped) = cache.resolve(now, TIMES.retrans, iface, ip, pkt);
                    waiting = waiting + 1 - dropped.len();
                }
            }
            2 => {
                let router = (how & 8 != 0).then_some(how & 16 != 0);
                waiting -= packets(&cache.heard(Sender { iface, ip, mac }, router));
                said.push((iface, ip, mac));
            }
            3 | 4 => {
                let flag = |bit: u8| how & bit != 0;
                let advert = Advert {
                    iface,
                    ip,
                    mac: (who & 1 == 0).then_some(mac),
                    router: flag(8),
                    solicited: flag(16),
                    override_: flag(32),
                };
                said.push((iface, ip, mac));
                waiting -= packets(&cache.advertised(now, TIMES.reachable, advert));
            }
            5 if how & 8 == 0 => cache.confirm(now, TIMES.reachable, iface, ip),
            5 => waiting -= cache.clear(iface).len(),
            _ => {
                now += Duration::from_millis(u64::from(who) << (how >> 4));
                waiting -= pass(&mut cache, now);
            }
        }
        for (iface, ip, mac, state, _) in cache.iter() {
            let known = state == State::Incomplete || said.contains(&(iface, ip, mac));
            assert!(known, "nobody said that {ip} is at {mac:?}");
        }
    }
    waiting -= cache.clear(1).len() + cache.clear(2).len();
    assert_eq!((waiting, cache.iter().count()), (0, 0));
    assert!(pools.all_free());
}

/// Does what is due; returns how many packets were given up.
fn pass(cache: &mut Cache, now: Instant) -> usize {
    let mut gone = 0;
    for round in 0.. {
        assert!(round < 10_000, "for ever at one time");
        match cache.poll(now, |_| TIMES) {
            None => break,
            Some(Due::Unreachable { queue, .. }) => gone += queue.len(),
            Some(Due::Solicit { .. }) => {}
        }
    }
    assert!(cache.deadline().is_none_or(|at| at > now));
    gone
}
