// SPDX-License-Identifier: Apache-2.0
//! Waiting: queues of waiters in order of urgency, and sets with which a thread waits in several
//! queues at once.
//!
//! The pattern: add the set to the queues, look at the condition, park, begin again. A wake-up
//! between `add` and `park` is kept, so nothing is missed.
//!
//! ```ignore
//! loop {
//!     let set = core::pin::pin!(WaitSet::<1>::new());
//!     set.as_ref().add(&queue);
//!     if let Some(item) = try_take() { return Some(item); }
//!     if !set.as_ref().park(deadline) { return try_take(); }
//! }
//! ```

use core::cell::Cell;
use core::marker::{PhantomData, PhantomPinned};
use core::pin::Pin;
use core::ptr::{NonNull, null, null_mut};

use super::sync::{AtomicPtr, AtomicUsize, Ordering::*};
use super::{Thread, clock, irq, order, port};
use crate::base::Instant;

/// A queue of waiting threads, the most urgent first, equals in order of arrival.
///
/// Zeroed memory is an empty queue; C's `_wait_q_t` has this layout.
#[repr(C)]
pub struct WaitQ {
    head: Head,
    tail: Cell<*const Node>,
}

/// The first node. Changed under the irq lock like all links, but looked at without it too.
#[repr(transparent)]
struct Head(AtomicPtr<Node>);

impl Head {
    #[inline]
    fn get(&self) -> *const Node {
        self.0.load(Relaxed)
    }

    fn set(&self, node: *const Node) {
        self.0.store(node.cast_mut(), Relaxed);
    }

    fn replace(&self, node: *const Node) -> *const Node {
        let old = self.get();
        self.set(node);
        old
    }
}

// SAFETY: all links are read and written under the irq lock only, except for glances at the head,
// which is atomic.
unsafe impl Sync for WaitQ {}
// SAFETY: an empty queue belongs to no thread, and one that has waiters is borrowed by them.
unsafe impl Send for WaitQ {}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A queue woke the set and left this value with it.
    Woken(usize),
    /// The wait was called off (a reset, `k_wakeup`).
    Cancelled,
    /// The deadline passed first.
    TimedOut,
}

const PENDING: usize = 0;
const WOKEN: usize = 1;
const CANCELLED: usize = 2;

/// One membership of a waiter in a queue. Four words, which C's `struct k_poll_event` begins with.
#[repr(C)]
pub struct Node {
    next: Cell<*const Node>,
    prev: Cell<*const Node>,
    queue: Cell<*const WaitQ>,
    waiter: Cell<*const Waiter>,
}

/// The part of a set that queues see: who waits, and where its nodes are.
///
/// [`WaitSet`] is the safe way to use one; the kernel layer has others, whose nodes lie in memory of
/// C's, or which want a function called rather than a thread woken.
#[repr(C)]
pub struct Waiter {
    thread: Cell<*const Thread>,
    nodes: Cell<*const Node>,
    /// Bytes from one node to the next.
    stride: Cell<usize>,
    count: Cell<usize>,
    /// Written last by the waker, so that the woken thread can do without the irq lock.
    state: AtomicUsize,
    value: Cell<usize>,
    /// Who woke the set, until `park` has told its caller.
    source: Cell<*const WaitQ>,
    /// Called in place of waking a thread, under the irq lock.
    notify: Cell<Option<fn(*const Waiter)>>,
}

impl WaitQ {
    /// An empty queue.
    pub const fn new() -> Self {
        WaitQ { head: Head(AtomicPtr::new(null_mut())), tail: Cell::new(null()) }
    }

    /// Wakes the first waiter. False when there is none. ISR safe.
    pub fn wake_one(&self) -> bool {
        self.wake_one_with(0)
    }

    /// Wakes the first waiter and leaves `value` with it. ISR safe.
    pub fn wake_one_with(&self, value: usize) -> bool {
        self.end_first(WOKEN, value)
    }

    /// Shows `choose` what each waiter left (see [`Waiter::set_value`]), the most urgent first, and
    /// wakes those for which it returns a value, with that value. ISR safe.
    pub fn wake_where(&self, mut choose: impl FnMut(usize) -> Option<usize>) {
        irq::free(|| {
            let mut next = self.head.get();
            // SAFETY: a linked node and its waiter stay in place until unlinked, under this lock.
            while let Some(node) = unsafe { next.as_ref() } {
                next = node.next.get();
                // SAFETY: as above.
                let waiter = unsafe { &*node.waiter.get() };
                if let Some(value) = choose(waiter.value.get()) {
                    waiter.end(WOKEN, value, self);
                }
            }
        });
    }

    /// What the first waiter left (see [`Waiter::set_value`]).
    pub fn first_value(&self) -> Option<usize> {
        irq::free(|| {
            // SAFETY: a linked node and its waiter stay in place until unlinked, under this lock.
            let node = unsafe { self.head.get().as_ref()? };
            // SAFETY: as above.
            Some(unsafe { (*node.waiter.get()).value.get() })
        })
    }

    /// Calls off the wait of the first waiter.
    pub fn cancel_one(&self) -> bool {
        self.end_first(CANCELLED, 0)
    }

    /// Wakes everyone. ISR safe.
    pub fn wake_all(&self) {
        irq::free(|| while self.wake_one() {});
    }

    /// Is anyone waiting?
    pub fn has_waiters(&self) -> bool {
        irq::free(|| !self.head.get().is_null())
    }

    /// Is anyone waiting? For callers that hold the irq lock already, as those who give something
    /// back do.
    #[inline]
    pub fn has_waiters_locked(&self) -> bool {
        debug_assert!(port::irq_held());
        !self.head.get().is_null()
    }

    /// Might anyone be waiting? A glance without the irq lock, for callers that have just left a
    /// lock under which waiters look at their condition after joining the queue.
    #[inline]
    pub fn may_have_waiters(&self) -> bool {
        !self.head.get().is_null()
    }

    /// The thread that [`wake_one`](Self::wake_one) would wake.
    pub fn first(&self) -> Option<NonNull<Thread>> {
        irq::free(|| {
            // SAFETY: a linked node and its waiter stay in place until unlinked, under this lock.
            let node = unsafe { self.head.get().as_ref()? };
            // SAFETY: as above.
            NonNull::new(unsafe { (*node.waiter.get()).thread.get() }.cast_mut())
        })
    }

    fn end_first(&self, state: usize, value: usize) -> bool {
        irq::free(|| {
            // SAFETY: a linked node and its waiter stay in place until unlinked, under this lock.
            let Some(node) = (unsafe { self.head.get().as_ref() }) else { return false };
            // SAFETY: as above.
            unsafe { (*node.waiter.get()).end(state, value, self) };
            true
        })
    }

    /// Links `node` behind those at least as urgent as `waiter`. Under the irq lock.
    fn insert(&self, node: &Node, waiter: &Waiter) {
        let priority = waiter.priority();
        let mut before = self.tail.get();
        // SAFETY: linked nodes and their waiters stay in place until unlinked, under the irq lock.
        while let Some(n) = unsafe { before.as_ref() } {
            // SAFETY: as above.
            if unsafe { (*n.waiter.get()).priority() } <= priority {
                break;
            }
            before = n.prev.get();
        }
        // SAFETY: as above.
        let after = match unsafe { before.as_ref() } {
            Some(n) => n.next.replace(node),
            None => self.head.replace(node),
        };
        // SAFETY: as above.
        match unsafe { after.as_ref() } {
            Some(n) => n.prev.set(node),
            None => self.tail.set(node),
        }
        node.prev.set(before);
        node.next.set(after);
        node.queue.set(self);
        node.waiter.set(waiter);
    }
}

impl Default for WaitQ {
    fn default() -> Self {
        Self::new()
    }
}

impl Node {
    /// In no queue.
    pub const fn new() -> Node {
        Node {
            next: Cell::new(null()),
            prev: Cell::new(null()),
            queue: Cell::new(null()),
            waiter: Cell::new(null()),
        }
    }

    /// Under the irq lock.
    fn unlink(&self) {
        // SAFETY: a node in a queue is linked to live nodes, and the queue outlives the membership.
        let Some(queue) = (unsafe { self.queue.get().as_ref() }) else { return };
        let (prev, next) = (self.prev.get(), self.next.get());
        // SAFETY: as above.
        match unsafe { prev.as_ref() } {
            Some(n) => n.next.set(next),
            None => queue.head.set(next),
        }
        // SAFETY: as above.
        match unsafe { next.as_ref() } {
            Some(n) => n.prev.set(prev),
            None => queue.tail.set(prev),
        }
        self.queue.set(null());
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::new()
    }
}

impl Waiter {
    /// One that waits for nothing.
    pub const fn new() -> Self {
        Waiter {
            thread: Cell::new(null()),
            nodes: Cell::new(null()),
            stride: Cell::new(0),
            count: Cell::new(0),
            state: AtomicUsize::new(PENDING),
            value: Cell::new(0),
            source: Cell::new(null()),
            notify: Cell::new(None),
        }
    }

    fn nodes(&self) -> impl Iterator<Item = &Node> {
        let (first, stride) = (self.nodes.get(), self.stride.get());
        // SAFETY: set by `add` or `add_at`, whose nodes stay in place while they are linked.
        (0..self.count.get()).map(move |at| unsafe { &*first.byte_add(at * stride) })
    }

    /// A waiter without a thread comes last.
    fn priority(&self) -> i32 {
        // SAFETY: a waiter's thread outlives its wait.
        unsafe { self.thread.get().as_ref() }.map_or(i32::MAX, Thread::priority)
    }

    /// Leaves a value for the waker to see.
    pub fn set_value(&self, value: usize) {
        self.value.set(value);
    }

    /// Makes the calling thread the one to wake.
    pub fn for_current_thread(&self) {
        self.thread.set(port::current());
    }

    /// Has `notify` called, under the irq lock, where a thread would be woken.
    pub fn for_function(&self, notify: fn(*const Waiter)) {
        self.thread.set(null());
        self.notify.set(Some(notify));
    }

    /// Joins `queue` with the next node: the n-th is `stride` bytes behind the one before. Without a queue
    /// the node is left out. Does nothing once the waiter is woken.
    ///
    /// # Safety
    /// Waiter, nodes and queue stay in place until the waiter has been woken or [left](Self::leave),
    /// and only queues and this waiter touch the nodes. The first node is the same in each call.
    pub unsafe fn add_at(&self, first: *const Node, stride: usize, queue: Option<&WaitQ>) {
        irq::free(|| {
            if self.state.load(Relaxed) != PENDING {
                return;
            }
            let at = self.count.get();
            self.nodes.set(first);
            self.stride.set(stride);
            self.count.set(at + 1);
            if let Some(queue) = queue {
                // SAFETY: the caller's nodes.
                queue.insert(unsafe { &*first.byte_add(at * stride) }, self);
            }
        });
    }

    /// Leaves all queues. False if the waiter was woken before.
    pub fn leave(&self) -> bool {
        irq::free(|| {
            let pending = self.state.load(Relaxed) == PENDING;
            if pending {
                self.abandon();
            }
            pending
        })
    }

    /// The queue that ended the wait, or null.
    pub fn source(&self) -> *const WaitQ {
        self.source.get()
    }

    /// Ends the wait. Under the irq lock.
    fn end(&self, state: usize, value: usize, source: *const WaitQ) {
        for node in self.nodes() {
            node.unlink();
        }
        self.value.set(value);
        self.source.set(source);
        // SAFETY: a thread's block is not reused while the irq lock is held.
        match unsafe { self.thread.get().as_ref() } {
            Some(thread) => {
                thread.set_waiter(null());
                // From here on the set may be gone: its owner needs no lock to see that it is woken.
                self.state.store(state, Release);
                port::unpark(thread);
            }
            None => {
                self.state.store(state, Release);
                if let Some(notify) = self.notify.get() {
                    notify(self);
                }
            }
        }
    }

    /// Calls the wait off, from outside of any queue (`k_wakeup`). Under the irq lock.
    pub(super) fn cancel(&self) {
        self.end(CANCELLED, 0, null());
    }

    /// Takes a waiter that will never run again out of its queues. Under the irq lock.
    pub(super) fn abandon(&self) {
        for node in self.nodes() {
            node.unlink();
        }
    }

    /// The thread's priority changed: find the new place in each queue. Under the irq lock.
    pub(super) fn reorder(&self) {
        for node in self.nodes() {
            // SAFETY: a queue outlives the memberships in it.
            if let Some(queue) = unsafe { node.queue.get().as_ref() } {
                node.unlink();
                queue.insert(node, self);
            }
        }
    }
}

impl Default for Waiter {
    fn default() -> Self {
        Self::new()
    }
}

/// A thread's membership in up to `N` queues. Pinned, because the queues point into it.
pub struct WaitSet<'q, const N: usize> {
    waiter: Waiter,
    nodes: [Node; N],
    /// Invariant: a set must not be passed off as one of shorter-lived queues.
    _queues: PhantomData<Cell<&'q WaitQ>>,
    _pinned: PhantomPinned,
}

impl<'q, const N: usize> WaitSet<'q, N> {
    /// A set of no queues. Waiting in it is sleeping.
    pub const fn new() -> Self {
        WaitSet {
            waiter: Waiter::new(),
            nodes: [const { Node::new() }; N],
            _queues: PhantomData,
            _pinned: PhantomPinned,
        }
    }

    /// Joins `queue`. Ends the program beyond `N` queues; does nothing once the set is woken.
    pub fn add(self: Pin<&Self>, queue: &'q WaitQ) {
        let this = self.get_ref();
        if this.waiter.count.get() >= N {
            super::fatal("a wait set is full");
        }
        // Once it is in a queue others read whose it is.
        if this.waiter.count.get() == 0 {
            this.waiter.for_current_thread();
        }
        // SAFETY: the set is pinned and leaves its queues when dropped; they outlive it ('q).
        unsafe { this.waiter.add_at(this.nodes.as_ptr(), size_of::<Node>(), Some(queue)) };
    }

    /// Leaves a value for [`WaitQ::wake_where`] and [`WaitQ::first_value`] to see.
    pub fn set_value(&self, value: usize) {
        self.waiter.set_value(value);
    }

    /// Has a queue woken the set already?
    pub fn is_woken(&self) -> bool {
        self.waiter.state.load(Acquire) == WOKEN
    }

    /// Sleeps until one of the queues wakes the set; false when the deadline came first or the
    /// wait was called off. After that the set is in no queue.
    pub fn park(self: Pin<&Self>, deadline: Option<Instant>) -> bool {
        matches!(self.wait(deadline), Outcome::Woken(_))
    }

    /// As [`park`](Self::park), and tells how it ended.
    pub fn wait(self: Pin<&Self>, deadline: Option<Instant>) -> Outcome {
        let outcome = self.get_ref().waiter.wait(deadline);
        self.get_ref().waiter.source.set(null());
        outcome
    }

    /// The wait for a lock, allowed to those who hold others.
    pub(super) fn sleep(self: Pin<&Self>) {
        self.get_ref().waiter.sleep(None);
        self.get_ref().waiter.source.set(null());
    }
}

impl Waiter {
    /// Sleeps until a queue ends the wait, or until `deadline`. After that the waiter is in no queue.
    pub fn wait(&self, deadline: Option<Instant>) -> Outcome {
        order::before_sleep();
        let outcome = self.sleep(deadline);
        port::checkpoint(port::current());
        outcome
    }

    fn sleep(&self, deadline: Option<Instant>) -> Outcome {
        debug_assert!(!port::irq_held(), "going to sleep with the irq lock held");
        let waiter = self;
        let thread = port::current();
        irq::free(|| {
            waiter.thread.set(thread);
            if waiter.state.load(Relaxed) == PENDING {
                thread.set_waiter(waiter);
            }
        });
        while waiter.state.load(Acquire) == PENDING {
            if deadline.is_some_and(|d| d <= clock::now()) {
                irq::free(|| {
                    // Whoever ended the wait meanwhile has done this already.
                    if waiter.state.load(Relaxed) == PENDING {
                        waiter.abandon();
                        thread.set_waiter(null());
                    }
                });
                break;
            }
            port::park(deadline);
        }
        match waiter.state.load(Acquire) {
            WOKEN => Outcome::Woken(waiter.value.get()),
            CANCELLED => Outcome::Cancelled,
            _ => Outcome::TimedOut,
        }
    }
}

impl<const N: usize> Default for WaitSet<'_, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Drop for WaitSet<'_, N> {
    fn drop(&mut self) {
        let waiter = &self.waiter;
        match waiter.state.load(Acquire) {
            PENDING if waiter.count.get() > 0 => irq::free(|| waiter.abandon()),
            _ => {}
        }
        // Woken between `add` and a `park` that was found needless: the next in line shall have it.
        // SAFETY: the queue outlives the set ('q).
        if let Some(queue) = unsafe { waiter.source.get().as_ref() }
            && waiter.state.load(Acquire) == WOKEN
        {
            queue.wake_one_with(waiter.value.get());
        }
    }
}
