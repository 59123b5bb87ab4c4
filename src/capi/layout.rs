// SPDX-License-Identifier: Apache-2.0
//! The check that C and Rust agree about the structures they share.
//!
//! Every table of `base::layout::layouts!` is named here. `text` turns them into a C file of
//! `_Static_assert`s over the public headers while the library is compiled, for the target that it is
//! compiled for. On hosts the test compiles that file, in the configuration of the build
//! (`ZNET_DOTCONFIG`; `.ci/run` goes through all reference configurations). For other targets a build with
//! `ZNET_LAYOUT=1` leaves it in the library, where `cargo xtask ci` finds it.

// The text is long.
#![allow(long_running_const_eval)]

use crate::base::layout::{Constant, Layout};

#[cfg(test)]
mod tests;
mod text;

use text::Text;

/// The tables; those of the kernel layer and of native_sim are listed there.
const TABLES: &[&[Layout]] = &[
    crate::buf::BUF_LAYOUTS,
    crate::buf::KERNEL_LAYOUTS,
    crate::buf::PKT_LAYOUTS,
    crate::iface::ADDR_LAYOUTS,
    crate::iface::SHELL_LAYOUTS,
    #[cfg(CONFIG_NET_STATISTICS)]
    crate::iface::stats::LAYOUTS,
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    super::ethernet::LAYOUTS,
    #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    super::icmp::LAYOUTS,
    crate::drivers::dummy::LAYOUTS,
    #[cfg(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK)]
    crate::drivers::eth_native::CLOCK_LAYOUTS,
    super::net_if_data::LAYOUTS,
    super::net_pkt_cursor::LAYOUTS,
    #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
    super::net_ipv6_nbr::LAYOUTS,
    #[cfg(CONFIG_NET_IPV6_NBR_CACHE)]
    super::net_nbr::LAYOUTS,
    #[cfg(CONFIG_NET_PMTU)]
    super::net_pmtu::LAYOUTS,
    #[cfg(CONFIG_NET_ROUTE)]
    super::net_route::LAYOUTS,
    #[cfg(CONFIG_NET_ROUTE_MCAST)]
    super::net_route_mcast::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::net_context::LAYOUTS,
    #[cfg(CONFIG_NET_OFFLOAD)]
    super::net_context::offload::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
    super::conn_handlers::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::addr::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::msg::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::names::LAYOUTS,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_INTERFACE_NAME))]
    super::socket::interfaces::LAYOUTS,
    #[cfg(CONFIG_NET_SOCKETS_OFFLOAD)]
    super::socket::offload::LAYOUTS,
    #[cfg(CONFIG_NET_SOCKETS_PACKET)]
    super::socket::raw::LAYOUTS,
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    super::socket::object::LAYOUTS,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_ZNET_MCAST_FILTERS))]
    super::socket::group_options::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::options::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::select::LAYOUTS,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_TCP))]
    super::socket::tcp_options::LAYOUTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    crate::socket::poll::LAYOUTS,
    #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    super::net_if_mcast::LAYOUTS,
    #[cfg(CONFIG_NET_IPV4_IGMP)]
    super::igmp::LAYOUTS,
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    super::net_mgmt::LAYOUTS,
    #[cfg(CONFIG_NET_PKT_TIMESTAMP)]
    super::net_if_timestamp::LAYOUTS,
    super::net_timeout::LAYOUTS,
    #[cfg(CONFIG_NET_CONNECTION_MANAGER)]
    super::conn_mgr_connectivity::LAYOUTS,
    #[cfg(CONFIG_NET_PKT_FILTER)]
    super::net_pkt_filter::LAYOUTS,
    #[cfg(CONFIG_NET_PKT_FILTER)]
    super::net_pkt_filter_tests::LAYOUTS,
    #[cfg(CONFIG_NET_TRICKLE)]
    super::trickle::LAYOUTS,
    #[cfg(CONFIG_NET_L2_VIRTUAL)]
    super::virtual_::LAYOUTS,
];

/// The tables of `base::layout::constants!`.
const CONSTANTS: &[&[Constant]] = &[
    crate::base::errno::CONSTANTS,
    crate::iface::CONSTANTS,
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    super::ethernet::CONSTANTS,
    #[cfg(CONFIG_POLL)]
    crate::kernel::POLL_CONSTANTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    crate::socket::poll::CONSTANTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::net_context::CONSTANTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::net_context::option::CONSTANTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::CONSTANTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::control::CONSTANTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::names::CONSTANTS,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_INTERFACE_NAME))]
    super::socket::interfaces::CONSTANTS,
    #[cfg(CONFIG_NET_SOCKETS_PACKET)]
    super::socket::raw::CONSTANTS,
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    super::socket::object::CONSTANTS,
    #[cfg(CONFIG_ZNET_FD_OBJECTS)]
    super::socket::wait::CONSTANTS,
    #[cfg(CONFIG_NET_SOCKETPAIR)]
    super::socket::pair::CONSTANTS,
    #[cfg(CONFIG_ZVFS_EVENTFD)]
    super::socket::eventfd::CONSTANTS,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_ZNET_MCAST_FILTERS))]
    super::socket::group_options::CONSTANTS,
    #[cfg(all(CONFIG_ZNET_MCAST_FILTERS, CONFIG_ZNET_CONTEXTS, CONFIG_NET_IPV4))]
    super::socket::group_options::CONSTANTS4,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::options::CONSTANTS,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_IPV4))]
    super::socket::options::CONSTANTS4,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_IPV6))]
    super::socket::options::CONSTANTS6,
    #[cfg(all(CONFIG_NET_UDP, CONFIG_NET_IPV6))]
    super::socket::marks::CONSTANTS,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_IPV6))]
    super::socket::msg::CONSTANTS6,
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_TCP))]
    super::socket::tcp_options::CONSTANTS,
    #[cfg(CONFIG_ZNET_CONTEXTS)]
    super::socket::msg::CONSTANTS,
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    super::net_mgmt::CONSTANTS,
    #[cfg(CONFIG_NET_CONNECTION_MANAGER)]
    super::conn_mgr_connectivity::CONSTANTS,
    #[cfg(CONFIG_NET_L2_VIRTUAL)]
    super::virtual_::CONSTANTS,
];

/// Those of native_sim.
#[cfg(CONFIG_ARCH_POSIX)]
const HOST: &[&[Layout]] = crate::drivers::native_sim::LAYOUTS;
#[cfg(not(CONFIG_ARCH_POSIX))]
const HOST: &[&[Layout]] = &[];

/// Room for the assertions, in bytes.
const ROOM: usize = 1 << 18;

static ASSERTIONS: Text<ROOM> = {
    let mut text = Text::new();
    text.str(text::BEGIN);
    text.includes(TABLES);
    text.includes(crate::kernel::LAYOUTS);
    text.includes(HOST);
    text.layouts(TABLES);
    text.layouts(crate::kernel::LAYOUTS);
    text.layouts(HOST);
    text.constants(CONSTANTS);
    text.str(text::END);
    text
};

/// Keeps the text in the library.
#[cfg(znet_layout)]
#[used]
static KEEP: &Text<ROOM> = &ASSERTIONS;
