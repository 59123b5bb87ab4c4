// SPDX-License-Identifier: Apache-2.0
//! Something that is done again and again, and can be made to fail once.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Counts how often it was tried, and knows which of them fails.
#[derive(Debug)]
pub(crate) struct Turn {
    tried: AtomicU64,
    fails: AtomicU64,
}

/// None of them.
const NEVER: u64 = u64::MAX;

impl Turn {
    pub(crate) const fn new() -> Turn {
        Turn { tried: AtomicU64::new(0), fails: AtomicU64::new(NEVER) }
    }

    /// Counts from 0 again; the one before which `n` others were tried fails.
    pub(crate) fn plan(&self, n: Option<u64>) {
        self.tried.store(0, Relaxed);
        self.fails.store(n.unwrap_or(NEVER), Relaxed);
    }

    /// How often it was tried since then.
    pub(crate) fn tried(&self) -> u64 {
        self.tried.load(Relaxed)
    }

    /// Whether the one that is tried now is to fail.
    pub(crate) fn strikes(&self) -> bool {
        self.tried.fetch_add(1, Relaxed) == self.fails.load(Relaxed)
    }
}
