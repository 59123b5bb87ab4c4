// SPDX-License-Identifier: Apache-2.0
//! Link layers: what stands between a driver's frame and an IP packet.

#[cfg(CONFIG_NET_IPV4_ACD)]
pub mod acd;
#[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4, CONFIG_ZNET_ARP_TIMERS))]
pub mod arp;
#[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4, not(CONFIG_ZNET_ARP_TIMERS)))]
#[path = "arp_lazy.rs"]
pub mod arp;
#[cfg(all(test, CONFIG_NET_ARP, CONFIG_NET_IPV4, CONFIG_ZNET_ARP_TIMERS))]
mod arp_lazy;
#[cfg(CONFIG_NET_L2_ETHERNET)]
pub mod ethernet;
#[cfg(CONFIG_NET_L2_IPIP)]
pub mod ipip;
