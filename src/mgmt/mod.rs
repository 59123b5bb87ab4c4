// SPDX-License-Identifier: Apache-2.0
//! Management: what happened, told to whoever listens.

#[cfg(CONFIG_NET_CONNECTION_MANAGER)]
pub mod connectivity;
pub mod event;
