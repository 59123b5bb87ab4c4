// SPDX-License-Identifier: Apache-2.0
//! IPv6 seen from outside, case by case.
//!
//! The cases follow the numbers of the public list of the IPv6 Ready core test specification: section 1 is
//! RFC 8200, 2 is RFC 4861, 3 is RFC 4862, 4 is RFC 8201, 5 is RFC 4443. `v6lc_2_1_7` is case 2.1.7, whose
//! parts are the rows of its table, lettered from A on. Packets, states and judgements are read off the
//! RFCs; nothing of the specification's text is here. Cases for routers stand in the files on forwarding.
//!
//! | file | cases |
//! | --- | --- |
//! | `spec` | 1.1 headers, 1.2 extension headers, 1.3 fragments |
//! | `solicit` | 2.1.1 to 2.1.14: resolution, neighbour solicitations |
//! | `advert` | 2.1.15 to 2.1.22: neighbour advertisements |
//! | `router` | 2.2: router and prefix discovery |
//! | `redirect` | 2.3: redirects |
//! | `slaac` | 3: addresses, duplicates, lifetimes |
//! | `pmtu` | 4: path MTU |
//! | `icmp` | 5: echo and errors |
//! | `bed` | the host and the nodes played around it |
#![cfg(all(
    CONFIG_NET_IPV6_ND,
    CONFIG_NET_IPV6_DAD,
    CONFIG_NET_IPV6_IID_EUI_64,
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_UDP
))]

#[path = "v6lc/advert.rs"]
mod advert;
#[path = "v6lc/bed.rs"]
mod bed;
#[path = "v6lc/icmp.rs"]
mod icmp;
#[cfg(all(CONFIG_NET_IPV6_PMTU, CONFIG_NET_IPV6_FRAGMENT))]
#[path = "v6lc/pmtu.rs"]
mod pmtu;
#[path = "v6lc/redirect.rs"]
mod redirect;
#[path = "v6lc/router.rs"]
mod router;
#[path = "v6lc/slaac.rs"]
mod slaac;
#[path = "v6lc/solicit.rs"]
mod solicit;
#[path = "v6lc/spec.rs"]
mod spec;
