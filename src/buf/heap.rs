// SPDX-License-Identifier: Apache-2.0
//! A heap over memory that somebody else provides: variable-size buffer data and, in `kernel`,
//! `k_heap`, `sys_heap` and `k_malloc`.
//!
//! Memory is cut into units of eight bytes. Each block begins with one unit of header: its own size
//! and that of its left neighbour, so that a freed block joins its free neighbours. Free blocks
//! hang in lists by size, four lists to each power of two; a bitmap says which lists have any.
//! Taking and giving back touch a bounded number of blocks. The control data lies at the front of
//! the memory itself.
//!
//! Offsets, not pointers, link the blocks: half the size, and an offset that was overwritten by a
//! stray write is at least checked against the size of the heap.

use core::ptr;

use super::slab::wait_for;
use super::{Deadline, NO_WAIT, faults};
use crate::os::{WaitQ, irq};

/// Bytes per unit, and alignment of what is handed out.
pub const UNIT: usize = 8;

/// Lists per power of two, as a shift.
const SUB_BITS: u32 = 2;
/// Blocks of a list that are tried before a larger size is broken up.
const TRIES: usize = 3;
/// Lists for the largest heap there can be: 2^28 units.
const MAX_LISTS: usize = 128;

/// Offset of no block.
const NONE: u32 = 0;

/// Control data at the front of a heap's memory.
#[repr(C, align(8))]
pub struct Heap {
    /// Units in all, this struct included.
    units: u32,
    /// Units handed out, headers included.
    used: u32,
    /// Most units ever handed out at once.
    max_used: u32,
    lists: u32,
    /// Which lists have any block, the first list in the lowest bit of the first word.
    bitmap: [u64; MAX_LISTS / 64],
    /// First block of each list; there are `lists` of them.
    heads: [u32; 0],
}

/// Header of a block; the links are there while it is free.
#[repr(C)]
struct Block {
    /// Units of the block to the left, 0 for the first.
    left: u32,
    /// Units of this block, twice, plus one if it is in use.
    size_used: u32,
    prev: u32,
    next: u32,
}

/// Units of a header.
const HEADER: u32 = 1;
/// Units of the smallest block: header and links.
const MIN_BLOCK: u32 = 2;

/// List for blocks of `units`: each holds `[size, next size)` with four steps to a power of two.
const fn list_of(units: u32) -> usize {
    if units < (1 << SUB_BITS) {
        return units as usize;
    }
    let log = units.ilog2();
    let sub = (units >> (log - SUB_BITS)) & ((1 << SUB_BITS) - 1);
    (((log - SUB_BITS + 1) << SUB_BITS) + sub) as usize
}

/// The heap's own methods: raw pointers throughout, since the blocks are everybody's.
///
/// # Safety
/// All of them want `heap` to come from [`Heap::init`] and the irq lock (or another that keeps
/// other users out) to be held.
impl Heap {
    /// Makes a heap in `bytes` bytes at `mem`; null when they are too few to hold anything.
    ///
    /// # Safety
    /// The memory is the heap's as long as it is used.
    pub unsafe fn init(mem: *mut u8, bytes: usize) -> *mut Heap {
        let start = mem.align_offset(UNIT);
        let units = bytes.saturating_sub(start) / UNIT;
        let Ok(units) = u32::try_from(units.min(1 << 28)) else { return ptr::null_mut() };
        let lists = list_of(units) + 1;
        let control = (size_of::<Heap>() + lists * size_of::<u32>()).div_ceil(UNIT) as u32;
        if lists > MAX_LISTS || units < control + MIN_BLOCK + HEADER {
            return ptr::null_mut();
        }
        // SAFETY: control data and the two blocks below fit into the memory, which is ours.
        unsafe {
            let heap = mem.add(start).cast::<Heap>();
            (*heap).units = units;
            (*heap).used = 0;
            (*heap).max_used = 0;
            (*heap).lists = lists as u32;
            (*heap).bitmap = [0; MAX_LISTS / 64];
            for list in 0..lists {
                *Self::head(heap, list) = NONE;
            }
            // One free block over everything, and a header at the end that counts as in use, so
            // that nothing is ever joined past it.
            let size = units - control - HEADER;
            let first = Self::block(heap, control);
            (*first).left = 0;
            (*first).size_used = size << 1;
            let end = Self::block(heap, control + size);
            (*end).left = size;
            (*end).size_used = (HEADER << 1) | 1;
            Self::link(heap, control);
            heap
        }
    }

    unsafe fn head(heap: *mut Heap, list: usize) -> *mut u32 {
        // SAFETY: callers stay below `lists`.
        unsafe { (&raw mut (*heap).heads).cast::<u32>().add(list) }
    }

    unsafe fn block(heap: *mut Heap, at: u32) -> *mut Block {
        // SAFETY: callers pass offsets of blocks.
        unsafe { heap.cast::<u8>().add(at as usize * UNIT).cast() }
    }

    unsafe fn link(heap: *mut Heap, at: u32) {
        // SAFETY: `at` is a free block in no list.
        unsafe {
            let block = Self::block(heap, at);
            let list = list_of((*block).size_used >> 1);
            let head = Self::head(heap, list);
            (*block).prev = NONE;
            (*block).next = *head;
            if *head != NONE {
                (*Self::block(heap, *head)).prev = at;
            }
            *head = at;
            let bitmap = &mut (*heap).bitmap;
            if let Some(word) = bitmap.get_mut(list / 64) {
                *word |= 1 << (list % 64);
            }
        }
    }

    unsafe fn unlink(heap: *mut Heap, at: u32) {
        // SAFETY: `at` is a free block in its list.
        unsafe {
            let block = Self::block(heap, at);
            let (prev, next) = ((*block).prev, (*block).next);
            if next != NONE {
                (*Self::block(heap, next)).prev = prev;
            }
            if prev != NONE {
                (*Self::block(heap, prev)).next = next;
                return;
            }
            let list = list_of((*block).size_used >> 1);
            *Self::head(heap, list) = next;
            if next == NONE {
                let bitmap = &mut (*heap).bitmap;
                if let Some(word) = bitmap.get_mut(list / 64) {
                    *word &= !(1 << (list % 64));
                }
            }
        }
    }

    /// Takes a free block of at least `units` out of its list.
    unsafe fn take(heap: *mut Heap, units: u32) -> u32 {
        // SAFETY: only blocks in lists are touched.
        unsafe {
            let list = list_of(units);
            // Blocks of the list the size falls into may be too small: try some, and otherwise take
            // any block from a list of larger ones.
            let mut at = if list < (*heap).lists as usize { *Self::head(heap, list) } else { NONE };
            for _ in 0..TRIES {
                if at == NONE {
                    break;
                }
                let block = Self::block(heap, at);
                if (*block).size_used >> 1 >= units {
                    Self::unlink(heap, at);
                    return at;
                }
                at = (*block).next;
            }
            let Some(list) = Self::list_above(heap, list) else { return NONE };
            let at = *Self::head(heap, list);
            Self::unlink(heap, at);
            at
        }
    }

    /// The first list behind `list` that has any block.
    unsafe fn list_above(heap: *const Heap, list: usize) -> Option<usize> {
        let from = list + 1;
        let mut mask = u64::MAX << (from % 64);
        for word in from / 64..MAX_LISTS / 64 {
            // SAFETY: `word` is in bounds.
            let bits = unsafe { (*heap).bitmap[word] } & mask;
            if bits != 0 {
                return Some(word * 64 + bits.trailing_zeros() as usize);
            }
            mask = u64::MAX;
        }
        None
    }

    /// Sets the size of a block, and tells its right neighbour.
    unsafe fn resize(heap: *mut Heap, at: u32, units: u32, used: u32) {
        // SAFETY: the block and its right neighbour lie in the heap.
        unsafe {
            (*Self::block(heap, at)).size_used = (units << 1) | used;
            (*Self::block(heap, at + units)).left = units;
        }
    }

    /// Cuts what block `at` has beyond `units` off and puts it into the lists.
    unsafe fn trim(heap: *mut Heap, at: u32, units: u32) {
        // SAFETY: the block is out of the lists and at least `units` long.
        unsafe {
            let size = (*Self::block(heap, at)).size_used >> 1;
            let rest = size - units;
            if rest >= MIN_BLOCK {
                Self::resize(heap, at, units, 1);
                Self::resize(heap, at + units, rest, 0);
                (*Self::block(heap, at + units)).left = units;
                Self::link(heap, at + units);
            } else {
                Self::resize(heap, at, size, 1);
            }
        }
    }

    /// Takes `bytes` bytes aligned to `align` (a power of two); null when there is no such block.
    ///
    /// # Safety
    /// See above.
    pub unsafe fn alloc(heap: *mut Heap, bytes: usize, align: usize) -> *mut u8 {
        let Ok(payload) = u32::try_from(bytes.max(1).div_ceil(UNIT)) else {
            return ptr::null_mut();
        };
        if payload >= 1 << 28 || !align.is_power_of_two() || align > 1 << 20 {
            return ptr::null_mut();
        }
        let units = (payload + HEADER).max(MIN_BLOCK);
        // Up to `align` bytes, and a block to keep them, may have to go in front.
        let slack = if align <= UNIT { 0 } else { (align / UNIT) as u32 + MIN_BLOCK };
        // SAFETY: as the caller vouches.
        unsafe {
            let mut at = Self::take(heap, units + slack);
            if at == NONE {
                return ptr::null_mut();
            }
            if slack != 0 {
                at = Self::skip_to_alignment(heap, at, align);
            }
            Self::trim(heap, at, units);
            (*heap).used += (*Self::block(heap, at)).size_used >> 1;
            (*heap).max_used = (*heap).max_used.max((*heap).used);
            Self::block(heap, at + HEADER).cast()
        }
    }

    /// Gives the front of block `at` back so that the payload of the rest is aligned.
    unsafe fn skip_to_alignment(heap: *mut Heap, at: u32, align: usize) -> u32 {
        // SAFETY: `take` left room for this.
        unsafe {
            let payload = Self::block(heap, at + HEADER).addr();
            if payload & (align - 1) == 0 {
                return at;
            }
            let first = payload + MIN_BLOCK as usize * UNIT;
            let front = ((first.next_multiple_of(align) - payload) / UNIT) as u32;
            let size = (*Self::block(heap, at)).size_used >> 1;
            Self::resize(heap, at + front, size - front, 1);
            Self::resize(heap, at, front, 0);
            Self::link(heap, at);
            at + front
        }
    }

    /// Gives back what [`alloc`](Heap::alloc) returned. False, and nothing done, for a pointer that
    /// is not in use.
    ///
    /// # Safety
    /// See above.
    pub unsafe fn free(heap: *mut Heap, mem: *mut u8) -> bool {
        // SAFETY: as the caller vouches; neighbours are found by the sizes in the headers.
        unsafe {
            let Some(mut at) = Self::find(heap, mem) else { return false };
            let mut size = (*Self::block(heap, at)).size_used >> 1;
            (*heap).used -= size;
            // If it joins its left neighbour this header lies inside that; a second `free` shall
            // see it.
            (*Self::block(heap, at)).size_used = size << 1;
            let right = Self::block(heap, at + size);
            if (*right).size_used & 1 == 0 {
                Self::unlink(heap, at + size);
                size += (*right).size_used >> 1;
            }
            let left = (*Self::block(heap, at)).left;
            if left != 0 && (*Self::block(heap, at - left)).size_used & 1 == 0 {
                Self::unlink(heap, at - left);
                at -= left;
                size += left;
            }
            Self::resize(heap, at, size, 0);
            Self::link(heap, at);
            true
        }
    }

    /// The block in use whose payload starts at `mem`.
    unsafe fn find(heap: *mut Heap, mem: *mut u8) -> Option<u32> {
        let offset = (mem as usize).checked_sub(heap as usize)?;
        let units = u32::try_from(offset / UNIT).ok()?;
        let at = units.checked_sub(HEADER)?;
        // SAFETY: the offset was checked against the size.
        unsafe {
            let inside = offset % UNIT == 0 && at > 0 && units < (*heap).units;
            (inside && (*Self::block(heap, at)).size_used & 1 == 1).then_some(at)
        }
    }

    /// Bytes usable at `mem`, which [`alloc`](Heap::alloc) returned: at least what was asked for.
    ///
    /// # Safety
    /// See above.
    pub unsafe fn usable_size(heap: *mut Heap, mem: *mut u8) -> usize {
        // SAFETY: as the caller vouches.
        unsafe {
            Self::find(heap, mem).map_or(0, |at| {
                ((*Self::block(heap, at)).size_used >> 1).saturating_sub(HEADER) as usize * UNIT
            })
        }
    }

    /// Bytes handed out and the most that ever were, headers included.
    ///
    /// # Safety
    /// See above.
    pub unsafe fn used(heap: *const Heap) -> (usize, usize) {
        // SAFETY: as the caller vouches.
        unsafe { ((*heap).used as usize * UNIT, (*heap).max_used as usize * UNIT) }
    }

    /// Bytes in free blocks, headers included.
    ///
    /// # Safety
    /// See above.
    pub unsafe fn unused(heap: *mut Heap) -> usize {
        // SAFETY: as the caller vouches.
        unsafe {
            let control = (size_of::<Heap>() + (*heap).lists as usize * 4).div_ceil(UNIT);
            ((*heap).units as usize - control - HEADER as usize - (*heap).used as usize) * UNIT
        }
    }
}

/// `struct k_heap`: a heap that threads may wait for. It sets itself up in `init_mem` when it is
/// first used, so a C variable needs nothing but an initialiser.
#[repr(C)]
pub struct KHeap {
    /// The heap, once set up.
    pub heap: *mut Heap,
    /// Its memory.
    pub init_mem: *mut u8,
    /// Bytes of it.
    pub init_bytes: usize,
    /// Threads waiting for memory.
    pub wait_q: WaitQ,
}

impl KHeap {
    /// A heap without memory; every allocation fails.
    pub const fn empty() -> Self {
        KHeap {
            heap: ptr::null_mut(),
            init_mem: ptr::null_mut(),
            init_bytes: 0,
            wait_q: WaitQ::new(),
        }
    }
}

/// Bytes of the block in use whose payload starts at `mem`, without any check.
///
/// # Safety
/// `mem` came from [`Heap::alloc`] and is in use.
#[inline]
pub(super) unsafe fn size_in_use(mem: *mut u8) -> usize {
    // SAFETY: as the caller vouches: its header lies in front.
    unsafe {
        let header = mem.sub(HEADER as usize * UNIT).cast::<Block>();
        ((*header).size_used as usize >> 1) * UNIT - HEADER as usize * UNIT
    }
}

/// Takes memory as [`Heap::alloc`] does.
///
/// # Safety
/// `heap` is valid and the irq lock is held.
pub(super) unsafe fn alloc_locked(heap: *mut KHeap, bytes: usize, align: usize) -> *mut u8 {
    // SAFETY: as the caller vouches.
    unsafe {
        if (*heap).heap.is_null() {
            (*heap).heap = Heap::init((*heap).init_mem, (*heap).init_bytes);
            if (*heap).heap.is_null() {
                return ptr::null_mut();
            }
        }
        Heap::alloc((*heap).heap, bytes, align)
    }
}

/// Takes `bytes` bytes aligned to `align`, waiting for them until `deadline`; null when there were
/// none.
///
/// # Safety
/// `heap` is valid and stays so.
pub unsafe fn alloc(heap: *mut KHeap, bytes: usize, align: usize, deadline: Deadline) -> *mut u8 {
    if faults::strike() {
        return ptr::null_mut();
    }
    // SAFETY: as the caller vouches.
    let take = || irq::free(|| unsafe { alloc_locked(heap, bytes, align) });
    let mem = take();
    if !mem.is_null() || deadline == NO_WAIT || irq::in_isr() {
        return mem;
    }
    // SAFETY: as the caller vouches; only the wait queue is borrowed, and it is made for sharing.
    let wait_q = unsafe { &(*heap).wait_q };
    wait_for(wait_q, deadline, || {
        let mem = take();
        (!mem.is_null()).then_some(mem)
    })
    .unwrap_or(ptr::null_mut())
}

/// Gives memory back, and lets everyone who waits try again: how much it takes is theirs to find.
///
/// # Safety
/// `heap` is valid; `mem` came from it and is no longer used.
pub unsafe fn free(heap: *mut KHeap, mem: *mut u8) {
    // SAFETY: as the caller vouches.
    irq::free(|| unsafe { free_locked(heap, mem) });
}

/// As [`free`], with the irq lock held.
///
/// # Safety
/// As for [`free`].
pub(super) unsafe fn free_locked(heap: *mut KHeap, mem: *mut u8) {
    // SAFETY: as the caller vouches.
    unsafe {
        if (*heap).heap.is_null() || !Heap::free((*heap).heap, mem) {
            return;
        }
        if (*heap).wait_q.has_waiters_locked() {
            (*heap).wait_q.wake_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    struct Rng(u64);

    impl Rng {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (self.0 >> 33) as usize % n
        }
    }

    fn heap(bytes: usize) -> *mut Heap {
        let mem = Vec::leak(std::vec![0u64; bytes / 8]);
        // SAFETY: the memory is leaked.
        unsafe { Heap::init(mem.as_mut_ptr().cast(), bytes) }
    }

    #[test]
    fn lists_are_in_order_and_hold_what_they_say() {
        let mut last = 0;
        for units in 1..10_000 {
            let list = list_of(units);
            assert!(list == last || list == last + 1, "{units}");
            last = list;
        }
        assert!(list_of(1 << 28) < MAX_LISTS);
    }

    #[test]
    fn random_use_never_overlaps_and_ends_empty() {
        let heap = heap(8192);
        // SAFETY: the test is the heap's only user.
        unsafe {
            let all = Heap::unused(heap);
            for seed in 0..40 {
                let mut rng = Rng(seed);
                let mut live: Vec<(*mut u8, usize, u8)> = Vec::new();
                for step in 0..400u32 {
                    if rng.below(5) < 3 {
                        let limit = if rng.below(9) == 0 { 1600 } else { 90 };
                        let len = 1 + rng.below(limit);
                        let align = 1 << rng.below(8);
                        let mem = Heap::alloc(heap, len, align);
                        if mem.is_null() {
                            continue;
                        }
                        assert_eq!(mem as usize % align, 0);
                        assert!(Heap::usable_size(heap, mem) >= len);
                        mem.write_bytes(step as u8, len);
                        live.push((mem, len, step as u8));
                    } else if !live.is_empty() {
                        let (mem, len, fill) = live.swap_remove(rng.below(live.len()));
                        assert!((0..len).all(|i| *mem.add(i) == fill), "somebody wrote there");
                        assert!(Heap::free(heap, mem));
                        assert!(!Heap::free(heap, mem), "twice");
                    }
                }
                for (mem, len, fill) in live {
                    assert!((0..len).all(|i| *mem.add(i) == fill));
                    assert!(Heap::free(heap, mem));
                }
                assert_eq!(Heap::unused(heap), all);
            }
            let whole = Heap::alloc(heap, all - UNIT, 8);
            assert!(!whole.is_null(), "freed blocks join to one");
            assert!(Heap::alloc(heap, 1, 1).is_null());
            assert!(Heap::free(heap, whole));
        }
    }

    #[test]
    fn sizes_that_cannot_be() {
        let heap = heap(1024);
        // SAFETY: the test is the heap's only user.
        unsafe {
            for bytes in [usize::MAX, usize::MAX / 2, 1 << 32, 1 << 31, 1024] {
                assert!(Heap::alloc(heap, bytes, 8).is_null());
            }
            assert!(Heap::alloc(heap, 8, 3).is_null());
            assert!(Heap::alloc(heap, 8, 1 << 40).is_null());
            assert!(!Heap::free(heap, ptr::null_mut()));
            assert!(!Heap::free(heap, heap.cast()));
            let tiny = [0u64; 4];
            assert!(Heap::init(tiny.as_ptr().cast_mut().cast(), 32).is_null());
            assert!(Heap::init(tiny.as_ptr().cast_mut().cast(), 0).is_null());
        }
    }

    #[test]
    fn sets_itself_up_in_unaligned_memory() {
        let mem = Vec::leak(std::vec![0u8; 1001]);
        let mut heap = KHeap::empty();
        heap.init_mem = mem.as_mut_ptr();
        heap.init_bytes = mem.len();
        let heap = &raw mut heap;
        // SAFETY: the test is the heap's only user.
        unsafe {
            let a = alloc(heap, 100, 1, NO_WAIT);
            assert!(!a.is_null() && (a as usize).is_multiple_of(UNIT));
            free(heap, a);
            assert_eq!(Heap::used((*heap).heap).0, 0);
            assert!(alloc(heap, 1000, 1, NO_WAIT).is_null());
        }
        let none = &raw mut *std::boxed::Box::leak(std::boxed::Box::new(KHeap::empty()));
        // SAFETY: as above.
        assert!(unsafe { alloc(none, 1, 1, NO_WAIT) }.is_null());
    }
}
