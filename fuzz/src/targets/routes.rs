// SPDX-License-Identifier: Apache-2.0
//! The routing table of IPv6 against a list that is searched as RFC 4191, 3.2 says.

use std::cell::RefCell;

use znet::base::prefix::network;
use znet::base::{Duration, Instant, Ipv6Addr};
use znet::ip::v6::routes::{Origin, Put, RouteEntry, Routes};
use znet::ip::v6::scope::is_in;
use znet::wire::ndp::Preference;

use crate::input::Input;

thread_local! {
    /// Too large for a stack.
    static ROUTES: RefCell<Box<Routes>> = RefCell::new(Box::new(Routes::new()));
}

/// Prefixes share bits, so that they contain each other.
fn prefix(input: &mut Input<'_>) -> (Ipv6Addr, u8) {
    let (bits, len) = (u128::from(input.word()), input.byte());
    let len = [0, 3, 16, 17, 63, 64, 127, 128].get(usize::from(len)).copied().unwrap_or(len % 129);
    (Ipv6Addr::from_bits(0x2001 << 112 | bits << 60 | bits), len)
}

fn route(input: &mut Input<'_>) -> RouteEntry {
    let how = input.byte();
    let (prefix, len) = prefix(input);
    RouteEntry {
        iface: 1 + how % 2,
        prefix,
        len,
        hop: Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, u16::from(how >> 1 & 3)),
        preference: [Preference::Low, Preference::Medium, Preference::High]
            [usize::from(how >> 3) % 3],
        until: (how & 32 != 0).then_some(Instant::ZERO + Duration::from_secs(60)),
        origin: [Origin::Manual, Origin::Advertised, Origin::Redirect][usize::from(how >> 6) % 3],
    }
}

/// Each step adds a route, takes one away, or looks for a way.
pub fn run(data: &[u8]) {
    ROUTES.with_borrow_mut(|routes| {
        let mut input = Input::new(data);
        while !input.is_empty() {
            match input.byte() % 4 {
                0 | 1 => put(routes, route(&mut input)),
                2 => {
                    let from = usize::from(input.byte());
                    let iface = 1 + input.byte() % 2;
                    let expected = routes.iter().find(|(at, r)| *at >= from && r.iface == iface);
                    let expected = expected.map(|(at, r)| (at, *r));
                    assert_eq!(routes.remove_next(from, |r| r.iface == iface), expected);
                }
                _ => look(routes, &mut input),
            }
        }
        while routes.remove_next(0, |_| true).is_some() {}
        assert_eq!(routes.iter().count(), 0);
        assert!(routes.find(0, Ipv6Addr::LOCALHOST, |_| true).is_none());
    });
}

fn put(routes: &mut Routes, new: RouteEntry) {
    let before = routes.iter().count();
    let (slot, grown) = match routes.put(new) {
        Put::Added(slot, None) => (slot, 1),
        Put::Added(slot, Some(gone)) => {
            assert!(gone.origin <= new.origin, "it mattered more");
            (slot, 0)
        }
        Put::Updated(slot) => (slot, 0),
        Put::Full => return,
    };
    assert_eq!(routes.iter().count(), before + grown);
    let there = routes.get(slot).expect("it has a slot");
    assert_eq!((there.iface, there.len), (new.iface, new.len));
    assert_eq!(there.prefix, network(new.prefix, new.len));
}

fn look(routes: &Routes, input: &mut Input<'_>) {
    let how = input.byte();
    let (dst, _) = prefix(input);
    let iface = how % 3;
    let answers = |r: &RouteEntry| r.hop.segments()[7] & u16::from(how >> 4) == 0;
    let fits = |r: &RouteEntry| (iface == 0 || iface == r.iface) && is_in(dst, r.prefix, r.len);
    let best = routes
        .iter()
        .filter(|(_, r)| fits(r))
        .max_by_key(|(at, r)| (answers(r), r.len, r.preference, usize::MAX - at));
    assert_eq!(routes.find(iface, dst, answers), best);
}
