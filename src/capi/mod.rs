// SPDX-License-Identifier: Apache-2.0
//! The C API, one file per header, and the one global stack.

pub mod errno;
pub mod instance;
pub mod net_buf;
pub mod net_buf_simple;
pub mod net_pkt;
pub mod net_pkt_alloc;
pub mod net_pkt_cursor;
#[cfg(not(CONFIG_ARCH_POSIX))]
mod panic;
pub mod queues;
#[cfg(all(CONFIG_NET_SOCKETS, CONFIG_NET_UDP))]
pub mod socket;
mod transmit;
mod turns;

pub use instance::{Instance, core, current};

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod layout;
/// Writes to the console, for messages that only a debugging configuration asks for.
fn say(text: core::fmt::Arguments<'_>) {
    struct Console;
    impl core::fmt::Write for Console {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            crate::os::console::write(text.as_bytes());
            Ok(())
        }
    }
    let _ = core::fmt::Write::write_fmt(&mut Console, text);
}
