// SPDX-License-Identifier: Apache-2.0
//! Link layers: what stands between a driver's frame and an IP packet.

#[cfg(CONFIG_NET_IPV4_ACD)]
pub mod acd;
#[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
pub mod arp;
#[cfg(CONFIG_NET_L2_ETHERNET)]
pub mod ethernet;
