// SPDX-License-Identifier: Apache-2.0
//! Listener discovery: queries and reports of both versions about groups the host is in, and others.

use testutil::lab6::{Ipv6, Lab6, PEER_LL, mend_icmp};
use znet::base::Ipv6Addr;
use znet::wire::icmpv6::kind;
use znet::wire::ipv6::next_header;
use znet::wire::mld::ROUTER_ALERT;

use super::against_host6;
use crate::input::Input;

const KINDS: [u8; 4] =
    [kind::MLD_QUERY, kind::MLD_REPORT_V1, kind::MLD_DONE_V1, kind::MLD_REPORT_V2];

fn group(input: &mut Input<'_>) -> Ipv6Addr {
    let byte = input.byte();
    match byte % 4 {
        0 => Ipv6Addr::UNSPECIFIED,
        1 => Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, 0xff00, 1),
        2 => Ipv6Addr::new(0xff05, 0, 0, 0, 0, 0, 0, byte.into()),
        _ => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 2),
    }
}

/// Each step is one message, or the host joins or leaves a group.
pub fn run(data: &[u8]) {
    against_host6(data, |lab: &mut Lab6, piece| {
        let mut input = Input::new(piece);
        let how = input.byte();
        let group = group(&mut input);
        if how & 0xc0 == 0xc0 {
            let iface = lab.iface;
            lab.host.core().with(|stack, env| match how & 1 {
                0 => stack.join_v6_group(env, iface, group).is_some(),
                _ => stack.leave_v6_group(iface, group).is_some(),
            });
            return;
        }
        let [t0, t1] = input.word().to_be_bytes();
        let mut message = vec![KINDS[usize::from(how % 4)], 0, 0, 0, t0, t1, 0, 0];
        message.extend(group.octets());
        if how & 4 != 0 {
            let [n0, n1] = input.word().to_be_bytes();
            message.extend([2, 125, n0, n1]);
            message.extend(input.short());
        }
        let dst = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
        mend_icmp(PEER_LL, dst, &mut message);
        let hops = if how & 8 == 0 { 1 } else { 64 };
        let packet = match how & 16 {
            0 => Ipv6::new(PEER_LL, dst, next_header::HOP_BY_HOP)
                .hop_limit(hops)
                .build(&[&ROUTER_ALERT[..], &message].concat()),
            _ => Ipv6::new(PEER_LL, dst, next_header::ICMPV6).hop_limit(hops).build(&message),
        };
        lab.packet(&packet);
    });
}
