// SPDX-License-Identifier: Apache-2.0
//! Queues of packets, linked through the packets themselves.

use core::mem::ManuallyDrop;
use core::ptr;

use super::{NetPkt, Pkt};

/// A first-in-first-out queue of packets. Takes no memory besides two pointers and takes no lock:
/// whoever owns the list protects it.
pub struct PktList {
    first: *mut NetPkt,
    last: *mut NetPkt,
    len: usize,
}

// SAFETY: the list owns one reference to each packet in it, and `Pkt` is `Send`.
unsafe impl Send for PktList {}

impl PktList {
    /// An empty list.
    pub const fn new() -> Self {
        PktList { first: ptr::null_mut(), last: ptr::null_mut(), len: 0 }
    }

    /// Appends `pkt`. A packet can be in one list only; that follows from owning it.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn push_back(&mut self, pkt: Pkt) {
        let raw = pkt.into_raw();
        // SAFETY: the list now owns the reference; `last` is one it owns already.
        unsafe {
            (*raw).fifo = 0;
            if self.last.is_null() {
                self.first = raw;
            } else {
                (*self.last).fifo = raw as isize;
            }
        }
        self.last = raw;
        self.len += 1;
    }

    /// Puts `pkt` before all others.
    pub fn push_front(&mut self, pkt: Pkt) {
        let raw = pkt.into_raw();
        // SAFETY: the list now owns the reference.
        unsafe { (*raw).fifo = self.first as isize };
        if self.last.is_null() {
            self.last = raw;
        }
        self.first = raw;
        self.len += 1;
    }

    /// Takes the packet that has been in the list longest.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub fn pop_front(&mut self) -> Option<Pkt> {
        let raw = self.first;
        if raw.is_null() {
            return None;
        }
        // SAFETY: the list owns a reference to `raw` and hands it over; the link is the list's.
        unsafe {
            self.first = (*raw).fifo as *mut NetPkt;
            if self.first.is_null() {
                self.last = ptr::null_mut();
            }
            (*raw).fifo = 0;
            self.len -= 1;
            Some(Pkt::from_raw(raw))
        }
    }

    /// The packet that [`pop_front`](Self::pop_front) would return.
    #[inline]
    pub fn front(&self) -> Option<&Pkt> {
        // SAFETY: `Pkt` is a transparent non-null pointer, as `first` is when it is not null; the
        // list keeps the reference it stands for while borrowed.
        unsafe { (&raw const self.first).cast::<Option<Pkt>>().as_ref() }?.as_ref()
    }

    /// Does `f` say yes to one of the packets? They are asked in order until one does.
    pub fn any(&self, mut f: impl FnMut(&Pkt) -> bool) -> bool {
        let mut raw = self.first;
        while !raw.is_null() {
            // SAFETY: the list keeps the reference that the handle borrows, and it is not dropped.
            let pkt = ManuallyDrop::new(unsafe { Pkt::from_raw(raw) });
            if f(&pkt) {
                return true;
            }
            // SAFETY: a packet this list owns; the link is the list's.
            raw = unsafe { (*raw).fifo as *mut NetPkt };
        }
        false
    }

    /// The packet that was put in last.
    #[inline]
    pub fn back(&self) -> Option<&Pkt> {
        // SAFETY: as in `front`.
        unsafe { (&raw const self.last).cast::<Option<Pkt>>().as_ref() }?.as_ref()
    }

    /// The packet that was put in last, to be changed. It stays in the list.
    #[inline]
    pub fn back_mut(&mut self) -> Option<Entry<'_>> {
        (!self.last.is_null()).then_some(Entry { raw: self.last, of: core::marker::PhantomData })
    }

    /// Handles to read the first `n` packets with, which stay in the list: more than fit in `out` are
    /// left out.
    #[cfg(CONFIG_NET_TCP)]
    pub fn lend<const N: usize>(&self, n: usize, out: &mut heapless::Vec<PktRef, N>) {
        for pkt in self.iter().take(n.min(N)) {
            // SAFETY: packets in a list are not changed, and the handle only reads; see `PktRef`.
            let _ = out.push(PktRef(unsafe { pkt.share() }));
        }
    }

    /// The packets in order.
    pub fn iter(&self) -> impl Iterator<Item = &Pkt> {
        // SAFETY: the list keeps a reference to each packet, and does not change while borrowed.
        unsafe { linked(&self.first) }
    }

    /// Appends everything in `other`.
    pub fn append(&mut self, other: &mut PktList) {
        let other = core::mem::take(other);
        if other.first.is_null() {
            return;
        }
        if self.last.is_null() {
            self.first = other.first;
        } else {
            // SAFETY: `last` is a packet this list owns.
            unsafe { (*self.last).fifo = other.first as isize };
        }
        self.last = other.last;
        self.len += other.len;
        core::mem::forget(other);
    }

    /// Is nothing in it?
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.first.is_null()
    }

    /// Packets in it.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }
}

/// The packets linked behind `first`, in order.
///
/// # Safety
/// `first` and the links behind it are null or packets, which live and stay linked while `first` is borrowed.
pub(super) unsafe fn linked<'a>(first: &'a *mut NetPkt) -> impl Iterator<Item = &'a Pkt> {
    let mut at = &raw const *first;
    core::iter::from_fn(move || {
        // SAFETY: `Pkt` is a transparent non-null pointer, as each link is when it is not null; the caller
        // vouches for what it points to.
        unsafe {
            let pkt = at.cast::<Option<Pkt>>().as_ref::<'a>()?.as_ref()?;
            at = (&raw const (*pkt.as_ptr()).fifo).cast();
            Some(pkt)
        }
    })
}

/// A handle that only reads a packet, which is somebody else's: its content is complete, and whoever
/// would change it looks at the count of references first.
#[cfg(CONFIG_NET_TCP)]
pub struct PktRef(Pkt);

#[cfg(CONFIG_NET_TCP)]
impl core::ops::Deref for PktRef {
    type Target = Pkt;

    #[inline]
    fn deref(&self) -> &Pkt {
        &self.0
    }
}

/// A packet in its list.
pub struct Entry<'a> {
    raw: *mut NetPkt,
    of: core::marker::PhantomData<&'a mut PktList>,
}

impl Entry<'_> {
    /// Copies `data` behind the packet's content; false, and nothing changed, when it has no room for
    /// all of it or somebody else holds the packet.
    pub fn append(&mut self, data: &[u8]) -> bool {
        // SAFETY: the borrowed list owns the reference, and the handle ends with this call.
        let mut pkt = core::mem::ManuallyDrop::new(unsafe { Pkt::from_raw(self.raw) });
        pkt.refs() == 1 && pkt.tailroom() >= data.len() && pkt.append(data) == data.len()
    }
}

impl Default for PktList {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for PktList {
    fn drop(&mut self) {
        while self.pop_front().is_some() {}
    }
}
