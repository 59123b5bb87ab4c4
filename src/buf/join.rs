// SPDX-License-Identifier: Apache-2.0
//! Making one packet of several without copying.

use core::ptr;

use super::frag;
use super::handle::Pkt;

impl Pkt {
    /// Moves the fragments of `tail` behind this packet's own. Gives `tail` back when this packet's
    /// last fragment is shared, so that another packet would grow too.
    ///
    /// # Errors
    /// `tail`, and nothing changed.
    pub fn join(&mut self, tail: Pkt) -> Result<(), Pkt> {
        // SAFETY: both packets hold their chains. Only the link of a fragment that nobody shares is
        // written, and the chain of `tail` changes hands together with its reference.
        unsafe {
            let (pkt, other) = (self.as_ptr(), tail.as_ptr());
            let last = frag::last((*pkt).frags);
            if last.is_null() {
                (*pkt).frags = (*other).frags;
            } else if (*last).r#ref == 1 {
                (*last).frags = (*other).frags;
            } else {
                return Err(tail);
            }
            (*other).frags = ptr::null_mut();
        }
        Ok(())
    }
}
