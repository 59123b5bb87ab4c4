// SPDX-License-Identifier: Apache-2.0
//! IPv6 (RFC 8200), ICMPv6 (RFC 4443) and what a host knows of its links (RFC 4861, RFC 4862).
//!
//! | file | holds |
//! | --- | --- |
//! | `scope` | how far an address reaches, which groups belong to it |
//! | `select` | the source address of a packet (RFC 6724) |
//! | `order` | which of a peer's addresses is tried first (RFC 6724) |
//! | `dns` | name servers that routers tell of (RFC 8106) |
//! | `input` | what is checked before a packet is believed, extension headers |
//! | `output` | the header of packets sent |
//! | `pairs` | senders and own addresses that passed the checks lately |
//! | `routers` | routers and their preferences (RFC 4191, RFC 4861) |
//! | `routes` | the routing table: what routers, redirects and applications tell |
//! | `mcast_routes` | by which interfaces packets to a group go on |
//! | `route` | which interface, source and neighbour a packet takes |
//! | `neighbour` | the neighbour cache, pure |
//! | `slaac` | interface identifiers, lifetimes of addresses and prefixes (RFC 4862, RFC 7217) |

#[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
pub mod dns;
pub mod input;
#[cfg(CONFIG_NET_ROUTE_MCAST)]
pub mod mcast_routes;
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
pub mod neighbour;
pub mod order;
pub mod output;
#[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
pub mod pairs;
pub mod route;
pub mod routers;
pub mod routes;
pub mod scope;
pub mod select;
pub mod slaac;

pub use input::{Cast, Info};
pub use route::{Hop, Route};
