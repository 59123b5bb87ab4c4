// SPDX-License-Identifier: Apache-2.0
//! Neighbour discovery: solicitations, advertisements and redirects about addresses that matter, from
//! addresses that matter, with options of the input's.

use testutil::lab6::{HOST, HOST_LL, Lab6, PEER, PEER_LL};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::kind;

use super::against_host6;
use crate::input::Input;

const KINDS: [u8; 4] =
    [kind::NEIGHBOUR_SOLICIT, kind::NEIGHBOUR_ADVERT, kind::REDIRECT, kind::ROUTER_SOLICIT];

/// An address somebody has, or might.
pub(super) fn address(input: &mut Input<'_>) -> Ipv6Addr {
    let byte = input.byte();
    match byte % 10 {
        0 => HOST,
        1 => HOST_LL,
        2 => PEER,
        3 => PEER_LL,
        4 => Ipv6Addr::UNSPECIFIED,
        5 => Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, 0xff00, 1),
        6 => Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1),
        7 => Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, byte.into()),
        8 => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, byte.into()),
        _ => {
            input.take(16).try_into().map_or(Ipv6Addr::LOCALHOST, |octets: [u8; 16]| octets.into())
        }
    }
}

/// Options: types the input says, lengths right unless it says otherwise.
pub(super) fn options(input: &mut Input<'_>, kinds: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while !input.is_empty() && out.len() < 1200 {
        let byte = input.byte();
        let kind = kinds.get(usize::from(byte)).copied().unwrap_or(byte);
        let content = input.short();
        let lie = input.byte();
        let eighths = (content.len() + 2).div_ceil(8);
        let start = out.len();
        out.extend([kind, if lie < 240 { eighths as u8 } else { lie }]);
        out.extend(content);
        out.resize(start + eighths * 8, 0);
    }
    out
}

/// Each step is one message.
pub fn run(data: &[u8]) {
    against_host6(data, |lab: &mut Lab6, piece| {
        let mut input = Input::new(piece);
        let kind = KINDS[usize::from(input.byte()) % KINDS.len()];
        let (src, dst) = (address(&mut input), address(&mut input));
        let mut message = vec![kind, 0, 0, 0, input.byte(), 0, 0, 0];
        message.extend(address(&mut input).octets());
        if kind == kind::REDIRECT {
            message.extend(address(&mut input).octets());
        }
        if kind == kind::ROUTER_SOLICIT {
            message.truncate(8);
        }
        let hops = if input.byte() < 240 { 255 } else { 64 };
        message.extend(options(&mut input, &[1, 2, 14, 4]));
        lab.icmp(src, dst, hops, &message);
    });
}
