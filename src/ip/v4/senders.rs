// SPDX-License-Identifier: Apache-2.0
//! Source addresses that passed the check of RFC 1122, 3.2.1.3 lately.
//!
//! Called by: `ip::v4::input`. Whether an address is ours or a broadcast takes a look at every address of
//! every interface, and most packets come from a sender that was looked at a moment ago.

use core::cell::Cell;

use crate::base::Ipv4Addr;
use crate::iface::{IfRef, changes};

/// How many are remembered; which place a sender takes, its last byte says.
const PLACES: usize = if cfg!(CONFIG_ZNET_PROFILE_TINY) { 0 } else { 4 };

#[derive(Clone, Copy)]
struct Known {
    src: Ipv4Addr,
    iface: u8,
    changes: u32,
}

/// Senders remembered until an interface changes.
pub struct Senders {
    places: [Cell<Known>; PLACES],
}

impl Senders {
    /// Nobody yet: 0.0.0.0 is never learnt.
    pub const fn new() -> Self {
        const NOBODY: Known = Known { src: Ipv4Addr::UNSPECIFIED, iface: 0, changes: 0 };
        Senders { places: [const { Cell::new(NOBODY) }; PLACES] }
    }

    /// Has `check` passed `src` on `iface`, now or lately?
    ///
    /// # Errors
    /// Those of `check`.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn pass<E>(
        &self,
        iface: IfRef,
        src: Ipv4Addr,
        check: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            return check();
        }
        // Asked before the check, so that a change during it is noticed.
        let changes = changes();
        let place = &self.places[usize::from(src.octets()[3]) % self.places.len()];
        let known = place.get();
        if known.src == src && known.changes == changes && known.iface == iface.index() {
            return Ok(());
        }
        check()?;
        // What 0.x.x.x may do hangs on more than the address.
        if src.octets()[0] != 0 {
            place.set(Known { src, iface: iface.index(), changes });
        }
        Ok(())
    }
}

impl Default for Senders {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, CONFIG_ARCH_POSIX, not(CONFIG_ZNET_PROFILE_TINY)))]
mod tests {
    use super::*;
    use crate::base::EthAddr;
    use crate::iface::IfBuilder;

    #[test]
    fn a_sender_is_checked_once_until_something_changes() {
        let a = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, 1])).ipv4([192, 0, 2, 1], 24).build();
        let senders = Senders::new();
        let checked = |src: [u8; 4]| {
            let mut checked = false;
            let passed: Result<(), ()> = senders.pass(a, src.into(), || {
                checked = true;
                Ok(())
            });
            assert_eq!(passed, Ok(()));
            checked
        };
        assert!(checked([192, 0, 2, 9]) && checked([192, 0, 2, 10]));
        assert!(!checked([192, 0, 2, 9]) && !checked([192, 0, 2, 10]));
        assert!(a.ipv4_add([192, 0, 2, 9].into(), 24));
        assert!(checked([192, 0, 2, 9]), "it may be ours now");
        assert!(checked([0, 0, 0, 0]) && checked([0, 0, 0, 0]), "never remembered");
        assert_eq!(senders.pass(a, [10, 0, 0, 3].into(), || Err(())), Err(()));
        assert!(checked([10, 0, 0, 3]), "who failed is not remembered either");
    }
}
