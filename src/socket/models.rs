// SPDX-License-Identifier: Apache-2.0
//! A blocking call and what it waits for, through the core lock and the effects that follow it, in every order
//! of events.

use super::context::wait_until;
use std::boxed::Box;
use std::cell::Cell;
use std::thread_local;

use crate::base::{Error, Instant, Result};
use crate::buf::{FIRST_POOLS, Home, Pkt};
use crate::iface::IfRef;
use crate::os::port::{every_order, once, spawn};
use crate::os::sync::{AtomicU32, Ordering::*};
use crate::stack::{Call, Core, Env, Event, Platform, Shared};
use crate::transport::ContextId;

struct Nowhere;

impl Env for Nowhere {
    fn now(&self) -> Instant {
        crate::os::clock::now()
    }

    fn random(&self, out: &mut [u8]) -> Result<()> {
        out.fill(4);
        Ok(())
    }
}

impl Platform for Nowhere {
    fn transmit(&self, _iface: IfRef, _pkt: Pkt) -> Result<()> {
        Err(Error::NetDown)
    }
    fn call(&self, _call: Call, _pkt: Pkt) {}
    fn event(&self, _event: Event) {}
    fn deadline(&self, _at: Instant) {}
}

thread_local! {
    /// Each test has a thread of the host's, on which loom's run.
    static CORE: &'static Core = Box::leak(Box::new(Core::new(
        Shared::new(Home::first()),
        &FIRST_POOLS,
        &Nowhere,
    )));
    static ID: Cell<Option<ContextId>> = const { Cell::new(None) };
}

fn core() -> &'static Core {
    CORE.with(|core| *core)
}

/// What is waited for. The core lock alone orders it.
static ARRIVED: AtomicU32 = AtomicU32::new(0);

/// Two calls wait on one socket for one thing each; who brings it knows of one at a time. `more` effects are
/// left with each.
fn nobody_oversleeps(more: bool) {
    // Once, since each order has to begin with the same stack.
    once(|| {
        ID.set(core().with(|stack, _| stack.udp_open()).ok());
    });
    every_order(2, move || {
        let id = ID.get().expect("opened above");
        let callers = [1, 2].map(|wanted| {
            spawn(move || {
                let mut look = |_: &mut _| Ok(ARRIVED.load(Relaxed) >= wanted);
                wait_until(core(), id, false, &mut look)
            })
        });
        for arrived in [1, 2] {
            core().with(|stack, _| {
                ARRIVED.store(arrived, Relaxed);
                stack.effects.wake(id.index());
                if more {
                    stack.effects.wake(id.index() + 1);
                    stack.effects.wake(id.index() + 2);
                }
            });
        }
        for caller in callers {
            caller.join().expect("no panic").expect("it came");
        }
        ARRIVED.store(0, Relaxed);
    });
}

#[test]
fn who_waits_for_a_socket_hears_of_the_only_effect() {
    nobody_oversleeps(false);
}

#[test]
fn who_waits_for_a_socket_hears_of_one_effect_among_others() {
    nobody_oversleeps(true);
}
