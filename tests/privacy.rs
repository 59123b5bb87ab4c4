// SPDX-License-Identifier: Apache-2.0
//! Temporary addresses as seen from the wire (RFC 8981), with the lifetimes of the configuration: a
//! day, of which 23 hours in use.
#![cfg(all(CONFIG_NET_IPV6_PE, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::EthAddr;
use testutil::lab6::{Advert, Lab6, PEER_LL};
use znet::base::Ipv6Addr;
use znet::iface::AddrState;
use znet::ip::v6::scope::is_in;
use znet::ip::v6::select::{PREFER_PUBLIC, PREFER_TEMPORARY};
use znet::socket::options::{self, Opt};
use znet::stack::{Event, Ipv6Change};
use znet::wire::ndp::{Builder, INFINITE};

const PREFIX: &str = "2001:db8:1::";
const MAC: EthAddr = EthAddr([2, 0, 0, 0, 0, 9]);

fn addr(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

/// A host that forms temporary addresses and has heard of a prefix with these lifetimes.
fn lab(valid: u32, preferred: u32) -> Lab6 {
    let mut lab = Lab6::bare();
    lab.iface.set_privacy(true);
    lab.settle();
    advertise(&mut lab, PREFIX, valid, preferred);
    lab
}

fn advertise(lab: &mut Lab6, prefix: &str, valid: u32, preferred: u32) {
    lab.advert(PEER_LL, &Advert::new(9000).prefix(prefix, 64, 0xc0, valid, preferred));
    lab.run_for(5);
}

/// The temporary addresses of a prefix and their states.
fn temporary(lab: &Lab6, prefix: &str) -> Vec<(Ipv6Addr, AddrState)> {
    let own = lab.iface.ipv6_addrs().filter(|own| own.temporary);
    own.filter(|own| is_in(own.addr, addr(prefix), 64)).map(|own| (own.addr, own.state)).collect()
}

/// RFC 8981, 3.4: beside the public address stands one nobody can tell the host from.
#[test]
fn a_prefix_brings_two_addresses() {
    let mut lab = lab(INFINITE, INFINITE);
    let [(own, AddrState::Preferred)] = temporary(&lab, PREFIX)[..] else {
        panic!("{:?}", temporary(&lab, PREFIX));
    };
    assert_ne!(own.to_bits() as u64, addr("::ff:fe00:1").to_bits() as u64);
    let socket = lab.socket(7);
    lab.send_to(socket, (addr("2001:db8:1::9"), 9), b"who am I").unwrap();
    let asked = lab.run();
    assert_eq!(asked[0].repr.src, own, "it goes first (RFC 6724, rule 7)");
    lab.host.close(socket);
    // The same prefix again: no more of them.
    advertise(&mut lab, PREFIX, INFINITE, INFINITE);
    assert_eq!(temporary(&lab, PREFIX), [(own, AddrState::Preferred)]);
}

/// RFC 8981, 3.5 and 3.8: the next comes before the first is deprecated, which then lives out its day.
#[test]
fn addresses_follow_one_another() {
    let mut lab = lab(INFINITE, INFINITE);
    let first = temporary(&lab, PREFIX)[0].0;
    let (mut renewed, mut gone) = (None, None);
    for minute in 1..=26 * 60 {
        lab.run_for(60);
        let all = temporary(&lab, PREFIX);
        let usable = all.iter().filter(|a| a.1 == AddrState::Preferred).count();
        assert!(usable >= 1 && all.len() <= 3, "minute {minute}: {all:?}");
        if renewed.is_none() && all.len() == 2 {
            renewed = Some(minute);
        }
        if gone.is_none() && all.iter().all(|a| a.0 != first) {
            gone = Some(minute);
        }
    }
    let (renewed, gone) = (renewed.expect("a second"), gone.expect("an end"));
    // TEMP_PREFERRED_LIFETIME less up to two fifths.
    assert!((23 * 36 - 1..=23 * 60).contains(&renewed), "renewed after {renewed} minutes");
    assert!((24 * 60 - 1..=24 * 60 + 1).contains(&gone), "gone after {gone} minutes");
}

/// RFC 8981, 3.4: no longer than its prefix, and not at all where it would be deprecated at once.
#[test]
fn a_prefix_cuts_the_lifetimes() {
    let mut lab = lab(100, 50);
    assert_eq!(temporary(&lab, PREFIX).len(), 1);
    lab.run_for(60);
    assert!(temporary(&lab, PREFIX).iter().all(|a| a.1 == AddrState::Deprecated));
    lab.run_for(60);
    assert_eq!(temporary(&lab, PREFIX), []);
    advertise(&mut lab, "2001:db8:2::", 100, 4);
    assert_eq!(temporary(&lab, "2001:db8:2::"), []);
}

/// RFC 5014: a socket may prefer the public address, connected or not.
#[test]
fn a_socket_prefers_public_addresses() {
    let mut lab = lab(INFINITE, INFINITE);
    let (to, temporary) = (addr("2001:db8:1::9"), temporary(&lab, PREFIX)[0].0);
    for (flags, is_temporary) in [(0, true), (PREFER_PUBLIC, false), (PREFER_TEMPORARY, true)] {
        for connected in [false, true] {
            let socket = lab.socket(7);
            lab.host.core().with(|stack, _| {
                let context = stack.contexts.get_mut(socket).unwrap();
                options::set(context, Opt::AddrPreferences, flags.into()).unwrap();
            });
            if connected {
                lab.connect(socket, (to, 9)).unwrap();
            }
            lab.answers.push(to);
            lab.send_to(socket, (to, 9), b"who am I").unwrap();
            let sent = lab.run();
            let datagram = sent.iter().find(|p| p.repr.dst == to).expect("the datagram");
            assert_eq!(datagram.repr.src == temporary, is_temporary, "{flags:#x} {connected}");
            lab.host.close(socket);
        }
    }
}

#[test]
fn an_interface_without_privacy_has_none() {
    let mut lab = Lab6::bare();
    lab.settle();
    advertise(&mut lab, PREFIX, INFINITE, INFINITE);
    assert_eq!(temporary(&lab, PREFIX), []);
}

#[test]
fn filters_say_which_prefixes_have_them() {
    let mut lab = lab(INFINITE, INFINITE);
    let other = "2001:db8:2::";
    let change = |lab: &Lab6, prefix: &str, deny| {
        lab.host.core().with(|stack, _| stack.ipv6_privacy_filter_add(addr(prefix), deny)).unwrap();
    };
    change(&lab, PREFIX, true);
    assert_eq!(temporary(&lab, PREFIX), [], "those there are go");
    advertise(&mut lab, PREFIX, INFINITE, INFINITE);
    advertise(&mut lab, other, INFINITE, INFINITE);
    assert_eq!((temporary(&lab, PREFIX).len(), temporary(&lab, other).len()), (0, 1));
    lab.host.core().with(|stack, _| stack.ipv6_privacy_filter_rm(addr(PREFIX))).unwrap();
    change(&lab, PREFIX, false);
    advertise(&mut lab, PREFIX, INFINITE, INFINITE);
    advertise(&mut lab, other, INFINITE, INFINITE);
    assert_eq!((temporary(&lab, PREFIX).len(), temporary(&lab, other).len()), (1, 0));
}

/// RFC 8981, 3.4: somebody who claims every address ends it, and does not keep the host busy.
#[test]
fn identifiers_that_are_taken() {
    let mut lab = Lab6::bare();
    lab.iface.set_privacy(true);
    lab.settle();
    lab.host.take_events();
    lab.advert(PEER_LL, &Advert::new(9000).prefix(PREFIX, 64, 0xc0, INFINITE, INFINITE));
    lab.run();
    let mut tried = Vec::new();
    for _ in 0..20 {
        let Some(&(own, _)) = temporary(&lab, PREFIX).first() else { break };
        tried.push(own);
        let advert = Builder::neighbour_advert(own, false, false).target_link(MAC);
        lab.nd(own, addr("ff02::1"), advert.as_bytes());
        lab.net.run_until_idle();
    }
    tried.dedup();
    assert_eq!(tried.len(), 3, "TEMP_IDGEN_RETRIES");
    assert!(!lab.iface.has_privacy());
    let off = |e: &Event| matches!(e, Event::Ipv6 { what: Ipv6Change::PrivacyOff, .. });
    assert_eq!(lab.host.take_events().iter().filter(|e| off(e)).count(), 1);
    lab.run_for(10);
    lab.assert_alive();
}
