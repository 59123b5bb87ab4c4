// SPDX-License-Identifier: Apache-2.0
//! What the passing of time brings.
//!
//! Called by: the timer thread in `capi`, the simulator, whenever [`Stack::deadline`] has come.

use super::{Env, Stack};
use crate::base::Instant;

/// Whether there is anything that time brings.
pub const TIMERS: bool = cfg!(any(
    all(CONFIG_NET_ARP, CONFIG_NET_IPV4, CONFIG_ZNET_ARP_TIMERS),
    CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION,
    CONFIG_NET_IPV4_FRAGMENT,
    CONFIG_NET_IPV6,
    CONFIG_NET_TCP,
    CONFIG_NET_IPV4_IGMP,
    CONFIG_NET_IPV4_ACD,
    CONFIG_NET_PMTU
));

impl Stack {
    /// Does all that is due now.
    pub fn timers(&mut self, env: &dyn Env) {
        #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4, CONFIG_ZNET_ARP_TIMERS))]
        self.arp_timers(env);
        #[cfg(CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION)]
        self.announce_all(env.now());
        #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
        self.fragment_timers(env);
        #[cfg(CONFIG_NET_IPV6)]
        self.ipv6_timers(env);
        #[cfg(CONFIG_NET_TCP)]
        self.tcp_timers(env);
        #[cfg(CONFIG_NET_IPV4_IGMP)]
        self.igmp_timers(env);
        #[cfg(CONFIG_NET_IPV4_ACD)]
        self.acd_timers(env);
        #[cfg(CONFIG_NET_PMTU)]
        self.path_timers(env.now());
        let _ = env;
    }

    /// When [`timers`](Self::timers) has something to do next.
    pub fn deadline(&self) -> Option<Instant> {
        let mut next = None;
        let mut also = |at: Option<Instant>| next = earlier(next, at);
        also(None);
        #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4, CONFIG_ZNET_ARP_TIMERS))]
        also(self.arp.deadline());
        #[cfg(CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION)]
        also(Some(self.announce_at));
        #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
        also(self.fragment_deadline());
        #[cfg(CONFIG_NET_IPV6)]
        also(self.ipv6_deadline());
        #[cfg(CONFIG_NET_TCP)]
        also(self.tcp_deadline());
        #[cfg(CONFIG_NET_IPV4_IGMP)]
        also(self.igmp_deadline());
        #[cfg(CONFIG_NET_IPV4_ACD)]
        also(self.acd_deadline());
        #[cfg(CONFIG_NET_PMTU)]
        also(self.pmtu.deadline());
        next
    }
}

/// The earlier of two deadlines, where there are any.
fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
