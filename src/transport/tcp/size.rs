// SPDX-License-Identifier: Apache-2.0
//! How large a window can be, and in how many bits the connections keep one.

/// Bytes of a window or a buffer. Unscaled windows end at 65,535, and so do the buffers behind them.
#[cfg(CONFIG_ZNET_TCP_SHORT)]
pub type Size = u16;
/// Bytes of a window or a buffer.
#[cfg(not(CONFIG_ZNET_TCP_SHORT))]
pub type Size = u32;

/// A size to calculate with.
#[inline(always)]
#[allow(clippy::unnecessary_cast)]
pub const fn wide(size: Size) -> u32 {
    size as u32
}

/// A size to be kept, the largest that can be for a larger one.
#[inline(always)]
#[allow(clippy::unnecessary_cast)]
pub const fn narrow(size: u32) -> Size {
    if size > Size::MAX as u32 { Size::MAX } else { size as Size }
}
