// SPDX-License-Identifier: Apache-2.0
//! Who spoke to which address of ours lately, and passed the checks of both.
//!
//! Called by: `stack::v6::plain`. Whether an address is ours, and no sender's, takes a look at every
//! address of every interface; most packets are from and to a pair that was looked at a moment ago.

use core::cell::Cell;

use crate::base::Ipv6Addr;
use crate::iface::{IfRef, changes};

/// How many are remembered; which place a pair takes, the sender's last byte says.
const PLACES: usize = 4;

#[derive(Clone, Copy)]
struct Known {
    src: Ipv6Addr,
    dst: Ipv6Addr,
    changes: u32,
    iface: u8,
}

/// Pairs remembered until an interface changes.
pub struct Pairs {
    places: [Cell<Known>; PLACES],
}

impl Pairs {
    /// Nobody yet: index 0 is no interface's.
    pub const fn new() -> Self {
        const NONE: Ipv6Addr = Ipv6Addr::UNSPECIFIED;
        const NOBODY: Known = Known { src: NONE, dst: NONE, changes: 0, iface: 0 };
        Pairs { places: [const { Cell::new(NOBODY) }; PLACES] }
    }

    /// Has `check` passed packets from `src` to `dst` on `iface`, now or lately?
    #[inline(always)]
    pub fn pass(
        &self,
        iface: IfRef,
        src: Ipv6Addr,
        dst: Ipv6Addr,
        check: impl FnOnce() -> bool,
    ) -> bool {
        // Asked before the check, so that a change during it is noticed.
        let changes = changes();
        let place = &self.places[usize::from(src.octets()[15]) % PLACES];
        let known = place.get();
        if known.src == src
            && known.dst == dst
            && known.changes == changes
            && known.iface == iface.index()
        {
            return true;
        }
        let passed = check();
        if passed {
            place.set(Known { src, dst, changes, iface: iface.index() });
        }
        passed
    }
}

impl Default for Pairs {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod tests {
    use super::*;
    use crate::base::EthAddr;
    use crate::iface::IfBuilder;

    #[test]
    fn a_pair_is_checked_once_until_something_changes() {
        let addr = |last| Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last);
        let a = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, 1])).ipv6(addr(1), 64).build();
        let pairs = Pairs::new();
        let checked = |src, dst, says| {
            let mut checked = false;
            let passed = pairs.pass(a, addr(src), addr(dst), || {
                checked = true;
                says
            });
            (checked, passed)
        };
        assert_eq!(checked(9, 1, false), (true, false));
        assert_eq!(checked(9, 1, true), (true, true), "who failed is not remembered");
        assert_eq!(checked(9, 1, false), (false, true));
        assert_eq!(checked(9, 2, false), (true, false), "another address of ours");
        assert_eq!(checked(10, 1, true), (true, true));
        assert_eq!((checked(9, 1, true), checked(10, 1, true)), ((false, true), (false, true)));
        crate::iface::note_change();
        assert_eq!(checked(9, 1, false), (true, false));
    }
}
