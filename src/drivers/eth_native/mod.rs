// SPDX-License-Identifier: Apache-2.0
//! Ethernet for the board `native_sim`, over a TAP, a packet socket or a unix datagram socket of the host.
//!
//! No interval is polled: a thread sleeps in `poll()` until frames are there, takes them in batches and hands them to the stack;
//! sending writes the frame in the caller's thread. A frame for which there is no buffer is dropped and counted.

#[cfg(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK)]
mod clock;
mod driver;
#[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
mod later;
mod link;
mod packet;
mod segment;
mod spec;
mod sys;
mod tap;
mod unix;

#[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, any(test, znet_layout)))]
pub(crate) use clock::LAYOUTS as CLOCK_LAYOUTS;
pub use driver::{Counters, EthNative, counters};
pub use link::{Link, Received, Slots};
pub use spec::Spec;

#[cfg(test)]
mod tests;
