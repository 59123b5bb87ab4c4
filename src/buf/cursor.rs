// SPDX-License-Identifier: Apache-2.0
//! The cursor of a packet: reading, writing, skipping across fragments.
//!
//! A packet is in one of two modes. *Overwriting*, writes replace content and end where it ends.
//! Otherwise they extend it: each fragment can be written up to its room, and its length grows.
//! Reads end where the content does, in either mode.
//!
//! Functions return `false` where the content or the room ended early; what was done until then
//! stays done, and the cursor stands behind it.

use core::ptr;

use super::{NetBuf, NetPkt, Pkt, frag, pool};
use crate::base::{Error, Result};

/// What an operation moves over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Content as it is.
    Content,
    /// All the room of each fragment, which becomes content.
    Room,
}

/// What writes move over in the packet's present mode.
///
/// # Safety
/// `pkt` is live.
unsafe fn extent_of_writes(pkt: *const NetPkt) -> Extent {
    // SAFETY: as the caller vouches.
    if unsafe { (*pkt).overwrite } != 0 { Extent::Content } else { Extent::Room }
}

/// Bytes behind `data` of `buf`, headroom not counted, that could be content.
///
/// # Safety
/// `buf` is live.
#[inline]
pub unsafe fn max_len(buf: *const NetBuf) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { usize::from((*buf).b.size).saturating_sub(frag::headroom(buf)) }
}

/// # Safety
/// `buf` is live.
unsafe fn span(buf: *const NetBuf, extent: Extent) -> usize {
    // SAFETY: as the caller vouches.
    unsafe {
        match extent {
            Extent::Content => usize::from((*buf).b.len),
            Extent::Room => max_len(buf),
        }
    }
}

/// Distance of the cursor from the start of its fragment's content. Huge when content was moved
/// under it, so that there is nothing between it and the end.
///
/// # Safety
/// `pkt` is live and its cursor in a fragment.
#[inline]
unsafe fn offset_in_buf(pkt: *const NetPkt) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { ((*pkt).cursor.pos as usize).wrapping_sub((*(*pkt).cursor.buf).b.data as usize) }
}

/// Moves the cursor to the start of `buf`, or out of the packet when that is null.
///
/// # Safety
/// `pkt` is live; `buf` is one of its fragments or null.
unsafe fn place(pkt: *mut NetPkt, buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        (*pkt).cursor.buf = buf;
        (*pkt).cursor.pos = if buf.is_null() { ptr::null_mut() } else { (*buf).b.data };
    }
}

/// Moves the cursor to the next fragment that has anything in `extent`.
///
/// # Safety
/// `pkt` is live and its cursor in a fragment.
unsafe fn next_fragment(pkt: *mut NetPkt, extent: Extent) {
    // SAFETY: as the caller vouches.
    unsafe {
        let mut buf = (*(*pkt).cursor.buf).frags;
        while !buf.is_null() && span(buf, extent) == 0 {
            buf = (*buf).frags;
        }
        place(pkt, buf);
    }
}

/// If the cursor stands at the end of its fragment, moves it on.
///
/// # Safety
/// `pkt` is live.
unsafe fn settle(pkt: *mut NetPkt, extent: Extent) {
    // SAFETY: as the caller vouches.
    unsafe {
        let buf = (*pkt).cursor.buf;
        if !buf.is_null() && offset_in_buf(pkt) == span(buf, extent) {
            next_fragment(pkt, extent);
        }
    }
}

/// Bytes from the (settled) cursor to the end of its fragment.
///
/// # Safety
/// `pkt` is live.
unsafe fn bytes_here(pkt: *const NetPkt, extent: Extent) -> usize {
    // SAFETY: as the caller vouches.
    unsafe {
        let buf = (*pkt).cursor.buf;
        if buf.is_null() { 0 } else { span(buf, extent).saturating_sub(offset_in_buf(pkt)) }
    }
}

/// Moves the cursor over `n` bytes of its fragment, which are there.
///
/// # Safety
/// `pkt` is live, and `n` not above [`bytes_here`].
unsafe fn step(pkt: *mut NetPkt, n: usize, extent: Extent) {
    // SAFETY: as the caller vouches.
    unsafe {
        let buf = (*pkt).cursor.buf;
        let at_end = offset_in_buf(pkt) + n == span(buf, extent);
        // Behind overwritten content the cursor waits in the fragment if that has room left: the
        // packet may go over to growing, and then writes belong there.
        let waits = (*pkt).overwrite != 0 && span(buf, extent) < max_len(buf);
        if at_end && !waits {
            next_fragment(pkt, extent);
        } else {
            (*pkt).cursor.pos = (*pkt).cursor.pos.add(n);
        }
    }
}

/// Counts `n` bytes from the cursor on as content.
///
/// # Safety
/// `pkt` is live, its cursor in a fragment with that much room.
unsafe fn grow(pkt: *mut NetPkt, n: usize) {
    // SAFETY: as the caller vouches.
    unsafe {
        let buf = (*pkt).cursor.buf;
        // Writing over content in growing mode lengthens it all the same, as far as room allows.
        let len = (usize::from((*buf).b.len) + n).min(max_len(buf));
        (*buf).b.len = len as u16;
    }
}

/// Calls `each` with the pieces of the next `length` bytes.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
unsafe fn operate(
    pkt: *mut NetPkt,
    mut length: usize,
    extent: Extent,
    mut each: impl FnMut(*mut u8, usize),
) -> bool {
    while length > 0 {
        // SAFETY: as the caller vouches; `n` bytes are there.
        unsafe {
            settle(pkt, extent);
            let n = bytes_here(pkt, extent).min(length);
            if n == 0 {
                return false;
            }
            each((*pkt).cursor.pos, n);
            if extent == Extent::Room {
                grow(pkt, n);
            }
            step(pkt, n, extent);
            length -= n;
        }
    }
    true
}

/// What a driver does with a frame: appends all of it where content ends, in a fragment with room for
/// it. False, and nothing done, in any other case.
///
/// # Safety
/// As for [`write`].
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
unsafe fn write_at_end(pkt: *mut NetPkt, from: *const u8, length: usize) -> bool {
    // SAFETY: as the caller vouches; the bytes fit behind the content.
    unsafe {
        let buf = (*pkt).cursor.buf;
        if buf.is_null() || (*pkt).overwrite != 0 {
            return false;
        }
        let len = usize::from((*buf).b.len);
        let end = (*buf).b.data.wrapping_add(len);
        let room = max_len(buf).saturating_sub(len);
        if (*pkt).cursor.pos != end || length > room {
            return false;
        }
        (*buf).b.len = (len + length) as u16;
        (*pkt).cursor.pos = end.add(length);
        if length == room {
            next_fragment(pkt, Extent::Room);
        }
        // Last of all, so that nothing has to be kept over the call.
        end.copy_from(from, length);
        true
    }
}

/// Puts the cursor at the beginning.
///
/// # Safety
/// `pkt` is live.
#[inline]
pub unsafe fn init(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe { place(pkt, (*pkt).frags) }
}

/// The same, for who knows the first fragment.
///
/// # Safety
/// `pkt` is live, and `buf` its first fragment.
#[inline]
pub unsafe fn begin(pkt: *mut NetPkt, buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe { ((*pkt).cursor.buf, (*pkt).cursor.pos) = (buf, (*buf).b.data) }
}

/// Takes the cursor out of the packet, because its fragment may go.
///
/// # Safety
/// `pkt` is live.
#[inline]
pub unsafe fn leave(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe { place(pkt, ptr::null_mut()) }
}

/// Takes the cursor out of the packet if it stands in a fragment behind `buf`.
///
/// # Safety
/// `pkt` is live, `buf` one of its fragments.
pub unsafe fn leave_behind(pkt: *mut NetPkt, buf: *const NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        let mut next = (*buf).frags;
        while !next.is_null() {
            if (*pkt).cursor.buf == next {
                return leave(pkt);
            }
            next = (*next).frags;
        }
    }
}

/// Moves over `length` bytes, in the mode of writes: growing, they become content.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
pub unsafe fn skip(pkt: *mut NetPkt, length: usize) -> bool {
    // SAFETY: as the caller vouches.
    unsafe { operate(pkt, length, extent_of_writes(pkt), |_, _| {}) }
}

/// Writes `length` times `byte`.
///
/// # Safety
/// As for [`skip`].
pub unsafe fn fill(pkt: *mut NetPkt, byte: u8, length: usize) -> bool {
    // SAFETY: as the caller vouches; the pieces are writable.
    unsafe { operate(pkt, length, extent_of_writes(pkt), |at, n| at.write_bytes(byte, n)) }
}

/// Reads `length` bytes to `to`; with `to` null moves over content without reading it.
///
/// # Safety
/// As for [`skip`]; `to` is null or writable for `length` bytes.
pub unsafe fn read(pkt: *mut NetPkt, mut to: *mut u8, length: usize) -> bool {
    // SAFETY: as the caller vouches; the pieces add up to at most `length`.
    unsafe {
        operate(pkt, length, Extent::Content, |at, n| {
            if !to.is_null() {
                to.copy_from(at, n);
                to = to.add(n);
            }
        })
    }
}

/// Writes `length` bytes from `from`. Bytes that lie at the cursor already are not copied.
///
/// # Safety
/// As for [`skip`]; `from` is readable for `length` bytes.
#[inline]
pub unsafe fn write(pkt: *mut NetPkt, from: *const u8, length: usize) -> bool {
    // SAFETY: as the caller vouches.
    unsafe { write_at_end(pkt, from, length) || write_across(pkt, from, length) }
}

/// [`write`] in any case.
///
/// # Safety
/// As for [`write`].
#[cold]
unsafe fn write_across(pkt: *mut NetPkt, mut from: *const u8, length: usize) -> bool {
    // SAFETY: as the caller vouches; the pieces add up to at most `length`. `copy_to` may be asked
    // to copy bytes onto themselves.
    unsafe {
        operate(pkt, length, extent_of_writes(pkt), |at, n| {
            if !ptr::eq(at, from) {
                from.copy_to(at, n);
            }
            from = from.add(n);
        })
    }
}

/// Copies `length` bytes from the cursor of `src` to that of `dst`, and moves both.
///
/// # Safety
/// Both are live and only the caller uses them.
pub unsafe fn copy(dst: *mut NetPkt, src: *mut NetPkt, mut length: usize) -> bool {
    while length > 0 {
        // SAFETY: as the caller vouches; `n` bytes are there on both sides.
        unsafe {
            let extent = extent_of_writes(dst);
            settle(dst, extent);
            settle(src, Extent::Content);
            let n = bytes_here(dst, extent).min(bytes_here(src, Extent::Content)).min(length);
            if n == 0 {
                return false;
            }
            (*dst).cursor.pos.copy_from((*src).cursor.pos, n);
            if extent == Extent::Room {
                grow(dst, n);
            }
            step(dst, n, extent);
            step(src, n, Extent::Content);
            length -= n;
        }
    }
    true
}

/// Bytes of content before the cursor; 0 when it is in no fragment.
///
/// # Safety
/// `pkt` is live.
pub unsafe fn offset(pkt: *const NetPkt) -> usize {
    // SAFETY: as the caller vouches.
    unsafe {
        let at = (*pkt).cursor.buf;
        let mut buf = (*pkt).frags;
        let mut before = 0;
        while !buf.is_null() && at != buf {
            before += usize::from((*buf).b.len);
            buf = (*buf).frags;
        }
        if buf.is_null() { 0 } else { before + offset_in_buf(pkt).min(max_len(buf)) }
    }
}

/// Bytes of content from the cursor on.
///
/// # Safety
/// `pkt` is live.
pub unsafe fn remaining(pkt: *const NetPkt) -> usize {
    // SAFETY: as the caller vouches.
    unsafe {
        let buf = (*pkt).cursor.buf;
        if buf.is_null() {
            return 0;
        }
        bytes_here(pkt, Extent::Content) + frag::chain_len((*buf).frags)
    }
}

/// Bytes from the cursor on that lie in one piece: content when overwriting, else room too.
///
/// # Safety
/// As for [`skip`].
pub unsafe fn contiguous(pkt: *mut NetPkt) -> usize {
    // SAFETY: as the caller vouches.
    unsafe {
        let extent = extent_of_writes(pkt);
        settle(pkt, extent);
        bytes_here(pkt, extent)
    }
}

/// Cuts the content to `length` bytes; fragments stay. False when there are fewer.
///
/// # Safety
/// As for [`skip`].
pub unsafe fn update_length(pkt: *mut NetPkt, mut length: usize) -> bool {
    // SAFETY: as the caller vouches.
    unsafe {
        let mut buf = (*pkt).frags;
        while !buf.is_null() {
            let len = usize::from((*buf).b.len).min(length);
            (*buf).b.len = len as u16;
            length -= len;
            buf = (*buf).frags;
        }
    }
    length == 0
}

/// Removes `length` bytes at the cursor, and fragments that thereby become empty; then the cursor
/// is at the beginning. Where there are fewer bytes, they go and the result is false.
///
/// # Safety
/// As for [`skip`].
pub unsafe fn pull(pkt: *mut NetPkt, mut length: usize) -> bool {
    // SAFETY: as the caller vouches; bytes move within the content of one fragment.
    unsafe {
        while length > 0 {
            settle(pkt, Extent::Content);
            let here = bytes_here(pkt, Extent::Content);
            let n = here.min(length);
            if n == 0 {
                break;
            }
            let (buf, pos) = ((*pkt).cursor.buf, (*pkt).cursor.pos);
            if ptr::eq(pos, (*buf).b.data) {
                // From the front of a fragment nothing has to move.
                (*buf).b.data = pos.add(n);
                (*pkt).cursor.pos = (*buf).b.data;
            } else {
                pos.copy_from(pos.add(n), here - n);
            }
            (*buf).b.len -= n as u16;
            length -= n;
            if (*buf).b.len == 0 {
                next_fragment(pkt, Extent::Content);
                unlink(pkt, buf);
            }
        }
        init(pkt);
    }
    length == 0
}

/// Takes `buf` out of the packet and gives the reference to it up.
///
/// # Safety
/// As for [`skip`]; `buf` is one of its fragments.
unsafe fn unlink(pkt: *mut NetPkt, buf: *mut NetBuf) {
    // SAFETY: as the caller vouches; the reference to what follows moves to what was before.
    unsafe {
        let next = (*buf).frags;
        if (*pkt).frags == buf {
            (*pkt).frags = next;
        } else {
            let mut before = (*pkt).frags;
            while (*before).frags != buf {
                before = (*before).frags;
            }
            (*before).frags = next;
        }
        (*buf).frags = ptr::null_mut();
        pool::unref(buf);
    }
}

/// Frees every empty fragment. A cursor in one of them leaves the packet.
///
/// # Safety
/// As for [`skip`].
pub unsafe fn trim(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe {
        let mut buf = (*pkt).frags;
        while !buf.is_null() {
            let next = (*buf).frags;
            if (*buf).b.len == 0 {
                if (*pkt).cursor.buf == buf {
                    place(pkt, ptr::null_mut());
                }
                unlink(pkt, buf);
            }
            buf = next;
        }
    }
}

/// Puts the cursor of `copy`, a clone of `pkt`, where that of `pkt` is.
///
/// # Safety
/// Both are live, `copy` is the caller's alone.
pub(super) unsafe fn follow(pkt: *const NetPkt, copy: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe {
        init(copy);
        if (*pkt).cursor.buf.is_null() {
            place(copy, ptr::null_mut());
        } else {
            let mode = (*copy).overwrite;
            (*copy).overwrite = 1;
            skip(copy, offset(pkt));
            (*copy).overwrite = mode;
        }
    }
}

/// The cursor for safe code. It starts at the beginning after [`cursor_init`](Pkt::cursor_init);
/// pulling, pushing and cutting make that necessary again.
impl Pkt {
    fn done(ok: bool) -> Result<()> {
        if ok { Ok(()) } else { Err(Error::NoBufs) }
    }

    /// Ok when nobody shares the content.
    fn writable(&self) -> Result<()> {
        // SAFETY: the packet holds its chain.
        let ours = unsafe { frag::is_owned((*self.as_ptr()).frags) };
        if ours { Ok(()) } else { Err(Error::Busy) }
    }

    /// Puts the cursor at the beginning.
    pub fn cursor_init(&mut self) {
        // SAFETY: we hold the packet, and `self` is borrowed mutably; so in all that follows.
        unsafe { init(self.as_ptr()) }
    }

    /// Bytes before the cursor.
    pub fn cursor_offset(&self) -> usize {
        // SAFETY: we hold the packet.
        unsafe { offset(self.as_ptr()) }
    }

    /// Bytes of content from the cursor on.
    pub fn remaining(&self) -> usize {
        // SAFETY: we hold the packet.
        unsafe { remaining(self.as_ptr()) }
    }

    /// Bytes from the cursor on that lie in one piece.
    pub fn contiguous(&mut self) -> usize {
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        unsafe { contiguous(self.as_ptr()) }
    }

    /// Moves over `n` bytes as a write would. `NoBufs` when there are fewer.
    pub fn skip(&mut self, n: usize) -> Result<()> {
        self.writable()?;
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        Self::done(unsafe { skip(self.as_ptr(), n) })
    }

    /// Reads exactly `to.len()` bytes. `NoBufs` when there are fewer; those are read.
    pub fn read(&mut self, to: &mut [u8]) -> Result<()> {
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        Self::done(unsafe { read(self.as_ptr(), to.as_mut_ptr(), to.len()) })
    }

    /// Writes all of `from`. `NoBufs` when it does not fit; what does is written. `Busy` when a
    /// fragment is shared.
    pub fn write(&mut self, from: &[u8]) -> Result<()> {
        self.writable()?;
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        Self::done(unsafe { write(self.as_ptr(), from.as_ptr(), from.len()) })
    }

    /// Writes `n` times `byte`. Errors as for [`write`](Pkt::write).
    pub fn fill(&mut self, byte: u8, n: usize) -> Result<()> {
        self.writable()?;
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        Self::done(unsafe { fill(self.as_ptr(), byte, n) })
    }

    /// Copies `n` bytes from the cursor of `src` to this one. Errors as for [`write`](Pkt::write).
    pub fn copy_from(&mut self, src: &mut Pkt, n: usize) -> Result<()> {
        self.writable()?;
        // SAFETY: we hold both packets, and both are borrowed mutably.
        Self::done(unsafe { copy(self.as_ptr(), src.as_ptr(), n) })
    }

    /// Cuts the content to `n` bytes, keeping the fragments. `Inval` when there are fewer.
    pub fn update_length(&mut self, n: usize) -> Result<()> {
        self.writable()?;
        if self.len() < n {
            return Err(Error::Inval);
        }
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        Self::done(unsafe { update_length(self.as_ptr(), n) })
    }

    /// Removes `n` bytes at the cursor and puts it at the beginning. `NoBufs` when there are fewer;
    /// those are removed.
    pub fn pull_at_cursor(&mut self, n: usize) -> Result<()> {
        self.writable()?;
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        Self::done(unsafe { pull(self.as_ptr(), n) })
    }

    /// Frees empty fragments. `Busy` when one is shared.
    pub fn trim(&mut self) -> Result<()> {
        self.writable()?;
        // SAFETY: we hold the packet, and `self` is borrowed mutably.
        unsafe { trim(self.as_ptr()) };
        Ok(())
    }
}
