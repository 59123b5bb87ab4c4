// SPDX-License-Identifier: Apache-2.0
//! Blocks of addresses for interfaces defined in C, whose number exceeds that of those that speak the
//! version.

use core::sync::atomic::{AtomicBool, Ordering};

#[cfg(CONFIG_NET_IPV4)]
use super::addr::NetIfIpv4;
#[cfg(CONFIG_NET_IPV6)]
use super::addr::NetIfIpv6;
use super::ifref::IfRef;
use crate::base::{Error, Result};
use crate::config;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

/// Declares the pool of one version.
macro_rules! pool {
    ($(#[$meta:meta])* $name:ident of $count:expr, $block:ident, $get:ident, $set:ident) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name {
            blocks: [$block; $count],
            lent: [AtomicBool; $count],
        }

        impl $name {
            /// All blocks free: all zero, which takes no flash. Whoever gets one gets it reset.
            pub const fn new() -> Self {
                $name {
                    blocks: [const { $block::blank() }; $count],
                    lent: [const { AtomicBool::new(false) }; $count],
                }
            }

            /// Gives `iface` a block unless it has one. `NoMem` when all are lent. Callers hold the
            /// lock of the stack the interface belongs to.
            pub fn lend(&'static self, iface: IfRef) -> Result<&'static $block> {
                if let Some(block) = iface.$get() {
                    return Ok(block);
                }
                for (block, lent) in self.blocks.iter().zip(&self.lent) {
                    let taken =
                        lent.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed);
                    if taken.is_ok() {
                        block.reset();
                        iface.$set(Some(block));
                        return Ok(block);
                    }
                }
                Err(Error::NoMem)
            }

            /// Takes the block of `iface` back, with all addresses in it. `Inval` when it has none of
            /// ours.
            pub fn take_back(&'static self, iface: IfRef) -> Result<()> {
                let block = iface.$get().ok_or(Error::Inval)?;
                let at = self.blocks.iter().position(|b| core::ptr::eq(b, block));
                let at = at.ok_or(Error::Inval)?;
                iface.$set(None);
                block.reset();
                self.lent[at].store(false, Ordering::Release);
                Ok(())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
}

#[cfg(CONFIG_NET_IPV4)]
pool! {
    /// `NET_IF_MAX_IPV4_COUNT` blocks, lent one to an interface.
    Ipv4Pool of config::NET_IF_MAX_IPV4_COUNT, NetIfIpv4, ipv4_config, set_ipv4_config
}
#[cfg(CONFIG_NET_IPV6)]
pool! {
    /// `NET_IF_MAX_IPV6_COUNT` blocks, lent one to an interface.
    Ipv6Pool of config::NET_IF_MAX_IPV6_COUNT, NetIfIpv6, ipv6_config, set_ipv6_config
}
