// SPDX-License-Identifier: Apache-2.0
//! Contexts that see IP packets of one protocol, with their headers, and send such packets.
//!
//! Called by: `stack::{rx_v4, v6::rx}`, `socket::raw`. Calls: routing, `stack::{tx_v4, v6::tx}`.

#[cfg(CONFIG_NET_IPV4)]
use super::tx::AF_INET;
#[cfg(CONFIG_NET_IPV6)]
use super::tx::AF_INET6;
use super::{Env, Stack};
#[cfg(CONFIG_NET_IPV4)]
use crate::base::Ipv4Addr;
#[cfg(CONFIG_NET_IPV6)]
use crate::base::Ipv6Addr;
use crate::base::{Error, IpAddr, Result};
use crate::buf::Pkt;
use crate::iface::IfRef;
use crate::transport::{ContextId, Flags, Raw};
#[cfg(CONFIG_NET_IPV4)]
use crate::wire::checksum::Sum;

impl Stack {
    /// Shows an IP packet that is for us to those who want packets of its protocol; whether there was
    /// one. `pkt` begins with its IP header.
    #[inline]
    pub(super) fn show_packet(&mut self, iface: IfRef, pkt: &Pkt, carried: u8) -> bool {
        self.raw_contexts != 0 && self.show_packet_apart(iface, pkt, carried)
    }

    #[cold]
    fn show_packet_apart(&mut self, iface: IfRef, pkt: &Pkt, carried: u8) -> bool {
        let Some((_, to, six)) = ends(pkt) else { return false };
        self.show_copies(iface, pkt, |context| match context.raw {
            Some(Raw::Ip { protocol }) => {
                let family = context.flags.contains(Flags::V6) == six;
                let local = context.local.addr;
                family
                    && (protocol == 0 || protocol == carried)
                    && (local.is_unspecified() || local == to)
            }
            #[cfg(CONFIG_NET_SOCKETS_PACKET)]
            _ => false,
            #[cfg(not(CONFIG_NET_SOCKETS_PACKET))]
            None => false,
        })
    }

    /// Gives the context a local address: it sees what is sent to that alone.
    ///
    /// # Errors
    /// [`Error::AddrNotAvail`] for an address this host does not have, [`Error::AfNoSupport`].
    pub fn raw_ip_bind(&mut self, id: ContextId, addr: IpAddr) -> Result<()> {
        let context = self.contexts.get(id)?;
        if context.flags.contains(Flags::V6) != addr.v4().is_none() {
            return Err(Error::AfNoSupport);
        }
        if !self.may_bind(addr, context.iface) {
            return Err(Error::AddrNotAvail);
        }
        self.contexts.get_mut(id)?.local.addr = addr;
        Ok(())
    }

    /// Sends a packet that begins with its IP header, to where that says. Of an IPv4 header length and
    /// checksum are filled in.
    ///
    /// # Errors
    /// [`Error::Inval`] when there is no such header, those of routing, [`Error::MsgSize`] past what
    /// the link carries.
    pub fn raw_ip_send(&mut self, env: &dyn Env, id: ContextId, pkt: Pkt) -> Result<()> {
        let mut pkt = pkt;
        let prepared = self.contexts.get(id).and_then(|context| {
            let (_, to, six) = ends(&pkt).ok_or(Error::Inval)?;
            if context.flags.contains(Flags::V6) != six {
                return Err(Error::AfNoSupport);
            }
            Ok((to, context.iface, context.priority))
        });
        let (to, bound, priority) = match prepared {
            Ok(found) => found,
            Err(error) => {
                self.effects.free(pkt);
                return Err(error);
            }
        };
        pkt.set_priority(priority);
        let sent = match to {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(_) if !complete(&mut pkt) => Err((Error::Inval, pkt)),
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(to) => self.raw_ip_send_v4(env, bound, to, pkt),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(to) => self.raw_ip_send_v6(env, bound, to, pkt),
        };
        sent.map_err(|(error, pkt)| {
            self.effects.free(pkt);
            error
        })
    }

    #[cfg(CONFIG_NET_IPV4)]
    fn raw_ip_send_v4(
        &mut self,
        env: &dyn Env,
        bound: u8,
        to: Ipv4Addr,
        mut pkt: Pkt,
    ) -> core::result::Result<(), (Error, Pkt)> {
        let route = match self.route_v4(bound, None, to) {
            Ok(route) if pkt.len() > usize::from(route.iface.mtu()) => {
                return Err((Error::MsgSize, pkt));
            }
            Ok(route) => route,
            Err(error) => return Err((error, pkt)),
        };
        pkt.set_family(AF_INET);
        pkt.set_iface(route.iface.as_ptr().cast());
        self.link_output_v4_apart(env, route.iface, route.hop, pkt);
        Ok(())
    }

    #[cfg(CONFIG_NET_IPV6)]
    fn raw_ip_send_v6(
        &mut self,
        env: &dyn Env,
        bound: u8,
        to: Ipv6Addr,
        mut pkt: Pkt,
    ) -> core::result::Result<(), (Error, Pkt)> {
        let route = match self.route_v6(bound, None, to) {
            Ok(route) if pkt.len() > usize::from(route.iface.ipv6_mtu()) => {
                return Err((Error::MsgSize, pkt));
            }
            Ok(route) => route,
            Err(error) => return Err((error, pkt)),
        };
        pkt.set_family(AF_INET6);
        pkt.set_iface(route.iface.as_ptr().cast());
        self.link_output_v6(env, route.iface, route.hop, pkt);
        Ok(())
    }
}

/// Who sent a packet, and whether it is one of IPv6.
pub fn sender_of(pkt: &Pkt) -> Option<(IpAddr, bool)> {
    ends(pkt).map(|(from, _, six)| (from, six))
}

/// Source and destination of a packet, and whether it is one of IPv6.
fn ends(pkt: &Pkt) -> Option<(IpAddr, IpAddr, bool)> {
    let mut header = [0u8; 40];
    let len = pkt.copy_out(0, &mut header);
    match header[0] >> 4 {
        #[cfg(CONFIG_NET_IPV4)]
        4 if len >= 20 => {
            let addr = |at: usize| {
                let octets: [u8; 4] = header.get(at..at + 4)?.try_into().ok()?;
                Some(IpAddr::V4(octets.into()))
            };
            Some((addr(12)?, addr(16)?, false))
        }
        #[cfg(CONFIG_NET_IPV6)]
        6 if len >= 40 => {
            let addr = |at: usize| {
                let octets: [u8; 16] = header.get(at..at + 16)?.try_into().ok()?;
                Some(IpAddr::V6(octets.into()))
            };
            Some((addr(8)?, addr(24)?, true))
        }
        _ => None,
    }
}

/// Fills in length and checksum of an IPv4 header; false when it is none.
#[cfg(CONFIG_NET_IPV4)]
fn complete(pkt: &mut Pkt) -> bool {
    let mut header = [0u8; 60];
    let have = pkt.copy_out(0, &mut header);
    let len = usize::from(header[0] & 0x0f) * 4;
    let Ok(total) = u16::try_from(pkt.len()) else { return false };
    if len < 20 || len > have {
        return false;
    }
    [header[2], header[3]] = total.to_be_bytes();
    [header[10], header[11]] = [0, 0];
    let Some(bytes) = header.get(..len) else { return false };
    [header[10], header[11]] = Sum::of(bytes).finish().to_be_bytes();
    header.get(..len).is_some_and(|bytes| pkt.copy_in(0, bytes))
}
