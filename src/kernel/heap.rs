// SPDX-License-Identifier: Apache-2.0
//! `sys_heap_*`, `k_heap_*`, and the system heap behind `k_malloc`, over the allocator of `buf`.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr::null_mut;

use crate::base::Error;
use crate::buf::heap::{self, Heap, KHeap};
use crate::buf::{Deadline, NO_WAIT};
use crate::config;
use crate::os::{WaitQ, irq};

use super::time::{Timeout, TimeoutExt};
use super::wait::neg;

/// `struct sys_memory_stats`.
#[repr(C)]
#[allow(missing_docs)]
pub struct MemoryStats {
    pub free_bytes: usize,
    pub allocated_bytes: usize,
    pub max_allocated_bytes: usize,
}

/// `struct sys_heap`.
#[repr(C)]
pub struct SysHeap {
    heap: *mut Heap,
    memory: *mut u8,
    bytes: usize,
}

/// Bytes that the allocator wants besides what is asked of it: `Z_HEAP_ADMIN_SIZE` of `mem.h`.
const ADMIN: usize = 256;

/// The system heap and its memory.
struct System {
    heap: UnsafeCell<KHeap>,
    memory: UnsafeCell<MaybeUninit<[u64; SYSTEM_BYTES / 8]>>,
}

const SYSTEM_BYTES: usize = match config::HEAP_MEM_POOL_SIZE {
    0 => 0,
    bytes => bytes.next_multiple_of(8) + ADMIN,
};

// SAFETY: reached through `buf::heap`, which takes the irq lock.
unsafe impl Sync for System {}

static SYSTEM: System = System {
    heap: UnsafeCell::new(KHeap {
        heap: null_mut(),
        init_mem: SYSTEM.memory.get().cast(),
        init_bytes: SYSTEM_BYTES,
        wait_q: WaitQ::new(),
    }),
    memory: UnsafeCell::new(MaybeUninit::uninit()),
};

/// # Safety
/// `heap` is a heap.
unsafe fn alloc(heap: *mut KHeap, align: usize, bytes: usize, deadline: Deadline) -> *mut u8 {
    if bytes == 0 {
        return null_mut();
    }
    // SAFETY: passed on.
    unsafe { heap::alloc(heap, bytes, align.max(1), deadline) }
}

/// # Safety
/// `heap` is a heap, `memory` null or an allocation of it that is not used any more.
unsafe fn release(heap: *mut KHeap, memory: *mut u8) {
    if !memory.is_null() {
        // SAFETY: passed on.
        unsafe { heap::free(heap, memory) };
    }
}

/// # Safety
/// `heap` is a heap.
unsafe fn zeroed(heap: *mut KHeap, count: usize, size: usize, deadline: Deadline) -> *mut u8 {
    let Some(bytes) = count.checked_mul(size) else { return null_mut() };
    // SAFETY: passed on; as many bytes as were allocated are cleared.
    unsafe {
        let memory = alloc(heap, 0, bytes, deadline);
        if !memory.is_null() {
            memory.write_bytes(0, bytes);
        }
        memory
    }
}

/// Memory from the system heap, or null.
pub(super) fn malloc(bytes: usize) -> *mut u8 {
    // SAFETY: the system heap is one.
    unsafe { alloc(SYSTEM.heap.get(), 0, bytes, NO_WAIT) }
}

/// Zeroed memory from the system heap, or null.
pub(super) fn calloc(count: usize, size: usize) -> *mut u8 {
    // SAFETY: the system heap is one.
    unsafe { zeroed(SYSTEM.heap.get(), count, size, NO_WAIT) }
}

/// Gives memory back to the system heap.
///
/// # Safety
/// It came from there, or is null, and is not used any more.
pub(super) unsafe fn free(memory: *mut u8) {
    // SAFETY: passed on.
    unsafe { release(SYSTEM.heap.get(), memory) };
}

fn deadline(timeout: Timeout) -> Deadline {
    if timeout.is_no_wait() { NO_WAIT } else { timeout.deadline() }
}

/// Makes a heap of the memory.
///
/// # Safety
/// `heap` points to memory for the structure, `memory` to `bytes` bytes that are the heap's from now on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_heap_init(heap: *mut KHeap, memory: *mut c_void, bytes: usize) {
    let new = KHeap {
        heap: null_mut(),
        init_mem: memory.cast(),
        init_bytes: bytes,
        wait_q: WaitQ::new(),
    };
    // SAFETY: the caller's memory. The heap sets itself up at its first use.
    unsafe { heap.write(new) };
}

/// Memory, or NULL when there was none in time.
///
/// # Safety
/// `heap` is a heap.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_heap_alloc(
    heap: *mut KHeap,
    bytes: usize,
    timeout: Timeout,
) -> *mut c_void {
    // SAFETY: passed on.
    unsafe { alloc(heap, 0, bytes, deadline(timeout)) }.cast()
}

/// The same at a multiple of `align`.
///
/// # Safety
/// `heap` is a heap.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_heap_aligned_alloc(
    heap: *mut KHeap,
    align: usize,
    bytes: usize,
    timeout: Timeout,
) -> *mut c_void {
    // SAFETY: passed on.
    unsafe { alloc(heap, align, bytes, deadline(timeout)) }.cast()
}

/// Zeroed memory, or NULL when there was none in time.
///
/// # Safety
/// `heap` is a heap.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_heap_calloc(
    heap: *mut KHeap,
    count: usize,
    size: usize,
    timeout: Timeout,
) -> *mut c_void {
    // SAFETY: passed on.
    unsafe { zeroed(heap, count, size, deadline(timeout)) }.cast()
}

/// Changes the size of an allocation; NULL when there was no room in time, and then it stays.
///
/// # Safety
/// `heap` is a heap, `memory` null or an allocation of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_heap_realloc(
    heap: *mut KHeap,
    memory: *mut c_void,
    bytes: usize,
    timeout: Timeout,
) -> *mut c_void {
    // SAFETY: passed on; the shorter of both lengths is copied.
    unsafe {
        if memory.is_null() || bytes == 0 {
            release(heap, memory.cast());
            return alloc(heap, 0, bytes, deadline(timeout)).cast();
        }
        let room = irq::free(|| Heap::usable_size((*heap).heap, memory.cast()));
        // Half a block to give back is worth a move, less is not.
        if room / 2 < bytes && bytes <= room {
            return memory;
        }
        let new = alloc(heap, 0, bytes, deadline(timeout));
        if !new.is_null() {
            new.copy_from_nonoverlapping(memory.cast(), room.min(bytes));
            release(heap, memory.cast());
        }
        new.cast()
    }
}

/// Gives memory back.
///
/// # Safety
/// `heap` is a heap, `memory` null or an allocation of it that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_heap_free(heap: *mut KHeap, memory: *mut c_void) {
    // SAFETY: passed on.
    unsafe { release(heap, memory.cast()) };
}

/// Memory from the system heap, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn k_malloc(bytes: usize) -> *mut c_void {
    malloc(bytes).cast()
}

/// The same at a multiple of `align`.
#[unsafe(no_mangle)]
pub extern "C" fn k_aligned_alloc(align: usize, bytes: usize) -> *mut c_void {
    // SAFETY: the system heap is one.
    unsafe { alloc(SYSTEM.heap.get(), align, bytes, NO_WAIT) }.cast()
}

/// Zeroed memory from the system heap, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn k_calloc(count: usize, size: usize) -> *mut c_void {
    calloc(count, size).cast()
}

/// Changes the size of an allocation of the system heap.
///
/// # Safety
/// `memory` is null or such an allocation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_realloc(memory: *mut c_void, bytes: usize) -> *mut c_void {
    // SAFETY: passed on.
    unsafe { k_heap_realloc(SYSTEM.heap.get(), memory, bytes, Timeout::NO_WAIT) }
}

/// Gives memory back to the system heap.
///
/// # Safety
/// `memory` is null or an allocation of it that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_free(memory: *mut c_void) {
    // SAFETY: passed on.
    unsafe { free(memory.cast()) };
}

/// A stack from the system heap, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn k_thread_stack_alloc(bytes: usize, _flags: c_int) -> *mut c_void {
    malloc(bytes.saturating_add(config::ZNET_STACK_RESERVED)).cast()
}

/// Gives it back: 0, or -EINVAL for NULL.
///
/// # Safety
/// `stack` is null or came from [`k_thread_stack_alloc`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn k_thread_stack_free(stack: *mut c_void) -> c_int {
    if stack.is_null() {
        return neg(Error::Inval);
    }
    // SAFETY: passed on.
    unsafe { free(stack.cast()) };
    0
}

/// Makes a heap of the memory. No heap comes of too little: its allocations fail.
///
/// # Safety
/// `heap` points to memory for the structure, `memory` to `bytes` bytes that are the heap's from now on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_heap_init(heap: *mut SysHeap, memory: *mut c_void, bytes: usize) {
    // SAFETY: the caller's memory.
    unsafe {
        let made = Heap::init(memory.cast(), bytes);
        heap.write(SysHeap { heap: made, memory: memory.cast(), bytes });
    }
}

/// Memory, or NULL.
///
/// # Safety
/// Nobody else uses the heap meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_heap_alloc(heap: &SysHeap, bytes: usize) -> *mut c_void {
    // SAFETY: passed on.
    unsafe { sys_heap_aligned_alloc(heap, 1, bytes) }
}

/// Memory at a multiple of `align`, or NULL.
///
/// # Safety
/// Nobody else uses the heap meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_heap_aligned_alloc(
    heap: &SysHeap,
    align: usize,
    bytes: usize,
) -> *mut c_void {
    if heap.heap.is_null() || bytes == 0 {
        return null_mut();
    }
    // SAFETY: passed on.
    unsafe { Heap::alloc(heap.heap, bytes, align.max(1)) }.cast()
}

/// Gives memory back.
///
/// # Safety
/// Nobody else uses the heap meanwhile, and `memory` is null or an allocation of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_heap_free(heap: &SysHeap, memory: *mut c_void) {
    if !memory.is_null() && !heap.heap.is_null() {
        // SAFETY: passed on.
        unsafe { Heap::free(heap.heap, memory.cast()) };
    }
}

/// Changes the size of an allocation; NULL when there is no room, and then it stays.
///
/// # Safety
/// Nobody else uses the heap meanwhile, and `memory` is null or an allocation of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_heap_aligned_realloc(
    heap: &SysHeap,
    memory: *mut c_void,
    align: usize,
    bytes: usize,
) -> *mut c_void {
    // SAFETY: passed on; the shorter of both lengths is copied.
    unsafe {
        if memory.is_null() || bytes == 0 {
            sys_heap_free(heap, memory);
            return sys_heap_aligned_alloc(heap, align, bytes);
        }
        let room = sys_heap_usable_size(heap, memory);
        if room / 2 < bytes && bytes <= room && (memory as usize).is_multiple_of(align.max(1)) {
            return memory;
        }
        let new = sys_heap_aligned_alloc(heap, align, bytes);
        if !new.is_null() {
            new.copy_from_nonoverlapping(memory, room.min(bytes));
            sys_heap_free(heap, memory);
        }
        new
    }
}

/// Bytes the allocation really has.
///
/// # Safety
/// `memory` is an allocation of the heap.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_heap_usable_size(heap: &SysHeap, memory: *mut c_void) -> usize {
    // SAFETY: passed on.
    unsafe { Heap::usable_size(heap.heap, memory.cast()) }
}

/// Tells how much is free and used: 0, or -EINVAL for NULL.
///
/// # Safety
/// Nobody else uses the heap meanwhile; `stats` is valid or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sys_heap_runtime_stats_get(
    heap: Option<&SysHeap>,
    stats: *mut MemoryStats,
) -> c_int {
    let Some(heap) = heap.filter(|heap| !heap.heap.is_null() && !stats.is_null()) else {
        return neg(Error::Inval);
    };
    // SAFETY: passed on.
    unsafe {
        let (allocated_bytes, max_allocated_bytes) = Heap::used(heap.heap);
        let free_bytes = Heap::unused(heap.heap);
        stats.write(MemoryStats { free_bytes, allocated_bytes, max_allocated_bytes });
    }
    0
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/kernel/mem.h":
    SysHeap = "struct sys_heap" { heap, memory = "init_mem", bytes = "init_bytes" };
    MemoryStats = "struct sys_memory_stats" { free_bytes, allocated_bytes, max_allocated_bytes };
    KHeap = "struct k_heap" {
        heap = "heap.heap", init_mem = "heap.init_mem", init_bytes = "heap.init_bytes", wait_q,
    };
}
