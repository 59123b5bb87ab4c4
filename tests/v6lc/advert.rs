// SPDX-License-Identifier: Apache-2.0
//! 2.1.15 to 2.1.22: neighbour advertisements (RFC 4861, 7.1.2, 7.2.5 and 7.3.3).

use super::bed::{
    ALL_NODES, Bed, Entry, FAR, MAC, NUT, NUT_GLOBAL, Node, O, OTHER_MAC, R, S, TN1, TR1, addr,
    advert, link_option, mended, parts, redirect, router_solicit, solicit, usual_advert,
};
use testutil::lab6::Ipv6;
use znet::base::{EthAddr, Ipv6Addr};
use znet::wire::ndp::option;

/// Flags of rows: solicited and override.
const FLAGS: [u8; 4] = [0, O, S, S | O];

/// An advertisement for the link-local address of [`TN1`], as rows describe it.
#[derive(Clone, Copy, Debug)]
struct Row {
    flags: u8,
    mac: Option<EthAddr>,
    multicast: bool,
    then: Entry,
    /// The link address kept then.
    kept: EthAddr,
}

impl Row {
    fn send(&self, bed: &mut Bed) {
        let dst = if self.multicast { ALL_NODES } else { NUT };
        bed.nd(TN1, (TN1.ll, dst), &advert(TN1.ll, self.flags, self.mac));
    }
}

/// RFC 4861, 7.2.5 for an entry in state `now` with the link address of [`TN1`]: unicast rows first, same
/// address, other address, none; then multicast ones, which are never solicited.
fn rows(now: Entry) -> Vec<Row> {
    let mut rows = Vec::new();
    for multicast in [false, true] {
        for mac in [Some(TN1.mac), Some(OTHER_MAC), None] {
            for flags in FLAGS.into_iter().filter(|f| !multicast || f & S == 0) {
                let (solicited, override_) = (flags & S != 0, flags & O != 0);
                let other = mac.is_some_and(|mac| mac != TN1.mac);
                let (then, kept) = match (other, override_, solicited) {
                    // II.1: what was reachable is in doubt; nothing else changes.
                    (true, false, _) if now == Entry::Reachable => (Entry::Stale, TN1.mac),
                    (true, false, _) => (now, TN1.mac),
                    (_, _, true) => (Entry::Reachable, mac.unwrap_or(TN1.mac)),
                    (true, true, false) => (Entry::Stale, OTHER_MAC),
                    (false, _, false) => (now, TN1.mac),
                };
                rows.push(Row { flags, mac, multicast, then, kept });
            }
        }
    }
    rows
}

fn try_rows(now: Entry) {
    let rows = rows(now);
    assert_eq!(rows.len(), 18);
    parts(rows, |row| {
        let mut bed = Bed::new();
        bed.bring(TN1, now, false);
        row.send(&mut bed);
        assert_eq!(bed.look(TN1), (row.then, Some(row.kept)), "{row:?}");
    });
}

/// Invalid advertisements change nothing.
#[test]
fn v6lc_2_1_15() {
    let good = advert(TN1.ll, S | O, Some(OTHER_MAC));
    let spoilt = |at: usize, value: u8| {
        let mut message = good.clone();
        message[at] = value;
        message
    };
    let zero = [&good[..], &[14, 0, 0, 0, 0, 0, 0, 0]].concat();
    let group = {
        let mut message = good.clone();
        message[8..24].copy_from_slice(&ALL_NODES.octets());
        message
    };
    let rows: [(Ipv6Addr, u8, Vec<u8>, bool); 8] = [
        (ALL_NODES, 255, good.clone(), false),
        (NUT, 254, good.clone(), false),
        (NUT, 255, good.clone(), true),
        (NUT, 255, spoilt(1, 1), false),
        (NUT, 255, good[..16].to_vec(), false),
        (NUT, 255, zero, false),
        (NUT, 255, group, false),
        (NUT, 0, good.clone(), false),
    ];
    parts(rows, |(dst, hops, message, bad_sum)| {
        let mut bed = Bed::new();
        bed.bring(TN1, Entry::Incomplete, false);
        let mut message = mended(TN1.ll, dst, message);
        message[2] ^= u8::from(bad_sum);
        let packet = Ipv6::new(TN1.ll, dst, 58).hop_limit(hops).build(&message);
        bed.packet(TN1, &packet);
        assert_eq!(bed.look(TN1), (Entry::Incomplete, None));
    });
}

/// Of a neighbour nobody asked for.
#[test]
fn v6lc_2_1_16() {
    let rows = [Some(TN1.mac), None].into_iter().flat_map(|mac| FLAGS.map(|flags| (flags, mac)));
    parts(rows, |(flags, mac)| {
        let mut bed = Bed::new();
        bed.nd(TN1, (TN1.ll, NUT), &advert(TN1.ll, flags, mac));
        assert_eq!(bed.look(TN1), (Entry::None, None));
        let sent = bed.pass(2_500);
        assert_eq!(sent.solicits(TN1.ll, true), 2, "MAX_MULTICAST_SOLICIT in all");
    });
}

/// Of one that is asked for: I in 7.2.5.
#[test]
fn v6lc_2_1_17() {
    let rows = [Some(TN1.mac), None]
        .into_iter()
        .flat_map(|mac| [S | O, S, O, 0].map(|flags| (flags, mac)));
    parts(rows, |(flags, mac)| {
        let mut bed = Bed::new();
        bed.bring(TN1, Entry::Incomplete, false);
        bed.nd(TN1, (TN1.ll, NUT), &advert(TN1.ll, flags, mac));
        let sent = bed.now();
        assert_eq!(sent.replies().len(), usize::from(mac.is_some()), "what waited");
        let state = match (mac, flags & S) {
            (None, _) => Entry::Incomplete,
            (_, 0) => Entry::Stale,
            _ => Entry::Reachable,
        };
        assert_eq!(bed.look(TN1), (state, mac));
    });
}

#[test]
fn v6lc_2_1_18() {
    try_rows(Entry::Reachable);
}

#[test]
fn v6lc_2_1_19() {
    try_rows(Entry::Stale);
}

#[test]
fn v6lc_2_1_20() {
    try_rows(Entry::Probe);
}

/// How the host finds its way to a node elsewhere: the router's link address, if it has one.
fn way_out(bed: &mut Bed) -> Option<EthAddr> {
    bed.echo_between(FAR, FAR.global, NUT_GLOBAL);
    bed.now().replies().first().map(|reply| reply.link.dst)
}

/// A host whose way out is [`TR1`], known to be reachable.
fn with_router() -> Bed {
    let mut bed = Bed::routed();
    bed.bring(TR1, Entry::Reachable, true);
    assert_eq!(way_out(&mut bed), Some(TR1.mac));
    bed
}

/// A router that says it is none any more is used no more: as many advertisements as there are ways to say
/// so (7.2.5; 7.3.3).
#[test]
fn v6lc_2_1_21() {
    let rows = [Some(TR1.mac), None]
        .into_iter()
        .flat_map(|mac| [S | O, S, O, 0].map(|flags| (flags, mac)));
    parts(rows, |(flags, mac)| {
        let mut bed = with_router();
        bed.nd(TR1, (TR1.ll, NUT), &advert(TR1.ll, flags, mac));
        bed.now();
        assert_eq!(way_out(&mut bed), None, "no router any more");
        bed.router_advert(TR1, &usual_advert());
        bed.now();
        assert_eq!(way_out(&mut bed), Some(TR1.mac), "one again");
    });
}

/// Whether it is a router is not told by messages of any other kind.
#[test]
fn v6lc_2_1_22() {
    type Send = fn(&mut Bed, Node);
    let rows: [Send; 7] = [
        |bed, tr| bed.nd(tr, (tr.ll, NUT), &advert(tr.ll, R | S | O, Some(tr.mac))),
        |bed, tr| bed.nd(tr, (tr.ll, NUT), &advert(tr.ll, R, Some(tr.mac))),
        |bed, tr| bed.nd(tr, (tr.ll, NUT), &solicit(NUT, Some(tr.mac))),
        |bed, tr| bed.nd(tr, (tr.ll, addr("ff02::2")), &router_solicit(Some(tr.mac))),
        |bed, tr| bed.echo(tr),
        |bed, tr| {
            let link = link_option(option::TARGET_LINK, TN1.mac);
            bed.nd(tr, (tr.ll, NUT), &redirect(TN1.ll, TN1.global, &link));
        },
        |bed, tr| bed.router_advert(tr, &usual_advert()),
    ];
    parts(rows, |send| {
        let mut bed = with_router();
        send(&mut bed, TR1);
        bed.now();
        assert_eq!(way_out(&mut bed), Some(TR1.mac));
    });
    assert_ne!(MAC, TR1.mac);
}
