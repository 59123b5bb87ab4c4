// SPDX-License-Identifier: Apache-2.0
//! RFC 6724, section 5: from which address a packet goes, rule by rule, as seen on the wire; section 6: in which order
//! destinations are tried. Of section 5, rules 4 and 5 have no case on a host that does not roam and has one link, and
//! rule 7 is in `privacy.rs`; of section 6, rules 4 and 7 have none without mobile addresses and tunnels.
#![cfg(all(CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::lab6::{Advert, Lab6, PEER_LL};
use znet::base::{EthAddr, IpAddr, Ipv6Addr};
use znet::iface::{AddrState, AddrType};
use znet::stack::Stack;

const OWN_LL: &str = "fe80::ff:fe00:1";

fn addr(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

/// A host with a router, its link-local address and these.
fn host(own: &[&str]) -> Lab6 {
    let mut lab = Lab6::bare();
    lab.settle();
    for text in own {
        let added = lab.host.core().with(|stack, env| {
            stack.ipv6_addr_add(env, lab.iface, addr(text), AddrType::Manual, 0).map(drop)
        });
        assert_eq!(added, Ok(()), "{text}");
    }
    lab.settle();
    lab.advert(PEER_LL, &Advert::new(9000).source_link(EthAddr([2, 0, 0, 0, 0, 2])));
    lab.run();
    lab
}

/// The address from which a packet to `dst` goes.
fn source(lab: &mut Lab6, dst: &str) -> Ipv6Addr {
    lab.answers.push(addr(dst));
    lab.ping(addr(dst), b"whence?").unwrap();
    let sent = lab.run();
    sent.iter().find(|p| p.repr.dst == addr(dst)).unwrap_or_else(|| panic!("{sent:?}")).repr.src
}

#[track_caller]
fn expect(own: &[&str], rows: &[(&str, &str)]) {
    for turned in [false, true] {
        let mut own = own.to_vec();
        if turned {
            own.reverse();
        }
        let mut lab = host(&own);
        for (dst, src) in rows {
            assert_eq!(source(&mut lab, dst), addr(src), "to {dst} with {own:?}");
        }
    }
}

/// Section 4: addresses of the interface the packet leaves by; never one that is still asked for.
#[test]
fn section_4_candidates() {
    let mut lab = host(&["2001:db8:1::1"]);
    let slot = lab.iface.ipv6_slot(addr("2001:db8:1::1")).unwrap();
    slot.set_addr_state(AddrState::Tentative);
    assert_eq!(source(&mut lab, "2001:db8:9::9"), addr(OWN_LL));
    slot.set_addr_state(AddrState::Preferred);
    assert_eq!(source(&mut lab, "2001:db8:9::9"), addr("2001:db8:1::1"));
}

/// Rule 1: to ourselves from the address itself, whatever other rules would prefer.
#[test]
fn rule_1_same_address() {
    let lab = host(&["2001:db8:1::1", "2001:db8:1::2", "fd00:1::1"]);
    for own in ["2001:db8:1::1", "2001:db8:1::2", "fd00:1::1", OWN_LL] {
        assert_eq!(Stack::ipv6_source(lab.iface, addr(own), false), Some(addr(own)));
    }
    let slot = lab.iface.ipv6_slot(addr("2001:db8:1::2")).unwrap();
    slot.set_addr_state(AddrState::Deprecated);
    let same = Stack::ipv6_source(lab.iface, addr("2001:db8:1::2"), false);
    assert_eq!(same, Some(addr("2001:db8:1::2")), "before rule 3");
}

/// Rule 2: a scope that reaches, and no larger one.
#[test]
fn rule_2_appropriate_scope() {
    expect(
        &["2001:db8:1::1"],
        &[
            ("2001:db8:9::9", "2001:db8:1::1"),
            ("fe80::9", OWN_LL),
            ("ff02::9", OWN_LL),
            ("ff05::9", "2001:db8:1::1"),
            ("ff0e::9", "2001:db8:1::1"),
            ("fd00::9", "2001:db8:1::1"),
        ],
    );
    expect(
        &["fec0::1", "2001:db8:1::1"],
        &[("fec0::9", "fec0::1"), ("ff05::9", "fec0::1"), ("2001:db8:9::9", "2001:db8:1::1")],
    );
    expect(&[], &[("2001:db8:9::9", OWN_LL)]);
}

/// Rule 3: no deprecated one while there is another; it comes after the scope.
#[test]
fn rule_3_avoid_deprecated() {
    let mut lab = host(&["2001:db8:1::1", "2001:db8:2::1"]);
    let deprecate = |lab: &Lab6, text: &str| {
        lab.iface.ipv6_slot(addr(text)).unwrap().set_addr_state(AddrState::Deprecated);
    };
    deprecate(&lab, "2001:db8:1::1");
    // Though its prefix is the longer match.
    assert_eq!(source(&mut lab, "2001:db8:1::9"), addr("2001:db8:2::1"));
    deprecate(&lab, "2001:db8:2::1");
    assert_eq!(source(&mut lab, "2001:db8:2::9"), addr("2001:db8:2::1"), "better than link-local");
}

/// Rule 6: the label of the policy table (section 2.1).
#[test]
fn rule_6_matching_label() {
    expect(
        &["2001:db8:1::1", "fd00:1::1"],
        &[("2001:db8:9::9", "2001:db8:1::1"), ("fd00:9::9", "fd00:1::1"), ("fc00::9", "fd00:1::1")],
    );
    expect(
        &["2001:db8:1::1", "2002:c633:6401::1"],
        &[("2002:c633:6409::9", "2002:c633:6401::1"), ("2001:db8:9::9", "2001:db8:1::1")],
    );
    expect(
        &["2001:db8:1::1", "2001:0:1::1"],
        &[("2001:0:9::9", "2001:0:1::1"), ("2001:db8:9::9", "2001:db8:1::1")],
    );
}

/// Rule 8: the longest prefix in common.
#[test]
fn rule_8_longest_matching_prefix() {
    expect(
        &["2001:db8:1::1", "2001:db8:2::1"],
        &[
            ("2001:db8:1::9", "2001:db8:1::1"),
            ("2001:db8:2::9", "2001:db8:2::1"),
            ("2001:db8:3::9", "2001:db8:2::1"),
        ],
    );
    expect(
        &["2001:db8:1::1", "2001:db8:1:8000::1"],
        &[("2001:db8:1:ffff::9", "2001:db8:1:8000::1"), ("2001:db8:1:1::9", "2001:db8:1::1")],
    );
}

/// The order in which destinations are tried by a host with these addresses.
fn sorted(own: &[&str], destinations: &[&str]) -> Vec<String> {
    let lab = host(own);
    let mut addresses: Vec<IpAddr> = destinations
        .iter()
        .map(|text| match text.parse().unwrap() {
            std::net::IpAddr::V6(v6) => IpAddr::V6(v6),
            #[cfg(CONFIG_NET_IPV4)]
            std::net::IpAddr::V4(v4) => IpAddr::V4(v4),
            #[cfg(not(CONFIG_NET_IPV4))]
            std::net::IpAddr::V4(v4) => IpAddr::V6(v4.to_ipv6_mapped()),
        })
        .collect();
    lab.host.core().with(|stack, _| stack.sort_destinations(&mut addresses));
    addresses
        .iter()
        .map(|addr| match addr.v6() {
            Some(v6) => v6.to_string(),
            None => addr.v4().expect("of one of two families").to_string(),
        })
        .collect()
}

/// The first of two is tried first, in whichever order they come.
#[track_caller]
fn prefers(own: &[&str], first: &str, second: &str) {
    for pair in [[first, second], [second, first]] {
        assert_eq!(sorted(own, &pair), [first, second], "with {own:?}");
    }
}

/// Section 6, rule 1: not what can't be reached. (There is no way over IPv4 from this host.)
#[cfg(CONFIG_NET_IPV4)]
#[test]
fn section_6_rule_1_avoid_unusable_destinations() {
    prefers(&["2001:db8:1::1"], "fd00::5", "198.51.100.121");
}

/// Rule 2: a destination that reaches as far as its source.
#[test]
fn section_6_rule_2_matching_scope() {
    prefers(&[], "fe80::5", "2001:db8:9::5");
    prefers(&["2001:db8:1::1"], "2001:db8:9::5", "fec0::5");
}

/// Rule 3: not one that is reached from a deprecated address.
#[test]
fn section_6_rule_3_avoid_deprecated() {
    let lab = host(&["2001:db8:1::1", "fd00:1::1"]);
    let own = lab.iface.ipv6_slot(addr("2001:db8:1::1")).unwrap();
    let ula = lab.iface.ipv6_slot(addr("fd00:1::1")).unwrap();
    let mut pair = [addr("2001:db8:9::5"), addr("fd00:9::5")].map(IpAddr::V6);
    let sort = |pair: &mut [IpAddr]| lab.host.core().with(|stack, _| stack.sort_destinations(pair));
    sort(&mut pair);
    assert_eq!(pair[0], IpAddr::V6(addr("2001:db8:9::5")), "by precedence");
    // Deprecated, it is not chosen for either; the only one that is left is no match by label, but it will do.
    ula.set_addr_state(AddrState::Deprecated);
    own.set_addr_state(AddrState::Preferred);
    sort(&mut pair);
    assert_eq!(pair[0], IpAddr::V6(addr("2001:db8:9::5")));
    own.set_addr_state(AddrState::Deprecated);
    ula.set_addr_state(AddrState::Preferred);
    sort(&mut pair);
    assert_eq!(pair[0], IpAddr::V6(addr("fd00:9::5")));
}

/// Rule 5: a destination with the label of its source.
#[test]
fn section_6_rule_5_matching_label() {
    prefers(&["2002:c633:6401::1"], "2002:c633:6401::5", "2001:db8:9::5");
}

/// Rule 6: the higher precedence (section 2.1).
#[test]
fn section_6_rule_6_higher_precedence() {
    let own = ["2001:db8:1::1", "fd00:1::1", "2002:c633:6401::1"];
    prefers(&own, "2001:db8:9::5", "fd00:9::5");
    prefers(&own, "2001:db8:9::5", "2002:c633:6401::5");
    prefers(&own, "2002:c633:6401::5", "fd00:9::5");
}

/// Rule 8: the smaller scope.
#[test]
fn section_6_rule_8_smaller_scope() {
    prefers(&["2001:db8:1::1"], "fe80::5", "2001:db8:9::5");
}

/// Rule 9: the longer prefix in common with its source.
#[test]
fn section_6_rule_9_longest_matching_prefix() {
    prefers(&["2001:db8:1::1"], "2001:db8:1::5", "2001:db8:8000::5");
}

/// Rule 10: what no rule tells apart stays as it came.
#[test]
fn section_6_rule_10_unchanged_order() {
    for pair in [["2001:db8:1::5", "2001:db8:1::6"], ["2001:db8:1::6", "2001:db8:1::5"]] {
        assert_eq!(sorted(&["2001:db8:1::1"], &pair), pair);
    }
}
