// SPDX-License-Identifier: Apache-2.0
//! Fragments of IPv6 packets: any offset, length and order, of a few packets at once.

use testutil::lab6::{HOST, Ipv6, Lab6, PEER, PEER_LL, datagram};
use znet::wire::ipv6::next_header;

use super::against_host6;
use crate::input::Input;

/// A datagram to take pieces of.
const WHOLE: usize = 4_000;

/// One fragment: of a good datagram at a place the input says, or of bytes it brings along.
fn fragment(input: &mut Input<'_>) -> Vec<u8> {
    let (how, ident) = (input.byte(), input.byte() % 4);
    let offset = input.word() >> if how & 1 == 0 { 7 } else { 0 };
    let more = how & 2 != 0;
    let data = match how & 4 {
        0 => {
            let whole = datagram((PEER, 4001), (HOST, 7), &[0x5a; WHOLE]);
            let from = usize::from(offset & !7).min(whole.len());
            let len = usize::from(input.word() % 1400);
            whole.get(from..(from + len).min(whole.len())).unwrap_or(&[]).to_vec()
        }
        _ => input.short().to_vec(),
    };
    let kind = [next_header::UDP, next_header::ICMPV6, next_header::DEST_OPTIONS, next_header::UDP]
        [usize::from(how >> 3 & 3)];
    let [high, low] = (offset & !7 | u16::from(more)).to_be_bytes();
    let header = [kind, 0, high, low, 0, 0, 0, ident];
    let src = if how & 32 == 0 { PEER } else { PEER_LL };
    Ipv6::new(src, HOST, next_header::FRAGMENT).build(&[&header[..], &data].concat())
}

/// Each step is one fragment.
pub fn run(data: &[u8]) {
    against_host6(data, |lab: &mut Lab6, piece| {
        let packet = fragment(&mut Input::new(piece));
        lab.packet(&packet);
    });
}
