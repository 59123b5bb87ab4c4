// SPDX-License-Identifier: Apache-2.0
//! What the passing of time brings.
//!
//! Called by: the timer thread in `capi`, the simulator, whenever [`Stack::deadline`] has come.

use super::{Env, Stack};
use crate::base::Instant;

impl Stack {
    /// Does all that is due now.
    pub fn timers(&mut self, env: &dyn Env) {
        #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
        self.arp_timers(env);
        #[cfg(CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION)]
        self.announce_all(env.now());
        #[cfg(not(all(CONFIG_NET_ARP, CONFIG_NET_IPV4)))]
        let _ = env;
    }

    /// When [`timers`](Self::timers) has something to do next.
    pub fn deadline(&self) -> Option<Instant> {
        #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
        {
            let arp = self.arp.deadline();
            #[cfg(CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION)]
            let arp = Some(arp.map_or(self.announce_at, |at| at.min(self.announce_at)));
            arp
        }
        #[cfg(not(all(CONFIG_NET_ARP, CONFIG_NET_IPV4)))]
        {
            None
        }
    }
}
