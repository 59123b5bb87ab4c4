// SPDX-License-Identifier: Apache-2.0
//! The packets of a TCP connection that came too early: few, nearly always none, so that they take a
//! connection no more than a pointer.

use core::ptr;

use super::list::linked;
use super::{NetPkt, Pkt};

/// A short list of packets, linked through the packets themselves; whoever keeps it sorts it.
pub struct Early {
    first: *mut NetPkt,
}

// SAFETY: the list owns one reference to each packet in it, and `Pkt` is `Send`.
unsafe impl Send for Early {}

impl Early {
    /// An empty list.
    pub const fn new() -> Self {
        Early { first: ptr::null_mut() }
    }

    /// Is nothing in it?
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.first.is_null()
    }

    /// Packets in it, counted.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// The packets in order.
    pub fn iter(&self) -> impl Iterator<Item = &Pkt> {
        // SAFETY: the list keeps a reference to each packet, and does not change while borrowed.
        unsafe { linked(&self.first) }
    }

    /// The packet behind `at` others.
    pub fn get(&self, at: usize) -> Option<&Pkt> {
        self.iter().nth(at)
    }

    /// Puts `pkt` behind `at` others, or behind all when they are fewer.
    pub fn insert(&mut self, at: usize, pkt: Pkt) {
        let raw = pkt.into_raw();
        let link = self.link(at);
        // SAFETY: the list owns the reference now; the link is its own, and `self` is borrowed mutably.
        unsafe {
            (*raw).fifo = *link as isize;
            *link = raw;
        }
    }

    /// Takes out the packet behind `at` others.
    pub fn remove(&mut self, at: usize) -> Option<Pkt> {
        let link = self.link(at);
        // SAFETY: the link is the list's own; the reference to what it names is handed over.
        unsafe {
            let raw = *link;
            if raw.is_null() {
                return None;
            }
            *link = (*raw).fifo as *mut NetPkt;
            (*raw).fifo = 0;
            Some(Pkt::from_raw(raw))
        }
    }

    /// The link to the packet behind `at` others; the last one, which is null, when they are fewer.
    fn link(&mut self, at: usize) -> *mut *mut NetPkt {
        let mut link = &raw mut self.first;
        for _ in 0..at {
            // SAFETY: `link` is in the list or in a packet it owns; a packet's is a pointer, or 0.
            unsafe {
                if (*link).is_null() {
                    break;
                }
                link = (&raw mut (**link).fifo).cast();
            }
        }
        link
    }
}

impl Default for Early {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Early {
    fn drop(&mut self) {
        while self.remove(0).is_some() {}
    }
}
