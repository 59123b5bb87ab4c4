// SPDX-License-Identifier: Apache-2.0
//! Zephyr's kernel API over the port.

mod console;
mod text;
