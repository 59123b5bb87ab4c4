// SPDX-License-Identifier: Apache-2.0
//! Address conflict detection by itself: an address is used only after three probes that nobody
//! answered, and not any more once it is lost.

use std::collections::HashMap;

use znet::base::{Duration, Instant, Ipv4Addr};
use znet::l2::acd::{Claims, Conflict, Due};

use crate::input::Input;

type Table = Claims<4, 2>;

/// Each step claims or gives up an address, hears an ARP packet, or lets time pass.
pub fn run(data: &[u8]) {
    let mut claims = Table::new();
    let mut now = Instant::from_micros(1);
    // Probes sent for each address that is claimed.
    let mut model: HashMap<(u8, Ipv4Addr), u8> = HashMap::new();
    let mut input = Input::new(data);
    while !input.is_empty() {
        let (how, who) = (input.byte(), input.byte());
        let random = u32::from(input.byte()) << 24;
        let (iface, addr) = (1 + who % 2, Ipv4Addr::new(192, 0, 2, who >> 1 & 3));
        match how % 8 {
            0 | 1 => {
                model.remove(&(iface, addr));
                if claims.begin(now, random, iface, addr) {
                    model.insert((iface, addr), 0);
                }
            }
            2 => {
                claims.forget(iface, addr);
                model.remove(&(iface, addr));
            }
            3 => {
                claims.forget_all(iface);
                model.retain(|(i, _), _| *i != iface);
            }
            4 | 5 => {
                let sender = if how & 8 == 0 { addr } else { Ipv4Addr::UNSPECIFIED };
                let known = model.get(&(iface, addr)).copied();
                match claims.heard(now, iface, sender, addr) {
                    Conflict::None => assert!(known.is_none() || how & 8 != 0),
                    Conflict::Defend(lost) => assert!((lost, known.is_some()) == (addr, true)),
                    Conflict::Taken(lost) | Conflict::Lost(lost) => {
                        assert_eq!(lost, addr);
                        assert!(model.remove(&(iface, addr)).is_some());
                    }
                }
            }
            _ => {
                now += Duration::from_millis(u64::from(who) << (how >> 4));
                pass(&mut claims, now, random, &mut model);
            }
        }
        assert!(model.len() <= 4);
    }
    // Whatever nobody objected to is ours in the end.
    for _ in 0..20 {
        now += Duration::from_secs(10);
        pass(&mut claims, now, 0, &mut model);
    }
    assert!(claims.deadline().is_none() && model.values().all(|probes| *probes == 3));
}

fn pass(claims: &mut Table, now: Instant, random: u32, model: &mut HashMap<(u8, Ipv4Addr), u8>) {
    for round in 0.. {
        assert!(round < 100, "for ever at one time");
        match claims.poll(now, random) {
            None => break,
            Some(Due::Probe { iface, addr }) => {
                *model.get_mut(&(iface, addr)).expect("it is claimed") += 1;
            }
            Some(Due::Announce { iface, addr, .. }) => {
                assert_eq!(model.get(&(iface, addr)), Some(&3), "announced too soon");
            }
        }
    }
    assert!(claims.deadline().is_none_or(|at| at > now));
}
