// SPDX-License-Identifier: Apache-2.0
//! The kernel's ids of threads.

use std::cell::Cell;
use std::thread_local;

thread_local! {
    static TID: Cell<u32> = const { Cell::new(0) };
}

/// The kernel's id of the calling thread, remembered.
#[inline]
pub fn tid() -> u32 {
    match TID.get() {
        0 => ask_tid(),
        tid => tid,
    }
}

/// The same, when it was asked for before.
#[inline(always)]
pub fn known_tid() -> Option<u32> {
    Some(TID.get()).filter(|&tid| tid != 0)
}

/// The same, where it was asked for before in any case.
#[inline(always)]
pub fn own_tid() -> u32 {
    TID.get()
}

#[cold]
#[inline(never)]
fn ask_tid() -> u32 {
    // SAFETY: takes no argument, can't fail.
    let tid = unsafe { libc::syscall(libc::SYS_gettid) as u32 };
    TID.set(tid);
    tid
}
