// SPDX-License-Identifier: Apache-2.0
//! What forwarding has in common in both families, and with tunnels.
//!
//! Called by: `stack::{forward_v4, v6::forward}`.

use super::Stack;
use crate::buf::{NO_WAIT, Pkt};
#[cfg(any(CONFIG_NET_ROUTING, CONFIG_ZNET_IPV4_FORWARDING))]
use crate::iface::{IfRef, L2Kind};

/// True when the frame that brought `pkt` was meant for us alone: what was sent to several, or only
/// overheard, nobody asked us to pass on (RFC 1812, 5.3.4).
#[cfg(any(CONFIG_NET_ROUTING, CONFIG_ZNET_IPV4_FORWARDING))]
pub(super) fn is_handed_to_us(iface: IfRef, pkt: &Pkt) -> bool {
    iface.l2_kind() != L2Kind::Ethernet || pkt.eth_dst() == iface.mac()
}

impl Stack {
    /// `pkt` itself when its headers may be written to, else a copy.
    ///
    /// # Errors
    /// The packet, when there is no memory for a copy.
    pub(super) fn writable(&mut self, mut pkt: Pkt) -> Result<Pkt, Pkt> {
        if pkt.refs() == 1 && pkt.head_mut().is_some() {
            return Ok(pkt);
        }
        match pkt.deep_clone(NO_WAIT) {
            Some(copy) => {
                self.effects.free(pkt);
                Ok(copy)
            }
            None => Err(pkt),
        }
    }
}
