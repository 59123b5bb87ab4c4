// SPDX-License-Identifier: Apache-2.0
//! IPv6 packets that somebody else has built: `net_send_data` and what stands on it.
//!
//! Called by: `capi::net_if_data`. Calls: `ip::v6::route`, `stack::v6::tx`.

use super::super::tx::AF_INET6;
use super::super::{Env, Stack};
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
use super::fragment::Cut;
use crate::base::Error;
use crate::buf::Pkt;
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
use crate::buf::PktList;
use crate::iface::{IfRef, L2Kind};
use crate::ip::v6::Hop;
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
use crate::wire::ipv6::{FRAGMENT_LEN, NEXT_HEADER_AT, Repr, next_header};
use crate::wire::ipv6::{HEADER_LEN, Header};

/// A packet that was not sent, and why.
type Refused = (Error, Pkt);

/// The most extension headers, in bytes, that are repeated in each fragment.
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
const KEPT_MAX: usize = 64;

impl Stack {
    /// Sends a complete IPv6 packet over `iface`, in fragments where it has to go so. A link without link
    /// addresses carries it wherever it goes.
    ///
    /// # Errors
    /// Those of routing, [`Error::Inval`] when the packet does not begin with an IPv6 header,
    /// [`Error::AddrNotAvail`] when it is for nobody, [`Error::MsgSize`] when it exceeds the link's MTU and cannot be cut, [`Error::NoBufs`]
    /// without memory for fragments, [`Error::NetDown`] on a link that must keep silent; each with the packet.
    pub fn send_packet_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
    ) -> Result<(), Refused> {
        let mut bytes = [0; HEADER_LEN];
        let read = pkt.copy_out(0, &mut bytes);
        let dst = match Header::parse_quoted(bytes.get(..read).unwrap_or_default()) {
            Ok(header) => header.dst(),
            Err(_) => return Err((Error::Inval, pkt)),
        };
        if dst.is_unspecified() {
            return Err((Error::AddrNotAvail, pkt));
        }
        let hop = match self.route_v6(iface.index(), None, dst) {
            Ok(route) => route.hop,
            Err(_) if dst.is_multicast() => Hop::Group(dst),
            Err(_) if iface.l2_kind() != L2Kind::Ethernet => Hop::Neighbour(dst),
            Err(error) => return Err((error, pkt)),
        };
        if hop != Hop::Local && self.v6.is_silenced(iface.index()) {
            return Err((Error::NetDown, pkt));
        }
        pkt.set_family(AF_INET6);
        pkt.set_iface(iface.as_ptr().cast());
        if pkt.len() > usize::from(iface.ipv6_mtu()) && hop != Hop::Local {
            return self.send_pieces_v6(env, iface, hop, pkt);
        }
        self.link_output_v6(env, iface, hop, pkt);
        Ok(())
    }

    #[cfg(not(CONFIG_NET_IPV6_FRAGMENT))]
    fn send_pieces_v6(&mut self, _: &dyn Env, _: IfRef, _: Hop, pkt: Pkt) -> Result<(), Refused> {
        Err((Error::MsgSize, pkt))
    }

    /// Headers that routers read on the way go in front of each fragment header (RFC 8200, 4.5).
    #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
    #[cold]
    fn send_pieces_v6(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        hop: Hop,
        pkt: Pkt,
    ) -> Result<(), Refused> {
        let mut head = [0; HEADER_LEN + KEPT_MAX];
        let read = pkt.copy_out(0, &mut head);
        let bytes = head.get_mut(..read).unwrap_or_default();
        let Some((repr, skipped, carried)) = unfragmentable(bytes) else {
            return Err((Error::MsgSize, pkt));
        };
        let kept = bytes.get(HEADER_LEN..skipped).unwrap_or_default();
        let total = pkt.len() - skipped;
        let room = usize::from(iface.ipv6_mtu()).saturating_sub(skipped + FRAGMENT_LEN) & !7;
        if room == 0 || total > usize::from(u16::MAX) {
            return Err((Error::MsgSize, pkt));
        }
        let cut = Cut { skipped, repr, kept, carried, ident: self.next_ident_v6(env) };
        let mut pieces = PktList::new();
        for offset in (0..total).step_by(room) {
            let Some(piece) = self.fragment_of_v6(&pkt, &cut, offset, room.min(total - offset))
            else {
                while let Some(piece) = pieces.pop_front() {
                    self.effects.free(piece);
                }
                return Err((Error::NoBufs, pkt));
            };
            pieces.push_back(piece);
        }
        while let Some(mut piece) = pieces.pop_front() {
            piece.set_family(AF_INET6);
            piece.set_priority(pkt.priority());
            piece.set_iface(iface.as_ptr().cast());
            self.link_output_v6(env, iface, hop, piece);
        }
        self.effects.free(pkt);
        Ok(())
    }
}

/// The header of a packet, how many of its bytes go in front of each fragment header, and what comes behind them;
/// the last of these headers then names a fragment header. `None` when there are too many, or this is a fragment.
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
fn unfragmentable(bytes: &mut [u8]) -> Option<(Repr, usize, u8)> {
    let repr = Repr::of(&Header::parse_quoted(bytes).ok()?);
    let (mut named_at, mut at) = (NEXT_HEADER_AT as usize, HEADER_LEN);
    let mut carried = repr.next_header;
    while matches!(carried, next_header::HOP_BY_HOP | next_header::ROUTING) {
        named_at = at;
        carried = *bytes.get(at)?;
        at += (usize::from(*bytes.get(at + 1)?) + 1) * 8;
    }
    if at > bytes.len() || carried == next_header::FRAGMENT {
        return None;
    }
    *bytes.get_mut(named_at)? = next_header::FRAGMENT;
    Some((repr, at, carried))
}
