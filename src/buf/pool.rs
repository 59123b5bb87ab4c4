// SPDX-License-Identifier: Apache-2.0
//! Buffer pools: taking a buffer, giving it back, reference counts.
//!
//! Callers: `capi::net_buf`, `pools` and `pkt`. A pool is either a C variable (its static
//! initialiser fills in the members) or part of a [`Pools`](super::Pools).
//!
//! A pool with equal pieces of storage (the *fixed* allocator) ties each buffer to its piece for
//! good: `__buf` of a free buffer stays valid, and taking one is popping a list.

use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering};

use super::data;
use super::faults;
use super::shell::{BUF_SIMPLE_END, BUF_VAR, NET_BUF_EXTERNAL_DATA};
use super::slab::wait_for;
use super::{Deadline, KTimeout, NO_WAIT, NetBuf, NetBufDataCb, NetBufPool, NetBufPoolFixed};
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;
use crate::os::{self, irq};

/// `pool_id` of a buffer whose pool has no number.
pub const NO_POOL_ID: u8 = u8::MAX;
/// Number of the pool for receiving of a [`Pools`](super::Pools).
pub const RX_POOL_ID: u8 = u8::MAX - 1;
/// Number of the pool for sending of a [`Pools`](super::Pools).
pub const TX_POOL_ID: u8 = u8::MAX - 2;

static SECTION: AtomicPtr<NetBufPool> = AtomicPtr::new(ptr::null_mut());
static SECTION_LEN: AtomicUsize = AtomicUsize::new(0);

/// Tells where the linker put the pools that C defined.
///
/// # Safety
/// `start..end` is an array of initialised pools that lives for ever.
pub unsafe fn set_pool_section(start: *mut NetBufPool, end: *mut NetBufPool) {
    let bytes = (end as usize).saturating_sub(start as usize);
    SECTION.store(start, Ordering::Relaxed);
    SECTION_LEN.store(bytes / size_of::<NetBufPool>(), Ordering::Release);
}

/// The pool at place `id` of the section; null when there is none.
pub fn pool_by_id(id: usize) -> *mut NetBufPool {
    if id >= SECTION_LEN.load(Ordering::Acquire) {
        return ptr::null_mut();
    }
    // SAFETY: in bounds of the array that `set_pool_section` was given.
    unsafe { SECTION.load(Ordering::Relaxed).add(id) }
}

/// # Safety
/// `pool` is valid.
unsafe fn id_of_pool(pool: *const NetBufPool) -> u8 {
    // SAFETY: as the caller vouches.
    let own = unsafe { (*pool).own_id };
    if own != 0 {
        return own;
    }
    let start = SECTION.load(Ordering::Relaxed) as usize;
    let index = (pool as usize).wrapping_sub(start) / size_of::<NetBufPool>();
    if index < SECTION_LEN.load(Ordering::Acquire) && index < usize::from(TX_POOL_ID) {
        index as u8
    } else {
        NO_POOL_ID
    }
}

/// Distance between the buffers of `pool`: the struct, the user data, and up to alignment.
///
/// # Safety
/// `pool` is valid.
unsafe fn stride(pool: *const NetBufPool) -> usize {
    // SAFETY: as the caller vouches.
    let user = unsafe { usize::from((*pool).user_data_size) };
    (size_of::<NetBuf>() + user).next_multiple_of(align_of::<NetBuf>())
}

/// Place of `buf` in its pool.
///
/// # Safety
/// `buf` was taken from a pool.
pub unsafe fn buf_index(buf: *const NetBuf) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { (buf as usize - (*(*buf).pool).__bufs as usize) / stride((*buf).pool) }
}

/// Are the pool's buffers tied to equal pieces of storage?
///
/// # Safety
/// `pool` is valid.
#[inline]
pub(super) unsafe fn is_fixed(pool: *const NetBufPool) -> bool {
    // SAFETY: as the caller vouches.
    unsafe { ptr::eq((*(*pool).alloc).cb, &raw const NET_BUF_FIXED_CB) }
}

/// Takes a buffer off the pool, or null. Only its tie to pool and storage is set up.
///
/// # Safety
/// `pool` is valid and the irq lock is held.
#[inline]
pub(super) unsafe fn take_locked(pool: *mut NetBufPool) -> *mut NetBuf {
    // SAFETY: the caller vouches for `pool`; the lock makes us the only user of its list.
    unsafe {
        let buf = (*pool).free;
        if buf.is_null() {
            return take_untouched(pool);
        }
        (*pool).free = (*buf).node;
        count_taken(pool);
        buf
    }
}

/// The next buffer that was never handed out.
///
/// # Safety
/// As for [`take_locked`].
#[cold]
unsafe fn take_untouched(pool: *mut NetBufPool) -> *mut NetBuf {
    // SAFETY: as in `take_locked`; the index is below `buf_count`, so the buffer and, in a fixed
    // pool, its storage are in bounds. Nobody has seen the buffer yet.
    unsafe {
        let left = (*pool).uninit_count;
        if left == 0 {
            return ptr::null_mut();
        }
        (*pool).uninit_count = left - 1;
        count_taken(pool);
        let index = usize::from((*pool).buf_count - left);
        let buf = (*pool).__bufs.byte_add(index * stride(pool));
        (*buf).node = ptr::null_mut();
        (*buf).frags = ptr::null_mut();
        (*buf).r#ref = 0;
        (*buf).flags = 0;
        (*buf).pool = pool;
        (*buf).pool_id = id_of_pool(pool);
        (*buf).user_data_size = (*pool).user_data_size;
        (*buf).kind = kind_of(pool);
        (*buf).b.data = ptr::null_mut();
        (*buf).b.len = 0;
        tie_storage(buf);
        buf
    }
}

/// [`NetBuf::kind`] of a buffer with storage of its pool.
///
/// # Safety
/// `pool` is valid.
unsafe fn kind_of(pool: *const NetBufPool) -> u8 {
    // SAFETY: as the caller vouches.
    unsafe {
        match (is_fixed(pool), data::is_var(pool), (*pool).destroy) {
            (true, _, None) => BUF_SIMPLE_END,
            (_, true, None) => BUF_SIMPLE_END | BUF_VAR,
            (_, true, _) => BUF_VAR,
            _ => 0,
        }
    }
}

/// Points a buffer of a fixed pool at its own piece of storage, another at none.
///
/// # Safety
/// `buf` belongs to a pool and has no storage of the pool's now.
unsafe fn tie_storage(buf: *mut NetBuf) {
    // SAFETY: as the caller vouches; a fixed pool has `buf_count` pieces of `max_alloc_size`.
    unsafe {
        let alloc = (*(*buf).pool).alloc;
        if is_fixed((*buf).pool) {
            let data = (*(*alloc).alloc_data.cast::<NetBufPoolFixed>()).data_pool;
            (*buf).b.__buf = data.add(buf_index(buf) * (*alloc).max_alloc_size);
            (*buf).b.size = (*alloc).max_alloc_size as u16;
        } else {
            (*buf).b.__buf = ptr::null_mut();
            (*buf).b.size = 0;
        }
    }
}

/// # Safety
/// As for [`take_locked`].
#[inline]
unsafe fn count_taken(pool: *mut NetBufPool) {
    // SAFETY: as in `take_locked`.
    unsafe {
        (*pool).used += 1;
        #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
        {
            (*pool).avail_count -= 1;
            (*pool).max_used = (*pool).max_used.max((*pool).used);
        }
    }
}

/// Gives a buffer back. True when somebody waits for one: wake them. Storage from a heap of the
/// pool's own stays with the buffer.
///
/// # Safety
/// `buf` is no longer used, its storage is the pool's (fixed, or its own heap's) or it has none, and
/// the irq lock is held.
#[inline]
#[must_use]
pub(super) unsafe fn put_locked(pool: *mut NetBufPool, buf: *mut NetBuf) -> bool {
    // SAFETY: as the caller vouches.
    unsafe {
        if data::VAR_POOLS && (*buf).kind & BUF_VAR != 0 {
            data::keep_locked(pool, buf);
        }
        (*buf).node = (*pool).free;
        (*pool).free = buf;
        (*pool).used -= 1;
        #[cfg(CONFIG_NET_BUF_POOL_USAGE)]
        {
            (*pool).avail_count += 1;
        }
        cfg!(CONFIG_ZNET_BUF_WAIT) && (*pool).wait_q.has_waiters_locked()
    }
}

/// Makes a buffer that was just taken a live, empty one with one reference.
///
/// # Safety
/// `buf` was just taken.
#[inline]
pub(super) unsafe fn init(buf: *mut NetBuf, size: usize, headroom: usize) {
    // SAFETY: nobody else knows the buffer yet; callers keep `headroom` within `size`, and that
    // within the storage.
    unsafe {
        (*buf).node = ptr::null_mut();
        (*buf).frags = ptr::null_mut();
        (*buf).r#ref = 1;
        (*buf).flags = 0;
        (*buf).b.len = 0;
        (*buf).b.size = size as u16;
        (*buf).b.data = (*buf).b.__buf.wrapping_add(headroom);
    }
}

/// A buffer header without storage set up, waiting until `deadline`.
///
/// # Safety
/// `pool` is valid and stays so.
unsafe fn take(pool: *mut NetBufPool, deadline: Deadline) -> *mut NetBuf {
    if faults::strike() {
        return ptr::null_mut();
    }
    // SAFETY: as the caller vouches.
    let take = || irq::free(|| unsafe { take_locked(pool) });
    let buf = take();
    if !cfg!(CONFIG_ZNET_BUF_WAIT) || !buf.is_null() || deadline == NO_WAIT || irq::in_isr() {
        return buf;
    }
    // SAFETY: as the caller vouches; only the wait queue is borrowed, and it is made for sharing.
    let wait_q = unsafe { &(*pool).wait_q };
    wait_for(wait_q, deadline, || {
        let buf = take();
        (!buf.is_null()).then_some(buf)
    })
    .unwrap_or(ptr::null_mut())
}

/// A buffer with room for `size` bytes (0: without storage), waiting for it until `deadline`.
/// Null when there was none, or when the pool can't ever give that much.
///
/// # Safety
/// `pool` is valid and stays so.
pub unsafe fn alloc_len(pool: *mut NetBufPool, size: usize, deadline: Deadline) -> *mut NetBuf {
    // SAFETY: as the caller vouches; a buffer that was taken is ours alone until returned.
    unsafe {
        let max = (*(*pool).alloc).max_alloc_size;
        if (max != 0 && size > max) || size > usize::from(u16::MAX) {
            return ptr::null_mut();
        }
        let buf = take(pool, deadline);
        if buf.is_null() {
            return buf;
        }
        if is_fixed(pool) {
            init(buf, max, 0);
        } else if data::is_var(pool) {
            if !data::fit_until(buf, size, deadline) {
                destroy(buf);
                return ptr::null_mut();
            }
            init(buf, size, 0);
        } else if alloc_storage(buf, size, deadline) {
            init(buf, usize::from((*buf).b.size), 0);
        } else {
            destroy(buf);
            return ptr::null_mut();
        }
        clear_user_data(buf);
        buf
    }
}

/// Zephyr's buffers come with zeros for user data.
///
/// # Safety
/// `buf` was just taken.
unsafe fn clear_user_data(buf: *mut NetBuf) {
    // SAFETY: as the caller vouches; user data lies behind the struct.
    unsafe { buf.add(1).cast::<u8>().write_bytes(0, usize::from((*buf).user_data_size)) }
}

/// Gets storage from the pool's allocator functions.
///
/// # Safety
/// `buf` was just taken.
unsafe fn alloc_storage(buf: *mut NetBuf, size: usize, deadline: Deadline) -> bool {
    // SAFETY: `buf` is ours alone; the functions are the pool owner's.
    unsafe {
        (*buf).flags = 0;
        (*buf).b.__buf = ptr::null_mut();
        (*buf).b.size = 0;
        if size == 0 {
            return true;
        }
        let Some(alloc) = (*(*(*(*buf).pool).alloc).cb).alloc else { return false };
        let mut got = size;
        let wait = match cfg!(CONFIG_ZNET_BUF_WAIT) {
            true => KTimeout::until(deadline),
            false => KTimeout::NO_WAIT,
        };
        let data = alloc(buf, &mut got, wait);
        if data.is_null() {
            return false;
        }
        (*buf).b.__buf = data;
        (*buf).b.size = got.min(usize::from(u16::MAX)) as u16;
        true
    }
}

/// A buffer of the pool's fixed size.
///
/// # Safety
/// As for [`alloc_len`].
pub unsafe fn alloc_fixed(pool: *mut NetBufPool, deadline: Deadline) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { alloc_len(pool, (*(*pool).alloc).max_alloc_size, deadline) }
}

/// A buffer over `size` bytes of the caller's at `content`.
///
/// # Safety
/// As for [`alloc_len`]; `content` stays valid as long as the buffer.
pub unsafe fn alloc_with_data(
    pool: *mut NetBufPool,
    content: *mut u8,
    size: usize,
    deadline: Deadline,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches; a buffer that was taken is ours alone until returned.
    unsafe {
        let Ok(size) = u16::try_from(size) else { return ptr::null_mut() };
        let buf = take(pool, deadline);
        if buf.is_null() {
            return buf;
        }
        if data::is_var(pool) {
            // Not to be lost: with a size of 0, what the buffer kept goes back to the heap.
            irq::free(|| data::fit_locked(buf, 0));
        }
        (*buf).b.__buf = content;
        init(buf, usize::from(size), 0);
        (*buf).flags = NET_BUF_EXTERNAL_DATA;
        (*buf).kind &= !BUF_SIMPLE_END;
        (*buf).b.len = size;
        clear_user_data(buf);
        buf
    }
}

/// A buffer with the content of `buf`: shared where the pool's allocator can, else copied. Null when
/// there was none in time.
///
/// # Safety
/// The caller holds a reference to `buf`.
pub unsafe fn clone(buf: *mut NetBuf, deadline: Deadline) -> *mut NetBuf {
    // SAFETY: as the caller vouches; the new buffer is ours alone until returned.
    unsafe {
        let pool = (*buf).pool;
        let external = (*buf).flags & NET_BUF_EXTERNAL_DATA != 0;
        let share = (*(*(*pool).alloc).cb).r#ref.filter(|_| !external);
        let (data, len, size) = ((*buf).b.data, (*buf).b.len, (*buf).b.size);
        let front = data as usize - (*buf).b.__buf as usize;
        if let (Some(share), false) = (share, (*buf).b.__buf.is_null()) {
            let new = alloc_len(pool, 0, deadline);
            if !new.is_null() {
                (*new).b.__buf = share(buf, (*buf).b.__buf);
                (*new).b.data = data;
                (*new).b.len = len;
                (*new).b.size = size;
                copy_user_data(buf, new);
            }
            return new;
        }
        let new = alloc_len(pool, usize::from(size), deadline);
        if !new.is_null() && !data.is_null() {
            (*new).b.size = size;
            (*new).b.data = (*new).b.__buf.add(front);
            (*new).b.data.copy_from_nonoverlapping(data, usize::from(len));
            (*new).b.len = len;
        }
        if !new.is_null() {
            copy_user_data(buf, new);
        }
        new
    }
}

/// # Safety
/// Both are live buffers of one pool.
unsafe fn copy_user_data(from: *const NetBuf, to: *mut NetBuf) {
    // SAFETY: as the caller vouches; user data lies behind the struct, and is as long in both.
    unsafe {
        let size = usize::from((*from).user_data_size);
        to.add(1).cast::<u8>().copy_from_nonoverlapping(from.add(1).cast::<u8>(), size);
    }
}

/// One reference more.
///
/// # Safety
/// The caller holds a reference to `buf`.
#[inline]
pub unsafe fn hold(buf: *mut NetBuf) {
    // SAFETY: the count is only ever touched atomically.
    unsafe { AtomicU8::from_ptr(&raw mut (*buf).r#ref) }.fetch_add(1, Ordering::Relaxed);
}

/// References held.
///
/// # Safety
/// The caller holds a reference to `buf`.
#[inline]
pub unsafe fn refs(buf: *const NetBuf) -> u8 {
    // SAFETY: the count is only ever touched atomically.
    let refs =
        unsafe { AtomicU8::from_ptr((&raw const (*buf).r#ref).cast_mut()) }.load(os::ACQUIRE);
    os::after_load();
    refs
}

/// Gives one reference up. True when it was the last; false also for a buffer that is free already.
///
/// # Safety
/// `buf` is a buffer of a pool.
#[inline]
pub(super) unsafe fn release_one(buf: *mut NetBuf) -> bool {
    // SAFETY: the count is only ever touched atomically.
    let count = unsafe { AtomicU8::from_ptr(&raw mut (*buf).r#ref) };
    // Whoever sees the only reference owns it: no need for a locked instruction.
    if count.load(os::ACQUIRE) == 1 {
        os::after_load();
        count.store(0, Ordering::Relaxed);
        return true;
    }
    release_shared(count)
}

#[cold]
fn release_shared(count: &AtomicU8) -> bool {
    count
        .fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| n.checked_sub(1))
        .is_ok_and(|before| before == 1)
}

/// Gives one reference up; with the last one the buffer goes back to its pool, and the reference
/// it held to the rest of its chain is given up in turn.
///
/// # Safety
/// The caller held a reference to `buf`, and does not any more.
pub unsafe fn unref(mut buf: *mut NetBuf) {
    // SAFETY: each turn owns one reference to `buf`: the caller's, then that of the link.
    unsafe {
        while !buf.is_null() && release_one(buf) {
            let next = (*buf).frags;
            dispose(buf);
            buf = next;
        }
    }
}

/// What happens to a buffer after its last reference: the pool's destroy callback, or its return.
///
/// # Safety
/// Nobody holds a reference to `buf`.
pub(super) unsafe fn dispose(buf: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        (*buf).frags = ptr::null_mut();
        (*buf).b.data = ptr::null_mut();
        match (*(*buf).pool).destroy {
            Some(callback) => callback(buf),
            None => destroy(buf),
        }
    }
}

/// `net_buf_destroy`: returns storage and buffer.
///
/// # Safety
/// Nobody holds a reference to `buf`.
pub unsafe fn destroy(buf: *mut NetBuf) {
    // SAFETY: as the caller vouches; `unref` is the pool owner's function.
    unsafe {
        let pool = (*buf).pool;
        if (*buf).flags & NET_BUF_EXTERNAL_DATA != 0 {
            tie_storage(buf);
            (*buf).kind = kind_of(pool);
        } else if !is_fixed(pool) && !data::is_var(pool) && !(*buf).b.__buf.is_null() {
            if let Some(unref) = (*(*(*pool).alloc).cb).r#unref {
                unref(buf, (*buf).b.__buf);
            }
            (*buf).b.__buf = ptr::null_mut();
        }
        (*buf).flags = 0;
        if irq::free(|| put_locked(pool, buf)) {
            (*pool).wait_q.wake_one();
        }
    }
}

/// Buffers free now: those given back and those never handed out.
///
/// # Safety
/// `pool` is valid.
pub unsafe fn num_free(pool: *const NetBufPool) -> usize {
    // SAFETY: as the caller vouches.
    irq::free(|| unsafe { usize::from((*pool).buf_count - (*pool).used) })
}

/// The allocator of pools with equal pieces of storage. C initialisers name it, hence the symbol.
// Its functions serve C code that calls through the table; the paths above never do.
#[unsafe(export_name = "net_buf_fixed_cb")]
pub static NET_BUF_FIXED_CB: NetBufDataCb =
    NetBufDataCb { alloc: Some(fixed_alloc), r#ref: None, r#unref: Some(fixed_unref) };

unsafe extern "C" fn fixed_alloc(buf: *mut NetBuf, size: *mut usize, _: KTimeout) -> *mut u8 {
    // SAFETY: called with a buffer of a fixed pool and a valid size, as the table's user vouches.
    unsafe {
        tie_storage(buf);
        *size = usize::from((*buf).b.size);
        (*buf).b.__buf
    }
}

unsafe extern "C" fn fixed_unref(_: *mut NetBuf, _: *mut u8) {}
