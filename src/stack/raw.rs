// SPDX-License-Identifier: Apache-2.0
//! Packets that somebody else has built: `net_send_data` and what stands on it.
//!
//! Called by: `capi::net_if_data`. Calls: `ip::v4::route`, `stack::tx`.

use super::tx::AF_INET;
use super::{Env, Stack};
use crate::base::{Error, Ipv4Addr};
use crate::buf::Pkt;
use crate::iface::IfRef;
use crate::wire::ipv4::HEADER_LEN;

impl Stack {
    /// Sends a complete IPv4 packet over `iface`.
    ///
    /// # Errors
    /// Those of routing, [`Error::Inval`] when the packet does not begin with an IPv4 header,
    /// [`Error::MsgSize`] when it exceeds the link's MTU; each with the packet.
    pub fn send_packet_v4(
        &mut self,
        env: &dyn Env,
        iface: IfRef,
        mut pkt: Pkt,
    ) -> Result<(), (Error, Pkt)> {
        let mut header = [0; HEADER_LEN];
        if pkt.copy_out(0, &mut header) != HEADER_LEN || header[0] >> 4 != 4 {
            return Err((Error::Inval, pkt));
        }
        if pkt.len() > usize::from(iface.mtu()) {
            return Err((Error::MsgSize, pkt));
        }
        let [.., a, b, c, d] = header;
        let route = match self.route_v4(iface.index(), None, Ipv4Addr::new(a, b, c, d)) {
            Ok(route) => route,
            Err(error) => return Err((error, pkt)),
        };
        pkt.set_family(AF_INET);
        pkt.set_iface(iface.as_ptr().cast());
        self.link_output_v4_apart(env, iface, route.hop, pkt);
        Ok(())
    }
}
