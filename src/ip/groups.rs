// SPDX-License-Identifier: Apache-2.0
//! What a host reports of its multicast groups, and when (RFC 9776 and RFC 2236 for IPv4; RFC 9777
//! and RFC 2710 are the same with other names).
//!
//! Called by: `stack::igmp`. Calls nothing: what is to be sent comes out of [`Groups::poll`]. A group
//! is reported when it is joined or left, so often that one loss does no harm, and when a router
//! asks, after a random delay so that not all hosts answer at once.

use heapless::Vec;

use crate::base::{Duration, Instant};

/// How often a change is reported (RFC 9776, 8.1: the robustness variable).
const ROBUSTNESS: u8 = 2;
/// Longest pause between the reports of a change (RFC 9776, 8.11).
const REPORT_INTERVAL: Duration = Duration::from_secs(1);
/// The same for routers that only know the second version (RFC 2236, 8.10).
const REPORT_INTERVAL_OLD: Duration = Duration::from_secs(10);
/// How long a router of an older version is thought to be there: twice the query interval and the
/// time to answer in (RFC 9776, 8.12).
const OLD_ROUTER: Duration = Duration::from_secs(260);

/// The version of the protocol a link speaks, by IGMP's numbers; MLD's are one lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// A group is reported; nobody tells that it is left.
    V1,
    /// One is told that it is left.
    V2,
    /// All groups in one report, with the sources wanted.
    V3,
}

/// Which senders to a group are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter<A, const S: usize> {
    /// Those in `sources`, else all but those.
    pub include: bool,
    /// The senders.
    pub sources: Vec<A, S>,
}

impl<A: PartialEq, const S: usize> Filter<A, S> {
    /// Every sender.
    pub const ALL: Self = Filter { include: false, sources: Vec::new() };

    /// True when packets from `source` are wanted.
    pub fn passes(&self, source: &A) -> bool {
        self.sources.contains(source) == self.include
    }
}

/// A group on a link.
struct Entry<A, const S: usize> {
    iface: u8,
    group: A,
    filter: Filter<A, S>,
    /// Still a member; an entry that is left goes when that was reported.
    member: bool,
    /// Reports of the last change that are still to be sent, and when the next is.
    changes: u8,
    change_at: Instant,
    /// When a router's question is to be answered.
    answer_at: Option<Instant>,
    /// We were the last to report it, so it is on us to tell that it is left (RFC 2236, 3).
    reporter: bool,
}

/// What is known of a link's routers.
#[derive(Clone, Copy)]
struct Link {
    v1_until: Instant,
    v2_until: Instant,
    /// When a question about all groups is to be answered in one report.
    answer_at: Option<Instant>,
}

/// What is to be sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Due<A, const S: usize> {
    /// The group has been joined or left, or a router asked about it.
    Report {
        /// The link.
        iface: u8,
        /// The group.
        group: A,
        /// The senders wanted, or wanted till now.
        filter: Filter<A, S>,
        /// Why.
        why: Why,
        /// How the link's routers want to be told.
        version: Version,
    },
    /// A router asked about all groups of this link: [`Groups::of`] tells them.
    All {
        /// The link.
        iface: u8,
    },
}

/// Why a group is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has been joined.
    Joined,
    /// It has been left.
    Left,
    /// A router asked.
    Asked,
}

/// The groups of all links: `N` of them on `L` links, with `S` senders each.
pub struct Groups<A, const N: usize, const L: usize, const S: usize> {
    entries: Vec<Entry<A, S>, N>,
    links: [Link; L],
    newest: Version,
}

impl<A: Copy + PartialEq, const N: usize, const L: usize, const S: usize> Groups<A, N, L, S> {
    /// No groups; routers that nothing is known of are spoken to in version `newest`.
    pub const fn new(newest: Version) -> Self {
        const NEW: Link =
            Link { v1_until: Instant::ZERO, v2_until: Instant::ZERO, answer_at: None };
        Groups { entries: Vec::new(), links: [NEW; L], newest }
    }

    /// A group has been joined, or the senders wanted have changed; to be reported at once. False
    /// when there is no room: the group is then not reported.
    pub fn join(&mut self, iface: u8, group: A, filter: Filter<A, S>) -> bool {
        let entry = Entry {
            iface,
            group,
            filter,
            member: true,
            changes: ROBUSTNESS,
            change_at: Instant::ZERO,
            answer_at: None,
            reporter: false,
        };
        match self.find(iface, group) {
            Some(old) => {
                let reporter = old.reporter;
                *old = Entry { reporter, ..entry };
                true
            }
            None => self.entries.push(entry).is_ok(),
        }
    }

    /// A group has been left; to be reported at once.
    pub fn leave(&mut self, iface: u8, group: A) {
        if let Some(entry) = self.find(iface, group) {
            entry.member = false;
            entry.changes = ROBUSTNESS;
            entry.change_at = Instant::ZERO;
            entry.answer_at = None;
        }
    }

    /// A link has come up: nobody on it knows our groups.
    pub fn rejoin(&mut self, iface: u8) {
        for entry in self.entries.iter_mut().filter(|e| e.iface == iface && e.member) {
            entry.changes = ROBUSTNESS;
            entry.change_at = Instant::ZERO;
        }
    }

    /// A link has gone: nothing is sent on it any more.
    pub fn forget(&mut self, iface: u8) {
        self.entries.retain(|e| e.iface != iface || e.member);
        for entry in self.entries.iter_mut().filter(|e| e.iface == iface) {
            entry.changes = 0;
            entry.answer_at = None;
        }
        if let Some(link) = self.link_mut(iface) {
            link.answer_at = None;
        }
    }

    /// A router asks about one group, or with `None` about all; it wants an answer within `within`
    /// (RFC 9776, 5.2). `random` spreads the answers.
    pub fn query(
        &mut self,
        now: Instant,
        random: u32,
        iface: u8,
        version: Version,
        group: Option<A>,
        within: Duration,
    ) {
        let at = now + fraction(within, random);
        if let Some(link) = self.link_mut(iface) {
            match version {
                Version::V1 => link.v1_until = now + OLD_ROUTER,
                Version::V2 => link.v2_until = now + OLD_ROUTER,
                Version::V3 => {}
            }
        }
        let spoken = self.version(now, iface);
        let Some(link) = self.link_mut(iface) else { return };
        if link.answer_at.is_some_and(|due| due <= at) {
            return;
        }
        if spoken == Version::V3 && group.is_none() {
            link.answer_at = Some(at);
            return;
        }
        let mut spread = random;
        let asked = |e: &&mut Entry<A, S>| {
            e.iface == iface && e.member && group.is_none_or(|group| e.group == group)
        };
        for entry in self.entries.iter_mut().filter(asked) {
            let at = now + fraction(within, spread);
            spread = spread.wrapping_mul(0x9e37_79b1).wrapping_add(0x7f4a_7c15);
            entry.answer_at = Some(entry.answer_at.map_or(at, |due| due.min(at)));
        }
    }

    /// Another host reported the group to routers of an older version: that will do for us too
    /// (RFC 2236, 3).
    pub fn heard(&mut self, now: Instant, iface: u8, group: A) {
        if self.version(now, iface) != Version::V3
            && let Some(entry) = self.find(iface, group)
        {
            entry.answer_at = None;
            entry.changes = if entry.member { 0 } else { entry.changes };
            entry.reporter = false;
        }
    }

    /// The next thing to be sent by `now`.
    pub fn poll(&mut self, now: Instant, random: u32) -> Option<Due<A, S>> {
        for (at, link) in self.links.iter_mut().enumerate() {
            if link.answer_at.is_some_and(|due| due <= now) {
                link.answer_at = None;
                return Some(Due::All { iface: at as u8 + 1 });
            }
        }
        let at = self.entries.iter().position(|entry| entry.due().is_some_and(|due| due <= now))?;
        let version = self.version(now, self.entries.get(at)?.iface);
        let entry = self.entries.get_mut(at)?;
        let asked = entry.answer_at.take_if(|due| *due <= now).is_some();
        let (why, again) = if asked {
            (Why::Asked, true)
        } else {
            entry.changes -= 1;
            let old = version != Version::V3;
            let pause = if old { REPORT_INTERVAL_OLD } else { REPORT_INTERVAL };
            entry.change_at = now + fraction(pause, random);
            // One who leaves tells older routers once (RFC 2236, 3).
            (if entry.member { Why::Joined } else { Why::Left }, entry.member || !old)
        };
        let told = why != Why::Left || version == Version::V3 || entry.reporter;
        entry.reporter = why != Why::Left;
        let (iface, group, filter) = (entry.iface, entry.group, entry.filter.clone());
        if why == Why::Left && (entry.changes == 0 || !again) {
            self.entries.swap_remove(at);
        }
        if !told || (why == Why::Left && version == Version::V1) {
            return self.poll(now, random);
        }
        Some(Due::Report { iface, group, filter, why, version })
    }

    /// When [`poll`](Self::poll) has something to say next.
    pub fn deadline(&self) -> Option<Instant> {
        let entries = self.entries.iter().filter_map(Entry::due);
        entries.chain(self.links.iter().filter_map(|link| link.answer_at)).min()
    }

    /// The groups of a link, with the senders wanted.
    pub fn of(&self, iface: u8) -> impl Iterator<Item = (A, &Filter<A, S>)> {
        self.entries
            .iter()
            .filter(move |e| e.iface == iface && e.member)
            .map(|e| (e.group, &e.filter))
    }

    /// True when packets to `group` from `source` are wanted on a link, as far as senders go.
    pub fn passes(&self, iface: u8, group: A, source: &A) -> bool {
        let entry = self.entries.iter().find(|e| e.iface == iface && e.group == group && e.member);
        entry.is_none_or(|entry| entry.filter.passes(source))
    }

    /// How the routers of a link want to be told: as the oldest of them understands.
    pub fn version(&self, now: Instant, iface: u8) -> Version {
        match self.links.get(usize::from(iface).wrapping_sub(1)) {
            Some(link) if now < link.v1_until => Version::V1,
            Some(link) if now < link.v2_until => Version::V2,
            _ => self.newest,
        }
    }

    fn find(&mut self, iface: u8, group: A) -> Option<&mut Entry<A, S>> {
        self.entries.iter_mut().find(|e| e.iface == iface && e.group == group)
    }

    fn link_mut(&mut self, iface: u8) -> Option<&mut Link> {
        self.links.get_mut(usize::from(iface).wrapping_sub(1))
    }
}

impl<A, const S: usize> Entry<A, S> {
    fn due(&self) -> Option<Instant> {
        let change = (self.changes != 0).then_some(self.change_at);
        match (change, self.answer_at) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }
}

/// A random part of `span`; never nothing, so that what is due comes later than now.
fn fraction(span: Duration, random: u32) -> Duration {
    let part = (u128::from(span.as_micros()) * u128::from(random)) >> 32;
    Duration::from_micros(part as u64 + 1)
}

#[cfg(test)]
mod tests;
