// SPDX-License-Identifier: Apache-2.0
//! The start of the system: levels, threads, main.

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, Ordering::*};

use crate::base::Duration;
use crate::config;
use crate::os::clock;
use crate::os::thread::{self, Stack};

use super::device::{Device, InitEntry, run_level, set_list};
use super::thread::{
    K_ESSENTIAL, KThread, StaticThread, k_thread_create, make_inessential, start_static,
};
use super::time::Timeout;
use super::timeout;
use super::work::start_system_queue;

/// First element and the one behind the last; both null for a list that does not exist.
#[repr(C)]
#[derive(Debug)]
pub struct Section<T> {
    /// See above.
    pub start: *mut T,
    /// See above.
    pub end: *mut T,
}

/// `struct znet_sections`: where a program's lists are.
#[repr(C)]
#[allow(missing_docs)]
pub struct Sections {
    /// Where each level begins, and where the last ends.
    pub init_levels: [*const InitEntry; LEVELS + 1],
    pub devices: Section<Device>,
    pub threads: Section<StaticThread>,
    pub net_ifs: Section<c_void>,
    pub net_if_devs: Section<c_void>,
    pub net_l2s: Section<c_void>,
    pub net_buf_pools: Section<c_void>,
    pub net_mgmt_handlers: Section<c_void>,
    pub net_sockets: Section<c_void>,
    pub net_socket_services: Section<c_void>,
    pub main: Option<extern "C" fn() -> c_int>,
    pub first_sleep: Option<extern "C" fn()>,
}

const LEVELS: usize = 6;
/// Pause between two looks at whether main waits.
const LOOK: Duration = Duration::from_millis(1);
/// Level from which on the kernel's services can be used.
const POST_KERNEL: usize = 3;

impl<T> Section<T> {
    /// The elements.
    ///
    /// # Safety
    /// Both ends are of one array that lives for ever, or null.
    pub unsafe fn as_slice(&self) -> &'static [T] {
        if self.start.is_null() {
            return &[];
        }
        // SAFETY: the caller's promise.
        unsafe {
            let count = self.end.offset_from(self.start);
            core::slice::from_raw_parts(self.start, usize::try_from(count).unwrap_or(0))
        }
    }
}

struct Main(UnsafeCell<KThread>);

// SAFETY: written by `znet_boot`, which runs once.
unsafe impl Sync for Main {}

static MAIN: Main = Main(UnsafeCell::new(KThread::new()));
/// The tests of ztest run on the main thread.
const STACK_SIZE: usize = larger(config::MAIN_STACK_SIZE, config::ZTEST_STACK_SIZE);
static STACK: Stack<STACK_SIZE> = Stack::new();
static PRE_KERNEL: AtomicBool = AtomicBool::new(true);

const fn larger(a: usize, b: usize) -> usize {
    if a < b { b } else { a }
}

/// Has the start-up not come to `POST_KERNEL`?
#[unsafe(no_mangle)]
pub extern "C" fn k_is_pre_kernel() -> bool {
    PRE_KERNEL.load(Acquire)
}

extern "C" fn run(sections: *mut c_void, _p2: *mut c_void, _p3: *mut c_void) {
    // SAFETY: the argument of `znet_boot`, whose caller never goes on.
    let sections = unsafe { &*sections.cast::<Sections>() };
    // SAFETY: the bounds of the program's lists.
    unsafe {
        set_list(sections.devices.as_slice());
        let pools = &sections.net_buf_pools;
        crate::buf::set_pool_section(pools.start.cast(), pools.end.cast());
        for (level, bounds) in sections.init_levels.windows(2).enumerate() {
            if level == POST_KERNEL {
                PRE_KERNEL.store(false, Release);
                start_system_queue();
            }
            let section = Section { start: bounds[0].cast_mut(), end: bounds[1].cast_mut() };
            run_level(section.as_slice());
        }
        start_static(sections.threads.as_slice());
    }
    if let Some(main) = sections.main {
        // As in Zephyr, what main returns is nobody's business.
        let _ = main();
    }
    make_inessential();
}

/// Starts the system and keeps the calling thread.
///
/// # Safety
/// The bounds are those of the program's lists. Called once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_boot(sections: &'static Sections) -> ! {
    timeout::start_service();
    let (stack, size) = STACK.as_raw();
    let argument = core::ptr::from_ref(sections).cast_mut().cast();
    let thread = MAIN.0.get();
    let priority = config::MAIN_THREAD_PRIORITY as c_int;
    // SAFETY: block and stack are static and used for this alone.
    unsafe {
        k_thread_create(
            thread,
            stack.cast(),
            size,
            run,
            argument,
            null_mut(),
            null_mut(),
            priority,
            K_ESSENTIAL,
            Timeout::FOREVER,
        );
        let thread: &'static KThread = &*thread;
        thread.set_name(c"main".as_ptr().cast());
        thread.launch();
    }
    if let Some(first_sleep) = sections.first_sleep {
        // SAFETY: the block lives for ever, and is shared from here on.
        let main = unsafe { &*thread }.base();
        while main.is_alive() && !main.is_waiting() {
            thread::sleep_until(Some(clock::now() + LOOK));
        }
        first_sleep();
    }
    loop {
        thread::sleep_until(None);
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/znet_boot.h":
    Sections = "struct znet_sections" {
        init_levels, devices.start = "devices_start", devices.end = "devices_end", threads.start
        = "threads_start", threads.end = "threads_end", net_ifs.start = "net_ifs_start",
        net_ifs.end = "net_ifs_end", net_if_devs.start = "net_if_devs_start", net_if_devs.end =
        "net_if_devs_end", net_l2s.start = "net_l2s_start", net_l2s.end = "net_l2s_end",
        net_buf_pools.start = "net_buf_pools_start", net_buf_pools.end = "net_buf_pools_end",
        net_mgmt_handlers.start = "net_mgmt_handlers_start", net_mgmt_handlers.end =
        "net_mgmt_handlers_end", net_sockets.start = "net_sockets_start", net_sockets.end =
        "net_sockets_end", net_socket_services.start = "net_socket_services_start",
        net_socket_services.end = "net_socket_services_end", main, first_sleep,
    };
}
