// SPDX-License-Identifier: Apache-2.0
//! Doors: what the link and IP headers of frames say that came in lately, so that the next one between the same
//! hosts takes a few comparisons.
//!
//! Called by: `stack::plain` and `stack::tcp::plain` for each frame they receive. A door stands open until an
//! interface changes (docs/adr/0015); whether the interface hears what is for others is asked again each time.

use core::cell::Cell;

use super::Stack;
use super::lane::FRONT;
use crate::base::Ipv4Addr;
use crate::iface::{IfFlag, IfRef, L2Kind, changes};
use crate::wire::ethernet::{self, ethertype};

/// How many; which of them a frame takes, the last byte of its source address says.
const DOORS: usize = 2;

/// Where the addresses stand in a frame.
const ADDRESSES: usize = FRONT - 8;

#[derive(Clone, Copy)]
struct Known {
    /// The link header, as two words that overlap.
    link: (u64, u64),
    /// Source and destination address.
    addresses: u64,
    iface: IfRef,
    changes: u32,
}

/// The doors used lately.
pub(super) struct Doors([Cell<Option<Known>>; DOORS]);

impl Doors {
    /// None yet.
    pub(super) const fn new() -> Self {
        Doors([const { Cell::new(None) }; DOORS])
    }
}

impl Stack {
    /// Is the beginning of a frame that of an ordinary IPv4 packet to `iface`, from who may speak to it?
    #[inline(always)]
    pub(super) fn enters(&self, iface: IfRef, front: &[u8; FRONT]) -> bool {
        if iface.flag_is_set(IfFlag::Promisc) {
            return false;
        }
        let known = self.doors.0[place(front)].get().is_some_and(|known| {
            known.iface == iface
                && known.changes == changes()
                && known.addresses == addresses(front)
                && known.link == link(front)
        });
        known || self.opens(iface, front)
    }

    /// The same for who is not known.
    #[cold]
    #[inline(never)]
    fn opens(&self, iface: IfRef, front: &[u8; FRONT]) -> bool {
        // Asked before anything else, so that a change meanwhile is noticed.
        let changes = changes();
        let [.., s0, s1, s2, s3, d0, d1, d2, d3] = *front;
        let (src, dst) = (Ipv4Addr::new(s0, s1, s2, s3), Ipv4Addr::new(d0, d1, d2, d3));
        // Whom we speak to is somebody we hear.
        #[cfg(CONFIG_NET_TCP)]
        let may = || self.is_lane(iface, src, dst) || self.is_plain_pair(iface, src, dst);
        #[cfg(not(CONFIG_NET_TCP))]
        let may = || self.is_plain_pair(iface, src, dst);
        if !is_ours(iface, front) || !may() {
            return false;
        }
        // What 0.x.x.x may do hangs on more than the address.
        if s0 != 0 {
            let (link, addresses) = (link(front), addresses(front));
            let known = Known { link, addresses, iface, changes };
            self.doors.0[place(front)].set(Some(known));
        }
        true
    }
}

/// Does an Ethernet interface receive an IPv4 packet to itself, from one station?
#[inline(always)]
fn is_ours(iface: IfRef, front: &[u8; FRONT]) -> bool {
    let Some(link) = front.first_chunk() else { return false };
    let (dst, src, kind) = ethernet::Header::fields(link);
    kind == ethertype::IPV4
        && dst == iface.dev().link_addr.eth_bits()
        && src & 1 == 0
        && iface.l2_kind() == L2Kind::Ethernet
}

/// Which door a frame takes.
#[inline(always)]
fn place(front: &[u8; FRONT]) -> usize {
    usize::from(front[ADDRESSES + 3]) % DOORS
}

/// The link header, as two words that overlap.
#[inline(always)]
pub(super) fn link(front: &[u8; FRONT]) -> (u64, u64) {
    (word::<0>(front), word::<{ ethernet::HEADER_LEN - 8 }>(front))
}

#[inline(always)]
fn addresses(front: &[u8; FRONT]) -> u64 {
    word::<ADDRESSES>(front)
}

/// The eight bytes of a frame from `AT` on.
#[inline(always)]
fn word<const AT: usize>(front: &[u8; FRONT]) -> u64 {
    let bytes = front.get(AT..).and_then(|rest| rest.first_chunk());
    bytes.map_or(0, |bytes| u64::from_ne_bytes(*bytes))
}
