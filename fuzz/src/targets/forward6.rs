// SPDX-License-Identifier: Apache-2.0
//! The same router, and packets of IPv6 with extension headers, any hop limit and any destination.

use testutil::lab6::{Ipv6, datagram, icmp};
use znet::base::Ipv6Addr;
use znet::wire::ethernet::ethertype;
use znet::wire::ipv6::next_header;
use znet::wire::ndp::Builder;

use super::forward4::{Lab, against_router};
use crate::input::Input;

fn address(byte: u8) -> Ipv6Addr {
    let net = |net: u16, host: u16| Ipv6Addr::new(0x2001, 0xdb8, net, 0, 0, 0, 0, host);
    match byte % 8 {
        0 => net(0xa, 2),
        1 | 2 => net(0xb, u16::from(byte >> 3 & 3)),
        3 => net(0xc, 2),
        4 => Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 2),
        5 => Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 0, byte.into()),
        6 => Ipv6Addr::UNSPECIFIED,
        _ => net(0xa, 1),
    }
}

/// Answers what the router asks of its neighbours.
fn answer(lab: &mut Lab) {
    for _ in 0..2 {
        for (side, frames) in lab.take().into_iter().enumerate() {
            let asked = frames.iter().filter(|f| f.len() >= 78 && f[20] == 58 && f[54] == 135);
            for frame in asked {
                let octets: [u8; 16] = frame[62..78].try_into().expect("sixteen bytes");
                let target = Ipv6Addr::from(octets);
                // One of them never answers.
                if target.octets()[15] == 3 {
                    continue;
                }
                let source: [u8; 16] = frame[22..38].try_into().expect("sixteen bytes");
                let advert =
                    Builder::neighbour_advert(target, false, true).target_link(lab.peers[side].mac);
                let mut message = advert.as_bytes().to_vec();
                testutil::lab6::mend_icmp(target, source.into(), &mut message);
                let packet = Ipv6::new(target, source.into(), next_header::ICMPV6).hop_limit(255);
                lab.send(side, ethertype::IPV6, &packet.build(&message));
            }
        }
    }
}

/// Each step is one packet.
pub fn run(data: &[u8]) {
    against_router(data, |lab, piece| {
        let mut input = Input::new(piece);
        let (how, hops) = (input.byte(), input.byte());
        let (src, dst) = (address(input.byte()), address(input.byte()));
        let bytes = input.short();
        let (last, content) = match how >> 1 & 3 {
            0 | 1 => (next_header::UDP, datagram((src, 4000), (dst, 7), bytes)),
            2 => (next_header::ICMPV6, icmp(src, dst, [hops & 3 | 128, 0], [0; 4], bytes)),
            _ => (input.byte(), bytes.to_vec()),
        };
        let mut first = last;
        let mut packet = content;
        for _ in 0..input.byte() % 3 {
            let kind = [
                next_header::HOP_BY_HOP,
                next_header::DEST_OPTIONS,
                next_header::ROUTING,
                next_header::FRAGMENT,
            ][usize::from(input.byte()) % 4];
            let mut header = [first, 0, 0, 0, 0, 0, 0, 0];
            header[2..].copy_from_slice(&[
                input.byte(),
                input.byte(),
                input.byte(),
                input.byte(),
                0,
                0,
            ]);
            packet = [&header[..], &packet].concat();
            first = kind;
        }
        let mut packet = Ipv6::new(src, dst, first).hop_limit(hops).build(&packet);
        if how & 128 != 0 {
            let (at, bits) = (usize::from(input.byte()), input.byte());
            let len = packet.len();
            packet[at % len] ^= bits;
        }
        lab.send(usize::from(how & 1), ethertype::IPV6, &packet);
        answer(lab);
    });
}
