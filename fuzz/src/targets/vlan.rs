// SPDX-License-Identifier: Apache-2.0
//! Frames with VLAN tags: none to three, of both EtherTypes, of any identifier and priority, before packets that are
//! right, cut short, or something else; into a host that is in no VLAN but takes priority tags (IEEE 802.1Q, 9.6).

use testutil::frame;
use testutil::lab::{HOST_IP, PEER_IP};
use znet::wire::ethernet::ethertype;
use znet::wire::ipv4::protocol;

use crate::input::Input;

/// IEEE 802.1ad: the outer of two tags.
const SERVICE: u16 = 0x88a8;

/// Sends each piece as a frame.
pub fn run(data: &[u8]) {
    let mut first = true;
    super::against_host(data, |lab, piece| {
        if std::mem::take(&mut first) {
            lab.host.udp_bind(7);
        }
        let mut input = Input::new(piece);
        let how = input.byte();
        let mut inside = Vec::new();
        for tag in 0..how & 3 {
            let kind = if how >> (4 + tag) & 1 == 0 { ethertype::VLAN } else { SERVICE };
            inside.extend(kind.to_be_bytes());
            // Priority, drop eligibility, and an identifier that often is none.
            let [high, low] = [input.byte(), input.byte()];
            inside.extend(if low & 1 == 0 { [high & 0xf0, 0] } else { [high, low] });
        }
        let (kind, packet) = packet(&mut input);
        inside.extend(kind.to_be_bytes());
        inside.extend(packet);
        // Some end within a tag.
        if how & 8 != 0 {
            inside.truncate(usize::from(how >> 4));
        }
        let kind = inside.get(..2).map_or(0, |kind| u16::from_be_bytes([kind[0], kind[1]]));
        let (host, _) = lab.at();
        let rest = inside.get(2..).unwrap_or_default();
        let whole = frame::ethernet(host, lab.peer.mac, kind, rest);
        lab.peer.send(if how & 4 == 0 { frame::padded(whole) } else { whole });
    });
}

/// A datagram or a ping for the host, or bytes of any type.
fn packet(input: &mut Input<'_>) -> (u16, Vec<u8>) {
    match input.byte() % 4 {
        0 => {
            let datagram = frame::udp((PEER_IP, 9), (HOST_IP, 7), input.short());
            let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP).build(&datagram);
            (ethertype::IPV4, packet)
        }
        1 => {
            let message = znet::wire::icmpv4::Message::EchoRequest { ident: 1, seq: 1 };
            let ping = frame::icmp(message, input.short());
            (ethertype::IPV4, frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&ping))
        }
        2 => (ethertype::ARP, input.short().to_vec()),
        _ => (u16::from_be_bytes([input.byte(), input.byte()]), input.short().to_vec()),
    }
}
