// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/sys/ring_buffer.h>`: one writer and one reader, without a lock.
//!
//! Positions only grow. The writer owns `put`, the reader owns `get`; each reads the other's finished
//! position, so those are stored with release and read with acquire ordering. C's inline functions
//! read them plainly, which on the processors at hand is the same for aligned words.

use core::ffi::c_int;
use core::ptr;
use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use crate::base::Error;

const EAGAIN: c_int = Error::Again.errno();
const EINVAL: c_int = Error::Inval.errno();
const EMSGSIZE: c_int = Error::MsgSize.errno();

/// Bytes of an item's first word: type, number of words, value.
const ITEM_HEAD: u32 = 4;

/// `struct ring_buf_index`.
#[repr(C)]
#[derive(Debug)]
pub struct RingBufIndex {
    head: AtomicU32,
    tail: AtomicU32,
    base: AtomicU32,
}

/// `struct ring_buf`.
#[repr(C)]
#[derive(Debug)]
pub struct RingBuf {
    buffer: *mut u8,
    put: RingBufIndex,
    get: RingBufIndex,
    size: u32,
}

impl RingBufIndex {
    /// Offset and number of up to `len` bytes in a row, which are now claimed.
    fn claim(&self, size: u32, len: u32) -> (u32, u32) {
        let head = self.head.load(Relaxed);
        let mut offset = head.wrapping_sub(self.base.load(Relaxed));
        if offset >= size {
            offset -= size;
        }
        let len = len.min(size - offset);
        self.head.store(head.wrapping_add(len), Relaxed);
        (offset, len)
    }

    /// False if fewer are claimed.
    fn finish(&self, size: u32, len: u32) -> bool {
        let tail = self.tail.load(Relaxed);
        if len > self.head.load(Relaxed).wrapping_sub(tail) {
            return false;
        }
        let tail = tail.wrapping_add(len);
        let base = self.base.load(Relaxed);
        if tail.wrapping_sub(base) >= size {
            self.base.store(base.wrapping_add(size), Relaxed);
        }
        self.head.store(tail, Relaxed);
        self.tail.store(tail, Release);
        true
    }
}

impl RingBuf {
    fn space(&self) -> u32 {
        self.size - self.put.head.load(Relaxed).wrapping_sub(self.get.tail.load(Acquire))
    }

    fn content(&self) -> u32 {
        self.put.tail.load(Acquire).wrapping_sub(self.get.head.load(Relaxed))
    }

    /// Claims `len` bytes, which are there, in one piece or two, and hands each to `each` with its
    /// place in the whole.
    fn pieces(&self, side: &RingBufIndex, len: u32, mut each: impl FnMut(*mut u8, usize, usize)) {
        let mut done = 0;
        while done < len {
            let (offset, now) = side.claim(self.size, len - done);
            each(self.buffer.wrapping_add(offset as usize), done as usize, now as usize);
            done += now;
        }
    }

    /// # Safety
    /// `data` points to `len` bytes; there is room for them.
    unsafe fn write(&self, data: *const u8, len: u32) {
        self.pieces(&self.put, len, |to, at, n| {
            // SAFETY: claimed storage, and the caller's bytes, which lie elsewhere.
            unsafe { ptr::copy_nonoverlapping(data.add(at), to, n) };
        });
    }

    /// # Safety
    /// `data` is null or points to `len` bytes; there is content for them.
    unsafe fn read(&self, data: *mut u8, len: u32) {
        self.pieces(&self.get, len, |from, at, n| {
            if !data.is_null() {
                // SAFETY: claimed content, and the caller's bytes, which lie elsewhere.
                unsafe { ptr::copy_nonoverlapping(from, data.add(at), n) };
            }
        });
    }
}

/// `ring_buf_area_claim()`.
///
/// # Safety
/// `buf` is a ring buffer, `ring` one of its sides, `data` points to a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ring_buf_area_claim(
    buf: *mut RingBuf,
    ring: *mut RingBufIndex,
    data: *mut *mut u8,
    size: u32,
) -> u32 {
    // SAFETY: the caller's promise; only atomics and constant members are reached.
    let (buf, ring) = unsafe { (&*buf, &*ring) };
    let (offset, len) = ring.claim(buf.size, size);
    // SAFETY: the caller's promise.
    unsafe { data.write(buf.buffer.wrapping_add(offset as usize)) };
    len
}

/// `ring_buf_area_finish()`.
///
/// # Safety
/// `buf` is a ring buffer, `ring` one of its sides.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ring_buf_area_finish(
    buf: *mut RingBuf,
    ring: *mut RingBufIndex,
    size: u32,
) -> c_int {
    // SAFETY: the caller's promise; only atomics and constant members are reached.
    let (buf, ring) = unsafe { (&*buf, &*ring) };
    if ring.finish(buf.size, size) { 0 } else { -EINVAL }
}

/// `ring_buf_put()`.
///
/// # Safety
/// `buf` is a ring buffer, `data` points to `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ring_buf_put(buf: *mut RingBuf, data: *const u8, size: u32) -> u32 {
    // SAFETY: the caller's promise.
    let buf = unsafe { &*buf };
    let len = size.min(buf.space());
    // SAFETY: there is room for `len` bytes, and `size` is no less.
    unsafe { buf.write(data, len) };
    buf.put.finish(buf.size, len);
    len
}

/// `ring_buf_get()`.
///
/// # Safety
/// `buf` is a ring buffer, `data` is NULL or points to `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ring_buf_get(buf: *mut RingBuf, data: *mut u8, size: u32) -> u32 {
    // SAFETY: the caller's promise.
    let buf = unsafe { &*buf };
    let len = size.min(buf.content());
    // SAFETY: there are `len` bytes, and room for `size`, which is no less.
    unsafe { buf.read(data, len) };
    buf.get.finish(buf.size, len);
    len
}

/// `ring_buf_peek()`.
///
/// # Safety
/// As for [`ring_buf_get`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ring_buf_peek(buf: *mut RingBuf, data: *mut u8, size: u32) -> u32 {
    // SAFETY: the caller's promise.
    let buf = unsafe { &*buf };
    let len = size.min(buf.content());
    // SAFETY: as in `ring_buf_get`.
    unsafe { buf.read(data, len) };
    buf.get.finish(buf.size, 0);
    len
}

/// `ring_buf_item_put()`.
///
/// # Safety
/// `buf` is a ring buffer for items, `data32` points to `size32` words (NULL only if that is 0).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ring_buf_item_put(
    buf: *mut RingBuf,
    type_: u16,
    value: u8,
    data32: *mut u32,
    size32: u8,
) -> c_int {
    // SAFETY: the caller's promise.
    let buf = unsafe { &*buf };
    let body = 4 * u32::from(size32);
    if buf.space() < ITEM_HEAD + body {
        return -EMSGSIZE;
    }
    let [low, high] = type_.to_ne_bytes();
    let head = [low, high, size32, value];
    // SAFETY: there is room for both.
    unsafe {
        buf.write(head.as_ptr(), ITEM_HEAD);
        buf.write(data32.cast(), body);
    }
    buf.put.finish(buf.size, ITEM_HEAD + body);
    0
}

/// `ring_buf_item_get()`.
///
/// # Safety
/// `buf` is a ring buffer for items, `data32` is NULL or points to `*size32` words, the others point
/// to what they are set to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ring_buf_item_get(
    buf: *mut RingBuf,
    type_: *mut u16,
    value: *mut u8,
    data32: *mut u32,
    size32: *mut u8,
) -> c_int {
    // SAFETY: the caller's promise.
    let buf = unsafe { &*buf };
    if buf.content() < ITEM_HEAD {
        return -EAGAIN;
    }
    let mut head = [0; ITEM_HEAD as usize];
    // SAFETY: there are four bytes.
    unsafe { buf.read(head.as_mut_ptr(), ITEM_HEAD) };
    let [low, high, words, item_value] = head;
    // SAFETY: the caller's promise.
    let room = unsafe { size32.replace(words) };
    if !data32.is_null() && words > room {
        buf.get.finish(buf.size, 0);
        return -EMSGSIZE;
    }
    let body = 4 * u32::from(words);
    // SAFETY: the whole item was put at once, so its words are there; the rest is the caller's promise.
    unsafe {
        type_.write(u16::from_ne_bytes([low, high]));
        value.write(item_value);
        buf.read(data32.cast(), body);
    }
    buf.get.finish(buf.size, ITEM_HEAD + body);
    0
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/sys/ring_buffer.h":
    RingBufIndex = "struct ring_buf_index" { head, tail, base };
    RingBuf = "struct ring_buf" { buffer, put, get, size };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;
    use std::vec::Vec;

    fn ring(storage: &mut [u8], start: u32) -> RingBuf {
        let side = || RingBufIndex {
            head: AtomicU32::new(start),
            tail: AtomicU32::new(start),
            base: AtomicU32::new(start),
        };
        let size = storage.len() as u32;
        RingBuf { buffer: storage.as_mut_ptr(), put: side(), get: side(), size }
    }

    /// Against a queue of the standard library, across the end of the storage and of the positions.
    #[test]
    fn behaves_like_a_bounded_queue() {
        let mut storage = [0; 13];
        let mut ring = ring(&mut storage, u32::MAX - 40);
        let mut model = VecDeque::new();
        let mut next = 0u8;
        for step in 0..1000u32 {
            let len = step * 7 % 15;
            if step % 2 == 0 {
                let bytes: Vec<u8> = (0..len).map(|i| next.wrapping_add(i as u8)).collect();
                // SAFETY: the length is that of the bytes.
                let put = unsafe { ring_buf_put(&mut ring, bytes.as_ptr(), len) };
                assert_eq!(put as usize, (len as usize).min(13 - model.len()));
                model.extend(&bytes[..put as usize]);
                next = next.wrapping_add(put as u8);
            } else {
                let (mut peeked, mut got) = ([0; 15], [0; 15]);
                // SAFETY: the length is no more than that of the arrays.
                let (seen, taken) = unsafe {
                    (
                        ring_buf_peek(&mut ring, peeked.as_mut_ptr(), len),
                        ring_buf_get(&mut ring, got.as_mut_ptr(), len),
                    )
                };
                assert_eq!((seen, peeked), (taken, got));
                let wanted: Vec<u8> = model.drain(..(len as usize).min(model.len())).collect();
                assert_eq!(&got[..taken as usize], &wanted[..]);
            }
            assert_eq!(ring.content() as usize, model.len());
            assert_eq!(ring.space() as usize, 13 - model.len());
        }
    }

    #[test]
    fn more_than_claimed_is_not_finished() {
        let mut storage = [0; 8];
        let ring = ring(&mut storage, 0);
        assert_eq!(ring.put.claim(8, 5), (0, 5));
        assert!(!ring.put.finish(8, 6));
        assert!(ring.put.finish(8, 3));
        assert_eq!((ring.content(), ring.space()), (3, 5));
        assert_eq!(ring.put.claim(8, 8), (3, 5));
    }

    #[test]
    fn items_keep_their_words() {
        let mut storage = [0; 16];
        let mut ring = ring(&mut storage, 8);
        let mut words = [1, 2];
        let (mut kind, mut value, mut size, mut out) = (0, 0, 1, [0; 2]);
        // SAFETY: the sizes are those of the arrays, or less.
        unsafe {
            assert_eq!(ring_buf_item_put(&mut ring, 0x1234, 7, words.as_mut_ptr(), 2), 0);
            assert_eq!(ring_buf_item_put(&mut ring, 1, 1, words.as_mut_ptr(), 1), -EMSGSIZE);
            let mut get = |size: &mut u8| {
                ring_buf_item_get(&mut ring, &mut kind, &mut value, out.as_mut_ptr(), size)
            };
            assert_eq!((get(&mut size), size), (-EMSGSIZE, 2));
            assert_eq!((get(&mut size), size), (0, 2));
            assert_eq!(get(&mut size), -EAGAIN);
        }
        assert_eq!((kind, value, out), (0x1234, 7, words));
    }
}
