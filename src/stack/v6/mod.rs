// SPDX-License-Identifier: Apache-2.0
//! IPv6 in the stack.
//!
//! | file | what happens there |
//! | --- | --- |
//! | `rx` | a packet finds its way up: headers, protocol, context |
//! | `tx` | a packet finds its way out: route, header, neighbour, link header |
//! | `udp` | datagrams of contexts |
//! | `lane` | ways to neighbours with their link header, kept for `plain` |
//! | `plain` | ordinary datagrams and segments, in one look |
//! | `fragment` | packets that came, or have to go, in fragments |
//! | `forward`, `forward_group` | packets for others |
//! | `redirect` | neighbours told of a better first hop |
//! | `icmp` | echo, errors in and out |
//! | `neighbour` | neighbour discovery: solicitations and advertisements |
//! | `neighbour_table` | the neighbour cache as others ask and change it |
//! | `routes` | the routing table as others change it |
//! | `router` | router discovery: solicitations out, advertisements and redirects in |
//! | `advertise` | the part of a router: advertisements out, solicitations in |
//! | `addr` | addresses come, are asked for, and go; interfaces come up |
//! | `privacy` | temporary addresses |
//! | `mld` | groups joined and left, and who is told |
//! | `message` | what reading their messages has in common |
//! | `table` | what applications ask and change by hand |
//! | `timers` | what the passing of time brings |

mod addr;
#[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
mod advertise;
#[cfg(CONFIG_NET_ROUTING)]
mod forward;
#[cfg(CONFIG_NET_ROUTE_MCAST)]
mod forward_group;
#[cfg(CONFIG_NET_IPV6_FRAGMENT)]
mod fragment;
mod icmp;
#[cfg(all(
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_IPV6_NBR_CACHE,
    any(CONFIG_NET_UDP, CONFIG_NET_TCP),
    not(CONFIG_ZNET_PROFILE_TINY)
))]
pub(super) mod lane;
#[cfg(any(CONFIG_NET_IPV6_NBR_CACHE, CONFIG_NET_IPV6_MLD))]
mod message;
mod mld;
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
mod neighbour;
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
mod neighbour_table;
#[cfg(all(
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_IPV6_NBR_CACHE,
    any(CONFIG_NET_UDP, CONFIG_NET_TCP),
    not(CONFIG_ZNET_PROFILE_TINY)
))]
mod plain;
#[cfg(CONFIG_NET_IPV6_PE)]
mod privacy;
mod raw;
#[cfg(CONFIG_NET_ROUTING)]
mod redirect;
#[cfg(CONFIG_NET_IPV6_ND)]
mod router;
mod routes;
mod rx;
mod table;
mod timers;
mod tx;
#[cfg(CONFIG_NET_UDP)]
mod udp;

#[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
pub use advertise::Told;
pub(super) use icmp::Show;

use heapless::Vec;

use crate::base::{Instant, Ipv6Addr};
use crate::config;
use crate::iface::IF_MAX;
use crate::ip::limit::RateLimit;
use crate::ip::v6::route;
use crate::ip::v6::routers::Routers;

/// Addresses and prefixes with a lifetime or a question open, of all interfaces together.
const MANAGED: usize = config::NET_IF_MAX_IPV6_COUNT * config::NET_IF_UNICAST_IPV6_ADDR_COUNT;
const PREFIXES: usize = config::NET_IF_MAX_IPV6_COUNT * config::NET_IF_IPV6_PREFIX_COUNT;

/// What the stack knows of IPv6 besides what the interfaces show.
pub struct State {
    routes: route::Cache,
    #[cfg(all(
        CONFIG_NET_L2_ETHERNET,
        CONFIG_NET_IPV6_NBR_CACHE,
        any(CONFIG_NET_UDP, CONFIG_NET_TCP),
        not(CONFIG_ZNET_PROFILE_TINY)
    ))]
    lanes: lane::Lanes,
    #[cfg(all(
        CONFIG_NET_L2_ETHERNET,
        CONFIG_NET_IPV6_NBR_CACHE,
        any(CONFIG_NET_UDP, CONFIG_NET_TCP),
        not(CONFIG_ZNET_PROFILE_TINY)
    ))]
    pairs: crate::ip::v6::pairs::Pairs,
    /// Routers, the routes they tell, redirects.
    routers: Routers,
    #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
    neighbours: crate::ip::v6::neighbour::Cache,
    #[cfg(CONFIG_NET_ROUTE_MCAST)]
    mcast_routes: crate::ip::v6::mcast_routes::McastRoutes,
    links: [Link; IF_MAX],
    #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
    roles: advertise::Roles,
    managed: Vec<Managed, MANAGED>,
    /// Name servers that routers tell of.
    #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
    dns: crate::ip::v6::dns::DnsInfo,
    /// Which prefixes have temporary addresses.
    #[cfg(CONFIG_NET_IPV6_PE)]
    privacy: privacy::Filters,
    prefixes: Vec<Prefix, PREFIXES>,
    #[cfg(CONFIG_NET_IPV6_MLD)]
    reports: mld::Reports,
    #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
    fragments: fragment::Fragments,
    /// Identification of the last packet that went in fragments.
    #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
    ident: u32,
    limit: RateLimit,
    /// When time is looked at next, where that is done by a tick.
    look_at: Instant,
    /// Keys what nobody shall guess.
    secret: [u8; 16],
}

/// An interface as IPv6 sees it.
#[derive(Clone, Copy)]
struct Link {
    /// It was up when last looked at.
    up: bool,
    /// Router solicitations still to send.
    solicit: u8,
    /// When the next is.
    solicit_at: Instant,
    /// The link-local address is somebody else's, so nothing may be sent (RFC 4862, 5.4.5).
    silenced: bool,
}

/// An address that has a lifetime or is being asked for.
#[derive(Clone, Copy)]
#[cfg_attr(not(CONFIG_NET_IPV6_DAD), allow(dead_code))]
struct Managed {
    iface: u8,
    addr: Ipv6Addr,
    /// Until when it is preferred, and valid; `None` is for ever.
    preferred: Option<Instant>,
    valid: Option<Instant>,
    asking: Option<Asking>,
    /// How often the identifier was taken already.
    conflicts: u8,
    /// It is a temporary address.
    #[cfg(CONFIG_NET_IPV6_PE)]
    temporary: Option<privacy::Temporary>,
}

impl Managed {
    /// Nobody asks for it, and it was never taken.
    const fn new(iface: u8, addr: Ipv6Addr, life: addr::Lifetime) -> Self {
        let addr::Lifetime { preferred, valid } = life;
        Managed {
            iface,
            addr,
            preferred,
            valid,
            asking: None,
            conflicts: 0,
            #[cfg(CONFIG_NET_IPV6_PE)]
            temporary: None,
        }
    }
}

/// Duplicate address detection under way.
#[derive(Clone, Copy)]
#[cfg_attr(not(CONFIG_NET_IPV6_DAD), allow(dead_code))]
struct Asking {
    /// Solicitations still to send.
    left: u8,
    at: Instant,
    /// Tells ours from others' (RFC 7527).
    nonce: [u8; 6],
}

/// A prefix on a link with a lifetime.
#[derive(Clone, Copy)]
struct Prefix {
    iface: u8,
    prefix: Ipv6Addr,
    len: u8,
    until: Instant,
}

impl State {
    pub(super) const fn new() -> Self {
        State {
            routes: route::Cache::new(),
            #[cfg(all(
                CONFIG_NET_L2_ETHERNET,
                CONFIG_NET_IPV6_NBR_CACHE,
                any(CONFIG_NET_UDP, CONFIG_NET_TCP),
                not(CONFIG_ZNET_PROFILE_TINY)
            ))]
            lanes: lane::Lanes::new(),
            #[cfg(all(
                CONFIG_NET_L2_ETHERNET,
                CONFIG_NET_IPV6_NBR_CACHE,
                any(CONFIG_NET_UDP, CONFIG_NET_TCP),
                not(CONFIG_ZNET_PROFILE_TINY)
            ))]
            pairs: crate::ip::v6::pairs::Pairs::new(),
            routers: Routers::new(),
            #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
            neighbours: crate::ip::v6::neighbour::Cache::new(),
            #[cfg(CONFIG_NET_ROUTE_MCAST)]
            mcast_routes: crate::ip::v6::mcast_routes::McastRoutes::new(),
            links: [Link { up: false, solicit: 0, solicit_at: Instant::ZERO, silenced: false };
                IF_MAX],
            #[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
            roles: advertise::Roles::new(),
            managed: Vec::new(),
            #[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
            dns: crate::ip::v6::dns::DnsInfo::new(),
            #[cfg(CONFIG_NET_IPV6_PE)]
            privacy: privacy::Filters::new(),
            prefixes: Vec::new(),
            #[cfg(CONFIG_NET_IPV6_MLD)]
            reports: mld::reports(),
            #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
            fragments: fragment::store(),
            #[cfg(CONFIG_NET_IPV6_FRAGMENT)]
            ident: 0,
            limit: RateLimit::new(),
            look_at: Instant::ZERO,
            secret: [0; 16],
        }
    }

    pub(super) fn set_secret(&mut self, secret: [u8; 16]) {
        self.secret = secret;
        #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
        {
            let [a, b, c, d, ..] = secret;
            self.neighbours.set_key(u32::from_ne_bytes([a, b, c, d]));
        }
    }

    fn link_mut(&mut self, iface: u8) -> Option<&mut Link> {
        self.links.get_mut(usize::from(iface).checked_sub(1)?)
    }

    fn is_silenced(&self, iface: u8) -> bool {
        let at = usize::from(iface).checked_sub(1);
        at.and_then(|at| self.links.get(at)).is_some_and(|link| link.silenced)
    }
}
