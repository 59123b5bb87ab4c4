// SPDX-License-Identifier: Apache-2.0
//! Packets that somebody else has built: `net_send_data` and what stands on it.
//!
//! Called by: `capi::net_if_data`. Calls: `ip::v4::route`, `stack::tx`.

use super::tx::AF_INET;
use super::{Env, Stack};
use crate::base::{Error, Ipv4Addr};
use crate::buf::Pkt;
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
use crate::buf::PktList;
use crate::iface::{IfRef, L2Kind};
use crate::ip::v4::Hop;
use crate::wire::ipv4::HEADER_LEN;

/// A packet that was not sent, and why.
type Refused = (Error, Pkt);

impl Stack {
    /// Sends a complete IPv4 packet over `iface`; in fragments where it has to go so and may. A link without link
    /// addresses carries it wherever it goes.
    ///
    /// # Errors
    /// Those of routing, [`Error::Inval`] when the packet does not begin with an IPv4 header,
    /// [`Error::AddrNotAvail`] when it is for nobody, [`Error::MsgSize`] when it exceeds the link's MTU and may not be cut, [`Error::NoBufs`]
    /// without memory for fragments; each with the packet.
    pub fn send_packet_v4(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
    ) -> Result<(), Refused> {
        let mut header = [0; HEADER_LEN];
        if pkt.copy_out(0, &mut header) != HEADER_LEN || header[0] >> 4 != 4 {
            return Err((Error::Inval, pkt));
        }
        let [.., a, b, c, d] = header;
        let dst = Ipv4Addr::new(a, b, c, d);
        if dst.is_unspecified() {
            return Err((Error::AddrNotAvail, pkt));
        }
        let hop = match self.route_v4(iface.index(), None, dst) {
            Ok(route) => route.hop,
            Err(_) if iface.l2_kind() != L2Kind::Ethernet => Hop::Neighbour(dst),
            Err(error) => return Err((error, pkt)),
        };
        pkt.set_family(AF_INET);
        pkt.set_iface(iface.as_ptr().cast());
        if pkt.len() > usize::from(iface.mtu()) && hop != Hop::Local {
            return self.send_pieces_v4(env, iface, hop, pkt);
        }
        self.link_output_v4_apart(env, iface, hop, pkt);
        Ok(())
    }

    #[cfg(not(CONFIG_NET_IPV4_FRAGMENT))]
    fn send_pieces_v4(&mut self, _: &dyn Env, _: IfRef, _: Hop, pkt: Pkt) -> Result<(), Refused> {
        Err((Error::MsgSize, pkt))
    }

    /// A header with options is not cut: each fragment would need others of them (RFC 791, 3.1).
    #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
    #[cold]
    fn send_pieces_v4(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        hop: Hop,
        pkt: Pkt,
    ) -> Result<(), Refused> {
        let mut bytes = [0; HEADER_LEN];
        pkt.copy_out(0, &mut bytes);
        let header = match crate::wire::ipv4::Header::parse(&bytes, pkt.len()) {
            Ok(header) if !header.dont_fragment() && !header.is_fragment() => header,
            _ => return Err((Error::MsgSize, pkt)),
        };
        self.ident = self.ident.wrapping_add(1);
        let params = crate::ip::v4::output::Params {
            src: header.src(),
            dst: header.dst(),
            protocol: header.protocol(),
            ttl: header.ttl(),
            tos: header.dscp() << 2 | header.ecn(),
            ident: if header.ident() == 0 { self.ident } else { header.ident() },
            whole: false,
        };
        let total = pkt.len() - HEADER_LEN;
        let room = usize::from(iface.mtu()).saturating_sub(HEADER_LEN) & !7;
        if room == 0 {
            return Err((Error::MsgSize, pkt));
        }
        let mut pieces = PktList::new();
        for offset in (0..total).step_by(room) {
            let len = room.min(total - offset);
            let Some(piece) = self.fragment_of((&pkt, HEADER_LEN), params, offset, len) else {
                while let Some(piece) = pieces.pop_front() {
                    self.effects.free(piece);
                }
                return Err((Error::NoBufs, pkt));
            };
            pieces.push_back(piece);
        }
        while let Some(mut piece) = pieces.pop_front() {
            piece.set_family(AF_INET);
            piece.set_priority(pkt.priority());
            piece.set_iface(iface.as_ptr().cast());
            self.link_output_v4_apart(env, iface, hop, piece);
        }
        self.effects.free(pkt);
        Ok(())
    }
}
