// SPDX-License-Identifier: Apache-2.0
//! Simulated networks: several stacks in one thread, in virtual time, from a seed.
//!
//! | module | what it is for |
//! | --- | --- |
//! | [`network`] | hosts, links and the event queue; `run_for`, `run_until_idle` |
//! | [`host`] | one stack with its pools, interfaces and UDP sockets |
//! | [`lab`] | the usual set-up: one host, one station |
//! | `lab6`, `check6` | the same for IPv6, where it is configured |
//! | [`link`] | delay, rate, loss, reordering, duplication, corruption |
//! | [`station`] | a peer without a stack: sends frames made by hand, expects frames |
//! | [`frame`] | frames made by hand |
//! | [`check`] | what a frame must look like, as checks that combine |
//! | [`pcapng`] | captures: written, and read back |
//! | [`rng`] | repeatable randomness |
//! | [`tcp`] | segments, rules for them, and scripts |
//!
//! ```
//! use testutil::{Duration, LinkConfig, Network};
//!
//! let mut net = Network::new(1);
//! let wire = net.link(LinkConfig::delay(Duration::from_millis(5)));
//! let (a, b) = (net.host("a"), net.host("b"));
//! net.attach(a, wire, [192, 0, 2, 1], 24);
//! net.attach(b, wire, [192, 0, 2, 2], 24);
//! let server = b.udp_bind(7);
//! a.udp_send_to(a.udp_open(), ([192, 0, 2, 2], 7), b"hello").unwrap();
//! net.run_until_idle();
//! assert_eq!(b.udp_recv(server).unwrap().data, b"hello");
//! ```
//!
//! When a [`Network`] goes out of scope it closes what is open, runs until all is quiet and compares
//! pools and tables with what they were: a test cannot forget to look for leaks.

pub mod check;
#[cfg(CONFIG_NET_IPV6)]
pub mod check6;
pub mod frame;
pub mod host;
#[cfg(CONFIG_NET_IPV4)]
pub mod lab;
#[cfg(CONFIG_NET_IPV6)]
pub mod lab6;
pub mod link;
pub mod network;
pub mod pcapng;
pub mod rng;
pub mod station;
pub mod tcp;
mod turn;

pub use host::{Datagram, Host, Socket};
#[cfg(CONFIG_NET_IPV4)]
pub use lab::Lab;
#[cfg(CONFIG_NET_IPV6)]
pub use lab6::Lab6;
pub use link::{LinkConfig, LinkStats};
pub use network::{LinkId, Network};
pub use rng::Rng;
pub use station::Station;

pub use znet::base::{DropReason, Duration, Error, EthAddr, Instant, Ipv4Addr};
