// SPDX-License-Identifier: Apache-2.0
//! What a frame is, for those who see frames as they arrive.
//!
//! Called by: `stack::{packet, handlers}`, `socket::raw`.

use crate::buf::Pkt;
use crate::iface::{IfRef, L2Kind};
use crate::wire::ethernet::{HEADER_LEN, ethertype};

/// What a frame that arrived carries, as an EtherType.
pub fn kind_of(iface: IfRef, pkt: &Pkt) -> Option<u16> {
    if cfg!(CONFIG_NET_L2_ETHERNET) && iface.l2_kind() == L2Kind::Ethernet {
        let mut header = [0; HEADER_LEN];
        pkt.copy_out(0, &mut header);
        let [.., high, low] = header;
        return (pkt.len() >= HEADER_LEN).then(|| u16::from_be_bytes([high, low]));
    }
    match pkt.head().first()? >> 4 {
        4 => Some(ethertype::IPV4),
        6 => Some(ethertype::IPV6),
        _ => None,
    }
}
