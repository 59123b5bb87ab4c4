// SPDX-License-Identifier: Apache-2.0
//! The stack as a value: receive path, transmit path, timers, effects.
