// SPDX-License-Identifier: Apache-2.0
//! Addresses of IPv6 that come and go while neighbours ask for them, claim them, or advertise their
//! prefix (RFC 4862, 5.4).

use testutil::lab6::{Advert, HOST, HOST_LL, Lab6, PEER, PEER_LL};
use znet::base::Ipv6Addr;
use znet::iface::AddrType;
use znet::wire::icmpv6::kind;

use super::against_host6;
use crate::input::Input;

fn address(byte: u8) -> Ipv6Addr {
    match byte % 8 {
        0 => HOST,
        1 => PEER,
        2 => Ipv6Addr::UNSPECIFIED,
        3 => Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0x70),
        n => Ipv6Addr::new(0x2001, 0xdb8, 0, n.into(), 0, 0, 0, 0x70),
    }
}

/// Each step gives the interface an address, takes one away, or is a message about one.
pub fn run(data: &[u8]) {
    against_host6(data, |lab: &mut Lab6, piece| {
        let mut input = Input::new(piece);
        let (how, one) = (input.byte(), address(input.byte()));
        let (iface, life) = (lab.iface, u32::from(input.byte()) << 4);
        match how % 8 {
            0 | 1 => {
                // It may be there, be no host's, or find no room.
                let kind = if how & 8 == 0 { AddrType::Manual } else { AddrType::Autoconf };
                lab.host.core().with(|stack, env| {
                    let _ = stack.ipv6_addr_add(env, iface, one, kind, life);
                });
            }
            2 if one != HOST && one != HOST_LL => {
                lab.host.core().with(|stack, _| stack.ipv6_addr_rm(iface, one));
            }
            3 => {
                let prefix = format!("2001:db8:0:{}::", how >> 4);
                let flags = if how & 8 == 0 { 0xc0 } else { 0x40 };
                let advert = Advert::new(600).prefix(&prefix, 64, flags, life, life / 2);
                lab.advert(PEER_LL, &advert);
            }
            n => {
                let asked = n < 6;
                let (kind, flags) = match asked {
                    true => (kind::NEIGHBOUR_SOLICIT, 0),
                    false => (kind::NEIGHBOUR_ADVERT, how & 0xe0),
                };
                let mut message = vec![kind, 0, 0, 0, flags, 0, 0, 0];
                message.extend(one.octets());
                let option = if asked { 14 } else { 2 };
                message.extend([option, 1, 2, 0, 0, 0, 0, input.byte()]);
                let src = if how & 8 == 0 { PEER_LL } else { Ipv6Addr::UNSPECIFIED };
                let group = match asked {
                    true => {
                        let [.., a, b, c] = one.octets();
                        let last = [u16::from_be_bytes([0xff, a]), u16::from_be_bytes([b, c])];
                        Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, last[0], last[1])
                    }
                    false => Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1),
                };
                lab.nd(src, group, &message);
            }
        }
    });
}
