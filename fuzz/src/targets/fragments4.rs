// SPDX-License-Identifier: Apache-2.0
//! Fragments of IPv4 packets: any offset, length, order and options, of a few packets at once, in front of a
//! socket that echoes.

use testutil::lab::{HOST_IP, PEER_IP};
use testutil::{Lab, frame};
use znet::wire::icmpv4::Message;
use znet::wire::ipv4::{option, protocol};

use super::against_host;
use crate::input::Input;

/// Bytes of the packets that pieces are taken of.
const WHOLE: usize = 3_000;

/// One fragment: of a good packet at a place the input says, or of bytes it brings along.
fn fragment(input: &mut Input<'_>) -> Vec<u8> {
    let (how, ident) = (input.byte(), input.byte() % 4);
    let number =
        [protocol::UDP, protocol::ICMP, protocol::UDP, protocol::TCP][usize::from(how & 3)];
    let whole = match number {
        protocol::ICMP => frame::icmp(Message::EchoRequest { ident: 1, seq: 2 }, &[0x5a; WHOLE]),
        _ => frame::udp((PEER_IP, 4001), (HOST_IP, 7), &[0x5a; WHOLE]),
    };
    let offset = input.word() >> if how & 4 == 0 { 7 } else { 0 };
    let data = match how & 8 {
        0 => {
            let from = usize::from(offset & !7).min(whole.len());
            let len = usize::from(input.word() % 1400);
            whole.get(from..(from + len).min(whole.len())).unwrap_or(&[])
        }
        _ => input.short(),
    };
    let options: &[u8] = match how & 16 {
        0 => &[],
        _ => &[option::RECORD_ROUTE, 7, 4, 0, 0, 0, 0, 0],
    };
    let mut packet = frame::Ipv4::new(PEER_IP, HOST_IP, number).options(options);
    packet.repr.ident = ident.into();
    packet.fragment(offset & !7, how & 32 != 0).build(data)
}

/// Each step is one fragment.
pub fn run(data: &[u8]) {
    let mut echo = None;
    against_host(data, |lab: &mut Lab, piece| {
        let echo = *echo.get_or_insert_with(|| lab.host.udp_bind(7));
        let packet = fragment(&mut Input::new(piece));
        lab.peer.send_ipv4(lab.iface.mac(), &packet);
        lab.net.run_until_idle();
        while let Some(datagram) = lab.host.udp_recv(echo) {
            // There may be no buffers for the answer.
            let _ = lab.host.udp_send_to(echo, datagram.from, &datagram.data);
        }
    });
}
