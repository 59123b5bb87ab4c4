// SPDX-License-Identifier: Apache-2.0
//! How many ICMP errors this host sends.
//!
//! Called by: `stack::{icmp, icmpv6}`.

use crate::base::{Duration, Instant};

/// Errors sent in one go before the limit bites.
const BURST: u8 = 20;
/// Pause after which one more error may be sent: 50 a second in the long run.
const REFILL: Duration = Duration::from_millis(20);

/// Limits the rate of ICMP errors (RFC 1812, 4.3.2.8; RFC 4443, 2.4 f), so that nobody can use us to flood another.
pub struct RateLimit {
    /// Of the bucket.
    taken: u8,
    since: Instant,
}

impl RateLimit {
    /// A full bucket.
    pub const fn new() -> Self {
        RateLimit { taken: 0, since: Instant::ZERO }
    }

    /// Takes the right to send one error.
    pub fn take(&mut self, now: Instant) -> bool {
        let refills = now.since(self.since).as_micros() / REFILL.as_micros();
        if refills > 0 {
            self.taken = self.taken.saturating_sub(refills.min(BURST as u64) as u8);
            self.since = now;
        }
        let left = self.taken < BURST;
        if left {
            self.taken += 1;
        }
        left
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::new()
    }
}
