// SPDX-License-Identifier: Apache-2.0
//! Management: what happened, told to whoever listens.

pub mod event;
