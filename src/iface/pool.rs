// SPDX-License-Identifier: Apache-2.0
//! IPv4 blocks for interfaces defined in C, whose number exceeds that of those that speak IPv4.

use core::sync::atomic::{AtomicBool, Ordering};

use super::addr::NetIfIpv4;
use super::ifref::IfRef;
use crate::base::{Error, Result};
use crate::config;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

const COUNT: usize = config::NET_IF_MAX_IPV4_COUNT;

/// `NET_IF_MAX_IPV4_COUNT` blocks, lent one to an interface.
#[derive(Debug)]
pub struct Ipv4Pool {
    blocks: [NetIfIpv4; COUNT],
    lent: [AtomicBool; COUNT],
}

impl Ipv4Pool {
    /// All blocks free.
    pub const fn new() -> Self {
        Ipv4Pool {
            blocks: [const { NetIfIpv4::new() }; COUNT],
            lent: [const { AtomicBool::new(false) }; COUNT],
        }
    }

    /// Gives `iface` a block unless it has one. `NoMem` when all are lent. Callers hold the lock
    /// of the stack the interface belongs to.
    pub fn lend(&'static self, iface: IfRef) -> Result<&'static NetIfIpv4> {
        if let Some(block) = iface.ipv4_config() {
            return Ok(block);
        }
        for (block, lent) in self.blocks.iter().zip(&self.lent) {
            if lent.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                block.reset();
                iface.set_ipv4_config(Some(block));
                return Ok(block);
            }
        }
        Err(Error::NoMem)
    }

    /// Takes the block of `iface` back, with all addresses in it. `Inval` when it has none of ours.
    pub fn take_back(&'static self, iface: IfRef) -> Result<()> {
        let block = iface.ipv4_config().ok_or(Error::Inval)?;
        let at = self.blocks.iter().position(|b| core::ptr::eq(b, block)).ok_or(Error::Inval)?;
        iface.set_ipv4_config(None);
        block.reset();
        self.lent[at].store(false, Ordering::Release);
        Ok(())
    }
}

impl Default for Ipv4Pool {
    fn default() -> Self {
        Self::new()
    }
}
