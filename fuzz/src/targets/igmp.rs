// SPDX-License-Identifier: Apache-2.0
//! IGMP of all versions: queries and reports about groups the host is in, and others; checksums right.

use testutil::lab::PEER_IP;
use testutil::{EthAddr, Ipv4Addr, Lab, frame};
use znet::wire::igmp::kind;
use znet::wire::ipv4::{option, protocol};

use super::against_host;
use crate::input::Input;

const KINDS: [u8; 5] =
    [kind::QUERY, kind::REPORT_V1, kind::REPORT_V2, kind::LEAVE, kind::REPORT_V3];
const ALL_HOSTS: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 1);

fn group(input: &mut Input<'_>) -> Ipv4Addr {
    let byte = input.byte();
    match byte % 4 {
        0 => Ipv4Addr::UNSPECIFIED,
        1 => ALL_HOSTS,
        2 => Ipv4Addr::new(239, 0, 0, byte),
        _ => PEER_IP,
    }
}

/// Each step is one message, or a socket of the host's joins or leaves a group.
pub fn run(data: &[u8]) {
    let mut socket = None;
    against_host(data, |lab: &mut Lab, piece| {
        let mut input = Input::new(piece);
        let how = input.byte();
        let group = group(&mut input);
        if how & 0xc0 == 0xc0 {
            let socket = *socket.get_or_insert_with(|| lab.host.udp_bind(7));
            let iface = Some(lab.iface);
            // Joining twice, or what is no group, is refused.
            let _ = lab
                .host
                .core()
                .with(|stack, _| stack.udp_membership(socket, iface, group, how & 1 == 0));
            return;
        }
        let mut message = vec![KINDS[usize::from(how) % KINDS.len()], input.byte(), 0, 0];
        message.extend(group.octets());
        if how & 8 != 0 {
            let [n0, n1] = input.word().to_be_bytes();
            message.extend([2, 125, n0, n1]);
            message.extend(input.short());
        }
        frame::mend_icmp(&mut message);
        let alert = [option::ROUTER_ALERT, 4, 0, 0];
        let packet = frame::Ipv4::new(PEER_IP, ALL_HOSTS, protocol::IGMP)
            .ttl(if how & 16 == 0 { 1 } else { 64 })
            .options(if how & 32 == 0 { &alert } else { &[] })
            .build(&message);
        let mac = EthAddr::from_ipv4_multicast(ALL_HOSTS);
        lab.peer.send(frame::ipv4_frame(mac, lab.peer.mac, &packet));
    });
}
