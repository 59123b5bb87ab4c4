// SPDX-License-Identifier: Apache-2.0
//! Packets and pools: content, exhaustion, sharing.

use std::boxed::Box;
use std::vec::Vec;

use super::*;

/// Pools of the test's own.
fn pools() -> &'static Pools {
    Box::leak(Box::new(Pools::new()))
}

fn gather(pkt: &Pkt) -> Vec<u8> {
    pkt.fragments().flatten().copied().collect()
}

/// `len` bytes that differ from their neighbours.
fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i % 251) as u8).collect()
}

#[test]
fn a_packet_goes_through_its_life() {
    let pools = pools();
    {
        let mut pkt = pools.alloc_tx(60, 20, NO_WAIT).unwrap();
        assert_eq!((pkt.len(), pkt.headroom(), pkt.is_empty()), (0, 60, true));
        assert!(pkt.tailroom() >= 20);
        assert_eq!(pkt.append(b"payload"), 7);
        pkt.push(4).unwrap().copy_from_slice(b"udp:");
        pkt.push(3).unwrap().copy_from_slice(b"ip:");
        assert_eq!(pkt.head(), b"ip:udp:payload");
        assert!(pkt.pull(3) && !pkt.pull(100));
        assert!(pkt.truncate(6) && !pkt.truncate(7));
        assert_eq!(pkt.head(), b"udp:pa");
        let mut out = [0; 8];
        assert_eq!(pkt.copy_out(4, &mut out), 2);
        assert_eq!(pkt.copy_out(7, &mut out), 0);
        assert!(pkt.copy_in(4, b"xy") && !pkt.copy_in(5, b"xy"));
        assert_eq!(pkt.head(), b"udp:xy");
        assert!(!pools.all_free());
    }
    assert!(pools.all_free());
}

#[test]
fn pools_run_dry_and_recover() {
    let pools = pools();
    let mut held = PktList::new();
    while let Some(pkt) = pools.alloc_rx(1, NO_WAIT) {
        held.push_back(pkt);
    }
    assert_eq!(held.len(), Pools::capacity().rx_pkts.min(Pools::capacity().rx_bufs));
    assert!(pools.alloc_tx(0, 1, NO_WAIT).is_some(), "directions do not share memory");
    drop(held.pop_front());
    held.push_back(pools.alloc_rx(1, NO_WAIT).unwrap());
    drop(held);
    assert!(pools.all_free());
}

/// The most content one packet can have.
fn most(pools: &'static Pools) -> usize {
    let mut len = 0;
    for step in (0..20).rev().map(|bit| 1 << bit) {
        if pools.alloc_tx(0, len + step, NO_WAIT).is_some() {
            len += step;
        }
        assert!(pools.all_free());
    }
    len
}

#[test]
fn a_long_packet_that_does_not_fit_leaves_nothing_behind() {
    let pools = pools();
    assert!(pools.alloc_tx(0, usize::MAX, NO_WAIT).is_none());
    assert!(pools.alloc_tx(usize::MAX, usize::MAX, NO_WAIT).is_none());
    assert!(pools.all_free());
    let all = most(pools);
    let mut pkt = pools.alloc_tx(0, all, NO_WAIT).unwrap();
    let data = pattern(all);
    assert_eq!(pkt.append(&data), all);
    assert_eq!(gather(&pkt), data);
    drop(pkt);
    assert!(pools.all_free());
}

/// Lays `data` out in fragments of the given lengths.
fn in_pieces(pools: &'static Pools, data: &[u8], pieces: &[usize]) -> Pkt {
    let pkt = pools.alloc_rx(0, NO_WAIT).unwrap();
    let raw = pkt.as_ptr();
    let mut rest = data;
    for &n in pieces {
        // SAFETY: the packet is ours alone; each piece fits a buffer.
        unsafe {
            let buf = pool::alloc_len(pools.rx_pool(), n.max(1), NO_WAIT);
            assert!(!buf.is_null());
            rest[..n].as_ptr().copy_to((*buf).b.data, n);
            (*buf).b.len = n as u16;
            (*raw).frags = frag::add((*raw).frags, buf);
        }
        rest = &rest[n..];
    }
    assert!(rest.is_empty());
    pkt
}

#[test]
fn headers_across_fragments_are_pulled_up_and_off() {
    let pools = pools();
    let data = pattern(40);
    for pieces in [&[40][..], &[1; 12][..], &[0, 3, 0, 37], &[13, 13, 14], &[39, 1], &[1, 39]] {
        let data = &data[..pieces.iter().sum()];
        for n in 0..=data.len() {
            let mut pkt = in_pieces(pools, data, pieces);
            assert!(pkt.pull_up(n), "{pieces:?} {n}");
            assert_eq!(&pkt.head()[..n], &data[..n]);
            assert_eq!(gather(&pkt), data);
            assert!(!pkt.pull_up(data.len() + 1));
            assert!(pkt.pull(n));
            assert_eq!(gather(&pkt), &data[n..]);

            drop(pkt);

            let mut pkt = in_pieces(pools, data, pieces);
            assert!(pkt.pull(n) && !pkt.pull(data.len() + 1 - n));
            assert_eq!(gather(&pkt), &data[n..]);
            drop(pkt);

            let mut pkt = in_pieces(pools, data, pieces);
            assert!(pkt.truncate(n));
            assert_eq!(gather(&pkt), &data[..n]);
            drop(pkt);

            let mut pkt = in_pieces(pools, data, pieces);
            assert!(pkt.copy_in(n, &[0xee; 0]));
            assert!(pkt.copy_in(data.len() - n, &std::vec![0xee; n]));
            assert!(!pkt.copy_in(data.len() - n, &std::vec![0xdd; n + 1]));
            assert_eq!(&gather(&pkt)[..data.len() - n], &data[..data.len() - n]);
            assert!(gather(&pkt)[data.len() - n..].iter().all(|&b| b == 0xee));
        }
    }
    assert!(pools.all_free());
}

#[test]
fn a_header_without_headroom_gets_a_fragment() {
    let pools = pools();
    let mut pkt = pools.alloc_tx(2, 30, NO_WAIT).unwrap();
    pkt.append(b"data");
    assert!(pkt.push(3).is_none());
    pkt.prepend(8, 14).unwrap().copy_from_slice(b"header: ");
    assert!(pkt.headroom() >= 14);
    assert!(!pkt.is_linear());
    assert_eq!(gather(&pkt), b"header: data");
    drop(pkt);
    assert!(pools.all_free());
}

#[test]
fn clones_are_independent_or_refuse() {
    let pools = pools();
    let mut pkt = pools.alloc_rx(100, NO_WAIT).unwrap();
    pkt.append(b"one content");
    pkt.set_family(1);
    pkt.set_ll_proto_type(0x0800);
    let mut deep = pkt.deep_clone(NO_WAIT).unwrap();
    assert!(deep.pull(4));
    assert_eq!((pkt.head(), deep.head()), (&b"one content"[..], &b"content"[..]));
    assert_eq!((deep.family(), deep.ll_proto_type(), deep.refs()), (1, 0x0800, 1));

    let mut shallow = pkt.shallow_clone(NO_WAIT).unwrap();
    assert_eq!(shallow.head(), b"one content");
    assert!(!shallow.pull(1) && shallow.push(1).is_none() && shallow.head_mut().is_none());
    assert!(!shallow.truncate(1) && shallow.append(b"x") == 0 && shallow.spare().is_empty());
    assert!(!pkt.copy_in(0, b"x") && !pkt.pull(1));
    drop(pkt);
    assert!(shallow.pull(4), "the last holder may change it again");
    assert_eq!(shallow.head(), b"content");
    drop((deep, shallow));
    assert!(pools.all_free());
}

#[test]
fn lists_keep_order() {
    let pools = pools();
    let mut list = PktList::new();
    let mut tail = PktList::new();
    for n in 0..6 {
        let mut pkt = pools.alloc_rx(1, NO_WAIT).unwrap();
        pkt.set_effect(n);
        if n < 3 { list.push_back(pkt) } else { tail.push_back(pkt) }
    }
    list.append(&mut tail);
    assert!(tail.is_empty() && tail.pop_front().is_none());
    let first = list.pop_front().unwrap();
    list.push_front(first);
    assert_eq!(list.front().unwrap().effect(), 0);
    let order: Vec<u8> = core::iter::from_fn(|| list.pop_front()).map(|p| p.effect()).collect();
    assert_eq!(order, [0, 1, 2, 3, 4, 5]);
    assert!(list.is_empty() && list.front().is_none() && pools.all_free());
}

#[test]
fn content_is_extended_in_its_only_fragment() {
    let pools = pools();
    let mut pkt = pools.alloc_tx(20, 40, NO_WAIT).unwrap();
    pkt.extend(5).unwrap().copy_from_slice(b"first");
    pkt.extend(0).unwrap();
    pkt.extend(3).unwrap().copy_from_slice(b"2nd");
    assert_eq!((pkt.head(), pkt.headroom()), (&b"first2nd"[..], 20));
    let room = pkt.tailroom();
    assert!(pkt.extend(room + 1).is_none() && pkt.len() == 8, "no more than there is");
    assert!(pkt.extend(usize::MAX).is_none());
    let shared = pkt.shallow_clone(NO_WAIT).unwrap();
    assert!(pkt.extend(1).is_none(), "somebody else sees it");
    drop(shared);
    assert_eq!(pkt.extend(room).unwrap().len(), room);
    let mut chain = in_pieces(pools, b"two parts", &[4, 5]);
    assert!(chain.extend(1).is_none(), "more than one fragment");
}

#[test]
fn filling_in_place() {
    let pools = pools();
    let mut pkt = pools.alloc_rx(50, NO_WAIT).unwrap();
    pkt.spare()[..5].copy_from_slice(b"first");
    pkt.commit(5);
    pkt.spare()[..5].copy_from_slice(b"other");
    pkt.commit(5);
    assert_eq!(pkt.head(), b"firstother");
    pkt.commit(usize::MAX);
    assert!(pkt.spare().is_empty());
}

#[test]
fn stripping_stays_within_the_content() {
    let pools = pools();
    let mut pkt = pools.alloc_rx(50, NO_WAIT).unwrap();
    pkt.append(b"head payload tail");
    for (front, len) in [(0, 18), (18, 0), (1, 17), (usize::MAX, 2), (2, usize::MAX)] {
        pkt.strip_plain(front, len);
        assert_eq!(pkt.head(), b"head payload tail");
    }
    pkt.strip_plain(5, 7);
    assert_eq!(pkt.head(), b"payload");
    let shared = pkt.shallow_clone(NO_WAIT).unwrap();
    pkt.strip_plain(1, 1);
    assert_eq!(shared.head(), b"payload");
}
