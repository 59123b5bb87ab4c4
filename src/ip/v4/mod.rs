// SPDX-License-Identifier: Apache-2.0
//! IPv4 (RFC 791, RFC 1122 3.2) and ICMP (RFC 792).

pub mod icmp;
pub mod input;
#[cfg(CONFIG_ZNET_IPV4_NAT)]
pub mod nat;
#[cfg(CONFIG_NET_IPV4_HDR_OPTIONS)]
pub mod options;
pub mod output;
pub mod route;
pub mod senders;

pub use input::{Cast, Info};
pub use route::{Hop, Route};
