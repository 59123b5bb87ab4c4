// SPDX-License-Identifier: Apache-2.0
//! The board `native_sim` before the kernel runs: command line options and start-up tasks.
//!
//! The host's `main` calls [`znet_native_start`] once, then boots. Applications and drivers in C add
//! options with `native_add_command_line_opts()` from a `NATIVE_TASK`, as they do in Zephyr.

mod args;
mod cmdline;
pub(crate) mod host;
mod options;
#[cfg(any(CONFIG_NET_NATIVE_OFFLOADED_SOCKETS, test))]
mod sockets;
mod tasks;
#[cfg(CONFIG_SHELL_BACKEND_SERIAL)]
mod terminal;

/// What `capi/layout.rs` compares with C's headers.
#[cfg(any(test, znet_layout))]
pub(crate) const LAYOUTS: &[&[crate::base::layout::Layout]] = &[args::LAYOUTS, tasks::LAYOUTS];

pub use args::ArgsStruct;
pub use cmdline::{add_options, command_line, test_command_line};
#[cfg(all(CONFIG_ETH_NATIVE_TAP, not(CONFIG_ETH_NATIVE_TAP_RANDOM_MAC)))]
pub(crate) use options::parse_mac;
pub use options::{Ipv4Given, eth_ifs, ipv4, mac_addr};
pub use tasks::{Level, NativeTask};

use core::ffi::{c_char, c_int};

/// Runs everything that precedes the boot of the kernel: the `PRE_BOOT_1` tasks, the command line,
/// then the `PRE_BOOT_2`, `HW_INIT` and `PRE_BOOT_3` tasks. The exit tasks run when the process ends through
/// `exit()`. Does not return when the command line asks for help or cannot be understood.
///
/// # Safety
/// `argv` is the vector given to `main`: `argc` strings and a null, all alive until the process ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_native_start(argc: c_int, argv: *mut *mut c_char) {
    options::add();
    tasks::run(Level::PreBoot1);
    // SAFETY: the caller's promise about `argv` is the one asked for.
    unsafe { cmdline::handle(argc, argv) };
    options::apply();
    tasks::run(Level::PreBoot2);
    tasks::run(Level::HwInit);
    tasks::run(Level::PreBoot3);
    host::at_exit(tasks::run_exit_levels);
}

/// Runs the `FIRST_SLEEP` tasks. The boot code calls it once, when the kernel goes idle for the first time.
#[unsafe(no_mangle)]
pub extern "C" fn znet_native_first_sleep() {
    tasks::run(Level::FirstSleep);
}
