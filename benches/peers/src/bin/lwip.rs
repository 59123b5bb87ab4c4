// SPDX-License-Identifier: Apache-2.0
//! `lwip --testargs FIGURE COUNT`: does the work of a figure.

fn main() {
    peers::main::<peers::lwip::Lwip>();
}
