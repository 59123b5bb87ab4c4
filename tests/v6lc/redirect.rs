// SPDX-License-Identifier: Apache-2.0
//! 2.3: redirects, as hosts take them (RFC 4861, 8.1 and 8.3).

use super::bed::{
    ALL_NODES, Bed, Entry, FAR, NUT, NUT_GLOBAL, Node, OTHER_MAC, TN1, TN2, TR1, TR2, addr,
    link_option, mended, parts, redirect, usual_advert,
};
use testutil::lab6::Ipv6;
use znet::base::{EthAddr, Ipv6Addr};
use znet::wire::ndp::option;

/// A host whose way out is [`TR1`], which is known.
fn with_router() -> Bed {
    let mut bed = Bed::new();
    bed.router_advert(TR1, &usual_advert().source_link(TR1.mac));
    bed.pass(5_000);
    bed.confirm(TR1);
    bed
}

impl Bed {
    /// Where a packet to `node` beyond the link goes.
    fn way_to(&mut self, node: Node) -> Option<EthAddr> {
        self.echo_between(TR1, node.global, NUT_GLOBAL);
        self.now().replies().first().map(|reply| reply.link.dst)
    }
}

fn target_link(mac: EthAddr) -> Vec<u8> {
    link_option(option::TARGET_LINK, mac)
}

/// The option that quotes the packet; `long` makes the message longer than 1,280 bytes.
fn quote(long: bool) -> Vec<u8> {
    let mut bytes = vec![option::REDIRECTED, if long { 165 } else { 8 }];
    bytes.resize(usize::from(bytes[1]) * 8, 0x60);
    bytes
}

/// On the link after all: the four combinations of options.
#[test]
fn v6lc_2_3_1() {
    let rows = [
        vec![],
        target_link(TN2.mac),
        quote(false),
        [target_link(TN2.mac), quote(false)].concat(),
        [target_link(TN2.mac), quote(true)].concat(),
    ];
    parts(rows, |options| {
        let mut bed = with_router();
        assert_eq!(bed.way_to(FAR), Some(TR1.mac));
        bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &redirect(FAR.global, FAR.global, &options));
        bed.now();
        bed.echo_between(TR1, FAR.global, NUT_GLOBAL);
        let sent = bed.now();
        match options.first() {
            Some(&option::TARGET_LINK) => assert_eq!(sent.reply().link.dst, TN2.mac),
            _ => assert_eq!(sent.solicits(FAR.global, true), 1, "{sent:?}"),
        }
    });
}

/// Odd, and valid all the same: options nobody knows, reserved bits, a destination on the link.
#[test]
fn v6lc_2_3_2() {
    let link = target_link(TN2.mac);
    let rows: [(u8, Vec<u8>); 3] = [
        (0, [&link[..], &[0xfe, 1, 0, 0, 0, 0, 0, 0]].concat()),
        (0xff, link.clone()),
        (0, [&[0xfe, 1, 0, 0, 0, 0, 0, 0][..], &link].concat()),
    ];
    parts(rows, |(reserved, options)| {
        let mut bed = with_router();
        let mut message = redirect(FAR.global, FAR.global, &options);
        message[4..8].fill(reserved);
        bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &message);
        bed.now();
        assert_eq!(bed.way_to(FAR), Some(TN2.mac));
    });
}

/// Ways in which a redirect is none. `target` is what it should lead to.
fn invalid(target: Ipv6Addr, mac: EthAddr) -> Vec<(Ipv6Addr, u8, Vec<u8>, bool)> {
    let good = redirect(target, FAR.global, &target_link(mac));
    let code = {
        let mut message = good.clone();
        message[1] = 1;
        message
    };
    let group = redirect(target, addr("ff1e::1:2"), &target_link(mac));
    let astray = redirect(TN1.global, FAR.global, &target_link(mac));
    let zero = [&good[..], &[14, 0, 0, 0, 0, 0, 0, 0]].concat();
    vec![
        (TR1.global, 255, good.clone(), false),
        (TR2.ll, 255, good.clone(), false),
        (TR1.ll, 254, good.clone(), false),
        (TR1.ll, 255, code, false),
        (TR1.ll, 255, good.clone(), true),
        (TR1.ll, 255, group, false),
        (TR1.ll, 255, astray, false),
        (TR1.ll, 255, good[..39].to_vec(), false),
        (TR1.ll, 255, zero, false),
    ]
}

fn try_invalid(target: Ipv6Addr, mac: EthAddr) {
    parts(invalid(target, mac), |(src, hops, message, bad_sum)| {
        let mut bed = with_router();
        assert_eq!(bed.way_to(FAR), Some(TR1.mac));
        let mut message = mended(src, NUT_GLOBAL, message);
        message[2] ^= u8::from(bad_sum);
        bed.packet(TR1, &Ipv6::new(src, NUT_GLOBAL, 58).hop_limit(hops).build(&message));
        bed.now().assert_silent();
        assert_eq!(bed.way_to(FAR), Some(TR1.mac));
    });
}

#[test]
fn v6lc_2_3_3() {
    try_invalid(FAR.global, TN2.mac);
}

/// To another router.
#[test]
fn v6lc_2_3_4() {
    let rows = [
        target_link(TR2.mac),
        [target_link(TR2.mac), quote(false)].concat(),
        [target_link(TR2.mac), quote(true)].concat(),
        vec![],
    ];
    parts(rows, |options| {
        let mut bed = with_router();
        bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &redirect(TR2.ll, FAR.global, &options));
        bed.now();
        bed.echo_between(TR1, FAR.global, NUT_GLOBAL);
        let sent = bed.now();
        if options.is_empty() {
            assert_eq!(sent.solicits(TR2.ll, true), 1);
        } else {
            assert_eq!(sent.reply().link.dst, TR2.mac);
        }
        // Others go as before.
        let other = Node { global: addr("2001:db8:fa::77"), ..FAR };
        assert_eq!(bed.way_to(other), Some(TR1.mac));
    });
}

/// Odd, and valid all the same.
#[test]
fn v6lc_2_3_5() {
    let link = target_link(TR2.mac);
    let rows: [(u8, Vec<u8>); 2] =
        [(0, [&[0xfe, 1, 0, 0, 0, 0, 0, 0][..], &link].concat()), (0xff, link.clone())];
    parts(rows, |(reserved, options)| {
        let mut bed = with_router();
        let mut message = redirect(TR2.ll, FAR.global, &options);
        message[4..8].fill(reserved);
        bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &message);
        bed.now();
        assert_eq!(bed.way_to(FAR), Some(TR2.mac));
    });
}

#[test]
fn v6lc_2_3_6() {
    try_invalid(TR2.ll, TR2.mac);
}

/// Redirected, and redirected again by the router it was led to.
#[test]
fn v6lc_2_3_7() {
    let mut bed = with_router();
    bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &redirect(TR2.ll, FAR.global, &target_link(TR2.mac)));
    bed.now();
    assert_eq!(bed.way_to(FAR), Some(TR2.mac));
    bed.nd(TR2, (TR2.ll, NUT_GLOBAL), &redirect(TR1.ll, FAR.global, &target_link(TR1.mac)));
    bed.now();
    assert_eq!(bed.way_to(FAR), Some(TR1.mac));
}

/// Options that do not belong into a redirect are passed over.
#[test]
fn v6lc_2_3_8() {
    let rows = [
        [vec![5, 1, 0, 0, 0, 0, 5, 0], target_link(TR2.mac)].concat(),
        [link_option(option::SOURCE_LINK, OTHER_MAC), target_link(TR2.mac)].concat(),
        [target_link(TR2.mac), link_option(option::SOURCE_LINK, OTHER_MAC)].concat(),
    ];
    parts(rows, |options| {
        let mut bed = with_router();
        bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &redirect(TR2.ll, FAR.global, &options));
        bed.now();
        assert_eq!(bed.way_to(FAR), Some(TR2.mac));
        assert_eq!(bed.lab.iface.ipv6_mtu(), 1500);
    });
}

/// About a destination nothing was sent to yet.
#[test]
fn v6lc_2_3_9() {
    let mut bed = with_router();
    bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &redirect(TR2.ll, FAR.global, &target_link(TR2.mac)));
    bed.now().assert_silent();
    assert_eq!(bed.way_to(FAR), Some(TR2.mac));
}

/// What the host learns of the router it is led to, by what it knew of it.
fn try_learning(now: Entry) {
    let rows: Vec<(Option<EthAddr>, Vec<u8>)> = match now {
        Entry::None | Entry::Incomplete => vec![
            (None, vec![]),
            (Some(TR2.mac), target_link(TR2.mac)),
            (Some(TR2.mac), [target_link(TR2.mac), quote(false)].concat()),
            (Some(TR2.mac), [target_link(TR2.mac), quote(true)].concat()),
        ],
        _ => vec![
            (None, vec![]),
            (Some(TR2.mac), target_link(TR2.mac)),
            (Some(OTHER_MAC), target_link(OTHER_MAC)),
            (Some(OTHER_MAC), [target_link(OTHER_MAC), quote(false)].concat()),
            (Some(OTHER_MAC), [target_link(OTHER_MAC), quote(true)].concat()),
        ],
    };
    parts(rows, |(mac, options)| {
        let mut bed = with_router();
        bed.bring(TR2, now, true);
        bed.nd(TR1, (TR1.ll, NUT_GLOBAL), &redirect(TR2.ll, FAR.global, &options));
        let known = !matches!(now, Entry::None | Entry::Incomplete);
        let (then, kept) = match mac {
            None if known => (now, Some(TR2.mac)),
            None => (now, None),
            Some(mac) if known && mac == TR2.mac => (now, Some(mac)),
            Some(mac) => (Entry::Stale, Some(mac)),
        };
        assert_eq!(bed.look(TR2), (then, kept));
    });
}

#[test]
fn v6lc_2_3_10() {
    try_learning(Entry::None);
}

#[test]
fn v6lc_2_3_11() {
    try_learning(Entry::Incomplete);
}

#[test]
fn v6lc_2_3_12() {
    try_learning(Entry::Reachable);
}

#[test]
fn v6lc_2_3_13() {
    try_learning(Entry::Stale);
}

#[test]
fn v6lc_2_3_14() {
    try_learning(Entry::Probe);
}

/// From one that is invalid nothing is learnt.
#[test]
fn v6lc_2_3_15() {
    parts(invalid(TR2.ll, TR2.mac), |(src, hops, message, bad_sum)| {
        let mut bed = with_router();
        let mut message = mended(src, NUT_GLOBAL, message);
        message[2] ^= u8::from(bad_sum);
        bed.packet(TR1, &Ipv6::new(src, NUT_GLOBAL, 58).hop_limit(hops).build(&message));
        bed.now();
        assert_eq!(bed.look(TR2), (Entry::None, None));
    });
    assert_ne!((NUT, ALL_NODES), (NUT_GLOBAL, NUT));
}
