// SPDX-License-Identifier: Apache-2.0
//! ICMP messages with right checksums, to a host that has a connected socket errors may be about,
//! and a listener to every type.

use testutil::frame;
use testutil::lab::{HOST_IP, PEER_IP};
use znet::wire::ipv4::protocol;

/// Sends each piece as an ICMP message.
pub fn run(data: &[u8]) {
    let mut socket = None;
    super::against_host(data, |lab, piece| {
        let socket = *socket.get_or_insert_with(|| {
            let socket = lab.host.udp_bind(4000);
            lab.host.connect(socket, (PEER_IP, 7)).expect("a way to the station");
            lab.host.core().with(|stack, _| (0..=255).for_each(|k| stack.icmp_listen(k, true)));
            socket
        });
        let mut message = piece.to_vec();
        if message.len() >= 4 {
            frame::mend_icmp(&mut message);
        }
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::ICMP).build(&message);
        lab.peer.send_ipv4(lab.iface.mac(), &packet);
        lab.net.run_until_idle();
        // The socket works whatever it was told, after it told us once.
        let _ = lab.host.try_udp_recv(socket);
        lab.host.udp_send(socket, b"still there").expect("an error is told once");
        lab.host.take_calls();
    });
}
