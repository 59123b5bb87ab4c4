// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_pkt_filter.h>`: lists of rules that packets have to pass.
//!
//! Called by: `capi::queues` with each packet before it goes up or out; C. Calls: tests in C, under the
//! irq lock, as Zephyr calls them under its spin lock: they look at a packet and return.
//!
//! The rules are the application's, in lists whose structure is C's. A list without rules lets
//! everything pass; in any other the first rule whose tests all say yes decides, and a packet for
//! which no rule does is dropped.
#![allow(clippy::missing_safety_doc)]

use core::cell::UnsafeCell;
use core::mem::ManuallyDrop;
use core::ptr;

use super::list::Node;
use crate::buf::{NetPkt, Pkt};
use crate::iface::NetVerdict;
use crate::os::irq;

/// `npf_test_fn_t`.
type TestFn = unsafe extern "C" fn(*mut Test, *mut NetPkt) -> bool;

/// `struct npf_test`: the head of every test.
#[repr(C)]
#[allow(missing_docs)]
pub struct Test {
    pub r#fn: Option<TestFn>,
}

/// `struct npf_rule`, without its tests, which follow.
#[repr(C)]
#[allow(missing_docs)]
pub struct Rule {
    pub node: Node,
    pub result: NetVerdict,
    pub nb_tests: u32,
    pub tests: [*mut Test; 0],
}

/// `struct npf_rule_list`.
#[repr(C)]
#[allow(missing_docs)]
pub struct RuleList {
    rule_head: Ends,
    lock: u8,
}

/// `sys_slist_t`.
#[repr(C)]
struct Ends {
    head: UnsafeCell<*mut Node>,
    tail: UnsafeCell<*mut Node>,
}

// SAFETY: heads, tails and links are touched under the irq lock only.
unsafe impl Sync for RuleList {}
// SAFETY: as the lists; the default rules have no tests.
unsafe impl Sync for Rule {}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_pkt_filter.h":
    Test = "struct npf_test" { r#fn };
    Rule = "struct npf_rule" { node, result, nb_tests };
    RuleList = "struct npf_rule_list" { rule_head, lock };
    Ends = "sys_slist_t" { head, tail };
}

impl Rule {
    const fn without_tests(result: NetVerdict) -> Self {
        Rule { node: Node::new(), result, nb_tests: 0, tests: [] }
    }
}

/// Decides what no rule before it did: the packet passes.
#[unsafe(no_mangle)]
pub static mut npf_default_ok: Rule = Rule::without_tests(NetVerdict::Ok);
/// Decides what no rule before it did: the packet is dropped.
#[unsafe(no_mangle)]
pub static mut npf_default_drop: Rule = Rule::without_tests(NetVerdict::Drop);

/// Defines the lists.
macro_rules! lists {
    ($($(#[$attr:meta])* $name:ident;)*) => {$(
        $(#[$attr])*
        #[unsafe(no_mangle)]
        pub static $name: RuleList = RuleList::new();
    )*};
}

lists! {
    /// For packets on their way to a driver.
    npf_send_rules;
    /// For packets that come from a driver.
    npf_recv_rules;
    /// For packets to this host.
    #[cfg(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK)]
    npf_local_in_recv_rules;
    /// For received packets of IPv4.
    #[cfg(CONFIG_NET_PKT_FILTER_IPV4_HOOK)]
    npf_ipv4_recv_rules;
    /// For received packets of IPv6.
    #[cfg(CONFIG_NET_PKT_FILTER_IPV6_HOOK)]
    npf_ipv6_recv_rules;
}

impl RuleList {
    const fn new() -> Self {
        RuleList {
            rule_head: Ends {
                head: UnsafeCell::new(ptr::null_mut()),
                tail: UnsafeCell::new(ptr::null_mut()),
            },
            lock: 0,
        }
    }

    /// Whether there are no rules: nothing to ask.
    #[inline]
    fn is_empty(&self) -> bool {
        // SAFETY: an aligned word is read whole; a rule that comes this moment counts from the next
        // packet on.
        unsafe { self.rule_head.head.get().read_volatile().is_null() }
    }

    /// Puts `node` behind the place that `link` is, which is the end when `node` is the last.
    ///
    /// # Safety
    /// Under the irq lock; `node` is valid and in no list, `link` is a link of this one.
    unsafe fn put(&self, link: *mut *mut Node, node: *mut Node) {
        // SAFETY: the caller's promise.
        unsafe {
            (*node).set_next(*link);
            if (*link).is_null() {
                *self.rule_head.tail.get() = node;
            }
            *link = node;
        }
    }

    /// Takes `node` out; false when it is not in the list.
    ///
    /// # Safety
    /// Under the irq lock; nodes of the list are valid.
    unsafe fn take_out(&self, node: *mut Node) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            let (mut link, mut before) = (self.rule_head.head.get(), ptr::null_mut());
            while !(*link).is_null() && *link != node {
                before = *link;
                link = (**link).link();
            }
            if (*link).is_null() {
                return false;
            }
            *link = (*node).next();
            if (*link).is_null() {
                *self.rule_head.tail.get() = before;
            }
            true
        }
    }

    /// What is to become of `pkt`.
    fn passes(&self, pkt: &Pkt) -> bool {
        if self.is_empty() {
            return true;
        }
        // SAFETY: under the irq lock every node reached is a rule in the list. Tests borrow the packet.
        irq::free(|| unsafe {
            let mut at = *self.rule_head.head.get();
            while !at.is_null() {
                let rule = at.cast::<Rule>();
                if fulfils(rule, pkt) {
                    return (*rule).result != NetVerdict::Drop;
                }
                at = (*at).next();
            }
            false
        })
    }
}

/// Whether every test of a rule says yes.
///
/// # Safety
/// `rule` is a rule with as many tests as it says.
unsafe fn fulfils(rule: *mut Rule, pkt: &Pkt) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let tests = (&raw const (*rule).tests).cast::<*mut Test>();
        (0..(*rule).nb_tests as usize).all(|index| {
            let test = *tests.add(index);
            (*test).r#fn.is_some_and(|says_yes| says_yes(test, pkt.as_ptr()))
        })
    }
}

/// Whether a packet may go to its driver.
#[inline]
pub(super) fn may_leave(pkt: &Pkt) -> bool {
    npf_send_rules.passes(pkt)
}

/// Whether a received packet may go up.
#[inline]
pub(super) fn may_enter(pkt: &mut Pkt) -> bool {
    npf_recv_rules.passes(pkt) && ip::passes(pkt)
}

/// # Safety
/// `pkt` is null or a packet of the caller's.
unsafe fn asked(pkt: *mut NetPkt, rules: &RuleList) -> bool {
    // SAFETY: the caller's promise; the reference stays the caller's.
    pkt.is_null() || rules.passes(&ManuallyDrop::new(unsafe { Pkt::from_raw(pkt) }))
}

/// Whether a packet may go to its driver.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_filter_send_ok(pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's packet.
    unsafe { asked(pkt, &npf_send_rules) }
}

/// Whether a packet may come from its driver.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_filter_recv_ok(pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's packet.
    unsafe { asked(pkt, &npf_recv_rules) }
}

/// Whether a received packet, its IP header first and its family set, may go on.
#[cfg(any(CONFIG_NET_PKT_FILTER_IPV4_HOOK, CONFIG_NET_PKT_FILTER_IPV6_HOOK))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_filter_ip_recv_ok(pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's packet.
    unsafe {
        match pkt.as_ref().map(|pkt| u16::from(pkt.family)) {
            #[cfg(CONFIG_NET_PKT_FILTER_IPV4_HOOK)]
            Some(crate::iface::AF_INET) => asked(pkt, &npf_ipv4_recv_rules),
            #[cfg(CONFIG_NET_PKT_FILTER_IPV6_HOOK)]
            Some(crate::iface::AF_INET6) => asked(pkt, &npf_ipv6_recv_rules),
            _ => true,
        }
    }
}

/// Whether a received packet to this host may go on.
#[cfg(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_filter_local_in_recv_ok(pkt: *mut NetPkt) -> bool {
    // SAFETY: the caller's packet.
    unsafe { asked(pkt, &npf_local_in_recv_rules) }
}

/// Puts a rule before all others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn npf_insert_rule(rules: *mut RuleList, rule: *mut Rule) {
    // SAFETY: a list, and a rule that is in none; the caller keeps it until it takes it out.
    if let (Some(list), false) = (unsafe { rules.as_ref() }, rule.is_null()) {
        // SAFETY: as above.
        irq::free(|| unsafe { list.put(list.rule_head.head.get(), rule.cast()) });
    }
}

/// Puts a rule behind all others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn npf_append_rule(rules: *mut RuleList, rule: *mut Rule) {
    // SAFETY: a list, and a rule that is in none; the caller keeps it until it takes it out.
    if let (Some(list), false) = (unsafe { rules.as_ref() }, rule.is_null()) {
        // SAFETY: as above; the last node is valid.
        irq::free(|| unsafe {
            let last = *list.rule_head.tail.get();
            let link = if last.is_null() { list.rule_head.head.get() } else { (*last).link() };
            list.put(link, rule.cast());
        });
    }
}

/// Takes a rule out; false when it is not in the list.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn npf_remove_rule(rules: *mut RuleList, rule: *mut Rule) -> bool {
    // SAFETY: a list, or null; the rule is compared before it is read.
    unsafe { rules.as_ref() }
        .is_some_and(|list| irq::free(|| unsafe { list.take_out(rule.cast()) }))
}

/// Takes all rules out; false when there were none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn npf_remove_all_rules(rules: *mut RuleList) -> bool {
    // SAFETY: a list, or null.
    let Some(list) = (unsafe { rules.as_ref() }) else { return false };
    // SAFETY: under the irq lock.
    irq::free(|| unsafe {
        *list.rule_head.tail.get() = ptr::null_mut();
        !list.rule_head.head.get().replace(ptr::null_mut()).is_null()
    })
}

/// The lists that look behind the link header.
mod ip {
    use super::*;
    use crate::iface::{IfRef, L2Kind};
    use crate::wire::ethernet::{HEADER_LEN, Header, ethertype};

    const ANY: bool = cfg!(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK)
        || cfg!(CONFIG_NET_PKT_FILTER_IPV4_HOOK)
        || cfg!(CONFIG_NET_PKT_FILTER_IPV6_HOOK);

    /// Shows the packet without its link header to the lists of its protocol. What is no IP packet, or
    /// too short to tell, passes: the stack itself drops what is broken.
    #[inline]
    pub(super) fn passes(pkt: &mut Pkt) -> bool {
        if !ANY {
            return true;
        }
        let Some(iface) = IfRef::of(pkt) else { return true };
        if iface.l2_kind() != L2Kind::Ethernet {
            return decide(iface, pkt);
        }
        // One byte more than the header, so that the first fragment outlives its removal.
        if !pkt.pull_up(HEADER_LEN + 1) {
            return true;
        }
        let Some(header) = pkt.head().first_chunk::<HEADER_LEN>().copied() else { return true };
        let (_, _, kind) = Header::fields(&header);
        if kind != ethertype::IPV4 && kind != ethertype::IPV6 {
            return true;
        }
        pkt.pull(HEADER_LEN);
        let passes = decide(iface, pkt);
        if let Some(room) = pkt.push(HEADER_LEN).and_then(|b| b.first_chunk_mut()) {
            *room = header;
        }
        passes
    }

    fn decide(iface: IfRef, pkt: &mut Pkt) -> bool {
        let family = pkt.family();
        let passes = match pkt.head().first().map(|byte| byte >> 4) {
            Some(4) => {
                pkt.set_family(crate::iface::AF_INET as u8);
                version_4(pkt) && local_in(iface, pkt)
            }
            Some(6) => {
                pkt.set_family(crate::iface::AF_INET6 as u8);
                version_6(pkt) && local_in(iface, pkt)
            }
            _ => true,
        };
        pkt.set_family(family);
        passes
    }

    fn version_4(pkt: &Pkt) -> bool {
        #[cfg(CONFIG_NET_PKT_FILTER_IPV4_HOOK)]
        return npf_ipv4_recv_rules.passes(pkt);
        #[cfg(not(CONFIG_NET_PKT_FILTER_IPV4_HOOK))]
        {
            let _ = pkt;
            true
        }
    }

    fn version_6(pkt: &Pkt) -> bool {
        #[cfg(CONFIG_NET_PKT_FILTER_IPV6_HOOK)]
        return npf_ipv6_recv_rules.passes(pkt);
        #[cfg(not(CONFIG_NET_PKT_FILTER_IPV6_HOOK))]
        {
            let _ = pkt;
            true
        }
    }

    #[cfg(not(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK))]
    fn local_in(_: IfRef, _: &Pkt) -> bool {
        true
    }

    /// Asks the list for packets to this host when it is to this host: to one of its addresses, or to
    /// several hosts of which it may be one.
    #[cfg(CONFIG_NET_PKT_FILTER_LOCAL_IN_HOOK)]
    fn local_in(iface: IfRef, pkt: &Pkt) -> bool {
        if npf_local_in_recv_rules.is_empty() {
            return true;
        }
        let ours = super::super::instance::of(iface).core.with(|stack, _| {
            #[cfg(CONFIG_NET_IPV4)]
            if pkt.family() == crate::iface::AF_INET as u8 {
                let mut dst = [0; 4];
                pkt.copy_out(16, &mut dst);
                let dst = core::net::Ipv4Addr::from(dst);
                return dst.is_multicast()
                    || dst.is_broadcast()
                    || iface.is_ipv4_broadcast(dst)
                    || stack.ifaces.owner_of_ipv4(dst).is_some();
            }
            #[cfg(CONFIG_NET_IPV6)]
            if pkt.family() == crate::iface::AF_INET6 as u8 {
                let mut dst = [0; 16];
                pkt.copy_out(24, &mut dst);
                let dst = core::net::Ipv6Addr::from(dst);
                return dst.is_multicast() || stack.ifaces.owner_of_ipv6(dst).is_some();
            }
            let _ = stack;
            true
        });
        !ours || npf_local_in_recv_rules.passes(pkt)
    }
}
