// SPDX-License-Identifier: Apache-2.0
//! Memory of a context's own (`net_context_setup_pools`): what it sends is taken from there.

use crate::buf::Memory;
#[cfg(any(CONFIG_NET_OFFLOAD, CONFIG_NET_CONTEXT_NET_PKT_POOL))]
use crate::buf::{MemSlab, NetBufPool};

use super::Shell;

#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
pub(super) type SlabFn = unsafe extern "C" fn() -> *mut MemSlab;
#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
pub(super) type PoolFn = unsafe extern "C" fn() -> *mut NetBufPool;

/// Where the context's packets and their buffers come from, when it has memory of its own. Buffers come from
/// the stack's pool when it has packets only.
#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
pub(super) fn own(shell: &Shell) -> Option<Memory> {
    // SAFETY: the application's functions, made for this.
    let slab = unsafe { shell.seen.tx_slab.get()?() };
    let pool = buffers(shell).unwrap_or_else(|| shell.core().pools().tx_pool());
    // SAFETY: the application's memory for packets, which lives as long as the program.
    (!slab.is_null()).then(|| unsafe { Memory::new(slab, pool) })
}

#[cfg(not(CONFIG_NET_CONTEXT_NET_PKT_POOL))]
pub(super) fn own(_shell: &Shell) -> Option<Memory> {
    None
}

/// Where the context's buffers come from, when not from the stack's pool.
#[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
pub(super) fn buffers(shell: &Shell) -> Option<*mut NetBufPool> {
    // SAFETY: the application's function, made for this.
    let pool = unsafe { shell.seen.data_pool.get()?() };
    (!pool.is_null()).then_some(pool)
}

/// Where the context's packets and their buffers come from.
#[cfg(CONFIG_NET_OFFLOAD)]
pub(super) fn of(shell: &Shell) -> (*mut MemSlab, *mut NetBufPool) {
    match own(shell) {
        Some(memory) => memory.parts(),
        None => {
            let pools = shell.core().pools();
            (pools.tx_slab(), pools.tx_pool())
        }
    }
}
