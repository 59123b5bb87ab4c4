// SPDX-License-Identifier: Apache-2.0
//! Which interfaces lead anywhere, and when the first does or the last ceases to.
//!
//! Called by: `capi::conn_mgr_monitor`. An interface is connected while it is operational and has an
//! address that others may use, of IPv4 or IPv6.

use crate::iface::{AddrState, IF_MAX, IfRef};
use crate::mgmt::event;

/// What is told about a family: whether there is connectivity at all, over IPv4, over IPv6.
const KINDS: usize = 3;
const ANY: u8 = 1 << 0;
#[cfg(CONFIG_NET_IPV4)]
const IPV4: u8 = 1 << 1;
#[cfg(CONFIG_NET_IPV6)]
const IPV6: u8 = 1 << 2;
/// The application does not want the interface to count.
const IGNORED: u8 = 1 << 7;

/// The events of each kind: connected, disconnected.
const EVENTS: [(u64, u64); KINDS] = [
    (event::L4_CONNECTED, event::L4_DISCONNECTED),
    (event::L4_IPV4_CONNECTED, event::L4_IPV4_DISCONNECTED),
    (event::L4_IPV6_CONNECTED, event::L4_IPV6_DISCONNECTED),
];

/// How an interface stands now: a bit for each kind of connectivity.
pub fn judge(iface: IfRef) -> u8 {
    let mut found = 0;
    if !iface.is_up() {
        return found;
    }
    #[cfg(CONFIG_NET_IPV4)]
    if iface.ipv4_global(AddrState::Preferred).is_some() {
        found |= ANY | IPV4;
    }
    #[cfg(CONFIG_NET_IPV6)]
    if iface.ipv6_global(AddrState::Preferred).is_some() {
        found |= ANY | IPV6;
    }
    let _ = AddrState::Any;
    found
}

/// Something to tell: the event, and the interface that brought it about, `None` when none did yet.
pub type News = (u64, Option<IfRef>);

/// The state of all interfaces.
#[derive(Debug)]
pub struct Connectivity {
    /// What was last found of each interface, and [`IGNORED`].
    ifaces: [u8; IF_MAX],
    /// The interface that brought about what was told last of each kind.
    blame: [Option<IfRef>; KINDS],
}

impl Connectivity {
    /// Nothing is connected.
    pub const fn new() -> Self {
        Connectivity { ifaces: [0; IF_MAX], blame: [None; KINDS] }
    }

    fn place(&mut self, iface: IfRef) -> Option<&mut u8> {
        self.ifaces.get_mut(usize::from(iface.index()).wrapping_sub(1))
    }

    /// The kinds that some interface has that counts.
    fn connected(&self) -> u8 {
        let counts = |state: &&u8| **state & IGNORED == 0;
        self.ifaces.iter().filter(counts).fold(0, |all, state| all | state)
    }

    /// Changes an interface's state; what there is to tell of it.
    fn change(&mut self, iface: IfRef, f: impl FnOnce(u8) -> u8) -> [Option<News>; KINDS] {
        let before = self.connected();
        if let Some(state) = self.place(iface) {
            *state = f(*state);
        }
        let after = self.connected();
        let mut news = [None; KINDS];
        for (kind, ((news, blame), (up, down))) in
            news.iter_mut().zip(&mut self.blame).zip(EVENTS).enumerate()
        {
            let bit = 1 << kind;
            if (before ^ after) & bit != 0 {
                *blame = Some(iface);
                *news = Some((if after & bit != 0 { up } else { down }, Some(iface)));
            }
        }
        news
    }

    /// Notes what [`judge`] found.
    pub fn update(&mut self, iface: IfRef, found: u8) -> [Option<News>; KINDS] {
        self.change(iface, |state| state & IGNORED | found)
    }

    /// Has an interface count, or not.
    pub fn ignore(&mut self, iface: IfRef, ignored: bool) -> [Option<News>; KINDS] {
        self.change(iface, |state| if ignored { state | IGNORED } else { state & !IGNORED })
    }

    /// Whether an interface does not count.
    pub fn is_ignored(&mut self, iface: IfRef) -> bool {
        self.place(iface).is_some_and(|state| *state & IGNORED != 0)
    }

    /// What was told last of each kind, for those who come late.
    pub fn status(&self) -> [News; KINDS] {
        let connected = self.connected();
        let mut kind = 0;
        EVENTS.map(|(up, down)| {
            let blame = self.blame.get(kind).copied().flatten();
            let event = if connected & 1 << kind != 0 { up } else { down };
            kind += 1;
            (event, blame)
        })
    }
}

impl Default for Connectivity {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, CONFIG_NET_IPV4))]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;
    use crate::iface::{IfBuilder, IfTable};

    fn told(news: [Option<News>; KINDS]) -> Vec<u64> {
        news.into_iter().flatten().map(|(event, _)| event).collect()
    }

    #[test]
    fn the_first_connects_and_the_last_disconnects() {
        let mut table = IfTable::new();
        let [a, b] = [(); 2].map(|()| IfBuilder::dummy().up().build());
        table.add(a).unwrap();
        table.add(b).unwrap();
        let mut state = Connectivity::new();
        assert_eq!(state.status()[0], (event::L4_DISCONNECTED, None));
        assert_eq!(judge(a), 0, "no address");
        assert!(a.ipv4_add([192, 0, 2, 1].into(), 24) && b.ipv4_add([198, 51, 100, 1].into(), 24));
        let up = [event::L4_CONNECTED, event::L4_IPV4_CONNECTED];
        assert_eq!(told(state.update(a, judge(a))), up);
        assert_eq!(told(state.update(b, judge(b))), [], "not the first");
        assert_eq!(state.status()[0], (event::L4_CONNECTED, Some(a)));
        a.bring_down();
        assert_eq!(told(state.update(a, judge(a))), [], "not the last");
        let down = [event::L4_DISCONNECTED, event::L4_IPV4_DISCONNECTED];
        assert_eq!(told(state.ignore(b, true)), down);
        assert!(state.is_ignored(b) && !state.is_ignored(a));
        assert_eq!(told(state.update(b, judge(b))), [], "nobody asks for it");
        assert_eq!(told(state.ignore(b, false)), up);
        assert_eq!(state.status()[1], (event::L4_IPV4_CONNECTED, Some(b)));
    }

    #[test]
    fn a_link_local_address_leads_nowhere() {
        let iface = IfBuilder::dummy().ipv4([169, 254, 1, 1], 16).up().build();
        assert_eq!(judge(iface), 0);
    }
}
