// SPDX-License-Identifier: Apache-2.0
//! Network interfaces: the shells C shares, and safe handles over them.
//!
//! [`NetIf`] and its parts mirror `struct net_if` member by member; [`IfRef`] is how the rest of
//! the library reads and changes them; [`IfTable`] holds the interfaces of one stack. Nothing
//! here sends, receives, or calls a driver.
//!
//! | file | holds |
//! | --- | --- |
//! | `changes` | a count of the changes to what routes depend on |
//! | `cell` | members shared with C: relaxed atomics of every width |
//! | `shell`, `addr` | the structures of `net_if.h`, `net_l2.h` |
//! | `kinds` | their enumerations |
//! | `ifref`, `ipv4`, `ipv6` | what can be asked of an interface |
//! | `stats` | what is counted, of an interface and of the host |
//! | `table` | the interfaces of a stack, default and route choice |
//! | `pool` | IPv4 and IPv6 blocks lent to interfaces defined in C |
//! | `builder` | interfaces made in Rust, on hosts |

mod addr;
#[cfg(CONFIG_ARCH_POSIX)]
mod builder;
mod cell;
mod changes;
mod ifref;
#[cfg(CONFIG_NET_IPV4)]
mod ipv4;
#[cfg(CONFIG_NET_IPV6)]
mod ipv6;
mod kinds;
mod pool;
mod shell;
#[cfg(CONFIG_NET_STATISTICS)]
pub mod stats;
mod table;
#[cfg(all(test, CONFIG_NET_IPV4))]
mod tests;

#[cfg(any(test, znet_layout))]
pub(crate) use addr::LAYOUTS as ADDR_LAYOUTS;
pub use addr::*;
#[cfg(CONFIG_ARCH_POSIX)]
pub use builder::IfBuilder;
pub use cell::{Byte, Half, InAddr, Ptr, Word};
pub use changes::{changes, note as note_change};
pub use ifref::IfRef;
#[cfg(CONFIG_NET_IPV4)]
pub use ipv4::{ALL_SYSTEMS, Ipv4Dst, Ipv4IfAddr, Ipv4Near};
#[cfg(CONFIG_NET_IPV6)]
pub use ipv6::{Ipv6Dst, Ipv6IfAddr};
#[cfg(any(test, znet_layout))]
pub(crate) use kinds::CONSTANTS;
pub use kinds::*;
#[cfg(CONFIG_NET_IPV4)]
pub use pool::Ipv4Pool;
#[cfg(CONFIG_NET_IPV6)]
pub use pool::Ipv6Pool;
#[cfg(any(test, znet_layout))]
pub(crate) use shell::LAYOUTS as SHELL_LAYOUTS;
pub use shell::*;
pub use table::{IF_MAX, IfTable};
