// SPDX-License-Identifier: Apache-2.0
//! Telling a neighbour of ours that there is a better first hop (RFC 4861, 8.2).
//!
//! Called by: `stack::v6::forward`, with a packet that goes out by where it came in. Calls: `stack::v6::neighbour`.

use super::super::{Env, Stack};
use crate::base::{DropReason, Ipv6Addr};
use crate::buf::Pkt;
use crate::iface::{AddrState, IfRef};
use crate::ip::v6::{Hop, Info};
use crate::wire::icmpv6::kind;
use crate::wire::ndp::option;

/// Bytes of the message in front of its options.
const HEAD: usize = 40;
/// Bytes of an option with an Ethernet address, and of the header of one with a packet.
const OPTION: usize = 8;
/// Bytes quoted of the packet at most. RFC 4861, 4.6.3 allows as many as fit 1,280; what tells flows apart is in front.
const QUOTED: usize = 256;

impl Stack {
    /// Tells the sender of a packet which neighbour of its own it should have sent it to, where that is one.
    #[cold]
    pub(super) fn send_redirect_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        pkt: &Pkt,
        info: &Info,
        hop: Hop,
    ) {
        let Hop::Neighbour(target) = hop else { return };
        // A router is told by its link-local address, a neighbour by its own.
        let tellable = target == info.dst || target.is_unicast_link_local();
        if !tellable || target == info.src || iface.ipv6_onlink(info.src).is_none() {
            return;
        }
        let Some(own) = iface.ipv6_link_local(AddrState::Preferred) else { return };
        if !self.v6.limit.take(env.now()) {
            return self.count(DropReason::IcmpRateLimited);
        }
        let mut bytes = [0; HEAD + 2 * OPTION + QUOTED];
        let len = self.write_redirect(&mut bytes, iface, pkt, target, info.dst);
        let message = bytes.get(..len).unwrap_or(&[]);
        self.send_nd_bytes(env, iface, own.address.ipv6(), info.src, message);
    }

    fn write_redirect(
        &mut self,
        out: &mut [u8; HEAD + 2 * OPTION + QUOTED],
        iface: IfRef,
        pkt: &Pkt,
        target: Ipv6Addr,
        dst: Ipv6Addr,
    ) -> usize {
        let mut len = put(out, 0, &[kind::REDIRECT]);
        len = put(out, len + 7, &target.octets());
        len = put(out, len, &dst.octets());
        #[cfg(not(CONFIG_NET_L2_ETHERNET))]
        let _ = iface;
        #[cfg(CONFIG_NET_L2_ETHERNET)]
        if let Some(mac) = self.neighbour_v6(iface, target) {
            len = put(out, len, &[option::TARGET_LINK, 1]);
            len = put(out, len, &mac.0);
        }
        // The quote is padded to eights with zeros.
        let quoted = pkt.len().min(QUOTED).next_multiple_of(8);
        len = put(out, len, &[option::REDIRECTED, (quoted / 8) as u8 + 1]) + 6;
        if let Some(room) = out.get_mut(len..len + quoted) {
            pkt.copy_out(0, room);
        }
        len + quoted
    }
}

/// Writes bytes and returns where they end.
fn put(out: &mut [u8], at: usize, bytes: &[u8]) -> usize {
    let end = at + bytes.len();
    if let Some(room) = out.get_mut(at..end) {
        room.copy_from_slice(bytes);
    }
    end
}
