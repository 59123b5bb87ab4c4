// SPDX-License-Identifier: Apache-2.0
//! The C API, one file per header, and the one global stack.

#[cfg(CONFIG_ZNET_CONN_HANDLERS)]
pub mod by_hand;
#[cfg(CONFIG_ZNET_CONN_HANDLERS)]
pub mod conn_handlers;
#[cfg(CONFIG_NET_CONNECTION_MANAGER)]
pub mod conn_mgr_connectivity;
#[cfg(CONFIG_NET_CONNECTION_MANAGER)]
pub mod conn_mgr_monitor;
pub mod errno;
#[cfg(CONFIG_NET_L2_ETHERNET)]
pub mod ethernet;
#[cfg(CONFIG_NET_L2_ETHERNET_MGMT)]
pub mod ethernet_mgmt;
mod hook;
#[cfg(CONFIG_NET_HOSTNAME_ENABLE)]
pub mod hostname;
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
pub mod icmp;
#[cfg(CONFIG_NET_IPV4_IGMP)]
pub mod igmp;
pub mod instance;
#[cfg(CONFIG_NET_L2_IPIP)]
pub mod ipip;
#[cfg(CONFIG_NET_IPV4_ACD)]
pub mod ipv4_acd;
pub mod l2;
#[cfg(any(CONFIG_NET_L2_ETHERNET, CONFIG_NET_L2_DUMMY))]
pub mod l2_tables;
pub mod list;
#[cfg(CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP)]
pub mod loopback;
#[cfg(CONFIG_NET_IPV6_MLD)]
pub mod mld;
#[cfg(all(test, loom))]
mod models;
pub mod net_buf;
pub mod net_buf_heap;
pub mod net_buf_simple;
#[cfg(CONFIG_ZNET_CONTEXTS)]
pub mod net_context;
pub mod net_if;
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
pub mod net_if_addr;
pub mod net_if_data;
#[cfg(CONFIG_NET_IPV4)]
pub mod net_if_ipv4;
#[cfg(CONFIG_NET_IPV4)]
pub mod net_if_ipv4_maddr;
#[cfg(CONFIG_NET_IPV6)]
pub mod net_if_ipv6;
#[cfg(CONFIG_NET_IPV6)]
pub mod net_if_ipv6_link;
#[cfg(CONFIG_NET_IPV6)]
pub mod net_if_ipv6_maddr;
#[cfg(CONFIG_NET_IPV6)]
pub mod net_if_ipv6_nd;
pub mod net_if_lock;
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
mod net_if_maddr;
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
pub mod net_if_mcast;
#[cfg(CONFIG_NET_IPV4)]
pub mod net_if_router;
pub mod net_if_state;
#[cfg(CONFIG_NET_PKT_TIMESTAMP)]
pub mod net_if_timestamp;
pub mod net_ip;
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
pub mod net_ipv6_nbr;
#[cfg(CONFIG_NET_IPV6_PE)]
pub mod net_ipv6_pe;
#[cfg(CONFIG_NET_MGMT_EVENT)]
pub mod net_mgmt;
#[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
pub mod net_nbr;
pub mod net_pkt;
pub mod net_pkt_alloc;
pub mod net_pkt_cursor;
pub mod net_pkt_debug;
#[cfg(CONFIG_NET_PKT_FILTER)]
pub mod net_pkt_filter;
#[cfg(CONFIG_NET_PKT_FILTER)]
pub mod net_pkt_filter_tests;
#[cfg(CONFIG_NET_DEBUG_NET_PKT_ALLOC)]
pub mod net_pkt_record;
#[cfg(CONFIG_NET_PMTU)]
pub mod net_pmtu;
#[cfg(CONFIG_NET_ROUTE)]
pub mod net_route;
#[cfg(CONFIG_NET_ROUTE_MCAST)]
pub mod net_route_mcast;
#[cfg(CONFIG_NET_STATISTICS)]
pub mod net_stats;
pub mod net_timeout;
#[cfg(not(CONFIG_ARCH_POSIX))]
mod panic;
#[cfg(CONFIG_NET_PROMISCUOUS_MODE)]
pub mod promiscuous;
pub mod queues;
#[cfg(any(
    CONFIG_NET_L2_ETHERNET_MGMT,
    CONFIG_NET_L2_VIRTUAL_MGMT,
    CONFIG_NET_STATISTICS_USER_API
))]
mod request;
#[cfg(CONFIG_ZNET_CONTEXTS)]
pub mod socket;
#[cfg(CONFIG_ZNET_STACK_CALLS)]
pub mod stack_calls;
mod transmit;
#[cfg(CONFIG_NET_TRICKLE)]
pub mod trickle;
mod turns;
#[cfg(CONFIG_NET_UDP)]
pub mod udp;
#[cfg(CONFIG_NET_L2_VIRTUAL)]
pub mod virtual_;

#[cfg(CONFIG_ZNET_FAULTS)]
pub mod znet_faults;
#[cfg(CONFIG_ZNET_IPV4_NAT)]
pub mod znet_nat;
#[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
pub mod znet_plpmtud;
#[cfg(CONFIG_NET_IPV6_RA_RDNSS)]
pub mod znet_rdnss;
#[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
pub mod znet_router;

pub use instance::{Instance, core, current};

#[cfg(any(all(test, CONFIG_ARCH_POSIX), znet_layout))]
mod layout;
/// Raises a management event, where there are such events: `event` concerns `iface` and brings
/// `info` along. Not under the core lock.
#[inline(always)]
fn raise(event: u64, iface: crate::iface::IfRef, info: &[u8]) {
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    net_mgmt::raise(event, Some(iface), info);
    #[cfg(not(CONFIG_NET_MGMT_EVENT))]
    let _ = (event, iface, info);
}

/// Writes to the console, for messages that only a debugging configuration asks for.
#[inline(always)]
fn say(text: core::fmt::Arguments<'_>) {
    if cfg!(CONFIG_PRINTK) {
        say_so(text);
    }
}

fn say_so(text: core::fmt::Arguments<'_>) {
    struct Console;
    impl core::fmt::Write for Console {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            crate::os::console::write(text.as_bytes());
            Ok(())
        }
    }
    let _ = core::fmt::Write::write_fmt(&mut Console, text);
}
