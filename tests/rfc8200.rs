// SPDX-License-Identifier: Apache-2.0
//! RFC 8200, what a host must do, section by section, as seen on the wire. What routers must do stands in
//! `forward_v6`; what the table names without a file is here.
//!
//! | section | what must be | test |
//! | --- | --- | --- |
//! | 3 | version, traffic class, flow label | `v6lc`: 1.1.1, 1.1.2, 1.1.4; `section_7_what_is_sent` |
//! | 3 | payload length | `v6lc` 1.1.5; `hostile_ipv6`: `hostile_25_payload_lengths` |
//! | 3 | a hop limit of zero at the destination | `v6lc` 1.1.8 |
//! | 3 | one hop less, and the error at zero | `forward_v6`: `without_hops_left_the_sender_is_told` |
//! | 4 | headers are processed in their order | `v6lc` 1.2.4 |
//! | 4 | next headers nobody knows, zero in the wrong place | `v6lc` 1.1.7, 1.2.1, 1.2.3 |
//! | 4 | headers are not processed on the way | `forward_v6`: `extension_headers_pass` |
//! | 4 | chains longer than a buffer | `section_4_chains_over_several_buffers` |
//! | 4 | chains that do not fit their packet | `hostile_ipv6`: lines 23, 24 |
//! | 4.1 | any order, any number | `section_4_1_any_order_and_number` |
//! | 4.1 | hop-by-hop options in front only | `v6lc` 1.1.7, 1.2.1 |
//! | 4.2 | padding, the actions, options in their order | `v6lc` 1.2.5, 1.2.6, 1.2.8 |
//! | 4.2 | all eight bits are the type; pointers | `section_4_2_all_bits_are_the_type`, `section_4_2_the_pointer` |
//! | 4.3 | hop-by-hop options | `v6lc` 1.2.6 |
//! | 4.4, RFC 5095 | routing headers, type 0 too | `v6lc` 1.2.10; `hostile_ipv6`: line 29 |
//! | 4.4 | nobody is told about groups; pointers | `section_4_4_refused_routing_headers` |
//! | 4.5 | what is sent in fragments | `fragments_ipv6`; `section_4_5_what_is_sent` |
//! | 4.5 | whose a fragment is, any order, copies | `v6lc` 1.3.1; `fragments_ipv6` |
//! | 4.5 | reserved fields | `section_4_5_reserved_fields` |
//! | 4.5 | headers in front, next headers that differ | `section_4_5_headers_of_the_first_count` |
//! | 4.5 | headers in front are processed at arrival | `section_4_5_headers_in_front_at_arrival` |
//! | 4.5 | time runs out | `v6lc` 1.3.2; `fragments_ipv6`: `impossible_fragments_are_told` |
//! | 4.5 | odd lengths, past the longest packet | `v6lc` 1.3.3; `fragments_ipv6`, as above |
//! | 4.5, RFC 7112 | all headers in the first one | `v6lc` 1.3.6; `section_4_5_all_headers_in_the_first` |
//! | 4.5, RFC 5722 | those that overlap | `section_4_5_overlaps` |
//! | 4.5, RFC 6946 | those that are the whole | `v6lc` 1.3.4; `fragments_ipv6`: line 27 |
//! | 4.5 | no errors about groups | `section_4_5_no_errors_about_groups` |
//! | 4.6 | destination options | `v6lc` 1.2.8 |
//! | 4.7 | nothing follows, whatever is there | `v6lc` 1.1.6, 1.2.2 |
//! | 5 | 1,500 bytes in fragments, all that the link carries | `section_5_what_must_be_taken`; `v6lc` 5.1.2 |
//! | 5 | path MTU | `pmtu_v6`; `v6lc` 4.1 |
//! | 6 | flow labels of our own | `v6lc` 1.1.4; `section_7_what_is_sent` |
//! | 7 | traffic class zero unless asked for | `section_7_what_is_sent` |
//! | 8.1 | pseudo header | `section_8_1_the_pseudo_header` |
//! | 8.1 | UDP without checksum | `ipv6`: `a_datagram_without_checksum_is_dropped` |
//! | 8.1 | a sum of zero | `section_8_1_a_sum_of_zero` |
//! | 8.3 | the longer header in the segment size | `section_8_3_segment_size` |
//! | 8.4 | routing headers are not turned round | `section_8_4_answers_have_no_routing_header` |
#![cfg(all(CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::DropReason;
use testutil::check6::Packet6;
use testutil::lab6::{HOST, HOST_LL, Ipv6, Lab6, PEER, PEER_LL, datagram, icmp};
use znet::base::Ipv6Addr;
use znet::wire::checksum::Sum;
use znet::wire::icmpv6::{kind, problem};
use znet::wire::ipv6::next_header;

const ALL_NODES: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
const HOP: u8 = next_header::HOP_BY_HOP;
const DST: u8 = next_header::DEST_OPTIONS;
const ROUTE: u8 = next_header::ROUTING;
const FRAG: u8 = next_header::FRAGMENT;
const UDP: u8 = next_header::UDP;

/// These headers, harmless all of them, and `payload` behind them; the number of the first.
fn chain(kinds: &[u8], last: u8, payload: &[u8]) -> (u8, Vec<u8>) {
    kinds.iter().rev().fold((last, payload.to_vec()), |(next, rest), kind| {
        let header = match *kind {
            ROUTE => [next, 0, 0, 0, 0, 0, 0, 0],
            FRAG => [next, 0, 0, 0, 1, 2, 3, 4],
            _ => [next, 0, 1, 4, 0, 0, 0, 0],
        };
        (*kind, [&header[..], &rest].concat())
    })
}

/// An options header of eight bytes.
fn options(next: u8, content: [u8; 6]) -> Vec<u8> {
    [&[next, 0][..], &content].concat()
}

/// The datagram most tests send.
fn hello(dst: Ipv6Addr) -> Vec<u8> {
    datagram((PEER, 4000), (dst, 7), b"hello")
}

fn problem_at(error: &Packet6) -> (u8, u32) {
    let header = error.icmp().unwrap();
    assert_eq!((header.kind, error.repr.dst), (kind::PARAMETER_PROBLEM, PEER));
    (header.code, header.value())
}

/// 4.1: but for hop-by-hop options, headers come in any order and number.
#[test]
fn section_4_1_any_order_and_number() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let mut orders: Vec<Vec<u8>> = vec![vec![]];
    for from in 0..13 {
        let shorter = orders[from].clone();
        orders.extend([DST, ROUTE, FRAG].map(|kind| [&shorter[..], &[kind]].concat()));
    }
    assert_eq!(orders.len(), 1 + 3 + 9 + 27);
    // Longer than a buffer.
    orders.push(vec![DST; 12]);
    for order in orders {
        for front in [&[][..], &[HOP]] {
            let (first, payload) = chain(&[front, &order].concat(), UDP, &hello(HOST));
            lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
            assert!(lab.run().is_empty(), "{order:?}");
            assert!(lab.recv(socket).is_some(), "{order:?} {:?}", lab.host.drop_counts());
        }
    }
    lab.host.close(socket);
    lab.assert_clean();
}

/// 4: chains longer than a buffer, up to the smallest MTU, lead to what stands behind them, and errors
/// about them point where they should.
#[test]
fn section_4_chains_over_several_buffers() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    for count in (9..=146).step_by(3) {
        let kinds = vec![DST; count];
        let (first, payload) = chain(&kinds, UDP, &hello(HOST));
        lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
        assert!(lab.run().is_empty(), "{count}");
        let got = lab.recv(socket).map(|(_, data)| data);
        assert_eq!(got.as_deref(), Some(&b"hello"[..]), "{count} {:?}", lab.host.drop_counts());

        let echo = icmp(PEER, HOST, [kind::ECHO_REQUEST, 0], [0, 1, 0, 2], b"echo");
        let (first, payload) = chain(&kinds, next_header::ICMPV6, &echo);
        lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
        assert_eq!(lab.one().kind(), Some((kind::ECHO_REPLY, 0)), "{count}");

        let refused = datagram((PEER, 4000), (HOST, 9), b"refused");
        let (first, payload) = chain(&kinds, UDP, &refused);
        lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
        assert_eq!(lab.one().kind(), Some((kind::DEST_UNREACHABLE, 4)), "{count}");
        lab.run_for(1);

        let bad = [options(UDP, [0x3e, 1, 0, 0x9e, 0, 0]), hello(HOST)].concat();
        let (first, payload) = chain(&kinds, DST, &bad);
        lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
        assert_eq!(problem_at(&lab.one()), (problem::OPTION, 45 + 8 * count as u32));
        lab.run_for(1);

        let (first, payload) = chain(&kinds, 200, &[0; 8]);
        lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
        let at = 40 + 8 * (count as u32 - 1);
        assert_eq!(problem_at(&lab.one()), (problem::NEXT_HEADER, at));
        lab.run_for(1);
    }
    lab.host.close(socket);
    lab.assert_clean();
    lab.assert_alive();
}

/// 4.2: one header of any length, its options across the ends of buffers.
#[test]
fn section_4_2_a_header_over_several_buffers() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    for units in [14u8, 15, 16, 31, 32, 63, 127, 150] {
        for padding in 0..12 {
            let mut header = vec![UDP, units];
            header.resize(2 + padding, 0);
            while header.len() + 11 <= (usize::from(units) + 1) * 8 {
                header.extend([0x3e, 7, 1, 2, 3, 4, 5, 6, 7]);
            }
            header.resize((usize::from(units) + 1) * 8, 0);
            lab.packet(&Ipv6::new(PEER, HOST, DST).build(&[&header[..], &hello(HOST)].concat()));
            assert!(lab.run().is_empty());
            assert!(lab.recv(socket).is_some(), "{units} {padding} {:?}", lab.host.drop_counts());
            // The last option says more than is there.
            let last = header.len() - 2;
            header[last..].copy_from_slice(&[0x3e, 1]);
            lab.dropped(DropReason::Ipv6BadOption, |lab| {
                lab.packet(
                    &Ipv6::new(PEER, HOST, DST).build(&[&header[..], &hello(HOST)].concat()),
                );
            });
        }
    }
    lab.host.close(socket);
    lab.assert_clean();
    lab.assert_alive();
}

/// What nobody sends in earnest is bounded: headers in many pieces beyond the smallest MTU.
#[test]
fn section_4_chains_are_bounded() {
    let mut lab = Lab6::new();
    let (first, payload) = chain(&[DST; 170], UDP, &hello(HOST));
    let packet = Ipv6::new(PEER, HOST, first).build(&payload);
    if cfg!(CONFIG_NET_BUF_FIXED_DATA_SIZE) {
        lab.dropped(DropReason::NoBuffer, |lab| lab.packet(&packet));
    } else {
        lab.packet(&packet);
        lab.run_for(1);
    }
    lab.assert_clean();
    lab.assert_alive();
}

/// 4.2: the bits that say what to do, and whether it changes, are part of the type.
#[test]
fn section_4_2_all_bits_are_the_type() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    // As the router alert and padding, in the five low bits only.
    for low in [0u8, 1, 5] {
        for high in (0x20..=0xe0).step_by(0x20) {
            let content = [1, 0, low | high, 2, 0, 0];
            let payload = [options(UDP, content), hello(HOST)].concat();
            lab.packet(&Ipv6::new(PEER, HOST, HOP).build(&payload));
            let sent = lab.run_for(1);
            let (taken, told) = match high >> 6 {
                0 => (true, 0),
                1 => (false, 0),
                _ => (false, 1),
            };
            let got = lab.recv(socket).is_some();
            assert_eq!((got, sent.len()), (taken, told), "{:#x}", low | high);
        }
    }
    lab.host.close(socket);
}

/// 4.2: the pointer is to the type of the option, wherever it is.
#[test]
fn section_4_2_the_pointer() {
    let mut lab = Lab6::new();
    let fronts: [&[u8]; 5] = [&[], &[HOP], &[HOP, DST], &[ROUTE], &[DST, ROUTE, FRAG]];
    for front in fronts {
        for (content, at) in [([0x9e, 4, 0, 0, 0, 0], 2), ([0, 0, 0, 0, 0x9e, 0], 6)] {
            let bad = [options(UDP, content), hello(HOST)].concat();
            let (first, payload) = chain(front, DST, &bad);
            lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
            let at = 40 + 8 * front.len() as u32 + at;
            assert_eq!(problem_at(&lab.one()), (problem::OPTION, at));
            lab.run_for(1);
        }
    }
}

/// 4.4: the pointer is to the type of the routing header, wherever it is; RFC 4443, 2.4 e.3: nobody is
/// told about one to a group.
#[test]
fn section_4_4_refused_routing_headers() {
    let mut lab = Lab6::new();
    for routing_type in [0, 2, 200] {
        let refused = |dst| [&[UDP, 0, routing_type, 1, 0, 0, 0, 0], &hello(dst)[..]].concat();
        for front in [&[][..], &[HOP], &[HOP, DST, ROUTE]] {
            let (first, payload) = chain(front, ROUTE, &refused(HOST));
            lab.packet(&Ipv6::new(PEER, HOST, first).build(&payload));
            let at = 40 + 8 * front.len() as u32 + 2;
            assert_eq!(problem_at(&lab.one()), (problem::FIELD, at));
            lab.run_for(1);
        }
        lab.dropped(DropReason::Ipv6RoutingHeader, |lab| {
            lab.packet(&Ipv6::new(PEER, ALL_NODES, ROUTE).build(&refused(ALL_NODES)));
        });
    }
}

/// 7, 6: an upper layer that asks for nothing gets zero.
#[test]
fn section_7_what_is_sent() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    lab.send_to(socket, (PEER, 9), b"x").unwrap();
    let sent = lab.one();
    assert_eq!((sent.repr.traffic_class, sent.repr.flow_label), (0, 0));
    lab.host.close(socket);
}

/// 8.1: the address of the final destination, the length of the upper-layer packet and its protocol are
/// what is summed, whatever headers stand in front.
#[test]
fn section_8_1_the_pseudo_header() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    let bytes = hello(HOST);
    let resummed = |src: Ipv6Addr, dst: Ipv6Addr, len: usize, protocol: u8| {
        let pseudo = [&src.octets()[..], &dst.octets(), &[0, 0, 0, len as u8, 0, 0, 0, protocol]];
        let mut bytes = bytes.clone();
        bytes[6..8].fill(0);
        let sum = Sum::of(&[&pseudo.concat()[..], &bytes].concat()).finish();
        bytes[6..8].copy_from_slice(&sum.to_be_bytes());
        bytes
    };
    for front in [&[][..], &[DST], &[HOP, ROUTE]] {
        let packet = |bytes: &[u8]| {
            let (first, payload) = chain(front, UDP, bytes);
            Ipv6::new(PEER, HOST, first).build(&payload)
        };
        lab.packet(&packet(&resummed(PEER, HOST, bytes.len(), UDP)));
        lab.run();
        assert!(lab.recv(socket).is_some());
        for wrong in [
            resummed(PEER_LL, HOST, bytes.len(), UDP),
            resummed(PEER, HOST_LL, bytes.len(), UDP),
            resummed(PEER, HOST, bytes.len() + 8, UDP),
            resummed(PEER, HOST, bytes.len(), DST),
        ] {
            lab.dropped(DropReason::UdpBadChecksum, |lab| lab.packet(&packet(&wrong)));
        }
    }
    lab.host.close(socket);
}

/// 8.1: a sum of zero goes as all ones, and is taken as such.
#[test]
fn section_8_1_a_sum_of_zero() {
    let mut lab = Lab6::new();
    let socket = lab.socket(7);
    // Two bytes that make the sum zero are the sum that there is without them.
    let data: [u8; 2] = datagram((HOST, 7), (PEER, 7), &[0, 0])[6..8].try_into().unwrap();
    lab.send_to(socket, (PEER, 7), &data).unwrap();
    assert_eq!(lab.one().payload[6..], [0xff, 0xff, data[0], data[1]]);
    // The sum is the same the other way round.
    let back = datagram((PEER, 7), (HOST, 7), &data);
    assert_eq!(back[6..8], [0xff, 0xff]);
    lab.packet(&Ipv6::new(PEER, HOST, UDP).build(&back));
    lab.run();
    assert_eq!(lab.recv(socket), Some(((PEER, 7), data.to_vec())));
    lab.host.close(socket);
}

/// 8.3: 1,500 bytes less 40 and TCP's 20.
#[cfg(CONFIG_NET_TCP)]
#[test]
fn section_8_3_segment_size() {
    use znet::base::{Endpoint, IpAddr};
    let mut lab = Lab6::new();
    let core = lab.host.core();
    let client = core.with(|stack, env| {
        let client = stack.tcp_open().unwrap();
        stack.context_set_v6(client).unwrap();
        stack.tcp_connect(env, client, Endpoint::new(IpAddr::V6(PEER), 80)).unwrap();
        client
    });
    let first = lab.one();
    assert_eq!(first.protocol, next_header::TCP);
    let [hi, lo] = 1440u16.to_be_bytes();
    assert!(first.payload[20..].windows(4).any(|option| option == [2, 4, hi, lo]), "{first:?}");
    let _ = core.with(|stack, env| stack.tcp_abort(env, client));
    lab.run();
}

/// 8.4: answers go straight back.
#[test]
fn section_8_4_answers_have_no_routing_header() {
    let mut lab = Lab6::new();
    let request = icmp(PEER, HOST, [kind::ECHO_REQUEST, 0], [0, 7, 0, 1], b"x");
    let closed = datagram((PEER, 4000), (HOST, 9), b"x");
    for (last, bytes) in [(next_header::ICMPV6, &request), (UDP, &closed)] {
        // Through one node, and that is done.
        let via = "2001:db8::77".parse::<Ipv6Addr>().unwrap().octets();
        let payload = [&[last, 2, 0, 0, 0, 0, 0, 0], &via[..], bytes].concat();
        lab.packet(&Ipv6::new(PEER, HOST, ROUTE).build(&payload));
        let answer = lab.one();
        assert_eq!((answer.repr.src, answer.repr.dst), (HOST, PEER));
        assert_eq!((answer.repr.next_header, answer.ext.len()), (next_header::ICMPV6, 0));
    }
}

/// Section 4.5.
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
mod fragments {
    use super::*;
    use znet::wire::ipv6::Fragment;

    /// Longer than any packet may wait.
    const LONG: u64 = 61;

    /// A fragment header.
    fn header(next: u8, offset: usize, more: bool, ident: u32) -> [u8; 8] {
        let mut out = [0; 8];
        Fragment { next_header: next, offset: offset as u16, more, ident }.emit(&mut out);
        out
    }

    fn packet(dst: Ipv6Addr, header: &[u8], content: &[u8]) -> Vec<u8> {
        Ipv6::new(PEER, dst, FRAG).build(&[header, content].concat())
    }

    /// The `len` bytes of `whole`, a datagram, at `at`.
    fn piece(whole: &[u8], at: usize, len: usize, ident: u32) -> Vec<u8> {
        let end = (at + len).min(whole.len());
        packet(HOST, &header(UDP, at, end < whole.len(), ident), &whole[at..end])
    }

    fn long() -> Vec<u8> {
        datagram((PEER, 4000), (HOST, 7), &[7; 100])
    }

    /// What is reserved is zero when it is sent; numbers do not come again soon; all else is as in the
    /// packet that was cut.
    #[test]
    fn section_4_5_what_is_sent() {
        let mut lab = Lab6::new();
        let socket = lab.socket(7);
        let mut idents = Vec::new();
        for _ in 0..40 {
            lab.send_to(socket, (PEER, 9), &[1; 3000]).unwrap();
            let sent = lab.run();
            assert_eq!(sent.len(), 3);
            for (nth, packet) in sent.iter().enumerate() {
                let bytes = [&packet.ext[..], &packet.payload].concat();
                assert_eq!((bytes[1], bytes[3] & 6), (0, 0), "reserved");
                assert_eq!(bytes[3] & 1 == 1, nth < 2, "more follow");
                assert!(nth == 2 || bytes.len() % 8 == 0);
                assert_eq!((packet.repr.src, packet.repr.hop_limit), (HOST, 64));
                idents.push(bytes[4..8].to_vec());
            }
        }
        assert!(idents.chunks(3).all(|of| of[0] == of[1] && of[1] == of[2]), "one for a packet");
        idents.sort();
        idents.dedup();
        assert_eq!(idents.len(), 40);
        lab.host.close(socket);
    }

    #[test]
    fn section_4_5_reserved_fields() {
        let mut lab = Lab6::new();
        let socket = lab.socket(7);
        for (ident, byte, bits) in [(1, 0xff, 0), (2, 0, 2), (3, 0, 4), (4, 0xa5, 6)] {
            for at in [0, 56] {
                let mut fragment = piece(&long(), at, 56, ident);
                fragment[41] = byte;
                fragment[43] |= bits;
                lab.packet(&fragment);
            }
            assert!(lab.run().is_empty());
            assert!(lab.recv(socket).is_some(), "{byte:#x} {bits}");
        }
        lab.host.close(socket);
    }

    /// Number and content of the headers in front, the next header and other fields of the IPv6 header
    /// may differ; those of the first one count.
    #[test]
    fn section_4_5_headers_of_the_first_count() {
        let mut lab = Lab6::new();
        let socket = lab.socket(7);
        let whole = long();
        let send = |lab: &mut Lab6, front: &[u8], next, at: usize, ident| {
            let end = (at + 56).min(whole.len());
            let content = [&header(next, at, at == 0, ident), &whole[at..end]].concat();
            let (first, payload) = chain(front, FRAG, &content);
            let mut ipv6 = Ipv6::new(PEER, HOST, first).hop_limit(5 + at as u8);
            ipv6.repr.flow_label = at as u32;
            lab.packet(&ipv6.build(&payload));
        };
        let fronts: [&[u8]; 4] = [&[], &[HOP], &[DST, ROUTE], &[HOP, DST, ROUTE]];
        for (nth, first) in fronts.iter().enumerate() {
            for (mth, second) in fronts.iter().enumerate() {
                let ident = (nth * 8 + mth) as u32;
                let order = if mth % 2 == 0 { [0, 56] } else { [56, 0] };
                for at in order {
                    let (front, next) = if at == 0 { (first, UDP) } else { (second, 200) };
                    send(&mut lab, front, next, at, ident);
                }
                assert!(lab.run().is_empty());
                let got = lab.recv(socket).map(|(_, data)| data.len());
                assert_eq!(got, Some(100), "{first:?} {second:?}");
            }
        }
        lab.host.close(socket);
        lab.assert_clean();
    }

    /// What is in front of a fragment header is processed when the fragment comes, also of one that is not
    /// the first; what is behind it when the packet is whole.
    #[test]
    fn section_4_5_headers_in_front_at_arrival() {
        let mut lab = Lab6::new();
        let bad = [0x9e, 4, 0, 0, 0, 0];
        let front = [&options(FRAG, bad)[..], &header(UDP, 56, false, 1), &[7; 8]].concat();
        lab.packet(&Ipv6::new(PEER, HOST, DST).build(&front));
        assert_eq!(problem_at(&lab.one()), (problem::OPTION, 42));
        let behind = [options(UDP, bad), long()].concat();
        lab.packet(&packet(HOST, &header(DST, 0, true, 2), &behind[..64]));
        assert!(lab.run().is_empty());
        lab.packet(&packet(HOST, &header(DST, 64, false, 2), &behind[64..]));
        assert_eq!(problem_at(&lab.one()).0, problem::OPTION);
        lab.assert_clean();
    }

    /// All of a packet of which two fragments overlap goes, and nobody is told, then or later.
    #[test]
    fn section_4_5_overlaps() {
        let mut lab = Lab6::new();
        let socket = lab.socket(7);
        let whole = long();
        let rows = [(40, 8), (0, 40), (0, 56), (56, 16), (64, 16), (72, 16), (56, 40), (80, 100)];
        for (ident, (at, len)) in (1..).zip(rows) {
            for (at, len) in [(0, 48), (64, 24), (at, len)] {
                lab.packet(&piece(&whole, at, len, ident));
            }
            assert!(lab.run_for(LONG).is_empty(), "{at} {len}");
            assert_eq!(lab.host.drops(DropReason::FragmentOverlap), 3 * ident, "{at} {len}");
            assert_eq!(lab.recv(socket), None);
        }
        lab.host.close(socket);
        lab.assert_clean();
    }

    /// RFC 7112, 5: the first fragment holds all headers, the upper layer's too; else code 3, pointer 0.
    #[test]
    fn section_4_5_all_headers_in_the_first() {
        let mut lab = Lab6::new();
        let long_options = [&[UDP, 1, 1, 12][..], &[0; 12]].concat();
        let (two, nested) = chain(&[ROUTE, DST], UDP, &[]);
        let rows: [(u8, &[u8]); 6] = [
            (UDP, &[]),
            (DST, &long_options[..8]),
            (DST, &long_options),
            (two, &nested[..8]),
            (two, &nested),
            (next_header::TCP, &[0; 16]),
        ];
        for (ident, (next, content)) in (1..).zip(rows) {
            lab.packet(&packet(HOST, &header(next, 0, true, ident), content));
            let error = lab.one();
            assert_eq!(problem_at(&error), (problem::HEADER_CHAIN, 0), "{next} {content:?}");
            lab.run_for(1);
        }
        assert!(lab.run_for(LONG).is_empty(), "nothing was kept");
        lab.assert_clean();
    }

    /// RFC 4443, 2.4 e.3.
    #[test]
    fn section_4_5_no_errors_about_groups() {
        let mut lab = Lab6::new();
        let send = |lab: &mut Lab6, next, offset, more, content: &[u8]| {
            lab.packet(&packet(ALL_NODES, &header(next, offset, more, 5), content));
        };
        send(&mut lab, UDP, 0, true, &[0; 13]);
        send(&mut lab, UDP, 0xfff8, false, &[0; 100]);
        send(&mut lab, DST, 0, true, &[UDP, 0, 1, 4, 0, 0, 0, 0]);
        assert!(lab.run().is_empty());
        assert_eq!(lab.host.drops(DropReason::FragmentMalformed), 3);
        send(&mut lab, UDP, 0, true, &[0; 16]);
        assert!(lab.run_for(LONG).is_empty());
        assert_eq!(lab.host.drops(DropReason::FragmentTimeout), 1);
    }

    /// 5: packets of 1,500 bytes, in as many fragments as are kept; and whole ones as long as the link
    /// carries.
    #[test]
    fn section_5_what_must_be_taken() {
        let mut lab = Lab6::new();
        let socket = lab.socket(7);
        let data: Vec<u8> = (0..1452u32).map(|n| (n * 3) as u8).collect();
        let whole = datagram((PEER, 4000), (HOST, 7), &data);
        for (ident, len) in [(1, 1232), (2, 736), (3, 488), (4, 184)] {
            for at in (0..whole.len()).step_by(len) {
                lab.packet(&piece(&whole, at, len, ident));
                lab.run();
            }
            assert_eq!(lab.recv(socket), Some(((PEER, 4000), data.clone())), "{len}");
        }
        lab.packet(&Ipv6::new(PEER, HOST, UDP).build(&whole));
        lab.run();
        assert_eq!(lab.recv(socket), Some(((PEER, 4000), data)));
        lab.host.close(socket);
    }
}
