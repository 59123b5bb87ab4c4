// SPDX-License-Identifier: Apache-2.0
//! Chains of extension headers in any order and with any content, in front of a datagram, a ping or
//! nothing in particular. The input says which; lengths are right unless it says otherwise.

use testutil::lab6::{HOST, Ipv6, Lab6, PEER, datagram, icmp};
use znet::wire::ipv6::next_header;

use super::against_host6;
use crate::input::Input;

/// Most headers of a chain.
const CHAIN: u8 = 12;

const KINDS: [u8; 8] = [
    next_header::HOP_BY_HOP,
    next_header::DEST_OPTIONS,
    next_header::ROUTING,
    next_header::FRAGMENT,
    next_header::NONE,
    51,
    135,
    253,
];

/// One header: its content, and eighths of a length that may be a lie.
fn header(input: &mut Input<'_>, kind: u8) -> Vec<u8> {
    if kind == next_header::FRAGMENT {
        let (offset, ident) = (input.word().to_be_bytes(), input.byte());
        return vec![0, 0, offset[0], offset[1], 0, 0, 0, ident];
    }
    let content = input.short();
    let mut bytes = vec![0, 0];
    bytes.extend(content.iter().take(62));
    bytes.resize(bytes.len().div_ceil(8) * 8, 0);
    let lie = input.byte();
    bytes[1] = if lie < 224 { (bytes.len() / 8 - 1) as u8 } else { lie };
    bytes
}

fn packet(input: &mut Input<'_>) -> Vec<u8> {
    let count = input.byte() % CHAIN;
    let chain: Vec<(u8, Vec<u8>)> = (0..count)
        .map(|_| {
            let byte = input.byte();
            let kind = KINDS.get(usize::from(byte)).copied().unwrap_or(byte);
            (kind, header(input, kind))
        })
        .collect();
    let (last, payload) = match input.byte() % 4 {
        0 => (next_header::ICMPV6, icmp(PEER, HOST, [128, 0], [0, 1, 0, 2], b"echo")),
        1 => (next_header::UDP, datagram((PEER, 4001), (HOST, 9), b"closed")),
        2 => (input.byte(), input.short().to_vec()),
        _ => (next_header::UDP, datagram((PEER, 4001), (HOST, 7), b"open")),
    };
    let mut content = Vec::new();
    let first = chain.first().map_or(last, |(kind, _)| *kind);
    for (at, (_, bytes)) in chain.iter().enumerate() {
        let next = chain.get(at + 1).map_or(last, |(kind, _)| *kind);
        content.push(next);
        content.extend(bytes.iter().skip(1));
    }
    content.extend(payload);
    Ipv6::new(PEER, HOST, first).build(&content)
}

/// Each step is one packet.
pub fn run(data: &[u8]) {
    against_host6(data, |lab: &mut Lab6, piece| {
        let packet = packet(&mut Input::new(piece));
        lab.packet(&packet);
    });
}
