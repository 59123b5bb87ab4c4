// SPDX-License-Identifier: Apache-2.0
//! Path MTU discovery (RFC 1191, RFC 8201): what packets to a destination may measure, and who says so.
//!
//! Called by: whoever sends; `stack::{icmp, v6::icmp}` with errors that quote a packet of ours, which they have checked.
//! Calls: `ip::pmtu`.

#[cfg(any(CONFIG_NET_PMTU, CONFIG_ZNET_MTU_DISCOVER))]
use super::Env;
#[cfg(CONFIG_NET_PMTU)]
use super::Event;
use super::Stack;
#[cfg(CONFIG_NET_PMTU)]
use crate::base::Instant;
use crate::base::IpAddr;
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
use crate::base::{Endpoint, Error, Result};
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
use crate::buf::Pkt;
#[cfg(CONFIG_NET_PMTU)]
use crate::ip::pmtu::Path;
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
use crate::transport::{ContextId, context::MtuDiscover};
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
use crate::wire::{checksum::Sum, udp::HEADER_LEN};

/// How a datagram heeds what its path carries.
#[cfg(any(CONFIG_ZNET_UDP_PLPMTUD, CONFIG_ZNET_MTU_DISCOVER))]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// In fragments where it is larger, and routers are to say so.
    Usual,
    /// Not at all.
    Whole,
    /// Routers may fragment it.
    #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
    Loose,
}

impl Stack {
    /// The largest packet to `dst` over a link that carries `link` bytes.
    #[inline]
    pub(super) fn path_mtu(&self, dst: IpAddr, link: u16) -> u16 {
        #[cfg(any(CONFIG_ZNET_UDP_PLPMTUD, CONFIG_ZNET_MTU_DISCOVER))]
        if self.manner == Manner::Whole {
            return link;
        }
        #[cfg(CONFIG_NET_PMTU)]
        return self.pmtu.mtu(dst, link);
        #[cfg(not(CONFIG_NET_PMTU))]
        {
            let _ = dst;
            link
        }
    }

    /// What the path to `dst` leaves of segments of `mss` bytes, behind `headers` of IP and TCP.
    #[cfg(CONFIG_NET_TCP)]
    pub(super) fn path_mss(&self, dst: IpAddr, mss: u16) -> u16 {
        let headers = match dst {
            #[cfg(any(CONFIG_NET_IPV4, not(CONFIG_NET_IPV6)))]
            IpAddr::V4(_) => 40,
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(_) => 60,
        };
        self.path_mtu(dst, mss.saturating_add(headers)).saturating_sub(headers)
    }

    /// The largest packet that goes whatever is known of its path, over a link that carries `link` bytes.
    #[cfg(all(
        not(CONFIG_ZNET_PROFILE_TINY),
        CONFIG_NET_L2_ETHERNET,
        any(
            all(CONFIG_NET_ARP, CONFIG_NET_UDP),
            all(CONFIG_NET_IPV6_NBR_CACHE, any(CONFIG_NET_UDP, CONFIG_NET_TCP))
        )
    ))]
    #[inline(always)]
    pub(super) fn any_path_mtu(&self, link: u16) -> u16 {
        // The short way sets don't-fragment.
        #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
        if self.manner == Manner::Loose {
            return 0;
        }
        #[cfg(CONFIG_NET_PMTU)]
        return self.pmtu.least().min(link);
        #[cfg(not(CONFIG_NET_PMTU))]
        link
    }
}

#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
impl Stack {
    /// Sends a datagram of a context that does not leave this to the stack.
    ///
    /// # Errors
    /// [`Error::MsgSize`] when it is larger than may go whole, and has to; those of `udp_send`.
    #[cold]
    pub(super) fn udp_send_in_manner(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Option<Endpoint>,
        pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        let how = self.contexts.get(id).map_or(MtuDiscover::Usual, |c| c.mtu_discover);
        let manner = match how {
            MtuDiscover::Never => Manner::Loose,
            MtuDiscover::Probe => Manner::Whole,
            MtuDiscover::Usual | MtuDiscover::Refuse => Manner::Usual,
        };
        self.manner = manner;
        let mtu = match how {
            MtuDiscover::Probe | MtuDiscover::Refuse => self.mtu_to(id, to),
            MtuDiscover::Usual | MtuDiscover::Never => Ok(usize::MAX),
        };
        let sent = match mtu {
            Ok(mtu) if pkt.len() > mtu => {
                self.effects.free(pkt);
                Err(Error::MsgSize)
            }
            // What is wrong with the way the datagram itself will find out.
            _ => self.udp_send_as_is(env, id, to, pkt, sum),
        };
        self.manner = Manner::Usual;
        sent
    }

    /// The largest payload that goes to `to`, or to the context's peer, whole.
    fn mtu_to(&self, id: ContextId, to: Option<Endpoint>) -> Result<usize> {
        let context = self.contexts.get(id)?;
        let (mtu, headers) = self.mtu_between(context, to.unwrap_or(context.remote).addr)?;
        Ok(usize::from(mtu).saturating_sub(usize::from(headers) + HEADER_LEN))
    }
}

#[cfg(CONFIG_NET_PMTU)]
impl Stack {
    /// A router says that a packet of ours of `sent` bytes to `dst` was too big for a link of `mtu` bytes, 0 where it
    /// does not say.
    pub(super) fn path_too_big(&mut self, env: &dyn Env, dst: IpAddr, mtu: u32, sent: u16) {
        let mtu = u16::try_from(mtu).unwrap_or(u16::MAX);
        let known = match dst {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(_) => cfg!(CONFIG_NET_IPV4_PMTU),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(_) => cfg!(CONFIG_NET_IPV6_PMTU),
        };
        if let Some(mtu) = known.then(|| self.pmtu.too_big(env.now(), dst, mtu, sent)).flatten() {
            self.effects.event(Event::PathMtu { dst, mtu });
            self.tell_path_deadline();
        }
    }

    /// True when an ICMP message of ours that an error quotes is an echo sent lately; `quoted` begins at the ICMP header.
    pub(super) fn is_own_echo(&self, dst: IpAddr, quoted: &[u8]) -> bool {
        let name = quoted.get(4..).and_then(|rest| rest.first_chunk::<4>());
        name.is_some_and(|name| self.pmtu.is_echo(dst, u32::from_be_bytes(*name)))
    }

    /// Remembers an echo message of ours, `pkt` from its ICMP header on, if it may be too big for a path.
    pub(super) fn note_echo(&mut self, dst: IpAddr, pkt: &crate::buf::Pkt) {
        let mut name = [0; 4];
        if pkt.len() + 20 > usize::from(crate::ip::pmtu::LEAST_V4)
            && pkt.copy_out(4, &mut name) == 4
        {
            self.pmtu.note_echo(dst, u32::from_be_bytes(name));
        }
    }

    /// What is known of paths.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.pmtu.iter()
    }

    /// Notes what the path to `dst` carries; returns what was known.
    pub fn path_set(&mut self, env: &dyn Env, dst: IpAddr, mtu: u16) -> Option<u16> {
        let before = self.pmtu.set(env.now(), dst, mtu);
        if before != Some(mtu) {
            self.effects.event(Event::PathMtu { dst, mtu });
        }
        self.tell_path_deadline();
        before
    }

    fn tell_path_deadline(&mut self) {
        if let Some(at) = self.pmtu.deadline() {
            self.effects.deadline(at);
        }
    }

    pub(super) fn path_timers(&mut self, now: Instant) {
        if self.pmtu.deadline().is_some_and(|at| at <= now) {
            self.pmtu.expire(now);
        }
    }
}
