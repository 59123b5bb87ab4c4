// SPDX-License-Identifier: Apache-2.0
//! Locks, wait queues and semaphores, in every order of events (see [`port`](super::port)).

use core::pin::pin;
use std::sync::Arc;
use std::vec::Vec;

use loom::cell::UnsafeCell;

use super::port::{every_order, spawn, time_comes};
use super::sync::{AtomicU32, Ordering::*};
use super::{IrqCell, Mutex, Semaphore, WaitQ, WaitSet, irq, thread};
use crate::base::Instant;

/// A value that loom watches: two at once are found, and one that does not see what the last one did.
struct Guarded(UnsafeCell<u32>);

// SAFETY: loom ends the model when this is not so.
unsafe impl Sync for Guarded {}
// SAFETY: as above.
unsafe impl Send for Guarded {}

impl Guarded {
    fn new() -> Guarded {
        Guarded(UnsafeCell::new(0))
    }

    fn add(&self) {
        // SAFETY: loom checks that nobody else is here.
        self.0.with_mut(|value| unsafe { *value += 1 });
    }

    fn get(&self) -> u32 {
        // SAFETY: as in `add`.
        self.0.with(|value| unsafe { *value })
    }
}

fn join<T>(threads: impl IntoIterator<Item = loom::thread::JoinHandle<T>>) -> Vec<T> {
    threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
}

/// Does `work` in so many threads side by side.
fn side_by_side<T: Send + 'static>(
    threads: usize,
    work: impl Fn() -> T + Clone + Send + 'static,
) -> Vec<T> {
    let all: Vec<_> = (0..threads).map(|_| spawn(work.clone())).collect();
    join(all)
}

#[test]
fn a_mutex_lets_one_in_at_a_time() {
    every_order(3, || {
        let mutex = Arc::new(Mutex::new(Guarded::new()));
        let inside = mutex.clone();
        side_by_side(3, move || inside.lock().add());
        assert_eq!(mutex.lock().get(), 3);
    });
}

#[test]
fn who_only_tries_a_mutex_gets_it_whole_or_not_at_all() {
    every_order(3, || {
        let mutex = Arc::new(Mutex::new(Guarded::new()));
        let inside = mutex.clone();
        let got = side_by_side(2, move || match inside.try_lock() {
            Some(value) => {
                value.add();
                1
            }
            None => 0,
        });
        assert_eq!(mutex.lock().get(), got.iter().sum::<u32>());
    });
}

#[test]
fn the_irq_lock_nests_and_lets_one_in_at_a_time() {
    every_order(3, || {
        let cell = Arc::new(IrqCell::new(Guarded::new()));
        let inside = cell.clone();
        side_by_side(2, move || irq::free(|| inside.with(|value| value.add())));
        assert_eq!(cell.with(|value| value.get()), 2);
    });
}

#[test]
fn the_short_way_through_the_irq_lock_is_as_good_as_the_long_one() {
    every_order(3, || {
        let value = Arc::new(Guarded::new());
        let inside = value.clone();
        // As packets are freed: `buf/pkt.rs`.
        side_by_side(3, move || match irq::lock_at_once() {
            Some(key) => {
                inside.add();
                if let Some(key) = irq::unlock_at_once(key) {
                    irq::unlock(key);
                }
            }
            None => irq::free(|| inside.add()),
        });
        assert_eq!(irq::free(|| value.get()), 3);
    });
}

#[test]
fn each_token_of_a_semaphore_wakes_one() {
    every_order(2, || {
        let semaphore = Arc::new(Semaphore::new(0, 2));
        let value = Arc::new(Guarded::new());
        let (give, take) = (semaphore.clone(), semaphore.clone());
        let takers = [take.clone(), take].map(|take| spawn(move || take.take(None)));
        let given = value.clone();
        let giver = spawn(move || {
            given.add();
            give.give();
            give.give();
        });
        assert_eq!(join(takers), [true, true]);
        join([giver]);
        assert_eq!(value.get(), 1);
        assert_eq!(semaphore.count(), 0);
    });
}

#[test]
fn what_was_written_before_a_token_was_given_is_seen_with_it() {
    every_order(3, || {
        let semaphore = Arc::new(Semaphore::new(0, 1));
        let value = Arc::new(Guarded::new());
        let (give, written) = (semaphore.clone(), value.clone());
        let giver = spawn(move || {
            written.add();
            give.give();
        });
        assert!(semaphore.take(None));
        assert_eq!(value.get(), 1);
        join([giver]);
    });
}

#[test]
fn a_token_that_comes_at_the_deadline_is_taken_or_stays() {
    let deadline = Instant::from_micros(10);
    every_order(3, move || {
        let semaphore = Arc::new(Semaphore::new(0, 1));
        let (give, me) = (semaphore.clone(), thread::current());
        let giver = spawn(move || give.give());
        let clock = spawn(move || time_comes(deadline, me));
        let taken = semaphore.take(Some(deadline));
        join([giver, clock]);
        assert_eq!(u32::from(taken) + semaphore.count(), 1, "a token is lost or doubled");
    });
}

#[test]
fn a_reset_sends_off_who_waits_and_nobody_else() {
    every_order(3, || {
        let semaphore = Arc::new(Semaphore::new(0, 1));
        let (take, give) = (semaphore.clone(), semaphore.clone());
        let taker = spawn(move || take.take(None));
        let giver = spawn(move || {
            give.reset();
            give.give();
        });
        let taken = join([taker])[0];
        join([giver]);
        assert_eq!(u32::from(taken) + semaphore.count(), 1);
    });
}

/// The pattern at the head of `wait.rs`, with a waker that only glances at the queue as `Core` does.
#[test]
fn a_glance_at_the_queue_after_unlock_misses_nobody() {
    struct Shared {
        changed: Mutex<Guarded>,
        queue: WaitQ,
    }
    every_order(3, || {
        let shared = Arc::new(Shared { changed: Mutex::new(Guarded::new()), queue: WaitQ::new() });
        let waiting = shared.clone();
        let waiter = spawn(move || {
            loop {
                let set = pin!(WaitSet::<1>::new());
                set.as_ref().add(&waiting.queue);
                if waiting.changed.lock().get() != 0 {
                    return;
                }
                set.as_ref().park(None);
            }
        });
        shared.changed.lock().add();
        if shared.queue.may_have_waiters() {
            shared.queue.wake_all();
        }
        join([waiter]);
        assert!(!shared.queue.has_waiters());
    });
}

#[test]
fn a_set_in_two_queues_is_woken_once_and_leaves_both() {
    every_order(2, || {
        let queues = Arc::new([WaitQ::new(), WaitQ::new()]);
        let woken = Arc::new(AtomicU32::new(0));
        let (waiting, flag) = (queues.clone(), woken.clone());
        let waiter = spawn(move || {
            let set = pin!(WaitSet::<2>::new());
            waiting.iter().for_each(|queue| set.as_ref().add(queue));
            flag.load(Acquire) != 0 || set.as_ref().park(None)
        });
        let wakers = [0, 1].map(|at| {
            let (queues, woken) = (queues.clone(), woken.clone());
            spawn(move || {
                woken.fetch_or(1, Release);
                queues[at].wake_one();
            })
        });
        assert!(join([waiter])[0]);
        join(wakers);
        assert!(queues.iter().all(|queue| !queue.has_waiters()));
    });
}

/// Who is woken and then finds that he needs nothing hands the wake-up on.
#[test]
fn a_wake_up_that_is_not_needed_goes_to_the_next() {
    every_order(1, || {
        let queue = Arc::new(WaitQ::new());
        let both = Arc::new(Semaphore::new(0, 2));
        let (sleeping, ready) = (queue.clone(), both.clone());
        let sleeper = spawn(move || {
            let set = pin!(WaitSet::<1>::new());
            set.as_ref().add(&sleeping);
            ready.give();
            set.as_ref().park(None)
        });
        let (fleeting, ready) = (queue.clone(), both.clone());
        let passer_by = spawn(move || {
            let set = pin!(WaitSet::<1>::new());
            set.as_ref().add(&fleeting);
            ready.give();
        });
        assert!(both.take(None) && both.take(None));
        queue.wake_one();
        assert!(join([sleeper])[0]);
        join([passer_by]);
    });
}

/// The mutex of ports that have no better one.
#[test]
fn the_mutex_made_of_a_wait_queue_lets_one_in_at_a_time() {
    use super::pi_mutex::RawMutex;
    every_order(2, || {
        let shared = Arc::new((RawMutex::new(), Guarded::new()));
        let inside = shared.clone();
        side_by_side(2, move || {
            inside.0.lock();
            inside.1.add();
            // SAFETY: taken above.
            unsafe { inside.0.unlock() };
        });
        shared.0.lock();
        assert_eq!(shared.1.get(), 2);
        // SAFETY: taken above.
        unsafe { shared.0.unlock() };
    });
}
