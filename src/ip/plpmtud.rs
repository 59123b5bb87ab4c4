// SPDX-License-Identifier: Apache-2.0
//! Path MTU discovery by probes that the other end confirms (RFC 8899): what may be sent, what is to be probed next.
//!
//! Called by: `stack::plpmtud`. Calls nothing and knows no sockets: a size is that of a datagram of the packetisation
//! layer, its header included, that of IP not. What routers say is a hint where to probe, and never an answer (4.6).

use crate::base::{Duration, Instant};

/// Probes of a size until it is thought not to pass (5.1.2: MAX_PROBES).
pub const MAX_PROBES: u8 = 3;
/// How long a confirmation is waited for (5.1.1: PROBE_TIMER).
pub const PROBE_TIMER: Duration = Duration::from_secs(15);
/// How long nothing larger is tried where the search has ended (5.1.1: PMTU_RAISE_TIMER).
pub const PMTU_RAISE_TIMER: Duration = Duration::from_secs(600);
/// How long what passed is thought to pass (5.1.1: CONFIRMATION_TIMER), and the pause between attempts where not even
/// the base size does.
pub const CONFIRMATION_TIMER: Duration = Duration::from_secs(30);
/// The search ends when what passes and what does not are this close.
const STEP: u16 = 16;

/// Where the search stands (5.2). There is no search where RFC 8899 says DISABLED.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Whether the base size passes is being found out.
    Base,
    /// Something larger is looked for.
    Searching,
    /// The largest size that passes is known, and confirmed from time to time.
    Complete,
    /// The base size does not pass.
    Error,
}

/// Between which sizes the answer lies (5.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// What is used where the base size does not pass (MIN_PLPMTU).
    pub min: u16,
    /// What passes nearly everywhere (BASE_PLPMTU).
    pub base: u16,
    /// What the link takes (MAX_PLPMTU).
    pub max: u16,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wait {
    /// Nothing: a probe is to be sent.
    None,
    /// The confirmation of a probe, until then.
    Reply(Instant),
    /// The time of the next one.
    Until(Instant),
}

/// The search on one path.
#[derive(Clone, Debug)]
pub struct Search {
    limits: Limits,
    state: State,
    /// What may be sent.
    plpmtu: u16,
    /// What is probed, or will be (PROBED_SIZE).
    probed: u16,
    /// Probes of it that were sent (PROBE_COUNT).
    count: u8,
    /// The smallest size thought not to pass.
    refused: u16,
    /// A size that a router named.
    hint: u16,
    wait: Wait,
    /// When a search that has ended begins again.
    raise_at: Instant,
}

impl Search {
    /// Begins where the other end is known to be there.
    pub fn new(limits: Limits) -> Search {
        let max = limits.max.min(u16::MAX - 1);
        let base = limits.base.min(max);
        let limits = Limits { min: limits.min.min(base), base, max };
        let mut search = Search {
            limits,
            state: State::Base,
            plpmtu: base,
            probed: base,
            count: 0,
            refused: 0,
            hint: 0,
            wait: Wait::None,
            raise_at: Instant::ZERO,
        };
        search.return_to_base();
        search
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// The largest datagram that may be sent (PLPMTU).
    pub fn plpmtu(&self) -> u16 {
        self.plpmtu
    }

    /// The size of the probe to be sent now; with `None` ask again at [`deadline`](Self::deadline).
    pub fn due(&mut self, now: Instant) -> Option<u16> {
        self.elapse(now);
        (self.wait == Wait::None).then_some(self.probed)
    }

    /// When a probe may be due next.
    pub fn deadline(&self) -> Instant {
        match self.wait {
            Wait::None => Instant::ZERO,
            Wait::Reply(at) => at,
            Wait::Until(at) if self.state == State::Complete => at.min(self.raise_at),
            Wait::Until(at) => at,
        }
    }

    /// A datagram of this size was sent, which may not be fragmented. It is a probe if that size is due.
    pub fn sent(&mut self, now: Instant, size: u16) {
        if self.due(now) == Some(size) {
            self.count += 1;
            self.wait = Wait::Reply(now + PROBE_TIMER);
        }
    }

    /// The other end says that it received a datagram of this size.
    pub fn confirmed(&mut self, now: Instant, size: u16) {
        let answers = size == self.probed && self.count > 0;
        match self.state {
            State::Base | State::Error | State::Searching if answers => {
                self.plpmtu = size;
                self.state = State::Searching;
                self.look_further(now);
            }
            // Data says it as well as a probe (4.3).
            State::Complete if size == self.plpmtu => self.rest(now),
            _ => {}
        }
    }

    /// A router says that nothing larger than `size` passes, in answer to a datagram of `sent` bytes (4.6.2). The
    /// caller has found what it quotes to be ours.
    pub fn too_big(&mut self, now: Instant, size: u16, sent: u16) {
        // No link carries less, and no router refuses what its link takes.
        if size < self.limits.min || size >= sent || sent > self.probed.max(self.plpmtu) {
            return;
        }
        if size < self.limits.base {
            self.fail_base(Wait::None);
        } else if size < self.plpmtu {
            self.return_to_base();
            self.note(size);
        } else if self.state == State::Searching && self.count > 0 && size < self.probed {
            self.note(size);
            self.look_further(now);
        }
    }

    fn note(&mut self, size: u16) {
        self.refused = size + 1;
        self.hint = size;
    }

    /// What the passing of time brings.
    fn elapse(&mut self, now: Instant) {
        match self.wait {
            Wait::Reply(at) if at <= now => {
                self.wait = Wait::None;
                if self.count >= MAX_PROBES {
                    self.lost(now);
                }
            }
            Wait::Until(at) if self.state == State::Complete => {
                if self.raise_at <= now {
                    self.state = State::Searching;
                    self.refused = self.limits.max + 1;
                    self.hint = 0;
                    self.look_further(now);
                } else if at <= now {
                    self.wait = Wait::None;
                }
            }
            Wait::Until(at) if at <= now => self.wait = Wait::None,
            _ => {}
        }
    }

    /// No probe of this size was confirmed.
    fn lost(&mut self, now: Instant) {
        match self.state {
            State::Base | State::Error => {
                self.fail_base(Wait::Until(now + CONFIRMATION_TIMER));
            }
            State::Searching => {
                self.refused = self.probed;
                self.look_further(now);
            }
            // A black hole: what passed does not any more (4.3).
            State::Complete => self.return_to_base(),
        }
    }

    fn return_to_base(&mut self) {
        self.state = State::Base;
        self.plpmtu = self.limits.base;
        self.refused = self.limits.max + 1;
        self.hint = 0;
        self.probe(self.limits.base, Wait::None);
    }

    fn fail_base(&mut self, wait: Wait) {
        self.state = State::Error;
        self.plpmtu = self.limits.min;
        self.refused = self.limits.max + 1;
        self.hint = 0;
        self.probe(self.limits.base, wait);
    }

    fn probe(&mut self, size: u16, wait: Wait) {
        self.probed = size;
        self.count = 0;
        self.wait = wait;
    }

    /// The next size: what a router named, the whole link, else half way to what does not pass (5.3.2).
    fn look_further(&mut self, now: Instant) {
        let hint = core::mem::take(&mut self.hint);
        if hint > self.plpmtu && hint < self.refused {
            return self.probe(hint, Wait::None);
        }
        if self.plpmtu >= self.limits.max || self.refused.saturating_sub(self.plpmtu) <= STEP {
            self.state = State::Complete;
            self.raise_at = now + PMTU_RAISE_TIMER;
            return self.rest(now);
        }
        let next = match self.refused > self.limits.max {
            true => self.limits.max,
            false => self.plpmtu + (self.refused - self.plpmtu) / 2,
        };
        self.probe(next, Wait::None);
    }

    /// What passes is known for a while.
    fn rest(&mut self, now: Instant) {
        // On a link that takes no more there is nothing to be raised to.
        if self.plpmtu >= self.limits.max {
            self.raise_at = now + PMTU_RAISE_TIMER;
        }
        self.probe(self.plpmtu, Wait::Until(now + CONFIRMATION_TIMER));
    }
}

#[cfg(test)]
mod tests;
