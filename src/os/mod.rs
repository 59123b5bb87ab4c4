// SPDX-License-Identifier: Apache-2.0
//! The port: what an operating system owes the stack, and what the stack builds on it.
//!
//! # What a port owes
//!
//! A port is one module (`posix`, `sim`, `external`: C functions, such as those in `freertos/`) with these items; everything else in this folder is written
//! once on top of them. Copy this list to begin a new one.
//!
//! | item | meaning |
//! | --- | --- |
//! | `irq_lock() -> u32`, `irq_unlock(u32)` | Keep interrupts and every other thread away from short sections. Nests in last-in-first-out order: the key tells the inner from the outer. Callable from interrupts. |
//! | `irq_held() -> bool` | Does the caller hold it? Debug checks only. |
//! | `in_isr() -> bool`, `set_isr(bool) -> bool` | Is this interrupt context? The setter (which returns the old value) lets a service thread play interrupt for timer callbacks. |
//! | `ThreadData` | What the port keeps in each [`Thread`]; `ThreadData::new()` is its constant initial value, valid in static storage. |
//! | `current() -> &'static Thread` | The calling thread. A thread the port did not start gets its block on first use. |
//! | `start(&'static Thread, &StartInfo) -> Result<()>` | Make a host thread that calls `thread::run`. |
//! | `park(Option<Instant>)` | Sleep until [`unpark`](thread) or the deadline. May return early; a wake-up that came before is not lost. |
//! | `unpark(&Thread)` | End the thread's `park`, now or next time. Called under the irq lock; ISR safe. |
//! | `kill`, `suspend`, `resume` `(&Thread)` | Called under the irq lock. `kill`: the thread never returns from its next `park`, and its block may be used anew. |
//! | `last_look(&Thread)` | Called under the irq lock by a thread about to be over: the last time that the port sees its block; false when that is another thread's by now. |
//! | `reap(&Thread)` | Called under the irq lock for a thread known to be over, once or more: its stack may be used for something else from now on. |
//! | `checkpoint(&Thread)` | Called where a thread holds nothing: stop here if killed or suspended. Empty where the system stops threads anywhere. |
//! | `set_priority(&Thread)` | The thread's priority changed: tell the scheduler. |
//! | `stack_unused(&Thread) -> Option<usize>` | Bytes of the thread's stack that were never used, if that is known. |
//! | `yield_now()` | Let threads of the same priority run. |
//! | `sched_lock()`, `sched_unlock()` | Nested; while locked, no other thread preempts the caller. |
//! | `finish() -> !` | End the calling thread, which others may have forgotten already. |
//! | `RawMutex` | `new()`, `lock()`, `try_lock()`, `unsafe unlock()`: priority inheriting, not recursive. `pi_mutex::RawMutex` serves where the system has nothing better. |
//! | `now() -> Instant`, `busy_wait(Duration)` | Monotonic time since start-up. |
//! | `entropy(&mut [u8]) -> Result<()>` | Random bytes fit for keys (a simulator: reproducible ones). |
//! | `console(&[u8])` | Write to where messages go. |
//! | `misuse(&CStr) -> !` | End the program: an interrupt has done what is said, which only threads may. |
//! | `restart() -> !` | Start the machine anew; end a process. |
//! | `exit(i32) -> !` | Leave the process, or halt the machine. |

#[cfg(CONFIG_ARCH_POSIX)]
#[cfg_attr(all(test, loom), allow(dead_code))]
mod host;
#[cfg(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM), not(all(test, loom))))]
#[path = "posix/mod.rs"]
mod port;
#[cfg(all(test, loom))]
#[path = "model/mod.rs"]
pub(crate) mod port;
#[cfg(CONFIG_ZNET_PORT_SIM)]
#[path = "sim/mod.rs"]
mod port;
#[cfg(any(CONFIG_ZNET_PORT_EXTERNAL, CONFIG_ZNET_PORT_FREERTOS))]
#[path = "external.rs"]
mod port;

#[cfg(any(test, not(target_has_atomic = "ptr")))]
pub mod atomic;
#[cfg(all(test, not(loom)))]
mod contract_tests;
pub mod irq;
#[cfg(all(test, loom))]
mod models;
mod mutex;
pub mod order;
#[cfg_attr(CONFIG_ZNET_PORT_POSIX, allow(dead_code))]
mod pi_mutex;
mod sem;
#[cfg_attr(all(test, loom), allow(dead_code))]
pub mod thread;
pub mod timeout;
mod wait;

/// Atomic values of what is modelled (`model`): Rust's own, but for models.
pub(crate) mod sync {
    #[cfg(all(test, loom))]
    pub use super::port::watched::*;
    #[cfg(not(all(test, loom)))]
    pub use core::sync::atomic::*;
}

use core::sync::atomic::{Ordering, compiler_fence};

#[cfg(all(CONFIG_ARCH_POSIX, target_arch = "x86_64"))]
pub use host::lanes;
pub use irq::IrqCell;
pub use mutex::{Mutex, MutexGuard};
pub use order::LockClass;
pub use sem::Semaphore;
pub use thread::Thread;
pub use wait::{Node, WaitQ, WaitSet, Waiter};

#[cfg(CONFIG_ARCH_POSIX)]
pub use port::set_seed;

/// Monotonic time since start-up.
pub mod clock {
    use crate::base::{Duration, Instant};

    /// The present moment.
    #[inline]
    pub fn now() -> Instant {
        super::port::now()
    }

    /// As long as it lives, the time that the calling thread read last may serve it again, a few times.
    #[cfg(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM)))]
    pub use super::port::Hold;

    /// The same where the clock costs little: nothing.
    #[cfg(not(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM))))]
    pub struct Hold;

    #[cfg(not(all(CONFIG_ZNET_PORT_POSIX, not(CONFIG_ZNET_PORT_SIM))))]
    impl Hold {
        /// Nothing.
        #[inline(always)]
        pub fn begin() -> Hold {
            Hold
        }
    }

    /// Holds the processor for `span` without giving it up.
    pub fn busy_wait(span: Duration) {
        super::port::busy_wait(span);
    }
}

/// How a pointer or a count is read that another thread may have stored: what was written before it is
/// seen with it. Ports to microcontrollers have one processor, which sees what it wrote in order; there the
/// compiler alone has to be held back ([`after_load`]).
pub const ACQUIRE: Ordering = match ONE_PROCESSOR {
    true => Ordering::Relaxed,
    false => Ordering::Acquire,
};

const ONE_PROCESSOR: bool = cfg!(any(CONFIG_ZNET_PORT_FREERTOS, CONFIG_ZNET_PORT_EXTERNAL));

/// Follows a load that is [`ACQUIRE`].
#[inline(always)]
pub fn after_load() {
    if ONE_PROCESSOR {
        compiler_fence(Ordering::Acquire);
    }
}

/// Random bytes.
pub mod entropy {
    /// Fills `bytes` from the system's source; `Io` when it fails.
    pub fn fill(bytes: &mut [u8]) -> crate::base::Result<()> {
        super::port::entropy(bytes)
    }
}

/// Ends the program for a mistake in it: `what` is said where messages go. On hosts that is a panic, so that
/// tests see it; elsewhere it is none, so that no panic stands on a packet's way.
#[cold]
#[inline(never)]
pub fn fatal(what: &'static str) -> ! {
    #[cfg(CONFIG_ARCH_POSIX)]
    {
        panic!("{what}")
    }
    #[cfg(not(CONFIG_ARCH_POSIX))]
    {
        if cfg!(CONFIG_PRINTK) {
            for part in ["znet: ", what, "\n"] {
                console::write(part.as_bytes());
            }
        }
        exit(1)
    }
}

/// The place where messages go.
pub mod console {
    /// Writes `bytes` as they are.
    pub fn write(bytes: &[u8]) {
        super::port::console(bytes);
    }
}

/// Leaves the process with `code`; on a machine without processes, halts it.
pub fn exit(code: i32) -> ! {
    port::exit(code)
}

/// Starts the machine anew; a process ends.
pub fn restart() -> ! {
    port::restart()
}
