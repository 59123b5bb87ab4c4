// SPDX-License-Identifier: Apache-2.0
//! What a host reports of its multicast groups, and when (RFC 9776 and RFC 2236 for IPv4; RFC 9777
//! and RFC 2710 are the same with other names).
//!
//! Called by: `stack::{igmp, v6::mld}`. Calls nothing: what is to be sent comes out of [`Groups::poll`]. A group
//! is reported when it is joined or left, so often that one loss does no harm, and when a router
//! asks, after a random delay so that not all hosts answer at once.

use heapless::Vec;

use crate::base::{Duration, Instant, list};

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
    V1 = 1,
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

    /// No sender.
    pub const NONE: Self = Filter { include: true, sources: Vec::new() };

    /// Has the filter pass what another one passes too: how the filters of several users become that
    /// of the interface (RFC 9776, 3.2). Where there is no room for all senders wanted, all pass.
    pub fn widen(&mut self, other: &Self)
    where
        A: Copy,
    {
        match (self.include, other.include) {
            (true, true) => {
                for source in &other.sources {
                    if !self.sources.contains(source) && self.sources.push(*source).is_err() {
                        *self = Filter::ALL;
                        return;
                    }
                }
            }
            (false, true) => self.sources.retain(|source| !other.sources.contains(source)),
            (false, false) => self.sources.retain(|source| other.sources.contains(source)),
            (true, false) => {
                let wanted = core::mem::replace(self, other.clone());
                self.sources.retain(|source| !wanted.sources.contains(source));
            }
        }
    }
}

/// The types of a record (RFC 9776, 4.2.13), by the same numbers in both families.
pub mod record {
    /// Current state: only the senders listed.
    pub const MODE_IS_INCLUDE: u8 = 1;
    /// Current state: all senders but those listed.
    pub const MODE_IS_EXCLUDE: u8 = 2;
    /// Changed to: only the senders listed; with none, the group is left.
    pub const CHANGE_TO_INCLUDE: u8 = 3;
    /// Changed to: all senders but those listed; with none, the group is joined.
    pub const CHANGE_TO_EXCLUDE: u8 = 4;
    /// The senders listed are wanted too.
    pub const ALLOW_NEW_SOURCES: u8 = 5;
    /// The senders listed are not wanted any more.
    pub const BLOCK_OLD_SOURCES: u8 = 6;
}

/// What one record says: its type, and the senders.
pub type Said<A, const S: usize> = (u8, Vec<A, S>);

/// The record of a group's current state.
pub fn state_of<A: Clone, const S: usize>(filter: &Filter<A, S>) -> Said<A, S> {
    let kind = if filter.include { record::MODE_IS_INCLUDE } else { record::MODE_IS_EXCLUDE };
    (kind, filter.sources.clone())
}

/// A group on a link.
struct Entry<A, const S: usize> {
    iface: u8,
    group: A,
    filter: Filter<A, S>,
    /// Still a member; an entry that is left, and then wants no sender, goes when that was reported.
    member: bool,
    /// Senders whose treatment the last changes changed.
    changed: Vec<A, S>,
    /// The last changes changed more than the treatment of some senders.
    whole: bool,
    /// Senders a router asks about; all of them with `asked_whole`.
    asked: Vec<A, S>,
    asked_whole: bool,
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
        /// What is to be said to routers of the newest version: one record, or two.
        records: Vec<Said<A, S>, 2>,
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
    /// The newest version spoken, unless it is the newest there is.
    older: Option<Version>,
}

impl<A: Copy + PartialEq, const N: usize, const L: usize, const S: usize> Groups<A, N, L, S> {
    /// No groups; routers that nothing is known of are spoken to in version `newest`.
    pub const fn new(newest: Version) -> Self {
        const NEW: Link =
            Link { v1_until: Instant::ZERO, v2_until: Instant::ZERO, answer_at: None };
        let older = match newest {
            Version::V3 => None,
            older => Some(older),
        };
        Groups { entries: Vec::new(), links: [NEW; L], older }
    }

    /// A group has been joined, or the senders wanted have changed; to be reported at once. False
    /// when there is no room: the group is then not reported.
    pub fn join(&mut self, iface: u8, group: A, filter: Filter<A, S>) -> bool {
        if self.find(iface, group).is_none() {
            let entry = Entry {
                iface,
                group,
                filter: Filter::NONE,
                member: true,
                changed: Vec::new(),
                whole: false,
                asked: Vec::new(),
                asked_whole: false,
                changes: 0,
                change_at: Instant::ZERO,
                answer_at: None,
                reporter: false,
            };
            if self.entries.push(entry).is_err() {
                return false;
            }
        }
        if let Some(entry) = self.find(iface, group) {
            let came_back = !core::mem::replace(&mut entry.member, true);
            entry.change(filter, came_back);
        }
        true
    }

    /// A group has been left; to be reported at once.
    pub fn leave(&mut self, iface: u8, group: A) {
        if let Some(entry) = self.find(iface, group) {
            entry.member = false;
            entry.change(Filter::NONE, true);
            entry.answer_at = None;
        }
    }

    /// The senders wanted of a group; `None` when it is not joined here.
    pub fn filter(&self, iface: u8, group: A) -> Option<&Filter<A, S>> {
        let entry = self.entries.iter().find(|e| e.iface == iface && e.group == group && e.member);
        entry.map(|entry| &entry.filter)
    }

    /// A link has come up: nobody on it knows our groups.
    pub fn rejoin(&mut self, iface: u8) {
        for entry in self.entries.iter_mut().filter(|e| e.iface == iface && e.member) {
            let filter = core::mem::replace(&mut entry.filter, Filter::NONE);
            entry.changed.clear();
            entry.whole = false;
            entry.change(filter, true);
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
    /// (RFC 9776, 5.2). With `sources` it wants to know of these senders only. `random` spreads the
    /// answers.
    #[allow(clippy::too_many_arguments)]
    pub fn query(
        &mut self,
        now: Instant,
        random: u32,
        iface: u8,
        version: Version,
        group: Option<A>,
        sources: impl Iterator<Item = A> + Clone,
        within: Duration,
    ) {
        let at = now + fraction(within, random);
        let before = self.version(now, iface);
        if let Some(link) = self.link_mut(iface) {
            match version {
                Version::V1 => link.v1_until = now + OLD_ROUTER,
                Version::V2 => link.v2_until = now + OLD_ROUTER,
                Version::V3 => {}
            }
        }
        let spoken = self.version(now, iface);
        if spoken != before {
            self.cancel(iface);
        }
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
            if !entry.is_asked(spoken == Version::V3, sources.clone()) {
                continue;
            }
            entry.answer_at = Some(entry.answer_at.map_or(at, |due| due.min(at)));
        }
    }

    /// The link speaks another version from now on: what was to be answered, or told once more, in the one before is
    /// not (RFC 9776, 7.2.1).
    fn cancel(&mut self, iface: u8) {
        if let Some(link) = self.link_mut(iface) {
            link.answer_at = None;
        }
        let again = |e: &Entry<A, S>| e.iface == iface && e.changes < ROBUSTNESS;
        self.entries.retain(|e| e.member || !again(e));
        for entry in self.entries.iter_mut().filter(|e| again(e)) {
            entry.answer_at = None;
            entry.asked.clear();
            entry.asked_whole = false;
            entry.changes = 0;
            entry.changed.clear();
            entry.whole = false;
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
            entry.asked.clear();
            entry.asked_whole = false;
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
        let (why, records, again) = if asked {
            (Why::Asked, entry.answer(), true)
        } else {
            entry.changes -= 1;
            let old = version != Version::V3;
            let pause = if old { REPORT_INTERVAL_OLD } else { REPORT_INTERVAL };
            entry.change_at = now + fraction(pause, random);
            // One who leaves tells older routers once (RFC 2236, 3).
            let why = if entry.member { Why::Joined } else { Why::Left };
            (why, entry.news(), entry.member || !old)
        };
        let told = match (why, version) {
            // Older routers ask for members and hear of members only.
            (Why::Left, Version::V1) => false,
            (Why::Left, Version::V2) => entry.reporter,
            (_, Version::V3) => !records.is_empty(),
            _ => true,
        };
        entry.reporter = why != Why::Left;
        let (iface, group) = (entry.iface, entry.group);
        if why == Why::Left && (entry.changes == 0 || !again) {
            list::take(&mut self.entries, at);
        } else if entry.changes == 0 {
            entry.changed.clear();
            entry.whole = false;
        }
        if !told {
            return self.poll(now, random);
        }
        Some(Due::Report { iface, group, records, why, version })
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
            _ => self.older.unwrap_or(Version::V3),
        }
    }

    fn find(&mut self, iface: u8, group: A) -> Option<&mut Entry<A, S>> {
        self.entries.iter_mut().find(|e| e.iface == iface && e.group == group)
    }

    fn link_mut(&mut self, iface: u8) -> Option<&mut Link> {
        self.links.get_mut(usize::from(iface).wrapping_sub(1))
    }
}

impl<A: Copy + PartialEq, const S: usize> Entry<A, S> {
    /// Other senders are wanted now. What that changes is told, with what is still to be told of
    /// earlier changes; nothing, where it changes nothing and is not `new` to the routers.
    fn change(&mut self, filter: Filter<A, S>, new: bool) {
        let old = core::mem::replace(&mut self.filter, filter);
        let mut differs = old.include != self.filter.include;
        self.whole |= differs;
        let either = old.sources.iter().chain(&self.filter.sources);
        for source in either.filter(|s| old.passes(s) != self.filter.passes(s)) {
            differs = true;
            if !self.changed.contains(source) && self.changed.push(*source).is_err() {
                self.whole = true;
            }
        }
        if differs || new {
            self.changes = ROBUSTNESS;
            self.change_at = Instant::ZERO;
        }
    }

    /// The records that tell of the last changes (RFC 9776, 5.1).
    fn news(&self) -> Vec<Said<A, S>, 2> {
        let mut records = Vec::new();
        let mut say = |kind, sources: Vec<A, S>| {
            let _ = records.push((kind, sources));
        };
        if self.whole {
            let include = self.filter.include;
            let kind = if include { record::CHANGE_TO_INCLUDE } else { record::CHANGE_TO_EXCLUDE };
            say(kind, self.filter.sources.clone());
            return records;
        }
        for (kind, passes) in
            [(record::ALLOW_NEW_SOURCES, true), (record::BLOCK_OLD_SOURCES, false)]
        {
            let those = self.changed.iter().filter(|s| self.filter.passes(s) == passes);
            let those: Vec<A, S> = list::gather(those.copied());
            if !those.is_empty() {
                say(kind, those);
            }
        }
        records
    }

    /// Notes what a router asks; false when there is nothing to answer.
    fn is_asked(&mut self, newest: bool, sources: impl Iterator<Item = A>) -> bool {
        let mut some = false;
        let mut fits = true;
        for source in sources.filter(|_| newest) {
            some = true;
            if self.filter.passes(&source) && !self.asked.contains(&source) {
                fits &= self.asked.push(source).is_ok();
            }
        }
        // More than can be kept: the whole state answers too (RFC 9776, 5.2, rule 4).
        self.asked_whole |= !some || !fits;
        self.asked_whole || !self.asked.is_empty()
    }

    /// The record that answers.
    fn answer(&mut self) -> Vec<Said<A, S>, 2> {
        let asked = core::mem::take(&mut self.asked);
        let whole = core::mem::take(&mut self.asked_whole);
        let said = match whole {
            true => state_of(&self.filter),
            false => {
                let passing = asked.iter().filter(|source| self.filter.passes(source));
                (record::MODE_IS_INCLUDE, list::gather(passing.copied()))
            }
        };
        let mut records = Vec::new();
        if whole || !said.1.is_empty() {
            let _ = records.push(said);
        }
        records
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
