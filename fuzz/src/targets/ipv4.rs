// SPDX-License-Identifier: Apache-2.0
//! IPv4 packets of every shape, with checksums corrected so that they get past the first gate.

use testutil::frame;
use znet::wire::ipv4::{Header, protocol};

/// Sends each piece as an IPv4 packet with right checksums.
pub fn run(data: &[u8]) {
    let mut first = true;
    super::against_host(data, |lab, piece| {
        if std::mem::take(&mut first) {
            lab.host.udp_bind(7);
        }
        let mut packet = piece.to_vec();
        mend(&mut packet);
        lab.peer.send_ipv4(lab.iface.mac(), &packet);
    });
}

/// Corrects the checksums of the header and, where it can tell them, of what is in the packet.
fn mend(packet: &mut [u8]) {
    if packet.len() < 20 {
        return;
    }
    frame::mend_ipv4(packet);
    let Ok(header) = Header::parse(packet, packet.len()) else { return };
    let (src, dst, kind) = (header.src(), header.dst(), header.protocol());
    let content = header.len()..usize::from(header.total_len());
    let Some(content) = packet.get_mut(content) else { return };
    match kind {
        protocol::UDP if content.len() >= 8 => frame::mend_udp(src, dst, content),
        protocol::ICMP | protocol::IGMP if content.len() >= 4 => frame::mend_icmp(content),
        _ => {}
    }
}
