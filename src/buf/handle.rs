// SPDX-License-Identifier: Apache-2.0
//! [`Pkt`]: the stack's handle on a packet.
//!
//! Every layer's input and output take and return packets as this type. What is known *about* a
//! packet (interface, family, flags ...) is in `pkt_meta`.

use core::mem::ManuallyDrop;
use core::ptr::{self, NonNull};
use core::sync::atomic::Ordering;
use core::{fmt, slice};

use super::{Deadline, NO_WAIT, NetBuf, NetPkt, cursor, frag, pkt, pool};

/// One counted reference to a packet; dropping it gives the reference up.
///
/// The content is a chain of fragments. `head` is the first of them, which is all there is when
/// memory allowed; [`pull_up`](Pkt::pull_up) makes it hold at least so many bytes. Headers are
/// stripped with [`pull`](Pkt::pull) and put in front with [`push`](Pkt::push).
///
/// What changes content or its bounds asks for `&mut self` and refuses, rather than surprise
/// somebody, where a fragment is shared with another packet (after
/// [`shallow_clone`](Pkt::shallow_clone)).
#[repr(transparent)]
pub struct Pkt(NonNull<NetPkt>);

// SAFETY: a packet may be used and freed on any thread; the count is atomic, and fragments that
// another packet can reach are not written through this type.
unsafe impl Send for Pkt {}
// SAFETY: `&Pkt` only reads.
unsafe impl Sync for Pkt {}

impl Pkt {
    /// Takes over the reference behind a raw pointer.
    ///
    /// # Safety
    /// `raw` is a live packet and the caller owns one reference to it, which it gives up. While
    /// the handle lives, nobody else changes the packet.
    #[inline]
    pub const unsafe fn from_raw(raw: *mut NetPkt) -> Pkt {
        // SAFETY: a live packet is not at null.
        Pkt(unsafe { NonNull::new_unchecked(raw) })
    }

    /// The packet as C knows it, with the reference.
    #[inline]
    pub fn into_raw(self) -> *mut NetPkt {
        ManuallyDrop::new(self).0.as_ptr()
    }

    /// The packet as C knows it; the reference stays here.
    #[inline]
    pub const fn as_ptr(&self) -> *mut NetPkt {
        self.0.as_ptr()
    }

    /// A second reference to the very same packet.
    ///
    /// # Safety
    /// While both handles live, neither is used to change the packet, and only one of them may be
    /// in a [`PktList`](super::PktList).
    #[inline]
    pub unsafe fn share(&self) -> Pkt {
        // SAFETY: we hold a reference.
        unsafe { pkt::hold(self.as_ptr()) };
        Pkt(self.0)
    }

    /// References held by anyone.
    #[inline]
    pub fn refs(&self) -> isize {
        // SAFETY: we hold a reference.
        unsafe { pkt::count_of(self.as_ptr()) }.load(Ordering::Acquire)
    }

    #[inline]
    fn first(&self) -> *mut NetBuf {
        // SAFETY: we hold a reference.
        unsafe { (*self.as_ptr()).frags }
    }

    /// The first fragment when this packet alone may change it.
    #[inline]
    fn first_mut(&mut self) -> Option<*mut NetBuf> {
        let buf = self.first();
        // SAFETY: the packet holds a reference to its first fragment.
        (!buf.is_null() && unsafe { pool::refs(buf) } == 1).then_some(buf)
    }

    /// Bytes of content in all fragments.
    #[inline]
    pub fn len(&self) -> usize {
        // SAFETY: the packet holds its chain.
        unsafe { frag::chain_len(self.first()) }
    }

    /// Is there no content?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The content when it is all in one fragment that nobody else can change.
    #[inline]
    pub fn plain(&self) -> Option<&[u8]> {
        let buf = self.first();
        // SAFETY: the packet holds its chain, and content is not written while `self` is borrowed.
        unsafe {
            if buf.is_null() || !(*buf).frags.is_null() || pool::refs(buf) != 1 {
                return None;
            }
            Some(content(buf))
        }
    }

    /// Keeps `len` bytes from `front` on of content that is [`plain`](Pkt::plain); nothing changes
    /// when it is not, or is shorter.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn strip_plain(&mut self, front: usize, len: usize) {
        if let Some(plain) = self.plain_mut() {
            plain.strip(front, len);
        }
    }

    /// As [`plain`](Pkt::plain), to be changed.
    #[inline(always)]
    pub fn plain_mut(&mut self) -> Option<Plain<'_>> {
        self.plain()?;
        Some(Plain { buf: self.first(), of: core::marker::PhantomData })
    }

    /// Is everything in the first fragment?
    #[inline]
    pub fn is_linear(&self) -> bool {
        let buf = self.first();
        // SAFETY: the packet holds its chain.
        buf.is_null() || unsafe { (*buf).frags.is_null() }
    }

    /// Can this packet be cut and parted without anybody noticing? Not while a fragment is shared,
    /// and not when giving up one of several calls an application (the `destroy` of its pool), which
    /// must not happen under a lock.
    #[inline]
    pub fn is_plain(&self) -> bool {
        let buf = self.first();
        // SAFETY: the packet holds its chain.
        unsafe {
            buf.is_null() || pool::refs(buf) == 1 && ((*buf).frags.is_null() || frag::is_own(buf))
        }
    }

    /// Content of the first fragment.
    #[inline]
    pub fn head(&self) -> &[u8] {
        let buf = self.first();
        // SAFETY: the packet holds its chain, and content is not written while `self` is borrowed.
        if buf.is_null() { &[] } else { unsafe { content(buf) } }
    }

    /// Content of the first fragment for writing; `None` while it is shared with another packet.
    #[inline]
    pub fn head_mut(&mut self) -> Option<&mut [u8]> {
        let buf = self.first_mut()?;
        // SAFETY: nobody else reaches the fragment, and `self` is borrowed mutably.
        unsafe {
            let len = usize::from((*buf).b.len);
            Some(slice_mut((*buf).b.data, len))
        }
    }

    /// The fragments' content in order; empty fragments show up too.
    pub fn fragments(&self) -> Fragments<'_> {
        Fragments { next: self.first(), of: core::marker::PhantomData }
    }

    /// Bytes that fit in front of the first fragment.
    #[inline]
    pub fn headroom(&self) -> usize {
        let buf = self.first();
        // SAFETY: the packet holds its chain; data never lies before storage.
        if buf.is_null() { 0 } else { unsafe { frag::headroom(buf) } }
    }

    /// Bytes that fit behind the content without a new fragment.
    pub fn tailroom(&self) -> usize {
        // SAFETY: the packet holds its chain.
        unsafe { frag::room_behind(self.first()) }
    }

    /// Drops `n` bytes from the front, and fragments that thereby become empty (except the last,
    /// which stays for its room). False, and nothing changed, when there are fewer than `n` or a
    /// fragment concerned is shared.
    #[inline]
    pub fn pull(&mut self, n: usize) -> bool {
        let Some(buf) = self.first_mut() else { return n == 0 };
        // SAFETY: nobody else reaches the fragment.
        unsafe {
            let len = usize::from((*buf).b.len);
            let here = n < len || (n == len && (*buf).frags.is_null());
            if !cfg!(CONFIG_ZNET_PROFILE_TINY) && here {
                (*buf).b.data = (*buf).b.data.add(n);
                (*buf).b.len = (len - n) as u16;
                return true;
            }
        }
        self.pull_across(n)
    }

    #[cold]
    fn pull_across(&mut self, n: usize) -> bool {
        // SAFETY: the packet holds its chain; only fragments nobody shares are changed.
        unsafe {
            if !frag::owned_up_to(self.first(), n) {
                return false;
            }
            let pkt = self.as_ptr();
            cursor::leave(pkt);
            let mut left = n;
            loop {
                let buf = (*pkt).frags;
                let len = usize::from((*buf).b.len);
                if left < len || (*buf).frags.is_null() {
                    (*buf).b.data = (*buf).b.data.add(left);
                    (*buf).b.len = (len - left) as u16;
                    return true;
                }
                left -= len;
                (*pkt).frags = (*buf).frags;
                (*buf).frags = ptr::null_mut();
                pool::unref(buf);
            }
        }
    }

    /// The `n` bytes right in front of the content: headers pulled before. `None` when the first
    /// fragment has less headroom. Bytes that never were content are whatever the buffer held.
    pub fn pulled(&self, n: usize) -> Option<&[u8]> {
        let buf = self.first();
        // SAFETY: the packet holds its chain; the bytes lie within the fragment's storage, which
        // pools zero when they are set up, and are not written while `self` is borrowed.
        unsafe {
            if buf.is_null() || frag::headroom(buf) < n {
                return None;
            }
            Some(slice::from_raw_parts((*buf).b.data.sub(n), n))
        }
    }

    /// Grows the content by `n` bytes at the front and returns them for writing. `None` when the
    /// headroom is too small (see [`prepend`](Pkt::prepend)) or the first fragment is shared.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn push(&mut self, n: usize) -> Option<&mut [u8]> {
        let buf = self.first_mut()?;
        // SAFETY: nobody else reaches the fragment; the new front lies within its storage.
        unsafe {
            if frag::headroom(buf) < n {
                return None;
            }
            (*buf).b.data = (*buf).b.data.sub(n);
            (*buf).b.len += n as u16;
            Some(slice_mut((*buf).b.data, n))
        }
    }

    /// As [`push`](Pkt::push), and when that can't be, puts a new fragment of `n` bytes in front,
    /// with `headroom` bytes before it where there is room. Does not wait for memory.
    pub fn prepend(&mut self, n: usize, headroom: usize) -> Option<&mut [u8]> {
        let fits = self.headroom() >= n && self.first_mut().is_some();
        if !fits {
            // SAFETY: the new fragment is ours, and takes over the packet's reference to the chain.
            unsafe {
                let pkt = self.as_ptr();
                let from = (*pkt).data_pool;
                if from.is_null() {
                    return None;
                }
                let max = (*(*from).alloc).max_alloc_size;
                let size =
                    if max == 0 { n + headroom } else { n.saturating_add(headroom).min(max) };
                let buf = pool::alloc_len(from, size, NO_WAIT);
                if buf.is_null() {
                    return None;
                }
                let size = usize::from((*buf).b.size);
                if size < n {
                    pool::unref(buf);
                    return None;
                }
                // All the room goes in front: nothing will be appended to a header.
                (*buf).b.data = (*buf).b.data.add(size);
                (*buf).frags = (*pkt).frags;
                (*pkt).frags = buf;
            }
        }
        self.push(n)
    }

    /// Sees to it that the first `n` bytes are in the first fragment, copying from the following
    /// ones. False when there are fewer, memory is short or a fragment concerned is shared.
    #[inline]
    pub fn pull_up(&mut self, n: usize) -> bool {
        if self.head().len() >= n {
            return true;
        }
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        unsafe { frag::pull_up(self.as_ptr(), n) }
    }

    /// Cuts the content to `len` bytes and frees fragments behind. False, and nothing changed,
    /// when it is shorter or a fragment concerned is shared.
    #[inline]
    pub fn truncate(&mut self, len: usize) -> bool {
        let Some(buf) = self.first_mut() else { return len == self.len() };
        // SAFETY: nobody else reaches the fragment; others are looked at by `frag::truncate`.
        unsafe {
            if !cfg!(CONFIG_ZNET_PROFILE_TINY) && (*buf).frags.is_null() {
                if usize::from((*buf).b.len) < len {
                    return false;
                }
                (*buf).b.len = len as u16;
                return true;
            }
            cursor::leave(self.as_ptr());
            frag::truncate(buf, len)
        }
    }

    /// Copies content from `offset` on into `out`; returns how many bytes there were.
    #[inline]
    pub fn copy_out(&self, offset: usize, out: &mut [u8]) -> usize {
        if !cfg!(CONFIG_ZNET_PROFILE_TINY) && self.is_linear() {
            let rest = self.head().get(offset..).unwrap_or_default();
            let n = rest.len().min(out.len());
            // SAFETY: both have so many bytes, and `out` is borrowed mutably.
            unsafe { ptr::copy_nonoverlapping(rest.as_ptr(), out.as_mut_ptr(), n) };
            return n;
        }
        // SAFETY: the packet holds its chain.
        unsafe { frag::linearize(out.as_mut_ptr(), out.len(), self.first(), offset, out.len()) }
    }

    /// Overwrites content from `offset` on with `data`. False, and nothing changed, when it does
    /// not reach that far or a fragment concerned is shared.
    pub fn copy_in(&mut self, offset: usize, data: &[u8]) -> bool {
        // SAFETY: the packet holds its chain, and `self` is borrowed mutably.
        unsafe { frag::overwrite(self.first(), offset, data) }
    }

    /// Writes `data` behind the content into room that is already there; returns how much fitted.
    #[inline]
    pub fn append(&mut self, data: &[u8]) -> usize {
        if !cfg!(CONFIG_ZNET_PROFILE_TINY)
            && let Some(buf) = self.first_mut()
        {
            // SAFETY: nobody else reaches the fragment; the bytes fit into its tailroom.
            unsafe {
                if (*buf).frags.is_null() && frag::tailroom(buf) >= data.len() {
                    let end = (*buf).b.data.add(usize::from((*buf).b.len));
                    ptr::copy_nonoverlapping(data.as_ptr(), end, data.len());
                    (*buf).b.len += data.len() as u16;
                    return data.len();
                }
            }
        }
        // SAFETY: the packet holds its chain, and `self` is borrowed mutably.
        unsafe { frag::append(self.first(), data) }
    }

    /// Makes the content `n` bytes longer and returns these bytes, for filling in place. `None`, and
    /// nothing changed, unless they lie in the only fragment, which nobody shares.
    #[inline]
    pub fn extend(&mut self, n: usize) -> Option<&mut [u8]> {
        let buf = self.first_mut()?;
        // SAFETY: nobody else reaches the fragment; the bytes lie in its tailroom.
        unsafe {
            if !(*buf).frags.is_null() || frag::tailroom(buf) < n || (*buf).b.data.is_null() {
                return None;
            }
            let end = (*buf).b.data.add(usize::from((*buf).b.len));
            (*buf).b.len += n as u16;
            Some(slice_mut(end, n))
        }
    }

    /// Room behind the content of the last fragment in use, for filling in place; tell how much
    /// was filled with [`commit`](Pkt::commit). Empty when there is none or it is shared.
    pub fn spare(&mut self) -> &mut [u8] {
        // SAFETY: the packet holds its chain; `writable_tail` found the fragment to be ours alone.
        unsafe {
            let buf = frag::writable_tail(self.first());
            if buf.is_null() {
                return &mut [];
            }
            let end = (*buf).b.data.add(usize::from((*buf).b.len));
            slice_mut(end, frag::tailroom(buf))
        }
    }

    /// Counts the first `n` bytes of [`spare`](Pkt::spare) as content; more than there are is cut.
    pub fn commit(&mut self, n: usize) {
        // SAFETY: as in `spare`.
        unsafe {
            let buf = frag::writable_tail(self.first());
            if !buf.is_null() {
                (*buf).b.len += n.min(frag::tailroom(buf)) as u16;
            }
        }
    }

    /// Are fewer than one in `share` packets, or buffers, free where this packet came from? A
    /// glance, for decisions on which nothing hangs but fairness: it takes no lock, and the answer
    /// may be old when it comes.
    #[inline]
    pub fn home_is_scarce(&self, share: u32) -> bool {
        let part = |whole: u32| whole.checked_div(share).unwrap_or(whole);
        // SAFETY: slab and pool live for ever, and the words are aligned. Whoever changes them does
        // so under the irq lock; these loads see a value before or after.
        unsafe {
            let slab = &raw const (*(*self.as_ptr()).slab).info;
            let blocks = (*slab).num_blocks;
            let used = (&raw const (*slab).num_used).read_volatile();
            if blocks.saturating_sub(used) <= part(blocks) {
                return true;
            }
            let buf = self.first();
            if buf.is_null() {
                return false;
            }
            let pool = (*buf).pool;
            let bufs = u32::from((*pool).buf_count);
            let used = u32::from((&raw const (*pool).used).read_volatile());
            bufs.saturating_sub(used) <= part(bufs)
        }
    }

    /// A packet with the same content and description, whose fragments are shared with this one:
    /// as long as both live, neither can change it. `None` when no packet was free in time.
    pub fn shallow_clone(&self, deadline: Deadline) -> Option<Pkt> {
        let raw = self.as_ptr();
        // SAFETY: we hold the packet; `self` is only read.
        unsafe { pkt::clone_shallow(raw, (*raw).slab, (*raw).data_pool, deadline) }
    }

    /// A packet with the same description and a copy of the content. `None` when memory was not
    /// free in time.
    pub fn deep_clone(&self, deadline: Deadline) -> Option<Pkt> {
        let raw = self.as_ptr();
        // SAFETY: we hold the packet; `self` is only read.
        unsafe { pkt::clone_deep(raw, (*raw).slab, (*raw).data_pool, deadline) }
    }

    /// A copy of a received packet that is not ours alone; `None` without memory, and where such packets
    /// are not for us (`CONFIG_ZNET_PKT_SHARED_RX`).
    #[inline]
    pub fn own_copy(&self) -> Option<Pkt> {
        if cfg!(CONFIG_ZNET_PKT_SHARED_RX) { self.deep_clone(super::NO_WAIT) } else { None }
    }
}

impl Drop for Pkt {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the handle's reference is given up here and nowhere else.
        unsafe { pkt::unref(self.as_ptr()) }
    }
}

impl fmt::Debug for Pkt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pkt")
            .field("at", &self.0)
            .field("len", &self.len())
            .field("fragments", &self.fragments().count())
            .finish()
    }
}

/// The only fragment of a packet, which nobody else can change: who has it need not look again.
pub struct Plain<'a> {
    buf: *mut NetBuf,
    of: core::marker::PhantomData<&'a mut Pkt>,
}

impl<'a> Plain<'a> {
    /// The content.
    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the borrowed packet holds the fragment, which nobody else reaches.
        unsafe { content(self.buf) }
    }

    /// Bytes of content.
    #[inline(always)]
    pub fn len(&self) -> usize {
        // SAFETY: as above.
        usize::from(unsafe { (*self.buf).b.len })
    }

    /// Is there no content?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps `len` bytes from `front` on; nothing changes when there are fewer.
    #[inline(always)]
    pub fn strip(self, front: usize, len: usize) {
        if self.len().checked_sub(front).is_none_or(|rest| rest < len) {
            return;
        }
        // SAFETY: as above; the new bounds lie within the old ones.
        unsafe {
            (*self.buf).b.data = (*self.buf).b.data.add(front);
            (*self.buf).b.len = len as u16;
        }
    }

    /// Grows the content by `n` bytes at the front and returns them for writing; `None` when the headroom
    /// is too small.
    #[inline(always)]
    pub fn push_front(self, n: usize) -> Option<&'a mut [u8]> {
        // SAFETY: as above; the new front lies within the fragment's storage. Without storage there is no
        // headroom.
        unsafe {
            if frag::headroom(self.buf) < n || n == 0 {
                return None;
            }
            (*self.buf).b.data = (*self.buf).b.data.sub(n);
            (*self.buf).b.len += n as u16;
            Some(slice::from_raw_parts_mut((*self.buf).b.data, n))
        }
    }

    /// [`push_front`](Plain::push_front) of `N` bytes.
    #[inline(always)]
    pub fn push<const N: usize>(self) -> Option<&'a mut [u8; N]> {
        self.push_front(N)?.first_chunk_mut()
    }
}

/// Iterator over the fragments of a packet.
pub struct Fragments<'a> {
    next: *mut NetBuf,
    of: core::marker::PhantomData<&'a Pkt>,
}

impl<'a> Iterator for Fragments<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        if self.next.is_null() {
            return None;
        }
        // SAFETY: the borrowed packet holds its chain.
        unsafe {
            let buf = self.next;
            self.next = (*buf).frags;
            Some(content(buf))
        }
    }
}

/// # Safety
/// `buf` lives, and its content is not written, as long as the result.
#[inline]
unsafe fn content<'a>(buf: *const NetBuf) -> &'a [u8] {
    // SAFETY: as the caller vouches; `data` and `len` lie within storage.
    unsafe {
        if (*buf).b.data.is_null() {
            return &[];
        }
        slice::from_raw_parts((*buf).b.data, usize::from((*buf).b.len))
    }
}

/// # Safety
/// `data` is null (and `len` 0) or starts `len` bytes that are the caller's alone.
#[inline]
unsafe fn slice_mut<'a>(data: *mut u8, len: usize) -> &'a mut [u8] {
    if data.is_null() {
        return &mut [];
    }
    // SAFETY: as the caller vouches. Storage is a static or was handed in as initialised bytes.
    unsafe { slice::from_raw_parts_mut(data, len) }
}
