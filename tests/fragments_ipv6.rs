// SPDX-License-Identifier: Apache-2.0
//! IPv6 packets in fragments (RFC 8200, 4.5; RFC 5722; RFC 6946).
#![cfg(all(CONFIG_NET_IPV6_FRAGMENT, CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::lab6::{HOST, Ipv6, Lab6, PEER, datagram, icmp};
use testutil::{DropReason, Rng};
use znet::wire::icmpv6::{exceeded, kind, problem};
use znet::wire::ipv6::{Fragment, next_header};

/// The fragment of `whole`, a payload that begins with `next`, at `offset`, behind `front` headers.
fn piece(front: &[u8], whole: &[u8], next: u8, offset: usize, len: usize, ident: u32) -> Vec<u8> {
    let end = (offset + len).min(whole.len());
    let more = end < whole.len();
    let mut header = [0; 8];
    Fragment { next_header: next, offset: offset as u16, more, ident }.emit(&mut header);
    let payload = [front, &header, &whole[offset..end]].concat();
    let first = if front.is_empty() { next_header::FRAGMENT } else { next_header::DEST_OPTIONS };
    Ipv6::new(PEER, HOST, first).build(&payload)
}

/// RFC 8200, 4.5: any order, and headers in front of the fragment header stay.
#[test]
fn fragments_in_any_order_make_the_packet() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let data: Vec<u8> = (0..2500u32).map(|n| n as u8).collect();
    let whole = datagram((PEER, 4000), (HOST, 7), &data);
    let options = [next_header::FRAGMENT, 0, 1, 4, 0, 0, 0, 0];
    let mut rng = Rng::new(5);
    for round in 0..20 {
        let front: &[u8] = if round % 2 == 0 { &[] } else { &options };
        let mut pieces: Vec<_> = (0..whole.len())
            .step_by(640)
            .map(|at| piece(front, &whole, next_header::UDP, at, 640, round))
            .collect();
        while !pieces.is_empty() {
            let next = pieces.swap_remove(rng.below(pieces.len() as u64) as usize);
            // Networks duplicate packets.
            lab.packet(&next);
            if !pieces.is_empty() {
                lab.packet(&next);
            }
            assert!(lab.run().is_empty());
        }
        assert_eq!(lab.recv(socket), Some(((PEER, 4000), data.clone())), "round {round}");
    }
    lab.host.close(socket);
    lab.assert_clean();
}

/// What is larger than the link goes in fragments that end on multiples of eight, and comes together.
#[test]
fn a_large_datagram_goes_in_fragments() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let data: Vec<u8> = (0..4000u32).map(|n| (n * 7) as u8).collect();
    lab.send_to(socket, (PEER, 4000), &data).unwrap();
    let sent = lab.run();
    assert_eq!(sent.len(), 3);
    let mut whole: Vec<u8> = Vec::new();
    let idents: Vec<_> = sent.iter().map(|p| p.ext.get(4..8).map(<[u8]>::to_vec)).collect();
    for packet in &sent {
        assert!(usize::from(packet.repr.payload_len) + 40 <= 1500);
        assert_eq!(packet.repr.next_header, next_header::FRAGMENT);
        // Of later fragments nothing but the header is known, and the rest is payload.
        let bytes = [&packet.ext[..], &packet.payload].concat();
        let header = Fragment::parse(&bytes).unwrap();
        assert_eq!((usize::from(header.offset), header.next_header), (whole.len(), 17));
        assert_eq!(header.more, whole.len() + bytes.len() - 8 < 4008);
        whole.extend(&bytes[8..]);
    }
    assert_eq!(whole, datagram((HOST, 7), (PEER, 4000), &data));
    assert!(idents[0].is_some());
    lab.host.close(socket);
    lab.assert_clean();
}

/// RFC 8200, 4.5: the errors fragments call for.
#[test]
fn impossible_fragments_are_told() {
    let mut lab = Lab6::new();
    let raw = |offset: u16, more: u16, len: usize| {
        let mut payload = vec![next_header::UDP, 0];
        payload.extend((offset | more).to_be_bytes());
        payload.extend([1, 2, 3, 4]);
        payload.extend(vec![0; len]);
        Ipv6::new(PEER, HOST, next_header::FRAGMENT).build(&payload)
    };
    for (packet, at) in [(raw(0, 1, 13), 4), (raw(0xfff8, 0, 100), 42)] {
        lab.packet(&packet);
        let error = lab.one();
        assert_eq!(error.kind(), Some((kind::PARAMETER_PROBLEM, problem::FIELD)));
        assert_eq!(error.icmp().unwrap().value(), at);
    }
    // Time ran out; only where the first fragment is there.
    for (offset, told) in [(0, 1), (8, 0)] {
        lab.packet(&raw(offset, 1, 16));
        let sent = lab.run_for(61);
        assert_eq!(sent.len(), told);
        let code = Some((kind::TIME_EXCEEDED, exceeded::REASSEMBLY));
        assert!(sent.iter().all(|p| p.kind() == code));
    }
    lab.assert_clean();
    lab.assert_alive();
}

/// Past the buffers, tiny, overlapping (RFC 5722) and atomic ones (RFC 6946).
#[test]
fn hostile_27_reassembly_is_bounded_and_correct() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let whole = datagram((PEER, 4000), (HOST, 7), &[7; 100]);
    let part = |at, len, ident| piece(&[], &whole, next_header::UDP, at, len, ident);
    // Overlap: all of it goes, and what comes later of it too.
    lab.packet(&part(0, 48, 1));
    lab.packet(&part(40, 200, 1));
    lab.run();
    assert_eq!(lab.host.drops(DropReason::FragmentOverlap), 2);
    assert_eq!(lab.recv(socket), None);
    // An atomic one disturbs nothing that waits under the same number, and is disturbed by nothing.
    lab.packet(&part(0, 48, 2));
    lab.packet(&part(0, 1000, 2));
    lab.run();
    assert_eq!(lab.recv(socket), Some(((PEER, 4000), vec![7; 100])));
    lab.packet(&part(48, 1000, 2));
    lab.run();
    assert_eq!(lab.recv(socket), Some(((PEER, 4000), vec![7; 100])));
    // A flood of first fragments, of last ones, and of tiny ones.
    for ident in 10..500 {
        lab.packet(&part(0, 48, ident));
        lab.packet(&part(48, 1000, ident + 1000));
        lab.packet(&part((ident as usize % 12) * 8, 8, 3));
        lab.run();
        while lab.recv(socket).is_some() {}
    }
    // The host still hears others meanwhile.
    let echo = icmp(PEER, HOST, [kind::ECHO_REQUEST, 0], [0, 7, 0, 1], b"still there");
    lab.icmp(PEER, HOST, 64, &echo);
    assert_eq!(lab.one().body(), b"still there");
    lab.run_for(61);
    lab.host.close(socket);
    lab.assert_clean();
    lab.assert_alive();
}
