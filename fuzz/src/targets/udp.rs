// SPDX-License-Identifier: Apache-2.0
//! UDP datagrams with right checksums, to a host that echoes them.

use testutil::frame;
use testutil::lab::{HOST_IP, PEER_IP};
use znet::wire::ipv4::protocol;

/// Sends each piece as a datagram, header included.
pub fn run(data: &[u8]) {
    let mut sockets = None;
    super::against_host(data, |lab, piece| {
        let [echo, connected] = *sockets.get_or_insert_with(|| {
            let (echo, connected) = (lab.host.udp_bind(7), lab.host.udp_bind(4000));
            lab.host.connect(connected, (PEER_IP, 4001)).expect("a way to the station");
            [echo, connected]
        });
        let mut datagram = piece.to_vec();
        // A datagram without checksum stays one.
        if datagram.get(6..8).is_some_and(|sum| sum != [0, 0]) {
            frame::mend_udp(PEER_IP, HOST_IP, &mut datagram);
        }
        let packet = frame::Ipv4::new(PEER_IP, HOST_IP, protocol::UDP).build(&datagram);
        lab.peer.send_ipv4(lab.iface.mac(), &packet);
        lab.net.run_until_idle();
        for socket in [echo, connected] {
            while let Some(got) = lab.host.udp_recv(socket) {
                assert!(got.data.len() + 8 <= piece.len(), "more than was sent");
                assert_eq!(got.data, piece[8..8 + got.data.len()]);
                // Nobody answers to port 0.
                let _ = lab.host.udp_send_to(socket, got.from, &got.data);
            }
        }
    });
}
