// SPDX-License-Identifier: Apache-2.0
//! What every port must do, in every port the same. In the simulator no time passes for real.

use core::pin::pin;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering::*};
use std::boxed::Box;
use std::sync::Arc;
use std::vec::Vec;

use super::thread::{Outcome, StartInfo, Thread};
use super::{Mutex, Semaphore, WaitQ, WaitSet, clock, irq, thread};
use crate::base::{Duration, Instant};

/// Runs `body` in a thread of the port.
fn go(priority: i32, body: impl FnOnce() + Send + 'static) -> &'static Thread {
    fn entry(argument: usize) {
        // SAFETY: made by `into_raw` below, for this one call.
        let body = unsafe { Box::from_raw(argument as *mut Box<dyn FnOnce()>) };
        body();
    }
    let thread: &'static Thread = Box::leak(Box::new(Thread::new()));
    let body: Box<dyn FnOnce()> = Box::new(body);
    let argument = Box::into_raw(Box::new(body)) as usize;
    let info =
        StartInfo { stack: core::ptr::null_mut(), stack_size: 0, name: c"t".as_ptr().cast() };
    // SAFETY: hosts bring their own stacks.
    unsafe { thread.start(priority, &info, entry, argument) }.unwrap();
    thread
}

fn join(thread: &'static Thread) {
    // SAFETY: leaked.
    assert!(unsafe { thread::join(NonNull::from(thread), after_ms(5_000)) }, "thread does not end");
}

fn after_ms(ms: u64) -> Option<Instant> {
    Some(clock::now() + Duration::from_millis(ms))
}

/// Waits until `condition` holds; a test that waits for ever says nothing.
fn eventually(condition: impl Fn() -> bool) {
    let end = after_ms(5_000).unwrap();
    while !condition() {
        assert!(clock::now() < end, "does not happen");
        thread::sleep_until(after_ms(1));
    }
}

#[test]
fn time_passes_while_sleeping_and_no_less_than_asked() {
    let begin = clock::now();
    assert!(thread::sleep_until(Some(begin + Duration::from_millis(20))));
    assert!(clock::now() - begin >= Duration::from_millis(20));
    let begin = clock::now();
    clock::busy_wait(Duration::from_micros(300));
    assert!(clock::now() - begin >= Duration::from_micros(300));
}

#[test]
fn a_wake_up_before_the_park_is_not_lost() {
    let queue = WaitQ::new();
    let set = pin!(WaitSet::<1>::new());
    set.as_ref().add(&queue);
    assert!(queue.wake_one());
    assert!(!queue.wake_one(), "the set has left the queue");
    assert!(set.as_ref().park(after_ms(5_000)));
}

#[test]
fn a_park_times_out_and_leaves_the_queue() {
    let queue = WaitQ::new();
    let set = pin!(WaitSet::<1>::new());
    set.as_ref().add(&queue);
    assert!(!set.as_ref().park(after_ms(5)));
    assert!(!queue.has_waiters());
    assert!(!queue.wake_one());
}

#[test]
fn one_set_in_two_queues_is_woken_once() {
    let (first, second) = (WaitQ::new(), WaitQ::new());
    let set = pin!(WaitSet::<2>::new());
    set.as_ref().add(&first);
    set.as_ref().add(&second);
    assert!(second.wake_one_with(7));
    assert!(!first.has_waiters());
    assert_eq!(set.as_ref().wait(None), Outcome::Woken(7));
}

#[test]
fn a_dropped_set_leaves_and_passes_its_wake_up_on() {
    let queue = WaitQ::new();
    let last = pin!(WaitSet::<1>::new());
    {
        let first = pin!(WaitSet::<1>::new());
        first.as_ref().add(&queue);
        last.as_ref().add(&queue);
        queue.wake_one();
        assert!(first.is_woken() && !last.is_woken());
    }
    assert!(last.is_woken());
    {
        let unused = pin!(WaitSet::<1>::new());
        unused.as_ref().add(&queue);
    }
    assert!(!queue.has_waiters());
}

#[test]
fn the_most_urgent_is_woken_first_and_equals_in_order() {
    static ORDER: Mutex<Vec<u32>> = Mutex::new(Vec::new());
    static QUEUE: WaitQ = WaitQ::new();
    static WAITING: AtomicU32 = AtomicU32::new(0);
    let mut threads = Vec::new();
    for (id, priority) in [(1, 5), (2, 3), (3, 5), (4, 1)] {
        threads.push(go(priority, move || {
            let set = pin!(WaitSet::<1>::new());
            set.as_ref().add(&QUEUE);
            WAITING.fetch_add(1, SeqCst);
            assert!(set.as_ref().park(None));
            ORDER.lock().push(id);
        }));
        eventually(|| WAITING.load(SeqCst) == id);
    }
    for done in 1..=4 {
        QUEUE.wake_one();
        eventually(|| ORDER.lock().len() == done);
    }
    assert_eq!(*ORDER.lock(), [4, 2, 1, 3]);
    threads.into_iter().for_each(join);
}

#[test]
fn a_new_priority_moves_the_waiter() {
    static QUEUE: WaitQ = WaitQ::new();
    static ORDER: Mutex<Vec<i32>> = Mutex::new(Vec::new());
    let threads = [4, 5].map(|priority| {
        let thread = go(priority, move || {
            let set = pin!(WaitSet::<1>::new());
            set.as_ref().add(&QUEUE);
            set.as_ref().park(None);
            ORDER.lock().push(priority);
        });
        eventually(|| thread.is_waiting());
        thread
    });
    threads[1].set_priority(2);
    QUEUE.wake_one();
    eventually(|| ORDER.lock().len() == 1);
    QUEUE.wake_one();
    threads.into_iter().for_each(join);
    assert_eq!(*ORDER.lock(), [5, 4]);
}

#[test]
fn semaphore_counts_to_its_limit() {
    let semaphore = Semaphore::new(1, 2);
    assert!(semaphore.take(None));
    assert!(!semaphore.take(after_ms(2)));
    for _ in 0..5 {
        semaphore.give();
    }
    assert_eq!(semaphore.count(), 2);
}

#[test]
fn semaphore_hands_every_token_on() {
    let semaphore = Arc::new(Semaphore::new(0, 1_000));
    let taken = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (semaphore, taken) = (semaphore.clone(), taken.clone());
            go(0, move || {
                for _ in 0..200 {
                    assert!(semaphore.take(after_ms(5_000)));
                    taken.fetch_add(1, Relaxed);
                }
            })
        })
        .collect();
    for at in 0..800 {
        semaphore.give();
        if at % 50 == 0 {
            thread::yield_now();
        }
    }
    threads.into_iter().for_each(join);
    assert_eq!((taken.load(Relaxed), semaphore.count()), (800, 0));
}

#[test]
fn the_mutex_excludes() {
    let counter = Arc::new(Mutex::new(0u32));
    let threads: Vec<_> = (0..4)
        .map(|priority| {
            let counter = counter.clone();
            go(priority, move || {
                for at in 0..2_000 {
                    let mut guard = counter.lock();
                    let seen = *guard;
                    if at % 100 == 0 {
                        thread::yield_now();
                    }
                    *guard = seen + 1;
                }
            })
        })
        .collect();
    threads.into_iter().for_each(join);
    assert_eq!(*counter.lock(), 8_000);
}

#[test]
fn the_irq_lock_nests_and_excludes() {
    static COUNTER: super::IrqCell<u32> = super::IrqCell::new(0);
    let threads: Vec<_> = (0..3)
        .map(|_| {
            go(0, || {
                for _ in 0..2_000 {
                    let outer = irq::lock();
                    let inner = irq::lock();
                    irq::unlock(inner);
                    COUNTER.with(|c| *c += 1);
                    irq::unlock(outer);
                }
            })
        })
        .collect();
    threads.into_iter().for_each(join);
    assert_eq!(COUNTER.with(|c| *c), 6_000);
    assert!(!super::port::irq_held());
}

#[test]
fn a_thread_that_waits_can_be_ended_and_its_block_used_again() {
    static QUEUE: WaitQ = WaitQ::new();
    static CAME_BACK: AtomicBool = AtomicBool::new(false);
    let body = || {
        let set = pin!(WaitSet::<1>::new());
        set.as_ref().add(&QUEUE);
        set.as_ref().park(None);
        CAME_BACK.store(true, SeqCst);
    };
    let thread = go(2, body);
    eventually(|| thread.is_waiting());
    thread.end();
    assert!(!thread.is_alive() && !QUEUE.has_waiters());
    assert!(!QUEUE.wake_one());
    join(thread);

    static RAN: AtomicBool = AtomicBool::new(false);
    let info = StartInfo { stack: core::ptr::null_mut(), stack_size: 0, name: core::ptr::null() };
    // SAFETY: hosts bring their own stacks.
    unsafe { thread.start(1, &info, |_| RAN.store(true, SeqCst), 0) }.unwrap();
    join(thread);
    assert!(RAN.load(SeqCst) && !CAME_BACK.load(SeqCst));
}

#[test]
fn a_thread_can_end_itself() {
    let thread = go(2, || {
        thread::current().end();
        unreachable!("a thread goes on after its end");
    });
    join(thread);
}

#[test]
fn a_suspended_thread_waits_for_resume() {
    static STEPS: AtomicU32 = AtomicU32::new(0);
    let thread = go(2, || {
        loop {
            STEPS.fetch_add(1, SeqCst);
            if !thread::sleep_until(after_ms(1)) {
                return;
            }
        }
    });
    eventually(|| STEPS.load(SeqCst) > 2);
    thread.suspend();
    thread::sleep_until(after_ms(20));
    let seen = STEPS.load(SeqCst);
    thread::sleep_until(after_ms(20));
    assert_eq!(STEPS.load(SeqCst), seen);
    thread.resume();
    eventually(|| STEPS.load(SeqCst) > seen);
    thread.end();
    join(thread);
}

#[test]
fn a_sleep_can_be_called_off() {
    let thread = go(2, || assert!(!thread::sleep_until(None)));
    eventually(|| thread.is_waiting());
    assert!(thread.wake_up());
    join(thread);
}

#[test]
fn joining_times_out() {
    let thread = go(2, || {
        thread::sleep_until(None);
    });
    // SAFETY: leaked.
    assert!(!unsafe { thread::join(NonNull::from(thread), after_ms(5)) });
    thread.wake_up();
    join(thread);
}

#[test]
fn callbacks_can_play_interrupt() {
    assert!(!irq::in_isr());
    assert!(irq::as_isr(irq::in_isr));
    assert!(!irq::in_isr());
}

#[test]
fn entropy_differs() {
    let (mut first, mut second) = ([0u8; 32], [0u8; 32]);
    super::entropy::fill(&mut first).unwrap();
    super::entropy::fill(&mut second).unwrap();
    assert_ne!(first, second);
}

#[cfg(CONFIG_ZNET_PORT_SIM)]
mod sim {
    use super::*;
    use std::string::ToString;

    /// Runs one of the ignored tests below in a process of its own; its status and what it printed.
    fn alone(name: &str, seed: &str) -> (Option<i32>, std::string::String) {
        let name = std::format!("os::contract_tests::sim::{name}");
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "--test-threads=1", &name])
            .env("SEED", seed)
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), std::string::String::from_utf8(text).unwrap())
    }

    #[test]
    #[ignore = "ends its process"]
    fn sleeps_for_ever() {
        Semaphore::new(0, 1).take(None);
    }

    #[test]
    fn a_deadlock_ends_the_process_and_is_explained() {
        let (status, text) = alone("sleeps_for_ever", "0");
        assert_eq!(status, Some(1));
        assert!(text.contains("sim: deadlock at 0 us"), "{text}");
        assert!(text.contains("(from outside), priority 0"), "{text}");
    }

    #[test]
    #[ignore = "wants a process of its own"]
    fn interleaves() {
        static ORDER: Mutex<std::string::String> = Mutex::new(std::string::String::new());
        crate::os::set_seed(std::env::var("SEED").unwrap().parse().unwrap());
        let threads = ["a", "b", "c", "d"].map(|letter| {
            go(3, move || {
                for _ in 0..4 {
                    ORDER.lock().push_str(letter);
                    thread::yield_now();
                }
            })
        });
        threads.into_iter().for_each(join);
        std::println!("order {}", *ORDER.lock());
    }

    #[test]
    fn the_seed_alone_decides() {
        let order = |seed: &str| {
            let (status, text) = alone("interleaves", seed);
            assert_eq!(status, Some(0), "{text}");
            let at = text.find("order ").unwrap() + 6;
            text[at..at + 16].to_string()
        };
        assert_eq!(order("0"), "abcdabcdabcdabcd", "seed 0: in order of arrival");
        let (one, two) = (order("1"), order("2"));
        assert_eq!(order("1"), one);
        assert_ne!(one, two);
        assert_ne!(one, "abcdabcdabcdabcd");
    }

    #[test]
    fn an_hour_passes_at_once() {
        let begin = std::time::Instant::now();
        thread::sleep_until(after_ms(3_600_000));
        assert!(begin.elapsed().as_secs() < 60);
    }

    #[test]
    fn the_more_urgent_preempts_at_once() {
        static SEEN: AtomicBool = AtomicBool::new(false);
        let _thread = go(-1, || SEEN.store(true, SeqCst));
        assert!(SEEN.load(SeqCst));
    }

    #[test]
    fn a_mutex_lends_priority() {
        static LOCK: Mutex<()> = Mutex::new(());
        static ORDER: Mutex<Vec<&str>> = Mutex::new(Vec::new());
        let low = go(10, || {
            let guard = LOCK.lock();
            clock::busy_wait(Duration::from_millis(10));
            ORDER.lock().push("low gives back");
            drop(guard);
        });
        thread::sleep_until(after_ms(1));
        let high = go(1, || {
            let _guard = LOCK.lock();
            ORDER.lock().push("high has it");
        });
        let middle = go(5, || ORDER.lock().push("middle"));
        [low, high, middle].into_iter().for_each(join);
        assert_eq!(*ORDER.lock(), ["low gives back", "high has it", "middle"]);
        assert_eq!(low.priority(), 10);
    }
}
