// SPDX-License-Identifier: Apache-2.0
//! `net_buf_simple_*` of `<zephyr/net_buf.h>`: bytes and numbers at both ends of a buffer.
//!
//! Where Zephyr asserts that there is enough content or room, these functions leave the buffer as
//! it is and return null or 0.

use core::ffi::c_void;
use core::ptr;

use crate::buf::NetBufSimple;

/// Bytes in front of the content.
///
/// # Safety
/// `buf` is valid.
#[inline]
unsafe fn room_before(buf: *const NetBufSimple) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { ((*buf).data as usize).saturating_sub((*buf).__buf as usize) }
}

/// Bytes behind the content.
///
/// # Safety
/// `buf` is valid.
#[inline]
unsafe fn room_behind(buf: *const NetBufSimple) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { usize::from((*buf).size).saturating_sub(room_before(buf) + usize::from((*buf).len)) }
}

/// Makes `len` bytes behind the content content; null when they do not fit.
///
/// # Safety
/// `buf` is valid.
#[inline]
unsafe fn add(buf: *mut NetBufSimple, len: usize) -> *mut u8 {
    // SAFETY: as the caller vouches; what fits behind the content lies in the storage.
    unsafe {
        if len > room_behind(buf) {
            return ptr::null_mut();
        }
        let tail = (*buf).data.wrapping_add(usize::from((*buf).len));
        (*buf).len += len as u16;
        tail
    }
}

/// Makes `len` bytes before the content content; null when they do not fit.
///
/// # Safety
/// `buf` is valid.
#[inline]
unsafe fn push(buf: *mut NetBufSimple, len: usize) -> *mut u8 {
    // SAFETY: as the caller vouches; what fits before the content lies in the storage.
    unsafe {
        if len > room_before(buf) || usize::from((*buf).len) + len > usize::from(u16::MAX) {
            return ptr::null_mut();
        }
        (*buf).data = (*buf).data.sub(len);
        (*buf).len += len as u16;
        (*buf).data
    }
}

/// Takes `len` bytes off the front and returns where they are; null when there are fewer.
///
/// # Safety
/// `buf` is valid.
#[inline]
unsafe fn pull(buf: *mut NetBufSimple, len: usize) -> *mut u8 {
    // SAFETY: as the caller vouches.
    unsafe {
        if len > usize::from((*buf).len) {
            return ptr::null_mut();
        }
        let data = (*buf).data;
        (*buf).data = data.wrapping_add(len);
        (*buf).len -= len as u16;
        data
    }
}

/// Takes `len` bytes off the end and returns where they are; null when there are fewer.
///
/// # Safety
/// `buf` is valid.
#[inline]
unsafe fn remove(buf: *mut NetBufSimple, len: usize) -> *mut u8 {
    // SAFETY: as the caller vouches.
    unsafe {
        if len > usize::from((*buf).len) {
            return ptr::null_mut();
        }
        (*buf).len -= len as u16;
        (*buf).data.wrapping_add(usize::from((*buf).len))
    }
}

/// Copies `from` to `to`, unless that is null.
///
/// # Safety
/// `to` is null or has room for `N` bytes.
#[inline]
unsafe fn store<const N: usize>(to: *mut u8, from: [u8; N]) {
    if !to.is_null() {
        // SAFETY: as the caller vouches.
        unsafe { to.cast::<[u8; N]>().write_unaligned(from) };
    }
}

/// The `N` bytes at `from`; zeros where that is null.
///
/// # Safety
/// `from` is null or readable for `N` bytes.
#[inline]
unsafe fn load<const N: usize>(from: *const u8) -> [u8; N] {
    // SAFETY: as the caller vouches.
    if from.is_null() { [0; N] } else { unsafe { from.cast::<[u8; N]>().read_unaligned() } }
}

/// Makes `size` bytes at `data` the content of `buf`.
///
/// # Safety
/// `buf` is writable; `data` holds `size` bytes as long as the buffer is used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_init_with_data(
    buf: *mut NetBufSimple,
    data: *mut c_void,
    size: usize,
) {
    let size = size.min(usize::from(u16::MAX)) as u16;
    // SAFETY: as the caller vouches.
    unsafe {
        (*buf).__buf = data.cast();
        (*buf).data = data.cast();
        (*buf).size = size;
        (*buf).len = size;
    }
}

/// Makes `clone` a second window on the content of `original`.
///
/// # Safety
/// Both are valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_clone(
    original: *const NetBufSimple,
    clone: *mut NetBufSimple,
) {
    // SAFETY: as the caller vouches.
    unsafe { clone.copy_from(original, 1) }
}

/// Starts the (empty) content `reserve` bytes into the storage; at its end when it is shorter.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_reserve(buf: *mut NetBufSimple, reserve: usize) {
    // SAFETY: as the caller vouches.
    unsafe {
        (*buf).data = (*buf).__buf.wrapping_add(reserve.min(usize::from((*buf).size)));
    }
}

/// Bytes in front of the content.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_headroom(buf: *const NetBufSimple) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { room_before(buf) }
}

/// Bytes behind the content.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_tailroom(buf: *const NetBufSimple) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { room_behind(buf) }
}

/// The longest content possible: the storage without the headroom.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_max_len(buf: *const NetBufSimple) -> u16 {
    // SAFETY: as the caller vouches.
    unsafe { usize::from((*buf).size).saturating_sub(room_before(buf)) as u16 }
}

/// Makes `len` bytes behind the content content and returns the first; null when they do not fit.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_add(buf: *mut NetBufSimple, len: usize) -> *mut c_void {
    // SAFETY: as the caller vouches.
    unsafe { add(buf, len).cast() }
}

/// Appends `len` bytes from `mem`. Null when they do not fit.
///
/// # Safety
/// `buf` is valid, `mem` readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_add_mem(
    buf: *mut NetBufSimple,
    mem: *const c_void,
    len: usize,
) -> *mut c_void {
    // SAFETY: as the caller vouches; `mem` may lie in the same buffer.
    unsafe {
        let to = add(buf, len);
        if !to.is_null() && len != 0 {
            to.copy_from(mem.cast(), len);
        }
        to.cast()
    }
}

/// Takes `len` bytes off the end and returns where they are; null when there are fewer.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_remove_mem(
    buf: *mut NetBufSimple,
    len: usize,
) -> *mut c_void {
    // SAFETY: as the caller vouches.
    unsafe { remove(buf, len).cast() }
}

/// Makes `len` bytes before the content content and returns the first; null when they do not fit.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_push(buf: *mut NetBufSimple, len: usize) -> *mut c_void {
    // SAFETY: as the caller vouches.
    unsafe { push(buf, len).cast() }
}

/// Puts `len` bytes from `mem` in front. Null when they do not fit.
///
/// # Safety
/// `buf` is valid, `mem` readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_push_mem(
    buf: *mut NetBufSimple,
    mem: *const c_void,
    len: usize,
) -> *mut c_void {
    // SAFETY: as the caller vouches; `mem` may lie in the same buffer.
    unsafe {
        let to = push(buf, len);
        if !to.is_null() && len != 0 {
            to.copy_from(mem.cast(), len);
        }
        to.cast()
    }
}

/// Takes `len` bytes off the front; returns the new front, null when there are fewer.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_pull(buf: *mut NetBufSimple, len: usize) -> *mut c_void {
    // SAFETY: as the caller vouches.
    unsafe { if pull(buf, len).is_null() { ptr::null_mut() } else { (*buf).data.cast() } }
}

/// Takes `len` bytes off the front and returns where they are; null when there are fewer.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_pull_mem(
    buf: *mut NetBufSimple,
    len: usize,
) -> *mut c_void {
    // SAFETY: as the caller vouches.
    unsafe { pull(buf, len).cast() }
}

/// Appends a byte and returns where it is; null when it does not fit.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_add_u8(buf: *mut NetBufSimple, val: u8) -> *mut u8 {
    // SAFETY: as the caller vouches.
    unsafe {
        let to = add(buf, 1);
        store(to, [val]);
        to
    }
}

/// Puts a byte in front.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_push_u8(buf: *mut NetBufSimple, val: u8) {
    // SAFETY: as the caller vouches.
    unsafe { store(push(buf, 1), [val]) }
}

/// Takes a byte off the front; 0 when there is none.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_pull_u8(buf: *mut NetBufSimple) -> u8 {
    // SAFETY: as the caller vouches.
    let [val] = unsafe { load(pull(buf, 1)) };
    val
}

/// Takes a byte off the end; 0 when there is none.
///
/// # Safety
/// `buf` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_simple_remove_u8(buf: *mut NetBufSimple) -> u8 {
    // SAFETY: as the caller vouches.
    let [val] = unsafe { load(remove(buf, 1)) };
    val
}

/// The eight functions of one width: numbers of `$n` bytes kept in a `$int`.
macro_rules! width {
    ($int:ty, $n:literal:
     $add_le:ident $push_le:ident $pull_le:ident $remove_le:ident
     $add_be:ident $push_be:ident $pull_be:ident $remove_be:ident) => {
        width!(@in $add_le add "Appends", $push_le push "Puts in front", $int, $n, "little",
               |val: $int| -> [u8; $n] {
                   let bytes = val.to_le_bytes();
                   ::core::array::from_fn(|i| bytes[i])
               });
        width!(@in $add_be add "Appends", $push_be push "Puts in front", $int, $n, "big",
               |val: $int| -> [u8; $n] {
                   let bytes = val.to_be_bytes();
                   ::core::array::from_fn(|i| bytes[i + size_of::<$int>() - $n])
               });
        width!(@out $pull_le pull "front", $remove_le remove "end", $int, $n, "little",
               |bytes: [u8; $n]| <$int>::from_le_bytes(
                   ::core::array::from_fn(|i| bytes.get(i).copied().unwrap_or(0))));
        width!(@out $pull_be pull "front", $remove_be remove "end", $int, $n, "big",
               |bytes: [u8; $n]| <$int>::from_be_bytes(
                   ::core::array::from_fn(|i| match i.checked_sub(size_of::<$int>() - $n) {
                       Some(i) => bytes[i],
                       None => 0,
                   })));
    };
    (@in $a:ident $fa:ident $da:literal, $b:ident $fb:ident $db:literal, $int:ty, $n:literal,
     $order:literal, $encode:expr) => {
        width!(@in1 $a $fa $da, $int, $n, $order, $encode);
        width!(@in1 $b $fb $db, $int, $n, $order, $encode);
    };
    (@in1 $name:ident $make_room:ident $does:literal, $int:ty, $n:literal, $order:literal,
     $encode:expr) => {
        #[doc = concat!($does, " the low ", $n, " bytes of `val`, ", $order, " end first.")]
        /// Nothing happens when they do not fit.
        ///
        /// # Safety
        /// `buf` is valid.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(buf: *mut NetBufSimple, val: $int) {
            // SAFETY: as the caller vouches.
            unsafe { store($make_room(buf, $n), ($encode)(val)) }
        }
    };
    (@out $a:ident $fa:ident $da:literal, $b:ident $fb:ident $db:literal, $int:ty, $n:literal,
     $order:literal, $decode:expr) => {
        width!(@out1 $a $fa $da, $int, $n, $order, $decode);
        width!(@out1 $b $fb $db, $int, $n, $order, $decode);
    };
    (@out1 $name:ident $take:ident $where:literal, $int:ty, $n:literal, $order:literal,
     $decode:expr) => {
        #[doc = concat!("Takes ", $n, " bytes off the ", $where, ", as a number with the ", $order,
                        " end first. 0 when there are fewer.")]
        ///
        /// # Safety
        /// `buf` is valid.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(buf: *mut NetBufSimple) -> $int {
            // SAFETY: as the caller vouches.
            let bytes = unsafe { load($take(buf, $n)) };
            ($decode)(bytes)
        }
    };
}

width!(u16, 2:
    net_buf_simple_add_le16 net_buf_simple_push_le16
    net_buf_simple_pull_le16 net_buf_simple_remove_le16
    net_buf_simple_add_be16 net_buf_simple_push_be16
    net_buf_simple_pull_be16 net_buf_simple_remove_be16);
width!(u32, 3:
    net_buf_simple_add_le24 net_buf_simple_push_le24
    net_buf_simple_pull_le24 net_buf_simple_remove_le24
    net_buf_simple_add_be24 net_buf_simple_push_be24
    net_buf_simple_pull_be24 net_buf_simple_remove_be24);
width!(u32, 4:
    net_buf_simple_add_le32 net_buf_simple_push_le32
    net_buf_simple_pull_le32 net_buf_simple_remove_le32
    net_buf_simple_add_be32 net_buf_simple_push_be32
    net_buf_simple_pull_be32 net_buf_simple_remove_be32);
width!(u64, 5:
    net_buf_simple_add_le40 net_buf_simple_push_le40
    net_buf_simple_pull_le40 net_buf_simple_remove_le40
    net_buf_simple_add_be40 net_buf_simple_push_be40
    net_buf_simple_pull_be40 net_buf_simple_remove_be40);
width!(u64, 6:
    net_buf_simple_add_le48 net_buf_simple_push_le48
    net_buf_simple_pull_le48 net_buf_simple_remove_le48
    net_buf_simple_add_be48 net_buf_simple_push_be48
    net_buf_simple_pull_be48 net_buf_simple_remove_be48);
width!(u64, 8:
    net_buf_simple_add_le64 net_buf_simple_push_le64
    net_buf_simple_pull_le64 net_buf_simple_remove_le64
    net_buf_simple_add_be64 net_buf_simple_push_be64
    net_buf_simple_pull_be64 net_buf_simple_remove_be64);

#[cfg(test)]
mod tests {
    use super::*;

    /// A buffer over `storage` with its content starting at `front`.
    fn over(storage: &mut [u8], front: usize) -> NetBufSimple {
        let start = storage.as_mut_ptr();
        NetBufSimple {
            data: start.wrapping_add(front),
            len: 0,
            size: storage.len() as u16,
            __buf: start,
        }
    }

    macro_rules! round_trip {
        ($($val:literal $n:literal: $add:ident $pull:ident, $push:ident $remove:ident;)*) => {$(
            let mut storage = [0u8; 16];
            let mut buf = over(&mut storage, 8);
            let buf = &raw mut buf;
            // SAFETY: the buffer lies over the array.
            unsafe {
                $add(buf, $val);
                assert_eq!(usize::from((*buf).len), $n, stringify!($add));
                $push(buf, $val);
                assert_eq!(usize::from((*buf).len), 2 * $n, stringify!($push));
                assert_eq!($remove(buf), $val);
                assert_eq!($pull(buf), $val);
                assert_eq!(((*buf).len, $pull(buf), $remove(buf)), (0, 0, 0));
                // Too little room at either end.
                (*buf).data = (*buf).__buf.add(16 - $n + 1);
                $add(buf, $val);
                (*buf).data = (*buf).__buf.add($n - 1);
                $push(buf, $val);
                assert_eq!((*buf).len, 0, stringify!($add));
                // Too little content.
                (*buf).len = $n - 1;
                assert_eq!(($pull(buf), $remove(buf)), (0, 0));
                assert_eq!((*buf).len, $n - 1);
            }
        )*};
    }

    #[test]
    fn every_width_in_both_orders() {
        round_trip! {
            0x0102 2: net_buf_simple_add_le16 net_buf_simple_pull_le16,
                net_buf_simple_push_le16 net_buf_simple_remove_le16;
            0x0102 2: net_buf_simple_add_be16 net_buf_simple_pull_be16,
                net_buf_simple_push_be16 net_buf_simple_remove_be16;
            0x01_0203 3: net_buf_simple_add_le24 net_buf_simple_pull_le24,
                net_buf_simple_push_le24 net_buf_simple_remove_le24;
            0x01_0203 3: net_buf_simple_add_be24 net_buf_simple_pull_be24,
                net_buf_simple_push_be24 net_buf_simple_remove_be24;
            0x0102_0304 4: net_buf_simple_add_le32 net_buf_simple_pull_le32,
                net_buf_simple_push_le32 net_buf_simple_remove_le32;
            0x0102_0304 4: net_buf_simple_add_be32 net_buf_simple_pull_be32,
                net_buf_simple_push_be32 net_buf_simple_remove_be32;
            0x01_0203_0405 5: net_buf_simple_add_le40 net_buf_simple_pull_le40,
                net_buf_simple_push_le40 net_buf_simple_remove_le40;
            0x01_0203_0405 5: net_buf_simple_add_be40 net_buf_simple_pull_be40,
                net_buf_simple_push_be40 net_buf_simple_remove_be40;
            0x0102_0304_0506 6: net_buf_simple_add_le48 net_buf_simple_pull_le48,
                net_buf_simple_push_le48 net_buf_simple_remove_le48;
            0x0102_0304_0506 6: net_buf_simple_add_be48 net_buf_simple_pull_be48,
                net_buf_simple_push_be48 net_buf_simple_remove_be48;
            0x0102_0304_0506_0708 8: net_buf_simple_add_le64 net_buf_simple_pull_le64,
                net_buf_simple_push_le64 net_buf_simple_remove_le64;
            0x0102_0304_0506_0708 8: net_buf_simple_add_be64 net_buf_simple_pull_be64,
                net_buf_simple_push_be64 net_buf_simple_remove_be64;
            0x5a 1: net_buf_simple_add_u8 net_buf_simple_pull_u8,
                net_buf_simple_push_u8 net_buf_simple_remove_u8;
        }
    }

    #[test]
    fn bytes_are_where_they_belong() {
        let mut storage = [0u8; 24];
        let mut buf = over(&mut storage, 4);
        // SAFETY: the buffer lies over the array.
        unsafe {
            net_buf_simple_add_le24(&mut buf, 0xff_010203);
            net_buf_simple_add_be24(&mut buf, 0xff_010203);
            net_buf_simple_add_be40(&mut buf, 0xffff_ff01_0203_0405);
            net_buf_simple_push_le16(&mut buf, 0x0a0b);
        }
        assert_eq!(storage[2..15], [0xb, 0xa, 3, 2, 1, 1, 2, 3, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn lengths_beyond_the_buffer_change_nothing() {
        let mut storage = [7u8; 8];
        let mut simple = over(&mut storage, 2);
        let buf = &raw mut simple;
        // SAFETY: the buffer lies over the array.
        unsafe {
            assert_eq!(net_buf_simple_tailroom(buf), 6);
            assert_eq!(net_buf_simple_max_len(buf), 6);
            for len in [7, 65_535, usize::MAX] {
                assert!(net_buf_simple_add(buf, len).is_null());
                assert!(net_buf_simple_push(buf, len).is_null());
                assert!(net_buf_simple_pull(buf, len).is_null());
                assert!(net_buf_simple_pull_mem(buf, len).is_null());
                assert!(net_buf_simple_remove_mem(buf, len).is_null());
            }
            assert!(!net_buf_simple_add(buf, 6).is_null() && net_buf_simple_tailroom(buf) == 0);
            net_buf_simple_reserve(buf, usize::MAX);
            assert_eq!(net_buf_simple_headroom(buf), 8);
        }
        assert_eq!((simple.len, simple.size), (6, 8));
    }
}
