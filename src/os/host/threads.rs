// SPDX-License-Identifier: Apache-2.0
//! Host threads and their binding to thread blocks.
//!
//! A block (`Thread`) may be ended and used anew while the host thread that ran it still sleeps
//! somewhere; so what a host thread sleeps on is its own `Host`, which is never freed (those of
//! threads that ended well are used again).

use core::cell::Cell;
use core::ptr::null;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering::*};
use std::boxed::Box;
use std::string::String;
use std::sync::Mutex;
use std::thread_local;
use std::vec::Vec;

use super::super::port::{self, HostData};
use super::super::thread::{self, StartInfo, Thread};
use super::futex::Parker;
use crate::base::{Error, Result};

/// Hosts ignore the stack an application supplies: the host's C library wants far more.
const STACK_SIZE: usize = 1 << 20;

/// One host thread.
pub struct Host {
    pub parker: Parker,
    /// The block it runs.
    thread: AtomicPtr<Thread>,
    /// The block of a host thread that the port did not start.
    foreign: Thread,
    /// The block was taken away; stop at the next occasion.
    pub dead: AtomicBool,
    pub suspended: AtomicBool,
    /// What the port keeps with it.
    #[cfg_attr(not(CONFIG_ZNET_PORT_SIM), allow(dead_code))]
    pub data: HostData,
}

thread_local! {
    static CURRENT: Cell<*const Thread> = const { Cell::new(null()) };
    static HOST: Cell<*const Host> = const { Cell::new(null()) };
    static IN_ISR: Cell<bool> = const { Cell::new(false) };
    static AT_EXIT: AtExit = const { AtExit };
}

static IDLE: Mutex<Vec<&'static Host>> = Mutex::new(Vec::new());

/// Runs when a thread that the port did not start ends.
struct AtExit;

impl Drop for AtExit {
    fn drop(&mut self) {
        if let (Some(host), false) = (host_if_any(), EXITING.load(Acquire)) {
            host.foreign.port.forget();
            detach(host);
        }
    }
}

/// The end of the calling thread is that of the process: it makes way for no other.
pub fn no_more_leaving() {
    EXITING.store(true, Release);
}

static EXITING: AtomicBool = AtomicBool::new(false);

/// What a block keeps: the host thread that runs it.
#[repr(transparent)]
pub struct ThreadData(AtomicPtr<Host>);

impl ThreadData {
    pub const fn new() -> ThreadData {
        ThreadData(AtomicPtr::new(core::ptr::null_mut()))
    }

    /// The host thread, if the block has one.
    #[inline]
    pub fn host(&self) -> Option<&'static Host> {
        // SAFETY: only leaked hosts are stored.
        unsafe { self.0.load(Acquire).as_ref() }
    }

    /// Parts block and host thread.
    pub fn forget(&self) {
        self.0.store(core::ptr::null_mut(), Release);
    }
}

impl Host {
    /// The block it runs, which the scheduler asks for its priority.
    #[cfg_attr(not(CONFIG_ZNET_PORT_SIM), allow(dead_code))]
    #[inline]
    pub fn thread(&self) -> &'static Thread {
        // SAFETY: set before the host thread runs, to a block that is static or leaked.
        unsafe { &*self.thread.load(Relaxed) }
    }

    fn take() -> &'static Host {
        let idle = IDLE.lock().unwrap_or_else(|e| e.into_inner()).pop();
        idle.unwrap_or_else(|| {
            Box::leak(Box::new(Host {
                parker: Parker::new(),
                thread: AtomicPtr::new(core::ptr::null_mut()),
                foreign: Thread::foreign(),
                dead: AtomicBool::new(false),
                suspended: AtomicBool::new(false),
                data: HostData::new(),
            }))
        })
    }

    fn bind(&'static self, thread: &'static Thread) {
        self.suspended.store(false, Relaxed);
        self.thread.store(core::ptr::from_ref(thread).cast_mut(), Relaxed);
        thread.port.0.store(core::ptr::from_ref(self).cast_mut(), Release);
    }

    /// Stops the calling thread, this host's, for ever.
    pub fn stop(&self) -> ! {
        loop {
            self.parker.park(None);
        }
    }
}

/// The calling thread's block, made on first use for a thread we did not start.
#[inline]
pub fn current() -> &'static Thread {
    // SAFETY: null, or a block that is static or leaked.
    match unsafe { CURRENT.get().as_ref() } {
        Some(thread) => thread,
        None => attach(),
    }
}

/// The calling host thread.
#[inline]
pub fn host() -> &'static Host {
    match host_if_any() {
        Some(host) => host,
        None => {
            attach();
            host()
        }
    }
}

/// The calling host thread, if it is known.
#[inline]
pub fn host_if_any() -> Option<&'static Host> {
    // SAFETY: null or leaked.
    unsafe { HOST.get().as_ref() }
}

#[inline]
pub fn in_isr() -> bool {
    IN_ISR.get()
}

pub fn set_isr(on: bool) -> bool {
    IN_ISR.replace(on)
}

#[cold]
fn attach() -> &'static Thread {
    let host = Host::take();
    let thread = &host.foreign;
    host.bind(thread);
    CURRENT.set(thread);
    HOST.set(host);
    // Registers the destructor; a thread in its last breath has none left, and stays attached.
    let _ = AT_EXIT.try_with(|_| ());
    port::attached(host, true);
    thread
}

/// The calling thread comes to its end. Its block may be somebody else's by now.
fn detach(host: &'static Host) {
    port::detached(host);
    CURRENT.set(null());
    HOST.set(null());
    IDLE.lock().unwrap_or_else(|e| e.into_inner()).push(host);
}

/// Starts a host thread for `thread`.
pub fn start(thread: &'static Thread, info: &StartInfo) -> Result<()> {
    let mut builder = std::thread::Builder::new().stack_size(STACK_SIZE);
    if !info.name.is_null() {
        // SAFETY: `StartInfo::name` is null or zero terminated.
        let name = unsafe { core::ffi::CStr::from_ptr(info.name.cast()) };
        // The host shows 15 bytes of it.
        builder = builder.name(String::from_utf8_lossy(name.to_bytes()).chars().take(15).collect());
    }
    let host = Host::take();
    host.bind(thread);
    port::starting(host);
    let body = move || {
        let _abort = AbortOnPanic;
        CURRENT.set(thread);
        HOST.set(host);
        port::attached(host, false);
        if !host.dead.load(Acquire) {
            thread::run(thread);
        }
        if host.dead.load(Acquire) {
            finish();
        }
        detach(host);
    };
    builder.spawn(body).map(drop).map_err(|_| Error::NoMem)
}

/// Parts a thread from its block, which whoever waits for its end may then use for something else. False when
/// the block is not the calling thread's any more.
pub fn last_look(thread: &Thread) -> bool {
    let own = core::ptr::eq(thread.port.0.load(Acquire), HOST.get());
    if own {
        thread.port.forget();
    }
    own
}

/// Nothing to do: the stack is the host's.
pub fn reap(_thread: &Thread) {}

/// Unknown: the stack is the host's.
pub fn stack_unused(_thread: &Thread) -> Option<usize> {
    None
}

/// A panic in a thread of ours ends the process, whatever the profile says: who waits for the
/// thread would wait for ever.
struct AbortOnPanic;

impl Drop for AbortOnPanic {
    fn drop(&mut self) {
        if std::thread::panicking() {
            std::process::abort();
        }
    }
}

/// Stops the calling thread for ever: its block is gone, its stack must not be unwound (C frames).
pub fn finish() -> ! {
    let host = host();
    port::detached(host);
    host.stop()
}
