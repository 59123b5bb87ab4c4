// SPDX-License-Identifier: Apache-2.0
//! Loses a part of the packets to ourselves, for tests of what stands above
//! (`CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP`).
//!
//! Called by: `stack::tx_v4`, `capi::loopback`.

/// Everything, as a share.
pub const ALL: u32 = 1 << 16;

/// Loses packets evenly: with a share of a quarter every fourth.
#[derive(Debug)]
pub struct Loss {
    share: u32,
    sum: u32,
    lost: u32,
}

impl Loss {
    pub(super) const fn new() -> Self {
        Loss { share: 0, sum: 0, lost: 0 }
    }

    /// Loses `share` of [`ALL`] from now on, and counts from zero.
    pub fn set(&mut self, share: u32) {
        *self = Loss { share: share.min(ALL), sum: 0, lost: 0 };
    }

    /// Packets lost since the share was set.
    pub fn lost(&self) -> u32 {
        self.lost
    }

    /// Whether the next packet is lost.
    pub(super) fn next(&mut self) -> bool {
        self.sum += self.share;
        let lost = self.sum >= ALL;
        if lost {
            self.sum -= ALL;
            self.lost = self.lost.wrapping_add(1);
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_kept() {
        for (share, lost) in [(0, 0), (ALL / 4, 25), (ALL / 2, 50), (ALL, 100), (u32::MAX, 100)] {
            let mut loss = Loss::new();
            loss.set(share);
            let count = (0..100).filter(|_| loss.next()).count();
            assert_eq!((count, loss.lost()), (lost, lost as u32), "{share}");
        }
    }
}
