// SPDX-License-Identifier: Apache-2.0
//! What the kernel does for a futex, as far as futex(2) promises it to [`PiLock`](super::lock::PiLock) and
//! [`Parker`](crate::os::host::futex::Parker).

use core::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::thread_local;

use loom::sync::Mutex;
use loom::thread;

use super::watched::{AtomicU32, Ordering::*};

loom::lazy_static! {
    /// The kernel's own lock of its queues.
    static ref KERNEL: Mutex<()> = Mutex::new(());
}

struct Sleeper {
    tid: u32,
    thread: thread::Thread,
    woken: Rc<Cell<bool>>,
}

thread_local! {
    static QUEUES: RefCell<HashMap<usize, VecDeque<Sleeper>>> = RefCell::default();
}

/// Begins a run: nobody sleeps.
pub fn begin() {
    QUEUES.take();
}

fn kernel<R>(f: impl FnOnce() -> R) -> R {
    let _inside = KERNEL.lock().expect("nobody panics in the kernel");
    f()
}

fn queue<R>(word: &AtomicU32, f: impl FnOnce(&mut VecDeque<Sleeper>) -> R) -> R {
    let here = core::ptr::from_ref(word).addr();
    QUEUES.with_borrow_mut(|queues| f(queues.entry(here).or_default()))
}

/// Enters the queue; to be called inside of the kernel. The result sleeps, outside of it.
fn enqueue(word: &AtomicU32) -> impl FnOnce() + use<> {
    let woken = Rc::new(Cell::new(false));
    let sleeper =
        Sleeper { tid: super::tid::tid(), thread: thread::current(), woken: woken.clone() };
    queue(word, |queue| queue.push_back(sleeper));
    move || {
        while !woken.get() {
            thread::park();
        }
    }
}

fn wake(sleeper: Sleeper) {
    sleeper.woken.set(true);
    sleeper.thread.unpark();
}

/// The system call.
pub fn futex(
    word: &AtomicU32,
    op: i32,
    value: u32,
    _timeout: *const libc::timespec,
) -> libc::c_long {
    match op {
        libc::FUTEX_WAIT_BITSET => {
            let sleep = kernel(|| (word.load(SeqCst) == value).then(|| enqueue(word)));
            let Some(sleep) = sleep else { return -1 };
            sleep();
        }
        libc::FUTEX_WAKE => {
            let sleeper = kernel(|| queue(word, VecDeque::pop_front));
            let Some(sleeper) = sleeper else { return 0 };
            wake(sleeper);
            return 1;
        }
        libc::FUTEX_LOCK_PI => {
            if let Some(sleep) = kernel(|| lock_pi(word)) {
                sleep();
            }
        }
        libc::FUTEX_UNLOCK_PI => {
            let next = kernel(|| {
                let next = queue(word, VecDeque::pop_front);
                let more = queue(word, |queue| !queue.is_empty());
                let waiters = if more { libc::FUTEX_WAITERS } else { 0 };
                // The lock goes to the one who waits longest; nobody can snatch it.
                word.swap(next.as_ref().map_or(0, |next| next.tid | waiters), SeqCst);
                next
            });
            if let Some(next) = next {
                wake(next);
            }
        }
        _ => unreachable!("the library makes no other call"),
    }
    0
}

/// Takes the lock, or enters its queue.
fn lock_pi(word: &AtomicU32) -> Option<impl FnOnce() + use<>> {
    loop {
        let old = word.load(SeqCst);
        let free = old & libc::FUTEX_TID_MASK == 0;
        let new = if free { super::tid::tid() } else { old | libc::FUTEX_WAITERS };
        if word.compare_exchange(old, new, SeqCst, SeqCst).is_ok() {
            return (!free).then(|| enqueue(word));
        }
    }
}

/// Ends the sleep of whoever sleeps longest on `word`, as its deadline would.
pub fn time_passes(word: &AtomicU32) {
    let sleeper = kernel(|| queue(word, VecDeque::pop_front));
    if let Some(sleeper) = sleeper {
        wake(sleeper);
    }
}
