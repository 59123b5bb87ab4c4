// SPDX-License-Identifier: Apache-2.0
//! The Internet layer, one folder a version.

#[cfg(any(CONFIG_NET_IPV4_IGMP, CONFIG_ZNET_IPV6_MLD_FULL))]
pub mod groups;
pub mod limit;
#[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
pub mod plpmtud;
#[cfg(CONFIG_NET_PMTU)]
pub mod pmtu;
#[cfg(CONFIG_NET_IP_FRAGMENT)]
pub mod reassembly;
#[cfg(CONFIG_NET_IPV4)]
pub mod v4;
#[cfg(CONFIG_NET_IPV6)]
pub mod v6;
