// SPDX-License-Identifier: Apache-2.0
//! Errors, time, addresses, drop reasons: what every other folder speaks of.

pub mod addr;
pub mod drop;
#[cfg(any(test, znet_layout))]
pub(crate) mod errno;
pub mod error;
pub mod ethaddr;
pub mod hash;
#[cfg(any(test, znet_layout))]
pub mod layout;
pub mod linkaddr;
pub mod list;
#[cfg(CONFIG_NET_IPV6)]
pub mod prefix;
#[cfg(CONFIG_NET_TCP)]
pub mod seq;
#[cfg(CONFIG_NET_IPV6)]
pub mod slot;
pub mod time;

pub use addr::{Endpoint, IpAddr};
pub use drop::DropReason;
pub use error::{Error, Result};
pub use ethaddr::EthAddr;
pub use linkaddr::{LinkAddr, LinkType, NetLinkaddr};
#[cfg(CONFIG_NET_TCP)]
pub use seq::SeqNum;
#[cfg(CONFIG_NET_IPV6)]
pub use slot::Slot;
pub use time::{Duration, Instant};

pub use core::net::{Ipv4Addr, Ipv6Addr};
