// SPDX-License-Identifier: Apache-2.0
//! RFC 6724, section 5: from which address a packet goes, rule by rule, as seen on the wire. Rules 4 and 5 have no
//! case on a host that does not roam and has one link; rule 7 is in `privacy.rs`.
#![cfg(all(CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::lab6::{Advert, Lab6, PEER_LL};
use znet::base::{EthAddr, Ipv6Addr};
use znet::iface::{AddrState, AddrType};

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
