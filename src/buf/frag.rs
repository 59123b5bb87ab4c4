// SPDX-License-Identifier: Apache-2.0
//! Chains of fragments.
//!
//! A chain is a pointer to its first buffer, or null. Whoever holds the pointer holds one reference
//! to that buffer; each buffer holds one to the next.

use core::ptr;

use super::shell::BUF_SIMPLE_END;
use super::{Deadline, NO_WAIT, NetBuf, NetBufPool, NetPkt, pool};

/// Bytes between the start of the storage and the content.
///
/// # Safety
/// `buf` is live.
#[inline]
pub unsafe fn headroom(buf: *const NetBuf) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { (*buf).b.data as usize - (*buf).b.__buf as usize }
}

/// Bytes between the content and the end of the storage.
///
/// # Safety
/// `buf` is live.
#[inline]
pub unsafe fn tailroom(buf: *const NetBuf) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { usize::from((*buf).b.size).saturating_sub(headroom(buf) + usize::from((*buf).b.len)) }
}

/// First byte behind the content.
///
/// # Safety
/// `buf` is live.
#[inline]
pub unsafe fn tail(buf: *const NetBuf) -> *mut u8 {
    // SAFETY: as the caller vouches.
    unsafe { (*buf).b.data.wrapping_add(usize::from((*buf).b.len)) }
}

/// May `buf` go back to its pool by pushing it onto the free list? It is the only one of its chain,
/// and the caller its only holder.
///
/// # Safety
/// The caller holds `buf`.
#[inline]
pub(super) unsafe fn is_plain(buf: *const NetBuf) -> bool {
    // SAFETY: as the caller vouches.
    unsafe { (*buf).frags.is_null() && (*buf).kind & BUF_SIMPLE_END != 0 && pool::refs(buf) == 1 }
}

/// Bytes of content in a chain.
///
/// # Safety
/// `buf` is a chain or null.
#[inline]
pub unsafe fn chain_len(mut buf: *const NetBuf) -> usize {
    let mut len = 0;
    while !buf.is_null() {
        // SAFETY: as the caller vouches.
        unsafe {
            len += usize::from((*buf).b.len);
            buf = (*buf).frags;
        }
    }
    len
}

/// The last buffer of a chain.
///
/// # Safety
/// `buf` is a chain or null.
pub unsafe fn last(mut buf: *mut NetBuf) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() && !(*buf).frags.is_null() {
            buf = (*buf).frags;
        }
    }
    buf
}

/// Puts the chain `frag` behind `parent` and what followed `parent` behind that.
///
/// # Safety
/// Both are live; the caller gives up its reference to `frag`.
pub unsafe fn insert(parent: *mut NetBuf, frag: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        if !(*parent).frags.is_null() {
            (*last(frag)).frags = (*parent).frags;
        }
        (*parent).frags = frag;
    }
}

/// Appends the chain `frag` to `head`, which may be null; returns the head of the result.
///
/// # Safety
/// `head` is a chain or null, `frag` live; the caller gives up its reference to `frag`, unless
/// `head` is null: then it is the result's.
pub unsafe fn add(head: *mut NetBuf, frag: *mut NetBuf) -> *mut NetBuf {
    if head.is_null() {
        return frag;
    }
    // SAFETY: as the caller vouches.
    unsafe { insert(last(head), frag) };
    head
}

/// Takes `frag` out of its chain, where it follows `parent` (null: it is the first), and gives one
/// reference to it up. Returns what followed it; with `parent` null that reference is the caller's.
///
/// # Safety
/// `frag` is live and follows `parent`.
pub unsafe fn del(parent: *mut NetBuf, frag: *mut NetBuf) -> *mut NetBuf {
    // SAFETY: as the caller vouches; the link's reference to `next` moves to `parent` or the caller.
    unsafe {
        let next = (*frag).frags;
        if !parent.is_null() {
            (*parent).frags = next;
        }
        (*frag).frags = ptr::null_mut();
        pool::unref(frag);
        next
    }
}

/// Is each fragment that the first `n` bytes reach, and the one behind, held by this chain alone?
/// False too when there are fewer bytes.
///
/// # Safety
/// `buf` is a chain or null.
pub(super) unsafe fn owned_up_to(mut buf: *const NetBuf, mut n: usize) -> bool {
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() {
            if pool::refs(buf) != 1 {
                return false;
            }
            let len = usize::from((*buf).b.len);
            if n < len || (n == len && (*buf).frags.is_null()) {
                return true;
            }
            n -= len;
            buf = (*buf).frags;
        }
    }
    false
}

/// Is each fragment held by this chain alone?
///
/// # Safety
/// `buf` is a chain or null.
pub(super) unsafe fn is_owned(mut buf: *const NetBuf) -> bool {
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() {
            if pool::refs(buf) != 1 {
                return false;
            }
            buf = (*buf).frags;
        }
    }
    true
}

/// Bytes that fit behind the content: room in the last buffer with content, and all storage of the
/// empty ones behind it.
///
/// # Safety
/// `buf` is a chain or null.
pub unsafe fn room_behind(mut buf: *mut NetBuf) -> usize {
    let mut room = 0;
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() {
            if (*buf).b.len != 0 {
                room = 0;
            }
            room += tailroom(buf);
            buf = (*buf).frags;
        }
    }
    room
}

/// The buffer to which the next appended byte goes: the last one with content, or the first empty
/// one behind it when that one is full. Null when there is none with room, or it is shared: it or
/// one before it has another holder.
///
/// # Safety
/// `buf` is a chain or null.
pub(super) unsafe fn writable_tail(mut buf: *mut NetBuf) -> *mut NetBuf {
    let mut found = buf;
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() {
            if pool::refs(buf) != 1 {
                return ptr::null_mut();
            }
            if (*buf).b.len != 0 {
                found = buf;
            }
            buf = (*buf).frags;
        }
        while !found.is_null() && tailroom(found) == 0 {
            found = (*found).frags;
        }
    }
    found
}

/// Writes `data` behind the content into room the chain has; returns how much fitted.
///
/// # Safety
/// `buf` is a chain or null that only the caller changes.
pub(super) unsafe fn append(buf: *mut NetBuf, mut data: &[u8]) -> usize {
    let mut done = 0;
    // SAFETY: as the caller vouches; each piece fits into the tailroom it goes to.
    unsafe {
        let mut at = writable_tail(buf);
        while !at.is_null() && !data.is_empty() {
            let n = tailroom(at).min(data.len());
            ptr::copy_nonoverlapping(data.as_ptr(), tail(at), n);
            (*at).b.len += n as u16;
            data = data.get(n..).unwrap_or_default();
            done += n;
            at = (*at).frags;
        }
    }
    done
}

/// Copies up to `len` bytes from `offset` of the chain to `dst`, which has room for `dst_len`;
/// returns how many.
///
/// # Safety
/// `dst` may be written for `dst_len` bytes; `src` is a chain or null.
pub unsafe fn linearize(
    dst: *mut u8,
    dst_len: usize,
    mut src: *const NetBuf,
    mut offset: usize,
    len: usize,
) -> usize {
    let want = len.min(dst_len);
    let mut done = 0;
    // SAFETY: as the caller vouches; `done` never exceeds `dst_len`.
    unsafe {
        while !src.is_null() && done < want {
            let here = usize::from((*src).b.len);
            if offset < here {
                let n = (here - offset).min(want - done);
                ptr::copy_nonoverlapping((*src).b.data.add(offset), dst.add(done), n);
                done += n;
                offset = 0;
            } else {
                offset -= here;
            }
            src = (*src).frags;
        }
    }
    done
}

/// Overwrites content from `offset` on; all or nothing.
///
/// # Safety
/// `buf` is a chain or null that only the caller changes.
pub(super) unsafe fn overwrite(mut buf: *mut NetBuf, mut offset: usize, mut data: &[u8]) -> bool {
    // SAFETY: as the caller vouches; each piece lies within the content of its buffer.
    unsafe {
        let Some(end) = offset.checked_add(data.len()) else { return false };
        if !owned_up_to(buf, end) {
            return data.is_empty() && end <= chain_len(buf);
        }
        while !data.is_empty() {
            let here = usize::from((*buf).b.len);
            if offset < here {
                let n = (here - offset).min(data.len());
                ptr::copy_nonoverlapping(data.as_ptr(), (*buf).b.data.add(offset), n);
                data = data.get(n..).unwrap_or_default();
                offset = 0;
            } else {
                offset -= here;
            }
            buf = (*buf).frags;
        }
    }
    true
}

/// Cuts a chain to `len` bytes and frees the buffers behind. False, and nothing changed, when it is
/// shorter or shared up to there.
///
/// # Safety
/// `buf` is a chain that only the caller changes.
pub(super) unsafe fn truncate(mut buf: *mut NetBuf, mut len: usize) -> bool {
    // SAFETY: as the caller vouches; the reference of the link that is cut is given up.
    unsafe {
        if !owned_up_to(buf, len) {
            return false;
        }
        while len > usize::from((*buf).b.len) {
            len -= usize::from((*buf).b.len);
            buf = (*buf).frags;
        }
        (*buf).b.len = len as u16;
        let rest = (*buf).frags;
        (*buf).frags = ptr::null_mut();
        pool::unref(rest);
    }
    true
}

/// True when no fragment of the chain is shared and no pool of theirs has a destroy callback.
///
/// # Safety
/// `at` is null or the head of a live chain.
#[cold]
pub(super) unsafe fn is_own(mut at: *const NetBuf) -> bool {
    // SAFETY: as the caller vouches; a pool lives as long as the program.
    unsafe {
        while !at.is_null() {
            if pool::refs(at) != 1 || (*(*at).pool).destroy.is_some() {
                return false;
            }
            at = (*at).frags;
        }
    }
    true
}

/// Makes the first `n` bytes of a packet contiguous. See [`Pkt::pull_up`](super::Pkt::pull_up).
///
/// # Safety
/// `pkt` is live and only the caller changes it.
#[cold]
pub(super) unsafe fn pull_up(pkt: *mut NetPkt, n: usize) -> bool {
    // SAFETY: as the caller vouches; only buffers nobody shares are changed.
    unsafe {
        if !owned_up_to((*pkt).frags, n) {
            return false;
        }
        super::cursor::leave(pkt);
        let mut head = (*pkt).frags;
        let room = usize::from((*head).b.len) + tailroom(head);
        if room < n && room + headroom(head) >= n {
            // The storage is large enough once the content sits at its start.
            ptr::copy((*head).b.data, (*head).b.__buf, usize::from((*head).b.len));
            (*head).b.data = (*head).b.__buf;
        } else if room < n {
            let from = if (*pkt).data_pool.is_null() { (*head).pool } else { (*pkt).data_pool };
            let new = pool::alloc_len(from, n, NO_WAIT);
            if new.is_null() {
                return false;
            }
            (*new).frags = head;
            (*pkt).frags = new;
            head = new;
        }
        let mut missing = n - usize::from((*head).b.len);
        while missing > 0 {
            let next = (*head).frags;
            let k = missing.min(usize::from((*next).b.len));
            ptr::copy_nonoverlapping((*next).b.data, tail(head), k);
            (*head).b.len += k as u16;
            (*next).b.data = (*next).b.data.add(k);
            (*next).b.len -= k as u16;
            missing -= k;
            if (*next).b.len == 0 {
                (*head).frags = del(ptr::null_mut(), next);
            }
        }
    }
    true
}

/// A chain of empty buffers from `from` with room for `size` bytes, the first with `reserve` bytes
/// of headroom on top. `None` when memory was not free in time. A `size` of 0 gives no buffer.
///
/// # Safety
/// `from` is a valid pool.
pub unsafe fn alloc_chain(
    from: *mut NetBufPool,
    size: usize,
    reserve: usize,
    deadline: Deadline,
) -> Option<*mut NetBuf> {
    let mut first: *mut NetBuf = ptr::null_mut();
    let mut end: *mut NetBuf = ptr::null_mut();
    let mut left = size.saturating_add(reserve);
    let mut reserve = reserve;
    // SAFETY: as the caller vouches; the chain under construction is ours alone.
    unsafe {
        let max = match (*(*from).alloc).max_alloc_size {
            0 => usize::from(u16::MAX),
            max => max,
        };
        // Waiting for what the pool never had would last for ever.
        if left > max.saturating_mul(usize::from((*from).buf_count)) {
            return None;
        }
        while left > 0 {
            let buf = pool::alloc_len(from, left.min(max), deadline);
            if buf.is_null() {
                pool::unref(first);
                return None;
            }
            if first.is_null() {
                first = buf;
            } else {
                (*end).frags = buf;
            }
            end = buf;
            let got = usize::from((*buf).b.size);
            let front = reserve.min(got);
            (*buf).b.data = (*buf).b.data.add(front);
            reserve -= front;
            left = left.saturating_sub(got);
        }
    }
    Some(first)
}

/// A copy of a chain in buffers of `from`, with `reserve` bytes of headroom.
///
/// # Safety
/// `src` is a chain or null; `from` is a valid pool or null (then the first buffer's is used).
pub unsafe fn copy_chain(
    mut src: *mut NetBuf,
    from: *mut NetBufPool,
    reserve: usize,
    deadline: Deadline,
) -> Option<*mut NetBuf> {
    // SAFETY: as the caller vouches; the copy is ours alone and has the room asked for.
    unsafe {
        let len = chain_len(src);
        if src.is_null() {
            return Some(ptr::null_mut());
        }
        let from = if from.is_null() { (*src).pool } else { from };
        let copy = alloc_chain(from, len.max(1), reserve, deadline)?;
        let mut at = copy;
        while !src.is_null() {
            let mut data = (*src).b.data.cast_const();
            let mut left = usize::from((*src).b.len);
            while left > 0 {
                let n = tailroom(at).min(left);
                ptr::copy_nonoverlapping(data, tail(at), n);
                (*at).b.len += n as u16;
                data = data.add(n);
                left -= n;
                if left > 0 {
                    at = (*at).frags;
                }
            }
            src = (*src).frags;
        }
        Some(copy)
    }
}
