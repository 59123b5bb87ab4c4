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

impl Node {
    /// A node in no list.
    #[cfg(any(CONFIG_NET_MGMT_EVENT, CONFIG_NET_PKT_FILTER, CONFIG_NET_ROUTE))]
    pub(super) const fn new() -> Self {
        Node { next: ptr::null_mut() }
    }

    /// The node behind it in a list that is C's.
    #[cfg(CONFIG_NET_PKT_FILTER)]
    pub(super) const fn next(&self) -> *mut Node {
        self.next
    }

    /// Says which node is behind it in a list that is C's.
    #[cfg(CONFIG_NET_PKT_FILTER)]
    pub(super) const fn set_next(&mut self, next: *mut Node) {
        self.next = next;
    }

    /// Where it keeps that.
    #[cfg(CONFIG_NET_PKT_FILTER)]
    pub(super) const fn link(&mut self) -> *mut *mut Node {
        &raw mut self.next
    }
}

/// A list. Changes are a few instructions long and done under the irq lock.
pub(super) struct List {
    head: UnsafeCell<*mut Node>,
    /// Those who walk the list now, innermost first.
    walks: UnsafeCell<*mut Walk>,
}

/// Where a walk goes on; it stands on the walker's stack.
struct Walk {
    next: *mut Node,
    outer: *mut Walk,
}

// SAFETY: `head`, `walks` and the links are only touched under the irq lock.
unsafe impl Sync for List {}

impl List {
    pub(super) const fn new() -> Self {
        List { head: UnsafeCell::new(ptr::null_mut()), walks: UnsafeCell::new(ptr::null_mut()) }
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
                    self.skip(node);
                    return true;
                }
                link = &raw mut (**link).next;
            }
            false
        })
    }

    /// Takes out the first node that `wanted` says yes to.
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    pub(super) fn take(&self, wanted: impl FnMut(*mut Node) -> bool) -> Option<*mut Node> {
        irq::free(|| {
            let node = self.first(wanted)?;
            // SAFETY: it is in the list.
            unsafe { self.remove(node) };
            Some(node)
        })
    }

    /// Has every walk that was to visit `node` next visit the one behind it.
    ///
    /// # Safety
    /// Under the irq lock; `node` was in the list.
    unsafe fn skip(&self, node: *mut Node) {
        // SAFETY: walks stand on the stacks of walkers until they end, which takes the irq lock.
        unsafe {
            let mut walk = *self.walks.get();
            while !walk.is_null() {
                if (*walk).next == node {
                    (*walk).next = (*node).next;
                }
                walk = (*walk).outer;
            }
        }
    }

    /// Whether `node` is in the list.
    #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
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

/// Calls `f` with each registration of type `T`, whose node comes first. One that is taken out
/// meanwhile is not visited any more.
pub(super) fn walk<T>(list: &List, mut f: impl FnMut(*mut T)) {
    let mut place = Walk { next: ptr::null_mut(), outer: ptr::null_mut() };
    let walk = Walking { list, place: &raw mut place };
    // SAFETY: under the irq lock; the place outlives the guard.
    irq::free(|| unsafe {
        (*walk.place).next = *list.head.get();
        (*walk.place).outer = *list.walks.get();
        *list.walks.get() = walk.place;
    });
    loop {
        // SAFETY: as above; `next` is in the list, or whoever took it out moved on for us.
        let node = irq::free(|| unsafe {
            let node = (*walk.place).next;
            if !node.is_null() {
                (*walk.place).next = (*node).next;
            }
            node
        });
        if node.is_null() {
            break;
        }
        f(node.cast());
    }
}

/// Ends a walk, whichever way it ends.
struct Walking<'a> {
    list: &'a List,
    place: *mut Walk,
}

impl Drop for Walking<'_> {
    fn drop(&mut self) {
        // SAFETY: under the irq lock; every walk reached has not ended.
        irq::free(|| unsafe {
            let mut link = self.list.walks.get();
            while !(*link).is_null() && *link != self.place {
                link = &raw mut (**link).outer;
            }
            if !(*link).is_null() {
                *link = (*self.place).outer;
            }
        });
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

    #[test]
    fn walks_nest_and_visit_all() {
        static LIST: List = List::new();
        // SAFETY: the nodes live as long as the program and are each added once.
        (0..40).for_each(|_| unsafe { LIST.prepend(node()) });
        let (mut outer, mut inner) = (0, 0);
        walk::<Node>(&LIST, |_| {
            outer += 1;
            if outer == 10 {
                walk::<Node>(&LIST, |at| {
                    inner += 1;
                    if inner > 5 {
                        // SAFETY: nodes are valid.
                        assert!(unsafe { LIST.remove(at) });
                    }
                });
            }
        });
        assert_eq!((outer, inner), (10, 40), "all that the outer walk was to visit went away");
        #[cfg(CONFIG_NET_MGMT_EVENT)]
        assert_eq!(LIST.take(|_| true).map(|_| LIST.take(|_| false)), Some(None));
    }
}
