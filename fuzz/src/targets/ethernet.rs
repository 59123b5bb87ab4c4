// SPDX-License-Identifier: Apache-2.0
//! Frames as they come, into a host with a few sockets. Nothing is corrected.

use testutil::Lab;

/// Sends each piece as a frame.
pub fn run(data: &[u8]) {
    let mut first = true;
    super::against_host(data, |lab, piece| {
        if std::mem::take(&mut first) {
            open_sockets(lab);
        }
        lab.peer.send(piece.to_vec());
    });
}

fn open_sockets(lab: &Lab) {
    for port in [7, 4000] {
        lab.host.udp_bind(port);
    }
}
