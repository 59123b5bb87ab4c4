// SPDX-License-Identifier: Apache-2.0
//! Lists of callbacks whose nodes are the application's: `sys_slist_t` with a lock.
//!
//! A callback may unregister itself, or others, while the list is walked; nothing is locked while
//! it runs.

use core::cell::UnsafeCell;
use core::ptr;

use crate::os::irq;

/// `sys_snode_t`.
#[repr(C)]
#[derive(Debug)]
pub struct Node {
    next: *mut Node,
}

/// A list. Changes are a few instructions long and done under the irq lock.
pub(super) struct List {
    head: UnsafeCell<*mut Node>,
}

// SAFETY: `head` and the links are only touched under the irq lock.
unsafe impl Sync for List {}

impl List {
    pub(super) const fn new() -> Self {
        List { head: UnsafeCell::new(ptr::null_mut()) }
    }

    /// Cheap: whether there is anything in it at all.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        // SAFETY: an aligned word is read whole; a registration that races with this may be
        // missed, as if it had come a moment later.
        unsafe { ptr::read_volatile(self.head.get()).is_null() }
    }

    /// Puts `node` in front.
    ///
    /// # Safety
    /// `node` is valid until it is removed, and in no list.
    pub(super) unsafe fn prepend(&self, node: *mut Node) {
        // SAFETY: under the irq lock; the node is valid.
        irq::free(|| unsafe {
            (*node).next = *self.head.get();
            *self.head.get() = node;
        });
    }

    /// Takes `node` out; false when it is not in the list.
    ///
    /// # Safety
    /// None for `node`, which is compared before it is read. Nodes in the list are valid.
    pub(super) unsafe fn remove(&self, node: *mut Node) -> bool {
        // SAFETY: under the irq lock; every node reached is in the list.
        irq::free(|| unsafe {
            let mut link = self.head.get();
            while !(*link).is_null() {
                if *link == node {
                    *link = (*node).next;
                    return true;
                }
                link = &raw mut (**link).next;
            }
            false
        })
    }

    /// Whether `node` is in the list.
    pub(super) fn contains(&self, node: *const Node) -> bool {
        !node.is_null() && self.first(|at| ptr::eq(at, node)).is_some()
    }

    fn first(&self, mut wanted: impl FnMut(*mut Node) -> bool) -> Option<*mut Node> {
        // SAFETY: under the irq lock; every node reached is in the list.
        irq::free(|| unsafe {
            let mut at = *self.head.get();
            while !at.is_null() && !wanted(at) {
                at = (*at).next;
            }
            (!at.is_null()).then_some(at)
        })
    }
}

/// Registrations one walk can visit; later ones wait for the next occasion.
const AT_ONCE: usize = 16;

/// Calls `f` with each registration of type `T`, whose node comes first. One that is taken out
/// meanwhile is not visited any more.
pub(super) fn walk<T>(list: &List, mut f: impl FnMut(*mut T)) {
    let mut seen = heapless::Vec::<*mut Node, AT_ONCE>::new();
    list.first(|node| seen.push(node).is_err());
    for node in seen {
        if list.contains(node) {
            f(node.cast());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node() -> *mut Node {
        std::boxed::Box::leak(std::boxed::Box::new(Node { next: ptr::null_mut() }))
    }

    #[test]
    fn what_is_removed_during_a_walk_is_not_visited() {
        static LIST: List = List::new();
        let (a, b) = (node(), node());
        assert!(LIST.is_empty());
        // SAFETY: the nodes live as long as the program and are each added once.
        unsafe {
            LIST.prepend(a);
            LIST.prepend(b);
        }
        let mut visits = 0;
        walk::<Node>(&LIST, |at| {
            visits += 1;
            assert!(ptr::eq(at, b), "the last comes first");
            // SAFETY: nodes are valid.
            unsafe { assert!(LIST.remove(a) && LIST.remove(b) && !LIST.remove(a)) };
        });
        assert_eq!(visits, 1);
        assert!(LIST.is_empty());
    }
}
