// SPDX-License-Identifier: Apache-2.0
//! One stack behind its lock, with the queues its callers sleep on.
//!
//! Called by: `socket`, `capi`, the simulator. Calls: [`Stack`] under the lock, [`Platform`] after it.

use super::effects::{Effects, One, PktEffect};
use super::platform::{Env, Platform};
use super::{CONTEXTS, Stack};
use crate::buf::{Home, Pkt, Pools};
use crate::iface::IfRef;
use crate::os;

/// A stack behind its lock, and who waits for it.
pub struct Shared {
    stack: os::Mutex<Stack>,
    waits: [os::WaitQ; CONTEXTS],
}

impl Shared {
    /// A stack that takes its packets from `pools`.
    pub const fn new(pools: Home) -> Self {
        Shared {
            stack: os::Mutex::with_class(os::LockClass::Core, Stack::new(pools)),
            waits: [const { os::WaitQ::new() }; CONTEXTS],
        }
    }
}

/// Where a core keeps it. Where little flash counts apart from all that is not zero at the start.
#[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
pub type Place = Shared;
/// Where a core keeps it. Where little flash counts apart from all that is not zero at the start.
#[cfg(CONFIG_ZNET_PROFILE_TINY)]
pub type Place = &'static Shared;

/// A stack, its lock, and whom to ask for everything outside.
///
/// The guard is never held while foreign code runs: [`with`](Self::with) is the only way in, and
/// it carries out the effects after unlock, on the caller's thread.
pub struct Core {
    shared: Place,
    pools: &'static Pools,
    platform: &'static dyn Platform,
}

impl Core {
    /// A stack that takes its packets from `pools` and whose effects `platform` carries out.
    pub const fn new(
        shared: Place,
        pools: &'static Pools,
        platform: &'static dyn Platform,
    ) -> Self {
        Core { shared, pools, platform }
    }

    /// The same for those who make stacks as they go: `keep` has one live for ever, should there be need.
    pub fn with_new(
        pools: &'static Pools,
        platform: &'static dyn Platform,
        keep: fn(Shared) -> &'static Shared,
    ) -> Self {
        let shared = Shared::new(Home::new(pools));
        #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
        let _ = keep;
        #[cfg(CONFIG_ZNET_PROFILE_TINY)]
        let shared = keep(shared);
        Core { shared, pools, platform }
    }

    /// Runs `f` on the locked stack, then, unlocked, what it left to be done.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut Stack, &dyn Env) -> R) -> R {
        self.run::<false, R>(f)
    }

    /// The same for the few calls that every packet makes: the one effect they leave as a rule is
    /// carried out in place, which costs code where it is used and saves a call.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn with_packet<R>(&self, f: impl FnOnce(&mut Stack, &dyn Env) -> R) -> R {
        self.run::<true, R>(f)
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn run<const HERE: bool, R>(&self, f: impl FnOnce(&mut Stack, &dyn Env) -> R) -> R {
        let env: &dyn Env = self.platform;
        let mut stack = self.shared.stack.lock();
        let result = f(&mut stack, env);
        if cfg!(CONFIG_ZNET_PROFILE_TINY) {
            self.leave(stack);
            return result;
        }
        if stack.has_local() {
            stack.deliver_local(env);
        }
        if !stack.effects.is_empty() {
            match stack.effects.take_only() {
                Some(only) => {
                    drop(stack);
                    if HERE {
                        self.carry_out(only);
                    } else {
                        self.carry_out_apart(only);
                    }
                }
                None => self.leave_much(stack),
            }
        }
        result
    }

    /// Leaves with more than one effect: a sleeper and an answer as a rule.
    #[inline(never)]
    fn leave_much(&self, mut stack: os::MutexGuard<'_, Stack>) {
        let Some((first, second)) = stack.effects.take_pair() else { return self.leave_all(stack) };
        drop(stack);
        match first {
            One::Wake(index) => self.wake(index),
            One::Packet(pkt) => self.act_apart(pkt),
        }
        self.carry_out(second);
    }

    /// Leaves with whatever effects there are.
    #[cold]
    #[inline(never)]
    fn leave_all(&self, mut stack: os::MutexGuard<'_, Stack>) {
        let effects = stack.effects.take();
        drop(stack);
        self.settle(effects);
    }

    /// What follows on every locked section, in one place.
    #[inline(never)]
    fn leave(&self, mut stack: os::MutexGuard<'_, Stack>) {
        if stack.has_local() {
            stack.deliver_local(self.platform);
        }
        if !stack.effects.is_empty() {
            let effects = stack.effects.take();
            drop(stack);
            self.settle(effects);
        }
    }

    /// The queue on which callers wait for context `index`.
    pub fn wait_queue(&self, index: usize) -> Option<&os::WaitQ> {
        self.shared.waits.get(index)
    }

    /// Where the packets of this stack come from.
    pub const fn pools(&self) -> &'static Pools {
        self.pools
    }

    /// Time, randomness and effects of this stack.
    pub fn platform(&self) -> &'static dyn Platform {
        self.platform
    }

    #[inline]
    fn carry_out_apart(&self, effect: One) {
        match effect {
            One::Wake(index) => self.wake_apart(index),
            One::Packet(pkt) => self.act_apart(pkt),
        }
    }

    #[inline(never)]
    fn wake_apart(&self, index: u16) {
        self.wake(index);
    }

    #[inline(never)]
    fn act_apart(&self, pkt: Pkt) {
        self.act(pkt);
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn carry_out(&self, effect: One) {
        match effect {
            One::Wake(index) => self.wake(index),
            One::Packet(pkt) => self.act(pkt),
        }
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn wake(&self, index: u16) {
        if let Some(queue) = self.shared.waits.get(index as usize) {
            // Whoever waits joined the queue before its look at the stack. Had it looked before our
            // turn with the lock, the joining would be visible now; looking later it finds
            // what we left. So a glance at the queue is enough.
            if queue.may_have_waiters() {
                queue.wake_all();
            }
        }
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn act(&self, pkt: Pkt) {
        if !cfg!(CONFIG_ZNET_PROFILE_TINY) && PktEffect::is_transmit(&pkt) {
            self.transmit(pkt);
        } else if PktEffect::is_transmit_now(&pkt) {
            self.transmit_now(pkt);
        } else {
            self.act_by_tag(pkt);
        }
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(never))]
    fn act_by_tag(&self, pkt: Pkt) {
        match PktEffect::of(pkt) {
            PktEffect::Transmit(pkt) => self.transmit(pkt),
            PktEffect::TransmitNow(pkt) => self.transmit_now(pkt),
            PktEffect::Call(call, pkt) => self.platform.call(call, pkt),
            PktEffect::Free(pkt) => drop(pkt),
        }
    }

    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    fn settle(&self, mut effects: Effects) {
        if let Some(first) = effects.take_first() {
            self.carry_out_apart(first);
        }
        match effects.wakes() {
            Some(wakes) => wakes.iter().for_each(|&index| self.wake(index)),
            None => self.shared.waits.iter().for_each(os::WaitQ::wake_all),
        }
        while let Some(pkt) = effects.pop() {
            self.act(pkt);
        }
        for &event in effects.events() {
            self.platform.event(event);
        }
        if effects.events_lost() != 0 {
            self.shared.stack.lock().count_lost_events(effects.events_lost());
        }
        if super::TIMERS
            && let Some(at) = effects.next_deadline()
        {
            self.platform.deadline(at);
        }
    }

    #[inline(never)]
    fn transmit_now(&self, pkt: Pkt) {
        let _hold = os::clock::Hold::begin();
        self.transmit(pkt);
    }

    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    fn transmit(&self, pkt: Pkt) {
        let Some(iface) = IfRef::of(&pkt) else { return };
        let sent = self.platform.transmit(iface, pkt);
        // Where nobody counts and nobody hears, there is nothing to be done.
        let noted = cfg!(CONFIG_ZNET_DROP_REASONS) || super::platform::HEARD;
        if noted && sent.is_err() {
            // Not the lock alone: what this leaves must not wait for somebody else's effects.
            self.with(|stack, _| stack.transmit_failed(iface));
        }
    }
}
