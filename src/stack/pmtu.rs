// SPDX-License-Identifier: Apache-2.0
//! Path MTU discovery (RFC 1191, RFC 8201): what packets to a destination may measure, and who says so.
//!
//! Called by: whoever sends; `stack::{icmp, v6::icmp}` with errors that quote a packet of ours, which they have checked.
//! Calls: `ip::pmtu`.

use super::Stack;
#[cfg(CONFIG_NET_PMTU)]
use super::{Env, Event};
#[cfg(CONFIG_NET_PMTU)]
use crate::base::Instant;
use crate::base::IpAddr;
#[cfg(CONFIG_NET_PMTU)]
use crate::ip::pmtu::Path;

impl Stack {
    /// The largest packet to `dst` over a link that carries `link` bytes.
    #[inline]
    pub(super) fn path_mtu(&self, dst: IpAddr, link: u16) -> u16 {
        #[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
        if self.plpmtud.whole {
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
        any(all(CONFIG_NET_ARP, any(CONFIG_NET_UDP, CONFIG_NET_TCP)), CONFIG_NET_IPV6_NBR_CACHE)
    ))]
    #[inline(always)]
    pub(super) fn any_path_mtu(&self, link: u16) -> u16 {
        #[cfg(CONFIG_NET_PMTU)]
        return self.pmtu.least().min(link);
        #[cfg(not(CONFIG_NET_PMTU))]
        link
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
