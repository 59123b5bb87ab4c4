// SPDX-License-Identifier: Apache-2.0
//! What tests of TCP stand on.
//!
//! | module | what it is for |
//! | --- | --- |
//! | [`segment`] | segments made and read by hand |
//! | [`stream`] | bytes that say where they belong |
//! | [`watch`] | rules that hold for every segment of a flow |
//! | [`pair`] | two hosts on a wire, every segment and byte checked |
//! | [`script`] | a language for segments in, segments out, and calls, in virtual time |

#[cfg(CONFIG_NET_TCP)]
mod host;
#[cfg(CONFIG_NET_TCP)]
mod lab;
#[cfg(CONFIG_NET_TCP)]
pub mod pair;
pub mod script;
pub mod segment;
pub mod stream;
pub mod watch;

#[cfg(CONFIG_NET_TCP)]
pub use lab::alive;
pub use segment::Segment;
pub use watch::Watch;
