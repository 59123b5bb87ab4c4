// SPDX-License-Identifier: Apache-2.0
//! RFC 4443, what a host must do, section by section, as seen on the wire. What routers must do stands in
//! `forward_v6`; what the table names without a file is here. Every message a host sends is summed and
//! measured by `testutil::check6` (2.3, 2.4 c), whatever the test is about.
//!
//! | section | what must be | test |
//! | --- | --- | --- |
//! | 2.2 a | the source is what was addressed | `v6lc` 5.1.2, 5.1.3; `ipv6`: echo |
//! | 2.2 b | one of ours otherwise | `v6lc` 5.1.2; `section_2_2_errors_about_groups` |
//! | 2.3 | checksums of messages received | `section_2_3_checksums` |
//! | 2.4 a | unknown errors are for the upper layer | `section_2_4_a_unknown_errors` |
//! | 2.4 b | unknown informational messages | `v6lc` 5.1.8 |
//! | 2.4 c | as much is quoted as fits | `v6lc` 5.1.3; `section_2_4_c_what_is_quoted` |
//! | 2.4 d | the upper layer is found in the quote | `section_2_4_d_behind_headers` |
//! | 2.4 d | quotes too short to tell | `ipv6`: `an_error_reaches_the_socket_it_is_about` |
//! | 2.4 e.1 | never about an error | `v6lc` 5.1.9; `forward_v6`: `no_error_about_an_error` |
//! | 2.4 e.1 | however far behind it stands | `section_2_4_e_1_behind_a_long_chain` |
//! | 2.4 e.2 | never about a redirect | `section_2_4_e_2_redirects` |
//! | 2.4 e.3 | never about a packet to a group | `v6lc` 5.1.10; `rfc8200`: 4.4, 4.5 |
//! | 2.4 e.3 | but for options that ask for it | `v6lc` 1.2.6, 1.2.8 |
//! | 2.4 e.4, e.5 | nor about one in a frame to many | `v6lc` 5.1.10; `section_2_4_e_4_frames_to_many` |
//! | 2.4 e.6 | nor to what is no single node | `v6lc` 5.1.11, 5.1.12; `section_2_4_e_6_no_exception` |
//! | 2.4 f | the rate | `ipv6`: `errors_are_limited_in_rate`; `v6lc`: `v6lc_5_rate` |
//! | 3.1 | ports | `v6lc` 5.1.3; `section_3_what_is_unused_is_zero` |
//! | 3.1 | routes, scopes, neighbours | `forward_v6`: three tests; `v6lc` 5.1.3 |
//! | 3.1, 3.3, 3.4 | the upper layer hears what came | `section_3_errors_reach_the_upper_layer` |
//! | 3.2 | sent by routers | `forward_v6`: `the_sender_is_told_what_is_wrong` |
//! | 3.2 | the code is ignored; the upper layer hears it | `v6lc` 4.1.3; `pmtu_v6`; `section_3_2_too_big` |
//! | 3.3 | hops | `forward_v6`: `without_hops_left_the_sender_is_told` |
//! | 3.3 | reassembly | `fragments_ipv6`: `impossible_fragments_are_told`; `v6lc` 1.3.2 |
//! | 3.4 | codes 0 to 2 and their pointers | `v6lc` 5.1.6, 5.1.7; `rfc8200`: 4.2, 4.4 |
//! | 3.4 | pointers past what is quoted | `section_3_4_pointers_past_the_quote` |
//! | 4.1 | requests; they may be sent | `v6lc` 5.1.1 |
//! | 4.2 | replies: ends, identifier, number, data | `v6lc` 5.1.2; `ipv6`: echo |
//! | 4.2 | all the data comes back | `section_4_2_all_the_data` |
//! | 4.2 | replies are for who asked | `ipv6`: `the_host_asks_and_hears_the_answer` |
#![cfg(all(CONFIG_NET_IPV6_ND, CONFIG_NET_L2_ETHERNET, CONFIG_NET_UDP))]

use testutil::lab6::{HOST, HOST_LL, Ipv6, Lab6, PEER, PEER_LL, datagram, icmp};
use testutil::{DropReason, Error, EthAddr, frame};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::{kind, problem};
use znet::wire::ipv6::next_header;

const ALL_NODES: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
const DST: u8 = next_header::DEST_OPTIONS;
const ICMP: u8 = next_header::ICMPV6;

/// An option that asks for an error even about a packet to a group, and one that does only otherwise, in
/// a header in front of `next`.
fn asks(next: u8, option: u8) -> [u8; 8] {
    [next, 0, option, 4, 0, 0, 0, 0]
}
const REPORT: u8 = 0x9e;
const REPORT_UNICAST: u8 = 0xde;

fn echo(src: Ipv6Addr, dst: Ipv6Addr) -> Vec<u8> {
    icmp(src, dst, [kind::ECHO_REQUEST, 0], [0, 7, 0, 1], b"data")
}

/// A datagram of the host's, from port 5000, as somebody on its way quotes it.
fn sent(front: &[u8], first: u8) -> Vec<u8> {
    let payload = [front, &datagram((HOST, 5000), (PEER, 9), b"x")].concat();
    Ipv6::new(HOST, PEER, first).build(&payload)
}

/// What the socket that sent it hears of an error.
fn heard(head: [u8; 2], rest: [u8; 4], quoted: &[u8]) -> Result<(), Error> {
    let mut lab = Lab6::new();
    let socket = lab.socket(5000);
    lab.connect(socket, (PEER, 9)).unwrap();
    // From any router there may be.
    let router = "2001:db8:ffff::1".parse().unwrap();
    lab.icmp(router, HOST, 60, &icmp(router, HOST, head, rest, quoted));
    assert!(lab.run().is_empty());
    let heard = lab.host.try_udp_recv(socket).map(|_| ());
    lab.host.close(socket);
    lab.assert_clean();
    heard
}

/// 2.2: about what was sent to a group the host speaks from an address of its own, as to any other.
#[test]
fn section_2_2_errors_about_groups() {
    let mut lab = Lab6::new();
    for (src, own) in [(PEER, HOST), (PEER_LL, HOST_LL)] {
        let payload = [&asks(ICMP, REPORT)[..], &echo(src, ALL_NODES)].concat();
        lab.packet(&Ipv6::new(src, ALL_NODES, DST).build(&payload));
        let error = lab.one();
        assert_eq!((error.repr.src, error.repr.dst), (own, src));
        assert_eq!(error.kind(), Some((kind::PARAMETER_PROBLEM, problem::OPTION)));
    }
}

/// 2.3: of all bytes, and of the pseudo header, with the number of ICMP whatever stands in front.
#[test]
fn section_2_3_checksums() {
    let mut lab = Lab6::new();
    let error = icmp(PEER, HOST, [1, 4], [0; 4], &sent(&[], next_header::UDP));
    for message in [echo(PEER, HOST), error] {
        for at in 0..message.len() {
            let mut spoilt = message.clone();
            spoilt[at] ^= 0x10;
            lab.dropped(DropReason::IcmpBadChecksum, |lab| {
                lab.packet(&Ipv6::new(PEER, HOST, ICMP).build(&spoilt));
            });
        }
    }
    for summed in [(PEER_LL, HOST), (PEER, HOST_LL)] {
        let message = echo(summed.0, summed.1);
        lab.dropped(DropReason::IcmpBadChecksum, |lab| {
            lab.packet(&Ipv6::new(PEER, HOST, ICMP).build(&message));
        });
    }
    let behind = [&[ICMP, 0, 1, 4, 0, 0, 0, 0][..], &echo(PEER, HOST)].concat();
    lab.packet(&Ipv6::new(PEER, HOST, DST).build(&behind));
    assert_eq!(lab.one().kind(), Some((kind::ECHO_REPLY, 0)));
}

/// 2.4 a: whoever sent what is quoted hears of errors nobody knows.
#[test]
fn section_2_4_a_unknown_errors() {
    for unknown in [0, 5, 99, 100, 101, 127] {
        let heard = heard([unknown, 3], [1, 2, 3, 4], &sent(&[], next_header::UDP));
        assert_eq!(heard, Err(Error::HostUnreach), "{unknown}");
    }
    // Nobody sent this one.
    let mut lab = Lab6::new();
    lab.dropped(DropReason::IcmpBadQuote, |lab| {
        let quoted = sent(&[], next_header::UDP);
        lab.icmp(PEER, HOST, 64, &icmp(PEER, HOST, [99, 0], [0; 4], &quoted));
    });
}

/// 2.4 c: all of a packet that fits 1,280 bytes with the error's headers, and not one byte more.
#[test]
fn section_2_4_c_what_is_quoted() {
    let mut lab = Lab6::new();
    for len in [48, 49, 1231, 1232, 1233, 1500] {
        let payload = datagram((PEER, 4000), (HOST, 9), &vec![3; len - 48]);
        let packet = Ipv6::new(PEER, HOST, next_header::UDP).build(&payload);
        lab.packet(&packet);
        assert_eq!(lab.one().body(), &packet[..len.min(1232)]);
    }
}

/// 2.4 d: extension headers in the quote are walked over; of a fragment the first tells who sent it.
#[test]
fn section_2_4_d_behind_headers() {
    let udp = next_header::UDP;
    let [pad, pads] = [[udp, 0, 1, 4, 0, 0, 0, 0], [DST, 0, 1, 4, 0, 0, 0, 0]];
    let rows: [(Vec<u8>, u8, bool); 6] = [
        (pad.to_vec(), 0, true),
        (pad.to_vec(), DST, true),
        ([pads, pad].concat(), 0, true),
        (vec![udp, 0, 0, 0, 0, 0, 0, 0], next_header::ROUTING, true),
        (vec![udp, 0, 0, 1, 1, 2, 3, 4], next_header::FRAGMENT, true),
        (vec![udp, 0, 0, 9, 1, 2, 3, 4], next_header::FRAGMENT, false),
    ];
    for (front, first, told) in rows {
        let heard = heard([1, 4], [0; 4], &sent(&front, first));
        let expected = if told { Err(Error::ConnRefused) } else { Ok(()) };
        assert_eq!(heard, expected, "{first} {front:?}");
    }
    // The right ports of another protocol, and of a packet that was not from here.
    let mut other = sent(&[], udp);
    other[6] = 132;
    assert_eq!(heard([1, 4], [0; 4], &other), Ok(()));
    let mut other = sent(&[], udp);
    other[8..24].copy_from_slice(&HOST_LL.octets());
    assert_eq!(heard([1, 4], [0; 4], &other), Ok(()));
}

/// 2.4 e.2: not even when what stands in front of it asks for one.
#[test]
fn section_2_4_e_2_redirects() {
    let mut lab = Lab6::new();
    for option in [REPORT, REPORT_UNICAST] {
        let redirect = icmp(PEER_LL, HOST_LL, [kind::REDIRECT, 0], [0; 4], &[0; 32]);
        let payload = [&asks(ICMP, option)[..], &redirect].concat();
        lab.dropped(DropReason::Ipv6UnknownOption, |lab| {
            lab.packet(&Ipv6::new(PEER_LL, HOST_LL, DST).hop_limit(255).build(&payload));
        });
    }
}

/// 2.4 e.1 and e.2: nor when a chain of headers as long as a link carries stands between.
#[test]
fn section_2_4_e_1_behind_a_long_chain() {
    for (first, told) in [(kind::DEST_UNREACHABLE, 0), (kind::REDIRECT, 0), (kind::ECHO_REQUEST, 1)]
    {
        let mut lab = Lab6::new();
        let message = icmp(PEER, HOST, [first, 0], [0; 4], &[0; 48]);
        // An option that asks for an error, then padding in four headers of 256 bytes.
        let mut chain = asks(DST, REPORT).to_vec();
        for next in [DST, DST, DST, ICMP] {
            chain.extend([next, 31, 1, 252]);
            chain.resize(chain.len() + 252, 0);
        }
        chain.extend(&message);
        lab.packet(&Ipv6::new(PEER, HOST, DST).build(&chain));
        assert_eq!(lab.run().len(), told, "type {first}");
    }
}

/// 2.4 e.4 and e.5: a frame to many is as a packet to many; the exception is the same.
#[test]
fn section_2_4_e_4_frames_to_many() {
    let mut lab = Lab6::new();
    for mac in [EthAddr::BROADCAST, EthAddr::from_ipv6_multicast(ALL_NODES)] {
        for (option, told) in [(REPORT, 1), (REPORT_UNICAST, 0)] {
            let payload = [&asks(ICMP, option)[..], &echo(PEER, HOST)].concat();
            let packet = Ipv6::new(PEER, HOST, DST).build(&payload);
            lab.peer.send(frame::ethernet(mac, lab.peer.mac, 0x86dd, &packet));
            assert_eq!(lab.run().len(), told, "{mac:?} {option:#x}");
        }
    }
}

/// 2.4 e.6: for that there is no exception.
#[test]
fn section_2_4_e_6_no_exception() {
    let mut lab = Lab6::new();
    for src in [Ipv6Addr::UNSPECIFIED, ALL_NODES, "ff1e::1".parse().unwrap()] {
        for dst in [HOST, ALL_NODES] {
            let payload = [&asks(ICMP, REPORT)[..], &echo(src, dst)].concat();
            lab.packet(&Ipv6::new(src, dst, DST).build(&payload));
            assert!(lab.run().is_empty(), "{src} {dst}");
        }
    }
    lab.assert_clean();
}

/// 3.1: what is not used is zero.
#[test]
fn section_3_what_is_unused_is_zero() {
    let mut lab = Lab6::new();
    lab.udp((PEER, 4000), (HOST, 9), b"x");
    let error = lab.one();
    assert_eq!((error.kind(), error.icmp().unwrap().value()), (Some((1, 4)), 0));
}

/// 3.1, 3.3, 3.4: whatever the code, and whatever is in the field that is not used.
#[test]
fn section_3_errors_reach_the_upper_layer() {
    let rows = [
        ([1, 0], Error::NetUnreach),
        ([1, 1], Error::Access),
        ([1, 2], Error::HostUnreach),
        ([1, 3], Error::HostUnreach),
        ([1, 4], Error::ConnRefused),
        ([1, 5], Error::HostUnreach),
        ([1, 6], Error::HostUnreach),
        ([1, 200], Error::HostUnreach),
        ([3, 0], Error::HostUnreach),
        ([3, 1], Error::HostUnreach),
        ([4, 0], Error::HostUnreach),
        ([4, 1], Error::HostUnreach),
        ([4, 2], Error::HostUnreach),
    ];
    for (head, error) in rows {
        for rest in [[0; 4], [0xff; 4]] {
            assert_eq!(heard(head, rest, &sent(&[], next_header::UDP)), Err(error), "{head:?}");
        }
    }
}

/// 3.2: where nothing else is made of it, the application hears it.
#[cfg(not(CONFIG_NET_IPV6_PMTU))]
#[test]
fn section_3_2_too_big() {
    let quoted = sent(&[], next_header::UDP);
    for code in [0, 9] {
        let heard = heard([kind::PACKET_TOO_BIG, code], 1280u32.to_be_bytes(), &quoted);
        assert_eq!(heard, Err(Error::MsgSize));
    }
}

/// 3.4: the pointer may be past what an error can quote. Headers are read in one piece: there are as many as
/// a buffer holds.
#[cfg(CONFIG_NET_BUF_VARIABLE_DATA_SIZE)]
#[test]
fn section_3_4_pointers_past_the_quote() {
    let mut lab = Lab6::new();
    // Five headers of 256 bytes, all padding, then an option to complain of.
    let filler = |next: u8| [&[next, 31, 1, 252][..], &[0; 252]].concat();
    let mut payload = filler(DST).repeat(5);
    payload.extend(asks(ICMP, REPORT));
    payload.extend(echo(PEER, HOST));
    let packet = Ipv6::new(PEER, HOST, DST).build(&payload);
    lab.packet(&packet);
    let error = lab.one();
    assert_eq!(error.kind(), Some((kind::PARAMETER_PROBLEM, problem::OPTION)));
    assert_eq!(error.icmp().unwrap().value(), 40 + 5 * 256 + 2);
    assert_eq!(error.body(), &packet[..1232]);
}

/// 4.2: data that takes several packets either way.
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
#[test]
fn section_4_2_all_the_data() {
    use znet::wire::ipv6::Fragment;
    let mut lab = Lab6::new();
    let data: Vec<u8> = (0..4000u32).map(|n| (n * 11) as u8).collect();
    let request = icmp(PEER, HOST, [kind::ECHO_REQUEST, 0], [1, 2, 3, 4], &data);
    for at in (0..request.len()).step_by(1000) {
        let piece = &request[at..(at + 1000).min(request.len())];
        let more = at + piece.len() < request.len();
        let mut header = [0; 8];
        Fragment { next_header: ICMP, offset: at as u16, more, ident: 1 }.emit(&mut header);
        let payload = [&header[..], piece].concat();
        lab.packet(&Ipv6::new(PEER, HOST, next_header::FRAGMENT).build(&payload));
    }
    let mut reply: Vec<u8> = Vec::new();
    for packet in lab.run() {
        assert_eq!((packet.repr.src, packet.repr.dst), (HOST, PEER));
        assert_eq!(packet.repr.next_header, next_header::FRAGMENT);
        reply.extend(&[&packet.ext[..], &packet.payload].concat()[8..]);
    }
    assert_eq!(reply, icmp(HOST, PEER, [kind::ECHO_REPLY, 0], [1, 2, 3, 4], &data));
    lab.assert_clean();
}
