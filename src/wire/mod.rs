// SPDX-License-Identifier: Apache-2.0
//! Packet formats as views over bytes: parse, emit, checksum.
//!
//! # The contract
//!
//! No function here panics, whatever its input: lengths are checked once, at `parse`, by
//! borrowing the header as an array, and what is read afterwards is read from that array. There is
//! no state, no allocation and no unsafe code. What an address or a length *means* for this host
//! is decided in `l2`, `ip` and `transport`.
//!
//! # The shape
//!
//! `parse` takes bytes from the network and says which [`DropReason`] a bad one has, or returns
//! `None` where only the caller knows the name. `emit` writes into an array of the header's exact
//! size, so a header that does not fit is a matter of the types. Numbers are in host order on our
//! side of both. A packet may lie in several buffers: `parse` functions that check a length field
//! therefore take the first piece and, apart from it, the number of bytes there are in all.

#[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
pub mod advert;
pub mod arp;
pub mod checksum;
pub mod ethernet;
pub mod icmpv4;
pub mod icmpv6;
pub mod igmp;
pub mod ipv4;
pub mod ipv6;
pub mod mld;
pub mod ndp;
#[cfg(CONFIG_NET_TCP)]
pub mod tcp;
pub mod udp;

#[cfg(doc)]
use crate::base::DropReason;
