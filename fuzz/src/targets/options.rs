// SPDX-License-Identifier: Apache-2.0
//! TCP options as they are, on a SYN to a listener and on segments of a connection.

use testutil::tcp::segment::{Opt, Segment, flag};

use super::segments::Peer;

/// The first forty bytes of each piece are the options of two segments.
pub fn run(data: &[u8]) {
    let mut peer = None;
    super::against_host(data, |lab, piece| {
        let peer = peer.get_or_insert_with(|| Peer::connect(lab, 0));
        let options = vec![Opt::Raw(piece.get(..40).unwrap_or(piece).to_vec())];
        let seq = piece.iter().fold(1u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(*byte));
        let syn = Segment {
            src_port: 1024 | seq as u16,
            flags: flag::SYN,
            seq,
            options: options.clone(),
            ..peer.segment()
        };
        peer.send(lab, &syn);
        let later = Segment { options, payload: vec![1; seq as usize % 9], ..peer.segment() };
        peer.send(lab, &later);
        peer.look(lab);
    });
}
