// SPDX-License-Identifier: Apache-2.0
//! The C API, one file per header, and the one global stack.

pub mod instance;
pub mod queues;
mod transmit;

pub use instance::{Instance, core, current};

#[cfg(all(test, CONFIG_ARCH_POSIX))]
mod layout;
