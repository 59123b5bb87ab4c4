// SPDX-License-Identifier: Apache-2.0
//! TCP, as a pure machine: no clock, no locks, no globals.

#![forbid(unsafe_code)]

pub mod congestion;
pub mod recovery;
pub mod rtt;
