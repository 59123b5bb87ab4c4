// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net_buf.h>`: buffers from pools, reference counts, chains of fragments.
//!
//! The `_debug` functions are what the header calls instead when `CONFIG_NET_BUF_LOG` is set: they
//! know the place of the call and can name it when a buffer is released twice.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::{ptr, slice};

use super::instance::current;
use crate::base::Error;
use crate::buf::{KTimeout, NetBuf, NetBufPool, frag, pool};
use crate::os::irq;

/// `sys_slist_t`, of buffers.
#[repr(C)]
pub struct BufSlist {
    head: *mut NetBuf,
    tail: *mut NetBuf,
}

/// The pool with number `id`: one that C defined, or one of the stack's; null when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn net_buf_pool_get(id: c_int) -> *mut NetBufPool {
    match u8::try_from(id) {
        Ok(pool::RX_POOL_ID) => current().core.pools().rx_pool(),
        Ok(pool::TX_POOL_ID) => current().core.pools().tx_pool(),
        Ok(id) => pool::pool_by_id(usize::from(id)),
        Err(_) => ptr::null_mut(),
    }
}

/// Place of `buf` in its pool, from 0.
///
/// # Safety
/// `buf` is a buffer of a pool.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_id(buf: *const NetBuf) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe { pool::buf_index(buf) as c_int }
}

/// A buffer with the pool's fixed amount of storage. Null when none was free in time.
///
/// # Safety
/// `pool` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_alloc_fixed(
    pool: *mut NetBufPool,
    timeout: KTimeout,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { pool::alloc_fixed(pool, timeout.for_memory()) }
}

/// A buffer with storage for `size` bytes. Null when there was none in time, or the pool can't ever
/// give that much.
///
/// # Safety
/// `pool` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_alloc_len(
    pool: *mut NetBufPool,
    size: usize,
    timeout: KTimeout,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { pool::alloc_len(pool, size, timeout.for_memory()) }
}

/// A buffer whose content is `size` bytes of the caller's at `data`.
///
/// # Safety
/// `pool` is valid; `data` stays valid as long as the buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_alloc_with_data(
    pool: *mut NetBufPool,
    data: *mut c_void,
    size: usize,
    timeout: KTimeout,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { pool::alloc_with_data(pool, data.cast(), size, timeout.for_memory()) }
}

/// Returns a buffer to its pool. What a pool's destroy callback ends in.
///
/// # Safety
/// `buf` is a buffer of a pool and nobody holds a reference to it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_destroy(buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe { pool::destroy(buf) }
}

/// Empties a buffer, giving the headroom back to the room for content.
///
/// # Safety
/// `buf` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_reset(buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        (*buf).b.data = (*buf).b.__buf;
        (*buf).b.len = 0;
    }
}

/// Takes one reference more and returns `buf`.
///
/// # Safety
/// The caller holds a reference to `buf`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_ref(buf: *mut NetBuf) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { pool::hold(buf) };
    buf
}

/// Gives one reference up. With the last, `buf` goes back to its pool and the reference to the
/// fragment behind it is given up likewise. A buffer that is free already is left alone.
///
/// # Safety
/// `buf` is a buffer of a pool or null; the caller gives its reference up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_unref(buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe { pool::unref(buf) }
}

/// A buffer with the same content: shared where the pool's storage can be, else copied. Fragments
/// behind it are not cloned. Null when there was none in time.
///
/// # Safety
/// `buf` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_clone(buf: *mut NetBuf, timeout: KTimeout) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { pool::clone(buf, timeout.for_memory()) }
}

/// Copies the user data of `src` to `dst`. `-EINVAL` when `dst` has less room for it.
///
/// # Safety
/// Both are live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_user_data_copy(dst: *mut NetBuf, src: *const NetBuf) -> c_int {
    // SAFETY: as the caller vouches; user data lies behind the struct.
    unsafe {
        let size = (*src).user_data_size;
        if (*dst).user_data_size < size {
            return -Error::Inval.errno();
        }
        let (to, from) = (dst.add(1).cast::<u8>(), src.add(1).cast::<u8>());
        to.copy_from(from, usize::from(size));
    }
    0
}

/// Appends `buf` to `list`. Interrupt handlers and other threads may do the same.
///
/// # Safety
/// Both are valid; the list takes the reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_slist_put(list: *mut BufSlist, buf: *mut NetBuf) {
    // SAFETY: as the caller vouches; the list is changed under the lock only.
    irq::free(|| unsafe {
        (*buf).node = ptr::null_mut();
        if (*list).tail.is_null() {
            (*list).head = buf;
        } else {
            (*(*list).tail).node = buf;
        }
        (*list).tail = buf;
    });
}

/// Takes the first buffer off `list`; null when there is none.
///
/// # Safety
/// `list` is valid and holds buffers only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_slist_get(list: *mut BufSlist) -> *mut NetBuf {
    // SAFETY: as the caller vouches; the list is changed under the lock only.
    irq::free(|| unsafe {
        let buf = (*list).head;
        if !buf.is_null() {
            (*list).head = (*buf).node;
            if (*list).head.is_null() {
                (*list).tail = ptr::null_mut();
            }
            (*buf).node = ptr::null_mut();
        }
        buf
    })
}

/// The last fragment of a chain.
///
/// # Safety
/// `frags` is a chain or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_frag_last(frags: *mut NetBuf) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { frag::last(frags) }
}

/// Puts the chain `frag` behind `parent`, and what followed that behind it.
///
/// # Safety
/// Both are live; the chain takes the reference to `frag`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_frag_insert(parent: *mut NetBuf, frag: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe { frag::insert(parent, frag) }
}

/// Appends the chain `frag` to the chain `head` and returns the head of the result. With `head`
/// null that is `frag` with one reference more, so that the caller's own stays its own.
///
/// # Safety
/// `head` is a chain or null, `frag` live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_frag_add(head: *mut NetBuf, frag: *mut NetBuf) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe {
        if head.is_null() {
            pool::hold(frag);
        }
        frag::add(head, frag)
    }
}

/// Takes `frag`, which follows `parent` or is the first, out of its chain and gives one reference
/// to it up. Returns the fragment that followed.
///
/// # Safety
/// `frag` is live and follows `parent`, unless that is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_frag_del(parent: *mut NetBuf, frag: *mut NetBuf) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { frag::del(parent, frag) }
}

/// Drops `len` bytes from the front of a chain and the fragments that thereby become empty;
/// returns the rest, null when nothing is left.
///
/// # Safety
/// `buf` is a chain or null that the caller holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_skip(mut buf: *mut NetBuf, mut len: usize) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() && len > 0 {
            let n = usize::from((*buf).b.len).min(len);
            (*buf).b.data = (*buf).b.data.wrapping_add(n);
            (*buf).b.len -= n as u16;
            len -= n;
            if (*buf).b.len == 0 {
                buf = frag::del(ptr::null_mut(), buf);
            }
        }
    }
    buf
}

/// Copies up to `len` bytes from `offset` of a chain to `dst`, which has room for `dst_len`;
/// returns how many.
///
/// # Safety
/// `dst` is writable for `dst_len` bytes, `src` a chain or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_linearize(
    dst: *mut c_void,
    dst_len: usize,
    src: *const NetBuf,
    offset: usize,
    len: usize,
) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { frag::linearize(dst.cast(), dst_len, src, offset, len) }
}

/// `net_buf_allocator_cb`: gives [`net_buf_append_bytes`] another fragment.
pub type NetBufAllocatorCb = unsafe extern "C" fn(KTimeout, *mut c_void) -> *mut NetBuf;

/// Appends `len` bytes to a chain, in new fragments as needed: from `allocate_cb`, or without one
/// from the pool of `buf`. Returns how many there was room for.
///
/// # Safety
/// `buf` is a chain, `value` readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_append_bytes(
    buf: *mut NetBuf,
    len: usize,
    value: *const c_void,
    timeout: KTimeout,
    allocate_cb: Option<NetBufAllocatorCb>,
    user_data: *mut c_void,
) -> usize {
    let mut done = 0;
    // SAFETY: as the caller vouches; each piece fits into the fragment it goes to.
    unsafe {
        let mut at = frag::last(buf);
        loop {
            let n = frag::tailroom(at).min(len - done);
            frag::tail(at).copy_from(value.cast::<u8>().add(done), n);
            (*at).b.len += n as u16;
            done += n;
            if done == len {
                return done;
            }
            let next = match allocate_cb {
                Some(allocate) => allocate(timeout, user_data),
                None => {
                    let from = (*buf).pool;
                    let max = match (*(*from).alloc).max_alloc_size {
                        0 => usize::from(u16::MAX),
                        max => max,
                    };
                    pool::alloc_len(from, max.min(len - done), timeout.for_memory())
                }
            };
            if next.is_null() {
                return done;
            }
            frag::insert(at, next);
            at = frag::last(next);
            if frag::tailroom(at) == 0 {
                return done;
            }
        }
    }
}

/// How many bytes of a chain from `offset` on are those at `data`, up to `len`.
///
/// # Safety
/// `buf` is a chain or null, `data` readable for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_data_match(
    mut buf: *const NetBuf,
    mut offset: usize,
    data: *const c_void,
    len: usize,
) -> usize {
    let mut same = 0;
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() && same < len {
            let here = usize::from((*buf).b.len);
            if offset < here {
                let n = (here - offset).min(len - same);
                let ours = slice::from_raw_parts((*buf).b.data.add(offset), n);
                let theirs = slice::from_raw_parts(data.cast::<u8>().add(same), n);
                let equal = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
                same += equal;
                if equal < n {
                    break;
                }
                offset = 0;
            } else {
                offset -= here;
            }
            buf = (*buf).frags;
        }
    }
    same
}

/// As [`net_buf_alloc_fixed`], called from `func` at `line`.
///
/// # Safety
/// `pool` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_alloc_fixed_debug(
    pool: *mut NetBufPool,
    timeout: KTimeout,
    _func: *const c_char,
    _line: c_int,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { net_buf_alloc_fixed(pool, timeout) }
}

/// As [`net_buf_alloc_len`], called from `func` at `line`.
///
/// # Safety
/// `pool` is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_alloc_len_debug(
    pool: *mut NetBufPool,
    size: usize,
    timeout: KTimeout,
    _func: *const c_char,
    _line: c_int,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { net_buf_alloc_len(pool, size, timeout) }
}

/// As [`net_buf_alloc_with_data`], called from `func` at `line`.
///
/// # Safety
/// As for [`net_buf_alloc_with_data`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_alloc_with_data_debug(
    pool: *mut NetBufPool,
    data: *mut c_void,
    size: usize,
    timeout: KTimeout,
    _func: *const c_char,
    _line: c_int,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { net_buf_alloc_with_data(pool, data, size, timeout) }
}

/// As [`net_buf_unref`], called from `func` at `line`; says so on the console when `buf` is free
/// already.
///
/// # Safety
/// As for [`net_buf_unref`]; `func` is a string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_unref_debug(buf: *mut NetBuf, func: *const c_char, line: c_int) {
    // SAFETY: as the caller vouches.
    unsafe {
        if !buf.is_null() && pool::refs(buf) == 0 {
            super::say(format_args!(
                "net_buf: {}():{line}: buf {buf:p} double free\n",
                CStr::from_ptr(func).to_str().unwrap_or("?"),
            ));
            return;
        }
        pool::unref(buf);
    }
}

/// As [`net_buf_frag_del`], called from `func` at `line`.
///
/// # Safety
/// As for [`net_buf_frag_del`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_buf_frag_del_debug(
    parent: *mut NetBuf,
    frag: *mut NetBuf,
    _func: *const c_char,
    _line: c_int,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { net_buf_frag_del(parent, frag) }
}
