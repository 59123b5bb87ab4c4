// SPDX-License-Identifier: Apache-2.0
//! Transport protocols and the way from a datagram to the context it is for.

pub mod context;
pub mod demux;
#[cfg(CONFIG_ZNET_CONN_HANDLERS)]
pub mod handlers;
#[cfg(CONFIG_NET_TCP)]
pub mod tcp;
#[cfg(CONFIG_NET_UDP)]
pub mod udp;

#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
pub use context::Raw;
pub use context::{Context, ContextId, Flags};
pub use demux::Contexts;

use crate::buf::Pkt;
use crate::wire::checksum::Sum;

/// The ones' complement sum over all bytes of `pkt`.
#[inline]
pub fn sum_of(pkt: &Pkt) -> Sum {
    if pkt.is_linear() {
        return Sum::of(pkt.head());
    }
    pkt.fragments().fold(Sum::ZERO, |sum, piece| sum.then(piece))
}
