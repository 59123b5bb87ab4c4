// SPDX-License-Identifier: Apache-2.0
//! ICMP errors about segments of ours (RFC 9293, 3.9.2.2; RFC 5927).
//!
//! Called by: `stack::icmp`. Nobody who can't see our segments can tell a sequence number that is on
//! its way, so an error that quotes none changes nothing.

use crate::base::{DropReason, Endpoint, Error, SeqNum};
use crate::stack::{Env, Stack};
use crate::transport::tcp::State;
#[cfg(CONFIG_ZNET_TCP_PMTU)]
use crate::transport::tcp::pmtu;

/// What a router or the peer's host says about a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::stack) enum Trouble {
    /// It can't be delivered.
    Undelivered(Error),
    /// It is too large for a link that takes segments with so many bytes of payload; 0 when the router
    /// does not say.
    TooBig(u16),
}

impl Stack {
    /// An error about the segment with sequence number `seq` between these end points, local first.
    pub(in crate::stack) fn tcp_trouble(
        &mut self,
        env: &dyn Env,
        (local, remote): (Endpoint, Endpoint),
        seq: SeqNum,
        trouble: Trouble,
    ) -> Result<(), DropReason> {
        let hash = self.tcp.hash(&local, &remote);
        let found = self.tcp_between(hash, &local, &remote);
        let slot = found.ok_or(DropReason::IcmpBadQuote)?;
        let now = self.tcp_now(env);
        let t = self.tcp.get_mut(slot).ok_or(DropReason::IcmpBadQuote)?;
        if seq.lt(t.snd_una) || seq.ge(t.snd_nxt) {
            return Err(DropReason::IcmpBadQuote);
        }
        match trouble {
            // RFC 5927, 4: an open connection outlives all of them; the retransmission timer decides.
            // An attempt fails at once, so that the application can try elsewhere (RFC 5461, 4.1).
            Trouble::Undelivered(error) if t.state == State::SynSent => {
                self.tcp_over(slot, Some(error));
            }
            Trouble::Undelivered(_) => {}
            Trouble::TooBig(_mss) =>
            {
                #[cfg(CONFIG_ZNET_TCP_PMTU)]
                if pmtu::too_big(t, seq, _mss) {
                    self.tcp_output(env, now, slot);
                    self.tcp_rearm(slot);
                    self.tcp_tell_deadline();
                }
            }
        }
        let _ = now;
        Ok(())
    }
}
