// SPDX-License-Identifier: Apache-2.0
//! ARP packets, between datagrams of the host's that need a neighbour.

use testutil::{EthAddr, frame};
use znet::config;
use znet::wire::ethernet::ethertype;

/// The first byte of a piece says how it goes: to everybody or to the host, and whether the host
/// sends a datagram to the station with that number before.
pub fn run(data: &[u8]) {
    super::against_host(data, |lab, piece| {
        let [how, packet @ ..] = piece else { return };
        if how & 1 != 0 {
            let socket = lab.host.udp_open();
            // It may lack buffers while many neighbours are awaited.
            let _ = lab.host.udp_send_to(socket, ([192, 0, 2, how | 2], 7), b"who?");
            lab.host.close(socket);
        }
        let to = if how & 2 != 0 { EthAddr::BROADCAST } else { lab.iface.mac() };
        lab.peer.send(frame::ethernet(to, lab.peer.mac, ethertype::ARP, packet));
        lab.net.run_until_idle();
        let known = lab.host.core().with(|stack, _| stack.neighbours().count());
        assert!(known <= config::NET_ARP_TABLE_SIZE, "{known} neighbours");
    });
}
