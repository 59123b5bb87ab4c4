// SPDX-License-Identifier: Apache-2.0
//! Device drivers.
//!
//! A driver written in C brings its own `ethernet_api`; one written in Rust implements
//! [`ethernet::EthernetDriver`], whose [`vtable`](ethernet::vtable) is such an `ethernet_api`. The
//! stack therefore knows one kind of driver.
//!
//! | folder | what it drives |
//! | --- | --- |
//! | `loopback` | the loopback interface |
//! | `eth_native` | Ethernet of the board `native_sim`: TAP, `AF_PACKET`, unix datagram sockets |
//! | `native_sim` | no device: the command line and the start-up tasks of that board |

pub mod dummy;
#[cfg(CONFIG_ETH_NATIVE_TAP)]
pub mod eth_native;
#[cfg(CONFIG_NET_L2_ETHERNET)]
pub mod ethernet;
#[cfg(CONFIG_NET_LOOPBACK)]
pub mod loopback;
#[cfg(CONFIG_ARCH_POSIX)]
pub mod native_sim;
#[cfg(any(CONFIG_NET_L2_ETHERNET, CONFIG_NET_LOOPBACK))]
pub mod upper;
