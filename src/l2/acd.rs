// SPDX-License-Identifier: Apache-2.0
//! Address conflict detection (RFC 5227): who else has an address of ours?
//!
//! Called by: `stack::acd`. Calls nothing: packets to be sent and verdicts come out as values. An
//! address is probed before it is used, announced when nobody objected, and watched as long as it is
//! ours.

use heapless::Vec;

use crate::base::{Duration, Instant, Ipv4Addr, list};

/// Longest wait before the first probe (RFC 5227, 1.1).
const PROBE_WAIT: Duration = Duration::from_secs(1);
/// Probes.
const PROBE_NUM: u8 = 3;
/// Shortest pause between probes; up to twice as long.
const PROBE_MIN: Duration = Duration::from_secs(1);
/// Wait behind the last probe.
const ANNOUNCE_WAIT: Duration = Duration::from_secs(2);
/// Announcements.
const ANNOUNCE_NUM: u8 = 2;
/// Pause between announcements.
const ANNOUNCE_INTERVAL: Duration = Duration::from_secs(2);
/// Conflicts after which one is slow to try again.
const MAX_CONFLICTS: u8 = 10;
/// How slow.
const RATE_LIMIT_INTERVAL: Duration = Duration::from_secs(60);
/// An address is defended no more often than this.
const DEFEND_INTERVAL: Duration = Duration::from_secs(10);

/// Where an address stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// So many probes have been sent.
    Probing(u8),
    /// It is ours; so many announcements have been sent.
    Announcing(u8),
    /// It is ours.
    Held,
}

/// An address of ours.
#[derive(Debug)]
struct Claim {
    iface: u8,
    addr: Ipv4Addr,
    stage: Stage,
    due: Instant,
    /// When it was defended last.
    defended: Option<Instant>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Ask who has it, from nobody's address.
    Probe {
        /// Interface by index.
        iface: u8,
        /// The address.
        addr: Ipv4Addr,
    },
    /// Tell that it is ours.
    Announce {
        /// Interface by index.
        iface: u8,
        /// The address.
        addr: Ipv4Addr,
        /// For the first time: from now on it may be used.
        first: bool,
    },
}

/// What an ARP packet of somebody else means for an address of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Nothing.
    None,
    /// It is somebody else's; we must not begin to use it (RFC 5227, 2.1.1).
    Taken(Ipv4Addr),
    /// Tell again that it is ours (RFC 5227, 2.4 b).
    Defend(Ipv4Addr),
    /// Somebody insists; we have to give it up.
    Lost(Ipv4Addr),
}

/// The addresses of `L` interfaces, `N` at most.
#[derive(Debug)]
pub struct Claims<const N: usize, const L: usize> {
    claims: Vec<Claim, N>,
    /// For each interface the conflicts since an address was free there.
    conflicts: [u8; L],
}

impl<const N: usize, const L: usize> Claims<N, L> {
    /// No addresses.
    pub const fn new() -> Self {
        Claims { claims: Vec::new(), conflicts: [0; L] }
    }

    /// Begins to probe for an address, or begins anew. False without room: then nobody watches it.
    pub fn begin(&mut self, now: Instant, random: u32, iface: u8, addr: Ipv4Addr) -> bool {
        self.forget(iface, addr);
        let often = self.conflicts(iface).is_some_and(|conflicts| *conflicts >= MAX_CONFLICTS);
        let wait = if often { RATE_LIMIT_INTERVAL } else { Duration::ZERO };
        let due = now + wait + part(PROBE_WAIT, random);
        let claim = Claim { iface, addr, stage: Stage::Probing(0), due, defended: None };
        self.claims.push(claim).is_ok()
    }

    /// The address is not ours any more.
    pub fn forget(&mut self, iface: u8, addr: Ipv4Addr) {
        self.claims.retain(|claim| claim.iface != iface || claim.addr != addr);
    }

    /// Nothing on this interface is ours any more.
    pub fn forget_all(&mut self, iface: u8) {
        self.claims.retain(|claim| claim.iface != iface);
    }

    /// The next thing to be done by `now`.
    pub fn poll(&mut self, now: Instant, random: u32) -> Option<Due> {
        let due = |claim: &&mut Claim| claim.stage != Stage::Held && claim.due <= now;
        let claim = self.claims.iter_mut().find(due)?;
        let (iface, addr) = (claim.iface, claim.addr);
        match claim.stage {
            Stage::Probing(sent) if sent < PROBE_NUM => {
                claim.stage = Stage::Probing(sent + 1);
                let last = sent + 1 == PROBE_NUM;
                let pause = if last { ANNOUNCE_WAIT } else { PROBE_MIN };
                let more = if last { Duration::ZERO } else { part(PROBE_MIN, random) };
                claim.due = now + pause + more;
                Some(Due::Probe { iface, addr })
            }
            Stage::Probing(_) => {
                claim.stage = Stage::Announcing(1);
                claim.due = now + ANNOUNCE_INTERVAL;
                if let Some(conflicts) = self.conflicts(iface) {
                    *conflicts = 0;
                }
                Some(Due::Announce { iface, addr, first: true })
            }
            Stage::Announcing(sent) => {
                let done = sent + 1 >= ANNOUNCE_NUM;
                claim.stage = if done { Stage::Held } else { Stage::Announcing(sent + 1) };
                claim.due = now + ANNOUNCE_INTERVAL;
                Some(Due::Announce { iface, addr, first: false })
            }
            Stage::Held => None,
        }
    }

    /// When [`poll`](Self::poll) has something to do next.
    pub fn deadline(&self) -> Option<Instant> {
        self.claims.iter().filter(|claim| claim.stage != Stage::Held).map(|claim| claim.due).min()
    }

    /// An ARP packet of another host came, saying `sender` is its address and asking for `target`.
    pub fn heard(
        &mut self,
        now: Instant,
        iface: u8,
        sender: Ipv4Addr,
        target: Ipv4Addr,
    ) -> Conflict {
        let concerned = |claim: &Claim| {
            // Somebody else probes for what we probe for: neither may have it (RFC 5227, 2.1.1).
            let rival = sender.is_unspecified() && target == claim.addr;
            let probing = matches!(claim.stage, Stage::Probing(_));
            claim.iface == iface && (claim.addr == sender || probing && rival)
        };
        let Some(at) = self.claims.iter().position(concerned) else { return Conflict::None };
        let Some(claim) = self.claims.get_mut(at) else { return Conflict::None };
        let addr = claim.addr;
        let verdict = match claim.stage {
            Stage::Probing(_) => Conflict::Taken(addr),
            _ if claim.defended.is_some_and(|last| now < last + DEFEND_INTERVAL) => {
                Conflict::Lost(addr)
            }
            _ => {
                claim.defended = Some(now);
                return Conflict::Defend(addr);
            }
        };
        list::take(&mut self.claims, at);
        if let Some(conflicts) = self.conflicts(iface) {
            *conflicts = conflicts.saturating_add(1);
        }
        verdict
    }

    fn conflicts(&mut self, iface: u8) -> Option<&mut u8> {
        self.conflicts.get_mut(usize::from(iface).wrapping_sub(1))
    }
}

impl<const N: usize, const L: usize> Default for Claims<N, L> {
    fn default() -> Self {
        Self::new()
    }
}

/// A random part of `span`.
fn part(span: Duration, random: u32) -> Duration {
    let micros = (u128::from(span.as_micros()) * u128::from(random)) >> 32;
    Duration::from_micros(micros as u64)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec as List;

    const ADDR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
    const NOBODY: Ipv4Addr = Ipv4Addr::UNSPECIFIED;

    type Table = Claims<2, 3>;

    fn at(millis: u64) -> Instant {
        Instant::from_millis(millis)
    }

    fn begun() -> Table {
        let mut table = Table::new();
        assert!(table.begin(at(0), u32::MAX / 2, 1, ADDR));
        table
    }

    /// A table that holds the address, and the time it is.
    fn held() -> (Table, Instant) {
        let mut table = begun();
        while let Some(due) = table.deadline() {
            assert!(table.poll(due, 0).is_some());
        }
        (table, at(100_000))
    }

    #[test]
    fn three_probes_and_two_announcements() {
        let mut table = begun();
        let mut log = List::new();
        while let Some(due) = table.deadline() {
            let what = match table.poll(due, u32::MAX / 2).unwrap() {
                Due::Probe { .. } => 'p',
                Due::Announce { first, .. } => {
                    if first {
                        'A'
                    } else {
                        'a'
                    }
                }
            };
            log.push((due.as_micros() / 10_000, what));
        }
        // Half a second, one and a half twice, two, two.
        assert_eq!(log, [(49, 'p'), (199, 'p'), (349, 'p'), (549, 'A'), (749, 'a')]);
    }

    #[test]
    fn an_address_that_somebody_has_is_not_begun() {
        for (sender, target) in [(ADDR, NOBODY), (ADDR, ADDR), (NOBODY, ADDR)] {
            let mut table = begun();
            let seen = table.heard(at(10), 1, sender, target);
            assert_eq!(seen, Conflict::Taken(ADDR));
            assert_eq!(table.deadline(), None);
        }
        let mut table = begun();
        assert_eq!(table.heard(at(10), 2, ADDR, ADDR), Conflict::None, "another link");
    }

    #[test]
    fn an_address_is_defended_once_in_a_while_and_lost_to_who_insists() {
        let (mut table, now) = held();
        assert_eq!(table.heard(now, 1, NOBODY, ADDR), Conflict::None, "a mere probe");
        assert_eq!(table.heard(now, 1, ADDR, ADDR), Conflict::Defend(ADDR));
        let later = now + DEFEND_INTERVAL;
        assert_eq!(table.heard(later, 1, ADDR, ADDR), Conflict::Defend(ADDR));
        assert_eq!(
            table.heard(later + Duration::from_secs(9), 1, ADDR, ADDR),
            Conflict::Lost(ADDR)
        );
        assert_eq!(table.heard(later, 1, ADDR, ADDR), Conflict::None, "it is gone");
    }

    #[test]
    fn after_many_conflicts_one_is_slow_to_try_again() {
        let mut table = Table::new();
        for _ in 0..MAX_CONFLICTS {
            table.begin(at(0), 0, 1, ADDR);
            assert!(table.deadline().unwrap() < at(1000));
            table.heard(at(0), 1, ADDR, ADDR);
        }
        table.begin(at(0), 0, 2, ADDR);
        assert!(table.deadline().unwrap() < at(1000), "the other link had none");
        table.forget(2, ADDR);
        table.begin(at(0), 0, 1, ADDR);
        assert!(table.deadline().unwrap() >= at(60_000));
    }

    #[test]
    fn a_full_table_refuses() {
        let mut table = begun();
        assert!(table.begin(at(0), 0, 2, ADDR));
        assert!(!table.begin(at(0), 0, 3, ADDR));
        table.forget_all(2);
        assert!(table.begin(at(0), 0, 3, ADDR));
        table.forget(3, ADDR);
        table.forget(1, ADDR);
        assert_eq!(table.deadline(), None);
    }
}
